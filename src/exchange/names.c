#include "config.h"

#include "names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

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
static const char particles[] =
    " van von vom de den der del dela della di da do du dos das la le las los af av ten ter zu zum "
    "zur el al bin ibn bint ben abu san st mc mac t ";

/* Those of them that are written small inside a name. */
static const char small_particles[] = " van von vom de den der del della di da do du dos das la "
                                      "las los af av ten ter zu zum zur bin ibn bint t ";

static const char titles[] =
    " dr prof professor fru frk froeken herr hr mr mrs ms miss sir dir rektor ";

static const char suffixes[] = " jr jnr junior sr snr senior ii iii iv ";

/* What is said after a name of who it is. */
static const char roles[] =
    " styrer styrar ass assisterende assisterande assistent ped pedleder pedagog pedagogisk leder "
    "leiar enhetsleder einingsleiar fagleder fagleiar nestleder nestleiar daglig dagleg "
    "barnehagelaerer barnehagelaerar laerer laerar foerskolelaerer spesialpedagog "
    "barnehagemedarbeider barnehagemedarbeidar medarbeider medarbeidar fagarbeider fagarbeidar "
    "barne barneveileder vikar vikarierende raadgiver raadgivar raadgjevar konsulent rektor "
    "ressursperson kontaktperson tillitsvalgt tillitsvald verneombud eier eigar avdelingsleder "
    "avdelingsleiar student laerling head adviser teacher manager phd mphil ";

/* No listed word is longer. */
enum { LISTED_MAX = 24 };

/* Adds the ASCII letters and digits, small; 0 when there are too many or others among them. */
static size_t squeeze_word(const char *word, size_t len, char out[LISTED_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)word[i];
        if (c >= 0x80 || (isalnum(c) && n == LISTED_MAX))
            return 0;
        if (isalnum(c))
            out[n++] = (char)tolower(c);
    }
    return n;
}

/* Folds a word, without spaces, as the lists have it; its length, or 0 when no list can have it.
 * What is ASCII, as most is, needs no memory. */
static size_t fold_word(const char *word, size_t len, char out[LISTED_MAX])
{
    size_t n = squeeze_word(word, len, out);
    for (size_t i = 0; i < len && !n; i++) {
        if ((unsigned char)word[i] < 0x80)
            continue;
        char *copy = mem_strndup(word, len);
        struct buf folded = {0};
        text_fold_match(&folded, copy);
        n = squeeze_word(buf_str(&folded), folded.len, out);
        buf_free(&folded);
        free(copy);
        break;
    }
    return n;
}

static bool is_listed(const char *list, const char *word, size_t len)
{
    char folded[LISTED_MAX];
    size_t n = fold_word(word, len, folded);
    return n && listed(list, folded, n);
}

static bool is_particle(const char *word, size_t len)
{
    /* 't Hooft, but not the initial in Kari T. Nordmann. */
    if (len < 3 && (word[0] == 't' || word[0] == 'T'))
        return false;
    return is_listed(particles, word, len);
}

static bool is_suffix(const char *word, size_t len)
{
    return is_listed(suffixes, word, len);
}

static bool is_letter(uint32_t cp)
{
    return cp < 0x80 ? isalpha((int)cp) != 0 : iswalpha((wint_t)cp) != 0;
}

/* Letters of a word: how many, and how many of them are small or have no size. */
static size_t count_letters(const char *word, size_t len, size_t *small)
{
    size_t n = 0;
    *small = 0;
    for (const char *p = word; p < word + len;) {
        uint32_t cp = text_next(&p);
        if (!is_letter(cp))
            continue;
        n++;
        *small += !iswupper((wint_t)cp);
    }
    return n;
}

static bool is_loud(const char *word, size_t len, size_t least)
{
    if (len > 1 && word[1] >= 'a' && word[1] <= 'z') /* most words, at one look */
        return false;
    size_t small, n = count_letters(word, len, &small);
    return n >= least && small == 0;
}

