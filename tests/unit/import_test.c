/* Each import here is rehearsed first, and must come to the same when it is written. */
#include "config.h"

#include "samling/bulk.h"
#include "samling/example.h"
#include "samling/history.h"
#include "samling/import.h"
#include "samling/lang.h"
#include "samling/lookup.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "exchange/hash.h"
#include "exchange/ledger.h"
#include "exchange/names.h"
#include "exchange/shelf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- help ----------------------------------------------------------------------------------- */

struct desk {
    struct session *s;
    struct import_options options;
    struct import_result result; /* of the last import */
    struct error err;
    struct buf
        seen; /* "LINE VERDICT NAME|ORGANISATION|REASON\n", and "+ORGANISATION\n" for one made */
    int64_t cohort;
    size_t candidates; /* of the last row */
};

static void fail_with(const struct error *err)
{
    char words[900];
    error_text(err, words, sizeof words);
    fail_msg("%s", words);
}

#define OK(call)                                                                                   \
    do {                                                                                           \
        struct error e_ = {0};                                                                     \
        struct error *err = &e_;                                                                   \
        if ((call) != ST_OK)                                                                       \
            fail_with(err);                                                                        \
    } while (0)

static int64_t add(struct session *s, enum type_id type, ...)
{
    struct record *r = record_new(type_by_id(type));
    va_list ap;
    const char *name;
    va_start(ap, type);
    while ((name = va_arg(ap, const char *)) != NULL) {
        char *stored;
        const struct field *f = &r->type->fields[type_field(r->type, name)];
        OK(field_parse(s, f, va_arg(ap, const char *), &stored, err));
        record_put(r, type_field(r->type, name), stored);
        free(stored);
    }
    va_end(ap);
    OK(session_begin(s, ACT_ADD, err));
    OK(record_insert(s, r, err));
    OK(session_commit(s, err));
    int64_t id = r->id;
    record_free(r);
    return id;
}

static void set(struct session *s, enum type_id type, int64_t id, const char *field,
                const char *value)
{
    struct record *r;
    OK(session_begin(s, ACT_SET, err));
    OK(record_load(s, type_by_id(type), id, &r, err));
    record_put(r, type_field(r->type, field), value);
    OK(record_update(s, r, err));
    OK(session_commit(s, err));
    record_free(r);
}

static void desk_open(struct desk *d, const char *type)
{
    *d = (struct desk){0};
    OK(session_open(&d->s, ":memory:", DB_CREATE, "anna", err));
    add(d->s, T_OFFERING, "code", "BIM", "title", "Barnehagens innsatsteam mot mobbing", NULL);
    d->cohort = add(d->s, T_COHORT, "offering", "BIM", "name", "Pulje 1", NULL);
    d->options.type = type;
    if (strcmp(type, "roster") == 0)
        d->options.cohort = d->cohort;
}

static void on_finding(void *arg, const char *line)
{
    (void)arg;
    fail_msg("%s", line);
}

static void desk_close(struct desk *d)
{
    OK(record_verify(d->s, on_finding, NULL, err));
    OK(db_check(d->s->db, on_finding, NULL, err));
    buf_free(&d->seen);
    session_close(d->s);
}

static void on_row(void *arg, const struct import_row *r)
{
    struct desk *d = arg;
    buf_addf(&d->seen, "%ld %s %s|%s|%s\n", r->line, verdict_name(r->verdict), r->name,
             r->organisation, r->reason);
    d->candidates = r->ncandidates;
    assert_non_null(r->row);
    assert_int_equal(r->row->line, r->line);
}

static void on_organisation(void *arg, const char *name)
{
    struct desk *d = arg;
    buf_addf(&d->seen, "+%s\n", name);
}

static enum status run(struct desk *d, struct import *imp, bool write)
{
    struct import_watch watch = {.row = on_row, .organisation = on_organisation, .arg = d};
    buf_clear(&d->seen);
    enum status st = import_run(imp, write, &watch, &d->result, &d->err);
    long sum = 0;
    for (int v = 0; st == ST_OK && v < VERDICT_COUNT; v++)
        sum += d->result.count[v];
    assert_int_equal(sum, d->result.rows);
    assert_int_equal(d->s->batch, 0);
    assert_false(db_in_transaction(d->s->db));
    assert_null(d->s->bulk);
    return st;
}

static int64_t count(struct desk *d, const char *sql)
{
    int64_t n = -1;
    OK(db_get_int(d->s->db, &n, NULL, err, sql, NULL));
    return n;
}

static char *text(struct desk *d, const char *sql)
{
    static char kept[400];
    char *t;
    OK(db_get_text(d->s->db, &t, err, sql, NULL));
    snprintf(kept, sizeof kept, "%s", t ? t : "(null)");
    free(t);
    return kept;
}

/* Shows the first line that differs, with its neighbours. */
static void expect_lines(const char *a, const char *b)
{
    size_t i = 0, line = 0;
    if (strcmp(a, b) == 0)
        return;
    for (; a[i] && a[i] == b[i]; i++)
        if (a[i] == '\n')
            line = i + 1;
    fail_msg("rehearsed: %.*s\nwritten:   %.*s", (int)strcspn(a + line, "\n"), a + line,
             (int)strcspn(b + line, "\n"), b + line);
}

/* Rehearses and writes. */
static void import_text(struct desk *d, const char *csv)
{
    struct import *imp;
    OK(import_open_memory(&imp, d->s, &d->options, "list.csv", csv, strlen(csv), err));
    int64_t changes = count(d, "SELECT total_changes()");
    if (run(d, imp, false) != ST_OK)
        fail_with(&d->err);
    assert_int_equal(changes, count(d, "SELECT total_changes()"));
    assert_int_equal(d->result.batch, 0);
    struct import_result rehearsed = d->result;
    char *seen = mem_strdup(buf_str(&d->seen));
    if (run(d, imp, true) != ST_OK)
        fail_with(&d->err);
    expect_lines(seen, buf_str(&d->seen));
    rehearsed.batch = d->result.batch;
    assert_memory_equal(&rehearsed, &d->result, sizeof rehearsed);
    free(seen);
    import_close(imp);
}

static void expect(struct desk *d, const char *csv, const char *seen)
{
    import_text(d, csv);
    assert_string_equal(buf_str(&d->seen), seen);
}

/* Nothing is written, and no row is new or changed. */
static void expect_no_change(struct desk *d, const char *csv)
{
    import_text(d, csv);
    assert_int_equal(d->result.batch, 0);
    assert_int_equal(d->result.count[VERDICT_NEW], 0);
    assert_int_equal(d->result.count[VERDICT_CHANGED], 0);
    assert_int_equal(d->result.enrolled, 0);
    assert_int_equal(d->result.organisations_made, 0);
}

static void expect_refused(struct desk *d, const char *csv, enum status want, const char *word)
{
    struct import *imp;
    struct error err = {0};
    char words[900];
    assert_int_equal(
        import_open_memory(&imp, d->s, &d->options, "list.csv", csv, strlen(csv), &err), want);
    error_text(&err, words, sizeof words);
    if (!strstr(words, word))
        fail_msg("no \"%s\" in: %s", word, words);
    assert_null(imp);
}

static void map(struct desk *d, const char *column, const char *field)
{
    d->options.map[d->options.nmaps++] = (struct import_map){column, field};
}

/* ---- headings ------------------------------------------------------------------------------- */

static void expect_mapped(struct desk *d, const char *csv, const char *want)
{
    struct import *imp;
    struct buf b = {0};
    OK(import_open_memory(&imp, d->s, &d->options, "list.csv", csv, strlen(csv), err));
    const struct import_head *h = import_head(imp);
    buf_addf(&b, "%ld", h->header_line);
    for (size_t i = 0; i < h->ncolumns; i++) {
        buf_addf(&b, " %s", h->column[i].field ? h->column[i].field : "-");
        assert_int_equal(h->column[i].field != NULL, h->column[i].label != NULL);
    }
    assert_string_equal(b.s, want);
    buf_free(&b);
    import_close(imp);
}

static void test_headings(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    expect_mapped(&d,
                  "Etternavn;Fornavn;E-post;Mobil;Barnehage;Kommune;Stilling;Merknad\na;b;;;;;;\n",
                  "1 family_name given_name email phone organisation municipality position note");
    expect_mapped(&d, "Etternamn;Førenamn;Epostadresse;Tlf.;Eining;Kommune;Rolle\na;b;;;;;\n",
                  "1 family_name given_name email phone organisation municipality position");
    expect_mapped(&d, "NAVN;E-POST:;telefonnummer;Arbeidssted\na;;;\n",
                  "1 name email phone organisation");
    expect_mapped(&d,
                  "First name,Last name,E-mail address,Phone number,Workplace,Job title\na,b,,,,\n",
                  "1 given_name family_name email phone organisation position");
    expect_mapped(
        &d,
        "id,given_name,family_name,email,phone,organisation,municipality,position\n1,a,b,,,,,\n",
        "1 id given_name family_name email phone organisation municipality position");
    expect_mapped(&d, "Navn\nKari Nordmann\n", "1 name");
    expect_mapped(&d, "ID;Navn;Hva vil du spise?\n1;Kari;fisk\n", "1 - name -");
    d.options.type = "roster";
    d.options.cohort = d.cohort;
    expect_mapped(&d, "Navn;Barnehage;Stilling;Rolle;Status\na;;;;\n",
                  "1 name organisation position role status");
    expect_mapped(&d,
                  "number,given_name,family_name,organisation,municipality,role,status,email,phone,"
                  "attendance\n"
                  "1,a,b,,,,,,,\n",
                  "1 - given_name family_name organisation municipality role status email phone -");
    d.options.type = "organisations";
    expect_mapped(&d, "Navn;Type;Eierform;Org.nr;Kommune;E-post;Telefon;Adresse\na;;;;;;;\n",
                  "1 name kind ownership orgno municipality email phone address");
    expect_mapped(&d, "id,name,kind,ownership,orgno,parent,municipality,email,phone\n1,a,,,,,,,\n",
                  "1 id name kind ownership orgno parent municipality email phone");
    desk_close(&d);
}

static void test_titles_and_repeated_headers(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    expect(&d,
           "Deltakere på fagdagen;;\n"
           ";;\n"
           "Sist endret 3. mai;;\n"
           "Navn;E-post;Barnehage\n"
           "Kari Nordmann;kari@a.no;\n"
           "navn;e-post;barnehage\n"
           "Ola Nordmann;ola@a.no;\n",
           "5 new Kari Nordmann||\n"
           "7 new Ola Nordmann||\n");
    assert_int_equal(d.result.rows, 2);
    desk_close(&d);
}

static void test_samples(void **state)
{
    (void)state;
    struct desk d;
    struct import *imp;
    static const char csv[] = "Liste;\nNavn;Tlf\nKari;\nOla;91234567\nIda;\nPer;98765432\n";
    desk_open(&d, "people");
    OK(import_open_memory(&imp, d.s, &d.options, "list.csv", csv, strlen(csv), err));
    const struct import_head *h = import_head(imp);
    assert_int_equal(h->ncolumns, 2);
    assert_int_equal(h->info.delimiter, ';');
    assert_string_equal(h->column[0].heading, "Navn");
    assert_string_equal(h->column[0].sample[2], "Ida");
    assert_string_equal(h->column[1].sample[1], "98765432");
    assert_null(h->column[1].sample[2]);
    import_close(imp);
    desk_close(&d);
}

static void test_no_header(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    expect_refused(&d, "Kari;Oslo\nOla;Asker\n", ST_REFUSED, "1 \"Kari\", 2 \"Oslo\"");
    expect_refused(&d, "Kari;Oslo\nOla;Asker\n", ST_REFUSED, "--map COLUMN=FIELD");
    expect_refused(&d, "Barnehage;Kommune\nSol;Asker\n", ST_REFUSED, "1 \"Barnehage\"");
    d.options.type = "cakes";
    expect_refused(&d, "Navn\nKari\n", ST_USAGE, "people, organisations, roster");
    d.options.type = "roster";
    d.options.cohort = 0;
    expect_refused(&d, "Navn\nKari\n", ST_USAGE, "--into");
    d.options.cohort = 99;
    expect_refused(&d, "Navn\nKari\n", ST_REFUSED, "99");
    desk_close(&d);
}

