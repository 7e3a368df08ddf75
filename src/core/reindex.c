/* Search text and its index; sort keys when the collator changes.
 *
 * Search text is due when a record or one that it names changes. What is due is gathered while an
 * act writes and computed once before its commit, so that a person, a position and a new name of
 * the kindergarten in one act cost one look. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "core/also.h"
#include "core/store.h"

enum { DUE_MAX = 4096 }; /* then they are written early: memory stays bounded */

/* A record that is gone, and its text, which is still in the index. */
struct forgotten {
    const struct record_type *type;
    int64_t id;
    char *text;
};

struct reindex {
    size_t n;
    struct forgotten *gone;
    size_t ngone, cap_gone;
    int parts;                  /* that are open (db_part_begin) */
    struct error failed;        /* of writing early; told by the next that can tell */
    uint64_t slot[DUE_MAX * 2]; /* type in the top byte, 0: free */
};

static struct reindex *due_of(struct session *s)
{
    if (!s->reindex)
        s->reindex = mem_alloc(sizeof *s->reindex);
    return s->reindex;
}

static uint64_t due_key(enum type_id type, int64_t id)
{
    return (uint64_t)type << 56 | ((uint64_t)id & 0xffffffffffffff);
}

void reindex_mark(struct session *s, const struct record_type *t, int64_t id)
{
    if (!t->search)
        return;
    struct reindex *due = due_of(s);
    if (due->n == DUE_MAX) {
        struct error early;
        if (record_reindex(s, &early) != ST_OK) {
            due->failed = early;
            return;
        }
    }
    uint64_t key = due_key(t->id, id);
    size_t i = (key * 0x9e3779b97f4a7c15u >> 40) % (DUE_MAX * 2);
    while (due->slot[i] && due->slot[i] != key)
        i = (i + 1) % (DUE_MAX * 2);
    if (!due->slot[i]) {
        due->slot[i] = key;
        due->n++;
    }
}

static void drop_gone(struct reindex *due, size_t from)
{
    while (due->ngone > from)
        free(due->gone[--due->ngone].text);
}

void reindex_free(struct session *s)
{
    if (!s->reindex)
        return;
    drop_gone(s->reindex, 0);
    free(s->reindex->gone);
    free(s->reindex);
    s->reindex = NULL;
}

enum status reindex_part_begin(struct session *s, size_t *mark, struct error *err)
{
    struct reindex *due = due_of(s);
    enum status st = ST_OK;
    /* What is written inside a part may be taken back with it, and would not be due any more. */
    if (!due->parts && (due->ngone >= DUE_MAX || due->n >= DUE_MAX / 2))
        st = record_reindex(s, err);
    *mark = due->ngone;
    due->parts += st == ST_OK;
    return st;
}

void reindex_part_end(struct session *s, size_t mark, bool kept)
{
    if (!s->reindex)
        return;
    s->reindex->parts--;
    if (!kept)
        drop_gone(s->reindex, mark);
}

enum status reindex_links(struct session *s, const struct record_type *t, int64_t id,
                          struct error *err)
{
    for (const struct search_link *l = t->links; l && l->type; l++) {
        struct stmt *st = db_query(s->db, err, l->ids, "i", id);
        enum step step;
        while ((step = stmt_step(st, err)) == STEP_ROW)
            reindex_mark(s, type_by_id(l->type), stmt_int(st, 0));
        if (step == STEP_ERROR)
            return ST_DATABASE;
    }
    return ST_OK;
}

/* ---- statements ------------------------------------------------------------------------------ */

enum does { INDEX_DELETE, INDEX_INSERT, TEXT_WRITE, TEXT_READ, TEXT_LOOK, DOES_COUNT };

