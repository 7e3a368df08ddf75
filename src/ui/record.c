/* One record: its fields, and the lists of what belongs to it. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/flow.h"
#include "ui/list.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

enum { PARTS_MAX = 6, PARTS_LEAST = 7, NOTE_WIDEST = 100 };

struct view {
    struct screen screen;
    const struct record_type *type;
    int64_t id;
    struct record *record; /* NULL: it was removed */
    struct buf title, reference;
    struct list part[PARTS_MAX];
    int nparts;
    int focus;        /* nparts: the note */
    const char *note; /* one that does not fit beside its label; NULL: none */
    struct flow flow;
    int flow_width;
    size_t flow_top, flow_seen;
};

static const char *columns_of(const struct listing *l)
{
    if (strcmp(l->name, "roster") == 0)
        return "number,name,organisation,role,status,attended";
    if (strcmp(l->name, "gatherings") == 0)
        return "when,ref,title,place,people,present";
    if (strcmp(l->name, "cohorts") == 0)
        return "ref,name,starts,ends,people,organisations,status";
    if (strcmp(l->name, "positions") == 0)
        return "person,organisation,role,starts,ends";
    if (strcmp(l->name, "enrolments") == 0)
        return "ref,person,offering,status,attended,organisation,role";
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

static int part_count(const struct view *v)
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

static void draw_parts(struct view *v, int y, int height)
{
    int x = 1;
    for (int i = 0; i < part_count(v); i++) {
        const char *label = i < v->nparts ? lang_tr(v->part[i].q.listing->label) : _("Note");
        int w = text_width(label);
        if (i == v->focus)
            draw_text(y, x - 1, 1, LOOK_STRONG, ">");
        draw_text(y, x, w, i == v->focus ? LOOK_STRONG : LOOK_DIM, label);
        x += w + 3;
    }
    if (v->focus == v->nparts) {
        draw_note(v, y + 1, height - 1);
        return;
    }
    struct buf b = {0};
    list_count_text(&v->part[v->focus], &b);
    draw_right(y, x, term_width() - x - 1, LOOK_DIM, buf_str(&b));
    buf_free(&b);
    list_draw(&v->part[v->focus], y + 1, 0, height - 1, term_width(), true);
}

static void view_draw(struct screen *s)
{
    struct view *v = (struct view *)s;
    struct buf head = {0};
    int width = term_width(), body = term_height() - 6;
    draw_frame(s->ui, IN_RECORD, NULL);
    if (!v->record) {
        draw_text(1, 1, width - 2, LOOK_STRONG, _("This record is no longer there."));
        draw_cursor(1, 1);
        return;
    }
    buf_addf(&head, "%s %s", lang_tr(v->type->label),
             v->type->reference ? buf_str(&v->reference) : "");
    buf_addf(&head, "%s%s", v->type->reference ? "  " : "", buf_str(&v->title));
    draw_text(1, 1, width - 2, LOOK_STRONG, head.s);
    draw_rule(2, 0, width);
    buf_free(&head);
    /* What belongs to it has half of the screen, or where that is little, five rows with their
     * heads. */
    int parts = body - PARTS_LEAST < body / 2 ? body / 2 : PARTS_LEAST;
    int used = draw_fields(v, 3, part_count(v) ? body - parts : body);
    draw_rule(3 + used, 0, width);
    draw_cursor(1, 1);
    if (part_count(v))
        draw_parts(v, 4 + used, term_height() - 3 - (4 + used));
    draw_rule(term_height() - 3, 0, width);
}

/* ---- acting
 * --------------------------------------------------------------------------------------- */

/* What belongs below a record of this type, made with n. */
static void new_part(struct view *v)
{
    static const struct {
        enum type_id of, make;
        const char *field;
    } parts[] = {
        {T_PERSON, T_POSITION, "person"},
        {T_ORGANISATION, T_POSITION, "organisation"},
        {T_OFFERING, T_COHORT, "offering"},
        {T_COHORT, T_GATHERING, "cohort"},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].of != v->type->id)
            continue;
        char id[24];
        struct record *r = record_new(type_by_id(parts[i].make));
        snprintf(id, sizeof id, "%lld", (long long)v->id);
        record_put(r, type_field(r->type, parts[i].field), id);
        form_open(v->screen.ui, r, NULL, NULL, NULL);
        return;
    }
    ui_say(v->screen.ui, "%s", _("Nothing new belongs below this record."));
}