static void test_maps(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    map(&d, "1", "name");
    map(&d, "3", "email");
    expect(&d, "Kari Nordmann;Asker;kari@a.no\nOla Dahl;Oslo;ola@a.no\n",
           "1 new Kari Nordmann||\n2 new Ola Dahl||\n");
    assert_string_equal(text(&d, "SELECT email FROM person WHERE given_name = 'Ola'"), "ola@a.no");
    d.options.nmaps = 0;
    map(&d, "hvem er du?", "name");
    map(&d, "Epost", "-");
    expect_mapped(&d, "Skjema;;\nHvem er du?;Epost;Mobil\nKari;;\n", "2 name - phone");
    map(&d, "Adresse", "email");
    expect_refused(&d, "Hvem er du?;Epost\nKari;\n", ST_REFUSED, "Adresse");
    d.options.nmaps = 0;
    map(&d, "1", "shoe_size");
    expect_refused(&d, "Navn;Sko\nKari;39\n", ST_REFUSED, "given_name");
    d.options.nmaps = 0;
    map(&d, "7", "email");
    expect_refused(&d, "Navn;Sko\nKari;39\n", ST_REFUSED, "2 \"Sko\"");
    desk_close(&d);
}

static void test_field_names(void **state)
{
    (void)state;
    const char *const *f = import_fields("roster");
    size_t n = 0;
    while (f[n])
        n++;
    assert_int_equal(n, 14);
    assert_string_equal(f[0], "given_name");
    bool id = false, role = false;
    for (size_t i = 0; i < n; i++) {
        id |= strcmp(f[i], "id") == 0;
        role |= strcmp(f[i], "role") == 0;
    }
    assert_true(id && role);
    assert_string_equal(import_fields("organisations")[0], "name");
    for (f = import_fields("people"); *f; f++)
        assert_string_not_equal(*f, "role");
    assert_null(import_fields("cakes")[0]);
    assert_string_equal(verdict_name(VERDICT_UNCLEAR), "unclear");
    assert_string_equal(verdict_label(VERDICT_NEW), "new");
}

/* ---- names ---------------------------------------------------------------------------------- */

static void test_split_names(void **state)
{
    (void)state;
    static const struct {
        const char *full, *given, *family;
    } table[] = {
        {"Kari Nordmann", "Kari", "Nordmann"},
        {"Kari Anne Nordmann", "Kari Anne", "Nordmann"},
        {"Nordmann, Kari Anne", "Kari Anne", "Nordmann"},
        {"de la Cruz, Ana", "Ana", "de la Cruz"},
        {"Ana Maria de la Cruz", "Ana Maria", "de la Cruz"},
        {"Ludwig van Beethoven", "Ludwig", "van Beethoven"},
        {"Otto von der Lippe", "Otto", "von der Lippe"},
        {"Hilma AF Klint", "Hilma", "AF Klint"},
        {"Van Nguyen", "Van", "Nguyen"},
        {"Kari", "Kari", ""},
        {"Nordmann,", "", "Nordmann"},
        {"  Kari   Nordmann ", "Kari", "Nordmann"},
        {"", "", ""},
    };
    struct buf given = {0}, family = {0}, rest = {0};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        name_split(table[i].full, &given, &family, &rest);
        assert_string_equal(buf_str(&given), table[i].given);
        assert_string_equal(buf_str(&family), table[i].family);
    }
    buf_free(&given);
    buf_free(&family);
    buf_free(&rest);
    assert_true(name_akin("kari nordmann", "kari hansen"));
    assert_true(name_akin("kari nordmann", "k nordmann"));
    assert_true(name_akin("kari nordmann", "k hansen"));
    assert_true(name_akin("", "k hansen"));
    assert_false(name_akin("kari nordmann", "ola hansen"));
}

static void test_cores(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"Blåklokka", "Blåklokka barnehage"},
        {"BLÅKLOKKA BHG", "Blaaklokka barnehage AS"},
        {"Trollskogen FUS barnehage AS", "Trollskogen"},
        {"Asker kommune Blåklokka barnehage", "Blåklokka"},
        {"Nordre Follo kommune, Sol bhg.", "Sol"},
        {"Barnehagen Sol", "Sol"},
        {"Sol barnehage SA", "FUS Sol barnehage"},
    };
    static const char *const other[][2] = {
        {"Asker kommune", "Asker barnehage"},
        {"Sol", "Solvang"},
        {"Hval skole", "Hval barnehage"},
        {"Barnehage", "Sol barnehage"},
        {"Øvre Sol", "Nedre Sol"},
        {"Asker kommune barnehage", "Oslo kommune barnehage"},
    };
    struct buf a = {0}, b = {0};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        buf_clear(&a), buf_clear(&b);
        organisation_core(same[i][0], &a), organisation_core(same[i][1], &b);
        assert_string_equal(a.s, b.s);
    }
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        buf_clear(&a), buf_clear(&b);
        organisation_core(other[i][0], &a), organisation_core(other[i][1], &b);
        assert_string_not_equal(a.s, b.s);
    }
    buf_free(&a);
    buf_free(&b);
    assert_true(municipality_same("Asker kommune", "ASKER"));
    assert_false(municipality_same("Asker", "Bærum"));
    assert_false(municipality_same(NULL, NULL));
    assert_null(municipality_tidy("3203"));
}

/* ---- who it is ------------------------------------------------------------------------------ */

static void test_new_people(void **state)
{
    (void)state;
    struct desk d;
    static const char csv[] =
        "Navn;E-post;Mobil;Barnehage;Kommune;Stilling\n"
        "Nordmann, Kari Anne;KARI@A.NO;+47 912 34 567;Sol barnehage;Asker;Pedagogisk leder\n"
        "Ola van Dyk;<ola@a.no>;;Sol;Asker;Tusenkunstner\n"
        "Åse Ødegård;;;Hval skole;Hole;Rektor\n";
    desk_open(&d, "people");
    expect(&d, csv,
           "+Sol barnehage\n"
           "2 new Kari Anne Nordmann|Sol barnehage|new organisation: Sol barnehage\n"
           "3 new Ola van Dyk|Sol barnehage|the position \"Tusenkunstner\" is not known, so it is: "
           "other\n"
           "+Hval skole\n"
           "4 new Åse Ødegård|Hval skole|new organisation: Hval skole\n");
    assert_int_equal(d.result.organisations_made, 2);
    assert_int_equal(d.result.batch, 1);
    assert_string_equal(
        text(&d,
             "SELECT given_name || '|' || family_name || '|' || email || '|' || phone FROM person"),
        "Kari Anne|Nordmann|kari@a.no|912 34 567");
    assert_string_equal(text(&d, "SELECT family_name FROM person WHERE given_name = 'Ola'"),
                        "van Dyk");
    assert_string_equal(text(&d, "SELECT group_concat(role || coalesce(starts, '')) FROM position"),
                        "pedagogical_leader,other,leader");
    assert_string_equal(text(&d, "SELECT group_concat(kind || municipality) FROM organisation"),
                        "kindergartenAsker,schoolHole");
    assert_int_equal(count(&d, "SELECT count(*) FROM person WHERE batch_id = 1"), 3);
    assert_int_equal(
        count(&d, "SELECT count(*) FROM person_search WHERE person_search MATCH 'sol'"), 2);
    expect_no_change(&d, csv);
    desk_close(&d);
}

static void test_by_email(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    add(d.s, T_PERSON, "given_name", "Kari", "family_name", "Nordmann", "email", "kari@a.no", NULL);
    add(d.s, T_PERSON, "given_name", "Ida", "family_name", "Dahl", "email", "post@sol.no", NULL);
    add(d.s, T_PERSON, "given_name", "Per", "family_name", "Dahl", "email", "post@sol.no", NULL);
    expect(&d,
           "Navn;E-post\n"
           "Kari Hansen;kari@a.no\n"
           "Ola Berg;kari@a.no\n"
           "Per Dahl;post@sol.no\n"
           "Eva Lie;post@sol.no\n"
           ";KARI@a.no\n"
           ";nobody@a.no\n",
           "2 matched Kari Hansen||same e-mail address; Family name kept: Nordmann, not Hansen\n"
           "3 unclear Ola Berg||the e-mail address belongs to somebody of another name: Kari "
           "Nordmann\n"
           "4 matched Per Dahl||same e-mail address and name\n"
           "5 unclear Eva Lie||several people have this e-mail address: Ida Dahl; Per Dahl\n"
           "6 matched kari@a.no||same as line 2\n"
           "7 rejected nobody@a.no||there is no name, and nobody has the e-mail address\n");
    assert_int_equal(d.result.batch, 0);
    desk_close(&d);
}

static void test_by_name_and_more(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    add(d.s, T_ORGANISATION, "name", "Sol barnehage", NULL);
    add(d.s, T_ORGANISATION, "name", "Måne barnehage", NULL);
    add(d.s, T_PERSON, "given_name", "Åse", "family_name", "Ødegård", NULL);
    add(d.s, T_POSITION, "person", "Åse Ødegård", "organisation", "Sol barnehage", "role", "styrer",
        NULL);
    add(d.s, T_PERSON, "given_name", "Per", "family_name", "Dahl", "phone", "91234567", "email",
        "per@a.no", NULL);
    add(d.s, T_POSITION, "person", "Per Dahl", "organisation", "Sol barnehage", "role", "styrer",
        NULL);
    add(d.s, T_PERSON, "given_name", "Eva", "family_name", "Lie", "email", "eva@a.no", NULL);
    add(d.s, T_POSITION, "person", "Eva Lie", "organisation", "Sol barnehage", NULL);
    expect(&d,
           "Navn;E-post;Tlf;Barnehage\n"
           "Aase Oedegaard;;;Sol bhg\n"
           "Åse Ødegård;;;Måne\n"
           "Per Dahl;;912 34 567;Måne barnehage\n"
           "Per Dahl;annen@a.no;98765432;Sol barnehage\n"
           "Per Dahl;annen@a.no;;Sol barnehage\n"
           "Eva Lie;ny@a.no;;Sol barnehage\n"
           "Eva Lie;ny2@a.no;;Sol barnehage\n",
           "2 matched Aase Oedegaard|Sol barnehage|same name and organisation; taken for Sol "
           "barnehage\n"
           "3 new Åse Ødegård|Måne barnehage|another of this name works at Sol barnehage\n"
           "4 changed Per Dahl|Måne barnehage|same name and phone; new position at Måne barnehage\n"
           "5 unclear Per Dahl|Sol barnehage|somebody has this name there, but another e-mail "
           "address: Per Dahl (Måne barnehage)\n"
           "6 unclear Per Dahl|Sol barnehage|somebody has this name there, but another e-mail "
           "address: Per Dahl (Måne barnehage)\n"
           "7 matched Eva Lie|Sol barnehage|same name and organisation; E-mail kept: eva@a.no, not "
           "ny@a.no\n"
           "8 unclear Eva Lie|Sol barnehage|somebody has this name there, but another e-mail "
           "address: Eva Lie (Sol barnehage)\n");
    assert_string_equal(
        text(&d, "SELECT starts FROM position WHERE person_id = 2 AND organisation_id = 2"),
        "2026-11-21");
    assert_int_equal(count(&d, "SELECT count(*) FROM person"), 4);
    desk_close(&d);
}

static void test_only_a_name(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    add(d.s, T_PERSON, "given_name", "Kari", "family_name", "Berg", "email", "kari@a.no", NULL);
    expect(&d,
           "Navn;E-post\n"
           "Kari Berg;\n"
           "Kari Berg;ny@a.no\n"
           "Ola Lie;\n"
           "Ola Lie;\n",
           "2 unclear Kari Berg||only the name is given, and somebody has it already: Kari Berg\n"
           "3 new Kari Berg||\n"
           "4 new Ola Lie||\n"
           "5 matched Ola Lie||same as line 4\n");
    assert_int_equal(d.candidates, 0);
    import_text(&d, "Navn\nOla Lie\nKari Berg\n");
    assert_string_equal(buf_str(&d.seen),
                        "2 matched Ola Lie||same name, and nothing else is known\n"
                        "3 unclear Kari Berg||only the name is given, and somebody has it already:"
                        " Kari Berg; Kari Berg\n");
    assert_int_equal(d.candidates, 2);
    desk_close(&d);
}

