/* What the files of this room share. */
#ifndef SAMLING_DB_INTERNAL_H
#define SAMLING_DB_INTERNAL_H

#include <sqlite3.h>
#include <stdbool.h>

#include "samling/db.h"

enum { APPLICATION_ID = 0x534d4c47 }; /* "SMLG" */
enum { BUSY_TIMEOUT = 10000 };        /* milliseconds */
enum { CACHE_SIZE = 256 };            /* statements kept; a power of two */

struct stmt {
    sqlite3_stmt *handle;
    struct db *db;
    bool in_use;
    bool once; /* not from the cache: finalised at reset */
    int bound; /* the first failure of a bind, told by the step */
};

struct db {
    sqlite3 *handle;
    char *path;
    int64_t busy_since; /* milliseconds */
    bool read_only;
    bool later; /* the log of the next commit is not brought into the file at once */
    int log;    /* pages in it after the last commit */
    bool (*progress)(void *);
    void *progress_arg;
    long budget; /* steps left, when limited */
    bool limited;
    struct stmt *cache[CACHE_SIZE];
};

/* Translates SQLite's last failure on `db` (extended code) into words. Returns the status. */
enum status db_error(const struct db *db, struct error *err);
enum status db_error_code(const char *path, int code, struct error *err);

/* Runs the migrations that are missing; called by db_open with an exclusive view of the rest. */
enum status db_migrate(struct db *db, int from, struct error *err);
int64_t db_pragma_int(struct db *db, const char *sql);
/* sqlite3_open_v2 of a path that is never taken for anything else. */
int db_open_file(sqlite3 **out, const char *path, int mode);

#endif
