#include "config.h"

#include "samling/export.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "samling/buf.h"
#include "samling/clipboard.h"
#include "samling/lang.h"
#include "samling/reader.h"
#include "samling/record.h"
#include "samling/text.h"

#include "exchange/spreadsheet.h"

#define GUARD "\xe2\x80\x8b" /* zero-width space */

static struct session *session;

/* ---- a small database ------------------------------------------------------------------------ */

static void add(enum type_id type, ...)
{
    const struct record_type *t = type_by_id(type);
    struct record *r = record_new(t);
    struct error err = {0};
    va_list ap;
    va_start(ap, type);
    for (const char *field; (field = va_arg(ap, const char *));) {
        /* As stored, so that what no form would let in can be tried too. */
        int i = type_field(t, field);
        assert_true(i >= 0);
        record_put(r, i, va_arg(ap, const char *));
    }
    va_end(ap);
    if (record_insert(session, r, &err) != ST_OK)
        fail_msg("%s: %s", err.what, err.why);
    record_free(r);
}

static int open_database(void **state)
{
    struct error err = {0};
    (void)state;
    if (session_open(&session, ":memory:", DB_CREATE, "anna", &err) != ST_OK)
        fail_msg("%s: %s", err.what, err.why);
    assert_int_equal(session_begin(session, ACT_ADD, &err), ST_OK);
    return 0;
}

static int close_database(void **state)
{
    (void)state;
    session_rollback(session);
    session_close(session);
    session = NULL;
    return 0;
}

/* What the listing gives, in `out`; the number of rows. */
static int64_t export_to(struct buf *out, const char *listing, enum export_form form, size_t limit)
{
    char *text = NULL;
    size_t size = 0;
    struct error err = {0};
    int64_t rows = -1;
    struct listing_query q = {.listing = listing_by_name(listing)};
    FILE *f = open_memstream(&text, &size);
    assert_non_null(f);
    if (export_listing(session, &q, form, limit, f, &rows, &err) != ST_OK)
        fail_msg("%s: %s", err.what, err.why);
    fclose(f);
    buf_clear(out);
    buf_addn(out, text, size);
    free(text);
    return rows;
}

static void gives(const char *listing, enum export_form form, const char *want)
{
    struct buf out = {0};
    export_to(&out, listing, form, 0);
    assert_string_equal(buf_str(&out), want);
    buf_free(&out);
}

static void add_kindergartens(void)
{
    add(T_ORGANISATION, "name", "Åsbrua, \"Nord\" barnehage", "ownership", "private", "phone",
        "912 34 567", "note", "=1+1", NULL);
    add(T_ORGANISATION, "name", "Blåklokka; øvre", "ownership", "municipal", "municipality",
        "Asker", "note", "to\nlinjer", NULL);
}

/* ---- forms ------------------------------------------------------------------------------------
 */

static void plain_is_rfc_4180(void **state)
{
    (void)state;
    add_kindergartens();
    gives("organisations", EXPORT_PLAIN,
          "id,name,kind,ownership,orgno,parent,municipality,email,phone,address,note\n"
          "2,Blåklokka; øvre,kindergarten,municipal,,,Asker,,,,\"to\nlinjer\"\n"
          "1,\"Åsbrua, \"\"Nord\"\" barnehage\",kindergarten,private,,,,,912 34 567,,=1+1\n");
}

static void tsv_has_one_line_a_row(void **state)
{
    (void)state;
    add_kindergartens();
    gives("organisations", EXPORT_TSV,
          "id\tname\tkind\townership\torgno\tparent\tmunicipality\temail\tphone\taddress\tnote\n"
          "2\tBlåklokka; øvre\tkindergarten\tmunicipal\t\t\tAsker\t\t\t\tto linjer\n"
          "1\tÅsbrua, \"Nord\" barnehage\tkindergarten\tprivate\t\t\t\t\t912 34 567\t\t=1+1\n");
}

