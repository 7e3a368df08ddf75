/* Whatever people do, in whatever order: derived columns and indices stay what the records say,
 * and undo leads back. $SAMLING_SEED gives another course than the usual one. */
#include "config.h"

#include "desk.h"

#include "samling/history.h"
#include "samling/lang.h"
#include "samling/roster.h"

static uint64_t seed, chance;

static uint32_t draw(uint32_t below)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return (uint32_t)((chance >> 16) % below);
}

static void begin_chance(uint64_t salt)
{
    const char *given = getenv("SAMLING_SEED");
    seed = given ? strtoull(given, NULL, 10) : 20261121;
    chance = (seed * 1000 + salt) * 0x9e3779b97f4a7c15u + 1;
}

static const enum type_id kinds[] = {T_ORGANISATION, T_PERSON,    T_PERSON,    T_POSITION,
                                     T_OFFERING,     T_COHORT,    T_GATHERING, T_ENROLMENT,
                                     T_ENROLMENT,    T_ATTENDANCE};

static enum type_id a_kind(void)
{
    return kinds[draw(sizeof kinds / sizeof *kinds)];
}

/* Some record of the type, or 0. */
static int64_t any(struct session *s, enum type_id type)
{
    char sql[120];
    int64_t n, id = 0;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", type_of(type)->table);
    OK(db_get_int(s->db, &n, NULL, err, sql, NULL));
    if (!n)
        return 0;
    snprintf(sql, sizeof sql, "SELECT id FROM %s ORDER BY id LIMIT 1 OFFSET %u",
             type_of(type)->table, draw((uint32_t)n));
    OK(db_get_int(s->db, &id, NULL, err, sql, NULL));
    return id;
}

static void random_value(struct session *s, struct record *r, size_t i)
{
    static const char *const words[] = {"Åse", "Aas",   "Solsikken", "Ødegård",   "Kari",
                                        "ola", "Čálli", "李",        "A\xcc\x8a", "x"};
    const struct field *f = &r->type->fields[i];
    char text[80];
    if (!(f->flags & F_REQUIRED) && draw(4) == 0) {
        record_put(r, (int)i, NULL);
        return;
    }
    text[0] = '\0';
    switch (f->kind) {
    case FIELD_TEXT:
    case FIELD_NOTE: snprintf(text, sizeof text, "%s %u", words[draw(10)], draw(30)); break;
    case FIELD_NUMBER: snprintf(text, sizeof text, "%u", 1 + draw(5)); break;
    case FIELD_DAY:
        snprintf(text, sizeof text, "2026-%02u-%02u", 1 + draw(12), 1 + draw(28));
        break;
    case FIELD_MOMENT:
        snprintf(text, sizeof text, "2026-%02u-%02uT%02u:00", 1 + draw(12), 1 + draw(28), draw(24));
        break;
    case FIELD_EMAIL: snprintf(text, sizeof text, "p%u@x.no", draw(50)); break;
    case FIELD_PHONE: snprintf(text, sizeof text, "912 34 %03u", draw(1000)); break;
    case FIELD_ORGNO: break;
    case FIELD_CODE: snprintf(text, sizeof text, "C%u", draw(40)); break;
    case FIELD_FLAG: snprintf(text, sizeof text, "1"); break;
    case FIELD_CHOICE: {
        uint32_t n = 0;
        while (f->choices[n].key)
            n++;
        snprintf(text, sizeof text, "%s", f->choices[draw(n)].key);
        break;
    }
    case FIELD_REF: {
        int64_t id = any(s, f->ref);
        if (id)
            snprintf(text, sizeof text, "%s", num(id));
        break;
    }
    }
    record_put(r, (int)i, text);
}

/* What may happen to one who does what is not allowed. */
static bool settled(enum status st)
{
    if (st != ST_OK && st != ST_REFUSED)
        fail_msg("SAMLING_SEED=%llu: status %d", (unsigned long long)seed, (int)st);
    return st == ST_OK;
}