/* Adds a remark to `rest`, without what stands around it. */
static void put_aside(struct buf *rest, const char *s, size_t n)
{
    while (n && strchr(" ,-;:", *s))
        s++, n--;
    while (n && strchr(" ,-;:", s[n - 1]))
        n--;
    if (!rest || !n)
        return;
    if (rest->len)
        buf_add(rest, ", ");
    buf_addn(rest, s, n);
}

static bool is_dash(uint32_t cp)
{
    return cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212;
}

/* Adds the name as one line with plain dashes and without what is in brackets. */
static void add_unbracketed(struct buf *out, const char *full, struct buf *rest)
{
    char *tidy = text_tidy(full, false);
    for (const char *p = tidy; p && *p;) {
        const char *from = p;
        while (*p && (unsigned char)*p < 0x80 && *p != '(' && *p != '[')
            p++;
        buf_addn(out, from, (size_t)(p - from));
        size_t n = *p == '(' ? strcspn(p, ")") : *p == '[' ? strcspn(p, "]") : 0;
        if (n) {
            put_aside(rest, p + 1, n - 1);
            p += n + (p[n] != '\0');
            buf_addc(out, ' ');
        }
        if (n || !*p)
            continue;
        uint32_t cp = text_next(&p);
        text_put(out, is_dash(cp) ? '-' : cp);
    }
    free(tidy);
}

/* Does the word end as the name of a workplace does? */
static bool is_workplace(const char *word, size_t len)
{
    static const char *const ends[] = {"barnehage", "barnehagen", "bhg",
                                       "kommune",   "skole",      "skule"};
    char *copy = mem_strndup(word, len);
    struct buf folded = {0};
    bool is = false;
    text_fold_match(&folded, copy);
    for (size_t i = 0; i < sizeof ends / sizeof *ends && !is; i++) {
        size_t n = strlen(ends[i]);
        is = folded.len >= n && strcmp(folded.s + folded.len - n, ends[i]) == 0;
    }
    free(copy);
    buf_free(&folded);
    return is;
}

/* "styrer", "Pedagogisk leder", "Sol barnehage", but not "Hansen". */
static bool is_remark(const char *s, size_t len)
{
    struct buf text = {0};
    struct words w;
    buf_addn(&text, s, len);
    split_words(buf_str(&text), &w);
    size_t first = w.n ? strcspn(w.s[0], " ./&-") : 0;
    bool is = first && (is_listed(roles, w.s[0], first) || is_listed(roles, w.s[0], w.len[0]));
    for (size_t i = 0; i < w.n && !is; i++)
        is = is_workplace(w.s[i], w.len[i]);
    buf_free(&text);
    return is;
}

static bool begins_small(const char *s)
{
    size_t small;
    const char *end = s;
    if (*s)
        text_next(&end);
    return count_letters(s, (size_t)(end - s), &small) == 1 && small == 1;
}

/* More than any name has; what is longer is prose and stays as it is. */
enum { NAME_MAX_BYTES = 1000 };

/* What follows a dash with space around it is a remark, or the second half of a double name,
 * which is put together. */
static void mend_dashes(struct buf *name, struct buf *rest)
{
    if (name->len > NAME_MAX_BYTES)
        return;
    for (char *dash = name->s; dash && (dash = strchr(dash, '-')) != NULL; dash++) {
        bool before = dash > name->s && dash[-1] == ' ';
        char *after = dash + 1 + strspn(dash + 1, " ");
        if (!before && *after && after == dash + 1)
            continue;
        size_t n = strlen(after);
        bool remark = is_remark(after, n) ||
                      (begins_small(after) && !is_particle(after, strcspn(after, " ")));
        dash -= before;
        if (n == 0 || (before && remark)) {
            put_aside(rest, after, n);
            *dash = '\0';
            break;
        }
        *dash = '-';
        memmove(dash + 1, after, n + 1);
    }
    name->len = name->s ? strlen(name->s) : 0;
}

