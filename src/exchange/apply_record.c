/* A row about an offering, a cohort or a gathering. */
#include "config.h"

#include "apply.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

/* Everything about the row in hand. */
struct deed {
    struct applier *a;
    const struct targets *t;
    const struct entry *e;
    struct outcome *o;
    int64_t owner;  /* the offering of a cohort, the cohort of a gathering */
    int64_t number; /* within it; 0: the row has none */
    bool refused;
    struct buf key; /* of what is looked for in the ledger */
};

static const char *value_of(const struct deed *d, const char *field)
{
    int i = type_field(d->t->type, field);
    return i < 0 || i >= TARGETS_MAX ? NULL : d->e->value[i];
}

static void reject(struct deed *d, const char *words, const char *what)
{
    d->refused = true;
    d->o->verdict = VERDICT_REJECTED;
    buf_clear(&d->o->reason);
    if (what)
        reason_add(d->a->m, &d->o->reason, "%s: %s", words, what);
    else
        reason_add(d->a->m, &d->o->reason, "%s", words);
}

/* ---- what this import made ------------------------------------------------------------------- */

static const char *small(struct deed *d, const char *text)
{
    buf_clear(&d->key);
    for (; text && *text; text++)
        buf_addc(&d->key, (char)tolower((unsigned char)*text));
    return buf_str(&d->key);
}

static uint32_t code_key(struct deed *d, const char *code)
{
    return ledger_key(BY_ID, "code", small(d, code), 0);
}

/* Of a cohort or a gathering. */
static uint32_t number_key(enum type_id type, int64_t owner, int64_t number)
{
    char text[48];
    snprintf(text, sizeof text, "%d/%lld", (int)type, (long long)number);
    return ledger_key(BY_ID, "number", text, owner);
}

static uint32_t name_key(enum type_id type, const char *name)
{
    return ledger_key(BY_ID, "name", name ? name : "", (int64_t)type);
}

/* Only a rehearsal needs it: what was written is found in the database. */
static void know(struct deed *d, const struct record *r)
{
    struct world *w = d->a->m->w;
    enum type_id type = r->type->id;
    world_touch(w, type, r->id);
    if (w->write)
        return;
    if (type == T_OFFERING)
        world_know(w, type, r->id, code_key(d, record_get(r, "code")));
    else
        world_know(w, type, r->id, number_key(type, d->owner, record_get_id(r, "number")));
    world_know(w, type, r->id, name_key(type, record_get(r, type == T_COHORT ? "name" : "title")));
}

/* ---- which one ------------------------------------------------------------------------------- */

