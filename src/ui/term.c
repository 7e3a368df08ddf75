/* The terminal: starting and leaving curses, keys, signals, drawing. */
#include "config.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include <curses.h>

#include "samling/buf.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/ui_internal.h"

#include <term.h> /* last: its macros (columns, lines …) are ordinary words */

static bool started;
static volatile sig_atomic_t hung_up;
static bool colours;
static int cursor_y, cursor_x; /* where it shall rest, whatever is drawn after */

enum { LETTER_MS = 100, NO_LETTER = -10 };
/* Codes of our own, past those that curses gives to a terminal's extra keys. */
enum { PASTE_BEGINS = KEY_MAX + 400, PASTE_ENDS, PASTE_MS = 3000 };
static struct buf pasted;
static bool paste_too_long;
#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
enum { PAIR_ACCENT = 1, PAIR_GOOD, PAIR_BAD, PAIR_WARN };

static void on_hangup(int sig)
{
    (void)sig;
    hung_up = 1;
}

/* After a crash the terminal must be usable: put it back, then die of the signal. */
static void on_crash(int sig)
{
    term_close();
    signal(sig, SIG_DFL);
    raise(sig);
}

static void catch_signals(void)
{
    static const int gone[] = {SIGHUP, SIGTERM},
                     crash[] = {SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGILL};
    struct sigaction sa = {.sa_handler = on_hangup};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        sigaction(gone[i], &sa, NULL);
    sa.sa_handler = on_crash;
    sa.sa_flags = (int)SA_RESETHAND;
    for (size_t i = 0; i < sizeof crash / sizeof *crash; i++)
        sigaction(crash[i], &sa, NULL);
    signal(SIGPIPE, SIG_IGN);
}

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
        {"\033[11~", KEY_F(1)}, {"\033[12~", KEY_F(2)},  {"\033[13~", KEY_F(3)},
        {"\033[14~", KEY_F(4)}, {"\033[15~", KEY_F(5)},  {"\033OP", KEY_F(1)},
        {"\033OQ", KEY_F(2)},   {"\033OR", KEY_F(3)},    {"\033OS", KEY_F(4)},
        {"\033[[A", KEY_F(1)},  {"\033[[B", KEY_F(2)},   {"\033[[C", KEY_F(3)},
        {"\033[[D", KEY_F(4)},  {"\033[[E", KEY_F(5)},   {"\033[1~", KEY_HOME},
        {"\033[4~", KEY_END},   {"\033[7~", KEY_HOME},   {"\033[8~", KEY_END},
        {"\033[H", KEY_HOME},   {"\033[F", KEY_END},     {"\033OH", KEY_HOME},
        {"\033OF", KEY_END},    {"\033[Z", KEY_BTAB},    {"\033[A", KEY_UP},
        {"\033[B", KEY_DOWN},   {"\033[C", KEY_RIGHT},   {"\033[D", KEY_LEFT},
        {"\033OA", KEY_UP},     {"\033OB", KEY_DOWN},    {"\033OC", KEY_RIGHT},
        {"\033OD", KEY_LEFT},   {"\033[3~", KEY_DC},     {"\033[5~", KEY_PPAGE},
        {"\033[6~", KEY_NPAGE}, {"\033[17~", KEY_F(6)},  {"\033[19~", KEY_F(8)},
        {"\033[20~", KEY_F(9)}, {"\033[21~", KEY_F(10)},
    };
    /* Past KEY_MAX are keys of the terminal's own, with Shift and the like. */
    for (size_t i = 0; i < sizeof extra / sizeof *extra; i++)
        if (key_defined(extra[i].sequence) == 0 || key_defined(extra[i].sequence) > KEY_MAX)
            define_key(extra[i].sequence, extra[i].key);
    define_key("\033[200~", PASTE_BEGINS);
    define_key("\033[201~", PASTE_ENDS);
    define_keypad();
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

static void start_colours(void)
{
    const char *no = getenv("NO_COLOR");
    colours = !(no && *no) && has_colors() && start_color() == OK;
    if (!colours)
        return;
    int background = use_default_colors() == OK ? -1 : COLOR_BLACK;
    init_pair(PAIR_ACCENT, COLOR_CYAN, (short)background);
    init_pair(PAIR_GOOD, COLOR_GREEN, (short)background);
    init_pair(PAIR_BAD, COLOR_RED, (short)background);
    init_pair(PAIR_WARN, COLOR_YELLOW, (short)background);
}

enum status term_open(struct error *err)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return error_set(err, ST_REFUSED, _("terminal"), _("use a command instead: samling --help"),
                         "%s", _("input and output must be a terminal for this"));
    enum status st = find_terminal(err);
    if (st != ST_OK)
        return st;
    /* Else PuTTY under TERM=xterm draws lines as letters. */
    setenv("NCURSES_NO_UTF8_ACS", "1", 0);
    catch_signals();
    if (!initscr())
        return error_set(err, ST_REFUSED, _("terminal"), _("try another terminal"), "%s",
                         _("the screen could not be opened"));
    started = true;
    mem_on_failure(term_close);
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    if (!getenv("ESCDELAY"))
        set_escdelay(75);
    define_keys();
    start_colours();
    term_send(PASTE_ON, sizeof PASTE_ON - 1);
    return ST_OK;
}

