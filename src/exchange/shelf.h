/* Things put aside in a temporary file, so that memory does not grow with them. */
#ifndef SAMLING_EXCHANGE_SHELF_H
#define SAMLING_EXCHANGE_SHELF_H

#include "samling/buf.h"
#include "samling/status.h"

struct shelf;

struct shelf *shelf_new(void);
void shelf_free(struct shelf *s); /* NULL is allowed; the file vanishes */
/* Puts the bytes of `b` aside; *place is where. Made of memory until there is much. */
enum status shelf_put(struct shelf *s, const struct buf *b, long long *place, struct error *err);
/* Replaces *b by what was put at `place`. */
enum status shelf_get(struct shelf *s, long long place, struct buf *b, struct error *err);

#endif
