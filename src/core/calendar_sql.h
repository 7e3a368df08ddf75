/* SQL that the calendar and its clashes share. */
#ifndef SAMLING_CORE_CALENDAR_SQL_H
#define SAMLING_CORE_CALENDAR_SQL_H

/* SQL for gatherings that touch the days from one text to before another. No index knows how long
 * they last: only those that began since `back` are looked at, LONGEST_DAYS before. */
#define TOUCHES(back, from, after)                                                                 \
    "coalesce(g.starts, '') >= " back " AND coalesce(g.starts, '') < " after                       \
    " AND (coalesce(g.starts, '') >= " from " OR substr(g.ends, 1, 10) >= " from ")"
enum { LONGEST_DAYS = 62 };

/* The statuses of those who are expected to come. */
#define EXPECTED "('registered', 'confirmed', 'completed')"

#endif
