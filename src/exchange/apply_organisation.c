/* A row about an organisation. */
#include "config.h"

#include "apply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

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
    struct place where;
    char text[24];
    *id = NULL;
    if (!name)
        return ST_OK;
    enum status st = organisation_find(a->m, NULL, name, NULL, &where, err);
    if (st != ST_OK)
        return st;
    if (where.is == IS_KNOWN && where.id != self) {
        snprintf(text, sizeof text, "%lld", (long long)where.id);
        *id = mem_strdup(text);
    } else {
        reason_add(a->m, reason, _("what it belongs to is not known, and was left out: %s"), name);
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
    enum status st = world_insert(a->m->w, r, err);
    if (st == ST_OK)
        match_know_place(a->m, r);
    return st;
}

/* A name that only leaves out what another has is no news. */
static bool is_same_name(const struct record *r, const struct entry *e, bool by_number)
{
    return !by_number || text_same(record_get(r, "name"), value_of(e, "name"));
}

static enum status fill(struct applier *a, const struct entry *e, const char *parent,
                        struct record *r, bool *changed, struct buf *reason, struct error *err)
{
    const struct record_type *t = r->type;
    const char *orgno = value_of(e, "orgno"), *there = record_get(r, "orgno");
    bool by_number = orgno && there && strcmp(orgno, there) == 0;
    *changed = false;
    for (size_t i = 0; i < t->nfields && i < TARGETS_MAX; i++) {
        const char *name = t->fields[i].name;
        bool skip = strcmp(name, "name") == 0 ? is_same_name(r, e, by_number)
                                              : strcmp(name, "municipality") == 0 &&
                                                    municipality_same(r->value[i], e->value[i]);
        if (!skip)
            *changed |= apply_field(a, r, name,
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
    struct buf list = {0};
    o->verdict = VERDICT_UNCLEAR;
    o->candidates = where->candidates;
    if (a->m->tell)
        place_list(a->m, &where->candidates, &list);
    reason_add(a->m, &o->reason, _("several organisations have this name: %s"), buf_str(&list));
    buf_free(&list);
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
    st = find_parent(a, e, id, &parent, &o->reason, err);
    if (st == ST_OK) {
        st = fill(a, e, parent, r, &changed, &o->reason, &mine);
        if (st == ST_REFUSED) { /* a rule of its own, as that it cannot be part of itself */
            o->verdict = VERDICT_REJECTED;
            buf_clear(&o->reason);
            reason_add(a->m, &o->reason, "%s: %s", mine.what, mine.why);
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

enum status apply_organisation(struct applier *a, const struct entry *e, struct outcome *o,
                               struct error *err)
{
    struct place where;
    const char *name = value_of(e, "name"), *orgno = value_of(e, "orgno");
    o->organisation = "";
    enum status st = organisation_find(a->m, orgno, name, value_of(e, "municipality"), &where, err);
    if (st != ST_OK)
        return st;
    if (where.is == IS_UNCLEAR) {
        be_unclear(a, &where, o);
        return ST_OK;
    }
    if (where.is == IS_KNOWN)
        return be_known(a, e, where.id, o, err);
    if (name)
        return be_new(a, e, o, err);
    o->verdict = VERDICT_REJECTED;
    reason_add(a->m, &o->reason, "%s", _("there is no name"));
    return ST_OK;
}
