/* The tree of offerings: grouped, folded, one's own. */
#include "config.h"

#include <stdlib.h>

#include "ui/desk_parts.h"
#include "ui/screens.h"

/* ---- the tree of offerings --------------------------------------------------------------------
 */

void desk_fold(struct desk *d)
{
    struct list *l = &d->pane[OFFERINGS].list;
    struct buf folded = {0};
    desk_folded(d, &folded);
    if (d->folded.all)
        list_hide(l, "level", "1");
    else
        list_hide(l, "parent", folded.len ? folded.s : NULL);
    buf_free(&folded);
}

void desk_folded(const struct desk *d, struct buf *out)
{
    for (size_t i = 0; i < d->folded.cap; i++)
        if (d->folded.slot[i].type)
            buf_addf(out, "%s%lld", out->len ? "," : "", (long long)d->folded.slot[i].id);
}

static void fold_one(struct desk *d)
{
    struct list *l = &d->pane[OFFERINGS].list;
    const struct listing_row *r = list_row(l);
    const char *parent = list_cell(l, "parent");
    if (!r)
        return;
    int64_t offering = parent ? atoll(parent) : r->id;
    const char *cohorts = list_cell(l, "cohorts");
    if (d->folded.all) { /* all the others stay so */
        ui_say(d->screen.ui, "%s", _("All cohorts are folded away; Z unfolds them."));
        return;
    }
    if (!parent && cohorts && atoi(cohorts) == 0) {
        ui_say(d->screen.ui, "%s", _("This offering has no cohorts to fold away."));
        return;
    }
    marks_set(&d->folded, T_OFFERING, offering, !marks_has(&d->folded, T_OFFERING, offering));
    desk_fold(d);
    list_find(l, T_OFFERING, offering);
}

static void fold_all(struct desk *d)
{
    const struct listing_row *r = list_row(&d->pane[OFFERINGS].list);
    const char *parent = list_cell(&d->pane[OFFERINGS].list, "parent");
    int64_t offering = parent ? atoll(parent) : r ? r->id : 0;
    bool fold = !marks_any(&d->folded);
    marks_clear(&d->folded);
    if (fold)
        marks_all(&d->folded);
    desk_fold(d);
    list_find(&d->pane[OFFERINGS].list, T_OFFERING, offering);
}

static const struct {
    const char *label, *first, *second;
} groupings[] = {
    {N_("Plan and programme area"), "plan", "area"},
    {N_("Programme area"), "area", NULL},
    {N_("Status"), "of_status", NULL},
    {N_("Kind"), "of_kind", NULL},
    {N_("Contact"), "of_contact", NULL},
    {N_("No groups"), NULL, NULL},
};
enum { GROUPINGS = sizeof groupings / sizeof *groupings };

static void grouped(void *arg, size_t i)
{
    struct desk *d = arg;
    list_group(&d->pane[OFFERINGS].list, groupings[i].first, groupings[i].second);
}

static size_t grouping_now(const struct list *l)
{
    for (size_t i = 0; i < GROUPINGS; i++) {
        const struct listing *g = l->q.listing;
        int first = groupings[i].first ? listing_column(g, groupings[i].first) : -1;
        int second = groupings[i].second ? listing_column(g, groupings[i].second) : -1;
        if (first == l->group[0] && (first < 0 || second == l->group[1]))
            return i;
    }
    return 0;
}

static void ask_grouping(struct desk *d)
{
    const char *labels[GROUPINGS];
    for (size_t i = 0; i < GROUPINGS; i++)
        labels[i] = lang_tr(groupings[i].label);
    choose_open(d->screen.ui, _("Group the offerings by"), labels, GROUPINGS,
                grouping_now(&d->pane[OFFERINGS].list), grouped, d, NULL);
}

static void show_mine(struct desk *d)
{
    struct list *l = &d->pane[OFFERINGS].list;
    struct error err = {0};
    int mine = listing_column(l->q.listing, "mine");
    for (size_t i = 0; i < l->q.nfilters; i++) {
        if (l->q.filter[i].column == mine) {
            list_filter_remove(l, i);
            ui_say(d->screen.ui, "%s", _("All offerings are shown again."));
            return;
        }
    }
    if (list_filter(l, "mine=1", &err) == ST_OK)
        ui_say(d->screen.ui, "%s", _("Only your own offerings are shown; m shows all again."));
    else
        ui_complain(d->screen.ui, &err);
}

bool desk_tree_act(struct desk *d, enum action_id id)
{
    switch (id) {
    case ACTION_GROUP: ask_grouping(d); return true;
    case ACTION_FOLD: fold_one(d); return true;
    case ACTION_FOLD_ALL: fold_all(d); return true;
    case ACTION_MINE: show_mine(d); return true;
    default: return false;
    }
}
