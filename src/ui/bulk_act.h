/* What is done with all selected rows of a list at once. */
#ifndef SAMLING_UI_BULK_ACT_H
#define SAMLING_UI_BULK_ACT_H

#include "ui/list.h"

/* Does ACTION_ENROL_SELECTED, MESSAGE, SET_FIELD, COPY_ROW; COPY and EXPORT, of the whole list where
 * nothing is marked; and REMOVE where something is. False for others. */
bool bulk_act(struct ui *ui, struct list *l, enum action_id id);
/* Can it be done with this list now? As `may` of a screen. */
bool bulk_may(struct ui *ui, const struct list *l, enum action_id id, struct buf *why);

#endif
