/* Organisations: which one a row means. */
#include "config.h"

#include "match.h"

#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "hash.h"
#include "names.h"

/* ---- candidates ------------------------------------------------------------------------------ */

/* Those that the row can mean, by what its name and municipality say. */
struct choice_of {
    struct found fits; /* its municipality is the row's, or one of the two is not known */
    struct found same; /* of these, those whose municipality is the row's */
};

enum how { WHOLE_NAME, CORE };

static bool is_called(struct matcher *m, const struct record *r, enum how how)
{
    buf_clear(&m->name);
    if (how == CORE)
        organisation_core(record_get(r, "name"), &m->name);
    else
        text_fold_match(&m->name, record_get(r, "name"));
    return strcmp(buf_str(&m->name), buf_str(how == CORE ? &m->core : &m->match)) == 0;
}

static enum status weigh(struct matcher *m, const struct found *all, enum how how,
                         const char *municipality, struct choice_of *out, struct error *err)
{
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < all->n; i++) {
        struct record *r;
        st = world_load(m->w, type_by_id(T_ORGANISATION), all->id[i], &r, err);
        if (st != ST_OK)
            break;
        const char *there = record_get(r, "municipality");
        bool same = municipality_same(there, municipality);
        const char *number = record_get(r, "orgno");
        bool other = m->orgno && number && strcmp(m->orgno, number) != 0;
        if (!other && is_called(m, r, how) && (same || !there || !municipality)) {
            found_add(&out->fits, r->id);
            if (same)
                found_add(&out->same, r->id);
        }
        record_free(r);
    }
    return st;
}

static enum status gather(struct matcher *m, enum how how, struct found *all, struct error *err)
{
    const char *text = buf_str(how == CORE ? &m->core : &m->match);
    int64_t last = m->w->last[T_ORGANISATION];
    enum status st = how == CORE ? lookup_organisations_by_words(m->w->s, text, last, all, err)
                                 : lookup_organisations_by_name(m->w->s, text, last, all, err);
    world_find(m->w, ledger_key(how == CORE ? BY_PLACE_CORE : BY_PLACE_NAME, text, NULL, 0),
               T_ORGANISATION, all);
    return st;
}

/* ---- deciding
 * ------------------------------------------------------------------------------------- */

static enum status be_known(struct matcher *m, int64_t id, struct place *out, struct error *err)
{
    struct record *r;
    enum status st = world_load(m->w, type_by_id(T_ORGANISATION), id, &r, err);
    if (st != ST_OK)
        return st;
    buf_clear(&m->called);
    buf_clear(&m->lies_in);
    buf_add(&m->called, record_get(r, "name"));
    buf_add(&m->lies_in, record_get(r, "municipality"));
    record_free(r);
    out->is = IS_KNOWN;
    out->id = id;
    out->name = buf_str(&m->called);
    out->municipality = m->lies_in.len ? m->lies_in.s : NULL;
    return ST_OK;
}

static enum status decide(struct matcher *m, enum how how, const char *municipality,
                          struct place *out, struct error *err)
{
    struct found all = {0};
    struct choice_of c = {0};
    enum status st = gather(m, how, &all, err);
    if (st == ST_OK)
        st = weigh(m, &all, how, municipality, &c, err);
    if (st != ST_OK || c.fits.n == 0)
        return st;
    if (c.fits.n == 1)
        return be_known(m, c.fits.id[0], out, err);
    if (c.same.n == 1)
        return be_known(m, c.same.id[0], out, err);
    out->is = IS_UNCLEAR;
    out->candidates = c.fits;
    return ST_OK;
}

static enum status find_by_name(struct matcher *m, const char *name, const char *municipality,
                                struct place *out, struct error *err)
{
    out->is = IS_NEW;
    out->name = name;
    out->municipality = municipality;
    buf_clear(&m->match);
    buf_clear(&m->core);
    text_fold_match(&m->match, name);
    organisation_core(name, &m->core);
    enum status st = decide(m, WHOLE_NAME, municipality, out, err);
    if (st == ST_OK && out->is == IS_NEW)
        st = decide(m, CORE, municipality, out, err);
    return st;
}