static void excel_is_harmless(void **state)
{
    (void)state;
    add_kindergartens();
    gives("organisations", EXPORT_EXCEL,
          "\xef\xbb\xbfNo.;Name;Kind;Ownership;Org. "
          "no.;Belongs to;Municipality;E-mail;Phone;Address;Note\r\n"
          "2;\"Blåklokka; øvre\";kindergarten;municipal;;;Asker;;;;\"to\nlinjer\"\r\n"
          "1;\"Åsbrua, \"\"Nord\"\" barnehage\";kindergarten;private;;;;;" GUARD
          "912 34 567;;'=1+1\r\n");
}

static void every_dangerous_start_is_made_harmless(void **state)
{
    static const struct {
        const char *text, *cell;
    } bad[] = {
        {"=A1", "'=A1"},
        {"+4712345678", GUARD "+4712345678"},
        {"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"},
        {"-1", GUARD "-1"},
        {"-mai+1", "'-mai+1"},
        {"@x", "'@x"},
        {"\tx", "'\tx"},
        {"\rx", "\"'\nx\""},
        {"\nx", "\"'\nx\""},
        {"  =A1", "'  =A1"},
        {"\xc2\xa0=A1", "'\xc2\xa0=A1"},
        {"\xef\xbc\x9d"
         "A1",
         "'\xef\xbc\x9d"
         "A1"},
        {"\xef\xbc\x8b"
         "A1",
         "'\xef\xbc\x8b"
         "A1"},
        {"\xef\xbc\x8d"
         "A1",
         "'\xef\xbc\x8d"
         "A1"},
        {"\xef\xbc\xa0"
         "A1",
         "'\xef\xbc\xa0"
         "A1"},
        {"'=A1", "''=A1"},
        {"a=A1", "a=A1"},
        {"'s-Hertogenbosch", "'s-Hertogenbosch"},
    };
    struct buf out = {0};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char want[60];
        add(T_OFFERING, "code", "A", "title", bad[i].text, NULL);
        export_to(&out, "offerings", EXPORT_EXCEL, 0);
        snprintf(want, sizeof want, ";A;%s;", bad[i].cell);
        if (!strstr(out.s, want))
            fail_msg("no %s in %s", want, out.s);
        session_rollback(session);
        assert_int_equal(session_begin(session, ACT_ADD, NULL), ST_OK);
    }
    buf_free(&out);
}

static void what_would_become_a_value_stays_text(void **state)
{
    static const char *const values[] = {
        "0301",
        "00",
        "912 34 567",
        "0046 701234567",
        "123456789012",
        "12345678901234567",
        "1e5",
        "1E+05",
        "3.4",
        "3,4",
        "1/2",
        "2/3",
        "12-2",
        "2.3.4",
        "1 1/2",
        "5%",
        "5 %",
        "kr 100",
        "100 kr",
        "100 kr.",
        "mars 1",
        "1. mars",
        "1.mars",
        "mai 2",
        "MAI 2",
        "DES/1",
        "des 26",
        "1-jan",
        "sept2",
        "Oct 1",
        "12:30",
        "9.30",
        "12:30 PM",
        "5 p",
        "5 a",
        "TRUE",
        "true",
        "FALSE",
        "Sann",
        "USANN",
        "#N/A",
        "#I/T",
        "lør 3. 4",
        "LØRDAG 3.",
        "søndag 1",
        "tysdag 2.3.",
        "2026-11-21",
        "2026-11-21T09:00",
        "(5)",
        "$5",
        "\xe2\x82\xac 5",
        "\xe2\x88\x92"
        "5",
        "1\xc2\xa0"
        "000",
        "\xc2\xbd 1",
    };
    static const char *const others[] = {
        "974760673",    "0",          "7",
        "12345678901",  "Storgata 1", "Samling 3",
        "BIM/1/3",      "Mai",        "mars",
        "sanntid",      "true north", "tr",
        "Bhg. 2",       "2 b",        "Åsbrua 2",
        "Øst 1",        "3. klasse",  "a@b.no",
        "e-post",       "Å",          "1 \xc3",
        "desemberen 1", "",           "'",
        "''",           "'5",         "wednesdaysss 1",
        "Ørsta 1",
    };
    struct buf out = {0};
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        if (strncmp(spreadsheet_cell(values[i], &out), GUARD, 3) != 0)
            fail_msg("%s is not kept as text", values[i]);
        assert_string_equal(out.s + 3, values[i]);
        assert_string_equal(spreadsheet_text(out.s), values[i]);
        /* The import's own tidying is enough. */
        char *tidy = text_tidy(out.s, false), *plain = text_tidy(values[i], false);
        assert_string_equal(tidy, plain);
        free(tidy);
        free(plain);
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_ptr_equal(spreadsheet_cell(others[i], &out), others[i]);
        assert_ptr_equal(spreadsheet_text(others[i]), others[i]);
    }
    buf_free(&out);
}

