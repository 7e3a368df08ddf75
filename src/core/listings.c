/* The listings. See listing.h for what each entry means. In SQL, ?1 is the scope's id, ?2 its type,
 * ?3 today, ?4 the user. */
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
#define ORGANISATION "1"
#define PERSON       "2"
#define POSITION     "3"
#define OFFERING     "4"
#define COHORT       "5"
#define GATHERING    "6"
#define ENROLMENT    "7"
#define ATTENDANCE   "8"
#define USER         "10"
#define PLAN         "15"
#define PLACEMENT    "16"
_Static_assert(T_ORGANISATION == 1 && T_PERSON == 2 && T_POSITION == 3 && T_OFFERING == 4 && T_COHORT == 5 &&
               T_GATHERING == 6 && T_ENROLMENT == 7 && T_ATTENDANCE == 8 && T_USER == 10 && T_PLAN == 15 &&
               T_PLACEMENT == 16, "numbers in SQL");

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

/* The plans in which an offering stands, in their order. */
#define PLANS                                                                                                    \
    "(SELECT group_concat(title, '; ') FROM (SELECT n.title FROM plan n WHERE n.id IN"                           \
    " (SELECT q.plan_id FROM placement q WHERE q.offering_id = o.id) ORDER BY n.sort_key))"

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
    {.name = "plan", .label = N_("Plan"), .sql = PLANS, .width = 20, .grow = 1},
};

static const struct scope offerings_scopes[] = {
    {T_PLAN, "o.id IN (SELECT offering_id FROM placement WHERE plan_id = ?1)"},
    {T_NONE, NULL},
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
    {.name = "people", .label = N_("People"), .sql = "c.expected", .kind = COLUMN_NUMBER, .sort = "c.expected", .width = 8},
    {.name = "gatherings", .label = N_("Gatherings"), .kind = COLUMN_NUMBER, .width = 10,
     .sql = "(SELECT count(*) FROM gathering g WHERE g.cohort_id = c.id)"},
    {.name = "status", .label = N_("Status"), .sql = "c.status", .kind = COLUMN_CHOICE, .type = T_COHORT,
     .field = "status", .width = 10},
    {.name = "deadline", .label = N_("Register by"), .sql = "c.deadline", .kind = COLUMN_DAY, .width = 10},
    {.name = "waitlisted", .label = N_("Waiting"), .sql = "c.waitlisted", .kind = COLUMN_NUMBER, .sort = "c.waitlisted",
     .width = 7},
    {.name = "invited", .label = N_("Invited"), .sql = "c.invited", .kind = COLUMN_NUMBER, .sort = "c.invited", .width = 7},
};

static const struct scope cohorts_scopes[] = {
    {T_OFFERING, "c.offering_id = ?1"},
    {T_NONE, NULL},
};

/* ---- plans ---------------------------------------------------------------------------------- */

static const struct column plans_columns[] = {
    {.name = "id", .label = N_("No."), .sql = "n.id", .kind = COLUMN_NUMBER, .sort = "n.id"},
    {.name = "title", .label = N_("Plan"), .sql = "n.title", .sort = "n.sort_key", .width = 30, .grow = 4},
    {.name = "starts", .label = N_("From"), .sql = "n.starts", .kind = COLUMN_DAY, .width = 10},
    {.name = "ends", .label = N_("Until"), .sql = "n.ends", .kind = COLUMN_DAY, .width = 10},
    {.name = "offerings", .label = N_("Offerings"), .kind = COLUMN_NUMBER, .width = 9,
     .sql = "(SELECT count(DISTINCT q.offering_id) FROM placement q WHERE q.plan_id = n.id)"},
};

static const struct column placements_columns[] = {
    {.name = "id", .label = N_("No."), .sql = "q.id", .kind = COLUMN_NUMBER, .sort = "q.id"},
    {.name = "offering", .label = N_("Offering"), .sql = "o.title", .sort = "o.sort_key", .width = 24, .grow = 4},
    {.name = "plan", .label = N_("Plan"), .sql = "n.title", .sort = "n.sort_key", .width = 20, .grow = 2},
    {.name = "area", .label = N_("Area"), .sql = "coalesce(q.area, o.area)", .width = 16, .grow = 2},
    {.name = "code", .label = N_("Code"), .sql = "o.code", .sort = "o.sort_key", .width = 10},
};

