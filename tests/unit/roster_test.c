#include "config.h"

#include "desk.h"

#include "samling/listing.h"
#include "samling/roster.h"
#include "samling/sheet.h"

static struct session *s;
static struct programme p;

static int open_session(void **state)
{
    (void)state;
    setenv("SAMLING_TODAY", "2026-11-21", 1);
    s = desk_open(":memory:", "anna");
    p = desk_programme(s, 5);
    return 0;
}

static int close_session(void **state)
{
    (void)state;
    desk_sound(s);
    session_close(s);
    return 0;
}

/* The marks of the five, p a x c, or . for none: Aas, who is last on the sheet, then Berg, Dahl,
 * Eide, Foss. */
static void marks_are(int64_t gathering, const char *want)
{
    char is[9] = {0};
    for (int i = 0; i < 5; i++) {
        char *mark = NULL;
        OK(db_get_text(s->db, &mark, err,
                       "SELECT mark FROM attendance WHERE gathering_id = ?1 AND enrolment_id = ?2",
                       "ii", gathering, p.enrolment[i]));
        is[i] = !mark ? '.' : strcmp(mark, "excused") == 0 ? 'x' : mark[0];
        free(mark);
    }
    assert_string_equal(is, want);
}

static struct attendance_result record(const char *marks, const char *code)
{
    struct attendance_result r;
    OK(attendance_record(s, p.gathering[0], marks, code, &r, err));
    return r;
}

static void refused(const char *marks, const char *code)
{
    struct attendance_result r = {.present = 9};
    int64_t before = desk_count(s, "SELECT count(*) FROM change");
    FAILS(ST_REFUSED, attendance_record(s, p.gathering[0], marks, code, &r, err));
    assert_int_equal(attendance_record(s, p.gathering[0], marks, code, &r, NULL), ST_REFUSED);
    assert_int_equal(r.present + r.absent + r.excused + r.cleared, 0);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM change"), before);
    assert_false(db_in_transaction(s->db));
}

static void test_marks(void **state)
{
    (void)state;
    struct attendance_result r = record("1-3 !4 ?5", NULL);
    assert_true(r.present == 3 && r.absent == 1 && r.excused == 1 && r.cleared == 0 &&
                !r.roster_changed);
    marks_are(p.gathering[0], "xpppa");
    marks_are(p.gathering[1], ".....");
    r = record("-1, !2-3;\t?4\n5", NULL);
    assert_true(r.present == 1 && r.absent == 2 && r.excused == 1 && r.cleared == 1);
    marks_are(p.gathering[0], "p.aax");
    int64_t sets = desk_count(s, "SELECT count(*) FROM change_set");
    record("5", NULL); /* so already */
    assert_int_equal(desk_count(s, "SELECT count(*) FROM change_set"), sets);
    record("-1", NULL);
    record("-1-5", NULL);
    marks_are(p.gathering[0], ".....");
}

static void test_last_word_counts(void **state)
{
    (void)state;
    struct attendance_result r = record("1-5 !2 ?3", NULL); /* all but those two */
    marks_are(p.gathering[0], "ppaxp");
    assert_true(r.present == 3 && r.absent == 1 && r.excused == 1);
    assert_int_equal(
        desk_count(s, "SELECT count(*) FROM change WHERE type = 8 AND operation = 'set'"), 0);
}

static void test_bad_marks(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "  ",
                                      "x",
                                      "1-",
                                      "-",
                                      "!",
                                      "1-x",
                                      "3-1",
                                      "0",
                                      "0-2",
                                      "1--2",
                                      "!-2",
                                      "6",
                                      "1-6",
                                      "1 2 99",
                                      "1-999999999999999999999",
                                      "99999999999999999999",
                                      "1.",
                                      "1x",
                                      "!!1",
                                      "1-2-3",
                                      "5 6",
                                      "+1",
                                      "\xc3\xa6",
                                      "1 - 3"};
    record("1", NULL);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused(bad[i], NULL);
    marks_are(p.gathering[0], ".p...");
    struct attendance_result r;
    FAILS(ST_REFUSED, attendance_record(s, 987654, "1", NULL, &r, err));
}

static void test_one_mark(void **state)
{
    (void)state;
    OK(attendance_mark(s, p.gathering[0], p.enrolment[0], "caught_up", err));
    marks_are(p.gathering[0], "c....");
    OK(attendance_mark(s, p.gathering[0], p.enrolment[0], NULL, err));
    OK(attendance_mark(s, p.gathering[0], p.enrolment[0], NULL, err));
    marks_are(p.gathering[0], ".....");
    FAILS(ST_REFUSED, attendance_mark(s, p.gathering[0], p.enrolment[0], "asleep", err));
    FAILS(ST_REFUSED, attendance_mark(s, p.gathering[0], 987654, "present", err));
    FAILS(ST_REFUSED, attendance_mark(s, 987654, p.enrolment[0], "present", err));
    int64_t other = desk_add(s, T_COHORT, "offering", num(p.offering), NULL);
    int64_t elsewhere = desk_add(s, T_GATHERING, "cohort", num(other), NULL);
    FAILS(ST_REFUSED, attendance_mark(s, elsewhere, p.enrolment[0], "present", err));
    assert_false(db_in_transaction(s->db));
    OK(session_begin(s, ACT_ATTENDANCE, err));
    OK(attendance_mark(s, p.gathering[0], p.enrolment[0], "present", err));
    OK(attendance_mark(s, p.gathering[0], p.enrolment[1], "absent", err));
    assert_true(db_in_transaction(s->db));
    OK(session_commit(s, err));
    marks_are(p.gathering[0], "pa...");
    assert_int_equal(desk_count(s, "SELECT count(*) FROM change_set WHERE act = 5"), 3);
}

