/* Many people onto one roster. */
#ifndef SAMLING_ENROL_H
#define SAMLING_ENROL_H

#include <stddef.h>
#include <stdint.h>

#include "samling/session.h"

struct enrol_result {
    long enrolled;
    long there; /* were on the roster already, in whatever status: left as they are */
};

/* Enrols the people as registered participants, each with the organisation of the position held
 * today, all or nothing. A transaction and a change set of its own, of nothing when all are there
 * already. ST_REFUSED when a person or the cohort is gone. */
enum status enrol_people(struct session *s, int64_t cohort, const int64_t *person, size_t n,
                         struct enrol_result *out, struct error *err);

#endif
