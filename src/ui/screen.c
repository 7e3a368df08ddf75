/* The stack of screens and the loop of events. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "samling/history.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/frame.h"
#include "ui/help.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

enum { WHEEL_ROWS = 3 };

void screen_push(struct ui *ui, struct screen *s)
{
    s->ui = ui;
    ui->stack = mem_grow(ui->stack, &ui->stack_cap, (size_t)ui->depth + 1, sizeof *ui->stack);
    ui->stack[ui->depth++] = s;
}

void screen_pop(struct ui *ui, struct screen *s)
{
    int at = 0;
    while (at < ui->depth && ui->stack[at] != s)
        at++;
    while (ui->depth > at) {
        struct screen *top = ui->stack[--ui->depth];
        if (top->class->leave)
            top->class->leave(top);
        /* Whoever called may still be at work in it. */
        ui->dead = mem_grow(ui->dead, &ui->dead_cap, ui->ndead + 1, sizeof *ui->dead);
        ui->dead[ui->ndead++] = top;
    }
}

static void bury(struct ui *ui)
{
    for (size_t i = 0; i < ui->ndead; i++)
        ui->dead[i]->class->free(ui->dead[i]);
    ui->ndead = 0;
}

struct screen *screen_top(struct ui *ui)
{
    return ui->depth ? ui->stack[ui->depth - 1] : NULL;
}

static int lowest_seen(const struct ui *ui)
{
    int base = ui->depth - 1;
    while (base > 0 && ui->stack[base]->class->floats)
        base--;
    return base;
}

struct screen *screen_base(struct ui *ui)
{
    return ui->depth ? ui->stack[lowest_seen(ui)] : NULL;
}

unsigned screen_context_of(struct screen *s)
{
    return s->class->context ? s->class->context : s->class->context_now(s);
}

unsigned screen_context(struct ui *ui)
{
    struct screen *s = screen_top(ui);
    return s ? screen_context_of(s) : 0;
}

bool screen_may(struct screen *s, enum action_id id, struct buf *why)
{
    const struct action *a = action_at(id);
    struct error err = {0};
    if (!(a->contexts & screen_context_of(s))) {
        if (why) {
            struct buf places = {0};
            help_places(a->contexts, &places);
            buf_addf(why, _("“%s” cannot be done here, but in: %s"), lang_tr(a->label),
                     buf_str(&places));
            buf_free(&places);
        }
        return false;
    }
    if (session_need(s->ui->session, a->role, &err) != ST_OK) {
        if (why) {
            char words[sizeof s->ui->message];
            error_text(&err, words, sizeof words);
            buf_add(why, words);
        }
        return false;
    }
    bool typing = s->class->types; /* there undo is of the line's */
    if ((id == ACTION_UNDO && !typing && !s->ui->can_undo) ||
        (id == ACTION_REDO && !typing && !s->ui->can_redo)) {
        if (why)
            buf_add(why, id == ACTION_UNDO ? _("There is nothing to take back.")
                                           : _("There is nothing to do again."));
        return false;
    }
    return !s->class->may || s->class->may(s, id, why);
}

__attribute__((format(printf, 2, 0))) static void say(struct ui *ui, const char *fmt, va_list ap)
{
    vsnprintf(ui->message, sizeof ui->message, fmt, ap);
    ui->message_look = LOOK_PLAIN;
    ui->name_len = 0;
}

void ui_say(struct ui *ui, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    say(ui, fmt, ap);
    va_end(ap);
}

void ui_say_name(struct ui *ui, const char *name, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    say(ui, fmt, ap);
    va_end(ap);
    const char *at = *name ? strstr(ui->message, name) : NULL;
    if (!at)
        return;
    ui->name_at = (size_t)(at - ui->message);
    ui->name_len = strlen(name);
}

void ui_complain(struct ui *ui, const struct error *err)
{
    if (err->code == ST_STOPPED)
        return;
    error_text(err, ui->message, sizeof ui->message);
    ui->message_look = LOOK_BAD;
    ui->name_len = 0;
}

void ui_used(struct ui *ui, enum action_id id)
{
    size_t n = sizeof ui->used / sizeof *ui->used, at = 0;
    while (at + 1 < n && ui->used[at] != id)
        at++;
    memmove(ui->used + 1, ui->used, at * sizeof *ui->used);
    ui->used[0] = id;
}

void screen_reveal(struct ui *ui, enum type_id type, int64_t id)
{
    struct screen *s = screen_top(ui);
    if (s && s->class->reveal)
        s->class->reveal(s, type, id);
}

void screen_refresh_all(struct ui *ui)
{
    ui->data_version = db_data_version(ui->session->db);
    for (int i = 0; i < ui->depth; i++)
        if (ui->stack[i]->class->refresh)
            ui->stack[i]->class->refresh(ui->stack[i]);
}

/* ---- what every screen can do
 * --------------------------------------------------------------------- */

static void go_to_pane(struct ui *ui, enum action_id id)
{
    while (ui->depth > 1)
        screen_pop(ui, ui->stack[ui->depth - 1]);
    desk_go(ui->stack[0], id);
}

