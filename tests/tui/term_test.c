/* Tests of the terminal that the other tests look through: a shell, cat, and a small curses program
 * (this one, called with --curses). Called with --failing it runs tests that fail, to see how. */
#include "config.h"

#include "term.h"

#include <errno.h>
#include <locale.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <curses.h>

static const char *self;

static struct term *start_shell(const char *script)
{
    return term_start(6, 30, (const char *const[]){"sh", "-c", script, NULL}, NULL);
}

static struct term *start_curses(void)
{
    struct term *t = term_start(10, 40, (const char *const[]){self, "--curses", NULL},
                                (const char *const[]){"LC_ALL=C.UTF-8", "ESCDELAY=100", NULL});
    term_wait_text(t, "ready");
    return t;
}

/* ---- text, cursor, bytes ------------------------------------------------------------------------
 */

static void text_arrives(void **state)
{
    (void)state;
    struct term *t = start_shell("printf 'one\\r\\n\\r\\n  Åse 日本 x'; read -r line");
    term_wait_text(t, "日本 x");
    assert_string_equal(term_row(t, 0), "one");
    assert_string_equal(term_row(t, 1), "");
    assert_string_equal(term_row(t, 2), "  Åse 日本 x");
    assert_string_equal(term_screen(t), "one\n\n  Åse 日本 x\n\n\n\n");
    term_wait_cursor(t, 2, 12);
    int row, col;
    assert_true(term_find(t, "x", &row, &col));
    assert_int_equal(row, 2);
    assert_int_equal(col, 11);
    assert_true(term_find(t, "本", &row, &col));
    assert_int_equal(col, 8);
    assert_false(term_find(t, "two", NULL, NULL));
    assert_int_equal(term_attr(t, 2, 6).width, 2);
    assert_string_equal(term_attr(t, 2, 6).text, "日");
    assert_int_equal(term_attr(t, 2, 7).width, 0);
    assert_string_equal(term_attr(t, 2, 7).text, "");
    term_end(t);
}

static void combining_marks_stay_with_their_letter(void **state)
{
    (void)state;
    struct term *t = start_shell("printf 'A\\314\\212se|'; read -r line");
    term_wait_text(t, "A\xCC\x8Ase|");
    assert_string_equal(term_attr(t, 0, 0).text, "A\xCC\x8A");
    assert_string_equal(term_attr(t, 0, 1).text, "s");
    term_end(t);
}

static void bytes_of_latin1_are_shown(void **state)
{
    (void)state;
    struct term *t =
        start_shell("read -r line; printf '\\305se \\346\\370\\345 -\\033[3b\\033[1m!\\r\\n'; "
                    "printf '=\\033[28b=|'; read -r line");
    term_latin1(t);
    assert_true(term_try_send(t, "x\r", 2));
    term_wait_text(t, "Åse æøå ----!");
    term_wait_row(t, 3, "|"); /* thirty columns, and no line broken too early */
    assert_true(term_attr(t, 1, 12).bold);
    term_end(t);
}

static void attributes_are_seen(void **state)
{
    (void)state;
    struct term *t = start_shell(
        "printf 'a\\033[1mb\\033[0;7mc\\033[0;4md\\033[0;31;44me\\033[0m.'; read -r line");
    term_wait_text(t, "abcde.");
    struct term_cell plain = term_attr(t, 0, 0);
    assert_false(plain.bold || plain.reverse || plain.underline || plain.blink);
    assert_int_equal(plain.fg, TERM_DEFAULT);
    assert_int_equal(plain.bg, TERM_DEFAULT);
    assert_true(term_attr(t, 0, 1).bold);
    assert_true(term_attr(t, 0, 2).reverse);
    assert_false(term_attr(t, 0, 2).bold);
    assert_true(term_attr(t, 0, 3).underline);
    assert_int_equal(term_attr(t, 0, 4).fg, 1);
    assert_int_equal(term_attr(t, 0, 4).bg, 4);
    term_end(t);
}

static void bytes_are_counted_from_the_mark(void **state)
{
    (void)state;
    struct term *t = start_shell(
        "stty -echo; printf start; read -r line; printf '\\033[2;1Hmore\\a'; read -r line");
    term_wait_text(t, "start");
    assert_int_equal(term_since(t), 5);
    assert_int_equal(term_bells(t), 0);
    term_mark(t);
    assert_int_equal(term_since(t), 0);
    term_keys(t, "<Enter>");
    term_wait_row(t, 1, "more");
    term_wait_idle(t, 30);
    assert_string_equal(term_bytes(t), "\033[2;1Hmore\a");
    assert_int_equal(term_since(t), 11);
    assert_int_equal(term_bells(t), 1);
    term_mark(t);
    term_wait_idle(t, 30);
    assert_int_equal(term_since(t), 0);
    term_end(t);
}

