/* Gatherings as iCalendar (RFC 5545), for Outlook, phones and Google Calendar.
 *
 * An event is a gathering. Its UID stays, so that a newer file brings the events up to date instead
 * of adding them again; its SEQUENCE counts the changes of the gathering, its cohort and its
 * offering. DTSTAMP and LAST-MODIFIED are the time of the last of these changes, not of the export:
 * without a METHOD the standard gives them one meaning, and the same data is the same file.
 *
 * Without a time of day an event is an all-day one, and DTEND is the day after the last. With one,
 * times are those of the wall clock in Europe/Oslo, with the two rules (RRULE) that hold since 1996
 * told from 1970 on. A moment without an end has no DTEND; one that ends on a day ends as that day
 * does. The description says when as it was recorded. The note is internal and stays out. What is
 * cancelled, or belongs to a cancelled cohort or offering, has STATUS:CANCELLED, takes no time, and
 * says so in its SUMMARY, because importing programs overlook the status.
 *
 * There is no METHOD: PUBLISH wants an ORGANIZER, and with one Outlook offers to answer. */
#ifndef SAMLING_ICAL_H
#define SAMLING_ICAL_H

#include <stdint.h>
#include <stdio.h>

#include "samling/listing.h"

struct calendar_counts {
    int64_t events;
    int64_t undated; /* gatherings without a day: left out */
};

/* Writes the calendar to `out` (not closed, not flushed). q->listing is feed_calendar(). Words are in the
 * language in force. */
enum status ical_export(struct session *s, const struct listing_query *q, size_t limit, FILE *out,
                        struct calendar_counts *counts, struct error *err);

#endif
