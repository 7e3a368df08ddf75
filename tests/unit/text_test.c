#include "config.h"

#include "samling/mem.h"
#include "samling/text.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

static void decodes_only_utf8(void **state)
{
    (void)state;
    const char *s = "aø€😀";
    assert_int_equal(text_next(&s), 'a');
    assert_int_equal(text_next(&s), 0xF8);
    assert_int_equal(text_next(&s), 0x20AC);
    assert_int_equal(text_next(&s), 0x1F600);
    assert_int_equal(text_next(&s), 0);
    assert_int_equal(*s, 0);
    const char *bad[] = {
        "\xC0\x80", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80", "\xC3",
        "\xE2\x82", "\xFF",         "\x80"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const char *p = bad[i];
        assert_int_equal(text_next(&p), 0xFFFD);
        assert_ptr_equal(p, bad[i] + 1);
        assert_false(text_is_utf8(bad[i], strlen(bad[i])));
    }
    assert_true(text_is_utf8("blåbærsyltetøy på brød", strlen("blåbærsyltetøy på brød")));
    assert_true(text_is_utf8("", 0));
    assert_false(text_is_utf8("12345678\xE6", 9));
}

static void encodes_what_it_decodes(void **state)
{
    (void)state;
    struct buf b = {0};
    for (uint32_t cp = 1; cp < 0x110000; cp += cp < 0x3000 ? 1 : 97) {
        if (cp >= 0xD800 && cp < 0xE000)
            continue;
        buf_clear(&b);
        text_put(&b, cp);
        const char *s = b.s;
        assert_int_equal(text_next(&s), cp);
        assert_ptr_equal(s, b.s + b.len);
    }
    buf_clear(&b);
    text_put(&b, 0xD800);
    assert_string_equal(b.s, "\xEF\xBF\xBD");
    buf_free(&b);
}

