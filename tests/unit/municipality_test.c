#include "config.h"

#include "samling/municipality.h"
#include "samling/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { MANY = 8 };

/* The numbers of what `typed` means, with spaces between. */
static void means(const char *typed, const char *want)
{
    const struct municipality *m[MANY] = {0};
    struct buf got = {0};
    size_t n = municipality_find(typed, m, MANY);
    assert_in_range(n, 0, MANY);
    for (size_t i = 0; i < n; i++)
        buf_addf(&got, "%s%s", i ? " " : "", m[i]->number);
    if (strcmp(buf_str(&got), want) != 0)
        fail_msg("%s: wanted: %s: got: %s", typed ? typed : "NULL", want, buf_str(&got));
    buf_free(&got);
}

/* ---- The table ------------------------------------------------------------------------------- */

static void each_county_has_its_municipalities(void **state)
{
    (void)state;
    static const struct {
        const char *county;
        int count;
    } want[] = {
        {"Oslo", 1},       {"Rogaland", 23}, {"Møre og Romsdal", 27}, {"Nordland", 41},
        {"Østfold", 12},   {"Akershus", 21}, {"Buskerud", 18},        {"Innlandet", 46},
        {"Vestfold", 6},   {"Telemark", 17}, {"Agder", 25},           {"Vestland", 43},
        {"Trøndelag", 38}, {"Troms", 21},    {"Finnmark", 18},
    };
    size_t n, rest;
    const struct municipality *all = municipality_all(&n);
    rest = n;
    for (size_t c = 0; c < sizeof want / sizeof want[0]; c++) {
        int count = 0;
        for (size_t i = 0; i < n; i++)
            count += strcmp(all[i].county, want[c].county) == 0;
        if (count != want[c].count)
            fail_msg("%s has %d", want[c].county, count);
        rest -= (size_t)count;
    }
    assert_int_equal(rest, 0);
}

static void each_number_finds_itself(void **state)
{
    (void)state;
    size_t n;
    const struct municipality *all = municipality_all(&n);
    for (size_t i = 0; i < n; i++) {
        means(all[i].number, all[i].number);
        assert_true(i == 0 || strcmp(all[i - 1].number, all[i].number) < 0);
    }
}

static void each_name_finds_itself(void **state)
{
    (void)state;
    size_t n;
    const struct municipality *all = municipality_all(&n);
    for (size_t i = 0; i < n; i++) {
        const struct municipality *of[MANY];
        const char *const names[] = {all[i].name, all[i].norwegian};
        for (size_t k = 0; k < 2; k++) {
            bool itself = false;
            size_t found = municipality_find(names[k], of, MANY);
            for (size_t j = 0; j < found; j++)
                itself |= of[j] == &all[i];
            if (!itself)
                fail_msg("%s is not found as %s", all[i].number, names[k]);
        }
    }
}

static void each_label_finds_just_its_own(void **state)
{
    (void)state;
    size_t n;
    const struct municipality *all = municipality_all(&n);
    for (size_t i = 0; i < n; i++)
        means(all[i].label, all[i].number);
}

static void labels_name_the_county_only_where_it_tells(void **state)
{
    (void)state;
    size_t n;
    struct buf with = {0};
    const struct municipality *all = municipality_all(&n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].label, all[i].norwegian) != 0)
            buf_addf(&with, "%s;", all[i].label);
    assert_string_equal(with.s, "Sande (Møre og Romsdal);Herøy (Møre og Romsdal);Herøy (Nordland);"
                                "Bø (Nordland);Våler (Østfold);Nes (Akershus);Våler (Innlandet);"
                                "Os (Innlandet);");
    buf_free(&with);
}

/* The numbers that mean something, by their first two digits: those of today and of 2016 to 2023.
 * Of 2016 there are as many as each county had. */
