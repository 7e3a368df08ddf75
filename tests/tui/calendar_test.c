/* The calendar's grids: month, week, year; gatherings that are moved and copied. The example has
 * BIM/1/3 on the 8th of February 2022 and BIM/2/2 on the 16th. */
#include "config.h"

#include "stage.h"

/* At 80 × 24 in English a week has two lines; where its days begin. */
enum { HEAD = 3, FIRST_WEEK = 4, LINES_OF_WEEK = 2, MONDAY = 4, WIDE = 12, SATURDAY = 8 };

static int week_row(int n)
{
    return FIRST_WEEK + n * LINES_OF_WEEK;
}

/* The day in hand: its number is reversed and the cursor rests before it. */
struct hand {
    int row, col;
    const char *number;
};

static bool is_in_hand(struct term *t, const void *arg)
{
    const struct hand *h = arg;
    int row, col;
    if (!term_cursor(t, &row, &col) || row != h->row || col != h->col)
        return false;
    return term_attr(t, row, col + 1).reverse &&
           strncmp(term_row(t, row) + col + (h->number[1] ? 1 : 2), h->number, strlen(h->number)) ==
               0;
}

static int day_col(int weekday)
{
    return weekday < 6 ? MONDAY + weekday * WIDE : MONDAY + 5 * WIDE + SATURDAY;
}

#define wait_in_hand(t, week, weekday, number)                                                     \
    term_wait(t, is_in_hand, (&(struct hand){week_row(week), day_col(weekday), number}),           \
              "the day in hand: " number)

/* The month of the gathering that the list had selected: February. */
static struct term *open_month(void)
{
    struct term *t = start();
    term_keys(t, "2");
    wait_selected(t, "BIM/1/3");
    term_keys(t, "5");
    wait_in_hand(t, 1, 1, "8");
    return t;
}

static void go(struct term *t, const char *date)
{
    term_keys(t, "t");
    term_wait_text(t, "Go to which day?");
    term_keys(t, date);
    term_keys(t, "<Enter>");
    term_wait_gone(t, "Go to which day?");
}

/* Adds it beside the running program, which sees it by itself. */
#define GATHERING(...) RUN("-d", database(), "add", "gathering", __VA_ARGS__)

static void add_hinn(void)
{
    RUN("-d", database(), "add", "offering", "code=FAG", "title=Fagdager");
    RUN("-d", database(), "add", "cohort", "offering=FAG", "deadline=2022-02-03");
}

/* ---- the month ------------------------------------------------------------------------------- */

static void test_month(void **state)
{
    (void)state;
    struct term *t = open_month();
    term_wait_row(t, 1, "February 2022");
    term_wait_row(t, HEAD, "Wk  Mon         Tue         Wed");
    term_wait_row(t, week_row(0), "  5  31         [ 1]");
    term_wait_row(t, week_row(1), "  6   7           8 BIM/1/3");
    term_assert(
        t, strncmp(term_row(t, week_row(2)), "  7  14          15          16 BIM/2/2", 38) == 0);
    term_wait_row(t, week_row(4), "  9  28           1");
    /* Below the grid, and at a pause in the strip. */
    term_wait_row(t, 15, "09–15  BIM/1/3  Oppdage");
    term_wait_row(t, STRIP, "Tuesday 8 February 2022  ·  week 6  ·  BIM/1/3  ·  09–15");
    term_wait_row(t, STRIP + 1, "51 expected");
    leave(t);
}

