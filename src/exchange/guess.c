#include "config.h"

#include "guess.h"

#include "samling/charset.h"
#include "samling/mem.h"

#include <stdint.h>
#include <stdlib.h>

/* Scores are tenths of a natural logarithm of a likelihood. */
enum {
    CLOSE = 40, /* the next best is worth showing: it is right once in fifty times */
    NO_LETTER = -160,
    UNUSUAL_LETTER = -80,
    UNUSUAL_MARK = -105,
};

/* The first that is best wins, so of sets that agree the commonest is named. ISO-8859-1 is not
 * here: where it has letters Windows-1252 has the same. */
static const struct {
    const char *name;
    int prior;
} sets[GUESS_SETS] = {
    {"windows-1252", 0}, {"macintosh", -20}, {"IBM850", -25}, {"ISO-8859-15", -25}};

/* How often these stand among the letters and marks beyond ASCII in Norwegian lists of people,
 * with what Sámi, Swedish, Danish, German, Polish and French names bring. */
static const struct {
    uint16_t letter;
    short score;
} usual[] = {
    {0xF8, -11} /* ø */,   {0xE5, -14} /* å */,   {0xE6, -22} /* æ */,   {0xD8, -26} /* Ø */,
    {0xC5, -26} /* Å */,   {0xC6, -42} /* Æ */,   {0xE9, -32} /* é */,   {0xF6, -36} /* ö */,
    {0xE4, -40} /* ä */,   {0xFC, -40} /* ü */,   {0xE1, -43} /* á */,   {0xF3, -48} /* ó */,
    {0xE8, -50} /* è */,   {0xEB, -55} /* ë */,   {0xED, -55} /* í */,   {0xF1, -58} /* ñ */,
    {0xF2, -55} /* ò */,   {0xF4, -55} /* ô */,   {0xEA, -58} /* ê */,   {0xE7, -58} /* ç */,
    {0xEF, -60} /* ï */,   {0xDF, -65} /* ß */,   {0xFA, -60} /* ú */,   {0xE0, -62} /* à */,
    {0xE2, -66} /* â */,   {0xFE, -70} /* þ */,   {0xF0, -66} /* ð */,   {0xFD, -66} /* ý */,
    {0x161, -58} /* š */,  {0x17E, -60} /* ž */,  {0x160, -64} /* Š */,  {0x17D, -66} /* Ž */,
    {0xD6, -50} /* Ö */,   {0xC4, -58} /* Ä */,   {0xDC, -60} /* Ü */,   {0xC9, -60} /* É */,
    {0xC1, -54} /* Á */,   {0xDE, -70} /* Þ */,   {0xEE, -66} /* î */,   {0xF5, -72} /* õ */,
    {0xE3, -72} /* ã */,   {0xF9, -74} /* ù */,   {0xFB, -70} /* û */,   {0xEC, -74} /* ì */,
    {0x2013, -45} /* – */, {0x2019, -56} /* ’ */, {0xA0, -45},           {0x20AC, -65} /* € */,
    {0xAB, -52} /* « */,   {0xBB, -52} /* » */,   {0x201C, -58} /* “ */, {0x201D, -52} /* ” */,
    {0x2014, -68} /* — */, {0x2018, -66} /* ‘ */, {0x2026, -64} /* … */, {0x2022, -60} /* • */,
    {0xA7, -68} /* § */,   {0xB0, -70} /* ° */,   {0xB4, -80} /* ´ */,   {0xBD, -76} /* ½ */,
    {0x201E, -70} /* „ */, {0xB7, -74} /* · */,
};

enum kind { GAP, DIGIT, LOWER, UPPER, MARK, WRONG };

struct guess_sets {
    struct {
        unsigned char kind[256]; /* enum kind */
        short score[256];
        uint32_t letter[256];
    } set[GUESS_SETS];
};

/* ---- The letters of a set -------------------------------------------------------------------- */

static enum kind kind_of(uint32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z'   ? LOWER
               : c >= 'A' && c <= 'Z' ? UPPER
               : c >= '0' && c <= '9' ? DIGIT
                                      : GAP;
    /* Sets leave C1 controls where they have no letter. */
    if (c < 0xA0 || c == 0xFFFD)
        return WRONG;
    if (c == 0xA0)
        return GAP;
    if (c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7)
        return c >= 0xDF ? LOWER : UPPER;
    if (c == 0x153 || c == 0x161 || c == 0x17E || c == 0x131)
        return LOWER;
    return c == 0x152 || c == 0x160 || c == 0x17D || c == 0x178 ? UPPER : MARK;
}

