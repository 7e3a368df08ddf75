/* Several of several: a list where each line can be taken or left. */
#include "config.h"

#include <stdlib.h>

#include <curses.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/float.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

struct check {
    struct screen screen;
    char *title;
    char **labels;
    bool *taken;
    size_t n, selected, top;
    void (*done)(void *arg, const bool *taken);
    void *arg;
    void (*drop)(void *arg);
};

static size_t seen_of(const struct check *c)
{
    size_t room = (size_t)(term_height() - 5);
    return c->n < room ? c->n : room;
}

static int widest(const struct check *c)
{
    int inner = text_width(c->title) + 2;
    for (size_t i = 0; i < c->n; i++) {
        int w = text_width(c->labels[i]) + 4;
        inner = w > inner ? w : inner;
    }
    return inner < term_width() - 8 ? inner : term_width() - 8;
}

static void check_draw(struct screen *s)
{
    struct check *c = (struct check *)s;
    size_t seen = seen_of(c);
    if (c->selected < c->top)
        c->top = c->selected;
    if (c->selected >= c->top + seen)
        c->top = c->selected - seen + 1;
    int inner = widest(c), width = inner + 4, height = (int)seen + 2;
    int x = (term_width() - width) / 2, y = (term_height() - 1 - height) / 3;
    y = y > 1 ? y : 1;
    float_foot(s->ui, _("Space takes or leaves   a all   Enter goes on   Esc closes"), NULL);
    draw_box(y, x, height, width, c->title);
    for (size_t i = 0; i < seen; i++) {
        size_t at = c->top + i;
        int row = y + 1 + (int)i;
        draw_text(row, x + 2, 4, LOOK_PLAIN, c->taken[at] ? "[x] " : "[ ] ");
        draw_text(row, x + 6, inner - 4, LOOK_PLAIN, c->labels[at]);
        if (at == c->selected)
            draw_look(row, x + 1, width - 2, LOOK_SELECTED);
    }
    float_place(y + height - 1, x, width, c->top, seen, c->n);
    draw_cursor(y + 1 + (int)(c->selected - c->top), x + 2);
}

static bool any_taken(const struct check *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->taken[i])
            return true;
    return false;
}

static void take_all(struct check *c)
{
    bool all = true;
    for (size_t i = 0; i < c->n; i++)
        all &= c->taken[i];
    for (size_t i = 0; i < c->n; i++)
        c->taken[i] = !all;
}

static void move_by(struct check *c, long by)
{
    long to = (long)c->selected + by, last = (long)c->n - 1;
    c->selected = to < 0 ? 0 : to > last ? (size_t)last : (size_t)to;
}

static enum handled check_key(struct screen *s, int key)
{
    struct check *c = (struct check *)s;
    if (float_key(key))
        return HANDLED;
    switch (key) {
    case KEY(KEY_DOWN):
    case KEY_TABULATOR:
    case 'j': move_by(c, 1); break;
    case KEY(KEY_UP):
    case 'k': move_by(c, -1); break;
    case KEY(KEY_NPAGE): move_by(c, (long)seen_of(c)); break;
    case KEY(KEY_PPAGE): move_by(c, -(long)seen_of(c)); break;
    case KEY(KEY_HOME): c->selected = 0; break;
    case KEY(KEY_END): c->selected = c->n - 1; break;
    case 'x':
    case ' ': c->taken[c->selected] = !c->taken[c->selected]; break;
    case 'a': take_all(c); break;
    case KEY_RETURN:
        if (!any_taken(c)) {
            ui_say(s->ui, "%s", _("Take at least one."));
            break;
        }
        screen_pop(s->ui, s);
        c->done(c->arg, c->taken);
        break;
    case KEY_ESCAPE:
    case CTRL_('G'):
    case 'q': screen_pop(s->ui, s); break;
    default: break;
    }
    return HANDLED;
}

static void check_free(struct screen *s)
{
    struct check *c = (struct check *)s;
    if (c->drop)
        c->drop(c->arg);
    for (size_t i = 0; i < c->n; i++)
        free(c->labels[i]);
    free(c->labels);
    free(c->taken);
    free(c->title);
    free(c);
}

static const struct screen_class check_class = {
    .name = "check",
    .context = IN_DIALOG,
    .floats = true,
    .types = true,
    .draw = check_draw,
    .key = check_key,
    .free = check_free,
};

void check_open(struct ui *ui, const char *title, const char *const *labels, const bool *taken,
                size_t n, void (*done)(void *arg, const bool *taken), void *arg,
                void (*drop)(void *arg))
{
    struct check *c = mem_alloc(sizeof *c);
    c->screen.class = &check_class;
    c->title = mem_strdup(title);
    c->labels = mem_alloc((n + 1) * sizeof *c->labels);
    c->taken = mem_alloc((n + 1) * sizeof *c->taken);
    for (size_t i = 0; i < n; i++) {
        c->labels[i] = mem_strdup(labels[i]);
        c->taken[i] = taken[i];
    }
    c->n = n;
    c->done = done;
    c->arg = arg;
    c->drop = drop;
    screen_push(ui, &c->screen);
}
