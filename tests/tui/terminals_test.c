/* The same on every terminal: text, boxes and keys, in UTF-8 and in Latin-1, through tmux, after a
 * pause and after a crash; colours, the mouse, and that a key is one write. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>

#include "stage.h"

static const char *const makes[] = {"xterm",  "xterm-256color", "putty",       "putty-256color",
                                    "vt100",  "vt220",          "linux",       "screen",
                                    "nsterm", "tmux-256color",  "ms-terminal", "screen-256color"};
enum { MAKES = sizeof makes / sizeof *makes };

static const char *term_is(const char *name)
{
    static char text[60];
    snprintf(text, sizeof text, "TERM=%s", name);
    return text;
}

static struct term *open_with(const char *const env[])
{
    current = fresh_database();
    return open_desk(24, 80, "en", env);
}

/* ---- one run, everywhere ------------------------------------------------------------------------
 */

/* How the terminal sends what is typed. */
static void type(struct term *t, const char *utf8, bool latin1)
{
    char bytes[200];
    size_t n = 0;
    for (const char *p = utf8; *p && n < sizeof bytes - 1; p++) {
        unsigned char c = (unsigned char)*p;
        if (latin1 && c >= 0xC2 && c <= 0xC3) {
            p++;
            bytes[n++] = (char)(c << 6 | (*p & 0x3F));
        } else {
            bytes[n++] = *p;
        }
    }
    term_send(t, bytes, n);
}

static bool is_rule(struct term *t, const void *arg)
{
    const int *want = arg;
    const char *text = term_row(t, want[0]);
    int n = 0;
    for (; strncmp(text, "─", 3) == 0; text += 3)
        n++;
    return n == want[1] && !*text;
}

static void has_rule(struct term *t, int row, int cols)
{
    term_wait(t, is_rule, ((const int[]){row, cols}), "a rule from edge to edge");
}

static void move_and_resize(struct term *t)
{
    wait_selected(t, "AMBULERENDE");
    has_rule(t, 2, 80);
    term_keys(t, "<Down><Down>");
    wait_selected(t, "BVREFORM");
    term_resize(t, 30, 99);
    has_rule(t, 2, 99);
    wait_selected(t, "BVREFORM");
    term_resize(t, 24, 80);
    has_rule(t, 2, 80);
    term_keys(t, "<Up>");
    wait_selected(t, "BARNEBOLIG");
}

static void menus_have_boxes(struct term *t)
{
    term_send(t, "\017", 1);
    term_wait_row(t, 1, "┌─");
    term_assert(t, term_find(t, "│", NULL, NULL));
    term_assert(t, term_find(t, "└─", NULL, NULL));
    term_send(t, "\007", 1);
    term_wait_gone(t, "└─");
}

static void search_norwegian(struct term *t, bool latin1)
{
    term_keys(t, "3");
    term_wait_row(t, 1, "165 rows");
    term_keys(t, "s");
    term_wait_row(t, 1, "Search:");
    type(t, "bjørå må", latin1);
    term_wait_row(t, FIRST_ROW, "Bjørå, Målfrid");
    term_wait_row(t, 1, "bjørå må");
    term_keys(t, "<C-u>");
    type(t, "kjærs", latin1);
    term_wait_row(t, FIRST_ROW, "Kjærstad");
    term_keys(t, "<C-g>");
    term_wait_row(t, 1, "165 rows");
}

static void fill_in_a_form(struct term *t, bool latin1)
{
    term_keys(t, "n");
    term_wait_row(t, 1, "New: person");
    type(t, "Åse Ærlig Øy é", latin1);
    term_wait_text(t, "Given name Åse Ærlig Øy é");
    for (int i = 0; i < 14; i++)
        term_send(t, i % 2 ? "\177" : "\010", 1);
    term_wait_gone(t, "Åse");
    term_keys(t, "<C-g>");
    term_wait_row(t, 1, "3 Contacts");
}

static void the_same_run(struct term *t, bool latin1)
{
    move_and_resize(t);
    menus_have_boxes(t);
    search_norwegian(t, latin1);
    fill_in_a_form(t, latin1);
    leave(t);
}

