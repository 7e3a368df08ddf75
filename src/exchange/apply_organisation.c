/* A row about an organisation. */
#include "config.h"

#include "apply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/municipality.h"
#include "samling/text.h"

#include "lost.h"
#include "names.h"

static const char *value_of(const struct entry *e, const char *field)
{
    int i = type_field(type_by_id(T_ORGANISATION), field);
    return i < 0 || i >= TARGETS_MAX ? NULL : e->value[i];
}

/* What the row says it belongs to, as an id. Empty when that is not known: another row may bring
 * it. */
static enum status find_parent(struct applier *a, const struct entry *e, int64_t self, char **id,
                               struct buf *reason, struct error *err)
{
    const char *name = value_of(e, "parent");
    const struct import_decision *decision = a->m->decision;
    struct place where;
    char text[24];
    *id = NULL;
    if (!name)
        return ST_OK;
    a->m->decision = NULL; /* it is about the organisation itself */
    enum status st = organisation_find(a->m, NULL, name, NULL, &where, err);
    a->m->decision = decision;
    if (st != ST_OK)
        return st;
    if (where.is == IS_KNOWN && where.id != self) {
        snprintf(text, sizeof text, "%lld", (long long)where.id);
        *id = mem_strdup(text);
    } else {
        remark_add(a->m, reason, _("what it belongs to is not known, and was left out: %s"), name);
    }
    return ST_OK;
}

static enum status make(struct applier *a, const struct entry *e, const char *parent,
                        struct record **out, struct error *err)
{
    const struct record_type *t = type_by_id(T_ORGANISATION);
    struct record *r = *out = record_new(t);
    for (size_t i = 0; i < t->nfields && i < TARGETS_MAX; i++)
        record_put(r, (int)i, t->fields[i].kind == FIELD_REF ? parent : e->value[i]);
    const char *name = value_of(e, "name");
    char *calm = name ? organisation_calm(name, strlen(name)) : NULL;
    record_put(r, type_field(t, "name"), calm);
    free(calm);
    enum status st = world_insert(a->m->w, r, err);
    if (st == ST_OK)
        match_know_place(a->m, r);
    return st;
}

static bool same_municipality(const char *a, const char *b)
{
    return municipality_same(a, b) || (a && b && municipality_means_same(a, b));
}

/* Is a value no news, though it is written in another way? A name that only leaves out what another
 * has is none. */
static bool is_same(const struct record *r, const struct entry *e, size_t i, bool by_number)
{
    const char *name = r->type->fields[i].name;
    if (strcmp(name, "name") == 0)
        return !by_number || text_same(r->value[i], value_of(e, "name"));
    return strcmp(name, "municipality") == 0 && same_municipality(r->value[i], e->value[i]);
}

static enum status fill(struct applier *a, const struct entry *e, const char *parent,
                        struct record *r, bool *changed, struct buf *reason, struct error *err)
{
    const struct record_type *t = r->type;
    const char *orgno = value_of(e, "orgno"), *there = record_get(r, "orgno");
    bool by_number = orgno && there && strcmp(orgno, there) == 0;
    *changed = false;
    for (size_t i = 0; i < t->nfields && i < TARGETS_MAX; i++) {
        if (!is_same(r, e, i, by_number))
            *changed |= apply_field(a, r, t->fields[i].name,
                                    t->fields[i].kind == FIELD_REF ? parent : e->value[i], reason);
    }
    world_touch(a->m->w, T_ORGANISATION, r->id);
    enum status st = *changed ? world_update(a->m->w, r, err) : ST_OK;
    if (st == ST_OK && *changed)
        match_know_place(a->m, r);
    return st;
}

static void be_unclear(struct applier *a, const struct place *where, struct outcome *o)
{
    o->verdict = VERDICT_UNCLEAR;
    o->candidate_type = T_ORGANISATION;
    o->candidates = where->candidates;
    place_tell_unclear(a->m, where, &o->reason);
}

/* Several can have the name of what it belongs to: the one that is there goes on being meant. */
static bool belongs_already(struct applier *a, const struct record *r, const struct entry *e)
{
    struct record *up;
    int64_t parent = record_get_id(r, "parent");
    const char *name = value_of(e, "parent");
    if (!parent || !name ||
        world_load(a->m->w, type_by_id(T_ORGANISATION), parent, &up, NULL) != ST_OK)
        return false;
    bool same = text_same(record_get(up, "name"), name);
    record_free(up);
    return same;
}

