#include "config.h"

#include "ui/theme.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define INK(c) .colour = COLOUR_##c
#define PLAIN  .colour = COLOUR_DEFAULT

/* Red and magenta are too dark on black, green, yellow and cyan too bright on white. Bold is left
 * out where a terminal that makes bold letters brighter would spoil them. */
static const struct style dark[LOOK_COUNT] = {
    [LOOK_PLAIN] = {PLAIN},
    [LOOK_DIM] = {INK(CYAN)},
    [LOOK_STRONG] = {PLAIN, .bold = true},
    [LOOK_SELECTED] = {PLAIN, .reverse = true},
    [LOOK_BAR] = {PLAIN, .reverse = true},
    [LOOK_GOOD] = {INK(GREEN)},
    [LOOK_BAD] = {INK(YELLOW), .bold = true},
    [LOOK_WARN] = {INK(YELLOW), .bold = true},
    [LOOK_ACCENT] = {INK(CYAN), .bold = true},
    [LOOK_UNDER] = {PLAIN, .underline = true},
    [LOOK_FOUND] = {PLAIN, .bold = true, .underline = true},
    [LOOK_FOUND_SELECTED] = {PLAIN, .reverse = true, .underline = true},
};

static const struct style light[LOOK_COUNT] = {
    [LOOK_PLAIN] = {PLAIN},
    [LOOK_DIM] = {INK(BLUE)},
    [LOOK_STRONG] = {PLAIN, .bold = true},
    [LOOK_SELECTED] = {PLAIN, .reverse = true},
    [LOOK_BAR] = {PLAIN, .reverse = true},
    [LOOK_GOOD] = {PLAIN},
    [LOOK_BAD] = {INK(RED)},
    [LOOK_WARN] = {INK(RED)},
    [LOOK_ACCENT] = {INK(BLUE), .bold = true},
    [LOOK_UNDER] = {PLAIN, .underline = true},
    [LOOK_FOUND] = {PLAIN, .bold = true, .underline = true},
    [LOOK_FOUND_SELECTED] = {PLAIN, .reverse = true, .underline = true},
};

static const struct style mono[LOOK_COUNT] = {
    [LOOK_PLAIN] = {PLAIN},
    [LOOK_DIM] = {PLAIN},
    [LOOK_STRONG] = {PLAIN, .bold = true},
    [LOOK_SELECTED] = {PLAIN, .reverse = true},
    [LOOK_BAR] = {PLAIN, .reverse = true},
    [LOOK_GOOD] = {PLAIN},
    [LOOK_BAD] = {PLAIN, .bold = true},
    [LOOK_WARN] = {PLAIN, .bold = true},
    [LOOK_ACCENT] = {PLAIN, .bold = true},
    [LOOK_UNDER] = {PLAIN, .underline = true},
    [LOOK_FOUND] = {PLAIN, .bold = true, .underline = true},
    [LOOK_FOUND_SELECTED] = {PLAIN, .reverse = true, .underline = true},
};

struct style theme_style(enum theme theme, enum look look)
{
    if ((unsigned)look >= LOOK_COUNT)
        look = LOOK_PLAIN;
    switch (theme) {
    case THEME_LIGHT: return light[look];
    case THEME_MONO: return mono[look];
    case THEME_AUTO:
    case THEME_DARK: break;
    }
    return dark[look];
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A part of a colour as a share of 1000; -1 when there is none. */
static int read_part(const char **s, const char *end)
{
    int value = 0, most = 0, digit;
    for (int n = 0; n < 4 && *s < end && (digit = hex_digit(**s)) >= 0; n++, (*s)++) {
        value = value * 16 + digit;
        most = most * 16 + 15;
    }
    return most ? value * 1000 / most : -1;
}

enum theme theme_of_answer(const char *answer, size_t len)
{
    static const int weight[] = {299, 587, 114};
    static const char prefix[] = "rgb:";
    const char *s = answer + sizeof prefix - 1, *end = answer + len;
    int brightness = 0;
    if (len < sizeof prefix || memcmp(answer, prefix, sizeof prefix - 1) != 0)
        return THEME_AUTO;
    for (int i = 0; i < 3; i++) {
        int part = read_part(&s, end);
        if (part < 0 || (i < 2 && (s == end || *s++ != '/')))
            return THEME_AUTO;
        brightness += weight[i] * part;
    }
    if (s != end)
        return THEME_AUTO;
    return brightness >= 500 * 1000 ? THEME_LIGHT : THEME_DARK;
}

enum theme theme_of_environment(const char *colorfgbg)
{
    const char *last = colorfgbg ? strrchr(colorfgbg, ';') : NULL;
    char *end;
    if (!last || last[1] < '0' || last[1] > '9')
        return THEME_AUTO;
    long n = strtol(last + 1, &end, 10);
    if (*end || n > 15)
        return THEME_AUTO;
    return n == 7 || n > 8 ? THEME_LIGHT : THEME_DARK;
}

bool theme_may_ask(const char *term)
{
    static const char *const names[] = {"xterm", "tmux",      "screen", "rxvt-unicode", "foot",
                                        "kitty", "alacritty", "nsterm", "ms-terminal",  "vte"};
    for (size_t i = 0; term && i < sizeof names / sizeof *names; i++)
        if (strncmp(term, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}
