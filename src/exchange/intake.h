/* Rows on their way in: what somebody mended is put in, and national identity numbers are taken
 * out, before anything else sees a cell. No database. */
#ifndef SAMLING_EXCHANGE_INTAKE_H
#define SAMLING_EXCHANGE_INTAKE_H

#include "decisions.h"
#include "mapping.h"

struct intake {
    const struct mapping *mapping;
    const struct decisions *decisions; /* NULL: none */
    /* Of the row in hand. */
    const struct decided *decided; /* NULL: nobody decided anything */
    int identities;                /* numbers taken out of its cells, also of columns of them */
    int in_cells;                  /* … of other columns, where the row alone can tell of them */
    struct row row;
    char *field[READER_COLUMNS_MAX];
    char *own[READER_COLUMNS_MAX]; /* cells that are not the reader's */
};

/* The row as it may be looked at, stored, hashed and shown; valid until the next call, and as long
 * as `raw` is. */
const struct row *intake_take(struct intake *in, const struct row *raw);
void intake_free(struct intake *in);

#endif
