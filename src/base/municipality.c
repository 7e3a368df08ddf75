#include "config.h"

#include "samling/municipality.h"

#include "samling/buf.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "base/municipality_data.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 512, MOST_COUNTIES = 64, MOST_WORDS = 10 };

/* Municipalities of today, a bit for each row. */
struct set {
    uint64_t bits[MOST / 64];
};

/* A part of a folded text. */
struct part {
    const char *s;
    size_t len;
};

/* A name, folded, of a row or a former row. */
struct entry {
    size_t at, len; /* in `keys` */
    size_t row;
    bool former;
};

/* Made when first asked for, kept to the end of the process. */
static struct {
    bool made;
    struct buf keys;
    struct entry *names;
    size_t n, cap;
    struct entry counties[MOST_COUNTIES];
    struct municipality all[MOST];
} known;

/* ---- Sets ------------------------------------------------------------------------------------ */

static void set_add(struct set *set, size_t row)
{
    set->bits[row / 64] |= UINT64_C(1) << row % 64;
}

static bool set_has(const struct set *set, size_t row)
{
    return set->bits[row / 64] >> row % 64 & 1;
}

static size_t set_count(const struct set *set)
{
    size_t n = 0;
    for (size_t i = 0; i < municipality_row_count; i++)
        n += set_has(set, i);
    return n;
}

static bool set_meet(struct set *set, const struct set *with)
{
    bool any = false;
    for (size_t i = 0; i < MOST / 64; i++) {
        set->bits[i] &= with->bits[i];
        any |= set->bits[i] != 0;
    }
    return any;
}

static bool set_empty(const struct set *set)
{
    static const struct set none;
    return memcmp(set, &none, sizeof none) == 0;
}

/* ---- Numbers --------------------------------------------------------------------------------- */

static int by_number(const void *key, const void *row)
{
    return strcmp(key, row); /* a row begins with its number */
}

static size_t row_of(const char *number)
{
    const struct municipality_row *row =
        bsearch(number, municipality_rows, municipality_row_count, sizeof *row, by_number);
    return row ? (size_t)(row - municipality_rows) : MOST;
}

static void add_became(const struct municipality_former *f, struct set *set)
{
    for (int i = 0; i < 3 && f->became[i][0]; i++)
        set_add(set, row_of(f->became[i]));
}

/* Three or four digits. */
static void number_means(struct part digits, struct set *set)
{
    char number[5] = "0";
    memcpy(number + (digits.len == 3), digits.s, digits.len);
    size_t row = row_of(number);
    const struct municipality_former *f =
        bsearch(number, municipality_formers, municipality_former_count, sizeof *f, by_number);
    if (row < MOST)
        set_add(set, row);
    else if (f)
        add_became(f, set);
}

static bool is_number(struct part p)
{
    return (p.len == 3 || p.len == 4) && strspn(p.s, "0123456789") >= p.len;
}

/* ---- Words ----------------------------------------------------------------------------------- */

static bool listed(const char *list, struct part word)
{
    for (const char *p = list; *p; p += strlen(p) + 1)
        if (strlen(p) == word.len && memcmp(p, word.s, word.len) == 0)
            return true;
    return false;
}

/* Takes the next word off `rest`, which has single spaces between words. */
static bool next_word(struct part *rest, struct part *word)
{
    if (rest->len == 0)
        return false;
    const char *space = memchr(rest->s, ' ', rest->len);
    word->s = rest->s;
    word->len = space ? (size_t)(space - rest->s) : rest->len;
    size_t skip = word->len + (space ? 1 : 0);
    rest->s += skip;
    rest->len -= skip;
    return true;
}

/* Adds `s`, folded, without the words that any municipality may have with it. */
static void fold_name(struct buf *out, const char *s, size_t len)
{
    static const char noise[] = "kommune\0kommunen\0kommuna\0komm\0kom\0k\0herad\0suohkan\0gielda\0"
                                "tjielte\0komuuni\0fylke\0i\0"
                                "kommunenr\0kommunenummer\0knr\0nr\0";
    struct buf folded = {0};
    char *copy = mem_strndup(s, len);
    text_fold_match(&folded, copy);
    struct part rest = {buf_str(&folded), folded.len}, word;
    size_t start = out->len;
    while (next_word(&rest, &word)) {
        if (listed(noise, word))
            continue;
        if (out->len > start)
            buf_addc(out, ' ');
        buf_addn(out, word.s, word.len);
    }
    buf_free(&folded);
    free(copy);
}

/* ---- The index ------------------------------------------------------------------------------- */

