#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <curses.h>

#include "samling/lang.h"
#include "samling/session.h"

#include "ui/screens.h"
#include "ui/ui_internal.h"

#include "canvas.h"

/* The box is 46 columns wide, in the middle; the month stands in its second row. */
enum { X = 17, TOP = 3, WIDTH = 46 };

static struct session session = {.today = {2022, 2, 1}};
static struct ui ui = {.session = &session};
static char taken[20];
static int dropped;

static void take(void *arg, const char *day)
{
    assert_ptr_equal(arg, &ui);
    assert_true(strlen(day) < sizeof taken);
    strcpy(taken, day);
}

static void drop(void *arg)
{
    assert_ptr_equal(arg, &ui);
    dropped++;
}

static void draw(void)
{
    draw_start();
    ui.stack[0]->class->draw(ui.stack[0]);
}

static void open_at(const char *day)
{
    taken[0] = '\0';
    dropped = 0;
    picker_open(&ui, "Begynner", day, take, &ui, drop);
    draw();
}

static void press(int key)
{
    struct screen *s = screen_top(&ui);
    ui.message[0] = '\0';
    assert_non_null(s);
    assert_int_equal(s->class->key(s, key), HANDLED);
    if (ui.depth)
        draw();
}

static void type(const char *text)
{
    while (*text)
        press((int)text_next(&text));
}

static void row_is(int row, const char *want)
{
    const char *s = canvas_text(TOP + row, X + 2, WIDTH - 4);
    assert_string_equal(s, want);
}

static void row_has(int row, const char *want)
{
    const char *s = canvas_text(TOP + row, X + 2, WIDTH - 4);
    if (!strstr(s, want))
        fail_msg("“%s” is not in “%s”", want, s);
}

/* It has closed, with that day ("": none). */
static void closed_with(const char *day)
{
    assert_int_equal(ui.depth, 0);
    assert_int_equal(ui.ndead, 1);
    ui.dead[0]->class->free(ui.dead[0]);
    ui.ndead = 0;
    assert_int_equal(dropped, 1);
    assert_string_equal(taken, day);
}

static int unstack(void **state)
{
    free(ui.stack);
    free(ui.dead);
    return canvas_close(state);
}

enum { MONTH = 1, NAMES, WEEKS, DAY = WEEKS + 6, TYPED };

static void a_month_is_shown(void **state)
{
    (void)state;
    open_at("2022-05-10T09:00");
    row_has(MONTH, "           < May 2022 >");
    row_is(NAMES, "  Wk    Mon  Tue  Wed  Thu  Fri  Sat  Sun ");
    row_is(WEEKS + 0, "  17                                    1*");
    row_is(WEEKS + 1, "  18      2    3    4    5    6    7    8 ");
    row_is(WEEKS + 3, "  20     16   17*  18   19   20   21   22 ");
    row_is(WEEKS + 5, "  22     30   31                          ");
    row_has(DAY, "Tuesday 10 May 2022");
    row_has(TYPED, "21.11.");
    assert_string_equal(canvas_reverse(TOP + WEEKS + 2, X + 2, 42),
                        ".............####.........................");
    press(KEY_ESCAPE);
    closed_with("");
}

static void keys_go_by_days_weeks_and_months(void **state)
{
    (void)state;
    open_at("");
    row_has(WEEKS, "   5          [1]   2    3    4    5    6 ");
    row_has(DAY, "Tuesday 1 February 2022, today");
    press(KEY(KEY_LEFT));
    row_has(DAY, "Monday 31 January 2022");
    row_has(WEEKS + 5, "   5     31 ");
    press(KEY(KEY_NPAGE)); /* which has no 31st */
    row_has(DAY, "Monday 28 February 2022");
    press('>');
    press('<');
    press('<');
    row_has(DAY, "Friday 28 January 2022");
    press(KEY(KEY_HOME));
    row_has(DAY, "Saturday 1 January 2022, New Year's Day");
    row_has(WEEKS, "  52                               1*   2 ");
    press(KEY(KEY_PPAGE));
    press(KEY(KEY_END));
    row_has(DAY, "Friday 31 December 2021");
    press(KEY(KEY_UP));
    press(KEY(KEY_RIGHT));
    row_has(DAY, "Saturday 25 December 2021, Christmas Day");
    press(KEY(KEY_DOWN));
    row_has(DAY, "Saturday 1 January 2022");
    press('.');
    row_has(DAY, "Tuesday 1 February 2022, today");
    press(KEY(KEY_RIGHT));
    press(KEY_RETURN);
    closed_with("2022-02-02");
}

