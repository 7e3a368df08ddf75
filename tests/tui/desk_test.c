/* The desk on a terminal: panes, moving, searching, choosing, records, menus, what others write,
 * and what it costs. */
#include "config.h"

#include "stage.h"

#include "samling/lang.h"
#include "samling/record.h"
#include "samling/session.h"

#include "ui/action.h"

enum { FIRST_OFFERING = FIRST_ROW + 2 }; /* below its plan and its area */

/* ---- the first screen -------------------------------------------------------------------------
 */

static void one_pane_at_80_columns(void **state)
{
    (void)state;
    struct term *t = start();
    assert_true(term_altscreen(t));
    assert_false(term_mouse(t));
    term_wait_row(t, 0, "samling  File  Edit  View  Select  Roster  Go  Help");
    term_wait_row(t, 1, ">1 Offerings   2 Calendar   3 Contacts   4 Today");
    term_wait_row(t, 1, "45 rows");
    term_wait_row(t, 3, "Code");
    term_wait_row(t, FIRST_ROW, "Kompetanseplan for oppvekst 2021/22");
    term_wait_row(t, FIRST_ROW + 1, "  Barn, familie og inkludering");
    wait_selected_at(t, FIRST_OFFERING, "AMBULERENDE");
    term_assert(t, term_attr(t, FIRST_OFFERING, 0).reverse &&
                       term_attr(t, FIRST_OFFERING, 79).reverse);
    assert_int_equal(reversed_rows(t, 10), 1);
    term_assert(t,
                strstr(term_row(t, HINTS), "Enter Open") && strstr(term_row(t, HINTS), "F9 Menu"));
    term_assert(t, strstr(term_row(t, STRIP + 1), "Barn, familie og inkludering"));
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
    wait_selected_at(t, 5, "AMBULERENDE");
    /* Only the pane in focus has a selection in reverse; the others mark it. */
    int row, col;
    term_assert(t, term_find(t, ">Askeland", &row, &col) && !term_attr(t, row, col + 1).reverse);
    term_keys(t, "3");
    wait_selected_at(t, 3, "Askeland");
    term_wait_text(t, ">AMBULERENDE");
    term_assert(t, !term_attr(t, 5, 1).reverse);
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
    wait_selected_at(t, FIRST_OFFERING + 1, "BARNEBOLIG");
    assert_int_equal(reversed_rows(t, 10), 1);
    term_keys(t, "jj");
    wait_selected_at(t, FIRST_OFFERING + 3, "DIGIBV");
    term_keys(t, "k<Up>");
    wait_selected_at(t, FIRST_OFFERING + 1, "BARNEBOLIG");
    /* A page begins with the headings of its first row. */
    term_keys(t, "<PgDn>");
    wait_selected_at(t, FIRST_OFFERING + 1, "NARVAR");
    term_wait_row(t, FIRST_ROW, "Kompetanseplan for oppvekst 2021/22");
    term_wait_row(t, FIRST_ROW + 1, "  Barnehage");
    term_keys(t, "<PgUp>");
    wait_selected(t, "AMBULERENDE");
    term_keys(t, "<End>");
    wait_selected_at(t, LAST_ROW, "STVURD");
    term_keys(t, "<Down>");
    wait_selected_at(t, LAST_ROW, "STVURD");
    term_keys(t, "<Home>");
    wait_selected_at(t, FIRST_OFFERING, "AMBULERENDE");
    term_keys(t, "<Up>");
    wait_selected_at(t, FIRST_OFFERING, "AMBULERENDE");
    term_keys(t, "G");
    wait_selected_at(t, LAST_ROW, "STVURD");
    /* Two rows further up than the screen shows. */
    for (int i = 0; i < 14; i++)
        term_keys(t, "<Up>");
    wait_selected_at(t, FIRST_OFFERING, "DIGITAL");
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
    wait_selected_at(t, FIRST_OFFERING, "AMBULERENDE");
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
    wait_selected_at(t, FIRST_OFFERING, "BIM");
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
    for (int i = 0; i < 11; i++)
        term_keys(t, "<Down>");
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
    wait_selected_at(t, 1, "offering BIM"); /* the record itself is in hand first */
    term_keys(t, "<Down>");
    wait_selected(t, "BIM/1");
    term_keys(t, "<Tab>");
    wait_selected(t, "BIM/1/1");
    term_keys(t, "<Tab>");
    term_wait_text(t, ">Places in plans");
    wait_selected(t, "Kompetanseplan for oppvekst 2021/22");
    /* A long note is read in a part of its own. */
    term_keys(t, "<Tab>");
    term_wait_text(t, ">Note");
    term_wait_text(t, "Står i planen under både Barnehage");
    term_keys(t, "<End>");
    term_wait_text(t, "begynne i grunnskolen.");
    term_keys(t, "<Tab><Tab><Enter>");
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

/* Commands by their menu do just as by their key. */
static void commands_by_menu(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "2");
    wait_selected(t, "BIM/1/3");
    term_keys(t, "<F9><Left><Left><Left>"); /* Help, Go, Roster */
    term_wait_text(t, "Enrol a person");
    term_keys(t, "<Enter>");
    term_wait_row(t, 1, "BIM/1/3");
    term_wait_text(t, "Bjørå, Sølvi");
    term_keys(t, "<F10><Left><Left><Left><Down><Enter>"); /* Roster: absent */
    term_wait_row(t, 5, "absent");
    term_keys(t, "<C-o><Left><Left><Up><Enter>"); /* Go, its last: back */
    term_wait_row(t, 1, ">2 Calendar");
    term_keys(t, "<F10>fl"); /* File, leave */
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

/* ---- the tree ---------------------------------------------------------------------------------
 */

/* How many rows of the list have this text. */
static int rows_with(struct term *t, const char *text)
{
    int rows, cols, n = 0;
    term_size(t, &rows, &cols);
    for (int i = FIRST_ROW - 1; i < rows - 5; i++)
        n += strstr(term_row(t, i), text) != NULL;
    return n;
}

static void cohorts_are_folded_away(void **state)
{
    (void)state;
    struct term *t = start();
    wait_selected(t, "AMBULERENDE");
    term_keys(t, "z");
    term_wait_row(t, MESSAGE, "no cohorts to fold away");
    for (int i = 0; i < 10; i++)
        term_keys(t, "j");
    wait_selected(t, "/1");
    term_keys(t, "z"); /* from one of its cohorts too */
    wait_selected(t, "+BIM");
    term_wait_row(t, 1, "41 rows");
    term_assert(t, rows_with(t, "Pulje 1") == 0);
    term_keys(t, "<Down>");
    wait_selected(t, "HINN");
    term_keys(t, "<Up>z");
    term_wait_row(t, 1, "45 rows");
    term_assert(t, !term_find(t, "+BIM", NULL, NULL));
    wait_selected(t, "BIM");
    term_keys(t, "<Down>");
    wait_selected(t, "/1");
    /* All of them. Those that have none bear no sign. */
    term_keys(t, "Z");
    term_wait_row(t, 1, "37 rows");
    wait_selected(t, "+BIM");
    term_assert(t, rows_with(t, "+") == 1);
    term_keys(t, "z");
    term_wait_row(t, MESSAGE, "Z unfolds them");
    term_keys(t, "Z");
    term_wait_row(t, 1, "45 rows");
    wait_selected(t, "BIM");
    /* Where some are folded, Z unfolds them. */
    term_keys(t, "z");
    term_wait_row(t, 1, "41 rows");
    term_keys(t, "Z");
    term_wait_row(t, 1, "45 rows");
    leave(t);
}

static void offerings_are_grouped(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *first, *count;
        int bim; /* how often it is seen on the first page */
    } steps[] = {
        {"b3", " draft", "39 rows", 0},
        {"b4", " cohort programme", "39 rows", 1},
        {"b5", " Contact: none", "39 rows", 0},
        {"b6", " AMBULERENDE", "39 rows", 1},
        {"b2", " Barn, familie og inkludering", "45 rows", 1},
        {"b1", " Kompetanseplan for oppvekst 2021/22", "45 rows", 1},
    };
    struct term *t = start();
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        term_keys(t, steps[i].keys);
        term_wait_row(t, 1, steps[i].count);
        term_keys(t, "<Home>");
        term_wait_row(t, FIRST_ROW, steps[i].first);
        term_assert(t, rows_with(t, " BIM ") == steps[i].bim);
    }
    /* The one in hand stays in hand. */
    term_keys(t, "<End>");
    wait_selected(t, "STVURD");
    term_keys(t, "b3");
    wait_selected(t, "STVURD");
    leave(t);
}

