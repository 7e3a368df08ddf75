/* Help, texts to read, and the tour on a terminal. */
#include "config.h"

#include "stage.h"

#include "samling/lang.h"

#include "ui/action.h"

/* ---- help -------------------------------------------------------------------------------------
 */

static void help_begins_with_this_screen(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3<F1>");
    term_wait_row(t, 1, "Help");
    term_wait_row(t, 3, "Contacts");
    term_wait_row(t, 5, "People and organisations: how to reach them");
    term_wait_text(t, "o goes from one to the other"); /* the key stands for its name */
    term_wait_text(t, "Copy row – ");
    term_keys(t, "sMine –");
    term_wait_text(t, "(Offerings)"); /* what is elsewhere says where */
    term_keys(t, "<Esc>q2?");
    term_wait_row(t, 3, "Calendar");
    /* Help on help does not pile up. */
    term_keys(t, "<F1><F1>q");
    term_wait_row(t, 1, ">2 Calendar");
    /* In a form letters are no keys. */
    term_keys(t, "3n");
    term_wait_row(t, 1, "New: person");
    term_keys(t, "<F1>");
    term_wait_row(t, 3, "Form");
    term_wait_text(t, "  Ctrl-Z ");
    term_keys(t, "q<C-r>");
    term_wait_row(t, 1, ">3 Contacts");
    leave(t);
}

/* With its label and the whole of its help. */
static void help_has_every_action(void **state)
{
    (void)state;
    bool seen[ACTION_COUNT] = {false};
    struct term *t = start();
    term_resize(t, 50, 160);
    term_wait_text(t, "3 Contacts");
    term_keys(t, "<F1>");
    term_wait_row(t, 1, "Help");
    for (int page = 0; page < 8; page++) {
        term_wait_idle(t, 50);
        for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
            char want[80];
            snprintf(want, sizeof want, "%s –", action_at((enum action_id)i)->label);
            seen[i] = seen[i] || term_find(t, want, NULL, NULL);
        }
        term_assert(t, !term_find(t, "{", NULL, NULL));
        term_keys(t, "<PgDn>");
    }
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
        if (!seen[i])
            fail_msg("not in the help: %s", action_at((enum action_id)i)->label);
    term_keys(t, "q");
    term_wait_text(t, "3 Contacts");
    leave(t);
}

/* ---- texts to read ----------------------------------------------------------------------------
 */

static void a_text_scrolls_and_says_where(void **state)
{
    (void)state;
    struct term *t = start();
    int n;
    term_keys(t, "<F1>");
    term_wait_row(t, 1, "1–18 / ");
    assert_int_equal(sscanf(strstr(term_row(t, 1), "/ "), "/ %d", &n), 1);
    term_keys(t, "<PgDn>");
    term_wait_row(t, 1, "18–35 / ");
    term_keys(t, "<Down> ");
    term_wait_row(t, 1, "36–53 / ");
    term_keys(t, "<PgUp><Up>");
    term_wait_row(t, 1, "18–35 / ");
    char last[40];
    snprintf(last, sizeof last, "%d–%d / %d", n - 17, n, n);
    term_keys(t, "<End>");
    term_wait_row(t, 1, last);
    term_keys(t, "g");
    term_wait_row(t, 1, "1–18 / ");
    term_keys(t, "q");
    term_wait_row(t, 1, ">1 Offerings");
    leave(t);
}

static void words_are_found_while_typed(void **state)
{
    (void)state;
    struct term *t = start();
    int row, col;
    term_keys(t, "<F1>/");
    term_wait_row(t, HINTS, "Enter keeps what was found   Esc ends the search");
    term_keys(t, "CLIP");
    term_wait_row(t, 1, "found 1 / ");
    term_wait_row(t, MESSAGE, "Search: CLIP");
    term_assert(t, term_find(t, "clipboard", &row, &col));
    for (int i = 0; i < 9; i++)
        term_assert(t, term_attr(t, row, col + i).underline == (i < 4));
    /* The next, and around the end. */
    term_keys(t, "<Enter>");
    term_wait_row(t, HINTS, "n Next found");
    term_keys(t, "n");
    term_wait_row(t, 1, "found 2 / ");
    int rows, all;
    assert_true(term_cursor(t, &rows, NULL));
    term_assert(t, strstr(term_row(t, rows), "lipboard"));
    assert_int_equal(sscanf(strstr(term_row(t, 1), "found"), "found 2 / %d", &all), 1);
    for (int i = 2; i <= all; i++)
        term_keys(t, "n");
    term_wait_row(t, 1, "found 1 / ");
    term_wait_row(t, MESSAGE, "From the beginning again.");
    /* What is not there; Esc ends it, where it began. */
    term_keys(t, "sxyzzy");
    term_wait_row(t, MESSAGE, "Nothing found.");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "xyzzy");
    term_keys(t, "n");
    term_wait_row(t, MESSAGE, "Nothing was looked for yet: s searches.");
    /* Folded as everywhere, and where a row ends in between. */
    term_keys(t, "<C-f>terminal's clipboard, as cells");
    term_wait_row(t, 1, "found 1 / 2");
    term_keys(t, "<Enter>q");
    term_wait_row(t, 1, ">1 Offerings");
    leave(t);
}

