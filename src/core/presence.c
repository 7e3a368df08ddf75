#include "config.h"

#include "samling/presence.h"

#include "samling/text.h"

#include "core/store.h"

/* What tells this login from others of the same user. */
static enum status know_session(struct session *s, struct error *err)
{
    if (s->token)
        return ST_OK;
    return db_get_text(s->db, &s->token, err, "SELECT lower(hex(randomblob(16)))", NULL);
}

static bool is_silent(const struct session *s, int64_t id)
{
    return !id || s->role < ROLE_ADVISER || db_is_read_only(s->db);
}

static enum status write_down(struct session *s, const struct record_type *t, int64_t id,
                              struct error *err)
{
    int64_t now = now_seconds();
    enum status st =
        db_run(s->db, err, "DELETE FROM presence WHERE at < ?1", "i", now - PRESENCE_STALE);
    if (st == ST_OK)
        st = db_run(s->db, err,
                    "INSERT INTO presence (user_id, session, type, record_id, at)"
                    " VALUES (?1, ?2, ?3, ?4, ?5)"
                    " ON CONFLICT (session, type, record_id) DO UPDATE SET at = excluded.at",
                    "itiii", s->user, s->token, (int64_t)t->id, id, now);
    return st;
}

enum status presence_enter(struct session *s, const struct record_type *t, int64_t id,
                           struct error *err)
{
    if (is_silent(s, id))
        return ST_OK;
    enum status st = know_session(s, err);
    if (st == ST_OK && !s->user) /* their row is made as at any other first write */
        st = setting_set(s, false, "known", "1", err);
    if (st == ST_OK)
        st = db_begin(s->db, err);
    if (st != ST_OK)
        return st;
    st = write_down(s, t, id, err);
    if (st == ST_OK)
        return db_commit(s->db, err);
    db_rollback(s->db);
    return st;
}

enum status presence_leave(struct session *s, const struct record_type *t, int64_t id,
                           struct error *err)
{
    int64_t there = 0;
    if (is_silent(s, id) || !s->token)
        return ST_OK;
    enum status st = db_get_int(
        s->db, &there, NULL, err,
        "SELECT count(*) FROM presence WHERE session = ?1 AND type = ?2 AND record_id = ?3", "tii",
        s->token, (int64_t)t->id, id);
    if (st != ST_OK || !there)
        return st; /* no lock for nothing */
    return db_run(s->db, err,
                  "DELETE FROM presence WHERE session = ?1 AND type = ?2 AND record_id = ?3", "tii",
                  s->token, (int64_t)t->id, id);
}

enum status presence_others(struct session *s, const struct record_type *t, int64_t id,
                            struct buf *out, struct error *err)
{
    struct error mine = {0};
    const char *between = "";
    struct stmt *st =
        db_query(s->db, &mine,
                 "SELECT DISTINCT coalesce(u.full_name, u.name) AS who"
                 " FROM presence p JOIN user u ON u.id = p.user_id"
                 " WHERE p.type = ?1 AND p.record_id = ?2 AND p.at >= ?3"
                 " AND p.session IS NOT ?4 ORDER BY who",
                 "iiit", (int64_t)t->id, id, now_seconds() - PRESENCE_STALE, s->token);
    enum step step;
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        buf_add(out, between);
        text_clean(out, stmt_str(st, 0), false);
        between = ", ";
    }
    if (step == STEP_DONE)
        return ST_OK;
    if (err)
        *err = mine;
    return mine.code;
}
