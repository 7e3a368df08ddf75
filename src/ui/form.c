/* The form of a record, made from its type: the screen and its keys. What is typed is kept as a
 * draft at every pause, so that a broken line loses nothing. The other parts: form_line.c (one
 * field), form_offer.c (choosing), form_propose.c, form_save.c (how it ends), form_draft.c,
 * form_news.c (others at the same record), form_draw.c. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/choice.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/form_parts.h"

/* ---- focus ------------------------------------------------------------------------------------
 */

bool form_shows(const struct form *f, int i)
{
    return !(f->type->fields[i].flags & F_READ_ONLY);
}

/* What is picked from words is not typed over. */
static bool is_picked(const struct form *f, int i)
{
    enum field_kind kind = f->type->fields[i].kind;
    return kind == FIELD_CHOICE || kind == FIELD_FLAG;
}

static void set_focus(struct form *f, int i)
{
    struct edit *e = line_edit(&f->line[i]);
    f->focus = i;
    f->letters = (struct float_typed){.n = 0};
    /* What came back from a draft is gone on with. */
    e->fresh = e->text.len > 0 && !is_picked(f, i) && f->type->fields[i].kind != FIELD_NOTE &&
               f->line[i].origin != FROM_DRAFT;
}

void form_focus(struct form *f, int i)
{
    offer_close(f);
    line_edit(&f->line[f->focus])->fresh = false;
    line_leave(f, f->focus);
    set_focus(f, i);
    form_propose(f);
}

void form_next(struct form *f, int step)
{
    int n = (int)f->type->nfields, i = f->focus;
    do
        i = (i + step + n) % n;
    while (!form_shows(f, i));
    form_focus(f, i);
}

/* The first field, or the last. */
static void go_to_end(struct form *f, bool last)
{
    int i = last ? (int)f->type->nfields - 1 : 0;
    while (!form_shows(f, i))
        i += last ? -1 : 1;
    form_focus(f, i);
}

void form_typed(struct form *f)
{
    struct line *l = &f->line[f->focus];
    f->dirty = true;
    l->error[0] = '\0';
    l->origin = FROM_HERE;
    bool due = f->type->fields[f->focus].kind == FIELD_REF;
    offer_close(f);
    f->offer.due = due;
}

/* ---- keys -------------------------------------------------------------------------------------
 */

static struct line *in_focus(struct form *f)
{
    return &f->line[f->focus];
}

/* Who typed a date goes on; who has not may want the calendar. */
static void enter(struct form *f)
{
    enum field_kind kind = f->type->fields[f->focus].kind;
    bool blank = text_is_blank(line_text(in_focus(f)));
    bool untouched = blank || line_edit(in_focus(f))->fresh;
    bool day = kind == FIELD_DAY || kind == FIELD_MOMENT;
    if (kind == FIELD_CHOICE || (day && untouched) ||
        (kind == FIELD_REF && blank && !f->offer.open && form_has_choices(f, f->focus)))
        form_choose(f);
    else
        form_next(f, 1);
}

static bool type_key(struct form *f, int key)
{
    struct line *l = in_focus(f);
    enum action_id id = action_by_key(IN_FORM, key, true);
    if (id == ACTION_UNDO || id == ACTION_REDO) /* which says so when there is nothing */
        return false;
    bool changed = false, note = f->type->fields[f->focus].kind == FIELD_NOTE;
    bool taken =
        note ? notes_key(&l->notes, key, &changed) : edit_key(&l->notes.edit, key, &changed);
    if (changed) {
        line_alone(l);
        form_typed(f);
    }
    return taken;
}

static enum handled move_key(struct form *f, int key)
{
    switch (key) {
    case KEY_TABULATOR:
    case KEY(KEY_DOWN): form_next(f, 1); return HANDLED;
    case KEY(KEY_BTAB):
    case KEY(KEY_UP): form_next(f, -1); return HANDLED;
    case KEY(KEY_NPAGE): go_to_end(f, true); return HANDLED;
    case KEY(KEY_PPAGE): go_to_end(f, false); return HANDLED;
    case KEY_RETURN: enter(f); return HANDLED;
    default: return NOT_HANDLED;
    }
}

