#include "config.h"

#include "ui/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "samling/buf.h"
#include "samling/text.h"

static void rows_are(const char *text, int width, const char *want)
{
    struct flow f = {0};
    struct buf got = {0};
    flow_text(&f, text, width);
    for (size_t i = 0; i < f.n; i++) {
        assert_true(text_width(f.rows[i].text) <= width);
        buf_addf(&got, "%s|", f.rows[i].text);
    }
    assert_string_equal(buf_str(&got), want);
    buf_free(&got);
    flow_free(&f);
}

static void lines_break_between_words(void **state)
{
    (void)state;
    rows_are("", 10, "|");
    rows_are("Blåbær på brød", 20, "Blåbær på brød|");
    rows_are("Blåbær på brød", 14, "Blåbær på brød|");
    rows_are("Blåbær på brød", 13, "Blåbær på|brød|");
    rows_are("Blåbær på brød", 4, "Blåb|ær|på|brød|");
    rows_are("en\n\nto\n", 10, "en||to|");
    rows_are("日本語", 3, "日|本|語|");
}

static void indents_go_on(void **state)
{
    (void)state;
    rows_are("  en to tre fire", 8, "  en to|  tre|  fire|");
    rows_are("          en to", 6, "   en|   to|");
}

static void second_parts_stand_below_each_other(void **state)
{
    (void)state;
    rows_are("n\tny\nF9, F10\tmenyer som er her og der\nhode\nq\tut", 30,
             "n        ny|F9, F10  menyer som er her og|         der|hode|q        ut|");
    /* A first part that is too long has a row of its own. */
    rows_are("alt for lang\tto\nq\tut", 12, "alt for lang|   to|q  ut|");
    struct flow f = {0};
    flow_text(&f, FLOW_HEAD "Hode\nn\tny", 20);
    assert_int_equal(f.n, 2);
    assert_string_equal(f.rows[0].text, "Hode");
    assert_int_equal(f.rows[0].strong, 20);
    assert_string_equal(f.rows[1].text, "n  ny");
    assert_int_equal(f.rows[1].strong, 1);
    assert_int_equal(f.rows[1].from, 6);
    flow_free(&f);
}

static void no_width_is_too_small(void **state)
{
    (void)state;
    static const char text[] = FLOW_HEAD "Hode\n\nn, F10\tny linje 日本 \xE5\n   inn\033[1m og ut";
    struct flow f = {0};
    for (int width = -1; width < 60; width++) {
        flow_text(&f, text, width);
        assert_true(f.n >= 4);
        for (size_t i = 0; i < f.n; i++) {
            assert_true(text_is_utf8(f.rows[i].text, strlen(f.rows[i].text)));
            assert_null(strchr(f.rows[i].text, '\033'));
            assert_true(f.rows[i].from < sizeof text);
            if (width > 12)
                assert_true(text_width(f.rows[i].text) <= width);
        }
    }
    flow_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_between_words),
        cmocka_unit_test(indents_go_on),
        cmocka_unit_test(second_parts_stand_below_each_other),
        cmocka_unit_test(no_width_is_too_small),
    };
    return cmocka_run_group_tests_name("flow", tests, NULL, NULL);
}
