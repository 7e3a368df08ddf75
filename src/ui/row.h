/* One row of a rehearsal: its cells, to mend, and who could be meant, to choose. */
#ifndef SAMLING_UI_ROW_H
#define SAMLING_UI_ROW_H

#include "ui/kept.h"

struct ui;

/* Floats over the rehearsal. `people`: the rows are about people. `changed` is called when
 * something was decided or (`again`) mended, after it has closed. The row and the import must
 * outlive it. */
void row_open(struct ui *ui, struct import *imp, const struct kept_row *row, bool people,
              void (*changed)(void *arg, bool again), void *arg);

#endif
