#include "config.h"

#include "samling/db.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/path.h"
#include "samling/text.h"

#include "db/internal.h"
#include "db/migrate.h"

/* ---- errors ---------------------------------------------------------------------------------- */

enum status db_error_code(const char *path, int code, struct error *err)
{
    const char *what = path ? path : "";
    switch (code & 0xff) {
    case SQLITE_INTERRUPT:
        return error_set(err, ST_STOPPED, what, NULL, "%s", _("stopped; nothing was written"));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(err, ST_DATABASE, what, _("try again in a moment"), "%s",
                         _("the database has been busy for too long"));
    case SQLITE_FULL:
        return error_set(err, ST_DATABASE, what,
                         _("make room on the disk and try again; nothing was written"), "%s",
                         _("the disk is full"));
    case SQLITE_READONLY:
        return error_set(
            err, ST_DATABASE, what,
            _("ask the one who runs the host for write access to the file and its folder"), "%s",
            _("the database cannot be written"));
    case SQLITE_CORRUPT:
        return error_set(err, ST_DATABASE, what,
                         _("stop working in it, run 'samling check', and restore the last backup"),
                         "%s", _("the database is damaged"));
    case SQLITE_NOTADB:
        return error_set(err, ST_DATABASE, what, _("choose another file with --database"), "%s",
                         _("this is not a database"));
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return error_set(err, ST_DATABASE, what,
                         _("check that you may read and write the file and its folder"), "%s",
                         _("the database cannot be opened"));
    case SQLITE_IOERR:
        return error_set(err, ST_DATABASE, what, _("check the disk; nothing was written"), "%s",
                         _("the disk could not be read or written"));
    default:
        return error_set(err, ST_DATABASE, what, NULL, _("the database refused: %s"),
                         sqlite3_errstr(code));
    }
}

enum status db_error(const struct db *db, struct error *err)
{
    int code = sqlite3_extended_errcode(db->handle);
    enum status st = db_error_code(db->path, code, err);
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_SCHEMA:
        /* The words of SQLite itself name the table or the constraint. */
        return error_set(err, (code & 0xff) == SQLITE_CONSTRAINT ? ST_REFUSED : ST_DATABASE,
                         db->path, NULL, _("the database refused: %s"), sqlite3_errmsg(db->handle));
    default: return st;
    }
}

/* ---- opening --------------------------------------------------------------------------------- */

static bool on_network(const char *path)
{
    struct statfs fs;
    if (statfs(path, &fs) != 0)
        return false;
    switch ((unsigned long)fs.f_type & 0xffffffffUL) {
    case 0x6969:     /* NFS */
    case 0x517b:     /* SMB */
    case 0xff534d42: /* CIFS */
    case 0xfe534d42: /* SMB2 */
    case 0x5346414f: /* AFS */
    case 0x00c36400: /* Ceph */ return true;
    default: return false;
    }
}

static enum status look_at_file(const char *path, unsigned flags, bool *is_new, struct error *err)
{
    struct stat sb;
    *is_new = false;
    if (!*path)
        return error_set(err, ST_DATABASE, "--database", _("name a file"), "%s",
                         _("no file is named"));
    if (stat(path, &sb) != 0) {
        if (errno != ENOENT)
            return error_set(err, ST_DATABASE, path, _("check the path and that you may read it"),
                             "%s", strerror(errno));
        if (!(flags & DB_CREATE))
            return error_set(err, ST_DATABASE, path,
                             _("make one with 'samling init', or name another with --database"),
                             "%s", _("there is no such database"));
        *is_new = true;
        struct buf dir = {0};
        const char *slash = strrchr(path, '/');
        if (slash)
            buf_addn(&dir, path, slash == path ? 1 : (size_t)(slash - path));
        else
            buf_add(&dir, ".");
        bool network = on_network(dir.s);
        bool folder = stat(dir.s, &sb) == 0 && S_ISDIR(sb.st_mode);
        buf_free(&dir);
        if (!folder)
            return error_set(err, ST_DATABASE, path,
                             _("make the folder first, or choose another path"), "%s",
                             _("its folder is not there"));
        if (network)
            goto network;
        return ST_OK;
    }
    if (S_ISDIR(sb.st_mode))
        return error_set(err, ST_DATABASE, path, _("name a file in it"), "%s",
                         _("this is a folder"));
    if (!S_ISREG(sb.st_mode))
        return error_set(err, ST_DATABASE, path, _("name an ordinary file"), "%s",
                         _("this is not an ordinary file"));
    if (flags & DB_NEW)
        return error_set(err, ST_REFUSED, path,
                         _("choose another path; what is there is never overwritten"), "%s",
                         _("there is a file with this name already"));
    if (access(path, R_OK) != 0)
        return error_set(err, ST_DATABASE, path, _("ask the one who runs the host for access"),
                         "%s", strerror(errno));
    *is_new = sb.st_size == 0 && (flags & DB_CREATE);
    if (sb.st_size == 0 && !*is_new)
        return error_set(err, ST_DATABASE, path,
                         _("make one with 'samling init', or name another with --database"), "%s",
                         _("the file is empty"));
    if (on_network(path))
        goto network;
    return ST_OK;
network:
    return error_set(err, ST_DATABASE, path, _("keep the database on a disk of this host"), "%s",
                     _("it lies on a network file system, where several people would damage it"));
}

