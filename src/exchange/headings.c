#include "config.h"

#include "headings.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/listing.h"
#include "samling/mem.h"
#include "samling/text.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- labels in the other languages ----------------------------------------------------------- */

/* A list that one adviser exported in bokmål another reads in nynorsk. These are the labels of
 * listings and fields as share/po has them; a test compares. */
static const struct {
    const char *label, *forms;
} labels[] = {
    {"No.", "Nr."},
    {"Plan", "Plan"},
    {"Register by", "Påmeldingsfrist"},
    {"Waiting", "Venter|Ventar"},
    {"Invited", "Invitert"},
    {"Name", "Navn|Namn"},
    {"Full name", "Fullt navn|Fullt namn"},
    {"Given name", "Fornavn|Førenamn"},
    {"Family name", "Etternavn|Etternamn"},
    {"E-mail", "E-post"},
    {"Phone", "Telefon"},
    {"Organisation", "Organisasjon"},
    {"Municipality", "Kommune"},
    {"Position", "Stilling"},
    {"Kind", "Slag"},
    {"Ownership", "Eierform|Eigarform"},
    {"Org. no.", "Org.nr."},
    {"Organisation number", "Organisasjonsnummer"},
    {"Belongs to", "Tilhører|Høyrer til"},
    {"Address", "Adresse"},
    {"Note", "Merknad"},
    {"Code", "Kode"},
    {"Offering", "Tilbud|Tilbod"},
    {"Title", "Tittel"},
    {"Area", "Område"},
    {"Programme area", "Programområde"},
    {"Status", "Status"},
    {"From", "Fra|Frå"},
    {"Until", "Til"},
    {"Contact", "Kontakt"},
    {"Organiser", "Arrangør"},
    {"Reference", "Referanse"},
    {"Organisations", "Organisasjoner|Organisasjonar"},
    {"People", "Personer|Personar"},
    {"Gatherings", "Samlinger|Samlingar"},
    {"Cohort", "Pulje"},
    {"Number", "Nummer"},
    {"Level", "Nivå"},
    {"Starts", "Start"},
    {"Ends", "Slutt"},
    {"Place", "Sted|Stad"},
    {"Present", "Til stede|Til stades"},
    {"Role", "Rolle"},
    {"Attendance", "Oppmøte|Frammøte"},
    {"So far", "Hittil"},
    {"Person no.", "Person-ID|Personnr."},
};

static const char *forms_of(const char *label)
{
    for (size_t i = 0; i < COUNT(labels); i++)
        if (strcmp(labels[i].label, label) == 0)
            return labels[i].forms;
    return NULL;
}

/* ---- folded words ---------------------------------------------------------------------------- */

/* Entries are separated by |; is `words` one of them, as it stands? */
static bool is_entry(const char *entries, const char *words)
{
    size_t len = strlen(words);
    for (const char *e = entries; e && *e;) {
        size_t n = strcspn(e, "|");
        if (n == len && strncmp(e, words, n) == 0)
            return true;
        e += n + (e[n] == '|');
    }
    return false;
}

/* Where in the folded text the first of the entries stands, as whole words; -1. */
static long find_words(const char *entries, const char *text)
{
    long best = -1;
    for (const char *e = entries; *e;) {
        size_t n = strcspn(e, "|");
        for (const char *p = text; *p; p += strcspn(p, " "), p += *p == ' ') {
            if (strncmp(p, e, n) == 0 && (p[n] == ' ' || !p[n]) && (best < 0 || p - text < best))
                best = p - text;
        }
        e += n + (e[n] == '|');
    }
    return best;
}

static bool has_words(const char *entries, const char *text)
{
    return find_words(entries, text) >= 0;
}

/* "(obligatorisk)" and the like. */
static void drop_brackets(const char *text, struct buf *out)
{
    int depth = 0;
    for (; *text; text++) {
        if (*text == '(' || *text == '[')
            depth++;
        else if ((*text == ')' || *text == ']') && depth)
            depth--;
        else if (!depth)
            buf_addc(out, *text);
    }
}

