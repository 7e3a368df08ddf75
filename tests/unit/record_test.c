#include "config.h"

#include "desk.h"

#include "samling/text.h"

static struct session *s;

static int open_session(void **state)
{
    (void)state;
    setenv("SAMLING_TODAY", "2026-11-21", 1);
    s = desk_open(":memory:", "anna");
    return 0;
}

static int close_session(void **state)
{
    (void)state;
    desk_sound(s);
    session_close(s);
    return 0;
}

/* How many records the search index of a table finds. */
static int64_t hits(const char *table, const char *words)
{
    struct buf sql = {0}, match = {0};
    int64_t n = -1;
    text_fold_search(&match, words);
    buf_addf(&sql, "SELECT count(*) FROM %s_search WHERE %s_search MATCH ?1", table, table);
    OK(db_get_int(s->db, &n, NULL, err, sql.s, "t", buf_str(&match)));
    buf_free(&sql);
    buf_free(&match);
    return n;
}

static void test_in_memory(void **state)
{
    (void)state;
    struct record *r = record_new(type_of(T_PERSON));
    record_put(r, 0, "Kari");
    record_put(r, 0, "Karin");
    record_put(r, 1, "");
    assert_string_equal(record_get(r, "given_name"), "Karin");
    assert_null(record_get(r, "family_name"));
    assert_null(record_get(r, "shoe_size"));
    assert_int_equal(record_get_id(r, "family_name"), 0);
    struct record *c = record_copy(r);
    record_put(r, 0, NULL);
    assert_string_equal(record_get(c, "given_name"), "Karin");
    record_free(c);
    record_free(r);
    record_free(NULL);
}

static void test_insert(void **state)
{
    (void)state;
    struct record *r = record_new(type_of(T_ORGANISATION)), *back;
    record_put(r, 0, "Blåbærskogen");
    OK(session_begin(s, ACT_ADD, err));
    OK(record_insert(s, r, err));
    OK(session_commit(s, err));
    assert_true(r->id > 0);
    assert_int_equal(r->version, 1);
    OK(record_load(s, r->type, r->id, &back, err));
    assert_int_equal(back->version, 1);
    assert_string_equal(record_get(back, "kind"),
                        "kindergarten"); /* what is said by saying nothing */
    for (size_t i = 0; i < r->type->nfields; i++)
        if (r->value[i])
            assert_string_equal(back->value[i], r->value[i]);
        else
            assert_null(back->value[i]);
    assert_int_equal(hits("organisation", "blabarskogen"), 1);
    record_free(back);
    record_free(r);
}

static void test_update(void **state)
{
    (void)state;
    int64_t id = desk_add(s, T_PERSON, "given_name", "Nina", "family_name", "Ås", NULL);
    int64_t sets = desk_count(s, "SELECT count(*) FROM change_set");
    desk_set(s, T_PERSON, id, "family_name", "Ås"); /* nothing new: nothing written */
    assert_int_equal(desk_count(s, "SELECT count(*) FROM change_set"), sets);
    desk_set(s, T_PERSON, id, "family_name", "Bø");
    struct record *r;
    OK(record_load(s, type_of(T_PERSON), id, &r, err));
    assert_int_equal(r->version, 2);
    record_free(r);
    assert_int_equal(hits("person", "nina as"), 0);
    assert_int_equal(hits("person", "nina bo"), 1);
    desk_set(s, T_PERSON, id, "family_name", NULL);
    assert_int_equal(hits("person", "nina bo"), 0);
    FAILS(ST_REFUSED, desk_try_set(s, err, T_PERSON, id, "given_name", NULL)); /* no name left */
}

