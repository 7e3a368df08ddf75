/* What people write for the names of people and organisations, taken apart. No database. */
#ifndef SAMLING_EXCHANGE_NAMES_H
#define SAMLING_EXCHANGE_NAMES_H

#include <stdbool.h>

#include "samling/buf.h"

/* "Nordmann, Kari Anne" or "Kari Anne Nordmann": the last word is the family name, with the
 * particles before it ("Ludwig van Beethoven"). A single word is a given name. Both buffers are
 * cleared first. */
void name_split(const char *full, struct buf *given, struct buf *family);

/* Have two folded names a word in common? Initials and one empty name count as such. */
bool name_akin(const char *a, const char *b);

/* The folded name without what one list has and another leaves out: "barnehage", "AS", "FUS",
 * "Asker kommune" in front. Never empty unless the name is. Adds to `out`. */
void organisation_core(const char *name, struct buf *out);

/* "Asker kommune" and "asker" are the same place; NULL is none. */
bool municipality_same(const char *a, const char *b);
/* Without "kommune" after it. NULL for a number, which is no name. Caller frees. */
char *municipality_tidy(const char *typed);

#endif