/* ---- sheets ---- */

static struct sheet load(int64_t gathering)
{
    struct sheet sheet;
    OK(sheet_load(s, gathering, &sheet, err));
    return sheet;
}

static void printed(int64_t gathering, char code[8])
{
    struct sheet sheet = load(gathering);
    OK(sheet_register(s, &sheet, err));
    strcpy(code, sheet.code);
    sheet_free(&sheet);
}

static void test_sheet(void **state)
{
    (void)state;
    desk_set(s, T_OFFERING, p.offering, "organiser", num(p.organisation));
    desk_set(s, T_GATHERING, p.gathering[1], "starts", "2022-02-08T09:00");
    desk_set(s, T_ENROLMENT, p.enrolment[1], "status", "withdrawn");
    desk_set(s, T_ENROLMENT, p.enrolment[2], "role", "leader");
    desk_set(s, T_ENROLMENT, p.enrolment[4], "organisation", NULL);
    OK(db_script(
        s->db, "UPDATE position SET role = 'styrer' WHERE person_id = (SELECT min(id) FROM person)",
        err));
    struct sheet sheet = load(p.gathering[1]);
    assert_string_equal(sheet.reference, "BIM/1/2");
    assert_string_equal(sheet.title, "Gathering 2");
    assert_string_equal(sheet.offering, "Barnehagens innsatsteam mot mobbing");
    assert_string_equal(sheet.cohort, "Cohort 1");
    assert_int_equal(sheet.number, 2);
    assert_string_equal(sheet.starts, "2022-02-08T09:00");
    assert_string_equal(sheet.ends, "");
    assert_string_equal(sheet.place, "");
    assert_string_equal(sheet.organiser, "Solsikken barnehage");
    assert_string_equal(sheet.code, "");
    assert_int_equal(sheet.nrows, 4);
    static const char *const names[] = {"Kari Dahl", "Kari Eide", "Kari Foss",
                                        "Kari Aas"}; /* Berg withdrew; Aa is Å */
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(sheet.row[i].number, (int)i + 1);
        assert_string_equal(sheet.row[i].name, names[i]);
    }
    assert_string_equal(sheet.row[0].role, "leader");
    assert_string_equal(sheet.row[3].role, "head of kindergarten");
    assert_string_equal(sheet.row[2].organisation, "");
    sheet_free(&sheet);
    sheet_free(&sheet); /* empty by now */
    FAILS(ST_REFUSED, sheet_load(s, 987654, &sheet, err));
    sheet_free(&sheet);
}

/* The numbers of the list on the screen are those on the paper. */
static void test_numbers_are_the_rosters(void **state)
{
    (void)state;
    desk_set(s, T_ENROLMENT, p.enrolment[3], "status", "invited");
    struct sheet sheet = load(p.gathering[0]);
    struct listing_query q = {
        .listing = listing_by_name("roster"), .scope_type = T_GATHERING, .scope = p.gathering[0]};
    struct listing_page page;
    OK(listing_fetch(s, &q, PAGE_FIRST, NULL, 100, &page, err));
    assert_int_equal(page.n, 5);
    assert_int_equal(sheet.nrows, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(page.row[i].id, sheet.row[i].enrolment);
        assert_string_equal(page.row[i].cell[0], num(sheet.row[i].number));
    }
    assert_null(page.row[4].cell[0]); /* invited: no number, at the end */
    listing_page_free(&page);
    sheet_free(&sheet);
}

static void test_codes(void **state)
{
    (void)state;
    char a[8], b[8], c[8];
    printed(p.gathering[0], a);
    assert_int_equal(strlen(a), 6);
    printed(p.gathering[0], b);
    assert_string_equal(a, b); /* the same rows: the same sheet */
    printed(p.gathering[1], b);
    assert_string_not_equal(a, b);
    desk_set(s, T_ENROLMENT, p.enrolment[0], "status", "withdrawn");
    printed(p.gathering[0], c);
    assert_string_not_equal(a, c);
    desk_set(s, T_ENROLMENT, p.enrolment[0], "status", "registered");
    printed(p.gathering[0], c);
    assert_string_equal(a, c);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM sheet"), 3);
}

static void test_many_codes(void **state)
{
    (void)state;
    char seen[400][8];
    for (int i = 0; i < 400; i++) {
        struct sheet sheet = load(p.gathering[0]);
        sheet.row[0].enrolment = 1000 + i; /* as if somebody else stood first */
        OK(sheet_register(s, &sheet, err));
        strcpy(seen[i], sheet.code);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(seen[i], seen[j]);
        sheet_free(&sheet);
    }
}

