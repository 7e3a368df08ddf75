#include "config.h"

#include "samling/print.h"

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Sheets made by hand ---- */

static struct sheet_row *make_rows(size_t n, const char *name, const char *organisation,
                                   const char *role)
{
    struct sheet_row *row = mem_alloc((n + 1) * sizeof *row);
    for (size_t i = 0; i < n; i++) {
        struct buf b = {0};
        if (name)
            buf_add(&b, name);
        else
            buf_addf(&b, "Åse nr%zu", i + 1);
        row[i] = (struct sheet_row){.number = (int)i + 1,
                                    .name = buf_take(&b),
                                    .organisation = mem_strdup(organisation),
                                    .role = mem_strdup(role)};
    }
    return row;
}

static struct sheet make_sheet(size_t n)
{
    return (struct sheet){.reference = mem_strdup("BIM/1/3"),
                          .title = mem_strdup("Samling 3"),
                          .offering = mem_strdup("Barnehagens innsatsteam mot mobbing"),
                          .cohort = mem_strdup("Pulje 1"),
                          .number = 3,
                          .place = mem_strdup("Kulturhuset"),
                          .starts = mem_strdup("2022-02-08T09:00"),
                          .ends = mem_strdup("2022-02-08T15:00"),
                          .organiser = mem_strdup("Oppvekst"),
                          .code = "K7Q2-5",
                          .row = make_rows(n, NULL, "Blåklokka", "styrer"),
                          .nrows = n};
}

static void free_rows(struct sheet *s)
{
    for (size_t i = 0; i < s->nrows; i++) {
        free(s->row[i].name);
        free(s->row[i].organisation);
        free(s->row[i].role);
    }
    free(s->row);
}

static void free_sheet(struct sheet *s)
{
    free_rows(s);
    char *text[] = {s->reference, s->title,  s->offering, s->cohort,
                    s->place,     s->starts, s->ends,     s->organiser};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        free(text[i]);
}

static void set(char **field, const char *value)
{
    free(*field);
    *field = mem_strdup(value);
}

static void set_rows(struct sheet *s, size_t n, const char *name, const char *organisation,
                     const char *role)
{
    free_rows(s);
    s->row = make_rows(n, name, organisation, role);
    s->nrows = n;
}

/* "abcabc…" of `n` repeats. */
static char *repeated(const char *s, size_t n)
{
    struct buf b = {0};
    while (n--)
        buf_add(&b, s);
    return buf_take(&b);
}

/* ---- Printing and reading back ---- */

static char *as_text(const struct sheet *s, struct print_options options)
{
    char *out = NULL;
    size_t size = 0;
    struct error err = {0};
    FILE *f = open_memstream(&out, &size);
    assert_non_null(f);
    options.form = PRINT_TEXT;
    assert_int_equal(print_sheet(s, &options, f, NULL, &err), ST_OK);
    assert_int_equal(fclose(f), 0);
    return out;
}

static const struct print_options plain = {.columns = 80, .walk_ins = -1, .made = "printed today"};

static size_t count(const char *s, const char *what)
{
    size_t n = 0;
    for (; (s = strstr(s, what)) != NULL; s += strlen(what))
        n++;
    return n;
}

static void check_has(const char *s, const char *what)
{
    if (!strstr(s, what))
        fail_msg("«%s» is missing in:\n%s", what, s);
}

static void check_lacks(const char *s, const char *what)
{
    if (strstr(s, what))
        fail_msg("«%s» should not be in:\n%s", what, s);
}

/* A list of strings, cut at each `mark`. */
struct parts {
    char **s;
    size_t n, cap;
};

static struct parts cut_up(const char *s, char mark)
{
    struct parts p = {0};
    for (;;) {
        const char *end = strchr(s, mark);
        size_t n = end ? (size_t)(end - s) : strlen(s);
        p.s = mem_grow(p.s, &p.cap, p.n + 1, sizeof *p.s);
        p.s[p.n++] = mem_strndup(s, n);
        if (!end)
            return p;
        s = end + 1;
    }
}

