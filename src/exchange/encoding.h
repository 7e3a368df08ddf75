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
    bool high;     /* may have another form in NFC */
    bool line_end; /* NEL, which ends lines in EBCDIC */
};

struct encoding {
    const char *name; /* for the user; lives as long as the program */
    enum encoding_form form;
    bool found; /* found out, so a line may turn out to be in the other one */
    bool utf8;  /* UTF-8 first, else the single-byte set */
    bool bom;
    size_t skip;        /* bytes of the mark at the beginning */
    const char *single; /* the single-byte set; NULL while no line needed one */
    const char *rival;  /* the next best single-byte set, when it comes close */
    const char *mixed;  /* what lines are in that are not in `name`; NULL: there were none */
    bool ready;         /* letter[] is filled */
    struct letter letter[256];
};

/* Finds out the encoding of a source, or obeys `wanted` (NULL: find out). `sample` is how it
 * begins, and all that is looked at, but when high bytes are few there: then the first further on
 * have a say, however far they are. ST_REFUSED: there is no such encoding, or reading failed. */
enum status encoding_choose(struct encoding *e, const char *wanted, struct source *src,
                            const char *sample, size_t n, struct error *err);
/* Finds out the single-byte set when encoding_line says that it needs one, by the line at `at` and
 * what follows. */
enum status encoding_find_single(struct encoding *e, struct source *src, long long at,
                                 struct error *err);
/* The encodings that are offered for choosing, NULL-ended. */
const char *const *encoding_names(void);
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

/* Decodes one line, without its end. False when it is the first that is not UTF-8: then *out is
 * nothing, and encoding_find_single comes first. */
bool encoding_line(struct encoding *e, const char *s, size_t n, struct buf *room,
                   struct decoded *out);
/* The first distinct words that hold bytes above 0x7F beside letters of ASCII, decoded, at most
 * `max`; the caller frees each. In a source that is FORM_LINES, which words they are does not hang
 * on *e. Looks no further than a few MiB after the first. Returns how many there are. */
size_t encoding_words(struct encoding *e, struct source *src, char **word, size_t max);

#endif
