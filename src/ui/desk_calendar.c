/* The calendar pane: its grids, and the agenda, which is a list. */
#include "config.h"

#include <string.h>

#include "ui/desk_parts.h"
#include "ui/screens.h"

static struct list *agenda(struct desk *d)
{
    return &d->pane[CALENDAR].list;
}

/* ---- dates in the agenda ----------------------------------------------------------------------
 */

static void start_at(struct desk *d, const char *day)
{
    list_start_at(agenda(d), day);
}

void desk_start_calendar(struct desk *d)
{
    char today[DATE_SIZE];
    date_join(d->screen.ui->session->today, today);
    start_at(d, today);
}

static void go_date(void *arg, const char *typed)
{
    struct desk *d = arg;
    char day[DATE_SIZE];
    if (date_parse(typed, d->screen.ui->session->today, day))
        start_at(d, day);
    else
        ui_say(d->screen.ui, _("“%s” is no date: write 21.11., 21.11.26, +7 or fri."), typed);
}

/* ---- both -------------------------------------------------------------------------------------
 */

/* From one view to the other one stays with what was in hand. */
static void follow(struct desk *d, enum calendar_view was, bool any, enum type_id type, int64_t row)
{
    bool grid = desk_in_grid(d);
    const struct listing_row *r = list_row(agenda(d));
    if (was == VIEW_AGENDA && grid && r)
        calendar_find(d->calendar, r->type, r->id);
    if (was != VIEW_AGENDA && !grid && any)
        list_find(agenda(d), type, row);
}

static bool in_agenda(struct desk *d, enum action_id id)
{
    struct ui *ui = d->screen.ui;
    switch (id) {
    case ACTION_MOVE:
    case ACTION_DUPLICATE:
        calendar_ask_move(ui, list_row(agenda(d))->id, id == ACTION_DUPLICATE);
        return true;
    case ACTION_GO_TODAY: desk_start_calendar(d); return true;
    case ACTION_GO_DATE:
        prompt_open(ui, _("Go to which day? (21.11., +7, fri)"), "", false, go_date, d, NULL);
        return true;
    default: return false;
    }
}

bool desk_calendar_act(struct desk *d, enum action_id id)
{
    enum calendar_view was = calendar_view(d->calendar);
    enum type_id type = T_NONE;
    int64_t row = 0;
    bool any = was != VIEW_AGENDA && calendar_row(d->calendar, &type, &row);
    if (was == VIEW_AGENDA && in_agenda(d, id))
        return true;
    if (!calendar_act(d->calendar, id))
        return false;
    follow(d, was, any, type, row);
    return true;
}

bool desk_calendar_is_bulk(enum action_id id)
{
    return id == ACTION_COPY_ROW || id == ACTION_MESSAGE || id == ACTION_SET_FIELD;
}

static bool gathering_in_hand(struct desk *d, int64_t *id)
{
    enum type_id type = T_NONE;
    return calendar_row(d->calendar, &type, id) && type == T_GATHERING;
}

bool desk_calendar_to_list(struct desk *d)
{
    int64_t id = 0;
    if (list_marked(agenda(d)) != 0)
        return true; /* they are meant, wherever the grid is */
    return gathering_in_hand(d, &id) && list_find(agenda(d), T_GATHERING, id);
}

bool desk_calendar_may(struct desk *d, enum action_id id, struct buf *why)
{
    bool grid = desk_in_grid(d), marked = list_marked(agenda(d)) != 0;
    const char *words = NULL;
    int64_t row = 0;
    if (grid && !calendar_may(d->calendar, id, why))
        return false;
    if (grid && desk_calendar_is_bulk(id) && !marked && !gathering_in_hand(d, &row))
        words = _("There is no gathering on this day.");
    if (!grid && (id == ACTION_MOVE || id == ACTION_DUPLICATE) && !list_row(agenda(d)))
        words = _("There is no row to do this with.");
    if (!grid && (id == ACTION_EARLIER || id == ACTION_LATER))
        words = _("The agenda is one long list: PgUp and PgDn go through it.");
    if (words && why)
        buf_add(why, words);
    return !words;
}
