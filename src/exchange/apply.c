/* A row about a person. */
#include "config.h"

#include "apply.h"

#include <stdlib.h>
#include <string.h>

#include "samling/bulk.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "lost.h"
#include "names.h"
#include "spreadsheet.h"

/* ---- fields ---------------------------------------------------------------------------------- */

void apply_put(struct record *r, const char *field, const char *value)
{
    record_put(r, type_field(r->type, field), value);
}

/* (printf costs as much as all else that is done for a field.) */
void apply_put_id(struct record *r, const char *field, int64_t id)
{
    char text[24], *p = text + sizeof text;
    uint64_t n = id < 0 ? 0 - (uint64_t)id : (uint64_t)id;
    *--p = '\0';
    for (; n; n /= 10)
        *--p = (char)('0' + n % 10);
    if (id < 0)
        *--p = '-';
    apply_put(r, field, p);
}

void applier_free(struct applier *a)
{
    free(a->number);
    a->number = NULL;
}

void apply_reject(struct applier *a, struct outcome *o, const struct error *why)
{
    o->verdict = VERDICT_REJECTED;
    buf_clear(&o->reason);
    reason_add(a->m, &o->reason, "%s: %s", why->what, why->why);
}

static bool has_line(const char *text, const char *line, size_t n)
{
    while (strncmp(text, line, n) != 0 || (text[n] && text[n] != '\n')) {
        text = strchr(text, '\n');
        if (!text)
            return false;
        text++;
    }
    return true;
}

static bool has_lines(const char *text, const char *lines)
{
    while (*lines) {
        size_t n = strcspn(lines, "\n");
        if (!has_line(text, lines, n))
            return false;
        lines += n + (lines[n] == '\n');
    }
    return true;
}

static bool says_nothing_new(const struct field *f, const char *there, const char *value)
{
    if (!there)
        return false;
    if (strcmp(there, value) == 0 || (f->kind == FIELD_NOTE && has_lines(there, value)))
        return true;
    /* What looks guarded against spreadsheets lost its apostrophe on the way in. */
    const char *bare = spreadsheet_text(there);
    return bare != there && strcmp(bare, value) == 0;
}

void apply_spoken(struct applier *a, const struct record *r)
{
    if (a->replace && r->id)
        world_touch(a->m->w, r->type->id, r->id);
}

bool apply_field(struct applier *a, struct record *r, const char *field, const char *value,
                 struct buf *reason)
{
    int i = type_field(r->type, field);
    const struct field *f = &r->type->fields[i];
    struct buf was = {0}, is = {0};
    apply_spoken(a, r);
    if (!value || says_nothing_new(f, r->value[i], value))
        return false;
    bool fill = !r->value[i];
    bool replace = a->replace && !world_line(a->m->w, r->type->id, r->id);
    if (a->m->tell) {
        field_show(a->m->w->s, f, r->value[i], &was);
        field_show(a->m->w->s, f, value, &is);
    }
    if (fill)
        reason_add(a->m, reason, _("%s filled in"), lang_tr(f->label));
    else if (replace)
        remark_add(a->m, reason, _("%s: %s instead of %s"), lang_tr(f->label), buf_str(&is),
                   buf_str(&was));
    else
        remark_add(a->m, reason, _("%s kept: %s, not %s"), lang_tr(f->label), buf_str(&was),
                   buf_str(&is));
    if (fill || replace)
        record_put(r, i, value);
    buf_free(&was);
    buf_free(&is);
    return fill || replace;
}

/* ---- the organisation ------------------------------------------------------------------------ */

/* The last word may say what it is: "Hval skole", "Asker kommune". Most are kindergartens. */
static void put_kind(struct applier *a, struct record *r, const char *name)
{
    int i = type_field(r->type, "kind");
    const char *space = strrchr(name, ' ');
    char *kind = NULL;
    if (space && field_parse(a->m->w->s, &r->type->fields[i], space + 1, &kind, NULL) == ST_OK)
        record_put(r, i, kind);
    free(kind);
}

