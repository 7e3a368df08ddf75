/* Many people onto a roster; whom one writes to. */
#include "config.h"

#include "desk.h"

#include "samling/addressee.h"
#include "samling/enrol.h"
#include "samling/history.h"

static struct session *s;
static struct programme p;

static int open_session(void **state)
{
    (void)state;
    setenv("SAMLING_TODAY", "2026-11-21", 1);
    s = desk_open(":memory:", "anna");
    p = desk_programme(s, 3);
    return 0;
}

static int close_session(void **state)
{
    (void)state;
    desk_sound(s);
    session_close(s);
    return 0;
}

static int64_t enrolments(void)
{
    return desk_count(s, "SELECT count(*) FROM enrolment");
}

/* ---- enrolling --------------------------------------------------------------------------------
 */

static void people_are_enrolled_once(void **state)
{
    (void)state;
    struct enrol_result r;
    int64_t other = desk_add(s, T_ORGANISATION, "name", "Blåklokka", NULL), set;
    int64_t people[3] = {p.person[1], desk_add(s, T_PERSON, "given_name", "Åse", NULL),
                         desk_add(s, T_PERSON, "given_name", "Per", NULL)};
    struct undo_report report = {0};
    /* Held today, begun last; one that is over; one that began earlier. */
    desk_add(s, T_POSITION, "person", num(people[1]), "organisation", num(p.organisation), "starts",
             "2020-01-01", NULL);
    desk_add(s, T_POSITION, "person", num(people[1]), "organisation", num(other), "starts",
             "2021-01-01", NULL);
    desk_add(s, T_POSITION, "person", num(people[1]), "organisation", num(p.organisation), "starts",
             "2022-01-01", "ends", "2026-11-20", NULL);
    OK(enrol_people(s, p.cohort, people, 3, &r, err));
    assert_int_equal(r.enrolled, 2);
    assert_int_equal(r.there, 1);
    assert_int_equal(enrolments(), 5);
    int64_t ase = desk_count(s, "SELECT max(id) - 1 FROM enrolment");
    desk_is(s, T_ENROLMENT, ase, "person", num(people[1]));
    desk_is(s, T_ENROLMENT, ase, "organisation", num(other));
    desk_is(s, T_ENROLMENT, ase, "status", "registered");
    desk_is(s, T_ENROLMENT, ase, "role", "participant");
    desk_is(s, T_ENROLMENT, ase + 1, "organisation", NULL);
    /* One act, taken back at once. */
    OK(undo_next(s, false, &set, err));
    OK(undo_set(s, set, false, &report, err));
    assert_int_equal(report.done, 2);
    assert_int_equal(enrolments(), 3);
}

static void who_is_there_already_changes_nothing(void **state)
{
    (void)state;
    struct enrol_result r;
    int64_t sets = desk_count(s, "SELECT count(*) FROM change_set");
    desk_set(s, T_ENROLMENT, p.enrolment[0], "status", "withdrawn");
    OK(enrol_people(s, p.cohort, p.person, 3, &r, err));
    assert_int_equal(r.enrolled, 0);
    assert_int_equal(r.there, 3);
    desk_is(s, T_ENROLMENT, p.enrolment[0], "status", "withdrawn");
    assert_int_equal(desk_count(s, "SELECT count(*) FROM change_set"), sets + 1); /* withdrawn */
}

static void all_or_none_are_enrolled(void **state)
{
    (void)state;
    struct enrol_result r;
    int64_t people[2] = {desk_add(s, T_PERSON, "given_name", "Åse", NULL), 4711};
    FAILS(ST_REFUSED, enrol_people(s, p.cohort, people, 2, &r, err));
    assert_int_equal(r.enrolled, 0);
    assert_int_equal(enrolments(), 3);
    assert_false(db_in_transaction(s->db));
    FAILS(ST_REFUSED, enrol_people(s, 4711, people, 1, &r, err));
    s->role = ROLE_READER;
    desk_count(s, "UPDATE user SET role = 'reader' WHERE id > 0 RETURNING 0");
    FAILS(ST_REFUSED, enrol_people(s, p.cohort, people, 1, &r, err));
    assert_int_equal(enrolments(), 3);
}

/* ---- addresses --------------------------------------------------------------------------------
 */

static bool add_line(void *arg, const struct addressee *a)
{
    buf_addf(arg, "%s <%s>%s\n", a->name, a->email ? a->email : "",
             a->type == T_ORGANISATION ? " organisation" : "");
    return true;
}

static void writes_to(enum type_id type, int64_t id, const char *want)
{
    struct buf b = {0};
    OK(addressee_each(s, type, id, add_line, &b, err));
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

static bool first_only(void *arg, const struct addressee *a)
{
    (void)a;
    ++*(int *)arg;
    return false;
}

static void who_is_written_to(void **state)
{
    (void)state;
    int n = 0;
    int64_t position = desk_count(s, "SELECT min(id) FROM position");
    desk_set(s, T_PERSON, p.person[0], "email", "aas@asker.example");
    desk_set(s, T_PERSON, p.person[1], "email", "berg@asker.example");
    desk_set(s, T_ENROLMENT, p.enrolment[1], "status", "waitlisted");
    desk_set(s, T_ORGANISATION, p.organisation, "email", "post@asker.example");
    writes_to(T_PERSON, p.person[2], "Kari Dahl <>\n");
    writes_to(T_POSITION, position, "Kari Aas <aas@asker.example>\n");
    writes_to(T_ENROLMENT, p.enrolment[1], "Kari Berg <berg@asker.example>\n");
    writes_to(T_ORGANISATION, p.organisation,
              "Solsikken barnehage <post@asker.example> organisation\n");
    /* In Norwegian order, and who waits is not expected. */
    static const char expected[] = "Kari Dahl <>\nKari Aas <aas@asker.example>\n";
    writes_to(T_COHORT, p.cohort, expected);
    writes_to(T_GATHERING, p.gathering[1], expected);
    writes_to(T_OFFERING, p.offering, expected);
    writes_to(T_COHORT, 4711, "");
    writes_to(T_BATCH, 1, "");
    assert_true(addressee_of(T_GATHERING));
    assert_false(addressee_of(T_BATCH));
    assert_false(addressee_of(T_NONE));
    OK(addressee_each(s, T_COHORT, p.cohort, first_only, &n, err));
    assert_int_equal(n, 1);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_session, close_session)
    const struct CMUnitTest tests[] = {
        TEST(people_are_enrolled_once),
        TEST(who_is_there_already_changes_nothing),
        TEST(all_or_none_are_enrolled),
        TEST(who_is_written_to),
    };
    return cmocka_run_group_tests_name("enrol", tests, NULL, NULL);
}
