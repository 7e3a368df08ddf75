/* How a list is shown: sorted, with which columns, filtered; filters saved under a name. */
#include "config.h"

#include "stage.h"

#include <stdbool.h>

enum { HEADS = 3, STATE = 1 };
enum { FIRST_OFFERING = FIRST_ROW + 2 }; /* below its plan and its area */

static void choose_by(struct term *t, const char *key, const char *title)
{
    term_keys(t, key);
    term_wait_text(t, title);
}

/* ---- sorting ----------------------------------------------------------------------------------
 */

static void sorted_by_a_column(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    wait_selected_at(t, FIRST_ROW, "Askeland, Britt");
    choose_by(t, "S", "Sort by");
    /* The name leads already, whatever the column is called by which it is sorted. */
    term_wait_text(t, "Name ↑ (once more turns it around)");
    term_assert(t, !term_find(t, "Organisation ↑", NULL, NULL));
    term_keys(t, "o<Enter>");
    term_wait_row(t, MESSAGE, "Sorted by Organisation.");
    wait_selected_at(t, FIRST_ROW, "Akebakken barnehage");
    leave(t);
}

static void sorted_in_norwegian_order_and_back(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    wait_selected_at(t, FIRST_ROW, "Askeland, Britt");
    choose_by(t, "S", "Sort by");
    term_keys(t, "<Enter>"); /* what leads is proposed: it turns */
    term_wait_row(t, MESSAGE, "Sorted by Name, the last first.");
    term_wait_row(t, FIRST_ROW, "Åsvang, Gunnhild");
    choose_by(t, "S", "Name ↓");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "Sorted by Name.");
    wait_selected_at(t, FIRST_ROW, "Askeland, Britt");
    choose_by(t, "S", "Sort by");
    term_keys(t, "<Down><Down><Down>");
    term_keys(t, "<Home><Enter>");
    term_wait_row(t, MESSAGE, "as proposed");
    leave(t);
}

/* Cohorts stay below their offering when the tree is turned; rows that are the same keep its order.
 * Headings stay where they are. */
static void ties_keep_the_lists_own_order(void **state)
{
    (void)state;
    struct term *t = start();
    choose_by(t, "S", "Code ↑");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "Sorted by Code, the last first.");
    term_wait_row(t, FIRST_ROW + 1, "  Barn, familie og inkludering");
    term_wait_row(t, FIRST_OFFERING, "TIDLIGINN");
    term_wait_row(t, FIRST_OFFERING + 1, "PIRM");
    term_keys(t, "sbim<Enter>");
    term_wait_row(t, FIRST_OFFERING, "BIM ");
    term_wait_row(t, FIRST_OFFERING + 1, "/1");
    term_wait_row(t, FIRST_OFFERING + 2, "/2");
    term_keys(t, "a");
    choose_by(t, "S", "Code ↓");
    term_keys(t, "s<Enter>");
    term_wait_row(t, MESSAGE, "Sorted by Status.");
    term_wait_row(t, FIRST_OFFERING, "AMBULERENDE"); /* published */
    term_wait_row(t, FIRST_OFFERING + 1, "BARNEBOLIG");
    term_wait_row(t, FIRST_OFFERING + 5, "TIDLIGINN");
    term_wait_row(t, FIRST_OFFERING + 6, "BVREFORM"); /* running */
    term_wait_row(t, FIRST_OFFERING + 8, "  Barnehage");
    term_wait_row(t, FIRST_OFFERING + 9, "HINN"); /* the only draft */
    leave(t);
}

/* ---- columns ----------------------------------------------------------------------------------
 */

static void columns_are_chosen(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    term_wait_row(t, HEADS, "Phone");
    choose_by(t, "C", "Which columns are shown");
    term_wait_text(t, "[x] Phone");
    term_wait_text(t, "[ ] Given name");
    term_keys(t, "<Down> <Down> "); /* neither organisation nor phone */
    term_wait_text(t, "[ ] Phone");
    term_keys(t, "<Enter>");
    term_wait_row(t, HEADS, "E-mail");
    term_wait_gone(t, "Phone");
    term_wait_gone(t, "Organisation");
    wait_selected_at(t, FIRST_ROW, "britt.askeland@asker");
    /* What is taken again comes back where it stood. */
    choose_by(t, "C", "[ ] Phone");
    term_keys(t, "<Down><Down> <Up> <Enter>");
    term_wait_row(t, HEADS, "Name                            Organisation");
    leave(t);
}

