#include "config.h"

#include "core/rules.h"

#include <stdio.h>
#include <string.h>

#include "samling/lang.h"

enum status rule_person(struct session *s, const struct record *r, int *field, struct error *err)
{
    (void)s;
    if (record_get(r, "given_name") || record_get(r, "family_name"))
        return ST_OK;
    *field = type_field(r->type, "given_name");
    return error_set(err, ST_REFUSED, _("Given name"), _("write a given name or a family name"),
                     "%s", _("a person must have a name"));
}

enum status rule_organisation(struct session *s, const struct record *r, int *field,
                              struct error *err)
{
    int64_t parent = record_get_id(r, "parent"), loop = 0;
    if (!r->id || !parent)
        return ST_OK;
    enum status st = db_get_int(
        s->db, &loop, NULL, err,
        "WITH RECURSIVE up (id) AS (VALUES (?1) UNION SELECT o.parent_id FROM organisation o"
        " JOIN up ON o.id = up.id WHERE o.parent_id IS NOT NULL)"
        " SELECT count(*) FROM up WHERE id = ?2",
        "ii", parent, r->id);
    if (st != ST_OK || !loop)
        return st;
    *field = type_field(r->type, "parent");
    return error_set(err, ST_REFUSED, _("Belongs to"), _("choose another organisation"), "%s",
                     _("an organisation cannot belong to itself or to one of its own parts"));
}

/* Is it an administrator, and is there no other? */
static enum status only_administrator(struct session *s, int64_t id, bool *out, struct error *err)
{
    int64_t only;
    enum status st = db_get_int(
        s->db, &only, NULL, err,
        "SELECT EXISTS (SELECT 1 FROM user WHERE id = ?1 AND role = 'administrator' AND active = 1)"
        " AND NOT EXISTS (SELECT 1 FROM user WHERE id <> ?1 AND role = 'administrator' AND active "
        "= 1)",
        "i", id);
    *out = only;
    return st;
}

static enum status keep_administrator(struct error *err)
{
    return error_set(err, ST_REFUSED, _("Role"), _("make somebody else an administrator first"),
                     "%s", _("this is the only administrator"));
}

enum status rule_user(struct session *s, const struct record *r, int *field, struct error *err)
{
    const char *role = record_get(r, "role");
    bool only;
    if (!r->id || (role && strcmp(role, "administrator") == 0 && record_get(r, "active")))
        return ST_OK;
    enum status st = only_administrator(s, r->id, &only, err);
    if (st != ST_OK || !only)
        return st;
    *field = type_field(r->type, "role");
    return keep_administrator(err);
}

enum status leave_user(struct session *s, int64_t id, struct error *err)
{
    bool only;
    enum status st = only_administrator(s, id, &only, err);
    return st == ST_OK && only ? keep_administrator(err) : st;
}

enum status rule_number(struct session *s, const struct record *r, int *field, struct error *err)
{
    (void)s;
    if (record_get_id(r, "number") > 0)
        return ST_OK;
    *field = type_field(r->type, "number");
    return error_set(err, ST_REFUSED, lang_tr(r->type->fields[*field].label), _("count from 1"),
                     "%s", _("there is no number 0"));
}

/* An attendance joins an enrolment and a gathering of one cohort; neither may leave it then. `sql`
 * gives whether there is one that would be torn apart. */
static enum status stays_in_cohort(struct session *s, const struct record *r, const char *sql,
                                   const char *todo, int *field, struct error *err)
{
    int64_t astray = 0;
    if (!r->id)
        return ST_OK;
    enum status st =
        db_get_int(s->db, &astray, NULL, err, sql, "ii", r->id, record_get_id(r, "cohort"));
    if (st != ST_OK || !astray)
        return st;
    *field = type_field(r->type, "cohort");
    return error_set(err, ST_REFUSED, _("Cohort"), todo, "%s",
                     _("attendance is recorded in this cohort"));
}

enum status rule_gathering(struct session *s, const struct record *r, int *field, struct error *err)
{
    enum status st = rule_number(s, r, field, err);
    if (st != ST_OK)
        return st;
    return stays_in_cohort(
        s, r,
        "SELECT EXISTS (SELECT 1 FROM attendance a JOIN enrolment e ON e.id = a.enrolment_id"
        " WHERE a.gathering_id = ?1 AND e.cohort_id <> ?2)",
        _("make another gathering in the other cohort"), field, err);
}

