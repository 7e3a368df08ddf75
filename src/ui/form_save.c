/* How a form ends: checked and written, a conflict settled, kept as a draft, or thrown away. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "ui/form_parts.h"

/* ---- writing ----------------------------------------------------------------------------------
 */

static void finish(struct form *f, bool is_new)
{
    struct ui *ui = f->screen.ui;
    struct buf title = {0};
    int64_t id = f->record->id;
    record_title(ui->session, f->type, id, &title);
    form_close(f);
    screen_refresh_all(ui);
    screen_reveal(ui, f->type->id, id);
    ui_say(ui, is_new ? _("Made: %s") : _("Saved: %s"), buf_str(&title));
    buf_free(&title);
    if (f->saved)
        f->saved(f->arg, id);
}

static enum status write_record(struct form *f, int *field, struct error *err)
{
    struct session *s = form_session(f);
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

/* ---- a conflict -------------------------------------------------------------------------------
 */

/* The record to save comes back, made of mine and of f->theirs. What others write from here on is
 * news again. */
static void settled(void *arg, struct record *r)
{
    struct form *f = arg;
    for (int i = 0; i < (int)f->type->nfields; i++) {
        struct line *l = &f->line[i];
        record_put(f->base, i, f->theirs->value[i]);
        line_put(f, i, f->theirs->value[i]);
        free(l->was);
        l->was = mem_strdup(line_text(l));
        line_put(f, i, r->value[i]);
        l->clash = false;
    }
    f->seen = f->theirs->version;
    record_free(f->record);
    f->record = r;
    f->dirty = true;
    form_save(f);
}

/* What they changed and I did not is theirs already; what both did is asked about. */
static void meet_conflict(struct form *f)
{
    struct error err = {0};
    bool clash = false;
    form_take_news(f);
    for (size_t i = 0; i < f->type->nfields; i++)
        clash = clash || f->line[i].clash;
    if (!clash) {
        form_save(f);
        return;
    }
    record_free(f->theirs);
    f->theirs = NULL;
    if (record_load(form_session(f), f->type, f->record->id, &f->theirs, &err) != ST_OK) {
        ui_complain(f->screen.ui, &err);
        return;
    }
    conflict_open(f->screen.ui, NULL, record_copy(f->record), f->base, record_copy(f->theirs),
                  settled, f);
}

/* ---- saving -----------------------------------------------------------------------------------
 */

static bool check_all(struct form *f)
{
    int bad = -1;
    for (int i = (int)f->type->nfields - 1; i >= 0; i--) {
        if (!form_shows(f, i))
            continue;
        if (!line_changed(f, i))
            record_put(f->record, i, f->base->value[i]);
        else if (!line_check(f, i))
            bad = i;
    }
    if (bad < 0) {
        form_propose(f);
        return true;
    }
    f->focus = bad;
    ui_say(f->screen.ui, "%s", _("Not saved: mend the marked field first."));
    return false;
}

void form_save(struct form *f)
{
    struct error err = {0};
    int field = -1;
    offer_close(f);
    if (!check_all(f))
        return;
    bool is_new = f->record->id == 0;
    enum status st = write_record(f, &field, &err);
    if (st == ST_CONFLICT) {
        meet_conflict(f);
        return;
    }
    if (st != ST_OK) {
        ui_complain(f->screen.ui, &err);
        if (field >= 0 && form_shows(f, field)) {
            f->focus = field;
            line_error(&f->line[field], &err);
        }
        return;
    }
    int64_t id = f->record->id;
    if (is_new)
        f->record->id = 0;
    form_drop_draft(f);
    f->record->id = id;
    finish(f, is_new);
}

/* ---- leaving ----------------------------------------------------------------------------------
 */

/* Today lists the drafts. */
static void throw_away(void *arg)
{
    struct form *f = arg;
    form_drop_draft(f);
    form_close(f);
    screen_refresh_all(f->screen.ui);
    ui_say(f->screen.ui, "%s", _("Thrown away; nothing was saved."));
}

static void keep(struct form *f)
{
    struct ui *ui = f->screen.ui;
    form_keep_draft(f);
    screen_pop(ui, &f->screen);
    screen_refresh_all(ui);
    ui_say(ui, "%s", _("Not saved, but kept as a draft: open the form again to go on."));
}

static void leave_as(void *arg, size_t index)
{
    struct form *f = arg;
    switch (index) {
    case 0: form_save(f); break;
    case 1: keep(f); break;
    case 2: throw_away(f); break;
    default: break;
    }
}

void form_ask_leave(struct form *f)
{
    if (!form_changed(f)) {
        form_keep_draft(f);
        screen_pop(f->screen.ui, &f->screen);
        return;
    }
    const char *const labels[] = {_("Save"), _("Keep as a draft"), _("Throw away"),
                                  _("Go on typing")};
    choose_open(f->screen.ui, _("This was not saved yet"), labels, 4, 0, leave_as, f, NULL);
}

void form_ask_discard(struct form *f)
{
    if (!form_changed(f)) {
        throw_away(f);
        return;
    }
    ask_open(f->screen.ui, _("Throw away what was typed here? It cannot be undone."), _("y")[0],
             _("y: yes, throw it away; any other key: no"), throw_away, f, NULL);
}
