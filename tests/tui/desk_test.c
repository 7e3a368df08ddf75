/* The desk on a terminal: panes, moving, searching, choosing, records, menus, what others write,
 * and what it costs. */
#include "config.h"

#include "stage.h"

#include "samling/lang.h"

#include "ui/action.h"

/* ---- the first screen -------------------------------------------------------------------------
 */

static void one_pane_at_80_columns(void **state)
{
    (void)state;
    struct term *t = start();
    assert_true(term_altscreen(t));
    assert_false(term_mouse(t));
    term_wait_row(t, 0, "samling  File  Edit  View  Roster  Help");
    term_wait_row(t, 1, ">1 Offerings   2 Calendar   3 Contacts   4 Today");
    term_wait_row(t, 1, "39 rows");
    term_wait_row(t, 3, "Code");
    wait_selected_at(t, FIRST_ROW, "AKTIVE");
    term_assert(t, term_attr(t, FIRST_ROW, 0).reverse && term_attr(t, FIRST_ROW, 79).reverse);
    assert_int_equal(reversed_rows(t, 10), 1);
    term_assert(t,
                strstr(term_row(t, HINTS), "Enter Open") && strstr(term_row(t, HINTS), "F9 Menu"));
    term_assert(t, strstr(term_row(t, STRIP + 1), "Stian Ørbekk"));
    leave(t);
}

static void three_panes_side_by_side_when_wide(void **state)
{
    (void)state;
    struct term *t = start_wide("nb");
    term_wait_row(t, 1, "1 Tilbud");
    term_wait_row(t, 1, "2 Kalender");
    term_wait_row(t, 1, "3 Kontakter");
    term_wait_row(t, 1, "4 I dag");
    term_wait_text(t, "BIM/1/3");
    term_wait_text(t, "Askeland, Britt");
    wait_selected_at(t, 3, "AKTIVE");
    /* Only the pane in focus has a selection in reverse; the others mark it. */
    int row, col;
    term_assert(t, term_find(t, ">Askeland", &row, &col) && !term_attr(t, row, col + 1).reverse);
    term_keys(t, "3");
    wait_selected_at(t, 3, "Askeland");
    term_wait_text(t, ">AKTIVE");
    term_assert(t, !term_attr(t, 3, 1).reverse);
    leave(t);
}

static void bokmaal_at_80_columns(void **state)
{
    (void)state;
    current = fresh_database();
    struct term *t = open_desk(24, 80, "nb", NULL);
    term_wait_row(t, 1, ">1 Tilbud   2 Kalender   3 Kontakter   4 I dag");
    term_keys(t, "2");
    term_wait_row(t, STRIP, "tirsdag 8. februar 2022");
    leave(t);
}

/* ---- between the panes ------------------------------------------------------------------------
 */

static void panes_by_key(void **state)
{
    (void)state;
    struct term *t = start();
    static const struct {
        const char *keys, *row;
    } steps[] = {
        {"2", ">2 Calendar"},      {"3", ">3 Contacts"},        {"4", ">4 Today"},
        {"1", ">1 Offerings"},     {"<F3>", ">2 Calendar"},     {"<F4>", ">3 Contacts"},
        {"<F5>", ">4 Today"},      {"<F2>", ">1 Offerings"},    {"<Tab>", ">2 Calendar"},
        {"<Tab>", ">3 Contacts"},  {"<S-Tab>", ">2 Calendar"},  {"<Right>", ">3 Contacts"},
        {"<Left>", ">2 Calendar"}, {"<S-Tab>", ">1 Offerings"}, {"<S-Tab>", ">4 Today"},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        term_keys(t, steps[i].keys);
        term_wait_row(t, 1, steps[i].row);
    }
    /* The calendar begins where today is, or fills its screen. */
    term_keys(t, "4");
    term_wait_text(t, "attendance");
    term_keys(t, "2");
    wait_selected(t, "BIM/1/3");
    leave(t);
}

