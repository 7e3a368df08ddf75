/* Others at the record of a form: who has it open too, and what they save while it is open. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "samling/date.h"
#include "samling/history.h"
#include "samling/mem.h"
#include "samling/presence.h"

#include "ui/form_parts.h"

/* ---- who has it open --------------------------------------------------------------------------
 */

bool form_ask_others(struct form *f)
{
    struct buf others = {0};
    if (!f->record->id)
        return false;
    presence_others(form_session(f), f->type, f->record->id, &others, NULL);
    bool changed = strcmp(buf_str(&others), buf_str(&f->others)) != 0;
    buf_free(&f->others);
    f->others = others;
    return changed;
}

/* That it cannot be said is no reason not to type: what others save is met all the same. */
void form_enter(struct form *f)
{
    if (!f->record->id)
        return;
    presence_enter(form_session(f), f->type, f->record->id, NULL);
    f->present_at = (int64_t)time(NULL);
    form_ask_others(f);
}

bool form_stay(struct form *f)
{
    int64_t now = (int64_t)time(NULL);
    if (!f->present_at || (now >= f->present_at && now < f->present_at + PRESENCE_RENEW))
        return false;
    presence_enter(form_session(f), f->type, f->record->id, NULL);
    f->present_at = now;
    return form_ask_others(f);
}

void form_depart(struct form *f)
{
    if (f->present_at)
        presence_leave(form_session(f), f->type, f->record->id, NULL);
    f->present_at = 0;
}

/* ---- what they saved --------------------------------------------------------------------------
 */

struct writer {
    char *who;
    char when[MOMENT_SIZE];
};

static bool newest(void *arg, const struct change *c)
{
    struct writer *w = arg;
    w->who = mem_strdup(c->by);
    moment_of_seconds(c->at, w->when);
    return false;
}

static bool same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static void take_over(struct form *f, int i, const char *theirs)
{
    struct line *l = &f->line[i];
    record_put(f->base, i, theirs);
    record_put(f->record, i, theirs);
    line_put(f, i, theirs);
    free(l->was);
    l->was = mem_strdup(line_text(l));
    l->clash = false;
}

/* One field that they changed. True when it was taken over. */
static bool meet_field(struct form *f, int i, const char *theirs)
{
    struct line *l = &f->line[i];
    char *mine = NULL;
    bool untouched = !form_shows(f, i) || !line_changed(f, i);
    bool agreed = !untouched && line_value(f, i, &mine, NULL) == ST_OK && same(mine, theirs);
    free(mine);
    l->clash = !untouched && !agreed;
    if (l->clash)
        return false;
    take_over(f, i, theirs);
    if (untouched && form_shows(f, i))
        l->origin = FROM_OTHERS;
    return untouched && form_shows(f, i);
}

static void tell(struct form *f, const struct writer *w, const char *fields, bool clash)
{
    const char *time = strlen(w->when) > DATE_SIZE ? w->when + DATE_SIZE : w->when;
    buf_clear(&f->news);
    if (clash && *fields)
        buf_addf(&f->news,
                 _("# %s saved this record at %s: when you save, both versions are shown; = taken "
                   "over already: %s."),
                 w->who, time, fields);
    else if (clash)
        buf_addf(&f->news,
                 _("# %s saved this record at %s: when you save, both versions are shown."), w->who,
                 time);
    else if (*fields)
        buf_addf(&f->news, _("= %s saved this record at %s; taken over: %s."), w->who, time,
                 fields);
}

static void meet_version(struct form *f, const struct record *theirs)
{
    struct buf fields = {0};
    struct writer w = {.who = NULL};
    bool clash = false;
    for (int i = 0; i < (int)f->type->nfields; i++) {
        if (!same(theirs->value[i], f->base->value[i]) && meet_field(f, i, theirs->value[i]))
            buf_addf(&fields, "%s%s", fields.len ? ", " : "", lang_tr(f->type->fields[i].label));
        clash = clash || f->line[i].clash;
    }
    if (!clash)
        f->record->version = theirs->version;
    history_each(form_session(f), f->type, f->record->id, newest, &w, NULL);
    if (!w.who)
        w.who = mem_strdup(_("Somebody"));
    tell(f, &w, buf_str(&fields), clash);
    free(w.who);
    buf_free(&fields);
}

void form_take_news(struct form *f)
{
    struct record *theirs;
    struct error err = {0};
    if (!f->record->id)
        return;
    enum status st = record_load(form_session(f), f->type, f->record->id, &theirs, &err);
    if (st == ST_REFUSED) {
        buf_clear(&f->news);
        buf_add(&f->news,
                _("# Somebody removed this record: what you typed cannot be saved here."));
    }
    if (st != ST_OK)
        return;
    if (theirs->version != f->seen)
        meet_version(f, theirs);
    f->seen = theirs->version;
    record_free(theirs);
}
