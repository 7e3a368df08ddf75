#include "config.h"

#include "mapping.h"

#include <string.h>

#include "samling/lang.h"
#include "samling/text.h"

/* What one type of import knows, beyond what the fields say of themselves. */
struct source {
    const char *name;
    const char *label; /* NULL: the field's */
    enum type_id type;
    const char *field;
    const char *headings; /* besides the field's own */
};

static const struct source person_sources[TO_COUNT] = {
    [TO_GIVEN_NAME] = {"given_name", NULL, T_PERSON, "given_name", NULL},
    [TO_FAMILY_NAME] = {"family_name", NULL, T_PERSON, "family_name", NULL},
    [TO_NAME] =
        {"name", N_("Full name"), T_PERSON, "family_name",
         "name|navn|namn|fullt navn|fullt namn|fullstendig navn|deltaker|deltakar|deltakers navn|"
         "deltakerens navn|deltakarens namn|deltakernavn|deltakarnamn|navn på deltaker|"
         "namn på deltakar|navn deltaker|ansatt|tilsett|ansattes navn|navn på ansatt|medarbeider|"
         "medarbeidar|participant|participant name|full name|your name|for- og etternavn|"
         "for- og etternamn|fornavn etternavn|etternavn fornavn|førenamn etternamn|"
         "etternamn førenamn|first and last name|etternavn og fornavn|personnavn"},
    [TO_MIDDLE_NAME] = {"middle_name", N_("Middle name"), T_PERSON, "given_name",
                        "mellomnavn|mellomnamn|middle name|middlename|second name"},
    [TO_EMAIL] = {"email", NULL, T_PERSON, "email", NULL},
    [TO_PHONE] = {"phone", NULL, T_PERSON, "phone", NULL},
    [TO_ORGANISATION] = {"organisation", NULL, T_POSITION, "organisation",
                         "organization|organisasjonsnavn|navn på barnehage|namn på barnehage|navn "
                         "på arbeidssted|namn på arbeidsstad"},
    [TO_MUNICIPALITY] = {"municipality", NULL, T_ORGANISATION, "municipality", NULL},
    [TO_POSITION] = {"position", NULL, T_POSITION, "role", NULL},
    [TO_ALIAS] = {"alias", NULL, T_PERSON, "alias", NULL},
    [TO_NOTE] = {"note", NULL, T_PERSON, "note", NULL},
    [TO_ID] = {"id", N_("No."), T_NONE, NULL, NULL},
    [TO_ROLE] = {"role", NULL, T_ENROLMENT, "role", NULL},
    [TO_STATUS] = {"status", NULL, T_ENROLMENT, "status", NULL},
    [TO_MARK] = {"mark", NULL, T_ATTENDANCE, "mark",
                 "attendance|oppmøte|frammøte|fremmøte|til stede|til stades|tilstede|møtt|deltatt|"
                 "delteke|attended|present"},
};

/* No field of a record, but what a list of ours names it by. Their names are the targets'. */
static const struct field id_field = {.label = N_("No."), .kind = FIELD_NUMBER, .max = 20};
static const struct field ref_field = {.label = N_("Reference"), .max = 100};

static void add_source(struct targets *t, const struct source *from, const char *headings)
{
    const struct record_type *type = type_by_id(from->type);
    const struct field *f = from->field ? &type->fields[type_field(type, from->field)] : &id_field;
    t->target[t->n++] = (struct target){from->name, from->label ? from->label : f->label, f,
                                        headings ? headings : from->headings};
}

static bool is_known(enum import_kind kind, int target)
{
    switch (target) {
    case TO_ROLE:
    case TO_STATUS: return kind == IMPORT_ROSTER;
    case TO_MARK: return kind == IMPORT_ATTENDANCE;
    default: return true;
    }
}

static void fill_people(struct targets *t, enum import_kind kind, const char *name)
{
    *t = (struct targets){.kind = kind,
                          .name = name,
                          .of_people = true,
                          .type = type_by_id(T_PERSON),
                          .municipality = TO_MUNICIPALITY,
                          .note = TO_NOTE,
                          .id_target = TO_ID,
                          .ref_target = -1,
                          .offering_target = -1};
    for (int i = 0; i < TO_COUNT; i++) {
        /* In a list of people the role that is meant is the one at work. */
        add_source(t, &person_sources[i],
                   kind == IMPORT_PEOPLE && i == TO_POSITION ? "rolle|funksjon|role" : NULL);
        if (!is_known(kind, i))
            t->target[i].name = NULL;
    }
}