static bool same_code(const struct record *r, const char *code)
{
    const char *there = record_get(r, "code");
    return there && code && strcasecmp(there, code) == 0;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* What a record must be like, to be the one that is looked for. */
struct quest {
    enum type_id type;
    const char *code;      /* of an offering, in any case */
    int64_t owner, number; /* 0: any */
    const char *name;      /* of a cohort; title of others */
    const char *starts;    /* of a gathering that is looked for by its title */
};

static bool fits(const struct quest *q, const struct record *r)
{
    if (q->type == T_OFFERING)
        return q->code ? same_code(r, q->code) : same_text(record_get(r, "title"), q->name);
    if (q->owner && record_get_id(r, q->type == T_COHORT ? "offering" : "cohort") != q->owner)
        return false;
    if (q->number)
        return record_get_id(r, "number") == q->number;
    if (q->type == T_COHORT)
        return same_text(record_get(r, "name"), q->name);
    return same_text(record_get(r, "title"), q->name) &&
           same_text(record_get(r, "starts"), q->starts);
}

static enum status look_up(struct deed *d, const struct quest *q, struct found *all,
                           struct error *err)
{
    struct session *s = d->a->m->w->s;
    if (q->owner < 0)
        return ST_OK;
    switch (q->type) {
    case T_OFFERING: return lookup_offerings(s, q->code, q->code ? NULL : q->name, all, err);
    case T_COHORT:
        return lookup_cohorts(s, q->owner, q->number, q->number ? NULL : q->name, all, err);
    default:
        return lookup_gatherings(s, q->owner, q->number, q->number ? NULL : q->name, q->starts, all,
                                 err);
    }
}

/* *n: how many there are; *id: the only one. */
static enum status seek(struct deed *d, const struct quest *q, size_t *n, int64_t *id,
                        struct error *err)
{
    struct world *w = d->a->m->w;
    struct found all = {0};
    enum status st = look_up(d, q, &all, err);
    *n = 0;
    *id = 0;
    if (st == ST_OK && !w->write)
        world_find(w,
                   q->code     ? code_key(d, q->code)
                   : q->number ? number_key(q->type, q->owner, q->number)
                               : name_key(q->type, q->name),
                   q->type, &all);
    for (size_t i = 0; st == ST_OK && i < all.n; i++) {
        struct record *r;
        st = world_load(w, type_by_id(q->type), all.id[i], &r, err);
        if (st == ST_OK && fits(q, r)) {
            ++*n;
            *id = r->id;
        }
        record_free(r);
    }
    if (*n != 1)
        *id = 0;
    return st;
}

/* "BIM/1/3": the parts that are there. */
struct reference {
    char code[64];
    int64_t number[2];
    size_t parts; /* 0: it is no reference */
};

static void split_reference(const char *text, struct reference *ref)
{
    size_t n = strcspn(text, "/");
    const char *p = text + n;
    *ref = (struct reference){0};
    if (n == 0 || n >= sizeof ref->code)
        return;
    memcpy(ref->code, text, n);
    size_t parts = 1;
    while (*p == '/' && parts <= 2) {
        char *end;
        long long number = isdigit((unsigned char)p[1]) ? strtoll(p + 1, &end, 10) : 0;
        if (number <= 0)
            return;
        ref->number[parts++ - 1] = number;
        p = end;
    }
    ref->parts = *p ? 0 : parts;
}

/* The offering, or the cohort, that a reference's first parts name; 0 when there is none. */
static enum status find_first(struct deed *d, const struct reference *ref, size_t parts,
                              int64_t *id, struct error *err)
{
    size_t n;
    struct quest q = {.type = T_OFFERING, .code = ref->code};
    enum status st = seek(d, &q, &n, id, err);
    if (st != ST_OK || !*id || parts < 2)
        return st;
    struct quest cohort = {.type = T_COHORT, .owner = *id, .number = ref->number[0]};
    return seek(d, &cohort, &n, id, err);
}

/* What the row belongs to, as the cell says: a reference, or a title that only one has. */
static enum status find_owner(struct deed *d, const char *cell, struct error *err)
{
    struct reference ref;
    bool cohort = d->t->kind == IMPORT_GATHERINGS;
    size_t n = 0, parts = cohort ? 2 : 1;
    struct quest q = {.type = cohort ? T_COHORT : T_OFFERING, .name = cell};
    enum status st = ST_OK;
    split_reference(cell, &ref);
    if (ref.parts == parts)
        st = find_first(d, &ref, parts, &d->owner, err);
    if (st == ST_OK && !d->owner)
        st = seek(d, &q, &n, &d->owner, err);
    if (st != ST_OK || d->owner)
        return st;
    if (n > 1)
        reject(d,
               cohort ? _("several cohorts have this name; write it as BIM/1")
                      : _("several offerings have this title; write the code"),
               cell);
    else
        reject(d, cohort ? _("there is no such cohort") : _("there is no such offering"), cell);
    return ST_OK;
}

static const char *reference_of(const struct deed *d)
{
    return d->t->ref_target < 0 ? NULL : d->e->value[d->t->ref_target];
}

/* The offering that the cell says, by code or title; 0: the row is rejected. */
static enum status find_offering_of(struct deed *d, const char *cell, int64_t *id,
                                    struct error *err)
{
    size_t n;
    struct quest by_code = {.type = T_OFFERING, .code = cell};
    struct quest by_title = {.type = T_OFFERING, .name = cell};
    enum status st = seek(d, &by_code, &n, id, err);
    if (st == ST_OK && !*id)
        st = seek(d, &by_title, &n, id, err);
    if (st == ST_OK && !*id)
        reject(d,
               n > 1 ? _("several offerings have this title; write the code")
                     : _("there is no such offering"),
               cell);
    return st;
}

/* Of an offering: by number, by name, or by a reference that agrees. A name that is another's
 * number tells neither. */
static enum status find_cohort_in(struct deed *d, int64_t offering, const char *cell,
                                  struct error *err)
{
    struct reference ref;
    size_t n = 0;
    int64_t named = 0, first = 0;
    bool number = strspn(cell, "0123456789") == strlen(cell);
    struct quest by_number = {
        .type = T_COHORT, .owner = offering, .number = number ? atoll(cell) : 0};
    struct quest by_name = {.type = T_COHORT, .owner = offering, .name = cell};
    enum status st = seek(d, &by_name, &n, &named, err);
    split_reference(cell, &ref);
    if (st == ST_OK && by_number.number) {
        size_t same;
        st = seek(d, &by_number, &same, &d->owner, err);
    } else if (st == ST_OK && ref.parts == 2) {
        st = find_first(d, &ref, 1, &first, err);
        if (st == ST_OK && first == offering)
            st = find_first(d, &ref, 2, &d->owner, err);
    }
    if (st != ST_OK)
        return st;
    if (n > 1 || (named && d->owner && named != d->owner)) {
        d->owner = 0;
        reject(d, _("several cohorts have this name; write it as BIM/1"), cell);
        return ST_OK;
    }
    d->owner = d->owner ? d->owner : named;
    if (!d->owner)
        reject(d, _("the offering has no such cohort"), cell);
    return ST_OK;
}

/* The cohort as two cells say it: "Barnehagens innsatsteam" and "1", "BIM" and "Pulje 1". */
static enum status find_owner_in(struct deed *d, const char *offering, const char *cohort,
                                 struct error *err)
{
    int64_t id;
    enum status st = find_offering_of(d, offering, &id, err);
    return st == ST_OK && id ? find_cohort_in(d, id, cohort, err) : st;
}

/* Owner and number; the reference says it best. Owner 0: the row is rejected. */
static enum status place_row(struct deed *d, struct error *err)
{
    struct reference ref;
    bool gathering = d->t->kind == IMPORT_GATHERINGS;
    size_t parts = gathering ? 3 : 2;
    const char *text = reference_of(d), *number = value_of(d, "number");
    const char *owner = value_of(d, gathering ? "cohort" : "offering");
    const char *offering = d->t->offering_target < 0 ? NULL : d->e->value[d->t->offering_target];
    d->number = number ? atoll(number) : 0;
    if (text)
        split_reference(text, &ref);
    if (text && ref.parts == parts) {
        d->number = ref.number[parts - 2];
        enum status st = find_first(d, &ref, parts - 1, &d->owner, err);
        if (st == ST_OK && !d->owner)
            reject(d, gathering ? _("there is no such cohort") : _("there is no such offering"),
                   text);
        return st;
    }
    if (gathering && d->a->cohort) {
        d->owner = d->a->cohort;
        return ST_OK;
    }
    if (owner && offering)
        return find_owner_in(d, offering, owner, err);
    if (!owner && text)
        owner = text;
    if (owner)
        return find_owner(d, owner, err);
    reject(d,
           gathering ? _("the row does not say which cohort it belongs to")
                     : _("the row does not say which offering it belongs to"),
           NULL);
    return ST_OK;
}

/* Our own number, from a list of ours, where the name agrees. */
static enum status find_by_id(struct deed *d, int64_t *id, struct error *err)
{
    const char *typed = d->t->id_target < 0 ? NULL : d->e->value[d->t->id_target];
    struct error mine = {0};
    struct record *r;
    *id = typed ? atoll(typed) : 0;
    if (!*id)
        return ST_OK;
    enum status st = world_load(d->a->m->w, d->t->type, *id, &r, &mine);
    if (st != ST_OK || !d->e->match.len ||
        !text_same(record_get(r, d->t->kind == IMPORT_COHORTS ? "name" : "title"),
                   buf_str(&d->e->name)))
        *id = 0;
    record_free(r);
    if (st != ST_OK && st != ST_REFUSED && err)
        *err = mine;
    return st == ST_REFUSED ? ST_OK : st;
}

static enum status find_offering(struct deed *d, int64_t *id, struct error *err)
{
    size_t n;
    const char *code = value_of(d, "code");
    struct quest q = {.type = T_OFFERING, .code = code ? code : reference_of(d)};
    enum status st = q.code ? seek(d, &q, &n, id, err) : ST_OK;
    if (st == ST_OK && !*id)
        st = find_by_id(d, id, err);
    if (st == ST_OK && !*id && !q.code)
        reject(d, _("there is no code"), NULL);
    return st;
}

/* What the highest is, with what this import added; a rehearsal adds it here only. */
static enum status last_number(struct deed *d, int64_t **last, struct error *err)
{
    struct applier *a = d->a;
    enum type_id type = d->t->type->id;
    int64_t highest = 0;
    for (size_t i = 0; i < a->nnumbers; i++) {
        if (a->number[i].type == type && a->number[i].owner == d->owner) {
            *last = &a->number[i].last;
            return ST_OK;
        }
    }
    enum status st =
        d->owner > 0 ? lookup_highest_number(a->m->w->s, type, d->owner, &highest, err) : ST_OK;
    if (st != ST_OK)
        return st;
    a->number = mem_grow(a->number, &a->cap, a->nnumbers + 1, sizeof *a->number);
    a->number[a->nnumbers] = (struct last_number){type, d->owner, highest};
    *last = &a->number[a->nnumbers++].last;
    return ST_OK;
}

/* A gathering without a title is known by when it begins. */
static enum status seek_by_start(struct deed *d, const char *starts, size_t *n, int64_t *id,
                                 struct error *err)
{
    int64_t *last;
    enum status st = last_number(d, &last, err);
    *n = 0;
    *id = 0;
    for (int64_t i = 1; st == ST_OK && i <= *last; i++) {
        struct quest q = {.type = T_GATHERING, .owner = d->owner, .number = i};
        struct record *r = NULL;
        int64_t one;
        size_t found;
        st = seek(d, &q, &found, &one, err);
        if (st == ST_OK && one)
            st = world_load(d->a->m->w, type_by_id(T_GATHERING), one, &r, err);
        if (r && same_text(record_get(r, "starts"), starts)) {
            ++*n;
            *id = one;
        }
        record_free(r);
    }
    if (*n != 1)
        *id = 0;
    return st;
}

/* *id 0: it is new, unless the row is rejected. */
static enum status find_record(struct deed *d, int64_t *id, struct error *err)
{
    size_t n = 0;
    bool gathering = d->t->kind == IMPORT_GATHERINGS;
    *id = 0;
    if (d->t->kind == IMPORT_OFFERINGS)
        return find_offering(d, id, err);
    enum status st = place_row(d, err);
    if (st != ST_OK || !d->owner)
        return st;
    struct quest q = {.type = d->t->type->id,
                      .owner = d->owner,
                      .number = d->number,
                      .name = value_of(d, d->t->kind == IMPORT_COHORTS ? "name" : "title"),
                      .starts = value_of(d, "starts")};
    if (q.number || q.name)
        st = seek(d, &q, &n, id, err);
    else if (q.starts && gathering)
        st = seek_by_start(d, q.starts, &n, id, err);
    if (st == ST_OK && !*id && !q.number)
        st = find_by_id(d, id, err);
    if (st != ST_OK || *id || q.number)
        return st;
    /* What is made of it must be found when the row comes again. */
    if (n > 1)
        reject(d,
               gathering ? _("several gatherings have this title; write it as BIM/1/3")
                         : _("several cohorts have this name; write it as BIM/1"),
               buf_str(&d->e->name));
    else if (!q.name && !(q.starts && gathering))
        reject(d,
               gathering ? _("the row has neither a title, a number nor a start")
                         : _("the row has neither a name nor a number"),
               NULL);
    return st;
}

/* ---- references to others -------------------------------------------------------------------- */

/* Is the one that is there called so? Several can have the name: it goes on being meant. */
static bool is_called(struct deed *d, const struct record *r, size_t i, const char *name)
{
    struct buf title = {0};
    int64_t id = r->value[i] ? atoll(r->value[i]) : 0;
    if (id > 0)
        record_title(d->a->m->w->s, type_by_id(r->type->fields[i].ref), id, &title);
    bool same = title.len && text_same(title.s, name);
    buf_free(&title);
    return same;
}

/* The contact or the organiser as an id; NULL when it is not known which, or no news. */
static enum status find_reference(struct deed *d, const struct record *r, size_t i, char **stored,
                                  struct error *err)
{
    const struct field *f = &r->type->fields[i];
    const char *name = d->e->value[i];
    struct error mine = {0};
    int64_t id;
    char text[24];
    *stored = NULL;
    if (!name || is_called(d, r, i, name))
        return ST_OK;
    enum status st = record_find(d->a->m->w->s, type_by_id(f->ref), name, &id, &mine);
    if (st == ST_OK) {
        snprintf(text, sizeof text, "%lld", (long long)id);
        *stored = mem_strdup(text);
        return ST_OK;
    }
    if (st != ST_REFUSED) {
        if (err)
            *err = mine;
        return st;
    }
    remark_add(d->a->m, &d->o->reason, _("%s left out: it is not known who is meant by %s"),
               lang_tr(f->label), name);
    return ST_OK;
}

static bool is_owner(const struct field *f)
{
    return f->kind == FIELD_REF && (f->ref == T_OFFERING || f->ref == T_COHORT);
}

/* ---- numbers --------------------------------------------------------------------------------- */

static enum status put_number(struct deed *d, struct record *r, struct error *err)
{
    int64_t *last;
    enum status st = last_number(d, &last, err);
    if (st != ST_OK)
        return st;
    if (!d->number)
        d->number = *last + 1;
    if (*last < d->number)
        *last = d->number;
    apply_put_id(r, "number", d->number);
    return ST_OK;
}

/* ---- a new one ------------------------------------------------------------------------------- */

static enum status fill_new(struct deed *d, struct record *r, struct error *err)
{
    const struct record_type *t = r->type;
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < t->nfields && i < TARGETS_MAX; i++) {
        const struct field *f = &t->fields[i];
        if (is_owner(f)) {
            apply_put_id(r, f->name, d->owner);
        } else if (f->kind == FIELD_REF) {
            char *id = NULL;
            st = find_reference(d, r, i, &id, err);
            record_put(r, (int)i, id);
            free(id);
        } else {
            record_put(r, (int)i, d->e->value[i] ? d->e->value[i] : f->fallback);
        }
    }
    if (st == ST_OK && t->id == T_OFFERING && !record_get(r, "code"))
        apply_put(r, "code", reference_of(d));
    if (st == ST_OK && t->id != T_OFFERING)
        st = put_number(d, r, err);
    if (st == ST_OK && t->complete)
        st = t->complete(d->a->m->w->s, r, err);
    return st;
}

