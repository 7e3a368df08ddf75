#include "config.h"

#include "samling/roster.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/record.h"
#include "samling/sheet.h"

/* ---- one mark -------------------------------------------------------------------------------- */

static enum status new_mark(struct session *s, int64_t gathering, int64_t enrolment,
                            const char *mark, struct error *err)
{
    char id[24];
    struct record *r = record_new(type_by_id(T_ATTENDANCE));
    snprintf(id, sizeof id, "%lld", (long long)gathering);
    record_put(r, type_field(r->type, "gathering"), id);
    snprintf(id, sizeof id, "%lld", (long long)enrolment);
    record_put(r, type_field(r->type, "enrolment"), id);
    record_put(r, type_field(r->type, "mark"), mark);
    enum status st = record_insert(s, r, err);
    record_free(r);
    return st;
}

static enum status change_mark(struct session *s, int64_t id, const char *mark, struct error *err)
{
    const struct record_type *t = type_by_id(T_ATTENDANCE);
    struct record *r;
    if (!mark)
        return record_remove(s, t, id, 0, err);
    enum status st = record_load(s, t, id, &r, err);
    if (st != ST_OK)
        return st;
    record_put(r, type_field(t, "mark"), mark);
    st = record_update(s, r, err);
    record_free(r);
    return st;
}

static enum status put_mark(struct session *s, int64_t gathering, int64_t enrolment,
                            const char *mark, struct error *err)
{
    int64_t id;
    bool found;
    const struct record_type *t = type_by_id(T_ATTENDANCE);
    if (mark && !choice_by_key(&t->fields[type_field(t, "mark")], mark))
        return error_set(err, ST_REFUSED, mark, NULL, "%s", _("this is no mark of attendance"));
    enum status st =
        db_get_int(s->db, &id, &found, err,
                   "SELECT id FROM attendance WHERE gathering_id = ?1 AND enrolment_id = ?2", "ii",
                   gathering, enrolment);
    if (st != ST_OK)
        return st;
    if (found)
        return change_mark(s, id, mark, err);
    return mark ? new_mark(s, gathering, enrolment, mark, err) : ST_OK;
}

enum status attendance_mark(struct session *s, int64_t gathering, int64_t enrolment,
                            const char *mark, struct error *err)
{
    if (db_in_transaction(s->db))
        return put_mark(s, gathering, enrolment, mark, err);
    enum status st = session_begin(s, ACT_ATTENDANCE, err);
    if (st != ST_OK)
        return st;
    st = put_mark(s, gathering, enrolment, mark, err);
    if (st == ST_OK)
        return session_commit(s, err);
    session_rollback(s);
    return st;
}

/* ---- marks from a sheet ---------------------------------------------------------------------- */

struct numbers {
    int64_t *enrolment; /* of row number i + 1; 0: no longer there */
    size_t n;
};

static enum status numbers_now(struct session *s, int64_t gathering, struct numbers *out,
                               struct error *err)
{
    struct sheet sheet;
    enum status st = sheet_load(s, gathering, &sheet, err);
    if (st != ST_OK)
        return st;
    out->n = sheet.nrows;
    out->enrolment = mem_alloc((sheet.nrows + 1) * sizeof *out->enrolment);
    for (size_t i = 0; i < sheet.nrows; i++)
        out->enrolment[i] = sheet.row[i].enrolment;
    sheet_free(&sheet);
    return ST_OK;
}

/* People write the code as they read it: case and the dash do not matter. */
static bool same_code(const char *typed, const char *code)
{
    for (; *typed || *code; typed++, code++) {
        while (*typed == '-' || *typed == ' ')
            typed++;
        while (*code == '-')
            code++;
        if (toupper((unsigned char)*typed) != *code)
            return false;
        if (!*typed)
            break;
    }
    return true;
}

static enum status numbers_of_sheet(struct session *s, int64_t gathering, const char *code,
                                    struct numbers *out, struct error *err)
{
    char *rows = NULL;
    struct error mine = {0};
    struct stmt *st = db_query(s->db, &mine, "SELECT code, rows FROM sheet WHERE gathering_id = ?1",
                               "i", gathering);
    enum step step;
    while ((step = stmt_step(st, &mine)) == STEP_ROW) {
        if (same_code(code, stmt_str(st, 0))) {
            rows = mem_strdup(stmt_str(st, 1));
            stmt_reset(st);
            break;
        }
    }
    if (step == STEP_ERROR) {
        if (err)
            *err = mine;
        return mine.code;
    }
    if (!rows)
        return error_set(err, ST_REFUSED, code,
                         _("check the code, and that the gathering is the right one"), "%s",
                         _("no sheet with this code was printed for this gathering"));
    size_t cap = 0;
    for (char *p = rows, *end; *p; p = end) {
        int64_t id = strtoll(p, &end, 10);
        if (end == p)
            break;
        out->enrolment = mem_grow(out->enrolment, &cap, out->n + 1, sizeof *out->enrolment);
        out->enrolment[out->n++] = id;
    }
    free(rows);
    return ST_OK;
}

struct range {
    long from, to;
    const char *mark;
};

