#include "config.h"

#include "samling/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/record.h"

static enum status load_head(struct session *s, int64_t gathering, struct sheet *out,
                             struct error *err)
{
    struct error mine = {0};
    struct stmt *st = db_query(
        s->db, &mine,
        "SELECT o.code || '/' || c.number || '/' || g.number, g.title, o.title, c.name, g.number,"
        " g.place, g.starts, g.ends, r.name FROM gathering g JOIN cohort c ON c.id = g.cohort_id"
        " JOIN offering o ON o.id = c.offering_id LEFT JOIN organisation r ON r.id = o.organiser_id"
        " WHERE g.id = ?1",
        "i", gathering);
    enum step step = stmt_step(st, &mine);
    if (step == STEP_DONE)
        return error_set(err, ST_REFUSED, _("gathering"), NULL, "%s", _("there is no such record"));
    if (step == STEP_ERROR) {
        if (err)
            *err = mine;
        return mine.code;
    }
    out->gathering = gathering;
    out->reference = mem_strdup(stmt_str(st, 0));
    out->title = mem_strdup(stmt_str(st, 1));
    out->offering = mem_strdup(stmt_str(st, 2));
    out->cohort = mem_strdup(stmt_str(st, 3));
    out->number = (int)stmt_int(st, 4);
    out->place = mem_strdup(stmt_str(st, 5));
    out->starts = mem_strdup(stmt_str(st, 6));
    out->ends = mem_strdup(stmt_str(st, 7));
    out->organiser = mem_strdup(stmt_str(st, 8));
    stmt_reset(st);
    return ST_OK;
}

/* What a participant does where they work says more on paper than "participant". */
static char *role_words(const char *role, const char *position)
{
    const struct record_type *t = type_by_id(T_ENROLMENT);
    const struct field *f = &t->fields[type_field(t, "role")];
    if (strcmp(role, "participant") == 0 && position) {
        t = type_by_id(T_POSITION);
        f = &t->fields[type_field(t, "role")];
        role = position;
    }
    const struct choice *c = choice_by_key(f, role);
    return mem_strdup(c ? lang_tr(c->label) : role);
}

enum status sheet_load(struct session *s, int64_t gathering, struct sheet *out, struct error *err)
{
    struct error mine = {0};
    size_t cap = 0;
    *out = (struct sheet){0};
    enum status st = load_head(s, gathering, out, err);
    if (st != ST_OK)
        return st;
    /* The same rows in the same order as the listing "roster" numbers them. */
    struct stmt *q = db_query(
        s->db, &mine,
        "SELECT e.id, trim(coalesce(p.given_name, '') || ' ' || coalesce(p.family_name, '')), "
        "o.name,"
        " e.role, (SELECT q.role FROM position q WHERE q.person_id = p.id AND"
        " (e.organisation_id IS NULL OR q.organisation_id = e.organisation_id)"
        " ORDER BY q.ends IS NULL DESC, coalesce(q.starts, '') DESC LIMIT 1)"
        " FROM gathering g JOIN enrolment e ON e.cohort_id = g.cohort_id JOIN person p ON p.id = "
        "e.person_id"
        " LEFT JOIN organisation o ON o.id = e.organisation_id WHERE g.id = ?1"
        " AND e.status IN ('registered', 'confirmed', 'completed') ORDER BY p.sort_key, e.id",
        "i", gathering);
    enum step step;
    while ((step = stmt_step(q, &mine)) == STEP_ROW) {
        out->row = mem_grow(out->row, &cap, out->nrows + 1, sizeof *out->row);
        struct sheet_row *r = &out->row[out->nrows++];
        r->enrolment = stmt_int(q, 0);
        r->number = (int)out->nrows;
        r->name = mem_strdup(stmt_str(q, 1));
        r->organisation = mem_strdup(stmt_str(q, 2));
        r->role = role_words(stmt_str(q, 3), stmt_text(q, 4));
    }
    if (step == STEP_DONE)
        return ST_OK;
    sheet_free(out);
    if (err)
        *err = mine;
    return mine.code;
}