static void ones_own_offerings(void **state)
{
    (void)state;
    current = fresh_database();
    RUN("-d", database(), "user", "add", "kari", "adviser");
    struct session *kari;
    assert_int_equal(session_open(&kari, database(), 0, "kari", NULL), ST_OK);
    struct record *r = record_new(type_by_id(T_OFFERING));
    record_put(r, type_field(r->type, "code"), "AAA");
    record_put(r, type_field(r->type, "title"), "Karis tilbud");
    record_put(r, type_field(r->type, "kind"), "course");
    assert_int_equal(session_begin(kari, ACT_ADD, NULL), ST_OK);
    assert_int_equal(record_insert(kari, r, NULL), ST_OK);
    assert_int_equal(session_commit(kari, NULL), ST_OK);
    record_free(r);
    session_close(kari);
    struct term *t = open_desk(24, 80, "en", NULL);
    term_wait_row(t, 1, "46 rows");
    term_keys(t, "m");
    term_wait_row(t, MESSAGE, "Only your own offerings");
    term_wait_row(t, 1, "45 rows");
    term_keys(t, "m");
    term_wait_row(t, MESSAGE, "All offerings");
    term_wait_row(t, 1, "46 rows");
    leave(t);
}

/* ---- side by side -----------------------------------------------------------------------------
 */

