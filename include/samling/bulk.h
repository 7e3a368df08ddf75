/* Filling an empty database with people. The secondary indices of people, positions and enrolments
 * are dropped, and built anew when all rows are there, which costs a fraction of keeping them; the
 * search index likewise. All of it is part of the transaction: a rollback brings back what was.
 *
 * The indices' definitions are read from the database, so that the schema alone states them. What
 * is written meanwhile still goes through record_insert and record_update, with their checks; only
 * what a UNIQUE constraint guards anyway is not looked up first. */
#ifndef SAMLING_BULK_H
#define SAMLING_BULK_H

#include "samling/session.h"

/* Is it worth it: are there no people yet? */
enum status bulk_possible(struct session *s, bool *yes, struct error *err);
/* After session_begin. Until bulk_end, what the dropped indices serve is slow: searching people by
 * name or address, removing, undoing. */
enum status bulk_begin(struct session *s, struct error *err);
/* The search text of the next person that is made gets these words besides its own: the
 * organisation of the position that is made right after it. */
void bulk_words(struct session *s, const char *organisation, const char *municipality);
/* Before session_commit. `progress` (or NULL) is told how far it is, 0 … 1; false stops, with
 * ST_STOPPED. */
enum status bulk_end(struct session *s, bool (*progress)(void *, double done), void *arg,
                     struct error *err);
/* After session_rollback, when bulk_end was not reached; nothing when no bulk_begin was. */
void bulk_drop(struct session *s);

#endif
