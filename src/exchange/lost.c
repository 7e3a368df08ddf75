#include "config.h"

#include "lost.h"

#include "samling/text.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

enum { LETTERS_MAX = 200 };

/* ---- Letters --------------------------------------------------------------------------------- */

static bool is_upper(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
}

static bool is_letter(uint32_t c)
{
    return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= 0xDF && c != 0xF7 && c < 0x2000);
}

static bool is_vowel(uint32_t c)
{
    return c >= 0x80 || (c != 0 && strchr("aeiouyAEIOUY", (int)c));
}

static bool is_mark(uint32_t c)
{
    return c == '?' || c == '_' || c == 0xFFFD;
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == 0xA0;
}

struct text {
    uint32_t c[LETTERS_MAX + 1]; /* ends in 0 */
    size_t n;
};

static uint32_t at(const struct text *t, size_t i)
{
    return i < t->n ? t->c[i] : 0;
}

static uint32_t before(const struct text *t, size_t i)
{
    return i > 0 ? t->c[i - 1] : 0;
}

/* ---- Underscores ----------------------------------------------------------------------------- */

struct part {
    size_t n;
    bool vowel;
};

static struct part part_before(const struct text *t, size_t i)
{
    struct part p = {0};
    for (; i > 0 && is_letter(t->c[i - 1]); i--, p.n++)
        p.vowel |= is_vowel(t->c[i - 1]);
    return p;
}

static struct part part_after(const struct text *t, size_t i)
{
    struct part p = {0};
    for (; is_letter(at(t, i)); i++, p.n++)
        p.vowel |= is_vowel(t->c[i]);
    return p;
}

static bool is_bhg(const struct text *t, size_t i)
{
    return i >= 3 && strchr("bB", (int)t->c[i - 3]) && strchr("hH", (int)t->c[i - 2]) &&
           strchr("gG", (int)t->c[i - 1]) && (i == 3 || !is_letter(t->c[i - 4]));
}

/* An underscore also joins words. It is a lost vowel when what stands on one of its sides can be no
 * word: it has no vowel, is very short, or begins as no word does. */
static bool is_lost_within(const struct text *t, size_t i, size_t end)
{
    struct part left = part_before(t, i), right = part_after(t, end);
    if (is_bhg(t, i))
        return false;
    if (!left.vowel || !right.vowel || left.n < 3 || right.n < 3)
        return true;
    static const char *const onsets[] = {"bj", "bl", "br", "dj", "dr", "fj", "fl", "fr", "gj",
                                         "gl", "gr", "hj", "hv", "kj", "kl", "kn", "kr", "kv",
                                         "pl", "pr", "sj", "sk", "sl", "sm", "sn", "sp", "st",
                                         "sv", "th", "tj", "tr", "tv", "vr", "ch", "ph", "sh"};
    char start[3] = {(char)(at(t, end) | 0x20), (char)(at(t, end + 1) | 0x20), '\0'};
    if (is_vowel(at(t, end)) || is_vowel(at(t, end + 1)))
        return false;
    for (size_t k = 0; k < sizeof onsets / sizeof *onsets; k++)
        if (strcmp(start, onsets[k]) == 0)
            return false;
    return true;
}

/* ---- Questions ------------------------------------------------------------------------------- */

/* What people write in place of a name. */
static bool is_remark(const struct text *t, size_t from, size_t end)
{
    static const char *const words[] = {"ukjent", "usikker", "vikar",  "mangler",
                                        "kommer", "hvem",    "kanskje"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        size_t i = 0;
        while (words[k][i] && from + i < end && (t->c[from + i] | 0x20) == (uint32_t)words[k][i])
            i++;
        if (!words[k][i] && from + i == end)
            return true;
    }
    return false;
}