static void test_twice_in_a_file(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    expect(
        &d,
        "Navn;E-post;Mobil;Barnehage\n"
        "Kari Berg;kari@a.no;;Sol\n"
        "Berg, Kari;kari@a.no;91234567;Sol barnehage\n"
        "Kari Berg;;;Sol\n"
        "Kari Berg;;91234567;\n"
        "Kari Berg;kari@a.no;;Måne\n",
        "+Sol\n"
        "2 new Kari Berg|Sol|new organisation: Sol\n"
        "3 changed Kari Berg|Sol|same as line 2; Phone filled in\n"
        "4 matched Kari Berg|Sol|same as line 2\n"
        "5 matched Kari Berg||same as line 2\n"
        "+Måne\n"
        "6 changed Kari Berg|Måne|same as line 2; new organisation: Måne; new position at Måne\n");
    assert_int_equal(count(&d, "SELECT count(*) FROM person"), 1);
    assert_int_equal(count(&d, "SELECT count(*) FROM position WHERE starts IS NULL"), 2);
    desk_close(&d);
}

/* ---- where it is ---------------------------------------------------------------------------- */

static void test_places(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    add(d.s, T_ORGANISATION, "name", "Sol barnehage", "municipality", "Asker", NULL);
    add(d.s, T_ORGANISATION, "name", "Sol barnehage", "municipality", "Hole", NULL);
    add(d.s, T_ORGANISATION, "name", "Asker kommune", "kind", "municipality", NULL);
    add(d.s, T_ORGANISATION, "name", "Blåklokka barnehage AS", NULL);
    add(d.s, T_PERSON, "given_name", "Kari", "family_name", "Berg", "email", "kari@a.no", NULL);
    add(d.s, T_POSITION, "person", "Kari Berg", "organisation", "2", "role", "styrer", NULL);
    expect(&d,
           "Navn;E-post;Barnehage;Kommune\n"
           "A A;a@a.no;Sol bhg;Hole kommune\n"
           "B B;b@a.no;Sol;\n"
           "Kari Berg;kari@a.no;Sol;\n"
           "Kari Berg;;Sol barnehage;\n"
           "C C;c@a.no;Sol barnehage;Bærum\n"
           "D D;d@a.no;Asker barnehage;\n"
           "E E;e@a.no;Asker kommune Blåklokka;Asker\n"
           "F F;f@a.no;Sol barnehage;Bærum\n"
           "G G;g@a.no;Sol barnehage;0220\n",
           "2 new A A|Sol barnehage|taken for Sol barnehage\n"
           "3 unclear B B|Sol|several organisations have this name: Sol barnehage, Asker; Sol "
           "barnehage, Hole\n"
           "4 matched Kari Berg|Sol barnehage|same e-mail address; of several of this name the one "
           "where the person works: Hole\n"
           "5 matched Kari Berg|Sol barnehage|same as line 4; of several of this name the one "
           "where the person works: Hole\n"
           "+Sol barnehage\n"
           "6 new C C|Sol barnehage|new organisation: Sol barnehage\n"
           "+Asker barnehage\n"
           "7 new D D|Asker barnehage|new organisation: Asker barnehage\n"
           "8 new E E|Blåklokka barnehage AS|taken for Blåklokka barnehage AS\n"
           "9 new F F|Sol barnehage|\n"
           "10 new G G|Sol barnehage|\n");
    assert_int_equal(count(&d, "SELECT organisation_id FROM position WHERE person_id = 2"), 2);
    assert_int_equal(count(&d, "SELECT count(*) FROM organisation WHERE name = 'Sol barnehage'"),
                     3);
    desk_close(&d);
}

/* A bare name that was clear becomes unclear when the file makes another of it. */
static void test_place_becomes_unclear(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    add(d.s, T_ORGANISATION, "name", "Sol barnehage", "municipality", "Asker", NULL);
    expect(&d,
           "Navn;E-post;Barnehage;Kommune\n"
           "A A;a@a.no;Sol;\n"
           "B B;b@a.no;Sol bhg;Hole\n"
           "C C;c@a.no;Sol;\n",
           "2 new A A|Sol barnehage|\n"
           "+Sol bhg\n"
           "3 new B B|Sol bhg|new organisation: Sol bhg\n"
           "4 unclear C C|Sol|several organisations have this name: Sol barnehage, Asker; Sol bhg, "
           "Hole\n");
    desk_close(&d);
}

/* ---- what may change --------------------------------------------------------------------------
 */

static void test_fill_keep_replace(void **state)
{
    (void)state;
    struct desk d;
    static const char csv[] = "Fornavn;Etternavn;E-post;Mobil;Merknad;Barnehage;Stilling\n"
                              "Kari;Berg;kari@a.no;98765432;;Sol;Styrer\n"
                              ";;ida@a.no;91111111;Allergi;Sol;Styrer\n";
    desk_open(&d, "people");
    add(d.s, T_ORGANISATION, "name", "Sol", NULL);
    add(d.s, T_PERSON, "given_name", "Kari", "family_name", "Berg", "email", "kari@a.no", "phone",
        "91234567", "note", "Viktig", NULL);
    add(d.s, T_POSITION, "person", "kari@a.no", "organisation", "Sol", "role", "teacher", NULL);
    add(d.s, T_PERSON, "given_name", "Ida", "email", "ida@a.no", NULL);
    add(d.s, T_POSITION, "person", "ida@a.no", "organisation", "Sol", NULL);
    expect(&d, csv,
           "2 matched Kari Berg|Sol|same e-mail address; Phone kept: 912 34 567, not 987 65 432;"
           " Position kept: kindergarten teacher, not head of kindergarten\n"
           "3 changed ida@a.no|Sol|same e-mail address; Phone filled in; Note filled in; Position "
           "filled in\n");
    expect_no_change(&d, csv);
    d.options.replace = true;
    expect(&d, csv,
           "2 changed Kari Berg|Sol|same e-mail address; Phone: 987 65 432 instead of 912 34 567;"
           " Position: head of kindergarten instead of kindergarten teacher\n"
           "3 matched ida@a.no|Sol|same e-mail address\n");
    assert_string_equal(text(&d, "SELECT phone || note FROM person WHERE id = 1"),
                        "987 65 432Viktig");
    assert_string_equal(text(&d, "SELECT group_concat(role) FROM position"), "styrer,styrer");
    expect_no_change(&d, csv);
    desk_close(&d);
}

static void test_new_job_keeps_the_past(void **state)
{
    (void)state;
    struct desk d;
    static const char csv[] = "Navn;E-post;Barnehage\nKari Berg;kari@a.no;Måne\n";
    desk_open(&d, "roster");
    add(d.s, T_ORGANISATION, "name", "Sol", NULL);
    add(d.s, T_PERSON, "given_name", "Kari", "family_name", "Berg", "email", "kari@a.no", NULL);
    add(d.s, T_POSITION, "person", "kari@a.no", "organisation", "Sol", "role", "styrer", NULL);
    add(d.s, T_ENROLMENT, "cohort", "BIM/1", "person", "kari@a.no", NULL);
    d.options.cohort = add(d.s, T_COHORT, "offering", "BIM", NULL);
    expect(&d, csv,
           "+Måne\n"
           "2 changed Kari Berg|Måne|same e-mail address; new organisation: Måne; new position at "
           "Måne\n");
    assert_int_equal(d.result.enrolled, 1);
    assert_string_equal(text(&d, "SELECT group_concat(organisation_id) FROM enrolment"), "1,2");
    assert_string_equal(text(&d, "SELECT group_concat(coalesce(starts, '-')) FROM position"),
                        "-,2026-11-21");
    expect(&d, csv, "2 matched Kari Berg|Måne|same e-mail address; already in BIM/2\n");
    assert_int_equal(d.result.batch, 0);
    /* One that ended is past: working there again is news. */
    set(d.s, T_POSITION, 2, "ends", "2026-11-21");
    expect_no_change(&d, csv);
    set(d.s, T_POSITION, 1, "ends", "2020-01-01");
    expect(&d, "Navn;E-post;Barnehage\nKari Berg;kari@a.no;Sol\n",
           "2 changed Kari Berg|Sol|same e-mail address; new position at Sol; already in BIM/2\n");
    desk_close(&d);
}

/* ---- the roster ----------------------------------------------------------------------------- */

static void test_roster(void **state)
{
    (void)state;
    struct desk d;
    static const char csv[] = "Navn;E-post;Barnehage;Rolle;Status\n"
                              "Kari Berg;kari@a.no;Sol;Pedagogisk leder;\n"
                              "Ola Lie;ola@a.no;Sol;Foreleser;Bekreftet\n"
                              "Ida Dahl;ida@a.no;Sol;Kakebaker;\n"
                              "Per Moe;per@a.no;;Leder;venteliste\n"
                              "Eva Aas;eva@a.no;;;kanskje\n";
    desk_open(&d, "roster");
    import_text(&d, csv);
    assert_non_null(
        strstr(buf_str(&d.seen),
               "\n4 new Ida Dahl|Sol|the role \"Kakebaker\" is not known, so it is: other\n"));
    assert_non_null(strstr(buf_str(&d.seen), "\n6 rejected Eva Aas||Status: kanskje: "));
    assert_int_equal(d.result.enrolled, 4);
    assert_string_equal(
        text(&d, "SELECT group_concat(role || ' ' || status || coalesce(' ' || note, '')) FROM "
                 "enrolment"),
        "participant registered,lecturer confirmed,other registered Kakebaker,leader waitlisted");
    assert_string_equal(text(&d, "SELECT group_concat(role) FROM position"),
                        "pedagogical_leader,other,other");
    assert_int_equal(count(&d, "SELECT count(*) FROM enrolment WHERE organisation_id = 1"), 3);
    assert_string_equal(text(&d, "SELECT type || target || file FROM batch"),
                        "rosterBIM/1list.csv");
    assert_string_equal(text(&d, "SELECT rows || '-' || new || '-' || matched || '-' || changed || "
                                 "'-' || unclear || '-' ||"
                                 " rejected FROM batch"),
                        "5-4-0-0-0-1");
    assert_int_equal(count(&d, "SELECT length(hash) FROM batch"), 20);
    expect_no_change(&d, csv);
    assert_non_null(strstr(buf_str(&d.seen),
                           "2 matched Kari Berg|Sol|same e-mail address; already in BIM/1\n"));
    desk_close(&d);
}

static void test_roster_again(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "roster");
    add(d.s, T_ORGANISATION, "name", "Sol", NULL);
    add(d.s, T_PERSON, "given_name", "Kari", "family_name", "Berg", "email", "kari@a.no", NULL);
    add(d.s, T_PERSON, "given_name", "Kari", "family_name", "Berg", "email", "kari2@a.no", NULL);
    add(d.s, T_PERSON, "given_name", "Ola", "family_name", "Lie", "email", "ola@a.no", NULL);
    add(d.s, T_ENROLMENT, "cohort", "BIM/1", "person", "kari@a.no", NULL);
    add(d.s, T_ENROLMENT, "cohort", "BIM/1", "person", "ola@a.no", "status", "withdrawn", NULL);
    expect(&d,
           "Navn;E-post;Barnehage;Rolle;Status\n"
           "Kari Berg;;;;\n"
           "Ola Lie;ola@a.no;;;Bekreftet\n"
           "Kari Berg;kari@a.no;Sol;Foreleser;\n",
           "2 matched Kari Berg||the only one of this name in the cohort; already in BIM/1\n"
           "3 matched Ola Lie||same e-mail address; withdrawn from BIM/1, and stays so;"
           " Status kept: withdrawn, not confirmed\n"
           "4 changed Kari Berg|Sol|same as line 2; new position at Sol; Organisation filled in;"
           " Role kept: participant, not lecturer\n");
    d.options.replace = true;
    expect(&d, "Navn;E-post;Rolle;Status\nOla Lie;ola@a.no;Foreleser;Bekreftet\n",
           "2 changed Ola Lie||same e-mail address; already in BIM/1; Role: lecturer instead of "
           "participant;"
           " Status: confirmed instead of withdrawn\n");
    assert_string_equal(text(&d, "SELECT role || status FROM enrolment WHERE person_id = 3"),
                        "lecturerconfirmed");
    desk_close(&d);
}

