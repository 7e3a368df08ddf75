#include "config.h"

#include "term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <vterm.h>

#if defined(__SANITIZE_ADDRESS__)
#define DEADLINE_S 30
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DEADLINE_S 30
#endif
#endif
#ifndef DEADLINE_S
#define DEADLINE_S 10
#endif

enum { POLL_MS = 10, CELL_BYTES = VTERM_MAX_CHARS_PER_CELL * 4 + 1 };

struct term {
    struct term *next;
    int fd;     /* the master side, -1 once hung up */
    bool quiet; /* nobody holds the other side: nothing more will come */
    pid_t pid;
    bool exited;
    int status; /* as term_wait_exit gives it */
    int rows, cols;
    VTerm *vt;
    VTermScreen *screen;
    bool cursor_visible, altscreen, mouse;
    bool latin1;          /* it shows bytes as ISO 8859-1 */
    unsigned char letter; /* … the last one; and a sequence that is not whole yet */
    char held[32];
    size_t held_len;
    int bells;
    char *since; /* bytes since the mark */
    size_t since_len, since_cap;
    char **row_text; /* what term_row gave out, by row */
    int row_count;
    char *screen_text;
};

/* Terminals not ended yet: a failed assertion leaves by longjmp, past the test's own term_end. */
static struct term *running;

/* ---- time -------------------------------------------------------------------------------------
 */

static long now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static long deadline_ms(void)
{
    const char *s = getenv("TERM_DEADLINE");
    long seconds = s ? strtol(s, NULL, 10) : 0;
    return now_ms() + (seconds > 0 ? seconds : DEADLINE_S) * 1000;
}

static void *checked(void *p)
{
    if (!p) {
        fputs("term: out of memory\n", stderr);
        abort();
    }
    return p;
}

/* ---- what the program sends -------------------------------------------------------------------
 */

static void close_line(struct term *t)
{
    if (t->fd >= 0)
        close(t->fd);
    t->fd = -1;
}

static void keep_bytes(struct term *t, const char *bytes, size_t n)
{
    if (t->since_len + n + 1 > t->since_cap) {
        t->since_cap = (t->since_len + n + 1) * 2;
        t->since = checked(realloc(t->since, t->since_cap));
    }
    memcpy(t->since + t->since_len, bytes, n);
    t->since_len += n;
    t->since[t->since_len] = '\0';
}

static void show_letter(struct term *t, unsigned char c)
{
    char two[] = {(char)(0xC0 | c >> 6), (char)(0x80 | (c & 0x3F))}, one = (char)c;
    vterm_input_write(t->vt, c < 0x80 ? &one : two, c < 0x80 ? 1 : 2);
    if (c >= ' ')
        t->letter = c;
}

/* libvterm 0.1.4 breaks the line one column early after a letter was repeated (ESC [ n b), which
 * curses does where letters are bytes: here the letters are written. */
static void show_latin1(struct term *t, unsigned char c)
{
    if (t->held_len == 0 && c != '\033') {
        show_letter(t, c);
        return;
    }
    t->held[t->held_len++] = (char)c;
    bool control = t->held_len < 2 || t->held[1] == '[';
    if (control && t->held_len < sizeof t->held && (t->held_len < 3 || c < '@'))
        return;
    size_t n = t->held_len;
    t->held_len = 0;
    if (!control || c != 'b') {
        vterm_input_write(t->vt, t->held, n);
        return;
    }
    for (int times = atoi(t->held + 2); times > 0; times--)
        show_letter(t, t->letter);
}

static void show_bytes(struct term *t, const char *bytes, size_t n)
{
    for (size_t i = 0; t->latin1 && i < n; i++)
        show_latin1(t, (unsigned char)bytes[i]);
    if (!t->latin1)
        vterm_input_write(t->vt, bytes, n);
}

/* Waits up to `ms` for bytes, and takes them. False when none came. */
static bool take_bytes(struct term *t, int ms)
{
    struct pollfd p = {.fd = t->quiet ? -1 : t->fd, .events = POLLIN};
    if (poll(&p, 1, ms) <= 0)
        return false;
    char chunk[16384];
    ssize_t n = read(t->fd, chunk, sizeof chunk);
    if (n > 0) {
        keep_bytes(t, chunk, (size_t)n);
        show_bytes(t, chunk, (size_t)n);
        return true;
    }
    /* EIO. The line stays open all the same: closing it would hang up on a program that has let go
     * of its terminal and is about to end by itself. */
    if (n == 0 || (errno != EINTR && errno != EAGAIN))
        t->quiet = true;
    return false;
}

