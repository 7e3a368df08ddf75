#include "config.h"

#include "samling/enrol.h"

#include <stdio.h>

#include "samling/record.h"

static void put_id(struct record *r, const char *field, int64_t id)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)id);
    record_put(r, type_field(r->type, field), id ? text : NULL);
}

/* As the list of people has it: of several, the one that began last. */
static enum status organisation_today(struct session *s, int64_t person, int64_t *out,
                                      struct error *err)
{
    char today[DATE_SIZE];
    date_join(s->today, today);
    return db_get_int(s->db, out, NULL, err,
                      "SELECT organisation_id FROM position WHERE person_id = ?1"
                      " AND (ends IS NULL OR ends >= ?2)"
                      " ORDER BY coalesce(starts, '') DESC, id DESC LIMIT 1",
                      "it", person, today);
}

static enum status enrol_one(struct session *s, int64_t cohort, int64_t person,
                             struct enrol_result *out, struct error *err)
{
    int64_t there, organisation;
    enum status st =
        db_get_int(s->db, &there, NULL, err,
                   "SELECT count(*) FROM enrolment WHERE cohort_id = ?1 AND person_id = ?2", "ii",
                   cohort, person);
    if (st == ST_OK && there)
        out->there++;
    if (st != ST_OK || there)
        return st;
    st = organisation_today(s, person, &organisation, err);
    if (st != ST_OK)
        return st;
    struct record *r = record_new(type_by_id(T_ENROLMENT));
    put_id(r, "cohort", cohort);
    put_id(r, "person", person);
    put_id(r, "organisation", organisation);
    record_put(r, type_field(r->type, "status"), "registered");
    st = record_insert(s, r, err);
    if (st == ST_OK)
        out->enrolled++;
    record_free(r);
    return st;
}

enum status enrol_people(struct session *s, int64_t cohort, const int64_t *person, size_t n,
                         struct enrol_result *out, struct error *err)
{
    *out = (struct enrol_result){0};
    enum status st = session_begin(s, ACT_ADD, err);
    if (st != ST_OK)
        return st;
    for (size_t i = 0; st == ST_OK && i < n; i++)
        st = enrol_one(s, cohort, person[i], out, err);
    if (st == ST_OK)
        return session_commit(s, err);
    session_rollback(s);
    *out = (struct enrol_result){0};
    return st;
}
