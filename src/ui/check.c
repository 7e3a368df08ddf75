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
    struct float_list list;
    struct float_typed typed;
    int top, left, width; /* of the rows, as they were drawn last */
    void (*done)(void *arg, const bool *taken);
    void *arg;
    void (*drop)(void *arg);
};

static size_t seen_of(const struct check *c)
{
    size_t room = (size_t)(term_height() - 5);
    return c->list.n < room ? c->list.n : room;
}

static int widest(const struct check *c)
{
    int inner = text_width(c->title) + 2;
    for (size_t i = 0; i < c->list.n; i++) {
        int w = text_width(c->labels[i]) + 4;
        inner = w > inner ? w : inner;
    }
    return inner < term_width() - 8 ? inner : term_width() - 8;
}

static void check_draw(struct screen *s)
{
    struct check *c = (struct check *)s;
    size_t seen = seen_of(c);
    int y = (term_height() - 3 - (int)seen) / 3;
    float_scroll(&c->list, seen);
    c->top = (y > 1 ? y : 1) + 1;
    c->width = widest(c) + 2;
    c->left = (term_width() - c->width) / 2;
    float_foot(s->ui, _("Space takes or leaves   * all   Enter goes on   Esc closes"), NULL);
    draw_box(c->top - 1, c->left - 1, (int)seen + 2, c->width + 2, c->title);
    for (size_t i = 0; i < seen; i++) {
        size_t at = c->list.top + i;
        int row = c->top + (int)i;
        draw_text(row, c->left + 1, 4, LOOK_PLAIN, c->taken[at] ? "[x] " : "[ ] ");
        draw_text(row, c->left + 5, c->width - 6, LOOK_PLAIN, c->labels[at]);
        if (at == c->list.selected)
            draw_look(row, c->left, c->width, LOOK_SELECTED);
    }
    float_place(c->top + (int)seen, c->left - 1, c->width + 2, c->list.top, seen, c->list.n);
    draw_cursor(c->top + (int)(c->list.selected - c->list.top), c->left + 1);
}

static bool any_taken(const struct check *c)
{
    for (size_t i = 0; i < c->list.n; i++)
        if (c->taken[i])
            return true;
    return false;
}

static void take_all(struct check *c)
{
    bool all = true;
    for (size_t i = 0; i < c->list.n; i++)
        all &= c->taken[i];
    for (size_t i = 0; i < c->list.n; i++)
        c->taken[i] = !all;
}

static void turn(struct check *c)
{
    c->taken[c->list.selected] = !c->taken[c->list.selected];
}

static void go_on(struct check *c)
{
    if (!any_taken(c)) {
        ui_say(c->screen.ui, "%s", _("Take at least one."));
        return;
    }
    screen_pop(c->screen.ui, &c->screen);
    c->done(c->arg, c->taken);
}

/* Letters go to the label that begins so; where none does, these do as in the lists. */
static void check_letter(struct check *c, int key)
{
    if (float_type(&c->typed, key, &c->list, c->labels))
        return;
    switch (key) {
    case 'j': float_step(&c->list, 1); break;
    case 'k': float_step(&c->list, -1); break;
    case 'x': turn(c); break;
    case 'a': take_all(c); break;
    case 'q': screen_pop(c->screen.ui, &c->screen); break;
    default: break;
    }
}

static enum handled check_key(struct screen *s, int key)
{
    struct check *c = (struct check *)s;
    if (float_key(key) || float_move(&c->list, key, seen_of(c)))
        return HANDLED;
    switch (key) {
    case KEY_TABULATOR: float_step(&c->list, 1); break;
    case KEY(KEY_BTAB): float_step(&c->list, -1); break;
    case ' ': turn(c); break;
    case '*': take_all(c); break;
    case KEY_RETURN: go_on(c); break;
    case KEY_ESCAPE:
    case CTRL_('G'): screen_pop(s->ui, s); break;
    default: check_letter(c, key);
    }
    return HANDLED;
}

/* A click takes or leaves; a second one at once is no second thought. */
static enum handled check_click(struct screen *s, const struct click *click)
{
    struct check *c = (struct check *)s;
    if (click->kind == CLICK_WHEEL_UP || click->kind == CLICK_WHEEL_DOWN)
        return NOT_HANDLED;
    if (float_click(&c->list, click, c->top, c->left, c->width, seen_of(c)) &&
        click->kind == CLICK_ONCE)
        turn(c);
    return HANDLED;
}

static void check_free(struct screen *s)
{
    struct check *c = (struct check *)s;
    if (c->drop)
        c->drop(c->arg);
    for (size_t i = 0; i < c->list.n; i++)
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
    .click = check_click,
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
    c->list.n = n;
    c->done = done;
    c->arg = arg;
    c->drop = drop;
    screen_push(ui, &c->screen);
}
