#include "config.h"

#include "samling/draft.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "core/store.h"

/* The key of the object with what was there before; no field is called so. */
#define WAS "was"

struct draft draft_new(const struct record_type *t)
{
    return (struct draft){.typed = mem_alloc(t->nfields * sizeof(char *)),
                          .was = mem_alloc(t->nfields * sizeof(char *))};
}

/* Texts of fields into the row's JSON, under `place`: "$" or an object in it. */
static enum status put_texts(struct session *s, const struct record_type *t, int64_t row,
                             const char *place, char *const *texts, struct error *err)
{
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < t->nfields; i++) {
        struct buf path = {0};
        if (!texts[i])
            continue;
        buf_addf(&path, "%s.%s", place, t->fields[i].name);
        st = db_run(s->db, err, "UPDATE draft SET fields = json_set(fields, ?2, ?3) WHERE id = ?1",
                    "itt", row, path.s, texts[i]);
        buf_free(&path);
    }
    return st;
}

enum status draft_save(struct session *s, const struct record_type *t, int64_t id,
                       const struct draft *d, struct error *err)
{
    if (!s->user) /* somebody who never wrote: their row is made like any other's */
    {
        enum status known = setting_set(s, false, "known", "1", err);
        if (known != ST_OK)
            return known;
    }
    enum status st = db_begin(s->db, err);
    if (st != ST_OK)
        return st;
    st = db_run(s->db, err,
                "INSERT OR REPLACE INTO draft (user_id, type, record_id, version, at, fields)"
                " VALUES (?1, ?2, ?3, ?4, ?5, '{\"" WAS "\":{}}')",
                "iiiii", s->user, (int64_t)t->id, id, d->version, now_seconds());
    int64_t row = db_last_id(s->db);
    if (st == ST_OK)
        st = put_texts(s, t, row, "$", d->typed, err);
    if (st == ST_OK)
        st = put_texts(s, t, row, "$." WAS, d->was, err);
    if (st == ST_OK)
        return db_commit(s->db, err);
    db_rollback(s->db);
    return st;
}

static void take_text(const struct record_type *t, char **texts, struct stmt *st, int column)
{
    int field = stmt_text(st, column) ? type_field(t, stmt_text(st, column)) : -1;
    if (field < 0)
        return;
    free(texts[field]);
    texts[field] = mem_strdup(stmt_str(st, column + 1));
}

enum status draft_load(struct session *s, const struct record_type *t, int64_t id, struct draft *d,
                       bool *found, struct error *err)
{
    struct error mine = {0};
    *d = draft_new(t);
    *found = false;
    struct stmt *st = db_query(
        s->db, &mine,
        "SELECT at, version, 0, NULL, NULL FROM draft"
        " WHERE user_id = ?1 AND type = ?2 AND record_id = ?3"
        " UNION ALL SELECT at, version, 0, j.key, j.value FROM draft d, json_each(d.fields) j"
        " WHERE user_id = ?1 AND d.type = ?2 AND record_id = ?3"
        " UNION ALL SELECT at, version, 1, j.key, j.value"
        " FROM draft d, json_each(d.fields, '$." WAS "') j"
        " WHERE user_id = ?1 AND d.type = ?2 AND record_id = ?3",
        "iii", s->user, (int64_t)t->id, id);
    enum step step;
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        *found = true;
        d->at = stmt_int(st, 0);
        d->version = stmt_int(st, 1);
        take_text(t, stmt_int(st, 2) ? d->was : d->typed, st, 3);
    }
    if (step == STEP_DONE)
        return ST_OK;
    draft_free(t, d);
    if (err)
        *err = mine;
    return mine.code;
}

enum status draft_drop(struct session *s, const struct record_type *t, int64_t id,
                       struct error *err)
{
    int64_t there = 0;
    static const char which[] =
        "SELECT count(*) FROM draft WHERE user_id = ?1 AND type = ?2 AND record_id = ?3";
    enum status st =
        db_get_int(s->db, &there, NULL, err, which, "iii", s->user, (int64_t)t->id, id);
    if (st != ST_OK || !there)
        return st; /* no lock for nothing */
    return db_run(s->db, err,
                  "DELETE FROM draft WHERE user_id = ?1 AND type = ?2 AND record_id = ?3", "iii",
                  s->user, (int64_t)t->id, id);
}

enum status draft_count(struct session *s, int64_t *n, struct error *err)
{
    struct buf sql = {0};
    buf_add(
        &sql,
        "SELECT count(*) FROM draft d WHERE d.user_id = ?1 AND (d.record_id = 0 OR CASE d.type");
    for (int i = T_NONE + 1; i < T_COUNT; i++) {
        const struct record_type *t = type_by_id((enum type_id)i);
        if (t->by_hand)
            buf_addf(&sql, " WHEN %d THEN EXISTS (SELECT 1 FROM %s r WHERE r.id = d.record_id)", i,
                     t->table);
    }
    buf_add(&sql, " END)");
    enum status st = db_get_int(s->db, n, NULL, err, sql.s, "i", s->user);
    buf_free(&sql);
    return st;
}

void draft_free(const struct record_type *t, struct draft *d)
{
    for (size_t i = 0; d->typed && i < t->nfields; i++) {
        free(d->typed[i]);
        free(d->was[i]);
    }
    free(d->typed);
    free(d->was);
    *d = (struct draft){0};
}
