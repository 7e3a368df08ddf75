/* What is written from the lists of the desk and of a roster is what import reads back: the first
 * pane's tree too, which is no list of its own. */
#include "config.h"

#include "stage.h"

#include <stdbool.h>

enum { STATE = 1 };

/* `choice` as the chooser names it. */
static void export_as(struct term *t, const char *choice, const char *prompt, const char *file)
{
    term_keys(t, "w");
    term_wait_text(t, "Export the ");
    term_keys(t, choice);
    term_wait_text(t, prompt);
    term_keys(t, file);
    term_keys(t, "<Enter>");
}

/* Read back, nothing is changed. */
static void nothing_new(const char *type, const char *file, const char *into, int rows)
{
    char want[40];
    static const char *const none[] = {"new  ", "changed", "unclear", "rejected", "skipped"};
    int rc = into ? command("-d", database(), "import", type, file, "--into", into, "--on-change",
                            "replace", NULL)
                  : command("-d", database(), "import", type, file, "--on-change", "replace", NULL);
    if (rc != 0)
        fail_msg("import ended with %d: %s", rc, said);
    snprintf(want, sizeof want, "\n%-8s%23d\n", "matched", rows);
    assert_true(was_said(want));
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        snprintf(want, sizeof want, "\n%-8s%23d\n", none[i], 0);
        assert_true(was_said(want));
    }
}

static int lines_of(const char *file)
{
    int n = 0;
    read_file(file);
    for (const char *p = said; (p = strchr(p, '\n')) != NULL; p++)
        n++;
    return n;
}

/* ---- the tree ---------------------------------------------------------------------------------
 */

static void the_tree_is_written_as_offerings(void **state)
{
    (void)state;
    struct term *t = start();
    term_wait_row(t, STATE, "45 rows");
    export_as(t, "1", "offerings.csv", "excel.csv");
    term_wait_row(t, MESSAGE, "35 rows written to excel.csv. Left out: Cohorts.");
    nothing_new("offerings", "excel.csv", NULL, 35);
    export_as(t, "3", "offerings.csv", "plain.csv");
    term_wait_row(t, MESSAGE, "35 rows written to plain.csv.");
    nothing_new("offerings", "plain.csv", NULL, 35);
    read_file("plain.csv");
    /* In the order of the screen, and each once. */
    assert_memory_equal(said, "id,code,title,kind,area,status,starts,ends,contact,plan\n",
                        strlen("id,code,title,kind,area,status,starts,ends,contact,plan\n"));
    const char *first = strstr(said, ",AMBULERENDE,"), *bim = strstr(said, ",BIM,");
    assert_non_null(first);
    assert_non_null(bim);
    assert_true(first < bim);
    assert_null(strstr(bim + 1, ",BIM,"));
    /* Some columns: of what is written. */
    term_keys(t, "w");
    term_wait_text(t, "Export the list");
    term_keys(t, "2");
    term_wait_text(t, "Which columns?");
    term_wait_text(t, "[x] Until");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Which columns?");
    leave(t);
}

static void only_felles(struct term *t)
{
    term_keys(t, "f");
    term_wait_text(t, "Filter by");
    term_keys(t, "area<Enter>");
    term_wait_text(t, "Is not …");
    term_keys(t, "<Enter>");
    term_wait_text(t, "Area: Is …");
    term_keys(t, "felles<Enter>");
    term_wait_row(t, STATE, "Area: ");
}

/* As it is searched and filtered: by the areas of places too, which are not those of offerings. */
static void what_narrows_the_tree_narrows_what_is_written(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sles<Enter>");
    wait_selected(t, "LES12");
    export_as(t, "3", "offerings.csv", "les.csv");
    term_wait_row(t, MESSAGE, "4 rows written to les.csv.");
    nothing_new("offerings", "les.csv", NULL, 4);
    term_keys(t, "a");
    term_wait_row(t, STATE, "45 rows");
    only_felles(t);
    wait_selected(t, "BIM");
    export_as(t, "3", "offerings.csv", "felles.csv");
    term_wait_row(t, MESSAGE, "9 rows written to felles.csv. Left out: Cohorts.");
    nothing_new("offerings", "felles.csv", NULL, 9);
    read_file("felles.csv");
    assert_true(was_said(",BIM,Barnehagens innsatsteam mot mobbing,cohorts,Barnehage,"));
    leave(t);
}

