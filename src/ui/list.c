#include "config.h"

#include "ui/list.h"

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
    if (l->search)
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

static void begin(struct list *l)
{
    l->selected = 0;
    l->count = -1;
    l->loaded = false;
    if (l->height)
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

void list_refresh(struct list *l)
{
    if (!l->height || !l->loaded)
        return;
    const struct listing_row *row = list_row(l);
    int64_t id = row ? row->id : 0;
    enum type_id type = row ? row->type : T_NONE;
    char *first = l->page.n ? mem_strdup(l->page.row[0].place) : NULL;
    if (l->at_start || !first)
        load(l, PAGE_FIRST, NULL, (size_t)l->height);
    else
        load(l, PAGE_AT, first, (size_t)l->height);
    free(first);
    clamp(l);
    if (id)
        list_select(l, type, id);
    fill_up(l);
    l->count = -1;
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
    if (listing_fetch(l->ui->session, &l->q, PAGE_AFTER, l->page.row[l->page.n - 1].place, 1, &one, &err) != ST_OK) {
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
    if (listing_fetch(l->ui->session, &l->q, PAGE_BEFORE, l->page.row[0].place, 1, &one, &err) != ST_OK) {
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

bool list_act(struct list *l, enum action_id id)
{
    switch (id) {
    case ACTION_DOWN: row_down(l); return true;
    case ACTION_UP: row_up(l); return true;
    case ACTION_PAGE_DOWN: page_down(l); return true;
    case ACTION_PAGE_UP: page_up(l); return true;
    case ACTION_FIRST:
        load(l, PAGE_FIRST, NULL, (size_t)l->height);
        l->selected = 0;
        return true;
    case ACTION_LAST:
        load(l, PAGE_LAST, NULL, (size_t)l->height);
        l->selected = l->page.n ? l->page.n - 1 : 0;
        return true;
    default: return false;
    }
}

/* ---- what is selected --------------------------------------------------------------------------- */

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

/* ---- drawing ------------------------------------------------------------------------------------ */

enum { SHOWN_MAX = 16, GAP = 2 };

struct shown {
    int column[SHOWN_MAX];
    int width[SHOWN_MAX];
    int n;
};

/* Which columns, and how wide: the important ones as long as they fit, what is left over by `grow`. */
static struct shown lay_out(const struct list *l, int width)
{
    struct shown s = {0};
    const struct listing *g = l->q.listing;
    int used = 1, grow = 0;
    for (const char *p = l->columns; *p && s.n < SHOWN_MAX;) {
        size_t n = strcspn(p, ",");
        char *name = mem_strndup(p, n);
        int c = listing_column(g, name);
        free(name);
        p += n + (p[n] == ',');
        if (c < 0)
            continue;
        int want = g->columns[c].width ? g->columns[c].width : 10;
        if (s.n && used + want + GAP > width)
            break;
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

static void draw_row(const struct list *l, const struct listing_row *r, const struct shown *s, int y, int x, int width,
                     enum look look)
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
        draw_row(l, &l->page.row[i], &s, y + (int)i, x, width, on && focus ? LOOK_SELECTED : LOOK_PLAIN);
        if (on && !focus)
            draw_text(y + (int)i, x, 1, LOOK_ACCENT, ">");
    }
    if (l->loaded && !l->page.n)
        draw_text(y, x + 1, width - 1, LOOK_DIM, l->search ? _("Nothing found.") : _("Nothing here yet."));
    if (focus)
        draw_cursor(y + (int)l->selected, x);
}