static const struct scope placements_scopes[] = {
    {T_PLAN, "q.plan_id = ?1"},
    {T_OFFERING, "q.offering_id = ?1"},
    {T_NONE, NULL},
};

/* ---- the programme -------------------------------------------------------------------------- */

/* Each offering at each of its places (programme_place: plan, area, code), with its cohorts below it: the first pane.
 * The casts give both halves the same affinities, without which SQLite would make and sort the whole instead of
 * merging two walks along the order. */
#define PROGRAMME                                                                                                  \
    "(SELECT CAST(" OFFERING " AS INTEGER) AS type, w.offering_id AS id, w.offering_id AS offering,"               \
    " w.placement_id AS placement, w.plan_key, w.area, w.offering_key AS key, CAST(0 AS INTEGER) AS number,"       \
    " CAST(0 AS INTEGER) AS level FROM programme_place w UNION ALL SELECT CAST(" COHORT " AS INTEGER), c.id,"      \
    " w.offering_id, w.placement_id, w.plan_key, w.area, w.offering_key, c.number, CAST(1 AS INTEGER)"             \
    " FROM programme_place w CROSS JOIN cohort c ON c.offering_id = w.offering_id) t"

#define PROGRAMME_JOINS                                                                                            \
    " LEFT JOIN offering o ON o.id = t.offering LEFT JOIN cohort c ON t.level = 1 AND c.id = t.id"                 \
    " LEFT JOIN placement q ON q.id = t.placement LEFT JOIN plan n ON n.id = q.plan_id"                            \
    " LEFT JOIN person p ON p.id = o.contact_id"

#define OF_COHORT(a, b) "CASE t.level WHEN 1 THEN " b " ELSE " a " END"

#define IN_NO_AREA "char(1114111)"

/* Of f, another place of the same offering. */
#define PROGRAMME_AGAIN                                                                                            \
    "SELECT 1 FROM programme_place f WHERE f.offering_id = t.offering"                                             \
    " AND (f.plan_key, f.area, f.placement_id) < (t.plan_key, t.area, t.placement)"
#define PLAN_ELSEWHERE                                                                                             \
    "(SELECT m.title FROM placement r JOIN plan m ON m.id = r.plan_id WHERE r.id = f.placement_id)"

/* A cohort's name with its people. */
#define PROGRAMME_TITLE OF_COHORT("o.title", "c.name || coalesce('  ' || nullif(c.expected, 0), '')")

/* Made by the user, or theirs to answer for. */
#define MINE                                                                                                       \
    "CASE WHEN o.created_by = ?4 OR p.match_name = (SELECT fold(u.full_name) FROM user u WHERE u.id = ?4)"         \
    " THEN '1' END"

/* Of offerings and of cohorts. */
static const struct choice programme_statuses[] = {
    {"draft", N_("draft"), NULL},         {"published", N_("published"), NULL},
    {"planned", N_("planned"), NULL},     {"open", N_("open for registration"), NULL},
    {"running", N_("running"), NULL},     {"completed", N_("completed"), NULL},
    {"cancelled", N_("cancelled"), NULL}, {NULL, NULL, NULL},
};

static const struct choice yes[] = {{"1", N_("yes"), NULL}, {NULL, NULL, NULL}};

/* An offering is found by what one of its cohorts is, and then stands above that one only. */
#define STATUS_OF_COHORTS                                                                                          \
    "SELECT k.status FROM cohort k WHERE k.offering_id = o.id AND (t.level = 0 OR k.id = t.id)"

