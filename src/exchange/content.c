#include "config.h"

#include "content.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/nin.h"
#include "samling/record.h"
#include "samling/text.h"

/* ---- words, folded for matching -------------------------------------------------------------- */

/* Of many people's first words; a share of them in a column is enough. */
static const char given_names[] =
    " aase aashild aasmund aasne aasta abdi abdul ada adam adrian agnes agnieszka ahmed aida "
    "aina aisha albert aleksander aleksandra alexander alexandra alf alfred ali alice alina "
    "alma amalie amanda amina amir ana anders andre andrea andreas ane anette anfinn anita "
    "anja ann anna annbjoerg anne annette anni annika anny ante arild arne arnfinn arnhild "
    "arnt arthur arve arvid asbjoern aslak aslaug astri astrid atle aud audhild audun aurora "
    "axel barbara beate benedicte benjamin bente berit bernt birger birgit birgitte birte "
    "bjarne bjoerg bjoern bjoernar bodil brage brit brita britt brynjar camilla carina "
    "caroline cathrine cato cecilie charlotte christian christina christine christoffer "
    "christopher dag dagfinn dagny dagrun daniel david diana dina dorota dorthe edel edith "
    "edvard edvin egil eilif einar eirik eirin eivind elena eli elias elin elisa elisabet "
    "elisabeth elise elisiv ella ellen elly else elsa elvira emil emilie emily emma endre erik "
    "erika erlend erling espen ester esther eva even evy eystein fatima fatuma filip finn fred "
    "fredrik frida frode froydis froeydis gabriel gard geir geirmund georg gerd gisle gjertrud "
    "gorm greta grete grethe grim gro gry gudmund gudrun gudveig gunhild gunn gunnar gunvor "
    "guri gustav guro haakon haavard hakon halvard halvor hanna hannah hanne hans harald "
    "hassan hedda hedvig hege heidi heidrun helen helena helene helga helge henriette henrik "
    "henning herdis hilda hilde hildegunn hussein ibrahim ida idar idun idunn inga inge "
    "ingeborg ingebjoerg ingelin inger ingrid ingunn ingvar ingvild iren irene iris irina "
    "isabel isabella isak ivan ivar iver jacob jakob jan jane janne jannicke jarle jasmin "
    "jeanette jenny jens jesper joachim joakim joanna joar johan johanna johanne johannes john "
    "johnny jon jonas jonny joergen joern jorun jorunn josef josefine jostein judith julia "
    "julie juni kaare kaisa kai kaia kaja karen kari karin karina karianne karl karoline "
    "katarina katarzyna kate kathrine katrine kenneth kent ketil khadija kim kine kirsten "
    "kirsti kirstin kjell kjellaug kjersti kjetil klara klaus knut konrad kristian kristiane "
    "kristin kristina kristine kristoffer kurt laila lars lasse laura leah leif leila leiv "
    "lena lene lilian lill lillian lilly linda line linn linnea lisa lisbeth lise liv livar "
    "loveise lotte louise lucas ludvig lukas maalfrid maia maja magda magdalena magne magnhild "
    "magnus magny mai maiken malgorzata malene malin marcus maren margaret margareth margit "
    "margrethe margret margreet margunn mari maria mariam marianne marie marina marion marit "
    "marita marius markus marta marte martha marthe martin martine mary mathea mathias "
    "mathilde matias max may mehmet mette mia michael michal mikael mikkel milla mina miriam "
    "mohamed mohammad mohammed mona monica monika morten muhammad nadia naja natalia nathalie "
    "nils nina njaal noah nora odd oddbjoern oddny oddrun oddvar oivind oeivind oeystein "
    "oeyvind oda ola olaf olai olav ole olga olaug oline olivia oscar oskar osman otto paal "
    "patrick paul paula per pernille peter petra petter philip pia piotr preben rachel ragna "
    "ragnar ragnhild rakel randi rannveig rasmus rebecca rebekka reidar reidun remi renate "
    "rikard rita roald robert robin rolf roman ronny rosa roy ruben runa rune ruth sabina "
    "sahra sahar samira samuel sander sandra sanna sara sarah sebastian selma serine sidsel "
    "sigbjoern signe sigmund sigrid sigrun sigurd sigve silje silvia simen simon sindre siri "
    "siril siv siw sofia sofie solfrid solrun solveig sondre sonja stefan stein steinar stella "
    "stian stig stina stine sture sunniva susann susanna susanne svanhild svein sven sverre "
    "synne synnoeve tale tanja tatiana terese terje tharald thea theodor therese thomas thor "
    "thorbjoern tina tiril tom tomas tomasz tommy tone tonje tor tora torbjoern tord tore "
    "torfinn torgeir torgunn torhild toril torill torkel torleif tormod torstein torunn tove "
    "trine trond trude trygve trym tuva tyra ulf ulrik unn unni ursula vanessa vebjoern vegar "
    "vegard vera veronica veronika vibeke victor victoria vidar vigdis viktor viktoria vilde "
    "wenche werner wibeke wilhelm william willy yasmin yngve yusuf zahra zainab zofia ";

