/* Every screen as it looks, in both languages, at 80 × 24 and at 160 × 50, and some of them plain,
 * without colours and at 60 × 16: text, attributes and cursor, beside what is kept in
 * tests/screens. From the same screens comes share/doc/SCREENS (bokmål, 80 × 24), which is kept
 * true here too. SAMLING_UPDATE=1 (`make screens`) writes both anew; read the difference.
 *
 * A file has the cursor, then the rows: "|" and the text; where letters are not plain a line
 * "~" below has a sign for each column: r reverse, b bold, u underline, capital letters for two of
 * them (R reverse and underline, B bold and underline, X reverse and bold). Colours are a matter of
 * the theme (tests/unit/theme_test.c). */
#include "config.h"

#include "stage.h"

/* ---- the screens ------------------------------------------------------------------------------
 */

struct shot {
    const char *name;     /* of the file */
    const char *what;     /* in SCREENS: what one looks at; NULL: it does not stand there */
    const char *keys;     /* from the desk, or from the shot before where that does not leave */
    const char *there;    /* seen when it is painted, in any language */
    const char *leave;    /* back to the desk; "": the next one goes on from here */
    void (*before)(void); /* what others do first, by command */
};

static void others_change_a_person(void)
{
    RUN("-d", database(), "set", "person", "emil.bergset@asker.example", "phone=49322222",
        "alias=Emma", "given_name=Emilian");
}

static void somebody_twice(void)
{
    RUN("-d", database(), "add", "person", "given_name=Britt Elin", "family_name=Askeland",
        "phone=49840959", "email=britt@example.org");
}

static void a_gathering_clashes(void)
{
    RUN("-d", database(), "add", "gathering", "cohort=SIM/1", "title=Vinterkonferanse",
        "starts=2022-02-08 10:00", "ends=2022-02-08 12:00", "place=Kulturhuset");
}

#define BOX "┌─"

