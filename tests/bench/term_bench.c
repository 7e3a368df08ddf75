/* What a key costs, and a start:
 *
 *     term_bench start RUNS :: CMD… [:: CMD…]   milliseconds from exec to the last byte of the
 * first full screen; the commands take turns, after a first one that is not counted term_bench run
 * SCRIPT CMD…  keys in a session (script.h), on a terminal (tty.h) term_bench link SCRIPT CMD… the
 * same over a slow link (link.h) term_bench time CMD…        a command without a terminal:
 * milliseconds, of them on a processor, and the most memory in KiB; its exit status is passed on
 *
 * Results are lines NAME VALUE… on standard output. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "script.h"
#include "tty.h"

/* A month may have empty lines; a frame without what it is about has nine. */
enum { FULL_ROWS = 12 };

/* ---- start ----------------------------------------------------------------------------------- */

static double time_start(char **argv, double *own)
{
    struct tty t;
    tty_open(&t, argv, false);
    double deadline = t.started + 60000;
    /* Full, and nothing more to come. */
    for (double since = now();;) {
        if (tty_read(&t, 5))
            since = now();
        if (now() - since >= QUIET && tty_sleeps(&t) && tty_filled_rows(&t) >= FULL_ROWS)
            break;
        if (t.gone || now() > deadline)
            tty_fail(&t, "no full screen came");
    }
    double ms = t.last - t.started;
    *own = ms - tty_queued(&t);
    tty_close(&t);
    return ms;
}

static int start(int argc, char **argv)
{
    enum { COMMANDS = 8, RUNS = 200 };
    static double ms[COMMANDS][RUNS], own[COMMANDS][RUNS];
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
            double mine, took = time_start(command[i], &mine);
            if (run < 0)
                continue;
            ms[i][run] = took;
            own[i][run] = mine;
        }
    }
    for (int i = 0; i < n; i++) {
        char name[32];
        snprintf(name, sizeof name, "start%d_ms", i + 1);
        tell(name, ms[i], runs);
        snprintf(name, sizeof name, "start%d_own_ms", i + 1);
        tell(name, own[i], runs);
    }
    return 0;
}

/* ---- a command without a terminal ------------------------------------------------------------ */

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
    const char *job = argc > 1 ? argv[1] : "";
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc > 4 && strcmp(job, "start") == 0)
        return start(argc - 2, argv + 2);
    if (argc > 3 && (strcmp(job, "run") == 0 || strcmp(job, "link") == 0)) {
        script_run(argv[2], argv + 3, *job == 'l');
        return 0;
    }
    if (argc > 2 && strcmp(job, "time") == 0)
        return time_command(argv + 2);
    fprintf(stderr, "usage: term_bench start RUNS :: CMD… [:: CMD…]\n"
                    "       term_bench run SCRIPT CMD…\n       term_bench link SCRIPT CMD…\n"
                    "       term_bench time CMD…\n");
    return 2;
}
