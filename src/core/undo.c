/* Undo and redo: the changes of a set are read, then taken back newest first. What was edited or is
 * used since stays, and is reported. */
#include "config.h"

#include "samling/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "core/store.h"

enum status undo_next(struct session *s, bool redo, int64_t *set, struct error *err)
{
    if (!redo)
        return db_get_int(s->db, set, NULL, err,
                          /* An example is what the database was made with: one undo too many must
                             not empty it. */
                          "SELECT id FROM change_set WHERE user_id = ?1 AND act NOT IN (?2, ?3) "
                          "AND undone IS NULL"
                          " ORDER BY id DESC LIMIT 1",
                          "iii", s->user, (int64_t)ACT_UNDO, (int64_t)ACT_EXAMPLE);
    /* Something new since the undo closes the way back. */
    return db_get_int(
        s->db, set, NULL, err,
        "SELECT id FROM change_set u WHERE user_id = ?1 AND act = ?2 AND undone IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM change_set n WHERE n.user_id = ?1 AND n.id > u.id"
        " AND n.act NOT IN (?2, ?3)) ORDER BY id DESC LIMIT 1",
        "iii", s->user, (int64_t)ACT_UNDO, (int64_t)ACT_REDO);
}

/* ---- what a removed record was called -------------------------------------------------------- */

/* The change set in which it was last removed; 0: in none. */
static int64_t removal_of(struct session *s, const struct record_type *t, int64_t id)
{
    int64_t set = 0;
    db_get_int(s->db, &set, NULL, NULL,
               "SELECT max(set_id) FROM change WHERE type = ?1 AND record_id = ?2"
               " AND operation = 'remove'",
               "ii", (int64_t)t->id, id);
    return set;
}

/* The type's own title, of the values that the removal left in the history: nothing when what it
 * names is gone too. */
static void add_title_of_old(struct session *s, const struct record_type *t, int64_t id,
                             int64_t set, struct buf *out)
{
    struct buf sql = {0};
    char *title = NULL;
    buf_addf(&sql, "SELECT %s FROM (SELECT record_id AS id", t->title);
    for (size_t i = 0; i < t->nfields; i++) {
        buf_addf(&sql, ", max(CASE field WHEN '%s' THEN old END) AS ", t->fields[i].name);
        field_column(&t->fields[i], &sql);
    }
    buf_add(&sql, " FROM change WHERE set_id = ?1 AND type = ?2 AND record_id = ?3"
                  " AND operation = 'remove') r");
    if (db_get_text(s->db, &title, NULL, sql.s, "iii", set, (int64_t)t->id, id) == ST_OK && title)
        text_clean(out, title, false);
    free(title);
    buf_free(&sql);
}

static void add_record_words(struct session *s, const struct record_type *t, int64_t id,
                             struct buf *out);

/* Of the fields that name it, those that are words, or name others: which were removed too. */
static void add_old_names(struct session *s, const struct record_type *t, int64_t id, int64_t set,
                          struct buf *out)
{
    size_t before = out->len;
    for (size_t i = 0; i < t->nfields; i++) {
        const struct field *f = &t->fields[i];
        char *old = NULL;
        if (!(f->flags & F_KEY) || (f->kind != FIELD_TEXT && f->kind != FIELD_REF))
            continue;
        db_get_text(s->db, &old, NULL,
                    "SELECT old FROM change WHERE set_id = ?1 AND type = ?2 AND record_id = ?3"
                    " AND operation = 'remove' AND field = ?4",
                    "iiit", set, (int64_t)t->id, id, f->name);
        if (old && out->len > before)
            buf_add(out, ", ");
        if (old && f->kind == FIELD_REF)
            add_record_words(s, type_by_id(f->ref), atoll(old), out);
        else if (old)
            text_clean(out, old, false);
        free(old);
    }
}

static void add_record_words(struct session *s, const struct record_type *t, int64_t id,
                             struct buf *out)
{
    size_t before = out->len;
    record_title(s, t, id, out);
    int64_t set = out->len == before ? removal_of(s, t, id) : 0;
    if (set)
        add_title_of_old(s, t, id, set, out);
    if (set && out->len == before)
        add_old_names(s, t, id, set, out);
    if (out->len == before)
        buf_addf(out, "%s %lld", lang_tr(t->label), (long long)id);
}

