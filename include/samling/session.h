/* One adviser at work in one database: who, in what role, on which day, and the change set that
 * groups what one act writes. Everything in core takes a session.
 *
 * Writing:  session_begin → record_insert/update/remove … → session_commit.
 * All of it is one transaction and one change set, which `undo` takes back as a whole. */
#ifndef SAMLING_SESSION_H
#define SAMLING_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "samling/date.h"
#include "samling/db.h"
#include "samling/status.h"

enum role { ROLE_READER, ROLE_ADVISER, ROLE_ADMINISTRATOR };

/* What was done, in the history's words. Stored as its number: append only. */
enum act {
    ACT_ADD = 1,
    ACT_SET,
    ACT_REMOVE,
    ACT_IMPORT,
    ACT_ATTENDANCE,
    ACT_UNDO,
    ACT_REDO,
    ACT_EXAMPLE,
    ACT_MERGE,
    ACT_MAX
};

struct session {
    struct db *db;
    int64_t user;   /* 0 until the first write of somebody not yet known */
    char *user_name;
    char *token; /* of this login, among those of the same user (presence.h); NULL until it is needed */
    enum role role;
    struct day today;
    int64_t batch;      /* rows made now belong to this import, 0 for none */
    int64_t change_set; /* of the open transaction, 0 until something was written */
    enum act act;
    int64_t *next_id;        /* of each type, to be given next in the open transaction; NULL: none given yet */
    struct reindex *reindex; /* records whose search text is due before the commit */
    struct bulk *bulk;       /* empty tables are being filled (bulk.h), else NULL */
};

/* Opens the database (flags of db.h) for `user` (NULL: the login name). Who opens a database
 * without users becomes its administrator at the first write; an unknown one becomes an adviser. */
enum status session_open(struct session **out, const char *path, unsigned flags, const char *user,
                         struct error *err);
void session_close(struct session *s); /* NULL is allowed */

/* Begins a change. Refused (ST_REFUSED) for a reader or someone switched off. */
enum status session_begin(struct session *s, enum act act, struct error *err);
enum status session_commit(struct session *s, struct error *err); /* rolled back when it fails */
void session_rollback(struct session *s);

/* ST_REFUSED with words when the role is less than `need`. */
enum status session_need(const struct session *s, enum role need, struct error *err);
/* The change set of the open transaction, made when asked for the first time. */
enum status session_change_set(struct session *s, int64_t *id, struct error *err);
const char *act_label(enum act act); /* translated: "import" */

/* Settings of this user (everyone's when `all`): small named values. */
enum status setting_get(struct session *s, bool all, const char *name, char **value,
                        struct error *err); /* NULL when unset; caller frees */
/* In a transaction of its own if none is open; not part of the history. NULL removes. */
enum status setting_set(struct session *s, bool all, const char *name, const char *value,
                        struct error *err);
/* Calls `fn` for each of this user's settings (everyone's when `all`) whose name begins with `prefix`,
 * by name; the strings are valid during the call. `fn` returns false to stop. */
enum status settings_each(struct session *s, bool all, const char *prefix,
                          bool (*fn)(void *, const char *name, const char *value), void *arg,
                          struct error *err);

#endif
