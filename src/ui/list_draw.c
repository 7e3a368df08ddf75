/* Drawing a list: which columns have room, the head, headings, rows, and what a search found. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/list_parts.h"
#include "ui/ui_internal.h"

enum { SHOWN_MAX = LISTING_COLUMNS_MAX, GAP = 2, LEAST = 12, WORDS_MAX = 8 };

/* ---- columns ----------------------------------------------------------------------------------
 */

struct shown {
    int column[SHOWN_MAX];
    int width[SHOWN_MAX];
    int n;
};

static bool is_heading(const struct list *l, int column)
{
    for (int i = 0; i < LIST_GROUPS_MAX; i++)
        if (l->group[i] == column)
            return true;
    return false;
}

/* The column that NAME or NAME:N (n bytes) is, and how wide it likes to be; -1 for none, and for
 * what the headings say. */
static int column_of(const struct list *l, const char *s, size_t n, int *want)
{
    const struct listing *g = l->q.listing;
    size_t name = strcspn(s, ":,");
    char *copy = mem_strndup(s, name);
    int c = listing_column(g, copy);
    free(copy);
    if (c < 0 || is_heading(l, c))
        return -1;
    *want = name < n ? atoi(s + name + 1) : g->columns[c].width ? g->columns[c].width : LEAST;
    return c;
}

/* Which columns, and how wide: the important ones as long as they fit, what is left over by `grow`.
 */
