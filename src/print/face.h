/* What printing must know of a TrueType font and libharu does not tell: which letters it has, how
 * wide they are without a search for each, and which glyphs a letter is put together of. */
#ifndef SAMLING_PRINT_FACE_H
#define SAMLING_PRINT_FACE_H

#include <stdbool.h>
#include <stdint.h>

#include "samling/buf.h"
#include "samling/status.h"

enum { FACE_LETTERS = 0x10000 }; /* libharu writes no letter beyond the basic plane */

struct face {
    char *file;
    uint16_t glyph[FACE_LETTERS];   /* 0: the font lacks the letter */
    float advance[FACE_LETTERS];    /* in ems */
    uint16_t carrier[FACE_LETTERS]; /* by glyph: a letter that is it, or has it as a direct part */
    struct buf bytes;               /* the file */
};

/* Free with face_free. ST_REFUSED, with words, when the file is not there or is no TrueType font
 * with a Unicode table; *out is then NULL. */
enum status face_open(const char *file, struct face **out, struct error *err);
void face_free(struct face *face);

bool face_has(const struct face *face, uint32_t letter);
double face_advance(const struct face *face, uint32_t letter); /* in ems */

/* libharu embeds a letter's glyph and the glyphs that it is made of, but not what those are made
 * of in turn: ễ and Cyrillic ё would lose their marks. Calls `fn` with letters that must be
 * embedded too so that nothing of `letter` is lost. */
void face_companions(const struct face *face, uint32_t letter,
                     void (*fn)(void *ctx, uint32_t companion), void *ctx);

#endif
