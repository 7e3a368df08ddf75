#include "config.h"

#include "script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tty.h"

enum { SERIES = 32, SAMPLES = 1000, FULL_ROWS = 12, REST = 350 /* ms */, WORDS = 32 };

/* ---- figures --------------------------------------------------------------------------------- */

struct series {
    char name[40];
    int n, asked;
    double ms[SAMPLES], own[SAMPLES], bytes[SAMPLES], over[SAMPLES];
    double worst;
    char typed[80];
};

struct run {
    struct tty tty;
    struct series series[SERIES];
    int n;
};

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void tell(const char *name, double *v, int n)
{
    qsort(v, (size_t)n, sizeof *v, by_value);
    double m = n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
    printf("%s %.2f %.2f %.2f\n", name, m, v[0], v[n - 1]);
}

static struct series *series_of(struct run *r, const char *name)
{
    for (int i = 0; i < r->n; i++)
        if (strcmp(r->series[i].name, name) == 0)
            return &r->series[i];
    if (r->n == SERIES)
        give_up("too many names in the script");
    struct series *s = &r->series[r->n++];
    snprintf(s->name, sizeof s->name, "%s", name);
    return s;
}

static void add(struct series *s, struct effect e, const char *typed)
{
    if (s->n == SAMPLES)
        give_up("too many samples of one name");
    if (e.ms > s->worst) {
        s->worst = e.ms;
        snprintf(s->typed, sizeof s->typed, "%s", typed);
    }
    s->ms[s->n] = e.ms;
    s->own[s->n] = e.own;
    s->over[s->n] = e.ms - 2 * LINK_DELAY - e.bytes / LINK_RATE;
    s->asked += e.asked;
    s->bytes[s->n++] = e.bytes;
}

static void tell_one(const char *name, const char *what, double *v, int n)
{
    char both[80];
    snprintf(both, sizeof both, "%s_%s", name, what);
    tell(both, v, n);
}

static void tell_all(struct run *r)
{
    for (int i = 0; i < r->n; i++) {
        struct series *s = &r->series[i];
        if (s->n == 0)
            tty_fail(&r->tty, s->name);
        printf("%s_n %d\n%s_asked %d\n", s->name, s->n, s->name, s->asked);
        if (*s->typed)
            printf("worst %s %.2f %s\n", s->name, s->worst, s->typed);
        tell_one(s->name, "ms", s->ms, s->n);
        tell_one(s->name, "own_ms", s->own, s->n);
        tell_one(s->name, "bytes", s->bytes, s->n);
        if (r->tty.linked)
            tell_one(s->name, "over_ms", s->over, s->n);
    }
}

/* ---- keys ------------------------------------------------------------------------------------ */

/* The bytes of a key's name, in a buffer that the next call uses again. */
static const char *key_bytes(const char *name)
{
    static const char *const names[][2] = {
        {"Up", "\033OA"},      {"Down", "\033OB"}, {"Right", "\033OC"}, {"Left", "\033OD"},
        {"Home", "\033OH"},    {"End", "\033OF"},  {"PgUp", "\033[5~"}, {"PgDn", "\033[6~"},
        {"Enter", "\r"},       {"Tab", "\t"},      {"Esc", "\033"},     {"Space", " "},
        {"Backspace", "\177"},
    };
    static char ctrl[2];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i][0]) == 0)
            return names[i][1];
    if (strncmp(name, "Ctrl-", 5) == 0 && strlen(name) == 6) {
        ctrl[0] = (char)(name[5] & 0x1f);
        return ctrl;
    }
    return name;
}

static void press(struct tty *t, const char *key)
{
    tty_send(t, key_bytes(key));
    tty_settle(t, REST);
}

/* ---- steps ----------------------------------------------------------------------------------- */

static void step_time(struct run *r, char **word, int n)
{
    struct series *s = series_of(r, word[1]);
    for (int i = 0, times = atoi(word[2]); i < times; i++) {
        tty_settle(&r->tty, QUIET);
        struct effect e = tty_key(&r->tty, key_bytes(word[3]));
        if (e.bytes == 0) /* the end of a list */
            break;
        add(s, e, "");
        for (int k = 4; k < n; k++)
            press(&r->tty, word[k]);
    }
}

static void step_query(struct run *r, char **word, int n)
{
    struct series *s = series_of(r, word[1]);
    struct tty *t = &r->tty;
    char utf8[8], words[80] = "", so_far[80] = "";
    double pause = atof(word[2]);
    for (int i = 5; i < n; i++) {
        strcat(words, i > 5 ? " " : "");
        strcat(words, word[i]);
    }
    press(t, word[3]);
    for (const char *p = words; *p;) {
        size_t len = 1;
        while ((p[len] & 0xc0) == 0x80)
            len++;
        memcpy(utf8, p, len);
        utf8[len] = '\0';
        strcat(so_far, utf8);
        p += len;
        /* Sent as it is typed, whatever the program does just then. */
        for (double end = t->last + pause; now() < end;)
            tty_read(t, 1);
        struct effect e = tty_key(t, utf8);
        if (e.bytes == 0)
            tty_fail(t, "a letter showed nothing");
        add(s, e, so_far);
    }
    press(t, word[4]);
}

