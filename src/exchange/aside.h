/* Nameless temporary files: what a long import puts aside, so that memory does not grow with it. */
#ifndef SAMLING_EXCHANGE_ASIDE_H
#define SAMLING_EXCHANGE_ASIDE_H

#include <stddef.h>
#include <stdio.h>

#include "samling/status.h"

/* Makes *file when it is NULL; fclose it, and it vanishes. */
enum status aside_open(FILE **file, struct error *err);
/* All `n` bytes, from `at`. To read past what was written is an error. */
enum status aside_write(FILE *file, const void *data, size_t n, long long at, struct error *err);
enum status aside_read(FILE *file, void *data, size_t n, long long at, struct error *err);

#endif
