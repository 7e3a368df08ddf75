/* Names of people and kindergartens as lists have them. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "samling/lang.h"

#include "exchange/names.h"

static int speak(void **state)
{
    (void)state;
    return lang_init("en") ? 0 : -1;
}

/* ---- splitting ---- */

static void splits(const char *full, const char *given, const char *family, const char *rest)
{
    struct buf g = {0}, f = {0}, r = {0};
    buf_add(&g, "of"), buf_add(&f, "the row"), buf_add(&r, "before");
    name_split(full, &g, &f, &r);
    if (strcmp(buf_str(&g), given) != 0 || strcmp(buf_str(&f), family) != 0 ||
        strcmp(buf_str(&r), rest) != 0)
        fail_msg("\"%s\" gave \"%s\" + \"%s\", rest \"%s\"", full, buf_str(&g), buf_str(&f),
                 buf_str(&r));
    name_split(full, &g, &f, NULL); /* one need not ask for the rest */
    assert_string_equal(buf_str(&g), given);
    assert_string_equal(buf_str(&f), family);
    buf_free(&g);
    buf_free(&f);
    buf_free(&r);
}

static void test_plain_names(void **state)
{
    (void)state;
    splits("Kari Nordmann", "Kari", "Nordmann", "");
    splits("Kari Anne Nordmann", "Kari Anne", "Nordmann", "");
    splits("Nordmann, Kari Anne", "Kari Anne", "Nordmann", "");
    splits("Nordmann Hansen,Kari", "Kari", "Nordmann Hansen", "");
    splits("Nordmann,", "", "Nordmann", "");
    splits(", Kari", "Kari", "", "");
    splits("Kari", "Kari", "", "");
    splits("Åse Marie Ødegård Hansen", "Åse Marie Ødegård", "Hansen", "");
    splits("Åse Marie Ødegård-Hansen", "Åse Marie", "Ødegård-Hansen", "");
    splits("Bjørn-Erik Aas", "Bjørn-Erik", "Aas", "");
    splits("  Kari \t Nordmann ", "Kari", "Nordmann", "");
    splits("Kari\u00a0Anne\u00a0Nordmann", "Kari Anne", "Nordmann", "");
    splits("Nordmann,\u00a0Kari", "Kari", "Nordmann", "");
    splits("Ka\u200bri Nordmann", "Kari", "Nordmann", "");
    splits("K. A. Nordmann", "K. A.", "Nordmann", "");
    splits("", "", "", "");
    splits(" , ", "", "", "");
    splits("-", "", "", "");
    splits("Tove O\u2019Brien", "Tove", "O\u2019Brien", "");
}

static void test_particles(void **state)
{
    (void)state;
    splits("van der Berg, Jan", "Jan", "van der Berg", "");
    splits("Jan van der Berg", "Jan", "van der Berg", "");
    splits("Ludwig van Beethoven", "Ludwig", "van Beethoven", "");
    splits("Maria de la Cruz", "Maria", "de la Cruz", "");
    splits("Ana Maria de la Cruz", "Ana Maria", "de la Cruz", "");
    splits("Jan ten Brink", "Jan", "ten Brink", "");
    splits("Otto von der Lippe", "Otto", "von der Lippe", "");
    splits("Hilma AF Klint", "Hilma", "AF Klint", "");
    splits("Anna af Ugglas", "Anna", "af Ugglas", "");
    splits("Van Nguyen", "Van", "Nguyen", "");
    splits("Gerard 't Hooft", "Gerard", "'t Hooft", "");
    splits("Gerard \u2019t Hooft", "Gerard", "\u2019t Hooft", "");
    splits("Kari T. Nordmann", "Kari T.", "Nordmann", "");
    splits("Kari T Nordmann", "Kari T", "Nordmann", "");
    splits("José Ortega y Gasset", "José", "Ortega y Gasset", "");
    splits("Mary Mc Donald", "Mary", "Mc Donald", "");
}

static void test_titles_and_suffixes(void **state)
{
    (void)state;
    splits("Dr. Kari Nordmann", "Kari", "Nordmann", "Dr.");
    splits("Fru Kari Anne Nordmann", "Kari Anne", "Nordmann", "Fru");
    splits("Prof. dr. Kari Nordmann", "Kari", "Nordmann", "Prof., dr.");
    splits("Fru Nordmann", "", "Nordmann", "Fru");
    splits("Fru", "Fru", "", "");
    splits("Nordmann, Dr. Kari", "Kari", "Nordmann", "Dr.");
    splits("Per Hansen jr.", "Per", "Hansen jr.", "");
    splits("Per Ole Hansen III", "Per Ole", "Hansen III", "");
    splits("Jan van der Berg Jr", "Jan", "van der Berg Jr", "");
    splits("Hansen jr., Per", "Per", "Hansen jr.", "");
    splits("Hansen, jr., Per", "Per", "Hansen jr.", "");
    splits("Per Hansen, jr.", "Per", "Hansen jr.", "");
    splits("Neymar Junior", "Neymar", "Junior", "");
    splits("Kari Nordmann, Ph.D.", "Kari", "Nordmann", "Ph.D.");
}

