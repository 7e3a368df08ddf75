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
/* Of exactly this name. */
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

/* Whose name has the same first and last word: "Kari Nordmann", "Kari Anne Nordmann". Compare the
 * names before believing it (name_near). */
struct lookup_more {
    int64_t organisation; /* with a position (of any time) there; or 0 */
    int64_t cohort;       /* else with a place in it; or 0 */
    const char *phone;    /* else with this one */
};
enum status lookup_people_near(struct session *s, const char *match_name,
                               const struct lookup_more *more, int64_t last, struct found *out,
                               struct error *err);
/* Who have another name with this first and last word; compare them too (record_also). */
enum status lookup_people_also(struct session *s, const char *match_name, int64_t last,
                               struct found *out, struct error *err);

/* "kari nordmann" of "kari anne nordmann". Adds to `out`. */
void name_ends(const char *match_name, struct buf *out);
/* The match form of a person's or organisation's other name number `i`, from 0, into `out` (cleared
 * first); false when there are no more. What a person is also called is a whole name, or a single
 * word in place of the given name or of the family name: that makes two. */
bool record_also(const struct record *r, size_t i, struct buf *out);

/* Of exactly this name; with exactly this as another name. */
enum status lookup_organisations_by_name(struct session *s, const char *match_name, int64_t last,
                                         struct found *out, struct error *err);
enum status lookup_organisations_also(struct session *s, const char *match_name, int64_t last,
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

/* ---- the programme, and marks (lookup_marks.c) -------------------------------------------------- */

/* By code (any case), or by title (NULL: not by that). */
enum status lookup_offerings(struct session *s, const char *code, const char *title,
                             struct found *out, struct error *err);
/* Of an offering (0: of any), by number (0: not by that) or name (NULL: not by that). */
enum status lookup_cohorts(struct session *s, int64_t offering, int64_t number, const char *name,
                           struct found *out, struct error *err);
/* Of a cohort, by number (0: not by that), or by title and start (title NULL: not by that). */
enum status lookup_gatherings(struct session *s, int64_t cohort, int64_t number, const char *title,
                              const char *starts, struct found *out, struct error *err);
/* Of the cohorts of an offering (T_COHORT), or of the gatherings of a cohort; 0 when there are none. */
enum status lookup_highest_number(struct session *s, enum type_id type, int64_t owner,
                                  int64_t *number, struct error *err);
/* Somebody's mark at a gathering; 0 when there is none. */
enum status lookup_mark(struct session *s, int64_t gathering, int64_t enrolment, int64_t *id,
                        struct error *err);

void found_add(struct found *f, int64_t id); /* nothing when it is there, or LOOKUP_MAX are */

#endif
