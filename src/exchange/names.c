#include "config.h"

#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/text.h"

/* ---- words ----------------------------------------------------------------------------------- */

enum { WORDS_MAX = 24 };

struct words {
    const char *s[WORDS_MAX];
    size_t len[WORDS_MAX];
    size_t n;
};

/* A name of more words than that keeps the rest in its last. */
static void split_words(const char *s, struct words *w)
{
    w->n = 0;
    while (*s) {
        while (*s == ' ')
            s++;
        if (!*s)
            break;
        size_t n = w->n == WORDS_MAX - 1 ? strlen(s) : strcspn(s, " ");
        w->s[w->n] = s;
        w->len[w->n++] = n;
        s += n;
    }
}

static void join_words(const struct words *w, size_t from, size_t to, struct buf *out)
{
    for (size_t i = from; i < to; i++) {
        if (i > from)
            buf_addc(out, ' ');
        buf_addn(out, w->s[i], w->len[i]);
    }
}

/* `list` has a space before and after each word. */
static bool listed(const char *list, const char *word, size_t len)
{
    for (const char *p = list; (p = strchr(p, ' ')) != NULL; p++)
        if (strncmp(p + 1, word, len) == 0 && p[1 + len] == ' ')
            return true;
    return false;
}

/* ---- people ---------------------------------------------------------------------------------- */

/* Folded. Words that begin a family name and are no given name. */
static const char particles[] = " van von de der den del della di da du dos das la le las los af "
                                "av ten ter zu zum el al bin ibn ben abu san st ";

static bool is_particle(const char *word, size_t len)
{
    char *copy = mem_strndup(word, len);
    struct buf folded = {0};
    text_fold_match(&folded, copy);
    bool is = folded.len && listed(particles, folded.s, folded.len);
    free(copy);
    buf_free(&folded);
    return is;
}

static void add_trimmed(struct buf *out, const char *s, size_t n)
{
    while (n && *s == ' ')
        s++, n--;
    while (n && s[n - 1] == ' ')
        n--;
    buf_addn(out, s, n);
}

void name_split(const char *full, struct buf *given, struct buf *family)
{
    const char *comma = strchr(full, ',');
    struct words w;
    buf_clear(given);
    buf_clear(family);
    if (comma) {
        add_trimmed(family, full, (size_t)(comma - full));
        add_trimmed(given, comma + 1, strlen(comma + 1));
        return;
    }
    split_words(full, &w);
    if (w.n == 0)
        return;
    size_t first = w.n > 1 ? w.n - 1 : w.n;
    while (first > 1 && first < w.n && is_particle(w.s[first - 1], w.len[first - 1]))
        first--;
    join_words(&w, 0, first, given);
    join_words(&w, first, w.n, family);
}

bool name_akin(const char *a, const char *b)
{
    struct words wa, wb;
    split_words(a, &wa);
    split_words(b, &wb);
    if (wa.n == 0 || wb.n == 0)
        return true;
    for (size_t i = 0; i < wa.n; i++) {
        for (size_t j = 0; j < wb.n; j++) {
            size_t la = wa.len[i], lb = wb.len[j], n = la < lb ? la : lb;
            if ((la == lb || n == 1) && memcmp(wa.s[i], wb.s[j], n) == 0)
                return true;
        }
    }
    return false;
}

/* ---- organisations --------------------------------------------------------------------------- */

/* Folded. What is put before or after the name proper, or left out, as one pleases. */
static const char decorations[] = " barnehage barnehagen barnehager barnehagane bhg bh as asa sa "
                                  "ba da ans fus kommunale kommunal private privat ";

enum { OWNER_WORDS = 4 }; /* "Nordre Follo kommune", and room for "Herøy i Nordland kommune" */

/* The owner in front: "Asker kommune Blåklokka barnehage", but not "Asker kommune". */
static size_t after_owner(const struct words *w)
{
    for (size_t i = 1; i <= OWNER_WORDS && i + 1 < w->n; i++)
        if (listed(" kommune ", w->s[i], w->len[i]))
            return i + 1;
    return 0;
}

void organisation_core(const char *name, struct buf *out)
{
    struct buf folded = {0};
    struct words w;
    text_fold_match(&folded, name);
    split_words(buf_str(&folded), &w);
    size_t from = after_owner(&w), to = w.n;
    while (to - from > 1 && listed(decorations, w.s[to - 1], w.len[to - 1]))
        to--;
    while (to - from > 1 && listed(decorations, w.s[from], w.len[from]))
        from++;
    if (to - from == 1 && listed(decorations, w.s[from], w.len[from]))
        from = 0, to = w.n; /* nothing but decoration: it is the name */
    join_words(&w, from, to, out);
    buf_free(&folded);
}

char *municipality_tidy(const char *typed)
{
    static const char after[] = " kommune";
    size_t n = typed ? strlen(typed) : 0, cut = sizeof after - 1;
    if (n == 0 || strspn(typed, "0123456789 ") == n)
        return NULL;
    if (n > cut && strcasecmp(typed + n - cut, after) == 0)
        n -= cut;
    return mem_strndup(typed, n);
}

bool municipality_same(const char *a, const char *b)
{
    if (!a || !b)
        return false;
    if (strcmp(a, b) == 0)
        return true;
    char *ta = municipality_tidy(a), *tb = municipality_tidy(b);
    bool same = ta && tb && text_same(ta, tb);
    free(ta);
    free(tb);
    return same;
}