static int column_of(struct term *t, const char *text)
{
    int col = -1;
    term_assert(t, term_find(t, text, NULL, &col));
    return col;
}

static bool stands_at(struct term *t, const void *arg)
{
    const struct {
        const char *text;
        int col;
    } *want = arg;
    int col;
    return term_find(t, want->text, NULL, &col) && col == want->col;
}

#define wait_column(t, text, col)                                                                  \
    term_wait(t, stands_at, (&(struct {                                                            \
                  const char *a;                                                                   \
                  int b;                                                                           \
              }){text, col}),                                                                      \
              text " there")

static void panes_are_made_wider(void **state)
{
    (void)state;
    struct term *t = start_wide("en");
    int calendar = column_of(t, "2 Calendar"), contacts = column_of(t, "3 Contacts");
    term_keys(t, "+");
    term_wait(t, stands_at, (&(struct {
                  const char *a;
                  int b;
              }){"2 Calendar", calendar + 5}),
              "the calendar further right");
    term_assert(t, column_of(t, "3 Contacts") > contacts);
    term_keys(t, "-");
    wait_column(t, "2 Calendar", calendar);
    /* The last pane grows at its left. */
    term_keys(t, "3+");
    term_wait_row(t, 1, ">3 Contacts");
    term_wait_text(t, "Askeland");
    term_assert(t, column_of(t, "3 Contacts") < contacts);
    term_keys(t, "-");
    wait_column(t, "3 Contacts", contacts);
    /* None is pushed off. */
    for (int i = 0; i < 30; i++)
        term_keys(t, "+");
    term_wait_row(t, 1, "1 Offerings");
    term_wait_row(t, 1, "2 Calendar");
    term_wait_row(t, 1, ">3 Contacts");
    leave(t);
}

static void two_panes_where_there_is_less_room(void **state)
{
    (void)state;
    current = fresh_database();
    struct term *t = open_desk(30, 110, "en", NULL);
    term_wait_row(t, 1, ">1 Offerings");
    term_wait_row(t, 1, "2 Calendar");
    term_wait_text(t, "BIM/1/3");
    term_wait_row(t, 1, "3 Contacts  4 Today"); /* no pane, but to be found */
    term_assert(t, !term_find(t, "Askeland, Britt", NULL, NULL));
    int calendar = column_of(t, "2 Calendar");
    term_keys(t, "+");
    term_wait(t, stands_at, (&(struct {
                  const char *a;
                  int b;
              }){"2 Calendar", calendar + 3}),
              "the calendar further right");
    term_keys(t, "3");
    term_wait_row(t, 1, ">3 Contacts");
    term_wait_text(t, "Askeland, Britt");
    term_wait_row(t, 1, "2 Calendar  4 Today");
    term_assert(t, !term_find(t, "BIM/1/3", NULL, NULL));
    term_keys(t, "4");
    term_wait_row(t, 1, ">4 Today");
    term_wait_row(t, 1, "1 Offerings   2 Calendar   3 Contacts");
    term_keys(t, "+"); /* nothing stands beside it */
    term_wait_row(t, 29, "Only one list is shown");
    leave(t);
}

