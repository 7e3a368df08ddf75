/* Drafts: what somebody was typing, kept outside the record until it is saved, so that a broken
 * line loses nothing. One for each user and record (id 0: a new one of its type). */
#ifndef SAMLING_DRAFT_H
#define SAMLING_DRAFT_H

#include "samling/record.h"

struct draft {
    int64_t at;      /* Unix seconds */
    int64_t version; /* of the record it started from */
    char **typed;    /* as typed, one for each field of the type; NULL: untouched */
    char **was;      /* what stood there before it was typed over, and (of a new one) what was
                        proposed in the others, in the same form; NULL: nothing, or not known */
};

/* Room for a type's fields, all NULL. Free with draft_free. */
struct draft draft_new(const struct record_type *t);

enum status draft_save(struct session *s, const struct record_type *t, int64_t id, const struct draft *d,
                       struct error *err);
/* *found false when there is none. Free with draft_free. */
enum status draft_load(struct session *s, const struct record_type *t, int64_t id, struct draft *d, bool *found,
                       struct error *err);
enum status draft_drop(struct session *s, const struct record_type *t, int64_t id, struct error *err);
/* How many this user has that can be gone on with: not those of records that were removed since. Today
 * lists them. */
enum status draft_count(struct session *s, int64_t *n, struct error *err);
void draft_free(const struct record_type *t, struct draft *d);

#endif
