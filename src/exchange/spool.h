/* Things put aside in a temporary file, so that memory does not grow with them. */
#ifndef SAMLING_EXCHANGE_SPOOL_H
#define SAMLING_EXCHANGE_SPOOL_H

#include "samling/buf.h"
#include "samling/status.h"

struct spool;

struct spool *spool_new(void);
void spool_free(struct spool *s); /* NULL is allowed; the file vanishes */
/* Puts the bytes of `b` aside; *place is where. Made of memory until there is much. */
enum status spool_put(struct spool *s, const struct buf *b, long long *place, struct error *err);
/* Replaces *b by what was put at `place`. */
enum status spool_get(struct spool *s, long long place, struct buf *b, struct error *err);

#endif
