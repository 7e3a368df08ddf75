/* The form of a record, made from its type. What is typed is kept as a draft at every pause, so
 * that a broken line loses nothing. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "samling/draft.h"
#include "samling/listing.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/edit.h"
#include "ui/flow.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

enum { CANDIDATES = 6, ERROR_ROWS = 3, LABEL_WIDTH = 20, VALUE_WIDTH = 56 };

struct line {
    struct edit edit;
    char *first; /* as the form was opened */
    char error[700];
};

struct form {
    struct screen screen;
    const struct record_type *type;
    struct record *record;
    struct line *line; /* one a field */
    int focus;
    int top; /* the first field shown */
    bool dirty;
    struct { /* of the reference in focus */
        struct listing_page page;
        const struct listing *listing;
        int selected; /* -1: none; page.n: the offer to make a new one */
        bool open;
        bool make; /* a new one is offered too */
        bool due;  /* something was typed since */
    } offer;
    struct flow words; /* of an error, as it is drawn */
    void (*saved)(void *arg, int64_t id);
    void *arg;
    void (*drop)(void *arg);
};

static bool shown(const struct form *f, int i)
{
    return !(f->type->fields[i].flags & F_READ_ONLY);
}

static struct session *session(const struct form *f)
{
    return f->screen.ui->session;
}

/* ---- completion ----------------------------------------------------------------------------- */

static const struct listing *listing_of(enum type_id type)
{
    switch (type) {
    case T_PERSON: return listing_by_name("people");
    case T_ORGANISATION: return listing_by_name("organisations");
    case T_OFFERING: return listing_by_name("offerings");
    case T_COHORT: return listing_by_name("cohorts");
    case T_GATHERING: return listing_by_name("gatherings");
    default: return NULL;
    }
}

static void offer_close(struct form *f)
{
    listing_page_free(&f->offer.page);
    f->offer.open = f->offer.make = f->offer.due = false;
    f->offer.selected = -1;
}

static void offer_search(struct form *f, bool all)
{
    const struct field *field = &f->type->fields[f->focus];
    const char *text = buf_str(&f->line[f->focus].edit.text);
    offer_close(f);
    if (field->kind != FIELD_REF || (text_is_blank(text) && !all))
        return;
    f->offer.listing = listing_of(field->ref);
    if (!f->offer.listing)
        return;
    struct listing_query q = {.listing = f->offer.listing,
                              .search = text_is_blank(text) ? NULL : text};
    if (listing_fetch(session(f), &q, PAGE_FIRST, NULL, CANDIDATES, &f->offer.page, NULL) != ST_OK)
        return;
    f->offer.make =
        !text_is_blank(text) && (field->ref == T_PERSON || field->ref == T_ORGANISATION);
    f->offer.open = f->offer.page.n > 0 || f->offer.make;
}

static int offer_count(const struct form *f)
{
    return (int)f->offer.page.n + f->offer.make;
}

static void offer_words(const struct form *f, const struct listing_row *r, struct buf *out)
{
    static const char *const columns[] = {"code",     "ref",          "name",        "title",
                                          "offering", "organisation", "municipality"};
    const char *between = "";
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        int c = listing_column(f->offer.listing, columns[i]);
        if (c < 0 || !r->cell[c])
            continue;
        buf_addf(out, "%s%s", between, r->cell[c]);
        between = "  ·  ";
    }
}

static void take_reference(struct form *f, int64_t record)
{
    const struct field *field = &f->type->fields[f->focus];
    char id[24];
    struct buf b = {0};
    snprintf(id, sizeof id, "%lld", (long long)record);
    field_edit(session(f), field, id, &b);
    edit_set(&f->line[f->focus].edit, buf_str(&b));
    f->line[f->focus].error[0] = '\0';
    f->dirty = true;
    buf_free(&b);
    offer_close(f);
}

static void put_text(struct record *r, const char *field, const char *s, size_t n)
{
    char *copy = mem_strndup(s, n);
    record_put(r, type_field(r->type, field), copy);
    free(copy);
}

