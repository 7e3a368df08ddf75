#include "config.h"

#include "shelf.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "aside.h"

enum { TAIL = 4 << 20 };

struct shelf {
    FILE *file;       /* what came before the tail */
    long long before; /* bytes of it */
    char *tail;
    size_t n;
};

struct shelf *shelf_new(void)
{
    return mem_alloc(sizeof(struct shelf));
}

void shelf_free(struct shelf *s)
{
    if (!s)
        return;
    if (s->file)
        fclose(s->file);
    free(s->tail);
    free(s);
}

static enum status flush(struct shelf *s, struct error *err)
{
    enum status st = aside_open(&s->file, err);
    if (st == ST_OK)
        st = aside_write(s->file, s->tail, s->n, s->before, err);
    if (st != ST_OK)
        return st;
    s->before += (long long)s->n;
    s->n = 0;
    return ST_OK;
}

enum status shelf_put(struct shelf *s, const struct buf *b, long long *place, struct error *err)
{
    uint32_t len = (uint32_t)b->len;
    enum status st = ST_OK;
    if (s->n + sizeof len + len > TAIL)
        st = flush(s, err);
    if (st != ST_OK)
        return st;
    if (!s->tail || sizeof len + len > TAIL)
        s->tail = mem_realloc(s->tail, sizeof len + len > TAIL ? sizeof len + len : TAIL);
    *place = s->before + (long long)s->n;
    memcpy(s->tail + s->n, &len, sizeof len);
    memcpy(s->tail + s->n + sizeof len, b->s, len);
    s->n += sizeof len + len;
    return ST_OK;
}

static enum status read_at(struct shelf *s, long long at, char *out, size_t n, struct error *err)
{
    if (at >= s->before) {
        memcpy(out, s->tail + (at - s->before), n);
        return ST_OK;
    }
    return aside_read(s->file, out, n, at, err);
}

enum status shelf_get(struct shelf *s, long long place, struct buf *b, struct error *err)
{
    uint32_t len;
    char head[sizeof len];
    buf_clear(b);
    enum status st = read_at(s, place, head, sizeof head, err);
    if (st != ST_OK)
        return st;
    memcpy(&len, head, sizeof len);
    char *bytes = mem_alloc((size_t)len + 1);
    st = read_at(s, place + (long long)sizeof len, bytes, len, err);
    if (st == ST_OK)
        buf_addn(b, bytes, len);
    free(bytes);
    return st;
}
