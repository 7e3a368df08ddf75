/* Which column is which: by headings, by contents, by choice, by memory; and rows that are none. */
#include "config.h"

#include "samling/lang.h"
#include "samling/listing.h"
#include "samling/mem.h"

#include "exchange/content.h"
#include "exchange/furniture.h"
#include "exchange/headings.h"
#include "exchange/mapping.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- help ----------------------------------------------------------------------------------- */

struct file {
    struct reader *reader;
    struct mapping m;
    const struct targets *t;
    struct error err;
    enum status st;
};

static struct import_options options_of(const char *type)
{
    struct import_options o = {0};
    o.type = type;
    return o;
}

static void file_open(struct file *f, struct session *s, const struct import_options *o,
                      const char *csv)
{
    *f = (struct file){0};
    f->t = targets_of(o->type);
    assert_non_null(f->t);
    assert_int_equal(
        reader_open_memory(&f->reader, "list.csv", csv, strlen(csv), &o->reader, &f->err), ST_OK);
    f->st = mapping_find(&f->m, f->t, o, s, f->reader, &f->err);
}

static void file_close(struct file *f)
{
    mapping_free(&f->m);
    reader_close(f->reader);
}

static void add_column(const struct file *f, size_t i, struct buf *out)
{
    static const char *const words[] = {[COLUMN_UNKNOWN] = "-",
                                        [COLUMN_LEFT_OUT] = "(out)",
                                        [COLUMN_OF_FORM] = "(form)",
                                        [COLUMN_IDENTITY] = "(nin)",
                                        [COLUMN_EMPTY] = "(empty)"};
    static const char *const why[] = {
        [BY_HEADING] = "", [BY_CONTENT] = "~", [BY_CHOICE] = "!", [BY_MEMORY] = "+"};
    assert_int_equal(f->m.use[i] == COLUMN_TAKEN, f->m.target[i] >= 0);
    if (f->m.target[i] >= 0)
        buf_addf(out, "%s%s", why[f->m.why[i]], f->t->target[f->m.target[i]].name);
    else
        buf_addf(out, "%s%s", f->m.why[i] == BY_MEMORY ? "+" : "", words[f->m.use[i]]);
}

static void columns(const struct file *f, struct buf *out)
{
    for (size_t i = 0; i < f->m.ncolumns; i++) {
        if (i)
            buf_addc(out, ' ');
        add_column(f, i, out);
    }
}

static void check(struct session *s, const struct import_options *o, const char *csv,
                  const char *want)
{
    struct file f;
    struct buf got = {0};
    file_open(&f, s, o, csv);
    if (f.st == ST_OK)
        columns(&f, &got);
    else
        buf_add(&got, "refused");
    if (strcmp(buf_str(&got), want) != 0)
        fail_msg("%s\n%s\ngot  %s\nwant %s\n%s", o->type, csv, buf_str(&got), want, f.err.why);
    buf_free(&got);
    file_close(&f);
}

static void expect(const char *type, const char *csv, const char *want)
{
    struct import_options o = options_of(type);
    check(NULL, &o, csv, want);
}

/* ---- headings ------------------------------------------------------------------------------- */

/* A cell that fits the field: a question is only believed when its answers fit. */
static const char *sample_of(const char *field)
{
    static const struct {
        const char *field, *cell;
    } samples[] = {{"email", "kari@asker.example"}, {"phone", "91234567"},   {"name", "Kari Berg"},
                   {"given_name", "Kari"},          {"family_name", "Berg"}, {"(nin)", "hemmelig"}};
    for (size_t i = 0; i < COUNT(samples); i++)
        if (strcmp(samples[i].field, field) == 0)
            return samples[i].cell;
    return "noe annet";
}

/* The heading beside one that is known, so that the row is the header. */
static void expect_heading(const char *type, const char *beside, const char *heading,
                           const char *want)
{
    struct buf csv = {0}, all = {0};
    buf_addf(&csv, "%s\t%s\nxyz\t%s\n", beside, heading, sample_of(want));
    struct import_options o = options_of(type);
    struct file f;
    file_open(&f, NULL, &o, csv.s);
    if (f.st != ST_OK)
        fail_msg("%s: %s: %s", type, heading, f.err.why);
    add_column(&f, 1, &all);
    if (strcmp(all.s, want) != 0)
        fail_msg("%s: “%s”: got %s, want %s", type, heading, all.s, want);
    buf_free(&csv);
    buf_free(&all);
    file_close(&f);
}

struct line {
    const char *heading, *want;
};

static void expect_headings(const char *type, const char *beside, const struct line *lines,
                            size_t n)
{
    for (size_t i = 0; i < n; i++)
        expect_heading(type, beside, lines[i].heading, lines[i].want);
}

