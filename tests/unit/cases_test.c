/* clang-format off */
/* Small files, each with what must come out: tests/cases/NAME.cases, one test each.
 *
 * A case begins with `== what it is about`. Then, each on a line of its own:
 *   type people|organisations|roster|attendance|offerings|cohorts|gatherings  (people)
 *   lang nb|nn            the language in force (else English)
 *   bytes windows-1252    how the text below becomes bytes: any single-byte set, UTF-16LE, UTF-16BE
 *                         (UTF-8)
 *   bom                   with the mark
 *   ends crlf|cr|mixed    the line ends (LF)
 *   open                  the last line has no end
 *   into                  into the cohort BIM/1 (a roster always is)
 *   encoding NAME, delimiter C, map COLUMN=FIELD, replace, unclear new|skip, keep-unmapped: options
 *   add TYPE FIELD=VALUE | FIELD=VALUE …     what is there before
 *   skip LINE, accept LINE, person LINE ID, organisation LINE ID, mend LINE COLUMN TEXT: decisions (COLUMN from 1)
 *   once                  importing it again may change something
 * The file: lines that begin with `>`. \xNN is a byte, as it is; \t, \0 and \\ as in C.
 * What comes out: lines that begin with `| `. SAMLING_UPDATE=1 writes them anew: read the difference.
 *
 * Each case is rehearsed, written, and (without `once`) imported again, which must change nothing. */
/* clang-format on */
#include "config.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "samling/charset.h"
#include "samling/import.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

enum { CASES_MAX = 1000, DECISIONS_MAX = 8 };

struct decided {
    long line;
    struct import_decision d;
    size_t column; /* from 1; 0: `d` */
    char *text;
};

struct example {
    char *file, *name;
    struct session *s;
    struct import_options options;
    char *own[64]; /* of options */
    size_t nown;
    const char *bytes, *lang;
    bool bom, open, once;
    int ends; /* 0 LF, 1 CRLF, 2 CR, 3 mixed */
    struct buf content, want, got, seen;
    struct decided decided[DECISIONS_MAX];
    size_t ndecided;
};

static struct example *cases[CASES_MAX];
static size_t ncases;

static void fail_with(const struct example *c, const struct error *err)
{
    char words[900];
    error_text(err, words, sizeof words);
    fail_msg("%s: %s: %s", c->file, c->name, words);
}

/* ---- bytes ----------------------------------------------------------------------------------- */

static void add_encoded(struct example *c, uint32_t cp)
{
    static uint32_t table[256];
    static char known[40];
    if (!c->bytes) {
        text_put(&c->content, cp);
    } else if (strncmp(c->bytes, "UTF-16", 6) == 0) {
        uint32_t unit[2] = {cp, 0};
        int n = 1, le = strcmp(c->bytes, "UTF-16LE") == 0;
        if (cp >= 0x10000) {
            unit[0] = 0xD800 + ((cp - 0x10000) >> 10);
            unit[1] = 0xDC00 + ((cp - 0x10000) & 0x3FF);
            n = 2;
        }
        for (int i = 0; i < n; i++) {
            buf_addc(&c->content, (char)(le ? unit[i] & 0xFF : unit[i] >> 8));
            buf_addc(&c->content, (char)(le ? unit[i] >> 8 : unit[i] & 0xFF));
        }
    } else {
        if (strcmp(known, c->bytes) != 0) {
            assert_true(charset_table(c->bytes, table));
            snprintf(known, sizeof known, "%s", c->bytes);
        }
        for (int i = 0; i < 256; i++) {
            if (table[i] == cp) {
                buf_addc(&c->content, (char)i);
                return;
            }
        }
        fail_msg("%s: %s: %s has no U+%04X", c->file, c->name, c->bytes, (unsigned)cp);
    }
}

static void add_end(struct example *c, size_t line)
{
    int ends = c->ends == 3 ? (int)(line % 3) : c->ends;
    if (ends != 0)
        add_encoded(c, '\r');
    if (ends != 2)
        add_encoded(c, '\n');
}

