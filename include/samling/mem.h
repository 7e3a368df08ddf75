/* Memory that is there or the program ends: allocations of ordinary size do not return NULL.
 * What grows with a file's size is bounded by its own caps (see import.h). */
#ifndef SAMLING_MEM_H
#define SAMLING_MEM_H

#include <stddef.h>

void *mem_alloc(size_t size); /* zeroed; free() it */
void *mem_realloc(void *p, size_t size);
/* Grows an array so that index `need - 1` exists; new elements are zeroed. */
void *mem_grow(void *p, size_t *cap, size_t need, size_t element);
char *mem_strdup(const char *s); /* NULL gives NULL */
char *mem_strndup(const char *s, size_t n);

/* Called once before the program ends for want of memory; the interface restores the
 * terminal in it. NULL takes it away. */
void mem_on_failure(void (*fn)(void));

#endif
