/* A row about somebody at a gathering: a mark for who is on the roster. Nobody is made here. */
#include "config.h"

#include "apply.h"

#include <stdlib.h>

#include "samling/lang.h"
#include "samling/mem.h"

/* Everything about the row in hand. */
struct deed {
    struct applier *a;
    const struct entry *e;
    struct outcome *o;
    int64_t person, enrolment;
    bool changed;
};

/* ---- who ------------------------------------------------------------------------------------- */

/* The roster is short: one of this name on it is the one, wherever the list says that she works. */
static enum status by_name_on_roster(struct applier *a, const struct entry *e, struct who *out,
                                     struct buf *reason, struct error *err)
{
    struct entry bare = {0};
    struct place nowhere = {0};
    for (int i = TO_GIVEN_NAME; i <= TO_FAMILY_NAME; i++)
        bare.value[i] = e->value[i];
    bare.match = e->match;
    buf_clear(reason);
    return who_is(a->m, &bare, &nowhere, out, reason, err);
}

static enum status find_person(struct deed *d, struct who *who, struct error *err)
{
    struct applier *a = d->a;
    const struct entry *e = d->e;
    struct place where, nowhere = {0};
    enum status st =
        place_find(a->m, e->value[TO_ORGANISATION], e->value[TO_MUNICIPALITY], &where, err);
    if (st == ST_OK)
        st = who_is(a->m, e, &where, who, &d->o->reason, err);
    if (st == ST_OK)
        d->o->organisation = where.name;
    /* Which organisation does not matter for who has a place already. */
    if (st == ST_OK && who->is == IS_UNCLEAR && who->candidate_type == T_ORGANISATION) {
        buf_clear(&d->o->reason);
        st = who_is(a->m, e, &nowhere, who, &d->o->reason, err);
    }
    if (st == ST_OK && (who->is == IS_NEW || who->is == IS_NONE) && e->match.len)
        st = by_name_on_roster(a, e, who, &d->o->reason, err);
    return st;
}

/* ---- the mark -------------------------------------------------------------------------------- */

static uint32_t mark_key(const struct deed *d)
{
    return ledger_key(BY_ID, "mark", NULL, d->enrolment);
}

/* What a rehearsal would have marked is only in the ledger. */
static enum status find_mark(struct deed *d, struct record **out, struct error *err)
{
    struct world *w = d->a->m->w;
    int64_t id = 0;
    struct found f = {0};
    enum status st = ST_OK;
    *out = NULL;
    if (d->enrolment > 0)
        st = lookup_mark(w->s, d->a->gathering, d->enrolment, &id, err);
    if (st == ST_OK && !id && !w->write)
        world_find(w, mark_key(d), T_ATTENDANCE, &f);
    for (size_t i = 0; st == ST_OK && !*out && i < f.n + (id != 0); i++) {
        struct record *r;
        st = world_load(w, type_by_id(T_ATTENDANCE), id ? id : f.id[i], &r, err);
        if (st == ST_OK && record_get_id(r, "enrolment") == d->enrolment)
            *out = r;
        else
            record_free(r);
    }
    return st;
}

static void tell_mark(struct deed *d, const struct record *r)
{
    const struct field *f = &r->type->fields[type_field(r->type, "mark")];
    struct buf shown = {0};
    if (d->a->m->tell)
        field_show(d->a->m->w->s, f, record_get(r, "mark"), &shown);
    reason_add(d->a->m, &d->o->reason, "%s: %s", lang_tr(f->label), buf_str(&shown));
    buf_free(&shown);
}

static enum status make_mark(struct deed *d, struct error *err)
{
    struct world *w = d->a->m->w;
    struct record *r = record_new(type_by_id(T_ATTENDANCE));
    apply_put_id(r, "enrolment", d->enrolment);
    apply_put_id(r, "gathering", d->a->gathering);
    apply_put(r, "mark", d->e->value[TO_MARK]);
    apply_put(r, "note", d->e->value[TO_NOTE]);
    enum status st = world_insert(w, r, err);
    if (st == ST_OK) {
        if (!w->write)
            world_know(w, T_ATTENDANCE, r->id, mark_key(d));
        apply_spoken(d->a, r);
        tell_mark(d, r);
        d->changed = true;
    }
    record_free(r);
    return st;
}

static enum status settle_mark(struct deed *d, struct error *err)
{
    struct record *r;
    struct applier *a = d->a;
    if (!d->e->value[TO_MARK]) {
        reason_add(a->m, &d->o->reason, "%s", _("no mark is given"));
        return ST_OK;
    }
    enum status st = find_mark(d, &r, err);
    if (st != ST_OK)
        return st;
    if (!r)
        return make_mark(d, err);
    d->changed |= apply_field(a, r, "mark", d->e->value[TO_MARK], &d->o->reason);
    d->changed |= apply_field(a, r, "note", d->e->value[TO_NOTE], &d->o->reason);
    if (d->changed)
        st = world_update(a->m->w, r, err);
    record_free(r);
    return st;
}

/* ---- a row ----------------------------------------------------------------------------------- */

static void refuse(struct deed *d)
{
    const struct entry *e = d->e;
    d->o->verdict = VERDICT_REJECTED;
    buf_clear(&d->o->reason);
    if (e->match.len || e->value[TO_EMAIL] || d->person)
        reason_add(d->a->m, &d->o->reason, _("is not on the roster of %s"), d->a->cohort_ref);
    else
        reason_add(d->a->m, &d->o->reason, "%s", _("there is no name"));
}

static enum status mark_person(struct deed *d, struct error *err)
{
    struct applier *a = d->a;
    enum status st = world_enrolment(a->m->w, a->cohort, d->person, &d->enrolment, err);
    if (st != ST_OK)
        return st;
    if (!d->enrolment) {
        refuse(d);
        return ST_OK;
    }
    st = settle_mark(d, err);
    world_touch(a->m->w, T_PERSON, d->person);
    d->o->verdict = d->changed ? VERDICT_CHANGED : VERDICT_MATCHED;
    d->o->id = d->person > 0 ? d->person : 0;
    return st;
}

enum status apply_attendance(struct applier *a, const struct entry *e, struct outcome *o,
                             struct error *err)
{
    struct deed d = {.a = a, .e = e, .o = o};
    struct who who = {0};
    enum status st = find_person(&d, &who, err);
    if (st != ST_OK)
        return st;
    switch (who.is) {
    case IS_UNCLEAR:
        o->verdict = VERDICT_UNCLEAR;
        o->candidate_type = who.candidate_type;
        o->candidates = who.candidates;
        return ST_OK;
    case IS_KNOWN: break;
    case IS_NONE:
    case IS_NEW: refuse(&d); return ST_OK;
    }
    d.person = who.person->id;
    record_free(who.person);
    return mark_person(&d, err);
}
