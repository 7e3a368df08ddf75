#include "config.h"

#include "dialect.h"

#include <string.h>
#include <strings.h>

const char dialect_delimiters[4] = {';', '\t', ',', '|'};

/* ---- Counting columns ------------------------------------------------------------------------ */

static size_t rows_of(const struct survey *s, size_t count)
{
    size_t n = 0;
    for (size_t i = 0; i < s->rows; i++)
        n += s->count[i] == count;
    return n;
}

/* Rows that are not divided at all (titles, notes) have no say; of counts equally common the
 * larger is the table's. */
static size_t commonest(const struct survey *s)
{
    size_t best = 1, most = 0;
    for (size_t i = 0; i < s->rows; i++) {
        size_t n = rows_of(s, s->count[i]);
        if (s->count[i] > 1 && (n > most || (n == most && s->count[i] > best))) {
            best = s->count[i];
            most = n;
        }
    }
    return best;
}

size_t survey_columns(const struct survey *s)
{
    size_t count = commonest(s), columns = 1;
    for (size_t i = 0; i < s->rows; i++)
        if (s->count[i] == count && s->used[i] > columns)
            columns = s->used[i];
    return columns;
}

double survey_undivided(const struct survey *s)
{
    return s->rows == 0 ? 2 : (double)rows_of(s, 1) / (double)s->rows;
}

double survey_score(const struct survey *s, char delimiter, const struct hints *h)
{
    size_t count = commonest(s);
    if (s->rows == 0 || count < 2 || h->names)
        return 0;
    double share = (double)rows_of(s, count) / (double)s->rows;
    double score = share * (1 - 1 / (double)count);
    if (h->prose && s->count[0] != count)
        score /= 2;
    /* Commas also stand in sentences and names; the others hardly ever do. */
    if (score < (delimiter == ',' ? 0.34 : 0.12))
        return 0;
    /* Answers with several choices have delimiters that the headings have not. */
    if (s->count[0] == 1)
        score /= 2;
    if (h->decimal)
        score /= 2;
    return score + 0.3 * h->quoted;
}

/* ---- Hints ----------------------------------------------------------------------------------- */

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_blank(char c, char delimiter)
{
    return (c == ' ' || c == '\t') && c != delimiter;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void hint_quotes(const char *s, size_t n, char delimiter, struct hints *h)
{
    size_t ours = 0, all = 0, lone = 0, quotes = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] != '"')
            continue;
        char left = i > 0 ? s[i - 1] : '\n', right = i + 1 < n ? s[i + 1] : '\n';
        quotes++;
        ours += (left == delimiter) + (right == delimiter);
        for (size_t k = 0; k < sizeof dialect_delimiters; k++)
            all += (left == dialect_delimiters[k]) + (right == dialect_delimiters[k]);
        lone += (left == delimiter || is_end(left)) && (right == delimiter || is_end(right));
    }
    h->quoted = all > 0 ? (double)ours / (double)all : 0;
    h->ditto = lone >= 3 && lone * 2 > quotes ? lone : 0;
}

static void hint_commas(const char *s, size_t n, struct hints *h)
{
    size_t all = 0, spaced = 0, decimal = 0;
    const char *end = s + n;
    for (const char *p = s; (p = memchr(p, ',', (size_t)(end - p))) != NULL; p++) {
        all++;
        spaced += p + 1 == end || p[1] == ' ';
        decimal += p > s && is_digit(p[-1]) && p + 1 < end && is_digit(p[1]);
    }
    h->prose = spaced == all;
    h->decimal = decimal * 2 > all;
}