static struct shown lay_out(const struct list *l, int width)
{
    struct shown s = {0};
    const struct listing *g = l->q.listing;
    int used = 1, grow = 0;
    for (const char *p = list_columns_now(l); *p && s.n < SHOWN_MAX;) {
        size_t n = strcspn(p, ",");
        int want = 0, c = column_of(l, p, n, &want);
        p += n + (p[n] == ',');
        if (c < 0)
            continue;
        int left = width - used - GAP;
        if (s.n && want > left) {
            /* It likes to be wider than it needs. Cut, the third column says something too, where
             * it can be long. */
            bool enough = g->columns[c].width && g->columns[c].width <= left;
            if (!enough && (s.n > 2 || !g->columns[c].grow || left < LEAST))
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

/* ---- what a search found ----------------------------------------------------------------------
 */

struct words {
    char *folded;
    const char *word[WORDS_MAX];
    int n;
};

static struct words search_words(const struct list *l)
{
    struct words w = {0};
    struct buf b = {0};
    if (!l->search)
        return w;
    text_fold_search(&b, l->search);
    w.folded = buf_take(&b);
    for (char *p = w.folded; *p && w.n < WORDS_MAX;) {
        size_t n = strcspn(p, " ");
        w.word[w.n++] = p;
        p += n;
        if (*p)
            *p++ = '\0';
    }
    return w;
}

static int width_of(const char *s, size_t n)
{
    char *copy = mem_strndup(s, n);
    int width = text_width(copy);
    free(copy);
    return width;
}

/* In a cell that was drawn at x, the words that the search found; at most `most` of them. Returns
 * how many. */
static int draw_found(const struct words *w, const char *cell, int y, int x, int room, bool right,
                      enum look look, int most)
{
    int found = 0;
    int width = text_width(cell);
    int seen = width > room ? room - 1 : room; /* what is cut ends in an ellipsis */
    int from = right && width < room ? x + room - width : x;
    for (int i = 0; i < w->n; i++) {
        size_t start, end = 0;
        while (found < most && text_find(cell, w->word[i], end, &start, &end)) {
            int before = width_of(cell, start), n = width_of(cell + start, end - start);
            if (before >= seen)
                break;
            draw_look(y, from + before, before + n > seen ? seen - before : n, look);
            found++;
        }
    }
    return found;
}

/* ---- rows -------------------------------------------------------------------------------------
 */

static enum look cell_look(const struct column *c, int i, enum look row)
{
    if (row == LOOK_SELECTED)
        return row;
    return i <= 1 || c->kind == COLUMN_TEXT ? LOOK_PLAIN : LOOK_DIM;
}

static void draw_row(const struct list *l, const struct listing_row *r, const struct shown *s,
                     const struct words *w, int y, int x, int width, enum look look)
{
    /* Each costs some 16 bytes, twice when the cursor moves: more than two tell little more. */
    enum { FOUND_MAX = 2 };
    struct buf b = {0};
    int at = x + 1, left = FOUND_MAX;
    if (look == LOOK_SELECTED)
        draw_text(y, x, width, look, "");
    for (int i = 0; i < s->n; i++) {
        const struct column *c = &l->q.listing->columns[s->column[i]];
        int room = s->width[i];
        bool right = c->kind == COLUMN_NUMBER;
        if (at + room > x + width)
            room = x + width - at;
        buf_clear(&b);
        listing_show(l->q.listing, (size_t)s->column[i], r->cell[s->column[i]], &b);
        (right ? draw_right : draw_text)(y, at, room, cell_look(c, i, look), buf_str(&b));
        if (c->kind == COLUMN_TEXT)
            left -= draw_found(w, buf_str(&b), y, at, room, right,
                               look == LOOK_SELECTED ? LOOK_FOUND_SELECTED : LOOK_FOUND, left);
        at += s->width[i] + GAP;
    }
    buf_free(&b);
}

/* For a voice that reads it: what the row is called, then each value after its label. */
static void draw_row_plain(const struct list *l, const struct listing_row *r, int y, int x,
                           int width, bool marked, enum look look)
{
    struct buf line = {0}, value = {0}, pair = {0};
    const char *p = list_columns_now(l);
    bool first = true;
    buf_addc(&line, look == LOOK_PLAIN ? ' ' : '>');
    buf_add(&line, marked ? "*" : " ");
    while (*p) {
        size_t n = strcspn(p, ",");
        int want, c = column_of(l, p, n, &want);
        p += n + (p[n] == ',');
        buf_clear(&value);
        if (c >= 0)
            listing_show(l->q.listing, (size_t)c, r->cell[c], &value);
        if (c < 0 || text_is_blank(buf_str(&value)))
            continue;
        buf_clear(&pair);
        if (first)
            buf_add(&pair, value.s);
        else
            buf_addf(&pair, ", %s: %s", lang_tr(l->q.listing->columns[c].label), value.s);
        bool fits = text_width(buf_str(&line)) + text_width(pair.s) <= width;
        if (!fits && !first && width - text_width(buf_str(&line)) < LEAST)
            break;
        buf_add(&line, pair.s);
        first = false;
        if (!fits) /* cut, but it says something */
            break;
    }
    draw_text(y, x, width, look == LOOK_SELECTED ? look : LOOK_PLAIN, buf_str(&line));
    buf_free(&line);
    buf_free(&value);
    buf_free(&pair);
}

/* The value that the row and those below it have in a group's column. */
static void draw_heading(const struct list *l, const struct listing_row *r, int group, int y, int x,
                         int width)
{
    int column = l->group[group], indent = 1 + 2 * group;
    const struct column *c = &l->q.listing->columns[column];
    struct buf value = {0}, line = {0};
    listing_show(l->q.listing, (size_t)column, r->cell[column], &value);
    if (text_is_blank(buf_str(&value)))
        buf_addf(&line, "%s: %s", lang_tr(c->label), _("none"));
    else if (c->kind == COLUMN_NUMBER || term_is_plain())
        buf_addf(&line, "%s: %s", lang_tr(c->label), value.s);
    else
        buf_add(&line, value.s);
    draw_text(y, x + indent, width - indent, group ? LOOK_DIM : LOOK_STRONG, line.s);
    buf_free(&value);
    buf_free(&line);
}

/* ---- the head ---------------------------------------------------------------------------------
 */

/* How the column is sorted, where that is not the listing's own order; "" when it does not lead. */
static const char *sort_sign(const struct list *l, int column)
{
    if (!l->sort)
        return "";
    const char *name = l->sort + (*l->sort == '-');
    char *first = mem_strndup(name, strcspn(name, ","));
    bool leads = listing_column(l->q.listing, first) == column;
    free(first);
    return !leads ? "" : *l->sort == '-' ? " ↓" : " ↑";
}

static void draw_head(const struct list *l, const struct shown *s, int y, int x, int width)
{
    struct buf label = {0};
    int at = x + 1;
    draw_text(y, x, width, LOOK_DIM, "");
    for (int i = 0; i < s->n; i++) {
        const struct column *c = &l->q.listing->columns[s->column[i]];
        const char *sign = sort_sign(l, s->column[i]), *words = lang_tr(c->label);
        int room = at + s->width[i] > x + width ? x + width - at : s->width[i];
        int left = room - text_width(sign);
        buf_clear(&label);
        if (text_width(words) > left)
            text_pad(&label, words, left, ALIGN_LEFT);
        else
            buf_add(&label, words);
        buf_add(&label, sign);
        (c->kind == COLUMN_NUMBER ? draw_right : draw_text)(y, at, room, LOOK_DIM, buf_str(&label));
        at += s->width[i] + GAP;
    }
    buf_free(&label);
}

/* ---- all of it --------------------------------------------------------------------------------
 */

struct drawing {
    struct shown shown;
    struct words words;
    bool focus;
};

static bool is_folded(const struct list *l, const struct listing_row *r)
{
    if (!l->folded || !marks_has(l->folded, r->type, r->id))
        return false;
    const char *below = r->cell[listing_column(l->q.listing, l->below)];
    return below && atoi(below) > 0;
}

/* One row with its headings, from line y on; the next free line. */
static int draw_one(const struct list *l, const struct drawing *d, size_t i, int y)
{
    const struct listing_row *r = &l->page.row[i];
    bool on = i == l->selected, marked = marks_has(&l->marks, r->type, r->id);
    enum look look = !on ? LOOK_PLAIN : d->focus ? LOOK_SELECTED : LOOK_ACCENT;
    int groups = list_groups(l);
    for (int g = groups - list_headings(l, i, l->skip); g < groups; g++)
        draw_heading(l, r, g, y++, l->x, l->width);
    if (term_is_plain()) {
        draw_row_plain(l, r, y, l->x, l->width, marked, look);
    } else {
        draw_row(l, r, &d->shown, &d->words, y, l->x, l->width,
                 look == LOOK_SELECTED ? look : LOOK_PLAIN);
        if (marked || is_folded(l, r) || look == LOOK_ACCENT)
            draw_text(y, l->x, 1, look, marked ? "*" : look == LOOK_ACCENT ? ">" : "+");
    }
    if (on && d->focus)
        draw_cursor(y, l->x);
    return y + 1;
}

void list_draw(struct list *l, int y, int x, int height, int width, bool focus)
{
    struct drawing d = {.shown = lay_out(l, width), .focus = focus};
    if (!l->hide_head && !term_is_plain()) {
        draw_head(l, &d.shown, y++, x, width);
        height--;
    }
    if (height < 1)
        return;
    list_ensure(l, height);
    l->y = y;
    l->x = x;
    l->lines = height;
    l->width = width;
    d.words = search_words(l);
    if (focus)
        draw_cursor(y, x);
    for (size_t i = l->skip; i < l->skip + l->seen; i++)
        y = draw_one(l, &d, i, y);
    if (l->loaded && !l->page.n)
        draw_text(y, x + 1, width - 1, LOOK_DIM,
                  list_is_narrowed(l) ? _("Nothing found.") : _("Nothing here yet."));
    free(d.words.folded);
}
