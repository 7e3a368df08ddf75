/* Where things lie: the database, the configuration, and what was installed with the program. */
#ifndef SAMLING_PATH_H
#define SAMLING_PATH_H

#include <stdbool.h>
#include <stdio.h>

#include "samling/buf.h"
#include "samling/status.h"

/* The database's path: `option` if not NULL, else $SAMLING_DATABASE, else `database = PATH` in
 * $XDG_CONFIG_HOME/samling/config (PATH may begin with "~/"), else samling.db in
 * $XDG_DATA_HOME/samling (the folder is then made, 0700). Adds it to `out`. */
enum status path_database(const char *option, struct buf *out, struct error *err);
/* A file that was installed with the program ("examples/asker"), below $SAMLING_DATADIR or the
 * folder of the installation. */
void path_data(const char *name, struct buf *out);
/* The value of `key` in the configuration file; false when there is none. */
bool path_config(const char *key, struct buf *out);
/* The last part of a path, owned by it. */
const char *path_base(const char *path);

/* From now on outfile_open refuses to replace this file: the database that is open, the list that is
 * read. For the whole run of the program. */
void path_protect(const char *path);

/* Writes a whole file so that it is there or not there: to a temporary file beside it, fsync,
 * rename. Open, write to the FILE, then close with keep = true or false. A file that is
 * replaced keeps its mode, and a link its place. Refuses a folder and a write-protected file.
 * What is no ordinary file (a pipe, /dev/stdout) is written in place; there, what was written
 * stays written. */
struct outfile;
enum status outfile_open(struct outfile **out, const char *path, struct error *err);
FILE *outfile_stream(struct outfile *f);
/* Frees `f`. With keep false nothing is left behind, and ST_OK. */
enum status outfile_close(struct outfile *f, bool keep, struct error *err);

#endif
