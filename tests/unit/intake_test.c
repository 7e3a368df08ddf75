/* Rows on their way in, and what somebody decided about them. */
#include "config.h"

#include "exchange/decisions.h"
#include "exchange/intake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "samling/nin.h"

/* ---- decisions ------------------------------------------------------------------------------- */

static void test_kept_by_line(void **state)
{
    (void)state;
    struct decisions ds = {0};
    assert_null(decisions_find(&ds, 1));
    for (long line = 997; line > 0; line -= 2) /* from behind: they must come into order */
        decisions_put(&ds, line * 7 % 997 + 1,
                      (struct import_decision){.person = line, .organisation = IMPORT_ASK});
    for (long line = 997; line > 0; line -= 2) {
        const struct decided *d = decisions_find(&ds, line * 7 % 997 + 1);
        assert_non_null(d);
        assert_int_equal(d->decision.person, line);
    }
    for (size_t i = 1; i < ds.n; i++)
        assert_true(ds.row[i - 1].line < ds.row[i].line);
    assert_null(decisions_find(&ds, 2000));
    decisions_free(&ds);
    assert_null(decisions_find(&ds, 8));
}

static void test_taken_back(void **state)
{
    (void)state;
    struct decisions ds = {0};
    decisions_put(
        &ds, 5,
        (struct import_decision){.skip = true, .person = IMPORT_ASK, .organisation = IMPORT_ASK});
    decisions_mend(&ds, 5, 2, "x");
    decisions_mend(&ds, 5, 2, "y");
    decisions_mend(&ds, 9, 0, "z");
    assert_int_equal(ds.n, 2);
    assert_int_equal(ds.row[0].nmends, 1);
    assert_string_equal(ds.row[0].mend[0].text, "y");
    decisions_put(&ds, 5, decision_none);
    assert_non_null(decisions_find(&ds, 5)); /* the mending stands */
    decisions_mend(&ds, 5, 2, NULL);
    assert_null(decisions_find(&ds, 5));
    decisions_mend(&ds, 9, 3, NULL);
    assert_non_null(decisions_find(&ds, 9));
    decisions_mend(&ds, 9, 0, NULL);
    assert_int_equal(ds.n, 0);
    decisions_mend(&ds, 1, 0, NULL); /* nothing to take back */
    decisions_put(&ds, 1, decision_none);
    assert_int_equal(ds.n, 0);
    decisions_free(&ds);
}

/* ---- rows ------------------------------------------------------------------------------------ */

struct way {
    struct intake in;
    struct mapping mapping;
    struct decisions decisions;
    char text[8][80];
    char *cell[8];
    struct row raw;
};

static void way_open(struct way *w, long line, size_t n, ...)
{
    va_list ap;
    *w = (struct way){.mapping = {.ncolumns = n}};
    w->in.mapping = &w->mapping;
    w->in.decisions = &w->decisions;
    va_start(ap, n);
    for (size_t i = 0; i < n; i++) {
        snprintf(w->text[i], sizeof w->text[i], "%s", va_arg(ap, const char *));
        w->cell[i] = w->text[i];
    }
    va_end(ap);
    w->raw = (struct row){.line = line, .n = n, .field = w->cell};
}

static void way_close(struct way *w)
{
    intake_free(&w->in);
    decisions_free(&w->decisions);
}

static void test_plain_row_is_not_copied(void **state)
{
    (void)state;
    struct way w;
    way_open(&w, 2, 3, "Kari", "912 34 567", "974760673");
    const struct row *r = intake_take(&w.in, &w.raw);
    assert_ptr_equal(r->field, w.cell);
    assert_int_equal(w.in.identities, 0);
    assert_null(w.in.decided);
    way_close(&w);
}