static const struct shot shots[] = {
    /* the offerings */
    {"offerings", "Tilbudene, etter plan og programområde.", "1a<Home>", "AMBULERENDE", "", NULL},
    {"offerings_last", NULL, "<End>", "STVURD", "<Home>", NULL},
    {"folded", "Puljene er slått sammen.", "Z", "37", "Z", NULL},
    {"search", "Søk: det som er funnet, er merket.", "smobb", "mobb", "<C-g>", NULL},
    {"not_found", NULL, "szzz", "zzz", "<C-g>", NULL},
    {"chosen", "Et tilbud er valgt: kalender og kontakter viser bare det.", "sbim<Enter><Space>",
     "BIM", "", NULL},
    {"chosen_calendar", "… kalenderen.", "27", "BIM/1/3", "", NULL},
    {"chosen_contacts", "… kontaktene.", "3", "BIM", "1a<Home>", NULL},
    {"selected", "Tre rader er valgt.", "vvv", "DIGIBV", "N<Home>", NULL},
    {"sort", "Sortere.", "S", BOX, "<C-g>", NULL},
    {"columns", "Velge kolonner.", "C", BOX, "<C-g>", NULL},
    {"filter", "Filtrere: etter hva?", "f", BOX, "", NULL},
    {"filter_value", "… hvilken verdi?", "3", BOX, "<C-g>", NULL},
    {"filters", "Filtre med navn.", "F", BOX, "<C-g>", NULL},
    {"group", "Gruppere tilbudene.", "b", BOX, "", NULL},
    {"by_status", "Tilbudene etter status.", "3", "AMBULERENDE", "b1<Home>", NULL},
    {"by_contact", NULL, "b5<Home>", "Kjersti", "b1<Home>", NULL},
    /* menus */
    {"menu_file", "Menyene: Fil.", "<F9>", BOX, "", NULL},
    {"menu_edit", "Menyene: Rediger.", "<Right>", BOX, "", NULL},
    {"menu_view", "Menyene: Vis.", "<Right>", BOX, "", NULL},
    {"menu_select", "Menyene: Velg.", "<Right>", BOX, "", NULL},
    {"menu_roster",
     "Menyene: Deltakere. Det som er grått, kan ikke gjøres nå; linja nederst sier hvorfor.",
     "<Right>", BOX, "", NULL},
    {"menu_go", "Menyene: Gå til.", "<Right>", BOX, "", NULL},
    {"menu_help", "Menyene: Hjelp.", "<Right>", BOX, "<C-g>", NULL},
    {"menu_calendar", "Menyene: Kalender.", "27<F9><Right><Right><Right><Right>", BOX, "<C-g>1",
     NULL},
    {"menu_context", "Det som kan gjøres med raden.", ",", BOX, "<C-g>", NULL},
    {"palette", "Kommandoene, alle.", "<C-p>", BOX, "", NULL},
    {"palette_found", "… og de som har disse bokstavene i navnet.", "imp", "imp", "<C-g>", NULL},
    {"help", "Hjelp: først om dette skjermbildet.", "<F1>", "F1", "", NULL},
    {"help_more", NULL, "<PgDn>", "F1", "q", NULL},
    {"display", "Visning.", "T", BOX, "<C-g>", NULL},
    /* the tour */
    {"tour_1", "Omvisningen, seks bilder.", "<C-w>", "1 ", "", NULL},
    {"tour_2", NULL, "<Enter>", "2 ", "", NULL},
    {"tour_3", NULL, "<Enter>", "3 ", "", NULL},
    {"tour_4", NULL, "<Enter>", "4 ", "", NULL},
    {"tour_5", NULL, "<Enter>", "5 ", "", NULL},
    {"tour_6", NULL, "<Enter>", "6 ", "<C-g>", NULL},
    /* the calendar */
    {"agenda", "Kalenderen som liste.", "2a7", "BIM/1/3", "", NULL},
    {"month", "Kalenderen, en måned.", "5", "2022", "", NULL},
    {"month_clash", "… to samlinger på samme sted til samme tid.", "", "SIM/1/1", "",
     a_gathering_clashes},
    {"move", "Flytte en samling: til hvilken dag?", "x", "", "<C-g>", NULL},
    {"week", "Kalenderen, en uke.", "6", "2022", "", NULL},
    {"year", "Kalenderen, et år.", "8", "2022", "7", NULL},
    {"go_date", "Gå til en dato.", "t", BOX, "<C-g>", NULL},
    /* contacts and today */
    {"contacts", "Kontaktene: personer.", "3a<Home>", "Askeland", "", NULL},
    {"organisations", "Kontaktene: organisasjoner.", "o", "Akebakken", "o<Home>", NULL},
    {"today", "I dag: det som kommer, det som venter, det som er for sent.", "4", "BIM/1/3", "",
     NULL},
    /* records */
    {"offering", "Et tilbud med det som hører til.", "1asbim<Enter><Enter>", "Torunn", "", NULL},
    {"offering_gatherings", NULL, "<Tab><Tab>", "BIM/1/1", "", NULL},
    {"offering_plans", NULL, "<Tab>", "Kompetanseplan", "", NULL},
    {"offering_note", "… merknaden til det.", "<Tab>", "innsatsteam", "", NULL},
    {"cohort", "En pulje.", "<Tab><Tab><Enter>", "BIM/1", "qq", NULL},
    {"gathering", "En samling.", "2a7<Enter>", "BIM/1/3", "q", NULL},
    {"person", "En person.", "3asås ødeg<Enter><Enter>", "Ødegård", "", NULL},
    {"person_enrolments", NULL, "<Tab><Tab>", "BIM", "q<C-g>a", NULL},
    {"organisation", "En organisasjon.", "3aosblåklokka<Enter><Enter>", "Blåklokka", "q<C-g>ao",
     NULL},
    /* the roster */
    {"roster", "Deltakerlista til en samling.", "2a7r", "Kulturhuset", "", NULL},
    {"roster_marked", "… oppmøtet føres med en tast.", "ttxtm", "Bjørå", "", NULL},
    {"enrol", "Melde på.", "+", BOX, "<C-g>q", NULL},
    {"roster_past", "En samling som har vært.", "2a7<Up>r", "BIM/2/1", "q", NULL},
    {"roster_cohort", "Deltakerne i en pulje.", "1asbim<Enter><Down>r", "BIM/1", "qa<Home>", NULL},
    /* forms */
    {"form_person", "Skjemaet til en person.", "3a<Home>e", "Askeland", "<C-g>", NULL},
    {"form_new", "En ny person.", "n", "F8", "", NULL},
    {"form_error", "… et felt som ikke kan være slik.", "<Tab>Hansen<Tab>anna@<Tab>", "anna@", "",
     NULL},
    {"form_leave", "… lukke det uten å lagre?", "<C-g>", BOX, "3", NULL},
    {"form_offering", "Skjemaet til et tilbud.", "1a<Home>e", "AMBULERENDE", "", NULL},
    {"form_choice", "… et valg.", "<Tab><Tab><F4>", BOX, "<C-g><C-g>", NULL},
    {"form_cohort", "Skjemaet til en pulje.", "sbim<Enter><Down>e", "BIM", "<C-g>a<Home>", NULL},
    {"form_gathering", "Skjemaet til en samling.", "2a7e", "Kulturhuset", "", NULL},
    {"picker", "… dagen velges i en liten kalender.", "<Tab><Tab><Tab><F4>", BOX, "<C-g><C-g>",
     NULL},
    {"completion", "Organisasjoner som begynner slik.",
     "3a<Home><Enter>n"
     "blå",
     "Blåklokka", "<C-g><C-g>3q", NULL},
    {"notes", "En merknad på flere linjer.", "1asbim<Enter>e<PgDn>", "innsatsteam", "<C-g>a<Home>",
     NULL},
    {"form_typed", "Et skjema med det som er skrevet.",
     "3asbergset emil<Enter>e<Down><Down><Down>49311111", "493", "", NULL},
    {"form_news", "… noen andre har lagret den samme personen imens.", "", "Emilian", "",
     others_change_a_person},
    {"conflict", "… begge versjoner, felt for felt.", "<F8>", "493 22 222", "q", NULL},
    {"form_kept", "… lukke det uten å lagre?", "<C-g>", BOX, "2", NULL},
    {"draft", "Et utkast som var igjen.", "e", "493", "<C-g>3", NULL},
    {"history", "Historikken til en post: hvem som endret hva.", "h", "Emma", "qa<Home>", NULL},
    /* what asks */
    {"remove", "Fjerne: spør først.", "3a<Home>d", BOX, "n", NULL},
    {"export", "Eksportere.", "w", BOX, "<C-g>", NULL},
    {"message_list", "Skrive til alle.", "M", "@", "q", NULL},
    {"enrol_selected", "Melde de valgte på en pulje.", "vvE", BOX, "<C-g>N", NULL},
    {"set_field", "Gi et felt samme verdi i alle valgte.", "<Home>vv=", BOX, "<C-g>N<Home>", NULL},
    {"print", "Skrive ut deltakerarket.", "2a7p", BOX, "<C-g>", NULL},
    {"paste", "Lime inn celler fra et regneark.", "3<C-v>", "", "<C-g>", NULL},
    {"import", "Importere: hva er i fila?", "1asbim<Enter><Down>i", BOX, "", NULL},
    {"import_file", "… hvilken fil? Tab fyller ut navnet.", "1delt<Tab>", "deltakere-bim-2.csv", "",
     NULL},
    {"rehearsal", "Importen, før noe er skrevet.", "<Down><Enter><Enter>", "deltakere-bim", "",
     NULL},
    {"rehearsal_columns", "… hva kolonnene blir.", "<Tab>", "Mobil", "", NULL},
    {"rehearsal_column", NULL, "<Enter>", BOX, "<C-g><Tab>", NULL},
    {"rehearsal_verdicts", "… hvilke rader?", "v", "1 ", "vvvvv", NULL},
    {"rehearsal_letters", "… hvilke bokstaver er det?", "e", "", "<C-g>", NULL},
    {"rehearsal_rejected", "… rettes.", "<End><Enter>", "", "<C-g>", NULL},
    {"import_rejects", "… de radene som ikke ble med, kan skrives til en fil.", "<F8>", BOX,
     "<C-g>a<Home>", NULL},
    {"imports", "Importene som er gjort.", "I", "deltakere-bim-1.csv", "", NULL},
    {"imports_back", NULL, "t", BOX, "nq", NULL},
    {"changes", "Det man selv har endret; alt kan tas tilbake.", "1aH", BOX, "<C-g>", NULL},
    {"unite", "Gjøre to personer til én.", "3asbritt<Enter>vvJ", "Britt Elin", "qNa<Home>",
     somebody_twice},
};

