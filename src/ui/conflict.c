/* Two saved the same record, and both changed the same fields: which value holds, field by field.
 * The list says what is taken of each; below it the selected field stands in full, with what was
 * there before, and who saved theirs and when. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/date.h"
#include "samling/history.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/flow.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

enum take { MINE, THEIRS, BOTH };
enum { LIST = 4, LABEL = 18, DETAIL_LEAST = 5 };

struct contested {
    int field;
    enum take take;
    char *both;  /* joined; NULL: that would make no sense here */
    char *saved; /* "Anna, 21.11.2026 09:05", or NULL */
};

struct conflict {
    struct screen screen;
    struct record *mine, *base, *theirs;
    struct contested *row;
    int n, selected, top;
    int detail_top, detail_rows; /* of the selected field's rows */
    struct flow detail;
    struct conflict_words words;
    void (*done)(void *arg, struct record *); /* NULL: it is settled */
    void *arg;
};

/* ---- values -----------------------------------------------------------------------------------
 */

static bool same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static const struct field *field_of(const struct conflict *c, int i)
{
    return &c->mine->type->fields[c->row[i].field];
}

static const char *value_of(const struct conflict *c, int i, enum take take)
{
    int field = c->row[i].field;
    return take == BOTH     ? c->row[i].both
           : take == THEIRS ? c->theirs->value[field]
                            : c->mine->value[field];
}

/* Both texts as one; NULL where that is none, or too long, or would be the name of nobody. Caller
 * frees. */
static char *join(const struct field *field, const char *mine, const char *theirs)
{
    struct buf b = {0};
    size_t max = field->max ? (size_t)field->max : field->kind == FIELD_NOTE ? 4000 : 200;
    bool joins = field->kind == FIELD_TEXT || field->kind == FIELD_NOTE;
    if (!joins || (field->flags & F_KEY) || !mine || !theirs)
        return NULL;
    if (strstr(mine, theirs) || strstr(theirs, mine)) /* one of them is both already */
        return NULL;
    buf_addf(&b, "%s%s%s", mine, field->kind == FIELD_NOTE ? "\n" : "; ", theirs);
    if (b.len <= max)
        return buf_take(&b);
    buf_free(&b);
    return NULL;
}

struct writer {
    const char *field;
    char *words;
};

/* The newest change of the field. */
static bool find_writer(void *arg, const struct change *change)
{
    struct writer *w = arg;
    if (!change->field || strcmp(change->field, w->field) != 0)
        return true;
    char iso[MOMENT_SIZE];
    struct buf b = {0};
    moment_of_seconds(change->at, iso);
    text_clean(&b, change->by, false);
    buf_add(&b, ", ");
    moment_short(&b, iso);
    w->words = buf_take(&b);
    return false;
}

/* ---- drawing ----------------------------------------------------------------------------------
 */

static const char *take_words(const struct conflict *c, enum take take)
{
    return take == BOTH ? _("both") : take == THEIRS ? c->words.theirs : c->words.mine;
}

static void show_value(const struct conflict *c, int i, const char *stored, struct buf *out)
{
    size_t before = out->len;
    field_show(c->screen.ui->session, field_of(c, i), stored, out);
    if (out->len == before)
        buf_add(out, _("(empty)"));
}

/* A value in full, its lines below each other behind the first one's name. */
static void add_detail(const struct conflict *c, int i, const char *name, bool holds,
                       const char *stored, struct buf *out)
{
    struct buf value = {0};
    buf_addf(out, "%s %s\t", holds ? "*" : " ", name);
    show_value(c, i, stored, &value);
    for (const char *p = buf_str(&value); *p; p++) {
        buf_addc(out, *p);
        if (*p == '\n')
            buf_add(out, "\t");
    }
    buf_addc(out, '\n');
    buf_free(&value);
}

static void detail_text(const struct conflict *c, int i, struct buf *out)
{
    const struct contested *r = &c->row[i];
    buf_addf(out, FLOW_HEAD "%s\n", lang_tr(field_of(c, i)->label));
    if (c->words.saved)
        add_detail(c, i, _("before"), false, c->base->value[r->field], out);
    for (enum take t = MINE; t <= BOTH; t++)
        if (t != BOTH || r->both)
            add_detail(c, i, take_words(c, t), r->take == t, value_of(c, i, t), out);
    if (r->saved)
        buf_addf(out, "  %s\t%s\n", _("theirs is of"), r->saved);
}

static void draw_side(const struct conflict *c, int i, enum take side, int y, int x, int width)
{
    struct buf v = {0};
    bool holds = c->row[i].take == side || c->row[i].take == BOTH;
    buf_add(&v, holds ? "* " : "  ");
    show_value(c, i, value_of(c, i, side), &v);
    draw_text(y, x, width, holds ? LOOK_SELECTED : LOOK_PLAIN, v.s);
    buf_free(&v);
}

