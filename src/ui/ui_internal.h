/* What the screens share: the terminal, events, the stack of screens. */
#ifndef SAMLING_UI_INTERNAL_H
#define SAMLING_UI_INTERNAL_H

#include <stdbool.h>

#include "samling/lang.h"
#include "samling/record.h"
#include "samling/session.h"
#include "samling/ui.h"

#include "ui/action.h"
#include "ui/display.h"
#include "ui/keys.h"

/* ---- terminal (term.c, input.c, mouse.c; their private parts: term_parts.h)
 * ------------------------------------------------------------------------
 */

enum { WIDTH_MIN = 60, HEIGHT_MIN = 16, WIDTH_MIDDLE = 100, WIDTH_WIDE = 120 };

enum status term_open(const struct display *display, struct error *err);
void term_close(void); /* any time, also twice */
/* Waits at most `ms` for a key, a code point or KEY(…): KEY_IDLE when none came, KEY_NEW_SIZE when
 * the window has another size, KEY_GONE when the adviser is, KEY_PASTED when a text came at once
 * (bracketed paste), KEY_CLICKED when the mouse was used, KEY_RECOLOURED when the terminal said
 * whether it is dark or light. */
int term_key(int ms);
/* What KEY_CLICKED means. */
enum click_kind { CLICK_ONCE, CLICK_TWICE, CLICK_RIGHT, CLICK_WHEEL_UP, CLICK_WHEEL_DOWN };
struct click {
    int y, x;
    enum click_kind kind;
};
void term_take_click(struct click *out);
/* How it is shown; holds at once. */
const struct display *term_display(void);
void term_set_display(const struct display *display);
/* No boxes, no rules, one thing after the other: for screen readers. */
bool term_is_plain(void);
/* The text of KEY_PASTED, as it came (as UTF-8 from a terminal with another character set); the
 * caller frees it. NULL: it was longer than PASTE_MAX. */
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

/* ---- drawing (draw.c; looks: theme.c)
 * ---------------------------------------------------------------------------
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
    LOOK_UNDER,
    LOOK_FOUND,          /* what a search found, inside a row */
    LOOK_FOUND_SELECTED, /* … inside the selected one */
    LOOK_COUNT
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
void draw_cursor_place(int *y, int *x); /* where that is now */
void draw_start(void);                  /* an empty screen to draw on */

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
    /* Makes what is in hand be what was asked for last, although keys wait: called before an action
     * is judged and done. May be NULL. */
    void (*settle)(struct screen *s, enum action_id id);
    /* Can an action of this context be done just now? When not, adds to `why` (may be NULL) a
     * sentence that says why, for menus, hints and the message. Asked for many actions each time
     * the screen is drawn: it looks at what the screen holds, never into the database. May be NULL:
     * all can. */
    bool (*may)(struct screen *s, enum action_id id, struct buf *why);
    enum handled (*key)(struct screen *s, int key); /* before actions; may be NULL */
    /* A text came at once: puts it into the field in hand. False when nothing is typed here; may be
     * NULL. */
    bool (*paste)(struct screen *s, const char *text);
    /* The mouse was used here; may be NULL. What is not handled: the wheel moves three rows, a
     * name in the bar opens its menu, a hint is done. The right button chooses what is under it,
     * as the left one does; then the context menu opens, handled or not, where there is one. */
    enum handled (*click)(struct screen *s, const struct click *c);
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
    bool can_undo, can_redo; /* as at the last pause or change of one's own */
    bool quit;
    char *folder; /* where the last file came from or went to, with its "/"; NULL: none yet */
    char *pasted; /* a table that waits for ACTION_PASTE to take it; else NULL */
    size_t pasted_len;
    char message[700];
    size_t name_at, name_len; /* bytes of the message that are cut where it is too long; len 0: none */
    enum look message_look;
    enum action_id used[8]; /* commands chosen from menus and palette, the last one first */
};

void screen_push(struct ui *ui, struct screen *s); /* owns it */
void screen_pop(struct ui *ui, struct screen *s);  /* it and all above; freed after the event */
struct screen *screen_top(struct ui *ui);
/* The lowest screen that is seen: those above it float. NULL when there is none. */
struct screen *screen_base(struct ui *ui);
/* May the action be done on this screen now (context, role, the screen's own `may`)? When not,
 * `why` (may be NULL) gets a sentence. */
bool screen_may(struct screen *s, enum action_id id, struct buf *why);
/* The contexts in force: the top screen's. */
unsigned screen_context(struct ui *ui);
unsigned screen_context_of(struct screen *s);
/* Performs an action on the top screen, else the general ones. */
enum handled screen_act(struct ui *ui, enum action_id id);
void screen_refresh_all(struct ui *ui);
/* Selects the row of a record that was just made, on the screen that is now on top. */
void screen_reveal(struct ui *ui, enum type_id type, int64_t id);
void screen_loop(struct ui *ui);

void ui_say(struct ui *ui, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same; `name` is one of the texts in it, and is what is cut where the line is too short, so
 * that the words behind it are seen. */
void ui_say_name(struct ui *ui, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void ui_complain(struct ui *ui, const struct error *err);
/* A command was chosen by its name: the palette shows it first. */
void ui_used(struct ui *ui, enum action_id id);

/* The bar at the top and the two lines at the foot (hints, message) are the same everywhere
 * (frame.c). `right` stands at the right of the message line; may be NULL. */
void draw_frame(struct ui *ui, unsigned context, const char *right);

#endif
