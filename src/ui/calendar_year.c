/* The year: twelve small months, the days marked that have something. */
#include "config.h"

#include "ui/calendar_view.h"

#include <stdlib.h>

#include "samling/mem.h"
#include "samling/text.h"

enum {
    CELL = 3, /* a day's number and its sign */
    DAYS = 7 * CELL,
    WEEKS = 3, /* the number of a week */
    GAP = 2,
    MOST_ACROSS = 4,
};

struct year {
    long first, last;
    char *sign; /* of each day */
    int gatherings[12];
    bool weeks, heads;
    int across, width, height; /* months beside each other; of one month */
};

/* A deadline is more urgent than a gathering, both more than a holiday. */
static void mark_days(const struct calendar *c, struct year *y)
{
    for (long day = y->first; day <= y->last; day++)
        y->sign[day - y->first] = day_sign(day);
    for (size_t i = 0; i < c->entries.n; i++) {
        const struct calendar_entry *e = &c->entries.entry[i];
        long from = e->first > y->first ? e->first : y->first;
        long to = e->last < y->last ? e->last : y->last;
        if (e->cancelled)
            continue;
        for (long day = from; day <= to; day++) {
            char *sign = &y->sign[day - y->first];
            *sign = e->kind == ENTRY_DEADLINE || *sign == '!' ? '!' : '+';
        }
        if (e->kind == ENTRY_GATHERING)
            for (int m = date_from_number(from).month; m <= date_from_number(to).month; m++)
                y->gatherings[m - 1]++;
    }
}

static int fitting(int width, int month)
{
    int n = (width - 1 + GAP) / (month + GAP);
    return n < 1 ? 1 : n > MOST_ACROSS ? MOST_ACROSS : n;
}

static int down(int across)
{
    return (12 + across - 1) / across;
}

static void lay_out(struct year *y, struct place p)
{
    enum { TITLE = 1, HEADS = 1, LINES = 6 };
    y->across = fitting(p.width, DAYS);
    y->weeks = fitting(p.width, DAYS + WEEKS) == y->across;
    /* Six months on each of two lines of three read better than five and four. */
    y->width = DAYS + (y->weeks ? WEEKS : 0);
    y->height = TITLE + HEADS + LINES;
    y->heads = true;
    if (down(y->across) * y->height > p.height && down(y->across) * (y->height - 1) <= p.height) {
        y->heads = false;
        y->height--;
    }
}

static void draw_title(const struct year *y, struct day first, int at_y, int x)
{
    struct buf name = {0}, count = {0};
    int n = y->gatherings[first.month - 1];
    month_words(first, false, &name);
    int room = y->width - text_width(name.s) - 1;
    if (n == 1)
        buf_add(&count, _("1 gathering"));
    else if (n)
        buf_addf(&count, _("%d gatherings"), n);
    if (text_width(buf_str(&count)) > room - 1) {
        buf_clear(&count);
        buf_addf(&count, "%d", n);
    }
    draw_text(at_y, x, y->width - room, LOOK_STRONG, name.s);
    draw_right(at_y, x + y->width - room, room - 1, LOOK_PLAIN, buf_str(&count));
    buf_free(&name);
    buf_free(&count);
}

static void draw_heads(int y, int x)
{
    struct buf b = {0};
    for (int i = 0; i < 7; i++) {
        const char *name = date_weekday_name(i, false);
        buf_clear(&b);
        buf_addn(&b, name, text_fit(name, 2, NULL));
        draw_text(y, x + i * CELL, 2, LOOK_DIM, buf_str(&b));
    }
    buf_free(&b);
}

static void draw_day(struct calendar *c, const struct year *y, long day, int at_y, int x,
                     bool focus)
{
    int n = date_from_number(day).day;
    char sign = y->sign[day - y->first];
    bool today = day_is_today(c, day), marked = sign == '+' || sign == '!';
    char text[CELL + 1] = {n < 10 ? ' ' : (char)('0' + n / 10), (char)('0' + n % 10),
                           !focus && day == c->day ? '<'
                           : today                 ? ']'
                                                   : sign,
                           '\0'};
    draw_text(at_y, x, CELL, today || marked ? LOOK_STRONG : LOOK_PLAIN, text);
    calendar_spot(c, at_y, x, 1, CELL, day, NO_ENTRY);
    if (day == c->day && focus) {
        draw_look(at_y, x, CELL, LOOK_SELECTED);
        draw_cursor(at_y, x);
    }
}

static void draw_month(struct calendar *c, const struct year *y, int month, int at_y, int x,
                       struct place p)
{
    struct day first = {date_from_number(y->first).year, month, 1};
    long day = date_number(first);
    struct buf week = {0};
    draw_title(y, first, at_y++, x);
    x += y->weeks ? WEEKS : 0;
    if (y->heads)
        draw_heads(at_y++, x);
    for (; day <= y->last && date_from_number(day).month == month && at_y < p.y + p.height; day++) {
        int weekday = date_weekday(date_from_number(day));
        if (y->weeks && (weekday == 0 || day == date_number(first))) {
            buf_clear(&week);
            buf_addf(&week, "%2d", date_iso_week(date_from_number(day), NULL));
            draw_text(at_y, x - WEEKS, 2, LOOK_DIM, week.s);
        }
        draw_day(c, y, day, at_y, x + weekday * CELL, p.focus);
        at_y += weekday == 6;
    }
    buf_free(&week);
}

void calendar_draw_year(struct calendar *c, struct place p)
{
    struct year y = {0};
    calendar_period(c, &y.first, &y.last);
    y.sign = mem_alloc((size_t)(y.last - y.first + 1));
    mark_days(c, &y);
    lay_out(&y, p);
    int seen = p.height / y.height;
    seen = seen < 1 ? 1 : seen > down(y.across) ? down(y.across) : seen;
    /* Half a year, or what there is room for, at a time: whole pages stay where they are. */
    int row = (date_from_number(c->day).month - 1) / y.across;
    int top = row / seen * seen;
    for (int m = 1; m <= 12; m++) {
        int at = (m - 1) / y.across - top;
        if (at >= 0 && at < seen)
            draw_month(c, &y, m, p.y + at * y.height,
                       p.x + 1 + (m - 1) % y.across * (y.width + GAP), p);
    }
    free(y.sign);
}
