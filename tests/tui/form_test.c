/* Forms on a terminal: filling in, errors beside the field, choices, completion, drafts, conflicts.
 */
#include "config.h"

#include <signal.h>

#include "stage.h"

enum { VALUE = 22 }; /* the column where values begin */

/* The field with this label is the one in focus: it is pointed at, and the cursor stands in its
 * value. */
static bool has_focus(struct term *t, const void *arg)
{
    int row, col;
    return term_cursor(t, &row, &col) && col >= VALUE && term_row(t, row)[0] == '>' &&
           strstr(term_row(t, row), arg);
}

#define wait_field(t, label) term_wait(t, has_focus, label, "the field " label)

/* The form of somebody who is there, in the contacts. */
static struct term *open_person(const char *words)
{
    struct term *t = start();
    term_keys(t, "3s");
    term_keys(t, words);
    term_keys(t, "<Enter>e");
    term_wait_row(t, 1, "Change:");
    wait_field(t, "Given name");
    return t;
}

/* ---- filling in -------------------------------------------------------------------------------
 */

static void a_new_person_with_a_slip(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3n");
    term_wait_row(t, 1, "New: person");
    wait_field(t, "Given name");
    term_keys(t, "Berit Åse<Tab>Nygårdsvik<Enter>");
    wait_field(t, "E-mail");
    term_keys(t, "berit@<Down>49312345<F8>");
    term_wait_row(t, MESSAGE, "Not saved");
    wait_field(t, "E-mail");
    int row;
    term_cursor(t, &row, NULL);
    term_wait_row(t, row + 1, "@example.no"); /* what is wrong stands below the value */
    term_assert(t, strspn(term_row(t, row + 1), " ") == VALUE);
    RUN("-d", database(), "list", "people", "--search", "nygårdsvik", "--format", "csv");
    assert_null(strstr(said, "Nygårdsvik"));
    term_keys(t, "solgry.example");
    term_wait_row(t, row, "berit@solgry.example");
    term_wait_gone(t, "@example.no");
    term_keys(t, "<C-s>");
    term_wait_row(t, MESSAGE, "Made: Berit Åse Nygårdsvik");
    wait_selected(t, "Nygårdsvik, Berit Åse"); /* and it is the selected one */
    term_wait_row(t, 1, "166 rows");
    RUN("-d", database(), "list", "people", "--search", "nygårdsvik", "--format", "csv");
    assert_true(was_said("Berit Åse,Nygårdsvik,berit@solgry.example,493 12 345"));
    leave(t);
}

/* A PuTTY sends other bytes for its number keys. */
static void digits_from_the_number_keys(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3n");
    term_wait_row(t, 1, "New: person");
    wait_field(t, "Given name");
    term_keys(t, "Tall<Tab>Tastesen<Tab><Tab>");
    wait_field(t, "Phone");
    term_send(t, "\033Ok\033Ot\033Os \033Op\033Oq\033Or\033Os\033Ot\033Ou\033Ov\033Ow", 3 * 11 + 1);
    term_wait_text(t, "+43 01234567");
    term_send(t, "\033OM", 3);
    wait_field(t, "Also called");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Made: Tall Tastesen");
    leave(t);
}

static void from_field_to_field(void **state)
{
    (void)state;
    struct term *t = open_person("askeland");
    term_keys(t, "<Down>");
    wait_field(t, "Family name");
    term_keys(t, "<S-Tab>");
    wait_field(t, "Given name");
    term_keys(t, "<Up>");
    wait_field(t, "Note");
    term_keys(t, "<Tab>");
    wait_field(t, "Given name");
    term_keys(t, "<PgDn>");
    wait_field(t, "Note");
    term_keys(t, "<PgUp>");
    wait_field(t, "Given name");
    /* What stands there is selected: typing replaces it, an arrow keeps it. */
    term_keys(t, "<Right> Olava");
    term_wait_text(t, "Britt Olava");
    term_keys(t, "<Tab>Askelund");
    term_wait_gone(t, "Askeland ");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Saved: Britt Olava Askelund");
    leave(t);
}

