#include "config.h"

#include "ui/notes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <curses.h>

#include "samling/grapheme.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/keys.h"

#include "canvas.h"

static void type(struct notes *n, const char *s)
{
    while (*s) {
        bool changed;
        assert_true(notes_key(n, (int)text_next(&s), &changed));
        assert_true(changed);
    }
}

static void press(struct notes *n, int key, bool changes)
{
    bool changed = !changes;
    assert_true(notes_key(n, key, &changed));
    assert_int_equal(changed, changes);
}

/* The text with | where the cursor is. */
static void text_is(const struct notes *n, const char *want)
{
    struct buf b = {0};
    const char *s = buf_str(&n->edit.text);
    buf_addn(&b, s, n->edit.at);
    buf_add(&b, "|");
    buf_add(&b, s + n->edit.at);
    assert_string_equal(b.s, want);
    buf_free(&b);
}

/* The rows at a width, with / between them. */
static void rows_are(const char *text, int width, const char *want)
{
    struct notes n = {0};
    struct buf b = {0};
    notes_set(&n, text);
    size_t rows = notes_rows(&n, width);
    for (size_t i = 0; i < rows; i++) {
        size_t end = i + 1 < rows ? n.row[i + 1] : n.edit.text.len;
        if (i > 0)
            buf_add(&b, "/");
        buf_addn(&b, text + n.row[i], end - n.row[i]);
    }
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
    notes_free(&n);
}

static void rows_are_broken_by_words(void **state)
{
    (void)state;
    rows_are("", 10, "");
    rows_are("en to tre", 10, "en to tre");
    rows_are("en to tre", 9, "en to /tre"); /* one column is the cursor's */
    rows_are("en to    tre", 7, "en to    /tre");
    rows_are("en\nto\n\ntre\n", 10, "en\n/to\n/\n/tre\n/");
    rows_are("barnehagestyrerne møtes", 9, "barnehag/estyrern/e møtes");
    rows_are("en barnehagestyrer", 9, "en /barnehag/estyrer");
    rows_are("日本語日本", 6, "日本/語日/本");
    rows_are("a日本語", 6, "a日本/語");
    rows_are("日本", 2, "日/本");
    rows_are("a\u0323\u030Abc", 3, "a\u0323\u030Ab/c");
    rows_are("👍🏽👍🏽 x", 6, "👍🏽/👍🏽 /x");
}

static void the_cursor_goes_by_rows(void **state)
{
    (void)state;
    struct notes n = {0};
    notes_set(&n, "Vi møtes til lunsj.\nTema: lek\n\nSlutt");
    notes_rows(&n, 13); /* Vi møtes til /lunsj. / Tema: lek / / Slutt */
    press(&n, KEY(KEY_UP), false);
    press(&n, KEY(KEY_UP), false); /* past the empty line, to the column it came from */
    text_is(&n, "Vi møtes til lunsj.\nTema:| lek\n\nSlutt");
    press(&n, KEY(KEY_UP), false);
    text_is(&n, "Vi møtes til lunsj|.\nTema: lek\n\nSlutt");
    press(&n, KEY(KEY_END), false);
    text_is(&n, "Vi møtes til lunsj.|\nTema: lek\n\nSlutt");
    press(&n, KEY(KEY_UP), false);
    press(&n, KEY(KEY_END), false); /* before the space that it is broken at */
    text_is(&n, "Vi møtes til| lunsj.\nTema: lek\n\nSlutt");
    press(&n, KEY(KEY_HOME), false);
    text_is(&n, "|Vi møtes til lunsj.\nTema: lek\n\nSlutt");
    bool changed = true;
    assert_false(notes_key(&n, KEY(KEY_UP), &changed));
    assert_false(changed);
    assert_false(notes_key(&n, KEY(KEY_PPAGE), NULL));
    press(&n, KEY_TEXT_END, false);
    assert_false(notes_key(&n, KEY(KEY_DOWN), NULL));
    assert_false(notes_key(&n, KEY(KEY_NPAGE), NULL));
    assert_false(notes_key(&n, KEY_TABULATOR, NULL));
    text_is(&n, "Vi møtes til lunsj.\nTema: lek\n\nSlutt|");
    press(&n, KEY_TEXT_HOME, false);
    press(&n, KEY(KEY_DOWN), false);
    press(&n, CTRL_('A'), false);
    text_is(&n, "Vi møtes til |lunsj.\nTema: lek\n\nSlutt");
    press(&n, CTRL_('E'), false);
    press(&n, KEY(KEY_RIGHT), false);
    text_is(&n, "Vi møtes til lunsj.\n|Tema: lek\n\nSlutt");
    notes_free(&n);
}

