#include "config.h"

#include "ui/edit.h"

#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/grapheme.h"
#include "samling/text.h"

#include "ui/edit_past.h"
#include "ui/keys.h"

/* ---- words and lines --------------------------------------------------------------------------
 */

/* What stands between words, also in a path or a code. */
static bool is_between(const char *s)
{
    uint32_t cp = text_next(&s);
    bool word = (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') ||
                (cp > 0xBF && !(cp >= 0x2000 && cp <= 0x206F) && !(cp >= 0x3000 && cp <= 0x3003));
    return !word;
}

static size_t word_before(const char *s, size_t at)
{
    size_t before = at;
    while (at > 0 && is_between(s + (before = grapheme_before(s, at))))
        at = before;
    while (at > 0 && !is_between(s + (before = grapheme_before(s, at))))
        at = before;
    return at;
}

static size_t word_after(const char *s, size_t at)
{
    while (s[at] && !is_between(s + at))
        at = grapheme_end(s, at);
    while (s[at] && is_between(s + at))
        at = grapheme_end(s, at);
    return at;
}

static size_t line_start(const struct edit *e)
{
    const char *s = buf_str(&e->text);
    size_t at = e->lines ? e->at : 0;
    while (at > 0 && s[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_end(const struct edit *e)
{
    const char *s = buf_str(&e->text);
    return e->lines ? e->at + strcspn(s + e->at, "\n") : e->text.len;
}

/* ---- changing ---------------------------------------------------------------------------------
 */

/* A place in the text where letters meet: what was put together or taken away may have made one
 * letter of two. */
static size_t outside_letters(const struct edit *e, size_t at)
{
    const char *s = buf_str(&e->text);
    if (at == 0 || at >= e->text.len)
        return at == 0 ? 0 : e->text.len;
    return grapheme_end(s, grapheme_before(s, at));
}

/* The one place where the text changes: `n` bytes of `s` for those from `from` to `to`. */
static void put_bytes(struct edit *e, size_t from, size_t to, const char *s, size_t n)
{
    size_t rest = e->text.len - to;
    buf_addn(&e->text, s, n); /* for the room */
    memmove(e->text.s + from + n, e->text.s + to, rest);
    memcpy(e->text.s + from, s, n);
    e->text.len = from + n + rest;
    e->text.s[e->text.len] = '\0';
    e->at = outside_letters(e, from + n);
    if (e->from > from)
        e->from = from;
    e->marked = e->selecting = e->fresh = false;
    e->serial++;
}

/* The same, to be undone. False when nothing changes. */
static bool replace(struct edit *e, size_t from, size_t to, const char *s, size_t n,
                    enum change kind)
{
    if (from >= to && n == 0)
        return false;
    struct edit_step step = {.at = from,
                             .out = buf_str(&e->text) + from,
                             .nout = to - from,
                             .in = s,
                             .nin = n,
                             .cursor = e->at};
    edit_past_add(&e->past, kind, &step);
    put_bytes(e, from, to, s, n);
    return true;
}

void edit_set(struct edit *e, const char *text)
{
    edit_past_free(e->past);
    e->past = NULL;
    buf_clear(&e->text);
    buf_add(&e->text, text ? text : "");
    e->at = e->text.len;
    e->from = 0;
    e->marked = e->selecting = e->fresh = false;
    e->serial++;
}

void edit_put(struct edit *e, const char *text)
{
    const char *s = text ? text : "";
    if (strcmp(s, buf_str(&e->text)) != 0)
        replace(e, 0, e->text.len, s, strlen(s), CHANGE_OTHER);
    e->at = e->text.len;
}

void edit_free(struct edit *e)
{
    edit_past_free(e->past);
    buf_free(&e->text);
    *e = (struct edit){0};
}

bool edit_undo(struct edit *e)
{
    struct edit_step s;
    if (!edit_past_back(e->past, &s))
        return false;
    put_bytes(e, s.at, s.at + s.nin, s.out, s.nout);
    e->at = s.cursor;
    return true;
}

bool edit_redo(struct edit *e)
{
    struct edit_step s;
    if (!edit_past_forth(e->past, &s))
        return false;
    put_bytes(e, s.at, s.at + s.nout, s.in, s.nin);
    return true;
}

/* ---- the selection ----------------------------------------------------------------------------
 */

bool edit_selected(const struct edit *e, size_t *from, size_t *to)
{
    size_t a = e->fresh ? 0 : e->anchor, b = e->fresh ? e->text.len : e->at;
    if ((!e->fresh && !e->marked) || a == b)
        return false;
    if (from)
        *from = a < b ? a : b;
    if (to)
        *to = a < b ? b : a;
    return true;
}

void edit_move(struct edit *e, size_t to, bool selecting)
{
    if (selecting && !e->marked)
        e->anchor = e->at;
    e->marked = selecting;
    e->fresh = false;
    e->at = outside_letters(e, to);
    edit_past_rest(e->past);
}

static void begin_or_end_selecting(struct edit *e)
{
    bool was = e->selecting;
    if (!was)
        edit_move(e, e->at, false);
    e->selecting = !was;
    if (!was) {
        e->marked = true;
        e->anchor = e->at;
    }
}

static bool take_away(struct edit *e, size_t from, size_t to, enum change kind)
{
    size_t a, b;
    return edit_selected(e, &a, &b) ? replace(e, a, b, "", 0, CHANGE_OTHER)
                                    : replace(e, from, to, "", 0, kind);
}

static bool put_in(struct edit *e, const char *s, size_t n, enum change kind)
{
    size_t from = e->at, to = e->at;
    edit_selected(e, &from, &to);
    return replace(e, from, to, s, n, kind);
}

void edit_type(struct edit *e, uint32_t cp)
{
    struct buf letter = {0};
    text_put(&letter, cp);
    put_in(e, letter.s, letter.len, CHANGE_TYPED);
    buf_free(&letter);
}

static bool copy_selection(struct edit *e, bool and_cut)
{
    size_t from, to;
    if (!edit_selected(e, &from, &to))
        return false;
    edit_copy(e->text.s + from, to - from);
    e->selecting = false;
    return and_cut && replace(e, from, to, "", 0, CHANGE_OTHER);
}

static bool put_copied(struct edit *e)
{
    struct buf clean = {0};
    text_clean(&clean, edit_copied(), e->lines);
    bool did = put_in(e, buf_str(&clean), clean.len, CHANGE_OTHER);
    buf_free(&clean);
    return did;
}

void edit_paste(struct edit *e, const char *text)
{
    struct buf clean = {0};
    text_clean(&clean, text, e->lines);
    const char *s = buf_str(&clean);
    size_t n = clean.len;
    /* What is copied from a cell ends with a line end. */
    for (; !e->lines && n > 0 && *s == ' '; n--)
        s++;
    while (!e->lines && n > 0 && s[n - 1] == ' ')
        n--;
    put_in(e, s, n, CHANGE_OTHER);
    buf_free(&clean);
}

/* ---- keys -------------------------------------------------------------------------------------
 */

/* Where a key moves the cursor; false when it is none of these. */
static bool goal_of(const struct edit *e, int key, bool collapse, size_t *to)
{
    const char *s = buf_str(&e->text);
    size_t first = e->at, last = e->at;
    /* Left and Right let go of what is selected, at its ends. */
    bool held = collapse && e->marked && edit_selected(e, &first, &last);
    switch (key) {
    case KEY(KEY_LEFT): *to = held ? first : grapheme_before(s, e->at); return true;
    case KEY(KEY_RIGHT): *to = held ? last : grapheme_end(s, e->at); return true;
    case KEY_WORD_LEFT: *to = word_before(s, e->at); return true;
    case KEY_WORD_RIGHT: *to = word_after(s, e->at); return true;
    case CTRL_('A'):
    case KEY(KEY_HOME): *to = line_start(e); return true;
    case CTRL_('E'):
    case KEY(KEY_END): *to = line_end(e); return true;
    case KEY_TEXT_HOME: *to = 0; return true;
    case KEY_TEXT_END: *to = e->text.len; return true;
    default: return false;
    }
}

/* Shift-Up and Shift-Down of a line go to its ends, as Shift-Home and Shift-End. */
static int in_one_line(int key)
{
    return key == KEY_SELECT_UP ? KEY_SELECT_HOME : key == KEY_SELECT_DOWN ? KEY_SELECT_END : key;
}

static bool move_key(struct edit *e, int key)
{
    int plain = keys_without_shift(in_one_line(key));
    bool shifted = plain != key, fresh = e->fresh;
    size_t to;
    e->fresh = false;
    bool moves = goal_of(e, plain, !shifted && !e->selecting && !fresh, &to);
    if (moves)
        edit_move(e, to, shifted || e->selecting);
    else
        e->fresh = fresh;
    return moves;
}

static bool is_letter(int key)
{
    return key >= ' ' && key < 0x110000 && !(key >= 0x7F && key < 0xA0) &&
           !(key >= 0xD800 && key < 0xE000);
}

/* What neither moves nor is a letter. */
static bool change_key(struct edit *e, int key, bool *did)
{
    const char *s = buf_str(&e->text);
    size_t at = e->at;
    switch (key) {
    case KEY(KEY_BACKSPACE): *did = take_away(e, grapheme_before(s, at), at, CHANGE_ERASED); break;
    case KEY(KEY_DC): *did = take_away(e, at, grapheme_end(s, at), CHANGE_ERASED); break;
    case CTRL_('W'): *did = replace(e, word_before(s, at), at, "", 0, CHANGE_OTHER); break;
    case CTRL_('U'): *did = replace(e, line_start(e), at, "", 0, CHANGE_OTHER); break;
    case CTRL_('K'): *did = replace(e, at, line_end(e), "", 0, CHANGE_OTHER); break;
    case CTRL_('C'): copy_selection(e, false); break;
    case CTRL_('X'): *did = copy_selection(e, true); break;
    case CTRL_('V'): *did = put_copied(e); break;
    case CTRL_('Z'): *did = edit_undo(e); break;
    case CTRL_('Y'): *did = edit_redo(e); break;
    case KEY(KEY_F(6)): begin_or_end_selecting(e); break;
    case KEY_ESCAPE: edit_move(e, e->at, false); break;
    default: return false;
    }
    return true;
}

static bool may_change(const struct edit *e, int key)
{
    return (key != KEY_ESCAPE || e->selecting) && (key != CTRL_('V') || *edit_copied());
}

bool edit_key(struct edit *e, int key, bool *changed)
{
    bool did = false;
    if (e->fresh) /* instead of what was selected before */
        e->marked = e->selecting = false;
    if (changed)
        *changed = false;
    if (move_key(e, key))
        return true;
    if (may_change(e, key) && change_key(e, key, &did)) {
        e->fresh = e->fresh && key == CTRL_('C');
        e->selecting = e->selecting && key == KEY(KEY_F(6));
    } else if (is_letter(key)) {
        edit_type(e, (uint32_t)key);
        did = true;
    } else {
        return false;
    }
    if (changed)
        *changed = did;
    return true;
}