/* Where the name ends and that of a department begins, or the end: "Sol barnehage, avd. Blå". What
 * a chain calls a department is the kindergarten itself ("Kanvas avd. Sol"). */
static size_t department_at(const char *name)
{
    static const char *const words[] = {"avd", "avdeling", "avdelinga", "avdelingen"};
    size_t end = strlen(name);
    for (const char *p = name; (p = strpbrk(p, " ,-(")) != NULL; p++) {
        size_t n = strcspn(p + 1, " .,:)");
        bool department = false;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            department |= n == strlen(words[i]) && strncasecmp(p + 1, words[i], n) == 0;
        if (!department || !p[1 + n])
            continue;
        end = (size_t)(p - name);
        while (end > 0 && strchr(" ,-(", name[end - 1]))
            end--;
        break;
    }
    if (!name[end])
        return end;
    struct buf all = {0}, core = {0};
    char *cut = mem_strndup(name, end);
    organisation_core(name, &all);
    organisation_core(cut, &core);
    bool same = core.len && strcmp(buf_str(&core), buf_str(&all)) == 0;
    free(cut);
    buf_free(&all);
    buf_free(&core);
    return same ? end : strlen(name);
}

enum status apply_make_place(struct applier *a, struct place *where, struct buf *reason,
                             struct error *err)
{
    struct record *r = record_new(type_by_id(T_ORGANISATION));
    /* Who says that it is a new one means it by its whole name. */
    size_t end = where->by == PLACE_CHOSEN ? strlen(where->name) : department_at(where->name);
    char *name = organisation_calm(where->name, end);
    bool other = strcmp(name, where->name) != 0;
    if (where->by != PLACE_CHOSEN)
        reason_add(a->m, reason, _("new organisation: %s"), name);
    if (where->name[end])
        remark_add(a->m, reason, _("the department was left out of the name: %s"), where->name);
    apply_put(r, "name", name);
    apply_put(r, "municipality", where->municipality);
    put_kind(a, r, name);
    enum status st = world_insert(a->m->w, r, err);
    if (st == ST_OK) {
        match_know_place(a->m, r);
        where->is = IS_KNOWN;
        where->id = r->id;
        a->result->organisations_made++;
        if (a->watch && a->watch->organisation)
            a->watch->organisation(a->watch->arg, name);
    }
    if (st == ST_OK && other)
        st = place_settle(a->m, where, r->id, err);
    free(name);
    record_free(r);
    return st;
}

/* ---- the person ------------------------------------------------------------------------------ */

/* Everything about the row in hand. */
struct deed {
    struct applier *a;
    const struct entry *e;
    struct place where;
    struct record *person;
    struct buf name;          /* the person's match name */
    struct record *enrolment; /* in the cohort, already; or NULL */
    bool is_new;
    bool changed;
    struct buf *reason;
};

static enum status make_person(struct deed *d, struct error *err)
{
    static const char *const fields[] = {"given_name", "family_name", "email",
                                         "phone",      "alias",       "note"};
    static const int targets[] = {TO_GIVEN_NAME, TO_FAMILY_NAME, TO_EMAIL,
                                  TO_PHONE,      TO_ALIAS,       TO_NOTE};
    struct world *w = d->a->m->w;
    d->person = record_new(type_by_id(T_PERSON));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        apply_put(d->person, fields[i], d->e->value[targets[i]]);
    if (w->write && w->s->bulk && d->where.is == IS_KNOWN)
        bulk_words(w->s, d->where.name, d->where.municipality);
    buf_add(&d->name, buf_str(&d->e->match));
    enum status st = world_insert(w, d->person, err);
    if (st == ST_OK)
        match_know_person(d->a->m, d->person, buf_str(&d->name));
    return st;
}

