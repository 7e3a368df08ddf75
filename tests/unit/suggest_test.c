/* Completion of names: who is meant by a beginning, and in which order. */
#include "config.h"

#include "desk.h"

#include "samling/suggest.h"

static struct session *s;
static int64_t kindergarten;

static int64_t add_person(const char *given, const char *family)
{
    return desk_add(s, T_PERSON, "given_name", given, "family_name", family, NULL);
}

static int open_session(void **state)
{
    (void)state;
    s = desk_open(":memory:", "anna");
    kindergarten =
        desk_add(s, T_ORGANISATION, "name", "Solsikken barnehage", "municipality", "Asker", NULL);
    return 0;
}

static int close_session(void **state)
{
    (void)state;
    session_close(s);
    return 0;
}

/* The names that are suggested, with a | after each. */
static const char *names(enum type_id type, const char *typed, size_t max)
{
    static char all[2000];
    struct suggestions g;
    OK(suggest(s, type, typed, max, &g, err));
    all[0] = '\0';
    for (size_t i = 0; i < g.n; i++) {
        strcat(all, g.item[i].name);
        strcat(all, "|");
    }
    suggestions_free(&g);
    return all;
}

static void test_names_first_in_norwegian_order(void **state)
{
    (void)state;
    add_person("Kari", "Ødegård");
    add_person("Kari", "Åsen");
    add_person("Kari Anne", "Nordmann");
    add_person("Ola", "Karlsen");
    add_person("Kari", "Ærlig");
    add_person("Kari", "Zahl");
    int64_t other = add_person("Per", "Berg");
    desk_set(s, T_PERSON, other, "email", "kari.berg@asker.example");
    assert_string_equal(names(T_PERSON, "kar", 8),
                        "Ola Karlsen|Kari Anne Nordmann|Kari Zahl|Kari Ærlig|Kari Ødegård|"
                        "Kari Åsen|Per Berg|");
    /* Half of the room for family names, half for given ones. */
    assert_string_equal(names(T_PERSON, "kar", 2), "Ola Karlsen|Kari Anne Nordmann|");
    assert_string_equal(names(T_PERSON, "KAR", 1), "Ola Karlsen|");
}

static void test_either_order_of_names(void **state)
{
    (void)state;
    add_person("Kari Anne", "Nordmann");
    add_person("Kari", "Nordby");
    add_person("Per", "Nordmann");
    add_person("Jørn", "Bråthen Lie");
    static const char *const typed[] = {"kari nor", "nor kari", "nor, kari", "Nor,Kari",
                                        " kari  nor "};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        const char *got = names(T_PERSON, typed[i], 8);
        if (strcmp(got, "Kari Nordby|Kari Anne Nordmann|") != 0)
            fail_msg("%s: %s", typed[i], got);
    }
    assert_string_equal(names(T_PERSON, "nordmann, kari", 8), "Kari Anne Nordmann|");
    assert_string_equal(names(T_PERSON, "kari anne n", 8), "Kari Anne Nordmann|");
    assert_string_equal(names(T_PERSON, "kari anne", 8), "Kari Anne Nordmann|");
    assert_string_equal(names(T_PERSON, "bråthen l", 8), "Jørn Bråthen Lie|");
    assert_string_equal(names(T_PERSON, "braathen", 8), "Jørn Bråthen Lie|");
    assert_string_equal(names(T_PERSON, "brathen lie jorn", 8), "Jørn Bråthen Lie|");
    assert_string_equal(names(T_PERSON, "nobody", 8), "");
    assert_string_equal(names(T_PERSON, "-/", 8), "");
}

/* Aa is the last letter of the alphabet, typed either way, and a begins neither. */
static void test_double_a(void **state)
{
    (void)state;
    add_person("Ola", "Aas");
    add_person("Ola", "Årnes");
    add_person("Ola", "Abel");
    assert_string_equal(names(T_PERSON, "å", 2), "Ola Årnes|Ola Aas|");
    assert_string_equal(names(T_PERSON, "aa", 8), "Ola Årnes|Ola Aas|Ola Abel|");
    assert_string_equal(names(T_PERSON, "a", 1), "Ola Abel|");
    assert_string_equal(names(T_PERSON, "", 8), "Ola Abel|Ola Årnes|Ola Aas|");
}

