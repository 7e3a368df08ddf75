/* What a heading says: which field it names, or that it is none of ours. No database. */
#ifndef SAMLING_EXCHANGE_HEADINGS_H
#define SAMLING_EXCHANGE_HEADINGS_H

#include "mapping.h"

enum heading_kind {
    HEADING_NOTHING,  /* empty, or as good as: "Kolonne 3" */
    HEADING_UNKNOWN,  /* words that we do not know */
    HEADING_FIELD,    /* a name or synonym of a field */
    HEADING_QUESTION, /* words among which one is a field's: "Hvilken barnehage jobber du i?" */
    HEADING_OTHERS,   /* somebody else's: "Leders e-post" */
    HEADING_FORM,     /* a form's own: "Tidsmerke", "ID" */
    HEADING_IDENTITY, /* national identity numbers */
    HEADING_BIRTH,    /* a date of birth */
};

struct heading {
    enum heading_kind kind;
    int target;      /* of FIELD and QUESTION, else -1 */
    int rank;        /* among columns of the same target the lower goes first … */
    bool only_alone; /* … and this one only where there is no other */
};

struct heading heading_read(const struct targets *t, const char *text);

/* Is it worded as a heading, and as no cell: "Ditt navn", "Hvilken barnehage?"? "Sol barnehage" has
 * a key word too. */
bool heading_is_asking(const char *text);
/* Can this be a heading as well as a cell: "Deltaker", "Barnehage"? Then it does not make a row the
 * header by itself. */
bool heading_is_ambiguous(const char *text);

/* Headings of a list that samling exported itself. */
enum ours {
    NOT_OURS,
    OURS_IN_PART, /* each heading is one of the list's, but it may be chance */
    OURS,         /* it is: column names, or all labels of the list */
};
/* `heading`: of each of `n` columns, "" where there is none. *of gets, for each column of a list of
 * ours, its target or -1. */
enum ours headings_are_ours(const struct targets *t, char *const *heading, size_t n, int *of);

/* Forms whose columns must be told apart by what stands beside them. */
enum form { FORM_OTHER, FORM_MICROSOFT, FORM_SURVEYXACT };
enum form headings_form(char *const *heading, size_t n);

/* Adds the heading's folded words. */
void heading_fold(struct buf *out, const char *text);

#endif
