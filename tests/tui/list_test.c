/* Lists on a terminal: headings, sort, marks, what a search found, plain rows; in the desk, and
 * alone: started with arguments, this program shows one list as it is told. */
#include "config.h"

#include "samling/lang.h"
#include "samling/listing.h"
#include "samling/session.h"

#include "ui/list.h"
#include "ui/ui_internal.h"

#include "stage.h" /* last: its words are names of the screens too */

/* ---- one list alone ----------------------------------------------------------------------------
 */

/* The list fills the screen but for the last line, which says how many rows. */
static void show(struct list *l)
{
    struct buf state = {0};
    draw_start();
    list_state_text(l, &state);
    draw_right(term_height() - 1, 0, term_width(), LOOK_DIM, buf_str(&state));
    list_draw(l, 0, 0, term_height() - 1, term_width(), true);
    term_show();
    buf_free(&state);
}

/* DATABASE LISTING COLUMNS LANGUAGE DISPLAY DESCRIPTION; leaves with q. */
static int show_list(char **arg)
{
    struct ui ui = {0};
    struct list l;
    struct display display = {0};
    struct error err;
    lang_init(arg[3]);
    if (session_open(&ui.session, arg[0], 0, "anna", &err) != ST_OK ||
        !display_read(&display, arg[4]) || term_open(&display, &err) != ST_OK)
        return 1;
    list_init(&l, &ui, listing_by_name(arg[1]), arg[2]);
    list_adopt(&l, arg[5]);
    bool dirty = true;
    for (int key = 0; key != 'q' && key != KEY_GONE; key = term_key(100)) {
        if (key == KEY_IDLE)
            dirty = list_idle(&l);
        else if (key > 0)
            list_act(&l, action_by_key(IN_CONTACTS, key, false));
        if (dirty || key != KEY_IDLE)
            show(&l);
        dirty = true;
    }
    list_free(&l);
    term_close();
    session_close(ui.session);
    return 0;
}

static char this_program[PATH_MAX];

static struct term *start_list(int rows, int cols, const char *const said_of[5])
{
    current = fresh_database();
    struct term *t = term_start(rows, cols,
                                (const char *const[]){this_program, current, said_of[0], said_of[1],
                                                      said_of[2], said_of[3], said_of[4], NULL},
                                NULL);
    return t;
}

#define LIST(...) ((const char *const[5]){__VA_ARGS__})

static void leave_list(struct term *t)
{
    term_keys(t, "q");
    assert_int_equal(term_wait_exit(t), 0);
    term_end(t);
}

/* ---- headings ----------------------------------------------------------------------------------
 */

#define OFFERINGS_COLUMNS "code,title,status,kind,area"

static void headings_stand_above_their_rows(void **state)
{
    (void)state;
    struct term *t =
        start_list(24, 80, LIST("offerings", OFFERINGS_COLUMNS, "en", "dark", "group=area,status"));
    term_wait_row(t, 23, "35 rows");
    wait_selected_at(t, 3, "AMBULEREN");
    /* What the headings say is no column. */
    term_assert(t, strstr(term_row(t, 0), " Code") && strstr(term_row(t, 0), "Kind"));
    term_assert(t, !strstr(term_row(t, 0), "Area") && !strstr(term_row(t, 0), "Status"));
    term_assert(t, strcmp(term_row(t, 1), " Barn, familie og inkludering") == 0);
    term_assert(t, term_attr(t, 1, 1).bold);
    term_assert(t, strcmp(term_row(t, 2), "   published") == 0);
    term_wait_row(t, 9, "   running");
    /* Down goes from row to row. */
    for (int i = 0; i < 6; i++)
        term_keys(t, "<Down>");
    wait_selected_at(t, 10, "BVREFORM");
    leave_list(t);
}

/* The last row that is seen, its headings and what comes next. */
static void pages_go_on_where_they_ended(void **state)
{
    (void)state;
    struct term *t =
        start_list(24, 80, LIST("offerings", OFFERINGS_COLUMNS, "en", "dark", "group=area,status"));
    wait_selected_at(t, 3, "AMBULEREN");
    term_wait_row(t, 20, " STOTTE");
    term_keys(t, "<PgDn>");
    wait_selected_at(t, 3, "");
    term_wait_gone(t, " STOTTE");
    term_assert(t, term_attr(t, 1, 1).bold && !term_attr(t, 3, 1).bold);
    term_keys(t, "<PgUp>");
    term_wait_text(t, " STOTTE");
    wait_selected(t, "AMBULEREN");
    term_keys(t, "<End>");
    wait_selected_at(t, 22, "");
    term_assert(t, term_attr(t, 1, 1).bold); /* one always sees where one is */
    term_keys(t, "<Home>");
    wait_selected_at(t, 3, "AMBULEREN");
    leave_list(t);
}

