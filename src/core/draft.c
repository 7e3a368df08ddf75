#include "config.h"

#include "samling/draft.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "core/store.h"

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
                " VALUES (?1, ?2, ?3, ?4, ?5, '{}')",
                "iiiii", s->user, (int64_t)t->id, id, d->version, now_seconds());
    int64_t row = db_last_id(s->db);
    for (size_t i = 0; st == ST_OK && i < t->nfields; i++) {
        struct buf path = {0};
        if (!d->typed[i])
            continue;
        buf_addf(&path, "$.%s", t->fields[i].name);
        st = db_run(s->db, err, "UPDATE draft SET fields = json_set(fields, ?2, ?3) WHERE id = ?1",
                    "itt", row, path.s, d->typed[i]);
        buf_free(&path);
    }
    if (st == ST_OK)
        return db_commit(s->db, err);
    db_rollback(s->db);
    return st;
}

enum status draft_load(struct session *s, const struct record_type *t, int64_t id, struct draft *d,
                       bool *found, struct error *err)
{
    struct error mine = {0};
    *d = (struct draft){.typed = mem_alloc(t->nfields * sizeof *d->typed)};
    *found = false;
    struct stmt *st = db_query(
        s->db, &mine,
        "SELECT d.at, d.version, j.key, j.value FROM draft d LEFT JOIN json_each(d.fields) j"
        " WHERE user_id = ?1 AND d.type = ?2 AND record_id = ?3",
        "iii", s->user, (int64_t)t->id, id);
    enum step step;
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        int field = stmt_text(st, 2) ? type_field(t, stmt_text(st, 2)) : -1;
        *found = true;
        d->at = stmt_int(st, 0);
        d->version = stmt_int(st, 1);
        if (field >= 0) {
            free(d->typed[field]);
            d->typed[field] = mem_strdup(stmt_str(st, 3));
        }
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

void draft_free(const struct record_type *t, struct draft *d)
{
    for (size_t i = 0; d->typed && i < t->nfields; i++)
        free(d->typed[i]);
    free(d->typed);
    *d = (struct draft){0};
}
