/* The rows that an import did not write, as a list to correct and import again. */
#ifndef SAMLING_UI_LEFTOVER_H
#define SAMLING_UI_LEFTOVER_H

#include "samling/import.h"

struct ui;
struct leftover;

struct leftover *leftover_new(struct ui *ui, const struct import_head *head);
/* Keeps an unclear or rejected row, in a temporary file: there can be very many. */
void leftover_add(struct leftover *l, const struct import_row *row);
/* Asks for a file to write them to, where there are any; takes `l`. `name`: of the file that was
 * imported. */
void leftover_offer(struct leftover *l, const char *name);
void leftover_free(void *leftover);

#endif
