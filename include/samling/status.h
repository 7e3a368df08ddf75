/* How functions report failure.
 *
 * A function that can fail returns `enum status` and takes `struct error *err` last. On
 * anything but ST_OK it has filled *err, unless its header says otherwise. A caller that does
 * not want the words may pass NULL.
 *
 * The words are for the person at the keyboard: what could not be done, why, and what to do
 * about it. They are whole, translated sentences or phrases. */
#ifndef SAMLING_STATUS_H
#define SAMLING_STATUS_H

/* The numbers up to ST_DATABASE are the program's exit codes. */
enum status {
    ST_OK = 0,
    ST_REFUSED = 1,  /* bad input, not found, not allowed; nothing was written */
    ST_USAGE = 2,    /* the command line makes no sense */
    ST_PARTIAL = 3,  /* done in part: an import with rejects */
    ST_DATABASE = 4, /* busy, unreadable, damaged, read-only, full or newer */
    ST_CONFLICT = 5, /* somebody else changed the record since it was read (exit 1) */
    ST_STOPPED = 6,  /* the user asked to stop; nothing was written (exit 1) */
};

struct error {
    enum status code;
    char what[160]; /* "list.csv:12:3", "BIM/9", "people" */
    char why[400];  /* "there is no cohort 9" */
    char todo[240]; /* "list the cohorts with: samling list cohorts BIM"; may be empty */
};

/* Fills *err and returns `code`, so that `return error_set(…)` is the usual form. `what` and
 * `todo` are copied (either may be NULL); `why` is a printf format. */
enum status error_set(struct error *err, enum status code, const char *what, const char *todo,
                      const char *why, ...) __attribute__((format(printf, 5, 6)));

/* Writes "what: why, and what to do" to `out` (size bytes, always terminated), in one line. */
void error_text(const struct error *err, char *out, unsigned long size);

/* The process's exit code for a status. */
int status_exit(enum status st);

#endif