static void draw_stack(struct ui *ui)
{
    for (int i = lowest_seen(ui); i < ui->depth; i++)
        ui->stack[i]->class->draw(ui->stack[i]);
}

/* Beside the row in hand, where the cursor rests: in the list, also when a menu was drawn last. */
static void open_context_menu(struct ui *ui)
{
    int y, x;
    draw_stack(ui);
    draw_cursor_place(&y, &x);
    context_menu_open(ui, y, x);
}

/* What u and U would find; true when that is another than before. */
static bool undo_known(struct ui *ui)
{
    int64_t set = 0;
    bool undo = undo_next(ui->session, false, &set, NULL) == ST_OK && set;
    bool redo = undo_next(ui->session, true, &set, NULL) == ST_OK && set;
    bool news = undo != ui->can_undo || redo != ui->can_redo;
    ui->can_undo = undo;
    ui->can_redo = redo;
    return news;
}

static bool tells_of_undo(enum action_id id)
{
    return id == ACTION_UNDO || id == ACTION_REDO || id == ACTION_MENU || id == ACTION_PALETTE ||
           id == ACTION_CONTEXT_MENU;
}

enum handled screen_act(struct ui *ui, enum action_id id)
{
    struct screen *s = screen_top(ui);
    const struct action *a = action_at(id);
    if (!a)
        return NOT_HANDLED;
    struct buf why = {0};
    if (s->class->settle)
        s->class->settle(s, id);
    if (tells_of_undo(id))
        undo_known(ui);
    bool may = !(a->contexts & screen_context(ui)) || screen_may(s, id, &why);
    if (!may)
        ui_say(ui, "%s", buf_str(&why));
    buf_free(&why);
    if (!may)
        return HANDLED;
    if (s->class->act && s->class->act(s, id) == HANDLED)
        return HANDLED;
    switch (id) {
    case ACTION_HELP: help_open(ui); return HANDLED;
    case ACTION_MENU: menu_open(ui); return HANDLED;
    case ACTION_DISPLAY: display_open(ui); return HANDLED;
    case ACTION_CONTEXT_MENU: open_context_menu(ui); return HANDLED;
    case ACTION_TOUR: tour_open(ui); return HANDLED;
    case ACTION_PALETTE: palette_open(ui); return HANDLED;
    case ACTION_REDRAW: term_redraw(); return HANDLED;
    case ACTION_SUSPEND: term_suspend(); return HANDLED;
    case ACTION_UNDO: undo_last(ui, false); return HANDLED;
    case ACTION_REDO: undo_last(ui, true); return HANDLED;
    case ACTION_CHANGES: changes_open(ui); return HANDLED;
    case ACTION_BACK: screen_pop(ui, s); return HANDLED;
    case ACTION_QUIT: ui->quit = true; return HANDLED;
    case ACTION_OFFERINGS:
    case ACTION_CALENDAR:
    case ACTION_CONTACTS:
    case ACTION_TODAY: go_to_pane(ui, id); return HANDLED;
    default: return NOT_HANDLED;
    }
}

/* ---- the loop
 * ----------------------------------------------------------------------------------------- */

static bool big_enough(void)
{
    return term_width() >= WIDTH_MIN && term_height() >= HEIGHT_MIN;
}

static void draw_all(struct ui *ui)
{
    draw_start();
    if (!big_enough()) {
        struct buf b = {0};
        buf_addf(&b, _("The window is too small: samling needs %d × %d. Make it larger."),
                 WIDTH_MIN, HEIGHT_MIN);
        draw_text(0, 0, term_width(), LOOK_PLAIN, b.s);
        buf_free(&b);
        draw_cursor(0, 0);
        term_show();
        return;
    }
    draw_stack(ui);
    term_show();
}

static void say_nothing(struct ui *ui)
{
    ui->message[0] = '\0';
    ui->message_look = LOOK_PLAIN;
}

static void act_or_say(struct ui *ui, enum action_id id)
{
    if (screen_act(ui, id) == NOT_HANDLED)
        ui_say(ui, _("%s: not here"), lang_tr(action_at(id)->label));
}

static void handle_key(struct ui *ui, int key)
{
    struct screen *s = screen_top(ui);
    say_nothing(ui);
    if (s->class->key && s->class->key(s, key) == HANDLED)
        return;
    enum action_id id = action_by_key(screen_context(ui), key, s->class->types);
    if (id != ACTION_NONE)
        act_or_say(ui, id);
}

/* The frame lies below all that float: it is theirs while one is open. */
static void click_frame(struct ui *ui, const struct click *c)
{
    struct screen *s = screen_top(ui);
    if (s->class->floats || !(action_at(ACTION_MENU)->contexts & screen_context(ui)))
        return;
    if (c->y == 0) {
        struct bar bar;
        bar_lay_out(&bar, screen_context(ui), term_width());
        enum menu m = bar_menu_at(&bar, c->x);
        if (m != MENU_NONE)
            menu_open_at(ui, m);
    } else if (c->y == term_height() - 2) {
        enum action_id id = frame_hint_at(ui, c->x);
        if (id != ACTION_NONE)
            act_or_say(ui, id);
    }
}

