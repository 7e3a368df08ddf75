/* Rows below the header that are no rows of the table: people put them there for people. */
#ifndef SAMLING_EXCHANGE_FURNITURE_H
#define SAMLING_EXCHANGE_FURNITURE_H

#include "mapping.h"

enum furniture {
    ROW_OF_TABLE,
    ROW_HEADER_AGAIN, /* the headings once more */
    ROW_TOTAL,        /* "Totalt;;;50", "Antall deltakere: 50" */
    ROW_NOTE, /* one cell that is no name: "Utskrift 21.11.2026", "* foreløpig liste", "---" */
    ROW_PLACEHOLDER, /* what stands for a person that is none: "N.N.", "ledig plass", "Pulje 2" */
};

/* In doubt it is a row of the table. */
enum furniture furniture_of(const struct mapping *m, const struct targets *t,
                            const struct row *row);

#endif