static void add_line(struct example *c, const char *s)
{
    while (*s) {
        if (*s != '\\') {
            add_encoded(c, text_next(&s));
            continue;
        }
        s++;
        switch (*s++) {
        case 'x': {
            char hex[3] = {s[0], s[0] ? s[1] : 0, 0};
            buf_addc(&c->content, (char)strtol(hex, NULL, 16));
            s += strlen(hex);
            break;
        }
        case 't': add_encoded(c, '\t'); break;
        case '0': buf_addc(&c->content, '\0'); break;
        default: add_encoded(c, '\\');
        }
    }
}

/* ---- reading a case -------------------------------------------------------------------------- */

static char *own(struct example *c, const char *s)
{
    assert_true(c->nown < sizeof c->own / sizeof *c->own);
    return c->own[c->nown++] = mem_strdup(s);
}

static bool says(const char *line, const char *word, const char **rest)
{
    size_t n = strlen(word);
    if (strncmp(line, word, n) != 0 || (line[n] && line[n] != ' '))
        return false;
    *rest = line[n] ? line + n + 1 : line + n;
    return true;
}

static void put(struct session *s, struct record *r, char *pair)
{
    char *equals = strchr(pair, '='), *stored;
    while (*pair == ' ')
        pair++;
    assert_non_null(equals);
    *equals = '\0';
    int field = type_field(r->type, pair);
    struct error err = {0};
    if (field < 0 || field_parse(s, &r->type->fields[field], equals + 1, &stored, &err) != ST_OK)
        fail_msg("no such value: %s=%s: %s", pair, equals + 1, err.why);
    record_put(r, field, stored);
    free(stored);
}

static void add_record(struct example *c, const char *words)
{
    char *copy = mem_strdup(words), *rest = copy, *pair = strsep(&rest, " ");
    const struct record_type *t = type_by_name(pair);
    struct error err = {0};
    if (!t)
        fail_msg("%s: %s: no such type: %s", c->file, c->name, pair);
    struct record *r = record_new(t);
    while ((pair = strsep(&rest, "|")) != NULL)
        put(c->s, r, pair);
    if (session_begin(c->s, ACT_ADD, &err) != ST_OK || record_insert(c->s, r, &err) != ST_OK ||
        session_commit(c->s, &err) != ST_OK)
        fail_with(c, &err);
    record_free(r);
    free(copy);
}

static void add_decision(struct example *c, const char *what, const char *words)
{
    assert_true(c->ndecided < DECISIONS_MAX);
    struct decided *d = &c->decided[c->ndecided++];
    char *end;
    *d = (struct decided){.d = {.person = IMPORT_ASK, .organisation = IMPORT_ASK}};
    d->line = strtol(words, &end, 10);
    if (strcmp(what, "skip") == 0)
        d->d.skip = true;
    else if (strcmp(what, "accept") == 0)
        d->d.accept = true;
    else if (strcmp(what, "person") == 0)
        d->d.person = atoll(end);
    else if (strcmp(what, "organisation") == 0)
        d->d.organisation = atoll(end);
    else {
        d->column = (size_t)strtol(end, &end, 10);
        d->text = own(c, *end ? end + 1 : end);
    }
}