static void pages_are_those_that_are_seen(void **state)
{
    (void)state;
    struct notes n = {0};
    notes_set(&n, "1\n2\n3\n4\n5\n6\n7\n8\n9");
    notes_draw(&n, 0, 0, 4, 20, true);
    press(&n, KEY(KEY_PPAGE), false);
    text_is(&n, "1\n2\n3\n4\n5\n6|\n7\n8\n9");
    press(&n, KEY(KEY_PPAGE), false);
    press(&n, KEY(KEY_PPAGE), false);
    text_is(&n, "1|\n2\n3\n4\n5\n6\n7\n8\n9");
    press(&n, KEY(KEY_NPAGE), false);
    text_is(&n, "1\n2\n3\n4|\n5\n6\n7\n8\n9");
    notes_free(&n);
}

static void lines_are_made_and_joined(void **state)
{
    (void)state;
    struct notes n = {0};
    notes_set(&n, NULL);
    type(&n, "en");
    press(&n, KEY_RETURN, true);
    type(&n, "to");
    text_is(&n, "en\nto|");
    press(&n, KEY(KEY_HOME), false);
    press(&n, KEY(KEY_BACKSPACE), true);
    text_is(&n, "en|to");
    press(&n, KEY_RETURN, true);
    press(&n, CTRL_('K'), true);
    text_is(&n, "en\n|");
    press(&n, CTRL_('U'), false); /* stays within the line */
    press(&n, CTRL_('W'), true);
    text_is(&n, "|");
    for (int i = 0; i < 10; i++)
        edit_undo(&n.edit);
    text_is(&n, "|");
    assert_true(edit_redo(&n.edit));
    text_is(&n, "en|");
    assert_true(edit_redo(&n.edit)); /* the line end is a step of its own */
    assert_true(edit_redo(&n.edit));
    text_is(&n, "en\nto|");
    notes_paste(&n, "\r\n- tre\r\n- fire\r\n");
    text_is(&n, "en\nto\n- tre\n- fire\n|");
    press(&n, CTRL_('Z'), true);
    text_is(&n, "en\nto|");
    notes_free(&n);
}

static void lines_are_selected(void **state)
{
    (void)state;
    struct notes n = {0};
    size_t from, to;
    notes_set(&n, "en\nto\ntre");
    notes_rows(&n, 20);
    press(&n, KEY_SELECT_UP, false);
    assert_true(edit_selected(&n.edit, &from, &to));
    assert_int_equal(from, 5);
    assert_int_equal(to, 9);
    press(&n, KEY_SELECT_HOME, false);
    press(&n, CTRL_('C'), false);
    assert_string_equal(edit_copied(), "to\ntre");
    press(&n, KEY_SELECT_UP, false);
    press(&n, KEY_SELECT_UP, false); /* at the first row: to the beginning */
    assert_true(edit_selected(&n.edit, &from, &to));
    assert_int_equal(from, 0);
    type(&n, "x");
    text_is(&n, "x|");
    press(&n, CTRL_('V'), true);
    text_is(&n, "xto\ntre|");
    press(&n, KEY(KEY_F(6)), false);
    press(&n, KEY(KEY_UP), false);
    press(&n, KEY(KEY_UP), false); /* selecting, it leads nowhere else */
    press(&n, KEY(KEY_BACKSPACE), true);
    text_is(&n, "|");
    assert_false(notes_key(&n, KEY(KEY_UP), NULL));
    edit_copy("", 0);
    notes_free(&n);
}