/* The function's data is the fold that is meant. */
struct folding {
    void (*fold)(struct buf *out, const char *s);
};
static struct folding for_match = {text_fold_match}, for_search = {text_fold_search};

static void sql_fold(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
    (void)argc;
    const struct folding *f = sqlite3_user_data(ctx);
    const char *s = (const char *)sqlite3_value_text(argv[0]);
    if (!s) {
        sqlite3_result_null(ctx);
        return;
    }
    struct buf b = {0};
    f->fold(&b, s);
    sqlite3_result_text(ctx, buf_str(&b), (int)b.len, SQLITE_TRANSIENT);
    buf_free(&b);
}

int64_t db_pragma_int(struct db *db, const char *sql)
{
    sqlite3_stmt *st = NULL;
    int64_t v = -1;
    if (sqlite3_prepare_v2(db->handle, sql, -1, &st, NULL) == SQLITE_OK &&
        sqlite3_step(st) == SQLITE_ROW)
        v = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return v;
}

static int64_t milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Waits for somebody else's lock. SQLite's own handler sleeps longer the longer it has waited, so
 * that of many writers the newest come first and the oldest give up; here who has waited long asks
 * more often. */
static int on_busy(void *arg, int count)
{
    struct db *db = arg;
    int64_t now = milliseconds();
    if (count == 0)
        db->busy_since = now;
    int64_t waited = now - db->busy_since;
    if (waited > BUSY_TIMEOUT)
        return 0;
    long pause = waited < 200 ? 4000000 : waited < 1000 ? 2000000 : 1000000;
    /* Those who came together must not go on asking together. */
    pause += (long)((unsigned long)(now * 7919 + getpid() * 104729L + count * 31) % 1000) *
             (pause / 1000);
    nanosleep(&(struct timespec){.tv_nsec = pause}, NULL);
    return 1;
}

/* KiB of pages that are kept in memory. SQLite's own choice is 2000, but fifty look at the same
 * file, few of them at one page twice. */
#define USUAL_CACHE "1200"

/* A log of so many pages is brought into the file: after a commit, or at the next quiet moment. */
enum { LOG_PAGES = 1000 };

static void bring_home(struct db *db)
{
    /* Whoever is in the way, or a full disk: another commit will try again. */
    if (sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) ==
        SQLITE_OK)
        db->log = 0;
}

static int on_log(void *arg, sqlite3 *handle, const char *name, int pages)
{
    struct db *db = arg;
    (void)handle;
    (void)name;
    db->log = pages;
    if (pages >= LOG_PAGES && !db->later)
        bring_home(db);
    db->later = false;
    return SQLITE_OK;
}

void db_commit_is_large(struct db *db)
{
    db->later = true;
}

