#include "config.h"

#include "hash.h"

#include <string.h>

static uint64_t mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * 0x9e3779b97f4a7c15u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return h ^ h >> 29;
}

uint64_t hash_bytes(uint64_t seed, const void *data, size_t n)
{
    const unsigned char *p = data;
    uint64_t h = mix(seed, n), v;
    for (; n >= 8; p += 8, n -= 8) {
        memcpy(&v, p, 8);
        h = mix(h, v);
    }
    v = 0;
    for (size_t i = 0; i < n; i++)
        v |= (uint64_t)p[i] << (8 * i);
    return mix(h, v);
}

uint64_t hash_text(uint64_t seed, const char *s)
{
    return s ? hash_bytes(seed, s, strlen(s)) : mix(seed, 0x6e756c6c);
}

uint64_t hash_number(uint64_t seed, int64_t v)
{
    return mix(seed, (uint64_t)v);
}
