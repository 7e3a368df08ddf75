/* Keys and what each stands for: a multimap in bounded memory.
 *
 * What is new lies in a hash table. When that is full it is sorted and becomes a run in a temporary
 * file; a filter of fixed size tells of most keys that they are in no run, so that a key that was
 * never seen before costs no reading. */
#ifndef SAMLING_EXCHANGE_KEYS_H
#define SAMLING_EXCHANGE_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "samling/status.h"

enum { KEYS_EACH = 64 }; /* values kept of one key: the first */

struct keys;

/* `memory`: bytes at most, for the table and the filter together. */
struct keys *keys_new(size_t memory);
void keys_free(struct keys *k); /* NULL is allowed */
/* A value that the key has already changes nothing. */
enum status keys_add(struct keys *k, uint32_t key, uint32_t value, struct error *err);
/* The key's values in the order in which they were added; *n of them. */
enum status keys_find(struct keys *k, uint32_t key, uint32_t out[KEYS_EACH], size_t *n,
                      struct error *err);

#endif
