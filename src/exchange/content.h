/* What a column of a table contains, by counting what its cells look like. No database. */
#ifndef SAMLING_EXCHANGE_CONTENT_H
#define SAMLING_EXCHANGE_CONTENT_H

#include <stdbool.h>
#include <stddef.h>

/* What one cell looks like; a cell can look like several. */
enum look {
    LOOKS_EMAIL = 1,
    LOOKS_PHONE = 2,
    LOOKS_IDENTITY = 4, /* a national identity number */
    LOOKS_DATE = 8,
    LOOKS_NUMBER = 16,
    LOOKS_PLACE = 32,     /* a municipality, by name */
    LOOKS_WORKPLACE = 64, /* has "barnehage", "skole" … in it */
    LOOKS_POSITION = 128, /* a word of what people are at work: "styrer" */
    LOOKS_NAME = 256,     /* one to six words of letters; what a person can be called */
    LOOKS_GIVEN = 512,    /* … whose words are all given names */
    LOOKS_FULL = 1024,   /* … a given name with more behind it, or behind a comma: "Dahl, Kari" */
    LOOKS_FAMILY = 2048, /* … like a family name alone */
    LOOKS_ANSWER = 4096, /* "ja", "nei", "x" */
    LOOKS_NOBODY = 8192, /* "anonymous" */
    LOOK_BITS = 14
};

unsigned content_look(const char *cell);

/* Of the cells of a column. Zero-initialise. */
struct content {
    size_t filled;
    size_t like[LOOK_BITS];
};

void content_add(struct content *c, const char *cell); /* an empty cell counts for nothing */
size_t content_count(const struct content *c, enum look look);
/* Are at least `percent` of the filled cells like this? False when none is filled. */
bool content_mostly(const struct content *c, enum look look, int percent);

/* What the column is, when nothing but the content tells. */
enum content_kind {
    CONTENT_UNKNOWN,
    CONTENT_EMAIL,
    CONTENT_PHONE,
    CONTENT_IDENTITY,
    CONTENT_DATE,
    CONTENT_NUMBER,
    CONTENT_PLACE,
    CONTENT_WORKPLACE,
    CONTENT_POSITION,
    CONTENT_GIVEN_NAME,
    CONTENT_FULL_NAME,
    CONTENT_FAMILY_NAME, /* beside a column of given names only: it is a guess alone */
};
enum content_kind content_kind(const struct content *c);

/* Does the text begin with a known given name? */
bool content_begins_with_given_name(const char *text);

#endif
