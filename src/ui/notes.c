#include "config.h"

#include "ui/notes.h"

#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/grapheme.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/ui_internal.h"

enum { USUAL_WIDTH = 72 }; /* for keys before it was drawn */

/* ---- rows -------------------------------------------------------------------------------------
 */

/* The letter at `at`: its columns, and where it ends. Most texts are long and plain. */
static int letter_at(const char *s, size_t at, size_t *end)
{
    if ((unsigned char)s[at] < 0x80 && (unsigned char)s[at + 1] < 0x80 && s[at] != '\r') {
        *end = at + 1;
        return 1;
    }
    *end = grapheme_end(s, at);
    return grapheme_columns(s, at, *end, 2);
}

static void begin_row(struct notes *n, size_t at)
{
    n->row = mem_grow(n->row, &n->rows_cap, n->nrows + 1, sizeof *n->row);
    n->row[n->nrows++] = at;
}

/* The rows of a line that begins at `at`; returns where it ends. A row is broken after a space,
 * which may stand past its last column; a word that is longer than a row, anywhere. */
static size_t lay_line(struct notes *n, const char *s, size_t at, int room)
{
    size_t row = at, brk = at, end;
    int columns = 0, at_break = 0;
    for (begin_row(n, at); s[at] && s[at] != '\n'; at = end) {
        int w = letter_at(s, at, &end);
        if (s[end - 1] == '\n') /* CR LF is one letter */
            return end - 1;
        bool space = s[at] == ' ' && end == at + 1; /* with a mark on it it is a letter */
        while (!space && columns + w > room && at > row) {
            row = brk > row ? brk : at;
            columns -= row == brk ? at_break : columns;
            at_break = 0;
            begin_row(n, row);
        }
        columns += w;
        if (space) {
            brk = end;
            at_break = columns;
        }
    }
    return at;
}

/* One column is left for the cursor behind the last letter. */
static void lay(struct notes *n, int width)
{
    const char *s = buf_str(&n->edit.text);
    int room = width > 2 ? width - 1 : 1;
    if (n->nrows > 0 && n->laid_serial == n->edit.serial && n->laid_width == width)
        return;
    n->nrows = 0;
    size_t at = lay_line(n, s, 0, room);
    while (s[at] == '\n')
        at = lay_line(n, s, at + 1, room);
    n->laid_serial = n->edit.serial;
    n->laid_width = width;
}