static void terminals_of_every_make(void **state)
{
    (void)state;
    for (int i = 0; i < MAKES; i++) {
        print_message("# %s\n", makes[i]);
        the_same_run(open_with((const char *const[]){term_is(makes[i]), NULL}), false);
    }
}

/* ---- keys ---------------------------------------------------------------------------------------
 */

/* What a PuTTY sends as it comes, whatever TERM says: F1–F4 as of a VT220, Home and End as of rxvt
 * or the Linux console; PF1–PF4 of a VT100, the Linux console's own, keys with Shift or Ctrl. */
static void press_keys_of_all(struct term *t)
{
    static const struct {
        const char *bytes, *row;
    } keys[] = {
        {"\033[12~", ">1 Offerings"}, {"\033[13~", ">2 Calendar"}, {"\033[14~", ">3 Contacts"},
        {"\033[15~", ">4 Today"},     {"\033OR", ">2 Calendar"},   {"\033OQ", ">1 Offerings"},
        {"\033OS", ">3 Contacts"},    {"\033[[C", ">2 Calendar"},  {"\033[[E", ">4 Today"},
        {"\033[[D", ">3 Contacts"},   {"\033[[B", ">1 Offerings"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        term_send(t, keys[i].bytes, strlen(keys[i].bytes));
        term_wait_row(t, 1, keys[i].row);
    }
    static const struct {
        const char *bytes, *selected;
    } moves[] = {
        {"\033[4~", "STVURD"},        {"\033[1~", "AMBULERENDE"},  {"\033[8~", "STVURD"},
        {"\033[7~", "AMBULERENDE"},   {"\033[F", "STVURD"},        {"\033[H", "AMBULERENDE"},
        {"\033OF", "STVURD"},         {"\033OH", "AMBULERENDE"},   {"\033[B", "BARNEBOLIG"},
        {"\033OB", "BVREFORM"},       {"\033[A", "BARNEBOLIG"},    {"\033OA", "AMBULERENDE"},
        {"\033[6~", "HINN"},          {"\033[5~", "AMBULERENDE"},  {"\033[6;2~", "HINN"},
        {"\033[5;5~", "AMBULERENDE"}, {"\033[1;7B", "BARNEBOLIG"}, {"\033[1;7A", "AMBULERENDE"},
    };
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        term_send(t, moves[i].bytes, strlen(moves[i].bytes));
        term_wait(t, is_selected, (&(struct selection){-1, moves[i].selected}), moves[i].selected);
    }
    term_send(t, "\033[11~", 5);
    term_wait_row(t, 1, "Help");
    term_send(t, "\177", 1);
    term_wait_row(t, 1, ">1 Offerings");
    static const char *const menus[] = {"\033[21~", "\033[20~"};
    for (size_t i = 0; i < 2; i++) {
        term_send(t, menus[i], 5);
        term_wait_text(t, "Export");
        term_send(t, "\007", 1);
        term_wait_gone(t, "Export");
    }
}

static void keys_of_every_make(void **state)
{
    (void)state;
    for (int i = 0; i < MAKES; i++) {
        struct term *t = open_with((const char *const[]){term_is(makes[i]), NULL});
        print_message("# %s\n", makes[i]);
        wait_selected(t, "AMBULERENDE");
        press_keys_of_all(t);
        leave(t);
    }
}

/* Numbers are typed on the keypad, which sends this once a program asked for function keys. */
static void the_keypad_types_digits(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3s");
    term_wait_row(t, 1, "Search:");
    term_send(t, "\033Oq\033Or\033Op\033Oy", 12);
    term_wait_row(t, 1, "1209");
    term_send(t, "\033OM", 3);
    term_wait_cursor(t, FIRST_ROW, 0);
    leave(t);
}

/* A slow link delivers a key in pieces. Each is one key, or none. */
static void keys_come_in_pieces(void **state)
{
    (void)state;
    struct term *t = start();
    term_send(t, "\033[", 2);
    term_wait_idle(t, 150);
    term_send(t, "B", 1);
    wait_selected(t, "BARNEBOLIG");
    term_send(t, "\033", 1); /* long enough to be taken for the key Esc: the rest is mended */
    wait_selected(t, "AMBULERENDE"); /* which it does: all is shown again */
    term_send(t, "[B", 2);
    wait_selected(t, "BARNEBOLIG");
    term_keys(t, "3s");
    term_wait_row(t, 1, "Search:");
    term_send(t, "\303", 1);
    term_wait_idle(t, 100);
    term_send(t, "\245s", 2);
    term_wait_row(t, 1, "ås");
    term_keys(t, "<Esc>");
    term_wait_row(t, 1, "165 rows");
    leave(t);
}

