/* Character sets other than UTF-8, by ICU's names. */
#ifndef SAMLING_CHARSET_H
#define SAMLING_CHARSET_H

#include <stdbool.h>
#include <stdint.h>

/* Fills table[256] with the code point of each byte of a single-byte character set; U+FFFD where
 * there is none. False when ICU does not know `name` or it is not a single-byte set. */
bool charset_table(const char *name, uint32_t table[256]);
/* The usual name ("windows-1252", "macintosh", "IBM850", "UTF-16LE" …) of any name or alias that
 * ICU knows; NULL if none. Owned by the library. */
const char *charset_name(const char *name);

#endif
