/* Organisations: which one a row means. */
#include "config.h"

#include "match.h"

#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/municipality.h"
#include "samling/text.h"

#include "hash.h"
#include "names.h"

/* ---- municipalities -------------------------------------------------------------------------- */

enum { TOWNS_MAX = 8 }; /* as many as share a name, and to spare */

/* What is said of where a place lies. */
struct town {
    const char *typed;                           /* NULL: nothing */
    const struct municipality *today[TOWNS_MAX]; /* those that it can be */
    size_t n;
};

static struct town town_of(const char *typed)
{
    struct town t = {.typed = typed};
    t.n = municipality_find(typed, t.today, TOWNS_MAX);
    if (t.n > TOWNS_MAX)
        t.n = 0; /* as if it were not known */
    return t;
}

enum lies { ELSEWHERE, PERHAPS, THERE };

/* "Herøy" is one of two: neither of them for sure, and none else. */
static enum lies lies_in(const char *there, const struct town *t)
{
    const struct municipality *today[TOWNS_MAX];
    if (!there || !t->typed)
        return PERHAPS;
    size_t n = municipality_find(there, today, TOWNS_MAX);
    if (n == 0 || n > TOWNS_MAX || t->n == 0 || (n > 1 && t->n > 1))
        return municipality_same(there, t->typed) ? THERE : n > 1 && t->n > 1 ? PERHAPS : ELSEWHERE;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < t->n; j++)
            if (today[i] == t->today[j])
                return n == 1 && t->n == 1 ? THERE : PERHAPS;
    return ELSEWHERE;
}

/* ---- candidates ------------------------------------------------------------------------------ */

/* Those that the row can mean, by what its name and municipality say. */
struct choice_of {
    struct found fits;   /* its municipality is the row's, or one of the two is not known */
    struct found same;   /* of these, those whose municipality is the row's */
    struct record *fit;  /* the first of them */
    struct record *twin; /* the first of the same municipality */
};

static bool is_called(struct matcher *m, const struct record *r, enum place_by how)
{
    bool is;
    buf_clear(&m->name);
    if (how == PLACE_BY_CORE)
        organisation_core(record_get(r, "name"), &m->name);
    else
        text_fold_match(&m->name, record_get(r, "name"));
    is = how != PLACE_BY_ALIAS &&
         strcmp(buf_str(&m->name), buf_str(how == PLACE_BY_CORE ? &m->core : &m->match)) == 0;
    for (size_t i = 0; !is && how != PLACE_BY_NAME && record_also(r, i, &m->other); i++) {
        buf_clear(&m->name);
        organisation_core(m->other.s, &m->name);
        is = how == PLACE_BY_CORE ? strcmp(buf_str(&m->name), buf_str(&m->core)) == 0
                                  : strcmp(m->other.s, buf_str(&m->match)) == 0;
    }
    return is;
}

/* Takes the record. */
static void weigh(struct matcher *m, struct record *r, enum place_by how, const struct town *town,
                  struct choice_of *out)
{
    const char *number = record_get(r, "orgno");
    bool other = m->orgno && number && strcmp(m->orgno, number) != 0;
    enum lies lies =
        other || !is_called(m, r, how) ? ELSEWHERE : lies_in(record_get(r, "municipality"), town);
    if (lies != ELSEWHERE) {
        found_add(&out->fits, r->id);
        if (lies == THERE)
            found_add(&out->same, r->id);
        if (lies == THERE && !out->twin)
            out->twin = record_copy(r);
        if (!out->fit) {
            out->fit = r;
            return;
        }
    }
    record_free(r);
}

static enum status gather(struct matcher *m, enum place_by how, struct found *all,
                          struct error *err)
{
    struct session *s = m->w->s;
    const char *text = buf_str(how == PLACE_BY_CORE ? &m->core : &m->match);
    int64_t last = m->w->last[T_ORGANISATION];
    enum status st = how == PLACE_BY_CORE ? lookup_organisations_by_words(s, text, last, all, err)
                     : how == PLACE_BY_ALIAS
                         ? lookup_organisations_also(s, text, last, all, err)
                         : lookup_organisations_by_name(s, text, last, all, err);
    world_find(m->w,
               ledger_key(how == PLACE_BY_CORE ? BY_PLACE_CORE : BY_PLACE_NAME, text, NULL, 0),
               T_ORGANISATION, all);
    return st;
}

/* ---- deciding -------------------------------------------------------------------------------- */