/* ---- a screen as text -------------------------------------------------------------------------
 */

static char sign(struct term_cell c)
{
    static const char signs[] = " rbXuRBX"; /* reverse 1, bold 2, underline 4 */
    return signs[(c.reverse ? 1 : 0) | (c.bold ? 2 : 0) | (c.underline ? 4 : 0)];
}

/* The columns of a cell that shows nothing carry no sign. */
static void add_signs(struct term *t, int row, int cols, char *out, size_t size)
{
    char line[400];
    int last = 0;
    for (int col = 0; col < cols; col++) {
        line[col] = sign(term_attr(t, row, col));
        if (line[col] != ' ')
            last = col + 1;
    }
    if (last)
        snprintf(out, size, "~%.*s\n", last, line);
    else
        out[0] = '\0';
}

/* Who is logged in and in which database is not the same everywhere; the bar's right end says it.
 */
static const char *without_names(const char *row)
{
    static char copy[1600];
    const char *dot = strstr(row, " \xC2\xB7 ");
    if (!dot)
        return row;
    while (dot > row && dot[-1] != ' ')
        dot--;
    size_t n = (size_t)(dot - row);
    while (n && row[n - 1] == ' ')
        n--;
    snprintf(copy, sizeof copy, "%.*s", (int)n, row);
    return copy;
}

