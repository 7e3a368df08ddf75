/* A line that is typed: UTF-8, by whole letters (grapheme.h), with words, a selection, undo and a
 * clipboard. Forms, searches, questions and the palette use it; notes.h makes an editor of several
 * lines of it.
 *
 * Keys: Left/Right, Home/End (Ctrl-A/Ctrl-E), Ctrl-Left/Ctrl-Right by words, Backspace, Delete,
 * Ctrl-W (the word before), Ctrl-U (all before), Ctrl-K (to the end). With Shift the keys that move
 * select; F6 begins to select without Shift, and ends it. A letter replaces what is selected,
 * Backspace and Delete take it away. Ctrl-C copies it, Ctrl-X cuts it out, Ctrl-V puts in what was
 * copied last, in whichever line. Ctrl-Z and Ctrl-Y undo and redo. */
#ifndef SAMLING_UI_EDIT_H
#define SAMLING_UI_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "samling/buf.h"

/* Zero-initialise it, or edit_set. What edit_… functions keep must not be written by others. */
struct edit {
    struct buf text;
    size_t at;   /* byte offset of the cursor; between letters */
    size_t from; /* byte offset of the first letter shown; kept by edit_draw */
    /* Nothing typed yet: what stands there is selected, and the first letter, Backspace or Delete
     * replaces it. Set by the caller after edit_set; the first of the line's keys clears it. */
    bool fresh;
    int column;      /* of the cursor, as it was last drawn with focus */
    bool lines;      /* the text may have several; set by the caller */
    unsigned serial; /* another one whenever the text is another */
    bool marked;     /* what stands between anchor and at is selected */
    bool selecting;  /* since F6: the keys that move select without Shift */
    size_t anchor;
    struct edit_past *past; /* what can be undone; NULL: nothing yet */
};

/* Begins anew with this text: the cursor goes to the end, and nothing can be undone. The bytes are
 * kept as they are: one that is not UTF-8 counts as a letter. NULL is "". */
void edit_set(struct edit *e, const char *text);
/* The same, as one more change, which edit_undo takes back. */
void edit_put(struct edit *e, const char *text);
void edit_free(struct edit *e);
/* True when the key was one of the line's, as above. Esc is when it ends what F6 began; Ctrl-V is
 * when something was copied. *changed (may be NULL) says whether the text did. */
bool edit_key(struct edit *e, int key, bool *changed);
/* Puts in a text that came at once, without what a line cannot hold: line ends (kept where there
 * may be several lines) and tabs become spaces. */
void edit_paste(struct edit *e, const char *text);
/* Puts in one code point as it is, as if typed. */
void edit_type(struct edit *e, uint32_t cp);
/* True when there was something. What was typed without a pause to move is one step. */
bool edit_undo(struct edit *e);
bool edit_redo(struct edit *e);
/* What is selected, also while it is fresh; false: nothing. Both may be NULL. */
bool edit_selected(const struct edit *e, size_t *from, size_t *to);
/* Moves the cursor to the letter at `to`, or to where the letter that it is inside of ends; with
 * `selecting` what it passes is selected. */
void edit_move(struct edit *e, size_t to, bool selecting);
/* Puts the cursor at that column of the line as it was last drawn (0 is its first). False when the
 * column is not the line's. */
bool edit_click(struct edit *e, int column);

/* Draws it at exactly `width` columns; newlines show as ⏎. When `focus`, it is scrolled so that the
 * cursor is seen, what is selected is shown in reverse, and the terminal's cursor is put; else its
 * beginning shows. A caller that changes the look of the line afterwards must leave what is
 * selected alone. */
void edit_draw(struct edit *e, int y, int x, int width, bool focus);

/* ---- what all lines share -------------------------------------------------------------------- */

/* What was copied or cut last; "" when nothing was. */
const char *edit_copied(void);
/* Copies the text, which is the next to be put in by Ctrl-V. */
void edit_copy(const char *s, size_t len);
/* Sends what was copied since the last time to the terminal's own clipboard, where it fits. Only
 * while the terminal is open; edit_draw and notes_draw do it. */
void edit_copied_send(void);

#endif
