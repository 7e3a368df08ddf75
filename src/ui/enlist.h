/* The selected people onto the roster of a cohort. */
#ifndef SAMLING_UI_ENLIST_H
#define SAMLING_UI_ENLIST_H

#include "ui/list.h"

/* Asks for the cohort. */
void enlist_open(struct ui *ui, struct list *l);

#endif