static void choices_from_a_list(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3on");
    term_wait_row(t, 1, "New: organisation");
    wait_field(t, "Name");
    term_keys(t, "Solgry barnehage<Enter>");
    wait_field(t, "Kind");
    term_keys(t, "<Enter>");
    term_wait_text(t, "national centre");
    term_resize(t, 16, 60);
    term_wait_text(t, "national centre");
    term_resize(t, 24, 80);
    term_wait_text(t, "national centre");
    term_keys(t, "k<Enter>"); /* by its first letter */
    wait_field(t, "Ownership");
    term_keys(t, "<F4>");
    term_wait_text(t, "1  (empty)");
    term_keys(t, "3"); /* by its number */
    wait_field(t, "Organisation number");
    term_wait_text(t, "private");
    term_keys(t, "123456789<F8>");
    wait_field(t, "Organisation number");
    term_keys(t, "<C-u>974760673<F8>");
    term_wait_row(t, MESSAGE, "Made: Solgry barnehage");
    RUN("-d", database(), "list", "organisations", "--search", "solgry", "--format", "csv");
    assert_true(was_said("Solgry barnehage,kindergarten,private,974760673"));
    leave(t);
}

static void dates_are_typed_the_norwegian_way(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sbim<Enter><Down>");
    wait_selected(t, "/1");
    term_keys(t, "g");
    term_wait_row(t, 1, "New: gathering");
    term_wait_text(t, "BIM/1");
    wait_field(t, "Number");
    term_keys(t, "<Tab>Ekstra samling<Tab>+7<Tab>");
    term_wait_text(t, "2022-02-08"); /* what was understood */
    term_keys(t, "9.2.<Tab>Rådhuset<F8>");
    term_wait_row(t, MESSAGE, "Made: Ekstra samling");
    RUN("-d", database(), "list", "gatherings", "BIM/1", "--format", "csv");
    assert_true(was_said("Ekstra samling"));
    assert_true(was_said("2022-02-08,2022-02-09,Rådhuset"));
    leave(t);
}

/* ---- references -------------------------------------------------------------------------------
 */

static void an_organisation_is_completed(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3sbergset emil<Enter><Enter>");
    term_wait_row(t, 1, "person Emil Bergset");
    term_keys(t, "n");
    term_wait_row(t, 1, "New: position");
    wait_field(t, "Organisation");
    term_wait_text(t, "Emil Bergset");
    term_keys(t, "blåkl");
    term_wait_text(t, "Blåklokka barnehage  ·  Asker");
    term_resize(t, 16, 60);
    term_wait_text(t, "Blåklokka barnehage  ·");
    term_resize(t, 24, 80);
    term_wait_text(t, "Blåklokka barnehage  ·  Asker");
    term_keys(t, "<Down><Enter>");
    wait_field(t, "Position");
    term_wait_text(t, "Organisation * Blåklokka barnehage");
    term_wait_gone(t, "Blåklokka barnehage  ·");
    term_keys(t, "<Enter>");
    term_wait_text(t, "pedagogical leader");
    term_keys(t, "p<Enter><F8>");
    term_wait_row(t, MESSAGE, "Made:");
    wait_selected(t, "Blåklokka barnehage");
    RUN("-d", database(), "show", "person", "emil.bergset@asker.example");
    assert_true(was_said("Blåklokka barnehage"));
    /* A name that nothing has is said beside the field. */
    term_keys(t, "n");
    wait_field(t, "Organisation");
    term_keys(t, "Finnes ikke as<Tab>");
    term_wait_text(t, "nothing has this name");
    term_keys(t, "<C-x>");
    term_wait_row(t, 1, "person Emil Bergset");
    term_keys(t, "q");
    leave(t);
}