/* A spreadsheet that saves as Windows-1252 or MacRoman has no zero-width space. */
static void a_guard_that_was_lost_is_known(void **state)
{
    static const char *const values[] = {"0301", "912 34 567", "2/3", "TRUE", "+4791234567", "-5"};
    static const char *const others[] = {"?", "_", "?hva", "_x", "?7", "??0301", "?=1", "a?0301"};
    struct buf cell = {0};
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        buf_clear(&cell);
        buf_addf(&cell, "?%s", values[i]);
        assert_string_equal(spreadsheet_text(cell.s), values[i]);
        cell.s[0] = '_';
        assert_string_equal(spreadsheet_text(cell.s), values[i]);
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_string_equal(spreadsheet_text(others[i]), others[i]);
    /* And what is written so comes back as it is. */
    assert_string_equal(spreadsheet_cell("?0301", &cell), GUARD "?0301");
    assert_string_equal(spreadsheet_text(cell.s), "?0301");
    buf_free(&cell);
}

/* Whatever a record can hold (no white space at its ends, LF only) comes back from a spreadsheet.
 */
static void every_text_comes_back(void **state)
{
    static const char *const piece[] = {
        "'",        "=", "+",  "-",   "@", " ",    "0", "1", "12", ".", "/", "mars",
        "å",        "Ø", "x",  "\n",  "#", "TRUE", "e", ";", "\"", ",", ":", "\xef\xbc\x9d",
        "\xc2\xa0", "%", "kr", "\xc3"};
    enum { PIECES = sizeof piece / sizeof piece[0], TRIES = 200000 };
    struct buf text = {0}, cell = {0};
    unsigned seed = 3;
    int guarded = 0;
    (void)state;
    for (int i = 0; i < TRIES; i++) {
        buf_clear(&text);
        for (int n = 0; n < 1 + i % 7; n++) {
            seed = seed * 1103515245u + 12345u;
            buf_add(&text, piece[(seed >> 16) % PIECES]);
        }
        const char *made = spreadsheet_cell(text.s, &cell);
        assert_string_equal(spreadsheet_text(made), text.s);
        guarded += strcmp(made, text.s) != 0;
        if (strchr("=+-@\t\r\n", *made))
            fail_msg("this would be run: %s", made);
    }
    assert_true(guarded > TRIES / 10);
    buf_free(&text);
    buf_free(&cell);
}

static void inside_cells_there_is_lf_only(void **state)
{
    (void)state;
    add(T_OFFERING, "code", "A", "title", "a\r\nb\rc\nd", NULL);
    struct buf out = {0};
    export_to(&out, "offerings", EXPORT_EXCEL, 0);
    assert_non_null(strstr(out.s, ";\"a\nb\nc\nd\";"));
    buf_free(&out);
}