/* "1. Navn", "2) E-post", "3a. Telefon" */
static const char *after_number(const char *text)
{
    size_t n = strspn(text, "0123456789");
    if (!n)
        return text;
    n += isalpha((unsigned char)text[n]) && text[n + 1] && strchr(".):", text[n + 1]);
    if (!text[n] || !strchr(".):-", text[n]))
        return text;
    n++;
    n += strspn(text + n, " .");
    return text[n] ? text + n : text;
}

void heading_fold(struct buf *out, const char *text)
{
    struct buf outside = {0};
    text = after_number(text);
    drop_brackets(text, &outside);
    size_t before = out->len;
    text_fold_match(out, buf_str(&outside));
    if (out->len == before)
        text_fold_match(out, text);
    buf_free(&outside);
}

/* Words that say whose or which, but not what. */
static const char padding[] =
    "din|ditt|dine|min|mitt|your|my|deres|dykkar|jobb|arbeid|privat|private|work|"
    "obligatorisk|paakrevd|required|valgfri|valgfritt|valfri|valfritt|frivillig|optional|"
    "fyll inn|skriv inn|oppgi|oppgje";

/* Without padding, and without a number behind ("Telefon 2"). Empty when nothing is left. */
static void essence(const char *folded, struct buf *out)
{
    buf_clear(out);
    for (const char *p = folded; *p;) {
        size_t n = strcspn(p, " ");
        char *word = mem_strndup(p, n);
        bool number = strspn(word, "0123456789") == n;
        if (!is_entry(padding, word) && !(number && !p[n])) {
            if (out->len)
                buf_addc(out, ' ');
            buf_addn(out, p, n);
        }
        free(word);
        p += n + (p[n] == ' ');
    }
}

/* ---- synonyms -------------------------------------------------------------------------------- */

struct synonym {
    char *folded;
    int target, rank;
};

/* Of one kind of import. */
struct synonyms {
    struct synonym *s;
    size_t n, cap;
};

/* What is there already keeps its meaning. */
static void add_synonyms(struct synonyms *all, const char *words, int target, int rank)
{
    for (const char *w = words; w && *w;) {
        size_t n = strcspn(w, "|");
        char *word = mem_strndup(w, n);
        struct buf folded = {0};
        bool there = false;
        text_fold_match(&folded, word);
        free(word);
        for (size_t i = 0; i < all->n && !there; i++)
            there = strcmp(all->s[i].folded, buf_str(&folded)) == 0;
        if (!there && folded.len) {
            all->s = mem_grow(all->s, &all->cap, all->n + 1, sizeof *all->s);
            all->s[all->n++] = (struct synonym){buf_take(&folded), target, rank};
        }
        buf_free(&folded);
        w += n + (w[n] == '|');
    }
}

static bool borrows_rules(const struct targets *t, int target)
{
    return target == t->id_target || target == t->ref_target ||
           (t->of_people && (target == TO_NAME || target == TO_MIDDLE_NAME));
}

static const struct synonyms *synonyms_of(const struct targets *t)
{
    static struct synonyms all[IMPORT_KINDS];
    struct synonyms *s = &all[t->kind];
    if (s->n)
        return s;
    /* What a target says of itself counts before the synonyms that its field shares with others. */
    for (size_t i = 0; i < t->n; i++) {
        const struct target *to = &t->target[i];
        if (!to->name || (int)i == t->id_target)
            continue;
        add_synonyms(s, to->name, (int)i, 0);
        add_synonyms(s, to->label, (int)i, 0);
        add_synonyms(s, forms_of(to->label), (int)i, 0);
        add_synonyms(s, to->headings, (int)i, 1);
    }
    for (size_t i = 0; i < t->n; i++)
        if (t->target[i].name && !borrows_rules(t, (int)i)) {
            add_synonyms(s, t->target[i].field->label, (int)i, 1);
            add_synonyms(s, forms_of(t->target[i].field->label), (int)i, 1);
            add_synonyms(s, t->target[i].field->headings, (int)i, 1);
        }
    return s;
}

