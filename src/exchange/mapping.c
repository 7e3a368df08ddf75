#include "config.h"

#include "mapping.h"

#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/nin.h"
#include "samling/text.h"

#include "dialect.h"
#include "header.h"
#include "memory.h"
#include "plan.h"

/* ---- what the one who imports said ----------------------------------------------------------- */

/* "3" is a column's number, unless it is a heading. */
static size_t column_number(const char *column)
{
    char *end;
    long n = strtol(column, &end, 10);
    return *column && !*end && n >= 1 && n <= READER_COLUMNS_MAX ? (size_t)n : 0;
}

static enum status no_such_field(const struct targets *t, const char *field, struct error *err)
{
    struct buf all = {0};
    for (const char *const *f = import_fields(t->name); *f; f++)
        buf_addf(&all, "%s%s", all.len ? ", " : "", *f);
    error_set(err, ST_REFUSED, field, NULL,
              _("an import of %s has no such field; it has: %s, and - to leave a column out"),
              t->name, all.s);
    buf_free(&all);
    return ST_REFUSED;
}

static enum status check_maps(const struct targets *t, const struct import_options *o,
                              struct error *err)
{
    for (size_t i = 0; i < o->nmaps; i++)
        if (strcmp(o->map[i].field, "-") != 0 && targets_find(t, o->map[i].field) < 0)
            return no_such_field(t, o->map[i].field, err);
    return ST_OK;
}

/* ---- refusals -------------------------------------------------------------------------------- */

static void list_columns(const struct candidate *c, struct buf *out)
{
    for (size_t i = 0; i < c->n && i < READER_COLUMNS_MAX && out->len < 200; i++) {
        /* A first row of data is shown: not this. */
        char *cell = mem_strdup(c->cell[i] ? c->cell[i] : "");
        nin_scrub(cell);
        buf_addf(out, "%s%zu ", i ? ", " : "", i + 1);
        buf_addc(out, '"');
        text_clean(out, cell, false);
        buf_addc(out, '"');
        free(cell);
    }
}

enum trouble { NO_HEADING, NO_NAMES, NO_SUCH_COLUMN };