static void free_parts(struct parts *p)
{
    for (size_t i = 0; i < p->n; i++)
        free(p->s[i]);
    free(p->s);
}

/* The number that a row's line begins with; 0 for other lines. */
static int row_number(const char *line)
{
    int number = 0, used = 0;
    if (sscanf(line, "%d%n", &number, &used) != 1)
        return 0;
    return line[used] == ' ' && strchr(line, '|') ? number : 0;
}

/* What holds for each sheet as text, whatever is on it. */
static void check_text(const char *out, int columns, size_t lines, int rows)
{
    struct parts page = cut_up(out, '\f');
    int expected = 1;
    for (size_t p = 0; p < page.n; p++) {
        struct buf foot = {0};
        buf_addf(&foot, "Page %zu of %zu\n", p + 1, page.n);
        assert_int_equal(count(page.s[p], buf_str(&foot)), 1);
        assert_int_equal(count(page.s[p], "Signature\n"), 1);
        buf_free(&foot);
        assert_true(count(page.s[p], "\n") < lines);
        struct parts line = cut_up(page.s[p], '\n');
        bool header = false;
        for (size_t i = 0; i < line.n; i++) {
            if (text_width(line.s[i]) > columns)
                fail_msg("%d columns: %s", text_width(line.s[i]), line.s[i]);
            header = header || strstr(line.s[i], "Signature");
            int number = row_number(line.s[i]);
            if (!number)
                continue;
            assert_true(header);
            assert_int_equal(number, expected++);
        }
        free_parts(&line);
    }
    assert_int_equal(expected - 1, rows);
    free_parts(&page);
}

