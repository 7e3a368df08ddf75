/* The command line: everything but the terminal interface. */
#ifndef SAMLING_CLI_H
#define SAMLING_CLI_H

#include "samling/session.h"
#include "samling/status.h"

/* Runs `argv[0]`, a command, with its arguments on the database (NULL: the usual one; see path.h).
 * Returns the exit status. Results go to standard output, everything else to standard error. */
int cli_run(const char *database, int argc, char **argv);
/* Prints the help of one command, or of the program as a whole (NULL). Returns the exit status. */
int cli_help(const char *command);
/* Prints the program's name and version. Returns the exit status. */
int cli_version(void);

/* Opens a database that is there (NULL: the usual one, which is made at its first use). */
enum status cli_open(const char *database, struct session **out, struct error *err);
/* Writes "samling: what: why; what to do" to standard error, cleaned of what a terminal would obey,
 * and returns the exit status. An error without words only gives its status. */
int cli_fail(const struct error *err);

#endif
