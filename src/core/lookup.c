#include "config.h"

#include "samling/lookup.h"

#include <string.h>

#include "samling/text.h"

void found_add(struct found *f, int64_t id)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->id[i] == id)
            return;
    if (f->n < LOOKUP_MAX)
        f->id[f->n++] = id;
}

/* Takes the statement; a NULL one was refused, with *mine telling why. */
static enum status collect(struct stmt *st, struct found *out, struct error *mine,
                           struct error *err)
{
    enum step step;
    while ((step = stmt_step(st, mine)) == STEP_ROW)
        found_add(out, stmt_int(st, 0));
    if (step == STEP_DONE)
        return ST_OK;
    if (err)
        *err = *mine;
    return mine->code;
}

/* ---- people ---------------------------------------------------------------------------------- */

enum status lookup_people_by_email(struct session *s, const char *email, int64_t last,
                                   struct found *out, struct error *err)
{
    struct error mine = {0};
    struct stmt *st = db_query(
        s->db, &mine, "SELECT id FROM person WHERE email = ?1 AND id <= ?2 ORDER BY id LIMIT 64",
        "ti", email, last);
    return collect(st, out, &mine, err);
}

/* ---- organisations --------------------------------------------------------------------------- */

/* Each word as a phrase of its own: folded words hold no quotes. */
static void quote_words(const char *words, struct buf *out)
{
    struct buf folded = {0};
    text_fold_search(&folded, words);
    for (const char *p = buf_str(&folded); *p;) {
        size_t n = strcspn(p, " ");
        buf_add(out, out->len ? " \"" : "\"");
        buf_addn(out, p, n);
        buf_addc(out, '"');
        p += n + (p[n] == ' ');
    }
    buf_free(&folded);
}

enum status lookup_organisations_by_words(struct session *s, const char *words, int64_t last,
                                          struct found *out, struct error *err)
{
    struct error mine = {0};
    struct buf match = {0};
    enum status st = ST_OK;
    quote_words(words, &match);
    if (match.len) {
        struct stmt *q =
            db_query(s->db, &mine,
                     "SELECT rowid FROM organisation_search WHERE organisation_search MATCH ?1"
                     " AND rowid <= ?2 ORDER BY rowid LIMIT 64",
                     "ti", match.s, last);
        st = collect(q, out, &mine, err);
    }
    buf_free(&match);
    return st;
}

enum status lookup_organisations_by_orgno(struct session *s, const char *orgno, int64_t last,
                                          struct found *out, struct error *err)
{
    struct error mine = {0};
    struct stmt *st =
        db_query(s->db, &mine, "SELECT id FROM organisation WHERE orgno = ?1 AND id <= ?2", "ti",
                 orgno, last);
    return collect(st, out, &mine, err);
}

/* ---- what belongs to them -------------------------------------------------------------------- */

enum status lookup_positions(struct session *s, int64_t person, struct found *out,
                             struct error *err)
{
    struct error mine = {0};
    struct stmt *st = db_query(
        s->db, &mine, "SELECT id FROM position WHERE person_id = ?1 ORDER BY id", "i", person);
    return collect(st, out, &mine, err);
}

enum status lookup_enrolment(struct session *s, int64_t cohort, int64_t person, int64_t *id,
                             struct error *err)
{
    return db_get_int(s->db, id, NULL, err,
                      "SELECT id FROM enrolment WHERE cohort_id = ?1 AND person_id = ?2", "ii",
                      cohort, person);
}

enum status lookup_last(struct session *s, const struct record_type *t, int64_t *id,
                        struct error *err)
{
    struct buf sql = {0};
    buf_addf(&sql, "SELECT coalesce(max(id), 0) FROM %s", t->table);
    enum status st = db_get_int(s->db, id, NULL, err, sql.s, NULL);
    buf_free(&sql);
    return st;
}
