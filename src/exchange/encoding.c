#include "config.h"

#include "encoding.h"

#include "samling/charset.h"
#include "samling/lang.h"
#include "samling/text.h"

#include <stdint.h>
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

/* The single-byte set that the high bytes of a sample speak for. The place to weigh others
 * (MacRoman, cp850) against Windows-1252. */
static const char *guess_single(const char *sample, size_t n)
{
    (void)sample;
    (void)n;
    return "windows-1252";
}

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

static void find_out(struct encoding *e, const char *sample, size_t n, bool whole)
{
    enum encoding_form form;
    e->found = true;
    if (e->form != FORM_LINES)
        return;
    if (!e->bom && guess_utf16(sample, n, &form)) {
        set_form(e, form);
        return;
    }
    if (!whole)
        n = whole_letters(sample, n);
    struct tally t = count(sample, n);
    e->utf8 = e->bom || t.good >= t.bad;
    e->single = guess_single(sample, n);
    e->name = e->utf8 ? "UTF-8" : e->single;
}

/* ---- Being told ------------------------------------------------------------------------------ */

static void put_letter(struct letter *to, uint32_t cp)
{
    struct buf b = {0};
    /* Sets leave C1 controls where they have no letter. */
    to->missing = cp == 0xFFFD || (cp >= 0x80 && cp < 0xA0);
    to->line_end = cp == 0x85;
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

static enum status obey(struct encoding *e, const char *wanted, const char *file, struct error *err)
{
    const char *name = charset_name(wanted);
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
                             _("use one of UTF-8, UTF-16LE, windows-1252, macintosh, IBM850"),
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

enum status encoding_choose(struct encoding *e, const char *wanted, const char *sample, size_t n,
                            bool whole, const char *file, struct error *err)
{
    memset(e, 0, sizeof *e);
    see_mark(e, sample, n);
    if (wanted)
        return obey(e, wanted, file, err);
    find_out(e, sample, n, whole);
    return ST_OK;
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

static void put_utf8(const char *text, size_t n, struct buf *out)
{
    const unsigned char *s = (const unsigned char *)text;
    for (size_t i = 0; i < n;) {
        size_t from = i, len = 1;
        while (i < n && len > 0) {
            len = s[i] >= 0x80 ? sequence(s + i, n - i) : s[i] != 0;
            i += len;
        }
        buf_addn(out, text + from, i - from);
        if (i < n) {
            buf_add(out, UNKNOWN_LETTER);
            i++;
        }
    }
}

/* True when a byte had no letter. */
static bool put_single(struct encoding *e, const char *s, size_t n, struct buf *out)
{
    bool missing = false;
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
        }
        buf_addn(out, part, (size_t)(p - part));
    }
    return missing;
}

/* Is a line that is not plain to be read as UTF-8? In one that mixes both, letters that were
 * cut in two are likelier than letters that happen to look like UTF-8, if the file is in it. */
static bool is_utf8_line(const struct encoding *e, const struct tally *t)
{
    if (!e->found)
        return e->utf8;
    return t->bad == 0 || (e->utf8 && t->good > 0);
}

void encoding_line(struct encoding *e, const char *s, size_t n, struct buf *room,
                   struct decoded *out)
{
    *out = (struct decoded){.s = s, .n = n};
    if (is_plain(s, n))
        return;
    struct tally t = count(s, n);
    bool utf8 = is_utf8_line(e, &t);
    out->high = t.high || !utf8;
    if (utf8 && n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) {
        /* Files put end to end have marks in the middle. */
        out->s = s += 3;
        out->n = n -= 3;
    }
    if (utf8 && t.bad == 0 && t.nul == 0)
        return;
    buf_clear(room);
    if (utf8) {
        put_utf8(s, n, room);
        out->letters = true;
    } else {
        out->letters = put_single(e, s, n, room);
    }
    out->s = buf_str(room);
    out->n = room->len;
}