/* Municipalities whose name is not also a family name that many have. */
static const char places[] =
    " agdenes alstahaug alta alvdal alver andoey aremark arendal asker askim askoey askvoll "
    "aukra aure aurland aurskog hoeland austevoll austrheim aaseral aalesund aamot aardal aas "
    "balsfjord bamble bardu beiarn bergen birkenes bjerkreim bjoernafjorden bodoe boemlo "
    "brekke bremanger broennoey bygland bykle baerum baatsfjord boe drammen drangedal eidfjord "
    "eidskog eidsvoll eigersund elverum enebakk etne etnedal evenes evje farsund fauske fedje "
    "fitjar fjaler flaa flekkefjord flesberg flatanger follo folldal fredrikstad frogn froland "
    "frosta froeya fyresdal faerder gamvik gausdal gildeskaal giske gjemnes gjerdrum gjerstad "
    "gjesdal gjoevik gloppen gol gran grane gratangen grimstad grong grue gulen hadsel halden "
    "hamar hamaroey hammerfest haram hareid harstad hasvik haugesund heim hemnes hemsedal "
    "heroey hitra hjartdal hjelmeland hol hole holmestrand holtaalen horten hurdal hurum "
    "hustadvika hvaler hyllestad haa haegebostad hoeyanger hoeylandet ibestad inderoey indre "
    "oestfold iveland jevnaker karasjok karlsoey karmoey kautokeino kinn klepp kongsberg "
    "kongsvinger kragteroe krageroe kristiansand kristiansund kroedsherad kvam kvinesdal "
    "kvinnherad kviteseid kvitsoey kvaefjord kvaenangen kaafjord larvik lavangen lebesby "
    "leirfjord leka lesja levanger lier lierne lillehammer lillesand lillestroem lindesnes "
    "lindaas lom loppa loerenskog loeten luroey luster lyngdal lyngen laerdal loedingen malvik "
    "marker masfjorden maasoey maalselv melhus meloey meraaker midtre gauldal modalen modum "
    "molde moskenes moss namsos namsskogan nannestad narvik nes nesbyen nesodden nesseby nesna "
    "nissedal nittedal nome nordkapp nord odal nordre follo nordreisa nore og uvdal notodden "
    "naeroeysund oppdal orkland orkdal os osen oslo osteroey overhalla oevre eiker oeygarden "
    "oeyer oeystre slidre oersta oerland porsanger porsgrunn raade rakkestad rana randaberg "
    "rauma re rendalen rennebu rindal ringebu ringerike ringsaker roan roest risoer roedoey "
    "rollag roemskog royken roeyken roeros rygge raelingen roeyrvik salangen saltdal samnanger "
    "sande sandefjord sandnes sarpsborg sauda sauherad sel selbu seljord senja sigdal siljan "
    "sirdal skaun ski skien skiptvet skjervoey skjaak smoela snillfjord snaasa sogndal sokndal "
    "sola solund soemna soer odal sor varanger soer varanger soer fron nord fron sortland "
    "spydeberg stad stange stavanger steigen steinkjer stjoerdal stord stor elvdal storfjord "
    "strand stranda stryn sula suldal sund sunndal sunnfjord surnadal sykkylven soendre land "
    "nordre land soerreisa soerfold tana time tingvoll tinn tjeldsund tokke tolga tromsoe "
    "trondheim trysil traena troegstad tvedestrand tydal tynset toensberg tysnes tysvaer "
    "ullensaker ullensvang ulstein ulvik utsira vadsoe vaksdal valle vang vanylven vardoe "
    "vefsn vega vegaarshei vennesla verdal verran vestby vestnes vestre slidre vestre toten "
    "oestre toten vestvaagoey vevelstad vik vikna vindafjord vinje volda voss vaagaa vaagan "
    "vaaler vaagsoey vaeroey aafjord aal oestre ";