static void test_headings_of_people(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"Navn", "name"},
        {"NAVN", "name"},
        {" Navn: ", "name"},
        {"Navn*", "name"},
        {"Namn", "name"},
        {"Name", "name"},
        {"Fullt navn", "name"},
        {"Fullt namn", "name"},
        {"Ditt navn", "name"},
        {"Ditt namn", "name"},
        {"Your name", "name"},
        {"1. Navn", "name"},
        {"2) Navn", "name"},
        {"Deltaker", "name"},
        {"Deltakar", "name"},
        {"Deltakerens navn", "name"},
        {"Navn på deltaker 1", "name"},
        {"Navn på deltaker", "name"},
        {"Fornavn og etternavn", "name"},
        {"For- og etternavn", "name"},
        {"Førenamn og etternamn", "name"},
        {"Etternavn, Fornavn", "name"},
        {"Etternavn, fornavn (deltaker)", "name"},
        {"Etternamn, førenamn", "name"},
        {"First and last name", "name"},
        {"Hva heter du?", "name"},
        {"Kva heiter du?", "name"},
        {"What is your name?", "name"},
        {"Skriv inn navnet ditt", "name"},
        {"Fornavn", "given_name"},
        {"Førenamn", "given_name"},
        {"Fornamn", "given_name"},
        {"First Name", "given_name"},
        {"Given name", "given_name"},
        {"Fornavn og mellomnavn", "given_name"},
        {"Ditt fornavn", "given_name"},
        {"given_name", "given_name"},
        {"Etternavn", "family_name"},
        {"Etternamn", "family_name"},
        {"Surname", "family_name"},
        {"Last name", "family_name"},
        {"Slektsnavn", "family_name"},
        {"Etternavn (obligatorisk)", "family_name"},
        {"E-post", "email"},
        {"Epost", "email"},
        {"e‑post", "email"},
        {"EPOST", "email"},
        {"E-post:", "email"},
        {"E-post*", "email"},
        {"Epostadresse", "email"},
        {"E-postadresse", "email"},
        {"E-postadresse (jobb)", "email"},
        {"E-post (obligatorisk)", "email"},
        {"E-post jobb", "email"},
        {"Jobb-epost", "email"},
        {"Din e-postadresse", "email"},
        {"Hva er e-postadressen din?", "email"},
        {"Kva er e-postadressa di?", "email"},
        {"What is your email?", "email"},
        {"Email Address", "email"},
        {"Mail", "email"},
        {"Mailadresse", "email"},
        {"3. E-post", "email"},
        {"Telefon", "phone"},
        {"Tlf", "phone"},
        {"Tlf.", "phone"},
        {"Tlf.nr.", "phone"},
        {"Telefonnummer", "phone"},
        {"Telefonnr.", "phone"},
        {"Telefon arbeid", "phone"},
        {"Telefon (mobil)", "phone"},
        {"Telefon 2", "phone"},
        {"Mobil", "phone"},
        {"Mobilnr.", "phone"},
        {"Mobilnummer", "phone"},
        {"Mobil/telefon", "phone"},
        {"Mob.", "phone"},
        {"Hvilket mobilnummer har du?", "phone"},
        {"Phone number", "phone"},
        {"Barnehage", "organisation"},
        {"Barnehage:", "organisation"},
        {"Barnehagens navn", "organisation"},
        {"Barnehagens namn", "organisation"},
        {"Navn på barnehage", "organisation"},
        {"Navn på barnehagen din", "organisation"},
        {"Hvilken barnehage jobber du i?", "organisation"},
        {"Kva barnehage jobbar du i?", "organisation"},
        {"Hvilken barnehage i Asker kommune jobber du i?", "organisation"},
        {"Hva heter barnehagen din?", "organisation"},
        {"Hvor jobber du?", "organisation"},
        {"Kvar arbeider du?", "organisation"},
        {"Where do you work?", "organisation"},
        {"Arbeidssted", "organisation"},
        {"Arbeidsstad", "organisation"},
        {"Arbeidsplass", "organisation"},
        {"Eining", "organisation"},
        {"Enhet", "organisation"},
        {"Virksomhet", "organisation"},
        {"Verksemd", "organisation"},
        {"Organisasjon", "organisation"},
        {"Avdeling", "organisation"},
        {"Kommune", "municipality"},
        {"Kommunenr", "municipality"},
        {"Kommunenr.", "municipality"},
        {"Kommunenummer", "municipality"},
        {"Kommunens navn", "municipality"},
        {"Barnehagens kommune", "municipality"},
        {"Hvilken kommune ligger barnehagen i?", "municipality"},
        {"Municipality", "municipality"},
        {"Stilling", "position"},
        {"Stilling:", "position"},
        {"Stillingstittel", "position"},
        {"Stillingstekst", "position"},
        {"Tittel", "position"},
        {"Rolle", "position"},
        {"Hvilken stilling har du i barnehagen?", "position"},
        {"Stilling (styrer, pedagogisk leder, annet)", "position"},
        {"Hva jobber du som?", "position"},
        {"Job title", "position"},
        {"Merknad", "note"},
        {"Kommentarer", "note"},
        {"Har du allergier?", "-"},
        {"Allergi", "-"},
        {"Allergier eller andre hensyn", "-"},
        {"Merknad (allergier, tilrettelegging)", "-"},
        /* Somebody else's, or two things, or none of ours. */
        {"Leders e-post", "-"},
        {"E-post til styrer", "-"},
        {"Navn på styrer", "-"},
        {"Nærmeste leder", "-"},
        {"Telefon barnehage", "-"},
        {"Barnehagens e-post", "-"},
        {"Fakturaadresse e-post", "-"},
        {"Navn på deltaker 2", "-"},
        {"Deltaker 2 navn", "-"},
        {"Deltaker 1 navn", "name"},
        {"Deltaker 3: e-post", "-"},
        {"Navn og e-post", "-"},
        {"Hvilken barnehage og kommune?", "-"},
        {"Er du styrer eller pedagogisk leder?", "-"},
        {"Ønsker du å motta stoff på e-post?", "-"},
        {"Skostørrelse", "-"},
        {"Oppmøte", "-"},
        {"Status", "-"},
        {"Fødselsdato", "-"},
        {"Født", "-"},
        {"Pulje", "-"},
        /* A form's or a list's own. */
        {"ID", "(form)"},
        {"id", "(form)"},
        {"Nr.", "(form)"},
        {"Løpenr", "(form)"},
        {"Timestamp", "(form)"},
        {"Tidsmerke", "(form)"},
        {"Tidsmerkje", "(form)"},
        {"Poengsum", "(form)"},
        {"Score", "(form)"},
        {"Starttidspunkt", "(form)"},
        {"Start time", "(form)"},
        {"Fullføringstidspunkt", "(form)"},
        {"Completion time", "(form)"},
        {"Last modified time", "(form)"},
        {"$submission_id", "(form)"},
        {"$created", "(form)"},
        {"Svar-ID", "(form)"},
        {"respid", "(form)"},
        {"statoverall_1", "(form)"},
        {"reason", "(form)"},
        {"line", "(form)"},
        /* Never stored. */
        {"Fødselsnummer", "(nin)"},
        {"Fødselsnr.", "(nin)"},
        {"Fødselsnummer (11 siffer)", "(nin)"},
        {"Ditt fødselsnummer?", "(nin)"},
        {"Personnummer", "(nin)"},
        {"Personnr", "(nin)"},
        {"Fnr", "(nin)"},
        {"FNR (11)", "(nin)"},
        {"D-nummer", "(nin)"},
        {"SSN", "(nin)"},
    };
    expect_headings("people", "Navn", lines, COUNT(lines));
}

static void test_headings_of_roster_and_attendance(void **state)
{
    (void)state;
    static const struct line roster[] = {
        {"Rolle", "role"},        {"Rolle i pulja", "role"}, {"Funksjon", "role"},
        {"Stilling", "position"}, {"Status", "status"},      {"Påmeldingsstatus", "status"},
        {"Pulje", "-"},           {"Oppmøte", "-"},          {"Hvilken rolle har du?", "role"},
        {"Nr", "(form)"},         {"role", "role"},          {"status", "status"},
    };
    static const struct line attendance[] = {
        {"Oppmøte", "mark"},
        {"Frammøte", "mark"},
        {"Attendance", "mark"},
        {"Til stede", "mark"},
        {"Til stades", "mark"},
        {"Møtt", "mark"},
        {"mark", "mark"},
        {"Rolle", "-"},
        {"Status", "-"},
        /* x would mean the contrary. */
        {"Fravær", "-"},
        {"Barnehage", "organisation"},
    };
    expect_headings("roster", "Navn", roster, COUNT(roster));
    expect_headings("attendance", "Navn", attendance, COUNT(attendance));
}

static void test_headings_of_other_types(void **state)
{
    (void)state;
    static const struct line organisations[] = {
        {"Barnehage", "name"},
        {"Barnehagens navn", "name"},
        {"Eining", "name"},
        {"Virksomhet", "name"},
        {"Org.nr.", "orgno"},
        {"Organisasjonsnummer", "orgno"},
        {"Type", "kind"},
        {"Slag", "kind"},
        {"Eierform", "ownership"},
        {"Eigarform", "ownership"},
        {"Tilhører", "parent"},
        {"Høyrer til", "parent"},
        {"Kommune", "municipality"},
        {"Kommunenr.", "municipality"},
        {"E-post", "email"},
        {"E-post barnehage", "email"},
        {"Telefon", "phone"},
        {"Telefon til barnehagen", "phone"},
        {"Adresse", "address"},
        {"Besøksadresse", "address"},
        {"Merknad", "note"},
        {"Styrers e-post", "-"},
        {"Antall barn", "-"},
        {"ID", "(form)"},
    };
    static const struct line offerings[] = {
        {"Kode", "code"},
        {"Tittel", "title"},
        {"Tilbod", "title"},
        {"Offering", "title"},
        {"Slag", "kind"},
        {"Programområde", "area"},
        {"Area", "area"},
        {"Status", "status"},
        {"Frå", "starts"},
        {"Til", "ends"},
        {"Kontaktperson", "contact"},
        {"Arrangør", "organiser"},
        {"Omtale", "note"},
        {"Deltakere", "-"},
    };
    static const struct line cohorts[] = {
        {"Tilbud", "offering"}, {"Nummer", "number"}, {"Nr.", "number"},    {"Pulje", "name"},
        {"Fra", "starts"},      {"Slutt", "ends"},    {"Referanse", "ref"}, {"ref", "ref"},
        {"Status", "status"},   {"Merknad", "note"},
    };
    static const struct line gatherings[] = {
        {"Pulje", "cohort"},     {"Samling", "number"},      {"Tema", "title"},
        {"Tittel", "title"},     {"Dato", "starts"},         {"Start", "starts"},
        {"Slutt", "ends"},       {"Sted", "place"},          {"Stad", "place"},
        {"Lokale", "place"},     {"Nivå", "level"},          {"Status", "status"},
        {"Reference", "ref"},    {"Fødselsnummer", "(nin)"}, {"2. Sted", "place"},
        {"Sted (rom)", "place"},
    };
    expect_headings("organisations", "Navn", organisations, COUNT(organisations));
    expect_headings("offerings", "Kode", offerings, COUNT(offerings));
    expect_headings("cohorts", "Navn", cohorts, COUNT(cohorts));
    expect_headings("gatherings", "Tittel", gatherings, COUNT(gatherings));
}

