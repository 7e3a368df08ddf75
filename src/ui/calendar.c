/* The calendar of a pane: the day in hand, what was read, and keys. How it is drawn stands in
 * calendar_month.c, calendar_week.c and calendar_year.c. */
#include "config.h"

#include "ui/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/holiday.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/calendar_view.h"
#include "ui/screens.h"

struct calendar *calendar_new(struct ui *ui, const struct listing_query *agenda)
{
    struct calendar *c = mem_alloc(sizeof *c);
    c->ui = ui;
    c->agenda = agenda;
    c->view = VIEW_AGENDA;
    c->day = date_number(ui->session->today);
    return c;
}

void calendar_free(struct calendar *c)
{
    if (!c)
        return;
    calendar_lay_down(c);
    calendar_entries_free(&c->entries);
    free(c->spot);
    free(c);
}

bool calendar_carries(const struct calendar *c)
{
    return c->carry.record != NULL;
}

enum calendar_view calendar_view(const struct calendar *c)
{
    return c->view;
}

void calendar_show(struct calendar *c, enum calendar_view view)
{
    c->view = view;
    c->in_list = false;
    if (view == VIEW_AGENDA)
        calendar_lay_down(c);
}

void calendar_refresh(struct calendar *c)
{
    c->loaded = false;
}

struct day calendar_day(const struct calendar *c)
{
    return date_from_number(c->day);
}

/* ---- periods --------------------------------------------------------------------------------- */

static long month_start(long day, int months)
{
    struct day d = date_from_number(day);
    int month = d.year * 12 + d.month - 1 + months;
    return date_number((struct day){month / 12, month % 12 + 1, 1});
}

static long week_start(long day)
{
    return day - date_weekday(date_from_number(day));
}

void calendar_period(const struct calendar *c, long *from, long *to)
{
    struct day d = date_from_number(c->day);
    switch (c->view) {
    case VIEW_WEEK:
        *from = week_start(c->day);
        *to = *from + 6;
        break;
    case VIEW_YEAR:
        *from = date_number((struct day){d.year, 1, 1});
        *to = date_number((struct day){d.year, 12, 31});
        break;
    default: *from = month_start(c->day, 0); *to = month_start(c->day, 1) - 1;
    }
}

void calendar_span(const struct calendar *c, long *from, long *to)
{
    calendar_period(c, from, to);
    if (c->view != VIEW_YEAR) {
        *from = week_start(*from);
        *to = week_start(*to) + 6;
    }
}

/* The same day of another month, or its last. */
static long months_on(long day, int months)
{
    long first = month_start(day, months), last = month_start(day, months + 1) - 1;
    long same = first + date_from_number(day).day - 1;
    return same < last ? same : last;
}

/* ---- what is there --------------------------------------------------------------------------- */

void calendar_ensure(struct calendar *c)
{
    struct calendar_entries read;
    struct error err = {0};
    long from, to;
    calendar_span(c, &from, &to);
    if (c->loaded && from == c->from && to == c->to)
        return;
    c->loaded = true; /* what cannot be read now is not tried at every drawing */
    c->from = from;
    c->to = to;
    c->clashes_known = false;
    if (calendar_read(c->ui->session, c->agenda, date_from_number(from), date_from_number(to),
                      &read, &err) != ST_OK) {
        ui_complain(c->ui, &err);
        read = (struct calendar_entries){0};
    }
    calendar_entries_free(&c->entries);
    c->entries = read;
    if (read.cut)
        ui_say(c->ui, _("Only the first %d entries are shown: search, or choose an offering."),
               CALENDAR_MOST);
}

size_t calendar_next_on(const struct calendar *c, long day, size_t at)
{
    for (size_t i = at == NO_ENTRY ? 0 : at + 1; i < c->entries.n; i++) {
        const struct calendar_entry *e = &c->entries.entry[i];
        if (e->first > day)
            break; /* they are sorted by it */
        if (e->last >= day)
            return i;
    }
    return NO_ENTRY;
}