static void be_known(struct matcher *m, const struct record *r, enum place_by by, struct place *out)
{
    buf_clear(&m->called);
    buf_clear(&m->lies_in);
    buf_add(&m->called, record_get(r, "name"));
    buf_add(&m->lies_in, record_get(r, "municipality"));
    out->is = IS_KNOWN;
    out->by = by;
    out->id = r->id;
    out->name = buf_str(&m->called);
    out->municipality = m->lies_in.len ? m->lies_in.s : NULL;
}

static enum status decide(struct matcher *m, enum place_by how, const struct town *town,
                          struct place *out, struct error *err)
{
    struct found all = {0};
    struct choice_of c = {0};
    enum status st = gather(m, how, &all, err);
    for (size_t i = 0; st == ST_OK && i < all.n; i++) {
        struct record *r;
        st = world_load(m->w, type_by_id(T_ORGANISATION), all.id[i], &r, err);
        if (st == ST_OK)
            weigh(m, r, how, town, &c);
    }
    if (st == ST_OK && c.fits.n == 1) {
        be_known(m, c.fit, how, out);
    } else if (st == ST_OK && c.same.n == 1) {
        be_known(m, c.twin, how, out);
    } else if (st == ST_OK && c.fits.n) {
        out->is = IS_UNCLEAR;
        out->by = how;
        out->candidates = c.fits;
    }
    record_free(c.fit);
    record_free(c.twin);
    return st;
}

static void be_new(const char *name, const char *municipality, struct place *out)
{
    *out = (struct place){.is = IS_NEW, .name = name, .municipality = municipality};
}

static enum status find_by_name(struct matcher *m, const char *name, const char *municipality,
                                struct place *out, struct error *err)
{
    struct town town = town_of(municipality);
    enum status st = ST_OK;
    be_new(name, municipality, out);
    buf_clear(&m->match);
    buf_clear(&m->core);
    text_fold_match(&m->match, name);
    organisation_core(name, &m->core);
    for (int how = PLACE_BY_NAME; st == ST_OK && out->is == IS_NEW && how <= PLACE_BY_CORE; how++)
        st = decide(m, (enum place_by)how, &town, out, err);
    return st;
}

/* ---- what somebody decided ------------------------------------------------------------------- */

/* IS_NONE in out->is: nothing was decided, or what was chosen is not there any more (*gone). */
static enum status by_choice(struct matcher *m, const char *name, const char *municipality,
                             struct place *out, bool *gone, struct error *err)
{
    int64_t id = m->decision ? m->decision->organisation : IMPORT_ASK;
    struct record *r;
    *out = (struct place){0};
    *gone = false;
    if (id == IMPORT_NEW && name) {
        be_new(name, municipality, out);
        out->by = PLACE_CHOSEN;
    }
    if (id <= 0)
        return ST_OK;
    enum status st = world_load(m->w, type_by_id(T_ORGANISATION), id, &r, err);
    if (st == ST_OK)
        be_known(m, r, PLACE_CHOSEN, out);
    record_free(r);
    *gone = st == ST_REFUSED;
    return *gone ? ST_OK : st;
}

/* A choice that came to nothing must not become a guess. */
static void ask_again(struct place *out, const char *name)
{
    struct found f = {0};
    if (out->is == IS_UNCLEAR)
        f = out->candidates;
    else if (out->is == IS_KNOWN)
        found_add(&f, out->id);
    *out = (struct place){.is = IS_UNCLEAR, .by = PLACE_GONE, .name = name, .candidates = f};
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
    k->by = p->by;
}

/* The slot of this name, or the one that has not been used for longest; brought to the front. */
static struct known_place *slot_of(struct matcher *m, const char *name, const char *municipality)
{
    struct known_place *set = m->place[hash_text(hash_text(0, name), municipality) % PLACE_SETS];
    size_t i = 0;
    while (i < PLACE_WAYS - 1 && set[i].name &&
           !(strcmp(set[i].name, name) == 0 && same_text(set[i].municipality, municipality)))
        i++;
    struct known_place k = set[i];
    memmove(&set[1], &set[0], i * sizeof *set);
    set[0] = k;
    return set;
}

/* One that was found before: nothing is looked up or loaded. */
static bool recall(const struct matcher *m, const struct known_place *k, const char *name,
                   const char *municipality, struct place *out)
{
    if (!k->name || strcmp(k->name, name) != 0 || !same_text(k->municipality, municipality) ||
        (!municipality && k->made != m->made))
        return false;
    *out = (struct place){
        .is = IS_KNOWN, .by = k->by, .id = k->id, .name = k->called, .municipality = k->lies_in};
    return true;
}