/* For pasting: the same cells, with tabs. */
static void cells_are_for_pasting(void **state)
{
    (void)state;
    add(T_ORGANISATION, "name", "\"Sol\" bhg", "municipality", "Asker", "phone", "912 34 567",
        "note", "=1\tto\nlinjer", NULL);
    gives("organisations", EXPORT_CELLS,
          "No.\tName\tKind\tOwnership\tOrg. no.\tBelongs to\tMunicipality\tE-mail\tPhone\tAddress\t"
          "Note\n1\t\"\"\"Sol\"\" bhg\"\tkindergarten\t\t\t\tAsker\t\t" GUARD
          "912 34 567\t\t\"'=1\tto\nlinjer\"\n");
}

static void excel_has_norwegian_days_and_words(void **state)
{
    (void)state;
    add(T_OFFERING, "code", "BIM", "title", "Mobbing", "starts", "2026-02-03", "status", "running",
        NULL);
    add(T_COHORT, "offering", "1", NULL);
    add(T_GATHERING, "cohort", "1", "starts", "2026-11-21T09:00", "ends", "2026-11-22", NULL);
    struct buf out = {0};
    export_to(&out, "offerings", EXPORT_EXCEL, 0);
    assert_non_null(strstr(out.s, ";running;03.02.2026;"));
    export_to(&out, "gatherings", EXPORT_EXCEL, 0);
    assert_non_null(strstr(out.s, ";21.11.2026 09:00;22.11.2026;"));
    export_to(&out, "gatherings", EXPORT_PLAIN, 0);
    assert_non_null(strstr(out.s, ",2026-11-21T09:00,2026-11-22,"));
    buf_free(&out);
}

/* A spreadsheet would make the second of March of 2/3. */
static void a_share_is_no_day(void **state)
{
    struct buf out = {0};
    (void)state;
    add(T_OFFERING, "code", "A", "title", "A", NULL);
    add(T_COHORT, "offering", "1", "number", "1", "name", "Pulje 1", NULL);
    add(T_GATHERING, "cohort", "1", "number", "1", "title", "Samling 1", NULL);
    add(T_PERSON, "given_name", "Kari", NULL);
    add(T_ENROLMENT, "cohort", "1", "person", "1", NULL);
    add(T_ATTENDANCE, "enrolment", "1", "gathering", "1", "mark", "present", NULL);
    export_to(&out, "enrolments", EXPORT_EXCEL, 0);
    assert_non_null(strstr(out.s, ";" GUARD "1/1\r\n"));
    export_to(&out, "enrolments", EXPORT_PLAIN, 0);
    assert_non_null(strstr(out.s, ",1/1\n"));
    buf_free(&out);
}

static void columns_of_the_screen_stay_there(void **state)
{
    struct buf out = {0};
    (void)state;
    export_to(&out, "gatherings", EXPORT_PLAIN, 0);
    assert_string_equal(out.s, "id,ref,offering,cohort,number,title,level,starts,ends,place,people,"
                               "present,status,deadline\n");
    buf_free(&out);
}

static void json_escapes_and_keeps_kinds(void **state)
{
    (void)state;
    add(T_USER, "name", "a\"b\\c", "full_name", "Åse \x01\n", "role", "reader", NULL);
    gives("users", EXPORT_JSON,
          "[\n{\"id\": 2, \"name\": \"a\\\"b\\\\c\", \"full_name\": \"Åse \\u0001\\n\", \"role\": "
          "\"reader\", \"active\": 1},\n"
          "{\"id\": 1, \"name\": \"anna\", \"full_name\": null, \"role\": \"administrator\", "
          "\"active\": 1}\n]\n");
}

static void nothing_is_still_a_document(void **state)
{
    (void)state;
    gives("cohorts", EXPORT_JSON, "[\n]\n");
    gives("programme", EXPORT_PLAIN, "code,number,title,kind,starts,status,plan,area,contact\n");
    gives("programme", EXPORT_TEXT,
          "Code  No.  Offering  Kind  From  Status  Plan  Area  Contact\n"
          "----  ---  --------  ----  ----  ------  ----  ----  -------\n");
}

