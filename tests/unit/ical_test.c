/* Calendars as text. What other programs make of them: tests/cli/calendar.sh. */
#include "config.h"

#include "samling/ical.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "samling/buf.h"
#include "samling/feed.h"
#include "samling/lang.h"
#include "samling/text.h"

#include "exchange/fold.h"

static struct session *session;
static struct calendar_counts counts;

/* ---- a small database ------------------------------------------------------------------------ */

static void add(enum type_id type, ...)
{
    const struct record_type *t = type_by_id(type);
    struct record *r = record_new(t);
    struct error err = {0};
    va_list ap;
    va_start(ap, type);
    for (const char *field; (field = va_arg(ap, const char *));) {
        int i = type_field(t, field);
        assert_true(i >= 0);
        record_put(r, i, va_arg(ap, const char *));
    }
    va_end(ap);
    if (record_insert(session, r, &err) != ST_OK)
        fail_msg("%s: %s", err.what, err.why);
    record_free(r);
}

static void set(enum type_id type, int64_t id, const char *field, const char *value)
{
    const struct record_type *t = type_by_id(type);
    struct record *r;
    struct error err = {0};
    assert_int_equal(record_load(session, t, id, &r, &err), ST_OK);
    record_put(r, type_field(t, field), value);
    if (record_update(session, r, &err) != ST_OK)
        fail_msg("%s: %s", err.what, err.why);
    record_free(r);
}

static int open_database(void **state)
{
    struct error err = {0};
    (void)state;
    if (session_open(&session, ":memory:", DB_CREATE, "anna", &err) != ST_OK)
        fail_msg("%s: %s", err.what, err.why);
    /* Each database has its own, which no test could know. */
    assert_int_equal(setting_set(session, true, "uid", NULL, &err), ST_OK);
    assert_int_equal(session_begin(session, ACT_ADD, &err), ST_OK);
    add(T_ORGANISATION, "name", "Asker kommune", NULL);
    add(T_PERSON, "given_name", "Kari", "family_name", "Nordmann", "email", "kari@x.example", NULL);
    add(T_OFFERING, "code", "BIM", "title", "Mobbing, nei; takk", "contact", "1", "organiser", "1",
        "note", "hemmelig", NULL);
    add(T_COHORT, "offering", "1", "number", "1", "name", "Pulje 1", NULL);
    return 0;
}

static int close_database(void **state)
{
    (void)state;
    session_rollback(session);
    session_close(session);
    session = NULL;
    return 0;
}

static void gathering(const char *number, const char *starts, const char *ends)
{
    add(T_GATHERING, "cohort", "1", "number", number, "title", "Samling", "starts", starts, "ends",
        ends, "note", "hemmelig", NULL);
}

static void export_of(struct buf *out, enum type_id scope, int64_t id)
{
    char *text = NULL;
    size_t size = 0;
    struct error err = {0};
    struct listing_query q = {.listing = feed_calendar(), .scope_type = scope, .scope = id};
    FILE *f = open_memstream(&text, &size);
    assert_non_null(f);
    if (ical_export(session, &q, 0, f, &counts, &err) != ST_OK)
        fail_msg("%s: %s", err.what, err.why);
    fclose(f);
    buf_clear(out);
    buf_addn(out, text, size);
    free(text);
}

/* Folded lines made whole again. */
static void unfold(struct buf *b)
{
    char *to = b->s;
    for (const char *p = b->s; *p;) {
        if (strncmp(p, "\r\n ", 3) == 0)
            p += 3;
        else
            *to++ = *p++;
    }
    *to = '\0';
    b->len = (size_t)(to - b->s);
}

static void has(const struct buf *b, const char *line)
{
    struct buf whole = {0};
    buf_addf(&whole, "\r\n%s\r\n", line);
    if (!strstr(b->s, whole.s))
        fail_msg("no line %s in:\n%s", line, b->s);
    buf_free(&whole);
}

static int times(const struct buf *b, const char *what)
{
    int n = 0;
    for (const char *p = b->s; (p = strstr(p, what)); p++)
        n++;
    return n;
}

/* ---- lines ----------------------------------------------------------------------------------- */