/* Sequences that mean nothing here do nothing, none of their letters is a command. */
static void strange_sequences_do_nothing(void **state)
{
    (void)state;
    static const char *const strange[] = {
        "\033[99;99R",
        "\033[?1;2c",
        "\033[I",
        "\033[O",
        "\033[<0;10;7M",
        "\033[<0;10;7m",
        "\033[M !!",
        "\033[57~",
        "\033[27;5;9~",
        "\033]0;q\033\\",
        "\033]11;?\a",
        "\033]4;1;rgb:ff/00/00\a",
        "\033[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21;22q"};
    struct term *t = start();
    term_keys(t, "<Down>");
    wait_selected(t, "BARNEBOLIG");
    term_wait_row(t, STRIP + 1, "published");
    term_wait_idle(t, 300);
    char *before = strdup(term_screen(t));
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++)
        term_send(t, strange[i], strlen(strange[i]));
    term_wait_idle(t, 700);
    term_assert(t, strcmp(term_screen(t), before) == 0);
    free(before);
    term_keys(t, "<Down>");
    wait_selected(t, "BVREFORM");
    leave(t);
}

/* ---- Latin-1 ------------------------------------------------------------------------------------
 */

static bool make_locale(const char *charset, const char *name)
{
    char line[PATH_MAX + 200];
    snprintf(line, sizeof line,
             "mkdir -p locales && localedef -c -i nb_NO -f %s locales/%s >/dev/null 2>&1; "
             "test -e locales/%s/LC_CTYPE",
             charset, name, name);
    return system(line) == 0;
}

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static const char *const *latin1_env(const char *term)
{
    static char path[PATH_MAX + 40], leaks[PATH_MAX + 80];
    static const char *env[] = {path, leaks, "LC_ALL=nb_NO.ISO-8859-1", NULL, NULL};
    if (!make_locale("ISO-8859-1", "nb_NO.ISO-8859-1") || !make_locale("UTF-8", "nb_NO.UTF-8"))
        fail_msg("localedef made no locale here: install the package locales");
    snprintf(path, sizeof path, "LOCPATH=%s/locales", stage_folder);
    /* glibc's newlocale forgets what it read of $LOCPATH, which only a test sets. */
    write_file("leaks", "leak:__argz_add_sep\n");
    snprintf(leaks, sizeof leaks, "LSAN_OPTIONS=print_suppressions=0:suppressions=%s/leaks",
             stage_folder);
    env[3] = term_is(term);
    return env;
}

static void terminals_with_other_letters(void **state)
{
    (void)state;
    static const char *const names[] = {"xterm", "putty", "vt100", "vt220", "linux"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        current = fresh_database();
        print_message("# %s\n", names[i]);
        struct term *t = term_start(
            24, 80, (const char *const[]){stage_program, "-d", database(), "-l", "en", NULL},
            latin1_env(names[i]));
        term_latin1(t);
        term_wait_text(t, "F1 Help");
        term_wait_row(t, STRIP, "No gathering");
        for (const char *p = term_bytes(t); *p; p++) /* no byte of UTF-8 is on its way */
            term_assert(t, (unsigned char)*p < 0x80 || (unsigned char)*p >= 0xA0);
        term_wait_text(t, "Likeverdige tjenester i Barne.  running");
        the_same_run(t, true);
    }
}

