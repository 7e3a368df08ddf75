#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "desk.h"

static struct db *open_db(const char *path, unsigned flags)
{
    struct db *db = NULL;
    OK(db_open(&db, path, flags, err));
    return db;
}

static void put_file(const char *path, const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static bool is_there(const char *path)
{
    struct stat sb;
    return stat(path, &sb) == 0;
}

static const char *beside(const char *path, const char *suffix)
{
    static char name[200];
    snprintf(name, sizeof name, "%s%s", path, suffix);
    return name;
}

/* Opening is refused with these words, and nothing is left open. */
static void refused(const char *path, unsigned flags, enum status want, const char *words)
{
    struct db *db = (struct db *)1;
    struct error err = {0};
    assert_int_equal(db_open(&db, path, flags, &err), want);
    assert_null(db);
    assert_int_equal(err.code, want);
    assert_string_equal(err.what, path);
    if (!strstr(err.why, words))
        fail_msg("\"%s\" does not say \"%s\"", err.why, words);
    assert_int_equal(db_open(&db, path, flags, NULL), want); /* the words are not wanted */
}

/* Runs `fn` as somebody without rights, in a process of its own. */
static void as_nobody(void (*fn)(void))
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(99);
        fn();
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("as nobody: step %d failed", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

#define STEP(n, true_of)                                                                           \
    do {                                                                                           \
        if (!(true_of))                                                                            \
            _exit(n);                                                                              \
    } while (0)

/* ---- opening ---- */

static void test_paths(void **state)
{
    (void)state;
    refused(in_folder("none.db"), 0, ST_DATABASE, "no such database");
    refused(in_folder("nowhere/a.db"), DB_CREATE, ST_DATABASE, "folder is not there");
    refused(in_folder("nowhere/a.db"), 0, ST_DATABASE, "no such database");
    refused(desk_folder, DB_CREATE, ST_DATABASE, "this is a folder");
    refused("/dev/null", DB_CREATE, ST_DATABASE, "not an ordinary file");
    struct db *db;
    FAILS(ST_DATABASE, db_open(&db, "", DB_CREATE, err));
    put_file(in_folder("file"), "x", 1);
    FAILS(ST_DATABASE, db_open(&db, in_folder("file/a.db"), DB_CREATE, err));
    assert_false(is_there(in_folder("none.db")));
}

static void test_create(void **state)
{
    (void)state;
    const char *path = in_folder("new.db");
    struct db *db = open_db(path, DB_CREATE | DB_NEW);
    assert_string_equal(db_path(db), path);
    assert_false(db_is_read_only(db));
    int64_t v;
    OK(db_get_int(db, &v, NULL, err, "PRAGMA user_version", NULL));
    assert_int_equal(v, db_schema_version());
    OK(db_get_int(db, &v, NULL, err, "PRAGMA application_id", NULL));
    assert_int_equal(v, 0x534d4c47);
    OK(db_get_int(db, &v, NULL, err, "PRAGMA foreign_keys", NULL));
    assert_int_equal(v, 1);
    char *mode;
    OK(db_get_text(db, &mode, err, "PRAGMA journal_mode", NULL));
    assert_string_equal(mode, "wal");
    free(mode);
    db_close(db);
    assert_false(is_there(beside(path, "-wal")));
    refused(path, DB_CREATE | DB_NEW, ST_REFUSED, "already");
    db_close(open_db(path, 0));
    db_close(NULL);
}

static void test_name_like_an_address(void **state)
{
    (void)state;
    char here[256];
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(desk_folder), 0);
    struct db *db = open_db("file:x.db?mode=memory", DB_CREATE);
    db_close(db);
    assert_true(is_there("file:x.db?mode=memory"));
    assert_int_equal(chdir(here), 0);
}

static void test_empty_file(void **state)
{
    (void)state;
    put_file(in_folder("empty.db"), "", 0);
    refused(in_folder("empty.db"), 0, ST_DATABASE, "empty");
    refused(in_folder("empty.db"), DB_READ_ONLY, ST_DATABASE, "empty");
    db_close(open_db(in_folder("empty.db"), DB_CREATE));
    db_close(open_db(in_folder("empty.db"), 0));
}

static void test_not_a_database(void **state)
{
    (void)state;
    char text[8192];
    memset(text, 'x', sizeof text);
    put_file(in_folder("text.db"), text, sizeof text);
    refused(in_folder("text.db"), DB_CREATE, ST_DATABASE, "not a database");
    put_file(in_folder("short.db"), "given_name;family_name\n", 23);
    refused(in_folder("short.db"), DB_CREATE, ST_DATABASE, "not a database");
    FILE *f = fopen(in_folder("short.db"), "rb");
    assert_int_equal(fread(text, 1, sizeof text, f), 23); /* left as it was */
    fclose(f);
}

static void test_other_identity(void **state)
{
    (void)state;
    const char *path = in_folder("other.db");
    struct db *db = open_db(path, DB_CREATE);
    OK(db_script(db, "PRAGMA application_id=7", err));
    db_close(db);
    refused(path, DB_CREATE, ST_DATABASE, "another program");
    refused(path, DB_READ_ONLY, ST_DATABASE, "another program");
}

static void set_version(const char *path, int version)
{
    char sql[60];
    struct db *db = open_db(path, DB_CREATE);
    snprintf(sql, sizeof sql, "PRAGMA user_version=%d", version);
    OK(db_script(db, sql, err));
    db_close(db);
}

static void test_versions(void **state)
{
    (void)state;
    set_version(in_folder("newer.db"), 99);
    refused(in_folder("newer.db"), 0, ST_DATABASE, "99");
    set_version(in_folder("never.db"), -1);
    refused(in_folder("never.db"), 0, ST_DATABASE, "damaged");
    set_version(in_folder("zero.db"), 0);
    refused(in_folder("zero.db"), DB_CREATE, ST_DATABASE, "damaged");
}

/* Leaves 99 where it failed to fail. */
static void nobody_reads(void)
{
    struct db *db = NULL;
    struct error err = {0};
    /* A folder that cannot be written: no shared memory beside the file. */
    STEP(1, db_open(&db, in_folder("shut/secret.db"), DB_CREATE, &err) == ST_DATABASE && !db &&
                err.why[0]);
    STEP(2, db_open(&db, in_folder("locked/a.db"), DB_CREATE, &err) == ST_DATABASE && !db &&
                err.why[0]);
    STEP(3, db_open(&db, in_folder("locked/new.db"), DB_CREATE, &err) == ST_DATABASE && !db &&
                err.why[0]);
    /* A file that cannot be written, in use by somebody who may. */
    STEP(4, db_open(&db, in_folder("open/b.db"), DB_CREATE, &err) == ST_OK);
    STEP(5, db_is_read_only(db));
    int64_t n;
    STEP(6, db_get_int(db, &n, NULL, &err, "SELECT count(*) FROM person", NULL) == ST_OK);
    STEP(7, db_begin(db, &err) == ST_DATABASE && strstr(err.why, "cannot be written"));
    STEP(8, !db_in_transaction(db));
    db_close(db);
    struct session *s = NULL;
    STEP(9, session_open(&s, in_folder("open/b.db"), 0, "bo", &err) == ST_OK);
    STEP(10, session_begin(s, ACT_ADD, &err) == ST_DATABASE);
    struct buf lines = {0};
    STEP(11, db_check(s->db, desk_line, &lines, &err) == ST_OK &&
                 record_verify(s, desk_line, &lines, &err) == ST_OK);
    session_close(s);
    /* A backup is one file, and is read wherever it lies. */
    STEP(12, db_open(&db, in_folder("locked/backup.db"), 0, &err) == ST_OK);
    STEP(13, db_is_read_only(db));
    STEP(14,
         db_get_int(db, &n, NULL, &err, "SELECT count(*) FROM person", NULL) == ST_OK && n == 1);
    db_close(db);
}

static void test_without_rights(void **state)
{
    (void)state;
    mkdir(in_folder("shut"), 0700);
    mkdir(in_folder("locked"), 0755);
    mkdir(in_folder("open"), 0755);
    chmod(desk_folder, 0755);
    chmod(in_folder("open"), 0777);
    db_close(open_db(in_folder("shut/secret.db"), DB_CREATE));
    struct session *s = desk_open(in_folder("locked/a.db"), "anna");
    desk_add(s, T_PERSON, "given_name", "Kari", NULL);
    OK(db_backup(s->db, in_folder("locked/backup.db"), err));
    session_close(s);
    assert_int_equal(chmod(in_folder("locked/backup.db"), 0444), 0);
    assert_int_equal(chmod(in_folder("locked/a.db"), 0444), 0);
    struct db *b = open_db(in_folder("open/b.db"), DB_CREATE);
    OK(db_script(b, "CREATE TABLE t (a); DROP TABLE t", err));
    chmod(in_folder("open/b.db"), 0444);
    chmod(beside(in_folder("open/b.db"), "-wal"), 0444);
    chmod(beside(in_folder("open/b.db"), "-shm"), 0444);
    if (geteuid() != 0)
        chmod(in_folder("shut"), 0), chmod(in_folder("locked"), 0555);
    as_nobody(nobody_reads);
    db_close(b);
}

static void test_read_only_flag(void **state)
{
    (void)state;
    db_close(open_db(in_folder("look.db"), DB_CREATE));
    struct db *db = open_db(in_folder("look.db"), DB_READ_ONLY);
    assert_true(db_is_read_only(db));
    FAILS(ST_DATABASE, db_run(db, err, "DELETE FROM person", NULL));
    FAILS(ST_DATABASE, db_begin(db, err));
    db_close(db);
}

/* ---- statements ---- */

static void test_binding(void **state)
{
    (void)state;
    struct db *db = open_db(":memory:", 0);
    struct stmt *st = db_query(db, NULL, "SELECT ?1, ?2, ?3, ?4, ?5, ?6, 1.5", "tiIIbn", "æ",
                               INT64_MIN, (int64_t)0, (int64_t)7, (const void *)"\0x", (size_t)2);
    assert_int_equal(stmt_step(st, NULL), STEP_ROW);
    assert_string_equal(stmt_text(st, 0), "æ");
    assert_true(stmt_int(st, 1) == INT64_MIN);
    assert_true(stmt_is_null(st, 2) && stmt_text(st, 2) == NULL);
    assert_string_equal(stmt_str(st, 2), "");
    assert_int_equal(stmt_int(st, 3), 7);
    size_t n;
    const char *p = stmt_blob(st, 4, &n);
    assert_int_equal(n, 2);
    assert_memory_equal(p, "\0x", 2);
    assert_true(stmt_is_null(st, 5));
    assert_true(stmt_real(st, 6) == 1.5);
    char seen[8] = {0};
    for (int i = 0; i < 7; i++)
        seen[i] = stmt_kind(st, i);
    assert_string_equal(seen, "tinibnr");
    assert_int_equal(stmt_columns(st), 7);
    assert_int_equal(stmt_step(st, NULL), STEP_DONE);
    /* The next use finds no values of the last. */
    st = db_query(db, NULL, "SELECT ?1, ?2, ?3, ?4, ?5, ?6, 1.5", NULL);
    assert_int_equal(stmt_step(st, NULL), STEP_ROW);
    for (int i = 0; i < 6; i++)
        assert_true(stmt_is_null(st, i));
    stmt_reset(st);
    stmt_reset(NULL);
    db_close(db);
}

static void test_nested_use_of_one_statement(void **state)
{
    (void)state;
    struct db *db = open_db(":memory:", 0);
    static const char sql[] = "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n "
                              "WHERE i < ?1) SELECT i FROM n";
    int64_t sum = 0;
    struct stmt *a = db_query(db, NULL, sql, "i", (int64_t)4);
    while (stmt_step(a, NULL) == STEP_ROW) {
        struct stmt *b = db_query(db, NULL, sql, "i", stmt_int(a, 0)), *c;
        while (stmt_step(b, NULL) == STEP_ROW) {
            c = db_query(db, NULL, sql, "i", stmt_int(b, 0));
            assert_int_equal(stmt_step(c, NULL), STEP_ROW);
            sum += stmt_int(a, 0) * stmt_int(b, 0);
            stmt_reset(c); /* left before its end */
        }
    }
    assert_int_equal(sum, 1 * 1 + 2 * 3 + 3 * 6 + 4 * 10);
    db_close(db);
}

static void test_many_statements(void **state)
{
    (void)state;
    struct db *db = open_db(":memory:", 0);
    struct stmt *kept = db_query(db, NULL, "SELECT 1 UNION ALL SELECT 2", NULL);
    assert_int_equal(stmt_step(kept, NULL), STEP_ROW);
    for (int64_t i = 0; i < 2000; i++) { /* more than are cached */
        char sql[60];
        int64_t v;
        snprintf(sql, sizeof sql, "SELECT %lld + ?1", (long long)i);
        OK(db_get_int(db, &v, NULL, err, sql, "i", (int64_t)1));
        assert_int_equal(v, i + 1);
    }
    assert_int_equal(stmt_step(kept, NULL), STEP_ROW);
    assert_int_equal(stmt_int(kept, 0), 2);
    assert_int_equal(stmt_step(kept, NULL), STEP_DONE);
    db_close(db);
}

static void test_bad_sql(void **state)
{
    (void)state;
    struct db *db = open_db(":memory:", 0);
    int64_t v = 5;
    char *text = (char *)1;
    bool found = true;
    FAILS(ST_DATABASE, db_run(db, err, "SELEKT 1", NULL));
    assert_int_equal(db_run(db, NULL, "SELEKT 1", NULL), ST_DATABASE);
    assert_null(db_query(db, NULL, "SELEKT 1", NULL));
    assert_int_equal(stmt_step(NULL, NULL), STEP_ERROR);
    FAILS(ST_DATABASE, db_get_int(db, &v, &found, err, "SELEKT 1", NULL));
    assert_true(v == 0 && !found);
    FAILS(ST_DATABASE, db_get_text(db, &text, err, "SELEKT 1", NULL));
    assert_null(text);
    FAILS(ST_DATABASE, db_script(db, "SELECT 1; SELEKT 2", err));
    OK(db_get_int(db, &v, &found, err, "SELECT 1 WHERE 0", NULL));
    assert_true(v == 0 && !found);
    OK(db_get_text(db, &text, err, "SELECT NULL", NULL));
    assert_null(text);
    /* A stale code in the caller's error is none of ours. */
    struct error stale = {.code = ST_OK};
    assert_int_equal(db_run(db, &stale, "SELEKT 1", NULL), ST_DATABASE);
    db_close(db);
}

static void test_constraint_is_a_refusal(void **state)
{
    (void)state;
    struct db *db = open_db(":memory:", 0);
    OK(db_run(
        db, err,
        "INSERT INTO user (id, created_at, changed_at, name, role) VALUES (1, 0, 0, 'a', 'reader')",
        NULL));
    FAILS(
        ST_REFUSED,
        db_run(db, err,
               "INSERT INTO user (created_at, changed_at, name, role) VALUES (0, 0, 'a', 'reader')",
               NULL));
    FAILS(ST_REFUSED,
          db_run(db, err,
                 "INSERT INTO user (created_at, changed_at, name, role) VALUES (0, 0, 'b', 'king')",
                 NULL));
    FAILS(ST_REFUSED, db_run(db, err,
                             "INSERT INTO draft (user_id, type, record_id, version, at, fields)"
                             " VALUES (9, 1, 0, 0, 0, '{}')",
                             NULL));
    FAILS(ST_REFUSED, db_run(db, err, "UPDATE user SET name = x'00'", NULL)); /* STRICT */
    assert_int_equal(db_last_id(db), 1);
    OK(db_run(db, err, "UPDATE user SET name = 'b'", NULL));
    assert_int_equal(db_changes(db), 1);
    db_close(db);
}

static void test_value_too_big(void **state)
{
    (void)state;
    struct db *db = open_db(":memory:", 0);
    struct error e = {0};
    int64_t v = 1;
    char little[8] = "x";
    struct stmt *st = db_query(db, &e, "SELECT ?1 IS NULL", NULL);
    stmt_bind_blob(st, 1, little, (size_t)3 << 30); /* never read: refused for its size */
    assert_int_equal(stmt_step(st, &e), STEP_ERROR);
    assert_int_equal(e.code, ST_DATABASE);
    OK(db_get_int(db, &v, NULL, err, "SELECT ?1 IS NULL", "i", (int64_t)4));
    assert_int_equal(v, 0);
    db_close(db);
}

static void test_fold(void **state)
{
    (void)state;
    struct db *db = open_db(":memory:", 0);
    char *text;
    OK(db_get_text(db, &text, err, "SELECT fold(?1)", "t", "Ødegård"));
    assert_string_equal(text, "oedegaard");
    free(text);
    OK(db_get_text(db, &text, err, "SELECT fold(NULL)", NULL));
    assert_null(text);
    OK(db_get_text(db, &text, err, "SELECT fold('')", NULL));
    assert_string_equal(text, "");
    free(text);
    /* Not from within the file: a schema of somebody else's making must not reach our functions. */
    FAILS(ST_DATABASE, db_script(db, "CREATE VIEW v AS SELECT fold('a'); SELECT * FROM v", err));
    db_close(db);
}

/* ---- transactions ---- */

static void test_transactions(void **state)
{
    (void)state;
    struct db *db = open_db(":memory:", 0);
    db_rollback(db); /* none is open */
    OK(db_script(db, "CREATE TABLE t (a UNIQUE)", err));
    OK(db_begin(db, err));
    assert_true(db_in_transaction(db));
    FAILS(ST_DATABASE, db_begin(db, err));
    OK(db_run(db, err, "INSERT INTO t VALUES (1)", NULL));
    db_rollback(db);
    assert_false(db_in_transaction(db));
    FAILS(ST_DATABASE, db_commit(db, err));
    OK(db_begin(db, err));
    OK(db_run(db, err, "INSERT INTO t VALUES (2)", NULL));
    OK(db_commit(db, err));
    OK(db_begin_read(db, err));
    db_end_read(db);
    assert_false(db_in_transaction(db));
    int64_t n;
    OK(db_get_int(db, &n, NULL, err, "SELECT sum(a) FROM t", NULL));
    assert_int_equal(n, 2);
    db_close(db);
}

static void test_parts(void **state)
{
    (void)state;
    struct db *db = open_db(":memory:", 0);
    int64_t n;
    OK(db_script(db, "CREATE TABLE t (a UNIQUE)", err));
    OK(db_begin(db, err));
    OK(db_run(db, err, "INSERT INTO t VALUES (1)", NULL));
    OK(db_part_begin(db, err));
    OK(db_run(db, err, "INSERT INTO t VALUES (10)", NULL));
    OK(db_part_begin(db, err));
    OK(db_run(db, err, "INSERT INTO t VALUES (100)", NULL));
    db_part_drop(db);
    OK(db_part_keep(db, err));
    OK(db_part_begin(db, err));
    OK(db_run(db, err, "INSERT INTO t VALUES (1000)", NULL));
    db_part_drop(db);
    assert_true(db_in_transaction(db));
    OK(db_commit(db, err));
    OK(db_get_int(db, &n, NULL, err, "SELECT sum(a) FROM t", NULL));
    assert_int_equal(n, 11);
    db_part_drop(db); /* nothing is open */
    db_close(db);
}

static void test_commit_that_fails(void **state)
{
    (void)state;
    struct db *db = open_db(":memory:", 0);
    OK(db_script(db,
                 "CREATE TABLE a (id INTEGER PRIMARY KEY);"
                 "CREATE TABLE b (a REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED)",
                 err));
    OK(db_begin(db, err));
    OK(db_run(db, err, "INSERT INTO b VALUES (1)", NULL));
    FAILS(ST_REFUSED, db_commit(db, err));
    assert_false(db_in_transaction(db));
    int64_t n;
    OK(db_get_int(db, &n, NULL, err, "SELECT count(*) FROM b", NULL));
    assert_int_equal(n, 0);
    db_close(db);
}

/* ---- two at once ---- */

static void test_data_version(void **state)
{
    (void)state;
    struct db *a = open_db(in_folder("version.db"), DB_CREATE),
              *b = open_db(in_folder("version.db"), 0);
    int64_t before = db_data_version(a);
    OK(db_run(a, err, "INSERT INTO setting (name, value) VALUES ('a', '1')", NULL));
    assert_int_equal(db_data_version(a), before); /* one's own writing is no news */
    OK(db_run(b, err, "INSERT INTO setting (name, value) VALUES ('b', '1')", NULL));
    int64_t after = db_data_version(a);
    assert_int_not_equal(after, before);
    OK(db_begin(b, err));
    OK(db_run(b, err, "INSERT INTO setting (name, value) VALUES ('c', '1')", NULL));
    db_rollback(b);
    assert_int_equal(db_data_version(a), after); /* nothing came of it */
    db_close(b);
    db_close(a);
}

static void *let_go(void *arg)
{
    nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
    db_rollback(arg);
    return NULL;
}

static void test_waits_for_the_lock(void **state)
{
    (void)state;
    struct db *a = open_db(in_folder("wait.db"), DB_CREATE), *b = open_db(in_folder("wait.db"), 0);
    pthread_t t;
    OK(db_begin(a, err));
    assert_int_equal(pthread_create(&t, NULL, let_go, a), 0);
    OK(db_begin(b, err)); /* while a holds it */
    db_rollback(b);
    pthread_join(t, NULL);
    db_close(b);
    db_close(a);
}

static void test_busy(void **state)
{
    (void)state;
    struct db *a = open_db(in_folder("busy.db"), DB_CREATE), *b = open_db(in_folder("busy.db"), 0);
    int64_t n;
    OK(db_begin(a, err));
    OK(db_run(a, err, "INSERT INTO setting (name, value) VALUES ('a', '1')", NULL));
    OK(db_get_int(b, &n, NULL, err, "SELECT count(*) FROM setting WHERE name = 'a'",
                  NULL)); /* readers wait for nobody */
    assert_int_equal(n, 0);
    struct error e = {0};
    assert_int_equal(db_begin(b, &e), ST_DATABASE);
    assert_non_null(strstr(e.why, "busy"));
    assert_false(db_in_transaction(b));
    OK(db_commit(a, err));
    OK(db_begin(b, err));
    OK(db_commit(b, err));
    db_close(b);
    db_close(a);
}

/* ---- stopping ---- */

static const char forever[] =
    "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

static bool after_three(void *arg)
{
    return ++*(int *)arg >= 3;
}

static void test_stopping(void **state)
{
    (void)state;
    struct db *db = open_db(":memory:", 0);
    int asked = 0;
    int64_t n;
    db_on_progress(db, after_three, &asked);
    FAILS(ST_STOPPED, db_get_int(db, &n, NULL, err, forever, NULL));
    assert_int_equal(asked, 3);
    db_on_progress(db, NULL, NULL);
    db_budget(db, 50000);
    FAILS(ST_STOPPED, db_get_int(db, &n, NULL, err, forever, NULL));
    db_budget(db, 0);
    OK(db_get_int(db, &n, NULL, err,
                  "SELECT count(*) FROM (WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL"
                  " SELECT i + 1 FROM n LIMIT 30000) SELECT i FROM n)",
                  NULL));
    assert_int_equal(n, 30000);
    db_close(db);
}

/* ---- backup ---- */

static void test_backup(void **state)
{
    (void)state;
    struct session *s = desk_open(in_folder("work.db"), "anna");
    int64_t kari = desk_add(s, T_PERSON, "given_name", "Kari", NULL);
    const char *copy = in_folder("copy.db");
    OK(db_backup(s->db, copy, err));
    assert_false(is_there(beside(copy, "-wal")) || is_there(beside(copy, "-shm")) ||
                 is_there(beside(copy, "-journal")));
    struct stat sb;
    assert_int_equal(stat(copy, &sb), 0);
    assert_int_equal(sb.st_mode & 0777, 0600); /* people's data */

    struct session *c = desk_open(copy, "bo");
    desk_is(c, T_PERSON, kari, "given_name", "Kari");
    desk_set(c, T_PERSON, kari, "given_name", "Karin"); /* a backup in use is a database like any */
    char *mode;
    OK(db_get_text(c->db, &mode, err, "PRAGMA journal_mode", NULL));
    assert_string_equal(mode, "wal");
    free(mode);
    FAILS(ST_REFUSED, db_backup(s->db, copy, err)); /* somebody works in it */
    session_close(c);

    OK(db_backup(s->db, copy, err)); /* replaced */
    c = desk_open(copy, "bo");
    desk_is(c, T_PERSON, kari, "given_name", "Kari");
    desk_sound(c);
    session_close(c);
    session_close(s);
}

static void test_backup_over_one_that_was_left_open(void **state)
{
    (void)state;
    struct session *s = desk_open(in_folder("work2.db"), "anna");
    desk_add(s, T_PERSON, "given_name", "Kari", NULL);
    const char *copy = in_folder("copy2.db");
    OK(db_backup(s->db, copy, err));
    pid_t pid = fork();
    if (pid == 0) { /* somebody opens the backup, writes, and dies */
        struct session *c = NULL;
        if (session_open(&c, copy, 0, "bo", NULL) != ST_OK)
            _exit(1);
        for (int i = 0; i < 50; i++)
            desk_add(c, T_PERSON, "given_name", "Ola", "family_name", num(i), NULL);
        kill(getpid(), SIGKILL);
    }
    int status;
    waitpid(pid, &status, 0);
    assert_true(WIFSIGNALED(status));
    assert_true(is_there(beside(copy, "-wal")));
    OK(db_backup(s->db, copy, err));
    assert_false(is_there(beside(copy, "-wal"))); /* it would be taken for that of the new file */
    struct session *c = desk_open(copy, "bo");
    assert_int_equal(desk_count(c, "SELECT count(*) FROM person"), 1);
    desk_sound(c);
    session_close(c);
    session_close(s);
}

static void test_backup_refuses(void **state)
{
    (void)state;
    struct db *db = open_db(in_folder("mine.db"), DB_CREATE), *other;
    char text[64] = {0};
    put_file(in_folder("letter.txt"), "dear all", 8);
    FAILS(ST_REFUSED, db_backup(db, in_folder("letter.txt"), err));
    FILE *f = fopen(in_folder("letter.txt"), "rb");
    assert_int_equal(fread(text, 1, sizeof text, f), 8);
    fclose(f);
    assert_string_equal(text, "dear all");
    FAILS(ST_REFUSED, db_backup(db, in_folder("mine.db"), err)); /* itself */
    assert_int_equal(link(in_folder("mine.db"), in_folder("alias.db")), 0);
    FAILS(ST_REFUSED, db_backup(db, in_folder("alias.db"), err));
    unlink(in_folder("alias.db"));
    FAILS(ST_REFUSED, db_backup(db, desk_folder, err));
    FAILS(ST_REFUSED, db_backup(db, "/dev/null", err));
    FAILS(ST_REFUSED, db_backup(db, in_folder("nowhere/copy.db"), err));
    other = open_db(in_folder("stranger.db"), DB_CREATE);
    OK(db_script(other, "PRAGMA application_id=7", err));
    db_close(other);
    FAILS(ST_REFUSED, db_backup(db, in_folder("stranger.db"), err));
    put_file(in_folder("nothing.db"), "", 0);
    OK(db_backup(db, in_folder("nothing.db"), err));
    set_version(in_folder("old.db"), 99);
    OK(db_backup(db, in_folder("old.db"), err)); /* ours, of whatever version */
    db_close(open_db(in_folder("old.db"), 0));
    db_close(db);
}

static void test_backup_while_writing(void **state)
{
    (void)state;
    struct session *a = desk_open(in_folder("both.db"), "anna"),
                   *b = desk_open(in_folder("both.db"), "bo");
    desk_add(a, T_PERSON, "given_name", "Kari", NULL);
    OK(session_begin(b, ACT_ADD, err));
    desk_add(b, T_PERSON, "given_name", "Ola", NULL);
    OK(db_backup(a->db, in_folder("both-copy.db"), err)); /* as it was before b began */
    FAILS(ST_DATABASE,
          db_backup(b->db, in_folder("both-copy2.db"), err)); /* of its own unsaved work: no */
    assert_false(is_there(in_folder("both-copy2.db")));
    OK(session_commit(b, err));
    struct session *c = desk_open(in_folder("both-copy.db"), "eva");
    assert_int_equal(desk_count(c, "SELECT count(*) FROM person"), 1);
    session_close(c);
    session_close(b);
    session_close(a);
}

static void test_backup_of_memory(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    desk_add(s, T_PERSON, "given_name", "Kari", NULL);
    OK(db_backup(s->db, in_folder("from-memory.db"), err));
    session_close(s);
    s = desk_open(in_folder("from-memory.db"), "anna");
    assert_int_equal(desk_count(s, "SELECT count(*) FROM person"), 1);
    session_close(s);
}

/* ---- damage ---- */

static void overwrite(const char *path, off_t from, size_t n, int byte)
{
    char bytes[4096];
    int fd = open(path, O_WRONLY);
    assert_true(fd >= 0);
    memset(bytes, byte, sizeof bytes);
    for (; n;) {
        size_t part = n < sizeof bytes ? n : sizeof bytes;
        assert_int_equal(pwrite(fd, bytes, part, from), (ssize_t)part);
        from += (off_t)part;
        n -= part;
    }
    close(fd);
}

static void fill(const char *path)
{
    struct session *s = desk_open(path, "anna");
    OK(session_begin(s, ACT_ADD, err));
    for (int i = 0; i < 400; i++)
        desk_add(s, T_PERSON, "given_name", "Kari", "family_name", num(i), NULL);
    OK(session_commit(s, err));
    session_close(s);
}

static void test_check_finds_damage(void **state)
{
    (void)state;
    /* Each page but the first, one after the other: what is spoilt there is found, or was never
     * used. */
    const char *path = in_folder("sound.db"), *spoilt = in_folder("spoilt.db");
    char command[300];
    struct stat sb;
    int found = 0, tried = 0;
    fill(path);
    assert_int_equal(stat(path, &sb), 0);
    for (off_t page = 4096; page < sb.st_size; page += 5 * 4096) {
        struct buf lines = {0};
        struct error err = {0};
        struct db *db = NULL;
        snprintf(command, sizeof command, "cp %s %s", path, spoilt);
        assert_int_equal(system(command), 0);
        overwrite(spoilt, page, 4096, 0xa5);
        tried++;
        enum status st = db_open(&db, spoilt, 0, &err);
        if (st == ST_OK)
            st = db_check(db, desk_line, &lines, &err);
        if (st != ST_OK) {
            assert_int_equal(st, ST_DATABASE);
            assert_int_equal(err.code, ST_DATABASE);
            found++;
        }
        buf_free(&lines);
        db_close(db);
    }
    assert_true(tried > 5);
    assert_int_equal(found, tried);
}

static void test_damaged_header(void **state)
{
    (void)state;
    const char *path = in_folder("header.db");
    fill(path);
    overwrite(path, 0, 16, 'x');
    refused(path, 0, ST_DATABASE, "not a database");
    const char *half = in_folder("half.db");
    fill(half);
    assert_int_equal(truncate(half, 9000), 0);
    struct db *db = NULL;
    struct buf lines = {0};
    struct error err = {0};
    enum status st = db_open(&db, half, 0, &err);
    if (st == ST_OK)
        st = db_check(db, desk_line, &lines, &err);
    assert_int_equal(st, ST_DATABASE);
    buf_free(&lines);
    db_close(db);
}

static void test_check_finds_orphans(void **state)
{
    (void)state;
    struct session *s = desk_open(in_folder("orphan.db"), "anna");
    desk_programme(s, 1);
    struct buf lines = {0};
    OK(db_check(s->db, desk_line, &lines, err));
    assert_int_equal(lines.len, 0);
    OK(db_script(s->db, "PRAGMA foreign_keys=OFF; DELETE FROM organisation; PRAGMA foreign_keys=ON",
                 err));
    FAILS(ST_DATABASE, db_check(s->db, desk_line, &lines, err));
    assert_non_null(strstr(lines.s, "organisation"));
    buf_free(&lines);
    session_close(s);
}

static void verify_finds(const char *damage, const char *words)
{
    struct session *s = desk_open(":memory:", "anna");
    desk_programme(s, 3);
    desk_sound(s);
    OK(db_script(s->db, damage, err));
    struct buf lines = {0};
    FAILS(ST_DATABASE, record_verify(s, desk_line, &lines, err));
    if (!strstr(buf_str(&lines), words))
        fail_msg("%s: found \"%s\"", damage, buf_str(&lines));
    assert_false(db_in_transaction(s->db));
    buf_free(&lines);
    session_close(s);
}

static void test_verify_finds_damage(void **state)
{
    (void)state;
    verify_finds("UPDATE person SET sort_key = x'00' WHERE id = 2", "sort key");
    verify_finds("UPDATE person SET match_name = 'ola' WHERE id = 2", "match name");
    verify_finds("UPDATE person SET search_text = 'ola' WHERE id = 2", "search text");
    verify_finds("UPDATE person SET given_name = 'Ola' WHERE id = 2", "person 2");
    verify_finds("UPDATE organisation SET municipality = 'Bærum'", "search text");
    verify_finds("INSERT INTO person_search (person_search) VALUES ('delete-all')", "search index");
    verify_finds("INSERT INTO person_search (rowid, search_text) VALUES (77, 'ola')",
                 "search index");
}

/* ---- a full disk ---- */

/* What a person would do: one thing after another until one is refused. Then the file is whole, has
 * what was said to be saved, and works again once there is room. */
static int fill_the_disk(const char *path)
{
    struct session *s = NULL;
    struct error err = {0};
    struct record *r;
    char note[3000];
    int saved = 0;
    memset(note, 'n', sizeof note - 1);
    note[sizeof note - 1] = '\0';
    if (session_open(&s, path, DB_CREATE, "anna", &err) != ST_OK)
        return -1;
    enum status st = ST_OK;
    while (st == ST_OK && saved < 5000) {
        st = session_begin(s, ACT_ADD, &err);
        if (st != ST_OK)
            break;
        for (int i = 0; st == ST_OK && i < 5; i++) {
            r = record_new(type_of(T_PERSON));
            record_put(r, type_field(r->type, "given_name"), "Kari");
            record_put(r, type_field(r->type, "note"), note);
            st = record_insert(s, r, &err);
            record_free(r);
        }
        if (st == ST_OK)
            st = session_commit(s, &err);
        else
            session_rollback(s);
        if (st == ST_OK)
            saved += 5;
    }
    if (st != ST_DATABASE || err.code != ST_DATABASE || !err.why[0] || db_in_transaction(s->db))
        return -2;
    if (desk_count(s, "SELECT count(*) FROM person") != saved)
        return -3;
    session_close(s);
    return saved;
}

static void check_filled(const char *path, int saved)
{
    struct session *s = desk_open(path, "anna");
    assert_int_equal(desk_count(s, "SELECT count(*) FROM person"), saved);
    desk_sound(s);
    desk_add(s, T_PERSON, "given_name", "Ola", NULL);
    desk_sound(s);
    session_close(s);
}

static void test_limit_on_the_file(void **state)
{
    (void)state;
    const char *path = in_folder("limited.db");
    db_close(open_db(path, DB_CREATE));
    int ends[2];
    int saved = -9;
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){3000000, 3000000});
        saved = fill_the_disk(path);
        _exit(write(ends[1], &saved, sizeof saved) == sizeof saved ? 0 : 1);
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &saved, sizeof saved), sizeof saved);
    close(ends[0]);
    int status;
    waitpid(pid, &status, 0);
    assert_true(saved > 0);
    check_filled(path, saved);
}