/* ---- rows that cannot be used ------------------------------------------------------------------
 */

static void test_rejected(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    expect(&d,
           "Fornavn;Etternavn;E-post;Mobil;Merknad\n"
           "Kari;Berg;kari(at)a.no;;\n"
           "Ola;Lie;ola@a.no;12;\n"
           "Ida;Dahl;ida@a.no;91234567;;for;mye\n"
           "Per;Moe\n"
           ";;;91234567;\n"
           "Eva;Aas;eva@a.no;;hei\n",
           "2 rejected Kari Berg||E-mail: kari(at)a.no: this is no e-mail address\n"
           "3 rejected Ola Lie||Phone: 12: this is no phone number\n"
           "4 rejected Ida Dahl||the row has more cells than there are columns\n"
           "5 new Per Moe||cells are missing at its end; they count as empty\n"
           "6 rejected ||there is no name\n"
           "7 new Eva Aas||\n");
    assert_int_equal(count(&d, "SELECT count(*) FROM person"), 2);
    desk_close(&d);
}

/* Rejected for one cell, a row makes nothing of what the others name. */
static void test_nothing_half_written(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "roster");
    expect(&d, "Navn;E-post;Barnehage\nKari Berg;feil;Sol\n",
           "2 rejected Kari Berg|Sol|E-mail: feil: this is no e-mail address\n");
    assert_int_equal(
        count(&d, "SELECT (SELECT count(*) FROM organisation) + (SELECT count(*) FROM batch) +"
                  " (SELECT count(*) FROM change_set WHERE batch_id IS NOT NULL)"),
        0);
    desk_close(&d);
}

static void test_short_but_whole(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    expect(&d,
           "Navn;E-post;Hva vil du spise?\n"
           "Kari Berg;kari@a.no;fisk\n"
           "Ola Lie;ola@a.no;kake\n"
           "Ida Dahl;ida@a.no\n",
           "2 new Kari Berg||\n3 new Ola Lie||\n4 new Ida Dahl||\n");
    desk_close(&d);
}

static void test_lost_letters(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    d.options.reader.encoding = "UTF-8";
    expect(
        &d, "Navn;E-post\nK\xe5re Berg;kare@a.no\nOla Lie;ola@a.no\n",
        "2 rejected K\xef\xbf\xbdre Berg||letters could not be read: say how the file is encoded\n"
        "3 new Ola Lie||\n");
    desk_close(&d);
}

/* ---- organisations
 * -------------------------------------------------------------------------------- */

static void test_organisations(void **state)
{
    (void)state;
    struct desk d;
    static const char csv[] = "Navn;Type;Eierform;Orgnr;Tilhører;Kommune;Telefon\n"
                              "Asker kommune;kommune;;;;Asker;\n"
                              "Sol barnehage;;kommunal;974 760 673;Asker kommune;Asker;\n"
                              "Sol;;;;;Asker;66 00 00 00\n"
                              "Ny barnehage;;kooperativ;;;;\n"
                              "Sol barnehage;;privat;;;Hole;\n"
                              "Sol barnehage;;;;;;\n"
                              "Sola barnehage;;;974760673;;;\n"
                              "Måne;;;;Mars;;\n";
    desk_open(&d, "organisations");
    import_text(&d, csv);
    assert_string_equal(
        buf_str(&d.seen),
        "2 new Asker kommune||\n"
        "3 new Sol barnehage||\n"
        "4 changed Sol||same as line 3; Phone filled in\n"
        "5 rejected Ny barnehage||Ownership: kooperativ: \"kooperativ\" is not a choice here\n"
        "6 new Sol barnehage||\n"
        "7 unclear Sol barnehage||several organisations have this name: Sol barnehage, Asker; Sol "
        "barnehage, Hole\n"
        "8 matched Sola barnehage||same as line 3; Name kept: Sol barnehage, not Sola barnehage\n"
        "9 new Måne||what it belongs to is not known, and was left out: Mars\n");
    assert_string_equal(
        text(&d, "SELECT kind || orgno || parent_id || phone FROM organisation WHERE id = 2"),
        "kindergarten9747606731660 00 000");
    expect_no_change(&d, csv);
    desk_close(&d);
}

static void test_organisation_rules(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "organisations");
    add(d.s, T_ORGANISATION, "name", "Asker kommune", "kind", "municipality", NULL);
    add(d.s, T_ORGANISATION, "name", "Oppvekst", "parent", "Asker kommune", NULL);
    add(d.s, T_ORGANISATION, "name", "Sol", "orgno", "974760673", NULL);
    expect(&d,
           "name,orgno,parent\n"
           "Asker kommune,,Oppvekst\n"
           "Sol,938752648,\n",
           "2 rejected Asker kommune||Belongs to: an organisation cannot belong to itself or to "
           "one of its own parts\n"
           "3 new Sol||\n");
    desk_close(&d);
}

/* ---- undo ----------------------------------------------------------------------------------- */

static void on_kept(void *arg, const char *line)
{
    buf_addf(arg, "%s\n", line);
}

static void test_undo(void **state)
{
    (void)state;
    struct desk d;
    struct buf kept = {0};
    struct undo_report report = {.kept_line = on_kept, .arg = &kept};
    desk_open(&d, "roster");
    add(d.s, T_ORGANISATION, "name", "Sol", NULL);
    add(d.s, T_PERSON, "given_name", "Kari", "family_name", "Berg", "email", "kari@a.no", NULL);
    import_text(&d, "Navn;E-post;Mobil;Barnehage\n"
                    "Kari Berg;kari@a.no;91234567;Sol\n"
                    "Ola Lie;ola@a.no;;Måne\n"
                    "Ida Dahl;ida@a.no;;Måne\n");
    assert_int_equal(d.result.count[VERDICT_CHANGED], 1);
    OK(undo_batch(d.s, d.result.batch, &report, err));
    assert_int_equal(report.kept, 0);
    assert_int_equal(count(&d, "SELECT count(*) FROM person"), 1);
    assert_int_equal(
        count(&d, "SELECT (SELECT count(*) FROM position) + (SELECT count(*) FROM enrolment)"), 0);
    assert_int_equal(count(&d, "SELECT count(*) FROM organisation"), 1);
    assert_string_equal(text(&d, "SELECT phone FROM person"), "(null)");
    assert_int_equal(count(&d, "SELECT undone_at IS NOT NULL FROM batch"), 1);
    buf_free(&kept);
    desk_close(&d);
}

static void test_undo_keeps_what_was_edited(void **state)
{
    (void)state;
    struct desk d;
    struct buf kept = {0};
    struct undo_report report = {.kept_line = on_kept, .arg = &kept};
    desk_open(&d, "roster");
    import_text(&d, "Navn;E-post;Barnehage\n"
                    "Ola Lie;ola@a.no;Måne\n"
                    "Ida Dahl;ida@a.no;Sol\n");
    set(d.s, T_PERSON, 1, "phone", "912 34 567");
    OK(undo_batch(d.s, d.result.batch, &report, err));
    assert_string_equal(text(&d, "SELECT group_concat(given_name) FROM person"), "Ola");
    assert_int_equal(count(&d, "SELECT count(*) FROM organisation WHERE name = 'Sol'"), 0);
    assert_non_null(strstr(buf_str(&kept), "Ola Lie"));
    assert_int_equal(undo_batch(d.s, d.result.batch, &report, &d.err), ST_REFUSED);
    buf_free(&kept);
    desk_close(&d);
}

/* ---- stopping, refusing ------------------------------------------------------------------------
 */

static bool stop_at_1000(void *arg, double done, long rows)
{
    assert_true(done >= 0 && done <= 1);
    ++*(int *)arg;
    return rows < 900;
}

static void test_stopped(void **state)
{
    (void)state;
    struct desk d;
    struct buf csv = {0};
    struct import *imp;
    int asked = 0;
    struct import_watch watch = {.progress = stop_at_1000, .arg = &asked};
    desk_open(&d, "people");
    buf_add(&csv, "Navn;E-post;Barnehage\n");
    for (int i = 0; i < 40000; i++)
        buf_addf(&csv, "Kari Nord%d;kari%d@a.no;Solkroken barnehage\n", i, i);
    OK(import_open_memory(&imp, d.s, &d.options, "list.csv", csv.s, csv.len, err));
    for (int write = 0; write < 2; write++) {
        assert_int_equal(import_run(imp, write, &watch, &d.result, &d.err), ST_STOPPED);
        assert_int_equal(asked, 2 * (write + 1));
        assert_null(d.s->bulk);
        assert_int_equal(d.s->batch, 0);
    }
    assert_int_equal(count(&d, "SELECT count(*) FROM person"), 0);
    assert_int_equal(count(&d, "SELECT count(*) FROM batch"), 0);
    assert_int_equal(count(&d, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'person_%'"
                               " AND type = 'index'"),
                     4);
    import_close(imp);
    buf_free(&csv);
    desk_close(&d);
}

static void test_reader_may_only_rehearse(void **state)
{
    (void)state;
    struct desk d;
    struct import *imp;
    static const char csv[] = "Navn\nKari Berg\n";
    desk_open(&d, "people");
    OK(db_run(d.s->db, err, "UPDATE user SET role = 'reader'", NULL));
    OK(import_open_memory(&imp, d.s, &d.options, "list.csv", csv, strlen(csv), err));
    assert_int_equal(run(&d, imp, false), ST_OK);
    assert_int_equal(d.result.count[VERDICT_NEW], 1);
    assert_int_equal(import_run(imp, true, NULL, &d.result, &d.err), ST_REFUSED);
    assert_int_equal(count(&d, "SELECT count(*) FROM person"), 0);
    import_close(imp);
    desk_close(&d);
}

/* ---- generated files ------------------------------------------------------------------------- */

static uint32_t dice(uint32_t *seed, uint32_t n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % n;
}

/* Few names, many collisions: people that meet themselves and each other, with cells left out. */
static void generate(struct buf *csv, uint32_t seed, int rows, int names, int places)
{
    static const char *const given[] = {"Kari",      "Ola", "Åse", "Aase",
                                        "Ida Marie", "Per", "Zoë", "Jan"};
    static const char *const family[] = {"Berg", "Ødegård", "Oedegaard", "van Dyk",
                                         "Lie",  "Aas",     "Ås",        "Dahl"};
    static const char *const after[] = {"", " barnehage", " bhg", " barnehage AS", " skole"};
    static const char *const role[] = {
        "", "Styrer", "Pedagogisk leder", "Deltaker", "Foreleser", "Trollmann", "leder"};
    static const char *const status[] = {"", "", "", "Bekreftet", "Avmeldt", "Kanskje"};
    static const char *const town[] = {"", "Asker", "Hole kommune", "Bærum"};
    buf_add(csv, "Navn;E-post;Mobil;Barnehage;Kommune;Stilling;Rolle;Status;Merknad\n");
    for (int i = 0; i < rows; i++) {
        uint32_t who = dice(&seed, (uint32_t)names);
        const char *g = given[who % 8], *f = family[who / 8 % 8];
        if (dice(&seed, 4) == 0)
            buf_addf(csv, "%s, %s;", f, g);
        else if (dice(&seed, 50))
            buf_addf(csv, "%s %s;", g, f);
        else
            buf_add(csv, ";");
        switch (dice(&seed, 6)) {
        case 0: buf_add(csv, ";"); break;
        case 1: buf_addf(csv, "felles%u@a.no;", dice(&seed, 3)); break;
        case 2: buf_addf(csv, "%u@privat.no;", dice(&seed, (uint32_t)names)); break;
        default: buf_addf(csv, "%u@a%s;", who, dice(&seed, 40) ? ".no" : ""); break;
        }
        if (dice(&seed, 3))
            buf_addf(csv, "4%07u;", dice(&seed, 4) ? who : dice(&seed, 1000));
        else
            buf_add(csv, ";");
        if (dice(&seed, 5))
            buf_addf(csv, "Hage %u%s;", dice(&seed, (uint32_t)places), after[dice(&seed, 5)]);
        else
            buf_add(csv, ";");
        buf_addf(csv, "%s;%s;%s;%s;%s\n", town[dice(&seed, 4)], role[dice(&seed, 7)],
                 role[dice(&seed, 7)], status[dice(&seed, 6)],
                 dice(&seed, 9) ? "" : "Sitter ytterst");
    }
}

