#include "config.h"

#include "desk.h"

static struct session *s;
static struct programme p;

static int open_session(void **state)
{
    (void)state;
    s = desk_open(":memory:", "anna");
    p = desk_programme(s, 3);
    return 0;
}

static int close_session(void **state)
{
    (void)state;
    session_close(s);
    return 0;
}

static void means(enum type_id want, const char *typed, enum type_id type, int64_t id)
{
    enum type_id is = T_NONE;
    int64_t found = 0;
    OK(reference_parse(s, want, typed, &is, &found, err));
    assert_int_equal(is, type);
    assert_int_equal(found, id);
    OK(reference_parse(s, want, typed, NULL, &found, err));
    assert_int_equal(found, id);
}

static void means_nothing(enum type_id want, const char *typed, const char *words)
{
    struct error e = {0};
    int64_t id;
    assert_int_equal(reference_parse(s, want, typed, NULL, &id, &e), ST_REFUSED);
    assert_string_equal(e.what, typed);
    if (!strstr(e.why, words))
        fail_msg("\"%s\": \"%s\" does not say \"%s\"", typed, e.why, words);
    assert_int_equal(reference_parse(s, want, typed, NULL, &id, NULL), ST_REFUSED);
}

static void test_forms(void **state)
{
    (void)state;
    means(T_NONE, "BIM", T_OFFERING, p.offering);
    means(T_NONE, "bim/1", T_COHORT, p.cohort);
    means(T_NONE, "Bim/1/2", T_GATHERING, p.gathering[1]);
    means(T_GATHERING, "BIM/01/002", T_GATHERING, p.gathering[1]);
    means(T_COHORT, num(p.cohort), T_COHORT, p.cohort);
    means(T_PERSON, num(p.person[2]), T_PERSON, p.person[2]);
}

static void test_what_is_none(void **state)
{
    (void)state;
    means_nothing(T_NONE, "42", "number alone");
    means_nothing(T_COHORT, "4242", "no record");
    means_nothing(T_NONE, "XYZ", "no offering");
    means_nothing(T_NONE, "XYZ/1/1", "no offering");
    means_nothing(T_NONE, "BIM/9", "no such cohort");
    means_nothing(T_NONE, "BIM/9/1", "no such cohort");
    means_nothing(T_NONE, "BIM/1/9", "no such gathering");
    means_nothing(T_OFFERING, "BIM/1", "not an offering");
    means_nothing(T_COHORT, "BIM", "not a cohort");
    means_nothing(T_COHORT, "BIM/1/1", "not a cohort");
    means_nothing(T_GATHERING, "BIM/1", "not a gathering");
    static const char *const malformed[] = {"",        "/",       "/1",        "BIM/",   "BIM/1/",
                                            "BIM/x",   "BIM/1/x", "BIM/1/1/1", "BIM//1", "BIM/0",
                                            "BIM/1/0", "BIM/-1",  "BIM/1 ",    "BIM/+1"};
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++)
        means_nothing(T_NONE, malformed[i], "not a reference");
    means_nothing(T_NONE, "BIM/99999999999999999999", "no such cohort");
    char word[200];
    memset(word, 'A', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    int64_t id;
    FAILS(ST_REFUSED, reference_parse(s, T_NONE, word, NULL, &id, err));
}

static void finds(enum type_id type, const char *typed, int64_t want)
{
    int64_t id = 0;
    OK(record_find(s, type_of(type), typed, &id, err));
    if (id != want)
        fail_msg("\"%s\" is %lld, not %lld", typed, (long long)id, (long long)want);
}

static void test_people(void **state)
{
    (void)state;
    int64_t ase = desk_add(s, T_PERSON, "given_name", "Åse", "family_name", "Ødegård", "email",
                           "ase@asker.no", NULL);
    finds(T_PERSON, "Åse Ødegård", ase);
    finds(T_PERSON, "aase oedegaard", ase);
    finds(T_PERSON, "Ødegård, Åse", ase);
    finds(T_PERSON, "ASE@ASKER.NO", ase);
    finds(T_PERSON, "Åse Ødegård <ase@asker.no>", ase);
    finds(T_PERSON, num(ase), ase);
    int64_t id;
    FAILS(ST_REFUSED, record_find(s, type_of(T_PERSON), "Ase Odegard", &id, err));
    FAILS(ST_REFUSED, record_find(s, type_of(T_PERSON), "ole@asker.no", &id, err));
    FAILS(ST_REFUSED, record_find(s, type_of(T_PERSON), "99999", &id, err));
}

