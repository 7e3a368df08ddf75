/* Menus, the menu of a row, the palette and the choosers on a terminal: what stands there, what is
 * grey and why, letters, keys, the mouse, plain screens, and the smallest window. */
#include "config.h"

#include "stage.h"

#include <ctype.h>

#include "samling/lang.h"

#include "ui/action.h"

static bool is_open(struct term *t, const void *arg)
{
    int row, col;
    return term_find(t, arg, &row, &col) && row == 0 && !term_attr(t, 0, col).reverse;
}
/* The menu with this name in the bar is the one that is pulled down. */
#define wait_open(t, name) term_wait(t, is_open, name, "open: " name)

/* Types the letter that is underlined in `label`, which stands in the bar, or in a menu. */
static void type_letter_of(struct term *t, const char *label, bool in_bar)
{
    int row = 0, col;
    char item[100];
    snprintf(item, sizeof item, "%s%s ", in_bar ? "" : "│  ", label);
    term_wait_text(t, item);
    term_assert(t, term_find(t, item, &row, &col));
    col += in_bar ? 0 : 3;
    for (size_t i = 0; i < strlen(label); i++) {
        struct term_cell cell = term_attr(t, row, col + (int)i);
        if (cell.underline) {
            term_keys(t, cell.text);
            return;
        }
    }
    term_fail_at(t, label, __FILE__, __LINE__);
}

/* ---- the bar ----------------------------------------------------------------------------------
 */

static void the_bar_has_what_applies(void **state)
{
    (void)state;
    struct term *t = start();
    term_wait_row(t, 0, " samling  File  Edit  View  Select  Roster  Go  Help  ");
    term_keys(t, "2");
    term_wait_row(t, 0, " samling  File  Edit  View  Select  Calendar  Roster  Go  Help");
    term_keys(t, "3");
    term_wait_row(t, 0, " samling  File  Edit  View  Select  Go  Help");
    term_keys(t, "n");
    term_wait_row(t, 0, " samling  Edit  Form  Help");
    term_keys(t, "<C-r>");
    term_wait_row(t, 0, " samling  File");
    term_keys(t, "<F1>");
    term_wait_row(t, 0, " samling  View  Go  Help");
    term_keys(t, "q2");
    term_resize(t, 16, 60);
    term_wait_row(t, 0, " File  Edit  View  Select  Calendar  Roster  Go  Help");
    leave(t);
}

/* In every language and on every screen all names of the bar can be read or guessed at 60 columns.
 */
static void the_bar_fits(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "nb", "nn"};
    for (size_t i = 0; i < 3; i++) {
        current = fresh_database();
        struct term *t = open_desk(16, 60, languages[i], NULL);
        for (int pane = 1; pane <= 4; pane++) {
            const char digit[] = {(char)('0' + pane), '\0'};
            term_keys(t, digit);
            term_wait_idle(t, 50);
            term_keys(t, "<F9><Left>"); /* the last of them, help, is there and opens */
            term_wait_text(t, "F1");
            term_keys(t, "<Esc>");
            term_wait_idle(t, 50);
        }
        leave(t);
    }
}

static void letters_open_menus_and_do_commands(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "<F9>");
    wait_open(t, "File");
    type_letter_of(t, "Go", true);
    wait_open(t, "Go");
    type_letter_of(t, "Contacts", false);
    term_wait_row(t, 1, ">3 Contacts");
    /* Three steps, known by heart. */
    term_keys(t, "<C-o>gt");
    term_wait_row(t, 1, ">4 Today");
    /* Once one has gone down into a menu, letters are its commands'. */
    term_keys(t, "1<F10><Down>");
    term_wait_text(t, "Enter or its letter");
    type_letter_of(t, "Export", false);
    term_wait_text(t, "Export the list");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Export the list");
    leave(t);
}

static void write_people(const char *path)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("Fornavn;Etternavn;E-post\nKari;Nordmann;kari@asker.example\n", f);
    assert_int_equal(fclose(f), 0);
}

/* All menus of the bar, one after the other: which labels stand in them. */
static void read_menus(struct term *t, bool *seen)
{
    term_keys(t, "<F9>");
    for (int i = 0; i < MENU_COUNT; i++) {
        term_wait_idle(t, 30);
        for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
            char words[100];
            const struct action *at = action_at((enum action_id)a);
            snprintf(words, sizeof words, " %s ", at->label);
            seen[a] =
                seen[a] || (is_open(t, menu_label(at->menu)) && term_find(t, words, NULL, NULL));
        }
        term_keys(t, "<Right>");
    }
    term_keys(t, "<Esc>");
    term_wait_idle(t, 50);
}

