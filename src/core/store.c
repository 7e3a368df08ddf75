/* The one writer of all records: checks, version, derived columns, history. */
#include "config.h"

#include "core/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "core/also.h"

int64_t now_seconds(void)
{
    return date_now();
}

/* ---- checks ---------------------------------------------------------------------------------- */

static enum status check_required(const struct record *r, int *field, struct error *err)
{
    for (size_t i = 0; i < r->type->nfields; i++) {
        if ((r->type->fields[i].flags & F_REQUIRED) && !r->value[i]) {
            *field = (int)i;
            return error_set(err, ST_REFUSED, lang_tr(r->type->fields[i].label), _("fill it in"),
                             "%s", _("this must not be empty"));
        }
    }
    return ST_OK;
}

static enum status check_order(const struct record *r, int *field, struct error *err)
{
    int ends = type_field(r->type, "ends");
    const char *from = record_get(r, "starts"), *to = ends < 0 ? NULL : r->value[ends];
    if (!from || !to)
        return ST_OK;
    size_t n = strlen(from) < strlen(to) ? strlen(from) : strlen(to);
    if (strncmp(from, to, n) <= 0)
        return ST_OK;
    *field = ends;
    return error_set(err, ST_REFUSED, lang_tr(r->type->fields[ends].label), _("choose a later one"),
                     "%s", _("this is before the start"));
}

/* What no two records share, made ready once: this is asked of every record that is written. */
struct unique {
    char *sql; /* ?1: the record's own id; then the values */
    int field[4], n;
};

static const struct unique *unique_of(const struct record_type *t, size_t which)
{
    static struct unique known[T_COUNT][3];
    struct unique *u = &known[t->id][which];
    if (u->sql)
        return u;
    struct buf sql = {0};
    buf_addf(&sql, "SELECT id FROM %s WHERE id <> ?1", t->table);
    for (const char *p = t->unique[which]; *p && u->n < 4;) { /* names with commas */
        size_t len = strcspn(p, ",");
        char *name = mem_strndup(p, len);
        u->field[u->n] = type_field(t, name);
        free(name);
        buf_add(&sql, " AND ");
        field_column(&t->fields[u->field[u->n]], &sql);
        buf_addf(&sql, " = ?%d", ++u->n + 1);
        p += len + (p[len] == ',');
    }
    u->sql = buf_take(&sql);
    return u;
}

static enum status check_unique(struct session *s, const struct record *r, size_t which, int *field,
                                struct error *err)
{
    const struct unique *u = unique_of(r->type, which);
    int64_t other = 0;
    bool whole = true; /* what is empty clashes with nothing */
    *field = u->field[u->n - 1];
    for (int i = 0; i < u->n; i++)
        whole = whole && r->value[u->field[i]];
    enum status st = ST_OK;
    if (whole) {
        struct error mine = {0};
        struct stmt *q = db_query(s->db, &mine, u->sql, "i", r->id);
        for (int i = 0; i < u->n; i++)
            stmt_bind_text(q, i + 2, r->value[u->field[i]]);
        enum step step = stmt_step(q, &mine);
        if (step == STEP_ROW) {
            other = stmt_int(q, 0);
            stmt_reset(q);
        } else if (step == STEP_ERROR) {
            st = mine.code;
            if (err)
                *err = mine;
        }
    }
    if (st != ST_OK || !other)
        return st;
    struct buf title = {0};
    record_title(s, r->type, other, &title);
    error_set(err, ST_REFUSED, lang_tr(r->type->fields[*field].label),
              _("choose another, or change that one"), _("this is taken by %s"), buf_str(&title));
    buf_free(&title);
    return ST_REFUSED;
}