static int set_pragmas(struct db *db)
{
    enum { flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY };
    sqlite3 *h = db->handle;
    int rc = sqlite3_extended_result_codes(h, 1);
    if (rc == SQLITE_OK)
        rc = sqlite3_busy_handler(h, on_busy, db);
    if (rc == SQLITE_OK)
        rc = sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_db_config(h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    if (rc == SQLITE_OK)
        rc =
            sqlite3_create_function_v2(h, "fold", 1, flags, &for_match, sql_fold, NULL, NULL, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_create_function_v2(h, "fold_search", 1, flags, &for_search, sql_fold, NULL,
                                        NULL, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(h, "PRAGMA synchronous=FULL; PRAGMA cache_size=-" USUAL_CACHE, NULL, NULL,
                          NULL);
    if (rc == SQLITE_OK)
        sqlite3_wal_hook(h, on_log, db);
    return rc;
}

/* WAL needs the file alone for a moment; several first openers may meet here, and SQLite's own
 * waiting does not help two that wait for one another. A backup that was put in place of a database
 * comes without it. */
static int set_wal(struct db *db)
{
    int rc = SQLITE_BUSY;
    sqlite3_busy_timeout(db->handle, 0);
    for (int i = 0; i < BUSY_TIMEOUT / 50 && (rc & 0xff) == SQLITE_BUSY; i++) {
        rc = sqlite3_exec(db->handle, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
        if ((rc & 0xff) == SQLITE_BUSY)
            nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    sqlite3_busy_handler(db->handle, on_busy, db);
    return rc;
}

/* Ours, and of a version that we know? */
static enum status check_identity(struct db *db, unsigned flags, struct error *err)
{
    sqlite3_stmt *st = NULL;
    int64_t id = 0, version = 0, tables = 0;
    int rc = sqlite3_prepare_v2(
        db->handle,
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)"
        " FROM pragma_application_id, pragma_user_version",
        -1, &st, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(st);
    if (rc == SQLITE_ROW) {
        id = sqlite3_column_int64(st, 0);
        version = sqlite3_column_int64(st, 1);
        tables = sqlite3_column_int64(st, 2);
    }
    sqlite3_finalize(st);
    if (rc != SQLITE_ROW)
        return db_error(db, err);
    /* Asked of the file as it is now: somebody may have made it since it was looked at. */
    bool is_new = id == 0 && version == 0 && tables == 0 && (flags & DB_CREATE);
    if (id != APPLICATION_ID && !is_new)
        return error_set(err, ST_DATABASE, db->path, _("choose another file with --database"), "%s",
                         _("this is a database of another program"));
    if (version > migrations_count)
        return error_set(err, ST_DATABASE, db->path,
                         _("use the newer samling, or ask for an upgrade here"),
                         _("the database is of version %lld, newer than this program (%d)"),
                         (long long)version, migrations_count);
    if (version < 0 || (version == 0 && !is_new))
        return db_error_code(db->path, SQLITE_CORRUPT, err);
    if (db->read_only && version == migrations_count)
        return ST_OK;
    if (db->read_only)
        return error_set(err, ST_DATABASE, db->path, _("open it once with write access"),
                         _("the database is of version %lld and must be upgraded to %d"),
                         (long long)version, migrations_count);
    rc = set_wal(db);
    if (rc != SQLITE_OK)
        return db_error(db, err);
    return db_migrate(db, (int)version, err);
}

int db_open_file(sqlite3 **out, const char *path, int mode)
{
    struct buf name = {0};
    /* Some builds of SQLite take what begins like this for an address with parameters. */
    buf_addf(&name, "%s%s", strncmp(path, "file:", 5) == 0 ? "./" : "", path);
    /* One thread uses a connection (db.h): SQLite need not lock against others. */
    int rc = sqlite3_open_v2(name.s, out, mode | SQLITE_OPEN_NOMUTEX, NULL);
    buf_free(&name);
    return rc;
}

/* No export may take the place of the database or of what belongs to it. */
static void protect(const char *path)
{
    static const char *const parts[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct buf name = {0};
        buf_addf(&name, "%s%s", path, parts[i]);
        path_protect(name.s);
        buf_free(&name);
    }
}

/* SQLite counts its memory under a lock, at every allocation; nobody asks it. */
static void set_library(void)
{
    static bool done;
    if (!done)
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    done = true;
}

enum status db_open(struct db **out, const char *path, unsigned flags, struct error *err)
{
    bool memory = strcmp(path, ":memory:") == 0, is_new = memory;
    *out = NULL;
    if (!memory) {
        enum status st = look_at_file(path, flags, &is_new, err);
        if (st != ST_OK)
            return st;
    }
    set_library();
    struct db *db = mem_alloc(sizeof *db);
    db->path = mem_strdup(path);
    int mode = flags & DB_READ_ONLY && !memory
                   ? SQLITE_OPEN_READONLY
                   : SQLITE_OPEN_READWRITE | (is_new ? SQLITE_OPEN_CREATE : 0);
    int rc = db_open_file(&db->handle, path, mode);
    enum status st = ST_OK;
    if (rc == SQLITE_OK)
        rc = set_pragmas(db);
    if (rc != SQLITE_OK) {
        st = db_error_code(path, rc, err);
    } else {
        db->read_only = sqlite3_db_readonly(db->handle, "main") == 1;
        st = check_identity(db, flags | (memory ? DB_CREATE : 0), err);
    }
    if (st != ST_OK) {
        db_close(db);
        return st;
    }
    if (!memory)
        protect(path);
    *out = db;
    return ST_OK;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    for (size_t i = 0; i < CACHE_SIZE; i++) {
        if (db->cache[i]) {
            sqlite3_finalize(db->cache[i]->handle);
            free(db->cache[i]);
        }
    }
    sqlite3_close_v2(db->handle);
    free(db->path);
    free(db);
}

const char *db_path(const struct db *db)
{
    return db->path;
}

bool db_is_read_only(const struct db *db)
{
    return db->read_only;
}

int db_schema_version(void)
{
    return migrations_count;
}

/* ---- statements ------------------------------------------------------------------------------ */

static struct stmt *prepare(struct db *db, const char *sql, unsigned prep, struct error *err)
{
    struct stmt *st = mem_alloc(sizeof *st);
    st->db = db;
    if (sqlite3_prepare_v3(db->handle, sql, -1, prep, &st->handle, NULL) != SQLITE_OK) {
        db_error(db, err);
        free(st);
        return NULL;
    }
    return st;
}

/* Eight bytes at a time: this runs for every statement of a long import. */
static size_t hash_text(const char *s)
{
    size_t n = strlen(s);
    uint64_t h = n, word;
    for (; n >= sizeof word; n -= sizeof word, s += sizeof word) {
        memcpy(&word, s, sizeof word);
        h = (h ^ word) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
    }
    word = 0;
    memcpy(&word, s, n);
    h = (h ^ word) * 0x9e3779b97f4a7c15u;
    return (size_t)(h >> 32);
}

static struct stmt *cached(struct db *db, const char *sql, struct error *err)
{
    size_t h = hash_text(sql);
    struct stmt **slot = NULL;
    for (size_t i = 0; i < 8; i++) {
        struct stmt **at = &db->cache[(h + i) % CACHE_SIZE];
        if (*at && strcmp(sqlite3_sql((*at)->handle), sql) == 0) {
            if (!(*at)->in_use)
                return *at;
            slot = NULL; /* nested use of the same statement: a second copy, for once */
            break;
        }
        /* An empty place before one that is taken: two neighbours must not drive each other out. */
        if (!*at ? !slot || *slot : !slot && !(*at)->in_use)
            slot = at;
    }
    struct stmt *st = prepare(db, sql, slot ? SQLITE_PREPARE_PERSISTENT : 0, err);
    if (!st)
        return NULL;
    if (!slot) {
        st->once = true;
        return st;
    }
    if (*slot) {
        sqlite3_finalize((*slot)->handle);
        free(*slot);
    }
    *slot = st;
    return st;
}

/* A statement need not use all that is offered to it (SQLITE_RANGE); a value that is too big would
 * silently become NULL. */
static void note_bind(struct stmt *st, int rc)
{
    if (rc != SQLITE_OK && rc != SQLITE_RANGE && st->bound == SQLITE_OK)
        st->bound = rc;
}

void stmt_bind_text(struct stmt *st, int index, const char *s)
{
    if (st)
        note_bind(st, sqlite3_bind_text(st->handle, index, s, -1, SQLITE_STATIC));
}

void stmt_bind_int(struct stmt *st, int index, int64_t v)
{
    if (st)
        note_bind(st, sqlite3_bind_int64(st->handle, index, v));
}

void stmt_bind_blob(struct stmt *st, int index, const void *p, size_t n)
{
    if (st)
        note_bind(st, sqlite3_bind_blob64(st->handle, index, p, n, SQLITE_STATIC));
}

static struct stmt *query(struct db *db, struct error *err, const char *sql, const char *format,
                          va_list ap)
{
    struct stmt *st = cached(db, sql, err);
    if (!st)
        return NULL;
    st->in_use = true;
    int i = 1;
    for (const char *f = format ? format : ""; *f; f++, i++) {
        int64_t v;
        const void *p;
        switch (*f) {
        case 't': stmt_bind_text(st, i, va_arg(ap, const char *)); break;
        case 'i': stmt_bind_int(st, i, va_arg(ap, int64_t)); break;
        case 'I':
            v = va_arg(ap, int64_t);
            if (v)
                stmt_bind_int(st, i, v);
            break;
        case 'b':
            p = va_arg(ap, const void *);
            stmt_bind_blob(st, i, p, va_arg(ap, size_t));
            break;
        default: break; /* n: unbound is NULL */
        }
    }
    return st;
}

struct stmt *db_query(struct db *db, struct error *err, const char *sql, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    struct stmt *st = query(db, err, sql, format, ap);
    va_end(ap);
    return st;
}

void stmt_reset(struct stmt *st)
{
    if (!st)
        return;
    if (st->once) {
        sqlite3_finalize(st->handle);
        free(st);
        return;
    }
    sqlite3_reset(st->handle);
    sqlite3_clear_bindings(st->handle);
    st->bound = SQLITE_OK;
    st->in_use = false;
}

enum step stmt_step(struct stmt *st, struct error *err)
{
    if (!st)
        return STEP_ERROR;
    if (st->bound != SQLITE_OK) {
        db_error_code(st->db->path, st->bound, err);
        stmt_reset(st);
        return STEP_ERROR;
    }
    switch (sqlite3_step(st->handle)) {
    case SQLITE_ROW: return STEP_ROW;
    case SQLITE_DONE: stmt_reset(st); return STEP_DONE;
    default:
        db_error(st->db, err);
        stmt_reset(st);
        return STEP_ERROR;
    }
}

const char *stmt_text(struct stmt *st, int column)
{
    return (const char *)sqlite3_column_text(st->handle, column);
}

const char *stmt_str(struct stmt *st, int column)
{
    const char *s = stmt_text(st, column);
    return s ? s : "";
}

int64_t stmt_int(struct stmt *st, int column)
{
    return sqlite3_column_int64(st->handle, column);
}

double stmt_real(struct stmt *st, int column)
{
    return sqlite3_column_double(st->handle, column);
}

const void *stmt_blob(struct stmt *st, int column, size_t *size)
{
    const void *p = sqlite3_column_blob(st->handle, column);
    *size = (size_t)sqlite3_column_bytes(st->handle, column);
    return p;
}

bool stmt_is_null(struct stmt *st, int column)
{
    return sqlite3_column_type(st->handle, column) == SQLITE_NULL;
}

char stmt_kind(struct stmt *st, int column)
{
    switch (sqlite3_column_type(st->handle, column)) {
    case SQLITE_INTEGER: return 'i';
    case SQLITE_FLOAT: return 'r';
    case SQLITE_TEXT: return 't';
    case SQLITE_BLOB: return 'b';
    default: return 'n';
    }
}

int stmt_columns(struct stmt *st)
{
    return sqlite3_column_count(st->handle);
}

const char *stmt_column_name(struct stmt *st, int column)
{
    return sqlite3_column_name(st->handle, column);
}

static enum status finish(struct stmt *st, struct error *prepared, struct error *err)
{
    enum step step;
    struct error mine = *prepared;
    do
        step = stmt_step(st, &mine);
    while (step == STEP_ROW);
    if (step == STEP_DONE)
        return ST_OK;
    if (err)
        *err = mine;
    return mine.code;
}

enum status db_run(struct db *db, struct error *err, const char *sql, const char *format, ...)
{
    va_list ap;
    struct error mine = {0};
    va_start(ap, format);
    struct stmt *st = query(db, &mine, sql, format, ap);
    va_end(ap);
    return finish(st, &mine, err);
}

enum status db_script(struct db *db, const char *sql, struct error *err)
{
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? ST_OK : db_error(db, err);
}

enum status db_get_int(struct db *db, int64_t *out, bool *found, struct error *err, const char *sql,
                       const char *format, ...)
{
    va_list ap;
    struct error mine = {0};
    va_start(ap, format);
    struct stmt *st = query(db, &mine, sql, format, ap);
    va_end(ap);
    enum step step = stmt_step(st, &mine);
    *out = step == STEP_ROW ? stmt_int(st, 0) : 0;
    if (found)
        *found = step == STEP_ROW;
    if (step == STEP_ROW)
        stmt_reset(st);
    if (step != STEP_ERROR)
        return ST_OK;
    if (err)
        *err = mine;
    return mine.code;
}

enum status db_get_text(struct db *db, char **out, struct error *err, const char *sql,
                        const char *format, ...)
{
    va_list ap;
    struct error mine = {0};
    va_start(ap, format);
    struct stmt *st = query(db, &mine, sql, format, ap);
    va_end(ap);
    enum step step = stmt_step(st, &mine);
    *out = step == STEP_ROW ? mem_strdup(stmt_text(st, 0)) : NULL;
    if (step == STEP_ROW)
        stmt_reset(st);
    if (step != STEP_ERROR)
        return ST_OK;
    if (err)
        *err = mine;
    return mine.code;
}

int64_t db_last_id(struct db *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}

int64_t db_changes(struct db *db)
{
    return sqlite3_changes64(db->handle);
}

/* ---- transactions ---------------------------------------------------------------------------- */

enum status db_begin(struct db *db, struct error *err)
{
    /* (SQLite itself would say so only at the first row.) */
    if (db->read_only)
        return db_error_code(db->path, SQLITE_READONLY, err);
    return db_run(db, err, "BEGIN IMMEDIATE", NULL);
}

enum status db_commit(struct db *db, struct error *err)
{
    enum status st = db_run(db, err, "COMMIT", NULL);
    if (st != ST_OK)
        db_rollback(db);
    return st;
}

void db_rollback(struct db *db)
{
    if (db_in_transaction(db))
        db_run(db, NULL, "ROLLBACK", NULL);
}

bool db_in_transaction(const struct db *db)
{
    return sqlite3_get_autocommit(db->handle) == 0;
}

enum status db_begin_read(struct db *db, struct error *err)
{
    return db_run(db, err, "BEGIN DEFERRED", NULL);
}

void db_end_read(struct db *db)
{
    db_rollback(db);
}

enum status db_part_begin(struct db *db, struct error *err)
{
    return db_run(db, err, "SAVEPOINT part", NULL);
}

enum status db_part_keep(struct db *db, struct error *err)
{
    return db_run(db, err, "RELEASE part", NULL);
}

void db_part_drop(struct db *db)
{
    /* A grave failure may have rolled back the whole transaction already. */
    if (!db_in_transaction(db))
        return;
    if (db_run(db, NULL, "ROLLBACK TO part", NULL) != ST_OK ||
        db_run(db, NULL, "RELEASE part", NULL) != ST_OK)
        db_rollback(db);
}

void db_room(struct db *db, size_t bytes)
{
    struct buf sql = {0};
    if (bytes)
        buf_addf(&sql, "PRAGMA cache_size=-%zu", bytes / 1024);
    else
        buf_add(&sql, "PRAGMA cache_size=-" USUAL_CACHE);
    sqlite3_exec(db->handle, sql.s, NULL, NULL, NULL);
    buf_free(&sql);
    if (!bytes)
        sqlite3_db_release_memory(db->handle);
}

/* ---- what others do -------------------------------------------------------------------------- */

int64_t db_data_version(struct db *db)
{
    int64_t v = 0;
    if (db->log >= LOG_PAGES && !db_in_transaction(db))
        bring_home(db);
    db_get_int(db, &v, NULL, NULL, "PRAGMA data_version", NULL);
    return v;
}

enum { PROGRESS_STEPS = 4000 };

static int on_progress(void *arg)
{
    struct db *db = arg;
    if (db->limited && (db->budget -= PROGRESS_STEPS) < 0)
        return 1;
    return db->progress && db->progress(db->progress_arg);
}

static void set_progress(struct db *db)
{
    bool wanted = db->progress || db->limited;
    sqlite3_progress_handler(db->handle, wanted ? PROGRESS_STEPS : 0, wanted ? on_progress : NULL,
                             db);
}

void db_on_progress(struct db *db, bool (*fn)(void *), void *arg)
{
    db->progress = fn;
    db->progress_arg = arg;
    set_progress(db);
}

void db_budget(struct db *db, long steps)
{
    db->limited = steps > 0;
    db->budget = steps;
    set_progress(db);
}