size_t calendar_count_on(const struct calendar *c, long day)
{
    size_t n = 0;
    for (size_t i = calendar_next_on(c, day, NO_ENTRY); i != NO_ENTRY;
         i = calendar_next_on(c, day, i))
        n++;
    return n;
}

static size_t last_on(const struct calendar *c, long day)
{
    size_t last = NO_ENTRY;
    for (size_t i = calendar_next_on(c, day, NO_ENTRY); i != NO_ENTRY;
         i = calendar_next_on(c, day, i))
        last = i;
    return last;
}

static size_t before_on(const struct calendar *c, long day, size_t at)
{
    size_t before = NO_ENTRY;
    for (size_t i = calendar_next_on(c, day, NO_ENTRY); i != NO_ENTRY && i < at;
         i = calendar_next_on(c, day, i))
        before = i;
    return before;
}

size_t calendar_chosen(const struct calendar *c)
{
    size_t first = calendar_next_on(c, c->day, NO_ENTRY);
    for (size_t i = first; i != NO_ENTRY && c->chosen_id; i = calendar_next_on(c, c->day, i)) {
        const struct calendar_entry *e = &c->entries.entry[i];
        if (e->id == c->chosen_id && e->type == c->chosen_type && e->kind == c->chosen_kind)
            return i;
    }
    return first;
}

void calendar_choose(struct calendar *c, size_t entry)
{
    const struct calendar_entry *e = entry == NO_ENTRY ? NULL : &c->entries.entry[entry];
    c->chosen_id = e ? e->id : 0;
    c->chosen_type = e ? e->type : T_NONE;
    c->chosen_kind = e ? e->kind : ENTRY_GATHERING;
}

bool calendar_row(struct calendar *c, enum type_id *type, int64_t *id)
{
    if (c->view == VIEW_AGENDA)
        return false;
    calendar_ensure(c);
    size_t i = calendar_chosen(c);
    if (i == NO_ENTRY)
        return false;
    *type = c->entries.entry[i].type;
    *id = c->entries.entry[i].id;
    return true;
}

static bool choose_record(struct calendar *c, enum type_id type, int64_t id)
{
    calendar_ensure(c);
    for (size_t i = calendar_next_on(c, c->day, NO_ENTRY); i != NO_ENTRY;
         i = calendar_next_on(c, c->day, i)) {
        if (c->entries.entry[i].id != id || c->entries.entry[i].type != type)
            continue;
        calendar_choose(c, i);
        return true;
    }
    return false;
}

bool calendar_find(struct calendar *c, enum type_id type, int64_t id)
{
    static const char *const days[] = {"starts", "deadline"};
    long was = c->day;
    struct record *r;
    struct day d;
    bool found = false;
    if ((type != T_GATHERING && type != T_COHORT) ||
        record_load(c->ui->session, type_by_id(type), id, &r, NULL) != ST_OK)
        return false;
    for (size_t i = type == T_COHORT; i < 2 && !found; i++) {
        const char *iso = record_get(r, days[i]);
        if (!iso || !date_split(iso, &d))
            continue;
        c->day = date_number(d);
        found = choose_record(c, type, id);
    }
    record_free(r);
    if (!found)
        c->day = was;
    return found;
}

/* ---- moving ---------------------------------------------------------------------------------- */

void calendar_go(struct calendar *c, long day)
{
    const long first = date_number((struct day){1900, 1, 1});
    const long last = date_number((struct day){2199, 12, 31});
    c->day = day < first ? first : day > last ? last : day;
    c->in_list = false;
    calendar_choose(c, NO_ENTRY);
    calendar_say_carry(c);
}

bool calendar_is_rows(const struct calendar *c)
{
    return c->view == VIEW_WEEK || term_is_plain();
}

