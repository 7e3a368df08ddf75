/* Terminals of every make, none at all, lines that are cut, and keys at random: what must hold
 * whatever comes. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>

#include "stage.h"

/* ---- which terminals --------------------------------------------------------------------------
 */

static void a_dumb_terminal_is_refused(void **state)
{
    (void)state;
    current = fresh_database();
    struct term *t =
        term_start(24, 80, (const char *const[]){stage_program, "-l", "en", "-d", database(), NULL},
                   (const char *const[]){"TERM=dumb", NULL});
    assert_int_equal(term_wait_exit(t), 1);
    term_assert(t, term_find(t, "this terminal cannot place text on the screen", NULL, NULL));
    term_assert(t, term_find(t, "samling --help", NULL, NULL));
    assert_false(term_altscreen(t));
    term_end(t);
}

static void no_terminal_is_refused(void **state)
{
    (void)state;
    current = fresh_database();
    assert_int_equal(command("-l", "en", "-d", database(), NULL), 1);
    assert_true(was_said("samling: terminal: input and output must be a terminal"));
    assert_true(was_said("samling --help"));
}

static void an_unknown_terminal_is_taken_for_an_xterm(void **state)
{
    (void)state;
    static const char *const names[] = {"TERM=no-such-terminal", "TERM=unknown", "TERM=", "TERM"};
    current = fresh_database();
    for (size_t i = 0; i < 4; i++) {
        struct term *t = open_desk(24, 80, "en", (const char *const[]){names[i], NULL});
        term_keys(t, "<Down>");
        wait_selected_at(t, FIRST_ROW + 1, "AMBULERENDE");
        leave(t);
    }
}

/* The bytes of a PuTTY as it comes: F1–F4 as of a VT220, Home and End as of rxvt or the Linux
 * console. */
static void press_putty_keys(struct term *t)
{
    static const struct {
        const char *bytes, *row;
    } keys[] = {
        {"\033[12~", ">1 Offerings"}, {"\033[13~", ">2 Calendar"}, {"\033[14~", ">3 Contacts"},
        {"\033[15~", ">4 Today"},     {"\033OR", ">2 Calendar"},   {"\033[Z", ">1 Offerings"},
        {"\033OC", ">2 Calendar"},    {"\033[D", ">1 Offerings"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        term_send(t, keys[i].bytes, strlen(keys[i].bytes));
        term_wait_row(t, 1, keys[i].row);
    }
    static const struct {
        const char *bytes, *selected;
    } moves[] = {
        {"\033[4~", "TIDLIGINN"},  {"\033[1~", "AKTIVE"},     {"\033[8~", "TIDLIGINN"},
        {"\033[7~", "AKTIVE"},     {"\033[B", "AMBULERENDE"}, {"\033OB", "ASKERBHG"},
        {"\033[A", "AMBULERENDE"}, {"\033OA", "AKTIVE"},      {"\033[6~", "KLIMA"},
        {"\033[5~", "AKTIVE"},
    };
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        term_send(t, moves[i].bytes, strlen(moves[i].bytes));
        term_wait(t, is_selected, (&(struct selection){-1, moves[i].selected}), moves[i].selected);
    }
    term_send(t, "\033[11~", 5);
    term_wait_row(t, 1, "Help");
    term_send(t, "\177", 1);
    term_wait_row(t, 1, ">1 Offerings");
    term_send(t, "\033[21~", 5);
    term_wait_text(t, "Export");
    term_send(t, "\007", 1);
    term_wait_gone(t, "Export");
}

static void terminals_of_every_make(void **state)
{
    (void)state;
    static const char *const names[] = {"TERM=xterm", "TERM=xterm-256color",
                                        "TERM=linux", "TERM=screen-256color",
                                        "TERM=vt100", "TERM=tmux-256color"};
    current = fresh_database();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct term *t = open_desk(24, 80, "en", (const char *const[]){names[i], NULL});
        printf("# %s\n", names[i]);
        wait_selected_at(t, FIRST_ROW, "AKTIVE");
        press_putty_keys(t);
        term_keys(t, "q");
        assert_int_equal(term_wait_exit(t), 0);
        assert_true(term_cursor(t, NULL, NULL));
        term_end(t);
    }
}

/* An escape sequence that sets a colour: 30–37, 40–47, 90–97, 38, 48. */
static bool sends_colour(const char *bytes)
{
    for (const char *p = bytes; (p = strstr(p, "\033[")) != NULL;) {
        p += 2;
        const char *end = p + strspn(p, "0123456789;");
        while (*end == 'm' && p < end) {
            long n = strtol(p, NULL, 10);
            if ((n >= 30 && n <= 38) || (n >= 40 && n <= 48) || (n >= 90 && n <= 107))
                return true;
            p += strcspn(p, ";m") + 1;
        }
    }
    return false;
}

