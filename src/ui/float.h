/* What the screens that float over another share: the menus, the palette, the dialogs. */
#ifndef SAMLING_UI_FLOAT_H
#define SAMLING_UI_FLOAT_H

#include <stdbool.h>
#include <stddef.h>

#include "samling/buf.h"

#include "ui/action.h"

struct ui;
struct screen;

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
/* Does a label begin with the letter of this key, however it is written? */
bool float_begins_with(const char *label, int key);

#endif
