#include "config.h"

#include "samling/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "samling/lang.h"

/* A Saturday. */
static const struct day today = {2026, 11, 21};

/* ---- A catalogue of our own, so that these tests need no installed one ---- */

static const char *const nb[][2] = {
    {"", "Content-Type: text/plain; charset=UTF-8\n"},
    {"February", "februar"},
    {"March", "mars"},
    {"Monday", "mandag"},
    {"November", "november"},
    {"Saturday", "lørdag"},
    {"Tue", "ti."},
    {"Tuesday", "tirsdag"},
    {"Wednesday", "onsdag"},
};
enum { MESSAGES = sizeof nb / sizeof nb[0] };

static char folder[] = "/tmp/samling-date-XXXXXX";
static char catalogue[sizeof folder + 40];

/* GNU .mo: seven words of header, two tables of length and offset, the strings; ids sorted. */
static int write_catalogue(void **state)
{
    (void)state;
    static const char *const parts[] = {"", "/nb", "/nb/LC_MESSAGES"};
    uint32_t head[7] = {0x950412de, 0, MESSAGES, 28, 28 + 8 * MESSAGES, 0, 0};
    uint32_t table[2][MESSAGES][2], at = 28 + 16 * MESSAGES;
    if (!mkdtemp(folder))
        return -1;
    for (size_t i = 1; i < 3; i++) {
        snprintf(catalogue, sizeof catalogue, "%s%s", folder, parts[i]);
        if (mkdir(catalogue, 0700) != 0)
            return -1;
    }
    snprintf(catalogue, sizeof catalogue, "%s/nb/LC_MESSAGES/samling.mo", folder);
    FILE *f = fopen(catalogue, "w");
    if (!f)
        return -1;
    for (int which = 0; which < 2; which++) {
        for (size_t i = 0; i < MESSAGES; i++) {
            table[which][i][0] = (uint32_t)strlen(nb[i][which]);
            table[which][i][1] = at;
            at += table[which][i][0] + 1;
        }
    }
    fwrite(head, sizeof head, 1, f);
    fwrite(table, sizeof table, 1, f);
    for (int which = 0; which < 2; which++)
        for (size_t i = 0; i < MESSAGES; i++)
            fwrite(nb[i][which], strlen(nb[i][which]) + 1, 1, f);
    setenv("SAMLING_LOCALEDIR", folder, 1);
    return fclose(f);
}

static int remove_catalogue(void **state)
{
    (void)state;
    unlink(catalogue);
    for (size_t n = strlen(catalogue); n > strlen(folder); n--) {
        if (catalogue[n - 1] == '/') {
            catalogue[n - 1] = '\0';
            rmdir(catalogue);
        }
    }
    return rmdir(folder) == 0 || access(folder, F_OK) != 0 ? 0 : -1;
}

/* ---- Language ---- */

static enum lang chosen(const char *language, const char *all, const char *lang)
{
    language ? setenv("LANGUAGE", language, 1) : unsetenv("LANGUAGE");
    all ? setenv("LC_ALL", all, 1) : unsetenv("LC_ALL");
    lang ? setenv("LANG", lang, 1) : unsetenv("LANG");
    unsetenv("LC_MESSAGES");
    unsetenv("LC_CTYPE");
    assert_true(lang_init(NULL));
    return lang_now();
}

static void language_follows_the_locale(void **state)
{
    (void)state;
    assert_int_equal(chosen(NULL, NULL, NULL), LANG_EN);
    assert_int_equal(chosen(NULL, NULL, "nb_NO.UTF-8"), LANG_NB);
    assert_int_equal(chosen(NULL, NULL, "nn_NO"), LANG_NN);
    assert_int_equal(chosen(NULL, NULL, "no_NO.ISO-8859-1"), LANG_NB);
    assert_int_equal(chosen(NULL, NULL, "en_GB.UTF-8"), LANG_EN);
    assert_int_equal(chosen(NULL, NULL, "de_DE.UTF-8"), LANG_EN);
    assert_int_equal(chosen(NULL, "nn_NO.UTF-8", "nb_NO.UTF-8"), LANG_NN);
    assert_int_equal(chosen(NULL, "C.UTF-8", "nb_NO.UTF-8"), LANG_EN);
    assert_int_equal(chosen("da:nn:nb", NULL, "nb_NO.UTF-8"), LANG_NN);
    assert_int_equal(chosen("nb", "C.UTF-8", NULL), LANG_NB);
    assert_int_equal(chosen("nb", "C", NULL), LANG_EN);
}