/* However it is split and spelled: does it fold to the same name? */
static bool same_name(const struct deed *d)
{
    return !d->e->match.len || strcmp(buf_str(&d->name), buf_str(&d->e->match)) == 0;
}

/* Under a new name the person is where the old one was. */
static enum status know_again(struct deed *d, struct error *err)
{
    struct matcher *m = d->a->m;
    struct record **position;
    size_t n;
    int64_t enrolment = 0;
    enum status st = positions_load(m, d->person->id, &position, &n, err);
    if (st != ST_OK)
        return st;
    for (size_t i = 0; i < n; i++)
        match_know_position(m, d->person->id, buf_str(&d->name),
                            record_get_id(position[i], "organisation"));
    positions_free(position, n);
    if (d->a->cohort)
        st = world_enrolment(m->w, d->a->cohort, d->person->id, &enrolment, err);
    if (enrolment)
        match_know_enrolment(m, d->person->id, buf_str(&d->name));
    return st;
}

static enum status fill_person(struct deed *d, struct error *err)
{
    bool changed = false, renamed;
    person_match_name(d->person, &d->name);
    renamed = !same_name(d) && !d->e->lost;
    if (d->e->lost)
        remark_add(d->a->m, d->reason,
                   _("the name is kept, for a letter was lost before the file came here: %s"),
                   d->e->lost);
    if (renamed) {
        changed |=
            apply_field(d->a, d->person, "given_name", d->e->value[TO_GIVEN_NAME], d->reason);
        changed |=
            apply_field(d->a, d->person, "family_name", d->e->value[TO_FAMILY_NAME], d->reason);
    }
    changed |= apply_field(d->a, d->person, "email", d->e->value[TO_EMAIL], d->reason);
    changed |= apply_field(d->a, d->person, "phone", d->e->value[TO_PHONE], d->reason);
    changed |= apply_field(d->a, d->person, "alias", d->e->value[TO_ALIAS], d->reason);
    changed |= apply_field(d->a, d->person, "note", d->e->value[TO_NOTE], d->reason);
    world_touch(d->a->m->w, T_PERSON, d->person->id);
    if (!changed)
        return ST_OK;
    person_match_name(d->person, &d->name);
    enum status st = world_update(d->a->m->w, d->person, err);
    if (st == ST_OK)
        match_know_person(d->a->m, d->person, buf_str(&d->name));
    if (st == ST_OK && renamed)
        st = know_again(d, err);
    d->changed = true;
    return st;
}

/* ---- the position ---------------------------------------------------------------------------- */

static bool is_current(const struct deed *d, const struct record *position)
{
    char today[DATE_SIZE];
    const char *ends = record_get(position, "ends");
    date_join(d->a->m->w->s->today, today);
    return !ends || strcmp(ends, today) >= 0;
}

static bool has_role(const struct record *r, const char *role)
{
    const char *there = record_get(r, "role");
    return there && role && strcmp(there, role) == 0;
}

/* `move`: the person works somewhere else already, and this is news of today. */
static enum status make_position(struct deed *d, bool move, struct error *err)
{
    char today[DATE_SIZE];
    struct record *r = record_new(type_by_id(T_POSITION));
    date_join(d->a->m->w->s->today, today);
    apply_put_id(r, "person", d->person->id);
    apply_put_id(r, "organisation", d->where.id);
    apply_put(r, "role", d->e->value[TO_POSITION] ? d->e->value[TO_POSITION] : "other");
    apply_put(r, "starts", move ? today : NULL);
    enum status st = world_insert(d->a->m->w, r, err);
    if (st == ST_OK) {
        apply_spoken(d->a, r);
        match_know_position(d->a->m, d->person->id, buf_str(&d->name), d->where.id);
    }
    record_free(r);
    return st;
}