static enum handled form_key(struct screen *s, int key)
{
    struct form *f = (struct form *)s;
    if (f->offer.due && (key == KEY_RETURN || key == KEY(KEY_DOWN)))
        offer_search(f, false);
    if (f->offer.open && offer_key(f, key) == HANDLED)
        return HANDLED;
    if (f->type->fields[f->focus].kind == FIELD_NOTE && type_key(f, key))
        return HANDLED;
    if (move_key(f, key) == HANDLED)
        return HANDLED;
    if (is_picked(f, f->focus))
        return line_pick_key(f, key) ? HANDLED : NOT_HANDLED;
    return type_key(f, key) ? HANDLED : NOT_HANDLED;
}

static void paste_choice(struct form *f, const char *text)
{
    const struct field *field = &f->type->fields[f->focus];
    char *value = NULL;
    struct error err = {0};
    if (field_parse(form_session(f), field, text, &value, &err) == ST_OK) {
        line_put(f, f->focus, value);
        form_typed(f);
    } else {
        ui_complain(f->screen.ui, &err);
    }
    free(value);
}

static bool form_paste(struct screen *s, const char *text)
{
    struct form *f = (struct form *)s;
    if (is_picked(f, f->focus)) {
        paste_choice(f, text);
        return true;
    }
    if (f->type->fields[f->focus].kind == FIELD_NOTE)
        notes_paste(&in_focus(f)->notes, text);
    else
        edit_paste(line_edit(in_focus(f)), text);
    form_typed(f);
    return true;
}

/* ---- mouse ------------------------------------------------------------------------------------
 */

static void click_field(struct form *f, int i, const struct click *c)
{
    struct line *l = &f->line[i];
    if (i != f->focus)
        form_focus(f, i);
    line_edit(l)->fresh = false;
    if (f->type->fields[i].kind == FIELD_NOTE)
        notes_click(&l->notes, c->y - l->y, c->x - l->x);
    else if (!is_picked(f, i))
        edit_click(line_edit(l), c->x - l->x);
    if (c->kind == CLICK_TWICE && form_has_choices(f, i))
        form_choose(f);
}

static enum handled form_click(struct screen *s, const struct click *c)
{
    struct form *f = (struct form *)s;
    if (c->kind != CLICK_ONCE && c->kind != CLICK_TWICE)
        return NOT_HANDLED;
    if (f->offer.open && c->y >= f->offer.y && c->y < f->offer.y + f->offer.rows) {
        int from = f->offer.selected >= f->offer.rows ? f->offer.selected - f->offer.rows + 1 : 0;
        offer_take(f, from + c->y - f->offer.y);
        return HANDLED;
    }
    for (int i = 0; i < (int)f->type->nfields; i++) {
        const struct line *l = &f->line[i];
        if (l->rows && c->y >= l->y && c->y < l->y + l->rows) {
            click_field(f, i, c);
            return HANDLED;
        }
    }
    return NOT_HANDLED;
}

/* ---- actions ----------------------------------------------------------------------------------
 */

static void take_back(struct form *f, bool redo)
{
    struct edit *e = line_edit(in_focus(f));
    bool did = redo ? edit_redo(e) : edit_undo(e);
    if (did) {
        line_alone(in_focus(f));
        form_typed(f);
    } else {
        ui_say(f->screen.ui, "%s",
               redo ? _("Nothing was taken back in this field.")
                    : _("Nothing was typed in this field that could be taken back."));
    }
}

static enum handled form_act(struct screen *s, enum action_id id)
{
    struct form *f = (struct form *)s;
    switch (id) {
    case ACTION_SAVE: form_save(f); return HANDLED;
    case ACTION_CHOICES: form_choose(f); return HANDLED;
    case ACTION_DISCARD: form_ask_discard(f); return HANDLED;
    case ACTION_KEEP: form_ask_leave(f); return HANDLED;
    case ACTION_UNDO: take_back(f, false); return HANDLED;
    case ACTION_REDO: take_back(f, true); return HANDLED;
    default: return NOT_HANDLED;
    }
}

static bool form_may(struct screen *s, enum action_id id, struct buf *why)
{
    struct form *f = (struct form *)s;
    bool may = id != ACTION_CHOICES || form_has_choices(f, f->focus);
    if (!may && why)
        buf_add(why, _("Nothing can be chosen in this field: type its value."));
    return may;
}