/* ---- drawing ----------------------------------------------------------------------------------
 */

enum { Y = 2, X = 3 };

static void row_drawn(int row, int width, const char *text, const char *reverse)
{
    assert_string_equal(canvas_text(Y + row, X, width), text);
    assert_string_equal(canvas_reverse(Y + row, X, width), reverse);
}

static void it_is_drawn_in_rows(void **state)
{
    (void)state;
    struct notes n = {0};
    notes_set(&n, "en to tre\n\nå\u0323 日");
    clear();
    notes_draw(&n, Y, X, 5, 7, true);
    row_drawn(0, 7, "en to  ", ".......");
    row_drawn(1, 7, "tre    ", ".......");
    row_drawn(2, 7, "       ", ".......");
    row_drawn(3, 7, "å\u0323 日   ", ".......");
    row_drawn(4, 7, "       ", ".......");
    assert_int_equal(n.y, 3);
    assert_int_equal(n.column, 4);
    press(&n, KEY_SELECT_TEXT_HOME, false);
    notes_draw(&n, Y, X, 5, 7, true);
    row_drawn(0, 7, "en to  ", "######.");
    row_drawn(1, 7, "tre    ", "####...");
    row_drawn(2, 7, "       ", "#......");
    row_drawn(3, 7, "å\u0323 日   ", "####...");
    assert_int_equal(n.y, 0);
    notes_draw(&n, Y, X, 5, 7, false);
    row_drawn(0, 7, "en to  ", ".......");
    notes_free(&n);
}

static void what_is_hidden_is_said(void **state)
{
    (void)state;
    struct notes n = {0};
    notes_set(&n, "1\n2\n3\n4\n5");
    clear();
    notes_draw(&n, Y, X, 3, 6, false);
    row_drawn(0, 6, "1     ", "......");
    row_drawn(2, 6, "3    ↓", "......");
    notes_draw(&n, Y, X, 3, 6, true);
    row_drawn(0, 6, "3    ↑", "......");
    row_drawn(2, 6, "5     ", "......");
    assert_int_equal(n.y, 2);
    press(&n, KEY(KEY_UP), false);
    press(&n, KEY(KEY_UP), false);
    press(&n, KEY(KEY_UP), false);
    notes_draw(&n, Y, X, 3, 6, true);
    row_drawn(0, 6, "2    ↑", "......");
    row_drawn(2, 6, "4    ↓", "......");
    assert_int_equal(n.y, 0);
    /* Lines that go away leave no empty rows at the end. */
    press(&n, KEY_TEXT_END, false);
    notes_draw(&n, Y, X, 3, 6, true);
    press(&n, KEY(KEY_BACKSPACE), true);
    press(&n, KEY(KEY_BACKSPACE), true);
    notes_draw(&n, Y, X, 3, 6, true);
    row_drawn(0, 6, "2    ↑", "......");
    row_drawn(2, 6, "4     ", "......");
    notes_free(&n);
}

static void a_click_puts_the_cursor(void **state)
{
    (void)state;
    struct notes n = {0};
    notes_set(&n, "en to tre\nfire");
    notes_draw(&n, Y, X, 4, 7, true);
    assert_true(notes_click(&n, 1, 1));
    text_is(&n, "en to t|re\nfire");
    assert_true(notes_click(&n, 0, 6));
    text_is(&n, "en to| tre\nfire");
    assert_true(notes_click(&n, 3, 0));
    text_is(&n, "en to tre\nfire|");
    assert_false(notes_click(&n, 4, 0));
    assert_false(notes_click(&n, 0, 7));
    assert_false(notes_click(&n, -1, 0));
    notes_free(&n);
}

/* ---- what always holds --------------------------------------------------------------------------
 */

