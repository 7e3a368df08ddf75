/* What is done on the screen of a record: with the record itself, or with the row in hand of what
 * belongs to it. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "ui/arrange.h"
#include "ui/bulk_act.h"
#include "ui/record_parts.h"
#include "ui/screens.h"

/* ---- what is in hand --------------------------------------------------------------------------
 */

static const struct listing_row *row_in_hand(struct view *v)
{
    struct list *l = view_list(v);
    return l && !v->whole ? list_row(l) : NULL;
}

struct target {
    enum type_id type;
    int64_t id;
};

static struct target in_hand(struct view *v)
{
    const struct listing_row *r = row_in_hand(v);
    return r ? (struct target){r->type, r->id} : (struct target){v->type->id, v->id};
}

static bool has_roster(enum type_id type)
{
    return type == T_COHORT || type == T_GATHERING;
}

/* The row where it can be one of these, else the record. */
static struct target nearest(struct view *v, bool (*fits)(enum type_id))
{
    struct target t = in_hand(v);
    return fits(t.type) ? t : (struct target){v->type->id, v->id};
}

static bool has_sheet(enum type_id type)
{
    return type == T_GATHERING;
}

/* ---- something new below it --------------------------------------------------------------------
 */

/* What belongs below a record of a type, made with n; of the list that is shown where that has
 * something of its own. */
static const struct below {
    enum type_id of;
    const char *listing; /* NULL: whatever is shown */
    enum type_id make;
    const char *field;
} belows[] = {
    {T_PERSON, "enrolments", T_ENROLMENT, "person"},
    {T_PERSON, NULL, T_POSITION, "person"},
    {T_ORGANISATION, "organisations", T_ORGANISATION, "parent"},
    {T_ORGANISATION, NULL, T_POSITION, "organisation"},
    {T_OFFERING, "placements", T_PLACEMENT, "offering"},
    {T_OFFERING, NULL, T_COHORT, "offering"},
    {T_COHORT, "roster", T_ENROLMENT, "cohort"},
    {T_COHORT, NULL, T_GATHERING, "cohort"},
    {T_PLAN, NULL, T_PLACEMENT, "plan"},
};

static const struct below *part_below(struct view *v)
{
    const struct list *l = view_list(v);
    for (size_t i = 0; i < sizeof belows / sizeof *belows; i++)
        if (belows[i].of == v->type->id &&
            (!belows[i].listing || (l && strcmp(l->q.listing->name, belows[i].listing) == 0)))
            return &belows[i];
    return NULL;
}

static void new_part(struct view *v)
{
    const struct below *b = part_below(v);
    struct record *r = record_new(type_by_id(b->make));
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)v->id);
    record_put(r, type_field(r->type, b->field), id);
    form_open(v->screen.ui, r, NULL, NULL, NULL);
}

/* ---- moving ------------------------------------------------------------------------------------
 */

static bool scroll_note(struct view *v, enum action_id id)
{
    size_t page = v->flow_seen > 1 ? v->flow_seen - 1 : 1, top = v->flow_top;
    switch (id) {
    case ACTION_DOWN: v->flow_top++; break; /* drawing keeps it within bounds */
    case ACTION_UP: v->flow_top -= top > 0; break;
    case ACTION_PAGE_DOWN: v->flow_top += page; break;
    case ACTION_PAGE_UP: v->flow_top -= top < page ? top : page; break;
    case ACTION_FIRST: v->flow_top = 0; break;
    case ACTION_LAST: v->flow_top = v->flow.n; break;
    default: return false;
    }
    return true;
}

/* From the record down into what belongs to it, and from its first row up again. True when that was
 * all. */
static bool cross(struct view *v, enum action_id id)
{
    struct list *l = view_list(v);
    bool at_top = l ? l->at_start && l->selected == 0 : v->flow_top == 0;
    if (v->whole && id == ACTION_DOWN && view_parts(v)) {
        v->whole = false;
        return true;
    }
    if (!v->whole && id == ACTION_UP && at_top) {
        v->whole = true;
        return true;
    }
    return v->whole && id == ACTION_UP;
}