static const struct synonym *find_synonym(const struct targets *t, const char *folded)
{
    const struct synonyms *all = synonyms_of(t);
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(all->s[i].folded, folded) == 0)
            return &all->s[i];
    return NULL;
}

/* ---- headings of no field -------------------------------------------------------------------- */

static const char identity_words[] =
    "foedselsnummer|foedselsnummeret|foedselsnr|foedselnr|foedselnummer|"
    "foedsels og personnummer|foedsels og personnr|personnummer|personnummeret|personnr|"
    "person nr|person nummer|fnr|f nr|dnr|dnummer|d nummer|d nr|ssn|national id|"
    "national identity number|national id number|social security number|identitetsnummer|"
    "personident|personidentifikator|nin";

static const char birth_words[] =
    "foedselsdato|foedselsdag|foedselsaar|foedd|foedt|foedt dato|date of birth|birth date|"
    "birthdate|birthday|dob|foedselsdatoen";

/* What forms write by themselves. */
static const char form_words[] =
    "timestamp|tidsmerke|tidsmerkje|tidsstempel|score|poengsum|poengsummar|total points|"
    "poeng|quiz feedback|tilbakemelding om testen|start time|starttid|starttidspunkt|"
    "completion time|fullfoeringstid|fullfoeringstidspunkt|fullfoert tid|sluttid|"
    "sluttidspunkt|last modified time|klokkeslett for siste endring|"
    "tidspunkt for siste endring|siste endring|sist endret|sist endra|grade posted time|"
    "submission id|answer time ms|created|opprettet|oppretta|levert|innsendt|"
    "innsendingstidspunkt|svartidspunkt|submitted|submitted at|submission date|"
    "date submitted|svar id|svarid|response id|respondent id|respondentid|respid|respondent|"
    "collector id|collectorid|ip address|ip adresse|statcreation|statdistribution|statsome|"
    "statcompleted|statoverall|statend|closedtime|modified|difftime|responsecreationmethod|"
    "numberofreturnedmail|importgroup|distributionschedule|intervnr|language|spraak|"
    "start date|end date|entry id|user agent|network id";

/* Numbers of rows, and what stands in front of rejects. */
static const char running_words[] =
    "id|nr|no|lnr|loepenr|loepenummer|rad|radnr|radnummer|linje|linjenr|line|reason|row|"
    "number|antall|nummer|aarsak";
static const char reject_words[] = "line|reason|id";

/* "Kolonne1", "Column 2", "Felt 3", "Unnamed: 0", "F1" */
static bool says_nothing(const char *folded)
{
    static const char *const words[] = {"kolonne", "column", "felt",   "field",     "unnamed",
                                        "f",       "col",    "spalte", "overskrift"};
    if (!*folded || strspn(folded, "0123456789 ") == strlen(folded))
        return true;
    for (size_t i = 0; i < COUNT(words); i++) {
        size_t n = strlen(words[i]);
        if (strncmp(folded, words[i], n) == 0 &&
            strspn(folded + n, "0123456789 ") == strlen(folded + n))
            return folded[n] || n > 1;
    }
    return false;
}

static bool is_of_form(const struct targets *t, const char *folded)
{
    struct buf bare = {0};
    essence(folded, &bare);
    bool is = t->of_people || t->kind == IMPORT_ORGANISATIONS
                  ? is_entry(form_words, buf_str(&bare)) || is_entry(running_words, buf_str(&bare))
                  : is_entry("timestamp|tidsmerke|tidsmerkje", folded);
    is = is || is_entry(reject_words, folded);
    buf_free(&bare);
    return is;
}

/* ---- questions ------------------------------------------------------------------------------- */

enum key {
    KEY_GIVEN,
    KEY_FAMILY,
    KEY_EMAIL,
    KEY_PHONE,
    KEY_MUNICIPALITY,
    KEY_ORGANISATION,
    KEY_POSITION,
    KEY_ROLE,
    KEY_NOTE,
    KEY_NAME,
    KEY_GENITIVE, /* of an organisation: "barnehagens" */
    KEY_OTHERS,   /* of somebody else: "leders" */
    KEY_COUNT
};

