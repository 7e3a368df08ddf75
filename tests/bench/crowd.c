#include "config.h"

#include "crowd.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum kinds { DICE_NAME = 1, DICE_POST, DICE_CONTACT, DICE_KINDERGARTEN };

/* The commonest first: people are dealt out with a bent towards the front of each row. */
static const char *const given_names[] = {
    "Anne",       "Kari",       "Inger",       "Marit",      "Ingrid",      "Liv",
    "Eva",        "Berit",      "Astrid",      "Bjørg",      "Hilde",       "Anna",
    "Solveig",    "Marianne",   "Nina",        "Randi",      "Ida",         "Tone",
    "Elisabeth",  "Kristin",    "Silje",       "Bente",      "Heidi",       "Wenche",
    "Maria",      "Hanne",      "Grete",       "Ellen",      "Camilla",     "Nora",
    "Emma",       "Lene",       "Linda",       "Julie",      "Åse",         "Thea",
    "Turid",      "Kirsten",    "Trine",       "Ragnhild",   "Gerd",        "Sissel",
    "Monica",     "Mari",       "Line",        "Laila",      "Karin",       "Gunn",
    "Ole",        "Lars",       "Jan",         "Per",        "Hans",        "Kjell",
    "Bjørn",      "Arne",       "Knut",        "Svein",      "Thomas",      "Geir",
    "Tor",        "Morten",     "Terje",       "Odd",        "Erik",        "Martin",
    "Andreas",    "John",       "Anders",      "Rune",       "Trond",       "Tore",
    "Daniel",     "Jon",        "Kristian",    "Marius",     "Magnus",      "Stian",
    "Henrik",     "Øyvind",     "Espen",       "Øystein",    "Håkon",       "Gunnar",
    "Vegard",     "Sondre",     "Jonas",       "Ingvild",    "Guro",        "Synnøve",
    "Oddny",      "Torill",     "Mette",       "Unni",       "Vigdis",      "Siv",
    "Gro",        "Ranveig",    "Tuva",        "Frida",      "Vilde",       "Ylva",
    "Eirin",      "Oda",        "Live",        "Signe",      "Jorunn",      "Målfrid",
    "Åshild",     "Aslaug",     "Ågot",        "Torbjørg",   "Dagny",       "Borghild",
    "Kari Anne",  "Anne Marie", "Hans Petter", "Ole Jakob",  "Ann Kristin", "Gunn Berit",
    "Åse Marie",  "Elle Márjá", "Máret",       "Inger-Lise", "Ann-Mari",    "Jan-Erik",
    "Fatima",     "Aisha",      "Amina",       "Magdalena",  "Agnieszka",   "Katarzyna",
    "Łukasz",     "Paweł",      "Małgorzata",  "Mohamed",    "Ahmed",       "Zainab",
    "Yusuf",      "Thị Hương",  "Văn Minh",    "Olena",      "Oksana",      "Ružica",
    "Zlata",      "Đorđe",      "Çiğdem",      "Gülşen",     "Zoë",         "Renée",
    "Björk",      "Þóra",       "Åke",         "Gösta",      "Xander",      "Quynh",
    "Wilhelmine", "Ærlige",     "Ørjan",       "Zakariya",   "Isbjørg",
};