/* "other" says nothing: any role fills it, and it replaces none. */
static enum status fill_position(struct deed *d, struct record *r, struct error *err)
{
    const char *role = d->e->value[TO_POSITION];
    bool changed = false;
    if (!role || d->e->position_word || strcmp(role, "other") == 0)
        return ST_OK;
    apply_spoken(d->a, r);
    if (has_role(r, "other")) {
        apply_put(r, "role", role);
        reason_add(d->a->m, d->reason, _("%s filled in"), _("Position"));
        changed = true;
    } else {
        changed = apply_field(d->a, r, "role", role, d->reason);
    }
    d->changed |= changed;
    return changed ? world_update(d->a->m->w, r, err) : ST_OK;
}

/* The one to look at among `n`: at the organisation (0: any), of this time, best of the row's role.
 */
static struct record *pick_position(const struct deed *d, struct record **position, size_t n,
                                    int64_t at, size_t *fitting)
{
    struct record *best = NULL;
    *fitting = 0;
    for (size_t i = 0; i < n; i++) {
        if ((at && record_get_id(position[i], "organisation") != at) || !is_current(d, position[i]))
            continue;
        ++*fitting;
        if (!best || (has_role(position[i], d->e->value[TO_POSITION]) &&
                      !has_role(best, d->e->value[TO_POSITION])))
            best = position[i];
    }
    return best;
}

static bool was_there(const struct deed *d, struct record **position, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (position[i]->id > 0 && position[i]->id <= d->a->m->w->last[T_POSITION])
            return true;
    return false;
}

static bool was_enrolled_there(const struct deed *d)
{
    return d->enrolment && record_get_id(d->enrolment, "organisation") == d->where.id;
}

static enum status settle_position(struct deed *d, struct error *err)
{
    struct record **position, *r;
    size_t n, fitting;
    if (d->is_new)
        return d->where.is == IS_KNOWN ? make_position(d, false, err) : ST_OK;
    if (d->where.is != IS_KNOWN && !d->e->value[TO_POSITION])
        return ST_OK;
    enum status st = positions_load(d->a->m, d->person->id, &position, &n, err);
    if (st != ST_OK)
        return st;
    r = pick_position(d, position, n, d->where.is == IS_KNOWN ? d->where.id : 0, &fitting);
    if (r && (d->where.is == IS_KNOWN || fitting == 1)) {
        st = fill_position(d, r, err);
    } else if (d->where.is == IS_KNOWN && !was_enrolled_there(d)) {
        /* (A roster names the workplace of its time, which may be a past one now.) */
        st = make_position(d, was_there(d, position, n), err);
        reason_add(d->a->m, d->reason, _("new position at %s"), d->where.name);
        d->changed = true;
    }
    positions_free(position, n);
    return st;
}

static void tell_position(struct deed *d)
{
    const struct entry *e = d->e;
    if (e->position_word)
        remark_add(d->a->m, d->reason, _("the position \"%s\" is not known, so it is: other"),
                   e->position_word);
    if (d->is_new && e->value[TO_POSITION] && d->where.is == IS_NONE)
        remark_add(d->a->m, d->reason, "%s",
                   _("the position was left out, for the row names no organisation"));
}

/* ---- the place in the cohort ----------------------------------------------------------------- */

/* Where the person works now, when the row does not say. */
static enum status workplace_now(struct deed *d, int64_t *id, struct error *err)
{
    struct record **position;
    size_t n;
    *id = d->where.is == IS_KNOWN ? d->where.id : 0;
    if (*id || d->is_new)
        return ST_OK;
    enum status st = positions_load(d->a->m, d->person->id, &position, &n, err);
    if (st != ST_OK)
        return st;
    for (size_t i = 0; i < n; i++)
        if (is_current(d, position[i]))
            *id = record_get_id(position[i], "organisation");
    positions_free(position, n);
    return ST_OK;
}

