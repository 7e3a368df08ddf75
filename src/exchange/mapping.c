#include "config.h"

#include "mapping.h"

#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

/* ---- targets --------------------------------------------------------------------------------- */

/* What one type of import knows, beyond what the fields say of themselves. */
struct source {
    const char *name;
    const char *label; /* NULL: the field's */
    enum type_id type;
    const char *field;
    const char *headings; /* besides the field's own */
};

static const struct source person_sources[TO_COUNT] = {
    [TO_GIVEN_NAME] = {"given_name", NULL, T_PERSON, "given_name", NULL},
    [TO_FAMILY_NAME] = {"family_name", NULL, T_PERSON, "family_name", NULL},
    [TO_NAME] =
        {"name", N_("Full name"), T_PERSON, "family_name",
         "name|navn|namn|fullt navn|fullt namn|deltaker|deltakar|deltakerens navn|navn på deltaker|"
         "namn på deltakar|ansatt|tilsett|participant"},
    [TO_EMAIL] = {"email", NULL, T_PERSON, "email", NULL},
    [TO_PHONE] = {"phone", NULL, T_PERSON, "phone", NULL},
    [TO_ORGANISATION] = {"organisation", NULL, T_POSITION, "organisation",
                         "organization|organisasjonsnavn|navn på barnehage|namn på barnehage|navn "
                         "på arbeidssted|namn på arbeidsstad"},
    [TO_MUNICIPALITY] = {"municipality", NULL, T_ORGANISATION, "municipality", NULL},
    [TO_POSITION] = {"position", NULL, T_POSITION, "role", NULL},
    [TO_NOTE] = {"note", NULL, T_PERSON, "note", NULL},
    [TO_ROLE] = {"role", NULL, T_ENROLMENT, "role", NULL},
    [TO_STATUS] = {"status", NULL, T_ENROLMENT, "status", NULL},
};

static void add_source(struct targets *t, const struct source *from, const char *headings)
{
    const struct record_type *type = type_by_id(from->type);
    const struct field *f = &type->fields[type_field(type, from->field)];
    t->target[t->n++] = (struct target){from->name, from->label ? from->label : f->label, f,
                                        headings ? headings : from->headings};
}

static void fill_people(struct targets *t, enum import_kind kind)
{
    t->kind = kind;
    t->municipality = TO_MUNICIPALITY;
    for (int i = 0; i < (kind == IMPORT_ROSTER ? TO_COUNT : TO_ROLE); i++)
        /* In a list of people the role that is meant is the one at work. */
        add_source(t, &person_sources[i],
                   kind == IMPORT_PEOPLE && i == TO_POSITION ? "rolle|funksjon|role" : NULL);
}

static void fill_organisations(struct targets *t)
{
    const struct record_type *type = type_by_id(T_ORGANISATION);
    t->kind = IMPORT_ORGANISATIONS;
    t->municipality = type_field(type, "municipality");
    for (size_t i = 0; i < type->nfields && i < TARGETS_MAX; i++)
        t->target[t->n++] =
            (struct target){type->fields[i].name, type->fields[i].label, &type->fields[i], NULL};
}

const struct targets *targets_of(const char *type)
{
    static struct targets people, roster, organisations;
    if (!people.n) {
        fill_people(&people, IMPORT_PEOPLE);
        fill_people(&roster, IMPORT_ROSTER);
        fill_organisations(&organisations);
    }
    if (strcmp(type, "people") == 0)
        return &people;
    if (strcmp(type, "roster") == 0)
        return &roster;
    return strcmp(type, "organisations") == 0 ? &organisations : NULL;
}

const char *const *import_fields(const char *type)
{
    static const char *names[IMPORT_ORGANISATIONS + 1][TARGETS_MAX + 1];
    static const char *const none[] = {NULL};
    const struct targets *t = targets_of(type);
    if (!t)
        return none;
    for (size_t i = 0; i < t->n; i++)
        names[t->kind][i] = t->target[i].name;
    return names[t->kind];
}

/* ---- headings -------------------------------------------------------------------------------- */

/* `words` are separated by |. */
static bool one_of(const char *words, const char *folded, struct buf *scratch)
{
    bool same = false;
    for (const char *w = words; w && *w && !same;) {
        size_t n = strcspn(w, "|");
        char *word = mem_strndup(w, n);
        buf_clear(scratch);
        text_fold_match(scratch, word);
        same = scratch->len > 0 && strcmp(scratch->s, folded) == 0;
        free(word);
        w += n + (w[n] == '|');
    }
    return same;
}

static bool is_heading_of(const struct target *t, const char *folded, struct buf *scratch)
{
    return one_of(t->name, folded, scratch) || one_of(t->label, folded, scratch) ||
           one_of(lang_tr(t->label), folded, scratch) || one_of(t->headings, folded, scratch) ||
           (t->field->name && one_of(t->field->headings, folded, scratch));
}

/* The target that a heading names, or -1. What a target says of itself counts before the synonyms
 * that its field shares with others. */