static enum status make(struct deed *d, struct error *err)
{
    struct record *r = record_new(d->t->type);
    struct world *w = d->a->m->w;
    struct error mine = {0};
    enum status st = fill_new(d, r, &mine);
    /* A rehearsal must come to the same verdict. */
    if (st == ST_OK)
        st = record_check(w->s, r, NULL, &mine);
    if (st == ST_OK)
        st = world_insert(w, r, &mine);
    if (st == ST_OK) {
        d->o->verdict = VERDICT_NEW;
        d->o->id = r->id > 0 ? r->id : 0;
        know(d, r);
    }
    record_free(r);
    if (st == ST_REFUSED) {
        apply_reject(d->a, d->o, &mine);
        return ST_OK;
    }
    if (st != ST_OK && err)
        *err = mine;
    return st;
}

/* ---- a known one ----------------------------------------------------------------------------- */

static enum status fill(struct deed *d, struct record *r, bool *changed, struct error *err)
{
    const struct record_type *t = r->type;
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < t->nfields && i < TARGETS_MAX; i++) {
        const struct field *f = &t->fields[i];
        if (is_owner(f) || strcmp(f->name, "number") == 0)
            continue; /* by these it was found */
        if (f->kind == FIELD_REF) {
            char *id = NULL;
            st = find_reference(d, r, i, &id, err);
            *changed |= apply_field(d->a, r, f->name, id, &d->o->reason);
            free(id);
        } else if (f->kind != FIELD_CODE || !same_code(r, d->e->value[i])) {
            *changed |= apply_field(d->a, r, f->name, d->e->value[i], &d->o->reason);
        }
    }
    if (st == ST_OK && *changed)
        st = world_update(d->a->m->w, r, err);
    return st;
}