static enum status be_known(struct applier *a, const struct entry *e, int64_t id, struct outcome *o,
                            struct error *err)
{
    struct record *r;
    char *parent = NULL;
    bool changed = false;
    struct error mine = {0};
    enum status st = world_load(a->m->w, type_by_id(T_ORGANISATION), id, &r, err);
    if (st != ST_OK)
        return st;
    long line = world_line(a->m->w, T_ORGANISATION, id);
    if (line)
        reason_add(a->m, &o->reason, _("same as line %ld"), line);
    if (!belongs_already(a, r, e))
        st = find_parent(a, e, id, &parent, &o->reason, err);
    if (st == ST_OK) {
        st = fill(a, e, parent, r, &changed, &o->reason, &mine);
        if (st == ST_REFUSED) { /* a rule of its own, as that it cannot be part of itself */
            apply_reject(a, o, &mine);
            record_free(r);
            free(parent);
            return ST_OK;
        }
        if (st != ST_OK && err)
            *err = mine;
    }
    o->verdict = changed ? VERDICT_CHANGED : VERDICT_MATCHED;
    o->id = id > 0 ? id : 0;
    record_free(r);
    free(parent);
    return st;
}

static enum status be_new(struct applier *a, const struct entry *e, struct outcome *o,
                          struct error *err)
{
    struct record *r = NULL;
    char *parent = NULL;
    enum status st = find_parent(a, e, 0, &parent, &o->reason, err);
    if (st == ST_OK)
        st = make(a, e, parent, &r, err);
    o->verdict = VERDICT_NEW;
    o->id = r && r->id > 0 ? r->id : 0;
    record_free(r);
    free(parent);
    return st;
}

/* By our own number, from a list of ours: it is believed when the name agrees. */
static enum status by_id(struct applier *a, const struct entry *e, struct place *where, int64_t *id,
                         struct error *err)
{
    int target = targets_of("organisations")->id_target;
    const char *typed = target < 0 ? NULL : e->value[target], *name = value_of(e, "name");
    struct record *r;
    struct error mine = {0};
    *id = typed ? atoll(typed) : 0;
    if (!*id || !name || (a->m->decision && a->m->decision->organisation != IMPORT_ASK)) {
        *id = 0;
        return ST_OK;
    }
    enum status st = world_load(a->m->w, type_by_id(T_ORGANISATION), *id, &r, &mine);
    if (st == ST_OK && text_same(record_get(r, "name"), name))
        where->is = IS_KNOWN;
    else
        *id = 0;
    record_free(r);
    if (st != ST_OK && st != ST_REFUSED && err)
        *err = mine;
    return st == ST_REFUSED ? ST_OK : st;
}

static bool is_broken(const struct applier *a, const struct entry *e)
{
    const struct import_decision *d = a->m->decision;
    return e->lost && !(d && d->organisation == IMPORT_NEW);
}

enum status apply_organisation(struct applier *a, const struct entry *e, struct outcome *o,
                               struct error *err)
{
    struct place where = {0};
    int64_t id;
    const char *name = value_of(e, "name"), *orgno = value_of(e, "orgno");
    o->organisation = "";
    enum status st = by_id(a, e, &where, &id, err);
    if (st == ST_OK && !id) {
        st = organisation_find(a->m, orgno, name, value_of(e, "municipality"), &where, err);
        id = where.id;
    }
    if (st != ST_OK)
        return st;
    if (where.is == IS_UNCLEAR) {
        be_unclear(a, &where, o);
        return ST_OK;
    }
    place_tell(a->m, &where, &o->reason);
    if (where.is == IS_KNOWN)
        return be_known(a, e, id, o, err);
    if (name && is_broken(a, e)) {
        o->verdict = VERDICT_UNCLEAR;
        reason_add(a->m, &o->reason, _("a letter was lost before the file came here: %s"), e->lost);
        return ST_OK;
    }
    if (name)
        return be_new(a, e, o, err);
    o->verdict = VERDICT_REJECTED;
    reason_add(a->m, &o->reason, "%s", _("there is no name"));
    return ST_OK;
}
