/* Completion: the records that somebody who types part of a name may mean.
 *
 * Those come first whose name begins with what was typed (a person's family or given name, in
 * either order, "nor kar" and "kar nor" alike; an organisation's or plan's name; the reference of
 * an offering, cohort or gathering), in Norwegian order; then those that a search finds otherwise.
 * Nothing typed gives the first ones in order. Each step uses an index, so that a million people
 * cost no more than a thousand. */
#ifndef SAMLING_SUGGEST_H
#define SAMLING_SUGGEST_H

#include <stddef.h>
#include <stdint.h>

#include "samling/record.h"

enum { SUGGEST_MAX = 32 };

struct suggestion {
    int64_t id;
    char *name; /* what it is called; of what has a reference, that: BIM/1 */
    char *more; /* what tells it from others of the name: "Solsikken barnehage  ·  Asker"; or "" */
};

struct suggestions {
    struct suggestion item[SUGGEST_MAX];
    size_t n;
};

/* Can records of this type be suggested? */
bool suggest_knows(enum type_id type);
/* At most `max` of them (at most SUGGEST_MAX). Free with suggestions_free, whatever it returned.
 * ST_STOPPED when db_on_progress said so: *out then holds none. */
enum status suggest(struct session *s, enum type_id type, const char *typed, size_t max,
                    struct suggestions *out, struct error *err);
void suggestions_free(struct suggestions *s);
/* What `more` says of one record; adds to `out`. */
void suggest_more(struct session *s, enum type_id type, int64_t id, struct buf *out);

#endif
