/* Terminals that are not UTF-8: letters there and back. */
#include "config.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/term_parts.h"

static locale_t theirs = (locale_t)0, ours;

void letters_start(void)
{
    if (theirs)
        return;
    locale_t of_environment = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    if (!of_environment)
        return;
    /* ASCII is what a locale that nobody chose says: there the terminal is UTF-8 all the same. */
    const char *set = nl_langinfo_l(CODESET, of_environment);
    if (strcmp(set, "UTF-8") == 0 || strncmp(set, "ANSI_X3.4", 9) == 0)
        freelocale(of_environment);
    else
        theirs = of_environment;
}

bool letters_are_utf8(void)
{
    return !theirs;
}

void letters_enter(void)
{
    if (theirs)
        ours = uselocale(theirs);
}

void letters_leave(void)
{
    if (theirs)
        uselocale(ours);
}

static bool can_show(uint32_t letter)
{
    char bytes[MB_LEN_MAX];
    mbstate_t state = {0};
    return wcrtomb(bytes, (wchar_t)letter, &state) != (size_t)-1;
}

/* Signs that the interface itself uses, and those that office programs put into texts. */
static char near_sign(uint32_t letter)
{
    static const struct {
        uint32_t sign;
        char near;
    } table[] = {
        {0x2010, '-'},  {0x2011, '-'},  {0x2012, '-'}, {0x2013, '-'}, {0x2014, '-'}, {0x2015, '-'},
        {0x2018, '\''}, {0x2019, '\''}, {0x201A, ','}, {0x201C, '"'}, {0x201D, '"'}, {0x201E, '"'},
        {0x2022, '*'},  {0x2026, '.'},  {0x2039, '<'}, {0x203A, '>'}, {0x2190, '<'}, {0x2191, '^'},
        {0x2192, '>'},  {0x2193, 'v'},  {0x21B5, '<'}, {0x23CE, '<'}, {0x2212, '-'}, {0x2500, '-'},
        {0x2502, '|'},  {0x2588, '#'},  {0x2591, '.'}, {0x2592, '#'}, {0x2593, '#'}, {0x25B2, '^'},
        {0x25BC, 'v'},  {0x25B6, '>'},  {0x25C0, '<'}, {0x25CF, '*'}, {0x25CB, 'o'}, {0x2713, 'x'},
        {0x2714, 'x'},  {0x2717, '-'},  {0x20AC, 'E'}, {0x00A0, ' '}, {0x00AB, '"'}, {0x00BB, '"'},
        {0x00B7, '.'},  {0x00D7, 'x'},  {0x00A7, 'S'}, {0x00B0, 'o'}, {0x00E6, 'a'}, {0x00F8, 'o'},
        {0x00C6, 'A'},  {0x00D8, 'O'},  {0x0110, 'D'}, {0x0111, 'd'}, {0x0126, 'H'}, {0x0127, 'h'},
        {0x0141, 'L'},  {0x0142, 'l'},  {0x014A, 'N'}, {0x014B, 'n'}, {0x0166, 'T'}, {0x0167, 't'},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].sign == letter)
            return table[i].near;
    return '\0';
}

/* č is c: what search folds it to, in the case that it has. */
static char near_letter(uint32_t letter)
{
    struct buf one = {0}, folded = {0};
    text_put(&one, letter);
    text_fold_search(&folded, one.s);
    char c = folded.len == 1 && (unsigned char)folded.s[0] < 0x80 ? folded.s[0] : '\0';
    buf_free(&one);
    buf_free(&folded);
    uselocale(ours); /* the terminal's does not know this letter, nor its case */
    bool upper = iswupper((wint_t)letter);
    uselocale(theirs);
    return c >= 'a' && upper ? (char)(c - 'a' + 'A') : c;
}

static wchar_t *add_near(wchar_t *out, uint32_t letter)
{
    struct buf one = {0};
    text_put(&one, letter);
    int columns = text_width(one.s);
    buf_free(&one);
    char c = near_sign(letter);
    if (!c && columns == 1)
        c = near_letter(letter);
    for (int i = 0; i < columns; i++)
        *out++ = c ? c : '?';
    return out;
}

wchar_t *letters_near(const char *s)
{
    /* A letter of two columns has more bytes than that, so what is near is never longer. */
    wchar_t *near = mem_alloc((strlen(s) + 1) * sizeof *near), *out = near;
    letters_enter();
    for (uint32_t letter; (letter = text_next(&s)) != 0;) {
        if (letter < 0x80 || can_show(letter))
            *out++ = (wchar_t)letter;
        else
            out = add_near(out, letter);
    }
    letters_leave();
    *out = L'\0';
    return near;
}

void letters_write(struct buf *out, const char *s)
{
    if (!theirs) {
        buf_add(out, s);
        return;
    }
    wchar_t *near = letters_near(s);
    letters_enter();
    for (const wchar_t *p = near; *p; p++) {
        char bytes[MB_LEN_MAX];
        mbstate_t state = {0};
        size_t n = wcrtomb(bytes, *p, &state);
        buf_addn(out, n == (size_t)-1 ? "?" : bytes, n == (size_t)-1 ? 1 : n);
    }
    letters_leave();
    free(near);
}

int letters_key(const char *bytes, size_t len)
{
    wchar_t letter = 0;
    mbstate_t state = {0};
    letters_enter();
    size_t n = mbrtowc(&letter, bytes, len, &state);
    letters_leave();
    if (n == (size_t)-2)
        return 0;
    return n == (size_t)-1 || n != len || letter < 0xA0 ? -1 : (int)letter;
}

void letters_read(struct buf *out, const char *bytes, size_t len)
{
    if (!theirs) {
        buf_addn(out, bytes, len);
        return;
    }
    mbstate_t state = {0};
    letters_enter();
    while (len > 0) {
        wchar_t letter = 0;
        size_t n = mbrtowc(&letter, bytes, len, &state);
        if (n == (size_t)-1 || n == (size_t)-2) {
            letter = 0xFFFD;
            memset(&state, 0, sizeof state);
            n = 1;
        }
        if (n == 0)
            n = 1;
        if (letter)
            text_put(out, (uint32_t)letter);
        bytes += n;
        len -= n;
    }
    letters_leave();
}
