/* Stretches of what somebody typed, and what stands between them: for cells that hold more than
 * their column has room for. */
#ifndef SAMLING_CORE_SPAN_H
#define SAMLING_CORE_SPAN_H

#include <stdbool.h>
#include <stddef.h>

#include "samling/buf.h"

/* More than any list of a few values has; what is longer is prose. */
enum { CELL_MAX = 1000 };

struct span {
    const char *s;
    size_t n;
};

bool char_in(char c, const char *set); /* NUL is in none */
bool char_is_letter(char c);           /* of ASCII, or a byte of any other */

/* Without what is in `before` at its beginning, and in `after` at its end. */
struct span span_trim(struct span t, const char *before, const char *after);
bool span_has(struct span t, char c);
bool span_has_letter(struct span t);
/* Is the span, folded and without its spaces, a word of `list`? That has a space before and after
 * each word. */
bool span_is_word_of(struct span t, const char *list);
/* The length of what joins two values at p (one of `marks`, or "og", "eller", "and", "or" with
 * spaces around it); 0 when nothing does. */
size_t span_joint(const char *p, const char *end, const char *marks);
/* Adds one thing more that a cell says, without the marks around it. `others` may be NULL. */
void others_tell(struct buf *others, struct span t);

#endif
