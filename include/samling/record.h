/* Record types: the first of the three tables that drive the program.
 *
 * Each type is one table of fields. From it come the form, `add`, `set` and `show`, the columns
 * that an import knows, the checks, and the words of the history. To add a field: a row here (in
 * types.c), and a migration that adds the column.
 *
 * All writing goes through record_insert, record_update and record_remove. They check, bump the
 * version, and keep history, sort key, match name and search text.
 *
 * Values are text in their stored form: a reference is the other record's id, a choice is its
 * key word, a day is ISO, a flag is "1" or NULL. NULL is an empty field; "" is never stored. */
#ifndef SAMLING_RECORD_H
#define SAMLING_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "samling/buf.h"
#include "samling/session.h"
#include "samling/status.h"

/* Stored in history and drafts as the number: append only. */
enum type_id {
    T_NONE,
    T_ORGANISATION,
    T_PERSON,
    T_POSITION,
    T_OFFERING,
    T_COHORT,
    T_GATHERING,
    T_ENROLMENT,
    T_ATTENDANCE,
    T_BATCH,
    T_USER,
    T_CHANGE,
    T_DRAFT,
    T_SETTING,
    T_SHEET,
    T_PLAN,
    T_PLACEMENT,
    T_COUNT
};

enum field_kind {
    FIELD_TEXT,    /* one line */
    FIELD_NOTE,    /* lines */
    FIELD_NUMBER,  /* a whole number, 0 or more */
    FIELD_DAY,     /* date.h */
    FIELD_MOMENT,  /* a day, with or without a time */
    FIELD_EMAIL,   /* lower case */
    FIELD_PHONE,   /* "912 34 567", foreign "0046 …" */
    FIELD_ORGNO,   /* nine digits with a valid check digit */
    FIELD_CODE,    /* letters, digits, - and _, not only digits: BIM */
    FIELD_CHOICE,  /* one of `choices` */
    FIELD_FLAG,    /* yes or nothing */
    FIELD_REF,     /* another record */
};

enum field_flags {
    F_REQUIRED = 1,
    F_READ_ONLY = 2, /* set by the program, not by add, set or a form */
    F_CASCADE = 4,   /* a reference: when the other goes, this record goes too */
    F_CLEAR = 8,     /* a reference: when the other goes, this is emptied. Neither: refused */
    F_KEY = 16,      /* part of what names the record; shown first, asked for first */
};

struct choice {
    const char *key;      /* stored: "private" */
    const char *label;    /* N_("private") */
    const char *synonyms; /* other words it is known by on import, separated by |; or NULL */
};

struct field {
    const char *name;   /* as typed after `set`: "family_name" */
    const char *label;  /* N_("Family name") */
    enum field_kind kind;
    unsigned flags;
    enum type_id ref;             /* of FIELD_REF */
    const struct choice *choices; /* of FIELD_CHOICE, ended by a NULL key */
    const char *fallback;         /* value of a new record that says nothing, or NULL */
    const char *headings;         /* headings that imports know it by besides name and label (any language):
                                     folded for matching, separated by | */
    int max;                      /* bytes at most; 0 means 200 (FIELD_NOTE: 4000) */
    const char *column;           /* in the table; NULL: the name (FIELD_REF: name + "_id") */
};

struct record;

struct search_link {
    enum type_id type;  /* whose search text names this record */
    const char *ids;    /* SQL: ids of those, for this record's id ?1 */
};

struct record_type {
    enum type_id id;
    const char *name;         /* "person": after add, set, show */
    const char *plural;       /* "people": of listings and imports */
    const char *label;        /* N_("person") */
    const char *label_plural; /* N_("people") */
    const char *table;
    const struct field *fields;
    size_t nfields;
    bool by_hand;             /* can be added, set and removed by hand */
    bool plain;               /* no bookkeeping columns: read only, through record_load */
    bool unlogged;            /* no history, so nothing to undo: sheets */
    enum role role;           /* needed to write it */
    const char *sort[3];      /* fields of the sort key, in order; none: the table has no sort key */
    const char *match[3];     /* fields of match_name, in order; none: no match_name */
    const char *unique[3];    /* fields that no two records share: "code", "cohort,number" */
    const char *title;        /* SQL on alias `r`: what to call a record */
    const char *reference;    /* SQL on alias `r`: BIM/1/3; NULL: the id */
    const char *search;       /* SQL on alias `r`: text to search; NULL: not searched. The index is TABLE_search */
    const struct search_link *links; /* ended by T_NONE; or NULL */
    /* What concerns several fields; *field gets the offending field's index, or -1. */
    enum status (*check)(struct session *s, const struct record *r, int *field, struct error *err);
    /* May it be removed? References are looked at besides. */
    enum status (*leave)(struct session *s, int64_t id, struct error *err);
    /* Fills what can be derived (a cohort's next number) before the check of a new record; what it
     * is derived from may be missing still, as in a form. */
    enum status (*complete)(struct session *s, struct record *r, struct error *err);
};

