/* Stopping: a Ctrl-C, or the end of the connection, in the middle of long work leaves nothing half
 * done and no file lying about. */
#include "config.h"

#include "cli/commands.h"

#include <signal.h>

static volatile sig_atomic_t asked;

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
enum { SIGNALS = sizeof signals / sizeof signals[0] };

static struct sigaction before[SIGNALS];

static void on_signal(int number)
{
    (void)number;
    asked = 1;
}

bool stop_asked(void)
{
    return asked != 0;
}

static bool asked_meanwhile(void *arg)
{
    (void)arg;
    return stop_asked();
}

void stop_watch(struct session *s)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < SIGNALS; i++) {
        sigaction(signals[i], NULL, &before[i]);
        /* Under nohup and in the background of a script they are ignored, and stay so. */
        if (before[i].sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
    }
    db_on_progress(s->db, asked_meanwhile, NULL);
}

void stop_unwatch(struct session *s)
{
    db_on_progress(s->db, NULL, NULL);
    for (int i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &before[i], NULL);
}