/* ---- what is there again ----------------------------------------------------------------------
 */

static void the_state_is_there_again(void **state)
{
    (void)state;
    struct term *t = start_wide("en");
    int calendar = column_of(t, "2 Calendar");
    term_keys(t, "+b3"); /* wider, grouped by status */
    wait_column(t, "2 Calendar", calendar + 5);
    term_keys(t, "smobbing<Enter>");
    wait_selected(t, "BIM");
    term_keys(t, " ");
    term_wait_row(t, 49, "BIM only");
    term_keys(t, "z");
    term_wait_text(t, "+BIM");
    term_keys(t, "2");
    term_wait_row(t, 1, ">2 Calendar");
    term_keys(t, "5>>"); /* a month, two later */
    term_wait_row(t, 1, "BIM  April 2022");
    term_keys(t, "3");
    term_wait_row(t, 1, ">3 Contacts");
    term_wait_text(t, "Askeland");
    term_keys(t, "S"); /* by the second of its columns */
    term_wait_text(t, "Sort by");
    term_keys(t, "3");
    term_wait_text(t, "Organisation ↑");
    term_keys(t, "<Down><Down><Down>");
    term_wait_idle(t, 100);
    char chosen[60];
    int row, col;
    term_assert(t, term_cursor(t, &row, &col));
    snprintf(chosen, sizeof chosen, "%.20s", strstr(term_row(t, row), "│") + 3);
    snprintf(chosen, sizeof chosen, "%.24s", strrchr(term_row(t, row), '\x82') + 2);
    leave(t);

    t = term_start(50, 160,
                   (const char *const[]){stage_program, "-d", database(), "-l", "en", NULL}, NULL);
    term_wait_row(t, 1, ">3 Contacts");
    wait_column(t, "2 Calendar", calendar + 5);
    term_wait_text(t, "Organisation ↑");
    term_wait(t, is_selected, (&(struct selection){-1, chosen}), "the same person");
    term_wait_row(t, 1, "Search: mobbing");
    term_wait_row(t, 1, "BIM  April 2022");
    term_wait_row(t, 1, "BIM  109 rows");
    term_wait_gone(t, "Pulje 1");
    term_wait_row(t, 3, " running"); /* the heading of the groups */
    leave(t);
}

/* Each user has their own. */
static void anothers_state_is_theirs(void **state)
{
    (void)state;
    struct term *t = start();
    struct session *kari;
    char *set = NULL;
    RUN("-d", database(), "user", "add", "kari", "adviser");
    term_keys(t, "3o");
    term_wait_row(t, FIRST_ROW, "Akebakken barnehage");
    leave(t);
    assert_int_equal(session_open(&kari, database(), 0, "kari", NULL), ST_OK);
    assert_int_equal(setting_get(kari, false, "desk", &set, NULL), ST_OK);
    assert_null(set);
    assert_int_equal(setting_set(kari, false, "desk", "pane=1", NULL), ST_OK);
    session_close(kari);
    t = term_start(24, 80, (const char *const[]){stage_program, "-d", database(), "-l", "en", NULL},
                   NULL);
    term_wait_row(t, 1, ">3 Contacts");
    term_wait_row(t, FIRST_ROW, "Akebakken barnehage");
    leave(t);
}

/* An offering that is gone since narrows nothing, and words that nobody wrote do no harm. */
static void a_state_of_what_is_gone(void **state)
{
    (void)state;
    static const char *const words[] = {
        "", "pane=9;shares=90,90;chosen=4:999999;folded=7,x\n\n\n\n\nview=nonsense",
        "pane=0;chosen=4:", "\n\n\n\n\n\n\n\n"};
    current = fresh_database();
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct session *s;
        assert_int_equal(session_open(&s, database(), 0, NULL, NULL), ST_OK);
        assert_int_equal(setting_set(s, false, "desk", words[i], NULL), ST_OK);
        session_close(s);
        struct term *t = term_start(
            24, 80, (const char *const[]){stage_program, "-d", database(), "-l", "en", NULL}, NULL);
        term_wait_row(t, HINTS, "F1 Help");
        term_keys(t, "3");
        term_wait_row(t, 1, "165 rows");
        leave(t);
    }
}

