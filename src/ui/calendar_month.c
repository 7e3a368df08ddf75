/* The month: weeks as rows, several lines each; what lasts days is a bar across them. */
#include "config.h"

#include "ui/calendar_view.h"

#include <string.h>

#include "samling/holiday.h"
#include "samling/text.h"

enum {
    WEEK_COLUMN = 4,  /* of the numbers of the weeks */
    NUMBER = 4,       /* of a day's number, its signs before and after */
    BESIDE_LEAST = 7, /* columns that an entry wants beside the number */
    SLOTS_MAX = 12,
    LIST_LEAST = 3, /* lines below the grid: a rule, two entries */
    MORE = 3,       /* columns of "+2" */
};

/* In a slot: an entry, or what is carried. */
#define GHOST ((size_t)-2)

struct grid {
    long first;    /* Monday of the first week */
    int weeks;     /* of the month */
    int top;       /* the first one seen, where not all have room */
    int seen;      /* how many are */
    int lines;     /* of a week */
    int slots;     /* lines of a day that hold entries */
    bool beside;   /* the first of them beside the day's number */
    int x[8];      /* where the days begin; x[7]: after the last */
    long month[2]; /* its first and last day */
};

/* The weekend is narrower where there is little room: few gather then. */
static void set_columns(struct grid *g, struct place p)
{
    enum { AMPLE = 14 };
    int room = p.width - WEEK_COLUMN, even = room / 7;
    int weekend = even >= AMPLE ? even : even * 2 / 3;
    weekend = weekend > NUMBER ? weekend : NUMBER;
    int weekday = (room - 2 * weekend) / 5;
    int spare = room - 5 * weekday - 2 * weekend;
    g->x[0] = p.x + WEEK_COLUMN;
    for (int i = 0; i < 7; i++)
        g->x[i + 1] = g->x[i] + (i < 5 ? weekday : weekend + (weekend < weekday ? spare / 2 : 0));
    g->beside = weekday - NUMBER >= BESIDE_LEAST;
}

static struct grid lay_out(const struct calendar *c, struct place p)
{
    enum { MOST_WEEKS = 6, HEAD = 1 };
    struct grid g = {0};
    long last;
    int room = p.height - HEAD;
    calendar_span(c, &g.first, &last);
    calendar_period(c, &g.month[0], &g.month[1]);
    g.weeks = (int)(last - g.first + 1) / 7;
    set_columns(&g, p);
    /* As many lines in each month, so that nothing jumps from one to the next. */
    g.lines = (room - LIST_LEAST) / MOST_WEEKS;
    g.lines = g.lines < 1 ? 1 : g.lines > SLOTS_MAX ? SLOTS_MAX : g.lines;
    if (g.lines == 1)
        g.beside = true;
    g.slots = g.beside ? g.lines : g.lines - 1;
    g.seen = g.weeks * g.lines <= room ? g.weeks : room / g.lines;
    g.seen = g.seen < 1 ? 1 : g.seen;
    int week = (int)(c->day - g.first) / 7;
    g.top = week >= g.seen ? week - g.seen + 1 : 0;
    return g;
}

/* ---- what stands on which line --------------------------------------------------------------- */

struct week {
    long monday;
    size_t slot[SLOTS_MAX][7];
    int more[7]; /* entries that have no line */
};

static bool is_free(const struct week *w, int slot, int from, int to)
{
    for (int i = from; i <= to; i++)
        if (w->slot[slot][i] != NO_ENTRY)
            return false;
    return true;
}

/* Gives it the first line that is free on all of its days in this week. A bar would rather not have
 * the days' numbers in its way. */
static void place_entry(struct week *w, const struct grid *g, long first, long last, size_t what)
{
    int from = first > w->monday ? (int)(first - w->monday) : 0;
    int to = last < w->monday + 6 ? (int)(last - w->monday) : 6;
    int skip = g->beside && first != last;
    for (int n = 0; n < g->slots; n++) {
        int slot = (n + skip) % g->slots;
        if (!is_free(w, slot, from, to))
            continue;
        for (int i = from; i <= to; i++)
            w->slot[slot][i] = what;
        return;
    }
    for (int i = from; i <= to; i++)
        w->more[i]++;
}

