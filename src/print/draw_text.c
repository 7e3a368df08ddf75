#include "config.h"

#include "layout.h"

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_LEAST = 72, COLUMNS_MOST = 240, LINES = 66, LINES_LEAST = 30, LINES_MOST = 10000 };

static double width(void *ctx, enum style style, const char *s, size_t n)
{
    (void)ctx;
    (void)style;
    char letter[64];
    if (n < sizeof letter) {
        memcpy(letter, s, n);
        letter[n] = '\0';
        return text_width(letter);
    }
    char *copy = mem_strndup(s, n);
    int w = text_width(copy);
    free(copy);
    return w;
}

static char *drawable(void *ctx, enum style style, const char *s)
{
    (void)ctx;
    (void)style;
    return mem_strdup(s);
}

/* ---- A page as lines ------------------------------------------------------------------------- */

/* Rules lie on a grid of their own, so that they can cross; texts go over them. */
struct paper {
    int columns, lines;
    char *rules;               /* columns × lines */
    const struct item **texts; /* by line, then by place */
    size_t ntexts;
};

static char crossing(char there, char rule)
{
    bool upright = there == '|' || there == '+', across = rule == '-' || rule == '=';
    if (upright && across)
        return '+';
    if ((there == '-' || there == '=' || there == '+') && rule == '|')
        return '+';
    return rule;
}

static void set_rule(struct paper *p, int x, int y, char c)
{
    if (x < 0 || x >= p->columns || y < 0 || y >= p->lines)
        return;
    char *at = &p->rules[y * p->columns + x];
    *at = crossing(*at, c);
}

static void lay_rule(struct paper *p, const struct item *item)
{
    char across = item->stroke == STROKE_ROW ? '-' : '=';
    for (int i = 0; i < (int)item->length; i++) {
        if (item->kind == ITEM_ACROSS)
            set_rule(p, (int)item->x + i, (int)item->y, across);
        else
            set_rule(p, (int)item->x, (int)item->y + i, '|');
    }
}

static int by_place(const void *a, const void *b)
{
    const struct item *s = *(const struct item *const *)a, *t = *(const struct item *const *)b;
    if (s->y != t->y)
        return s->y < t->y ? -1 : 1;
    return s->x < t->x ? -1 : s->x > t->x;
}

static void lay_page(struct paper *p, const struct page *page)
{
    memset(p->rules, ' ', (size_t)p->columns * (size_t)p->lines);
    p->texts = mem_alloc((page->n + 1) * sizeof(const struct item *));
    p->ntexts = 0;
    for (size_t i = 0; i < page->n; i++) {
        if (page->item[i].kind == ITEM_TEXT)
            p->texts[p->ntexts++] = &page->item[i];
        else
            lay_rule(p, &page->item[i]);
    }
    qsort(p->texts, p->ntexts, sizeof *p->texts, by_place);
}

static void add_line(const struct paper *p, int line, size_t *next, struct buf *out)
{
    const char *rules = p->rules + (size_t)line * (size_t)p->columns;
    int column = 0;
    for (; *next < p->ntexts && (int)p->texts[*next]->y == line; ++*next) {
        const struct item *item = p->texts[*next];
        int gap = (int)item->x - column;
        if (gap > 0) {
            buf_addn(out, rules + column, (size_t)gap);
            column += gap;
        }
        buf_add(out, item->text);
        column += text_width(item->text);
    }
    if (column < p->columns)
        buf_addn(out, rules + column, (size_t)(p->columns - column));
    while (out->len && out->s[out->len - 1] == ' ')
        out->s[--out->len] = '\0';
    buf_addc(out, '\n');
}

static void add_page(struct paper *p, const struct page *page, struct buf *out)
{
    size_t next = 0;
    lay_page(p, page);
    for (int line = 0; line < p->lines; line++)
        add_line(p, line, &next, out);
    free(p->texts);
    p->texts = NULL;
}

static void add_pages(const struct layout *layout, const struct medium *medium, struct buf *out)
{
    struct paper paper = {.columns = (int)medium->width, .lines = (int)medium->height};
    paper.rules = mem_alloc((size_t)paper.columns * (size_t)paper.lines);
    for (size_t i = 0; i < layout->n; i++) {
        if (i)
            buf_addc(out, '\f');
        add_page(&paper, &layout->page[i], out);
    }
    free(paper.rules);
}

/* ---- The medium ------------------------------------------------------------------------------ */

static struct medium text_medium(int columns, int lines)
{
    /* A page's last line stays free: a line feed on it would already turn the page, and the form
     * feed that follows would turn an empty one. */
    struct medium m = {.width = columns,
                       .height = lines - 1,
                       .row = 1,
                       .rule = 1,
                       .stroke = 1,
                       .gap = columns < 100 ? 1 : 2,
                       .space = 1,
                       .sign = columns / 4,
                       .sign_ample = columns / 3,
                       .whole = true,
                       .width_of = width,
                       .drawable = drawable};
    for (int i = 0; i < NSTYLES; i++)
        m.style[i].lead = 1;
    return m;
}

enum status draw_as_text(const struct sheet *sheet, const struct print_options *options, FILE *out,
                         struct error *err)
{
    int columns = options->columns ? options->columns : 80;
    int lines = options->lines ? options->lines : LINES;
    if (columns < COLUMNS_LEAST || columns > COLUMNS_MOST)
        return error_set(err, ST_REFUSED, NULL, _("print with 80 or 132 columns"),
                         _("a sheet of %d columns cannot be laid out"), columns);
    if (lines < LINES_LEAST || lines > LINES_MOST)
        return error_set(err, ST_REFUSED, NULL, _("print with 66 lines to a page"),
                         _("pages of %d lines cannot be laid out"), lines);
    struct medium medium = text_medium(columns, lines);
    struct layout *layout = layout_make(sheet, &medium, options->walk_ins, options->made);
    struct buf b = {0};
    add_pages(layout, &medium, &b);
    layout_free(layout);
    errno = 0;
    bool written = fwrite(buf_str(&b), 1, b.len, out) == b.len && fflush(out) == 0;
    int code = errno ? errno : EIO;
    buf_free(&b);
    return written ? ST_OK : print_not_written(code, err);
}