static void test_conflict(void **state)
{
    (void)state;
    struct session *a = desk_open(in_folder("conflict.db"), "anna"),
                   *b = desk_open(in_folder("conflict.db"), "bo");
    int64_t id = desk_add(a, T_PERSON, "given_name", "Kari", "family_name", "Moe", NULL);
    struct record *mine, *theirs;
    OK(record_load(a, type_of(T_PERSON), id, &mine, err));
    OK(record_load(b, type_of(T_PERSON), id, &theirs, err));
    record_put(mine, 0, "Karin");
    record_put(theirs, 0, "Kaja");
    OK(session_begin(b, ACT_SET, err));
    OK(record_update(b, theirs, err));
    OK(session_commit(b, err));
    OK(session_begin(a, ACT_SET, err));
    struct error e = {0};
    assert_int_equal(record_update(a, mine, &e), ST_CONFLICT);
    assert_string_equal(e.what, "Kaja Moe");
    FAILS(ST_CONFLICT, record_remove(a, type_of(T_PERSON), id, mine->version, err));
    session_rollback(a);
    desk_is(a, T_PERSON, id, "given_name", "Kaja");
    mine->version = theirs->version; /* having seen both */
    OK(session_begin(a, ACT_SET, err));
    OK(record_update(a, mine, err));
    OK(session_commit(a, err));
    desk_is(b, T_PERSON, id, "given_name", "Karin");
    OK(session_begin(b, ACT_REMOVE, err));
    OK(record_remove(b, type_of(T_PERSON), id, mine->version, err));
    OK(session_commit(b, err));
    OK(session_begin(a, ACT_SET, err));
    record_put(mine, 0, "Kine");
    FAILS(ST_REFUSED, record_update(a, mine, err)); /* gone */
    session_rollback(a);
    record_free(mine);
    record_free(theirs);
    session_close(b);
    session_close(a);
}

static void test_required(void **state)
{
    (void)state;
    int field = -5;
    struct record *r = record_new(type_of(T_ORGANISATION));
    struct error e = {0};
    assert_int_equal(record_check(s, r, &field, &e), ST_REFUSED);
    assert_int_equal(field, type_field(r->type, "name"));
    assert_string_equal(e.what, "Name");
    assert_int_equal(record_check(s, r, NULL, NULL), ST_REFUSED);
    record_put(r, 0, "Solstrålen");
    record_put(r, type_field(r->type, "kind"), "kindergarten");
    OK(record_check(s, r, &field, err));
    assert_int_equal(field, -1);
    record_free(r);
    FAILS(ST_REFUSED, desk_try_add(s, err, T_POSITION, "role", "styrer", NULL));
    FAILS(ST_REFUSED, desk_try_add(s, err, T_PERSON, "email", "x@y.no", NULL));
}

static void test_order_of_days(void **state)
{
    (void)state;
    FAILS(ST_REFUSED, desk_try_add(s, err, T_OFFERING, "code", "O1", "title", "x", "starts",
                                   "2026-02-01", "ends", "2026-01-31", NULL));
    int64_t o = desk_add(s, T_OFFERING, "code", "O1", "title", "x", "starts", "2026-02-01", "ends",
                         "2026-02-01", NULL);
    int64_t c = desk_add(s, T_COHORT, "offering", num(o), NULL);
    desk_add(s, T_GATHERING, "cohort", num(c), "starts", "2026-02-01T09:00", "ends", "2026-02-01",
             NULL);
    desk_add(s, T_GATHERING, "cohort", num(c), "starts", "2026-02-01", "ends", "2026-02-01T15:00",
             NULL);
    desk_add(s, T_GATHERING, "cohort", num(c), "starts", "2026-02-01T09:00", "ends",
             "2026-02-02T08:00", NULL);
    FAILS(ST_REFUSED, desk_try_add(s, err, T_GATHERING, "cohort", num(c), "starts",
                                   "2026-02-01T09:00", "ends", "2026-02-01T08:59", NULL));
    FAILS(ST_REFUSED, desk_try_add(s, err, T_GATHERING, "cohort", num(c), "starts", "2026-02-02",
                                   "ends", "2026-02-01T08:59", NULL));
}