/* The record itself, then its parts, and round again. */
static void next_part(struct view *v, int by)
{
    int n = view_parts(v) + 1, at = v->whole ? 0 : v->focus + 1;
    at = (at + by + n) % n;
    v->whole = at == 0;
    if (!v->whole)
        v->focus = at - 1;
}

static bool move(struct view *v, enum action_id id)
{
    struct list *l = view_list(v);
    if (cross(v, id))
        return true;
    bool moved = l ? list_act(l, id) : v->note && scroll_note(v, id);
    if (moved)
        v->whole = false;
    return moved;
}

/* ---- acting -------------------------------------------------------------------------------------
 */

static bool on_target(struct view *v, enum action_id id)
{
    struct ui *ui = v->screen.ui;
    struct target t = in_hand(v);
    switch (id) {
    case ACTION_OPEN:
        if (v->whole)
            form_edit(ui, t.type, t.id);
        else
            record_open(ui, t.type, t.id);
        return true;
    case ACTION_EDIT: form_edit(ui, t.type, t.id); return true;
    case ACTION_REMOVE: record_ask_remove(ui, t.type, t.id); return true;
    case ACTION_HISTORY: history_open(ui, t.type, t.id); return true;
    case ACTION_ROSTER:
        t = nearest(v, has_roster);
        roster_open(ui, t.type, t.id);
        return true;
    case ACTION_PRINT: print_start(ui, nearest(v, has_sheet).id); return true;
    default: return false;
    }
}

enum handled view_act(struct screen *s, enum action_id id)
{
    struct view *v = (struct view *)s;
    struct list *l = view_list(v);
    if (!v->record && id != ACTION_BACK)
        return NOT_HANDLED;
    if (move(v, id))
        return HANDLED;
    if (l && (arrange_act(s->ui, l, id) ||
              ((!v->whole || id != ACTION_REMOVE) && bulk_act(s->ui, l, id))))
        return HANDLED;
    if (on_target(v, id))
        return HANDLED;
    switch (id) {
    case ACTION_NEW_PART: new_part(v); return HANDLED;
    case ACTION_NEXT_PART: next_part(v, 1); return HANDLED;
    case ACTION_PREVIOUS_PART: next_part(v, -1); return HANDLED;
    default: return NOT_HANDLED;
    }
}

void view_settle(struct screen *s, enum action_id id)
{
    struct view *v = (struct view *)s;
    (void)id;
    if (v->record && view_list(v))
        list_settle(view_list(v));
}

bool view_may(struct screen *s, enum action_id id, struct buf *why)
{
    struct view *v = (struct view *)s;
    const struct list *l = view_list(v);
    bool row = row_in_hand(v) != NULL;
    const char *words = NULL;
    switch (id) {
    case ACTION_ROSTER:
        if (!has_roster(nearest(v, has_roster).type))
            words = _("Choose a cohort or a gathering first.");
        break;
    case ACTION_PRINT:
        if (!has_sheet(nearest(v, has_sheet).type))
            words = _("Choose a gathering in the calendar first.");
        break;
    case ACTION_NEW_PART:
        if (!part_below(v))
            words = _("Nothing new belongs below this record.");
        break;
    case ACTION_EDIT:
    case ACTION_REMOVE:
        if (!type_by_id(in_hand(v).type)->by_hand)
            words = _("This is written by the program and cannot be changed.");
        break;
    case ACTION_OPEN:
        if (v->whole && !v->type->by_hand)
            words = _("This is written by the program and cannot be changed.");
        else if (!v->whole && !row)
            words = _("There is no row to do this with.");
        break;
    case ACTION_COPY:
        if (!l)
            words = _("There is no list here to copy.");
        break;
    case ACTION_COPY_ROW:
    case ACTION_SET_FIELD:
        if (l && v->whole && list_marked(l) == 0)
            words = _("There is no row to do this with.");
        /* fall through */
    case ACTION_SORT:
    case ACTION_COLUMNS:
        if (!l)
            words = _("There is no list here.");
        break;
    default:
        if (!l && action_at(id)->menu == MENU_SELECT)
            words = _("There is no list here.");
        break;
    }
    if (!words && l && !(v->whole && id == ACTION_REMOVE))
        return bulk_may(s->ui, l, id, why);
    if (words && why)
        buf_add(why, words);
    return !words;
}