static void no_number_is_missing_and_none_is_invented(void **state)
{
    (void)state;
    static const int want[100] = {
        [1] = 18,  [2] = 22,     [3] = 1,       [4] = 22,      [5] = 26,
        [6] = 21,  [7] = 14 + 4, /* Sandefjord of 2017, Larvik, Holmestrand and Færder of 2018 */
        [8] = 18,  [9] = 15,     [10] = 15,     [11] = 26 + 1, /* Sandnes */
        [12] = 33, [14] = 26,    [15] = 36 + 7, /* Molde, Ålesund twice, Volda, Fjord, Hustadvika,
                                                   Haram */
        [16] = 25, [17] = 23,    [18] = 44 + 2, /* Narvik, Hamarøy */
        [19] = 24, [20] = 19,    [30] = 51,     [31] = 12,     [32] = 21,
        [33] = 18, [34] = 46,    [38] = 23,     [39] = 6,      [40] = 17,
        [42] = 25, [46] = 43,    [50] = 47 + 9, /* of 2018; those of 2020, with Rindal of 2019, and
                                                   two with new numbers */
        [54] = 39, [55] = 21,    [56] = 18,
    };
    const struct municipality *m[MANY];
    for (int prefix = 0; prefix < 100; prefix++) {
        int known = 0;
        for (int i = 0; i < 100; i++) {
            char number[24];
            snprintf(number, sizeof number, "%02d%02d", prefix, i);
            known += municipality_find(number, m, MANY) > 0;
        }
        if (known != want[prefix])
            fail_msg("%d numbers begin with %02d", known, prefix);
    }
}

/* ---- Numbers --------------------------------------------------------------------------------- */

static void numbers_of_today_and_before(void **state)
{
    (void)state;
    means("0301", "0301");
    means("301", "0301");
    means("301,0", "0301");
    means(" 0301.00 ", "0301");
    means("'0301", "0301");
    means("3203", "3203");
    means("0220", "3203");
    means("220", "3203");
    means("3025", "3203");
    means("0628", "3203");
    means("1201", "4601");
    means("1902", "5501"); /* 2016, 2020 */
    means("5401", "5501");
    means("0706", "3907"); /* 2016, 2017 */
    means("0710", "3907");
    means("0728", "3909"); /* 2017 */
    means("1624", "5054"); /* 2017 */
    means("1718", "5054");
    means("5030", "5001"); /* 2018 */
    means("1567", "5061"); /* 2018 */
    means("1444", "1577");
    means("1852", "5512");
    means("3811", "3911");
    means("kommunenr. 0220", "3203");
    means("K-0301", "0301");
}

static void a_divided_one_is_all_of_its_parts(void **state)
{
    (void)state;
    means("1850", "1806 1875");
    means("1613", "5055 5056 5059");
    means("5012", "5055 5056 5059");
    means("1507", "1508 1580");
    means("1534", "1580");
    means("1504", "1508");
}

static void no_such_number(void **state)
{
    (void)state;
    means("0000", "");
    means("9999", "");
    means("3202", "");
    means("03", "");
    means("31", "");
    means("00301", "");
    means("30100", "");
    means("301.5", "");
    means("-301x", "");
}

static void a_number_and_a_name_must_agree(void **state)
{
    (void)state;
    means("0301 Oslo", "0301");
    means("K-3203 Asker", "3203");
    means("Asker (0220)", "3203");
    means("0627 Røyken", "3203");
    means("1243 Os", "4624");
    means("1507 Ålesund", "1508 1580");
    means("0301 Bergen", "");
    means("1384 Asker", ""); /* a post code */
    means("1850 Mysen", ""); /* a post code that was Tysfjord's number */
    means("0301 3203", "");
}

/* ---- Names ----------------------------------------------------------------------------------- */

