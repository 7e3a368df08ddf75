/* A quick 64-bit hash of bytes: for tables in memory, and to tell one file from another. It
 * does not withstand somebody who looks for two files with the same one. */
#ifndef SAMLING_EXCHANGE_HASH_H
#define SAMLING_EXCHANGE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* Continues `seed`: hash(hash(0, a), b) is the hash of a and then b. */
uint64_t hash_bytes(uint64_t seed, const void *data, size_t n);
uint64_t hash_text(uint64_t seed, const char *s); /* with its end; NULL is unlike "" */
uint64_t hash_number(uint64_t seed, int64_t v);

#endif
