/* What the tests of the terminal interface share: a folder to work in, the example database made
 * once and copied for each test, samling on a terminal, and samling by command beside it.
 *
 * Needs $SAMLING, the program (else ./samling). Rows at 80 × 24: 0 the bar, 1 the tabs, 3 the
 * heads, 4–18 the list, 20–21 the strip, 22 the hints, 23 the message. */
#ifndef TESTS_STAGE_H
#define TESTS_STAGE_H

#include <dirent.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "term.h"

enum { FIRST_ROW = 4, LAST_ROW = 18, STRIP = 20, HINTS = 22, MESSAGE = 23 }; /* at 80 × 24 */

#define SHARED __attribute__((unused)) static

static char stage_program[PATH_MAX], stage_folder[PATH_MAX];
static char said[1 << 20]; /* by the last command, both streams */

/* ---- the folder -------------------------------------------------------------------------------
 */

SHARED void stage_absolute(const char *name, const char *fallback, char *out)
{
    const char *path = getenv(name);
    char real[PATH_MAX];
    if (!realpath(path ? path : fallback, real)) {
        fprintf(stderr, "$%s: there is no %s\n", name, path ? path : fallback);
        exit(99);
    }
    setenv(name, real, 1);
    if (out)
        snprintf(out, PATH_MAX, "%s", real);
}

/* Runs samling with these arguments (ended by NULL) and keeps what it says. Returns its exit
 * status. */