/* One after the other: what it is called, what is taken, and its value. */
static void draw_plain_row(const struct conflict *c, int i, int y)
{
    struct buf v = {0};
    enum take take = c->row[i].take;
    buf_addf(&v, "%s: %s: ", lang_tr(field_of(c, i)->label), take_words(c, take));
    show_value(c, i, value_of(c, i, take), &v);
    draw_text(y, 1, term_width() - 2, i == c->selected ? LOOK_STRONG : LOOK_PLAIN, v.s);
    if (i == c->selected)
        draw_cursor(y, 1);
    buf_free(&v);
}

static void draw_row(const struct conflict *c, int i, int y)
{
    int side = (term_width() - LABEL - 6) / 2, x = LABEL + 4;
    bool selected = i == c->selected;
    draw_text(y, 0, 1, LOOK_ACCENT, selected ? ">" : " ");
    draw_right(y, 1, LABEL, selected ? LOOK_STRONG : LOOK_DIM, lang_tr(field_of(c, i)->label));
    draw_side(c, i, MINE, y, x, side);
    draw_side(c, i, THEIRS, y, x + side + 1, side);
    if (selected)
        draw_cursor(y, x + (c->row[i].take == THEIRS ? side + 1 : 0));
}

/* Returns the row after the last one. */
static int draw_rows(struct conflict *c, int rows)
{
    if (c->selected < c->top)
        c->top = c->selected;
    if (c->selected >= c->top + rows)
        c->top = c->selected - rows + 1;
    int y = LIST;
    for (int i = c->top; i < c->n && i < c->top + rows; i++, y++) {
        if (term_is_plain())
            draw_plain_row(c, i, y);
        else
            draw_row(c, i, y);
    }
    return y;
}

static void draw_detail(struct conflict *c, int y, int foot)
{
    struct buf text = {0};
    detail_text(c, c->selected, &text);
    flow_text(&c->detail, text.s, term_width() - 4);
    int room = foot - y, n = (int)c->detail.n;
    c->detail_rows = room;
    if (c->detail_top > n - room)
        c->detail_top = n > room ? n - room : 0;
    for (int i = 0; i < room && c->detail_top + i < n; i++) {
        const struct flow_row *row = &c->detail.rows[c->detail_top + i];
        draw_text(y + i, 2, term_width() - 4, LOOK_PLAIN, row->text);
        if (row->strong > 0)
            draw_look(y + i, 2, row->strong < term_width() - 4 ? row->strong : term_width() - 4,
                      LOOK_STRONG);
    }
    if (n > room) {
        const char *words = _(" PgUp, PgDn: the rest ");
        int w = text_width(words);
        draw_text(foot, term_width() - 2 - w, w, LOOK_DIM, words);
    }
    buf_free(&text);
}

static void draw_head(const struct conflict *c)
{
    struct buf title = {0}, name = {0};
    int width = term_width(), side = (width - LABEL - 6) / 2;
    record_title(c->screen.ui->session, c->mine->type, c->mine->id, &name);
    buf_addf(&title, "%s: %s", c->words.title, buf_str(&name));
    draw_text(1, 1, width - 2, LOOK_STRONG, title.s);
    if (!term_is_plain()) {
        draw_rule(2, 0, width);
        draw_text(3, LABEL + 6, side - 2, LOOK_DIM, c->words.mine);
        draw_text(3, LABEL + 7 + side, side - 2, LOOK_DIM, c->words.theirs);
    }
    buf_free(&title);
    buf_free(&name);
}

static void conflict_draw(struct screen *s)
{
    struct conflict *c = (struct conflict *)s;
    int foot = term_height() - 3, room = foot - LIST - 1;
    int rows = c->n < room - DETAIL_LEAST ? c->n : room - DETAIL_LEAST;
    draw_frame(s->ui, IN_CONFLICT, _("* is what will be saved"));
    draw_head(c);
    if (!term_is_plain())
        draw_rule(foot, 0, term_width());
    int y = LIST + rows;
    if (!term_is_plain())
        draw_rule(y, 0, term_width());
    draw_detail(c, y + 1, foot);
    draw_rows(c, rows);
}

/* ---- choosing ---------------------------------------------------------------------------------
 */

static void next_take(struct contested *r)
{
    int kinds = r->both ? 3 : 2;
    r->take = (enum take)(((int)r->take + 1) % kinds);
}

