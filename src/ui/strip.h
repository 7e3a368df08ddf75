/* Two lines about the selected row, below the panes. */
#ifndef SAMLING_UI_STRIP_H
#define SAMLING_UI_STRIP_H

#include "ui/list.h"

/* Fills the lines (cleared first). Reads the database: for pauses. */
void strip_text(struct ui *ui, const struct list *l, struct buf *first, struct buf *second);

#endif
