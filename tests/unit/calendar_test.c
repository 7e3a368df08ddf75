#include "config.h"

#include "desk.h"

#include <time.h>

#include "samling/calendar.h"
#include "samling/lang.h"

static struct session *s;
static struct programme p;
static struct calendar_entries e;

static int open_session(void **state)
{
    (void)state;
    setenv("SAMLING_TODAY", "2022-02-01", 1);
    s = desk_open(":memory:", "anna");
    p = desk_programme(s, 4);
    return 0;
}

static int close_session(void **state)
{
    (void)state;
    calendar_entries_free(&e);
    desk_sound(s);
    session_close(s);
    return 0;
}

static struct listing_query everything(void)
{
    return (struct listing_query){.listing = listing_by_name("gatherings")};
}

static void read_query(const struct listing_query *q, struct day from, struct day to)
{
    calendar_entries_free(&e);
    OK(calendar_read(s, q, from, to, &e, err));
}

static void read_february(void)
{
    struct listing_query q = everything();
    read_query(&q, (struct day){2022, 2, 1}, (struct day){2022, 2, 28});
}

/* The references in order, deadlines with a "!" before: "BIM/1/1 !BIM/1". */
static void are(const char *want)
{
    struct buf b = {0};
    for (size_t i = 0; i < e.n; i++)
        buf_addf(&b, "%s%s%s", i ? " " : "", e.entry[i].kind == ENTRY_DEADLINE ? "!" : "",
                 e.entry[i].ref);
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

static void put(int64_t gathering, const char *starts, const char *ends, const char *place)
{
    struct record *r;
    OK(record_load(s, type_of(T_GATHERING), gathering, &r, err));
    record_put(r, type_field(r->type, "starts"), starts);
    record_put(r, type_field(r->type, "ends"), ends);
    record_put(r, type_field(r->type, "place"), place);
    OK(desk_write(s, ACT_SET, r, record_update, err));
    record_free(r);
}

/* A cohort of another offering, with one gathering. */
static int64_t sister(const char *code, const char *starts, const char *ends, const char *place,
                      int64_t *cohort)
{
    int64_t offering = desk_add(s, T_OFFERING, "code", code, "title", code, NULL);
    *cohort = desk_add(s, T_COHORT, "offering", num(offering), NULL);
    return desk_add(s, T_GATHERING, "cohort", num(*cohort), "starts", starts, "ends", ends, "place",
                    place, NULL);
}

static struct calendar_entry *entry(const char *ref)
{
    for (size_t i = 0; i < e.n; i++)
        if (strcmp(e.entry[i].ref, ref) == 0 && e.entry[i].kind == ENTRY_GATHERING)
            return &e.entry[i];
    fail_msg("there is no %s", ref);
    return NULL;
}

static void clashes(const char *ref, const char *words)
{
    OK(calendar_clashes(s, &e, err));
    const struct calendar_entry *x = entry(ref);
    assert_int_equal(x->clash, words != NULL);
    if (words)
        assert_string_equal(x->clash_words, words);
    else
        assert_null(x->clash_words);
}

/* ---- what there is --------------------------------------------------------------------------- */

static void test_days(void **state)
{
    (void)state;
    int64_t cohort;
    read_february();
    are(""); /* without a day they stand nowhere */
    put(p.gathering[0], "2022-02-08T09:00", "2022-02-08T15:00", "Kulturhuset");
    put(p.gathering[1], "2022-01-31", "2022-02-02", NULL);                 /* begins before */
    sister("HINN", "2022-02-28T12:00", "2022-03-01T12:00", NULL, &cohort); /* ends after */
    sister("UTE", "2022-03-01", NULL, NULL, &cohort);
    read_february();
    are("BIM/1/2 BIM/1/1 HINN/1/1");
    assert_int_equal(e.entry[0].first, date_number((struct day){2022, 1, 31}));
    assert_int_equal(e.entry[0].last, date_number((struct day){2022, 2, 2}));
    assert_int_equal(e.entry[1].first, e.entry[1].last);
    assert_string_equal(e.entry[1].place, "Kulturhuset");
    assert_string_equal(e.entry[1].status, "planned");
    assert_int_equal(e.entry[1].people, -1);
    OK(calendar_count(s, &e.entry[1], err));
    assert_int_equal(e.entry[1].people, 4);
    struct listing_query q = everything();
    read_query(&q, (struct day){2022, 2, 3}, (struct day){2022, 2, 7});
    are("");
    read_query(&q, (struct day){2022, 3, 1}, (struct day){2022, 3, 1});
    are("HINN/1/1 UTE/1/1");
}

static void test_narrowed(void **state)
{
    (void)state;
    int64_t cohort;
    struct error err = {0};
    put(p.gathering[0], "2022-02-08T09:00", NULL, "Kulturhuset");
    put(p.gathering[1], "2022-02-09", NULL, "Øvre hall");
    sister("HINN", "2022-02-08", NULL, "Kulturhuset", &cohort);
    desk_set(s, T_COHORT, cohort, "deadline", "2022-02-03");
    desk_set(s, T_COHORT, p.cohort, "deadline", "2022-02-04");
    struct day from = {2022, 2, 1}, to = {2022, 2, 28};
    struct listing_query q = everything();
    read_query(&q, from, to);
    are("!HINN/1 !BIM/1 HINN/1/1 BIM/1/1 BIM/1/2");
    q.scope_type = T_OFFERING;
    q.scope = p.offering;
    read_query(&q, from, to);
    are("!BIM/1 BIM/1/1 BIM/1/2");
    q.scope_type = T_COHORT;
    q.scope = cohort;
    read_query(&q, from, to);
    are("!HINN/1 HINN/1/1");
    q.scope_type = T_PERSON;
    q.scope = p.person[0];
    read_query(&q, from, to);
    are("!BIM/1 BIM/1/1 BIM/1/2");
    q = everything();
    q.search = "ovre";
    read_query(&q, from, to);
    are("!BIM/1 BIM/1/2");
    q.search = "finnes ikke";
    read_query(&q, from, to);
    are("");
    q = everything();
    assert_int_equal(listing_filter(&q, "people>3", &err), ST_OK);
    assert_int_equal(listing_filter(&q, "place=kulturhuset", &err), ST_OK);
    q.sort[0] = -1;
    read_query(&q, from, to);
    are("!BIM/1 BIM/1/1");
}

static void test_deadlines(void **state)
{
    (void)state;
    struct listing_query q = everything();
    /* Of a gathering that has no day yet, and of a cohort that has no gathering. */
    desk_set(s, T_GATHERING, p.gathering[1], "deadline", "2022-02-10");
    int64_t later =
        desk_add(s, T_COHORT, "offering", num(p.offering), "deadline", "2022-02-10", NULL);
    put(p.gathering[0], "2022-02-10T09:00", NULL, NULL);
    read_february();
    are("BIM/1/1 !BIM/1/2 !BIM/2");
    assert_int_equal(e.entry[2].type, T_COHORT);
    assert_int_equal(e.entry[2].id, later);
    assert_int_equal(e.entry[1].type, T_GATHERING);
    assert_string_equal(e.entry[1].starts, "2022-02-10");
    assert_string_equal(e.entry[1].ends, "2022-02-10");
    q.search = "bim";
    read_query(&q, (struct day){2022, 2, 1}, (struct day){2022, 2, 28});
    are("BIM/1/1 !BIM/1/2"); /* no gathering of BIM/2 is found */
    desk_set(s, T_GATHERING, p.gathering[1], "status", "cancelled");
    desk_set(s, T_COHORT, later, "status", "cancelled");
    read_february();
    are("BIM/1/1");
}

static void test_cancelled(void **state)
{
    (void)state;
    put(p.gathering[0], "2022-02-08", NULL, "Salen");
    put(p.gathering[1], "2022-02-08", NULL, "Salen");
    read_february();
    clashes("BIM/1/1", "Salen is taken by BIM/1/2; 4 people are also in BIM/1/2");
    desk_set(s, T_GATHERING, p.gathering[1], "status", "cancelled");
    read_february();
    are("BIM/1/1 BIM/1/2");
    assert_true(entry("BIM/1/2")->cancelled);
    clashes("BIM/1/1", NULL);
    desk_set(s, T_GATHERING, p.gathering[1], "status", "planned");
    desk_set(s, T_COHORT, p.cohort, "status", "cancelled"); /* and all in it */
    read_february();
    assert_true(entry("BIM/1/1")->cancelled);
    assert_string_equal(entry("BIM/1/1")->status, "cancelled");
    clashes("BIM/1/1", NULL);
}

/* ---- clashes --------------------------------------------------------------------------------- */

static void test_places(void **state)
{
    (void)state;
    int64_t cohort,
        other = sister("HINN", "2022-02-08T14:00", "2022-02-08T16:00", "kultur-huset", &cohort);
    put(p.gathering[0], "2022-02-08T09:00", "2022-02-08T15:00", "Kultur huset");
    read_february();
    clashes("BIM/1/1", "Kultur huset is taken by HINN/1/1");
    clashes("HINN/1/1", "kultur-huset is taken by BIM/1/1");
    desk_set(s, T_GATHERING, other, "starts", "2022-02-08T15:00");
    read_february();
    clashes("BIM/1/1", NULL); /* one begins when the other ends */
    desk_set(s, T_GATHERING, other, "starts", "2022-02-08");
    desk_set(s, T_GATHERING, other, "ends", NULL);
    read_february();
    clashes("BIM/1/1", "Kultur huset is taken by HINN/1/1"); /* a whole day */
    desk_set(s, T_GATHERING, other, "starts", "2022-02-08T08:30");
    read_february();
    clashes("BIM/1/1", "Kultur huset is taken by HINN/1/1"); /* an hour */
    desk_set(s, T_GATHERING, other, "starts", "2022-02-08T07:30");
    read_february();
    clashes("BIM/1/1", NULL);
    put(other, "2022-02-07", "2022-02-09", "Kultur huset"); /* days around it */
    read_february();
    clashes("BIM/1/1", "Kultur huset is taken by HINN/1/1");
    static const char *const wide[] = {"Digitalt", "På Teams", "Zoom-møte", "nettmøte",
                                       "Egen barnehage"};
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        put(other, "2022-02-08", NULL, wide[i]);
        put(p.gathering[0], "2022-02-08", NULL, wide[i]);
        read_february();
        clashes("BIM/1/1", NULL);
    }
}

