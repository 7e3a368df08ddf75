/* Which row of a file is its header. No database. */
#ifndef SAMLING_EXCHANGE_HEADER_H
#define SAMLING_EXCHANGE_HEADER_H

#include "mapping.h"

/* A row that may be the header. Zero-initialise. */
struct candidate {
    long line;     /* 0: none */
    size_t known;  /* cells that are headings … */
    size_t at;     /* … and the last of them */
    bool names;    /* one of them is of a name or an address */
    size_t filled; /* cells that are not empty */
    size_t n;
    char *cell[READER_COLUMNS_MAX];
};

/* *best gets the first row with most known headings, joined with the row above it where cells are
 * merged; its line is 0 when none is a header. *fullest gets the fullest of the rows looked at, to
 * be shown when there is no header. Leaves the reader rewound. */
enum status header_find(const struct targets *t, const struct import_options *o,
                        struct reader *reader, struct candidate *best, struct candidate *fullest,
                        struct error *err);
/* The file's first row, whatever it is. Leaves the reader rewound. */
enum status header_read_first(const struct targets *t, const struct import_options *o,
                              struct reader *reader, struct candidate *first, struct error *err);
void header_free(struct candidate *c);

#endif
