/* The listings. See listing.h for what each entry means. In SQL, ?1 is the scope's id, ?2 its type,
 * ?3 today. */
#include "config.h"

#include "samling/listing.h"

#include <string.h>

#include "samling/lang.h"
#include "samling/text.h"

/* Tables: a row a line where it fits. */
/* clang-format off */

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define FAMILY_FIRST(p) "coalesce(" p ".family_name || ', ', '') || coalesce(" p ".given_name, '')"
#define NAME(p)  "trim(coalesce(" p ".given_name, '') || ' ' || coalesce(" p ".family_name, ''))"

/* Types in SQL: the numbers of enum type_id. */
#define OFFERING  "4"
#define COHORT    "5"
#define GATHERING "6"
_Static_assert(T_OFFERING == 4 && T_COHORT == 5 && T_GATHERING == 6, "numbers in SQL");

/* The statuses of those who are expected to come. */
#define EXPECTED "('registered', 'confirmed', 'completed')"

/* The cohorts that a scope of offering, cohort or gathering means. */
#define COHORTS                                                                                     \
    "(SELECT cohort_id FROM gathering WHERE ?2 = " GATHERING " AND id = ?1"                         \
    " UNION ALL SELECT id FROM cohort WHERE ?2 = " COHORT " AND id = ?1"                            \
    " UNION ALL SELECT id FROM cohort WHERE ?2 = " OFFERING " AND offering_id = ?1)"

/* ---- people --------------------------------------------------------------------------------- */

static const struct column people_columns[] = {
    {.name = "id", .label = N_("No."), .sql = "p.id", .kind = COLUMN_NUMBER, .sort = "p.id"},
    {.name = "given_name", .label = N_("Given name"), .sql = "p.given_name", .width = 14, .grow = 2},
    {.name = "family_name", .label = N_("Family name"), .sql = "p.family_name", .sort = "p.sort_key", .width = 14,
     .grow = 2},
    {.name = "email", .label = N_("E-mail"), .sql = "p.email", .width = 20, .grow = 2},
    {.name = "phone", .label = N_("Phone"), .sql = "p.phone", .width = 10},
    {.name = "organisation", .label = N_("Organisation"), .sql = "o.name", .sort = "coalesce(o.sort_key, x'')", .joined = true,
     .width = 24, .grow = 3},
    {.name = "municipality", .label = N_("Municipality"), .sql = "o.municipality", .joined = true, .width = 10, .grow = 1},
    {.name = "position", .label = N_("Position"), .sql = "q.role", .joined = true, .kind = COLUMN_CHOICE, .type = T_POSITION,
     .field = "role", .width = 12, .grow = 1},
    {.name = "name", .label = N_("Name"), .sql = FAMILY_FIRST("p"), .sort = "p.sort_key", .width = 18, .grow = 4,
     .screen = true},
};

static const struct scope people_scopes[] = {
    {T_OFFERING, "p.id IN (SELECT person_id FROM enrolment WHERE cohort_id IN " COHORTS ")"},
    {T_COHORT, "p.id IN (SELECT person_id FROM enrolment WHERE cohort_id IN " COHORTS ")"},
    {T_GATHERING, "p.id IN (SELECT person_id FROM enrolment WHERE cohort_id IN " COHORTS ")"},
    {T_ORGANISATION, "p.id IN (SELECT person_id FROM position WHERE organisation_id = ?1)"},
    {T_NONE, NULL},
};

#define CURRENT_POSITION                                                                              \
    "(SELECT c.id FROM position c WHERE c.person_id = p.id AND (c.ends IS NULL OR c.ends >= ?3)"      \
    " ORDER BY coalesce(c.starts, '') DESC, c.id DESC LIMIT 1)"

/* ---- organisations -------------------------------------------------------------------------- */