static void test_namesakes_are_told_apart(void **state)
{
    (void)state;
    struct suggestions g;
    int64_t here = add_person("Kari", "Berg"), one = add_person("Kari", "Berg"),
            two = add_person("Kari", "Berg");
    desk_add(s, T_POSITION, "person", num(here), "organisation", num(kindergarten), NULL);
    desk_set(s, T_PERSON, one, "email", "kari@asker.example");
    desk_set(s, T_PERSON, two, "phone", "912 34 567");
    OK(suggest(s, T_PERSON, "kari berg", 8, &g, err));
    assert_int_equal(g.n, 3);
    for (size_t i = 0; i < g.n; i++)
        assert_string_equal(g.item[i].more, g.item[i].id == here  ? "Solsikken barnehage  ·  Asker"
                                            : g.item[i].id == one ? "kari@asker.example"
                                                                  : "912 34 567");
    suggestions_free(&g);
}

static void test_organisations(void **state)
{
    (void)state;
    desk_add(s, T_ORGANISATION, "name", "Nye Solsikken", NULL);
    desk_add(s, T_ORGANISATION, "name", "Solkroken", NULL);
    desk_add(s, T_ORGANISATION, "name", "Blåklokka", "municipality", "Sola", NULL);
    assert_string_equal(names(T_ORGANISATION, "sol", 8),
                        "Solkroken|Solsikken barnehage|Nye Solsikken|Blåklokka|");
    assert_string_equal(names(T_ORGANISATION, "bhg", 8), "");
}

static void test_references(void **state)
{
    (void)state;
    struct programme p = desk_programme(s, 0);
    desk_add(s, T_COHORT, "offering", num(p.offering), "name", "Høstgruppa", NULL);
    desk_add(s, T_PLAN, "title", "Kompetanseplan 2022", NULL);
    desk_add(s, T_PLAN, "title", "Annet", NULL);
    assert_string_equal(names(T_OFFERING, "bi", 8), "BIM|");
    assert_string_equal(names(T_OFFERING, "mobb", 8), "BIM|");
    assert_string_equal(names(T_COHORT, "bim", 8), "BIM/1|BIM/2|");
    assert_string_equal(names(T_COHORT, "BIM/2", 8), "BIM/2|");
    assert_string_equal(names(T_COHORT, "bim 2", 8), "BIM/2|");
    assert_string_equal(names(T_COHORT, "høst", 8), "BIM/2|");
    assert_string_equal(names(T_COHORT, "mobbing høst", 8), "BIM/2|");
    assert_string_equal(names(T_COHORT, "bim/1/2", 8), "");
    assert_string_equal(names(T_COHORT, "", 8), "BIM/1|BIM/2|");
    assert_string_equal(names(T_GATHERING, "bim/1/2", 8), "BIM/1/2|");
    assert_string_equal(names(T_GATHERING, "bim/1", 8), "BIM/1/1|BIM/1/2|");
    assert_string_equal(names(T_GATHERING, "bim/2", 8), "BIM/1/2|");
    assert_string_equal(names(T_PLAN, "2022", 8), "Kompetanseplan 2022|");
    assert_string_equal(names(T_PLAN, "", 8), "Annet|Kompetanseplan 2022|");
    assert_true(suggest_knows(T_GATHERING));
    assert_false(suggest_knows(T_BATCH));
}

static bool at_once(void *arg)
{
    (void)arg;
    return true;
}

static void test_it_can_be_stopped(void **state)
{
    (void)state;
    struct suggestions g;
    struct error stopped = {0};
    for (int i = 0; i < 600; i++)
        add_person("Kari", i % 2 ? "Berg" : "Dahl");
    db_on_progress(s->db, at_once, NULL);
    assert_int_equal(suggest(s, T_PERSON, "kari", 8, &g, &stopped), ST_STOPPED);
    db_on_progress(s->db, NULL, NULL);
    assert_int_equal(g.n, 0);
    suggestions_free(&g);
    OK(suggest(s, T_PERSON, "kari", 8, &g, err));
    assert_int_equal(g.n, 8);
    suggestions_free(&g);
}

int main(void)
{
#define EACH(fn) cmocka_unit_test_setup_teardown(fn, open_session, close_session)
    const struct CMUnitTest tests[] = {
        EACH(test_names_first_in_norwegian_order),
        EACH(test_either_order_of_names),
        EACH(test_double_a),
        EACH(test_namesakes_are_told_apart),
        EACH(test_organisations),
        EACH(test_references),
        EACH(test_it_can_be_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
