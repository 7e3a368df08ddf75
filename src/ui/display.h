/* How the interface is shown: colours, plain screens, the mouse. A setting of each user;
 * $SAMLING_DISPLAY and --display come first. */
#ifndef SAMLING_UI_DISPLAY_H
#define SAMLING_UI_DISPLAY_H

#include <stdbool.h>

#include "samling/buf.h"
#include "samling/session.h"

enum theme {
    THEME_AUTO, /* dark or light, as the terminal says when it is asked */
    THEME_DARK,
    THEME_LIGHT,
    THEME_MONO, /* also when $NO_COLOR is set */
};

struct display {
    enum theme theme;
    bool plain;            /* for screen readers and braille: no boxes, labels before values */
    bool mouse;            /* clicks are taken; the terminal's own selecting then needs Shift */
    enum theme background; /* what the terminal said it is, dark or light; THEME_AUTO: nothing yet.
                            * Not one of the words. */
};

struct ui;

/* Reads words separated by commas or spaces: auto, dark, light, mono, plain, mouse. False (and *d
 * as it was) when one of them is none of these. */
bool display_read(struct display *d, const char *words);
void display_write(const struct display *d, struct buf *out);
/* What this user chose before, and what the terminal was then; else all at their first values. */
void display_load(struct session *s, struct display *out);
enum status display_keep(struct session *s, const struct display *d, struct error *err);
/* So that the next start has the right colours at once. Writes only what is new. */
void display_keep_background(struct session *s, enum theme background);
/* Asks how it shall be shown; what is chosen holds at once and at the next log-in. */
void display_open(struct ui *ui);

#endif