/* Words that a heading has besides the field's. */
static const char *more_headings(enum import_kind kind, const char *field)
{
    static const struct {
        enum import_kind kind;
        const char *field, *headings;
    } more[] = {
        {IMPORT_ORGANISATIONS, "orgno", "Org. no."},
        {IMPORT_OFFERINGS, "title", "offering|tilbud|tilbod"},
        {IMPORT_OFFERINGS, "area", "Area|område"},
    };
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (more[i].kind == kind && strcmp(more[i].field, field) == 0)
            return more[i].headings;
    return NULL;
}

static void fill_type(struct targets *t, enum import_kind kind, enum type_id id)
{
    const struct record_type *type = type_by_id(id);
    *t = (struct targets){.kind = kind,
                          .name = type->plural,
                          .type = type,
                          .municipality = type_field(type, "municipality"),
                          .note = type_field(type, "note"),
                          .ref_target = -1,
                          .offering_target = -1};
    for (size_t i = 0; i < type->nfields && i < TARGETS_MAX - 3; i++)
        t->target[t->n++] =
            (struct target){type->fields[i].name, type->fields[i].label, &type->fields[i],
                            more_headings(kind, type->fields[i].name)};
    t->id_target = (int)t->n;
    t->target[t->n++] = (struct target){"id", id_field.label, &id_field, NULL};
    /* An offering's reference is its code, which is a field. */
    if (type->reference && kind != IMPORT_OFFERINGS) {
        t->ref_target = (int)t->n;
        t->target[t->n++] = (struct target){"ref", ref_field.label, &ref_field, "ref|referanse"};
    }
    /* A cohort's number, and often its name, says little without its offering. */
    if (kind == IMPORT_GATHERINGS) {
        const struct record_type *cohort = type_by_id(T_COHORT);
        const struct field *f = &cohort->fields[type_field(cohort, "offering")];
        t->offering_target = (int)t->n;
        t->target[t->n++] = (struct target){f->name, f->label, f, "kurs|program"};
    }
}

static const struct targets *all_targets(void)
{
    static struct targets all[IMPORT_KINDS];
    if (!all[0].n) {
        fill_people(&all[IMPORT_PEOPLE], IMPORT_PEOPLE, "people");
        fill_people(&all[IMPORT_ROSTER], IMPORT_ROSTER, "roster");
        fill_people(&all[IMPORT_ATTENDANCE], IMPORT_ATTENDANCE, "attendance");
        fill_type(&all[IMPORT_ORGANISATIONS], IMPORT_ORGANISATIONS, T_ORGANISATION);
        fill_type(&all[IMPORT_OFFERINGS], IMPORT_OFFERINGS, T_OFFERING);
        fill_type(&all[IMPORT_COHORTS], IMPORT_COHORTS, T_COHORT);
        fill_type(&all[IMPORT_GATHERINGS], IMPORT_GATHERINGS, T_GATHERING);
    }
    return all;
}

const struct targets *targets_of(const char *type)
{
    const struct targets *all = all_targets();
    for (int i = 0; i < IMPORT_KINDS; i++)
        if (strcmp(all[i].name, type) == 0)
            return &all[i];
    return NULL;
}

const char *const *import_fields(const char *type)
{
    static const char *names[IMPORT_KINDS][TARGETS_MAX + 1];
    static const char *const none[] = {NULL};
    const struct targets *t = targets_of(type);
    size_t n = 0;
    if (!t)
        return none;
    for (size_t i = 0; i < t->n; i++)
        if (t->target[i].name && (int)i != t->id_target)
            names[t->kind][n++] = t->target[i].name;
    names[t->kind][n] = "id";
    return names[t->kind];
}

int targets_find(const struct targets *t, const char *name)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->target[i].name && strcmp(t->target[i].name, name) == 0)
            return (int)i;
    for (size_t i = 0; i < t->n; i++)
        if (t->target[i].name &&
            (text_same(t->target[i].name, name) || text_same(lang_tr(t->target[i].label), name)))
            return (int)i;
    return -1;
}

bool mapping_names(const struct targets *t, int target)
{
    if (target < 0)
        return false;
    if (t->of_people)
        return target == TO_NAME || target == TO_GIVEN_NAME || target == TO_FAMILY_NAME ||
               target == TO_EMAIL || target == TO_ID;
    if (target == t->id_target || target == t->ref_target)
        return true;
    static const char *const names[IMPORT_KINDS] = {
        [IMPORT_ORGANISATIONS] = " name orgno ",
        [IMPORT_OFFERINGS] = " code title ",
        [IMPORT_COHORTS] = " name number ",
        [IMPORT_GATHERINGS] = " title number starts ",
    };
    const char *name = t->target[target].name, *at = strstr(names[t->kind], name);
    return at && at[-1] == ' ' && at[strlen(name)] == ' ';
}
