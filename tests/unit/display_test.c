/* How it is shown: the words of the option and the setting, and what is kept of them. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "samling/db.h"
#include "samling/session.h"
#include "samling/ui.h"

#include "ui/display.h"

static void words_are_read(void **state)
{
    (void)state;
    struct display d = {.background = THEME_LIGHT};
    assert_true(display_read(&d, "dark,mouse"));
    assert_int_equal(d.theme, THEME_DARK);
    assert_true(d.mouse);
    assert_false(d.plain);
    assert_int_equal(d.background, THEME_LIGHT);
    assert_true(display_read(&d, "  plain  mono, "));
    assert_int_equal(d.theme, THEME_MONO);
    assert_true(d.plain);
    assert_false(d.mouse);
    assert_true(display_read(&d, ""));
    assert_int_equal(d.theme, THEME_AUTO);
    assert_false(d.plain || d.mouse);
}

static void a_word_that_is_none_changes_nothing(void **state)
{
    (void)state;
    static const char *const wrong[] = {"darker", "dar", "dark,mice", "Dark", "dark;mouse"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct display d = {.theme = THEME_LIGHT, .mouse = true};
        assert_false(display_read(&d, wrong[i]));
        assert_int_equal(d.theme, THEME_LIGHT);
        assert_true(d.mouse);
    }
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    for (enum theme t = THEME_AUTO; t <= THEME_MONO; t++) {
        for (int bits = 0; bits < 4; bits++) {
            struct display d = {t, bits & 1, bits & 2, THEME_AUTO}, read = {0};
            struct buf words = {0};
            display_write(&d, &words);
            assert_true(display_read(&read, words.s));
            assert_int_equal(read.theme, d.theme);
            assert_int_equal(read.plain, d.plain);
            assert_int_equal(read.mouse, d.mouse);
            buf_free(&words);
        }
    }
}

static void wrong_words_are_told(void **state)
{
    (void)state;
    struct error err = {0};
    assert_int_equal(ui_check("light mouse", &err), ST_OK);
    assert_int_equal(ui_check("blue", &err), ST_USAGE);
    char said[300];
    error_text(&err, said, sizeof said);
    assert_non_null(strstr(said, "blue"));
    assert_non_null(strstr(said, "auto, dark, light, mono, plain, mouse"));
}

static void it_is_kept_for_each_user(void **state)
{
    (void)state;
    struct session *s;
    struct error err = {0};
    struct display d = {0};
    assert_int_equal(session_open(&s, ":memory:", DB_CREATE, "anna", &err), ST_OK);
    display_load(s, &d);
    assert_int_equal(d.theme, THEME_AUTO);
    assert_int_equal(d.background, THEME_AUTO);
    d = (struct display){THEME_LIGHT, true, false, THEME_DARK};
    assert_int_equal(display_keep(s, &d, &err), ST_OK);
    display_keep_background(s, THEME_AUTO); /* nothing was said: nothing is kept */
    display_load(s, &d);
    assert_int_equal(d.background, THEME_AUTO);
    display_keep_background(s, THEME_LIGHT);
    display_load(s, &d);
    assert_int_equal(d.theme, THEME_LIGHT);
    assert_true(d.plain);
    assert_int_equal(d.background, THEME_LIGHT);
    /* What somebody else's hand made of the setting does not keep anybody out. */
    assert_int_equal(setting_set(s, false, "display", "purple", &err), ST_OK);
    display_load(s, &d);
    assert_int_equal(d.theme, THEME_AUTO);
    session_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_read),
        cmocka_unit_test(a_word_that_is_none_changes_nothing),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(wrong_words_are_told),
        cmocka_unit_test(it_is_kept_for_each_user),
    };
    return cmocka_run_group_tests_name("display", tests, NULL, NULL);
}