static void test_unique(void **state)
{
    (void)state;
    int64_t a = desk_add(s, T_OFFERING, "code", "NET", "title", "Nettverk", NULL);
    int64_t b = desk_add(s, T_OFFERING, "code", "NET2", "title", "Nettverk", NULL);
    struct error e = {0};
    assert_int_equal(desk_try_set(s, &e, T_OFFERING, b, "code", "net"), ST_REFUSED); /* any case */
    assert_non_null(strstr(e.why, "Nettverk"));
    desk_set(s, T_OFFERING, a, "code", "net"); /* its own is not taken */
    desk_add(s, T_COHORT, "offering", num(a), "number", "1", NULL);
    desk_add(s, T_COHORT, "offering", num(b), "number", "1", NULL);
    FAILS(ST_REFUSED, desk_try_add(s, err, T_COHORT, "offering", num(a), "number", "1", NULL));
    desk_add(s, T_ORGANISATION, "name", "En", NULL);
    desk_add(s, T_ORGANISATION, "name", "To", NULL); /* no number is no clash */
    desk_add(s, T_ORGANISATION, "name", "Tre", "orgno", "974760673", NULL);
    FAILS(ST_REFUSED,
          desk_try_add(s, err, T_ORGANISATION, "name", "Fire", "orgno", "974760673", NULL));
}

static void test_completed(void **state)
{
    (void)state;
    int64_t o = desk_add(s, T_OFFERING, "code", "KURS", "title", "Kurs", NULL);
    int64_t c = desk_add(s, T_COHORT, "offering", num(o), NULL);
    desk_is(s, T_COHORT, c, "number", "1");
    desk_is(s, T_COHORT, c, "name", "Cohort 1");
    desk_is(s, T_COHORT, c, "status", "planned");
    int64_t c7 = desk_add(s, T_COHORT, "offering", num(o), "number", "7", "name", "Vår", NULL);
    desk_is(s, T_COHORT, c7, "name", "Vår");
    int64_t c8 = desk_add(s, T_COHORT, "offering", num(o), NULL);
    desk_is(s, T_COHORT, c8, "number", "8");
    FAILS(ST_REFUSED, desk_try_add(s, err, T_COHORT, "offering", num(o), "number", "0", NULL));
    struct error e = {0};
    assert_int_equal(desk_try_add(s, &e, T_GATHERING, "title", "Ingen", NULL), ST_REFUSED);
    assert_string_equal(e.what, "Cohort");
    FAILS(ST_REFUSED, desk_try_add(s, err, T_GATHERING, "cohort", "98765", NULL));
    int64_t g = desk_add(s, T_GATHERING, "cohort", num(c), NULL);
    desk_is(s, T_GATHERING, g, "title", "Gathering 1");
    desk_is(s, T_GATHERING, g, "level", "local");

    /* The workplace of today: the last begun of those that have not ended. */
    int64_t kari = desk_add(s, T_PERSON, "given_name", "Kari", NULL);
    int64_t old = desk_add(s, T_ORGANISATION, "name", "Gammel", NULL),
            now = desk_add(s, T_ORGANISATION, "name", "Ny", NULL);
    desk_add(s, T_POSITION, "person", num(kari), "organisation", num(now), "starts", "2020-01-01",
             NULL);
    desk_add(s, T_POSITION, "person", num(kari), "organisation", num(old), "starts", "2025-01-01",
             "ends", "2026-11-20", NULL);
    int64_t e1 = desk_add(s, T_ENROLMENT, "cohort", num(c), "person", num(kari), NULL);
    desk_is(s, T_ENROLMENT, e1, "organisation", num(now));
    int64_t e2 = desk_add(s, T_ENROLMENT, "cohort", num(c7), "person", num(kari), "organisation",
                          num(old), NULL);
    desk_is(s, T_ENROLMENT, e2, "organisation", num(old));
    int64_t ola = desk_add(s, T_PERSON, "given_name", "Ola", NULL);
    int64_t e3 = desk_add(s, T_ENROLMENT, "cohort", num(c), "person", num(ola), NULL);
    desk_is(s, T_ENROLMENT, e3, "organisation", NULL);
}