bool calendar_has_row(const struct calendar *c, long day)
{
    return c->view == VIEW_WEEK || c->carry.record || day == c->day ||
           calendar_next_on(c, day, NO_ENTRY) != NO_ENTRY ||
           holiday_of(date_from_number(day)) != HOLIDAY_NONE;
}

/* Through the entries of a day, then to the next day with a row, and on into the next period. */
static void step_row(struct calendar *c, int by)
{
    long from, to, day = c->day + by;
    calendar_period(c, &from, &to);
    size_t at = calendar_chosen(c);
    size_t next = at == NO_ENTRY || c->carry.record ? NO_ENTRY
                  : by > 0                          ? calendar_next_on(c, c->day, at)
                                                    : before_on(c, c->day, at);
    if (next != NO_ENTRY) {
        calendar_choose(c, next);
        return;
    }
    while (day >= from && day <= to && !calendar_has_row(c, day))
        day += by;
    calendar_go(c, day);
    calendar_ensure(c);
    if (by < 0)
        calendar_choose(c, last_on(c, c->day));
}

static void step_list(struct calendar *c, int by)
{
    size_t at = calendar_chosen(c);
    if (at == NO_ENTRY)
        return;
    size_t next = by > 0 ? calendar_next_on(c, c->day, at) : before_on(c, c->day, at);
    if (next != NO_ENTRY)
        calendar_choose(c, next);
}

static void down_or_up(struct calendar *c, int by)
{
    if (c->in_list)
        step_list(c, by);
    else if (calendar_is_rows(c))
        step_row(c, by);
    else
        calendar_go(c, c->day + 7 * by);
}

static void page(struct calendar *c, int by)
{
    calendar_go(c, c->view == VIEW_WEEK ? c->day + 7 * by : months_on(c->day, by));
}

static void period(struct calendar *c, int by)
{
    calendar_go(c, c->view == VIEW_WEEK ? c->day + 7 * by
                                        : months_on(c->day, c->view == VIEW_YEAR ? 12 * by : by));
}

static void end_of(struct calendar *c, bool last)
{
    if (c->in_list) {
        calendar_choose(c, last ? last_on(c, c->day) : calendar_next_on(c, c->day, NO_ENTRY));
        return;
    }
    long first = c->view == VIEW_WEEK ? week_start(c->day) : month_start(c->day, 0);
    calendar_go(c, !last ? first : c->view == VIEW_WEEK ? first + 6 : month_start(c->day, 1) - 1);
}

static void date_typed(void *arg, const char *text)
{
    struct calendar *c = arg;
    char iso[DATE_SIZE];
    struct day d;
    if (date_parse(text, c->ui->session->today, iso) && date_split(iso, &d))
        calendar_go(c, date_number(d));
    else
        ui_say(c->ui, _("“%s” is no day: write 21.11., +7 or fri."), text);
}

/* ---- opening --------------------------------------------------------------------------------- */

struct several {
    struct ui *ui;
    size_t n;
    struct {
        enum type_id type;
        int64_t id;
    } row[];
};

static void several_chosen(void *arg, size_t index)
{
    struct several *s = arg;
    record_open(s->ui, s->row[index].type, s->row[index].id);
}

/* Where the day's entries have no lines on the screen they are asked about. */
static void ask_which(struct calendar *c, size_t n)
{
    struct several *s = mem_alloc(sizeof *s + n * sizeof s->row[0]);
    char **labels = mem_alloc(n * sizeof *labels);
    struct buf title = {0};
    s->ui = c->ui;
    for (size_t i = calendar_next_on(c, c->day, NO_ENTRY); i != NO_ENTRY && s->n < n;
         i = calendar_next_on(c, c->day, i)) {
        struct buf label = {0};
        struct calendar_entry *e = &c->entries.entry[i];
        entry_when(e, c->day, &label);
        buf_addf(&label, "%s%s  ", label.len ? "  " : "", e->ref);
        struct buf about = {0};
        entry_about(c, e, &about);
        buf_add(&label, buf_str(&about));
        buf_free(&about);
        s->row[s->n].type = e->type;
        s->row[s->n].id = e->id;
        labels[s->n++] = buf_take(&label);
    }
    day_long(c->day, &title);
    choose_open(c->ui, title.s, (const char *const *)labels, s->n, 0, several_chosen, s, free);
    for (size_t i = 0; i < s->n; i++)
        free(labels[i]);
    free(labels);
    buf_free(&title);
}

