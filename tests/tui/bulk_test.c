/* What is done with many rows at once: copied, exported, written to, enrolled, changed, removed;
 * and taken back with one key. */
#include "config.h"

#include "stage.h"

#include <stdbool.h>

enum { STATE = 1 };
enum { FIRST_OFFERING = FIRST_ROW + 2 }; /* below its plan and its area */

/* ---- the clipboard ----------------------------------------------------------------------------
 */

static int digit_of(char c)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digit, c) : NULL;
    return at ? (int)(at - digit) : -1;
}

/* What was sent to the clipboard since the mark; "" while nothing was, or not all of it. */
static const char *clipboard(struct term *t)
{
    static char text[100000];
    const char *p = strstr(term_bytes(t), "\033]52;c;");
    size_t n = 0;
    text[0] = '\0';
    if (!p || !strchr(p, '\a'))
        return text;
    for (p += strlen("\033]52;c;"); digit_of(p[0]) >= 0; p += 4) {
        int bits = digit_of(p[0]) << 18 | digit_of(p[1]) << 12;
        bits |= p[2] == '=' ? 0 : digit_of(p[2]) << 6;
        bits |= p[3] == '=' ? 0 : digit_of(p[3]);
        text[n++] = (char)(bits >> 16);
        if (p[2] != '=')
            text[n++] = (char)(bits >> 8);
        if (p[3] != '=')
            text[n++] = (char)bits;
    }
    text[n] = '\0';
    return text;
}

static bool is_copied(struct term *t, const void *arg)
{
    return strcmp(clipboard(t), arg) == 0;
}

#define wait_copied(t, text) term_wait(t, is_copied, text, "on the clipboard: " text)

#define GUARD "\xe2\x80\x8b" /* zero-width space: a phone number stays text */
#define ASKELAND                                                                                   \
    "155\tBritt\tAskeland\tbritt.askeland@asker.example\t" GUARD                                   \
    "498 40 959\tØrneredet barnehage\tAsker\tpedagogical leader\n"
#define EMIL                                                                                       \
    "28\tEmil\tBergset\temil.bergset@asker.example\t\tGråspurven barnehage\tAsker\t"              \
    "head of kindergarten\n"

static void rows_are_copied(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    wait_selected(t, "Askeland");
    term_mark(t);
    term_keys(t, "y");
    wait_copied(t, ASKELAND);
    term_wait_row(t, MESSAGE, "1 row copied.");
    term_keys(t, "vv");
    term_wait_row(t, STATE, "2 of 165 selected");
    term_mark(t);
    term_keys(t, "y");
    wait_copied(t, ASKELAND EMIL);
    term_wait_row(t, MESSAGE, "2 rows copied.");
    /* As a list: with its heading. */
    term_mark(t);
    term_keys(t, "Y");
    wait_copied(t, "No.\tGiven name\tFamily name\tE-mail\tPhone\tOrganisation\tMunicipality\t"
                   "Position\n" ASKELAND EMIL);
    leave(t);
}

/* What a spreadsheet would run is made harmless, in a row too. */
static void a_copied_row_is_harmless(void **state)
{
    (void)state;
    struct term *t = start();
    RUN("-d", database(), "set", "person", "155", "given_name=@SUM(1)", "family_name=Aa\ta",
        "email=");
    term_keys(t, "3ssum<Enter>");
    wait_selected(t, "@SUM(1)");
    term_mark(t);
    term_keys(t, "y");
    wait_copied(t, "155\t'@SUM(1)\tAa a\t\t" GUARD "498 40 959\tØrneredet barnehage\tAsker\t"
                   "pedagogical leader\n");
    leave(t);
}

/* ---- export -----------------------------------------------------------------------------------
 */

static void export_to(struct term *t, const char *letter, const char *prompt, const char *file)
{
    term_keys(t, "w");
    term_wait_text(t, "Export the ");
    term_keys(t, letter);
    term_wait_text(t, prompt);
    term_keys(t, file);
    term_keys(t, "<Enter>");
}

