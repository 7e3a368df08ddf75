/* forkpty and memmem are not in POSIX. */
#define _GNU_SOURCE
#include "config.h"

#include "tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 60000 /* ms */ };
#define ASKS_BACKGROUND "\033]11;?"
#define DARK            "\033]11;rgb:0000/0000/0000\033\\"

double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

void give_up(const char *why)
{
    fprintf(stderr, "term_bench: %s\n", why);
    exit(1);
}

/* ---- open and close -------------------------------------------------------------------------- */

void tty_open(struct tty *t, char **argv, bool linked)
{
    struct winsize size = {.ws_row = ROWS, .ws_col = COLS};
    *t = (struct tty){.linked = linked};
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
    if (linked)
        t->fd = link_open(&t->link, t->fd);
    fcntl(t->fd, F_SETFL, O_NONBLOCK);
    fcntl(t->fd, F_SETFD, FD_CLOEXEC);
}

void tty_close(struct tty *t)
{
    kill(t->pid, SIGKILL);
    waitpid(t->pid, NULL, 0);
    if (t->linked)
        link_close(&t->link);
    close(t->fd);
    vterm_free(t->vt);
}

/* ---- the screen ------------------------------------------------------------------------------ */

static void row_text(struct tty *t, int row, char *out, size_t size)
{
    VTermRect rect = {row, row + 1, 0, COLS};
    size_t n = vterm_screen_get_text(t->screen, out, size - 1, rect);
    out[n < size ? n : size - 1] = '\0';
    for (n = strlen(out); n && (out[n - 1] == ' ' || out[n - 1] == '\n'); n--)
        out[n - 1] = '\0';
}

int tty_filled_rows(struct tty *t)
{
    char text[COLS * 8];
    int n = 0;
    for (int row = 0; row < ROWS; row++) {
        row_text(t, row, text, sizeof text);
        n += *text != '\0';
    }
    return n;
}

bool tty_shows(struct tty *t, const char *text)
{
    char row[COLS * 8];
    for (int i = 0; i < ROWS; i++) {
        row_text(t, i, row, sizeof row);
        if (strstr(row, text))
            return true;
    }
    return false;
}

void tty_fail(struct tty *t, const char *why)
{
    char text[COLS * 8];
    for (int row = 0; row < ROWS; row++) {
        row_text(t, row, text, sizeof text);
        fprintf(stderr, "|%s\n", text);
    }
    tty_close(t);
    give_up(why);
}

/* ---- reading and writing --------------------------------------------------------------------- */

void tty_send(struct tty *t, const char *bytes)
{
    if (write(t->fd, bytes, strlen(bytes)) < 0)
        tty_fail(t, "the key could not be sent");
}

static void answer(struct tty *t, const char *block, size_t n)
{
    char words[256];
    size_t len = vterm_output_read(t->vt, words, sizeof words - 1);
    words[len] = '\0';
    if (memmem(block, n, ASKS_BACKGROUND, strlen(ASKS_BACKGROUND)))
        strcat(words, DARK);
    if (!*words)
        return;
    t->asked++;
    tty_send(t, words);
}

bool tty_read(struct tty *t, int ms)
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
    t->total += (size_t)n;
    vterm_input_write(t->vt, block, (size_t)n);
    answer(t, block, (size_t)n);
    return true;
}

bool tty_sleeps(const struct tty *t)
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

double tty_queued(const struct tty *t)
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

void tty_settle(struct tty *t, double quiet)
{
    double since = now();
    if (t->linked)
        quiet += 2 * LINK_DELAY;
    while (!t->gone) {
        if (tty_read(t, 5))
            since = now();
        else if (now() - since >= quiet && tty_sleeps(t))
            return;
        else if (now() - since > PATIENCE)
            tty_fail(t, "the program has been busy for a minute");
    }
    tty_fail(t, "the program ended");
}

/* ---- a key and its effect -------------------------------------------------------------------- */

/* Until something comes, or the program sleeps and nothing has come for long. */
static void await_byte(struct tty *t, double sent)
{
    enum { LONG = 3000 };
    while (!t->bytes && !t->gone && now() - sent < (tty_sleeps(t) ? LONG : PATIENCE))
        tty_read(t, 100);
}

/* Without a link the effect is over when nothing has come for a while. */
static void follow_near(struct tty *t, struct effect *e, double sent)
{
    await_byte(t, sent);
    tty_settle(t, QUIET);
    e->ms = t->last - sent;
    e->bytes = (double)t->bytes;
}

/* Where the program's writes since the n-th end, if they have: at a pause of QUIET. 0: not yet. */
static size_t effect_end(const struct tty *t, size_t n)
{
    const struct link_log *log = t->link.log;
    const size_t most = sizeof log->wrote / sizeof *log->wrote;
    size_t end = log->n;
    for (size_t i = n + 1; i < end; i++)
        if (log->wrote[i % most].at - log->wrote[(i - 1) % most].at >= QUIET)
            return log->wrote[(i - 1) % most].total;
    bool over = end > n && now() - log->wrote[(end - 1) % most].at >= QUIET && tty_sleeps(t);
    return over ? log->wrote[(end - 1) % most].total : 0;
}

/* Over a link what the program sends later by itself may follow without a pause: the effect ends
 * where the program paused, and has come when that many bytes have. */
static void follow_link(struct tty *t, struct effect *e, double sent, size_t writes)
{
    enum { MOST = 4096 };
    static struct {
        double at;
        size_t total;
    } came[MOST];
    size_t n = 0, end = 0, before = t->total;
    while (!(end = effect_end(t, writes)) || t->total < end) {
        if (now() - sent > PATIENCE || t->gone || n == MOST)
            tty_fail(t, "no answer came over the link");
        if (tty_read(t, 5)) {
            came[n].at = t->last;
            came[n++].total = t->total;
        }
    }
    for (size_t i = n; i-- > 0 && came[i].total >= end;)
        e->ms = came[i].at - sent;
    e->bytes = (double)(end - before);
}

struct effect tty_key(struct tty *t, const char *bytes)
{
    struct effect e = {0};
    size_t writes = t->linked ? t->link.log->n : 0;
    int asked = t->asked;
    double line = tty_queued(t), sent = now();
    t->bytes = 0;
    t->last = sent;
    tty_send(t, bytes);
    if (t->linked)
        follow_link(t, &e, sent, writes);
    else
        follow_near(t, &e, sent);
    e.own = e.ms - (tty_queued(t) - line);
    e.asked = t->asked - asked;
    return e;
}

void tty_tell_memory(const struct tty *t, const char *prefix)
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/status", (int)t->pid);
    FILE *f = fopen(path, "r");
    if (!f)
        give_up("the program's memory cannot be read");
    while (fgets(line, sizeof line, f)) {
        long kib;
        if (sscanf(line, "VmHWM: %ld", &kib) == 1)
            printf("%shwm_kib %ld\n", prefix, kib);
        else if (sscanf(line, "VmRSS: %ld", &kib) == 1)
            printf("%srss_kib %ld\n", prefix, kib);
        else if (sscanf(line, "RssAnon: %ld", &kib) == 1)
            printf("%sanon_kib %ld\n", prefix, kib);
    }
    fclose(f);
}
