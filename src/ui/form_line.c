/* One field of a form: its text, what it means, and how it is said again. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/date.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/form_parts.h"

const char *line_text(const struct line *l)
{
    return buf_str(&l->notes.edit.text);
}

void line_error(struct line *l, const struct error *err)
{
    snprintf(l->error, sizeof l->error, "%s%s%s", err->why, err->todo[0] ? "; " : "", err->todo);
}

void line_free(struct line *l)
{
    notes_free(&l->notes);
    free(l->was);
    free(l->chosen_text);
    free(l->beside);
}

/* ---- text and value ---------------------------------------------------------------------------
 */

static bool is_day(const struct field *field)
{
    return field->kind == FIELD_DAY || field->kind == FIELD_MOMENT;
}

void line_alone(struct line *l)
{
    free(l->beside);
    l->beside = NULL;
}

/* The weekday of a date; what tells somebody from others of the name. */
static void put_beside(struct form *f, int i, const char *stored)
{
    const struct field *field = &f->type->fields[i];
    struct buf b = {0};
    struct day day;
    if (stored && is_day(field) && date_split(stored, &day))
        buf_add(&b, date_weekday_name(date_weekday(day), true));
    else if (stored && field->kind == FIELD_REF)
        suggest_more(form_session(f), field->ref, atoll(stored), &b);
    line_alone(&f->line[i]);
    f->line[i].beside = b.len ? buf_take(&b) : NULL;
    buf_free(&b);
}

static void add_reference(struct form *f, const struct field *field, int64_t id, struct buf *out)
{
    const struct record_type *t = type_by_id(field->ref);
    if (t->reference)
        record_reference(form_session(f), t, id, out);
    else
        record_title(form_session(f), t, id, out);
}

static void choose(struct line *l, int64_t id, const char *text)
{
    free(l->chosen_text);
    l->chosen = id;
    l->chosen_text = id ? mem_strdup(text) : NULL;
}

static bool is_chosen(const struct line *l)
{
    return l->chosen_text && strcmp(line_text(l), l->chosen_text) == 0;
}

void line_type(struct form *f, int i, const char *text)
{
    struct line *l = &f->line[i];
    edit_put(line_edit(l), text);
    line_alone(l);
    l->error[0] = '\0';
}

void line_put(struct form *f, int i, const char *stored)
{
    const struct field *field = &f->type->fields[i];
    struct buf b = {0};
    if (field->kind == FIELD_REF && stored)
        add_reference(f, field, atoll(stored), &b);
    else
        field_edit(form_session(f), field, stored, &b);
    if (strcmp(buf_str(&b), line_text(&f->line[i])) != 0)
        edit_put(line_edit(&f->line[i]), buf_str(&b));
    choose(&f->line[i], field->kind == FIELD_REF && stored ? atoll(stored) : 0, buf_str(&b));
    put_beside(f, i, stored);
    f->line[i].error[0] = '\0';
    buf_free(&b);
}

void line_begin(struct form *f, int i)
{
    struct line *l = &f->line[i];
    l->notes.edit.lines = f->type->fields[i].kind == FIELD_NOTE;
    line_put(f, i, f->base->value[i]);
    free(l->was);
    l->was = mem_strdup(line_text(l));
    edit_set(line_edit(l), l->was);
}

void line_unambiguous(struct form *f, int i, struct buf *out)
{
    const struct line *l = &f->line[i];
    char id[24];
    if (!is_chosen(l)) {
        buf_add(out, line_text(l));
        return;
    }
    snprintf(id, sizeof id, "%lld", (long long)l->chosen);
    field_edit(form_session(f), &f->type->fields[i], id, out);
}

enum status line_value(struct form *f, int i, char **out, struct error *err)
{
    const struct line *l = &f->line[i];
    if (is_chosen(l)) {
        struct buf b = {0};
        buf_addf(&b, "%lld", (long long)l->chosen);
        *out = buf_take(&b);
        return ST_OK;
    }
    return field_parse(form_session(f), &f->type->fields[i], line_text(l), out, err);
}

bool line_changed(const struct form *f, int i)
{
    const struct line *l = &f->line[i];
    const char *base = f->base->value[i];
    if (strcmp(line_text(l), l->was) != 0)
        return true;
    /* A namesake was chosen. */
    return is_chosen(l) && base && atoll(base) != l->chosen;
}

bool form_changed(const struct form *f)
{
    for (int i = 0; i < (int)f->type->nfields; i++)
        if (form_shows(f, i) && line_changed(f, i))
            return true;
    return false;
}

bool line_check(struct form *f, int i)
{
    struct error err = {0};
    char *value = NULL;
    enum status st = line_value(f, i, &value, &err);
    if (st == ST_OK) {
        f->line[i].error[0] = '\0';
        record_put(f->record, i, value);
    } else {
        line_error(&f->line[i], &err);
    }
    free(value);
    return st == ST_OK;
}

/* "fre" becomes the date of that Friday, digits a phone number. What stands there as it was is left
 * alone: an old value may be one that nobody would be allowed to type. */
