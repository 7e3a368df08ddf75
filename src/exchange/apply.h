/* What a row does to the records: fills, keeps or replaces, makes, enrols. */
#ifndef SAMLING_EXCHANGE_APPLY_H
#define SAMLING_EXCHANGE_APPLY_H

#include "match.h"

struct applier {
    struct matcher *m;
    bool replace;
    int64_t cohort;         /* of a roster, of attendance, of gatherings into one; else 0 */
    const char *cohort_ref; /* "BIM/1" */
    int64_t gathering;      /* of attendance */
    const char *gathering_ref;
    struct import_result *result;
    const struct import_watch *watch; /* or NULL */
    /* The highest numbers of cohorts and gatherings so far, by what they belong to. */
    struct last_number {
        enum type_id type;
        int64_t owner, last;
    } * number;
    size_t nnumbers, cap;
};

struct outcome {
    enum verdict verdict;
    int64_t id;
    const char *organisation; /* valid until the next row */
    enum type_id candidate_type;
    struct found candidates;
    struct buf reason;
};

void applier_free(struct applier *a);

enum status apply_person(struct applier *a, const struct entry *e, struct outcome *o,
                         struct error *err);
enum status apply_organisation(struct applier *a, const struct entry *e, struct outcome *o,
                               struct error *err);
/* An offering, a cohort or a gathering. */
enum status apply_record(struct applier *a, const struct targets *t, const struct entry *e,
                         struct outcome *o, struct error *err);
/* Somebody's mark at a gathering. */
enum status apply_attendance(struct applier *a, const struct entry *e, struct outcome *o,
                             struct error *err);

/* ---- shared by them -------------------------------------------------------------------------- */
/* Puts `value` into a field: fills it when empty, else keeps or replaces. A note whose lines are
 * all there already is no news. True when the record changed. */
bool apply_field(struct applier *a, struct record *r, const char *field, const char *value,
                 struct buf *reason);
/* Only the first row of a file that speaks of a record may replace what is in it: else two rows
 * that contradict each other would do so with each import. apply_spoken: this row speaks of it. */
void apply_spoken(struct applier *a, const struct record *r);
/* Makes the organisation that a row names and nobody knows. */
enum status apply_make_place(struct applier *a, struct place *where, struct buf *reason,
                             struct error *err);
void apply_put(struct record *r, const char *field, const char *value);
void apply_put_id(struct record *r, const char *field, int64_t id);
/* A rule of the record itself refuses the row: its words become the reason. */
void apply_reject(struct applier *a, struct outcome *o, const struct error *why);

#endif