static void test_targets(void **state)
{
    (void)state;
    static const char *const types[] = {"people",  "roster",     "organisations", "offerings",
                                        "cohorts", "gatherings", "attendance"};
    for (size_t i = 0; i < COUNT(types); i++) {
        const struct targets *t = targets_of(types[i]);
        assert_string_equal(t->name, types[i]);
        assert_string_equal(t->target[t->id_target].name, "id");
        assert_int_equal(t->of_people, t->type->id == T_PERSON);
        assert_true(t->note >= 0);
        assert_string_equal(t->target[t->note].name, "note");
        for (size_t k = 0; k < t->n; k++) {
            assert_non_null(t->target[k].field);
            if (!t->of_people && k < t->type->nfields)
                assert_string_equal(t->target[k].name, t->type->fields[k].name);
        }
    }
    assert_null(targets_of("cakes"));
    assert_int_equal(targets_of("organisations")->ref_target, -1);
    assert_int_equal(targets_of("offerings")->ref_target, -1);
    const struct targets *g = targets_of("gatherings");
    assert_string_equal(g->target[g->ref_target].name, "ref");
    assert_string_equal(g->target[g->offering_target].name, "offering");
    assert_int_equal(targets_of("cohorts")->offering_target, -1);
    assert_int_equal(targets_of("people")->offering_target, -1);
    assert_false(mapping_names(g, g->offering_target));
    assert_int_equal(targets_find(targets_of("people"), "alias"), TO_ALIAS);
    assert_false(mapping_names(targets_of("people"), TO_ALIAS));
    assert_null(targets_of("people")->target[TO_ROLE].name);
    assert_null(targets_of("attendance")->target[TO_STATUS].name);
    assert_string_equal(targets_of("attendance")->target[TO_MARK].name, "mark");
    assert_int_equal(targets_find(g, "Referanse"), -1);
    assert_int_equal(targets_find(g, "Reference"), g->ref_target);
    assert_int_equal(targets_find(targets_of("people"), "role"), -1);
    const char *const *f = import_fields("attendance");
    size_t n = 0;
    for (; f[n]; n++)
        assert_string_not_equal(f[n], "role");
    assert_int_equal(n, 13);
    assert_string_equal(f[n - 1], "id");
}

/* ---- several columns ---------------------------------------------------------------------------
 */

static void expect_order(const char *type, const char *csv, const char *want)
{
    struct import_options o = options_of(type);
    struct file f;
    struct buf got = {0};
    file_open(&f, NULL, &o, csv);
    assert_int_equal(f.st, ST_OK);
    for (size_t i = 0; i < f.m.nused; i++)
        buf_addf(&got, "%s%s", i ? "|" : "", f.m.heading[f.m.used[i]]);
    assert_string_equal(buf_str(&got), want);
    buf_free(&got);
    file_close(&f);
}

static void test_two_of_one_meaning(void **state)
{
    (void)state;
    expect("people", "Navn;Telefon;Mobil\na;;\n", "name phone phone");
    expect_order("people", "Navn;Telefon;Mobil\na;;\n", "Navn|Mobil|Telefon");
    expect_order("people", "Navn;Mobil;Telefon\na;;\n", "Navn|Mobil|Telefon");
    expect_order("people", "Telefon;E-post;Navn;Telefon arbeid;Mobil privat;Mobil\na;;;;;\n",
                 "Mobil|Telefon|E-post|Navn|Telefon arbeid|Mobil privat");
    expect_order("people", "Navn;Privat e-post;E-post\na;;\n", "Navn|E-post|Privat e-post");
    expect_order("people", "Navn;Kommunenr;Kommune\na;;\n", "Navn|Kommune|Kommunenr");
    expect_order("people", "Navn;Kommunenr;Kommunenavn\na;;\n", "Navn|Kommunenavn|Kommunenr");
    /* A section is no second place of work. */
    expect("people", "Navn;Avdeling;Barnehage\na;b;c\n", "name - organisation");
    expect("people", "Navn;Avdeling\na;b\n", "name organisation");
    /* What somebody chooses goes first. */
    struct import_options o = options_of("people");
    o.map[o.nmaps++] = (struct import_map){"Telefon", "phone"};
    struct file f;
    file_open(&f, NULL, &o, "Navn;Mobil;Telefon\na;;\n");
    assert_int_equal(f.m.used[1], 2);
    assert_int_equal(f.m.used[2], 1);
    file_close(&f);
}

/* ---- headers -----------------------------------------------------------------------------------
 */

static void expect_header(const char *csv, long line, const char *want)
{
    struct import_options o = options_of("people");
    struct file f;
    struct buf got = {0};
    file_open(&f, NULL, &o, csv);
    if (f.st != ST_OK)
        fail_msg("%s: %s", csv, f.err.why);
    columns(&f, &got);
    if (f.m.header_line != line || strcmp(buf_str(&got), want) != 0)
        fail_msg("%s\ngot %ld %s\nwant %ld %s", csv, f.m.header_line, buf_str(&got), line, want);
    buf_free(&got);
    file_close(&f);
}

static void test_header_row(void **state)
{
    (void)state;
    expect_header("Deltakere på BIM;;\n\nSist endret 3. mai;;\nNavn;E-post;Barnehage\nKari;;\n", 4,
                  "name email organisation");
    expect_header("Deltakerliste Pulje 1\n\n\nNavn;Tlf;Eining\nKari;;\n", 4,
                  "name phone organisation");
    /* Merged cells over two rows. */
    expect_header("Deltaker;;;Arbeidssted;\nFornavn;Etternavn;E-post;Barnehage;Kommune\nKari;Berg;"
                  "k@x.no;Sol;Asker\n",
                  2, "given_name family_name email organisation municipality");
    expect_header("Navn;;Kontakt;;Barnehage;Kommune\nFornavn;Etternavn;E-post;Mobil;;\nKari;Berg;k@"
                  "x.no;91234567;Sol;Asker\n",
                  2, "given_name family_name email phone organisation municipality");
    expect_header("Navn;;E-post;Mobil;Barnehage;Kommune\nFornavn;Etternavn;;;;\nKari;Berg;k@x.no;"
                  "91234567;Sol;Asker\n",
                  2, "given_name family_name email phone organisation municipality");
    /* The header once more is no second row of it. */
    expect_header("Navn;E-post;\nNavn;E-post;\nKari;k@x.no;\n", 1, "name email");
    /* Words that stand in cells too do not make a header. */
    expect_header("Kari Berg;kari@x.no;Deltaker\nOla Dahl;ola@x.no;Deltaker\n", 0,
                  "~name ~email -");
    expect_header(
        "Kari Berg;Sol bhg;Deltaker\nOla Dahl;Sol bhg;Deltaker\nIda Vik;Sol bhg;Deltaker\n", 0,
        "~name ~organisation -");
    expect_header("Ida Vik;Sol barnehage;Asker kommune\nOla Dahl;Månen barnehage;Asker kommune\n"
                  "Kari Berg;Sol barnehage;Bærum kommune\n",
                  0, "~name ~organisation ~municipality");
    expect_header("Navn;Spor;Bord\nKari;A;1\nNavn;Spor;Bord\nOla;B;2\n", 1, "name - -");
    expect_header("Kari Berg;Sol bhg;Deltaker\nOla Dahl;Sol bhg;Vara\nIda Vik;Sol bhg;Vara\n", 0,
                  "~name ~organisation -");
    /* Words that we do not know, over what they can only be. */
    expect_header("Hvem;Svar\nKari Berg;k@x.no\nOla Dahl;o@x.no\n", 1, "~name ~email");
    expect_header("Kari Berg;k@x.no\nOla Dahl;o@x.no\n", 0, "~name ~email");
    expect_header("Kari Berg;mangler\nOla Dahl;o@x.no\nIda Vik;i@x.no\n", 0, "~name ~email");
    expect_header(
        "Spørreskjema;;\n1. Fornavn og etternavn;2. Hva er e-postadressen din?;3. Hvilken "
        "barnehage jobber du i?\nKari Berg;k@x.no;Sol\n",
        2, "name email organisation");
}