SHARED int command(const char *first, ...)
{
    const char *argv[32] = {stage_program, first};
    size_t n = 2, len = 0;
    int line[2], status;
    ssize_t got;
    va_list ap;
    va_start(ap, first);
    while (n < 31 && (argv[n] = va_arg(ap, const char *)) != NULL)
        n++;
    va_end(ap);
    assert_int_equal(pipe(line), 0);
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(line[1], STDOUT_FILENO);
        dup2(line[1], STDERR_FILENO);
        close(line[0]);
        close(line[1]);
        execv(stage_program, (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    close(line[1]);
    while (len < sizeof said - 1 && (got = read(line[0], said + len, sizeof said - 1 - len)) > 0)
        len += (size_t)got;
    said[len] = '\0';
    close(line[0]);
    assert_true(waitpid(pid, &status, 0) == pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

#define RUN(...)                                                                                   \
    do {                                                                                           \
        int run_rc = command(__VA_ARGS__, NULL);                                                   \
        if (run_rc != 0)                                                                           \
            fail_msg("the command ended with %d: %s", run_rc, said);                               \
    } while (0)

SHARED bool was_said(const char *text)
{
    if (strstr(said, text))
        return true;
    fprintf(stderr, "not said: “%s”, but:\n%s\n", text, said);
    return false;
}

SHARED void copy_file(const char *from, const char *to)
{
    char block[65536];
    size_t n;
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    while ((n = fread(block, 1, sizeof block, in)) > 0)
        assert_int_equal(fwrite(block, 1, n, out), n);
    assert_int_equal(fclose(out), 0);
    fclose(in);
}

/* The whole of a file, in `said`. */
SHARED void read_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    said[fread(said, 1, sizeof said - 1, in)] = '\0';
    fclose(in);
}

SHARED void pass_the_tour(void);

SHARED int stage_open(void **state)
{
    (void)state;
    static const char *const unset[] = {"LANGUAGE",
                                        "LC_ALL",
                                        "LC_CTYPE",
                                        "LC_MESSAGES",
                                        "LC_TIME",
                                        "NO_COLOR",
                                        "LINES",
                                        "COLUMNS",
                                        "ESCDELAY",
                                        "SAMLING_DATABASE",
                                        "SSH_ORIGINAL_COMMAND"};
    const char *base = getenv("TMPDIR");
    stage_absolute("SAMLING", "./samling", stage_program);
    stage_absolute("SAMLING_DATADIR", "share", NULL);
    stage_absolute("SAMLING_LOCALEDIR", "share/po", NULL);
    for (size_t i = 0; i < sizeof unset / sizeof *unset; i++)
        unsetenv(unset[i]);
    setenv("LANG", "C.UTF-8", 1);
    setenv("TZ", "Europe/Oslo", 1);
    setenv("SAMLING_TODAY", "2022-02-01", 1);
    /* A sanitizer's own exit status must not be one that is expected. */
    const char *asan = getenv("ASAN_OPTIONS");
    char options[1000];
    snprintf(options, sizeof options, "exitcode=99%s%s", asan ? ":" : "", asan ? asan : "");
    setenv("ASAN_OPTIONS", options, 1);
    snprintf(stage_folder, sizeof stage_folder, "%s/samling-tui.XXXXXX",
             base && *base ? base : "/tmp");
    if (!mkdtemp(stage_folder) || chdir(stage_folder) != 0)
        return -1;
    setenv("HOME", stage_folder, 1);
    setenv("XDG_DATA_HOME", stage_folder, 1);
    setenv("XDG_CONFIG_HOME", stage_folder, 1);
    RUN("-d", "base.db", "init", "--example", "asker");
    pass_the_tour();
    return 0;
}

/* All files of a folder, and of those in it. */
SHARED void stage_empty(const char *folder)
{
    char path[PATH_MAX];
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    while (dir && (entry = readdir(dir)) != NULL) {
        bool own = strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (own && unlink(path) != 0) {
            stage_empty(path);
            rmdir(path);
        }
    }
    if (dir)
        closedir(dir);
}

SHARED int stage_close(void **state)
{
    (void)state;
    stage_empty(".");
    return chdir("/") == 0 && rmdir(stage_folder) == 0 ? 0 : -1;
}

/* ---- samling on a terminal --------------------------------------------------------------------
 */

/* A fresh copy of the example, to work in. */
SHARED const char *fresh_database(void)
{
    static int number;
    static char path[40];
    snprintf(path, sizeof path, "work-%d.db", ++number);
    copy_file("base.db", path);
    return path;
}

static const char *current;

/* The one that the running test works in. */
static const char *database(void)
{
    return current;
}

SHARED struct term *open_desk(int rows, int cols, const char *language, const char *const env[])
{
    struct term *t = term_start(
        rows, cols, (const char *const[]){stage_program, "-d", database(), "-l", language, NULL},
        env);
    if (rows >= 16 && cols >= 60) {
        term_wait_text(t, "F1 "); /* the hints … */
        term_wait_text(t, "AMBULERENDE");
        term_wait_row(t, rows - 3, "·"); /* … and at the first pause, the strip */
    }
    return t;
}

/* The first log-in of somebody, who leaves the tour and goes to the offerings: there every later
 * one begins. */
SHARED void pass_the_tour(void)
{
    struct term *t = term_start(
        24, 80, (const char *const[]){stage_program, "-d", "base.db", "-l", "en", NULL}, NULL);
    term_wait_text(t, "1 of 6");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "1 of 6");
    term_keys(t, "1");
    term_wait_row(t, 1, ">1 Offerings");
    term_keys(t, "q");
    assert_int_equal(term_wait_exit(t), 0);
    term_end(t);
}

/* The desk at 80 × 24 in English on a fresh database. */
SHARED struct term *start(void)
{
    current = fresh_database();
    return open_desk(24, 80, "en", NULL);
}

SHARED struct term *start_wide(const char *language)
{
    current = fresh_database();
    return open_desk(50, 160, language, NULL);
}

/* The next log-in at 80 × 24: what was left there is what is seen, and what to wait for. */
SHARED struct term *come_back(void)
{
    struct term *t = term_start(
        24, 80, (const char *const[]){stage_program, "-d", database(), "-l", "en", NULL}, NULL);
    term_wait_text(t, "F1 ");
    return t;
}

/* Leaves from the desk: quietly, and with the terminal as it was. */
SHARED void leave(struct term *t)
{
    term_keys(t, "q");
    int status = term_wait_exit(t);
    if (status != 0)
        term_dump(t);
    assert_int_equal(status, 0);
    assert_false(term_altscreen(t));
    assert_true(term_cursor(t, NULL, NULL));
    term_end(t);
}

/* ---- the selected row ---------------------------------------------------------------------------
 */

struct selection {
    int row;
    const char *text;
};

/* The whole row is reversed and the cursor rests on it. */
SHARED bool is_selected(struct term *t, const void *arg)
{
    const struct selection *want = arg;
    int row, col;
    if (!term_cursor(t, &row, &col) || (want->row >= 0 && row != want->row))
        return false;
    return term_attr(t, row, col + 1).reverse && strstr(term_row(t, row), want->text);
}

#define wait_selected(t, text)                                                                     \
    term_wait(t, is_selected, (&(struct selection){-1, text}), "selected: " text)
#define wait_selected_at(t, row, text)                                                             \
    term_wait(t, is_selected, (&(struct selection){row, text}), "selected there: " text)

/* How many rows of the list are reversed at this column. */
SHARED int reversed_rows(struct term *t, int col)
{
    int rows, cols, n = 0;
    term_size(t, &rows, &cols);
    for (int i = 3; i < rows - 5; i++)
        n += term_attr(t, i, col).reverse;
    return n;
}

#endif
