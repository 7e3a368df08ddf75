/* Letters as people see them: a letter with its marks, a flag, a family of joined emoji, a
 * syllable of Hangul are one (Unicode's extended grapheme clusters, by ICU). A line end of CR LF is
 * one; a byte that is not UTF-8 is a letter of its own.
 *
 * Offsets are bytes of a NUL-terminated text, from 0 to its length, where a code point begins or
 * the text ends. Nothing is opened for text without marks and joiners; ICU's iterator is, when the
 * first of them is met. */
#ifndef SAMLING_GRAPHEME_H
#define SAMLING_GRAPHEME_H

#include <stddef.h>

/* Where the letter ends that begins at `at`; at the end of the text: `at`. */
size_t grapheme_end(const char *s, size_t at);
/* Where the next letter begins after `at`, which may be inside one; the end of the text when there
 * is none. */
size_t grapheme_after(const char *s, size_t at);
/* Where the last letter begins that begins before `at`, which may be inside one; 0 at the start. */
size_t grapheme_before(const char *s, size_t at);
/* The columns of the letters from `from` to `to`, where letters begin; no more of them are looked
 * at than needed for `enough` columns. */
int grapheme_columns(const char *s, size_t from, size_t to, int enough);

#endif
