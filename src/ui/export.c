/* The list on the screen to other programs: a file for a spreadsheet, a calendar, an address book,
 * or the terminal's clipboard. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/clipboard.h"
#include "samling/export.h"
#include "samling/feed.h"
#include "samling/ical.h"
#include "samling/mem.h"
#include "samling/path.h"
#include "samling/vcard.h"

#include "ui/marks.h"
#include "ui/output.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"
#include "ui/written.h"

enum how { FOR_EXCEL, SOME_COLUMNS, PLAIN, CALENDAR, CONTACTS, OTHERS, CLIPBOARD, HOWS };

struct job {
    struct ui *ui;
    enum how how;
    struct listing_query q;
    char *search; /* of q */
    struct written written;
    const struct listing *as; /* of these */
    struct export_options options;
};

static struct job *job_new(struct ui *ui, const struct listing_query *q)
{
    struct job *j = mem_alloc(sizeof *j);
    j->ui = ui;
    j->q = *q;
    j->search = mem_strdup(q->search);
    j->q.search = j->search;
    j->options.form = EXPORT_EXCEL;
    return j;
}

static struct job *job_copy(const struct job *j)
{
    struct job *c = job_new(j->ui, &j->q);
    c->how = j->how;
    c->written = j->written;
    c->as = j->as;
    c->options = j->options;
    return c;
}

static void job_free(void *arg)
{
    struct job *j = arg;
    free(j->search);
    free(j);
}

/* ---- writing --------------------------------------------------------------------------------- */

/* The rows of a feed that belong to the rows of the list, where no query of the feed says which. */
struct feed_rows {
    struct ui *ui;
    const struct listing_query *list;
    struct listing_query feed;
    struct marks seen; /* people that are meant; gatherings that came already */
    bool (*fn)(void *, const struct listing_row *);
    void *arg;
    bool go_on;
    enum status status;
    struct error *err;
};

static bool add_person(void *arg, const struct listing_row *row)
{
    struct feed_rows *f = arg;
    int person = listing_column(f->list->listing, "person");
    const char *id = row->type == T_ENROLMENT && person >= 0 ? row->cell[person] : NULL;
    marks_set(&f->seen, T_PERSON, id ? atoll(id) : row->id, true);
    return true;
}

static bool pass_person(void *arg, const struct listing_row *row)
{
    struct feed_rows *f = arg;
    return !marks_has(&f->seen, T_PERSON, row->id) || f->fn(f->arg, row);
}

static bool pass_gathering(void *arg, const struct listing_row *row)
{
    struct feed_rows *f = arg;
    if (marks_has(&f->seen, T_GATHERING, row->id)) /* through its offering and its cohort */
        return true;
    marks_set(&f->seen, T_GATHERING, row->id, true);
    f->go_on = f->fn(f->arg, row);
    return f->go_on;
}

static bool add_gatherings(void *arg, const struct listing_row *row)
{
    struct feed_rows *f = arg;
    f->feed.scope_type = row->type;
    f->feed.scope = row->id;
    f->status = listing_each(f->ui->session, &f->feed, 0, pass_gathering, f, f->err);
    return f->status == ST_OK && f->go_on;
}

static enum status feed_each(void *rows_arg, bool (*fn)(void *, const struct listing_row *),
                             void *arg, struct error *err)
{
    struct feed_rows *f = rows_arg;
    struct session *s = f->ui->session;
    f->fn = fn;
    f->arg = arg;
    f->err = err;
    f->go_on = true;
    bool people = f->feed.listing == feed_contacts();
    enum status st = listing_each(s, f->list, 0, people ? add_person : add_gatherings, f, err);
    if (st == ST_OK)
        st = f->status;
    if (st == ST_OK && people)
        st = listing_each(s, &f->feed, 0, pass_person, f, err);
    marks_clear(&f->seen);
    return st;
}

/* The query that the calendar or the cards are made of: the list's own, where it can be said so. */
static struct listing_query of_feed(const struct job *j, const struct listing *feed,
                                    struct feed_rows *some)
{
    struct listing_query q = {
        .listing = feed, .scope_type = j->q.scope_type, .scope = j->q.scope, .search = j->q.search};
    if (!j->q.rows && !j->q.nfilters)
        return q;
    *some = (struct feed_rows){.ui = j->ui, .list = &j->q, .feed = {.listing = feed}};
    q.rows = feed_each;
    q.rows_arg = some;
    return q;
}

