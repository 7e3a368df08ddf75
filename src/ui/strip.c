#include "config.h"

#include "ui/strip.h"

#include <stdlib.h>
#include <string.h>

#include "samling/date.h"
#include "samling/text.h"

#include "ui/ui_internal.h"

/* Adds a part, after a separator if something stands there. */
static void part(struct buf *b, const char *s)
{
    if (!s || !*s)
        return;
    if (b->len)
        buf_add(b, "  ·  ");
    text_clean(b, s, false);
}

static void shown(const struct list *l, const char *column, struct buf *out)
{
    int c = listing_column(l->q.listing, column);
    const char *cell = list_cell(l, column);
    struct buf b = {0};
    if (c >= 0 && cell) {
        listing_show(l->q.listing, (size_t)c, cell, &b);
        part(out, b.s);
    }
    buf_free(&b);
}

static const char *row_cell(const struct listing *l, const struct listing_row *r,
                            const char *column)
{
    int c = listing_column(l, column);
    return c >= 0 ? r->cell[c] : NULL;
}

/* "Next: BIM/1/3, Tuesday 8 February 2022, 09:00–15:00  ·  Kulturhuset  ·  Samling 3": what is cut
 * where it is narrow is the title. */
static void next_gathering(struct ui *ui, enum type_id type, int64_t id, struct buf *out)
{
    char today[DATE_SIZE];
    const struct listing *g = listing_by_name("gatherings");
    struct listing_query q = {.listing = g, .scope_type = type, .scope = id};
    struct listing_page page;
    date_join(ui->session->today, today);
    q.filter[q.nfilters].column = listing_column(g, "starts");
    q.filter[q.nfilters].op = 'g';
    q.filter[q.nfilters++].value = today;
    if (listing_fetch(ui->session, &q, PAGE_FIRST, NULL, 1, &page, NULL) != ST_OK)
        return;
    if (page.n) {
        struct buf when = {0}, line = {0};
        const struct listing_row *r = &page.row[0];
        span_long(&when, row_cell(g, r, "starts"), row_cell(g, r, "ends"));
        buf_addf(&line, _("Next: %s, %s"), row_cell(g, r, "ref"), buf_str(&when));
        part(out, line.s);
        part(out, row_cell(g, r, "place"));
        part(out, row_cell(g, r, "title"));
        buf_free(&when);
        buf_free(&line);
    }
    listing_page_free(&page);
}

static void cohort_counts(struct ui *ui, int64_t id, struct buf *out)
{
    const struct listing *l = listing_by_name("roster");
    const struct record_type *t = type_by_id(T_ENROLMENT);
    struct listing_query q = {.listing = l, .scope_type = T_COHORT, .scope = id, .nfilters = 1};
    q.filter[0].column = listing_column(l, "status");
    q.filter[0].op = '=';
    for (const struct choice *c = t->fields[type_field(t, "status")].choices; c->key; c++) {
        int64_t n;
        struct buf b = {0};
        q.filter[0].value = c->key;
        if (listing_count(ui->session, &q, &n, NULL) == ST_OK && n) {
            buf_addf(&b, "%lld %s", (long long)n, lang_tr(c->label));
            part(out, b.s);
        }
        buf_free(&b);
    }
}

static void of_programme(struct ui *ui, const struct list *l, const struct listing_row *r,
                         struct buf *first, struct buf *second)
{
    next_gathering(ui, r->type, r->id, first);
    if (!first->len)
        part(first, _("No gathering ahead."));
    if (r->type == T_COHORT)
        cohort_counts(ui, r->id, second);
    shown(l, "status", second);
    struct buf span = {0};
    if (r->type == T_OFFERING) {
        struct record *rec;
        if (record_load(ui->session, type_by_id(T_OFFERING), r->id, &rec, NULL) == ST_OK) {
            part(second, record_get(rec, "area"));
            int contact = type_field(rec->type, "contact");
            field_show(ui->session, &rec->type->fields[contact], rec->value[contact], &span);
            part(second, buf_str(&span));
            record_free(rec);
        }
    }
    buf_free(&span);
}

static void of_gathering(const struct list *l, struct buf *first, struct buf *second)
{
    struct buf b = {0};
    span_long(&b, list_cell(l, "starts"), list_cell(l, "ends"));
    part(first, buf_str(&b));
    part(first, list_cell(l, "place"));
    part(second, list_cell(l, "offering"));
    part(second, list_cell(l, "cohort"));
    buf_clear(&b);
    if (list_cell(l, "people"))
        buf_addf(&b, _("%s on the roster"), list_cell(l, "people"));
    part(second, buf_str(&b));
    buf_clear(&b);
    if (list_cell(l, "present") && atoi(list_cell(l, "present")) > 0)
        buf_addf(&b, _("%s present"), list_cell(l, "present"));
    part(second, buf_str(&b));
    buf_free(&b);
}

static void of_contact(const struct list *l, struct buf *first, struct buf *second)
{
    shown(l, "name", first);
    shown(l, "email", first);
    shown(l, "phone", first);
    shown(l, "position", second);
    shown(l, "organisation", second);
    shown(l, "kind", second);
    shown(l, "ownership", second);
    shown(l, "municipality", second);
}

void strip_text(struct ui *ui, const struct list *l, struct buf *first, struct buf *second)
{
    const struct listing_row *r = list_row(l);
    buf_clear(first);
    buf_clear(second);
    if (!r || !r->id) /* nothing is known of a draft */
        return;
    switch (r->type) {
    case T_OFFERING:
    case T_COHORT: of_programme(ui, l, r, first, second); break;
    case T_GATHERING: of_gathering(l, first, second); break;
    case T_PERSON:
    case T_ORGANISATION: of_contact(l, first, second); break;
    default: break;
    }
}