static void selected_rows_are_exported(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    wait_selected(t, "Askeland");
    term_keys(t, "v<Down>v");
    term_wait_row(t, STATE, "2 of 165 selected");
    export_to(t, "3", "people.csv", "two.csv");
    term_wait_row(t, MESSAGE, "2 rows written to two.csv.");
    read_file("two.csv");
    assert_string_equal(said, "id,given_name,family_name,email,phone,organisation,municipality,"
                              "position\n"
                              "155,Britt,Askeland,britt.askeland@asker.example,498 40 959,"
                              "Ørneredet barnehage,Asker,pedagogical_leader\n"
                              "87,Rannveig,Bergset,rannveig.bergset@blaaskjellstranda.example,"
                              "495 15 588,Blåskjellstranda barnehage SA,Asker,styrer\n");
    /* Their cards, and not everybody's. */
    export_to(t, "4", "contacts.vcf", "two.vcf");
    term_wait_row(t, MESSAGE, "2 people written to two.vcf");
    read_file("two.vcf");
    assert_true(was_said("FN:Britt Askeland"));
    assert_true(was_said("FN:Rannveig Bergset"));
    assert_null(strstr(said, "Emil"));
    leave(t);
}

static int times_said(const char *text)
{
    int n = 0;
    for (const char *p = said; (p = strstr(p, text)) != NULL; p += strlen(text))
        n++;
    return n;
}

static void gatherings_of_what_is_selected(void **state)
{
    (void)state;
    struct term *t = start();
    /* An offering and one of its cohorts: each gathering once. */
    term_keys(t, "sbim<Enter>");
    wait_selected(t, "BIM");
    term_keys(t, "<Down><Down>v");
    term_wait_row(t, FIRST_OFFERING + 2, "*  /2");
    term_wait_row(t, FIRST_OFFERING + 6, "*  /2"); /* it stands in two areas */
    export_to(t, "4", "calendar.ics", "cohort.ics");
    term_wait_row(t, MESSAGE, "5 gatherings written to cohort.ics; 0 without a day left out.");
    term_keys(t, "<Home>v");
    term_wait_row(t, FIRST_OFFERING, "*BIM");
    export_to(t, "4", "calendar.ics", "all.ics");
    term_wait_row(t, MESSAGE, "10 gatherings written to all.ics");
    read_file("all.ics");
    assert_int_equal(times_said("BEGIN:VEVENT"), 10);
    /* A filtered list without a selection gives its own rows too. */
    term_keys(t, "N2");
    wait_selected(t, "BIM/1/3");
    term_keys(t, "f");
    term_wait_text(t, "Filter by");
    term_keys(t, "stat<Enter>"); /* status */
    term_wait_text(t, "held");
    term_keys(t, "h<Enter>");
    term_wait_row(t, STATE, "Status: held");
    export_to(t, "4", "calendar.ics", "held.ics");
    term_wait_row(t, MESSAGE, "2 gatherings written to held.ics");
    leave(t);
}

/* ---- addresses --------------------------------------------------------------------------------
 */

static void a_message_to_the_selected(void **state)
{
    (void)state;
    struct term *t = start();
    /* Two who share an address, one without. */
    RUN("-d", database(), "set", "person", "28", "email=britt.askeland@asker.example");
    RUN("-d", database(), "set", "person", "87", "email=");
    term_keys(t, "3");
    wait_selected(t, "Askeland");
    term_keys(t, "vvvv");
    term_wait_row(t, STATE, "4 of 165 selected");
    term_mark(t);
    term_keys(t, "M");
    term_wait_row(t, 1, "Message list");
    wait_copied(t, "britt.askeland@asker.example; solvi.birkeland@harelabben.example");
    term_wait_row(t, MESSAGE, "2 addresses copied; 1 have none.");
    term_wait_text(t, "britt.askeland@asker.example; solvi.birkeland@harelabben.example");
    term_wait_text(t, "Without an e-mail address");
    term_wait_text(t, "Rannveig Bergset");
    term_keys(t, "q");
    wait_selected(t, "Bjørnstad");
    leave(t);
}