/* What Latin-1 lacks is shown as what is near; it is kept as it is. */
static void letters_that_it_lacks(void **state)
{
    (void)state;
    current = fresh_database();
    RUN("-d", database(), "add", "person", "given_name=Česlav Łukasz", "family_name=“Aaa” – 日本");
    struct term *t =
        term_start(24, 80, (const char *const[]){stage_program, "-d", database(), "-l", "en", NULL},
                   latin1_env("xterm"));
    term_latin1(t);
    term_wait_text(t, "F1 Help");
    term_keys(t, "3");
    term_wait_row(t, FIRST_ROW, "\"Aaa\" - ????, Ceslav Lukasz");
    term_keys(t, "<Home>e");
    term_wait_row(t, 1, "Change:");
    term_send(t, "\345\370\033[200~\346 \351\033[201~", 17);
    term_wait_text(t, "åøæ é");
    term_keys(t, "<F8>");
    term_wait_row(t, 1, "3 Contacts");
    leave(t);
    RUN("-d", database(), "list", "people", "--search", "Aaa", "--format", "csv");
    assert_true(was_said("“Aaa” – 日本"));
    assert_true(was_said("åøæ é"));
}

/* ---- through tmux
 * ---------------------------------------------------------------------------------
 */

static bool tmux_shows(const char *text)
{
    assert_true(system("tmux -S tmux.socket capture-pane -p >capture 2>/dev/null") != -1);
    read_file("capture");
    return strstr(said, text) != NULL;
}

static bool shown_in_tmux(struct term *t, const void *arg)
{
    (void)t;
    return tmux_shows(arg);
}

static void through_tmux(void **state)
{
    (void)state;
    if (system("tmux -V >/dev/null 2>&1") != 0)
        fail_msg("tmux is not there: install the package tmux");
    current = fresh_database();
    write_file("tmux.conf", "set -g status off\nset -g default-terminal tmux-256color\n");
    struct term *t = term_start(24, 80,
                                (const char *const[]){"tmux", "-u", "-S", "tmux.socket", "-f",
                                                      "tmux.conf", "new-session", stage_program,
                                                      "-d", database(), "-l", "en", NULL},
                                (const char *const[]){"TMUX", "TERM=xterm-256color", NULL});
    term_wait(t, shown_in_tmux, "F1 Help", "the hints, as tmux has them");
    term_wait_text(t, "F1 Help");
    term_wait_row(t, STRIP, "No gathering");
    move_and_resize(t);
    menus_have_boxes(t);
    search_norwegian(t, false);
    fill_in_a_form(t, false);
    term_assert(t, tmux_shows(">3 Contacts"));
    term_assert(t, tmux_shows("───"));
    term_keys(t, "q");
    assert_int_equal(term_wait_exit(t), 0);
    term_end(t);
}

/* ---- paused and continued
 * -------------------------------------------------------------------------
 */

static struct term *start_in_shell(void)
{
    char line[PATH_MAX * 2];
    current = fresh_database();
    struct term *t = term_start(24, 80, (const char *const[]){"sh", "-i", NULL},
                                (const char *const[]){"PS1=prompt> ", "ENV", NULL});
    term_wait_text(t, "prompt>");
    snprintf(line, sizeof line,
             "stty -a >before; sh -c 'echo $$ >pid; exec \"%s\" -d %s -l en --display mouse'\r",
             stage_program, database());
    term_send(t, line, strlen(line));
    term_wait_row(t, STRIP, "No gathering");
    return t;
}

static pid_t its_pid(void)
{
    read_file("pid");
    return (pid_t)strtol(said, NULL, 10);
}

static bool back_in_shell(struct term *t, const void *arg)
{
    (void)arg;
    int row;
    return !term_altscreen(t) && !term_mouse(t) && term_cursor(t, &row, NULL) &&
           strstr(term_row(t, row), "prompt>");
}

/* The shell finds its terminal as it was, and samling its own. */
static void away_and_back(struct term *t)
{
    term_wait(t, back_in_shell, NULL, "the shell");
    term_assert(t, strstr(term_bytes(t), "\033[?2004l") != NULL);
    term_resize(t, 30, 99);
    term_mark(t);
    term_keys(t, "fg\r");
    term_wait_row(t, 26, "No gathering");
    has_rule(t, 2, 99);
    term_assert(t, term_altscreen(t) && term_mouse(t));
    term_assert(t, strstr(term_bytes(t), "\033[?2004h") != NULL);
    term_keys(t, "<End>");
    wait_selected(t, "STVURD");
    term_keys(t, "<Home><Down>");
    wait_selected(t, "BARNEBOLIG");
    term_resize(t, 24, 80);
    has_rule(t, 2, 80);
    term_wait_idle(t, 300);
}

