/* People: who a row means. */
#include "config.h"

#include "match.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "names.h"

void reason_add(const struct matcher *m, struct buf *reason, const char *format, ...)
{
    char text[1024];
    va_list ap;
    if (!m->tell)
        return;
    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    if (reason->len)
        buf_add(reason, "; ");
    buf_add(reason, text);
}

void matcher_free(struct matcher *m)
{
    for (size_t i = 0; i < sizeof m->place / sizeof *m->place; i++) {
        free(m->place[i].name);
        free(m->place[i].municipality);
        free(m->place[i].called);
        free(m->place[i].lies_in);
    }
    buf_free(&m->match);
    buf_free(&m->core);
    buf_free(&m->called);
    buf_free(&m->lies_in);
    buf_free(&m->name);
}

/* ---- people and their positions
 * ------------------------------------------------------------------ */

void person_match_name(const struct record *person, struct buf *out)
{
    buf_clear(out);
    text_fold_match(out, record_get(person, "given_name"));
    text_fold_match(out, record_get(person, "family_name"));
}

static int by_start(const void *a, const void *b)
{
    const struct record *x = *(struct record *const *)a, *y = *(struct record *const *)b;
    const char *from = record_get(x, "starts"), *to = record_get(y, "starts");
    int order = strcmp(from ? from : "", to ? to : "");
    if (order)
        return order;
    /* Those that a rehearsal made are younger than those that are there. */
    if ((x->id < 0) != (y->id < 0))
        return x->id < 0 ? 1 : -1;
    return x->id < 0 ? (x->id < y->id) - (x->id > y->id) : (x->id > y->id) - (x->id < y->id);
}

enum status positions_load(struct matcher *m, int64_t person, struct record ***out, size_t *n,
                           struct error *err)
{
    struct found f = {0};
    struct record **r = mem_alloc(LOOKUP_MAX * sizeof(struct record *));
    enum status st = world_positions(m->w, person, &f, err);
    *n = 0;
    for (size_t i = 0; st == ST_OK && i < f.n; i++) {
        st = world_load(m->w, type_by_id(T_POSITION), f.id[i], &r[*n], err);
        if (st != ST_OK)
            break;
        if (record_get_id(r[*n], "person") == person)
            (*n)++;
        else
            record_free(r[*n]);
    }
    if (st != ST_OK) {
        positions_free(r, *n);
        return st;
    }
    qsort(r, *n, sizeof *r, by_start);
    *out = r;
    return ST_OK;
}

void positions_free(struct record **r, size_t n)
{
    for (size_t i = 0; i < n; i++)
        record_free(r[i]);
    free(r);
}

/* *at: the person has, or had, a position at one of the places; which one, when it is only one. */
static enum status works_at(struct matcher *m, int64_t person, const struct found *places,
                            int64_t *at, struct error *err)
{
    struct record **position;
    struct found where = {0};
    size_t n;
    *at = 0;
    enum status st = positions_load(m, person, &position, &n, err);
    if (st != ST_OK)
        return st;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < places->n; j++)
            if (record_get_id(position[i], "organisation") == places->id[j])
                found_add(&where, places->id[j]);
    positions_free(position, n);
    if (where.n == 1)
        *at = where.id[0];
    return ST_OK;
}

static enum status workplace(struct matcher *m, int64_t person, struct buf *out, struct error *err)
{
    struct record **position, *r = NULL;
    size_t n;
    enum status st = positions_load(m, person, &position, &n, err);
    if (st != ST_OK)
        return st;
    if (n) {
        st = world_load(m->w, type_by_id(T_ORGANISATION),
                        record_get_id(position[n - 1], "organisation"), &r, err);
        if (st == ST_OK)
            buf_add(out, record_get(r, "name"));
        record_free(r);
    }
    positions_free(position, n);
    return st;
}

enum { LISTED = 4 };

void who_list(struct matcher *m, const struct found *f, struct buf *out)
{
    for (size_t i = 0; i < f->n && i < LISTED; i++) {
        struct record *r;
        struct buf at = {0};
        if (world_load(m->w, type_by_id(T_PERSON), f->id[i], &r, NULL) != ST_OK)
            continue;
        const char *given = record_get(r, "given_name"), *family = record_get(r, "family_name");
        buf_addf(out, "%s%s%s%s", i ? "; " : "", given ? given : "", given && family ? " " : "",
                 family ? family : "");
        if (workplace(m, r->id, &at, NULL) == ST_OK && at.len)
            buf_addf(out, " (%s)", at.s);
        buf_free(&at);
        record_free(r);
    }
    if (f->n > LISTED)
        buf_add(out, "; …");
}

