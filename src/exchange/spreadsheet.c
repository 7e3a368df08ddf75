#include "config.h"

#include "spreadsheet.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "samling/text.h"

#define GUARD "\xe2\x80\x8b" /* zero-width space */
/* What becomes of it when a spreadsheet saves in an old encoding, on Windows and on a Mac. */
#define LOST "?_"

/* ---- what would be run ----------------------------------------------------------------------- */

static bool is_blank_letter(uint32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0 ||
           (cp >= 0x2000 && cp <= 0x200B) || cp == 0x202F || cp == 0x2060 || cp == 0x3000 ||
           cp == 0xFEFF;
}

/* = + - @, and their full-width and small forms, which some spreadsheets take for the same. */
static bool is_starter(uint32_t cp)
{
    static const uint32_t starters[] = {'=',    '+',    '-',    '@',    0xFF1D, 0xFF0B,
                                        0xFF0D, 0xFF20, 0xFE66, 0xFE62, 0xFE63, 0xFE6B};
    for (size_t i = 0; i < sizeof starters / sizeof starters[0]; i++)
        if (cp == starters[i])
            return true;
    return false;
}

static bool would_run(const char *s)
{
    if (*s == '\t' || *s == '\r' || *s == '\n')
        return true;
    uint32_t cp = text_next(&s);
    while (is_blank_letter(cp))
        cp = text_next(&s);
    return is_starter(cp);
}

/* +47 912 34 567 and -5 do no harm when they are run, and look better without an apostrophe. */
static bool is_signed_number(const char *s)
{
    return (*s == '+' || *s == '-') && s[1] && s[1 + strspn(s + 1, "0123456789 .,:/()-")] == '\0' &&
           strpbrk(s, "0123456789");
}

/* ---- what would become something else -------------------------------------------------------- */

enum { WORD_SIZE = 12 };

/* Words with which digits are a date, a time or an amount, in Norwegian and in English. */
static bool is_value_word(const char *word)
{
    static const char words[] =
        " a p am pm e t z kr nok "
        "jan feb mar apr mai may jun jul aug sep sept okt oct nov des dec "
        "januar februar mars april juni juli august september oktober november desember "
        "january february march june july october december "
        "man tir ons tor fre lør søn mån tys laur sun mon tue wed thu fri sat "
        "mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tysdag laurdag sundag "
        "monday tuesday wednesday thursday friday saturday sunday ";
    char padded[WORD_SIZE + 3] = " ";
    strcat(strcat(padded, word), " ");
    return strstr(words, padded) != NULL;
}

/* The word at *s in small letters, and *s past it. False when it is longer than any that we know.
 */
static bool take_word(const char **s, char word[WORD_SIZE])
{
    size_t n = 0;
    for (; isalpha((unsigned char)**s) || (unsigned char)**s == 0xC3; (*s)++) {
        if (n + 3 > WORD_SIZE)
            return false;
        if ((unsigned char)**s != 0xC3) {
            word[n++] = (char)tolower((unsigned char)**s);
            continue;
        }
        unsigned char second = (unsigned char)*++*s;
        if (!second)
            return false;
        word[n++] = '\xc3';
        /* Å and Ø as å and ø. */
        word[n++] = (char)(second >= 0x80 && second <= 0x9E ? second + 0x20 : second);
    }
    word[n] = '\0';
    return true;
}

static bool is_money_or_gap(uint32_t cp)
{
    return is_blank_letter(cp) || cp == 0x20AC || cp == 0xA3 || cp == 0xA5 || cp == 0xB0 ||
           (cp >= 0xBC && cp <= 0xBE) || cp == 0x2212 || cp == 0x2013;
}

/* Digits and signs only, but for words such as "mars". */
static bool looks_like_value(const char *s)
{
    char word[WORD_SIZE];
    while (*s) {
        unsigned char c = (unsigned char)*s;
        if (isalpha(c) || c == 0xC3) {
            if (!take_word(&s, word) || !is_value_word(word))
                return false;
        } else if (c < 0x80) {
            if (!isdigit(c) && !strchr(" .,:/-+%()$", c))
                return false;
            s++;
        } else if (!is_money_or_gap(text_next(&s))) {
            return false;
        }
    }
    return true;
}

/* A whole number that is shown as it is written: from 12 digits on it would be 1,23E+11. */
static bool is_plain_number(const char *s)
{
    size_t n = strspn(s, "0123456789");
    return n > 0 && n <= 11 && s[n] == '\0' && (s[0] != '0' || n == 1);
}

static bool is_truth(const char *s)
{
    char word[WORD_SIZE];
    if (!strchr("tTfFsSuU", *s) || !take_word(&s, word) || *s)
        return false;
    return strcmp(word, "true") == 0 || strcmp(word, "false") == 0 || strcmp(word, "sann") == 0 ||
           strcmp(word, "usann") == 0;
}

static bool becomes_value(const char *s)
{
    if (*s == '#') /* #N/A and its kin are values too */
        return true;
    if (!strpbrk(s, "0123456789"))
        return is_truth(s);
    return !is_plain_number(s) && looks_like_value(s);
}

static bool is_lost_guard(const char *s)
{
    return *s && strchr(LOST, *s) && (becomes_value(s + 1) || is_signed_number(s + 1));
}

/* ---- both ways ------------------------------------------------------------------------------- */

/* What stands in front of the text in its cell. */
static const char *prefix(const char *text)
{
    const char *bare = text + strspn(text, "'");
    if (would_run(bare))
        return bare == text && is_signed_number(text) ? GUARD : "'";
    return becomes_value(text) || is_lost_guard(text) ? GUARD : "";
}

/* Most cells are: a word that is neither TRUE nor SANN first, and no digit. Seen at a glance,
 * because there are millions of them. */
static bool is_harmless(const char *s)
{
    unsigned char c = (unsigned char)*s;
    if (c != 0xC3 && (!isalpha(c) || strchr("tTfFsSuU", c)))
        return c == '\0';
    for (; *s; s++)
        if (isdigit((unsigned char)*s) || *s == '\r')
            return false;
    return true;
}

const char *spreadsheet_cell(const char *text, struct buf *out)
{
    if (is_harmless(text))
        return text;
    const char *front = prefix(text);
    if (!*front && !strchr(text, '\r'))
        return text;
    buf_clear(out);
    buf_add(out, front);
    for (const char *p = text; *p; p++) {
        if (*p != '\r')
            buf_addc(out, *p);
        else if (p[1] != '\n')
            buf_addc(out, '\n');
    }
    return buf_str(out);
}

const char *spreadsheet_text(const char *cell)
{
    if (strncmp(cell, GUARD, strlen(GUARD)) == 0)
        return cell + strlen(GUARD);
    if (is_lost_guard(cell))
        return cell + 1;
    return *cell == '\'' && would_run(cell + strspn(cell, "'")) ? cell + 1 : cell;
}

bool spreadsheet_forced(const char *cell, const char **inside, size_t *len)
{
    size_t n = strlen(cell);
    if (n < 3 || cell[0] != '=' || cell[1] != '"' || strchr(cell + 2, '"') != cell + n - 1)
        return false;
    *inside = cell + 2;
    *len = n - 3;
    return true;
}