/* ---- by what a row says ---------------------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void put_text(char **at, const char *s)
{
    free(*at);
    *at = mem_strdup(s);
}

static void remember(struct known_place *k, const char *name, const char *municipality,
                     const struct place *p, long made)
{
    k->made = made;
    put_text(&k->name, name);
    put_text(&k->municipality, municipality);
    put_text(&k->called, p->name);
    put_text(&k->lies_in, p->municipality);
    k->id = p->id;
}

enum status place_find(struct matcher *m, const char *name, const char *municipality,
                       struct place *out, struct error *err)
{
    *out = (struct place){0};
    if (!name)
        return ST_OK;
    size_t n = sizeof m->place / sizeof *m->place;
    struct known_place *k = &m->place[hash_text(hash_text(0, name), municipality) % n];
    if (k->name && strcmp(k->name, name) == 0 && same_text(k->municipality, municipality) &&
        (municipality || k->made == m->made)) {
        out->is = IS_KNOWN;
        out->id = k->id;
        out->name = k->called;
        out->municipality = k->lies_in;
        return ST_OK;
    }
    enum status st = find_by_name(m, name, municipality, out, err);
    if (st == ST_OK && out->is == IS_KNOWN)
        remember(k, name, municipality, out, m->made);
    return st;
}

static enum status find_by_orgno(struct matcher *m, const char *orgno, struct place *out,
                                 struct error *err)
{
    struct found all = {0};
    enum status st =
        lookup_organisations_by_orgno(m->w->s, orgno, m->w->last[T_ORGANISATION], &all, err);
    world_find(m->w, ledger_key(BY_ORGNO, orgno, NULL, 0), T_ORGANISATION, &all);
    for (size_t i = 0; st == ST_OK && out->is != IS_KNOWN && i < all.n; i++) {
        struct record *r;
        st = world_load(m->w, type_by_id(T_ORGANISATION), all.id[i], &r, err);
        if (st == ST_OK && same_text(record_get(r, "orgno"), orgno))
            st = be_known(m, r->id, out, err);
        record_free(r);
    }
    return st;
}

enum status organisation_find(struct matcher *m, const char *orgno, const char *name,
                              const char *municipality, struct place *out, struct error *err)
{
    *out = (struct place){.is = IS_NEW, .name = name, .municipality = municipality};
    enum status st = orgno ? find_by_orgno(m, orgno, out, err) : ST_OK;
    m->orgno = orgno;
    if (st == ST_OK && out->is == IS_NEW && name)
        st = find_by_name(m, name, municipality, out, err);
    m->orgno = NULL;
    return st;
}

void match_know_place(struct matcher *m, const struct record *r)
{
    const char *orgno = record_get(r, "orgno");
    m->made += record_get(r, "municipality") != NULL;
    buf_clear(&m->name);
    text_fold_match(&m->name, record_get(r, "name"));
    world_know(m->w, T_ORGANISATION, r->id, ledger_key(BY_PLACE_NAME, buf_str(&m->name), NULL, 0));
    buf_clear(&m->name);
    organisation_core(record_get(r, "name"), &m->name);
    world_know(m->w, T_ORGANISATION, r->id, ledger_key(BY_PLACE_CORE, buf_str(&m->name), NULL, 0));
    if (orgno)
        world_know(m->w, T_ORGANISATION, r->id, ledger_key(BY_ORGNO, orgno, NULL, 0));
}

enum { LISTED = 4 };

void place_list(struct matcher *m, const struct found *f, struct buf *out)
{
    for (size_t i = 0; i < f->n && i < LISTED; i++) {
        struct record *r;
        if (world_load(m->w, type_by_id(T_ORGANISATION), f->id[i], &r, NULL) != ST_OK)
            continue;
        buf_addf(out, "%s%s", i ? "; " : "", record_get(r, "name"));
        if (record_get(r, "municipality"))
            buf_addf(out, ", %s", record_get(r, "municipality"));
        record_free(r);
    }
    if (f->n > LISTED)
        buf_add(out, "; …");
}