static int target_of_heading(const struct targets *t, const char *heading)
{
    struct buf folded = {0}, scratch = {0};
    int found = -1;
    text_fold_match(&folded, heading);
    for (size_t i = 0; folded.len && found < 0 && i < t->n; i++) {
        struct target own = t->target[i];
        static const struct field none;
        own.field = &none;
        if (is_heading_of(&own, folded.s, &scratch))
            found = (int)i;
    }
    /* A full name is only borrowing the family name's rules. */
    for (size_t i = 0; folded.len && found < 0 && i < t->n; i++)
        if (!(t->kind != IMPORT_ORGANISATIONS && i == TO_NAME) &&
            is_heading_of(&t->target[i], folded.s, &scratch))
            found = (int)i;
    buf_free(&folded);
    buf_free(&scratch);
    return found;
}

static int target_by_name(const struct targets *t, const char *name)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->target[i].name, name) == 0 || text_same(t->target[i].name, name) ||
            text_same(lang_tr(t->target[i].label), name))
            return (int)i;
    return -1;
}

/* ---- what the one who imports said ----------------------------------------------------------- */

/* "3" is a column's number, unless it is a heading. */
static size_t column_number(const char *column)
{
    char *end;
    long n = strtol(column, &end, 10);
    return *column && !*end && n >= 1 && n <= READER_COLUMNS_MAX ? (size_t)n : 0;
}

static enum status check_maps(const struct targets *t, const struct import_options *o,
                              struct error *err)
{
    for (size_t i = 0; i < o->nmaps; i++) {
        if (strcmp(o->map[i].field, "-") == 0 || target_by_name(t, o->map[i].field) >= 0)
            continue;
        struct buf all = {0};
        for (size_t j = 0; j < t->n; j++)
            buf_addf(&all, "%s%s", j ? ", " : "", t->target[j].name);
        error_set(err, ST_REFUSED, o->map[i].field, NULL,
                  _("an import of %s has no such field; it has: %s, and - to leave a column out"),
                  o->type, all.s);
        buf_free(&all);
        return ST_REFUSED;
    }
    return ST_OK;
}

/* The map that names this heading; NULL when none does. */
static const struct import_map *map_of_heading(const struct import_options *o, const char *heading)
{
    for (size_t i = 0; i < o->nmaps; i++)
        if (!text_is_blank(heading) && text_same(o->map[i].column, heading))
            return &o->map[i];
    return NULL;
}

/* ---- the header row -------------------------------------------------------------------------- */

enum { HEADER_ROWS = 20 };

struct candidate {
    long line;
    size_t known;  /* cells that are headings */
    bool names;    /* one of them is of a name or an address */
    size_t filled; /* cells that are not empty */
    size_t n;
    char *cell[READER_COLUMNS_MAX];
};

/* Does this say who, or which, a row is about? */
static bool is_name(const struct targets *t, int target)
{
    if (t->kind == IMPORT_ORGANISATIONS)
        return target == target_by_name(t, "name") || target == target_by_name(t, "orgno");
    return target == TO_NAME || target == TO_GIVEN_NAME || target == TO_FAMILY_NAME ||
           target == TO_EMAIL;
}

static void weigh(const struct targets *t, const struct import_options *o, const struct row *row,
                  struct candidate *c)
{
    c->line = row->line;
    c->known = c->filled = 0;
    c->names = false;
    c->n = row->n;
    for (size_t i = 0; i < row->n; i++) {
        if (!*row->field[i])
            continue;
        int target = target_of_heading(t, row->field[i]);
        bool said = map_of_heading(o, row->field[i]) != NULL;
        c->filled++;
        c->known += target >= 0 || said;
        c->names |= said || (target >= 0 && is_name(t, target));
    }
}

/* A single word in a long row may be chance, but nobody is called "Navn". */
static bool is_header(const struct candidate *c)
{
    return c->known >= 2 || (c->known == 1 && (c->names || c->known * 2 >= c->filled));
}

static void keep_cells(struct candidate *c, const struct row *row)
{
    for (size_t i = 0; i < READER_COLUMNS_MAX; i++) {
        free(c->cell[i]);
        c->cell[i] = i < row->n ? mem_strdup(row->field[i]) : NULL;
    }
}

static void drop_cells(struct candidate *c)
{
    for (size_t i = 0; i < READER_COLUMNS_MAX; i++)
        free(c->cell[i]);
}

/* *best gets the first row with most known headings; its line is 0 when none is a header. *first
 * gets the fullest of the rows looked at, to be shown when there is no header. */
static enum status look(const struct targets *t, const struct import_options *o,
                        struct reader *reader, struct candidate *best, struct candidate *first,
                        struct error *err)
{
    struct row row;
    int rc = 1;
    for (int i = 0; i < HEADER_ROWS && (rc = reader_next(reader, &row, err)) > 0; i++) {
        struct candidate c;
        weigh(t, o, &row, &c);
        if (is_header(&c) && c.known > best->known) {
            best->line = c.line, best->known = c.known, best->filled = c.filled, best->n = c.n;
            keep_cells(best, &row);
        }
        if (c.filled > first->filled) {
            first->line = c.line, first->filled = c.filled, first->n = c.n;
            keep_cells(first, &row);
        }
    }
    reader_rewind(reader);
    return rc < 0 ? ST_REFUSED : ST_OK;
}

