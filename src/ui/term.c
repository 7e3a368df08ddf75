/* The terminal: starting and leaving curses, its size, what it is asked and told. */
#include "config.h"

#include "samling/lang.h"
#include "samling/mem.h"

#include "ui/term_parts.h"
#include "ui/theme.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <term.h> /* last: its macros (columns, lines …) are ordinary words */

enum { ESC_MS = 75 };
#define PASTE_ON       "\033[?2004h"
#define PASTE_OFF      "\033[?2004l"
#define ASK_BACKGROUND "\033]11;?\a"

static bool started;
static bool may_ask, asked, answered;
static struct display shown_as;

/* PuTTY's number keys send these when a program has asked for function keys. They are digits,
 * whatever the terminal's entry makes of them: telephone numbers are typed there. */
static void define_keypad(void)
{
    static const char sent[] = "pqrstuvwxyjklmno", meant[] = "0123456789*+,-./";
    for (size_t i = 0; sent[i]; i++)
        define_key((char[]){'\033', 'O', sent[i], '\0'}, meant[i]);
    define_key("\033OM", KEY_ENTER);
}

/* Entries that PuTTY and others send under a TERM that does not say so. */
static void define_keys(void)
{
    static const struct {
        const char *sequence;
        int key;
    } extra[] = {
        {"\033[11~", KEY_F(1)},  {"\033[12~", KEY_F(2)},  {"\033[13~", KEY_F(3)},
        {"\033[14~", KEY_F(4)},  {"\033[15~", KEY_F(5)},  {"\033OP", KEY_F(1)},
        {"\033OQ", KEY_F(2)},    {"\033OR", KEY_F(3)},    {"\033OS", KEY_F(4)},
        {"\033[[A", KEY_F(1)},   {"\033[[B", KEY_F(2)},   {"\033[[C", KEY_F(3)},
        {"\033[[D", KEY_F(4)},   {"\033[[E", KEY_F(5)},   {"\033[1~", KEY_HOME},
        {"\033[4~", KEY_END},    {"\033[7~", KEY_HOME},   {"\033[8~", KEY_END},
        {"\033[H", KEY_HOME},    {"\033[F", KEY_END},     {"\033OH", KEY_HOME},
        {"\033OF", KEY_END},     {"\033[Z", KEY_BTAB},    {"\033[A", KEY_UP},
        {"\033[B", KEY_DOWN},    {"\033[C", KEY_RIGHT},   {"\033[D", KEY_LEFT},
        {"\033OA", KEY_UP},      {"\033OB", KEY_DOWN},    {"\033OC", KEY_RIGHT},
        {"\033OD", KEY_LEFT},    {"\033[3~", KEY_DC},     {"\033[5~", KEY_PPAGE},
        {"\033[6~", KEY_NPAGE},  {"\033[17~", KEY_F(6)},  {"\033[19~", KEY_F(8)},
        {"\033[20~", KEY_F(9)},  {"\033[21~", KEY_F(10)}, {"\033[18~", KEY_F(7)},
        {"\033[23~", KEY_F(11)}, {"\033[24~", KEY_F(12)}, {"\033[2~", KEY_IC},
    };
    /* Whatever the terminal's entry says: Find and Select of a VT220 lie where Home and End do;
     * PuTTY's entry takes the arrows, when they come without being asked to be special, for others;
     * Shift-F10 opens the menu of a row where mice are rare. */
    static const struct {
        const char *sequence;
        int key;
    } instead[] = {
        {"\033[A", KEY_UP},   {"\033[B", KEY_DOWN},     {"\033[1~", KEY_HOME},
        {"\033[4~", KEY_END}, {"\033[21;2~", KEY_F(7)}, {"\033[34~", KEY_F(7)},
    };
    /* Past KEY_MAX are keys of the terminal's own, with Shift and the like. */
    for (size_t i = 0; i < sizeof extra / sizeof *extra; i++)
        if (key_defined(extra[i].sequence) == 0 || key_defined(extra[i].sequence) > KEY_MAX)
            define_key(extra[i].sequence, extra[i].key);
    for (size_t i = 0; i < sizeof instead / sizeof *instead; i++)
        define_key(instead[i].sequence, instead[i].key);
    define_key("\033[200~", PASTE_BEGINS);
    define_key("\033[201~", PASTE_ENDS);
    define_keypad();
    keys_define();
}

