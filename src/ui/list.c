#include "config.h"

#include "ui/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/ui_internal.h"

void list_init(struct list *l, struct ui *ui, const struct listing *listing, const char *columns)
{
    *l = (struct list){.ui = ui, .columns = columns, .count = -1};
    l->q.listing = listing;
}

void list_free(struct list *l)
{
    listing_page_free(&l->page);
    free(l->search);
    free(l->start);
    *l = (struct list){0};
}

/* ---- reading -------------------------------------------------------------------------------- */

static bool stop_for_key(void *arg)
{
    (void)arg;
    return term_key_waiting();
}

/* Replaces the page. A search gives way to the next key that is typed: it is then read later. */
static bool load(struct list *l, enum page_from from, const char *place, size_t limit)
{
    struct db *db = l->ui->session->db;
    struct listing_page page;
    struct error err = {0};
    if (l->search && !l->patient)
        db_on_progress(db, stop_for_key, NULL);
    enum status st = listing_fetch(l->ui->session, &l->q, from, place, limit, &page, &err);
    db_on_progress(db, NULL, NULL);
    if (st != ST_OK) {
        l->loaded = l->loaded && st != ST_STOPPED;
        ui_complain(l->ui, &err);
        return false;
    }
    listing_page_free(&l->page);
    l->page = page;
    l->loaded = true;
    switch (from) {
    case PAGE_FIRST:
        l->at_start = true;
        l->at_end = !page.more;
        break;
    case PAGE_LAST:
        l->at_end = true;
        l->at_start = !page.more;
        break;
    case PAGE_BEFORE:
        l->at_start = !page.more;
        l->at_end = false;
        break;
    default: l->at_end = !page.more; break;
    }
    return true;
}

static void clamp(struct list *l)
{
    if (l->selected >= l->page.n)
        l->selected = l->page.n ? l->page.n - 1 : 0;
}

/* A page that ends before the screen does is filled from above. */
static void fill_up(struct list *l)
{
    if (!l->at_end || l->at_start || l->page.n >= (size_t)l->height)
        return;
    int64_t id = l->page.n ? l->page.row[l->selected].id : 0;
    enum type_id type = l->page.n ? l->page.row[l->selected].type : T_NONE;
    if (load(l, PAGE_LAST, NULL, (size_t)l->height)) {
        clamp(l);
        if (id)
            list_select(l, type, id);
    }
}

/* Brings the row at `place` into sight, `above` rows below the top where that can be. */
static bool show_at(struct list *l, const char *place, size_t above)
{
    struct listing_page before;
    size_t height = (size_t)l->height;
    if (listing_fetch(l->ui->session, &l->q, PAGE_BEFORE, place, above ? above : 1, &before,
                      NULL) != ST_OK)
        return false;
    bool start = above ? !before.more : before.n == 0;
    bool ok = load(l, PAGE_AT, above && before.n ? before.row[0].place : place, height);
    if (ok) {
        l->at_start = start;
        l->selected = above ? before.n : 0;
        clamp(l);
        fill_up(l);
    }
    listing_page_free(&before);
    return ok;
}

static void begin(struct list *l)
{
    l->selected = 0;
    l->count = -1;
    l->loaded = false;
    /* Of a heap of keys only the last one's answer is seen: read when it is drawn or acted on. */
    if (l->height && !term_key_waiting())
        load(l, PAGE_FIRST, NULL, (size_t)l->height);
}

void list_scope(struct list *l, enum type_id type, int64_t id)
{
    l->q.scope_type = type;
    l->q.scope = id;
    begin(l);
}

void list_search(struct list *l, const char *text)
{
    char *copy = text_is_blank(text) ? NULL : mem_strdup(text);
    free(l->search);
    l->search = copy;
    l->q.search = copy;
    begin(l);
}

void list_start_at(struct list *l, const char *text)
{
    free(l->start);
    l->start = mem_strdup(text);
    l->loaded = false;
}

static void first_load(struct list *l)
{
    l->selected = 0;
    if (!l->start) {
        load(l, PAGE_FIRST, NULL, (size_t)l->height);
        return;
    }
    char *place = listing_place(l->start);
    l->at_start = false;
    load(l, PAGE_AT, place, (size_t)l->height);
    free(place);
    free(l->start);
    l->start = NULL;
    fill_up(l);
}

void list_settle(struct list *l)
{
    if (l->loaded)
        return;
    l->patient = true;
    if (!l->height) /* not drawn yet; as high as it can become */
        l->height = term_height();
    first_load(l);
    l->patient = false;
}

