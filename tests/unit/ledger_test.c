/* The ledger of an import and what it is made of, in little memory and in much, beside a model that
 * keeps everything. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "exchange/keys.h"
#include "exchange/ledger.h"
#include "exchange/roll.h"
#include "samling/lang.h"
#include "samling/mem.h"

static uint64_t state;

static uint32_t dice(uint32_t sides)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % sides);
}

/* ---- an array in a file ---------------------------------------------------------------------- */

static void test_roll(void **unused)
{
    (void)unused;
    enum { N = 60000, SIZE = 24 };
    static char model[N][SIZE];
    static const size_t windows[] = {1, 3, 64, 4096};
    for (size_t w = 0; w < sizeof windows / sizeof *windows; w++) {
        struct roll *r = roll_new(SIZE, windows[w]);
        struct error err;
        memset(model, 0, sizeof model);
        state = w;
        for (int i = 0; i < 200000; i++) {
            /* Mostly about its end, as it grows; sometimes anywhere, also where nothing was yet. */
            size_t at = dice(4) ? (size_t)i * (N - 100) / 200000 + dice(100) : dice(N);
            bool change = dice(2);
            char *e = roll_at(r, at, change, &err);
            assert_non_null(e);
            assert_memory_equal(e, model[at], SIZE);
            if (change) {
                snprintf(e, SIZE, "%d", i);
                memcpy(model[at], e, SIZE);
            }
        }
        for (size_t i = 0; i < N; i++)
            assert_memory_equal(roll_at(r, i, false, &err), model[i], SIZE);
        roll_free(r);
    }
    roll_free(NULL);
}

/* ---- keys ------------------------------------------------------------------------------------ */

/* All that was added, in order. */
struct model {
    struct {
        uint32_t key, value;
    } * pair;
    size_t n, cap;
    uint32_t *head, *next; /* pairs of one key, by the key modulo HEADS */
    size_t cap_next;
};

enum { HEADS = 1 << 16 };

static void model_add(struct model *m, uint32_t key, uint32_t value)
{
    size_t i = m->n++;
    m->pair = mem_grow(m->pair, &m->cap, m->n, sizeof *m->pair);
    m->next = mem_grow(m->next, &m->cap_next, m->n, sizeof *m->next);
    m->pair[i].key = key;
    m->pair[i].value = value;
    m->next[i] = m->head[key % HEADS];
    m->head[key % HEADS] = (uint32_t)i + 1;
}

static bool is_among(const uint32_t *v, size_t n, uint32_t value)
{
    for (size_t i = 0; i < n; i++)
        if (v[i] == value)
            return true;
    return false;
}

static size_t model_find(const struct model *m, uint32_t key, uint32_t out[KEYS_EACH])
{
    size_t n = 0, met = 0, cap = 0;
    uint32_t *all = NULL;
    for (uint32_t i = m->head[key % HEADS]; i; i = m->next[i - 1]) {
        if (m->pair[i - 1].key == key) {
            all = mem_grow(all, &cap, met + 1, sizeof *all);
            all[met++] = m->pair[i - 1].value;
        }
    }
    while (met-- && n < KEYS_EACH) /* (The youngest came first.) */
        if (!is_among(out, n, all[met]))
            out[n++] = all[met];
    free(all);
    return n;
}

static void model_free(struct model *m)
{
    free(m->pair);
    free(m->head);
    free(m->next);
}

static void same_values(struct keys *k, const struct model *m, uint32_t key)
{
    uint32_t want[KEYS_EACH], have[KEYS_EACH];
    struct error err;
    size_t n, wanted = model_find(m, key, want);
    assert_int_equal(keys_find(k, key, have, &n, &err), ST_OK);
    assert_int_equal(n, wanted);
    assert_memory_equal(have, want, n * sizeof *have);
}

/* Keys that come once, keys that come often, and the lowest and highest there are. */
static uint32_t some_key(void)
{
    switch (dice(10)) {
    case 0: return dice(20) * 0x0ccccccdu;
    case 1: return dice(2) ? UINT32_MAX - dice(3) : dice(3);
    case 2:
    case 3: return dice(3000) * 0x9e3779b1u;
    default: return dice(1 << 30) * 4u + dice(4);
    }
}

static void try_keys(size_t memory, size_t n)
{
    struct model m = {.head = mem_alloc(HEADS * sizeof(uint32_t))};
    struct keys *k = keys_new(memory);
    struct error err;
    state = memory;
    for (size_t i = 0; i < n; i++) {
        uint32_t key = some_key(), value = dice(4) ? (uint32_t)i : dice((uint32_t)i + 1);
        assert_int_equal(keys_add(k, key, value, &err), ST_OK);
        model_add(&m, key, value);
        if (i % 5 == 0)
            same_values(k, &m, some_key());
        if (i % 7 == 0)
            same_values(k, &m, m.pair[dice((uint32_t)m.n)].key);
    }
    for (size_t i = 0; i < m.n; i += 1 + n / 50000)
        same_values(k, &m, m.pair[i].key);
    keys_free(k);
    model_free(&m);
}

static void test_keys(void **unused)
{
    (void)unused;
    try_keys(0, 20000);         /* a run every fifty keys: merged again and again */
    try_keys(20000, 60000);     /* a filter that is soon full */
    try_keys(1 << 18, 300000);  /* a table that grows, then runs */
    try_keys(64 << 20, 100000); /* all in memory */
    keys_free(NULL);
}

