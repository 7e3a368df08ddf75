/* The record types. See record.h for what each entry means. */
#include "config.h"

#include "samling/record.h"

#include <string.h>

#include "samling/lang.h"
#include "samling/text.h"

#include "core/rules.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Tables: a row a line where it fits. */
/* clang-format off */

/* ---- choices -------------------------------------------------------------------------------- */

static const struct choice organisation_kinds[] = {
    {"kindergarten", N_("kindergarten"), "barnehage|bhg|bhg."},
    {"school", N_("school"), "skole|skule"},
    {"municipality", N_("municipality"), "kommune"},
    {"county", N_("county"), "fylke|fylkeskommune"},
    {"county_governor", N_("county governor"), "statsforvalter|statsforvaltar|fylkesmann"},
    {"university", N_("university or college"), "universitet|høgskole|høgskule|uh|universitet/høgskole|universitet/høgskule"},
    {"national_centre", N_("national centre"), "nasjonalt senter"},
    {"support_service", N_("support service"), "ppt|pp-tjeneste|pp-teneste|støttetjeneste|støtteteneste"},
    {"partner", N_("partner"), "samarbeidspartner"},
    {"owner", N_("owner"), "eier|eigar"},
    {"other", N_("other"), "annet|anna"},
    {NULL, NULL, NULL},
};

static const struct choice ownerships[] = {
    {"municipal", N_("municipal"), "kommunal|offentlig|offentleg|public"},
    {"private", N_("private"), "privat|ikke-kommunal"},
    {"state", N_("state"), "statlig|statleg"},
    {"other", N_("other"), "annen|annan|anna|annet"},
    {NULL, NULL, NULL},
};

static const struct choice position_roles[] = {
    {"styrer", N_("head of kindergarten"), "styrer|styrar|daglig leder|enhetsleder|head"},
    {"assistant_styrer", N_("assistant head"), "ass. styrer|ass. styrar|assisterende styrer|assisterande styrar|nestleder|fagleder"},
    {"pedagogical_leader", N_("pedagogical leader"),
     "pedagogisk leder|pedagogisk leiar|ped.leder|ped leder|pedleder|ped. leder|ped.leiar|pedagogiskleder"},
    {"teacher", N_("kindergarten teacher"),
     "barnehagelærer|barnehagelærar|pedagog|lærer|lærar|førskolelærer|spesialpedagog"},
    {"childcare_worker", N_("childcare worker"),
     "barnehagemedarbeider|barnehagemedarbeidar|barne- og ungdomsarbeider|barne- og ungdomsarbeidar|fagarbeider|fagarbeidar|assistent|assistant|bua"},
    {"adviser", N_("adviser"), "rådgiver|rådgivar|rådgjevar|konsulent"},
    {"resource_person", N_("resource person"), "ressursperson"},
    {"contact_person", N_("contact person"), "kontaktperson"},
    {"ppt", N_("educational psychology adviser"), "ppt|pp-rådgiver|pp-rådgivar|pp-rådgjevar"},
    {"leader", N_("leader"), "leder|leiar|virksomhetsleder|rektor"},
    {"other", N_("other"), "annet|anna|annen"},
    {NULL, NULL, NULL},
};

static const struct choice offering_kinds[] = {
    {"course", N_("course"), "kurs|fagmøte"},
    {"network", N_("network"), "nettverk"},
    {"cohorts", N_("cohort programme"), "puljer|pulje"},
    {"guidance", N_("guidance"), "veiledning|rettleiing"},
    {"resource_team", N_("resource team"), "ressursteam"},
    {"material", N_("support material"), "støttemateriell"},
    {"project", N_("project"), "prosjekt"},
    {"hearing", N_("hearing"), "høring|høyring"},
    {"other", N_("other"), "annet|anna"},
    {NULL, NULL, NULL},
};

static const struct choice offering_statuses[] = {
    {"draft", N_("draft"), "utkast|kladd"},
    {"published", N_("published"), "publisert"},
    {"running", N_("running"), "pågår|i gang"},
    {"completed", N_("completed"), "fullført|avsluttet|avslutta"},
    {"cancelled", N_("cancelled"), "avlyst"},
    {NULL, NULL, NULL},
};

static const struct choice cohort_statuses[] = {
    {"planned", N_("planned"), "planlagt"},
    {"open", N_("open for registration"), "åpen|open|påmelding"},
    {"running", N_("running"), "pågår|i gang"},
    {"completed", N_("completed"), "fullført|avsluttet|avslutta"},
    {"cancelled", N_("cancelled"), "avlyst"},
    {NULL, NULL, NULL},
};

