/* Norwegian public holidays, and the eves on which half the country has left work. */
#ifndef SAMLING_HOLIDAY_H
#define SAMLING_HOLIDAY_H

#include "samling/date.h"

enum holiday {
    HOLIDAY_NONE, /* an ordinary day; Sundays too, unless they have a name */
    HOLIDAY_EVE,  /* a working day by law, most often a half one */
    HOLIDAY_DAY,  /* a public holiday */
};

/* Easter Sunday of a year of the Gregorian calendar. */
struct day holiday_easter(int year);
/* What the day is by the law of today, which has had the first and the 17th of May since 1947. */
enum holiday holiday_of(struct day d);
/* Adds what it is called, in the language in force: "Ascension Day"; both names, with a comma,
 * where two holidays fall on one day. Nothing for ordinary days. */
void holiday_name(struct day d, struct buf *out);

#endif
