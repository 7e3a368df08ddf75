/* Colours: that everything can be read on the palettes that terminals come with, and how a terminal
 * says whether it is dark or light. */
#include "config.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ui/theme.h"

/* What bold letters of a colour are: brighter, bolder, or as a setting that people change says. */
enum { BRIGHTER = 1, BOLDER = 2, EITHER = BRIGHTER | BOLDER };

struct palette {
    const char *name;
    int bold;
    uint32_t ink, bold_ink, ground;
    uint32_t colour[8], bright[8];
};

#define XTERM                                                                                      \
    {0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5},              \
    {                                                                                              \
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF             \
    }
#define PUTTY                                                                                      \
    {0x000000, 0xBB0000, 0x00BB00, 0xBBBB00, 0x0000BB, 0xBB00BB, 0x00BBBB, 0xBBBBBB},              \
    {                                                                                              \
        0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF             \
    }
#define MACOS                                                                                      \
    {0x000000, 0x990000, 0x00A600, 0x999900, 0x0000B2, 0xB200B2, 0x00A6B2, 0xBFBFBF},              \
    {                                                                                              \
        0x666666, 0xE60000, 0x00D900, 0xE6E600, 0x0000FF, 0xE600E6, 0x00E6E6, 0xE6E6E6             \
    }
#define MACOS_OLD                                                                                  \
    {0x000000, 0xC23621, 0x25BC24, 0xADAD27, 0x492EE1, 0xD338D3, 0x33BBC8, 0xCBCCCD},              \
    {                                                                                              \
        0x818383, 0xFC391F, 0x31E722, 0xEAEC23, 0x5833FF, 0xF935F8, 0x14F0F0, 0xE9EBEB             \
    }

static const struct palette palettes[] = {
    /* XTerm-col.ad of xterm; black on white where nobody says otherwise, and -rv */
    {"xterm", EITHER, 0x000000, 0x000000, 0xFFFFFF, XTERM},
    {"xterm -rv", EITHER, 0xFFFFFF, 0xFFFFFF, 0x000000, XTERM},
    /* settings.c of PuTTY; and with "Use system colours" on a Windows as it comes */
    {"PuTTY", EITHER, 0xBBBBBB, 0xFFFFFF, 0x000000, PUTTY},
    {"PuTTY, system colours", EITHER, 0x000000, 0x000000, 0xFFFFFF, PUTTY},
    /* defaults.json of Windows Terminal: Campbell */
    {"Windows Terminal",
     EITHER,
     0xCCCCCC,
     0xF2F2F2,
     0x0C0C0C,
     {0x0C0C0C, 0xC50F1F, 0x13A10E, 0xC19C00, 0x0037DA, 0x881798, 0x3A96DD, 0xCCCCCC},
     {0x767676, 0xE74856, 0x16C60C, 0xF9F1A5, 0x3B78FF, 0xB4009E, 0x61D6D6, 0xF2F2F2}},
    /* Terminal.app, profiles Basic and Pro, in its older and its newer colours (the table of
     * Wikipedia's "ANSI escape code") */
    {"macOS Basic", EITHER, 0x000000, 0x000000, 0xFFFFFF, MACOS},
    {"macOS Pro", EITHER, 0xF2F2F2, 0xFFFFFF, 0x000000, MACOS},
    {"macOS Basic, older", EITHER, 0x000000, 0x000000, 0xFFFFFF, MACOS_OLD},
    {"macOS Pro, older", EITHER, 0xF2F2F2, 0xFFFFFF, 0x000000, MACOS_OLD},
    /* drivers/tty/vt/vt.c of Linux: yellow is brown there, and bold letters are always bright */
    {"Linux console",
     BRIGHTER,
     0xAAAAAA,
     0xFFFFFF,
     0x000000,
     {0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA},
     {0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF}},
};
enum { PALETTES = sizeof palettes / sizeof *palettes };

/* WCAG 2: relative luminance, contrast ratio. */
static double linear(uint32_t part)
{
    double c = part / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8 & 0xFF) +
           0.0722 * linear(rgb & 0xFF);
}

