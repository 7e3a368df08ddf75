/* Import on a terminal: what is in the file, which file, the rehearsal, writing, taking back. */
#include "config.h"

#include "stage.h"

static int setup(void **state)
{
    char path[PATH_MAX];
    if (stage_open(state) != 0)
        return -1;
    snprintf(path, sizeof path, "%s/examples/rosters/deltakere-bim-1.csv",
             getenv("SAMLING_DATADIR"));
    copy_file(path, "deltakere-bim-1.csv");
    copy_file(path, "deltakere-bim-2.csv");
    return 0;
}

static long enrolled(void)
{
    long lines = -1; /* the head */
    RUN("-d", database(), "list", "roster", "BIM/1", "--format", "csv");
    for (const char *p = said; (p = strchr(p, '\n')) != NULL; p++)
        lines++;
    return lines;
}

/* To the question for the file, with BIM/1 selected. */
static struct term *ask_for_file(const char *how)
{
    struct term *t = start();
    term_keys(t, "sbim<Enter><Down>");
    wait_selected(t, "/1");
    term_keys(t, how);
    term_wait_text(t, "1  Participants of BIM/1");
    term_keys(t, "<Enter>");
    term_wait_text(t, "Import from file");
    return t;
}

static void wait_rehearsal(struct term *t)
{
    term_wait_row(t, 1, "Import · deltakere-bim-1.csv → BIM/1");
    term_wait_text(t, "41 new  8 matched  0 changed  0 unclear  1 rejected");
    term_wait_text(t, "showing: all");
    wait_selected(t, "Birgitte Løkås");
}

