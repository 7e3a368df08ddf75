/* The dialect of a table: its delimiter, and what to make of quotes that were not meant. */
#ifndef SAMLING_EXCHANGE_DIALECT_H
#define SAMLING_EXCHANGE_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "samling/buf.h"

/* In the order in which they win when nothing else decides. */
extern const char dialect_delimiters[3];

enum { SURVEY_ROWS = 100 };

/* What the first rows look like with one delimiter. */
struct survey {
    size_t rows;
    size_t count[SURVEY_ROWS]; /* fields */
    size_t used[SURVEY_ROWS];  /* up to the last that is not empty */
};

/* How many columns the table has, without columns that are empty in each row; at least 1. */
size_t survey_columns(const struct survey *s);
/* How well the delimiter explains the rows, 0 (not at all) to 1. `prose`: see dialect_prose. */
double survey_score(const struct survey *s, char delimiter, bool prose);
/* The share of rows that the delimiter does not divide; above 1 when it leaves none at all. */
double survey_undivided(const struct survey *s);
/* Does each comma stand before a space, as between words? */
bool dialect_prose(const char *sample, size_t n);

/* Is this first line Excel's `sep=;`, also quoted? */
bool dialect_sep(const char *s, size_t n, char *delimiter);
bool dialect_may_delimit(char c);

typedef void dialect_field(const char *field, size_t len, void *data);

/* Divides one line in which a quote counts only when it encloses a whole field and ends in this
 * line; any other is a letter. Calls `add` with each field, not trimmed. */
void dialect_split(const char *s, size_t n, char delimiter, struct buf *room, dialect_field *add,
                   void *data);

#endif
