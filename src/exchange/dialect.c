#include "config.h"

#include "dialect.h"

#include <string.h>
#include <strings.h>

const char dialect_delimiters[3] = {';', '\t', ','};

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

double survey_score(const struct survey *s, char delimiter, bool prose)
{
    size_t count = commonest(s);
    if (s->rows == 0 || count < 2)
        return 0;
    double share = (double)rows_of(s, count) / (double)s->rows;
    double score = share * (1 - 1 / (double)count);
    if (delimiter == ',' && prose && s->count[0] != count)
        score /= 2;
    /* Commas also stand in sentences and names; the others hardly ever do. */
    return score < (delimiter == ',' ? 0.34 : 0.12) ? 0 : score;
}

bool dialect_prose(const char *sample, size_t n)
{
    const char *end = sample + n;
    for (const char *p = sample; (p = memchr(p, ',', (size_t)(end - p))) != NULL; p++)
        if (p + 1 < end && p[1] != ' ')
            return false;
    return true;
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

/* ---- Quotes that were not meant -------------------------------------------------------------- */

static bool is_blank(char c, char delimiter)
{
    return (c == ' ' || c == '\t') && c != delimiter;
}

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

void dialect_split(const char *s, size_t n, char delimiter, struct buf *room, dialect_field *add,
                   void *data)
{
    for (size_t i = 0;; i++) {
        while (i < n && is_blank(s[i], delimiter))
            i++;
        size_t next = 0;
        size_t end = i < n && s[i] == '"' ? quoted_end(s, n, i + 1, delimiter, &next) : 0;
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