/* "Kari Anne Nordmann" and "Nordmann, Kari Anne" alike. */
static void put_name(struct record *r, const char *typed)
{
    const char *comma = strchr(typed, ','), *space = strrchr(typed, ' ');
    if (comma) {
        put_text(r, "family_name", typed, (size_t)(comma - typed));
        comma += 1 + strspn(comma + 1, " ");
        put_text(r, "given_name", comma, strlen(comma));
    } else if (space) {
        put_text(r, "given_name", typed, (size_t)(space - typed));
        put_text(r, "family_name", space + 1, strlen(space + 1));
    } else {
        put_text(r, "family_name", typed, strlen(typed));
    }
}

static void move_focus(struct form *f, int step);

/* The new one is saved: this form goes on with it. */
static void made(void *arg, int64_t id)
{
    struct form *f = arg;
    take_reference(f, id);
    move_focus(f, 1);
}

/* The person or organisation does not exist yet: its form, and back. */
static void make_new(struct form *f)
{
    struct record *r = record_new(type_by_id(f->type->fields[f->focus].ref));
    char *name = text_tidy(buf_str(&f->line[f->focus].edit.text), false);
    if (name && r->type->id == T_PERSON)
        put_name(r, name);
    else if (name)
        put_text(r, "name", name, strlen(name));
    free(name);
    offer_close(f);
    form_open(f->screen.ui, r, made, f, NULL);
}

/* ---- checking and saving ------------------------------------------------------------------------
 */

static void set_error(struct line *l, const struct error *err)
{
    snprintf(l->error, sizeof l->error, "%s%s%s", err->why, err->todo[0] ? "; " : "", err->todo);
}

static bool check_line(struct form *f, int i)
{
    struct line *l = &f->line[i];
    struct error err = {0};
    char *value = NULL;
    l->error[0] = '\0';
    enum status st =
        field_parse(session(f), &f->type->fields[i], buf_str(&l->edit.text), &value, &err);
    if (st == ST_OK)
        record_put(f->record, i, value);
    else
        set_error(l, &err);
    free(value);
    return st == ST_OK;
}

/* Shows what was understood: "fre" becomes the date of that Friday. */
static void show_understood(struct form *f, int i)
{
    const struct field *field = &f->type->fields[i];
    struct buf b = {0};
    if (field->kind == FIELD_REF || !f->record->value[i])
        return;
    field_edit(session(f), field, f->record->value[i], &b);
    if (strcmp(buf_str(&b), buf_str(&f->line[i].edit.text)) != 0)
        edit_set(&f->line[i].edit, buf_str(&b));
    buf_free(&b);
}

static void leave_line(struct form *f)
{
    offer_close(f);
    if (check_line(f, f->focus))
        show_understood(f, f->focus);
}

static void move_focus(struct form *f, int step)
{
    int n = (int)f->type->nfields, i = f->focus;
    leave_line(f);
    do
        i = (i + step + n) % n;
    while (!shown(f, i));
    f->focus = i;
    f->line[i].edit.fresh = f->line[i].edit.text.len > 0;
}

/* To the field at `i`, or the next one in the direction of `step` that is shown. */
static void go_to_end(struct form *f, int i, int step)
{
    leave_line(f);
    while (!shown(f, i))
        i += step;
    f->focus = i;
    f->line[i].edit.fresh = f->line[i].edit.text.len > 0;
}

static void drop_draft(struct form *f)
{
    struct error err = {0};
    if (draft_drop(session(f), f->type, f->record->id, &err) != ST_OK)
        ui_complain(f->screen.ui, &err);
}

static void finish(struct form *f, const char *words)
{
    struct ui *ui = f->screen.ui;
    struct buf title = {0};
    int64_t id = f->record->id;
    record_title(ui->session, f->type, id, &title);
    screen_pop(ui, &f->screen);
    screen_refresh_all(ui);
    screen_reveal(ui, f->type->id, id);
    ui_say(ui, "%s: %s", words, buf_str(&title));
    buf_free(&title);
    if (f->saved)
        f->saved(f->arg, id);
}

