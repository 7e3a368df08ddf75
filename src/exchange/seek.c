#include "config.h"

#include "seek.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "names.h"

/* ---- names ----------------------------------------------------------------------------------- */

enum likeness person_likeness(struct matcher *m, const struct record *person, const char *name)
{
    enum likeness like;
    person_match_name(person, &m->name);
    if (strcmp(buf_str(&m->name), name) == 0)
        return LIKE_SAME;
    like = name_near(buf_str(&m->name), name) ? LIKE_NEAR : UNLIKE;
    for (size_t i = 0; record_also(person, i, &m->other); i++) {
        if (strcmp(m->other.s, name) == 0)
            return LIKE_ALSO;
        if (name_near(m->other.s, name))
            like = LIKE_NEAR;
    }
    return like;
}

bool person_akin(struct matcher *m, const struct record *person, const char *name, bool lost)
{
    person_match_name(person, &m->name);
    bool akin =
        name_akin(buf_str(&m->name), name) || (lost && *name && *buf_str(&m->name) == *name);
    for (size_t i = 0; !akin && record_also(person, i, &m->other); i++)
        akin = name_akin(m->other.s, name);
    return akin;
}

/* ---- places ---------------------------------------------------------------------------------- */

static bool is_over(const struct matcher *m, const struct record *position)
{
    char today[DATE_SIZE];
    const char *ends = record_get(position, "ends");
    date_join(m->w->s->today, today);
    return ends && strcmp(ends, today) < 0;
}

enum status works_at(struct matcher *m, int64_t person, const struct found *places,
                     struct found *where, bool *ended, struct error *err)
{
    struct record **position;
    bool over = true;
    size_t n;
    where->n = 0;
    enum status st = positions_load(m, person, &position, &n, err);
    if (st != ST_OK)
        return st;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < places->n; j++) {
            if (record_get_id(position[i], "organisation") == places->id[j]) {
                found_add(where, places->id[j]);
                over = over && is_over(m, position[i]);
            }
        }
    }
    positions_free(position, n);
    if (ended)
        *ended = where->n && over;
    return ST_OK;
}

/* ---- candidates ------------------------------------------------------------------------------ */

static enum status look_up_near(struct matcher *m, const struct quest *q, struct found *out,
                                struct error *err)
{
    struct session *s = m->w->s;
    int64_t last = m->w->last[T_PERSON];
    struct lookup_more more = {.cohort = q->by == BY_NAME_IN ? q->cohort : 0, .phone = q->phone};
    enum status st = ST_OK;
    if (q->by != BY_NAME_AT)
        return lookup_people_near(s, q->text, &more, last, out, err);
    for (size_t i = 0; st == ST_OK && i < q->places->n; i++) {
        more.organisation = q->places->id[i];
        if (more.organisation > 0)
            st = lookup_people_near(s, q->text, &more, last, out, err);
    }
    return st;
}

/* Where those with another name work, or what their phone is, is seen when they are looked at: in a
 * rehearsal the database does not know all of it. */
static enum status look_up(struct matcher *m, const struct quest *q, struct found *out,
                           struct error *err)
{
    struct session *s = m->w->s;
    int64_t last = m->w->last[T_PERSON];
    if (!last)
        return ST_OK; /* there was nobody before this import */
    if (q->by == BY_EMAIL)
        return lookup_people_by_email(s, q->text, last, out, err);
    enum status st = q->by == BY_NAME ? lookup_people_by_name(s, q->text, last, out, err)
                                      : look_up_near(m, q, out, err);
    return st == ST_OK ? lookup_people_also(s, q->text, last, out, err) : st;
}

/* Of what this import made or touched. */
static void look_back(struct matcher *m, const struct quest *q, struct found *out)
{
    if (q->by == BY_EMAIL || q->by == BY_NAME) {
        world_find(m->w, ledger_key(q->by, q->text, NULL, 0), T_PERSON, out);
        return;
    }
    buf_clear(&m->name);
    name_ends(q->text, &m->name);
    const char *ends = buf_str(&m->name);
    if (q->by == BY_NAME_AT)
        for (size_t i = 0; i < q->places->n; i++)
            world_find(m->w, ledger_key(q->by, ends, NULL, q->places->id[i]), T_PERSON, out);
    else
        world_find(m->w, ledger_key(q->by, ends, q->phone, q->by == BY_NAME_IN ? q->cohort : 0),
                   T_PERSON, out);
    if (m->also)
        world_find(m->w, ledger_key(BY_ALSO, ends, NULL, 0), T_PERSON, out);
}

static bool same_text(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* Keys may be chance, and records may have changed since they were found under them. */
static enum status still_is(struct matcher *m, const struct quest *q, const struct record *r,
                            enum likeness *like, struct error *err)
{
    struct found where = {.n = 1};
    int64_t enrolment = 1;
    enum status st = ST_OK;
    if (q->by == BY_EMAIL) {
        *like = same_text(record_get(r, "email"), q->text) ? LIKE_SAME : UNLIKE;
        return ST_OK;
    }
    *like = person_likeness(m, r, q->text);
    if ((q->by == BY_NAME && *like == LIKE_NEAR) ||
        (q->by == BY_NAME_PHONE && !same_text(record_get(r, "phone"), q->phone)))
        *like = UNLIKE;
    if (*like != UNLIKE && q->by == BY_NAME_AT)
        st = works_at(m, r->id, q->places, &where, NULL, err);
    if (*like != UNLIKE && q->by == BY_NAME_IN)
        st = world_enrolment(m->w, q->cohort, r->id, &enrolment, err);
    if (!where.n || !enrolment)
        *like = UNLIKE;
    return st;
}

/* One more that is as like as those before, or more so, or neither. */
static void weigh(struct hits *out, struct record *r, enum likeness like)
{
    if (like > out->like) {
        record_free(out->only);
        out->only = NULL;
        out->found.n = 0;
        out->like = like;
    }
    if (like == out->like && like != UNLIKE)
        found_add(&out->found, r->id);
    if (like == out->like && out->found.n == 1 && !out->only)
        out->only = r;
    else
        record_free(r);
}

static void settle(struct hits *out, enum status st)
{
    if (st == ST_OK && out->found.n == 1)
        return;
    record_free(out->only);
    out->only = NULL;
}

enum status seek(struct matcher *m, const struct quest *q, struct hits *out, struct error *err)
{
    struct found all = {0};
    enum status st = look_up(m, q, &all, err);
    *out = (struct hits){0};
    if (st == ST_OK)
        look_back(m, q, &all);
    for (size_t i = 0; st == ST_OK && i < all.n; i++) {
        struct record *r;
        enum likeness like;
        st = world_load(m->w, type_by_id(T_PERSON), all.id[i], &r, err);
        if (st == ST_OK)
            st = still_is(m, q, r, &like, err);
        if (st == ST_OK)
            weigh(out, r, like);
        else
            record_free(r);
    }
    settle(out, st);
    return st;
}

enum status seek_among(struct matcher *m, const struct found *all, const char *name,
                       struct hits *out, struct error *err)
{
    enum status st = ST_OK;
    *out = (struct hits){0};
    for (size_t i = 0; st == ST_OK && i < all->n; i++) {
        struct record *r;
        st = world_load(m->w, type_by_id(T_PERSON), all->id[i], &r, err);
        if (st == ST_OK)
            weigh(out, r, person_likeness(m, r, name));
    }
    settle(out, st);
    return st;
}
