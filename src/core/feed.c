/* Listings for a calendar and an address book: the rows of the lists of gatherings and of people,
 * with other columns. */
#include "config.h"

#include "samling/feed.h"

#include <string.h>

#include "samling/lang.h"
#include "samling/text.h"

/* Tables: a row a line where it fits. */
/* clang-format off */

/* The aliases are those of the lists whose rows these are (listings.c). */

static const struct column calendar_columns[CALENDAR_CELLS] = {
    [CALENDAR_ID] = {.name = "id", .label = N_("No."), .sql = "g.id", .kind = COLUMN_NUMBER, .sort = "g.id"},
    [CALENDAR_REF] = {.name = "ref", .label = N_("Reference"), .sql = "o.code || '/' || c.number || '/' || g.number"},
    [CALENDAR_CODE] = {.name = "code", .label = N_("Code"), .sql = "o.code", .sort = "o.sort_key"},
    [CALENDAR_OFFERING] = {.name = "offering", .label = N_("Offering"), .sql = "o.title", .sort = "o.sort_key"},
    [CALENDAR_COHORT] = {.name = "cohort", .label = N_("Cohort"), .sql = "c.name", .sort = "c.number"},
    [CALENDAR_NUMBER] = {.name = "number", .label = N_("Number"), .sql = "g.number", .kind = COLUMN_NUMBER,
                         .sort = "g.number"},
    [CALENDAR_TITLE] = {.name = "title", .label = N_("Title"), .sql = "g.title"},
    [CALENDAR_LEVEL] = {.name = "level", .label = N_("Level"), .sql = "g.level", .kind = COLUMN_CHOICE,
                        .type = T_GATHERING, .field = "level"},
    [CALENDAR_STARTS] = {.name = "starts", .label = N_("Starts"), .sql = "g.starts", .kind = COLUMN_MOMENT,
                         .sort = "coalesce(g.starts, '')"},
    [CALENDAR_ENDS] = {.name = "ends", .label = N_("Ends"), .sql = "g.ends", .kind = COLUMN_MOMENT},
    [CALENDAR_PLACE] = {.name = "place", .label = N_("Place"), .sql = "g.place"},
    [CALENDAR_STATUS] = {.name = "status", .label = N_("Status"), .sql = "g.status", .kind = COLUMN_CHOICE,
                         .type = T_GATHERING, .field = "status"},
    [CALENDAR_CANCELLED] = {.name = "cancelled", .label = N_("cancelled"), .kind = COLUMN_NUMBER,
                            .sql = "('cancelled' IN (g.status, c.status, o.status))"},
    [CALENDAR_ORGANISER] = {.name = "organiser", .label = N_("Organiser"), .sql = "u.name"},
    [CALENDAR_CONTACT] = {.name = "contact", .label = N_("Contact"),
                          .sql = "trim(coalesce(k.given_name, '') || ' ' || coalesce(k.family_name, ''))"},
    [CALENDAR_CONTACT_EMAIL] = {.name = "email", .label = N_("E-mail"), .sql = "k.email"},
    /* Versions begin at 1 and only rise, and what an event says is written in all three. */
    [CALENDAR_REVISION] = {.name = "revision", .label = N_("Revision"), .kind = COLUMN_NUMBER,
                           .sql = "(g.version + c.version + o.version - 3)"},
    [CALENDAR_CHANGED] = {.name = "changed", .label = N_("Changed"), .kind = COLUMN_TIME,
                          .sql = "max(g.changed_at, c.changed_at, o.changed_at)"},
};

/* The statuses of those who are expected to come. */
#define EXPECTED "('registered', 'confirmed', 'completed')"

static const struct scope calendar_scopes[] = {
    {T_OFFERING, "c.offering_id = ?1"},
    {T_COHORT, "g.cohort_id = ?1"},
    {T_GATHERING, "g.id = ?1"},
    {T_PERSON, "g.cohort_id IN (SELECT cohort_id FROM enrolment WHERE person_id = ?1 AND status IN " EXPECTED ")"},
    {T_ORGANISATION,
     "g.cohort_id IN (SELECT cohort_id FROM enrolment WHERE organisation_id = ?1 AND status IN " EXPECTED ")"},
    {T_NONE, NULL},
};

static const struct column contact_columns[CONTACT_CELLS] = {
    [CONTACT_ID] = {.name = "id", .label = N_("No."), .sql = "p.id", .kind = COLUMN_NUMBER, .sort = "p.id"},
    [CONTACT_GIVEN_NAME] = {.name = "given_name", .label = N_("Given name"), .sql = "p.given_name"},
    [CONTACT_FAMILY_NAME] = {.name = "family_name", .label = N_("Family name"), .sql = "p.family_name",
                             .sort = "p.sort_key"},
    [CONTACT_EMAIL] = {.name = "email", .label = N_("E-mail"), .sql = "p.email"},
    [CONTACT_PHONE] = {.name = "phone", .label = N_("Phone"), .sql = "p.phone"},
    [CONTACT_ORGANISATION] = {.name = "organisation", .label = N_("Organisation"), .sql = "o.name",
                              .sort = "coalesce(o.sort_key, x'')", .joined = true},
    [CONTACT_MUNICIPALITY] = {.name = "municipality", .label = N_("Municipality"), .sql = "o.municipality",
                              .joined = true},
    [CONTACT_ADDRESS] = {.name = "address", .label = N_("Address"), .sql = "o.address", .joined = true},
    [CONTACT_POSITION] = {.name = "position", .label = N_("Position"), .sql = "q.role", .kind = COLUMN_CHOICE,
                          .type = T_POSITION, .field = "role", .joined = true},
    [CONTACT_CHANGED] = {.name = "changed", .label = N_("Changed"), .kind = COLUMN_TIME, .joined = true,
                         .sql = "max(p.changed_at, coalesce(q.changed_at, 0), coalesce(o.changed_at, 0))"},
};

/* clang-format on */

/* `like`: the list whose rows they are. */
static void make(struct listing *l, const char *like, const char *name, const char *label,
                 const struct column *columns, size_t ncolumns)
{
    *l = *listing_by_name(like);
    l->name = name;
    l->label = label;
    l->columns = columns;
    l->ncolumns = ncolumns;
}

const struct listing *feed_calendar(void)
{
    static struct listing l;
    if (!l.name) {
        make(&l, "gatherings", "calendar", N_("Calendar"), calendar_columns, CALENDAR_CELLS);
        l.joins = " LEFT JOIN person k ON k.id = o.contact_id"
                  " LEFT JOIN organisation u ON u.id = o.organiser_id";
        l.order = "starts,code,number";
        l.scopes = calendar_scopes;
    }
    return &l;
}

const struct listing *feed_contacts(void)
{
    static struct listing l;
    if (!l.name)
        make(&l, "people", "contacts", N_("Contacts"), contact_columns, CONTACT_CELLS);
    return &l;
}

const struct listing *feed_by_name(const char *name)
{
    const struct listing *feeds[] = {feed_calendar(), feed_contacts()};
    for (size_t i = 0; i < sizeof feeds / sizeof feeds[0]; i++)
        if (strcmp(feeds[i]->name, name) == 0 || text_same(lang_tr(feeds[i]->label), name))
            return feeds[i];
    return NULL;
}
