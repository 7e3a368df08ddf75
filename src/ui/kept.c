#include "config.h"

#include "ui/kept.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

static int64_t *copy_ids(const int64_t *id, size_t n)
{
    int64_t *copy = mem_alloc((n + 1) * sizeof *copy);
    for (size_t i = 0; i < n; i++)
        copy[i] = id[i];
    return copy;
}

static struct asked *find_asked(struct kept *k, long line)
{
    for (size_t i = 0; i < k->nasked; i++)
        if (k->asked[i].line == line)
            return &k->asked[i];
    return NULL;
}

static void remember_asked(struct kept *k, const struct kept_row *r)
{
    struct asked *a = find_asked(k, r->line);
    if (!a) {
        k->asked = mem_grow(k->asked, &k->asked_cap, k->nasked + 1, sizeof *k->asked);
        a = &k->asked[k->nasked++];
        a->candidate = NULL;
    }
    free(a->candidate);
    a->line = r->line;
    a->type = r->candidate_type;
    a->candidate = copy_ids(r->candidate, r->ncandidates);
    a->n = r->ncandidates;
}

/* A row that somebody decided has no candidates any more, but can be decided otherwise. */
static void recall_asked(struct kept *k, struct kept_row *r)
{
    const struct asked *a = find_asked(k, r->line);
    if (!a)
        return;
    free(r->candidate);
    r->candidate = copy_ids(a->candidate, a->n);
    r->ncandidates = a->n;
    r->candidate_type = a->type;
}

void kept_add(struct kept *k, const struct import_row *row)
{
    bool ordinary = row->verdict != VERDICT_UNCLEAR && row->verdict != VERDICT_REJECTED;
    if (k->n >= KEPT_MAX && ordinary)
        return;
    k->row = mem_grow(k->row, &k->cap, k->n + 1, sizeof *k->row);
    struct kept_row *r = &k->row[k->n++];
    *r = (struct kept_row){.line = row->line,
                           .verdict = row->verdict,
                           .name = mem_strdup(row->name),
                           .organisation = mem_strdup(row->organisation),
                           .reason = mem_strdup(row->reason),
                           .ncells = row->row->n,
                           .candidate_type = row->candidate_type,
                           .ncandidates = row->ncandidates,
                           .decided = row->decided};
    r->cell = mem_alloc((r->ncells + 1) * sizeof *r->cell);
    for (size_t i = 0; i < r->ncells; i++)
        r->cell[i] = mem_strdup(row->row->field[i]);
    r->candidate = copy_ids(row->candidate, row->ncandidates);
    if (r->ncandidates)
        remember_asked(k, r);
    else if (r->decided)
        recall_asked(k, r);
}

void kept_clear(struct kept *k)
{
    for (size_t i = 0; i < k->n; i++) {
        struct kept_row *r = &k->row[i];
        for (size_t c = 0; c < r->ncells; c++)
            free(r->cell[c]);
        free(r->cell);
        free(r->candidate);
        free(r->name);
        free(r->organisation);
        free(r->reason);
    }
    k->n = k->nview = 0;
}

void kept_filter(struct kept *k, int filter)
{
    k->filter = filter;
    k->nview = 0;
    free(k->view);
    k->view = mem_alloc((k->n + 1) * sizeof *k->view);
    for (size_t i = 0; i < k->n; i++)
        if (filter < 0 || (int)k->row[i].verdict == filter)
            k->view[k->nview++] = i;
}

size_t kept_find(const struct kept *k, long line)
{
    for (size_t i = 0; i < k->nview; i++)
        if (k->row[k->view[i]].line >= line)
            return i;
    return k->nview ? k->nview - 1 : 0;
}

const struct kept_row *kept_at(const struct kept *k, size_t place)
{
    return place < k->nview ? &k->row[k->view[place]] : NULL;
}

void kept_free(struct kept *k)
{
    kept_clear(k);
    for (size_t i = 0; i < k->nasked; i++)
        free(k->asked[i].candidate);
    free(k->asked);
    free(k->row);
    free(k->view);
    *k = (struct kept){0};
}

static int rank(const struct import_column *c)
{
    return c->use == COLUMN_TAKEN ? 0 : c->use == COLUMN_UNKNOWN ? 1 : 2;
}

void kept_columns(const struct import_head *h, size_t order[READER_COLUMNS_MAX])
{
    size_t n = 0;
    for (int wanted = 0; wanted <= 2; wanted++)
        for (size_t i = 0; i < h->ncolumns; i++)
            if (rank(&h->column[i]) == wanted)
                order[n++] = i;
}
