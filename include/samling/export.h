/* Writing listings to other programs. */
#ifndef SAMLING_EXPORT_H
#define SAMLING_EXPORT_H

#include <stdint.h>
#include <stdio.h>

#include "samling/listing.h"

enum export_form {
    EXPORT_TEXT,  /* columns side by side, for reading: labels and words in the language in force */
    EXPORT_PLAIN, /* RFC 4180: UTF-8, comma, LF, header of column names, stored forms */
    EXPORT_TSV,   /* the same with tabs; tab, CR and LF in a cell become spaces */
    EXPORT_JSON,  /* an array of objects */
    EXPORT_EXCEL, /* UTF-8 with BOM, `;`, CRLF, labels and words in the language in force, days as
                     21.11.2026; cells that a spreadsheet would run begin with ' */
};

/* Writes the listing to `out` (not closed, not flushed). `limit` 0: all. *rows (may be NULL) gets their number. Memory
 * does not grow with the rows, except for EXPORT_TEXT, which looks at the first thousand for its widths. */
enum status export_listing(struct session *s, const struct listing_query *q, enum export_form form, size_t limit,
                           FILE *out, int64_t *rows, struct error *err);
/* "text", "csv", "tsv", "json". False when it is none. */
bool export_form_by_name(const char *name, enum export_form *form);

#endif
