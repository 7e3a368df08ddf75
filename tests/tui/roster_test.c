/* The roster of a gathering on a terminal: attendance by one key, undo, search, enrolling,
 * printing, export. */
#include "config.h"

#include "stage.h"

enum { FIRST = 5 }; /* the first person's row at 80 × 24 */

static struct term *open_roster(void)
{
    struct term *t = start();
    term_keys(t, "2");
    wait_selected(t, "BIM/1/3");
    term_keys(t, "r");
    term_wait_row(t, 1, "BIM/1/3");
    term_wait_row(t, 1, "Kulturhuset");
    wait_selected_at(t, FIRST, "Bjørå, Sølvi");
    term_wait_row(t, 3, "55 rows");
    return t;
}

static void close_roster(struct term *t)
{
    term_keys(t, "q");
    term_wait_row(t, 1, ">2 Calendar");
    leave(t);
}

/* The line of the person with that number, as the command prints it. */
static const char *line_of(int number)
{
    static char line[600];
    char start_of_line[16];
    RUN("-d", database(), "list", "roster", "BIM/1/3", "--format", "csv");
    snprintf(start_of_line, sizeof start_of_line, "\n%d,", number);
    const char *at = strstr(said, start_of_line);
    assert_non_null(at);
    snprintf(line, sizeof line, "%.*s", (int)strcspn(at + 1, "\n"), at + 1);
    return line;
}

static bool marked(int number, const char *mark)
{
    const char *line = line_of(number);
    if (strstr(line, mark))
        return true;
    fprintf(stderr, "number %d is not marked “%s”: %s\n", number, mark, line);
    return false;
}

static void one_key_a_person(void **state)
{
    (void)state;
    struct term *t = open_roster();
    term_keys(t, "t");
    wait_selected_at(t, FIRST + 1, "Brekke Strøm, Julie");
    term_wait_row(t, FIRST, "present");
    term_keys(t, "xm");
    wait_selected_at(t, FIRST + 3, "Bøe, Hege");
    term_wait_row(t, FIRST + 1, "absent");
    term_wait_row(t, FIRST + 2, "excused");
    term_wait_row(t, 3, "1 present");
    term_wait_row(t, 3, "1 absent");
    term_wait_row(t, 3, "1 excused");
    assert_true(marked(1, ",present,"));
    assert_true(marked(2, ",absent,"));
    assert_true(marked(3, ",excused,"));
    /* Space takes a mark away. */
    term_keys(t, "<Up><Space>");
    term_wait_row(t, 3, "55 rows  ·  1 present  ·  1 absent");
    term_wait_gone(t, "excused");
    assert_null(strstr(line_of(3), "excused"));
    /* u takes back one mark at a time, U does it again. */
    term_keys(t, "u");
    term_wait_row(t, FIRST + 2, "excused");
    assert_true(marked(3, ",excused,"));
    term_keys(t, "u");
    term_wait_gone(t, "excused ");
    term_keys(t, "u");
    term_wait_gone(t, "absent ");
    assert_null(strstr(line_of(2), "absent"));
    term_keys(t, "U");
    term_wait_row(t, FIRST + 1, "absent");
    assert_true(marked(2, ",absent,"));
    close_roster(t);
}

/* As fast as keys come: each mark goes to its own person. */
static void a_whole_page_in_one_go(void **state)
{
    (void)state;
    struct term *t = open_roster();
    term_keys(t, "ttttttttttttttttttttx");
    term_wait_row(t, 3, "20 present");
    term_wait_row(t, 3, "1 absent");
    RUN("-d", database(), "list", "roster", "BIM/1/3", "--format", "csv", "--where",
        "attendance=present");
    int lines = 0;
    for (const char *p = said; (p = strchr(p, '\n')) != NULL; p++)
        lines++;
    assert_int_equal(lines, 21);
    assert_true(marked(20, ",present,"));
    assert_true(marked(21, ",absent,"));
    close_roster(t);
}

