#include "config.h"

#include "source.h"

#include "samling/lang.h"
#include "samling/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WINDOW_BYTES = SOURCE_WINDOW + SOURCE_BACK };

/* What never ends must not fill the disk. */
static const long long spool_max = 4LL << 30;

/* ---- Temporary copies ------------------------------------------------------------------------ */

static enum status spool_refuse(const struct spool *sp, int problem, struct error *err)
{
    return error_set(err, ST_REFUSED, sp->name, _("make room, or set TMPDIR to a folder with room"),
                     _("a temporary copy could not be written: %s"), strerror(problem));
}

enum status spool_open(struct spool *sp, const char *name, struct error *err)
{
    const char *dir = getenv("TMPDIR");
    char path[PATH_MAX];
    *sp = (struct spool){.name = name, .fd = -1};
    int len = snprintf(path, sizeof path, "%s/samling-XXXXXX", dir && *dir ? dir : "/tmp");
    if (len < 0 || (size_t)len >= sizeof path)
        return spool_refuse(sp, ENAMETOOLONG, err);
    sp->fd = mkostemp(path, O_CLOEXEC);
    if (sp->fd < 0)
        return spool_refuse(sp, errno, err);
    /* Without a name nobody else can open it, and nothing is left behind by a crash. */
    unlink(path);
    sp->part = mem_alloc(WINDOW_BYTES);
    return ST_OK;
}

