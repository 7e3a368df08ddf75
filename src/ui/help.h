/* The action table in words. */
#ifndef SAMLING_UI_HELP_H
#define SAMLING_UI_HELP_H

#include <stdio.h>

#include "samling/buf.h"

/* Adds the names of the places that these contexts are: "Offerings, Calendar". */
void help_places(unsigned contexts, struct buf *out);
/* The key section of the man page: mdoc list items (.It) from the action table, in the language in
 * force. The caller writes .Bl and .El around them. */
void help_keys_man(FILE *out);
/* The keys used most, for README: plain text, a line or two for each menu, in at most `width`
 * columns. */
void help_keys_readme(FILE *out, int width);

#endif
