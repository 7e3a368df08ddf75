/* What needs doing today. It is 1 February 2022. */
#include "config.h"

#include "desk.h"

#include "samling/draft.h"
#include "samling/lang.h"
#include "samling/listing.h"

static struct session *s;
static int64_t bim, cohort;

static int open_it(void **state)
{
    (void)state;
    setenv("SAMLING_TODAY", "2022-02-01", 1);
    s = desk_open(":memory:", "anna");
    bim = desk_add(s, T_OFFERING, "code", "BIM", "title", "Mot mobbing", "status", "running", NULL);
    cohort =
        desk_add(s, T_COHORT, "offering", num(bim), "name", "Pulje 1", "status", "running", NULL);
    return 0;
}

static int close_it(void **state)
{
    (void)state;
    desk_sound(s);
    session_close(s);
    return 0;
}

static bool tell(void *arg, const struct listing_row *r)
{
    static const char *const columns[] = {"what", "why", "ref", "starts", "people"};
    const struct listing *l = listing_by_name("today");
    struct buf *out = arg;
    if (out->len)
        buf_addc(out, '\n');
    for (size_t i = 0; i < 5; i++) {
        const char *c = r->cell[listing_column(l, columns[i])];
        buf_addf(out, "%s%s", i ? "|" : "", c ? c : "-");
    }
    assert_true(r->id == 0 || desk_there(s, r->type, r->id)); /* 0: the draft of a new one */
    return true;
}

