#include "config.h"

#include "samling/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*on_failure)(void);

void mem_on_failure(void (*fn)(void))
{
    on_failure = fn;
}

static _Noreturn void fail(void)
{
    static const char words[] =
        "samling: memory: there is none left; nothing unsaved was written\n";
    if (on_failure)
        on_failure();
    ssize_t n = write(STDERR_FILENO, words, sizeof words - 1);
    (void)n;
    _exit(4);
}

void *mem_alloc(size_t size)
{
    void *p = calloc(1, size ? size : 1);
    if (!p)
        fail();
    return p;
}

void *mem_realloc(void *p, size_t size)
{
    p = realloc(p, size ? size : 1);
    if (!p)
        fail();
    return p;
}

void *mem_grow(void *p, size_t *cap, size_t need, size_t element)
{
    if (need <= *cap)
        return p;
    size_t n = *cap ? *cap : 8;
    while (n < need)
        n += n / 2 + 1;
    if (n > SIZE_MAX / element)
        fail();
    p = mem_realloc(p, n * element);
    memset((char *)p + *cap * element, 0, (n - *cap) * element);
    *cap = n;
    return p;
}

char *mem_strndup(const char *s, size_t n)
{
    if (!s)
        return NULL;
    n = strnlen(s, n);
    char *p = mem_alloc(n + 1);
    memcpy(p, s, n);
    return p;
}

char *mem_strdup(const char *s)
{
    return s ? mem_strndup(s, strlen(s)) : NULL;
}
