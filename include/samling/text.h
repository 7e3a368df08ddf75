/* Text: UTF-8 in NFC, measured in terminal columns.
 *
 * Three forms of a text are used beside the text itself:
 *   sort key   bytes that compare (memcmp) in Norwegian order: Ærlig < Ødegård < Aas/Årnes
 *   search     what search compares: case, accents, å/aa/a, ø/oe/o and æ/ae/a fold together
 *   match      what identity compares: å=aa, ø=oe, æ=ae, but Ødegård is not Odegard */
#ifndef SAMLING_TEXT_H
#define SAMLING_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "samling/buf.h"

/* Decodes one code point at *s and moves *s past it. Returns 0 at the terminator, and U+FFFD
 * (one byte passed) for what is not UTF-8. */
uint32_t text_next(const char **s);
void text_put(struct buf *out, uint32_t cp);
bool text_is_utf8(const char *s, size_t len);
bool text_is_blank(const char *s); /* NULL, empty or only white space (no-break space too) */

/* Columns that `s` takes on a terminal: wide letters 2, combining marks 0. Needs no locale. */
int text_width(const char *s);
/* The bytes of the longest start of `s` that fits in `columns`; *used gets its columns. */
size_t text_fit(const char *s, int columns, int *used);

enum align { ALIGN_LEFT, ALIGN_RIGHT };
/* Adds `s` in exactly `columns` columns: padded with spaces, or cut with an ellipsis. */
void text_pad(struct buf *out, const char *s, int columns, enum align align);

/* Adds `s` with what must not reach a terminal, a title or a sheet taken out: control
 * characters become a space, bidirectional and invisible format characters vanish, bytes that
 * are not UTF-8 become U+FFFD. With `keep_newlines` LF stays, and CR LF and CR become LF. */
void text_clean(struct buf *out, const char *s, bool keep_newlines);

/* A cleaned, trimmed NFC copy of a value that someone typed or sent: inner runs of white
 * space are one space; with `lines`, line ends stay (as LF). Caller frees. NULL when nothing
 * is left. */
char *text_tidy(const char *s, bool lines);

/* Adds the folded words of `s` (NULL adds nothing), separated by single spaces, without leading
 * or trailing space. Adding to a non-empty buffer puts one space between. What is neither letter
 * nor digit separates words; an apostrophe vanishes.
 * Search folds aa, ae and oe to a, a and o wherever they stand (Michael is michal), so that every
 * spelling finds every other; the fold of what is typed so far is the start of the fold of the
 * whole. Folding a fold changes nothing. */
void text_fold_search(struct buf *out, const char *s);
void text_fold_match(struct buf *out, const char *s);
/* The first word of `s` at or after byte `from` whose search fold begins with `word` (one word of a
 * search fold): *start to *end are the bytes of `s` that make it up, whole letters with their marks.
 * False when there is none. Call again from *end for the next. */
bool text_find(const char *s, const char *word, size_t from, size_t *start, size_t *end);
/* Do both fold (match) to the same? NULL equals "". */
bool text_same(const char *a, const char *b);

/* The Norwegian sort key of `s` (NULL is ""), at most `size` bytes into `key`, ending in a NUL
 * byte that is part of it; a key that is too long is cut. Returns the length. Opens ICU's collator
 * on first use (1.5 ms). */
size_t text_sort_key(const char *s, unsigned char *key, size_t size);
/* Names the collator whose keys these are, for example "nb 72.1"; costs nothing. */
const char *text_collation(void);

/* NFC copy; caller frees. What is not UTF-8 comes back with U+FFFD. */
char *text_nfc(const char *s, size_t len);

#endif