static enum status write_record(struct form *f, int *field, struct error *err)
{
    struct session *s = session(f);
    bool is_new = f->record->id == 0;
    enum status st = session_begin(s, is_new ? ACT_ADD : ACT_SET, err);
    if (st != ST_OK)
        return st;
    st = record_check(s, f->record, field, err);
    if (st == ST_OK)
        st = is_new ? record_insert(s, f->record, err) : record_update(s, f->record, err);
    if (st == ST_OK)
        st = session_commit(s, err);
    else
        session_rollback(s);
    if (st != ST_OK && is_new)
        f->record->id = 0;
    return st;
}

static void save(struct form *f);

/* The conflict is settled: the record to save comes back. */
static void settled(void *arg, struct record *r)
{
    struct form *f = arg;
    record_free(f->record);
    f->record = r;
    for (size_t i = 0; i < f->type->nfields; i++) {
        struct buf b = {0};
        field_edit(session(f), &f->type->fields[i], r->value[i], &b);
        edit_set(&f->line[i].edit, buf_str(&b));
        buf_free(&b);
    }
    save(f);
}

static void meet_conflict(struct form *f, const struct error *conflict)
{
    struct record *theirs, *base;
    struct error err = {0};
    if (record_load(session(f), f->type, f->record->id, &theirs, &err) != ST_OK) {
        ui_complain(f->screen.ui, &err);
        return;
    }
    base = record_new(f->type);
    for (size_t i = 0; i < f->type->nfields; i++) {
        char *value = NULL;
        if (field_parse(session(f), &f->type->fields[i], f->line[i].first, &value, NULL) == ST_OK)
            record_put(base, (int)i, value);
        free(value);
    }
    ui_complain(f->screen.ui, conflict);
    conflict_open(f->screen.ui, record_copy(f->record), base, theirs, settled, f);
    record_free(base);
}

static void save(struct form *f)
{
    struct error err = {0};
    int bad = -1, field = -1;
    offer_close(f);
    for (int i = (int)f->type->nfields - 1; i >= 0; i--)
        if (shown(f, i) && !check_line(f, i))
            bad = i;
    if (bad >= 0) {
        f->focus = bad;
        ui_say(f->screen.ui, "%s", _("Not saved: mend the marked field first."));
        return;
    }
    bool is_new = f->record->id == 0;
    enum status st = write_record(f, &field, &err);
    if (st == ST_CONFLICT) {
        meet_conflict(f, &err);
        return;
    }
    if (st != ST_OK) {
        ui_complain(f->screen.ui, &err);
        if (field >= 0 && shown(f, field)) {
            f->focus = field;
            set_error(&f->line[field], &err);
        }
        return;
    }
    int64_t id = f->record->id;
    if (is_new)
        f->record->id = 0;
    drop_draft(f);
    f->record->id = id;
    f->dirty = false;
    finish(f, is_new ? _("Made") : _("Saved"));
}

/* ---- drafts -----------------------------------------------------------------------------------
 */

static bool changed(const struct form *f)
{
    for (size_t i = 0; i < f->type->nfields; i++)
        if (strcmp(buf_str(&f->line[i].edit.text), f->line[i].first) != 0)
            return true;
    return false;
}

static void keep_draft(struct form *f)
{
    struct draft d = {.version = f->record->version};
    struct error err = {0};
    if (!f->dirty)
        return;
    d.typed = mem_alloc(f->type->nfields * sizeof *d.typed);
    for (size_t i = 0; i < f->type->nfields; i++)
        if (strcmp(buf_str(&f->line[i].edit.text), f->line[i].first) != 0)
            d.typed[i] = mem_strdup(buf_str(&f->line[i].edit.text));
    enum status st = changed(f) ? draft_save(session(f), f->type, f->record->id, &d, &err)
                                : draft_drop(session(f), f->type, f->record->id, &err);
    if (st != ST_OK)
        ui_complain(f->screen.ui, &err);
    else
        f->dirty = false;
    draft_free(f->type, &d);
}

