/* Selected rows of a list: marking, counting, and going through them. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "ui/list_parts.h"
#include "ui/ui_internal.h"

/* What is walked for a selection: ranges, and “all” of a list that changes. */
enum { WALK_MAX = 100000 };

/* ---- which rows -------------------------------------------------------------------------------
 */

/* The rows that the marks are about: those of the list when all are meant, else of the whole
 * listing in its scope; narrowed to the named ones where these are few. `numbers` is kept by the
 * caller. */
static struct listing_query marked_query(const struct list *l, bool only_named, struct buf *numbers)
{
    enum { FEW = 5000 };
    struct listing_query q = l->q;
    const struct marks *m = &l->marks;
    if (!m->all) {
        q.search = NULL;
        q.nfilters = 0;
    }
    if (!only_named || !list_can_seek(l) || m->n > FEW || q.nfilters == LISTING_FILTERS_MAX)
        return q;
    for (size_t i = 0; i < m->cap; i++)
        if (m->slot[i].type != T_NONE)
            buf_addf(numbers, "%s%lld", numbers->len ? "," : "", (long long)m->slot[i].id);
    q.filter[q.nfilters].column = listing_column(q.listing, "id");
    q.filter[q.nfilters].op = 'o';
    q.filter[q.nfilters++].value = buf_str(numbers);
    return q;
}

struct walk {
    const struct marks *marks;
    struct marks seen; /* where a record can stand twice */
    bool twice;
    bool (*fn)(void *, const struct listing_row *);
    void *arg;
};

static bool give_marked(void *arg, const struct listing_row *row)
{
    struct walk *w = arg;
    if (!marks_has(w->marks, row->type, row->id))
        return true;
    if (w->twice && marks_has(&w->seen, row->type, row->id))
        return true;
    if (w->twice)
        marks_set(&w->seen, row->type, row->id, true);
    return w->fn(w->arg, row);
}

enum status list_each_marked(struct list *l, bool (*fn)(void *, const struct listing_row *),
                             void *arg, struct error *err)
{
    struct walk w = {
        .marks = &l->marks, .twice = listing_repeats(l->q.listing), .fn = fn, .arg = arg};
    struct buf numbers = {0};
    if (!marks_any(&l->marks)) {
        list_settle(l);
        if (list_row(l))
            fn(arg, list_row(l));
        return ST_OK;
    }
    struct listing_query q = marked_query(l, !l->marks.all, &numbers);
    enum status st = listing_each(l->ui->session, &q, 0, give_marked, &w, err);
    marks_clear(&w.seen);
    buf_free(&numbers);
    return st;
}

/* ---- keeping them right -----------------------------------------------------------------------
 */

struct keeping {
    const struct marks *was;
    struct marks is;
    bool named;        /* keeps those that are named, else those that are selected */
    size_t rows, most; /* more rows than that are not kept; 0: any number */
};

static bool keep_row(void *arg, const struct listing_row *row)
{
    struct keeping *k = arg;
    bool keep =
        k->named ? marks_names(k->was, row->type, row->id) : marks_has(k->was, row->type, row->id);
    if (keep)
        marks_set(&k->is, row->type, row->id, true);
    return !k->most || ++k->rows <= k->most;
}

/* The new marks are some; `all` is set by the caller. */
static void take_kept(struct list *l, struct keeping *k)
{
    struct mark last = l->marks.last;
    marks_clear(&l->marks);
    l->marks = k->is;
    l->marks.last = last;
}

bool list_marks_check(struct list *l, bool patient)
{
    struct keeping k = {.was = &l->marks, .named = true};
    struct buf numbers = {0};
    struct db *db = l->ui->session->db;
    bool all = l->marks.all;
    if (!l->marks_stale)
        return true;
    struct listing_query q = marked_query(l, true, &numbers);
    if (!patient)
        db_on_progress(db, list_stop_for_key, NULL);
    enum status st = listing_each(l->ui->session, &q, 0, keep_row, &k, NULL);
    db_on_progress(db, NULL, NULL);
    buf_free(&numbers);
    if (st != ST_OK) {
        marks_clear(&k.is);
        return false;
    }
    take_kept(l, &k);
    l->marks.all = all;
    l->marks_stale = false;
    return true;
}

