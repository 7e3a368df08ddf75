/* What somebody decided about rows after looking at a rehearsal, by the line where each begins. No
 * database. */
#ifndef SAMLING_EXCHANGE_DECISIONS_H
#define SAMLING_EXCHANGE_DECISIONS_H

#include "samling/import.h"

struct mend {
    size_t column; /* from 0 */
    char *text;
};

struct decided {
    long line;
    struct import_decision decision;
    struct mend *mend;
    size_t nmends, cap;
};

/* In the order of the lines. Zero-initialise. */
struct decisions {
    struct decided *row;
    size_t n, cap;
};

/* What a row is without a decision. */
extern const struct import_decision decision_none;

/* NULL when nothing was decided about the line; valid until the next change. */
const struct decided *decisions_find(const struct decisions *ds, long line);
void decisions_put(struct decisions *ds, long line, struct import_decision d);
/* NULL takes the mending back. */
void decisions_mend(struct decisions *ds, long line, size_t column, const char *text);
/* `to` becomes the same as `from`. */
void decisions_copy(struct decisions *to, const struct decisions *from);
void decisions_free(struct decisions *ds);

#endif
