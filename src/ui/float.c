#include "config.h"

#include "ui/float.h"

#include <string.h>

#include <curses.h>

#include "samling/text.h"

#include "ui/help.h"
#include "ui/ui_internal.h"

static unsigned context_below(struct screen *s)
{
    struct ui *ui = s->ui;
    for (int i = 1; i < ui->depth; i++) {
        struct screen *below = ui->stack[i - 1];
        if (ui->stack[i] == s)
            return below->class->context ? below->class->context : below->class->context_now(below);
    }
    return 0;
}

bool float_allows(struct screen *s, enum action_id id, struct buf *why)
{
    const struct action *a = action_at(id);
    if (!(a->contexts & context_below(s))) {
        if (why) {
            struct buf places = {0};
            help_places(a->contexts, &places);
            buf_addf(why, _("“%s” cannot be done here, but in: %s"), lang_tr(a->label),
                     buf_str(&places));
            buf_free(&places);
        }
        return false;
    }
    struct error err = {0};
    if (session_need(s->ui->session, a->role, &err) != ST_OK) {
        if (why) {
            char words[sizeof s->ui->message];
            error_text(&err, words, sizeof words);
            buf_add(why, words);
        }
        return false;
    }
    return true;
}

void float_perform(struct screen *s, enum action_id id)
{
    struct ui *ui = s->ui;
    struct buf why = {0};
    if (float_allows(s, id, &why)) {
        screen_pop(ui, s);
        if (screen_act(ui, id) == NOT_HANDLED)
            ui_say(ui, _("%s: not here"), lang_tr(action_at(id)->label));
    } else {
        ui_say(ui, "%s", buf_str(&why));
    }
    buf_free(&why);
}

void float_foot(struct ui *ui, const char *hints, const char *words)
{
    int y = term_height() - 2, width = term_width();
    draw_text(y, 0, width, LOOK_PLAIN, "");
    draw_text(y, 1, width - 2, LOOK_DIM, hints);
    draw_text(y + 1, 0, width, LOOK_PLAIN, "");
    if (ui->message[0])
        draw_text(y + 1, 1, width - 2, ui->message_look, ui->message);
    else
        draw_text(y + 1, 1, width - 2, LOOK_PLAIN, words);
}

void float_place(int y, int x, int width, size_t top, size_t seen, size_t n)
{
    struct buf b = {0};
    if (seen < n) {
        buf_addf(&b, " %zu–%zu / %zu ", top + 1, top + seen, n);
        int w = text_width(buf_str(&b));
        if (w <= width - 4)
            draw_text(y, x + width - w - 2, w, LOOK_DIM, buf_str(&b));
    }
    buf_free(&b);
}

bool float_key(int key)
{
    if (key == CTRL_('L'))
        term_redraw();
    return key == CTRL_('L');
}

bool float_begins_with(const char *label, int key)
{
    struct buf letter = {0}, typed = {0}, folded = {0};
    bool does = false;
    if (key > ' ' && key < 0x110000) {
        text_put(&letter, (uint32_t)key);
        text_fold_search(&typed, letter.s);
        text_fold_search(&folded, label);
        does = typed.len > 0 && strncmp(buf_str(&folded), typed.s, typed.len) == 0;
    }
    buf_free(&letter);
    buf_free(&typed);
    buf_free(&folded);
    return does;
}
