/* The lines of a source, which end in LF, CRLF or CR, with their numbers and places. */
#ifndef SAMLING_EXCHANGE_LINES_H
#define SAMLING_EXCHANGE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "source.h"

enum { LINE_MAX_BYTES = SOURCE_WINDOW - 1 };

struct line {
    const char *s; /* without its end; valid until the next call */
    size_t n;
    bool cut;     /* what is over LINE_MAX_BYTES is left out */
    long long at; /* of its first byte */
    long number;
};

struct lines_mark {
    long long at; /* of the next such byte, or of the first not looked at */
    bool found;
};

struct lines {
    struct source *src;
    long long at; /* of the next line */
    long number;  /* of the next line */
    bool rest;    /* the end of a line that was cut comes first */
    struct lines_mark lf, cr;
};

void lines_seek(struct lines *l, long long at, long number);
/* 1: a line; 0: no more; -1: *err. */
int lines_next(struct lines *l, struct line *out, struct error *err);

#endif