/* One key and nothing else fills the table's end: no search goes on for ever, nothing is lost. */
static void test_keys_all_alike(void **unused)
{
    (void)unused;
    struct model m = {.head = mem_alloc(HEADS * sizeof(uint32_t))};
    struct keys *k = keys_new(1 << 16);
    struct error err;
    for (uint32_t i = 0; i < 20000; i++) {
        uint32_t key = UINT32_MAX - i / 40;
        assert_int_equal(keys_add(k, key, i, &err), ST_OK);
        model_add(&m, key, i);
    }
    for (uint32_t i = 0; i < 600; i++)
        same_values(k, &m, UINT32_MAX - i);
    keys_free(k);
    model_free(&m);
}

/* ---- the ledger ------------------------------------------------------------------------------ */

struct thing {
    enum type_id type;
    int64_t id;
    long line;
    long long place;
};

enum { THINGS = 30000 };

static int64_t model_entry(const struct thing *t, size_t n, enum type_id type, int64_t id)
{
    for (size_t i = n; i-- > 0;)
        if (t[i].type == type && t[i].id == id)
            return (int64_t)i;
    return -1;
}

static void same_entry(struct ledger *l, const struct thing *t, uint32_t i)
{
    assert_int_equal(ledger_entry(l, t[i].type, t[i].id), i);
    assert_int_equal(ledger_line(l, i), t[i].line);
    assert_int_equal(ledger_placed(l, i), t[i].place);
}

/* A third was there before, a third is made, a third would be made. */
static void enter(struct ledger *l, struct thing *t, uint32_t n, int64_t next[T_COUNT])
{
    enum type_id type = dice(3) ? T_PERSON : T_ORGANISATION;
    int64_t id = ledger_next(l);
    switch (dice(3)) {
    case 0: id = next[type]++; break;
    case 1:
        for (id = 1 + dice(100000); model_entry(t, n, type, id) >= 0;)
            id = 1 + dice(100000);
        break;
    default: assert_int_equal(id, -(int64_t)n - 1);
    }
    t[n] = (struct thing){type, id, 1 + dice(1000000), -1};
    assert_int_equal(ledger_enter(l, type, id, t[n].line), n);
    if (dice(4) == 0) {
        t[n].place = dice(1 << 30);
        ledger_place(l, n, t[n].place);
    }
}

static void try_ledger(size_t memory)
{
    static struct thing t[THINGS];
    int64_t last[T_COUNT] = {0}, next[T_COUNT];
    uint32_t same = ledger_key(BY_NAME, "kari nordmann", NULL, 0);
    struct found want = {0}, have = {0};
    last[T_PERSON] = 100000;
    last[T_ORGANISATION] = 100500;
    for (int i = 0; i < T_COUNT; i++)
        next[i] = last[i] + 1;
    struct ledger *l = ledger_new_within(last, memory);
    state = memory;
    for (uint32_t n = 0; n < THINGS; n++) {
        char email[24];
        enter(l, t, n, next);
        snprintf(email, sizeof email, "%u@a.no", n);
        ledger_add(l, ledger_key(BY_EMAIL, email, NULL, 0), n);
        ledger_add(l, same, n);
        if (t[n].type == T_PERSON && n < LOOKUP_MAX)
            found_add(&want, t[n].id);
        same_entry(l, t, n);
        same_entry(l, t, dice(n + 1));
    }
    for (uint32_t i = 0; i < THINGS; i++) {
        char email[24];
        struct found f = {0};
        same_entry(l, t, i);
        snprintf(email, sizeof email, "%u@a.no", i);
        ledger_find(l, ledger_key(BY_EMAIL, email, NULL, 0), t[i].type, &f);
        assert_true(f.n >= 1 && f.id[0] == t[i].id);
    }
    ledger_find(l, same, T_PERSON, &have);
    assert_int_equal(have.n, want.n);
    assert_memory_equal(have.id, want.id, want.n * sizeof *want.id);
    assert_int_equal(ledger_entry(l, T_PERSON, 5000000), -1);
    assert_int_equal(ledger_entry(l, T_POSITION, 1), -1);
    assert_int_equal(ledger_status(l, NULL), ST_OK);
    ledger_free(l);
}

static void test_ledger_model(void **unused)
{
    (void)unused;
    try_ledger(0);
    try_ledger(1 << 16);
    try_ledger(16 << 20);
    ledger_free(NULL);
}

/* ---- no room for files ----------------------------------------------------------------------- */

/* Nothing is forgotten in silence. */
static void test_ledger_tells_of_a_full_disk(void **unused)
{
    (void)unused;
    static const int64_t last[T_COUNT] = {0};
    struct rlimit was, none = {0};
    struct error err = {0};
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &was), 0);
    struct ledger *l = ledger_new_within(last, 1 << 12);
    none.rlim_max = was.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    for (int i = 0; i < 5000; i++)
        ledger_add(l, ledger_key(BY_ID, NULL, NULL, i), ledger_enter(l, T_PERSON, i + 1, i));
    struct found f = {0};
    ledger_find(l, ledger_key(BY_ID, NULL, NULL, 1), T_PERSON, &f);
    assert_int_equal(ledger_status(l, &err), ST_REFUSED);
    assert_string_equal(err.what, "temporary file");
    ledger_free(l);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &was), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_roll),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_keys_all_alike),
        cmocka_unit_test(test_ledger_model),
        cmocka_unit_test(test_ledger_tells_of_a_full_disk),
    };
    lang_init("en");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