static void moving_in_a_list(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "<Down>");
    wait_selected_at(t, FIRST_ROW + 1, "AMBULERENDE");
    assert_int_equal(reversed_rows(t, 10), 1);
    term_keys(t, "jj");
    wait_selected_at(t, FIRST_ROW + 3, "BARNEBOLIG");
    term_keys(t, "k<Up>");
    wait_selected_at(t, FIRST_ROW + 1, "AMBULERENDE");
    term_keys(t, "<PgDn>");
    wait_selected_at(t, FIRST_ROW + 1, "KLOFTET");
    term_keys(t, "<PgUp>");
    wait_selected_at(t, FIRST_ROW + 1, "AMBULERENDE");
    term_keys(t, "<End>");
    wait_selected_at(t, LAST_ROW, "TIDLIGINN");
    term_keys(t, "<Down>");
    wait_selected_at(t, LAST_ROW, "TIDLIGINN");
    term_keys(t, "<Home>");
    wait_selected_at(t, FIRST_ROW, "AKTIVE");
    term_keys(t, "<Up>");
    wait_selected_at(t, FIRST_ROW, "AKTIVE");
    term_keys(t, "G");
    wait_selected_at(t, LAST_ROW, "TIDLIGINN");
    /* One row further up than the screen shows. */
    for (int i = 0; i < 15; i++)
        term_keys(t, "<Up>");
    wait_selected_at(t, FIRST_ROW, "MAT12");
    assert_int_equal(reversed_rows(t, 10), 1);
    leave(t);
}

/* ---- searching --------------------------------------------------------------------------------
 */

static void search_as_you_type(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3saas");
    term_wait_row(t, 1, "Search: aas");
    term_keys(t, "e");
    term_wait_row(t, 1, "Search: aase");
    term_wait_row(t, FIRST_ROW + 2, "");
    term_assert(t, strstr(term_row(t, FIRST_ROW), "Aase") &&
                       strstr(term_row(t, FIRST_ROW + 1), "Ødegård, Åse"));
    /* å is aa, ø is oe, and case does not matter. */
    term_keys(t, "<C-u>ÅSE OEDEGAARD");
    term_wait_row(t, FIRST_ROW + 1, "");
    term_wait_row(t, FIRST_ROW, "Ødegård, Åse");
    term_keys(t, "<BS><BS><BS><BS><BS><BS><BS><BS><BS><BS>zzzz");
    term_wait_text(t, "Nothing found.");
    /* Esc shows all again. */
    term_keys(t, "<Esc>");
    term_wait_row(t, 1, "165 rows");
    term_wait_row(t, FIRST_ROW, "Askeland");
    /* Enter keeps the words, and opens nothing yet. */
    term_keys(t, "<C-f>blåklokka<Enter>");
    wait_selected(t, "Blåklokka");
    term_wait_row(t, 1, "Search: blåklokka");
    term_keys(t, "a");
    term_wait_row(t, 1, "165 rows");
    term_keys(t, "/blåklokka<Down>");
    wait_selected_at(t, FIRST_ROW, "Blåklokka");
    term_keys(t, "<Esc>");
    term_wait_row(t, 1, "165 rows");
    leave(t);
}

/* Over a slow line keys come in a heap: each acts on what the ones before it asked for. */
static void what_is_typed_ahead_meets_the_right_row(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3sødegård åse<Enter><Enter>");
    term_wait_row(t, 1, "person Åse Ødegård");
    term_keys(t, "qa2<End><Enter>");
    term_wait_row(t, 1, "gathering BIM/2/5");
    term_keys(t, "q1<Home>");
    wait_selected_at(t, FIRST_ROW, "AKTIVE");
    leave(t);
}

/* The bytes of a letter may come apart. */
static void a_letter_in_two_packets(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3s");
    term_wait_row(t, 1, "Search:");
    term_send(t, "\xC3", 1);
    term_wait_idle(t, 20);
    term_send(t,
              "\xA5"
              "se \xE2\x82",
              6);
    term_wait_idle(t, 20);
    term_send(t, "\xAC\xFF!", 3);
    term_wait_row(t, 1, "Search: åse €!");
    term_keys(t, "<Esc>");
    term_wait_row(t, 1, "165 rows");
    leave(t);
}

