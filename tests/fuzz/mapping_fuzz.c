/* Whatever the headings and cells, each column has one use, and mapping by hand holds or is refused
 * without a trace. The first byte chooses the type. */
#include "config.h"

#include "samling/import.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct session *session;
static const char *const types[] = {"people",  "roster",     "organisations", "offerings",
                                    "cohorts", "gatherings", "attendance",    "people"};

static void check(int holds)
{
    if (!holds)
        abort();
}

static void add(enum type_id type, const char *a, const char *av, const char *b, const char *bv)
{
    const struct record_type *t = type_by_id(type);
    struct record *r = record_new(t);
    record_put(r, type_field(t, a), av);
    record_put(r, type_field(t, b), bv);
    check(session_begin(session, ACT_ADD, NULL) == ST_OK);
    check(record_insert(session, r, NULL) == ST_OK);
    check(session_commit(session, NULL) == ST_OK);
    record_free(r);
}

static void start(void)
{
    check(session_open(&session, ":memory:", DB_CREATE, "fuzz", NULL) == ST_OK);
    add(T_OFFERING, "code", "BIM", "title", "BIM");
    add(T_COHORT, "offering", "1", "name", "Pulje 1");
    add(T_GATHERING, "cohort", "1", "title", "Samling 1");
}

static void look(const struct import_head *h, const char *type)
{
    for (size_t i = 0; i < h->ncolumns; i++) {
        const struct import_column *c = &h->column[i];
        check(c->heading && (c->field != NULL) == (c->use == COLUMN_TAKEN));
        check(!c->field || (c->label && import_field_label(type, c->field)));
    }
}

static void remap(struct import *imp, const char *type, uint8_t byte)
{
    const struct import_head *h = import_head(imp);
    const char *const *fields = import_fields(type);
    size_t n = 0, column = byte % h->ncolumns;
    while (fields[n])
        n++;
    const char *was = h->column[column].field, *want = fields[byte % n];
    enum status st = import_remap(imp, column, want, NULL);
    const char *is = import_head(imp)->column[column].field;
    if (st == ST_OK)
        check(import_head(imp)->column[column].use == COLUMN_IDENTITY ||
              (is && strcmp(is, want) == 0));
    else
        check(is == was || (is && was && strcmp(is, was) == 0));
    look(import_head(imp), type);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct import *imp;
    if (size < 2)
        return 0;
    if (!session)
        start();
    struct import_options o = {.type = types[data[0] & 7],
                               .cohort = 1,
                               .gathering = 1,
                               .keep_unmapped = data[0] >> 3 & 1,
                               .map_anew = true};
    if (import_open_memory(&imp, session, &o, "fuzz", (const char *)data + 2, size - 2, NULL) !=
        ST_OK)
        return 0;
    look(import_head(imp), o.type);
    remap(imp, o.type, data[1]);
    import_close(imp);
    return 0;
}