static void restore_draft(struct form *f)
{
    struct draft d;
    bool found;
    struct error err = {0};
    if (draft_load(session(f), f->type, f->record->id, &d, &found, &err) != ST_OK) {
        ui_complain(f->screen.ui, &err);
        return;
    }
    if (found) {
        struct buf when = {0};
        char iso[MOMENT_SIZE];
        moment_of_seconds(d.at, iso);
        moment_short(&when, iso);
        for (size_t i = 0; i < f->type->nfields; i++)
            if (d.typed[i])
                edit_set(&f->line[i].edit, d.typed[i]);
        /* What others saved since then is met as a conflict, not overwritten. */
        if (f->record->id)
            f->record->version = d.version;
        ui_say(f->screen.ui, _("Your draft of %s is back; Ctrl-X throws it away."), buf_str(&when));
        buf_free(&when);
    }
    draft_free(f->type, &d);
}

/* ---- drawing ------------------------------------------------------------------------------------
 */

static void draw_offer(const struct form *f, int y, int x, int width)
{
    struct buf b = {0};
    int room = term_height() - 3 - y;
    for (int i = 0; i < offer_count(f) && i < room; i++) {
        buf_clear(&b);
        buf_addc(&b, ' ');
        if (i < (int)f->offer.page.n)
            offer_words(f, &f->offer.page.row[i], &b);
        else
            buf_addf(&b,
                     f->type->fields[f->focus].ref == T_PERSON ? _("+ new person “%s”")
                                                               : _("+ new organisation “%s”"),
                     buf_str(&f->line[f->focus].edit.text));
        draw_text(y + i, x, width, i == f->offer.selected ? LOOK_SELECTED : LOOK_ACCENT, b.s);
    }
    buf_free(&b);
}

static int value_width(const struct form *f, int i)
{
    int room = term_width() - LABEL_WIDTH - 4;
    return room > VALUE_WIDTH && f->type->fields[i].kind != FIELD_NOTE ? VALUE_WIDTH : room;
}

static int error_width(void)
{
    return term_width() - LABEL_WIDTH - 3;
}

/* The lines that the error of a field takes; their words are then in f->words. */
static int error_rows(struct form *f, int i)
{
    if (!f->line[i].error[0])
        return 0;
    flow_text(&f->words, f->line[i].error, error_width());
    return f->words.n < ERROR_ROWS ? (int)f->words.n : ERROR_ROWS;
}

/* Returns the lines that it took. */
static int draw_field(struct form *f, int i, int y)
{
    const struct field *field = &f->type->fields[i];
    struct line *l = &f->line[i];
    bool focus = i == f->focus;
    struct buf label = {0};
    buf_addf(&label, "%s%s", lang_tr(field->label), field->flags & F_REQUIRED ? " *" : "");
    draw_text(y, 0, 1, LOOK_ACCENT, focus ? ">" : " ");
    draw_right(y, 1, LABEL_WIDTH, focus ? LOOK_STRONG : LOOK_DIM, label.s);
    buf_free(&label);
    edit_draw(&l->edit, y, LABEL_WIDTH + 2, value_width(f, i), focus);
    if (focus && !l->edit.fresh)
        draw_look(y, LABEL_WIDTH + 2, value_width(f, i), LOOK_UNDER);
    int rows = error_rows(f, i);
    for (int row = 0; row < rows && y + 1 + row < term_height() - 3; row++)
        draw_text(y + 1 + row, LABEL_WIDTH + 2, error_width(), LOOK_BAD, f->words.rows[row].text);
    return 1 + rows;
}

static void scroll_to_focus(struct form *f, int room)
{
    if (f->focus < f->top)
        f->top = f->focus;
    for (;;) {
        int lines = 0;
        for (int i = f->top; i <= f->focus; i++)
            lines += shown(f, i) ? 1 + error_rows(f, i) : 0;
        if (lines <= room || f->top == f->focus)
            return;
        f->top++;
    }
}

static void form_title(const struct form *f, struct buf *out)
{
    if (f->record->id) {
        buf_addf(out, "%s: ", _("Change"));
        record_title(session(f), f->type, f->record->id, out);
    } else {
        buf_addf(out, "%s: %s", _("New"), lang_tr(f->type->label));
    }
}

