/* Drafts of a form: kept at every pause, brought back with a word about what came back. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "samling/date.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/form_parts.h"

/* ---- keeping ----------------------------------------------------------------------------------
 */

/* Stored values as text that means the same, whoever reads it. */
static char *text_of(struct form *f, int i, const char *stored)
{
    struct buf b = {0};
    field_edit(form_session(f), &f->type->fields[i], stored, &b);
    return b.len ? buf_take(&b) : NULL;
}

void form_drop_draft(struct form *f)
{
    struct error err = {0};
    if (draft_drop(form_session(f), f->type, f->record->id, &err) != ST_OK)
        ui_complain(f->screen.ui, &err);
}

void form_keep_draft(struct form *f)
{
    struct error err = {0};
    if (!f->dirty || f->over)
        return;
    struct draft d = draft_new(f->type);
    d.version = f->record->version;
    for (int i = 0; i < (int)f->type->nfields; i++) {
        bool changed = form_shows(f, i) && line_changed(f, i);
        if (changed) {
            struct buf b = {0};
            line_unambiguous(f, i, &b);
            buf_add(&b, "");
            d.typed[i] = mem_strdup(buf_str(&b));
            buf_free(&b);
        }
        if ((changed || !f->record->id) && !f->line[i].proposed)
            d.was[i] = text_of(f, i, f->base->value[i]);
    }
    enum status st = form_changed(f) ? draft_save(form_session(f), f->type, f->record->id, &d, &err)
                                     : draft_drop(form_session(f), f->type, f->record->id, &err);
    if (st != ST_OK)
        ui_complain(f->screen.ui, &err);
    else
        f->dirty = false;
    draft_free(f->type, &d);
}

/* ---- bringing back ----------------------------------------------------------------------------
 */

static bool same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* The stored value that a text of the draft means; NULL when none. Caller frees. */
static char *meaning(struct form *f, int i, const char *text)
{
    char *value = NULL;
    if (text)
        field_parse(form_session(f), &f->type->fields[i], text, &value, NULL);
    return value;
}

/* Did it begin with what the record has now, in this field? */
static bool began_here(struct form *f, const struct draft *d, int i)
{
    char *was = meaning(f, i, d->was[i]);
    bool did = same(was, f->base->value[i]);
    free(was);
    return did;
}

static void add_names(const struct form *f, const struct draft *d, struct buf *out)
{
    const char *between = "";
    for (int i = 0; i < (int)f->type->nfields; i++) {
        if (!d->typed[i] || !form_shows(f, i))
            continue;
        buf_addf(out, "%s%s", between, lang_tr(f->type->fields[i].label));
        between = ", ";
    }
}

static void add_moment(int64_t at, struct buf *out)
{
    char iso[MOMENT_SIZE];
    moment_of_seconds(at, iso);
    moment_short(out, iso);
}

/* A reference that still means one record is shown as such; what was wrong is wrong still. */
static void bring_back(struct form *f, int i, const char *text)
{
    char *value = meaning(f, i, text);
    if (f->type->fields[i].kind == FIELD_REF && value)
        line_put(f, i, value);
    else
        line_type(f, i, text);
    f->line[i].origin = FROM_DRAFT;
    line_edit(&f->line[i])->fresh = false;
    line_check(f, i);
    free(value);
}

/* What others saved since then in the same field is met as a conflict, not written over. */
static void mark_clash(struct form *f, const struct draft *d, int i)
{
    if (!f->record->id || began_here(f, d, i))
        return;
    if (!d->was[i] && d->version == f->record->version)
        return;
    char *was = meaning(f, i, d->was[i]);
    record_put(f->base, i, was);
    f->line[i].clash = true;
    free(was);
}

static void restore(struct form *f)
{
    const struct draft *d = &f->draft;
    struct buf when = {0}, names = {0}, key = {0};
    bool clash = false;
    for (int i = 0; i < (int)f->type->nfields; i++) {
        if (!form_shows(f, i))
            continue;
        if (!f->record->id && !d->typed[i] && !f->line[i].proposed && !began_here(f, d, i))
            bring_back(f, i, d->was[i] ? d->was[i] : "");
        if (!d->typed[i])
            continue;
        mark_clash(f, d, i);
        bring_back(f, i, d->typed[i]);
        clash = clash || f->line[i].clash;
    }
    if (clash && d->version < f->record->version)
        f->record->version = d->version;
    form_propose(f);
    add_moment(d->at, &when);
    add_names(f, d, &names);
    action_key_text(ACTION_DISCARD, &key);
    buf_clear(&f->restored);
    buf_addf(&f->restored, _("+ Restored from your draft of %s: %s. %s throws it away."), when.s,
             buf_str(&names), buf_str(&key));
    buf_free(&when);
    buf_free(&names);
    buf_free(&key);
}

/* Of a new record: does the draft begin with what is proposed now? Else the two must not mix. */
static bool same_beginning(struct form *f)
{
    for (int i = 0; i < (int)f->type->nfields; i++)
        if (form_shows(f, i) && !f->line[i].proposed && !began_here(f, &f->draft, i))
            return false;
    return true;
}

static void go_on(void *arg, size_t index)
{
    struct form *f = arg;
    if (index == 0)
        restore(f);
}

static void ask_which(struct form *f)
{
    struct buf title = {0}, when = {0}, names = {0}, on = {0};
    add_moment(f->draft.at, &when);
    add_names(f, &f->draft, &names);
    buf_addf(&title, _("There is a draft of yours, of %s"), when.s);
    buf_addf(&on, _("Go on with it: %s"), buf_str(&names));
    const char *const labels[] = {on.s, _("Begin a new one; the draft goes when you type")};
    choose_open(f->screen.ui, title.s, labels, 2, 0, go_on, f, NULL);
    buf_free(&title);
    buf_free(&when);
    buf_free(&names);
    buf_free(&on);
}

void form_restore_draft(struct form *f)
{
    bool found;
    struct error err = {0};
    if (draft_load(form_session(f), f->type, f->record->id, &f->draft, &found, &err) != ST_OK)
        ui_complain(f->screen.ui, &err);
    else if (found && (f->record->id || f->resumes || same_beginning(f)))
        restore(f);
    else if (found)
        ask_which(f);
}
