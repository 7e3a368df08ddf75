#include "config.h"

#include "samling/nin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Of invented people, and of the examples of how the control digits are reckoned. */
static const char *const published[] = {"31129956715", "23906398699", "24856399504", "13873249565",
                                        "12824996154"};

/* What the first ten digits leave when the weights of the first control digit are on them. */
static int first_control(const char *d)
{
    static const int w[10] = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
    int sum = 0;
    for (int i = 0; i < 10; i++)
        sum += w[i] * (d[i] - '0');
    return sum % 11;
}

static int second_control(const char *d)
{
    static const int w[11] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
    int sum = 0;
    for (int i = 0; i < 11; i++)
        sum += w[i] * (d[i] - '0');
    return sum % 11;
}

/* Puts control digits to day, month, year and three more digits, so that the first control leaves
 * `rest`. False when there are none: each such number has just the one pair, or none. */
static bool make(int day, int month, int year, int three, int rest, char out[12])
{
    char date[48];
    snprintf(date, sizeof date, "%02d%02d%02d%03d00", day, month, year, three);
    memcpy(out, date, 12);
    for (int k = 0; k < 100; k++) {
        out[9] = (char)('0' + k / 10);
        out[10] = (char)('0' + k % 10);
        if (first_control(out) == rest && second_control(out) == 0)
            return true;
    }
    return false;
}

/* Some number of that date. */
static void any(int day, int month, int year, char out[12])
{
    for (int three = 0; three < 1000; three++)
        if (make(day, month, year, three, 0, out))
            return;
    fail_msg("no number for %d.%d.%d", day, month, year);
}

static bool valid(int day, int month, int year)
{
    char d[12];
    any(day, month, year, d);
    return nin_valid(d);
}

/* ---- One number ------------------------------------------------------------------------------ */

static void published_numbers_are_valid(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++)
        assert_true(nin_valid(published[i]));
}

static void a_wrong_digit_is_noticed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++)
        for (int at = 0; at < 11; at++)
            for (char c = '0'; c <= '9'; c++) {
                char d[12];
                strcpy(d, published[i]);
                d[at] = c;
                assert_int_equal(nin_valid(d), c == published[i][at]);
            }
}

static void two_digits_in_the_wrong_order_are_noticed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++)
        for (int at = 0; at < 10; at++) {
            char d[12];
            strcpy(d, published[i]);
            d[at] = published[i][at + 1];
            d[at + 1] = published[i][at];
            assert_int_equal(nin_valid(d), d[at] == d[at + 1]);
        }
}

static void the_first_control_leaves_up_to_three(void **state)
{
    (void)state;
    for (int rest = 0; rest < 11; rest++) {
        int made = 0;
        for (int three = 0; three < 1000; three++) {
            char d[12];
            if (!make(17, 5, 14, three, rest, d))
                continue;
            made++;
            assert_int_equal(nin_valid(d), rest <= 3);
        }
        assert_true(made > 100);
    }
}

static void the_second_control_leaves_nothing(void **state)
{
    (void)state;
    int right = 0;
    for (long n = 0; n < 100000; n++) {
        char d[32];
        snprintf(d, sizeof d, "170514%05ld", n);
        if (first_control(d) != 0)
            continue;
        assert_int_equal(nin_valid(d), second_control(d) == 0);
        right += second_control(d) == 0;
    }
    assert_true(right > 100);
}

static void only_days_that_exist(void **state)
{
    (void)state;
    static const int longest[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; month++)
        for (int day = 0; day <= 39; day++) {
            bool exists = day >= 1 && day <= longest[month - 1];
            assert_int_equal(valid(day, month, 71), exists);
            assert_int_equal(valid(day + 40, month, 71), exists);
        }
    assert_true(valid(29, 2, 72));
    assert_true(valid(29, 2, 0)); /* 2000 */
    assert_false(valid(29, 2, 70));
    assert_false(valid(30, 2, 72));
    assert_false(valid(72, 1, 71));
    assert_false(valid(81, 1, 71));
}

static void months_of_real_and_invented_people(void **state)
{
    (void)state;
    for (int month = 0; month < 100; month++) {
        bool real = month >= 1 && month <= 12, plus40 = month >= 41 && month <= 52;
        bool plus65 = month >= 66 && month <= 77, plus80 = month >= 81 && month <= 92;
        assert_int_equal(valid(1, month, 71), real || plus40 || plus65 || plus80);
    }
    assert_false(valid(31, 82, 71));
    assert_true(valid(68, 82, 71)); /* a D-number of an invented person */
}

static void other_characters_are_none(void **state)
{
    (void)state;
    assert_false(nin_valid("3112995671 "));
    assert_false(nin_valid("3112995671x"));
    assert_false(nin_valid("\xD9\xA3"
                           "112995671"));
    assert_false(nin_valid("00000000000"));
}

/* ---- In a text ------------------------------------------------------------------------------- */

static void found(const char *s, const char *want)
{
    size_t at = 99, len = 99;
    if (!nin_find(s, &at, &len))
        fail_msg("nothing found in: %s", s);
    if (len != strlen(want) || strncmp(s + at, want, len) != 0)
        fail_msg("in: %s: found: %.*s", s, (int)len, s + at);
}

