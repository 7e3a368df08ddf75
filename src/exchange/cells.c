#include "config.h"

#include "cells.h"

#include "samling/mem.h"
#include "samling/text.h"

#include <stdlib.h>
#include <string.h>

void cells_clear(struct cells *c)
{
    c->len = c->n = c->used = 0;
    c->flags = 0;
    c->high = false;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void cells_trim(const char **s, size_t *len)
{
    const char *p = *s, *end = p + *len;
    /* Most have none. */
    if (p<end && * p> ' ' && end[-1] > ' ')
        return;
    for (;;) {
        if (p < end && is_space(*p))
            p++;
        else if (end - p >= 2 && memcmp(p, "\xC2\xA0", 2) == 0)
            p += 2;
        else
            break;
    }
    for (;;) {
        if (p < end && is_space(end[-1]))
            end--;
        else if (end - p >= 2 && memcmp(end - 2, "\xC2\xA0", 2) == 0)
            end -= 2;
        else
            break;
    }
    *s = p;
    *len = (size_t)(end - p);
}

static size_t cut(const char *s, size_t len)
{
    if (len <= READER_FIELD_MAX)
        return len;
    len = READER_FIELD_MAX;
    while (len > 0 && ((unsigned char)s[len] & 0xC0) == 0x80)
        len--;
    return len;
}

static void append(struct cells *c, const char *s, size_t len)
{
    size_t fits = cut(s, len);
    if (fits < len)
        c->flags |= ROW_TOO_BIG;
    if (c->len + fits + 1 > c->cap)
        c->text = mem_grow(c->text, &c->cap, c->len + fits + 1, 1);
    memcpy(c->text + c->len, s, fits);
    c->text[c->len + fits] = '\0';
    c->start[c->n++] = c->len;
    c->len += fits + 1;
}

static bool may_compose(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)s[i] >= 0xCC)
            return true;
    return false;
}

void cells_add(struct cells *c, const char *s, size_t len)
{
    cells_trim(&s, &len);
    if (c->n == READER_COLUMNS_MAX) {
        if (len > 0)
            c->flags |= ROW_TOO_BIG;
        return;
    }
    if (c->high && may_compose(s, len)) {
        char *nfc = text_nfc(s, len);
        append(c, nfc, strlen(nfc));
        free(nfc);
    } else {
        append(c, s, len);
    }
    if (len > 0)
        c->used = c->n;
}

size_t cells_count(size_t n, size_t used, size_t columns)
{
    if (columns == 0 || n <= columns)
        return n;
    return used > columns ? used : columns;
}

void cells_end(struct cells *c, size_t columns)
{
    size_t n = cells_count(c->n, c->used, columns);
    if (columns > 0 && n < columns)
        c->flags |= ROW_SHORT;
    if (columns > 0 && n > columns)
        c->flags |= ROW_LONG;
    c->n = n;
    for (size_t i = 0; i < n; i++)
        c->field[i] = c->text + c->start[i];
}

void cells_free(struct cells *c)
{
    free(c->text);
    c->text = NULL;
    c->cap = 0;
}
