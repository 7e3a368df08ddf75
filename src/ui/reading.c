/* Text to read: help, the history of a record. Words in it are found as one types them. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/edit.h"
#include "ui/find.h"
#include "ui/flow.h"
#include "ui/frame.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

/* The title and its rule above; a rule, hints and message below. A line that is longer than this
 * is hard to read. */
enum { TOP = 3, FOOT = 3, WIDEST = 100 };

struct reading {
    struct screen screen;
    char *title, *text;
    struct flow flow;
    int width;  /* that the rows were made for */
    size_t top; /* the first row that is seen */
    struct edit search;
    bool typing;
    size_t before;     /* the first row seen when the search began */
    struct buf wanted; /* in search form; empty: nothing is looked for */
    size_t *hit;       /* where the lines that have it begin in the text */
    size_t nhits, cap;
    size_t at; /* the one in hand */
};

static size_t rows_seen(void)
{
    int n = term_height() - TOP - FOOT;
    return n > 0 ? (size_t)n : 1;
}

static void scroll_to(struct reading *r, size_t top)
{
    size_t seen = rows_seen(), last = r->flow.n > seen ? r->flow.n - seen : 0;
    r->top = top < last ? top : last;
}

/* A new width makes new rows; what stood at the top stays there. */
static void fit(struct reading *r)
{
    int width = term_width() - 4 < WIDEST ? term_width() - 4 : WIDEST;
    size_t from = r->top < r->flow.n ? r->flow.rows[r->top].from : 0, top = 0;
    if (width != r->width) {
        flow_text(&r->flow, r->text, width);
        r->width = width;
        while (top + 1 < r->flow.n && r->flow.rows[top].from < from)
            top++;
        r->top = top;
    }
    scroll_to(r, r->top);
}

/* ---- finding ----------------------------------------------------------------------------------
 */

/* Line by line, so that words are found also where a row ends between them. */
static void find_all(struct reading *r)
{
    const char *wanted = buf_str(&r->wanted);
    r->nhits = r->at = 0;
    for (size_t from = 0; r->text[from];) {
        size_t n = strcspn(r->text + from, "\n");
        if (find_has(r->text + from, n, wanted)) {
            r->hit = mem_grow(r->hit, &r->cap, r->nhits + 1, sizeof *r->hit);
            r->hit[r->nhits++] = from;
        }
        from += n + (r->text[from + n] == '\n');
    }
}

/* The first row of the line in hand, or the one of its rows that has the words. */
static size_t row_in_hand(const struct reading *r)
{
    size_t first = 0;
    while (first + 1 < r->flow.n && r->flow.rows[first].from < r->hit[r->at])
        first++;
    for (size_t i = first; i < r->flow.n && r->flow.rows[i].from == r->flow.rows[first].from; i++)
        if (find_has(r->flow.rows[i].text, strlen(r->flow.rows[i].text), buf_str(&r->wanted)))
            return i;
    return first;
}

/* A third of the screen above it, unless it is seen as it is. */
static void show_hit(struct reading *r)
{
    size_t row = row_in_hand(r), seen = rows_seen();
    if (row < r->top || row >= r->top + seen)
        scroll_to(r, row > seen / 3 ? row - seen / 3 : 0);
}

static void look_for(struct reading *r, const char *text)
{
    buf_clear(&r->wanted);
    text_fold_search(&r->wanted, text);
    find_all(r);
    scroll_to(r, r->before);
    if (r->nhits == 0)
        return;
    size_t from = r->top < r->flow.n ? r->flow.rows[r->top].from : 0;
    while (r->at + 1 < r->nhits && r->hit[r->at] < from)
        r->at++;
    show_hit(r);
}

static void find_next(struct reading *r)
{
    if (r->nhits == 0) {
        ui_say(r->screen.ui, "%s", _("Nothing found."));
        return;
    }
    r->at = (r->at + 1) % r->nhits;
    if (r->at == 0 && r->nhits > 1)
        ui_say(r->screen.ui, "%s", _("From the beginning again."));
    show_hit(r);
}