static void none(const char *s)
{
    size_t at = 98, len = 99;
    if (nin_find(s, &at, &len))
        fail_msg("in: %s: found: %.*s", s, (int)len, s + at);
    assert_int_equal(at, 98);
    assert_int_equal(len, 99);
}

static void in_every_way_of_writing(void **state)
{
    (void)state;
    static const char *const ways[] = {
        "31129956715",
        "311299 56715",
        "311299-56715",
        "311299 - 56715",
        "311299.56715",
        "311299/56715",
        "311299\t56715",
        "311299\xC2\xA0"
        "56715",
        "311299\xE2\x80\xAF"
        "56715",
        "311299\xE2\x80\x89"
        "56715",
        "311299\xE2\x80\x87"
        "56715",
        "311299–56715",
        "311299‐56715",
        "311299‑56715",
        "311299−56715",
        "311299 567 15",
        "31 12 99 56715",
        "31.12.99 56715",
        "31.12.99-56715",
        "31.12.1999 56715",
        "31/12/99 56715",
        "31-12-99 56715",
        "31. 12. 99 56715",
    };
    /* In other groups, where more digits beside it would make it something else. */
    static const char *const odd[] = {
        "23 917 845 026",
        "23.917.845.026",
        "2391 7845 026",
        "2 3 9 1 7 8 4 5 0 2 6",
        "2-3-9-1-7-8-4-5-0-2-6",
        "23\xC2\xA0"
        "917\xC2\xA0"
        "845\xC2\xA0"
        "026",
        "23\xE2\x80\xAF"
        "917\xE2\x80\xAF"
        "845\xE2\x80\xAF"
        "026",
        "２３９１７８４５０２６",
        "２３９１７８ ４５０２６",
    };
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        char text[120];
        found(ways[i], ways[i]);
        snprintf(text, sizeof text, "Kari Ås, fnr.: %s, Åmot", ways[i]);
        found(text, ways[i]);
        snprintf(text, sizeof text, "(%s)", ways[i]);
        found(text, ways[i]);
        snprintf(text, sizeof text, "12 %s", ways[i]);
        found(text, ways[i]);
    }
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        char text[120];
        found(odd[i], odd[i]);
        snprintf(text, sizeof text, "Kari Ås, fnr.: %s, Åmot", odd[i]);
        found(text, odd[i]);
        snprintf(text, sizeof text, "12 %s", odd[i]);
        none(text);
        snprintf(text, sizeof text, "%s.1", odd[i]);
        none(text);
        snprintf(text, sizeof text, "+%s", odd[i]);
        none(text);
        snprintf(text, sizeof text, "+ %s", odd[i]);
        none(text);
    }
}

static void the_first_of_several(void **state)
{
    (void)state;
    found("12345678901 og 23906398699 31129956715", "23906398699");
    found("91234567 31129956715", "31129956715");
    found("x31129956715y", "31129956715");
}

static void never_part_of_a_longer_run(void **state)
{
    (void)state;
    none("131129956715");
    none("311299567151");
    none("1311299 56715");
    none("311299 567151");
    none("131.12.99 56715");
    none("31.12.99 567150");
    none("0031129956715");
}

static void near_misses_are_none(void **state)
{
    (void)state;
    none(NULL);
    none("");
    none("Kari Nordmann");
    none("31129956716");
    none("311299 56716");
    none("311299    56715"); /* two columns, not one number */
    none("311299, 56715");
    none("311299");
    none("56715");
    none("31.12.99");
    none("31.12.99 ");
    none("3112  9956715");
    none("3112, 9956715");
    /* A day and a time, or something else. */
    none("01.01.2026 2.30");
    none("01.08.2026 165");
    none("01-08-2026 173");
    none("311299 ");
    none("3.1.1.2.9.9");
}

static void phones_and_organisation_numbers_are_none(void **state)
{
    (void)state;
    none("974760673"); /* nine digits */
    none("974 760 673 MVA");
    none("91234567");
    none("912 34 567");
    none("+47 91 23 45 67");
    none("+4791234567");
    for (long n = 40000000; n < 100000000; n += 997) {
        char d[32];
        snprintf(d, sizeof d, "%ld", n);
        none(d);
        snprintf(d, sizeof d, "47%ld", n);
        none(d);
        snprintf(d, sizeof d, "47 %ld", n);
        none(d);
        snprintf(d, sizeof d, "0047%ld", n);
        none(d);
        snprintf(d, sizeof d, "0047 %ld", n);
        none(d);
    }
}

static void foreign_phones_behind_a_plus_are_none(void **state)
{
    (void)state;
    char d[12], text[16];
    any(46, 70, 12, d); /* +46 70 12… is a mobile phone in Sweden */
    found(d, d);
    snprintf(text, sizeof text, "+%s", d);
    none(text);
}