static const struct column organisations_columns[] = {
    {.name = "id", .label = N_("No."), .sql = "o.id", .kind = COLUMN_NUMBER, .sort = "o.id"},
    {.name = "name", .label = N_("Name"), .sql = "o.name", .sort = "o.sort_key", .width = 24, .grow = 4},
    {.name = "kind", .label = N_("Kind"), .sql = "o.kind", .kind = COLUMN_CHOICE, .type = T_ORGANISATION,
     .field = "kind", .width = 12, .grow = 1},
    {.name = "ownership", .label = N_("Ownership"), .sql = "o.ownership", .kind = COLUMN_CHOICE,
     .type = T_ORGANISATION, .field = "ownership", .width = 9},
    {.name = "orgno", .label = N_("Org. no."), .sql = "o.orgno", .width = 9},
    {.name = "parent", .label = N_("Belongs to"), .sql = "up.name", .sort = "coalesce(up.sort_key, x'')",
     .joined = true, .width = 14, .grow = 1},
    {.name = "municipality", .label = N_("Municipality"), .sql = "o.municipality", .width = 12, .grow = 1},
    {.name = "email", .label = N_("E-mail"), .sql = "o.email", .width = 20, .grow = 1},
    {.name = "phone", .label = N_("Phone"), .sql = "o.phone", .width = 10},
    {.name = "address", .label = N_("Address"), .sql = "o.address"},
    {.name = "note", .label = N_("Note"), .sql = "o.note"},
};

static const struct scope organisations_scopes[] = {
    {T_OFFERING, "o.id IN (SELECT organisation_id FROM enrolment WHERE cohort_id IN " COHORTS ")"},
    {T_COHORT, "o.id IN (SELECT organisation_id FROM enrolment WHERE cohort_id IN " COHORTS ")"},
    {T_GATHERING, "o.id IN (SELECT organisation_id FROM enrolment WHERE cohort_id IN " COHORTS ")"},
    {T_ORGANISATION, "o.parent_id = ?1"},
    {T_NONE, NULL},
};

/* ---- offerings and cohorts ------------------------------------------------------------------ */

static const struct column offerings_columns[] = {
    {.name = "id", .label = N_("No."), .sql = "o.id", .kind = COLUMN_NUMBER, .sort = "o.id"},
    {.name = "code", .label = N_("Code"), .sql = "o.code", .sort = "o.sort_key", .width = 10},
    {.name = "title", .label = N_("Offering"), .sql = "o.title", .width = 24, .grow = 4},
    {.name = "kind", .label = N_("Kind"), .sql = "o.kind", .kind = COLUMN_CHOICE, .type = T_OFFERING, .field = "kind",
     .width = 10},
    {.name = "area", .label = N_("Area"), .sql = "o.area", .width = 10, .grow = 1},
    {.name = "status", .label = N_("Status"), .sql = "o.status", .kind = COLUMN_CHOICE, .type = T_OFFERING,
     .field = "status", .width = 10},
    {.name = "starts", .label = N_("From"), .sql = "o.starts", .kind = COLUMN_DAY, .width = 10},
    {.name = "ends", .label = N_("Until"), .sql = "o.ends", .kind = COLUMN_DAY, .width = 10},
    {.name = "contact", .label = N_("Contact"), .sql = NAME("p"), .sort = "coalesce(p.sort_key, x'')",
     .joined = true, .width = 14, .grow = 1},
};

static const struct column cohorts_columns[] = {
    {.name = "id", .label = N_("No."), .sql = "c.id", .kind = COLUMN_NUMBER, .sort = "c.id"},
    {.name = "ref", .label = N_("Reference"), .sql = "o.code || '/' || c.number", .width = 10},
    {.name = "offering", .label = N_("Offering"), .sql = "o.title", .sort = "o.sort_key", .width = 20, .grow = 2},
    {.name = "name", .label = N_("Name"), .sql = "c.name", .sort = "c.number", .width = 12, .grow = 1},
    {.name = "starts", .label = N_("From"), .sql = "c.starts", .kind = COLUMN_DAY, .width = 10},
    {.name = "ends", .label = N_("Until"), .sql = "c.ends", .kind = COLUMN_DAY, .width = 10},
    {.name = "organisations", .label = N_("Organisations"), .kind = COLUMN_NUMBER, .width = 14,
     .sql = "(SELECT count(DISTINCT e.organisation_id) FROM enrolment e WHERE e.cohort_id = c.id AND e.status IN " EXPECTED ")"},
    {.name = "people", .label = N_("People"), .kind = COLUMN_NUMBER, .width = 8,
     .sql = "(SELECT count(*) FROM enrolment e WHERE e.cohort_id = c.id AND e.status IN " EXPECTED ")"},
    {.name = "gatherings", .label = N_("Gatherings"), .kind = COLUMN_NUMBER, .width = 10,
     .sql = "(SELECT count(*) FROM gathering g WHERE g.cohort_id = c.id)"},
    {.name = "status", .label = N_("Status"), .sql = "c.status", .kind = COLUMN_CHOICE, .type = T_COHORT,
     .field = "status", .width = 10},
};