static const char *const key_words[KEY_COUNT] = {
    [KEY_GIVEN] = "fornavn|fornavnet|fornamn|foerenamn|foerenamnet|first name|given name",
    [KEY_FAMILY] = "etternavn|etternavnet|etternamn|etternamnet|last name|surname|family name",
    [KEY_EMAIL] =
        "epost|e post|eposten|e posten|epostadresse|e postadresse|epostadressen|e postadressen|"
        "epostadressa|e postadressa|email|e mail|mail|mailen|mailadresse|mailadressen|mailadressa",
    [KEY_PHONE] =
        "telefon|telefonen|tlf|mobil|mobilen|mobilnummer|mobilnummeret|mobilnr|telefonnummer|"
        "telefonnummeret|telefonnr|mobiltelefon|mobiltlf|phone|mobile|cell phone",
    [KEY_MUNICIPALITY] =
        "kommune|kommunen|kommuna|kommunenr|kommunenummer|kommunenavn|kommunenamn|municipality",
    [KEY_ORGANISATION] =
        "barnehage|barnehagen|barnehagenavn|barnehagenamn|arbeidssted|arbeidsstedet|arbeidsstad|"
        "arbeidsstaden|arbeidsplass|arbeidsplassen|enhet|enheten|eining|eininga|virksomhet|"
        "virksomheten|verksemd|verksemda|organisasjon|organisasjonen|skole|skolen|skule|skulen|"
        "kindergarten|workplace|bhg|hvor jobber du|hvor arbeider du|kor jobbar du|kvar jobbar du|"
        "kvar arbeider du|kor arbeider du|where do you work|where you work",
    [KEY_POSITION] = "stilling|stillingen|stillinga|stillingstittel|jobbtittel|tittel|yrke|yrket|"
                     "jobber du som|jobbar du som|job title|position|arbeider du som",
    [KEY_ROLE] = "rolle|rollen|rolla|funksjon|funksjonen|role",
    [KEY_NOTE] = "kommentar|kommentarer|kommentarar|merknad|merknader|merknadar|comment|comments",
    [KEY_NAME] = "navn|navnet|namn|namnet|name|names|heter du|heiter du|hva heter|kva heiter",
    [KEY_GENITIVE] =
        "barnehagens|barnehagas|kommunens|virksomhetens|enhetens|skolens|arbeidsstedets|"
        "organisasjonens",
    [KEY_OTHERS] =
        "leder|leders|lederen|lederens|leiar|leiars|leiaren|leiarens|styrer|styrers|styreren|"
        "styrerens|styrar|styrars|styraren|naermeste|nestleder|overordnet|overordna|faktura|"
        "fakturamottaker|foresatt|foresatte|foresattes|foreldre|paaroerende|paaroerandes|"
        "kontaktperson|kontaktpersonen|kontaktpersonens|arbeidsgiver|arbeidsgivers|arbeidsgivar|"
        "kollega|manager|supervisor|invoice|barnet|barnets|barn",
};

/* Two things asked for in one cell: "Navn og e-post". */
static bool asks_for_several(const long *at, const char *folded)
{
    size_t things = 0;
    bool names = at[KEY_GIVEN] >= 0 || at[KEY_FAMILY] >= 0 || at[KEY_NAME] >= 0;
    for (int k = KEY_EMAIL; k <= KEY_NOTE; k++)
        things += at[k] >= 0;
    return things + names > 1 && has_words("og|and|samt|eller", folded);
}