/* What is seen is BIM alone; what it clashes with is not. */
static void test_people(void **state)
{
    (void)state;
    int64_t cohort;
    sister("HINN", "2022-02-08T14:00", "2022-02-08T16:00", "Øvre hall", &cohort);
    put(p.gathering[0], "2022-02-08T09:00", "2022-02-08T15:00", "Kulturhuset");
    desk_add(s, T_ENROLMENT, "cohort", num(cohort), "person", num(p.person[0]), NULL);
    int64_t second =
        desk_add(s, T_ENROLMENT, "cohort", num(cohort), "person", num(p.person[1]), NULL);
    struct listing_query q = everything();
    struct day from = {2022, 2, 1}, to = {2022, 2, 28};
    q.scope_type = T_OFFERING;
    q.scope = p.offering;
    read_query(&q, from, to);
    are("BIM/1/1");
    clashes("BIM/1/1", "2 people are also in HINN/1/1");
    desk_set(s, T_ENROLMENT, second, "status", "withdrawn");
    clashes("BIM/1/1", "1 person is also in HINN/1/1");
    desk_set(s, T_ENROLMENT, p.enrolment[0], "status", "invited");
    clashes("BIM/1/1", NULL);
}

static void test_many_words(void **state)
{
    (void)state;
    int64_t cohort;
    static const char *const codes[] = {"AA", "BB", "CC", "DD", "EE"};
    put(p.gathering[0], "2022-02-08", NULL, "Salen");
    for (size_t i = 0; i < 5; i++)
        sister(codes[i], "2022-02-08", NULL, "Salen", &cohort);
    desk_add(s, T_ENROLMENT, "cohort", num(cohort), "person", num(p.person[2]), NULL);
    read_february();
    clashes("BIM/1/1", "Salen is taken by EE/1/1; 1 person is also in EE/1/1; Salen is taken by"
                       " AA/1/1; Salen is taken by BB/1/1; and 2 more");
}