/* ---- words ------------------------------------------------------------------------------------
 */

/* The act that a chain of undo and redo began with: what both are called. */
static int64_t origin_of(struct session *s, int64_t set)
{
    int64_t origin = set;
    db_get_int(s->db, &origin, NULL, NULL,
               "WITH RECURSIVE chain(id, undoes, act) AS (SELECT id, undoes, act FROM change_set"
               " WHERE id = ?1 UNION ALL SELECT c.id, c.undoes, c.act FROM chain JOIN change_set c"
               " ON c.id = chain.undoes WHERE chain.act IN (?2, ?3)) SELECT min(id) FROM chain",
               "iii", set, (int64_t)ACT_UNDO, (int64_t)ACT_REDO);
    return origin;
}

enum act undo_act(struct session *s, int64_t set)
{
    int64_t act = 0;
    db_get_int(s->db, &act, NULL, NULL, "SELECT act FROM change_set WHERE id = ?1", "i",
               origin_of(s, set));
    return (enum act)act;
}

void undo_words(struct session *s, int64_t set, struct buf *out)
{
    char *file = NULL;
    int64_t origin = origin_of(s, set); /* undone or done again, it is called the same */
    db_get_text(s->db, &file, NULL,
                "SELECT b.file FROM change_set s JOIN batch b ON b.id = s.batch_id WHERE s.id = ?1",
                "i", origin);
    buf_addf(out, "%s: ", act_label(undo_act(s, set)));
    if (file) {
        text_clean(out, file, false);
        free(file);
        return;
    }
    /* Parts go before the whole that is removed, and come after the whole that is made. */
    struct stmt *st = db_query(
        s->db, NULL,
        "SELECT type, record_id, CASE WHEN operation = 'set' THEN field END,"
        " (SELECT count(*) FROM (SELECT DISTINCT type, record_id FROM change WHERE set_id = ?1))"
        " FROM change WHERE set_id = ?1 ORDER BY operation = 'remove' DESC,"
        " CASE operation WHEN 'remove' THEN -id ELSE id END LIMIT 1",
        "i", origin);
    if (stmt_step(st, NULL) != STEP_ROW)
        return;
    const struct record_type *t = type_by_id((enum type_id)stmt_int(st, 0));
    int64_t id = stmt_int(st, 1), records = stmt_int(st, 3);
    int field = t && stmt_text(st, 2) ? type_field(t, stmt_text(st, 2)) : -1;
    stmt_reset(st);
    if (t)
        add_record_words(s, t, id, out);
    if (t && field >= 0)
        buf_addf(out, " (%s)", lang_tr(t->fields[field].label));
    if (records > 1)
        buf_addf(out, _(" and %lld more"), (long long)records - 1);
}

enum status undo_each(struct session *s, size_t limit,
                      bool (*fn)(void *, int64_t set, int64_t at, const char *words), void *arg,
                      struct error *err)
{
    struct error mine = {0};
    struct buf words = {0};
    enum step step;
    bool on = true;
    /* All are read first: what says the words asks the database too. */
    struct {
        int64_t set, at;
    } *found = mem_alloc(limit * sizeof *found);
    size_t n = 0;
    struct stmt *st =
        db_query(s->db, &mine,
                 "SELECT id, at FROM change_set WHERE user_id = ?1 AND act NOT IN"
                 " (?2, ?3) AND undone IS NULL ORDER BY id DESC LIMIT ?4",
                 "iiii", s->user, (int64_t)ACT_UNDO, (int64_t)ACT_EXAMPLE, (int64_t)limit);
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        found[n].set = stmt_int(st, 0);
        found[n++].at = stmt_int(st, 1);
    }
    for (size_t i = 0; i < n && on && step == STEP_DONE; i++) {
        buf_clear(&words);
        undo_words(s, found[i].set, &words);
        on = fn(arg, found[i].set, found[i].at, buf_str(&words));
    }
    free(found);
    buf_free(&words);
    if (step == STEP_DONE)
        return ST_OK;
    if (err)
        *err = mine;
    return mine.code;
}

