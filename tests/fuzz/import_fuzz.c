/* The whole import, into a database in memory: the rehearsal says what the writing does, doing it
 * again changes nothing, undo leaves nothing behind, and the database is whole. The first two bytes
 * choose. */
#include "config.h"

#include "samling/history.h"
#include "samling/import.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const types[] = {"people",  "roster",     "organisations", "offerings",
                                    "cohorts", "gatherings", "attendance",    "roster"};

static void check(int holds)
{
    if (!holds)
        abort();
}

static void add(struct session *s, enum type_id type, const char *const pairs[])
{
    const struct record_type *t = type_by_id(type);
    struct record *r = record_new(t);
    for (; pairs[0]; pairs += 2)
        record_put(r, type_field(t, pairs[0]), pairs[1]);
    check(session_begin(s, ACT_ADD, NULL) == ST_OK);
    check(record_insert(s, r, NULL) == ST_OK);
    check(session_commit(s, NULL) == ST_OK);
    record_free(r);
}

#define ADD(s, type, ...) add(s, type, (const char *const[]){__VA_ARGS__, NULL})

static void furnish(struct session *s)
{
    ADD(s, T_OFFERING, "code", "BIM", "title", "BIM");
    ADD(s, T_COHORT, "offering", "1", "name", "Pulje 1");
    ADD(s, T_GATHERING, "cohort", "1", "title", "Samling 1");
    ADD(s, T_ORGANISATION, "name", "Sol barnehage", "municipality", "Asker");
    ADD(s, T_PERSON, "given_name", "Kari", "family_name", "Nordmann", "email", "kari@a.no");
    ADD(s, T_PERSON, "given_name", "Ola", "family_name", "Nordmann");
    ADD(s, T_PERSON, "given_name", "Ola", "family_name", "Nordmann", "phone", "912 34 567");
    ADD(s, T_POSITION, "person", "1", "organisation", "1", "role", "styrer");
    ADD(s, T_ENROLMENT, "cohort", "1", "person", "1", "organisation", "1");
}

struct seen {
    uint64_t hash;
    long rows;
};

static void on_row(void *arg, const struct import_row *r)
{
    struct seen *s = arg;
    s->rows++;
    check(r->verdict < VERDICT_COUNT && r->name && r->reason && r->organisation);
    s->hash = s->hash * 31 + (uint64_t)r->verdict + (uint64_t)r->line;
    for (const char *p = r->reason; *p; p++)
        s->hash = s->hash * 31 + (unsigned char)*p;
}

static void on_finding(void *arg, const char *line)
{
    (void)arg;
    (void)line;
    abort();
}

static void import_it(struct session *s, struct import *imp)
{
    struct seen rehearsed = {0}, written = {0}, again = {0};
    struct import_watch watch = {.row = on_row, .arg = &rehearsed};
    struct import_result a, b, c;
    check(import_run(imp, false, &watch, &a, NULL) == ST_OK);
    watch.arg = &written;
    check(import_run(imp, true, &watch, &b, NULL) == ST_OK);
    check(rehearsed.hash == written.hash && rehearsed.rows == written.rows);
    check(memcmp(a.count, b.count, sizeof a.count) == 0);
    watch.arg = &again;
    check(import_run(imp, true, &watch, &c, NULL) == ST_OK);
    check(c.count[VERDICT_NEW] == 0 && c.batch == 0 && !c.count[VERDICT_CHANGED]);
    check(record_verify(s, on_finding, NULL, NULL) == ST_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct session *s;
    struct import *imp;
    if (size < 2)
        return 0;
    struct import_options o = {.type = types[data[0] & 7],
                               .cohort = 1,
                               .gathering = 1,
                               .keep_unmapped = data[0] >> 3 & 1,
                               .replace = data[0] >> 4 & 1,
                               .on_unclear = data[0] >> 5 & 1 ? UNCLEAR_SKIP : UNCLEAR_REJECT};
    check(session_open(&s, ":memory:", DB_CREATE, "fuzz", NULL) == ST_OK);
    furnish(s);
    if (import_open_memory(&imp, s, &o, "fuzz", (const char *)data + 2, size - 2, NULL) == ST_OK) {
        import_it(s, imp);
        import_close(imp);
    }
    session_close(s);
    return 0;
}