/* ---- contents ----------------------------------------------------------------------------------
 */

static void test_looks(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        unsigned look, not ;
    } cells[] = {
        {"kari@asker.example", LOOKS_EMAIL, LOOKS_PHONE},
        {"Kari <kari@asker.example>", LOOKS_EMAIL, 0},
        {"kari@", 0, LOOKS_EMAIL},
        {"@kari", 0, LOOKS_EMAIL},
        {"912 34 567", LOOKS_PHONE, LOOKS_DATE},
        {"+47 91234567", LOOKS_PHONE, 0},
        {"tlf: 91 23 45 67", LOOKS_PHONE, 0},
        {"004791234567", LOOKS_PHONE, 0},
        {"1234", LOOKS_NUMBER, LOOKS_PHONE},
        {"987654321", LOOKS_NUMBER, LOOKS_PHONE},
        {"21.11.2026", LOOKS_DATE, LOOKS_PHONE},
        {"2026-11-21", LOOKS_DATE, LOOKS_PHONE},
        {"21/11/26 10:15", LOOKS_DATE, 0},
        {"3.4", LOOKS_NUMBER, LOOKS_DATE},
        {"Asker", LOOKS_PLACE, LOOKS_WORKPLACE},
        {"Bærum kommune", LOOKS_PLACE, LOOKS_WORKPLACE},
        {"Sør-Varanger", LOOKS_PLACE, 0},
        {"Blåklokka barnehage", LOOKS_WORKPLACE, LOOKS_NAME},
        {"Maria barnehage", LOOKS_WORKPLACE, LOOKS_NAME},
        {"Solbarnehagen", LOOKS_WORKPLACE, LOOKS_NAME},
        {"Læringsverkstedet Sol AS", LOOKS_WORKPLACE, LOOKS_NAME},
        {"Pedagogisk leder", LOOKS_POSITION, LOOKS_NAME},
        {"styrer", LOOKS_POSITION, 0},
        {"annet", 0, LOOKS_POSITION},
        {"Kari", LOOKS_NAME | LOOKS_GIVEN, LOOKS_FULL},
        {"Anne-Lise", LOOKS_GIVEN, LOOKS_FULL},
        {"Åse Ødegård", LOOKS_FULL, LOOKS_GIVEN},
        {"Kari Anne Nordmann", LOOKS_FULL, LOOKS_GIVEN},
        {"Nordmann, Kari", LOOKS_FULL, LOOKS_GIVEN},
        {"Hansen", LOOKS_FAMILY | LOOKS_NAME, LOOKS_GIVEN},
        {"van der Berg", LOOKS_FAMILY, LOOKS_FULL},
        {"Rom 4", 0, LOOKS_NAME},
        {"ja", LOOKS_ANSWER, LOOKS_FULL},
        {"anonymous", LOOKS_NOBODY, 0},
    };
    for (size_t i = 0; i < COUNT(cells); i++) {
        unsigned look = content_look(cells[i].cell);
        if ((look & cells[i].look) != cells[i].look || (look & cells[i].not ))
            fail_msg("%s: 0x%x", cells[i].cell, look);
    }
    assert_true(content_begins_with_given_name("  Åse-Marie Vik"));
    assert_false(content_begins_with_given_name("Vik Åse"));
    assert_false(content_begins_with_given_name(""));
}

static void test_no_header(void **state)
{
    (void)state;
    expect("people", "Kari;Nordmann;kari@x.example\nOla;Hansen;ola@x.example\n",
           "~given_name ~family_name ~email");
    expect("people", "Hansen;Ola\nBerg;Kari\nVik;Ida\n", "~family_name ~given_name");
    expect("people", "Kari Nordmann;91234567\nOla Dahl;98765432\n", "~name ~phone");
    expect("people", "Nordmann, Kari;Sol barnehage\nDahl, Ola;Månen barnehage\nVik, Ida;Sol AS\n",
           "~name ~organisation");
    expect("people",
           "1;Kari Berg;kari@x.no;Sol barnehage;Asker;styrer;21.11.2026\n"
           "2;Ola Dahl;ola@x.no;Månen barnehage;Bærum;pedagogisk leder;21.11.2026\n"
           "3;Ida Vik;ida@x.no;Jorda bhg;Asker;assistent;22.11.2026\n",
           "- ~name ~email ~organisation ~municipality ~position -");
    expect("people", "Ida;Pham\nOla;Quisling\nKari;Thu\nPer;Njor\n", "~given_name ~family_name");
    expect("people", "kari@x.no\nola@x.no\n", "~email");
    expect("people", "Kari Nordmann\nOla Dahl\nIda Vik\n", "~name");
    expect("organisations", "Sol barnehage;Asker\nMånen barnehage;Bærum\nJorda skole;Asker\n",
           "~name ~municipality");
    /* Not certain. */
    expect("people", "Kari;Oslo\nOla;Asker\n", "refused");
    expect("people", "Kari Berg;Asker\nOla Dahl;Oslo\n", "~name -");
    expect("organisations", "Sol;Kommune;Barnehage;a@x.no\nMånen;Kommune;Barnehage;b@x.no\n",
           "refused");
    expect("organisations",
           "Sol barnehage;Barnehage;Lia 1\nMånen bhg;Barnehage;Lia 2\nJorda bhg;Barnehage;Lia 3\n",
           "~name - -");
    expect("organisations", "Barnehage;Avdelinger;Plan\nSol;a;b\nMånen;c;d\n", "name - -");
    expect("people", "blå;rund;3\nrød;kantet;4\n", "refused");
    expect("people", "Kari\nOla\nIda\n", "refused");
    expect("people", "91234567;x\n98765432;y\n", "refused");
    expect("gatherings", "Oppstart;21.11.2026\nAvslutning;22.11.2026\n", "refused");
    expect("people", "Barnehage;Kommune\nSol;Asker\n", "refused");
}

static void test_headings_that_say_nothing(void **state)
{
    (void)state;
    expect("people",
           "Navn;Kolonne1;;Column 3\nKari Berg;k@x.no;91234567;Sol barnehage\nOla Dahl;"
           "o@x.no;98765432;Sol barnehage\nIda Vik;i@x.no;90123456;Sol bhg\n",
           "name ~email ~phone ~organisation");
    expect("people",
           "Navn;Fornavn;Etternavn\nSol barnehage;Kari;Berg\nMånen bhg;Ola;Dahl\nJorda "
           "barnehage;Ida;Vik\n",
           "~organisation given_name family_name");
    expect("people", "Navn;Kolonne2\nKari Berg;Ola\nOla Dahl;Ida\nIda Vik;Per\n", "name -");
    /* Unknown words give way to an address, and to names where nothing else has them. */
    expect("people", "Hvem;Svar\nKari Berg;k@x.no\nOla Dahl;o@x.no\n", "~name ~email");
    expect("people", "Hvem;Mobil;Svar\nKari Berg;91234567;k@x.no\nOla Dahl;;o@x.no\n",
           "~name phone ~email");
    expect("people", "Navn;Kollega;Mobil\nKari Berg;Ola Dahl;\nIda Vik;Per Moe;\n", "name - phone");
    expect("people", "Navn;Leders e-post\nKari Berg;k@x.no\nOla Dahl;o@x.no\n", "name -");
    expect("people", "Navn;Kolonne1;Tomt\nKari Berg;;\nOla Dahl;;\n", "name (empty) (empty)");
    /* Questions whose answers do not fit. */
    expect("people", "Navn;Vil du ha e-post?\nKari Berg;Ja\nOla Dahl;Nei\n", "name -");
    expect("people", "Navn;Hva er e-posten din?\nKari Berg;k@x.no\nOla Dahl;\n", "name email");
    expect("people", "Navn;Har du allergier?\nKari Berg;Nei\nOla Dahl;Nei\nIda Vik;nøtter\n",
           "name -");
    expect("people", "Navn;Har du merknader?\nKari Berg;Nei\nOla Dahl;Nei\nIda Vik;rom\n",
           "name note");
    expect("people", "Navn;Har du merknader?\nKari Berg;Nei\nOla Dahl;Nei\n", "name -");
    expect("people", "Navn;Har du stilling?\nKari Berg;Ja\nOla Dahl;Nei\n", "name -");
}