/* Takes the titles off the front; they are no name, unless nothing else is there. */
static size_t pass_titles(const struct words *w, struct buf *rest)
{
    size_t first = 0;
    while (first + 1 < w->n && is_listed(titles, w->s[first], w->len[first])) {
        put_aside(rest, w->s[first], w->len[first]);
        first++;
    }
    return first;
}

/* How many loud words stand at the front when no other is loud, as in "NORDMANN Kari Anne". */
static size_t loud_in_front(const struct words *w, size_t from, size_t to)
{
    size_t n = 0;
    while (from + n < to && is_loud(w->s[from + n], w->len[from + n], 3))
        n++;
    for (size_t i = from + n; i < to; i++)
        if (is_loud(w->s[i], w->len[i], 2))
            return 0;
    return from + n < to ? n : 0;
}

/* Where the family name begins in words that end with it. */
static size_t family_at(const struct words *w, size_t from, size_t to)
{
    size_t first = to;
    while (first > from && is_loud(w->s[first - 1], w->len[first - 1], 3))
        first--;
    if (first == from || first == to) /* nobody shouts, or everybody */
        first = to - 1;
    if (first > from + 2 && w->len[first - 1] == 1 && *w->s[first - 1] == 'y')
        first -= 2; /* José Ortega y Gasset */
    while (first > from + 1 && is_particle(w->s[first - 1], w->len[first - 1]))
        first--;
    return first;
}

/* The words from `from` on, without a comma; before them there may have been a title. */
static void split_plain(const struct words *w, size_t from, struct buf *given, struct buf *family)
{
    size_t to = w->n, least = from ? 1 : 2;
    while (to - from > least && is_suffix(w->s[to - 1], w->len[to - 1]))
        to--;
    size_t loud = loud_in_front(w, from, to);
    if (to - from == 1) {
        join_words(w, from, to, from ? family : given);
    } else if (loud) {
        join_words(w, from, from + loud, family);
        join_words(w, from + loud, to, given);
    } else {
        size_t first = family_at(w, from, to);
        join_words(w, from, first, given);
        join_words(w, first, to, family);
    }
    if (to < w->n)
        buf_addc(family, ' ');
    join_words(w, to, w->n, family);
}

/* One part of a name after its first comma: "Kari Anne", "jr.", "styrer". Only what is no remark
 * and no suffix makes the part before the comma a family name. */
static bool take_part(const char *s, size_t len, struct buf *given, struct buf *family,
                      struct buf *rest)
{
    struct buf part = {0};
    struct words w;
    bool name = false;
    buf_addn(&part, s, len);
    split_words(buf_str(&part), &w);
    if (w.n == 1 && is_suffix(w.s[0], w.len[0])) {
        buf_addc(family, ' ');
        buf_addn(family, w.s[0], w.len[0]);
    } else if (is_remark(s, len)) {
        put_aside(rest, s, len);
    } else {
        name = true;
        if (given->len && w.n)
            buf_addc(given, ' ');
        join_words(&w, pass_titles(&w, rest), w.n, given);
    }
    buf_free(&part);
    return name;
}

/* "Nordmann, Kari Anne", "Hansen, jr., Per", "Kari Nordmann, styrer". False when nothing after the
 * comma is a name: all of the name is then in `family`. */
static bool split_at_comma(const char *name, const char *comma, struct buf *given,
                           struct buf *family, struct buf *rest)
{
    struct words w;
    struct buf before = {0};
    bool any = false;
    buf_addn(&before, name, (size_t)(comma - name));
    split_words(buf_str(&before), &w);
    join_words(&w, pass_titles(&w, rest), w.n, family);
    while (*comma) {
        const char *part = comma + 1;
        comma = part + strcspn(part, ",");
        any |= take_part(part, (size_t)(comma - part), given, family, rest);
    }
    buf_free(&before);
    return any;
}

