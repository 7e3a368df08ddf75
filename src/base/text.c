#include "config.h"

#include "samling/text.h"

#include "samling/mem.h"

#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/uversion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REPLACEMENT = 0xFFFD, ON_STACK = 256 };

/* ---- UTF-8 ----------------------------------------------------------------------------------- */

/* The length of the well-formed sequence at p, of which at most n bytes may be read, and its code
 * point; 0 when it is not UTF-8 (overlong, surrogate, cut off, above U+10FFFF). */
static int decode(const unsigned char *p, size_t n, uint32_t *cp)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    int len = *p < 0x80 ? 1 : *p < 0xC2 ? 0 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : *p < 0xF5 ? 4 : 0;
    if (len == 0 || (size_t)len > n)
        return 0;
    uint32_t c = len == 1 ? *p : *p & (0x7Fu >> len);
    for (int i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    if (c < least[len] || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF)
        return 0;
    *cp = c;
    return len;
}

uint32_t text_next(const char **s)
{
    const unsigned char *p = (const unsigned char *)*s;
    uint32_t cp;
    if (*p == 0)
        return 0;
    /* A terminator is no continuation byte, so decoding stops there by itself. */
    int len = decode(p, 4, &cp);
    if (len == 0) {
        *s += 1;
        return REPLACEMENT;
    }
    *s += len;
    return cp;
}

static int encode(uint32_t cp, char out[4])
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = REPLACEMENT;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    int len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (int i = len - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (cp & 0x3F));
        cp >>= 6;
    }
    out[0] = (char)((0xF00u >> len & 0xFF) | cp);
    return len;
}

void text_put(struct buf *out, uint32_t cp)
{
    char bytes[4];
    int len = encode(cp, bytes);
    buf_addn(out, bytes, (size_t)len);
}

bool text_is_utf8(const char *s, size_t len)
{
    const unsigned char *p = (const unsigned char *)s;
    while (len > 0) {
        uint64_t eight;
        if (len >= sizeof eight) {
            memcpy(&eight, p, sizeof eight);
            if ((eight & UINT64_C(0x8080808080808080)) == 0) {
                p += sizeof eight;
                len -= sizeof eight;
                continue;
            }
        }
        uint32_t cp;
        int n = decode(p, len, &cp);
        if (n == 0)
            return false;
        p += n;
        len -= (size_t)n;
    }
    return true;
}

/* ---- What may be seen ------------------------------------------------------------------------ */