/* Sorted by whatever, cohorts stay below their offering: they are sorted by what it has. */
static const struct column programme_columns[] = {
    {.name = "code", .label = N_("Code"), .sql = OF_COHORT("o.code", "'  /' || c.number"), .sort = "t.key", .joined = true,
     .width = 11},
    {.name = "number", .label = N_("No."), .sql = "t.number", .kind = COLUMN_NUMBER, .sort = "t.number"},
    {.name = "title", .label = N_("Offering"), .sql = PROGRAMME_TITLE, .sort = "o.title", .joined = true, .width = 16,
     .grow = 5},
    {.name = "kind", .label = N_("Kind"), .sql = OF_COHORT("o.kind", "NULL"), .kind = COLUMN_CHOICE, .type = T_OFFERING,
     .field = "kind", .sort = "o.kind", .joined = true, .width = 9},
    {.name = "starts", .label = N_("From"), .sql = OF_COHORT("o.starts", "c.starts"), .kind = COLUMN_DAY,
     .sort = "coalesce(o.starts, '')", .joined = true, .width = 10},
    {.name = "status", .label = N_("Status"), .sql = OF_COHORT("o.status", "c.status"), .kind = COLUMN_CHOICE,
     .choices = programme_statuses, .sort = "o.status", .joined = true, .width = 9},
    {.name = "plan", .label = N_("Plan"), .sql = "n.title", .sort = "t.plan_key", .joined = true,
     .elsewhere = PLAN_ELSEWHERE, .width = 16, .grow = 1},
    {.name = "area", .label = N_("Area"), .sql = "nullif(t.area, " IN_NO_AREA ")", .sort = "t.area",
     .elsewhere = "nullif(f.area, " IN_NO_AREA ")", .width = 10, .grow = 1},
    {.name = "contact", .label = N_("Contact"), .sql = "nullif(" NAME("p") ", '')", .sort = "coalesce(p.sort_key, x'')",
     .joined = true, .width = 14, .grow = 1},
    /* For grouping, folding and filtering. */
    {.name = "of_status", .label = N_("Status"), .sql = "o.status", .kind = COLUMN_CHOICE, .choices = programme_statuses,
     .among = STATUS_OF_COHORTS, .sort = "o.status", .joined = true, .screen = true},
    {.name = "of_kind", .label = N_("Kind"), .sql = "o.kind", .kind = COLUMN_CHOICE, .type = T_OFFERING, .field = "kind",
     .sort = "o.kind", .joined = true, .screen = true},
    {.name = "of_contact", .label = N_("Contact"), .sql = "nullif(" NAME("p") ", '')",
     .sort = "coalesce(p.sort_key, x'')", .joined = true, .screen = true},
    {.name = "mine", .label = N_("Mine"), .sql = MINE, .kind = COLUMN_CHOICE, .choices = yes,
     .sort = "coalesce(" MINE ", '')", .joined = true, .screen = true},
    {.name = "parent", .label = N_("Belongs to"), .sql = "CASE t.level WHEN 1 THEN t.offering END", .kind = COLUMN_NUMBER,
     .sort = "t.offering", .screen = true},
    {.name = "level", .label = N_("Level"), .sql = "t.level", .kind = COLUMN_NUMBER, .sort = "t.level", .screen = true},
    {.name = "cohorts", .label = N_("Cohorts"), .kind = COLUMN_NUMBER, .screen = true,
     .sql = "CASE t.level WHEN 0 THEN (SELECT count(*) FROM cohort k WHERE k.offering_id = t.id) END"},
    {.name = "id", .label = N_("No."), .sql = "t.id", .kind = COLUMN_NUMBER, .sort = "t.id", .screen = true},
};

/* ---- gatherings ----------------------------------------------------------------------------- */

#define SPAN          "g.starts || '|' || coalesce(g.ends, '')"
#define GATHERING_REF "o.code || '/' || c.number || '/' || g.number"

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
    {.name = "people", .label = N_("People"), .sql = "c.expected", .kind = COLUMN_NUMBER, .sort = "c.expected", .width = 8},
    {.name = "present", .label = N_("Present"), .sql = "g.present", .kind = COLUMN_NUMBER, .sort = "g.present",
     .width = 10},
    {.name = "status", .label = N_("Status"), .sql = "g.status", .kind = COLUMN_CHOICE, .type = T_GATHERING,
     .field = "status", .width = 12},
    {.name = "deadline", .label = N_("Register by"), .sql = "g.deadline", .kind = COLUMN_DAY, .width = 10},
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

/* In the order in which they stand. */
static const struct choice today_groups[] = {
    {"late", N_("late"), NULL},       {"today", N_("today"), NULL}, {"deadline", N_("deadline"), NULL},
    {"waiting", N_("waiting"), NULL}, {"ahead", N_("ahead"), NULL}, {"drafts", N_("not saved"), NULL},
    {NULL, NULL, NULL},
};

