#include "config.h"

#include "ui/bulk_act.h"

#include "samling/addressee.h"

#include "ui/bulk_write.h"
#include "ui/enlist.h"
#include "ui/message.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

static enum status each_marked(void *rows_arg, bool (*fn)(void *, const struct listing_row *),
                               void *arg, struct error *err)
{
    return list_each_marked(rows_arg, fn, arg, err);
}

/* The rows that are meant: the selected ones, else the one in hand, or (`whole`) all. */
static struct listing_query meant(struct list *l, bool whole)
{
    struct listing_query q = list_query(l);
    if (whole && list_marked(l) == 0)
        return q;
    q.rows = each_marked;
    q.rows_arg = l;
    return q;
}

/* ---- can it be done? --------------------------------------------------------------------------
 */

static bool refuse(struct buf *why, const char *words)
{
    if (why)
        buf_add(why, words);
    return false;
}

static bool are_people(enum type_id type)
{
    return type == T_PERSON || type == T_ENROLMENT || type == T_POSITION;
}

/* Is everybody on the roster meant where no row is? */
static bool means_all(const struct list *l, enum action_id id)
{
    return id == ACTION_MESSAGE && l->q.listing == listing_by_name("roster");
}

bool bulk_may(struct ui *ui, const struct list *l, enum action_id id, struct buf *why)
{
    const struct record_type *t = type_by_id(l->q.listing->type);
    if ((id == ACTION_MARK || id == ACTION_MARK_RANGE) && !list_row(l))
        return refuse(why, _("There is no row to do this with."));
    if (id != ACTION_ENROL_SELECTED && id != ACTION_MESSAGE && id != ACTION_SET_FIELD &&
        id != ACTION_COPY_ROW && (id != ACTION_REMOVE || list_marked(l) == 0))
        return true;
    if (id == ACTION_ENROL_SELECTED && !are_people(t->id))
        return refuse(why, _("Only people can be enrolled: select some first."));
    if (id == ACTION_MESSAGE && !addressee_of(t->id))
        return refuse(why, _("The rows of this list have no e-mail addresses."));
    if ((id == ACTION_SET_FIELD && !bulk_can_set(t)) || (id == ACTION_REMOVE && !t->by_hand))
        return refuse(why, _("This is written by the program and cannot be changed."));
    if ((id == ACTION_SET_FIELD || id == ACTION_REMOVE) && ui->session->role < t->role)
        return refuse(why, _("Only an administrator may change this."));
    if (list_marked(l) == 0 && !list_row(l) && !means_all(l, id))
        return refuse(why, _("There is no row to do this with."));
    if (id == ACTION_SET_FIELD && list_marked(l) == 0 && list_row(l)->id == 0)
        return refuse(why, _("This is not saved yet: open it first."));
    return true;
}

/* ---- doing it ---------------------------------------------------------------------------------
 */

/* Where nothing is selected, the screen does it itself: of what is in hand, which may be no row. */
static bool needs_marks(enum action_id id)
{
    return id == ACTION_REMOVE;
}

static bool is_bulk(enum action_id id)
{
    return needs_marks(id) || id == ACTION_COPY || id == ACTION_EXPORT || id == ACTION_COPY_ROW ||
           id == ACTION_MESSAGE || id == ACTION_ENROL_SELECTED || id == ACTION_SET_FIELD;
}

bool bulk_act(struct ui *ui, struct list *l, enum action_id id)
{
    struct buf why = {0};
    struct listing_query q;
    if (!is_bulk(id) || (needs_marks(id) && list_marked(l) == 0))
        return false;
    if (!bulk_may(ui, l, id, &why)) {
        ui_say(ui, "%s", buf_str(&why));
        buf_free(&why);
        return true;
    }
    q = meant(l, id != ACTION_COPY_ROW);
    switch (id) {
    case ACTION_COPY_ROW: copy_rows(ui, &q); break;
    case ACTION_COPY: copy_start(ui, &q); break;
    case ACTION_EXPORT: export_start(ui, &q); break;
    case ACTION_MESSAGE: message_open(ui, l); break;
    case ACTION_ENROL_SELECTED: enlist_open(ui, l); break;
    case ACTION_SET_FIELD: bulk_set(ui, l); break;
    default: bulk_remove(ui, l); break;
    }
    return true;
}