static void names_as_people_write_them(void **state)
{
    (void)state;
    means("Asker", "3203");
    means("ASKER KOMMUNE", "3203");
    means("  asker   kommune ", "3203");
    means("Kommunen Asker", "3203");
    means("Voss herad", "4621");
    means("Ulvik herad", "4620");
    means("Stord kommuna", "4614");
    means("AALESUND", "1508");
    means("A\xCC\x8A"
          "lesund",
          "1508"); /* Å in two */
    means("Baerum", "3201");
    means("Tromsoe", "5501");
    means("Nord Odal", "3414");
    means("nordre-follo", "3207");
    means("Evje og Hornnes", "4219");
    means("Kristiansand S", "4204");
    means("Kristiansund N", "1505");
}

static void sami_and_kven_names(void **state)
{
    (void)state;
    means("Kautokeino", "5612");
    means("Guovdageaidnu", "5612");
    means("Guovdageaidnu – Kautokeino", "5612");
    means("Kautokeino/Guovdageaidnu", "5612");
    means("Guovdageainnu suohkan - Kautokeino kommune", "5612");
    means("Kárášjohka", "5610");
    means("Karasjohka - Karasjok", "5610");
    means("Kárášjoga gielda", "5610");
    means("Deatnu - Tana", "5628");
    means("Unjárga – Nesseby", "5636");
    means("Porsanger - Porsáŋgu - Porsanki", "5622");
    means("Porsángu", "5622");
    means("Porsangin komuuni", "5622");
    means("Snåase – Snåsa", "5041");
    means("Raarvihke", "5043");
    means("Raarvihken tjïelte", "5043");
    means("Gáivuotna – Kåfjord", "5540");
    means("Gáivuotna – Kåfjord – Kaivuono", "5540");
    means("Storfjord - Omasvuotna - Omasvuono", "5538");
    means("Hábmer - Hamarøy", "1875");
    means("Hamarøy – Hábmer", "1875");
    means("Oslo - Oslove", "0301");
    means("Steinkjer – Stïentje", "5006");
    means("Ivgu", "5536");
    means("Divtasvuodna – Tysfjord", "1806 1875");
}

static void names_that_are_no_more(void **state)
{
    (void)state;
    means("Røyken", "3203");
    means("Hurum kommune", "3203");
    means("Skedsmo", "3205");
    means("Sørum", "3205");
    means("Ballangen", "1806");
    means("Tysfjord", "1806 1875");
    means("Snillfjord", "5055 5056 5059");
    means("Forsand", "1108");
    means("Rømskog", "3226");
    means("Rissa", "5054");
    means("Tjøme", "3911");
    means("Andebu", "3907");
    means("Hornindal", "1577");
    means("Halsa", "5055");
    means("Agdenes", "5059");
}

static void one_that_lives_on_is_itself(void **state)
{
    (void)state;
    means("Haram", "1580");
    means("Ålesund", "1508");
    means("Narvik", "1806");
    means("Hamarøy", "1875");
    means("Lyngdal", "4225");
}

static void names_that_several_have_are_all_of_them(void **state)
{
    (void)state;
    means("Herøy", "1515 1818");
    means("Våler", "3114 3419");
    means("Os", "3430 4624");
    means("Bø kommune", "1867 4020");
    means("Sande", "1514 3903");
    means("Nes", "3228 3322");
}

static void a_county_tells_them_apart(void **state)
{
    (void)state;
    means("Herøy (Nordland)", "1818");
    means("Herøy, Møre og Romsdal", "1515");
    means("Herøy kommune (Møre og Romsdal fylke)", "1515");
    means("Herøy i Nordland", "1818");
    means("Nordland: Herøy", "1818");
    means("Våler i Østfold", "3114");
    means("Våler (Viken)", "3114");
    means("Våler (Hedmark)", "3419");
    means("Våler i Solør", "3419");
    means("Os (Hordaland)", "4624");
    means("Os i Vestland", "4624");
    means("Os (Innlandet)", "3430");
    means("Bø i Telemark", "4020");
    means("Bø (Vestfold og Telemark)", "");
    means("Bø i Vesterålen", "1867");
    means("Sande i Vestfold", "3903");
    means("Nes (Buskerud)", "3322");
    means("Nes på Romerike", "3228");
    means("Asker, Akershus", "3203");
    means("Røyken, Buskerud", "3203");
    means("Røyken, Akershus", "3203");
    means("Tysfjord (Nordland)", "1806 1875");
    means("Kåfjord - Gáivuotna, Troms og Finnmark", "5540");
}

