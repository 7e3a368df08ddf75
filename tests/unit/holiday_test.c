#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "samling/holiday.h"
#include "samling/lang.h"

static void is_day(struct day d, int year, int month, int day)
{
    if (d.year != year || d.month != month || d.day != day)
        fail_msg("%d-%02d-%02d, not %d-%02d-%02d", d.year, d.month, d.day, year, month, day);
}

/* From the table "The Date of Easter" of the U.S. Naval Observatory (Astronomical Applications
 * Department), which ends in 2099; the two exceptions of the rule (1954 and 2049 on the 18th, 1981
 * and 2076 on the 19th of April) and the ends of the range are among them. */
static void test_known_easters(void **state)
{
    (void)state;
    static const struct day known[] = {
        {1900, 4, 15}, {1913, 3, 23}, {1943, 4, 25}, {1954, 4, 18}, {1961, 4, 2},  {1981, 4, 19},
        {2000, 4, 23}, {2008, 3, 23}, {2011, 4, 24}, {2016, 3, 27}, {2018, 4, 1},  {2019, 4, 21},
        {2020, 4, 12}, {2021, 4, 4},  {2022, 4, 17}, {2023, 4, 9},  {2024, 3, 31}, {2025, 4, 20},
        {2026, 4, 5},  {2027, 3, 28}, {2028, 4, 16}, {2029, 4, 1},  {2030, 4, 21}, {2038, 4, 25},
        {2049, 4, 18}, {2076, 4, 19}, {2099, 4, 12},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        is_day(holiday_easter(known[i].year), known[i].year, known[i].month, known[i].day);
}

/* Another way to the same day: D. E. Knuth, The Art of Computer Programming 1, 1.3.2, exercise 14,
 * after Clavius. */
static struct day easter_of_clavius(int y)
{
    int golden = y % 19 + 1, century = y / 100 + 1;
    int leap = 3 * century / 4 - 12, moon = (8 * century + 5) / 25 - 5;
    int sunday = 5 * y / 4 - leap - 10;
    int epact = (11 * golden + 20 + moon - leap) % 30;
    if ((epact == 25 && golden > 11) || epact == 24)
        epact++;
    int n = 44 - epact;
    n += n < 21 ? 30 : 0;
    n = n + 7 - (sunday + n) % 7;
    return n > 31 ? (struct day){y, 4, n - 31} : (struct day){y, 3, n};
}

static void test_every_easter(void **state)
{
    (void)state;
    for (int y = 1900; y <= 2199; y++) {
        struct day other = easter_of_clavius(y), e = holiday_easter(y);
        is_day(e, y, other.month, other.day);
        assert_int_equal(date_weekday(e), 6);
    }
}

static void is_called(struct day d, enum holiday kind, const char *name)
{
    struct buf b = {0};
    holiday_name(d, &b);
    assert_string_equal(buf_str(&b), name);
    assert_int_equal(holiday_of(d), kind);
    buf_free(&b);
}

static void test_a_year(void **state)
{
    (void)state;
    is_called((struct day){2022, 1, 1}, HOLIDAY_DAY, "New Year's Day");
    is_called((struct day){2022, 4, 14}, HOLIDAY_DAY, "Maundy Thursday");
    is_called((struct day){2022, 4, 15}, HOLIDAY_DAY, "Good Friday");
    is_called((struct day){2022, 4, 16}, HOLIDAY_EVE, "Easter Eve");
    is_called((struct day){2022, 4, 17}, HOLIDAY_DAY, "Easter Sunday");
    is_called((struct day){2022, 4, 18}, HOLIDAY_DAY, "Easter Monday");
    is_called((struct day){2022, 5, 1}, HOLIDAY_DAY, "Labour Day");
    is_called((struct day){2022, 5, 17}, HOLIDAY_DAY, "Constitution Day");
    is_called((struct day){2022, 5, 26}, HOLIDAY_DAY, "Ascension Day");
    is_called((struct day){2022, 6, 4}, HOLIDAY_EVE, "Whitsun Eve");
    is_called((struct day){2022, 6, 5}, HOLIDAY_DAY, "Whit Sunday");
    is_called((struct day){2022, 6, 6}, HOLIDAY_DAY, "Whit Monday");
    is_called((struct day){2022, 12, 24}, HOLIDAY_EVE, "Christmas Eve");
    is_called((struct day){2022, 12, 25}, HOLIDAY_DAY, "Christmas Day");
    is_called((struct day){2022, 12, 26}, HOLIDAY_DAY, "Boxing Day");
    is_called((struct day){2022, 12, 31}, HOLIDAY_EVE, "New Year's Eve");
    is_called((struct day){2022, 4, 13}, HOLIDAY_NONE, "");
    is_called((struct day){2022, 2, 6}, HOLIDAY_NONE, ""); /* a Sunday like others */
    int free_days = 0, eves = 0;
    for (long n = date_number((struct day){2022, 1, 1}); n < date_number((struct day){2023, 1, 1});
         n++) {
        free_days += holiday_of(date_from_number(n)) == HOLIDAY_DAY;
        eves += holiday_of(date_from_number(n)) == HOLIDAY_EVE;
    }
    assert_int_equal(free_days, 12);
    assert_int_equal(eves, 4);
}

/* Two on one day. */
static void test_together(void **state)
{
    (void)state;
    is_called((struct day){2008, 5, 1}, HOLIDAY_DAY, "Labour Day, Ascension Day");
    is_called((struct day){2027, 5, 17}, HOLIDAY_DAY, "Constitution Day, Whit Monday");
    is_called((struct day){2008, 5, 11}, HOLIDAY_DAY, "Whit Sunday");
    is_called((struct day){2008, 5, 10}, HOLIDAY_EVE, "Whitsun Eve");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_easters),
        cmocka_unit_test(test_every_easter),
        cmocka_unit_test(test_a_year),
        cmocka_unit_test(test_together),
    };
    lang_init("en");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
