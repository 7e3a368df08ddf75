/* A window on a listing: reading by key, moving. */
#include "config.h"

#include "ui/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "ui/list_parts.h"
#include "ui/ui_internal.h"

void list_init(struct list *l, struct ui *ui, const struct listing *listing, const char *columns)
{
    *l = (struct list){.ui = ui, .columns = columns, .count = -1, .records = -1};
    l->q.listing = listing;
    for (int i = 0; i < LIST_GROUPS_MAX; i++)
        l->group[i] = -1;
    list_set_once(l);
}

void list_free(struct list *l)
{
    listing_page_free(&l->page);
    marks_clear(&l->marks);
    for (size_t i = 0; i < l->nfilters; i++)
        free(l->filter[i]);
    free(l->search);
    free(l->hidden);
    free(l->chosen);
    free(l->sort);
    free(l->start);
    free(l->wanted.place);
    free(l->wanted.top);
    *l = (struct list){0};
}

/* ---- reading -------------------------------------------------------------------------------- */

bool list_stop_for_key(void *arg)
{
    (void)arg;
    return term_key_waiting();
}

/* Can reading a page take a while? */
static bool is_slow(const struct list *l)
{
    return l->search || l->nfilters || l->q.sort[0];
}

/* Replaces the page. What may take a while gives way to the next key that is typed: it is then read
 * later. */