enum status record_check(struct session *s, struct record *r, int *field, struct error *err)
{
    int ignored;
    if (!field)
        field = &ignored;
    *field = -1;
    enum status st = ST_OK;
    if (!r->id && r->type->complete)
        st = r->type->complete(s, r, err);
    if (st == ST_OK)
        st = check_required(r, field, err);
    if (st == ST_OK)
        st = check_order(r, field, err);
    /* (While tables are filled their constraints are enough, and cheaper.) */
    for (size_t i = 0; st == ST_OK && !s->bulk && i < 3 && r->type->unique[i]; i++)
        st = check_unique(s, r, i, field, err);
    if (st == ST_OK) {
        *field = -1;
        if (r->type->check)
            st = r->type->check(s, r, field, err);
    }
    return st;
}

/* ---- SQL from the table of fields ------------------------------------------------------------ */

static void add_derived(const struct record_type *t, struct buf *out, const char *format)
{
    if (t->sort[0])
        buf_addf(out, ", sort_key%s", format);
    if (t->match[0])
        buf_addf(out, ", match_name%s", format);
}

static const char *insert_sql(const struct record_type *t)
{
    static char *sql[T_COUNT];
    if (!sql[t->id]) {
        struct buf b = {0};
        size_t n = 7 + t->nfields;
        buf_addf(
            &b,
            "INSERT INTO %s (id, version, created_at, created_by, changed_at, changed_by, batch_id",
            t->table);
        for (size_t i = 0; i < t->nfields; i++) {
            buf_add(&b, ", ");
            field_column(&t->fields[i], &b);
        }
        add_derived(t, &b, "");
        if (t->search)
            buf_add(&b, ", search_text");
        n += (t->sort[0] ? 1 : 0) + (t->match[0] ? 1 : 0) + (t->search ? 1 : 0);
        buf_add(&b, ") VALUES (?1");
        for (size_t i = 2; i <= n; i++)
            buf_addf(&b, ", ?%zu", i);
        buf_add(&b, ")");
        sql[t->id] = buf_take(&b);
    }
    return sql[t->id];
}

/* Parameters 1–4: id, version expected, changed_at, changed_by; then the fields. */
static const char *update_sql(const struct record_type *t)
{
    static char *sql[T_COUNT];
    if (!sql[t->id]) {
        struct buf b = {0};
        size_t n = 5;
        buf_addf(&b, "UPDATE %s SET version = version + 1, changed_at = ?3, changed_by = ?4",
                 t->table);
        for (size_t i = 0; i < t->nfields; i++) {
            buf_add(&b, ", ");
            field_column(&t->fields[i], &b);
            buf_addf(&b, " = ?%zu", n++);
        }
        if (t->sort[0])
            buf_addf(&b, ", sort_key = ?%zu", n++);
        if (t->match[0])
            buf_addf(&b, ", match_name = ?%zu", n++);
        buf_add(&b, " WHERE id = ?1 AND version = ?2");
        sql[t->id] = buf_take(&b);
    }
    return sql[t->id];
}

/* Where the fields' parameters begin. */
enum { UPDATE_FIELDS = 5, INSERT_FIELDS = 8 };

/* Values keep their column's type: numbers and references are integers in the table. */
static void bind_value(struct stmt *st, int index, const struct field *f, const char *v)
{
    if (!v)
        return;
    if (f->kind == FIELD_NUMBER || f->kind == FIELD_REF || f->kind == FIELD_FLAG)
        stmt_bind_int(st, index, atoll(v));
    else
        stmt_bind_text(st, index, v);
}

static enum status run_write(struct session *s, struct stmt *st, const struct record *r, int first,
                             struct error *err)
{
    const struct record_type *t = r->type;
    unsigned char key[KEY_SIZE];
    struct buf match = {0};
    struct error mine = {0};
    int n = first;
    for (size_t i = 0; i < t->nfields; i++)
        bind_value(st, n++, &t->fields[i], r->value[i]);
    if (t->sort[0])
        stmt_bind_blob(st, n++, key, record_sort_key(r, key));
    if (t->match[0]) {
        record_match_name(r, &match);
        stmt_bind_text(st, n++, buf_str(&match));
    }
    if (first == INSERT_FIELDS && t->search)
        stmt_bind_text(st, n, bulk_fills(s, t) ? bulk_search_text(s, r) : "");
    enum step step = stmt_step(st, &mine);
    buf_free(&match);
    if (step == STEP_DONE)
        return ST_OK;
    if (err)
        *err = mine;
    return mine.code;
}

