/* What is done with the row in hand, and what can be done now. */
#include "config.h"

#include "ui/bulk_act.h"
#include "ui/desk_parts.h"
#include "ui/screens.h"

/* ---- what is done with the row in hand --------------------------------------------------------
 */

/* What the calendar would show next of a cohort: the sheet that is wanted most often. */
static int64_t next_gathering_of(struct desk *d, enum type_id type, int64_t id)
{
    char today[DATE_SIZE];
    const struct listing *g = listing_by_name("gatherings");
    struct listing_query q = {.listing = g, .scope_type = type, .scope = id};
    struct listing_page page;
    int64_t found = 0;
    date_join(d->screen.ui->session->today, today);
    q.filter[0].column = listing_column(g, "starts");
    q.filter[0].op = 'g';
    q.filter[0].value = today;
    q.nfilters = 1;
    if (listing_fetch(d->screen.ui->session, &q, PAGE_FIRST, NULL, 1, &page, NULL) == ST_OK &&
        page.n)
        found = page.row[0].id;
    listing_page_free(&page);
    return found;
}

static void print_row(struct desk *d, enum type_id type, int64_t id)
{
    int64_t gathering = type == T_GATHERING ? id : next_gathering_of(d, type, id);
    if (gathering)
        print_start(d->screen.ui, gathering);
    else
        ui_say(d->screen.ui, "%s", _("No gathering is ahead: choose one in the calendar."));
}

/* Two that are marked, or this one and another that is asked for. */
static void unite(struct desk *d, enum type_id type, int64_t id)
{
    const struct marks *m = &d->pane[CONTACTS].list.marks;
    int64_t two[2];
    size_t n = 0;
    for (size_t i = 0; i < m->cap && !m->all && m->n == 2; i++)
        if (m->slot[i].type)
            two[n++] = m->slot[i].id;
    if (n == 2) /* the one that was there first stays */
        unite_open(d->screen.ui, type, two[two[0] > two[1]], two[two[0] <= two[1]]);
    else
        unite_ask(d->screen.ui, type, id);
}

bool desk_row_act(struct desk *d, enum action_id action)
{
    struct ui *ui = d->screen.ui;
    enum type_id type = T_NONE;
    int64_t id = 0;
    desk_row(d, &type, &id);
    switch (action) {
    case ACTION_OPEN:
        if (!type) /* an empty day */
            return true;
        if (id)
            record_open(ui, type, id);
        else /* a draft of a new record, of Today */
            form_resume(ui, type);
        return true;
    case ACTION_EDIT: form_edit(ui, type, id); return true;
    case ACTION_REMOVE: record_ask_remove(ui, type, id); return true;
    case ACTION_HISTORY: history_open(ui, type, id); return true;
    case ACTION_ROSTER: roster_open(ui, type, id); return true;
    case ACTION_PRINT: print_row(d, type, id); return true;
    case ACTION_MERGE: unite(d, type, id); return true;
    default: return false;
    }
}

bool desk_goes_into(enum type_id type)
{
    return type == T_OFFERING || type == T_COHORT || type == T_GATHERING;
}

/* ---- what can be done now -------------------------------------------------------------------- */

static bool refuse(struct buf *why, const char *words)
{
    if (why)
        buf_add(why, words);
    return false;
}

static bool may_on_row(struct desk *d, enum action_id id, struct buf *why)
{
    enum type_id type = T_NONE;
    int64_t row = 0;
    if (!desk_row(d, &type, &row))
        return refuse(why, _("There is no row to do this with."));
    switch (id) {
    case ACTION_EDIT:
    case ACTION_REMOVE:
    case ACTION_HISTORY: return row || refuse(why, _("This is not saved yet: open it first."));
    case ACTION_ROSTER:
        return (row && (type == T_COHORT || type == T_GATHERING)) ||
               refuse(why, _("Choose a cohort or a gathering first."));
    case ACTION_PRINT:
        return (row && desk_goes_into(type)) ||
               refuse(why, _("Choose a gathering in the calendar first."));
    default: return true;
    }
}

/* The draft of a new record is no record that could be selected or changed. */
static bool takes_records(enum action_id id, const struct list *l)
{
    return id == ACTION_MARK || (id == ACTION_SET_FIELD && list_marked(l) == 0);
}

bool desk_may(struct screen *s, enum action_id id, struct buf *why)
{
    struct desk *d = (struct desk *)s;
    const struct list *l = &d->pane[d->focus].list;
    const struct listing_row *row = desk_on_grid(d) ? NULL : list_row(l);
    if (row && !row->id && takes_records(id, l))
        return refuse(why, _("This is not saved yet: open it first."));
    if (d->focus == CALENDAR && !desk_calendar_may(d, id, why))
        return false;
    switch (id) {
    case ACTION_OPEN: /* in the grid it also puts down what was picked up */
        return desk_on_grid(d) || may_on_row(d, id, why);
    case ACTION_EDIT:
    case ACTION_REMOVE:
    case ACTION_HISTORY:
    case ACTION_ROSTER:
    case ACTION_PRINT:
    case ACTION_MERGE:
    case ACTION_CHOOSE:
    case ACTION_FOLD: return may_on_row(d, id, why);
    case ACTION_WIDER:
    case ACTION_NARROWER:
        return desk_beside(d) > 1 ||
               refuse(why, _("Only one list is shown: the window is narrow."));
    case ACTION_SORT:
    case ACTION_COLUMNS:
    case ACTION_MARK:
    case ACTION_MARK_RANGE:
        if (desk_on_grid(d))
            return refuse(why, _("This is done in the agenda: 7 shows it."));
        return bulk_may(s->ui, l, id, why);
    default:
        /* Of the grid's gathering, which the list is told of when it is done. */
        return (desk_on_grid(d) && desk_calendar_is_bulk(id)) || bulk_may(s->ui, l, id, why);
    }
}