static const char *shown_row(struct term *t, int row)
{
    return row ? term_row(t, row) : without_names(term_row(t, 0));
}

static const char *capture(struct term *t)
{
    static char out[1 << 18];
    char line[420];
    int rows, cols, y = -1, x = -1;
    bool seen = term_cursor(t, &y, &x);
    size_t n;
    term_size(t, &rows, &cols);
    n = (size_t)snprintf(out, sizeof out, "cursor %d %d%s\n", y, x, seen ? "" : " hidden");
    for (int row = 0; row < rows; row++) {
        line[0] = '\0';
        if (row) /* the bar is reversed as a whole */
            add_signs(t, row, cols, line, sizeof line);
        n += (size_t)snprintf(out + n, sizeof out - n, "|%s\n%s", shown_row(t, row), line);
    }
    return out;
}

/* ---- share/doc/SCREENS ------------------------------------------------------------------------
 */

static char document[1 << 19];
static size_t told;

#define TELL(...) (told += (size_t)snprintf(document + told, sizeof document - told, __VA_ARGS__))

/* The row with the cursor bears a sign: what is reversed is not seen in a text. */
static void tell(struct term *t, const char *what)
{
    int rows, cols, y = -1;
    bool seen = term_cursor(t, &y, NULL);
    if (!told)
        TELL("Skjermbildene i samling, 80 tegn brede og 24 linjer høye, på bokmål. > i margen står "
             "ved "
             "linja\nmed markøren. Fila blir skrevet av «make screens»; tests/tui/golden_test.c "
             "passer på "
             "at den stemmer.\n");
    term_size(t, &rows, &cols);
    TELL("\n\n%s\n\n", what);
    for (int row = 0; row < rows; row++) {
        const char *text = shown_row(t, row);
        const char *margin = seen && row == y ? "  > " : *text ? "    " : "";
        TELL("%s%s\n", margin, text);
    }
}

/* ---- beside what is kept ----------------------------------------------------------------------
 */

static bool updating(void)
{
    const char *update = getenv("SAMLING_UPDATE");
    return update && *update;
}

static const char *source(const char *name)
{
    static char path[PATH_MAX + 200];
    /* The examples lie in the sources' share. */
    snprintf(path, sizeof path, "%s/../%s", getenv("SAMLING_DATADIR"), name);
    return path;
}

static char kept[1 << 19];

static void read_kept(const char *name)
{
    FILE *in = fopen(source(name), "rb");
    size_t n = in ? fread(kept, 1, sizeof kept - 1, in) : 0;
    kept[n] = '\0';
    if (in)
        fclose(in);
}

static void write_kept(const char *name, const char *text)
{
    FILE *out = fopen(source(name), "wb");
    if (!out)
        fail_msg("%s cannot be written", source(name));
    fputs(text, out);
    assert_int_equal(fclose(out), 0);
}

static bool is_kept(struct term *t, const void *arg)
{
    (void)arg;
    return strcmp(capture(t), kept) == 0;
}

