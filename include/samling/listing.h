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

/* In all SQL of a listing ?1 is the scope's id, ?2 its type, ?3 today, ?4 the user's id. */
struct column {
    const char *name;  /* in CSV; stable */
    const char *label; /* N_("Family name") */
    const char *sql;
    enum column_kind kind;
    const char *sort;             /* SQL to order by, never NULL in a row; none: `sql` */
    const struct choice *choices; /* COLUMN_CHOICE */
    const char *among; /* COLUMN_CHOICE: SELECT of more values that a filter finds the row by; NULL */
    enum type_id type;
    const char *field;
    bool screen; /* for panes only: not part of list, export and their columns */
    bool joined; /* its SQL needs the listing's `joins` */
    const char *elsewhere; /* it says where a record stands: the SQL of the same at another place of
                              it, f (see `again`) */
    int width; /* columns it likes on a screen; 0: not shown in panes */
    int grow;  /* its share of what is left over */
};

struct scope {
    enum type_id type;
    const char *where;
};

enum { LISTING_COLUMNS_MAX = 24, LISTING_TAIL_MAX = 4, LISTING_WRITTEN_MAX = 2 };

struct listing {
    const char *name;     /* "people" */
    const char *label;    /* N_("People") */
    enum type_id type;    /* of a row */
    const char *type_sql; /* SQL of the type where rows differ, or NULL. `from` is then one subquery,
                             called t, and the rows of a page are found before `joins` are made */
    const char *id;       /* SQL of the row's id */
    const char *from;     /* SQL after FROM: what the rows are */
    const char *joins;    /* LEFT JOINs for the columns, none of which adds or drops a row; or NULL */
    const char *where;    /* SQL that always holds, or NULL */
    const struct column *columns;
    size_t ncolumns;
    const char *order;          /* three column names at most, - before for descending: "starts,-id" */
    const char *tail[LISTING_TAIL_MAX + 1]; /* SQL of what is ordered by after that, always upwards, never NULL;
                                               together they tell any two rows apart. None: type_sql, id */
    const char *steps; /* SQL of the order's first key, where `from` is a union whose parts each have one small number
                          for it: a page is then looked for in the parts of the lowest numbers before the others are
                          read; NULL: it is not such a union */
    const struct scope *scopes; /* ended by T_NONE; NULL: none */
    bool needs_scope;
    /* Where it shows records as only people read them: the listings, one a type, that are written to
     * other programs instead; the main one first. None: it is written as it is. */
    const char *written_as[LISTING_WRITTEN_MAX + 1];
    const char *again; /* SQL that finds earlier places, f, of a row's record; ends in a condition. NULL: a
                          record stands once in any case, or each of its rows is a matter of its own */
    enum type_id search;   /* whose index finds rows … */
    const char *search_id; /* … by this SQL; NULL: no index does */
    bool walked;          /* its order can be walked cheaply to the end, whatever is looked for */
    const char *search_text; /* SQL of the indexed text where it is at hand, for searches that find much. Without
                                search_id: of what each row is searched by, in lists that are never long */
};

const struct listing *listing_by_name(const char *name); /* or its label in the language in force; NULL */
const struct listing *listing_at(size_t i);              /* NULL past the end */
int listing_column(const struct listing *l, const char *name);
/* The i-th listing that belongs to a record of a type (a person's positions), scoped by it; NULL past the end. */
const struct listing *listing_related(enum type_id type, size_t i);

/* The key words of a COLUMN_CHOICE, ended by a NULL key; NULL of others. */
const struct choice *listing_choices(const struct column *c);
/* Can a record stand in more than one row? */
bool listing_repeats(const struct listing *l);

enum { LISTING_FILTERS_MAX = 8, LISTING_SORT_MAX = 5, LISTING_APART_MAX = 2 };

struct listing_row;

/* What to list. Zero-initialise, then set; strings are borrowed. */
struct listing_query {
    const struct listing *listing;
    enum type_id scope_type; /* T_NONE: all */
    int64_t scope;
    const char *search; /* as typed; NULL or "": all */
    struct {
        int column;
        char op; /* '=', '!' (not), '<', '>', 'l' (<=), 'g' (>=), 'n' (none of these numbers,
                    separated by commas; NULL is none of them), 'o' (one of these numbers) */
        const char *value;
    } filter[LISTING_FILTERS_MAX];
    size_t nfilters;
    int sort[LISTING_SORT_MAX + 1]; /* column + 1, negative for descending; 0 ends; none: the
                                       listing's order */
    /* Where the listing says how a record can stand again: it does not, but stands at the first of
     * the places that the filters let through; at the first for each value of the columns `apart`
     * (column + 1, 0 ends). */
    bool once;
    int apart[LISTING_APART_MAX + 1];
    /* Where listing_each, and all that is written by it, takes the rows from instead: for those that
     * no query says, as the selected ones of a list. NULL: from the database. */
    enum status (*rows)(void *rows_arg, bool (*fn)(void *, const struct listing_row *), void *arg,
                        struct error *err);
    void *rows_arg;
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
/* How many records these rows are of. */
enum status listing_count_records(struct session *s, const struct listing_query *q, int64_t *out,
                                  struct error *err);
/* Calls `fn` for each row, in order (its `cell` is valid during the call; `place` is NULL), in one
 * consistent read. `fn` returns false to stop. `limit` 0: all. */
enum status listing_each(struct session *s, const struct listing_query *q, size_t limit,
                         bool (*fn)(void *, const struct listing_row *), void *arg,
                         struct error *err);
/* A cell as it is read on a screen, in the language in force. */
void listing_show(const struct listing *l, size_t column, const char *cell, struct buf *out);

#endif