static void searched(const char *search, const char *want)
{
    struct listing_query q = {.listing = listing_by_name("today"), .search = search};
    struct buf b = {0};
    OK(listing_each(s, &q, 0, tell, &b, err));
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

static void gives(const char *want)
{
    searched(NULL, want);
}

static int64_t gathering(const char *starts, const char *ends)
{
    return desk_add(s, T_GATHERING, "cohort", num(cohort), "starts", starts, "ends", ends, NULL);
}

static int64_t enrol(const char *status)
{
    int64_t person = desk_add(s, T_PERSON, "given_name", "Kari", NULL);
    return desk_add(s, T_ENROLMENT, "cohort", num(cohort), "person", num(person), "status", status,
                    NULL);
}

static void test_nothing(void **state)
{
    (void)state;
    gives("");
}

static void test_gatherings(void **state)
{
    (void)state;
    gathering("2022-02-01T09:00", NULL);
    gathering("2022-01-31", "2022-02-02"); /* goes on */
    gathering("2022-02-02", NULL);
    gathering("2022-03-29T09:00", NULL); /* the last day of eight weeks */
    gathering("2022-03-30", NULL);
    gathering(NULL, NULL);
    gathering("2022-01-10", NULL); /* nobody was expected */
    desk_set(s, T_GATHERING, gathering("2022-02-03", NULL), "status", "cancelled");
    gives("today|gathering|BIM/1/2|2022-01-31|0\n"
          "today|gathering|BIM/1/1|2022-02-01T09:00|0\n"
          "ahead|gathering|BIM/1/3|2022-02-02|0\n"
          "ahead|gathering|BIM/1/4|2022-03-29T09:00|0");
    desk_set(s, T_COHORT, cohort, "status", "cancelled");
    gives("");
    desk_set(s, T_COHORT, cohort, "status", "running");
    desk_set(s, T_OFFERING, bim, "status", "cancelled");
    gives("");
}

static void test_attendance(void **state)
{
    (void)state;
    int64_t old = gathering("2021-03-01", NULL), late = gathering("2022-01-10", NULL);
    int64_t e[4];
    gathering("2020-12-01", NULL); /* forgotten */
    for (int i = 0; i < 4; i++)
        e[i] = enrol("registered");
    gives("late|attendance|BIM/1/1|2021-03-01|4\nlate|attendance|BIM/1/2|2022-01-10|4");
    desk_add(s, T_ATTENDANCE, "enrolment", num(e[0]), "gathering", num(late), "mark", "present",
             NULL);
    desk_add(s, T_ATTENDANCE, "enrolment", num(e[0]), "gathering", num(old), "mark", "present",
             NULL);
    gives("late|attendance|BIM/1/2|2022-01-10|4"); /* of long ago, a mark is enough */
    desk_add(s, T_ATTENDANCE, "enrolment", num(e[1]), "gathering", num(late), "mark", "absent",
             NULL);
    gives("");
    enrol("registered");
    gives("late|attendance|BIM/1/2|2022-01-10|5");
    desk_set(s, T_ENROLMENT, e[3], "status", "withdrawn");
    gives("");
}

static void test_deadlines(void **state)
{
    (void)state;
    enrol("registered");
    desk_set(s, T_COHORT, cohort, "deadline", "2022-02-01");
    gives("deadline|closes|BIM/1|2022-02-01|1");
    desk_set(s, T_COHORT, cohort, "deadline", "2022-01-31");
    gives("deadline|closed|BIM/1|2022-01-31|1");
    desk_set(s, T_COHORT, cohort, "deadline", "2022-01-17");
    gives("");
    desk_set(s, T_COHORT, cohort, "deadline", "2022-03-02");
    gives("");
    desk_set(s, T_COHORT, cohort, "deadline", "2022-03-01");
    gives("deadline|closes|BIM/1|2022-03-01|1");
    int64_t g = gathering("2022-06-01", NULL);
    desk_set(s, T_GATHERING, g, "deadline", "2022-02-20");
    gives("deadline|closes|BIM/1/1|2022-02-20|1\ndeadline|closes|BIM/1|2022-03-01|1");
    desk_set(s, T_COHORT, cohort, "status", "completed");
    desk_set(s, T_GATHERING, g, "status", "held");
    gives("");
}

static void test_waiting(void **state)
{
    (void)state;
    enrol("waitlisted");
    enrol("invited");
    enrol("invited");
    enrol("withdrawn");
    gives("waiting|invited|BIM/1|-|2\nwaiting|waitlisted|BIM/1|-|1");
    desk_set(s, T_COHORT, cohort, "ends", "2022-01-31");
    gives("");
    desk_set(s, T_COHORT, cohort, "ends", "2022-02-01");
    gives("waiting|invited|BIM/1|-|2\nwaiting|waitlisted|BIM/1|-|1");
    desk_set(s, T_COHORT, cohort, "status", "completed");
    gives("");
}

static void test_drafts_begun(void **state)
{
    (void)state;
    int64_t o =
        desk_add(s, T_OFFERING, "code", "KURS", "title", "Kurs", "starts", "2022-01-31", NULL);
    gives("late|begun|KURS|2022-01-31|-");
    desk_set(s, T_OFFERING, o, "starts", "2022-02-01");
    gives("");
    desk_set(s, T_OFFERING, o, "starts", "2022-01-01");
    desk_set(s, T_OFFERING, o, "status", "published");
    gives("");
}

static void keep_draft(struct session *by, enum type_id type, int64_t id)
{
    struct draft d = draft_new(type_of(type));
    d.version = 1;
    OK(draft_save(by, type_of(type), id, &d, err));
    OK(db_run(by->db, err, "UPDATE draft SET at = 1643698800 WHERE record_id = ?1", "i", id));
    draft_free(type_of(type), &d);
}

static void test_not_saved(void **state)
{
    (void)state;
    int64_t g = gathering("2022-06-01", NULL);
    keep_draft(s, T_GATHERING, g);
    keep_draft(s, T_COHORT, cohort);
    keep_draft(s, T_PERSON,
               desk_add(s, T_PERSON, "given_name", "Kari", "family_name", "Aas", NULL));
    keep_draft(s, T_PERSON, 0);   /* a new one */
    keep_draft(s, T_PERSON, 999); /* removed since */
    gives("drafts|new_person|-|2022-02-01T08:00|-\n"
          "drafts|typed|-|2022-02-01T08:00|-\n"
          "drafts|typed|BIM/1|2022-02-01T08:00|-\n"
          "drafts|typed|BIM/1/1|2022-02-01T08:00|-");
    searched("kari aas", "drafts|typed|-|2022-02-01T08:00|-");
    OK(db_run(s->db, err,
              "INSERT INTO user (id, created_at, changed_at, name, role, active) VALUES"
              " (77, 0, 0, 'per', 'adviser', 1); ",
              NULL));
    OK(db_run(s->db, err, "UPDATE draft SET user_id = 77", NULL));
    gives(""); /* others' are theirs */
}

static bool title_of(void *arg, const struct listing_row *r)
{
    static const char *const columns[] = {"why", "ref", "title"};
    const struct listing *l = listing_by_name("today");
    for (size_t i = 0; i < 3; i++) {
        const char *c = r->cell[listing_column(l, columns[i])];
        buf_addf(arg, "%s%s", i ? "|" : "", c ? c : "-");
    }
    buf_addc(arg, '\n');
    return true;
}

/* A new one's, with these fields typed: pairs ended by NULL. */
static void draft_of_new(enum type_id type, const char *above, const char *of, ...)
{
    struct draft d = draft_new(type_of(type));
    va_list ap;
    if (above)
        d.was[type_field(type_of(type), above)] = mem_strdup(of);
    va_start(ap, of);
    for (const char *name; (name = va_arg(ap, const char *));)
        d.typed[type_field(type_of(type), name)] = mem_strdup(va_arg(ap, const char *));
    va_end(ap);
    OK(draft_save(s, type_of(type), 0, &d, err));
    draft_free(type_of(type), &d);
    OK(db_run(s->db, err, "UPDATE draft SET at = 1643698800", NULL));
}

/* They are called by what was typed, and each opens. */
static void test_new_not_saved(void **state)
{
    (void)state;
    struct listing_query q = {.listing = listing_by_name("today")};
    struct buf b = {0};
    draft_of_new(T_ORGANISATION, NULL, NULL, "name", "Blåklokka", "phone", "493", NULL);
    draft_of_new(T_PERSON, NULL, NULL, "given_name", "Kari", "family_name", "Aas", NULL);
    draft_of_new(T_OFFERING, NULL, NULL, "code", "LEK", NULL);
    draft_of_new(T_COHORT, "offering", "BIM", "note", "kanskje", NULL);
    draft_of_new(T_GATHERING, "cohort", "BIM/1", "cohort", "BIM/2", "title", "Samling", NULL);
    draft_of_new(T_PLAN, NULL, NULL, "title", "", NULL);
    OK(listing_each(s, &q, 0, title_of, &b, err));
    assert_string_equal(buf_str(&b), "new_organisation|-|Blåklokka\n"
                                     "new_person|-|Kari Aas\n"
                                     "new_offering|-|LEK\n"
                                     "new_cohort|BIM|-\n"
                                     "new_gathering|BIM/2|Samling\n"
                                     "new_plan|-|-\n");
    buf_free(&b);
    searched("blåkl", "drafts|new_organisation|-|2022-02-01T08:00|-");
}

/* What is counted is what is listed, of every type. */
static void test_drafts_are_counted(void **state)
{
    (void)state;
    struct listing_query q = {.listing = listing_by_name("today")};
    int64_t n = 7, expected = 0, rows;
    OK(draft_count(s, &n, err));
    assert_int_equal(n, 0);
    int64_t g = gathering("2023-06-01", NULL), e = enrol("withdrawn");
    int64_t plan = desk_add(s, T_PLAN, "title", "Plan", NULL);
    int64_t barnehage = desk_add(s, T_ORGANISATION, "name", "Blåklokka", NULL);
    int64_t person = desk_count(s, "SELECT person_id FROM enrolment");
    const struct {
        enum type_id type;
        int64_t id;
    } there[] = {
        {T_ORGANISATION, barnehage},
        {T_PERSON, person},
        {T_POSITION,
         desk_add(s, T_POSITION, "person", num(person), "organisation", num(barnehage), NULL)},
        {T_OFFERING, bim},
        {T_COHORT, cohort},
        {T_GATHERING, g},
        {T_ENROLMENT, e},
        {T_ATTENDANCE, desk_add(s, T_ATTENDANCE, "enrolment", num(e), "gathering", num(g), "mark",
                                "present", NULL)},
        {T_USER, desk_add(s, T_USER, "name", "bo", "role", "reader", NULL)},
        {T_PLAN, plan},
        {T_PLACEMENT, desk_add(s, T_PLACEMENT, "offering", num(bim), "plan", num(plan), NULL)},
    };
    for (size_t i = 0; i < sizeof there / sizeof *there; i++) {
        keep_draft(s, there[i].type, there[i].id);
        keep_draft(s, there[i].type, 0);
        keep_draft(s, there[i].type, 99999); /* removed since */
        expected += 2;
        OK(draft_count(s, &n, err));
        OK(listing_count(s, &q, &rows, err));
        assert_int_equal(n, expected);
        assert_int_equal(rows, expected);
    }
}

static void test_in_order(void **state)
{
    (void)state;
    keep_draft(s, T_OFFERING, bim);
    gathering("2022-02-08T09:00", NULL);
    enrol("registered");
    enrol("waitlisted");
    desk_set(s, T_COHORT, cohort, "deadline", "2022-02-03");
    gathering("2022-02-01", NULL);
    gathering("2022-01-20", NULL);
    const char *all = "late|attendance|BIM/1/3|2022-01-20|1\n"
                      "today|gathering|BIM/1/2|2022-02-01|1\n"
                      "deadline|closes|BIM/1|2022-02-03|1\n"
                      "waiting|waitlisted|BIM/1|2022-02-03|1\n"
                      "ahead|gathering|BIM/1/1|2022-02-08T09:00|1\n"
                      "drafts|typed|BIM|2022-02-01T08:00|-";
    gives(all);
    searched("mobb", all);
    searched("bim 1 3", "late|attendance|BIM/1/3|2022-01-20|1");
    searched("pulje", "deadline|closes|BIM/1|2022-02-03|1\nwaiting|waitlisted|BIM/1|2022-02-03|1");
    searched("zzz", "");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_it, close_it)
    const struct CMUnitTest tests[] = {
        TEST(test_nothing),   TEST(test_gatherings),    TEST(test_attendance),
        TEST(test_deadlines), TEST(test_waiting),       TEST(test_drafts_begun),
        TEST(test_not_saved), TEST(test_new_not_saved), TEST(test_drafts_are_counted),
        TEST(test_in_order),
    };
    setenv("TZ", "Europe/Oslo", 1);
    lang_init("en");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
