#include "config.h"

#include "link.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "tty.h"

enum { QUEUE = 1 << 16 };

/* One direction: bytes on their way, each with the time when it arrives. */
struct way {
    int from, to;
    char byte[QUEUE];
    double due[QUEUE];
    size_t head, tail;
    double free; /* when the link can take the next byte */
};

static void take_in(struct way *w, struct link_log *log)
{
    char block[4096];
    ssize_t n = read(w->from, block, sizeof block);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0 || w->tail + (size_t)n - w->head > QUEUE)
        _exit(0); /* an end is gone, or nobody reads */
    double t = now();
    for (ssize_t i = 0; i < n; i++) {
        w->free = (w->free > t ? w->free : t) + 1.0 / LINK_RATE;
        w->byte[w->tail % QUEUE] = block[i];
        w->due[w->tail++ % QUEUE] = w->free + LINK_DELAY;
    }
    if (!log)
        return;
    size_t at = log->n % (sizeof log->wrote / sizeof *log->wrote);
    log->wrote[at].at = t;
    log->wrote[at].total = w->tail;
    log->n++;
}

static void let_out(struct way *w)
{
    char block[256];
    size_t n = 0;
    for (double t = now(); w->head < w->tail && w->due[w->head % QUEUE] <= t && n < sizeof block;)
        block[n++] = w->byte[w->head++ % QUEUE];
    for (size_t sent = 0; sent < n;) {
        ssize_t some = write(w->to, block + sent, n - sent);
        if (some < 0 && errno != EINTR)
            _exit(0);
        sent += some > 0 ? (size_t)some : 0;
    }
}

static _Noreturn void relay(int near, int far, struct link_log *log)
{
    static struct way in, out; /* as the program sees it */
    in.from = out.to = near;
    out.from = in.to = far;
    for (;;) {
        struct pollfd p[] = {{.fd = near, .events = POLLIN}, {.fd = far, .events = POLLIN}};
        bool busy = in.head < in.tail || out.head < out.tail;
        if (poll(p, 2, busy ? 1 : 1000) < 0 && errno != EINTR)
            _exit(0);
        if (p[0].revents)
            take_in(&in, NULL);
        if (p[1].revents)
            take_in(&out, log);
        let_out(&in);
        let_out(&out);
    }
}

int link_open(struct link *l, int far)
{
    int near, mine;
    struct termios raw;
    if (openpty(&near, &mine, NULL, NULL, NULL) != 0 || tcgetattr(mine, &raw) != 0)
        give_up(strerror(errno));
    cfmakeraw(&raw);
    l->log = mmap(NULL, sizeof *l->log, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (tcsetattr(mine, TCSANOW, &raw) != 0 || l->log == MAP_FAILED)
        give_up(strerror(errno));
    l->pid = fork();
    if (l->pid == 0) {
        close(near);
        relay(mine, far, l->log);
    }
    if (l->pid < 0)
        give_up(strerror(errno));
    close(mine);
    close(far);
    return near;
}

void link_close(struct link *l)
{
    kill(l->pid, SIGKILL);
    waitpid(l->pid, NULL, 0);
    munmap(l->log, sizeof *l->log);
}