static void test_organisation_loops(void **state)
{
    (void)state;
    int64_t a = desk_add(s, T_ORGANISATION, "name", "A", NULL);
    int64_t b = desk_add(s, T_ORGANISATION, "name", "B", "parent", num(a), NULL);
    int64_t c = desk_add(s, T_ORGANISATION, "name", "C", "parent", num(b), NULL);
    FAILS(ST_REFUSED, desk_try_set(s, err, T_ORGANISATION, a, "parent", num(a)));
    FAILS(ST_REFUSED, desk_try_set(s, err, T_ORGANISATION, a, "parent", num(c)));
    FAILS(ST_REFUSED, desk_try_set(s, err, T_ORGANISATION, a, "parent", "98765"));
    desk_set(s, T_ORGANISATION, c, "parent", num(a));
    FAILS(ST_REFUSED, desk_try_remove(s, err, T_ORGANISATION, a));
}

static void test_attendance_is_of_the_cohort(void **state)
{
    (void)state;
    struct session *own = desk_open(":memory:", "anna");
    struct programme p = desk_programme(own, 1);
    int64_t other = desk_add(own, T_COHORT, "offering", num(p.offering), NULL);
    int64_t elsewhere = desk_add(own, T_GATHERING, "cohort", num(other), NULL);
    FAILS(ST_REFUSED, desk_try_add(own, err, T_ATTENDANCE, "enrolment", num(p.enrolment[0]),
                                   "gathering", num(elsewhere), "mark", "present", NULL));
    desk_set(own, T_ENROLMENT, p.enrolment[0], "cohort",
             num(other)); /* moved before anything was recorded */
    desk_set(own, T_ENROLMENT, p.enrolment[0], "cohort", num(p.cohort));
    desk_add(own, T_ATTENDANCE, "enrolment", num(p.enrolment[0]), "gathering", num(p.gathering[0]),
             "mark", "present", NULL);
    FAILS(ST_REFUSED, desk_try_set(own, err, T_ENROLMENT, p.enrolment[0], "cohort", num(other)));
    FAILS(ST_REFUSED, desk_try_set(own, err, T_GATHERING, p.gathering[0], "cohort", num(other)));
    desk_set(own, T_GATHERING, p.gathering[1], "cohort", num(other));
    session_close(own);
}

static void test_remove(void **state)
{
    (void)state;
    struct session *own = desk_open(":memory:", "anna");
    struct programme p = desk_programme(own, 2);
    desk_set(own, T_OFFERING, p.offering, "contact", num(p.person[0]));
    FAILS(ST_REFUSED, desk_try_remove(own, err, T_PERSON, p.person[0])); /* in a cohort */
    struct error e = {0};
    assert_int_equal(desk_try_remove(own, &e, T_COHORT, p.cohort), ST_REFUSED);
    assert_string_equal(e.what, "Cohort 1");
    desk_add(own, T_ATTENDANCE, "enrolment", num(p.enrolment[0]), "gathering", num(p.gathering[0]),
             "mark", "present", NULL);
    desk_remove(own, T_ENROLMENT, p.enrolment[0]); /* with its attendance */
    assert_int_equal(desk_count(own, "SELECT count(*) FROM attendance"), 0);
    desk_remove(own, T_PERSON, p.person[0]); /* with the position; the offering loses its contact */
    desk_is(own, T_OFFERING, p.offering, "contact", NULL);
    assert_int_equal(desk_count(own, "SELECT count(*) FROM position"), 1);
    assert_int_equal(desk_count(own, "SELECT count(*) FROM person"), 1);
    FAILS(ST_REFUSED, desk_try_remove(own, err, T_PERSON, p.person[0])); /* gone */
    desk_sound(own);
    session_close(own);
}

/* A removal that is refused half-way has taken nothing along, though the transaction goes on. */
static void test_refused_removal_is_whole(void **state)
{
    (void)state;
    struct session *own = desk_open(":memory:", "anna");
    struct programme p = desk_programme(own, 1);
    desk_set(own, T_OFFERING, p.offering, "contact", num(p.person[0]));
    OK(session_begin(own, ACT_REMOVE, err));
    FAILS(ST_REFUSED, record_remove(own, type_of(T_PERSON), p.person[0], 0,
                                    err)); /* has a position and an enrolment */
    FAILS(ST_REFUSED, record_remove(own, type_of(T_ORGANISATION), p.organisation, 0, err));
    int64_t ola = desk_add(own, T_PERSON, "given_name", "Ola", NULL);
    OK(session_commit(own, err));
    assert_true(desk_there(own, T_PERSON, ola));
    assert_int_equal(desk_count(own, "SELECT count(*) FROM position"), 1);
    desk_is(own, T_OFFERING, p.offering, "contact", num(p.person[0]));
    assert_int_equal(desk_count(own, "SELECT count(*) FROM change WHERE operation = 'remove'"), 0);
    assert_int_equal(desk_count(own, "SELECT count(*) FROM change c LEFT JOIN change_set s ON s.id "
                                     "= c.set_id WHERE s.id IS NULL"),
                     0);
    desk_sound(own);
    session_close(own);
}