void list_refresh(struct list *l)
{
    if (!l->height || !l->loaded)
        return;
    const struct listing_row *row = list_row(l);
    int64_t id = row ? row->id : 0;
    enum type_id type = row ? row->type : T_NONE;
    size_t above = l->selected;
    char *first = l->page.n ? mem_strdup(l->page.row[0].place) : NULL;
    char *place = row ? mem_strdup(row->place) : NULL;
    l->patient = true;
    if (l->at_start || !first)
        load(l, PAGE_FIRST, NULL, (size_t)l->height);
    else
        load(l, PAGE_AT, first, (size_t)l->height);
    clamp(l);
    /* New rows may have pushed it off the page. */
    if (id && !list_select(l, type, id) && show_at(l, place, above) && !list_select(l, type, id))
        clamp(l);
    fill_up(l);
    l->patient = false;
    l->count = -1;
    free(first);
    free(place);
}

bool list_select(struct list *l, enum type_id type, int64_t id)
{
    for (size_t i = 0; i < l->page.n; i++) {
        if (l->page.row[i].id == id && l->page.row[i].type == type) {
            l->selected = i;
            return true;
        }
    }
    return false;
}

/* Its place in the order; NULL when it is not in the list. */
static char *place_of(struct list *l, enum type_id type, int64_t id)
{
    enum { MOST = 5000, STEP = 200 };
    struct listing_query q = l->q;
    struct listing_page page;
    char number[24], *place = NULL, *found = NULL;
    int column = listing_column(q.listing, "id");
    bool more = true;
    snprintf(number, sizeof number, "%lld", (long long)id);
    if (column >= 0 && !q.listing->type_sql && q.nfilters < LISTING_FILTERS_MAX) {
        q.filter[q.nfilters].column = column;
        q.filter[q.nfilters].op = '=';
        q.filter[q.nfilters++].value = number;
    }
    for (size_t seen = 0; more && !found && seen < MOST; seen += STEP) {
        if (listing_fetch(l->ui->session, &q, place ? PAGE_AFTER : PAGE_FIRST, place, STEP, &page,
                          NULL) != ST_OK)
            break;
        for (size_t i = 0; i < page.n && !found; i++)
            if (page.row[i].id == id && page.row[i].type == type)
                found = mem_strdup(page.row[i].place);
        more = page.more && page.n > 0;
        free(place);
        place = page.n ? mem_strdup(page.row[page.n - 1].place) : NULL;
        listing_page_free(&page);
    }
    free(place);
    return found;
}

bool list_find(struct list *l, enum type_id type, int64_t id)
{
    if (!l->q.listing->type_sql && l->q.listing->type != type)
        return false;
    list_settle(l);
    if (list_select(l, type, id))
        return true;
    char *place = place_of(l, type, id);
    if (!place)
        return false;
    l->patient = true;
    bool found = show_at(l, place, (size_t)l->height / 3) && list_select(l, type, id);
    l->patient = false;
    free(place);
    return found;
}

/* ---- moving --------------------------------------------------------------------------------- */

static void row_free(struct listing_row *r)
{
    for (size_t j = 0; j < r->ncells; j++)
        free(r->cell[j]);
    free(r->cell);
    free(r->place);
}

static void row_down(struct list *l)
{
    struct listing_page one;
    struct error err = {0};
    if (l->selected + 1 < l->page.n) {
        l->selected++;
        return;
    }
    if (l->at_end || !l->page.n)
        return;
    if (listing_fetch(l->ui->session, &l->q, PAGE_AFTER, l->page.row[l->page.n - 1].place, 1, &one,
                      &err) != ST_OK) {
        ui_complain(l->ui, &err);
        return;
    }
    l->at_end = !one.more;
    if (one.n) {
        row_free(&l->page.row[0]);
        memmove(l->page.row, l->page.row + 1, (l->page.n - 1) * sizeof *l->page.row);
        l->page.row[l->page.n - 1] = one.row[0];
        one.n = 0;
        l->at_start = false;
    }
    listing_page_free(&one);
}

static void row_up(struct list *l)
{
    struct listing_page one;
    struct error err = {0};
    if (l->selected > 0) {
        l->selected--;
        return;
    }
    if (l->at_start || !l->page.n)
        return;
    if (listing_fetch(l->ui->session, &l->q, PAGE_BEFORE, l->page.row[0].place, 1, &one, &err) !=
        ST_OK) {
        ui_complain(l->ui, &err);
        return;
    }
    l->at_start = !one.more;
    if (one.n) {
        bool full = l->page.n >= (size_t)l->height;
        if (full)
            row_free(&l->page.row[l->page.n - 1]);
        /* The page was allocated with one row more than was asked for. */
        memmove(l->page.row + 1, l->page.row, (l->page.n - (full ? 1 : 0)) * sizeof *l->page.row);
        l->page.row[0] = one.row[0];
        l->page.n += !full;
        l->at_end = l->at_end && !full;
        one.n = 0;
    }
    listing_page_free(&one);
}