/* Becomes a space: white space and control characters, line and paragraph separators. */
static bool is_gap(uint32_t cp)
{
    if (cp <= 0x20 || (cp >= 0x7F && cp <= 0xA0))
        return true;
    if (cp < 0x1680)
        return false;
    return cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 ||
           cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

/* Vanishes: what has no shape of its own and may reorder or hide its neighbours. */
static bool is_invisible(uint32_t cp)
{
    if (cp == 0xAD || cp == 0x61C || cp == 0x180E || cp == 0xFEFF)
        return true;
    return (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2060 && cp <= 0x206F) || (cp >= 0xFFF9 && cp <= 0xFFFB) ||
           (cp >= 0xE0000 && cp <= 0xE007F);
}

bool text_is_blank(const char *s)
{
    if (!s)
        return true;
    for (uint32_t cp; (cp = text_next(&s)) != 0;)
        if (!is_gap(cp) && !is_invisible(cp))
            return false;
    return true;
}

void text_clean(struct buf *out, const char *s, bool keep_newlines)
{
    if (!s)
        return;
    while (*s) {
        const char *from = s;
        while (*s >= 0x20 && *s < 0x7F)
            s++;
        buf_addn(out, from, (size_t)(s - from));
        if (!*s)
            break;
        uint32_t cp = text_next(&s);
        if (is_invisible(cp))
            continue;
        if (keep_newlines && (cp == '\n' || cp == '\r')) {
            if (cp == '\r' && *s == '\n')
                s++;
            buf_addc(out, '\n');
        } else if (cp == 0xA0 || !is_gap(cp) || (cp >= 0x1680 && cp != 0x2028 && cp != 0x2029)) {
            text_put(out, cp);
        } else {
            buf_addc(out, ' ');
        }
    }
}

/* Adds `s` with its runs of white space made one space each, and none at either end. With
 * `lines` a run that has line ends in it becomes those line ends. */
static void squeeze(struct buf *out, const char *s, bool lines)
{
    bool space = false, begun = false;
    size_t breaks = 0;
    while (*s) {
        const char *from = s;
        uint32_t cp = text_next(&s);
        if (is_gap(cp)) {
            space = true;
            if (lines && cp == '\n')
                breaks++;
            continue;
        }
        if (begun && breaks == 0 && space)
            buf_addc(out, ' ');
        for (; begun && breaks > 0; breaks--)
            buf_addc(out, '\n');
        breaks = 0;
        space = false;
        begun = true;
        buf_addn(out, from, (size_t)(s - from));
    }
}

/* Most of what comes in: printable letters below U+0300, single spaces inside, none at the ends. */
static bool is_plainly_tidy(const char *s)
{
    const unsigned char *p = (const unsigned char *)s;
    unsigned char before = ' ';
    for (; *p; before = *p++) {
        if (*p >= 0xC3 && *p < 0xCC && (p[1] & 0xC0) == 0x80)
            p++;
        else if (*p < 0x20 || *p >= 0x7F || (*p == ' ' && before == ' '))
            return false;
    }
    return before != ' ';
}

char *text_tidy(const char *s, bool lines)
{
    struct buf clean = {0}, tidy = {0};
    if (s && is_plainly_tidy(s))
        return mem_strdup(s);
    if (text_is_blank(s))
        return NULL;
    text_clean(&clean, s, lines);
    char *nfc = text_nfc(buf_str(&clean), clean.len);
    squeeze(&tidy, nfc, lines);
    free(nfc);
    buf_free(&clean);
    if (tidy.len == 0) {
        buf_free(&tidy);
        return NULL;
    }
    return buf_take(&tidy);
}

/* ---- Columns --------------------------------------------------------------------------------- */

/* Agrees with wcwidth() in C.UTF-8, but needs no locale; what has no width there (controls,
 * what is not assigned) takes one column, as it does once cleaned. */
static int columns_of(uint32_t cp)
{
    if (cp < 0x300)
        return cp == 0xAD ? 0 : 1;
    if (cp < 0x370)
        return 0;
    if (is_invisible(cp) || (cp >= 0x1160 && cp <= 0x11FF) || (cp >= 0xD7B0 && cp <= 0xD7FB))
        return 0;
    uint32_t mask = U_GET_GC_MASK((UChar32)cp);
    if (mask & (U_GC_MN_MASK | U_GC_ME_MASK) || (cp >= 0x13430 && mask & U_GC_CF_MASK))
        return 0;
    /* Squared numbers and hexagrams, wide beside the ideographs that they are used with. */
    if ((cp >= 0x3248 && cp <= 0x324F) || (cp >= 0x4DC0 && cp <= 0x4DFF))
        return 2;
    int wide = u_getIntPropertyValue((UChar32)cp, UCHAR_EAST_ASIAN_WIDTH);
    return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

int text_width(const char *s)
{
    int width = 0;
    for (uint32_t cp; (cp = text_next(&s)) != 0;)
        width += columns_of(cp);
    return width;
}

size_t text_fit(const char *s, int columns, int *used)
{
    const char *p = s, *end = s;
    int width = 0;
    for (uint32_t cp; (cp = text_next(&p)) != 0; end = p) {
        int w = columns_of(cp);
        if (w > columns - width)
            break;
        width += w;
    }
    if (used)
        *used = width;
    return (size_t)(end - s);
}

static void spaces(struct buf *out, int n)
{
    for (; n > 0; n--)
        buf_addc(out, ' ');
}

void text_pad(struct buf *out, const char *s, int columns, enum align align)
{
    int used;
    if (columns <= 0)
        return;
    size_t len = text_fit(s, columns, &used);
    bool cut = s[len] != '\0';
    if (cut)
        len = text_fit(s, columns - 1, &used);
    int rest = columns - used - (cut ? 1 : 0);
    if (align == ALIGN_RIGHT)
        spaces(out, rest);
    buf_addn(out, s, len);
    if (cut)
        buf_add(out, "…");
    if (align == ALIGN_LEFT)
        spaces(out, rest);
}

/* ---- UTF-16, as ICU wants it ----------------------------------------------------------------- */

struct wide {
    UChar stack[ON_STACK];
    UChar *s;
    int32_t len, cap;
};

/* Room for `cap` units; what was there is lost. */
static void wide_room(struct wide *w, size_t cap)
{
    w->len = 0;
    w->cap = (int32_t)cap;
    w->s = cap <= ON_STACK ? w->stack : mem_alloc(cap * sizeof *w->s);
}

static void wide_free(struct wide *w)
{
    if (w->s != w->stack)
        free(w->s);
}

static void wide_put(struct wide *w, uint32_t cp)
{
    U16_APPEND_UNSAFE(w->s, w->len, cp);
}

/* A byte of UTF-8 is never more than one unit of UTF-16. */
static void wide_from(struct wide *w, const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s, *end = p + n;
    wide_room(w, n + 1);
    while (p < end) {
        uint32_t cp = REPLACEMENT;
        int len = decode(p, (size_t)(end - p), &cp);
        wide_put(w, cp);
        p += len > 0 ? len : 1;
    }
}

/* False leaves `to` empty but valid. */
static bool wide_normalise(const UNormalizer2 *how, const struct wide *from, struct wide *to)
{
    UErrorCode e = U_ZERO_ERROR;
    wide_room(to, ON_STACK);
    to->len = unorm2_normalize(how, from->s, from->len, to->s, to->cap, &e);
    if (e == U_BUFFER_OVERFLOW_ERROR) {
        e = U_ZERO_ERROR;
        wide_room(to, (size_t)to->len + 1);
        to->len = unorm2_normalize(how, from->s, from->len, to->s, to->cap, &e);
    }
    if (U_FAILURE(e))
        to->len = 0;
    return U_SUCCESS(e);
}

/* Nothing below U+0300 composes with anything. */
static bool is_plainly_nfc(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)s[i] >= 0xCC)
            return false;
    return text_is_utf8(s, len);
}