static bool has_exited(struct term *t)
{
    int status;
    if (!t->exited && waitpid(t->pid, &status, WNOHANG) == t->pid) {
        t->exited = true;
        t->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }
    return t->exited;
}

/* ---- what the terminal sends ------------------------------------------------------------------
 */

/* Sends all of it, taking in meanwhile what the program sends, so that neither waits for the other.
 * False when the line is closed or the program does not read. */
static bool send_bytes(struct term *t, const char *bytes, size_t n)
{
    long deadline = deadline_ms();
    while (n > 0 && t->fd >= 0 && !t->quiet && now_ms() < deadline) {
        struct pollfd p = {.fd = t->fd, .events = POLLIN | POLLOUT};
        if (poll(&p, 1, POLL_MS) <= 0)
            continue;
        if (p.revents & (POLLIN | POLLHUP | POLLERR))
            take_bytes(t, 0);
        if (t->quiet || !(p.revents & POLLOUT))
            continue;
        ssize_t done = write(t->fd, bytes, n);
        if (done > 0) {
            bytes += done;
            n -= (size_t)done;
        } else if (errno != EAGAIN && errno != EINTR) {
            return false;
        }
    }
    return n == 0;
}

/* Replies of the terminal (where is the cursor, what are you) and keys made by libvterm. Small, and
 * called while a read is being digested: written at once. */
static void on_output(const char *bytes, size_t n, void *user)
{
    struct term *t = user;
    while (n > 0 && t->fd >= 0) {
        ssize_t done = write(t->fd, bytes, n);
        if (done > 0) {
            bytes += done;
            n -= (size_t)done;
        } else if (errno == EAGAIN) {
            struct pollfd p = {.fd = t->fd, .events = POLLOUT};
            if (poll(&p, 1, DEADLINE_S * 1000) <= 0)
                return;
        } else if (errno != EINTR) {
            return;
        }
    }
}

static int on_property(VTermProp prop, VTermValue *val, void *user)
{
    struct term *t = user;
    if (prop == VTERM_PROP_CURSORVISIBLE)
        t->cursor_visible = val->boolean;
    else if (prop == VTERM_PROP_ALTSCREEN)
        t->altscreen = val->boolean;
    else if (prop == VTERM_PROP_MOUSE)
        t->mouse = val->number != VTERM_PROP_MOUSE_NONE;
    return 1;
}

static int on_bell(void *user)
{
    struct term *t = user;
    t->bells++;
    return 1;
}

/* ---- start and end ----------------------------------------------------------------------------
 */

static void end_all(void)
{
    while (running)
        term_end(running);
}

static _Noreturn void become(const char *const argv[], const char *const env[])
{
    setenv("TERM", "xterm-256color", 1);
    unsetenv("LINES");
    unsetenv("COLUMNS");
    for (; env && *env; env++) {
        const char *eq = strchr(*env, '=');
        if (eq) {
            char *name = checked(strndup(*env, (size_t)(eq - *env)));
            setenv(name, eq + 1, 1);
            free(name);
        } else {
            unsetenv(*env);
        }
    }
    /* cmocka catches these, and make may ignore others: the program starts as from a shell. */
    static const int signals[] = {SIGABRT, SIGFPE,  SIGILL,  SIGSEGV, SIGBUS,
                                  SIGHUP,  SIGPIPE, SIGQUIT, SIGINT,  SIGTERM};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    dprintf(STDOUT_FILENO, "cannot run %s: %s\r\n", argv[0], strerror(errno));
    _exit(127);
}

struct term *term_start(int rows, int cols, const char *const argv[], const char *const env[])
{
    static bool registered;
    static const VTermScreenCallbacks callbacks = {.settermprop = on_property, .bell = on_bell};
    if (!registered)
        registered = atexit(end_all) == 0;

