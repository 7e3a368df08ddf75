/* The desk: offerings, calendar, contacts and today. The offering that is chosen narrows the
 * calendar and the contacts. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/arrange.h"
#include "ui/bulk_act.h"
#include "ui/desk_parts.h"
#include "ui/screens.h"
#include "ui/strip.h"

static const unsigned contexts[PANES] = {IN_OFFERINGS, IN_CALENDAR, IN_CONTACTS, IN_TODAY};

static struct pane *focused(struct desk *d)
{
    return &d->pane[d->focus];
}

bool desk_in_grid(const struct desk *d)
{
    return calendar_view(d->calendar) != VIEW_AGENDA;
}

bool desk_on_grid(const struct desk *d)
{
    return d->focus == CALENDAR && desk_in_grid(d);
}

bool desk_row(struct desk *d, enum type_id *type, int64_t *id)
{
    if (desk_on_grid(d))
        return calendar_row(d->calendar, type, id);
    const struct listing_row *r = list_row(&d->pane[d->focus].list);
    if (!r)
        return false;
    *type = r->type;
    *id = r->id;
    return true;
}

/* ---- what narrows --------------------------------------------------------------------------- */

void desk_narrow(struct desk *d, enum type_id type, int64_t id)
{
    d->chosen_type = type;
    d->chosen = id;
    buf_clear(&d->chosen_text);
    if (type)
        record_reference(d->screen.ui->session, type_by_id(type), id, &d->chosen_text);
    list_scope(&d->pane[CALENDAR].list, type, id);
    list_scope(&d->pane[CONTACTS].list, type, id);
    calendar_refresh(d->calendar);
    desk_start_calendar(d);
}

static void choose(struct desk *d)
{
    const struct listing_row *r = list_row(&d->pane[OFFERINGS].list);
    if (!r)
        return;
    if (d->chosen_type == r->type && d->chosen == r->id) {
        desk_narrow(d, T_NONE, 0);
        ui_say(d->screen.ui, "%s", _("Calendar and contacts show everything again."));
        return;
    }
    desk_narrow(d, r->type, r->id);
    ui_say(d->screen.ui, _("Calendar and contacts show %s only; Space again lets go."),
           buf_str(&d->chosen_text));
}

static void clear_search(struct desk *d, struct pane *p)
{
    edit_set(&p->search, "");
    p->searched = false;
    list_search(&p->list, NULL);
    if (p == &d->pane[CALENDAR]) {
        calendar_refresh(d->calendar);
        desk_start_calendar(d);
    }
}

void desk_show_contacts(struct desk *d)
{
    struct pane *p = &d->pane[CONTACTS];
    list_free(&p->list);
    if (d->organisations)
        list_init(&p->list, d->screen.ui, listing_by_name("organisations"),
                  "name,municipality,ownership,kind,email");
    else
        list_init(&p->list, d->screen.ui, listing_by_name("people"),
                  "name,organisation,phone,email,position,municipality");
    edit_set(&p->search, "");
    p->searched = false;
    list_scope(&p->list, d->chosen_type, d->chosen);
}

/* People or organisations: each comes back as it was left. */
static void other_contacts(struct desk *d)
{
    struct buf left = {0};
    list_describe(&d->pane[CONTACTS].list, &left);
    d->organisations = !d->organisations;
    desk_show_contacts(d);
    if (d->other) {
        list_adopt(&d->pane[CONTACTS].list, d->other);
        edit_set(&d->pane[CONTACTS].search, d->pane[CONTACTS].list.search);
        d->pane[CONTACTS].searched = d->pane[CONTACTS].list.search != NULL;
    }
    free(d->other);
    d->other = mem_strdup(buf_str(&left));
    buf_free(&left);
}

static void let_go(struct desk *d)
{
    desk_narrow(d, T_NONE, 0);
    for (int i = 0; i < PANES; i++) {
        list_filter_clear(&d->pane[i].list);
        clear_search(d, &d->pane[i]);
    }
    desk_fold(d);
}