char *text_nfc(const char *s, size_t len)
{
    if (!s || is_plainly_nfc(s, len))
        return s ? mem_strndup(s, len) : mem_strdup("");
    struct wide in, nfc;
    struct buf out = {0};
    UErrorCode e = U_ZERO_ERROR;
    const UNormalizer2 *how = unorm2_getNFCInstance(&e);
    wide_from(&in, s, len);
    wide_room(&nfc, 1);
    bool done = U_SUCCESS(e) && wide_normalise(how, &in, &nfc);
    const struct wide *from = done ? &nfc : &in;
    for (int32_t i = 0; i < from->len;) {
        UChar32 cp;
        U16_NEXT(from->s, i, from->len, cp);
        text_put(&out, (uint32_t)cp);
    }
    wide_free(&in);
    wide_free(&nfc);
    return buf_take(&out);
}

/* ---- Folding --------------------------------------------------------------------------------- */

/* What stands in the tables below for letters that need none. */
#define VANISHES "\1"
#define BY_ICU   "\2"

/* Match folds of U+00A0 to U+017F; "" separates words. */
static const char latin[0x180 - 0xA0][3] = {
    /* A0 */ "",   "",  "",     "",       "",       "",     "",   "",       "",   "",
    "a",           "",  "",     VANISHES, "",       "",
    /* B0 */ "",   "",  "2",    "3",      VANISHES, BY_ICU, "",   VANISHES, "",   "1",
    "o",           "",  BY_ICU, BY_ICU,   BY_ICU,   "",
    /* C0 */ "a",  "a", "a",    "a",      "ae",     "aa",   "ae", "c",      "e",  "e",
    "e",           "e", "i",    "i",      "i",      "i",
    /* D0 */ "d",  "n", "o",    "o",      "o",      "o",    "oe", "",       "oe", "u",
    "u",           "u", "u",    "y",      "th",     "ss",
    /* E0 */ "a",  "a", "a",    "a",      "ae",     "aa",   "ae", "c",      "e",  "e",
    "e",           "e", "i",    "i",      "i",      "i",
    /* F0 */ "d",  "n", "o",    "o",      "o",      "o",    "oe", "",       "oe", "u",
    "u",           "u", "u",    "y",      "th",     "y",
    /* 100 */ "a", "a", "a",    "a",      "a",      "a",    "c",  "c",      "c",  "c",
    "c",           "c", "c",    "c",      "d",      "d",
    /* 110 */ "d", "d", "e",    "e",      "e",      "e",    "e",  "e",      "e",  "e",
    "e",           "e", "g",    "g",      "g",      "g",
    /* 120 */ "g", "g", "g",    "g",      "h",      "h",    "h",  "h",      "i",  "i",
    "i",           "i", "i",    "i",      "i",      "i",
    /* 130 */ "i", "i", "ij",   "ij",     "j",      "j",    "k",  "k",      "k",  "l",
    "l",           "l", "l",    "l",      "l",      "l",
    /* 140 */ "l", "l", "l",    "n",      "n",      "n",    "n",  "n",      "n",  "n",
    "n",           "n", "o",    "o",      "o",      "o",
    /* 150 */ "o", "o", "oe",   "oe",     "r",      "r",    "r",  "r",      "r",  "r",
    "s",           "s", "s",    "s",      "s",      "s",
    /* 160 */ "s", "s", "t",    "t",      "t",      "t",    "t",  "t",      "u",  "u",
    "u",           "u", "u",    "u",      "u",      "u",
    /* 170 */ "u", "u", "u",    "u",      "w",      "w",    "y",  "y",      "y",  "z",
    "z",           "z", "z",    "z",      "z",      "s",
};

