/* What the screens share: the terminal, events, the stack of screens. */
#ifndef SAMLING_UI_INTERNAL_H
#define SAMLING_UI_INTERNAL_H

#include <stdbool.h>

#include "samling/lang.h"
#include "samling/record.h"
#include "samling/session.h"
#include "samling/ui.h"

#include "ui/action.h"
#include "ui/keys.h"

/* ---- terminal (term.c) ------------------------------------------------------------------------
 */

enum { WIDTH_MIN = 60, HEIGHT_MIN = 16, WIDTH_WIDE = 120 };

enum status term_open(struct error *err);
void term_close(void); /* any time, also twice */
/* Waits at most `ms` for a key, a code point or KEY(…): KEY_IDLE when none came, KEY_NEW_SIZE when
 * the window has another size, KEY_GONE when the adviser is, KEY_PASTED when a text came at once
 * (bracketed paste). */
int term_key(int ms);
/* The text of KEY_PASTED, as it came; the caller frees it. NULL: it was longer than PASTE_MAX. */
char *term_take_paste(size_t *len);
enum { PASTE_MAX = 16 << 20 };
/* Straight to the terminal, between what is drawn: a sequence that curses does not know. */
void term_send(const char *s, size_t len);
bool term_key_waiting(void);
void term_show(void); /* what was drawn reaches the screen, in one write */
void term_redraw(void);
void term_suspend(void);
int term_width(void);
int term_height(void);

/* ---- drawing (term.c) ---------------------------------------------------------------------------
 */
enum look {
    LOOK_PLAIN,
    LOOK_DIM,
    LOOK_STRONG,
    LOOK_SELECTED,
    LOOK_BAR,
    LOOK_GOOD,
    LOOK_BAD,
    LOOK_WARN,
    LOOK_ACCENT,
    LOOK_UNDER
};
/* Text cut and padded to exactly `width` columns; cleaned. */
void draw_text(int y, int x, int width, enum look look, const char *s);
void draw_right(int y, int x, int width, enum look look, const char *s);
void draw_rule(int y, int x, int width);
void draw_upright(int y, int x, int height);
void draw_blank(int y, int x, int height, int width);
void draw_box(int y, int x, int height, int width, const char *title);
void draw_look(int y, int x, int width, enum look look); /* of what stands there */
void draw_cursor(int y, int x); /* where the terminal's cursor rests: the last one called holds */
void draw_start(void);          /* an empty screen to draw on */

/* ---- screens (screen.c)
 * --------------------------------------------------------------------------- */
struct ui;
struct screen;

enum handled { NOT_HANDLED, HANDLED };

struct screen_class {
    const char *name;
    unsigned context; /* whose actions apply here; 0: context_now says */
    unsigned (*context_now)(struct screen *s);
    bool floats; /* drawn over the one below */
    bool types;  /* letters are text here: only keys that are no characters are actions */
    void (*draw)(struct screen *s);
    enum handled (*act)(struct screen *s, enum action_id id);
    enum handled (*key)(struct screen *s, int key); /* before actions; may be NULL */
    /* A text came at once: puts it into the field in hand. False when nothing is typed here; may be
     * NULL. */
    bool (*paste)(struct screen *s, const char *text);
    void (*refresh)(struct screen *s); /* somebody wrote; may be NULL */
    /* A record was made from here: selects its row where there is one; may be NULL. */
    void (*reveal)(struct screen *s, enum type_id type, int64_t id);
    bool (*idle)(struct screen *s); /* a pause, again and again: true when there is something new to
                                       draw; may be NULL */
    void (*leave)(
        struct screen *s); /* it closes, or the line is cut: keep what was typed; may be NULL */
    void (*free)(struct screen *s);
};

struct screen {
    const struct screen_class *class;
    struct ui *ui;
};

struct ui {
    struct session *session;
    struct screen **stack;
    size_t stack_cap;
    int depth;
    struct screen **dead; /* popped, freed after the event */
    size_t ndead, dead_cap;
    int64_t data_version;
    bool quit;
    char *folder; /* where the last file came from or went to, with its "/"; NULL: none yet */
    char *pasted; /* a table that waits for ACTION_PASTE to take it; else NULL */
    size_t pasted_len;
    char message[300];
    enum look message_look;
};

void screen_push(struct ui *ui, struct screen *s); /* owns it */
void screen_pop(struct ui *ui, struct screen *s);  /* it and all above; freed after the event */
struct screen *screen_top(struct ui *ui);
/* The contexts in force: the top screen's. */
unsigned screen_context(struct ui *ui);
/* Performs an action on the top screen, else the general ones. */
enum handled screen_act(struct ui *ui, enum action_id id);
void screen_refresh_all(struct ui *ui);
/* Selects the row of a record that was just made, on the screen that is now on top. */
void screen_reveal(struct ui *ui, enum type_id type, int64_t id);
void screen_loop(struct ui *ui);

void ui_say(struct ui *ui, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void ui_complain(struct ui *ui, const struct error *err);

/* The bar at the top and the two lines at the foot (hints, message) are the same everywhere.
 * `right` stands at the right of the message line; may be NULL. */
void draw_frame(struct ui *ui, unsigned context, const char *right);

#endif