static void searching_and_marking(void **state)
{
    (void)state;
    struct term *t = open_roster();
    term_keys(t, "sødegård"); /* t and x are letters here */
    term_wait_row(t, 3, "Search: ødegård");
    term_wait_row(t, FIRST, "Ødegård, Åse");
    term_wait_row(t, FIRST + 1, "");
    term_keys(t, "<Enter>m");
    term_wait_row(t, FIRST, "excused");
    term_keys(t, "<Esc>");
    term_wait_row(t, 3, "55 rows  ·  1 excused");
    wait_selected_at(t, FIRST, "Bjørå, Sølvi");
    RUN("-d", database(), "list", "roster", "BIM/1/3", "--search", "ødegård", "--format", "csv");
    assert_true(was_said(",excused,"));
    close_roster(t);
}

static void others_marks_appear(void **state)
{
    (void)state;
    struct term *t = open_roster();
    term_keys(t, "<Down><Down>");
    wait_selected_at(t, FIRST + 2, "Bråthen Lie");
    RUN("-d", database(), "attendance", "BIM/1/3", "1 !2");
    term_wait_row(t, FIRST, "present");
    term_wait_row(t, FIRST + 1, "absent");
    wait_selected_at(t, FIRST + 2, "Bråthen Lie");
    term_wait_row(t, 3, "1 present");
    close_roster(t);
}

static void wide_and_small(void **state)
{
    (void)state;
    struct term *t = open_roster();
    term_keys(t, "<End>");
    wait_selected(t, "Ås, Fride");
    term_resize(t, 50, 160);
    wait_selected(t, "Ås, Fride");
    term_wait_text(t, "Status");
    term_resize(t, 16, 60);
    wait_selected(t, "Ås, Fride");
    term_resize(t, 24, 80);
    wait_selected_at(t, 19, "Ås, Fride");
    close_roster(t);
}

static void a_cohort_has_no_marks(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sbim<Enter>r");
    term_wait_row(t, MESSAGE, "Choose a cohort or a gathering first.");
    term_keys(t, "<Down>");
    wait_selected(t, "/1");
    term_keys(t, "r");
    term_wait_row(t, 1, "BIM/1");
    term_wait_row(t, 3, "55 rows");
    term_keys(t, "t");
    term_wait_row(t, MESSAGE, "Open the roster of a gathering");
    term_keys(t, "q");
    leave(t);
}

static void somebody_is_enrolled(void **state)
{
    (void)state;
    struct term *t = open_roster();
    term_keys(t, "+");
    term_wait_text(t, "2  Somebody new");
    term_keys(t, "1");
    term_wait_row(t, 1, "New: enrolment");
    term_wait_text(t, "BIM/1");
    term_keys(t, "bergset emil<Enter><F8>");
    term_wait_row(t, MESSAGE, "Made:");
    wait_selected(t, "Bergset, Emil");
    term_wait_row(t, 3, "56 rows");
    RUN("-d", database(), "list", "roster", "BIM/1", "--format", "csv");
    assert_true(was_said("Emil,Bergset"));
    /* And is taken off again. */
    term_keys(t, "d");
    term_wait_text(t, "Remove ");
    term_keys(t, "y");
    term_wait_row(t, 3, "55 rows");
    close_roster(t);
}

