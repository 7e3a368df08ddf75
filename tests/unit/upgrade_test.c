/* Databases that earlier versions left, upgraded by the program's own migrations. For each version
 * a small one is kept in tests/data, as what is put on top of its migrations. */
#include "config.h"

#include "desk.h"

#include "samling/draft.h"
#include "samling/history.h"
#include "samling/lookup.h"

#include "db/migrate.h"

static char *read_kept(const char *name)
{
    struct buf path = {0}, text = {0};
    const char *share = getenv("SAMLING_DATADIR");
    char part[4096];
    size_t n;
    if (share)
        buf_addf(&path, "%s/../", share);
    buf_addf(&path, "tests/data/%s", name);
    FILE *f = fopen(path.s, "rb");
    if (!f)
        fail_msg("%s is not there", path.s);
    while ((n = fread(part, 1, sizeof part, f)) > 0)
        buf_addn(&text, part, n);
    fclose(f);
    buf_free(&path);
    return buf_take(&text);
}

/* A database as `version` left it. */
static const char *old_one(int version, const char *kept)
{
    const char *path = in_folder(kept);
    struct db *db = NULL;
    struct buf drop = {0};
    char *rows = read_kept(kept);
    OK(db_open(&db, path, DB_CREATE, err));
    struct stmt *st = db_query(
        db, NULL,
        "SELECT type, name FROM sqlite_schema t WHERE type IN ('table', 'view') AND NOT EXISTS"
        " (SELECT 1 FROM sqlite_schema v WHERE v.sql LIKE 'CREATE VIRTUAL%'"
        " AND t.name LIKE v.name || '\\_%' ESCAPE '\\') ORDER BY type = 'table'",
        NULL);
    buf_add(&drop, "PRAGMA foreign_keys=OFF;");
    while (stmt_step(st, NULL) == STEP_ROW)
        buf_addf(&drop, "DROP %s %s;", stmt_str(st, 0), stmt_str(st, 1));
    OK(db_script(db, drop.s, err));
    for (int i = 0; i < version; i++)
        OK(db_script(db, migrations[i].sql, err));
    OK(db_script(db, rows, err));
    buf_clear(&drop);
    buf_addf(&drop, "PRAGMA user_version=%d", version);
    OK(db_script(db, drop.s, err));
    db_close(db);
    buf_free(&drop);
    free(rows);
    return path;
}

static char *schema(struct session *s)
{
    char *text = NULL;
    OK(db_get_text(
        s->db, &text, err,
        "SELECT group_concat(type || ' ' || name || ' ' || coalesce(sql, ''), char(10)) FROM"
        " (SELECT * FROM sqlite_schema ORDER BY type, name)",
        NULL));
    return text;
}

static const struct {
    int version;
    const char *kept;
} versions[] = {{1, "v1.sql"}, {2, "v2.sql"}};

static void test_schema_is_that_of_a_new_one(void **state)
{
    (void)state;
    struct session *new_one = desk_open(":memory:", "anna");
    char *want = schema(new_one);
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        struct session *old = desk_open(old_one(versions[i].version, versions[i].kept), "anna");
        char *have = schema(old);
        assert_string_equal(have, want);
        assert_int_equal(desk_count(old, "PRAGMA user_version"), db_schema_version());
        desk_sound(old);
        free(have);
        session_close(old);
    }
    free(want);
    session_close(new_one);
}

static void test_all_is_there(void **state)
{
    (void)state;
    struct session *s = desk_open(old_one(1, "v1.sql"), "anna");
    struct found f = {0};
    struct lookup_more more = {.organisation = 1};
    assert_int_equal(s->role, ROLE_ADMINISTRATOR);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM person"), 6);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM attendance"), 3);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM change"), 16);
    desk_is(s, T_PERSON, 1, "given_name", "Kari Anne");
    desk_is(s, T_PERSON, 1, "alias", NULL);
    desk_is(s, T_BATCH, 1, "skipped", "0");
    OK(lookup_people_by_name(s, "ole jakob emil van der berg", 99, &f, err));
    assert_int_equal(f.n, 1);
    OK(lookup_people_near(s, "kari nordmann", &more, 99, &f, err));
    assert_int_equal(f.n, 2);
    assert_int_equal(f.id[1], 1);
    session_close(s);
}

