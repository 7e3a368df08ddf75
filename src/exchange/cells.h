/* One row being put together: its cells as trimmed NFC text, within caps. */
#ifndef SAMLING_EXCHANGE_CELLS_H
#define SAMLING_EXCHANGE_CELLS_H

#include <stdbool.h>
#include <stddef.h>

#include "samling/reader.h"

struct cells {
    char *text;
    size_t len, cap;
    size_t start[READER_COLUMNS_MAX];
    char *field[READER_COLUMNS_MAX]; /* set by cells_end */
    size_t n;
    size_t used;    /* up to the last that is not empty */
    unsigned flags; /* enum row_flags */
    bool high;      /* what is added may not be NFC */
};

void cells_clear(struct cells *c);
void cells_add(struct cells *c, const char *s, size_t len);
/* Adds the cells of a line when each quoted one ends in it and is quoted rightly; false, and
 * nothing is added: it must be read with more care. The first of a row. */
bool cells_add_line(struct cells *c, const char *s, size_t n, char delimiter);
/* How many there are, when empty ones after `columns` do not count. */
size_t cells_count(size_t n, size_t used, size_t columns);
/* Sets field[], n and ROW_SHORT or ROW_LONG. `columns` 0: not known. */
void cells_end(struct cells *c, size_t columns);
void cells_free(struct cells *c);

/* Takes the space off both ends of *s: what libcsv takes, line ends, no-break spaces. */
void cells_trim(const char **s, size_t *len);

#endif