/* Search is match with aa and ae written a, oe written o, over and over: so all spellings of a
 * letter, the bare one too, end in the same. Looking only at the last letter written keeps
 * what is typed so far the start of the whole. */
struct folder {
    struct buf *out;
    bool search;
    bool gap;  /* a space is due before the next letter */
    char last; /* of the word so far; 0 when it is none of a to z */
    size_t n;
    char part[ON_STACK];
};

static void folder_flush(struct folder *f)
{
    buf_addn(f->out, f->part, f->n);
    f->n = 0;
}

static void folder_bytes(struct folder *f, const char *s, int len)
{
    if (f->n + (size_t)len + 1 > sizeof f->part)
        folder_flush(f);
    if (f->gap) {
        f->part[f->n++] = ' ';
        f->gap = false;
    }
    for (int i = 0; i < len; i++)
        f->part[f->n++] = s[i];
}

static void folder_break(struct folder *f)
{
    if (f->n > 0 || f->out->len > 0)
        f->gap = true;
    f->last = 0;
}

static void folder_ascii(struct folder *f, char c)
{
    if (f->search &&
        ((c == 'a' && f->last == 'a') || (c == 'e' && (f->last == 'a' || f->last == 'o'))))
        return;
    folder_bytes(f, &c, 1);
    f->last = c;
}

static bool is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == '`' || cp == 0xB4 || cp == 0xB7 || cp == 0x2BC || cp == 0x2018 ||
           cp == 0x2019 || cp == 0x2032;
}

/* Takes an ASCII character. */
static void folder_char(struct folder *f, unsigned char c)
{
    if (c >= 'A' && c <= 'Z')
        c |= 0x20;
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        folder_ascii(f, (char)c);
    else if (!is_apostrophe(c))
        folder_break(f);
}

/* Takes a code point below U+0180; false when ICU has to look at it. */
static bool folder_latin(struct folder *f, uint32_t cp)
{
    if (cp < 0x80) {
        folder_char(f, (unsigned char)cp);
        return true;
    }
    const char *to = cp < 0xA0 ? "" : latin[cp - 0xA0];
    if (*to == *BY_ICU)
        return false;
    if (*to == '\0')
        folder_break(f);
    else if (*to != *VANISHES)
        for (; *to; to++)
            folder_ascii(f, *to);
    return true;
}

/* Accents on letters; the vowel signs of Indic and other scripts are letters in their own right. */
static bool is_accent(uint32_t cp)
{
    return (cp >= 0x300 && cp <= 0x36F) || (cp >= 0x483 && cp <= 0x489) ||
           (cp >= 0x591 && cp <= 0x5C7) || (cp >= 0x64B && cp <= 0x65F) || cp == 0x670 ||
           (cp >= 0x1AB0 && cp <= 0x1AFF) || (cp >= 0x1DC0 && cp <= 0x1DFF) ||
           (cp >= 0x20D0 && cp <= 0x20FF) || (cp >= 0xFE00 && cp <= 0xFE0F) ||
           (cp >= 0xFE20 && cp <= 0xFE2F);
}

/* A code point of text that is composed and without case. Letters are taken apart one step at
 * a time, for ǿ is ø with an accent before it is anything else. */