/* False: the chosen entry is to be opened. */
static bool open_day(struct calendar *c)
{
    size_t n = calendar_count_on(c, c->day);
    if (c->carry.record) {
        calendar_put_down(c);
    } else if (c->view == VIEW_YEAR && !term_is_plain()) {
        calendar_show(c, VIEW_MONTH);
    } else if (n == 1 || c->in_list || calendar_is_rows(c)) {
        return false;
    } else if (c->has_list) {
        c->in_list = true;
        calendar_choose(c, calendar_chosen(c));
        ui_say(c->ui, "%s", _("Up and down choose, Enter opens, Esc goes back to the days."));
    } else {
        ask_which(c, n);
    }
    return true;
}

/* ---- actions --------------------------------------------------------------------------------- */

static bool act_on_view(struct calendar *c, enum action_id id)
{
    switch (id) {
    case ACTION_MONTH: calendar_show(c, VIEW_MONTH); break;
    case ACTION_WEEK: calendar_show(c, VIEW_WEEK); break;
    case ACTION_AGENDA: calendar_show(c, VIEW_AGENDA); break;
    case ACTION_YEAR: calendar_show(c, VIEW_YEAR); break;
    default: return false;
    }
    calendar_say_carry(c);
    return true;
}

bool calendar_act(struct calendar *c, enum action_id id)
{
    if (act_on_view(c, id))
        return true;
    if (c->view == VIEW_AGENDA)
        return false;
    calendar_ensure(c);
    switch (id) {
    case ACTION_EARLIER: period(c, -1); break;
    case ACTION_LATER: period(c, 1); break;
    case ACTION_GO_TODAY: calendar_go(c, date_number(c->ui->session->today)); break;
    case ACTION_GO_DATE:
        prompt_open(c->ui, _("Go to which day? (21.11., +7, fri)"), "", false, date_typed, c, NULL);
        break;
    case ACTION_DOWN: down_or_up(c, 1); break;
    case ACTION_UP: down_or_up(c, -1); break;
    case ACTION_PAGE_DOWN: page(c, 1); break;
    case ACTION_PAGE_UP: page(c, -1); break;
    case ACTION_FIRST: end_of(c, false); break;
    case ACTION_LAST: end_of(c, true); break;
    case ACTION_MOVE: calendar_pick_up(c, false); break;
    case ACTION_DUPLICATE: calendar_pick_up(c, true); break;
    case ACTION_OPEN: return open_day(c);
    default: return false;
    }
    return true;
}

bool calendar_key(struct calendar *c, int key)
{
    if (c->view == VIEW_AGENDA)
        return false;
    switch (key) {
    case KEY(KEY_LEFT): calendar_go(c, c->day - 1); return true;
    case KEY(KEY_RIGHT): calendar_go(c, c->day + 1); return true;
    case KEY_ESCAPE:
    case CTRL_('G'):
        if (c->carry.record) {
            ui_say(c->ui, _("%s stays where it is."), c->carry.ref);
            calendar_lay_down(c);
            return true;
        }
        if (!c->in_list)
            return false;
        c->in_list = false;
        return true;
    default: return false;
    }
}

/* Enter puts down what was picked up, and in a year shows the month: on any day. */
static bool may_open(struct calendar *c, struct buf *why)
{
    calendar_ensure(c);
    bool may = c->carry.record || (c->view == VIEW_YEAR && !term_is_plain()) ||
               calendar_count_on(c, c->day) > 0;
    if (!may && why)
        buf_add(why, _("There is nothing on this day."));
    return may;
}

