#include "config.h"

#include "intake.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/nin.h"
#include "samling/text.h"

#include "spreadsheet.h"

static char nothing[] = "";

/* From here on the cells are ours to replace. */
static void own_row(struct intake *in, const struct row *raw)
{
    if (in->row.field == in->field)
        return;
    in->row.n = raw->n < READER_COLUMNS_MAX ? raw->n : READER_COLUMNS_MAX;
    memcpy(in->field, raw->field, in->row.n * sizeof *in->field);
    in->row.field = in->field;
}

/* Takes `text`. */
static void put_cell(struct intake *in, size_t column, char *text)
{
    free(in->own[column]);
    in->own[column] = text;
    in->field[column] = text ? text : nothing;
}

static void mend(struct intake *in, const struct row *raw)
{
    const struct decided *d = in->decided;
    for (size_t i = 0; i < d->nmends; i++) {
        size_t column = d->mend[i].column;
        if (column >= READER_COLUMNS_MAX)
            continue;
        own_row(in, raw);
        while (in->row.n <= column)
            in->field[in->row.n++] = nothing;
        /* As the reader gives it: tidied, without space around it. */
        put_cell(in, column, text_tidy(d->mend[i].text, true));
    }
}

/* The half of a pair of quotation marks: `"Sol barnehage`. The reader keeps it as a letter, for it
 * cannot know; here it is known that the other half is nowhere. */
static void drop_lone_mark(struct intake *in, const struct row *raw, size_t column)
{
    const char *cell = in->row.field[column];
    size_t n = strlen(cell), marks = 0;
    for (const char *p = cell; (p = strchr(p, '"')) != NULL; p++)
        marks++;
    if (marks % 2 == 0 || (cell[0] != '"' && cell[n - 1] != '"'))
        return;
    char *rest = cell[0] == '"' ? mem_strdup(cell + 1) : mem_strndup(cell, n - 1);
    own_row(in, raw);
    put_cell(in, column, text_tidy(rest, true));
    free(rest);
}

/* ="0301" */
static void take_forced(struct intake *in, const struct row *raw, size_t column)
{
    const char *inside;
    size_t len;
    if (!spreadsheet_forced(in->row.field[column], &inside, &len))
        return;
    char *text = mem_strndup(inside, len);
    own_row(in, raw);
    put_cell(in, column, text_tidy(text, true));
    free(text);
}

/* One with a slip of the pen, or its last five digits, where the heading says what it is. */
static bool is_like_identity(const char *cell)
{
    size_t digits = 0;
    for (; *cell; cell++)
        digits += *cell >= '0' && *cell <= '9';
    return digits >= 5;
}

static void leave_out(struct intake *in, const struct row *raw, size_t column)
{
    bool whole = column < in->mapping->ncolumns && in->mapping->use[column] == COLUMN_IDENTITY;
    const char *cell = in->row.field[column];
    if (whole ? !*cell : !nin_find(cell, NULL, NULL))
        return;
    char *copy = mem_strdup(cell);
    int before = in->identities;
    in->identities += (int)nin_scrub(copy);
    own_row(in, raw);
    if (whole) {
        in->identities += in->identities == before && is_like_identity(cell);
        *copy = '\0';
    }
    in->in_cells += whole ? 0 : in->identities - before;
    put_cell(in, column, copy);
}

const struct row *intake_take(struct intake *in, const struct row *raw)
{
    in->row = *raw;
    in->identities = in->in_cells = 0;
    in->decided =
        in->decisions && in->decisions->n ? decisions_find(in->decisions, raw->line) : NULL;
    if (in->decided && in->decided->nmends)
        mend(in, raw);
    for (size_t i = 0; i < in->row.n && i < READER_COLUMNS_MAX; i++) {
        if (raw->flags & ROW_SWALLOWED)
            drop_lone_mark(in, raw, i);
        take_forced(in, raw, i);
        leave_out(in, raw, i);
    }
    return &in->row;
}

void intake_free(struct intake *in)
{
    for (size_t i = 0; i < READER_COLUMNS_MAX; i++)
        free(in->own[i]);
    *in = (struct intake){0};
}
