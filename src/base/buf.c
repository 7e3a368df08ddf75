#include "config.h"

#include "samling/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

void buf_addn(struct buf *b, const char *s, size_t n)
{
    if (b->len + n + 1 > b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 32;
        while (cap < b->len + n + 1)
            cap *= 2;
        b->s = mem_realloc(b->s, cap);
        b->cap = cap;
    }
    if (n)
        memcpy(b->s + b->len, s, n);
    b->len += n;
    b->s[b->len] = '\0';
}

void buf_add(struct buf *b, const char *s)
{
    if (s)
        buf_addn(b, s, strlen(s));
}

void buf_addc(struct buf *b, char c)
{
    buf_addn(b, &c, 1);
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    va_list again;
    va_copy(again, ap);
    char probe[1];
    int n = vsnprintf(probe, sizeof probe, fmt, ap);
    va_end(ap);
    if (n > 0) {
        /* A copy first: an argument may point into the buffer that is about to move. */
        char *tmp = mem_alloc((size_t)n + 1);
        vsnprintf(tmp, (size_t)n + 1, fmt, again);
        buf_addn(b, tmp, (size_t)n);
        free(tmp);
    }
    va_end(again);
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    if (b->s)
        b->s[0] = '\0';
}

void buf_free(struct buf *b)
{
    free(b->s);
    *b = (struct buf){0};
}

char *buf_take(struct buf *b)
{
    buf_addn(b, "", 0);
    char *s = b->s;
    *b = (struct buf){0};
    return s;
}

const char *buf_str(const struct buf *b)
{
    return b->s ? b->s : "";
}