const struct record_type *type_by_id(enum type_id id);
const struct record_type *type_by_name(const char *name); /* name, plural, or the label of the language in force; NULL */
int type_field(const struct record_type *t, const char *name); /* its index, or -1 */
void field_column(const struct field *f, struct buf *out);
const struct choice *choice_by_key(const struct field *f, const char *key); /* NULL when none */

/* ---- a record in memory ---------------------------------------------------------------------- */
struct record {
    const struct record_type *type;
    int64_t id;      /* 0: new */
    int64_t version; /* as read */
    char **value;    /* type->nfields of them */
};

struct record *record_new(const struct record_type *t);
struct record *record_copy(const struct record *r);
void record_free(struct record *r); /* NULL is allowed */
void record_put(struct record *r, int field, const char *stored); /* copies; "" and NULL empty it */
const char *record_get(const struct record *r, const char *field); /* NULL when empty */
int64_t record_get_id(const struct record *r, const char *field);   /* of a reference; 0 */

/* ---- values ------------------------------------------------------------------------------------ */
/* From what someone typed to the stored form (*out, caller frees; NULL for an empty value). Refuses
 * with words what is none. References may be an id, a reference (BIM/1), an e-mail, or a name that
 * only one record has; `err->todo` names candidates when several do. */
enum status field_parse(struct session *s, const struct field *f, const char *typed, char **out,
                        struct error *err);
/* From the stored form to what is read on a screen, in the language in force. A reference shows
 * the other's title. */
void field_show(struct session *s, const struct field *f, const char *stored, struct buf *out);
/* The same as text that field_parse reads back, for forms: a reference as its reference or, where
 * that is unambiguous, its title. */
void field_edit(struct session *s, const struct field *f, const char *stored, struct buf *out);

/* ---- reading and writing ----------------------------------------------------------------------- */
/* ST_REFUSED when there is none. Caller frees *out. */
enum status record_load(struct session *s, const struct record_type *t, int64_t id,
                        struct record **out, struct error *err);
/* All checks of insert and update, without writing. *field (may be NULL) as in `check`. */
enum status record_check(struct session *s, struct record *r, int *field, struct error *err);
/* Inside session_begin … session_commit. Insert sets id and version; an id that is set already
 * (undo) is kept. An id is never given twice, though its record be removed. Update writes the fields that differ from what the database holds; ST_CONFLICT
 * when its version is no longer r->version. */
enum status record_insert(struct session *s, struct record *r, struct error *err);
enum status record_update(struct session *s, struct record *r, struct error *err);
/* `version` 0: whatever it is. References to it decide (F_CASCADE, F_CLEAR, else refused). Refused, it leaves
 * everything as it was, and the transaction can go on. */
enum status record_remove(struct session *s, const struct record_type *t, int64_t id,
                          int64_t version, struct error *err);

/* What to call it ("Kari Nordmann", "Samling 3"), and its reference ("BIM/1/3", else the id). Add
 * to `out`; nothing when the record is gone. */
void record_title(struct session *s, const struct record_type *t, int64_t id, struct buf *out);
void record_reference(struct session *s, const struct record_type *t, int64_t id, struct buf *out);

/* ---- references --------------------------------------------------------------------------------- */
/* Reads `42`, `BIM`, `BIM/1`, `BIM/1/3` (any case). `want` T_NONE: what the form says, and a bare
 * number is refused. Names what is missing, with what is there. */
enum status reference_parse(struct session *s, enum type_id want, const char *typed,
                            enum type_id *type, int64_t *id, struct error *err);
/* The one record of the type that `typed` names: an id, a reference, an e-mail, a full name. */
enum status record_find(struct session *s, const struct record_type *t, const char *typed,
                        int64_t *id, struct error *err);

/* ---- care ---------------------------------------------------------------------------------------- */
/* Computes sort keys anew if they are another collator's. Part of session_open. */
enum status record_collate(struct session *s, struct error *err);
/* Writes search text that became due; session_commit calls it. */
enum status record_reindex(struct session *s, struct error *err);
/* Compares sort keys, match names and search text with the records; findings go to `report`. */
enum status record_verify(struct session *s, void (*report)(void *, const char *), void *arg,
                          struct error *err);

#endif