static void handle_click(struct ui *ui)
{
    struct screen *s = screen_top(ui);
    struct click c;
    term_take_click(&c);
    say_nothing(ui);
    /* What the right button selects is what the menu is about. */
    bool offers = c.kind == CLICK_RIGHT && !s->class->floats &&
                  (action_at(ACTION_CONTEXT_MENU)->contexts & screen_context(ui));
    if (s->class->click && s->class->click(s, &c) == HANDLED && !offers)
        return;
    switch (c.kind) {
    case CLICK_WHEEL_UP:
    case CLICK_WHEEL_DOWN:
        for (int i = 0; i < WHEEL_ROWS; i++)
            handle_key(ui,
                       c.kind == CLICK_WHEEL_UP ? key_by_name("Up", 2) : key_by_name("Down", 4));
        break;
    case CLICK_RIGHT:
        if (offers)
            context_menu_open(ui, c.y, c.x);
        break;
    case CLICK_ONCE:
    case CLICK_TWICE: click_frame(ui, &c); break;
    }
}

/* A text that came at once goes into the field in hand; where there is none it is a table to
 * import, never a row of commands. */
static void handle_paste(struct ui *ui)
{
    struct screen *s = screen_top(ui);
    size_t len;
    char *text = term_take_paste(&len);
    say_nothing(ui);
    if (!text) {
        ui_say(ui, "%s", _("That is too much to paste: save it as a file, and import the file."));
        return;
    }
    if (text_is_blank(text)) {
        free(text);
        return;
    }
    bool typed = s->class->paste && s->class->paste(s, text);
    if (!typed && (action_at(ACTION_PASTE)->contexts & screen_context(ui))) {
        ui->pasted = text;
        ui->pasted_len = len;
        text = NULL;
        screen_act(ui, ACTION_PASTE);
        free(ui->pasted); /* when the role does not allow it, nobody took it */
        ui->pasted = NULL;
    } else if (!typed) {
        ui_say(ui, "%s", _("Paste into a field, or on a list, to import what you copied."));
    }
    free(text);
}

/* Somebody else wrote? Asked at most twice a second, and only when nothing is typed. */
static bool others_wrote(struct ui *ui)
{
    return db_data_version(ui->session->db) != ui->data_version;
}

/* Who stays logged in overnight finds the new day's desk in the morning. */
static bool midnight_passed(struct ui *ui)
{
    struct day today = date_today(), was = ui->session->today;
    ui->session->today = today;
    return date_number(today) != date_number(was);
}

/* What is done when nothing is typed; true when there is something new to draw. */
static bool at_pause(struct ui *ui)
{
    bool news = others_wrote(ui) || midnight_passed(ui);
    if (news)
        screen_refresh_all(ui);
    news = undo_known(ui) || news;
    for (int i = lowest_seen(ui); i < ui->depth; i++)
        if (ui->stack[i]->class->idle)
            news = ui->stack[i]->class->idle(ui->stack[i]) || news;
    return news;
}

/* What was typed while the window was too small to show anything is not done when it is large
 * again.
 */
static int pass_over_keys(void)
{
    int key = KEY_NEW_SIZE;
    while (key != KEY_GONE && key != KEY_IDLE && term_key_waiting())
        key = term_key(0);
    return key == KEY_GONE ? key : KEY_NEW_SIZE;
}

void screen_loop(struct ui *ui)
{
    bool dirty = true;
    int pause = 0; /* 1 when nothing was typed for a while */
    ui->data_version = db_data_version(ui->session->db);
    while (!ui->quit && ui->depth) {
        if (dirty && !term_key_waiting()) {
            draw_all(ui);
            /* What came meanwhile has kept a list from being read, and may be no key. */
            dirty = term_key_waiting();
        }
        bool small = !big_enough();
        int key = term_key(dirty ? 0 : pause ? 500 : 200);
        if (key == KEY_NEW_SIZE && small && big_enough())
            key = pass_over_keys();
        if (key == KEY_GONE)
            break;
        if (key == KEY_IDLE) {
            if (!dirty) {
                pause = 1;
                dirty = at_pause(ui);
            }
            continue;
        }
        dirty = true;
        if (key == KEY_RECOLOURED)
            continue;
        if (key == KEY_NEW_SIZE) { /* what was said last still holds */
            /* Smaller and back between two looks: the size is the old one, but not what the
             * terminal shows. */
            term_redraw();
            continue;
        }
        pause = 0;
        if (!big_enough())
            continue;
        if (key == KEY_PASTED)
            handle_paste(ui);
        else if (key == KEY_CLICKED)
            handle_click(ui);
        else
            handle_key(ui, key);
        bury(ui);
    }
    /* Left or cut off alike: what was being typed is kept. */
    while (ui->depth)
        screen_pop(ui, ui->stack[ui->depth - 1]);
    bury(ui);
    free(ui->dead);
    free(ui->stack);
    free(ui->folder);
}