/* A day that is only thought of is tried against the others. */
static void test_thought_of(void **state)
{
    (void)state;
    struct calendar_entries one = {0};
    put(p.gathering[0], "2022-02-08", NULL, "Salen");
    put(p.gathering[1], "2022-02-15T09:00", NULL, "Salen");
    struct calendar_entry *x = calendar_entry_add(&one);
    x->id = p.gathering[0];
    x->cohort = p.cohort;
    x->ref = mem_strdup("BIM/1/1");
    x->place = mem_strdup("Salen");
    snprintf(x->starts, sizeof x->starts, "2022-02-15");
    calendar_entry_days(x);
    OK(calendar_clashes(s, &one, err));
    assert_string_equal(one.entry[0].clash_words,
                        "Salen is taken by BIM/1/2; 4 people are also in BIM/1/2");
    snprintf(one.entry[0].starts, sizeof one.entry[0].starts, "2022-02-08");
    calendar_entry_days(&one.entry[0]);
    OK(calendar_clashes(s, &one, err));
    assert_false(one.entry[0].clash); /* not with what it is itself */
    one.entry[0].id = 0;
    OK(calendar_clashes(s, &one, err));
    assert_true(one.entry[0].clash); /* a copy stands beside it */
    calendar_entries_free(&one);
}

static void test_shift(void **state)
{
    (void)state;
    char out[MOMENT_SIZE];
    moment_shift("2022-02-27T09:30", 2, out);
    assert_string_equal(out, "2022-03-01T09:30");
    moment_shift("2024-03-01", -1, out);
    assert_string_equal(out, "2024-02-29");
    moment_shift(NULL, 5, out);
    assert_string_equal(out, "");
}