static size_t row_of(const struct notes *n, size_t at)
{
    size_t low = 0, high = n->nrows;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (n->row[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Where the row's last letter ends, its line end not counted. */
static size_t row_ends(const struct notes *n, size_t row)
{
    size_t next = row + 1 < n->nrows ? n->row[row + 1] : n->edit.text.len;
    return row + 1 < n->nrows && n->edit.text.s[next - 1] == '\n' ? next - 1 : next;
}

/* The last place in a row that the cursor can have: where a line goes on in the next row, the end
 * of this one is the beginning of that. */
static size_t last_place(const struct notes *n, size_t row)
{
    size_t end = row_ends(n, row);
    bool goes_on = row + 1 < n->nrows && end == n->row[row + 1];
    return goes_on ? grapheme_before(buf_str(&n->edit.text), end) : end;
}

static int column_in_row(const struct notes *n, size_t row, size_t at, int width)
{
    int columns = grapheme_columns(buf_str(&n->edit.text), n->row[row], at, width);
    return columns < width ? columns : width - 1;
}

static size_t place_at(const struct notes *n, size_t row, int column)
{
    const char *s = buf_str(&n->edit.text);
    size_t at = n->row[row], last = last_place(n, row), end;
    for (int columns = 0; at < last; at = end) {
        columns += letter_at(s, at, &end);
        if (columns > column)
            break;
    }
    return at < last ? at : last;
}

static int width_of(const struct notes *n)
{
    return n->width > 0 ? n->width : USUAL_WIDTH;
}

/* ---- keys -------------------------------------------------------------------------------------
 */

void notes_set(struct notes *n, const char *text)
{
    n->edit.lines = true;
    edit_set(&n->edit, text);
    n->top = 0;
    n->goal = 0;
}

void notes_free(struct notes *n)
{
    edit_free(&n->edit);
    free(n->row);
    *n = (struct notes){0};
}

void notes_paste(struct notes *n, const char *text)
{
    edit_paste(&n->edit, text);
    n->goal = 0;
}

/* By so many rows. False at the first and the last, without `selecting`. */
static bool move_rows(struct notes *n, long by, bool shifted)
{
    bool selecting = shifted || n->edit.selecting;
    size_t row = row_of(n, n->edit.at), to;
    if ((by < 0 && row == 0) || (by > 0 && row + 1 == n->nrows)) {
        if (!selecting)
            return false;
        edit_move(&n->edit, by < 0 ? 0 : n->edit.text.len, true);
        return true;
    }
    if (n->goal == 0)
        n->goal = 1 + column_in_row(n, row, n->edit.at, width_of(n));
    if (by < 0)
        to = row > (size_t)-by ? row - (size_t)-by : 0;
    else
        to = n->nrows - 1 - row > (size_t)by ? row + (size_t)by : n->nrows - 1;
    edit_move(&n->edit, place_at(n, to, n->goal - 1), selecting);
    return true;
}

static bool by_rows(int key, int height, long *by)
{
    long page = height > 2 ? height - 1 : 1;
    switch (key) {
    case KEY(KEY_UP): *by = -1; return true;
    case KEY(KEY_DOWN): *by = 1; return true;
    case KEY(KEY_PPAGE): *by = -page; return true;
    case KEY(KEY_NPAGE): *by = page; return true;
    default: return false;
    }
}

static void move_in_row(struct notes *n, bool to_end, bool shifted)
{
    size_t row = row_of(n, n->edit.at);
    edit_move(&n->edit, to_end ? last_place(n, row) : n->row[row], shifted || n->edit.selecting);
}

bool notes_key(struct notes *n, int key, bool *changed)
{
    int plain = keys_without_shift(key);
    bool shifted = plain != key;
    long by;
    if (changed)
        *changed = false;
    lay(n, width_of(n));
    if (by_rows(plain, n->height, &by))
        return move_rows(n, by, shifted);
    n->goal = 0;
    switch (plain) {
    case CTRL_('A'):
    case KEY(KEY_HOME): move_in_row(n, false, shifted); return true;
    case CTRL_('E'):
    case KEY(KEY_END): move_in_row(n, true, shifted); return true;
    case KEY_RETURN:
        edit_type(&n->edit, '\n');
        if (changed)
            *changed = true;
        return true;
    default: return edit_key(&n->edit, key, changed);
    }
}

bool notes_click(struct notes *n, int row, int column)
{
    lay(n, width_of(n));
    if (row < 0 || row >= n->height || column < 0 || column >= width_of(n))
        return false;
    size_t at = n->top + (size_t)row;
    n->edit.selecting = false;
    edit_move(&n->edit, at < n->nrows ? place_at(n, at, column) : n->edit.text.len, false);
    n->goal = 0;
    return true;
}

/* ---- drawing ----------------------------------------------------------------------------------
 */

size_t notes_rows(struct notes *n, int width)
{
    n->width = width;
    lay(n, width_of(n));
    return n->nrows;
}

static void scroll_to(struct notes *n, size_t row, size_t height)
{
    if (n->top + height > n->nrows)
        n->top = n->nrows > height ? n->nrows - height : 0;
    if (row < n->top)
        n->top = row;
    if (row >= n->top + height)
        n->top = row - height + 1;
}

/* Spaces that stand past the last column are not drawn. */
static void draw_row(const struct notes *n, size_t row, int y, int x, int width)
{
    const char *s = buf_str(&n->edit.text);
    struct buf shown = {0};
    size_t at = n->row[row], last = row_ends(n, row), end;
    for (int columns = 0; at < last; at = end) {
        columns += letter_at(s, at, &end);
        if (columns > width)
            break;
        buf_addn(&shown, s + at, end - at);
    }
    draw_text(y, x, width, LOOK_PLAIN, buf_str(&shown));
    buf_free(&shown);
}

/* A line end that is selected shows as one column, so that empty lines are seen to be. */
static void draw_row_selection(const struct notes *n, size_t row, int y, int x, int width)
{
    size_t from, to, begins = n->row[row], ends = row_ends(n, row);
    if (!edit_selected(&n->edit, &from, &to) || to <= begins || from > ends)
        return;
    int left = from > begins ? column_in_row(n, row, from, width) : 0;
    int right = column_in_row(n, row, to < ends ? to : ends, width);
    bool line_end = to > ends && ends < n->edit.text.len && n->edit.text.s[ends] == '\n';
    if (left < right + line_end)
        draw_look(y, x + left, right + line_end - left, LOOK_SELECTED);
}

void notes_draw(struct notes *n, int y, int x, int height, int width, bool focus)
{
    if (height <= 0 || width <= 0)
        return;
    notes_rows(n, width);
    n->height = height;
    size_t row = row_of(n, n->edit.at);
    if (focus)
        scroll_to(n, row, (size_t)height);
    else
        n->top = 0;
    for (int i = 0; i < height; i++) {
        if (n->top + (size_t)i >= n->nrows) {
            draw_text(y + i, x, width, LOOK_PLAIN, "");
            continue;
        }
        draw_row(n, n->top + (size_t)i, y + i, x, width);
        if (focus)
            draw_row_selection(n, n->top + (size_t)i, y + i, x, width);
    }
    if (n->top > 0 && width > 2)
        draw_text(y, x + width - 1, 1, LOOK_DIM, "↑");
    if (n->top + (size_t)height < n->nrows && width > 2)
        draw_text(y + height - 1, x + width - 1, 1, LOOK_DIM, "↓");
    if (!focus)
        return;
    n->y = (int)(row - n->top);
    n->column = column_in_row(n, row, n->edit.at, width);
    draw_cursor(y + n->y, x + n->column);
    edit_copied_send();
}