/* A kindergarten gets a head who is not known yet, without leaving the form. */
static void somebody_new_from_within_a_form(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3osblåklokka<Enter><Enter>");
    term_wait_row(t, 1, "Blåklokka barnehage");
    term_keys(t, "n");
    wait_field(t, "Person");
    term_keys(t, "Kari Anne Nyhus");
    term_wait_text(t, "+ new person “Kari Anne Nyhus”");
    term_keys(t, "<Down><Enter>");
    term_wait_row(t, 1, "New: person");
    wait_field(t, "E-mail");
    term_assert(t, term_find(t, "Given name Kari Anne", NULL, NULL) &&
                       term_find(t, "Family name Nyhus", NULL, NULL));
    term_keys(t, "kari.nyhus@asker.example<F8>");
    term_wait_row(t, 1, "New: position");
    term_wait_text(t, "Person * Kari Anne Nyhus");
    wait_field(t, "Organisation");
    term_keys(t, "<Tab><Enter>");
    term_wait_text(t, "head of kindergarten");
    term_keys(t, "h<Enter><F8>");
    wait_selected(t, "Kari Anne Nyhus");
    RUN("-d", database(), "list", "people", "--search", "nyhus", "--format", "csv");
    assert_true(was_said("Blåklokka barnehage"));
    term_keys(t, "q");
    leave(t);
}

/* ---- drafts -----------------------------------------------------------------------------------
 */

static void type_a_note(struct term *t)
{
    term_keys(t, "<PgDn>");
    wait_field(t, "Note");
    term_keys(t, "ringer på mandag");
    term_wait_text(t, "ringer på mandag");
}

static void find_the_note_again(const char *words)
{
    struct term *t = open_desk(24, 80, "en", NULL);
    term_keys(t, "3s");
    term_keys(t, words);
    term_keys(t, "<Enter>e");
    term_wait_row(t, MESSAGE, "Your draft");
    term_wait_text(t, "ringer på mandag");
    term_keys(t, "<C-x>");
    term_wait_row(t, MESSAGE, "Thrown away");
    term_keys(t, "e");
    term_wait_row(t, 1, "Change:");
    wait_field(t, "Given name");
    term_wait_gone(t, "ringer på mandag");
    term_keys(t, "<C-g>");
    term_wait_row(t, 1, ">3 Contacts");
    leave(t);
}

static void a_draft_outlives_a_cut_line(void **state)
{
    (void)state;
    struct term *t = open_person("askeland");
    type_a_note(t);
    term_hangup(t);
    assert_int_equal(term_wait_exit(t), 0);
    term_end(t);
    find_the_note_again("askeland");
}

static void a_draft_outlives_a_signal(void **state)
{
    (void)state;
    static const int signals[] = {SIGHUP, SIGTERM};
    for (size_t i = 0; i < 2; i++) {
        struct term *t = open_person("askeland");
        type_a_note(t);
        kill(term_pid(t), signals[i]);
        assert_int_equal(term_wait_exit(t), 0);
        assert_false(term_altscreen(t));
        term_end(t);
        find_the_note_again("askeland");
    }
}

/* Typed in one go with the hang-up, without the pause in which drafts are kept. */
static void a_draft_needs_no_pause(void **state)
{
    (void)state;
    struct term *t = open_person("askeland");
    type_a_note(t);
    term_keys(t, "<F1>");
    term_wait_row(t, 1, "Help");
    term_keys(t, "1"); /* past the form to a pane */
    term_wait_row(t, 1, ">1 Offerings");
    leave(t);
    find_the_note_again("askeland");
}

static void leaving_a_form_keeps_a_draft(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3n");
    wait_field(t, "Given name");
    term_keys(t, "Halvferdig<Esc>");
    term_wait_row(t, MESSAGE, "kept as a draft");
    term_keys(t, "n");
    term_wait_row(t, MESSAGE, "Your draft");
    term_wait_text(t, "Halvferdig");
    term_keys(t, "<PgDn>");
    wait_field(t, "Note");
    /* Its commands are in the menu too. */
    term_keys(t, "<F9>");
    term_wait_text(t, "Throw away");
    term_wait_text(t, "Choices");
    term_wait_text(t, "│ Save");
    term_keys(t, "t<Enter>");
    term_wait_row(t, MESSAGE, "Thrown away");
    term_keys(t, "n");
    wait_field(t, "Given name");
    term_wait_gone(t, "Halvferdig");
    term_keys(t, "<Esc>");
    term_wait_row(t, 1, ">3 Contacts");
    leave(t);
}

/* ---- two at once ------------------------------------------------------------------------------
 */

