#include "config.h"

#include "samling/addressee.h"

#define PERSON                                                                                     \
    "SELECT p.id, trim(coalesce(p.given_name, '') || ' ' || coalesce(p.family_name, '')), p.email" \
    " FROM person p "
/* Those who are expected to come, each once. */
#define EXPECTED(cohorts)                                                                          \
    PERSON "WHERE p.id IN (SELECT person_id FROM enrolment WHERE cohort_id IN (" cohorts ")"       \
           " AND status IN ('registered', 'confirmed', 'completed')) ORDER BY p.sort_key, p.id"

static const char *const queries[T_COUNT] = {
    [T_PERSON] = PERSON "WHERE p.id = ?1",
    [T_ORGANISATION] = "SELECT id, name, email FROM organisation WHERE id = ?1",
    [T_POSITION] = PERSON "WHERE p.id = (SELECT person_id FROM position WHERE id = ?1)",
    [T_ENROLMENT] = PERSON "WHERE p.id = (SELECT person_id FROM enrolment WHERE id = ?1)",
    [T_OFFERING] = EXPECTED("SELECT id FROM cohort WHERE offering_id = ?1"),
    [T_COHORT] = EXPECTED("?1"),
    [T_GATHERING] = EXPECTED("SELECT cohort_id FROM gathering WHERE id = ?1"),
};

bool addressee_of(enum type_id type)
{
    return type < T_COUNT && queries[type];
}

enum status addressee_each(struct session *s, enum type_id type, int64_t id,
                           bool (*fn)(void *, const struct addressee *), void *arg,
                           struct error *err)
{
    struct error mine = {0};
    enum step step;
    if (!addressee_of(type))
        return ST_OK;
    struct stmt *st = db_query(s->db, &mine, queries[type], "i", id);
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        const struct addressee a = {.type = type == T_ORGANISATION ? T_ORGANISATION : T_PERSON,
                                    .id = stmt_int(st, 0),
                                    .name = stmt_str(st, 1),
                                    .email = stmt_text(st, 2)};
        if (!fn(arg, &a)) {
            stmt_reset(st);
            return ST_OK;
        }
    }
    if (step == STEP_DONE)
        return ST_OK;
    if (err)
        *err = mine;
    return mine.code;
}
