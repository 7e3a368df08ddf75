/* What other programs want of gatherings and people: the listings behind a calendar and an address
 * book. They take references, filters and searches like any other, but no pane shows them. */
#ifndef SAMLING_FEED_H
#define SAMLING_FEED_H

#include "samling/listing.h"

/* Cells of the calendar's rows. */
enum calendar_cell {
    CALENDAR_ID,
    CALENDAR_REF,      /* BIM/1/3 */
    CALENDAR_CODE,     /* BIM */
    CALENDAR_OFFERING, /* its title */
    CALENDAR_COHORT,   /* its name */
    CALENDAR_NUMBER,
    CALENDAR_TITLE,
    CALENDAR_LEVEL,
    CALENDAR_STARTS, /* a stored day or moment; NULL when not set */
    CALENDAR_ENDS,
    CALENDAR_PLACE,
    CALENDAR_STATUS,
    CALENDAR_CANCELLED, /* "1" when the gathering, its cohort or its offering is, else "0" */
    CALENDAR_ORGANISER,
    CALENDAR_CONTACT, /* a name */
    CALENDAR_CONTACT_EMAIL,
    CALENDAR_REVISION, /* 0 and up: how often the gathering, its cohort and its offering were changed */
    CALENDAR_CHANGED,  /* Unix seconds: when one of them was last */
    CALENDAR_CELLS
};

/* Cells of the contacts' rows. */
enum contact_cell {
    CONTACT_ID,
    CONTACT_GIVEN_NAME,
    CONTACT_FAMILY_NAME,
    CONTACT_EMAIL,
    CONTACT_PHONE,
    CONTACT_ORGANISATION, /* of the position held today */
    CONTACT_MUNICIPALITY,
    CONTACT_ADDRESS,
    CONTACT_POSITION, /* a key word */
    CONTACT_CHANGED,  /* Unix seconds: the person, the position or the organisation */
    CONTACT_CELLS
};

/* Gatherings, those without a day too. Narrowed to a person or an organisation: those of the cohorts
 * where the person, or somebody from there, is expected to come. Narrowed to a gathering: that one. */
const struct listing *feed_calendar(void);
/* People, narrowed as the list of people is. */
const struct listing *feed_contacts(void);
/* "calendar", "contacts", or its label in the language in force; NULL when it is none. */
const struct listing *feed_by_name(const char *name);

#endif
