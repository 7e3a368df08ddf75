/* A small calendar to choose a day from, by its keys or by typing the date. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/date.h"
#include "samling/holiday.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/edit.h"
#include "ui/float.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

enum { WEEK_WIDTH = 7, DAY_WIDTH = 5, WEEKS = 6, INNER = WEEK_WIDTH + 7 * DAY_WIDTH };
enum { YEAR_FIRST = 1900, YEAR_LAST = 2199 }; /* as date_parse */
/* Rows of the box, from its upper edge. */
enum {
    AT_MONTH = 1,
    AT_NAMES,
    AT_WEEKS,
    AT_DAY = AT_WEEKS + WEEKS,
    AT_TYPED,
    HEIGHT = AT_TYPED + 2
};

struct picker {
    struct screen screen;
    char *title;
    struct day day;    /* in hand */
    struct edit typed; /* a date in words */
    bool unclear;      /* what is typed is no day */
    int y, x;          /* of the box, as it was drawn */
    void (*done)(void *arg, const char *day);
    void *arg;
    void (*drop)(void *arg);
};

/* ---- days -------------------------------------------------------------------------------------
 */

static bool same_day(struct day a, struct day b)
{
    return date_number(a) == date_number(b);
}

static long month_length(int year, int month)
{
    struct day next = {year + month / 12, month % 12 + 1, 1};
    return date_number(next) - date_number((struct day){year, month, 1});
}

/* The Monday of the week in which the month begins. */
static long first_shown(const struct picker *p)
{
    struct day first = {p->day.year, p->day.month, 1};
    return date_number(first) - date_weekday(first);
}

static void go_to(struct picker *p, long number)
{
    long first = date_number((struct day){YEAR_FIRST, 1, 1});
    long last = date_number((struct day){YEAR_LAST, 12, 31});
    p->day = date_from_number(number < first ? first : number > last ? last : number);
    edit_set(&p->typed, "");
    p->unclear = false;
}

static void go_by_months(struct picker *p, int by)
{
    int months = p->day.year * 12 + p->day.month - 1 + by;
    struct day to = {months / 12, months % 12 + 1, p->day.day};
    long length = month_length(to.year, to.month);
    if (to.day > length)
        to.day = (int)length;
    if (to.year >= YEAR_FIRST && to.year <= YEAR_LAST)
        go_to(p, date_number(to));
}

static void understand(struct picker *p)
{
    char iso[DATE_SIZE];
    const char *text = buf_str(&p->typed.text);
    p->unclear = !text_is_blank(text) && !date_parse(text, p->screen.ui->session->today, iso);
    if (!text_is_blank(text) && !p->unclear)
        date_split(iso, &p->day);
}

/* ---- drawing ----------------------------------------------------------------------------------
 */

static void draw_head(const struct picker *p, int y, int x)
{
    struct buf b = {0};
    buf_addf(&b, "< %s %d >", date_month_name(p->day.month, true), p->day.year);
    int w = text_width(b.s), in = (INNER - w) / 2;
    draw_text(y + AT_MONTH, x + in, w, LOOK_STRONG, b.s);
    /* TRANSLATORS: the head of the column of week numbers, as short as can be: "Uke" */
    draw_right(y + AT_NAMES, x, WEEK_WIDTH - 3, LOOK_DIM, _("Wk"));
    for (int i = 0; i < 7; i++) {
        buf_clear(&b);
        buf_add(&b, date_weekday_name(i, false));
        if (b.s[b.len - 1] == '.') /* the last letter stands above the last digit */
            b.s[--b.len] = '\0';
        draw_right(y + AT_NAMES, x + WEEK_WIDTH + i * DAY_WIDTH, DAY_WIDTH - 1, LOOK_DIM, b.s);
    }
    buf_free(&b);
}

