#include "config.h"

#include "ui/marks.h"

#include <stdlib.h>

#include "samling/mem.h"

/* Where a record's search begins; `cap` is a power of two. */
static size_t home(const struct marks *m, enum type_id type, int64_t id)
{
    uint64_t h = (uint64_t)id * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)type;
    return (size_t)(h ^ h >> 29) & (m->cap - 1);
}

/* The slot where it stands, or the free one where it would. There is always a free one. */
static size_t find(const struct marks *m, enum type_id type, int64_t id)
{
    size_t i = home(m, type, id);
    while (m->slot[i].type != T_NONE && (m->slot[i].type != type || m->slot[i].id != id))
        i = (i + 1) & (m->cap - 1);
    return i;
}

static void grow(struct marks *m)
{
    enum { LEAST = 16 };
    struct marks bigger = {.cap = m->cap ? 2 * m->cap : LEAST};
    bigger.slot = mem_alloc(bigger.cap * sizeof *bigger.slot);
    for (size_t i = 0; i < m->cap; i++)
        if (m->slot[i].type != T_NONE)
            bigger.slot[find(&bigger, m->slot[i].type, m->slot[i].id)] = m->slot[i];
    free(m->slot);
    m->slot = bigger.slot;
    m->cap = bigger.cap;
}

/* What comes after the slot and was pushed past it moves up: a search must not end too early. */
static void empty_slot(struct marks *m, size_t hole)
{
    size_t mask = m->cap - 1;
    for (size_t i = (hole + 1) & mask; m->slot[i].type != T_NONE; i = (i + 1) & mask) {
        size_t wanted = home(m, m->slot[i].type, m->slot[i].id);
        if (((i - wanted) & mask) >= ((i - hole) & mask)) {
            m->slot[hole] = m->slot[i];
            hole = i;
        }
    }
    m->slot[hole].type = T_NONE;
    m->n--;
}

void marks_clear(struct marks *m)
{
    free(m->slot);
    *m = (struct marks){0};
}

void marks_all(struct marks *m)
{
    marks_clear(m);
    m->all = true;
}

void marks_others(struct marks *m)
{
    m->all = !m->all;
}

bool marks_names(const struct marks *m, enum type_id type, int64_t id)
{
    return m->n && m->slot[find(m, type, id)].type != T_NONE;
}

bool marks_has(const struct marks *m, enum type_id type, int64_t id)
{
    return marks_names(m, type, id) != m->all;
}

void marks_set(struct marks *m, enum type_id type, int64_t id, bool on)
{
    bool name = on != m->all;
    if (on)
        m->last = (struct mark){type, id};
    else if (m->last.type == type && m->last.id == id)
        m->last.type = T_NONE;
    if (marks_names(m, type, id) == name)
        return;
    if (!name) {
        empty_slot(m, find(m, type, id));
        return;
    }
    if (2 * (m->n + 1) > m->cap)
        grow(m);
    m->slot[find(m, type, id)] = (struct mark){type, id};
    m->n++;
}

bool marks_any(const struct marks *m)
{
    return m->all || m->n > 0;
}