static void test_days_and_weeks(void **state)
{
    (void)state;
    struct term *t = open_month();
    term_keys(t, "<Right>");
    wait_in_hand(t, 1, 2, "9");
    term_wait_row(t, 15, "Nothing on this day.");
    term_keys(t, "<Left><Left>");
    wait_in_hand(t, 1, 0, "7");
    term_keys(t, "<Left>"); /* the Sunday before */
    wait_in_hand(t, 0, 6, "6");
    term_keys(t, "<Down>");
    wait_in_hand(t, 1, 6, "13");
    term_keys(t, "<Home>");
    wait_in_hand(t, 0, 1, "1");
    term_keys(t, "<Up>");
    term_wait_row(t, 1, "January 2022");
    term_keys(t, "<Down>");
    term_wait_row(t, 1, "February 2022");
    term_keys(t, "<End>");
    wait_in_hand(t, 4, 0, "28");
    term_keys(t, "<PgDn>");
    term_wait_row(t, 1, "March 2022");
    term_keys(t, "<lt><lt>");
    term_wait_row(t, 1, "January 2022");
    term_keys(t, ">.");
    wait_in_hand(t, 0, 1, " 1");
    term_keys(t, "<Tab>"); /* Tab belongs to the panes */
    term_wait_row(t, 1, ">3 Contacts");
    leave(t);
}

static void test_dates(void **state)
{
    (void)state;
    struct term *t = open_month();
    go(t, "1.1.2021");
    term_wait_row(t, 1, "January 2021");
    term_wait_row(t, week_row(0), " 53  28 ");
    term_wait_row(t, week_row(1), "  1   4 ");
    term_wait_row(t, STRIP, "Friday 1 January 2021  ·  week 53  ·  New Year's Day");
    go(t, "2024-12-31");
    term_wait_row(t, 1, "December 2024");
    term_wait_row(t, week_row(5), "  1  30 ");
    term_wait_row(t, STRIP, "week 1  ·  New Year's Eve");
    go(t, "17.5.2022");
    term_wait_row(t, STRIP, "Constitution Day");
    term_wait_row(t, week_row(3), " 17*Constit");
    term_wait_row(t, week_row(4), " 26*Ascensi");
    term_keys(t, "t");
    term_wait_text(t, "Go to which day?");
    term_keys(t, "31.2.<Enter>");
    term_wait_row(t, MESSAGE, "“31.2.” is no day: write 21.11., +7 or fri.");
    leave(t);
}

/* ---- several days, deadlines, cancelled, clashes --------------------------------------------- */

static void test_bars(void **state)
{
    (void)state;
    struct term *t = open_month();
    add_hinn();
    GATHERING("cohort=FAG/1", "starts=2022-02-10", "ends=2022-02-15", "title=Tur");
    term_wait_row(t, week_row(1) + 1, "=FAG/1/1 Tur====");
    term_wait_row(t, week_row(2) + 1, "=FAG/1/1 Tur====");
    term_wait_idle(t, 300); /* the rows are whole */
    /* From Thursday to Sunday on the line below the numbers, and on from Monday to Tuesday. */
    const char *bar = term_row(t, week_row(1) + 1);
    int thursday = MONDAY + 3 * WIDE + 4;
    assert_int_equal(strspn(bar, " "), thursday);
    assert_int_equal(strcspn(bar + thursday, " "), strlen("=FAG/1/1"));
    assert_int_equal(strlen(bar), 80);
    assert_int_equal(bar[79], '=');
    bar = term_row(t, week_row(2) + 1);
    assert_int_equal(strspn(bar, " "), MONDAY + 4);
    assert_int_equal(strlen(bar), MONDAY + 2 * WIDE);
    term_wait_text(t, "!FAG/1"); /* its deadline, on the 3rd */
    term_keys(t, "<Right><Right><Right>");
    term_wait_row(t, 15, "2/6  FAG/1/1  Tur");
    leave(t);
}

static void test_clash(void **state)
{
    (void)state;
    struct term *t = open_month();
    add_hinn();
    GATHERING("cohort=FAG/1", "starts=2022-02-08 12:00", "place=kulturhuset", "title=Fag");
    term_wait_row(t, week_row(1), " 8 !!BIM/1…");
    term_wait_row(t, STRIP + 1, "Clash: Kulturhuset is taken by FAG/1/1");
    term_wait_row(t, 15, "!! clash · Oppdage");
    RUN("-d", database(), "set", "gathering", "FAG/1/1", "status=cancelled");
    term_wait_gone(t, "!!");
    term_wait_text(t, "cancelled · Fag");
    leave(t);
}