static void cohorts_are_written_too(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "Z"); /* folded away, they are of the list all the same */
    term_wait_row(t, STATE, "37 rows");
    term_keys(t, "w");
    term_wait_text(t, "5  Cohorts, for Excel");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Export the list");
    export_as(t, "5", "cohorts.csv", "cohorts.csv");
    term_wait_row(t, MESSAGE, "4 rows written to cohorts.csv.");
    term_assert(t, !strstr(term_row(t, MESSAGE), "Left out"));
    assert_int_equal(lines_of("cohorts.csv"), 5);
    nothing_new("cohorts", "cohorts.csv", NULL, 4);
    leave(t);
}

static void marked_offerings_and_cohorts(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sbim<Enter>");
    wait_selected(t, "BIM");
    /* Cohorts only. */
    term_keys(t, "<Down>vv");
    term_wait_row(t, STATE, "2 selected");
    export_as(t, "3", "cohorts.csv", "two.csv");
    term_wait_row(t, MESSAGE, "2 rows written to two.csv.");
    term_assert(t, !strstr(term_row(t, MESSAGE), "Left out"));
    nothing_new("cohorts", "two.csv", NULL, 2);
    /* Both kinds. */
    term_keys(t, "<Home>v");
    term_wait_row(t, STATE, "3 selected");
    export_as(t, "3", "offerings.csv", "one.csv");
    term_wait_row(t, MESSAGE, "1 rows written to one.csv. Left out: Cohorts.");
    nothing_new("offerings", "one.csv", NULL, 1);
    /* Copied: the same. */
    term_mark(t);
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "1 rows copied. Left out: Cohorts.");
    term_keys(t, "Ny");
    term_wait_row(t, MESSAGE, "1 row copied. If");
    leave(t);
}

/* ---- the other lists --------------------------------------------------------------------------
 */

static void the_other_panes(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    wait_selected(t, "Askeland");
    export_as(t, "1", "people.csv", "people.csv");
    term_wait_row(t, MESSAGE, "165 rows written to people.csv.");
    nothing_new("people", "people.csv", NULL, 165);
    term_keys(t, "o");
    term_wait_gone(t, "Askeland");
    export_as(t, "1", "organisations.csv", "orgs.csv");
    term_wait_row(t, MESSAGE, " rows written to orgs.csv.");
    nothing_new("organisations", "orgs.csv", NULL, lines_of("orgs.csv") - 1);
    term_keys(t, "2");
    wait_selected(t, "BIM/1/3");
    export_as(t, "1", "gatherings.csv", "gatherings.csv");
    term_wait_row(t, MESSAGE, " rows written to gatherings.csv.");
    nothing_new("gatherings", "gatherings.csv", NULL, lines_of("gatherings.csv") - 1);
    leave(t);
}

static void the_roster(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "2");
    wait_selected(t, "BIM/1/3");
    term_keys(t, "r");
    wait_selected(t, "Bjørå");
    export_as(t, "1", "roster.csv", "roster.csv");
    term_wait_row(t, MESSAGE, " rows written to roster.csv.");
    nothing_new("roster", "roster.csv", "BIM/1", lines_of("roster.csv") - 1);
    nothing_new("attendance", "roster.csv", "BIM/1/3", lines_of("roster.csv") - 1);
    term_keys(t, "q");
    wait_selected(t, "BIM/1/3");
    leave(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_is_written_as_offerings),
        cmocka_unit_test(what_narrows_the_tree_narrows_what_is_written),
        cmocka_unit_test(cohorts_are_written_too),
        cmocka_unit_test(marked_offerings_and_cohorts),
        cmocka_unit_test(the_other_panes),
        cmocka_unit_test(the_roster),
    };
    return cmocka_run_group_tests(tests, stage_open, stage_close);
}