static void paused_and_continued(void **state)
{
    (void)state;
    struct term *t = start_in_shell();
    term_mark(t);
    term_keys(t, "<C-t>");
    away_and_back(t);
    term_mark(t);
    assert_int_equal(kill(its_pid(), SIGTSTP), 0); /* somebody else asks */
    away_and_back(t);
    /* Without being asked: nothing can be put back, but it must come back itself. */
    assert_int_equal(kill(its_pid(), SIGSTOP), 0);
    term_wait_text(t, "prompt>");
    term_keys(t, "printf '\\033c'; fg\n");
    wait_selected(t, "BARNEBOLIG");
    has_rule(t, 2, 80);
    term_assert(t, term_altscreen(t) && term_mouse(t));
    term_keys(t, "q");
    term_wait(t, back_in_shell, NULL, "the shell");
    term_keys(t, "stty -a >after; exit\r");
    term_wait_exit(t);
    term_end(t);
    read_file("before");
    char *before = strdup(said);
    read_file("after");
    assert_string_equal(said, before);
    free(before);
}

/* ---- a crash
 * --------------------------------------------------------------------------------------
 */

#if defined(__SANITIZE_ADDRESS__)
#define DIED_OF(sig) 99 /* the sanitizer reports it, and ends by itself */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DIED_OF(sig) 99
#endif
#endif
#ifndef DIED_OF
#define DIED_OF(sig) (128 + (sig))
#endif

static void a_crash_leaves_the_terminal_usable(void **state)
{
    (void)state;
    char line[PATH_MAX * 2];
    current = fresh_database();
    snprintf(line, sizeof line,
             "stty -a >before; \"%s\" -d %s -l en --display mouse & echo $! >pid; fg >/dev/null; "
             "echo status $?; stty -a >after; read -r line",
             stage_program, database());
    struct term *t = term_start(24, 80, (const char *const[]){"sh", "-mc", line, NULL},
                                (const char *const[]){"TERM=xterm-256color", NULL});
    term_wait_row(t, STRIP, "No gathering");
    term_keys(t, "3n");
    term_wait_row(t, 1, "New: person");
    term_keys(t, "Ødegård");
    term_wait_text(t, "Given name Ødegård");
    term_wait_idle(t, 700); /* the pause that keeps the draft */
    term_assert(t, term_altscreen(t) && term_mouse(t));
    term_mark(t);
    assert_int_equal(kill(its_pid(), SIGSEGV), 0);
    term_wait_text(t, "samling has crashed");
    term_wait_text(t, "open the form again.");
    char status[40];
    snprintf(status, sizeof status, "status %d", DIED_OF(SIGSEGV));
    term_wait_text(t, status);
    assert_false(term_altscreen(t));
    assert_false(term_mouse(t));
    assert_true(term_cursor(t, NULL, NULL));
    assert_non_null(strstr(term_bytes(t), "\033[?2004l"));
    term_keys(t, "\r");
    term_wait_exit(t);
    term_end(t);
    read_file("before");
    char *before = strdup(said);
    read_file("after");
    assert_string_equal(said, before);
    free(before);
    t = open_desk(24, 80, "en", NULL);
    term_keys(t, "3n");
    term_wait_text(t, "Given name Ødegård");
    term_keys(t, "<S-Tab><C-u>"); /* one goes on in the field after the last that came back */
    term_wait_gone(t, "Ødegård");
    term_keys(t, "<C-g>");
    term_wait_row(t, 1, "3 Contacts");
    leave(t);
}

/* ---- colours
 * --------------------------------------------------------------------------------------
 */

enum { BLUE = 4, CYAN = 6, TABS = 1 };
#define QUESTION "\033]11;?\a"

/* A tab that is not in front is shown in the colour of what is secondary. */
static bool tab_has_colour(struct term *t, const void *arg)
{
    int col;
    return strstr(term_row(t, TABS), "3 Contacts") && term_find(t, "3 Contacts", NULL, &col) &&
           term_attr(t, TABS, col).fg == *(const int *)arg;
}

static void wait_colour(struct term *t, int colour)
{
    term_wait(t, tab_has_colour, &colour, "the colour of a tab");
}