/* One record's part of a change set, read before anything is written. */
struct step_back {
    const struct record_type *type;
    int64_t id, version;
    char operation[8];
    struct {
        int field;
        char *old, *new_value;
    } * value;
    size_t n, cap;
};

struct plan {
    struct step_back *step;
    size_t n, cap;
};

static void plan_free(struct plan *p)
{
    for (size_t i = 0; i < p->n; i++) {
        for (size_t j = 0; j < p->step[i].n; j++) {
            free(p->step[i].value[j].old);
            free(p->step[i].value[j].new_value);
        }
        free(p->step[i].value);
    }
    free(p->step);
}

/* Newest first; the rows of one operation on one record lie together. */
static enum status plan_read(struct session *s, int64_t set, struct plan *p, struct error *err)
{
    struct error mine = {0};
    struct stmt *st =
        db_query(s->db, &mine,
                 "SELECT type, record_id, operation, version, field, old, new FROM change"
                 " WHERE set_id = ?1 ORDER BY id DESC",
                 "i", set);
    enum step step;
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        const struct record_type *t = type_by_id((enum type_id)stmt_int(st, 0));
        struct step_back *last = p->n ? &p->step[p->n - 1] : NULL;
        if (!t)
            continue;
        if (!last || last->type != t || last->id != stmt_int(st, 1) ||
            last->version != stmt_int(st, 3) || strcmp(last->operation, stmt_str(st, 2)) != 0) {
            p->step = mem_grow(p->step, &p->cap, p->n + 1, sizeof *p->step);
            last = &p->step[p->n++];
            *last =
                (struct step_back){.type = t, .id = stmt_int(st, 1), .version = stmt_int(st, 3)};
            snprintf(last->operation, sizeof last->operation, "%s", stmt_str(st, 2));
        }
        int field = stmt_text(st, 4) ? type_field(t, stmt_text(st, 4)) : -1;
        if (field < 0)
            continue;
        last->value = mem_grow(last->value, &last->cap, last->n + 1, sizeof *last->value);
        last->value[last->n].field = field;
        last->value[last->n].old = mem_strdup(stmt_text(st, 5));
        last->value[last->n++].new_value = mem_strdup(stmt_text(st, 6));
    }
    if (step == STEP_DONE)
        return ST_OK;
    if (err)
        *err = mine;
    return mine.code;
}

static void keep(struct session *s, struct undo_report *report, const struct record_type *t,
                 int64_t id, const char *why)
{
    report->kept++;
    if (!report->kept_line)
        return;
    struct buf b = {0}, title = {0};
    record_title(s, t, id, &title);
    if (!title.len)
        buf_addf(&title, "%lld", (long long)id);
    buf_addf(&b, "%s %s: %s", lang_tr(t->label), title.s, why);
    report->kept_line(report->arg, b.s);
    buf_free(&b);
    buf_free(&title);
}

/* What is being taken back: a change set, and the import whose it is (0: none). */
struct origin {
    int64_t set, batch;
    int64_t root; /* the change set that it all began with */
};

/* Was it made by what is being taken back? */
#define MADE_HERE(row, type)                                                                       \
    "((?2 <> 0 AND " row ".batch_id IS ?2) OR EXISTS (SELECT 1 FROM change c WHERE c.type = " type \
    " AND c.record_id = " row ".id AND c.operation = 'add' AND c.set_id = ?3))"

static bool is_part_field(const struct record_type *t, size_t f)
{
    return t->fields[f].kind == FIELD_REF && (t->fields[f].flags & F_CASCADE) && !t->plain &&
           !t->unlogged;
}

/* Would a part go with it that came later, by other hands? */
static enum status has_later_part(struct session *s, const struct record_type *t, int64_t id,
                                  const struct origin *from, bool *out, struct error *err)
{
    enum status st = ST_OK;
    *out = false;
    for (int i = T_NONE + 1; st == ST_OK && !*out && i < T_COUNT; i++) {
        const struct record_type *by = type_by_id((enum type_id)i);
        for (size_t f = 0; st == ST_OK && !*out && f < by->nfields; f++) {
            if (!is_part_field(by, f) || by->fields[f].ref != t->id)
                continue;
            struct buf sql = {0};
            int64_t part;
            buf_addf(&sql, "SELECT r.id FROM %s r WHERE NOT " MADE_HERE("r", "?4") " AND r.",
                     by->table);
            field_column(&by->fields[f], &sql);
            buf_add(&sql, " = ?1 LIMIT 1");
            st = db_get_int(s->db, &part, out, err, sql.s, "iiii", id, from->batch, from->set,
                            (int64_t)by->id);
            buf_free(&sql);
        }
    }
    return st;
}