static void step_idle(struct run *r, char **word, int n)
{
    (void)n;
    struct tty *t = &r->tty;
    tty_settle(t, 2 * REST);
    t->bytes = 0;
    for (double end = now() + atof(word[2]); now() < end;)
        tty_read(t, 50);
    printf("%s_bytes %zu\n", word[1], t->bytes);
}

static pid_t start_other(char **argv)
{
    pid_t pid = fork();
    if (pid == 0) {
        if (!freopen("/dev/null", "w", stdout))
            _exit(127);
        execvp(argv[0], argv);
        perror(argv[0]);
        _exit(127);
    }
    return pid;
}

static void step_others(struct run *r, char **word, int n)
{
    enum { PATIENCE = 30000 };
    struct tty *t = &r->tty;
    struct series *s = series_of(r, word[1]);
    char said[200], mark[32], *argv[WORDS];
    for (int i = 0, times = atoi(word[2]); i < times; i++) {
        int status = 0;
        snprintf(mark, sizeof mark, "nr%d-%d", (int)getpid(), i);
        for (int k = 3; k <= n; k++)
            argv[k - 3] = k < n ? word[k] : NULL;
        for (int k = 0; argv[k]; k++) {
            char *at = strstr(argv[k], "{}");
            if (!at)
                continue;
            snprintf(said, sizeof said, "%.*s%s%s", (int)(at - argv[k]), argv[k], mark, at + 2);
            argv[k] = said;
        }
        tty_settle(t, 2 * REST);
        double began = now();
        t->bytes = 0;
        pid_t pid = start_other(argv);
        while (!tty_shows(t, mark) && now() - began < PATIENCE)
            tty_read(t, 5);
        struct effect e = {.ms = now() - began, .own = now() - began, .bytes = (double)t->bytes};
        waitpid(pid, &status, 0);
        if (status != 0)
            tty_fail(t, "the other's change failed");
        add(s, e, "");
    }
}

static void step_leave(struct run *r, char **word, int n)
{
    (void)n;
    tty_send(&r->tty, key_bytes(word[1]));
    for (double end = now() + 10000; !r->tty.gone && now() < end;)
        tty_read(&r->tty, 50);
    if (!r->tty.gone)
        tty_fail(&r->tty, "the program did not end");
}

static void step_press(struct run *r, char **word, int n)
{
    for (int i = 1; i < n; i++)
        press(&r->tty, word[i]);
}

static void step_shows(struct run *r, char **word, int n)
{
    char text[COLS] = "";
    for (int i = 1; i < n; i++) {
        strcat(text, i > 1 ? " " : "");
        strcat(text, word[i]);
    }
    if (!tty_shows(&r->tty, text))
        tty_fail(&r->tty, text);
}

static void step_full(struct run *r, char **word, int n)
{
    (void)word, (void)n;
    if (tty_filled_rows(&r->tty) < FULL_ROWS)
        tty_fail(&r->tty, "the screen is not full");
}

static void step_wait(struct run *r, char **word, int n)
{
    (void)n;
    for (double end = now() + atof(word[1]); now() < end;)
        tty_read(&r->tty, 50);
}

static void step_memory(struct run *r, char **word, int n)
{
    tty_tell_memory(&r->tty, n > 1 ? word[1] : "");
}

static const struct {
    const char *name;
    int least; /* words, with the name */
    void (*run)(struct run *r, char **word, int n);
} steps[] = {
    {"press", 2, step_press},   {"shows", 2, step_shows}, {"full", 1, step_full},
    {"time", 4, step_time},     {"query", 6, step_query}, {"idle", 3, step_idle},
    {"others", 4, step_others}, {"wait", 2, step_wait},   {"leave", 2, step_leave},
    {"memory", 1, step_memory},
};

static void run_line(struct run *r, char *line)
{
    char *word[WORDS];
    int n = 0;
    for (char *w = strtok(line, " \n"); w && n < WORDS; w = strtok(NULL, " \n"))
        word[n++] = w;
    if (!n || *word[0] == '#')
        return;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (strcmp(word[0], steps[i].name) == 0 && n >= steps[i].least) {
            steps[i].run(r, word, n);
            return;
        }
    }
    give_up(word[0]);
}

void script_run(const char *path, char **argv, bool linked)
{
    static struct run r;
    char line[1024];
    FILE *f = fopen(path, "re");
    if (!f)
        give_up(path);
    tty_open(&r.tty, argv, linked);
    tty_settle(&r.tty, 2 * REST);
    while (fgets(line, sizeof line, f))
        run_line(&r, line);
    fclose(f);
    tell_all(&r);
    tty_close(&r.tty);
}
