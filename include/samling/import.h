/* Import: from a table that somebody sent to records. Rehearsal and writing are one and the same
 * pass over the rows; the rehearsal only does not write. So what is shown is what will be done.
 *
 * Each row gets one verdict and a reason. What is ambiguous is `unclear` and never written by
 * guess. Fields that are empty are filled; a value that differs is kept, unless `replace`; nothing
 * is ever emptied. The rows of one import are one batch, which `undo` takes back. */
#ifndef SAMLING_IMPORT_H
#define SAMLING_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "samling/reader.h"
#include "samling/record.h"

enum verdict {
    VERDICT_NEW,      /* a person (organisation) not known before */
    VERDICT_MATCHED,  /* known; nothing to change (but perhaps enrolled) */
    VERDICT_CHANGED,  /* known; something was filled in or replaced */
    VERDICT_UNCLEAR,  /* several could be meant, or it is doubtful: not written */
    VERDICT_REJECTED, /* cannot be used: not written */
    VERDICT_SKIPPED,  /* no row of the table (a total, a note), or left out because somebody said so */
    VERDICT_COUNT
};

struct import_map {
    const char *column; /* a heading, or its number from 1 */
    const char *field;  /* one of import_fields, or "-" to leave the column out. Several columns can
                           be the note: each adds a line "Heading: cell" */
};

enum on_unclear {
    UNCLEAR_REJECT, /* not written, and among the rejects */
    UNCLEAR_NEW,    /* taken for somebody new. An organisation that is unclear stays so */
    UNCLEAR_SKIP,   /* not written, and told only in the counts */
};

enum { IMPORT_MAPS_MAX = 64 };

struct import_options {
    const char *type;  /* "people", "organisations", "roster", "offerings", "cohorts", "gatherings"
                          or "attendance" */
    int64_t cohort;    /* roster: into this one; gatherings: likewise, where it is not 0 */
    int64_t gathering; /* attendance: of this one */
    struct reader_options reader;
    struct import_map map[IMPORT_MAPS_MAX]; /* overrides what the headings say */
    size_t nmaps;
    bool replace; /* values that differ: take the file's */
    enum on_unclear on_unclear;
    bool keep_unmapped; /* columns that are no field go into the note (people, organisations …) */
    /* Open it also when no column says who a row is about: columns can be mapped afterwards. */
    bool lenient;
    bool map_anew;      /* do not use the mapping that was chosen before for the same headings */
};

enum column_use {
    COLUMN_TAKEN,    /* it becomes `field` */
    COLUMN_UNKNOWN,  /* neither heading nor content say what it is: left out */
    COLUMN_LEFT_OUT, /* somebody said so */
    COLUMN_OF_FORM,  /* a form's own (timestamp, running number), or a list's (counts, the line and
                        reason of rejects): left out */
    COLUMN_IDENTITY, /* national identity numbers: left out, whatever is said */
    COLUMN_EMPTY,    /* no cell is filled */
};

enum column_why { BY_HEADING, BY_CONTENT, BY_CHOICE, BY_MEMORY };

/* A column of the file and what it becomes. */
struct import_column {
    const char *heading;   /* as in the file */
    const char *field;     /* "family_name"; NULL: left out */
    enum column_use use;
    enum column_why why;   /* of a column that is taken */
    const char *label;     /* translated label of the field; NULL with field */
    const char *sample[3]; /* the first values that are not empty; NULL where there are fewer */
};

struct import_head {
    struct reader_info info;
    long header_line; /* of the file; 0: there is none, and the columns were mapped by `map` */
    const struct import_column *column;
    size_t ncolumns;
    bool remembered; /* columns are mapped as somebody chose before for the same headings */
};

struct import_row {
    long line;
    enum verdict verdict;
    const char
        *name; /* what the row is about, for a list: "Åse Ødegård"; "" if it cannot be told */
    const char *organisation; /* "" if none */
    const char *reason;       /* why this verdict, translated, never NULL; "" for a plain new one */
    int64_t id;               /* of the person, organisation, offering …; 0: none, or not made yet */
    enum type_id candidate_type; /* unclear: T_PERSON or T_ORGANISATION … */
    const int64_t *candidate;    /* … of which these in the database could be meant */
    size_t ncandidates;
    bool remark;    /* the reason tells of a value that was kept, left out or doubted */
    bool decided;  /* somebody decided about it, or mended a cell */
    int identities; /* national identity numbers taken out of its cells */
    const struct row *row; /* as read and mended, without identity numbers */
    const struct import_head *head; /* of its columns */
};

