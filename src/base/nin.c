#include "config.h"

#include "samling/nin.h"

#include "samling/text.h"

#include <string.h>

enum { DIGITS = 11, GROUPS = 4, SEPARATORS = 3 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- One number ------------------------------------------------------------------------------ */

static int two(const char *digits)
{
    return (digits[0] - '0') * 10 + (digits[1] - '0');
}

/* What is added to the months of invented people; 0 for those of real ones. */
static int month_shift(int month)
{
    static const int shifts[] = {0, 40, 65, 80};
    for (size_t i = 0; i < sizeof shifts / sizeof shifts[0]; i++)
        if (month > shifts[i] && month <= shifts[i] + 12)
            return shifts[i];
    return -1;
}

static bool is_date(const char *digits)
{
    static const int longest[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int day = two(digits), month = two(digits + 2), year = two(digits + 4);
    int shift = month_shift(month);
    if (shift < 0)
        return false;
    month -= shift;
    if (day > 40)
        day -= 40;
    if (month == 2 && day == 29)
        return year % 4 == 0;
    return day >= 1 && day <= longest[month - 1];
}

static int remainder_of(const char *digits, const char *weights)
{
    int sum = 0;
    for (size_t i = 0; weights[i]; i++)
        sum += (digits[i] - '0') * (weights[i] - '0');
    return sum % 11;
}

bool nin_valid(const char digits[11])
{
    for (int i = 0; i < DIGITS; i++)
        if (!is_digit(digits[i]))
            return false;
    return is_date(digits) && remainder_of(digits, "3761894521") <= 3 &&
           remainder_of(digits, "54327654321") == 0;
}

/* ---- In a text ------------------------------------------------------------------------------- */

static size_t run_length(const char *s)
{
    size_t n = 0;
    while (is_digit(s[n]))
        n++;
    return n;
}

/* The length of the separator at s, 0 when there is none. */
static size_t separator(const char *s)
{
    static const char *const wide[] = {"\xC2\xA0",     "\xE2\x80\x87", "\xE2\x80\x89",
                                       "\xE2\x80\xAF", "\xE2\x80\x90", "\xE2\x80\x91",
                                       "\xE2\x80\x93", "\xE2\x88\x92"};
    if ((unsigned char)*s < 0x80)
        return *s == ' ' || *s == '-' || *s == '.' || *s == '/' || *s == '\t';
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (strncmp(s, wide[i], strlen(wide[i])) == 0)
            return strlen(wide[i]);
    return 0;
}

/* The lengths of the groups that a number is written in; 0 ends a form. A run of ten is without its
 * zero, a group of four is a year with its century. */
static const size_t forms[][GROUPS] = {
    {11}, {10}, {6, 5}, {6, 3, 2}, {2, 2, 2, 5}, {2, 2, 4, 5},
};

/* The length of what is written at s in this form, its digits in `digits`; 0 when it is not. */
static size_t read_form(const char *s, const size_t form[GROUPS], char digits[DIGITS])
{
    const char *p = s;
    size_t n = 0;
    if (form[0] == DIGITS - 1)
        digits[n++] = '0';
    for (int g = 0; g < GROUPS && form[g]; g++) {
        size_t gap = 0;
        for (int i = 0; g > 0 && i < SEPARATORS && (gap = separator(p)) > 0; i++)
            p += gap;
        if ((g > 0 && !is_digit(*p)) || run_length(p) != form[g])
            return 0;
        size_t skip = form[g] == 4 ? 2 : 0;
        memcpy(digits + n, p + skip, form[g] - skip);
        n += form[g] - skip;
        p += form[g];
    }
    return (size_t)(p - s);
}

/* The length of the number that is written at s, where a run of digits begins; 0 when none is. */
static size_t number_at(const char *s, size_t run)
{
    char digits[DIGITS];
    for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
        if (forms[f][0] != run)
            continue;
        size_t len = read_form(s, forms[f], digits);
        if (len > 0 && nin_valid(digits) &&
            (run != DIGITS - 1 || month_shift(two(digits + 2)) == 0))
            return len;
    }
    return 0;
}

/* ---- In any groups --------------------------------------------------------------------------- */

/* The length of the digit at s, also a full-width one; 0 when there is none. */
static size_t digit_at(const char *s, char *digit)
{
    const unsigned char *u = (const unsigned char *)s;
    *digit = *s;
    if (is_digit(*s))
        return 1;
    if (u[0] != 0xEF || u[1] != 0xBC || u[2] < 0x90 || u[2] > 0x99)
        return 0;
    *digit = (char)('0' + u[2] - 0x90);
    return 3;
}

/* Digits with at most one separator between any two of them. */
struct chain {
    char digits[DIGITS];
    size_t n;             /* digits, also those for which there was no room */
    size_t group[GROUPS]; /* the digits in the first groups */
    size_t ngroups;
    bool stops, spaces; /* each separator is one */
    const char *end;
};

static size_t thin_separator(const char *s)
{
    return *s == '/' || *s == '\t' ? 0 : separator(s);
}

static struct chain read_chain(const char *s)
{
    struct chain c = {.ngroups = 1, .stops = true, .spaces = true, .end = s};
    char digit;
    for (size_t len, gap; (len = digit_at(s, &digit)) > 0; s += gap) {
        if (c.n < DIGITS)
            c.digits[c.n] = digit;
        c.n++;
        if (c.ngroups <= GROUPS)
            c.group[c.ngroups - 1]++;
        c.end = s += len;
        gap = thin_separator(s);
        if (gap > 0 && digit_at(s + gap, &digit)) {
            c.ngroups++;
            c.stops &= *s == '.';
            c.spaces &= *s == ' ';
        }
    }
    return c;
}

static bool is_century(const char *year)
{
    return strncmp(year, "19", 2) == 0 || strncmp(year, "20", 2) == 0;
}

/* 21.11.2026 9.30, 2026-11-21 123: its digits pass for a date because they are one. */
static bool is_day_and_more(const struct chain *c)
{
    const size_t *g = c->group;
    if (c->ngroups < GROUPS)
        return false;
    return (g[0] <= 2 && g[1] <= 2 && g[2] == 4 && is_century(c->digits + g[0] + g[1])) ||
           (g[0] == 4 && g[1] <= 2 && g[2] <= 2 && is_century(c->digits));
}

static bool is_account(const struct chain *c)
{
    return c->ngroups == 3 && c->group[0] == 4 && c->group[1] == 2 && (c->stops || c->spaces);
}

static bool is_chain_number(const struct chain *c)
{
    return c->n == DIGITS && nin_valid(c->digits) && !is_account(c) && !is_day_and_more(c);
}

static bool is_behind_plus(const char *start, const char *p)
{
    return (p > start && p[-1] == '+') || (p > start + 1 && p[-1] == ' ' && p[-2] == '+');
}

/* The number that begins first at or after `p`, of which nothing is a digit before. */
static const char *next_number(const char *start, const char *p, size_t *len)
{
    const char *chain_end = p;
    char digit;
    for (size_t n;;) {
        while (*p && !digit_at(p, &digit))
            p++;
        if (!*p)
            return NULL;
        bool plus = is_behind_plus(start, p), begins = p >= chain_end;
        *len = plus ? 0 : number_at(p, run_length(p));
        if (*len > 0)
            return p;
        if (begins) {
            struct chain c = read_chain(p);
            chain_end = c.end;
            *len = (size_t)(c.end - p);
            if (!plus && is_chain_number(&c))
                return p;
        }
        while ((n = digit_at(p, &digit)) > 0)
            p += n;
    }
}

bool nin_find(const char *s, size_t *at, size_t *len)
{
    size_t n;
    const char *found = s ? next_number(s, s, &n) : NULL;
    if (!found)
        return false;
    if (at)
        *at = (size_t)(found - s);
    if (len)
        *len = n;
    return true;
}

/* ---- Out of a text --------------------------------------------------------------------------- */

static size_t space_at(const char *s)
{
    if (*s == ' ' || *s == '\t')
        return 1;
    return strncmp(s, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

/* The length of the space that ends at `end`. */
static size_t space_before(const char *start, const char *end)
{
    if (end - start >= 1 && (end[-1] == ' ' || end[-1] == '\t'))
        return 1;
    return end - start >= 2 && memcmp(end - 2, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

/* Closes the gap between what is kept up to `to` and the rest at *from; returns the end of what
 * is kept. */
static char *close_gap(const char *start, char *to, const char **from)
{
    size_t n;
    bool spaced = to == start || space_before(start, to) > 0;
    while (spaced && (n = space_at(*from)) > 0)
        *from += n;
    if (**from == '\0' || strchr(",.;:)]}", **from))
        while ((n = space_before(start, to)) > 0)
            to -= n;
    return to;
}

/* What a spreadsheet puts behind a whole number: 23917845026.0 */
static const char *pass_zeros(const char *s)
{
    const char *p = s + 1;
    if (*s != '.' && *s != ',')
        return s;
    p += strspn(p, "0");
    return p > s + 1 && !is_digit(*p) ? p : s;
}

/* Brackets and strokes that stood around a number say nothing without it. */
static bool says_nothing(const char *s)
{
    for (uint32_t c; (c = text_next(&s)) != 0;) {
        bool ascii = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (ascii || (c >= 0xC0 && !(c >= 0x2000 && c <= 0x206F)))
            return false;
    }
    return true;
}

static size_t scrub_once(char *s)
{
    size_t taken = 0, len = 0;
    char *to = s;
    const char *from = s, *found;
    while ((found = next_number(s, from, &len)) != NULL) {
        size_t kept = (size_t)(found - from);
        memmove(to, from, kept);
        from = pass_zeros(found + len);
        to = close_gap(s, to + kept, &from);
        taken++;
    }
    if (taken > 0)
        memmove(to, from, strlen(from) + 1);
    return taken;
}

size_t nin_scrub(char *s)
{
    size_t taken = 0, now;
    /* What stood on either side of a number may be one when it is gone. */
    while (s && (now = scrub_once(s)) > 0)
        taken += now;
    if (taken > 0 && says_nothing(s))
        *s = '\0';
    return taken;
}