/* ---- what goes on meanwhile -------------------------------------------------------------------
 */

static void form_refresh(struct screen *s)
{
    struct form *f = (struct form *)s;
    if (f->over)
        return;
    form_take_news(f);
    form_propose(f);
    form_ask_others(f);
}

static bool form_idle(struct screen *s)
{
    struct form *f = (struct form *)s;
    form_keep_draft(f);
    return form_stay(f);
}

/* ---- opening and closing ----------------------------------------------------------------------
 */

static void form_leave(struct screen *s)
{
    struct form *f = (struct form *)s;
    form_keep_draft(f);
    form_depart(f);
}

void form_close(struct form *f)
{
    f->over = true;
    screen_pop(f->screen.ui, &f->screen);
}

static void form_free(struct screen *s)
{
    struct form *f = (struct form *)s;
    if (f->drop)
        f->drop(f->arg);
    for (size_t i = 0; i < f->type->nfields; i++)
        line_free(&f->line[i]);
    free(f->line);
    suggestions_free(&f->offer.found);
    draft_free(f->type, &f->draft);
    flow_free(&f->words);
    buf_free(&f->restored);
    buf_free(&f->news);
    buf_free(&f->others);
    record_free(f->record);
    record_free(f->base);
    record_free(f->theirs);
    free(f);
}

static const struct screen_class form_class = {
    .name = "form",
    .context = IN_FORM,
    .types = true,
    .draw = form_draw,
    .act = form_act,
    .may = form_may,
    .key = form_key,
    .paste = form_paste,
    .click = form_click,
    .refresh = form_refresh,
    .idle = form_idle,
    .leave = form_leave,
    .free = form_free,
};

/* Begin where there is something to say; what is only proposed may be something else. */
static int first_focus(const struct form *f)
{
    int first = -1;
    for (int i = 0; i < (int)f->type->nfields; i++) {
        if (!form_shows(f, i))
            continue;
        if (f->record->id || !f->record->value[i] || f->line[i].proposed)
            return i;
        first = first < 0 ? i : first;
    }
    return first < 0 ? 0 : first;
}

static void put_fallbacks(struct record *r)
{
    for (int i = 0; i < (int)r->type->nfields; i++)
        if (!r->id && !r->value[i] && r->type->fields[i].fallback)
            record_put(r, i, r->type->fields[i].fallback);
}

static struct form *form_new(struct ui *ui, struct record *r)
{
    struct form *f = mem_alloc(sizeof *f);
    f->screen.class = &form_class;
    f->screen.ui = ui;
    f->type = r->type;
    f->record = r;
    f->seen = r->version;
    f->offer.selected = -1;
    f->line = mem_alloc(f->type->nfields * sizeof *f->line);
    put_fallbacks(r);
    f->base = record_copy(r);
    return f;
}

static void begin(struct form *f)
{
    screen_push(f->screen.ui, &f->screen);
    for (int i = 0; i < (int)f->type->nfields; i++)
        line_begin(f, i);
    form_propose(f);
    form_restore_draft(f);
    form_enter(f);
    set_focus(f, first_focus(f));
}

void form_open(struct ui *ui, struct record *r, void (*saved)(void *arg, int64_t id), void *arg,
               void (*drop)(void *arg))
{
    struct form *f = form_new(ui, r);
    f->saved = saved;
    f->arg = arg;
    f->drop = drop;
    begin(f);
}

void form_resume(struct ui *ui, enum type_id type)
{
    struct form *f = form_new(ui, record_new(type_by_id(type)));
    f->resumes = true;
    begin(f);
}

void form_edit(struct ui *ui, enum type_id type, int64_t id)
{
    struct record *r;
    struct error err = {0};
    const struct record_type *t = type_by_id(type);
    if (!t->by_hand) {
        ui_say(ui, "%s", _("This is written by the program and cannot be changed."));
        return;
    }
    if (record_load(ui->session, t, id, &r, &err) != ST_OK)
        ui_complain(ui, &err);
    else
        form_open(ui, r, NULL, NULL, NULL);
}
