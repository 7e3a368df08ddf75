/* Two records that are one. What referred to the one that goes refers to the one that stays; where
 * that makes two that are the same (two enrolments in one cohort), these are made one in turn. */
#include "config.h"

#include "samling/merge.h"

#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

/* ---- what makes two the same ------------------------------------------------------------------
 */

/* Fields that two records of a type cannot share; of positions, those that nobody means twice. */
static const char *key_of(const struct record_type *t, const char *field)
{
    if (t->id == T_POSITION)
        return "person,organisation,role";
    for (size_t i = 0; i < 3 && t->unique[i]; i++)
        if (strchr(t->unique[i], ',') && strstr(t->unique[i], field))
            return t->unique[i];
    return NULL;
}

/* Another record with the same values in all of the key's fields; 0. */
static enum status find_twin(struct session *s, const struct record *r, const char *key,
                             int64_t *twin, struct error *err)
{
    struct buf sql = {0};
    const char *value[3] = {NULL};
    int n = 0;
    *twin = 0;
    buf_addf(&sql, "SELECT id FROM %s WHERE id <> ?1", r->type->table);
    for (const char *p = key; *p && n < 3; n++) {
        size_t len = strcspn(p, ",");
        char *name = mem_strndup(p, len);
        int f = type_field(r->type, name);
        buf_add(&sql, " AND ");
        field_column(&r->type->fields[f], &sql);
        buf_addf(&sql, " = ?%d", n + 2);
        value[n] = r->value[f];
        free(name);
        p += len + (p[len] == ',');
    }
    buf_add(&sql, " LIMIT 1");
    struct stmt *st = db_query(s->db, err, sql.s, "i", r->id);
    /* Bound as text; a column of numbers compares it as the number that it is. */
    for (int i = 0; st && i < n; i++)
        stmt_bind_text(st, i + 2, value[i]);
    enum step step = stmt_step(st, err);
    if (step == STEP_ROW) {
        *twin = stmt_int(st, 0);
        stmt_reset(st);
    }
    buf_free(&sql);
    return step == STEP_ERROR ? ST_DATABASE : ST_OK;
}

/* ---- one of two values ------------------------------------------------------------------------
 */

/* The word that says more stands later: whoever was present once was present. */
static const char *const ranks[][8] = {
    {"absent", "excused", "caught_up", "present", NULL},
    {"withdrawn", "invited", "waitlisted", "registered", "confirmed", "completed", NULL},
};

static int rank(const char *const *list, const char *word)
{
    for (int i = 0; list[i]; i++)
        if (word && strcmp(list[i], word) == 0)
            return i;
    return -1;
}

static bool says_more(const struct field *f, const char *mine, const char *other)
{
    if (!mine)
        return other != NULL;
    if (!other)
        return false;
    if (strcmp(f->name, "starts") == 0)
        return strcmp(other, mine) < 0;
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
        if (rank(ranks[i], mine) >= 0 && rank(ranks[i], other) > rank(ranks[i], mine))
            return true;
    return false;
}

/* A position that goes on has no end. */
static bool ends_later(const struct record *kept, const struct record *other, int f)
{
    if (kept->type->id != T_POSITION || strcmp(kept->type->fields[f].name, "ends") != 0)
        return false;
    return kept->value[f] && (!other->value[f] || strcmp(other->value[f], kept->value[f]) > 0);
}

static void absorb(struct record *kept, const struct record *other)
{
    for (size_t i = 0; i < kept->type->nfields; i++) {
        const struct field *f = &kept->type->fields[i];
        bool end = kept->type->id == T_POSITION && strcmp(f->name, "ends") == 0;
        if (end ? ends_later(kept, other, (int)i) : says_more(f, kept->value[i], other->value[i]))
            record_put(kept, (int)i, other->value[i]);
    }
}

/* ---- moving -----------------------------------------------------------------------------------
 */

static enum status move_all(struct session *s, const struct record_type *t, int64_t stays,
                            int64_t goes, struct error *err);

static enum status make_one(struct session *s, struct record *r, int64_t twin, struct error *err)
{
    struct record *kept;
    enum status st = record_load(s, r->type, twin, &kept, err);
    if (st != ST_OK)
        return st;
    st = move_all(s, r->type, twin, r->id, err);
    absorb(kept, r);
    if (st == ST_OK)
        st = record_remove(s, r->type, r->id, 0, err);
    if (st == ST_OK)
        st = record_update(s, kept, err);
    record_free(kept);
    return st;
}