/* ---- choosing ---------------------------------------------------------------------------------
 */

static void an_offering_narrows_the_rest(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sbim<Enter>");
    wait_selected_at(t, FIRST_ROW, "BIM");
    term_keys(t, "<Down><Down>");
    wait_selected(t, "/2");
    term_keys(t, "<Space>");
    term_wait_row(t, MESSAGE, "BIM/2");
    term_keys(t, "2");
    term_wait_row(t, 1, "BIM/2  5 rows");
    term_wait_gone(t, "BIM/1/");
    term_keys(t, "3");
    term_wait_row(t, 1, "BIM/2  55 rows");
    term_keys(t, "1<Space>");
    term_wait_row(t, MESSAGE, "everything again");
    term_keys(t, "2");
    term_wait_row(t, 1, "10 rows");
    term_wait_text(t, "BIM/1/3");
    term_keys(t, "1<Space>2");
    term_wait_row(t, 1, "BIM/2  5 rows");
    term_keys(t, "a");
    term_wait_row(t, 1, "10 rows");
    leave(t);
}

static void wide_panes_are_linked(void **state)
{
    (void)state;
    struct term *t = start_wide("nb");
    term_keys(t, "<Down><Down><Down><Down><Down><Down>");
    wait_selected(t, "/2");
    term_keys(t, " ");
    term_wait_gone(t, "BIM/1/");
    term_wait_text(t, "BIM/2/5");
    term_wait_gone(t, "Bergset, Emil");
    term_wait_row(t, 1, "BIM/2");
    term_keys(t, "a");
    term_wait_text(t, "BIM/1/5");
    term_wait_text(t, "Bergset, Emil");
    leave(t);
}

static void contacts_are_people_or_organisations(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3o");
    wait_selected_at(t, FIRST_ROW, "Akebakken barnehage");
    term_keys(t, "o");
    wait_selected_at(t, FIRST_ROW, "Askeland");
    leave(t);
}

/* ---- a record ---------------------------------------------------------------------------------
 */

static void a_record_with_what_belongs_to_it(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sbim<Enter><Enter>");
    term_wait_row(t, 1, "offering BIM  Barnehagens innsatsteam mot mobbing");
    term_wait_text(t, "Torunn Elise Myrvang");
    term_wait_text(t, "BIM/2");
    term_wait_text(t, "2 rows");
    wait_selected(t, "BIM/1");
    term_keys(t, "<Tab>");
    wait_selected(t, "BIM/1/1");
    /* A long note is read in a part of its own. */
    term_keys(t, "<Tab>");
    term_wait_text(t, ">Note");
    term_wait_text(t, "Står i planen under både Barnehage");
    term_keys(t, "<End>");
    term_wait_text(t, "begynne i grunnskolen.");
    term_keys(t, "<Tab><Enter>");
    term_wait_row(t, 1, "cohort BIM/1");
    term_keys(t, "q<Esc>");
    term_wait_row(t, 1, ">1 Offerings");
    wait_selected(t, "BIM");
    leave(t);
}

