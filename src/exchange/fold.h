/* The lines that iCalendar (RFC 5545) and vCard 3.0 (RFC 2426) have in common: NAME:value, CRLF,
 * folded at 75 octets. */
#ifndef EXCHANGE_FOLD_H
#define EXCHANGE_FOLD_H

#include <stdint.h>
#include <stdio.h>

#include "samling/buf.h"
#include "samling/status.h"

enum { FOLD_OCTETS = 75, STAMP_SIZE = 17 }; /* the stamp with its NUL */

/* Adds the line to `out`, folded between letters (also between a letter and its combining marks,
 * which only unfolding makes whole), and CRLF. */
void fold_line(struct buf *out, const char *line);
/* The same for NAME:value; `value` is ready as it is. Nothing when it is NULL or "". */
void fold_value(struct buf *out, const char *name, const char *value);
/* The same for a text, which is cleaned and escaped first. */
void fold_text(struct buf *out, const char *name, const char *text);
/* Adds `text` cleaned and with \ ; , and line ends escaped; NULL adds nothing. */
void fold_escape(struct buf *out, const char *text);
/* Unix seconds as 20220208T080000Z. */
void fold_stamp(int64_t seconds, char out[STAMP_SIZE]);
/* Writes what has gathered, and empties it. */
enum status fold_write(struct buf *gathered, FILE *out, struct error *err);

#endif