static const struct choice today_reasons[] = {
    {"attendance", N_("attendance not recorded"), NULL},
    {"begun", N_("a draft whose start has passed"), NULL},
    {"gathering", N_("gathering"), NULL},
    {"closes", N_("registration closes"), NULL},
    {"closed", N_("registration has closed"), NULL},
    {"waitlisted", N_("on the waiting list"), NULL},
    {"invited", N_("have not answered"), NULL},
    {"typed", N_("typed and not saved"), NULL},
    {"new_organisation", N_("a new organisation"), NULL}, {"new_person", N_("a new person"), NULL},
    {"new_position", N_("a new position"), NULL},         {"new_offering", N_("a new offering"), NULL},
    {"new_cohort", N_("a new cohort"), NULL},             {"new_gathering", N_("a new gathering"), NULL},
    {"new_enrolment", N_("a new enrolment"), NULL},       {"new_attendance", N_("a new attendance"), NULL},
    {"new_user", N_("a new user"), NULL},                 {"new_plan", N_("a new plan"), NULL},
    {"new_placement", N_("a new place in a plan"), NULL},
    {NULL, NULL, NULL},
};

/* What a draft of a record is about: the titles of types.c, as far as they are short. NULL: the record is gone. */
#define DRAFT_TITLE(type, id)                                                                                      \
    "CASE " type " WHEN " ORGANISATION " THEN (SELECT r.name FROM organisation r WHERE r.id = " id ")"            \
    " WHEN " PERSON " THEN (SELECT " NAME("r") " FROM person r WHERE r.id = " id ")"                               \
    " WHEN " POSITION " THEN (SELECT " NAME("r") " FROM position q JOIN person r ON r.id = q.person_id"            \
    " WHERE q.id = " id ")"                                                                                        \
    " WHEN " OFFERING " THEN (SELECT r.title FROM offering r WHERE r.id = " id ")"                                 \
    " WHEN " COHORT " THEN (SELECT r.name FROM cohort r WHERE r.id = " id ")"                                      \
    " WHEN " GATHERING " THEN (SELECT r.title FROM gathering r WHERE r.id = " id ")"                               \
    " WHEN " ENROLMENT " THEN (SELECT " NAME("r") " FROM enrolment e JOIN person r ON r.id = e.person_id"          \
    " WHERE e.id = " id ")"                                                                                        \
    " WHEN " ATTENDANCE " THEN (SELECT " NAME("r") " FROM attendance a JOIN enrolment e ON e.id = a.enrolment_id"  \
    " JOIN person r ON r.id = e.person_id WHERE a.id = " id ")"                                                    \
    " WHEN " USER " THEN (SELECT r.name FROM user r WHERE r.id = " id ")"                                          \
    " WHEN " PLAN " THEN (SELECT r.title FROM plan r WHERE r.id = " id ")"                                         \
    " WHEN " PLACEMENT " THEN (SELECT r.title FROM placement q JOIN plan r ON r.id = q.plan_id WHERE q.id = " id   \
    ") END"

/* A draft of a new record: what was typed in the fields that name it, and what it is to belong to. */
#define TYPED(field) "nullif(json_extract(d.fields, '$." field "'), '')"
#define ABOVE(field) "coalesce(" TYPED(field) ", " TYPED("was." field) ")"
#define NEW_TITLE                                                                                                  \
    "coalesce(" TYPED("title") ", " TYPED("name") ", nullif(trim(coalesce(" TYPED("given_name") ", '') || ' ' ||"  \
    " coalesce(" TYPED("family_name") ", '')), ''), " TYPED("code") ")"
#define NEW_REF "coalesce(" ABOVE("cohort") ", " ABOVE("offering") ")"
#define NEW_OF(type, name) " WHEN " type " THEN 'new_" name "'"
#define DRAFT_REASON                                                                                               \
    "CASE WHEN d.record_id THEN 'typed' ELSE CASE d.type" NEW_OF(ORGANISATION, "organisation")                     \
    NEW_OF(PERSON, "person") NEW_OF(POSITION, "position") NEW_OF(OFFERING, "offering") NEW_OF(COHORT, "cohort")    \
    NEW_OF(GATHERING, "gathering") NEW_OF(ENROLMENT, "enrolment") NEW_OF(ATTENDANCE, "attendance")                 \
    NEW_OF(USER, "user") NEW_OF(PLAN, "plan") NEW_OF(PLACEMENT, "placement") " END END"