static void folder_any(struct folder *f, const UNormalizer2 *nfc, uint32_t cp)
{
    UChar parts[8];
    UErrorCode e = U_ZERO_ERROR;
    if (is_accent(cp) || is_apostrophe(cp) || is_invisible(cp))
        return;
    if (cp < 0x180 && folder_latin(f, cp))
        return;
    int32_t n = nfc ? unorm2_getRawDecomposition(nfc, (UChar32)cp, parts, 8, &e) : -1;
    if (n > 0 && U_SUCCESS(e)) {
        for (int32_t i = 0; i < n;) {
            UChar32 part;
            U16_NEXT(parts, i, n, part);
            folder_any(f, nfc, (uint32_t)part);
        }
        return;
    }
    if (cp == 0x1E5) { /* ǥ, a Sámi letter that Unicode does not take apart */
        folder_ascii(f, 'g');
        return;
    }
    if (!(U_GET_GC_MASK((UChar32)cp) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK))) {
        folder_break(f);
        return;
    }
    char bytes[4];
    folder_bytes(f, bytes, encode(cp, bytes));
    f->last = 0;
}

static void folder_icu(struct folder *f, const char *s)
{
    UErrorCode e = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&e);
    if (U_FAILURE(e))
        nfc = NULL;
    e = U_ZERO_ERROR;
    const UNormalizer2 *casefold = unorm2_getNFKCCasefoldInstance(&e);
    struct wide in, folded;
    wide_room(&in, strlen(s) + 1);
    /* Before normalising, which makes a space and an accent of ´. */
    for (uint32_t cp; (cp = text_next(&s)) != 0;)
        if (!is_apostrophe(cp))
            wide_put(&in, cp);
    wide_room(&folded, 1);
    bool done = U_SUCCESS(e) && wide_normalise(casefold, &in, &folded);
    const struct wide *from = done ? &folded : &in;
    for (int32_t i = 0; i < from->len;) {
        UChar32 cp;
        U16_NEXT(from->s, i, from->len, cp);
        folder_any(f, nfc, (uint32_t)(done ? cp : u_foldCase(cp, U_FOLD_CASE_DEFAULT)));
    }
    wide_free(&in);
    wide_free(&folded);
}

/* Letters below U+0180 (lead bytes to 0xC5), and none that only ICU can take apart. */
static bool is_simple(const char *s)
{
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c < 0xC2)
            continue;
        if (c > 0xC5 || ((unsigned char)s[1] & 0xC0) != 0x80)
            return false;
        uint32_t cp = (c & 0x1Fu) << 6 | ((unsigned char)s[1] & 0x3Fu);
        if (cp >= 0xA0 && *latin[cp - 0xA0] == *BY_ICU)
            return false;
    }
    return true;
}

static void fold(struct buf *out, const char *s, bool search)
{
    struct folder f;
    f.out = out;
    f.search = search;
    f.gap = out->len > 0;
    f.last = 0;
    f.n = 0;
    if (!s)
        return;
    if (is_simple(s)) {
        while (*s) {
            unsigned char c = (unsigned char)*s;
            if (c < 0x80) {
                folder_char(&f, c);
                s++;
            } else {
                uint32_t cp = text_next(&s);
                if (cp >= 0x180 || !folder_latin(&f, cp))
                    folder_break(&f);
            }
        }
    } else {
        folder_icu(&f, s);
    }
    folder_flush(&f);
}

void text_fold_search(struct buf *out, const char *s)
{
    fold(out, s, true);
}

void text_fold_match(struct buf *out, const char *s)
{
    fold(out, s, false);
}

/* What a code point is to the folds. */
enum part { PART_GAP, PART_LETTER, PART_NOTHING };

static enum part part_of(const UNormalizer2 *nfc, uint32_t cp)
{
    struct buf out = {0};
    struct folder f = {.out = &out, .search = true};
    if (cp < 0x80)
        return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z' ? PART_LETTER
               : cp >= '0' && cp <= '9'                 ? PART_LETTER
               : is_apostrophe(cp)                      ? PART_NOTHING
                                                        : PART_GAP;
    folder_bytes(&f, "x", 1); /* else a break leaves no trace */
    folder_any(&f, nfc, cp);
    enum part part = f.gap ? PART_GAP : f.n + out.len > 1 ? PART_LETTER : PART_NOTHING;
    buf_free(&out);
    return part;
}

static void fold_part(struct buf *out, const char *s, size_t n)
{
    char *copy = mem_strndup(s, n);
    buf_clear(out);
    text_fold_search(out, copy);
    free(copy);
}

