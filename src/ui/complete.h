/* The names of files, completed while one types. */
#ifndef SAMLING_UI_COMPLETE_H
#define SAMLING_UI_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>

#include "samling/buf.h"

struct file_name {
    char *name; /* without its folder; a folder ends in "/" */
    unsigned char key[48];
};

/* Zero-initialise it. */
struct file_names {
    struct file_name *names; /* in Norwegian order */
    size_t n, cap;
};

/* Adds `path`, "~/" at its beginning replaced by the home folder. */
void complete_home(const char *path, struct buf *out);
bool complete_is_folder(const char *path);
/* Adds the part of `path` that names the folder: "~/lists/" of "~/lists/bi", "" of "bi". */
void complete_folder(const char *path, struct buf *out);
/* Replaces `out` by the files whose names go on from `path`; when there are none, those whose names
 * do when case and accents are not looked at. False when the folder cannot be read. */
bool complete_find(const char *path, struct file_names *out);
/* Adds to `out` the path as far as all those names agree; never less than what was typed. */
void complete_common(const char *path, const struct file_names *names, struct buf *out);
void complete_free(struct file_names *names);

#endif