/* One thing inside an open transaction. False when it was refused. */
static bool do_something(struct session *s)
{
    enum type_id type = a_kind();
    struct record *r;
    struct error e = {0};
    int64_t id = any(s, type);
    enum status st;
    uint32_t what = draw(10);
    if (what < 5 || !id) {
        r = record_new(type_of(type));
        for (size_t i = 0; i < r->type->nfields; i++)
            if ((r->type->fields[i].flags & F_REQUIRED)
                    ? !r->type->complete || draw(2) || r->type->fields[i].kind == FIELD_REF
                    : draw(2))
                random_value(s, r, i);
        st = record_insert(s, r, &e);
        record_free(r);
    } else if (what < 8) {
        OK(record_load(s, type_of(type), id, &r, err));
        for (uint32_t n = 1 + draw(3); n > 0; n--)
            random_value(s, r, draw((uint32_t)r->type->nfields));
        st = record_update(s, r, &e);
        record_free(r);
    } else {
        st = record_remove(s, type_of(type), id, 0, &e);
    }
    /* A rule should have said it before the database does: in words for people. */
    if (st != ST_OK && strstr(e.why, "the database refused"))
        fail_msg("SAMLING_SEED=%llu: %s: %s", (unsigned long long)seed, type_of(type)->name, e.why);
    return settled(st);
}

/* One act of some things; each may be refused without spoiling the others. */
static void act(struct session *s)
{
    OK(session_begin(s, (enum act)(ACT_ADD + draw(3)), err));
    for (uint32_t n = 1 + draw(4); n > 0; n--)
        do_something(s);
    if (draw(10) == 0)
        session_rollback(s);
    else
        OK(session_commit(s, err));
}

static void sound(struct session *s, int step)
{
    struct buf lines = {0};
    struct error e = {0};
    enum status st = db_check(s->db, desk_line, &lines, &e);
    if (st == ST_OK)
        st = record_verify(s, desk_line, &lines, &e);
    if (st != ST_OK || lines.len)
        fail_msg("SAMLING_SEED=%llu, step %d: %s\n  %s", (unsigned long long)seed, step, e.why,
                 buf_str(&lines));
    buf_free(&lines);
}

/* ---- undo leads back ---- */

/* All that the records say. */
static char *snapshot(struct session *s)
{
    struct buf all = {0}, sql = {0};
    for (size_t t = T_ORGANISATION; t <= T_ATTENDANCE; t++) {
        const struct record_type *type = type_of((enum type_id)t);
        buf_clear(&sql);
        buf_add(&sql, "SELECT id");
        for (size_t i = 0; i < type->nfields; i++) {
            buf_add(&sql, ", ");
            field_column(&type->fields[i], &sql);
        }
        buf_addf(&sql, " FROM %s ORDER BY id", type->table);
        struct stmt *st = db_query(s->db, NULL, sql.s, NULL);
        while (stmt_step(st, NULL) == STEP_ROW) {
            buf_addf(&all, "%s", type->name);
            for (int i = 0; i < stmt_columns(st); i++)
                buf_addf(&all, "|%s", stmt_text(st, i) ? stmt_text(st, i) : "-");
            buf_addc(&all, '\n');
        }
    }
    buf_free(&sql);
    return buf_take(&all);
}

static void same_state(const char *is, const char *want, const char *what, int step)
{
    if (strcmp(is, want) == 0)
        return;
    size_t n = 0;
    while (is[n] == want[n])
        n++;
    while (n && is[n - 1] != '\n')
        n--;
    fail_msg("SAMLING_SEED=%llu: %s %d differs: \"%.*s\", not \"%.*s\"", (unsigned long long)seed,
             what, step, (int)strcspn(is + n, "\n"), is + n, (int)strcspn(want + n, "\n"),
             want + n);
}

static void take(struct session *s, int64_t set, bool redo, int step)
{
    struct buf lines = {0};
    struct undo_report r = {.kept_line = desk_line, .arg = &lines};
    struct error e = {0};
    enum status st = undo_set(s, set, redo, &r, &e);
    if (st != ST_OK || r.kept)
        fail_msg("SAMLING_SEED=%llu: %s %d: %s %s", (unsigned long long)seed,
                 redo ? "redo" : "undo", step, e.why, buf_str(&lines));
    buf_free(&lines);
}

enum { ACTS = 150 };