static double contrast(uint32_t a, uint32_t b)
{
    double la = luminance(a), lb = luminance(b);
    return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

static uint32_t ink_of(const struct palette *p, const struct style *s, bool bright)
{
    if (s->colour == COLOUR_DEFAULT)
        return s->bold && bright ? p->bold_ink : p->ink;
    return s->bold && bright ? p->bright[s->colour] : p->colour[s->colour];
}

static void the_measure_is_right(void **state)
{
    (void)state;
    assert_true(fabs(contrast(0xFFFFFF, 0x000000) - 21) < 0.001);
    assert_true(fabs(contrast(0x777777, 0xFFFFFF) - 4.478) < 0.001);
    assert_true(fabs(contrast(0xFF0000, 0xFFFFFF) - 3.998) < 0.001);
}

static void every_look_can_be_read_on_every_palette(void **state)
{
    (void)state;
    int poor = 0;
    for (int i = 0; i < PALETTES; i++) {
        const struct palette *p = &palettes[i];
        enum theme themes[] = {luminance(p->ground) < 0.18 ? THEME_DARK : THEME_LIGHT, THEME_MONO};
        for (int t = 0; t < 2; t++) {
            for (int look = 0; look < LOOK_COUNT; look++) {
                struct style s = theme_style(themes[t], (enum look)look);
                for (int bold = BRIGHTER; bold <= BOLDER; bold <<= 1) {
                    double c = contrast(ink_of(p, &s, bold == BRIGHTER), p->ground);
                    if (!(p->bold & bold) || c >= 4.5)
                        continue;
                    print_error("%s, theme %d, look %d: contrast %.2f\n", p->name, themes[t], look,
                                c);
                    poor++;
                }
            }
        }
    }
    assert_int_equal(poor, 0);
}

static bool same(struct style a, struct style b)
{
    return a.colour == b.colour && a.bold == b.bold && a.underline == b.underline &&
           a.reverse == b.reverse;
}

static void what_must_stand_out_does(void **state)
{
    (void)state;
    static const enum look marked[] = {LOOK_STRONG, LOOK_SELECTED, LOOK_BAR,   LOOK_BAD,
                                       LOOK_WARN,   LOOK_ACCENT,   LOOK_UNDER, LOOK_FOUND};
    for (enum theme t = THEME_DARK; t <= THEME_MONO; t++) {
        for (size_t i = 0; i < sizeof marked / sizeof *marked; i++)
            assert_false(same(theme_style(t, marked[i]), theme_style(t, LOOK_PLAIN)));
        /* What is chosen and what was found are told by more than a colour. */
        assert_true(theme_style(t, LOOK_SELECTED).reverse);
        assert_true(theme_style(t, LOOK_FOUND).underline);
    }
}

static void without_colours_there_are_none(void **state)
{
    (void)state;
    for (int look = 0; look < LOOK_COUNT; look++)
        assert_int_equal(theme_style(THEME_MONO, (enum look)look).colour, COLOUR_DEFAULT);
    assert_true(same(theme_style(THEME_AUTO, LOOK_DIM), theme_style(THEME_DARK, LOOK_DIM)));
    assert_true(
        same(theme_style(THEME_DARK, (enum look)1000), theme_style(THEME_DARK, LOOK_PLAIN)));
}

static enum theme answer(const char *text)
{
    return theme_of_answer(text, strlen(text));
}

static void answers_are_understood(void **state)
{
    (void)state;
    assert_int_equal(answer("rgb:0000/0000/0000"), THEME_DARK);
    assert_int_equal(answer("rgb:ffff/ffff/ffff"), THEME_LIGHT);
    assert_int_equal(answer("rgb:FFFF/FFFF/DDDD"), THEME_LIGHT);
    assert_int_equal(answer("rgb:fd/f6/e3"), THEME_LIGHT); /* Solarized */
    assert_int_equal(answer("rgb:0000/2b2b/3636"), THEME_DARK);
    assert_int_equal(answer("rgb:f/f/f"), THEME_LIGHT);
    assert_int_equal(answer("rgb:0/0/f"), THEME_DARK);
    assert_int_equal(theme_of_answer("rgb:ffff/ffff/ffffxx", 18), THEME_LIGHT);
}

static void answers_that_are_none_say_nothing(void **state)
{
    (void)state;
    static const char *const garbled[] = {"",
                                          "rgb:",
                                          "rgb:ffff",
                                          "rgb:ffff/ffff",
                                          "rgb:ffff/ffff/",
                                          "rgb:ffff//ffff",
                                          "rgb:fffff/ffff/ffff",
                                          "rgb:ffff/ffff/ffff/",
                                          "rgb:gggg/ffff/ffff",
                                          "rgba:ffff/ffff/ffff",
                                          "#ffffff",
                                          "?"};
    for (size_t i = 0; i < sizeof garbled / sizeof *garbled; i++)
        assert_int_equal(answer(garbled[i]), THEME_AUTO);
}

static void the_environment_is_understood(void **state)
{
    (void)state;
    assert_int_equal(theme_of_environment("15;0"), THEME_DARK);
    assert_int_equal(theme_of_environment("0;15"), THEME_LIGHT);
    assert_int_equal(theme_of_environment("0;default;7"), THEME_LIGHT);
    assert_int_equal(theme_of_environment("12;8"), THEME_DARK);
    static const char *const none[] = {"", "15", "15;", "15;default", "0;-1", "0;16", "0;1x"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(theme_of_environment(none[i]), THEME_AUTO);
    assert_int_equal(theme_of_environment(NULL), THEME_AUTO);
}

static void only_some_terminals_are_asked(void **state)
{
    (void)state;
    assert_true(theme_may_ask("xterm"));
    assert_true(theme_may_ask("xterm-256color"));
    assert_true(theme_may_ask("tmux-256color"));
    assert_true(theme_may_ask("screen"));
    static const char *const others[] = {"linux", "vt100", "vt220", "putty", "putty-256color",
                                         "dumb",  "ansi",  "",      "rxvt"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(theme_may_ask(others[i]));
    assert_false(theme_may_ask(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_measure_is_right),
        cmocka_unit_test(every_look_can_be_read_on_every_palette),
        cmocka_unit_test(what_must_stand_out_does),
        cmocka_unit_test(without_colours_there_are_none),
        cmocka_unit_test(answers_are_understood),
        cmocka_unit_test(answers_that_are_none_say_nothing),
        cmocka_unit_test(the_environment_is_understood),
        cmocka_unit_test(only_some_terminals_are_asked),
    };
    return cmocka_run_group_tests_name("theme", tests, NULL, NULL);
}
