/* Files that are no tables at all: refused with words that say what they are and what to do. */
#ifndef SAMLING_EXCHANGE_SNIFF_H
#define SAMLING_EXCHANGE_SNIFF_H

#include <stddef.h>

#include "samling/status.h"

/* By the bytes that a format begins with: workbooks, PDF, archives, web pages … */
enum status sniff_format(const char *name, const char *s, size_t n, struct error *err);
/* By bytes that no text has. `s` is no longer UTF-16. */
enum status sniff_binary(const char *name, const char *s, size_t n, struct error *err);

#endif