void name_split(const char *full, struct buf *given, struct buf *family, struct buf *rest)
{
    struct buf name = {0};
    buf_clear(given);
    buf_clear(family);
    if (rest)
        buf_clear(rest);
    add_unbracketed(&name, full, rest);
    mend_dashes(&name, rest);
    const char *comma = strchr(buf_str(&name), ',');
    bool done = comma && split_at_comma(name.s, comma, given, family, rest);
    if (comma && !done) {
        buf_clear(&name);
        buf_add(&name, buf_str(family));
        buf_clear(family);
    }
    if (!done) {
        struct words w;
        split_words(buf_str(&name), &w);
        if (w.n)
            split_plain(&w, pass_titles(&w, rest), given, family);
    }
    buf_free(&name);
}

/* ---- names in capitals
 * --------------------------------------------------------------------------- */

static bool is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == '`' || cp == 0xB4 || cp == 0x2018 || cp == 0x2019;
}

/* A small particle, or the capitals of "McDONALD". */
static bool shouts_or_may(const char *word, size_t len)
{
    size_t small, n = count_letters(word, len, &small);
    if (small == 0)
        return true;
    if (small == n && listed(small_particles, word, len))
        return true;
    return small == 1 && n > 3 && word[0] == 'M' && word[1] == 'c';
}

bool name_shouts(const char *full)
{
    struct words w;
    size_t loud = 0, words = 0, small;
    char *tidy = text_tidy(full, false);
    bool all = tidy != NULL;
    split_words(tidy ? tidy : "", &w);
    for (size_t i = 0; all && i < w.n; i++) {
        words += count_letters(w.s[i], w.len[i], &small) > 0;
        loud += is_loud(w.s[i], w.len[i], 3) || (small && w.s[i][0] == 'M');
        all = shouts_or_may(w.s[i], w.len[i]);
    }
    free(tidy);
    return all && loud > 0 && words > 1;
}

static void add_calm_word(struct buf *out, const char *word, size_t len)
{
    size_t letters = 0; /* since the word, or a part of it, began */
    bool mc = false;
    for (const char *p = word; p < word + len;) {
        uint32_t cp = text_next(&p);
        if (!is_letter(cp)) {
            /* Bjørn-Erik and O'Brien begin again, Sa'ad does not. */
            if (!is_apostrophe(cp) || letters == 1)
                letters = 0;
            text_put(out, cp);
            continue;
        }
        bool capital = letters == 0 || (mc && letters == 2);
        text_put(out, capital ? cp : (uint32_t)towlower((wint_t)cp));
        mc = letters == 0 ? cp == 'M' : letters == 1 && mc && (cp == 'C' || cp == 'c');
        letters++;
    }
}

static void add_small(struct buf *out, const char *word, size_t len)
{
    for (const char *p = word; p < word + len;)
        text_put(out, (uint32_t)towlower((wint_t)text_next(&p)));
}

/* Is word i written small? The first word of all is, where it can be no given name: before another
 * particle, or before a comma. */
static bool is_small(const struct words *w, size_t i, bool family_first)
{
    bool particle = is_particle(w->s[i], w->len[i]) && i + 1 < w->n &&
                    is_listed(small_particles, w->s[i], w->len[i]);
    const char *p = w->s[0];
    if (!particle || i > 0)
        return particle;
    return family_first || is_particle(w->s[1], w->len[1]) || is_apostrophe(text_next(&p));
}

static bool is_numeral(const char *word, size_t len)
{
    return is_listed(" ii iii iv ", word, len);
}

void name_calm(const char *full, struct buf *out)
{
    struct words w;
    char *tidy = text_tidy(full, false);
    split_words(tidy ? tidy : "", &w);
    for (size_t i = 0; i < w.n; i++) {
        if (i > 0)
            buf_addc(out, ' ');
        if (i > 0 && is_numeral(w.s[i], w.len[i]))
            buf_addn(out, w.s[i], w.len[i]);
        else if (is_small(&w, i, strchr(tidy, ',') != NULL) ||
                 (i > 0 && is_listed(" jr jnr sr snr ", w.s[i], w.len[i])))
            add_small(out, w.s[i], w.len[i]);
        else
            add_calm_word(out, w.s[i], w.len[i]);
    }
    free(tidy);
}