enum { IMPORT_LINES = 20 };

struct import_result {
    long rows;
    long count[VERDICT_COUNT];
    long enrolled;           /* places made in the cohort */
    long organisations_made; /* unknown ones that the rows named */
    long identities;         /* national identity numbers left out, also of columns of them (which
                                import_head tells) … */
    long identity_line[IMPORT_LINES]; /* … and the first lines that had some; 0 after the last */
    int64_t batch;           /* 0: rehearsed, or nothing to write */
};

struct import;

/* Reads the file's head and maps its columns; writes nothing. ST_REFUSED when no column can be
 * matched (the words say which were seen and how to map them), and all of reader_open's. */
enum status import_open(struct import **out, struct session *s,
                        const struct import_options *options, const char *path, struct error *err);
/* The same of text in memory (a paste), which must outlive it. */
enum status import_open_memory(struct import **out, struct session *s,
                               const struct import_options *options, const char *name,
                               const char *data, size_t len, struct error *err);
const struct import_head *import_head(const struct import *imp);
struct reader *import_reader(struct import *imp); /* to show the file in other encodings */

/* ---- what somebody decides after looking; the next import_run obeys ---------------------------- */

/* Maps a column (from 0) to a field of import_fields, or "-"; NULL: as the file says. Changes what
 * import_head tells. Refused when nothing would be left to know a row by. */
enum status import_remap(struct import *imp, size_t column, const char *field, struct error *err);
/* A value that differs: kept, or replaced by the file's. What is unclear. */
void import_set_replace(struct import *imp, bool replace);
void import_set_unclear(struct import *imp, enum on_unclear how);

enum { IMPORT_ASK = -1, IMPORT_NEW = 0 };

/* About the row that begins at `line`. A row that looked like a total or a note is one of the table
 * once anything else than `skip` was decided about it. */
struct import_decision {
    bool skip;
    bool accept; /* what is doubtful about the row itself (its shape, a lost letter) is right as it is */
    int64_t person;       /* an id, IMPORT_NEW, or IMPORT_ASK: as matching says */
    int64_t organisation; /* likewise */
};
struct import_decision import_decision(const struct import *imp, long line);
void import_decide(struct import *imp, long line, struct import_decision d);
/* How many rows somebody decided about or mended; and all of that from another import of the same
 * file, as when it is read with other letters. */
size_t import_decided(const struct import *imp);
void import_copy_decisions(struct import *to, const struct import *from);
/* Replaces the cell in a column (from 0); NULL takes the mending back. */
void import_mend(struct import *imp, long line, size_t column, const char *text);

struct import_watch {
    /* Each row, valid during the call; or NULL. While writing others wait for the lock: keep what
     * is to be shown, and show it afterwards. */
    void (*row)(void *, const struct import_row *);
    void (*organisation)(void *, const char *name); /* each organisation made; or NULL */
    bool (*progress)(void *, double done,
                     long rows); /* now and then; false stops, with ST_STOPPED; or NULL */
    void *arg;
};

/* Goes through all rows. Title lines above the header and repeated headers are no rows. With
 * `write` in one transaction: all or, on any failure, nothing. Can be called again (a rehearsal,
 * then the writing). ST_OK also when rows were rejected: look at *result. */
enum status import_run(struct import *imp, bool write, const struct import_watch *watch,
                       struct import_result *result, struct error *err);
void import_close(struct import *imp); /* NULL is allowed */

/* ---- rejects ----------------------------------------------------------------------------------- */

/* Rows that were not written, as a table to be corrected and imported again: as an export for a
 * spreadsheet is written, with the columns line and reason before the file's own. Those of rejects that were imported and
 * rejected again are left out, and no cell is guarded twice. */
void rejects_begin(const struct import_head *head, FILE *out);
void rejects_add(const struct import_row *row, FILE *out);

/* ---- words ------------------------------------------------------------------------------------- */

const char *verdict_name(enum verdict v);  /* "new": for scripts */
const char *verdict_label(enum verdict v); /* translated */
/* The fields that an import of `type` knows, by name ("given_name", "organisation" …), in order;
 * ends with NULL. */
const char *const *import_fields(const char *type);
/* The label of one of them, translated; NULL when there is none of this name. */
const char *import_field_label(const char *type, const char *field);

#endif