static void end_search(struct reading *r, bool keep)
{
    r->typing = false;
    if (keep && r->wanted.len > 0)
        return;
    edit_set(&r->search, "");
    look_for(r, "");
}

static enum handled search_key(struct reading *r, int key)
{
    bool changed = false;
    if (key == KEY_ESCAPE || key == CTRL_('G')) {
        end_search(r, false);
        return HANDLED;
    }
    if (key == KEY_RETURN) {
        end_search(r, true);
        return HANDLED;
    }
    if (edit_key(&r->search, key, &changed)) {
        if (changed)
            look_for(r, buf_str(&r->search.text));
        return HANDLED;
    }
    if (action_by_key(IN_READING, key, true) == ACTION_NONE)
        return HANDLED; /* a key that means nothing ends nothing */
    end_search(r, true);
    return NOT_HANDLED;
}

/* ---- drawing ----------------------------------------------------------------------------------
 */

/* "12–34 / 120"; while something is looked for, which of the places found is in hand. */
static void place_text(struct reading *r, struct buf *out)
{
    size_t end = r->top + rows_seen();
    if (r->nhits > 0)
        buf_addf(out, _("found %zu / %zu"), r->at + 1, r->nhits);
    if (r->nhits > 0 && r->flow.n > rows_seen())
        buf_add(out, "   ");
    if (r->flow.n > rows_seen())
        buf_addf(out, "%zu–%zu / %zu", r->top + 1, end, r->flow.n);
}

static void draw_title(struct reading *r)
{
    struct buf place = {0};
    int width = term_width();
    place_text(r, &place);
    int w = text_width(buf_str(&place));
    draw_text(1, 1, width - w - 3, LOOK_STRONG, r->title);
    draw_right(1, width - w - 1, w, LOOK_DIM, buf_str(&place));
    draw_rule(2, 0, width);
    buf_free(&place);
}

static bool is_hit(const struct reading *r, size_t from)
{
    for (size_t i = 0; i < r->nhits; i++)
        if (r->hit[i] == from)
            return true;
    return false;
}

static void draw_row(struct reading *r, size_t i, int y)
{
    const struct flow_row *row = &r->flow.rows[i];
    draw_text(y, 2, r->width, LOOK_PLAIN, row->text);
    if (row->strong > 0)
        draw_look(y, 2, row->strong, LOOK_STRONG);
    if (is_hit(r, row->from) && !find_draw(row->text, buf_str(&r->wanted), y, 2, r->width))
        find_draw_words(row->text, buf_str(&r->wanted), y, 2, r->width);
}

/* In the line of messages, which it takes: what it says is then about the search. */
static void draw_search(struct reading *r)
{
    struct ui *ui = r->screen.ui;
    struct buf label = {0};
    int y = term_height() - 1, width = term_width();
    if (!r->typing && (r->wanted.len == 0 || ui->message[0]))
        return;
    buf_addf(&label, "%s: ", _("Search"));
    int w = text_width(label.s);
    draw_text(y, 0, width, LOOK_PLAIN, "");
    draw_text(y, 1, w, LOOK_DIM, label.s);
    edit_draw(&r->search, y, 1 + w, (width - w) / 2, r->typing);
    if (r->wanted.len > 0 && r->nhits == 0) {
        const char *none = _("Nothing found.");
        draw_right(y, width - text_width(none) - 1, text_width(none), LOOK_WARN, none);
    }
    buf_free(&label);
}

