#include "config.h"

#include "ui/bulk_write.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "ui/chosen.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

enum { FIELDS_MAX = 32, NAMED = 3, TOLD = 200 };

struct job {
    struct ui *ui;
    struct chosen rows;
    const struct record_type *type; /* of all of them; bulk_remove takes several */
    size_t offered[FIELDS_MAX], noffered;
    size_t field;
    char *value; /* stored form; NULL empties it */
    /* While it is done: */
    long changed;
    long refused;
    struct buf words; /* who is refused, and why, a line each */
};

static void job_free(void *arg)
{
    struct job *j = arg;
    chosen_free(&j->rows);
    free(j->value);
    buf_free(&j->words);
    free(j);
}

/* The next question takes over what this one knows. */
static struct job *job_move(struct job *from)
{
    struct job *j = mem_alloc(sizeof *j);
    *j = *from;
    *from = (struct job){.ui = j->ui};
    return j;
}

/* NULL, with words on the message line, when nothing can be done with the rows. */
static struct job *job_new(struct ui *ui, struct list *l)
{
    struct job *j = mem_alloc(sizeof *j);
    struct error err = {0};
    j->ui = ui;
    if (chosen_take(ui, l, &j->rows, &err) == ST_OK) {
        j->type = type_by_id(chosen_type(&j->rows));
        return j;
    }
    ui_complain(ui, &err);
    job_free(j);
    return NULL;
}

/* ---- all or none ------------------------------------------------------------------------------
 */

static void refuse(struct job *j, const struct chosen_row *row, const struct error *err)
{
    if (++j->refused > TOLD)
        return;
    record_title(j->ui->session, type_by_id(row->type), row->id, &j->words);
    buf_addf(&j->words, ": %s%s%s\n", err->why, err->todo[0] ? "; " : "", err->todo);
}

/* A refusal is noted, so that all of them can be told; what else goes wrong ends it. */
static enum status settle(struct job *j, const struct chosen_row *row, enum status st,
                          const struct error *err)
{
    if (st != ST_REFUSED && st != ST_CONFLICT)
        return st;
    refuse(j, row, err);
    return ST_OK;
}

static void tell_refused(struct job *j, bool removing)
{
    struct buf text = {0};
    buf_addf(&text,
             removing ? _("%ld of %zu records cannot be removed, so none was:")
                      : _("%ld of %zu records cannot be changed, so none was:"),
             j->refused, j->rows.n);
    buf_addf(&text, "\n\n%s", buf_str(&j->words));
    if (j->refused > TOLD)
        buf_add(&text, "…\n");
    reading_open(j->ui, removing ? _("Nothing was removed") : _("Nothing was changed"),
                 buf_take(&text));
}

/* Does `all` in one change set. False, with words, when nothing was written. */
static bool write_all(struct job *j, enum act act, enum status (*all)(struct job *, struct error *))
{
    struct session *s = j->ui->session;
    struct error err = {0};
    j->changed = j->refused = 0;
    enum status st = session_begin(s, act, &err);
    if (st == ST_OK) {
        st = all(j, &err);
        if (st == ST_OK && j->refused == 0)
            st = session_commit(s, &err);
        else
            session_rollback(s);
    }
    screen_refresh_all(j->ui);
    if (st != ST_OK)
        ui_complain(j->ui, &err);
    return st == ST_OK && j->refused == 0;
}

/* ---- setting a field --------------------------------------------------------------------------
 */

static bool same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static enum status set_one(struct job *j, const struct chosen_row *row, struct error *err)
{
    struct record *r;
    enum status st = record_load(j->ui->session, j->type, row->id, &r, err);
    if (st != ST_OK)
        return settle(j, row, st, err);
    if (r->version != row->version) {
        st = error_set(err, ST_CONFLICT, NULL, NULL, "%s",
                       _("somebody else changed this record meanwhile"));
    } else if (!same(r->value[j->field], j->value)) {
        record_put(r, (int)j->field, j->value);
        st = record_update(j->ui->session, r, err);
        j->changed += st == ST_OK;
    }
    record_free(r);
    return settle(j, row, st, err);
}

static enum status set_all(struct job *j, struct error *err)
{
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < j->rows.n; i++)
        st = set_one(j, &j->rows.row[i], err);
    return st;
}

