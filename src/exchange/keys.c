#include "config.h"

#include "keys.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "aside.h"

/* A slot is used when its value is not 0 (they are kept plus one). */
struct slot {
    uint32_t key, value;
};

enum {
    BLOCK = 512,   /* slots of a run that are read at once */
    RUNS_MAX = 16, /* then they become one */
    FIRST_SLOTS = 1 << 12,
    OVERHANG = 1 << 10, /* slots after the last key's own, so that no search goes round */
    LINE = 8,           /* words of the filter that lie in one line of the processor's cache */
};

struct run {
    FILE *file;
    size_t n;        /* slots, by key, those of one key in the order in which they came */
    uint32_t *first; /* the key that each block begins with */
};

struct keys {
    struct slot *slot;
    size_t nslots, most, used; /* `most`: the table grows no further */
    uint64_t *filter;
    size_t nwords, words_wanted;
    struct run run[RUNS_MAX];
    size_t nruns;
};

static size_t power_within(size_t n)
{
    size_t p = 1;
    while (p * 2 <= n)
        p *= 2;
    return p;
}

struct keys *keys_new(size_t memory)
{
    struct keys *k = mem_alloc(sizeof *k);
    k->most = power_within(memory / 2 / sizeof *k->slot);
    if (k->most < 64)
        k->most = 64;
    k->nslots = k->most < FIRST_SLOTS ? k->most : FIRST_SLOTS;
    k->slot = mem_alloc((k->nslots + OVERHANG) * sizeof *k->slot);
    k->words_wanted = power_within(memory / 2 / sizeof *k->filter);
    if (k->words_wanted < LINE)
        k->words_wanted = LINE;
    return k;
}

static void run_free(struct run *r)
{
    if (r->file)
        fclose(r->file);
    free(r->first);
    *r = (struct run){0};
}

void keys_free(struct keys *k)
{
    if (!k)
        return;
    for (size_t i = 0; i < k->nruns; i++)
        run_free(&k->run[i]);
    free(k->slot);
    free(k->filter);
    free(k);
}

/* ---- the table ------------------------------------------------------------------------------- */

/* Keys are spread evenly, so the table is nearly in their order: that is how it is sorted cheaply.
 */
static size_t home(const struct keys *k, uint32_t key)
{
    return (size_t)((uint64_t)key * k->nslots >> 32);
}

/* False: there is no room, not even in the overhang. */
static bool put(struct keys *k, struct slot s)
{
    size_t met = 0;
    for (size_t i = home(k, s.key); i < k->nslots + OVERHANG - 1; i++) {
        if (!k->slot[i].value) {
            k->slot[i] = s;
            k->used++;
            return true;
        }
        if (k->slot[i].key == s.key && (k->slot[i].value == s.value || ++met == KEYS_EACH))
            return true;
    }
    return false;
}

/* The slots that are used, side by side at the front, by key. Those of one key stay in order. */
static void sort_table(struct keys *k)
{
    size_t n = 0;
    for (size_t i = 0; i < k->nslots + OVERHANG; i++) {
        struct slot s = k->slot[i];
        if (!s.value)
            continue;
        size_t j = n++;
        for (; j && k->slot[j - 1].key > s.key; j--)
            k->slot[j] = k->slot[j - 1];
        k->slot[j] = s;
    }
}

/* ---- the filter ------------------------------------------------------------------------------ */

/* Three bits of one line: a key costs one look at memory. */
static uint64_t *filter_line(const struct keys *k, uint32_t key, unsigned bit[3])
{
    uint64_t h = (key + 0x9e3779b9u) * 0x9e3779b97f4a7c15u;
    h ^= h >> 29;
    h *= 0xbf58476d1ce4e5b9u;
    for (int i = 0; i < 3; i++)
        bit[i] = h >> (9 * i) & 511;
    return k->filter + ((size_t)(h >> 32) * LINE & (k->nwords - 1));
}

static void filter_add(struct keys *k, uint32_t key)
{
    unsigned bit[3];
    uint64_t *line = filter_line(k, key, bit);
    for (int i = 0; i < 3; i++)
        line[bit[i] / 64] |= (uint64_t)1 << bit[i] % 64;
}