static void one_column_at_least(void **state)
{
    (void)state;
    struct term *t = start();
    choose_by(t, "C", "[x] Code");
    term_keys(t, "*"); /* all … */
    term_wait_gone(t, "[ ] ");
    term_keys(t, "*"); /* … and none */
    term_wait_gone(t, "[x] ");
    term_keys(t, "<Enter>");
    term_wait_text(t, "Which columns"); /* still asked */
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Which columns");
    term_wait_row(t, HEADS, "Code");
    leave(t);
}

/* ---- filters ----------------------------------------------------------------------------------
 */

static void filtered_by_a_word(void **state)
{
    (void)state;
    struct term *t = start();
    term_wait_row(t, STATE, "45 rows");
    choose_by(t, "f", "Filter by");
    term_keys(t, "s");
    term_keys(t, "<Enter>");
    term_wait_text(t, "open for registration");
    term_keys(t, "o<Enter>");
    /* One cohort is, of an offering that stands in two areas and above it. */
    term_wait_row(t, STATE, "4 rows · Status: open for");
    wait_selected_at(t, FIRST_OFFERING, "BIM");
    term_wait_row(t, FIRST_OFFERING + 1, "/2");
    term_wait_row(t, FIRST_OFFERING + 2, "  Felles");
    term_wait_row(t, FIRST_OFFERING + 3, "BIM");
    term_wait_row(t, FIRST_OFFERING + 4, "/2");
    term_wait_row(t, FIRST_OFFERING + 5, "");
    /* What is filtered says so, and can be let go. */
    choose_by(t, "f", "Status: open for registration");
    term_keys(t, "s<Enter>");
    term_wait_text(t, "Remove this filter");
    term_keys(t, "2");
    term_wait_text(t, "published");
    term_keys(t, "d<Enter>");
    term_wait_row(t, STATE, "1 row · Status: draft");
    wait_selected_at(t, FIRST_OFFERING, "HINN");
    choose_by(t, "f", "Status: draft");
    term_keys(t, "s<Enter>");
    term_wait_text(t, "Filter by something else");
    term_keys(t, "1");
    term_wait_row(t, STATE, "45 rows");
    leave(t);
}

static void filtered_by_what_is_empty(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    term_wait_row(t, STATE, "165 rows");
    choose_by(t, "f", "Filter by");
    term_keys(t, "p<Enter>"); /* phone */
    term_wait_text(t, "Is not …");
    term_keys(t, "3");
    term_wait_row(t, STATE, "Phone: empty");
    wait_selected_at(t, FIRST_ROW, "Bergset, Emil");
    choose_by(t, "f", "Phone: empty");
    term_keys(t, "<Home><Down><Down><Down><Enter>"); /* phone again */
    term_wait_text(t, "Remove this filter");
    term_keys(t, "1");
    term_wait_row(t, STATE, "165 rows");
    leave(t);
}

/* The value of the row in hand is proposed. */
static void filtered_by_a_text(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    wait_selected(t, "Askeland");
    choose_by(t, "f", "Filter by");
    term_keys(t, "o<Enter>");
    term_wait_text(t, "Is not …");
    term_keys(t, "<Enter>");
    term_wait_text(t, "Organisation: Is …");
    term_wait_text(t, "Ørneredet barnehage");
    term_keys(t, "<Enter>");
    term_wait_row(t, STATE, "2 rows · Organisation: Ørne");
    wait_selected_at(t, FIRST_ROW, "Askeland");
    /* Typed anew, written otherwise. */
    choose_by(t, "f", "Organisation: Ørneredet");
    term_keys(t, "o<Enter>2");
    term_wait_text(t, "Is not …");
    term_keys(t, "<Enter>");
    term_wait_text(t, "Organisation: Is …");
    term_keys(t, "FROSKETJERNET BARNEHAGE<Enter>");
    term_wait_text(t, "Bøe, Hege");
    term_wait_gone(t, "Askeland,");
    leave(t);
}