static bool is_heading(const char *s, size_t n)
{
    static const char *const words[] = {
        "adresse", "arbeidsplass", "arbeidssted",   "barnehage",  "barnehager",  "by",
        "e-mail",  "e-post",       "e-postadresse", "eining",     "email",       "enhet",
        "epost",   "epostadresse", "etternamn",     "etternavn",  "family name", "first name",
        "fornamn", "fornavn",      "fylke",         "given name", "id",          "kindergarten",
        "kommune", "kommunenr",    "kommunenummer", "last name",  "mail",        "mobil",
        "mobilnr", "mobiltelefon", "municipality",  "name",       "namn",        "navn",
        "nr",      "organisasjon", "phone",         "pulje",      "role",        "rolle",
        "stad",    "sted",         "stilling",      "styrer",     "surname",     "telefon",
        "tittel",  "tlf",          "tlf."};
    while (n > 0 && s[0] == ' ') {
        s++;
        n--;
    }
    while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == ':'))
        n--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == n && strncasecmp(s, words[i], n) == 0)
            return true;
    return false;
}

/* “Hansen, Kari”: true also of a line without a comma, which sets *comma to n. */
static bool is_name_line(const char *s, size_t n, size_t *comma)
{
    *comma = n;
    for (size_t i = 0; i < n; i++) {
        if (is_digit(s[i]) || s[i] == '@' || s[i] == '"')
            return false;
        for (size_t k = 0; k < sizeof dialect_delimiters; k++)
            if (s[i] == dialect_delimiters[k] && s[i] != ',')
                return false;
        if (s[i] != ',')
            continue;
        if (*comma < n || i == 0 || i + 2 >= n || s[i + 1] != ' ')
            return false;
        *comma = i;
    }
    return true;
}

/* Each line is a name at most. *headings: the first that has a comma names two columns instead. */
static bool are_names(const char *s, size_t n, bool *headings)
{
    size_t names = 0, rows = 0, comma;
    *headings = false;
    for (size_t at = 0; at < n && rows < SURVEY_ROWS; rows++) {
        size_t end = at;
        while (end < n && !is_end(s[end]))
            end++;
        if (!is_name_line(s + at, end - at, &comma))
            return false;
        comma += at;
        if (comma < end && names++ == 0)
            *headings =
                is_heading(s + at, comma - at) || is_heading(s + comma + 1, end - comma - 1);
        at = end + 1;
    }
    return names > 0 && !*headings;
}

void dialect_hints(const char *sample, size_t n, char delimiter, struct hints *h)
{
    enum { ENOUGH = 64 * 1024 };
    bool headings;
    *h = (struct hints){0};
    if (n > ENOUGH)
        n = ENOUGH;
    hint_quotes(sample, n, delimiter, h);
    if (delimiter == ',') {
        hint_commas(sample, n, h);
        h->names = are_names(sample, n, &headings);
        h->prose &= !headings;
    }
}

/* ---- sep= ------------------------------------------------------------------------------------ */

bool dialect_may_delimit(char c)
{
    return c == '\t' || (c >= ' ' && c < 0x7F && c != '"');
}

bool dialect_sep(const char *s, size_t n, char *delimiter)
{
    bool quoted = n > 0 && *s == '"';
    if (quoted) {
        s++;
        n--;
    }
    if (n < 5 || strncasecmp(s, "sep=", 4) != 0 || !dialect_may_delimit(s[4]))
        return false;
    size_t i = 5;
    if (quoted && (i >= n || s[i++] != '"'))
        return false;
    /* A program that saved it again gave it as many cells as the table has. */
    for (; i < n; i++)
        if (s[i] != s[4] && s[i] != ' ')
            return false;
    *delimiter = s[4];
    return true;
}

/* ---- Whole lines in quotes ------------------------------------------------------------------- */

bool dialect_unwrap(const char *s, size_t n, struct buf *out)
{
    buf_clear(out);
    if (n < 2 || s[0] != '"' || s[n - 1] != '"')
        return false;
    for (size_t i = 1; i + 1 < n; i++) {
        if (s[i] == '"' && (i + 2 >= n || s[++i] != '"'))
            return false;
        buf_addc(out, s[i]);
    }
    return true;
}

