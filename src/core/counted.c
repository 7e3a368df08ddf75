/* What the schema's triggers keep (share/schema/0003-desk.sql), compared with what it is made of.
 */
#include "config.h"

#include "samling/lang.h"

#include "core/store.h"

/* Each counts what is wrong. */
static const struct {
    const char *words, *sql;
} checks[] = {
    {N_("the order of the programme is not what its records say"),
     "SELECT (SELECT count(*) FROM (SELECT * FROM programme_place EXCEPT SELECT * FROM"
     " programme_place_due)) + (SELECT count(*) FROM (SELECT * FROM programme_place_due EXCEPT"
     " SELECT * FROM programme_place))"},
    {N_("the people of a cohort are not counted right"),
     "SELECT count(*) FROM cohort c LEFT JOIN (SELECT cohort_id,"
     " sum(status IN ('registered', 'confirmed', 'completed')) AS expected,"
     " sum(status = 'waitlisted') AS waitlisted, sum(status = 'invited') AS invited"
     " FROM enrolment GROUP BY cohort_id) n ON n.cohort_id = c.id WHERE"
     " (c.expected, c.waitlisted, c.invited) <> (coalesce(n.expected, 0),"
     " coalesce(n.waitlisted, 0), coalesce(n.invited, 0))"},
    {N_("the marks of a gathering are not counted right"),
     "SELECT count(*) FROM gathering g LEFT JOIN (SELECT gathering_id, count(*) AS marks,"
     " sum(mark IN ('present', 'caught_up')) AS present FROM attendance GROUP BY gathering_id) n"
     " ON n.gathering_id = g.id WHERE (g.marks, g.present) <>"
     " (coalesce(n.marks, 0), coalesce(n.present, 0))"},
};

enum status counted_verify(struct session *s, void (*report)(void *, const char *), void *arg,
                           int *n, struct error *err)
{
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < sizeof checks / sizeof *checks; i++) {
        int64_t wrong;
        st = db_get_int(s->db, &wrong, NULL, err, checks[i].sql, NULL);
        if (st == ST_OK && wrong) {
            report(arg, lang_tr(checks[i].words));
            ++*n;
        }
    }
    return st;
}
