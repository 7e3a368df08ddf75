/* A program on a pseudo-terminal of 80×24, TERM=xterm-256color, with a clock beside it. libvterm
 * keeps the screen, so that what is timed is known to be there. The terminal tells its background
 * when it is asked, as xterm does. What goes wrong ends the bench with a word and the screen. */
#ifndef SAMLING_BENCH_TTY_H
#define SAMLING_BENCH_TTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <vterm.h>

#include "link.h"

enum { ROWS = 24, COLS = 80, QUIET = 100 /* ms */ };

struct tty {
    pid_t pid;
    int fd;
    struct link link; /* between the two, where there is one */
    bool linked;
    VTerm *vt;
    VTermScreen *screen;
    double started; /* ms */
    double last;    /* when the last byte came, ms */
    size_t bytes;   /* since the last mark */
    size_t total;
    int asked; /* how often the program asked the terminal something */
    bool gone;
};

/* What a key did. */
struct effect {
    double ms;    /* from the key sent to the last byte of its effect */
    double own;   /* the same without the time in line for a processor */
    double bytes; /* of the effect */
    int asked;    /* questions to the terminal in it, each a second way there and back */
};

double now(void); /* ms */
_Noreturn void give_up(const char *why);

/* `linked`: over a slow link (link.h). */
void tty_open(struct tty *t, char **argv, bool linked);
/* Ends the program, by force. */
void tty_close(struct tty *t);
_Noreturn void tty_fail(struct tty *t, const char *why);

/* Reads what comes within `ms`; true when something came. */
bool tty_read(struct tty *t, int ms);
/* Until nothing has come for `quiet` ms and the program waits for input. */
void tty_settle(struct tty *t, double quiet);
/* Is the program asleep? */
bool tty_sleeps(const struct tty *t);
/* Milliseconds that the program has stood in line for a processor: on a busy machine part of every
 * answer. */
double tty_queued(const struct tty *t);
void tty_send(struct tty *t, const char *bytes);
/* Sends a key and waits for its effect, which is over when nothing has come for 100 ms and the
 * program sleeps; what it then sends by itself (the selected row's details and the count, after 200
 * ms of rest) belongs to no key. No bytes where
 * it showed nothing for 3 s. */
struct effect tty_key(struct tty *t, const char *bytes);

int tty_filled_rows(struct tty *t);
bool tty_shows(struct tty *t, const char *text);
/* Lines hwm_kib, rss_kib and anon_kib of the program, on standard output, each after `prefix`. */
void tty_tell_memory(const struct tty *t, const char *prefix);

#endif