static void page_down(struct list *l)
{
    if (l->at_end || !l->page.n) {
        l->selected = l->page.n ? l->page.n - 1 : 0;
        return;
    }
    char *place = mem_strdup(l->page.row[l->page.n - 1].place);
    size_t selected = l->selected;
    if (load(l, PAGE_AFTER, place, (size_t)l->height)) {
        l->at_start = false;
        l->selected = selected;
        bool is_short = l->page.n < (size_t)l->height;
        if (is_short)
            load(l, PAGE_LAST, NULL, (size_t)l->height);
        if (is_short)
            l->selected = l->page.n;
        clamp(l);
    }
    free(place);
}

static void page_up(struct list *l)
{
    if (l->at_start || !l->page.n) {
        l->selected = 0;
        return;
    }
    char *place = mem_strdup(l->page.row[0].place);
    size_t selected = l->selected;
    if (load(l, PAGE_BEFORE, place, (size_t)l->height)) {
        l->selected = selected;
        if (l->page.n < (size_t)l->height) {
            load(l, PAGE_FIRST, NULL, (size_t)l->height);
            l->selected = 0;
        }
        clamp(l);
    }
    free(place);
}

static void first_row(struct list *l)
{
    load(l, PAGE_FIRST, NULL, (size_t)l->height);
    l->selected = 0;
}

static void last_row(struct list *l)
{
    load(l, PAGE_LAST, NULL, (size_t)l->height);
    l->selected = l->page.n ? l->page.n - 1 : 0;
}

bool list_act(struct list *l, enum action_id id)
{
    static void (*const moves[ACTION_COUNT])(struct list * l) = {
        [ACTION_DOWN] = row_down,   [ACTION_UP] = row_up,       [ACTION_PAGE_DOWN] = page_down,
        [ACTION_PAGE_UP] = page_up, [ACTION_FIRST] = first_row, [ACTION_LAST] = last_row,
    };
    if (!moves[id])
        return false;
    list_settle(l);
    l->patient = true; /* a move that is given up would move something else */
    moves[id](l);
    l->patient = false;
    return true;
}

/* ---- what is selected ---------------------------------------------------------------------------
 */

const struct listing_row *list_row(const struct list *l)
{
    return l->selected < l->page.n ? &l->page.row[l->selected] : NULL;
}

const char *list_cell(const struct list *l, const char *column)
{
    const struct listing_row *r = list_row(l);
    int c = listing_column(l->q.listing, column);
    return r && c >= 0 ? r->cell[c] : NULL;
}

bool list_idle(struct list *l)
{
    struct db *db = l->ui->session->db;
    if (!l->loaded || l->count >= 0)
        return false;
    if (l->at_start && l->at_end) {
        l->count = (int64_t)l->page.n;
        return true;
    }
    db_on_progress(db, stop_for_key, NULL);
    enum status st = listing_count(l->ui->session, &l->q, &l->count, NULL);
    db_on_progress(db, NULL, NULL);
    if (st != ST_OK)
        l->count = -1;
    return st == ST_OK;
}

void list_count_text(const struct list *l, struct buf *out)
{
    if (l->count == 1)
        buf_add(out, _("1 row"));
    else if (l->count >= 0)
        buf_addf(out, _("%lld rows"), (long long)l->count);
}

/* ---- drawing ------------------------------------------------------------------------------------
 */

enum { SHOWN_MAX = 16, GAP = 2, LEAST = 12 };

struct shown {
    int column[SHOWN_MAX];
    int width[SHOWN_MAX];
    int n;
};

/* The column that NAME or NAME:N (n bytes) is, and how wide it likes to be; -1. */
static int column_of(const struct listing *g, const char *s, size_t n, int *want)
{
    size_t name = strcspn(s, ":,");
    char *copy = mem_strndup(s, name);
    int c = listing_column(g, copy);
    free(copy);
    if (c >= 0)
        *want = name < n ? atoi(s + name + 1) : g->columns[c].width ? g->columns[c].width : 10;
    return c;
}

/* Which columns, and how wide: the important ones as long as they fit, what is left over by `grow`.
 */
