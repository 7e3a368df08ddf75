/* What the tests of core and db share: a session, records made in a line, and a folder to work in.
 */
#ifndef SAMLING_TESTS_DESK_H
#define SAMLING_TESTS_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "samling/buf.h"
#include "samling/mem.h"
#include "samling/record.h"
#include "samling/session.h"

/* Fails with the words of the error. */
#define OK(call)                                                                                   \
    do {                                                                                           \
        struct error ok_err = {0};                                                                 \
        struct error *err = &ok_err;                                                               \
        enum status ok_st = (call);                                                                \
        if (ok_st != ST_OK)                                                                        \
            fail_msg("%s\n  gave %d: %s: %s; %s", #call, (int)ok_st, err->what, err->why,          \
                     err->todo);                                                                   \
    } while (0)

/* Wants exactly this failure, with words. */
#define FAILS(want, call)                                                                          \
    do {                                                                                           \
        struct error fails_err = {0};                                                              \
        struct error *err = &fails_err;                                                            \
        enum status fails_st = (call);                                                             \
        if (fails_st != (want))                                                                    \
            fail_msg("%s\n  gave %d, not %d: %s: %s", #call, (int)fails_st, (int)(want),           \
                     err->what, err->why);                                                         \
        assert_int_equal(err->code, (want));                                                       \
        assert_true(err->why[0] != '\0');                                                          \
    } while (0)

static inline struct session *desk_open(const char *path, const char *user)
{
    struct session *s = NULL;
    OK(session_open(&s, path, DB_CREATE, user, err));
    return s;
}

static inline const struct record_type *type_of(enum type_id id)
{
    return type_by_id(id);
}

/* Puts stored values, pairs of name and value ended by NULL, into a record. */
static inline void desk_put(struct record *r, va_list ap)
{
    for (const char *name; (name = va_arg(ap, const char *));) {
        int field = type_field(r->type, name);
        const char *value = va_arg(ap, const char *);
        if (field < 0)
            fail_msg("%s has no field %s", r->type->name, name);
        record_put(r, field, value);
    }
}

/* In a transaction of its own unless one is open. */
static inline enum status desk_write(struct session *s, enum act act, struct record *r,
                                     enum status (*write)(struct session *, struct record *,
                                                          struct error *),
                                     struct error *err)
{
    bool within = db_in_transaction(s->db);
    enum status st = within ? ST_OK : session_begin(s, act, err);
    if (st == ST_OK)
        st = write(s, r, err);
    if (within)
        return st;
    if (st == ST_OK)
        return session_commit(s, err);
    if (db_in_transaction(s->db))
        session_rollback(s);
    return st;
}

static inline int64_t desk_add(struct session *s, enum type_id type, ...)
{
    va_list ap;
    struct record *r = record_new(type_of(type));
    va_start(ap, type);
    desk_put(r, ap);
    va_end(ap);
    OK(desk_write(s, ACT_ADD, r, record_insert, err));
    int64_t id = r->id;
    record_free(r);
    return id;
}

/* The same without insisting. */
static inline enum status desk_try_add(struct session *s, struct error *err, enum type_id type, ...)
{
    va_list ap;
    struct record *r = record_new(type_of(type));
    va_start(ap, type);
    desk_put(r, ap);
    va_end(ap);
    enum status st = desk_write(s, ACT_ADD, r, record_insert, err);
    record_free(r);
    return st;
}

static inline enum status desk_try_set(struct session *s, struct error *err, enum type_id type,
                                       int64_t id, const char *field, const char *value)
{
    struct record *r;
    enum status st = record_load(s, type_of(type), id, &r, err);
    if (st != ST_OK)
        return st;
    record_put(r, type_field(r->type, field), value);
    st = desk_write(s, ACT_SET, r, record_update, err);
    record_free(r);
    return st;
}

static inline void desk_set(struct session *s, enum type_id type, int64_t id, const char *field,
                            const char *value)
{
    OK(desk_try_set(s, err, type, id, field, value));
}

static inline enum status desk_try_remove(struct session *s, struct error *err, enum type_id type,
                                          int64_t id)
{
    bool within = db_in_transaction(s->db);
    enum status st = within ? ST_OK : session_begin(s, ACT_REMOVE, err);
    if (st != ST_OK)
        return st;
    st = record_remove(s, type_of(type), id, 0, err);
    if (within)
        return st;
    if (st == ST_OK)
        return session_commit(s, err);
    session_rollback(s);
    return st;
}