static void test_ids_are_given_once(void **state)
{
    (void)state;
    struct session *own = desk_open(":memory:", "anna");
    int64_t kari = desk_add(own, T_PERSON, "given_name", "Kari", NULL);
    desk_remove(own, T_PERSON, kari);
    int64_t ola = desk_add(own, T_PERSON, "given_name", "Ola", NULL);
    assert_true(ola > kari); /* else Ola would have Kari's history */
    OK(session_begin(own, ACT_ADD, err));
    int64_t a = desk_add(own, T_PERSON, "given_name", "A", NULL);
    OK(record_remove(own, type_of(T_PERSON), a, 0, err));
    int64_t b = desk_add(own, T_PERSON, "given_name", "B", NULL);
    assert_true(b > a);
    OK(session_commit(own, err));
    OK(session_begin(own, ACT_ADD, err));
    int64_t c = desk_add(own, T_PERSON, "given_name", "C", NULL);
    session_rollback(own);
    assert_int_equal(desk_add(own, T_PERSON, "given_name", "D", NULL), c); /* nobody ever saw it */
    desk_sound(own);
    session_close(own);
}

static void test_search_text_follows(void **state)
{
    (void)state;
    struct session *own = s;
    s = desk_open(":memory:", "anna");
    struct programme p = desk_programme(s, 2);
    assert_int_equal(hits("person", "solsikken"), 2);
    desk_set(s, T_ORGANISATION, p.organisation, "name", "Måneskinn");
    assert_int_equal(hits("person", "solsikken"), 0);
    assert_int_equal(hits("person", "maneskinn"), 2);
    assert_int_equal(hits("person", "asker kari"), 2);
    assert_int_equal(hits("gathering", "mobbing"), 2);
    desk_set(s, T_OFFERING, p.offering, "title", "Lek");
    assert_int_equal(hits("gathering", "mobbing"), 0);
    assert_int_equal(hits("gathering", "lek"), 2);
    desk_set(s, T_COHORT, p.cohort, "name", "Nordre");
    assert_int_equal(hits("gathering", "nordre"), 2);
    desk_set(s, T_OFFERING, p.offering, "contact", num(p.person[0]));
    assert_int_equal(hits("offering", "aas"), 1);
    desk_set(s, T_PERSON, p.person[0], "family_name", "Vik");
    assert_int_equal(hits("offering", "vik"), 1);
    desk_set(s, T_PERSON, p.person[0], "phone", "912 34 567");
    assert_int_equal(hits("person", "91234567"), 1);
    desk_remove(s, T_ENROLMENT, p.enrolment[0]);
    desk_remove(s, T_PERSON, p.person[0]);
    assert_int_equal(hits("offering", "vik"), 0);
    assert_int_equal(hits("person", "kari"), 1);
    desk_sound(s);
    session_close(s);
    s = own;
}

/* More records due than are gathered: some are written early. */
static void test_many_in_one_act(void **state)
{
    (void)state;
    struct session *own = desk_open(":memory:", "anna");
    int64_t o = desk_add(own, T_ORGANISATION, "name", "Stor", NULL);
    OK(session_begin(own, ACT_ADD, err));
    for (int i = 0; i < 5000; i++) {
        int64_t person = desk_add(own, T_PERSON, "given_name", "Kari", "family_name", num(i), NULL);
        desk_add(own, T_POSITION, "person", num(person), "organisation", num(o), NULL);
    }
    OK(session_commit(own, err));
    desk_set(own, T_ORGANISATION, o, "name", "Liten"); /* all of them at once */
    desk_sound(own);
    struct session *keep = s;
    s = own;
    assert_int_equal(hits("person", "liten"), 5000);
    s = keep;
    session_close(own);
}

