/* A long array in a temporary file, of which some pages lie in memory. One that fits in these pages
 * needs no file. */
#ifndef SAMLING_EXCHANGE_ROLL_H
#define SAMLING_EXCHANGE_ROLL_H

#include <stdbool.h>
#include <stddef.h>

#include "samling/status.h"

enum { ROLL_PAGE = 4096 };

struct roll;

/* `size`: bytes of an element, ROLL_PAGE at most. `pages`: so many in memory, at least 1. */
struct roll *roll_new(size_t size, size_t pages);
void roll_free(struct roll *r); /* NULL is allowed */
/* The element at `i`, valid until the next call; one that was never written is zeroed. `change`: it
 * will be written to. NULL and *err when the file fails. */
void *roll_at(struct roll *r, size_t i, bool change, struct error *err);

#endif
