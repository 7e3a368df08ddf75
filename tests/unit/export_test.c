#include "config.h"

#include "samling/export.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "samling/buf.h"
#include "samling/lang.h"
#include "samling/reader.h"
#include "samling/record.h"
#include "samling/text.h"

static struct session *session;

/* ---- a small database ------------------------------------------------------------------------ */

static void add(enum type_id type, ...)
{
    const struct record_type *t = type_by_id(type);
    struct record *r = record_new(t);
    struct error err = {0};
    va_list ap;
    va_start(ap, type);
    for (const char *field; (field = va_arg(ap, const char *));) {
        /* As stored, so that what no form would let in can be tried too. */
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

/* What the listing gives, in `out`; the number of rows. */
static int64_t export_to(struct buf *out, const char *listing, enum export_form form, size_t limit)
{
    char *text = NULL;
    size_t size = 0;
    struct error err = {0};
    int64_t rows = -1;
    struct listing_query q = {.listing = listing_by_name(listing)};
    FILE *f = open_memstream(&text, &size);
    assert_non_null(f);
    if (export_listing(session, &q, form, limit, f, &rows, &err) != ST_OK)
        fail_msg("%s: %s", err.what, err.why);
    fclose(f);
    buf_clear(out);
    buf_addn(out, text, size);
    free(text);
    return rows;
}

static void gives(const char *listing, enum export_form form, const char *want)
{
    struct buf out = {0};
    export_to(&out, listing, form, 0);
    assert_string_equal(buf_str(&out), want);
    buf_free(&out);
}

static void add_kindergartens(void)
{
    add(T_ORGANISATION, "name", "Åsbrua, \"Nord\" barnehage", "ownership", "private", "phone",
        "912 34 567", "note", "=1+1", NULL);
    add(T_ORGANISATION, "name", "Blåklokka; øvre", "ownership", "municipal", "municipality",
        "Asker", "note", "to\nlinjer", NULL);
}

/* ---- forms ------------------------------------------------------------------------------------
 */

static void plain_is_rfc_4180(void **state)
{
    (void)state;
    add_kindergartens();
    gives("organisations", EXPORT_PLAIN,
          "id,name,kind,ownership,orgno,parent,municipality,email,phone,address,note\n"
          "2,Blåklokka; øvre,kindergarten,municipal,,,Asker,,,,\"to\nlinjer\"\n"
          "1,\"Åsbrua, \"\"Nord\"\" barnehage\",kindergarten,private,,,,,912 34 567,,=1+1\n");
}

static void tsv_has_one_line_a_row(void **state)
{
    (void)state;
    add_kindergartens();
    gives("organisations", EXPORT_TSV,
          "id\tname\tkind\townership\torgno\tparent\tmunicipality\temail\tphone\taddress\tnote\n"
          "2\tBlåklokka; øvre\tkindergarten\tmunicipal\t\t\tAsker\t\t\t\tto linjer\n"
          "1\tÅsbrua, \"Nord\" barnehage\tkindergarten\tprivate\t\t\t\t\t912 34 567\t\t=1+1\n");
}

static void excel_is_harmless(void **state)
{
    (void)state;
    add_kindergartens();
    gives("organisations", EXPORT_EXCEL,
          "\xef\xbb\xbfNo.;Name;Kind;Ownership;Org. "
          "no.;Belongs to;Municipality;E-mail;Phone;Address;Note\r\n"
          "2;\"Blåklokka; øvre\";kindergarten;municipal;;;Asker;;;;\"to\nlinjer\"\r\n"
          "1;\"Åsbrua, \"\"Nord\"\" barnehage\";kindergarten;private;;;;;912 34 567;;'=1+1\r\n");
}

static void every_dangerous_start_is_made_harmless(void **state)
{
    static const char *const bad[] = {"=A1", "+4712345678", "-1", "@x", "\tx", "\rx", "\nx"};
    struct buf out = {0};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char want[40];
        add(T_OFFERING, "code", "A", "title", bad[i], NULL);
        export_to(&out, "offerings", EXPORT_EXCEL, 0);
        snprintf(want, sizeof want, "A;%s'%s", strpbrk(bad[i], "\r\n") ? "\"" : "", bad[i]);
        assert_non_null(strstr(out.s, want));
        session_rollback(session);
        assert_int_equal(session_begin(session, ACT_ADD, NULL), ST_OK);
    }
    buf_free(&out);
}

static void excel_has_norwegian_days_and_words(void **state)
{
    (void)state;
    add(T_OFFERING, "code", "BIM", "title", "Mobbing", "starts", "2026-02-03", "status", "running",
        NULL);
    add(T_COHORT, "offering", "1", NULL);
    add(T_GATHERING, "cohort", "1", "starts", "2026-11-21T09:00", "ends", "2026-11-22", NULL);
    struct buf out = {0};
    export_to(&out, "offerings", EXPORT_EXCEL, 0);
    assert_non_null(strstr(out.s, ";running;03.02.2026;"));
    export_to(&out, "gatherings", EXPORT_EXCEL, 0);
    assert_non_null(strstr(out.s, ";21.11.2026 09:00;22.11.2026;"));
    export_to(&out, "gatherings", EXPORT_PLAIN, 0);
    assert_non_null(strstr(out.s, ",2026-11-21T09:00,2026-11-22,"));
    buf_free(&out);
}

/* A spreadsheet would make the second of March of 2/3. */
static void a_share_is_no_day(void **state)
{
    struct buf out = {0};
    (void)state;
    add(T_OFFERING, "code", "A", "title", "A", NULL);
    add(T_COHORT, "offering", "1", "number", "1", "name", "Pulje 1", NULL);
    add(T_GATHERING, "cohort", "1", "number", "1", "title", "Samling 1", NULL);
    add(T_PERSON, "given_name", "Kari", NULL);
    add(T_ENROLMENT, "cohort", "1", "person", "1", NULL);
    add(T_ATTENDANCE, "enrolment", "1", "gathering", "1", "mark", "present", NULL);
    export_to(&out, "enrolments", EXPORT_EXCEL, 0);
    assert_non_null(strstr(out.s, ";1 of 1\r\n"));
    export_to(&out, "enrolments", EXPORT_PLAIN, 0);
    assert_non_null(strstr(out.s, ",1/1\n"));
    buf_free(&out);
}

static void columns_of_the_screen_stay_there(void **state)
{
    struct buf out = {0};
    (void)state;
    export_to(&out, "gatherings", EXPORT_PLAIN, 0);
    assert_string_equal(out.s, "id,ref,offering,cohort,number,title,level,starts,ends,place,people,"
                               "present,status\n");
    buf_free(&out);
}

static void json_escapes_and_keeps_kinds(void **state)
{
    (void)state;
    add(T_USER, "name", "a\"b\\c", "full_name", "Åse \x01\n", "role", "reader", NULL);
    gives("users", EXPORT_JSON,
          "[\n{\"id\": 2, \"name\": \"a\\\"b\\\\c\", \"full_name\": \"Åse \\u0001\\n\", \"role\": "
          "\"reader\", \"active\": 1},\n"
          "{\"id\": 1, \"name\": \"anna\", \"full_name\": null, \"role\": \"administrator\", "
          "\"active\": 1}\n]\n");
}

static void nothing_is_still_a_document(void **state)
{
    (void)state;
    gives("cohorts", EXPORT_JSON, "[\n]\n");
    gives("programme", EXPORT_PLAIN, "code,number,title,kind,starts,status\n");
    gives("programme", EXPORT_TEXT,
          "Code  No.  Offering  Kind  From  Status\n----  ---  --------  ----  ----  ------\n");
}

static void times_are_wall_clock_times(void **state)
{
    struct buf out = {0};
    (void)state;
    add(T_BATCH, "type", "people", "file", "liste.csv", "rows", "3", "new", "3", "matched", "0",
        "changed", "0", "unclear", "0", "rejected", "0", NULL);
    assert_int_equal(db_run(session->db, NULL, "UPDATE batch SET created_at = 1643698800", NULL),
                     ST_OK);
    export_to(&out, "batches", EXPORT_PLAIN, 0);
    assert_non_null(strstr(out.s, "\n1,2022-02-01T08:00,anna,people,"));
    export_to(&out, "batches", EXPORT_EXCEL, 0);
    assert_non_null(strstr(out.s, "\n1;01.02.2022 08:00;anna;people;"));
    buf_free(&out);
}

/* ---- text ---------------------------------------------------------------------------------------
 */

static void text_stands_in_columns(void **state)
{
    (void)state;
    add(T_USER, "name", "åse", "full_name", "Åse Ødegård", "role", "reader", NULL);
    add(T_USER, "name", "wei", "full_name", "魏 Wei", "role", "adviser", NULL);
    gives("users", EXPORT_TEXT,
          "No.  User name  Full name    Role           Active\n"
          "---  ---------  -----------  -------------  ------\n"
          "  1  anna                    administrator       1\n"
          "  3  wei        魏 Wei       adviser             1\n"
          "  2  åse        Åse Ødegård  reader              1\n");
}

static void text_is_cleaned_and_has_no_trailing_space(void **state)
{
    struct buf out = {0};
    (void)state;
    add(T_ORGANISATION, "name", "Sol\x1b[31mvik \xe2\x80\xae", NULL);
    export_to(&out, "organisations", EXPORT_TEXT, 0);
    assert_null(strchr(out.s, '\x1b'));
    assert_null(strstr(out.s, "\xe2\x80\xae"));
    assert_null(strstr(out.s, " \n"));
    buf_free(&out);
}

/* The widths are those of the first thousand rows; what comes later is whole nevertheless. */
static void long_text_is_never_cut(void **state)
{
    struct buf out = {0};
    char name[200];
    (void)state;
    for (int i = 0; i < 1500; i++) {
        snprintf(
            name, sizeof name, "bhg %04d %.*s", i, i == 1400 ? 120 : 3,
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
        add(T_ORGANISATION, "name", name, NULL);
    }
    assert_int_equal(export_to(&out, "organisations", EXPORT_TEXT, 0), 1500);
    int lines = 0;
    for (const char *p = out.s; *p; p++)
        lines += *p == '\n';
    assert_int_equal(lines, 1502);
    assert_non_null(strstr(out.s, "\n   1  bhg 0000 xxx"));
    assert_non_null(strstr(out.s, "\n1401  bhg 1400 xxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
    assert_non_null(strstr(out.s, "xxx  kindergarten\n1402  bhg 1401 xxx  kindergarten\n"));
    buf_free(&out);
}

/* ---- the rest
 * ------------------------------------------------------------------------------------ */

static void limit_counts_rows(void **state)
{
    struct buf out = {0};
    (void)state;
    add_kindergartens();
    assert_int_equal(export_to(&out, "organisations", EXPORT_TSV, 1), 1);
    assert_null(strstr(out.s, "Åsbrua"));
    assert_int_equal(export_to(&out, "organisations", EXPORT_TSV, 0), 2);
    assert_non_null(strstr(out.s, "Åsbrua"));
    buf_free(&out);
}

static void full_disk_is_noticed(void **state)
{
    struct error err = {0};
    struct listing_query q = {.listing = listing_by_name("organisations")};
    char name[40];
    (void)state;
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof name, "barnehage %d", i);
        add(T_ORGANISATION, "name", name, NULL);
    }
    for (enum export_form form = EXPORT_TEXT; form <= EXPORT_EXCEL; form++) {
        FILE *f = fopen("/dev/full", "w");
        assert_non_null(f);
        assert_int_equal(export_listing(session, &q, form, 0, f, NULL, &err), ST_REFUSED);
        assert_non_null(strstr(err.why, "No space left"));
        fclose(f);
    }
}

/* What plain and excel write, the reader takes apart into the same cells. */
static void reader_reads_it_back(void **state)
{
    static const enum export_form forms[] = {EXPORT_PLAIN, EXPORT_EXCEL};
    struct buf out = {0};
    (void)state;
    add_kindergartens();
    for (size_t i = 0; i < 2; i++) {
        struct reader *r;
        struct row row;
        struct error err = {0};
        struct reader_options options = {0};
        export_to(&out, "organisations", forms[i], 0);
        assert_int_equal(reader_open_memory(&r, "export", out.s, out.len, &options, &err), ST_OK);
        assert_int_equal(reader_next(r, &row, &err), 1);
        assert_int_equal(row.n, 11);
        assert_int_equal(reader_next(r, &row, &err), 1);
        assert_string_equal(row.field[1], "Blåklokka; øvre");
        assert_string_equal(row.field[10], "to\nlinjer");
        assert_int_equal(reader_next(r, &row, &err), 1);
        assert_string_equal(row.field[1], "Åsbrua, \"Nord\" barnehage");
        assert_int_equal(row.flags, 0);
        assert_int_equal(reader_next(r, &row, &err), 0);
        reader_close(r);
    }
    buf_free(&out);
}

static void forms_have_names(void **state)
{
    enum export_form form;
    (void)state;
    assert_true(export_form_by_name("text", &form) && form == EXPORT_TEXT);
    assert_true(export_form_by_name("csv", &form) && form == EXPORT_PLAIN);
    assert_true(export_form_by_name("tsv", &form) && form == EXPORT_TSV);
    assert_true(export_form_by_name("json", &form) && form == EXPORT_JSON);
    assert_false(export_form_by_name("excel", &form));
    assert_false(export_form_by_name("", &form));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_database, close_database)

int main(void)
{
    setenv("TZ", "Europe/Oslo", 1);
    lang_init("en");
    const struct CMUnitTest tests[] = {
        TEST(plain_is_rfc_4180),
        TEST(tsv_has_one_line_a_row),
        TEST(excel_is_harmless),
        TEST(every_dangerous_start_is_made_harmless),
        TEST(excel_has_norwegian_days_and_words),
        TEST(a_share_is_no_day),
        TEST(columns_of_the_screen_stay_there),
        TEST(json_escapes_and_keeps_kinds),
        TEST(nothing_is_still_a_document),
        TEST(times_are_wall_clock_times),
        TEST(text_stands_in_columns),
        TEST(text_is_cleaned_and_has_no_trailing_space),
        TEST(long_text_is_never_cut),
        TEST(limit_counts_rows),
        TEST(full_disk_is_noticed),
        TEST(reader_reads_it_back),
        cmocka_unit_test(forms_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