void list_marks_hold(struct list *l)
{
    struct keeping k = {.was = &l->marks, .most = WALK_MAX};
    if (!l->marks.all)
        return;
    if (listing_each(l->ui->session, &l->q, 0, keep_row, &k, NULL) == ST_OK && k.rows <= k.most) {
        take_kept(l, &k);
        return;
    }
    marks_clear(&k.is);
    marks_clear(&l->marks);
    ui_say(l->ui, "%s",
           _("So many rows cannot stay selected while the list changes: none are now."));
}

/* Rows that a search hides are no part of what “the others” are the others of. */
static void mark_others(struct list *l)
{
    struct keeping k = {.was = &l->marks, .named = true};
    if (l->marks.n && !l->marks.all && list_is_narrowed(l)) {
        if (listing_each(l->ui->session, &l->q, 0, keep_row, &k, NULL) != ST_OK) {
            marks_clear(&k.is);
            return;
        }
        take_kept(l, &k);
    }
    marks_others(&l->marks);
}

int64_t list_marked(const struct list *l)
{
    const struct marks *m = &l->marks;
    if (m->n && l->marks_stale)
        return -1;
    if (!m->all)
        return (int64_t)m->n;
    int64_t records = list_records(l);
    return records < 0 ? -1 : records - (int64_t)m->n;
}

int64_t list_records(const struct list *l)
{
    return listing_repeats(l->q.listing) ? l->records : l->count;
}

/* ---- marking ----------------------------------------------------------------------------------
 */

static void mark_row(struct list *l)
{
    const struct listing_row *r = list_row(l);
    if (!r)
        return;
    marks_set(&l->marks, r->type, r->id, !marks_has(&l->marks, r->type, r->id));
    list_act(l, ACTION_DOWN);
}

/* One of the two ways that a range may go from the row in hand. */
struct way {
    enum page_from from;
    char *place;
    struct mark *met;
    size_t n, cap;
    bool ended;
};

static void way_free(struct way *w)
{
    free(w->place);
    free(w->met);
}

/* Reads on; true when it met the row that was selected last. */
static bool way_on(struct list *l, struct way *w, size_t rows)
{
    struct listing_page page;
    struct mark last = l->marks.last;
    bool found = false;
    if (w->ended ||
        listing_fetch(l->ui->session, &l->q, w->from, w->place, rows, &page, NULL) != ST_OK) {
        w->ended = true;
        return false;
    }
    bool back = w->from == PAGE_BEFORE;
    for (size_t i = 0; i < page.n && !found; i++) {
        const struct listing_row *r = &page.row[back ? page.n - 1 - i : i];
        w->met = mem_grow(w->met, &w->cap, w->n + 1, sizeof *w->met);
        w->met[w->n++] = (struct mark){r->type, r->id};
        found = r->type == last.type && r->id == last.id;
    }
    free(w->place);
    w->place = page.n ? mem_strdup(page.row[back ? 0 : page.n - 1].place) : NULL;
    w->ended = !page.more || !page.n;
    listing_page_free(&page);
    return found;
}

/* From the row in hand both ways at once, until the one selected last is met: where that is, is not
 * known once the list was sorted otherwise. */
static bool mark_way(struct list *l)
{
    enum { FIRST = 100, MOST = 2000 };
    const struct listing_row *r = list_row(l);
    struct way way[2] = {{.from = PAGE_BEFORE, .place = mem_strdup(r->place)},
                         {.from = PAGE_AFTER, .place = mem_strdup(r->place)}};
    const struct way *found = NULL;
    for (size_t rows = FIRST; !found && !(way[0].ended && way[1].ended);
         rows = rows < MOST ? 2 * rows : rows) {
        for (int i = 0; i < 2 && !found; i++) {
            if (way_on(l, &way[i], rows))
                found = &way[i];
            way[i].ended = way[i].ended || way[i].n >= WALK_MAX;
        }
    }
    for (size_t i = 0; found && i < found->n; i++)
        marks_set(&l->marks, found->met[i].type, found->met[i].id, true);
    way_free(&way[0]);
    way_free(&way[1]);
    return found != NULL;
}

