#include "config.h"

#include "ui/edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <curses.h>

#include "samling/text.h"

#include "ui/keys.h"

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

/* Whatever is typed, the line stays text, and the cursor between letters. */
static void nothing_breaks_it(void **state)
{
    (void)state;
    static const int keys[] = {
        'a',           0xE5,          0x30A,          0x65E5,      ' ',
        KEY(KEY_LEFT), KEY(KEY_LEFT), KEY(KEY_RIGHT), KEY(KEY_DC), KEY(KEY_BACKSPACE),
        KEY(KEY_HOME), CTRL_('W'),    0x1F600,        0x200D};
    struct edit e = {0};
    uint32_t random = 1;
    for (int i = 0; i < 20000; i++) {
        random = random * 1664525u + 1013904223u;
        assert_true(edit_key(&e, keys[(random >> 16) % (sizeof keys / sizeof *keys)], NULL));
        const char *s = buf_str(&e.text);
        assert_int_equal(strlen(s), e.text.len);
        assert_true(e.at <= e.text.len);
        assert_true(text_is_utf8(s, e.text.len));
        int columns;
        assert_int_equal(text_fit(s + e.at, 0, &columns), e.at > 0 ? 0 : text_fit(s, 0, &columns));
    }
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
        cmocka_unit_test(nothing_breaks_it),
    };
    return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