size_t dialect_headings(const char *s, size_t n, char delimiter)
{
    size_t known = 0;
    for (size_t at = 0; at < n; at++) {
        const char *p = memchr(s + at, delimiter, n - at);
        size_t end = p ? (size_t)(p - s) : n, from = at, to = end;
        if (to > from + 1 && s[from] == '"' && s[to - 1] == '"') {
            from++;
            to--;
        }
        known += is_heading(s + from, to - from);
        at = end;
    }
    return known;
}

/* ---- Quotes that were not meant -------------------------------------------------------------- */

/* The end of the quoted field whose first byte after the quote is at `i`, if it ends before a
 * delimiter or the line's end; else 0. *next is the place of that delimiter. */
static size_t quoted_end(const char *s, size_t n, size_t i, char delimiter, size_t *next)
{
    for (; i < n; i++) {
        if (s[i] != '"')
            continue;
        if (i + 1 < n && s[i + 1] == '"') {
            i++;
            continue;
        }
        size_t after = i + 1;
        while (after < n && is_blank(s[after], delimiter))
            after++;
        *next = after;
        return after == n || s[after] == delimiter ? i : 0;
    }
    return 0;
}

static void add_quoted(const char *s, size_t n, struct buf *room, dialect_field *add, void *data)
{
    buf_clear(room);
    for (size_t i = 0; i < n; i++) {
        buf_addc(room, s[i]);
        if (s[i] == '"')
            i++;
    }
    add(buf_str(room), room->len, data);
}

static bool is_lone(const char *s, size_t n, size_t i, char delimiter)
{
    for (i++; i < n && is_blank(s[i], delimiter);)
        i++;
    return i == n || s[i] == delimiter;
}

void dialect_split(const char *s, size_t n, char delimiter, bool ditto, struct buf *room,
                   dialect_field *add, void *data)
{
    for (size_t i = 0;; i++) {
        while (i < n && is_blank(s[i], delimiter))
            i++;
        size_t next = 0, end = 0;
        if (i < n && s[i] == '"' && !(ditto && is_lone(s, n, i, delimiter)))
            end = quoted_end(s, n, i + 1, delimiter, &next);
        if (end > 0) {
            add_quoted(s + i + 1, end - i - 1, room, add, data);
        } else {
            const char *p = i < n ? memchr(s + i, delimiter, n - i) : NULL;
            next = p ? (size_t)(p - s) : n;
            add(s + i, next - i, data);
        }
        i = next;
        if (i >= n)
            return;
    }
}

enum beside dialect_opening(const char *s, size_t n, char delimiter)
{
    for (size_t i = 0; i < n; i++) {
        while (i < n && is_blank(s[i], delimiter))
            i++;
        size_t next = 0;
        if (i < n && s[i] == '"') {
            if (quoted_end(s, n, i + 1, delimiter, &next) == 0) {
                for (i++; i < n && is_blank(s[i], delimiter);)
                    i++;
                return i == n ? BESIDE_END : s[i] == delimiter ? BESIDE_DELIMITER : BESIDE_TEXT;
            }
        } else {
            const char *p = i < n ? memchr(s + i, delimiter, n - i) : NULL;
            next = p ? (size_t)(p - s) : n;
        }
        i = next;
    }
    return BESIDE_TEXT;
}

enum beside dialect_closing(const char *s, size_t n, char delimiter)
{
    size_t i = 0;
    while (i < n && (s[i] != '"' || (i + 1 < n && s[i + 1] == '"')))
        i += s[i] == '"' ? 2 : 1;
    if (i >= n)
        return BESIDE_TEXT;
    while (i > 0 && is_blank(s[i - 1], delimiter))
        i--;
    return i == 0 ? BESIDE_END : s[i - 1] == delimiter ? BESIDE_DELIMITER : BESIDE_TEXT;
}

bool dialect_odd(const char *s, size_t n)
{
    bool odd = false;
    const char *end = s + n;
    for (const char *p = s; (p = memchr(p, '"', (size_t)(end - p))) != NULL; p++)
        odd = !odd;
    return odd;
}