static void settle(struct conflict *c)
{
    struct record *r = record_copy(c->mine);
    for (int i = 0; i < c->n; i++)
        record_put(r, c->row[i].field, value_of(c, i, c->row[i].take));
    r->version = c->theirs->version;
    void (*done)(void *, struct record *) = c->done;
    void *arg = c->arg;
    c->done = NULL;
    screen_pop(c->screen.ui, &c->screen);
    done(arg, r);
}

static void go(struct conflict *c, int by)
{
    int to = c->selected + by;
    if (to < 0 || to >= c->n)
        return;
    c->selected = to;
    c->detail_top = 0;
}

static enum handled conflict_act(struct screen *s, enum action_id id)
{
    struct conflict *c = (struct conflict *)s;
    switch (id) {
    case ACTION_DOWN: go(c, 1); return HANDLED;
    case ACTION_UP: go(c, -1); return HANDLED;
    case ACTION_OTHER_SIDE: next_take(&c->row[c->selected]); return HANDLED;
    case ACTION_SAVE: settle(c); return HANDLED;
    default: return NOT_HANDLED;
    }
}

/* Left and Right mean the side that they point to. */
static enum handled conflict_key(struct screen *s, int key)
{
    struct conflict *c = (struct conflict *)s;
    switch (key) {
    case KEY(KEY_LEFT): c->row[c->selected].take = MINE; return HANDLED;
    case KEY(KEY_RIGHT): c->row[c->selected].take = THEIRS; return HANDLED;
    case KEY(KEY_NPAGE): c->detail_top += c->detail_rows; return HANDLED;
    case KEY(KEY_PPAGE):
        c->detail_top = c->detail_top > c->detail_rows ? c->detail_top - c->detail_rows : 0;
        return HANDLED;
    default: return NOT_HANDLED;
    }
}

static enum handled conflict_click(struct screen *s, const struct click *click)
{
    struct conflict *c = (struct conflict *)s;
    int i = c->top + click->y - LIST, side = (term_width() - LABEL - 6) / 2;
    if (click->kind != CLICK_ONCE || click->y < LIST || i >= c->n)
        return NOT_HANDLED;
    c->selected = i;
    c->detail_top = 0;
    if (!term_is_plain() && click->x >= LABEL + 4)
        c->row[i].take = click->x >= LABEL + 5 + side ? THEIRS : MINE;
    return HANDLED;
}

static void conflict_free(struct screen *s)
{
    struct conflict *c = (struct conflict *)s;
    for (int i = 0; i < c->n; i++) {
        free(c->row[i].both);
        free(c->row[i].saved);
    }
    record_free(c->mine);
    record_free(c->base);
    record_free(c->theirs);
    if (c->done && c->words.drop)
        c->words.drop(c->arg);
    flow_free(&c->detail);
    free(c->row);
    free(c);
}

static const struct screen_class conflict_class = {
    .name = "conflict",
    .context = IN_CONFLICT,
    .draw = conflict_draw,
    .act = conflict_act,
    .key = conflict_key,
    .click = conflict_click,
    .free = conflict_free,
};

/* ---- opening ----------------------------------------------------------------------------------
 */

static void contest(struct conflict *c, int i)
{
    const struct field *field = &c->mine->type->fields[i];
    struct writer w = {.field = field->name};
    if (c->words.saved)
        history_each(c->screen.ui->session, c->mine->type, c->mine->id, find_writer, &w, NULL);
    c->row[c->n++] = (struct contested){
        .field = i,
        .take = MINE,
        .both = join(field, c->mine->value[i], c->theirs->value[i]),
        .saved = w.words,
    };
}

void conflict_open(struct ui *ui, const struct conflict_words *words, struct record *mine,
                   const struct record *base, struct record *theirs,
                   void (*done)(void *arg, struct record *), void *arg)
{
    const struct conflict_words usual = {.title = _("Changed by somebody else too"),
                                         .mine = _("mine"),
                                         .theirs = _("theirs"),
                                         .saved = true};
    struct conflict *c = mem_alloc(sizeof *c);
    c->words = words ? *words : usual;
    size_t n = mine->type->nfields;
    c->screen.class = &conflict_class;
    c->screen.ui = ui;
    c->mine = mine;
    c->base = record_copy(base);
    c->theirs = theirs;
    c->row = mem_alloc(n * sizeof *c->row);
    c->done = done;
    c->arg = arg;
    for (size_t i = 0; i < n; i++) {
        if (same(mine->value[i], base->value[i])) /* who did not touch a field gives way */
            record_put(mine, (int)i, theirs->value[i]);
        else if (!same(theirs->value[i], base->value[i]) && !same(mine->value[i], theirs->value[i]))
            contest(c, (int)i);
    }
    if (!c->n) { /* nothing that both changed differently */
        settle(c);
        conflict_free(&c->screen);
        return;
    }
    screen_push(ui, &c->screen);
}
