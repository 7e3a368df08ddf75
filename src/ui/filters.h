/* Filters that an adviser saved under a name: how a listing was filtered, searched, sorted, grouped
 * and with which columns. Kept as the user's settings `filter.LISTING.NAME`. */
#ifndef SAMLING_UI_FILTERS_H
#define SAMLING_UI_FILTERS_H

#include "ui/list.h"

/* Asks: take one, save what is in force, remove one, or show all rows again. */
void filters_open(struct ui *ui, struct list *l);

#endif