/* ---- today ------------------------------------------------------------------------------------
 */

/* Somebody new meets the tour, then what needs doing. */
static void the_first_log_in(void **state)
{
    (void)state;
    unlink("first.db");
    RUN("-d", "first.db", "init", "--example", "asker");
    struct term *t = term_start(
        24, 80, (const char *const[]){stage_program, "-d", "first.db", "-l", "en", NULL}, NULL);
    term_wait_text(t, "1 of 6");
    term_keys(t, "<Esc>");
    term_wait_row(t, 1, ">4 Today");
    term_wait_row(t, FIRST_ROW, " late");
    wait_selected_at(t, FIRST_ROW + 1, "attendance not recorded");
    leave(t);
}

static void today_opens_what_it_shows(void **state)
{
    (void)state;
    struct term *t = start();
    RUN("-d", database(), "set", "cohort", "BIM/2", "deadline=2022-02-03");
    term_keys(t, "3n");
    term_wait_row(t, 1, "New: person");
    term_keys(t, "Halvferdig<C-g>");
    term_wait_text(t, "Keep as a draft");
    term_keys(t, "2");
    term_wait_row(t, MESSAGE, "kept as a draft");
    term_keys(t, "4<Home>");
    static const struct {
        const char *row, *title;
    } rows[] = {
        {"attendance not recorded", "gathering BIM/2/1"},
        {"registration closes", "cohort BIM/2"},
        {"on the waiting list", "cohort BIM/1"},
        {"have not answered", "cohort BIM/2"},
        {"BIM/1/3", "gathering BIM/1/3"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct selection wanted = {-1, rows[i].row};
        term_keys(t, "<Home>");
        term_wait_idle(t, 50);
        for (int k = 0; k < 12 && !is_selected(t, &wanted); k++) {
            term_keys(t, "j");
            term_wait_idle(t, 50);
        }
        term_wait(t, is_selected, &wanted, rows[i].row);
        term_keys(t, "<Enter>");
        term_wait_row(t, 1, rows[i].title);
        term_keys(t, "q");
        term_wait_row(t, 1, ">4 Today");
    }
    term_keys(t, "<End><Enter>"); /* the draft of somebody new */
    term_wait_row(t, 1, "New: person");
    term_wait_text(t, "Halvferdig");
    term_wait_row(t, 2, "Restored from your draft");
    term_keys(t, "<C-g>");
    term_wait_text(t, "Throw away");
    term_keys(t, "3");
    term_wait_row(t, 1, ">4 Today");
    term_keys(t, "<Home>r");
    term_wait_row(t, 1, "BIM/2/1");
    term_wait_row(t, HINTS, "t Present");
    term_keys(t, "q");
    leave(t);
}

/* ---- contacts ---------------------------------------------------------------------------------
 */

static void people_and_organisations_come_back_as_they_were(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3sødegård<Enter>");
    wait_selected_at(t, FIRST_ROW, "Ødegård");
    term_keys(t, "o");
    term_wait_row(t, 1, "138 rows");
    term_assert(t, !strstr(term_row(t, 1), "Search"));
    term_keys(t, "sblå<Enter>");
    term_wait_row(t, FIRST_ROW, "Blåbærlyngen barnehage");
    term_keys(t, "<Down>");
    wait_selected_at(t, FIRST_ROW + 1, "Blåklokka");
    term_keys(t, "o");
    term_wait_row(t, 1, "Search: ødegård");
    wait_selected_at(t, FIRST_ROW, "Ødegård");
    term_keys(t, "o");
    term_wait_row(t, 1, "Search: blå");
    wait_selected_at(t, FIRST_ROW + 1, "Blåklokka");
    leave(t);
}

static void two_are_made_one(void **state)
{
    (void)state;
    struct term *t = start();
    RUN("-d", database(), "add", "person", "given_name=Emil", "family_name=Bergseth",
        "phone=49322222");
    term_keys(t, "3sbergset emil<Enter>");
    wait_selected_at(t, FIRST_ROW, "Bergset, Emil");
    term_wait_row(t, FIRST_ROW + 1, "Bergseth, Emil");
    term_keys(t, "vvJ");
    term_wait_row(t, 1, "Make one of two: Emil Bergset");
    term_wait_row(t, 4, "* Bergset"); /* the one that was there first stays */
    term_wait_row(t, 4, "Bergseth");
    term_keys(t, "<F8>");
    term_wait_text(t, "Make one of Emil Bergset");
    term_wait_text(t, "Nothing belongs to the other.");
    term_keys(t, "n");
    term_wait_row(t, MESSAGE, "Nothing was done");
    term_wait_text(t, "Bergseth, Emil");
    term_keys(t, "J");
    term_wait_row(t, 1, "Make one of two: Emil Bergset");
    term_keys(t, "<F8>");
    term_wait_text(t, "y: yes, make one of them");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "The two are one now: Emil Bergset.");
    term_wait_row(t, FIRST_ROW, "493 22 222");
    term_wait_row(t, FIRST_ROW + 1, "");
    RUN("-d", database(), "list", "people", "--search", "bergset emil", "--format", "csv");
    assert_null(strstr(said, "Bergseth,"));
    term_keys(t, "u");
    term_wait_row(t, FIRST_ROW + 1, "Bergseth, Emil");
    RUN("-d", database(), "list", "people", "--search", "bergset emil", "--format", "csv");
    assert_true(was_said("Emil,Bergseth"));
    leave(t);
}

