/* Which column of a file is which field: the targets that an import knows, and how the headings
 * (or the one who imports) name them. No database. */
#ifndef SAMLING_EXCHANGE_MAPPING_H
#define SAMLING_EXCHANGE_MAPPING_H

#include "samling/import.h"

/* Of people and roster; the targets of organisations are the fields of the record type. */
enum person_target {
    TO_GIVEN_NAME,
    TO_FAMILY_NAME,
    TO_NAME, /* in one cell */
    TO_EMAIL,
    TO_PHONE,
    TO_ORGANISATION,
    TO_MUNICIPALITY, /* of the organisation */
    TO_POSITION,
    TO_NOTE,
    TO_ROLE, /* this and the next: of a roster only */
    TO_STATUS,
    TO_COUNT
};

enum { TARGETS_MAX = 24 };

struct target {
    const char *name;          /* "given_name" */
    const char *label;         /* N_("Given name") */
    const struct field *field; /* its rules; never NULL */
    const char *headings;      /* more headings, separated by |, or NULL */
};

enum import_kind { IMPORT_PEOPLE, IMPORT_ROSTER, IMPORT_ORGANISATIONS };

struct targets {
    enum import_kind kind;
    size_t n;
    int municipality; /* the target that is one */
    struct target target[TARGETS_MAX];
};

/* Of an import of `type`; NULL when there is none of this name. */
const struct targets *targets_of(const char *type);

struct mapping {
    long header_line; /* 0: there is none */
    size_t ncolumns;
    int target[READER_COLUMNS_MAX];    /* of each column, -1: left out */
    char *heading[READER_COLUMNS_MAX]; /* as in the file; "" without a header */
    size_t used[READER_COLUMNS_MAX];   /* the columns that have a target, `nused` of them */
    size_t nused;
};

/* Finds the header row among the first rows of the reader (which is left rewound), and maps. */
enum status mapping_find(struct mapping *m, const struct targets *t,
                         const struct import_options *options, struct reader *reader,
                         struct error *err);
/* Is this row, further down, the header once more? */
bool mapping_repeats(const struct mapping *m, const struct row *row);
void mapping_free(struct mapping *m);

#endif
