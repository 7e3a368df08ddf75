/* One record: its fields, and the lists of what belongs to it. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/presence.h"
#include "samling/text.h"

#include "ui/record_parts.h"
#include "ui/screens.h"

enum { PARTS_LEAST = 7, NOTE_WIDEST = 100 };

/* What the record itself says is no column of what belongs to it. T_NONE: of any type. */
static const struct {
    const char *listing;
    enum type_id of;
    const char *columns;
} shown[] = {
    {"roster", T_GATHERING, "number,name,organisation,attendance,attended,status"},
    {"roster", T_NONE, "number,name,organisation,attended,status,role"},
    {"gatherings", T_NONE, "when,ref,title,place,people,present"},
    {"cohorts", T_NONE, "ref,name,starts,ends,people,organisations,status"},
    {"placements", T_PLAN, "code,offering,area"},
    {"placements", T_NONE, "plan,area"},
    {"positions", T_PERSON, "organisation,role,starts,ends"},
    {"positions", T_NONE, "person,role,starts,ends"},
    {"enrolments", T_PERSON, "ref,offering,status,attended,organisation,role"},
    {"enrolments", T_NONE, "ref,person,offering,status,attended,role"},
    {"offerings", T_NONE, "code,title,status,starts,ends,kind"},
};

static const char *columns_of(const struct listing *l, enum type_id of)
{
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (strcmp(shown[i].listing, l->name) == 0 && (shown[i].of == of || shown[i].of == T_NONE))
            return shown[i].columns;
    return "name,kind,ownership,municipality";
}

static bool in_a_line(const char *text)
{
    enum { SHORT = 50 };
    return !strchr(text, '\n') && text_width(text) <= SHORT;
}

static void find_note(struct view *v)
{
    v->note = NULL;
    v->flow_width = 0;
    for (size_t i = 0; i < v->type->nfields; i++)
        if (v->type->fields[i].kind == FIELD_NOTE && v->record->value[i] &&
            !in_a_line(v->record->value[i]))
            v->note = v->record->value[i];
    if (!v->note && v->focus == v->nparts)
        v->focus = 0;
}

static void load(struct view *v)
{
    struct session *s = v->screen.ui->session;
    record_free(v->record);
    v->record = NULL;
    v->note = NULL;
    buf_clear(&v->title);
    buf_clear(&v->reference);
    if (record_load(s, v->type, v->id, &v->record, NULL) != ST_OK)
        return;
    find_note(v);
    record_title(s, v->type, v->id, &v->title);
    record_reference(s, v->type, v->id, &v->reference);
    buf_clear(&v->others);
    presence_others(s, v->type, v->id, &v->others, NULL);
}

/* ---- drawing ------------------------------------------------------------------------------------
 */

static bool beside_label(const struct view *v, size_t i)
{
    return v->record->value[i] && v->record->value[i] != v->note;
}

/* The fields that say something, one a line, in two columns where it is wide. Returns the lines
 * taken. */
static int draw_fields(struct view *v, int y, int height)
{
    int width = term_width(), columns = width >= WIDTH_WIDE ? 2 : 1, n = 0, label = 18;
    int column = width / columns, total = 0;
    for (size_t i = 0; i < v->type->nfields; i++)
        total += beside_label(v, i);
    int rows = (total + columns - 1) / columns;
    if (rows > height)
        rows = height;
    for (size_t i = 0; i < v->type->nfields && rows; i++) {
        struct buf b = {0};
        int x = n / rows * column;
        if (!beside_label(v, i) || n >= rows * columns)
            continue;
        field_show(v->screen.ui->session, &v->type->fields[i], v->record->value[i], &b);
        draw_right(y + n % rows, x + 1, label, LOOK_DIM, lang_tr(v->type->fields[i].label));
        draw_text(y + n % rows, x + label + 3, column - label - 4, LOOK_PLAIN, buf_str(&b));
        buf_free(&b);
        n++;
    }
    return rows;
}

int view_parts(const struct view *v)
{
    return v->nparts + (v->note ? 1 : 0);
}

/* Another width makes other rows. */
static void draw_note(struct view *v, int y, int height)
{
    int width = term_width() - 4 < NOTE_WIDEST ? term_width() - 4 : NOTE_WIDEST;
    if (width != v->flow_width) {
        flow_text(&v->flow, v->note, width);
        v->flow_width = width;
        v->flow_top = 0;
    }
    v->flow_seen = height > 0 ? (size_t)height : 0;
    size_t last = v->flow.n > v->flow_seen ? v->flow.n - v->flow_seen : 0;
    if (v->flow_top > last)
        v->flow_top = last;
    for (size_t i = 0; i < v->flow_seen && v->flow_top + i < v->flow.n; i++)
        draw_text(y + (int)i, 2, width, LOOK_PLAIN, v->flow.rows[v->flow_top + i].text);
    draw_cursor(y, 2);
}

struct list *view_list(struct view *v)
{
    return v->focus < v->nparts ? &v->part[v->focus] : NULL;
}

