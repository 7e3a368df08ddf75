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

/* The cell that lies in the text from `at` on, without its end. */
static void keep(struct cells *c, size_t at, size_t len)
{
    const char *s = c->text + at;
    cells_trim(&s, &len);
    if (c->n == READER_COLUMNS_MAX) {
        if (len > 0)
            c->flags |= ROW_TOO_BIG;
        return;
    }
    at = (size_t)(s - c->text);
    c->text[at + len] = '\0';
    c->start[c->n++] = at;
    if (len > 0)
        c->used = c->n;
}

/* Copied at once and divided where it lies. */
static void add_unquoted(struct cells *c, const char *s, size_t n, char delimiter)
{
    memcpy(c->text, s, n);
    for (size_t at = 0;;) {
        const char *p = memchr(c->text + at, delimiter, n - at);
        size_t end = p ? (size_t)(p - c->text) : n;
        keep(c, at, end - at);
        if (end == n)
            break;
        at = end + 1;
    }
    c->len = n + 1;
}

static size_t skip_blank(const char *s, size_t n, size_t i, char delimiter)
{
    while (i < n && (s[i] == ' ' || s[i] == '\t') && s[i] != delimiter)
        i++;
    return i;
}

/* Copies a quoted cell, *i being behind its first quote, and sets *i to what divides it from the
 * next. */
static bool copy_quoted(struct cells *c, const char *s, size_t n, size_t *i, char delimiter)
{
    for (;;) {
        const char *p = memchr(s + *i, '"', n - *i);
        if (!p)
            return false;
        size_t end = (size_t)(p - s);
        memcpy(c->text + c->len, s + *i, end - *i);
        c->len += end - *i;
        *i = end + 1;
        if (*i == n || s[*i] != '"')
            break;
        c->text[c->len++] = '"';
        *i += 1;
    }
    *i = skip_blank(s, n, *i, delimiter);
    return *i == n || s[*i] == delimiter;
}

static bool add_quoted(struct cells *c, const char *s, size_t n, char delimiter)
{
    for (size_t i = 0;; i++) {
        size_t at = c->len;
        i = skip_blank(s, n, i, delimiter);
        if (i < n && s[i] == '"') {
            i++;
            if (!copy_quoted(c, s, n, &i, delimiter))
                return false;
        } else {
            const char *p = i < n ? memchr(s + i, delimiter, n - i) : NULL;
            size_t end = p ? (size_t)(p - s) : n;
            memcpy(c->text + c->len, s + i, end - i);
            c->len += end - i;
            i = end;
        }
        keep(c, at, c->len - at);
        c->len++;
        if (i >= n)
            return true;
    }
}

bool cells_add_line(struct cells *c, const char *s, size_t n, char delimiter)
{
    /* Nothing that is added is longer than the line, with an end for each cell. */
    size_t need = 2 * n + 2;
    if (c->high || n > READER_FIELD_MAX)
        return false;
    if (need > c->cap)
        c->text = mem_grow(c->text, &c->cap, need, 1);
    if (!memchr(s, '"', n)) {
        add_unquoted(c, s, n, delimiter);
        return true;
    }
    if (add_quoted(c, s, n, delimiter))
        return true;
    c->len = c->n = c->used = 0;
    c->flags &= ~(unsigned)ROW_TOO_BIG;
    return false;
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