static void long_lines_are_folded_between_letters(void **state)
{
    struct buf value = {0}, out = {0}, line = {0};
    (void)state;
    for (int i = 0; i < 300; i++) {
        static const char *const letters[] = {"å", "x", "魏", "😀", "č"};
        buf_clear(&out);
        buf_add(&value, letters[i % 5]);
        fold_value(&out, "SUMMARY", value.s);
        for (const char *p = out.s; *p;) {
            size_t n = strcspn(p, "\r");
            assert_true(n > 0 && n <= FOLD_OCTETS);
            assert_true(text_is_utf8(p, n));
            assert_memory_equal(p + n, "\r\n", 2);
            p += n + 2;
            assert_true(*p == '\0' || *p == ' ');
        }
        unfold(&out);
        buf_clear(&line);
        buf_addf(&line, "SUMMARY:%s\r\n", value.s);
        assert_string_equal(out.s, line.s);
    }
    buf_free(&value);
    buf_free(&out);
    buf_free(&line);
}

static void seventy_five_octets_fit(void **state)
{
    struct buf out = {0};
    char line[80];
    (void)state;
    memset(line, 'x', sizeof line);
    line[75] = '\0';
    fold_line(&out, line);
    assert_int_equal(out.len, 77);
    buf_clear(&out);
    line[75] = 'x';
    line[76] = '\0';
    fold_line(&out, line);
    assert_string_equal(out.s + 75, "\r\n x\r\n");
    buf_free(&out);
}

static void text_is_escaped_and_cleaned(void **state)
{
    struct buf out = {0};
    (void)state;
    fold_text(&out, "X", "a;b,c\\d\r\ne\nf\rg: \"h\"\x1b[31m\xe2\x80\xae");
    assert_string_equal(out.s, "X:a\\;b\\,c\\\\d\\ne\\nf\\ng: \"h\" [31m\r\n");
    buf_clear(&out);
    fold_text(&out, "X", NULL);
    fold_value(&out, "X", "");
    assert_int_equal(out.len, 0);
    buf_free(&out);
}

static void stamps_are_utc(void **state)
{
    char stamp[STAMP_SIZE];
    (void)state;
    fold_stamp(1643698800, stamp);
    assert_string_equal(stamp, "20220201T070000Z");
    fold_stamp(INT64_MAX, stamp);
    assert_string_equal(stamp, "19700101T000000Z");
}

/* ---- events ---------------------------------------------------------------------------------- */

