/* Who is wanted in two places at once, and which place twice. */
#include "config.h"

#include "samling/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "core/calendar_sql.h"

enum { HOUR = 60, DAY = 24 * 60, CLAUSES = 3, TALLY_MOST = 1 << 16 };

/* A gathering that has a time: one of the entries, or another of the database. */
struct item {
    int64_t id, cohort;
    long from, until; /* minutes; until is not part of it */
    char *ref, *place;
    char *folded;                 /* the place, as text_fold_match does */
    struct calendar_entry *entry; /* NULL: another of the database */
    bool meets;                   /* there is another at the same time */
};

struct items {
    struct item *item;
    size_t n, cap;
};

/* One of the entries, and what it clashes with. */
struct pair {
    size_t one, other; /* items; `one` is an entry */
    bool place;
    long people;
};

struct pairs {
    struct pair *pair;
    size_t n, cap;
};

/* ---- times ----------------------------------------------------------------------------------- */

static int minutes_of(const char *iso)
{
    return strlen(iso) < 16 ? -1 : atoi(iso + 11) * 60 + atoi(iso + 14);
}

static void set_times(struct item *i, const char *starts, const char *ends)
{
    struct day d;
    if (!date_split(starts, &d))
        return;
    int at = minutes_of(starts);
    i->from = date_number(d) * DAY + (at < 0 ? 0 : at);
    i->until = at < 0 ? i->from + DAY : i->from + HOUR;
    if (date_split(ends, &d)) {
        int end = minutes_of(ends);
        i->until = end < 0 ? (date_number(d) + 1) * DAY : date_number(d) * DAY + end;
    }
    /* What ends when it begins, or before, is a slip; it is there at that time nevertheless. */
    if (i->until <= i->from)
        i->until = i->from + 1;
}

static bool meet(const struct item *a, const struct item *b)
{
    return a->from < b->until && b->from < a->until;
}

/* ---- places ---------------------------------------------------------------------------------- */

/* Names of places that hold any number of gatherings at once. */
static bool has_room_for_all(const char *place)
{
    static const char *const words[] = {
        "digitalt",  "digital",   "digitale",    "teams",     "zoom",    "skype",
        "webinar",   "nett",      "nettmøte",    "nettet",    "meet",    "online",
        "internett", "fjernmøte", "heldigitalt", "videomøte", "telefon", "virtuelt",
    };
    static const char *const wholes[] = {
        "lokalt",         "ikke bestemt",     "ikkje bestemt", "kommer",
        "kommer senere",  "avtales",          "tba",           "tbd",
        "egen barnehage", "i egen barnehage", "i barnehagen",  "barnehagen",
        "barnehagene",    "eigen barnehage",  "ute",           "hele kommunen",
    };
    for (size_t i = 0; i < sizeof wholes / sizeof wholes[0]; i++)
        if (text_same(place, wholes[i]))
            return true;
    for (const char *p = place; *p;) {
        size_t n = strcspn(p, " ");
        char *word = mem_strndup(p, n);
        bool found = false;
        for (size_t i = 0; i < sizeof words / sizeof words[0] && !found; i++)
            found = text_same(word, words[i]);
        free(word);
        if (found)
            return true;
        p += n + (p[n] == ' ');
    }
    return false;
}

static bool same_place(const struct item *a, const struct item *b)
{
    return a->folded && b->folded && strcmp(a->folded, b->folded) == 0 &&
           !has_room_for_all(a->folded);
}

/* ---- what there is --------------------------------------------------------------------------- */

static struct item *add_item(struct items *all, const char *ref, const char *place)
{
    struct buf folded = {0};
    all->item = mem_grow(all->item, &all->cap, all->n + 1, sizeof *all->item);
    struct item *i = &all->item[all->n++];
    *i = (struct item){.ref = mem_strdup(ref ? ref : "")};
    text_fold_match(&folded, place);
    if (folded.len) {
        i->place = mem_strdup(place);
        i->folded = buf_take(&folded);
    }
    buf_free(&folded);
    return i;
}

