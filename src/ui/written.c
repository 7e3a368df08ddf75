#include "config.h"

#include "ui/written.h"

#include <stdio.h>

#include "samling/session.h"

/* ---- which ------------------------------------------------------------------------------------
 */

struct finding {
    const struct listing *all[LISTING_WRITTEN_MAX];
    bool found[LISTING_WRITTEN_MAX];
    size_t n, left;
};

static bool find_of(void *arg, const struct listing_row *row)
{
    struct finding *f = arg;
    for (size_t i = 0; i < f->n; i++) {
        if (f->all[i]->type != row->type || f->found[i])
            continue;
        f->found[i] = true;
        f->left--;
    }
    return f->left > 0;
}

enum status written_find(struct session *s, const struct listing_query *list, struct written *out,
                         struct error *err)
{
    struct finding f = {0};
    enum status st = ST_OK;
    *out = (struct written){0};
    for (const char *const *name = list->listing->written_as; *name; name++)
        f.all[f.n++] = listing_by_name(*name);
    f.left = f.n;
    if (f.n)
        st = listing_each(s, list, 0, find_of, &f, err);
    for (size_t i = 0; i < f.n; i++)
        if (f.found[i])
            out->as[out->n++] = f.all[i];
    if (!out->n)
        out->as[out->n++] = f.n ? f.all[0] : list->listing;
    return st;
}

/* ---- their rows -------------------------------------------------------------------------------
 */

static bool pass(void *arg, const struct listing_row *row)
{
    struct written_rows *w = arg;
    w->go_on = w->fn(w->arg, row);
    return w->go_on;
}

/* One look-up each, inside the list's own reading: so the order is the list's, and all is of one
 * moment. */
static bool pass_record(void *arg, const struct listing_row *row)
{
    struct written_rows *w = arg;
    char number[24];
    if (row->type != w->one.listing->type || marks_has(&w->seen, row->type, row->id))
        return true;
    marks_set(&w->seen, row->type, row->id, true);
    snprintf(number, sizeof number, "%lld", (long long)row->id);
    w->one.filter[0].value = number;
    w->status = listing_each(w->s, &w->one, 0, pass, w, w->err);
    return w->status == ST_OK && w->go_on;
}

static enum status each(void *rows_arg, bool (*fn)(void *, const struct listing_row *), void *arg,
                        struct error *err)
{
    struct written_rows *w = rows_arg;
    w->fn = fn;
    w->arg = arg;
    w->err = err;
    w->go_on = true;
    w->status = ST_OK;
    enum status st = listing_each(w->s, w->list, 0, pass_record, w, err);
    marks_clear(&w->seen);
    return st == ST_OK ? w->status : st;
}

struct listing_query written_query(struct session *s, const struct listing_query *list,
                                   const struct listing *as, struct written_rows *rows)
{
    struct listing_query q = {.listing = as, .rows = each, .rows_arg = rows};
    if (as == list->listing)
        return *list;
    *rows = (struct written_rows){.s = s, .list = list, .one = {.listing = as, .nfilters = 1}};
    rows->one.filter[0].column = listing_column(as, "id");
    rows->one.filter[0].op = '=';
    return q;
}