    struct term *t = checked(calloc(1, sizeof *t));
    t->rows = rows;
    t->cols = cols;
    t->cursor_visible = true;
    t->vt = checked(vterm_new(rows, cols));
    vterm_set_utf8(t->vt, 1);
    vterm_output_set_callback(t->vt, on_output, t);
    t->screen = vterm_obtain_screen(t->vt);
    vterm_screen_set_callbacks(t->screen, &callbacks, t);
    vterm_screen_enable_altscreen(t->screen, 1);
    vterm_screen_reset(t->screen, 1);
    keep_bytes(t, "", 0);

    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    t->pid = forkpty(&t->fd, NULL, NULL, &size);
    if (t->pid < 0) {
        fprintf(stderr, "term: no pseudo-terminal: %s\n", strerror(errno));
        abort();
    }
    if (t->pid == 0)
        become(argv, env);
    fcntl(t->fd, F_SETFD, FD_CLOEXEC);
    fcntl(t->fd, F_SETFL, O_NONBLOCK);
    t->next = running;
    running = t;
    return t;
}

void term_latin1(struct term *t)
{
    t->latin1 = true;
}

static void kill_program(struct term *t)
{
    if (has_exited(t))
        return;
    kill(t->pid, SIGKILL);
    int status;
    while (waitpid(t->pid, &status, 0) < 0 && errno == EINTR)
        ;
    t->exited = true;
    t->status = 128 + SIGKILL;
}

void term_end(struct term *t)
{
    if (!t)
        return;
    for (struct term **p = &running; *p; p = &(*p)->next)
        if (*p == t) {
            *p = t->next;
            break;
        }
    kill_program(t);
    close_line(t);
    vterm_free(t->vt);
    for (int i = 0; i < t->row_count; i++)
        free(t->row_text[i]);
    free(t->row_text);
    free(t->screen_text);
    free(t->since);
    free(t);
}

/* ---- what the screen says ---------------------------------------------------------------------
 */

static size_t put_utf8(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(lead[more] | (c >> (6 * more)));
    for (int i = 1; i <= more; i++)
        out[i] = (char)(0x80 | ((c >> (6 * (more - i))) & 0x3F));
    return (size_t)more + 1;
}

/* Adds the cell's text at `out` (CELL_BYTES): a blank for an empty one, nothing for the second half
 * of a wide one. */
static size_t cell_text(const VTermScreenCell *cell, char *out)
{
    size_t n = 0;
    if (cell->chars[0] == (uint32_t)-1)
        return 0;
    if (cell->chars[0] == 0)
        out[n++] = ' ';
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
        n += put_utf8(out + n, cell->chars[i]);
    return n;
}

static VTermScreenCell get_cell(struct term *t, int row, int col)
{
    VTermScreenCell cell = {.width = 1};
    vterm_screen_get_cell(t->screen, (VTermPos){row, col}, &cell);
    return cell;
}

const char *term_row(struct term *t, int row)
{
    if (row >= t->row_count) {
        t->row_text = checked(realloc(t->row_text, ((size_t)row + 1) * sizeof *t->row_text));
        for (; t->row_count <= row; t->row_count++)
            t->row_text[t->row_count] = NULL;
    }
    free(t->row_text[row]);
    char *text = t->row_text[row] = checked(malloc((size_t)t->cols * CELL_BYTES + 1));
    size_t n = 0, end = 0;
    for (int col = 0; row < t->rows && col < t->cols; col++) {
        VTermScreenCell cell = get_cell(t, row, col);
        size_t len = cell_text(&cell, text + n);
        n += len;
        if (len > 0 && !(len == 1 && text[n - 1] == ' '))
            end = n;
    }
    text[end] = '\0';
    return text;
}

const char *term_screen(struct term *t)
{
    free(t->screen_text);
    t->screen_text = checked(malloc((size_t)t->rows * ((size_t)t->cols * CELL_BYTES + 1) + 1));
    char *p = t->screen_text;
    for (int row = 0; row < t->rows; row++) {
        const char *text = term_row(t, row);
        size_t n = strlen(text);
        memcpy(p, text, n);
        p += n;
        *p++ = '\n';
    }
    *p = '\0';
    return t->screen_text;
}

