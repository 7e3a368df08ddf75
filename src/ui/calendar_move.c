/* Gatherings that are picked up in the calendar and put down on another day. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/holiday.h"
#include "samling/mem.h"

#include "ui/calendar_view.h"
#include "ui/screens.h"

/* A gathering on its new day, to be written when that is agreed to. */
struct plan {
    struct ui *ui;
    struct calendar *calendar; /* to show it in; NULL: the list does */
    struct record *record;     /* as it is to be */
    bool copy;
    char *ref; /* of what was picked up */
};

static void plan_free(void *arg)
{
    struct plan *p = arg;
    record_free(p->record);
    free(p->ref);
    free(p);
}

static void put(struct record *r, const char *field, const char *value)
{
    record_put(r, type_field(r->type, field), value);
}

/* ---- the new day ----------------------------------------------------------------------------- */

static void shift(struct record *r, const char *field, long days)
{
    char moved[MOMENT_SIZE];
    moment_shift(record_get(r, field), days, moved);
    put(r, field, moved);
}

/* The day that a gathering begins on; false when it has none. */
static bool first_day(const struct record *r, long *out)
{
    struct day d;
    const char *starts = record_get(r, "starts");
    if (!starts || !date_split(starts, &d))
        return false;
    *out = date_number(d);
    return true;
}

static long last_day(const struct record *r, long first)
{
    struct day d;
    const char *ends = record_get(r, "ends");
    return ends && date_split(ends, &d) ? date_number(d) : first;
}

static struct record *copy_of(const struct record *r)
{
    static const char *const kept[] = {"cohort", "title", "starts",   "ends",
                                       "place",  "level", "deadline", "note"};
    struct record *copy = record_new(r->type);
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        put(copy, kept[i], record_get(r, kept[i]));
    return copy;
}

/* The record with all its days moved; one without a day gets this one. */
static struct record *moved(const struct record *r, bool copy, long day)
{
    struct record *m = copy ? copy_of(r) : record_copy(r);
    long first;
    char iso[DATE_SIZE];
    if (!first_day(r, &first)) {
        date_join(date_from_number(day), iso);
        put(m, "starts", iso);
        return m;
    }
    shift(m, "starts", day - first);
    shift(m, "ends", day - first);
    shift(m, "deadline", day - first);
    return m;
}

/* ---- what speaks against it ------------------------------------------------------------------ */

static void add_sentence(struct buf *out, const char *s)
{
    buf_addf(out, "%s%s", out->len ? " " : "", s);
}

static void say_free_day(long n, bool first, const char *name, struct buf *line)
{
    struct buf day = {0};
    day_long(n, &day);
    if (first && name)
        buf_addf(line, _("That is %s."), name);
    else if (first)
        buf_add(line, _("That is in a weekend."));
    else if (name)
        buf_addf(line, _("%s is %s."), day.s, name);
    else
        buf_addf(line, _("%s is in a weekend."), day.s);
    buf_free(&day);
}

/* The first day that people have off. */
static void add_free_day(long first, long last, struct buf *out)
{
    enum { FRIDAY = 4, LONGEST = 366 };
    struct buf name = {0}, line = {0};
    for (long n = first; n <= last && n <= first + LONGEST && !line.len; n++) {
        struct day d = date_from_number(n);
        holiday_name(d, &name);
        if (name.len || date_weekday(d) > FRIDAY)
            say_free_day(n, n == first, name.s, &line);
    }
    if (line.len)
        add_sentence(out, line.s);
    buf_free(&name);
    buf_free(&line);
}

