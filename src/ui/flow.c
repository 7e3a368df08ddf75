#include "config.h"

#include "ui/flow.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/text.h"

enum { GAP = 2 };

static void add_row(struct flow *f, char *text, int strong, size_t from)
{
    f->rows = mem_grow(f->rows, &f->cap, f->n + 1, sizeof *f->rows);
    f->rows[f->n++] = (struct flow_row){text, strong, from};
}

static void clear(struct flow *f)
{
    for (size_t i = 0; i < f->n; i++)
        free(f->rows[i].text);
    f->n = 0;
}

void flow_free(struct flow *f)
{
    clear(f);
    free(f->rows);
    *f = (struct flow){0};
}

/* The bytes of the next row of `s`, broken between words where that is possible. */
static size_t row_length(const char *s, int width)
{
    int used;
    size_t fit = text_fit(s, width, &used), at = fit;
    if (s[fit] == '\0')
        return fit;
    while (at > 0 && s[at] != ' ')
        at--;
    if (at > 0 && strspn(s, " ") < at)
        return at;
    if (fit == 0) { /* a wide letter in one column */
        const char *p = s;
        text_next(&p);
        return (size_t)(p - s);
    }
    return fit;
}

/* Adds the rows of one cleaned piece, after `first` in its first row and `indent` spaces in the
 * others. */
static void add_piece(struct flow *f, const char *s, const char *first, int strong, int indent,
                      int width, size_t from)
{
    struct buf row = {0};
    bool begun = false;
    int room = width > indent ? width - indent : 1;
    do {
        size_t n = row_length(s, room);
        if (!begun)
            buf_add(&row, first);
        else
            text_pad(&row, "", indent, ALIGN_LEFT);
        buf_addn(&row, s, n);
        add_row(f, buf_take(&row), begun ? 0 : strong, from);
        s += n;
        s += strspn(s, " ");
        begun = true;
    } while (*s);
}

static char *clean(const char *s, size_t n)
{
    struct buf out = {0};
    char *part = mem_strndup(s, n);
    text_clean(&out, part, false);
    free(part);
    return buf_take(&out);
}

static size_t line_length(const char *s)
{
    return strcspn(s, "\n");
}

/* How wide the first parts are, those left out that are wider than a third of the whole. */
static int first_part_width(const char *s, int width)
{
    int most = 0, limit = width / 3 > GAP ? width / 3 - GAP : 1;
    for (const char *tab; (tab = strchr(s, '\t')) != NULL; s = tab + 1) {
        while (tab > s && memchr(s, '\n', (size_t)(tab - s)))
            s += line_length(s) + 1;
        char *left = clean(s, (size_t)(tab - s));
        int w = text_width(left);
        free(left);
        if (w > most && w <= limit)
            most = w;
    }
    return most > 0 ? most : limit;
}

static void add_two_parts(struct flow *f, const char *s, size_t n, int column, int width,
                          size_t from)
{
    const char *tab = memchr(s, '\t', n);
    char *left = clean(s, (size_t)(tab - s));
    char *right = clean(tab + 1, n - (size_t)(tab - s) - 1);
    struct buf first = {0};
    int w = text_width(left);
    if (w > column) { /* too long to stand beside it */
        add_piece(f, left, "", width, 0, width, from);
        text_pad(&first, "", column + GAP, ALIGN_LEFT);
        w = 0;
    } else {
        text_pad(&first, left, column + GAP, ALIGN_LEFT);
    }
    add_piece(f, right, buf_str(&first), w, column + GAP, width, from);
    free(left);
    free(right);
    buf_free(&first);
}

static void add_line(struct flow *f, const char *s, size_t n, int width, size_t from)
{
    bool head = n > 0 && *s == *FLOW_HEAD;
    char *line = clean(s + head, n - head);
    size_t spaces_before = strspn(line, " "), in = spaces_before;
    if (in > (size_t)width / 2)
        in = (size_t)width / 2;
    char *spaces = mem_strndup(line, in);
    add_piece(f, line + spaces_before, spaces, head ? width : 0, (int)in, width, from);
    free(spaces);
    free(line);
}

void flow_text(struct flow *f, const char *text, int width)
{
    const char *s = text;
    clear(f);
    if (width < 1)
        width = 1;
    int column = first_part_width(text, width);
    for (;;) {
        size_t n = line_length(s), from = (size_t)(s - text);
        if (memchr(s, '\t', n))
            add_two_parts(f, s, n, column, width, from);
        else
            add_line(f, s, n, width, from);
        if (s[n] == '\0' || s[n + 1] == '\0')
            return;
        s += n + 1;
    }
}