bool term_find(struct term *t, const char *text, int *row, int *col)
{
    for (int r = 0; r < t->rows; r++) {
        const char *line = term_row(t, r);
        const char *hit = strstr(line, text);
        if (!hit)
            continue;
        size_t want = (size_t)(hit - line), at = 0;
        int c = 0;
        for (char scrap[CELL_BYTES]; c < t->cols; c++) {
            VTermScreenCell cell = get_cell(t, r, c);
            size_t len = cell_text(&cell, scrap);
            if (at + len > want && len > 0)
                break;
            at += len;
        }
        if (row)
            *row = r;
        if (col)
            *col = c;
        return true;
    }
    return false;
}

static int colour(const VTermColor *c, unsigned default_flag)
{
    if (c->type & default_flag)
        return TERM_DEFAULT;
    return VTERM_COLOR_IS_INDEXED(c) ? c->indexed.idx : TERM_RGB;
}

struct term_cell term_attr(struct term *t, int row, int col)
{
    VTermScreenCell cell = get_cell(t, row, col);
    struct term_cell c = {.width = cell.chars[0] == (uint32_t)-1 ? 0 : cell.width,
                          .bold = cell.attrs.bold,
                          .underline = cell.attrs.underline != VTERM_UNDERLINE_OFF,
                          .blink = cell.attrs.blink,
                          .reverse = cell.attrs.reverse,
                          .fg = colour(&cell.fg, VTERM_COLOR_DEFAULT_FG),
                          .bg = colour(&cell.bg, VTERM_COLOR_DEFAULT_BG)};
    c.text[cell_text(&cell, c.text)] = '\0';
    return c;
}

bool term_cursor(struct term *t, int *row, int *col)
{
    VTermPos pos;
    vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &pos);
    if (row)
        *row = pos.row;
    if (col)
        *col = pos.col;
    return t->cursor_visible;
}

void term_size(struct term *t, int *rows, int *cols)
{
    *rows = t->rows;
    *cols = t->cols;
}

bool term_altscreen(struct term *t)
{
    return t->altscreen;
}

bool term_mouse(struct term *t)
{
    return t->mouse;
}

int term_bells(struct term *t)
{
    return t->bells;
}

bool term_ended(struct term *t)
{
    return has_exited(t);
}

pid_t term_pid(struct term *t)
{
    return t->pid;
}

void term_mark(struct term *t)
{
    t->since_len = 0;
    t->since[0] = '\0';
}

size_t term_since(struct term *t)
{
    return t->since_len;
}

const char *term_bytes(struct term *t)
{
    return t->since;
}

/* ---- failing ----------------------------------------------------------------------------------
 */

static void dump_rule(struct term *t)
{
    fputs("    +", stderr);
    for (int i = 0; i < t->cols; i++)
        fputc('-', stderr);
    fputs("+\n", stderr);
}

static void dump_row(struct term *t, int row)
{
    fprintf(stderr, "%3d |", row);
    int from = -1;
    char reversed[256] = "";
    size_t n = 0;
    for (int col = 0; col <= t->cols; col++) {
        VTermScreenCell cell = {0};
        if (col < t->cols) {
            char text[CELL_BYTES];
            cell = get_cell(t, row, col);
            fwrite(text, 1, cell_text(&cell, text), stderr);
        }
        if (cell.attrs.reverse && from < 0)
            from = col;
        if (!cell.attrs.reverse && from >= 0) {
            if (n < sizeof reversed - 32)
                n += (size_t)snprintf(reversed + n, sizeof reversed - n, " %d-%d", from, col - 1);
            from = -1;
        }
    }
    fprintf(stderr, "|%s%s\n", n ? " reverse" : "", reversed);
}

void term_dump(struct term *t)
{
    int row, col;
    bool visible = term_cursor(t, &row, &col);
    fprintf(stderr, "screen %dx%d, cursor at row %d column %d%s, %zu bytes since the mark\n",
            t->cols, t->rows, row, col, visible ? "" : " (hidden)", t->since_len);
    dump_rule(t);
    for (int r = 0; r < t->rows; r++)
        dump_row(t, r);
    dump_rule(t);
    if (has_exited(t))
        fprintf(stderr, "the program has ended with status %d\n", t->status);
    else
        fprintf(stderr, "the program is running%s\n", t->fd < 0 ? ", hung up" : "");
    fflush(stderr);
}

