/* Cards as text. What other programs make of them: tests/cli/calendar.sh. */
#include "config.h"

#include "samling/vcard.h"

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

static struct session *session;

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

static int open_database(void **state)
{
    struct error err = {0};
    (void)state;
    if (session_open(&session, ":memory:", DB_CREATE, "anna", &err) != ST_OK)
        fail_msg("%s: %s", err.what, err.why);
    /* Each database has its own, which no test could know. */
    assert_int_equal(setting_set(session, true, "uid", NULL, &err), ST_OK);
    assert_int_equal(session_begin(session, ACT_ADD, &err), ST_OK);
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

static int64_t export_of(struct buf *out, enum type_id scope, int64_t id)
{
    char *text = NULL;
    size_t size = 0;
    int64_t cards = -1;
    struct error err = {0};
    struct listing_query q = {.listing = feed_contacts(), .scope_type = scope, .scope = id};
    FILE *f = open_memstream(&text, &size);
    assert_non_null(f);
    if (vcard_export(session, &q, 0, f, &cards, &err) != ST_OK)
        fail_msg("%s: %s", err.what, err.why);
    fclose(f);
    buf_clear(out);
    buf_addn(out, text, size);
    free(text);
    return cards;
}

static void set_changed(const char *table, int64_t at)
{
    struct buf sql = {0};
    buf_addf(&sql, "UPDATE %s SET changed_at = ?1", table);
    assert_int_equal(db_run(session->db, NULL, sql.s, "i", at), ST_OK);
    buf_free(&sql);
}

static void a_card_says_who_one_is_and_how_to_reach_one(void **state)
{
    struct buf out = {0};
    (void)state;
    add(T_ORGANISATION, "name", "Sol, måne; bhg", "municipality", "Asker", "address", "Storgata 1",
        NULL);
    add(T_PERSON, "given_name", "Åse", "family_name", "Ødegård", "email", "aase@x.example", "phone",
        "912 34 567", "note", "hemmelig", NULL);
    add(T_POSITION, "person", "1", "organisation", "1", "role", "styrer", NULL);
    set_changed("person", 1000000000);
    set_changed("organisation", 1643698800);
    set_changed("position", 1100000000);
    assert_int_equal(export_of(&out, T_NONE, 0), 1);
    assert_string_equal(out.s, "BEGIN:VCARD\r\nVERSION:3.0\r\n"
                               "PRODID:-//samling//samling " PACKAGE_VERSION "//EN\r\n"
                               "UID:person-1@samling\r\n"
                               "N:Ødegård;Åse;;;\r\nFN:Åse Ødegård\r\n"
                               "ORG:Sol\\, måne\\; bhg\r\nTITLE:head of kindergarten\r\n"
                               "ADR;TYPE=WORK:;;Storgata 1;Asker;;;\r\n"
                               "EMAIL;TYPE=INTERNET,WORK:aase@x.example\r\n"
                               "TEL;TYPE=CELL,VOICE:+4791234567\r\n"
                               "REV:20220201T070000Z\r\nEND:VCARD\r\n");
    buf_free(&out);
}

static void what_is_not_known_is_not_there(void **state)
{
    struct buf out = {0};
    (void)state;
    add(T_PERSON, "given_name", "Wei", NULL);
    add(T_PERSON, "family_name", "Zahl", NULL);
    set_changed("person", 1643698800);
    assert_int_equal(setting_set(session, true, "uid", "ab", NULL), ST_OK);
    assert_int_equal(export_of(&out, T_NONE, 0), 2);
    assert_non_null(strstr(out.s,
                           "UID:person-1@ab\r\nN:;Wei;;;\r\nFN:Wei\r\nREV:20220201T070000Z\r\n"
                           "END:VCARD\r\n"));
    assert_non_null(strstr(out.s, "UID:person-2@ab\r\nN:Zahl;;;;\r\nFN:Zahl\r\nREV:"));
    buf_free(&out);
}

static void contacts_are_of_something(void **state)
{
    struct buf out = {0};
    (void)state;
    add(T_PERSON, "given_name", "Kari", NULL);
    add(T_PERSON, "given_name", "Ola", NULL);
    add(T_OFFERING, "code", "BIM", "title", "BIM", NULL);
    add(T_COHORT, "offering", "1", "number", "1", "name", "Pulje 1", NULL);
    add(T_ENROLMENT, "cohort", "1", "person", "2", NULL);
    assert_int_equal(export_of(&out, T_COHORT, 1), 1);
    assert_non_null(strstr(out.s, "FN:Ola\r\n"));
    buf_free(&out);
}

static void phones_are_dialled_from_anywhere(void **state)
{
    static const struct {
        const char *stored, *dialled;
        bool mobile;
    } phones[] = {
        {"912 34 567", "+4791234567", true},       {"412 34 567", "+4741234567", true},
        {"667 00 000", "+4766700000", false},      {"0046 701234567", "+46701234567", false},
        {"001 2025550123", "+12025550123", false}, {"02800", "02800", false},
    };
    struct buf out = {0};
    (void)state;
    for (size_t i = 0; i < sizeof phones / sizeof phones[0]; i++) {
        buf_clear(&out);
        assert_int_equal(vcard_phone(phones[i].stored, &out), phones[i].mobile);
        assert_string_equal(out.s, phones[i].dialled);
    }
    buf_free(&out);
}

static void full_disk_is_noticed(void **state)
{
    struct error err = {0};
    struct listing_query q = {.listing = feed_contacts()};
    (void)state;
    for (int i = 0; i < 200; i++)
        add(T_PERSON, "given_name", "Kari", NULL);
    FILE *f = fopen("/dev/full", "w");
    assert_non_null(f);
    assert_int_equal(vcard_export(session, &q, 0, f, NULL, &err), ST_REFUSED);
    assert_non_null(strstr(err.why, "No space left"));
    fclose(f);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_database, close_database)

int main(void)
{
    lang_init("en");
    const struct CMUnitTest tests[] = {
        TEST(a_card_says_who_one_is_and_how_to_reach_one),
        TEST(what_is_not_known_is_not_there),
        TEST(contacts_are_of_something),
        cmocka_unit_test(phones_are_dialled_from_anywhere),
        TEST(full_disk_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