static void every_action_is_in_a_menu(void **state)
{
    (void)state;
    bool seen[ACTION_COUNT] = {false};
    struct term *t = start();
    term_resize(t, 50, 100);
    term_keys(t, "2");
    term_wait_row(t, 1, ">2 Calendar");
    read_menus(t, seen);
    term_keys(t, "3n");
    term_wait_row(t, 1, "New: person");
    read_menus(t, seen);
    term_keys(t, "<C-r>1");
    term_wait_row(t, 1, ">1 Offerings");
    write_people("people.csv");
    term_keys(t, "i");
    term_wait_text(t, "What is in the file?");
    term_keys(t, "people<Enter>");
    term_wait_text(t, "Import from file");
    term_keys(t, "people.csv<Enter>");
    term_wait_row(t, 1, "Import");
    read_menus(t, seen);
    for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
        if (!seen[a])
            fail_msg("%s is in no menu", action_at((enum action_id)a)->label);
    term_keys(t, "q");
    term_wait_row(t, 1, ">1 Offerings");
    unlink("people.csv");
    leave(t);
}

static void what_cannot_be_done_is_grey_and_says_why(void **state)
{
    (void)state;
    struct term *t = start();
    int row, col;
    term_keys(t, "<F9>v");
    wait_open(t, "View");
    term_wait_text(t, "· Next found");
    term_assert(t, term_find(t, "· Next found", &row, &col));
    term_assert(t, !strstr(term_row(t, row), " n │")); /* no key, no letter */
    for (int i = 2; i < 12; i++)
        term_assert(t, !term_attr(t, row, col + i).underline);
    term_keys(t, "<Down>");
    term_wait_row(t, MESSAGE, "“Next found” cannot be done here, but in: Text to read");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "“Next found” cannot be done here, but in: Text to read");
    wait_open(t, "View");
    /* What lies at the ends goes around; j, k, g, G move as in the lists. */
    term_keys(t, "<Home><Up>");
    term_wait_text(t, "· Narrower");
    term_wait_row(t, MESSAGE, "Only one list is shown: the window is narrow.");
    term_keys(t, "<Down>");
    term_wait_text(t, "Narrows the list");
    term_keys(t, "jjk");
    term_wait_row(t, MESSAGE, "“Next found”");
    term_keys(t, "G");
    term_wait_row(t, MESSAGE, "Only one list is shown: the window is narrow.");
    term_keys(t, "q");
    term_wait_gone(t, "Next found");
    leave(t);
}

static void undo_says_what(void **state)
{
    (void)state;
    struct term *t = start();
    RUN("-d", database(), "set", "person", "emil.bergset@asker.example", "phone=49322222");
    term_keys(t, "<F9>e");
    term_wait_text(t, "Undo: change: Emil Bergset (Phone)");
    term_wait_text(t, "· Redo");
    term_keys(t, "u");
    term_wait_row(t, MESSAGE, "Taken back: change: Emil Bergset (Phone)");
    term_keys(t, "<F9>e");
    term_wait_text(t, "Redo: ");
    term_wait_text(t, "Emil Bergset");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Redo: ");
    leave(t);
}

/* At 60 × 16 every menu is scrolled to its end. */
static void long_menus_scroll(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "2");
    term_resize(t, 16, 60);
    term_wait_row(t, 0, "Calendar");
    for (enum menu m = MENU_FILE; m < MENU_COUNT; m++) {
        const struct action *first = NULL, *last = NULL;
        if (m == MENU_IMPORT || m == MENU_FORM)
            continue;
        for (int a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
            if (action_at((enum action_id)a)->menu != m)
                continue;
            last = action_at((enum action_id)a);
            first = first ? first : last;
        }
        term_keys(t, m == MENU_FILE ? "<F9>" : "<Right>");
        term_wait(t, is_open, menu_label(m), menu_label(m));
        term_keys(t, "<End>");
        term_wait_text(t, last->label);
        term_keys(t, "<Home>");
        term_wait_text(t, first->label);
    }
    term_keys(t, "<Esc>");
    term_wait_row(t, 1, ">2 Calendar");
    leave(t);
}

/* ---- the menu of a row ------------------------------------------------------------------------
 */

static void what_can_be_done_with_a_row(void **state)
{
    (void)state;
    struct term *t = start();
    int row, col, cursor;
    term_keys(t, "2");
    wait_selected(t, "BIM/1/3");
    assert_true(term_cursor(t, &cursor, NULL));
    term_keys(t, ",");
    term_wait_text(t, "Copy gathering");
    /* Beside the row, which is still seen. */
    term_assert(t, term_find(t, " Open  ", &row, &col) && row == cursor + 2);
    term_assert(t, strstr(term_row(t, cursor), "BIM/1/3"));
    term_assert(t, !term_find(t, "Select all", NULL, NULL)); /* which is not about a row */
    type_letter_of(t, "Roster", false);
    term_wait_row(t, 1, "BIM/1/3");
    term_keys(t, "q");
    term_wait_row(t, 1, ">2 Calendar");
    /* At the lower edge it opens upwards. */
    term_keys(t, "1<End>");
    wait_selected_at(t, LAST_ROW, "STVURD");
    term_keys(t, "<F7>");
    term_wait_text(t, "Choose offering");
    term_assert(t, term_find(t, " Print ", &row, NULL) && row < LAST_ROW);
    term_keys(t, "<Enter>"); /* the first: open */
    term_wait_row(t, 1, "STVURD");
    term_keys(t, "q");
    term_resize(t, 16, 60);
    term_keys(t, ",<End>");
    term_wait_text(t, "Makes the sign-in sheet");
    term_keys(t, "<Esc>");
    leave(t);
}