static void test_rehearsal_is_the_writing(void **state)
{
    (void)state;
    long verdicts[VERDICT_COUNT] = {0};
    for (uint32_t seed = 1; seed <= 12; seed++) {
        struct desk d;
        desk_open(&d, seed % 3 ? "roster" : "people");
        for (uint32_t file = 0; file < 3; file++) {
            struct buf csv = {0};
            generate(&csv, seed * 100 + file, 300, seed % 2 ? 64 : 20, seed % 4 ? 6 : 40);
            d.options.replace = file == 1;
            d.options.on_unclear = (enum on_unclear)(seed % 3);
            import_text(&d, csv.s); /* compares */
            for (int v = 0; v < VERDICT_COUNT; v++)
                verdicts[v] += d.result.count[v];
            if (file != 1) { /* once more */
                import_text(&d, csv.s);
                assert_int_equal(d.result.count[VERDICT_REJECTED] > 0, 1);
            }
            buf_free(&csv);
        }
        desk_close(&d);
    }
    for (int v = 0; v < VERDICT_COUNT; v++)
        assert_true(verdicts[v] > 50);
}

/* A file of people who can be told apart: what was written is found again, all of it. */
static void test_again_changes_nothing(void **state)
{
    (void)state;
    struct desk d;
    struct buf csv = {0};
    uint32_t seed = 7;
    desk_open(&d, "roster");
    buf_add(&csv, "Fornavn;Etternavn;E-post;Mobil;Barnehage;Kommune;Rolle;Status\n");
    for (int i = 0; i < 500; i++)
        buf_addf(&csv, "Fornavn%u;Etternavn %d;%s%d@a.no;%s;Hage %u barnehage;%s;%s;%s\n",
                 dice(&seed, 9), i, dice(&seed, 3) ? "navn" : "n", i,
                 dice(&seed, 2) ? "" : "91234567", dice(&seed, 30), "Asker",
                 dice(&seed, 2) ? "Styrer" : "Noe annet", dice(&seed, 2) ? "" : "Bekreftet");
    import_text(&d, csv.s);
    assert_int_equal(d.result.count[VERDICT_NEW], 500);
    expect_no_change(&d, csv.s);
    d.options.replace = true;
    expect_no_change(&d, csv.s);
    d.options.type = "people";
    expect_no_change(&d, csv.s);
    buf_free(&csv);
    desk_close(&d);
}

/* The same file into an empty database (tables filled without their indices) and into one with a
 * person in it: the same comes of it. */
static void dump(struct desk *d, struct buf *out)
{
    struct stmt *st = db_query(
        d->s->db, &d->err,
        "SELECT hex(p.sort_key) || p.match_name || '|' || p.search_text || '|' || p.email || '|' ||"
        " coalesce((SELECT group_concat(o.name || q.role || coalesce(q.starts, '')) FROM position q"
        " JOIN organisation o ON o.id = q.organisation_id WHERE q.person_id = p.id), '') || '|' ||"
        " coalesce((SELECT group_concat(e.role || e.status || e.organisation_id) FROM enrolment e"
        " WHERE e.person_id = p.id), '')"
        " FROM person p WHERE p.family_name <> 'Alene' ORDER BY p.id",
        NULL);
    while (stmt_step(st, &d->err) == STEP_ROW)
        buf_addf(out, "%s\n", stmt_str(st, 0));
}

static void test_filling_is_the_same(void **state)
{
    (void)state;
    struct buf csv = {0}, filled = {0}, added = {0}, seen = {0};
    uint32_t seed = 3;
    buf_add(&csv, "Navn;E-post;Mobil;Barnehage;Kommune;Rolle\n");
    for (int i = 0; i < 12000; i++)
        buf_addf(&csv,
                 "Kari %c%c%c Nordmann;navn.navnesen%u@example.no;%s;Hage %u "
                 "barnehage;%s;Pedagogisk leder\n",
                 'a' + dice(&seed, 26), 'a' + dice(&seed, 26), 'a' + dice(&seed, 26),
                 dice(&seed, 11500), dice(&seed, 2) ? "" : "+46 8 123 456", dice(&seed, 900),
                 dice(&seed, 2) ? "Asker" : "Hole");
    assert_true(csv.len > 1 << 20);
    for (int empty = 0; empty < 2; empty++) {
        struct desk d;
        struct import *imp;
        desk_open(&d, "roster");
        if (!empty)
            add(d.s, T_PERSON, "given_name", "En", "family_name", "Alene", NULL);
        OK(import_open_memory(&imp, d.s, &d.options, "list.csv", csv.s, csv.len, err));
        if (run(&d, imp, true) != ST_OK)
            fail_with(&d.err);
        import_close(imp);
        dump(&d, empty ? &filled : &added);
        if (empty) {
            assert_string_equal(buf_str(&seen), buf_str(&d.seen));
            assert_int_equal(
                count(&d, "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name IN"
                          " ('person', 'position', 'enrolment')"),
                4 + 3 + 4);
        }
        buf_clear(&seen);
        buf_add(&seen, buf_str(&d.seen));
        desk_close(&d);
    }
    assert_true(filled.len > 1000);
    assert_string_equal(buf_str(&added), buf_str(&filled));
    buf_free(&csv);
    buf_free(&filled);
    buf_free(&added);
    buf_free(&seen);
}

static bool stop_late(void *arg, double done, long rows)
{
    (void)rows;
    ++*(int *)arg;
    return done < 0.45;
}

/* Stopped while the indices are built. */
static void test_stopped_late(void **state)
{
    (void)state;
    struct desk d;
    struct buf csv = {0};
    struct import *imp;
    int asked = 0;
    struct import_watch watch = {.progress = stop_late, .arg = &asked};
    desk_open(&d, "people");
    buf_add(&csv, "Navn;E-post;Barnehage\n");
    for (int i = 0; i < 30000; i++)
        buf_addf(&csv, "Kari Nord%d;kari%d@example.com;Solkroken barnehage\n", i * 7919 % 30000, i);
    OK(import_open_memory(&imp, d.s, &d.options, "list.csv", csv.s, csv.len, err));
    assert_int_equal(import_run(imp, true, &watch, &d.result, &d.err), ST_STOPPED);
    assert_true(asked > 60);
    assert_int_equal(
        count(&d, "SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM batch)"), 0);
    watch.progress = NULL;
    OK(import_run(imp, true, &watch, &d.result, err));
    assert_int_equal(d.result.count[VERDICT_NEW], 30000);
    import_close(imp);
    buf_free(&csv);
    desk_close(&d);
}

/* ---- the rosters that come with the program ---------------------------------------------------
 */

static void import_example(struct desk *d, const char *file, const char *into)
{
    struct import *imp;
    struct buf path = {0};
    const char *dir = getenv("srcdir");
    buf_addf(&path, "%s/share/examples/rosters/%s", dir ? dir : ".", file);
    OK(reference_parse(d->s, T_COHORT, into, NULL, &d->options.cohort, err));
    OK(import_open(&imp, d->s, &d->options, path.s, err));
    if (run(d, imp, false) != ST_OK)
        fail_with(&d->err);
    struct import_result rehearsed = d->result;
    if (run(d, imp, true) != ST_OK)
        fail_with(&d->err);
    rehearsed.batch = d->result.batch;
    assert_memory_equal(&rehearsed, &d->result, sizeof rehearsed);
    import_close(imp);
    buf_free(&path);
}

static void expect_counts(const struct desk *d, long new_ones, long matched, long changed,
                          long rejected, long enrolled, long organisations)
{
    const struct import_result *r = &d->result;
    assert_int_equal(r->count[VERDICT_NEW], new_ones);
    assert_int_equal(r->count[VERDICT_MATCHED], matched);
    assert_int_equal(r->count[VERDICT_CHANGED], changed);
    assert_int_equal(r->count[VERDICT_UNCLEAR], 0);
    assert_int_equal(r->count[VERDICT_REJECTED], rejected);
    assert_int_equal(r->enrolled, enrolled);
    assert_int_equal(r->organisations_made, organisations);
}

static void test_example_rosters(void **state)
{
    (void)state;
    static const struct {
        const char *file, *into;
        long new_ones, matched, changed, rejected, enrolled, organisations;
    } rosters[] = {
        {"deltakere-bim-1.csv", "BIM/1", 41, 8, 0, 1, 45, 1},
        {"paamelding-alle.csv", "BIM/2", 286, 13, 0, 1, 295, 1},
        {"deltakarar-fagdag.csv", "BIM/2", 986, 13, 1, 0, 997, 30},
    };
    struct desk d = {0};
    struct undo_report report = {0};
    struct buf share = {0};
    buf_addf(&share, "%s/share", getenv("srcdir") ? getenv("srcdir") : ".");
    setenv("SAMLING_DATADIR", share.s, 1);
    OK(session_open(&d.s, ":memory:", DB_CREATE, "anna", err));
    OK(example_load(d.s, "asker", NULL, err));
    int64_t people = count(&d, "SELECT count(*) FROM person"),
            places = count(&d, "SELECT count(*) FROM organisation");
    d.options.type = "roster";
    for (size_t i = 0; i < sizeof rosters / sizeof *rosters; i++) {
        import_example(&d, rosters[i].file, rosters[i].into);
        expect_counts(&d, rosters[i].new_ones, rosters[i].matched, rosters[i].changed,
                      rosters[i].rejected, rosters[i].enrolled, rosters[i].organisations);
        int64_t batch = d.result.batch;
        import_example(&d, rosters[i].file, rosters[i].into);
        assert_int_equal(d.result.batch, 0);
        assert_int_equal(d.result.count[VERDICT_REJECTED], rosters[i].rejected);
        OK(undo_batch(d.s, batch, &report, err));
        assert_int_equal(report.kept, 0);
        assert_int_equal(count(&d, "SELECT count(*) FROM person"), people);
        assert_int_equal(count(&d, "SELECT count(*) FROM organisation"), places);
    }
    buf_free(&share);
    desk_close(&d);
}

/* ---- the parts ------------------------------------------------------------------------------ */

static void test_ledger(void **state)
{
    (void)state;
    static const int64_t last[T_COUNT] = {[T_PERSON] = 100};
    struct ledger *l = ledger_new(last);
    enum { N = 20000 };
    for (int i = 0; i < N; i++) {
        int64_t id = i % 2 ? 101 + i / 2 : -(int64_t)i - 1;
        if (i % 2 == 0)
            assert_int_equal(ledger_next(l), id);
        uint32_t entry = ledger_enter(l, T_PERSON, id, i);
        char email[20];
        snprintf(email, sizeof email, "%d@a.no", i);
        ledger_add(l, ledger_key(BY_EMAIL, email, NULL, 0), entry);
        ledger_add(l, ledger_key(BY_NAME, "the same", NULL, 0), entry);
    }
    ledger_enter(l, T_PERSON, 50, 7);
    for (int i = 0; i < N; i += 97) {
        char email[20];
        struct found f = {0};
        snprintf(email, sizeof email, "%d@a.no", i);
        ledger_find(l, ledger_key(BY_EMAIL, email, NULL, 0), T_PERSON, &f);
        assert_true(f.n >= 1 && f.n <= 2);
        int64_t entry = ledger_entry(l, T_PERSON, i % 2 ? 101 + i / 2 : -(int64_t)i - 1);
        assert_int_equal(entry, i);
        assert_int_equal(ledger_line(l, (uint32_t)entry), i);
        assert_int_equal(ledger_placed(l, (uint32_t)entry), -1);
    }
    struct found f = {0};
    ledger_find(l, ledger_key(BY_NAME, "the same", NULL, 0), T_PERSON, &f);
    assert_int_equal(f.n, LOOKUP_MAX);
    f.n = 0;
    ledger_find(l, ledger_key(BY_NAME, "the same", NULL, 0), T_ORGANISATION, &f);
    assert_int_equal(f.n, 0);
    assert_int_equal(ledger_entry(l, T_PERSON, 50), N);
    assert_int_equal(ledger_entry(l, T_PERSON, 51), -1);
    assert_int_equal(ledger_entry(l, T_ORGANISATION, 50), -1);
    ledger_free(l);
}