/* ---- mapping --------------------------------------------------------------------------------- */

static void list_columns(const struct candidate *c, struct buf *out)
{
    for (size_t i = 0; i < c->n && i < READER_COLUMNS_MAX && out->len < 200; i++) {
        buf_addf(out, "%s%zu ", i ? ", " : "", i + 1);
        buf_addc(out, '"');
        text_clean(out, c->cell[i] ? c->cell[i] : "", false);
        buf_addc(out, '"');
    }
}

enum trouble { NO_HEADING, NO_NAMES, NO_SUCH_COLUMN };

static enum status refuse(enum trouble trouble, const char *what, const struct candidate *c,
                          struct error *err)
{
    const char *todo =
        _("say which is which with --map COLUMN=FIELD, where COLUMN is a heading or a number, as "
          "--map 1=name");
    struct buf seen = {0};
    list_columns(c, &seen);
    switch (trouble) {
    case NO_HEADING:
        error_set(err, ST_REFUSED, what, todo,
                  _("no row of headings was found; the columns are %s"), buf_str(&seen));
        break;
    case NO_NAMES:
        error_set(err, ST_REFUSED, what, todo, _("no column has the names; the columns are %s"),
                  buf_str(&seen));
        break;
    case NO_SUCH_COLUMN:
        error_set(err, ST_REFUSED, what, todo, _("there is no such column; the columns are %s"),
                  buf_str(&seen));
        break;
    }
    buf_free(&seen);
    return ST_REFUSED;
}

static enum status apply_maps(struct mapping *m, const struct targets *t,
                              const struct import_options *o, const struct candidate *seen,
                              struct error *err)
{
    for (size_t i = 0; i < o->nmaps; i++) {
        size_t column = READER_COLUMNS_MAX, number = column_number(o->map[i].column);
        for (size_t c = 0; c < m->ncolumns && column == READER_COLUMNS_MAX; c++)
            if (*m->heading[c] && text_same(m->heading[c], o->map[i].column))
                column = c;
        if (column == READER_COLUMNS_MAX && number && number <= m->ncolumns)
            column = number - 1;
        if (column == READER_COLUMNS_MAX)
            return refuse(NO_SUCH_COLUMN, o->map[i].column, seen, err);
        m->target[column] = target_by_name(t, o->map[i].field);
    }
    return ST_OK;
}

/* Is there anything to know a row by? */
static bool is_enough(const struct mapping *m, const struct targets *t)
{
    for (size_t i = 0; i < m->ncolumns; i++)
        if (m->target[i] >= 0 && is_name(t, m->target[i]))
            return true;
    return false;
}

static void take_header(struct mapping *m, const struct targets *t, const struct reader *reader,
                        struct candidate *header)
{
    size_t columns = reader_info(reader)->columns;
    m->header_line = header->line;
    m->ncolumns = header->line && header->n > columns ? header->n : columns;
    if (m->ncolumns > READER_COLUMNS_MAX)
        m->ncolumns = READER_COLUMNS_MAX;
    for (size_t i = 0; i < m->ncolumns; i++) {
        const char *cell = header->line && header->cell[i] ? header->cell[i] : "";
        m->heading[i] = mem_strdup(cell);
        m->target[i] = *cell ? target_of_heading(t, cell) : -1;
    }
}

enum status mapping_find(struct mapping *m, const struct targets *t,
                         const struct import_options *options, struct reader *reader,
                         struct error *err)
{
    struct candidate header = {0}, fullest = {0};
    enum status st = check_maps(t, options, err);
    *m = (struct mapping){0};
    if (st == ST_OK)
        st = look(t, options, reader, &header, &fullest, err);
    const struct candidate *seen = header.line ? &header : &fullest;
    if (st == ST_OK && !header.line && !options->nmaps)
        st = refuse(NO_HEADING, reader_name(reader), seen, err);
    if (st == ST_OK) {
        take_header(m, t, reader, &header);
        st = apply_maps(m, t, options, seen, err);
    }
    if (st == ST_OK && !is_enough(m, t))
        st = refuse(NO_NAMES, reader_name(reader), seen, err);
    for (size_t i = 0; st == ST_OK && i < m->ncolumns; i++)
        if (m->target[i] >= 0)
            m->used[m->nused++] = i;
    drop_cells(&header);
    drop_cells(&fullest);
    if (st != ST_OK)
        mapping_free(m);
    return st;
}

bool mapping_repeats(const struct mapping *m, const struct row *row)
{
    if (!m->header_line || !m->nused)
        return false;
    for (size_t i = 0; i < m->nused; i++) {
        size_t c = m->used[i];
        if (c >= row->n || strcasecmp(row->field[c], m->heading[c]) != 0)
            return false;
    }
    return true;
}

void mapping_free(struct mapping *m)
{
    for (size_t i = 0; i < READER_COLUMNS_MAX; i++)
        free(m->heading[i]);
    *m = (struct mapping){0};
}