static enum status bad_marks(const char *at, struct error *err)
{
    char what[40];
    snprintf(what, sizeof what, "%.30s", at);
    return error_set(err, ST_REFUSED, what,
                     _("write as: 1-14 17 !19 ?20 (present, present, absent, excused)"), "%s",
                     _("this is no row number or range"));
}

/* One of `1-14`, `!19`, `?20`, `-21`; moves *p past it. */
static enum status read_range(const char **p, struct range *out, struct error *err)
{
    const char *start = *p;
    char *end;
    out->mark = "present";
    if (**p == '!')
        out->mark = "absent";
    else if (**p == '?')
        out->mark = "excused";
    else if (**p == '-')
        out->mark = NULL;
    if (strchr("!?-", **p))
        ++*p;
    if (!isdigit((unsigned char)**p))
        return bad_marks(start, err);
    out->from = out->to = strtol(*p, &end, 10);
    if (*end == '-') {
        if (!isdigit((unsigned char)end[1]))
            return bad_marks(start, err);
        out->to = strtol(end + 1, &end, 10);
    }
    if (out->from < 1 || out->to < out->from || (*end && !strchr(" ,;\t\n", *end)))
        return bad_marks(start, err);
    *p = end;
    return ST_OK;
}

/* What the marks make of each row; those that are not named stay as they are. */
struct marked {
    bool named;
    const char *mark;
};

static enum status no_row(long number, const struct numbers *rows, struct error *err)
{
    char what[24];
    snprintf(what, sizeof what, "%ld", number);
    return error_set(err, ST_REFUSED, what, _("look at the sheet again; nothing was recorded"),
                     _("there is no such row: the sheet has %zu"), rows->n);
}

/* A row that is named twice gets what is said last: `1-20 !19`. */
static enum status read_marks(const char *marks, const struct numbers *rows, struct marked *out,
                              struct error *err)
{
    enum status st = ST_OK;
    struct range r = {0};
    int n = 0;
    for (const char *p = marks; st == ST_OK; n++) {
        p += strspn(p, " ,;\t\n");
        if (!*p)
            break;
        st = read_range(&p, &r, err);
        if (st == ST_OK && ((size_t)r.from > rows->n || (size_t)r.to > rows->n))
            st = no_row((size_t)r.from > rows->n ? r.from : (long)rows->n + 1, rows, err);
        for (long i = r.from; st == ST_OK && i <= r.to; i++)
            out[i - 1] = (struct marked){true, r.mark};
    }
    return st == ST_OK && n == 0 ? bad_marks("", err) : st;
}

static void count_mark(const char *mark, struct attendance_result *out)
{
    if (!mark)
        out->cleared++;
    else if (strcmp(mark, "present") == 0)
        out->present++;
    else if (strcmp(mark, "absent") == 0)
        out->absent++;
    else
        out->excused++;
}

static enum status put_row(struct session *s, int64_t gathering, size_t row, int64_t enrolment,
                           const char *mark, struct error *err)
{
    int64_t there;
    bool found;
    enum status st =
        db_get_int(s->db, &there, &found, err,
                   "SELECT e.id FROM enrolment e JOIN gathering g ON g.cohort_id = e.cohort_id"
                   " WHERE e.id = ?1 AND g.id = ?2",
                   "ii", enrolment, gathering);
    if (st == ST_OK && !found) {
        char what[24];
        snprintf(what, sizeof what, "%zu", row + 1);
        return error_set(err, ST_REFUSED, what, _("leave this row out, or enrol the person again"),
                         "%s",
                         _("this person was taken off the roster after the sheet was printed"));
    }
    return st == ST_OK ? put_mark(s, gathering, enrolment, mark, err) : st;
}

static enum status put_marks(struct session *s, int64_t gathering, const char *marks,
                             const struct numbers *rows, struct attendance_result *out,
                             struct error *err)
{
    struct marked *row = mem_alloc(rows->n * sizeof *row);
    enum status st = read_marks(marks, rows, row, err);
    for (size_t i = 0; st == ST_OK && i < rows->n; i++) {
        if (!row[i].named)
            continue;
        st = put_row(s, gathering, i, rows->enrolment[i], row[i].mark, err);
        count_mark(row[i].mark, out);
    }
    free(row);
    return st;
}

enum status attendance_record(struct session *s, int64_t gathering, const char *marks,
                              const char *code, struct attendance_result *out, struct error *err)
{
    struct numbers rows = {0}, now = {0};
    *out = (struct attendance_result){0};
    enum status st = session_begin(s, ACT_ATTENDANCE, err);
    if (st != ST_OK)
        return st;
    st = numbers_now(s, gathering, &now, err);
    if (st == ST_OK && code)
        st = numbers_of_sheet(s, gathering, code, &rows, err);
    if (st == ST_OK && code)
        out->roster_changed =
            rows.n != now.n ||
            (rows.n && memcmp(rows.enrolment, now.enrolment, rows.n * sizeof *rows.enrolment) != 0);
    if (st == ST_OK)
        st = put_marks(s, gathering, marks, code ? &rows : &now, out, err);
    free(rows.enrolment);
    free(now.enrolment);
    if (st == ST_OK)
        return session_commit(s, err);
    session_rollback(s);
    *out = (struct attendance_result){0};
    return st;
}