/* The one that is asked for, or KEY_COUNT. */
static enum key key_of(const long *at, const char *folded)
{
    bool ours = at[KEY_OTHERS] < 0, owner = at[KEY_ORGANISATION] >= 0 || at[KEY_GENITIVE] >= 0;
    enum key first = KEY_COUNT;
    if (asks_for_several(at, folded))
        return KEY_COUNT;
    for (enum key k = KEY_MUNICIPALITY; k <= KEY_NOTE; k++)
        if (at[k] >= 0 && (first == KEY_COUNT || at[k] < at[first]))
            first = k;
    if (at[KEY_EMAIL] >= 0 || at[KEY_PHONE] >= 0) {
        enum key k = at[KEY_EMAIL] >= 0 ? KEY_EMAIL : KEY_PHONE;
        return !ours || owner ? KEY_OTHERS : k;
    }
    if (at[KEY_GIVEN] >= 0 || at[KEY_FAMILY] >= 0) {
        bool given = at[KEY_GIVEN] >= 0 || has_words("for og|for and", folded);
        return !ours ? KEY_OTHERS : at[KEY_FAMILY] < 0 ? KEY_GIVEN : given ? KEY_NAME : KEY_FAMILY;
    }
    /* "Styrer (navn)" and "Er du styrer?" are about others, or yes and no. */
    if (!ours && (first == KEY_COUNT || at[KEY_OTHERS] < at[first]))
        return KEY_OTHERS;
    if (first == KEY_COUNT && at[KEY_NAME] >= 0)
        return at[KEY_GENITIVE] >= 0 ? KEY_ORGANISATION : ours ? KEY_NAME : KEY_OTHERS;
    return first;
}

static int target_of_key(const struct targets *t, enum key key)
{
    static const int people[KEY_COUNT] = {
        [KEY_GIVEN] = TO_GIVEN_NAME,
        [KEY_FAMILY] = TO_FAMILY_NAME,
        [KEY_EMAIL] = TO_EMAIL,
        [KEY_PHONE] = TO_PHONE,
        [KEY_MUNICIPALITY] = TO_MUNICIPALITY,
        [KEY_ORGANISATION] = TO_ORGANISATION,
        [KEY_POSITION] = TO_POSITION,
        [KEY_ROLE] = TO_ROLE,
        [KEY_NOTE] = TO_NOTE,
        [KEY_NAME] = TO_NAME,
        [KEY_GENITIVE] = -1,
        [KEY_OTHERS] = -1,
    };
    static const char *const organisation[KEY_COUNT] = {
        [KEY_EMAIL] = "email",       [KEY_PHONE] = "phone", [KEY_MUNICIPALITY] = "municipality",
        [KEY_ORGANISATION] = "name", [KEY_NOTE] = "note",   [KEY_NAME] = "name",
    };
    if (key == KEY_COUNT)
        return -1;
    if (t->kind == IMPORT_ORGANISATIONS)
        return organisation[key] ? targets_find(t, organisation[key]) : -1;
    if (!t->of_people)
        return -1;
    if (key == KEY_ROLE && t->kind == IMPORT_PEOPLE)
        return TO_POSITION;
    return people[key] >= 0 && t->target[people[key]].name ? people[key] : -1;
}

static struct heading read_question(const struct targets *t, const char *folded)
{
    struct heading h = {HEADING_UNKNOWN, -1, 0, false};
    long at[KEY_COUNT];
    for (int k = 0; k < KEY_COUNT; k++)
        at[k] = find_words(key_words[k], folded);
    /* An organisation's own e-mail is what an import of organisations is after. */
    if (t->kind == IMPORT_ORGANISATIONS &&
        (at[KEY_EMAIL] >= 0 || at[KEY_PHONE] >= 0 || at[KEY_MUNICIPALITY] >= 0))
        at[KEY_ORGANISATION] = at[KEY_GENITIVE] = -1;
    enum key key = key_of(at, folded);
    h.target = target_of_key(t, key);
    h.kind = key == KEY_OTHERS ? HEADING_OTHERS
             : h.target >= 0   ? HEADING_QUESTION
                               : HEADING_UNKNOWN;
    return h;
}

/* ---- one heading ----------------------------------------------------------------------------- */

