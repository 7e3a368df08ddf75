/* What stands in a calendar between two days: gatherings, deadlines, clashes. */
#ifndef SAMLING_CALENDAR_H
#define SAMLING_CALENDAR_H

#include <stdbool.h>

#include "samling/date.h"
#include "samling/listing.h"

enum entry_kind {
    ENTRY_GATHERING,
    ENTRY_DEADLINE, /* for registration, of a cohort or a gathering */
};

struct calendar_entry {
    enum entry_kind kind;
    enum type_id type; /* of the record behind it */
    int64_t id;        /* 0: of a gathering that is only thought of (calendar_clashes) */
    int64_t cohort;    /* that it belongs to, or is */
    char starts[MOMENT_SIZE], ends[MOMENT_SIZE]; /* stored forms; ends "" when there is none. A
                                                    deadline has its day in both */
    long first, last;                            /* the days it touches, as date_number counts */
    char *ref, *title, *place;                   /* place NULL: none */
    char *status; /* of a gathering, stored form; "cancelled" also when its cohort or offering is.
                     NULL for a deadline */
    bool cancelled;
    long people;       /* expected; -1: not counted (calendar_count) */
    bool clash;        /* set by calendar_clashes */
    char *clash_words; /* "Kulturhuset is taken by HINN/1/2; 3 people are also in HINN/1/2"; or NULL
                        */
};

/* Zero-initialise. Sorted by first day; of one day the gatherings come first, by their hour; then
 * by reference. */
struct calendar_entries {
    struct calendar_entry *entry;
    size_t n, cap;
    bool cut; /* there were more than CALENDAR_MOST */
};
enum { CALENDAR_MOST = 5000 };

/* All that touches the days `from` to `to` of what `gatherings` (a query of the listing gatherings)
 * would list; its sort is ignored. Gatherings without a day are left out, and deadlines of what is
 * cancelled. A cohort's deadline belongs there when the query's scope covers the cohort and, where
 * there is a search or a filter, one of its gatherings is listed. A gathering that lasts longer
 * than two months stands on its first 62 days and in the period that it begins in. People are not
 * counted. Free with calendar_entries_free. */
enum status calendar_read(struct session *s, const struct listing_query *gatherings,
                          struct day from, struct day to, struct calendar_entries *out,
                          struct error *err);
void calendar_entries_free(struct calendar_entries *e);
/* Adds an empty gathering to fill in. */
struct calendar_entry *calendar_entry_add(struct calendar_entries *e);
/* Sets `first` and `last` from `starts` and `ends`. */
void calendar_entry_days(struct calendar_entry *e);
/* Counts its people if that is still due. */
enum status calendar_count(struct session *s, struct calendar_entry *e, struct error *err);

/* Marks the gatherings in `e` that clash with any other in the database that is not cancelled: the
 * same place (but for such as "digitalt", where all have room), or the same person expected, at the
 * same time. Whole days overlap by day; what has no end is taken to last an hour. The times, place
 * and cohort in `e` hold against those in the database, so that what is only thought of can be
 * tried. May be stopped (db_on_progress): ST_STOPPED, and nothing is marked. */
enum status calendar_clashes(struct session *s, struct calendar_entries *e, struct error *err);

/* `days` later (or earlier), the time kept; `iso` is a stored day or moment, "" or NULL give "". */
void moment_shift(const char *iso, long days, char out[MOMENT_SIZE]);

#endif
