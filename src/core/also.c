#include "config.h"

#include "core/also.h"

#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/lookup.h"
#include "samling/mem.h"
#include "samling/text.h"

/* ---- what an alias says ---------------------------------------------------------------------- */

/* The alias number `i`, tidied; NULL when there are no more. Caller frees. */
static char *alias_at(const char *all, size_t i)
{
    for (const char *p = all; p && *p;) {
        size_t len = strcspn(p, ";");
        char *piece = mem_strndup(p, len), *tidy = text_tidy(piece, false);
        free(piece);
        if (tidy && i-- == 0)
            return tidy;
        free(tidy);
        p += len + (p[len] == ';');
    }
    return NULL;
}

/* "Hansen, Kari" as it is said. */
static void fold_name(const char *name, struct buf *out)
{
    const char *comma = strchr(name, ',');
    if (comma) {
        char *family = mem_strndup(name, (size_t)(comma - name));
        text_fold_match(out, comma + 1);
        text_fold_match(out, family);
        free(family);
    } else {
        text_fold_match(out, name);
    }
}

/* A word by itself: the given name that people use, or a family name from before a wedding. Which
 * one, nobody says. */
static void put_in(const struct record *r, const char *word, bool as_given, struct buf *out)
{
    buf_clear(out);
    text_fold_match(out, as_given ? word : record_get(r, "given_name"));
    text_fold_match(out, as_given ? record_get(r, "family_name") : word);
}

bool record_also(const struct record *r, size_t i, struct buf *out)
{
    const char *all = record_get(r, "alias");
    bool person = r->type->id == T_PERSON, found = false;
    char *name;
    size_t past = 0; /* forms of the aliases before */
    buf_clear(out);
    for (size_t k = 0; !found && (name = alias_at(all, k)) != NULL; k++) {
        fold_name(name, out);
        size_t forms = out->len == 0 ? 0 : person && !strchr(out->s, ' ') ? 2 : 1;
        found = i < past + forms;
        if (!found)
            buf_clear(out);
        if (found && forms == 2)
            put_in(r, name, i == past, out);
        past += forms;
        free(name);
    }
    return found;
}

/* ---- the table ------------------------------------------------------------------------------- */

/* A person is looked for by the ends of a name, as in the index person_match. */
static void stored_form(const struct record *r, const char *name, struct buf *out)
{
    buf_clear(out);
    if (r->type->id == T_PERSON)
        name_ends(name, out);
    else
        buf_add(out, name);
}

enum status also_forget(struct session *s, const struct record_type *t, int64_t id,
                        struct error *err)
{
    if (type_field(t, "alias") < 0)
        return ST_OK;
    return db_run(s->db, err, "DELETE FROM also_name WHERE type = ?1 AND record_id = ?2", "ii",
                  (int64_t)t->id, id);
}

static enum status add_all(struct session *s, const struct record *r, struct error *err)
{
    struct buf name = {0}, stored = {0};
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && record_also(r, i, &name); i++) {
        stored_form(r, name.s, &stored);
        st = db_run(s->db, err,
                    "INSERT OR IGNORE INTO also_name (match_name, type, record_id)"
                    " VALUES (?1, ?2, ?3)",
                    "tii", stored.s, (int64_t)r->type->id, r->id);
    }
    buf_free(&name);
    buf_free(&stored);
    return st;
}

enum status also_write(struct session *s, const struct record *was, const struct record *r,
                       struct error *err)
{
    enum status st = ST_OK;
    if (was && record_get(was, "alias"))
        st = also_forget(s, r->type, r->id, err);
    if (st == ST_OK && record_get(r, "alias"))
        st = add_all(s, r, err);
    return st;
}

/* ---- verification ---------------------------------------------------------------------------- */

static bool is_form_of(const struct record *r, const char *stored)
{
    struct buf name = {0}, form = {0};
    bool is = false;
    for (size_t i = 0; !is && record_also(r, i, &name); i++) {
        stored_form(r, name.s, &form);
        is = strcmp(form.s, stored) == 0;
    }
    buf_free(&name);
    buf_free(&form);
    return is;
}

static bool all_found(struct session *s, const struct record *r)
{
    struct buf name = {0}, form = {0};
    bool all = true;
    for (size_t i = 0; all && record_also(r, i, &name); i++) {
        int64_t n = 0;
        stored_form(r, name.s, &form);
        db_get_int(s->db, &n, NULL, NULL,
                   "SELECT count(*) FROM also_name WHERE match_name = ?1 AND type = ?2"
                   " AND record_id = ?3",
                   "tii", form.s, (int64_t)r->type->id, r->id);
        all = n == 1;
    }
    buf_free(&name);
    buf_free(&form);
    return all;
}

static bool holds(struct session *s, const struct record *r)
{
    bool true_ones = all_found(s, r);
    struct stmt *st =
        db_query(s->db, NULL, "SELECT match_name FROM also_name WHERE type = ?1 AND record_id = ?2",
                 "ii", (int64_t)r->type->id, r->id);
    while (stmt_step(st, NULL) == STEP_ROW)
        true_ones = is_form_of(r, stmt_str(st, 0)) && true_ones;
    return true_ones;
}

struct check {
    struct session *s;
    void (*report)(void *, const char *);
    void *arg;
    int *n;
};

static void tell(struct check *c, const struct record_type *t, int64_t id)
{
    struct buf words = {0};
    buf_addf(&words, _("%s %lld: the %s is not what the record says"), lang_tr(t->label),
             (long long)id, _("list of other names"));
    c->report(c->arg, words.s);
    ++*c->n;
    buf_free(&words);
}

/* Those that have an alias, and those that the table says have one. */
static enum status verify_type(struct check *c, const struct record_type *t, struct error *err)
{
    struct buf sql = {0};
    struct error mine = {0};
    buf_addf(&sql,
             "SELECT id FROM %s WHERE alias IS NOT NULL UNION"
             " SELECT record_id FROM also_name WHERE type = ?1",
             t->table);
    struct stmt *st = db_query(c->s->db, &mine, sql.s, "i", (int64_t)t->id);
    enum step step;
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        struct record *r;
        int64_t id = stmt_int(st, 0);
        if (record_load(c->s, t, id, &r, NULL) != ST_OK || !holds(c->s, r))
            tell(c, t, id);
        record_free(r);
    }
    buf_free(&sql);
    if (step == STEP_ERROR && err)
        *err = mine;
    return step == STEP_ERROR ? mine.code : ST_OK;
}

enum status also_verify(struct session *s, void (*report)(void *, const char *), void *arg, int *n,
                        struct error *err)
{
    struct check c = {s, report, arg, n};
    enum status st = ST_OK;
    for (int i = T_NONE + 1; st == ST_OK && i < T_COUNT; i++)
        if (type_field(type_by_id((enum type_id)i), "alias") >= 0)
            st = verify_type(&c, type_by_id((enum type_id)i), err);
    return st;
}