static void test_shelf(void **state)
{
    (void)state;
    struct shelf *s = shelf_new();
    struct buf b = {0};
    enum { N = 3000 };
    static long long place[N];
    for (int i = 0; i < N; i++) {
        buf_clear(&b);
        buf_addf(&b, "%d", i);
        for (int k = 0; k < i % 5000; k++)
            buf_addc(&b, (char)('a' + i % 26));
        OK(shelf_put(s, &b, &place[i], err));
    }
    for (int i = N - 1; i >= 0; i -= 7) {
        char number[12];
        OK(shelf_get(s, place[i], &b, err));
        snprintf(number, sizeof number, "%d", i);
        assert_int_equal(b.len, strlen(number) + (size_t)(i % 5000));
        assert_memory_equal(b.s, number, strlen(number));
    }
    /* One that is larger than all the room there is. */
    buf_clear(&b);
    for (int i = 0; i < 5 << 20; i++)
        buf_addc(&b, (char)i);
    OK(shelf_put(s, &b, &place[0], err));
    size_t len = b.len;
    OK(shelf_get(s, place[0], &b, err));
    assert_int_equal(b.len, len);
    OK(shelf_get(s, place[1], &b, err));
    assert_string_equal(b.s, "1b");
    buf_free(&b);
    shelf_free(s);
}

static void test_hash(void **state)
{
    (void)state;
    assert_true(hash_text(0, "ab") == hash_bytes(0, "abc", 2));
    assert_true(hash_text(hash_text(0, "a"), "bc") != hash_text(hash_text(0, "ab"), "c"));
    assert_true(hash_text(0, "") != hash_text(0, NULL));
    assert_true(hash_text(0, "abcdefgh") != hash_text(0, "abcdefgi"));
    assert_true(hash_text(1, "a") != hash_text(2, "a"));
}

/* ---- what somebody decides ------------------------------------------------------------------ */

/* Opens, and leaves it open. */
static struct import *open_text(struct desk *d, const char *csv)
{
    struct import *imp;
    OK(import_open_memory(&imp, d->s, &d->options, "list.csv", csv, strlen(csv), err));
    return imp;
}

/* Rehearsed and written, with what was decided. */
static void expect_run(struct desk *d, struct import *imp, const char *want)
{
    for (int write = 0; write < 2; write++) {
        if (run(d, imp, write) != ST_OK)
            fail_with(&d->err);
        assert_string_equal(buf_str(&d->seen), want);
    }
}

static void test_decisions(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    add(d.s, T_PERSON, "given_name", "Kari", "family_name", "Berg", "phone", "91234567", NULL);
    add(d.s, T_PERSON, "given_name", "Kari", "family_name", "Berg", "phone", "41234567", NULL);
    struct import *imp = open_text(&d, "Navn;E-post\n"
                                       "Kari Berg;\n"
                                       "Kari Berg;\n"
                                       "Ola Lie;ola@a\n"
                                       "Per Moe;per@a.no\n"
                                       "Totalt;4\n");
    if (run(&d, imp, false) != ST_OK)
        fail_with(&d.err);
    assert_int_equal(d.result.count[VERDICT_UNCLEAR], 2);
    assert_int_equal(d.result.count[VERDICT_REJECTED], 1);
    assert_int_equal(d.result.count[VERDICT_SKIPPED], 1);
    struct import_decision none = import_decision(imp, 2);
    assert_false(none.skip);
    assert_int_equal(none.person, IMPORT_ASK);
    import_decide(imp, 2, (struct import_decision){.person = 2, .organisation = IMPORT_ASK});
    import_decide(imp, 3,
                  (struct import_decision){.person = IMPORT_NEW, .organisation = IMPORT_ASK});
    import_mend(imp, 4, 1, " ola@a.no ");
    import_decide(
        imp, 5,
        (struct import_decision){.skip = true, .person = IMPORT_ASK, .organisation = IMPORT_ASK});
    /* A row that somebody decided about is one, whatever it looks like. */
    import_decide(imp, 6,
                  (struct import_decision){.person = IMPORT_NEW, .organisation = IMPORT_ASK});
    if (run(&d, imp, false) != ST_OK)
        fail_with(&d.err);
    assert_non_null(strstr(d.seen.s, "6 rejected Totalt|"));
    import_decide(imp, 6,
                  (struct import_decision){.person = IMPORT_ASK, .organisation = IMPORT_ASK});
    assert_int_equal(import_decision(imp, 2).person, 2);
    assert_true(import_decision(imp, 5).skip);
    if (run(&d, imp, true) != ST_OK)
        fail_with(&d.err);
    assert_int_equal(d.result.count[VERDICT_NEW], 2);
    assert_int_equal(d.result.count[VERDICT_MATCHED], 1);
    assert_int_equal(d.result.count[VERDICT_SKIPPED], 2);
    assert_int_equal(d.result.count[VERDICT_UNCLEAR], 0);
    assert_int_equal(count(&d, "SELECT count(*) FROM person"), 4);
    assert_string_equal(text(&d, "SELECT email FROM person WHERE family_name = 'Lie'"), "ola@a.no");
    /* Taken back: as if nobody had decided. */
    import_mend(imp, 4, 1, NULL);
    import_decide(imp, 2,
                  (struct import_decision){.person = IMPORT_ASK, .organisation = IMPORT_ASK});
    if (run(&d, imp, false) != ST_OK)
        fail_with(&d.err);
    assert_int_equal(d.result.count[VERDICT_REJECTED], 1);
    assert_int_equal(d.result.count[VERDICT_UNCLEAR] > 0, 1);
    import_close(imp);
    desk_close(&d);
}

static void test_remap_and_replace(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    int64_t id = add(d.s, T_PERSON, "given_name", "Kari", "family_name", "Berg", "email",
                     "kari@a.no", "phone", "91234567", NULL);
    struct import *imp = open_text(&d, "Navn;E-post;Telefon;Jobbtelefon\n"
                                       "Kari Berg;kari@a.no;41234567;51234567\n");
    OK(import_remap(imp, 2, "-", err));
    OK(import_remap(imp, 3, "phone", err));
    assert_null(import_head(imp)->column[2].field);
    assert_int_equal(import_head(imp)->column[2].use, COLUMN_LEFT_OUT);
    assert_string_equal(import_head(imp)->column[3].field, "phone");
    struct error refusal = {0};
    assert_int_equal(import_remap(imp, 3, "shoe_size", &refusal), ST_REFUSED);
    import_set_replace(imp, true);
    expect_run(
        &d, imp,
        "2 changed Kari Berg||same e-mail address; Phone: 512 34 567 instead of 912 34 567\n");
    import_close(imp);
    /* The next file of these headings is taken likewise. */
    imp = open_text(&d, "Navn;E-post;Telefon;Jobbtelefon\nKari Berg;kari@a.no;41234567;51234567\n");
    assert_true(import_head(imp)->remembered);
    assert_null(import_head(imp)->column[2].field);
    import_close(imp);
    d.options.map_anew = true;
    imp = open_text(&d, "Navn;E-post;Telefon;Jobbtelefon\nKari Berg;kari@a.no;41234567;51234567\n");
    assert_false(import_head(imp)->remembered);
    assert_string_equal(import_head(imp)->column[2].field, "phone");
    import_close(imp);
    assert_int_equal(count(&d, "SELECT count(*) FROM person"), id);
    desk_close(&d);
}

static void test_on_unclear(void **state)
{
    (void)state;
    struct desk d;
    const char *csv = "Navn;Merknad\nKari Berg;hei\nOla Lie;\n";
    desk_open(&d, "people");
    for (int i = 0; i < 2; i++)
        add(d.s, T_PERSON, "given_name", "Kari", "family_name", "Berg", NULL);
    import_text(&d, csv);
    assert_int_equal(d.result.count[VERDICT_UNCLEAR], 1);
    d.options.on_unclear = UNCLEAR_SKIP;
    import_text(&d, csv);
    assert_int_equal(d.result.count[VERDICT_UNCLEAR], 0);
    assert_int_equal(d.result.count[VERDICT_SKIPPED], 1);
    assert_int_equal(d.candidates, 0);
    assert_int_equal(count(&d, "SELECT count(*) FROM person"), 3);
    d.options.on_unclear = UNCLEAR_NEW;
    import_text(&d, csv);
    assert_int_equal(d.result.count[VERDICT_NEW], 1);
    assert_int_equal(count(&d, "SELECT count(*) FROM person WHERE note = 'hei'"), 1);
    desk_close(&d);
}

/* ---- what rows hold ------------------------------------------------------------------------- */

/* Nowhere in the database, whatever table and column. */
static void expect_nowhere(struct desk *d, const char *what)
{
    struct buf sql = {0};
    struct stmt *st =
        db_query(d->s->db, NULL,
                 "SELECT m.name, p.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p"
                 " WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'",
                 NULL);
    while (stmt_step(st, NULL) == STEP_ROW)
        buf_addf(&sql, "%s(SELECT count(*) FROM \"%s\" WHERE instr(CAST(\"%s\" AS TEXT), '%s'))",
                 sql.len ? " + " : "SELECT ", stmt_str(st, 0), stmt_str(st, 1), what);
    assert_int_equal(count(d, sql.s), 0);
    buf_free(&sql);
}

/* Opened although nothing says who the rows are about, to be mapped afterwards. */
static void test_lenient(void **state)
{
    (void)state;
    struct desk d;
    static const char csv[] = "Blå;Rød\nXira Qvom;x1\nZoqa Wrimp;x2\n";
    struct import *imp;
    desk_open(&d, "people");
    d.options.lenient = true;
    OK(import_open_memory(&imp, d.s, &d.options, "list.csv", csv, strlen(csv), err));
    if (run(&d, imp, false) != ST_OK)
        fail_with(&d.err);
    assert_int_equal(d.result.count[VERDICT_REJECTED], d.result.rows);
    assert_non_null(strstr(d.seen.s, "there is no name"));
    OK(import_remap(imp, 1, "note", err));
    OK(import_remap(imp, 0, "name", err));
    if (run(&d, imp, false) != ST_OK)
        fail_with(&d.err);
    assert_int_equal(d.result.count[VERDICT_REJECTED], 0);
    assert_int_equal(d.result.count[VERDICT_NEW], d.result.rows);
    import_close(imp);
    desk_close(&d);
}

static void test_identity_numbers(void **state)
{
    (void)state;
    struct desk d;
    /* Invented, with right control digits. */
    static const char csv[] =
        "Navn;E-post;Fødselsnummer;Merknad;Mobil\n"
        "Kari Berg;kari@a.no;01017000027;fnr 010170 00027, ring først;91234567\n"
        "Ola Lie 01017000027;ola(at)a.no;01017000027;;91234567\n"
        "Per Moe;per@a.no;01017000027;01017000027;\n"
        "Eva Aas;eva@a.no;;rad 2;\n"
        "Tor Vik;tor@a.no;;rad 3;\n"
        "Ida Dal;ida@a.no;;rad 3;\n";
    struct import *imp;
    desk_open(&d, "people");
    OK(import_open_memory(&imp, d.s, &d.options, "/tmp/01017000027/liste 01017000027.csv", csv,
                          strlen(csv), err));
    assert_int_equal(import_head(imp)->column[2].use, COLUMN_IDENTITY);
    assert_null(import_head(imp)->column[2].sample[0]);
    for (int write = 0; write < 2; write++) {
        if (run(&d, imp, write) != ST_OK)
            fail_with(&d.err);
        assert_int_equal(d.result.identities, 6);
        assert_int_equal(d.result.identity_line[0], 2);
        assert_int_equal(d.result.identity_line[2], 4);
        assert_int_equal(d.result.identity_line[3], 0);
        assert_null(strstr(d.seen.s, "00027"));
        assert_non_null(strstr(d.seen.s, "a national identity number was left out"));
    }
    assert_int_equal(d.result.count[VERDICT_REJECTED], 1);
    assert_int_equal(d.result.count[VERDICT_NEW], 5);
    import_close(imp);
    assert_string_equal(text(&d, "SELECT file FROM batch"), "liste.csv");
    expect_nowhere(&d, "00027");
    assert_non_null(strstr(text(&d, "SELECT note FROM person WHERE family_name = 'Berg'"), "ring"));
    /* Whoever mends a cell with one has it left out as well. */
    imp = open_text(&d, "Navn;E-post;Merknad\nAnn Bø;ann@a.no;x\n");
    import_mend(imp, 2, 2, "01017000027");
    if (run(&d, imp, true) != ST_OK)
        fail_with(&d.err);
    assert_int_equal(d.result.identities, 1);
    expect_nowhere(&d, "01017000027");
    import_close(imp);
    desk_close(&d);
}