static void an_event_says_all(void **state)
{
    struct buf out = {0};
    (void)state;
    add(T_GATHERING, "cohort", "1", "number", "3", "title", "Lek, vennskap", "starts",
        "2022-02-08T09:00", "ends", "2022-02-08T15:30", "place", "Rådhuset; sal 2", "level",
        "local", "note", "hemmelig", NULL);
    assert_int_equal(
        db_run(session->db, NULL, "UPDATE gathering SET changed_at = 4102444800", NULL), ST_OK);
    export_of(&out, T_NONE, 0);
    assert_int_equal(counts.events, 1);
    assert_int_equal(counts.undated, 0);
    unfold(&out);
    static const char head[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//samling//";
    assert_memory_equal(out.s, head, sizeof head - 1);
    has(&out, "CALSCALE:GREGORIAN");
    has(&out, "X-WR-CALNAME:Gatherings");
    has(&out, "UID:gathering-1@samling");
    has(&out, "DTSTAMP:21000101T000000Z");
    has(&out, "LAST-MODIFIED:21000101T000000Z");
    has(&out, "SEQUENCE:0");
    has(&out, "DTSTART;TZID=Europe/Oslo:20220208T090000");
    has(&out, "DTEND;TZID=Europe/Oslo:20220208T153000");
    has(&out, "SUMMARY:BIM/1/3 Lek\\, vennskap");
    has(&out, "LOCATION:Rådhuset\\; sal 2");
    has(&out,
        "DESCRIPTION:Mobbing\\, nei\\; takk\\nPulje 1\\nTuesday 8 February 2022\\, 09:00–15:30"
        "\\nPlace: Rådhuset\\; sal 2\\nLevel: local\\nOrganiser: Asker kommune\\nContact: Kari "
        "Nordmann\\, kari@x.example");
    has(&out, "CATEGORIES:BIM");
    has(&out, "STATUS:CONFIRMED");
    has(&out, "TRANSP:OPAQUE");
    assert_null(strstr(out.s, "hemmelig"));
    assert_null(strstr(out.s, "METHOD"));
    assert_string_equal(out.s + out.len - 15, "END:VCALENDAR\r\n");
    buf_free(&out);
}

static void the_zone_has_two_rules(void **state)
{
    struct buf out = {0};
    (void)state;
    export_of(&out, T_NONE, 0);
    assert_non_null(
        strstr(out.s, "BEGIN:VTIMEZONE\r\nTZID:Europe/Oslo\r\nBEGIN:STANDARD\r\n"
                      "DTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"));
    assert_int_equal(times(&out, "RRULE:"), 2);
    assert_int_equal(times(&out, "RDATE"), 0);
    has(&out, "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU");
    has(&out, "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU");
    buf_free(&out);
}

static void every_kind_of_time_has_its_form(void **state)
{
    static const struct {
        const char *starts, *ends, *from, *to; /* to NULL: none */
    } when[] = {
        {"2022-02-08", NULL, "DTSTART;VALUE=DATE:20220208", "DTEND;VALUE=DATE:20220209"},
        {"2022-02-08", "2022-02-08", "DTSTART;VALUE=DATE:20220208", "DTEND;VALUE=DATE:20220209"},
        {"2022-02-27", "2022-02-28", "DTSTART;VALUE=DATE:20220227", "DTEND;VALUE=DATE:20220301"},
        {"2021-12-31", NULL, "DTSTART;VALUE=DATE:20211231", "DTEND;VALUE=DATE:20220101"},
        {"2022-02-08", "2022-02-09T12:00", "DTSTART;VALUE=DATE:20220208",
         "DTEND;VALUE=DATE:20220210"},
        {"2022-02-08T09:00", NULL, "DTSTART;TZID=Europe/Oslo:20220208T090000", NULL},
        {"2022-02-08T09:00", "2022-02-08T09:00", "DTSTART;TZID=Europe/Oslo:20220208T090000", NULL},
        {"2022-02-08T09:00", "2022-02-08", "DTSTART;TZID=Europe/Oslo:20220208T090000", NULL},
        {"2022-02-08T12:00", "2022-02-09T12:00", "DTSTART;TZID=Europe/Oslo:20220208T120000",
         "DTEND;TZID=Europe/Oslo:20220209T120000"},
        {"2022-02-08T12:00", "2022-02-09", "DTSTART;TZID=Europe/Oslo:20220208T120000",
         "DTEND;TZID=Europe/Oslo:20220210T000000"},
    };
    struct buf out = {0};
    char number[12];
    (void)state;
    for (size_t i = 0; i < sizeof when / sizeof when[0]; i++) {
        snprintf(number, sizeof number, "%zu", i + 1);
        gathering(number, when[i].starts, when[i].ends);
        export_of(&out, T_GATHERING, (int64_t)i + 1);
        unfold(&out);
        assert_int_equal(counts.events, 1);
        has(&out, when[i].from);
        if (when[i].to)
            has(&out, when[i].to);
        else
            assert_int_equal(times(&out, "DTEND"), 0);
    }
    buf_free(&out);
}

static void without_a_day_there_is_no_event(void **state)
{
    struct buf out = {0};
    (void)state;
    gathering("1", NULL, NULL);
    gathering("2", "2022-02-08", NULL);
    gathering("3", NULL, NULL);
    export_of(&out, T_COHORT, 1);
    assert_int_equal(counts.events, 1);
    assert_int_equal(counts.undated, 2);
    assert_int_equal(times(&out, "BEGIN:VEVENT"), 1);
    buf_free(&out);
}

static void cancelled_is_marked(void **state)
{
    static const struct {
        enum type_id type;
        const char *otherwise;
    } owner[] = {{T_GATHERING, "planned"}, {T_COHORT, "planned"}, {T_OFFERING, "draft"}};
    struct buf out = {0};
    (void)state;
    gathering("1", "2022-02-08", NULL);
    for (size_t i = 0; i < 3; i++) {
        set(owner[i].type, 1, "status", "cancelled");
        export_of(&out, T_NONE, 0);
        has(&out, "STATUS:CANCELLED");
        has(&out, "TRANSP:TRANSPARENT");
        has(&out, "SUMMARY:Cancelled: BIM/1/1 Samling");
        set(owner[i].type, 1, "status", owner[i].otherwise);
    }
    export_of(&out, T_NONE, 0);
    has(&out, "STATUS:CONFIRMED");
    buf_free(&out);
}

static void each_change_has_its_sequence(void **state)
{
    struct buf out = {0};
    (void)state;
    gathering("1", "2022-02-08", NULL);
    export_of(&out, T_NONE, 0);
    has(&out, "SEQUENCE:0");
    set(T_GATHERING, 1, "place", "Kulturhuset");
    export_of(&out, T_NONE, 0);
    has(&out, "SEQUENCE:1");
    set(T_OFFERING, 1, "title", "Trygt miljø");
    export_of(&out, T_NONE, 0);
    has(&out, "SEQUENCE:2");
    has(&out, "UID:gathering-1@samling");
    buf_free(&out);
}

static void the_database_has_a_name_in_the_uid(void **state)
{
    struct buf out = {0};
    (void)state;
    gathering("1", "2022-02-08", NULL);
    assert_int_equal(setting_set(session, true, "uid", "0123456789abcdef0123456789abcdef", NULL),
                     ST_OK);
    export_of(&out, T_NONE, 0);
    has(&out, "UID:gathering-1@0123456789abcdef0123456789abcdef");
    buf_free(&out);
}

static void the_same_data_is_the_same_file(void **state)
{
    struct buf first = {0}, second = {0};
    (void)state;
    gathering("1", "2022-02-08", NULL);
    gathering("2", "2022-02-08T09:00", "2022-02-08T15:00");
    export_of(&first, T_NONE, 0);
    export_of(&second, T_NONE, 0);
    assert_string_equal(first.s, second.s);
    buf_free(&first);
    buf_free(&second);
}

/* ---- whose ----------------------------------------------------------------------------------- */

static void a_calendar_is_of_something(void **state)
{
    struct buf out = {0};
    (void)state;
    add(T_COHORT, "offering", "1", "number", "2", "name", "Pulje 2", NULL);
    add(T_OFFERING, "code", "SIM", "title", "Nettverk", NULL);
    add(T_COHORT, "offering", "2", "number", "1", "name", "Gruppe", NULL);
    for (int i = 1; i <= 3; i++) {
        char cohort[12];
        snprintf(cohort, sizeof cohort, "%d", i);
        add(T_GATHERING, "cohort", cohort, "number", "1", "title", "Samling", "starts",
            "2022-02-08", NULL);
    }
    add(T_ENROLMENT, "cohort", "1", "person", "1", "status", "confirmed", "organisation", "1",
        NULL);
    add(T_ENROLMENT, "cohort", "2", "person", "1", "status", "withdrawn", "organisation", "1",
        NULL);
    export_of(&out, T_NONE, 0);
    assert_int_equal(counts.events, 3);
    export_of(&out, T_OFFERING, 1);
    assert_int_equal(counts.events, 2);
    has(&out, "X-WR-CALNAME:BIM Mobbing\\, nei\\; takk");
    export_of(&out, T_COHORT, 2);
    assert_int_equal(counts.events, 1);
    has(&out, "X-WR-CALNAME:BIM/2 Pulje 2");
    export_of(&out, T_GATHERING, 3);
    assert_int_equal(counts.events, 1);
    has(&out, "SUMMARY:SIM/1/1 Samling");
    export_of(&out, T_PERSON, 1);
    assert_int_equal(counts.events, 1);
    has(&out, "SUMMARY:BIM/1/1 Samling");
    has(&out, "X-WR-CALNAME:Kari Nordmann");
    export_of(&out, T_ORGANISATION, 1);
    assert_int_equal(counts.events, 1);
    buf_free(&out);
}

static void full_disk_is_noticed(void **state)
{
    struct error err = {0};
    struct listing_query q = {.listing = feed_calendar()};
    char number[12];
    (void)state;
    for (int i = 1; i <= 100; i++) {
        snprintf(number, sizeof number, "%d", i);
        gathering(number, "2022-02-08", NULL);
    }
    FILE *f = fopen("/dev/full", "w");
    assert_non_null(f);
    assert_int_equal(ical_export(session, &q, 0, f, &counts, &err), ST_REFUSED);
    assert_non_null(strstr(err.why, "No space left"));
    fclose(f);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_database, close_database)

int main(void)
{
    setenv("TZ", "America/New_York", 1); /* what is written does not depend on where we are */
    lang_init("en");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_lines_are_folded_between_letters),
        cmocka_unit_test(seventy_five_octets_fit),
        cmocka_unit_test(text_is_escaped_and_cleaned),
        cmocka_unit_test(stamps_are_utc),
        TEST(an_event_says_all),
        TEST(the_zone_has_two_rules),
        TEST(every_kind_of_time_has_its_form),
        TEST(without_a_day_there_is_no_event),
        TEST(cancelled_is_marked),
        TEST(each_change_has_its_sequence),
        TEST(the_database_has_a_name_in_the_uid),
        TEST(the_same_data_is_the_same_file),
        TEST(a_calendar_is_of_something),
        TEST(full_disk_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