static void language_by_name(void **state)
{
    (void)state;
    chosen(NULL, NULL, "nn_NO.UTF-8");
    assert_true(lang_init("no"));
    assert_string_equal(lang_code(), "nb");
    assert_true(lang_init("en"));
    assert_string_equal(lang_code(), "en");
    chosen(NULL, NULL, "nn_NO.UTF-8");
    assert_false(lang_init("nbx"));
    assert_string_equal(lang_code(), "nn");
    assert_false(lang_init(""));
}

static void translates_without_a_locale(void **state)
{
    (void)state;
    static const char *const locales[] = {"C", "UTF-8", "xx_XX.UTF-8", "nb_NO.ISO-8859-1", ""};
    for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++) {
        unsetenv("LANGUAGE");
        setenv("LC_ALL", locales[i], 1);
        assert_true(lang_init("nb"));
        assert_string_equal(lang_tr("Saturday"), "lørdag");
        assert_true(lang_init("en"));
        assert_string_equal(lang_tr("Saturday"), "Saturday");
    }
    assert_true(lang_init("nn")); /* what nynorsk lacks, bokmål has */
    assert_string_equal(lang_tr("Saturday"), "lørdag");
    assert_string_equal(lang_tr(""), "");
    char number[8];
    snprintf(number, sizeof number, "%.1f", 1.5);
    assert_string_equal(number, "1.5");
}

/* ---- Days ---- */

static void counts_days(void **state)
{
    (void)state;
    assert_int_equal(date_number((struct day){1970, 1, 1}), 0);
    assert_int_equal(date_number((struct day){2000, 3, 1}), 11017);
    assert_int_equal(date_number((struct day){1969, 12, 31}), -1);
    struct day before = date_from_number(date_number((struct day){1, 1, 1}));
    int weekday = date_weekday(before);
    assert_int_equal(before.year, 1);
    for (long n = date_number(before) + 1; n <= date_number((struct day){9999, 12, 31}); n += 1) {
        struct day d = date_from_number(n);
        bool next = (d.year == before.year && d.month == before.month && d.day == before.day + 1) ||
                    (d.day == 1 &&
                     (d.month == before.month + 1 || (d.month == 1 && d.year == before.year + 1)));
        weekday = (weekday + 1) % 7;
        if (!next || date_number(d) != n || date_weekday(d) != weekday)
            fail_msg("day %ld is not %d-%d-%d", n, d.year, d.month, d.day);
        before = d;
        /* All of the years that matter, and a look at the others. */
        if (d.month == 1 && d.day == 2 && (d.year < 1890 || d.year > 2200)) {
            n = date_number((struct day){d.year, 12, 30});
            before = date_from_number(n);
            weekday = date_weekday(before);
        }
    }
    assert_int_equal(before.year, 9999);
    assert_int_equal(date_weekday(today), 5);
}

static int week(int y, int m, int d, int *year)
{
    return date_iso_week((struct day){y, m, d}, year);
}

static void numbers_weeks(void **state)
{
    (void)state;
    int year;
    assert_int_equal(week(2026, 11, 21, NULL), 47);
    assert_int_equal(week(2021, 1, 3, &year), 53);
    assert_int_equal(year, 2020);
    assert_int_equal(week(2024, 12, 30, &year), 1);
    assert_int_equal(year, 2025);
    assert_int_equal(week(2026, 12, 31, &year), 53);
    assert_int_equal(year, 2026);
}