/* ---- keys ----------------------------------------------------------------------------------- */

static void searched(struct desk *d)
{
    struct pane *p = focused(d);
    list_search(&p->list, buf_str(&p->search.text));
    if (d->focus == CALENDAR)
        calendar_refresh(d->calendar);
}

static enum handled search_key(struct desk *d, int key)
{
    struct pane *p = focused(d);
    bool changed = false;
    if (key == KEY_ESCAPE || key == CTRL_('G')) {
        clear_search(d, p);
        d->typing = false;
        return HANDLED;
    }
    if (key == KEY_RETURN || action_by_key(contexts[d->focus], key, true) == ACTION_DOWN) {
        d->typing = false;
        p->searched = !text_is_blank(buf_str(&p->search.text));
        return HANDLED;
    }
    if (edit_key(&p->search, key, &changed)) {
        if (changed)
            searched(d);
        return HANDLED;
    }
    if (action_by_key(contexts[d->focus], key, true) == ACTION_NONE)
        return HANDLED; /* a key that means nothing ends nothing */
    d->typing = false;
    p->searched = !text_is_blank(buf_str(&p->search.text));
    return NOT_HANDLED;
}

static enum handled desk_key(struct screen *s, int key)
{
    struct desk *d = (struct desk *)s;
    if (d->typing)
        return search_key(d, key);
    if (!desk_on_grid(d) || !calendar_key(d->calendar, key))
        return NOT_HANDLED;
    d->strip_stale = true;
    return HANDLED;
}

static bool desk_paste(struct screen *s, const char *text)
{
    struct desk *d = (struct desk *)s;
    if (!d->typing)
        return false;
    edit_paste(&focused(d)->search, text);
    searched(d);
    return true;
}

static void focus_pane(struct desk *d, int pane)
{
    d->focus = pane;
    d->typing = false;
    d->strip_stale = true;
}

void desk_go(struct screen *desk, enum action_id pane)
{
    switch (pane) {
    case ACTION_OFFERINGS: focus_pane((struct desk *)desk, OFFERINGS); break;
    case ACTION_CALENDAR: focus_pane((struct desk *)desk, CALENDAR); break;
    case ACTION_CONTACTS: focus_pane((struct desk *)desk, CONTACTS); break;
    case ACTION_TODAY: focus_pane((struct desk *)desk, TODAY); break;
    default: break;
    }
}

bool desk_shares_fit(const int share[SHARES])
{
    int rest = 100 - share[FIRST_OF_THREE] - share[SECOND_OF_THREE];
    for (int i = 0; i < SHARES; i++)
        if (share[i] < SHARE_LEAST || share[i] > 100 - 2 * SHARE_LEAST)
            return false;
    return rest >= SHARE_LEAST;
}

/* The pane in hand grows, and its neighbour gives. */
static void widen(struct desk *d, int by)
{
    bool three = desk_beside(d) == 3;
    int share[SHARES];
    memcpy(share, d->share, sizeof share);
    if (d->focus == OFFERINGS)
        share[three ? FIRST_OF_THREE : FIRST_OF_TWO] += by;
    else if (three)
        share[SECOND_OF_THREE] += d->focus == CALENDAR ? by : -by;
    else
        share[FIRST_OF_TWO] -= by;
    if (desk_shares_fit(share))
        memcpy(d->share, share, sizeof share);
    else
        ui_say(d->screen.ui, "%s", _("A pane can be no wider and no narrower than this."));
}

/* Into the offering, cohort or gathering in hand, else into what was chosen. */
static void import_here(struct desk *d,
                        void (*start)(struct ui *ui, enum type_id scope, int64_t id))
{
    enum type_id type = T_NONE;
    int64_t id = 0;
    if (desk_row(d, &type, &id) && id && desk_goes_into(type))
        start(d->screen.ui, type, id);
    else
        start(d->screen.ui, d->chosen_type, d->chosen);
}