static void a_history_is_searched_too(void **state)
{
    (void)state;
    struct term *t = start();
    RUN("-d", database(), "set", "person", "emil.bergset@asker.example", "phone=49322222");
    term_keys(t, "3sbergset emil<Enter>h");
    term_wait_row(t, 1, "History: Emil Bergset");
    term_keys(t, "s493 22");
    term_wait_row(t, 1, "found 1 / 1");
    term_wait_row(t, MESSAGE, "Search: 493 22"); /* painted last */
    int row, col;
    term_assert(t, term_find(t, "493 22 222", &row, &col));
    term_assert(t, term_attr(t, row, col).underline && !term_attr(t, row, col + 7).underline);
    term_keys(t, "<Enter>q");
    term_wait_row(t, 1, ">3 Contacts");
    leave(t);
}

/* ---- the tour ---------------------------------------------------------------------------------
 */

static void the_tour_goes_both_ways(void **state)
{
    (void)state;
    static const char *const on[] = {"<Enter>", " ", "<Right>", "<PgDn>", "<Down>"};
    static const char *const back[] = {"<Left>", "<PgUp>", "<Up>", "<BS>", "<S-Tab>"};
    struct term *t = start();
    char place[20];
    term_keys(t, "<C-w>");
    term_wait_row(t, 0, "1 of 6");
    term_wait_text(t, "What samling is");
    for (int i = 0; i < 5; i++) {
        term_keys(t, on[i]);
        snprintf(place, sizeof place, "%d of 6", i + 2);
        term_wait_row(t, 0, place);
    }
    for (int i = 0; i < 5; i++) {
        term_keys(t, back[i]);
        snprintf(place, sizeof place, "%d of 6", 5 - i);
        term_wait_row(t, 0, place);
    }
    term_keys(t, "<Left>"); /* there is none before the first */
    term_keys(t, "<End>");
    term_wait_row(t, 0, "6 of 6");
    term_keys(t, "<Enter>");
    term_wait_row(t, 1, ">1 Offerings");
    term_keys(t, "<C-w><Right>");
    term_wait_row(t, 0, "2 of 6");
    term_keys(t, "<Esc>");
    term_wait_row(t, 1, ">1 Offerings");
    leave(t);
}

/* Its words and its picture, whose last line is not empty, in the smallest window. */
static void the_tour_fits(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "nb", "nn"};
    for (size_t i = 0; i < 3; i++) {
        current = fresh_database();
        struct term *t = open_desk(16, 60, languages[i], NULL);
        term_keys(t, "<C-w>");
        term_wait_row(t, 14, "Esc");
        for (int page = 1; page <= 6; page++) {
            char place[20];
            snprintf(place, sizeof place, " %d ", page);
            term_wait_row(t, 0, place);
            int rows = 0;
            for (int row = 2; row < 14; row++)
                rows += *term_row(t, row) != '\0';
            term_assert(t, rows >= 8); /* a title, four lines or more, and the picture */
            term_assert(t, !term_find(t, "{", NULL, NULL));
            term_keys(t, "<Enter>");
        }
        term_wait_row(t, 14, "F1 ");
        leave(t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_begins_with_this_screen),
        cmocka_unit_test(help_has_every_action),
        cmocka_unit_test(a_text_scrolls_and_says_where),
        cmocka_unit_test(words_are_found_while_typed),
        cmocka_unit_test(a_history_is_searched_too),
        cmocka_unit_test(the_tour_goes_both_ways),
        cmocka_unit_test(the_tour_fits),
    };
    return cmocka_run_group_tests_name("help", tests, stage_open, stage_close);
}
