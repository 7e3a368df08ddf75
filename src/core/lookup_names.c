/* People and organisations by what they are called. */
#include "config.h"

#include "samling/lookup.h"

#include <string.h>

#include "core/also.h"

/* Takes the statement; a NULL one was refused, with *mine telling why. */
static enum status collect(struct stmt *st, struct found *out, struct error *mine,
                           struct error *err)
{
    enum step step;
    while ((step = stmt_step(st, mine)) == STEP_ROW)
        found_add(out, stmt_int(st, 0));
    if (step == STEP_DONE)
        return ST_OK;
    if (err)
        *err = *mine;
    return mine->code;
}

/* ---- exactly so called ----------------------------------------------------------------------- */

#define SO_CALLED MATCH_ORDER("p.match_name") " = " MATCH_ORDER("?1")

enum status lookup_people_by_name(struct session *s, const char *match_name, int64_t last,
                                  struct found *out, struct error *err)
{
    struct error mine = {0};
    struct stmt *st = db_query(s->db, &mine,
                               "SELECT p.id FROM person p WHERE " SO_CALLED
                               " AND p.id <= ?2 ORDER BY p.id LIMIT 64",
                               "ti", match_name, last);
    return collect(st, out, &mine, err);
}

enum status lookup_people_at(struct session *s, const char *match_name, int64_t organisation,
                             int64_t last, struct found *out, struct error *err)
{
    struct error mine = {0};
    struct stmt *st =
        db_query(s->db, &mine,
                 "SELECT p.id FROM person p WHERE " SO_CALLED " AND p.id <= ?3 AND EXISTS"
                 " (SELECT 1 FROM position q WHERE q.person_id = p.id AND +q.organisation_id = ?2)"
                 " ORDER BY p.id LIMIT 64",
                 "tii", match_name, organisation, last);
    return collect(st, out, &mine, err);
}

enum status lookup_people_by_phone(struct session *s, const char *match_name, const char *phone,
                                   int64_t last, struct found *out, struct error *err)
{
    struct error mine = {0};
    struct stmt *st = db_query(s->db, &mine,
                               "SELECT p.id FROM person p WHERE " SO_CALLED
                               " AND p.phone = ?2 AND p.id <= ?3 ORDER BY p.id LIMIT 64",
                               "tti", match_name, phone, last);
    return collect(st, out, &mine, err);
}

enum status lookup_people_in(struct session *s, const char *match_name, int64_t cohort,
                             int64_t last, struct found *out, struct error *err)
{
    struct error mine = {0};
    struct stmt *st =
        db_query(s->db, &mine,
                 "SELECT p.id FROM person p CROSS JOIN enrolment e ON e.cohort_id = ?2 AND"
                 " e.person_id = p.id WHERE " SO_CALLED " AND p.id <= ?3 ORDER BY p.id LIMIT 64",
                 "tii", match_name, cohort, last);
    return collect(st, out, &mine, err);
}

/* ---- nearly, or also ------------------------------------------------------------------------- */

void name_ends(const char *match_name, struct buf *out)
{
    const char *first = strchr(match_name, ' '), *last = strrchr(match_name, ' ');
    if (first != last) {
        buf_addn(out, match_name, (size_t)(first - match_name));
        buf_add(out, last);
    } else {
        buf_add(out, match_name);
    }
}

/* ?1: the first and the last word, ?2: what comes after all that begin so, ?3 last; ?4: the
 * organisation, the cohort or the phone. */
#define NEARLY                                                                                     \
    "SELECT p.id FROM person p WHERE " MATCH_ORDER("p.match_name") " >= ?1 AND " MATCH_ORDER(      \
        "p.match_name") " < ?2 AND p.id <= ?3 AND "

static const char near_at[] =
    NEARLY "EXISTS (SELECT 1 FROM position q WHERE q.person_id = p.id AND +q.organisation_id = ?4)"
           " LIMIT 64";
static const char near_in[] =
    NEARLY "EXISTS (SELECT 1 FROM enrolment e WHERE e.cohort_id = ?4 AND e.person_id = p.id)"
           " LIMIT 64";
static const char near_phone[] = NEARLY "p.phone = ?4 LIMIT 64";

enum status lookup_people_near(struct session *s, const char *match_name,
                               const struct lookup_more *more, int64_t last, struct found *out,
                               struct error *err)
{
    struct error mine = {0};
    struct buf ends = {0}, after = {0};
    struct stmt *q;
    name_ends(match_name, &ends);
    buf_add(&after, buf_str(&ends));
    /* After a lone word a space begins another name: "kari", "kari nordmann". */
    buf_addc(&after, strchr(buf_str(&ends), ' ') ? '!' : ' ');
    if (more->organisation || more->cohort)
        q = db_query(s->db, &mine, more->organisation ? near_at : near_in, "ttii", buf_str(&ends),
                     after.s, last, more->organisation ? more->organisation : more->cohort);
    else
        q = db_query(s->db, &mine, near_phone, "ttit", buf_str(&ends), after.s, last, more->phone);
    enum status st = collect(q, out, &mine, err);
    buf_free(&ends);
    buf_free(&after);
    return st;
}

enum status lookup_people_also(struct session *s, const char *match_name, int64_t last,
                               struct found *out, struct error *err)
{
    struct error mine = {0};
    struct buf ends = {0};
    name_ends(match_name, &ends);
    struct stmt *q = db_query(s->db, &mine,
                              "SELECT record_id FROM also_name WHERE match_name = ?1 AND type = 2"
                              " AND record_id <= ?2 ORDER BY record_id LIMIT 64",
                              "ti", buf_str(&ends), last);
    enum status st = collect(q, out, &mine, err);
    buf_free(&ends);
    return st;
}

/* ---- organisations --------------------------------------------------------------------------- */

enum status lookup_organisations_by_name(struct session *s, const char *match_name, int64_t last,
                                         struct found *out, struct error *err)
{
    struct error mine = {0};
    struct stmt *st = db_query(
        s->db, &mine,
        "SELECT id FROM organisation WHERE match_name = ?1 AND id <= ?2 ORDER BY id LIMIT 64", "ti",
        match_name, last);
    return collect(st, out, &mine, err);
}

enum status lookup_organisations_also(struct session *s, const char *match_name, int64_t last,
                                      struct found *out, struct error *err)
{
    struct error mine = {0};
    struct stmt *st = db_query(s->db, &mine,
                               "SELECT record_id FROM also_name WHERE match_name = ?1 AND type = 1"
                               " AND record_id <= ?2 ORDER BY record_id LIMIT 64",
                               "ti", match_name, last);
    return collect(st, out, &mine, err);
}