static void test_furniture(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    expect(&d,
           "Navn;E-post;Mobil\n"
           "Kari Berg;kari@a.no;\n"
           "Navn;E-post;Mobil\n"
           "Ola Lie;ola@a.no;\n"
           "Totalt;2;\n"
           "Utskrift 21.11.2026;;\n",
           "2 new Kari Berg||\n"
           "4 new Ola Lie||\n"
           "5 skipped Totalt||a total, not a person\n"
           "6 skipped Utskrift 21.11.2026||a note, not a person\n");
    assert_int_equal(d.result.rows, 4);
    desk_close(&d);
}

static void test_lost_letters_in_names(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    add(d.s, T_PERSON, "given_name", "Kjærsti", "family_name", "Berg", "email", "k@a.no", NULL);
    expect(&d,
           "Fornavn;Etternavn;E-post;Barnehage\n"
           "Kj?rsti;Berg;k@a.no;\n"
           "S_ren;Lie;s@a.no;\n"
           "Per;Moe;p@a.no;Bl?klokka barnehage\n",
           "2 matched Kj?rsti Berg||same e-mail address; the name is kept, for a letter was lost "
           "before the file came here: Kj?rsti\n"
           "3 unclear S_ren Lie||a letter was lost before the file came here: S_ren\n"
           "4 unclear Per Moe|Bl?klokka barnehage|a letter was lost before the file came here: "
           "Bl?klokka barnehage\n");
    assert_string_equal(text(&d, "SELECT given_name FROM person"), "Kjærsti");
    assert_int_equal(count(&d, "SELECT count(*) FROM organisation"), 0);
    desk_close(&d);
}

static void test_two_columns_of_one_field(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    import_text(&d, "Navn;Mobil;Telefon\n"
                    "Kari Berg;91234567;51234567\n"
                    "Ola Lie;;51234567\n"
                    "Per Moe;ukjent;51234567\n"
                    "Eva Aas;912 34 567;91234567\n");
    assert_int_equal(d.result.count[VERDICT_NEW], 4);
    assert_string_equal(text(&d, "SELECT phone FROM person WHERE given_name = 'Kari'"),
                        "912 34 567");
    assert_string_equal(text(&d, "SELECT phone FROM person WHERE given_name = 'Ola'"),
                        "512 34 567");
    assert_string_equal(text(&d, "SELECT phone FROM person WHERE given_name = 'Per'"),
                        "512 34 567");
    assert_non_null(strstr(d.seen.s, "2 new Kari Berg||Phone: there are two; 912 34 567 was taken, "
                                     "not 512 34 567\n"));
    assert_non_null(strstr(d.seen.s, "4 new Per Moe||Phone: ukjent: this is no phone number\n"));
    assert_non_null(strstr(d.seen.s, "5 new Eva Aas||\n"));
    desk_close(&d);
}

static void test_notes(void **state)
{
    (void)state;
    struct desk d;
    const char *csv = "Navn;E-post;Merknad;Favorittfarge\n"
                      "Kari Berg;kari@a.no;Sitter ytterst;blå\n"
                      "Ola Lie;ola@a.no;;\n";
    desk_open(&d, "people");
    import_text(&d, csv);
    assert_string_equal(text(&d, "SELECT note FROM person WHERE given_name = 'Kari'"),
                        "Sitter ytterst");
    /* A note that says something else is kept. */
    d.options.keep_unmapped = true;
    import_text(&d, csv);
    assert_string_equal(text(&d, "SELECT note FROM person WHERE given_name = 'Kari'"),
                        "Sitter ytterst");
    assert_non_null(strstr(d.seen.s, "Note kept: "));
    d.options.replace = true;
    import_text(&d, csv);
    assert_string_equal(text(&d, "SELECT note FROM person WHERE given_name = 'Kari'"),
                        "Merknad: Sitter ytterst\nFavorittfarge: blå");
    assert_string_equal(text(&d, "SELECT note FROM person WHERE given_name = 'Ola'"), "(null)");
    d.options.replace = false;
    expect_no_change(&d, csv);
    assert_null(strstr(d.seen.s, "kept"));
    /* Lines that are there already are no news. */
    expect_no_change(&d, "Navn;E-post;Farge\nKari Berg;kari@a.no;\n");
    desk_close(&d);
}

static void test_several_in_a_cell(void **state)
{
    (void)state;
    struct desk d;
    const char *csv = "Navn;Mobil;Barnehage;Stilling\n"
                      "Kari Berg;91234567 / 41234567;Sol barnehage;Styrer;\n"
                      "Ola Lie;91234568;Sol barnehage;\"Pedagogisk leder, Styrer\"\n";
    desk_open(&d, "people");
    d.options.reader.delimiter = ';';
    import_text(&d, csv);
    assert_int_equal(d.result.count[VERDICT_NEW], 2);
    assert_string_equal(text(&d, "SELECT phone FROM person WHERE given_name = 'Kari'"),
                        "912 34 567");
    assert_string_equal(text(&d, "SELECT group_concat(role) FROM position"),
                        "styrer,pedagogical_leader");
    assert_non_null(strstr(d.seen.s, "Phone: only the first was taken, not: 41234567"));
    assert_non_null(strstr(d.seen.s, "Position: only the first was taken, not: Styrer"));
    assert_int_equal(count(&d, "SELECT count(*) FROM person WHERE note IS NOT NULL"), 0);
    d.options.keep_unmapped = true;
    import_text(&d, csv);
    assert_string_equal(text(&d, "SELECT note FROM person WHERE given_name = 'Ola'"),
                        "Position: Styrer");
    expect_no_change(&d, csv);
    desk_close(&d);
}

static void test_capitals_are_calmed(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    import_text(&d, "Fornavn;Etternavn;E-post\nKARI ANNE;NORDMANN;k@a.no\nBO;Li;b@a.no\n");
    assert_string_equal(
        text(&d, "SELECT given_name || '|' || family_name FROM person WHERE id = 1"),
        "Kari Anne|Nordmann");
    desk_close(&d);
}

static void test_municipality_numbers(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "organisations");
    import_text(&d, "Navn;Kommune\nSol barnehage;301\nMåne barnehage;0220\n"
                    "Stjerne barnehage;Lillevik\nSky barnehage;9999\n");
    assert_string_equal(text(&d, "SELECT municipality FROM organisation WHERE name LIKE 'Sol%'"),
                        "Oslo");
    assert_string_equal(text(&d, "SELECT municipality FROM organisation WHERE name LIKE 'M_ne%'"),
                        "Asker");
    assert_string_equal(text(&d, "SELECT municipality FROM organisation WHERE name LIKE 'Stj%'"),
                        "Lillevik");
    assert_string_equal(text(&d, "SELECT municipality FROM organisation WHERE name LIKE 'Sky%'"),
                        "(null)");
    assert_non_null(strstr(d.seen.s, "no municipality of Norway: Lillevik"));
    desk_close(&d);
}

static void test_stray_quote_is_told(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    import_text(&d, "Navn;E-post\n\"Kari Berg;kari@a.no\nOla Lie;ola@a.no\nPer Moe;per@a.no\n");
    assert_int_equal(d.result.rows, 3);
    assert_non_null(strstr(d.seen.s, "a quotation mark has no other half"));
    desk_close(&d);
}

static void test_rows_of_a_stray_quote(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    import_text(&d, "Navn;E-post;Barnehage\nKari Berg;kari@a.no;\"Sol barnehage\n"
                    "Ola Lie;ola@a.no;Sol barnehage\nPer Moe;feil;Sol barnehage\n");
    assert_int_equal(d.result.rows, 3);
    assert_non_null(strstr(d.seen.s,
                           "2 new Kari Berg|Sol barnehage|new organisation: Sol barnehage; "
                           "a quotation mark has no other half\n"));
    assert_non_null(strstr(d.seen.s, "3 new Ola Lie|Sol barnehage|a quotation mark above had taken "
                                     "this row in; it was read again\n"));
    assert_non_null(strstr(d.seen.s, "this is no e-mail address; a quotation mark above had taken "
                                     "this row in; it was read again\n"));
    desk_close(&d);
}

static void count_remarks(void *arg, const struct import_row *row)
{
    *(long *)arg += row->remark;
}

/* What was kept or left out is marked; what was only filled in or found is not. */
static void test_remarks(void **state)
{
    (void)state;
    struct desk d;
    struct import *imp;
    struct import_result result;
    long remarks = 0;
    struct import_watch watch = {.row = count_remarks, .arg = &remarks};
    const char *csv = "Navn;E-post;Mobil;Barnehage\nKari Berg;kari@a.no;91234567;Sol\n"
                      "Kari Berg;kari@a.no;92345678;Sol\nOla Lie;ola@a.no;;Sol\n";
    desk_open(&d, "people");
    OK(import_open_memory(&imp, d.s, &d.options, "x", csv, strlen(csv), &d.err));
    OK(import_run(imp, false, &watch, &result, &d.err));
    assert_int_equal(remarks, 1);
    import_close(imp);
    desk_close(&d);
}

/* A file that is read anew with other letters keeps what was decided. */
static void test_decisions_are_copied(void **state)
{
    (void)state;
    struct desk d;
    struct import *one, *two;
    const char *csv = "Navn;E-post\nKari Berg;kari@a.no\nOla Lie;ola@a.no\nPer Moe;per@a.no\n";
    desk_open(&d, "people");
    OK(import_open_memory(&one, d.s, &d.options, "x", csv, strlen(csv), &d.err));
    OK(import_open_memory(&two, d.s, &d.options, "x", csv, strlen(csv), &d.err));
    assert_int_equal(import_decided(one), 0);
    import_decide(
        one, 2,
        (struct import_decision){.accept = true, .person = IMPORT_ASK, .organisation = IMPORT_ASK});
    import_mend(one, 3, 0, "Ola Li");
    import_mend(two, 4, 0, "Pål Moe");
    assert_int_equal(import_decided(one), 2);
    import_copy_decisions(two, one);
    assert_int_equal(import_decided(two), 2);
    assert_true(import_decision(two, 2).accept);
    import_mend(two, 3, 0, NULL);
    import_decide(two, 2,
                  (struct import_decision){.person = IMPORT_ASK, .organisation = IMPORT_ASK});
    assert_int_equal(import_decided(two), 0);
    assert_int_equal(import_decided(one), 2);
    import_close(one);
    import_close(two);
    desk_close(&d);
}

static void test_several_lines_are_told(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    import_text(&d, "Navn;E-post;Merknad\nKari Berg;kari@a.no;\"hei\nPer Moe;per@a.no;hei\"\n"
                    "Ola Lie;ola@a.no;\"to\nlinjer\"\n");
    assert_int_equal(d.result.rows, 2);
    assert_non_null(
        strstr(d.seen.s, "2 unclear Kari Berg||it has several lines that could be rows\n"));
    assert_non_null(strstr(d.seen.s, "4 new Ola Lie||\n"));
    desk_close(&d);
}

/* ---- offerings, cohorts, gatherings, attendance --------------------------------------------- */

static void test_offerings(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "offerings");
    add(d.s, T_PERSON, "given_name", "Kari", "family_name", "Berg", NULL);
    expect(&d,
           "Kode;Tittel;Slag;Status;Kontakt;Fra;Til\n"
           "bim;Noe annet;kurs;publisert;Kari Berg;01.02.2022;\n"
           "REKOMP;Regional ordning;nettverk;pågår;Ingen Slik;;\n"
           "REKOMP;Regional ordning;nettverk;pågår;;;\n"
           "REV;;;;;;\n"
           "SIST;Feil;;;;01.02.2022;01.01.2022\n"
           ";Uten kode;;;;;\n",
           "2 changed Noe annet||Title kept: Barnehagens innsatsteam mot mobbing, not Noe annet; "
           "Status kept: draft, not published; From filled in; Contact filled in\n"
           "3 new Regional ordning||Contact left out: it is not known who is meant by Ingen Slik\n"
           "4 matched Regional ordning||same as line 3\n"
           "5 rejected REV||Title: this must not be empty\n"
           "6 rejected Feil||Until: this is before the start\n"
           "7 rejected Uten kode||there is no code\n");
    assert_int_equal(count(&d, "SELECT count(*) FROM offering"), 2);
    desk_close(&d);
}

