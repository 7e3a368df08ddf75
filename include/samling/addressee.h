/* Whom one writes to when one means a record: a person or an organisation itself, the person of an
 * enrolment or a position, those who are expected to come to a gathering, a cohort, an offering. */
#ifndef SAMLING_ADDRESSEE_H
#define SAMLING_ADDRESSEE_H

#include "samling/record.h"

struct addressee {
    enum type_id type; /* T_PERSON or T_ORGANISATION */
    int64_t id;
    const char *name;
    const char *email; /* NULL: none is known */
};

bool addressee_of(enum type_id type); /* has it any? */
/* Calls `fn` for each, people by name; the strings are valid during the call. The same one may come
 * twice when two records are asked about. `fn` returns false to stop. */
enum status addressee_each(struct session *s, enum type_id type, int64_t id,
                           bool (*fn)(void *, const struct addressee *), void *arg,
                           struct error *err);

#endif