static bool on_list(struct desk *d, enum action_id id)
{
    struct pane *p = focused(d);
    struct ui *ui = d->screen.ui;
    switch (id) {
    case ACTION_IMPORT: import_here(d, import_start); return true;
    case ACTION_PASTE: import_here(d, paste_open); return true;
    case ACTION_SEARCH:
        d->typing = true;
        p->search.fresh = p->search.text.len > 0;
        return true;
    case ACTION_BATCHES: batches_open(ui); return true;
    case ACTION_DISPLAY: display_open(ui); return true;
    case ACTION_TOUR: tour_open(ui); return true;
    default: return false;
    }
}

static bool on_desk(struct desk *d, enum action_id id)
{
    int step = 1;
    switch (id) {
    case ACTION_CHOOSE: choose(d); return true;
    case ACTION_LET_GO: let_go(d); return true;
    case ACTION_KIND: other_contacts(d); return true;
    case ACTION_WIDER: widen(d, 3); return true;
    case ACTION_NARROWER: widen(d, -3); return true;
    case ACTION_PREVIOUS_PART: step = PANES - 1; /* fall through */
    case ACTION_NEXT_PART: focus_pane(d, (d->focus + step) % PANES); return true;
    default: return false;
    }
}

/* These need not wait until the list is read. */
static bool works_without_rows(enum action_id id)
{
    return id == ACTION_SEARCH || id == ACTION_LET_GO || id == ACTION_NEXT_PART ||
           id == ACTION_PREVIOUS_PART || id == ACTION_OFFERINGS || id == ACTION_CALENDAR ||
           id == ACTION_CONTACTS || id == ACTION_TODAY;
}

static void desk_settle(struct screen *s, enum action_id id)
{
    struct desk *d = (struct desk *)s;
    if (!desk_on_grid(d) && !works_without_rows(id))
        list_settle(&focused(d)->list);
}

static enum handled desk_act(struct screen *s, enum action_id id)
{
    struct desk *d = (struct desk *)s;
    struct list *l = &focused(d)->list;
    d->strip_stale = true;
    if (d->focus == CALENDAR && desk_calendar_act(d, id))
        return HANDLED;
    if (!desk_on_grid(d) && list_act(l, id))
        return HANDLED;
    if (desk_on_grid(d) && desk_calendar_is_bulk(id) && !desk_calendar_to_list(d))
        return NOT_HANDLED;
    if (arrange_act(s->ui, l, id) || bulk_act(s->ui, l, id)) {
        if (d->focus == CALENDAR)
            calendar_refresh(d->calendar);
        return HANDLED;
    }
    bool done = desk_row_act(d, id) || on_list(d, id) || on_desk(d, id) || desk_tree_act(d, id) ||
                desk_make(d, id);
    return done ? HANDLED : NOT_HANDLED;
}

/* ---- the rest ------------------------------------------------------------------------------- */

static enum handled desk_click(struct screen *s, const struct click *c)
{
    struct desk *d = (struct desk *)s;
    bool open = false;
    for (int i = 0; i < PANES; i++) {
        bool grid = i == CALENDAR && desk_in_grid(d);
        if (!desk_seen(d, i))
            continue;
        if (grid ? !calendar_click(d->calendar, c, &open) : !list_click(&d->pane[i].list, c, &open))
            continue;
        if (i != d->focus)
            focus_pane(d, i);
        d->strip_stale = true;
        if (open)
            screen_act(s->ui, ACTION_OPEN);
        return c->kind == CLICK_RIGHT ? NOT_HANDLED : HANDLED; /* its menu follows */
    }
    return NOT_HANDLED;
}

static void desk_refresh(struct screen *s)
{
    struct desk *d = (struct desk *)s;
    for (int i = 0; i < PANES; i++)
        list_refresh(&d->pane[i].list);
    calendar_refresh(d->calendar);
    d->strip_stale = true;
}