/* Is it part of something that was made together with it? Then it stays or goes with that. */
static enum status has_owner(struct session *s, const struct record *r, const struct origin *from,
                             bool *out, struct error *err)
{
    enum status st = ST_OK;
    int64_t owned = 0;
    for (size_t f = 0; st == ST_OK && !owned && f < r->type->nfields; f++) {
        if (!is_part_field(r->type, f) || !r->value[f])
            continue;
        const struct record_type *owner = type_by_id(r->type->fields[f].ref);
        struct buf sql = {0};
        buf_addf(&sql, "SELECT count(*) FROM %s o WHERE o.id = ?1 AND " MADE_HERE("o", "?4"),
                 owner->table);
        st = db_get_int(s->db, &owned, NULL, err, sql.s, "iiii", (int64_t)atoll(r->value[f]),
                        from->batch, from->set, (int64_t)owner->id);
        buf_free(&sql);
    }
    *out = owned > 0;
    return st;
}

/* Undoing and doing again go to and fro; what counts is the act that it all began with. */
static enum status find_root(struct session *s, struct origin *from, struct error *err)
{
    return db_get_int(
        s->db, &from->root, NULL, err,
        "WITH RECURSIVE up (id) AS (VALUES (?1) UNION ALL SELECT s.undoes FROM change_set s"
        " JOIN up ON s.id = up.id WHERE s.undoes IS NOT NULL) SELECT min(id) FROM up",
        "i", from->set);
}

/* Did anybody, in a change that still stands, touch the record after what is being taken back? */
static enum status edited_since(struct session *s, const struct record_type *t, int64_t id,
                                const struct origin *from, bool *out, struct error *err)
{
    int64_t other;
    return db_get_int(
        s->db, &other, out, err,
        "SELECT c.id FROM change c JOIN change_set s ON s.id = c.set_id WHERE c.type = ?1"
        " AND c.record_id = ?2 AND c.set_id > ?3 AND s.undone IS NULL AND s.act <> ?4 AND s.id <> "
        "?5 AND ?6 <"
        " (WITH RECURSIVE up (id) AS (SELECT s.id UNION ALL SELECT h.undoes FROM change_set h"
        " JOIN up ON h.id = up.id WHERE h.undoes IS NOT NULL) SELECT min(id) FROM up) LIMIT 1",
        "iiiiii", (int64_t)t->id, id, from->set, (int64_t)ACT_UNDO, s->change_set, from->root);
}

/* Takes away a record that was made. A refusal keeps it; any other failure ends the undo. */
static enum status take_away(struct session *s, const struct record_type *t, int64_t id,
                             const struct origin *from, struct undo_report *report,
                             struct error *err)
{
    struct record *r;
    struct error mine = {0};
    bool edited = false, owned = false, later = false;
    enum status st = record_load(s, t, id, &r, &mine);
    if (st == ST_REFUSED)
        return ST_OK; /* gone already */
    if (st == ST_OK)
        st = has_owner(s, r, from, &owned, &mine);
    record_free(r);
    if (st == ST_OK && owned)
        return ST_OK;
    if (st == ST_OK)
        st = edited_since(s, t, id, from, &edited, &mine);
    if (st == ST_OK && !edited)
        st = has_later_part(s, t, id, from, &later, &mine);
    if (st == ST_OK && !edited && !later)
        st = record_remove(s, t, id, 0, &mine);
    if (st == ST_REFUSED || edited || later) {
        keep(s, report, t, id,
             edited  ? _("edited since, kept")
             : later ? _("used since, kept")
                     : mine.why);
        return ST_OK;
    }
    if (st != ST_OK && err)
        *err = mine;
    return st;
}