void term_fail_at(struct term *t, const char *why, const char *file, int line)
{
    /* Part of what explains the failure may still be on its way: an error printed while dying. */
    while (take_bytes(t, POLL_MS))
        ;
    fprintf(stderr, "%s:%d: %s\n", file, line, why);
    term_dump(t);
    kill_program(t);
    _fail(file, line);
}

/* ---- waiting ----------------------------------------------------------------------------------
 */

void term_wait_at(struct term *t, bool (*test)(struct term *t, const void *arg), const void *arg,
                  const char *what, const char *file, int line)
{
    long deadline = deadline_ms();
    for (;;) {
        if (test(t, arg))
            return;
        bool over = has_exited(t) || t->fd < 0;
        if (take_bytes(t, over ? 0 : POLL_MS))
            continue;
        /* Ended, and its last words have been read: this will not come any more. */
        if (over || now_ms() > deadline) {
            char why[400];
            snprintf(why, sizeof why, "%s: waited in vain for %s",
                     over ? "the program has ended" : "time is up", what);
            term_fail_at(t, why, file, line);
        }
    }
}

struct wanted {
    const char *text;
    int row, col;
};

static bool text_is_there(struct term *t, const void *arg)
{
    return term_find(t, ((const struct wanted *)arg)->text, NULL, NULL);
}

static bool text_is_gone(struct term *t, const void *arg)
{
    return !text_is_there(t, arg);
}

static bool row_has(struct term *t, const void *arg)
{
    const struct wanted *w = arg;
    const char *line = term_row(t, w->row);
    return *w->text ? strstr(line, w->text) != NULL : !*line;
}

static bool cursor_is_there(struct term *t, const void *arg)
{
    const struct wanted *w = arg;
    int row, col;
    term_cursor(t, &row, &col);
    return row == w->row && col == w->col;
}

void term_wait_text_at(struct term *t, const char *text, const char *file, int line)
{
    char what[300];
    snprintf(what, sizeof what, "“%s”", text);
    term_wait_at(t, text_is_there, &(struct wanted){.text = text}, what, file, line);
}

void term_wait_gone_at(struct term *t, const char *text, const char *file, int line)
{
    char what[300];
    snprintf(what, sizeof what, "“%s” to go", text);
    term_wait_at(t, text_is_gone, &(struct wanted){.text = text}, what, file, line);
}

void term_wait_row_at(struct term *t, int row, const char *text, const char *file, int line)
{
    char what[300];
    snprintf(what, sizeof what, "“%s” in row %d", text, row);
    term_wait_at(t, row_has, &(struct wanted){.text = text, .row = row}, what, file, line);
}

void term_wait_cursor_at(struct term *t, int row, int col, const char *file, int line)
{
    char what[80];
    snprintf(what, sizeof what, "the cursor at row %d column %d", row, col);
    term_wait_at(t, cursor_is_there, &(struct wanted){.row = row, .col = col}, what, file, line);
}

void term_take(struct term *t)
{
    while (take_bytes(t, 0))
        ;
}

void term_wait_idle_at(struct term *t, int ms, const char *file, int line)
{
    long deadline = deadline_ms();
    long quiet_since = now_ms();
    while (!t->quiet && now_ms() - quiet_since < ms) {
        if (take_bytes(t, POLL_MS))
            quiet_since = now_ms();
        if (now_ms() > deadline)
            term_fail_at(t, "the program never stops sending", file, line);
    }
}

int term_wait_exit_at(struct term *t, const char *file, int line)
{
    long deadline = deadline_ms();
    while (!has_exited(t)) {
        take_bytes(t, POLL_MS);
        if (now_ms() > deadline)
            term_fail_at(t, "the program does not end", file, line);
    }
    while (take_bytes(t, 0))
        ;
    return t->status;
}

/* ---- keys -------------------------------------------------------------------------------------
 */

void term_send_at(struct term *t, const char *bytes, size_t n, const char *file, int line)
{
    if (!send_bytes(t, bytes, n))
        term_fail_at(t, "the program does not read what is typed", file, line);
}

