/* Terminals of every make, none at all, lines that are cut, and keys at random: what must hold
 * whatever comes. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>

#include "stage.h"

#include "samling/buf.h"

#include "ui/action.h"

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
        term_keys(t, "<Home><Down>");
        wait_selected(t, "BARNEBOLIG");
        leave(t);
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
    term_keys(t, "<C-r>");
    term_wait_text(t, "Throw away what was typed");
    term_keys(t, "y");
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
    wait_selected(t, "BARNEBOLIG");
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
    wait_selected(t, "BARNEBOLIG");
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
        {"<Tab><Enter>", "cohort BIM/1"},
        {"r", "BIM/1"},
        {"<Enter>", "person"},
        {"<Tab><Tab><Enter>", "enrolment"},
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
        term_wait_row(t, 1, "45 rows");
    }
    leave(t);
}

/* ---- keys at random ---------------------------------------------------------------------------
 * $SAMLING_SOAK presses (else a few thousand), from $SAMLING_SEED (else another each time: it is
 * printed). Half of them are keys of the action table, the rest is text, pieces of sequences, texts
 * that are pasted, the mouse. Nothing has a "/" or a "~", so that no file name leaves the folder.
 */

static uint32_t seed;

static unsigned any(unsigned n)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % n;
}

/* As a terminal sends them: names of the action table, and others. */
static const struct {
    const char *name, *bytes;
} sent[] = {
    {"Enter", "\r"},         {"Space", " "},        {"Tab", "\t"},         {"Esc", "\033"},
    {"Shift-Tab", "\033[Z"}, {"Backspace", "\177"}, {"Insert", "\033[2~"}, {"Delete", "\033[3~"},
    {"Down", "\033OB"},      {"Up", "\033OA"},      {"Left", "\033OD"},    {"Right", "\033OC"},
    {"PgDn", "\033[6~"},     {"PgUp", "\033[5~"},   {"Home", "\033OH"},    {"End", "\033OF"},
    {"F1", "\033OP"},        {"F2", "\033OQ"},      {"F3", "\033OR"},      {"F4", "\033OS"},
    {"F5", "\033[15~"},      {"F6", "\033[17~"},    {"F7", "\033[18~"},    {"F8", "\033[19~"},
    {"F9", "\033[20~"},      {"F10", "\033[21~"},   {"", "\033[1;5D"},     {"", "\033[1;5C"},
    {"", "\033[1;2D"},       {"", "\033[1;2C"},     {"", "\033[1;2B"},     {"", "\033[1;2A"},
    {"", "\033[1;5H"},       {"", "\033[1;5F"},
};
enum { SENT = sizeof sent / sizeof *sent };

static const char *const texts[] = {"a",         "e", "bim",   "å",      "Ø",  "日",
                                    "e\314\201", "1", "2022-", "21.11.", "+7", "@",
                                    "Nordmann",  ".", "0",     "fre"};
static const char *const pieces[] = {
    "\033[",        "\033[1;5",  "\033O",         "\033]11;rgb:ff", "\033]11;rgb:ffff/ffff/ffff\a",
    "\303",         "\377",      "\033[99;99R",   "\033[200",       "\033[M",
    "\033[<0;5;",   "\033[201~", "\033[1;2;3;4q", "\033\033",       "\234\233",
    "\360\237\230", "\033]0;x"};
static const char *const pasted[] = {
    "\033[200~Fornavn\tEtternavn\tE-post\nÅse\tBerg\ta@b.no\n\033[201~", "\033[200~x\033[201~",
    "\033[200~\033[201~", "\033[200~two\nlines\r\n\033[201~"};

static void add(struct buf *out, const char *bytes)
{
    buf_add(out, bytes);
}

/* One of the keys of one action. Leaving is rarer than it would be: it takes time to come back. */
static void add_action_key(struct buf *out)
{
    const struct action *a = action_at((enum action_id)(1 + any(ACTION_COUNT - 1)));
    const char *keys[8];
    size_t n = 0;
    if (a->id == ACTION_QUIT && any(10) != 0)
        return;
    for (const char *k = a->keys; *k && n < 8; k += strcspn(k, " "), k += *k == ' ')
        keys[n++] = k;
    const char *key = keys[any((unsigned)n)];
    size_t len = strcspn(key, " ");
    if (len == 6 && strncmp(key, "Ctrl-", 5) == 0) {
        buf_addc(out, (char)(key[5] & 0x1f));
        return;
    }
    for (int i = 0; i < SENT; i++)
        if (strlen(sent[i].name) == len && strncmp(sent[i].name, key, len) == 0) {
            add(out, sent[i].bytes);
            return;
        }
    if (len == 1 && *key != '/' && (*key != 'q' || any(10) == 0))
        buf_addc(out, *key);
}