static bool scroll_note(struct view *v, enum action_id id)
{
    size_t page = v->flow_seen > 1 ? v->flow_seen - 1 : 1, top = v->flow_top;
    switch (id) {
    case ACTION_DOWN: v->flow_top++; break; /* drawing keeps it within bounds */
    case ACTION_UP: v->flow_top -= top > 0; break;
    case ACTION_PAGE_DOWN: v->flow_top += page; break;
    case ACTION_PAGE_UP: v->flow_top -= top < page ? top : page; break;
    case ACTION_FIRST: v->flow_top = 0; break;
    case ACTION_LAST: v->flow_top = v->flow.n; break;
    default: return false;
    }
    return true;
}

static enum handled view_act(struct screen *s, enum action_id id)
{
    struct view *v = (struct view *)s;
    struct list *l = v->focus < v->nparts ? &v->part[v->focus] : NULL;
    if (!v->record && id != ACTION_BACK)
        return NOT_HANDLED;
    if (l)
        list_settle(l);
    const struct listing_row *r = l ? list_row(l) : NULL;
    if (v->note && !l && scroll_note(v, id))
        return HANDLED;
    if (l && list_act(l, id))
        return HANDLED;
    switch (id) {
    case ACTION_OPEN:
        if (r)
            record_open(s->ui, r->type, r->id);
        return HANDLED;
    case ACTION_EDIT: form_edit(s->ui, v->type->id, v->id); return HANDLED;
    case ACTION_REMOVE: record_ask_remove(s->ui, v->type->id, v->id); return HANDLED;
    case ACTION_HISTORY: history_open(s->ui, v->type->id, v->id); return HANDLED;
    case ACTION_NEW_PART: new_part(v); return HANDLED;
    case ACTION_COPY:
        if (l)
            copy_start(s->ui, &l->q);
        else
            ui_say(s->ui, "%s", _("There is no list here to copy."));
        return HANDLED;
    case ACTION_ROSTER:
        if (v->type->id == T_COHORT || v->type->id == T_GATHERING)
            roster_open(s->ui, v->type->id, v->id);
        else if (r && (r->type == T_COHORT || r->type == T_GATHERING))
            roster_open(s->ui, r->type, r->id);
        else
            ui_say(s->ui, "%s", _("Choose a cohort or a gathering first."));
        return HANDLED;
    case ACTION_PRINT:
        if (v->type->id == T_GATHERING || (r && r->type == T_GATHERING))
            print_start(s->ui, v->type->id == T_GATHERING ? v->id : r->id);
        else
            ui_say(s->ui, "%s", _("Choose a gathering in the calendar first."));
        return HANDLED;
    case ACTION_NEXT_PART:
    case ACTION_PREVIOUS_PART:
        if (part_count(v))
            v->focus =
                (v->focus + (id == ACTION_NEXT_PART ? 1 : part_count(v) - 1)) % part_count(v);
        return HANDLED;
    default: return NOT_HANDLED;
    }
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
    free(v);
}

static const struct screen_class view_class = {
    .name = "record",
    .context = IN_RECORD,
    .draw = view_draw,
    .act = view_act,
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
        list_init(&v->part[v->nparts], ui, l, columns_of(l));
        list_scope(&v->part[v->nparts++], type, id);
    }
    load(v);
    screen_push(ui, &v->screen);
}