static const struct choice gathering_statuses[] = {
    {"planned", N_("planned"), "planlagt"},
    {"held", N_("held"), "holdt|halde|gjennomført"},
    {"cancelled", N_("cancelled"), "avlyst"},
    {NULL, NULL, NULL},
};

static const struct choice levels[] = {
    {"local", N_("local"), "lokal"},
    {"regional", N_("regional"), NULL},
    {"national", N_("national"), "nasjonal"},
    {NULL, NULL, NULL},
};

static const struct choice enrolment_roles[] = {
    {"participant", N_("participant"), "deltaker|deltakar"},
    {"leader", N_("leader"), "leder|leiar|prosessleder|styringsgruppe"},
    {"resource_person", N_("resource person"), "ressursperson"},
    {"lecturer", N_("lecturer"), "foreleser|førelesar|foredragsholder"},
    {"contact_person", N_("contact person"), "kontaktperson"},
    {"observer", N_("observer"), "observatør"},
    {"other", N_("other"), "annet|anna|annen"},
    {NULL, NULL, NULL},
};

static const struct choice enrolment_statuses[] = {
    {"invited", N_("invited"), "invitert"},
    {"registered", N_("registered"), "påmeldt|registrert"},
    {"waitlisted", N_("on the waiting list"), "venteliste|på venteliste|venter"},
    {"confirmed", N_("confirmed"), "bekreftet|bekrefta|stadfesta"},
    {"withdrawn", N_("withdrawn"), "avmeldt|trukket|trekt"},
    {"completed", N_("completed"), "fullført"},
    {NULL, NULL, NULL},
};

static const struct choice marks[] = {
    {"present", N_("present"), "til stede|til stades|møtt|møtte|ja|x"},
    {"absent", N_("absent"), "fravær|fråvær|ikke møtt|nei"},
    {"excused", N_("excused"), "meldt fra|meldt frå|forfall"},
    {"caught_up", N_("caught up elsewhere"), "tatt igjen|teke igjen|teke att"},
    {NULL, NULL, NULL},
};

static const struct choice roles[] = {
    {"reader", N_("reader"), "leser|lesar"},
    {"adviser", N_("adviser"), "rådgiver|rådgivar"},
    {"administrator", N_("administrator"), NULL},
    {NULL, NULL, NULL},
};

/* ---- fields --------------------------------------------------------------------------------- */

static const struct field organisation_fields[] = {
    {.name = "name", .label = N_("Name"), .flags = F_REQUIRED | F_KEY, .max = 200,
     .headings = "navn|namn|organisasjon|organisasjonsnavn|organisasjonsnamn|barnehage|barnehagens navn|"
                 "barnehagens namn|barnehagenavn|barnehagenamn|barnehager|barnehagar|navn på barnehage|"
                 "namn på barnehage|navn på barnehagen|namn på barnehagen|enhet|enhetsnavn|eining|virksomhet|"
                 "virksomhetsnavn|verksemd|arbeidssted|arbeidsstad|arbeidsplass|skole|skolenavn|skule|organisation|"
                 "organization|workplace|kindergarten|kindergarten name"},
    {.name = "kind", .label = N_("Kind"), .kind = FIELD_CHOICE, .choices = organisation_kinds,
     .flags = F_REQUIRED, .fallback = "kindergarten", .headings = "slag|type|organisasjonstype"},
    {.name = "ownership", .label = N_("Ownership"), .kind = FIELD_CHOICE, .choices = ownerships,
     .headings = "eierform|eigarform|eier|eigar|kommunal/privat|privat/kommunal|kommunal eller privat|eierskap|"
                 "eigarskap|eiertype|eigartype"},
    {.name = "orgno", .label = N_("Organisation number"), .kind = FIELD_ORGNO,
     .headings = "orgnr|org.nr|org nr|organisasjonsnummer|orgnummer|org.nummer|organisasjonsnr|organisation no|"
                 "organization number"},
    {.name = "parent", .label = N_("Belongs to"), .kind = FIELD_REF, .ref = T_ORGANISATION,
     .headings = "tilhører|høyrer til|overordnet|overordna|overordnet enhet|overordna eining|morselskap"},
    {.name = "municipality", .label = N_("Municipality"), .max = 100,
     .headings = "kommune|kommunenavn|kommunenamn|kommunens navn|kommunens namn|kommunenr|kommunenummer|kommune nr|"
                 "komm.nr|kommnr|knr|hjemkommune|heimkommune|vertskommune|council"},
    {.name = "email", .label = N_("E-mail"), .kind = FIELD_EMAIL,
     .headings = "e-post|epost|epostadresse|e-postadresse|epost adresse|e-post adresse|mail|mailadresse|e-mail|email|"
                 "e-mail address|email address"},
    {.name = "phone", .label = N_("Phone"), .kind = FIELD_PHONE,
     .headings = "telefon|tlf|tlf.|tlf.nr|tlfnr|telefonnummer|telefonnr|mobil|mobilnr|mobilnummer|mobiltelefon|"
                 "phone number|telephone"},
    {.name = "address", .label = N_("Address"),
     .headings = "adresse|besøksadresse|besøkadresse|postadresse|gateadresse"},
    {.name = "alias", .label = N_("Also called"), .max = 400,
     .headings = "alias|kallenavn|kallenamn|tidligere navn|tidlegare namn|pikenavn|jentenamn|kjent som|også kalt|"
                 "òg kalla|also known as"},
    {.name = "note", .label = N_("Note"), .kind = FIELD_NOTE, .headings = "merknad|notat|kommentar"},
};

