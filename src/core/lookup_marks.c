/* Look-ups of an import: the programme, and marks of attendance. */
#include "config.h"

#include "samling/lookup.h"

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

enum status lookup_offerings(struct session *s, const char *code, const char *title,
                             struct found *out, struct error *err)
{
    struct error mine = {0};
    struct stmt *st = db_query(
        s->db, &mine,
        "SELECT id FROM offering WHERE code = ?1 OR (?2 IS NOT NULL AND title = ?2) ORDER BY id",
        "tt", code, title);
    return collect(st, out, &mine, err);
}

enum status lookup_cohorts(struct session *s, int64_t offering, int64_t number, const char *name,
                           struct found *out, struct error *err)
{
    struct error mine = {0};
    struct stmt *st =
        db_query(s->db, &mine,
                 "SELECT id FROM cohort WHERE (?1 = 0 OR offering_id = ?1) AND (number = ?2 OR"
                 " (?3 IS NOT NULL AND name = ?3)) ORDER BY id LIMIT 64",
                 "iit", offering, number, name);
    return collect(st, out, &mine, err);
}

enum status lookup_gatherings(struct session *s, int64_t cohort, int64_t number, const char *title,
                              const char *starts, struct found *out, struct error *err)
{
    struct error mine = {0};
    struct stmt *st =
        db_query(s->db, &mine,
                 "SELECT id FROM gathering WHERE cohort_id = ?1 AND (number = ?2 OR"
                 " (?3 IS NOT NULL AND title = ?3 AND starts IS ?4)) ORDER BY id LIMIT 64",
                 "iitt", cohort, number, title, starts);
    return collect(st, out, &mine, err);
}

enum status lookup_highest_number(struct session *s, enum type_id type, int64_t owner,
                                  int64_t *number, struct error *err)
{
    return db_get_int(s->db, number, NULL, err,
                      type == T_COHORT
                          ? "SELECT coalesce(max(number), 0) FROM cohort WHERE offering_id = ?1"
                          : "SELECT coalesce(max(number), 0) FROM gathering WHERE cohort_id = ?1",
                      "i", owner);
}

enum status lookup_mark(struct session *s, int64_t gathering, int64_t enrolment, int64_t *id,
                        struct error *err)
{
    return db_get_int(s->db, id, NULL, err,
                      "SELECT id FROM attendance WHERE gathering_id = ?1 AND enrolment_id = ?2",
                      "ii", gathering, enrolment);
}
