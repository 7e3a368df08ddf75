/* What can be chosen in a field of a form: records, words, days; and a new record in place. */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/date.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/form_parts.h"

enum { CANDIDATES = 8 };

static const struct field *in_focus(const struct form *f)
{
    return &f->type->fields[f->focus];
}

static const char *typed(const struct form *f)
{
    return line_text(&f->line[f->focus]);
}

/* ---- records that are there -------------------------------------------------------------------
 */

static bool stop_for_key(void *arg)
{
    (void)arg;
    return term_key_waiting();
}

void offer_close(struct form *f)
{
    suggestions_free(&f->offer.found);
    f->offer.open = f->offer.make = f->offer.due = false;
    f->offer.selected = -1;
    f->offer.rows = 0;
}

static bool may_make(const struct form *f)
{
    const struct record_type *t = type_by_id(in_focus(f)->ref);
    return !text_is_blank(typed(f)) && t->by_hand &&
           session_need(form_session(f), t->role, NULL) == ST_OK;
}

void offer_search(struct form *f, bool all)
{
    struct db *db = form_session(f)->db;
    struct error err = {0};
    offer_close(f);
    if (in_focus(f)->kind != FIELD_REF || !suggest_knows(in_focus(f)->ref) ||
        (text_is_blank(typed(f)) && !all))
        return;
    if (!all)
        db_on_progress(db, stop_for_key, NULL);
    enum status st =
        suggest(form_session(f), in_focus(f)->ref, typed(f), CANDIDATES, &f->offer.found, &err);
    db_on_progress(db, NULL, NULL);
    if (st != ST_OK) {
        f->offer.due = st == ST_STOPPED; /* the next key is there already */
        ui_complain(f->screen.ui, &err);
        return;
    }
    f->offer.make = may_make(f);
    f->offer.open = f->offer.found.n > 0 || f->offer.make;
}

int offer_count(const struct form *f)
{
    return (int)f->offer.found.n + f->offer.make;
}

static const char *new_words(enum type_id type)
{
    switch (type) {
    case T_PERSON: return _("+ new person “%s”");
    case T_ORGANISATION: return _("+ new organisation “%s”");
    case T_OFFERING: return _("+ new offering “%s”");
    case T_COHORT: return _("+ new cohort “%s”");
    case T_GATHERING: return _("+ new gathering “%s”");
    case T_PLAN: return _("+ new plan “%s”");
    default: return "+ “%s”";
    }
}

void offer_row(const struct form *f, int i, struct buf *out)
{
    if (i == (int)f->offer.found.n) {
        const char *words = new_words(in_focus(f)->ref), *at = strstr(words, "%s");
        buf_addn(out, words, (size_t)(at - words));
        buf_addf(out, "%s%s", typed(f), at + 2);
        return;
    }
    const struct suggestion *s = &f->offer.found.item[i];
    buf_addf(out, "%s%s%s", s->name, *s->more ? "  ·  " : "", s->more);
}

static void take_reference(struct form *f, int64_t record)
{
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)record);
    line_put(f, f->focus, id);
    form_typed(f);
    f->offer.due = false;
}

/* ---- a new one --------------------------------------------------------------------------------
 */

static void put_text(struct record *r, const char *field, const char *s, size_t n)
{
    char *copy = mem_strndup(s, n);
    record_put(r, type_field(r->type, field), copy);
    free(copy);
}

/* "Kari Anne Nordmann" and "Nordmann, Kari Anne" alike. */
static void put_name(struct record *r, const char *name)
{
    const char *comma = strchr(name, ','), *space = strrchr(name, ' ');
    if (comma) {
        put_text(r, "family_name", name, (size_t)(comma - name));
        comma += 1 + strspn(comma + 1, " ");
        put_text(r, "given_name", comma, strlen(comma));
    } else if (space) {
        put_text(r, "given_name", name, (size_t)(space - name));
        put_text(r, "family_name", space + 1, strlen(space + 1));
    } else {
        put_text(r, "family_name", name, strlen(name));
    }
}

/* "BIM/3", "BIM Pulje 3": what it belongs to, then its number or what it is called. */
static void put_below(struct form *f, struct record *r, const char *name, const char *above,
                      const char *called)
{
    const struct field *field = &r->type->fields[type_field(r->type, above)];
    const char *slash = strrchr(name, '/'), *space = strchr(name, ' ');
    const char *end = slash ? slash : space;
    int own = type_field(f->type, above);
    enum type_id type = T_NONE;
    int64_t id = 0;
    char *head = end ? mem_strndup(name, (size_t)(end - name)) : NULL;
    if (head && reference_parse(form_session(f), T_NONE, head, &type, &id, NULL) == ST_OK &&
        type == field->ref) {
        char number[24];
        snprintf(number, sizeof number, "%lld", (long long)id);
        record_put(r, type_field(r->type, above), number);
        name = end + 1;
    } else if (own >= 0 && f->record->value[own]) {
        record_put(r, type_field(r->type, above), f->record->value[own]);
    }
    bool digits = *name && strspn(name, "0123456789") == strlen(name);
    put_text(r, digits ? "number" : called, name, strlen(name));
    free(head);
}

static void put_offering(struct record *r, const char *name)
{
    put_text(r, strchr(name, ' ') ? "title" : "code", name, strlen(name));
}

/* The new one is saved: this form goes on with it. */
static void made(void *arg, int64_t id)
{
    struct form *f = arg;
    take_reference(f, id);
    form_next(f, 1);
}

