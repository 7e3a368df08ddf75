#include "config.h"

#include "decisions.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

const struct import_decision decision_none = {.person = IMPORT_ASK, .organisation = IMPORT_ASK};

/* Where the line is, or would be put. */
static size_t place_of(const struct decisions *ds, long line)
{
    size_t from = 0, to = ds->n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (ds->row[middle].line < line)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

const struct decided *decisions_find(const struct decisions *ds, long line)
{
    size_t i = place_of(ds, line);
    return i < ds->n && ds->row[i].line == line ? &ds->row[i] : NULL;
}

static struct decided *make(struct decisions *ds, long line)
{
    size_t i = place_of(ds, line);
    if (i < ds->n && ds->row[i].line == line)
        return &ds->row[i];
    ds->row = mem_grow(ds->row, &ds->cap, ds->n + 1, sizeof *ds->row);
    memmove(ds->row + i + 1, ds->row + i, (ds->n - i) * sizeof *ds->row);
    ds->n++;
    ds->row[i] = (struct decided){.line = line, .decision = decision_none};
    return &ds->row[i];
}

/* A row about which everything was taken back is as if nobody had looked at it. */
static void drop_if_empty(struct decisions *ds, struct decided *d)
{
    size_t i = (size_t)(d - ds->row);
    if (d->nmends || d->decision.skip || d->decision.accept || d->decision.person != IMPORT_ASK ||
        d->decision.organisation != IMPORT_ASK)
        return;
    free(d->mend);
    memmove(d, d + 1, (ds->n - i - 1) * sizeof *d);
    ds->n--;
}

void decisions_put(struct decisions *ds, long line, struct import_decision d)
{
    struct decided *row = make(ds, line);
    row->decision = d;
    drop_if_empty(ds, row);
}

static void take_back(struct decided *row, size_t i)
{
    free(row->mend[i].text);
    row->mend[i] = row->mend[--row->nmends];
}

void decisions_mend(struct decisions *ds, long line, size_t column, const char *text)
{
    struct decided *row = make(ds, line);
    for (size_t i = 0; i < row->nmends; i++) {
        if (row->mend[i].column == column) {
            take_back(row, i);
            break;
        }
    }
    if (text) {
        row->mend = mem_grow(row->mend, &row->cap, row->nmends + 1, sizeof *row->mend);
        row->mend[row->nmends++] = (struct mend){column, mem_strdup(text)};
    }
    drop_if_empty(ds, row);
}

void decisions_copy(struct decisions *to, const struct decisions *from)
{
    if (to == from)
        return;
    decisions_free(to);
    for (size_t i = 0; i < from->n; i++) {
        const struct decided *d = &from->row[i];
        decisions_put(to, d->line, d->decision);
        for (size_t k = 0; k < d->nmends; k++)
            decisions_mend(to, d->line, d->mend[k].column, d->mend[k].text);
    }
}

void decisions_free(struct decisions *ds)
{
    for (size_t i = 0; i < ds->n; i++) {
        for (size_t k = 0; k < ds->row[i].nmends; k++)
            free(ds->row[i].mend[k].text);
        free(ds->row[i].mend);
    }
    free(ds->row);
    *ds = (struct decisions){0};
}
