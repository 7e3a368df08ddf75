/* The rows of a rehearsal, kept to be looked at after the import has passed them. */
#ifndef SAMLING_UI_KEPT_H
#define SAMLING_UI_KEPT_H

#include "samling/import.h"

enum { KEPT_MAX = 20000 }; /* of a longer file, what is ordinary is only counted after these */

struct kept_row {
    long line;
    enum verdict verdict;
    char *name, *organisation, *reason;
    char **cell; /* as they were taken, ncells of them */
    size_t ncells;
    enum type_id candidate_type;
    int64_t *candidate;
    size_t ncandidates;
    bool decided; /* somebody decided about it, or mended it */
};

/* Who could be meant by a row, as long as nobody had said so. */
struct asked {
    long line;
    enum type_id type;
    int64_t *candidate;
    size_t n;
};

struct kept {
    struct kept_row *row;
    size_t n, cap;
    size_t *view; /* indices of the rows that the filter shows */
    size_t nview;
    int filter;          /* a verdict, or -1: all */
    struct asked *asked; /* kept from rehearsal to rehearsal, to choose again */
    size_t nasked, asked_cap;
};

void kept_add(struct kept *k, const struct import_row *row);
/* The filter stays, and who was asked about. */
void kept_clear(struct kept *k);
void kept_filter(struct kept *k, int filter);
/* The place in the view of the row of this line, or of the next after it; 0 when there is none. */
size_t kept_find(const struct kept *k, long line);
const struct kept_row *kept_at(const struct kept *k, size_t place); /* NULL past the end */
void kept_free(struct kept *k);

/* The columns in the order in which they are worth looking at: those that are taken, then those of
 * which nobody knows what they are, then the rest. */
void kept_columns(const struct import_head *h, size_t order[READER_COLUMNS_MAX]);

#endif