static void a_row_that_is_none(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3szzzz<Enter>");
    term_wait_text(t, "Nothing found.");
    term_keys(t, ",");
    term_wait_text(t, "· Open  ");
    term_keys(t, "<Enter>"); /* says why, and stays */
    term_wait_row(t, MESSAGE, "There is no row to do this with.");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Copy row");
    leave(t);
}

/* ---- the palette ------------------------------------------------------------------------------
 */

static void parts_of_names_find_commands(void **state)
{
    (void)state;
    struct term *t = start();
    int row, col;
    /* Beginnings of words, in any order of them; what was typed is underlined. */
    term_keys(t, "<C-p>go tod");
    term_wait_row(t, 4, "Go to today");
    term_assert(t, term_find(t, "Go to today", &row, &col) && row == 4);
    term_assert(t, term_attr(t, 4, col).underline && term_attr(t, 4, col + 1).underline);
    term_assert(t, !term_attr(t, 4, col + 2).underline);
    term_assert(t, term_attr(t, 4, col + 6).underline && term_attr(t, 4, col + 8).underline);
    /* Not here, and why; its key and its menu are told all the same. */
    term_assert(t, strstr(term_row(t, 4), "· Go to today"));
    term_assert(t, strstr(term_row(t, 4), " .  ") && strstr(term_row(t, 4), "Calendar"));
    term_wait_row(t, MESSAGE, "cannot be done here, but in: Calendar");
    term_keys(t, "<Enter>");
    term_wait_text(t, "Commands"); /* still there */
    /* Letters strewn about, and words of the help. */
    term_keys(t, "<C-u>nworg");
    term_wait_row(t, 4, "New organisation");
    term_keys(t, "<C-u>spreadsheet");
    term_wait_row(t, 4, "Paste a list");
    term_keys(t, "<C-u>xqxq");
    term_wait_text(t, "No command has these letters.");
    term_keys(t, "<C-u>hist<Enter>");
    term_wait_row(t, 1, "History:");
    /* What was used last comes first when nothing is typed. */
    term_keys(t, "q<C-p>");
    term_wait_row(t, 4, "History");
    term_keys(t, "<PgDn><PgDn>");
    term_wait_text(t, "16–31 / 94");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Commands");
    leave(t);
}

static void the_palette_knows_english_names(void **state)
{
    (void)state;
    current = fresh_database();
    struct term *t = open_desk(24, 80, "nb", NULL);
    term_keys(t, "<C-p>undo");
    term_wait_row(t, 4, "Angre");
    term_keys(t, "<C-u>gjør om");
    term_wait_idle(t, 50);
    term_keys(t, "<C-u>oppmoete<Esc>"); /* folded: oe is ø */
    term_wait_gone(t, "oppmoete");
    leave(t);
}

static void the_palette_has_every_command(void **state)
{
    (void)state;
    bool seen[ACTION_COUNT] = {false};
    struct term *t = start();
    term_keys(t, "<C-p>");
    term_wait_text(t, "Commands");
    for (int page = 0; page < 12; page++) {
        term_wait_idle(t, 50);
        for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
            const struct action *a = action_at((enum action_id)i);
            struct buf key = {0};
            action_key_text(a->id, &key);
            for (int row = 4; row < 20 && !seen[i]; row++) {
                const char *label = strstr(term_row(t, row), a->label);
                seen[i] = label && strstr(label, key.s) && strstr(label, menu_label(a->menu));
            }
            buf_free(&key);
        }
        term_keys(t, "<PgDn>");
    }
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
        if (!seen[i] && i != ACTION_PALETTE)
            fail_msg("not in the palette: %s", action_at((enum action_id)i)->label);
    term_keys(t, "<Esc>");
    leave(t);
}

/* ---- choosers ---------------------------------------------------------------------------------
 */

static void letters_choose_in_a_chooser(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "w");
    term_wait_text(t, "Export the list");
    term_keys(t, "for excel, s"); /* several letters are the beginning of one label */
    wait_selected(t, "For Excel, some columns");
    term_keys(t, "<Home>");
    wait_selected(t, "For Excel");
    term_wait_idle(t, 1100);
    term_keys(t, "clip"); /* or of a word inside of it */
    wait_selected(t, "To the clipboard");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Export the list");
    leave(t);
}