static void a_light_terminal_is_asked_and_remembered(void **state)
{
    (void)state;
    static const char *const env[] = {"TERM=xterm-256color", "COLORFGBG", NULL};
    struct term *t = open_with(env);
    wait_colour(t, CYAN);
    term_assert(t, strstr(term_bytes(t), QUESTION) != NULL);
    term_send(t, "\033]11;rgb:ffff/ffff/ffff\033\\", 25);
    wait_colour(t, BLUE);
    term_mark(t);
    term_wait_idle(t, 700);
    term_assert(t, term_since(t) == 0);
    leave(t);
    t = open_desk(24, 80, "en", env); /* at once, without an answer */
    wait_colour(t, BLUE);
    term_assert(t, strstr(term_bytes(t), "\033[36m") == NULL);
    term_send(t, "\033]11;rgb:0000/0000/0000\a", 24);
    wait_colour(t, CYAN);
    leave(t);
}

/* However an answer comes: its letters are no commands. */
static void answers_never_become_keys(void **state)
{
    (void)state;
    static const char *const pieces[][4] = {
        {"\033", "]11;rgb:ffff/ffff/ffff\a"},
        {"\033]", "11;rgb:ffff/ffff/ffff\a"},
        {"\033]11;rgb:ff", "ff/ffff/ff", "ff\033\\"},
        {"\033]11;rgb:ffff/ffff/ffff\033", "\\"},
    };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct term *t = open_with(NULL);
        term_keys(t, "<Down>");
        wait_selected(t, "BARNEBOLIG");
        term_wait_idle(t, 300);
        for (size_t p = 0; p < 4 && pieces[i][p]; p++) {
            term_send(t, pieces[i][p], strlen(pieces[i][p]));
            term_wait_idle(t, 200);
        }
        wait_colour(t, BLUE);
        wait_selected(t, "BARNEBOLIG");
        leave(t);
    }
}

static void garbled_answers_are_dropped(void **state)
{
    (void)state;
    static const char *const garbled[] = {"\033]11;rgb:ggff/ffff\a", "\033]11;\033\\",
                                          "\033]11;rgb:ffff/ffff/ffff/ffff\a", "\033]11;#fff\a"};
    for (size_t i = 0; i < sizeof garbled / sizeof *garbled; i++) {
        struct term *t = open_with(NULL);
        wait_colour(t, CYAN);
        char *before = strdup(term_screen(t));
        size_t whole = strcspn(garbled[i], "g#");
        term_send(t, garbled[i], whole < strlen(garbled[i]) && i != 3 ? strlen(garbled[i]) : whole);
        term_wait_idle(t, 300);
        wait_colour(t, CYAN);
        free(before);
        term_keys(t, "<C-g><C-g>");
        leave(t);
    }
}

static void esc_works_while_an_answer_is_due(void **state)
{
    (void)state;
    struct term *t = open_with(NULL);
    term_keys(t, "<C-o>");
    term_wait_row(t, 1, "┌─");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "┌─");
    leave(t);
}

static void only_those_are_asked_that_answer(void **state)
{
    (void)state;
    static const char *const quiet[][2] = {{"TERM=linux"},
                                           {"TERM=vt100"},
                                           {"TERM=putty"},
                                           {"NO_COLOR=1"},
                                           {"SAMLING_DISPLAY=light"},
                                           {"SAMLING_DISPLAY=mono"}};
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++) {
        struct term *t = open_with((const char *const[]){quiet[i][0], NULL});
        term_assert(t, strstr(term_bytes(t), QUESTION) == NULL);
        leave(t);
    }
    struct term *t = open_with((const char *const[]){"COLORFGBG=0;15", NULL});
    wait_colour(t, BLUE);
    leave(t);
}

/* ---- how it is shown
 * ------------------------------------------------------------------------------
 */

static void open_display(struct term *t)
{
    term_keys(t, "T");
    term_wait_text(t, "The mouse:");
}