/* ---- candidates ------------------------------------------------------------------------------ */

/* What a row is compared with, for one way of finding. */
struct quest {
    enum ledger_by by;
    const char *text;  /* match name, or e-mail */
    const char *phone; /* BY_NAME_PHONE */
    int64_t number;    /* BY_NAME_AT: the organisation; BY_NAME_IN: the cohort */
};

static enum status look_up(struct matcher *m, const struct quest *q, struct found *out,
                           struct error *err)
{
    struct session *s = m->w->s;
    int64_t last = m->w->last[T_PERSON];
    if (!last)
        return ST_OK; /* there was nobody before this import */
    switch (q->by) {
    case BY_EMAIL: return lookup_people_by_email(s, q->text, last, out, err);
    case BY_NAME: return lookup_people_by_name(s, q->text, last, out, err);
    case BY_NAME_PHONE: return lookup_people_by_phone(s, q->text, q->phone, last, out, err);
    case BY_NAME_AT:
        return q->number > 0 ? lookup_people_at(s, q->text, q->number, last, out, err) : ST_OK;
    case BY_NAME_IN: return lookup_people_in(s, q->text, q->number, last, out, err);
    default: return ST_OK;
    }
}

static bool same_text(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* Keys may be chance, and records may have changed since they were found under them. */
static enum status still_is(struct matcher *m, const struct quest *q, const struct record *r,
                            bool *yes, struct error *err)
{
    int64_t id;
    enum status st = ST_OK;
    if (q->by == BY_EMAIL) {
        *yes = same_text(record_get(r, "email"), q->text);
        return ST_OK;
    }
    person_match_name(r, &m->name);
    *yes = strcmp(buf_str(&m->name), q->text) == 0;
    if (*yes && q->by == BY_NAME_PHONE)
        *yes = same_text(record_get(r, "phone"), q->phone);
    if (*yes && q->by == BY_NAME_AT) {
        struct found place = {.id = {q->number}, .n = 1};
        st = works_at(m, r->id, &place, &id, err);
        *yes = id != 0;
    }
    if (*yes && q->by == BY_NAME_IN) {
        st = world_enrolment(m->w, q->number, r->id, &id, err);
        *yes = id != 0;
    }
    return st;
}

/* *only: the person, when it is one; the caller frees it. */
static enum status seek(struct matcher *m, const struct quest *q, struct found *out,
                        struct record **only, struct error *err)
{
    struct found all = {0};
    enum status st = look_up(m, q, &all, err);
    world_find(m->w, ledger_key(q->by, q->text, q->phone, q->number), T_PERSON, &all);
    *only = NULL;
    out->n = 0;
    for (size_t i = 0; st == ST_OK && i < all.n; i++) {
        struct record *r;
        bool yes = false;
        st = world_load(m->w, type_by_id(T_PERSON), all.id[i], &r, err);
        if (st == ST_OK)
            st = still_is(m, q, r, &yes, err);
        if (st == ST_OK && yes)
            found_add(out, r->id);
        if (st == ST_OK && yes && out->n == 1) {
            *only = r;
            continue;
        }
        record_free(r);
    }
    if (st != ST_OK || out->n != 1) {
        record_free(*only);
        *only = NULL;
    }
    return st;
}

/* ---- deciding
 * ------------------------------------------------------------------------------------- */

/* One way of finding that has come to an end. Reasons are translated only when somebody wants them.
 */
static void be(struct matcher *m, struct who *out, enum is is, struct record *person,
               struct buf *reason, const char *why)
{
    out->is = is;
    out->person = person;
    long line = person ? world_line(m->w, T_PERSON, person->id) : 0;
    if (is == IS_KNOWN && line)
        reason_add(m, reason, _("same as line %ld"), line);
    else if (m->tell)
        reason_add(m, reason, "%s", lang_tr(why));
}

static void be_unclear(struct matcher *m, struct who *out, const struct found *f,
                       struct buf *reason, const char *why)
{
    struct buf list = {0};
    out->is = IS_UNCLEAR;
    out->candidates = *f;
    if (m->tell) {
        who_list(m, f, &list);
        reason_add(m, reason, "%s: %s", lang_tr(why), buf_str(&list));
    }
    buf_free(&list);
}

static enum status by_email(struct matcher *m, const struct entry *e, struct who *out,
                            struct buf *reason, struct error *err)
{
    struct quest q = {.by = BY_EMAIL, .text = e->value[TO_EMAIL]};
    struct found f;
    struct record *only;
    enum status st = seek(m, &q, &f, &only, err);
    if (st != ST_OK || f.n == 0)
        return st;
    if (only) {
        person_match_name(only, &m->name);
        if (name_akin(buf_str(&m->name), buf_str(&e->match))) {
            be(m, out, IS_KNOWN, only, reason, N_("same e-mail address"));
        } else {
            record_free(only);
            be_unclear(m, out, &f, reason,
                       N_("the e-mail address belongs to somebody of another name"));
        }
        return ST_OK;
    }
    /* Several share the address: the name tells which. */
    struct found same = {0};
    for (size_t i = 0; st == ST_OK && i < f.n; i++) {
        struct record *r;
        st = world_load(m->w, type_by_id(T_PERSON), f.id[i], &r, err);
        if (st != ST_OK)
            break;
        person_match_name(r, &m->name);
        if (strcmp(buf_str(&m->name), buf_str(&e->match)) == 0) {
            found_add(&same, r->id);
            if (same.n == 1) {
                only = r;
                continue;
            }
        }
        record_free(r);
    }
    if (st == ST_OK && same.n == 1) {
        be(m, out, IS_KNOWN, only, reason, N_("same e-mail address and name"));
        return ST_OK;
    }
    record_free(only);
    if (st == ST_OK)
        be_unclear(m, out, &f, reason, N_("several people have this e-mail address"));
    return st;
}

static bool contradicts(const struct record *r, const char *field, const char *value)
{
    const char *there = record_get(r, field);
    return there && value && strcmp(there, value) != 0;
}

/* Two of one name at one workplace may be two: when phone and address differ, or when one and the
 * same file has an address for each. An address alone may just be a new one. */
static bool may_be_two(const struct matcher *m, const struct entry *e, const struct record *r)
{
    return contradicts(r, "email", e->value[TO_EMAIL]) &&
           (contradicts(r, "phone", e->value[TO_PHONE]) || world_line(m->w, T_PERSON, r->id));
}

/* Somebody of this name, with something more in common. */
static enum status by_name_and(struct matcher *m, const struct entry *e, const struct quest *q,
                               struct who *out, struct buf *reason, const char *why,
                               struct error *err)
{
    struct found f;
    struct record *only;
    enum status st = seek(m, q, &f, &only, err);
    if (st != ST_OK || f.n == 0)
        return st;
    if (only && q->by == BY_NAME_AT && may_be_two(m, e, only)) {
        record_free(only);
        be_unclear(m, out, &f, reason,
                   N_("somebody has this name there, but another e-mail address"));
    } else if (only) {
        be(m, out, IS_KNOWN, only, reason, why);
    } else {
        be_unclear(m, out, &f, reason, N_("several people have this name"));
    }
    return ST_OK;
}

/* The row says which organisations it can be: one, or a few. */
static enum status by_place(struct matcher *m, const struct entry *e, const struct place *where,
                            struct who *out, struct buf *reason, struct error *err)
{
    enum status st = ST_OK;
    if (where->is == IS_KNOWN) {
        struct quest q = {.by = BY_NAME_AT, .text = buf_str(&e->match), .number = where->id};
        return by_name_and(m, e, &q, out, reason, N_("same name and organisation"), err);
    }
    for (size_t i = 0; st == ST_OK && out->is == IS_NONE && i < where->candidates.n; i++) {
        struct quest q = {
            .by = BY_NAME_AT, .text = buf_str(&e->match), .number = where->candidates.id[i]};
        st = by_name_and(m, e, &q, out, reason, N_("same name and organisation"), err);
    }
    return st;
}

/* Nothing but the name. */
static enum status by_name_alone(struct matcher *m, const struct entry *e, struct who *out,
                                 struct buf *reason, struct error *err)
{
    struct quest q = {.by = BY_NAME, .text = buf_str(&e->match)};
    struct found f;
    struct record *only;
    if (m->cohort) {
        struct quest in = {.by = BY_NAME_IN, .text = q.text, .number = m->cohort};
        enum status st = seek(m, &in, &f, &only, err);
        if (st != ST_OK || only) {
            if (only)
                be(m, out, IS_KNOWN, only, reason, N_("the only one of this name in the cohort"));
            return st;
        }
    }
    enum status st = seek(m, &q, &f, &only, err);
    if (st != ST_OK || f.n == 0)
        return st;
    struct record **position = NULL;
    size_t n = 0;
    if (only)
        st = positions_load(m, only->id, &position, &n, err);
    positions_free(position, n);
    if (st == ST_OK && only && n == 0 && !record_get(only, "email")) {
        be(m, out, IS_KNOWN, only, reason, N_("same name, and nothing else is known"));
        return ST_OK;
    }
    record_free(only);
    if (st == ST_OK)
        be_unclear(m, out, &f, reason, N_("only the name is given, and somebody has it already"));
    return st;
}

static enum status be_new(struct matcher *m, const struct entry *e, struct who *out,
                          struct buf *reason, struct error *err)
{
    struct quest q = {.by = BY_NAME, .text = buf_str(&e->match)};
    struct found f;
    struct record *only;
    struct buf at = {0};
    enum status st = ST_OK;
    out->is = IS_NEW;
    if (e->value[TO_EMAIL] || !m->tell)
        return ST_OK;
    st = seek(m, &q, &f, &only, err);
    record_free(only);
    if (st == ST_OK && f.n)
        st = workplace(m, f.id[0], &at, err);
    if (st == ST_OK && at.len)
        reason_add(m, reason, _("another of this name works at %s"), at.s);
    else if (st == ST_OK && f.n)
        reason_add(m, reason, "%s", _("another of this name is known"));
    buf_free(&at);
    return st;
}

/* A name that several organisations have: the one where the person works, else unclear. */
static enum status settle_place(struct matcher *m, struct place *where, struct who *out,
                                struct buf *reason, struct error *err)
{
    int64_t at = 0;
    struct buf list = {0};
    if (where->is != IS_UNCLEAR || out->is == IS_UNCLEAR)
        return ST_OK;
    enum status st =
        out->person ? works_at(m, out->person->id, &where->candidates, &at, err) : ST_OK;
    if (st != ST_OK)
        return st;
    if (at) {
        where->is = IS_KNOWN;
        where->id = at;
        return ST_OK;
    }
    record_free(out->person);
    *out = (struct who){.is = IS_UNCLEAR};
    buf_clear(reason);
    if (m->tell)
        place_list(m, &where->candidates, &list);
    reason_add(m, reason, _("several organisations have this name: %s"), buf_str(&list));
    buf_free(&list);
    return ST_OK;
}

enum status who_is(struct matcher *m, const struct entry *e, struct place *where, struct who *out,
                   struct buf *reason, struct error *err)
{
    enum status st = ST_OK;
    *out = (struct who){0};
    if (e->value[TO_EMAIL])
        st = by_email(m, e, out, reason, err);
    if (st == ST_OK && out->is == IS_NONE && !e->match.len)
        return ST_OK; /* an address that nobody has, and no name */
    if (st == ST_OK && out->is == IS_NONE && e->value[TO_PHONE]) {
        struct quest q = {
            .by = BY_NAME_PHONE, .text = buf_str(&e->match), .phone = e->value[TO_PHONE]};
        st = by_name_and(m, e, &q, out, reason, N_("same name and phone"), err);
    }
    if (st == ST_OK && out->is == IS_NONE && where->is != IS_NONE && where->is != IS_NEW)
        st = by_place(m, e, where, out, reason, err);
    if (st == ST_OK && out->is == IS_NONE && where->is == IS_NONE && !e->value[TO_EMAIL])
        st = by_name_alone(m, e, out, reason, err);
    if (st == ST_OK && out->is == IS_NONE)
        st = be_new(m, e, out, reason, err);
    if (st == ST_OK)
        st = settle_place(m, where, out, reason, err);
    return st;
}

/* ---- what later rows can find ---------------------------------------------------------------- */

void match_know_person(struct matcher *m, const struct record *person, const char *name)
{
    const char *email = record_get(person, "email"), *phone = record_get(person, "phone");
    if (email)
        world_know(m->w, T_PERSON, person->id, ledger_key(BY_EMAIL, email, NULL, 0));
    world_know(m->w, T_PERSON, person->id, ledger_key(BY_NAME, name, NULL, 0));
    if (phone)
        world_know(m->w, T_PERSON, person->id, ledger_key(BY_NAME_PHONE, name, phone, 0));
}

void match_know_position(struct matcher *m, int64_t person, const char *name, int64_t organisation)
{
    world_know(m->w, T_PERSON, person, ledger_key(BY_NAME_AT, name, NULL, organisation));
}

void match_know_enrolment(struct matcher *m, int64_t person, const char *name)
{
    world_know(m->w, T_PERSON, person, ledger_key(BY_NAME_IN, name, NULL, m->cohort));
}