static const struct field person_fields[] = {
    {.name = "given_name", .label = N_("Given name"), .flags = F_KEY, .max = 100,
     .headings = "fornavn|førenamn|fornamn|fornavn og mellomnavn|førenamn og mellomnamn|for- og mellomnavn|fornavnet|"
                 "first name|firstname|given name|forename"},
    {.name = "family_name", .label = N_("Family name"), .flags = F_KEY, .max = 100,
     .headings = "etternavn|etternamn|slektsnavn|slektsnamn|familienavn|familienamn|last name|lastname|surname|"
                 "family name"},
    {.name = "email", .label = N_("E-mail"), .kind = FIELD_EMAIL,
     .headings = "e-post|epost|epostadresse|e-postadresse|epost adresse|e-post adresse|mail|mailadresse|e-mail|email|"
                 "e-mail address|email address|jobbepost|jobb-epost|jobbmail|arbeidsepost"},
    {.name = "phone", .label = N_("Phone"), .kind = FIELD_PHONE,
     .headings = "telefon|tlf|tlf.|tlf.nr|tlfnr|tlf.nummer|telefonnummer|telefonnr|mobil|mobilnr|mobilnummer|"
                 "mobiltelefon|mobiltlf|mob|mob.nr|mobile|mobile phone|cell phone|telefon/mobil|mobil/telefon|"
                 "tlf/mobil|arbeidstelefon|jobbtelefon|jobbmobil|telefon dagtid|phone number|telephone"},
    {.name = "alias", .label = N_("Also called"), .max = 400,
     .headings = "alias|kallenavn|kallenamn|tidligere navn|tidlegare namn|pikenavn|jentenamn|kjent som|også kalt|"
                 "òg kalla|also known as"},
    {.name = "note", .label = N_("Note"), .kind = FIELD_NOTE,
     .headings = "merknad|merknader|merknadar|notat|kommentar|kommentarer|kommentarar|comment|"
                 "comments|notes"},
};

static const struct field position_fields[] = {
    {.name = "person", .label = N_("Person"), .kind = FIELD_REF, .ref = T_PERSON,
     .flags = F_REQUIRED | F_CASCADE | F_KEY},
    {.name = "organisation", .label = N_("Organisation"), .kind = FIELD_REF, .ref = T_ORGANISATION,
     .flags = F_REQUIRED | F_KEY,
     .headings = "barnehage|barnehagens navn|barnehagens namn|barnehagenavn|barnehagenamn|barnehage/skole|"
                 "arbeidssted|arbeidsstad|arbeidsplass|arbeidsgiver|arbeidsgivar|enhet|enhetsnavn|eining|virksomhet|"
                 "virksomhetsnavn|verksemd|organisasjon|skole|skule|tjenestested|tenestestad|workplace|place of work|"
                 "employer|kindergarten|avdeling"},
    {.name = "role", .label = N_("Position"), .kind = FIELD_CHOICE, .choices = position_roles,
     .flags = F_REQUIRED | F_KEY, .fallback = "other",
     .headings = "stilling|stillingstittel|stillingsbenevnelse|stillingskategori|stillingstekst|stillingsnavn|"
                 "stillingsnamn|tittel|yrke|yrkestittel|jobbtittel|job title"},
    {.name = "starts", .label = N_("From"), .kind = FIELD_DAY, .headings = "fra|frå|startdato"},
    {.name = "ends", .label = N_("Until"), .kind = FIELD_DAY, .headings = "til|sluttdato"},
};