/* Whole words that only a place of work has in its name … */
static const char workplace_words[] =
    " barnehage barnehagen barnehager barnehagane barnehageenhet bhg naturbarnehage "
    "familiebarnehage skole skolen skule skulen barneskole ungdomsskole oppvekstsenter "
    "oppvekstomraade oppvekst laeringsverkstedet norlandia espira fus kanvas trygge as asa sa "
    "fylkeskommune universitet universitetet hoegskole hoegskolen hoegskule ppt "
    "statsforvalteren kindergarten preschool barnehagesenter studentbarnehage gaardsbarnehage "
    "sfo ";
/* … and what such a word can end in: "Solbarnehagen". */
static const char *const workplace_ends[] = {"barnehage", "barnehagen", "barnehagar", "skole",
                                             "skule"};

/* What family names end in. */
static const char *const family_ends[] = {
    "sen",   "son",   "ssen",     "berg",   "bakken", "bakk",   "dal",    "dahl",    "land",
    "vik",   "stad",  "haug",     "nes",    "rud",    "lund",   "moen",   "heim",    "aas",
    "aasen", "seth",  "set",      "saeter", "seter",  "voll",   "eng",    "strand",  "gaard",
    "gard",  "holm",  "holt",     "hagen",  "haga",   "lien",   "lie",    "mark",    "mo",
    "myhre", "myr",   "nordmann", "oey",    "oeen",   "sund",   "stroem", "tveit",   "tvedt",
    "vold",  "viken", "vaag",     "stoel",  "skog",   "eide",   "fjell",  "foss",    "ski",
    "ska",   "wicz",  "ova",      "ov",     "ez",     "brekke", "bye",    "solberg", "hus",
    "huus",  "kvist", "rein",     "aker",   "tangen", "moe",    "krog",   "by",      "egeberg"};

/* Words that begin or join a family name. */
static const char particles[] = " van von de der den del della di da du dos das la le las los af "
                                "av ten ter zu el al bin ibn ben abu ";

/* `list` has a space before and after each entry. */
static bool listed(const char *list, const char *word, size_t len)
{
    for (const char *p = list; (p = strchr(p, ' ')) != NULL; p++)
        if (strncmp(p + 1, word, len) == 0 && p[1 + len] == ' ')
            return true;
    return false;
}

static bool ends_in(const char *word, size_t len, const char *const *ends, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t e = strlen(ends[i]);
        if (len > e && strncmp(word + len - e, ends[i], e) == 0)
            return true;
    }
    return false;
}

/* The next word of a folded text from *s on; false at the end. */
static bool next_word(const char **s, const char **word, size_t *len)
{
    *word = *s + strspn(*s, " ");
    *len = strcspn(*word, " ");
    *s = *word + *len;
    return *len > 0;
}

/* ---- positions ------------------------------------------------------------------------------- */

static struct {
    char **word;
    size_t n, cap;
} positions;

static void keep_position(const char *words)
{
    for (const char *w = words; w && *w;) {
        size_t n = strcspn(w, "|");
        char *word = mem_strndup(w, n);
        struct buf folded = {0};
        text_fold_match(&folded, word);
        free(word);
        positions.word =
            mem_grow(positions.word, &positions.cap, positions.n + 1, sizeof *positions.word);
        positions.word[positions.n++] = buf_take(&folded);
        w += n + (w[n] == '|');
    }
}

/* Of the choices and what they are known by. "other" says nothing about a column. */
static void load_positions(void)
{
    const struct record_type *t = type_by_id(T_POSITION);
    const struct choice *c = t->fields[type_field(t, "role")].choices;
    for (; c->key; c++) {
        if (strcmp(c->key, "other") == 0)
            continue;
        keep_position(c->key);
        keep_position(c->label);
        keep_position(c->synonyms);
    }
}

static bool is_position(const char *folded)
{
    if (!positions.n)
        load_positions();
    for (size_t i = 0; i < positions.n; i++)
        if (strcmp(positions.word[i], folded) == 0)
            return true;
    return false;
}

/* ---- one cell -------------------------------------------------------------------------------- */

static bool is_email(const char *s)
{
    const char *at = strchr(s, '@');
    const char *dot = at ? strchr(at, '.') : NULL;
    return at && at > s && at[-1] != ' ' && at[1] != '\0' && at[1] != ' ' && dot && dot > at + 1 &&
           dot[1] != '\0';
}

