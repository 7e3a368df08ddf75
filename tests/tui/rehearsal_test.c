/* What can be done in a rehearsal, and the ways into it: a file, a paste. */
#include "config.h"

#include "stage.h"

static void write_file(const char *name, const char *text)
{
    FILE *f = fopen(name, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

/* People from the contacts, of a file with this text. */
static struct term *rehearse(const char *text)
{
    write_file("folk.csv", text);
    struct term *t = start();
    term_keys(t, "3i");
    term_wait_text(t, "1  People");
    term_keys(t, "1folk.csv<Enter>");
    return t;
}

static void finish(struct term *t)
{
    term_keys(t, "q");
    term_wait_row(t, MESSAGE, "Nothing was written.");
    leave(t);
}

/* With something to lose. */
static void finish_mended(struct term *t)
{
    term_keys(t, "q");
    term_wait_text(t, "Leave without writing?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "Nothing was written.");
    leave(t);
}

static void paste(struct term *t, const char *text)
{
    term_send(t, "\033[200~", 6);
    term_send(t, text, strlen(text));
    term_send(t, "\033[201~", 6);
}

static bool was_written(const char *search, const char *line)
{
    RUN("-d", database(), "list", "people", "--search", search, "--format", "csv");
    return was_said(line);
}

static void a_cell_is_mended(void **state)
{
    (void)state;
    struct term *t = rehearse("Fornavn;Etternavn;E-post\nKlara;Fjeld;klara.fjeld\n");
    term_wait_text(t, "0 new  0 matched  0 changed  0 unclear  1 rejected");
    term_keys(t, "<Enter>");
    term_wait_text(t, "Line 2: rejected");
    wait_selected(t, "klara.fjeld"); /* the cell that is wrong */
    term_keys(t, "<Enter><End>@<Enter>");
    term_wait_text(t, "Line 2: rejected"); /* still wrong: asked again */
    wait_selected(t, "klara.fjeld@");
    term_keys(t, "<Enter>");
    term_keys(t, "<End>asker.example<Enter>");
    term_wait_text(t, "1 new  0 matched");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Import 1: 1 new");
    assert_true(was_written("klara", "Klara,Fjeld,klara.fjeld@asker.example"));
    leave(t);
}

static void a_candidate_is_chosen(void **state)
{
    (void)state;
    struct term *t = rehearse("Navn\nKlara Fjeld\n");
    term_wait_text(t, "1 new  0 matched");
    RUN("-d", database(), "add", "person", "given_name=Klara", "family_name=Fjeld",
        "email=klara@a.example");
    RUN("-d", database(), "add", "person", "given_name=Klara", "family_name=Fjeld",
        "email=klara@b.example");
    term_wait_text(t, "1 unclear"); /* the rehearsal follows what others write */
    term_keys(t, "<Enter>");
    term_wait_text(t, "(x) as found");
    /* The second one may have come while the question was open already. */
    for (int i = 0; i < 50 && !term_find(t, "klara@b.example", NULL, NULL); i++) {
        term_keys(t, "<Esc>");
        term_wait_gone(t, "(x) as found");
        term_keys(t, "<Enter>");
        term_wait_text(t, "(x) as found");
    }
    term_wait_text(t, "klara@b.example");
    term_keys(t, "<Down><Down><Down>");
    wait_selected(t, "klara@b.example");
    term_keys(t, "<Enter>");
    term_wait_text(t, "0 new  1 matched  0 changed  0 unclear");
    /* The choice can be seen, and made otherwise. */
    term_keys(t, "<Enter>");
    term_wait_text(t, "Line 2: matched");
    wait_selected(t, "(x) Klara Fjeld");
    term_keys(t, "<Up><Up><Enter>");
    term_wait_text(t, "1 new  0 matched");
    finish_mended(t);
}

/* Other letters, the same decisions; and one Esc too many throws nothing away. */
static void decisions_outlive_the_letters(void **state)
{
    (void)state;
    struct term *t = rehearse("Navn;E-post\nKlara Fjeld;k@a.example\nBj\xf8rn Dal;b@a.example\n");
    term_wait_text(t, "2 new");
    term_keys(t, "x");
    term_wait_text(t, "1 skipped");
    term_keys(t, "em");
    wait_selected(t, "macintosh");
    term_keys(t, "<Enter>");
    term_wait_row(t, 1, "macintosh");
    term_wait_text(t, "1 skipped");
    term_keys(t, "<Esc>");
    term_wait_text(t, "rows: 1, columns: 0");
    term_keys(t, "<Esc>");
    term_wait_row(t, MESSAGE, "Nothing was done.");
    term_wait_text(t, "1 skipped");
    finish_mended(t);
}

/* A file that says nothing is opened all the same: its columns are said here. */
static void columns_that_nobody_knows(void **state)
{
    (void)state;
    struct term *t = rehearse("en;to;tre\nab 1;cd 2;ef 3\n");
    term_wait_row(t, MESSAGE, "No row can be used yet");
    term_keys(t, "<Enter>");
    term_wait_text(t, "as the file says");
    term_keys(t, "f"); /* Full name, Family name … */
    wait_selected(t, "F");
    term_keys(t, "<Enter>");
    term_wait_gone(t, "as the file says");
    term_wait_text(t, "2 new");
    finish_mended(t);
}

static void a_row_is_left_out(void **state)
{
    (void)state;
    struct term *t = rehearse("Navn;E-post\nKlara Fjeld;k@a.example\nOla Dal;o@a.example\n");
    term_wait_text(t, "2 new");
    wait_selected(t, "Klara Fjeld");
    term_keys(t, "x");
    term_wait_text(t, "1 new  0 matched  0 changed  0 unclear  0 rejected  1 skipped");
    wait_selected(t, "Klara Fjeld");
    term_keys(t, "x");
    term_wait_text(t, "2 new");
    term_keys(t, "x");
    term_wait_text(t, "1 skipped");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Import 1: 1 new");
    assert_true(was_written("dal", "Ola,Dal"));
    RUN("-d", database(), "list", "people", "--search", "klara fjeld", "--format", "csv");
    assert_null(strstr(said, "Klara"));
    leave(t);
}

static void a_column_is_mapped_in_place(void **state)
{
    (void)state;
    struct term *t = rehearse("Navn;Gruppe\nKlara Fjeld;Bjørnungene\n");
    term_wait_text(t, "1 new");
    term_wait_text(t, "(left out: not known)");
    term_keys(t, "<Tab>");
    wait_selected(t, "Navn");
    term_keys(t, "<Down><Enter>");
    term_wait_text(t, "(left out)");
    term_wait_text(t, "as the file says");
    term_keys(t, "o"); /* to the label that begins so */
    wait_selected(t, "Organisation");
    term_keys(t, "<Enter>");
    term_wait_gone(t, "as the file says");
    term_wait_text(t, "new organisations: 1");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Import 1: 1 new");
    assert_true(was_written("klara", "Bjørnungene"));
    /* It is remembered for the next file of these headings. */
    write_file("folk.csv", "Gruppe;Navn\nBjørnungene;Ola Dal\n");
    term_keys(t, "i1<C-u>folk.csv<Enter>");
    term_wait_text(t, "columns as chosen before");
    finish(t);
}

static void the_letters_are_chosen(void **state)
{
    (void)state;
    struct term *t = rehearse("Navn;Sted\nKlara Fj\xbfrd;Bod\xbf\n"); /* MacRoman */
    term_wait_text(t, "1 new");
    term_keys(t, "e");
    term_wait_text(t, "macintosh");
    term_wait_text(t, "windows-1252");
    term_wait_text(t, "Fjørd");
    term_keys(t, "w");
    wait_selected(t, "windows-1252");
    term_wait_text(t, "Fj¿rd");
    term_keys(t, "<Enter>");
    wait_selected(t, "Klara Fj¿rd");
    term_keys(t, "em");
    wait_selected(t, "macintosh");
    term_keys(t, "<Enter>");
    wait_selected(t, "Klara Fjørd");
    finish(t);
}

/* Read as other letters the file has fewer columns: the one in hand is none of them. */
static void fewer_columns_in_other_letters(void **state)
{
    (void)state;
    struct term *t =
        rehearse("Fornavn;Etternavn;E-post;Telefon\nKlara;Fjeld;k@a.example;91234567\n");
    term_wait_text(t, "1 new");
    term_keys(t, "<Tab><End>e");
    term_wait_text(t, "7  UTF-16LE");
    term_keys(t, "7");
    term_wait_row(t, 1, "UTF-16LE");
    term_keys(t, "<Enter>");
    term_wait_text(t, "as the file says");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "as the file says");
    term_keys(t, "e3");
    term_wait_text(t, "1 new");
    finish(t);
}

static void unclear_rows_and_differing_values(void **state)
{
    (void)state;
    struct term *t =
        rehearse("Navn;E-post;Mobil\nÅse Ødegård;ase.odegard@asker.example;49123456\n");
    term_wait_text(t, "differing values are kept");
    term_wait_text(t, "unclear rows are left out");
    term_wait_text(t, "1 matched");
    term_keys(t, "r");
    term_wait_text(t, "differing values are replaced");
    term_wait_text(t, "1 changed");
    term_keys(t, "o");
    term_wait_text(t, "unclear people are made new");
    term_keys(t, "oo");
    term_wait_text(t, "unclear rows are left out");
    finish(t);
}

static void identity_numbers_are_seen(void **state)
{
    (void)state;
    struct term *t = rehearse("Navn;Merknad\nKlara Fjeld;f\xc3\xb8"
                              "dt 03848540004\n");
    term_wait_text(t, "1 identity numbers left out (first on line 2)");
    assert_null(strstr(term_screen(t), "03848540004"));
    finish(t);
}

static void cells_are_pasted(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3");
    term_wait_text(t, "Contacts");
    paste(t, "Navn\tE-post\rKlara Fjeld\tklara@a.example\rÅse Dal\tase@a.example\r");
    term_wait_text(t, "What are these cells?");
    term_keys(t, "<Enter>");
    term_wait_row(t, 1, "Import · pasted cells");
    term_wait_text(t, "2 new");
    wait_selected(t, "Klara Fjeld");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Import 1: 2 new");
    assert_true(was_written("klara", "Klara,Fjeld"));
    leave(t);
}

/* Into a cohort, in a terminal that does not mark what is pasted. */
static void cells_are_pasted_as_keys(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sbim<Enter><Down>");
    wait_selected(t, "/1");
    term_keys(t, "<C-v>");
    term_wait_text(t, "Paste the cells now");
    term_send(t, "Navn\tE-post\rKlara Fjeld\tklara@a.example\r", 40);
    term_wait_text(t, "2 lines so far");
    term_wait_text(t, "Klara Fjeld");
    term_keys(t, "<C-d>");
    term_wait_text(t, "1  Participants of BIM/1");
    term_keys(t, "1");
    term_wait_row(t, 1, "pasted cells → BIM/1");
    term_wait_text(t, "1 new");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Import 1: 1 new");
    term_keys(t, "<C-v>");
    term_wait_text(t, "Paste the cells now");
    term_keys(t, "<C-d>");
    term_wait_row(t, MESSAGE, "Nothing was pasted.");
    leave(t);
}

/* What is pasted is never taken for commands: `d` would remove, `q` would leave. */
static void a_paste_is_no_command(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3s");
    paste(t, "Ødegård\r");
    term_wait_text(t, "Ødegård, Åse");
    term_keys(t, "<Enter><Enter>");
    term_wait_text(t, "ase.odegard@asker.example");
    paste(t, "dyqdy");
    term_wait_row(t, MESSAGE, "Paste into a field");
    term_keys(t, "q");
    term_wait_text(t, "Ødegård, Åse");
    paste(t, "q");
    term_wait_text(t, "What are these cells?");
    term_keys(t, "<Enter>");
    term_wait_row(t, 1, "pasted cells");
    finish(t);
}

static bool sent_clipboard(struct term *t, const void *arg)
{
    (void)arg;
    return strstr(term_bytes(t), "\033]52;c;") != NULL;
}

static void a_list_is_copied(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3sødegård<Enter>");
    wait_selected(t, "Ødegård");
    term_mark(t);
    term_keys(t, "Y");
    term_wait(t, sent_clipboard, NULL, "the clipboard's sequence");
    term_wait_row(t, MESSAGE, "row copied");
    leave(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_is_mended),
        cmocka_unit_test(a_candidate_is_chosen),
        cmocka_unit_test(a_row_is_left_out),
        cmocka_unit_test(decisions_outlive_the_letters),
        cmocka_unit_test(columns_that_nobody_knows),
        cmocka_unit_test(a_column_is_mapped_in_place),
        cmocka_unit_test(the_letters_are_chosen),
        cmocka_unit_test(fewer_columns_in_other_letters),
        cmocka_unit_test(unclear_rows_and_differing_values),
        cmocka_unit_test(identity_numbers_are_seen),
        cmocka_unit_test(cells_are_pasted),
        cmocka_unit_test(cells_are_pasted_as_keys),
        cmocka_unit_test(a_paste_is_no_command),
        cmocka_unit_test(a_list_is_copied),
    };
    return cmocka_run_group_tests_name("rehearsal", tests, stage_open, stage_close);
}