static void test_ambiguous(void **state)
{
    (void)state;
    struct error e = {0};
    int64_t id, a = 0, b = 0;
    for (int i = 0; i < 8; i++) {
        b = desk_add(s, T_PERSON, "given_name", "Ola", "family_name", "Nordmann", NULL);
        a = a ? a : b;
    }
    desk_add(s, T_POSITION, "person", num(a), "organisation", num(p.organisation), NULL);
    assert_int_equal(record_find(s, type_of(T_PERSON), "ola nordmann", &id, &e), ST_REFUSED);
    char first[60];
    snprintf(first, sizeof first, "%lld Ola Nordmann (Solsikken barnehage)", (long long)a);
    assert_non_null(strstr(e.todo, first));
    assert_non_null(strstr(e.why, "several"));
}

static void test_organisations(void **state)
{
    (void)state;
    int64_t id = desk_add(s, T_ORGANISATION, "name", "Blåbær", "orgno", "974760673", NULL);
    finds(T_ORGANISATION, "blaabær", id);
    finds(T_ORGANISATION, "974760673", id);
    finds(T_ORGANISATION, num(id), id);
    int64_t other;
    FAILS(ST_REFUSED, record_find(s, type_of(T_ORGANISATION), "920125298", &other, err));
}

static void test_others(void **state)
{
    (void)state;
    finds(T_OFFERING, "bim", p.offering);
    finds(T_GATHERING, "BIM/1/1", p.gathering[0]);
    finds(T_ENROLMENT, "BIM/1:Kari Berg", p.enrolment[1]);
    char typed[60];
    snprintf(typed, sizeof typed, "%lld:%lld", (long long)p.cohort, (long long)p.person[2]);
    finds(T_ENROLMENT, typed, p.enrolment[2]);
    finds(T_USER, "anna", s->user);
    int64_t id;
    FAILS(ST_REFUSED, record_find(s, type_of(T_ENROLMENT), "BIM/1", &id, err));
    FAILS(ST_REFUSED, record_find(s, type_of(T_ENROLMENT), "BIM/2:Kari Berg", &id, err));
    int64_t stranger = desk_add(s, T_PERSON, "given_name", "Per", NULL);
    (void)stranger;
    FAILS(ST_REFUSED, record_find(s, type_of(T_ENROLMENT), "BIM/1:Per", &id, err));
    FAILS(ST_REFUSED, record_find(s, type_of(T_USER), "nobody", &id, err));
    FAILS(ST_REFUSED, record_find(s, type_of(T_POSITION), "x", &id, err));
}

static void reads_as(enum type_id type, int64_t id, const char *title, const char *reference)
{
    struct buf b = {0};
    record_title(s, type_of(type), id, &b);
    assert_string_equal(buf_str(&b), title);
    buf_clear(&b);
    record_reference(s, type_of(type), id, &b);
    assert_string_equal(buf_str(&b), reference);
    buf_free(&b);
}

static void test_titles(void **state)
{
    (void)state;
    reads_as(T_OFFERING, p.offering, "Barnehagens innsatsteam mot mobbing", "BIM");
    reads_as(T_COHORT, p.cohort, "Cohort 1", "BIM/1");
    reads_as(T_GATHERING, p.gathering[1], "Gathering 2", "BIM/1/2");
    reads_as(T_PERSON, p.person[0], "Kari Aas", num(p.person[0]));
    reads_as(T_ENROLMENT, p.enrolment[0], "Kari Aas, BIM/1", num(p.enrolment[0]));
    reads_as(T_USER, s->user, "anna", "anna");
    int64_t mark = desk_add(s, T_ATTENDANCE, "enrolment", num(p.enrolment[0]), "gathering",
                            num(p.gathering[0]), "mark", "present", NULL);
    reads_as(T_ATTENDANCE, mark, "Kari Aas, BIM/1/1", num(mark));
    for (int t = T_NONE + 1; t < T_COUNT; t++) /* what is gone has neither */
        reads_as((enum type_id)t, 987654, "", "");
}

static void test_type_names(void **state)
{
    (void)state;
    for (int t = T_NONE + 1; t < T_COUNT; t++) {
        const struct record_type *type = type_of((enum type_id)t);
        assert_non_null(type);
        assert_int_equal(type->id, t);
        assert_ptr_equal(type_by_name(type->name), type);
        assert_ptr_equal(type_by_name(type->plural), type);
    }
    assert_null(type_by_name("unicorn"));
    assert_null(type_by_name(""));
    assert_null(type_by_id(T_NONE));
    assert_null(type_by_id(T_COUNT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),         cmocka_unit_test(test_what_is_none),
        cmocka_unit_test(test_people),        cmocka_unit_test(test_ambiguous),
        cmocka_unit_test(test_organisations), cmocka_unit_test(test_others),
        cmocka_unit_test(test_titles),        cmocka_unit_test(test_type_names),
    };
    return cmocka_run_group_tests(tests, open_session, close_session);
}