/* Through screens that have colours: an error in a form, the marks of panes that are not in focus.
 */
static bool colour_on_the_way(const char *const env[])
{
    current = fresh_database();
    struct term *t = open_desk(50, 160, "en", env);
    term_keys(t, "3n");
    term_wait_row(t, 1, "New: person");
    term_keys(t, "A<Tab>B<Tab>c<F8>");
    term_wait_row(t, 49, "Not saved");
    term_wait_idle(t, 100);
    bool colour = sends_colour(term_bytes(t));
    term_keys(t, "<C-x>");
    term_wait_row(t, 1, "3 Contacts");
    leave(t);
    return colour;
}

static void no_colour_where_none_is_wanted(void **state)
{
    (void)state;
    assert_false(colour_on_the_way((const char *const[]){"NO_COLOR=1", NULL}));
    assert_false(colour_on_the_way((const char *const[]){"TERM=vt100", NULL}));
    assert_true(colour_on_the_way((const char *const[]){"NO_COLOR=", NULL}));
}

/* ---- coming and going -------------------------------------------------------------------------
 */

static void the_terminal_is_left_as_it_was(void **state)
{
    (void)state;
    current = fresh_database();
    char script[PATH_MAX + 200];
    snprintf(script, sizeof script,
             "stty -a >before; '%s' -d %s -l en; echo left: $?; stty -a >after; read -r line",
             stage_program, database());
    struct term *t = term_start(24, 80, (const char *const[]){"sh", "-c", script, NULL}, NULL);
    term_wait_text(t, "AMBULERENDE");
    assert_true(term_altscreen(t));
    term_wait_row(t, STRIP, "No gathering");
    term_keys(t, "<C-q>");
    term_wait_text(t, "left: 0");
    assert_false(term_altscreen(t));
    assert_true(term_cursor(t, NULL, NULL));
    term_keys(t, "\r");
    term_wait_exit(t);
    term_end(t);
    read_file("before");
    char *before = strdup(said);
    read_file("after");
    assert_string_equal(said, before);
    free(before);
}

static void cut_lines_end_it_quietly(void **state)
{
    (void)state;
    static const char *const places[] = {"", "2r", "3n", "<F9>", "<C-p>", "i1", "<F1>", "3d"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct term *t = start();
        term_keys(t, places[i]);
        term_wait_idle(t, 50);
        term_hangup(t);
        assert_int_equal(term_wait_exit(t), 0);
        term_end(t);
    }
    RUN("-d", database(), "check");
}

/* Where there is no shell to go back to (a key that allows samling only), a pause would be for
 * ever. */
static void pausing_without_a_shell_goes_on(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "<C-t>");
    term_wait_idle(t, 300);
    term_keys(t, "<Down>");
    wait_selected_at(t, FIRST_ROW + 1, "AMBULERENDE");
    leave(t);
}

static void keys_that_mean_nothing_do_nothing(void **state)
{
    (void)state;
    struct term *t = start();
    term_send(t, "\0\1\3\034\035\036\037\xFF\xFE\xC3(\xED\xA0\x80", 15);
    term_send(t, "\033[201~\033[99;99R\033[M !!", 20);
    term_wait_idle(t, 300);
    for (int i = 0; i < 40; i++) /* bytes that are no letter are not the end of input */
        term_send(t, "\xFF", 1);
    term_wait_idle(t, 300);
    term_keys(t, "<C-g><F2>a<Home><Down>");
    wait_selected_at(t, FIRST_ROW + 1, "AMBULERENDE");
    leave(t);
}

/* A whole page pasted into a search is a search that finds nothing, not a hundred commands. */
static void a_flood_of_text(void **state)
{
    (void)state;
    struct term *t = start();
    char flood[20000];
    for (size_t i = 0; i < sizeof flood; i++)
        flood[i] = "abcdefghij klmnop "[i % 18];
    term_keys(t, "3s");
    term_wait_row(t, 1, "Search:");
    term_send(t, flood, sizeof flood);
    term_wait_text(t, "Nothing found.");
    term_keys(t, "<C-u>bergset");
    term_wait_row(t, FIRST_ROW, "Bergset, Emil");
    term_keys(t, "<Esc>");
    term_wait_row(t, 1, "165 rows");
    leave(t);
}

