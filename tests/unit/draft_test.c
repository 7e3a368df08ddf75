#include "config.h"

#include "desk.h"

#include "samling/draft.h"

static struct session *s;
static const struct record_type *person;

static int open_session(void **state)
{
    (void)state;
    s = desk_open(":memory:", "anna");
    person = type_of(T_PERSON);
    return 0;
}

static int close_session(void **state)
{
    (void)state;
    session_close(s);
    return 0;
}

static struct draft draft_of(const char *given, const char *note)
{
    struct draft d = draft_new(person);
    d.version = 3;
    d.typed[0] = mem_strdup(given);
    d.typed[type_field(person, "note")] = mem_strdup(note);
    return d;
}

static void save(struct session *by, int64_t id, const char *given, const char *note)
{
    struct draft d = draft_of(given, note);
    OK(draft_save(by, person, id, &d, err));
    draft_free(person, &d);
    assert_null(d.typed);
}

static void holds(struct session *by, int64_t id, const char *given, const char *note)
{
    struct draft d;
    bool found;
    OK(draft_load(by, person, id, &d, &found, err));
    assert_true(found);
    assert_int_equal(d.version, 3);
    assert_true(d.at > 1600000000);
    const char *want[2] = {given, note}, *is[2] = {d.typed[0], d.typed[type_field(person, "note")]};
    for (int i = 0; i < 2; i++)
        if (want[i])
            assert_string_equal(is[i], want[i]);
        else
            assert_null(is[i]);
    assert_null(d.typed[1]);
    draft_free(person, &d);
}

static void holds_none(struct session *by, int64_t id)
{
    struct draft d;
    bool found = true;
    OK(draft_load(by, person, id, &d, &found, err));
    assert_false(found);
    draft_free(person, &d);
}

static void test_keep_and_drop(void **state)
{
    (void)state;
    holds_none(s, 0);
    assert_int_equal(s->user, 0); /* looking writes nobody down */
    save(s, 0, "Kari", NULL);
    assert_true(s->user > 0);
    holds(s, 0, "Kari", NULL);
    holds_none(s, 1);
    save(s, 0, "Karin", "linje en\nlinje \"to\" \\ ' \t $. {} æøå 日本");
    holds(s, 0, "Karin", "linje en\nlinje \"to\" \\ ' \t $. {} æøå 日本");
    assert_int_equal(desk_count(s, "SELECT count(*) FROM draft"), 1);
    save(s, 7, NULL, "");
    holds(s, 7, NULL, ""); /* emptied is not untouched */
    OK(draft_drop(s, person, 0, err));
    OK(draft_drop(s, person, 0, err));
    holds_none(s, 0);
    holds(s, 7, NULL, "");
    OK(draft_drop(s, type_of(T_OFFERING), 7, err)); /* another type's */
    holds(s, 7, NULL, "");
    save(s, 9, NULL, NULL);
    holds(s, 9, NULL, NULL);
}

static void test_numbers_stay_text(void **state)
{
    (void)state;
    save(s, 0, "007", "1e5");
    holds(s, 0, "007", "1e5");
    save(s, 0, "null", "true");
    holds(s, 0, "null", "true");
}

/* What was there before is kept apart from what was typed. */
static void test_what_was_there(void **state)
{
    (void)state;
    struct draft d = draft_of("Kari", NULL);
    bool found;
    int note = type_field(person, "note");
    d.was[0] = mem_strdup("Karin");
    d.was[note] = mem_strdup("linje en\nlinje to");
    OK(draft_save(s, person, 4, &d, err));
    draft_free(person, &d);
    OK(draft_load(s, person, 4, &d, &found, err));
    assert_true(found);
    assert_string_equal(d.typed[0], "Kari");
    assert_string_equal(d.was[0], "Karin");
    assert_null(d.typed[note]);
    assert_string_equal(d.was[note], "linje en\nlinje to");
    assert_null(d.was[1]);
    draft_free(person, &d);
    /* One of an older samling has nothing of the kind. */
    OK(db_script(s->db, "UPDATE draft SET fields = '{\"given_name\":\"Kari\"}'", err));
    OK(draft_load(s, person, 4, &d, &found, err));
    assert_true(found);
    assert_string_equal(d.typed[0], "Kari");
    assert_null(d.was[0]);
    draft_free(person, &d);
}

static void test_each_their_own(void **state)
{
    (void)state;
    assert_int_equal(desk_make_folder(NULL), 0);
    struct session *a = desk_open(in_folder("draft.db"), "anna"),
                   *b = desk_open(in_folder("draft.db"), "bo");
    save(a, 1, "Kari", NULL);
    holds_none(b, 1);
    save(b, 1, "Ola", NULL);
    holds(a, 1, "Kari", NULL);
    holds(b, 1, "Ola", NULL);
    session_close(a);
    a = desk_open(in_folder("draft.db"), "anna");
    holds(a, 1, "Kari", NULL); /* the line was broken */
    session_close(b);
    session_close(a);
    desk_remove_folder(NULL);
}

static void test_not_in_the_middle(void **state)
{
    (void)state;
    struct draft d = draft_of("Kari", NULL);
    OK(session_begin(s, ACT_ADD, err));
    FAILS(ST_DATABASE, draft_save(s, person, 0, &d, err));
    assert_true(db_in_transaction(s->db)); /* what was begun goes on */
    session_rollback(s);
    OK(draft_save(s, person, 0, &d, err));
    draft_free(person, &d);
}

static void test_unknown_fields_are_passed_over(void **state)
{
    (void)state;
    save(s, 5, "Kari", NULL);
    OK(db_script(s->db, "UPDATE draft SET fields = json_set(fields, '$.shoe_size', '42')", err));
    holds(s, 5, "Kari", NULL);
}

int main(void)
{
#define EACH(fn) cmocka_unit_test_setup_teardown(fn, open_session, close_session)
    const struct CMUnitTest tests[] = {
        EACH(test_keep_and_drop),     EACH(test_numbers_stay_text),
        EACH(test_what_was_there),    EACH(test_each_their_own),
        EACH(test_not_in_the_middle), EACH(test_unknown_fields_are_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