static void items_free(struct items *all)
{
    for (size_t i = 0; i < all->n; i++) {
        free(all->item[i].ref);
        free(all->item[i].place);
        free(all->item[i].folded);
    }
    free(all->item);
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* The entries that can clash; their ids, sorted, go to `ids`. */
static void take_entries(struct calendar_entries *e, struct items *all, int64_t *ids, long *first,
                         long *last)
{
    for (size_t i = 0; i < e->n; i++) {
        struct calendar_entry *x = &e->entry[i];
        ids[i] = x->kind == ENTRY_GATHERING ? x->id : 0;
        if (x->kind != ENTRY_GATHERING || x->cancelled)
            continue;
        *first = all->n == 0 || x->first < *first ? x->first : *first;
        *last = all->n == 0 || x->last > *last ? x->last : *last;
        struct item *m = add_item(all, x->ref, x->place);
        m->id = x->id;
        m->cohort = x->cohort;
        m->entry = x;
        set_times(m, x->starts, x->ends);
    }
    if (e->n)
        qsort(ids, e->n, sizeof *ids, by_number);
}

/* The other gatherings of the days. */
static enum status read_others(struct session *s, long first, long last, const int64_t *ids,
                               size_t n, struct items *all, struct error *err)
{
    char back[DATE_SIZE], from[DATE_SIZE], after[DATE_SIZE];
    struct error mine = {0};
    enum step step;
    date_join(date_from_number(first - LONGEST_DAYS), back);
    date_join(date_from_number(first), from);
    date_join(date_from_number(last + 1), after);
    struct stmt *st =
        db_query(s->db, &mine,
                 "SELECT g.id, g.cohort_id, g.starts, g.ends, g.place,"
                 " o.code || '/' || c.number || '/' || g.number FROM gathering g JOIN cohort c ON"
                 " c.id = g.cohort_id JOIN offering o ON o.id = c.offering_id WHERE " TOUCHES(
                     "?1", "?2", "?3") " AND 'cancelled' NOT IN (g.status, c.status, o.status)",
                 "ttt", back, from, after);
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        int64_t id = stmt_int(st, 0);
        if (bsearch(&id, ids, n, sizeof *ids, by_number))
            continue;
        struct item *i = add_item(all, stmt_str(st, 5), stmt_str(st, 4));
        i->id = id;
        i->cohort = stmt_int(st, 1);
        set_times(i, stmt_str(st, 2), stmt_str(st, 3));
    }
    if (step == STEP_ERROR && err)
        *err = mine;
    return step == STEP_ERROR ? mine.code : ST_OK;
}

/* ---- pairs ----------------------------------------------------------------------------------- */

static int by_pair(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->one != y->one)
        return x->one < y->one ? -1 : 1;
    return x->other < y->other ? -1 : x->other > y->other;
}

/* Makes one of those that say the same. */
static void settle(struct pairs *p)
{
    size_t kept = 0;
    if (!p->n)
        return;
    qsort(p->pair, p->n, sizeof *p->pair, by_pair);
    for (size_t i = 1; i < p->n; i++) {
        if (by_pair(&p->pair[kept], &p->pair[i]) != 0) {
            p->pair[++kept] = p->pair[i];
            continue;
        }
        p->pair[kept].place = p->pair[kept].place || p->pair[i].place;
        p->pair[kept].people += p->pair[i].people;
    }
    p->n = kept + 1;
}

static void add_pair(struct pairs *p, size_t one, size_t other, bool place, long people)
{
    if (p->n == p->cap && p->n >= TALLY_MOST)
        settle(p);
    p->pair = mem_grow(p->pair, &p->cap, p->n + 1, sizeof *p->pair);
    p->pair[p->n++] = (struct pair){one, other, place, people};
}

/* Notes a clash with each of the two that is an entry. */
static void note(const struct items *all, struct pairs *p, size_t a, size_t b, bool place,
                 long people)
{
    if (all->item[a].entry)
        add_pair(p, a, b, place, people);
    if (all->item[b].entry)
        add_pair(p, b, a, place, people);
}

static int by_time(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->until < y->until ? -1 : x->until > y->until;
}

/* Which are at the same time, and which of these in the same place. */
static void find_meetings(struct items *all, struct pairs *p)
{
    qsort(all->item, all->n, sizeof *all->item, by_time);
    for (size_t i = 0; i < all->n; i++) {
        struct item *a = &all->item[i];
        for (size_t j = i + 1; j < all->n && all->item[j].from < a->until; j++) {
            struct item *b = &all->item[j];
            if (!a->entry && !b->entry)
                continue;
            a->meets = b->meets = true;
            if (same_place(a, b))
                note(all, p, i, j, true, 0);
        }
    }
}

/* ---- people ---------------------------------------------------------------------------------- */

/* The items that meet others, by cohort. */
struct meeting {
    int64_t cohort;
    size_t item;
};

struct meetings {
    struct meeting *m;
    size_t n;
    struct buf cohorts; /* a JSON array of theirs, each once */
};