static enum status be_known(struct deed *d, int64_t id, struct error *err)
{
    struct world *w = d->a->m->w;
    struct record *r;
    struct error mine = {0};
    bool changed = false;
    enum status st = world_load(w, d->t->type, id, &r, err);
    if (st != ST_OK)
        return st;
    long line = world_line(w, d->t->type->id, id);
    if (line)
        reason_add(d->a->m, &d->o->reason, _("same as line %ld"), line);
    d->o->verdict = VERDICT_MATCHED;
    st = fill(d, r, &changed, &mine);
    if (st == ST_OK) {
        if (changed)
            d->o->verdict = VERDICT_CHANGED;
        d->o->id = id > 0 ? id : 0;
        know(d, r);
    } else if (st == ST_REFUSED) {
        apply_reject(d->a, d->o, &mine);
        st = ST_OK;
    } else if (err) {
        *err = mine;
    }
    record_free(r);
    return st;
}

/* ---- a row ----------------------------------------------------------------------------------- */

enum status apply_record(struct applier *a, const struct targets *t, const struct entry *e,
                         struct outcome *o, struct error *err)
{
    struct deed d = {.a = a, .t = t, .e = e, .o = o};
    int64_t id;
    o->organisation = "";
    enum status st = find_record(&d, &id, err);
    if (st == ST_OK && id)
        st = be_known(&d, id, err);
    else if (st == ST_OK && !d.refused)
        st = make(&d, err);
    buf_free(&d.key);
    return st;
}
