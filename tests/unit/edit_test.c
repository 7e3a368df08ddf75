#include "config.h"

#include "ui/edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <curses.h>

#include "samling/grapheme.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/keys.h"

#include "canvas.h"

static void type(struct edit *e, const char *s)
{
    while (*s) {
        bool changed;
        assert_true(edit_key(e, (int)text_next(&s), &changed));
        assert_true(changed);
    }
}

static void press(struct edit *e, int key, bool changes)
{
    bool changed = !changes;
    assert_true(edit_key(e, key, &changed));
    assert_int_equal(changed, changes);
}

/* The line with | where the cursor is. */
static void line_is(const struct edit *e, const char *want)
{
    struct buf b = {0};
    const char *s = buf_str(&e->text);
    assert_true(e->at <= e->text.len);
    assert_int_equal(strlen(s), e->text.len);
    buf_addn(&b, s, e->at);
    buf_add(&b, "|");
    buf_add(&b, s + e->at);
    assert_string_equal(b.s, want);
    buf_free(&b);
}

static void letters_go_in_at_the_cursor(void **state)
{
    (void)state;
    struct edit e = {0};
    line_is(&e, "|");
    type(&e, "Blåbr");
    line_is(&e, "Blåbr|");
    press(&e, KEY(KEY_LEFT), false);
    type(&e, "æ");
    line_is(&e, "Blåbæ|r");
    press(&e, KEY(KEY_LEFT), false);
    press(&e, KEY(KEY_LEFT), false);
    press(&e, KEY(KEY_LEFT), false);
    line_is(&e, "Bl|åbær");
    press(&e, KEY(KEY_RIGHT), false);
    line_is(&e, "Blå|bær");
    press(&e, KEY(KEY_BACKSPACE), true);
    line_is(&e, "Bl|bær");
    press(&e, KEY(KEY_DC), true);
    line_is(&e, "Bl|ær");
    press(&e, KEY(KEY_HOME), false);
    line_is(&e, "|Blær");
    press(&e, KEY(KEY_LEFT), false);
    press(&e, KEY(KEY_BACKSPACE), false);
    line_is(&e, "|Blær");
    press(&e, KEY(KEY_END), false);
    press(&e, KEY(KEY_RIGHT), false);
    press(&e, KEY(KEY_DC), false);
    line_is(&e, "Blær|");
    press(&e, CTRL_('A'), false);
    line_is(&e, "|Blær");
    press(&e, CTRL_('E'), false);
    line_is(&e, "Blær|");
    edit_free(&e);
    assert_null(e.text.s);
}

static void marks_stay_with_their_letter(void **state)
{
    (void)state;
    struct edit e = {0};
    type(&e, "xA\xCC\x8A\xCC\xA3y");
    press(&e, KEY(KEY_LEFT), false);
    press(&e, KEY(KEY_LEFT), false);
    line_is(&e, "x|A\xCC\x8A\xCC\xA3y");
    press(&e, KEY(KEY_RIGHT), false);
    line_is(&e, "xA\xCC\x8A\xCC\xA3|y");
    press(&e, KEY(KEY_BACKSPACE), true);
    line_is(&e, "x|y");
    type(&e, "A\xCC\x8A");
    press(&e, KEY(KEY_LEFT), false);
    press(&e, KEY(KEY_DC), true);
    line_is(&e, "x|y");
    /* A mark that had no letter gets the one that is typed before it. */
    edit_set(&e, "\xCC\x8A");
    press(&e, KEY(KEY_HOME), false);
    type(&e, "a");
    line_is(&e, "a\xCC\x8A|");
    press(&e, KEY(KEY_BACKSPACE), true);
    line_is(&e, "|");
    edit_free(&e);
}

static void wide_letters_are_one(void **state)
{
    (void)state;
    struct edit e = {0};
    type(&e, "日本😀");
    press(&e, KEY(KEY_LEFT), false);
    line_is(&e, "日本|😀");
    press(&e, KEY(KEY_BACKSPACE), true);
    line_is(&e, "日|😀");
    press(&e, KEY(KEY_DC), true);
    line_is(&e, "日|");
    edit_free(&e);
}