static void reading_draw(struct screen *s)
{
    struct reading *r = (struct reading *)s;
    int y = TOP;
    fit(r);
    draw_frame(s->ui, IN_READING, NULL);
    draw_title(r);
    for (size_t i = 0; i < rows_seen() && r->top + i < r->flow.n; i++)
        draw_row(r, r->top + i, TOP + (int)i);
    draw_rule(term_height() - FOOT, 0, term_width());
    /* What is read next is where the cursor is: the place found, else the top. */
    if (r->nhits > 0 && row_in_hand(r) >= r->top && row_in_hand(r) < r->top + rows_seen())
        y = TOP + (int)(row_in_hand(r) - r->top);
    draw_cursor(y, 2);
    if (r->typing)
        frame_hints(_("Enter keeps what was found   Esc ends the search"));
    draw_search(r);
}

/* ---- keys -------------------------------------------------------------------------------------
 */

static enum handled reading_act(struct screen *s, enum action_id id)
{
    struct reading *r = (struct reading *)s;
    size_t page = rows_seen() > 1 ? rows_seen() - 1 : 1;
    switch (id) {
    case ACTION_DOWN: scroll_to(r, r->top + 1); return HANDLED;
    case ACTION_UP: scroll_to(r, r->top > 0 ? r->top - 1 : 0); return HANDLED;
    case ACTION_PAGE_DOWN: scroll_to(r, r->top + page); return HANDLED;
    case ACTION_PAGE_UP: scroll_to(r, r->top > page ? r->top - page : 0); return HANDLED;
    case ACTION_FIRST: scroll_to(r, 0); return HANDLED;
    case ACTION_LAST: scroll_to(r, r->flow.n); return HANDLED;
    case ACTION_SEARCH:
        r->typing = true;
        r->before = r->top;
        r->search.fresh = r->search.text.len > 0;
        return HANDLED;
    case ACTION_NEXT_FOUND: find_next(r); return HANDLED;
    default: return NOT_HANDLED;
    }
}

static bool reading_may(struct screen *s, enum action_id id, struct buf *why)
{
    const struct reading *r = (struct reading *)s;
    if (id != ACTION_NEXT_FOUND || r->wanted.len > 0)
        return true;
    if (why) {
        struct buf key = {0};
        action_key_text(ACTION_SEARCH, &key);
        buf_addf(why, _("Nothing was looked for yet: %s searches."), buf_str(&key));
        buf_free(&key);
    }
    return false;
}

static enum handled reading_key(struct screen *s, int key)
{
    struct reading *r = (struct reading *)s;
    if (r->typing)
        return search_key(r, key);
    switch (key) {
    case ' ': return reading_act(s, ACTION_PAGE_DOWN);
    case KEY_RETURN: return reading_act(s, ACTION_DOWN);
    case 'g': return reading_act(s, ACTION_FIRST);
    default: return NOT_HANDLED;
    }
}

static bool reading_paste(struct screen *s, const char *text)
{
    struct reading *r = (struct reading *)s;
    if (!r->typing)
        return false;
    edit_paste(&r->search, text);
    look_for(r, buf_str(&r->search.text));
    return true;
}

static void reading_free(struct screen *s)
{
    struct reading *r = (struct reading *)s;
    flow_free(&r->flow);
    edit_free(&r->search);
    buf_free(&r->wanted);
    free(r->hit);
    free(r->title);
    free(r->text);
    free(r);
}

static const struct screen_class reading_class = {
    .name = "reading",
    .context = IN_READING,
    .draw = reading_draw,
    .act = reading_act,
    .may = reading_may,
    .key = reading_key,
    .paste = reading_paste,
    .free = reading_free,
};

void reading_open(struct ui *ui, const char *title, char *text)
{
    struct reading *r = mem_alloc(sizeof *r);
    struct screen *top = screen_top(ui);
    r->screen.class = &reading_class;
    r->title = mem_strdup(title);
    r->text = text;
    /* Help on help would only pile up. */
    if (top && top->class == &reading_class && strcmp(((struct reading *)top)->title, title) == 0)
        screen_pop(ui, top);
    screen_push(ui, &r->screen);
}
