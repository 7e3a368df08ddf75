/* The bytes of a file that somebody sent, seen through a window: memory stays the same however
 * big the file is, and any place can be returned to. */
#ifndef SAMLING_EXCHANGE_SOURCE_H
#define SAMLING_EXCHANGE_SOURCE_H

#include <stddef.h>

#include "samling/status.h"

enum {
    SOURCE_WINDOW = 256 * 1024, /* looked at ahead */
    SOURCE_BACK = 64 * 1024,    /* and kept behind, for those who go back a little */
    SOURCE_SAMPLE = 1024 * 1024,
};

struct source {
    const char *name; /* for messages; the caller's */
    long long size;   /* may be lowered by the owner to hide the end */
    int fd;           /* -1: in memory */
    const char *s;    /* at hand: n bytes from offset `at` */
    long long at;
    size_t n;
    char *window; /* NULL in memory */
};

/* Opens `path`; "-" and what is not a plain file are copied to a temporary file without a name.
 * ST_REFUSED: missing, not allowed, a folder, no room for the copy. ST_STOPPED: a signal came. */
enum status source_open(struct source *src, const char *path, const char *name, struct error *err);
void source_memory(struct source *src, const char *name, const char *data, size_t len);
/* *s and *n are bytes from offset `at` on, valid until the next call: at least `want`, or
 * SOURCE_WINDOW, or all that there are, whichever is least. *n is 0 at the end. */
enum status source_look(struct source *src, long long at, size_t want, const char **s, size_t *n,
                        struct error *err);
/* The first bytes, SOURCE_SAMPLE at most. Free *own when done; it is NULL when there is nothing
 * to free. */
enum status source_sample(struct source *src, const char **s, size_t *n, char **own,
                          struct error *err);
void source_close(struct source *src);

/* A temporary file being written; it is gone when the source made of it is closed. */
struct spool {
    const char *name;
    int fd;
    long long size;
    char *part;
    size_t n;
};

enum status spool_open(struct spool *sp, const char *name, struct error *err);
enum status spool_put(struct spool *sp, const char *s, size_t n, struct error *err);
/* Turns it into a source. On failure, too, there is nothing left to close. */
enum status spool_finish(struct spool *sp, struct source *src, struct error *err);
void spool_drop(struct spool *sp);

#endif
