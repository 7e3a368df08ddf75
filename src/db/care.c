/* Backup and checks. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "samling/buf.h"
#include "samling/db.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/path.h"

#include "db/internal.h"

/* Is it ours, of whatever version? Then it is left without a -wal beside it: one that stays behind
 * would be taken for that of the file that comes in its place. */
static enum status settle_old(const char *path, struct error *err)
{
    sqlite3 *old = NULL;
    int64_t id = 0;
    int rc = db_open_file(&old, path, SQLITE_OPEN_READWRITE);
    if (rc == SQLITE_OK) {
        struct db look = {.handle = old};
        sqlite3_busy_timeout(old, BUSY_TIMEOUT);
        id = db_pragma_int(&look, "PRAGMA application_id");
        if (id == APPLICATION_ID)
            rc = sqlite3_exec(old, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    }
    sqlite3_close(old);
    if (id != APPLICATION_ID)
        return error_set(err, ST_REFUSED, path, _("name another file"), "%s",
                         _("it is there already, and is not a samling database"));
    if ((rc & 0xff) == SQLITE_BUSY)
        return error_set(err, ST_REFUSED, path, _("name another file"), "%s",
                         _("it is there already, and somebody works in it"));
    return rc == SQLITE_OK ? ST_OK : db_error_code(path, rc, err);
}

/* Only what is ours, or nothing, may be replaced by a backup. */
static enum status may_replace(struct db *db, const char *path, struct error *err)
{
    struct stat sb, mine;
    if (stat(path, &sb) != 0)
        return ST_OK;
    if (stat(db->path, &mine) == 0 && mine.st_dev == sb.st_dev && mine.st_ino == sb.st_ino)
        return error_set(err, ST_REFUSED, path, _("name another file"), "%s",
                         _("this is the database itself"));
    if (!S_ISREG(sb.st_mode))
        return error_set(err, ST_REFUSED, path, _("name an ordinary file"), "%s",
                         _("this is not an ordinary file"));
    return sb.st_size == 0 ? ST_OK : settle_old(path, err);
}

static int sync_path(const char *path, int flags)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
    if (fd < 0)
        return -1;
    int rc = fsync(fd), why = errno;
    close(fd);
    errno = why;
    /* (Some file systems have no such thing for folders.) */
    return rc != 0 && (flags & O_DIRECTORY) && why == EINVAL ? 0 : rc;
}

static int copy_all(struct db *db, const char *path)
{
    sqlite3 *to = NULL;
    int rc = db_open_file(&to, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (rc == SQLITE_OK) {
        sqlite3_backup *b = sqlite3_backup_init(to, "main", db->handle, "main");
        rc = sqlite3_errcode(to);
        if (b) {
            /* In one step: a copy in pieces starts anew at each write of somebody else. */
            int step = sqlite3_backup_step(b, -1);
            rc = sqlite3_backup_finish(b);
            /* Being locked out is no failure to SQLite, and no copy either. */
            if (rc == SQLITE_OK && step != SQLITE_DONE)
                rc = step == SQLITE_OK ? SQLITE_BUSY : step;
        }
    }
    /* One file, readable where nothing can be written. */
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    int closed = sqlite3_close(to);
    return rc != SQLITE_OK ? rc : closed;
}

enum status db_backup(struct db *db, const char *path, struct error *err)
{
    enum status st = may_replace(db, path, err);
    if (st != ST_OK)
        return st;
    struct buf tmp = {0}, dir = {0};
    buf_addf(&tmp, "%s.%ld.part", path, (long)getpid());
    const char *base = path_base(path);
    if (base == path)
        buf_add(&dir, ".");
    else
        buf_addn(&dir, path, (size_t)(base - path));
    /* Ours alone until it is whole: the copy holds people's data. */
    int fd = open(tmp.s, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) {
        st = error_set(err, ST_REFUSED, path, _("check the folder and that you may write in it"),
                       "%s", strerror(errno));
        goto out;
    }
    close(fd);
    int rc = copy_all(db, tmp.s);
    if (rc != SQLITE_OK) {
        st = db_error_code(path, rc, err);
    } else if (sync_path(tmp.s, 0) != 0 || rename(tmp.s, path) != 0 ||
               sync_path(dir.s, O_DIRECTORY) != 0) {
        st = error_set(err, ST_REFUSED, path, _("check the disk and try again"), "%s",
                       strerror(errno));
    }
    if (st != ST_OK) {
        unlink(tmp.s);
        buf_add(&tmp, "-journal");
        unlink(tmp.s);
    }
out:
    buf_free(&tmp);
    buf_free(&dir);
    return st;
}

enum status db_check(struct db *db, void (*report)(void *, const char *line), void *arg,
                     struct error *err)
{
    static const char *const looks[] = {
        "PRAGMA integrity_check(50)",
        "SELECT printf('%s %d: refers to a %s that is not there', \"table\", rowid, parent)"
        " FROM pragma_foreign_key_check LIMIT 50",
        NULL,
    };
    int findings = 0;
    struct error mine = {0};
    for (size_t i = 0; looks[i]; i++) {
        struct stmt *st = db_query(db, &mine, looks[i], NULL);
        enum step step;
        while ((step = stmt_step(st, &mine)) == STEP_ROW) {
            const char *line = stmt_str(st, 0);
            if (strcmp(line, "ok") == 0)
                continue;
            report(arg, line);
            findings++;
        }
        if (step == STEP_ERROR) {
            if (err)
                *err = mine;
            return mine.code;
        }
    }
    if (findings)
        return error_set(err, ST_DATABASE, db->path,
                         _("stop working in it and restore the last backup"), "%s",
                         _("the database is damaged"));
    return ST_OK;
}
