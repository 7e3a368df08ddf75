#include "config.h"

#include "samling/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "core/store.h"

enum status change_log(struct session *s, const struct record_type *t, int64_t id,
                       const char *operation, int64_t version, const char *field, const char *old,
                       const char *new_value, struct error *err)
{
    int64_t set;
    if (t->unlogged)
        return ST_OK;
    enum status st = session_change_set(s, &set, err);
    if (st != ST_OK)
        return st;
    return db_run(
        s->db, err,
        "INSERT INTO change (set_id, type, record_id, operation, version, field, old, new)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        "iiitittt", set, (int64_t)t->id, id, operation, version, field, old, new_value);
}

/* ---- reading --------------------------------------------------------------------------------- */

enum status history_each(struct session *s, const struct record_type *t, int64_t id,
                         bool (*fn)(void *, const struct change *), void *arg, struct error *err)
{
    struct error mine = {0};
    struct stmt *st = db_query(
        s->db, &mine,
        "SELECT s.at, coalesce(u.full_name, u.name), s.act, c.operation, c.field, c.old, c.new"
        " FROM change c JOIN change_set s ON s.id = c.set_id JOIN user u ON u.id = s.user_id"
        " WHERE c.type = ?1 AND c.record_id = ?2 AND (c.operation <> 'remove' OR c.field IS NULL)"
        " ORDER BY c.id DESC",
        "ii", (int64_t)t->id, id);
    enum step step;
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        struct change c = {.at = stmt_int(st, 0),
                           .by = stmt_str(st, 1),
                           .act = (enum act)stmt_int(st, 2),
                           .operation = stmt_str(st, 3),
                           .type = t,
                           .id = id,
                           .field = stmt_text(st, 4),
                           .old = stmt_text(st, 5),
                           .new_value = stmt_text(st, 6)};
        if (!fn(arg, &c)) {
            stmt_reset(st);
            return ST_OK;
        }
    }
    if (step == STEP_DONE)
        return ST_OK;
    if (err)
        *err = mine;
    return mine.code;
}

static void add_when(struct buf *out, int64_t at)
{
    char iso[MOMENT_SIZE];
    moment_of_seconds(at, iso);
    moment_short(out, iso);
}

static void add_value(struct session *s, const struct field *f, const char *v, struct buf *out)
{
    if (!v)
        buf_add(out, "–");
    else
        field_show(s, f, v, out);
}

void change_text(struct session *s, const struct change *c, struct buf *out)
{
    add_when(out, c->at);
    buf_add(out, "  ");
    text_clean(out, c->by, false);
    buf_add(out, "  ");
    int i = c->field ? type_field(c->type, c->field) : -1;
    if (i >= 0) {
        const struct field *f = &c->type->fields[i];
        struct buf value = {0};
        buf_addf(&value, "%s: ", lang_tr(f->label));
        add_value(s, f, c->old, &value);
        buf_add(&value, " → ");
        add_value(s, f, c->new_value, &value);
        text_clean(out, value.s, false);
        buf_free(&value);
    } else {
        buf_add(out, strcmp(c->operation, "remove") == 0 ? _("removed") : _("added"));
    }
    if (c->act == ACT_IMPORT || c->act == ACT_UNDO || c->act == ACT_REDO)
        buf_addf(out, " (%s)", act_label(c->act));
}