/* Is what it refers to still there? A reference that may be empty is emptied. */
static enum status settle_missing(struct session *s, struct record *r, bool *missing,
                                  struct error *err)
{
    enum status st = ST_OK;
    *missing = false;
    for (size_t f = 0; st == ST_OK && f < r->type->nfields; f++) {
        const struct field *field = &r->type->fields[f];
        if (field->kind != FIELD_REF || !r->value[f])
            continue;
        struct buf sql = {0};
        int64_t there;
        buf_addf(&sql, "SELECT count(*) FROM %s WHERE id = ?1", type_by_id(field->ref)->table);
        st = db_get_int(s->db, &there, NULL, err, sql.s, "i", (int64_t)atoll(r->value[f]));
        buf_free(&sql);
        if (st != ST_OK || there)
            continue;
        if (field->flags & F_CLEAR)
            record_put(r, (int)f, NULL);
        else
            *missing = true;
    }
    return st;
}

/* A record that an import had made belongs to it again. */
static enum status put_into_batch(struct session *s, const struct record_type *t, int64_t id,
                                  int64_t batch, struct error *err)
{
    struct buf sql = {0};
    buf_addf(&sql, "UPDATE %s SET batch_id = ?2 WHERE id = ?1", t->table);
    enum status st = db_run(s->db, err, sql.s, "ii", id, batch);
    buf_free(&sql);
    return st;
}

static enum status put_back(struct session *s, const struct step_back *b, int64_t batch,
                            struct undo_report *report, struct error *err)
{
    struct record *r = record_new(b->type), *there = NULL;
    struct error mine = {0};
    bool missing = false;
    r->id = b->id;
    r->version = b->version;
    for (size_t i = 0; i < b->n; i++)
        record_put(r, b->value[i].field, b->value[i].old);
    enum status st = record_load(s, b->type, b->id, &there, &mine);
    record_free(there);
    if (st == ST_OK) { /* somebody put it back already */
        record_free(r);
        return ST_OK;
    }
    if (st == ST_REFUSED)
        st = settle_missing(s, r, &missing, &mine);
    if (st == ST_OK && !missing)
        st = record_insert(s, r, &mine);
    if (st == ST_OK && !missing && batch)
        st = put_into_batch(s, b->type, b->id, batch, &mine);
    record_free(r);
    if (st == ST_REFUSED || missing) {
        keep(s, report, b->type, b->id, missing ? _("what it belongs to is gone") : mine.why);
        return ST_OK;
    }
    if (st != ST_OK && err)
        *err = mine;
    return st;
}

static bool same_value(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static enum status set_back(struct session *s, const struct step_back *b,
                            struct undo_report *report, struct error *err)
{
    struct record *r;
    struct error mine = {0};
    bool some = false, edited = false;
    enum status st = record_load(s, b->type, b->id, &r, &mine);
    if (st == ST_REFUSED) {
        keep(s, report, b->type, b->id, _("removed since"));
        return ST_OK;
    }
    for (size_t i = 0; st == ST_OK && i < b->n; i++) {
        const char *now = r->value[b->value[i].field];
        if (same_value(now, b->value[i].new_value)) {
            record_put(r, b->value[i].field, b->value[i].old);
            some = true;
        } else if (!same_value(now, b->value[i].old)) {
            edited = true;
        }
    }
    if (edited)
        keep(s, report, b->type, b->id, _("edited since, kept"));
    if (st == ST_OK && some) {
        st = record_update(s, r, &mine);
        if (st == ST_REFUSED) {
            keep(s, report, b->type, b->id, mine.why);
            st = ST_OK;
        }
    }
    record_free(r);
    if (st != ST_OK && err)
        *err = mine;
    return st;
}

/* `batch`: whose records are taken away, or put back when an import is done again. */
static enum status take_steps(struct session *s, const struct plan *p, const struct origin *from,
                              struct undo_report *report, struct error *err)
{
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < p->n; i++) {
        const struct step_back *b = &p->step[i];
        if (strcmp(b->operation, "add") == 0)
            st = take_away(s, b->type, b->id, from, report, err);
        else if (strcmp(b->operation, "remove") == 0)
            st = put_back(s, b, from->batch, report, err);
        else
            st = set_back(s, b, report, err);
    }
    return st;
}