void line_leave(struct form *f, int i)
{
    if (!line_changed(f, i)) {
        f->line[i].error[0] = '\0';
        record_put(f->record, i, f->base->value[i]);
        return;
    }
    if (line_check(f, i))
        line_put(f, i, f->record->value[i]);
}

const char *line_hint(const struct field *field)
{
    switch (field->kind) {
    case FIELD_DAY: return _("21.11., +7 or fri; Enter: calendar");
    case FIELD_MOMENT: return _("21.11. 09:00, +7 or fri; Enter: calendar");
    case FIELD_REF:
        return suggest_knows(field->ref) ? _("part of the name; Enter: shows some") : "";
    case FIELD_CHOICE: return _("a letter, Space, or Enter: all of them");
    case FIELD_FLAG: return _("Space: yes or no");
    default: return "";
    }
}

/* ---- choices ----------------------------------------------------------------------------------
 */

static int choice_now(const struct form *f)
{
    const struct choice *c = f->type->fields[f->focus].choices;
    for (int i = 0; c[i].key; i++)
        if (text_same(lang_tr(c[i].label), line_text(&f->line[f->focus])))
            return i;
    return -1;
}

static int count_choices(const struct field *field)
{
    int n = 0;
    while (field->choices[n].key)
        n++;
    return n;
}

static void put_choice(struct form *f, int choice)
{
    const struct field *field = &f->type->fields[f->focus];
    line_type(f, f->focus, choice < 0 ? "" : lang_tr(field->choices[choice].label));
    form_typed(f);
}

/* Around; nothing is one of them where the field may be empty. */
static void step_choice(struct form *f, int by)
{
    const struct field *field = &f->type->fields[f->focus];
    int first = field->flags & F_REQUIRED ? 0 : -1, n = count_choices(field) - first;
    int at = choice_now(f);
    if (at < first) /* what stands there is none */
        at = by > 0 ? first - 1 : first;
    put_choice(f, first + (at - first + by + n) % n);
}

/* Where nothing is chosen, the first one is the next. */
static void choice_by_letter(struct form *f, int key)
{
    enum { MOST = 64 };
    const struct field *field = &f->type->fields[f->focus];
    char *labels[MOST];
    struct float_list list = {.n = (size_t)count_choices(field)};
    int now = choice_now(f);
    list.n = list.n < MOST ? list.n : MOST;
    list.selected = now < 0 ? list.n - 1 : (size_t)now;
    for (size_t i = 0; i < list.n; i++)
        labels[i] = mem_strdup(lang_tr(field->choices[i].label));
    if (float_type(&f->letters, key, &list, labels)) {
        put_choice(f, (int)list.selected);
    } else {
        struct buf one = {0};
        text_put(&one, (uint32_t)key);
        ui_say(f->screen.ui, _("No choice here begins with “%s”."), one.s);
        buf_free(&one);
    }
    for (size_t i = 0; i < list.n; i++)
        free(labels[i]);
}

static bool empties(int key)
{
    return key == KEY(KEY_BACKSPACE) || key == KEY(KEY_DC) || key == CTRL_('U') ||
           key == CTRL_('K') || key == CTRL_('W');
}

static bool is_letter(int key)
{
    return key > ' ' && key < 0x110000 && key != 0x7f;
}

static bool choice_key(struct form *f, int key)
{
    const struct field *field = &f->type->fields[f->focus];
    if (is_letter(key)) {
        choice_by_letter(f, key);
        return true;
    }
    f->letters = (struct float_typed){.n = 0};
    if (key == ' ' || key == KEY(KEY_RIGHT))
        step_choice(f, 1);
    else if (key == KEY(KEY_LEFT))
        step_choice(f, -1);
    else if (empties(key) && !(field->flags & F_REQUIRED))
        put_choice(f, -1);
    else
        return empties(key);
    return true;
}

/* Does the word begin with the letter of this key? */
static bool is_initial(const char *word, int key)
{
    struct buf letter = {0}, typed = {0}, folded = {0};
    text_put(&letter, (uint32_t)key);
    text_fold_match(&typed, buf_str(&letter));
    text_fold_match(&folded, word);
    bool is = typed.len > 0 && strncmp(buf_str(&folded), typed.s, typed.len) == 0;
    buf_free(&letter);
    buf_free(&typed);
    buf_free(&folded);
    return is;
}

static void put_flag(struct form *f, bool yes)
{
    line_put(f, f->focus, yes ? "1" : NULL);
    form_typed(f);
}

static bool flag_key(struct form *f, int key)
{
    bool now = !text_is_blank(line_text(&f->line[f->focus]));
    if (key == ' ' || key == KEY(KEY_LEFT) || key == KEY(KEY_RIGHT))
        put_flag(f, !now);
    else if (is_letter(key) && (key == 'x' || is_initial(_("yes"), key)))
        put_flag(f, true);
    else if (empties(key) || (is_letter(key) && is_initial(_("no"), key)))
        put_flag(f, false);
    else
        return is_letter(key);
    return true;
}

bool line_pick_key(struct form *f, int key)
{
    switch (f->type->fields[f->focus].kind) {
    case FIELD_CHOICE: return choice_key(f, key);
    case FIELD_FLAG: return flag_key(f, key);
    default: return false;
    }
}