static void fill_week(const struct calendar *c, const struct grid *g, long monday, struct week *w)
{
    *w = (struct week){.monday = monday};
    for (int slot = 0; slot < SLOTS_MAX; slot++)
        for (int i = 0; i < 7; i++)
            w->slot[slot][i] = NO_ENTRY;
    long ghost_last = c->day + c->carry.last - c->carry.first;
    if (c->carry.record && c->day <= monday + 6 && ghost_last >= monday)
        place_entry(w, g, c->day, ghost_last, GHOST);
    /* Bars come first, so that they hang together. */
    for (int bars = 1; bars >= 0; bars--) {
        for (size_t i = 0; i < c->entries.n; i++) {
            const struct calendar_entry *e = &c->entries.entry[i];
            if (e->first > monday + 6)
                break;
            if (e->last >= monday && (e->first != e->last) == bars)
                place_entry(w, g, e->first, e->last, i);
        }
    }
}

/* ---- cells ----------------------------------------------------------------------------------- */

static bool in_month(const struct grid *g, long day)
{
    return day >= g->month[0] && day <= g->month[1];
}

/* "[ 8]", " 17*": today between brackets, a sign for holidays. */
static void draw_number(const struct calendar *c, const struct grid *g, int y, int i, long day,
                        bool focus)
{
    char text[NUMBER + 1] = "    ";
    bool today = day_is_today(c, day);
    int n = date_from_number(day).day;
    text[0] = !focus && day == c->day ? '>' : today ? '[' : ' ';
    text[1] = n < 10 ? ' ' : (char)('0' + n / 10);
    text[2] = (char)('0' + n % 10);
    text[3] = today ? ']' : day_sign(day);
    draw_text(y, g->x[i], NUMBER,
              today              ? LOOK_STRONG
              : in_month(g, day) ? LOOK_PLAIN
                                 : LOOK_DIM,
              text);
}

/* Where the text of a slot begins, in the column of a day. */
static int text_at(const struct grid *g, int i)
{
    return g->x[i] + (g->beside ? NUMBER : 1);
}

static void label_of(const struct calendar *c, size_t what, long day, int room, struct buf *out)
{
    if (what == GHOST)
        buf_addf(out, ">%s", c->carry.ref);
    else
        entry_label(&c->entries.entry[what], day, room, out);
}

static enum look look_of(const struct calendar *c, const struct grid *g, size_t what, long day)
{
    if (what == GHOST)
        return LOOK_STRONG;
    enum look look = entry_look(&c->entries.entry[what]);
    return in_month(g, day) || look == LOOK_BAD ? look : LOOK_DIM;
}

static void draw_single(const struct calendar *c, const struct grid *g, int y, int i, long day,
                        size_t what)
{
    struct buf b = {0};
    int x = text_at(g, i), room = g->x[i + 1] - x;
    label_of(c, what, day, room, &b);
    draw_text(y, x, room, look_of(c, g, what, day), buf_str(&b));
    buf_free(&b);
}

/* "=BIM/1/3=======": a day's part of a bar, or all of it where no number is in the way. */
static void draw_bar_part(const struct calendar *c, const struct grid *g, int y, int x, int until,
                          long day, size_t what, bool named)
{
    struct buf b = {0}, label = {0};
    int room = until - x;
    buf_addc(&b, '=');
    if (named) {
        label_of(c, what, day, room - 2, &label);
        size_t n = text_fit(buf_str(&label), room - 1, NULL);
        buf_addn(&b, buf_str(&label), n);
    }
    while (text_width(b.s) < room)
        buf_addc(&b, '=');
    draw_text(y, x, room, look_of(c, g, what, day), b.s);
    buf_free(&b);
    buf_free(&label);
}

static void draw_bar(const struct calendar *c, const struct grid *g, int y, const struct week *w,
                     int slot, int from, int to)
{
    size_t what = w->slot[slot][from];
    if (slot > 0 || !g->beside) {
        draw_bar_part(c, g, y, text_at(g, from), g->x[to + 1], w->monday + from, what, true);
        return;
    }
    for (int i = from; i <= to; i++)
        draw_bar_part(c, g, y, text_at(g, i), g->x[i + 1], w->monday + i, what, i == from);
}

