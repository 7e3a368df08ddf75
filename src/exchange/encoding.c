#include "config.h"

#include "encoding.h"

#include "samling/charset.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "guess.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define UNKNOWN_LETTER "\xEF\xBF\xBD"

/* ---- UTF-8 ----------------------------------------------------------------------------------- */

/* The length of the well-formed sequence that begins with a byte above 0x7F; 0: there is none. */
static size_t sequence(const unsigned char *s, size_t n)
{
    unsigned char c = s[0];
    size_t len = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    if (c < 0xC2 || c > 0xF4 || len > n)
        return 0;
    /* Too long a form, surrogates and what lies above U+10FFFF show in the second byte. */
    unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    unsigned char high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    return len;
}

/* Has a high bit set when one of eight bytes is high or NUL. */
static inline uint64_t unplain(const char *s)
{
    uint64_t w;
    memcpy(&w, s, sizeof w);
    return (w | ((w - UINT64_C(0x0101010101010101)) & ~w)) & UINT64_C(0x8080808080808080);
}

/* Nearly every line is, so this must cost next to nothing. */
static bool is_plain(const char *s, size_t n)
{
    uint64_t any = 0;
    size_t i = 0;
    for (; i + 8 <= n; i += 8)
        any |= unplain(s + i);
    for (; i < n; i++)
        if ((unsigned char)s[i] >= 0x80 || s[i] == 0)
            return false;
    return any == 0;
}

struct tally {
    size_t good; /* sequences of UTF-8 */
    size_t bad;  /* high bytes that are in none */
    size_t nul;
    bool high;
};

static struct tally count(const char *text, size_t n)
{
    const unsigned char *s = (const unsigned char *)text;
    struct tally t = {0};
    for (size_t i = 0; i < n;) {
        if (i + 8 <= n && !unplain(text + i)) {
            i += 8;
            continue;
        }
        size_t len = 1;
        if (s[i] >= 0x80) {
            len = sequence(s + i, n - i);
            if (len > 0)
                t.good++;
            else
                t.bad++;
            /* U+0300, from which letters combine, is CC 80. */
            if (s[i] >= 0xCC)
                t.high = true;
        } else if (s[i] == 0) {
            t.nul++;
        }
        i += len > 0 ? len : 1;
    }
    return t;
}

/* ---- Finding out ----------------------------------------------------------------------------- */

/* UTF-16 without a mark: in Latin text every second byte is NUL. */
static bool guess_utf16(const char *sample, size_t n, enum encoding_form *form)
{
    size_t nul[2] = {0, 0}, pairs = n / 2;
    for (size_t i = 0; i < pairs * 2; i++)
        if (sample[i] == 0)
            nul[i & 1]++;
    bool le = nul[1] * 2 >= pairs && nul[0] * 20 <= pairs;
    bool be = nul[0] * 2 >= pairs && nul[1] * 20 <= pairs;
    if (pairs == 0 || le == be)
        return false;
    *form = le ? FORM_UTF16LE : FORM_UTF16BE;
    return true;
}

static void set_form(struct encoding *e, enum encoding_form form)
{
    e->form = form;
    e->name = form == FORM_UTF16LE ? "UTF-16LE" : "UTF-16BE";
}

/* A sample may end within a letter. */
static size_t whole_letters(const char *s, size_t n)
{
    size_t back = 0;
    while (back < 3 && back < n && ((unsigned char)s[n - 1 - back] & 0xC0) == 0x80)
        back++;
    if (back < n && (unsigned char)s[n - 1 - back] >= 0xC0)
        return n - back - 1;
    return n;
}

/* What the lines of a file say that are not ASCII. */
struct weighing {
    size_t good, bad; /* as in struct tally */
    bool utf8, other; /* there are such lines */
    struct guess guess;
};

