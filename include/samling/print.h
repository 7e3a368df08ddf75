/* Paper: the sign-in sheet on A4, as text or as PDF. One layout decides what stands where; two
 * drawers put it down. */
#ifndef SAMLING_PRINT_H
#define SAMLING_PRINT_H

#include <stdio.h>

#include "samling/buf.h"
#include "samling/sheet.h"
#include "samling/status.h"

enum print_form { PRINT_TEXT, PRINT_PDF };

struct print_options {
    enum print_form form;
    int columns;  /* of text: 80 or 132; 0 means 80; 72 to 240 are possible */
    int lines;    /* of a text page: 0 means 66; at least 30. Pages have a line less than that, and
                   * a form feed between them */
    int walk_ins; /* empty lines for people not on the list; -1 means 6; at most 500 */
    const char *made; /* "printed 21.11.2026 14:05", at the foot; may be NULL */
};

/* Draws the sheet to `out` (flushed, not closed), A4 if it is a PDF. Letters that the PDF's font
 * lacks are drawn as a box and added to `missing` as "Åse: U+1F600" lines, each letter once, with
 * the text it first stood in; NULL: not reported. Text from outside is cleaned here.
 *
 * The font is the file $SAMLING_FONT, else FONT_FILE; headings use NAME-Bold.ttf beside NAME.ttf if
 * it is there. ST_REFUSED, with words, when the font cannot be used, the options make no sense, or
 * not all could be written (a full disk); part of the sheet may then be in `out`. */
enum status print_sheet(const struct sheet *sheet, const struct print_options *options, FILE *out,
                        struct buf *missing, struct error *err);

/* Hands a document (PDF, else text in UTF-8) to the printer of that name; NULL: the usual one. The library of
 * the print system is loaded here, at the first call. ST_REFUSED, with words, when there is no such library,
 * no printer, or it refuses. */
enum status printer_send(const char *printer, const char *title, const char *data, size_t size,
                         struct error *err);

#endif