static void put_temporary(char *name, const char *bytes, size_t n)
{
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    FILE *f = fdopen(fd, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static char *output_of(const char *command)
{
    struct buf b = {0};
    char chunk[4096];
    size_t n;
    FILE *f = popen(command, "r");
    assert_non_null(f);
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_addn(&b, chunk, n);
    int status = pclose(f);
    if (status != 0)
        fail_msg("%s: exit %d", command, status);
    return buf_take(&b);
}

/* Prints a PDF and has a tool of poppler read it: `tool` is its command up to the file's name. */
static struct buf read_pdf(const struct sheet *s, struct print_options options, const char *tool,
                           const char *after, struct buf *missing)
{
    char *bytes = NULL;
    size_t size = 0;
    struct error err = {0};
    FILE *f = open_memstream(&bytes, &size);
    assert_non_null(f);
    options.form = PRINT_PDF;
    enum status st = print_sheet(s, &options, f, missing, &err);
    if (st != ST_OK)
        fail_msg("%s: %s", err.what, err.why);
    assert_int_equal(fclose(f), 0);
    assert_true(size > 1000 && memcmp(bytes, "%PDF-", 5) == 0);
    char name[] = "/tmp/print_test.XXXXXX";
    put_temporary(name, bytes, size);
    free(bytes);
    struct buf command = {0}, out = {0};
    buf_addf(&command, "%s %s %s", tool, name, after);
    char *text = output_of(buf_str(&command));
    buf_add(&out, text);
    free(text);
    buf_free(&command);
    assert_int_equal(unlink(name), 0);
    return out;
}

static struct buf pdf_text(const struct sheet *s, struct print_options options, struct buf *missing)
{
    return read_pdf(s, options, "pdftotext -layout", "- 2>/dev/null", missing);
}

/* ---- Text ---- */

static void text_says_everything(void **state)
{
    (void)state;
    struct sheet s = make_sheet(14);
    char *out = as_text(&s, plain);
    check_text(out, 80, 66, 20);
    const char *said[] = {"Barnehagens innsatsteam mot mobbing",
                          "Sheet K7Q2-5\n",
                          "BIM/1/3\n",
                          "\nPulje 1, gathering 3\n",
                          "Tuesday 8 February 2022",
                          "Kulturhuset",
                          "Oppvekst",
                          "Åse nr14 ",
                          "Blåklokka",
                          "styrer",
                          "printed today",
                          "Not on the list?",
                          "\n\nNo. Name "};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        check_has(out, said[i]);
    assert_int_equal(count(out, "Åse nr"), 14);
    assert_int_equal(count(out, "\f"), 0);
    free(out);
    free_sheet(&s);
}

static void text_of_every_length(void **state)
{
    (void)state;
    static const size_t lengths[] = {0, 1, 14, 23, 24, 25, 26, 27, 50, 1000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct sheet s = make_sheet(lengths[i]);
        for (int columns = 80; columns <= 132; columns += 52) {
            struct print_options o = plain;
            o.columns = columns;
            char *out = as_text(&s, o);
            check_text(out, columns, 66, (int)lengths[i] + 6);
            assert_int_equal(count(out, "Åse nr"), lengths[i]);
            assert_int_equal(count(out, "Sheet K7Q2-5\n"), count(out, "\f") + 1);
            assert_int_equal(count(out, "Kulturhuset"), 1);
            free(out);
        }
        free_sheet(&s);
    }
}

static void later_pages_have_a_short_heading(void **state)
{
    (void)state;
    struct sheet s = make_sheet(50);
    char *out = as_text(&s, plain);
    struct parts page = cut_up(out, '\f');
    assert_true(page.n >= 2);
    struct parts line = cut_up(page.s[1], '\n');
    check_has(line.s[0], "BIM/1/3 · Samling 3 · Barnehagens");
    check_has(line.s[0], "…  Sheet K7Q2-5");
    assert_string_equal(line.s[1], "");
    check_has(line.s[2], "Signature");
    free_parts(&line);
    free_parts(&page);
    free(out);
    free_sheet(&s);
}

static void every_fifth_row_is_marked(void **state)
{
    (void)state;
    struct sheet s = make_sheet(50);
    char *out = as_text(&s, plain);
    struct parts line = cut_up(out, '\n');
    int seen = 0;
    for (size_t i = 0; i + 1 < line.n; i++) {
        int number = row_number(line.s[i]);
        if (!number)
            continue;
        assert_int_equal(line.s[i + 1][0], number % 5 ? '-' : '=');
        seen++;
    }
    assert_int_equal(seen, 56);
    free_parts(&line);
    free(out);
    free_sheet(&s);
}

static void rows_are_never_split(void **state)
{
    (void)state;
    for (size_t n = 10; n < 60; n++) {
        struct sheet s = make_sheet(0);
        set_rows(&s, n, "Ingvild-Kristine Halvorsen-Brattbakk", "Blåklokka", "styrer");
        char *out = as_text(&s, plain);
        check_text(out, 80, 66, (int)n + 6);
        struct parts page = cut_up(out, '\f');
        for (size_t p = 0; p < page.n; p++)
            assert_int_equal(count(page.s[p], "Ingvild-Kristine"),
                             count(page.s[p], " Halvorsen-Brattbakk"));
        assert_int_equal(count(out, " Halvorsen-Brattbakk"), n);
        free_parts(&page);
        free(out);
        free_sheet(&s);
    }
}

static void walk_ins_stay_with_their_note(void **state)
{
    (void)state;
    for (size_t n = 1; n < 90; n++) {
        struct sheet s = make_sheet(n);
        char *out = as_text(&s, plain);
        check_text(out, 80, 66, (int)n + 6);
        const char *note = strstr(out, "Not on the list?");
        assert_non_null(note);
        const char *rest = strchr(note, '\f');
        assert_null(rest);
        assert_int_equal(count(note, "|\n"), 6);
        free(out);
        free_sheet(&s);
    }
}

static void many_walk_ins_flow_over_pages(void **state)
{
    (void)state;
    struct sheet s = make_sheet(3);
    struct print_options o = plain;
    o.walk_ins = 60;
    char *out = as_text(&s, o);
    check_text(out, 80, 66, 63);
    assert_true(count(out, "\f") >= 1);
    assert_int_equal(count(out, "Not on the list?"), 1);
    free(out);
    free_sheet(&s);
}

static void nobody_is_said(void **state)
{
    (void)state;
    struct sheet s = make_sheet(0);
    struct print_options o = plain;
    o.walk_ins = 0;
    char *out = as_text(&s, o);
    check_has(out, "There is nobody on the list.");
    check_lacks(out, "Not on the list?");
    check_text(out, 80, 66, 0);
    free(out);
    struct buf pdf = pdf_text(&s, o, NULL);
    check_has(buf_str(&pdf), "There is nobody on the list.");
    buf_free(&pdf);
    free_sheet(&s);
}

static void what_is_empty_has_no_label(void **state)
{
    (void)state;
    struct sheet s = make_sheet(2);
    set(&s.place, "");
    set(&s.starts, "");
    set(&s.ends, "");
    set(&s.organiser, " ");
    set(&s.cohort, "");
    set(&s.offering, "");
    set(&s.title, "");
    s.code[0] = '\0';
    struct print_options o = plain;
    o.made = NULL;
    char *out = as_text(&s, o);
    struct buf pdf = pdf_text(&s, o, NULL);
    const char *both[] = {out, buf_str(&pdf)};
    for (int i = 0; i < 2; i++) {
        check_lacks(both[i], "Place");
        check_lacks(both[i], "Time");
        check_lacks(both[i], "Organiser");
        check_lacks(both[i], "Sheet");
        check_lacks(both[i], "printed");
        assert_int_equal(count(both[i], "Gathering 3"), 1);
    }
    check_text(out, 80, 66, 8);
    free(out);
    buf_free(&pdf);
    free_sheet(&s);
}

static void a_title_that_says_the_number_is_enough(void **state)
{
    (void)state;
    struct sheet s = make_sheet(1);
    set(&s.title, "Gathering 3");
    char *out = as_text(&s, plain);
    check_has(out, "\nPulje 1\n");
    check_lacks(out, "Pulje 1, gathering");
    free(out);
    free_sheet(&s);
}

static void long_texts_stay_in_their_columns(void **state)
{
    (void)state;
    struct sheet s = make_sheet(0);
    char *word = repeated("Blåbær", 2000), *words = repeated("Øyas barnehage ", 500);
    set_rows(&s, 60, word, words, word);
    set(&s.title, words);
    set(&s.offering, word);
    set(&s.cohort, word);
    set(&s.place, words);
    set(&s.organiser, word);
    for (int i = 0; i < 4; i++) {
        struct print_options o = plain;
        o.columns = i & 1 ? 132 : 80;
        o.lines = i & 2 ? 30 : 66;
        o.made = words;
        char *out = as_text(&s, o);
        check_text(out, o.columns, (size_t)o.lines, 66);
        check_has(out, "…");
        free(out);
    }
    free(word);
    free(words);
    free_sheet(&s);
}

static void words_of_a_wrapped_cell_all_appear(void **state)
{
    (void)state;
    struct sheet s = make_sheet(0);
    set_rows(&s, 1, "Siri Sunniva Fjeldstad Haraldseth", "Læringsverkstedet Solbakken",
             "barnehagelærer");
    char *out = as_text(&s, plain);
    const char *said[] = {"Siri",          "Sunniva",           "Fjeldstad",
                          "Haraldseth",    "Læringsverkstedet", "Solbakken",
                          "barnehagelærer"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        check_has(out, said[i]);
    free(out);
    free_sheet(&s);
}

static void wide_letters_keep_the_box_in_line(void **state)
{
    (void)state;
    struct sheet s = make_sheet(2);
    set(&s.row[0].name, "李小龙 Ærlig");
    char *out = as_text(&s, plain);
    struct parts line = cut_up(out, '\n');
    int at[2] = {0};
    for (size_t i = 0; i < line.n; i++) {
        int number = row_number(line.s[i]);
        if (number != 1 && number != 2)
            continue;
        *strchr(line.s[i], '|') = '\0';
        at[number - 1] = text_width(line.s[i]);
    }
    assert_true(at[0] > 20);
    assert_int_equal(at[0], at[1]);
    free_parts(&line);
    free(out);
    free_sheet(&s);
}

static void nothing_steers_the_printer(void **state)
{
    (void)state;
    struct sheet s = make_sheet(1);
    set(&s.row[0].name, "\033[2JKari\f\n\tNord\xE2\x80\xAEmann\xFF");
    set(&s.title, "Sam\fling\033]0;x\a");
    set(&s.place, "Her\nog\x9B der");
    struct print_options o = plain;
    o.made = "i dag\f";
    char *out = as_text(&s, o);
    check_text(out, 80, 66, 7);
    assert_null(strchr(out, '\033'));
    assert_null(strchr(out, '\a'));
    assert_null(strchr(out, '\f'));
    assert_null(strchr(out, '\t'));
    check_lacks(out, "\xE2\x80\xAE");
    assert_true(text_is_utf8(out, strlen(out)));
    check_has(out, "Kari Nordmann");
    free(out);
    free_sheet(&s);
}

static void pages_are_as_long_as_asked(void **state)
{
    (void)state;
    struct sheet s = make_sheet(100);
    struct print_options o = plain;
    o.lines = 72;
    char *out = as_text(&s, o);
    check_text(out, 80, 72, 106);
    struct parts page = cut_up(out, '\f');
    for (size_t p = 0; p < page.n; p++)
        assert_int_equal(count(page.s[p], "\n"), 71);
    free_parts(&page);
    free(out);
    free_sheet(&s);
}

static void paper_too_small_is_refused(void **state)
{
    (void)state;
    struct sheet s = make_sheet(1);
    struct error err = {0};
    char sink[64];
    FILE *f = fmemopen(sink, sizeof sink, "w");
    assert_non_null(f);
    struct print_options o = {.form = PRINT_TEXT, .columns = 20};
    assert_int_equal(print_sheet(&s, &o, f, NULL, &err), ST_REFUSED);
    check_has(err.why, "20 columns");
    o = (struct print_options){.form = PRINT_TEXT, .columns = 80, .lines = 5};
    assert_int_equal(print_sheet(&s, &o, f, NULL, &err), ST_REFUSED);
    check_has(err.why, "5 lines");
    assert_int_equal(ftell(f), 0);
    assert_int_equal(fclose(f), 0);
    free_sheet(&s);
}

/* A full disk: room for 100 bytes, and no more. */
static void a_short_write_is_noticed(void **state)
{
    (void)state;
    static const enum print_form forms[] = {PRINT_TEXT, PRINT_PDF};
    struct sheet s = make_sheet(40);
    for (int i = 0; i < 2; i++) {
        char room[100];
        struct error err = {0};
        FILE *f = fmemopen(room, sizeof room, "w");
        assert_non_null(f);
        struct print_options o = plain;
        o.form = forms[i];
        assert_int_equal(print_sheet(&s, &o, f, NULL, &err), ST_REFUSED);
        check_has(err.why, "could not be written");
        check_has(err.todo, "room on the disk");
        fclose(f);
    }
    free_sheet(&s);
}

/* ---- PDF ---- */

static const char *const names[] = {"Åse Ødegård",      "Čálliidlágádus Máret", "Łukasz Wójcik",
                                    "Nguyễn Thị Hương", "Sølvi Ærlig",          "Þórður Ægisson",
                                    "Семён Йовчев",     "Ŋiŋŋo Đoŧŧâ"};
enum { NNAMES = sizeof names / sizeof *names };

static void pdf_reads_back(void **state)
{
    (void)state;
    struct sheet s = make_sheet(14);
    for (size_t i = 0; i < NNAMES; i++)
        set(&s.row[i].name, names[i]);
    set(&s.title, "Trygge fellesskap på Ås");
    struct buf missing = {0}, out = pdf_text(&s, plain, &missing);
    for (size_t i = 0; i < NNAMES; i++)
        check_has(buf_str(&out), names[i]);
    const char *said[] = {"Barnehagens innsatsteam mot mobbing",
                          "Trygge fellesskap på Ås",
                          "Pulje 1, gathering 3",
                          "Sheet K7Q2-5",
                          "BIM/1/3",
                          "Tuesday 8 February 2022",
                          "Kulturhuset",
                          "Oppvekst",
                          "Signature",
                          "Not on the list?",
                          "printed today",
                          "Page 1 of 1"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        check_has(buf_str(&out), said[i]);
    assert_int_equal(count(buf_str(&out), "\f"), 1);
    assert_string_equal(buf_str(&missing), "");
    buf_free(&out);
    buf_free(&missing);
    free_sheet(&s);
}

static void pdf_says_what_it_is(void **state)
{
    (void)state;
    struct sheet s = make_sheet(1);
    set(&s.title, "Øving på Ås");
    struct buf info = read_pdf(&s, plain, "pdfinfo", "2>/dev/null", NULL);
    check_has(buf_str(&info), "BIM/1/3 · Øving på Ås · Barnehagens");
    check_has(buf_str(&info), "samling\n");
    check_has(buf_str(&info), "A4");
    buf_free(&info);
    struct buf fonts = read_pdf(&s, plain, "pdffonts", "2>/dev/null", NULL);
    check_has(buf_str(&fonts), "yes yes yes");
    check_lacks(buf_str(&fonts), "Type 1");
    buf_free(&fonts);
    free_sheet(&s);
}

static void pdf_of_every_length(void **state)
{
    (void)state;
    static const size_t lengths[] = {0, 1, 50, 1000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct sheet s = make_sheet(lengths[i]);
        struct buf out = pdf_text(&s, plain, NULL);
        struct parts page = cut_up(buf_str(&out), '\f');
        size_t pages = page.n - 1; /* the last is what follows the last form feed: nothing */
        assert_true(pages >= 1 && pages <= lengths[i] / 20 + 2);
        for (size_t p = 0; p < pages; p++) {
            struct buf foot = {0};
            buf_addf(&foot, "Page %zu of %zu", p + 1, pages);
            check_has(page.s[p], buf_str(&foot));
            check_has(page.s[p], "Sheet K7Q2-5");
            assert_int_equal(count(page.s[p], "Signature"), 1);
            buf_free(&foot);
        }
        for (size_t r = 1; r <= lengths[i]; r++) {
            struct buf name = {0};
            buf_addf(&name, "Åse nr%zu ", r);
            assert_int_equal(count(buf_str(&out), buf_str(&name)), 1);
            buf_free(&name);
        }
        free_parts(&page);
        buf_free(&out);
        free_sheet(&s);
    }
}

static void marks_are_composed(void **state)
{
    (void)state;
    struct sheet s = make_sheet(1);
    set(&s.row[0].name, "A\xCC\x8Ase Ode\xCC\x81n");
    struct buf missing = {0}, out = pdf_text(&s, plain, &missing);
    check_has(buf_str(&out), "Åse Odén");
    assert_string_equal(buf_str(&missing), "");
    buf_free(&out);
    free_sheet(&s);
}

static void missing_letters_are_reported_once(void **state)
{
    (void)state;
    struct sheet s = make_sheet(3);
    set(&s.row[0].name, "Åse \xF0\x9F\x98\x80\xF0\x9F\x98\x80");
    set(&s.row[1].name, "Ola \xE6\x9D\x8E");
    set(&s.row[2].name, "Kari \xE6\x9D\x8E");
    struct buf missing = {0}, out = pdf_text(&s, plain, &missing);
    assert_string_equal(buf_str(&missing), "Åse \xF0\x9F\x98\x80\xF0\x9F\x98\x80: U+1F600\n"
                                           "Ola \xE6\x9D\x8E: U+674E\n");
    check_has(buf_str(&out), "Åse □□");
    check_has(buf_str(&out), "Ola □");
    check_has(buf_str(&out), "Kari □");
    buf_free(&out);
    out = pdf_text(&s, plain, NULL);
    check_has(buf_str(&out), "Kari □");
    buf_free(&out);
    buf_free(&missing);
    free_sheet(&s);
}

static struct buf picture(const char *name)
{
    struct sheet s = make_sheet(1);
    set(&s.row[0].name, name);
    struct buf hex = read_pdf(&s, plain, "pdftoppm -gray -r 100", "2>/dev/null | cksum", NULL);
    free_sheet(&s);
    return hex;
}

/* ễ is made of e and of a glyph that is itself made of two: read back, it was always right, but on
 * paper the marks were gone. ё is made of a Latin ë, the same way. */
static void marks_on_marks_are_drawn(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"Nguyễn", "Nguyen"}, {"Семён", "Семен"}};
    for (int i = 0; i < 2; i++) {
        struct buf whole = picture(pairs[i][0]), bare = picture(pairs[i][1]);
        assert_true(whole.len > 0);
        assert_string_not_equal(buf_str(&whole), buf_str(&bare));
        buf_free(&whole);
        buf_free(&bare);
    }
}

struct reach {
    double from, to;
};

/* How far the words that consist of `letter` reach, over all pages, from pdftotext -bbox. */
static struct reach reach_of(const char *boxes, char letter)
{
    struct reach r = {1e9, -1e9};
    for (const char *p = boxes; (p = strstr(p, "<word xMin=\"")) != NULL; p++) {
        double from, to;
        char first;
        if (sscanf(p, "<word xMin=\"%lf\" yMin=\"%*f\" xMax=\"%lf\" yMax=\"%*f\">%c", &from, &to,
                   &first) != 3 ||
            first != letter)
            continue;
        r.from = from < r.from ? from : r.from;
        r.to = to > r.to ? to : r.to;
    }
    return r;
}

static void pdf_columns_do_not_touch(void **state)
{
    (void)state;
    static const size_t repeats[] = {1, 3, 8, 200};
    for (size_t i = 0; i < sizeof repeats / sizeof *repeats; i++) {
        struct sheet s = make_sheet(0);
        char *name = repeated("WWWW", repeats[i]), *organisation = repeated("XXXX ", repeats[i]),
             *role = repeated("MMMM", repeats[i]);
        set_rows(&s, 3, name, organisation, role);
        struct buf boxes = read_pdf(&s, plain, "pdftotext -bbox", "- 2>/dev/null", NULL);
        struct reach w = reach_of(buf_str(&boxes), 'W'), x = reach_of(buf_str(&boxes), 'X'),
                     m = reach_of(buf_str(&boxes), 'M'), sign = reach_of(buf_str(&boxes), 'S');
        assert_true(w.from > 50 && w.to > w.from && w.to < x.from);
        assert_true(x.to > x.from && x.to < m.from);
        assert_true(m.to > m.from && sign.to < 595.28 - 39);
        buf_free(&boxes);
        free(name);
        free(organisation);
        free(role);
        free_sheet(&s);
    }
}

static void pdf_bears_piled_up_marks(void **state)
{
    (void)state;
    struct sheet s = make_sheet(1);
    char *marks = repeated("\xCC\x81", 50000);
    set(&s.row[0].name, marks);
    set(&s.title, marks);
    struct buf out = pdf_text(&s, plain, NULL);
    check_has(buf_str(&out), "Page 1 of 1");
    buf_free(&out);
    char *text = as_text(&s, plain);
    check_has(text, "Page 1 of 1");
    free(text);
    free(marks);
    free_sheet(&s);
}

/* ---- Fonts ---- */

static enum status print_with_font(const char *font, struct error *err)
{
    struct sheet s = make_sheet(1);
    char *bytes = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&bytes, &size);
    assert_non_null(f);
    struct print_options o = plain;
    o.form = PRINT_PDF;
    assert_int_equal(setenv("SAMLING_FONT", font, 1), 0);
    enum status st = print_sheet(&s, &o, f, NULL, err);
    assert_int_equal(unsetenv("SAMLING_FONT"), 0);
    assert_int_equal(fclose(f), 0);
    if (st != ST_OK)
        assert_int_equal(size, 0);
    free(bytes);
    free_sheet(&s);
    return st;
}

static void a_missing_font_is_named(void **state)
{
    (void)state;
    struct error err = {0};
    assert_int_equal(print_with_font("/nowhere/Font.ttf", &err), ST_REFUSED);
    assert_string_equal(err.what, "/nowhere/Font.ttf");
    check_has(err.why, "cannot be read");
    check_has(err.todo, "fonts-dejavu-core");
    check_has(err.todo, "SAMLING_FONT");
}

static void a_file_that_is_no_font_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
    } wrong[] = {{"", 0}, {"not a font at all", 17}, {"\0\1\0\0\377\377\0\0\0\0\0\0cmap", 16}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char name[] = "/tmp/print_test.XXXXXX";
        struct error err = {0};
        put_temporary(name, wrong[i].bytes, wrong[i].n);
        assert_int_equal(print_with_font(name, &err), ST_REFUSED);
        check_has(err.why, "not a TrueType font");
        check_has(err.todo, "SAMLING_FONT");
        assert_int_equal(unlink(name), 0);
    }
}