static void form_draw(struct screen *s)
{
    struct form *f = (struct form *)s;
    struct buf title = {0};
    int y = 3, foot = term_height() - 3, focus_y = y;
    if (f->offer.due)
        offer_search(f, false);
    draw_frame(s->ui, IN_FORM, _("* must be filled in"));
    form_title(f, &title);
    draw_text(1, 1, term_width() - 2, LOOK_STRONG, title.s);
    draw_rule(2, 0, term_width());
    buf_free(&title);
    scroll_to_focus(f, foot - y);
    for (int i = f->top; i < (int)f->type->nfields && y < foot; i++) {
        if (!shown(f, i))
            continue;
        if (i == f->focus)
            focus_y = y;
        y += draw_field(f, i, y);
    }
    draw_rule(foot, 0, term_width());
    if (f->offer.open)
        draw_offer(f, focus_y + 1, LABEL_WIDTH + 2, value_width(f, f->focus));
    draw_cursor(focus_y, LABEL_WIDTH + 2 + f->line[f->focus].edit.column);
}

/* ---- keys -------------------------------------------------------------------------------------
 */

static void choice_taken(void *arg, size_t index)
{
    struct form *f = arg;
    const struct field *field = &f->type->fields[f->focus];
    size_t i = 0;
    bool empty = !(field->flags & F_REQUIRED);
    if (empty && index == 0) {
        edit_set(&f->line[f->focus].edit, "");
    } else {
        for (const struct choice *c = field->choices; c->key; c++, i++)
            if (i + (empty ? 1 : 0) == index)
                edit_set(&f->line[f->focus].edit, lang_tr(c->label));
    }
    f->dirty = true;
    move_focus(f, 1);
}

static void show_choices(struct form *f)
{
    const struct field *field = &f->type->fields[f->focus];
    const char *label[32];
    size_t n = 0, selected = 0;
    if (!(field->flags & F_REQUIRED))
        label[n++] = _("(empty)");
    for (const struct choice *c = field->choices; c->key && n < 32; c++) {
        if (text_same(lang_tr(c->label), buf_str(&f->line[f->focus].edit.text)))
            selected = n;
        label[n++] = lang_tr(c->label);
    }
    choose_open(f->screen.ui, lang_tr(field->label), label, n, selected, choice_taken, f, NULL);
}

static enum handled offer_key(struct form *f, int key)
{
    enum action_id id = action_by_key(IN_LISTS, key, true);
    if (id == ACTION_DOWN) {
        if (f->offer.selected + 1 < offer_count(f))
            f->offer.selected++;
        return HANDLED;
    }
    if (id == ACTION_UP && f->offer.selected >= 0) {
        f->offer.selected--;
        return HANDLED;
    }
    if (key == KEY_RETURN && f->offer.selected == (int)f->offer.page.n) {
        make_new(f);
        return HANDLED;
    }
    if (key == KEY_RETURN && (f->offer.selected >= 0 || f->offer.page.n == 1)) {
        take_reference(f, f->offer.page.row[f->offer.selected >= 0 ? f->offer.selected : 0].id);
        move_focus(f, 1);
        return HANDLED;
    }
    if (key == KEY_ESCAPE || key == CTRL_('G')) {
        offer_close(f);
        return HANDLED;
    }
    return NOT_HANDLED;
}

static enum handled form_key(struct screen *s, int key)
{
    struct form *f = (struct form *)s;
    bool typed = false;
    enum action_id way = action_by_key(IN_LISTS, key, true);
    if (f->offer.due && (key == KEY_RETURN || way == ACTION_DOWN))
        offer_search(f, false);
    if (f->offer.open && offer_key(f, key) == HANDLED)
        return HANDLED;
    if (way == ACTION_PAGE_DOWN && key >= 0x110000) {
        go_to_end(f, (int)f->type->nfields - 1, -1);
        return HANDLED;
    }
    if (way == ACTION_PAGE_UP && key >= 0x110000) {
        go_to_end(f, 0, 1);
        return HANDLED;
    }
    if (key == KEY_TABULATOR || way == ACTION_DOWN) {
        move_focus(f, 1);
        return HANDLED;
    }
    if (way == ACTION_UP || way == ACTION_PREVIOUS_PART) {
        if (way == ACTION_UP || key < 0x110000 || !edit_key(&f->line[f->focus].edit, key, &typed))
            move_focus(f, -1);
        return HANDLED;
    }
    if (edit_key(&f->line[f->focus].edit, key, &typed)) {
        if (typed) {
            f->dirty = true;
            f->line[f->focus].error[0] = '\0';
            offer_close(f);
            f->offer.due = true;
        }
        return HANDLED;
    }
    return NOT_HANDLED;
}

