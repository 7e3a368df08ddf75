/* Two at the same record: who has it open, what the other saves, and which value holds. */
#include "config.h"

#include "stage.h"

enum { VALUE = 22 }; /* the column where values begin */

static bool has_focus(struct term *t, const void *arg)
{
    int row, col;
    return term_cursor(t, &row, &col) && col >= VALUE && term_row(t, row)[0] == '>' &&
           strstr(term_row(t, row), arg);
}

#define wait_field(t, label) term_wait(t, has_focus, label, "the field " label)

static const char emil[] = "emil.bergset@asker.example";

static void open_form(struct term *t)
{
    term_keys(t, "3sbergset emil");
    term_wait_row(t, FIRST_ROW, "Bergset, Emil");
    term_keys(t, "<Enter>e");
    term_wait_row(t, 1, "Change: Emil Bergset");
    wait_field(t, "Given name");
}

static struct term *start_form(void)
{
    struct term *t = start();
    open_form(t);
    return t;
}

/* The sign in the margin of the row with this text. */
static char sign_of(struct term *t, const char *text)
{
    int row = 0;
    term_assert(t, term_find(t, text, &row, NULL));
    return term_row(t, row)[1];
}

static const char *shown(void)
{
    RUN("-d", database(), "show", "person", emil);
    return said;
}

/* ---- what others save -------------------------------------------------------------------------
 */

/* Fields that are not touched here take the new values at once; saving asks nothing. */
static void untouched_fields_are_taken_over(void **state)
{
    (void)state;
    struct term *t = start_form();
    term_keys(t, "<PgDn>");
    wait_field(t, "Note");
    term_keys(t, "min merknad");
    RUN("-d", database(), "set", "person", emil, "phone=49322222", "family_name=Bergseth");
    term_wait_row(t, 2, "= ");
    term_wait_row(t, 2, "saved this record at ");
    term_wait_text(t, "taken over: Family name, Phone.");
    term_wait_text(t, "493 22 222");
    term_assert(t, sign_of(t, "493 22 222") == '=' && sign_of(t, "Family name Bergseth") == '=');
    term_assert(t, sign_of(t, "min merknad") != '=');
    wait_field(t, "min merknad");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Saved: Emil Bergseth");
    shown();
    assert_true(was_said("493 22 222"));
    assert_true(was_said("min merknad"));
    leave(t);
}

static void both_typed_the_same(void **state)
{
    (void)state;
    struct term *t = start_form();
    term_keys(t, "Emilian");
    wait_field(t, "Emilian");
    RUN("-d", database(), "set", "person", emil, "given_name=Emilian");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Saved: Emilian Bergset");
    leave(t);
}

static void fields_that_both_changed(void **state)
{
    (void)state;
    struct term *t = start_form();
    term_keys(t, "<Down><Down><Down>");
    wait_field(t, "Phone");
    term_keys(t, "49311111<Down>Emilen<Down>min merknad");
    RUN("-d", database(), "set", "person", emil, "phone=49322222", "alias=Emma",
        "note=deres merknad", "given_name=Emilian");
    /* It is said before anything is saved. */
    term_wait_row(t, 2, "when you save, both versions are shown");
    term_wait_text(t, "Emilian");
    term_assert(t, sign_of(t, "493 11 111") == '#' && sign_of(t, "Given name Emilian") == '=');
    term_keys(t, "<F8>");
    term_wait_row(t, 1, "Changed by somebody else too: Emilian Bergset");
    term_wait_row(t, 4, "* 493 11 111");
    term_wait_row(t, 4, "493 22 222");
    term_assert(t, !strstr(term_row(t, 4), "* 493 22 222"));
    term_wait_text(t, "theirs is of");
    term_assert(t, !term_find(t, "Given name", NULL, NULL)); /* only theirs is changed */
    term_assert(t, !term_find(t, "  both", NULL, NULL));     /* of a number there is one */
    term_keys(t, " ");
    term_wait_row(t, 4, "* 493 22 222");
    term_keys(t, "<Left>");
    term_wait_row(t, 4, "* 493 11 111");
    term_keys(t, "<Right>");
    term_wait_row(t, 4, "* 493 22 222");
    term_keys(t, "<Down>  "); /* mine, theirs, both */
    term_wait_text(t, "* both");
    term_wait_text(t, "Emilen; Emma");
    term_keys(t, "<Down>  ");
    term_wait_row(t, 6, "* min merknad");
    term_wait_row(t, 6, "* deres merknad");
    term_resize(t, 16, 60);
    term_wait_row(t, 6, "* deres merknad");
    term_resize(t, 24, 80);
    term_wait_row(t, 6, "* deres merknad");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Saved: Emilian Bergset");
    shown();
    assert_true(was_said("493 22 222"));
    assert_true(was_said("Emilen; Emma"));
    assert_true(was_said("min merknad\n"));
    assert_true(was_said("deres merknad\n"));
    assert_true(was_said("Emilian"));
    leave(t);
}

/* A third one saves while two versions are looked at: what they changed is met in turn. */
static void a_third_one_saves_meanwhile(void **state)
{
    (void)state;
    struct term *t = start_form();
    term_keys(t, "Emilius");
    wait_field(t, "Emilius");
    RUN("-d", database(), "set", "person", emil, "given_name=Emilian");
    term_keys(t, "<F8>");
    term_wait_row(t, 4, "* Emilius");
    RUN("-d", database(), "set", "person", emil, "given_name=Emmanuel", "phone=49333333");
    term_keys(t, "<F8>");
    term_wait_row(t, 4, "Emmanuel");
    term_wait_text(t, "Emilian"); /* what was before */
    term_wait_row(t, 4, "* Emilius");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Saved: Emilius Bergset");
    shown();
    assert_true(was_said("493 33 333"));
    leave(t);
}