/* ---- hints ------------------------------------------------------------------------------------
 */

/* A reader is not told of what only an adviser may do. */
static void hints_are_true(void **state)
{
    (void)state;
    struct term *t = start();
    term_wait_row(t, HINTS, "e Change");
    term_keys(t, "<F1>");
    term_wait_row(t, HINTS, "s Search");
    term_assert(t, !strstr(term_row(t, HINTS), "Next found"));
    term_keys(t, "sundo<Enter>");
    term_wait_row(t, HINTS, "n Next found");
    term_wait_row(t, HINTS, "q Back  F9 Menu  F1 Help");
    term_keys(t, "q");
    leave(t);
}

/* ---- the mouse --------------------------------------------------------------------------------
 */

static const char *const with_mouse[] = {"SAMLING_DISPLAY=mouse", NULL};

/* As xterm sends it (SGR): pressed and released. Button 0 is the left one, 2 the right one. */
static void click(struct term *t, int button, int row, int col)
{
    char bytes[64];
    int n = snprintf(bytes, sizeof bytes, "\033[<%d;%d;%dM\033[<%d;%d;%dm", button, col + 1,
                     row + 1, button, col + 1, row + 1);
    term_send(t, bytes, (size_t)n);
}

static void click_on(struct term *t, const char *words)
{
    int row, col;
    term_wait_text(t, words);
    term_assert(t, term_find(t, words, &row, &col));
    click(t, 0, row, col + 1);
}

static void menus_by_mouse(void **state)
{
    (void)state;
    current = fresh_database();
    struct term *t = open_desk(24, 80, "en", with_mouse);
    term_assert(t, term_mouse(t));
    click_on(t, "Go  Help");
    wait_open(t, "Go");
    click_on(t, "  Contacts  ");
    term_wait_row(t, 1, ">3 Contacts");
    /* Beside an open menu: it closes. */
    click_on(t, "View");
    wait_open(t, "View");
    click(t, 0, 20, 70);
    term_wait_gone(t, "Saved filters");
    /* A hint is done; so is a line of the palette. */
    click_on(t, "F1 Help");
    term_wait_row(t, 1, "Help");
    term_keys(t, "q<C-p>calendar");
    click_on(t, "Calendar   ");
    term_wait_row(t, 1, ">2 Calendar");
    /* The right button: what can be done with the row there. */
    click(t, 2, 6, 20);
    term_wait_text(t, "Copy gathering");
    term_assert(t, strstr(term_row(t, 6), "BIM/2/1"));
    term_assert(t, term_attr(t, 6, 0).reverse && !term_attr(t, 7, 0).reverse);
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Copy gathering");
    leave(t);
}

/* ---- plain ------------------------------------------------------------------------------------
 */

static const char *const plain[] = {"SAMLING_DISPLAY=plain", NULL};

static void menus_read_aloud(void **state)
{
    (void)state;
    current = fresh_database();
    struct term *t = term_start(
        24, 80, (const char *const[]){stage_program, "-d", database(), "-l", "en", NULL}, plain);
    term_wait_text(t, "AMBULERENDE");
    term_keys(t, "<F9>e");
    term_wait_row(t, 1, "Edit");
    term_wait_row(t, 2, "Open  Enter");
    term_wait_row(t, 13, "Undo (not now)");
    term_wait_cursor(t, 2, 0);
    term_assert(t, !strstr(term_row(t, 1), "┌") && !strstr(term_row(t, 2), "│"));
    term_keys(t, "<Down>");
    term_wait_cursor(t, 3, 0);
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Undo (not now)");
    leave(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bar_has_what_applies),
        cmocka_unit_test(the_bar_fits),
        cmocka_unit_test(letters_open_menus_and_do_commands),
        cmocka_unit_test(every_action_is_in_a_menu),
        cmocka_unit_test(what_cannot_be_done_is_grey_and_says_why),
        cmocka_unit_test(undo_says_what),
        cmocka_unit_test(long_menus_scroll),
        cmocka_unit_test(what_can_be_done_with_a_row),
        cmocka_unit_test(a_row_that_is_none),
        cmocka_unit_test(parts_of_names_find_commands),
        cmocka_unit_test(the_palette_knows_english_names),
        cmocka_unit_test(the_palette_has_every_command),
        cmocka_unit_test(letters_choose_in_a_chooser),
        cmocka_unit_test(hints_are_true),
        cmocka_unit_test(menus_by_mouse),
        cmocka_unit_test(menus_read_aloud),
    };
    return cmocka_run_group_tests_name("menu", tests, stage_open, stage_close);
}