static void obey(struct example *c, const char *line)
{
    static const char *const decisions[] = {"skip", "accept", "person", "organisation", "mend"};
    const char *rest;
    struct import_options *o = &c->options;
    for (size_t i = 0; i < sizeof decisions / sizeof *decisions; i++) {
        if (says(line, decisions[i], &rest)) {
            add_decision(c, decisions[i], rest);
            return;
        }
    }
    if (says(line, "type", &rest)) {
        o->type = own(c, rest);
    } else if (says(line, "bytes", &rest)) {
        c->bytes = own(c, rest);
    } else if (says(line, "lang", &rest)) {
        c->lang = own(c, rest);
    } else if (says(line, "ends", &rest)) {
        c->ends = strcmp(rest, "crlf") == 0 ? 1 : strcmp(rest, "cr") == 0 ? 2 : 3;
    } else if (says(line, "bom", &rest)) {
        c->bom = true;
    } else if (says(line, "open", &rest)) {
        c->open = true;
    } else if (says(line, "into", &rest)) {
        o->cohort = 1;
    } else if (says(line, "once", &rest)) {
        c->once = true;
    } else if (says(line, "replace", &rest)) {
        o->replace = true;
    } else if (says(line, "keep-unmapped", &rest)) {
        o->keep_unmapped = true;
    } else if (says(line, "encoding", &rest)) {
        o->reader.encoding = own(c, rest);
    } else if (says(line, "delimiter", &rest)) {
        o->reader.delimiter = *rest;
    } else if (says(line, "unclear", &rest)) {
        o->on_unclear = strcmp(rest, "new") == 0 ? UNCLEAR_NEW : UNCLEAR_SKIP;
    } else if (says(line, "map", &rest)) {
        char *column = own(c, rest), *equals = strrchr(column, '=');
        assert_non_null(equals);
        *equals = '\0';
        o->map[o->nmaps++] = (struct import_map){column, equals + 1};
    } else if (says(line, "add", &rest)) {
        add_record(c, rest);
    } else {
        fail_msg("%s: %s: what is this? %s", c->file, c->name, line);
    }
}

/* ---- what comes out -------------------------------------------------------------------------- */

