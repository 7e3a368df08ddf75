/* What a file alone says about its columns: by their headings, by what stands beside them, by what
 * they contain. No database. */
#ifndef SAMLING_EXCHANGE_PLAN_H
#define SAMLING_EXCHANGE_PLAN_H

#include "content.h"
#include "headings.h"

/* What is known about the columns while they are mapped. */
struct view {
    const struct targets *t;
    struct mapping *m;
    struct heading heading[READER_COLUMNS_MAX];
    struct content content[READER_COLUMNS_MAX];
    bool whole; /* the content is that of all rows */
    bool poor;  /* there is nothing to know a row by */
};

/* Counts what the first rows below the header contain. Leaves the reader rewound. */
enum status plan_look(struct view *v, struct reader *reader, struct error *err);
/* Fills m->found and m->rank from m->heading and the contents. */
void plan_find(struct view *v, const struct import_options *o);

#endif
