/* A growing string. Zero-initialise it; `s` is NULL or NUL-terminated, `len` excludes the NUL. */
#ifndef SAMLING_BUF_H
#define SAMLING_BUF_H

#include <stddef.h>

struct buf {
    char *s;
    size_t len, cap;
};

void buf_add(struct buf *b, const char *s); /* NULL adds nothing */
void buf_addn(struct buf *b, const char *s, size_t n);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_clear(struct buf *b); /* keeps the memory */
void buf_free(struct buf *b);
char *buf_take(struct buf *b);            /* the string, never NULL; the caller frees it; *b is empty */
const char *buf_str(const struct buf *b); /* "" when empty; owned by *b */

#endif