/* Which of several columns of one meaning is the better. */
static void set_rank(const struct targets *t, struct heading *h, const char *folded, int rank)
{
    h->rank = 2 * rank;
    if (has_words("privat|private|hjemme|heime", folded))
        h->rank += 20;
    if (t->of_people && h->target == TO_PHONE && (strstr(folded, "mob") || strstr(folded, "cell")))
        h->rank -= 10;
    if (h->target == t->municipality && (strstr(folded, "nr") || strstr(folded, "nummer")))
        h->rank += 5;
    h->only_alone = t->of_people && h->target == TO_ORGANISATION && has_words("avdeling", folded);
}

/* "Navn på deltaker 2" is somebody else than the row's first. */
static bool is_of_second(const char *folded)
{
    bool second = false;
    for (const char *p = folded; *p; p += strcspn(p, " "), p += *p == ' ') {
        int n = strspn(p, "0123456789") == strcspn(p, " ") ? atoi(p) : 0;
        second |= p > folded && n > 1 && n < 100;
    }
    return second &&
           has_words("deltaker|deltakar|deltakers|deltakars|participant|person|ansatt|tilsett|"
                     "medarbeider|medarbeidar",
                     folded);
}

/* What is about people's health is not kept unless somebody says so. */
static const char health_words[] =
    "allergi|allergier|allergiar|matallergi|matallergier|matallergiar|tilrettelegging|"
    "tilrettelegginger|intoleranse|intoleranser|intoleransar|matintoleranse|matintoleranser|"
    "spesielle hensyn|helse|helseopplysninger|helseopplysningar|diett|allergy|allergies|dietary";

struct heading heading_read(const struct targets *t, const char *text)
{
    struct heading h = {HEADING_NOTHING, -1, 0, false};
    struct buf all = {0}, folded = {0}, bare = {0};
    const struct synonym *s;
    /* A heading as long as that is a text. */
    if (strlen(text) > 500)
        return (struct heading){HEADING_UNKNOWN, -1, 0, false};
    text_fold_match(&all, text);
    heading_fold(&folded, text);
    essence(buf_str(&folded), &bare);
    if (has_words(identity_words, buf_str(&all))) {
        h.kind = HEADING_IDENTITY;
    } else if (is_of_second(buf_str(&all))) {
        h.kind = HEADING_OTHERS;
    } else if ((s = find_synonym(t, buf_str(&all))) || (s = find_synonym(t, buf_str(&folded))) ||
               (s = find_synonym(t, buf_str(&bare)))) {
        h = (struct heading){HEADING_FIELD, s->target, 0, false};
        set_rank(t, &h, buf_str(&all), s->rank);
    } else if (is_of_form(t, buf_str(&all))) {
        h.kind = HEADING_FORM;
    } else if (has_words(birth_words, buf_str(&folded))) {
        h.kind = HEADING_BIRTH;
    } else if (!says_nothing(buf_str(&folded))) {
        h = read_question(t, buf_str(&folded));
        set_rank(t, &h, buf_str(&all), 2);
    }
    if (h.target >= 0 && h.target == t->note && has_words(health_words, buf_str(&all)))
        h = (struct heading){HEADING_UNKNOWN, -1, 0, false};
    buf_free(&all);
    buf_free(&folded);
    buf_free(&bare);
    return h;
}

bool heading_is_asking(const char *text)
{
    static const char words[] =
        "navn|namn|navnet|namnet|fornavn|etternavn|fornamn|foerenamn|etternamn|name|telefon|"
        "telefonnummer|mobil|mobilnummer|mobiltelefon|epost|e post|epostadresse|e postadresse|"
        "epostadressen|e postadressen|hva|hvilken|hvilke|hvilket|hvor|kva|kor|kvar|your|ditt|din|"
        "what|which";
    struct buf folded = {0};
    bool is = strpbrk(text, "?*") || (*text && text[strlen(text) - 1] == ':');
    text_fold_match(&folded, text);
    is = is || has_words(words, buf_str(&folded));
    buf_free(&folded);
    return is;
}