/* ---- imports and changes ----------------------------------------------------------------------
 */

static void an_import_is_taken_back_on_its_screen(void **state)
{
    (void)state;
    struct term *t = start();
    FILE *f = fopen("folk.csv", "w");
    assert_non_null(f);
    assert_true(fputs("Fornavn;Etternavn\nKlara;Fjeld\nPeder;Fjeld\n", f) >= 0);
    assert_int_equal(fclose(f), 0);
    term_keys(t, "I");
    term_wait_row(t, 1, "Imports");
    term_wait_text(t, "Nothing here yet.");
    RUN("-d", database(), "import", "people", "folk.csv");
    wait_selected(t, "folk.csv"); /* it comes by itself */
    term_keys(t, "t");
    term_wait_text(t, "Take back all of import 1 (folk.csv)?");
    term_keys(t, "t"); /* the key that asked does not confirm */
    term_wait_gone(t, "Take back all");
    RUN("-d", database(), "list", "people", "--search", "fjeld", "--format", "csv");
    assert_true(was_said("Klara,Fjeld"));
    term_keys(t, "t");
    term_wait_text(t, "y: yes, take it back");
    term_keys(t, "y");
    term_wait_gone(t, "y: yes");
    term_wait_row(t, MESSAGE, "Import 1 is taken back: 2 records");
    RUN("-d", database(), "list", "people", "--search", "fjeld", "--format", "csv");
    assert_null(strstr(said, "Fjeld"));
    term_keys(t, "q");
    term_wait_row(t, 1, ">1 Offerings");
    leave(t);
}

static void a_change_of_ones_own_is_chosen_and_taken_back(void **state)
{
    (void)state;
    struct term *t = start();
    RUN("-d", database(), "add", "person", "given_name=Klara", "family_name=Fjeld");
    RUN("-d", database(), "add", "person", "given_name=Peder", "family_name=Moe");
    term_keys(t, "H");
    term_wait_text(t, "Your last changes");
    term_wait_text(t, "new: Peder Moe");
    term_wait_text(t, "new: Klara Fjeld");
    term_keys(t, "2"); /* not the last one */
    term_wait_text(t, "Take back all of this? new: Klara Fjeld");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "Taken back: new: Klara Fjeld");
    RUN("-d", database(), "list", "people", "--search", "klara fjeld", "--format", "csv");
    assert_null(strstr(said, "Klara"));
    RUN("-d", database(), "list", "people", "--search", "peder moe", "--format", "csv");
    assert_true(was_said("Peder"));
    term_keys(t, "H");
    term_wait_text(t, "Your last changes");
    term_wait_text(t, "new: Peder Moe");
    term_assert(t, !term_find(t, " new: Klara Fjeld", NULL, NULL));
    term_keys(t, "<C-g>");
    term_wait_gone(t, "Your last changes");
    leave(t);
}

