#include "config.h"

#include "samling/grapheme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/ubrk.h>
#include <unicode/utf16.h>

#include "samling/buf.h"
#include "samling/text.h"

/* `s` with | between its letters, found forwards; and backwards the same. */
static void letters_are(const char *s, const char *want)
{
    struct buf there = {0};
    size_t len = strlen(s), at = 0, back = len;
    while (at < len) {
        size_t end = grapheme_end(s, at);
        assert_true(end > at);
        assert_int_equal(grapheme_after(s, at), end);
        assert_int_equal(grapheme_before(s, end), at);
        if (at > 0)
            buf_add(&there, "|");
        buf_addn(&there, s + at, end - at);
        at = end;
    }
    assert_int_equal(grapheme_end(s, len), len);
    assert_int_equal(grapheme_after(s, len), len);
    assert_string_equal(buf_str(&there), want);
    buf_clear(&there);
    while (back > 0) {
        size_t before = grapheme_before(s, back);
        assert_true(before < back);
        back = before;
        if (back > 0)
            assert_int_equal(grapheme_end(s, grapheme_before(s, back)), back);
    }
    assert_int_equal(grapheme_before(s, 0), 0);
    buf_free(&there);
}

static void plain_letters_are_one_each(void **state)
{
    (void)state;
    letters_are("", "");
    letters_are("a", "a");
    letters_are("Åse Ø.", "Å|s|e| |Ø|.");
    letters_are("日本", "日|本");
    letters_are("שלום", "ש|ל|ו|ם");
    letters_are("a\nb\r\nc\r\rd", "a|\n|b|\r\n|c|\r|\r|d");
    letters_are("\xC2\xA9\xC2\xAE", "\xC2\xA9|\xC2\xAE");
}

static void what_belongs_together_stays(void **state)
{
    (void)state;
    letters_are("A\xCC\x8A\xCC\xA3s", "A\xCC\x8A\xCC\xA3|s");
    letters_are("\xCC\x8A"
                "a",
                "\xCC\x8A|a");
    /* Norway, Sweden; and one half left over. */
    letters_are("🇳🇴🇸🇪", "🇳🇴|🇸🇪");
    letters_are("x🇳🇴🇸🇪🇩", "x|🇳🇴|🇸🇪|🇩");
    letters_are("👨‍👩‍👧!", "👨‍👩‍👧|!");
    letters_are("👍🏽👍", "👍🏽|👍");
    letters_are("❤️a", "❤️|a");
    letters_are("1️⃣2", "1️⃣|2");
    /* Hangul in parts: two syllables, one with a last consonant. */
    letters_are("\u1112\u1161\u11AB\u1100\u1173", "\u1112\u1161\u11AB|\u1100\u1173");
    letters_are("한글", "한|글");
    /* Vowel signs of Devanagari, Thai; points of Hebrew. */
    letters_are("निका", "नि|का");
    letters_are("กำ", "กำ");
    letters_are("בְּרָ", "בְּ|רָ");
}

static void bytes_that_are_no_text_are_letters(void **state)
{
    (void)state;
    letters_are("\xE5s\xC3", "\xE5|s|\xC3");
    letters_are("\x80\xBF\xF0\x9F", "\x80|\xBF|\xF0|\x9F");
    letters_are("\xE5\xCC\x8A", "\xE5\xCC\x8A");
}

static void places_inside_a_letter_are_found_out_of(void **state)
{
    (void)state;
    const char *s = "x👨‍👩‍👧y"; /* 4, 3, 4, 3, 4 bytes */
    size_t inside[] = {5, 8, 12, 15};
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        assert_int_equal(grapheme_before(s, inside[i]), 1);
        assert_int_equal(grapheme_after(s, inside[i]), 19);
    }
}

static void long_letters_and_runs_are_whole(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_add(&b, "xa");
    for (int i = 0; i < 500; i++)
        buf_add(&b, "\xCC\x8A");
    buf_add(&b, "y");
    assert_int_equal(grapheme_end(b.s, 1), 1002);
    assert_int_equal(grapheme_before(b.s, 1002), 1);
    assert_int_equal(grapheme_after(b.s, 500), 1002);
    buf_clear(&b);
    for (int i = 0; i < 101; i++)
        buf_add(&b, "🇳");
    assert_int_equal(grapheme_before(b.s, 404), 400);
    assert_int_equal(grapheme_before(b.s, 400), 392);
    assert_int_equal(grapheme_after(b.s, 396), 400);
    buf_free(&b);
}