bool name_calm_parts(const char *given, const char *family, struct buf *calm_given,
                     struct buf *calm_family)
{
    struct buf both = {0}, calm = {0};
    if (strchr(given, ',') || strchr(family, ','))
        return false;
    buf_addf(&both, "%s, %s", family, given);
    bool loud = name_shouts(both.s);
    if (loud) {
        name_calm(both.s, &calm);
        const char *comma = strchr(calm.s, ',');
        buf_clear(calm_family);
        buf_addn(calm_family, calm.s, (size_t)(comma - calm.s));
        buf_clear(calm_given);
        buf_add(calm_given, comma + (comma[1] ? 2 : 1));
    }
    buf_free(&both);
    buf_free(&calm);
    return loud;
}

/* What is written small after the first word, and what is written in capitals always. */
static const char common_words[] = " barnehage barnehagen barnehager barnehagane skole skule "
                                   "ungdomsskole barneskole kommune naturbarnehage "
                                   "familiebarnehage gaardsbarnehage studentbarnehage "
                                   "friluftsbarnehage avdeling avd og i paa ved for av ";
static const char initials[] = " as asa sa ba da ans ks kf sv fus ppt ii iii iv ";

char *organisation_calm(const char *name, size_t n)
{
    char *whole = mem_strndup(name, n);
    struct words w;
    struct buf out = {0};
    if (!name_shouts(whole))
        return whole;
    split_words(whole, &w);
    for (size_t i = 0; i < w.n; i++) {
        if (i > 0)
            buf_addc(&out, ' ');
        if (is_listed(initials, w.s[i], w.len[i]))
            buf_addn(&out, w.s[i], w.len[i]);
        else if (i > 0 && is_listed(common_words, w.s[i], w.len[i]))
            add_small(&out, w.s[i], w.len[i]);
        else
            add_calm_word(&out, w.s[i], w.len[i]);
    }
    free(whole);
    return buf_take(&out);
}

/* ---- who may be the same
 * ------------------------------------------------------------------------- */

/* Bytes of the first letter. */
static size_t letter_length(const char *s)
{
    const char *end = s;
    text_next(&end);
    return (size_t)(end - s);
}

/* The same word, or one is the other's initial. */
static bool word_like(const struct words *a, size_t i, const struct words *b, size_t j)
{
    size_t la = a->len[i], lb = b->len[j], n = la < lb ? la : lb;
    return (la == lb || n == letter_length(a->s[i])) && memcmp(a->s[i], b->s[j], n) == 0;
}

bool name_akin(const char *a, const char *b)
{
    struct words wa, wb;
    split_words(a, &wa);
    split_words(b, &wb);
    if (wa.n == 0 || wb.n == 0)
        return true;
    /* Of spouses and siblings who share an address the family name says nothing. */
    bool families = wa.n > 1 && wb.n > 1;
    for (size_t i = 0; i < wa.n; i++)
        for (size_t j = 0; j < wb.n; j++)
            if (word_like(&wa, i, &wb, j) && !(families && i == wa.n - 1 && j == wb.n - 1))
                return true;
    return false;
}

static bool word_same(const struct words *a, size_t i, const struct words *b, size_t j)
{
    return a->len[i] == b->len[j] && memcmp(a->s[i], b->s[j], a->len[i]) == 0;
}

bool name_near(const char *a, const char *b)
{
    struct words wa, wb;
    split_words(a, &wa);
    split_words(b, &wb);
    const struct words *few = wa.n < wb.n ? &wa : &wb, *many = wa.n < wb.n ? &wb : &wa;
    if (few->n == 0 || !word_same(few, 0, many, 0) ||
        !word_same(few, few->n - 1, many, many->n - 1))
        return false;
    size_t i = 1;
    for (size_t j = 1; i + 1 < few->n && j + 1 < many->n; j++)
        i += word_like(few, i, many, j);
    return i + 1 >= few->n && (few->n > 1 || many->n == 1);
}

