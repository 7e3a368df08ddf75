#include "config.h"

#include "samling/session.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "samling/bulk.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/record.h"
#include "samling/text.h"

#include "core/store.h"

static const char *const role_names[] = {"reader", "adviser", "administrator"};

static char *login_name(void)
{
    struct passwd *pw = getpwuid(getuid());
    char *name = text_tidy(pw ? pw->pw_name : NULL, false);
    return name ? name : mem_strdup("?");
}

/* Who is it, and what may they do? Unknown ones are written down when they first write. */
static enum status identify(struct session *s, struct error *err)
{
    int64_t users = 0;
    struct error mine = {0};
    struct stmt *st = db_query(s->db, &mine, "SELECT id, role, active FROM user WHERE name = ?1",
                               "t", s->user_name);
    enum step step = stmt_step(st, &mine);
    if (step == STEP_ERROR) {
        if (err)
            *err = mine;
        return mine.code;
    }
    if (step == STEP_ROW) {
        bool active = stmt_int(st, 2) == 1;
        s->user = stmt_int(st, 0);
        for (size_t i = 0; i < 3; i++)
            if (strcmp(stmt_str(st, 1), role_names[i]) == 0)
                s->role = (enum role)i;
        stmt_reset(st);
        return active ? ST_OK
                      : error_set(err, ST_REFUSED, s->user_name, _("ask an administrator"), "%s",
                                  _("this user is switched off"));
    }
    s->user = 0; /* their row may have been removed since */
    enum status result = db_get_int(s->db, &users, NULL, err, "SELECT count(*) FROM user", NULL);
    s->role = users ? ROLE_ADVISER : ROLE_ADMINISTRATOR;
    return result;
}

enum status session_open(struct session **out, const char *path, unsigned flags, const char *user,
                         struct error *err)
{
    struct session *s = mem_alloc(sizeof *s);
    struct error mine = {0};
    *out = NULL;
    s->today = date_today();
    s->user_name = text_tidy(user, false);
    if (!s->user_name)
        s->user_name = login_name();
    enum status st = db_open(&s->db, path, flags, &mine);
    if (st == ST_OK)
        st = identify(s, &mine);
    if (st == ST_OK)
        st = record_collate(s, &mine);
    if (st != ST_OK) {
        if (err)
            *err = mine;
        session_close(s);
        return st;
    }
    *out = s;
    return ST_OK;
}

void session_close(struct session *s)
{
    if (!s)
        return;
    bulk_drop(s);
    db_close(s->db);
    reindex_free(s);
    store_forget(s);
    free(s->user_name);
    free(s->token);
    free(s);
}

enum status session_need(const struct session *s, enum role need, struct error *err)
{
    if (s->role >= need)
        return ST_OK;
    return error_set(err, ST_REFUSED, s->user_name, _("ask an administrator"), "%s",
                     need == ROLE_ADMINISTRATOR ? _("only an administrator may do this")
                                                : _("a reader may not change anything"));
}

/* The role is read anew with the lock held: it may have been taken away since the log-in. */
static enum status enter(struct session *s, struct error *err)
{
    enum status st = identify(s, err);
    if (st != ST_OK || s->user)
        return st;
    int64_t id;
    st = store_next_id(s, type_by_id(T_USER), &id, err);
    if (st == ST_OK)
        st = db_run(s->db, err,
                    "INSERT INTO user (id, created_at, changed_at, name, role, active) VALUES (?1, "
                    "?2, ?2, ?3, ?4, 1)",
                    "iitt", id, now_seconds(), s->user_name, role_names[s->role]);
    if (st == ST_OK)
        s->user = id;
    store_forget(s);
    return st;
}

enum status session_begin(struct session *s, enum act act, struct error *err)
{
    /* A reader is not made to wait for the lock, but may have become more since the log-in. */
    enum status st = s->role < ROLE_ADVISER ? identify(s, err) : ST_OK;
    if (st == ST_OK)
        st = session_need(s, ROLE_ADVISER, err);
    if (st == ST_OK)
        st = db_begin(s->db, err);
    if (st != ST_OK)
        return st;
    s->change_set = 0;
    s->act = act;
    store_forget(s);
    st = enter(s, err);
    if (st == ST_OK)
        st = session_need(s, ROLE_ADVISER, err);
    if (st != ST_OK)
        session_rollback(s);
    return st;
}