/* Letters and digits that are not taken for one another on paper; the last one is a check. */
static void make_code(int64_t number, char code[8])
{
    static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    static const char digits[] = "23456789";
    /* Spread neighbours: the next sheet on the table should not look like this one. 36,864 codes of
     * the shape LDLD before one comes again with another check; the column is UNIQUE. */
    uint64_t v = ((uint64_t)number * 22051 + 7919) % (24 * 8 * 24 * 8);
    uint64_t check = (uint64_t)number / (24 * 8 * 24 * 8) + v % 7;
    code[0] = letters[v % 24];
    code[1] = digits[v / 24 % 8];
    code[2] = letters[v / 192 % 24];
    code[3] = digits[v / 4608 % 8];
    code[4] = '-';
    code[5] = digits[check % 8];
    code[6] = '\0';
}

static void rows_text(const struct sheet *sheet, struct buf *out)
{
    for (size_t i = 0; i < sheet->nrows; i++)
        buf_addf(out, "%s%lld", i ? " " : "", (long long)sheet->row[i].enrolment);
}

static enum status insert_sheet(struct session *s, struct sheet *sheet, const char *rows,
                                struct error *err)
{
    int64_t next = 0, taken = 1;
    char id[24];
    enum status st =
        db_get_int(s->db, &next, NULL, err, "SELECT coalesce(max(id), 0) FROM sheet", NULL);
    while (st == ST_OK && taken) {
        make_code(++next, sheet->code);
        st = db_get_int(s->db, &taken, NULL, err, "SELECT count(*) FROM sheet WHERE code = ?1", "t",
                        sheet->code);
    }
    if (st != ST_OK)
        return st;
    struct record *r = record_new(type_by_id(T_SHEET));
    snprintf(id, sizeof id, "%lld", (long long)sheet->gathering);
    record_put(r, type_field(r->type, "gathering"), id);
    record_put(r, type_field(r->type, "code"), sheet->code);
    record_put(r, type_field(r->type, "rows"), *rows ? rows : "-");
    st = record_insert(s, r, err);
    record_free(r);
    return st;
}

static enum status known_code(struct session *s, struct sheet *sheet, const char *rows,
                              struct error *err)
{
    char *code;
    enum status st = db_get_text(s->db, &code, err,
                                 "SELECT code FROM sheet WHERE gathering_id = ?1 AND rows = ?2",
                                 "it", sheet->gathering, *rows ? rows : "-");
    if (st == ST_OK && code)
        snprintf(sheet->code, sizeof sheet->code, "%s", code);
    free(code);
    return st;
}

enum status sheet_register(struct session *s, struct sheet *sheet, struct error *err)
{
    struct buf rows = {0};
    rows_text(sheet, &rows);
    enum status st = known_code(s, sheet, buf_str(&rows), err);
    /* A reader may print; only the numbers can then not be typed back. */
    if (st == ST_OK && !sheet->code[0] && s->role >= ROLE_ADVISER && !db_is_read_only(s->db)) {
        st = session_begin(s, ACT_ADD, err);
        if (st == ST_OK) {
            st = known_code(s, sheet, buf_str(&rows), err);
            if (st == ST_OK && !sheet->code[0])
                st = insert_sheet(s, sheet, buf_str(&rows), err);
            if (st == ST_OK)
                st = session_commit(s, err);
            else
                session_rollback(s);
        }
    }
    buf_free(&rows);
    return st;
}

void sheet_free(struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->nrows; i++) {
        free(sheet->row[i].name);
        free(sheet->row[i].organisation);
        free(sheet->row[i].role);
    }
    free(sheet->row);
    free(sheet->reference);
    free(sheet->title);
    free(sheet->offering);
    free(sheet->cohort);
    free(sheet->place);
    free(sheet->starts);
    free(sheet->ends);
    free(sheet->organiser);
    *sheet = (struct sheet){0};
}