static void test_remarks(void **state)
{
    (void)state;
    splits("Kari Nordmann (vikar)", "Kari", "Nordmann", "vikar");
    splits("Kari (Kaja) Nordmann", "Kari", "Nordmann", "Kaja");
    splits("Kari Nordmann (vikar", "Kari", "Nordmann", "vikar");
    splits("Nordmann, Kari (vikar) [ny]", "Kari", "Nordmann", "vikar, ny");
    splits("Kari Nordmann ()", "Kari", "Nordmann", "");
    splits("(vikar)", "", "", "vikar");
    splits("Kari Nordmann - styrer", "Kari", "Nordmann", "styrer");
    splits("Kari Nordmann \u2013 Pedagogisk leder", "Kari", "Nordmann", "Pedagogisk leder");
    splits("KARI NORDMANN - STYRER", "KARI", "NORDMANN", "STYRER");
    splits("Kari Nordmann - Ped.leder", "Kari", "Nordmann", "Ped.leder");
    splits("Kari Nordmann - Solbakken barnehage", "Kari", "Nordmann", "Solbakken barnehage");
    splits("Kari Nordmann - ny", "Kari", "Nordmann", "ny");
    splits("Kari Nordmann -", "Kari", "Nordmann", "");
    splits("Kari Nordmann - Hansen", "Kari", "Nordmann-Hansen", "");
    splits("Kari Nordmann- Hansen", "Kari", "Nordmann-Hansen", "");
    splits("Bjørn - Erik Aas", "Bjørn-Erik", "Aas", "");
    splits("Kari Nordmann, styrer", "Kari", "Nordmann", "styrer");
    splits("Kari Nordmann, Sol bhg", "Kari", "Nordmann", "Sol bhg");
    splits("Nordmann, Kari, styrer", "Kari", "Nordmann", "styrer");
}

static void test_family_name_in_capitals(void **state)
{
    (void)state;
    splits("NORDMANN Kari Anne", "Kari Anne", "NORDMANN", "");
    splits("ØDEGÅRD HANSEN Kari", "Kari", "ØDEGÅRD HANSEN", "");
    splits("Kari Anne ØDEGÅRD HANSEN", "Kari Anne", "ØDEGÅRD HANSEN", "");
    splits("Kari NORDMANN", "Kari", "NORDMANN", "");
    splits("KARI ANNE NORDMANN", "KARI ANNE", "NORDMANN", "");
    splits("KA Nordmann", "KA", "Nordmann", "");
    splits("Per Hansen III", "Per", "Hansen III", "");
}

/* ---- capitals ---- */

static void test_shouting(void **state)
{
    (void)state;
    static const char *const loud[] = {
        "KARI NORDMANN", "NORDMANN, KARI",  "ÅSE ØDEGÅRD",        "K. NORDMANN",
        "TOVE O'BRIEN",  "BJØRN-ERIK AAS",  "MARY McDONALD",      "JAN van der BERG",
        "PER HANSEN JR", "PER HANSEN III.", "KARI\u00a0NORDMANN",
    };
    static const char *const calm[] = {
        "Kari Nordmann", "KARI Nordmann", "Kari NORDMANN", "KARI",          "",
        "K. A.",         "van der",       "李 明",         "Mary McDonald", "KARI NORDMANN jr",
        "123 456",       "AS IT",
    };
    for (size_t i = 0; i < sizeof loud / sizeof *loud; i++)
        if (!name_shouts(loud[i]))
            fail_msg("\"%s\" does not shout", loud[i]);
    for (size_t i = 0; i < sizeof calm / sizeof *calm; i++)
        if (name_shouts(calm[i]))
            fail_msg("\"%s\" shouts", calm[i]);
}

static void calms(const char *name, const char *want)
{
    struct buf b = {0};
    buf_add(&b, "> ");
    name_calm(name, &b);
    if (strcmp(b.s + 2, want) != 0)
        fail_msg("\"%s\" gave \"%s\"", name, b.s + 2);
    buf_free(&b);
}