/* How many records it concerned in the end, parts that went along among them. */
static enum status count_done(struct session *s, struct undo_report *report, struct error *err)
{
    int64_t n = 0;
    enum status st = db_get_int(
        s->db, &n, NULL, err,
        "SELECT count(*) FROM (SELECT DISTINCT type, record_id FROM change WHERE set_id = ?1)", "i",
        s->change_set);
    report->done = (long)n;
    if (st != ST_OK || n)
        return st;
    return error_set(err, ST_REFUSED, _("undo"), NULL, "%s",
                     report->kept
                         ? _("everything in it was edited or used since; nothing was taken back")
                         : _("there is nothing to take back"));
}

/* `set` 0: there is none to link. A set that takes back an import, or does it again, carries its
 * number. */
static enum status link_sets(struct session *s, const struct origin *from, struct error *err)
{
    int64_t mine;
    enum status st = session_change_set(s, &mine, err);
    if (st == ST_OK)
        st = db_run(s->db, err, "UPDATE change_set SET undoes = ?2, batch_id = ?3 WHERE id = ?1",
                    "iII", mine, from->set, from->batch);
    if (st == ST_OK && from->set)
        st = db_run(s->db, err, "UPDATE change_set SET undone = ?2 WHERE id = ?1", "ii", from->set,
                    mine);
    return st;
}

static enum status mark_batch(struct session *s, int64_t batch, int64_t undone_at,
                              struct error *err)
{
    return db_run(s->db, err,
                  "UPDATE batch SET undone_at = ?2, version = version + 1 WHERE id = ?1", "iI",
                  batch, undone_at);
}

static enum status set_is_open(struct session *s, int64_t set, struct error *err)
{
    bool found;
    int64_t undone;
    enum status st =
        db_get_int(s->db, &undone, &found, err,
                   "SELECT coalesce(undone, 0) FROM change_set WHERE id = ?1", "i", set);
    if (st == ST_OK && (!found || undone))
        st = error_set(err, ST_REFUSED, _("undo"), NULL, "%s",
                       found ? _("it was taken back already") : _("there is nothing to take back"));
    return st;
}

static enum status undo_open_set(struct session *s, struct origin *from, struct undo_report *report,
                                 struct error *err)
{
    struct plan plan = {0};
    enum status st = set_is_open(s, from->set, err);
    if (st == ST_OK)
        st = find_root(s, from, err);
    if (st == ST_OK)
        st = plan_read(s, from->set, &plan, err);
    if (st == ST_OK)
        st = take_steps(s, &plan, from, report, err);
    if (st == ST_OK)
        st = count_done(s, report, err);
    if (st == ST_OK)
        st = link_sets(s, from, err);
    if (st == ST_OK && from->batch)
        st = mark_batch(s, from->batch, 0, err);
    plan_free(&plan);
    return st;
}

enum status undo_set(struct session *s, int64_t set, bool redo, struct undo_report *report,
                     struct error *err)
{
    struct origin from = {.set = set};
    int64_t act = 0;
    enum status st =
        db_get_int(s->db, &from.batch, NULL, err,
                   "SELECT coalesce(batch_id, 0) FROM change_set WHERE id = ?1", "i", set);
    if (st == ST_OK)
        st = db_get_int(s->db, &act, NULL, err, "SELECT act FROM change_set WHERE id = ?1", "i",
                        set);
    if (st == ST_OK && from.batch && act != ACT_UNDO)
        return undo_batch(s, from.batch, report, err);
    if (st == ST_OK)
        st = session_begin(s, redo ? ACT_REDO : ACT_UNDO, err);
    if (st != ST_OK)
        return st;
    st = undo_open_set(s, &from, report, err);
    if (st == ST_OK)
        return session_commit(s, err);
    session_rollback(s);
    return st;
}

/* ---- a whole import -------------------------------------------------------------------------- */

