/* A list on the screen: a window on a listing, read by key. It holds only the rows that are seen,
 * whatever the size of the database. Rows can be selected (marks.h), columns chosen, sorted and
 * filtered, and shown under headings. */
#ifndef SAMLING_UI_LIST_H
#define SAMLING_UI_LIST_H

#include <stdbool.h>

#include "samling/listing.h"

#include "ui/action.h"
#include "ui/marks.h"

struct ui;
struct click;

enum { LIST_GROUPS_MAX = 2 };

struct list {
    struct ui *ui;
    struct listing_query q; /* filters and order are kept by the functions below */
    char *search;
    /* Names, in the order of their importance: the last are dropped when it is narrow. NAME:N likes
     * N columns. */
    const char *columns;               /* as the program proposes */
    char *chosen;                      /* as the adviser chose them; NULL: as proposed */
    char *filter[LISTING_FILTERS_MAX]; /* "status=running"; q.filter borrows from them */
    size_t nfilters;
    const struct marks *folded; /* rows that hide others below them bear a +: those marked here
                                   that have any, as the column `below` says; NULL: none do */
    const char *below;
    int hidden_column; /* rows with one of these numbers are not shown; NULL: all are */
    char *hidden;
    char *sort;                 /* as list_sort was told; NULL: the listing's own order */
    int group[LIST_GROUPS_MAX]; /* columns whose values stand as headings, -1 for none; the list is
                                   ordered by them first */
    struct marks marks;
    bool marks_stale; /* some of those named may be gone */
    struct listing_page page;
    size_t selected;
    size_t skip;   /* rows of the page above the first one seen: headings take their lines */
    size_t seen;   /* rows from there that are seen */
    bool at_start; /* the page begins with the first row */
    bool at_end;
    int height;      /* rows that were asked for */
    int64_t count;   /* of rows; -1: not known yet */
    int64_t records; /* … that these rows are of, where one can stand in several; else -1 */
    bool loaded;
    char *start; /* where the first page begins; NULL: at the first row */
    struct { /* the row that the first page shall show, `above` rows below its top; id 0: none */
        char *place;
        char *top; /* the place of the first row seen, "" for the list's first; NULL: not known */
        enum type_id type;
        int64_t id;
        size_t above;
    } wanted;
    bool hide_head;
    bool patient;           /* reads to the end although a key waits */
    int y, x, lines, width; /* where its rows were drawn last */
};

void list_init(struct list *l, struct ui *ui, const struct listing *listing, const char *columns);
void list_free(struct list *l);

/* ---- what it shows --------------------------------------------------------------------------- */
/* Narrows it (T_NONE: all) and begins anew. */
void list_scope(struct list *l, enum type_id type, int64_t id);
void list_search(struct list *l, const char *text);
/* By a column (as in `list --sort`: "-starts,person"); NULL or "": the listing's own order. False
 * when there is no such column. What is in force is `sort`. */
bool list_sort(struct list *l, const char *columns);
/* By name, ended by NULL or ""; NULL: no headings. A column that the listing does not have is no
 * heading. The row in hand stays in sight. A record that has several places stands below the
 * headings of each of them, and once where no heading tells its places apart. */
void list_group(struct list *l, const char *first, const char *second);
/* "status=running", as in `list --where`; refused with words. A second one of the same column takes
 * the place of the first, unless the two are the ends of a span (starts>=…, starts<…). */
enum status list_filter(struct list *l, const char *where, struct error *err);
void list_filter_remove(struct list *l, size_t i);
void list_filter_clear(struct list *l);
/* Rows whose `column` is one of these numbers ("1,5") are not shown; NULL: all are. It is no filter
 * of the adviser's: it is not told, not described, and stays when filters are cleared. */
void list_hide(struct list *l, const char *column, const char *numbers);
/* The i-th filter in the words of the screen: "Status: running". */
void list_filter_text(const struct list *l, size_t i, struct buf *out);
/* Names of columns, separated by commas; NULL: as proposed. Unknown ones are passed over. */
void list_columns(struct list *l, const char *columns);
/* What is in force, as names of columns: what list_columns would be told. */
const char *list_columns_now(const struct list *l);
/* All of the above but scope, and the selected row, as a line of text that list_adopt reads back:
 * what is remembered between two log-ins. */
void list_describe(const struct list *l, struct buf *out);
/* Shows what was described. What it does not know, and columns that are no more, are passed over;
 * groups stay as they are where the text does not name them. */
void list_adopt(struct list *l, const char *text);
/* Reads again, keeping the place and the selected row where they still are. */
void list_refresh(struct list *l);
/* Begins at the first row not before `text` in the order's first column. */
void list_start_at(struct list *l, const char *text);

/* ---- moving and selecting -------------------------------------------------------------------- */
/* The moves, and the actions MARK … MARK_NONE; false for other actions. */
bool list_act(struct list *l, enum action_id id);
/* A click on a row selects it; the wheel moves. *open: it was a double click on a row. False: not
 * here. */
bool list_click(struct list *l, const struct click *c, bool *open);
/* Makes the page be what was asked for last, although keys wait: what is selected can be acted on.
 */
void list_settle(struct list *l);
/* Selects the row with this id if it is on the page. */
bool list_select(struct list *l, enum type_id type, int64_t id);
/* Selects the row with this id wherever it is; false when the list does not have it. */
bool list_find(struct list *l, enum type_id type, int64_t id);
/* NULL when it is empty. */
const struct listing_row *list_row(const struct list *l);
const char *list_cell(const struct list *l, const char *column); /* of the selected row; NULL */

/* ---- selected rows --------------------------------------------------------------------------- */
/* Marks stay when the list is read again, sorted or searched: rows that a search or filter hides
 * are still selected. “All” means the rows that the list had when it was said. Another scope lets
 * go of all marks. */

/* How many records are marked. -1 when that must be counted first (all of an uncounted list, or
 * some may be gone); 0: none. */
int64_t list_marked(const struct list *l);
/* Calls `fn` for each marked record that is still there, in the list's order, once each, also where
 * a search or filter hides it; where none is marked, for the row in hand. `fn` returns false to
 * stop; it must not write (its rows are being read), and the row is valid during the call. */
enum status list_each_marked(struct list *l, bool (*fn)(void *, const struct listing_row *),
                             void *arg, struct error *err);

/* ---- all of it -------------------------------------------------------------------------------- */
/* What it is about, with what is folded away; borrows from the list. */
struct listing_query list_query(const struct list *l);

/* ---- drawing --------------------------------------------------------------------------------- */
/* Counts rows and marks when that is still due; true when a number is new. Stops when a key waits.
 */
bool list_idle(struct list *l);
/* Head and rows in the rectangle; reads what it needs. `focus`: the selection is drawn and the
 * cursor put. */
void list_draw(struct list *l, int y, int x, int height, int width, bool focus);
/* "31 rows", "7 of 31 selected" (of records: one that stands in two rows is one), and the filter in
 * force, or how many; adds to `out`. */
void list_state_text(const struct list *l, struct buf *out);

#endif