static short score_of(uint32_t c, enum kind kind)
{
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (usual[i].letter == c)
            return usual[i].score;
    return kind == WRONG ? NO_LETTER : kind == MARK ? UNUSUAL_MARK : UNUSUAL_LETTER;
}

static struct guess_sets *learn_sets(void)
{
    struct guess_sets *g = mem_alloc(sizeof *g);
    for (size_t i = 0; i < GUESS_SETS; i++) {
        bool known = charset_table(sets[i].name, g->set[i].letter);
        for (unsigned b = 0; b < 256; b++) {
            uint32_t c = known || b < 0x80 ? g->set[i].letter[b] : 0xFFFD;
            enum kind kind = kind_of(c);
            g->set[i].letter[b] = c;
            g->set[i].kind[b] = (unsigned char)kind;
            g->set[i].score[b] = score_of(c, kind);
        }
    }
    return g;
}

/* ---- Where they stand ------------------------------------------------------------------------ */

/* Two neighbours, one of them high at least. */
static int weigh_pair(enum kind a, enum kind b)
{
    static const signed char pairs[4][4] = {
        [GAP] = {[LOWER] = -20},
        [DIGIT] = {[LOWER] = -30, [UPPER] = -20},
        [LOWER] = {[DIGIT] = -30, [UPPER] = -60},
        [UPPER] = {[DIGIT] = -20, [UPPER] = -6},
    };
    return a > UPPER || b > UPPER ? 0 : pairs[a][b];
}

static bool is_letter(enum kind k)
{
    return k == LOWER || k == UPPER;
}

/* A mark within a word is hardly ever meant, but for the apostrophe; others stand on the side of
 * a word that is theirs. */
static int weigh_mark(enum kind before, uint32_t mark, enum kind after)
{
    bool left = is_letter(before), right = is_letter(after);
    if (left && right)
        return mark == 0x2019 || mark == 0xB4 ? -15 : -70;
    switch (mark) {
    case 0xAB:
    case 0x201C:
    case 0x2018:
    case 0x201E: return left ? -25 : 0;
    case 0xBB:
    case 0x201D:
    case 0x2019:
    case 0x2026: return right ? -25 : 0;
    default: return left || right ? -25 : 0;
    }
}

static int weigh_byte(const struct guess_sets *g, size_t set, const unsigned char *s, size_t n,
                      size_t i)
{
    const unsigned char *kind = g->set[set].kind;
    enum kind k = kind[s[i]], before = i > 0 ? kind[s[i - 1]] : GAP;
    enum kind after = i + 1 < n ? kind[s[i + 1]] : GAP;
    int score = g->set[set].score[s[i]] + weigh_pair(before, k);
    /* Of two high neighbours the second has weighed the pair. */
    if (i + 1 < n && s[i + 1] < 0x80)
        score += weigh_pair(k, after);
    if (k == MARK)
        score += weigh_mark(before, g->set[set].letter[s[i]], after);
    /* BJù for BJÅ, GÅnther for Günther. */
    if (k == LOWER && before == UPPER && i > 1 && kind[s[i - 2]] == UPPER)
        score -= 30;
    if (k == UPPER && before == UPPER && after == LOWER)
        score -= 30;
    return score;
}

void guess_add(struct guess *g, const char *text, size_t n)
{
    const unsigned char *s = (const unsigned char *)text;
    if (!g->sets)
        g->sets = learn_sets();
    for (size_t i = 0; i < n; i++) {
        if (s[i] < 0x80)
            continue;
        g->weighed++;
        g->seen[s[i]] = true;
        for (size_t set = 0; set < GUESS_SETS; set++)
            g->score[set] += weigh_byte(g->sets, set, s, n, i);
    }
}

/* ---- Deciding -------------------------------------------------------------------------------- */

static bool same_letters(const struct guess *g, size_t a, size_t b)
{
    for (unsigned i = 0x80; i < 256; i++)
        if (g->seen[i] && g->sets->set[a].letter[i] != g->sets->set[b].letter[i])
            return false;
    return true;
}

static long total(const struct guess *g, size_t set)
{
    return g->score[set] + sets[set].prior;
}

const char *guess_name(const struct guess *g, const char **rival)
{
    size_t best = 0;
    *rival = NULL;
    if (!g->sets)
        return sets[0].name;
    for (size_t i = 1; i < GUESS_SETS; i++)
        if (total(g, i) > total(g, best))
            best = i;
    long next = total(g, best) - CLOSE;
    for (size_t i = 0; i < GUESS_SETS; i++)
        if (i != best && total(g, i) > next && !same_letters(g, i, best)) {
            next = total(g, i);
            *rival = sets[i].name;
        }
    return sets[best].name;
}

void guess_free(struct guess *g)
{
    free(g->sets);
    *g = (struct guess){0};
}