static void test_several(void **state)
{
    (void)state;
    struct term *t = open_month();
    add_hinn();
    GATHERING("cohort=FAG/1", "starts=2022-02-08 17:00", "place=Sal A", "title=Kveld");
    term_wait_text(t, "Kveld");
    term_keys(t, "<Enter>");
    wait_selected_at(t, 15, "BIM/1/3");
    term_keys(t, "<Down><Down><Down>");
    wait_selected_at(t, 16, "FAG/1/1");
    term_keys(t, "<Esc>");
    wait_in_hand(t, 1, 1, "8");
    term_keys(t, "<Enter><End><Enter>");
    term_wait_gone(t, "Wk");
    term_wait_text(t, "Kveld");
    term_keys(t, "q");
    term_wait_text(t, "Wk");
    leave(t);
}

static void test_narrowed(void **state)
{
    (void)state;
    struct term *t = open_month();
    add_hinn();
    GATHERING("cohort=FAG/1", "starts=2022-02-22", "title=Alene");
    term_wait_text(t, "FAG/1/1");
    term_keys(t, "sfag");
    term_wait_gone(t, "BIM/");
    term_wait_text(t, "!FAG/1");
    term_wait_row(t, week_row(3), " 22 FAG/1/1");
    term_keys(t, "<Esc>");
    term_wait_text(t, "BIM/2/2");
    term_keys(t, "1/bim<Enter>");
    wait_selected(t, "BIM");
    term_keys(t, " 2");
    term_wait_text(t, "BIM/2/2");
    term_wait_gone(t, "FAG/1");
    leave(t);
}

/* ---- moving and copying ---------------------------------------------------------------------- */

static void is_on(const char *ref, const char *starts, const char *ends)
{
    char want[100];
    snprintf(want, sizeof want, "%s,%s", starts, ends);
    RUN("-d", database(), "list", "gatherings", "--format", "csv");
    for (const char *line = said; line && *line; line = strchr(line, '\n'), line += line != NULL) {
        size_t n = strcspn(line, "\n");
        char *row = strndup(line, n);
        bool found = strstr(row, ref) && strstr(row, want);
        free(row);
        if (found)
            return;
    }
    fail_msg("%s is not on %s:\n%s", ref, want, said);
}

static void test_move(void **state)
{
    (void)state;
    struct term *t = open_month();
    RUN("-d", database(), "set", "gathering", "BIM/1/3", "deadline=2022-02-01");
    term_wait_text(t, "!BIM/1/3");
    term_keys(t, "x");
    term_wait_row(t, MESSAGE, "BIM/1/3 is picked up: Enter puts it on Tue 8 February");
    term_keys(t, "<Down><Right>");
    term_wait_row(t, MESSAGE, "Wed 16 February");
    term_wait_row(t, week_row(2), "16 >BIM/1/3");
    term_keys(t, "<Right><Enter>");
    term_wait_row(t, MESSAGE, "BIM/1/3 is moved to Thursday 17 February 2022; u moves it back.");
    wait_in_hand(t, 2, 3, "17");
    is_on("BIM/1/3", "2022-02-17T09:00", "2022-02-17T15:00");
    RUN("-d", database(), "show", "gathering", "BIM/1/3");
    assert_true(was_said("2022-02-10")); /* the deadline went with it */
    term_keys(t, "u");
    term_wait_row(t, MESSAGE, "Taken back");
    is_on("BIM/1/3", "2022-02-08T09:00", "2022-02-08T15:00");
    term_wait_row(t, week_row(1), " 8 BIM/1/3");
    leave(t);
}

static void test_move_given_up(void **state)
{
    (void)state;
    struct term *t = open_month();
    term_keys(t, "x<Down>");
    term_wait_row(t, week_row(2), "15 >BIM/1/3");
    term_keys(t, "<Esc>");
    term_wait_row(t, MESSAGE, "BIM/1/3 stays where it is.");
    term_wait_gone(t, ">BIM/1/3");
    term_keys(t, "x"); /* nothing is on this day */
    term_wait_row(t, MESSAGE, "There is no gathering on this day.");
    is_on("BIM/1/3", "2022-02-08T09:00", "2022-02-08T15:00");
    leave(t);
}

