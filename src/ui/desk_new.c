/* New records made from the desk, with what the row in hand proposes. */
#include "config.h"

#include <stdio.h>

#include "ui/desk_parts.h"
#include "ui/screens.h"

static void put_id(struct record *r, const char *field, int64_t id)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)id);
    record_put(r, type_field(r->type, field), text);
}

static void make(struct desk *d, enum type_id type, const char *parent, int64_t id)
{
    struct record *r = record_new(type_by_id(type));
    if (parent && id)
        put_id(r, parent, id);
    form_open(d->screen.ui, r, NULL, NULL, NULL);
}

static int64_t parent_of(struct desk *d, enum type_id type, int64_t id, const char *field)
{
    struct record *r;
    int64_t parent = 0;
    if (record_load(d->screen.ui->session, type_by_id(type), id, &r, NULL) == ST_OK) {
        parent = record_get_id(r, field);
        record_free(r);
    }
    return parent;
}

/* Of the cohort in hand, the one that was chosen, or that of the gathering in hand. On a day of the
 * calendar it is that day's. */
static void make_gathering(struct desk *d, enum type_id type, int64_t id)
{
    struct record *r = record_new(type_by_id(T_GATHERING));
    int64_t cohort = type == T_COHORT ? id : d->chosen_type == T_COHORT ? d->chosen : 0;
    if (!cohort && type == T_GATHERING)
        cohort = parent_of(d, T_GATHERING, id, "cohort");
    if (cohort)
        put_id(r, "cohort", cohort);
    if (desk_in_grid(d) && d->focus == CALENDAR) {
        char day[DATE_SIZE];
        date_join(calendar_day(d->calendar), day);
        record_put(r, type_field(r->type, "starts"), day);
    }
    form_open(d->screen.ui, r, NULL, NULL, NULL);
}

static void make_cohort(struct desk *d, enum type_id type, int64_t id)
{
    int64_t offering = type == T_OFFERING ? id : 0;
    if (type == T_COHORT) /* a sister of this one */
        offering = parent_of(d, T_COHORT, id, "offering");
    make(d, T_COHORT, "offering", offering);
}

static void make_here(struct desk *d, enum type_id type, int64_t id)
{
    switch (d->focus) {
    case OFFERINGS: make(d, T_OFFERING, NULL, 0); break;
    case CONTACTS: make(d, d->organisations ? T_ORGANISATION : T_PERSON, NULL, 0); break;
    default: make_gathering(d, type, id); break;
    }
}

bool desk_make(struct desk *d, enum action_id action)
{
    enum type_id type = T_NONE;
    int64_t id = 0;
    desk_row(d, &type, &id);
    switch (action) {
    case ACTION_NEW: make_here(d, type, id); return true;
    case ACTION_NEW_COHORT: make_cohort(d, type, id); return true;
    case ACTION_NEW_GATHERING: make_gathering(d, type, id); return true;
    case ACTION_NEW_PERSON: make(d, T_PERSON, NULL, 0); return true;
    case ACTION_NEW_ORGANISATION: make(d, T_ORGANISATION, NULL, 0); return true;
    default: return false;
    }
}