static void a_message_to_a_cohort_and_a_roster(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sbim<Enter><Down>");
    wait_selected(t, "/1");
    term_keys(t, "M");
    term_wait_row(t, MESSAGE, "51 addresses copied.");
    term_wait_text(t, "solvi.bjora@orrfuglhaugen.example; julie.strom@molteheia.example");
    term_keys(t, "q");
    wait_selected(t, "/1");
    /* Of the roster the same ones; of those selected there only these. */
    term_keys(t, "r");
    wait_selected(t, "Bjørå, Sølvi");
    term_keys(t, "M");
    term_wait_row(t, MESSAGE, "51 addresses copied.");
    term_keys(t, "q");
    wait_selected(t, "Bjørå, Sølvi");
    term_mark(t);
    term_keys(t, "<Down>vM");
    wait_copied(t, "julie.strom@molteheia.example");
    term_keys(t, "qq");
    wait_selected(t, "/1");
    /* Organisations have their own; the rows of today are no people, but mean some. */
    term_keys(t, "3o");
    wait_selected(t, "Akebakken");
    term_mark(t);
    term_keys(t, "M");
    wait_copied(t, "post@akebakken.example");
    term_keys(t, "q");
    leave(t);
}

/* ---- enrolling --------------------------------------------------------------------------------
 */

static void people_are_enrolled(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    wait_selected(t, "Askeland");
    term_keys(t, "vvvE");
    term_wait_text(t, "Enrol 3 people in which cohort?");
    term_wait_text(t, "1  BIM/2  Pulje 2, Barnehagens innsatsteam mot mobbing, 2022-01-01");
    term_wait_text(t, "2  BIM/1  Pulje 1");
    term_keys(t, "1");
    term_wait_row(t, MESSAGE, "1 enrolled in BIM/2, 2 were there already; u takes it back.");
    RUN("-d", database(), "list", "roster", "BIM/2", "--search", "emil bergset", "--format", "csv");
    assert_true(was_said("Emil,Bergset,Gråspurven barnehage,Asker,participant,registered"));
    term_keys(t, "E");
    term_wait_text(t, "Enrol 3 people");
    term_keys(t, "1");
    term_wait_row(t, MESSAGE, "Nobody was enrolled: all of them are in BIM/2 already.");
    term_keys(t, "u");
    term_wait_row(t, MESSAGE, "Taken back: new: Emil Bergset, BIM/2");
    RUN("-d", database(), "list", "roster", "BIM/2", "--search", "emil bergset", "--format", "csv");
    assert_null(strstr(said, "Emil"));
    /* From one roster to another. */
    term_keys(t, "2");
    wait_selected(t, "BIM/1/3");
    term_keys(t, "r");
    wait_selected(t, "Bjørå, Sølvi");
    term_keys(t, "vvE");
    term_wait_text(t, "Enrol 2 people in which cohort?");
    term_keys(t, "3");
    term_wait_row(t, MESSAGE, "2 enrolled in SIM/2; u takes it back.");
    term_keys(t, "u");
    term_wait_row(t, MESSAGE, "Taken back:");
    RUN("-d", database(), "list", "roster", "SIM/2", "--format", "csv");
    assert_null(strstr(said, "Bjørå"));
    term_keys(t, "q");
    leave(t);
}

static void only_people_are_enrolled(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3o");
    wait_selected(t, "Akebakken");
    term_keys(t, "E");
    term_wait_row(t, MESSAGE, "Only people can be enrolled: select some first.");
    term_keys(t, "oszzzqqq<Enter>");
    term_wait_text(t, "Nothing found.");
    term_keys(t, "E");
    term_wait_row(t, MESSAGE, "There is no row to do this with.");
    term_keys(t, "a");
    leave(t);
}

/* ---- one field --------------------------------------------------------------------------------
 */