bool name_first_alike(const char *a, const char *b)
{
    struct words wa, wb;
    split_words(a, &wa);
    split_words(b, &wb);
    return wa.n == 0 || wb.n == 0 || word_like(&wa, 0, &wb, 0);
}

bool words_contained(const char *a, const char *b)
{
    struct words wa, wb;
    split_words(a, &wa);
    split_words(b, &wb);
    const struct words *few = wa.n < wb.n ? &wa : &wb, *many = wa.n < wb.n ? &wb : &wa;
    for (size_t i = 0; i < few->n; i++) {
        bool there = false;
        for (size_t j = 0; j < many->n && !there; j++)
            there = word_same(few, i, many, j);
        if (!there)
            return false;
    }
    return true;
}

/* Words of the part before @, of an address that several people read. */
static const char shared_words[] =
    " post postmottak firmapost styrer styrar kontakt info barnehage bhg leder admin kontor "
    "resepsjon faktura mail epost ";

/* Adds the letters of the folded text, without what stands between them. */
static void add_letters(struct buf *out, const char *folded)
{
    for (; *folded; folded++)
        if (*folded != ' ')
            buf_addc(out, *folded);
}

/* "solbarnehage", "sol.bhg" and "sol" for "Sol barnehage". */
static bool is_organisation(const char *letters, const char *organisation)
{
    static const char *const after[] = {"", "barnehage", "barnehagen", "bhg"};
    struct buf core = {0}, name = {0};
    bool is = false;
    organisation_core(organisation, &core);
    for (size_t i = 0; core.len && !is && i < sizeof after / sizeof *after; i++) {
        buf_clear(&name);
        add_letters(&name, core.s);
        buf_add(&name, after[i]);
        is = strcmp(buf_str(&name), letters) == 0;
    }
    buf_free(&core);
    buf_free(&name);
    return is;
}

bool email_is_shared(const char *email, const char *organisation)
{
    char *local = mem_strndup(email, strcspn(email, "@"));
    struct buf folded = {0}, letters = {0};
    struct words w;
    bool shared = false;
    for (char *p = local; *p; p++)
        if (strchr("._-+0123456789", *p))
            *p = ' ';
    text_fold_match(&folded, local);
    split_words(buf_str(&folded), &w);
    for (size_t i = 0; i < w.n && !shared; i++)
        shared = listed(shared_words, w.s[i], w.len[i]);
    add_letters(&letters, buf_str(&folded));
    if (!shared && organisation)
        shared = is_organisation(buf_str(&letters), organisation);
    buf_free(&folded);
    buf_free(&letters);
    free(local);
    return shared;
}

/* ---- organisations --------------------------------------------------------------------------- */

/* Folded. What is put before or after the name proper, or left out, as one pleases. */
static const char decorations[] =
    " barnehage barnehagen barnehager barnehagene barnehagane barneh bhg bh bhage as asa sa ba da "
    "ans al ans "
    "fus kommunale kommunal private privat stiftelsen stiftinga stiftelse andelslaget v ved ";

/* Chains, whose kindergartens are called after them: "Læringsverkstedet avd. Solbakken". */
static const char chains[] = " laeringsverkstedet norlandia espira kanvas fus dibber kidsa gnist "
                             "eventus barnebo preg ulna trygge ";

static const char department_words[] = " avd avdeling avdelinga avdelingen ";

enum { OWNER_WORDS = 4 }; /* "Nordre Follo kommune", and room for "Herøy i Nordland kommune" */

/* The owner in front: "Asker kommune Blåklokka barnehage", but not "Asker kommune". */
static size_t after_owner(const struct words *w)
{
    for (size_t i = 1; i <= OWNER_WORDS && i + 1 < w->n; i++)
        if (listed(" kommune ", w->s[i], w->len[i]))
            return i + 1;
    return 0;
}

