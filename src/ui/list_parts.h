/* What the parts of the list share; for src/ui/list*.c only. */
#ifndef SAMLING_UI_LIST_PARTS_H
#define SAMLING_UI_LIST_PARTS_H

#include "ui/list.h"

/* ---- list.c: reading ---- */
/* Begins anew at the first row; reads when no key waits. */
void list_begin(struct list *l);
/* … at the row that is wanted, or at `start`. */
void list_restart(struct list *l);
/* The next page that is read anew shall show this row, `above` rows below the top. `place`: where
 * it stood; NULL: not known. id 0: none. */
void list_want(struct list *l, enum type_id type, int64_t id, const char *place, size_t above);
/* Makes the page hold `height` rows around the selected one. */
void list_ensure(struct list *l, int height);
/* Where the record stands in the order (the caller frees); NULL when it is not in the list, or that
 * would take long to find. */
char *list_place_of(struct list *l, enum type_id type, int64_t id);
bool list_can_seek(const struct list *l); /* list_place_of is quick */
/* For db_on_progress: stops when a key waits. */
bool list_stop_for_key(void *arg);

/* ---- list_view.c: which rows of the page are seen, and the headings between them ---- */
int list_groups(const struct list *l); /* how many levels of headings */
/* Lines of headings above row `i` of the page when row `first` is the first one seen. */
int list_headings(const struct list *l, size_t i, size_t first);
/* Moves what is seen as little as keeps the selected row in sight; sets `skip` and `seen`. */
void list_view(struct list *l);
/* The last rows of the page are seen. */
void list_view_end(struct list *l);
int list_view_left(const struct list *l); /* lines below the last row seen */
/* Is the whole page seen when its first row is? */
bool list_view_whole(const struct list *l);
/* The row of the page on a line of the view: the first one below when it is a heading; page.n when
 * there is none. */
size_t list_row_at_line(const struct list *l, int line);

/* ---- list_state.c ---- */
/* Asks for each record once, or once below each heading that tells its places apart. */
void list_set_once(struct list *l);
bool list_is_narrowed(const struct list *l); /* a search or filters are in force */

/* ---- list_marks.c ---- */
bool list_mark(struct list *l, enum action_id id);
int64_t list_records(const struct list *l); /* how many the rows are of; -1: not known yet */
/* Before the list is narrowed in another way: “all” becomes the rows that it meant. */
void list_marks_hold(struct list *l);
/* Lets go of marks whose records are gone; false when a key came before that was known. */
bool list_marks_check(struct list *l, bool patient);

#endif