bool heading_is_ambiguous(const char *text)
{
    struct buf folded = {0};
    text_fold_match(&folded, text);
    bool is = is_entry("deltaker|deltakar|ansatt|tilsett|participant|tittel|kontaktperson|leder",
                       buf_str(&folded));
    buf_free(&folded);
    return is;
}

/* ---- our own lists --------------------------------------------------------------------------- */

static bool is_label(const struct column *c, const char *heading)
{
    return strcmp(c->label, heading) == 0 || strcmp(lang_tr(c->label), heading) == 0 ||
           (forms_of(c->label) && is_entry(forms_of(c->label), heading));
}

static int column_of(const struct listing *l, const char *heading, bool by_label)
{
    for (size_t i = 0; i < l->ncolumns; i++)
        if (!l->columns[i].screen && (by_label ? is_label(&l->columns[i], heading)
                                               : strcmp(l->columns[i].name, heading) == 0))
            return (int)i;
    return -1;
}

/* The target of a listing's column: what its name says. */
static int target_of_column(const struct targets *t, const struct listing *l,
                            const struct column *c)
{
    /* A roster's row has the person's number beside its own. */
    if (t->of_people && strcmp(l->name, "roster") == 0 && strcmp(c->name, "person") == 0)
        return t->id_target;
    if (strcmp(c->name, "id") == 0)
        return t->id_target;
    for (size_t i = 0; i < t->n; i++)
        if (t->target[i].name && strcmp(t->target[i].name, c->name) == 0)
            return (int)i;
    return strcmp(c->name, "attendance") == 0 && t->kind == IMPORT_ATTENDANCE ? TO_MARK : -1;
}

static enum ours compare(const struct targets *t, const struct listing *l, bool by_label,
                         char *const *heading, size_t n, int *of)
{
    bool seen[LISTING_COLUMNS_MAX] = {false};
    size_t known = 0, all = 0;
    for (size_t i = 0; i < n; i++) {
        of[i] = -1;
        if (!*heading[i] || is_entry("line|reason", heading[i]))
            continue;
        int c = column_of(l, heading[i], by_label);
        if (c < 0 || seen[c])
            return NOT_OURS;
        seen[c] = true;
        known++;
        of[i] = target_of_column(t, l, &l->columns[c]);
    }
    for (size_t i = 0; i < l->ncolumns; i++)
        all += !l->columns[i].screen;
    if (!known)
        return NOT_OURS;
    /* "Nr.;Navn;Kommune" can be anybody's. */
    return !by_label || known == all ? OURS : OURS_IN_PART;
}

enum ours headings_are_ours(const struct targets *t, char *const *heading, size_t n, int *of)
{
    const char *names[] = {t->name, t->of_people ? "people" : NULL, t->of_people ? "roster" : NULL};
    enum ours best = NOT_OURS;
    int *columns = mem_alloc((n + 1) * sizeof *columns);
    for (size_t i = 0; i < COUNT(names); i++) {
        const struct listing *l = names[i] ? listing_by_name(names[i]) : NULL;
        for (int by_label = 0; l && by_label < 2; by_label++) {
            enum ours is = compare(t, l, by_label, heading, n, columns);
            if (is > best) {
                best = is;
                memcpy(of, columns, n * sizeof *of);
            }
        }
    }
    free(columns);
    return best;
}

/* ---- forms ----------------------------------------------------------------------------------- */

enum form headings_form(char *const *heading, size_t n)
{
    bool start = false, end = false, exact = false;
    struct buf folded = {0};
    for (size_t i = 0; i < n; i++) {
        buf_clear(&folded);
        text_fold_match(&folded, heading[i]);
        const char *f = buf_str(&folded);
        start |= is_entry("start time|starttidspunkt|starttid", f);
        end |= is_entry(
            "completion time|fullfoeringstidspunkt|fullfoeringstid|fullfoert tid|sluttidspunkt", f);
        exact |= is_entry("respid|statoverall 1", f);
    }
    buf_free(&folded);
    return start && end ? FORM_MICROSOFT : exact ? FORM_SURVEYXACT : FORM_OTHER;
}
