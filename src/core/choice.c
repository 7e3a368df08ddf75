#include "config.h"

#include "samling/choice.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "core/span.h"

/* ---- one choice ------------------------------------------------------------------------------ */

static bool folds_to(struct buf *scratch, const char *word, const char *folded)
{
    buf_clear(scratch);
    text_fold_match(scratch, word);
    return strcmp(buf_str(scratch), folded) == 0;
}

/* Is it one of the words, which are separated by |? */
static bool folds_to_one(struct buf *scratch, const char *words, const char *folded)
{
    bool same = false;
    for (const char *w = words; w && *w && !same;) {
        size_t n = strcspn(w, "|");
        char *word = mem_strndup(w, n);
        same = folds_to(scratch, word, folded);
        free(word);
        w += n + (w[n] == '|');
    }
    return same;
}

const struct choice *choice_called(const struct field *f, const char *t)
{
    struct buf scratch = {0}, folded = {0};
    const struct choice *found = NULL;
    text_fold_match(&folded, t);
    for (const struct choice *c = f->choices; c->key && !found; c++)
        if (strcmp(c->key, t) == 0 || folds_to(&scratch, c->label, buf_str(&folded)) ||
            folds_to(&scratch, lang_tr(c->label), buf_str(&folded)))
            found = c;
    /* One's own word goes before another's synonym. */
    for (const struct choice *c = f->choices; c->key && !found; c++)
        if (folds_to_one(&scratch, c->synonyms, buf_str(&folded)))
            found = c;
    buf_free(&scratch);
    buf_free(&folded);
    return found;
}

/* ---- several choices in one cell ------------------------------------------------------------- */

/* What separates them, the strongest first: a weaker one may be part of a choice's name. */
static const char *const separators[] = {"\n;|", ",", "/", "&+"};
enum { SEPARATORS = sizeof separators / sizeof *separators };

/* The length of a number before the words: "1. ", "2) ". */
static size_t ordinal_length(struct span t)
{
    size_t n = 0;
    while (n < t.n && isdigit((unsigned char)t.s[n]))
        n++;
    if (n == 0 || n == t.n || !char_in(t.s[n], ".)"))
        return 0;
    return n + 1;
}

/* The length of a share of a whole position: "80 %", "i 50% stilling". */
static size_t share_length(struct span t)
{
    size_t n = t.n > 2 && strncmp(t.s, "i ", 2) == 0 ? 2 : 0;
    if (n == t.n || !isdigit((unsigned char)t.s[n]))
        return 0;
    while (n < t.n && (isdigit((unsigned char)t.s[n]) || char_in(t.s[n], ".,")))
        n++;
    while (n < t.n && t.s[n] == ' ')
        n++;
    if (n == t.n || t.s[n] != '%')
        return 0;
    struct span word = {t.s + n + 1, 0};
    while (n + 1 < t.n && *word.s == ' ')
        word.s++, n++;
    while (n + 1 + word.n < t.n && char_is_letter(word.s[word.n]))
        word.n++;
    return n + 1 + (span_is_word_of(word, " stilling stillingsprosent ") ? word.n : 0);
}

/* Adds the words without number, share and brackets. What the brackets say is told. */
static void add_words(struct buf *out, struct span t, struct buf *others)
{
    size_t skip = ordinal_length(t), n;
    for (size_t i = skip; i < t.n; i += n) {
        struct span here = {t.s + i, t.n - i};
        bool fresh = i == 0 || char_in(t.s[i - 1], " ,(-");
        const char *close = *here.s == '(' ? memchr(here.s, ')', here.n) : NULL;
        if (*here.s == '(') {
            n = close ? (size_t)(close - here.s) + 1 : here.n;
            struct span in = {here.s + 1, n - 1 - (close != NULL)};
            if (span_has_letter(in))
                others_tell(others, in);
        } else if (!fresh || (n = share_length(here)) == 0) {
            n = 1;
            buf_addc(out, *here.s);
        }
    }
}