static const struct field offering_fields[] = {
    {.name = "code", .label = N_("Code"), .kind = FIELD_CODE, .flags = F_REQUIRED | F_KEY, .max = 20,
     .headings = "kode|kortnavn|kortnamn|forkortelse|forkorting"},
    {.name = "title", .label = N_("Title"), .flags = F_REQUIRED | F_KEY,
     .headings = "tittel|tilbud|tilbod|kurs|navn|namn"},
    {.name = "kind", .label = N_("Kind"), .kind = FIELD_CHOICE, .choices = offering_kinds, .flags = F_REQUIRED,
     .fallback = "course", .headings = "slag|type"},
    {.name = "area", .label = N_("Programme area"), .max = 100, .headings = "programområde|område|satsingsområde"},
    {.name = "status", .label = N_("Status"), .kind = FIELD_CHOICE, .choices = offering_statuses,
     .flags = F_REQUIRED, .fallback = "draft", .headings = "status"},
    {.name = "starts", .label = N_("From"), .kind = FIELD_DAY, .headings = "fra|frå|start|startdato"},
    {.name = "ends", .label = N_("Until"), .kind = FIELD_DAY, .headings = "til|slutt|sluttdato"},
    {.name = "contact", .label = N_("Contact"), .kind = FIELD_REF, .ref = T_PERSON, .flags = F_CLEAR,
     .headings = "kontakt|kontaktperson|ansvarlig person"},
    {.name = "organiser", .label = N_("Organiser"), .kind = FIELD_REF, .ref = T_ORGANISATION, .flags = F_CLEAR,
     .headings = "arrangør|ansvarlig|ansvarleg"},
    {.name = "note", .label = N_("Note"), .kind = FIELD_NOTE, .headings = "merknad|notat|beskrivelse|omtale"},
};

static const struct field cohort_fields[] = {
    {.name = "offering", .label = N_("Offering"), .kind = FIELD_REF, .ref = T_OFFERING,
     .flags = F_REQUIRED | F_KEY, .headings = "tilbud|tilbod"},
    {.name = "number", .label = N_("Number"), .kind = FIELD_NUMBER, .flags = F_REQUIRED | F_KEY,
     .headings = "nummer|nr"},
    {.name = "name", .label = N_("Name"), .flags = F_REQUIRED | F_KEY, .max = 100,
     .headings = "navn|namn|pulje|pulje navn|puljenavn|puljenamn|gruppe"},
    {.name = "status", .label = N_("Status"), .kind = FIELD_CHOICE, .choices = cohort_statuses,
     .flags = F_REQUIRED, .fallback = "planned", .headings = "status"},
    {.name = "starts", .label = N_("From"), .kind = FIELD_DAY, .headings = "fra|frå|start|startdato"},
    {.name = "ends", .label = N_("Until"), .kind = FIELD_DAY, .headings = "til|slutt|sluttdato"},
    {.name = "deadline", .label = N_("Register by"), .kind = FIELD_DAY,
     .headings = "påmeldingsfrist|frist|svarfrist|deadline"},
    {.name = "note", .label = N_("Note"), .kind = FIELD_NOTE, .headings = "merknad|notat"},
};

static const struct field gathering_fields[] = {
    {.name = "cohort", .label = N_("Cohort"), .kind = FIELD_REF, .ref = T_COHORT, .flags = F_REQUIRED | F_KEY,
     .headings = "pulje|gruppe"},
    {.name = "number", .label = N_("Number"), .kind = FIELD_NUMBER, .flags = F_REQUIRED | F_KEY,
     .headings = "nummer|nr|samling"},
    {.name = "title", .label = N_("Title"), .flags = F_REQUIRED | F_KEY, .headings = "tittel|tema|emne|navn|namn|topic"},
    {.name = "starts", .label = N_("Starts"), .kind = FIELD_MOMENT,
     .headings = "dato|tid|tidspunkt|start|starter|startar|starttid|fra|frå|date|when|når"},
    {.name = "ends", .label = N_("Ends"), .kind = FIELD_MOMENT, .headings = "slutt|sluttid|slutter|sluttar|til"},
    {.name = "place", .label = N_("Place"), .headings = "sted|stad|lokale|møtested|møtestad|adresse|venue"},
    {.name = "level", .label = N_("Level"), .kind = FIELD_CHOICE, .choices = levels, .fallback = "local",
     .headings = "nivå"},
    {.name = "status", .label = N_("Status"), .kind = FIELD_CHOICE, .choices = gathering_statuses,
     .flags = F_REQUIRED, .fallback = "planned", .headings = "status"},
    {.name = "deadline", .label = N_("Register by"), .kind = FIELD_DAY,
     .headings = "påmeldingsfrist|frist|svarfrist|deadline"},
    {.name = "note", .label = N_("Note"), .kind = FIELD_NOTE, .headings = "merknad|notat"},
};