static void removing_asks_and_can_be_undone(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3sbergset emil<Enter>d");
    term_wait_text(t, "Remove Emil Bergset?");
    term_keys(t, "d"); /* the key that asked does not confirm */
    term_wait_row(t, MESSAGE, "Nothing was done.");
    RUN("-d", database(), "list", "people", "--search", "bergset emil", "--format", "csv");
    assert_true(was_said("Emil,Bergset"));
    term_keys(t, "d");
    term_wait_text(t, "Remove Emil Bergset?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "Removed Emil Bergset");
    term_wait_text(t, "Nothing found.");
    RUN("-d", database(), "list", "people", "--search", "bergset emil", "--format", "csv");
    assert_null(strstr(said, "Bergset"));
    term_keys(t, "u");
    wait_selected(t, "Bergset, Emil");
    term_keys(t, "U");
    term_wait_text(t, "Nothing found.");
    term_keys(t, "<C-z>");
    wait_selected(t, "Bergset, Emil");
    term_keys(t, "h");
    term_wait_row(t, 1, "History");
    term_keys(t, "q");
    leave(t);
}

/* ---- what others write ------------------------------------------------------------------------
 */

static void others_changes_appear(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3<Down><Down>");
    wait_selected_at(t, FIRST_ROW + 2, "Bergset, Rannveig");
    RUN("-d", database(), "add", "person", "given_name=Anna", "family_name=Aabc",
        "email=a@b.example");
    term_wait_text(t, "166 rows");
    wait_selected(t, "Bergset, Rannveig");
    /* It comes where it belongs, and the selection stays in sight although rows come above it. */
    term_keys(t, "<Home>");
    term_wait_row(t, 1, "166 rows");
    RUN("-d", database(), "list", "people", "--search", "aabc", "--format", "csv");
    assert_true(was_said("Anna"));
    term_keys(t, "<PgDn>");
    term_wait_row(t, FIRST_ROW, "Børresen");
    term_wait_idle(t, 300);
    char chosen[400];
    int row;
    term_cursor(t, &row, NULL);
    snprintf(chosen, sizeof chosen, "%s", term_row(t, row));
    for (int i = 0; i < 3; i++)
        RUN("-d", database(), "add", "person", "given_name=Ny", "family_name=Abel");
    term_wait_text(t, "169 rows");
    term_wait_idle(t, 300);
    term_cursor(t, &row, NULL);
    assert_string_equal(term_row(t, row), chosen);
    assert_true(term_attr(t, row, 5).reverse);
    /* In another list. */
    term_keys(t, "2");
    wait_selected(t, "BIM/1/3");
    RUN("-d", database(), "add", "gathering", "cohort=SIM/1", "title=Vinterkonferanse",
        "starts=2022-02-10");
    term_wait_text(t, "SIM/1/1");
    wait_selected(t, "BIM/1/3");
    leave(t);
}

/* At the top of a full page: a row that comes first pushes the last one off. */
static void the_selection_stays_when_rows_come_above(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    wait_selected(t, "Askeland");
    for (int i = 0; i < 14; i++)
        term_keys(t, "j");
    term_wait_cursor(t, LAST_ROW, 0);
    char chosen[400];
    snprintf(chosen, sizeof chosen, "%s", term_row(t, LAST_ROW));
    RUN("-d", database(), "add", "person", "given_name=Anna", "family_name=Aabc");
    term_wait_row(t, 1, "166 rows");
    term_wait_idle(t, 300);
    int row;
    term_cursor(t, &row, NULL);
    assert_string_equal(term_row(t, row), chosen);
    assert_true(term_attr(t, row, 5).reverse);
    leave(t);
}

/* ---- commands ---------------------------------------------------------------------------------
 */

static const char *const menu_keys[] = {"<F9>", "<F10>", "<C-o>"};

static void every_command_stands_in_its_menu(void **state)
{
    (void)state;
    struct term *t = start();
    for (size_t way = 0; way < 3; way++) {
        term_keys(t, menu_keys[way]);
        term_wait_text(t, "Export");
        term_keys(t, "<Esc>");
        term_wait_gone(t, "Export         ");
    }
    term_keys(t, "<F9>");
    for (enum menu m = MENU_NONE + 1; m < MENU_COUNT; m++) {
        for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
            const struct action *a = action_at((enum action_id)i);
            if (a->menu != m)
                continue;
            /* Those of a form or a rehearsal are in the menu there. */
            if (a->contexts & (IN_DESK | IN_ROSTER | IN_RECORD))
                term_wait_text(t, a->label);
            else
                term_assert(t, !term_find(t, a->label, NULL, NULL));
        }
        term_keys(t, "<Right>");
    }
    term_wait_text(t, "Export");
    /* What cannot be done here says so and stays. */
    term_keys(t, "<Right><Down><Down><Down><Down><Down><Down><Enter>");
    term_wait_row(t, MESSAGE, "“New below” cannot be done here, but in: Record");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "cannot be done here");
    leave(t);
}

