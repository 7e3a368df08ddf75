#include "config.h"

#include "furniture.h"

#include <ctype.h>
#include <string.h>

#include "samling/buf.h"
#include "samling/text.h"

#include "content.h"

/* ---- words ----------------------------------------------------------------------------------- */

/* `list` has a space before and after each word. */
static bool listed(const char *list, const char *word, size_t len)
{
    for (const char *p = list; (p = strchr(p, ' ')) != NULL; p++)
        if (strncmp(p + 1, word, len) == 0 && p[1 + len] == ' ')
            return true;
    return false;
}

/* Does the folded text begin with these words, as whole ones? */
static bool begins(const char *folded, const char *words)
{
    size_t n = strlen(words);
    return strncmp(folded, words, n) == 0 && (folded[n] == ' ' || !folded[n]);
}

static bool has_letter(const char *s)
{
    for (; *s; s++)
        if (isalpha((unsigned char)*s) || (unsigned char)*s >= 0xC3)
            return true;
    return false;
}

static bool has_digit(const char *s)
{
    return strpbrk(s, "0123456789") != NULL;
}

/* ---- the header once more -------------------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
    struct buf fa = {0}, fb = {0};
    /* Folding takes time, and most cells begin with another letter. */
    if (isalpha((unsigned char)*a) && isalpha((unsigned char)*b) &&
        tolower((unsigned char)*a) != tolower((unsigned char)*b))
        return false;
    text_fold_match(&fa, a);
    text_fold_match(&fb, b);
    bool same = fa.len || fb.len ? strcmp(buf_str(&fa), buf_str(&fb)) == 0 : strcmp(a, b) == 0;
    buf_free(&fa);
    buf_free(&fb);
    return same;
}

/* All cells are the headings of their columns; of a long header one may have been cut or mended. */
static bool is_header_again(const struct mapping *m, const struct row *row)
{
    size_t same = 0, filled = 0, headings = 0;
    if (!m->header_line)
        return false;
    for (size_t i = 0; i < row->n; i++) {
        if (!*row->field[i])
            continue;
        filled++;
        same += i < m->ncolumns && *m->heading[i] && same_text(row->field[i], m->heading[i]);
        /* Most rows are told by their first cells. */
        if (filled == 2 && !same)
            return false;
    }
    for (size_t i = 0; i < m->ncolumns; i++)
        headings += *m->heading[i] != '\0';
    if (filled == 1)
        return same == 1 && headings == 1;
    return same == filled || (same >= 3 && same + 1 == filled);
}

/* ---- totals ---------------------------------------------------------------------------------- */

/* A count or an amount, but not a phone number. */
static bool is_count(const char *s)
{
    size_t digits = 0;
    for (; *s; s++) {
        if (isdigit((unsigned char)*s))
            digits++;
        else if (strncmp(s, "\xC2\xA0", 2) == 0)
            s++;
        else if (!strchr(" .,%-+", *s))
            return false;
    }
    return digits > 0 && digits < 8;
}

static const char sum_words[] = " sum summen total totalt totalsum ialt tilsammen antall antal "
                                "totalantall subtotal delsum totalen summa ";
static const char counted_words[] =
    " deltakere deltakarar deltakar deltaker deltagere deltager personer personar person paameldte "
    "paamelde paameldingar paameldinger ansatte tilsette navn namn barnehager barnehagar rader "
    "radar "
    "rad stk oppmoette frammoette moett moette medlemmer medlemmar samlinger samlingar kommuner "
    "kommunar participants people persons rows entries registered kvinner menn ";
static const char between_words[] =
    " sum total totalt antall antal talet tal paa av i alt til sammen stede stades "
    "of number er and og med for paa listen lista ";

/* "Totalt", "Antall deltakere: 50", "Sum 12", "50 påmeldte". A word that we do not know makes it a
 * name, unless a number follows a colon. */
static bool is_total_label(const char *text)
{
    struct buf folded = {0};
    bool sum = false, counted = false, number = false, strange = false;
    text_fold_match(&folded, text);
    const char *f = buf_str(&folded);
    sum = begins(f, "i alt") || begins(f, "til sammen") || begins(f, "samlet antall") ||
          begins(f, "samla tal") || begins(f, "talet paa") || begins(f, "tal paa") ||
          begins(f, "grand total") || begins(f, "number of");
    for (const char *p = f; *p; p += strcspn(p, " "), p += *p == ' ') {
        size_t n = strcspn(p, " ");
        bool first = p == f;
        if (strspn(p, "0123456789") == n)
            number = true;
        else if (first && listed(sum_words, p, n))
            sum = true;
        else if (listed(counted_words, p, n))
            counted = true;
        else if (!listed(between_words, p, n) && !(first && sum) && !begins(p, "samlet"))
            strange = true;
    }
    buf_free(&folded);
    if (sum && strange)
        return number && strchr(text, ':');
    return sum || (counted && number && !strange);
}

