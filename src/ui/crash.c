/* Signals: what they tell, and a terminal that can be used after a crash. */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "samling/mem.h"

#include "ui/term_parts.h"

static volatile sig_atomic_t news[NEWS_COUNT];

/* All that the handler of a crash needs, made while the program is well. */
static struct {
    struct termios modes;
    bool has_modes;
    char *words;
    size_t len;
    volatile sig_atomic_t armed;
} ready;

static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
enum { CRASHES = sizeof crashes / sizeof *crashes };
static struct sigaction before[CRASHES];

static void on_news(int sig)
{
    switch (sig) {
    case SIGWINCH: news[NEWS_SIZE] = 1; break;
    case SIGTSTP: news[NEWS_STOP] = 1; break;
    case SIGCONT: news[NEWS_CONTINUED] = 1; break;
    default: news[NEWS_GONE] = 1;
    }
}

bool signals_pending(enum news n)
{
    return news[n];
}

bool signals_take(enum news n)
{
    bool was = news[n];
    news[n] = 0;
    return was;
}

/* Only what may be called here: write, tcsetattr, sigaction, raise. */
static void restore_terminal(void)
{
    if (!ready.armed)
        return;
    ready.armed = 0;
    for (size_t at = 0; at < ready.len;) {
        ssize_t n = write(STDOUT_FILENO, ready.words + at, ready.len - at);
        if (n <= 0 && errno != EINTR)
            break;
        at += n > 0 ? (size_t)n : 0;
    }
    if (ready.has_modes)
        tcsetattr(STDIN_FILENO, TCSANOW, &ready.modes);
}

/* Whoever was to handle it before does so now (a sanitizer, a core dump), with nothing of it lost:
 * a fault happens again as soon as this returns, what was sent is sent again. */
static void on_crash(int sig, siginfo_t *info, void *context)
{
    (void)context;
    int keep = errno;
    restore_terminal();
    for (int i = 0; i < CRASHES; i++)
        if (crashes[i] == sig)
            sigaction(sig, &before[i], NULL);
    if (info->si_code <= 0 || sig == SIGABRT)
        raise(sig);
    errno = keep;
}

/* A stack that ran over has no room for a handler. */
static void need_stack(void)
{
    static char room[64 * 1024];
    stack_t now, own = {.ss_sp = room, .ss_size = sizeof room};
    if (sigaltstack(NULL, &now) == 0 && (now.ss_flags & SS_DISABLE))
        sigaltstack(&own, NULL);
}

static void handle(int sig)
{
    struct sigaction sa = {.sa_handler = on_news};
    sigaction(sig, &sa, NULL);
}

void signals_start(void)
{
    static const int told[] = {SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT};
    struct sigaction sa = {.sa_sigaction = on_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        handle(told[i]);
    need_stack();
    for (int i = 0; i < CRASHES; i++)
        sigaction(crashes[i], &sa, &before[i]);
    signal(SIGPIPE, SIG_IGN);
}

void signals_stop(void)
{
    static const int told[] = {SIGWINCH, SIGTSTP, SIGCONT};
    ready.armed = 0;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        signal(told[i], SIG_DFL);
    for (int i = 0; i < CRASHES; i++)
        sigaction(crashes[i], &before[i], NULL);
    /* A second one, as when a whole session is closed, must not cut the leave-taking short. */
    signal(SIGHUP, SIG_IGN);
    free(ready.words);
    ready.words = NULL;
}

void signals_suspend(void)
{
    bool armed = ready.armed;
    ready.armed = 0;
    signal(SIGTSTP, SIG_DFL);
    kill(0, SIGTSTP); /* all of the job, so that a script around it stops too */
    handle(SIGTSTP);
    signals_take(NEWS_STOP);
    signals_take(NEWS_CONTINUED);
    ready.armed = armed;
}

void crash_modes(void)
{
    ready.has_modes = tcgetattr(STDIN_FILENO, &ready.modes) == 0;
}

void crash_prepare(const char *restore, size_t len, const char *words)
{
    size_t n = strlen(words);
    ready.armed = 0;
    free(ready.words);
    ready.words = mem_alloc(len + n + 1);
    memcpy(ready.words, restore, len);
    memcpy(ready.words + len, words, n);
    ready.len = len + n;
    ready.armed = 1;
}