static void test_marks_mean_the_paper(void **state)
{
    (void)state;
    char code[8], typed[16];
    printed(p.gathering[0], code); /* Berg, Dahl, Eide, Foss, Aas */
    struct attendance_result r = record("1", code);
    assert_false(r.roster_changed);
    marks_are(p.gathering[0], ".p...");
    desk_set(s, T_ENROLMENT, p.enrolment[1], "status", "withdrawn"); /* Berg, who was row 1 */
    r = record("2 !5", code);
    assert_true(r.roster_changed);
    marks_are(p.gathering[0], "app..");
    r = record("?1", NULL); /* the roster as it is now begins with Dahl */
    marks_are(p.gathering[0], "apx..");
    /* As it is read from paper. */
    snprintf(typed, sizeof typed, " %c%c%c%c%c", code[0] | 0x20, code[1], code[2] | 0x20, code[3],
             code[5]);
    record("3", typed);
    snprintf(typed, sizeof typed, "%.4s - %c ", code, code[5]);
    record("3", typed);
    marks_are(p.gathering[0], "apxp.");
    refused("1", "A1B2-3");
    refused("1", "");
    code[5] = code[5] == '2' ? '3' : '2';
    refused("1", code);
    code[5] = '\0';
    refused("1", code);
    refused("6", typed); /* the paper had five */
}

static void test_sheet_of_another_gathering(void **state)
{
    (void)state;
    char code[8];
    printed(p.gathering[1], code);
    refused("1", code);
}

static void test_taken_off_since(void **state)
{
    (void)state;
    char code[8];
    printed(p.gathering[0], code);
    desk_remove(s, T_ENROLMENT, p.enrolment[1]);
    refused("1-3", code); /* row 1 is nobody now, and nothing else is written */
    marks_are(p.gathering[0], ".....");
    record("2-3", code);
    marks_are(p.gathering[0], "..pp.");
    /* Who comes in their place is not who stood on the paper. */
    int64_t again =
        desk_add(s, T_ENROLMENT, "cohort", num(p.cohort), "person", num(p.person[1]), NULL);
    assert_true(again > p.enrolment[4]);
    desk_remove(s, T_ENROLMENT, again);
    int64_t ny = desk_add(s, T_PERSON, "given_name", "Ny", NULL);
    assert_true(desk_add(s, T_ENROLMENT, "cohort", num(p.cohort), "person", num(ny), NULL) > again);
    refused("1", code);
    /* Moved to another cohort: not on this roster any more. */
    int64_t other = desk_add(s, T_COHORT, "offering", num(p.offering), NULL);
    desk_set(s, T_ENROLMENT, p.enrolment[4], "cohort", num(other));
    refused("4", code);
}

static void test_empty_roster(void **state)
{
    (void)state;
    int64_t other = desk_add(s, T_COHORT, "offering", num(p.offering), NULL);
    int64_t elsewhere = desk_add(s, T_GATHERING, "cohort", num(other), NULL);
    char code[8], again[8];
    printed(elsewhere, code);
    printed(elsewhere, again);
    assert_string_equal(code, again);
    struct attendance_result r;
    FAILS(ST_REFUSED, attendance_record(s, elsewhere, "1", NULL, &r, err));
    FAILS(ST_REFUSED, attendance_record(s, elsewhere, "1", code, &r, err));
}

static void test_a_reader_prints(void **state)
{
    (void)state;
    char code[8];
    printed(p.gathering[0], code);
    s->role = ROLE_READER;
    struct sheet sheet = load(p.gathering[0]);
    OK(sheet_register(s, &sheet, err));
    assert_string_equal(sheet.code, code); /* known from before */
    sheet_free(&sheet);
    sheet = load(p.gathering[1]);
    OK(sheet_register(s, &sheet, err));
    assert_string_equal(sheet.code, "");
    sheet_free(&sheet);
    s->role = ROLE_ADMINISTRATOR;
}

static void test_gathering_goes_with_its_sheets(void **state)
{
    (void)state;
    char code[8];
    printed(p.gathering[1], code);
    record("1", NULL);
    FAILS(ST_REFUSED, desk_try_remove(s, err, T_GATHERING, p.gathering[0])); /* attendance */
    desk_remove(s, T_GATHERING, p.gathering[1]);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM sheet"), 0);
}

int main(void)
{
#define EACH(fn) cmocka_unit_test_setup_teardown(fn, open_session, close_session)
    const struct CMUnitTest tests[] = {
        EACH(test_marks),
        EACH(test_last_word_counts),
        EACH(test_bad_marks),
        EACH(test_one_mark),
        EACH(test_sheet),
        EACH(test_numbers_are_the_rosters),
        EACH(test_codes),
        EACH(test_many_codes),
        EACH(test_marks_mean_the_paper),
        EACH(test_sheet_of_another_gathering),
        EACH(test_taken_off_since),
        EACH(test_empty_roster),
        EACH(test_a_reader_prints),
        EACH(test_gathering_goes_with_its_sheets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