/* 21.11.2026, 2026-11-21, 21/11/26, with or without a time behind. */
static bool is_date(const char *s)
{
    size_t part[3], n = 0;
    for (; n < 3; n++) {
        part[n] = strspn(s, "0123456789");
        s += part[n];
        if (n < 2 && (!*s || !strchr(".-/", *s)))
            return false;
        s += n < 2;
    }
    bool short_ends = part[0] >= 1 && part[0] <= 2 && (part[2] == 2 || part[2] == 4);
    bool year_first = part[0] == 4 && part[2] >= 1 && part[2] <= 2;
    return part[1] >= 1 && part[1] <= 2 && (short_ends || year_first) &&
           (!*s || *s == ' ' || *s == 'T' || *s == ',');
}

static bool is_phone(const char *s)
{
    char digits[20];
    size_t n = 0;
    bool plus = false;
    static const char *const before[] = {"tlf", "mob", "tel"};
    for (size_t i = 0; i < 3; i++)
        if (strncasecmp(s, before[i], 3) == 0)
            s += strcspn(s, "0123456789+");
    for (; *s; s++) {
        if (isdigit((unsigned char)*s)) {
            if (n == sizeof digits - 1)
                return false;
            digits[n++] = *s;
        } else if (*s == '+' && n == 0) {
            plus = true;
        } else if (strncmp(s, "\xC2\xA0", 2) == 0) {
            s++;
        } else if (!strchr(" .-/()", *s)) {
            return false;
        }
    }
    digits[n] = '\0';
    if (n == 8)
        return digits[0] >= '2';
    if (n == 10 && strncmp(digits, "47", 2) == 0)
        return true;
    return (plus || strncmp(digits, "00", 2) == 0) && n >= 9 && n <= 15;
}

static bool is_number(const char *s)
{
    size_t digits = 0;
    for (s += *s == '-' || *s == '+'; *s; s++) {
        if (isdigit((unsigned char)*s))
            digits++;
        else if (strncmp(s, "\xC2\xA0", 2) == 0)
            s++;
        else if (!strchr(" .,%", *s))
            return false;
    }
    return digits > 0;
}

static bool is_place(const char *folded)
{
    size_t n = strlen(folded);
    static const char after[] = " kommune";
    size_t cut = sizeof after - 1;
    if (n > cut && strcmp(folded + n - cut, after) == 0)
        return true;
    return n > 1 && listed(places, folded, n);
}

static bool is_workplace(const char *folded)
{
    const char *word;
    size_t len, n = 0;
    for (const char *s = folded; next_word(&s, &word, &len); n++) {
        /* Sa is a given name too. */
        if (listed(workplace_words, word, len) && (n > 0 || len > 3))
            return true;
        if (ends_in(word, len, workplace_ends, sizeof workplace_ends / sizeof *workplace_ends))
            return true;
    }
    return false;
}

/* What stands in no name. Letters of other scripts, hyphens and apostrophes do. */
static bool has_no_sign(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x80 && !isalpha((unsigned char)*s) && !strchr(" -'.,", *s))
            return false;
    return true;
}

enum { NAME_WORDS = 6 };

static unsigned look_of_name(const char *cell, const char *folded)
{
    const char *word, *comma = strchr(cell, ',');
    size_t len, n = 0, given = 0, ends = 0;
    bool first = false;
    if (!has_no_sign(cell) || (comma && strchr(comma + 1, ',')))
        return 0;
    for (const char *s = folded; next_word(&s, &word, &len); n++) {
        bool is_given = listed(given_names, word, len);
        given += is_given;
        first |= n == 0 && is_given;
        ends += listed(particles, word, len) ||
                ends_in(word, len, family_ends, sizeof family_ends / sizeof *family_ends);
    }
    if (n == 0 || n > NAME_WORDS)
        return 0;
    unsigned look = LOOKS_NAME;
    if (comma)
        return look |
               (n > 1 && comma[1] ? content_begins_with_given_name(comma + 1) ? LOOKS_FULL : 0 : 0);
    if (given == n)
        look |= LOOKS_GIVEN;
    else if (first && n > 1)
        look |= LOOKS_FULL;
    else if (ends)
        look |= LOOKS_FAMILY;
    return look;
}

bool content_begins_with_given_name(const char *text)
{
    struct buf folded = {0};
    const char *word, *s;
    size_t len;
    text_fold_match(&folded, text);
    s = buf_str(&folded);
    bool is = next_word(&s, &word, &len) && listed(given_names, word, len);
    buf_free(&folded);
    return is;
}

static bool is_one_of(const char *list, const char *folded)
{
    return *folded && !strchr(folded, ' ') && listed(list, folded, strlen(folded));
}

