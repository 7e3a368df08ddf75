/* The dialect of a table: its delimiter, and what to make of quotes that were not meant. */
#ifndef SAMLING_EXCHANGE_DIALECT_H
#define SAMLING_EXCHANGE_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "samling/buf.h"

/* In the order in which they win when nothing else decides. */
extern const char dialect_delimiters[4];

/* What the first bytes of a text say about one delimiter, whatever the rows are. */
struct hints {
    double quoted; /* the share of quotes next to a delimiter that are next to this one */
    size_t ditto;  /* cells that are a single quote, when such are most of the quotes; else 0 */
    bool prose;    /* each stands before a space, as commas between words */
    bool decimal;  /* most stand within numbers, as commas do */
    bool names;    /* a list of one column: “Hansen, Kari” */
};

void dialect_hints(const char *sample, size_t n, char delimiter, struct hints *h);

enum { SURVEY_ROWS = 100 };

/* What the first rows look like with one delimiter. */
struct survey {
    size_t rows;
    size_t count[SURVEY_ROWS]; /* fields */
    size_t used[SURVEY_ROWS];  /* up to the last that is not empty */
};

/* How many columns the table has, without columns that are empty in each row; at least 1. */
size_t survey_columns(const struct survey *s);
/* How well the delimiter explains the rows, 0 (not at all) to about 1. */
double survey_score(const struct survey *s, char delimiter, const struct hints *h);
/* The share of rows that the delimiter does not divide; above 1 when it leaves none at all. */
double survey_undivided(const struct survey *s);
/* Is this first line Excel's `sep=;`, also quoted? */
bool dialect_sep(const char *s, size_t n, char *delimiter);
bool dialect_may_delimit(char c);

/* Is the whole line one quoted field? Then *out is what is in it. */
bool dialect_unwrap(const char *s, size_t n, struct buf *out);
/* How many of a line's fields are words that often stand over columns. */
size_t dialect_headings(const char *s, size_t n, char delimiter);

typedef void dialect_field(const char *field, size_t len, void *data);

/* Divides one line in which a quote counts only when it encloses a whole field and ends in this
 * line; any other is a letter. With `ditto` a quote that is a field by itself is one, too. Calls
 * `add` with each field, not trimmed. */
void dialect_split(const char *s, size_t n, char delimiter, bool ditto, struct buf *room,
                   dialect_field *add, void *data);

/* What a quote touches on the side of its field. */
enum beside { BESIDE_TEXT, BESIDE_DELIMITER, BESIDE_END };
/* The quote that opens a field which does not end in this line; BESIDE_TEXT: there is none. */
enum beside dialect_opening(const char *s, size_t n, char delimiter);
/* The quote that closes such a field: the first of a line that is not doubled. */
enum beside dialect_closing(const char *s, size_t n, char delimiter);
/* Is the number of quotes odd? */
bool dialect_odd(const char *s, size_t n);

#endif
