/* The terminal interface. */
#ifndef SAMLING_UI_H
#define SAMLING_UI_H

#include "samling/session.h"

/* Takes over the terminal until the adviser leaves. ST_REFUSED before anything is drawn when there
 * is no terminal, or it is too simple (the words say what to do). ST_OK also when the line was cut:
 * drafts are kept.
 * `display` (may be NULL): words as in src/ui/display.h, instead of what was chosen before;
 * ST_USAGE as of ui_check. */
enum status ui_run(struct session *s, const char *display, struct error *err);
/* ST_USAGE, with the words that there are, when `display` has another one. */
enum status ui_check(const char *display, struct error *err);

#endif