static void it_is_chosen_and_kept(void **state)
{
    (void)state;
    struct term *t = open_with(NULL);
    wait_colour(t, CYAN);
    open_display(t);
    term_assert(t, term_find(t, "1 (x) Colours as", NULL, NULL));
    term_keys(t, "3");
    term_wait_text(t, "3 (x) Colours for a light");
    wait_colour(t, BLUE);
    term_keys(t, "<Down><Down><Space>");
    term_wait_text(t, "5 [x] Plain screens");
    term_wait_gone(t, "─");
    term_keys(t, "6");
    term_wait_text(t, "6 [x] The mouse");
    term_assert(t, term_mouse(t));
    term_keys(t, "<C-g>"); /* put back */
    wait_colour(t, CYAN);
    has_rule(t, 2, 80);
    term_assert(t, !term_mouse(t));
    open_display(t);
    term_keys(t, "4");
    term_wait_text(t, "4 (x) No colours");
    wait_colour(t, TERM_DEFAULT);
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "shown like this from now on");
    leave(t);
    t = open_desk(24, 80, "en", NULL);
    wait_colour(t, TERM_DEFAULT);
    leave(t);
    t = open_desk(24, 80, "en", (const char *const[]){"SAMLING_DISPLAY=dark", NULL});
    wait_colour(t, CYAN);
    leave(t);
}

static void plain_screens_have_no_lines(void **state)
{
    (void)state;
    static const char *const lines[] = {"─", "│", "┌", "┐", "└", "┘"};
    struct term *t = open_with((const char *const[]){"SAMLING_DISPLAY=plain", NULL});
    term_keys(t, "<Down>");
    wait_selected(t, "BARNEBOLIG");
    term_keys(t, "<C-o>");
    term_wait_text(t, "Export");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        term_assert(t, !term_find(t, lines[i], NULL, NULL));
    term_assert(t, strpbrk(term_bytes(t), "\016") == NULL);
    term_keys(t, "<C-g>");
    term_wait_gone(t, "Export");
    leave(t);
}

static void unknown_words_are_refused(void **state)
{
    (void)state;
    current = fresh_database();
    assert_int_equal(command("--display", "dark,purple", "-d", database(), NULL), 2);
    assert_true(was_said("dark,purple"));
    assert_true(was_said("auto, dark, light, mono, plain, mouse"));
    setenv("SAMLING_DISPLAY", "bright", 1);
    assert_int_equal(command("-d", database(), NULL), 2);
    assert_true(was_said("bright"));
    RUN("-d", database(), "list", "offerings"); /* of no interest to a command */
    unsetenv("SAMLING_DISPLAY");
}

/* ---- the mouse
 * ------------------------------------------------------------------------------------
 */

static void click_at(struct term *t, int button, int row, int col)
{
    char bytes[60];
    int n = snprintf(bytes, sizeof bytes, "\033[<%d;%d;%dM\033[<%d;%d;%dm", button, col + 1,
                     row + 1, button, col + 1, row + 1);
    term_send(t, bytes, (size_t)n);
}

static void click_text(struct term *t, const char *text)
{
    int row, col;
    term_wait_text(t, text);
    term_assert(t, term_find(t, text, &row, &col));
    click_at(t, 0, row, col);
}

static void the_mouse_when_it_is_wanted(void **state)
{
    (void)state;
    struct term *t = start();
    term_assert(t, !term_mouse(t));
    leave(t);
    static const char *const names[] = {"xterm", "putty", "ms-terminal", "screen"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        t = open_with((const char *const[]){term_is(names[i]), "SAMLING_DISPLAY=mouse", NULL});
        term_assert(t, term_mouse(t));
        wait_selected(t, "AMBULERENDE");
        click_at(t, 65, 8, 10); /* the wheel */
        wait_selected(t, "DIGIBV");
        click_at(t, 64, 8, 10);
        wait_selected(t, "AMBULERENDE");
        click_at(t, 2, 8, 10); /* the right button: the row, and what can be done with it */
        term_wait_text(t, "┌─");
        term_assert(t, term_attr(t, 8, 0).reverse);
        term_keys(t, "<C-g>");
        term_wait_gone(t, "┌─");
        open_display(t);
        click_text(t, "No colours");
        term_wait_text(t, "(x) No colours");
        click_text(t, "Plain screens");
        term_wait_text(t, "[x] Plain screens");
        term_keys(t, "<C-g>");
        term_wait_gone(t, "Plain screens");
        leave(t);
    }
}