static bool form_paste(struct screen *s, const char *text)
{
    struct form *f = (struct form *)s;
    edit_paste(&f->line[f->focus].edit, text);
    f->dirty = true;
    f->line[f->focus].error[0] = '\0';
    offer_close(f);
    f->offer.due = true;
    return true;
}

static void enter_or_choose(struct form *f)
{
    const struct field *field = &f->type->fields[f->focus];
    if (field->kind == FIELD_CHOICE) {
        show_choices(f);
    } else if (field->kind == FIELD_REF && text_is_blank(buf_str(&f->line[f->focus].edit.text)) &&
               !f->offer.open) {
        offer_search(f, true);
    } else {
        move_focus(f, 1);
    }
}

static enum handled form_act(struct screen *s, enum action_id id)
{
    struct form *f = (struct form *)s;
    switch (id) {
    case ACTION_SAVE: save(f); return HANDLED;
    case ACTION_CHOICES: enter_or_choose(f); return HANDLED;
    case ACTION_DISCARD:
        f->dirty = false;
        drop_draft(f);
        screen_pop(s->ui, s);
        ui_say(s->ui, "%s", _("Thrown away; nothing was saved."));
        return HANDLED;
    case ACTION_KEEP:
        keep_draft(f);
        screen_pop(s->ui, s);
        if (changed(f))
            ui_say(s->ui, "%s", _("Not saved, but kept as a draft: open the form again to go on."));
        return HANDLED;
    default: return NOT_HANDLED;
    }
}

static bool form_idle(struct screen *s)
{
    keep_draft((struct form *)s);
    return false;
}

static void form_leave(struct screen *s)
{
    keep_draft((struct form *)s);
}

static void form_free(struct screen *s)
{
    struct form *f = (struct form *)s;
    if (f->drop)
        f->drop(f->arg);
    for (size_t i = 0; i < f->type->nfields; i++) {
        edit_free(&f->line[i].edit);
        free(f->line[i].first);
    }
    listing_page_free(&f->offer.page);
    flow_free(&f->words);
    free(f->line);
    record_free(f->record);
    free(f);
}

static const struct screen_class form_class = {
    .name = "form",
    .context = IN_FORM,
    .types = true,
    .draw = form_draw,
    .act = form_act,
    .key = form_key,
    .paste = form_paste,
    .idle = form_idle,
    .leave = form_leave,
    .free = form_free,
};

void form_open(struct ui *ui, struct record *r, void (*saved)(void *arg, int64_t id), void *arg,
               void (*drop)(void *arg))
{
    struct form *f = mem_alloc(sizeof *f);
    f->screen.class = &form_class;
    f->screen.ui = ui;
    f->type = r->type;
    f->record = r;
    f->saved = saved;
    f->arg = arg;
    f->drop = drop;
    f->offer.selected = -1;
    f->line = mem_alloc(f->type->nfields * sizeof *f->line);
    f->focus = -1;
    for (int i = 0; i < (int)f->type->nfields; i++) {
        struct buf b = {0};
        const struct field *field = &f->type->fields[i];
        if (!r->id && !r->value[i] && field->fallback)
            record_put(r, i, field->fallback);
        field_edit(ui->session, field, r->value[i], &b);
        edit_set(&f->line[i].edit, buf_str(&b));
        f->line[i].first = mem_strdup(buf_str(&b));
        buf_free(&b);
        /* Begin where there is something to say. */
        if (f->focus < 0 && shown(f, i) && (r->id || !r->value[i]))
            f->focus = i;
    }
    if (f->focus < 0)
        f->focus = 0;
    screen_push(ui, &f->screen);
    restore_draft(f);
    f->line[f->focus].edit.fresh = f->line[f->focus].edit.text.len > 0;
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