bool calendar_may(struct calendar *c, enum action_id id, struct buf *why)
{
    if (c->view != VIEW_AGENDA && id == ACTION_OPEN)
        return may_open(c, why);
    if (c->view == VIEW_AGENDA || (id != ACTION_MOVE && id != ACTION_DUPLICATE))
        return true;
    calendar_ensure(c);
    size_t i = calendar_chosen(c);
    if (i != NO_ENTRY && c->entries.entry[i].kind == ENTRY_GATHERING)
        return true;
    if (why && i == NO_ENTRY)
        buf_add(why, _("There is no gathering on this day."));
    else if (why)
        buf_add(why, _("A deadline is changed in the form of what it belongs to."));
    return false;
}

/* ---- the mouse ------------------------------------------------------------------------------- */

void calendar_spot(struct calendar *c, int y, int x, int height, int width, long day, size_t entry)
{
    c->spot = mem_grow(c->spot, &c->spot_cap, c->nspots + 1, sizeof *c->spot);
    c->spot[c->nspots++] = (struct spot){y, x, height, width, day, entry};
}

/* What was drawn last lies on top. */
static const struct spot *spot_at(const struct calendar *c, int y, int x)
{
    for (size_t i = c->nspots; i-- > 0;) {
        const struct spot *s = &c->spot[i];
        if (y >= s->y && y < s->y + s->height && x >= s->x && x < s->x + s->width)
            return s;
    }
    return NULL;
}

bool calendar_click(struct calendar *c, const struct click *click, bool *open)
{
    *open = false;
    const struct spot *at = c->view == VIEW_AGENDA ? NULL : spot_at(c, click->y, click->x);
    if (!at)
        return false;
    if (click->kind == CLICK_WHEEL_UP || click->kind == CLICK_WHEEL_DOWN) {
        down_or_up(c, click->kind == CLICK_WHEEL_UP ? -1 : 1);
        return true;
    }
    struct spot s = *at;
    if (s.day != c->day)
        calendar_go(c, s.day);
    calendar_ensure(c);
    if (s.entry != NO_ENTRY && s.entry < c->entries.n && !c->carry.record)
        calendar_choose(c, s.entry);
    *open = click->kind == CLICK_TWICE;
    return true;
}

/* ---- remembering ----------------------------------------------------------------------------- */

static const char *const view_names[] = {"month", "week", "agenda", "year"};

void calendar_describe(const struct calendar *c, struct buf *out)
{
    char day[DATE_SIZE];
    date_join(date_from_number(c->day), day);
    buf_addf(out, "%s %s %d %lld %d", view_names[c->view], day, (int)c->chosen_type,
             (long long)c->chosen_id, (int)c->chosen_kind);
}

void calendar_adopt(struct calendar *c, const char *text)
{
    char view[8] = "", day[DATE_SIZE] = "";
    int type = 0, kind = 0;
    long long id = 0;
    struct day d;
    int n = text ? sscanf(text, "%7s %10s %d %lld %d", view, day, &type, &id, &kind) : 0;
    for (int i = 0; n >= 1 && i < 4; i++)
        if (strcmp(view, view_names[i]) == 0)
            calendar_show(c, (enum calendar_view)i);
    if (n >= 2 && date_split(day, &d))
        calendar_go(c, date_number(d));
    if (n < 4 || c->view == VIEW_AGENDA)
        return;
    /* Nothing is read before it is shown; where it is there no more, the day's first is chosen. */
    c->chosen_id = id;
    c->chosen_type = (enum type_id)type;
    c->chosen_kind = kind == ENTRY_DEADLINE ? ENTRY_DEADLINE : ENTRY_GATHERING;
}

/* ---- words about it -------------------------------------------------------------------------- */