static void waiting_sees_text_go(void **state)
{
    (void)state;
    struct term *t =
        start_shell("stty -echo; printf here; read -r line; printf '\\r\\033[K'; read -r line");
    term_wait_text(t, "here");
    term_keys(t, "<Enter>");
    term_wait_gone(t, "here");
    term_wait_row(t, 0, "");
    term_end(t);
}

static bool has_two_rows(struct term *t, const void *arg)
{
    return *term_row(t, 0) && strcmp(term_row(t, 1), arg) == 0;
}

static void a_test_of_ones_own_can_be_waited_for(void **state)
{
    (void)state;
    struct term *t = start_shell("printf 'a\\r\\nb'; read -r line");
    term_wait(t, has_two_rows, "b", "two rows");
    term_assert(t, term_find(t, "b", NULL, NULL));
    term_end(t);
}

/* libvterm, not the test, answers what a terminal is asked. */
static void questions_to_the_terminal_are_answered(void **state)
{
    (void)state;
    struct term *t =
        start_shell("stty raw -echo; printf '\\033[3;5H\\033[6n'; "
                    "dd bs=1 count=6 2>/dev/null | tr '\\033' E; stty sane; read -r line");
    term_wait_text(t, "E[3;5R");
    term_end(t);
}

/* ---- keys ---------------------------------------------------------------------------------------
 */

static void typed_text_arrives_whole(void **state)
{
    (void)state;
    struct term *t = term_start(4, 40, (const char *const[]){"cat", NULL}, NULL);
    term_keys(t, "Åse <lt>x><Space>y<Enter>");
    term_wait_row(t, 1, "Åse <x> y");
    term_keys(t, "<C-d>");
    assert_int_equal(term_wait_exit(t), 0);
    term_end(t);
}

static void much_text_goes_in_while_much_comes_out(void **state)
{
    (void)state;
    enum { N = 200000 };
    struct term *t =
        start_shell("stty raw -echo; printf ready; dd bs=1000 count=200 iflag=fullblock "
                    "2>/dev/null; printf '\\r\\ndone'; read -r line");
    term_wait_text(t, "ready");
    term_mark(t);
    char *text = malloc(N);
    assert_non_null(text);
    memset(text, 'a', N);
    term_send(t, text, N);
    free(text);
    term_wait_text(t, "done");
    assert_int_equal(term_since(t), N + strlen("\r\ndone"));
    term_end(t);
}

static void named_keys_reach_curses(void **state)
{
    (void)state;
    static const struct {
        const char *key, *shown;
    } keys[] = {
        {"<Up>", "KEY_UP"},       {"<Down>", "KEY_DOWN"},  {"<Left>", "KEY_LEFT"},
        {"<Right>", "KEY_RIGHT"}, {"<Home>", "KEY_HOME"},  {"<End>", "KEY_END"},
        {"<PgUp>", "KEY_PPAGE"},  {"<PgDn>", "KEY_NPAGE"}, {"<Del>", "KEY_DC"},
        {"<Ins>", "KEY_IC"},      {"<S-Tab>", "KEY_BTAB"}, {"<BS>", "KEY_BACKSPACE"},
        {"<F1>", "KEY_F(1)"},     {"<F4>", "KEY_F(4)"},    {"<F5>", "KEY_F(5)"},
        {"<F9>", "KEY_F(9)"},     {"<F12>", "KEY_F(12)"},  {"<Tab>", "^I"},
        {"<Enter>", "^M"},        {"<C-p>", "^P"},         {"<Esc>", "^["},
        {"ø", "letter 248"},      {"<F10>", "KEY_F(10)"},
    };
    struct term *t = start_curses();
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        char expected[40];
        snprintf(expected, sizeof expected, "key %zu: %s.", i + 1, keys[i].shown);
        term_keys(t, keys[i].key);
        term_wait_row(t, 2, expected);
    }
    term_keys(t, "<M-x>");
    term_wait_row(t, 2, "letter 120.");
    term_end(t);
}

/* ---- a full-screen program
 * ------------------------------------------------------------------------ */

static void curses_paints(void **state)
{
    (void)state;
    struct term *t = start_curses();
    term_wait_row(t, 6, "────");
    assert_true(term_altscreen(t));
    assert_false(term_mouse(t));
    assert_false(term_cursor(t, NULL, NULL));
    assert_string_equal(term_row(t, 4), "selected");
    for (int col = 0; col < 40; col++)
        assert_true(term_attr(t, 4, col).reverse);
    assert_false(term_attr(t, 5, 0).reverse);
    assert_int_equal(term_attr(t, 5, 0).fg, 2);
    term_keys(t, "q");
    assert_int_equal(term_wait_exit(t), 7);
    assert_int_equal(term_wait_exit(t), 7);
    assert_false(term_altscreen(t));
    assert_true(term_cursor(t, NULL, NULL));
    term_end(t);
}

