#include "config.h"

#include "samling/merge.h"

#include "desk.h"

#include "samling/history.h"

static struct record *loaded(struct session *s, enum type_id type, int64_t id)
{
    struct record *r;
    OK(record_load(s, type_of(type), id, &r, err));
    return r;
}

static int64_t version_of(struct session *s, enum type_id type, int64_t id)
{
    struct record *r = loaded(s, type, id);
    int64_t version = r->version;
    record_free(r);
    return version;
}

static enum status merge(struct session *s, enum type_id type, int64_t stays, int64_t goes,
                         struct error *err)
{
    struct record *r = loaded(s, type, stays);
    enum status st = merge_records(s, r, goes, version_of(s, type, goes), err);
    record_free(r);
    return st;
}

/* Everything that the database says, but for the bookkeeping. */
static char *contents(struct session *s)
{
    static const char *const sql[] = {
        "SELECT id, coalesce(given_name, '') || '|' || coalesce(family_name, '') || '|' ||"
        " coalesce(email, '') || '|' || coalesce(alias, '') || '|' || match_name FROM person"
        " ORDER BY id",
        "SELECT id, name || '|' || coalesce(orgno, '') || '|' || coalesce(parent_id, '') || '|' ||"
        " coalesce(alias, '') FROM organisation ORDER BY id",
        "SELECT id, person_id || '|' || organisation_id || '|' || role || '|' ||"
        " coalesce(starts, '') || '|' || coalesce(ends, '') FROM position ORDER BY id",
        "SELECT id, cohort_id || '|' || person_id || '|' || status || '|' ||"
        " coalesce(organisation_id, '') FROM enrolment ORDER BY id",
        "SELECT id, enrolment_id || '|' || gathering_id || '|' || mark FROM attendance ORDER BY id",
    };
    struct buf out = {0};
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
        struct error err = {0};
        struct stmt *st = db_query(s->db, &err, sql[i], NULL);
        assert_non_null(st);
        while (stmt_step(st, &err) == STEP_ROW)
            buf_addf(&out, "%zu %lld %s\n", i, (long long)stmt_int(st, 0), stmt_str(st, 1));
    }
    return buf_take(&out);
}

static void undo(struct session *s, bool redo)
{
    int64_t set = 0;
    struct undo_report report = {0};
    OK(undo_next(s, redo, &set, err));
    assert_int_not_equal(set, 0);
    OK(undo_set(s, set, redo, &report, err));
    assert_int_equal(report.kept, 0);
}

static int64_t mark(struct session *s, int64_t enrolment, int64_t gathering, const char *mark_word)
{
    return desk_add(s, T_ATTENDANCE, "enrolment", num(enrolment), "gathering", num(gathering),
                    "mark", mark_word, NULL);
}

static void people_become_one(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    struct programme p = desk_programme(s, 2);
    int64_t school = desk_add(s, T_ORGANISATION, "name", "Fjellro", NULL);
    int64_t other = desk_add(s, T_POSITION, "person", num(p.person[1]), "organisation", num(school),
                             "role", "adviser", NULL);
    int64_t both = mark(s, p.enrolment[0], p.gathering[0], "absent");
    mark(s, p.enrolment[1], p.gathering[0], "present");
    int64_t only = mark(s, p.enrolment[1], p.gathering[1], "excused");
    desk_set(s, T_PERSON, p.person[1], "email", "kari@berg.no");
    desk_set(s, T_ENROLMENT, p.enrolment[0], "status", "invited");
    char *before = contents(s);

    struct buf words = {0};
    OK(merge_words(s, type_of(T_PERSON), p.person[0], p.person[1], &words, err));
    assert_non_null(strstr(words.s, "2 positions\n"));
    assert_non_null(strstr(words.s, "1 enrolment\n"));
    assert_non_null(strstr(words.s, "Both are in BIM/1"));
    buf_free(&words);

    OK(merge(s, T_PERSON, p.person[0], p.person[1], err));
    assert_false(desk_there(s, T_PERSON, p.person[1]));
    assert_false(desk_there(s, T_ENROLMENT, p.enrolment[1]));
    desk_is(s, T_POSITION, other, "person", num(p.person[0]));
    /* The same position twice is one. */
    assert_int_equal(desk_count(s, "SELECT count(*) FROM position"), 2);
    desk_is(s, T_ATTENDANCE, both, "mark", "present");
    desk_is(s, T_ATTENDANCE, only, "enrolment", num(p.enrolment[0]));
    desk_is(s, T_ENROLMENT, p.enrolment[0], "status", "registered");
    desk_is(s, T_PERSON, p.person[0], "alias", "Kari Berg");
    desk_sound(s);
    char *after = contents(s);

    undo(s, false);
    char *back = contents(s);
    assert_string_equal(back, before);
    desk_sound(s);
    undo(s, true);
    char *again = contents(s);
    assert_string_equal(again, after);
    desk_sound(s);
    free(before);
    free(after);
    free(back);
    free(again);
    session_close(s);
}

