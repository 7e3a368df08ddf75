/* Text broken into rows of a width, by words and columns.
 *
 * A line that begins with FLOW_HEAD is a heading. A line with a tab has two parts, "key\twhat it
 * does": the second parts of all lines stand below each other. Else a line that is too long goes on
 * as far in as it began. */
#ifndef SAMLING_UI_FLOW_H
#define SAMLING_UI_FLOW_H

#include <stddef.h>

#define FLOW_HEAD "\001"

struct flow_row {
    char *text;
    int strong;  /* columns at the left that stand out: a heading, a first part */
    size_t from; /* where the text of this row begins in the whole */
};

/* Zero-initialise it. */
struct flow {
    struct flow_row *rows;
    size_t n, cap;
};

/* Replaces the rows by those of `text`, cleaned, at most `width` columns wide (at least 1). */
void flow_text(struct flow *f, const char *text, int width);
void flow_free(struct flow *f);

#endif