static bool load(struct list *l, enum page_from from, const char *place, size_t limit)
{
    struct db *db = l->ui->session->db;
    struct listing_page page;
    struct error err = {0};
    if (is_slow(l) && !l->patient)
        db_on_progress(db, list_stop_for_key, NULL);
    enum status st = listing_fetch(l->ui->session, &l->q, from, place, limit, &page, &err);
    db_on_progress(db, NULL, NULL);
    if (st != ST_OK) {
        l->loaded = l->loaded && st != ST_STOPPED;
        ui_complain(l->ui, &err);
        return false;
    }
    listing_page_free(&l->page);
    l->page = page;
    l->skip = 0;
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

/* The row at this very place: where a record stands twice, the right one of the two. */
static bool select_place(struct list *l, const char *place)
{
    for (size_t i = 0; i < l->page.n; i++) {
        if (strcmp(l->page.row[i].place, place) == 0) {
            l->selected = i;
            return true;
        }
    }
    return false;
}

/* A page that ends before the screen does is filled from above. */
static void fill_up(struct list *l)
{
    if (!l->at_end || l->at_start || l->page.n >= (size_t)l->height || !list_view_whole(l))
        return;
    char *place = l->page.n ? mem_strdup(l->page.row[l->selected].place) : NULL;
    if (load(l, PAGE_LAST, NULL, (size_t)l->height)) {
        clamp(l);
        if (place)
            select_place(l, place);
        list_view_end(l);
    }
    free(place);
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

void list_want(struct list *l, enum type_id type, int64_t id, const char *place, size_t above)
{
    free(l->wanted.place);
    free(l->wanted.top);
    l->wanted.top = NULL;
    l->wanted.type = type;
    l->wanted.id = id;
    l->wanted.place = mem_strdup(place);
    l->wanted.above = above;
}

/* Where headings scroll away the page may end before the screen does. */
static void view(struct list *l)
{
    list_view(l);
    if (l->at_end || !l->seen || l->skip + l->seen < l->page.n || !list_view_left(l))
        return;
    char *first = mem_strdup(l->page.row[l->skip].place);
    char *place = mem_strdup(l->page.row[l->selected].place);
    bool start = l->at_start && l->skip == 0;
    if (load(l, PAGE_AT, first, (size_t)l->height)) {
        l->at_start = start;
        clamp(l);
        select_place(l, place);
        fill_up(l);
        list_view(l);
    }
    free(first);
    free(place);
}

static void forget_start(struct list *l)
{
    list_want(l, T_NONE, 0, NULL, 0);
    free(l->start);
    l->start = NULL;
}

/* The page as it was seen, which is one reading where show_at needs two; *found: the row at `place`
 * is on it. False when nothing was read. */
static bool show_page(struct list *l, const char *top, const char *place, bool *found)
{
    bool first = !*top;
    if (!load(l, first ? PAGE_FIRST : PAGE_AT, first ? NULL : top, (size_t)l->height))
        return false;
    l->at_start = first;
    *found = select_place(l, place);
    if (*found)
        fill_up(l);
    return true;
}

/* Shows the row that is wanted, or where it was; false when nothing was read. */
static bool show_wanted(struct list *l)
{
    enum type_id type = l->wanted.type;
    int64_t id = l->wanted.id;
    char *place = l->wanted.place ? mem_strdup(l->wanted.place) : NULL;
    bool told = place != NULL, there = false;
    if (told && l->wanted.top && (!show_page(l, l->wanted.top, place, &there) || there)) {
        free(place);
        return there;
    }
    if (!place)
        place = list_place_of(l, type, id);
    bool shown = place && show_at(l, place, l->wanted.above);
    bool found = shown && (select_place(l, place) || list_select(l, type, id));
    free(place);
    if (!shown || found || !told || !list_can_seek(l))
        return shown;
    place = list_place_of(l, type, id); /* it stands elsewhere by now */
    if (place)
        shown = show_at(l, place, l->wanted.above);
    if (place && shown)
        select_place(l, place);
    free(place);
    return shown;
}

static bool show_start(struct list *l)
{
    char *place = listing_place(l->start);
    l->at_start = false;
    bool shown = load(l, PAGE_AT, place, (size_t)l->height);
    if (shown)
        fill_up(l);
    free(place);
    return shown;
}

static void first_load(struct list *l)
{
    l->selected = 0;
    bool shown = (l->wanted.id && show_wanted(l)) || (!l->wanted.id && l->start && show_start(l)) ||
                 load(l, PAGE_FIRST, NULL, (size_t)l->height);
    if (!shown) /* a key came: later */
        return;
    forget_start(l);
    view(l);
}

void list_restart(struct list *l)
{
    l->selected = l->skip = l->seen = 0;
    l->count = l->records = -1;
    l->loaded = false;
    /* Of a heap of keys only the last one's answer is seen: read when it is drawn or acted on. */
    if (l->height && !term_key_waiting())
        first_load(l);
}

void list_begin(struct list *l)
{
    forget_start(l);
    list_restart(l);
}

void list_start_at(struct list *l, const char *text)
{
    forget_start(l);
    l->start = mem_strdup(text);
    l->loaded = false;
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

/* Reads the page again that begins with the first row seen, and selects the same row. */
static void load_again(struct list *l)
{
    const struct listing_row *row = list_row(l);
    int64_t id = row ? row->id : 0;
    enum type_id type = row ? row->type : T_NONE;
    bool start = l->skip == 0 && l->at_start;
    size_t above = l->selected - l->skip;
    char *place = row ? mem_strdup(row->place) : NULL;
    char *first = row ? mem_strdup(l->page.row[l->skip].place) : NULL;
    l->patient = true;
    if (load(l, start || !first ? PAGE_FIRST : PAGE_AT, first, (size_t)l->height) && first)
        l->at_start = start;
    clamp(l);
    /* New rows may have pushed it off the page. A group's row is looked for at its place first: the
     * record may stand on the page a second time. */
    if (place && !select_place(l, place) && (list_groups(l) || !list_select(l, type, id)) &&
        show_at(l, place, above) && !select_place(l, place) && !list_select(l, type, id))
        clamp(l);
    fill_up(l);
    view(l);
    l->patient = false;
    free(first);
    free(place);
}

void list_refresh(struct list *l)
{
    enum { AT_ONCE = 1000 };
    if (!l->height || !l->loaded)
        return;
    load_again(l);
    l->count = l->records = -1;
    l->marks_stale = l->marks.n > 0;
    if (l->marks.n <= AT_ONCE && list_can_seek(l))
        list_marks_check(l, true);
}

void list_ensure(struct list *l, int height)
{
    if (l->loaded && l->height == height)
        return;
    l->height = height;
    if (!l->loaded) {
        first_load(l);
        return;
    }
    list_view(l);
    load_again(l);
}

bool list_select(struct list *l, enum type_id type, int64_t id)
{
    for (size_t i = 0; i < l->page.n; i++) {
        if (l->page.row[i].id == id && l->page.row[i].type == type) {
            l->selected = i;
            view(l);
            return true;
        }
    }
    return false;
}

bool list_can_seek(const struct list *l)
{
    return listing_column(l->q.listing, "id") >= 0 && !l->q.listing->type_sql;
}

char *list_place_of(struct list *l, enum type_id type, int64_t id)
{
    enum { MOST = 5000, STEP = 200 };
    struct listing_query q = l->q;
    struct listing_page page;
    char number[24], *place = NULL, *found = NULL;
    int column = listing_column(q.listing, "id");
    bool more = true;
    snprintf(number, sizeof number, "%lld", (long long)id);
    if (list_can_seek(l) && q.nfilters < LISTING_FILTERS_MAX) {
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
    char *place = list_place_of(l, type, id);
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
        l->skip -= l->skip > 0;
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

/* Goes on after the last row that is seen; the same line stays selected. */
static void page_down(struct list *l)
{
    size_t line = l->selected - l->skip, next = l->skip + l->seen;
    if (!l->seen || (l->at_end && next >= l->page.n)) {
        l->selected = l->page.n ? l->page.n - 1 : 0;
        return;
    }
    char *place = mem_strdup(l->page.row[next - 1].place);
    if (load(l, PAGE_AFTER, place, (size_t)l->height)) {
        l->at_start = false;
        l->selected = 0;
        if (l->page.n < (size_t)l->height && list_view_whole(l)) {
            last_row(l);
        } else {
            list_view(l);
            l->selected = line < l->seen ? line : l->seen - 1;
        }
    }
    free(place);
}

static void page_up(struct list *l)
{
    size_t line = l->selected - l->skip;
    if (!l->page.n || (l->at_start && l->skip == 0)) {
        l->selected = 0;
        return;
    }
    char *place = mem_strdup(l->page.row[l->skip].place);
    if (load(l, PAGE_BEFORE, place, (size_t)l->height)) {
        if (l->page.n < (size_t)l->height && list_view_whole(l)) {
            first_row(l);
        } else {
            list_view_end(l);
            l->selected = l->skip + line;
            clamp(l);
        }
    }
    free(place);
}

bool list_act(struct list *l, enum action_id id)
{
    static void (*const moves[ACTION_COUNT])(struct list * l) = {
        [ACTION_DOWN] = row_down,   [ACTION_UP] = row_up,       [ACTION_PAGE_DOWN] = page_down,
        [ACTION_PAGE_UP] = page_up, [ACTION_FIRST] = first_row, [ACTION_LAST] = last_row,
    };
    if (!moves[id])
        return list_mark(l, id);
    list_settle(l);
    l->patient = true; /* a move that is given up would move something else */
    moves[id](l);
    view(l);
    l->patient = false;
    return true;
}

static void wheel(struct list *l, enum action_id id)
{
    enum { ROWS = 3 };
    for (int i = 0; i < ROWS; i++)
        list_act(l, id);
}

bool list_click(struct list *l, const struct click *c, bool *open)
{
    *open = false;
    if (c->y < l->y || c->y >= l->y + l->lines || c->x < l->x || c->x >= l->x + l->width)
        return false;
    list_settle(l);
    if (c->kind == CLICK_WHEEL_DOWN || c->kind == CLICK_WHEEL_UP) {
        wheel(l, c->kind == CLICK_WHEEL_DOWN ? ACTION_DOWN : ACTION_UP);
        return true;
    }
    size_t row = list_row_at_line(l, c->y - l->y);
    if (row < l->page.n) {
        l->selected = row;
        *open = c->kind == CLICK_TWICE;
    }
    return true;
}

/* ---- the row in hand --------------------------------------------------------------------------
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
