/* What export writes, import reads back with nothing changed: every type, both forms, every
 * language, on values that no sane person has but that some file will bring. */
#include "config.h"

#include "desk.h"

#include "samling/export.h"
#include "samling/import.h"
#include "samling/lang.h"
#include "samling/text.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- values ---------------------------------------------------------------------------------- */

static uint32_t state;

static uint32_t dice(uint32_t n)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
}

static const char *const given[] = {
    "Kari",         "Åse",
    "A\xcc\x8ase", /* NFD */
    "Čáhppe",       "Ŋábmo",
    "Máret Áile",   "=Ola",
    "+Per",         "-Liv",
    "@Bo",          "'Eva",
    "''=Ida",       "Anne-Lise",
    "Zoë 🙂",    "TORE",
    "o'Brian",      "\"Kalle\"",
    "Jens; Petter", "van",
    "Bø, jr",       "Xi",
    "0301",         "TRUE",
    "1e5",          "Ærlig\xc2\xa0Mann",
};
static const char *const family[] = {
    "Nordmann", "Aas", "Ås",  "de la Cruz", "Øst-Vest",      "'t Hooft", "Eide\tLie",    "=1+1",
    "Đorđević", "Li",  "Moe", "mars 1",     "Løkås (vikar)", "3.4",      "Van der Berg",
};
static const char *const places[] = {
    "Solsikken barnehage", "Solsikken barnehage", "Blåklokka FUS barnehage AS", "Bhg \"Sol\" SA",
    "=HYPERLINK(\"x\")",   "Asker kommune",       "Totalt barnehage",           "Nes; Ås og Ski",
    "-Fjellbarnehagen",    "007 barnehage",       "Gáldu mánáidgárdi",          "A",
};
static const char *const towns[] = {"Asker", "Kautokeino", "Lillevik", NULL, "Våler", "Oslo"};
static const char *const notes[] = {
    "linje 1\nlinje 2",
    "=cmd|' /C calc'!A0",
    "'",
    "a\n\n;\"b\"\r\nc",
    "0301",
    "+47",
    "\xe2\x80\xa6",
    "x\ty",
};

/* Of many bytes, but no more than there is room for. */
static const char *long_name(char *out, size_t bytes, const char *letter)
{
    out[0] = '\0';
    while (strlen(out) + strlen(letter) + 1 <= bytes)
        strcat(out, letter);
    return out;
}

/* ---- records --------------------------------------------------------------------------------- */

/* As `add` does: what is typed is tidied first. */
static int64_t add(struct session *s, enum type_id type, ...)
{
    struct record *r = record_new(type_of(type));
    va_list ap;
    va_start(ap, type);
    for (const char *name; (name = va_arg(ap, const char *));) {
        const struct field *f = &r->type->fields[type_field(r->type, name)];
        const char *typed = va_arg(ap, const char *);
        char *stored = NULL;
        if (typed)
            OK(field_parse(s, f, typed, &stored, err));
        record_put(r, type_field(r->type, name), stored);
        free(stored);
    }
    va_end(ap);
    OK(desk_write(s, ACT_ADD, r, record_insert, err));
    int64_t id = r->id;
    record_free(r);
    return id;
}

static const char *text_of(int64_t n)
{
    static char text[4][24];
    static int i;
    i = (i + 1) % 4;
    snprintf(text[i], sizeof text[i], "%lld", (long long)n);
    return text[i];
}

#define SOME(list)     list[dice((uint32_t)COUNT(list))]
#define PERHAPS(value) (dice(3) ? NULL : (value))

enum { ORGANISATIONS = 24, PEOPLE = 160 };

struct county {
    struct session *s;
    int64_t organisation[ORGANISATIONS], person[PEOPLE];
    int64_t cohort, gathering;
};

static void add_organisations(struct county *c)
{
    static const char *const numbers[] = {"974760673", "889640782", "923609016"};
    char name[204];
    for (size_t i = 0; i < ORGANISATIONS; i++) {
        const char *up = i && dice(4) == 0 ? text_of(c->organisation[dice((uint32_t)i)]) : NULL;
        const char *called = i < COUNT(places) ? places[i] : SOME(places);
        char phone[16], mail[32];
        snprintf(phone, sizeof phone, "+4670%07u", dice(9999999));
        snprintf(mail, sizeof mail, "post%zu@bhg.example", i);
        if (i == 20)
            called = long_name(name, 200, "ø");
        c->organisation[i] =
            add(c->s, T_ORGANISATION, "name", called, "kind",
                dice(2) ? "kindergarten" : "county_governor", "municipality", SOME(towns), "parent",
                up, "ownership", PERHAPS("private"), "phone", PERHAPS(phone), "email",
                PERHAPS(mail), "note", PERHAPS(SOME(notes)), "address", PERHAPS("=1+1, 0301 Oslo"),
                "orgno", i < COUNT(numbers) ? numbers[i] : NULL, NULL);
    }
}

