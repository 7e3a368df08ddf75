#include "config.h"

#include "ui/enlist.h"

#include <stdlib.h>
#include <string.h>

#include "samling/enrol.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/chosen.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

enum { COHORTS_MAX = 500 };

struct enlist {
    struct ui *ui;
    int64_t *person;
    size_t n;
    int64_t cohort[COHORTS_MAX];
    char *label[COHORTS_MAX];
    size_t ncohorts;
};

static void enlist_free(void *arg)
{
    struct enlist *e = arg;
    for (size_t i = 0; i < e->ncohorts; i++)
        free(e->label[i]);
    free(e->person);
    free(e);
}

/* ---- the people -------------------------------------------------------------------------------
 */

/* Of a person, an enrolment, a position; 0 when that is gone. */
static int64_t person_of(struct session *s, enum type_id type, int64_t id)
{
    struct record *r;
    if (type == T_PERSON)
        return id;
    if (record_load(s, type_by_id(type), id, &r, NULL) != ST_OK)
        return 0;
    int64_t person = record_get_id(r, "person");
    record_free(r);
    return person;
}

static void add_people(struct enlist *e, const struct chosen *c)
{
    struct marks seen = {0};
    e->person = mem_alloc((c->n + 1) * sizeof *e->person);
    for (size_t i = 0; i < c->n; i++) {
        int64_t id = person_of(e->ui->session, c->row[i].type, c->row[i].id);
        if (!id || marks_has(&seen, T_PERSON, id))
            continue;
        marks_set(&seen, T_PERSON, id, true);
        e->person[e->n++] = id;
    }
    marks_clear(&seen);
}

/* ---- the cohorts ------------------------------------------------------------------------------
 */

static const char *cell(const struct listing_row *row, const char *column)
{
    const char *v = row->cell[listing_column(listing_by_name("cohorts"), column)];
    return v ? v : "";
}

static bool add_cohort(void *arg, const struct listing_row *row)
{
    struct enlist *e = arg;
    const char *status = cell(row, "status");
    struct buf b = {0}, day = {0};
    if (strcmp(status, "planned") != 0 && strcmp(status, "open") != 0 &&
        strcmp(status, "running") != 0)
        return true;
    date_short(&day, cell(row, "starts"));
    buf_addf(&b, "%s  %s, %s%s%s", cell(row, "ref"), cell(row, "name"), cell(row, "offering"),
             day.len ? ", " : "", buf_str(&day));
    e->cohort[e->ncohorts] = row->id;
    e->label[e->ncohorts++] = buf_take(&b);
    buf_free(&day);
    return e->ncohorts < COHORTS_MAX;
}

static void cohort_chosen(void *arg, size_t index)
{
    const struct enlist *e = arg;
    struct enrol_result result;
    struct error err = {0};
    struct buf cohort = {0};
    enum status st = enrol_people(e->ui->session, e->cohort[index], e->person, e->n, &result, &err);
    record_reference(e->ui->session, type_by_id(T_COHORT), e->cohort[index], &cohort);
    screen_refresh_all(e->ui);
    if (st != ST_OK)
        ui_complain(e->ui, &err);
    else if (result.enrolled == 0)
        ui_say_name(e->ui, buf_str(&cohort),
                    _("Nobody was enrolled: all of them are in %s already."), buf_str(&cohort));
    else if (result.there == 0)
        ui_say_name(e->ui, buf_str(&cohort), _("%ld enrolled in %s; u takes it back."),
                    result.enrolled, buf_str(&cohort));
    else
        ui_say_name(e->ui, buf_str(&cohort),
                    _("%ld enrolled in %s, %ld were there already; u takes it back."),
                    result.enrolled, buf_str(&cohort), result.there);
    buf_free(&cohort);
}

void enlist_open(struct ui *ui, struct list *l)
{
    struct chosen c;
    struct error err = {0};
    struct listing_query q = {.listing = listing_by_name("cohorts")};
    enum status st = chosen_take(ui, l, &c, &err);
    if (st != ST_OK) {
        ui_complain(ui, &err);
        return;
    }
    struct enlist *e = mem_alloc(sizeof *e);
    e->ui = ui;
    add_people(e, &c);
    chosen_free(&c);
    st = listing_sort(&q, "-starts,-id", &err);
    if (st == ST_OK)
        st = listing_each(ui->session, &q, 0, add_cohort, e, &err);
    if (st != ST_OK)
        ui_complain(ui, &err);
    else if (e->ncohorts == 0)
        ui_say(ui, "%s", _("There is no cohort that is planned, open or running."));
    if (st != ST_OK || e->ncohorts == 0) {
        enlist_free(e);
        return;
    }
    struct buf title = {0};
    if (e->n == 1)
        buf_add(&title, _("Enrol in which cohort?"));
    else
        buf_addf(&title, _("Enrol %zu people in which cohort?"), e->n);
    choose_open(ui, title.s, (const char *const *)e->label, e->ncohorts, 0, cohort_chosen, e,
                enlist_free);
    buf_free(&title);
}