/* The bytes of a text's first word that fold to `word` and whatever belongs to the last letter:
 * accents, and the second a of aa; 0 when it does not begin so. */
static size_t same_start(const char *s, size_t n, const char *word)
{
    struct buf b = {0};
    size_t want = strlen(word), end = 0, found = 0;
    fold_part(&b, s, n);
    if (b.len < want || strncmp(b.s, word, want) != 0)
        n = 0;
    while (end < n) {
        const char *next = s + end;
        uint32_t cp = text_next(&next);
        if (found && !is_accent(cp) && (cp | 0x20) != 'a')
            break;
        end = (size_t)(next - s);
        fold_part(&b, s, end);
        if (found && b.len > want)
            break;
        if (b.len >= want)
            found = end;
    }
    buf_free(&b);
    return found;
}

bool text_find(const char *s, const char *word, size_t from, size_t *start, size_t *end)
{
    UErrorCode e = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&e);
    const char *p = s;
    if (U_FAILURE(e))
        nfc = NULL;
    while (*word && *p) {
        const char *at = p;
        enum part part = part_of(nfc, text_next(&p));
        if (part != PART_LETTER)
            continue;
        const char *last = p;
        for (const char *next = p; *next; last = p = next)
            if (part_of(nfc, text_next(&next)) == PART_GAP)
                break;
        size_t n = (size_t)(at - s) >= from ? same_start(at, (size_t)(last - at), word) : 0;
        if (n) {
            *start = (size_t)(at - s);
            *end = *start + n;
            return true;
        }
    }
    return false;
}

bool text_same(const char *a, const char *b)
{
    struct buf fa = {0}, fb = {0};
    text_fold_match(&fa, a);
    text_fold_match(&fb, b);
    bool same = strcmp(buf_str(&fa), buf_str(&fb)) == 0;
    buf_free(&fa);
    buf_free(&fb);
    return same;
}

/* ---- Order ----------------------------------------------------------------------------------- */

/* Opened on first use, kept to the end of the process. */
static UCollator *collator(void)
{
    static UCollator *coll;
    static bool tried;
    if (!tried) {
        UErrorCode e = U_ZERO_ERROR;
        tried = true;
        coll = ucol_open("nb", &e);
        if (U_SUCCESS(e))
            ucol_setAttribute(coll, UCOL_NORMALIZATION_MODE, UCOL_ON, &e);
        if (U_FAILURE(e) && coll) {
            ucol_close(coll);
            coll = NULL;
        }
    }
    return coll;
}

static size_t key_of_fold(const char *s, unsigned char *key, size_t size)
{
    struct buf folded = {0};
    text_fold_search(&folded, s);
    size_t len = folded.len < size ? folded.len : size - 1;
    memcpy(key, buf_str(&folded), len);
    key[len] = 0;
    buf_free(&folded);
    return len + 1;
}

/* ICU leaves nothing to rely on in a buffer that is too small. */
static size_t key_cut(const UCollator *coll, const struct wide *w, unsigned char *key, size_t size,
                      int32_t need)
{
    unsigned char *whole = mem_alloc((size_t)need);
    ucol_getSortKey(coll, w->s, w->len, whole, need);
    memcpy(key, whole, size - 1);
    key[size - 1] = 0;
    free(whole);
    return size;
}

size_t text_sort_key(const char *s, unsigned char *key, size_t size)
{
    const UCollator *coll = collator();
    struct wide w;
    if (size == 0)
        return 0;
    if (!coll)
        return key_of_fold(s, key, size);
    wide_from(&w, s ? s : "", s ? strlen(s) : 0);
    int32_t need =
        ucol_getSortKey(coll, w.s, w.len, key, size > INT32_MAX ? INT32_MAX : (int32_t)size);
    size_t len = need <= 0              ? key_of_fold(s, key, size)
                 : (size_t)need <= size ? (size_t)need
                                        : key_cut(coll, &w, key, size, need);
    wide_free(&w);
    return len;
}

const char *text_collation(void)
{
    static char name[3 + U_MAX_VERSION_STRING_LENGTH + 1];
    UVersionInfo v;
    if (!name[0]) {
        char version[U_MAX_VERSION_STRING_LENGTH];
        u_getVersion(v);
        u_versionToString(v, version);
        snprintf(name, sizeof name, "nb %s", version);
    }
    return name;
}