static void test_numbers_are_left_out(void **state)
{
    (void)state;
    struct way w;
    assert_true(nin_valid("01017000027"));
    way_open(&w, 2, 4, "Kari 01017000027", "010170 00027, ring", "01017000027", "hei");
    w.mapping.use[2] = COLUMN_IDENTITY;
    const struct row *r = intake_take(&w.in, &w.raw);
    assert_int_equal(r->n, 4);
    assert_string_equal(r->field[0], "Kari");
    assert_null(strstr(r->field[1], "00027"));
    assert_non_null(strstr(r->field[1], "ring"));
    assert_string_equal(r->field[2], "");
    assert_string_equal(r->field[3], "hei");
    assert_int_equal(w.in.identities, 3);
    assert_string_equal(w.text[2], "01017000027"); /* the reader's own cells are not touched */
    /* A text that a spreadsheet was made to keep. */
    snprintf(w.text[3], sizeof w.text[3], "=\"0301 \"");
    r = intake_take(&w.in, &w.raw);
    assert_string_equal(r->field[3], "0301");
    snprintf(w.text[3], sizeof w.text[3], "=\"01017000027\"");
    r = intake_take(&w.in, &w.raw);
    assert_string_equal(r->field[3], "");
    snprintf(w.text[3], sizeof w.text[3], "=A1&\"x\"");
    r = intake_take(&w.in, &w.raw);
    assert_string_equal(r->field[3], "=A1&\"x\"");
    /* A column of them is emptied of whatever it holds. */
    snprintf(w.text[2], sizeof w.text[2], "ukjent");
    r = intake_take(&w.in, &w.raw);
    assert_string_equal(r->field[2], "");
    way_close(&w);
}

static void test_mended_cells(void **state)
{
    (void)state;
    struct way w;
    way_open(&w, 7, 2, "Kari", "kari(at)a");
    w.mapping.ncolumns = 4;
    decisions_mend(&w.decisions, 7, 1, " kari@a.no ");
    decisions_mend(&w.decisions, 7, 3, "01017000027 x");
    decisions_mend(&w.decisions, 8, 0, "Ola");
    const struct row *r = intake_take(&w.in, &w.raw);
    assert_non_null(w.in.decided);
    assert_int_equal(r->n, 4);
    assert_string_equal(r->field[0], "Kari");
    assert_string_equal(r->field[1], "kari@a.no");
    assert_string_equal(r->field[2], "");
    assert_string_equal(r->field[3], "x");
    assert_int_equal(w.in.identities, 1);
    decisions_mend(&w.decisions, 7, 1, "");
    assert_string_equal(intake_take(&w.in, &w.raw)->field[1], "");
    w.raw.line = 9;
    r = intake_take(&w.in, &w.raw);
    assert_int_equal(r->n, 2);
    assert_string_equal(r->field[1], "kari(at)a");
    way_close(&w);
}

/* Half a pair of quotation marks is taken away where the reader says that one is lost; a pair, or a
 * mark within the words, is left. */
static void test_lone_marks(void **state)
{
    (void)state;
    struct way w;
    way_open(&w, 2, 6, "\"Sol barnehage", "Sol barnehage\"", "\"Sol\" barnehage", "180\" cm", "\"",
             "Barnehagen \"Sol\"\"");
    const struct row *r = intake_take(&w.in, &w.raw);
    assert_ptr_equal(r->field, w.cell); /* nothing is lost here */
    w.raw.flags = ROW_REREAD | ROW_JOINED;
    assert_ptr_equal(intake_take(&w.in, &w.raw)->field, w.cell);
    w.raw.flags = ROW_SWALLOWED;
    r = intake_take(&w.in, &w.raw);
    assert_int_equal(r->n, 6);
    assert_string_equal(r->field[0], "Sol barnehage");
    assert_string_equal(r->field[1], "Sol barnehage");
    assert_string_equal(r->field[2], "\"Sol\" barnehage");
    assert_string_equal(r->field[3], "180\" cm");
    assert_string_equal(r->field[4], "");
    assert_string_equal(r->field[5], "Barnehagen \"Sol\"");
    assert_string_equal(w.text[0], "\"Sol barnehage"); /* the reader's own cells are not touched */
    way_close(&w);
}

/* Behind the mark there may be an identity number, too. */
static void test_lone_mark_and_number(void **state)
{
    (void)state;
    struct way w;
    way_open(&w, 2, 2, "\"01017000027", "Kari 01017000027\"");
    w.raw.flags = ROW_SWALLOWED;
    const struct row *r = intake_take(&w.in, &w.raw);
    assert_string_equal(r->field[0], "");
    assert_string_equal(r->field[1], "Kari");
    assert_int_equal(w.in.identities, 2);
    way_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept_by_line),
        cmocka_unit_test(test_taken_back),
        cmocka_unit_test(test_plain_row_is_not_copied),
        cmocka_unit_test(test_numbers_are_left_out),
        cmocka_unit_test(test_mended_cells),
        cmocka_unit_test(test_lone_marks),
        cmocka_unit_test(test_lone_mark_and_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