static enum status add_clashes(struct plan *p, long first, long last, struct buf *out,
                               struct error *err)
{
    struct calendar_entries one = {0};
    struct calendar_entry *e = calendar_entry_add(&one);
    const char *ends = record_get(p->record, "ends"), *place = record_get(p->record, "place");
    snprintf(e->starts, sizeof e->starts, "%s", record_get(p->record, "starts"));
    snprintf(e->ends, sizeof e->ends, "%s", ends ? ends : "");
    e->id = p->record->id;
    e->cohort = record_get_id(p->record, "cohort");
    e->ref = mem_strdup(p->ref);
    e->place = mem_strdup(place);
    e->first = first;
    e->last = last;
    enum status st = calendar_clashes(p->ui->session, &one, err);
    if (st == ST_OK && one.entry[0].clash) {
        struct buf line = {0};
        buf_addf(&line, _("It clashes: %s."), one.entry[0].clash_words);
        add_sentence(out, line.s);
        buf_free(&line);
    }
    calendar_entries_free(&one);
    return st;
}

/* ---- writing --------------------------------------------------------------------------------- */

static void say_done(struct plan *p, long day)
{
    struct buf words = {0}, ref = {0};
    day_long(day, &words);
    if (p->copy) {
        record_reference(p->ui->session, p->record->type, p->record->id, &ref);
        ui_say_name(p->ui, buf_str(&words), _("%s is a copy of %s, on %s; u takes it away."),
                    buf_str(&ref), p->ref, buf_str(&words));
    } else {
        ui_say_name(p->ui, buf_str(&words), _("%s is moved to %s; u moves it back."), p->ref,
                    buf_str(&words));
    }
    buf_free(&words);
    buf_free(&ref);
}

static enum status write_record(struct plan *p, struct error *err)
{
    struct session *s = p->ui->session;
    enum status st = session_begin(s, p->copy ? ACT_ADD : ACT_SET, err);
    if (st != ST_OK)
        return st;
    st = p->copy ? record_insert(s, p->record, err) : record_update(s, p->record, err);
    if (st == ST_OK)
        return session_commit(s, err);
    session_rollback(s);
    if (st == ST_CONFLICT)
        error_set(err, st, p->ref, _("look at it, and pick it up again"), "%s",
                  _("somebody else changed it meanwhile, and it was not moved"));
    return st;
}

static void plan_write(void *arg)
{
    struct plan *p = arg;
    struct error err = {0};
    long day = 0;
    enum status st = write_record(p, &err);
    if (p->calendar)
        calendar_lay_down(p->calendar);
    screen_refresh_all(p->ui);
    if (st != ST_OK) {
        ui_complain(p->ui, &err);
        return;
    }
    first_day(p->record, &day);
    if (p->calendar) {
        calendar_refresh(p->calendar);
        calendar_find(p->calendar, T_GATHERING, p->record->id);
    } else {
        screen_reveal(p->ui, T_GATHERING, p->record->id);
    }
    say_done(p, day);
}

/* Writes at once, or asks first where something speaks against it. Takes the plan. */
static void plan_do(struct plan *p)
{
    struct error err = {0};
    struct buf against = {0}, question = {0}, words = {0};
    long first = 0;
    first_day(p->record, &first);
    long last = last_day(p->record, first);
    add_free_day(first, last, &against);
    if (add_clashes(p, first, last, &against, &err) != ST_OK) {
        ui_complain(p->ui, &err);
        plan_free(p);
    } else if (!against.len) {
        plan_write(p);
        plan_free(p);
    } else {
        day_long(first, &words);
        buf_addf(&question, p->copy ? _("Copy %s to %s? %s") : _("Move %s to %s? %s"), p->ref,
                 words.s, against.s);
        ask_open(p->ui, question.s, _("y")[0], _("y: yes, put it there; any other key: no"),
                 plan_write, p, plan_free);
    }
    buf_free(&against);
    buf_free(&question);
    buf_free(&words);
}

static struct plan *plan_new(struct ui *ui, struct calendar *c, const struct record *r, bool copy,
                             const char *ref, long day)
{
    struct plan *p = mem_alloc(sizeof *p);
    *p = (struct plan){.ui = ui, .calendar = c, .copy = copy};
    p->record = moved(r, copy, day);
    p->ref = mem_strdup(ref);
    return p;
}

