/* What stands in a calendar: the rows that the list of gatherings would have, read as days. */
#include "config.h"

#include "samling/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "core/calendar_sql.h"

/* What is read of each row. Those that filters need come after. */
enum cell { REF, TITLE, STARTS, ENDS, PLACE, STATUS, COHORT, DEADLINE, CELLS };

#define GATHERING_REF "o.code || '/' || c.number || '/' || g.number"
#define CANCELLED     "('cancelled' IN (g.status, c.status, o.status))"

/* The aliases are those of the list of gatherings (listings.c). Its own columns would count people
 * and marks of every row. */
static const struct column gathering_cells[CELLS] = {
    [REF] = {.name = "ref", .sql = GATHERING_REF},
    [TITLE] = {.name = "title", .sql = "g.title"},
    [STARTS] = {.name = "starts", .sql = "g.starts", .sort = "coalesce(g.starts, '')"},
    [ENDS] = {.name = "ends", .sql = "g.ends"},
    [PLACE] = {.name = "place", .sql = "g.place"},
    [STATUS] = {.name = "status",
                .sql = "CASE WHEN " CANCELLED " THEN 'cancelled' ELSE g.status END"},
    [COHORT] = {.name = "cohort", .sql = "g.cohort_id"},
    [DEADLINE] = {.name = "deadline", .sql = "g.deadline"},
};

static const struct column cohort_cells[CELLS] = {
    [REF] = {.name = "ref", .sql = "o.code || '/' || c.number"},
    [TITLE] = {.name = "title", .sql = "c.name"},
    [STARTS] = {.name = "starts", .sql = "c.deadline", .sort = "c.deadline"},
    [ENDS] = {.name = "ends", .sql = "NULL"},
    [PLACE] = {.name = "place", .sql = "NULL"},
    [STATUS] = {.name = "status", .sql = "c.status"},
    [COHORT] = {.name = "cohort", .sql = "c.id"},
    [DEADLINE] = {.name = "deadline", .sql = "c.deadline"},
};

/* The scopes of the list of gatherings, said of a cohort that may not have any yet. */
static const struct scope cohort_scopes[] = {
    {T_OFFERING, "c.offering_id = ?1"},
    {T_COHORT, "c.id = ?1"},
    {T_GATHERING, "c.id = (SELECT cohort_id FROM gathering WHERE id = ?1)"},
    {T_PERSON, "c.id IN (SELECT cohort_id FROM enrolment WHERE person_id = ?1)"},
    {T_ORGANISATION, "c.id IN (SELECT cohort_id FROM enrolment WHERE organisation_id = ?1)"},
    {T_NONE, NULL},
};

/* ---- entries --------------------------------------------------------------------------------- */

struct calendar_entry *calendar_entry_add(struct calendar_entries *e)
{
    e->entry = mem_grow(e->entry, &e->cap, e->n + 1, sizeof *e->entry);
    e->entry[e->n] = (struct calendar_entry){.type = T_GATHERING, .people = -1};
    return &e->entry[e->n++];
}

void calendar_entries_free(struct calendar_entries *e)
{
    for (size_t i = 0; i < e->n; i++) {
        free(e->entry[i].ref);
        free(e->entry[i].title);
        free(e->entry[i].place);
        free(e->entry[i].status);
        free(e->entry[i].clash_words);
    }
    free(e->entry);
    *e = (struct calendar_entries){0};
}

static void copy_moment(char out[MOMENT_SIZE], const char *iso)
{
    size_t n = iso ? strlen(iso) : 0;
    n = n < MOMENT_SIZE ? n : MOMENT_SIZE - 1;
    memcpy(out, iso ? iso : "", n);
    out[n] = '\0';
}

void calendar_entry_days(struct calendar_entry *e)
{
    struct day d;
    if (date_split(e->starts, &d))
        e->first = date_number(d);
    e->last = date_split(e->ends, &d) ? date_number(d) : e->first;
}

void moment_shift(const char *iso, long days, char out[MOMENT_SIZE])
{
    struct day d;
    copy_moment(out, iso);
    if (!date_split(out, &d))
        return;
    char day[DATE_SIZE];
    date_join(date_from_number(date_number(d) + days), day);
    memcpy(out, day, DATE_SIZE - 1); /* what stands after it, the time, stays */
}

static int by_day(const void *a, const void *b)
{
    const struct calendar_entry *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    int c = strcmp(x->starts, y->starts);
    if (!c)
        c = strcmp(x->ref, y->ref);
    return c ? c : x->id < y->id ? -1 : x->id > y->id;
}

/* ---- reading --------------------------------------------------------------------------------- */

/* A list like that of gatherings, of what matters here. */
struct reading {
    struct calendar_entries *out;
    enum entry_kind kind;
    enum type_id type; /* of the records behind the rows */
    struct listing listing;
    struct column columns[CELLS + LISTING_FILTERS_MAX];
    struct listing_query q;
    struct buf where;
};

static bool is_there(const struct reading *r, int64_t id)
{
    for (size_t i = 0; i < r->out->n; i++)
        if (r->out->entry[i].id == id && r->out->entry[i].type == r->type)
            return true;
    return false;
}