static void set_confirmed(void *arg)
{
    struct job *j = arg;
    if (write_all(j, ACT_SET, set_all)) {
        long same_before = (long)j->rows.n - j->changed;
        if (j->changed == 0)
            ui_say(j->ui, "%s", _("Nothing was changed: it was so already."));
        else if (j->rows.n == 1)
            ui_say(j->ui, "%s", _("Changed; u takes it back."));
        else if (same_before)
            ui_say(j->ui, _("%ld records changed, %ld were so already; u takes it back."),
                   j->changed, same_before);
        else
            ui_say(j->ui, _("%ld records changed; u takes it back."), j->changed);
    } else if (j->refused) {
        tell_refused(j, false);
    }
}

static void set_question(struct job *j, struct buf *out)
{
    struct session *s = j->ui->session;
    const struct field *f = &j->type->fields[j->field];
    const char *label = lang_tr(f->label);
    struct buf value = {0}, title = {0};
    if (j->value)
        field_show(s, f, j->value, &value);
    record_title(s, j->type, j->rows.row[0].id, &title);
    if (j->value && j->rows.n == 1)
        buf_addf(out, _("Set %s to %s in %s?"), label, buf_str(&value), buf_str(&title));
    else if (j->value)
        buf_addf(out, _("Set %s to %s in %zu records?"), label, buf_str(&value), j->rows.n);
    else if (j->rows.n == 1)
        buf_addf(out, _("Empty %s in %s?"), label, buf_str(&title));
    else
        buf_addf(out, _("Empty %s in %zu records?"), label, j->rows.n);
    buf_free(&value);
    buf_free(&title);
}

static void ask_set(struct job *j)
{
    struct buf question = {0};
    chosen_note_versions(&j->rows);
    set_question(j, &question);
    ask_open(j->ui, question.s, _("y")[0], _("y: yes, change it; any other key: no"), set_confirmed,
             j, job_free);
    buf_free(&question);
}

static void ask_value(struct job *j, const char *text);

static void value_typed(void *arg, const char *typed)
{
    struct job *j = job_move(arg);
    const struct field *f = &j->type->fields[j->field];
    struct error err = {0};
    enum status st = field_parse(j->ui->session, f, typed, &j->value, &err);
    if (st == ST_OK && !j->value && f->flags & F_REQUIRED)
        st = error_set(&err, ST_REFUSED, lang_tr(f->label), NULL, "%s",
                       _("this field cannot be empty"));
    if (st == ST_OK) {
        ask_set(j);
        return;
    }
    ask_value(j, typed);
    ui_complain(j->ui, &err);
}

static void ask_value(struct job *j, const char *text)
{
    const struct field *f = &j->type->fields[j->field];
    struct buf title = {0};
    buf_addf(&title,
             f->flags & F_REQUIRED ? _("Set %s to") : _("Set %s to (nothing typed empties it)"),
             lang_tr(f->label));
    prompt_value_open(j->ui, title.s, text, value_typed, j, job_free);
    buf_free(&title);
}

static void choice_chosen(void *arg, size_t index)
{
    struct job *j = job_move(arg);
    const struct field *f = &j->type->fields[j->field];
    if (f->kind == FIELD_FLAG)
        j->value = index == 0 ? mem_strdup("1") : NULL;
    else
        j->value = mem_strdup(f->choices[index].key); /* past the last: the NULL that ends them */
    ask_set(j);
}

static void ask_choice(struct job *j)
{
    enum { LABELS_MAX = 64 };
    const char *label[LABELS_MAX];
    size_t n = 0;
    const struct field *f = &j->type->fields[j->field];
    struct buf title = {0};
    if (f->kind == FIELD_FLAG) {
        label[n++] = _("yes");
        label[n++] = _("no");
    }
    for (const struct choice *c = f->choices; c && c->key && n < LABELS_MAX - 1; c++)
        label[n++] = lang_tr(c->label);
    if (f->kind == FIELD_CHOICE && !(f->flags & F_REQUIRED))
        label[n++] = _("(empty)");
    buf_addf(&title, _("Set %s to"), lang_tr(f->label));
    choose_open(j->ui, title.s, label, n, 0, choice_chosen, j, job_free);
    buf_free(&title);
}

static void field_chosen(void *arg, size_t index)
{
    struct job *j = job_move(arg);
    j->field = j->offered[index];
    enum field_kind kind = j->type->fields[j->field].kind;
    if (kind == FIELD_CHOICE || kind == FIELD_FLAG)
        ask_choice(j);
    else
        ask_value(j, "");
}

