/* iCalendar. */
#include "config.h"

#include "samling/ical.h"

#include <stdlib.h>
#include <string.h>

#include "samling/date.h"
#include "samling/feed.h"
#include "samling/lang.h"
#include "samling/text.h"

#include "fold.h"

#define ZONE "Europe/Oslo"

struct calendar {
    const char *home; /* of the UIDs: the database's own */
    FILE *out;
    struct buf text; /* one event */
    struct calendar_counts counts;
    enum status status;
    struct error *err;
};

/* ---- head and tail --------------------------------------------------------------------------- */

/* Outlook misreads a zone's whole history, and two rules are enough for the years that we know. */
static const char *const zone[] = {
    "BEGIN:VTIMEZONE",
    ("TZID:" ZONE),
    "BEGIN:STANDARD",
    "DTSTART:19701025T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19700329T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
};

/* Of whose gatherings: "BIM/1 Pulje 1", "Kari Nordmann". */
static void add_name(struct session *s, const struct listing_query *q, struct buf *out)
{
    const struct record_type *t = type_by_id(q->scope_type);
    if (!t) {
        buf_add(out, _("Gatherings"));
        return;
    }
    if (t->reference) {
        record_reference(s, t, q->scope, out);
        buf_addc(out, ' ');
    }
    record_title(s, t, q->scope, out);
}

static void add_head(struct session *s, const struct listing_query *q, struct buf *out)
{
    struct buf name = {0};
    add_name(s, q, &name);
    fold_line(out, "BEGIN:VCALENDAR");
    fold_line(out, "VERSION:2.0");
    fold_line(out, "PRODID:-//samling//samling " PACKAGE_VERSION "//EN");
    fold_line(out, "CALSCALE:GREGORIAN");
    fold_text(out, "X-WR-CALNAME", name.s);
    fold_line(out, "X-WR-TIMEZONE:" ZONE);
    for (size_t i = 0; i < sizeof zone / sizeof zone[0]; i++)
        fold_line(out, zone[i]);
    buf_free(&name);
}

/* ---- when ------------------------------------------------------------------------------------ */

static bool has_time(const char *iso)
{
    return iso && strlen(iso) == MOMENT_SIZE - 1;
}

static void add_day(struct buf *out, const char *name, struct day d)
{
    struct buf line = {0};
    buf_addf(&line, "%s;VALUE=DATE:%04d%02d%02d", name, d.year, d.month, d.day);
    fold_line(out, line.s);
    buf_free(&line);
}

/* `clock`: as stored, 09:00. */
static void add_moment(struct buf *out, const char *name, struct day d, const char *clock)
{
    struct buf line = {0};
    buf_addf(&line, "%s;TZID=" ZONE ":%04d%02d%02dT%.2s%.2s00", name, d.year, d.month, d.day, clock,
             clock + 3);
    fold_line(out, line.s);
    buf_free(&line);
}

static void add_when(struct buf *out, const char *starts, const char *ends)
{
    struct day first, last, after;
    date_split(starts, &first);
    bool ended = ends && date_split(ends, &last);
    if (!ended || date_number(last) < date_number(first))
        last = first;
    after = date_from_number(date_number(last) + 1);
    if (!has_time(starts)) {
        add_day(out, "DTSTART", first);
        add_day(out, "DTEND", after);
        return;
    }
    add_moment(out, "DTSTART", first, starts + DATE_SIZE);
    if (ended && has_time(ends) && strcmp(ends, starts) > 0)
        add_moment(out, "DTEND", last, ends + DATE_SIZE);
    else if (ended && !has_time(ends) && date_number(last) > date_number(first))
        add_moment(out, "DTEND", after, "00:00");
}

/* ---- an event -------------------------------------------------------------------------------- */

static void add_fact(struct buf *out, const char *label, const char *value)
{
    if (value && *value)
        buf_addf(out, "\n%s: %s", label, value);
}