static void test_back_and_forth(void **state)
{
    (void)state;
    static char *was[ACTS + 1];
    for (uint64_t salt = 1; salt <= 4; salt++) {
        int n = 0;
        int64_t set;
        begin_chance(salt);
        struct session *s = desk_open(":memory:", "anna");
        was[0] = snapshot(s);
        while (n < ACTS) {
            int64_t before, after;
            OK(undo_next(s, false, &before, err));
            act(s);
            OK(undo_next(s, false, &after, err));
            if (after != before) /* something was written */
                was[++n] = snapshot(s);
        }
        for (int again = 0; again < 2; again++) {
            int low = again ? 0 : ACTS / 2;
            for (int i = n; i > low; i--) {
                OK(undo_next(s, false, &set, err));
                take(s, set, false, i);
                char *is = snapshot(s);
                same_state(is, was[i - 1], "undo", i);
                free(is);
            }
            sound(s, n);
            for (int i = low; i < n; i++) {
                OK(undo_next(s, true, &set, err));
                take(s, set, true, i);
                char *is = snapshot(s);
                same_state(is, was[i + 1], "redo", i);
                free(is);
            }
            sound(s, n);
        }
        for (int i = 0; i <= n; i++)
            free(was[i]);
        session_close(s);
    }
}

/* ---- several at once ---- */

static void undo_one(struct session *s, bool redo)
{
    int64_t set;
    struct undo_report r = {0};
    struct buf words = {0};
    OK(undo_next(s, redo, &set, err));
    if (!set)
        return;
    undo_words(s, set, &words);
    assert_true(words.len > 0);
    buf_free(&words);
    settled(undo_set(s, set, redo, &r, NULL));
}

static int64_t import_some(struct session *s)
{
    static const char *const counts[] = {"rows",    "new",     "matched",
                                         "changed", "unclear", "rejected"};
    struct record *b = record_new(type_of(T_BATCH));
    OK(session_begin(s, ACT_IMPORT, err));
    record_put(b, type_field(b->type, "type"), "roster");
    record_put(b, type_field(b->type, "file"), "list.csv");
    for (size_t i = 0; i < 6; i++)
        record_put(b, type_field(b->type, counts[i]), "0");
    OK(record_insert(s, b, err));
    int64_t id = s->batch = b->id;
    OK(session_change_set(s, NULL, err));
    for (uint32_t n = 1 + draw(20); n > 0; n--)
        do_something(s);
    s->batch = 0;
    OK(session_commit(s, err));
    record_free(b);
    return id;
}

static void step(struct session *s, int64_t *batch)
{
    struct undo_report r = {0};
    switch (draw(12)) {
    case 0:
    case 1: undo_one(s, false); break;
    case 2: undo_one(s, true); break;
    case 3: *batch = import_some(s); break;
    case 4:
        if (*batch)
            settled(undo_batch(s, *batch, &r, NULL));
        break;
    case 5: {
        int64_t gathering = any(s, T_GATHERING), enrolment = any(s, T_ENROLMENT);
        settled(attendance_mark(s, gathering, enrolment, draw(3) ? "present" : NULL, NULL));
        break;
    }
    default: act(s);
    }
}

static void test_several_at_once(void **state)
{
    (void)state;
    begin_chance(77);
    struct session *s[3];
    static const char *const names[] = {"anna", "bo", "eva"};
    int64_t batch = 0;
    for (int i = 0; i < 3; i++)
        s[i] = desk_open(in_folder("several.db"), names[i]);
    for (int i = 0; i < 2500; i++) {
        struct session *by = s[draw(3)];
        step(by, &batch);
        assert_false(db_in_transaction(by->db));
        if (i % 250 == 249)
            sound(by, i);
    }
    /* Nothing in the history points nowhere, and no number was given twice. */
    assert_int_equal(desk_count(s[0], "SELECT count(*) FROM change c WHERE NOT EXISTS"
                                      " (SELECT 1 FROM change_set s WHERE s.id = c.set_id)"),
                     0);
    assert_int_equal(
        desk_count(s[0], "SELECT count(*) FROM change a JOIN change b ON a.type = b.type AND"
                         " a.record_id = b.record_id AND a.id < b.id AND a.operation = 'add' AND "
                         "b.operation = 'add'"
                         " WHERE NOT EXISTS (SELECT 1 FROM change r WHERE r.type = a.type AND"
                         " r.record_id = a.record_id AND r.operation = 'remove' AND r.id BETWEEN "
                         "a.id AND b.id)"),
        0);
    for (int i = 0; i < 3; i++)
        session_close(s[i]);
}

int main(void)
{
    lang_init("en");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_back_and_forth),
        cmocka_unit_test(test_several_at_once),
    };
    return cmocka_run_group_tests(tests, desk_make_folder, desk_remove_folder);
}