/* ---- a large county -------------------------------------------------------------------------- */

static bool stop_at_once(void *arg)
{
    ++*(int *)arg;
    return true;
}

/* 200 gatherings of a month, each with some of 20,000 people. */
static void fill_county(void)
{
    OK(session_begin(s, ACT_EXAMPLE, err));
    OK(db_script(
        s->db,
        "INSERT INTO person (created_at, changed_at, sort_key, match_name, family_name)"
        " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
        " SELECT 0, 0, CAST(i AS BLOB), i, 'P' || i FROM n;"
        "INSERT INTO offering (created_at, changed_at, sort_key, code, title, kind, status)"
        " VALUES (0, 0, x'01', 'FYLKE', 'Fylke', 'course', 'running');"
        "INSERT INTO cohort (created_at, changed_at, offering_id, number, name, status)"
        " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
        " SELECT 0, 0, (SELECT id FROM offering WHERE code = 'FYLKE'), i, 'P' || i,"
        " 'running' FROM n;"
        "INSERT INTO gathering (created_at, changed_at, cohort_id, number, title, starts,"
        " status) SELECT 0, 0, c.id, 1, 'S', date('2022-02-01', (c.number % 28) || ' days'),"
        " 'planned' FROM cohort c JOIN offering o ON o.id = c.offering_id WHERE o.code ="
        " 'FYLKE';"
        "INSERT OR IGNORE INTO enrolment (created_at, changed_at, cohort_id, person_id, role,"
        " status) WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i <"
        " 499) SELECT 0, 0, c.id, (SELECT min(id) FROM person WHERE family_name = 'P1') +"
        " (c.number * 7919 + n.i * 131) % 20000, 'participant', 'registered' FROM cohort c"
        " JOIN offering o ON o.id = c.offering_id JOIN n WHERE o.code = 'FYLKE'",
        err));
    OK(session_commit(s, err));
}

static double seconds_since(const struct timespec *from)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - from->tv_sec) + (double)(now.tv_nsec - from->tv_nsec) / 1e9;
}

static void test_large(void **state)
{
    (void)state;
    struct session *own = s;
    struct timespec from;
    int asked = 0;
    s = desk_open(":memory:", "anna");
    fill_county();
    clock_gettime(CLOCK_MONOTONIC, &from);
    read_february();
    double reading = seconds_since(&from);
    assert_int_equal(e.n, 200);
    db_on_progress(s->db, stop_at_once, &asked);
    FAILS(ST_STOPPED, calendar_clashes(s, &e, err));
    db_on_progress(s->db, NULL, NULL);
    assert_true(asked > 0);
    for (size_t i = 0; i < e.n; i++)
        assert_true(!e.entry[i].clash && !e.entry[i].clash_words);
    clock_gettime(CLOCK_MONOTONIC, &from);
    OK(calendar_clashes(s, &e, err));
    double looking = seconds_since(&from);
    print_message("read in %.1f ms, clashes in %.1f ms\n", reading * 1e3, looking * 1e3);
    /* What the engine of SQL says of the same. */
    size_t clash = 0;
    for (size_t i = 0; i < e.n; i++)
        clash += e.entry[i].clash;
    assert_int_equal(
        clash,
        desk_count(s,
                   "SELECT count(*) FROM gathering a WHERE EXISTS (SELECT 1 FROM gathering b JOIN"
                   " enrolment x ON x.cohort_id = a.cohort_id JOIN enrolment y ON y.cohort_id ="
                   " b.cohort_id AND y.person_id = x.person_id WHERE b.id <> a.id AND b.starts ="
                   " a.starts)"));
    assert_true(clash > 0);
    assert_true(reading < 1 && looking < 5); /* many times what it takes */
    session_close(s);
    s = own;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_days, open_session, close_session),
        cmocka_unit_test_setup_teardown(test_narrowed, open_session, close_session),
        cmocka_unit_test_setup_teardown(test_deadlines, open_session, close_session),
        cmocka_unit_test_setup_teardown(test_cancelled, open_session, close_session),
        cmocka_unit_test_setup_teardown(test_places, open_session, close_session),
        cmocka_unit_test_setup_teardown(test_people, open_session, close_session),
        cmocka_unit_test_setup_teardown(test_many_words, open_session, close_session),
        cmocka_unit_test_setup_teardown(test_thought_of, open_session, close_session),
        cmocka_unit_test(test_shift),
        cmocka_unit_test_setup_teardown(test_large, open_session, close_session),
    };
    lang_init("en");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