static void test_identity(void **state)
{
    (void)state;
    struct import_options o = options_of("people");
    /* Invented people's: 80 is added to the month. */
    static const char csv[] =
        "Navn;Kode;Merknad\nKari Berg;01810100016;a\nOla Dahl;05895200044;b\n";
    struct error err = {0};
    expect("people", "Navn;Personnr.\nKari Berg;12\nOla Dahl;13\n", "name (nin)");
    o.map[o.nmaps++] = (struct import_map){"2", "note"};
    struct file f;
    file_open(&f, NULL, &o, "Navn;Fnr\nKari;1\n");
    assert_int_equal(f.m.use[1], COLUMN_IDENTITY);
    assert_int_equal(f.m.target[1], -1);
    assert_int_equal(mapping_change(&f.m, f.t, 1, "note", &err), ST_REFUSED);
    assert_non_null(strstr(err.why, "identity"));
    assert_int_equal(f.m.use[1], COLUMN_IDENTITY);
    file_close(&f);
    o.nmaps = 0;
    o.keep_unmapped = true;
    check(NULL, &o, "Navn;Fnr;Sko;Fødselsdato;ID\nKari;1;38;1.2.1990;4\n",
          "name (nin) !note - (form)");
    check(NULL, &o, csv, "name (nin) note");
    expect("people", "Kari Berg;01810100016\nOla Dahl;05895200044\n", "~name (nin)");
}

/* ---- forms -------------------------------------------------------------------------------------
 */

static void test_forms(void **state)
{
    (void)state;
    expect("people",
           "Timestamp,Email Address,Hva heter du?,Hvilken barnehage jobber du i?,Score\n"
           "2022/06/22 11:07:29 AM AST,k@x.no,Kari Berg,Sol,1 / 2\n",
           "(form) email name organisation (form)");
    expect("people",
           "Tidsmerke,E-postadresse,Navn,Kommune\n22.06.2022 11:07,k@x.no,Kari Berg,Asker\n",
           "(form) email name municipality");
    expect("people",
           "ID;Start time;Completion time;Email;Name;Barnehage\n"
           "1;6/22/22 11:07;6/22/22 11:08;k@x.no;Kari Berg;Sol\n",
           "(form) (form) (form) email name organisation");
    expect("people",
           "ID;Starttidspunkt;Fullføringstidspunkt;E-post;Navn;Fornavn og etternavn;Din e-post\n"
           "1;22.6.22 11:07;22.6.22 11:08;anonymous;;Kari Berg;k@x.no\n"
           "2;22.6.22 11:07;22.6.22 11:08;anonymous;;Ola Dahl;o@x.no\n",
           "(form) (form) (form) (form) (form) name email");
    /* The account's, where nobody asked. */
    expect("people",
           "ID;Start time;Completion time;Email;Name;Fornavn;Etternavn\n"
           "1;6/22/22 11:07;6/22/22 11:08;k@x.no;Kari B;Kari;Berg\n",
           "(form) (form) (form) email (form) given_name family_name");
    expect("people",
           "$submission_id;$created;Navn;E-post;$answer_time_ms\n1;2;Kari Berg;k@x.no;3\n",
           "(form) (form) name email (form)");
    expect("people",
           "respid;organization;statoverall_1;Navn;Hvor jobber du?\n1;Asker;4;Kari Berg;Sol\n",
           "(form) (form) (form) name organisation");
}

/* ---- lists of ours ------------------------------------------------------------------------------
 */

/* msgstr of a msgid in share/po; NULL when it has none. Caller frees. */
static char *translated(const char *po, const char *label)
{
    struct buf id = {0};
    buf_addf(&id, "\nmsgid \"%s\"\nmsgstr \"", label);
    const char *at = strstr(po, id.s);
    at = at ? at + id.len : NULL;
    buf_free(&id);
    return at && *at != '"' ? mem_strndup(at, strcspn(at, "\"")) : NULL;
}

static char *read_po(const char *lang)
{
    const char *data = getenv("SAMLING_DATADIR");
    struct buf path = {0}, text = {0};
    char piece[4096];
    size_t n;
    buf_addf(&path, "%s/po/%s.po", data ? data : "share", lang);
    FILE *in = fopen(path.s, "r");
    if (!in)
        fail_msg("%s", path.s);
    while ((n = fread(piece, 1, sizeof piece, in)) > 0)
        buf_addn(&text, piece, n);
    fclose(in);
    buf_free(&path);
    return buf_take(&text);
}

/* Its own columns become its own fields, and what it only counts is left out. */
static void expect_list(const char *type, const char *listing, const char *po, bool labels,
                        const char *want)
{
    const struct listing *l = listing_by_name(listing);
    struct buf csv = {0};
    for (size_t i = 0; i < l->ncolumns; i++) {
        if (l->columns[i].screen)
            continue;
        char *label = po ? translated(po, l->columns[i].label) : NULL;
        buf_addf(&csv, "%s%s", csv.len ? ";" : "",
                 !labels ? l->columns[i].name
                 : label ? label
                         : l->columns[i].label);
        free(label);
    }
    buf_add(&csv, "\n1;2;3;4;5;6\n");
    expect(type, csv.s, want);
    buf_free(&csv);
}

static void test_lists_of_ours(void **state)
{
    (void)state;
    static const struct {
        const char *type, *listing, *want;
    } lists[] = {
        {"people", "people",
         "id given_name family_name email phone organisation municipality position"},
        {"organisations", "organisations",
         "id name kind ownership orgno parent municipality email phone address note"},
        {"offerings", "offerings", "id code title kind area status starts ends contact (form)"},
        {"cohorts", "cohorts", "id ref offering name starts ends (form) (form) (form) status deadline (form) (form)"},
        {"gatherings", "gatherings",
         "id ref offering cohort number title level starts ends place (form) (form) status deadline"},
        {"roster", "roster",
         "(form) given_name family_name organisation municipality role status email phone (form) "
         "(form) id"},
        {"attendance", "roster",
         "(form) given_name family_name organisation municipality (form) (form) email phone mark "
         "(form) id"},
        {"roster", "people",
         "id given_name family_name email phone organisation municipality position"},
    };
    char *po[] = {NULL, read_po("nb"), read_po("nn")};
    for (size_t i = 0; i < COUNT(lists); i++) {
        expect_list(lists[i].type, lists[i].listing, NULL, false, lists[i].want);
        for (size_t k = 0; k < COUNT(po); k++)
            expect_list(lists[i].type, lists[i].listing, po[k], true, lists[i].want);
    }
    for (size_t k = 0; k < COUNT(po); k++)
        free(po[k]);
}

