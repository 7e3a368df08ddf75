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
                     21.11.2026; text stays text, see below */
    EXPORT_CELLS, /* the same cells for pasting: tabs, LF, no BOM */
};

/* What a spreadsheet does to text, and what is done against it in EXPORT_EXCEL and EXPORT_CELLS:
 *
 * It runs cells that begin with = + - @, a tab or a line end, quoted or not, some of them also after
 * spaces, and in full-width letters. They get ' in front. Import takes it off again, and only
 * before one of these; text that begins with ' and then one of them gets one more, so that every
 * text comes back.
 *
 * It takes 0301 for 301, 3.4 for the third of April, 2/3 for the second of March, 1e5, TRUE, SANN,
 * mars 1, 10 %, +4791234567 and numbers of 12 digits and more for something else too. They get a
 * zero-width space (U+200B) in front: nothing is seen, and the cell stays text. Import takes it off,
 * also where a spreadsheet that saves in an old encoding has made ? or _ of it. A no-break space will not do, though it cannot be seen either: in
 * Norwegian it separates thousands, and LibreOffice then reads the number nevertheless. A text of
 * digits that shows the same as a number (974760673) is left as it is.
 *
 * Inside cells line ends are LF: with CR LF a spreadsheet shows a stray letter, or begins a row. */

struct export_options {
    enum export_form form;
    size_t limit; /* rows at most; 0: all */
    bool no_heading; /* rows only */
    size_t column[LISTING_COLUMNS_MAX]; /* which, in this order */
    size_t ncolumns;                    /* 0: all but those that are for panes only */
};

/* Reads `name,email,…` (names, or labels in the language in force) into the options. ST_REFUSED, with
 * the names that there are, when one is none, or stands twice. */
enum status export_columns(struct export_options *o, const struct listing *l, const char *names,
                           struct error *err);
/* Writes the listing to `out` (not closed, not flushed). *rows (may be NULL) gets their number. Memory
 * does not grow with the rows, except for EXPORT_TEXT, which looks at the first thousand for its widths. */
enum status export_write(struct session *s, const struct listing_query *q,
                         const struct export_options *o, FILE *out, int64_t *rows,
                         struct error *err);
/* The same with all columns. */
enum status export_listing(struct session *s, const struct listing_query *q, enum export_form form, size_t limit,
                           FILE *out, int64_t *rows, struct error *err);
/* "text", "csv", "tsv", "json". False when it is none. */
bool export_form_by_name(const char *name, enum export_form *form);

#endif
