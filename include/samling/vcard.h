/* People as vCard 3.0 (RFC 2426), for Outlook and phones: UTF-8, CRLF, a card for each.
 *
 * A card has the name, the organisation and title of the position held today with the organisation's
 * address and municipality, the e-mail, and the phone in international form (a mobile number as
 * CELL, any other as WORK). Its UID stays, and REV is the last change. Notes stay out. */
#ifndef SAMLING_VCARD_H
#define SAMLING_VCARD_H

#include <stdint.h>
#include <stdio.h>

#include "samling/listing.h"

/* Writes the cards to `out` (not closed, not flushed). q->listing is feed_contacts(). Words are in the
 * language in force. *cards (may be NULL) gets their number. */
enum status vcard_export(struct session *s, const struct listing_query *q, size_t limit, FILE *out,
                         int64_t *cards, struct error *err);
/* A stored phone number as one dials it from anywhere: "912 34 567" is +4791234567, "0046 701234567"
 * is +46701234567. A five-digit number has no such form and stays. True when it is a Norwegian mobile
 * number. */
bool vcard_phone(const char *stored, struct buf *out);

#endif