static bool take_row(void *arg, const struct listing_row *row)
{
    struct reading *r = arg;
    int64_t cohort = atoll(row->cell[COHORT]);
    int64_t id = r->type == T_COHORT ? cohort : row->id;
    /* A cohort comes once for each of its gatherings. */
    if (r->type == T_COHORT && is_there(r, id))
        return true;
    if (r->out->n == CALENDAR_MOST) {
        r->out->cut = true;
        return false;
    }
    struct calendar_entry *e = calendar_entry_add(r->out);
    bool deadline = r->kind == ENTRY_DEADLINE;
    e->kind = r->kind;
    e->type = r->type;
    e->id = id;
    e->cohort = cohort;
    copy_moment(e->starts, row->cell[deadline ? DEADLINE : STARTS]);
    copy_moment(e->ends, row->cell[deadline ? DEADLINE : ENDS]);
    calendar_entry_days(e);
    e->ref = mem_strdup(row->cell[REF]);
    e->title = mem_strdup(row->cell[TITLE]);
    if (deadline)
        return true;
    e->place = mem_strdup(row->cell[PLACE]);
    e->status = mem_strdup(row->cell[STATUS]);
    e->cancelled = strcmp(e->status, "cancelled") == 0;
    return true;
}

/* The query, with its filters, on the columns of this reading. */
static void set_query(struct reading *r, const struct listing_query *q, const struct column *cells)
{
    memcpy(r->columns, cells, CELLS * sizeof *cells);
    r->listing.columns = r->columns;
    r->listing.ncolumns = CELLS;
    r->listing.order = "starts";
    r->listing.where = r->where.s;
    r->q = *q;
    r->q.listing = &r->listing;
    r->q.sort[0] = 0;
    for (size_t i = 0; i < q->nfilters; i++) {
        r->q.filter[i].column = (int)r->listing.ncolumns;
        r->columns[r->listing.ncolumns++] = q->listing->columns[q->filter[i].column];
    }
}

static enum status read_rows(struct session *s, struct reading *r, struct error *err)
{
    enum status st = listing_each(s, &r->q, 0, take_row, r, err);
    buf_free(&r->where);
    return st;
}

struct days {
    char from[DATE_SIZE], to[DATE_SIZE];
    char back[DATE_SIZE],
        after[DATE_SIZE]; /* where what lasts till then may begin; the day after */
};

static struct days days_of(struct day from, struct day to)
{
    struct days d;
    date_join(from, d.from);
    date_join(to, d.to);
    date_join(date_from_number(date_number(from) - LONGEST_DAYS), d.back);
    date_join(date_from_number(date_number(to) + 1), d.after);
    return d;
}

static enum status read_gatherings(struct session *s, const struct listing_query *q,
                                   const struct days *d, struct calendar_entries *out,
                                   struct error *err)
{
    struct reading r = {.out = out, .kind = ENTRY_GATHERING, .type = T_GATHERING};
    r.listing = *q->listing;
    buf_addf(&r.where, TOUCHES("'%s'", "'%s'", "'%s'"), d->back, d->after, d->from, d->from);
    set_query(&r, q, gathering_cells);
    return read_rows(s, &r, err);
}

static enum status read_deadlines(struct session *s, const struct listing_query *q,
                                  const struct days *d, struct calendar_entries *out,
                                  struct error *err)
{
    struct reading r = {.out = out, .kind = ENTRY_DEADLINE, .type = T_GATHERING};
    r.listing = *q->listing;
    buf_addf(&r.where, "g.deadline BETWEEN '%s' AND '%s' AND NOT " CANCELLED, d->from, d->to);
    set_query(&r, q, gathering_cells);
    return read_rows(s, &r, err);
}

static enum status read_cohort_deadlines(struct session *s, const struct listing_query *q,
                                         const struct days *d, struct calendar_entries *out,
                                         struct error *err)
{
    struct reading r = {.out = out, .kind = ENTRY_DEADLINE, .type = T_COHORT};
    bool narrowed = q->nfilters || (q->search && *q->search);
    r.listing = *q->listing;
    buf_addf(&r.where,
             "c.deadline BETWEEN '%s' AND '%s' AND NOT ('cancelled' IN (c.status, o.status))",
             d->from, d->to);
    set_query(&r, q, cohort_cells);
    if (!narrowed) {
        r.listing.type = T_COHORT;
        r.listing.id = "c.id";
        r.listing.from = "cohort c JOIN offering o ON o.id = c.offering_id";
        r.listing.scopes = cohort_scopes;
    }
    return read_rows(s, &r, err);
}

enum status calendar_read(struct session *s, const struct listing_query *gatherings,
                          struct day from, struct day to, struct calendar_entries *out,
                          struct error *err)
{
    struct days d = days_of(from, to);
    *out = (struct calendar_entries){0};
    enum status st = read_gatherings(s, gatherings, &d, out, err);
    if (st == ST_OK)
        st = read_deadlines(s, gatherings, &d, out, err);
    if (st == ST_OK)
        st = read_cohort_deadlines(s, gatherings, &d, out, err);
    if (st != ST_OK)
        calendar_entries_free(out);
    else if (out->n)
        qsort(out->entry, out->n, sizeof *out->entry, by_day);
    return st;
}

enum status calendar_count(struct session *s, struct calendar_entry *e, struct error *err)
{
    int64_t n;
    if (e->people >= 0)
        return ST_OK;
    enum status st =
        db_get_int(s->db, &n, NULL, err,
                   "SELECT count(*) FROM enrolment WHERE cohort_id = ?1 AND status IN " EXPECTED,
                   "i", e->cohort);
    if (st == ST_OK)
        e->people = (long)n;
    return st;
}