static enum status find_or_recall(struct matcher *m, const char *name, const char *municipality,
                                  struct place *out, struct error *err)
{
    struct known_place *k = slot_of(m, name, municipality);
    if (recall(m, k, name, municipality, out))
        return ST_OK;
    enum status st = find_by_name(m, name, municipality, out, err);
    if (st == ST_OK && out->is == IS_KNOWN)
        remember(k, name, municipality, out, m->made);
    return st;
}

enum status place_find(struct matcher *m, const char *name, const char *municipality,
                       struct place *out, struct error *err)
{
    bool gone;
    enum status st = by_choice(m, name, municipality, out, &gone, err);
    if (st == ST_OK && out->is == IS_NONE && name)
        st = find_or_recall(m, name, municipality, out, err);
    if (st == ST_OK && gone)
        ask_again(out, name);
    out->typed = name;
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
            be_known(m, r, PLACE_BY_NAME, out);
        record_free(r);
    }
    return st;
}

static enum status find_by_row(struct matcher *m, const char *orgno, const char *name,
                               const char *municipality, struct place *out, struct error *err)
{
    enum status st = ST_OK;
    be_new(name, municipality, out);
    m->orgno = orgno;
    if (orgno)
        st = find_by_orgno(m, orgno, out, err);
    if (st == ST_OK && out->is == IS_NEW && name)
        st = find_by_name(m, name, municipality, out, err);
    m->orgno = NULL;
    return st;
}

enum status organisation_find(struct matcher *m, const char *orgno, const char *name,
                              const char *municipality, struct place *out, struct error *err)
{
    bool gone;
    enum status st = by_choice(m, name, municipality, out, &gone, err);
    if (st == ST_OK && out->is == IS_NONE)
        st = find_by_row(m, orgno, name, municipality, out, err);
    if (st == ST_OK && gone)
        ask_again(out, name);
    out->typed = name;
    return st;
}

enum status place_settle(struct matcher *m, struct place *p, int64_t id, struct error *err)
{
    struct record *r;
    enum status st = world_load(m->w, type_by_id(T_ORGANISATION), id, &r, err);
    if (st == ST_OK)
        be_known(m, r, PLACE_OF_PERSON, p);
    record_free(r);
    return st;
}

/* ---- words ----------------------------------------------------------------------------------- */

/* "Nattfiolen" for "Nattfiolen barnehage" goes without saying. */
static bool is_surprise(const struct matcher *m, const struct place *p)
{
    if (p->is != IS_KNOWN || !m->tell)
        return false;
    return p->by == PLACE_BY_ALIAS ||
           (p->by == PLACE_BY_CORE && p->typed && !organisation_says_same(p->typed, p->name));
}

void place_tell(struct matcher *m, const struct place *p, struct buf *reason)
{
    if (is_surprise(m, p))
        remark_add(m, reason, _("taken for %s"), p->name);
    if (p->is == IS_KNOWN && p->by == PLACE_OF_PERSON)
        remark_add(m, reason, _("of several of this name the one where the person works: %s"),
                   p->municipality ? p->municipality : p->name);
    if (p->is == IS_KNOWN && p->by == PLACE_CHOSEN)
        reason_add(m, reason, _("chosen: %s"), p->name);
    if (p->is == IS_NEW && p->by == PLACE_CHOSEN)
        reason_add(m, reason, "%s", _("chosen: a new organisation"));
}

void place_tell_unclear(struct matcher *m, const struct place *p, struct buf *reason)
{
    struct buf list = {0};
    if (p->by == PLACE_GONE)
        reason_add(m, reason, "%s", _("the organisation that was chosen is not there any more"));
    if (m->tell)
        place_list(m, &p->candidates, &list);
    if (p->by != PLACE_GONE)
        reason_add(m, reason, _("several organisations have this name: %s"), buf_str(&list));
    buf_free(&list);
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
    for (size_t i = 0; record_also(r, i, &m->other); i++) {
        world_know(m->w, T_ORGANISATION, r->id, ledger_key(BY_PLACE_NAME, m->other.s, NULL, 0));
        buf_clear(&m->name);
        organisation_core(m->other.s, &m->name);
        world_know(m->w, T_ORGANISATION, r->id,
                   ledger_key(BY_PLACE_CORE, buf_str(&m->name), NULL, 0));
    }
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