static void test_cohorts_and_gatherings(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "cohorts");
    expect(&d,
           "Tilbud;Nr;Navn;Status\n"
           "BIM;1;Pulje 1;\n"
           "Barnehagens innsatsteam mot mobbing;2;Pulje 2;åpen\n"
           "BIM;;Pulje 3;\n"
           "BIM;3;;\n"
           "UKJENT;1;;\n",
           "2 matched Pulje 1||\n"
           "3 new Pulje 2||\n"
           "4 new Pulje 3||\n"
           "5 matched ||same as line 4\n"
           "6 rejected ||there is no such offering: UKJENT\n");
    assert_int_equal(count(&d, "SELECT number FROM cohort WHERE name = 'Pulje 3'"), 3);
    expect_no_change(&d, "Referanse;Navn;Status\nBIM/2;Pulje 2;open for registration\n");
    d.options.type = "gatherings";
    expect(&d,
           "Pulje;Nr;Tema;Dato;Slutt;Sted\n"
           "BIM/1;1;Oppstart;08.02.2022 09:00;08.02.2022 15:00;Ås\n"
           "BIM/1;;Midtveis;09.03.2022;;\n"
           "BIM/1;2;Midtveis;09.03.2022;;Ski\n"
           "BIM/9;1;Ingen;;;\n",
           "2 new Oppstart||\n"
           "3 new Midtveis||\n"
           "4 changed Midtveis||same as line 3; Place filled in\n"
           "5 rejected Ingen||there is no such cohort: BIM/9\n");
    d.options.cohort = d.cohort;
    expect_no_change(&d, "Nr;Tema;Dato\n1;Oppstart;08.02.2022 09:00\n;Midtveis;09.03.2022\n");
    assert_int_equal(count(&d, "SELECT count(*) FROM gathering"), 2);
    struct undo_report report = {0};
    OK(undo_batch(d.s, 2, &report, err));
    assert_int_equal(count(&d, "SELECT count(*) FROM gathering"), 0);
    desk_close(&d);
}

static void test_attendance(void **state)
{
    (void)state;
    struct desk d;
    const char *csv = "Navn;E-post;Barnehage;Oppmøte\n"
                      "Kari Berg;kari@a.no;Sol;ja\n"
                      "Ola Lie;;;fravær\n"
                      "Ola Lie;;Månen barnehage;meldt fra\n"
                      "Per Moe;per@a.no;;ja\n"
                      "Eva Aas;;;\n"
                      "Eva Aas;;;kanskje\n";
    desk_open(&d, "roster");
    import_text(&d, "Navn;E-post;Barnehage\nKari Berg;kari@a.no;Sol barnehage\n"
                    "Ola Lie;ola@a.no;Sol barnehage\nEva Aas;eva@a.no;\n");
    add(d.s, T_PERSON, "given_name", "Per", "family_name", "Moe", "email", "per@a.no", NULL);
    d.options.gathering = add(d.s, T_GATHERING, "cohort", "BIM/1", "title", "Samling 1", NULL);
    d.options.type = "attendance";
    d.options.cohort = 0;
    expect(
        &d, csv,
        "2 changed Kari Berg|Sol barnehage|same e-mail address; Attendance: present\n"
        "3 changed Ola Lie||the only one of this name in the cohort; Attendance: absent\n"
        "4 matched Ola Lie|Månen barnehage|same as line 3; Attendance kept: absent, not excused\n"
        "5 rejected Per Moe||is not on the roster of BIM/1\n"
        "6 matched Eva Aas||the only one of this name in the cohort; no mark is given\n"
        "7 rejected Eva Aas||Attendance: kanskje: \"kanskje\" is not a choice here\n");
    assert_int_equal(count(&d, "SELECT count(*) FROM attendance"), 2);
    assert_int_equal(count(&d, "SELECT count(*) FROM person"), 4);
    assert_string_equal(text(&d, "SELECT target FROM batch ORDER BY id DESC"), "BIM/1/1");
    expect_no_change(&d, csv);
    d.options.replace = true;
    import_text(&d, "Navn;Oppmøte\nKari Berg;fravær\n");
    assert_string_equal(text(&d, "SELECT mark FROM attendance ORDER BY id"), "absent");
    desk_close(&d);
}

/* ---- rejects -------------------------------------------------------------------------------- */

static void on_reject(void *arg, const struct import_row *row)
{
    if (row->verdict == VERDICT_UNCLEAR || row->verdict == VERDICT_REJECTED)
        rejects_add(row, arg);
}

/* What the rejects of an import of `csv` are. */
static void rejects_of(struct desk *d, const char *csv, struct buf *out)
{
    char *text = NULL;
    size_t len = 0;
    struct import *imp = open_text(d, csv);
    FILE *rejects = open_memstream(&text, &len);
    struct import_watch watch = {.row = on_reject, .arg = rejects};
    rejects_begin(import_head(imp), rejects);
    OK(import_run(imp, true, &watch, &d->result, err));
    fclose(rejects);
    import_close(imp);
    buf_add(out, text);
    free(text);
}

static void replace_in(struct buf *b, const char *what, const char *with)
{
    struct buf out = {0};
    const char *at = strstr(buf_str(b), what);
    assert_non_null(at);
    buf_addn(&out, b->s, (size_t)(at - b->s));
    buf_add(&out, with);
    buf_add(&out, at + strlen(what));
    buf_free(b);
    *b = out;
}

static void test_rejects_come_back(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, "people");
    struct buf out = {0};
    rejects_of(&d,
               "Navn;E-post;Mobil;Merknad;Fødselsnr\n"
               "Kari Berg;kari@a.no;;;01017000027\n"
               "Ola \"Lie\"; jr;ola(at)a.no;+4791234567;;\n"
               "\"Per; Moe\";per(at)a.no;+4791234567;\"=1+1\nto\";01017000027\n",
               &out);
    assert_int_equal(
        memcmp(out.s, "\xef\xbb\xbfline;reason;Navn;E-post;Mobil;Merknad;Fødselsnr\r\n", 53), 0);
    assert_null(strstr(out.s, "00027"));
    assert_non_null(strstr(out.s, ";\"'=1+1\nto\";"));
    assert_int_equal(d.result.count[VERDICT_REJECTED], 2);
    replace_in(&out, ";per(at)a.no;", ";per@a.no;");
    import_text(&d, out.s);
    buf_free(&out);
    assert_int_equal(d.result.count[VERDICT_NEW], 1);
    assert_int_equal(d.result.count[VERDICT_REJECTED], 1);
    assert_string_equal(text(&d, "SELECT note FROM person WHERE email = 'per@a.no'"), "=1+1\nto");
    assert_string_equal(text(&d, "SELECT phone FROM person WHERE email = 'per@a.no'"),
                        "912 34 567");
    desk_close(&d);
}

/* ---- undo, in parts ------------------------------------------------------------------------- */

static void test_undo_is_finished_later(void **state)
{
    (void)state;
    struct desk d;
    struct undo_report report = {0};
    desk_open(&d, "people");
    int64_t kari =
        add(d.s, T_PERSON, "given_name", "Kari", "family_name", "Berg", "email", "kari@a.no", NULL);
    import_text(&d, "Navn;E-post;Mobil;Merknad\n"
                    "Kari Berg;kari@a.no;91234567;\n"
                    "Ola Lie;ola@a.no;;\nPer Moe;per@a.no;;\n");
    int64_t batch = d.result.batch;
    set(d.s, T_PERSON, kari, "phone", "512 34 567");
    set(d.s, T_PERSON, kari + 1, "note", "ringt");
    OK(undo_batch(d.s, batch, &report, err));
    assert_int_equal(report.kept, 2);
    assert_int_equal(count(&d, "SELECT count(*) FROM person"), 2);
    /* Nothing changed since: nothing more can go. */
    struct error refusal = {0};
    report = (struct undo_report){0};
    assert_int_equal(undo_batch(d.s, batch, &report, &refusal), ST_REFUSED);
    assert_int_equal(report.kept, 2);
    /* What hindered it is gone. */
    report = (struct undo_report){0};
    int64_t last;
    for (int i = 0; i < 2; i++) {
        OK(db_get_int(d.s->db, &last, NULL, err,
                      "SELECT max(id) FROM change_set WHERE act = ?1 AND undone IS NULL", "i",
                      (int64_t)ACT_SET));
        OK(undo_set(d.s, last, false, &report, err));
    }
    report = (struct undo_report){0};
    OK(undo_batch(d.s, batch, &report, err));
    assert_int_equal(report.kept, 0);
    assert_int_equal(count(&d, "SELECT count(*) FROM person"), 1);
    assert_string_equal(text(&d, "SELECT phone FROM person"), "(null)");
    assert_int_equal(undo_batch(d.s, batch, &report, &refusal), ST_REFUSED);
    assert_non_null(strstr(refusal.why, "already"));
    desk_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_titles_and_repeated_headers),
        cmocka_unit_test(test_samples),
        cmocka_unit_test(test_no_header),
        cmocka_unit_test(test_maps),
        cmocka_unit_test(test_field_names),
        cmocka_unit_test(test_split_names),
        cmocka_unit_test(test_cores),
        cmocka_unit_test(test_new_people),
        cmocka_unit_test(test_by_email),
        cmocka_unit_test(test_by_name_and_more),
        cmocka_unit_test(test_only_a_name),
        cmocka_unit_test(test_twice_in_a_file),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_place_becomes_unclear),
        cmocka_unit_test(test_fill_keep_replace),
        cmocka_unit_test(test_new_job_keeps_the_past),
        cmocka_unit_test(test_roster),
        cmocka_unit_test(test_roster_again),
        cmocka_unit_test(test_rejected),
        cmocka_unit_test(test_nothing_half_written),
        cmocka_unit_test(test_short_but_whole),
        cmocka_unit_test(test_lost_letters),
        cmocka_unit_test(test_organisations),
        cmocka_unit_test(test_organisation_rules),
        cmocka_unit_test(test_undo),
        cmocka_unit_test(test_undo_keeps_what_was_edited),
        cmocka_unit_test(test_stopped),
        cmocka_unit_test(test_stopped_late),
        cmocka_unit_test(test_reader_may_only_rehearse),
        cmocka_unit_test(test_rehearsal_is_the_writing),
        cmocka_unit_test(test_again_changes_nothing),
        cmocka_unit_test(test_filling_is_the_same),
        cmocka_unit_test(test_example_rosters),
        cmocka_unit_test(test_ledger),
        cmocka_unit_test(test_shelf),
        cmocka_unit_test(test_decisions),
        cmocka_unit_test(test_remap_and_replace),
        cmocka_unit_test(test_on_unclear),
        cmocka_unit_test(test_lenient),
        cmocka_unit_test(test_identity_numbers),
        cmocka_unit_test(test_furniture),
        cmocka_unit_test(test_lost_letters_in_names),
        cmocka_unit_test(test_two_columns_of_one_field),
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_several_in_a_cell),
        cmocka_unit_test(test_capitals_are_calmed),
        cmocka_unit_test(test_municipality_numbers),
        cmocka_unit_test(test_stray_quote_is_told),
        cmocka_unit_test(test_rows_of_a_stray_quote),
        cmocka_unit_test(test_several_lines_are_told),
        cmocka_unit_test(test_remarks),
        cmocka_unit_test(test_decisions_are_copied),
        cmocka_unit_test(test_offerings),
        cmocka_unit_test(test_cohorts_and_gatherings),
        cmocka_unit_test(test_attendance),
        cmocka_unit_test(test_rejects_come_back),
        cmocka_unit_test(test_undo_is_finished_later),
        cmocka_unit_test(test_hash),
    };
    setenv("SAMLING_TODAY", "2026-11-21", 1);
    lang_init("en");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
