/* What was changed in a text, to be undone and done again, in bounded memory. */
#ifndef SAMLING_UI_EDIT_PAST_H
#define SAMLING_UI_EDIT_PAST_H

#include <stdbool.h>
#include <stddef.h>

struct edit_past;

enum change {
    CHANGE_TYPED,  /* joins what was typed just before */
    CHANGE_ERASED, /* joins what was erased just before, letter by letter */
    CHANGE_OTHER,
};

/* One change: at byte `at`, `nout` bytes of `out` went away and `nin` bytes of `in` came; the
 * cursor was at `cursor` before. */
struct edit_step {
    size_t at;
    const char *out, *in;
    size_t nout, nin;
    size_t cursor;
};

/* Remembers it; *past is made when it is NULL. What was undone before cannot be redone any more. */
void edit_past_add(struct edit_past **past, enum change kind, const struct edit_step *step);
/* The next change joins none before it. `past` may be NULL. */
void edit_past_rest(struct edit_past *past);
/* The step to undo, or to do again; false when there is none. Its bytes are good until the next
 * call. `past` may be NULL. */
bool edit_past_back(struct edit_past *past, struct edit_step *out);
bool edit_past_forth(struct edit_past *past, struct edit_step *out);
void edit_past_free(struct edit_past *past);

#endif
