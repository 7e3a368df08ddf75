/* The frame of a screen: the bar of menus at the top, the hints at the foot. (draw_frame draws
 * both; what stands here is for those who float over it or are clicked on.) */
#ifndef SAMLING_UI_FRAME_H
#define SAMLING_UI_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/action.h"

struct ui;

/* A menu's name in the bar. */
struct bar_name {
    enum menu menu;
    int x, width; /* shorter than the name where there is no room for all of it */
};

struct bar {
    struct bar_name name[MENU_COUNT];
    size_t n;
    int end;     /* the first column behind the names */
    bool titled; /* there is room for the program's name before them */
};

/* The menus of these contexts (those with an action that applies there), so that all of them fit in
 * `width` columns, at least WIDTH_MIN. */
void bar_lay_out(struct bar *bar, unsigned context, int width);
/* The one at this column; MENU_NONE. */
enum menu bar_menu_at(const struct bar *bar, int x);

/* Other words in place of the hints, for a moment when they would not be true, as while letters are
 * text. */
void frame_hints(const char *words);
/* The hint at this column of the hints line, as they are on the screen below any that float;
 * ACTION_NONE. */
enum action_id frame_hint_at(struct ui *ui, int x);

#endif