struct pass {
    struct mark end[2];
    struct mark *met;
    size_t n, cap;
    int ends; /* that were met */
};

static bool pass_row(void *arg, const struct listing_row *r)
{
    struct pass *p = arg;
    for (int i = 0; i < 2; i++)
        p->ends += r->type == p->end[i].type && r->id == p->end[i].id;
    if (!p->ends)
        return true;
    p->met = mem_grow(p->met, &p->cap, p->n + 1, sizeof *p->met);
    p->met[p->n++] = (struct mark){r->type, r->id};
    return p->ends < 2 && p->n < WALK_MAX;
}

/* In one pass over the list, where each page that is read sorts the whole anew. */
static bool mark_pass(struct list *l)
{
    const struct listing_row *r = list_row(l);
    struct pass p = {.end = {l->marks.last, {r->type, r->id}}};
    bool found = listing_each(l->ui->session, &l->q, 0, pass_row, &p, NULL) == ST_OK && p.ends == 2;
    for (size_t i = 0; found && i < p.n; i++)
        marks_set(&l->marks, p.met[i].type, p.met[i].id, true);
    free(p.met);
    return found;
}

static bool mark_between(struct list *l)
{
    return l->q.sort[0] && list_can_seek(l) ? mark_pass(l) : mark_way(l);
}

static void mark_range(struct list *l)
{
    const struct listing_row *r = list_row(l);
    struct mark last = l->marks.last;
    if (!r)
        return;
    bool here = last.type == T_NONE || (last.type == r->type && last.id == r->id);
    char *place = here || !list_can_seek(l) ? NULL : list_place_of(l, last.type, last.id);
    bool gone = !here && list_can_seek(l) && !place;
    free(place);
    if (gone || (!here && !mark_between(l))) {
        char words[200];
        snprintf(words, sizeof words,
                 _("The row selected last is not in this list, or more than %d rows away."),
                 WALK_MAX);
        ui_say(l->ui, "%s", words);
        return;
    }
    r = list_row(l);
    marks_set(&l->marks, r->type, r->id, true);
}

bool list_mark(struct list *l, enum action_id id)
{
    switch (id) {
    case ACTION_MARK:
        list_settle(l);
        mark_row(l);
        return true;
    case ACTION_MARK_RANGE:
        list_settle(l);
        mark_range(l);
        return true;
    case ACTION_MARK_ALL: marks_all(&l->marks); return true;
    case ACTION_MARK_OTHERS: mark_others(l); return true;
    case ACTION_MARK_NONE: marks_clear(&l->marks); return true;
    default: return false;
    }
}

/* Stops when a key waits; -1 then. */
static int64_t count(struct list *l,
                     enum status (*with)(struct session *s, const struct listing_query *q,
                                         int64_t *out, struct error *err))
{
    struct db *db = l->ui->session->db;
    int64_t n;
    db_on_progress(db, list_stop_for_key, NULL);
    enum status st = with(l->ui->session, &l->q, &n, NULL);
    db_on_progress(db, NULL, NULL);
    return st == ST_OK ? n : -1;
}

static bool count_rows(struct list *l)
{
    if (l->count >= 0)
        return false;
    l->count = l->at_start && l->at_end ? (int64_t)l->page.n : count(l, listing_count);
    return l->count >= 0;
}

/* News only where they are told. */
static bool count_records(struct list *l)
{
    if (l->records >= 0 || !listing_repeats(l->q.listing))
        return false;
    l->records = count(l, listing_count_records);
    return l->records >= 0 && marks_any(&l->marks);
}

bool list_idle(struct list *l)
{
    bool stale = l->marks_stale;
    if (!l->loaded)
        return false;
    bool news = stale && list_marks_check(l, false);
    news = count_rows(l) || news;
    return count_records(l) || news;
}
