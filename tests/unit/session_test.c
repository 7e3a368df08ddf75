#include "config.h"

#include "desk.h"

/* ---- who may do what ---- */

static void test_first_is_administrator(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    assert_int_equal(s->role, ROLE_ADMINISTRATOR);
    assert_int_equal(s->user, 0); /* nobody is written down for looking */
    desk_add(s, T_PERSON, "given_name", "Kari", NULL);
    assert_true(s->user > 0);
    desk_is(s, T_USER, s->user, "role", "administrator");
    session_close(s);
}

static void test_next_is_adviser(void **state)
{
    (void)state;
    struct session *a = desk_open(in_folder("two.db"), "anna");
    desk_add(a, T_PERSON, "given_name", "Kari", NULL);
    struct session *b = desk_open(in_folder("two.db"), "bo");
    assert_int_equal(b->role, ROLE_ADVISER);
    FAILS(ST_REFUSED, desk_try_add(b, err, T_USER, "name", "eve", "role", "administrator", NULL));
    FAILS(ST_REFUSED, session_need(b, ROLE_ADMINISTRATOR, err));
    desk_add(b, T_PERSON, "given_name", "Ola", NULL);
    assert_int_equal(desk_count(b, "SELECT count(*) FROM user"), 2);
    session_close(b);
    session_close(a);
}

static void test_two_first_at_once(void **state)
{
    (void)state;
    /* Both see a database without users; only one of them can be the first. */
    struct session *a = desk_open(in_folder("first.db"), "anna"),
                   *b = desk_open(in_folder("first.db"), "bo");
    assert_int_equal(b->role, ROLE_ADMINISTRATOR);
    desk_add(a, T_PERSON, "given_name", "Kari", NULL);
    desk_add(b, T_PERSON, "given_name", "Ola", NULL);
    assert_int_equal(b->role, ROLE_ADVISER);
    assert_int_equal(desk_count(a, "SELECT count(*) FROM user WHERE role = 'administrator'"), 1);
    session_close(b);
    session_close(a);
}

static void test_reader(void **state)
{
    (void)state;
    struct session *a = desk_open(in_folder("reader.db"), "anna");
    int64_t bo = desk_add(a, T_USER, "name", "bo", "role", "reader", NULL);
    int64_t kari = desk_add(a, T_PERSON, "given_name", "Kari", NULL);
    struct session *b = desk_open(in_folder("reader.db"), "bo");
    assert_int_equal(b->role, ROLE_READER);
    FAILS(ST_REFUSED, desk_try_set(b, err, T_PERSON, kari, "given_name", "Karin"));
    FAILS(ST_REFUSED, desk_try_remove(b, err, T_PERSON, kari));
    assert_false(db_in_transaction(b->db));
    desk_is(b, T_PERSON, kari, "given_name", "Kari");
    OK(setting_set(b, false, "pane", "3", err)); /* one's own ways are one's own */

    /* Made an adviser while at work, then a reader again. */
    desk_set(a, T_USER, bo, "role", "adviser");
    desk_set(b, T_PERSON, kari, "given_name", "Karin");
    desk_set(a, T_USER, bo, "role", "reader");
    FAILS(ST_REFUSED, desk_try_set(b, err, T_PERSON, kari, "given_name", "Kaja"));
    assert_false(db_in_transaction(b->db));
    desk_is(a, T_PERSON, kari, "given_name", "Karin");
    session_close(b);
    session_close(a);
}

static void test_switched_off(void **state)
{
    (void)state;
    struct session *a = desk_open(in_folder("off.db"), "anna"), *c = NULL;
    int64_t bo = desk_add(a, T_USER, "name", "bo", NULL);
    struct session *b = desk_open(in_folder("off.db"), "bo");
    desk_set(a, T_USER, bo, "active", NULL);
    FAILS(ST_REFUSED, desk_try_add(b, err, T_PERSON, "given_name", "Ola", NULL));
    FAILS(ST_REFUSED, setting_set(b, false, "pane", "1", err));
    assert_false(db_in_transaction(b->db));
    FAILS(ST_REFUSED, session_open(&c, in_folder("off.db"), 0, "bo", err));
    assert_null(c);
    desk_set(a, T_USER, bo, "active", "1");
    desk_add(b, T_PERSON, "given_name", "Ola", NULL);
    session_close(b);
    session_close(a);
}

static void test_removed_user(void **state)
{
    (void)state;
    struct session *a = desk_open(in_folder("gone.db"), "anna");
    int64_t bo = desk_add(a, T_USER, "name", "bo", "role", "administrator", NULL);
    struct session *b = desk_open(in_folder("gone.db"), "bo");
    assert_int_equal(b->user, bo);
    desk_remove(a, T_USER, bo);
    int64_t ola = desk_add(b, T_PERSON, "given_name", "Ola", NULL);
    assert_true(ola > 0);
    assert_true(b->user != bo && b->user != 0);
    assert_int_equal(b->role, ROLE_ADVISER); /* what he was went with his row */
    session_close(b);
    session_close(a);
}