static void draw_parts(struct view *v, int y, int height)
{
    int x = 1;
    for (int i = 0; i < view_parts(v); i++) {
        const char *label = i < v->nparts ? lang_tr(v->part[i].q.listing->label) : _("Note");
        int w = text_width(label);
        if (i == v->focus && !v->whole)
            draw_text(y, x - 1, 1, LOOK_STRONG, ">");
        draw_text(y, x, w, i == v->focus ? LOOK_STRONG : LOOK_DIM, label);
        x += w + 3;
    }
    if (v->focus == v->nparts) {
        draw_note(v, y + 1, height - 1);
        return;
    }
    struct buf b = {0};
    list_state_text(&v->part[v->focus], &b);
    draw_right(y, x, term_width() - x - 1, LOOK_DIM, buf_str(&b));
    buf_free(&b);
    list_draw(&v->part[v->focus], y + 1, 0, height - 1, term_width(), !v->whole);
}

/* Who has it open, where the title leaves room. */
static void draw_others(const struct view *v, int from)
{
    struct buf words = {0};
    if (!v->others.len)
        return;
    buf_addf(&words, _("Also open: %s"), v->others.s);
    int w = text_width(words.s), room = term_width() - 1 - from;
    if (w <= room)
        draw_text(1, term_width() - 1 - w, w, LOOK_ACCENT, words.s);
    buf_free(&words);
}

static void view_draw(struct screen *s)
{
    struct view *v = (struct view *)s;
    struct buf head = {0};
    int width = term_width(), body = term_height() - 6;
    if (!v->record) {
        draw_frame(s->ui, IN_RECORD, NULL);
        draw_text(1, 1, width - 2, LOOK_STRONG, _("This record is no longer there."));
        draw_cursor(1, 1);
        return;
    }
    buf_addf(&head, "%s %s", lang_tr(v->type->label),
             v->type->reference ? buf_str(&v->reference) : "");
    buf_addf(&head, "%s%s", v->type->reference ? "  " : "", buf_str(&v->title));
    draw_text(1, 0, width, v->whole ? LOOK_SELECTED : LOOK_STRONG, "");
    draw_text(1, 1, width - 2, v->whole ? LOOK_SELECTED : LOOK_STRONG, head.s);
    draw_others(v, text_width(head.s) + 3);
    draw_rule(2, 0, width);
    buf_free(&head);
    /* What belongs to it has half of the screen, or where that is little, five rows with their
     * heads. */
    int parts = body - PARTS_LEAST < body / 2 ? body / 2 : PARTS_LEAST;
    int used = draw_fields(v, 3, view_parts(v) ? body - parts : body);
    draw_rule(3 + used, 0, width);
    draw_cursor(1, 1);
    if (view_parts(v))
        draw_parts(v, 4 + used, term_height() - 3 - (4 + used));
    if (v->whole)
        draw_cursor(1, 1);
    draw_rule(term_height() - 3, 0, width);
    draw_frame(s->ui, IN_RECORD, NULL); /* whose hints depend on the row in hand */
}

static enum handled view_click(struct screen *s, const struct click *c)
{
    struct view *v = (struct view *)s;
    bool open = false;
    struct list *l = view_list(v);
    if (c->y == 1)
        v->whole = true;
    else if (l && list_click(l, c, &open))
        v->whole = false;
    else
        return NOT_HANDLED;
    if (open)
        screen_act(s->ui, ACTION_OPEN);
    return c->kind == CLICK_RIGHT ? NOT_HANDLED : HANDLED; /* its menu follows */
}

static void view_refresh(struct screen *s)
{
    struct view *v = (struct view *)s;
    load(v);
    for (int i = 0; i < v->nparts; i++)
        list_refresh(&v->part[i]);
}

static void view_reveal(struct screen *s, enum type_id type, int64_t id)
{
    struct view *v = (struct view *)s;
    for (int i = 0; i < v->nparts; i++) {
        if (v->part[i].q.listing->type != type || !list_find(&v->part[i], type, id))
            continue;
        v->focus = i;
        v->whole = false;
        return;
    }
}

static bool view_idle(struct screen *s)
{
    struct view *v = (struct view *)s;
    return v->focus < v->nparts && list_idle(&v->part[v->focus]);
}

static void view_free(struct screen *s)
{
    struct view *v = (struct view *)s;
    for (int i = 0; i < v->nparts; i++)
        list_free(&v->part[i]);
    record_free(v->record);
    flow_free(&v->flow);
    buf_free(&v->title);
    buf_free(&v->reference);
    buf_free(&v->others);
    free(v);
}

static const struct screen_class view_class = {
    .name = "record",
    .context = IN_RECORD,
    .draw = view_draw,
    .act = view_act,
    .settle = view_settle,
    .may = view_may,
    .click = view_click,
    .refresh = view_refresh,
    .reveal = view_reveal,
    .idle = view_idle,
    .free = view_free,
};

void record_open(struct ui *ui, enum type_id type, int64_t id)
{
    struct view *v = mem_alloc(sizeof *v);
    v->screen.class = &view_class;
    v->screen.ui = ui;
    v->type = type_by_id(type);
    v->id = id;
    const struct listing *l;
    while (v->nparts < PARTS_MAX && (l = listing_related(type, (size_t)v->nparts))) {
        list_init(&v->part[v->nparts], ui, l, columns_of(l, type));
        list_scope(&v->part[v->nparts++], type, id);
    }
    v->whole = true;
    load(v);
    screen_push(ui, &v->screen);
}