static void a_field_is_set(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "v<Down>vv"); /* AMBULERENDE, BVREFORM, DIGIBV */
    term_wait_row(t, STATE, "3 of 39 selected");
    term_keys(t, "=");
    term_wait_text(t, "Set which field of 3 records?");
    term_assert(t, !term_find(t, "Code  ┌", NULL, NULL));
    term_keys(t, "s<Enter>");
    term_wait_text(t, "Set Status to");
    term_keys(t, "r<Enter>");
    term_wait_text(t, "Set Status to running in 3 records?");
    term_keys(t, "="); /* the key that asked does not confirm */
    term_wait_row(t, MESSAGE, "Nothing was done.");
    term_keys(t, "=");
    term_wait_text(t, "Set which field");
    term_keys(t, "s<Enter>");
    term_wait_text(t, "Set Status to");
    term_keys(t, "r<Enter>");
    term_wait_text(t, "in 3 records?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "2 records changed, 1 were so already; u takes it back.");
    term_wait_row(t, FIRST_OFFERING, "running");
    term_wait_row(t, FIRST_OFFERING + 3, "running");
    RUN("-d", database(), "history", "offering", "DIGIBV");
    assert_true(was_said("running"));
    term_keys(t, "u");
    term_wait_row(t, FIRST_OFFERING, "published");
    term_wait_row(t, FIRST_OFFERING + 3, "published");
    term_keys(t, "U");
    term_wait_row(t, FIRST_OFFERING, "running");
    leave(t);
}

static void typed_values_are_checked_and_can_be_empty(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "2<Home>");
    wait_selected_at(t, FIRST_ROW, "BIM/1/1");
    term_keys(t, "A=");
    term_wait_text(t, "Set which field of 10 records?");
    term_keys(t, "r<Enter>"); /* register by */
    term_wait_text(t, "Set Register by to (nothing typed empties it)");
    term_keys(t, "soon<Enter>");
    term_wait_row(t, MESSAGE, "there is no such day or time");
    term_keys(t, "<BS><BS><BS><BS>1.3.22<Enter>");
    term_wait_text(t, "Set Register by to 2022-03-01 in 10 records?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "10 records changed; u takes it back.");
    RUN("-d", database(), "show", "gathering", "BIM/2/5");
    assert_true(was_said("2022-03-01"));
    term_keys(t, "=");
    term_wait_text(t, "Set which field");
    term_keys(t, "r<Enter>");
    term_wait_text(t, "Set Register by to");
    term_keys(t, "<Enter>");
    term_wait_text(t, "Empty Register by in 10 records?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "10 records changed; u takes it back.");
    RUN("-d", database(), "show", "gathering", "BIM/2/5");
    assert_null(strstr(said, "2022-03-01"));
    /* One that must not be empty. */
    term_keys(t, "N=");
    term_wait_text(t, "Set which field?");
    term_keys(t, "p<Enter>");
    term_wait_text(t, "Set Place to");
    term_keys(t, "Rådhuset<Enter>");
    term_wait_text(t, "Set Place to Rådhuset in Kapittel VIII");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "Changed; u takes it back.");
    term_wait_row(t, FIRST_ROW, "Rådhuset");
    leave(t);
}

/* Somebody else was quicker with one of them: then none is changed, and it is named. */
static void all_are_changed_or_none(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "vvv=");
    term_wait_text(t, "Set which field of 3 records?");
    term_keys(t, "p<Enter>");
    term_wait_text(t, "Set Programme area to");
    term_keys(t, "Kultur<Enter>");
    term_wait_text(t, "Set Programme area to Kultur in 3 records?");
    RUN("-d", database(), "set", "offering", "AMBULERENDE", "area=Helse");
    term_keys(t, "y");
    term_wait_row(t, 1, "Nothing was changed");
    term_wait_text(t, "1 of 3 records cannot be changed, so none was:");
    term_wait_text(t, "Etablering av ambulerende team: somebody else changed this record");
    RUN("-d", database(), "list", "offerings", "--format", "csv");
    assert_null(strstr(said, "Kultur"));
    assert_true(was_said("Helse"));
    term_keys(t, "q");
    term_wait_row(t, STATE, "3 of 39 selected");
    leave(t);
}

static void rows_of_one_kind_only(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "A=");
    term_wait_row(t, MESSAGE, "Select rows of one kind only: these have different fields.");
    leave(t);
}

/* ---- removing ---------------------------------------------------------------------------------
 */