static void splits_and_joins(void **state)
{
    (void)state;
    struct day d;
    char out[DATE_SIZE];
    assert_true(date_split("2026-11-21T09:00", &d));
    assert_int_equal(d.day, 21);
    date_join(d, out);
    assert_string_equal(out, "2026-11-21");
    assert_false(date_split("2026-02-29", &d));
    assert_false(date_split("2026-11-21x", &d));
    assert_false(date_split("2026-11-2", &d));
    assert_false(date_split("", &d));
    assert_false(date_split(NULL, &d));
}

static void today_can_be_set(void **state)
{
    (void)state;
    setenv("SAMLING_TODAY", "2022-02-08", 1);
    assert_int_equal(date_number(date_today()), date_number((struct day){2022, 2, 8}));
    setenv("SAMLING_TODAY", "nonsense", 1);
    assert_true(date_today().year >= 2024);
    unsetenv("SAMLING_TODAY");
    char now[21];
    struct day d;
    date_now_utc(now);
    assert_int_equal(strlen(now), 20);
    assert_true(date_split(now, &d));
    assert_int_equal(now[19], 'Z');
}

/* ---- Reading ---- */

struct reading {
    const char *typed, *want; /* NULL: refused */
};

static void reads_days(void **state)
{
    (void)state;
    static const struct reading table[] = {
        {"2026-11-21", "2026-11-21"},
        {"2026-1-2", "2026-01-02"},
        {"21.11.2026", "2026-11-21"},
        {" 21.11.26 ", "2026-11-21"},
        {"1.2.69", "2069-02-01"},
        {"1.2.70", "1970-02-01"},
        {"21. 11. 2026", "2026-11-21"},
        {"21. 11. 26", "2026-11-21"},
        {"21.11", "2026-11-21"},
        {"21.11.", "2026-11-21"},
        {"21.8.", "2026-08-21"},
        {"20.8.", "2027-08-20"},
        {"20.11.", "2026-11-20"},
        {"10.1", "2027-01-10"},
        {"29.2", "2028-02-29"},
        {"21/11/2026", "2026-11-21"},
        {"21/11", "2026-11-21"},
        {"21-11-2026", "2026-11-21"},
        {"21-11", NULL},
        {"21112026", "2026-11-21"},
        {"20261121", "2026-11-21"},
        {"211126", "2026-11-21"},
        {"+7", "2026-11-28"},
        {"-1", "2026-11-20"},
        {"\u22121", "2026-11-20"},
        {"+0", "2026-11-21"},
        {"+99999", NULL},
        {"i dag", "2026-11-21"},
        {"I DAG", "2026-11-21"},
        {"today", "2026-11-21"},
        {"i\u00A0morgen", "2026-11-22"},
        {"i morgon", "2026-11-22"},
        {"tomorrow", "2026-11-22"},
        {"i går", "2026-11-20"},
        {"fre", "2026-11-27"},
        {"Fredag", "2026-11-27"},
        {"fri", "2026-11-27"},
        {"fr.", "2026-11-27"},
        {"lør", "2026-11-28"},
        {"lo", "2026-11-28"},
        {"laurdag", "2026-11-28"},
        {"LØRDAG", "2026-11-28"},
        {"lo\u0308rdag", "2026-11-28"},
        {"sø", "2026-11-22"},
        {"sundag", "2026-11-22"},
        {"må", "2026-11-23"},
        {"ty", "2026-11-24"},
        {"Tuesday", "2026-11-24"},
        {"to", "2026-11-26"},
        {"thu", "2026-11-26"},
        {"21. november 2026", "2026-11-21"},
        {"21 nov 26", "2026-11-21"},
        {"21.nov.2026", "2026-11-21"},
        {"21-nov-26", "2026-11-21"},
        {"8 February 2027", "2027-02-08"},
        {"1. mai", "2027-05-01"},
        {"lørdag 21. november 2026", "2026-11-21"},
        {"Saturday, 21 November 2026", "2026-11-21"},
        {"fredag 21. november 2026", NULL},
        {"29.2.2026", NULL},
        {"31.4.", NULL},
        {"0.1.", NULL},
        {"21.13.2026", NULL},
        {"21.11.226", NULL},
        {"21.11.2626", NULL},
        {"21.11.1899", NULL},
        {"21", NULL},
        {"2111", NULL},
        {"f", NULL},
        {"fredagen", NULL},
        {"21. ma 2026", NULL},
        {"21.11.26 09:00", NULL},
        {"21.11.26 x", NULL},
        {"2026/11/21", "2026-11-21"},
        {"2026/1/2", "2026-01-02"},
        {"2026.11.21", "2026-11-21"},
        {"2026/11-21", NULL},
        {"2026/13/01", NULL},
        {"11/21/2026", "2026-11-21"},
        {"6/22/22", "2022-06-22"},
        {"6/7/22", "2022-07-06"}, /* Norwegian where it can be either */
        {"6/22", NULL},
        {"6.22.22", NULL},
        {"13/13/22", NULL},
        {"2/30/22", NULL},
        {"01.08.2026 00:00:00", "2026-08-01"},
        {"2026-08-01T00:00:00.000Z", "2026-08-01"},
        {"2026-08-01 00:00", "2026-08-01"},
        {"8/21/2026 12:00:00 AM", "2026-08-21"},
        {"01.08.2026 00:00:01x", NULL},
        {"01.08.2026 01:00:00", NULL},
        {"01.08.2026 0", NULL},
        {"44734", NULL}, /* a spreadsheet's serial number */
        {"44734,4635", NULL},
        {"", NULL},
        {" ", NULL},
        {NULL, NULL},
        {"\xE5", NULL},
        {"1234567890123456789012345678901234567890123456789012345678901234567890", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char out[DATE_SIZE] = "nothing";
        bool read = date_parse(table[i].typed, today, out);
        if (read != (table[i].want != NULL) || (read && strcmp(out, table[i].want) != 0))
            fail_msg("%s gives %s", table[i].typed, out);
    }
}

static void reads_moments(void **state)
{
    (void)state;
    static const struct reading table[] = {
        {"21.11.26 09:00", "2026-11-21T09:00"},
        {"21.11.26 kl. 9", "2026-11-21T09:00"},
        {"21.11.26, kl 09.30", "2026-11-21T09:30"},
        {"21.11.26 0900", "2026-11-21T09:00"},
        {"21.11.26 915", "2026-11-21T09:15"},
        {"21.11. 0900", "2026-11-21T09:00"},
        {"21.11 0900", "2026-11-21T09:00"},
        {"21.11. 10", "2026-11-21T10:00"},
        {"21.11. 26", "2026-11-21"},
        {"21.11. 2026", "2026-11-21"},
        {"21.11. 2026 9", "2026-11-21T09:00"},
        {"21.11. 09:00", "2026-11-21T09:00"},
        {"211126 0900", "2026-11-21T09:00"},
        {"2026-11-21T09:00", "2026-11-21T09:00"},
        {"2026-11-21 09:00:00", "2026-11-21T09:00"},
        {"2026-11-21", "2026-11-21"},
        {"fre 9", "2026-11-27T09:00"},
        {"fre 9.30", "2026-11-27T09:30"},
        {"fre kl. 18", "2026-11-27T18:00"},
        {"i morgen kl 8.15", "2026-11-22T08:15"},
        {"+7 12", "2026-11-28T12:00"},
        {"21. november 2026 kl. 12", "2026-11-21T12:00"},
        {"21. november 12", "2026-11-21T12:00"},
        {"lørdag 21. november 2026 klokka 12", "2026-11-21T12:00"},
        {"21.11.26 24:00", NULL},
        {"21.11.26 9:60", NULL},
        {"21.11.26 9:5", NULL},
        {"21.11.26 kl.", NULL},
        {"21.11.26 09:00 x", NULL},
        {"09:00", NULL},
        {"kl. 09.00", NULL},
        {"2022/06/22 11:07:29 AM AST", "2022-06-22T11:07"},
        {"2022/06/22 3:07:29 PM GMT+2", "2022-06-22T15:07"},
        {"2022/06/22 12:07:29 a.m. CEST", "2022-06-22T00:07"},
        {"2022/06/22 12:07:29 p.m.", "2022-06-22T12:07"},
        {"2022/06/22 11:07:29\u202fPM", "2022-06-22T23:07"},
        {"6/22/22 11:07:29", "2022-06-22T11:07"},
        {"6/22/2022 3:07 PM", "2022-06-22T15:07"},
        {"6/7/22 11:07:29", "2022-07-06T11:07"},
        {"22.06.2022 11:07:29", "2022-06-22T11:07"},
        {"22.06.2022 kl. 11.07.29", "2022-06-22T11:07"},
        {"2022-06-22 11:07:29", "2022-06-22T11:07"},
        {"2022-06-22 11:07:29.123", "2022-06-22T11:07"},
        {"2022-06-22T11:07:29Z", "2022-06-22T11:07"},
        {"2022-06-22T11:07:29.123456Z", "2022-06-22T11:07"},
        {"2022-06-22T11:07:29+02:00", "2022-06-22T11:07"},
        {"2022-06-22T11:07:29-0300", "2022-06-22T11:07"},
        {"2022-06-22T11:07+02:00", "2022-06-22T11:07"},
        {"22.06.2022 kl. 9 pm", "2022-06-22T21:00"},
        {"22.06.2022 15:07:29 PM", "2022-06-22T15:07"},
        {"22.06.2022 00:07 AM", "2022-06-22T00:07"},
        {"22.06.2022 kl. 09.00", "2022-06-22T09:00"},
        {"22.06.2022 00:00:00", "2022-06-22T00:00"},
        {"22. juni 2022 kl. 9–15", NULL},
        {"22. juni 2022 kl. 09:00-14:00", NULL},
        {"22. juni 2022 kl. 0900-1400", NULL},
        {"22.06.2022 15:07:29 AM", NULL},
        {"22.06.2022 0:07 PM", NULL},
        {"22.06.2022 11:07:60", NULL},
        {"22.06.2022 11:07:29 AM x", NULL},
        {"22.06.2022 11:07:29 Oslo", NULL},
        {"22.06.2022 11:07:29+15:00", NULL},
        {"22.06.2022 11:07:2", NULL},
        {"22.06.2022 11.07.", NULL},
        {"44734,4635", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char out[MOMENT_SIZE] = "nothing";
        bool read = moment_parse(table[i].typed, today, out);
        if (read != (table[i].want != NULL) || (read && strcmp(out, table[i].want) != 0))
            fail_msg("%s gives %s", table[i].typed, out);
    }
}

/* ---- Writing ---- */

static void one_is(void (*write)(struct buf *, const char *), const char *iso, const char *want)
{
    struct buf b = {0};
    write(&b, iso);
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

static void span_is(void (*write)(struct buf *, const char *, const char *), const char *from,
                    const char *to, const char *want)
{
    struct buf b = {0};
    write(&b, from, to);
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

static void writes_norwegian(void **state)
{
    (void)state;
    assert_true(lang_init("nb"));
    one_is(date_short, "2026-11-21", "21.11.2026");
    one_is(date_short, "", "");
    one_is(date_short, "soon", "soon");
    one_is(moment_short, "2026-11-21T09:00", "21.11.2026 09:00");
    one_is(moment_short, "2026-11-21", "21.11.2026");
    one_is(date_long, "2026-11-21T09:00", "lørdag 21. november 2026");
    one_is(date_long, "2026-11-21", "lørdag 21. november 2026");
    span_is(span_long, "2022-02-08T09:00", "2022-02-08T15:00", "tirsdag 8. februar 2022 kl. 09–15");
    span_is(span_long, "2022-02-08T09:30", "2022-02-08T15:00",
            "tirsdag 8. februar 2022 kl. 09.30–15");
    span_is(span_long, "2022-02-08", "2022-02-08", "tirsdag 8. februar 2022");
    span_is(span_long, "2022-02-08", "2022-02-09", "8.–9. februar 2022");
    span_is(span_long, "2022-02-28", "2022-03-01", "28. februar – 1. mars 2022");
    span_is(span_long, "2021-11-30", "2022-03-01", "30. november 2021 – 1. mars 2022");
    span_is(span_long, "2022-02-08T12:00", "2022-02-09T13:00",
            "tirsdag 8. februar kl. 12 til onsdag 9. februar 2022 kl. 13");
    span_is(span_long, "", NULL, "");
    span_is(span_short, "2022-02-08T09:00", "2022-02-08T15:00", "ti. 8.2.22 09–15");
    span_is(span_short, "2022-02-08T09:00", "2022-02-08T15:30", "ti. 8.2.22 09–15.30");
    span_is(span_short, "2022-02-08T09:00", "", "ti. 8.2.22 09.00");
    span_is(span_short, "2022-02-08", "", "ti. 8.2.22");
    span_is(span_short, "2022-02-08T12:00", "2022-02-09T12:00", "8.–9.2.22");
    span_is(span_short, "2022-02-28", "2022-03-01", "28.2.–1.3.22");
    span_is(span_short, "2021-11-30", "2022-03-01", "30.11.21–1.3.22");
}

static void writes_english(void **state)
{
    (void)state;
    assert_true(lang_init("en"));
    one_is(date_short, "2026-11-21", "2026-11-21");
    one_is(moment_short, "2026-11-21T09:00", "2026-11-21 09:00");
    one_is(date_long, "2026-11-21", "Saturday 21 November 2026");
    span_is(span_long, "2022-02-08T09:00", "2022-02-08T15:00",
            "Tuesday 8 February 2022, 09:00–15:00");
    span_is(span_long, "2022-02-08", "2022-02-09", "8–9 February 2022");
    span_is(span_long, "2022-02-08T12:00", "2022-02-09T13:00",
            "Tuesday 8 February 2022, 12:00 – Wednesday 9 February 2022, 13:00");
    span_is(span_short, "2022-02-08T09:00", "2022-02-08T15:00", "Tue 2022-02-08 09–15");
    span_is(span_short, "2022-02-08", "2022-02-09", "2022-02-08–09");
    span_is(span_short, "2022-02-28", "2022-03-01", "2022-02-28–03-01");
    assert_string_equal(date_weekday_name(7, true), "");
    assert_string_equal(date_month_name(0, true), "");
    assert_string_equal(date_month_name(12, false), "Dec");
}

/* What we write in full we read again. */
static void reads_what_it_writes(void **state)
{
    (void)state;
    assert_true(lang_init("nb"));
    struct buf b = {0};
    char out[MOMENT_SIZE];
    span_long(&b, "2026-11-21T09:30", NULL);
    assert_true(moment_parse(b.s, today, out));
    assert_string_equal(out, "2026-11-21T09:30");
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(language_follows_the_locale),
        cmocka_unit_test(language_by_name),
        cmocka_unit_test(translates_without_a_locale),
        cmocka_unit_test(counts_days),
        cmocka_unit_test(numbers_weeks),
        cmocka_unit_test(splits_and_joins),
        cmocka_unit_test(today_can_be_set),
        cmocka_unit_test(reads_days),
        cmocka_unit_test(reads_moments),
        cmocka_unit_test(writes_norwegian),
        cmocka_unit_test(writes_english),
        cmocka_unit_test(reads_what_it_writes),
    };
    return cmocka_run_group_tests_name("date", tests, write_catalogue, remove_catalogue);
}