static bool filter_has(const struct keys *k, uint32_t key)
{
    unsigned bit[3];
    const uint64_t *line = filter_line(k, key, bit);
    return (line[bit[0] / 64] >> bit[0] % 64 & line[bit[1] / 64] >> bit[1] % 64 &
            line[bit[2] / 64] >> bit[2] % 64 & 1) != 0;
}

/* ---- runs ------------------------------------------------------------------------------------ */

static size_t blocks(size_t n)
{
    return (n + BLOCK - 1) / BLOCK;
}

static long long offset(size_t block)
{
    return (long long)block * BLOCK * (long long)sizeof(struct slot);
}

/* The first of `count` blocks that can hold the key: its slots may begin at the end of the one
 * before the first that begins with it. */
static size_t first_block(const struct run *r, uint32_t key)
{
    size_t low = 0, high = blocks(r->n);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->first[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : 0;
}

static void take(uint32_t value, uint32_t out[KEYS_EACH], size_t *n)
{
    for (size_t i = 0; i < *n; i++)
        if (out[i] == value)
            return;
    if (*n < KEYS_EACH)
        out[(*n)++] = value;
}

static enum status find_in_run(const struct run *r, uint32_t key, uint32_t out[KEYS_EACH],
                               size_t *n, struct error *err)
{
    struct slot block[BLOCK];
    enum status st = ST_OK;
    for (size_t b = first_block(r, key); b < blocks(r->n) && r->first[b] <= key; b++) {
        size_t here = r->n - b * BLOCK < BLOCK ? r->n - b * BLOCK : BLOCK;
        st = aside_read(r->file, block, here * sizeof *block, offset(b), err);
        if (st != ST_OK)
            break;
        for (size_t i = 0; i < here && block[i].key <= key; i++)
            if (block[i].key == key)
                take(block[i].value - 1, out, n);
    }
    return st;
}

/* Merging: one block of each run, and one that is being written. */
struct reading {
    const struct run *run;
    size_t next, n; /* in the block; slots of it */
    size_t done;    /* slots of the run that were brought */
    struct slot block[BLOCK];
};

struct writing {
    struct run run;
    size_t n;
    struct slot block[BLOCK];
};

static enum status bring(struct reading *r, struct error *err)
{
    size_t left = r->run->n - r->done;
    r->next = 0;
    r->n = left < BLOCK ? left : BLOCK;
    if (!r->n)
        return ST_OK;
    enum status st =
        aside_read(r->run->file, r->block, r->n * sizeof *r->block, offset(r->done / BLOCK), err);
    r->done += r->n;
    return st;
}

static enum status write_block(struct writing *w, struct error *err)
{
    enum status st = ST_OK;
    if (w->n)
        st = aside_write(w->run.file, w->block, w->n * sizeof *w->block,
                         offset((w->run.n - w->n) / BLOCK), err);
    w->n = 0;
    return st;
}

static enum status write_slot(struct writing *w, struct slot s, struct error *err)
{
    enum status st = w->n == BLOCK ? write_block(w, err) : ST_OK;
    if (w->n == 0)
        w->run.first[w->run.n / BLOCK] = s.key;
    w->block[w->n++] = s;
    w->run.n++;
    return st;
}

/* The first run, which is the oldest, among those whose next key is lowest; NULL at the end. */
static struct reading *lowest(struct reading *r, size_t n)
{
    struct reading *low = NULL;
    for (size_t i = 0; i < n; i++)
        if (r[i].n && (!low || r[i].block[r[i].next].key < low->block[low->next].key))
            low = &r[i];
    return low;
}

static enum status write_values(struct writing *w, uint32_t key, const uint32_t *value, size_t n,
                                struct error *err)
{
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < n; i++)
        st = write_slot(w, (struct slot){key, value[i] + 1}, err);
    return st;
}

static enum status merge_into(struct writing *w, struct reading *r, size_t nruns, struct error *err)
{
    uint32_t value[KEYS_EACH], key = 0;
    size_t n = 0;
    struct reading *low;
    enum status st = ST_OK;
    while (st == ST_OK && (low = lowest(r, nruns)) != NULL) {
        struct slot s = low->block[low->next++];
        if (n && s.key != key) {
            st = write_values(w, key, value, n, err);
            n = 0;
        }
        key = s.key;
        take(s.value - 1, value, &n);
        if (st == ST_OK && low->next == low->n)
            st = bring(low, err);
    }
    if (st == ST_OK)
        st = write_values(w, key, value, n, err);
    return st == ST_OK ? write_block(w, err) : st;
}

