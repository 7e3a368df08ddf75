#include "config.h"

#include "samling/contact.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "samling/date.h"
#include "samling/text.h"

#include "core/span.h"

/* One line, with the plain dash and quotes for all that look like them. */
static void add_plain(struct buf *out, const char *typed)
{
    char *tidy = text_tidy(typed, false);
    for (const char *p = tidy; p && *p;) {
        const char *from = p;
        while (*p && (unsigned char)*p < 0x80 && *p != '`')
            p++;
        buf_addn(out, from, (size_t)(p - from));
        if (!*p)
            break;
        uint32_t cp = text_next(&p);
        if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || cp == 0xFE63 || cp == 0xFF0D)
            cp = '-';
        else if (cp == 0xAB || cp == 0xBB || (cp >= 0x201C && cp <= 0x201F))
            cp = '"';
        else if (cp == 0xB4 || cp == '`' || (cp >= 0x2018 && cp <= 0x201B))
            cp = '\'';
        else if (cp == 0xFF0B)
            cp = '+';
        text_put(out, cp);
    }
    free(tidy);
}

/* ---- addresses ------------------------------------------------------------------------------- */

static bool local_part_ok(const char *s, size_t n)
{
    if (n == 0 || n > 64 || s[0] == '.' || s[n - 1] == '.')
        return false;
    for (size_t i = 0; i < n; i++)
        if (char_in(s[i], " \t\r\n\"(),:;<>@[\\]") || (s[i] == '.' && s[i + 1] == '.'))
            return false;
    return true;
}

/* Letters of a name that is not English; neither signs nor what could not be read. */
static bool is_foreign_letter(uint32_t cp)
{
    return cp >= 0xC0 && cp != 0xD7 && cp != 0xF7 && !(cp >= 0x2000 && cp < 0x2C00) &&
           !(cp >= 0x3000 && cp < 0x3040) && !(cp >= 0xE000 && cp < 0xF900) &&
           !(cp >= 0xFE00 && cp < 0xFE70) && cp < 0xFF00;
}

static bool label_ok(struct span t)
{
    if (t.n == 0 || t.n > 63 || t.s[0] == '-' || t.s[t.n - 1] == '-')
        return false;
    for (const char *p = t.s; p < t.s + t.n;) {
        uint32_t cp = text_next(&p);
        if (!(cp < 0x80 ? isalnum((int)cp) || cp == '-' : is_foreign_letter(cp)))
            return false;
    }
    return true;
}

static bool domain_ok(const char *s)
{
    const char *dot = strrchr(s, '.');
    if (!dot || strlen(s) > 253 || strlen(dot + 1) < 2)
        return false;
    if (strncmp(dot + 1, "xn--", 4) != 0 && strpbrk(dot + 1, "0123456789"))
        return false;
    for (const char *p = s;; p++) {
        struct span label = {p, strcspn(p, ".")};
        if (!label_ok(label))
            return false;
        p += label.n;
        if (!*p)
            return true;
    }
}

/* Without what stands around an address: quotes, brackets, "mailto:", "E-post:", a last comma. */
static struct span bare_address(struct span t)
{
    static const char labels[] =
        " mailto epost epostadresse email emailadresse mail mailadresse jobb privat arbeid ";
    for (;;) {
        t = span_trim(t, " \"'<([{", " \"'>)]}.,;:");
        const char *colon = t.n ? memchr(t.s, ':', t.n) : NULL;
        struct span label = {t.s, colon ? (size_t)(colon - t.s) : 0};
        if (!colon || !span_is_word_of(label, labels))
            return t;
        t.s = colon + 1;
        t.n -= label.n + 1;
        const char *query = t.n ? memchr(t.s, '?', t.n) : NULL; /* mailto:a@b.no?subject=… */
        if (query)
            t.n = (size_t)(query - t.s);
    }
}

/* Adds the span in small letters, without the spaces beside an at sign. */
static void add_small(struct buf *out, struct span t)
{
    struct buf all = {0};
    buf_addn(&all, t.s, t.n);
    for (const char *p = buf_str(&all); *p;) {
        bool first = p == all.s;
        if ((unsigned char)*p >= 0x80)
            text_put(out, (uint32_t)towlower((wint_t)text_next(&p)));
        else if (*p == ' ' && (p[1] == '@' || (!first && p[-1] == '@')))
            p++;
        else
            buf_addc(out, (char)tolower((unsigned char)*p++));
    }
    buf_free(&all);
}