/* Of each row: its group (a number, in their order) and the reason, the record behind it, when; what it belongs to; how
 * many people. */
#define ROW(rank, why, type, id, at, gathering, cohort, offering, people)                                          \
    " SELECT CAST(" type " AS INTEGER) AS type, " id " AS id, CAST(" rank " AS INTEGER) AS rank,"                  \
    " CAST(" why " AS TEXT) AS why, " at " AS at, " gathering " AS gathering, " cohort " AS cohort, "              \
    offering " AS offering, " people " AS people"
#define A_GATHERING(rank, why, at) ROW(rank, why, GATHERING, "g.id", at, "g.id", "c.id", "o.id", "c.expected")
#define A_COHORT(rank, why, people) ROW(rank, why, COHORT, "c.id", "c.deadline", "NULL", "c.id", "o.id", people)
#define OF_GATHERINGS                                                                                              \
    " FROM gathering g JOIN cohort c ON c.id = g.cohort_id JOIN offering o ON o.id = c.offering_id"                \
    " WHERE g.status <> 'cancelled' AND c.status <> 'cancelled' AND o.status <> 'cancelled'"
#define OF_COHORTS                                                                                                 \
    " FROM cohort c JOIN offering o ON o.id = c.offering_id WHERE o.status <> 'cancelled'"                         \
    " AND c.status <> 'completed' AND c.status <> 'cancelled'"

/* In the indices' words: between so many days from today. */
#define STARTS(from, to)                                                                                           \
    " AND coalesce(g.starts, '') >= date(?3, '" from " days') AND coalesce(g.starts, '') < date(?3, '" to " days')"
#define CLOSES(deadline) " AND " deadline " >= date(?3, '-14 days') AND " deadline " < date(?3, '+29 days')"
#define CLOSED(deadline) "CASE WHEN " deadline " < ?3 THEN 'closed' ELSE 'closes' END"

/* Recorded is when half of those expected have a mark: who came on the roster later has none. It is missed for a year
 * where there is no mark at all, for eight weeks where there are too few. */
#define UNRECORDED " AND 2 * g.marks < c.expected AND coalesce(g.ends, g.starts) < ?3"

/* What goes on today may have begun some days ago. */
#define GOES_ON " AND coalesce(g.ends, g.starts) >= ?3"
#define TODAY_OR_AHEAD "CASE WHEN g.starts < date(?3, '+1 days') THEN 1 ELSE 4 END"

/* Before it is over. */
#define WAITS " AND c.waitlisted + c.invited > 0 AND coalesce(c.ends, ?3) >= ?3"

#define DRAFT_GATHERING "CASE d.type WHEN " GATHERING " THEN d.record_id END"
#define DRAFT_COHORT                                                                                               \
    "CASE d.type WHEN " COHORT " THEN d.record_id WHEN " GATHERING                                                 \
    " THEN (SELECT x.cohort_id FROM gathering x WHERE x.id = d.record_id) END"
#define DRAFT_OFFERING                                                                                             \
    "CASE d.type WHEN " OFFERING " THEN d.record_id WHEN " COHORT                                                  \
    " THEN (SELECT x.offering_id FROM cohort x WHERE x.id = d.record_id) WHEN " GATHERING                          \
    " THEN (SELECT y.offering_id FROM gathering x JOIN cohort y ON y.id = x.cohort_id WHERE x.id = d.record_id) END"

