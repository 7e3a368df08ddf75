/* The program on a pseudo-terminal of 80×24, TERM=xterm-256color, with a clock beside it:
 *
 *     term_bench start RUNS :: CMD… [:: CMD…]     milliseconds from exec to the last byte of the
 * first full screen; the commands take turns, after a first one that is not counted term_bench work
 * CMD…                        bytes and milliseconds of keys in the contacts, then memory
 *     term_bench time CMD…                        a command without a terminal: milliseconds, of
 * them on a processor, and the most memory in KiB; its exit status is passed on
 *
 * Results are lines NAME VALUE… on standard output. A screen is kept by libvterm, so that what is
 * timed is known to be there. An answer to a key is over when nothing has come for 100 ms and the
 * program sleeps; what it then sends by itself (samling: the selected row's details and the count,
 * after 200 ms of rest) belongs to no key. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <vterm.h>

enum { REST = 700, PAUSE = 350 }; /* ms */
enum { ROWS = 24, COLS = 80, QUIET = 100, FULL_ROWS = 20, SAMPLES = 2000 };

struct term {
    pid_t pid;
    int fd;
    VTerm *vt;
    VTermScreen *screen;
    double started; /* ms */
    double last;    /* when the last byte came, ms */
    size_t bytes;   /* since the last mark */
    bool gone;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void give_up(const char *why)
{
    fprintf(stderr, "term_bench: %s\n", why);
    exit(1);
}

/* ---- the terminal --------------------------------------------------------------------------- */

static void term_open(struct term *t, char **argv)
{
    struct winsize size = {.ws_row = ROWS, .ws_col = COLS};
    *t = (struct term){0};
    t->vt = vterm_new(ROWS, COLS);
    vterm_set_utf8(t->vt, 1);
    t->screen = vterm_obtain_screen(t->vt);
    vterm_screen_enable_altscreen(t->screen, 1);
    vterm_screen_reset(t->screen, 1);
    t->started = now();
    t->pid = forkpty(&t->fd, NULL, NULL, &size);
    if (t->pid == 0) {
        setenv("TERM", "xterm-256color", 1);
        unsetenv("LINES");
        unsetenv("COLUMNS");
        execvp(argv[0], argv);
        perror(argv[0]);
        _exit(127);
    }
    if (t->pid < 0)
        give_up(strerror(errno));
    fcntl(t->fd, F_SETFL, O_NONBLOCK);
    fcntl(t->fd, F_SETFD, FD_CLOEXEC);
}

static void term_close(struct term *t)
{
    kill(t->pid, SIGKILL);
    waitpid(t->pid, NULL, 0);
    close(t->fd);
    vterm_free(t->vt);
}

/* Reads what comes within `ms`; true when something came. */
static bool term_read(struct term *t, int ms)
{
    static char block[65536];
    struct pollfd p = {.fd = t->fd, .events = POLLIN};
    if (t->gone || poll(&p, 1, ms) <= 0)
        return false;
    ssize_t n = read(t->fd, block, sizeof block);
    if (n <= 0) {
        t->gone = n == 0 || errno == EIO;
        return false;
    }
    t->last = now();
    t->bytes += (size_t)n;
    vterm_input_write(t->vt, block, (size_t)n);
    /* The screen's answers (none is expected) must not fill its buffer. */
    vterm_output_read(t->vt, block, sizeof block);
    return true;
}

static bool sleeps(const struct term *t)
{
    char path[64], text[512] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", (int)t->pid);
    FILE *f = fopen(path, "r");
    if (!f)
        return true;
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = '\0';
    const char *state = strrchr(text, ')');
    return !state || state[2] == 'S' || state[2] == 'Z';
}

/* Milliseconds that the program has stood in line for a processor: on a busy machine part of every
 * answer. */
static double queued(const struct term *t)
{
    char path[64];
    double ran = 0, waited = 0;
    snprintf(path, sizeof path, "/proc/%d/schedstat", (int)t->pid);
    FILE *f = fopen(path, "r");
    if (!f)
        return 0;
    if (fscanf(f, "%lf %lf", &ran, &waited) != 2)
        waited = 0;
    fclose(f);
    return waited / 1e6;
}

static int row_text(struct term *t, int row, char *out, size_t size)
{
    VTermRect rect = {row, row + 1, 0, COLS};
    size_t n = vterm_screen_get_text(t->screen, out, size - 1, rect);
    out[n < size ? n : size - 1] = '\0';
    for (n = strlen(out); n && (out[n - 1] == ' ' || out[n - 1] == '\n'); n--)
        out[n - 1] = '\0';
    return (int)n;
}

static int filled_rows(struct term *t)
{
    char text[COLS * 8];
    int n = 0;
    for (int row = 0; row < ROWS; row++)
        n += row_text(t, row, text, sizeof text) > 0;
    return n;
}

static void term_show(struct term *t)
{
    char text[COLS * 8];
    for (int row = 0; row < ROWS; row++) {
        row_text(t, row, text, sizeof text);
        fprintf(stderr, "|%s\n", text);
    }
}

static void fail(struct term *t, const char *why)
{
    term_show(t);
    term_close(t);
    give_up(why);
}

/* Until nothing has come for `quiet` ms and the program waits for input. */
static void settle(struct term *t, double quiet)
{
    double since = now();
    while (!t->gone) {
        if (term_read(t, 5))
            since = now();
        else if (now() - since >= quiet && sleeps(t))
            return;
        else if (now() - since > 60000)
            fail(t, "the program has been busy for a minute");
    }
    fail(t, "the program ended");
}

/* Sends a key; returns the milliseconds to the last byte of what it changed, the bytes in t->bytes.
 */
static double key(struct term *t, const char *bytes)
{
    settle(t, QUIET);
    t->bytes = 0;
    double sent = now();
    t->last = sent;
    if (write(t->fd, bytes, strlen(bytes)) < 0)
        fail(t, "the key could not be sent");
    /* An answer that never comes shows as one of 60 seconds. */
    while (!t->bytes && now() - sent < 60000 && !t->gone)
        term_read(t, 1000);
    settle(t, QUIET);
    return t->last - sent;
}

/* Sends a key that may change nothing. */
static void press(struct term *t, const char *bytes)
{
    if (write(t->fd, bytes, strlen(bytes)) < 0)
        fail(t, "the key could not be sent");
    settle(t, PAUSE);
}

/* ---- figures -------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v, int n)
{
    qsort(v, (size_t)n, sizeof *v, by_value);
    return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* NAME median least most */
static void tell(const char *name, double *v, int n)
{
    double m = median(v, n);
    printf("%s %.2f %.2f %.2f\n", name, m, v[0], v[n - 1]);
}

/* ---- start ------------------------------------------------------------------------------------
 */

static double time_start(char **argv)
{
    struct term t;
    term_open(&t, argv);
    double deadline = t.started + 60000;
    /* Full, and nothing more to come. */
    for (double since = now();;) {
        if (term_read(&t, 5))
            since = now();
        if (now() - since >= QUIET && sleeps(&t) && filled_rows(&t) >= FULL_ROWS)
            break;
        if (t.gone || now() > deadline)
            fail(&t, "no full screen came");
    }
    double ms = t.last - t.started;
    term_close(&t);
    return ms;
}

static int start(int argc, char **argv)
{
    enum { COMMANDS = 4, RUNS = 200 };
    static double ms[COMMANDS][RUNS];
    char **command[COMMANDS];
    int n = 0, runs = atoi(argv[0]);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "::") == 0 && i + 1 < argc && n < COMMANDS) {
            argv[i] = NULL;
            command[n++] = &argv[i + 1];
        }
    }
    if (!n || runs < 1 || runs > RUNS)
        give_up("say: start RUNS :: COMMAND");
    for (int run = -1; run < runs; run++) {
        for (int i = 0; i < n; i++) {
            double took = time_start(command[i]);
            if (run >= 0)
                ms[i][run] = took;
        }
    }
    for (int i = 0; i < n; i++) {
        char name[32];
        snprintf(name, sizeof name, "start%d_ms", i + 1);
        tell(name, ms[i], runs);
    }
    return 0;
}

