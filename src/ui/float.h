/* What the screens that float over another share: the menus, the palette, the dialogs. */
#ifndef SAMLING_UI_FLOAT_H
#define SAMLING_UI_FLOAT_H

#include <stdbool.h>
#include <stddef.h>

#include "samling/buf.h"

#include "ui/action.h"

struct ui;
struct screen;
struct click;

/* The screen that lies right below. */
struct screen *float_below(struct screen *s);
/* May the action be done on the screen below? When not, `why` (may be NULL) gets a sentence. */
bool float_allows(struct screen *s, enum action_id id, struct buf *why);
/* Closes `s` and does the action on the screen below; when it is not allowed, says why instead and
 * stays. */
void float_perform(struct screen *s, enum action_id id);
/* The two lines at the foot: what can be done here, and the message, or `words` when there is none.
 * Both may be NULL. */
void float_foot(struct ui *ui, const char *hints, const char *words);
/* "3–10 / 24" in the lower edge of a box at that line, when it does not show all of its rows. */
void float_place(int y, int x, int width, size_t top, size_t seen, size_t n);
/* Keys that are the same in all of them: true when it was one. */
bool float_key(int key);

/* ---- rows of which one is in hand -------------------------------------------------------------
 */
/* Zero-initialise it. `selected` < n where there is one; `top` is the first row that is seen, of as
 * many as `seen` says, which is what has room. */
struct float_list {
    size_t n, selected, top;
};

/* So many rows down (up when negative), no further than the ends. */
void float_step(struct float_list *l, long by);
/* Moves the rows that are seen as little as it takes to have the selected one among them. Call it
 * before drawing. */
void float_scroll(struct float_list *l, size_t seen);
/* Up, Down, PgUp, PgDn, Home, End: true when it was one of these, and it is done. */
bool float_move(struct float_list *l, int key, size_t seen);
/* Is the click on one of the rows that are seen in `width` columns from (y, x) on? It is then the
 * selected one. */
bool float_click(struct float_list *l, const struct click *c, int y, int x, int width, size_t seen);

/* Letters that follow each other within a second are the beginning of a label. Zero-initialise
 * it; holds the letters in search form. */
struct float_typed {
    char letters[64];
    size_t n;
    long long at; /* milliseconds of a clock that only goes on */
};
/* Takes this key for a letter: selects the next label that begins so, else one with a word that
 * does. False when it is no letter, or no label has it; nothing is then selected. */
bool float_type(struct float_typed *t, int key, struct float_list *l, char *const *labels);

#endif
