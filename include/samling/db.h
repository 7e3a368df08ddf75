/* The database: opening, statements, transactions, migrations, backup, checks. Nothing outside
 * src/db includes sqlite3.h, and no SQL of the domain is here.
 *
 * One connection a process, used by one thread. A read statement is reset as soon as its last
 * row was read; a write transaction is IMMEDIATE, short, and never open across input or output. */
#ifndef SAMLING_DB_H
#define SAMLING_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "samling/buf.h"
#include "samling/status.h"

struct db;
struct stmt;

enum db_flags {
    DB_CREATE = 1,     /* make the file if it is not there (its folder must be) */
    DB_NEW = 2,        /* with DB_CREATE: refuse a file that is there */
    DB_READ_ONLY = 4,  /* for checks; an older version is then refused, not upgraded */
};

/* Opens, verifies that the file is ours and not newer, upgrades an older one. Path ":memory:"
 * gives a private one. Refuses (ST_DATABASE): no such file, a folder, not a database, not ours,
 * newer, damaged, unreadable, a network file system. */
enum status db_open(struct db **out, const char *path, unsigned flags, struct error *err);
void db_close(struct db *db); /* NULL is allowed */
const char *db_path(const struct db *db);
bool db_is_read_only(const struct db *db); /* the file or its folder cannot be written */

/* ---- transactions ---------------------------------------------------------------------- */
enum status db_begin(struct db *db, struct error *err); /* IMMEDIATE: waits up to 10 s for the lock */
enum status db_commit(struct db *db, struct error *err); /* rolled back when it fails */
void db_rollback(struct db *db);                         /* nothing when none is open */
bool db_in_transaction(const struct db *db);
/* The next commit writes many pages: they go into the log, as always, and are safe there; they are
 * brought from there into the file when this connection is idle (db_data_version) or closes. */
void db_commit_is_large(struct db *db);
/* Bytes for the pages at hand, for work that comes back to many; 0: as little as usual. */
void db_room(struct db *db, size_t bytes);
/* A part of a write transaction that can be taken back by itself. Parts nest: keep and drop end the
 * one begun last. */
enum status db_part_begin(struct db *db, struct error *err);
enum status db_part_keep(struct db *db, struct error *err);
void db_part_drop(struct db *db);
/* A consistent view of several reads; ends with db_end_read. Not for use across input. */
enum status db_begin_read(struct db *db, struct error *err);
void db_end_read(struct db *db);

/* ---- statements ------------------------------------------------------------------------ */
enum step { STEP_ERROR = -1, STEP_DONE = 0, STEP_ROW = 1 };

/* A prepared statement for `sql` with parameters 1… bound after `format`, a letter each:
 *   t  const char * (NULL binds NULL)      i  int64_t
 *   I  int64_t, 0 binds NULL               b  const void *, size_t
 *   n  NULL (no argument)
 * Text and blobs must live until the statement is reset. Statements are cached by text: do not
 * free them. NULL and *err when it cannot be prepared. */
struct stmt *db_query(struct db *db, struct error *err, const char *sql, const char *format, ...);
/* Binds one parameter more, for statements put together at run time. */
void stmt_bind_text(struct stmt *st, int index, const char *s);
void stmt_bind_int(struct stmt *st, int index, int64_t v);
void stmt_bind_blob(struct stmt *st, int index, const void *p, size_t n);
/* The next row. On STEP_DONE and STEP_ERROR it has been reset; a loop that is left earlier calls
 * stmt_reset. A NULL statement gives STEP_ERROR, so that db_query needs no check of its own. */
enum step stmt_step(struct stmt *st, struct error *err);
void stmt_reset(struct stmt *st); /* NULL is allowed */
/* Columns from 0. Text and blobs are valid until the next step or reset. */
const char *stmt_text(struct stmt *st, int column); /* NULL for NULL */
const char *stmt_str(struct stmt *st, int column);  /* "" for NULL */
int64_t stmt_int(struct stmt *st, int column);
double stmt_real(struct stmt *st, int column);
const void *stmt_blob(struct stmt *st, int column, size_t *size);
bool stmt_is_null(struct stmt *st, int column);
char stmt_kind(struct stmt *st, int column); /* 'i' integer, 'r' real, 't' text, 'b' blob, 'n' NULL */
int stmt_columns(struct stmt *st);
const char *stmt_column_name(struct stmt *st, int column);

/* Runs a statement that gives no rows. */
enum status db_run(struct db *db, struct error *err, const char *sql, const char *format, ...);
/* Runs several, separated by `;`, without parameters. */
enum status db_script(struct db *db, const char *sql, struct error *err);
/* First column of the first row; *out is 0 / NULL when there is none (*found false, may be NULL). */
enum status db_get_int(struct db *db, int64_t *out, bool *found, struct error *err, const char *sql,
                       const char *format, ...);
enum status db_get_text(struct db *db, char **out, struct error *err, const char *sql,
                        const char *format, ...); /* caller frees *out, NULL for none */

int64_t db_last_id(struct db *db);
int64_t db_changes(struct db *db); /* rows of the last statement */

/* ---- what others do, and stopping -------------------------------------------------------- */
/* Differs from the last call's value when another connection wrote meanwhile. */
int64_t db_data_version(struct db *db);
/* `fn` is asked every few thousand steps of a running statement; true stops it with ST_STOPPED.
 * NULL takes it away. */
void db_on_progress(struct db *db, bool (*fn)(void *), void *arg);

/* The next statements stop with ST_STOPPED after about `steps` of SQLite's steps (a row looked at takes
 * some ten); 0 lifts the limit. */
void db_budget(struct db *db, long steps);

/* ---- care ---------------------------------------------------------------------------------- */
int db_schema_version(void); /* of this program */
/* A copy in one step to `path` (through a temporary file, fsync, rename). An existing file is
 * replaced only if it is a samling database or empty. */
enum status db_backup(struct db *db, const char *path, struct error *err);
/* integrity_check and foreign_key_check; each finding goes to `report`. ST_DATABASE when any. */
enum status db_check(struct db *db, void (*report)(void *, const char *line), void *arg,
                     struct error *err);

#endif