static void filtered_by_days(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "2");
    term_wait_row(t, STATE, "10 rows");
    choose_by(t, "f", "Filter by");
    term_keys(t, "s<Enter>"); /* starts */
    term_wait_text(t, "From …");
    term_keys(t, "<Enter>");
    term_wait_text(t, "Starts: From …");
    term_keys(t, "31.2.<Enter>");
    term_wait_row(t, MESSAGE, "31.2.: there is no such day; write a day as 21.11.2026");
    term_wait_text(t, "Starts: From …"); /* still asked, with what was typed */
    term_keys(t, "<BS><BS><BS><BS><BS>");
    term_keys(t, "1. mars 2022<Enter>");
    term_wait_row(t, STATE, "5 rows");
    term_wait_row(t, STATE, "Starts >= 2022-03-");
    wait_selected_at(t, FIRST_ROW, "BIM/2/3");
    /* The other end of the span besides. */
    choose_by(t, "f", "2022-03-01");
    term_keys(t, "s<Enter>2");
    term_wait_text(t, "Until …");
    term_keys(t, "u<Enter>");
    term_wait_text(t, "Starts: Until …");
    term_keys(t, "24.5.22<Enter>");
    term_wait_row(t, STATE, "3 rows");
    term_wait_row(t, STATE, "2 filters");
    choose_by(t, "f", "Remove all filters");
    term_keys(t, "r<Down>");
    term_keys(t, "<End><Enter>");
    term_wait_row(t, STATE, "10 rows");
    leave(t);
}

static void filtered_by_numbers(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "2");
    term_wait_row(t, STATE, "10 rows");
    choose_by(t, "f", "Filter by");
    term_keys(t, "pp<Enter>"); /* place, people */
    term_wait_text(t, "At least …");
    term_keys(t, "2");
    term_wait_text(t, "People: At least …");
    term_keys(t, "many<Enter>");
    term_wait_row(t, MESSAGE, "many: this is no number; write digits only");
    term_keys(t, "<BS><BS><BS><BS>50<Enter>");
    term_wait_row(t, STATE, "5 rows");
    term_wait_gone(t, "BIM/2/");
    leave(t);
}

/* ---- saved filters ----------------------------------------------------------------------------
 */

static void filter_by_status(struct term *t, const char *letter, const char *word)
{
    choose_by(t, "f", "Filter by");
    term_keys(t, "s<Enter>");
    term_wait_text(t, "cancelled");
    term_keys(t, letter);
    term_keys(t, "<Enter>");
    term_wait_row(t, STATE, word);
}

/* Where `n` are saved already. */
static void save_as(struct term *t, int n, const char *name)
{
    const char number[] = {(char)('1' + n), '\0'};
    choose_by(t, "F", "Saved filters");
    term_keys(t, number);
    term_wait_text(t, "Save filter, search, order and columns as");
    term_keys(t, name);
    term_keys(t, "<Enter>");
}

static void a_filter_is_kept_under_its_name(void **state)
{
    (void)state;
    struct term *t = start();
    filter_by_status(t, "dd", "Status: draft");
    choose_by(t, "C", "[x] Kind");
    term_keys(t, "<Down><Down> <Enter>");
    term_wait_gone(t, "Which columns");
    term_wait_gone(t, "Status   ");
    save_as(t, 0, "Åpne utkast: ; = %");
    term_wait_row(t, MESSAGE, "Saved as “Åpne utkast: ; = %”.");
    choose_by(t, "F", "Remove a saved filter …");
    term_keys(t, "<End><Enter>");
    term_wait_row(t, STATE, "45 rows");
    leave(t);
    /* At the next log-in, in its own list only. */
    t = open_desk(24, 80, "en", NULL);
    term_keys(t, "3");
    term_wait_row(t, STATE, "165 rows");
    choose_by(t, "F", "Save this as …");
    term_assert(t, !term_find(t, "Åpne utkast", NULL, NULL));
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Saved filters");
    term_keys(t, "1");
    choose_by(t, "F", "Åpne utkast: ; = %");
    term_keys(t, "1");
    term_wait_row(t, MESSAGE, "Shows “Åpne utkast: ; = %”.");
    term_wait_row(t, STATE, "1 row · Status: draft");
    wait_selected_at(t, FIRST_OFFERING, "HINN");
    term_assert(t, !strstr(term_row(t, HEADS), "Status"));
    leave(t);
}