/* Whoever went on after a grave failure (a full disk ends a transaction by itself) must not write
 * row by row, each for good. */
static enum status may_write(struct session *s, const struct record_type *t, struct error *err)
{
    if (!db_in_transaction(s->db))
        return error_set(err, ST_DATABASE, lang_tr(t->label), _("try again"), "%s",
                         _("the change was broken off; nothing was written"));
    return session_need(s, t->role, err);
}

/* ---- insert ---------------------------------------------------------------------------------- */

static void put_fallbacks(struct record *r)
{
    for (size_t i = 0; i < r->type->nfields; i++)
        if (!r->value[i] && r->type->fields[i].fallback)
            record_put(r, (int)i, r->type->fields[i].fallback);
}

void store_forget(struct session *s)
{
    free(s->next_id);
    s->next_id = NULL;
}

/* SQLite would give the last record's id again after it was removed. History, drafts and printed
 * sheets go on meaning the one that had it. */
enum status store_next_id(struct session *s, const struct record_type *t, int64_t *id,
                          struct error *err)
{
    enum status st = ST_OK;
    if (!s->next_id)
        s->next_id = mem_alloc(T_COUNT * sizeof *s->next_id);
    if (!s->next_id[t->id]) {
        struct buf sql = {0};
        buf_addf(&sql,
                 "SELECT max((SELECT coalesce(max(id), 0) FROM %s),"
                 " (SELECT coalesce(max(record_id), 0) FROM change WHERE type = %d)) + 1",
                 t->table, (int)t->id);
        st = db_get_int(s->db, &s->next_id[t->id], NULL, err, sql.s, NULL);
        buf_free(&sql);
    }
    *id = s->next_id[t->id];
    return st;
}

enum status record_insert(struct session *s, struct record *r, struct error *err)
{
    const struct record_type *t = r->type;
    enum status st = may_write(s, t, err);
    bool again = r->id != 0; /* a removed one comes back: its fields are what they were */
    int64_t id = r->id;
    if (st == ST_OK && !again)
        put_fallbacks(r);
    if (st == ST_OK)
        st = record_check(s, r, NULL, err);
    if (st == ST_OK && !again)
        st = store_next_id(s, t, &id, err);
    if (st != ST_OK)
        return st;
    int64_t now = now_seconds(), version = again ? r->version + 1 : 1;
    struct stmt *q = db_query(s->db, err, insert_sql(t), "iiiIiII", id, version, now, s->user, now,
                              s->user, s->batch);
    if (!q)
        return ST_DATABASE;
    st = run_write(s, q, r, INSERT_FIELDS, err);
    if (st != ST_OK)
        return st;
    r->id = id;
    r->version = version;
    if (s->next_id && s->next_id[t->id] && id >= s->next_id[t->id])
        s->next_id[t->id] = id + 1;
    if (!bulk_reindex(s, r)) {
        reindex_mark(s, t, r->id);
        st = reindex_links(s, t, r->id, err);
    }
    if (st == ST_OK)
        st = also_write(s, NULL, r, err);
    /* What an import made is known by its batch. */
    if (st == ST_OK && !s->batch)
        st = change_log(s, t, r->id, "add", r->version, NULL, NULL, NULL, err);
    return st;
}

/* ---- update ---------------------------------------------------------------------------------- */

