/* Cells of text that a spreadsheet must show as they are: no formula, no number, no date. export.h
 * says what is done and why. spreadsheet_text undoes what spreadsheet_cell does, for every text
 * that a record can hold. */
#ifndef EXCHANGE_SPREADSHEET_H
#define EXCHANGE_SPREADSHEET_H

#include <stdbool.h>

#include "samling/buf.h"

/* The text as a cell: the text itself where nothing is to be done, else made in *out, which is
 * emptied first. Line ends become LF. Quoting is another's. */
const char *spreadsheet_cell(const char *text, struct buf *out);
/* The text of a cell, in the cell: what spreadsheet_cell put in front is passed over. A cell that
 * was never in a spreadsheet stays, unless it begins with ' and then what a spreadsheet would run.
 */
const char *spreadsheet_text(const char *cell);

/* The text of a cell that a spreadsheet was made to take for text, ="0301": begins at *inside, *len
 * long. False for any other cell. */
bool spreadsheet_forced(const char *cell, const char **inside, size_t *len);

#endif