static void test_calming(void **state)
{
    (void)state;
    calms("KARI NORDMANN", "Kari Nordmann");
    calms("ÅSE ØDEGÅRD ÆRLIG", "Åse Ødegård Ærlig");
    calms("NORDMANN, KARI ANNE", "Nordmann, Kari Anne");
    calms("BJØRN-ERIK AAS", "Bjørn-Erik Aas");
    calms("TOVE O'BRIEN", "Tove O'Brien");
    calms("TOVE O\u2019BRIEN", "Tove O\u2019Brien");
    calms("OMAR SA'AD", "Omar Sa'ad");
    calms("MARY MCDONALD", "Mary McDonald");
    calms("MARY McDONALD", "Mary McDonald");
    calms("JOHN MACDONALD", "John Macdonald");
    calms("JAN VAN DER BERG", "Jan van der Berg");
    calms("VAN DER BERG, JAN", "van der Berg, Jan");
    calms("VAN BEETHOVEN, LUDWIG", "van Beethoven, Ludwig");
    calms("VAN NGUYEN", "Van Nguyen");
    calms("GERARD 'T HOOFT", "Gerard 't Hooft");
    calms("MARIA DE LA CRUZ", "Maria de la Cruz");
    calms("K. A. NORDMANN", "K. A. Nordmann");
    calms("K.A. NORDMANN", "K.A. Nordmann");
    calms("PER HANSEN JR.", "Per Hansen jr.");
    calms("PER HANSEN III", "Per Hansen III");
    calms("IDA VAN", "Ida Van");
    calms("ČÁLLI ŠUOVVA", "Čálli Šuovva");
    calms("  KARI   NORDMANN ", "Kari Nordmann");
    calms("", "");
}

static void test_calming_parts(void **state)
{
    (void)state;
    struct buf g = {0}, f = {0};
    buf_add(&g, "of the row before");
    assert_true(name_calm_parts("KARI ANNE", "NORDMANN", &g, &f));
    assert_string_equal(g.s, "Kari Anne");
    assert_string_equal(f.s, "Nordmann");
    assert_true(name_calm_parts("LUDWIG", "VAN BEETHOVEN", &g, &f));
    assert_string_equal(g.s, "Ludwig");
    assert_string_equal(f.s, "van Beethoven");
    assert_true(name_calm_parts("K.", "NORDMANN", &g, &f));
    assert_string_equal(g.s, "K.");
    assert_false(name_calm_parts("Kari", "NORDMANN", &g, &f));
    assert_false(name_calm_parts("KARI", "", &g, &f));
    assert_false(name_calm_parts("", "NORDMANN", &g, &f));
    assert_false(name_calm_parts("KARI", "NORDMANN, HANSEN", &g, &f));
    assert_string_equal(g.s, "K."); /* as it was */
    buf_free(&g);
    buf_free(&f);
}

/* ---- the same person ---- */