static const struct scope cohorts_scopes[] = {
    {T_OFFERING, "c.offering_id = ?1"},
    {T_NONE, NULL},
};

/* Each offering with its cohorts below it: the first pane. The casts give both halves the same affinities, without
 * which SQLite would make and sort the whole instead of merging two walks along the order. */
#define PROGRAMME                                                                                                  \
    "(SELECT CAST(" OFFERING " AS INTEGER) AS type, id, id AS offering, sort_key, CAST(0 AS INTEGER) AS number,"   \
    " code, title, kind, area, status, starts, ends FROM offering UNION ALL SELECT CAST(" COHORT " AS INTEGER),"   \
    " c.id, o.id, o.sort_key, c.number, CAST('  /' || c.number AS TEXT), c.name, CAST(NULL AS TEXT), o.area,"      \
    " c.status, c.starts, c.ends FROM offering o CROSS JOIN cohort c ON c.offering_id = o.id) t"

/* A cohort's name with its people. */
#define PROGRAMME_TITLE                                                                                          \
    "t.title || CASE t.type WHEN " COHORT " THEN coalesce('  ' || nullif((SELECT count(*) FROM enrolment e"      \
    " WHERE e.cohort_id = t.id AND e.status IN " EXPECTED "), 0), '') ELSE '' END"

/* Of offerings and of cohorts. */
static const struct choice programme_statuses[] = {
    {"draft", N_("draft"), NULL},         {"published", N_("published"), NULL},
    {"planned", N_("planned"), NULL},     {"open", N_("open for registration"), NULL},
    {"running", N_("running"), NULL},     {"completed", N_("completed"), NULL},
    {"cancelled", N_("cancelled"), NULL}, {NULL, NULL, NULL},
};

static const struct column programme_columns[] = {
    {.name = "code", .label = N_("Code"), .sql = "t.code", .sort = "t.sort_key", .width = 11},
    {.name = "number", .label = N_("No."), .sql = "t.number", .kind = COLUMN_NUMBER, .sort = "t.number"},
    {.name = "title", .label = N_("Offering"), .sql = PROGRAMME_TITLE, .width = 16, .grow = 5},
    {.name = "kind", .label = N_("Kind"), .sql = "t.kind", .kind = COLUMN_CHOICE, .type = T_OFFERING, .field = "kind",
     .width = 9},
    {.name = "starts", .label = N_("From"), .sql = "t.starts", .kind = COLUMN_DAY, .width = 10},
    {.name = "status", .label = N_("Status"), .sql = "t.status", .kind = COLUMN_CHOICE,
     .choices = programme_statuses, .width = 9},
};

/* ---- gatherings ----------------------------------------------------------------------------- */

#define SPAN          "g.starts || '|' || coalesce(g.ends, '')"
#define GATHERING_REF "o.code || '/' || c.number || '/' || g.number"
#define PRESENT                                                                                                  \
    "(SELECT count(*) FROM attendance a WHERE a.gathering_id = g.id AND a.mark IN ('present', 'caught_up'))"
#define PEOPLE "(SELECT count(*) FROM enrolment e WHERE e.cohort_id = g.cohort_id AND e.status IN " EXPECTED ")"