static void test_user_in_history(void **state)
{
    (void)state;
    struct session *a = desk_open(in_folder("named.db"), "anna"),
                   *b = desk_open(in_folder("named.db"), "bo");
    desk_add(a, T_PERSON, "given_name", "Kari", NULL);
    desk_add(b, T_PERSON, "given_name", "Ola", NULL);
    struct error e = {0};
    assert_int_equal(desk_try_remove(a, &e, T_USER, b->user), ST_REFUSED);
    assert_null(strstr(e.why, "FOREIGN")); /* in words for people */
    session_close(b);
    session_close(a);
}

static void test_only_administrator(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    desk_add(s, T_USER, "name", "bo", NULL);
    int64_t cecilie = desk_add(s, T_USER, "name", "cecilie", "role", "administrator", NULL);
    desk_set(s, T_USER, s->user, "role", "adviser");
    session_close(s);

    s = desk_open(":memory:", "anna");
    int64_t bo = desk_add(s, T_USER, "name", "bo", NULL), anna = s->user;
    (void)cecilie;
    FAILS(ST_REFUSED, desk_try_set(s, err, T_USER, anna, "role", "adviser"));
    FAILS(ST_REFUSED, desk_try_set(s, err, T_USER, anna, "active", NULL));
    FAILS(ST_REFUSED, desk_try_remove(s, err, T_USER, anna));
    FAILS(ST_REFUSED, desk_try_add(s, err, T_USER, "name", "bo", NULL)); /* taken */
    desk_remove(s, T_USER, bo);
    session_close(s);
}

/* A new administrator may step in and the old one go, if the old one wrote nothing. */
static void test_administrator_hands_over(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    int64_t bo = desk_add(s, T_USER, "name", "bo", "role", "administrator", NULL);
    int64_t eva = desk_add(s, T_USER, "name", "eva", "role", "administrator", NULL);
    desk_remove(s, T_USER, bo);
    assert_true(desk_there(s, T_USER, eva));
    session_close(s);
}

static void test_user_names(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", " an\tna \x1b ");
    assert_string_equal(s->user_name, "an na");
    session_close(s);
    s = desk_open(":memory:", "");
    assert_true(s->user_name[0] != '\0'); /* the login name */
    desk_add(s, T_PERSON, "given_name", "Kari", NULL);
    session_close(s);
}

/* ---- transactions ---- */

static void test_rollback_forgets(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    OK(session_begin(s, ACT_ADD, err));
    int64_t kari = desk_add(s, T_PERSON, "given_name", "Kari", NULL);
    assert_true(s->user > 0 && s->change_set > 0);
    session_rollback(s);
    assert_int_equal(s->user, 0);
    assert_int_equal(s->change_set, 0);
    assert_false(desk_there(s, T_PERSON, kari));
    assert_int_equal(desk_count(s, "SELECT count(*) FROM user"), 0);
    desk_add(s, T_PERSON, "given_name", "Kari", NULL);
    desk_sound(s);
    session_close(s);
}

static void test_begin_twice(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    OK(session_begin(s, ACT_ADD, err));
    FAILS(ST_DATABASE, session_begin(s, ACT_SET, err));
    assert_true(db_in_transaction(s->db)); /* the first goes on */
    desk_add(s, T_PERSON, "given_name", "Kari", NULL);
    OK(session_commit(s, err));
    session_close(s);
}

static void test_nothing_outside_a_transaction(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    int64_t kari = desk_add(s, T_PERSON, "given_name", "Kari", NULL);
    struct record *r = record_new(type_of(T_PERSON)), *k;
    record_put(r, 0, "Ola");
    FAILS(ST_DATABASE, record_insert(s, r, err));
    OK(record_load(s, type_of(T_PERSON), kari, &k, err));
    record_put(k, 0, "Karin");
    FAILS(ST_DATABASE, record_update(s, k, err));
    FAILS(ST_DATABASE, record_remove(s, type_of(T_PERSON), kari, 0, err));
    FAILS(ST_DATABASE, session_commit(s, err));
    record_free(r);
    record_free(k);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM person"), 1);
    session_close(s);
}

static void test_change_set_is_one(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    int64_t first, again;
    OK(session_begin(s, ACT_ADD, err));
    OK(session_change_set(s, &first, err));
    desk_add(s, T_PERSON, "given_name", "Kari", NULL);
    OK(session_change_set(s, &again, err));
    OK(session_commit(s, err));
    assert_int_equal(first, again);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM change_set"), 1);
    assert_int_equal(s->change_set, 0);
    session_close(s);
}