static void rows_hold_together(const struct notes *n, int width)
{
    const char *s = buf_str(&n->edit.text);
    int room = width > 2 ? width - 1 : 1;
    assert_int_equal(n->row[0], 0);
    for (size_t i = 0; i < n->nrows; i++) {
        size_t end = i + 1 < n->nrows ? n->row[i + 1] : n->edit.text.len;
        bool last = i + 1 == n->nrows;
        assert_true(last || end > n->row[i]);
        const char *line_end = memchr(s + n->row[i], '\n', end - n->row[i]);
        assert_true(!line_end || line_end == s + end - 1);
        if (line_end)
            end--;
        while (end > n->row[i] && s[end - 1] == ' ')
            end--;
        size_t first = grapheme_end(s, n->row[i]);
        assert_true(grapheme_columns(s, n->row[i], end, 999) <= room || first >= end);
        assert_true(n->row[i] == 0 ||
                    grapheme_after(s, grapheme_before(s, n->row[i])) == n->row[i]);
    }
}

static void nothing_breaks_it(void **state)
{
    (void)state;
    static const int keys[] = {'a',
                               'b',
                               ' ',
                               0xE5,
                               0x30A,
                               0x65E5,
                               0x1F468,
                               0x200D,
                               KEY_RETURN,
                               KEY(KEY_UP),
                               KEY(KEY_DOWN),
                               KEY(KEY_PPAGE),
                               KEY(KEY_NPAGE),
                               KEY(KEY_LEFT),
                               KEY(KEY_HOME),
                               KEY(KEY_END),
                               KEY(KEY_BACKSPACE),
                               KEY(KEY_DC),
                               KEY_SELECT_UP,
                               KEY_SELECT_LEFT,
                               KEY(KEY_F(6)),
                               CTRL_('K'),
                               CTRL_('Z'),
                               CTRL_('Y')};
    struct notes n = {0};
    uint32_t random = 1;
    notes_set(&n, "");
    for (int i = 0; i < 6000; i++) {
        random = random * 1664525u + 1013904223u;
        notes_key(&n, keys[(random >> 16) % (sizeof keys / sizeof *keys)], NULL);
        int width = 1 + (int)(random >> 8) % 12, height = 1 + (int)(random >> 24) % 6;
        notes_draw(&n, Y, X, height, width, true);
        const char *s = buf_str(&n.edit.text);
        assert_true(text_is_utf8(s, n.edit.text.len));
        assert_true(n.edit.at == 0 || grapheme_end(s, grapheme_before(s, n.edit.at)) == n.edit.at);
        assert_in_range(n.y, 0, height - 1);
        assert_in_range(n.column, 0, width - 1);
        rows_hold_together(&n, width);
        if (n.edit.text.len > 600)
            notes_set(&n, "");
    }
    notes_free(&n);
}

/* A million letters, also in one line: a key costs a look over them at most. */
static void long_texts_are_no_trouble(void **state)
{
    (void)state;
    for (int lines = 0; lines < 2; lines++) {
        struct notes n = {0};
        char *text = mem_alloc(1000001);
        for (size_t i = 0; i < 1000000; i++)
            text[i] = i % 7 == 6 ? (lines && i % 70 == 69 ? '\n' : ' ') : 'x';
        notes_set(&n, text);
        clock_t began = clock();
        for (int i = 0; i < 20; i++) {
            press(&n, 'a', true);
            notes_draw(&n, Y, X, 10, 60, true);
            press(&n, KEY(KEY_PPAGE), false);
            press(&n, KEY_SELECT_UP, false);
            notes_draw(&n, Y, X, 10, 60, true);
        }
        assert_true((double)(clock() - began) / CLOCKS_PER_SEC < 10);
        free(text);
        notes_free(&n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_broken_by_words),
        cmocka_unit_test(the_cursor_goes_by_rows),
        cmocka_unit_test(pages_are_those_that_are_seen),
        cmocka_unit_test(lines_are_made_and_joined),
        cmocka_unit_test(lines_are_selected),
        cmocka_unit_test(it_is_drawn_in_rows),
        cmocka_unit_test(what_is_hidden_is_said),
        cmocka_unit_test(a_click_puts_the_cursor),
        cmocka_unit_test(nothing_breaks_it),
        cmocka_unit_test(long_texts_are_no_trouble),
    };
    return cmocka_run_group_tests_name("notes", tests, canvas_open, canvas_close);
}
