/* References: `42`, `BIM`, `BIM/1`, `BIM/1/3`, and the one record that a name means. */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/contact.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/record.h"
#include "samling/text.h"

#include "core/also.h"

static bool all_digits(const char *s)
{
    size_t n = strspn(s, "0123456789");
    return n > 0 && n < 19 && s[n] == '\0';
}

static enum status no_such(const char *what, const char *why, const char *todo, struct error *err)
{
    return error_set(err, ST_REFUSED, what, todo, "%s", why);
}

/* "BIM/1/3" into its parts; numbers are 0 where they are left out. */
static bool split(const char *typed, char *code, size_t size, int64_t *cohort, int64_t *gathering)
{
    const char *slash = strchr(typed, '/');
    size_t n = slash ? (size_t)(slash - typed) : strlen(typed);
    *cohort = *gathering = 0;
    if (n == 0 || n >= size)
        return false;
    memcpy(code, typed, n);
    code[n] = '\0';
    if (!slash)
        return true;
    char *end;
    if (!isdigit((unsigned char)slash[1]))
        return false;
    *cohort = strtoll(slash + 1, &end, 10);
    if (*end == '/' && isdigit((unsigned char)end[1])) {
        *gathering = strtoll(end + 1, &end, 10);
        if (*gathering == 0)
            return false;
    }
    return *end == '\0' && *cohort > 0;
}

static enum status find_parts(struct session *s, const char *typed, const char *code,
                              int64_t cohort, int64_t gathering, enum type_id *type, int64_t *id,
                              struct error *err)
{
    bool found;
    enum status st =
        db_get_int(s->db, id, &found, err, "SELECT id FROM offering WHERE code = ?1", "t", code);
    if (st == ST_OK && !found)
        st = no_such(typed, _("there is no offering with this code"),
                     _("see: samling list offerings"), err);
    *type = T_OFFERING;
    if (st == ST_OK && cohort) {
        *type = T_COHORT;
        st = db_get_int(s->db, id, &found, err,
                        "SELECT id FROM cohort WHERE offering_id = ?1 AND number = ?2", "ii", *id,
                        cohort);
        if (st == ST_OK && !found)
            st = no_such(typed, _("the offering has no such cohort"),
                         _("see: samling list cohorts"), err);
    }
    if (st == ST_OK && gathering) {
        *type = T_GATHERING;
        st = db_get_int(s->db, id, &found, err,
                        "SELECT id FROM gathering WHERE cohort_id = ?1 AND number = ?2", "ii", *id,
                        gathering);
        if (st == ST_OK && !found)
            st = no_such(typed, _("the cohort has no such gathering"),
                         _("see: samling list gatherings"), err);
    }
    return st;
}

static enum status wrong_type(enum type_id want, const char *typed, struct error *err)
{
    switch (want) {
    case T_OFFERING:
        return no_such(typed, _("this is not an offering"), _("write its code, as BIM"), err);
    case T_COHORT:
        return no_such(typed, _("this is not a cohort"), _("write offering/number, as BIM/1"), err);
    default:
        return no_such(typed, _("this is not a gathering"),
                       _("write offering/cohort/number, as BIM/1/3"), err);
    }
}

static enum status by_id(struct session *s, enum type_id want, const char *typed, int64_t *id,
                         struct error *err)
{
    struct buf sql = {0};
    bool found;
    buf_addf(&sql, "SELECT id FROM %s WHERE id = ?1", type_by_id(want)->table);
    enum status st =
        db_get_int(s->db, id, &found, err, sql.s, "i", (int64_t)strtoll(typed, NULL, 10));
    buf_free(&sql);
    if (st == ST_OK && !found)
        st = no_such(typed, _("there is no record with this number"),
                     _("look it up with: samling list"), err);
    return st;
}

enum status reference_parse(struct session *s, enum type_id want, const char *typed,
                            enum type_id *type, int64_t *id, struct error *err)
{
    char code[64];
    int64_t cohort, gathering;
    enum type_id is;
    if (all_digits(typed)) {
        if (want == T_NONE)
            return no_such(typed, _("a number alone does not say what it is"),
                           _("write a reference as BIM/1/3"), err);
        if (type)
            *type = want;
        return by_id(s, want, typed, id, err);
    }
    if (!split(typed, code, sizeof code, &cohort, &gathering))
        return no_such(typed, _("this is not a reference"),
                       _("write a code or a number, as BIM, BIM/1, BIM/1/3 or 42"), err);
    enum status st = find_parts(s, typed, code, cohort, gathering, &is, id, err);
    if (st == ST_OK && want != T_NONE && is != want)
        st = wrong_type(want, typed, err);
    if (st == ST_OK && type)
        *type = is;
    return st;
}

