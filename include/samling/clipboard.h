/* The clipboard of the person's own terminal, reached through the connection by an escape sequence
 * (OSC 52). Not every terminal takes it, and none says whether it did. */
#ifndef SAMLING_CLIPBOARD_H
#define SAMLING_CLIPBOARD_H

#include <stdbool.h>
#include <stddef.h>

#include "samling/buf.h"
#include "samling/status.h"

/* Bytes of text: what is left of the 100,000 bytes that xterm and its kin take for a whole sequence. */
enum { CLIPBOARD_MAX = 74994 };

/* Adds the sequence that puts the text on the clipboard. `tmux`: wrapped, so that tmux hands it on to
 * the terminal outside (its option allow-passthrough must be on). ST_REFUSED with words when the text
 * is longer than CLIPBOARD_MAX. Pure. */
enum status clipboard_sequence(struct buf *out, const char *text, size_t len, bool tmux,
                               struct error *err);

#endif