static void by_menu_rehearsed_written_taken_back(void **state)
{
    (void)state;
    struct term *t = ask_for_file("<F9><Enter>");
    /* Tab completes as far as the names agree, then shows them. */
    term_keys(t, "delt<Tab>");
    term_wait_text(t, "deltakere-bim-2.csv");
    term_keys(t, "<Down>");
    term_keys(t, "<Enter><Enter>");
    wait_rehearsal(t);
    /* What each column becomes. */
    term_wait_text(t, "Mobil");
    term_wait_text(t, "Phone");
    assert_int_equal(enrolled(), 55); /* nothing is written yet */
    /* One verdict after the other. */
    term_keys(t, "v");
    term_wait_text(t, "showing: new");
    term_keys(t, "v");
    term_wait_text(t, "showing: matched");
    wait_selected(t, "Åse Ødegård");
    term_keys(t, "v");
    term_wait_text(t, "showing: rejected");
    wait_selected(t, "rejected");
    term_keys(t, "v");
    term_wait_text(t, "showing: all");
    term_keys(t, "<End>");
    wait_selected(t, "  51");
    term_keys(t, "<PgUp><Home>");
    wait_selected(t, "Birgitte Løkås");
    term_resize(t, 16, 60);
    term_wait_row(t, 0, "samling");
    wait_selected(t, "Birgitte");
    term_resize(t, 50, 160);
    wait_selected(t, "Birgitte Løkås");
    term_wait_text(t, "Blåklokka barnehage"); /* there is room for the organisations */
    term_resize(t, 24, 80);
    wait_rehearsal(t);
    term_keys(t, "<F9>w"); /* by menu, as everything */
    term_wait_row(t, MESSAGE, "Writes what the rehearsal shows.");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "Import 1: 41 new, 8 known, 0 changed, 1 left out");
    long after = enrolled();
    assert_true(after > 55 + 40);
    /* Those that were left out can be corrected and imported again. */
    term_wait_text(t, "Write the rows that were left out to file");
    term_wait_text(t, "deltakere-bim-1-rejects.csv");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "1 rows written to deltakere-bim-1-rejects.csv");
    read_file("deltakere-bim-1-rejects.csv");
    assert_true(was_said("line;reason;Etternavn;Fornavn"));
    unlink("deltakere-bim-1-rejects.csv");
    term_keys(t, "u");
    term_wait_text(t, "Take back all of this? import: deltakere-bim-1.csv");
    term_keys(t, "u"); /* the key that asked does not confirm */
    term_wait_row(t, MESSAGE, "Nothing was done.");
    assert_int_equal(enrolled(), after);
    term_keys(t, "u");
    term_wait_text(t, "Take back all of this?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "Taken back: import");
    assert_int_equal(enrolled(), 55);
    term_keys(t, "U");
    term_wait_text(t, "Do all of this again?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "Done again");
    assert_int_equal(enrolled(), after);
    leave(t);
}

static void a_wrong_name_can_be_mended(void **state)
{
    (void)state;
    struct term *t = ask_for_file("i");
    term_keys(t, "deltakere-bim-7.csv<Enter>");
    term_wait_row(t, MESSAGE, "deltakere-bim-7.csv");
    term_wait_text(t, "Import from file");
    term_keys(t, "<Left><Left><Left><Left><BS>1<Enter>");
    wait_rehearsal(t);
    /* Going back writes nothing. */
    term_keys(t, "q");
    term_wait_row(t, MESSAGE, "Nothing was written.");
    assert_int_equal(enrolled(), 55);
    leave(t);
}

static void bad_files_are_refused_with_words(void **state)
{
    (void)state;
    FILE *f = fopen("tom.csv", "w");
    fclose(f);
    f = fopen("rart.csv", "w");
    fputs("<html><body>en;to;tre</body></html>\n", f);
    fclose(f);
    struct term *t = ask_for_file("i");
    term_keys(t, "tom.csv<Enter>");
    term_wait_row(t, MESSAGE, "tom.csv");
    term_keys(t, "<C-u>rart.csv<Enter>");
    term_wait_row(t, MESSAGE, "rart.csv");
    assert_int_equal(mkdir("mappe", 0700), 0);
    copy_file("tom.csv", "mappe/lista.csv");
    copy_file("tom.csv", "mappe/lista-2.csv");
    term_keys(t, "<C-u>mappe<Enter>"); /* a folder is on the way to a file */
    term_wait_text(t, "lista-2.csv");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Import from file");
    unlink("mappe/lista.csv");
    unlink("mappe/lista-2.csv");
    rmdir("mappe");
    leave(t);
}

/* Somebody writes while the rehearsal is looked at: it is made again. */
static void the_rehearsal_follows_others(void **state)
{
    (void)state;
    struct term *t = ask_for_file("i");
    term_keys(t, "deltakere-bim-1.csv<Enter>");
    wait_rehearsal(t);
    assert_int_equal(command("-d", database(), "import", "roster", "deltakere-bim-1.csv", "--into",
                             "BIM/1", NULL),
                     3);
    term_wait_gone(t, "41 new");
    term_wait_text(t, "0 new");
    term_keys(t, "q");
    leave(t);
}

static void people_from_the_contacts(void **state)
{
    (void)state;
    FILE *f = fopen("folk.csv", "w");
    fputs("fornavn;etternavn;e-post\nKlara;Fjeld;klara.fjeld@asker.example\n", f);
    fclose(f);
    struct term *t = start();
    term_keys(t, "3i");
    term_wait_text(t, "1  People");
    term_keys(t, "1folk.csv<Enter>");
    term_wait_text(t, "1 new");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Import 1: 1 new");
    RUN("-d", database(), "list", "people", "--search", "klara", "--format", "csv");
    assert_true(was_said("Klara,Fjeld"));
    leave(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_menu_rehearsed_written_taken_back),
        cmocka_unit_test(a_wrong_name_can_be_mended),
        cmocka_unit_test(bad_files_are_refused_with_words),
        cmocka_unit_test(the_rehearsal_follows_others),
        cmocka_unit_test(people_from_the_contacts),
    };
    return cmocka_run_group_tests_name("import", tests, setup, stage_close);
}