/* What differs first, for whoever reads the failure. */
static void first_difference(const char *now, const char *name)
{
    const char *was = kept;
    int line = 1;
    while (*now && *was) {
        size_t n = strcspn(now, "\n"), w = strcspn(was, "\n");
        if (n != w || strncmp(now, was, n) != 0)
            break;
        now += n + (now[n] == '\n');
        was += w + (was[w] == '\n');
        line++;
    }
    fprintf(stderr, "%s:%d differs (make screens writes it anew):\n- %.*s\n+ %.*s\n", name, line,
            (int)strcspn(was, "\n"), was, (int)strcspn(now, "\n"), now);
}

static void compare(struct term *t, const char *name)
{
    int left = 250;
    if (updating()) {
        term_wait_idle(t, 400); /* longer than the pause after which counts and strip come */
        write_kept(name, capture(t));
        return;
    }
    read_kept(name);
    /* It is painted in parts: counts and the strip come at the first pause. */
    while (left-- > 0 && !is_kept(t, NULL))
        term_wait_idle(t, 20);
    if (!is_kept(t, NULL))
        first_difference(capture(t), name);
    term_wait(t, is_kept, NULL, name);
}

/* The first screen of the document, which the README begins with. */
static char *first_screen(void)
{
    const char *from = strstr(document, "    "), *to = strstr(from, "\n\n\n");
    static char screen[8000];
    snprintf(screen, sizeof screen, "%.*s\n", (int)(to - from), from);
    return screen;
}

static void compare_readme(void)
{
    static const char before[] = "English, bokmål, nynorsk.\n\n", after[] = "\nTry it\n";
    static char readme[1 << 16];
    const char *screen = first_screen();
    read_kept("README");
    char *from = strstr(kept, before), *to = strstr(kept, after);
    assert_true(from && to && from < to);
    from += sizeof before - 1;
    if (updating()) {
        snprintf(readme, sizeof readme, "%.*s%s%s", (int)(from - kept), kept, screen, to);
        write_kept("README", readme);
    } else if (strlen(screen) != (size_t)(to - from) ||
               strncmp(from, screen, strlen(screen)) != 0) {
        fail_msg("the README begins with another screen than there is: make screens");
    }
}

static void compare_document(void)
{
    static const char name[] = "share/doc/SCREENS";
    if (updating()) {
        write_kept(name, document);
        compare_readme();
        return;
    }
    compare_readme();
    read_kept(name);
    if (strcmp(document, kept) != 0) {
        first_difference(document, name);
        fail_msg("%s is not what the screens are: make screens", name);
    }
}

/* ---- all of them ------------------------------------------------------------------------------
 */

struct run {
    struct term *t;
    const char *size, *language;
    bool told; /* in SCREENS */
};

static void shoot(const struct run *r, const struct shot *s)
{
    char name[300];
    if (s->before)
        s->before();
    term_keys(r->t, s->keys);
    if (*s->there)
        term_wait_text(r->t, s->there);
    snprintf(name, sizeof name, "tests/screens/%s-%s-%s.txt", s->name, r->language, r->size);
    compare(r->t, name);
    if (r->told && s->what)
        tell(r->t, s->what);
    term_keys(r->t, s->leave);
}

/* The files that the import asks for, and a database that is the same in every run. */
static const char *login_name(void)
{
    static char name[200];
    RUN("-d", "base.db", "list", "users", "--format", "csv");
    const char *line = strchr(said, '\n');
    assert_true(line && sscanf(line, " %*d,%199[^,]", name) == 1);
    return name;
}

static int setup(void **state)
{
    char path[PATH_MAX];
    if (stage_open(state) != 0)
        return -1;
    snprintf(path, sizeof path, "%s/examples/rosters/deltakere-bim-1.csv",
             getenv("SAMLING_DATADIR"));
    copy_file(path, "deltakere-bim-1.csv");
    copy_file(path, "deltakere-bim-2.csv");
    /* Made again, at a time that is known. */
    setenv("SAMLING_TODAY", "2022-02-01T09:00", 1);
    unlink("base.db");
    RUN("-d", "base.db", "init", "--example", "asker");
    pass_the_tour();
    RUN("-d", "base.db", "user", "set", login_name(), "full_name=Anna Aas");
    return 0;
}