static void columns_are_those_of_the_screen(void **state)
{
    (void)state;
    const char *s = "a日A\xCC\x8A👨‍👩‍👧";
    assert_int_equal(grapheme_columns(s, 0, 1, 99), 1);
    assert_int_equal(grapheme_columns(s, 0, 4, 99), 3);
    assert_int_equal(grapheme_columns(s, 4, 7, 99), 1);
    assert_int_equal(grapheme_columns(s, 0, strlen(s), 99), text_width(s));
    assert_int_equal(grapheme_columns(s, 0, strlen(s), 2), 3);
    assert_int_equal(grapheme_columns(s, 4, 4, 99), 0);
}

/* What ICU says of the whole text at once, as offsets of bytes. */
static size_t ends_by_icu(const char *s, size_t *ends)
{
    UChar units[256];
    size_t offset[256], n = 0;
    int32_t len = 0;
    UErrorCode e = U_ZERO_ERROR;
    for (const char *p = s; *p;) {
        uint32_t cp = text_next(&p);
        U16_APPEND_UNSAFE(units, len, cp);
        offset[len] = (size_t)(p - s);
    }
    UBreakIterator *b = ubrk_open(UBRK_CHARACTER, "", units, len, &e);
    assert_true(U_SUCCESS(e));
    ubrk_first(b);
    for (int32_t at; (at = ubrk_next(b)) != UBRK_DONE;)
        ends[n++] = offset[at];
    ubrk_close(b);
    return n;
}

static void it_agrees_with_icu(void **state)
{
    (void)state;
    static const uint32_t pool[] = {
        'a',    ' ',    '\r',   '\n',   0xE5,    0x30A,   0x323,   0x200D,  0xFE0F,  0x65E5,
        0x1112, 0x1161, 0x11AB, 0xD55C, 0x928,   0x93F,   0x5D1,   0x5B0,   0x1F468, 0x1F469,
        0x2764, 0xA9,   0x600,  0xE33,  0x1F1F3, 0x1F1F4, 0x1F3FD, 0xFFFFD, 0x200B,  0xAD};
    uint32_t random = 7;
    for (int round = 0; round < 4000; round++) {
        struct buf b = {0};
        size_t ends[256], want = 0;
        random = random * 1664525u + 1013904223u;
        for (uint32_t n = 1 + (random >> 16) % 24; n > 0; n--) {
            random = random * 1664525u + 1013904223u;
            text_put(&b, pool[(random >> 16) % (sizeof pool / sizeof *pool)]);
        }
        size_t n = ends_by_icu(b.s, ends), begins = 0;
        for (size_t at = 0; at < b.len; want++) {
            assert_true(want < n);
            assert_int_equal(grapheme_end(b.s, at), ends[want]);
            assert_int_equal(grapheme_before(b.s, ends[want]), at);
            at = ends[want];
        }
        /* From anywhere, also from inside a letter. */
        want = 0;
        for (const char *p = b.s; *p;) {
            size_t at = (size_t)(p - b.s);
            while (ends[want] <= at)
                begins = ends[want++];
            assert_int_equal(grapheme_after(b.s, at), ends[want]);
            if (at > begins)
                assert_int_equal(grapheme_before(b.s, at), begins);
            text_next(&p);
        }
        buf_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_letters_are_one_each),
        cmocka_unit_test(what_belongs_together_stays),
        cmocka_unit_test(bytes_that_are_no_text_are_letters),
        cmocka_unit_test(places_inside_a_letter_are_found_out_of),
        cmocka_unit_test(long_letters_and_runs_are_whole),
        cmocka_unit_test(columns_are_those_of_the_screen),
        cmocka_unit_test(it_agrees_with_icu),
    };
    return cmocka_run_group_tests_name("grapheme", tests, NULL, NULL);
}