/* A mark after a word that ends in a consonant (Bod?, Andr?), where each word is a name's. */
static bool is_lost_at_end(const struct text *t, size_t i)
{
    size_t from = i, words = 1;
    while (from > 0 && is_letter(t->c[from - 1]))
        from--;
    for (size_t k = 0; k < i; k++)
        words += is_space(t->c[k]) && !is_space(before(t, k));
    return is_upper(t->c[from]) && !is_vowel(t->c[i - 1]) && words <= 3 && !is_remark(t, from, i) &&
           is_upper(t->c[0]);
}

/* ---- A name ---------------------------------------------------------------------------------- */

/* The marks from `i` up to `end` in a word that is no address. */
static bool is_lost(const struct text *t, size_t i, size_t end)
{
    uint32_t mark = t->c[i], left = before(t, i), right = at(t, end);
    if (mark == 0xFFFD)
        return is_letter(left) || is_letter(right);
    if (end - i > 2)
        return false;
    if (is_letter(left) && is_letter(right)) {
        /* A capital after a small letter begins a word. */
        if (is_upper(right) && !is_upper(left))
            return false;
        return mark == '?' || is_lost_within(t, i, end);
    }
    if (is_letter(right))
        return left == 0 || is_space(left) || left == '-';
    bool ends = right == 0 || is_space(right) || right == ',' || right == '-';
    return is_letter(left) && ends && is_lost_at_end(t, i);
}

static bool is_address(const struct text *t, size_t from, size_t end)
{
    bool dots = false, slashes = false;
    for (size_t i = from; i < end; i++) {
        if (t->c[i] == '@' || t->c[i] == '=' || (t->c[i] == ':' && at(t, i + 1) == '/'))
            return true;
        slashes |= t->c[i] == '/';
        /* liste_ny.csv */
        dots |= t->c[i] == '.' && is_letter(at(t, i + 1)) && i > from;
    }
    return dots || (slashes && t->c[from] == '/');
}

static bool has_lost(const struct text *t, size_t from, size_t end)
{
    bool capital = false;
    if (is_address(t, from, end) || (t->c[from] == '_' && t->c[end - 1] == '_'))
        return false;
    for (size_t i = from; i < end; i++)
        capital |= is_upper(t->c[i]);
    for (size_t i = from; i < end;) {
        size_t to = i;
        while (to < end && t->c[to] == t->c[i])
            to++;
        /* A name in small letters is likelier one that a machine knows: kari_hansen. */
        bool named = capital || t->c[i] != '_' || i == from;
        if (is_mark(t->c[i]) && named && is_lost(t, i, to))
            return true;
        i = to;
    }
    return false;
}

/* ---- Letters that became two ----------------------------------------------------------------- */

/* What windows-1252 makes of a byte from 0x80 to 0xBF. The no-break space may just be one. */
static bool is_second_half(uint32_t c)
{
    static const uint32_t others[] = {0x20AC, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x017D, 0x2018,
                                      0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
                                      0x2122, 0x0161, 0x203A, 0x0153, 0x017E, 0x0178};
    if (c >= 0x80 && c <= 0xBF)
        return c != 0xA0;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (c == others[i])
            return true;
    return false;
}

/* UTF-8 that was taken for windows-1252 and made UTF-8 once more: "BjÃ¸rn". */
static bool has_doubled(const struct text *t)
{
    for (size_t i = 0; i + 1 < t->n; i++)
        if (t->c[i] == 0xC3 && is_second_half(t->c[i + 1]))
            return true;
    return false;
}

bool text_lost_letter(const char *s)
{
    struct text t = {.n = 0};
    if (!s || (!strpbrk(s, "?_") && !strstr(s, "\xEF\xBF\xBD") && !strstr(s, "\xC3\x83")))
        return false;
    for (uint32_t c; t.n < LETTERS_MAX && (c = text_next(&s)) != 0;)
        t.c[t.n++] = c;
    if (has_doubled(&t))
        return true;
    for (size_t from = 0, end; from < t.n; from = end + 1) {
        for (end = from; end < t.n && !is_space(t.c[end]);)
            end++;
        if (end > from && has_lost(&t, from, end))
            return true;
    }
    return false;
}