/* Going back from the two versions loses nothing. */
static void a_conflict_can_be_left(void **state)
{
    (void)state;
    struct term *t = start_form();
    term_keys(t, "Emilius");
    wait_field(t, "Emilius");
    RUN("-d", database(), "set", "person", emil, "given_name=Emilian");
    term_keys(t, "<F8>");
    term_wait_row(t, 1, "Changed by somebody else too");
    term_wait_text(t, "theirs is of");
    term_assert(t, !term_find(t, "  both", NULL, NULL)); /* nobody is called "Emilius; Emilian" */
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

/* Values that are too long for the screen are read to their ends. */
static void long_values_are_read_whole(void **state)
{
    (void)state;
    struct term *t = start_form();
    char note[3000] = "note=";
    for (int i = 0; i < 60; i++)
        snprintf(note + strlen(note), sizeof note - strlen(note), "nr%d i merknaden deres ", i);
    strcat(note, "helt til slutt");
    term_keys(t, "<PgDn>");
    wait_field(t, "Note");
    term_keys(t, "min merknad");
    RUN("-d", database(), "set", "person", emil, note);
    term_keys(t, "<F8>");
    term_wait_row(t, 1, "Changed by somebody else too");
    term_wait_text(t, "nr2 i");
    term_assert(t, !term_find(t, "helt til slutt", NULL, NULL));
    term_wait_text(t, "PgUp, PgDn: the rest");
    term_keys(t, "<PgDn><PgDn><PgDn><PgDn><PgDn><PgDn>");
    term_wait_text(t, "helt til slutt");
    term_wait_text(t, "theirs is of");
    term_keys(t, "<PgUp><PgUp><PgUp><PgUp><PgUp><PgUp>");
    term_wait_text(t, "nr2 i");
    term_keys(t, "q");
    term_wait_row(t, 1, "Change:");
    term_keys(t, "<C-r>");
    term_wait_text(t, "y: yes");
    term_keys(t, "y");
    leave(t);
}

/* What was typed before the line was cut meets what others saved since. */
static void a_draft_meets_what_others_saved(void **state)
{
    (void)state;
    struct term *t = start_form();
    term_keys(t, "Emilius<Down>Bergseter<Down>");
    wait_field(t, "E-mail");
    term_hangup(t);
    assert_int_equal(term_wait_exit(t), 0);
    term_end(t);
    RUN("-d", database(), "set", "person", emil, "given_name=Emilian", "phone=49333333");
    t = come_back();
    term_wait_row(t, 1, ">3 Contacts   4 Today   Search: bergset emil");
    wait_selected_at(t, FIRST_ROW, "Bergset, Emilian");
    term_keys(t, "e");
    term_wait_row(t, 2, "Restored from your draft");
    term_wait_text(t, "Bergseter");
    term_assert(t, sign_of(t, "Emilius") == '#' && sign_of(t, "Bergseter") == '+');
    term_wait_text(t, "493 33 333");
    term_keys(t, "<F8>");
    term_wait_row(t, 1, "Changed by somebody else too");
    term_wait_row(t, 4, "* Emilius");
    term_wait_row(t, 4, "Emilian");
    term_assert(t, !term_find(t, "Family name", NULL, NULL));
    term_keys(t, " <F8>");
    term_wait_row(t, MESSAGE, "Saved: Emilian Bergseter");
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
    term_wait_row(t, 2, "removed this record");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "there is no such record");
    term_wait_text(t, "Lang"); /* still there to be copied */
    term_keys(t, "<C-r>");
    term_wait_text(t, "y: yes");
    term_keys(t, "y");
    term_wait_row(t, 1, ">3 Contacts");
    leave(t);
}

/* ---- who has it open --------------------------------------------------------------------------
 */

static void who_else_has_it_open(void **state)
{
    (void)state;
    struct term *t = start_form();
    term_assert(t, !strstr(term_row(t, 1), "Also open"));
    struct term *other = open_desk(24, 80, "en", NULL);
    open_form(other);
    term_wait_row(other, 1, "Also open: ");
    term_wait_row(t, 1, "Also open: "); /* by itself */
    /* What the other one saves arrives here. */
    term_keys(other, "<Down>Berge<F8>");
    term_wait_row(other, MESSAGE, "Saved: Emil Berge");
    term_wait_text(t, "taken over: Family name.");
    wait_field(t, "Given name");
    bool gone = false;
    for (int i = 0; i < 100 && !gone; i++) {
        term_wait_idle(t, 100);
        gone = !strstr(term_row(t, 1), "Also open");
    }
    term_assert(t, gone);
    term_keys(t, "<Esc>");
    term_wait_row(t, 1, ">3 Contacts");
    leave(other);
    leave(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(untouched_fields_are_taken_over),
        cmocka_unit_test(both_typed_the_same),
        cmocka_unit_test(fields_that_both_changed),
        cmocka_unit_test(a_third_one_saves_meanwhile),
        cmocka_unit_test(a_conflict_can_be_left),
        cmocka_unit_test(long_values_are_read_whole),
        cmocka_unit_test(a_draft_meets_what_others_saved),
        cmocka_unit_test(removed_meanwhile),
        cmocka_unit_test(who_else_has_it_open),
    };
    return cmocka_run_group_tests_name("conflict", tests, stage_open, stage_close);
}