static void nothing_is_guessed(void **state)
{
    (void)state;
    means(NULL, "");
    means("", "");
    means("  - ", "");
    means("kommune", "");
    means("Ukjent", "");
    means("Nordland", "");
    means("Viken", "");
    means("Aske", "");
    means("Askers", "");
    means("Asker og Bærum", "");
    means("Asker/Bærum", "");
    means("Asker, Nordland", "");
    means("Mo i Rana", "");
    means("Tromso", "");
    means("a b c d e f g h i j k l m Asker", "");
    means("\xFF\xFE", "");
}

static void tells_how_many_beyond_the_room(void **state)
{
    (void)state;
    const struct municipality *one = NULL;
    assert_int_equal(municipality_find("Snillfjord", &one, 1), 3);
    assert_string_equal(one->number, "5055");
    assert_int_equal(municipality_find("Snillfjord", NULL, 0), 3);
}

static void tells_all_about_one(void **state)
{
    (void)state;
    const struct municipality *m;
    assert_int_equal(municipality_find("5425", &m, 1), 1);
    assert_string_equal(m->name, "Storfjord – Omasvuotna – Omasvuono");
    assert_int_equal(municipality_find("Karasjok", &m, 1), 1);
    assert_string_equal(m->number, "5610");
    assert_string_equal(m->name, "Kárášjohka – Karasjok");
    assert_string_equal(m->norwegian, "Karasjok");
    assert_string_equal(m->county, "Finnmark");
    assert_string_equal(m->label, "Karasjok");
}

static void the_same_one(void **state)
{
    (void)state;
    assert_true(municipality_means_same("0220", "Asker kommune"));
    assert_true(municipality_means_same("Røyken", "3203"));
    assert_true(municipality_means_same("Os (Hordaland)", "Bjørnafjorden"));
    assert_false(municipality_means_same("Asker", "Bærum"));
    assert_false(municipality_means_same("Herøy", "Herøy"));
    assert_false(municipality_means_same("Herøy", "Herøy (Nordland)"));
    assert_false(municipality_means_same("Tysfjord", "Tysfjord"));
    assert_false(municipality_means_same("Ukjent", "Ukjent"));
    assert_false(municipality_means_same(NULL, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_county_has_its_municipalities),
        cmocka_unit_test(each_number_finds_itself),
        cmocka_unit_test(each_name_finds_itself),
        cmocka_unit_test(each_label_finds_just_its_own),
        cmocka_unit_test(labels_name_the_county_only_where_it_tells),
        cmocka_unit_test(no_number_is_missing_and_none_is_invented),
        cmocka_unit_test(numbers_of_today_and_before),
        cmocka_unit_test(a_divided_one_is_all_of_its_parts),
        cmocka_unit_test(no_such_number),
        cmocka_unit_test(a_number_and_a_name_must_agree),
        cmocka_unit_test(names_as_people_write_them),
        cmocka_unit_test(sami_and_kven_names),
        cmocka_unit_test(names_that_are_no_more),
        cmocka_unit_test(one_that_lives_on_is_itself),
        cmocka_unit_test(names_that_several_have_are_all_of_them),
        cmocka_unit_test(a_county_tells_them_apart),
        cmocka_unit_test(nothing_is_guessed),
        cmocka_unit_test(tells_how_many_beyond_the_room),
        cmocka_unit_test(tells_all_about_one),
        cmocka_unit_test(the_same_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