static void test_our_number(void **state)
{
    (void)state;
    expect("people", "id,given_name,email\n1,Kari,k@x.no\n", "id given_name email");
    expect("people", "line,reason,id,given_name,email\n2,why,1,Kari,k@x.no\n",
           "(form) (form) id given_name email");
    expect("people", "ID,given_name,email\n1,Kari,k@x.no\n", "(form) given_name email");
    expect("people", "id,given_name,email,shoes\n1,Kari,k@x.no,38\n", "(form) given_name email -");
    expect("organisations", "Nr.;Navn;Kommune\n1;Sol;Asker\n", "(form) name municipality");
    expect("people", "No.;Given name;Family name\n1;Kari;Berg\n", "(form) given_name family_name");
    /* Who says so knows. */
    struct import_options o = options_of("people");
    o.map[o.nmaps++] = (struct import_map){"ID", "id"};
    check(NULL, &o, "ID;Navn\n1;Kari\n", "!id name");
}

/* ---- choosing -----------------------------------------------------------------------------------
 */

static void test_change(void **state)
{
    (void)state;
    struct import_options o = options_of("people");
    struct file f;
    struct error err = {0};
    file_open(&f, NULL, &o, "Navn;Sko;Mobil\nKari;38;91234567\n");
    struct buf got = {0};
    assert_int_equal(mapping_change(&f.m, f.t, 1, "note", &err), ST_OK);
    assert_int_equal(mapping_change(&f.m, f.t, 2, "-", &err), ST_OK);
    columns(&f, &got);
    assert_string_equal(buf_str(&got), "name !note (out)");
    assert_int_equal(f.m.nused, 2);
    assert_int_equal(mapping_change(&f.m, f.t, 1, NULL, &err), ST_OK);
    assert_int_equal(mapping_change(&f.m, f.t, 2, NULL, &err), ST_OK);
    buf_clear(&got);
    columns(&f, &got);
    assert_string_equal(buf_str(&got), "name - phone");
    assert_int_equal(mapping_change(&f.m, f.t, 0, "-", &err), ST_REFUSED);
    assert_int_equal(mapping_change(&f.m, f.t, 1, "shoe_size", &err), ST_REFUSED);
    assert_non_null(strstr(err.why, "given_name"));
    assert_int_equal(mapping_change(&f.m, f.t, 3, "note", &err), ST_REFUSED);
    buf_clear(&got);
    columns(&f, &got);
    assert_string_equal(buf_str(&got), "name - phone");
    buf_free(&got);
    file_close(&f);
}

static void test_keep_unmapped(void **state)
{
    (void)state;
    struct import_options o = options_of("people");
    o.keep_unmapped = true;
    check(NULL, &o, "Navn;Sko;Hår;ID;Tomt;Født\nKari;38;rødt;3;;1990\n",
          "name !note !note (form) (empty) -");
    o.type = "gatherings";
    check(NULL, &o, "Tittel;Sko\nOppstart;38\n", "title !note");
}

/* ---- memory -------------------------------------------------------------------------------------
 */

static struct session *desk_open(void)
{
    struct session *s;
    struct error err = {0};
    assert_int_equal(session_open(&s, ":memory:", DB_CREATE, "anna", &err), ST_OK);
    return s;
}

static void choose(struct session *s, const struct import_options *o, const char *csv)
{
    struct file f;
    file_open(&f, s, o, csv);
    if (f.st != ST_OK)
        fail_msg("%s", f.err.why);
    assert_int_equal(mapping_remember(s, f.t, &f.m, &f.err), ST_OK);
    file_close(&f);
}

static char *stored(struct session *s)
{
    char *value;
    struct error err = {0};
    assert_int_equal(
        db_get_text(s->db, &value, &err,
                    "SELECT coalesce(group_concat(name || '>' || value), '') FROM setting"
                    " WHERE name LIKE 'mapping:%'",
                    ""),
        ST_OK);
    return value;
}

static void expect_stored(struct session *s, const char *word, bool there)
{
    char *value = stored(s);
    if ((strstr(value, word) != NULL) != there)
        fail_msg("%s: %s", word, value);
    free(value);
}

static void test_memory(void **state)
{
    (void)state;
    struct session *s = desk_open();
    struct import_options plain = options_of("people"), o = plain;
    static const char csv[] = "Navn;Sko;Mobil\nKari Berg;38;91234567\n";
    choose(s, &plain, csv);
    char *value = stored(s);
    assert_string_equal(value, "");
    free(value);
    o.map[o.nmaps++] = (struct import_map){"Sko", "note"};
    o.map[o.nmaps++] = (struct import_map){"Mobil", "-"};
    choose(s, &o, csv);
    expect_stored(s, "mapping:people:", true);
    expect_stored(s, "sko=note\nmobil=-\n", true);
    /* The same headings, in another order and case. */
    check(s, &plain, csv, "name +note +(out)");
    check(s, &plain, "MOBIL;Navn:;sko\n91234567;Kari Berg;38\n", "+(out) name +note");
    struct file f;
    file_open(&f, s, &plain, csv);
    assert_true(f.m.remembered);
    assert_false(f.m.chosen);
    file_close(&f);
    /* Others are others. */
    check(s, &plain, "Navn;Sko;Mobil;E-post\nKari Berg;38;91234567;\n", "name - phone email");
    o.type = "roster";
    o.nmaps = 0;
    check(s, &o, csv, "name - phone");
    check(NULL, &plain, csv, "name - phone");
    /* What is said now goes before, and replaces. */
    o = plain;
    o.map[o.nmaps++] = (struct import_map){"Mobil", "phone"};
    check(s, &o, csv, "name +note !phone");
    choose(s, &o, csv);
    check(s, &plain, csv, "name +note +phone");
    o = plain;
    o.map_anew = true;
    check(s, &o, csv, "name - phone");
    choose(s, &o, csv);
    check(s, &plain, csv, "name +note +phone");
    o.map[o.nmaps++] = (struct import_map){"Mobil", "-"};
    choose(s, &o, csv);
    check(s, &plain, csv, "name - +(out)");
    /* Taking it all back forgets. */
    file_open(&f, s, &plain, csv);
    assert_int_equal(mapping_change(&f.m, f.t, 2, NULL, &f.err), ST_OK);
    assert_int_equal(mapping_remember(s, f.t, &f.m, &f.err), ST_OK);
    file_close(&f);
    check(s, &plain, csv, "name - phone");
    value = stored(s);
    assert_string_equal(value, "");
    free(value);
    session_close(s);
}

static void test_memory_is_not_trusted(void **state)
{
    (void)state;
    struct session *s = desk_open();
    struct import_options plain = options_of("people"), o = plain;
    struct error err = {0};
    static const char csv[] = "Navn;Sko;Fnr;Mobil;Mobil\nKari Berg;38;1;91234567;\n";
    o.map[o.nmaps++] = (struct import_map){"Sko", "note"};
    o.map[o.nmaps++] = (struct import_map){"5", "-"};
    choose(s, &o, csv);
    expect_stored(s, "mobil#2=-", true);
    check(s, &plain, csv, "name +note (nin) phone +(out)");
    char *name;
    assert_int_equal(
        db_get_text(s->db, &name, &err, "SELECT name FROM setting WHERE name LIKE 'mapping:%'", ""),
        ST_OK);
    static const struct {
        const char *value, *want;
    } wrong[] = {
        {"sko=shoe_size\nfnr=note\nhest=name", "name - (nin) phone phone"},
        {"sko\n\n=\n=note\nsko=role\nsko=id\nmobil#2=email", "name - (nin) phone +email"},
        /* It must not make the file unreadable. */
        {"navn=-", "name - (nin) phone phone"},
        {"fnr=name\nnavn=-\n", "name - (nin) phone phone"},
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_int_equal(setting_set(s, true, name, wrong[i].value, &err), ST_OK);
        check(s, &plain, csv, wrong[i].want);
    }
    assert_int_equal(setting_set(s, true, name, "fnr=note\n", &err), ST_OK);
    struct file f;
    file_open(&f, s, &plain, csv);
    assert_false(f.m.remembered);
    file_close(&f);
    free(name);
    /* Numbers are believed once. */
    o = plain;
    o.map[o.nmaps++] = (struct import_map){"ID", "id"};
    o.map[o.nmaps++] = (struct import_map){"Sko", "note"};
    choose(s, &o, "ID;Navn;Sko\n1;Kari;38\n");
    check(s, &plain, "ID;Navn;Sko\n1;Kari;38\n", "(form) name +note");
    /* Without headings there is nothing to know a file by. */
    o = plain;
    o.map[o.nmaps++] = (struct import_map){"2", "note"};
    choose(s, &o, "Kari Berg;rød\nOla Dahl;blå\n");
    check(s, &plain, "Kari Berg;rød\nOla Dahl;blå\n", "~name -");
    session_close(s);
}

