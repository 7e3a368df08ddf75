/* Days with their entries: the week as seven columns, or days as lines; and the list of one day. */
#include "config.h"

#include "ui/calendar_view.h"

#include <stdlib.h>

#include "samling/holiday.h"
#include "samling/mem.h"
#include "samling/text.h"

enum { GAP = 2 };

/* ---- lines of entries ------------------------------------------------------------------------ */

/* Columns of when and reference, as wide as the widest of what is shown. */
struct columns {
    int when, ref;
};

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static void widen(const struct calendar_entry *e, long day, struct columns *w)
{
    enum { WIDEST_REF = 16 };
    struct buf b = {0};
    entry_when(e, day, &b);
    w->when = larger(w->when, text_width(buf_str(&b)));
    int ref = text_width(e->ref);
    w->ref = larger(w->ref, ref < WIDEST_REF ? ref : WIDEST_REF);
    buf_free(&b);
}

/* "09–15  BIM/1/3  Samling 3 · Kulturhuset · 48 expected" */
static void draw_entry(struct calendar *c, struct calendar_entry *e, long day,
                       const struct columns *w, int y, int x, int width)
{
    struct buf b = {0};
    enum look look = entry_look(e);
    int at = 0;
    if (w->when) {
        entry_when(e, day, &b);
        draw_text(y, x, w->when < width ? w->when : width, look, buf_str(&b));
        at = w->when + GAP;
    }
    int ref = w->ref < width - at ? w->ref : width - at;
    draw_text(y, x + at, ref, look, e->ref);
    at += w->ref + GAP;
    buf_clear(&b);
    if (e->clash)
        buf_addf(&b, "!! %s", _("clash"));
    entry_about(c, e, &b);
    draw_text(y, x + at, width - at, look == LOOK_WARN ? LOOK_PLAIN : look, buf_str(&b));
    buf_free(&b);
}

/* ---- the day's list -------------------------------------------------------------------------- */

/* Which entries are seen: some `lines` of them, the chosen one among them. */
static size_t first_seen(const struct calendar *c, int lines)
{
    size_t chosen = calendar_chosen(c), first = calendar_next_on(c, c->day, NO_ENTRY);
    int before = 0;
    for (size_t i = first; i != chosen && i != NO_ENTRY; i = calendar_next_on(c, c->day, i))
        before++;
    for (; before >= lines && first != NO_ENTRY; before--)
        first = calendar_next_on(c, c->day, first);
    return first;
}

static void draw_nothing(const struct calendar *c, struct place p)
{
    struct buf b = {0};
    holiday_name(date_from_number(c->day), &b);
    draw_text(p.y, p.x + 1, p.width - 1, LOOK_DIM, b.len ? b.s : _("Nothing on this day."));
    buf_free(&b);
}

void calendar_draw_list(struct calendar *c, struct place p)
{
    struct columns w = {0};
    int lines = p.height - 1, y = p.y + 1;
    size_t chosen = calendar_chosen(c), n = calendar_count_on(c, c->day);
    draw_rule(p.y, p.x, p.width);
    c->has_list = true;
    if (!n)
        draw_nothing(c, (struct place){y, p.x, lines, p.width, p.focus});
    for (size_t i = calendar_next_on(c, c->day, NO_ENTRY); i != NO_ENTRY;
         i = calendar_next_on(c, c->day, i))
        widen(&c->entries.entry[i], c->day, &w);
    for (size_t i = first_seen(c, lines); i != NO_ENTRY && lines > 0;
         i = calendar_next_on(c, c->day, i), y++, lines--) {
        draw_entry(c, &c->entries.entry[i], c->day, &w, y, p.x + 2, p.width - 2);
        calendar_spot(c, y, p.x, 1, p.width, c->day, i);
        if (i != chosen)
            continue;
        if (c->in_list && p.focus) {
            draw_look(y, p.x, p.width, LOOK_SELECTED);
            draw_cursor(y, p.x);
        } else if (n > 1) {
            draw_text(y, p.x, 1, LOOK_ACCENT, ">");
        }
    }
    if (n > (size_t)(p.height - 1)) {
        struct buf more = {0};
        buf_addf(&more, _(" %zu on this day "), n);
        int width = text_width(more.s);
        draw_right(p.y, p.x + p.width - width - 1, width, LOOK_DIM, more.s);
        buf_free(&more);
    }
}

/* ---- days as lines --------------------------------------------------------------------------- */

struct row {
    long day;
    size_t entry; /* NO_ENTRY: the day itself, its holiday */
    bool heads;   /* the first of its day */
};

struct rows {
    struct row *row;
    size_t n, cap;
    size_t hand; /* the row in hand */
};

static void add_row(struct calendar *c, struct rows *r, long day, size_t entry, bool heads)
{
    r->row = mem_grow(r->row, &r->cap, r->n + 1, sizeof *r->row);
    r->row[r->n] = (struct row){day, entry, heads};
    if (day == c->day && entry == calendar_chosen(c))
        r->hand = r->n;
    r->n++;
}