static void two_save_the_same_record(void **state)
{
    (void)state;
    struct term *t = open_person("bergset emil");
    term_keys(t, "<Tab><Tab><Tab>");
    wait_field(t, "Phone");
    term_keys(t, "49311111<Tab><Tab>min merknad");
    RUN("-d", database(), "set", "person", "emil.bergset@asker.example", "phone=49322222",
        "given_name=Emilian");
    term_keys(t, "<F8>");
    term_wait_row(t, 1, "Changed by somebody else too");
    /* What only they changed is theirs, what only I changed is mine, what both did is asked for. */
    int row, other;
    term_wait_text(t, "* Emilian");
    term_wait_text(t, "* min merknad");
    term_wait_text(t, "* 493 11 111");
    term_assert(t, term_find(t, "493 22 222", &row, NULL));
    term_assert(t, term_find(t, "* 493 11 111", &other, NULL) && other == row);
    term_resize(t, 16, 60);
    term_wait_text(t, "* 493 11 111");
    term_resize(t, 24, 80);
    term_wait_text(t, "* 493 11 111");
    term_keys(t, "<F9>");
    term_wait_text(t, "Mine or theirs");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "Pause");
    term_keys(t, "<Down>");
    term_wait_row(t, row, ">");
    term_keys(t, " ");
    term_wait_text(t, "* 493 22 222");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Saved: Emilian Bergset");
    RUN("-d", database(), "show", "person", "emil.bergset@asker.example");
    assert_true(was_said("493 22 222"));
    assert_true(was_said("min merknad"));
    assert_true(was_said("Emilian"));
    leave(t);
}

/* Going back from the two versions loses nothing. */
static void a_conflict_can_be_left(void **state)
{
    (void)state;
    struct term *t = open_person("bergset emil");
    term_keys(t, "Emilius");
    term_wait_text(t, "Emilius");
    RUN("-d", database(), "set", "person", "emil.bergset@asker.example", "given_name=Emilian");
    term_keys(t, "<F8>");
    term_wait_row(t, 1, "Changed by somebody else too");
    term_keys(t, "q");
    term_wait_row(t, 1, "Change:");
    term_wait_text(t, "Emilius");
    term_keys(t, "<F8>");
    term_wait_row(t, 1, "Changed by somebody else too");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Saved: Emilius Bergset");
    RUN("-d", database(), "list", "people", "--search", "bergset", "--format", "csv");
    assert_true(was_said("Emilius,Bergset"));
    leave(t);
}

static void removed_meanwhile(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3n");
    wait_field(t, "Given name");
    term_keys(t, "Kort<Tab>Besøk<F8>");
    wait_selected(t, "Besøk, Kort");
    RUN("-d", database(), "list", "people", "--search", "besøk", "--format", "csv");
    char id[24];
    assert_int_equal(sscanf(strchr(said, '\n'), " %20[0-9]", id), 1);
    term_keys(t, "e");
    wait_field(t, "Given name");
    term_keys(t, "Lang");
    RUN("-d", database(), "remove", "person", id);
    term_keys(t, "<F8>");
    term_wait_idle(t, 300);
    term_wait_text(t, "Lang"); /* still there to be copied */
    term_assert(t, term_row(t, MESSAGE)[1] != '\0');
    term_keys(t, "<C-x>");
    term_wait_row(t, 1, ">3 Contacts");
    leave(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_person_with_a_slip),
        cmocka_unit_test(digits_from_the_number_keys),
        cmocka_unit_test(from_field_to_field),
        cmocka_unit_test(choices_from_a_list),
        cmocka_unit_test(dates_are_typed_the_norwegian_way),
        cmocka_unit_test(an_organisation_is_completed),
        cmocka_unit_test(somebody_new_from_within_a_form),
        cmocka_unit_test(a_draft_outlives_a_cut_line),
        cmocka_unit_test(a_draft_outlives_a_signal),
        cmocka_unit_test(a_draft_needs_no_pause),
        cmocka_unit_test(leaving_a_form_keeps_a_draft),
        cmocka_unit_test(two_save_the_same_record),
        cmocka_unit_test(a_conflict_can_be_left),
        cmocka_unit_test(removed_meanwhile),
    };
    return cmocka_run_group_tests_name("form", tests, stage_open, stage_close);
}