/* ---- in the grids: picked up, carried, put down ---------------------------------------------- */

bool calendar_carries_to(const struct calendar *c, long day)
{
    return c->carry.record && day >= c->day && day <= c->day + c->carry.last - c->carry.first;
}

void calendar_say_carry(struct calendar *c)
{
    struct buf day = {0};
    if (!c->carry.record)
        return;
    day_month(c->day, &day);
    if (c->carry.copy)
        ui_say(c->ui, _("A copy of %s is picked up: Enter puts it on %s, Esc gives up."),
               c->carry.ref, day.s);
    else
        ui_say(c->ui, _("%s is picked up: Enter puts it on %s, Esc gives up."), c->carry.ref,
               day.s);
    buf_free(&day);
}

void calendar_lay_down(struct calendar *c)
{
    record_free(c->carry.record);
    free(c->carry.ref);
    c->carry = (struct carry){0};
}

void calendar_pick_up(struct calendar *c, bool copy)
{
    struct error err = {0};
    struct carry carry = {.copy = copy};
    size_t i = calendar_chosen(c);
    if (i == NO_ENTRY || c->entries.entry[i].kind != ENTRY_GATHERING) {
        ui_say(c->ui, "%s", _("Choose a gathering first: only gatherings can be moved or copied."));
        return;
    }
    const struct calendar_entry *e = &c->entries.entry[i];
    if (record_load(c->ui->session, type_by_id(T_GATHERING), e->id, &carry.record, &err) != ST_OK) {
        ui_complain(c->ui, &err);
        return;
    }
    calendar_lay_down(c);
    carry.ref = mem_strdup(e->ref);
    carry.first = e->first;
    carry.last = e->last;
    c->carry = carry;
    /* Of several days the first is what moves. */
    if (c->day != e->first)
        calendar_go(c, e->first);
    c->in_list = false;
    calendar_say_carry(c);
}

void calendar_put_down(struct calendar *c)
{
    struct carry *k = &c->carry;
    if (!k->copy && c->day == k->first) {
        ui_say(c->ui, _("%s stays where it is."), k->ref);
        calendar_lay_down(c);
        return;
    }
    plan_do(plan_new(c->ui, c, k->record, k->copy, k->ref, c->day));
}

/* ---- from a list: the day is typed ----------------------------------------------------------- */

static void day_typed(void *arg, const char *text)
{
    struct plan *asked = arg; /* its record is as it was read */
    struct day from = asked->ui->session->today, to;
    char iso[DATE_SIZE];
    long first;
    if (first_day(asked->record, &first))
        from = date_from_number(first);
    if (!date_parse(text, from, iso) || !date_split(iso, &to)) {
        ui_say(asked->ui, _("“%s” is no day: write 21.11., +7 or fri."), text);
        return;
    }
    plan_do(plan_new(asked->ui, NULL, asked->record, asked->copy, asked->ref, date_number(to)));
}

void calendar_ask_move(struct ui *ui, int64_t gathering, bool copy)
{
    struct error err = {0};
    struct buf ref = {0}, title = {0};
    struct record *r;
    if (record_load(ui->session, type_by_id(T_GATHERING), gathering, &r, &err) != ST_OK) {
        ui_complain(ui, &err);
        return;
    }
    struct plan *p = mem_alloc(sizeof *p);
    record_reference(ui->session, r->type, gathering, &ref);
    *p = (struct plan){.ui = ui, .record = r, .copy = copy, .ref = buf_take(&ref)};
    buf_addf(&title,
             copy ? _("Copy %s to which day? (+7: a week later)")
                  : _("Move %s to which day? (+7: a week later)"),
             p->ref);
    prompt_open(ui, title.s, "", false, day_typed, p, plan_free);
    buf_free(&title);
}