static void words_go_at_once(void **state)
{
    (void)state;
    struct edit e = {0};
    edit_set(&e, "Åse  Ødegård-Lie, ");
    press(&e, CTRL_('W'), true);
    line_is(&e, "Åse  Ødegård-|");
    press(&e, CTRL_('W'), true);
    line_is(&e, "Åse  |");
    press(&e, CTRL_('W'), true);
    line_is(&e, "|");
    press(&e, CTRL_('W'), false);
    edit_set(&e, "~/lister/bim.csv");
    press(&e, CTRL_('W'), true);
    press(&e, CTRL_('W'), true);
    line_is(&e, "~/lister/|");
    edit_set(&e, "a\xCC\x8As en to");
    for (int i = 0; i < 3; i++)
        press(&e, KEY(KEY_LEFT), false);
    press(&e, CTRL_('W'), true);
    line_is(&e, "a\xCC\x8As | to");
    press(&e, CTRL_('K'), true);
    line_is(&e, "a\xCC\x8As |");
    press(&e, CTRL_('K'), false);
    press(&e, KEY(KEY_LEFT), false);
    press(&e, CTRL_('U'), true);
    line_is(&e, "| ");
    press(&e, CTRL_('U'), false);
    edit_free(&e);
}

static void fresh_text_is_replaced(void **state)
{
    (void)state;
    struct edit e = {0};
    edit_set(&e, "ark.pdf");
    e.fresh = true;
    type(&e, "ny");
    line_is(&e, "ny|");
    assert_false(e.fresh);
    edit_set(&e, "ark.pdf");
    assert_false(e.fresh);
    e.fresh = true;
    press(&e, KEY(KEY_LEFT), false);
    type(&e, "x");
    line_is(&e, "ark.pdx|f");
    edit_set(&e, "ark.pdf");
    e.fresh = true;
    press(&e, KEY(KEY_BACKSPACE), true);
    line_is(&e, "|");
    edit_set(&e, "ark.pdf");
    e.fresh = true;
    press(&e, KEY(KEY_DC), true);
    line_is(&e, "|");
    edit_set(&e, "ark.pdf");
    e.fresh = true;
    assert_false(edit_key(&e, KEY_RETURN, NULL));
    assert_true(e.fresh);
    edit_free(&e);
}

static void other_keys_are_not_the_lines(void **state)
{
    (void)state;
    static const int keys[] = {KEY_RETURN,    KEY_TABULATOR, KEY_ESCAPE,  KEY_NONE, KEY_GONE,
                               KEY_IDLE,      0x7F,          0x85,        0xD800,   0x110000,
                               KEY(KEY_F(1)), CTRL_('G'),    KEY(KEY_UP), 0};
    struct edit e = {0};
    edit_set(&e, "a");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        bool changed = true;
        assert_false(edit_key(&e, keys[i], &changed));
        assert_false(changed);
        line_is(&e, "a|");
    }
    assert_true(edit_key(&e, 0x10FFFF, NULL));
    line_is(&e, "a\xF4\x8F\xBF\xBF|");
    edit_free(&e);
}

static void bytes_that_are_no_text_do_no_harm(void **state)
{
    (void)state;
    struct edit e = {0};
    /* Latin-1, a sequence cut off, continuation bytes alone. */
    edit_set(&e, "\xE5s\xC3");
    press(&e, KEY(KEY_LEFT), false);
    line_is(&e, "\xE5s|\xC3");
    type(&e, "x");
    line_is(&e, "\xE5sx|\xC3");
    press(&e, KEY(KEY_HOME), false);
    press(&e, KEY(KEY_DC), true);
    line_is(&e, "|sx\xC3");
    press(&e, KEY(KEY_END), false);
    press(&e, KEY(KEY_BACKSPACE), true);
    line_is(&e, "sx|");
    edit_set(&e, "\x80\xBF\x80\xBF\x80");
    for (int i = 0; i < 5; i++)
        press(&e, KEY(KEY_LEFT), false);
    line_is(&e, "|\x80\xBF\x80\xBF\x80");
    for (int i = 0; i < 5; i++)
        press(&e, KEY(KEY_DC), true);
    line_is(&e, "|");
    edit_set(&e, NULL);
    line_is(&e, "|");
    edit_free(&e);
}

