/* Who and what is there already: the look-ups that matching is built on. Each uses an index.
 *
 * Names are compared in their match form (text_fold_match; a person's is the given name, then the
 * family name). Most take `last`: only records with an id up to that one are found, so that an
 * import can tell what was there before it from what it made itself. */
#ifndef SAMLING_LOOKUP_H
#define SAMLING_LOOKUP_H

#include <stddef.h>
#include <stdint.h>

#include "samling/record.h"

enum { LOOKUP_MAX = 64 }; /* more than that are not told apart by looking */

struct found {
    int64_t id[LOOKUP_MAX];
    size_t n;
};

/* All of these add to *out, without repeating an id. */
enum status lookup_people_by_email(struct session *s, const char *email, int64_t last,
                                   struct found *out, struct error *err);
enum status lookup_people_by_name(struct session *s, const char *match_name, int64_t last,
                                  struct found *out, struct error *err);
/* Of this name, with a position (of any time) at the organisation. */
enum status lookup_people_at(struct session *s, const char *match_name, int64_t organisation,
                             int64_t last, struct found *out, struct error *err);
enum status lookup_people_by_phone(struct session *s, const char *match_name, const char *phone,
                                   int64_t last, struct found *out, struct error *err);
/* Of this name, with a place in the cohort. */
enum status lookup_people_in(struct session *s, const char *match_name, int64_t cohort,
                             int64_t last, struct found *out, struct error *err);

enum status lookup_organisations_by_name(struct session *s, const char *match_name, int64_t last,
                                         struct found *out, struct error *err);
/* Those whose search text has every word of `words` (any text). */
enum status lookup_organisations_by_words(struct session *s, const char *words, int64_t last,
                                          struct found *out, struct error *err);
enum status lookup_organisations_by_orgno(struct session *s, const char *orgno, int64_t last,
                                          struct found *out, struct error *err);

/* All positions of a person, past ones too. */
enum status lookup_positions(struct session *s, int64_t person, struct found *out,
                             struct error *err);
/* The person's place in the cohort; 0 when there is none. */
enum status lookup_enrolment(struct session *s, int64_t cohort, int64_t person, int64_t *id,
                             struct error *err);
/* The highest id of a type, 0 when there is no record. */
enum status lookup_last(struct session *s, const struct record_type *t, int64_t *id,
                        struct error *err);

void found_add(struct found *f, int64_t id); /* nothing when it is there, or LOOKUP_MAX are */

#endif