static enum status take_created(struct session *s, const struct record_type *t,
                                const struct origin *from, struct undo_report *report,
                                struct error *err)
{
    struct buf sql = {0};
    int64_t *id = NULL;
    size_t n = 0, cap = 0;
    struct error mine = {0};
    buf_addf(&sql, "SELECT id FROM %s WHERE batch_id = ?1 ORDER BY id DESC", t->table);
    struct stmt *q = db_query(s->db, &mine, sql.s, "i", from->batch);
    enum step step;
    while ((step = stmt_step(q, &mine)) == STEP_ROW) {
        id = mem_grow(id, &cap, n + 1, sizeof *id);
        id[n++] = stmt_int(q, 0);
    }
    enum status st = step == STEP_DONE ? ST_OK : mine.code;
    if (st != ST_OK && err)
        *err = mine;
    for (size_t i = 0; st == ST_OK && i < n; i++)
        st = take_away(s, t, id[i], from, report, err);
    free(id);
    buf_free(&sql);
    return st;
}

/* What refers goes before what it refers to. */
static const enum type_id created_order[] = {T_ATTENDANCE, T_ENROLMENT, T_POSITION, T_GATHERING,
                                             T_COHORT,     T_OFFERING,  T_PERSON,   T_ORGANISATION};

/* What the import changed in records that were there, or, done again, all that it did. */
static enum status batch_sets_back(struct session *s, const struct origin *from,
                                   struct undo_report *report, struct error *err)
{
    struct plan plan = {0};
    enum status st = from->set ? plan_read(s, from->set, &plan, err) : ST_OK;
    if (st == ST_OK)
        st = take_steps(s, &plan, from, report, err);
    plan_free(&plan);
    return st;
}

/* *again: it was taken back already, but perhaps not all of it. */
static enum status find_batch(struct session *s, int64_t batch, bool *again, struct error *err)
{
    char what[40];
    bool found;
    int64_t undone;
    snprintf(what, sizeof what, "%lld", (long long)batch);
    enum status st =
        db_get_int(s->db, &undone, &found, err,
                   "SELECT coalesce(undone_at, 0) FROM batch WHERE id = ?1", "i", batch);
    *again = st == ST_OK && undone;
    if (st == ST_OK && !found)
        st = error_set(err, ST_REFUSED, what, _("see: samling batches"), "%s",
                       _("there is no such import"));
    return st;
}

static enum status take_batch(struct session *s, const struct origin *from,
                              struct undo_report *report, struct error *err)
{
    enum status st = batch_sets_back(s, from, report, err);
    for (size_t i = 0; st == ST_OK && i < sizeof created_order / sizeof *created_order; i++)
        st = take_created(s, type_by_id(created_order[i]), from, report, err);
    if (st == ST_OK)
        st = count_done(s, report, err);
    return st;
}

/* What stayed, because somebody had edited or used it, can go once that is no more: a second undo
 * of the same import takes what is left. */
static enum status undo_open_batch(struct session *s, int64_t batch, struct undo_report *report,
                                   struct error *err)
{
    struct origin from = {.batch = batch};
    bool again;
    char what[40];
    enum status st = find_batch(s, batch, &again, err);
    if (st == ST_OK)
        st = db_get_int(s->db, &from.set, NULL, err,
                        "SELECT id FROM change_set WHERE batch_id = ?1 AND act <> ?2"
                        " ORDER BY undone IS NOT NULL, id DESC LIMIT 1",
                        "ii", batch, (int64_t)ACT_UNDO);
    if (st == ST_OK)
        st = find_root(s, &from, err);
    if (st != ST_OK)
        return st;
    st = take_batch(s, &from, report, err);
    if (st == ST_REFUSED && again && !report->kept) {
        snprintf(what, sizeof what, "%lld", (long long)batch);
        return error_set(err, ST_REFUSED, what, NULL, "%s", _("it was taken back already"));
    }
    if (st == ST_OK)
        st = link_sets(s, &from, err);
    return st == ST_OK ? mark_batch(s, batch, now_seconds(), err) : st;
}

enum { UNDO_ROOM = 24 << 20 };

enum status undo_batch(struct session *s, int64_t batch, struct undo_report *report,
                       struct error *err)
{
    enum status st = session_begin(s, ACT_UNDO, err);
    if (st != ST_OK)
        return st;
    /* The entries of what goes lie all over the indices, and each page is written to many times. */
    db_room(s->db, UNDO_ROOM);
    db_commit_is_large(s->db);
    st = undo_open_batch(s, batch, report, err);
    if (st == ST_OK)
        st = session_commit(s, err);
    else
        session_rollback(s);
    db_room(s->db, 0);
    return st;
}
