#include "config.h"

#include "ui/edit.h"

#include <string.h>

#include <curses.h>

#include "samling/text.h"

#include "ui/ui_internal.h"

/* ---- letters: a code point and the marks of no width behind it --------------------------------
 */

static size_t past_marks(const char *s, size_t at)
{
    int used;
    return at + text_fit(s + at, 0, &used);
}

static size_t letter_after(const char *s, size_t at)
{
    const char *p = s + at;
    if (text_next(&p) == 0)
        return at;
    return past_marks(s, (size_t)(p - s));
}

/* Where the code point (or the byte that is none) before `at` begins; at > 0. */
static size_t code_before(const char *s, size_t at)
{
    for (size_t n = at < 4 ? at : 4; n > 1; n--) {
        const char *p = s + at - n;
        text_next(&p);
        if (p == s + at)
            return at - n;
    }
    return at - 1;
}

static size_t letter_before(const char *s, size_t at)
{
    int used;
    bool mark = true;
    while (at > 0 && mark) {
        at = code_before(s, at);
        mark = text_fit(s + at, 0, &used) > 0;
    }
    return at;
}

/* What stands between words, also in a path or a code. */
static bool is_between(const char *s)
{
    uint32_t cp = text_next(&s);
    bool word = (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') ||
                cp > 0xBF;
    return !word;
}

static size_t word_before(const char *s, size_t at)
{
    size_t before = at;
    while (at > 0 && is_between(s + (before = letter_before(s, at))))
        at = before;
    while (at > 0 && !is_between(s + (before = letter_before(s, at))))
        at = before;
    return at;
}

/* ---- changing ---------------------------------------------------------------------------------
 */

void edit_set(struct edit *e, const char *text)
{
    buf_clear(&e->text);
    buf_add(&e->text, text ? text : "");
    e->at = e->text.len;
    e->from = 0;
    e->fresh = false;
}

void edit_free(struct edit *e)
{
    buf_free(&e->text);
    *e = (struct edit){0};
}

static bool cut(struct edit *e, size_t from, size_t to)
{
    if (from >= to)
        return false;
    memmove(e->text.s + from, e->text.s + to, e->text.len - to + 1);
    e->text.len -= to - from;
    e->at = from;
    return true;
}

static bool is_letter(int key)
{
    return key >= ' ' && key < 0x110000 && !(key >= 0x7F && key < 0xA0) &&
           !(key >= 0xD800 && key < 0xE000);
}

static void insert(struct edit *e, int key)
{
    size_t old = e->text.len, n;
    text_put(&e->text, (uint32_t)key);
    n = e->text.len - old;
    char bytes[4];
    memcpy(bytes, e->text.s + old, n);
    memmove(e->text.s + e->at + n, e->text.s + e->at, old - e->at);
    memcpy(e->text.s + e->at, bytes, n);
    /* A mark that stood first in the line belongs to this letter now. */
    e->at = past_marks(e->text.s, e->at + n);
}

bool edit_key(struct edit *e, int key, bool *changed)
{
    const char *s = buf_str(&e->text);
    size_t len = e->text.len;
    bool did = false, all = e->fresh;
    if (e->at > len)
        e->at = len;
    if (changed)
        *changed = false;
    switch (key) {
    case KEY(KEY_LEFT): e->at = letter_before(s, e->at); break;
    case KEY(KEY_RIGHT): e->at = letter_after(s, e->at); break;
    case KEY(KEY_HOME):
    case CTRL_('A'): e->at = 0; break;
    case KEY(KEY_END):
    case CTRL_('E'): e->at = len; break;
    case KEY(KEY_BACKSPACE):
        did = all ? cut(e, 0, len) : cut(e, letter_before(s, e->at), e->at);
        break;
    case KEY(KEY_DC): did = all ? cut(e, 0, len) : cut(e, e->at, letter_after(s, e->at)); break;
    case CTRL_('K'): did = cut(e, e->at, len); break;
    case CTRL_('W'): did = cut(e, word_before(s, e->at), e->at); break;
    case CTRL_('U'): did = cut(e, 0, e->at); break;
    default:
        if (!is_letter(key))
            return false;
        if (all)
            cut(e, 0, len);
        insert(e, key);
        did = true;
    }
    e->fresh = false;
    if (changed)
        *changed = did;
    return true;
}

void edit_paste(struct edit *e, const char *text)
{
    struct buf clean = {0};
    text_clean(&clean, text, false);
    const char *s = buf_str(&clean);
    while (*s == ' ')
        s++;
    /* What is copied from a cell ends with a line end. */
    while (clean.len && clean.s + clean.len > s && clean.s[clean.len - 1] == ' ')
        clean.s[--clean.len] = '\0';
    for (uint32_t cp; (cp = text_next(&s)) != 0;)
        edit_key(e, (int)cp, NULL);
    buf_free(&clean);
}

/* ---- drawing ----------------------------------------------------------------------------------
 */

/* The columns from `from` to `to`; no more than `enough` are counted. */
static int columns_between(const char *s, size_t from, size_t to, int enough)
{
    struct buf part = {0};
    int columns = 0;
    while (from < to && columns < enough) {
        size_t next = letter_after(s, from);
        buf_clear(&part);
        buf_addn(&part, s + from, next - from);
        columns += text_width(buf_str(&part));
        from = next;
    }
    buf_free(&part);
    return columns;
}

static int letter_columns(const char *s, size_t at)
{
    return columns_between(s, at, letter_after(s, at), 2);
}

/* A third of what is seen stays before the cursor, so that one sees what Backspace takes. */
static void scroll_back(struct edit *e, const char *s, int width)
{
    int columns = 0;
    e->from = e->at;
    while (e->from > 0 && columns < width / 3) {
        e->from = letter_before(s, e->from);
        columns += letter_columns(s, e->from);
    }
}

static void scroll_on(struct edit *e, const char *s, int width)
{
    size_t after = letter_after(s, e->at);
    int letter = after > e->at ? letter_columns(s, e->at) : 1;
    int need = letter + (after < e->text.len ? 1 : 0);
    int columns = columns_between(s, e->from, e->at, (int)e->text.len + 1);
    while (e->from < e->at && (e->from > 0) + columns + need > width) {
        columns -= letter_columns(s, e->from);
        e->from = letter_after(s, e->from);
    }
}

/* No room is wasted at the end while something is hidden at the start. */
static void fill_up(struct edit *e, const char *s, int width)
{
    int columns = columns_between(s, e->from, e->text.len, width);
    while (e->from > 0) {
        size_t before = letter_before(s, e->from);
        columns += letter_columns(s, before);
        if ((before > 0) + columns + 1 > width)
            return;
        e->from = before;
    }
}

static void scroll_to_cursor(struct edit *e, int width)
{
    const char *s = buf_str(&e->text);
    if (e->at > e->text.len)
        e->at = e->text.len;
    if (e->from > e->text.len)
        e->from = e->text.len;
    if (e->at <= e->from)
        scroll_back(e, s, width);
    scroll_on(e, s, width);
    fill_up(e, s, width);
}

static void add_shown(struct buf *out, const char *s, int width)
{
    for (int columns = 0; *s && columns <= width;) {
        size_t n = letter_after(s, 0);
        int before = (int)out->len;
        if (*s == '\n')
            buf_add(out, "⏎");
        else
            buf_addn(out, s, n);
        columns += text_width(buf_str(out) + before);
        s += n;
    }
}

void edit_draw(struct edit *e, int y, int x, int width, bool focus)
{
    const char *s = buf_str(&e->text);
    struct buf shown = {0};
    if (width <= 0)
        return;
    if (focus)
        scroll_to_cursor(e, width);
    size_t from = focus ? e->from : 0;
    if (from > 0)
        buf_add(&shown, "…");
    add_shown(&shown, s + from, width);
    draw_text(y, x, width, LOOK_PLAIN, buf_str(&shown));
    if (focus) {
        int used = text_width(buf_str(&shown)), at = columns_between(s, from, e->at, width);
        at += from > 0;
        if (e->fresh && used > 0)
            draw_look(y, x, used < width ? used : width, LOOK_SELECTED);
        e->column = at < width ? at : width - 1;
        draw_cursor(y, x + e->column);
    }
    buf_free(&shown);
}
