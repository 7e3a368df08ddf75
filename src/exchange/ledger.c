#include "config.h"

#include "ledger.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "hash.h"
#include "keys.h"
#include "roll.h"

/* Bytes for the keys. Of a million people five million keys are kept: the filter then lets one in a
 * hundred through for nothing. */
enum { USUAL = 16 << 20 };

struct entry_of {
    int64_t id;
    int64_t place; /* in the shelf, plus one; 0: none */
    uint32_t line;
    uint32_t type;
};

struct ledger {
    struct keys *keys;
    struct roll *entries;
    size_t n;
    size_t made_pages;
    /* Records that were made have ids in a row: their entries are found without a key. */
    struct {
        int64_t last;
        struct roll *entry; /* uint32_t; NULL: none was made */
        size_t n;
    } made[T_COUNT];
    struct error failed; /* the first failure of a file */
};

struct ledger *ledger_new_within(const int64_t last[T_COUNT], size_t memory)
{
    struct ledger *l = mem_alloc(sizeof *l);
    for (int i = 0; i < T_COUNT; i++)
        l->made[i].last = last[i];
    l->keys = keys_new(memory);
    l->entries = roll_new(sizeof(struct entry_of), 1 + memory / 16 / ROLL_PAGE);
    l->made_pages = 1 + memory / 64 / ROLL_PAGE;
    return l;
}

struct ledger *ledger_new(const int64_t last[T_COUNT])
{
    return ledger_new_within(last, USUAL);
}

void ledger_free(struct ledger *l)
{
    if (!l)
        return;
    keys_free(l->keys);
    roll_free(l->entries);
    for (int i = 0; i < T_COUNT; i++)
        roll_free(l->made[i].entry);
    free(l);
}

enum status ledger_status(const struct ledger *l, struct error *err)
{
    if (l->failed.code != ST_OK && err)
        *err = l->failed;
    return l->failed.code;
}

static void fail(struct ledger *l, const struct error *why)
{
    if (l->failed.code == ST_OK)
        l->failed = *why;
}

uint32_t ledger_key(enum ledger_by by, const char *text, const char *more, int64_t number)
{
    uint64_t h = hash_number((uint64_t)by, number);
    h = hash_text(h, text);
    if (more)
        h = hash_text(h, more);
    return (uint32_t)(h >> 32);
}

/* ---- entries --------------------------------------------------------------------------------- */

static struct entry_of *at(struct ledger *l, size_t entry, bool change)
{
    struct error why;
    struct entry_of *e = entry < l->n ? roll_at(l->entries, entry, change, &why) : NULL;
    if (!e && entry < l->n)
        fail(l, &why);
    return e;
}

static void note_made(struct ledger *l, enum type_id type, uint32_t entry)
{
    struct error why;
    if (!l->made[type].entry)
        l->made[type].entry = roll_new(sizeof entry, l->made_pages);
    uint32_t *to = roll_at(l->made[type].entry, l->made[type].n++, true, &why);
    if (to)
        *to = entry;
    else
        fail(l, &why);
}

void ledger_add(struct ledger *l, uint32_t key, uint32_t entry)
{
    struct error why;
    if (keys_add(l->keys, key, entry, &why) != ST_OK)
        fail(l, &why);
}

uint32_t ledger_enter(struct ledger *l, enum type_id type, int64_t id, long line)
{
    uint32_t entry = (uint32_t)l->n++;
    struct entry_of *e = at(l, entry, true);
    if (e)
        *e = (struct entry_of){id, 0, (uint32_t)line, (uint32_t)type};
    if (id == l->made[type].last + 1 + (int64_t)l->made[type].n)
        note_made(l, type, entry);
    else if (id > 0)
        ledger_add(l, ledger_key(BY_ID, NULL, NULL, id), entry);
    return entry;
}

int64_t ledger_next(const struct ledger *l)
{
    return -(int64_t)l->n - 1;
}

/* ---- finding --------------------------------------------------------------------------------- */

static size_t find(struct ledger *l, uint32_t key, uint32_t out[KEYS_EACH])
{
    struct error why;
    size_t n;
    if (keys_find(l->keys, key, out, &n, &why) != ST_OK)
        fail(l, &why);
    return n;
}

void ledger_find(struct ledger *l, uint32_t key, enum type_id type, struct found *out)
{
    uint32_t entry[KEYS_EACH];
    size_t n = find(l, key, entry);
    for (size_t i = 0; i < n; i++) {
        const struct entry_of *e = at(l, entry[i], false);
        if (e && e->type == type)
            found_add(out, e->id);
    }
}

static int64_t made_entry(struct ledger *l, enum type_id type, int64_t made)
{
    struct error why;
    const uint32_t *entry = roll_at(l->made[type].entry, (size_t)made, false, &why);
    if (!entry)
        fail(l, &why);
    return entry ? (int64_t)*entry : -1;
}

int64_t ledger_entry(struct ledger *l, enum type_id type, int64_t id)
{
    uint32_t entry[KEYS_EACH];
    int64_t made = id - l->made[type].last - 1;
    if (id < 0)
        return -id - 1;
    if (made >= 0 && made < (int64_t)l->made[type].n)
        return made_entry(l, type, made);
    size_t n = find(l, ledger_key(BY_ID, NULL, NULL, id), entry);
    for (size_t i = 0; i < n; i++) {
        const struct entry_of *e = at(l, entry[i], false);
        if (e && e->id == id && e->type == type)
            return entry[i];
    }
    return -1;
}

long ledger_line(struct ledger *l, uint32_t entry)
{
    const struct entry_of *e = at(l, entry, false);
    return e ? (long)e->line : 0;
}

void ledger_place(struct ledger *l, uint32_t entry, long long place)
{
    struct entry_of *e = at(l, entry, true);
    if (e)
        e->place = place + 1;
}

long long ledger_placed(struct ledger *l, uint32_t entry)
{
    const struct entry_of *e = at(l, entry, false);
    return e ? (long long)e->place - 1 : -1;
}