static const struct column gatherings_columns[] = {
    {.name = "id", .label = N_("No."), .sql = "g.id", .kind = COLUMN_NUMBER, .sort = "g.id"},
    {.name = "ref", .label = N_("Reference"), .sql = GATHERING_REF, .width = 9},
    {.name = "offering", .label = N_("Offering"), .sql = "o.title", .sort = "o.sort_key"},
    {.name = "cohort", .label = N_("Cohort"), .sql = "c.name", .sort = "c.number"},
    {.name = "number", .label = N_("Number"), .sql = "g.number", .kind = COLUMN_NUMBER, .sort = "g.number"},
    {.name = "title", .label = N_("Title"), .sql = "g.title", .width = 18, .grow = 4},
    {.name = "level", .label = N_("Level"), .sql = "g.level", .kind = COLUMN_CHOICE, .type = T_GATHERING,
     .field = "level"},
    {.name = "starts", .label = N_("Starts"), .sql = "g.starts", .kind = COLUMN_MOMENT,
     .sort = "coalesce(g.starts, '')", .width = 16},
    {.name = "ends", .label = N_("Ends"), .sql = "g.ends", .kind = COLUMN_MOMENT},
    {.name = "place", .label = N_("Place"), .sql = "g.place", .width = 12, .grow = 2},
    {.name = "people", .label = N_("People"), .sql = PEOPLE, .kind = COLUMN_NUMBER, .width = 8},
    {.name = "present", .label = N_("Present"), .sql = PRESENT, .kind = COLUMN_NUMBER, .width = 10},
    {.name = "status", .label = N_("Status"), .sql = "g.status", .kind = COLUMN_CHOICE, .type = T_GATHERING,
     .field = "status", .width = 12},
    {.name = "when", .label = N_("When"), .sql = SPAN, .kind = COLUMN_SPAN, .sort = "coalesce(g.starts, '')", .width = 20,
     .screen = true},
};

static const struct scope gatherings_scopes[] = {
    {T_OFFERING, "c.offering_id = ?1"},
    {T_COHORT, "g.cohort_id = ?1"},
    {T_GATHERING, "g.cohort_id IN " COHORTS},
    {T_PERSON, "g.cohort_id IN (SELECT cohort_id FROM enrolment WHERE person_id = ?1)"},
    {T_ORGANISATION, "g.cohort_id IN (SELECT cohort_id FROM enrolment WHERE organisation_id = ?1)"},
    {T_NONE, NULL},
};

#define GATHERINGS_FROM "gathering g JOIN cohort c ON c.id = g.cohort_id JOIN offering o ON o.id = c.offering_id"

/* ---- today ---------------------------------------------------------------------------------- */

static const struct choice today_kinds[] = {
    {"attendance", N_("attendance not recorded"), NULL},
    {"now", N_("today"), NULL},
    {"ahead", N_("ahead"), NULL},
    {NULL, NULL, NULL},
};

/* Gatherings of the last year without a single mark come first, then those of the next eight weeks. */
#define TODAY_KIND                                                                                               \
    "CASE WHEN substr(g.starts, 1, 10) = ?3 THEN 'now' WHEN g.starts < ?3 THEN 'attendance' ELSE 'ahead' END"

static const struct column today_columns[] = {
    {.name = "what", .label = N_("What"), .sql = TODAY_KIND, .kind = COLUMN_CHOICE, .choices = today_kinds,
     .sort = "CASE WHEN g.starts < ?3 THEN 0 ELSE 1 END", .width = 24},
    {.name = "starts", .label = N_("When"), .sql = "g.starts", .kind = COLUMN_MOMENT,
     .sort = "coalesce(g.starts, '')", .width = 16},
    {.name = "ref", .label = N_("Reference"), .sql = GATHERING_REF, .width = 10},
    {.name = "title", .label = N_("Title"), .sql = "g.title", .width = 14, .grow = 3},
    {.name = "place", .label = N_("Place"), .sql = "g.place", .width = 10, .grow = 1},
    {.name = "people", .label = N_("People"), .sql = PEOPLE, .kind = COLUMN_NUMBER, .width = 8},
    {.name = "when", .label = N_("When"), .sql = SPAN, .kind = COLUMN_SPAN, .sort = "coalesce(g.starts, '')", .width = 20,
     .screen = true},
    {.name = "ends", .label = N_("Ends"), .sql = "g.ends", .kind = COLUMN_MOMENT, .screen = true},
};

