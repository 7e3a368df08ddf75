#include "config.h"

#include "ui/fuzzy.h"

#include <stdlib.h>
#include <string.h>

#include "samling/buf.h"
#include "samling/mem.h"
#include "samling/text.h"

/* What a letter is worth that is found; more where it begins the text or a word, or goes on from
 * the one before; less for what is passed over. A word found whole is worth more than its start. */
enum {
    LETTER = 8,
    FIRST = 10,
    BEGINS = 8,
    GOES_ON = 9,
    WHOLE = 6,
    PASSED_MOST = 6,
    IMPOSSIBLE = -100000,
    LONGEST = 64 /* letters of a typed word that count */
};

/* ---- the text ---------------------------------------------------------------------------------
 */

/* Into how many a letter is folded at most: æ and the like into one, ligatures into three. */
enum { FOLDED_MOST = 4 };

static void add_letter(struct fuzzy *f, char letter, int column)
{
    f->letters[f->n] = letter;
    f->column[f->n++] = column;
}

void fuzzy_make(struct fuzzy *f, const char *text)
{
    struct buf one = {0}, folded = {0};
    size_t most = strlen(text) * FOLDED_MOST + 1;
    int column = 0;
    *f = (struct fuzzy){.letters = mem_alloc(most), .column = mem_alloc(most * sizeof *f->column)};
    for (const char *p = text; *p;) {
        buf_clear(&one);
        buf_clear(&folded);
        text_put(&one, text_next(&p));
        text_fold_search(&folded, one.s);
        if (folded.len == 0)
            add_letter(f, ' ', column);
        for (size_t i = 0; i < folded.len && i < FOLDED_MOST; i++)
            add_letter(f, folded.s[i], column);
        column += text_width(one.s);
    }
    buf_free(&one);
    buf_free(&folded);
}

void fuzzy_free(struct fuzzy *f)
{
    free(f->letters);
    free(f->column);
    *f = (struct fuzzy){0};
}

/* ---- the score --------------------------------------------------------------------------------
 */

static bool begins_word(const struct fuzzy *f, size_t at)
{
    return f->letters[at] != ' ' && (at == 0 || f->letters[at - 1] == ' ');
}

/* What it adds that a letter is found at `at`, when the one before was found at `from`. */
static int worth(const struct fuzzy *f, size_t from, size_t at, bool strict)
{
    if (at == from + 1)
        return LETTER + GOES_ON;
    int passed = at - from - 1 < PASSED_MOST ? (int)(at - from - 1) : PASSED_MOST;
    if (begins_word(f, at))
        return LETTER + BEGINS - passed / 2;
    return strict ? IMPOSSIBLE : LETTER - passed;
}

static int worth_first(const struct fuzzy *f, size_t at, bool strict)
{
    if (at == 0)
        return LETTER + FIRST;
    if (begins_word(f, at))
        return LETTER + BEGINS;
    return strict ? IMPOSSIBLE : LETTER - PASSED_MOST;
}

/* The tables of one word: the best score with its letter i found at j, and where the one before it
 * was found then. */
struct table {
    int *best;
    size_t *from;
    size_t n; /* letters of the text */
};

static void fill_row(const struct fuzzy *f, const char *word, size_t i, bool strict,
                     struct table *t)
{
    int *now = t->best + i * t->n, *before = i > 0 ? now - t->n : NULL;
    for (size_t j = 0; j < t->n; j++) {
        now[j] = IMPOSSIBLE;
        if (f->letters[j] != word[i])
            continue;
        if (i == 0)
            now[j] = worth_first(f, j, strict);
        for (size_t k = i > 0 ? i - 1 : j; k < j; k++) {
            int score = before[k] + worth(f, k, j, strict);
            if (before[k] > 0 && score > now[j]) {
                now[j] = score;
                t->from[i * t->n + j] = k;
            }
        }
    }
}

/* Marks the letters of the best way that ends at `j`; was it a whole word of the text? */
static bool trace(const struct fuzzy *f, const struct table *t, size_t letters, size_t j, bool *hit)
{
    size_t last = j, first = j;
    for (size_t i = letters; i-- > 0;) {
        if (hit)
            hit[first] = true;
        if (i > 0)
            first = t->from[i * t->n + first];
    }
    return last - first + 1 == letters && begins_word(f, first) &&
           (last + 1 == f->n || f->letters[last + 1] == ' ');
}

static int word_score(const struct fuzzy *f, const char *word, size_t letters, bool strict,
                      bool *hit)
{
    struct table t = {.n = f->n};
    size_t at = 0;
    int score = 0;
    if (f->n == 0 || letters > LONGEST)
        return 0;
    t.best = mem_alloc(letters * f->n * sizeof *t.best);
    t.from = mem_alloc(letters * f->n * sizeof *t.from);
    for (size_t i = 0; i < letters; i++)
        fill_row(f, word, i, strict, &t);
    for (size_t j = 0; j < f->n; j++) {
        if (t.best[(letters - 1) * f->n + j] > score) {
            score = t.best[(letters - 1) * f->n + j];
            at = j;
        }
    }
    if (score > 0 && trace(f, &t, letters, at, hit))
        score += WHOLE;
    free(t.best);
    free(t.from);
    return score;
}

int fuzzy_score(const struct fuzzy *f, const char *typed, bool strict, bool *hit)
{
    int sum = 0;
    while (*typed) {
        size_t n = strcspn(typed, " ");
        int score = word_score(f, typed, n, strict, hit);
        if (score <= 0)
            return 0;
        sum += score;
        typed += n;
        typed += strspn(typed, " ");
    }
    /* Of two that are alike the shorter one is meant. */
    sum = sum * 4 - (f->n < 40 ? (int)f->n / 4 : 10);
    return sum > 0 ? sum : 1;
}
