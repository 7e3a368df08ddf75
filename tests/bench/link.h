/* A slow link: a process between two pseudo-terminals that lets what comes through 75 ms later, in
 * each direction, and at most 8,000 bytes a second. */
#ifndef SAMLING_BENCH_LINK_H
#define SAMLING_BENCH_LINK_H

#include <stddef.h>
#include <sys/types.h>

enum { LINK_DELAY = 75 /* ms, each way */, LINK_RATE = 8 /* bytes a ms */ };

/* What the program wrote, and when, before it went over the link: kept by the relay. */
struct link_log {
    _Atomic size_t n;
    struct {
        double at; /* ms */
        size_t total;
    } wrote[8192];
};

struct link {
    pid_t pid;
    struct link_log *log; /* in memory that both have */
};

/* Puts the link before the terminal `far`, which is closed here; returns the near end. */
int link_open(struct link *l, int far);
void link_close(struct link *l);

#endif
