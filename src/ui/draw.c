/* Drawing: looks, text cut to its columns, rules and boxes. */
#include "config.h"

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/term_parts.h"
#include "ui/theme.h"

#include <stdlib.h>

static bool colours;
static int cursor_y, cursor_x; /* where it shall rest, whatever is drawn after */

/* A pair for each colour: its number and one. */
void draw_start_colours(void)
{
    const char *no = getenv("NO_COLOR");
    colours = !(no && *no) && has_colors() && start_color() == OK;
    if (!colours)
        return;
    int background = use_default_colors() == OK ? -1 : COLOR_BLACK;
    for (short c = COLOUR_RED; c <= COLOUR_CYAN; c++)
        init_pair((short)(c + 1), c, (short)background);
}

bool draw_has_colours(void)
{
    return colours;
}

static attr_t attributes(enum look look, short *pair)
{
    struct style s = theme_style(term_theme(), look);
    *pair = colours && s.colour > COLOUR_DEFAULT ? (short)(s.colour + 1) : 0;
    return (s.bold ? A_BOLD : 0) | (s.underline ? A_UNDERLINE : 0) | (s.reverse ? A_REVERSE : 0);
}

static void set_look(enum look look)
{
    short pair;
    attr_t a = attributes(look, &pair);
    attr_set(a, pair, NULL);
}

static void put(int y, int x, enum look look, const char *s)
{
    set_look(look);
    if (letters_are_utf8()) {
        mvaddstr(y, x, s);
    } else {
        wchar_t *near = letters_near(s);
        letters_enter();
        mvaddwstr(y, x, near);
        letters_leave();
        free(near);
    }
    attr_set(A_NORMAL, 0, NULL);
}

static void draw_aligned(int y, int x, int width, enum look look, const char *s, enum align align)
{
    struct buf clean = {0}, cell = {0};
    if (width <= 0 || y < 0 || y >= LINES || x < 0 || x >= COLS)
        return;
    if (width > COLS - x)
        width = COLS - x;
    text_clean(&clean, s ? s : "", false);
    text_pad(&cell, buf_str(&clean), width, align);
    put(y, x, look, buf_str(&cell));
    buf_free(&clean);
    buf_free(&cell);
}

void draw_text(int y, int x, int width, enum look look, const char *s)
{
    draw_aligned(y, x, width, look, s, ALIGN_LEFT);
}

void draw_right(int y, int x, int width, enum look look, const char *s)
{
    draw_aligned(y, x, width, look, s, ALIGN_RIGHT);
}

void draw_rule(int y, int x, int width)
{
    if (term_is_plain())
        return;
    set_look(LOOK_DIM);
    mvhline_set(y, x, WACS_HLINE, width);
    attr_set(A_NORMAL, 0, NULL);
}

void draw_upright(int y, int x, int height)
{
    if (term_is_plain())
        return;
    set_look(LOOK_DIM);
    mvvline_set(y, x, WACS_VLINE, height);
    attr_set(A_NORMAL, 0, NULL);
}

void draw_blank(int y, int x, int height, int width)
{
    for (int i = 0; i < height; i++)
        draw_text(y + i, x, width, LOOK_PLAIN, "");
}

static void draw_edges(int y, int x, int height, int width)
{
    set_look(LOOK_DIM);
    mvhline_set(y, x, WACS_HLINE, width);
    mvhline_set(y + height - 1, x, WACS_HLINE, width);
    mvvline_set(y, x, WACS_VLINE, height);
    mvvline_set(y, x + width - 1, WACS_VLINE, height);
    mvadd_wch(y, x, WACS_ULCORNER);
    mvadd_wch(y, x + width - 1, WACS_URCORNER);
    mvadd_wch(y + height - 1, x, WACS_LLCORNER);
    mvadd_wch(y + height - 1, x + width - 1, WACS_LRCORNER);
    attr_set(A_NORMAL, 0, NULL);
}

void draw_box(int y, int x, int height, int width, const char *title)
{
    /* A voice reads whole lines: nothing of what lies below stands beside. */
    if (term_is_plain()) {
        draw_blank(y, 0, height, COLS);
    } else {
        draw_blank(y, x, height, width);
        draw_edges(y, x, height, width);
    }
    if (title && *title) {
        struct buf b = {0};
        buf_addf(&b, " %s ", title);
        int w = text_width(b.s);
        draw_text(y, x + 2, w < width - 4 ? w : width - 4, LOOK_STRONG, b.s);
        buf_free(&b);
    }
}

void draw_look(int y, int x, int width, enum look look)
{
    short pair;
    attr_t a = attributes(look, &pair);
    mvchgat(y, x, width, a, pair, NULL);
}

void draw_cursor(int y, int x)
{
    cursor_y = y;
    cursor_x = x;
}

void draw_cursor_place(int *y, int *x)
{
    *y = cursor_y;
    *x = cursor_x;
}

void draw_start(void)
{
    erase();
    draw_cursor(0, 0);
}

/* ---- what is not seen -------------------------------------------------------------------------
 */

struct cell {
    bool blank; /* shows nothing, whatever its colour */
    attr_t attributes;
    short pair;
};

static void read_cell(const cchar_t *from, struct cell *out)
{
    wchar_t text[CCHARW_MAX + 1];
    const attr_t seen = A_REVERSE | A_UNDERLINE | A_ALTCHARSET;
    *out = (struct cell){0};
    if (getcchar(from, text, &out->attributes, &out->pair, NULL) == OK)
        out->blank = text[0] == L' ' && !text[1] && !(out->attributes & seen);
    out->attributes &= A_ATTRIBUTES & ~A_COLOR;
}

static bool same_paint(const struct cell *a, const struct cell *b)
{
    return a->pair == b->pair && a->attributes == b->attributes;
}

/* Blanks take the paint of the letter before them, so that columns of one colour are not sent with
 * the colour off and on again between them; those at the end of a row are plain, to be erased. */
static void paint_blanks(int y, struct cell *cells, int width)
{
    struct cell plain = {0};
    const struct cell *paint = &plain;
    int end = width;
    while (end > 0 && cells[end - 1].blank)
        end--;
    for (int x = 0; x < width;) {
        int from = x;
        while (x < width && cells[x].blank)
            x++;
        if (from == x) {
            paint =
                cells[x].attributes & (A_REVERSE | A_UNDERLINE | A_ALTCHARSET) ? &plain : &cells[x];
            x++;
            continue;
        }
        if (from >= end)
            paint = &plain;
        for (int i = from; i < x; i++)
            if (!same_paint(&cells[i], paint))
                mvchgat(y, i, 1, paint->attributes, paint->pair, NULL);
    }
}

void draw_finish(void)
{
    int width = getmaxx(stdscr), height = getmaxy(stdscr);
    cchar_t *row = mem_alloc(((size_t)width + 1) * sizeof *row);
    struct cell *cells = mem_alloc((size_t)width * sizeof *cells);
    for (int y = 0; y < height; y++) {
        if (mvin_wchnstr(y, 0, row, width) == ERR)
            continue;
        for (int x = 0; x < width; x++)
            read_cell(&row[x], &cells[x]);
        paint_blanks(y, cells, width);
    }
    free(cells);
    free(row);
    move(cursor_y, cursor_x);
}