static enum status enrol(struct deed *d, struct error *err)
{
    const struct entry *e = d->e;
    int64_t at;
    enum status st = workplace_now(d, &at, err);
    if (st != ST_OK)
        return st;
    struct record *r = record_new(type_by_id(T_ENROLMENT));
    apply_put_id(r, "cohort", d->a->cohort);
    apply_put_id(r, "person", d->person->id);
    apply_put_id(r, "organisation", at);
    apply_put(r, "role", e->value[TO_ROLE]);
    apply_put(r, "status", e->value[TO_STATUS]);
    apply_put(r, "note", e->role_word);
    st = world_insert(d->a->m->w, r, err);
    if (st == ST_OK) {
        apply_spoken(d->a, r);
        match_know_enrolment(d->a->m, d->person->id, buf_str(&d->name));
        d->a->result->enrolled++;
    }
    record_free(r);
    return st;
}

static enum status find_enrolment(struct deed *d, struct error *err)
{
    struct world *w = d->a->m->w;
    int64_t id;
    if (!d->a->cohort || d->is_new)
        return ST_OK;
    enum status st = world_enrolment(w, d->a->cohort, d->person->id, &id, err);
    if (st == ST_OK && id)
        st = world_load(w, type_by_id(T_ENROLMENT), id, &d->enrolment, err);
    return st;
}

static enum status fill_enrolment(struct deed *d, struct error *err)
{
    struct record *r = d->enrolment;
    const struct entry *e = d->e;
    bool changed = false;
    enum status st = ST_OK;
    apply_spoken(d->a, r);
    if (!world_line(d->a->m->w, T_PERSON, d->person->id)) {
        if (strcmp(record_get(r, "status"), "withdrawn") == 0 &&
            !(e->value[TO_STATUS] && d->a->replace))
            reason_add(d->a->m, d->reason, _("withdrawn from %s, and stays so"), d->a->cohort_ref);
        else
            reason_add(d->a->m, d->reason, _("already in %s"), d->a->cohort_ref);
    }
    /* The organisation at that time is never moved, only filled in. */
    if (!record_get(r, "organisation") && d->where.is == IS_KNOWN) {
        apply_put_id(r, "organisation", d->where.id);
        reason_add(d->a->m, d->reason, _("%s filled in"), _("Organisation"));
        changed = true;
    }
    if (!e->role_word)
        changed |= apply_field(d->a, r, "role", e->value[TO_ROLE], d->reason);
    changed |= apply_field(d->a, r, "status", e->value[TO_STATUS], d->reason);
    if (changed)
        st = world_update(d->a->m->w, r, err);
    d->changed |= changed;
    return st;
}

static enum status settle_enrolment(struct deed *d, struct error *err)
{
    if (!d->a->cohort)
        return ST_OK;
    if (d->e->role_word)
        remark_add(d->a->m, d->reason, _("the role \"%s\" is not known, so it is: other"),
                   d->e->role_word);
    return d->enrolment ? fill_enrolment(d, err) : enrol(d, err);
}

/* ---- a row ----------------------------------------------------------------------------------- */

static enum status do_it(struct deed *d, struct error *err)
{
    enum status st = ST_OK;
    if (d->where.is == IS_NEW)
        st = apply_make_place(d->a, &d->where, d->reason, err);
    if (st == ST_OK)
        st = d->is_new ? make_person(d, err) : fill_person(d, err);
    if (st == ST_OK)
        st = find_enrolment(d, err);
    if (st == ST_OK)
        st = settle_position(d, err);
    if (st == ST_OK)
        st = settle_enrolment(d, err);
    if (st == ST_OK)
        tell_position(d);
    return st;
}

static bool is_among(const struct found *f, int64_t id)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->id[i] == id)
            return true;
    return false;
}

/* A roster may name a workplace that several have the name of, and that is a past one: the one with
 * which the person is in the cohort is meant. */