/* ---- work in the contacts
 * ------------------------------------------------------------------------ */

#define DOWN "\033OB"
#define PAGE "\033[6~"
#define HOME "\033OH"

static void time_moves(struct term *t)
{
    double bytes[64], ms[64];
    int n = 0;
    press(t, HOME);
    settle(t, REST);
    for (n = 0; n < 12; n++) {
        ms[n] = key(t, DOWN);
        bytes[n] = (double)t->bytes;
    }
    tell("down_bytes", bytes, n);
    tell("down_ms", ms, n);
    for (int i = 0; i < 8; i++) /* to the last row and beyond */
        key(t, DOWN);
    for (n = 0; n < 12; n++) {
        ms[n] = key(t, DOWN);
        bytes[n] = (double)t->bytes;
    }
    tell("scroll_bytes", bytes, n);
    tell("scroll_ms", ms, n);
    for (n = 0; n < 12; n++) {
        ms[n] = key(t, PAGE);
        bytes[n] = (double)t->bytes;
    }
    tell("page_bytes", bytes, n);
    tell("page_ms", ms, n);
    settle(t, REST);
    t->bytes = 0;
    for (double end = now() + 3000; now() < end;)
        term_read(t, 50);
    printf("idle_bytes %zu\n", t->bytes);
}