static void without_libharu_s_consent_there_is_no_pdf(void **state)
{
    (void)state;
#ifdef FONT_FILE
    const char *font = FONT_FILE;
#else
    const char *font = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
#endif
    struct buf bytes = {0};
    char chunk[4096], name[] = "/tmp/print_test.XXXXXX";
    size_t n;
    FILE *f = fopen(font, "rb");
    assert_non_null(f);
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_addn(&bytes, chunk, n);
    assert_int_equal(fclose(f), 0);
    /* Its table of names is renamed, so that libharu lacks it; we do not need it. */
    for (size_t i = 12; i + 4 < 400; i += 16)
        if (memcmp(bytes.s + i, "name", 4) == 0)
            memcpy(bytes.s + i, "nope", 4);
    put_temporary(name, bytes.s, bytes.len);
    struct error err = {0};
    assert_int_equal(print_with_font(name, &err), ST_REFUSED);
    check_has(err.why, "libharu error");
    check_has(err.todo, "print the sheet as text");
    assert_int_equal(unlink(name), 0);
    buf_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_says_everything),
        cmocka_unit_test(text_of_every_length),
        cmocka_unit_test(later_pages_have_a_short_heading),
        cmocka_unit_test(every_fifth_row_is_marked),
        cmocka_unit_test(rows_are_never_split),
        cmocka_unit_test(walk_ins_stay_with_their_note),
        cmocka_unit_test(many_walk_ins_flow_over_pages),
        cmocka_unit_test(nobody_is_said),
        cmocka_unit_test(what_is_empty_has_no_label),
        cmocka_unit_test(a_title_that_says_the_number_is_enough),
        cmocka_unit_test(long_texts_stay_in_their_columns),
        cmocka_unit_test(words_of_a_wrapped_cell_all_appear),
        cmocka_unit_test(wide_letters_keep_the_box_in_line),
        cmocka_unit_test(nothing_steers_the_printer),
        cmocka_unit_test(pages_are_as_long_as_asked),
        cmocka_unit_test(paper_too_small_is_refused),
        cmocka_unit_test(a_short_write_is_noticed),
        cmocka_unit_test(pdf_reads_back),
        cmocka_unit_test(pdf_says_what_it_is),
        cmocka_unit_test(pdf_of_every_length),
        cmocka_unit_test(marks_are_composed),
        cmocka_unit_test(missing_letters_are_reported_once),
        cmocka_unit_test(marks_on_marks_are_drawn),
        cmocka_unit_test(pdf_columns_do_not_touch),
        cmocka_unit_test(pdf_bears_piled_up_marks),
        cmocka_unit_test(a_missing_font_is_named),
        cmocka_unit_test(a_file_that_is_no_font_is_refused),
        cmocka_unit_test(without_libharu_s_consent_there_is_no_pdf),
    };
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("SAMLING_FONT");
    lang_init("en");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
