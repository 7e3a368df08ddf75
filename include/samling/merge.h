/* Two records that are one: people or organisations. */
#ifndef SAMLING_MERGE_H
#define SAMLING_MERGE_H

#include "samling/record.h"

/* What will move to the one that stays, in words of the language in force, a line each: "3
 * enrolments", "both are in BIM/1: the attendance is put together". Adds to `out`. */
enum status merge_words(struct session *s, const struct record_type *t, int64_t stays, int64_t goes,
                        struct buf *out, struct error *err);
/* `merged` has the id and version of the one that stays, and the fields as they shall be. All that
 * refers to `goes` (positions, enrolments with their attendance, offerings, organisations below)
 * refers to it afterwards; where both have the same (the same cohort, the same position), one is
 * kept with what only the other had. The name of the one that goes becomes an alias where it
 * differs. One transaction and one change set, ACT_MERGE: undo brings both back as they were.
 * `goes_version`: as it was read; ST_CONFLICT when either changed since. */
enum status merge_records(struct session *s, struct record *merged, int64_t goes,
                          int64_t goes_version, struct error *err);
/* Others that may be the same as this one (same e-mail, phone, or name), at most `max` ids to
 * `out`; returns how many. */
size_t merge_candidates(struct session *s, const struct record_type *t, int64_t id, int64_t *out,
                        size_t max);

#endif