static const char *const whole_families[] = {
    "Hansen",     "Johansen",      "Olsen",     "Larsen",    "Andersen",    "Pedersen",
    "Nilsen",     "Kristiansen",   "Jensen",    "Karlsen",   "Johnsen",     "Pettersen",
    "Eriksen",    "Berg",          "Haugen",    "Hagen",     "Johannessen", "Andreassen",
    "Jacobsen",   "Halvorsen",     "Jørgensen", "Henriksen", "Dahl",        "Lund",
    "Sørensen",   "Jakobsen",      "Gundersen", "Moen",      "Iversen",     "Strand",
    "Svendsen",   "Solberg",       "Martinsen", "Paulsen",   "Knutsen",     "Eide",
    "Bakken",     "Kristoffersen", "Mathisen",  "Lie",       "Rasmussen",   "Amundsen",
    "Lunde",      "Kristensen",    "Bakke",     "Berge",     "Moe",         "Nygård",
    "Fredriksen", "Solheim",       "Lien",      "Holm",      "Andresen",    "Christensen",
    "Hauge",      "Knudsen",       "Nguyễn",    "Evensen",   "Sæther",      "Aas",
    "Myhre",      "Hanssen",       "Haugland",  "Thomassen", "Sivertsen",   "Simonsen",
    "Danielsen",  "Berntsen",      "Sandvik",   "Rønning",   "Arnesen",     "Næss",
    "Antonsen",   "Haug",          "Ellingsen", "Thorsen",   "Vik",         "Edvardsen",
    "Isaksen",    "Gulbrandsen",   "Ruud",      "Ali",       "Strøm",       "Aasen",
    "Ødegård",    "Tangen",        "Myklebust", "Eliassen",  "Wójcik",      "Kowalski",
    "Szymański",  "Östby",         "Åsheim",    "Øygard",    "Ådland",      "Çelik",
    "Žižek",      "Juuso",         "Čállit",    "Gaup",      "Utsi",        "Ibrahim",
    "Hussein",
};

static const char *const family_heads[] = {
    "Berg",  "Haug",  "Sol",    "Nord",  "Sør",   "Vest",  "Øst",   "Lang",  "Stor", "Små",
    "Lille", "Ny",    "Gammel", "Øvre",  "Nedre", "Bjørk", "Gran",  "Furu",  "Eik",  "Ask",
    "Selje", "Rogn",  "Lind",   "Alm",   "Tor",   "Ulv",   "Bjørn", "Hjort", "Elg",  "Ørn",
    "Falk",  "Svart", "Kvit",   "Raud",  "Blå",   "Grøn",  "Stein", "Sand",  "Leir", "Myr",
    "Å",     "Elve",  "Foss",   "Tjern", "Sjø",   "Fjell", "Dal",   "Vang",  "Åker", "Eng",
    "Kirke", "Prest", "Kvern",  "Smed",  "Skog",  "Hegg",  "Bygd",  "Gjerd", "Hest", "Sau",
    "Geit",  "Ram",   "Hol",    "Mo",    "Rå",    "Tve",   "Krok",  "Brat",  "Djup", "Grunn",
};

static const char *const family_tails[] = {
    "heim",   "land",   "stad", "vik",    "nes",   "set",   "seter", "rud",   "bakken",
    "bakke",  "haugen", "haug", "moen",   "dal",   "dalen", "lien",  "li",    "berg",
    "berget", "eng",    "enga", "strand", "sund",  "øy",    "ås",    "åsen",  "gård",
    "gården", "tveit",  "vold", "vollen", "mark",  "myr",   "myra",  "fjell", "foss",
    "elv",    "hus",    "bø",   "by",     "hagen", "stuen",
};

static const char *const place_heads[] = {
    "Sol",  "Nord", "Sør",  "Øvre ", "Ytre ", "Indre ", "Stor", "Lang", "Bjørke",
    "Furu", "Eike", "Hav",  "Fjord", "Elve",  "Måse",   "Ørne", "Ulve", "Kvit",
    "Grøn", "Ram",  "Tind", "Skjær", "Lauv",  "Høg",    "Vår",
};

static const char *const place_tails[] = {
    "vik",  "dal",  "nes", "øy",    "strand", "sund", "heim",
    "bygd", "voll", "ås",  "fjell", "botn",   "eid",  "mark",
};

static const char *const garden_heads[] = {
    "Blåbær",    "Bringebær",  "Tyttebær", "Solsikke", "Hvitveis", "Løvetann", "Kløver",
    "Blåklokke", "Eventyr",    "Troll",    "Nisse",    "Alve",     "Furu",     "Gran",
    "Bjørke",    "Eike",       "Ekorn",    "Rev",      "Hare",     "Bamse",    "Humle",
    "Maur",      "Sommerfugl", "Marihøne", "Stjerne",  "Måne",     "Sol",      "Regnbue",
    "Sky",       "Vind",       "Fjære",    "Strand",   "Fjell",    "Skog",     "Myr",
    "Elve",      "Foss",       "Kvern",    "Smie",     "Mølle",    "Prest",    "Kirke",
    "Skole",     "Stasjon",    "Brygge",   "Naust",    "Seter",    "Lade",     "Øvre ",
    "Nedre ",    "Nye ",       "Gamle ",   "Søndre ",  "Nordre ",  "Lille ",   "Store ",
    "Åpne ",     "Ørne",       "Ugle",     "Pinnsvin",
};