static inline void desk_remove(struct session *s, enum type_id type, int64_t id)
{
    OK(desk_try_remove(s, err, type, id));
}

static inline bool desk_there(struct session *s, enum type_id type, int64_t id)
{
    struct record *r;
    struct error err;
    enum status st = record_load(s, type_of(type), id, &r, &err);
    record_free(r);
    assert_true(st == ST_OK || st == ST_REFUSED);
    return st == ST_OK;
}

static inline void desk_is(struct session *s, enum type_id type, int64_t id, const char *field,
                           const char *value)
{
    struct record *r;
    OK(record_load(s, type_of(type), id, &r, err));
    const char *now = record_get(r, field);
    if (value ? !now || strcmp(now, value) != 0 : now != NULL)
        fail_msg("%s %lld: %s is \"%s\", not \"%s\"", r->type->name, (long long)id, field,
                 now ? now : "(empty)", value ? value : "(empty)");
    record_free(r);
}

static inline int64_t desk_count(struct session *s, const char *sql)
{
    int64_t n = -1;
    OK(db_get_int(s->db, &n, NULL, err, sql, NULL));
    return n;
}

/* A number as a stored value; good for eight more calls. */
static inline const char *num(int64_t n)
{
    static char text[8][24];
    static int i;
    i = (i + 1) % 8;
    snprintf(text[i], sizeof text[i], "%lld", (long long)n);
    return text[i];
}

static inline void desk_line(void *arg, const char *line)
{
    struct buf *b = arg;
    buf_addf(b, "%s%s", b->len ? "\n  " : "", line);
}

/* Nothing damaged, and every derived column what its record says. */
static inline void desk_sound(struct session *s)
{
    struct buf lines = {0};
    struct error err = {0};
    enum status st = db_check(s->db, desk_line, &lines, &err);
    if (st == ST_OK)
        st = record_verify(s, desk_line, &lines, &err);
    if (st != ST_OK)
        fail_msg("%s; %s\n  %s", err.what, err.why, buf_str(&lines));
    assert_int_equal(lines.len, 0);
}

/* A small programme: BIM with a cohort of two gatherings, and `people` enrolled in it. */
struct programme {
    int64_t organisation, offering, cohort, gathering[2];
    int64_t person[8], enrolment[8];
};

static inline struct programme desk_programme(struct session *s, int people)
{
    static const char *const family[] = {"Aas",  "Berg", "Dahl", "Eide",
                                         "Foss", "Haug", "Lie",  "Moe"};
    struct programme p = {0};
    p.organisation =
        desk_add(s, T_ORGANISATION, "name", "Solsikken barnehage", "municipality", "Asker", NULL);
    p.offering = desk_add(s, T_OFFERING, "code", "BIM", "title",
                          "Barnehagens innsatsteam mot mobbing", NULL);
    p.cohort = desk_add(s, T_COHORT, "offering", num(p.offering), NULL);
    for (int i = 0; i < 2; i++)
        p.gathering[i] = desk_add(s, T_GATHERING, "cohort", num(p.cohort), NULL);
    for (int i = 0; i < people; i++) {
        p.person[i] = desk_add(s, T_PERSON, "given_name", "Kari", "family_name", family[i], NULL);
        desk_add(s, T_POSITION, "person", num(p.person[i]), "organisation", num(p.organisation),
                 NULL);
        p.enrolment[i] =
            desk_add(s, T_ENROLMENT, "cohort", num(p.cohort), "person", num(p.person[i]), NULL);
    }
    return p;
}

/* ---- a folder of one's own ---- */

static char desk_folder[64];

static inline int desk_make_folder(void **state)
{
    (void)state;
    snprintf(desk_folder, sizeof desk_folder, "/tmp/samling-test-XXXXXX");
    return mkdtemp(desk_folder) ? 0 : -1;
}

static inline int desk_remove_folder(void **state)
{
    (void)state;
    char command[2 * sizeof desk_folder + 40];
    snprintf(command, sizeof command, "chmod -R u+rwX %s && rm -rf %s", desk_folder, desk_folder);
    return system(command);
}

/* A path in it; good for four more calls. */
static inline const char *in_folder(const char *name)
{
    static char path[4][sizeof desk_folder + 64];
    static int i;
    i = (i + 1) % 4;
    snprintf(path[i], sizeof path[i], "%s/%s", desk_folder, name);
    return path[i];
}

#endif