static void letters_of_many_parts_are_one(void **state)
{
    (void)state;
    static const char *const letters[] = {
        "🇳🇴", "👨‍👩‍👧", "👍🏽", "1️⃣",      "नि",
        "בְּ",  "\u1112\u1161\u11AB", "กำ",       "e\u0301\u0323"};
    struct edit e = {0};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        struct buf want = {0};
        edit_set(&e, "");
        type(&e, "a");
        type(&e, letters[i]);
        type(&e, "b");
        press(&e, KEY(KEY_LEFT), false);
        press(&e, KEY(KEY_LEFT), false);
        buf_addf(&want, "a|%sb", letters[i]);
        line_is(&e, want.s);
        press(&e, KEY(KEY_DC), true);
        line_is(&e, "a|b");
        type(&e, letters[i]);
        press(&e, KEY(KEY_BACKSPACE), true);
        line_is(&e, "a|b");
        buf_free(&want);
    }
    /* Two flags; what stands between them goes, and half a flag makes others of them. */
    edit_set(&e, "🇳🇴x🇸🇪");
    press(&e, KEY(KEY_LEFT), false);
    press(&e, KEY(KEY_BACKSPACE), true);
    line_is(&e, "🇳🇴|🇸🇪");
    type(&e, "🇩");
    line_is(&e, "🇳🇴🇩🇸|🇪");
    edit_free(&e);
}

static void words_are_passed(void **state)
{
    (void)state;
    struct edit e = {0};
    edit_set(&e, "Åse  Ødegård-Lie.");
    press(&e, KEY_WORD_LEFT, false);
    line_is(&e, "Åse  Ødegård-|Lie.");
    press(&e, KEY_WORD_LEFT, false);
    press(&e, KEY_WORD_LEFT, false);
    line_is(&e, "|Åse  Ødegård-Lie.");
    press(&e, KEY_WORD_LEFT, false);
    press(&e, KEY_WORD_RIGHT, false);
    line_is(&e, "Åse  |Ødegård-Lie.");
    press(&e, KEY_WORD_RIGHT, false);
    press(&e, KEY_WORD_RIGHT, false);
    line_is(&e, "Åse  Ødegård-Lie.|");
    press(&e, KEY_WORD_RIGHT, false);
    press(&e, KEY_TEXT_HOME, false);
    line_is(&e, "|Åse  Ødegård-Lie.");
    press(&e, KEY_TEXT_END, false);
    line_is(&e, "Åse  Ødegård-Lie.|");
    edit_free(&e);
}

/* ---- the selection ----------------------------------------------------------------------------
 */