static bool same_value(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static enum status conflict(struct session *s, const struct record *r, struct error *err)
{
    struct buf title = {0};
    record_title(s, r->type, r->id, &title);
    error_set(err, ST_CONFLICT, buf_str(&title), _("look at both and save again"), "%s",
              _("somebody else changed this record meanwhile"));
    buf_free(&title);
    return ST_CONFLICT;
}

static enum status log_fields(struct session *s, const struct record *was, const struct record *r,
                              struct error *err)
{
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < r->type->nfields; i++)
        if (!same_value(was->value[i], r->value[i]))
            st = change_log(s, r->type, r->id, "set", r->version, r->type->fields[i].name,
                            was->value[i], r->value[i], err);
    return st;
}

enum status record_update(struct session *s, struct record *r, struct error *err)
{
    const struct record_type *t = r->type;
    struct record *was = NULL;
    bool differs = false;
    enum status st = may_write(s, t, err);
    if (st == ST_OK)
        st = record_load(s, t, r->id, &was, err);
    if (st != ST_OK)
        return st;
    if (was->version != r->version) {
        st = conflict(s, r, err);
        goto out;
    }
    for (size_t i = 0; i < t->nfields; i++)
        differs = differs || !same_value(was->value[i], r->value[i]);
    if (!differs)
        goto out;
    st = record_check(s, r, NULL, err);
    if (st == ST_OK)
        st = reindex_links(s, t, r->id, err); /* those that named it before … */
    if (st != ST_OK)
        goto out;
    struct stmt *q =
        db_query(s->db, err, update_sql(t), "iiiI", r->id, r->version, now_seconds(), s->user);
    st = q ? run_write(s, q, r, UPDATE_FIELDS, err) : ST_DATABASE;
    if (st == ST_OK && db_changes(s->db) == 0)
        st = conflict(s, r, err);
    if (st != ST_OK)
        goto out;
    r->version++;
    reindex_mark(s, t, r->id);
    st = reindex_links(s, t, r->id, err); /* … and those that do now */
    if (st == ST_OK)
        st = also_write(s, was, r, err);
    if (st == ST_OK)
        st = log_fields(s, was, r, err);
out:
    record_free(was);
    return st;
}

/* ---- remove ---------------------------------------------------------------------------------- */

static enum status refuse_referred(struct session *s, const struct record_type *t, int64_t id,
                                   const struct record_type *by, int64_t first, struct error *err)
{
    struct buf what = {0}, who = {0};
    record_title(s, t, id, &what);
    record_title(s, by, first, &who);
    error_set(err, ST_REFUSED, buf_str(&what), _("remove those first"), _("it is used by %s (%s)"),
              lang_tr(by->label), buf_str(&who));
    buf_free(&what);
    buf_free(&who);
    return ST_REFUSED;
}

static enum status clear_reference(struct session *s, const struct record_type *t, int field,
                                   int64_t id, struct error *err)
{
    struct record *r;
    enum status st = record_load(s, t, id, &r, err);
    if (st != ST_OK)
        return st;
    record_put(r, field, NULL);
    st = record_update(s, r, err);
    record_free(r);
    return st;
}

static const char *referring_sql(const struct record_type *by, int f)
{
    static char **sql[T_COUNT];
    if (!sql[by->id])
        sql[by->id] = mem_alloc(by->nfields * sizeof(char *));
    if (!sql[by->id][f]) {
        struct buf b = {0};
        buf_addf(&b, "SELECT id FROM %s WHERE ", by->table);
        field_column(&by->fields[f], &b);
        buf_add(&b, " = ?1 LIMIT 1");
        sql[by->id][f] = buf_take(&b);
    }
    return sql[by->id][f];
}

/* The records whose field `f` of type `by` refers to `id`: gone too, emptied, or a reason to
 * refuse. */