static void headings_of_nothing_and_of_numbers(void **state)
{
    (void)state;
    struct term *t = start_list(
        16, 60,
        LIST("organisations", "name,kind,parent", "en", "dark", "group=parent,municipality"));
    wait_selected(t, "");
    term_wait_row(t, 1, " Belongs to: none");
    term_wait_row(t, 2, "   Municipality: none");
    leave_list(t);
    t = start_list(16, 60, LIST("cohorts", "ref,name", "en", "dark", "group=gatherings"));
    wait_selected(t, "");
    term_wait_text(t, " Gatherings: ");
    leave_list(t);
}

/* ---- order
 * ---------------------------------------------------------------------------------------
 */

static void the_head_says_how_it_is_sorted(void **state)
{
    (void)state;
    struct term *t =
        start_list(24, 80, LIST("people", "name,organisation,phone", "en", "dark", "group="));
    wait_selected_at(t, 1, "Askeland");
    term_assert(t, !strstr(term_row(t, 0), "↑") && !strstr(term_row(t, 0), "↓"));
    leave_list(t);
    t = start_list(24, 80,
                   LIST("people", "name,organisation,phone", "en", "dark", "sort=-family_name"));
    wait_selected_at(t, 1, "Åsvang");
    term_assert(t, !strstr(term_row(t, 0), "↓")); /* that column is not shown */
    leave_list(t);
    t = start_list(24, 80, LIST("people", "name,organisation,phone", "en", "dark", "sort=-name"));
    wait_selected_at(t, 1, "Åsvang");
    term_wait_row(t, 0, " Name ↓");
    leave_list(t);
    t = start_list(24, 80, LIST("cohorts", "ref,name,people", "en", "dark", "sort=people"));
    term_wait_row(t, 0, "People ↑");
    leave_list(t);
}

static void any_column_can_be_chosen(void **state)
{
    (void)state;
    struct term *t = start_list(
        24, 80,
        LIST("organisations", "name,kind", "en", "dark", "columns=address,id,name,shoe_size"));
    term_wait_row(t, 0, " Address       ");
    term_wait_row(t, 0, "No.  Name");
    term_assert(t, !strstr(term_row(t, 0), "Kind"));
    leave_list(t);
}

/* ---- what a search found
 * -------------------------------------------------------------------------
 */

struct underlined {
    const char *text, *row;
};

/* Is just this underlined in the row in hand? */
static bool is_underlined(struct term *t, const void *arg)
{
    const struct underlined *want = arg;
    char got[400] = "";
    int row, rows, cols;
    if (!term_cursor(t, &row, NULL) || !strstr(term_row(t, row), want->row))
        return false;
    term_size(t, &rows, &cols);
    for (int i = 0; i < cols; i++) {
        struct term_cell c = term_attr(t, row, i);
        if (c.underline && i && !term_attr(t, row, i - 1).underline && *got)
            strcat(got, "|");
        if (c.underline && (strcat(got, c.text), !c.reverse))
            return false;
    }
    return strcmp(got, want->text) == 0;
}

#define wait_underlined(t, text, row)                                                              \
    term_wait(t, is_underlined, (&(struct underlined){text, row}), "underlined: " text)

static void what_a_search_found_is_underlined(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    wait_selected(t, "Askeland");
    term_keys(t, "s");
    term_keys(t, "fjellro braa");
    term_keys(t, "<Enter>");
    wait_underlined(t, "Brå|Fjellro", "Bråthen Lie");
    term_keys(t, "a");
    wait_underlined(t, "", "Askeland");
    leave(t);
}

/* ---- selected rows
 * -------------------------------------------------------------------------------
 */

static bool are_starred(struct term *t, const void *arg)
{
    int n = 0;
    for (int i = FIRST_ROW; i <= LAST_ROW; i++)
        n += term_row(t, i)[0] == '*';
    return n == *(const int *)arg;
}

#define wait_starred(t, n) term_wait(t, are_starred, (&(int){n}), "rows with a star: " #n)

static void rows_are_selected_by_key(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    wait_selected(t, "Askeland");
    term_wait_row(t, 1, "165 rows");
    term_keys(t, "v");
    term_wait_row(t, 1, "1 of 165 selected");
    wait_selected_at(t, FIRST_ROW + 1, "Bergset");
    term_wait_row(t, FIRST_ROW, "*Askeland");
    term_keys(t, "<Down><Down><Down>V");
    term_wait_row(t, 1, "5 of 165 selected");
    wait_starred(t, 5);
    term_keys(t, "<Up>v"); /* lets go of it */
    term_wait_row(t, 1, "4 of 165 selected");
    term_wait_row(t, FIRST_ROW + 3, " Birkeland");
    term_keys(t, "*");
    term_wait_row(t, 1, "161 of 165 selected");
    wait_starred(t, 11);
    term_keys(t, "A");
    term_wait_row(t, 1, "165 of 165 selected");
    wait_starred(t, 15);
    term_keys(t, "N");
    term_wait_row(t, 1, "165 rows");
    wait_starred(t, 0);
    leave(t);
}