static void add_click(struct buf *out, int rows, int cols)
{
    static const int buttons[] = {0, 0, 0, 2, 64, 65, 1, 32, 35, 66, 4, 128};
    int button = buttons[any(sizeof buttons / sizeof *buttons)];
    int row = 1 + (int)any((unsigned)rows + 2), col = 1 + (int)any((unsigned)cols + 2);
    buf_addf(out, "\033[<%d;%d;%dM\033[<%d;%d;%dm", button, col, row, button, col, row);
}

static void add_press(struct buf *out, int rows, int cols)
{
#define ONE_OF(list) list[any(sizeof list / sizeof *list)]
    unsigned what = any(100);
    if (what < 50)
        add_action_key(out);
    else if (what < 72)
        add(out, sent[any(SENT)].bytes);
    else if (what < 86)
        add(out, ONE_OF(texts));
    else if (what < 93)
        add_click(out, rows, cols);
    else if (what < 97)
        add(out, ONE_OF(pieces));
    else if (what < 98)
        add(out, ONE_OF(pasted));
    else
        buf_addc(out, (char)(1 + any(26)));
#undef ONE_OF
}

/* What the sanitizer wrote: it would be lost on a screen. */
static void show_report(void)
{
    if (system("cat report.* >&2 2>/dev/null") == -1)
        perror("cat");
}

static struct term *begin(void)
{
    static const char *const displays[] = {"SAMLING_DISPLAY=mouse", "SAMLING_DISPLAY=mouse,light",
                                           "SAMLING_DISPLAY=mouse,plain", "SAMLING_DISPLAY="};
    struct term *t = term_start(
        24, 80,
        (const char *const[]){stage_program, "-d", database(), "-l", any(2) ? "en" : "nb", NULL},
        (const char *const[]){displays[any(4)], NULL});
    term_wait_text(t, "F1 ");
    return t;
}

/* It left by key, menu or palette, as it may; or it has crashed. */
static void end(struct term *t, uint32_t first_seed, const struct buf *last)
{
    int status = term_wait_exit(t);
    if (status != 0 || term_altscreen(t) || term_mouse(t) || !term_cursor(t, NULL, NULL)) {
        fprintf(stderr, "SAMLING_SEED=%u; the last keys:", first_seed);
        for (size_t i = 0; i < last->len; i++)
            fprintf(stderr, " %02x", (unsigned char)last->s[i]);
        fputc('\n', stderr);
        show_report();
        term_fail_at(t, "ended by keys at random", __FILE__, __LINE__);
    }
    term_end(t);
}

static void resize_at_random(struct term *t, int *rows, int *cols)
{
    bool small = any(10) == 0;
    *rows = small ? 1 + (int)any(20) : 16 + (int)any(85);
    *cols = small ? 1 + (int)any(70) : 60 + (int)any(241);
    term_resize(t, *rows, *cols);
}

static long number_in(const char *variable, long otherwise)
{
    const char *text = getenv(variable);
    return text && *text ? strtol(text, NULL, 10) : otherwise;
}

static double seconds(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void keys_at_random(void **state)
{
    (void)state;
    long presses = number_in("SAMLING_SOAK", 3000), left = 0;
    uint32_t first = (uint32_t)number_in("SAMLING_SEED", (long)time(NULL)) | 1;
    int rows = 24, cols = 80;
    struct buf keys = {0};
    const char *asan = getenv("ASAN_OPTIONS");
    char options[PATH_MAX + 1200];
    snprintf(options, sizeof options, "%s:log_path=%s/report", asan ? asan : "", stage_folder);
    setenv("ASAN_OPTIONS", options, 1);
    print_message("# SAMLING_SOAK=%ld SAMLING_SEED=%u\n", presses, first);
    seed = first;
    current = fresh_database();
    double began = seconds();
    struct term *t = begin();
    for (long i = 0; i < presses;) {
        buf_clear(&keys);
        for (unsigned n = 1 + any(16); n > 0 && i < presses; n--, i++)
            add_press(&keys, rows, cols);
        bool read = term_try_send(t, buf_str(&keys), keys.len);
        if (any(3) == 0) /* else it draws once for several */
            term_wait_idle(t, 1);
        while (read && !term_altscreen(t) &&
               !term_ended(t)) /* put aside for a moment, or leaving */
            term_wait_idle(t, 20);
        if (read && !term_ended(t) && term_altscreen(t)) {
            if (any(12) == 0)
                resize_at_random(t, &rows, &cols);
            continue;
        }
        end(t, first, &keys);
        t = begin();
        rows = 24;
        cols = 80;
        left++;
    }
    term_wait_idle(t, 300);
    kill(term_pid(t), SIGTERM);
    end(t, first, &keys);
    print_message("# %ld keys, %.0f a second; left and begun again %ld times\n", presses,
                  (double)presses / (seconds() - began), left);
    buf_free(&keys);
    setenv("ASAN_OPTIONS", asan ? asan : "", 1);
    RUN("-d", database(), "check");
    assert_true(was_said("No damage was found."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dumb_terminal_is_refused),
        cmocka_unit_test(no_terminal_is_refused),
        cmocka_unit_test(an_unknown_terminal_is_taken_for_an_xterm),
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