static void test_near(void **state)
{
    (void)state;
    static const char *const near[][2] = {
        {"kari nordmann", "kari nordmann"},
        {"kari nordmann", "kari anne nordmann"},
        {"kari a nordmann", "kari anne nordmann"},
        {"kari anne nordmann", "kari anne marie nordmann"},
        {"kari marie nordmann", "kari anne marie nordmann"},
        {"kari a m nordmann", "kari anne marie nordmann"},
        {"kari å nordmann", "kari åse nordmann"},
        {"kari", "kari"},
    };
    static const char *const far[][2] = {
        {"kari nordmann", "kari nordmann hansen"},
        {"kari nordmann", "anne kari nordmann"},
        {"kari nordmann", "kari anne nordman"},
        {"kari berit nordmann", "kari anne nordmann"},
        {"kari b nordmann", "kari anne nordmann"},
        {"kari marie anne nordmann", "kari anne marie nordmann"},
        {"kari marie anne nordmann", "kari anne marie lise nordmann"},
        {"k nordmann", "kari nordmann"},
        {"kari", "kari nordmann"},
        {"kari", "kari anne kari"},
        {"", "kari"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof near / sizeof *near; i++)
        if (!name_near(near[i][0], near[i][1]) || !name_near(near[i][1], near[i][0]))
            fail_msg("%s is not near %s", near[i][0], near[i][1]);
    for (size_t i = 0; i < sizeof far / sizeof *far; i++)
        if (name_near(far[i][0], far[i][1]) || name_near(far[i][1], far[i][0]))
            fail_msg("%s is near %s", far[i][0], far[i][1]);
    assert_true(name_akin("å hansen", "åse berg"));
    assert_true(name_akin("anne kari dal", "kari berg"));
    assert_false(name_akin("kari dal", "ola dal"));
    assert_true(name_akin("dal", "ola dal"));
    assert_false(name_akin("å hansen", "øse berg"));
}

/* ---- organisations ---- */

static void core_is(const char *name, const char *want)
{
    struct buf b = {0};
    organisation_core(name, &b);
    if (strcmp(buf_str(&b), want) != 0)
        fail_msg("\"%s\" gave \"%s\"", name, buf_str(&b));
    buf_free(&b);
}

static void test_cores(void **state)
{
    (void)state;
    core_is("Sol", "sol");
    core_is("Sol barnehage", "sol");
    core_is("Sol bhg.", "sol");
    core_is("SOL BARNEHAGE AS", "sol");
    core_is("Barnehagen Sol", "sol");
    core_is("Kommunal barnehage Sol", "sol");
    core_is("Stiftelsen Sol barnehage", "sol");
    core_is("Andelslaget Sol barnehage SA", "sol");
    core_is("Sol barnehage (privat)", "sol");
    core_is("Solbakken barnehage, avd. Loftet", "solbakken");
    core_is("Solbakken barnehage avd Loftet", "solbakken");
    core_is("Solbakken barnehage - avdeling Loftet", "solbakken");
    core_is("Solbakken (avd. Loftet)", "solbakken");
    core_is("Avd. Loftet, Solbakken barnehage", "solbakken");
    core_is("FUS Solkollen barnehage AS", "solkollen");
    core_is("Solkollen FUS barnehage as", "solkollen");
    core_is("FUS avd. Solkollen", "solkollen");
    core_is("Læringsverkstedet avd. Solbakken", "laeringsverkstedet solbakken");
    core_is("Læringsverkstedet Solbakken", "laeringsverkstedet solbakken");
    core_is("Læringsverkstedet, avd. Solbakken", "laeringsverkstedet solbakken");
    core_is("Norlandia barnehagene AS avd. Solbakken", "norlandia solbakken");
    core_is("Espira Solbakken, avd. Loftet", "espira solbakken");
    core_is("Asker kommune, Blåklokka barnehage", "blaaklokka");
    core_is("Asker kommune - Blåklokka barnehage", "blaaklokka");
    core_is("Asker kommune v/ Blåklokka barnehage", "blaaklokka");
    core_is("Blåklokka barnehage, Asker kommune", "blaaklokka");
    core_is("Blåklokka barnehage (Nordre Follo kommune)", "blaaklokka");
    core_is("Asker kommune", "asker kommune");
    core_is("Asker kommune barnehage", "asker kommune barnehage");
    core_is("Asker kommune, barnehage", "asker kommune");
    core_is("Sol naturbarnehage", "sol naturbarnehage");
    core_is("Sol naturbhg.", "sol naturbarnehage");
    core_is("Sol naturbarnehage SA", "sol naturbarnehage");
    core_is("Sol Familiebarnehage", "sol familiebarnehage");
    core_is("Åsen - Lia barnehage", "aasen lia");
    core_is("Barnehage", "barnehage");
    core_is("Barnehagen AS", "barnehagen as");
    core_is("Avd. Loftet", "avd loftet");
    core_is("avd", "avd");
    core_is("", "");
    core_is(NULL, "");
    core_is("(),;", "");
}

static void organisations_in_capitals_are_calmed(void **state)
{
    static const char *const names[][2] = {
        {"SOL BARNEHAGE", "Sol barnehage"},
        {"TYTTEBÆRTUVA BARNEHAGE SA", "Tyttebærtuva barnehage SA"},
        {"FUS NEDRE ÅS BARNEHAGE AS", "FUS Nedre Ås barnehage AS"},
        {"BARNEHAGEN PÅ HAUGEN", "Barnehagen på Haugen"},
        {"ØVRE-ÅS SKOLE", "Øvre-Ås skole"},
        {"Sol barnehage AS", "Sol barnehage AS"},
        {"PPT", "PPT"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *calm = organisation_calm(names[i][0], strlen(names[i][0]));
        assert_string_equal(calm, names[i][1]);
        free(calm);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(organisations_in_capitals_are_calmed),
        cmocka_unit_test(test_plain_names),
        cmocka_unit_test(test_particles),
        cmocka_unit_test(test_titles_and_suffixes),
        cmocka_unit_test(test_remarks),
        cmocka_unit_test(test_family_name_in_capitals),
        cmocka_unit_test(test_shouting),
        cmocka_unit_test(test_calming),
        cmocka_unit_test(test_calming_parts),
        cmocka_unit_test(test_near),
        cmocka_unit_test(test_cores),
    };
    return cmocka_run_group_tests_name("names", tests, speak, NULL);
}
