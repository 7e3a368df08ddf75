#include "config.h"

#include "samling/grapheme.h"

#include "samling/mem.h"
#include "samling/text.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Where the code point (or the byte that is none) before `at` begins; at > 0. */
static size_t code_before(const char *s, size_t at)
{
    for (size_t n = at < 4 ? at : 4; n > 1; n--) {
        const char *p = s + at - n;
        text_next(&p);
        if (p == s + at)
            return at - n;
    }
    return at - 1;
}

/* Has it no part in any letter of several code points, but the first? */
static bool is_plain(uint32_t cp)
{
    if (cp < 0x300)
        return true;
    int kind = u_getIntPropertyValue((UChar32)cp, UCHAR_GRAPHEME_CLUSTER_BREAK);
    return kind == U_GCB_OTHER || kind == U_GCB_CONTROL;
}

/* Do these two, side by side, surely belong to different letters? */
static bool is_border(uint32_t before, uint32_t after)
{
    return is_plain(before) && is_plain(after) && !(before == '\r' && after == '\n');
}

/* Opened on first use, kept to the end of the process. */
static UBreakIterator *iterator(void)
{
    static UBreakIterator *letters;
    static bool tried;
    if (!tried) {
        UErrorCode e = U_ZERO_ERROR;
        tried = true;
        letters = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &e);
        if (U_FAILURE(e) && letters) {
            ubrk_close(letters);
            letters = NULL;
        }
    }
    return letters;
}

/* Without ICU's rules: a code point and the marks of no width behind it. */
static size_t end_by_width(const char *s)
{
    const char *p = s;
    text_next(&p);
    return (size_t)(p - s) + text_fit(p, 0, NULL);
}

/* At most `most` code points of `s` as UTF-16; *all says whether that was the whole text. */
static int32_t units_of(const char *s, UChar *units, size_t most, bool *all)
{
    int32_t n = 0;
    for (uint32_t cp; most > 0 && (cp = text_next(&s)) != 0; most--)
        U16_APPEND_UNSAFE(units, n, cp);
    *all = *s == '\0';
    return n;
}

/* The bytes of the code points that make so many units. */
static size_t bytes_of(const char *s, int32_t units)
{
    const char *p = s;
    while (units > 0)
        units -= text_next(&p) > 0xFFFF ? 2 : 1;
    return (size_t)(p - s);
}

/* Looks at so many code points of `s`; 0 when the letter may go on after them. */
static size_t end_within(UBreakIterator *letters, const char *s, size_t most)
{
    UChar few[64], *units = most * 2 <= 64 ? few : mem_alloc(most * 2 * sizeof *units);
    UErrorCode e = U_ZERO_ERROR;
    bool all;
    int32_t n = units_of(s, units, most, &all);
    ubrk_setText(letters, units, n, &e);
    int32_t end = U_SUCCESS(e) ? ubrk_following(letters, 0) : UBRK_DONE;
    if (end == UBRK_DONE)
        end = n;
    /* It must not keep what is about to go. */
    ubrk_setText(letters, NULL, 0, &e);
    if (units != few)
        free(units);
    return end < n || all ? bytes_of(s, end) : 0;
}

size_t grapheme_end(const char *s, size_t at)
{
    const char *p = s + at, *second;
    uint32_t cp = text_next(&p);
    if (cp == 0)
        return at;
    second = p;
    uint32_t next = text_next(&p);
    if (next == 0 || is_border(cp, next))
        return (size_t)(second - s);
    UBreakIterator *letters = iterator();
    if (!letters)
        return at + end_by_width(s + at);
    size_t end = 0;
    for (size_t most = 16; end == 0 && most < INT_MAX / 4; most *= 2)
        end = end_within(letters, s + at, most);
    return at + (end ? end : strlen(s + at));
}

/* A place before `at`, as near as may be, where surely a letter begins; at > 0. */
static size_t sure_before(const char *s, size_t at)
{
    at = code_before(s, at);
    const char *p = s + at;
    uint32_t after = text_next(&p);
    while (at > 0) {
        size_t place = code_before(s, at);
        p = s + place;
        uint32_t before = text_next(&p);
        if (is_border(before, after))
            return at;
        at = place;
        after = before;
    }
    return 0;
}

size_t grapheme_before(const char *s, size_t at)
{
    if (at == 0)
        return 0;
    size_t here = sure_before(s, at);
    for (size_t next; (next = grapheme_end(s, here)) < at;)
        here = next;
    return here;
}

size_t grapheme_after(const char *s, size_t at)
{
    if (at == 0 || s[at] == '\0')
        return grapheme_end(s, at);
    size_t here = grapheme_before(s, at), next = grapheme_end(s, here);
    return next > at ? next : grapheme_end(s, at);
}

static int columns_of_bytes(const char *s, size_t n)
{
    char few[64], *part = n < sizeof few ? few : mem_alloc(n + 1);
    memcpy(part, s, n);
    part[n] = '\0';
    int columns = text_width(part);
    if (part != few)
        free(part);
    return columns;
}

int grapheme_columns(const char *s, size_t from, size_t to, int enough)
{
    int columns = 0;
    while (from < to && columns < enough) {
        size_t next = grapheme_end(s, from);
        columns += next == from + 1 ? 1 : columns_of_bytes(s + from, next - from);
        from = next;
    }
    return columns;
}