static enum status settle_reference(struct session *s, const struct record_type *t, int64_t id,
                                    const struct record_type *by, int f, struct error *err)
{
    const struct field *field = &by->fields[f];
    enum status st = ST_OK;
    int64_t other;
    bool found;
    while (st == ST_OK) {
        st = db_get_int(s->db, &other, &found, err, referring_sql(by, f), "i", id);
        if (st != ST_OK || !found)
            break;
        if (field->flags & F_CASCADE)
            st = record_remove(s, by, other, 0, err);
        else if (field->flags & F_CLEAR)
            st = clear_reference(s, by, f, other, err);
        else
            st = refuse_referred(s, t, id, by, other, err);
    }
    return st;
}

static enum status settle_references(struct session *s, const struct record_type *t, int64_t id,
                                     struct error *err)
{
    enum status st = ST_OK;
    for (int i = T_NONE + 1; st == ST_OK && i < T_COUNT; i++) {
        const struct record_type *by = type_by_id((enum type_id)i);
        for (size_t f = 0; st == ST_OK && f < by->nfields; f++)
            if (by->fields[f].kind == FIELD_REF && by->fields[f].ref == t->id)
                st = settle_reference(s, t, id, by, (int)f, err);
    }
    return st;
}

static enum status delete_row(struct session *s, const struct record_type *t, int64_t id,
                              struct error *err)
{
    struct buf sql = {0}, title = {0};
    buf_addf(&sql, "DELETE FROM %s WHERE id = ?1", t->table);
    enum status st = db_run(s->db, err, sql.s, "i", id);
    if (st == ST_REFUSED) { /* what no field of a type says: the history names its users */
        record_title(s, t, id, &title);
        error_set(err, st, buf_str(&title), _("leave it; a user can be switched off instead"), "%s",
                  _("the history names it"));
    }
    buf_free(&sql);
    buf_free(&title);
    return st;
}

static enum status log_removal(struct session *s, const struct record *was, struct error *err)
{
    const struct record_type *t = was->type;
    enum status st = change_log(s, t, was->id, "remove", was->version, NULL, NULL, NULL, err);
    for (size_t i = 0; st == ST_OK && i < t->nfields; i++)
        if (was->value[i])
            st = change_log(s, t, was->id, "remove", was->version, t->fields[i].name, was->value[i],
                            NULL, err);
    return st;
}

static enum status remove_all(struct session *s, const struct record *was, struct error *err)
{
    const struct record_type *t = was->type;
    enum status st = t->leave ? t->leave(s, was->id, err) : ST_OK;
    if (st == ST_OK)
        st = settle_references(s, t, was->id, err);
    if (st == ST_OK)
        st = reindex_links(s, t, was->id, err);
    if (st == ST_OK)
        st = reindex_forget(s, t, was->id, err);
    if (st == ST_OK)
        st = also_forget(s, t, was->id, err);
    if (st == ST_OK)
        st = delete_row(s, t, was->id, err);
    return st == ST_OK ? log_removal(s, was, err) : st;
}

static enum status remove_part(struct session *s, const struct record *was, struct error *err)
{
    int64_t set = s->change_set;
    size_t mark;
    enum status st = reindex_part_begin(s, &mark, err);
    if (st != ST_OK)
        return st;
    st = db_part_begin(s->db, err);
    if (st != ST_OK) {
        reindex_part_end(s, mark, true);
        return st;
    }
    st = remove_all(s, was, err);
    reindex_part_end(s, mark, st == ST_OK);
    if (st == ST_OK)
        return db_part_keep(s->db, err);
    /* Some of its parts may be gone already. */
    db_part_drop(s->db);
    s->change_set = set;
    return st;
}

enum status record_remove(struct session *s, const struct record_type *t, int64_t id,
                          int64_t version, struct error *err)
{
    struct record *was = NULL;
    enum status st = may_write(s, t, err);
    if (st == ST_OK)
        st = record_load(s, t, id, &was, err);
    if (st != ST_OK)
        return st;
    if (version && was->version != version)
        st = conflict(s, was, err);
    if (st == ST_OK)
        st = remove_part(s, was, err);
    record_free(was);
    return st;
}