/* Every command that can be done here is done by its menu just as by its key. */
static void commands_by_menu(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "2");
    wait_selected(t, "BIM/1/3");
    term_keys(t, "<F9><Left><Left>"); /* Help, Roster */
    term_wait_text(t, "Enrol a person");
    term_keys(t, "<Enter>");
    term_wait_row(t, 1, "BIM/1/3");
    term_wait_text(t, "Bjørå, Sølvi");
    term_keys(t, "<F9><Left><Left><Down><Enter>");
    term_wait_row(t, 5, "present");
    term_keys(t, "<F9><Right><Right><Up><Enter>"); /* View, its last: Back */
    term_wait_row(t, 1, ">2 Calendar");
    term_keys(t, "<F10>a");   /* by its first letter, none here: still open */
    term_keys(t, "l<Enter>"); /* Leave */
    assert_int_equal(term_wait_exit(t), 0);
    term_end(t);
}

static void palette_runs_by_name(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "<C-p>calend");
    term_wait_text(t, "Goes to the calendar.");
    term_keys(t, "<Enter>");
    term_wait_row(t, 1, ">2 Calendar");
    term_keys(t, "<C-p>zzqq");
    term_wait_text(t, "No command has these letters.");
    term_keys(t, "<C-g>");
    term_wait_gone(t, "No command has");
    term_keys(t, "<C-p>help<Enter>");
    term_wait_row(t, 1, "Help");
    term_keys(t, "q");
    leave(t);
}

static void help_lists_the_keys(void **state)
{
    (void)state;
    struct term *t = start();
    size_t missing = 0;
    bool seen[ACTION_COUNT] = {false};
    term_resize(t, 50, 100);
    term_wait_row(t, 49, "");
    term_keys(t, "<F1>");
    term_wait_row(t, 1, "Help");
    term_wait_idle(t, 100);
    for (int page = 0; page < 8; page++) {
        for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
            char want[80];
            snprintf(want, sizeof want, "%s –", action_at((enum action_id)i)->label);
            seen[i] = seen[i] || term_find(t, want, NULL, NULL);
        }
        term_mark(t);
        term_keys(t, "<PgDn>");
        term_wait_idle(t, 100);
    }
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
        if (!seen[i] && ++missing)
            fprintf(stderr, "not in the help: %s\n", action_at((enum action_id)i)->label);
    assert_int_equal(missing, 0);
    term_keys(t, "?q");
    term_wait_row(t, 1, "Offerings");
    leave(t);
}

/* ---- size -------------------------------------------------------------------------------------
 */

static void another_size_keeps_the_place(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "<PgDn>");
    wait_selected_at(t, FIRST_ROW, "KLIMA");
    term_keys(t, "<Down>");
    wait_selected(t, "KLOFTET");
    term_resize(t, 50, 160);
    wait_selected(t, "KLOFTET");
    term_wait_text(t, "3 Contacts");
    term_resize(t, 10, 40);
    term_wait_text(t, "The window is too small");
    term_keys(t, "jjd"); /* nothing is done unseen */
    term_resize(t, 16, 60);
    wait_selected(t, "KLOFTET");
    term_assert(t, !term_find(t, "Remove", NULL, NULL));
    term_wait_row(t, 14, "F1 Help");
    term_keys(t, "j");
    wait_selected(t, "LES12");
    term_resize(t, 24, 80);
    wait_selected(t, "LES12");
    term_wait_row(t, 1, ">1 Offerings");
    leave(t);
}

static void a_message_outlives_a_new_size(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, " ");
    term_wait_row(t, MESSAGE, "AKTIVE only");
    term_resize(t, 30, 90);
    term_wait_row(t, 29, "AKTIVE only");
    leave(t);
}