static enum status settle_by_enrolment(struct applier *a, const struct entry *e,
                                       struct place *where, struct who *who, struct buf *reason,
                                       struct error *err)
{
    struct place nowhere = {0};
    struct who again;
    struct record *r = NULL;
    int64_t id = 0;
    struct buf why = {0};
    if (!a->cohort || who->is != IS_UNCLEAR || where->is != IS_UNCLEAR ||
        who->candidate_type != T_ORGANISATION)
        return ST_OK;
    enum status st = who_is(a->m, e, &nowhere, &again, &why, err);
    if (st == ST_OK && again.is == IS_KNOWN)
        st = world_enrolment(a->m->w, a->cohort, again.person->id, &id, err);
    if (st == ST_OK && id)
        st = world_load(a->m->w, type_by_id(T_ENROLMENT), id, &r, err);
    if (r && is_among(&where->candidates, record_get_id(r, "organisation"))) {
        st = place_settle(a->m, where, record_get_id(r, "organisation"), err);
        *who = again;
        buf_clear(reason);
        buf_add(reason, buf_str(&why));
    } else if (st == ST_OK) {
        record_free(again.person);
    }
    record_free(r);
    buf_free(&why);
    return st;
}

/* Nobody is made under a name that is known to be wrong, unless somebody says so of this row. *lost
 * gets the name. */
static bool is_broken(const struct applier *a, const struct entry *e, const struct who *who,
                      const struct place *where, const char **lost)
{
    const struct import_decision *d = a->m->decision;
    *lost = NULL;
    if (who->is == IS_NEW && e->lost && !(d && d->person == IMPORT_NEW))
        *lost = e->lost;
    else if (where->is == IS_NEW && text_lost_letter(where->name) &&
             !(d && (d->accept || d->organisation == IMPORT_NEW)))
        *lost = where->name;
    return *lost != NULL;
}

/* True when the row goes no further. */
static bool stops_here(struct applier *a, const struct entry *e, struct who *who,
                       const struct place *where, struct outcome *o)
{
    const char *lost;
    if (who->is == IS_NONE) {
        o->verdict = VERDICT_REJECTED;
        reason_add(a->m, &o->reason, "%s",
                   e->value[TO_EMAIL] ? _("there is no name, and nobody has the e-mail address")
                                      : _("there is no name"));
        return true;
    }
    if (who->is == IS_UNCLEAR) {
        o->verdict = VERDICT_UNCLEAR;
        o->candidate_type = who->candidate_type;
        o->candidates = who->candidates;
        return true;
    }
    if (!is_broken(a, e, who, where, &lost))
        return false;
    o->verdict = VERDICT_UNCLEAR;
    buf_clear(&o->reason);
    reason_add(a->m, &o->reason, _("a letter was lost before the file came here: %s"), lost);
    record_free(who->person);
    who->person = NULL;
    return true;
}

enum status apply_person(struct applier *a, const struct entry *e, struct outcome *o,
                         struct error *err)
{
    struct deed d = {.a = a, .e = e, .reason = &o->reason};
    struct who who;
    enum status st =
        place_find(a->m, e->value[TO_ORGANISATION], e->value[TO_MUNICIPALITY], &d.where, err);
    if (st == ST_OK)
        st = who_is(a->m, e, &d.where, &who, d.reason, err);
    if (st != ST_OK)
        return st;
    st = settle_by_enrolment(a, e, &d.where, &who, d.reason, err);
    if (st != ST_OK) {
        record_free(who.person);
        return st;
    }
    o->organisation = d.where.name;
    if (stops_here(a, e, &who, &d.where, o))
        return ST_OK;
    d.person = who.person;
    d.is_new = who.is == IS_NEW;
    st = do_it(&d, err);
    o->organisation = d.where.name;
    o->verdict = d.is_new ? VERDICT_NEW : d.changed ? VERDICT_CHANGED : VERDICT_MATCHED;
    o->id = d.person && d.person->id > 0 ? d.person->id : 0;
    record_free(d.person);
    record_free(d.enrolment);
    buf_free(&d.name);
    return st;
}
