/* The tree of offerings, grouped in its ways: where an offering stands, and what is counted. */
#include "config.h"

#include "stage.h"

#include <stdbool.h>

enum { STATE = 1 };

static void group_by(struct term *t, const char *digit)
{
    term_keys(t, "b");
    term_wait_text(t, "Group the offerings by");
    term_keys(t, digit);
    term_wait_gone(t, "Group the offerings by");
}

struct standing {
    const char *text;
    int times;
};

/* So many rows say it. */
static bool stands(struct term *t, const void *arg)
{
    const struct standing *want = arg;
    int rows, cols, n = 0;
    term_size(t, &rows, &cols);
    for (int row = 0; row < rows; row++)
        n += strstr(term_row(t, row), want->text) != NULL;
    return n == want->times;
}

#define wait_stands(t, text, n)                                                                    \
    term_wait(t, stands, (&(struct standing){text, n}), "so many times: " text)

/* BIM and SIM stand in two areas each, each with two cohorts. */
static void once_where_places_do_not_matter(void **state)
{
    (void)state;
    current = fresh_database();
    struct term *t = open_desk(70, 100, "en", NULL);
    static const struct {
        const char *digit;
        int times;
        const char *rows;
    } ways[] = {{"6", 1, "39 rows"}, {"3", 1, "39 rows"}, {"4", 1, "39 rows"},
                {"5", 1, "39 rows"}, {"2", 2, "45 rows"}, {"1", 2, "45 rows"}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        group_by(t, ways[i].digit);
        term_keys(t, "<Home>");
        term_wait_text(t, ways[i].rows);
        wait_stands(t, "BIM          Barne", ways[i].times);
        wait_stands(t, "Pulje 2  47", ways[i].times);
        wait_stands(t, "SIM          Skole", ways[i].times);
    }
    leave(t);
}

/* One that the filter leaves only its second place stands there. */
static void once_of_what_a_filter_leaves(void **state)
{
    (void)state;
    struct term *t = start();
    group_by(t, "6");
    term_wait_row(t, STATE, "39 rows");
    term_keys(t, "f");
    term_wait_text(t, "Filter by");
    term_keys(t, "area<Enter>");
    term_wait_text(t, "Is not …");
    term_keys(t, "<Enter>");
    term_wait_text(t, "Area: Is …");
    term_keys(t, "felles<Enter>");
    wait_selected_at(t, FIRST_ROW, "BIM ");
    term_wait_row(t, FIRST_ROW + 2, "/2");
    term_wait_row(t, STATE, "13 rows · Area: ");
    leave(t);
}

/* Rows are rows; who is selected is a record, however often it stands there. */
static void what_is_selected_is_counted_alike(void **state)
{
    (void)state;
    struct term *t = start();
    term_wait_row(t, STATE, "45 rows");
    term_keys(t, "A");
    term_wait_row(t, STATE, "39 of 39 selected");
    term_keys(t, "v");
    term_wait_row(t, STATE, "38 of 39 selected");
    term_keys(t, "*");
    term_wait_row(t, STATE, "1 of 39 selected");
    term_keys(t, "N");
    term_wait_row(t, STATE, "45 rows");
    group_by(t, "3");
    term_keys(t, "A");
    term_wait_row(t, STATE, "39 of 39 selected");
    leave(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(once_where_places_do_not_matter),
        cmocka_unit_test(once_of_what_a_filter_leaves),
        cmocka_unit_test(what_is_selected_is_counted_alike),
    };
    return cmocka_run_group_tests(tests, stage_open, stage_close);
}
