/* Text to read: help, the history of a record. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/flow.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

/* The title and its rule above; a rule, hints and message below. A line that is longer than this
 * is hard to read. */
enum { TOP = 3, FOOT = 3, WIDEST = 100 };

struct reading {
    struct screen screen;
    char *title, *text;
    struct flow flow;
    int width;  /* that the rows were made for */
    size_t top; /* the first row that is seen */
};

static size_t rows_seen(void)
{
    int n = term_height() - TOP - FOOT;
    return n > 0 ? (size_t)n : 1;
}

static void scroll_to(struct reading *r, size_t top)
{
    size_t seen = rows_seen(), last = r->flow.n > seen ? r->flow.n - seen : 0;
    r->top = top < last ? top : last;
}

/* A new width makes new rows; what stood at the top stays there. */
static void fit(struct reading *r)
{
    int width = term_width() - 4 < WIDEST ? term_width() - 4 : WIDEST;
    size_t from = r->top < r->flow.n ? r->flow.rows[r->top].from : 0, top = 0;
    if (width != r->width) {
        flow_text(&r->flow, r->text, width);
        r->width = width;
        while (top + 1 < r->flow.n && r->flow.rows[top].from < from)
            top++;
        r->top = top;
    }
    scroll_to(r, r->top);
}

static void draw_place(struct reading *r, struct buf *out)
{
    size_t end = r->top + rows_seen();
    if (r->flow.n > rows_seen())
        buf_addf(out, _("lines %zu–%zu of %zu"), r->top + 1, end, r->flow.n);
}

static void reading_draw(struct screen *s)
{
    struct reading *r = (struct reading *)s;
    struct buf place = {0};
    int width = term_width();
    fit(r);
    draw_place(r, &place);
    draw_frame(s->ui, IN_READING, buf_str(&place));
    draw_text(1, 1, width - 2, LOOK_STRONG, r->title);
    draw_rule(2, 0, width);
    for (size_t i = 0; i < rows_seen() && r->top + i < r->flow.n; i++) {
        const struct flow_row *row = &r->flow.rows[r->top + i];
        draw_text(TOP + (int)i, 2, r->width, LOOK_PLAIN, row->text);
        if (row->strong > 0)
            draw_look(TOP + (int)i, 2, row->strong, LOOK_STRONG);
    }
    draw_rule(term_height() - FOOT, 0, width);
    draw_cursor(TOP, 2);
    buf_free(&place);
}

static enum handled reading_act(struct screen *s, enum action_id id)
{
    struct reading *r = (struct reading *)s;
    size_t page = rows_seen() > 1 ? rows_seen() - 1 : 1;
    switch (id) {
    case ACTION_DOWN: scroll_to(r, r->top + 1); return HANDLED;
    case ACTION_UP: scroll_to(r, r->top > 0 ? r->top - 1 : 0); return HANDLED;
    case ACTION_PAGE_DOWN: scroll_to(r, r->top + page); return HANDLED;
    case ACTION_PAGE_UP: scroll_to(r, r->top > page ? r->top - page : 0); return HANDLED;
    case ACTION_FIRST: scroll_to(r, 0); return HANDLED;
    case ACTION_LAST: scroll_to(r, r->flow.n); return HANDLED;
    default: return NOT_HANDLED;
    }
}

static enum handled reading_key(struct screen *s, int key)
{
    switch (key) {
    case ' ': return reading_act(s, ACTION_PAGE_DOWN);
    case KEY_RETURN: return reading_act(s, ACTION_DOWN);
    case 'g': return reading_act(s, ACTION_FIRST);
    default: return NOT_HANDLED;
    }
}

static void reading_free(struct screen *s)
{
    struct reading *r = (struct reading *)s;
    flow_free(&r->flow);
    free(r->title);
    free(r->text);
    free(r);
}

static const struct screen_class reading_class = {
    .name = "reading",
    .context = IN_READING,
    .draw = reading_draw,
    .act = reading_act,
    .key = reading_key,
    .free = reading_free,
};

void reading_open(struct ui *ui, const char *title, char *text)
{
    struct reading *r = mem_alloc(sizeof *r);
    struct screen *top = screen_top(ui);
    r->screen.class = &reading_class;
    r->title = mem_strdup(title);
    r->text = text;
    /* Help on help would only pile up. */
    if (top && top->class == &reading_class && strcmp(((struct reading *)top)->title, title) == 0)
        screen_pop(ui, top);
    screen_push(ui, &r->screen);
}
