/* Several lines that are typed: an edit (edit.h) with line ends in it, broken into rows by words at
 * the width that it is drawn at. The text stays as it is stored: LF ends a line.
 *
 * Keys beside those of a line: Up/Down go by the rows of the screen and keep to their column,
 * PgUp/PgDn by pages, Home/End (Ctrl-A/Ctrl-E) to the ends of the row, Ctrl-Home/Ctrl-End to those
 * of the text, all with Shift to select; Enter makes a new line. Ctrl-U and Ctrl-K stay within the
 * line. Tab is not the notes'. */
#ifndef SAMLING_UI_NOTES_H
#define SAMLING_UI_NOTES_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/edit.h"

/* Zero-initialise it, then notes_set. The text is edit.text; undo, redo, selection are those of
 * `edit`. */
struct notes {
    struct edit edit;
    int width, height; /* as it was asked for or drawn last */
    size_t top;        /* the first row shown */
    int y, column;     /* of the cursor, from the first row and column shown; as drawn with focus */
    /* Kept by notes_…: where each row begins, of the text with that serial at that width. */
    size_t *row;
    size_t nrows, rows_cap;
    unsigned laid_serial;
    int laid_width;
    int goal; /* 1 + the column that Up and Down keep to; 0: the cursor's */
};

/* As edit_set. The cursor goes to the end. */
void notes_set(struct notes *n, const char *text);
void notes_free(struct notes *n);
/* As edit_key. False too for Up and PgUp on the first row, Down and PgDn on the last, without
 * Shift: they may lead out of it. */
bool notes_key(struct notes *n, int key, bool *changed);
void notes_paste(struct notes *n, const char *text);
/* Puts the cursor at that row and column of what was drawn last, counted from its first. False when
 * that is outside of it. */
bool notes_click(struct notes *n, int row, int column);

/* The rows that it takes at this width; at least 1. */
size_t notes_rows(struct notes *n, int width);
/* Draws exactly height × width. When `focus`, it is scrolled so that the cursor is seen, and the
 * terminal's cursor is put; else its beginning shows. ↑ and ↓ at the right say that there is
 * more. */
void notes_draw(struct notes *n, int y, int x, int height, int width, bool focus);

#endif