static void organisations_become_one(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    struct programme p = desk_programme(s, 3);
    int64_t twin =
        desk_add(s, T_ORGANISATION, "name", "Solsikken bhg.", "orgno", "974760673", NULL);
    int64_t below = desk_add(s, T_ORGANISATION, "name", "Avdeling sør", "parent", num(twin), NULL);
    /* The one that stays stood below the one that goes. */
    desk_set(s, T_ORGANISATION, p.organisation, "parent", num(twin));
    desk_add(s, T_POSITION, "person", num(p.person[0]), "organisation", num(twin), "role", "styrer",
             NULL);
    desk_set(s, T_ENROLMENT, p.enrolment[0], "organisation", num(twin));
    char *before = contents(s);

    struct record *r = loaded(s, T_ORGANISATION, p.organisation);
    record_put(r, type_field(r->type, "orgno"), "974760673");
    record_put(r, type_field(r->type, "parent"), NULL);
    OK(merge_records(s, r, twin, version_of(s, T_ORGANISATION, twin), err));
    record_free(r);
    desk_is(s, T_ORGANISATION, p.organisation, "orgno", "974760673");
    desk_is(s, T_ORGANISATION, p.organisation, "parent", NULL);
    desk_is(s, T_ORGANISATION, p.organisation, "alias", "Solsikken bhg.");
    desk_is(s, T_ORGANISATION, below, "parent", num(p.organisation));
    desk_is(s, T_ENROLMENT, p.enrolment[0], "organisation", num(p.organisation));
    desk_sound(s);
    undo(s, false);
    char *back = contents(s);
    assert_string_equal(back, before);
    desk_sound(s);
    free(before);
    free(back);
    session_close(s);
}

static void what_is_refused_leaves_all_as_it_was(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    struct programme p = desk_programme(s, 2);
    struct record *r = loaded(s, T_PERSON, p.person[0]);
    char *before = contents(s);
    FAILS(ST_REFUSED, merge_records(s, r, p.person[0], r->version, err));
    FAILS(ST_CONFLICT, merge_records(s, r, p.person[1], 99, err));
    FAILS(ST_REFUSED, merge_records(s, r, 12345, 1, err));
    record_put(r, type_field(r->type, "given_name"), NULL);
    record_put(r, type_field(r->type, "family_name"), NULL);
    FAILS(ST_REFUSED, merge_records(s, r, p.person[1], version_of(s, T_PERSON, p.person[1]), err));
    record_free(r);
    r = loaded(s, T_OFFERING, p.offering);
    FAILS(ST_REFUSED, merge_records(s, r, p.offering, 1, err));
    record_free(r);
    char *after = contents(s);
    assert_string_equal(before, after);
    desk_sound(s);
    free(before);
    free(after);
    session_close(s);
}

static void who_may_be_the_same(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    int64_t a = desk_add(s, T_PERSON, "given_name", "Åse", "family_name", "Lie", "email",
                         "aase@lie.no", NULL);
    int64_t b = desk_add(s, T_PERSON, "given_name", "Åse", "family_name", "Lie", NULL);
    int64_t c = desk_add(s, T_PERSON, "given_name", "Aase Marie", "family_name", "Lie", "email",
                         "aase@lie.no", NULL);
    desk_add(s, T_PERSON, "given_name", "Per", "family_name", "Lie", NULL);
    int64_t found[8];
    assert_int_equal(merge_candidates(s, type_of(T_PERSON), a, found, 8), 2);
    assert_true((found[0] == b && found[1] == c) || (found[0] == c && found[1] == b));
    assert_int_equal(merge_candidates(s, type_of(T_PERSON), a, found, 1), 1);
    session_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_become_one),
        cmocka_unit_test(organisations_become_one),
        cmocka_unit_test(what_is_refused_leaves_all_as_it_was),
        cmocka_unit_test(who_may_be_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