/* Today stands in brackets, a holiday has a star. */
static void draw_day(const struct picker *p, struct day d, int y, int x)
{
    struct buf b = {0};
    bool today = same_day(d, p->screen.ui->session->today);
    bool holiday = holiday_of(d) == HOLIDAY_DAY;
    if (today)
        buf_addf(&b, "[%d]", d.day);
    else
        buf_addf(&b, "%d%s", d.day, holiday ? "*" : " ");
    enum look look = same_day(d, p->day)               ? LOOK_SELECTED
                     : holiday || date_weekday(d) == 6 ? LOOK_WARN
                     : today                           ? LOOK_STRONG
                                                       : LOOK_PLAIN;
    draw_right(y, x + 1, DAY_WIDTH - 1, look, b.s);
    buf_free(&b);
}

static void draw_weeks(const struct picker *p, int y, int x)
{
    long number = first_shown(p);
    for (int week = 0; week < WEEKS; week++, number += 7) {
        struct buf b = {0};
        struct day monday = date_from_number(number), sunday = date_from_number(number + 6);
        if (monday.month != p->day.month && sunday.month != p->day.month)
            return;
        buf_addf(&b, "%d", date_iso_week(monday, NULL));
        draw_right(y + week, x, WEEK_WIDTH - 3, LOOK_DIM, b.s);
        buf_free(&b);
        for (int i = 0; i < 7; i++) {
            struct day d = date_from_number(number + i);
            if (d.month == p->day.month)
                draw_day(p, d, y + week, x + WEEK_WIDTH + i * DAY_WIDTH);
        }
    }
}

/* The day in hand in words; its holiday when there is room for it. */
static void draw_day_words(const struct picker *p, int y, int x)
{
    struct buf b = {0}, name = {0};
    char iso[DATE_SIZE];
    date_join(p->day, iso);
    date_long(&b, iso);
    holiday_name(p->day, &name);
    if (same_day(p->day, p->screen.ui->session->today))
        buf_addf(&b, ", %s", _("today"));
    else if (name.len > 0)
        buf_addf(&b, ", %s", name.s);
    if (p->unclear)
        draw_text(y, x, INNER, LOOK_BAD, _("No such day: try 21.11., +7, fri"));
    else
        draw_text(y, x, INNER, LOOK_STRONG, b.s);
    buf_free(&b);
    buf_free(&name);
}

/* False: nothing is typed. */
static bool draw_typed(struct picker *p, int y, int x)
{
    struct buf label = {0};
    if (p->typed.text.len == 0) {
        draw_text(y, x, INNER, LOOK_DIM, _("or type it: 21.11.   +7   fri"));
        return false;
    }
    buf_addf(&label, "%s: ", _("Date"));
    int w = text_width(label.s);
    draw_text(y, x, w, LOOK_DIM, label.s);
    edit_draw(&p->typed, y, x + w, INNER - w, true);
    buf_free(&label);
    return true;
}

static void picker_draw(struct screen *s)
{
    struct picker *p = (struct picker *)s;
    int width = INNER + 4, x = (term_width() - width) / 2, y = (term_height() - 1 - HEIGHT) / 3;
    p->x = x;
    p->y = y = y > 1 ? y : 1;
    float_foot(s->ui, _("Enter takes it   Esc closes   PgUp PgDn month   . today"), NULL);
    draw_box(y, x, HEIGHT, width, p->title);
    draw_head(p, y, x + 2);
    draw_weeks(p, y + AT_WEEKS, x + 2);
    draw_day_words(p, y + AT_DAY, x + 2);
    if (draw_typed(p, y + AT_TYPED, x + 2))
        return;
    long at = date_number(p->day) - first_shown(p);
    if (term_is_plain()) /* the cursor is on what is read */
        draw_cursor(y + AT_DAY, x + 2);
    else
        draw_cursor(y + AT_WEEKS + (int)(at / 7),
                    x + 2 + WEEK_WIDTH + (int)(at % 7) * DAY_WIDTH + DAY_WIDTH - 2);
}

/* ---- keys -------------------------------------------------------------------------------------
 */

static void take(struct picker *p)
{
    char iso[DATE_SIZE];
    struct ui *ui = p->screen.ui;
    if (p->unclear) {
        ui_say(ui, "%s", _("What is typed is no day that there is."));
        return;
    }
    date_join(p->day, iso);
    screen_pop(ui, &p->screen);
    p->done(p->arg, iso);
}

