/* Migrations of our own, in place of the program's: what db_open does with any. */
#include "config.h"

#include <pthread.h>

#include "desk.h"

#include "db/migrate.h"

/* (Instead of those made from share/schema.) The third fails where a row of `a` is negative, or
 * where `b` would refer to nothing. */
const struct migration migrations[] = {
    {1, "0001-one.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER) STRICT;"},
    {2, "0002-two.sql",
     "CREATE TABLE b (a_id INTEGER REFERENCES a (id)) STRICT; INSERT INTO a (n) VALUES (1);"},
    {3, "0003-three.sql",
     "CREATE TABLE new (id INTEGER PRIMARY KEY, n INTEGER CHECK (n >= 0), s TEXT NOT NULL DEFAULT "
     "'x') STRICT;"
     "INSERT INTO new (id, n) SELECT id, n FROM a WHERE n <> 13;"
     "DROP TABLE a; ALTER TABLE new RENAME TO a;"},
};
const int migrations_count = 3;

static int64_t number(struct db *db, const char *sql)
{
    int64_t n = -9;
    OK(db_get_int(db, &n, NULL, err, sql, NULL));
    return n;
}

static struct db *open_db(const char *path)
{
    struct db *db = NULL;
    OK(db_open(&db, path, DB_CREATE, err));
    return db;
}

/* A database as the second version left it, and `sql` done to it since. */
static const char *old_one(const char *name, const char *sql)
{
    const char *path = in_folder(name);
    struct db *db = open_db(path);
    OK(db_script(db, "DROP TABLE b; DROP TABLE a;", err));
    OK(db_script(db, migrations[0].sql, err));
    OK(db_script(db, migrations[1].sql, err));
    OK(db_script(db, sql, err));
    OK(db_script(db, "PRAGMA user_version=2", err));
    db_close(db);
    return path;
}

static void test_new(void **state)
{
    (void)state;
    struct db *db = open_db(in_folder("new.db"));
    assert_int_equal(number(db, "PRAGMA user_version"), 3);
    assert_int_equal(number(db, "SELECT count(*) FROM a WHERE s = 'x'"), 1);
    assert_int_equal(number(db, "PRAGMA foreign_keys"), 1); /* on again */
    assert_int_equal(db_schema_version(), 3);
    db_close(db);
}

static void test_old(void **state)
{
    (void)state;
    const char *path = old_one("old.db", "INSERT INTO a (n) VALUES (5); INSERT INTO b VALUES (2)");
    struct db *db = NULL;
    struct error e = {0};
    assert_int_equal(db_open(&db, path, DB_READ_ONLY, &e),
                     ST_DATABASE); /* looked at only: not touched */
    assert_non_null(strstr(e.why, "upgraded"));
    assert_null(db);
    db = open_db(path);
    assert_int_equal(number(db, "PRAGMA user_version"), 3);
    assert_int_equal(number(db, "SELECT n FROM a WHERE id = (SELECT a_id FROM b)"), 5);
    assert_int_equal(number(db, "SELECT count(*) FROM a"), 2); /* the second was not run again */
    db_close(db);
    db_close(open_db(path));
}

/* Refused with these words, each time anew, and left as it was: byte for byte, once its log is in
 * it. */
static void stays_old(const char *path, const char *words)
{
    struct db *db = NULL;
    struct error e = {0};
    static char before[1 << 17], after[1 << 17];
    size_t n = 0;
    for (int i = 0; i < 3; i++) {
        assert_int_not_equal(db_open(&db, path, 0, &e), ST_OK);
        assert_null(db);
        if (!strstr(e.why, words))
            fail_msg("\"%s\" does not say \"%s\"", e.why, words);
        FILE *f = fopen(path, "rb");
        assert_non_null(f);
        size_t m = fread(i ? after : before, 1, sizeof before, f);
        fclose(f);
        assert_true(m > 0 && m < sizeof before);
        if (i) {
            assert_int_equal(m, n);
            assert_memory_equal(before, after, n);
        }
        n = m;
    }
}

static void test_failing(void **state)
{
    (void)state;
    stays_old(old_one("negative.db", "INSERT INTO a (n) VALUES (-5)"), "CHECK");
    stays_old(old_one("orphan.db", "INSERT INTO a (n) VALUES (13); INSERT INTO b VALUES (2)"),
              "0003-three.sql");
}

static void *opens(void *arg)
{
    struct db *db = NULL;
    struct error e = {0};
    enum status st = db_open(&db, arg, DB_CREATE, &e);
    db_close(db);
    return st == ST_OK ? NULL : (void *)1;
}

static void all_open(const char *path)
{
    pthread_t t[8];
    for (int i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&t[i], NULL, opens, (void *)(uintptr_t)path), 0);
    for (int i = 0; i < 8; i++) {
        void *failed;
        pthread_join(t[i], &failed);
        assert_null(failed);
    }
    struct db *db = open_db(path);
    assert_int_equal(number(db, "PRAGMA user_version"), 3);
    assert_int_equal(number(db, "SELECT count(*) FROM a"), 1);
    db_close(db);
}

static void test_many_first_openers(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) {
        char name[20];
        snprintf(name, sizeof name, "race%d.db", i);
        all_open(in_folder(name));
    }
    all_open(old_one("old-race.db", "SELECT 1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_new),
        cmocka_unit_test(test_old),
        cmocka_unit_test(test_failing),
        cmocka_unit_test(test_many_first_openers),
    };
    return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