static const struct field enrolment_fields[] = {
    {.name = "cohort", .label = N_("Cohort"), .kind = FIELD_REF, .ref = T_COHORT, .flags = F_REQUIRED | F_KEY,
     .headings = "pulje|gruppe"},
    {.name = "person", .label = N_("Person"), .kind = FIELD_REF, .ref = T_PERSON, .flags = F_REQUIRED | F_KEY},
    {.name = "organisation", .label = N_("Organisation"), .kind = FIELD_REF, .ref = T_ORGANISATION,
     .headings = "barnehage|organisasjon"},
    {.name = "role", .label = N_("Role"), .kind = FIELD_CHOICE, .choices = enrolment_roles, .flags = F_REQUIRED,
     .fallback = "participant", .headings = "rolle|funksjon|rolle i pulja|rolle på samlingen"},
    {.name = "status", .label = N_("Status"), .kind = FIELD_CHOICE, .choices = enrolment_statuses,
     .flags = F_REQUIRED, .fallback = "registered", .headings = "status|påmelding|påmeldingsstatus|deltakerstatus"},
    {.name = "note", .label = N_("Note"), .kind = FIELD_NOTE, .headings = "merknad|notat|kommentar"},
};

static const struct field attendance_fields[] = {
    {.name = "enrolment", .label = N_("Enrolment"), .kind = FIELD_REF, .ref = T_ENROLMENT,
     .flags = F_REQUIRED | F_CASCADE | F_KEY},
    {.name = "gathering", .label = N_("Gathering"), .kind = FIELD_REF, .ref = T_GATHERING,
     .flags = F_REQUIRED | F_KEY},
    {.name = "mark", .label = N_("Attendance"), .kind = FIELD_CHOICE, .choices = marks, .flags = F_REQUIRED | F_KEY,
     .headings = "oppmøte|frammøte"},
    {.name = "note", .label = N_("Note"), .kind = FIELD_NOTE, .headings = "merknad|notat"},
};

static const struct field batch_fields[] = {
    {.name = "type", .label = N_("Type"), .flags = F_READ_ONLY},
    {.name = "target", .label = N_("Into"), .flags = F_READ_ONLY},
    {.name = "file", .label = N_("File"), .flags = F_READ_ONLY, .max = 1000},
    {.name = "hash", .label = N_("Checksum"), .flags = F_READ_ONLY},
    {.name = "rows", .label = N_("Rows"), .kind = FIELD_NUMBER, .flags = F_READ_ONLY},
    {.name = "new", .label = N_("New"), .kind = FIELD_NUMBER, .flags = F_READ_ONLY},
    {.name = "matched", .label = N_("Matched"), .kind = FIELD_NUMBER, .flags = F_READ_ONLY},
    {.name = "changed", .label = N_("Changed"), .kind = FIELD_NUMBER, .flags = F_READ_ONLY},
    {.name = "unclear", .label = N_("Unclear"), .kind = FIELD_NUMBER, .flags = F_READ_ONLY},
    {.name = "rejected", .label = N_("Rejected"), .kind = FIELD_NUMBER, .flags = F_READ_ONLY},
    {.name = "skipped", .label = N_("Skipped"), .kind = FIELD_NUMBER, .flags = F_READ_ONLY,
     .fallback = "0"},
};

static const struct field user_fields[] = {
    {.name = "name", .label = N_("User name"), .flags = F_REQUIRED | F_KEY, .max = 64},
    {.name = "full_name", .label = N_("Full name"), .max = 100},
    {.name = "role", .label = N_("Role"), .kind = FIELD_CHOICE, .choices = roles, .flags = F_REQUIRED,
     .fallback = "adviser"},
    {.name = "active", .label = N_("Active"), .kind = FIELD_FLAG, .fallback = "1"},
};

static const struct field change_fields[] = {
    {.name = "operation", .label = N_("Operation"), .flags = F_READ_ONLY},
    {.name = "field", .label = N_("Field"), .flags = F_READ_ONLY},
    {.name = "old", .label = N_("From"), .flags = F_READ_ONLY},
    {.name = "new", .label = N_("To"), .flags = F_READ_ONLY},
};

static const struct field draft_fields[] = {
    {.name = "fields", .label = N_("Fields"), .flags = F_READ_ONLY},
};

