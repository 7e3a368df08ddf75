#include "config.h"

#include "header.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "content.h"
#include "headings.h"
#include "spreadsheet.h"

/* The map that names this heading; NULL when none does. */
static const struct import_map *map_of_heading(const struct import_options *o, const char *heading)
{
    for (size_t i = 0; i < o->nmaps; i++)
        if (!text_is_blank(heading) && text_same(o->map[i].column, heading))
            return &o->map[i];
    return NULL;
}

enum { HEADER_ROWS = 20 };

/* An address or a phone number: no heading, whatever stands beside it. */
static bool is_data(const char *cell)
{
    return strlen(cell) < 200 &&
           (content_look(cell) & (LOOKS_EMAIL | LOOKS_PHONE | LOOKS_IDENTITY));
}

static void weigh_cell(const struct targets *t, const struct import_options *o, const char *cell,
                       size_t column, struct candidate *c)
{
    struct heading h = heading_read(t, cell);
    bool said = map_of_heading(o, cell) != NULL;
    bool known = said || h.kind == HEADING_FIELD || h.kind == HEADING_FORM ||
                 h.kind == HEADING_IDENTITY || h.kind == HEADING_BIRTH ||
                 (h.kind == HEADING_QUESTION && heading_is_asking(cell));
    c->known += known;
    if (known)
        c->at = column;
    if (known && h.target >= 0 && mapping_names(t, h.target))
        c->names |= !heading_is_ambiguous(cell);
    c->names |= said;
}

static void weigh(const struct targets *t, const struct import_options *o, const struct row *row,
                  struct candidate *c)
{
    bool data = false;
    c->line = row->line;
    c->known = c->filled = 0;
    c->names = false;
    c->n = row->n;
    for (size_t i = 0; i < row->n; i++) {
        if (!*row->field[i])
            continue;
        c->filled++;
        data |= is_data(row->field[i]);
        weigh_cell(t, o, row->field[i], i, c);
    }
    if (data)
        c->known = 0;
}

/* A single word in a long row may be chance, but nobody is called "Navn". */
static bool is_header(const struct candidate *c)
{
    return c->known >= 2 || (c->known == 1 && (c->names || c->known * 2 >= c->filled));
}

static char *copy_cell(const char *cell)
{
    const char *inside;
    size_t len;
    return spreadsheet_forced(cell, &inside, &len) ? mem_strndup(inside, len) : mem_strdup(cell);
}

static void keep_cells(struct candidate *c, const struct row *row)
{
    for (size_t i = 0; i < READER_COLUMNS_MAX; i++) {
        free(c->cell[i]);
        c->cell[i] = i < row->n ? copy_cell(row->field[i]) : NULL;
    }
}

void header_free(struct candidate *c)
{
    for (size_t i = 0; i < READER_COLUMNS_MAX; i++)
        free(c->cell[i]);
    *c = (struct candidate){0};
}

static void keep(struct candidate *to, const struct candidate *c, const struct row *row)
{
    to->line = c->line, to->known = c->known, to->at = c->at, to->names = c->names;
    to->filled = c->filled, to->n = c->n;
    keep_cells(to, row);
}

/* Merged cells: what stands over an empty heading, if each of the two rows has what the other
 * lacks. The lower is then the header. */
static bool join(struct candidate *lower, const struct candidate *upper)
{
    bool joined = false;
    size_t both = 0, same = 0;
    if (upper->known < 2 || lower->known < 2 || lower->known < lower->filled)
        return false;
    for (size_t i = 0; i < upper->n && i < lower->n; i++) {
        if (!upper->cell[i] || !lower->cell[i] || !*upper->cell[i] || !*lower->cell[i])
            continue;
        both++;
        same += text_same(upper->cell[i], lower->cell[i]);
    }
    if (both && same == both)
        return false; /* the header once more */
    for (size_t i = 0; i < upper->n; i++) {
        bool lacks = i >= lower->n || !lower->cell[i] || !*lower->cell[i];
        if (!lacks || !upper->cell[i] || !*upper->cell[i])
            continue;
        free(lower->cell[i]);
        lower->cell[i] = mem_strdup(upper->cell[i]);
        for (; lower->n <= i; lower->n++)
            if (lower->n < i && !lower->cell[lower->n])
                lower->cell[lower->n] = mem_strdup("");
        joined = true;
    }
    return joined;
}

/* "Deltaker" in each row is what people are, and no heading. The whole header can come again. */
static bool is_said_again(const struct candidate *header, const struct row *row)
{
    size_t at = header->at;
    if (at >= row->n || !text_same(row->field[at], header->cell[at]))
        return false;
    for (size_t i = 0; i < row->n; i++)
        if (*row->field[i] && (i >= header->n || !text_same(row->field[i], header->cell[i])))
            return true;
    return false;
}

enum status header_find(const struct targets *t, const struct import_options *o,
                        struct reader *reader, struct candidate *best, struct candidate *first,
                        struct error *err)
{
    struct row row;
    struct candidate before = {0}, c = {0};
    int rc = 1;
    for (int i = 0; i < HEADER_ROWS && (rc = reader_next(reader, &row, err)) > 0; i++) {
        long line = before.line;
        weigh(t, o, &row, &c);
        /* Only a row with more headings can then be the header. */
        if (best->line && best->known == 1 && is_said_again(best, &row))
            best->line = 0;
        if (c.filled > first->filled)
            keep(first, &c, &row);
        /* A heading alone in its row may be a title, with the header still to come. */
        bool joins = is_header(&c) && line && best->line == line;
        if (is_header(&c) && c.known > best->known) {
            keep(best, &c, &row);
            joins = joins && join(best, &before);
        } else if (joins) {
            struct candidate lower = {0};
            keep(&lower, &c, &row);
            if (join(&lower, &before)) {
                lower.known += best->known;
                header_free(best);
                *best = lower;
            } else {
                header_free(&lower);
            }
        }
        keep(&before, &c, &row);
    }
    header_free(&before);
    reader_rewind(reader);
    return rc < 0 ? ST_REFUSED : ST_OK;
}

enum status header_read_first(const struct targets *t, const struct import_options *o,
                              struct reader *reader, struct candidate *first, struct error *err)
{
    struct row row;
    int rc = reader_next(reader, &row, err);
    if (rc > 0) {
        weigh(t, o, &row, first);
        keep_cells(first, &row);
    }
    reader_rewind(reader);
    return rc < 0 ? ST_REFUSED : ST_OK;
}