/* Deeper and deeper, and all the way back at once. */
static void screens_upon_screens(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *title;
    } steps[] = {
        {"sbim<Enter><Enter>", "offering BIM"},
        {"<Enter>", "cohort BIM/1"},
        {"<Tab><Tab>", "cohort BIM/1"},
        {"r", "BIM/1"},
        {"<Enter>", "person"},
        {"<Tab><Enter>", "enrolment"},
        {"e", "Change:"},
        {"<F1>", "Help"},
    };
    struct term *t = start();
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
            term_keys(t, steps[i].keys);
            term_wait_row(t, 1, steps[i].title);
        }
        term_keys(t, "1");
        term_wait_row(t, 1, ">1 Offerings");
        term_keys(t, "a");
        term_wait_row(t, 1, "39 rows");
    }
    leave(t);
}

/* ---- keys at random ---------------------------------------------------------------------------
 */

static uint32_t seed;

static unsigned any(unsigned n)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % n;
}

/* No "/", so that no file name leaves the folder; nothing that means something to a line that is no
 * longer samling's. */
static const char *const random_keys[] = {
    "<Enter>", "<Enter>", "<Enter>", "<Down>", "<Down>",  "<Up>",  "<PgDn>", "<PgUp>", "<Home>",
    "<End>",   "<Tab>",   "<S-Tab>", "<Left>", "<Right>", "<BS>",  "<Del>",  "<F1>",   "<F2>",
    "<F3>",    "<F4>",    "<F5>",    "<F8>",   "<F9>",    "<F10>", "<C-p>",  "<C-o>",  "<C-x>",
    "<C-g>",   "<C-l>",   "<C-d>",   "<C-e>",  "<C-y>",   "<C-a>", "<C-f>",  "<C-w>",  "<Space>",
    "<Esc>",   "1",       "2",       "3",      "4",       "a",     "b",      "c",      "d",
    "e",       "g",       "h",       "i",      "j",       "k",     "m",      "n",      "o",
    "p",       "r",       "s",       "t",      "u",       "v",     "w",      "x",      "y",
    "å",       "Ø",       "日",      "U",      "P",       "O",     "G",      "+",      "?",
    ".",       "@",       "0",       "9",      "bim",     "2022-", "q",
};

static void keys_at_random(void **state)
{
    (void)state;
    enum { KEYS = 4000 };
    static const struct {
        int rows, cols;
    } sizes[] = {{24, 80}, {50, 160}, {16, 60}, {30, 120}, {10, 40}, {24, 80}};
    struct term *t = start();
    int left = 0;
    seed = 20220201;
    for (int i = 0; i < KEYS; i++) {
        const char *key = random_keys[any(sizeof random_keys / sizeof *random_keys)];
        while (!term_altscreen(t) && !term_ended(t)) /* put aside for a moment, or leaving */
            term_wait_idle(t, 20);
        bool read = term_try_keys(t, key);
        if (any(20) == 0)
            term_wait_idle(t, 15);
        if (any(100) == 0) {
            size_t s = any(sizeof sizes / sizeof *sizes);
            term_resize(t, sizes[s].rows, sizes[s].cols);
        }
        if (!read || term_ended(t)) { /* it left, by key, menu or palette; or it has crashed */
            int status = term_wait_exit(t);
            if (status != 0)
                term_fail_at(t, "ended by a random key", __FILE__, __LINE__);
            term_end(t);
            t = term_start(24, 80,
                           (const char *const[]){stage_program, "-d", database(), "-l", "en", NULL},
                           NULL);
            term_wait_text(t, "F1 Help");
            left++;
        }
    }
    term_wait_idle(t, 500);
    kill(term_pid(t), SIGTERM);
    assert_int_equal(term_wait_exit(t), 0);
    term_end(t);
    printf("# %d keys at random, left and begun again %d times\n", KEYS, left);
    RUN("-d", database(), "check");
    assert_true(was_said("No damage was found."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dumb_terminal_is_refused),
        cmocka_unit_test(no_terminal_is_refused),
        cmocka_unit_test(an_unknown_terminal_is_taken_for_an_xterm),
        cmocka_unit_test(terminals_of_every_make),
        cmocka_unit_test(no_colour_where_none_is_wanted),
        cmocka_unit_test(the_terminal_is_left_as_it_was),
        cmocka_unit_test(cut_lines_end_it_quietly),
        cmocka_unit_test(pausing_without_a_shell_goes_on),
        cmocka_unit_test(keys_that_mean_nothing_do_nothing),
        cmocka_unit_test(a_flood_of_text),
        cmocka_unit_test(screens_upon_screens),
        cmocka_unit_test(keys_at_random),
    };
    return cmocka_run_group_tests_name("robust", tests, stage_open, stage_close);
}