static void selected_rows_outlive_a_search_and_others(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    wait_selected(t, "Askeland");
    term_keys(t, "v<End>V"); /* all, by a range over the whole list */
    term_wait_row(t, 1, "165 of 165 selected");
    term_keys(t, "s");
    term_keys(t, "bråthen<Enter>");
    wait_selected_at(t, FIRST_ROW, "Bråthen");
    term_wait_row(t, FIRST_ROW, "*Bråthen");
    term_keys(t, "s<Esc>");
    term_wait_row(t, 1, "165 of 165 selected");
    RUN("-d", database(), "add", "person", "given_name=Anna", "family_name=Aaberg");
    term_wait_row(t, 1, "165 of 166 selected");
    leave(t);
}

/* ---- plain
 * ----------------------------------------------------------------------------------------
 */

static void plain_rows_are_read_one_after_the_other(void **state)
{
    (void)state;
    struct term *t = start_list(
        24, 80, LIST("people", "name,organisation,phone", "en", "plain", "group=municipality"));
    wait_selected_at(t, 1, "> Håheim, Sigurd, Organisation: Læringsmiljøsenteret");
    term_assert(t, !term_find(t, " Name ", NULL, NULL));
    term_wait_row(t, 0, " Municipality: none");
    term_wait_row(t, 3, " Municipality: Asker");
    term_keys(t, "<Down><Down>");
    wait_selected(t, "> Askeland, Britt, Organisation: Ørneredet barnehage, Phone: 498 40 959");
    term_keys(t, "v");
    wait_selected(t, "> Bergset, Emil, Organisation: Gråspurven barnehage");
    term_wait_text(t, " *Askeland, Britt, ");
    leave_list(t);
    t = start_list(16, 60, LIST("people", "name,organisation,phone", "nb", "plain", "group="));
    wait_selected_at(t, 0, "> Askeland, Britt, ");
    term_assert(t, strstr(term_row(t, 0), ": Ørneredet barnehage"));
    leave_list(t);
}

/* ---- what it costs
 * --------------------------------------------------------------------------------
 */

static bool has_answered(struct term *t, const void *arg)
{
    (void)arg;
    return term_since(t) > 0;
}

static size_t cost(struct term *t, const char *keys, int times)
{
    size_t most = 0;
    for (int i = 0; i < times; i++) {
        term_mark(t);
        term_keys(t, keys);
        term_wait(t, has_answered, NULL, "an answer to a key");
        term_wait_idle(t, 150);
        most = term_since(t) > most ? term_since(t) : most;
    }
    return most;
}

static void bytes_are_few(void **state)
{
    (void)state;
    static const struct {
        const char *shown;
        size_t down, page;
    } lists[] = {
        {"group=", 200, 1600},
        {"group=municipality", 200, 1600},
        {"group=;search=barnehage", 240, 2000}, /* something is found in each row */
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct term *t = start_list(
            24, 80, LIST("people", "name,organisation,phone", "en", "dark", lists[i].shown));
        term_wait_row(t, 23, "rows");
        wait_selected(t, "");
        size_t down = cost(t, "<Down>", 5);
        term_keys(t, "<PgDn>");
        term_wait_gone(t, "Askeland");
        term_wait_idle(t, 300);
        size_t page = cost(t, "<PgDn>", 2);
        term_mark(t);
        term_wait_idle(t, 600);
        printf("# %s: cursor down %zu, a page of 23 rows %zu, idle %zu\n", lists[i].shown, down,
               page, term_since(t));
        assert_int_equal(term_since(t), 0);
        assert_true(down <= lists[i].down);
        assert_true(page <= lists[i].page);
        leave_list(t);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_stand_above_their_rows),
        cmocka_unit_test(pages_go_on_where_they_ended),
        cmocka_unit_test(headings_of_nothing_and_of_numbers),
        cmocka_unit_test(the_head_says_how_it_is_sorted),
        cmocka_unit_test(any_column_can_be_chosen),
        cmocka_unit_test(what_a_search_found_is_underlined),
        cmocka_unit_test(rows_are_selected_by_key),
        cmocka_unit_test(selected_rows_outlive_a_search_and_others),
        cmocka_unit_test(plain_rows_are_read_one_after_the_other),
        cmocka_unit_test(bytes_are_few),
    };
    if (argc == 7)
        return show_list(argv + 1);
    if (!realpath(argv[0], this_program))
        return 99;
    return cmocka_run_group_tests_name("list", tests, stage_open, stage_close);
}