static void times_are_wall_clock_times(void **state)
{
    struct buf out = {0};
    (void)state;
    add(T_BATCH, "type", "people", "file", "liste.csv", "rows", "3", "new", "3", "matched", "0",
        "changed", "0", "unclear", "0", "rejected", "0", NULL);
    assert_int_equal(db_run(session->db, NULL, "UPDATE batch SET created_at = 1643698800", NULL),
                     ST_OK);
    export_to(&out, "batches", EXPORT_PLAIN, 0);
    assert_non_null(strstr(out.s, "\n1,2022-02-01T08:00,anna,people,"));
    export_to(&out, "batches", EXPORT_EXCEL, 0);
    assert_non_null(strstr(out.s, "\n1;01.02.2022 08:00;anna;people;"));
    buf_free(&out);
}

/* ---- text ---------------------------------------------------------------------------------------
 */

static void text_stands_in_columns(void **state)
{
    (void)state;
    add(T_USER, "name", "åse", "full_name", "Åse Ødegård", "role", "reader", NULL);
    add(T_USER, "name", "wei", "full_name", "魏 Wei", "role", "adviser", NULL);
    gives("users", EXPORT_TEXT,
          "No.  User name  Full name    Role           Active\n"
          "---  ---------  -----------  -------------  ------\n"
          "  1  anna                    administrator       1\n"
          "  3  wei        魏 Wei       adviser             1\n"
          "  2  åse        Åse Ødegård  reader              1\n");
}

static void text_is_cleaned_and_has_no_trailing_space(void **state)
{
    struct buf out = {0};
    (void)state;
    add(T_ORGANISATION, "name", "Sol\x1b[31mvik \xe2\x80\xae", NULL);
    export_to(&out, "organisations", EXPORT_TEXT, 0);
    assert_null(strchr(out.s, '\x1b'));
    assert_null(strstr(out.s, "\xe2\x80\xae"));
    assert_null(strstr(out.s, " \n"));
    buf_free(&out);
}