/* What each does of one type: ?1 is the id, ?2 a text; %s is the table. */
static const char *const formats[DOES_COUNT] = {
    [INDEX_DELETE] =
        "INSERT INTO %s_search (%s_search, rowid, search_text) VALUES ('delete', ?1, ?2)",
    [INDEX_INSERT] = "INSERT INTO %s_search (rowid, search_text) VALUES (?1, ?2)",
    [TEXT_WRITE] = "UPDATE %s SET search_text = ?2 WHERE id = ?1",
    [TEXT_READ] = "SELECT search_text FROM %s WHERE id = ?1",
    [TEXT_LOOK] = "SELECT r.search_text, %s FROM %s r WHERE r.id = ?1",
};

static const char *sql_of(const struct record_type *t, enum does d)
{
    static char *sql[T_COUNT][DOES_COUNT];
    if (!sql[t->id][d]) {
        struct buf b = {0};
        for (const char *f = formats[d], *first = t->search; *f; f++) {
            if (f[0] != '%') {
                buf_addc(&b, *f);
                continue;
            }
            buf_add(&b, d == TEXT_LOOK && first ? first : t->table);
            first = NULL;
            f++;
        }
        sql[t->id][d] = buf_take(&b);
    }
    return sql[t->id][d];
}

static enum status run(struct session *s, const struct record_type *t, enum does d, int64_t id,
                       const char *text, struct error *err)
{
    return db_run(s->db, err, sql_of(t, d), "it", id, text);
}

/* A record whose search text is another now. */
struct renewal {
    const struct record_type *type;
    int64_t id;
    char *old, *text;
};

/* r->text stays NULL when the text is what it was, or the record is gone. */
static enum status renew_text(struct session *s, struct renewal *r, struct error *err)
{
    struct buf text = {0};
    struct error mine = {0};
    struct stmt *st = db_query(s->db, &mine, sql_of(r->type, TEXT_LOOK), "i", r->id);
    enum step step = stmt_step(st, &mine);
    enum status result = ST_OK;
    if (step == STEP_ERROR) {
        result = mine.code;
        if (err)
            *err = mine;
    } else if (step == STEP_ROW) {
        r->old = mem_strdup(stmt_str(st, 0));
        text_fold_search(&text, stmt_str(st, 1));
        stmt_reset(st);
        if (strcmp(r->old, buf_str(&text)) != 0) {
            r->text = buf_take(&text);
            result = run(s, r->type, TEXT_WRITE, r->id, r->text, err);
        }
    }
    buf_free(&text);
    return result;
}

static enum status renew_index(struct session *s, const struct renewal *r, struct error *err)
{
    enum status st = ST_OK;
    if (!r->text || bulk_fills(s, r->type))
        return ST_OK;
    if (*r->old)
        st = run(s, r->type, INDEX_DELETE, r->id, r->old, err);
    if (st == ST_OK && *r->text)
        st = run(s, r->type, INDEX_INSERT, r->id, r->text, err);
    return st;
}

enum status reindex_forget(struct session *s, const struct record_type *t, int64_t id,
                           struct error *err)
{
    char *old = NULL;
    if (!t->search)
        return ST_OK;
    enum status st = db_get_text(s->db, &old, err, sql_of(t, TEXT_READ), "i", id);
    if (st != ST_OK || !old || !*old) {
        free(old);
        return st;
    }
    struct reindex *due = due_of(s);
    due->gone = mem_grow(due->gone, &due->cap_gone, due->ngone + 1, sizeof *due->gone);
    due->gone[due->ngone++] = (struct forgotten){t, id, old};
    return ST_OK;
}