enum status rule_enrolment(struct session *s, const struct record *r, int *field, struct error *err)
{
    return stays_in_cohort(
        s, r,
        "SELECT EXISTS (SELECT 1 FROM attendance a JOIN gathering g ON g.id = a.gathering_id"
        " WHERE a.enrolment_id = ?1 AND g.cohort_id <> ?2)",
        _("enrol the person in the other cohort besides"), field, err);
}

enum status rule_attendance(struct session *s, const struct record *r, int *field,
                            struct error *err)
{
    int64_t same;
    enum status st = db_get_int(s->db, &same, NULL, err,
                                "SELECT (SELECT cohort_id FROM enrolment WHERE id = ?1) IS"
                                " (SELECT cohort_id FROM gathering WHERE id = ?2)",
                                "ii", record_get_id(r, "enrolment"), record_get_id(r, "gathering"));
    if (st != ST_OK || same)
        return st;
    *field = type_field(r->type, "enrolment");
    return error_set(err, ST_REFUSED, _("Enrolment"), _("enrol the person in its cohort first"),
                     "%s", _("this person is not in the cohort of the gathering"));
}

/* An offering stands once under an area of a plan, and once under none. */
enum status rule_placement(struct session *s, const struct record *r, int *field, struct error *err)
{
    int64_t other;
    enum status st =
        db_get_int(s->db, &other, NULL, err,
                   "SELECT id FROM placement WHERE id <> ?1 AND offering_id = ?2 AND plan_id = ?3"
                   " AND coalesce(area, '') = coalesce(?4, '')",
                   "iiit", r->id, record_get_id(r, "offering"), record_get_id(r, "plan"),
                   record_get(r, "area"));
    if (st != ST_OK || !other)
        return st;
    *field = type_field(r->type, "area");
    return error_set(err, ST_REFUSED, lang_tr(r->type->fields[*field].label),
                     _("choose another area, or leave it as it is"), "%s",
                     _("the offering stands there already"));
}

static enum status next_number(struct session *s, struct record *r, const char *sql,
                               const char *owner, struct error *err)
{
    char number[24];
    int64_t next;
    int field = type_field(r->type, "number");
    if (r->value[field] || !record_get(r, owner)) /* of nothing there is no next one */
        return ST_OK;
    enum status st = db_get_int(s->db, &next, NULL, err, sql, "i", record_get_id(r, owner));
    snprintf(number, sizeof number, "%lld", (long long)next);
    if (st == ST_OK)
        record_put(r, field, number);
    return st;
}

/* Takes `text`. */
static void put_if_empty(struct record *r, const char *field, struct buf *text)
{
    int i = type_field(r->type, field);
    if (!r->value[i])
        record_put(r, i, text->s);
    buf_free(text);
}

enum status complete_cohort(struct session *s, struct record *r, struct error *err)
{
    struct buf name = {0};
    enum status st =
        next_number(s, r, "SELECT coalesce(max(number), 0) + 1 FROM cohort WHERE offering_id = ?1",
                    "offering", err);
    if (st == ST_OK && record_get(r, "number"))
        buf_addf(&name, _("Cohort %s"), record_get(r, "number"));
    put_if_empty(r, "name", &name);
    return st;
}

enum status complete_gathering(struct session *s, struct record *r, struct error *err)
{
    struct buf title = {0};
    enum status st =
        next_number(s, r, "SELECT coalesce(max(number), 0) + 1 FROM gathering WHERE cohort_id = ?1",
                    "cohort", err);
    if (st == ST_OK && record_get(r, "number"))
        buf_addf(&title, _("Gathering %s"), record_get(r, "number"));
    put_if_empty(r, "title", &title);
    return st;
}

enum status complete_enrolment(struct session *s, struct record *r, struct error *err)
{
    int field = type_field(r->type, "organisation");
    char id[24], today[DATE_SIZE];
    int64_t organisation;
    if (r->value[field])
        return ST_OK;
    date_join(s->today, today);
    enum status st = db_get_int(
        s->db, &organisation, NULL, err,
        "SELECT organisation_id FROM position WHERE person_id = ?1"
        " AND (ends IS NULL OR ends >= ?2) ORDER BY coalesce(starts, '') DESC, id DESC LIMIT 1",
        "it", record_get_id(r, "person"), today);
    if (st != ST_OK || !organisation)
        return st;
    snprintf(id, sizeof id, "%lld", (long long)organisation);
    record_put(r, field, id);
    return ST_OK;
}