static void account_numbers_in_their_own_form_are_none(void **state)
{
    (void)state;
    char text[16];
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
        const char *d = published[i];
        snprintf(text, sizeof text, "%.4s.%.2s.%s", d, d + 4, d + 6);
        none(text);
        snprintf(text, sizeof text, "%.4s %.2s %s", d, d + 4, d + 6);
        none(text);
    }
    none("12345678903"); /* a good account number, but no date */
}

static void without_its_first_zero(void **state)
{
    (void)state;
    char d[12];
    any(7, 3, 85, d);
    found(d + 1, d + 1);
    any(7, 83, 85, d);
    none(d + 1);
    any(7, 43, 85, d);
    none(d + 1);
    any(10, 3, 85, d); /* has lost no zero */
    none(d + 1);
}

/* ---- Out of a text --------------------------------------------------------------------------- */

static void scrubbed(const char *s, size_t count, const char *want)
{
    char text[160];
    snprintf(text, sizeof text, "%s", s);
    size_t taken = nin_scrub(text);
    assert_string_equal(text, want);
    assert_int_equal(taken, count);
}

static void takes_all_out(void **state)
{
    (void)state;
    scrubbed("31129956715", 1, "");
    scrubbed(" 31129956715 ", 1, "");
    scrubbed("Kari 31129956715 Nordmann", 1, "Kari Nordmann");
    scrubbed("Kari  311299 56715  Nordmann", 1, "Kari  Nordmann");
    scrubbed("31129956715 Kari", 1, "Kari");
    scrubbed("Kari\xC2\xA0"
             "31129956715",
             1, "Kari");
    scrubbed("Kari 31129956715, Åmot", 1, "Kari, Åmot");
    scrubbed("Kari (31129956715)", 1, "Kari ()");
    scrubbed("Kari 31129956715\nOla 311299-56715\n", 2, "Kari \nOla \n");
    scrubbed("x31129956715y", 1, "xy");
    scrubbed("23906398699;31129956715;91234567", 2, ";;91234567");
    scrubbed("23906398699 31129956715", 2, "");
    scrubbed("1 23906398699 2", 1, "1 2");
    /* What says nothing without it goes, too. */
    scrubbed("=\"31129956715\"", 1, "");
    scrubbed("31129956715.0", 1, "");
    scrubbed("31129956715.00 Kari", 1, "Kari");
    scrubbed("31129956715.05", 1, ".05");
    scrubbed("31129956715/", 1, "");
    scrubbed("23906398699 / 31129956715", 2, "");
    scrubbed("(３１１２９９５６７１５)", 1, "");
    scrubbed("31129956715 æ", 1, "æ");
    scrubbed("23 917 845 026 Kari", 1, "Kari");
}

static void the_halves_of_another_are_taken_too(void **state)
{
    (void)state;
    scrubbed("a 311299 23906398699 56715 b", 2, "a b");
}

static void a_text_without_one_is_not_touched(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "  Kari , Åmot  ", " 91234567 ", "31129956716 ",
                                        "\xFF 12"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        scrubbed(texts[i], 0, texts[i]);
    assert_int_equal(nin_scrub(NULL), 0);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void nothing_is_left_of_any_text(void **state)
{
    (void)state;
    static const char *const bits[] = {"31129956715", "311299", "56715", " ", "-", ".", "31", "12",
                                       "99",          "1999",   "+",     "x", ",", "å", "\n", "9"};
    uint32_t seed = 1;
    size_t taken = 0;
    for (int round = 0; round < 20000; round++) {
        char text[200] = "", before[200];
        for (uint32_t n = next_random(&seed) % 14; n > 0; n--)
            strcat(text, bits[next_random(&seed) % (sizeof bits / sizeof bits[0])]);
        strcpy(before, text);
        size_t now = nin_scrub(text);
        if (nin_find(text, NULL, NULL) || (now == 0) != (strcmp(text, before) == 0))
            fail_msg("%s: left: %s", before, text);
        taken += now;
    }
    assert_in_range(taken, 2000, 400000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_numbers_are_valid),
        cmocka_unit_test(a_wrong_digit_is_noticed),
        cmocka_unit_test(two_digits_in_the_wrong_order_are_noticed),
        cmocka_unit_test(the_first_control_leaves_up_to_three),
        cmocka_unit_test(the_second_control_leaves_nothing),
        cmocka_unit_test(only_days_that_exist),
        cmocka_unit_test(months_of_real_and_invented_people),
        cmocka_unit_test(other_characters_are_none),
        cmocka_unit_test(in_every_way_of_writing),
        cmocka_unit_test(the_first_of_several),
        cmocka_unit_test(never_part_of_a_longer_run),
        cmocka_unit_test(near_misses_are_none),
        cmocka_unit_test(phones_and_organisation_numbers_are_none),
        cmocka_unit_test(foreign_phones_behind_a_plus_are_none),
        cmocka_unit_test(account_numbers_in_their_own_form_are_none),
        cmocka_unit_test(without_its_first_zero),
        cmocka_unit_test(takes_all_out),
        cmocka_unit_test(the_halves_of_another_are_taken_too),
        cmocka_unit_test(a_text_without_one_is_not_touched),
        cmocka_unit_test(nothing_is_left_of_any_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
