/* Words that are looked for in a text, however they are written there. `wanted` is in search form
 * (text_fold_search). */
#ifndef SAMLING_UI_FIND_H
#define SAMLING_UI_FIND_H

#include <stdbool.h>
#include <stddef.h>

/* Do the first `n` bytes of `text` have it? Not when `wanted` is empty. */
bool find_has(const char *text, size_t n, const char *wanted);
/* Underlines it wherever it stands in `text`, which was drawn in `width` columns from (y, x) on.
 * False when it does not stand there. */
bool find_draw(const char *text, const char *wanted, int y, int x, int width);
/* The same of each word of it by itself: for a text that is broken between them. */
void find_draw_words(const char *text, const char *wanted, int y, int x, int width);

#endif
