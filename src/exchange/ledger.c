#include "config.h"

#include "ledger.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "hash.h"

/* Open addressing; a slot is used when its entry is not 0 (entries count from 1). 32 bits of the
 * hash are all that is kept, and all that is used: the slot follows from them, so that the table
 * can grow without the texts. */
struct slot {
    uint32_t key, entry;
};

struct ledger {
    struct slot *slot;
    size_t nslots, used;
    int64_t *id;
    uint32_t *line;
    unsigned char *type;
    long long *place; /* only in a rehearsal */
    size_t n, cap_id, cap_line, cap_type, cap_place;
    /* Records that were made have ids in a row: their entries are found without a key. */
    struct {
        int64_t last;
        uint32_t *entry;
        size_t n, cap;
    } made[T_COUNT];
};

enum { FIRST_SLOTS = 1 << 12 };

struct ledger *ledger_new(const int64_t last[T_COUNT])
{
    struct ledger *l = mem_alloc(sizeof *l);
    for (int i = 0; i < T_COUNT; i++)
        l->made[i].last = last[i];
    l->nslots = FIRST_SLOTS;
    l->slot = mem_alloc(l->nslots * sizeof *l->slot);
    return l;
}

void ledger_free(struct ledger *l)
{
    if (!l)
        return;
    free(l->slot);
    free(l->id);
    free(l->line);
    free(l->type);
    free(l->place);
    for (int i = 0; i < T_COUNT; i++)
        free(l->made[i].entry);
    free(l);
}

uint32_t ledger_key(enum ledger_by by, const char *text, const char *more, int64_t number)
{
    uint64_t h = hash_number((uint64_t)by, number);
    h = hash_text(h, text);
    if (more)
        h = hash_text(h, more);
    return (uint32_t)(h >> 32);
}

/* Spreads keys over any number of slots. */
static size_t home(const struct ledger *l, uint32_t key)
{
    return (size_t)((uint64_t)key * l->nslots >> 32);
}

static void put(struct ledger *l, struct slot s)
{
    size_t i = home(l, s.key), met = 0;
    while (l->slot[i].entry) {
        if (l->slot[i].key == s.key && (l->slot[i].entry == s.entry || ++met == LOOKUP_MAX))
            return;
        i = i + 1 == l->nslots ? 0 : i + 1;
    }
    l->slot[i] = s;
    l->used++;
}

static void grow(struct ledger *l)
{
    struct slot *old = l->slot;
    size_t n = l->nslots;
    l->nslots = n + n / 2;
    l->used = 0;
    l->slot = mem_alloc(l->nslots * sizeof *l->slot);
    for (size_t i = 0; i < n; i++)
        if (old[i].entry)
            put(l, old[i]);
    free(old);
}

void ledger_add(struct ledger *l, uint32_t key, uint32_t entry)
{
    if (l->used * 5 >= l->nslots * 4)
        grow(l);
    put(l, (struct slot){key, entry + 1});
}

uint32_t ledger_enter(struct ledger *l, enum type_id type, int64_t id, long line)
{
    size_t i = l->n++;
    l->id = mem_grow(l->id, &l->cap_id, l->n, sizeof *l->id);
    l->line = mem_grow(l->line, &l->cap_line, l->n, sizeof *l->line);
    l->type = mem_grow(l->type, &l->cap_type, l->n, sizeof *l->type);
    l->id[i] = id;
    l->line[i] = (uint32_t)line;
    l->type[i] = (unsigned char)type;
    if (id == l->made[type].last + 1 + (int64_t)l->made[type].n) {
        l->made[type].entry = mem_grow(l->made[type].entry, &l->made[type].cap, l->made[type].n + 1,
                                       sizeof(uint32_t));
        l->made[type].entry[l->made[type].n++] = (uint32_t)i;
    } else if (id > 0) {
        ledger_add(l, ledger_key(BY_ID, NULL, NULL, id), (uint32_t)i);
    }
    return (uint32_t)i;
}

int64_t ledger_next(const struct ledger *l)
{
    return -(int64_t)l->n - 1;
}

void ledger_find(const struct ledger *l, uint32_t key, enum type_id type, struct found *out)
{
    for (size_t i = home(l, key); l->slot[i].entry; i = i + 1 == l->nslots ? 0 : i + 1)
        if (l->slot[i].key == key && l->type[l->slot[i].entry - 1] == type)
            found_add(out, l->id[l->slot[i].entry - 1]);
}

int64_t ledger_entry(const struct ledger *l, enum type_id type, int64_t id)
{
    int64_t made = id - l->made[type].last - 1;
    if (id < 0)
        return -id - 1;
    if (made >= 0 && made < (int64_t)l->made[type].n)
        return l->made[type].entry[made];
    uint32_t key = ledger_key(BY_ID, NULL, NULL, id);
    for (size_t i = home(l, key); l->slot[i].entry; i = i + 1 == l->nslots ? 0 : i + 1) {
        size_t entry = l->slot[i].entry - 1;
        if (l->slot[i].key == key && l->id[entry] == id && l->type[entry] == type)
            return (int64_t)entry;
    }
    return -1;
}

long ledger_line(const struct ledger *l, uint32_t entry)
{
    return (long)l->line[entry];
}

void ledger_place(struct ledger *l, uint32_t entry, long long place)
{
    l->place = mem_grow(l->place, &l->cap_place, l->n, sizeof *l->place);
    l->place[entry] = place + 1;
}

long long ledger_placed(const struct ledger *l, uint32_t entry)
{
    return entry < l->cap_place ? l->place[entry] - 1 : -1;
}
