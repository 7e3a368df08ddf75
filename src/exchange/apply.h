/* What a row does to the records: fills, keeps or replaces, makes, enrols. */
#ifndef SAMLING_EXCHANGE_APPLY_H
#define SAMLING_EXCHANGE_APPLY_H

#include "match.h"

struct applier {
    struct matcher *m;
    bool replace;
    int64_t cohort;         /* of a roster, else 0 */
    const char *cohort_ref; /* "BIM/1" */
    struct import_result *result;
    const struct import_watch *watch; /* or NULL */
};

struct outcome {
    enum verdict verdict;
    int64_t id;
    const char *organisation; /* valid until the next row */
    struct found candidates;
    struct buf reason;
};

enum status apply_person(struct applier *a, const struct entry *e, struct outcome *o,
                         struct error *err);
enum status apply_organisation(struct applier *a, const struct entry *e, struct outcome *o,
                               struct error *err);

/* ---- shared by the two ----------------------------------------------------------------------- */
/* Puts `value` into a field: fills it when empty, else keeps or replaces. True when the record
 * changed. */
bool apply_field(struct applier *a, struct record *r, const char *field, const char *value,
                 struct buf *reason);
/* Makes the organisation that a row names and nobody knows. */
enum status apply_make_place(struct applier *a, struct place *where, struct error *err);

#endif
