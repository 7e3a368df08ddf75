/* Days and times of day as people in Norway write them. Stored form: `2026-11-21` for a day,
 * `2026-11-21T09:00` for a moment (local time in Europe/Oslo, as on a wall calendar). Both sort
 * as text. */
#ifndef SAMLING_DATE_H
#define SAMLING_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "samling/buf.h"

enum { DATE_SIZE = 11, MOMENT_SIZE = 17 }; /* with the NUL */

struct day {
    int year, month, day; /* month 1–12, day 1–31 */
};

/* Today, local time; $SAMLING_TODAY (ISO) overrides it, for tests and rehearsals. */
struct day date_today(void);
/* Now, in Unix seconds. $SAMLING_TODAY with a time of day (2022-02-01T09:00) stops the clock. */
int64_t date_now(void);
/* Unix seconds as a stored moment of the wall clock; "" when they are no time. */
void moment_of_seconds(int64_t seconds, char out[MOMENT_SIZE]);
/* Now, as `2026-11-21T09:00:00Z` (UTC). `out` has at least 21 bytes. */
void date_now_utc(char *out);

/* Reads a day, in any of the three languages whichever is in force:
 *   2026-11-21  21.11.2026  21.11.26  21/11/2026  21-11-26  21112026  20261121  211126
 *   2026/11/21  2026.11.21
 *   11/21/2026  11/21/26       the month first, as American forms have it, where the second number
 *                              can be no month; 6/7/2026 is the sixth of July
 *   21.11.  21.11  21/11       the nearest such day not more than 3 months past
 *   21. november 2026, 21 nov  a weekday may stand before a date that falls on it
 *   fre  fredag  fri           the next one, never today
 *   i dag  i morgen  tomorrow  +7  -1
 * Two-digit years: 00–69 are 20xx. A day of another program's may have midnight after it
 * (`01.08.2026 00:00:00`). A spreadsheet's serial number (44734) is no day. False when it is none
 * of these, when no such day exists, or when the year is not 1900–2199. */
bool date_parse(const char *s, struct day today, char out[DATE_SIZE]);
/* The same, with an optional time after it: `21.11.26 09:00`, `… kl. 9`, `… 0900`,
 * `2026-11-21T09:00`; also as forms stamp it: `2022/06/22 11:07:29 AM AST`, `6/22/22 3:07 PM`,
 * `22.06.2022 kl. 11.07.29`, `2022-06-22T11:07:29Z`. Seconds are dropped, and a time zone is passed
 * over: the time is the one that was written. Without a time the result is a day only. */
bool moment_parse(const char *s, struct day today, char out[MOMENT_SIZE]);

bool date_split(const char *iso, struct day *out); /* reads the day of a stored day or moment */
void date_join(struct day d, char out[DATE_SIZE]);
long date_number(struct day d); /* days since 1970-01-01 */
struct day date_from_number(long n);
int date_weekday(struct day d);             /* 0 = Monday … 6 = Sunday */
int date_iso_week(struct day d, int *year); /* year may be NULL */

/* For reading, in the language of lang.h; `iso` is a stored day or moment, "" gives "". */
void date_short(struct buf *out, const char *iso);   /* 21.11.2026, in English 2026-11-21 */
void moment_short(struct buf *out, const char *iso); /* 21.11.2026 09:00 */
void date_long(struct buf *out, const char *iso);    /* lørdag 21. november 2026 */
/* From start to end, end may be NULL or "": "tirsdag 8. februar 2022 kl. 09–15" (minutes only where
 * they are not 00: "kl. 09.30–15"), "8.–9. februar 2022", in English "Tuesday 8 February 2022,
 * 09:00–15:00". */
void span_long(struct buf *out, const char *start, const char *end);
/* As short as it can be said: "ti. 8.2.22 09–15", in English "Tue 2022-02-08 09–15". */
void span_short(struct buf *out, const char *start, const char *end);

const char *date_weekday_name(int weekday, bool full); /* "mandag" / "ma." */
const char *date_month_name(int month, bool full);     /* "november" / "nov." */

#endif