static bool move_key(struct picker *p, int key)
{
    long here = date_number(p->day);
    switch (key) {
    case KEY(KEY_LEFT): go_to(p, here - 1); return true;
    case KEY(KEY_RIGHT): go_to(p, here + 1); return true;
    case KEY(KEY_UP): go_to(p, here - 7); return true;
    case KEY(KEY_DOWN): go_to(p, here + 7); return true;
    case '<':
    case KEY(KEY_PPAGE): go_by_months(p, -1); return true;
    case '>':
    case KEY(KEY_NPAGE): go_by_months(p, 1); return true;
    case KEY(KEY_HOME): go_to(p, here - p->day.day + 1); return true;
    case KEY(KEY_END):
        go_to(p, here - p->day.day + month_length(p->day.year, p->day.month));
        return true;
    default: return false;
    }
}

static void type_key(struct picker *p, int key)
{
    bool empty = p->typed.text.len == 0, changed = false;
    if (empty && key == '.')
        go_to(p, date_number(p->screen.ui->session->today));
    else if (empty && key == ' ')
        return;
    else if (edit_key(&p->typed, key, &changed) && changed)
        understand(p);
}

static enum handled picker_key(struct screen *s, int key)
{
    struct picker *p = (struct picker *)s;
    if (float_key(key))
        return HANDLED;
    if (key == KEY_RETURN)
        take(p);
    else if (key == KEY_ESCAPE || key == CTRL_('G'))
        screen_pop(s->ui, s);
    else if (!move_key(p, keys_without_ctrl(key)))
        type_key(p, key);
    return HANDLED;
}

static bool picker_paste(struct screen *s, const char *text)
{
    struct picker *p = (struct picker *)s;
    edit_paste(&p->typed, text);
    understand(p);
    return true;
}

/* A day is chosen, and taken by a double click; the ends of the month's name lead to the next. */
static enum handled picker_click(struct screen *s, const struct click *c)
{
    struct picker *p = (struct picker *)s;
    int row = c->y - p->y, column = c->x - p->x - 2;
    if (c->kind == CLICK_WHEEL_UP || c->kind == CLICK_WHEEL_DOWN) {
        go_by_months(p, c->kind == CLICK_WHEEL_UP ? -1 : 1);
        return HANDLED;
    }
    if (c->kind == CLICK_RIGHT || column < 0 || column >= INNER)
        return HANDLED;
    if (row == AT_MONTH)
        go_by_months(p, column < INNER / 2 ? -1 : 1);
    if (row < AT_WEEKS || row >= AT_WEEKS + WEEKS || column < WEEK_WIDTH)
        return HANDLED;
    struct day d =
        date_from_number(first_shown(p) + (row - AT_WEEKS) * 7 + (column - WEEK_WIDTH) / DAY_WIDTH);
    if (d.month != p->day.month)
        return HANDLED;
    go_to(p, date_number(d));
    if (c->kind == CLICK_TWICE)
        take(p);
    return HANDLED;
}

static void picker_free(struct screen *s)
{
    struct picker *p = (struct picker *)s;
    if (p->drop)
        p->drop(p->arg);
    edit_free(&p->typed);
    free(p->title);
    free(p);
}

static const struct screen_class picker_class = {
    .name = "picker",
    .context = IN_DIALOG,
    .floats = true,
    .types = true,
    .draw = picker_draw,
    .key = picker_key,
    .paste = picker_paste,
    .click = picker_click,
    .free = picker_free,
};

void picker_open(struct ui *ui, const char *title, const char *day,
                 void (*done)(void *arg, const char *day), void *arg, void (*drop)(void *arg))
{
    struct picker *p = mem_alloc(sizeof *p);
    p->screen.class = &picker_class;
    p->title = mem_strdup(title);
    p->done = done;
    p->arg = arg;
    p->drop = drop;
    if (!date_split(day, &p->day))
        p->day = ui->session->today;
    screen_push(ui, &p->screen);
}