/* Nothing but an identity number, perhaps with its name before it: a column of these is left out
 * whole. In a cell that says more the number alone is taken out. */
static bool is_identity(const char *cell)
{
    static const char words[] = " fnr foedselsnr foedselsnummer pnr personnr personnummer dnr ";
    if (!nin_find(cell, NULL, NULL))
        return false;
    char *rest = mem_strdup(cell);
    struct buf folded = {0};
    nin_scrub(rest);
    text_fold_match(&folded, rest);
    bool is = !folded.len || is_one_of(words, folded.s);
    buf_free(&folded);
    free(rest);
    return is;
}

unsigned content_look(const char *cell)
{
    struct buf folded = {0};
    unsigned look = 0;
    if (is_identity(cell))
        look |= LOOKS_IDENTITY;
    if (is_email(cell))
        look |= LOOKS_EMAIL;
    if (is_date(cell))
        look |= LOOKS_DATE;
    else if (is_phone(cell))
        look |= LOOKS_PHONE;
    if (is_number(cell))
        look |= LOOKS_NUMBER;
    /* A cell as long as a letter is no name, and takes time to fold. */
    if (!look && strlen(cell) < 200) {
        text_fold_match(&folded, cell);
        const char *f = buf_str(&folded);
        if (is_one_of(" ja nei jepp yes no x j n vet ikke kanskje ", f))
            look |= LOOKS_ANSWER;
        if (is_one_of(" anonymous anonym anonymt ", f))
            look |= LOOKS_NOBODY;
        if (is_place(f))
            look |= LOOKS_PLACE;
        if (is_workplace(f))
            look |= LOOKS_WORKPLACE;
        if (is_position(f))
            look |= LOOKS_POSITION;
        if (!(look & ~(unsigned)LOOKS_PLACE))
            look |= look_of_name(cell, f);
    }
    buf_free(&folded);
    return look;
}

/* ---- a column -------------------------------------------------------------------------------- */

void content_add(struct content *c, const char *cell)
{
    if (text_is_blank(cell))
        return;
    unsigned look = content_look(cell);
    c->filled++;
    for (size_t i = 0; i < LOOK_BITS; i++)
        c->like[i] += (look >> i) & 1;
}

size_t content_count(const struct content *c, enum look look)
{
    size_t i = 0;
    while (i + 1 < LOOK_BITS && (1u << i) != (unsigned)look)
        i++;
    return c->like[i];
}

bool content_mostly(const struct content *c, enum look look, int percent)
{
    return c->filled && content_count(c, look) * 100 >= c->filled * (size_t)percent;
}

enum { FEW = 3 }; /* words of that many cells can still be chance */

/* Names, of which no list has all: a share is enough, if nothing speaks against it. */
static enum content_kind kind_of_name(const struct content *c)
{
    size_t given = content_count(c, LOOKS_GIVEN), full = content_count(c, LOOKS_FULL);
    if (!content_mostly(c, LOOKS_NAME, 85))
        return CONTENT_UNKNOWN;
    /* "Kari Anne" among full names, and "Ida Marie" among given names. */
    if ((given + full) * 100 >= c->filled * 40 && full)
        return full >= given
                   ? CONTENT_FULL_NAME
                   : (given * 100 >= c->filled * 50 ? CONTENT_GIVEN_NAME : CONTENT_UNKNOWN);
    if (given * 100 >= c->filled * 50)
        return CONTENT_GIVEN_NAME;
    return content_mostly(c, LOOKS_FAMILY, 30) ? CONTENT_FAMILY_NAME : CONTENT_UNKNOWN;
}

enum content_kind content_kind(const struct content *c)
{
    bool enough = c->filled >= FEW;
    if (content_mostly(c, LOOKS_IDENTITY, 80))
        return CONTENT_IDENTITY;
    if (content_mostly(c, LOOKS_EMAIL, 60))
        return CONTENT_EMAIL;
    if (content_mostly(c, LOOKS_DATE, 70))
        return CONTENT_DATE;
    if (content_mostly(c, LOOKS_PHONE, 70))
        return CONTENT_PHONE;
    if (content_mostly(c, LOOKS_NUMBER, 70))
        return CONTENT_NUMBER;
    if (enough && content_mostly(c, LOOKS_POSITION, 60))
        return CONTENT_POSITION;
    if (enough && content_mostly(c, LOOKS_WORKPLACE, 50))
        return CONTENT_WORKPLACE;
    if (enough && content_mostly(c, LOOKS_PLACE, 70))
        return CONTENT_PLACE;
    return kind_of_name(c);
}