/* ---- roster --------------------------------------------------------------------------------- */

/* Numbers as on the sign-in sheet (sheet.c): those expected, by name, in each cohort. */
#define NUMBERS                                                                                                  \
    "(SELECT e.id AS enrolment, row_number() OVER (PARTITION BY e.cohort_id ORDER BY p.sort_key, e.id) AS number" \
    " FROM enrolment e JOIN person p ON p.id = e.person_id WHERE e.cohort_id IN " COHORTS " AND e.status IN " EXPECTED ")"

/* Of the cohort's gatherings up to today, how many with this person: "2/3". */
#define SO_FAR                                                                                                   \
    "(SELECT count(*) FROM attendance x WHERE x.enrolment_id = e.id AND x.mark IN ('present', 'caught_up'))"     \
    " || '/' || (SELECT count(*) FROM gathering y WHERE y.cohort_id = e.cohort_id AND y.status <> 'cancelled'"   \
    " AND EXISTS (SELECT 1 FROM attendance z WHERE z.gathering_id = y.id))"

static const struct column roster_columns[] = {
    {.name = "number", .label = N_("No."), .sql = "n.number", .kind = COLUMN_NUMBER,
     .sort = "coalesce(n.number, 1000000000)", .width = 4},
    {.name = "given_name", .label = N_("Given name"), .sql = "p.given_name", .width = 12, .grow = 2},
    {.name = "family_name", .label = N_("Family name"), .sql = "p.family_name", .sort = "p.sort_key", .width = 12,
     .grow = 2},
    {.name = "organisation", .label = N_("Organisation"), .sql = "o.name", .sort = "coalesce(o.sort_key, x'')",
     .width = 14, .grow = 3},
    {.name = "municipality", .label = N_("Municipality"), .sql = "o.municipality"},
    {.name = "role", .label = N_("Role"), .sql = "e.role", .kind = COLUMN_CHOICE, .type = T_ENROLMENT, .field = "role",
     .width = 10},
    {.name = "status", .label = N_("Status"), .sql = "e.status", .kind = COLUMN_CHOICE, .type = T_ENROLMENT,
     .field = "status", .width = 10},
    {.name = "email", .label = N_("E-mail"), .sql = "p.email"},
    {.name = "phone", .label = N_("Phone"), .sql = "p.phone"},
    {.name = "attendance", .label = N_("Attendance"), .kind = COLUMN_CHOICE, .type = T_ATTENDANCE, .field = "mark",
     .sql = "CASE WHEN ?2 = " GATHERING " THEN a.mark ELSE " SO_FAR " END", .width = 10},
    {.name = "attended", .label = N_("So far"), .sql = SO_FAR, .width = 6},
    {.name = "name", .label = N_("Name"), .sql = FAMILY_FIRST("p"), .sort = "p.sort_key", .width = 20, .grow = 4,
     .screen = true},
    /* Tells namesakes apart when the list comes back by import. */
    {.name = "person", .label = N_("Person no."), .sql = "p.id", .kind = COLUMN_NUMBER, .sort = "p.id"},
};

static const struct scope roster_scopes[] = {
    {T_OFFERING, "e.cohort_id IN " COHORTS},
    {T_COHORT, "e.cohort_id IN " COHORTS},
    {T_GATHERING, "e.cohort_id IN " COHORTS},
    {T_NONE, NULL},
};

/* ---- what belongs to a person or an organisation ---------------------------------------------- */

static const struct column positions_columns[] = {
    {.name = "id", .label = N_("No."), .sql = "q.id", .kind = COLUMN_NUMBER, .sort = "q.id"},
    {.name = "person", .label = N_("Person"), .sql = NAME("p"), .sort = "p.sort_key", .width = 20, .grow = 2},
    {.name = "organisation", .label = N_("Organisation"), .sql = "o.name", .sort = "o.sort_key", .width = 20,
     .grow = 2},
    {.name = "role", .label = N_("Position"), .sql = "q.role", .kind = COLUMN_CHOICE, .type = T_POSITION,
     .field = "role", .width = 16},
    {.name = "starts", .label = N_("From"), .sql = "q.starts", .kind = COLUMN_DAY, .width = 10},
    {.name = "ends", .label = N_("Until"), .sql = "q.ends", .kind = COLUMN_DAY, .width = 10},
};