/* Folding takes time, and there are many rows. */
static bool may_be_total(const char *s)
{
    static const char *const starts[] = {"sum", "tot", "i al", "ialt", "til",  "ant",
                                         "tal", "sub", "dels", "saml", "gran", "numb"};
    s += strspn(s, " *-=");
    if (isdigit((unsigned char)*s))
        return true;
    if (!*s || !strchr("stiagdnSTIAGDN", *s))
        return false;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncasecmp(s, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

static bool is_total(const struct row *row)
{
    size_t labels = 0;
    for (size_t i = 0; i < row->n; i++) {
        const char *s = row->field[i];
        if (!*s || is_count(s))
            continue;
        if (!may_be_total(s) || strlen(s) > 100 || !is_total_label(s))
            return false;
        labels++;
    }
    return labels > 0;
}

/* ---- notes ----------------------------------------------------------------------------------- */

/* Only dates, times, strokes and the like: "---", "21.11.2026 14:02". A phone number is none. */
static bool is_no_words(const char *s)
{
    if (has_letter(s))
        return false;
    return !has_digit(s) || (content_look(s) & LOOKS_DATE);
}

/* What a program prints at the foot. No name begins so. */
static bool is_imprint(const char *folded)
{
    static const char *const starts[] = {
        "utskrift",       "utskrevet",         "utskriftsdato",  "utskreve",
        "skrevet ut",     "skreve ut",         "sist oppdatert", "sist oppdatera",
        "sist endret",    "sist endra",        "sist lagret",    "oppdatert",
        "eksportert",     "exported",          "generert",       "generated",
        "printed",        "last updated",      "last changed",   "laget av",
        "laga av",        "utarbeidet av",     "utarbeida av",   "slutt på",
        "slutt paa",      "merk at",           "merk dette",     "obs at",
        "nb at",          "vennlig hilsen",    "med vennlig",    "med venleg",
        "med hilsen",     "med helsing",       "venleg helsing", "beste hilsen",
        "ta kontakt",     "siste oppdatering", "listen er",      "lista er",
        "denne listen",   "denne lista",       "rapporten er",   "for spoersmaal",
        "ved spoersmaal", "paameldingsfrist",  "frist for"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (begins(folded, starts[i]))
            return true;
    return false;
}

/* "Merk: …" and "NB! …" are notes, but Merk is a family name too. */
static bool is_remark(const char *text, const char *folded)
{
    static const char *const starts[] = {"merk",    "merknad",   "nb",         "obs",    "ps",
                                         "kilde",   "kjelde",    "source",     "note",   "dato",
                                         "kontakt", "rapport",   "husk",       "viktig", "info",
                                         "frist",   "kommentar", "forklaring", "filter"};
    size_t n = strcspn(folded, " ");
    const char *after = text + strspn(text, "( ");
    after += strcspn(after, " :!");
    if (!*after || !strchr(":!", *after))
        return false;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strlen(starts[i]) == n && strncmp(folded, starts[i], n) == 0)
            return true;
    return false;
}

/* "Side 1 av 3", "Page 2" */
static bool is_page(const char *folded)
{
    size_t n = begins(folded, "side") || begins(folded, "page") ? 4 : 0;
    return n && folded[n] && isdigit((unsigned char)folded[n + 1]) &&
           strspn(folded + n, " 0123456789avof/") == strlen(folded + n);
}

/* "Deltakerliste BIM 2026": what the table is, again. */
static bool is_title(const char *folded)
{
    static const char list[] =
        " deltakerliste deltakarliste deltakerlista deltakarlista deltagerliste "
        "paameldingsliste paameldingslista venteliste ventelista "
        "navneliste namneliste adresseliste oppmoeteliste frammoeteliste "
        "deltakeroversikt deltakaroversikt oversikt ";
    return listed(list, folded, strcspn(folded, " "));
}

static const char function_words[] =
    " er som skal kan maa ikke ikkje paa til med fra fraa ved for denne dette disse har blir vert "
    "bli "
    "vil om den det de at eller innen innan etter foer under mer meir alle is are the this with be "
    "not will ";

/* "Listen er foreløpig og kan endres": the second word is small, and there are more words that
 * bind than any name has. Whoever begins with a given name is a person with a remark. */
static bool is_sentence(const char *text, const char *folded)
{
    size_t words = 0, binding = 0;
    const char *second = strchr(text, ' ');
    if (!second || isupper((unsigned char)second[1]) || (unsigned char)second[1] >= 0x80)
        return false;
    for (const char *p = folded; *p; p += strcspn(p, " "), p += *p == ' ') {
        binding += listed(function_words, p, strcspn(p, " "));
        words++;
    }
    return words >= 4 && binding >= 2;
}

/* Over the next people: where they work. */
static bool is_section(const char *text)
{
    return (content_look(text) & LOOKS_WORKPLACE) && !content_begins_with_given_name(text);
}

static bool is_note_text(const struct targets *t, const char *text)
{
    struct buf folded = {0};
    bool is = text[0] == '*' || is_no_words(text);
    if (!is && !content_begins_with_given_name(text)) {
        text_fold_match(&folded, text);
        const char *f = buf_str(&folded);
        is = is_imprint(f) || is_remark(text, f) || is_page(f);
        /* A title of a gathering can be a whole sentence. */
        if (!is && t->of_people)
            is = is_title(f) || is_sentence(text, f) || is_section(text);
    }
    buf_free(&folded);
    return is;
}

static bool is_note(const struct mapping *m, const struct targets *t, const struct row *row)
{
    const char *only = NULL;
    if (m->ncolumns < 3)
        return false;
    for (size_t i = 0; i < row->n; i++) {
        if (!*row->field[i])
            continue;
        if (only)
            return false;
        only = row->field[i];
    }
    return only && !(content_look(only) & (LOOKS_EMAIL | LOOKS_PHONE)) && is_note_text(t, only);
}

/* ---- in place of a name ---------------------------------------------------------------------- */

/* A row with an address or a number to call is somebody's, whatever stands for the name. */
static bool has_contact(const struct row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (strpbrk(row->field[i], "@0123456789") &&
            (strchr(row->field[i], '@') || (content_look(row->field[i]) & LOOKS_PHONE)))
            return true;
    return false;
}

static const char *cell_of(const struct mapping *m, const struct row *row, int target)
{
    for (size_t i = 0; i < m->nused; i++)
        if (m->target[m->used[i]] == target && m->used[i] < row->n && *row->field[m->used[i]])
            return row->field[m->used[i]];
    return "";
}

/* Folding takes time, and there are many names. */
static bool may_stand_for_name(const char *s)
{
    static const char *const starts[] = {"n.", "nn",  "n n", "ukj", "led",  "vik",   "vak", "ube",
                                         "tb", "t.b", "se ", "avm", "pulj", "grupp", "ikk"};
    s += strspn(s, "(-* ");
    if (isdigit((unsigned char)*s))
        return true;
    if (!*s || !strchr("nulvtsapgiNULVTSAPGI", *s))
        return false;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncasecmp(s, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

/* "Pulje 2", "Gruppe B" */
static bool is_group(const char *folded)
{
    size_t n = begins(folded, "pulje") ? 5 : begins(folded, "gruppe") ? 6 : 0;
    const char *which = folded + n + 1;
    if (!n || !folded[n] || strchr(which, ' '))
        return false;
    return which[strspn(which, "0123456789")] == '\0' || !which[1];
}

static bool stands_for_name(const char *folded, bool alone)
{
    static const char *const words[] = {"n n",
                                        "nn",
                                        "ukjent",
                                        "ukjend",
                                        "ukjent navn",
                                        "ledig",
                                        "ledig plass",
                                        "ledige plasser",
                                        "ledig stilling",
                                        "ubesatt",
                                        "vakant",
                                        "vikar",
                                        "tba",
                                        "t b a",
                                        "tbd",
                                        "t b d",
                                        "se vedlegg",
                                        "avmeldte",
                                        "avmelde",
                                        "ikke moett",
                                        "ikkje moett"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(folded, words[i]) == 0)
            return true;
    if (alone && is_group(folded))
        return true;
    return false;
}

static bool is_placeholder(const struct mapping *m, const struct row *row)
{
    const char *name = cell_of(m, row, TO_NAME), *family = "";
    size_t filled = 0;
    if (!*name) {
        name = cell_of(m, row, TO_GIVEN_NAME);
        family = cell_of(m, row, TO_FAMILY_NAME);
        if (!*name) {
            name = family;
            family = "";
        }
    }
    /* In a list of ours somebody can be called anything. */
    if (*cell_of(m, row, TO_ID) || !may_stand_for_name(name) ||
        strlen(name) + strlen(family) > 30 || has_contact(row))
        return false;
    for (size_t i = 0; i < row->n; i++)
        filled += *row->field[i] != '\0';
    struct buf whole = {0}, folded = {0};
    buf_addf(&whole, "%s %s", name, family);
    text_fold_match(&folded, whole.s);
    bool is = stands_for_name(buf_str(&folded), filled == 1) ||
              whole.s[strspn(whole.s, "0123456789 ")] == '\0';
    buf_free(&whole);
    buf_free(&folded);
    return is;
}

/* ---- the whole ------------------------------------------------------------------------------- */

enum furniture furniture_of(const struct mapping *m, const struct targets *t, const struct row *row)
{
    if (is_header_again(m, row))
        return ROW_HEADER_AGAIN;
    if (is_total(row))
        return ROW_TOTAL;
    if (t->of_people && is_placeholder(m, row))
        return ROW_PLACEHOLDER;
    return is_note(m, t, row) ? ROW_NOTE : ROW_OF_TABLE;
}