static int compare(struct part a, struct part b)
{
    int order = memcmp(a.s, b.s, a.len < b.len ? a.len : b.len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static struct part key_of(const struct entry *e)
{
    return (struct part){known.keys.s + e->at, e->len};
}

static int by_key(const void *a, const void *b)
{
    return compare(key_of(a), key_of(b));
}

static struct entry fold_key(const char *s, size_t len, size_t row, bool former)
{
    struct entry e = {.at = known.keys.len, .row = row, .former = former};
    fold_name(&known.keys, s, len);
    e.len = known.keys.len - e.at;
    return e;
}

/* Adds the names of a list. */
static void add_names(const char *list, const char *between, size_t row, bool former)
{
    while (list) {
        const char *end = strstr(list, between);
        size_t len = end ? (size_t)(end - list) : strlen(list);
        known.names = mem_grow(known.names, &known.cap, known.n + 1, sizeof *known.names);
        known.names[known.n++] = fold_key(list, len, row, former);
        list = end ? end + strlen(between) : NULL;
    }
}

static const struct entry *first_called(struct part name)
{
    size_t low = 0, high = known.n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (compare(key_of(&known.names[mid]), name) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return known.names + low;
}

/* Is this the name of a county, now or formerly? */
static bool is_county(struct part name)
{
    for (size_t i = 0; i < municipality_county_count; i++)
        if (compare(key_of(&known.counties[i]), name) == 0)
            return true;
    return false;
}

static size_t county_of(const char *number)
{
    size_t i = 0;
    while (strncmp(municipality_counties[i].digits, number, 2) != 0)
        i++;
    return i;
}

static bool lies_in(const char *number, struct part county)
{
    return compare(key_of(&known.counties[county_of(number)]), county) == 0;
}

/* Does it lie in the county now, or did it under the same name? */
static bool lay_in(size_t row, struct part county)
{
    const struct municipality_row *now = &municipality_rows[row];
    if (lies_in(now->number, county))
        return true;
    for (size_t i = 0; i < municipality_former_count; i++) {
        const struct municipality_former *f = &municipality_formers[i];
        if (strcmp(f->became[0], now->number) == 0 && strcmp(f->name, now->name) == 0 &&
            lies_in(f->number, county))
            return true;
    }
    return false;
}

/* Adds what a former municipality is now. One that lives on under its name is just that: Ålesund
 * of 2020 to 2023 was also Haram, but who says Ålesund means Ålesund. */
static void add_former(const struct entry *e, const struct part *county, struct set *set)
{
    const struct municipality_former *f = &municipality_formers[e->row];
    struct set became = {0}, namesake = {0};
    for (int i = 0; i < 3 && f->became[i][0]; i++) {
        size_t row = row_of(f->became[i]);
        if (county && !lies_in(f->number, *county) && !lies_in(f->became[i], *county))
            continue;
        set_add(&became, row);
        if (strcmp(municipality_rows[row].name, f->name) == 0)
            set_add(&namesake, row);
    }
    const struct set *from = set_empty(&namesake) ? &became : &namesake;
    for (size_t i = 0; i < MOST / 64; i++)
        set->bits[i] |= from->bits[i];
}

/* Adds those called `name`, in this county if it is not NULL. */
static void name_means(struct part name, const struct part *county, struct set *set)
{
    for (const struct entry *e = first_called(name);
         e < known.names + known.n && compare(key_of(e), name) == 0; e++) {
        if (e->former)
            add_former(e, county, set);
        else if (!county || lay_in(e->row, *county))
            set_add(set, e->row);
    }
}

static void make_all(void)
{
    for (size_t i = 0; i < municipality_row_count; i++) {
        const struct municipality_row *row = &municipality_rows[i];
        struct municipality *m = &known.all[i];
        struct set same = {0};
        struct buf label = {0};
        m->number = row->number;
        m->norwegian = row->name;
        m->name = row->official ? row->official : row->name;
        m->county = municipality_counties[county_of(row->number)].name;
        struct entry e = fold_key(row->name, strlen(row->name), i, false);
        name_means(key_of(&e), NULL, &same);
        buf_add(&label, row->name);
        if (set_count(&same) > 1)
            buf_addf(&label, " (%s)", m->county);
        m->label = buf_take(&label);
    }
}

static void make(void)
{
    if (known.made)
        return;
    known.made = true;
    for (size_t i = 0; i < municipality_county_count; i++) {
        const char *name = municipality_counties[i].name;
        known.counties[i] = fold_key(name, strlen(name), i, false);
    }
    for (size_t i = 0; i < municipality_row_count; i++) {
        add_names(municipality_rows[i].name, ";", i, false);
        add_names(municipality_rows[i].official, " – ", i, false);
        add_names(municipality_rows[i].also, ";", i, false);
    }
    for (size_t i = 0; i < municipality_former_count; i++)
        add_names(municipality_formers[i].name, ";", i, true);
    qsort(known.names, known.n, sizeof *known.names, by_key);
    make_all();
}

/* ---- What is typed --------------------------------------------------------------------------- */

/* A name; a name and a county; or names of the same. */
static void words_mean(struct part text, struct set *set)
{
    name_means(text, NULL, set);
    for (size_t cut = 1; set_empty(set) && cut < text.len; cut++) {
        if (text.s[cut] != ' ')
            continue;
        struct part head = {text.s, cut}, tail = {text.s + cut + 1, text.len - cut - 1};
        struct set more = {0};
        if (is_county(tail))
            name_means(head, &tail, set);
        else if (is_county(head))
            name_means(tail, &head, set);
        if (!set_empty(set))
            return;
        name_means(head, NULL, set);
        if (set_empty(set))
            continue;
        words_mean(tail, &more);
        set_meet(set, &more);
    }
}

/* Splits off the one number of `text`, and leaves the other words in `rest`. False when it has
 * several. */
static bool take_number(struct part text, struct part *number, struct buf *rest)
{
    struct part word;
    number->len = 0;
    while (next_word(&text, &word)) {
        if (!is_number(word)) {
            if (rest->len > 0)
                buf_addc(rest, ' ');
            buf_addn(rest, word.s, word.len);
        } else if (number->len > 0) {
            return false;
        } else {
            *number = word;
        }
    }
    return true;
}

/* "301", "0301.0": a cell that a spreadsheet took for a number. */
static bool is_figure(const char *s, struct part *number)
{
    s += strspn(s, " \t");
    number->s = s;
    number->len = strspn(s, "0123456789");
    s += number->len;
    if (*s == '.' || *s == ',')
        s += 1 + strspn(s + 1, "0");
    return s[strspn(s, " \t")] == '\0' && is_number(*number);
}

static size_t count_words(struct part text)
{
    struct part word;
    size_t n = 0;
    while (next_word(&text, &word))
        n++;
    return n;
}

static void text_means(struct part text, struct set *set)
{
    struct part number;
    struct buf rest = {0};
    if (take_number(text, &number, &rest)) {
        struct part words = {buf_str(&rest), rest.len};
        struct set named = {0};
        if (words.len > 0)
            words_mean(words, &named);
        if (number.len > 0)
            number_means(number, set);
        else
            *set = named;
        if (words.len > 0 && !set_meet(&named, set))
            *set = named; /* which is empty: they contradict each other */
    }
    buf_free(&rest);
}

static void typed_means(const char *typed, struct set *set)
{
    struct part number;
    struct buf folded = {0};
    memset(set, 0, sizeof *set);
    if (!typed)
        return;
    make();
    if (is_figure(typed, &number)) {
        number_means(number, set);
        return;
    }
    fold_name(&folded, typed, strlen(typed));
    struct part text = {buf_str(&folded), folded.len};
    if (text.len > 0 && count_words(text) <= MOST_WORDS)
        text_means(text, set);
    buf_free(&folded);
}

const struct municipality *municipality_all(size_t *count)
{
    make();
    *count = municipality_row_count;
    return known.all;
}

/* What was asked for lately: lists name few places, many times each. */
enum { MEMO_SLOTS = 512, MEMO_BYTES = 40, MEMO_FOUND = 4 };
static struct memo {
    char typed[MEMO_BYTES]; /* "": nothing yet */
    size_t n;               /* as municipality_find returns it */
    const struct municipality *found[MEMO_FOUND];
} memo[MEMO_SLOTS];

/* NULL: too long a text to be kept. */
static struct memo *memo_of(const char *typed)
{
    unsigned long h = 5381;
    size_t len = 0;
    for (; typed[len]; len++)
        h = h * 33 + (unsigned char)typed[len];
    return len > 0 && len < MEMO_BYTES ? &memo[h % MEMO_SLOTS] : NULL;
}

static size_t find_all(const char *typed, const struct municipality **out, size_t max)
{
    struct set set;
    size_t n = 0;
    typed_means(typed, &set);
    for (size_t i = 0; i < municipality_row_count; i++) {
        if (!set_has(&set, i))
            continue;
        if (n < max)
            out[n] = &known.all[i];
        n++;
    }
    return n;
}

size_t municipality_find(const char *typed, const struct municipality **out, size_t max)
{
    struct memo *m = typed ? memo_of(typed) : NULL;
    if (!m)
        return find_all(typed, out, max);
    if (strcmp(m->typed, typed) != 0) {
        m->n = find_all(typed, m->found, MEMO_FOUND);
        snprintf(m->typed, sizeof m->typed, "%s", typed);
    }
    if (m->n > MEMO_FOUND && max > MEMO_FOUND)
        return find_all(typed, out, max);
    for (size_t i = 0; i < m->n && i < max && i < MEMO_FOUND; i++)
        out[i] = m->found[i];
    return m->n;
}

bool municipality_means_same(const char *a, const char *b)
{
    const struct municipality *of_a, *of_b;
    return municipality_find(a, &of_a, 1) == 1 && municipality_find(b, &of_b, 1) == 1 &&
           of_a == of_b;
}