void term_close(void)
{
    if (!started)
        return;
    started = false;
    /* A second one, as when a whole session is closed, must not cut the leave-taking short. */
    signal(SIGHUP, SIG_IGN);
    term_send(PASTE_OFF, sizeof PASTE_OFF - 1);
    endwin();
}

/* Also from a handler of signals: nothing but write. */
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

/* ---- keys -------------------------------------------------------------------------------------
 */

bool term_key_waiting(void)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    return hung_up || poll(&p, 1, 0) > 0;
}

/* The next byte of a letter that is under way: it may come in another packet. */
static int next_byte(void)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    int c = getch();
    if (c == ERR && poll(&p, 1, LETTER_MS) > 0)
        c = getch();
    return c;
}

/* get_wch would lose a letter whose bytes come apart. What is no UTF-8 is passed over. */
static int read_letter(int first)
{
    char bytes[5] = {(char)first};
    int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    if (first < 0xC2 || first > 0xF4)
        return NO_LETTER;
    for (int i = 1; i <= more; i++) {
        int c = next_byte();
        if (c < 0x80 || c > 0xBF) {
            if (c != ERR)
                ungetch(c);
            return NO_LETTER;
        }
        bytes[i] = (char)c;
    }
    const char *s = bytes;
    uint32_t letter = text_next(&s);
    return s == bytes + more + 1 ? (int)letter : NO_LETTER;
}

static bool wait_for_paste(void)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    return !hung_up && poll(&p, 1, PASTE_MS) > 0 && !(p.revents & (POLLERR | POLLNVAL | POLLHUP));
}

/* All up to the end mark, or to a pause that says that none will come. The mark can also come as
 * plain letters, when the line delivers it in pieces. */
static void read_paste(void)
{
    static const char mark[] = "\033[201~";
    const size_t n = sizeof mark - 1;
    buf_clear(&pasted);
    paste_too_long = false;
    for (int c; (c = getch()) != PASTE_ENDS;) {
        if (c == ERR && !wait_for_paste())
            return;
        if (c == KEY_RESIZE) {
            ungetch(c);
            return;
        }
        if (c == ERR || c >= KEY_MIN)
            continue;
        if (pasted.len < PASTE_MAX)
            buf_addc(&pasted, (char)c);
        else
            paste_too_long = true;
        if (c == '~' && pasted.len >= n && memcmp(pasted.s + pasted.len - n, mark, n) == 0) {
            pasted.len -= n;
            pasted.s[pasted.len] = '\0';
            return;
        }
    }
}

char *term_take_paste(size_t *len)
{
    *len = pasted.len;
    buf_addc(&pasted, '\0'); /* never NULL, though nothing came */
    char *text = buf_take(&pasted);
    if (!paste_too_long)
        return text;
    free(text);
    return NULL;
}

static int decode_key(void)
{
    int c = getch();
    switch (c) {
    case PASTE_BEGINS: read_paste(); return KEY_PASTED;
    case PASTE_ENDS: return KEY_IDLE;
    case ERR: return KEY_NONE;
    case KEY_RESIZE: return KEY_NEW_SIZE;
    case '\r':
    case KEY_ENTER: return KEY_RETURN;
    case 8: /* whichever the terminal's entry does not name */
    case 127: return KEY(KEY_BACKSPACE);
    default: return c >= KEY_MIN ? KEY(c) : c >= 0x80 ? read_letter(c) : c;
    }
}

static int read_key(void)
{
    int key = decode_key();
    bool passed = key == NO_LETTER;
    while (key == NO_LETTER)
        key = decode_key();
    return key == KEY_NONE && passed ? KEY_IDLE : key; /* which is no sign that the input ends */
}

int term_key(int ms)
{
    static int empty;
    int key = read_key(); /* curses may hold one that poll cannot see */
    if (key != KEY_NONE) {
        empty = 0;
        return key;
    }
    if (hung_up)
        return KEY_GONE;
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    int n = poll(&p, 1, ms);
    if (hung_up)
        return KEY_GONE;
    if (n < 0) /* a signal, most often SIGWINCH, which curses turns into a key */
        return (key = read_key()) == KEY_NONE ? KEY_IDLE : key;
    if (n == 0)
        return KEY_IDLE;
    if (p.revents & (POLLERR | POLLNVAL))
        return KEY_GONE;
    key = read_key();
    if (key != KEY_NONE) {
        empty = 0;
        return key;
    }
    /* Readable without a key, again and again: the end of input. */
    return ++empty > 20 || (p.revents & POLLHUP) ? KEY_GONE : KEY_IDLE;
}

void term_redraw(void)
{
    clearok(curscr, TRUE);
}

void term_show(void)
{
    move(cursor_y, cursor_x);
    wnoutrefresh(stdscr);
    doupdate();
}