static void add_positions(struct county *c, size_t i)
{
    static const char *const roles[] = {"styrer", "teacher", "other", "pedagogical_leader"};
    const char *person = text_of(c->person[i]);
    if (dice(4) == 0)
        return;
    if (dice(3) == 0)
        add(c->s, T_POSITION, "person", person, "organisation",
            text_of(c->organisation[dice(ORGANISATIONS)]), "role", SOME(roles), "starts",
            "01.08.2010", "ends", "31.07.2015", NULL);
    if (dice(5))
        add(c->s, T_POSITION, "person", person, "organisation",
            text_of(c->organisation[dice(ORGANISATIONS)]), "role", SOME(roles), "starts",
            PERHAPS("01.08.2015"), NULL);
}

static void add_people(struct county *c)
{
    char name[104];
    for (size_t i = 0; i < PEOPLE; i++) {
        char mail[40], phone[16];
        bool twin = i && dice(5) == 0;
        snprintf(mail, sizeof mail, "%zu@a.example", i);
        snprintf(phone, sizeof phone, dice(3) ? "4%07u" : "0044 20 %07u", 1000000 + dice(8999999));
        /* Namesakes, with and without an address. */
        const char *first = twin ? "Kari" : SOME(given), *last = twin ? "Nordmann" : SOME(family);
        if (i % 40 == 7)
            first = long_name(name, 100, "š");
        c->person[i] = add(c->s, T_PERSON, "given_name", dice(12) ? first : NULL, "family_name",
                           dice(12) || !dice(2) ? last : "Xx", "email", dice(2) ? mail : NULL,
                           "phone", PERHAPS(phone), "note", PERHAPS(SOME(notes)), NULL);
        add_positions(c, i);
    }
}

static void add_programme(struct county *c)
{
    static const char *const kinds[] = {"course", "network", "cohorts", "hearing"};
    static const char *const titles[] = {"=1+1", "Rekomp; 2022", "Barnehagens \"innsatsteam\"",
                                         "-Rekomp", "0301"};
    static const char *const starts[] = {"01.02.2022", "2022-02-08 09:00", "29.02.2020", NULL};
    static const char *const codes[] = {"BIM", "Rekomp-2", "1E5", "Å_1", "mars-1"};
    int64_t plan = add(c->s, T_PLAN, "title", "=Plan; 2021/22", NULL);
    for (size_t i = 0; i < COUNT(codes); i++) {
        add(c->s, T_OFFERING, "code", codes[i], "title", titles[i], "kind", SOME(kinds), "area",
            PERHAPS("'=x"), "starts", PERHAPS("01.02.2022"), "ends", PERHAPS("31.12.2023"),
            "contact", PERHAPS(text_of(c->person[dice(PEOPLE)])), "note", PERHAPS(SOME(notes)),
            NULL);
        for (int j = 0; j < 2; j++) /* under two areas of the plan */
            if (i % 3 >= (size_t)j)
                add(c->s, T_PLACEMENT, "offering", codes[i], "plan", text_of(plan), "area",
                    j ? "-Felles" : NULL, NULL);
        for (int j = 0; j < 3; j++) {
            c->cohort = add(c->s, T_COHORT, "offering", codes[i], "name", j ? NULL : titles[i],
                            "status", PERHAPS("open"), "starts", PERHAPS("01.03.2022"), "deadline",
                            (i + (size_t)j) % 3 ? NULL : "15.02.2022", NULL);
            for (int k = 0; k < 4; k++)
                c->gathering =
                    add(c->s, T_GATHERING, "cohort", text_of(c->cohort), "title",
                        k ? NULL : titles[i], "starts", SOME(starts), "place", PERHAPS("@Ås, 2/3"),
                        "level", PERHAPS("national"), "status", PERHAPS("cancelled"), "deadline",
                        k % 3 ? NULL : "25.01.2022", "note", PERHAPS(SOME(notes)), NULL);
        }
    }
}

static void add_roster(struct county *c)
{
    static const char *const roles[] = {"participant", "lecturer", "other"};
    static const char *const statuses[] = {"registered", "withdrawn", "waitlisted", "confirmed"};
    static const char *const marks[] = {"present", "absent", "excused", "caught_up"};
    for (size_t i = 0; i < PEOPLE; i++) {
        if (dice(3) == 0)
            continue;
        int64_t e =
            add(c->s, T_ENROLMENT, "cohort", text_of(c->cohort), "person", text_of(c->person[i]),
                "organisation", dice(4) ? NULL : text_of(c->organisation[dice(ORGANISATIONS)]),
                "role", SOME(roles), "status", SOME(statuses), NULL);
        if (dice(2))
            add(c->s, T_ATTENDANCE, "enrolment", text_of(e), "gathering", text_of(c->gathering),
                "mark", SOME(marks), NULL);
    }
}