static void selected_rows_are_removed(void **state)
{
    (void)state;
    struct term *t = start();
    for (int i = 0; i < 4; i++)
        RUN("-d", database(), "add", "person", "given_name=Ny", "family_name=Abel");
    term_keys(t, "3sabel<Enter>");
    term_wait_text(t, "Abel, Ny");
    term_keys(t, "A");
    term_wait_row(t, FIRST_ROW + 3, "*Abel, Ny");
    term_keys(t, "d");
    term_wait_text(t, "Remove the 4 selected records?");
    term_wait_text(t, "Ny Abel");
    term_keys(t, "d");
    term_wait_row(t, MESSAGE, "Nothing was done.");
    term_keys(t, "d");
    term_wait_text(t, "Remove the 4 selected records?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "4 records removed; u brings them back.");
    term_wait_text(t, "Nothing found.");
    term_keys(t, "u");
    term_wait_row(t, FIRST_ROW + 3, "Abel, Ny");
    term_wait_gone(t, "*Abel");
    leave(t);
}

/* An offering goes with its cohorts when these are selected too; what is used keeps all. */
static void what_is_used_keeps_all(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "ssim<Enter>");
    wait_selected(t, "SIM");
    term_wait_row(t, FIRST_OFFERING + 2, "/2");
    term_keys(t, "vv"); /* SIM and SIM/1, but not SIM/2 */
    term_keys(t, "d");
    term_wait_text(t, "Remove the 2 selected records?");
    term_keys(t, "y");
    term_wait_row(t, 1, "Nothing was removed");
    term_wait_text(t, "1 of 2 records cannot be removed, so none was:");
    term_wait_text(t, "Skolens innsatsteam mot mobbing: it is used by cohort");
    term_keys(t, "q");
    term_wait_row(t, FIRST_OFFERING + 1, "/1");
    term_keys(t, "v");
    term_wait_row(t, FIRST_OFFERING + 2, "*");
    term_keys(t, "d");
    term_wait_text(t, "Remove the 3 selected records?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "3 records removed; u brings them back.");
    term_wait_gone(t, "Skolens innsatsteam");
    term_keys(t, "u");
    term_wait_row(t, FIRST_OFFERING + 2, "/2");
    leave(t);
}

/* ---- many -------------------------------------------------------------------------------------
 */

static void write_list(const char *path, int people)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("given_name,family_name,email,organisation\n", f);
    for (int i = 0; i < people; i++)
        fprintf(f, "Kari%d,Nordmann%d,kari.nordmann%d@asker.example,Blåklokka barnehage\n", i, i,
                i);
    fclose(f);
}