/* The length of a number behind the words: " nr. 3", " 2". */
static size_t number_behind(struct span t)
{
    size_t n = 0;
    while (n < t.n && isdigit((unsigned char)t.s[t.n - 1 - n]))
        n++;
    if (n == 0 || n > 4 || n == t.n || t.s[t.n - 1 - n] != ' ')
        return 0;
    size_t from = t.n - 1 - n, at = from;
    while (at > 0 && t.s[at - 1] != ' ')
        at--;
    struct span word = {t.s + at, from - at};
    return t.n - (at > 0 && span_is_word_of(word, " nr no nummer ") ? at - 1 : from);
}

static const struct choice *choice_of_words(const struct field *f, struct span t,
                                            struct buf *others)
{
    struct buf words = {0};
    char *whole = mem_strndup(t.s, t.n);
    const struct choice *c = choice_called(f, whole);
    if (!c) {
        add_words(&words, t, NULL);
        struct span bare = span_trim((struct span){buf_str(&words), words.len}, " ,-", " ,-");
        char *text = mem_strndup(bare.s, bare.n);
        c = text_is_blank(text) ? NULL : choice_called(f, text);
        size_t n = c ? 0 : number_behind(bare);
        if (n) {
            text[bare.n - n] = '\0';
            c = choice_called(f, text);
        }
        char *number = mem_strndup(bare.s + bare.n - n, n);
        if (c && others) {
            buf_clear(&words);
            add_words(&words, t, others);
            others_tell(others, (struct span){number, n});
        }
        free(number);
        free(text);
    }
    free(whole);
    buf_free(&words);
    return c;
}

/* The next part of *t at this level, outside brackets; *t becomes what follows it. */
static struct span next_part(struct span *t, int level)
{
    struct span part = {t->s, 0};
    const char *end = t->s + t->n;
    size_t n = 0;
    int depth = 0;
    for (; part.n < t->n; part.n++) {
        const char *p = t->s + part.n;
        depth += (*p == '(') - (*p == ')' && depth > 0);
        bool words = level == SEPARATORS - 1;
        n = words ? span_joint(p, end, separators[level]) : (size_t)char_in(*p, separators[level]);
        if (depth == 0 && n)
            break;
        n = 0;
    }
    t->s += part.n + n;
    t->n -= part.n + n;
    return span_trim(part, " \n", " \n");
}

static bool has_choice(const struct field *f, struct span t, int level)
{
    if (choice_of_words(f, t, NULL))
        return true;
    for (bool found = false; level < SEPARATORS; level++) {
        for (struct span rest = t; rest.n && !found;) {
            struct span part = next_part(&rest, level);
            found = part.n < t.n && has_choice(f, part, level + 1);
        }
        if (found)
            return true;
    }
    return false;
}

/* Goes through the parts in order. A part is divided further only where that finds a choice. */
static void take_parts(const struct field *f, struct span t, int level, const char **key,
                       struct buf *others)
{
    const struct choice *c = choice_of_words(f, t, *key ? NULL : others);
    if (c && !*key) {
        *key = c->key;
        return;
    }
    if (c && c->key == *key)
        return; /* the same once more, in other words */
    if (c || !has_choice(f, t, level)) {
        others_tell(others, t);
        return;
    }
    for (struct span rest = t; rest.n;)
        take_parts(f, next_part(&rest, level), level + 1, key, others);
}

enum status choice_parse_several(const struct field *f, const char *typed, const char **key,
                                 struct buf *others)
{
    *key = NULL;
    if (others)
        buf_clear(others);
    char *tidy = text_tidy(typed, true);
    struct span all = {tidy, tidy ? strlen(tidy) : 0};
    if (tidy && all.n <= CELL_MAX && has_choice(f, all, 0))
        take_parts(f, all, 0, key, others);
    free(tidy);
    return *key ? ST_OK : ST_REFUSED;
}
