/* What was made cheaper is as right as it was: the search index when many records go, and the log
 * of a large commit. */
#include "config.h"

#include "desk.h"

#include <sys/stat.h>

#include "samling/history.h"
#include "samling/lang.h"

static void say(void *arg, const char *line)
{
    (void)arg;
    print_message("%s\n", line);
}

static int64_t count(struct session *s, const char *sql)
{
    int64_t n;
    OK(db_get_int(s->db, &n, NULL, err, sql, NULL));
    return n;
}

static int64_t hits(struct session *s, const char *word)
{
    int64_t n;
    OK(db_get_int(s->db, &n, NULL, err,
                  "SELECT count(*) FROM person_search WHERE person_search MATCH ?1", "t", word));
    return n;
}

/* ---- the search index ------------------------------------------------------------------------ */

/* Gone and back again in one transaction, refused in between: the index says what is there. */
static void test_removed_and_put_back(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    int64_t kari = desk_add(s, T_PERSON, "given_name", "Kari", NULL);
    int64_t ola = desk_add(s, T_PERSON, "given_name", "Ola", NULL);
    desk_add(s, T_OFFERING, "code", "BIM", "title", "Tilbud", NULL);
    int64_t cohort = desk_add(s, T_COHORT, "offering", "1", NULL);
    desk_add(s, T_PERSON, "given_name", "Per", NULL);
    desk_add(s, T_ENROLMENT, "cohort", "1", "person", "3", NULL);
    struct record *r;
    OK(record_load(s, type_of(T_PERSON), ola, &r, err));
    OK(session_begin(s, ACT_REMOVE, err));
    OK(record_remove(s, type_of(T_PERSON), ola, 0, err));
    /* Its gathering would go with it, but somebody takes part: refused, and nothing of it is due.
     */
    FAILS(ST_REFUSED, record_remove(s, type_of(T_COHORT), cohort, 0, err));
    OK(record_insert(s, r, err));
    OK(session_commit(s, err));
    record_free(r);
    assert_int_equal(hits(s, "ola"), 1);
    assert_int_equal(hits(s, "kari"), 1);
    assert_int_equal(hits(s, "per"), 1);
    OK(record_verify(s, say, NULL, err));

    OK(session_begin(s, ACT_REMOVE, err));
    OK(record_remove(s, type_of(T_PERSON), kari, 0, err));
    session_rollback(s);
    assert_int_equal(hits(s, "kari"), 1);
    desk_remove(s, T_PERSON, kari);
    assert_int_equal(hits(s, "kari"), 0);
    OK(record_verify(s, say, NULL, err));
    session_close(s);
}

/* More than are kept in memory, with refused ones among them, and the undo of it all. */
static void test_many_removed(void **state)
{
    (void)state;
    enum { N = 9000 };
    struct session *s = desk_open(":memory:", "anna");
    char text[24];
    OK(session_begin(s, ACT_ADD, err));
    for (int i = 0; i < N; i++) {
        snprintf(text, sizeof text, "p%d", i);
        desk_add(s, T_PERSON, "given_name", text, "family_name", "Alle", NULL);
    }
    desk_add(s, T_OFFERING, "code", "BIM", "title", "Tilbud", NULL);
    desk_add(s, T_COHORT, "offering", "1", NULL);
    for (int i = 0; i < N; i += 100) { /* they take part, and stay */
        snprintf(text, sizeof text, "%d", i + 1);
        desk_add(s, T_ENROLMENT, "cohort", "1", "person", text, NULL);
    }
    OK(session_commit(s, err));
    int64_t people = count(s, "SELECT count(*) FROM person");
    OK(session_begin(s, ACT_REMOVE, err));
    int refused = 0;
    for (int i = 0; i < N; i++) {
        struct error why;
        refused += record_remove(s, type_of(T_PERSON), N - i, 0, &why) != ST_OK;
    }
    OK(session_commit(s, err));
    assert_int_equal(refused, N / 100);
    assert_int_equal(count(s, "SELECT count(*) FROM person"), refused);
    assert_int_equal(hits(s, "alle"), refused);
    OK(record_verify(s, say, NULL, err));
    int64_t set;
    struct undo_report report = {0};
    OK(undo_next(s, false, &set, err));
    OK(undo_set(s, set, false, &report, err));
    assert_int_equal(count(s, "SELECT count(*) FROM person"), people);
    assert_int_equal(hits(s, "alle"), people);
    OK(record_verify(s, say, NULL, err));
    session_close(s);
}

/* ---- the log --------------------------------------------------------------------------------- */

static off_t size_of(const char *path)
{
    struct stat sb;
    return stat(path, &sb) == 0 ? sb.st_size : -1;
}

/* Some thousand pages in one commit. */
static void write_much(struct session *s, bool large)
{
    char *text = mem_alloc(8001);
    memset(text, 'x', 8000);
    if (large)
        db_commit_is_large(s->db);
    OK(db_begin(s->db, err));
    for (int i = 0; i < 1000; i++)
        OK(db_run(s->db, err,
                  "INSERT INTO batch (created_at, changed_at, type, file) VALUES (1, 1,"
                  " 'people', ?1)",
                  "t", text));
    OK(db_commit(s->db, err));
    free(text);
}

static void test_large_commit(void **state)
{
    (void)state;
    char dir[] = "/tmp/samling-cost-XXXXXX";
    struct buf path = {0}, log = {0};
    assert_non_null(mkdtemp(dir));
    buf_addf(&path, "%s/a.db", dir);
    buf_addf(&log, "%s-wal", path.s);
    struct session *s = desk_open(path.s, "anna");
    off_t before = size_of(path.s);
    write_much(s, true);
    assert_int_equal(size_of(path.s), before); /* all of it lies in the log yet */
    assert_int_equal(count(s, "SELECT count(*) FROM batch"), 1000);
    db_data_version(s->db);
    assert_true(size_of(path.s) > before + 4000000);
    before = size_of(path.s);
    write_much(s, false);
    assert_true(size_of(path.s) > before + 4000000);
    before = size_of(path.s);
    write_much(s, true);
    session_close(s); /* nothing is left beside the file */
    assert_true(size_of(path.s) > before + 4000000);
    assert_int_equal(size_of(log.s), -1);
    s = desk_open(path.s, "anna");
    assert_int_equal(count(s, "SELECT count(*) FROM batch"), 3000);
    session_close(s);
    unlink(path.s);
    rmdir(dir);
    buf_free(&path);
    buf_free(&log);
}

static void test_room(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    int64_t usual = count(s, "PRAGMA cache_size");
    db_room(s->db, 8 << 20);
    assert_int_equal(count(s, "PRAGMA cache_size"), -8192);
    db_room(s->db, 0);
    assert_int_equal(count(s, "PRAGMA cache_size"), usual);
    session_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_removed_and_put_back),
        cmocka_unit_test(test_many_removed),
        cmocka_unit_test(test_large_commit),
        cmocka_unit_test(test_room),
    };
    setenv("SAMLING_TODAY", "2026-11-21", 1);
    lang_init("en");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