static void a_chosen_cohort_narrows_the_months(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "25");
    term_wait_row(t, 1, "February 2022");
    term_wait_text(t, "BIM/1/3");
    term_wait_text(t, "BIM/2/2");
    term_keys(t, "1sbim<Enter><Down><Down> 2");
    term_wait_row(t, 1, "BIM/2  February 2022");
    term_wait_gone(t, "BIM/1/3");
    term_wait_text(t, "BIM/2/2");
    term_keys(t, "a");
    term_wait_text(t, "BIM/1/3");
    term_wait_row(t, 1, "February 2022");
    term_assert(t, !strstr(term_row(t, 1), "BIM/2"));
    leave(t);
}

/* ---- size -------------------------------------------------------------------------------------
 */

static void another_size_keeps_the_place(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "<PgDn><PgDn>");
    wait_selected(t, "KLOFTET");
    term_resize(t, 50, 160);
    wait_selected(t, "KLOFTET");
    term_wait_text(t, "3 Contacts");
    term_resize(t, 10, 40);
    term_wait_text(t, "The window is too small");
    term_keys(t, "jjd"); /* nothing is done unseen */
    term_wait_idle(t, 200); /* read before the window grows */
    term_resize(t, 16, 60);
    wait_selected(t, "KLOFTET");
    term_assert(t, !term_find(t, "Remove", NULL, NULL));
    term_wait_row(t, 14, "F1 Help");
    term_keys(t, "j");
    wait_selected(t, "MATVINN");
    term_resize(t, 24, 80);
    wait_selected(t, "MATVINN");
    term_wait_row(t, 1, ">1 Offerings");
    leave(t);
}

static void a_message_outlives_a_new_size(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, " ");
    term_wait_row(t, MESSAGE, "AMBULERENDE only");
    term_resize(t, 30, 90);
    term_wait_row(t, 29, "AMBULERENDE only");
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
        {"d", "Remove Etablering av ambulerende team?"},
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

/* Of a long name the end is cut, never the key that brings it back. */
static void a_long_name_leaves_room_for_the_key(void **state)
{
    (void)state;
    struct term *t = start();
    RUN("-d", database(), "add", "organisation",
        "name=Øvre Blåklokkebakken kulturbarnehage og familiesenter i Asker sentrum, avdeling Vest");
    term_keys(t, "3osblåklokkebakken<Enter>");
    wait_selected(t, "Øvre Blåklokkebakken");
    term_keys(t, "d");
    term_wait_text(t, "y: yes, remove it");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "Removed Øvre Blåklokkebakken");
    term_wait_row(t, MESSAGE, "…; u brings it back.");
    term_keys(t, "u");
    term_wait_row(t, MESSAGE, "Taken back");
    leave(t);
}

int main(int argc, char **argv)
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
        cmocka_unit_test(commands_by_menu),
        cmocka_unit_test(palette_runs_by_name),
        cmocka_unit_test(help_lists_the_keys),
        cmocka_unit_test(cohorts_are_folded_away),
        cmocka_unit_test(offerings_are_grouped),
        cmocka_unit_test(ones_own_offerings),
        cmocka_unit_test(panes_are_made_wider),
        cmocka_unit_test(two_panes_where_there_is_less_room),
        cmocka_unit_test(the_state_is_there_again),
        cmocka_unit_test(anothers_state_is_theirs),
        cmocka_unit_test(a_state_of_what_is_gone),
        cmocka_unit_test(the_first_log_in),
        cmocka_unit_test(today_opens_what_it_shows),
        cmocka_unit_test(people_and_organisations_come_back_as_they_were),
        cmocka_unit_test(two_are_made_one),
        cmocka_unit_test(an_import_is_taken_back_on_its_screen),
        cmocka_unit_test(a_change_of_ones_own_is_chosen_and_taken_back),
        cmocka_unit_test(a_chosen_cohort_narrows_the_months),
        cmocka_unit_test(another_size_keeps_the_place),
        cmocka_unit_test(a_message_outlives_a_new_size),
        cmocka_unit_test(dialogs_in_another_size),
        cmocka_unit_test(bytes_are_few),
        cmocka_unit_test(a_long_name_leaves_room_for_the_key),
    };
    if (argc > 1)
        cmocka_set_test_filter(argv[1]); /* one of them */
    return cmocka_run_group_tests_name("desk", tests, stage_open, stage_close);
}