static void add_day(struct calendar *c, struct rows *r, long day)
{
    size_t i = calendar_next_on(c, day, NO_ENTRY);
    bool heads = true;
    if (i == NO_ENTRY || holiday_of(date_from_number(day)) != HOLIDAY_NONE) {
        add_row(c, r, day, NO_ENTRY, true);
        heads = false;
    }
    for (; i != NO_ENTRY; i = calendar_next_on(c, day, i), heads = false)
        add_row(c, r, day, i, heads);
}

static void collect(struct calendar *c, struct rows *r)
{
    long from, to;
    calendar_period(c, &from, &to);
    for (long day = from; day <= to; day++)
        if (day == c->day || (c->view == VIEW_WEEK && !term_is_plain()) ||
            calendar_next_on(c, day, NO_ENTRY) != NO_ENTRY ||
            holiday_of(date_from_number(day)) != HOLIDAY_NONE)
            add_day(c, r, day);
}

static void draw_day_name(const struct calendar *c, long day, int y, int x, int width)
{
    struct buf b = {0};
    bool today = day_is_today(c, day);
    buf_addc(&b, today ? '[' : ' ');
    day_words(day, &b);
    buf_addc(&b, today ? ']' : day_sign(day));
    draw_text(y, x, width, today ? LOOK_STRONG : LOOK_PLAIN, b.s);
    buf_free(&b);
}

static void draw_row(struct calendar *c, const struct row *r, const struct columns *w, int y,
                     struct place p)
{
    enum { DAY = 9 };
    int x = p.x + DAY + 1, width = p.width - DAY - 1;
    struct buf b = {0};
    if (r->heads)
        draw_day_name(c, r->day, y, p.x, DAY);
    if (r->entry == NO_ENTRY) {
        holiday_name(date_from_number(r->day), &b);
        draw_text(y, x, width, LOOK_DIM, buf_str(&b));
    } else {
        draw_entry(c, &c->entries.entry[r->entry], r->day, w, y, x, width);
    }
    if (r->heads && calendar_carries_to(c, r->day)) {
        buf_clear(&b);
        buf_addf(&b, ">%s", c->carry.ref);
        int n = text_width(b.s);
        draw_text(y, p.x + p.width - n - 1, n, LOOK_STRONG, b.s);
    }
    buf_free(&b);
}

/* All of it, what it is before each value, as a screen reader says it. */
static void plain_words(struct calendar *c, const struct row *r, struct buf *out)
{
    day_long(r->day, out);
    if (day_is_today(c, r->day))
        buf_addf(out, ", %s", _("today"));
    struct buf b = {0};
    holiday_name(date_from_number(r->day), &b);
    if (b.len)
        buf_addf(out, ", %s", b.s);
    if (calendar_carries_to(c, r->day)) {
        buf_add(out, ", ");
        buf_addf(out, _("here goes %s"), c->carry.ref);
    }
    buf_clear(&b);
    if (r->entry == NO_ENTRY) {
        if (calendar_next_on(c, r->day, NO_ENTRY) == NO_ENTRY &&
            !holiday_of(date_from_number(r->day)))
            buf_addf(out, ": %s", _("nothing"));
    } else {
        struct calendar_entry *e = &c->entries.entry[r->entry];
        e->kind == ENTRY_DEADLINE ? entry_when(e, r->day, &b) : entry_times(e, r->day, &b);
        buf_addf(out, "%s%s, %s", b.len ? ", " : "", buf_str(&b), e->ref);
        if (e->first != e->last) {
            buf_add(out, ", ");
            buf_addf(out, _("day %ld of %ld"), r->day - e->first + 1, e->last - e->first + 1);
        }
        buf_clear(&b);
        entry_about(c, e, &b);
        if (e->clash)
            buf_addf(out, ", %s", _("clash"));
        buf_addf(out, ", %s", buf_str(&b));
    }
    buf_free(&b);
}

static void draw_plain(struct calendar *c, const struct row *r, int y, struct place p)
{
    struct buf b = {0};
    plain_words(c, r, &b);
    draw_text(y, p.x + 1, p.width - 1, LOOK_PLAIN, b.s);
    buf_free(&b);
}

/* The first row seen: as it was, so that a step repaints two rows; a row further where the hand
 * left by one; else with the hand in the middle. */
static size_t top_row(struct calendar *c, const struct rows *r, size_t height)
{
    bool same = c->top_from == c->from && c->top + height <= r->n;
    c->top_from = c->from;
    if (r->n <= height)
        c->top = 0;
    else if (same && r->hand + 1 == c->top)
        c->top = r->hand;
    else if (same && r->hand == c->top + height)
        c->top++;
    else if (!same || r->hand < c->top || r->hand >= c->top + height)
        c->top = r->hand <= height / 2                  ? 0
                 : r->hand - height / 2 < r->n - height ? r->hand - height / 2
                                                        : r->n - height;
    return c->top;
}