static void tell(struct buf *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void tell(struct buf *out, const char *format, ...)
{
    char line[4000], *p = line;
    va_list ap;
    va_start(ap, format);
    vsnprintf(line, sizeof line, format, ap);
    va_end(ap);
    buf_add(out, "| ");
    for (; *p; p++)
        if (*p == '\n')
            buf_add(out, "\\n");
        else
            buf_addc(out, *p);
    buf_addc(out, '\n');
}

static void tell_head(struct example *c, struct import *imp)
{
    static const char *const use[] = {"", "-", "-", "-form", "-identity", "-empty"};
    static const char *const why[] = {"", " (content)", "", " (memory)"};
    const struct import_head *h = import_head(imp);
    struct buf b = {0};
    char delimiter[2] = {h->info.delimiter, '\0'};
    tell(&c->got, "%s%s, %s, heading on line %ld%s%s%s", h->info.encoding,
         h->info.bom ? " with mark" : "", h->info.delimiter == '\t' ? "tab" : delimiter,
         h->header_line, h->remembered ? ", remembered" : "", h->info.rival ? ", or " : "",
         h->info.rival ? h->info.rival : "");
    for (size_t i = 0; i < h->ncolumns; i++) {
        const struct import_column *col = &h->column[i];
        buf_addf(&b, "%s%s=%s%s", i ? ", " : "", *col->heading ? col->heading : "?",
                 col->field ? col->field : use[col->use], col->field ? why[col->why] : "");
    }
    tell(&c->got, "%s", buf_str(&b));
    buf_free(&b);
}

static void on_row(void *arg, const struct import_row *r)
{
    struct example *c = arg;
    tell(&c->seen, "%ld %s %s; %s; %s", r->line, verdict_name(r->verdict), r->name, r->organisation,
         r->reason);
}

static void on_organisation(void *arg, const char *name)
{
    tell(&((struct example *)arg)->seen, "+ %s", name);
}

static void on_result(struct example *c, const struct import_result *r)
{
    struct buf b = {0};
    for (int i = 0; i < IMPORT_LINES && r->identity_line[i]; i++)
        buf_addf(&b, " %ld", r->identity_line[i]);
    if (r->identities)
        tell(&c->seen, "identity numbers: %ld, on lines%s", r->identities, buf_str(&b));
    if (r->enrolled)
        tell(&c->seen, "enrolled: %ld", r->enrolled);
    buf_free(&b);
}

#define POSITIONS                                                                                  \
    "coalesce((SELECT group_concat(o.name || coalesce(' (' || o.municipality || ')', '') || ' ' "  \
    "|| q.role "                                                                                   \
    "|| coalesce(' from ' || q.starts, '') || coalesce(' until ' || q.ends, ''), ', ') "           \
    "FROM position q JOIN organisation o ON o.id = q.organisation_id WHERE q.person_id = p.id), "  \
    "'')"

/* What the database holds afterwards, a record a line. */
static void tell_all(struct example *c)
{
    static const char *const queries[] = {
        "SELECT group_concat(l, char(10)) FROM (SELECT coalesce(p.given_name, '') || '|' || "
        "coalesce(p.family_name, '') || '|' || coalesce(p.email, '') || '|' || coalesce(p.phone, "
        "'') || '|' || " POSITIONS " || coalesce('|also ' || p.alias, '') || coalesce('|' || "
                                   "p.note, '') AS l FROM person p ORDER BY p.id)",
        "SELECT group_concat(l, char(10)) FROM (SELECT 'organisation ' || name || '|' || kind || "
        "'|' || "
        "coalesce(ownership, '') || '|' || coalesce(municipality, '') || '|' || coalesce(orgno, "
        "'') AS l "
        "FROM organisation WHERE batch_id IS NOT NULL ORDER BY id)",
        "SELECT group_concat(l, char(10)) FROM (SELECT 'enrolled ' || coalesce(p.given_name, '') "
        "|| ' ' || "
        "coalesce(p.family_name, '') || '|' || e.role || '|' || e.status || coalesce('|' || "
        "(SELECT mark FROM attendance a WHERE a.enrolment_id = e.id), '') || coalesce('|' || "
        "e.note, '') AS l "
        "FROM enrolment e JOIN person p ON p.id = e.person_id ORDER BY e.id)",
        "SELECT group_concat(l, char(10)) FROM (SELECT code || '|' || title || '|' || kind || '|' "
        "|| status || "
        "coalesce('|' || starts, '') AS l FROM offering WHERE batch_id IS NOT NULL ORDER BY id)",
        "SELECT group_concat(l, char(10)) FROM (SELECT o.code || '/' || c.number || '|' || c.name "
        "|| '|' || c.status || coalesce('|by ' || c.deadline, '') "
        "AS l FROM cohort c JOIN offering o ON o.id = c.offering_id WHERE c.batch_id IS NOT NULL "
        "ORDER BY c.id)",
        "SELECT group_concat(l, char(10)) FROM (SELECT o.code || '/' || c.number || '/' || "
        "g.number || '|' || g.title "
        "|| '|' || g.status || coalesce('|' || g.starts, '') || coalesce('|' || g.place, '') "
        "|| coalesce('|by ' || g.deadline, '') AS l FROM gathering g "
        "JOIN cohort c ON c.id = g.cohort_id JOIN offering o ON o.id = c.offering_id WHERE "
        "g.batch_id IS NOT NULL "
        "ORDER BY g.id)",
    };
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        char *all, *rest, *line;
        struct error err = {0};
        if (db_get_text(c->s->db, &all, &err, queries[i], NULL) != ST_OK)
            fail_with(c, &err);
        for (rest = all; rest && (line = strsep(&rest, "\n")) != NULL;)
            tell(&c->got, ". %s", line);
        free(all);
    }
}

/* ---- running --------------------------------------------------------------------------------- */

static struct import *open_case(struct example *c, struct error *err)
{
    struct import *imp;
    if (import_open_memory(&imp, c->s, &c->options, "list.csv", buf_str(&c->content),
                           c->content.len, err) != ST_OK)
        return NULL;
    for (size_t i = 0; i < c->ndecided; i++) {
        const struct decided *d = &c->decided[i];
        if (d->column)
            import_mend(imp, d->line, d->column - 1, d->text);
        else
            import_decide(imp, d->line, d->d);
    }
    return imp;
}