static enum status merge_runs(struct keys *k, struct error *err)
{
    struct reading *r = mem_alloc(k->nruns * sizeof *r);
    struct writing *w = mem_alloc(sizeof *w);
    size_t all = 0;
    enum status st = aside_open(&w->run.file, err);
    for (size_t i = 0; i < k->nruns; i++) {
        r[i].run = &k->run[i];
        all += k->run[i].n;
        if (st == ST_OK)
            st = bring(&r[i], err);
    }
    w->run.first = mem_alloc(blocks(all) * sizeof *w->run.first);
    if (st == ST_OK)
        st = merge_into(w, r, k->nruns, err);
    if (st == ST_OK) {
        for (size_t i = 0; i < k->nruns; i++)
            run_free(&k->run[i]);
        k->run[0] = w->run;
        k->nruns = 1;
    } else {
        run_free(&w->run);
    }
    free(r);
    free(w);
    return st;
}

/* Empties the table into a run. */
static enum status flush(struct keys *k, struct error *err)
{
    enum status st = k->nruns == RUNS_MAX ? merge_runs(k, err) : ST_OK;
    if (st != ST_OK)
        return st;
    struct run *r = &k->run[k->nruns];
    if (!k->filter) {
        k->nwords = k->words_wanted;
        k->filter = mem_alloc(k->nwords * sizeof *k->filter);
    }
    sort_table(k);
    *r = (struct run){.n = k->used, .first = mem_alloc(blocks(k->used) * sizeof *r->first)};
    for (size_t i = 0; i < k->used; i++) {
        filter_add(k, k->slot[i].key);
        if (i % BLOCK == 0)
            r->first[i / BLOCK] = k->slot[i].key;
    }
    st = aside_open(&r->file, err);
    if (st == ST_OK)
        st = aside_write(r->file, k->slot, k->used * sizeof *k->slot, 0, err);
    if (st == ST_OK)
        k->nruns++;
    else
        run_free(r);
    memset(k->slot, 0, (k->nslots + OVERHANG) * sizeof *k->slot);
    k->used = 0;
    return st;
}

/* ---- in and out ------------------------------------------------------------------------------ */

static enum status put_or_flush(struct keys *k, struct slot s, struct error *err)
{
    if (put(k, s))
        return ST_OK;
    enum status st = flush(k, err);
    put(k, s);
    return st;
}

static enum status grow(struct keys *k, struct error *err)
{
    struct slot *old = k->slot;
    size_t n = k->nslots + OVERHANG;
    enum status st = ST_OK;
    k->nslots *= 2;
    k->used = 0;
    k->slot = mem_alloc((k->nslots + OVERHANG) * sizeof *k->slot);
    for (size_t i = 0; st == ST_OK && i < n; i++)
        if (old[i].value)
            st = put_or_flush(k, old[i], err);
    free(old);
    return st;
}

enum status keys_add(struct keys *k, uint32_t key, uint32_t value, struct error *err)
{
    enum status st = ST_OK;
    if (k->used * 5 >= k->nslots * 4)
        st = k->nslots < k->most ? grow(k, err) : flush(k, err);
    return st == ST_OK ? put_or_flush(k, (struct slot){key, value + 1}, err) : st;
}

enum status keys_find(struct keys *k, uint32_t key, uint32_t out[KEYS_EACH], size_t *n,
                      struct error *err)
{
    enum status st = ST_OK;
    *n = 0;
    if (k->nruns && filter_has(k, key))
        for (size_t i = 0; st == ST_OK && i < k->nruns && *n < KEYS_EACH; i++)
            st = find_in_run(&k->run[i], key, out, n, err);
    for (size_t i = home(k, key); st == ST_OK && k->slot[i].value; i++)
        if (k->slot[i].key == key)
            take(k->slot[i].value - 1, out, n);
    return st;
}
