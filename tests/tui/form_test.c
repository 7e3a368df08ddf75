/* Forms on a terminal: filling in, errors below the field, choices, completion, drafts, leaving. */
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

/* This row of what is offered is pointed at. */
static bool is_offered(struct term *t, const void *arg)
{
    int row, col;
    return term_cursor(t, &row, &col) && term_attr(t, row, col).reverse &&
           strstr(term_row(t, row), arg);
}

#define wait_offered(t, text) term_wait(t, is_offered, text, "offered: " text)
#define wait_field(t, label)  term_wait(t, has_focus, label, "the field " label)

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

/* Ctrl-R, and the key that confirms it. */
static void throw_away(struct term *t)
{
    term_keys(t, "<C-r>");
    term_wait_text(t, "y: yes, throw it away");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "Thrown away");
}

static void leave_chooser(struct term *t, const char *pick)
{
    term_keys(t, "<Esc>");
    term_wait_text(t, "This was not saved yet");
    term_keys(t, pick);
    term_wait_gone(t, "This was not saved yet");
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

/* Without opening the list: by letters, and one after the other. */
static void choices_in_place(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3on");
    wait_field(t, "Name");
    term_keys(t, "Solgry<Tab>");
    wait_field(t, "Kind * kindergarten");
    term_keys(t, "s");
    wait_field(t, "Kind * school");
    term_keys(t, "u"); /* "su" */
    wait_field(t, "Kind * support service");
    term_keys(t, "<Left>");
    wait_field(t, "Kind * national centre");
    term_keys(t, " ");
    wait_field(t, "Kind * support service");
    term_keys(t, "z");
    term_wait_row(t, MESSAGE, "No choice here begins with “z”");
    wait_field(t, "Kind * support service");
    term_keys(t, "<BS>"); /* it must have one */
    wait_field(t, "Kind * support service");
    term_keys(t, "<Tab><Right>");
    wait_field(t, "Ownership municipal");
    term_keys(t, "p");
    wait_field(t, "Ownership private");
    term_keys(t, "<BS>");
    wait_field(t, "Ownership");
    term_wait_gone(t, "private");
    term_keys(t, "s<F8>");
    term_wait_row(t, MESSAGE, "Made: Solgry");
    RUN("-d", database(), "list", "organisations", "--search", "solgry", "--format", "csv");
    assert_true(was_said("Solgry,support_service,state"));
    leave(t);
}

/* What is wrong is said as one leaves the field, what is right is shown as it will be stored. */
static void values_are_checked_at_once(void **state)
{
    (void)state;
    struct term *t = start();
    int row;
    term_keys(t, "3n");
    wait_field(t, "Given name");
    term_keys(t, "Ola<Down>Nordmann<Down>OLA.Nordmann@Example.NO<Down>");
    wait_field(t, "Phone");
    term_wait_text(t, "ola.nordmann@example.no");
    term_keys(t, "123<Down>");
    wait_field(t, "Also called");
    term_wait_text(t, "this is no phone number");
    term_find(t, "Phone 123", &row, NULL);
    term_assert(t, term_row(t, row)[1] == '!');
    term_keys(t, "<Up>91234567<Down>");
    term_wait_text(t, "912 34 567");
    term_wait_gone(t, "this is no phone number");
    /* Nothing can be chosen in a text. */
    term_keys(t, "<F4>");
    term_wait_row(t, MESSAGE, "Nothing can be chosen in this field");
    leave_chooser(t, "3");
    leave(t);
}

static void typing_is_taken_back(void **state)
{
    (void)state;
    struct term *t = open_person("askeland");
    term_keys(t, "Berit");
    wait_field(t, "Given name Berit");
    term_keys(t, "<C-z>");
    wait_field(t, "Given name Britt");
    term_keys(t, "<C-y>");
    wait_field(t, "Given name Berit");
    term_keys(t, "<C-z>");
    wait_field(t, "Given name Britt");
    term_keys(t, "<C-z>"); /* there is no more, and nobody's change in the database is taken back */
    term_wait_row(t, MESSAGE, "Nothing was typed in this field");
    term_keys(t, "<Esc>"); /* as it was: nothing is asked */
    term_wait_row(t, 1, ">3 Contacts");
    leave(t);
}

static void notes_have_lines(void **state)
{
    (void)state;
    struct term *t = open_person("askeland");
    term_keys(t, "<PgDn>");
    wait_field(t, "Note");
    term_keys(t, "linje en<Enter>linje to");
    term_wait_text(t, "linje to");
    int first, second;
    term_assert(t, term_find(t, "linje en", &first, NULL));
    term_assert(t, term_find(t, "linje to", &second, NULL) && second == first + 1);
    term_keys(t, "<Up><Up>"); /* up in the note, and out of it */
    wait_field(t, "Also called");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Saved: Britt Askeland");
    RUN("-d", database(), "list", "people", "--search", "askeland", "--format", "csv");
    char id[24];
    assert_int_equal(sscanf(strchr(said, '\n'), " %20[0-9]", id), 1);
    RUN("-d", database(), "show", "person", id);
    assert_true(was_said("linje en\n"));
    assert_true(was_said("linje to\n"));
    leave(t);
}

/* Another day from the calendar, at the same time. */
static void days_from_a_calendar(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sbim<Enter><Down>");
    wait_selected(t, "/1");
    term_keys(t, "g");
    wait_field(t, "Number");
    term_keys(t, "<Tab>Ekstra<Tab>tirs 9");
    term_keys(t, "<Enter>"); /* typed: it goes on */
    wait_field(t, "Ends");
    term_wait_text(t, "2022-02-08 09:00   Tuesday");
    term_keys(t, "<Up><Enter>");
    term_wait_text(t, "February 2022");
    term_keys(t, "<Right><Enter>");
    term_wait_gone(t, "February 2022");
    wait_field(t, "Starts 2022-02-09 09:00   Wednesday");
    term_keys(t, "<Down><F4>"); /* what ends begins to be looked for where it starts */
    term_wait_text(t, "Wednesday 9 February 2022");
    term_keys(t, "<Enter><F8>");
    term_wait_row(t, MESSAGE, "Made: Ekstra");
    RUN("-d", database(), "list", "gatherings", "BIM/1", "--format", "csv");
    assert_true(was_said("2022-02-09T09:00,2022-02-09"));
    leave(t);
}

/* ---- how it is shown and touched --------------------------------------------------------------
 */

/* For screen readers: the label before the value, no rules, the cursor on the value. */
static void a_plain_form(void **state)
{
    (void)state;
    current = fresh_database();
    struct term *t = open_desk(24, 80, "en", (const char *const[]){"SAMLING_DISPLAY=plain", NULL});
    term_keys(t, "3n");
    term_wait_row(t, 1, "New: person");
    term_wait_row(t, 3, "  Given name:");
    term_wait_cursor(t, 3, 14);
    term_assert(t, !term_find(t, "──", NULL, NULL) && !term_find(t, ">", NULL, NULL));
    term_keys(t, "Berit<Tab>Ås<Tab>berit@<Tab>");
    term_wait_row(t, 6, "  this is no e-mail address");
    term_wait_row(t, 5, " !E-mail: berit@");
    term_wait_cursor(t, 7, 9);
    leave_chooser(t, "3");
    leave(t);
}

static void click_on(struct term *t, const char *words)
{
    char bytes[64];
    int row = 0, col = 0;
    term_assert(t, term_find(t, words, &row, &col));
    int n = snprintf(bytes, sizeof bytes, "\033[<0;%d;%dM\033[<0;%d;%dm", col + 1, row + 1, col + 1,
                     row + 1);
    term_send(t, bytes, (size_t)n);
}

static void a_click_moves_the_focus(void **state)
{
    (void)state;
    current = fresh_database();
    struct term *t = open_desk(24, 80, "en", (const char *const[]){"SAMLING_DISPLAY=mouse", NULL});
    term_keys(t, "3sbergset emil<Enter>e");
    wait_field(t, "Given name");
    click_on(t, "set@asker");
    wait_field(t, "E-mail");
    int row, col;
    term_assert(t, term_cursor(t, &row, &col) && term_find(t, "set@asker", NULL, &col));
    term_wait_cursor(t, row, col);
    click_on(t, "Also called");
    wait_field(t, "Also called");
    term_keys(t, "<Esc>q");
    term_end(t);
}

/* Smaller than its fields: it says that there are more, and the one in focus is seen. */
static void a_small_window(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3on");
    wait_field(t, "Name");
    term_resize(t, 16, 60);
    term_wait_row(t, 13, " ↓ ");
    term_keys(t, "<PgDn>");
    wait_field(t, "Note");
    term_wait_row(t, 2, " ↑ ");
    term_keys(t, "en note<Enter>to");
    term_wait_text(t, "|to");
    term_keys(t, "<PgUp>"); /* is the note's until it is at its first row */
    wait_field(t, "Note|en note");
    term_keys(t, "<PgUp>");
    wait_field(t, "Name");
    term_resize(t, 24, 80);
    term_wait_text(t, "Note en note");
    leave_chooser(t, "3");
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
    throw_away(t);
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

/* A name that begins so comes before one that is found otherwise; the only one is taken by Enter.
 */
static void people_are_completed(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3osblåklokka<Enter><Enter>");
    term_wait_row(t, 1, "Blåklokka barnehage");
    term_keys(t, "n");
    wait_field(t, "Person");
    term_keys(t, "berg");
    term_wait_text(t, "+ new person “berg”"); /* painted last */
    int by_name, by_place;
    term_assert(t, term_find(t, "Rannveig Bergset", &by_name, NULL));
    term_assert(t, term_find(t, "Bergknatten", &by_place, NULL) && by_name < by_place);
    term_keys(t, "<Enter>"); /* several: it points at the first, and stays */
    wait_offered(t, "Emil Bergset");
    term_keys(t, "<BS><BS><BS><BS>bergset emil");
    term_wait_gone(t, "Rannveig");
    term_wait_text(t, "Emil Bergset  ·  ");
    term_keys(t, "<Enter>"); /* the only one */
    wait_field(t, "Organisation");
    term_wait_text(t, "Person * Emil Bergset   ");
    throw_away(t);
    term_keys(t, "q");
    leave(t);
}

/* A gathering of a cohort that is made on the way. */
static void a_new_cohort_from_within_a_form(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sbim<Enter><Down>");
    wait_selected(t, "/1");
    term_keys(t, "g");
    wait_field(t, "Number");
    term_keys(t, "<Up>BIM");
    term_wait_text(t, "BIM/2  ·  Pulje 2");
    term_keys(t, "/1<F4>"); /* all that begin so */
    term_wait_text(t, "+ new cohort “BIM/1”");
    term_keys(t, "<C-u>BIM Vårgruppa");
    term_wait_text(t, "+ new cohort “BIM Vårgruppa”");
    term_keys(t, "<Down><Enter>");
    term_wait_row(t, 1, "New: cohort");
    term_wait_text(t, "Offering * BIM ");
    term_wait_text(t, "Name * Vårgruppa");
    term_keys(t, "<F8>");
    term_wait_row(t, 1, "New: gathering");
    term_wait_text(t, "Cohort * BIM/3   Vårgruppa");
    wait_field(t, "Number");
    term_keys(t, "<Tab>Oppstart<F8>");
    term_wait_row(t, MESSAGE, "Made: Oppstart");
    RUN("-d", database(), "list", "gatherings", "BIM/3", "--format", "csv");
    assert_true(was_said("BIM/3/1"));
    leave(t);
}

/* ---- what is proposed -------------------------------------------------------------------------
 */

static void the_next_number_is_proposed(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sbim<Enter><Down>");
    wait_selected(t, "/1");
    term_keys(t, "g");
    term_wait_row(t, 1, "New: gathering");
    wait_field(t, "Number * 6");
    term_wait_text(t, "Gathering 6");
    /* Of another cohort it is another one … */
    term_keys(t, "<S-Tab>SIM/1<Tab>");
    wait_field(t, "Number * 1");
    term_wait_text(t, "Gathering 1");
    /* … also when somebody else takes it meanwhile … */
    RUN("-d", database(), "add", "gathering", "cohort=SIM/1", "title=Først");
    wait_field(t, "Number * 2");
    term_wait_text(t, "Gathering 2");
    /* … but not one that was typed. */
    term_keys(t, "30<S-Tab>BIM/1<Tab>");
    wait_field(t, "Number * 30");
    term_wait_text(t, "Gathering 30");
    term_keys(t, "<C-u><Tab>"); /* emptied, it is proposed again */
    wait_field(t, "Title * Gathering 6");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Made: Gathering 6");
    RUN("-d", database(), "show", "gathering", "BIM/1/6");
    assert_true(was_said("Gathering 6"));
    leave(t);
}

/* The offering is chosen in the form itself. */
static void a_number_waits_for_what_it_counts(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "szzzz<Enter>");
    term_wait_text(t, "Nothing found.");
    term_keys(t, "<F9>");
    term_wait_text(t, "┌─");
    term_keys(t, "<Esc>");
    term_wait_gone(t, "┌─");
    term_keys(t, "<C-p>new cohort<Enter>");
    term_wait_row(t, 1, "New: cohort");
    wait_field(t, "Offering");
    term_assert(t, !term_find(t, "Cohort 1", NULL, NULL));
    term_keys(t, "BIM<Tab>");
    wait_field(t, "Number * 3");
    term_wait_text(t, "Cohort 3");
    term_keys(t, "<S-Tab>");
    wait_field(t, "Offering");
    term_keys(t, "KLOFTET<F8>"); /* saved from the field that changes it */
    term_wait_row(t, MESSAGE, "Made: Cohort 1");
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

/* Contacts are as they were left, the person in hand. */
static void find_the_note_again(const char *row_in_hand)
{
    struct term *t = come_back();
    term_keys(t, "3");
    term_wait_row(t, 1, ">3 Contacts");
    term_wait(t, is_selected, (&(struct selection){FIRST_ROW, row_in_hand}), row_in_hand);
    term_keys(t, "e");
    term_wait_row(t, 2, "Restored from your draft of 2");
    term_wait_row(t, 2, ": Note. Ctrl-R throws it away.");
    int row;
    term_wait_text(t, "ringer på mandag");
    term_assert(t, term_find(t, "ringer på mandag", &row, NULL) && term_row(t, row)[1] == '+');
    throw_away(t);
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
    find_the_note_again("Askeland, Britt");
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
        find_the_note_again("Askeland, Britt");
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
    find_the_note_again("Askeland, Britt");
}

static void leaving_asks(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3n");
    wait_field(t, "Given name");
    term_keys(t, "<Esc>"); /* nothing typed: nothing asked */
    term_wait_row(t, 1, ">3 Contacts");
    term_keys(t, "n");
    wait_field(t, "Given name");
    term_keys(t, "Halvferdig");
    leave_chooser(t, "4"); /* go on typing */
    wait_field(t, "Given name");
    term_keys(t, "<Tab>Hansen");
    leave_chooser(t, "<Esc>"); /* the same */
    wait_field(t, "Family name");
    leave_chooser(t, "k<Enter>"); /* keep */
    term_wait_row(t, MESSAGE, "kept as a draft");
    term_keys(t, "n");
    term_wait_row(t, 2, ": Given name, Family name.");
    term_wait_row(t, 3, "Ctrl-R throws it away.");
    term_wait_text(t, "Halvferdig");
    leave_chooser(t, "1"); /* save */
    term_wait_row(t, MESSAGE, "Made: Halvferdig Hansen");
    term_keys(t, "e");
    wait_field(t, "Given name");
    term_wait_row(t, 2, "──"); /* no draft any more */
    term_keys(t, "Borte");
    leave_chooser(t, "3"); /* throw away */
    term_wait_row(t, MESSAGE, "Thrown away");
    term_keys(t, "e");
    wait_field(t, "Given name");
    term_wait_gone(t, "Borte");
    term_keys(t, "Borte<C-r>");
    term_wait_text(t, "y: yes, throw it away");
    term_keys(t, "n"); /* any other key */
    term_wait_row(t, MESSAGE, "Nothing was done");
    wait_field(t, "Given name");
    term_wait_text(t, "Borte");
    throw_away(t);
    leave(t);
}

/* A draft of a new record does not mix with what another place proposes. */
static void two_new_ones_do_not_mix(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sbim<Enter><Down>");
    wait_selected(t, "/1");
    term_keys(t, "g");
    wait_field(t, "Number");
    term_keys(t, "<Tab>Halvferdig samling");
    leave_chooser(t, "2");
    term_wait_row(t, MESSAGE, "kept as a draft");
    term_keys(t, "<Down>");
    wait_selected(t, "/2");
    term_keys(t, "g");
    term_wait_text(t, "There is a draft of yours");
    term_wait_text(t, "1  Go on with it: Title");
    term_keys(t, "2");
    term_wait_gone(t, "There is a draft");
    wait_field(t, "Number");
    term_wait_text(t, "BIM/2");
    term_assert(t, !term_find(t, "Halvferdig", NULL, NULL));
    term_keys(t, "<Esc>"); /* nothing typed: the draft is still there */
    wait_selected(t, "/2");
    term_keys(t, "g");
    term_wait_text(t, "There is a draft of yours");
    term_keys(t, "1");
    term_wait_row(t, 2, "Restored from your draft");
    term_wait_text(t, "Halvferdig samling");
    term_wait_text(t, "BIM/1"); /* what it began with */
    term_assert(t, !term_find(t, "BIM/2 ", NULL, NULL));
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Made: Halvferdig samling");
    RUN("-d", database(), "list", "gatherings", "BIM/1", "--format", "csv");
    assert_true(was_said("Halvferdig samling"));
    leave(t);
}

/* What came back is gone on with, and what was wrong in it is said again. */
static void a_restored_field_is_not_typed_over(void **state)
{
    (void)state;
    struct term *t = open_person("askeland");
    term_keys(t, "Brit<Tab><Tab>brit@<Tab>");
    term_wait_text(t, "@example.no");
    leave_chooser(t, "2");
    term_wait_row(t, MESSAGE, "kept as a draft");
    term_keys(t, "e");
    term_wait_row(t, 2, "Restored from your draft");
    wait_field(t, "Given name Brit");
    term_wait_text(t, "@example.no");
    term_keys(t, "a");
    wait_field(t, "Given name Brita");
    term_keys(t, "<Tab><Tab>");
    wait_field(t, "E-mail brit@");
    term_keys(t, "asker.example");
    wait_field(t, "E-mail brit@asker.example");
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Saved: Brita Askeland");
    leave(t);
}

/* At the next log-in it is said; Today shows it, and opens it where it ended. */
static void a_draft_of_a_new_one_is_found(void **state)
{
    (void)state;
    struct term *t = start();
    term_assert(t, !strstr(term_row(t, MESSAGE), "draft"));
    term_keys(t, "sbim<Enter><Down>");
    wait_selected(t, "/1");
    term_keys(t, "g");
    wait_field(t, "Number * 6");
    term_keys(t, "<Tab>Foreldremøte<Tab>");
    wait_field(t, "Starts");
    term_hangup(t);
    assert_int_equal(term_wait_exit(t), 0);
    term_end(t);
    t = term_start(24, 80,
                   (const char *const[]){stage_program, "-d", database(), "-l", "en", NULL}, NULL);
    term_wait_row(t, MESSAGE, "1 draft of yours waits: F5 shows it.");
    term_wait_row(t, 1, "Search: bim"); /* the search was left */
    term_keys(t, "<F5><End>");
    wait_selected(t, "Foreldremøte");
    wait_selected(t, "BIM/1 "); /* what it is to belong to */
    wait_selected(t, "a new gathering");
    term_keys(t, "e");
    term_wait_row(t, MESSAGE, "This is not saved yet: open it first.");
    term_keys(t, "d");
    term_wait_row(t, MESSAGE, "This is not saved yet");
    term_keys(t, "h");
    term_wait_row(t, MESSAGE, "This is not saved yet");
    term_keys(t, "v");
    term_wait_row(t, MESSAGE, "This is not saved yet");
    term_keys(t, "<Enter>");
    term_wait_row(t, 1, "New: gathering");
    term_wait_row(t, 2, "Restored from your draft");
    term_wait_row(t, 5, "Foreldremøte");
    wait_field(t, "Number * 6"); /* proposed of the cohort that came back */
    term_keys(t, "<F8>");
    term_wait_row(t, MESSAGE, "Made: Foreldremøte");
    term_wait_gone(t, "a new gathering");
    RUN("-d", database(), "show", "gathering", "BIM/1/6");
    assert_true(was_said("Foreldremøte"));
    leave(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_person_with_a_slip),
        cmocka_unit_test(digits_from_the_number_keys),
        cmocka_unit_test(from_field_to_field),
        cmocka_unit_test(choices_from_a_list),
        cmocka_unit_test(choices_in_place),
        cmocka_unit_test(values_are_checked_at_once),
        cmocka_unit_test(typing_is_taken_back),
        cmocka_unit_test(notes_have_lines),
        cmocka_unit_test(dates_are_typed_the_norwegian_way),
        cmocka_unit_test(days_from_a_calendar),
        cmocka_unit_test(a_plain_form),
        cmocka_unit_test(a_click_moves_the_focus),
        cmocka_unit_test(a_small_window),
        cmocka_unit_test(an_organisation_is_completed),
        cmocka_unit_test(people_are_completed),
        cmocka_unit_test(somebody_new_from_within_a_form),
        cmocka_unit_test(a_new_cohort_from_within_a_form),
        cmocka_unit_test(a_draft_outlives_a_cut_line),
        cmocka_unit_test(a_draft_outlives_a_signal),
        cmocka_unit_test(a_draft_needs_no_pause),
        cmocka_unit_test(the_next_number_is_proposed),
        cmocka_unit_test(a_number_waits_for_what_it_counts),
        cmocka_unit_test(a_restored_field_is_not_typed_over),
        cmocka_unit_test(a_draft_of_a_new_one_is_found),
        cmocka_unit_test(leaving_asks),
        cmocka_unit_test(two_new_ones_do_not_mix),
    };
    return cmocka_run_group_tests_name("form", tests, stage_open, stage_close);
}