static struct shown lay_out(const struct list *l, int width)
{
    struct shown s = {0};
    const struct listing *g = l->q.listing;
    int used = 1, grow = 0;
    for (const char *p = l->columns; *p && s.n < SHOWN_MAX;) {
        size_t n = strcspn(p, ",");
        int want = 0, c = column_of(g, p, n, &want);
        p += n + (p[n] == ',');
        if (c < 0)
            continue;
        int left = width - used - GAP;
        if (s.n && want > left) {
            /* The third column says something cut too, where it can be long. */
            if (s.n > 2 || !g->columns[c].grow || left < LEAST)
                break;
            want = left;
        }
        s.column[s.n] = c;
        s.width[s.n++] = want;
        used += want + GAP;
        grow += g->columns[c].grow;
    }
    int left = width - used;
    for (int i = 0; i < s.n && grow && left > 0; i++) {
        int more = left * g->columns[s.column[i]].grow / grow;
        /* Wider than this the eye loses the row between two columns. */
        int most = s.width[i] * 3 / 2;
        s.width[i] += more < most ? more : most;
    }
    return s;
}

static void draw_row(const struct list *l, const struct listing_row *r, const struct shown *s,
                     int y, int x, int width, enum look look)
{
    struct buf b = {0};
    int at = x + 1;
    if (look == LOOK_SELECTED)
        draw_text(y, x, width, look, "");
    for (int i = 0; i < s->n; i++) {
        const struct column *c = &l->q.listing->columns[s->column[i]];
        int room = s->width[i];
        if (at + room > x + width)
            room = x + width - at;
        buf_clear(&b);
        listing_show(l->q.listing, (size_t)s->column[i], r->cell[s->column[i]], &b);
        enum look cell = look == LOOK_SELECTED ? look : i > 1 ? LOOK_DIM : LOOK_PLAIN;
        if (look != LOOK_SELECTED && (i <= 1 || c->kind == COLUMN_TEXT))
            cell = LOOK_PLAIN;
        if (c->kind == COLUMN_NUMBER)
            draw_right(y, at, room, cell, buf_str(&b));
        else
            draw_text(y, at, room, cell, buf_str(&b));
        at += s->width[i] + GAP;
    }
    buf_free(&b);
}

static void draw_head(const struct list *l, const struct shown *s, int y, int x, int width)
{
    int at = x + 1;
    draw_text(y, x, width, LOOK_DIM, "");
    for (int i = 0; i < s->n; i++) {
        const struct column *c = &l->q.listing->columns[s->column[i]];
        int room = at + s->width[i] > x + width ? x + width - at : s->width[i];
        if (c->kind == COLUMN_NUMBER)
            draw_right(y, at, room, LOOK_DIM, lang_tr(c->label));
        else
            draw_text(y, at, room, LOOK_DIM, lang_tr(c->label));
        at += s->width[i] + GAP;
    }
}

static void ensure(struct list *l, int height)
{
    if (l->loaded && l->height == height)
        return;
    bool grown = l->loaded;
    l->height = height;
    if (!grown) {
        first_load(l);
        return;
    }
    const struct listing_row *row = list_row(l);
    int64_t id = row ? row->id : 0;
    enum type_id type = row ? row->type : T_NONE;
    /* Begin where the selection stays in sight. */
    size_t from = l->selected >= (size_t)height ? l->selected - (size_t)height + 1 : 0;
    char *place = l->page.n ? mem_strdup(l->page.row[from].place) : NULL;
    bool start = l->at_start && from == 0;
    load(l, start || !place ? PAGE_FIRST : PAGE_AT, place, (size_t)height);
    l->at_start = start;
    free(place);
    clamp(l);
    if (id)
        list_select(l, type, id);
    fill_up(l);
}

void list_draw(struct list *l, int y, int x, int height, int width, bool focus)
{
    struct shown s = lay_out(l, width);
    if (!l->hide_head) {
        draw_head(l, &s, y++, x, width);
        height--;
    }
    if (height < 1)
        return;
    ensure(l, height);
    for (size_t i = 0; i < (size_t)height && i < l->page.n; i++) {
        bool on = i == l->selected;
        draw_row(l, &l->page.row[i], &s, y + (int)i, x, width,
                 on && focus ? LOOK_SELECTED : LOOK_PLAIN);
        if (on && !focus)
            draw_text(y + (int)i, x, 1, LOOK_ACCENT, ">");
    }
    if (l->loaded && !l->page.n)
        draw_text(y, x + 1, width - 1, LOOK_DIM,
                  l->search ? _("Nothing found.") : _("Nothing here yet."));
    if (focus)
        draw_cursor(y + (int)l->selected, x);
}
