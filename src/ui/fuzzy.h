/* How well typed letters find a text: all of them stand in it, in their order. Best are those that
 * go on from one another, and those that begin a word. */
#ifndef SAMLING_UI_FUZZY_H
#define SAMLING_UI_FUZZY_H

#include <stdbool.h>
#include <stddef.h>

/* A text made ready: its letters in search form, each with the column where it stands on the
 * screen; what is no letter is a space. */
struct fuzzy {
    char *letters;
    int *column;
    size_t n;
};

void fuzzy_make(struct fuzzy *f, const char *text);
void fuzzy_free(struct fuzzy *f);

/* How well `typed` (in search form, words separated by single spaces, not empty) is found; each of
 * its words by itself, wherever it stands. 0: not at all; better is more. `strict`: each letter
 * goes on from the one before or begins a word. `hit` (may be NULL, else f->n of them) gets which
 * letters were found, added to what is set there. */
int fuzzy_score(const struct fuzzy *f, const char *typed, bool strict, bool *hit);

#endif