/* Adds the one address that the span is. */
static bool add_address(struct span t, struct buf *out)
{
    struct buf a = {0};
    add_small(&a, bare_address(t));
    const char *at = strchr(buf_str(&a), '@');
    bool ok = at && local_part_ok(a.s, (size_t)(at - a.s)) && domain_ok(at + 1);
    if (ok)
        buf_add(out, a.s);
    buf_free(&a);
    return ok;
}

/* Tells each of a list, but for what is the same address once more. */
static void tell_others(struct buf *others, struct span t, const struct buf *address)
{
    struct buf again = {0};
    for (const char *end = t.s + t.n; others && t.s < end;) {
        struct span one = {t.s, 0};
        while (one.s + one.n < end && !char_in(one.s[one.n], ";,|"))
            one.n++;
        buf_clear(&again);
        if (!add_address(one, &again) || strcmp(again.s, address->s) != 0)
            others_tell(others, one);
        t.s += one.n + 1;
    }
    buf_free(&again);
}

/* May this stand beside an address? Another address, nothing, or a word in brackets; anything else
 * may be a piece of an address that was broken. */
static bool is_company(struct span t)
{
    t = span_trim(t, " .,;", " .,;");
    return t.n == 0 || span_has(t, '@') || (char_in(t.s[0], "([") && char_in(t.s[t.n - 1], ")]"));
}

/* "a@b.no, c@d.no", "a@b.no / c@d.no", "a@b.no c@d.no", "a@b.no (jobb)" */
static bool add_first_of_several(struct span t, struct buf *out, struct buf *others)
{
    for (size_t i = 1; i < t.n; i++) {
        size_t n = span_joint(t.s + i, t.s + t.n, ",/|&");
        struct span before = {t.s, i}, after = {t.s + i + n, t.n - i - n};
        if ((n || t.s[i] == ' ') && is_company(after) && add_address(before, out)) {
            tell_others(others, after, out);
            return true;
        }
    }
    return false;
}

/* "Kari Nordmann <a@b.no>", "Kari Nordmann (a@b.no), Ola <c@d.no>" */
static bool add_enclosed(struct span t, struct buf *out, struct buf *others)
{
    for (size_t i = 0; i < t.n; i++) {
        const char *close = t.s[i] == '<' ? ">" : t.s[i] == '(' ? ")" : t.s[i] == '[' ? "]" : NULL;
        struct span in = {t.s + i + 1, 0};
        while (close && i + 1 + in.n < t.n && in.s[in.n] != *close)
            in.n++;
        if (!close || i + 1 + in.n == t.n || !span_has(in, '@'))
            continue;
        struct span after = {in.s + in.n + 1, t.n - i - in.n - 2};
        if (!add_address(in, out))
            return false;
        tell_others(others, after, out);
        return true;
    }
    return false;
}