void calendar_draw_rows(struct calendar *c, struct place p)
{
    struct rows r = {0};
    struct columns w = {0};
    collect(c, &r);
    size_t height = (size_t)p.height, top = top_row(c, &r, height);
    for (size_t i = top; i < r.n && i < top + height; i++)
        if (r.row[i].entry != NO_ENTRY)
            widen(&c->entries.entry[r.row[i].entry], r.row[i].day, &w);
    for (size_t i = top; i < r.n && i < top + height; i++) {
        int y = p.y + (int)(i - top);
        if (term_is_plain())
            draw_plain(c, &r.row[i], y, p);
        else
            draw_row(c, &r.row[i], &w, y, p);
        calendar_spot(c, y, p.x, 1, p.width, r.row[i].day, r.row[i].entry);
        if (i == r.hand && p.focus) {
            draw_look(y, p.x, p.width, LOOK_SELECTED);
            draw_cursor(y, p.x);
        } else if (i == r.hand) {
            draw_text(y, p.x, 1, LOOK_ACCENT, ">");
        }
    }
    free(r.row);
}

/* ---- the week as columns --------------------------------------------------------------------- */

/* A head, and below it each entry in up to four lines. */
struct column_place {
    int y, x, height, width;
};

static void draw_column_head(const struct calendar *c, long day, struct column_place p, bool focus)
{
    struct buf b = {0};
    draw_day_name(c, day, p.y, p.x, p.width);
    if (day == c->day && !focus)
        draw_text(p.y, p.x, 1, LOOK_ACCENT, ">");
    holiday_name(date_from_number(day), &b);
    draw_text(p.y + 1, p.x + 1, p.width - 1, LOOK_DIM, buf_str(&b));
    buf_free(&b);
}

static int line(int y, struct column_place p, enum look look, const char *s)
{
    if (!s || !*s || y >= p.y + p.height)
        return y;
    draw_text(y, p.x + 1, p.width - 2, look, s);
    return y + 1;
}

/* Returns the line after it. */
static int draw_block(const struct calendar_entry *e, long day, int y, struct column_place p)
{
    struct buf when = {0}, ref = {0};
    enum look look = entry_look(e);
    entry_when(e, day, &when);
    buf_addf(&ref, "%s%s", e->clash ? "!!" : "", e->ref);
    if (when.len && text_width(when.s) + 1 + text_width(ref.s) <= p.width - 2) {
        buf_addf(&when, " %s", ref.s);
        buf_clear(&ref);
    }
    y = line(y, p, look, when.s);
    y = line(y, p, look, buf_str(&ref));
    y = line(y, p, look, e->cancelled ? _("cancelled") : NULL);
    y = line(y, p, look == LOOK_DIM ? look : LOOK_PLAIN, e->title);
    y = line(y, p, LOOK_DIM, e->place);
    buf_free(&when);
    buf_free(&ref);
    return y;
}

/* Where the chosen entry would end below the edge, the first ones give way. */
static size_t first_block(const struct calendar *c, long day, struct column_place p)
{
    enum { BLOCK = 5 };
    size_t first = calendar_next_on(c, day, NO_ENTRY), at = 0;
    size_t room = (size_t)(p.height - 2) / BLOCK, chosen = calendar_chosen(c);
    if (day != c->day)
        return first;
    for (size_t i = first; i != NO_ENTRY && i != chosen; i = calendar_next_on(c, day, i))
        at++;
    for (; room && at >= room && first != NO_ENTRY; at--)
        first = calendar_next_on(c, day, first);
    return first;
}

static void draw_column(struct calendar *c, long day, struct column_place p, bool focus)
{
    int y = p.y + 2;
    size_t chosen = calendar_chosen(c);
    bool hand = day == c->day;
    draw_column_head(c, day, p, focus);
    calendar_spot(c, p.y, p.x, p.height, p.width, day, NO_ENTRY);
    if (calendar_carries_to(c, day)) {
        struct buf b = {0};
        buf_addf(&b, ">%s", c->carry.ref);
        y = line(y, p, LOOK_STRONG, b.s);
        buf_free(&b);
    }
    if (hand && focus) {
        draw_look(p.y, p.x, p.width - 1, LOOK_SELECTED);
        draw_cursor(p.y, p.x);
    }
    for (size_t i = first_block(c, day, p); i != NO_ENTRY && y < p.y + p.height;
         i = calendar_next_on(c, day, i)) {
        int end = draw_block(&c->entries.entry[i], day, y, p);
        calendar_spot(c, y, p.x, end - y, p.width, day, i);
        if (hand && i == chosen && focus) {
            draw_look(y, p.x, p.width - 1, LOOK_SELECTED);
            draw_cursor(y, p.x);
        } else if (hand && i == chosen) {
            draw_text(y, p.x, 1, LOOK_ACCENT, ">");
        }
        y = end + (p.height > 20 ? 1 : 0);
    }
}

void calendar_draw_week(struct calendar *c, struct place p)
{
    long from, to;
    calendar_period(c, &from, &to);
    for (int i = 0; i < 7; i++) {
        int x = p.x + p.width * i / 7, next = p.x + p.width * (i + 1) / 7;
        draw_column(c, from + i, (struct column_place){p.y, x, p.height, next - x}, p.focus);
    }
}