static void add_description(struct calendar *c, char *const *cell)
{
    struct buf b = {0}, level = {0}, contact = {0};
    buf_addf(&b, "%s\n%s\n", cell[CALENDAR_OFFERING], cell[CALENDAR_COHORT]);
    span_long(&b, cell[CALENDAR_STARTS], cell[CALENDAR_ENDS]);
    listing_show(feed_calendar(), CALENDAR_LEVEL, cell[CALENDAR_LEVEL], &level);
    buf_add(&contact, cell[CALENDAR_CONTACT]);
    if (contact.len && cell[CALENDAR_CONTACT_EMAIL])
        buf_addf(&contact, ", %s", cell[CALENDAR_CONTACT_EMAIL]);
    add_fact(&b, _("Place"), cell[CALENDAR_PLACE]);
    add_fact(&b, _("Level"), buf_str(&level));
    add_fact(&b, _("Organiser"), cell[CALENDAR_ORGANISER]);
    add_fact(&b, _("Contact"), buf_str(&contact));
    fold_text(&c->text, "DESCRIPTION", b.s);
    buf_free(&b);
    buf_free(&level);
    buf_free(&contact);
}

static void add_summary(struct calendar *c, char *const *cell, bool cancelled)
{
    struct buf name = {0}, b = {0};
    buf_addf(&name, "%s %s", cell[CALENDAR_REF], cell[CALENDAR_TITLE]);
    if (cancelled)
        buf_addf(&b, _("Cancelled: %s"), name.s);
    else
        buf_add(&b, name.s);
    fold_text(&c->text, "SUMMARY", b.s);
    buf_free(&name);
    buf_free(&b);
}

static void add_stamps(struct calendar *c, int64_t id, char *const *cell)
{
    char stamp[STAMP_SIZE];
    struct buf uid = {0};
    fold_stamp(atoll(cell[CALENDAR_CHANGED]), stamp);
    buf_addf(&uid, "gathering-%lld@%s", (long long)id, c->home);
    fold_value(&c->text, "UID", uid.s);
    fold_value(&c->text, "DTSTAMP", stamp);
    fold_value(&c->text, "LAST-MODIFIED", stamp);
    fold_value(&c->text, "SEQUENCE", cell[CALENDAR_REVISION]);
    buf_free(&uid);
}

static void add_event(struct calendar *c, int64_t id, char *const *cell)
{
    bool cancelled = strcmp(cell[CALENDAR_CANCELLED], "1") == 0;
    fold_line(&c->text, "BEGIN:VEVENT");
    add_stamps(c, id, cell);
    add_when(&c->text, cell[CALENDAR_STARTS], cell[CALENDAR_ENDS]);
    add_summary(c, cell, cancelled);
    fold_text(&c->text, "LOCATION", cell[CALENDAR_PLACE]);
    add_description(c, cell);
    fold_text(&c->text, "CATEGORIES", cell[CALENDAR_CODE]);
    fold_line(&c->text, cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
    fold_line(&c->text, cancelled ? "TRANSP:TRANSPARENT" : "TRANSP:OPAQUE");
    fold_line(&c->text, "END:VEVENT");
}

static bool add_row(void *arg, const struct listing_row *row)
{
    struct calendar *c = arg;
    struct day d;
    if (!row->cell[CALENDAR_STARTS] || !date_split(row->cell[CALENDAR_STARTS], &d)) {
        c->counts.undated++;
        return true;
    }
    add_event(c, row->id, row->cell);
    c->counts.events++;
    c->status = fold_write(&c->text, c->out, c->err);
    return c->status == ST_OK;
}

/* ---- the whole ------------------------------------------------------------------------------- */

enum status ical_export(struct session *s, const struct listing_query *q, size_t limit, FILE *out,
                        struct calendar_counts *counts, struct error *err)
{
    struct calendar c = {.out = out, .err = err};
    char *home = NULL;
    enum status st = setting_get(s, true, "uid", &home, err);
    if (st != ST_OK)
        return st;
    c.home = home ? home : "samling";
    add_head(s, q, &c.text);
    st = listing_each(s, q, limit, add_row, &c, err);
    if (st == ST_OK)
        st = c.status;
    if (st == ST_OK) {
        fold_line(&c.text, "END:VCALENDAR");
        st = fold_write(&c.text, out, err);
    }
    *counts = c.counts;
    buf_free(&c.text);
    free(home);
    return st;
}
