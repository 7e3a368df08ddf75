#include "config.h"

#include "layout.h"

#include "samling/mem.h"
#include "samling/text.h"

#include <stdlib.h>
#include <string.h>

/* What a PDF string holds is limited, and marks can be piled on a letter without end. */
enum { LINE_BYTES = 1000, LETTER_BYTES = 40 };

/* The marks of an accented letter stay with it. */
static const char *letter_end(const char *s)
{
    const char *end = s, *next;
    text_next(&end);
    if ((unsigned char)*end < 0x80)
        return end;
    for (next = end; *next && end - s < LETTER_BYTES; end = next) {
        char mark[8];
        text_next(&next);
        size_t n = (size_t)(next - end);
        memcpy(mark, end, n);
        mark[n] = '\0';
        if (text_width(mark) != 0)
            break;
    }
    return end;
}

struct reach {
    const char *end;  /* of what stands on this line */
    const char *next; /* where the next line starts */
    bool split;
};

/* The longest start of `s` that fits, up to a place where a line may end. */
static struct reach reach(const struct medium *m, enum style style, const char *s, double width)
{
    struct reach r = {NULL, NULL, false};
    const char *p = s;
    double used = 0;
    while (*p) {
        const char *end = letter_end(p);
        double w = m->width_of(m->ctx, style, p, (size_t)(end - p));
        bool fits = used + w <= width && end - s <= LINE_BYTES;
        if (*p == ' ') {
            r.end = p;
            r.next = end;
        } else if (!fits) {
            break;
        } else if ((*p == '-' || *p == '/') && p > s) {
            r.end = r.next = end;
        }
        if (!fits)
            break;
        used += w;
        p = end;
    }
    if (!*p) {
        r.end = r.next = p;
    } else if (!r.end) {
        /* One letter at least, or there would be no end to it. */
        r.end = r.next = p > s ? p : letter_end(s);
        r.split = true;
    }
    return r;
}

static char *with_ellipsis(const struct medium *m, enum style style, const char *s, double width)
{
    char *dots = m->drawable(m->ctx, style, "…");
    const char *p = s, *fit = s;
    double used = m->width_of(m->ctx, style, dots, strlen(dots));
    while (*p) {
        const char *end = letter_end(p);
        used += m->width_of(m->ctx, style, p, (size_t)(end - p));
        if (used > width || end - s > LINE_BYTES)
            break;
        if (*p != ' ')
            fit = end;
        p = end;
    }
    struct buf b = {0};
    buf_addn(&b, s, (size_t)(fit - s));
    buf_add(&b, dots);
    free(dots);
    return buf_take(&b);
}

struct wrap wrap_text(const struct medium *m, enum style style, const char *s, double width,
                      int max)
{
    struct wrap w = {0};
    if (!s || !*s)
        return w;
    char *drawable = m->drawable(m->ctx, style, s);
    const char *p = drawable;
    while (*p && w.n < max && w.n < WRAP_MAX) {
        struct reach r = reach(m, style, p, width);
        if (*r.next && w.n + 1 == max) {
            w.cut = true;
            w.line[w.n++] = with_ellipsis(m, style, p, width);
            break;
        }
        w.split |= r.split;
        w.line[w.n++] = mem_strndup(p, (size_t)(r.end - p));
        p = r.next;
    }
    free(drawable);
    return w;
}

/* Halves its way to the narrowest width that needs no more lines. */
struct wrap wrap_evenly(const struct medium *m, enum style style, const char *s, double width,
                        int max)
{
    struct wrap best = wrap_text(m, style, s, width, max);
    double least = width / 2;
    for (int i = 0; i < 6 && best.n > 1 && !best.cut && !best.split; i++) {
        double middle = (least + width) / 2;
        struct wrap narrow = wrap_text(m, style, s, middle, max);
        if (narrow.n == best.n && !narrow.cut && !narrow.split) {
            wrap_free(&best);
            best = narrow;
            width = middle;
        } else {
            wrap_free(&narrow);
            least = middle;
        }
    }
    return best;
}

void wrap_free(struct wrap *w)
{
    for (int i = 0; i < w->n; i++)
        free(w->line[i]);
    *w = (struct wrap){0};
}