#define TODAY                                                                                                      \
    "(" A_GATHERING("0", "'attendance'", "g.starts") OF_GATHERINGS " AND g.marks = 0"                              \
    STARTS("-365", "+0") UNRECORDED                                                                                \
    " UNION ALL" A_GATHERING("0", "'attendance'", "g.starts") OF_GATHERINGS " AND g.marks > 0"                     \
    STARTS("-56", "+0") UNRECORDED                                                                                 \
    " UNION ALL" ROW("0", "'begun'", OFFERING, "o.id", "o.starts", "NULL", "NULL", "o.id", "NULL")                 \
    " FROM offering o WHERE o.status = 'draft' AND o.starts < ?3"                                                  \
    " UNION ALL" A_GATHERING(TODAY_OR_AHEAD, "'gathering'", "g.starts") OF_GATHERINGS                              \
    STARTS("-31", "+57") GOES_ON                                                                                   \
    " UNION ALL" A_COHORT("2", CLOSED("c.deadline"), "c.expected") OF_COHORTS CLOSES("c.deadline")                 \
    " UNION ALL" A_GATHERING("2", CLOSED("g.deadline"), "g.deadline") OF_GATHERINGS CLOSES("g.deadline")           \
    " AND g.status = 'planned'"                                                                                    \
    " UNION ALL" A_COHORT("3", "'waitlisted'", "c.waitlisted") OF_COHORTS                                          \
    WAITS " AND c.waitlisted > 0"                                                       \
    " UNION ALL" A_COHORT("3", "'invited'", "c.invited") OF_COHORTS                                                \
    WAITS " AND c.invited > 0"                                                          \
    " UNION ALL" ROW("5", DRAFT_REASON, "d.type", "d.record_id",                                                   \
                     "strftime('%Y-%m-%dT%H:%M', d.at, 'unixepoch', 'localtime')", DRAFT_GATHERING, DRAFT_COHORT,  \
                     DRAFT_OFFERING, "NULL")                                                                       \
    " FROM draft d WHERE d.user_id = ?4"                                                                           \
    " AND (d.record_id = 0 OR " DRAFT_TITLE("d.type", "d.record_id") " IS NOT NULL)) t"

#define TODAY_JOINS                                                                                                \
    " LEFT JOIN gathering g ON g.id = t.gathering LEFT JOIN cohort c ON c.id = t.cohort"                           \
    " LEFT JOIN offering o ON o.id = t.offering"                                                                   \
    " LEFT JOIN draft d ON t.rank = 5 AND t.id = 0 AND d.user_id = ?4 AND d.type = t.type AND d.record_id = 0"

/* A cohort's own name says little. */
#define TODAY_TITLE                                                                                                \
    "CASE WHEN t.rank = 5 AND t.id = 0 THEN " NEW_TITLE                                                            \
    " WHEN t.rank = 5 THEN " DRAFT_TITLE("t.type", "t.id")                                                         \
    " ELSE coalesce(g.title, c.name || ', ' || o.title, o.title) END"
#define TODAY_REF                                                                                                  \
    "coalesce(o.code || coalesce('/' || c.number || coalesce('/' || g.number, ''), ''), " NEW_REF ")"
#define TODAY_ENDS "CASE WHEN t.rank <> 2 AND t.rank <> 5 THEN g.ends END"