static bool is_bar(const struct calendar *c, size_t what)
{
    if (what == GHOST)
        return c->carry.first != c->carry.last;
    return c->entries.entry[what].first != c->entries.entry[what].last;
}

static void draw_slot(const struct calendar *c, const struct grid *g, int y, const struct week *w,
                      int slot)
{
    for (int i = 0, to; i < 7; i = to + 1) {
        size_t what = w->slot[slot][i];
        to = i;
        if (what == NO_ENTRY)
            continue;
        if (!is_bar(c, what)) {
            draw_single(c, g, y, i, w->monday + i, what);
            continue;
        }
        while (to < 6 && w->slot[slot][to + 1] == what)
            to++;
        draw_bar(c, g, y, w, slot, i, to);
    }
}

/* "+2": what has no line, at the right of the day's first. */
static void draw_more(const struct grid *g, int y, const struct week *w)
{
    for (int i = 0; i < 7; i++) {
        char text[8] = {'+', (char)('0' + w->more[i] % 10), '\0'};
        int right = g->x[i + 1], room = right - g->x[i] - NUMBER;
        if (!w->more[i])
            continue;
        if (w->more[i] > 9)
            memcpy(text, "+9+", 4);
        int n = room < MORE ? room : MORE;
        if (n < 2)
            draw_text(y, right - 1, 1, LOOK_STRONG, "+");
        else
            draw_right(y, right - n, n, LOOK_STRONG, text);
    }
}

/* A holiday's name where nothing else stands, and there is a line for it. */
static void draw_holidays(const struct grid *g, int y, const struct week *w)
{
    struct buf b = {0};
    for (int i = 0; i < 7; i++) {
        int x = text_at(g, i), room = g->x[i + 1] - x;
        if (g->slots < 1 || w->slot[0][i] != NO_ENTRY || room < BESIDE_LEAST)
            continue;
        buf_clear(&b);
        holiday_name(date_from_number(w->monday + i), &b);
        if (b.len)
            draw_text(g->beside ? y : y + 1, x, room, LOOK_DIM, b.s);
    }
    buf_free(&b);
}

static void draw_week(struct calendar *c, const struct grid *g, struct place p, int y, long monday)
{
    struct week w;
    struct buf number = {0};
    fill_week(c, g, monday, &w);
    buf_addf(&number, "%2d", date_iso_week(date_from_number(monday), NULL));
    draw_text(y, p.x + 1, 2, LOOK_DIM, number.s);
    buf_free(&number);
    for (int i = 0; i < 7; i++) {
        draw_number(c, g, y, i, monday + i, p.focus);
        calendar_spot(c, y, g->x[i], g->lines, g->x[i + 1] - g->x[i], monday + i, NO_ENTRY);
    }
    draw_holidays(g, y, &w);
    for (int slot = 0; slot < g->slots; slot++)
        draw_slot(c, g, y + slot + (g->beside ? 0 : 1), &w, slot);
    draw_more(g, y, &w);
    int hand = (int)(c->day - monday);
    if (hand >= 0 && hand < 7 && p.focus) {
        draw_look(y, g->x[hand], g->x[hand + 1] - g->x[hand], LOOK_SELECTED);
        draw_cursor(y, g->x[hand]);
    }
}

static void draw_head(const struct grid *g, struct place p)
{
    draw_text(p.y, p.x + 1, WEEK_COLUMN - 1, LOOK_DIM, _("Wk"));
    for (int i = 0; i < 7; i++)
        draw_text(p.y, g->x[i] + 1, g->x[i + 1] - g->x[i] - 1, LOOK_DIM,
                  date_weekday_name(i, false));
}

void calendar_draw_month(struct calendar *c, struct place p)
{
    struct grid g = lay_out(c, p);
    draw_head(&g, p);
    for (int i = 0; i < g.seen && i < g.weeks; i++)
        draw_week(c, &g, p, p.y + 1 + i * g.lines, g.first + 7L * (g.top + i));
    int used = 1 + g.seen * g.lines;
    if (p.height - used >= 2)
        calendar_draw_list(c, (struct place){p.y + used, p.x, p.height - used, p.width, p.focus});
}
