/* Who else has a record open to change it. A row for each open form, renewed while it is open; what
 * was not renewed for PRESENCE_STALE seconds counts as gone. */
#ifndef SAMLING_PRESENCE_H
#define SAMLING_PRESENCE_H

#include "samling/record.h"

enum { PRESENCE_RENEW = 30, PRESENCE_STALE = 90 };

/* Says that this session has the record open (or renews it), in a transaction of its own. Readers,
 * sessions of a database that cannot be written, and new records (id 0) say nothing: ST_OK. */
enum status presence_enter(struct session *s, const struct record_type *t, int64_t id,
                           struct error *err);
enum status presence_leave(struct session *s, const struct record_type *t, int64_t id,
                           struct error *err);
/* The names of others who have it open, "Anna, Per"; adds nothing when nobody has. One person in
 * two windows counts as another too. */
enum status presence_others(struct session *s, const struct record_type *t, int64_t id,
                            struct buf *out, struct error *err);

#endif