static const struct field setting_fields[] = {
    {.name = "name", .label = N_("Name"), .flags = F_READ_ONLY},
    {.name = "value", .label = N_("Value"), .flags = F_READ_ONLY},
};

static const struct field sheet_fields[] = {
    {.name = "gathering", .label = N_("Gathering"), .kind = FIELD_REF, .ref = T_GATHERING,
     .flags = F_REQUIRED | F_READ_ONLY | F_CASCADE},
    {.name = "code", .label = N_("Sheet code"), .flags = F_REQUIRED | F_READ_ONLY | F_KEY},
    {.name = "rows", .label = N_("Rows"), .kind = FIELD_NOTE, .flags = F_REQUIRED | F_READ_ONLY, .max = 1 << 20},
};

static const struct field plan_fields[] = {
    {.name = "title", .label = N_("Title"), .flags = F_REQUIRED | F_KEY,
     .headings = "tittel|plan|kompetanseplan|navn|namn"},
    {.name = "starts", .label = N_("From"), .kind = FIELD_DAY, .headings = "fra|frå|start|startdato"},
    {.name = "ends", .label = N_("Until"), .kind = FIELD_DAY, .headings = "til|slutt|sluttdato"},
    {.name = "note", .label = N_("Note"), .kind = FIELD_NOTE, .headings = "merknad|notat"},
};

static const struct field placement_fields[] = {
    {.name = "offering", .label = N_("Offering"), .kind = FIELD_REF, .ref = T_OFFERING,
     .flags = F_REQUIRED | F_CASCADE | F_KEY, .headings = "tilbud|tilbod"},
    {.name = "plan", .label = N_("Plan"), .kind = FIELD_REF, .ref = T_PLAN, .flags = F_REQUIRED | F_CASCADE | F_KEY,
     .headings = "kompetanseplan"},
    {.name = "area", .label = N_("Programme area"), .flags = F_KEY, .max = 100, .headings = "programområde|område"},
};

/* ---- search links --------------------------------------------------------------------------- */

static const struct search_link organisation_links[] = {
    {T_PERSON, "SELECT person_id FROM position WHERE organisation_id = ?1"},
    {T_NONE, NULL},
};
static const struct search_link person_links[] = {
    {T_OFFERING, "SELECT id FROM offering WHERE contact_id = ?1"},
    {T_NONE, NULL},
};
static const struct search_link position_links[] = {
    {T_PERSON, "SELECT person_id FROM position WHERE id = ?1"},
    {T_NONE, NULL},
};
static const struct search_link offering_links[] = {
    {T_GATHERING, "SELECT g.id FROM gathering g JOIN cohort c ON c.id = g.cohort_id WHERE c.offering_id = ?1"},
    {T_NONE, NULL},
};
static const struct search_link cohort_links[] = {
    {T_GATHERING, "SELECT id FROM gathering WHERE cohort_id = ?1"},
    {T_NONE, NULL},
};

/* ---- types ---------------------------------------------------------------------------------- */

#define FULL_NAME(p) "trim(coalesce(" p ".given_name, '') || ' ' || coalesce(" p ".family_name, ''))"