static enum status move_one(struct session *s, const struct record_type *by, int field, int64_t id,
                            int64_t stays, struct error *err)
{
    struct record *r;
    struct buf to = {0};
    int64_t twin = 0;
    const char *key = key_of(by, by->fields[field].name);
    enum status st = record_load(s, by, id, &r, err);
    if (st != ST_OK)
        return st;
    buf_addf(&to, "%lld", (long long)stays);
    record_put(r, field, to.s);
    if (key)
        st = find_twin(s, r, key, &twin, err);
    if (st == ST_OK)
        st = twin ? make_one(s, r, twin, err) : record_update(s, r, err);
    record_free(r);
    buf_free(&to);
    return st;
}

/* An organisation is not below itself. */
static enum status move_or_clear(struct session *s, const struct record_type *by, int field,
                                 int64_t id, int64_t stays, struct error *err)
{
    struct record *r;
    enum status st;
    if (id != stays || by->fields[field].ref != by->id)
        return move_one(s, by, field, id, stays, err);
    st = record_load(s, by, id, &r, err);
    if (st != ST_OK)
        return st;
    record_put(r, field, NULL);
    st = record_update(s, r, err);
    record_free(r);
    return st;
}

/* All whose field refers to `goes`, each by itself: what is moved no longer does. */
static enum status move_field(struct session *s, const struct record_type *by, int field,
                              int64_t stays, int64_t goes, struct error *err)
{
    struct buf sql = {0};
    enum status st = ST_OK;
    bool found = true;
    int64_t id;
    buf_addf(&sql, "SELECT id FROM %s WHERE ", by->table);
    field_column(&by->fields[field], &sql);
    buf_add(&sql, " = ?1 ORDER BY id LIMIT 1");
    while (st == ST_OK && found) {
        st = db_get_int(s->db, &id, &found, err, sql.s, "i", goes);
        if (st == ST_OK && found)
            st = move_or_clear(s, by, field, id, stays, err);
    }
    buf_free(&sql);
    return st;
}

static enum status move_all(struct session *s, const struct record_type *t, int64_t stays,
                            int64_t goes, struct error *err)
{
    enum status st = ST_OK;
    for (int i = T_NONE + 1; st == ST_OK && i < T_COUNT; i++) {
        const struct record_type *by = type_by_id((enum type_id)i);
        for (size_t f = 0; st == ST_OK && f < by->nfields; f++)
            if (by->fields[f].kind == FIELD_REF && by->fields[f].ref == t->id)
                st = move_field(s, by, (int)f, stays, goes, err);
    }
    return st;
}

/* ---- the two themselves -----------------------------------------------------------------------
 */

static void full_name(const struct record *r, struct buf *out)
{
    const char *given = record_get(r, "given_name"), *family = record_get(r, "family_name");
    if (r->type->id != T_PERSON) {
        buf_add(out, record_get(r, "name") ? record_get(r, "name") : "");
        return;
    }
    buf_addf(out, "%s%s%s", given ? given : "", given && family ? " " : "", family ? family : "");
}

static void add_alias(struct record *merged, const char *name)
{
    int f = type_field(merged->type, "alias");
    struct buf all = {0};
    if (merged->value[f])
        buf_addf(&all, "%s; ", merged->value[f]);
    buf_add(&all, name);
    record_put(merged, f, all.s);
    buf_free(&all);
}

static bool has_alias(const struct record *r, const char *name)
{
    const char *p = record_get(r, "alias");
    bool has = false;
    while (p && *p && !has) {
        size_t n = strcspn(p, ";");
        char *one = mem_strndup(p, n);
        char *tidy = text_tidy(one, false);
        has = tidy && text_same(tidy, name);
        free(tidy);
        free(one);
        p += n + (p[n] == ';');
    }
    return has;
}

/* Both names find the one that stays. */
static void keep_names(struct record *merged, const struct record *was, const struct record *gone)
{
    const struct record *both[] = {was, gone};
    struct buf now = {0};
    full_name(merged, &now);
    for (size_t i = 0; i < 2; i++) {
        struct buf name = {0};
        full_name(both[i], &name);
        if (name.len && !text_same(name.s, buf_str(&now)) && !has_alias(merged, name.s))
            add_alias(merged, name.s);
        buf_free(&name);
    }
    buf_free(&now);
}

static enum status refuse(const struct record_type *t, const char *why, struct error *err)
{
    return error_set(err, ST_REFUSED, lang_tr(t->label), _("choose two different ones"), "%s", why);
}