static enum status refuse(enum trouble trouble, const char *what, const struct candidate *c,
                          struct error *err)
{
    const char *todo =
        trouble == NO_SUCH_COLUMN
            ? _("say which is which with --map COLUMN=FIELD, where COLUMN is a heading or a "
                "number, as --map 1=name")
            : _("say which is which with --map COLUMN=FIELD, where COLUMN is a heading or a "
                "number, as --map 1=name; if the columns are divided wrongly, say by what with "
                "--delimiter");
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

/* ---- what somebody says ---------------------------------------------------------------------- */

static void obey(struct mapping *m, size_t column, const struct column_plan *p)
{
    m->target[column] = p->target;
    m->use[column] = p->use;
    m->why[column] = p->why;
}

void mapping_choose(struct mapping *m, size_t column, int target, enum column_why why)
{
    if (m->found[column].use == COLUMN_IDENTITY)
        return;
    obey(m, column,
         &(struct column_plan){target, target < 0 ? COLUMN_LEFT_OUT : COLUMN_TAKEN, why});
    m->pinned[column] = true;
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
        mapping_choose(m, column, targets_find(t, o->map[i].field), BY_CHOICE);
        m->chosen = true;
    }
    return ST_OK;
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* Is there anything to know a row by? */
static bool is_enough(const struct mapping *m, const struct targets *t)
{
    for (size_t i = 0; i < m->ncolumns; i++)
        if (mapping_names(t, m->target[i]))
            return true;
    return false;
}

/* Without headings: names that are certain, or addresses. A column of given names is neither. */
static bool is_certain(const struct mapping *m, const struct targets *t)
{
    bool given = false, family = false;
    for (size_t i = 0; i < m->ncolumns; i++) {
        given |= t->of_people && m->target[i] == TO_GIVEN_NAME;
        family |= t->of_people && m->target[i] == TO_FAMILY_NAME;
        if (m->pinned[i] && mapping_names(t, m->target[i]))
            return true;
        if (mapping_names(t, m->target[i]) &&
            (!t->of_people || m->target[i] == TO_NAME || m->target[i] == TO_EMAIL))
            return true;
    }
    return given && family;
}

/* What somebody chose goes before what was found. */
static int rank_of(const struct mapping *m, size_t column)
{
    return m->rank[column] - (m->pinned[column] ? 1000 : 0);
}

/* The columns in the order in which their cells are asked for a target. */
static void order(struct mapping *m)
{
    m->nused = 0;
    for (size_t i = 0; i < m->ncolumns; i++) {
        size_t at = 0;
        if (m->target[i] < 0)
            continue;
        while (at < m->nused &&
               (m->target[m->used[at]] != m->target[i] || rank_of(m, m->used[at]) <= rank_of(m, i)))
            at++;
        memmove(&m->used[at + 1], &m->used[at], (m->nused - at) * sizeof *m->used);
        m->used[at] = i;
        m->nused++;
    }
}

static void take_header(struct mapping *m, const struct reader *reader,
                        const struct candidate *header)
{
    size_t columns = reader_info(reader)->columns;
    m->header_line = header->line;
    m->ncolumns = header->line && header->n > columns ? header->n : columns;
    if (m->ncolumns > READER_COLUMNS_MAX)
        m->ncolumns = READER_COLUMNS_MAX;
    for (size_t i = 0; i < m->ncolumns; i++)
        m->heading[i] = mem_strdup(header->line && header->cell[i] ? header->cell[i] : "");
}

static void as_found(struct mapping *m)
{
    for (size_t i = 0; i < m->ncolumns; i++) {
        obey(m, i, &m->found[i]);
        m->pinned[i] = false;
    }
}

static enum status remember(struct view *v, const struct import_options *o, struct session *s,
                            struct error *err)
{
    struct mapping *m = v->m;
    if (!s || o->map_anew)
        return ST_OK;
    enum status st = memory_recall(s, v->t, m, err);
    /* What was chosen for another file must not make this one unreadable. */
    if (st == ST_OK && m->remembered && !is_enough(m, v->t)) {
        as_found(m);
        m->remembered = false;
    }
    return st;
}

/* No heading is known, but the first row has words where the others have addresses, numbers or
 * dates: then it is the header, in words that we do not know. */
static bool is_unlike(const struct view *v, const struct candidate *first)
{
    static const enum look looks[] = {LOOKS_EMAIL, LOOKS_PHONE, LOOKS_DATE, LOOKS_NUMBER,
                                      LOOKS_IDENTITY};
    bool unlike = false;
    for (size_t i = 0; i < first->n && i < v->m->ncolumns; i++) {
        const struct content *c = &v->content[i];
        unsigned look = first->cell[i] && *first->cell[i] ? content_look(first->cell[i]) : 0;
        bool figures = false;
        /* A first row of which one address is missing is still a row. */
        if (look & (LOOKS_FULL | LOOKS_GIVEN | LOOKS_WORKPLACE))
            return false;
        for (size_t k = 0; k < sizeof looks / sizeof *looks; k++)
            figures |= look & looks[k];
        for (size_t k = 0; k < sizeof looks / sizeof *looks && !figures; k++)
            unlike |= first->cell[i] && *first->cell[i] && c->filled > 1 &&
                      content_count(c, looks[k]) + 1 == c->filled;
    }
    return unlike;
}

static enum status find_unknown_header(struct view *v, const struct import_options *o,
                                       struct reader *reader, struct candidate *header,
                                       struct error *err)
{
    struct candidate first = {0};
    enum status st = header_read_first(v->t, o, reader, &first, err);
    if (st == ST_OK && first.filled > 1 && is_unlike(v, &first)) {
        header_free(header);
        *header = first;
        first = (struct candidate){0};
        bool lenient = v->m->lenient;
        mapping_free(v->m);
        v->m->lenient = lenient;
        memset(v->content, 0, sizeof v->content);
        take_header(v->m, reader, header);
        st = plan_look(v, reader, err);
    }
    header_free(&first);
    return st;
}

static enum status check_enough(struct view *v, const struct import_options *o,
                                const struct reader *reader, const struct candidate *seen,
                                struct error *err)
{
    const struct mapping *m = v->m;
    v->poor = true;
    if (!m->header_line && !o->nmaps && !is_certain(m, v->t))
        return refuse(NO_HEADING, reader_name(reader), seen, err);
    if (!is_enough(m, v->t))
        return refuse(NO_NAMES, reader_name(reader), seen, err);
    v->poor = false;
    return ST_OK;
}

static enum status find(struct view *v, const struct import_options *o, struct session *s,
                        struct reader *reader, struct candidate *header,
                        const struct candidate *seen, struct error *err)
{
    struct mapping *m = v->m;
    take_header(m, reader, header);
    enum status st = plan_look(v, reader, err);
    if (st == ST_OK && !header->line)
        st = find_unknown_header(v, o, reader, header, err);
    if (st != ST_OK)
        return st;
    plan_find(v, o);
    as_found(m);
    st = remember(v, o, s, err);
    if (st == ST_OK)
        st = apply_maps(m, v->t, o, seen, err);
    if (st == ST_OK && !m->lenient)
        st = check_enough(v, o, reader, seen, err);
    order(m);
    return st;
}

/* As the reader divides the rows now. */
static enum status attempt(struct view *v, const struct import_options *o, struct session *s,
                           struct reader *reader, bool lenient, struct error *err)
{
    struct candidate header = {0}, fullest = {0};
    mapping_free(v->m);
    v->m->lenient = lenient;
    memset(v->content, 0, sizeof v->content);
    v->poor = false;
    enum status st = header_find(v->t, o, reader, &header, &fullest, err);
    if (st == ST_OK)
        st = find(v, o, s, reader, &header, header.line ? &header : &fullest, err);
    header_free(&header);
    header_free(&fullest);
    return st;
}

/* The delimiter that shows most known headings, at least two; 0: none does. */
static char find_delimiter(const struct targets *t, const struct import_options *o,
                           struct reader *reader, char now)
{
    char best = 0;
    size_t most = 1;
    for (size_t i = 0; i < sizeof dialect_delimiters; i++) {
        struct candidate header = {0}, fullest = {0};
        char c = dialect_delimiters[i];
        if (c != now && reader_delimit(reader, c, NULL) == ST_OK &&
            header_find(t, o, reader, &header, &fullest, NULL) == ST_OK && header.line &&
            header.known > most) {
            best = c;
            most = header.known;
        }
        header_free(&header);
        header_free(&fullest);
    }
    return best;
}

/* Quotes and sentences can hide how a table is divided; its headings show it. ST_REFUSED: the
 * reader is as it was. */
static enum status try_delimiters(struct view *v, const struct import_options *o, struct session *s,
                                  struct reader *reader)
{
    char now = reader_info(reader)->delimiter, other = find_delimiter(v->t, o, reader, now);
    if (other && reader_delimit(reader, other, NULL) == ST_OK &&
        attempt(v, o, s, reader, false, NULL) == ST_OK)
        return ST_OK;
    reader_delimit(reader, now, NULL);
    return ST_REFUSED;
}

enum status mapping_find(struct mapping *m, const struct targets *t,
                         const struct import_options *options, struct session *s,
                         struct reader *reader, struct error *err)
{
    struct view *v = mem_alloc(sizeof *v);
    enum status st = check_maps(t, options, err);
    *m = (struct mapping){0};
    *v = (struct view){.t = t, .m = m};
    if (st == ST_OK)
        st = attempt(v, options, s, reader, false, err);
    bool poor = v->poor;
    if (st != ST_OK && poor && !options->reader.delimiter)
        st = try_delimiters(v, options, s, reader);
    if (st != ST_OK && poor && options->lenient)
        st = attempt(v, options, s, reader, true, err);
    m->lenient = options->lenient;
    free(v);
    if (st != ST_OK)
        mapping_free(m);
    return st;
}

enum status mapping_change(struct mapping *m, const struct targets *t, size_t column,
                           const char *field, struct error *err)
{
    int target = field && strcmp(field, "-") != 0 ? targets_find(t, field) : -1;
    if (column >= m->ncolumns)
        return error_set(err, ST_REFUSED, NULL, NULL, "%s", _("there is no such column"));
    if (field && strcmp(field, "-") != 0 && target < 0)
        return no_such_field(t, field, err);
    if (target >= 0 && m->found[column].use == COLUMN_IDENTITY)
        return error_set(err, ST_REFUSED, m->heading[column], NULL, "%s",
                         _("the column has national identity numbers, which are never stored"));
    struct column_plan was = {m->target[column], m->use[column], m->why[column]};
    bool pinned = m->pinned[column];
    if (field) {
        mapping_choose(m, column, target, BY_CHOICE);
    } else {
        obey(m, column, &m->found[column]);
        m->pinned[column] = false;
    }
    if (!m->lenient && !is_enough(m, t)) {
        obey(m, column, &was);
        m->pinned[column] = pinned;
        return error_set(err, ST_REFUSED, m->heading[column],
                         _("map another column to the name first"), "%s",
                         _("nothing would be left to know a row by"));
    }
    m->chosen = true;
    order(m);
    return ST_OK;
}

enum status mapping_remember(struct session *s, const struct targets *t, const struct mapping *m,
                             struct error *err)
{
    return m->chosen ? memory_keep(s, t, m, err) : ST_OK;
}

void mapping_free(struct mapping *m)
{
    for (size_t i = 0; i < READER_COLUMNS_MAX; i++)
        free(m->heading[i]);
    *m = (struct mapping){0};
}