static int by_cohort(const void *a, const void *b)
{
    const struct meeting *x = a, *y = b;
    if (x->cohort != y->cohort)
        return x->cohort < y->cohort ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

static void sort_meetings(const struct items *all, struct meetings *m)
{
    m->m = mem_alloc((all->n + 1) * sizeof *m->m);
    for (size_t i = 0; i < all->n; i++)
        if (all->item[i].meets)
            m->m[m->n++] = (struct meeting){all->item[i].cohort, i};
    if (m->n)
        qsort(m->m, m->n, sizeof *m->m, by_cohort);
    buf_addc(&m->cohorts, '[');
    for (size_t i = 0; i < m->n; i++)
        if (i == 0 || m->m[i].cohort != m->m[i - 1].cohort)
            buf_addf(&m->cohorts, "%s%lld", i ? "," : "", (long long)m->m[i].cohort);
    buf_addc(&m->cohorts, ']');
}

/* Where one person is expected. */
struct wanted {
    size_t *item;
    size_t n, cap;
};

static void add_cohort(const struct meetings *m, int64_t cohort, struct wanted *w)
{
    size_t low = 0, high = m->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->m[middle].cohort < cohort)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < m->n && m->m[low].cohort == cohort; low++) {
        w->item = mem_grow(w->item, &w->cap, w->n + 1, sizeof *w->item);
        w->item[w->n++] = m->m[low].item;
    }
}

static void note_person(const struct items *all, struct wanted *w, struct pairs *p)
{
    for (size_t i = 0; i < w->n; i++)
        for (size_t j = i + 1; j < w->n; j++)
            if (meet(&all->item[w->item[i]], &all->item[w->item[j]]))
                note(all, p, w->item[i], w->item[j], false, 1);
    w->n = 0;
}

/* Those of the cohorts, one person after the other: however many they are, one is in memory. */
static enum status find_people(struct session *s, const struct items *all, struct pairs *p,
                               struct error *err)
{
    struct meetings m = {0};
    struct wanted w = {0};
    struct error mine = {0};
    int64_t person = 0;
    enum step step;
    sort_meetings(all, &m);
    struct stmt *st =
        db_query(s->db, &mine,
                 "SELECT person_id, cohort_id FROM enrolment WHERE cohort_id IN (SELECT value FROM"
                 " json_each(?1)) AND status IN " EXPECTED " ORDER BY person_id",
                 "t", m.cohorts.s);
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        if (stmt_int(st, 0) != person)
            note_person(all, &w, p);
        person = stmt_int(st, 0);
        add_cohort(&m, stmt_int(st, 1), &w);
    }
    note_person(all, &w, p);
    free(m.m);
    free(w.item);
    buf_free(&m.cohorts);
    if (step == STEP_ERROR && err)
        *err = mine;
    return step == STEP_ERROR ? mine.code : ST_OK;
}

/* ---- the words of it ------------------------------------------------------------------------- */

static void add_clause(const struct items *all, const struct pair *p, struct buf *out)
{
    const struct item *one = &all->item[p->one], *other = &all->item[p->other];
    if (p->place) {
        buf_add(out, out->len ? "; " : "");
        buf_addf(out, _("%s is taken by %s"), one->place, other->ref);
    }
    if (p->people) {
        buf_add(out, out->len ? "; " : "");
        if (p->people == 1)
            buf_addf(out, _("1 person is also in %s"), other->ref);
        else
            buf_addf(out, _("%ld people are also in %s"), p->people, other->ref);
    }
}

static int by_weight(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->place != y->place)
        return x->place ? -1 : 1;
    if (x->people != y->people)
        return x->people > y->people ? -1 : 1;
    return by_pair(a, b);
}

/* The clashes of one entry: `n` of them. */
static void tell(const struct items *all, struct pair *p, size_t n)
{
    struct buf words = {0};
    qsort(p, n, sizeof *p, by_weight);
    for (size_t i = 0; i < n && i < CLAUSES; i++)
        add_clause(all, &p[i], &words);
    if (n > CLAUSES) {
        buf_add(&words, "; ");
        buf_addf(&words, _("and %zu more"), n - CLAUSES);
    }
    struct calendar_entry *e = all->item[p->one].entry;
    e->clash = true;
    e->clash_words = buf_take(&words);
}

static void tell_all(struct calendar_entries *e, const struct items *all, struct pairs *p)
{
    for (size_t i = 0; i < e->n; i++) {
        free(e->entry[i].clash_words);
        e->entry[i].clash_words = NULL;
        e->entry[i].clash = false;
    }
    settle(p);
    for (size_t i = 0, n; i < p->n; i += n) {
        for (n = 1; i + n < p->n && p->pair[i + n].one == p->pair[i].one;)
            n++;
        tell(all, &p->pair[i], n);
    }
}

enum status calendar_clashes(struct session *s, struct calendar_entries *e, struct error *err)
{
    struct items all = {0};
    struct pairs p = {0};
    long first = 0, last = 0;
    int64_t *ids = mem_alloc((e->n + 1) * sizeof *ids);
    enum status st = ST_OK;
    take_entries(e, &all, ids, &first, &last);
    if (all.n)
        st = read_others(s, first, last, ids, e->n, &all, err);
    if (st == ST_OK && all.n) {
        find_meetings(&all, &p);
        st = find_people(s, &all, &p, err);
    }
    if (st == ST_OK)
        tell_all(e, &all, &p);
    items_free(&all);
    free(ids);
    free(p.pair);
    return st;
}
