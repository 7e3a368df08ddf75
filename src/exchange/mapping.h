/* Which column of a file is which field: the targets that an import knows, and how the headings,
 * the columns' contents or the one who imports name them. */
#ifndef SAMLING_EXCHANGE_MAPPING_H
#define SAMLING_EXCHANGE_MAPPING_H

#include "samling/import.h"

/* Of people, roster and attendance. The targets of the other kinds are the fields of the record
 * type, in their order: target i is field i. After them come `id`, `ref` and `offering` (struct
 * targets). */
enum person_target {
    TO_GIVEN_NAME,
    TO_FAMILY_NAME,
    TO_NAME,        /* in one cell */
    TO_MIDDLE_NAME, /* goes with the given one */
    TO_EMAIL,
    TO_PHONE,
    TO_ORGANISATION,
    TO_MUNICIPALITY, /* of the organisation: a name or a number, as written */
    TO_POSITION,
    TO_ALIAS, /* what the person is also called */
    TO_NOTE,
    TO_ID,   /* our own number, from a list that samling exported. Of this database or of another:
                let the names agree before it is believed */
    TO_ROLE, /* this and the next: of a roster only */
    TO_STATUS,
    TO_MARK, /* of attendance only */
    TO_COUNT
};

enum { TARGETS_MAX = 24 };

struct target {
    const char *name;          /* "given_name"; NULL: this kind of import does not know it */
    const char *label;         /* N_("Given name") */
    const struct field *field; /* its rules; never NULL, but without a name for `id` and `ref` */
    const char *headings;      /* more headings, separated by |, or NULL */
};

enum import_kind {
    IMPORT_PEOPLE,
    IMPORT_ROSTER,
    IMPORT_ORGANISATIONS,
    IMPORT_OFFERINGS,
    IMPORT_COHORTS,
    IMPORT_GATHERINGS,
    IMPORT_ATTENDANCE,
    IMPORT_KINDS
};

struct targets {
    enum import_kind kind;
    const char *name;               /* "people" */
    bool of_people;                 /* the targets are those of enum person_target */
    const struct record_type *type; /* of a row: T_PERSON when of_people */
    size_t n;
    int municipality;          /* the target that is one; -1 */
    int note;                  /* the target that is the note; -1. Several columns can be it */
    int id_target, ref_target; /* "id"; "ref" as BIM/1/3; -1 when none */
    int offering_target;       /* of gatherings: the offering of the cohort, by code or title; -1 */
    struct target target[TARGETS_MAX];
};

/* Of an import of `type`; NULL when there is none of this name. */
const struct targets *targets_of(const char *type);
/* The target of this name (or label); -1. */
int targets_find(const struct targets *t, const char *name);

/* What a column was taken for. */
struct column_plan {
    int target; /* -1: left out */
    enum column_use use;
    enum column_why why;
};

struct mapping {
    long header_line; /* 0: there is none */
    size_t ncolumns;
    int target[READER_COLUMNS_MAX];    /* of each column, -1: left out */
    char *heading[READER_COLUMNS_MAX]; /* as in the file; "" without a header */
    enum column_use use[READER_COLUMNS_MAX];
    enum column_why why[READER_COLUMNS_MAX];
    /* The columns that have a target, `nused` of them. Where several have the same (two phones),
     * the better comes first, and the next are for rows where it is empty. */
    size_t used[READER_COLUMNS_MAX];
    size_t nused;
    bool remembered; /* some are as somebody chose before */
    bool chosen;     /* somebody chose something now */
    bool lenient;    /* nothing need say what a row is about */
    /* The rest is of mapping.c, plan.c and memory.c. */
    struct column_plan found[READER_COLUMNS_MAX]; /* what the file alone says */
    bool pinned[READER_COLUMNS_MAX];              /* somebody said so, now or before */
    int rank[READER_COLUMNS_MAX];
};

/* Finds the header row among the first rows of the reader (which is left rewound), or none, and
 * maps: what `options` says, else what somebody chose before for the same headings, else by the
 * headings, else by what the columns contain. A column of national identity numbers is never
 * taken. `s` NULL: nothing was chosen before.
 * Where there is nothing to know a row by, and no delimiter was told, the reader is tried with the
 * others, and left with the one that shows a header. With options->lenient that is no refusal. */
enum status mapping_find(struct mapping *m, const struct targets *t,
                         const struct import_options *options, struct session *s,
                         struct reader *reader, struct error *err);
/* Maps a column (from 0) to a field by name, or "-" to leave it out; NULL: as the file says.
 * Refused (and nothing changed) when nothing would be left to know a row by, unless it is lenient.
 */
enum status mapping_change(struct mapping *m, const struct targets *t, size_t column,
                           const char *field, struct error *err);
/* Keeps what somebody chose, for everyone's next file of the same headings; nothing when nobody
 * chose anything. Call it after the writing. */
enum status mapping_remember(struct session *s, const struct targets *t, const struct mapping *m,
                             struct error *err);
/* Does a target say who, or which, a row is about? */
bool mapping_names(const struct targets *t, int target);
/* For memory.c: maps a column, unless it has national identity numbers. -1 leaves it out. */
void mapping_choose(struct mapping *m, size_t column, int target, enum column_why why);
void mapping_free(struct mapping *m);

#endif
