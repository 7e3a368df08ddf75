/* Which single-byte set the high bytes of a text speak for: Windows-1252, MacRoman, cp850 or
 * ISO-8859-15, by how likely the letters are that each makes of them, and where they stand. */
#ifndef SAMLING_EXCHANGE_GUESS_H
#define SAMLING_EXCHANGE_GUESS_H

#include <stdbool.h>
#include <stddef.h>

enum { GUESS_SETS = 4 };

struct guess {
    size_t weighed; /* high bytes */
    bool seen[256];
    long score[GUESS_SETS];
    struct guess_sets *sets;
};

/* Weighs the high bytes of whole lines. *g starts zeroed. */
void guess_add(struct guess *g, const char *s, size_t n);
/* The name of the set; "windows-1252" also when another would give the same letters, or when there
 * was nothing to weigh. *rival gets the next best that gives other letters when it comes close,
 * else NULL. Both live as long as the program. */
const char *guess_name(const struct guess *g, const char **rival);
void guess_free(struct guess *g);

#endif