static enum status unite(struct session *s, struct record *merged, int64_t goes,
                         int64_t goes_version, struct error *err)
{
    const struct record_type *t = merged->type;
    struct record *was = NULL, *gone = NULL;
    enum status st = record_load(s, t, merged->id, &was, err);
    if (st == ST_OK)
        st = record_load(s, t, goes, &gone, err);
    if (st == ST_OK && (was->version != merged->version || gone->version != goes_version))
        st = error_set(err, ST_CONFLICT, lang_tr(t->label), _("look at both again"), "%s",
                       _("somebody else changed one of the two meanwhile"));
    if (st == ST_OK)
        st = move_all(s, t, merged->id, goes, err);
    /* Before the other takes what only one may have: an organisation number. */
    if (st == ST_OK)
        st = record_remove(s, t, goes, goes_version, err);
    if (st == ST_OK) {
        struct record *now;
        keep_names(merged, was, gone);
        st = record_load(s, t, merged->id, &now, err);
        if (st == ST_OK) {
            merged->version = now->version; /* its own reference may have been cleared */
            record_free(now);
            st = record_update(s, merged, err);
        }
    }
    record_free(was);
    record_free(gone);
    return st;
}

enum status merge_records(struct session *s, struct record *merged, int64_t goes,
                          int64_t goes_version, struct error *err)
{
    const struct record_type *t = merged->type;
    if (t->id != T_PERSON && t->id != T_ORGANISATION)
        return refuse(t, _("only people and organisations can be made one"), err);
    if (merged->id == goes)
        return refuse(t, _("these are one and the same already"), err);
    enum status st = session_begin(s, ACT_MERGE, err);
    if (st != ST_OK)
        return st;
    st = unite(s, merged, goes, goes_version, err);
    if (st == ST_OK)
        return session_commit(s, err);
    session_rollback(s);
    return st;
}

/* ---- before it is done -------------------------------------------------------------------------
 */

static enum status count_words(struct session *s, const struct record_type *by, int field,
                               int64_t goes, struct buf *out, struct error *err)
{
    struct buf sql = {0};
    int64_t n = 0;
    buf_addf(&sql, "SELECT count(*) FROM %s WHERE ", by->table);
    field_column(&by->fields[field], &sql);
    buf_add(&sql, " = ?1");
    enum status st = db_get_int(s->db, &n, NULL, err, sql.s, "i", goes);
    if (st == ST_OK && n)
        buf_addf(out, "%lld %s\n", (long long)n, lang_tr(n == 1 ? by->label : by->label_plural));
    buf_free(&sql);
    return st;
}

static enum status twin_words(struct session *s, int64_t stays, int64_t goes, struct buf *out,
                              struct error *err)
{
    struct error mine = {0};
    struct stmt *st = db_query(s->db, &mine,
                               "SELECT o.code || '/' || c.number FROM enrolment a JOIN enrolment b"
                               " ON b.cohort_id = a.cohort_id JOIN cohort c ON c.id = a.cohort_id"
                               " JOIN offering o ON o.id = c.offering_id WHERE a.person_id = ?1 AND"
                               " b.person_id = ?2 ORDER BY o.sort_key, c.number",
                               "ii", stays, goes);
    enum step step;
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        buf_addf(out, _("Both are in %s: their attendance is put together."), stmt_str(st, 0));
        buf_addc(out, '\n');
    }
    if (step == STEP_ERROR && err)
        *err = mine;
    return step == STEP_ERROR ? mine.code : ST_OK;
}

enum status merge_words(struct session *s, const struct record_type *t, int64_t stays, int64_t goes,
                        struct buf *out, struct error *err)
{
    enum status st = ST_OK;
    for (int i = T_NONE + 1; st == ST_OK && i < T_COUNT; i++) {
        const struct record_type *by = type_by_id((enum type_id)i);
        for (size_t f = 0; st == ST_OK && f < by->nfields; f++)
            if (by->fields[f].kind == FIELD_REF && by->fields[f].ref == t->id)
                st = count_words(s, by, (int)f, goes, out, err);
    }
    return st == ST_OK && t->id == T_PERSON ? twin_words(s, stays, goes, out, err) : st;
}

size_t merge_candidates(struct session *s, const struct record_type *t, int64_t id, int64_t *out,
                        size_t max)
{
    static const char people[] =
        "SELECT p.id FROM person p, person m WHERE m.id = ?1 AND p.id <> ?1 AND p.email = m.email"
        " UNION SELECT p.id FROM person p, person m WHERE m.id = ?1 AND p.id <> ?1"
        " AND p.sort_key = m.sort_key LIMIT ?2";
    static const char organisations[] =
        "SELECT o.id FROM organisation o, organisation m WHERE m.id = ?1 AND o.id <> ?1"
        " AND o.match_name = m.match_name LIMIT ?2";
    size_t n = 0;
    struct stmt *st =
        db_query(s->db, NULL, t->id == T_PERSON ? people : organisations, "ii", id, (int64_t)max);
    while (n < max && stmt_step(st, NULL) == STEP_ROW)
        out[n++] = stmt_int(st, 0);
    if (st)
        stmt_reset(st);
    return n;
}