static int by_type_and_id_gone(const void *a, const void *b)
{
    const struct forgotten *x = a, *y = b;
    if (x->type != y->type)
        return x->type->id < y->type->id ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* Before what is new: somebody may have put a record back under its old number. */
static enum status take_out(struct session *s, struct reindex *due, struct error *err)
{
    enum status st = ST_OK;
    if (due->ngone)
        qsort(due->gone, due->ngone, sizeof *due->gone, by_type_and_id_gone);
    for (size_t i = 0; st == ST_OK && i < due->ngone; i++)
        if (!bulk_fills(s, due->gone[i].type))
            st = run(s, due->gone[i].type, INDEX_DELETE, due->gone[i].id, due->gone[i].text, err);
    return st;
}

static int by_type_and_id(const void *a, const void *b)
{
    const struct renewal *x = a, *y = b;
    if (x->type != y->type)
        return x->type->id < y->type->id ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* The index gathers what it is given in memory, until another table is written or a lower id comes:
 * then it writes a segment. So first all texts, then the index, in order of the ids; a thousand
 * people cost ten times as much one by one. */
static enum status renew(struct session *s, const struct reindex *due, struct error *err)
{
    struct renewal *r = mem_alloc(due->n * sizeof *r);
    size_t n = 0;
    enum status st = ST_OK;
    for (size_t i = 0; i < DUE_MAX * 2; i++)
        if (due->slot[i])
            r[n++] = (struct renewal){type_by_id((enum type_id)(due->slot[i] >> 56)),
                                      (int64_t)(due->slot[i] & 0xffffffffffffff), NULL, NULL};
    qsort(r, n, sizeof *r, by_type_and_id);
    for (size_t i = 0; st == ST_OK && i < n; i++)
        st = renew_text(s, &r[i], err);
    for (size_t i = 0; st == ST_OK && i < n; i++)
        st = renew_index(s, &r[i], err);
    for (size_t i = 0; i < n; i++) {
        free(r[i].old);
        free(r[i].text);
    }
    free(r);
    return st;
}

enum status record_reindex(struct session *s, struct error *err)
{
    struct reindex *due = s->reindex;
    enum status st = ST_OK;
    if (due && due->failed.code != ST_OK) {
        if (err)
            *err = due->failed;
        return due->failed.code;
    }
    if (!due || (!due->n && !due->ngone))
        return ST_OK;
    st = take_out(s, due, err);
    if (st == ST_OK && due->n)
        st = renew(s, due, err);
    if (st != ST_OK)
        return st;
    drop_gone(due, 0);
    due->n = 0;
    memset(due->slot, 0, sizeof due->slot);
    return ST_OK;
}

/* ---- sort keys of another collator ----------------------------------------------------------- */

static enum status collate_type(struct session *s, const struct record_type *t, struct error *err)
{
    struct buf all = {0}, write = {0};
    unsigned char key[KEY_SIZE];
    /* Not by way of an index that would move rows about under the walk. */
    buf_addf(&all, "SELECT id FROM %s NOT INDEXED", t->table);
    buf_addf(&write, "UPDATE %s SET sort_key = ?2 WHERE id = ?1", t->table);
    struct stmt *st = db_query(s->db, err, all.s, NULL);
    enum step step;
    enum status result = ST_OK;
    while (result == ST_OK && (step = stmt_step(st, err)) == STEP_ROW) {
        struct record *r;
        int64_t id = stmt_int(st, 0);
        result = record_load(s, t, id, &r, err);
        if (result != ST_OK)
            break;
        size_t n = record_sort_key(r, key);
        result = db_run(s->db, err, write.s, "ib", id, (const void *)key, n);
        record_free(r);
    }
    if (result != ST_OK)
        stmt_reset(st);
    else if (step == STEP_ERROR)
        result = ST_DATABASE;
    buf_free(&all);
    buf_free(&write);
    return result;
}

enum status record_collate(struct session *s, struct error *err)
{
    char *was;
    enum status st = setting_get(s, true, "collation", &was, err);
    bool same = st == ST_OK && was && strcmp(was, text_collation()) == 0;
    free(was);
    if (st != ST_OK || same || db_is_read_only(s->db))
        return st;
    st = db_begin(s->db, err);
    for (int i = T_NONE + 1; st == ST_OK && i < T_COUNT; i++)
        if (type_by_id((enum type_id)i)->sort[0])
            st = collate_type(s, type_by_id((enum type_id)i), err);
    if (st == ST_OK)
        st = setting_set(s, true, "collation", text_collation(), err);
    if (st == ST_OK)
        return db_commit(s->db, err);
    db_rollback(s->db);
    return st;
}

/* ---- verification ---------------------------------------------------------------------------- */

struct finding {
    void (*report)(void *, const char *);
    void *arg;
    int n;
};

static void verify_record(struct session *s, const struct record_type *t, int64_t id,
                          struct stmt *st, struct finding *f)
{
    unsigned char key[KEY_SIZE];
    struct buf text = {0};
    struct record *r;
    int column = 1;
    const char *wrong = NULL;
    if (record_load(s, t, id, &r, NULL) != ST_OK)
        return; /* removed meanwhile */
    if (t->search) {
        text_fold_search(&text, stmt_str(st, column + 1));
        if (strcmp(buf_str(&text), stmt_str(st, column)) != 0)
            wrong = _("search text");
        column += 2;
    }
    if (t->sort[0]) {
        size_t have, n = record_sort_key(r, key);
        const void *stored = stmt_blob(st, column++, &have);
        if (have != n || memcmp(stored, key, n) != 0)
            wrong = _("sort key");
    }
    if (t->match[0]) {
        buf_clear(&text);
        record_match_name(r, &text);
        if (strcmp(buf_str(&text), stmt_str(st, column)) != 0)
            wrong = _("match name");
    }
    if (wrong) {
        buf_clear(&text);
        buf_addf(&text, _("%s %lld: the %s is not what the record says"), lang_tr(t->label),
                 (long long)id, wrong);
        f->report(f->arg, text.s);
        f->n++;
    }
    record_free(r);
    buf_free(&text);
}

/* Is each text in the index, and nothing else? FTS5 answers only somebody who may write. */
static enum status verify_index(struct session *s, const struct record_type *t, struct finding *f,
                                struct error *err)
{
    struct buf sql = {0};
    bool within = db_in_transaction(s->db);
    enum status st = within ? ST_OK : db_begin(s->db, err);
    if (st != ST_OK)
        return st;
    buf_addf(&sql, "INSERT INTO %s_search (%s_search, rank) VALUES ('integrity-check', 1)",
             t->table, t->table);
    if (db_run(s->db, NULL, sql.s, NULL) != ST_OK) {
        f->report(f->arg, _("a search index is damaged"));
        f->n++;
    }
    if (!within)
        db_rollback(s->db);
    buf_free(&sql);
    return ST_OK;
}

static enum status verify_type(struct session *s, const struct record_type *t, struct finding *f,
                               struct error *err)
{
    struct buf sql = {0};
    buf_add(&sql, "SELECT r.id");
    if (t->search)
        buf_addf(&sql, ", r.search_text, %s", t->search);
    if (t->sort[0])
        buf_add(&sql, ", r.sort_key");
    if (t->match[0])
        buf_add(&sql, ", r.match_name");
    buf_addf(&sql, " FROM %s r", t->table);
    struct stmt *st = db_query(s->db, err, sql.s, NULL);
    enum step step;
    while ((step = stmt_step(st, err)) == STEP_ROW)
        verify_record(s, t, stmt_int(st, 0), st, f);
    buf_free(&sql);
    if (step == STEP_ERROR)
        return ST_DATABASE;
    return t->search && !db_is_read_only(s->db) ? verify_index(s, t, f, err) : ST_OK;
}

enum status record_verify(struct session *s, void (*report)(void *, const char *), void *arg,
                          struct error *err)
{
    struct finding f = {report, arg, 0};
    enum status st = ST_OK;
    for (int i = T_NONE + 1; st == ST_OK && i < T_COUNT; i++) {
        const struct record_type *t = type_by_id((enum type_id)i);
        if (t->search || t->sort[0])
            st = verify_type(s, t, &f, err);
    }
    if (st == ST_OK)
        st = also_verify(s, report, arg, &f.n, err);
    if (st == ST_OK)
        st = counted_verify(s, report, arg, &f.n, err);
    if (st == ST_OK && f.n)
        return error_set(err, ST_DATABASE, db_path(s->db), _("ask for help with these lines"), "%s",
                         _("derived columns do not match their records"));
    return st;
}
