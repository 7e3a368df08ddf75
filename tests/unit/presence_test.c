/* Who else has a record open: two sessions, and time that passes. */
#include "config.h"

#include "desk.h"

#include "samling/presence.h"

static struct session *anna, *per, *again; /* again: anna at another screen */
static int64_t kari;

static int open_all(void **state)
{
    (void)state;
    int failed = desk_make_folder(state);
    anna = desk_open(in_folder("p.db"), "anna");
    kari = desk_add(anna, T_PERSON, "given_name", "Kari", NULL);
    per = desk_open(in_folder("p.db"), "per");
    again = desk_open(in_folder("p.db"), "anna");
    return failed;
}

static int close_all(void **state)
{
    session_close(anna);
    session_close(per);
    session_close(again);
    return desk_remove_folder(state);
}

static const struct record_type *person(void)
{
    return type_of(T_PERSON);
}

static void sees(struct session *s, int64_t id, const char *want)
{
    struct buf b = {0};
    OK(presence_others(s, person(), id, &b, err));
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

static void pass(struct session *s, int seconds)
{
    OK(db_run(s->db, err, "UPDATE presence SET at = at - ?1", "i", (int64_t)seconds));
}

static void test_come_and_go(void **state)
{
    (void)state;
    sees(anna, kari, "");
    OK(presence_enter(anna, person(), kari, err));
    sees(anna, kari, ""); /* oneself is no other */
    sees(per, kari, "anna");
    sees(per, kari + 1, "");
    OK(presence_enter(per, person(), kari, err));
    assert_true(per->user != 0); /* who never wrote is known now */
    sees(anna, kari, "per");
    sees(again, kari, "anna, per"); /* and so is one's other window */
    OK(presence_leave(anna, person(), kari, err));
    sees(per, kari, "");
    OK(presence_leave(anna, person(), kari, err)); /* gone already */
    OK(presence_leave(per, person(), kari, err));
    assert_int_equal(desk_count(anna, "SELECT count(*) FROM presence"), 0);
}

static void test_names(void **state)
{
    (void)state;
    desk_set(anna, T_USER, per->user, "full_name", "Per Aas");
    OK(presence_enter(per, person(), kari, err));
    OK(presence_enter(again, person(), kari, err));
    sees(anna, kari, "Per Aas, anna");
    struct buf b = {0};
    OK(presence_others(anna, type_of(T_OFFERING), kari, &b,
                       err)); /* the same number of another type */
    assert_int_equal(b.len, 0);
    OK(presence_leave(per, person(), kari, err));
    OK(presence_leave(again, person(), kari, err));
}

static void test_stale(void **state)
{
    (void)state;
    OK(presence_enter(anna, person(), kari, err));
    pass(anna, PRESENCE_RENEW);
    sees(per, kari, "anna");
    OK(presence_enter(anna, person(), kari, err)); /* renewed */
    assert_int_equal(desk_count(anna, "SELECT count(*) FROM presence"), 1);
    pass(anna, PRESENCE_STALE - 10);
    sees(per, kari, "anna");
    pass(anna, 20);
    sees(per, kari, ""); /* the line went dead */
    assert_int_equal(desk_count(anna, "SELECT count(*) FROM presence"), 1);
    OK(presence_enter(per, person(), kari + 7, err)); /* whoever writes next tidies */
    assert_int_equal(desk_count(anna, "SELECT count(*) FROM presence WHERE user_id ="
                                      " (SELECT id FROM user WHERE name = 'anna')"),
                     0);
    OK(presence_leave(per, person(), kari + 7, err));
}

static void test_new_records_are_ones_own(void **state)
{
    (void)state;
    OK(presence_enter(anna, person(), 0, err));
    sees(per, 0, "");
    OK(presence_leave(anna, person(), 0, err));
}

static void test_who_may_not_write_says_nothing(void **state)
{
    (void)state;
    desk_add(anna, T_USER, "name", "leser", "role", "reader", NULL);
    struct session *reader = desk_open(in_folder("p.db"), "leser");
    OK(presence_enter(reader, person(), kari, err));
    sees(anna, kari, "");
    OK(presence_enter(anna, person(), kari, err));
    sees(reader, kari, "anna");
    OK(presence_leave(reader, person(), kari, err));
    OK(presence_leave(anna, person(), kari, err));
    session_close(reader);

    struct session *looking = NULL;
    OK(session_open(&looking, in_folder("p.db"), DB_READ_ONLY, "anna", err));
    OK(presence_enter(looking, person(), kari, err));
    sees(anna, kari, "");
    OK(presence_leave(looking, person(), kari, err));
    session_close(looking);
}

/* It takes no part in undo, and the user's going takes it away. */
static void test_leaves_no_trace(void **state)
{
    (void)state;
    int64_t changes = desk_count(anna, "SELECT count(*) FROM change_set");
    int64_t bo = desk_add(anna, T_USER, "name", "bo", NULL);
    struct session *s = desk_open(in_folder("p.db"), "bo");
    OK(presence_enter(s, person(), kari, err));
    session_close(s);
    sees(anna, kari, "bo");
    desk_remove(anna, T_USER, bo);
    sees(anna, kari, "");
    assert_int_equal(desk_count(anna, "SELECT count(*) FROM change_set"), changes + 2);
    desk_sound(anna);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_come_and_go),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_stale),
        cmocka_unit_test(test_new_records_are_ones_own),
        cmocka_unit_test(test_who_may_not_write_says_nothing),
        cmocka_unit_test(test_leaves_no_trace),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