/* One value for many: so nothing that names a record, or that no two may share. */
static bool is_offered(const struct record_type *t, const struct field *f)
{
    if (f->flags & (F_KEY | F_READ_ONLY))
        return false;
    for (size_t i = 0; i < sizeof t->unique / sizeof t->unique[0] && t->unique[i]; i++) {
        const char *found = strstr(t->unique[i], f->name),
                   *end = found ? found + strlen(f->name) : "x";
        if (found && (*end == '\0' || *end == ',') && (found == t->unique[i] || found[-1] == ','))
            return false;
    }
    return true;
}

bool bulk_can_set(const struct record_type *t)
{
    for (size_t i = 0; t->by_hand && i < t->nfields; i++)
        if (is_offered(t, &t->fields[i]))
            return true;
    return false;
}

void bulk_set(struct ui *ui, struct list *l)
{
    const char *label[FIELDS_MAX];
    struct buf title = {0};
    struct job *j = job_new(ui, l);
    if (!j)
        return;
    if (!j->type) {
        ui_say(ui, "%s", _("Select rows of one kind only: these have different fields."));
        job_free(j);
        return;
    }
    for (size_t i = 0; i < j->type->nfields && j->noffered < FIELDS_MAX; i++) {
        if (!is_offered(j->type, &j->type->fields[i]))
            continue;
        label[j->noffered] = lang_tr(j->type->fields[i].label);
        j->offered[j->noffered++] = i;
    }
    if (j->rows.n == 1)
        buf_add(&title, _("Set which field?"));
    else
        buf_addf(&title, _("Set which field of %zu records?"), j->rows.n);
    choose_open(ui, title.s, label, j->noffered, 0, field_chosen, j, job_free);
    buf_free(&title);
}

/* ---- removing ---------------------------------------------------------------------------------
 */

/* *gone: it is not there any more, through this or through what it belonged to. */
static enum status remove_one(struct job *j, const struct chosen_row *row, bool *gone,
                              struct error *err)
{
    struct record *r = NULL;
    const struct record_type *t = type_by_id(row->type);
    *gone = false;
    enum status st = record_load(j->ui->session, t, row->id, &r, err);
    record_free(r);
    if (st == ST_REFUSED) {
        *gone = true;
        return ST_OK;
    }
    if (st == ST_OK)
        st = record_remove(j->ui->session, t, row->id, row->version, err);
    *gone = st == ST_OK;
    j->changed += *gone;
    return settle(j, row, st, err);
}

/* What still belongs to a record that is going too keeps it for now: again, until nothing more
 * goes. */
static enum status remove_all(struct job *j, struct error *err)
{
    bool *gone = mem_alloc(j->rows.n * sizeof *gone), progress = true;
    enum status st = ST_OK;
    while (st == ST_OK && progress) {
        progress = false;
        j->refused = 0;
        buf_clear(&j->words);
        for (size_t i = 0; st == ST_OK && i < j->rows.n; i++) {
            if (gone[i])
                continue;
            st = remove_one(j, &j->rows.row[i], &gone[i], err);
            progress = progress || gone[i];
        }
        progress = progress && j->refused;
    }
    free(gone);
    return st;
}

static void remove_confirmed(void *arg)
{
    struct job *j = arg;
    if (write_all(j, ACT_REMOVE, remove_all)) {
        list_act(j->rows.list, ACTION_MARK_NONE);
        ui_say(j->ui, _("%ld records removed; u brings them back."), j->changed);
    } else if (j->refused) {
        tell_refused(j, true);
    }
}

void bulk_remove(struct ui *ui, struct list *l)
{
    struct buf question = {0};
    struct job *j = job_new(ui, l);
    if (!j)
        return;
    if (j->rows.n == 1) {
        record_ask_remove(ui, j->rows.row[0].type, j->rows.row[0].id);
        job_free(j);
        return;
    }
    chosen_note_versions(&j->rows);
    buf_addf(&question, _("Remove the %zu selected records?"), j->rows.n);
    for (size_t i = 0; i < j->rows.n && i < NAMED; i++) {
        buf_addc(&question, '\n');
        record_title(ui->session, type_by_id(j->rows.row[i].type), j->rows.row[i].id, &question);
    }
    if (j->rows.n > NAMED)
        buf_add(&question, "\n…");
    ask_open(ui, question.s, _("y")[0], _("y: yes, remove them; any other key: no"),
             remove_confirmed, j, job_free);
    buf_free(&question);
}
