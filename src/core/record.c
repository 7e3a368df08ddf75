/* Records in memory, and what is read of them. */
#include "config.h"

#include "samling/record.h"

#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "core/store.h"

struct record *record_new(const struct record_type *t)
{
    struct record *r = mem_alloc(sizeof *r);
    r->type = t;
    r->value = mem_alloc(t->nfields * sizeof *r->value);
    return r;
}

struct record *record_copy(const struct record *r)
{
    struct record *c = record_new(r->type);
    c->id = r->id;
    c->version = r->version;
    for (size_t i = 0; i < r->type->nfields; i++)
        c->value[i] = mem_strdup(r->value[i]);
    return c;
}

void record_free(struct record *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->type->nfields; i++)
        free(r->value[i]);
    free(r->value);
    free(r);
}

void record_put(struct record *r, int field, const char *stored)
{
    char *copy = stored && *stored ? mem_strdup(stored) : NULL;
    free(r->value[field]);
    r->value[field] = copy;
}

const char *record_get(const struct record *r, const char *field)
{
    int i = type_field(r->type, field);
    return i < 0 ? NULL : r->value[i];
}

int64_t record_get_id(const struct record *r, const char *field)
{
    const char *v = record_get(r, field);
    return v ? atoll(v) : 0;
}

size_t record_sort_key(const struct record *r, unsigned char *key)
{
    struct buf b = {0};
    for (size_t i = 0; i < 3 && r->type->sort[i]; i++) {
        /* U+FFFE separates the parts of a sort key, lower than any letter on every level (CLDR). */
        if (i)
            buf_add(&b, "\xef\xbf\xbe");
        buf_add(&b, record_get(r, r->type->sort[i]));
    }
    size_t n = text_sort_key(buf_str(&b), key, KEY_SIZE);
    buf_free(&b);
    return n;
}

void record_match_name(const struct record *r, struct buf *out)
{
    for (size_t i = 0; i < 3 && r->type->match[i]; i++) {
        const char *v = record_get(r, r->type->match[i]);
        if (v)
            text_fold_match(out, v);
    }
}

static const char *load_sql(const struct record_type *t)
{
    static char *sql[T_COUNT];
    if (!sql[t->id]) {
        struct buf b = {0};
        buf_addf(&b, "SELECT %s", t->plain ? "0" : "version");
        for (size_t i = 0; i < t->nfields; i++) {
            buf_add(&b, ", ");
            field_column(&t->fields[i], &b);
        }
        buf_addf(&b, " FROM %s WHERE id = ?1", t->table);
        sql[t->id] = buf_take(&b);
    }
    return sql[t->id];
}

enum status record_load(struct session *s, const struct record_type *t, int64_t id,
                        struct record **out, struct error *err)
{
    struct error mine = {0};
    *out = NULL;
    struct stmt *st = db_query(s->db, &mine, load_sql(t), "i", id);
    enum step step = stmt_step(st, &mine);
    if (step == STEP_ERROR) {
        if (err)
            *err = mine;
        return mine.code;
    }
    if (step == STEP_DONE) {
        struct buf what = {0};
        buf_addf(&what, "%s %lld", lang_tr(t->label), (long long)id);
        error_set(err, ST_REFUSED, what.s, _("it may have been removed"), "%s",
                  _("there is no such record"));
        buf_free(&what);
        return ST_REFUSED;
    }
    struct record *r = record_new(t);
    r->id = id;
    r->version = stmt_int(st, 0);
    for (size_t i = 0; i < t->nfields; i++)
        r->value[i] = mem_strdup(stmt_text(st, (int)i + 1));
    stmt_reset(st);
    *out = r;
    return ST_OK;
}

static void add_expression(struct session *s, const struct record_type *t, const char *expression,
                           int64_t id, struct buf *out)
{
    struct buf sql = {0};
    char *text = NULL;
    buf_addf(&sql, "SELECT %s FROM %s r WHERE r.id = ?1", expression, t->table);
    if (db_get_text(s->db, &text, NULL, sql.s, "i", id) == ST_OK && text)
        text_clean(out, text, false);
    free(text);
    buf_free(&sql);
}

void record_title(struct session *s, const struct record_type *t, int64_t id, struct buf *out)
{
    add_expression(s, t, t->title, id, out);
}

void record_reference(struct session *s, const struct record_type *t, int64_t id, struct buf *out)
{
    if (t->reference)
        add_expression(s, t, t->reference, id, out);
    else
        add_expression(s, t, "r.id", id, out);
}