static void run(struct example *c, struct import *imp, bool write, struct import_result *result)
{
    struct import_watch watch = {.row = on_row, .organisation = on_organisation, .arg = c};
    struct error err = {0};
    buf_clear(&c->seen);
    if (import_run(imp, write, &watch, result, &err) != ST_OK)
        fail_with(c, &err);
    on_result(c, result);
}

static void again(struct example *c)
{
    struct import_result result;
    struct error err = {0};
    struct import *imp = open_case(c, &err);
    if (!imp)
        fail_with(c, &err);
    run(c, imp, true, &result);
    if (result.batch || result.count[VERDICT_NEW] || result.count[VERDICT_CHANGED])
        fail_msg("%s: %s: importing it again is not without effect:\n%s", c->file, c->name,
                 buf_str(&c->seen));
    import_close(imp);
}

static void import_case(struct example *c)
{
    struct import_result result;
    struct error err = {0};
    struct import *imp = open_case(c, &err);
    if (!imp) {
        char words[900];
        error_text(&err, words, sizeof words);
        tell(&c->got, "refused: %s", words);
        return;
    }
    tell_head(c, imp);
    run(c, imp, false, &result);
    char *rehearsed = mem_strdup(buf_str(&c->seen));
    run(c, imp, true, &result);
    if (strcmp(rehearsed, buf_str(&c->seen)) != 0)
        fail_msg("%s: %s:\nrehearsed\n%swritten\n%s", c->file, c->name, rehearsed,
                 buf_str(&c->seen));
    free(rehearsed);
    buf_add(&c->got, buf_str(&c->seen));
    tell_all(c);
    import_close(imp);
    if (!c->once)
        again(c);
}

static void on_finding(void *arg, const char *line)
{
    const struct example *c = arg;
    fail_msg("%s: %s: %s", c->file, c->name, line);
}

/* The text of a case, from its first line to the next case. */
static void parse(struct example *c, const char *text)
{
    char *copy = mem_strdup(text), *rest = copy, *line;
    size_t nlines = 0;
    if (c->bom && c->bytes)
        fail_msg("%s: bom must come after bytes", c->name);
    while ((line = strsep(&rest, "\n")) != NULL) {
        if (*line == '>') {
            if (nlines == 0 && c->bom)
                add_encoded(c, 0xFEFF);
            if (nlines++)
                add_end(c, nlines);
            add_line(c, line + 1);
        } else if (*line == '|') {
            buf_addf(&c->want, "%s\n", line);
        } else if (*line && *line != '#') {
            obey(c, line);
        }
    }
    if (nlines && !c->open)
        add_end(c, nlines + 1);
    free(copy);
}

static void example_free(struct example *c)
{
    for (size_t i = 0; i < c->nown; i++)
        free(c->own[i]);
    c->nown = 0;
    buf_free(&c->content);
    buf_free(&c->want);
    buf_free(&c->seen);
}

static bool updating(void)
{
    const char *update = getenv("SAMLING_UPDATE");
    return update && *update;
}

static void test_case(void **state)
{
    struct example *c = *state;
    struct error err = {0};
    char *text = buf_take(&c->want);
    if (session_open(&c->s, ":memory:", DB_CREATE, "anna", &err) != ST_OK)
        fail_with(c, &err);
    add_record(c, "offering code=BIM | title=Barnehagens innsatsteam mot mobbing");
    add_record(c, "cohort offering=BIM | name=Pulje 1");
    add_record(c, "gathering cohort=BIM/1 | title=Samling 1 | starts=2022-02-08");
    c->options.type = "people";
    c->s->today = (struct day){2022, 2, 1};
    parse(c, text);
    free(text);
    if (strcmp(c->options.type, "roster") == 0)
        c->options.cohort = 1;
    if (strcmp(c->options.type, "attendance") == 0)
        c->options.gathering = 1;
    lang_init(c->lang ? c->lang : "en");
    import_case(c);
    lang_init("en");
    if (record_verify(c->s, on_finding, c, &err) != ST_OK ||
        db_check(c->s->db, on_finding, c, &err) != ST_OK)
        fail_with(c, &err);
    session_close(c->s);
    bool same = updating() || strcmp(buf_str(&c->got), buf_str(&c->want)) == 0;
    if (!same)
        print_error("%s: %s\n--- wanted\n%s--- came\n%s", c->file, c->name, buf_str(&c->want),
                    buf_str(&c->got));
    example_free(c);
    assert_true(same);
}