static void desk_reveal(struct screen *s, enum type_id type, int64_t id)
{
    struct desk *d = (struct desk *)s;
    for (int i = 0; i < PANES; i++) {
        if (!desk_seen(d, i))
            continue;
        if (i == CALENDAR && desk_in_grid(d))
            calendar_find(d->calendar, type, id);
        else
            list_find(&d->pane[i].list, type, id);
    }
    d->strip_stale = true;
}

static void write_strip(struct desk *d)
{
    if (desk_on_grid(d)) {
        buf_clear(&d->strip[0]);
        buf_clear(&d->strip[1]);
        calendar_strip(d->calendar, &d->strip[0], &d->strip[1]);
    } else {
        strip_text(d->screen.ui, &focused(d)->list, &d->strip[0], &d->strip[1]);
    }
}

static bool desk_idle(struct screen *s)
{
    struct desk *d = (struct desk *)s;
    enum type_id type = T_NONE;
    int64_t id = 0;
    bool news = false;
    desk_row(d, &type, &id);
    for (int i = 0; i < PANES; i++) {
        if (!desk_seen(d, i))
            continue;
        if (i != CALENDAR || !desk_in_grid(d))
            news = list_idle(&d->pane[i].list) || news;
        else if (calendar_idle(d->calendar))
            news = d->strip_stale = true;
    }
    if (d->strip_stale || id != d->strip_id || type != d->strip_type) {
        write_strip(d);
        d->strip_id = id;
        d->strip_type = type;
        d->strip_stale = false;
        news = true;
    }
    return news;
}

static unsigned desk_context(struct screen *s)
{
    return contexts[((struct desk *)s)->focus];
}

static void desk_leave(struct screen *s)
{
    desk_remember((struct desk *)s);
}

static void desk_free(struct screen *s)
{
    struct desk *d = (struct desk *)s;
    calendar_free(d->calendar);
    for (int i = 0; i < PANES; i++) {
        list_free(&d->pane[i].list);
        edit_free(&d->pane[i].search);
    }
    marks_clear(&d->folded);
    free(d->other);
    buf_free(&d->chosen_text);
    buf_free(&d->strip[0]);
    buf_free(&d->strip[1]);
    buf_free(&d->remembered);
    free(d);
}

static const struct screen_class desk_class = {
    .name = "desk",
    .context_now = desk_context,
    .draw = desk_draw,
    .act = desk_act,
    .settle = desk_settle,
    .may = desk_may,
    .key = desk_key,
    .paste = desk_paste,
    .click = desk_click,
    .refresh = desk_refresh,
    .reveal = desk_reveal,
    .idle = desk_idle,
    .leave = desk_leave,
    .free = desk_free,
};

struct screen *desk_new(struct ui *ui)
{
    struct desk *d = mem_alloc(sizeof *d);
    d->screen.class = &desk_class;
    d->screen.ui = ui;
    d->focus = TODAY;
    d->share[FIRST_OF_THREE] = d->share[SECOND_OF_THREE] = 33;
    d->share[FIRST_OF_TWO] = 45;
    d->strip_stale = true;
    list_init(&d->pane[OFFERINGS].list, ui, listing_by_name("programme"),
              "code,title,status,starts,kind");
    list_group(&d->pane[OFFERINGS].list, "plan", "area");
    d->pane[OFFERINGS].list.folded = &d->folded;
    d->pane[OFFERINGS].list.below = "cohorts";
    list_init(&d->pane[CALENDAR].list, ui, listing_by_name("gatherings"),
              "when,ref,title,place,people,present");
    list_init(&d->pane[TODAY].list, ui, listing_by_name("today"),
              "when,ref,why:23,title:14,people,place");
    list_group(&d->pane[TODAY].list, "what", NULL);
    d->calendar = calendar_new(ui, &d->pane[CALENDAR].list.q);
    desk_show_contacts(d);
    desk_start_calendar(d);
    desk_restore(d);
    return &d->screen;
}