static enum status spool_flush(struct spool *sp, struct error *err)
{
    for (size_t done = 0; done < sp->n;) {
        ssize_t n = write(sp->fd, sp->part + done, sp->n - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return spool_refuse(sp, n < 0 ? errno : ENOSPC, err);
        done += (size_t)n;
    }
    sp->size += (long long)sp->n;
    sp->n = 0;
    if (sp->size > spool_max)
        return error_set(err, ST_REFUSED, sp->name, _("divide it and read the parts"),
                         _("it is longer than 4 GB"));
    return ST_OK;
}

enum status spool_put(struct spool *sp, const char *s, size_t n, struct error *err)
{
    while (n > 0) {
        size_t part = SOURCE_WINDOW - sp->n;
        if (part > n)
            part = n;
        memcpy(sp->part + sp->n, s, part);
        sp->n += part;
        s += part;
        n -= part;
        if (sp->n == SOURCE_WINDOW) {
            enum status st = spool_flush(sp, err);
            if (st != ST_OK)
                return st;
        }
    }
    return ST_OK;
}

enum status spool_finish(struct spool *sp, struct source *src, struct error *err)
{
    enum status st = spool_flush(sp, err);
    if (st == ST_OK) {
        *src = (struct source){.name = sp->name, .size = sp->size, .fd = sp->fd};
        src->window = sp->part;
        sp->fd = -1;
        sp->part = NULL;
    }
    spool_drop(sp);
    return st;
}

void spool_drop(struct spool *sp)
{
    if (sp->fd >= 0)
        close(sp->fd);
    free(sp->part);
    *sp = (struct spool){.fd = -1};
}

/* ---- Opening --------------------------------------------------------------------------------- */

static enum status read_refuse(const char *name, int problem, struct error *err)
{
    return error_set(err, ST_REFUSED, name, _("try again, or copy the file and read the copy"),
                     _("reading failed: %s"), strerror(problem));
}

static enum status spool_all(struct spool *sp, int fd, struct error *err)
{
    char part[16 * 1024];
    for (;;) {
        ssize_t n = read(fd, part, sizeof part);
        if (n == 0)
            return ST_OK;
        /* Waiting for standard input can take for ever: a signal is how a person stops it. */
        if (n < 0 && errno == EINTR)
            return error_set(err, ST_STOPPED, sp->name, NULL, _("reading was stopped"));
        if (n < 0)
            return read_refuse(sp->name, errno, err);
        enum status st = spool_put(sp, part, (size_t)n, err);
        if (st != ST_OK)
            return st;
    }
}

static enum status open_stream(struct source *src, int fd, const char *name, struct error *err)
{
    struct spool sp;
    enum status st = spool_open(&sp, name, err);
    if (st == ST_OK)
        st = spool_all(&sp, fd, err);
    if (st == ST_OK)
        return spool_finish(&sp, src, err);
    spool_drop(&sp);
    return st;
}

static enum status open_refuse(const char *name, int problem, struct error *err)
{
    if (problem == ENOENT || problem == ENOTDIR)
        return error_set(err, ST_REFUSED, name, _("check the name"), _("there is no such file"));
    if (problem == EACCES || problem == EPERM)
        return error_set(err, ST_REFUSED, name, _("ask its owner for access"),
                         _("you are not allowed to read it"));
    return error_set(err, ST_REFUSED, name, NULL, _("it cannot be opened: %s"), strerror(problem));
}

enum status source_open(struct source *src, const char *path, const char *name, struct error *err)
{
    struct stat about;
    *src = (struct source){.name = name, .fd = -1};
    if (strcmp(path, "-") == 0)
        return open_stream(src, STDIN_FILENO, name, err);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return open_refuse(name, errno, err);
    enum status st = ST_OK;
    if (fstat(fd, &about) != 0) {
        st = open_refuse(name, errno, err);
    } else if (S_ISDIR(about.st_mode)) {
        st = error_set(err, ST_REFUSED, name, _("name a file in it"), _("it is a folder"));
    } else if (S_ISREG(about.st_mode)) {
        src->fd = fd;
        src->size = about.st_size;
        src->window = mem_alloc(WINDOW_BYTES);
        return ST_OK;
    } else {
        st = open_stream(src, fd, name, err);
    }
    close(fd);
    return st;
}

void source_memory(struct source *src, const char *name, const char *data, size_t len)
{
    *src = (struct source){.name = name, .size = (long long)len, .fd = -1, .s = data, .n = len};
}

void source_close(struct source *src)
{
    if (src->fd >= 0)
        close(src->fd);
    free(src->window);
    *src = (struct source){.fd = -1};
}

/* ---- Looking --------------------------------------------------------------------------------- */

/* Read, not mapped: a mapped file that somebody shortens meanwhile kills the program. */
static enum status fill(struct source *src, long long at, char *to, size_t want, size_t *got,
                        struct error *err)
{
    *got = 0;
    while (*got < want) {
        ssize_t n = pread(src->fd, to + *got, want - *got, (off_t)(at + (long long)*got));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return read_refuse(src->name, errno, err);
        if (n == 0) {
            src->size = at + (long long)*got;
            break;
        }
        *got += (size_t)n;
    }
    return ST_OK;
}

static size_t least(long long a, size_t b)
{
    return a < (long long)b ? (size_t)(a > 0 ? a : 0) : b;
}

enum status source_look(struct source *src, long long at, size_t want, const char **s, size_t *n,
                        struct error *err)
{
    size_t ahead = least(src->size - at, SOURCE_WINDOW);
    if (want > ahead)
        want = ahead;
    if (src->window && (at < src->at || at + (long long)want > src->at + (long long)src->n)) {
        size_t back = least(at, SOURCE_BACK);
        src->s = src->window;
        src->at = at - (long long)back;
        enum status st = fill(src, src->at, src->window, back + ahead, &src->n, err);
        if (st != ST_OK) {
            src->n = 0;
            return st;
        }
    }
    *n = least(src->size - at, SIZE_MAX / 2);
    if (*n > 0) {
        *s = src->s + (at - src->at);
        *n = least(src->at + (long long)src->n - at, *n);
    } else {
        *s = "";
    }
    return ST_OK;
}

enum status source_sample(struct source *src, const char **s, size_t *n, char **own,
                          struct error *err)
{
    size_t want = least(src->size, SOURCE_SAMPLE);
    *own = NULL;
    if (!src->window) {
        *s = src->s;
        *n = want;
        return ST_OK;
    }
    *s = *own = mem_alloc(want);
    enum status st = fill(src, 0, *own, want, n, err);
    if (st != ST_OK) {
        free(*own);
        *own = NULL;
    }
    return st;
}
