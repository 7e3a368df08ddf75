/* What a new record can be completed with (a cohort's next number) is proposed in its form, as soon
 * as what it depends on is known, and anew when that is another. */
#include "config.h"

#include <string.h>

#include "samling/text.h"

#include "ui/form_parts.h"

static bool same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* Nobody gave it a value. One that was emptied is filled again, but not under one's fingers. */
static bool is_open(const struct form *f, int i)
{
    const struct line *l = &f->line[i];
    if (!form_shows(f, i) || (f->base->value[i] && !l->proposed))
        return false;
    return !line_changed(f, i) || (i != f->focus && text_is_blank(line_text(l)));
}

static void propose(struct form *f, int i, const char *value)
{
    struct line *l = &f->line[i];
    if (same(value, f->base->value[i]) && !line_changed(f, i))
        return;
    record_put(f->base, i, value);
    record_put(f->record, i, value);
    line_begin(f, i);
    l->proposed = value != NULL;
    l->origin = FROM_HERE;
    line_edit(l)->fresh = i == f->focus && value;
}

void form_propose(struct form *f)
{
    if (f->record->id || !f->type->complete)
        return;
    struct record *r = record_copy(f->record);
    for (int i = 0; i < (int)f->type->nfields; i++)
        if (is_open(f, i))
            record_put(r, i, NULL);
    /* A failure proposes nothing: saving meets it, and says so. */
    if (f->type->complete(form_session(f), r, NULL) == ST_OK)
        for (int i = 0; i < (int)f->type->nfields; i++)
            if (is_open(f, i))
                propose(f, i, r->value[i]);
    record_free(r);
}