/* The label of what the list also holds, and `as` does not; NULL: nothing. */
static const char *left_out(const struct written *w, const struct listing *as)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->as[i] != as)
            return lang_tr(w->as[i]->label);
    return NULL;
}

static enum status write_list(struct job *j, const char *path, FILE *out, struct error *err)
{
    struct written_rows rows;
    struct session *s = j->ui->session;
    struct listing_query q = written_query(s, &j->q, j->as, &rows);
    const char *other = j->how == OTHERS ? NULL : left_out(&j->written, j->as); /* chosen so */
    int64_t n = 0;
    enum status st = export_write(s, &q, &j->options, out, &n, err);
    if (st != ST_OK)
        return st;
    if (other)
        ui_say(j->ui, _("%lld rows written to %s. Left out: %s."), (long long)n, path, other);
    else
        ui_say(j->ui, _("%lld rows written to %s."), (long long)n, path);
    return ST_OK;
}

static enum status write_out(void *arg, const char *path, FILE *out, struct error *err)
{
    struct job *j = arg;
    struct session *s = j->ui->session;
    struct listing_query q;
    struct feed_rows some;
    struct calendar_counts counts = {0};
    int64_t rows = 0;
    enum status st;
    switch (j->how) {
    case CALENDAR:
        q = of_feed(j, feed_calendar(), &some);
        st = ical_export(s, &q, 0, out, &counts, err);
        if (st == ST_OK)
            ui_say(j->ui, _("%lld gatherings written to %s; %lld without a day left out."),
                   (long long)counts.events, path, (long long)counts.undated);
        return st;
    case CONTACTS:
        q = of_feed(j, feed_contacts(), &some);
        st = vcard_export(s, &q, 0, out, &rows, err);
        if (st == ST_OK)
            ui_say(j->ui, _("%lld people written to %s, as vCard."), (long long)rows, path);
        return st;
    default: return write_list(j, path, out, err);
    }
}

static void to_file(void *arg, const char *path)
{
    struct job *j = arg;
    output_write(j->ui, path, write_out, job_copy(j), job_free);
}

static void ask_file(struct job *j)
{
    struct buf name = {0};
    const char *ending = j->how == CALENDAR ? "ics" : j->how == CONTACTS ? "vcf" : "csv";
    if (j->ui->folder)
        buf_add(&name, j->ui->folder);
    buf_addf(&name, "%s.%s",
             j->how == CALENDAR   ? _("calendar")
             : j->how == CONTACTS ? _("contacts")
                                  : j->as->name,
             ending);
    prompt_open(j->ui, _("Write the list to file"), name.s, true, to_file, j, job_free);
    buf_free(&name);
}

/* ---- the clipboard --------------------------------------------------------------------------- */

/* No more rows than are too much for the clipboard: a row is at least a byte for each cell. */
static enum status make_cells(struct ui *ui, const struct listing_query *q, bool heading,
                              char **text, size_t *len, int64_t *rows, struct error *err)
{
    struct export_options o = {.form = EXPORT_CELLS, .no_heading = !heading};
    for (size_t i = 0; i < q->listing->ncolumns; i++)
        if (!q->listing->columns[i].screen)
            o.column[o.ncolumns++] = i;
    o.limit = CLIPBOARD_MAX / o.ncolumns + 1;
    FILE *f = open_memstream(text, len);
    if (!f)
        return error_set(err, ST_REFUSED, NULL, NULL, "%s", strerror(errno));
    enum status st = export_write(ui->session, q, &o, f, rows, err);
    if (fclose(f) != 0 && st == ST_OK)
        st = error_set(err, ST_REFUSED, NULL, NULL, "%s", strerror(errno));
    return st;
}

enum status copy_text(const char *text, size_t len, struct error *err)
{
    struct buf sequence = {0};
    const char *tmux = getenv("TMUX");
    enum status st = clipboard_sequence(&sequence, text, len, tmux && *tmux, err);
    if (st == ST_OK)
        term_send(sequence.s, sequence.len);
    buf_free(&sequence);
    return st;
}

static void say_copied(struct ui *ui, int64_t rows, const char *other)
{
    if (other)
        ui_say(ui, _("%lld rows copied. Left out: %s."), (long long)rows, other);
    else if (rows == 1)
        ui_say(ui, "%s",
               _("1 row copied. If nothing can be pasted, your terminal does not allow it."));
    else
        ui_say(ui,
               _("%lld rows copied. If nothing can be pasted, your terminal does not allow it."),
               (long long)rows);
}

