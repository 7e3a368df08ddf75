/* A line on the screen: what is seen of it, and where in it the cursor and a click are. */
#include "config.h"

#include "ui/edit.h"

#include "samling/grapheme.h"
#include "samling/text.h"

#include "ui/ui_internal.h"

/* ---- scrolling --------------------------------------------------------------------------------
 */

static int letter_columns(const char *s, size_t at)
{
    return grapheme_columns(s, at, grapheme_end(s, at), 2);
}

/* A third of what is seen stays before the cursor, so that one sees what Backspace takes. */
static void scroll_back(struct edit *e, const char *s, int width)
{
    int columns = 0;
    e->from = e->at;
    while (e->from > 0 && columns < width / 3) {
        e->from = grapheme_before(s, e->from);
        columns += letter_columns(s, e->from);
    }
}

/* What is hidden at the start and at the end shows as …, in one column each. */
static void scroll_on(struct edit *e, const char *s, int width)
{
    size_t after = grapheme_end(s, e->at), from = e->at;
    int letter = after > e->at ? letter_columns(s, e->at) : 1;
    int room = width - (letter > 0 ? letter : 1) - (after < e->text.len);
    if ((e->from > 0) + grapheme_columns(s, e->from, e->at, width + 1) <= room)
        return;
    /* From the cursor back, for it may be far away. */
    for (int columns = 0; from > e->from;) {
        size_t before = grapheme_before(s, from);
        columns += letter_columns(s, before);
        if ((before > 0) + columns > room)
            break;
        from = before;
    }
    e->from = from;
}

/* No room is wasted at the end while something is hidden at the start. */
static void fill_up(struct edit *e, const char *s, int width)
{
    int columns = grapheme_columns(s, e->from, e->text.len, width);
    while (e->from > 0) {
        size_t before = grapheme_before(s, e->from);
        columns += letter_columns(s, before);
        if ((before > 0) + columns + 1 > width)
            return;
        e->from = before;
    }
}

static void scroll_to_cursor(struct edit *e, int width)
{
    const char *s = buf_str(&e->text);
    if (e->from > 0 && e->from < e->text.len) /* what was typed may have joined it to another */
        e->from = grapheme_end(s, grapheme_before(s, e->from));
    if (e->at <= e->from)
        scroll_back(e, s, width);
    scroll_on(e, s, width);
    fill_up(e, s, width);
}

/* ---- drawing ----------------------------------------------------------------------------------
 */

/* Adds whole letters from `at` on, at most `width` columns, with … when they are not all. Returns
 * the columns. */
static int add_shown(struct buf *out, const char *s, size_t at, int width)
{
    int columns = 0, last_fit = 0; /* … fits behind the letters up to here */
    size_t fit = out->len;
    while (s[at]) {
        size_t end = grapheme_end(s, at);
        int w = letter_columns(s, at);
        if (columns + w > width) {
            out->len = fit;
            buf_add(out, "…");
            return last_fit + 1;
        }
        columns += w;
        if (s[at] == '\n')
            buf_add(out, "⏎");
        else
            buf_addn(out, s + at, end - at);
        if (columns < width) {
            fit = out->len;
            last_fit = columns;
        }
        at = end;
    }
    return columns;
}

/* The column of a place, of at most `width`. */
static int column_of(const struct edit *e, size_t at, int width)
{
    if (at < e->from)
        return 0;
    int columns = (e->from > 0) + grapheme_columns(buf_str(&e->text), e->from, at, width);
    return columns < width ? columns : width;
}

static void draw_selection(const struct edit *e, int y, int x, int used, int width)
{
    size_t from, to;
    if (!edit_selected(e, &from, &to))
        return;
    int left = column_of(e, from, width), right = column_of(e, to, width);
    if (right > used)
        right = used;
    if (left < right)
        draw_look(y, x + left, right - left, LOOK_SELECTED);
}

void edit_draw(struct edit *e, int y, int x, int width, bool focus)
{
    const char *s = buf_str(&e->text);
    struct buf shown = {0};
    if (width <= 0)
        return;
    if (focus)
        scroll_to_cursor(e, width);
    else
        e->from = 0;
    if (e->from > 0)
        buf_add(&shown, "…");
    int lead = e->from > 0, used = lead + add_shown(&shown, s, e->from, width - lead);
    draw_text(y, x, width, LOOK_PLAIN, buf_str(&shown));
    buf_free(&shown);
    if (!focus)
        return;
    draw_selection(e, y, x, used, width);
    int at = column_of(e, e->at, width);
    e->column = at < width ? at : width - 1;
    draw_cursor(y, x + e->column);
    edit_copied_send();
}

bool edit_click(struct edit *e, int column)
{
    const char *s = buf_str(&e->text);
    size_t at = e->from;
    int columns = e->from > 0;
    if (column < 0)
        return false;
    while (s[at]) {
        columns += letter_columns(s, at);
        if (columns > column)
            break;
        at = grapheme_end(s, at);
    }
    edit_move(e, at, false);
    e->selecting = false;
    return true;
}
