/* Which colours and signs a look has, on a dark and on a light screen. Eight ANSI colours, bold,
 * underline and reverse; never dim, which many terminals make too faint to read. Every look has a
 * contrast of 4.5:1 on the palettes that terminals come with (tests/unit/theme_test.c). No curses
 * here, so that it is tested alone. */
#ifndef SAMLING_UI_THEME_H
#define SAMLING_UI_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/display.h"
#include "ui/ui_internal.h"

enum colour {
    COLOUR_DEFAULT = -1, /* what the terminal writes with */
    COLOUR_RED = 1,      /* as ANSI numbers them */
    COLOUR_GREEN,
    COLOUR_YELLOW,
    COLOUR_BLUE,
    COLOUR_MAGENTA,
    COLOUR_CYAN
};

struct style {
    enum colour colour;
    bool bold, underline, reverse;
};

/* THEME_AUTO is as THEME_DARK. */
struct style theme_style(enum theme theme, enum look look);

/* Dark or light? THEME_AUTO when that cannot be told.
 * What a terminal answers to the question for its background (OSC 11), between "]11;" and the end:
 * "rgb:RRRR/GGGG/BBBB", one to four hexadecimal digits each. */
enum theme theme_of_answer(const char *answer, size_t len);
/* $COLORFGBG ("15;0", "0;default;15"); NULL is allowed. */
enum theme theme_of_environment(const char *colorfgbg);
/* Does a terminal of this name ($TERM; may be NULL) answer the question, or leave it alone? Others
 * would show it. */
bool theme_may_ask(const char *term);

#endif