/* Most cells are an address and nothing else. */
static bool add_whole_address(const char *s, struct buf *out)
{
    size_t old = out->len;
    const char *at = strchr(s, '@');
    if (!at || s[strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@")] ||
        !local_part_ok(s, (size_t)(at - s)) || !domain_ok(at + 1))
        return false;
    buf_add(out, s);
    for (char *p = out->s + old; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    return true;
}

bool email_first(const char *typed, struct buf *out, struct buf *others)
{
    struct buf plain = {0}, address = {0};
    if (others)
        buf_clear(others);
    if (add_whole_address(typed, out))
        return true;
    add_plain(&plain, typed);
    struct span all = span_trim((struct span){buf_str(&plain), plain.len}, " ,;|", " ,;|");
    struct span one = {all.s, 0};
    while (one.n < all.n && !char_in(one.s[one.n], ";|"))
        one.n++;
    struct span after = {one.s + one.n, all.n - one.n};
    bool ok = plain.len <= CELL_MAX && is_company(after);
    ok = ok && (add_address(one, &address) || add_first_of_several(one, &address, others) ||
                add_enclosed(one, &address, others));
    if (ok) {
        tell_others(others, after, &address);
        buf_add(out, address.s);
    }
    buf_free(&plain);
    buf_free(&address);
    return ok;
}

bool email_tidy(const char *typed, struct buf *out)
{
    return email_first(typed, out, NULL);
}

/* ---- phone numbers --------------------------------------------------------------------------- */

/* Country codes of one and of two digits; all others have three. (ITU-T E.164 list.) */
static size_t country_code_length(const char *digits)
{
    static const char two[] =
        "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 "
        "60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
    if (digits[0] == '1' || digits[0] == '7')
        return 1;
    for (const char *p = two; *p; p += 3)
        if (strncmp(p, digits, 2) == 0)
            return 2;
    return 3;
}

static bool add_norwegian(const char *digits, struct buf *out)
{
    size_t n = strlen(digits);
    if (n == 8)
        buf_addf(out, "%.3s %.2s %s", digits, digits + 3, digits + 5);
    else if (n == 5)
        buf_add(out, digits);
    return n == 8 || n == 5;
}

static bool add_digits(const char *s, bool foreign, struct buf *out)
{
    size_t n = strlen(s);
    if (n > 2 && s[0] == '0' && s[1] == '0') {
        foreign = true;
        s += 2, n -= 2;
    }
    if (!foreign && n == 10 && strncmp(s, "47", 2) == 0)
        foreign = true; /* 4791234567: a spreadsheet ate the plus */
    if (!foreign)
        return add_norwegian(s, out);
    if (strncmp(s, "47", 2) == 0)
        return add_norwegian(s + 2, out);
    if (n < 7 || n > 15 || s[0] == '0')
        return false;
    size_t cc = country_code_length(s);
    buf_addf(out, "00%.*s %s", (int)cc, s, s + cc);
    return true;
}

/* Adds the one number that the span is. */
static bool add_number(struct span t, struct buf *out)
{
    char d[32];
    size_t n = 0;
    bool foreign = false;
    for (size_t i = 0; i < t.n; i++) {
        char c = t.s[i];
        if (n > 0 && t.n - i >= 3 && strncmp(t.s + i, "(0)", 3) == 0) {
            i += 2; /* +44 (0)20 …: left out by who calls from abroad */
        } else if (c == '+' && n == 0 && !foreign) {
            foreign = true;
        } else if (isdigit((unsigned char)c)) {
            if (n == sizeof d - 1)
                return false;
            d[n++] = c;
        } else if (!char_in(c, " .-/()'\"")) {
            return false;
        }
    }
    d[n] = '\0';
    return add_digits(d, foreign, out);
}

static bool is_number(struct span t, bool full)
{
    struct buf b = {0};
    bool is = add_number(t, &b) && (!full || b.len > 5);
    buf_free(&b);
    return is;
}

/* Divides at the first `mark` with a number on either side, or at least on the left one. */
static bool divides(struct span t, char mark, bool both, struct span *first, struct span *after)
{
    for (size_t i = 1; i < t.n; i++) {
        *first = (struct span){t.s, i};
        *after = (struct span){t.s + i + 1, t.n - i - 1};
        if (t.s[i] == mark && is_number(*first, mark == ' ') &&
            (!both || is_number(*after, mark == ' ')))
            return true;
    }
    return false;
}

/* "912 34 567", "912 34 567 / 22 33 44 55", "22 33 44 55 / 56", "91234567 22334455" */
static bool add_first_number(struct span t, struct buf *out, struct buf *others)
{
    struct span first, after;
    if (!divides(t, '/', true, &first, &after)) {
        if (add_number(t, out))
            return true;
        if (!divides(t, '/', false, &first, &after) && !divides(t, ' ', true, &first, &after))
            return false;
    }
    others_tell(others, after);
    return add_number(first, out);
}

static const char phone_words[] =
    " tlf tlfnr tel telf telefon telefonnr telefonnummer mob mobil mobilnr mobilnummer "
    "mobiltelefon mobile cell phone fon nr nummer m t p a h j jobb job work arb arbeid priv privat "
    "private hjem heime home kontor office sentralbord sentralbordet direkte vakt ";

static struct span word_at(const char *p)
{
    struct span w = {p, 0};
    while (char_is_letter(p[w.n]))
        w.n++;
    return w;
}

/* The bracket at p with words in it: its length, or 0 for "(+47)". */
static size_t remark_at(const char *p)
{
    size_t n = *p == '(' ? strcspn(p, ")") : *p == '[' ? strcspn(p, "]") : 0;
    if (!span_has_letter((struct span){p, n}))
        return 0;
    return p[n] ? n + 1 : n;
}

/* A stretch of digits and what may stand between them, after words such as "tlf:". It ends where
 * another one can begin. False at what is in no phone number. */
static bool next_stretch(const char **at, struct span *out)
{
    const char *p = *at, *end = p + strlen(p);
    size_t n;
    bool digits = false;
    *out = (struct span){p, 0};
    for (; *p; p++) {
        if ((n = remark_at(p)) || (n = span_joint(p, end, ";,|&"))) {
            p = digits ? p : p + n;
            break;
        }
        if (isdigit((unsigned char)*p)) {
            digits = true;
        } else if (char_is_letter(*p)) {
            struct span w = word_at(p);
            if (!span_is_word_of(w, phone_words))
                return false;
            if (digits)
                break;
            p += w.n - (p[w.n] != '.' && p[w.n] != ':');
            out->s = p + 1;
        } else if (*p == '+' && digits) {
            if (!char_in(p[-1], " (/"))
                return false;
            break;
        } else if (!char_in(*p, " .-/()'\"+:") || (*p == ':' && digits)) {
            return false;
        } else if (*p == ':') {
            out->s = p + 1;
        }
    }
    if (digits)
        out->n = (size_t)(p - out->s);
    *at = p;
    return true;
}

/* 91234567,0: a spreadsheet took the number for one with decimals. False when they are not 0. */
static bool drop_decimals(struct buf *b)
{
    const char *point = buf_str(b) + strspn(buf_str(b), "0123456789");
    size_t n = char_in(*point, ".,") ? strspn(point + 1, "0123456789") : 0;
    if (n == 0 || n > 4 || point[1 + n])
        return true;
    if (strspn(point + 1, "0") != n)
        return false;
    b->len = (size_t)(point - b->s);
    b->s[b->len] = '\0';
    return true;
}

/* "21.11.2026" has eight digits too. */
static bool is_day(const char *s)
{
    char iso[DATE_SIZE];
    bool year_last = strlen(s) == 10 && char_in(s[2], ".-/") && s[5] == s[2];
    bool year_first = strlen(s) == 10 && char_in(s[4], ".-/") && s[7] == s[4];
    return (year_last || year_first) && date_parse(s, (struct day){2000, 1, 1}, iso);
}

bool number_is_ruined(const char *typed)
{
    struct buf b = {0};
    add_plain(&b, typed);
    const char *p = buf_str(&b);
    size_t n = strspn(p, "0123456789");
    p += n;
    if (*p == '.' || *p == ',')
        p += 1 + strspn(p + 1, "0123456789");
    bool is = n > 0 && (*p == 'E' || *p == 'e');
    p += is;
    p += is && *p == '+';
    is = is && *p && p[strspn(p, "0123456789")] == '\0';
    buf_free(&b);
    return is;
}

/* What follows the first number; all of it must be fit to stand in a cell of numbers. */
static bool read_others(const char *p, struct buf *others)
{
    while (*p) {
        struct span piece;
        size_t n = span_joint(p, p + strlen(p), ";,|&");
        if (n) {
            p += n;
            continue;
        }
        if ((n = remark_at(p)) > 0) {
            others_tell(others, (struct span){p + 1, n - (p[n - 1] == ')' || p[n - 1] == ']') - 1});
            p += n;
            continue;
        }
        const char *from = p;
        if (!next_stretch(&p, &piece))
            return false;
        others_tell(others, piece.n ? piece : (struct span){from, (size_t)(p - from)});
    }
    return true;
}

bool phone_first(const char *typed, struct buf *out, struct buf *others)
{
    struct buf plain = {0}, number = {0};
    struct span first = {NULL, 0};
    if (others)
        buf_clear(others);
    /* Most cells are a number and nothing else. */
    struct span whole = {typed, strspn(typed, "0123456789 ")};
    if (!typed[whole.n] && add_number(whole, out))
        return true;
    add_plain(&plain, typed);
    bool ok = plain.len <= CELL_MAX && drop_decimals(&plain);
    const char *p = buf_str(&plain);
    ok = ok && !is_day(p);
    while (ok && *p && !first.n)
        ok = next_stretch(&p, &first);
    ok = ok && first.n && add_first_number(first, &number, others) && read_others(p, others);
    if (ok)
        buf_add(out, number.s);
    else if (others)
        buf_clear(others);
    buf_free(&plain);
    buf_free(&number);
    return ok;
}

bool phone_tidy(const char *typed, struct buf *out)
{
    return phone_first(typed, out, NULL);
}