/* As terminals report that know no other way. */
static void the_mouse_of_old_terminals(void **state)
{
    (void)state;
    struct term *t = open_with((const char *const[]){"SAMLING_DISPLAY=mouse", NULL});
    wait_selected(t, "AMBULERENDE");
    term_send(t, "\033[Ma+)", 6); /* the wheel, at column 11, row 9 */
    wait_selected(t, "DIGIBV");
    term_send(t, "\033[M", 3);
    term_wait_idle(t, 150);
    term_send(t, "`+)", 3);
    wait_selected(t, "AMBULERENDE");
    leave(t);
}

/* ---- writes
 * ---------------------------------------------------------------------------------------
 */

static long writes_of(struct term *t)
{
    char path[60];
    snprintf(path, sizeof path, "/proc/%d/io", (int)term_pid(t));
    read_file(path);
    const char *at = strstr(said, "syscw:");
    assert_non_null(at);
    return strtol(at + 6, NULL, 10);
}

/* A key is one packet, whatever it changes: on a slow link the screen changes at once. */
static void a_key_is_one_write(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *shows;
    } steps[] = {
        {"<F1>", "Help   "}, {"<PgDn>", NULL}, {"<Down>", NULL},
        {"<PgUp>", NULL},    {"<C-o>", "┌─"},  {"<Right>", NULL},
        {"<Down>", NULL},    {"<C-g>", NULL},  {"<C-p>", "command's name"},
        {"e", NULL},         {"x", NULL},      {"<Down>", NULL},
        {"<C-g>", NULL},     {"<End>", NULL},  {"<C-l>", NULL},
    };
    current = fresh_database();
    static const int sizes[][2] = {{24, 80}, {50, 160}};
    for (int s = 0; s < 2; s++) {
        struct term *t = open_desk(24, 80, "en", NULL);
        if (s == 1) /* a window that grew since the start */
            term_resize(t, sizes[s][0], sizes[s][1]);
        term_wait_idle(t, 700);
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
            long before = writes_of(t);
            term_mark(t);
            term_keys(t, steps[i].keys);
            if (steps[i].shows)
                term_wait_text(t, steps[i].shows);
            term_wait_idle(t, 250);
            term_assert(t, term_since(t) > 0);
            long n = writes_of(t) - before;
            if (n != 1) {
                print_error("%s: %ld writes\n", steps[i].keys, n);
                term_assert(t, n == 1);
            }
        }
        term_keys(t, "q");
        term_wait_text(t, "BARNEBOLIG");
        leave(t);
    }
}

static int close_terminals(void **state)
{
    /* A test that failed may have left it running. */
    if (system("tmux -S tmux.socket kill-server >/dev/null 2>&1; rm -rf locales") == -1)
        return -1;
    return stage_close(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terminals_of_every_make),
        cmocka_unit_test(keys_of_every_make),
        cmocka_unit_test(the_keypad_types_digits),
        cmocka_unit_test(keys_come_in_pieces),
        cmocka_unit_test(strange_sequences_do_nothing),
        cmocka_unit_test(terminals_with_other_letters),
        cmocka_unit_test(letters_that_it_lacks),
        cmocka_unit_test(through_tmux),
        cmocka_unit_test(paused_and_continued),
        cmocka_unit_test(a_crash_leaves_the_terminal_usable),
        cmocka_unit_test(a_light_terminal_is_asked_and_remembered),
        cmocka_unit_test(answers_never_become_keys),
        cmocka_unit_test(garbled_answers_are_dropped),
        cmocka_unit_test(esc_works_while_an_answer_is_due),
        cmocka_unit_test(only_those_are_asked_that_answer),
        cmocka_unit_test(it_is_chosen_and_kept),
        cmocka_unit_test(plain_screens_have_no_lines),
        cmocka_unit_test(unknown_words_are_refused),
        cmocka_unit_test(the_mouse_when_it_is_wanted),
        cmocka_unit_test(the_mouse_of_old_terminals),
        cmocka_unit_test(a_key_is_one_write),
    };
    return cmocka_run_group_tests_name("terminals", tests, stage_open, close_terminals);
}