static void shoot_all(int rows, int cols, const char *size, const char *language)
{
    struct run r = {.size = size, .language = language};
    r.told = rows == 24 && strcmp(language, "nb") == 0;
    current = fresh_database();
    r.t = open_desk(rows, cols, language, NULL);
    for (size_t i = 0; i < sizeof shots / sizeof *shots; i++)
        shoot(&r, &shots[i]);
    term_keys(r.t, "1");
    leave(r.t);
    if (r.told)
        compare_document();
}

static void english_80(void **state)
{
    (void)state;
    shoot_all(24, 80, "80", "en");
}

static void bokmaal_80(void **state)
{
    (void)state;
    shoot_all(24, 80, "80", "nb");
}

static void english_160(void **state)
{
    (void)state;
    shoot_all(50, 160, "160", "en");
}

static void bokmaal_160(void **state)
{
    (void)state;
    shoot_all(50, 160, "160", "nb");
}

/* ---- in other clothes -------------------------------------------------------------------------
 */

static const struct shot plain_shots[] = {
    {"offerings", NULL, "1a<Home>", "AMBULERENDE", "", NULL},
    {"today", NULL, "4", "BIM/1/3", "", NULL},
    {"menu", NULL, "1<F9>", "E", "<C-g>", NULL},
    {"form", NULL, "3a<Home>e", "Askeland", "<C-g>", NULL},
    {"roster", NULL, "2a7r", "Bjørå", "q", NULL},
    {"month", NULL, "25", "2022", "7", NULL},
    {"sort", NULL, "3S", "1", "<C-g>", NULL},
    {"remove", NULL, "3d", "Askeland", "n", NULL},
};

static const struct shot small_shots[] = {
    {"offerings", NULL, "1a<Home>", "AMBULERENDE", "", NULL},
    {"month", NULL, "25", "2022", "7", NULL},
    {"today", NULL, "4", "BIM/1/3", "", NULL},
    {"menu", NULL, "1<F9><Right><Right>", BOX, "<C-g>", NULL},
    {"palette", NULL, "<C-p>imp", "imp", "<C-g>", NULL},
    {"form", NULL, "3a<Home>e", "Askeland", "<C-g>", NULL},
    {"roster", NULL, "2a7r", "Bjørå", "q", NULL},
    {"help", NULL, "<F1>", "F1", "q", NULL},
};

static const struct shot mono_shots[] = {
    {"offerings", NULL, "1a<Home>", "AMBULERENDE", "", NULL},
    {"search", NULL, "smobb", "mobb", "<C-g>", NULL},
    {"today", NULL, "4", "BIM/1/3", "", NULL},
    {"month", NULL, "25", "2022", "7", NULL},
    {"form", NULL, "3a<Home>e", "Askeland", "<C-g>", NULL},
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void shoot_some(const char *size, int rows, int cols, const char *display,
                       const struct shot *some, size_t n)
{
    static const char *const languages[] = {"en", "nb"};
    char variable[40];
    snprintf(variable, sizeof variable, "SAMLING_DISPLAY=%s", display);
    for (size_t i = 0; i < 2; i++) {
        struct run r = {.size = size, .language = languages[i]};
        current = fresh_database();
        r.t = term_start(
            rows, cols,
            (const char *const[]){stage_program, "-d", database(), "-l", languages[i], NULL},
            (const char *const[]){variable, NULL});
        for (size_t k = 0; k < n; k++)
            shoot(&r, &some[k]);
        term_keys(r.t, "1");
        leave(r.t);
    }
}

static void plain(void **state)
{
    (void)state;
    shoot_some("plain", 24, 80, "plain", plain_shots, COUNT(plain_shots));
}

static void monochrome(void **state)
{
    (void)state;
    shoot_some("mono", 24, 80, "mono", mono_shots, COUNT(mono_shots));
}

static void small(void **state)
{
    (void)state;
    shoot_some("60", 16, 60, "auto", small_shots, COUNT(small_shots));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_80),  cmocka_unit_test(bokmaal_80), cmocka_unit_test(english_160),
        cmocka_unit_test(bokmaal_160), cmocka_unit_test(plain),      cmocka_unit_test(monochrome),
        cmocka_unit_test(small),
    };
    if (argc > 1)
        cmocka_set_test_filter(argv[1]); /* one of them */
    return cmocka_run_group_tests_name("golden", tests, setup, stage_close);
}
