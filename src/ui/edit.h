/* A line that is typed: UTF-8, by whole letters (a letter and its combining marks are one). No
 * curses here but the names of keys, so that it is tested alone. */
#ifndef SAMLING_UI_EDIT_H
#define SAMLING_UI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "samling/buf.h"

struct edit {
    struct buf text;
    size_t at;   /* byte offset of the cursor */
    size_t from; /* byte offset of the first letter shown; kept by edit_draw */
    /* Nothing typed yet: what stands there is selected, and the first letter, Backspace or Delete
     * replaces it. Set by the caller after edit_set; the first of the line's keys clears it. */
    bool fresh;
    int column; /* of the cursor, as it was last drawn with focus */
};

/* The cursor goes to the end. The bytes are kept as they are: one that is not UTF-8 counts as a
 * letter. NULL is "". */
void edit_set(struct edit *e, const char *text);
void edit_free(struct edit *e);
/* True when the key was one of the line's: letters, Left/Right, Home/End (Ctrl-A/Ctrl-E),
 * Backspace, Delete, Ctrl-K (to the end), Ctrl-W (the word before), Ctrl-U (all before). *changed
 * (may be NULL) says whether the text did. */
bool edit_key(struct edit *e, int key, bool *changed);
/* Puts in a text that came at once, without what a line cannot hold: line ends and tabs become
 * spaces. */
void edit_paste(struct edit *e, const char *text);
/* Draws it at exactly `width` columns; newlines show as ⏎. When `focus`, it is scrolled so that the
 * cursor is seen, and the terminal's cursor is put; else its beginning shows. */
void edit_draw(struct edit *e, int y, int x, int width, bool focus);

#endif
