/* Files that are written from the interface: asked about before one is replaced, and whole or not
 * there at all. */
#ifndef SAMLING_UI_OUTPUT_H
#define SAMLING_UI_OUTPUT_H

#include <stdio.h>

#include "samling/status.h"

struct ui;

/* `write` fills the file that will be `path`, and says (ui_say) what it did; a failure is shown.
 * The file gets its name only when all of it is written. `drop` frees arg in every case, which is
 * after the question. The next question for a file begins in this one's folder. */
void output_write(struct ui *ui, const char *path,
                  enum status (*write)(void *arg, const char *path, FILE *out, struct error *err),
                  void *arg, void (*drop)(void *arg));
void output_remember(struct ui *ui, const char *path);

#endif
