/* A list on the screen: a window on a listing, read by key. It holds only the rows that are seen.
 */
#ifndef SAMLING_UI_LIST_H
#define SAMLING_UI_LIST_H

#include <stdbool.h>

#include "samling/listing.h"

#include "ui/action.h"

struct ui;

struct list {
    struct ui *ui;
    struct listing_query q;
    char *search;
    /* Names, in the order of their importance: the last are dropped when it is narrow. NAME:N likes
     * N columns. */
    const char *columns;
    struct listing_page page;
    size_t selected;
    bool at_start; /* the page begins with the first row */
    bool at_end;
    int height;    /* rows that were asked for */
    int64_t count; /* -1: not known yet */
    bool loaded;
    char *start; /* where the first page begins; NULL: at the first row */
    bool hide_head;
    bool patient; /* reads to the end although a key waits */
};

void list_init(struct list *l, struct ui *ui, const struct listing *listing, const char *columns);
void list_free(struct list *l);
/* Narrows it (T_NONE: all) and begins anew. */
void list_scope(struct list *l, enum type_id type, int64_t id);
void list_search(struct list *l, const char *text);
/* Reads again, keeping the place and the selected row where they still are. */
void list_refresh(struct list *l);
/* Begins at the first row not before `text` in the order's first column. */
void list_start_at(struct list *l, const char *text);
/* The moves; NOT_HANDLED-like false for other actions. */
bool list_act(struct list *l, enum action_id id);
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
/* Counts when that is still due; true when the number is new. Stops when a key waits. */
bool list_idle(struct list *l);
/* Head and rows in the rectangle; reads what it needs. `focus`: the selection is drawn and the
 * cursor put. */
void list_draw(struct list *l, int y, int x, int height, int width, bool focus);
/* "31 rows"; adds to `out`, nothing while it is not known. */
void list_count_text(const struct list *l, struct buf *out);

#endif
