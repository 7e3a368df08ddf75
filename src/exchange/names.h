/* What people write for the names of people and organisations, taken apart. No database. */
#ifndef SAMLING_EXCHANGE_NAMES_H
#define SAMLING_EXCHANGE_NAMES_H

#include <stdbool.h>

#include "samling/buf.h"

/* "Nordmann, Kari Anne", "Kari Anne Nordmann" or "NORDMANN Kari Anne": the last word is the family
 * name, with the particles before it ("Ludwig van Beethoven") and "jr." or "III" after it. A
 * single word is a given name, after a title a family name ("Fru Nordmann"). Two family names
 * without a hyphen cannot be told from two given names: the first of them goes with the given ones.
 * What is no name goes to `rest` (NULL: nowhere), joined by ", ": titles, what stands in brackets,
 * a role after a dash or comma ("Kari Nordmann - styrer"). The buffers are cleared first. */
void name_split(const char *full, struct buf *given, struct buf *family, struct buf *rest);

/* Is a full name (two words or more, the comma form too) in capitals? Initials, "Mc" and small
 * particles are neither here nor there. */
bool name_shouts(const char *full);
/* Adds the name with capitals only where a word begins: "Kari Nordmann", "O'Brien", "McDonald",
 * "Bjørn-Erik", "van der Berg", "Hansen III". For a name that shouts, before it is split. */
void name_calm(const char *full, struct buf *out);

/* The same for a given and a family name that stand apart: when they shout together, true, and both
 * buffers are cleared and filled. Either alone is no full name, and may be all initials. */
bool name_calm_parts(const char *given, const char *family, struct buf *calm_given,
                     struct buf *calm_family);

/* The first `n` bytes of an organisation's name; when they are all in capitals, with capitals only
 * where Norwegian has them: "SOL BARNEHAGE AS" is "Sol barnehage AS". Caller frees. */
char *organisation_calm(const char *name, size_t n);

/* Have two folded full names a word in common, other than the family name? Initials and one empty
 * name count as such. */
bool name_akin(const char *a, const char *b);

/* Do two folded full names (given, then family name) differ by middle names at most? The first and
 * the last word are equal, and the words between in the shorter are in the longer, in this order;
 * an initial stands for a word. */
bool name_near(const char *a, const char *b);

/* The folded name without what one list has and another leaves out: "barnehage", "AS", "FUS",
 * "stiftelsen", "Asker kommune" before or after it, a department ("avd. Loftet"). What makes
 * another kindergarten of it stays: "naturbarnehage", "familiebarnehage". Each word of it is a word
 * of the folded name, but for "naturbhg", which becomes "naturbarnehage". Never empty unless the
 * folded name is. Adds to `out`. */
void organisation_core(const char *name, struct buf *out);

/* Are all words of one name in the other, as they are folded? "Nattfiolen" and "Nattfiolen
 * barnehage AS". */
bool organisation_says_same(const char *a, const char *b);

/* The part before @ of an e-mail address: is it one that many read, "post", "styrer.sol", or the
 * core of the organisation's name (NULL: not known)? */
bool email_is_shared(const char *email, const char *organisation);

/* Is the first word of two folded full names the same, or the initial of the other's? */
bool name_first_alike(const char *a, const char *b);

/* Are all words of one folded text in the other? An empty one says nothing: true. */
bool words_contained(const char *a, const char *b);

/* "Asker kommune" and "asker" are the same place; NULL is none. */
bool municipality_same(const char *a, const char *b);
/* Without "kommune" after it. NULL for a number, which is no name. Caller frees. */
char *municipality_tidy(const char *typed);

#endif
