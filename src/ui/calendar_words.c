/* Entries and days of the calendar in words, as short as their place wants them. */
#include "config.h"

#include "ui/calendar_view.h"

#include <stdlib.h>
#include <string.h>

#include "samling/holiday.h"
#include "samling/text.h"

static bool is_norwegian(void)
{
    return lang_now() != LANG_EN;
}

/* "09", "09:30"; nothing when there is no time. */
static void add_time(const char *iso, struct buf *out)
{
    if (strlen(iso) < MOMENT_SIZE - 1)
        return;
    buf_addf(out, "%.2s", iso + 11);
    if (strncmp(iso + 14, "00", 2) != 0)
        buf_addf(out, "%c%.2s", is_norwegian() ? '.' : ':', iso + 14);
}

void entry_times(const struct calendar_entry *e, long day, struct buf *out)
{
    struct buf from = {0}, to = {0};
    if (e->kind == ENTRY_DEADLINE)
        return;
    if (day == e->first)
        add_time(e->starts, &from);
    if (day == e->last)
        add_time(e->ends, &to);
    /* Of one day an end says nothing without a start. */
    if (from.len || (to.len && e->first != e->last))
        buf_add(out, buf_str(&from));
    if (to.len && (from.len || e->first != e->last))
        buf_addf(out, "–%s", to.s);
    else if (from.len && e->first != e->last)
        buf_add(out, "–");
    buf_free(&from);
    buf_free(&to);
}

/* The reference, or only the code where no more of it has room. */
static void add_ref(const struct calendar_entry *e, int room, struct buf *out)
{
    enum { TIGHT = 5 };
    size_t code = strcspn(e->ref, "/");
    if (text_width(e->ref) > room && room <= TIGHT)
        buf_addf(out, "%.*s", (int)(code < (size_t)room ? code : (size_t)room), e->ref);
    else
        buf_add(out, e->ref);
}

static void label_deadline(const struct calendar_entry *e, int room, struct buf *out)
{
    int w = text_width(_("due")) + 1;
    if (text_width(e->ref) + w <= room) {
        buf_addf(out, "%s ", _("due"));
    } else {
        buf_addc(out, '!');
        w = 1;
    }
    add_ref(e, room - w, out);
}

static void label_cancelled(const struct calendar_entry *e, int room, struct buf *out)
{
    if (text_width(e->ref) + 1 + text_width(_("cancelled")) <= room) {
        buf_addf(out, "%s %s", e->ref, _("cancelled"));
        return;
    }
    buf_addc(out, '(');
    add_ref(e, room - 2, out);
    buf_addc(out, ')');
}

void entry_label(const struct calendar_entry *e, long day, int room, struct buf *out)
{
    enum { LEAST_TITLE = 6 };
    struct buf time = {0};
    if (e->kind == ENTRY_DEADLINE || e->cancelled) {
        e->cancelled ? label_cancelled(e, room, out) : label_deadline(e, room, out);
        return;
    }
    size_t before = out->len;
    if (e->clash)
        buf_add(out, "!!");
    if (day == e->first)
        add_time(e->starts, &time);
    if (time.len && text_width(e->ref) + text_width(time.s) + 1 + (e->clash ? 2 : 0) <= room)
        buf_addf(out, "%s ", time.s);
    buf_free(&time);
    add_ref(e, room - text_width(buf_str(out) + before), out);
    if (room - text_width(out->s + before) > LEAST_TITLE && e->title)
        buf_addf(out, " %s", e->title);
}

enum look entry_look(const struct calendar_entry *e)
{
    return e->cancelled                ? LOOK_DIM
           : e->clash                  ? LOOK_BAD
           : e->kind == ENTRY_DEADLINE ? LOOK_WARN
                                       : LOOK_PLAIN;
}

void entry_when(const struct calendar_entry *e, long day, struct buf *out)
{
    if (e->kind == ENTRY_DEADLINE) {
        buf_add(out, _("due"));
        return;
    }
    size_t before = out->len;
    entry_times(e, day, out);
    if (e->first != e->last)
        buf_addf(out, "%s%ld/%ld", out->len > before ? " " : "", day - e->first + 1,
                 e->last - e->first + 1);
}

static void add_part(struct buf *out, const char *s)
{
    if (s && *s)
        buf_addf(out, "%s%s", out->len ? " · " : "", s);
}

void entry_about(struct calendar *c, struct calendar_entry *e, struct buf *out)
{
    struct buf part = {0};
    if (e->kind == ENTRY_GATHERING && calendar_count(c->ui->session, e, NULL) == ST_OK &&
        e->people == 1)
        buf_add(&part, _("1 expected"));
    else if (e->people > 1)
        buf_addf(&part, _("%ld expected"), e->people);
    if (e->cancelled) /* first: that must not be cut off */
        add_part(out, _("cancelled"));
    add_part(out, e->title);
    if (e->kind == ENTRY_DEADLINE)
        add_part(out, _("deadline for registration"));
    add_part(out, e->place);
    add_part(out, part.s);
    buf_free(&part);
}

/* ---- days ------------------------------------------------------------------------------------ */

void day_words(long day, struct buf *out)
{
    struct day d = date_from_number(day);
    buf_addf(out, is_norwegian() ? "%s %2d." : "%s %2d", date_weekday_name(date_weekday(d), false),
             d.day);
}

void day_month(long day, struct buf *out)
{
    struct day d = date_from_number(day);
    buf_addf(out, is_norwegian() ? "%s %d. %s" : "%s %d %s",
             date_weekday_name(date_weekday(d), false), d.day, date_month_name(d.month, true));
}

void day_long(long day, struct buf *out)
{
    char iso[DATE_SIZE];
    date_join(date_from_number(day), iso);
    date_long(out, iso);
}

void month_words(struct day d, bool year, struct buf *out)
{
    size_t at = out->len;
    buf_add(out, date_month_name(d.month, true));
    /* A heading; the names of months begin with letters of ASCII in all languages. */
    if (out->len > at && out->s[at] >= 'a' && out->s[at] <= 'z')
        out->s[at] = (char)(out->s[at] - 'a' + 'A');
    if (year)
        buf_addf(out, " %d", d.year);
}

char day_sign(long day)
{
    switch (holiday_of(date_from_number(day))) {
    case HOLIDAY_DAY: return '*';
    case HOLIDAY_EVE: return '\'';
    default: return ' ';
    }
}

bool day_is_today(const struct calendar *c, long day)
{
    return day == date_number(c->ui->session->today);
}