/* A day that speaks against it is asked about; whatever key but y leaves it picked up. */
static void test_move_asks(void **state)
{
    (void)state;
    struct term *t = open_month();
    term_keys(t, "x");
    term_wait_row(t, MESSAGE, "is picked up");
    go(t, "12.2.2022");
    term_keys(t, "<Enter>");
    term_wait_text(t, "Move BIM/1/3 to Saturday 12 February 2022? That is in a weekend.");
    term_keys(t, "n");
    term_wait_row(t, MESSAGE, "Nothing was done.");
    go(t, "17.5.2022");
    term_keys(t, "<Enter>");
    term_wait_text(t, "That is Constitution Day.");
    term_keys(t, "n");
    term_wait_row(t, MESSAGE, "Nothing was done.");
    go(t, "16.2.2022");
    term_keys(t, "<Enter>");
    term_wait_text(t, "It clashes:");
    term_wait_text(t, "Kulturhuset is taken by BIM/2/2; 1 person is also in BIM/2/2.");
    term_keys(t, "y");
    term_wait_row(t, MESSAGE, "BIM/1/3 is moved to Wednesday 16 February 2022");
    is_on("BIM/1/3", "2022-02-16T09:00", "2022-02-16T15:00");
    leave(t);
}

static void test_move_conflict(void **state)
{
    (void)state;
    struct term *t = open_month();
    term_keys(t, "x<Right>");
    term_wait_row(t, MESSAGE, "Wed 9 February");
    RUN("-d", database(), "set", "gathering", "BIM/1/3", "place=Biblioteket");
    term_wait_text(t, ">BIM/1/3");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "BIM/1/3: somebody else changed it meanwhile");
    is_on("BIM/1/3", "2022-02-08T09:00", "2022-02-08T15:00");
    leave(t);
}

static void test_copy(void **state)
{
    (void)state;
    struct term *t = open_month();
    term_keys(t, "D<Down><Down>");
    term_wait_row(t, MESSAGE, "A copy of BIM/1/3 is picked up: Enter puts it on Tue 22 February");
    term_keys(t, "<Enter>");
    term_wait_row(t, MESSAGE, "BIM/1/6 is a copy of BIM/1/3, on Tuesday 22 February 2022");
    term_wait_row(t, week_row(3), "22 BIM/1/6");
    is_on("BIM/1/6", "2022-02-22T09:00", "2022-02-22T15:00");
    assert_true(was_said("Kulturhuset"));
    is_on("BIM/1/3", "2022-02-08T09:00", "2022-02-08T15:00");
    term_keys(t, "u");
    term_wait_gone(t, "BIM/1/6");
    leave(t);
}

static void test_move_in_agenda(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "2");
    wait_selected(t, "BIM/1/3");
    term_keys(t, "x");
    term_wait_text(t, "Move BIM/1/3 to which day?");
    term_keys(t, "+2<Enter>"); /* from its own day */
    term_wait_row(t, MESSAGE, "BIM/1/3 is moved to Thursday 10 February 2022; u moves it back.");
    is_on("BIM/1/3", "2022-02-10T09:00", "2022-02-10T15:00");
    wait_selected(t, "BIM/1/3");
    leave(t);
}

/* ---- week and year --------------------------------------------------------------------------- */

