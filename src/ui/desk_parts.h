/* What the files of the desk share. */
#ifndef SAMLING_UI_DESK_PARTS_H
#define SAMLING_UI_DESK_PARTS_H

#include "ui/calendar.h"
#include "ui/edit.h"
#include "ui/list.h"
#include "ui/ui_internal.h"

enum { OFFERINGS, CALENDAR, CONTACTS, TODAY, PANES };

struct pane {
    struct list list;
    struct edit search;
    bool searched; /* something was looked for: the words stay in sight */
};

/* How much of the width a pane has where several stand side by side, per cent; the last one has the
 * rest. */
enum { FIRST_OF_THREE, SECOND_OF_THREE, FIRST_OF_TWO, SHARES };
enum { SHARE_LEAST = 20 };

struct desk {
    struct screen screen;
    struct pane pane[PANES];
    struct calendar *calendar; /* of the calendar pane, but for its agenda, which is its list */
    int focus;
    int share[SHARES];
    bool typing;         /* in the search of the pane in focus */
    bool organisations;  /* contacts show them */
    char *other;         /* what the contacts not shown looked like (list_describe) */
    struct marks folded; /* offerings whose cohorts are folded away: all, or those named */
    enum type_id chosen_type;
    int64_t chosen;
    struct buf chosen_text;
    struct buf strip[2];
    enum type_id strip_type;
    int64_t strip_id; /* the row that the strip is about */
    bool strip_stale;
    struct buf remembered; /* the state as it is stored */
};

/* ---- desk.c */
/* Does the calendar pane show a grid, not its list? */
bool desk_in_grid(const struct desk *d);
/* The record in hand, of a list or of the calendar; false when there is none. */
bool desk_row(struct desk *d, enum type_id *type, int64_t *id);
void desk_narrow(struct desk *d, enum type_id type, int64_t id);
/* Does every pane keep a width to be read in? */
bool desk_shares_fit(const int share[SHARES]);
void desk_show_contacts(struct desk *d);
/* Is the calendar's grid what is in hand? */
bool desk_on_grid(const struct desk *d);

/* ---- desk_tree.c */
/* Applies what is folded to the list. */
void desk_fold(struct desk *d);
/* The offerings that are folded, as numbers separated by commas. */
void desk_folded(const struct desk *d, struct buf *out);
bool desk_tree_act(struct desk *d, enum action_id id);

/* ---- desk_row.c */
bool desk_row_act(struct desk *d, enum action_id action);
/* Can people be imported into it, and a sheet be printed of it? */
bool desk_goes_into(enum type_id type);
bool desk_may(struct screen *s, enum action_id id, struct buf *why);

/* ---- desk_calendar.c */
void desk_start_calendar(struct desk *d); /* the agenda begins today */
bool desk_calendar_act(struct desk *d, enum action_id id);
/* Is this done with rows of the list, also in the grid? Then the gathering in hand there must be
 * the list's row; false when there is none. */
bool desk_calendar_is_bulk(enum action_id id);
bool desk_calendar_to_list(struct desk *d);
bool desk_calendar_may(struct desk *d, enum action_id id, struct buf *why);

/* ---- desk_draw.c */
void desk_draw(struct screen *s);
/* How many panes stand side by side: 1 to 3. */
int desk_beside(const struct desk *d);
/* Is this pane on the screen? */
bool desk_seen(const struct desk *d, int pane);

/* ---- desk_state.c: what is there again at the next log-in */
void desk_restore(struct desk *d);
/* Writes what changed since; a database that cannot be written is no complaint. */
void desk_remember(struct desk *d);

/* ---- desk_new.c: new records from the row in hand */
bool desk_make(struct desk *d, enum action_id id);

#endif
