/* A screen of curses that no terminal shows, for tests of what is drawn: text and attributes are
 * read back from it. */
#ifndef TESTS_CANVAS_H
#define TESTS_CANVAS_H

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>
#include <curses.h>

#include "samling/buf.h"
#include "samling/text.h"

#define SHARED __attribute__((unused)) static

static SCREEN *canvas;
static FILE *canvas_out, *canvas_in;

SHARED int canvas_open(void **state)
{
    (void)state;
    setlocale(LC_CTYPE, "C.UTF-8");
    canvas_out = fopen("/dev/null", "w");
    canvas_in = fopen("/dev/null", "r");
    if (!canvas_out || !canvas_in)
        return -1;
    canvas = newterm("vt100", canvas_out, canvas_in);
    return canvas && resizeterm(24, 80) == OK ? 0 : -1;
}

SHARED int canvas_close(void **state)
{
    (void)state;
    endwin();
    delscreen(canvas);
    return fclose(canvas_out) == 0 && fclose(canvas_in) == 0 ? 0 : -1;
}

/* The text of `width` columns from there; what is drawn at one place in turn. */
SHARED const char *canvas_text(int y, int x, int width)
{
    static struct buf text;
    buf_clear(&text);
    for (int i = 0; i < width; i++) {
        cchar_t c;
        wchar_t letters[CCHARW_MAX + 1] = {0};
        attr_t a;
        short pair;
        assert_int_equal(mvin_wch(y, x + i, &c), OK);
        assert_int_equal(getcchar(&c, letters, &a, &pair, NULL), OK);
        for (const wchar_t *w = letters; *w; w++)
            text_put(&text, (uint32_t)*w);
        int columns = text_width(buf_str(&text));
        i = columns > i + 1 ? columns - 1 : i; /* its second half is no letter */
    }
    return buf_str(&text);
}

/* The same columns, with # where they are shown in reverse and . where not. */
SHARED const char *canvas_reverse(int y, int x, int width)
{
    static char marks[200];
    assert_true(width < (int)sizeof marks);
    for (int i = 0; i < width; i++)
        marks[i] = mvinch(y, x + i) & A_REVERSE ? '#' : '.';
    marks[width] = '\0';
    return marks;
}

#endif