static void the_sheet_goes_to_a_file(void **state)
{
    (void)state;
    struct term *t = open_roster();
    term_keys(t, "p");
    term_wait_text(t, "PDF, for printing");
    term_keys(t, "<Enter>");
    term_wait_text(t, "BIM-1-3.pdf");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "The sign-in sheet is in BIM-1-3.pdf.");
    read_file("BIM-1-3.pdf");
    assert_memory_equal(said, "%PDF-", 5);
    term_keys(t, "p2"); /* by its number: text */
    term_wait_text(t, "BIM-1-3.txt");
    term_keys(t, "sheet.txt<Enter>"); /* the proposal is selected: typing replaces it */
    term_wait_row(t, MESSAGE, "The sign-in sheet is in sheet.txt.");
    read_file("sheet.txt");
    assert_true(was_said("BIM/1/3"));
    assert_true(was_said("Ødegård"));
    /* A file that is there is not replaced unasked. */
    term_keys(t, "p2");
    term_wait_text(t, "BIM-1-3.txt");
    term_keys(t, "sheet.txt<Enter>");
    term_wait_text(t, "sheet.txt is there already. Replace it?");
    term_keys(t, "n");
    term_wait_row(t, MESSAGE, "Nothing was done.");
    term_keys(t, "p2");
    term_wait_text(t, "BIM-1-3.txt");
    term_keys(t, "sheet.txt<Enter>");
    term_wait_text(t, "Replace it?");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "The sign-in sheet is in sheet.txt.");
    /* What cannot be written says why. */
    term_keys(t, "p2");
    term_wait_text(t, "BIM-1-3.txt");
    term_keys(t, "nowhere/sheet.txt<Enter>");
    term_wait_row(t, MESSAGE, "nowhere/sheet.txt");
    unlink("BIM-1-3.pdf");
    unlink("sheet.txt");
    close_roster(t);
}

static void the_list_goes_to_a_file(void **state)
{
    (void)state;
    struct term *t = open_roster();
    term_keys(t, "w");
    term_wait_text(t, "Export the list");
    term_keys(t, "<Enter>");
    term_wait_text(t, "roster.csv");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "55 rows written to roster.csv");
    read_file("roster.csv");
    assert_memory_equal(said, "\xEF\xBB\xBF", 3);
    assert_true(was_said("Sølvi;Bjørå;Orrfuglhaugen barnehage"));
    unlink("roster.csv");
    term_keys(t, "q3sbergset<Enter>w1");
    term_wait_text(t, "people.csv");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "2 rows written to people.csv"); /* those that were searched for */
    read_file("people.csv");
    assert_true(was_said("Emil;Bergset"));
    unlink("people.csv");
    leave(t);
}

static void some_columns_of_it(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "3sbergset<Enter>w2");
    term_wait_text(t, "Which columns?");
    wait_selected(t, "[x]");
    term_keys(t, "a");
    wait_selected(t, "[ ]");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "Take at least one.");
    term_keys(t, "<Down> <Down> <Enter>");
    term_wait_text(t, "people.csv");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "2 rows written to people.csv");
    read_file("people.csv");
    assert_true(was_said("Emil;Bergset\r\n"));
    unlink("people.csv");
    leave(t);
}

static void calendar_and_contacts(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "2w");
    term_wait_text(t, "Calendar, for Outlook and phones");
    term_keys(t, "c");
    wait_selected(t, "Calendar, for");
    term_keys(t, "<Enter>");
    term_wait_text(t, "calendar.ics");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "gatherings written to calendar.ics");
    read_file("calendar.ics");
    assert_true(was_said("BEGIN:VEVENT"));
    term_keys(t, "3sbergset<Enter>wc");
    wait_selected(t, "Contacts, for");
    term_keys(t, "<Enter>");
    term_wait_text(t, "contacts.vcf");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "2 people written to contacts.vcf");
    read_file("contacts.vcf");
    assert_true(was_said("FN:Emil Bergset"));
    unlink("calendar.ics");
    unlink("contacts.vcf");
    leave(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_key_a_person),        cmocka_unit_test(a_whole_page_in_one_go),
        cmocka_unit_test(searching_and_marking),   cmocka_unit_test(others_marks_appear),
        cmocka_unit_test(wide_and_small),          cmocka_unit_test(a_cohort_has_no_marks),
        cmocka_unit_test(somebody_is_enrolled),    cmocka_unit_test(the_sheet_goes_to_a_file),
        cmocka_unit_test(the_list_goes_to_a_file),
        cmocka_unit_test(some_columns_of_it),
        cmocka_unit_test(calendar_and_contacts),
    };
    return cmocka_run_group_tests_name("roster", tests, stage_open, stage_close);
}