static const char *const garden_tails[] = {
    "haugen",  "lia",  "stua",   "tunet",   "bakken", "skogen", "dalen",  "jordet",  "enga",
    "myra",    "åsen", "toppen", "tråkket", "stien",  "hagen",  "lunden", "ringen",  "kroken",
    "svingen", "gata", "veien",  "vika",    "neset",  "holmen", "øya",    "fjellet",
};

static const struct {
    const char *key, *words;
    int weight;
} roles[] = {
    {"pedagogical_leader", "Pedagogisk leder", 26},
    {"teacher", "Barnehagelærer", 26},
    {"childcare_worker", "Barne- og ungdomsarbeider", 32},
    {"styrer", "Styrer", 6},
    {"assistant_styrer", "Assisterende styrer", 3},
    {"resource_person", "Ressursperson", 3},
    {"contact_person", "Kontaktperson", 2},
    {"other", "Annet", 2},
};

uint64_t crowd_dice(uint64_t kind, uint64_t number)
{
    /* splitmix64 */
    uint64_t z = (number + 1) * 0x9e3779b97f4a7c15u + kind * 0xd1342543de82ef95u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* An index below n, twice as likely at the front as in the middle. Integers only, for the same
 * crowd everywhere. */
static size_t bent(uint32_t dice, size_t n)
{
    uint64_t x = dice >> 16;
    return (size_t)(((((x * x) >> 16) + x) >> 1) * n >> 16);
}

struct crowd crowd_of(long people)
{
    struct crowd c = {people, people * 350 / 1000000, people * 6000 / 1000000};
    if (c.municipalities < 3)
        c.municipalities = 3;
    if (c.municipalities > (long)(COUNT(place_heads) * COUNT(place_tails)))
        c.municipalities = (long)(COUNT(place_heads) * COUNT(place_tails));
    if (c.kindergartens < 10)
        c.kindergartens = 10;
    return c;
}

void crowd_day(long days, char out[12])
{
    time_t t = (time_t)days * 86400;
    struct tm tm;
    gmtime_r(&t, &tm);
    strftime(out, 12, "%Y-%m-%d", &tm);
}

/* Letters of an address: å aa, ø oe, æ ae; of others what is ASCII. */
static void add_ascii(char *out, size_t size, const char *s)
{
    size_t n = strlen(out);
    for (; *s && n + 3 < size; s++) {
        unsigned char c = (unsigned char)*s, next = (unsigned char)s[1];
        const char *both = NULL;
        if (c == 0xc3 && (next == 0xa5 || next == 0x85))
            both = "aa";
        else if (c == 0xc3 && (next == 0xb8 || next == 0x98))
            both = "oe";
        else if (c == 0xc3 && (next == 0xa6 || next == 0x86))
            both = "ae";
        if (both) {
            memcpy(out + n, both, 2);
            n += 2;
        } else if (c >= 'A' && c <= 'Z') {
            out[n++] = (char)(c + 32);
        } else if (c >= 'a' && c <= 'z') {
            out[n++] = (char)c;
        }
    }
    out[n] = '\0';
}

void municipality_make(long number, struct municipality *out)
{
    size_t i = (size_t)number;
    snprintf(out->name, sizeof out->name, "%s%s", place_heads[i % COUNT(place_heads)],
             place_tails[(i / COUNT(place_heads) + i % COUNT(place_heads)) % COUNT(place_tails)]);
    out->domain[0] = '\0';
    add_ascii(out->domain, sizeof out->domain - 20, out->name);
    strcat(out->domain, ".kommune.example");
}

static void phone_make(uint64_t dice, char first, char out[12])
{
    unsigned n = (unsigned)(dice % 10000000);
    snprintf(out, 12, "%c%02u %02u %03u", first, n / 100000 % 100, n / 1000 % 100, n % 1000);
}

/* The ninth digit makes the weighted sum divisible by 11; where that takes a ten there is none. */
static void orgno_make(long number, char out[12])
{
    static const int weight[] = {3, 2, 7, 6, 5, 4, 3, 2};
    int sum = 0;
    snprintf(out, 12, "%08u", 91000000u + (unsigned)number % 1000000);
    for (int i = 0; i < 8; i++)
        sum += (out[i] - '0') * weight[i];
    int check = sum % 11 ? 11 - sum % 11 : 0;
    out[8] = (char)('0' + check % 10);
    out[9] = '\0';
    if (check == 10)
        out[0] = '\0';
}

void kindergarten_make(const struct crowd *c, long number, struct kindergarten *out)
{
    uint64_t dice = crowd_dice(DICE_KINDERGARTEN, (uint64_t)number);
    struct municipality m;
    size_t heads = COUNT(garden_heads), tails = COUNT(garden_tails);
    const char *head = garden_heads[(size_t)number % heads];
    const char *tail = garden_tails[((size_t)number / heads + (size_t)number) % tails];
    out->municipality = number % c->municipalities;
    out->municipal = (int)(dice & 1);
    /* "Øvre haugen", yet "Blåbærhaugen". */
    snprintf(out->name, sizeof out->name, "%s%s barnehage", head, tail);
    orgno_make(number, out->orgno);
    municipality_make(out->municipality, &m);
    snprintf(out->email, sizeof out->email, "barnehage%ld@%s", number + 1, m.domain);
    phone_make(dice >> 20, '6', out->phone);
}

static void role_make(uint32_t dice, struct post *p)
{
    int w = (int)(dice % 100);
    size_t i = 0;
    while (i + 1 < COUNT(roles) && w >= roles[i].weight)
        w -= roles[i++].weight;
    p->role = roles[i].key;
    p->words = roles[i].words;
}

/* The second of two posts is half the time one that is over, else one beside the first. */
static void posts_make(const struct crowd *c, long number, struct human *out)
{
    uint64_t dice = crowd_dice(DICE_POST, (uint64_t)number);
    out->posts = dice % 10 < 3 ? 2 : 1;
    for (int i = 0; i < out->posts; i++) {
        struct post *p = &out->post[i];
        uint64_t d = crowd_dice(DICE_POST + 16 + (uint64_t)i, (uint64_t)number);
        long from = 12800 + (long)(d >> 40) % 7600; /* 2005 to 2025 */
        p->kindergarten = (long)((d & 0xffffffff) * (uint64_t)c->kindergartens >> 32);
        role_make((uint32_t)(d >> 32), p);
        p->ends[0] = '\0';
        if (i == 1 && (dice >> 8 & 1)) {
            from = 11000 + from % 3000;
            crowd_day(from + 400, p->ends);
        }
        crowd_day(from, p->starts);
    }
}

void human_make(const struct crowd *c, long number, struct human *out)
{
    uint64_t name = crowd_dice(DICE_NAME, (uint64_t)number),
             contact = crowd_dice(DICE_CONTACT, (uint64_t)number);
    struct kindergarten k;
    struct municipality m;
    uint64_t more = crowd_dice(DICE_NAME + 32, (uint64_t)number);
    snprintf(out->given, sizeof out->given, "%s",
             given_names[bent((uint32_t)name, COUNT(given_names))]);
    if (more % 100 < 40) /* the commonest has near one in a hundred, as in life */
        snprintf(out->family, sizeof out->family, "%s",
                 whole_families[bent((uint32_t)(name >> 32), COUNT(whole_families))]);
    else
        snprintf(out->family, sizeof out->family, "%s%s",
                 family_heads[(more >> 16) % COUNT(family_heads)],
                 family_tails[(more >> 32) % COUNT(family_tails)]);
    posts_make(c, number, out);
    out->email[0] = out->phone[0] = '\0';
    if (contact % 7) {
        char local[96] = "";
        kindergarten_make(c, out->post[0].kindergarten, &k);
        municipality_make(k.municipality, &m);
        add_ascii(local, 40, out->given);
        strcat(local, ".");
        add_ascii(local, 90, out->family);
        snprintf(out->email, sizeof out->email, "%s%ld@%s", local, number + 1, m.domain);
    }
    if (contact / 7 % 5)
        phone_make(contact >> 16, contact & 1024 ? '9' : '4', out->phone);
}
