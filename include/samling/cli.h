/* The command line: everything but the terminal interface. */
#ifndef SAMLING_CLI_H
#define SAMLING_CLI_H

/* Runs `argv[0]`, a command, with its arguments on the database (NULL: the usual one; see path.h). Returns the exit
 * status. Results go to standard output, everything else to standard error. */
int cli_run(const char *database, int argc, char **argv);
/* Prints the help of one command, or of the program as a whole (NULL). Returns the exit status. */
int cli_help(const char *command);

#endif