static void a_new_size_reaches_the_program(void **state)
{
    (void)state;
    struct term *t = start_curses();
    static const int sizes[][2] = {{24, 80}, {50, 160}, {16, 60}, {5, 20}, {24, 80}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char expected[40];
        snprintf(expected, sizeof expected, "ready %dx%d", sizes[i][0], sizes[i][1]);
        term_resize(t, sizes[i][0], sizes[i][1]);
        term_wait_row(t, 0, expected);
        int rows, cols;
        term_size(t, &rows, &cols);
        assert_int_equal(rows, sizes[i][0]);
        assert_int_equal(cols, sizes[i][1]);
    }
    term_end(t);
}

/* ---- the end
 * -------------------------------------------------------------------------------------- */

static void exit_status_and_last_words_are_kept(void **state)
{
    (void)state;
    struct term *t = start_shell("printf 'last words'; exit 3");
    assert_int_equal(term_wait_exit(t), 3);
    assert_true(term_ended(t));
    assert_false(term_try_keys(t, "x<Down>"));
    assert_string_equal(term_row(t, 0), "last words");
    term_wait_text(t, "last words");
    term_end(t);
}

static void a_signal_is_told_apart(void **state)
{
    (void)state;
    struct term *t = start_shell("printf ready; read -r line; kill -TERM $$; read -r line");
    term_wait_text(t, "ready");
    assert_false(term_ended(t));
    assert_true(term_try_keys(t, "x<Enter>"));
    assert_int_equal(term_wait_exit(t), 128 + SIGTERM);
    term_end(t);
}

static void hanging_up_reaches_the_program(void **state)
{
    (void)state;
    char path[] = "/tmp/samling-term-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    char script[200];
    snprintf(
        script, sizeof script,
        "trap 'echo hung >%s; exit 5' HUP; printf ready; while :; do read -r line || exit 6; done",
        path);
    struct term *t = start_shell(script);
    term_wait_text(t, "ready");
    term_hangup(t);
    assert_int_equal(term_wait_exit(t), 5);
    assert_string_equal(term_row(t, 0), "ready");
    char said[8] = "";
    assert_int_equal(read(fd, said, sizeof said - 1), 5);
    assert_string_equal(said, "hung\n");
    close(fd);
    unlink(path);
    term_end(t);
}

static void ending_kills_what_still_runs(void **state)
{
    (void)state;
    struct term *t =
        start_shell("trap '' HUP TERM INT; printf ready; while :; do read -r line; done");
    term_wait_text(t, "ready");
    pid_t pid = term_pid(t);
    assert_int_equal(kill(pid, 0), 0);
    term_end(t);
    assert_int_equal(kill(pid, 0), -1);
    assert_int_equal(errno, ESRCH);
}

static void a_program_that_is_not_there_says_so(void **state)
{
    (void)state;
    struct term *t = term_start(4, 60, (const char *const[]){"/nonexistent/samling", NULL}, NULL);
    assert_int_equal(term_wait_exit(t), 127);
    term_wait_row(t, 0, "cannot run /nonexistent/samling");
    term_end(t);
}

static void the_environment_is_what_was_asked_for(void **state)
{
    (void)state;
    setenv("LINES", "3", 1);
    setenv("TERM_TEST_GONE", "yes", 1);
    struct term *t = term_start(
        4, 60,
        (const char *const[]){
            "sh", "-c", "echo $TERM ${LINES-none} ${TERM_TEST_GONE-gone} $TERM_TEST; stty size",
            NULL},
        (const char *const[]){"TERM_TEST=a=b", "TERM_TEST_GONE", NULL});
    assert_int_equal(term_wait_exit(t), 0);
    assert_string_equal(term_row(t, 0), "xterm-256color none gone a=b");
    assert_string_equal(term_row(t, 1), "4 60");
    term_end(t);
    unsetenv("LINES");
    unsetenv("TERM_TEST_GONE");
}

/* ---- failing
 * -------------------------------------------------------------------------------------- */

static void failing_wait(void **state)
{
    (void)state;
    struct term *t = start_shell("printf 'what is \\033[7mthere\\033[0m'; read -r line");
    term_wait_text(t, "what is not there");
}

static void failing_after_the_end(void **state)
{
    (void)state;
    struct term *t = start_shell("printf 'gone too soon'; exit 4");
    term_wait_row(t, 1, "more");
}

