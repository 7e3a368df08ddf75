/* Pasting cells that were copied in a spreadsheet. A terminal that marks what is pasted brings it
 * in at once; from any other the letters come as keys, and this screen takes them all. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/float.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

struct paste {
    struct screen screen;
    enum type_id scope;
    int64_t id;
    struct buf text;
    size_t lines;
};

enum { LAST_LINES = 4 };

/* Where the last lines begin. */
static const char *last_lines(const struct paste *p)
{
    const char *s = buf_str(&p->text), *from = s + p->text.len;
    for (int n = 0; from > s; from--)
        if (from[-1] == '\n' && ++n > LAST_LINES)
            break;
    return from;
}

static void draw_last(const struct paste *p, int y, int x, int width)
{
    const char *s = last_lines(p);
    for (int i = 0; i <= LAST_LINES && *s; i++) {
        size_t n = strcspn(s, "\n");
        char *line = mem_strndup(s, n);
        draw_text(y + i, x, width, LOOK_DIM, line);
        free(line);
        s += n + (s[n] == '\n');
    }
}

static void paste_draw(struct screen *s)
{
    struct paste *p = (struct paste *)s;
    int width = term_width() - 6 < 78 ? term_width() - 6 : 78, x = (term_width() - width) / 2;
    int height = LAST_LINES + 7, y = 2;
    struct buf b = {0};
    float_foot(s->ui, _("Ctrl-D or F8: that was all   Esc: closes, nothing is imported"), NULL);
    draw_box(y, x, height, width, _("Paste a list"));
    draw_text(y + 1, x + 2, width - 4, LOOK_PLAIN,
              _("Paste the cells now: right mouse button, Shift-Insert or Ctrl-V."));
    draw_text(y + 2, x + 2, width - 4, LOOK_PLAIN, _("Then press Ctrl-D."));
    buf_addf(&b, _("%zu lines so far"), p->lines);
    draw_text(y + 4, x + 2, width - 4, LOOK_STRONG, b.s);
    draw_last(p, y + 5, x + 2, width - 4);
    draw_cursor(y + 4, x + 2);
    buf_free(&b);
}

static void finish(struct paste *p)
{
    struct ui *ui = p->screen.ui;
    size_t len = p->text.len;
    char *text = buf_take(&p->text);
    screen_pop(ui, &p->screen);
    if (!len) {
        free(text);
        ui_say(ui, "%s", _("Nothing was pasted."));
        return;
    }
    import_pasted(ui, p->scope, p->id, text, len);
}

static enum handled paste_key(struct screen *s, int key)
{
    struct paste *p = (struct paste *)s;
    if (float_key(key))
        return HANDLED;
    if (key == CTRL_('D') || key == KEY(KEY_F(8))) {
        finish(p);
    } else if (key == KEY_ESCAPE || key == CTRL_('G')) {
        screen_pop(s->ui, s);
        ui_say(s->ui, "%s", _("Nothing was done."));
    } else if (key == KEY(KEY_BACKSPACE) && p->text.len) {
        p->lines -= p->text.s[p->text.len - 1] == '\n';
        while ((p->text.s[--p->text.len] & 0xC0) == 0x80)
            ;
        p->text.s[p->text.len] = '\0';
    } else if (key >= 0 && key < 0x110000 && p->text.len < PASTE_MAX) {
        p->lines += key == KEY_RETURN;
        text_put(&p->text, (uint32_t)key);
    }
    return HANDLED;
}

static bool paste_all(struct screen *s, const char *text)
{
    struct paste *p = (struct paste *)s;
    buf_add(&p->text, text);
    finish(p);
    return true;
}

static void paste_free(struct screen *s)
{
    struct paste *p = (struct paste *)s;
    buf_free(&p->text);
    free(p);
}

static const struct screen_class paste_class = {
    .name = "paste",
    .context = IN_DIALOG,
    .floats = true,
    .types = true,
    .draw = paste_draw,
    .key = paste_key,
    .paste = paste_all,
    .free = paste_free,
};

void paste_open(struct ui *ui, enum type_id scope, int64_t id)
{
    if (ui->pasted) {
        char *text = ui->pasted;
        ui->pasted = NULL;
        import_pasted(ui, scope, id, text, ui->pasted_len);
        return;
    }
    struct paste *p = mem_alloc(sizeof *p);
    p->screen.class = &paste_class;
    p->scope = scope;
    p->id = id;
    screen_push(ui, &p->screen);
}