static void make_new(struct form *f)
{
    struct record *r = record_new(type_by_id(in_focus(f)->ref));
    char *name = text_tidy(typed(f), false);
    offer_close(f);
    if (name)
        switch (r->type->id) {
        case T_PERSON: put_name(r, name); break;
        case T_OFFERING: put_offering(r, name); break;
        case T_COHORT: put_below(f, r, name, "offering", "name"); break;
        case T_GATHERING: put_below(f, r, name, "cohort", "title"); break;
        case T_PLAN: put_text(r, "title", name, strlen(name)); break;
        default: put_text(r, "name", name, strlen(name));
        }
    free(name);
    form_open(f->screen.ui, r, made, f, NULL);
}

/* ---- keys -------------------------------------------------------------------------------------
 */

void offer_take(struct form *f, int i)
{
    if (i == (int)f->offer.found.n) {
        make_new(f);
        return;
    }
    take_reference(f, f->offer.found.item[i].id);
    form_next(f, 1);
}

static bool move_selection(struct form *f, int by)
{
    int to = f->offer.selected + by;
    if (to >= offer_count(f))
        to = offer_count(f) - 1;
    f->offer.selected = to < -1 ? -1 : to;
    return true;
}

/* Where what was typed may be several, and is no name as it stands, the next Enter takes the first.
 */
static bool point_at_first(struct form *f)
{
    char *value = NULL;
    bool meant = line_value(f, f->focus, &value, NULL) == ST_OK;
    free(value);
    if (!meant)
        f->offer.selected = 0;
    return !meant;
}

enum handled offer_key(struct form *f, int key)
{
    int selected = f->offer.selected;
    switch (key) {
    case KEY(KEY_DOWN): move_selection(f, 1); return HANDLED;
    case KEY(KEY_UP):
        if (selected < 0)
            return NOT_HANDLED;
        move_selection(f, -1);
        return HANDLED;
    case KEY_ESCAPE:
    case CTRL_('G'): offer_close(f); return HANDLED;
    case KEY_RETURN:
        if (selected < 0 && f->offer.found.n != 1)
            return point_at_first(f) ? HANDLED : NOT_HANDLED;
        offer_take(f, selected < 0 ? 0 : selected);
        return HANDLED;
    default: return NOT_HANDLED;
    }
}

/* ---- words and days ---------------------------------------------------------------------------
 */

static void choice_taken(void *arg, size_t index)
{
    struct form *f = arg;
    bool empty = !(in_focus(f)->flags & F_REQUIRED);
    const char *text = "";
    if (!empty || index > 0)
        text = lang_tr(in_focus(f)->choices[index - (empty ? 1 : 0)].label);
    line_type(f, f->focus, text);
    form_typed(f);
    form_next(f, 1);
}

static void show_choices(struct form *f)
{
    enum { MOST = 32 };
    const struct field *field = in_focus(f);
    const char *label[MOST];
    size_t n = 0, selected = 0;
    if (!(field->flags & F_REQUIRED))
        label[n++] = _("(empty)");
    for (const struct choice *c = field->choices; c->key && n < MOST; c++) {
        if (text_same(lang_tr(c->label), typed(f)))
            selected = n;
        label[n++] = lang_tr(c->label);
    }
    choose_open(f->screen.ui, lang_tr(field->label), label, n, selected, choice_taken, f, NULL);
}

/* Another day; the time that was there stays. */
static void day_taken(void *arg, const char *day)
{
    struct form *f = arg;
    char *was = NULL;
    struct buf when = {0};
    buf_add(&when, day);
    if (in_focus(f)->kind == FIELD_MOMENT && line_value(f, f->focus, &was, NULL) == ST_OK && was &&
        strlen(was) > DATE_SIZE - 1)
        buf_add(&when, was + DATE_SIZE - 1);
    free(was);
    line_put(f, f->focus, when.s);
    form_typed(f);
    buf_free(&when);
    line_leave(f, f->focus);
}

/* The day that stands in a field; "" when none does. */
static void day_in(struct form *f, int i, char out[DATE_SIZE])
{
    enum field_kind kind = f->type->fields[i].kind;
    char *value = NULL;
    out[0] = '\0';
    if ((kind == FIELD_DAY || kind == FIELD_MOMENT) && line_value(f, i, &value, NULL) == ST_OK)
        snprintf(out, DATE_SIZE, "%.10s", value ? value : "");
    free(value);
}

/* An empty date is looked for near the one above it: what ends, ends after it starts. */
static void show_days(struct form *f)
{
    char day[DATE_SIZE];
    day_in(f, f->focus, day);
    if (!*day && f->focus > 0)
        day_in(f, f->focus - 1, day);
    picker_open(f->screen.ui, lang_tr(in_focus(f)->label), day, day_taken, f, NULL);
}

bool form_has_choices(const struct form *f, int i)
{
    const struct field *field = &f->type->fields[i];
    switch (field->kind) {
    case FIELD_CHOICE:
    case FIELD_DAY:
    case FIELD_MOMENT: return true;
    case FIELD_REF: return suggest_knows(field->ref);
    default: return false;
    }
}

void form_choose(struct form *f)
{
    switch (in_focus(f)->kind) {
    case FIELD_CHOICE: show_choices(f); break;
    case FIELD_DAY:
    case FIELD_MOMENT: show_days(f); break;
    case FIELD_REF: offer_search(f, true); break;
    default: break;
    }
}
