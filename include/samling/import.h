/* Import: from a table that somebody sent to records. Rehearsal and writing are one and the same
 * pass over the rows; the rehearsal only does not write. So what is shown is what will be done.
 *
 * Each row gets one verdict and a reason. What is ambiguous is `unclear` and never written by
 * guess. Fields that are empty are filled; a value that differs is kept, unless `replace`; nothing
 * is ever emptied. The rows of one import are one batch, which `undo` takes back. */
#ifndef SAMLING_IMPORT_H
#define SAMLING_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "samling/reader.h"
#include "samling/record.h"

enum verdict {
    VERDICT_NEW,      /* a person (organisation) not known before */
    VERDICT_MATCHED,  /* known; nothing to change (but perhaps enrolled) */
    VERDICT_CHANGED,  /* known; something was filled in or replaced */
    VERDICT_UNCLEAR,  /* several could be meant, or it is doubtful: not written */
    VERDICT_REJECTED, /* cannot be used: not written */
    VERDICT_COUNT
};

struct import_map {
    const char *column; /* a heading, or its number from 1 */
    const char *field;  /* one of import_fields, or "-" to leave the column out */
};

enum { IMPORT_MAPS_MAX = 64 };

struct import_options {
    const char *type; /* "people", "organisations" or "roster" */
    int64_t cohort;   /* roster: into this one */
    struct reader_options reader;
    struct import_map map[IMPORT_MAPS_MAX]; /* overrides what the headings say */
    size_t nmaps;
    bool replace; /* values that differ: take the file's */
};

/* A column of the file and what it becomes. */
struct import_column {
    const char *heading;   /* as in the file */
    const char *field;     /* "family_name"; NULL: left out */
    const char *label;     /* translated label of the field; NULL with field */
    const char *sample[3]; /* the first values that are not empty; NULL where there are fewer */
};

struct import_head {
    struct reader_info info;
    long header_line; /* of the file; 0: there is none, and the columns were mapped by `map` */
    const struct import_column *column;
    size_t ncolumns;
};

struct import_row {
    long line;
    enum verdict verdict;
    const char
        *name; /* what the row is about, for a list: "Åse Ødegård"; "" if it cannot be told */
    const char *organisation; /* "" if none */
    const char *reason;       /* why this verdict, translated, never NULL; "" for a plain new one */
    int64_t id;               /* of the person or organisation; 0: none, or not made yet */
    const int64_t *candidate; /* unclear: those in the database that could be meant */
    size_t ncandidates;
    const struct row *row; /* as read */
};

struct import_result {
    long rows;
    long count[VERDICT_COUNT];
    long enrolled;           /* places made in the cohort */
    long organisations_made; /* unknown ones that the rows named */
    int64_t batch;           /* 0: rehearsed, or nothing to write */
};

struct import;

/* Reads the file's head and maps its columns; writes nothing. ST_REFUSED when no column can be
 * matched (the words say which were seen and how to map them), and all of reader_open's. */
enum status import_open(struct import **out, struct session *s,
                        const struct import_options *options, const char *path, struct error *err);
/* The same of text in memory (a paste), which must outlive it. */
enum status import_open_memory(struct import **out, struct session *s,
                               const struct import_options *options, const char *name,
                               const char *data, size_t len, struct error *err);
const struct import_head *import_head(const struct import *imp);

struct import_watch {
    /* Each row, valid during the call; or NULL. While writing others wait for the lock: keep what
     * is to be shown, and show it afterwards. */
    void (*row)(void *, const struct import_row *);
    void (*organisation)(void *, const char *name); /* each organisation made; or NULL */
    bool (*progress)(void *, double done,
                     long rows); /* now and then; false stops, with ST_STOPPED; or NULL */
    void *arg;
};

/* Goes through all rows. Title lines above the header and repeated headers are no rows. With
 * `write` in one transaction: all or, on any failure, nothing. Can be called again (a rehearsal,
 * then the writing). ST_OK also when rows were rejected: look at *result. */
enum status import_run(struct import *imp, bool write, const struct import_watch *watch,
                       struct import_result *result, struct error *err);
void import_close(struct import *imp); /* NULL is allowed */

const char *verdict_name(enum verdict v);  /* "new": for scripts */
const char *verdict_label(enum verdict v); /* translated */
/* The fields that an import of `type` knows, by name ("given_name", "organisation" …), in order;
 * ends with NULL. */
const char *const *import_fields(const char *type);

#endif