static const struct scope positions_scopes[] = {
    {T_PERSON, "q.person_id = ?1"},
    {T_ORGANISATION, "q.organisation_id = ?1"},
    {T_NONE, NULL},
};

static const struct column enrolments_columns[] = {
    {.name = "id", .label = N_("No."), .sql = "e.id", .kind = COLUMN_NUMBER, .sort = "e.id"},
    {.name = "ref", .label = N_("Reference"), .sql = "f.code || '/' || c.number", .width = 10},
    {.name = "offering", .label = N_("Offering"), .sql = "f.title", .sort = "f.sort_key", .width = 20, .grow = 2},
    {.name = "person", .label = N_("Person"), .sql = NAME("p"), .sort = "p.sort_key", .width = 18, .grow = 1},
    {.name = "organisation", .label = N_("Organisation"), .sql = "o.name", .sort = "coalesce(o.sort_key, x'')",
     .width = 16, .grow = 1},
    {.name = "role", .label = N_("Role"), .sql = "e.role", .kind = COLUMN_CHOICE, .type = T_ENROLMENT, .field = "role",
     .width = 10},
    {.name = "status", .label = N_("Status"), .sql = "e.status", .kind = COLUMN_CHOICE, .type = T_ENROLMENT,
     .field = "status", .width = 10},
    {.name = "attended", .label = N_("So far"), .sql = SO_FAR, .width = 6},
};

static const struct scope enrolments_scopes[] = {
    {T_PERSON, "e.person_id = ?1"},
    {T_ORGANISATION, "e.organisation_id = ?1"},
    {T_COHORT, "e.cohort_id = ?1"},
    {T_NONE, NULL},
};

/* ---- imports and users ------------------------------------------------------------------------ */

#define LEFT_IN(table) "(SELECT count(*) FROM " table " x WHERE x.batch_id = b.id)"
#define BATCH_LEFT                                                                                               \
    "CASE WHEN b.undone_at IS NOT NULL THEN " LEFT_IN("person") " + " LEFT_IN("organisation") " + "             \
    LEFT_IN("position") " + " LEFT_IN("enrolment") " + " LEFT_IN("attendance") " + " LEFT_IN("offering") " + " \
    LEFT_IN("cohort") " + " LEFT_IN("gathering") " END"

static const struct column batches_columns[] = {
    {.name = "id", .label = N_("No."), .sql = "b.id", .kind = COLUMN_NUMBER, .sort = "b.id", .width = 5},
    {.name = "at", .label = N_("When"), .sql = "b.created_at", .kind = COLUMN_TIME, .sort = "b.created_at",
     .width = 16},
    {.name = "by", .label = N_("Who"), .sql = "coalesce(u.full_name, u.name)", .width = 10},
    {.name = "type", .label = N_("Type"), .sql = "b.type", .width = 13},
    {.name = "into", .label = N_("Into"), .sql = "b.target", .width = 8},
    {.name = "file", .label = N_("File"), .sql = "b.file", .width = 16, .grow = 1},
    {.name = "rows", .label = N_("Rows"), .sql = "b.rows", .kind = COLUMN_NUMBER, .width = 6},
    {.name = "new", .label = N_("New"), .sql = "b.new", .kind = COLUMN_NUMBER, .width = 5},
    {.name = "matched", .label = N_("Matched"), .sql = "b.matched", .kind = COLUMN_NUMBER, .width = 5},
    {.name = "changed", .label = N_("Changed"), .sql = "b.changed", .kind = COLUMN_NUMBER, .width = 5},
    {.name = "unclear", .label = N_("Unclear"), .sql = "b.unclear", .kind = COLUMN_NUMBER, .width = 5},
    {.name = "rejected", .label = N_("Rejected"), .sql = "b.rejected", .kind = COLUMN_NUMBER, .width = 5},
    {.name = "skipped", .label = N_("Skipped"), .sql = "b.skipped", .kind = COLUMN_NUMBER, .width = 5},
    {.name = "undone", .label = N_("Taken back"), .sql = "b.undone_at", .kind = COLUMN_TIME, .width = 16},
    {.name = "hash", .label = N_("Checksum"), .sql = "b.hash"},
    /* Of an import that was taken back: what was edited or used since, and stayed. */
    {.name = "left", .label = N_("Stayed"), .sql = BATCH_LEFT, .kind = COLUMN_NUMBER},
};