static void the_same_name_replaces_after_asking(void **state)
{
    (void)state;
    struct term *t = start();
    filter_by_status(t, "d", "Status: draft");
    save_as(t, 0, "Mine");
    term_wait_row(t, MESSAGE, "Saved as “Mine”.");
    choose_by(t, "F", "Mine");
    term_keys(t, "4");
    term_wait_row(t, STATE, "45 rows");
    filter_by_status(t, "o", "Status: open");
    save_as(t, 1, "mine");
    term_wait_text(t, "Replace the saved filter “Mine”?");
    term_keys(t, "n");
    term_wait_row(t, MESSAGE, "Nothing was done.");
    save_as(t, 1, "mine");
    term_wait_text(t, "Replace the saved filter “Mine”?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "Saved as “mine”.");
    choose_by(t, "F", "1  mine");
    term_assert(t, !term_find(t, "Mine", NULL, NULL));
    term_keys(t, "4");
    term_wait_row(t, STATE, "45 rows");
    choose_by(t, "F", "1  mine");
    term_keys(t, "1");
    term_wait_row(t, STATE, "Status: open");
    /* And goes, after asking. */
    choose_by(t, "F", "1  mine");
    term_keys(t, "3");
    term_wait_text(t, "Remove which filter?");
    term_keys(t, "1");
    term_wait_text(t, "Remove the saved filter “mine”?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "Removed the saved filter “mine”.");
    choose_by(t, "F", "Save this as …");
    term_assert(t, !term_find(t, "mine", NULL, NULL));
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Saved filters");
    leave(t);
}

static void names_stand_in_norwegian_order_and_have_an_end(void **state)
{
    (void)state;
    struct term *t = start();
    static const char *const names[] = {"Årlig", "Ærlig", "Aktive", "Zoo"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        save_as(t, (int)i, names[i]);
        term_wait_row(t, MESSAGE, names[i]);
    }
    choose_by(t, "F", "1  Aktive");
    term_wait_text(t, "2  Zoo");
    term_wait_text(t, "3  Ærlig");
    term_wait_text(t, "4  Årlig");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Saved filters");
    save_as(t, 4, "a name that goes on for far more than forty letters");
    term_wait_row(t, MESSAGE, "A name has 40 letters at most.");
    leave(t);
}

/* ---- elsewhere --------------------------------------------------------------------------------
 */

static void a_small_window_in_bokmaal(void **state)
{
    (void)state;
    static const struct {
        const char *key, *text;
    } asked[] = {{"S", "Navn"}, {"C", "[x] Navn"}, {"f", "Stilling"}, {"F", "┌"}};
    current = fresh_database();
    struct term *t = open_desk(16, 60, "nb", NULL);
    term_keys(t, "3");
    wait_selected(t, "Askeland");
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        term_keys(t, asked[i].key);
        term_wait_text(t, "└─");
        term_wait_text(t, asked[i].text);
        term_resize(t, 24, 80);
        term_wait_text(t, "└─");
        term_resize(t, 16, 60);
        term_wait_text(t, "└─");
        term_keys(t, "<Esc>");
        term_wait_gone(t, "└─");
    }
    leave(t);
}

static void in_the_roster_and_a_record(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "2");
    wait_selected(t, "BIM/1/3");
    term_keys(t, "r");
    term_wait_text(t, "Bjørå, Sølvi");
    choose_by(t, "S", "No. ↑");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "Sorted by No., the last first.");
    choose_by(t, "f", "Filter by");
    term_keys(t, "s<Enter>");
    term_wait_text(t, "on the waiting list");
    term_keys(t, "o<Enter>");
    term_wait_row(t, 3, "Status: on the waiting list");
    term_keys(t, "q");
    wait_selected(t, "BIM/1/3");
    term_keys(t, "1sbim<Enter><Enter>");
    term_wait_row(t, 1, "offering BIM");
    term_keys(t, "<Down>"); /* from the record to its cohorts */
    wait_selected(t, "BIM/1");
    choose_by(t, "S", "Sort by");
    term_keys(t, "s<Enter>");
    term_wait_row(t, MESSAGE, "Sorted by Status.");
    wait_selected(t, "BIM/2"); /* open comes before running */
    term_keys(t, "q");
    leave(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorted_by_a_column),
        cmocka_unit_test(sorted_in_norwegian_order_and_back),
        cmocka_unit_test(ties_keep_the_lists_own_order),
        cmocka_unit_test(columns_are_chosen),
        cmocka_unit_test(one_column_at_least),
        cmocka_unit_test(filtered_by_a_word),
        cmocka_unit_test(filtered_by_what_is_empty),
        cmocka_unit_test(filtered_by_a_text),
        cmocka_unit_test(filtered_by_days),
        cmocka_unit_test(filtered_by_numbers),
        cmocka_unit_test(a_filter_is_kept_under_its_name),
        cmocka_unit_test(the_same_name_replaces_after_asking),
        cmocka_unit_test(names_stand_in_norwegian_order_and_have_an_end),
        cmocka_unit_test(a_small_window_in_bokmaal),
        cmocka_unit_test(in_the_roster_and_a_record),
    };
    return cmocka_run_group_tests_name("arrange", tests, stage_open, stage_close);
}