static void test_lenient(void **state)
{
    (void)state;
    struct import_options o = options_of("people");
    struct error err = {0};
    struct file f;
    static const char csv[] = "Blå;Rød\nx1;y1\nx2;y2\n";
    file_open(&f, NULL, &o, csv);
    assert_int_equal(f.st, ST_REFUSED);
    assert_non_null(strstr(f.err.todo, "--delimiter"));
    file_close(&f);
    o.lenient = true;
    file_open(&f, NULL, &o, csv);
    assert_int_equal(f.st, ST_OK);
    assert_int_equal(f.m.header_line, 0);
    assert_int_equal(f.m.ncolumns, 2);
    assert_int_equal(f.m.nused, 0);
    assert_int_equal(mapping_change(&f.m, f.t, 1, "note", &err), ST_OK);
    assert_int_equal(f.m.nused, 1);
    assert_int_equal(mapping_change(&f.m, f.t, 0, "name", &err), ST_OK);
    assert_int_equal(mapping_change(&f.m, f.t, 0, "-", &err), ST_OK);
    assert_int_equal(mapping_change(&f.m, f.t, 0, "no such", &err), ST_REFUSED);
    file_close(&f);
    /* A header without names; and other refusals stay. */
    file_open(&f, NULL, &o, "E-post til styrer;Barnehage;Stilling\nx;Sol barnehage;Styrer\n");
    assert_int_equal(f.st, ST_OK);
    assert_int_equal(f.m.header_line, 1);
    file_close(&f);
    o.map[o.nmaps++] = (struct import_map){"no such column", "name"};
    file_open(&f, NULL, &o, csv);
    assert_int_equal(f.st, ST_REFUSED);
    file_close(&f);
}

/* The delimiter that the reader found is given up when another shows headings. */
static void test_other_delimiter(void **state)
{
    (void)state;
    struct import_options o = options_of("people");
    struct file f;
    static const char csv[] = "Liste; pulje 1; høst\nHusk; mat; og; drikke; til; alle\n"
                              "Navn|E-post|Barnehage\nKari Lie; vara|kari@a.no|Sol\n"
                              "Merk; det; som; står; her; nede\nMerk; det; som; står; her; òg\n";
    o.reader.delimiter = ';';
    file_open(&f, NULL, &o, csv);
    assert_int_equal(f.st, ST_REFUSED);
    assert_int_equal(reader_info(f.reader)->delimiter, ';');
    file_close(&f);
    o.reader.delimiter = 0;
    file_open(&f, NULL, &o, csv);
    assert_int_equal(f.st, ST_OK);
    assert_int_equal(reader_info(f.reader)->delimiter, '|');
    assert_int_equal(f.m.header_line, 3);
    assert_int_equal(f.m.target[1], TO_EMAIL);
    file_close(&f);
}

/* ---- furniture ----------------------------------------------------------------------------------
 */

static const char *const furniture_names[] = {[ROW_OF_TABLE] = "row",
                                              [ROW_HEADER_AGAIN] = "header",
                                              [ROW_TOTAL] = "total",
                                              [ROW_NOTE] = "note",
                                              [ROW_PLACEHOLDER] = "placeholder"};

/* The rows below the header, each of which must be `want`. */
static void expect_furniture(const char *type, const char *header, const char *line,
                             enum furniture want)
{
    struct buf csv = {0};
    struct import_options o = options_of(type);
    struct file f;
    struct row row;
    struct error err = {0};
    buf_addf(&csv, "%s\n%s\n", header, line);
    file_open(&f, NULL, &o, csv.s);
    if (f.st != ST_OK)
        fail_msg("%s: %s", line, f.err.why);
    assert_int_equal(f.m.header_line, 1);
    assert_int_equal(reader_next(f.reader, &row, &err), 1);
    assert_int_equal(reader_next(f.reader, &row, &err), 1);
    enum furniture got = furniture_of(&f.m, f.t, &row);
    if (got != want)
        fail_msg("“%s” is a %s, not a %s", line, furniture_names[got], furniture_names[want]);
    file_close(&f);
    buf_free(&csv);
}

static void test_furniture(void **state)
{
    (void)state;
    static const char header[] = "Navn;E-post;Barnehage;Mobil";
    static const char *const again[] = {
        "Navn;E-post;Barnehage;Mobil", "NAVN;E-POST;BARNEHAGE;MOBIL",
        "navn ; e-post:;barnehage;mobil", "Navn;E-post;;", "Navn;E-post;Barnehage;Mob"};
    static const char *const totals[] = {"Totalt;;;50",
                                         "Total:;;;50",
                                         "Sum 12;;;",
                                         "SUM;;;12",
                                         "Sum;12;;",
                                         "Antall deltakere: 50;;;",
                                         "Antall deltakere;50;;",
                                         "I alt;;12;",
                                         "I alt 12;;;",
                                         "Til sammen;;;3",
                                         ";;Sum;50",
                                         "50;Totalt;;",
                                         "Totalt antall påmeldte;;;1 050",
                                         "Antal deltakarar: 12;;;",
                                         "12 deltakere;;;",
                                         "Antall vegetarianere: 4;;;",
                                         "Sum:;;;",
                                         "Subtotal;;;4",
                                         "Number of participants: 9;;;"};
    static const char *const notes[] = {"* foreløpig liste;;;",
                                        "*Kari kommer senere;;;",
                                        "---;;;",
                                        ";;;***",
                                        "Merk: frist 3. mai;;;",
                                        "Merk at listen er foreløpig;;;",
                                        "NB! Husk mat;;;",
                                        "NB: ta med pc;;;",
                                        "Kilde: skjema;;;",
                                        "Kjelde: skjema;;;",
                                        "Utskrift 21.11.2026;;;",
                                        "Utskriftsdato: 21.11.2026;;;",
                                        "Sist oppdatert 3. mai av Kari;;;",
                                        "Eksportert fra Forms;;;",
                                        "Side 1 av 3;;;",
                                        "Page 2;;;",
                                        "Side 1/3;;;",
                                        "21.11.2026;;;",
                                        "21.11.2026 14:02;;;",
                                        ";;Listen er foreløpig og kan endres;",
                                        "Deltakerliste BIM 2026;;;",
                                        "Blåklokka barnehage;;;",
                                        "Venteliste;;;",
                                        "Med hilsen;;;",
                                        "Med hilsen Kari;;;",
                                        "Venleg helsing;;;",
                                        "Frist for påmelding er 3. mai;;;",
                                        "Alle som er påmeldt får svar på e-post;;;"};
    for (size_t i = 0; i < COUNT(again); i++)
        expect_furniture("people", header, again[i], ROW_HEADER_AGAIN);
    for (size_t i = 0; i < COUNT(totals); i++)
        expect_furniture("people", header, totals[i], ROW_TOTAL);
    for (size_t i = 0; i < COUNT(notes); i++)
        expect_furniture("people", header, notes[i], ROW_NOTE);
    expect_furniture("people", "Navn", "navn", ROW_HEADER_AGAIN);
    expect_furniture("organisations", "Navn;Type;Kommune", "Side 2 av 2;;", ROW_NOTE);
}