static void dialogs_in_another_size(void **state)
{
    (void)state;
    struct term *t = start();
    static const struct {
        const char *keys, *text;
    } dialogs[] = {
        {"<F9>", "Export"},
        {"<C-p>", "Commands"},
        {"i", "What is in the file?"},
        {"d", "Remove Aktive lokalsamfunn?"},
        {"w", "Export the list"},
    };
    for (size_t i = 0; i < sizeof dialogs / sizeof *dialogs; i++) {
        term_keys(t, dialogs[i].keys);
        term_wait_text(t, dialogs[i].text);
        term_resize(t, 16, 60);
        term_wait_row(t, 0, "samling");
        term_wait_text(t, dialogs[i].text);
        term_resize(t, 50, 160);
        term_wait_text(t, "Haga, Bjørn");
        term_wait_text(t, dialogs[i].text);
        term_resize(t, 24, 80);
        term_wait_text(t, dialogs[i].text);
        term_keys(t, "<Esc>");
        term_wait_gone(t, dialogs[i].text);
    }
    leave(t);
}

/* ---- what it costs ----------------------------------------------------------------------------
 */

static bool has_answered(struct term *t, const void *arg)
{
    (void)arg;
    return term_since(t) > 0;
}

/* The most bytes that one of several presses of a key costs, until all is drawn. */
static size_t cost(struct term *t, const char *keys, int times)
{
    size_t most = 0;
    for (int i = 0; i < times; i++) {
        term_mark(t);
        term_keys(t, keys);
        term_wait(t, has_answered, NULL, "an answer to a key");
        term_wait_idle(t, 100); /* before the pause that draws the strip */
        most = term_since(t) > most ? term_since(t) : most;
        term_wait_idle(t, 300);
    }
    return most;
}

static void bytes_are_few(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    wait_selected(t, "Askeland");
    term_wait_row(t, 1, "165 rows");
    term_wait_idle(t, 600);
    size_t down = cost(t, "<Down>", 5);
    for (int i = 0; i < 9; i++)
        term_keys(t, "<Down>");
    term_wait_cursor(t, LAST_ROW, 0);
    term_wait_idle(t, 600);
    size_t scroll = cost(t, "<Down>", 5), page = cost(t, "<PgDn>", 3);
    term_wait_idle(t, 1200);
    term_mark(t);
    term_wait_idle(t, 2000);
    size_t idle = term_since(t);
    printf("# bytes at 80x24: cursor down %zu, one line scrolled %zu, a page %zu, idle %zu\n", down,
           scroll, page, idle);
    assert_true(down > 0 && down <= 200);
    assert_true(scroll > 0 && scroll <= 260);
    assert_true(page > 0 && page <= 1600);
    assert_int_equal(idle, 0);
    leave(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_pane_at_80_columns),
        cmocka_unit_test(three_panes_side_by_side_when_wide),
        cmocka_unit_test(bokmaal_at_80_columns),
        cmocka_unit_test(panes_by_key),
        cmocka_unit_test(moving_in_a_list),
        cmocka_unit_test(search_as_you_type),
        cmocka_unit_test(what_is_typed_ahead_meets_the_right_row),
        cmocka_unit_test(a_letter_in_two_packets),
        cmocka_unit_test(an_offering_narrows_the_rest),
        cmocka_unit_test(wide_panes_are_linked),
        cmocka_unit_test(contacts_are_people_or_organisations),
        cmocka_unit_test(a_record_with_what_belongs_to_it),
        cmocka_unit_test(removing_asks_and_can_be_undone),
        cmocka_unit_test(others_changes_appear),
        cmocka_unit_test(the_selection_stays_when_rows_come_above),
        cmocka_unit_test(every_command_stands_in_its_menu),
        cmocka_unit_test(commands_by_menu),
        cmocka_unit_test(palette_runs_by_name),
        cmocka_unit_test(help_lists_the_keys),
        cmocka_unit_test(another_size_keeps_the_place),
        cmocka_unit_test(a_message_outlives_a_new_size),
        cmocka_unit_test(dialogs_in_another_size),
        cmocka_unit_test(bytes_are_few),
    };
    return cmocka_run_group_tests_name("desk", tests, stage_open, stage_close);
}