void calendar_title(const struct calendar *c, struct buf *out)
{
    struct day d = date_from_number(c->day);
    char from[DATE_SIZE], to[DATE_SIZE];
    struct buf span = {0};
    switch (c->view) {
    case VIEW_MONTH: month_words(d, true, out); break;
    case VIEW_YEAR: buf_addf(out, "%d", d.year); break;
    case VIEW_WEEK:
        date_join(date_from_number(week_start(c->day)), from);
        date_join(date_from_number(week_start(c->day) + 6), to);
        span_long(&span, from, to);
        buf_addf(out, _("Week %d, %s"), date_iso_week(d, NULL), buf_str(&span));
        break;
    default: break;
    }
    buf_free(&span);
}

static void add_part(struct buf *out, const char *s)
{
    if (s && *s)
        buf_addf(out, "%s%s", out->len ? "  ·  " : "", s);
}

static void strip_entry(struct calendar *c, struct calendar_entry *e, struct buf *first,
                        struct buf *second)
{
    struct buf b = {0};
    add_part(first, e->ref);
    entry_when(e, c->day, &b);
    add_part(first, buf_str(&b));
    if (e->clash) {
        buf_clear(&b);
        buf_addf(&b, _("Clash: %s"), e->clash_words);
        add_part(second, b.s);
    }
    buf_clear(&b);
    entry_about(c, e, &b);
    add_part(second, buf_str(&b));
    buf_free(&b);
}

void calendar_strip(struct calendar *c, struct buf *first, struct buf *second)
{
    struct buf b = {0};
    buf_clear(first);
    buf_clear(second);
    calendar_ensure(c);
    day_long(c->day, first);
    buf_addf(&b, _("week %d"), date_iso_week(date_from_number(c->day), NULL));
    add_part(first, b.s);
    if (day_is_today(c, c->day))
        add_part(first, _("today"));
    buf_clear(&b);
    holiday_name(date_from_number(c->day), &b);
    add_part(first, buf_str(&b));
    size_t i = calendar_chosen(c);
    if (i != NO_ENTRY)
        strip_entry(c, &c->entries.entry[i], first, second);
    else if (!c->has_list) /* which says so itself */
        add_part(second, _("Nothing on this day."));
    buf_free(&b);
}

/* ---- pauses ---------------------------------------------------------------------------------- */

static bool stop_for_key(void *arg)
{
    (void)arg;
    return term_key_waiting();
}

bool calendar_idle(struct calendar *c)
{
    struct db *db = c->ui->session->db;
    /* A year's would take seconds, and its small months have no room to say so. */
    if (c->view == VIEW_AGENDA || c->view == VIEW_YEAR || !c->loaded || c->clashes_known)
        return false;
    db_on_progress(db, stop_for_key, NULL);
    enum status st = calendar_clashes(c->ui->session, &c->entries, NULL);
    db_on_progress(db, NULL, NULL);
    c->clashes_known = st != ST_STOPPED;
    if (st != ST_OK)
        return false;
    for (size_t i = 0; i < c->entries.n; i++)
        if (c->entries.entry[i].clash)
            return true;
    return false;
}

/* ---- drawing --------------------------------------------------------------------------------- */

void calendar_draw(struct calendar *c, int y, int x, int height, int width, bool focus)
{
    struct place p = {y, x, height, width, focus};
    enum { NARROW = 100 };
    c->nspots = 0;
    c->has_list = false;
    if (c->view == VIEW_AGENDA || height < 1)
        return;
    calendar_ensure(c);
    if (term_is_plain() || (c->view == VIEW_WEEK && width < NARROW))
        calendar_draw_rows(c, p);
    else if (c->view == VIEW_WEEK)
        calendar_draw_week(c, p);
    else if (c->view == VIEW_YEAR)
        calendar_draw_year(c, p);
    else
        calendar_draw_month(c, p);
}