static const struct column users_columns[] = {
    {.name = "id", .label = N_("No."), .sql = "u.id", .kind = COLUMN_NUMBER, .sort = "u.id", .width = 5},
    {.name = "name", .label = N_("User name"), .sql = "u.name", .width = 16},
    {.name = "full_name", .label = N_("Full name"), .sql = "u.full_name", .width = 24, .grow = 1},
    {.name = "role", .label = N_("Role"), .sql = "u.role", .kind = COLUMN_CHOICE, .type = T_USER, .field = "role",
     .width = 14},
    {.name = "active", .label = N_("Active"), .sql = "u.active", .kind = COLUMN_NUMBER, .width = 6},
};

/* ---- the table -------------------------------------------------------------------------------- */

static const struct listing listings[] = {
    {.name = "people", .label = N_("People"), .type = T_PERSON, .id = "p.id",
     .from = "person p",
     .joins = " LEFT JOIN position q ON q.id = " CURRENT_POSITION " LEFT JOIN organisation o ON o.id = q.organisation_id",
     .columns = people_columns, .ncolumns = COUNT(people_columns), .order = "family_name", .scopes = people_scopes,
     .search = T_PERSON, .search_id = "p.id", .search_text = "p.search_text"},
    {.name = "organisations", .label = N_("Organisations"), .type = T_ORGANISATION, .id = "o.id",
     .from = "organisation o", .joins = " LEFT JOIN organisation up ON up.id = o.parent_id", .columns = organisations_columns,
     .ncolumns = COUNT(organisations_columns), .order = "name", .scopes = organisations_scopes,
     .search = T_ORGANISATION, .search_id = "o.id", .search_text = "o.search_text"},
    {.name = "offerings", .label = N_("Offerings"), .type = T_OFFERING, .id = "o.id",
     .from = "offering o", .joins = " LEFT JOIN person p ON p.id = o.contact_id", .columns = offerings_columns,
     .ncolumns = COUNT(offerings_columns), .order = "code", .search = T_OFFERING, .search_id = "o.id",
     .search_text = "o.search_text"},
    {.name = "cohorts", .label = N_("Cohorts"), .type = T_COHORT, .id = "c.id",
     .from = "cohort c JOIN offering o ON o.id = c.offering_id", .columns = cohorts_columns,
     .ncolumns = COUNT(cohorts_columns), .order = "offering,name", .scopes = cohorts_scopes, .search = T_OFFERING,
     .search_id = "c.offering_id"},
    {.name = "programme", .label = N_("Offerings and cohorts"), .type = T_OFFERING, .type_sql = "t.type", .id = "t.id",
     .from = PROGRAMME, .columns = programme_columns, .ncolumns = COUNT(programme_columns), .order = "code,number",
     .search = T_OFFERING, .search_id = "t.offering", .walked = true},
    {.name = "gatherings", .label = N_("Gatherings"), .type = T_GATHERING, .id = "g.id", .from = GATHERINGS_FROM,
     .columns = gatherings_columns, .ncolumns = COUNT(gatherings_columns), .order = "starts",
     .scopes = gatherings_scopes, .search = T_GATHERING, .search_id = "g.id", .search_text = "g.search_text"},
    {.name = "roster", .label = N_("Roster"), .type = T_ENROLMENT, .id = "e.id",
     .from = "enrolment e JOIN person p ON p.id = e.person_id LEFT JOIN organisation o ON o.id = e.organisation_id"
             " LEFT JOIN " NUMBERS " n ON n.enrolment = e.id"
             " LEFT JOIN attendance a ON ?2 = " GATHERING " AND a.enrolment_id = e.id AND a.gathering_id = ?1",
     .columns = roster_columns, .ncolumns = COUNT(roster_columns), .order = "number,family_name",
     .scopes = roster_scopes, .needs_scope = true, .search = T_PERSON, .search_id = "p.id"},
    {.name = "today", .label = N_("Today"), .type = T_GATHERING, .id = "g.id", .from = GATHERINGS_FROM,
     /* The first two terms are the index's words for what the others say. */
     .where = "coalesce(g.starts, '') >= date(?3, '-365 days') AND coalesce(g.starts, '') < date(?3, '+57 days') AND"
              " g.status <> 'cancelled' AND (g.starts >= ?3 OR (g.starts < ?3 AND"
              /* Recorded is when half of those expected have a mark: who came on the roster later has none. */
              " 2 * (SELECT count(*) FROM attendance a WHERE a.gathering_id = g.id) < " PEOPLE "))",
     .columns = today_columns, .ncolumns = COUNT(today_columns), .order = "what,starts", .search = T_GATHERING,
     .search_id = "g.id"},
    {.name = "positions", .label = N_("Positions"), .type = T_POSITION, .id = "q.id",
     .from = "position q JOIN person p ON p.id = q.person_id JOIN organisation o ON o.id = q.organisation_id",
     .columns = positions_columns, .ncolumns = COUNT(positions_columns), .order = "-starts,person",
     .scopes = positions_scopes, .search = T_PERSON, .search_id = "p.id"},
    {.name = "enrolments", .label = N_("Enrolments"), .type = T_ENROLMENT, .id = "e.id",
     .from = "enrolment e JOIN cohort c ON c.id = e.cohort_id JOIN offering f ON f.id = c.offering_id"
             " JOIN person p ON p.id = e.person_id LEFT JOIN organisation o ON o.id = e.organisation_id",
     .columns = enrolments_columns, .ncolumns = COUNT(enrolments_columns), .order = "offering,person",
     .scopes = enrolments_scopes, .search = T_PERSON, .search_id = "p.id"},
    {.name = "batches", .label = N_("Imports"), .type = T_BATCH, .id = "b.id",
     .from = "batch b LEFT JOIN user u ON u.id = b.created_by", .columns = batches_columns,
     .ncolumns = COUNT(batches_columns), .order = "-id"},
    {.name = "users", .label = N_("Users"), .type = T_USER, .id = "u.id", .from = "user u", .columns = users_columns,
     .ncolumns = COUNT(users_columns), .order = "name"},
};

