/* A command as menus and palette offer it: its words, whether it can be done just now, and why not;
 * and the letters that choose among several. */
#ifndef SAMLING_UI_COMMAND_H
#define SAMLING_UI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/action.h"

struct screen;

/* A letter that chooses, in search form, and where in the label it stands (bytes). 0: there was
 * none left. */
struct letter {
    char letter;
    size_t at;
};

struct command {
    enum action_id id;
    char *label; /* "Undo: change: Kari Nordmann" */
    char *key;   /* as it is shown; one that is no letter where those are text */
    char *why;   /* a sentence: why it cannot be done; NULL when it can */
    struct letter letter;
};

/* What can be done with `id` on the screen `s`. Undo and redo are looked up in the database: make
 * them when the menu opens, not when it is drawn. The caller frees. */
struct command command_make(struct screen *s, enum action_id id);
void command_free(struct command *c);

/* Gives each label a letter of its own: the first of its letters that is free, those that begin a
 * word before the others. None of `taken` (in search form) is given. */
void letters_choose(const char *const *labels, size_t n, const char *taken, struct letter *out);
/* Is this the key of the letter, however it is written? */
bool letter_is(const struct letter *l, int key);
/* Underlines it in its label, which was drawn in `width` columns from (y, x) on; `reversed`: in
 * reverse. */
void letter_draw(const struct letter *l, const char *label, int y, int x, int width, bool reversed);

#endif