/* "Asker kommune" and nothing else. */
static bool is_owner(const struct words *w)
{
    return w->n > 1 && w->n <= OWNER_WORDS + 1 &&
           listed(" kommune ", w->s[w->n - 1], w->len[w->n - 1]);
}

/* Where the name ends and that of a department begins. */
static size_t department_at(const struct words *w)
{
    for (size_t i = 0; i + 1 < w->n; i++)
        if (listed(department_words, w->s[i], w->len[i]))
            return i;
    return w->n;
}

/* Adds words with the short forms of compounds made long. */
static void add_core_words(const struct words *w, size_t from, size_t to, struct buf *out)
{
    for (size_t i = from; i < to; i++) {
        size_t n = w->len[i];
        if (out->len)
            buf_addc(out, ' ');
        if (n > 4 && memcmp(w->s[i] + n - 3, "bhg", 3) == 0) {
            buf_addn(out, w->s[i], n - 3);
            buf_add(out, "barnehage");
        } else {
            buf_addn(out, w->s[i], n);
        }
    }
}

/* Adds the words from..to but for decoration at either end; nothing when there is nothing else. */
static void add_undecorated(const struct words *w, size_t from, size_t to, struct buf *out)
{
    while (to > from && listed(decorations, w->s[to - 1], w->len[to - 1]))
        to--;
    while (to > from && listed(decorations, w->s[from], w->len[from]))
        from++;
    add_core_words(w, from, to, out);
}

/* A part of a name between commas, brackets and dashes. */
static void add_part(const char *folded, bool owners, struct buf *out)
{
    struct words w;
    split_words(folded, &w);
    if (is_owner(&w)) {
        if (owners)
            add_core_words(&w, 0, w.n, out);
        return;
    }
    size_t from = after_owner(&w), end = department_at(&w), before = out->len;
    if (end < from)
        end = w.n;
    add_undecorated(&w, from, end, out);
    /* What a chain calls a department is a kindergarten. */
    bool chain = out->len ? listed(chains, out->s, out->len) : end > from;
    if (chain && end < w.n)
        add_undecorated(&w, end + 1, w.n, out);
    if (out->len == before && from > 0)
        add_core_words(&w, 0, w.n, out); /* "Asker kommune barnehage" has no other name */
}

/* The length of what separates parts at p, or 0. */
static size_t part_ends(const char *p)
{
    if (strchr(",;()[]", *p))
        return 1;
    const char *q = p + 1;
    if (*p != ' ' || !is_dash(text_next(&q)) || *q != ' ')
        return 0;
    return (size_t)(q - p) + 1;
}

static void add_parts(const char *name, bool owners, struct buf *out)
{
    while (*name) {
        size_t n = 0;
        while (name[n] && !part_ends(name + n))
            n++;
        char *part = mem_strndup(name, n);
        struct buf folded = {0};
        text_fold_match(&folded, part);
        add_part(buf_str(&folded), owners, out);
        buf_free(&folded);
        free(part);
        name += n;
        if (*name)
            name += part_ends(name);
    }
}

void organisation_core(const char *name, struct buf *out)
{
    struct buf core = {0};
    add_parts(name ? name : "", false, &core);
    if (!core.len)
        add_parts(name ? name : "", true, &core);
    if (!core.len) /* nothing but decoration: it is the name */
        text_fold_match(&core, name);
    if (out->len && core.len)
        buf_addc(out, ' ');
    buf_add(out, buf_str(&core));
    buf_free(&core);
}

bool organisation_says_same(const char *a, const char *b)
{
    struct buf fa = {0}, fb = {0};
    text_fold_match(&fa, a);
    text_fold_match(&fb, b);
    bool same = words_contained(buf_str(&fa), buf_str(&fb));
    buf_free(&fa);
    buf_free(&fb);
    return same;
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
