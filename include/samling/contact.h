/* E-mail addresses and phone numbers, from what people write to the one form that is stored.
 *
 * Each function adds to `out`, and returns false when there is no address (number); then nothing is
 * added. */
#ifndef SAMLING_CONTACT_H
#define SAMLING_CONTACT_H

#include <stdbool.h>

#include "samling/buf.h"

/* "name@example.no" in small letters, of " Name@Example.no.", "mailto:name@example.no", "Kari
 * Nordmann <name@example.no>". Of several addresses the first. */
bool email_tidy(const char *typed, struct buf *out);
/* "912 34 567", "02800", foreign "0046 701740605", of "91234567", "+47 912.34.567", "tlf: 91 23 45
 * 67 (jobb)". Of several numbers the first. */
bool phone_tidy(const char *typed, struct buf *out);

/* The same, with what the cell says besides: `others` (may be NULL) is cleared first, and holds the
 * rest as it was typed, in order, joined by ", ". Names before an address in <> are not told. */
bool email_first(const char *typed, struct buf *out, struct buf *others);
bool phone_first(const char *typed, struct buf *out, struct buf *others);

/* Is this a number that a spreadsheet wrote as "4,79E+11"? Its last digits are lost. */
bool number_is_ruined(const char *typed);

#endif