/* A small disk of its own where that may be had. Elsewhere the limit above stands for it. */
static void test_full_disk(void **state)
{
    (void)state;
    char path[200];
    mkdir(in_folder("disk"), 0700);
    bool mounted = mount("tmpfs", in_folder("disk"), "tmpfs", 0, "size=2m") == 0;
    if (!mounted) {
        assert_true(errno == EPERM || errno == EACCES || errno == ENODEV);
        return;
    }
    snprintf(path, sizeof path, "%s/disk/a.db", desk_folder);
    int saved = fill_the_disk(path);
    struct db *other = open_db(in_folder("small.db"), DB_CREATE);
    char copy[200];
    snprintf(copy, sizeof copy, "%s/disk/copy.db", desk_folder);
    struct error err = {0};
    enum status st = db_backup(other, copy, &err);
    bool left = is_there(copy);
    db_close(other);
    int remounted = mount("tmpfs", in_folder("disk"), "tmpfs", MS_REMOUNT, "size=20m");
    if (saved > 0 && remounted == 0)
        check_filled(path, saved);
    umount2(in_folder("disk"), MNT_DETACH);
    assert_true(saved > 0);
    assert_int_equal(remounted, 0);
    assert_int_equal(st, ST_DATABASE);
    assert_false(left);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_name_like_an_address),
        cmocka_unit_test(test_empty_file),
        cmocka_unit_test(test_not_a_database),
        cmocka_unit_test(test_other_identity),
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_without_rights),
        cmocka_unit_test(test_read_only_flag),
        cmocka_unit_test(test_binding),
        cmocka_unit_test(test_nested_use_of_one_statement),
        cmocka_unit_test(test_many_statements),
        cmocka_unit_test(test_bad_sql),
        cmocka_unit_test(test_constraint_is_a_refusal),
        cmocka_unit_test(test_value_too_big),
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_transactions),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_commit_that_fails),
        cmocka_unit_test(test_data_version),
        cmocka_unit_test(test_waits_for_the_lock),
        cmocka_unit_test(test_busy),
        cmocka_unit_test(test_stopping),
        cmocka_unit_test(test_backup),
        cmocka_unit_test(test_backup_over_one_that_was_left_open),
        cmocka_unit_test(test_backup_refuses),
        cmocka_unit_test(test_backup_while_writing),
        cmocka_unit_test(test_backup_of_memory),
        cmocka_unit_test(test_check_finds_damage),
        cmocka_unit_test(test_damaged_header),
        cmocka_unit_test(test_check_finds_orphans),
        cmocka_unit_test(test_verify_finds_damage),
        cmocka_unit_test(test_limit_on_the_file),
        cmocka_unit_test(test_full_disk),
    };
    return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