static void clean_is(const char *s, bool lines, const char *want)
{
    struct buf b = {0};
    text_clean(&b, s, lines);
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

static void cleans(void **state)
{
    (void)state;
    clean_is("a\x1b[31mb\x7f"
             "c\tå",
             false, "a [31mb c å");
    clean_is("a\xC2\x85"
             "b\xC2\x9B"
             "c",
             false, "a b c");
    clean_is("a\u200bb\u202ec\u2066d\ufeff", false, "abcd");
    clean_is("a\u2028b\u2029c", true, "a b c");
    clean_is("a\nb", false, "a b");
    clean_is("a\r\nb\rc\nd", true, "a\nb\nc\nd");
    clean_is("bl\xE5", false, "bl\uFFFD");
    clean_is("9\u00A0000", false, "9\u00A0000");
}

static void tidy_is(const char *s, bool lines, const char *want)
{
    char *got = text_tidy(s, lines);
    if (want)
        assert_string_equal(got, want);
    else
        assert_null(got);
    free(got);
}

static void tidies(void **state)
{
    (void)state;
    tidy_is("  Kari \t Nordmann\u00A0 ", false, "Kari Nordmann");
    tidy_is("Kari", false, "Kari");
    tidy_is("Åse Ødegård", false, "Åse Ødegård");
    tidy_is("A\u030Ase", false, "Åse");
    tidy_is("Kari\nNordmann", false, "Kari Nordmann");
    tidy_is(" en \r\n\r\n to  tre \n", true, "en\n\nto tre");
    tidy_is(" \u200b\t\u00A0 ", false, NULL);
    tidy_is("", false, NULL);
    tidy_is(NULL, false, NULL);
    assert_true(text_is_blank(" \u00A0\u2003\n"));
    assert_true(text_is_blank(NULL));
    assert_false(text_is_blank(" . "));
}

static void composes(void **state)
{
    (void)state;
    const char *nfd = "A\u030Arnes, Sa\u0308by";
    char *got = text_nfc(nfd, strlen(nfd));
    assert_string_equal(got, "Årnes, Säby");
    free(got);
    got = text_nfc("abc\xE6", 4);
    assert_string_equal(got, "abc\uFFFD");
    free(got);
    /* Longer than what fits on the stack. */
    struct buf b = {0};
    for (int i = 0; i < 700; i++)
        buf_add(&b, "o\u0308");
    got = text_nfc(b.s, b.len);
    assert_int_equal(strlen(got), 1400);
    assert_int_equal(text_width(got), 700);
    free(got);
    buf_free(&b);
}

static void measures_columns(void **state)
{
    (void)state;
    assert_int_equal(text_width("Ødegård"), 7);
    assert_int_equal(text_width("A\u030Arnes"), 5);
    assert_int_equal(text_width("漢字"), 4);
    assert_int_equal(text_width("\xE6"), 1);
    int used = -1;
    assert_int_equal(text_fit("Ødegård", 3, &used), strlen("Øde"));
    assert_int_equal(used, 3);
    assert_int_equal(text_fit("a\u030Ab", 1, &used), strlen("a\u030A"));
    assert_int_equal(used, 1);
    assert_int_equal(text_fit("漢字", 3, &used), 3);
    assert_int_equal(used, 2);
    assert_int_equal(text_fit("ab", 0, &used), 0);
    assert_int_equal(text_fit("ab", 9, &used), 2);
}

static void agrees_with_the_terminal(void **state)
{
    (void)state;
    struct buf b = {0};
    int seen = 0;
    assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
    for (wchar_t c = 0x20; c < 0x20000; c++) {
        int want = wcwidth(c);
        /* A soft hyphen vanishes when text is cleaned. */
        if (want < 0 || c == 0xAD)
            continue;
        /* Libraries of different years know different new letters; the old ones are settled. */
        if (c >= 0x0860 && !(c >= 0x1E00 && c < 0x2600) && !(c >= 0x3000 && c < 0xA000) &&
            !(c >= 0xAC00 && c < 0xD7A4) && !(c >= 0xFF01 && c < 0xFFE7))
            continue;
        buf_clear(&b);
        text_put(&b, (uint32_t)c);
        if (text_width(b.s) != want)
            fail_msg("U+%04X takes %d columns, not %d", (unsigned)c, want, text_width(b.s));
        seen++;
    }
    setlocale(LC_CTYPE, "C");
    buf_free(&b);
    assert_true(seen > 30000);
}

static void pad_is(const char *s, int columns, enum align align, const char *want)
{
    struct buf b = {0};
    text_pad(&b, s, columns, align);
    assert_string_equal(buf_str(&b), want);
    assert_int_equal(text_width(buf_str(&b)), columns);
    buf_free(&b);
}

static void pads_and_cuts(void **state)
{
    (void)state;
    pad_is("Åse", 5, ALIGN_LEFT, "Åse  ");
    pad_is("Åse", 5, ALIGN_RIGHT, "  Åse");
    pad_is("Åse", 3, ALIGN_LEFT, "Åse");
    pad_is("Ødegård", 4, ALIGN_LEFT, "Øde…");
    pad_is("漢字", 3, ALIGN_LEFT, "漢…");
    pad_is("漢字", 2, ALIGN_LEFT, "… ");
    pad_is("漢字", 2, ALIGN_RIGHT, " …");
    pad_is("ab", 1, ALIGN_LEFT, "…");
    pad_is("ab", 0, ALIGN_LEFT, "");
}

static void search_is(const char *s, const char *want)
{
    struct buf b = {0};
    text_fold_search(&b, s);
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

static void match_is(const char *s, const char *want)
{
    struct buf b = {0};
    text_fold_match(&b, s);
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

static void folds_for_search(void **state)
{
    (void)state;
    search_is("Ødegård", "odegard");
    search_is("OEDEGAARD", "odegard");
    search_is("Odegard", "odegard");
    search_is("Ödegård", "odegard");
    search_is("Bærum", "barum");
    search_is("Baerum", "barum");
    search_is("Røed", "rod");
    search_is("Roeed", "rod");
    search_is("A\u030Arnes", "arnes");
    search_is("  Anne-Marie  O’Brien, D'Arc ", "anne marie obrien darc");
    search_is("Čáhput Łukasz Đorđe Þór Weiß Iŋgá", "cahput lukasz dorde thor weiss inga");
    search_is("ola.nordmann@baerum.no", "ola nordmann barum no");
    search_is("ǾǺǢ ﬁn Ⅻ ½", "oa fin xii 1 2");
    search_is("Юлия Жук", "юлия жук");
    search_is("Йод", "иод");
    search_is("bl\xE5", "bl");
    search_is("--- ", "");
    search_is(NULL, "");
}

static void folds_for_identity(void **state)
{
    (void)state;
    match_is("Ødegård", "oedegaard");
    match_is("Bærum Ähtäri Åland", "baerum aehtaeri aaland");
    match_is("A\u030A O\u0308 o\u0301", "aa oe o");
    match_is("ǾǺǢ", "oeaaae");
    assert_true(text_same("Aas", "ås"));
    assert_true(text_same("Ødegård", "OEDEGAARD"));
    assert_false(text_same("Ødegård", "Odegard"));
    assert_true(text_same("André", "Andre"));
    assert_true(text_same("Ann-Kari", " ann kari"));
    assert_true(text_same(NULL, ""));
    assert_false(text_same("Ås", "As"));
}

static void adds_with_one_space(void **state)
{
    (void)state;
    struct buf b = {0};
    text_fold_search(&b, "Åse");
    text_fold_search(&b, " - ");
    text_fold_search(&b, "Eli");
    assert_string_equal(b.s, "ase eli");
    buf_free(&b);
}

static const char *const samples[] = {
    "Ødegård",           "Oedegaard Aae", "Maria Noémi Røed-Østby",
    "Haaeae oeoe aaaa",  "O'Erik Æøå",    "Straße Ĳssel",
    "Łódź Žižek",        "한국 Юлия Ⅻ ǿ", "A\u030Ase e",
    "oe\u0301 æe øe åa", "´abc· ªº²",     "Čohkkiras Ǥ ǻ",
};

/* Search narrows while one types: each start of a text must fold to a start of its fold. */
static void search_fold_grows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        struct buf whole = {0}, part = {0}, typed = {0}, again = {0};
        text_fold_search(&whole, samples[i]);
        for (const char *p = samples[i]; *p;) {
            text_put(&typed, text_next(&p));
            buf_clear(&part);
            text_fold_search(&part, typed.s);
            if (strncmp(buf_str(&part), whole.s, part.len) != 0)
                fail_msg("%s gives %s, no start of %s", typed.s, part.s, whole.s);
        }
        text_fold_search(&again, whole.s);
        assert_string_equal(again.s, whole.s);
        buf_free(&whole);
        buf_free(&part);
        buf_free(&typed);
        buf_free(&again);
    }
}

/* What is found, put in brackets. */
static void marked(const char *s, const char *typed, struct buf *out)
{
    struct buf words = {0};
    size_t at = 0, start, end = 0;
    text_fold_search(&words, typed);
    while (text_find(s, buf_str(&words), end, &start, &end)) {
        assert_true(start >= at && end > start);
        buf_addn(out, s + at, start - at);
        buf_addc(out, '[');
        buf_addn(out, s + start, end - start);
        buf_addc(out, ']');
        at = end;
    }
    buf_add(out, s + at);
    buf_free(&words);
}

static void finds_what_a_search_finds(void **state)
{
    (void)state;
    static const struct {
        const char *s, *typed, *marked;
    } cases[] = {
        {"Kari Nordmann", "nor", "Kari [Nor]dmann"},
        {"Kari Nordmann", "ari", "Kari Nordmann"},
        {"Kari Nordmann", "", "Kari Nordmann"},
        {"", "kari", ""},
        {"Karikari, Kari", "KARI", "[Kari]kari, [Kari]"},
        {"Ødegård barnehage", "odega", "[Ødegå]rd barnehage"},
        {"Ødegård barnehage", "oedegaard", "[Ødegård] barnehage"},
        {"Oedegaard", "ødegå", "[Oedegaa]rd"},
        {"Aas, Årnes, Anna", "å", "[Aa]s, [Å]rnes, [A]nna"},
        {"Aas", "as", "[Aas]"},
        {"Michael", "micha", "[Micha]el"},
        {"Soelvi Sølvi", "sø", "[So]elvi [Sø]lvi"},
        {"A\xcc\x8ase", "å", "[A\xcc\x8a]se"},
        {"A\xcc\x8ase", "åse", "[A\xcc\x8ase]"},
        {"Rene\xcc\x81 L.", "rene", "[Rene\xcc\x81] L."},
        {"O'Hara d'Arc", "ohar", "[O'Har]a d'Arc"},
        {"'Solkroken'", "solkroken", "'[Solkroken]'"},
        {"post@solkroken.example", "solk", "post@[solk]roken.example"},
        {"912 34 567", "34", "912 [34] 567"},
        {"Straße", "strasse", "[Straße]"},
        {"Łódź", "lodz", "[Łódź]"},
        {"Юлия 한국", "юл", "[Юл]ия 한국"},
        {"bad \xff kari", "kari", "bad \xff [kari]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf b = {0};
        marked(cases[i].s, cases[i].typed, &b);
        assert_string_equal(buf_str(&b), cases[i].marked);
        buf_free(&b);
    }
}

/* A word is found in a text just when the text's fold has a word that begins so. */
static void finds_just_that(void **state)
{
    (void)state;
    enum { SAMPLES = sizeof samples / sizeof samples[0] };
    for (size_t i = 0; i < SAMPLES * SAMPLES; i++) {
        const char *s = samples[i / SAMPLES];
        struct buf text = {0}, words = {0}, found = {0}, word = {0};
        buf_addc(&text, ' ');
        text_fold_search(&found, s);
        buf_add(&text, found.s);
        text_fold_search(&words, samples[i % SAMPLES]);
        for (char *w = strtok(words.s, " "); w; w = strtok(NULL, " ")) {
            size_t start, end;
            buf_clear(&word);
            buf_addf(&word, " %s", w);
            bool there = strstr(text.s, word.s) != NULL;
            if (text_find(s, w, 0, &start, &end) != there)
                fail_msg("%s in %s: %s", w, s, there ? "not found" : "found");
            if (!there)
                continue;
            char *part = mem_strndup(s + start, end - start);
            buf_clear(&found);
            text_fold_search(&found, part);
            if (strncmp(found.s, w, strlen(w)) != 0)
                fail_msg("%s is not %s in %s", part, w, s);
            free(part);
        }
        buf_free(&text);
        buf_free(&words);
        buf_free(&found);
        buf_free(&word);
    }
}

/* The tables for Latin letters and ICU must say the same: a letter that only ICU knows, standing
 * beside it, sends the whole text the other way. */
static void both_ways_of_folding_agree(void **state)
{
    (void)state;
    for (uint32_t cp = 1; cp < 0x180; cp++) {
        for (int search = 0; search < 2; search++) {
            struct buf s = {0}, a = {0}, b = {0};
            text_put(&s, 'x');
            text_put(&s, cp);
            text_put(&s, 'x');
            (search ? text_fold_search : text_fold_match)(&a, s.s);
            buf_add(&s, " Ж");
            (search ? text_fold_search : text_fold_match)(&b, s.s);
            buf_add(&a, " ж");
            if (strcmp(a.s, b.s) != 0)
                fail_msg("U+%04X: %s and %s", (unsigned)cp, a.s, b.s);
            buf_free(&s);
            buf_free(&a);
            buf_free(&b);
        }
    }
}

static void folds_long_text(void **state)
{
    (void)state;
    struct buf s = {0}, out = {0};
    for (int i = 0; i < 500; i++)
        buf_add(&s, "Øre Ǿre ");
    text_fold_match(&out, s.s);
    assert_int_equal(out.len, 500 * 10 - 1);
    assert_memory_equal(out.s + out.len - 10, " oere oere", 10);
    buf_free(&s);
    buf_free(&out);
}

static int order(const char *a, const char *b)
{
    unsigned char ka[200], kb[200];
    size_t na = text_sort_key(a, ka, sizeof ka), nb = text_sort_key(b, kb, sizeof kb);
    assert_int_equal(ka[na - 1], 0);
    assert_int_equal(strlen((char *)ka), na - 1);
    int c = memcmp(ka, kb, na < nb ? na : nb);
    return c != 0 ? c : (na > nb) - (na < nb);
}

static void sorts_as_norwegians_do(void **state)
{
    (void)state;
    static const char *const names[] = {"",      "adam",  "Adam", "Bø",      "de Vries",
                                        "Zeb",   "Ærlig", "Äsch", "Ødegård", "Örn",
                                        "Aanes", "Årnes", "Aas",  "Åtland"};
    for (size_t i = 1; i < sizeof names / sizeof names[0]; i++)
        if (order(names[i - 1], names[i]) >= 0)
            fail_msg("%s should come before %s", names[i - 1], names[i]);
    assert_int_equal(order("A\u030Arnes", "Årnes"), 0);
    assert_int_equal(order(NULL, ""), 0);
}

static void cuts_long_keys(void **state)
{
    (void)state;
    unsigned char whole[400], cut[12];
    const char *s = "Vesterålen barnehagenettverk";
    size_t n = text_sort_key(s, whole, sizeof whole);
    assert_true(n > sizeof cut);
    assert_int_equal(text_sort_key(s, cut, sizeof cut), sizeof cut);
    assert_memory_equal(cut, whole, sizeof cut - 1);
    assert_int_equal(cut[sizeof cut - 1], 0);
    assert_int_equal(text_sort_key(s, cut, 1), 1);
    assert_int_equal(cut[0], 0);
    assert_int_equal(text_sort_key(s, cut, 0), 0);
}

static void names_its_collation(void **state)
{
    (void)state;
    assert_memory_equal(text_collation(), "nb ", 3);
    assert_true(atoi(text_collation() + 3) >= 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_only_utf8),
        cmocka_unit_test(encodes_what_it_decodes),
        cmocka_unit_test(cleans),
        cmocka_unit_test(tidies),
        cmocka_unit_test(composes),
        cmocka_unit_test(measures_columns),
        cmocka_unit_test(agrees_with_the_terminal),
        cmocka_unit_test(pads_and_cuts),
        cmocka_unit_test(folds_for_search),
        cmocka_unit_test(folds_for_identity),
        cmocka_unit_test(adds_with_one_space),
        cmocka_unit_test(search_fold_grows),
        cmocka_unit_test(finds_what_a_search_finds),
        cmocka_unit_test(finds_just_that),
        cmocka_unit_test(both_ways_of_folding_agree),
        cmocka_unit_test(folds_long_text),
        cmocka_unit_test(sorts_as_norwegians_do),
        cmocka_unit_test(cuts_long_keys),
        cmocka_unit_test(names_its_collation),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
