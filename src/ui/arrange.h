/* Asking how a list shall be shown: sorted, filtered, with which columns. What is chosen is done to
 * the list at once. The list must live as long as the screen below. */
#ifndef SAMLING_UI_ARRANGE_H
#define SAMLING_UI_ARRANGE_H

#include "ui/list.h"

/* Does ACTION_SORT, COLUMNS, FILTER, FILTERS; false for others. */
bool arrange_act(struct ui *ui, struct list *l, enum action_id id);

#endif