/* A terminal whose entry is not installed here is most often an xterm of some make. */
static enum status find_terminal(struct error *err)
{
    static const char *const fallbacks[] = {"xterm-256color", "xterm", "vt100"};
    const char *name = getenv("TERM");
    int rc = 0;
    if (name && *name && setupterm(name, STDOUT_FILENO, &rc) == OK)
        goto found;
    if (name && strcmp(name, "dumb") == 0)
        goto dumb;
    for (size_t i = 0; i < sizeof fallbacks / sizeof *fallbacks; i++) {
        if (setupterm(fallbacks[i], STDOUT_FILENO, &rc) == OK) {
            setenv("TERM", fallbacks[i], 1);
            goto found;
        }
    }
    return error_set(err, ST_REFUSED, name ? name : "TERM",
                     _("install the terminal descriptions (ncurses-term), or set TERM=xterm"), "%s",
                     _("this terminal is not known here"));
found:
    if (cursor_address && clear_screen) {
        del_curterm(cur_term);
        return ST_OK;
    }
dumb:
    return error_set(err, ST_REFUSED, name ? name : "TERM",
                     _("use a terminal such as xterm, or the commands: samling --help"), "%s",
                     _("this terminal cannot place text on the screen"));
}

/* ---- how it is shown --------------------------------------------------------------------------
 */

const struct display *term_display(void)
{
    return &shown_as;
}

bool term_is_plain(void)
{
    return shown_as.plain;
}

static enum theme background_now(void)
{
    enum theme environment = theme_of_environment(getenv("COLORFGBG"));
    if (shown_as.background != THEME_AUTO && (answered || environment == THEME_AUTO))
        return shown_as.background;
    return environment == THEME_AUTO ? THEME_DARK : environment;
}

enum theme term_theme(void)
{
    if (!draw_has_colours())
        return THEME_MONO;
    return shown_as.theme == THEME_AUTO ? background_now() : shown_as.theme;
}

bool term_answered(enum theme background)
{
    enum theme before = term_theme();
    if (background == THEME_AUTO)
        return false;
    answered = true;
    shown_as.background = background;
    return term_theme() != before;
}

/* Once: the answer holds as long as the terminal does. */
static void ask_background(struct buf *out)
{
    if (shown_as.theme != THEME_AUTO || !may_ask || asked)
        return;
    asked = true;
    buf_add(out, ASK_BACKGROUND);
    input_asked();
}

void term_set_display(const struct display *display)
{
    struct buf b = {0};
    bool mouse = shown_as.mouse;
    enum theme background = shown_as.background;
    shown_as = *display;
    shown_as.background = background;
    if (mouse != shown_as.mouse)
        buf_add(&b, shown_as.mouse ? MOUSE_ON : MOUSE_OFF);
    if (draw_has_colours())
        ask_background(&b);
    term_send(b.s, b.len);
    buf_free(&b);
}

/* ---- open and close -----------------------------------------------------------------------------
 */

static void send_modes(bool on)
{
    struct buf b = {0};
    buf_add(&b, on ? PASTE_ON : PASTE_OFF);
    if (shown_as.mouse)
        buf_add(&b, on ? MOUSE_ON : MOUSE_OFF);
    term_send(b.s, b.len);
    buf_free(&b);
}

static struct buf sequences;

static int keep_byte(int c)
{
    buf_addc(&sequences, (char)c);
    return c;
}

static void keep_sequence(const char *s)
{
    if (s)
        tputs(s, 1, keep_byte);
}

/* What brings the terminal back, in its own words. */
static void prepare_crash(void)
{
    struct buf words = {0};
    buf_clear(&sequences);
    keep_sequence(PASTE_OFF MOUSE_OFF);
    keep_sequence(exit_attribute_mode);
    keep_sequence(orig_pair);
    keep_sequence(keypad_local);
    keep_sequence(cursor_normal);
    if (exit_ca_mode)
        keep_sequence(exit_ca_mode);
    else
        keep_sequence(tiparm(cursor_address, 998, 0)); /* past the last row is the last row */
    letters_write(&words, "\r\n");
    letters_write(&words, _("samling has crashed, which it should not. What you typed up to the "
                            "last pause is kept as a draft: open the form again."));
    letters_write(&words, "\r\n");
    crash_prepare(buf_str(&sequences), sequences.len, words.s);
    buf_free(&words);
    buf_free(&sequences);
}

static bool window_size(int *rows, int *cols)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
        return false;
    *rows = size.ws_row;
    *cols = size.ws_col;
    return true;
}

/* Curses makes its buffer for what it writes once, as large as the screen is then. Where that is
 * smaller than what a key can change on a screen that grew since, the change would come in parts.
 */
static WINDOW *open_screen(void)
{
    enum { ROWS = 44, COLUMNS = 220 };
    char rows_text[16], cols_text[16];
    int rows = 0, cols = 0;
    if (!window_size(&rows, &cols))
        return initscr();
    snprintf(rows_text, sizeof rows_text, "%d", rows > ROWS ? rows : ROWS);
    snprintf(cols_text, sizeof cols_text, "%d", cols > COLUMNS ? cols : COLUMNS);
    setenv("LINES", rows_text, 1);
    setenv("COLUMNS", cols_text, 1);
    WINDOW *w = initscr();
    unsetenv("LINES");
    unsetenv("COLUMNS");
    if (w)
        resize_term(rows, cols);
    return w;
}

