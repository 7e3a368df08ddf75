/* Two saved the same record: mine and theirs side by side, and which one holds, field by field. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "ui/screens.h"
#include "ui/ui_internal.h"

struct conflict {
    struct screen screen;
    struct record *mine, *theirs;
    int *field; /* those that differ */
    bool *take_theirs;
    int n, selected, top;
    void (*done)(void *arg, struct record *);
    void *arg;
};

static bool same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void conflict_draw(struct screen *s)
{
    struct conflict *c = (struct conflict *)s;
    struct session *session = s->ui->session;
    const struct record_type *t = c->mine->type;
    struct buf title = {0}, v = {0};
    int width = term_width(), label = 18, side = (width - label - 6) / 2;
    draw_frame(s->ui, IN_CONFLICT, NULL);
    buf_addf(&title, "%s: ", _("Changed by somebody else too"));
    record_title(session, t, c->mine->id, &title);
    draw_text(1, 1, width - 2, LOOK_STRONG, title.s);
    draw_rule(2, 0, width);
    draw_text(3, label + 4, side, LOOK_DIM, _("mine"));
    draw_text(3, label + 5 + side, side, LOOK_DIM, _("theirs"));
    int rows = term_height() - 3 - 4;
    if (c->selected < c->top)
        c->top = c->selected;
    if (c->selected >= c->top + rows)
        c->top = c->selected - rows + 1;
    for (int i = c->top; i < c->n && i < c->top + rows; i++) {
        int f = c->field[i], y = 4 + i - c->top;
        draw_text(y, 0, 1, LOOK_ACCENT, i == c->selected ? ">" : " ");
        draw_right(y, 1, label, i == c->selected ? LOOK_STRONG : LOOK_DIM,
                   lang_tr(t->fields[f].label));
        for (int theirs = 0; theirs < 2; theirs++) {
            int x = label + 4 + theirs * (side + 1);
            bool holds = c->take_theirs[i] == (theirs == 1);
            buf_clear(&v);
            buf_add(&v, holds ? "* " : "  ");
            field_show(session, &t->fields[f], theirs ? c->theirs->value[f] : c->mine->value[f],
                       &v);
            if (v.len == 2)
                buf_add(&v, _("(empty)"));
            draw_text(y, x, side, holds ? LOOK_SELECTED : LOOK_PLAIN, v.s);
        }
    }
    draw_rule(term_height() - 3, 0, width);
    draw_cursor(4 + c->selected - c->top, label + 4 + (c->take_theirs[c->selected] ? side + 1 : 0));
    buf_free(&title);
    buf_free(&v);
}

static void settle(struct conflict *c)
{
    struct record *r = record_copy(c->mine);
    for (int i = 0; i < c->n; i++)
        if (c->take_theirs[i])
            record_put(r, c->field[i], c->theirs->value[c->field[i]]);
    r->version = c->theirs->version;
    void (*done)(void *, struct record *) = c->done;
    void *arg = c->arg;
    screen_pop(c->screen.ui, &c->screen);
    done(arg, r);
}

static enum handled conflict_act(struct screen *s, enum action_id id)
{
    struct conflict *c = (struct conflict *)s;
    switch (id) {
    case ACTION_DOWN:
        if (c->selected + 1 < c->n)
            c->selected++;
        return HANDLED;
    case ACTION_UP:
        if (c->selected > 0)
            c->selected--;
        return HANDLED;
    case ACTION_OTHER_SIDE:
        c->take_theirs[c->selected] = !c->take_theirs[c->selected];
        return HANDLED;
    case ACTION_SAVE: settle(c); return HANDLED;
    default: return NOT_HANDLED;
    }
}

static void conflict_free(struct screen *s)
{
    struct conflict *c = (struct conflict *)s;
    record_free(c->mine);
    record_free(c->theirs);
    free(c->field);
    free(c->take_theirs);
    free(c);
}

static const struct screen_class conflict_class = {
    .name = "conflict",
    .context = IN_CONFLICT,
    .draw = conflict_draw,
    .act = conflict_act,
    .free = conflict_free,
};

void conflict_open(struct ui *ui, struct record *mine, const struct record *base,
                   struct record *theirs, void (*done)(void *arg, struct record *), void *arg)
{
    struct conflict *c = mem_alloc(sizeof *c);
    size_t n = mine->type->nfields;
    c->screen.class = &conflict_class;
    c->screen.ui = ui;
    c->mine = mine;
    c->theirs = theirs;
    c->field = mem_alloc(n * sizeof *c->field);
    c->take_theirs = mem_alloc(n * sizeof *c->take_theirs);
    c->done = done;
    c->arg = arg;
    for (size_t i = 0; i < n; i++) {
        if (same(mine->value[i], theirs->value[i]))
            continue;
        /* Who did not touch a field gives way; where both did, mine is proposed. */
        c->take_theirs[c->n] = same(mine->value[i], base->value[i]);
        c->field[c->n++] = (int)i;
    }
    if (!c->n) { /* both typed the same */
        settle(c);
        conflict_free(&c->screen);
        return;
    }
    screen_push(ui, &c->screen);
}