static void test_act_labels(void **state)
{
    (void)state;
    for (int i = ACT_ADD; i < ACT_MAX; i++)
        assert_true(act_label((enum act)i)[0] != '\0');
    assert_string_equal(act_label(ACT_MAX), "");
}

/* ---- settings ---- */

static void setting_is(struct session *s, bool all, const char *name, const char *want)
{
    char *value;
    OK(setting_get(s, all, name, &value, err));
    if (want)
        assert_string_equal(value, want);
    else
        assert_null(value);
    free(value);
}

static void test_settings(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    OK(setting_set(s, true, "organiser", "Asker", err));
    setting_is(s, true, "organiser", "Asker");
    setting_is(s, false, "organiser", NULL); /* everyone's are nobody's own */
    OK(setting_set(s, false, "organiser", "Anna", err));
    OK(setting_set(s, false, "organiser", "Anna Lie", err));
    setting_is(s, false, "organiser", "Anna Lie");
    setting_is(s, true, "organiser", "Asker");
    OK(setting_set(s, false, "organiser", NULL, err));
    setting_is(s, false, "organiser", NULL);
    setting_is(s, true, "organiser", "Asker");
    assert_int_equal(desk_count(s, "SELECT count(*) FROM change"), 0);
    session_close(s);
}

static void test_setting_in_transaction(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    OK(db_begin(s->db, err));
    OK(setting_set(s, false, "pane", "2", err)); /* somebody not known yet: still their own */
    OK(db_commit(s->db, err));
    setting_is(s, false, "pane", "2");
    setting_is(s, true, "pane", NULL);
    session_close(s);
}

/* ---- the collator ---- */

static void test_collation_is_kept(void **state)
{
    (void)state;
    const char *path = in_folder("order.db");
    struct session *s = desk_open(path, "anna");
    static const char *const names[] = {"Åse", "Aase", "Øde", "Ærlig", "Zorro", "Bø"};
    for (int i = 0; i < 300; i++) {
        char family[40];
        snprintf(family, sizeof family, "%s %d", names[i % 6], i);
        desk_add(s, T_PERSON, "given_name", "Kari", "family_name", family, NULL);
        desk_add(s, T_ORGANISATION, "name", family, NULL);
    }
    desk_add(s, T_OFFERING, "code", "BIM", "title", "Mot mobbing", NULL);
    int64_t version = desk_count(s, "SELECT sum(version) FROM person");
    /* As another collator would have left it: other keys, in another order. */
    OK(db_script(s->db,
                 "UPDATE person SET sort_key = CAST(printf('%08d', 1000 - id) AS BLOB);"
                 "UPDATE organisation SET sort_key = CAST(printf('%08d', 1000 - id) AS BLOB);"
                 "UPDATE offering SET sort_key = x'00';"
                 "UPDATE setting SET value = 'nb 1.0' WHERE name = 'collation'",
                 err));
    session_close(s);

    s = desk_open(path, "bo");
    desk_sound(s);
    assert_int_equal(desk_count(s, "SELECT sum(version) FROM person"),
                     version); /* nobody edited anything */
    char *value;
    OK(setting_get(s, true, "collation", &value, err));
    assert_string_not_equal(value, "nb 1.0");
    free(value);
    session_close(s);
}

static void test_collation_of_a_locked_database(void **state)
{
    (void)state;
    const char *path = in_folder("locked.db");
    struct session *a = desk_open(path, "anna"), *b = NULL;
    desk_add(a, T_PERSON, "given_name", "Kari", NULL);
    OK(session_begin(a, ACT_ADD, err));
    OK(session_open(&b, path, 0, "bo", err)); /* nothing to collate: reading waits for nobody */
    desk_is(b, T_PERSON, 1, "given_name", "Kari");
    session_rollback(a);
    session_close(b);
    session_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_is_administrator),
        cmocka_unit_test(test_next_is_adviser),
        cmocka_unit_test(test_two_first_at_once),
        cmocka_unit_test(test_reader),
        cmocka_unit_test(test_switched_off),
        cmocka_unit_test(test_removed_user),
        cmocka_unit_test(test_user_in_history),
        cmocka_unit_test(test_only_administrator),
        cmocka_unit_test(test_administrator_hands_over),
        cmocka_unit_test(test_user_names),
        cmocka_unit_test(test_rollback_forgets),
        cmocka_unit_test(test_begin_twice),
        cmocka_unit_test(test_nothing_outside_a_transaction),
        cmocka_unit_test(test_change_set_is_one),
        cmocka_unit_test(test_act_labels),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_setting_in_transaction),
        cmocka_unit_test(test_collation_is_kept),
        cmocka_unit_test(test_collation_of_a_locked_database),
    };
    return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