/* Presses the key called `name` (n bytes). False when there is none. */
static bool press(struct term *t, const char *name, size_t n)
{
    static const struct {
        const char *name;
        VTermKey key;
        VTermModifier mod;
    } keys[] = {
        {"Enter", VTERM_KEY_ENTER, VTERM_MOD_NONE},   {"Tab", VTERM_KEY_TAB, VTERM_MOD_NONE},
        {"S-Tab", VTERM_KEY_TAB, VTERM_MOD_SHIFT},    {"Esc", VTERM_KEY_ESCAPE, VTERM_MOD_NONE},
        {"BS", VTERM_KEY_BACKSPACE, VTERM_MOD_NONE},  {"Del", VTERM_KEY_DEL, VTERM_MOD_NONE},
        {"Ins", VTERM_KEY_INS, VTERM_MOD_NONE},       {"Up", VTERM_KEY_UP, VTERM_MOD_NONE},
        {"Down", VTERM_KEY_DOWN, VTERM_MOD_NONE},     {"Left", VTERM_KEY_LEFT, VTERM_MOD_NONE},
        {"Right", VTERM_KEY_RIGHT, VTERM_MOD_NONE},   {"Home", VTERM_KEY_HOME, VTERM_MOD_NONE},
        {"End", VTERM_KEY_END, VTERM_MOD_NONE},       {"PgUp", VTERM_KEY_PAGEUP, VTERM_MOD_NONE},
        {"PgDn", VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strlen(keys[i].name) == n && memcmp(keys[i].name, name, n) == 0) {
            vterm_keyboard_key(t->vt, keys[i].key, keys[i].mod);
            return true;
        }
    if (n == 2 && memcmp(name, "lt", 2) == 0)
        return send_bytes(t, "<", 1);
    if (n == 5 && memcmp(name, "Space", 5) == 0)
        return send_bytes(t, " ", 1);
    if (n == 3 && name[1] == '-' && (name[0] == 'C' || name[0] == 'M')) {
        char c = name[2];
        return name[0] == 'C' ? send_bytes(t, (char[]){(char)(c & 0x1F)}, 1)
                              : send_bytes(t, (char[]){'\033', c}, 2);
    }
    int f = name[0] == 'F' && strspn(name + 1, "0123456789") == n - 1 ? atoi(name + 1) : 0;
    if (f < 1 || f > 12)
        return false;
    vterm_keyboard_key(t->vt, (VTermKey)VTERM_KEY_FUNCTION(f), VTERM_MOD_NONE);
    return true;
}

void term_keys_at(struct term *t, const char *keys, const char *file, int line)
{
    while (*keys) {
        size_t n = strcspn(keys, "<");
        if (n > 0)
            term_send_at(t, keys, n, file, line);
        keys += n;
        if (*keys != '<')
            break;
        const char *end = strchr(keys, '>');
        if (!end || !press(t, keys + 1, (size_t)(end - keys - 1))) {
            char why[200];
            snprintf(why, sizeof why, "a key that cannot be pressed: %.100s", keys);
            term_fail_at(t, why, file, line);
            return;
        }
        keys = end + 1;
    }
}

bool term_try_send(struct term *t, const char *bytes, size_t n)
{
    return send_bytes(t, bytes, n) && !t->quiet;
}

bool term_try_keys(struct term *t, const char *keys)
{
    while (*keys) {
        size_t n = strcspn(keys, "<");
        if (n > 0 && !send_bytes(t, keys, n))
            return false;
        keys += n;
        const char *end = strchr(keys, '>');
        if (*keys != '<' || !end)
            break;
        if (!press(t, keys + 1, (size_t)(end - keys - 1)))
            return false;
        keys = end + 1;
    }
    return !t->quiet;
}

/* ---- the line ---------------------------------------------------------------------------------
 */

void term_resize_at(struct term *t, int rows, int cols, const char *file, int line)
{
    /* What was sent for the old size belongs on the old screen. */
    while (take_bytes(t, 0))
        ;
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    vterm_set_size(t->vt, rows, cols);
    t->rows = rows;
    t->cols = cols;
    if (t->fd < 0 || ioctl(t->fd, TIOCSWINSZ, &size) != 0)
        term_fail_at(t, "the terminal is closed and cannot be resized", file, line);
}

void term_hangup(struct term *t)
{
    while (take_bytes(t, 0))
        ;
    close_line(t);
}