static void time_query(struct term *t, const char *words, double pause, double *ms, double *own,
                       int *n)
{
    char utf8[8], so_far[80] = "";
    press(t, HOME);
    press(t, "s");
    for (const char *p = words; *p && *n < SAMPLES;) {
        size_t len = 1;
        while ((p[len] & 0xc0) == 0x80)
            len++;
        memcpy(utf8, p, len);
        utf8[len] = '\0';
        strcat(so_far, utf8);
        p += len;
        for (double end = t->last + pause; now() < end;)
            term_read(t, 1);
        /* Sent as it is typed, whatever the program does just then. */
        t->bytes = 0;
        double line = queued(t), sent = now();
        t->last = sent;
        if (write(t->fd, utf8, len) < 0)
            fail(t, "the key could not be sent");
        while (!t->bytes && now() - sent < 60000 && !t->gone)
            term_read(t, 1000);
        settle(t, QUIET);
        ms[*n] = t->last - sent;
        own[*n] = ms[*n] - (queued(t) - line);
        printf("query %.2f %.2f %s\n", ms[*n], own[*n], so_far);
        ++*n;
    }
    /* Cleared by Ctrl-G rather than Esc, which has to wait for what may follow it. */
    press(t, "\007");
}

static void time_search(struct term *t)
{
    static const char *const queries[] = {
        "kari han", "åse",    "ødeg",       "olsen ka", "norddal",   "barneh",
        "kommune",  "xander", "isbjørg u",  "zzz",      "912 3",     "anne@",
        "wójcik",   "žižek",  "torbjørg å", "ali y",    "example k",
    };
    static double ms[2 * SAMPLES], flow[SAMPLES], own[2 * SAMPLES];
    int n = 0, m = 0;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        time_query(t, queries[i], PAUSE, ms, own, &n);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        time_query(t, queries[i], 230, flow, own + n, &m);
    printf("keys %d\n", n + m);
    tell("key_rested_ms", ms, n);
    tell("key_flow_ms", flow, m);
    memcpy(ms + n, flow, (size_t)m * sizeof *ms);
    tell("key_ms", ms, n + m);
    tell("key_own_ms", own, n + m);
}

static void tell_memory(const struct term *t)
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/status", (int)t->pid);
    FILE *f = fopen(path, "r");
    if (!f)
        give_up("the program's memory cannot be read");
    while (fgets(line, sizeof line, f)) {
        long kib;
        if (sscanf(line, "VmHWM: %ld", &kib) == 1)
            printf("hwm_kib %ld\n", kib);
        else if (sscanf(line, "VmRSS: %ld", &kib) == 1)
            printf("rss_kib %ld\n", kib);
        else if (sscanf(line, "RssAnon: %ld", &kib) == 1)
            printf("anon_kib %ld\n", kib);
    }
    fclose(f);
}

static int work(char **argv)
{
    struct term t;
    char text[COLS * 8];
    term_open(&t, argv);
    settle(&t, REST);
    key(&t, "3");
    settle(&t, REST);
    row_text(&t, 4, text, sizeof text);
    if (filled_rows(&t) < FULL_ROWS || !strchr(text, ','))
        fail(&t, "the contacts do not show people");
    time_moves(&t);
    time_search(&t);
    settle(&t, REST);
    if (filled_rows(&t) < FULL_ROWS)
        fail(&t, "the contacts are not whole again after the searches");
    tell_memory(&t);
    term_close(&t);
    return 0;
}

/* ---- a command without a terminal
 * ------------------------------------------------------------------ */

static double in_ms(struct timeval t)
{
    return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static int time_command(char **argv)
{
    struct rusage use;
    int status = 0;
    double started = now();
    pid_t pid = fork();
    if (pid == 0) {
        int out = open("/dev/null", O_RDWR);
        dup2(out, STDIN_FILENO);
        dup2(out, STDOUT_FILENO);
        execvp(argv[0], argv);
        perror(argv[0]);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &use) != pid)
        give_up(strerror(errno));
    printf("%.2f %.2f %ld\n", now() - started, in_ms(use.ru_utime) + in_ms(use.ru_stime),
           use.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc > 4 && strcmp(argv[1], "start") == 0)
        return start(argc - 2, argv + 2);
    if (argc > 2 && strcmp(argv[1], "work") == 0)
        return work(argv + 2);
    if (argc > 2 && strcmp(argv[1], "time") == 0)
        return time_command(argv + 2);
    fprintf(stderr, "usage: term_bench start RUNS :: CMD… [:: CMD…]\n       term_bench work CMD…\n"
                    "       term_bench time CMD…\n");
    return 2;
}
