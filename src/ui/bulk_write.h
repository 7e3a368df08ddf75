/* Many records changed at once: all of them, or none. Each is one transaction and one change set,
 * so that one undo takes all back. A record that somebody else changed since it was asked about is
 * refused, and those that are refused are named. */
#ifndef SAMLING_UI_BULK_WRITE_H
#define SAMLING_UI_BULK_WRITE_H

#include "ui/list.h"

/* Has the type a field that bulk_set would offer? */
bool bulk_can_set(const struct record_type *t);
/* One field of all selected rows gets the same value: asks which, what value, and whether. */
void bulk_set(struct ui *ui, struct list *l);
/* Removes all selected rows, after asking. */
void bulk_remove(struct ui *ui, struct list *l);

#endif