static void three_thousand_at_once(void **state)
{
    (void)state;
    current = fresh_database();
    write_list("many.csv", 3000);
    RUN("-d", database(), "import", "people", "many.csv");
    struct term *t = open_desk(24, 80, "en", NULL);
    term_keys(t, "3snordmann<Enter>");
    term_wait_text(t, "Nordmann0, Kari0");
    term_keys(t, "A");
    term_wait_text(t, "*Nordmann");
    term_keys(t, "=");
    term_wait_text(t, "Set which field of 3000 records?");
    term_keys(t, "a<Enter>");
    term_wait_text(t, "Set Also called to");
    term_keys(t, "Ola<Enter>");
    term_wait_text(t, "in 3000 records?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "3000 records changed; u takes it back.");
    term_keys(t, "E");
    term_wait_text(t, "Enrol 3000 people in which cohort?");
    term_keys(t, "3");
    term_wait_row(t, MESSAGE, "3000 enrolled in SIM/2; u takes it back.");
    term_keys(t, "u");
    term_wait_row(t, MESSAGE, "Taken back: new");
    term_keys(t, "u");
    term_wait_row(t, MESSAGE, "Taken back: change");
    RUN("-d", database(), "list", "people", "--search", "ola", "--limit", "3");
    assert_null(strstr(said, "Nordmann"));
    /* Too much for a clipboard: said, and still there to read. */
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "clipboard: this is too much for a terminal's clipboard");
    term_keys(t, "M");
    term_wait_row(t, 1, "Message list");
    term_wait_text(t, "kari.nordmann0@asker.example;");
    term_wait_row(t, MESSAGE, "clipboard: this is too much for a terminal's clipboard");
    term_keys(t, "q");
    term_wait_text(t, "*Nordmann");
    export_to(t, "3", "people.csv", "many-out.csv");
    term_wait_row(t, MESSAGE, "3000 rows written to many-out.csv.");
    term_keys(t, "d");
    term_wait_text(t, "Remove the 3000 selected records?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "3000 records removed; u brings them back.");
    term_wait_text(t, "Nothing found.");
    term_keys(t, "u");
    term_wait_text(t, "Nordmann0, Kari0");
    leave(t);
}

static void there_is_a_limit(void **state)
{
    (void)state;
    current = fresh_database();
    write_list("more.csv", 5001);
    RUN("-d", database(), "import", "people", "more.csv");
    struct term *t = open_desk(24, 80, "en", NULL);
    term_keys(t, "3A");
    term_wait_text(t, "*Askeland");
    term_keys(t, "E");
    term_wait_row(t, MESSAGE, "more than 5000 rows are too many at once; select fewer");
    term_keys(t, "=");
    term_wait_row(t, MESSAGE, "more than 5000 rows are too many at once; select fewer");
    leave(t);
}

/* ---- elsewhere --------------------------------------------------------------------------------
 */

static void a_small_window_in_bokmaal(void **state)
{
    (void)state;
    static const char *const keys[] = {"E", "=", "d", "w"};
    current = fresh_database();
    struct term *t = open_desk(16, 60, "nb", NULL);
    term_keys(t, "3");
    wait_selected(t, "Askeland");
    term_keys(t, "vv");
    term_wait_text(t, "*Bergset");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        term_keys(t, keys[i]);
        term_wait_text(t, "└─");
        term_resize(t, 24, 80);
        term_wait_text(t, "└─");
        term_resize(t, 16, 60);
        term_wait_text(t, "└─");
        term_keys(t, "<Esc>");
        term_wait_gone(t, "└─");
    }
    term_keys(t, "M");
    term_wait_text(t, "britt.askeland@asker.example;");
    term_keys(t, "q");
    wait_selected(t, "Bergset, Rannveig");
    leave(t);
}

/* In the list of a record the rows are meant when some are selected, else the record. */
static void in_a_record(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sbim<Enter><Enter>");
    term_wait_row(t, 1, "offering BIM");
    term_keys(t, "<Down>"); /* from the record to its cohorts */
    wait_selected(t, "BIM/1");
    term_keys(t, "vv");
    term_keys(t, "=");
    term_wait_text(t, "Set which field of 2 records?");
    term_keys(t, "s<Enter>");
    term_wait_text(t, "Set Status to");
    term_keys(t, "c<Enter>");
    term_wait_text(t, "Set Status to completed in 2 records?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "2 records changed; u takes it back.");
    RUN("-d", database(), "list", "cohorts", "BIM", "--where", "status=completed", "--format",
        "csv");
    assert_true(was_said("BIM/1") && was_said("BIM/2"));
    term_keys(t, "u");
    term_wait_row(t, MESSAGE, "Taken back: change");
    RUN("-d", database(), "list", "cohorts", "BIM", "--where", "status=completed", "--format",
        "csv");
    assert_null(strstr(said, "BIM/"));
    term_keys(t, "q");
    leave(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_copied),
        cmocka_unit_test(a_copied_row_is_harmless),
        cmocka_unit_test(selected_rows_are_exported),
        cmocka_unit_test(gatherings_of_what_is_selected),
        cmocka_unit_test(a_message_to_the_selected),
        cmocka_unit_test(a_message_to_a_cohort_and_a_roster),
        cmocka_unit_test(people_are_enrolled),
        cmocka_unit_test(only_people_are_enrolled),
        cmocka_unit_test(a_field_is_set),
        cmocka_unit_test(typed_values_are_checked_and_can_be_empty),
        cmocka_unit_test(all_are_changed_or_none),
        cmocka_unit_test(rows_of_one_kind_only),
        cmocka_unit_test(selected_rows_are_removed),
        cmocka_unit_test(what_is_used_keeps_all),
        cmocka_unit_test(three_thousand_at_once),
        cmocka_unit_test(there_is_a_limit),
        cmocka_unit_test(a_small_window_in_bokmaal),
        cmocka_unit_test(in_a_record),
    };
    return cmocka_run_group_tests_name("bulk", tests, stage_open, stage_close);
}
