/* Attendance: marks for the people of a roster. */
#ifndef SAMLING_ROSTER_H
#define SAMLING_ROSTER_H

#include "samling/session.h"

/* Sets the mark ("present", "absent", "excused", "caught_up"; NULL: none) of an enrolment at a gathering,
 * in a transaction of its own unless one is open. ST_OK too when it was so already. */
enum status attendance_mark(struct session *s, int64_t gathering, int64_t enrolment, const char *mark,
                            struct error *err);

struct attendance_result {
    long present, absent, excused, cleared;
    bool roster_changed; /* since the sheet was printed */
};

/* Records `marks` (`1-14 17 !19 ?20 -21`: present, absent, excused, none) for a gathering, all or nothing.
 * Numbers are those of the sheet with that code, or with `code` NULL those of the roster now. */
enum status attendance_record(struct session *s, int64_t gathering, const char *marks, const char *code,
                              struct attendance_result *out, struct error *err);

#endif