enum status session_commit(struct session *s, struct error *err)
{
    enum status st = ST_OK;
    if (!db_in_transaction(s->db)) /* a full disk, for one, ends it by itself */
        st = error_set(err, ST_DATABASE, db_path(s->db), _("try again"), "%s",
                       _("the change was broken off; nothing was written"));
    if (st == ST_OK)
        st = record_reindex(s, err);
    if (st == ST_OK)
        st = db_commit(s->db, err);
    if (st != ST_OK) {
        session_rollback(s);
        return st;
    }
    s->change_set = 0;
    store_forget(s);
    return ST_OK;
}

void session_rollback(struct session *s)
{
    int64_t there = 0;
    db_rollback(s->db);
    reindex_free(s);
    store_forget(s);
    s->change_set = 0;
    /* The row of a user who was written down in this transaction is gone with it. */
    if (db_get_int(s->db, &there, NULL, NULL, "SELECT id FROM user WHERE id = ?1", "i", s->user) !=
            ST_OK ||
        !there)
        s->user = 0;
}

enum status session_change_set(struct session *s, int64_t *id, struct error *err)
{
    if (!s->change_set) {
        enum status st =
            db_run(s->db, err,
                   "INSERT INTO change_set (at, user_id, act, batch_id) VALUES (?1, ?2, ?3, ?4)",
                   "iiiI", now_seconds(), s->user, (int64_t)s->act, s->batch);
        if (st != ST_OK)
            return st;
        s->change_set = db_last_id(s->db);
    }
    if (id)
        *id = s->change_set;
    return ST_OK;
}

const char *act_label(enum act act)
{
    switch (act) {
    case ACT_ADD: return _("new");
    case ACT_SET: return _("change");
    case ACT_REMOVE: return _("removal");
    case ACT_IMPORT: return _("import");
    case ACT_ATTENDANCE: return _("attendance");
    case ACT_UNDO: return _("undo");
    case ACT_REDO: return _("redo");
    case ACT_EXAMPLE: return _("example");
    case ACT_MERGE: return _("made one of two");
    case ACT_MAX: break;
    }
    return "";
}

enum status setting_get(struct session *s, bool all, const char *name, char **value,
                        struct error *err)
{
    *value = NULL;
    if (!all && !s->user) /* nobody yet, so nothing of their own */
        return ST_OK;
    return db_get_text(s->db, value, err,
                       "SELECT value FROM setting WHERE coalesce(user_id, 0) = ?1 AND name = ?2",
                       "it", all ? (int64_t)0 : s->user, name);
}

static enum status write_setting(struct session *s, bool all, const char *name, const char *value,
                                 struct error *err)
{
    int64_t user = all ? 0 : s->user;
    enum status st =
        db_run(s->db, err, "DELETE FROM setting WHERE coalesce(user_id, 0) = ?1 AND name = ?2",
               "it", user, name);
    if (st == ST_OK && value)
        st = db_run(s->db, err, "INSERT INTO setting (user_id, name, value) VALUES (?1, ?2, ?3)",
                    "Itt", user, name, value);
    return st;
}

enum status setting_set(struct session *s, bool all, const char *name, const char *value,
                        struct error *err)
{
    enum status st = ST_OK;
    if (db_in_transaction(s->db)) {
        if (!all && !s->user)
            st = enter(s, err);
        return st == ST_OK ? write_setting(s, all, name, value, err) : st;
    }
    st = db_begin(s->db, err);
    if (st != ST_OK)
        return st;
    st = all ? ST_OK : enter(s, err);
    if (st == ST_OK)
        st = write_setting(s, all, name, value, err);
    if (st == ST_OK)
        return db_commit(s->db, err);
    session_rollback(s);
    return st;
}

enum status settings_each(struct session *s, bool all, const char *prefix,
                          bool (*fn)(void *, const char *name, const char *value), void *arg,
                          struct error *err)
{
    struct error mine = {0};
    enum step step;
    if (!all && !s->user)
        return ST_OK;
    struct stmt *st = db_query(s->db, &mine,
                               "SELECT name, value FROM setting WHERE coalesce(user_id, 0) = ?1"
                               " AND substr(name, 1, length(?2)) = ?2 ORDER BY name",
                               "it", all ? (int64_t)0 : s->user, prefix);
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        if (!fn(arg, stmt_str(st, 0), stmt_str(st, 1))) {
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
