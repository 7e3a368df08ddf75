/* The stack of screens, the loop of events, and the frame that all screens share. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "samling/mem.h"
#include "samling/path.h"
#include "samling/text.h"

#include "ui/screens.h"
#include "ui/ui_internal.h"

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

unsigned screen_context(struct ui *ui)
{
    struct screen *s = screen_top(ui);
    if (!s)
        return 0;
    return s->class->context ? s->class->context : s->class->context_now(s);
}

void ui_say(struct ui *ui, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(ui->message, sizeof ui->message, fmt, ap);
    va_end(ap);
    ui->message_look = LOOK_PLAIN;
}

void ui_complain(struct ui *ui, const struct error *err)
{
    if (err->code == ST_STOPPED)
        return;
    error_text(err, ui->message, sizeof ui->message);
    ui->message_look = LOOK_BAD;
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

enum handled screen_act(struct ui *ui, enum action_id id)
{
    struct screen *s = screen_top(ui);
    const struct action *a = action_at(id);
    if (!a)
        return NOT_HANDLED;
    if (a->role > ui->session->role) {
        struct error err;
        session_need(ui->session, a->role, &err);
        ui_complain(ui, &err);
        return HANDLED;
    }
    if (s->class->act && s->class->act(s, id) == HANDLED)
        return HANDLED;
    switch (id) {
    case ACTION_HELP: help_open(ui); return HANDLED;
    case ACTION_MENU: menu_open(ui); return HANDLED;
    case ACTION_PALETTE: palette_open(ui); return HANDLED;
    case ACTION_REDRAW: term_redraw(); return HANDLED;
    case ACTION_SUSPEND: term_suspend(); return HANDLED;
    case ACTION_UNDO: undo_last(ui, false); return HANDLED;
    case ACTION_REDO: undo_last(ui, true); return HANDLED;
    case ACTION_BACK: screen_pop(ui, s); return HANDLED;
    case ACTION_QUIT: ui->quit = true; return HANDLED;
    case ACTION_OFFERINGS:
    case ACTION_CALENDAR:
    case ACTION_CONTACTS:
    case ACTION_TODAY: go_to_pane(ui, id); return HANDLED;
    default: return NOT_HANDLED;
    }
}

/* ---- the frame
 * -------------------------------------------------------------------------------------- */

/* The bar: the menus' names on the left, whose database and who on the right. */
static void draw_bar(struct ui *ui)
{
    struct buf b = {0}, right = {0};
    int width = term_width();
    const char *base = path_base(db_path(ui->session->db));
    size_t stem = strcspn(base, ".");
    buf_add(&b, " samling  ");
    for (enum menu m = MENU_NONE + 1; m < MENU_COUNT; m++)
        buf_addf(&b, "%s  ", menu_label(m));
    buf_addf(&right, "%.*s · %s ", (int)stem, base, ui->session->user_name);
    draw_text(0, 0, width, LOOK_BAR, b.s);
    int used = text_width(b.s), w = text_width(right.s);
    if (used + w < width)
        draw_right(0, width - w, w, LOOK_BAR, right.s);
    buf_free(&b);
    buf_free(&right);
}

/* The commands of this context, the most wanted first, as many as fit; the way back, menu and help
 * always. */
static void draw_hints(unsigned context)
{
    struct buf line = {0}, tail = {0}, one = {0};
    buf_add(&tail, " ");
    const enum action_id always[] = {ACTION_BACK, ACTION_MENU, ACTION_HELP};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
        if (!(action_at(always[i])->contexts & context))
            continue;
        action_key_text(always[i], &tail);
        buf_addf(&tail, " %s  ", lang_tr(action_at(always[i])->label));
    }
    int room = term_width() - text_width(tail.s) - 1;
    for (int rank = 1; rank < 10; rank++) {
        for (int i = 1; i < ACTION_COUNT; i++) {
            const struct action *a = action_at((enum action_id)i);
            if (a->hint != rank || a->id == ACTION_BACK || !(a->contexts & context))
                continue;
            buf_clear(&one);
            action_key_text(a->id, &one);
            buf_addf(&one, " %s  ", lang_tr(a->label));
            if (text_width(buf_str(&line)) + text_width(one.s) <= room)
                buf_add(&line, one.s);
        }
    }
    int y = term_height() - 2;
    draw_text(y, 0, 1, LOOK_PLAIN, "");
    draw_text(y, 1, room, LOOK_DIM, buf_str(&line));
    draw_right(y, room + 1, term_width() - room - 1, LOOK_DIM, tail.s);
    buf_free(&line);
    buf_free(&tail);
    buf_free(&one);
}

void draw_frame(struct ui *ui, unsigned context, const char *right)
{
    int y = term_height() - 1, width = term_width();
    draw_bar(ui);
    draw_hints(context);
    draw_text(y, 1, width - 2, ui->message_look, ui->message);
    if (right && *right) {
        int w = text_width(right);
        if (text_width(ui->message) + w + 3 < width)
            draw_right(y, width - w - 1, w, LOOK_DIM, right);
    }
}

/* ---- the loop
 * ----------------------------------------------------------------------------------------- */

/* The lowest screen that is seen: those above it float. */
static int lowest_seen(const struct ui *ui)
{
    int base = ui->depth - 1;
    while (base > 0 && ui->stack[base]->class->floats)
        base--;
    return base;
}

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
    for (int i = lowest_seen(ui); i < ui->depth; i++)
        ui->stack[i]->class->draw(ui->stack[i]);
    term_show();
}

static void handle_key(struct ui *ui, int key)
{
    struct screen *s = screen_top(ui);
    ui->message[0] = '\0';
    ui->message_look = LOOK_PLAIN;
    if (s->class->key && s->class->key(s, key) == HANDLED)
        return;
    enum action_id id = action_by_key(screen_context(ui), key, s->class->types);
    if (id == ACTION_NONE)
        return;
    if (screen_act(ui, id) == NOT_HANDLED)
        ui_say(ui, _("%s: not here"), lang_tr(action_at(id)->label));
}

/* A text that came at once goes into the field in hand; where there is none it is a table to
 * import, never a row of commands. */
static void handle_paste(struct ui *ui)
{
    struct screen *s = screen_top(ui);
    size_t len;
    char *text = term_take_paste(&len);
    ui->message[0] = '\0';
    ui->message_look = LOOK_PLAIN;
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
    for (int i = lowest_seen(ui); i < ui->depth; i++)
        if (ui->stack[i]->class->idle)
            news = ui->stack[i]->class->idle(ui->stack[i]) || news;
    return news;
}

void screen_loop(struct ui *ui)
{
    bool dirty = true;
    int pause = 0; /* 1 when nothing was typed for a while */
    ui->data_version = db_data_version(ui->session->db);
    while (!ui->quit && ui->depth) {
        if (dirty && !term_key_waiting())
            draw_all(ui);
        int key = term_key(pause ? 500 : 200);
        if (key == KEY_GONE)
            break;
        if (key == KEY_IDLE) {
            pause = 1;
            dirty = at_pause(ui);
            continue;
        }
        dirty = true;
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