static void test_week(void **state)
{
    (void)state;
    struct term *t = open_month();
    add_hinn();
    GATHERING("cohort=FAG/1", "starts=2022-02-08 12:00", "ends=2022-02-09 12:00", "place=Sal A",
              "title=Lunsj");
    term_keys(t, "6");
    term_wait_row(t, 1, "Week 6, 7–13 February 2022");
    term_wait_row(t, 5, "12– 1/2  FAG/1/1  Lunsj");
    term_wait_row(t, 3, " Mon  7");
    term_wait_row(t, 4, " Tue  8   09–15    BIM/1/3");
    term_wait_row(t, 6, " Wed  9   –12 2/2  FAG/1/1");
    wait_selected_at(t, 4, "BIM/1/3");
    term_keys(t, "<Down>");
    wait_selected_at(t, 5, "FAG/1/1");
    term_keys(t, "<Down>"); /* on to the next day */
    wait_selected_at(t, 6, "FAG/1/1");
    term_keys(t, "<Up><Up>");
    wait_selected_at(t, 4, "BIM/1/3");
    term_keys(t, "<End><Down>");
    term_wait_row(t, 1, "Week 7, 14–20 February 2022");
    term_keys(t, "<Up>");
    wait_selected_at(t, 10, "Sun 13");
    term_keys(t, "<Home>");
    wait_selected_at(t, 3, "Mon  7");
    leave(t);
}

static void test_year(void **state)
{
    (void)state;
    struct term *t = open_month();
    term_keys(t, "8");
    term_wait_row(t, HEAD, "February  ");
    term_wait_row(t, HEAD, "2 gatherings");
    term_wait_row(t, 6, "  6  7  8+ 9");
    term_wait_row(t, HEAD + 8, "April");
    term_wait_row(t, 16, "16 17*18 19");
    term_keys(t, ">");
    term_wait_row(t, 1, "2023");
    term_keys(t, "<lt><Enter>");
    wait_in_hand(t, 1, 1, "8");
    leave(t);
}

/* ---- what it costs, and every size ----------------------------------------------------------- */

static void test_bytes(void **state)
{
    (void)state;
    struct term *t = open_month();
    term_wait_row(t, STRIP + 1, "51 expected");
    term_keys(t, "<Down>");
    wait_in_hand(t, 2, 1, "15");
    term_wait_row(t, STRIP, "Tuesday 15 February");
    term_wait_idle(t, 1200);
    term_mark(t);
    term_keys(t, "<Down>");
    wait_in_hand(t, 3, 1, "22");
    if (term_since(t) > 200)
        fail_msg("a week down cost %zu bytes", term_since(t));
    term_wait_row(t, STRIP, "Tuesday 22 February");
    term_wait_idle(t, 1200);
    term_mark(t);
    term_wait_idle(t, 1200);
    assert_int_equal(term_since(t), 0);
    leave(t);
}

static void test_sizes(void **state)
{
    (void)state;
    static const struct {
        int rows, cols;
        const char *language;
    } at[] = {{16, 60, "en"}, {16, 60, "nb"}, {50, 160, "nb"}, {40, 120, "en"}, {100, 300, "en"}};
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        current = fresh_database();
        struct term *t = open_desk(at[i].rows, at[i].cols, at[i].language, NULL);
        term_keys(t, "2");
        term_wait_text(t, "BIM/1/3");
        static const char views[] = "5687";
        for (const char *v = views; *v; v++) {
            int row, col;
            term_send(t, v, 1);
            term_wait_idle(t, 300);
            term_keys(t, "<Right><Left>");
            term_wait_idle(t, 300);
            term_assert(t, term_cursor(t, &row, &col) && row > 2 && row < at[i].rows - 5);
            if (*v != '7')
                term_assert(t, term_attr(t, row, col).reverse);
        }
        term_end(t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_month),          cmocka_unit_test(test_days_and_weeks),
        cmocka_unit_test(test_dates),          cmocka_unit_test(test_bars),
        cmocka_unit_test(test_clash),          cmocka_unit_test(test_several),
        cmocka_unit_test(test_narrowed),       cmocka_unit_test(test_move),
        cmocka_unit_test(test_move_given_up),  cmocka_unit_test(test_move_asks),
        cmocka_unit_test(test_move_conflict),  cmocka_unit_test(test_copy),
        cmocka_unit_test(test_move_in_agenda), cmocka_unit_test(test_week),
        cmocka_unit_test(test_year),           cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_sizes),
    };
    return cmocka_run_group_tests(tests, stage_open, stage_close);
}
