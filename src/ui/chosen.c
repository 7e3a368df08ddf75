#include "config.h"

#include "ui/chosen.h"

#include <stdlib.h>

#include "samling/mem.h"

#include "ui/ui_internal.h"

static bool add_row(void *arg, const struct listing_row *row)
{
    struct chosen *c = arg;
    if (c->n > CHOSEN_MAX)
        return false;
    c->row = mem_grow(c->row, &c->cap, c->n + 1, sizeof *c->row);
    c->row[c->n++] = (struct chosen_row){.type = row->type, .id = row->id};
    return true;
}

enum status chosen_take(struct ui *ui, struct list *l, struct chosen *out, struct error *err)
{
    *out = (struct chosen){.ui = ui, .list = l};
    enum status st = list_each_marked(l, add_row, out, err);
    if (st == ST_OK && out->n == 0)
        st = error_set(err, ST_REFUSED, NULL, NULL, "%s", _("there is no row to do this with"));
    if (st == ST_OK && out->n > CHOSEN_MAX)
        st = error_set(err, ST_REFUSED, NULL, _("select fewer"),
                       _("more than %d rows are too many at once"), CHOSEN_MAX);
    if (st != ST_OK)
        chosen_free(out);
    return st;
}

enum type_id chosen_type(const struct chosen *c)
{
    for (size_t i = 1; i < c->n; i++)
        if (c->row[i].type != c->row[0].type)
            return T_NONE;
    return c->n ? c->row[0].type : T_NONE;
}

void chosen_note_versions(struct chosen *c)
{
    struct record *r;
    for (size_t i = 0; i < c->n; i++) {
        if (record_load(c->ui->session, type_by_id(c->row[i].type), c->row[i].id, &r, NULL) !=
            ST_OK)
            continue;
        c->row[i].version = r->version;
        record_free(r);
    }
}

void chosen_free(struct chosen *c)
{
    free(c->row);
    *c = (struct chosen){0};
}