/* ---- the files ------------------------------------------------------------------------------- */

static char *read_whole(const char *path)
{
    struct buf b = {0};
    char part[4096];
    size_t n;
    FILE *f = fopen(path, "r");
    if (!f)
        return NULL;
    while ((n = fread(part, 1, sizeof part, f)) > 0)
        buf_addn(&b, part, n);
    fclose(f);
    return buf_take(&b);
}

static void load(const char *dir, const char *file)
{
    struct buf path = {0};
    buf_addf(&path, "%s/%s", dir, file);
    char *text = read_whole(path.s);
    for (char *p = text ? strstr(text, "== ") : NULL, *next; p; p = next) {
        char *end = strchr(p, '\n');
        next = strstr(p + 1, "\n== ");
        next += next != NULL;
        struct example *c = mem_alloc(sizeof *c);
        c->file = mem_strdup(file);
        c->name = mem_strndup(p + 3, (size_t)(end - p - 3));
        buf_addn(&c->want, end + 1, next ? (size_t)(next - end - 1) : strlen(end + 1));
        if (ncases == CASES_MAX)
            exit(1);
        cases[ncases++] = c;
    }
    free(text);
    buf_free(&path);
}

/* Writes what came out in the place of what was wanted. */
static void update(const char *dir, const char *file)
{
    struct buf path = {0}, out = {0};
    buf_addf(&path, "%s/%s", dir, file);
    char *text = read_whole(path.s), *rest = text, *line;
    const struct example *c = NULL;
    size_t at = 0;
    while ((line = strsep(&rest, "\n")) != NULL && (rest || *line)) {
        if (strncmp(line, "== ", 3) == 0) {
            while (at < ncases && strcmp(cases[at]->file, file) != 0)
                at++;
            c = cases[at++];
        }
        if (*line != '|')
            buf_addf(&out, "%s\n", line);
        /* After the last line of the file that is read. */
        if (*line == '>' && (!rest || *rest != '>') && c)
            buf_add(&out, buf_str(&c->got));
    }
    FILE *f = fopen(path.s, "w");
    if (!f || fputs(buf_str(&out), f) < 0 || fclose(f) != 0)
        exit(1);
    free(text);
    buf_free(&path);
    buf_free(&out);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_cases(const struct dirent *e)
{
    const char *dot = strrchr(e->d_name, '.');
    return dot && strcmp(dot, ".cases") == 0;
}

int main(void)
{
    static struct CMUnitTest tests[CASES_MAX];
    struct dirent **entry;
    struct buf dir = {0};
    const char *top = getenv("srcdir");
    buf_addf(&dir, "%s/tests/cases", top ? top : ".");
    int n = scandir(dir.s, &entry, is_cases, by_name);
    for (int i = 0; i < n; i++)
        load(dir.s, entry[i]->d_name);
    if (ncases < 150) {
        fprintf(stderr, "%s: %zu cases, and there must be 150 at least\n", dir.s, ncases);
        return 1;
    }
    for (size_t i = 0; i < ncases; i++)
        tests[i] = (struct CMUnitTest){cases[i]->name, test_case, NULL, NULL, cases[i]};
    int failed = _cmocka_run_group_tests("cases", tests, ncases, NULL, NULL);
    for (int i = 0; i < n; i++) {
        if (updating())
            update(dir.s, entry[i]->d_name);
        free(entry[i]);
    }
    free(entry);
    buf_free(&dir);
    for (size_t i = 0; i < ncases; i++) {
        free(cases[i]->file);
        free(cases[i]->name);
        buf_free(&cases[i]->got);
        free(cases[i]);
    }
    return failed;
}
