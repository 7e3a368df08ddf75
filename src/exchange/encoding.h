/* Which letters the bytes of a foreign file stand for: finding out, and decoding to UTF-8. */
#ifndef SAMLING_EXCHANGE_ENCODING_H
#define SAMLING_EXCHANGE_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "samling/buf.h"
#include "samling/status.h"

#include "source.h"

enum encoding_form {
    FORM_LINES, /* line ends, quotes and delimiters are the bytes of ASCII: decoded line by line */
    FORM_UTF16LE, /* the others are copied to UTF-8 before anything is looked for in them */
    FORM_UTF16BE,
    FORM_BYTES, /* single bytes, but not ASCII: EBCDIC, national seven-bit sets */
};

struct letter {
    char s[4];
    unsigned char n;
    bool missing;
    bool line_end; /* NEL, which ends lines in EBCDIC */
};

struct encoding {
    const char *name; /* for the user; lives as long as the program */
    enum encoding_form form;
    bool found; /* found out, so a line may turn out to be in the other one */
    bool utf8;  /* UTF-8 first, else the single-byte set */
    bool bom;
    size_t skip;        /* bytes of the mark at the beginning */
    const char *single; /* the single-byte set */
    bool ready;         /* letter[] is filled */
    struct letter letter[256];
};

/* Finds out the encoding of a file by its first bytes, or obeys `wanted` (NULL: find out).
 * ST_REFUSED: there is no such encoding. `whole`: the sample is all there is. */
enum status encoding_choose(struct encoding *e, const char *wanted, const char *sample, size_t n,
                            bool whole, const char *file, struct error *err);
/* Copies a source that is not FORM_LINES to one in UTF-8, which *e then describes (its name
 * stays). What cannot be decoded becomes a byte that is not UTF-8, so that encoding_line sees it.
 */
enum status encoding_copy(struct encoding *e, struct source *from, struct source *to,
                          struct error *err);

struct decoded {
    const char *s; /* the line itself, or in the room given */
    size_t n;
    bool letters; /* some were replaced by U+FFFD */
    bool high;    /* has letters that may not be NFC */
};

/* Decodes one line, without its end. */
void encoding_line(struct encoding *e, const char *s, size_t n, struct buf *room,
                   struct decoded *out);

#endif