static void a_date_can_be_typed(void **state)
{
    (void)state;
    open_at("2022-05-10");
    type("fre");
    row_has(TYPED, "Date: fre");
    row_has(DAY, "Friday 4 February 2022");
    row_has(MONTH, "< February 2022 >");
    press(KEY(KEY_BACKSPACE));
    press(KEY(KEY_BACKSPACE));
    row_has(DAY, "No such day:");
    press(KEY_RETURN); /* nothing is taken that is not understood */
    assert_int_equal(ui.depth, 1);
    assert_true(ui.message[0] != '\0');
    press(KEY(KEY_BACKSPACE));
    row_has(TYPED, "21.11.");
    type("21.11.");
    row_has(DAY, "Sunday 21 November 2021"); /* the nearest, not three months past */
    press(KEY(KEY_RIGHT));                   /* the calendar goes on from there */
    row_has(DAY, "Monday 22 November 2021");
    row_has(TYPED, "21.11.");
    type("+7");
    row_has(DAY, "Tuesday 8 February 2022");
    press(KEY_RETURN);
    closed_with("2022-02-08");
    open_at("");
    assert_true(ui.stack[0]->class->paste(ui.stack[0], "17. mai 2023\n"));
    press(KEY_RETURN);
    closed_with("2023-05-17");
}

static void years_have_their_ends(void **state)
{
    (void)state;
    open_at("2199-12-20");
    press(KEY(KEY_NPAGE));
    press(KEY(KEY_DOWN));
    press(KEY(KEY_DOWN));
    row_has(DAY, "31 December 2199");
    type("1.1.1900");
    press(KEY(KEY_PPAGE));
    press(KEY(KEY_LEFT));
    press(KEY_RETURN);
    closed_with("1900-01-01");
}

static void click(int row, int column, enum click_kind kind)
{
    struct screen *s = screen_top(&ui);
    struct click c = {.y = TOP + row, .x = X + 2 + column, .kind = kind};
    assert_int_equal(s->class->click(s, &c), HANDLED);
    if (ui.depth)
        draw();
}

static void the_mouse_chooses(void **state)
{
    (void)state;
    open_at("2022-05-10");
    click(WEEKS + 3, 14, CLICK_ONCE);
    row_has(DAY, "Tuesday 17 May 2022, Constitution Day");
    click(WEEKS, 14, CLICK_ONCE); /* of April: nothing stands there */
    click(WEEKS + 3, 1, CLICK_ONCE);
    click(WEEKS + 3, -20, CLICK_ONCE);
    row_has(DAY, "Tuesday 17 May 2022");
    click(WEEKS, 0, CLICK_WHEEL_DOWN);
    row_has(MONTH, "< June 2022 >");
    click(MONTH, 2, CLICK_ONCE);
    row_has(MONTH, "< May 2022 >");
    click(WEEKS + 1, 7, CLICK_TWICE);
    closed_with("2022-05-02");
}

/* In the smallest window, whatever its title: all rows above the hints. */
static void it_fits_the_smallest_window(void **state)
{
    (void)state;
    assert_int_equal(resizeterm(16, 60), OK);
    open_at("2022-05-10");
    assert_true(strstr(canvas_text(11, 8, 44), "+7") != NULL);
    assert_true(strstr(canvas_text(14, 0, 60), "Enter") != NULL);
    press(CTRL_('G'));
    closed_with("");
    assert_int_equal(resizeterm(24, 80), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_is_shown),    cmocka_unit_test(keys_go_by_days_weeks_and_months),
        cmocka_unit_test(a_date_can_be_typed), cmocka_unit_test(years_have_their_ends),
        cmocka_unit_test(the_mouse_chooses),   cmocka_unit_test(it_fits_the_smallest_window),
    };
    return cmocka_run_group_tests_name("picker", tests, canvas_open, unstack);
}