enum {
    ENOUGH = 24,                  /* high bytes, to stop looking for more */
    FAR_ENOUGH = 8 * 1024 * 1024, /* after the first */
    WEIGHED_ENOUGH = 16 * 1024,   /* high bytes; more would only cost time */
    PLAIN_STRIDE = 64,
};

/* The place of the next byte that is not plain ASCII, or n. Whole files go through this. */
static size_t find_unplain(const char *s, size_t n, size_t i)
{
    while (i + PLAIN_STRIDE <= n) {
        uint64_t any = 0, w[PLAIN_STRIDE / sizeof any];
        memcpy(w, s + i, sizeof w);
        for (size_t k = 0; k < PLAIN_STRIDE / sizeof any; k++)
            any |= w[k];
        if (any & UINT64_C(0x8080808080808080))
            break;
        i += PLAIN_STRIDE;
    }
    while (i < n && (unsigned char)s[i] < 0x80)
        i++;
    return i;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

struct stretch {
    size_t from, end;
};

/* The next line with bytes that are not ASCII, from *at on, which is set behind it. */
static bool next_high_line(const char *s, size_t n, size_t *at, struct stretch *line)
{
    size_t i = find_unplain(s, n, *at);
    if (i >= n)
        return false;
    line->from = line->end = i;
    while (line->from > *at && !is_line_end(s[line->from - 1]))
        line->from--;
    while (line->end < n && !is_line_end(s[line->end]))
        line->end++;
    *at = line->end;
    return true;
}

static void weigh(struct weighing *w, const char *s, size_t n)
{
    struct stretch line;
    for (size_t at = 0; next_high_line(s, n, &at, &line);) {
        struct tally t = count(s + line.from, line.end - line.from);
        w->good += t.good;
        w->bad += t.bad;
        w->utf8 |= t.bad == 0;
        w->other |= t.bad > 0;
        if (t.bad > t.good && w->guess.weighed < WEIGHED_ENOUGH)
            guess_add(&w->guess, s + line.from, line.end - line.from);
    }
}

/* How many of n bytes are whole lines; all of them when there is no end in them. */
static size_t whole_lines(const char *s, size_t n)
{
    size_t i = n;
    while (i > 0 && !is_line_end(s[i - 1]))
        i--;
    return i > 0 ? i : whole_letters(s, n);
}

static bool is_enough(const struct weighing *w, long long far)
{
    return w->good + w->bad >= ENOUGH || far > FAR_ENOUGH;
}

/* Looks on from offset `at` until there is enough to judge by. */
static enum status weigh_on(struct weighing *w, struct source *src, long long at, struct error *err)
{
    long long first = -1;
    while (!is_enough(w, first < 0 ? 0 : at - first)) {
        const char *s;
        size_t n;
        enum status st = source_look(src, at, SOURCE_WINDOW, &s, &n, err);
        if (st != ST_OK)
            return st;
        if (n == 0)
            break;
        if (n > SOURCE_WINDOW)
            n = SOURCE_WINDOW;
        if (at + (long long)n < src->size)
            n = whole_lines(s, n);
        weigh(w, s, n);
        at += (long long)n;
        if (first < 0 && w->good + w->bad > 0)
            first = at;
    }
    return ST_OK;
}

static void judge(struct encoding *e, struct weighing *w)
{
    const char *rival;
    e->utf8 = e->bom || w->good >= w->bad;
    if (w->bad > 0)
        e->single = guess_name(&w->guess, &rival);
    e->name = e->utf8 ? "UTF-8" : e->single;
    if (e->utf8 && w->other)
        e->mixed = e->single;
    if (!e->utf8) {
        e->rival = rival;
        e->mixed = w->utf8 ? "UTF-8" : NULL;
    }
}

static enum status find_out(struct encoding *e, struct source *src, const char *sample, size_t n,
                            struct error *err)
{
    enum encoding_form form;
    struct weighing w = {0};
    enum status st = ST_OK;
    e->found = true;
    if (e->form != FORM_LINES)
        return ST_OK;
    if (!e->bom && guess_utf16(sample, n, &form)) {
        set_form(e, form);
        return ST_OK;
    }
    bool whole = (long long)n >= src->size;
    if (!whole)
        n = whole_lines(sample, n);
    weigh(&w, sample, n);
    if (!whole && !e->bom)
        st = weigh_on(&w, src, (long long)n, err);
    judge(e, &w);
    guess_free(&w.guess);
    return st;
}

enum status encoding_find_single(struct encoding *e, struct source *src, long long at,
                                 struct error *err)
{
    struct weighing w = {0};
    const char *rival;
    enum status st = weigh_on(&w, src, at, err);
    e->single = e->mixed = guess_name(&w.guess, &rival);
    guess_free(&w.guess);
    return st;
}

/* ---- Being told ------------------------------------------------------------------------------ */

static void put_letter(struct letter *to, uint32_t cp)
{
    struct buf b = {0};
    /* Sets leave C1 controls where they have no letter. */
    to->missing = cp == 0xFFFD || (cp >= 0x80 && cp < 0xA0);
    to->line_end = cp == 0x85;
    to->high = cp >= 0x300;
    if (to->missing)
        buf_add(&b, UNKNOWN_LETTER);
    else
        text_put(&b, cp);
    to->n = (unsigned char)b.len;
    memcpy(to->s, b.s, b.len);
    buf_free(&b);
}

static bool fill_letters(struct encoding *e)
{
    uint32_t table[256];
    bool known = charset_table(e->single, table);
    for (unsigned i = 0; i < 256; i++)
        put_letter(&e->letter[i], known ? table[i] : i < 0x80 ? i : 0xFFFD);
    put_letter(&e->letter[0], 0xFFFD);
    e->ready = true;
    return known;
}

static bool is_ascii(const struct encoding *e)
{
    for (unsigned char c = ' '; c < 0x7F; c++)
        if (e->letter[c].n != 1 || e->letter[c].s[0] != (char)c)
            return false;
    return e->letter['\n'].s[0] == '\n' && e->letter['\r'].s[0] == '\r' &&
           e->letter['\t'].s[0] == '\t';
}

/* What people call them, and ICU does not. */
static const struct {
    const char *name, *meant;
} nicknames[] = {
    {"ansi", "windows-1252"},    {"windows", "windows-1252"},
    {"win1252", "windows-1252"}, {"win-1252", "windows-1252"},
    {"1252", "windows-1252"},    {"latin-9", "ISO-8859-15"},
    {"latin-1", "ISO-8859-1"},   {"apple", "macintosh"},
    {"mac-roman", "macintosh"},  {"dos", "IBM850"},
    {"850", "IBM850"},           {"ibm-850", "IBM850"},
    {"unicode", "UTF-16"},
};

static const char *usual_name(const char *wanted)
{
    for (size_t i = 0; i < sizeof nicknames / sizeof *nicknames; i++)
        if (strcasecmp(wanted, nicknames[i].name) == 0)
            return nicknames[i].meant;
    return charset_name(wanted);
}

const char *const *encoding_names(void)
{
    static const char *const names[] = {"UTF-8",    "windows-1252", "macintosh",
                                        "IBM850",   "ISO-8859-1",   "ISO-8859-15",
                                        "UTF-16LE", "UTF-16BE",     NULL};
    return names;
}

static enum status obey(struct encoding *e, const char *wanted, const char *file, struct error *err)
{
    const char *name = usual_name(wanted);
    e->name = name ? name : wanted;
    e->utf8 = strcasecmp(e->name, "UTF-8") == 0;
    if (e->utf8) {
        e->name = "UTF-8";
        e->form = FORM_LINES;
    } else if (strcasecmp(e->name, "UTF-16LE") == 0) {
        set_form(e, FORM_UTF16LE);
    } else if (strcasecmp(e->name, "UTF-16BE") == 0) {
        set_form(e, FORM_UTF16BE);
    } else if (strcasecmp(e->name, "UTF-16") == 0) {
        set_form(e, e->form == FORM_UTF16BE ? FORM_UTF16BE : FORM_UTF16LE);
    } else {
        e->single = e->name;
        if (!name || !fill_letters(e))
            return error_set(err, ST_REFUSED, file,
                             _("use one of UTF-8, windows-1252, macintosh, IBM850, ISO-8859-1, "
                               "ISO-8859-15, UTF-16LE, UTF-16BE"),
                             _("samling cannot read the encoding “%s”"), wanted);
        e->form = is_ascii(e) ? FORM_LINES : FORM_BYTES;
    }
    return ST_OK;
}

/* A mark is skipped whatever the encoding is said to be: it is never part of a table. */
static void see_mark(struct encoding *e, const char *s, size_t n)
{
    if (n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) {
        e->bom = true;
        e->skip = 3;
    } else if (n >= 2 && (memcmp(s, "\xFF\xFE", 2) == 0 || memcmp(s, "\xFE\xFF", 2) == 0)) {
        e->bom = true;
        e->skip = 2;
        set_form(e, s[0] == '\xFF' ? FORM_UTF16LE : FORM_UTF16BE);
    }
}

enum status encoding_choose(struct encoding *e, const char *wanted, struct source *src,
                            const char *sample, size_t n, struct error *err)
{
    memset(e, 0, sizeof *e);
    see_mark(e, sample, n);
    return wanted ? obey(e, wanted, src->name, err) : find_out(e, src, sample, n, err);
}

/* ---- Copying what is not like ASCII ---------------------------------------------------------- */

struct copying {
    struct encoding *e;
    struct buf out;
    uint32_t half; /* a high surrogate that waits for its low one */
};

#define CANNOT_DECODE "\xFF"

static void copy_unit(struct copying *c, uint32_t unit)
{
    bool low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (c->half && low) {
        text_put(&c->out, 0x10000 + ((c->half - 0xD800) << 10) + (unit - 0xDC00));
        c->half = 0;
        return;
    }
    if (c->half)
        buf_add(&c->out, CANNOT_DECODE);
    c->half = 0;
    if (unit >= 0xD800 && unit <= 0xDBFF)
        c->half = unit;
    else if (low)
        buf_add(&c->out, CANNOT_DECODE);
    else if (unit < 0x80)
        buf_addc(&c->out, (char)unit);
    else
        text_put(&c->out, unit);
}

static void copy_part(struct copying *c, const unsigned char *s, size_t n)
{
    if (c->e->form == FORM_BYTES) {
        for (size_t i = 0; i < n; i++) {
            const struct letter *l = &c->e->letter[s[i]];
            if (l->line_end)
                buf_addc(&c->out, '\n');
            else if (l->missing)
                buf_add(&c->out, CANNOT_DECODE);
            else
                buf_addn(&c->out, l->s, l->n);
        }
        return;
    }
    bool le = c->e->form == FORM_UTF16LE;
    for (size_t i = 0; i + 1 < n; i += 2)
        copy_unit(c, le ? s[i] | (uint32_t)s[i + 1] << 8 : (uint32_t)s[i] << 8 | s[i + 1]);
    if (n % 2)
        buf_add(&c->out, CANNOT_DECODE);
}

static enum status copy_all(struct copying *c, struct source *from, struct spool *sp,
                            struct error *err)
{
    enum { PART = 32 * 1024 };
    for (long long at = (long long)c->e->skip;;) {
        const char *s;
        size_t n;
        enum status st = source_look(from, at, PART, &s, &n, err);
        if (st != ST_OK)
            return st;
        if (n == 0)
            break;
        if (n > PART)
            n = PART;
        copy_part(c, (const unsigned char *)s, n);
        at += (long long)n;
        st = spool_put(sp, buf_str(&c->out), c->out.len, err);
        if (st != ST_OK)
            return st;
        buf_clear(&c->out);
    }
    return c->half ? spool_put(sp, CANNOT_DECODE, 1, err) : ST_OK;
}

enum status encoding_copy(struct encoding *e, struct source *from, struct source *to,
                          struct error *err)
{
    struct copying c = {.e = e};
    struct spool sp;
    enum status st = spool_open(&sp, from->name, err);
    if (st != ST_OK)
        return st;
    st = copy_all(&c, from, &sp, err);
    buf_free(&c.out);
    if (st == ST_OK)
        st = spool_finish(&sp, to, err);
    else
        spool_drop(&sp);
    e->form = FORM_LINES;
    e->utf8 = true;
    e->found = false;
    e->skip = 0;
    return st;
}

/* ---- Lines ----------------------------------------------------------------------------------- */

static void put_utf8(const char *text, size_t n, struct decoded *out, struct buf *room)
{
    const unsigned char *s = (const unsigned char *)text;
    for (size_t i = 0; i < n;) {
        size_t from = i, len = 1;
        while (i < n && len > 0) {
            len = s[i] >= 0x80 ? sequence(s + i, n - i) : 1;
            i += len;
        }
        buf_addn(room, text + from, i - from);
        if (i < n) {
            buf_add(room, UNKNOWN_LETTER);
            out->letters = true;
            i++;
        }
    }
}

static void put_single(struct encoding *e, const char *s, size_t n, struct decoded *out,
                       struct buf *room)
{
    bool missing = false, high = false;
    if (!e->ready)
        fill_letters(e);
    for (size_t i = 0; i < n;) {
        char part[1024 + sizeof e->letter->s];
        char *p = part;
        for (; i < n && p < part + 1024; i++) {
            const struct letter *l = &e->letter[(unsigned char)s[i]];
            memcpy(p, l->s, sizeof l->s);
            p += l->n;
            missing |= l->missing;
            high |= l->high;
        }
        buf_addn(room, part, (size_t)(p - part));
    }
    out->letters |= missing;
    out->high |= high;
}

/* Is a line that is not plain to be read as UTF-8? In one that mixes both, letters that were
 * cut in two are likelier than letters that happen to look like UTF-8, if the file is in it. */
static bool is_utf8_line(const struct encoding *e, const struct tally *t)
{
    if (!e->found)
        return e->utf8;
    return t->bad == 0 || (e->utf8 && t->good > 0);
}

static void put_part(struct encoding *e, bool utf8, const char *s, size_t n, struct decoded *out,
                     struct buf *room)
{
    if (utf8)
        put_utf8(s, n, out, room);
    else
        put_single(e, s, n, out, room);
}

static bool is_in_word(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* NUL within a word stands for a letter that got lost; elsewhere it fills up a cell of fixed
 * length, as space does. */
static void put_with_nuls(struct encoding *e, bool utf8, const char *s, size_t n,
                          struct decoded *out, struct buf *room)
{
    for (size_t i = 0; i < n; i++) {
        size_t len = strnlen(s + i, n - i);
        put_part(e, utf8, s + i, len, out, room);
        i += len;
        if (i == n)
            break;
        bool within = i > 0 && i + 1 < n && is_in_word((unsigned char)s[i - 1]) &&
                      is_in_word((unsigned char)s[i + 1]);
        buf_add(room, within ? UNKNOWN_LETTER : " ");
        out->letters |= within;
    }
}

bool encoding_line(struct encoding *e, const char *s, size_t n, struct buf *room,
                   struct decoded *out)
{
    *out = (struct decoded){.s = s, .n = n};
    if (is_plain(s, n))
        return true;
    struct tally t = count(s, n);
    bool utf8 = is_utf8_line(e, &t);
    if (!utf8 && !e->single)
        return false;
    out->high = t.high && utf8;
    if (utf8 && n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) {
        /* Files put end to end have marks in the middle. */
        out->s = s += 3;
        out->n = n -= 3;
    }
    if (utf8 && t.bad == 0 && t.nul == 0)
        return true;
    buf_clear(room);
    if (t.nul > 0)
        put_with_nuls(e, utf8, s, n, out, room);
    else
        put_part(e, utf8, s, n, out, room);
    out->s = buf_str(room);
    out->n = room->len;
    return true;
}

/* ---- Words ----------------------------------------------------------------------------------- */

enum { WORD_MAX = 120 };

struct words {
    struct encoding *e;
    struct buf *raw; /* by which they are distinct */
    char **word;
    size_t n, max;
};

static bool is_letter_byte(unsigned char c)
{
    return c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_known_word(const struct words *w, const char *s, size_t n)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->raw[i].len == n && memcmp(w->raw[i].s, s, n) == 0)
            return true;
    return false;
}

static void add_word(struct words *w, bool utf8, const char *s, size_t n)
{
    struct decoded decoded = {0};
    struct buf out = {0};
    if (n > WORD_MAX || is_known_word(w, s, n))
        return;
    put_part(w->e, utf8, s, n, &decoded, &out);
    buf_addn(&w->raw[w->n], s, n);
    w->word[w->n++] = text_nfc(buf_str(&out), out.len);
    buf_free(&out);
}

static void add_words_of_line(struct words *w, const char *s, size_t n)
{
    struct tally t = count(s, n);
    bool utf8 = is_utf8_line(w->e, &t) || !w->e->single;
    for (size_t i = 0; i < n && w->n < w->max;) {
        size_t from = i, high = 0;
        for (; i < n && is_letter_byte((unsigned char)s[i]); i++)
            high += (unsigned char)s[i] >= 0x80;
        if (high > 0 && high < i - from)
            add_word(w, utf8, s + from, i - from);
        i += i == from;
    }
}

static void add_words(struct words *w, struct source *src)
{
    long long first = -1;
    for (long long at = (long long)w->e->skip; w->n < w->max;) {
        const char *s;
        size_t n, i = 0;
        struct stretch line;
        if (source_look(src, at, SOURCE_WINDOW, &s, &n, NULL) != ST_OK || n == 0)
            return;
        if (n > SOURCE_WINDOW)
            n = SOURCE_WINDOW;
        if (at + (long long)n < src->size)
            n = whole_lines(s, n);
        while (w->n < w->max && next_high_line(s, n, &i, &line))
            add_words_of_line(w, s + line.from, line.end - line.from);
        at += (long long)n;
        if (first < 0 && w->n > 0)
            first = at;
        if (first >= 0 && at - first > FAR_ENOUGH)
            return;
    }
}

/* A file that is not like ASCII has no words until it is decoded; the first bytes must do. */
static bool copy_sample(struct encoding *e, struct source *src, struct source *to)
{
    const char *s;
    size_t n;
    char *own;
    struct source part;
    if (source_sample(src, &s, &n, &own, NULL) != ST_OK)
        return false;
    source_memory(&part, src->name, s, n);
    bool done = encoding_copy(e, &part, to, NULL) == ST_OK;
    free(own);
    return done;
}

size_t encoding_words(struct encoding *e, struct source *src, char **word, size_t max)
{
    struct words w = {.e = e, .word = word, .max = max};
    struct source copy = {.fd = -1};
    if (max == 0 || (e->form != FORM_LINES && !copy_sample(e, src, &copy)))
        return 0;
    w.raw = mem_alloc(max * sizeof *w.raw);
    add_words(&w, copy.fd >= 0 ? &copy : src);
    for (size_t i = 0; i < max; i++)
        buf_free(&w.raw[i]);
    free(w.raw);
    source_close(&copy);
    return w.n;
}