static void test_it_can_be_worked_with(void **state)
{
    (void)state;
    struct session *s = desk_open(old_one(1, "v1.sql"), "anna");
    struct undo_report report = {0};
    struct found f = {0};
    desk_set(s, T_PERSON, 1, "alias", "Hansen");
    OK(lookup_people_also(s, "kari hansen", 99, &f, err));
    assert_int_equal(f.n, 1);
    desk_sound(s);
    for (int i = 0; i < 2; i++) { /* what was done now, and what was done before */
        int64_t set;
        OK(undo_next(s, false, &set, err));
        OK(undo_set(s, set, false, &report, err));
    }
    desk_is(s, T_PERSON, 1, "alias", NULL);
    desk_is(s, T_PERSON, 2, "phone", NULL);
    desk_sound(s);
    session_close(s);
}

static void test_version_2(void **state)
{
    (void)state;
    struct session *s = desk_open(old_one(2, "v2.sql"), "anna");
    struct found f = {0};
    struct draft d;
    bool found;
    OK(lookup_people_also(s, "kari hansen", 99, &f, err));
    assert_int_equal(f.n, 1);
    OK(lookup_organisations_also(s, "solbakken fus", 99, &f, err));
    desk_is(s, T_COHORT, 1, "deadline", NULL);
    desk_is(s, T_GATHERING, 1, "deadline", NULL);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM plan"), 0);
    OK(draft_load(s, type_of(T_PERSON), 2, &d, &found, err));
    assert_true(found);
    assert_string_equal(d.typed[type_field(type_of(T_PERSON), "phone")], "9");
    draft_free(type_of(T_PERSON), &d);
    /* What is counted and put in order was so when it came, and goes on being so. */
    assert_int_equal(desk_count(s, "SELECT expected * 100 + waitlisted * 10 + invited FROM cohort"
                                   " WHERE id = 1"),
                     310);
    assert_int_equal(desk_count(s, "SELECT expected * 100 + waitlisted * 10 + invited FROM cohort"
                                   " WHERE id = 2"),
                     1);
    assert_int_equal(desk_count(s, "SELECT marks FROM gathering WHERE id = 1"), 3);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM programme_place"), 3);
    session_close(s);
}

static void test_version_2_can_be_worked_with(void **state)
{
    (void)state;
    struct session *s = desk_open(old_one(2, "v2.sql"), "anna");
    struct undo_report report = {0};
    desk_set(s, T_ENROLMENT, 4, "status", "registered");
    desk_set(s, T_COHORT, 2, "deadline", "2026-12-01");
    int64_t plan = desk_add(s, T_PLAN, "title", "Kompetanseplan 2026/27", NULL);
    desk_add(s, T_PLACEMENT, "offering", "1", "plan", num(plan), NULL);
    assert_int_equal(desk_count(s, "SELECT expected FROM cohort WHERE id = 1"), 4);
    desk_sound(s);
    for (int i = 0; i < 6; i++) { /* what was done now, and what was done before */
        int64_t set;
        OK(undo_next(s, false, &set, err));
        OK(undo_set(s, set, false, &report, err));
    }
    assert_int_equal(desk_count(s, "SELECT count(*) FROM plan"), 0);
    assert_int_equal(desk_count(s, "SELECT marks FROM gathering WHERE id = 1"), 0);
    desk_is(s, T_PERSON, 2, "phone", NULL);
    desk_sound(s);
    OK(undo_batch(s, 1, &report, err));
    assert_int_equal(desk_count(s, "SELECT expected FROM cohort WHERE id = 1"), 0);
    desk_sound(s);
    session_close(s);
}

static char *uid_of(const char *path)
{
    char *uid = NULL;
    struct session *s = desk_open(path, "anna");
    OK(setting_get(s, true, "uid", &uid, err));
    session_close(s);
    assert_non_null(uid);
    assert_int_equal(strlen(uid), 32);
    assert_int_equal(strspn(uid, "0123456789abcdef"), 32);
    return uid;
}

static void test_each_has_a_name_of_its_own(void **state)
{
    (void)state;
    const char *old = old_one(1, "v1.sql");
    char *first = uid_of(old), *again = uid_of(old), *other = uid_of(in_folder("new.db"));
    assert_string_equal(first, again);
    assert_string_not_equal(first, other);
    free(first);
    free(again);
    free(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_schema_is_that_of_a_new_one),
        cmocka_unit_test(test_all_is_there),
        cmocka_unit_test(test_it_can_be_worked_with),
        cmocka_unit_test(test_version_2),
        cmocka_unit_test(test_version_2_can_be_worked_with),
        cmocka_unit_test(test_each_has_a_name_of_its_own),
    };
    return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