static const struct record_type types[T_COUNT] = {
    [T_ORGANISATION] = {
        .id = T_ORGANISATION, .name = "organisation", .plural = "organisations", .label = N_("organisation"),
        .label_plural = N_("organisations"), .table = "organisation", .fields = organisation_fields,
        .nfields = COUNT(organisation_fields), .by_hand = true, .role = ROLE_ADVISER, .sort = {"name"},
        .match = {"name"}, .unique = {"orgno"}, .title = "r.name",
        .search = "r.name || ' ' || coalesce(r.alias, '') || ' ' || coalesce(r.municipality, '') || ' ' ||"
                  " coalesce(r.orgno, '') || ' ' ||"
                  " coalesce(r.email, '')",
        .links = organisation_links, .check = rule_organisation,
    },
    [T_PERSON] = {
        .id = T_PERSON, .name = "person", .plural = "people", .label = N_("person"), .label_plural = N_("people"),
        .table = "person", .fields = person_fields, .nfields = COUNT(person_fields), .by_hand = true,
        .role = ROLE_ADVISER, .sort = {"family_name", "given_name"}, .match = {"given_name", "family_name"},
        .title = FULL_NAME("r"),
        .search = FULL_NAME("r") " || ' ' || coalesce(r.alias, '') || ' ' || coalesce(r.email, '') || ' ' ||"
                  " coalesce(r.phone, '') || ' ' ||"
                  " replace(coalesce(r.phone, ''), ' ', '') || ' ' || coalesce((SELECT group_concat(w, ' ')"
                  " FROM (SELECT o.name || ' ' || coalesce(o.municipality, '') AS w FROM position p"
                  " JOIN organisation o ON o.id = p.organisation_id WHERE p.person_id = r.id"
                  " ORDER BY p.id)), '')", /* the order in which it was stored, whatever index is used */
        .links = person_links, .check = rule_person,
    },
    [T_POSITION] = {
        .id = T_POSITION, .name = "position", .plural = "positions", .label = N_("position"),
        .label_plural = N_("positions"), .table = "position", .fields = position_fields,
        .nfields = COUNT(position_fields), .by_hand = true, .role = ROLE_ADVISER,
        .title = "(SELECT " FULL_NAME("p") " FROM person p WHERE p.id = r.person_id) || ', ' ||"
                 " (SELECT o.name FROM organisation o WHERE o.id = r.organisation_id)",
        .links = position_links,
    },
    [T_OFFERING] = {
        .id = T_OFFERING, .name = "offering", .plural = "offerings", .label = N_("offering"),
        .label_plural = N_("offerings"), .table = "offering", .fields = offering_fields,
        .nfields = COUNT(offering_fields), .by_hand = true, .role = ROLE_ADVISER, .sort = {"code"},
        .unique = {"code"}, .title = "r.title", .reference = "r.code",
        .search = "r.code || ' ' || r.title || ' ' || coalesce(r.area, '') || ' ' || coalesce((SELECT "
                  FULL_NAME("p") " FROM person p WHERE p.id = r.contact_id), '')",
        .links = offering_links,
    },
    [T_COHORT] = {
        .id = T_COHORT, .name = "cohort", .plural = "cohorts", .label = N_("cohort"), .label_plural = N_("cohorts"),
        .table = "cohort", .fields = cohort_fields, .nfields = COUNT(cohort_fields), .by_hand = true,
        .role = ROLE_ADVISER, .unique = {"offering,number"}, .title = "r.name",
        .reference = "(SELECT o.code FROM offering o WHERE o.id = r.offering_id) || '/' || r.number",
        .links = cohort_links, .check = rule_number, .complete = complete_cohort,
    },
    [T_GATHERING] = {
        .id = T_GATHERING, .name = "gathering", .plural = "gatherings", .label = N_("gathering"),
        .label_plural = N_("gatherings"), .table = "gathering", .fields = gathering_fields,
        .nfields = COUNT(gathering_fields), .by_hand = true, .role = ROLE_ADVISER, .unique = {"cohort,number"},
        .title = "r.title",
        .reference = "(SELECT o.code || '/' || c.number FROM cohort c JOIN offering o ON o.id = c.offering_id"
                     " WHERE c.id = r.cohort_id) || '/' || r.number",
        .search = "(SELECT o.code || ' ' || c.number || ' ' || r.number || ' ' || r.title || ' ' ||"
                  " coalesce(r.place, '') || ' ' || o.title || ' ' || c.name FROM cohort c JOIN offering o"
                  " ON o.id = c.offering_id WHERE c.id = r.cohort_id)",
        .check = rule_gathering, .complete = complete_gathering,
    },
    [T_ENROLMENT] = {
        .id = T_ENROLMENT, .name = "enrolment", .plural = "enrolments", .label = N_("enrolment"),
        .label_plural = N_("enrolments"), .table = "enrolment", .fields = enrolment_fields,
        .nfields = COUNT(enrolment_fields), .by_hand = true, .role = ROLE_ADVISER, .unique = {"cohort,person"},
        .title = "(SELECT " FULL_NAME("p") " FROM person p WHERE p.id = r.person_id) || ', ' ||"
                 " (SELECT o.code || '/' || c.number FROM cohort c JOIN offering o ON o.id = c.offering_id"
                 " WHERE c.id = r.cohort_id)",
        .check = rule_enrolment, .complete = complete_enrolment,
    },
    [T_ATTENDANCE] = {
        .id = T_ATTENDANCE, .name = "attendance", .plural = "attendances", .label = N_("attendance"),
        .label_plural = N_("attendances"), .table = "attendance", .fields = attendance_fields,
        .nfields = COUNT(attendance_fields), .by_hand = true, .role = ROLE_ADVISER,
        .unique = {"gathering,enrolment"},
        .title = "(SELECT " FULL_NAME("p") " || ', ' || o.code || '/' || c.number || '/' || g.number"
                 " FROM enrolment e JOIN person p ON p.id = e.person_id JOIN gathering g ON g.id = r.gathering_id"
                 " JOIN cohort c ON c.id = g.cohort_id JOIN offering o ON o.id = c.offering_id"
                 " WHERE e.id = r.enrolment_id)",
        .check = rule_attendance,
    },
    [T_BATCH] = {
        .id = T_BATCH, .name = "batch", .plural = "batches", .label = N_("import"), .label_plural = N_("imports"),
        .table = "batch", .fields = batch_fields, .nfields = COUNT(batch_fields), .role = ROLE_ADVISER,
        .unlogged = true, .title = "r.file",
    },
    [T_USER] = {
        .id = T_USER, .name = "user", .plural = "users", .label = N_("user"), .label_plural = N_("users"),
        .table = "user", .fields = user_fields, .nfields = COUNT(user_fields), .by_hand = true,
        .role = ROLE_ADMINISTRATOR, .unique = {"name"}, .title = "coalesce(r.full_name, r.name)",
        .reference = "r.name", .check = rule_user, .leave = leave_user,
    },
    [T_CHANGE] = {
        .id = T_CHANGE, .name = "change", .plural = "changes", .label = N_("change"), .label_plural = N_("changes"),
        .table = "change", .fields = change_fields, .nfields = COUNT(change_fields), .plain = true,
        .role = ROLE_ADMINISTRATOR, .title = "r.operation",
    },
    [T_DRAFT] = {
        .id = T_DRAFT, .name = "draft", .plural = "drafts", .label = N_("draft"), .label_plural = N_("drafts"),
        .table = "draft", .fields = draft_fields, .nfields = COUNT(draft_fields), .plain = true,
        .role = ROLE_ADVISER, .title = "r.id",
    },
    [T_SETTING] = {
        .id = T_SETTING, .name = "setting", .plural = "settings", .label = N_("setting"),
        .label_plural = N_("settings"), .table = "setting", .fields = setting_fields,
        .nfields = COUNT(setting_fields), .plain = true, .role = ROLE_ADMINISTRATOR, .title = "r.name",
    },
    [T_SHEET] = {
        .id = T_SHEET, .name = "sheet", .plural = "sheets", .label = N_("sheet"), .label_plural = N_("sheets"),
        .table = "sheet", .fields = sheet_fields, .nfields = COUNT(sheet_fields), .role = ROLE_ADVISER, .unlogged = true,
        .unique = {"code"}, .title = "r.code",
    },
    [T_PLAN] = {
        .id = T_PLAN, .name = "plan", .plural = "plans", .label = N_("plan"), .label_plural = N_("plans"),
        .table = "plan", .fields = plan_fields, .nfields = COUNT(plan_fields), .by_hand = true, .role = ROLE_ADVISER,
        .sort = {"title"}, .unique = {"title"}, .title = "r.title",
    },
    [T_PLACEMENT] = {
        .id = T_PLACEMENT, .name = "placement", .plural = "placements", .label = N_("place in a plan"),
        .label_plural = N_("places in plans"), .table = "placement", .fields = placement_fields,
        .nfields = COUNT(placement_fields), .by_hand = true, .role = ROLE_ADVISER,
        .title = "(SELECT o.code FROM offering o WHERE o.id = r.offering_id) || ', ' ||"
                 " (SELECT p.title FROM plan p WHERE p.id = r.plan_id) || coalesce(', ' || r.area, '')",
        .check = rule_placement,
    },
};

/* clang-format on */

const struct record_type *type_by_id(enum type_id id)
{
    return id > T_NONE && id < T_COUNT ? &types[id] : NULL;
}

const struct record_type *type_by_name(const char *name)
{
    for (size_t i = T_NONE + 1; i < T_COUNT; i++) {
        const struct record_type *t = &types[i];
        if (strcmp(t->name, name) == 0 || strcmp(t->plural, name) == 0 ||
            text_same(lang_tr(t->label), name) || text_same(lang_tr(t->label_plural), name))
            return t;
    }
    return NULL;
}

int type_field(const struct record_type *t, const char *name)
{
    for (size_t i = 0; i < t->nfields; i++)
        if (strcmp(t->fields[i].name, name) == 0)
            return (int)i;
    return -1;
}

void field_column(const struct field *f, struct buf *out)
{
    buf_add(out, f->column ? f->column : f->name);
    if (!f->column && f->kind == FIELD_REF)
        buf_add(out, "_id");
}

const struct choice *choice_by_key(const struct field *f, const char *key)
{
    for (const struct choice *c = f->choices; key && c && c->key; c++)
        if (strcmp(c->key, key) == 0)
            return c;
    return NULL;
}