static void test_placeholders(void **state)
{
    (void)state;
    static const char *const rows[] = {"N.N.;;Sol barnehage;",
                                       "NN;;;",
                                       "n. n.;;;",
                                       "Ukjent;;Sol barnehage;",
                                       "ledig;;;",
                                       "Ledig plass;;",
                                       "(vikar);;;",
                                       "Vikar;;Sol barnehage;",
                                       "TBA;;;",
                                       "TBD;;;",
                                       "Se vedlegg;;;",
                                       "Avmeldte;;;",
                                       "Avmeldte:;;;",
                                       "Ikke møtt;;;",
                                       "Ikkje møtt;;;",
                                       "Pulje 2;;;",
                                       "Gruppe B;;;",
                                       "PULJE 12:;;;",
                                       "123;;Sol barnehage;"};
    static const char *const people[] = {"NN;nn@a.no;;",
                                         "Ukjent;;;91234567",
                                         "Pulje 2;;Sol barnehage;",
                                         "Ledang;;;",
                                         "Ledang, Kari;;;",
                                         "Vikan;;;",
                                         "Vikar Hansen;;;",
                                         "Nina;;;",
                                         "Nina N.;;;",
                                         "Nn Olsen;;;",
                                         "Ukjent Olsen;;;",
                                         "Ledig Bø;;;",
                                         "Avmelde Li;;;",
                                         "Tba Ng;;;",
                                         "Se Jin;;;",
                                         "Gruppe Dahl;;;",
                                         "Pulje;;Sol;",
                                         "Gruppe 1 Dahl;;;",
                                         "Ikke Dal;;;",
                                         "Vakanta Moe;;;",
                                         "Ubesatt Moe;;;",
                                         "91234567;;Sol barnehage;"};
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_furniture("people", "Navn;E-post;Barnehage;Mobil", rows[i], ROW_PLACEHOLDER);
    for (size_t i = 0; i < COUNT(people); i++)
        expect_furniture("people", "Navn;E-post;Barnehage;Mobil", people[i], ROW_OF_TABLE);
    expect_furniture("people", "Fornavn;Etternavn;E-post", "N.;N.;", ROW_PLACEHOLDER);
    expect_furniture("people", "Fornavn;Etternavn;E-post", "Ledig;plass;", ROW_PLACEHOLDER);
    expect_furniture("people", "Fornavn;Etternavn;E-post", ";Vikar;", ROW_PLACEHOLDER);
    expect_furniture("people", "Fornavn;Etternavn;E-post", "Vikar;Moe;", ROW_OF_TABLE);
    expect_furniture("organisations", "Navn;Type;Kommune", "Ukjent;;", ROW_OF_TABLE);
}

static void test_people_are_no_furniture(void **state)
{
    (void)state;
    static const char *const people[] = {
        "Kari Nordmann",
        "Kari",
        "Nordmann",
        "kari nordmann",
        "KARI NORDMANN",
        "Nordmann, Kari",
        "Åse Ødegård",
        "Ødegård",
        "Merk",
        "Anna Merk",
        "Merk, Anna",
        "Merk Hansen",
        "Nb Olsen",
        "Obs Pham",
        "Sum Ting",
        "Sum Yi Li",
        "Total Hansen",
        "Antal Kovács",
        "Ida Sum",
        "Anna Kilde",
        "Kilde Anna",
        "Kilde",
        "Kjelde",
        "Note Berg",
        "Notaas",
        "Side Berg",
        "Sider",
        "Page Larry",
        "Jimmy Page",
        "Page",
        "Frist",
        "Ludvig van Beethoven",
        "Maria de la Cruz y Garcia",
        "Ali bin Abu Talib",
        "Xi Jinping",
        "Li",
        "Ng",
        "O'Brien",
        "Per-Ola",
        "A. B. Hansen",
        "Kari Nordmann (vara)",
        "Kari Nordmann kommer ikke til lunsj på fredag",
        "Ola er syk og kan ikke være med",
        "Til Hansen",
        "Til Schweiger",
        "Med Ali Hansen",
        "Tor Som Dahl",
        "Utne",
        "Utskot",
        "Dato Marveli",
        "Kontakt Olsen",
        "Rapp",
        "Huseby",
        "Husk",
        "Viktig Olsen",
        "Sum-Ming Li",
        "Totland",
        "Totalt-Hansen",
        "Anton Total",
        "Dag Alt",
        "I. Alt",
        "Sigrid Undset",
        "Bjørnstjerne Bjørnson",
        "Ibsen",
        "Đorđe Šarić",
        "Łukasz Ż",
        "Мария Иванова",
        "محمد علي",
        "李小龍",
        "Elisabeth Skoleberg",
        "Skolem",
        "Asa Berg",
        "As Hansen",
        "Sa Nguyen",
        "Van der Berg",
        "von Trapp",
        "Hansen jr.",
        "Olav V",
        "Karl 2",
        "Nina (Sol)",
        "Berg?",
        "Quisling von und til Berg",
        "Info Ali",
    };
    for (size_t i = 0; i < COUNT(people); i++) {
        struct buf line = {0};
        buf_addf(&line, "%s;;;", people[i]);
        expect_furniture("people", "Navn;E-post;Barnehage;Mobil", line.s, ROW_OF_TABLE);
        buf_free(&line);
    }
    static const char *const rows[] = {
        "Sum;sum@x.no;;",         "Total;;Sol barnehage;", "Sum;;;91234567",
        "Totalt Hansen;;;50",     ";kari@x.no;;",          ";;;91234567",
        "Merk: Anna;merk@x.no;;", "Utskrift;u@x.no;;",     "Blåklokka barnehage;;Sol;",
        "Mobil;k@x.no;;"};
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_furniture("people", "Navn;E-post;Barnehage;Mobil", rows[i], ROW_OF_TABLE);
    /* A list of two columns is short enough to be read. */
    expect_furniture("people", "Navn;E-post", "Listen er foreløpig og kan endres;", ROW_OF_TABLE);
    static const char *const kindergartens[] = {"Blåklokka barnehage;;", "Merk barnehage;;",
                                                "Sol;;", "Side barnehage;;",
                                                "Total barnehage AS;;"};
    for (size_t i = 0; i < COUNT(kindergartens); i++)
        expect_furniture("organisations", "Navn;Type;Kommune", kindergartens[i], ROW_OF_TABLE);
    expect_furniture("gatherings", "Tittel;Sted;Dato", "Det som skal til for å lykkes med språk;;",
                     ROW_OF_TABLE);
    expect_furniture("gatherings", "Tittel;Sted;Dato", "Oversikt;;", ROW_OF_TABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headings_of_people),
        cmocka_unit_test(test_headings_of_roster_and_attendance),
        cmocka_unit_test(test_headings_of_other_types),
        cmocka_unit_test(test_targets),
        cmocka_unit_test(test_two_of_one_meaning),
        cmocka_unit_test(test_header_row),
        cmocka_unit_test(test_looks),
        cmocka_unit_test(test_no_header),
        cmocka_unit_test(test_headings_that_say_nothing),
        cmocka_unit_test(test_identity),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_lists_of_ours),
        cmocka_unit_test(test_our_number),
        cmocka_unit_test(test_change),
        cmocka_unit_test(test_keep_unmapped),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_memory_is_not_trusted),
        cmocka_unit_test(test_furniture),
        cmocka_unit_test(test_lenient),
        cmocka_unit_test(test_other_delimiter),
        cmocka_unit_test(test_placeholders),
        cmocka_unit_test(test_people_are_no_furniture),
    };
    lang_init("en");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