/* The line with [ and ] around what is selected. */
static void selection_is(const struct edit *e, const char *want)
{
    struct buf b = {0};
    const char *s = buf_str(&e->text);
    size_t from, to;
    if (edit_selected(e, &from, &to)) {
        buf_addn(&b, s, from);
        buf_add(&b, "[");
        buf_addn(&b, s + from, to - from);
        buf_add(&b, "]");
        s += to;
    }
    buf_add(&b, s);
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

static void shift_selects(void **state)
{
    (void)state;
    struct edit e = {0};
    edit_set(&e, "en to tre");
    press(&e, KEY_SELECT_LEFT, false);
    press(&e, KEY_SELECT_WORD_LEFT, false);
    selection_is(&e, "en to [tre]");
    press(&e, KEY_SELECT_WORD_LEFT, false);
    press(&e, KEY_SELECT_RIGHT, false);
    selection_is(&e, "en t[o tre]");
    press(&e, KEY(KEY_LEFT), false);
    line_is(&e, "en t|o tre");
    selection_is(&e, "en to tre");
    press(&e, KEY_SELECT_END, false);
    press(&e, KEY(KEY_RIGHT), false);
    line_is(&e, "en to tre|");
    press(&e, KEY_SELECT_HOME, false);
    selection_is(&e, "[en to tre]");
    press(&e, KEY_SELECT_DOWN, false);
    selection_is(&e, "en to tre");
    press(&e, KEY_SELECT_UP, false);
    selection_is(&e, "[en to tre]");
    type(&e, "æ");
    line_is(&e, "æ|");
    edit_set(&e, "en to");
    press(&e, KEY_SELECT_WORD_LEFT, false);
    press(&e, KEY(KEY_BACKSPACE), true);
    line_is(&e, "en |");
    press(&e, KEY_SELECT_WORD_LEFT, false);
    press(&e, KEY(KEY_DC), true);
    line_is(&e, "|");
    press(&e, KEY_SELECT_LEFT, false);
    press(&e, KEY(KEY_BACKSPACE), false);
    edit_set(&e, "en to");
    press(&e, KEY_SELECT_WORD_LEFT, false);
    edit_paste(&e, "tre\n");
    line_is(&e, "en tre|");
    edit_free(&e);
}

static void f6_selects_without_shift(void **state)
{
    (void)state;
    struct edit e = {0};
    edit_set(&e, "en to tre");
    press(&e, KEY(KEY_F(6)), false);
    press(&e, KEY_WORD_LEFT, false);
    press(&e, KEY(KEY_LEFT), false);
    selection_is(&e, "en to[ tre]");
    press(&e, KEY(KEY_F(6)), false);
    selection_is(&e, "en to[ tre]");
    press(&e, KEY(KEY_HOME), false);
    selection_is(&e, "en to tre");
    press(&e, KEY(KEY_F(6)), false);
    press(&e, KEY(KEY_END), false);
    selection_is(&e, "[en to tre]");
    press(&e, KEY_ESCAPE, false);
    selection_is(&e, "en to tre");
    line_is(&e, "en to tre|");
    assert_false(edit_key(&e, KEY_ESCAPE, NULL));
    press(&e, KEY(KEY_F(6)), false);
    press(&e, KEY_WORD_LEFT, false);
    type(&e, "x");
    line_is(&e, "en to x|");
    press(&e, KEY(KEY_LEFT), false);
    selection_is(&e, "en to x");
    edit_free(&e);
}

static void what_is_copied_goes_from_line_to_line(void **state)
{
    (void)state;
    struct edit e = {0}, other = {0};
    edit_copy("", 0);
    edit_set(&e, "en to");
    assert_false(edit_key(&e, CTRL_('V'), NULL));
    press(&e, CTRL_('C'), false);
    press(&e, CTRL_('X'), false);
    assert_false(edit_key(&e, CTRL_('V'), NULL));
    press(&e, KEY_SELECT_WORD_LEFT, false);
    press(&e, CTRL_('C'), false);
    selection_is(&e, "en [to]");
    assert_string_equal(edit_copied(), "to");
    edit_set(&other, "<>");
    press(&other, KEY(KEY_LEFT), false);
    press(&other, CTRL_('V'), true);
    line_is(&other, "<to|>");
    press(&e, CTRL_('X'), true);
    line_is(&e, "en |");
    press(&e, CTRL_('V'), true);
    press(&e, CTRL_('V'), true);
    line_is(&e, "en toto|");
    /* All of it, while it is fresh; copying leaves it so. */
    e.fresh = true;
    press(&e, CTRL_('C'), false);
    assert_string_equal(edit_copied(), "en toto");
    assert_true(e.fresh);
    press(&e, CTRL_('V'), true);
    line_is(&e, "en toto|");
    e.fresh = true;
    press(&e, CTRL_('X'), true);
    line_is(&e, "|");
    /* From several lines into one; spaces at the ends were meant. */
    edit_copy(" a\nb ", 5);
    press(&e, CTRL_('V'), true);
    line_is(&e, " a b |");
    edit_copy("", 0);
    edit_free(&e);
    edit_free(&other);
}

/* ---- undo -------------------------------------------------------------------------------------
 */

static void what_was_typed_is_undone(void **state)
{
    (void)state;
    struct edit e = {0};
    edit_set(&e, "en");
    press(&e, CTRL_('Z'), false);
    press(&e, CTRL_('Y'), false);
    type(&e, " to");
    press(&e, KEY(KEY_HOME), false);
    type(&e, "<");
    press(&e, KEY(KEY_BACKSPACE), true);
    press(&e, KEY(KEY_DC), true);
    press(&e, KEY(KEY_DC), true);
    line_is(&e, "| to");
    press(&e, CTRL_('Z'), true);
    line_is(&e, "<|en to");
    press(&e, CTRL_('Z'), true);
    line_is(&e, "|en to");
    press(&e, CTRL_('Z'), true);
    line_is(&e, "en|");
    press(&e, CTRL_('Z'), false);
    press(&e, CTRL_('Y'), true);
    line_is(&e, "en to|");
    press(&e, CTRL_('Y'), true);
    press(&e, CTRL_('Y'), true);
    line_is(&e, "| to");
    press(&e, CTRL_('Y'), false);
    press(&e, CTRL_('Z'), true);
    type(&e, "x"); /* what was undone is gone */
    press(&e, CTRL_('Y'), false);
    line_is(&e, "<x|en to");
    edit_free(&e);
}

static void each_kind_of_change_is_a_step(void **state)
{
    (void)state;
    struct edit e = {0};
    edit_set(&e, "en to tre");
    press(&e, CTRL_('W'), true);
    press(&e, CTRL_('W'), true);
    edit_paste(&e, "fire");
    edit_put(&e, "annet");
    line_is(&e, "annet|");
    press(&e, KEY_SELECT_WORD_LEFT, false);
    type(&e, "nytt");
    assert_true(edit_undo(&e));
    line_is(&e, "|annet");
    assert_true(edit_undo(&e));
    line_is(&e, "en fire|");
    assert_true(edit_undo(&e));
    line_is(&e, "en |");
    assert_true(edit_undo(&e));
    assert_true(edit_undo(&e));
    assert_false(edit_undo(&e));
    line_is(&e, "en to tre|");
    for (int i = 0; i < 5; i++)
        assert_true(edit_redo(&e));
    assert_false(edit_redo(&e));
    line_is(&e, "nytt|");
    edit_put(&e, "nytt"); /* which changes nothing */
    assert_true(edit_undo(&e));
    line_is(&e, "|annet");
    edit_set(&e, "begynner");
    assert_false(edit_undo(&e));
    assert_false(edit_redo(&e));
    edit_free(&e);
}

static void undo_keeps_to_its_bounds(void **state)
{
    (void)state;
    struct edit e = {0};
    char *big = mem_alloc(100001);
    memset(big, 'x', 100000);
    edit_set(&e, "");
    for (int i = 0; i < 500; i++) {
        edit_put(&e, i % 2 ? "en" : "to");
    }
    int undone = 0;
    while (edit_undo(&e))
        undone++;
    assert_int_equal(undone, 200);
    /* One that is larger than all that is kept can still be undone. */
    edit_set(&e, "før");
    edit_put(&e, "etter");
    edit_put(&e, big);
    assert_true(edit_undo(&e));
    line_is(&e, "etter|");
    assert_false(edit_undo(&e));
    assert_true(edit_redo(&e));
    assert_int_equal(e.text.len, 100000);
    /* A long text typed at once goes in parts. */
    edit_set(&e, "");
    for (int i = 0; i < 100; i++)
        type(&e, "ordet ");
    assert_true(edit_undo(&e));
    assert_in_range(e.text.len, 500, 599);
    free(big);
    edit_free(&e);
}

/* ---- drawing ----------------------------------------------------------------------------------
 */

static void drawn(struct edit *e, int width, const char *text, const char *reverse, int column)
{
    clear();
    edit_draw(e, 2, 3, width, true);
    assert_string_equal(canvas_text(2, 3, width), text);
    assert_string_equal(canvas_reverse(2, 3, width), reverse);
    assert_int_equal(e->column, column);
    assert_string_equal(canvas_text(2, 3 + width, 1), " ");
}

static void it_is_drawn_in_columns(void **state)
{
    (void)state;
    struct edit e = {0};
    edit_set(&e, "blåbær");
    drawn(&e, 8, "blåbær  ", "........", 6);
    e.fresh = true;
    drawn(&e, 8, "blåbær  ", "######..", 6);
    edit_set(&e, "blåbærtue");
    drawn(&e, 8, "…bærtue ", "........", 7);
    press(&e, KEY_SELECT_WORD_LEFT, false);
    drawn(&e, 8, "blåbært…", "########", 0);
    press(&e, KEY(KEY_LEFT), false);
    press(&e, KEY_SELECT_RIGHT, false);
    press(&e, KEY_SELECT_RIGHT, false);
    drawn(&e, 8, "blåbært…", "##......", 2);
    edit_draw(&e, 2, 3, 8, false);
    assert_string_equal(canvas_reverse(2, 3, 8), "........");
    edit_set(&e, "to\nlinjer");
    drawn(&e, 12, "to⏎linjer   ", "............", 9);
    edit_free(&e);
}

static void a_wide_letter_at_the_edge_is_whole(void **state)
{
    (void)state;
    struct edit e = {0};
    edit_set(&e, "日本語");
    drawn(&e, 7, "日本語 ", ".......", 6);
    drawn(&e, 6, "…本語 ", "......", 5);
    drawn(&e, 5, "…語  ", ".....", 3);
    press(&e, KEY(KEY_LEFT), false);
    drawn(&e, 5, "…本語", ".....", 3);
    press(&e, KEY(KEY_HOME), false);
    drawn(&e, 6, "日本語", "......", 0);
    drawn(&e, 5, "日本…", ".....", 0);
    drawn(&e, 4, "日… ", "....", 0);
    /* Joined, and with marks: as wide as their parts, never in halves. */
    edit_set(&e, "👍🏽å\u0323b");
    press(&e, KEY_SELECT_LEFT, false);
    drawn(&e, 7, "👍🏽å\u0323b ", ".....#.", 5);
    press(&e, KEY(KEY_HOME), false);
    drawn(&e, 5, "👍🏽…", ".....", 0);
    drawn(&e, 4, "…   ", "....", 0);
    edit_free(&e);
}

static void a_click_puts_the_cursor(void **state)
{
    (void)state;
    struct edit e = {0};
    edit_set(&e, "a日本b");
    drawn(&e, 10, "a日本b    ", "..........", 6);
    assert_true(edit_click(&e, 2));
    line_is(&e, "a|日本b");
    assert_true(edit_click(&e, 3));
    line_is(&e, "a日|本b");
    assert_true(edit_click(&e, 9));
    line_is(&e, "a日本b|");
    assert_false(edit_click(&e, -1));
    drawn(&e, 5, "…本b ", ".....", 4);
    assert_true(edit_click(&e, 1));
    line_is(&e, "a日|本b");
    edit_draw(&e, 2, 3, 5, false);
    assert_true(edit_click(&e, 0));
    line_is(&e, "|a日本b");
    edit_free(&e);
}

/* However it is scrolled, cursor and text are on the screen and agree. */
static void scrolling_agrees_with_the_text(void **state)
{
    (void)state;
    static const int keys[] = {'a',           0xE5,          0x30A,           0x65E5,
                               ' ',           0x1F1F3,       0x200D,          0x1F468,
                               KEY(KEY_LEFT), KEY(KEY_LEFT), KEY(KEY_RIGHT),  KEY(KEY_BACKSPACE),
                               KEY(KEY_HOME), KEY(KEY_END),  KEY_SELECT_LEFT, KEY_WORD_RIGHT,
                               CTRL_('Z'),    CTRL_('Z')};
    struct edit e = {0};
    uint32_t random = 3;
    for (int i = 0; i < 4000; i++) {
        random = random * 1664525u + 1013904223u;
        edit_key(&e, keys[(random >> 16) % (sizeof keys / sizeof *keys)], NULL);
        int width = 4 + (int)(random >> 8) % 14;
        edit_draw(&e, 2, 3, width, true);
        const char *s = buf_str(&e.text);
        assert_true(e.from <= e.at);
        assert_in_range(e.column, 0, width - 1);
        assert_true(e.from == 0 || grapheme_end(s, grapheme_before(s, e.from)) == e.from);
        int columns = grapheme_columns(s, e.from, e.at, 999) + (e.from > 0);
        assert_int_equal(e.column, columns < width ? columns : width - 1);
        assert_true(columns < width || grapheme_columns(s, e.at, grapheme_end(s, e.at), 99) == 0 ||
                    width < 6);
    }
    edit_free(&e);
}

/* ---- a model ----------------------------------------------------------------------------------
 */

/* The same by whole texts: what is before, in, and after the selection. */
struct model {
    char *text;
    size_t at, anchor;
    bool marked, selecting;
};

/* The ends of letters are counted from the beginning, each time. */
static size_t model_step(const struct model *m, size_t at, bool on)
{
    size_t here = 0;
    for (;;) {
        size_t next = grapheme_end(m->text, here);
        if (on ? here > at || next == here : next >= at)
            return here;
        here = next;
    }
}

static void model_put(struct model *m, size_t from, size_t to, const char *s)
{
    struct buf b = {0};
    size_t here = 0;
    buf_addn(&b, m->text, from);
    buf_add(&b, s);
    size_t at = b.len;
    buf_add(&b, m->text + to);
    free(m->text);
    m->text = buf_take(&b);
    while (here < at)
        here = grapheme_end(m->text, here);
    m->at = here;
    m->marked = m->selecting = false;
}

static void model_move(struct model *m, size_t to, bool selecting)
{
    if (selecting && !m->marked)
        m->anchor = m->at;
    m->marked = selecting;
    m->at = to;
}

static void model_key(struct model *m, int key)
{
    char letter[5] = {0};
    struct buf b = {0};
    bool held = m->marked && m->anchor != m->at;
    size_t first = held && m->anchor < m->at ? m->anchor : m->at;
    size_t last = held && m->anchor > m->at ? m->anchor : m->at;
    size_t before = model_step(m, m->at, false), after = model_step(m, m->at, true);
    bool extends = m->selecting, collapses = held && !extends;
    switch (key) {
    case KEY(KEY_LEFT): model_move(m, collapses ? first : before, extends); break;
    case KEY(KEY_RIGHT): model_move(m, collapses ? last : after, extends); break;
    case KEY_SELECT_LEFT: model_move(m, before, true); break;
    case KEY_SELECT_RIGHT: model_move(m, after, true); break;
    case KEY(KEY_HOME): model_move(m, 0, extends); break;
    case KEY_SELECT_END: model_move(m, strlen(m->text), true); break;
    case KEY(KEY_F(6)):
        m->selecting = !extends;
        if (!extends) {
            m->anchor = m->at;
            m->marked = true;
        }
        break;
    case KEY(KEY_BACKSPACE):
    case KEY(KEY_DC):
        m->selecting = false;
        if (held)
            model_put(m, first, last, "");
        else if (key == KEY(KEY_DC) && after > m->at)
            model_put(m, m->at, after, "");
        else if (key == KEY(KEY_BACKSPACE) && m->at > 0)
            model_put(m, before, m->at, "");
        break;
    default:
        text_put(&b, (uint32_t)key);
        memcpy(letter, b.s, b.len);
        model_put(m, first, last, letter);
    }
    buf_free(&b);
}

static const int many_keys[] = {
    'a',
    ' ',
    0xE5,
    0x30A,
    0x323,
    0x65E5,
    0x1F468,
    0x200D,
    0x1F469,
    0x1F1F3,
    0x1F1F4,
    0x93F,
    0x928,
    0x5D1,
    0x1112,
    0x1161,
    KEY(KEY_LEFT),
    KEY(KEY_LEFT),
    KEY(KEY_RIGHT),
    KEY(KEY_DC),
    KEY(KEY_BACKSPACE),
    KEY(KEY_HOME),
    KEY_SELECT_LEFT,
    KEY_SELECT_RIGHT,
    KEY_SELECT_END,
    KEY(KEY_F(6)),
};

static uint32_t next_random(uint32_t *random)
{
    *random = *random * 1664525u + 1013904223u;
    return *random >> 16;
}

static void it_does_as_the_model(void **state)
{
    (void)state;
    struct edit e = {0};
    struct model m = {.text = mem_strdup("")};
    uint32_t random = 11;
    for (int i = 0; i < 20000; i++) {
        int key = many_keys[next_random(&random) % (sizeof many_keys / sizeof *many_keys)];
        assert_true(edit_key(&e, key, NULL));
        model_key(&m, key);
        assert_string_equal(buf_str(&e.text), m.text);
        assert_int_equal(e.text.len, strlen(m.text));
        assert_int_equal(e.at, m.at);
        size_t from = 0, to = 0;
        bool held = m.marked && m.anchor != m.at;
        assert_int_equal(edit_selected(&e, &from, &to), held);
        if (held) {
            assert_int_equal(from, m.anchor < m.at ? m.anchor : m.at);
            assert_int_equal(to, m.anchor < m.at ? m.at : m.anchor);
        }
        if (e.text.len > 200) { /* mostly letters: begin again */
            edit_set(&e, "");
            model_put(&m, 0, strlen(m.text), "");
        }
    }
    free(m.text);
    edit_free(&e);
}

/* Undone to the beginning and done again, the text is what it was at each step. */
static void all_is_undone_and_done_again(void **state)
{
    (void)state;
    struct edit e = {0};
    uint32_t random = 5;
    for (int round = 0; round < 100; round++) {
        char *seen[201];
        size_t n = 0;
        edit_set(&e, "Blåbær 日本");
        char *first = mem_strdup(e.text.s);
        for (int i = 0; i < 150; i++)
            edit_key(&e, many_keys[next_random(&random) % (sizeof many_keys / sizeof *many_keys)],
                     NULL);
        char *last = mem_strdup(e.text.s);
        do {
            assert_true(n < 201);
            seen[n++] = mem_strdup(buf_str(&e.text));
        } while (edit_undo(&e));
        assert_string_equal(e.text.s, first);
        while (n > 0) {
            assert_string_equal(buf_str(&e.text), seen[--n]);
            free(seen[n]);
            assert_int_equal(edit_redo(&e), n > 0);
        }
        assert_string_equal(e.text.s, last);
        free(first);
        free(last);
    }
    edit_free(&e);
}

/* Whatever is typed, the line stays text, and the cursor between letters. */
static void nothing_breaks_it(void **state)
{
    (void)state;
    static const int more[] = {CTRL_('W'),           CTRL_('U'),    CTRL_('K'), CTRL_('X'),
                               CTRL_('C'),           CTRL_('V'),    CTRL_('Z'), CTRL_('Y'),
                               KEY_SELECT_WORD_LEFT, KEY_WORD_RIGHT};
    const size_t n = sizeof many_keys / sizeof *many_keys, nmore = sizeof more / sizeof *more;
    struct edit e = {0};
    uint32_t random = 1;
    for (int i = 0; i < 15000; i++) {
        size_t which = next_random(&random) % (n + nmore);
        if (next_random(&random) % 50 == 0)
            e.fresh = true;
        edit_key(&e, which < n ? many_keys[which] : more[which - n], NULL);
        const char *s = buf_str(&e.text);
        assert_int_equal(strlen(s), e.text.len);
        assert_true(e.at <= e.text.len);
        assert_true(text_is_utf8(s, e.text.len));
        assert_true(e.at == 0 || grapheme_end(s, grapheme_before(s, e.at)) == e.at);
        if (e.text.len > 4000)
            edit_put(&e, "");
    }
    edit_copy("", 0);
    edit_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_go_in_at_the_cursor),
        cmocka_unit_test(marks_stay_with_their_letter),
        cmocka_unit_test(wide_letters_are_one),
        cmocka_unit_test(words_go_at_once),
        cmocka_unit_test(fresh_text_is_replaced),
        cmocka_unit_test(other_keys_are_not_the_lines),
        cmocka_unit_test(bytes_that_are_no_text_do_no_harm),
        cmocka_unit_test(letters_of_many_parts_are_one),
        cmocka_unit_test(words_are_passed),
        cmocka_unit_test(shift_selects),
        cmocka_unit_test(f6_selects_without_shift),
        cmocka_unit_test(what_is_copied_goes_from_line_to_line),
        cmocka_unit_test(what_was_typed_is_undone),
        cmocka_unit_test(each_kind_of_change_is_a_step),
        cmocka_unit_test(undo_keeps_to_its_bounds),
        cmocka_unit_test(it_is_drawn_in_columns),
        cmocka_unit_test(a_wide_letter_at_the_edge_is_whole),
        cmocka_unit_test(a_click_puts_the_cursor),
        cmocka_unit_test(scrolling_agrees_with_the_text),
        cmocka_unit_test(it_does_as_the_model),
        cmocka_unit_test(all_is_undone_and_done_again),
        cmocka_unit_test(nothing_breaks_it),
    };
    return cmocka_run_group_tests_name("edit", tests, canvas_open, canvas_close);
}