static const struct column today_columns[] = {
    {.name = "what", .label = N_("What"), .kind = COLUMN_CHOICE, .choices = today_groups, .sort = "t.rank", .width = 9,
     .sql = "CASE t.rank WHEN 0 THEN 'late' WHEN 1 THEN 'today' WHEN 2 THEN 'deadline' WHEN 3 THEN 'waiting'"
            " WHEN 4 THEN 'ahead' ELSE 'drafts' END"},
    {.name = "starts", .label = N_("When"), .sql = "t.at", .kind = COLUMN_MOMENT, .sort = "coalesce(t.at, '')",
     .width = 16},
    {.name = "ref", .label = N_("Reference"), .sql = TODAY_REF, .joined = true, .width = 10},
    {.name = "title", .label = N_("Title"), .sql = TODAY_TITLE, .joined = true, .width = 14, .grow = 3},
    {.name = "place", .label = N_("Place"), .sql = "g.place", .joined = true, .width = 10, .grow = 1},
    {.name = "people", .label = N_("People"), .sql = "t.people", .kind = COLUMN_NUMBER, .width = 8},
    {.name = "why", .label = N_("Why"), .sql = "t.why", .kind = COLUMN_CHOICE, .choices = today_reasons, .width = 24},
    {.name = "when", .label = N_("When"), .sql = "t.at || '|' || coalesce(" TODAY_ENDS ", '')", .kind = COLUMN_SPAN,
     .sort = "coalesce(t.at, '')", .joined = true, .width = 20, .screen = true},
    {.name = "ends", .label = N_("Ends"), .sql = TODAY_ENDS, .kind = COLUMN_MOMENT, .joined = true, .screen = true},
    {.name = "id", .label = N_("No."), .sql = "t.id", .kind = COLUMN_NUMBER, .sort = "t.id", .screen = true},
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
     .ncolumns = COUNT(offerings_columns), .order = "code", .scopes = offerings_scopes, .search = T_OFFERING,
     .search_id = "o.id", .search_text = "o.search_text"},
    {.name = "cohorts", .label = N_("Cohorts"), .type = T_COHORT, .id = "c.id",
     .from = "cohort c JOIN offering o ON o.id = c.offering_id", .columns = cohorts_columns,
     .ncolumns = COUNT(cohorts_columns), .order = "offering,name", .scopes = cohorts_scopes, .search = T_OFFERING,
     .search_id = "c.offering_id"},
    {.name = "programme", .label = N_("Offerings and cohorts"), .type = T_OFFERING, .type_sql = "t.type", .id = "t.id",
     .from = PROGRAMME, .joins = PROGRAMME_JOINS, .columns = programme_columns, .ncolumns = COUNT(programme_columns),
     .order = "plan,area,code", .tail = {"t.key", "t.offering", "t.placement", "t.number"}, .search = T_OFFERING,
     .search_id = "t.offering", .walked = true, .again = PROGRAMME_AGAIN,
     .written_as = {"offerings", "cohorts"}},
    {.name = "plans", .label = N_("Plans"), .type = T_PLAN, .id = "n.id", .from = "plan n", .columns = plans_columns,
     .ncolumns = COUNT(plans_columns), .order = "title", .search_text = "fold_search(n.title)"},
    {.name = "placements", .label = N_("Places in plans"), .type = T_PLACEMENT, .id = "q.id",
     .from = "placement q JOIN offering o ON o.id = q.offering_id JOIN plan n ON n.id = q.plan_id",
     .columns = placements_columns, .ncolumns = COUNT(placements_columns), .order = "plan,area,offering",
     .scopes = placements_scopes, .search = T_OFFERING, .search_id = "o.id"},
    {.name = "gatherings", .label = N_("Gatherings"), .type = T_GATHERING, .id = "g.id", .from = GATHERINGS_FROM,
     .columns = gatherings_columns, .ncolumns = COUNT(gatherings_columns), .order = "starts",
     .scopes = gatherings_scopes, .search = T_GATHERING, .search_id = "g.id", .search_text = "g.search_text"},
    {.name = "roster", .label = N_("Roster"), .type = T_ENROLMENT, .id = "e.id",
     .from = "enrolment e JOIN person p ON p.id = e.person_id LEFT JOIN organisation o ON o.id = e.organisation_id"
             " LEFT JOIN " NUMBERS " n ON n.enrolment = e.id"
             " LEFT JOIN attendance a ON ?2 = " GATHERING " AND a.enrolment_id = e.id AND a.gathering_id = ?1",
     .columns = roster_columns, .ncolumns = COUNT(roster_columns), .order = "number,family_name",
     .scopes = roster_scopes, .needs_scope = true, .search = T_PERSON, .search_id = "p.id"},
    {.name = "today", .label = N_("Today"), .type = T_GATHERING, .type_sql = "t.type", .id = "t.id", .from = TODAY,
     .joins = TODAY_JOINS, .columns = today_columns, .ncolumns = COUNT(today_columns), .order = "what,starts",
     .tail = {"t.type", "t.id", "t.why"},
     .search_text = "fold_search(coalesce(" TODAY_REF ", '') || ' ' || coalesce(" TODAY_TITLE ", '') || ' ' ||"
                    " coalesce(g.place, '') || ' ' || coalesce(o.title, ''))"},
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
    {T_OFFERING, "gatherings"},    {T_OFFERING, "placements"}, {T_PLAN, "offerings"},
    {T_PLAN, "placements"},        {T_COHORT, "gatherings"},   {T_COHORT, "roster"},
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

bool listing_repeats(const struct listing *l)
{
    return l->tail[0] != NULL; /* its id does not tell its rows apart */
}

const struct listing *listing_related(enum type_id type, size_t i)
{
    for (size_t r = 0; r < COUNT(related); r++)
        if (related[r].type == type && i-- == 0)
            return listing_by_name(related[r].listing);
    return NULL;
}