static void county_open(struct county *c, uint32_t seed)
{
    state = seed;
    c->s = desk_open(":memory:", "anna");
    add_organisations(c);
    add_people(c);
    add_programme(c);
    add_roster(c);
}

/* ---- there and back -------------------------------------------------------------------------- */

static const char *const languages[] = {"en", "nb", "nn"};
static struct buf odd; /* rows that are not plainly matched */

static void on_row(void *arg, const struct import_row *row)
{
    (void)arg;
    if (row->verdict != VERDICT_MATCHED)
        buf_addf(&odd, "%ld %s %s|%s|%s\n", row->line, verdict_name(row->verdict), row->name,
                 row->organisation, row->reason);
}

static int64_t changes_of(struct session *s)
{
    int64_t n;
    OK(db_get_int(s->db, &n, NULL, err, "SELECT total_changes()", NULL));
    return n;
}

static void read_back(const struct county *c, const struct import_options *o, const char *file,
                      size_t len, const char *what)
{
    struct import *imp;
    struct import_result r;
    struct import_watch watch = {.row = on_row};
    buf_clear(&odd);
    OK(import_open_memory(&imp, c->s, o, "back.csv", file, len, err));
    for (int write = 0; write < 2; write++) {
        OK(import_run(imp, write, &watch, &r, err));
        if (r.count[VERDICT_MATCHED] != r.rows || !r.rows || r.enrolled || r.organisations_made ||
            r.batch)
            fail_msg("%s: %ld rows, %ld matched, %ld enrolled, %ld organisations, batch %lld\n%s",
                     what, r.rows, r.count[VERDICT_MATCHED], r.enrolled, r.organisations_made,
                     (long long)r.batch, buf_str(&odd));
    }
    import_close(imp);
}

static void there_and_back(const struct county *c, const char *listing, const char *type,
                           enum type_id scope, int64_t id)
{
    static const enum export_form forms[] = {EXPORT_PLAIN, EXPORT_EXCEL};
    struct listing_query q = {
        .listing = listing_by_name(listing), .scope_type = scope, .scope = id};
    struct import_options o = {.type = type, .cohort = c->cohort, .gathering = c->gathering};
    for (size_t i = 0; i < COUNT(languages) * COUNT(forms) * 2; i++) {
        char *file = NULL, what[80];
        size_t len = 0;
        enum export_form form = forms[i % 2];
        lang_init(languages[i / 2 % 3]);
        o.replace = i >= COUNT(languages) * COUNT(forms);
        if (strcmp(type, "gatherings") == 0)
            o.cohort = 0;
        FILE *out = open_memstream(&file, &len);
        OK(export_listing(c->s, &q, form, 0, out, NULL, err));
        fclose(out);
        snprintf(what, sizeof what, "%s, %s, %s%s", type, lang_code(),
                 form == EXPORT_PLAIN ? "plain" : "excel", o.replace ? ", replacing" : "");
        read_back(c, &o, file, len, what);
        free(file);
    }
    lang_init("en");
}

static void each_county(const char *listing, const char *type, enum type_id scope)
{
    for (uint32_t seed = 1; seed <= 3; seed++) {
        struct county c;
        county_open(&c, seed);
        int64_t before = changes_of(c.s);
        there_and_back(&c, listing, type, scope,
                       scope == T_COHORT      ? c.cohort
                       : scope == T_GATHERING ? c.gathering
                                              : 0);
        /* (A writing that comes to nothing is rolled back; its batch and change set count here.) */
        assert_true(changes_of(c.s) - before < 200);
        session_close(c.s);
    }
    buf_free(&odd);
}

static void test_people(void **unused)
{
    (void)unused;
    each_county("people", "people", T_NONE);
}

static void test_organisations(void **unused)
{
    (void)unused;
    each_county("organisations", "organisations", T_NONE);
}

static void test_offerings(void **unused)
{
    (void)unused;
    each_county("offerings", "offerings", T_NONE);
}

static void test_cohorts(void **unused)
{
    (void)unused;
    each_county("cohorts", "cohorts", T_NONE);
}

static void test_gatherings(void **unused)
{
    (void)unused;
    each_county("gatherings", "gatherings", T_NONE);
}

static void test_roster(void **unused)
{
    (void)unused;
    each_county("roster", "roster", T_COHORT);
}

static void test_attendance(void **unused)
{
    (void)unused;
    each_county("roster", "attendance", T_GATHERING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people),     cmocka_unit_test(test_organisations),
        cmocka_unit_test(test_offerings),  cmocka_unit_test(test_cohorts),
        cmocka_unit_test(test_gatherings), cmocka_unit_test(test_roster),
        cmocka_unit_test(test_attendance),
    };
    setenv("SAMLING_TODAY", "2022-02-01", 1);
    lang_init("en");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