/* Runs `sql` (id, words to tell it from the others) and wants one row. */
static enum status one_match(struct session *s, const char *typed, const char *sql, const char *p1,
                             int64_t *id, struct error *err)
{
    struct buf candidates = {0};
    struct error mine = {0};
    int n = 0;
    struct stmt *st = db_query(s->db, &mine, sql, "t", p1);
    enum step step;
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        *id = stmt_int(st, 0);
        if (n++ < 5)
            buf_addf(&candidates, "%s%lld %s", n > 1 ? ", " : "", (long long)*id, stmt_str(st, 1));
    }
    enum status result = ST_OK;
    if (step == STEP_ERROR) {
        result = mine.code;
        if (err)
            *err = mine;
    } else if (n == 0) {
        result = error_set(err, ST_REFUSED, typed, _("check the spelling, or give its number"),
                           "%s", _("nothing has this name"));
    } else if (n > 1) {
        struct buf todo = {0};
        buf_addf(&todo, _("give the number of one: %s"), candidates.s);
        result = error_set(err, ST_REFUSED, typed, todo.s, "%s", _("several have this name"));
        buf_free(&todo);
    }
    buf_free(&candidates);
    return result;
}

#define PERSON_WORDS                                                                               \
    "trim(coalesce(r.given_name, '') || ' ' || coalesce(r.family_name, '')) || coalesce(' (' || "  \
    "(SELECT o.name"                                                                               \
    " FROM position q JOIN organisation o ON o.id = q.organisation_id WHERE q.person_id = r.id "   \
    "LIMIT 1) || ')', '')"

static enum status find_person(struct session *s, const char *typed, int64_t *id, struct error *err)
{
    struct buf b = {0};
    enum status st;
    if (strchr(typed, '@') && email_tidy(typed, &b)) {
        st = one_match(s, typed,
                       "SELECT r.id, " PERSON_WORDS " FROM person r WHERE r.email = ?1 LIMIT 6",
                       b.s, id, err);
    } else {
        const char *comma = strchr(typed, ',');
        if (comma) { /* Nordmann, Kari */
            char *family = mem_strndup(typed, (size_t)(comma - typed));
            text_fold_match(&b, comma + 1);
            text_fold_match(&b, family);
            free(family);
        } else {
            text_fold_match(&b, typed);
        }
        st = one_match(s, typed,
                       "SELECT r.id, " PERSON_WORDS " FROM person r WHERE " MATCH_ORDER(
                           "r.match_name") " = " MATCH_ORDER("?1") " LIMIT 6",
                       buf_str(&b), id, err);
    }
    buf_free(&b);
    return st;
}

static enum status find_organisation(struct session *s, const char *typed, int64_t *id,
                                     struct error *err)
{
    struct buf b = {0};
    text_fold_match(&b, typed);
    enum status st =
        one_match(s, typed,
                  "SELECT r.id, r.name || coalesce(', ' || r.municipality, '') FROM organisation r"
                  " WHERE r.match_name = ?1 LIMIT 6",
                  buf_str(&b), id, err);
    buf_free(&b);
    return st;
}

/* By its title; few enough to look at each. */
static enum status find_plan(struct session *s, const char *typed, int64_t *id, struct error *err)
{
    return one_match(s, typed,
                     "SELECT r.id, r.title FROM plan r WHERE fold(r.title) = fold(?1) LIMIT 6",
                     typed, id, err);
}

/* `BIM/1:kari@example.no`: a person's place in a cohort. */
static enum status find_enrolment(struct session *s, const char *typed, int64_t *id,
                                  struct error *err)
{
    const char *colon = strchr(typed, ':');
    int64_t cohort, person;
    bool found;
    if (!colon)
        return no_such(typed, _("this is not an enrolment"),
                       _("write cohort:person, as BIM/1:kari@example.no"), err);
    char *ref = mem_strndup(typed, (size_t)(colon - typed));
    enum status st = reference_parse(s, T_COHORT, ref, NULL, &cohort, err);
    free(ref);
    if (st == ST_OK)
        st = record_find(s, type_by_id(T_PERSON), colon + 1, &person, err);
    if (st == ST_OK)
        st = db_get_int(s->db, id, &found, err,
                        "SELECT id FROM enrolment WHERE cohort_id = ?1 AND person_id = ?2", "ii",
                        cohort, person);
    if (st == ST_OK && !found)
        st = no_such(typed, _("this person is not in the cohort"), _("see: samling list roster"),
                     err);
    return st;
}

enum status record_find(struct session *s, const struct record_type *t, const char *typed,
                        int64_t *id, struct error *err)
{
    if (all_digits(typed)) {
        if (t->id == T_ORGANISATION && strlen(typed) == 9) {
            bool found;
            enum status st = db_get_int(s->db, id, &found, err,
                                        "SELECT id FROM organisation WHERE orgno = ?1", "t", typed);
            if (st != ST_OK || found)
                return st;
        }
        return by_id(s, t->id, typed, id, err);
    }
    switch (t->id) {
    case T_OFFERING:
    case T_COHORT:
    case T_GATHERING: return reference_parse(s, t->id, typed, NULL, id, err);
    case T_PERSON: return find_person(s, typed, id, err);
    case T_ORGANISATION: return find_organisation(s, typed, id, err);
    case T_ENROLMENT: return find_enrolment(s, typed, id, err);
    case T_PLAN: return find_plan(s, typed, id, err);
    case T_USER:
        return one_match(s, typed, "SELECT r.id, r.name FROM user r WHERE r.name = ?1 LIMIT 6",
                         typed, id, err);
    default:
        return no_such(typed, _("this is not a number"),
                       _("give the record's number, as in the lists"), err);
    }
}