/* Until it has come back from a shell once, curses (6.4) writes each move of the cursor by itself:
 * a key would make as many packets as the screen has changed rows. */
static void write_at_once(void)
{
    endwin();
    letters_enter();
    doupdate();
    letters_leave();
    keypad(stdscr, TRUE); /* which endwin takes back */
}

static void start_curses(void)
{
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    /* A key that comes while the screen is written must not cut the writing short. */
    typeahead(-1);
    define_keys();
    draw_start_colours();
    write_at_once();
    input_start(getenv("ESCDELAY") ? get_escdelay() : ESC_MS);
}

enum status term_open(const struct display *display, struct error *err)
{
    shown_as = *display;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return error_set(err, ST_REFUSED, _("terminal"), _("use a command instead: samling --help"),
                         "%s", _("input and output must be a terminal for this"));
    may_ask = theme_may_ask(getenv("TERM"));
    enum status st = find_terminal(err);
    if (st != ST_OK)
        return st;
    /* Else PuTTY under TERM=xterm draws lines as letters. */
    setenv("NCURSES_NO_UTF8_ACS", "1", 0);
    crash_modes();
    letters_start();
    letters_enter();
    WINDOW *screen = open_screen();
    letters_leave();
    if (!screen)
        return error_set(err, ST_REFUSED, _("terminal"), _("try another terminal"), "%s",
                         _("the screen could not be opened"));
    started = true;
    mem_on_failure(term_close);
    start_curses();
    prepare_crash();
    signals_start();
    send_modes(true);
    return ST_OK;
}

void term_close(void)
{
    if (!started)
        return;
    started = false;
    signals_stop();
    input_stop();
    send_modes(false);
    endwin();
}

void term_send(const char *s, size_t len)
{
    while (len > 0) {
        ssize_t n = write(STDOUT_FILENO, s, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return; /* the line is cut: the next key says so */
        s += n;
        len -= (size_t)n;
    }
}

int term_width(void)
{
    return COLS;
}

int term_height(void)
{
    return LINES;
}

bool term_adopt_size(void)
{
    int rows, cols;
    return window_size(&rows, &cols) && (rows != LINES || cols != COLS) &&
           resize_term(rows, cols) == OK;
}

void term_redraw(void)
{
    clearok(curscr, TRUE);
}

/* After the first screen: an answer that came before would look like a key, for which what is slow
 * to read gives way. */
static void ask_if_due(void)
{
    struct buf b = {0};
    if (draw_has_colours())
        ask_background(&b);
    term_send(b.s, b.len);
    buf_free(&b);
}

void term_show(void)
{
    draw_finish();
    wnoutrefresh(stdscr);
    letters_enter();
    doupdate();
    letters_leave();
    ask_if_due();
}

void term_resume(void)
{
    /* First of all: it also lets output go on that a Ctrl-S in the shell holds back. */
    reset_prog_mode();
    if (!isendwin())
        endwin(); /* so that curses sets all of its modes again */
    term_adopt_size();
    clearok(curscr, TRUE);
    term_show();
    keypad(stdscr, TRUE); /* which endwin took back */
    send_modes(true);
}

void term_suspend(void)
{
    /* Started by sshd or a terminal itself: there is nobody who could continue it. */
    if (getpgrp() == getsid(0)) {
        clearok(curscr, TRUE);
        return;
    }
    send_modes(false);
    endwin();
    signals_suspend();
    term_resume();
}

int key_by_name(const char *name, size_t len)
{
    static const struct {
        const char *name;
        int key;
    } names[] = {
        {"Enter", KEY_RETURN},        {"Space", ' '},           {"Tab", KEY_TABULATOR},
        {"Shift-Tab", KEY(KEY_BTAB)}, {"Esc", KEY_ESCAPE},      {"Backspace", KEY(KEY_BACKSPACE)},
        {"Insert", KEY(KEY_IC)},      {"Delete", KEY(KEY_DC)},  {"Down", KEY(KEY_DOWN)},
        {"Up", KEY(KEY_UP)},          {"Left", KEY(KEY_LEFT)},  {"Right", KEY(KEY_RIGHT)},
        {"PgDn", KEY(KEY_NPAGE)},     {"PgUp", KEY(KEY_PPAGE)}, {"Home", KEY(KEY_HOME)},
        {"End", KEY(KEY_END)},
    };
    if (len == 1)
        return (unsigned char)name[0];
    if (name[0] == 'F' && len <= 3 && name[1] >= '1' && name[1] <= '9')
        return KEY(KEY_F(atoi(name + 1)));
    if (len == 6 && strncmp(name, "Ctrl-", 5) == 0)
        return CTRL_(name[5]);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == len && strncmp(names[i].name, name, len) == 0)
            return names[i].key;
    return KEY_NONE;
}
