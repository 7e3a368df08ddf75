/* The e-mail addresses of many, to write to them all. */
#ifndef SAMLING_UI_MESSAGE_H
#define SAMLING_UI_MESSAGE_H

#include "ui/list.h"

/* Copies the addresses of those who are meant by the selected rows, and shows them and who has
 * none. Of a roster where nothing is selected: of all who are expected. */
void message_open(struct ui *ui, struct list *l);

#endif
