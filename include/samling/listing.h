/* Listings: the second of the three tables. Each list is one definition: columns, SQL, order,
 * scopes, the record type behind a row. From it come the pane, `list` in every format, export and
 * the printed list. To add one: an entry in listings.c.
 *
 * Lists page by key: a page starts after the last row seen, never by OFFSET. */
#ifndef SAMLING_LISTING_H
#define SAMLING_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "samling/record.h"

enum column_kind {
    COLUMN_TEXT,
    COLUMN_NUMBER,
    COLUMN_DAY,
    COLUMN_MOMENT,
    COLUMN_CHOICE, /* key words; `choices`, or those of field `field` of `type`. Others show as they are */
    COLUMN_TIME,   /* Unix seconds */
    COLUMN_SPAN,   /* two moments, start|end */
};

/* In all SQL of a listing ?1 is the scope's id, ?2 its type, ?3 today. */
struct column {
    const char *name;  /* in CSV; stable */
    const char *label; /* N_("Family name") */
    const char *sql;
    enum column_kind kind;
    const char *sort;             /* SQL to order by, never NULL in a row; none: `sql` */
    const struct choice *choices; /* COLUMN_CHOICE */
    enum type_id type;
    const char *field;
    bool screen; /* for panes only: not part of list, export and their columns */
    bool joined; /* its SQL needs the listing's `joins` */
    int width; /* columns it likes on a screen; 0: not shown in panes */
    int grow;  /* its share of what is left over */
};

struct scope {
    enum type_id type;
    const char *where;
};

enum { LISTING_COLUMNS_MAX = 24 };

struct listing {
    const char *name;     /* "people" */
    const char *label;    /* N_("People") */
    enum type_id type;    /* of a row */
    const char *type_sql; /* SQL of the type where rows differ, or NULL */
    const char *id;       /* SQL of the row's id */
    const char *from;     /* SQL after FROM: what the rows are */
    const char *joins;    /* LEFT JOINs for the columns, none of which adds or drops a row; or NULL */
    const char *where;    /* SQL that always holds, or NULL */
    const struct column *columns;
    size_t ncolumns;
    const char *order;          /* three column names at most, - before for descending: "starts,-id" */
    const struct scope *scopes; /* ended by T_NONE; NULL: none */
    bool needs_scope;
    enum type_id search;   /* whose index finds rows … */
    const char *search_id; /* … by this SQL; NULL: not searchable */
    bool walked;          /* its order can be walked cheaply to the end, whatever is looked for */
    const char *search_text; /* SQL of the indexed text where it is at hand, for searches that find much */
};

const struct listing *listing_by_name(const char *name); /* or its label in the language in force; NULL */
const struct listing *listing_at(size_t i);              /* NULL past the end */
int listing_column(const struct listing *l, const char *name);
/* The i-th listing that belongs to a record of a type (a person's positions), scoped by it; NULL past the end. */
const struct listing *listing_related(enum type_id type, size_t i);

enum { LISTING_FILTERS_MAX = 8 };

/* What to list. Zero-initialise, then set; strings are borrowed. */
struct listing_query {
    const struct listing *listing;
    enum type_id scope_type; /* T_NONE: all */
    int64_t scope;
    const char *search; /* as typed; NULL or "": all */
    struct {
        int column;
        char op; /* '=', '!' (not), '<', '>', 'l' (<=), 'g' (>=) */
        const char *value;
    } filter[LISTING_FILTERS_MAX];
    size_t nfilters;
    int sort[4]; /* column + 1, negative for descending; 0 ends; none: the listing's order */
};

/* Reads `FIELD=VALUE` / `FIELD,-FIELD` into the query; the strings must outlive it. */
enum status listing_filter(struct listing_query *q, const char *where, struct error *err);
enum status listing_sort(struct listing_query *q, const char *sort, struct error *err);

struct listing_row {
    enum type_id type;
    int64_t id;
    char **cell;  /* the listing's ncolumns, stored forms, NULL for empty */
    size_t ncells;
    char *place;  /* where it stands in the order; opaque */
};

struct listing_page {
    struct listing_row *row;
    size_t n;
    bool more; /* there are rows beyond, in the direction read */
};

enum page_from {
    PAGE_FIRST,  /* from the start; `place` is ignored */
    PAGE_AFTER,  /* after `place` */
    PAGE_BEFORE, /* the `limit` rows before `place`, in reading order */
    PAGE_LAST,   /* the last `limit` */
    PAGE_AT,     /* `place` itself, if it is still there, and those after */
};

/* Reads at most `limit` rows. Free with listing_page_free. */
enum status listing_fetch(struct session *s, const struct listing_query *q, enum page_from from,
                          const char *place, size_t limit, struct listing_page *out,
                          struct error *err);
/* A place before all rows whose order's first column, a text, is not less than `text`. Caller frees. */
char *listing_place(const char *text);
void listing_page_free(struct listing_page *p);
enum status listing_count(struct session *s, const struct listing_query *q, int64_t *out,
                          struct error *err);
/* Calls `fn` for each row, in order (its `cell` is valid during the call; `place` is NULL), in one
 * consistent read. `fn` returns false to stop. `limit` 0: all. */
enum status listing_each(struct session *s, const struct listing_query *q, size_t limit,
                         bool (*fn)(void *, const struct listing_row *), void *arg,
                         struct error *err);
/* A cell as it is read on a screen, in the language in force. */
void listing_show(const struct listing *l, size_t column, const char *cell, struct buf *out);

#endif