/* The widths are those of the first thousand rows; what comes later is whole nevertheless. */
static void long_text_is_never_cut(void **state)
{
    struct buf out = {0};
    char name[200];
    (void)state;
    for (int i = 0; i < 1500; i++) {
        snprintf(
            name, sizeof name, "bhg %04d %.*s", i, i == 1400 ? 120 : 3,
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
        add(T_ORGANISATION, "name", name, NULL);
    }
    assert_int_equal(export_to(&out, "organisations", EXPORT_TEXT, 0), 1500);
    int lines = 0;
    for (const char *p = out.s; *p; p++)
        lines += *p == '\n';
    assert_int_equal(lines, 1502);
    assert_non_null(strstr(out.s, "\n   1  bhg 0000 xxx"));
    assert_non_null(strstr(out.s, "\n1401  bhg 1400 xxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
    assert_non_null(strstr(out.s, "xxx  kindergarten\n1402  bhg 1401 xxx  kindergarten\n"));
    buf_free(&out);
}

/* ---- the rest
 * ------------------------------------------------------------------------------------ */

static void limit_counts_rows(void **state)
{
    struct buf out = {0};
    (void)state;
    add_kindergartens();
    assert_int_equal(export_to(&out, "organisations", EXPORT_TSV, 1), 1);
    assert_null(strstr(out.s, "Åsbrua"));
    assert_int_equal(export_to(&out, "organisations", EXPORT_TSV, 0), 2);
    assert_non_null(strstr(out.s, "Åsbrua"));
    buf_free(&out);
}

static void full_disk_is_noticed(void **state)
{
    struct error err = {0};
    struct listing_query q = {.listing = listing_by_name("organisations")};
    char name[40];
    (void)state;
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof name, "barnehage %d", i);
        add(T_ORGANISATION, "name", name, NULL);
    }
    for (enum export_form form = EXPORT_TEXT; form <= EXPORT_CELLS; form++) {
        FILE *f = fopen("/dev/full", "w");
        assert_non_null(f);
        assert_int_equal(export_listing(session, &q, form, 0, f, NULL, &err), ST_REFUSED);
        assert_non_null(strstr(err.why, "No space left"));
        fclose(f);
    }
}

/* What plain and excel write, the reader takes apart into the same cells. */
static void reader_reads_it_back(void **state)
{
    static const enum export_form forms[] = {EXPORT_PLAIN, EXPORT_EXCEL};
    struct buf out = {0};
    (void)state;
    add_kindergartens();
    for (size_t i = 0; i < 2; i++) {
        struct reader *r;
        struct row row;
        struct error err = {0};
        struct reader_options options = {0};
        export_to(&out, "organisations", forms[i], 0);
        assert_int_equal(reader_open_memory(&r, "export", out.s, out.len, &options, &err), ST_OK);
        assert_int_equal(reader_next(r, &row, &err), 1);
        assert_int_equal(row.n, 11);
        assert_int_equal(reader_next(r, &row, &err), 1);
        assert_string_equal(row.field[1], "Blåklokka; øvre");
        assert_string_equal(row.field[10], "to\nlinjer");
        assert_int_equal(reader_next(r, &row, &err), 1);
        assert_string_equal(row.field[1], "Åsbrua, \"Nord\" barnehage");
        assert_int_equal(row.flags, 0);
        assert_int_equal(reader_next(r, &row, &err), 0);
        reader_close(r);
    }
    buf_free(&out);
}

/* ---- columns --------------------------------------------------------------------------------- */

static void export_chosen(struct buf *out, const char *columns, enum export_form form)
{
    char *text = NULL;
    size_t size = 0;
    struct error err = {0};
    struct listing_query q = {.listing = listing_by_name("organisations")};
    struct export_options o = {.form = form, .limit = 1};
    FILE *f = open_memstream(&text, &size);
    assert_non_null(f);
    if (export_columns(&o, q.listing, columns, &err) != ST_OK)
        fail_msg("%s: %s", err.what, err.why);
    assert_int_equal(export_write(session, &q, &o, f, NULL, &err), ST_OK);
    fclose(f);
    buf_clear(out);
    buf_addn(out, text, size);
    free(text);
}

static void columns_can_be_chosen(void **state)
{
    struct buf out = {0};
    (void)state;
    add_kindergartens();
    export_chosen(&out, "municipality,name", EXPORT_PLAIN);
    assert_string_equal(out.s, "municipality,name\nAsker,Blåklokka; øvre\n");
    export_chosen(&out, " Name , kind ", EXPORT_EXCEL);
    assert_string_equal(out.s, "\xef\xbb\xbfName;Kind\r\n\"Blåklokka; øvre\";kindergarten\r\n");
    export_chosen(&out, "id", EXPORT_JSON);
    assert_string_equal(out.s, "[\n{\"id\": 2}\n]\n");
    export_chosen(&out, "ownership,name", EXPORT_TEXT);
    assert_string_equal(out.s, "Ownership  Name\n---------  ---------------\n"
                               "municipal  Blåklokka; øvre\n");
    buf_free(&out);
}

static void wrong_columns_are_refused(void **state)
{
    static const struct {
        const char *columns, *what, *why;
    } bad[] = {
        {"phone,colour", "colour", "the list people has no such column"},
        {"", "", "the list people has no such column"},
        {"email,", "", "the list people has no such column"},
        {"email,,phone", "", "the list people has no such column"},
        {"name", "name", "the list people has no such column"}, /* for panes only */
        {"email,phone,email", "email", "this column is named twice"},
        {"email,E-mail", "E-mail", "this column is named twice"},
    };
    const struct listing *people = listing_by_name("people");
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct export_options o = {0};
        struct error err = {0};
        assert_int_equal(export_columns(&o, people, bad[i].columns, &err), ST_REFUSED);
        assert_string_equal(err.what, bad[i].what);
        assert_string_equal(err.why, bad[i].why);
        assert_non_null(strstr(err.todo, i < 5 ? "id, given_name, family_name, email" : "once"));
    }
}