static bool stop(void *arg)
{
    (void)arg;
    return true;
}

/* Writing search text early fails where nobody can be told. It must come out at the commit. */
static void test_failure_when_writing_early(void **state)
{
    (void)state;
    struct session *own = desk_open(":memory:", "anna");
    OK(session_begin(own, ACT_ADD, err));
    enum status st = ST_OK;
    struct error e = {0};
    for (int i = 0; i < 5000 && st == ST_OK; i++) {
        struct record *r = record_new(type_of(T_PERSON));
        record_put(r, 0, "Kari");
        if (i == 4096)
            db_on_progress(own->db, stop, NULL);
        st = record_insert(own, r, &e);
        if (i == 4096)
            db_on_progress(own->db, NULL, NULL);
        record_free(r);
    }
    if (st == ST_OK)
        st = session_commit(own, &e);
    else
        session_rollback(own);
    assert_true(st == ST_STOPPED || st == ST_DATABASE);
    assert_int_equal(desk_count(own, "SELECT count(*) FROM person"), 0);
    desk_sound(own);
    session_close(own);
}

static void test_sort_keys(void **state)
{
    (void)state;
    struct session *own = desk_open(":memory:", "anna");
    static const char *const order[] = {"Berg", "Bø", "Zorn", "Ærlig", "Ødegård", "Aas", "Åsen"};
    for (size_t i = 7; i-- > 0;)
        desk_add(own, T_PERSON, "family_name", order[i], NULL);
    struct stmt *st =
        db_query(own->db, NULL, "SELECT family_name FROM person ORDER BY sort_key", NULL);
    size_t i = 0;
    while (stmt_step(st, NULL) == STEP_ROW)
        assert_string_equal(stmt_str(st, 0), order[i++]);
    assert_int_equal(i, 7);
    session_close(own);
}

static void test_tables_of_fields(void **state)
{
    (void)state;
    for (int t = T_NONE + 1; t < T_COUNT; t++) {
        const struct record_type *type = type_of((enum type_id)t);
        struct record *r;
        /* Every column is there: the statement that reads it can be prepared. */
        FAILS(ST_REFUSED, record_load(s, type, 987654321, &r, err));
        assert_null(r);
        for (size_t i = 0; i < type->nfields; i++) {
            const struct field *f = &type->fields[i];
            assert_true(f->label && f->name);
            assert_int_equal(type_field(type, f->name), (int)i);
            assert_true((f->kind == FIELD_CHOICE) == (f->choices != NULL));
            assert_true((f->kind == FIELD_REF) == (f->ref != T_NONE));
            if (f->flags & F_CLEAR)
                assert_false(f->flags & F_REQUIRED);
            if (f->fallback && f->choices)
                assert_non_null(choice_by_key(f, f->fallback));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_memory),
        cmocka_unit_test(test_insert),
        cmocka_unit_test(test_update),
        cmocka_unit_test_setup_teardown(test_conflict, desk_make_folder, desk_remove_folder),
        cmocka_unit_test(test_required),
        cmocka_unit_test(test_order_of_days),
        cmocka_unit_test(test_unique),
        cmocka_unit_test(test_completed),
        cmocka_unit_test(test_organisation_loops),
        cmocka_unit_test(test_attendance_is_of_the_cohort),
        cmocka_unit_test(test_remove),
        cmocka_unit_test(test_refused_removal_is_whole),
        cmocka_unit_test(test_ids_are_given_once),
        cmocka_unit_test(test_search_text_follows),
        cmocka_unit_test(test_many_in_one_act),
        cmocka_unit_test(test_failure_when_writing_early),
        cmocka_unit_test(test_sort_keys),
        cmocka_unit_test(test_tables_of_fields),
    };
    return cmocka_run_group_tests(tests, open_session, close_session);
}