static void failing_assertion(void **state)
{
    (void)state;
    struct term *t = start_shell("printf ready; read -r line");
    term_wait_text(t, "ready");
    term_assert(t, term_bells(t) == 1);
}

static void failing_key(void **state)
{
    (void)state;
    struct term *t = start_shell("printf ready; read -r line");
    term_keys(t, "<Hyper>");
}

static int run_failing(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failing_wait),
        cmocka_unit_test(failing_after_the_end),
        cmocka_unit_test(failing_assertion),
        cmocka_unit_test(failing_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

static void a_failure_shows_the_screen(void **state)
{
    (void)state;
    char command[4200];
    snprintf(command, sizeof command, "TERM_DEADLINE=1 '%s' --failing 2>&1", self);
    FILE *f = popen(command, "r");
    assert_non_null(f);
    char said[16384];
    size_t n = fread(said, 1, sizeof said - 1, f);
    said[n] = '\0';
    int status = pclose(f);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 4);
    static const char *const expected[] = {
        "time is up: waited in vain for “what is not there”",
        "  0 |what is there                 | reverse 8-12\n",
        "screen 30x6, cursor at row 0 column 13",
        "the program is running",
        "the program has ended: waited in vain for “more” in row 1",
        "  0 |gone too soon ",
        "the program has ended with status 4",
        "expected: term_bells(t) == 1",
        "a key that cannot be pressed: <Hyper>",
        "term_test.c:",
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (!strstr(said, expected[i]))
            fail_msg("“%s” is missing in:\n%s", expected[i], said);
}

/* ---- the small curses program
 * --------------------------------------------------------------------- */

static void paint(const char *message)
{
    erase();
    mvprintw(0, 0, "ready %dx%d", LINES, COLS);
    mvaddstr(2, 0, message);
    attron(A_REVERSE);
    mvhline(4, 0, ' ', COLS);
    mvaddstr(4, 0, "selected");
    attroff(A_REVERSE);
    attron(COLOR_PAIR(1));
    mvaddstr(5, 0, "green");
    attroff(COLOR_PAIR(1));
    mvhline(6, 0, 0, 4);
    refresh();
}

static int run_curses(void)
{
    setlocale(LC_ALL, "");
    initscr();
    start_color();
    use_default_colors();
    init_pair(1, COLOR_GREEN, -1);
    raw();
    nonl();
    noecho();
    keypad(stdscr, TRUE);
    curs_set(0);
    /* ncurses notices a change of size that came between two reads only when a read ends. */
    timeout(50);
    /* ncurses sees a change of size that comes between two reads only when a read ends. */
    timeout(50);
    char message[80] = "";
    for (int keys = 0;;) {
        paint(message);
        wint_t c = 0;
        int kind = get_wch(&c);
        if (kind == OK && c == 'q')
            break;
        if (kind == ERR || (kind == KEY_CODE_YES && c == KEY_RESIZE))
            continue;
        keys++;
        if (kind == KEY_CODE_YES)
            snprintf(message, sizeof message, "key %d: %s.", keys, keyname((int)c));
        else if (c < 32)
            snprintf(message, sizeof message, "key %d: ^%c.", keys, (int)c + '@');
        else
            snprintf(message, sizeof message, "key %d: letter %d.", keys, (int)c);
    }
    endwin();
    return 7;
}

int main(int argc, char **argv)
{
    self = argv[0];
    if (argc > 1 && strcmp(argv[1], "--curses") == 0)
        return run_curses();
    if (argc > 1 && strcmp(argv[1], "--failing") == 0)
        return run_failing();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_arrives),
        cmocka_unit_test(combining_marks_stay_with_their_letter),
        cmocka_unit_test(bytes_of_latin1_are_shown),
        cmocka_unit_test(attributes_are_seen),
        cmocka_unit_test(bytes_are_counted_from_the_mark),
        cmocka_unit_test(waiting_sees_text_go),
        cmocka_unit_test(a_test_of_ones_own_can_be_waited_for),
        cmocka_unit_test(questions_to_the_terminal_are_answered),
        cmocka_unit_test(typed_text_arrives_whole),
        cmocka_unit_test(much_text_goes_in_while_much_comes_out),
        cmocka_unit_test(named_keys_reach_curses),
        cmocka_unit_test(curses_paints),
        cmocka_unit_test(a_new_size_reaches_the_program),
        cmocka_unit_test(exit_status_and_last_words_are_kept),
        cmocka_unit_test(a_signal_is_told_apart),
        cmocka_unit_test(hanging_up_reaches_the_program),
        cmocka_unit_test(ending_kills_what_still_runs),
        cmocka_unit_test(a_program_that_is_not_there_says_so),
        cmocka_unit_test(the_environment_is_what_was_asked_for),
        cmocka_unit_test(a_failure_shows_the_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
