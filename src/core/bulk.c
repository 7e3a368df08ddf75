#include "config.h"

#include "samling/bulk.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/record.h"
#include "samling/text.h"

#include "core/store.h"

/* All hang on a person, so that no people means none of these. */
#define FILLED "('person', 'position', 'enrolment')"

/* By these the import itself asks. Their rows come in about the order of the index, which makes
 * them cheap to keep. */
#define KEPT "('position_person')"

/* Rows come in the order of their tables and need few pages. Each thread that sorts keys takes as
 * much again; more of it would cost memory and gain nothing. */
enum { ROOM = 4 << 20 };

/* The search index in one go: written in pieces of some size, which become one at the end, instead
 * of being brought together again and again on the way. Afterwards as FTS5 has it by itself. */
#define CONFIG(name, value)                                                                        \
    "INSERT INTO person_search (person_search, rank) VALUES ('" name "', " value ");"
#define IN_ONE_GO                                                                                  \
    CONFIG("hashsize", "2097152") CONFIG("automerge", "0") CONFIG("crisismerge", "1000")
#define AS_USUAL CONFIG("hashsize", "1048576") CONFIG("automerge", "4") CONFIG("crisismerge", "16")

struct bulk {
    char **definition; /* SQL of the indices that were dropped */
    size_t n, cap;
    struct buf words; /* folded, of the next person */
    struct buf text;
    int64_t person; /* the last one made, whose text names its first position's organisation */
};

enum status bulk_possible(struct session *s, bool *yes, struct error *err)
{
    int64_t one;
    bool found;
    enum status st = db_get_int(s->db, &one, &found, err, "SELECT 1 FROM person LIMIT 1", NULL);
    *yes = st == ST_OK && !found;
    return st;
}

static enum status drop_indices(struct session *s, struct bulk *b, struct error *err)
{
    struct buf drop = {0};
    struct error mine = {0};
    struct stmt *st =
        db_query(s->db, &mine,
                 "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
                 " AND tbl_name IN " FILLED " AND name NOT IN " KEPT,
                 NULL);
    enum step step;
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        b->definition = mem_grow(b->definition, &b->cap, b->n + 1, sizeof *b->definition);
        b->definition[b->n++] = mem_strdup(stmt_str(st, 1));
        buf_addf(&drop, "DROP INDEX %s;", stmt_str(st, 0));
    }
    enum status result = ST_OK;
    if (step == STEP_ERROR) {
        result = mine.code;
        if (err)
            *err = mine;
    } else if (drop.len) {
        result = db_script(s->db, drop.s, err);
    }
    buf_free(&drop);
    return result;
}

enum status bulk_begin(struct session *s, struct error *err)
{
    struct bulk *b = s->bulk = mem_alloc(sizeof *s->bulk);
    db_room(s->db, ROOM);
    enum status st = drop_indices(s, b, err);
    if (st != ST_OK)
        bulk_drop(s);
    return st;
}

void bulk_drop(struct session *s)
{
    struct bulk *b = s->bulk;
    if (!b)
        return;
    db_room(s->db, 0);
    db_script(s->db, "PRAGMA threads=0", NULL);
    for (size_t i = 0; i < b->n; i++)
        free(b->definition[i]);
    free(b->definition);
    buf_free(&b->words);
    buf_free(&b->text);
    free(b);
    s->bulk = NULL;
}

/* How far bulk_end has come, for its caller. */
struct pace {
    bool (*fn)(void *, double);
    void *arg;
    double done;
};

static bool ask(void *arg)
{
    struct pace *p = arg;
    return !p->fn(p->arg, p->done);
}

static enum status build_search(struct session *s, struct pace *pace, struct error *err)
{
    enum status st = db_script(s->db, IN_ONE_GO, err);
    if (st == ST_OK)
        st = db_run(s->db, err, "INSERT INTO person_search (person_search) VALUES ('rebuild')",
                    NULL);
    pace->done = 0.9;
    if (st == ST_OK)
        st = db_run(s->db, err, "INSERT INTO person_search (person_search) VALUES ('optimize')",
                    NULL);
    return st == ST_OK ? db_script(s->db, AS_USUAL, err) : st;
}

/* The search index takes about as long as all the others together. */
static enum status build(struct session *s, struct pace *pace, struct error *err)
{
    struct bulk *b = s->bulk;
    enum status st = db_script(s->db, "PRAGMA threads=2", err);
    for (size_t i = 0; st == ST_OK && i < b->n; i++) {
        pace->done = 0.5 * (double)i / (double)b->n;
        st = db_run(s->db, err, b->definition[i], NULL);
    }
    pace->done = 0.5;
    return st == ST_OK ? build_search(s, pace, err) : st;
}

enum status bulk_end(struct session *s, bool (*progress)(void *, double), void *arg,
                     struct error *err)
{
    struct pace pace = {progress, arg, 0};
    enum status st = record_reindex(s, err);
    if (progress)
        db_on_progress(s->db, ask, &pace);
    if (st == ST_OK)
        st = build(s, &pace, err);
    if (progress)
        db_on_progress(s->db, NULL, NULL);
    bulk_drop(s);
    return st;
}

/* ---- search text ----------------------------------------------------------------------------- */

bool bulk_fills(const struct session *s, const struct record_type *t)
{
    return s->bulk && t->id == T_PERSON;
}

void bulk_words(struct session *s, const char *organisation, const char *municipality)
{
    struct buf *w = &s->bulk->words;
    buf_clear(w);
    text_fold_search(w, organisation);
    text_fold_search(w, municipality);
}

/* The words of the type's `search`, put together without asking the database: record_verify, which
 * asks it, tells when the two part. */
const char *bulk_search_text(struct session *s, const struct record *r)
{
    struct bulk *b = s->bulk;
    const char *phone = record_get(r, "phone");
    buf_clear(&b->text);
    text_fold_search(&b->text, record_get(r, "given_name"));
    text_fold_search(&b->text, record_get(r, "family_name"));
    text_fold_search(&b->text, record_get(r, "alias"));
    text_fold_search(&b->text, record_get(r, "email"));
    if (phone) {
        text_fold_search(&b->text, phone);
        if (b->text.len)
            buf_addc(&b->text, ' ');
        for (; *phone; phone++)
            if (*phone != ' ')
                buf_addc(&b->text, *phone);
    }
    if (b->words.len) {
        if (b->text.len)
            buf_addc(&b->text, ' ');
        buf_addn(&b->text, b->words.s, b->words.len);
    }
    return buf_str(&b->text);
}

bool bulk_reindex(struct session *s, const struct record *r)
{
    struct bulk *b = s->bulk;
    if (!b)
        return false;
    switch (r->type->id) {
    case T_PERSON:
        b->person = b->words.len ? r->id : 0;
        buf_clear(&b->words);
        return true;
    case T_POSITION:
        if (!b->person || record_get_id(r, "person") != b->person)
            return false;
        b->person = 0;
        return true;
    default:
        /* Nothing can name what was not there; asking would look at every position. */
        reindex_mark(s, r->type, r->id);
        return true;
    }
}
