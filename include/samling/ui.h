/* The terminal interface. */
#ifndef SAMLING_UI_H
#define SAMLING_UI_H

#include "samling/session.h"

/* Takes over the terminal until the adviser leaves. ST_REFUSED before anything is drawn when there is no terminal, or it is
 * too simple (the words say what to do). ST_OK also when the line was cut: drafts are kept. */
enum status ui_run(struct session *s, struct error *err);

#endif