/* ---- the clipboard --------------------------------------------------------------------------- */

static void clipboard_gives(const char *text, bool tmux, const char *want)
{
    struct buf out = {0};
    assert_int_equal(clipboard_sequence(&out, text, strlen(text), tmux, NULL), ST_OK);
    assert_string_equal(out.s, want);
    buf_free(&out);
}

static void clipboard_is_base64(void **state)
{
    (void)state;
    clipboard_gives("", false, "\033]52;c;\a");
    clipboard_gives("f", false, "\033]52;c;Zg==\a");
    clipboard_gives("fo", false, "\033]52;c;Zm8=\a");
    clipboard_gives("foo", false, "\033]52;c;Zm9v\a");
    clipboard_gives("a\tå\n", false, "\033]52;c;YQnDpQo=\a");
    clipboard_gives("\xff\xfe\xfd\xfb\xf0", false, "\033]52;c;//79+/A=\a");
    clipboard_gives("foo", true, "\033Ptmux;\033\033]52;c;Zm9v\a\033\\");
}

static void clipboard_has_an_end(void **state)
{
    struct buf out = {0};
    struct error err = {0};
    static char much[CLIPBOARD_MAX + 1];
    (void)state;
    memset(much, 'x', sizeof much);
    assert_int_equal(clipboard_sequence(&out, much, CLIPBOARD_MAX, false, &err), ST_OK);
    assert_int_equal(out.len, 7 + CLIPBOARD_MAX / 3 * 4 + 1);
    assert_true(out.len <= 100000);
    buf_clear(&out);
    assert_int_equal(clipboard_sequence(&out, much, sizeof much, false, &err), ST_REFUSED);
    assert_int_equal(out.len, 0);
    assert_non_null(strstr(err.why, "which takes 74994 bytes"));
    buf_free(&out);
}

static void forms_have_names(void **state)
{
    enum export_form form;
    (void)state;
    assert_true(export_form_by_name("text", &form) && form == EXPORT_TEXT);
    assert_true(export_form_by_name("csv", &form) && form == EXPORT_PLAIN);
    assert_true(export_form_by_name("tsv", &form) && form == EXPORT_TSV);
    assert_true(export_form_by_name("json", &form) && form == EXPORT_JSON);
    assert_false(export_form_by_name("excel", &form));
    assert_false(export_form_by_name("", &form));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_database, close_database)

int main(void)
{
    setenv("TZ", "Europe/Oslo", 1);
    lang_init("en");
    const struct CMUnitTest tests[] = {
        TEST(plain_is_rfc_4180),
        TEST(tsv_has_one_line_a_row),
        TEST(excel_is_harmless),
        TEST(every_dangerous_start_is_made_harmless),
        cmocka_unit_test(what_would_become_a_value_stays_text),
        cmocka_unit_test(a_guard_that_was_lost_is_known),
        cmocka_unit_test(every_text_comes_back),
        TEST(inside_cells_there_is_lf_only),
        TEST(cells_are_for_pasting),
        TEST(excel_has_norwegian_days_and_words),
        TEST(a_share_is_no_day),
        TEST(columns_of_the_screen_stay_there),
        TEST(json_escapes_and_keeps_kinds),
        TEST(nothing_is_still_a_document),
        TEST(times_are_wall_clock_times),
        TEST(text_stands_in_columns),
        TEST(text_is_cleaned_and_has_no_trailing_space),
        TEST(long_text_is_never_cut),
        TEST(limit_counts_rows),
        TEST(full_disk_is_noticed),
        TEST(reader_reads_it_back),
        TEST(columns_can_be_chosen),
        TEST(wrong_columns_are_refused),
        cmocka_unit_test(clipboard_is_base64),
        cmocka_unit_test(clipboard_has_an_end),
        cmocka_unit_test(forms_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