void term_suspend(void)
{
    term_send(PASTE_OFF, sizeof PASTE_OFF - 1);
    endwin();
    raise(SIGTSTP);
    term_send(PASTE_ON, sizeof PASTE_ON - 1);
    clearok(curscr, TRUE);
    refresh();
}

/* ---- drawing ------------------------------------------------------------------------------------
 */

static attr_t attributes(enum look look, short *pair)
{
    *pair = 0;
    switch (look) {
    case LOOK_PLAIN: return A_NORMAL;
    case LOOK_DIM: return A_DIM;
    case LOOK_STRONG: return A_BOLD;
    case LOOK_SELECTED: return A_REVERSE;
    case LOOK_BAR: return A_REVERSE;
    case LOOK_UNDER: return A_UNDERLINE;
    case LOOK_GOOD: *pair = PAIR_GOOD; return A_NORMAL;
    case LOOK_BAD: *pair = PAIR_BAD; return A_BOLD;
    case LOOK_WARN: *pair = PAIR_WARN; return A_NORMAL;
    case LOOK_ACCENT: *pair = PAIR_ACCENT; return A_BOLD;
    }
    return A_NORMAL;
}

static void set_look(enum look look)
{
    short pair;
    attr_t a = attributes(look, &pair);
    attr_set(a, colours ? pair : 0, NULL);
}

static void put(int y, int x, enum look look, const char *s)
{
    set_look(look);
    mvaddstr(y, x, s);
    attr_set(A_NORMAL, 0, NULL);
}

static void draw_aligned(int y, int x, int width, enum look look, const char *s, enum align align)
{
    struct buf clean = {0}, cell = {0};
    if (width <= 0 || y < 0 || y >= LINES || x < 0 || x >= COLS)
        return;
    if (width > COLS - x)
        width = COLS - x;
    text_clean(&clean, s ? s : "", false);
    text_pad(&cell, buf_str(&clean), width, align);
    put(y, x, look, buf_str(&cell));
    buf_free(&clean);
    buf_free(&cell);
}

void draw_text(int y, int x, int width, enum look look, const char *s)
{
    draw_aligned(y, x, width, look, s, ALIGN_LEFT);
}

void draw_right(int y, int x, int width, enum look look, const char *s)
{
    draw_aligned(y, x, width, look, s, ALIGN_RIGHT);
}

void draw_rule(int y, int x, int width)
{
    set_look(LOOK_DIM);
    mvhline_set(y, x, WACS_HLINE, width);
    attr_set(A_NORMAL, 0, NULL);
}

void draw_upright(int y, int x, int height)
{
    set_look(LOOK_DIM);
    mvvline_set(y, x, WACS_VLINE, height);
    attr_set(A_NORMAL, 0, NULL);
}

void draw_blank(int y, int x, int height, int width)
{
    for (int i = 0; i < height; i++)
        draw_text(y + i, x, width, LOOK_PLAIN, "");
}

void draw_box(int y, int x, int height, int width, const char *title)
{
    draw_blank(y, x, height, width);
    set_look(LOOK_DIM);
    mvhline_set(y, x, WACS_HLINE, width);
    mvhline_set(y + height - 1, x, WACS_HLINE, width);
    mvvline_set(y, x, WACS_VLINE, height);
    mvvline_set(y, x + width - 1, WACS_VLINE, height);
    mvadd_wch(y, x, WACS_ULCORNER);
    mvadd_wch(y, x + width - 1, WACS_URCORNER);
    mvadd_wch(y + height - 1, x, WACS_LLCORNER);
    mvadd_wch(y + height - 1, x + width - 1, WACS_LRCORNER);
    attr_set(A_NORMAL, 0, NULL);
    if (title && *title) {
        struct buf b = {0};
        buf_addf(&b, " %s ", title);
        int w = text_width(b.s);
        draw_text(y, x + 2, w < width - 4 ? w : width - 4, LOOK_STRONG, b.s);
        buf_free(&b);
    }
}

void draw_look(int y, int x, int width, enum look look)
{
    short pair;
    attr_t a = attributes(look, &pair);
    mvchgat(y, x, width, a, colours ? pair : 0, NULL);
}

void draw_cursor(int y, int x)
{
    cursor_y = y;
    cursor_x = x;
}

void draw_start(void)
{
    erase();
    draw_cursor(0, 0);
}

int key_by_name(const char *name, size_t len)
{
    static const struct {
        const char *name;
        int key;
    } names[] = {
        {"Enter", KEY_RETURN},     {"Space", ' '},
        {"Tab", KEY_TABULATOR},    {"Shift-Tab", KEY(KEY_BTAB)},
        {"Esc", KEY_ESCAPE},       {"Backspace", KEY(KEY_BACKSPACE)},
        {"Delete", KEY(KEY_DC)},   {"Down", KEY(KEY_DOWN)},
        {"Up", KEY(KEY_UP)},       {"Left", KEY(KEY_LEFT)},
        {"Right", KEY(KEY_RIGHT)}, {"PgDn", KEY(KEY_NPAGE)},
        {"PgUp", KEY(KEY_PPAGE)},  {"Home", KEY(KEY_HOME)},
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
