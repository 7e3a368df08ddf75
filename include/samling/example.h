/* The examples that are installed with the program: folders of CSV files, NN-TYPE.csv, loaded in the order of
 * their names through the record types. */
#ifndef SAMLING_EXAMPLE_H
#define SAMLING_EXAMPLE_H

#include "samling/session.h"

/* Loads example `name` ("asker"), or all, in one transaction. ST_REFUSED when there is none of this name (the words
 * list those there are), and for a file with mistakes, with its line. `progress` may be NULL. */
enum status example_load(struct session *s, const char *name, void (*progress)(const char *file), struct error *err);

#endif
