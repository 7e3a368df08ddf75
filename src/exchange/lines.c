#include "config.h"

#include "lines.h"

#include <string.h>

void lines_seek(struct lines *l, long long at, long number)
{
    l->at = at;
    l->number = number;
    l->rest = false;
    l->lf = l->cr = (struct lines_mark){0};
}

/* The next byte `c` in n bytes that lie at offset `at`, or their end. What was searched once is
 * not searched again: a file without LF would otherwise be read whole for each of its lines. */
static long long mark_find(struct lines_mark *m, char c, const char *s, long long at, size_t n)
{
    long long end = at + (long long)n;
    if (m->at < at)
        *m = (struct lines_mark){.at = at};
    if (!m->found && m->at < end) {
        const char *from = s + (m->at - at);
        const char *p = memchr(from, c, (size_t)(end - m->at));
        m->found = p != NULL;
        m->at = p ? m->at + (p - from) : end;
    }
    return m->found && m->at < end ? m->at : end;
}

/* The first line end in n bytes at offset `at`, or their end. */
static long long find_end(struct lines *l, const char *s, long long at, size_t n)
{
    long long lf = mark_find(&l->lf, '\n', s, at, n);
    return mark_find(&l->cr, '\r', s, at, (size_t)(lf - at));
}

static void pass_end(struct lines *l, const char *s, long long end)
{
    bool crlf = s[0] == '\r' && end + 1 < l->src->size && s[1] == '\n';
    l->at = end + (crlf ? 2 : 1);
    l->number++;
}

static int skip_rest(struct lines *l, struct error *err)
{
    for (;;) {
        const char *s;
        size_t n;
        if (source_look(l->src, l->at, 2, &s, &n, err) != ST_OK)
            return -1;
        if (n == 0)
            return 0;
        /* A byte is kept back, for it takes two to see CRLF. */
        bool last = l->at + (long long)n == l->src->size;
        size_t usable = last ? n : n - 1;
        long long end = find_end(l, s, l->at, usable);
        if (end < l->at + (long long)usable) {
            pass_end(l, s + (end - l->at), end);
            l->rest = false;
            return 1;
        }
        l->at = end;
    }
}

/* Not within a letter. */
static size_t cut_before_letter(const char *s, size_t n)
{
    for (int i = 0; i < 3 && n > 0 && ((unsigned char)s[n - 1] & 0xC0) == 0x80; i++)
        n--;
    return n > 0 && (unsigned char)s[n - 1] >= 0xC0 ? n - 1 : n;
}

int lines_next(struct lines *l, struct line *out, struct error *err)
{
    if (l->rest && skip_rest(l, err) < 0)
        return -1;
    for (size_t want = 1;; want = SOURCE_WINDOW) {
        const char *s;
        size_t n;
        if (source_look(l->src, l->at, want, &s, &n, err) != ST_OK)
            return -1;
        if (n == 0)
            return 0;
        bool last = l->at + (long long)n == l->src->size;
        size_t usable = last ? n : n - 1;
        if (usable > LINE_MAX_BYTES)
            usable = LINE_MAX_BYTES;
        long long end = find_end(l, s, l->at, usable);
        *out = (struct line){.s = s, .n = (size_t)(end - l->at), .at = l->at, .number = l->number};
        if (out->n < usable) {
            pass_end(l, s + out->n, end);
            return 1;
        }
        if (last && usable == n) {
            l->at = end;
            l->number++;
            return 1;
        }
        if (n >= SOURCE_WINDOW) {
            out->cut = true;
            out->n = cut_before_letter(s, usable);
            l->at += (long long)usable;
            l->rest = true;
            return 1;
        }
    }
}