static const struct {
    enum type_id type;
    const char *listing;
} related[] = {
    {T_PERSON, "positions"},       {T_PERSON, "enrolments"},   {T_ORGANISATION, "positions"},
    {T_ORGANISATION, "organisations"}, {T_ORGANISATION, "enrolments"}, {T_OFFERING, "cohorts"},
    {T_OFFERING, "gatherings"},    {T_COHORT, "gatherings"},   {T_COHORT, "roster"},
    {T_GATHERING, "roster"},
};

/* clang-format on */

const struct listing *listing_at(size_t i)
{
    return i < COUNT(listings) ? &listings[i] : NULL;
}

const struct listing *listing_by_name(const char *name)
{
    for (size_t i = 0; i < COUNT(listings); i++)
        if (strcmp(listings[i].name, name) == 0 || text_same(lang_tr(listings[i].label), name))
            return &listings[i];
    return NULL;
}

int listing_column(const struct listing *l, const char *name)
{
    for (size_t i = 0; i < l->ncolumns; i++)
        if (strcmp(l->columns[i].name, name) == 0)
            return (int)i;
    return -1;
}

const struct listing *listing_related(enum type_id type, size_t i)
{
    for (size_t r = 0; r < COUNT(related); r++)
        if (related[r].type == type && i-- == 0)
            return listing_by_name(related[r].listing);
    return NULL;
}