static void copy(struct ui *ui, const struct listing_query *list, bool heading)
{
    struct error err = {0};
    struct written w;
    struct written_rows some;
    char *text = NULL;
    size_t len = 0;
    int64_t rows = 0;
    enum status st = written_find(ui->session, list, &w, &err);
    struct listing_query q = written_query(ui->session, list, w.as[0], &some);
    if (st == ST_OK)
        st = make_cells(ui, &q, heading, &text, &len, &rows, &err);
    if (st == ST_OK)
        st = copy_text(text, len, &err);
    if (st == ST_OK)
        say_copied(ui, rows, left_out(&w, w.as[0]));
    else
        ui_complain(ui, &err);
    free(text);
}

void copy_start(struct ui *ui, const struct listing_query *q)
{
    copy(ui, q, true);
}

void copy_rows(struct ui *ui, const struct listing_query *q)
{
    copy(ui, q, false);
}

/* ---- asking ---------------------------------------------------------------------------------- */

static void columns_chosen(void *arg, const bool *taken)
{
    struct job *j = job_copy(arg);
    const struct listing *l = j->as;
    size_t at = 0;
    for (size_t i = 0; i < l->ncolumns; i++)
        if (!l->columns[i].screen && taken[at++])
            j->options.column[j->options.ncolumns++] = i;
    ask_file(j);
}

static void choose_columns(struct job *j)
{
    const struct listing *l = j->as;
    const char *labels[LISTING_COLUMNS_MAX];
    bool taken[LISTING_COLUMNS_MAX];
    size_t n = 0;
    for (size_t i = 0; i < l->ncolumns; i++) {
        if (l->columns[i].screen)
            continue;
        labels[n] = lang_tr(l->columns[i].label);
        taken[n++] = true;
    }
    check_open(j->ui, _("Which columns?"), labels, taken, n, columns_chosen, j, job_free);
}

static bool is_offered(const struct job *j, enum how how)
{
    const struct listing *l = j->q.listing;
    if (how == OTHERS)
        return j->written.n > 1;
    if (how == CALENDAR)
        return l->type == T_GATHERING || l->type == T_OFFERING;
    return how != CONTACTS || l == listing_by_name("people") || l == listing_by_name("roster");
}

static void how_chosen(void *arg, size_t index)
{
    struct job *j = job_copy(arg);
    j->how = FOR_EXCEL;
    while (!is_offered(j, j->how) || index-- > 0)
        j->how++;
    if (j->how == PLAIN)
        j->options.form = EXPORT_PLAIN;
    if (j->how == OTHERS)
        j->as = j->written.as[1];
    if (j->how == SOME_COLUMNS) {
        choose_columns(j);
    } else if (j->how == CLIPBOARD) {
        copy_start(j->ui, &j->q);
        job_free(j);
    } else {
        ask_file(j);
    }
}

void export_start(struct ui *ui, const struct listing_query *q)
{
    const char *all[HOWS] = {
        [FOR_EXCEL] = _("For Excel"),
        [SOME_COLUMNS] = _("For Excel, some columns"),
        [PLAIN] = _("Plain CSV, for other programs"),
        [CALENDAR] = _("Calendar, for Outlook and phones"),
        [CONTACTS] = _("Contacts, for Outlook and phones"),
        [CLIPBOARD] = _("To the clipboard"),
    };
    const char *labels[HOWS];
    struct buf others = {0};
    struct error err = {0};
    size_t n = 0;
    struct job *j = job_new(ui, q);
    if (written_find(ui->session, &j->q, &j->written, &err) != ST_OK) {
        ui_complain(ui, &err);
        job_free(j);
        return;
    }
    j->as = j->written.as[0];
    if (j->written.n > 1)
        /* TRANSLATORS: the label of a list, as “Cohorts, for Excel”. */
        buf_addf(&others, _("%s, for Excel"), left_out(&j->written, j->as));
    all[OTHERS] = buf_str(&others);
    for (enum how h = FOR_EXCEL; h < HOWS; h++)
        if (is_offered(j, h))
            labels[n++] = all[h];
    choose_open(ui, q->rows ? _("Export the selected rows") : _("Export the list"), labels, n, 0,
                how_chosen, j, job_free);
    buf_free(&others);
}
