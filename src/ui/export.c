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

#include "ui/output.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

enum how { FOR_EXCEL, SOME_COLUMNS, PLAIN, CALENDAR, CONTACTS, CLIPBOARD, HOWS };

struct job {
    struct ui *ui;
    enum how how;
    struct listing_query q;
    char *search; /* of q */
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

/* The list's own narrowing, on the list that the calendar or the cards are made of. */
static struct listing_query of_feed(const struct job *j, const struct listing *feed)
{
    return (struct listing_query){
        .listing = feed, .scope_type = j->q.scope_type, .scope = j->q.scope, .search = j->q.search};
}

static enum status write_out(void *arg, const char *path, FILE *out, struct error *err)
{
    struct job *j = arg;
    struct session *s = j->ui->session;
    struct listing_query q;
    struct calendar_counts counts = {0};
    int64_t rows = 0;
    enum status st;
    switch (j->how) {
    case CALENDAR:
        q = of_feed(j, feed_calendar());
        st = ical_export(s, &q, 0, out, &counts, err);
        rows = counts.events;
        break;
    case CONTACTS:
        q = of_feed(j, feed_contacts());
        st = vcard_export(s, &q, 0, out, &rows, err);
        break;
    default: st = export_write(s, &j->q, &j->options, out, &rows, err);
    }
    if (st != ST_OK)
        return st;
    if (j->how == CALENDAR)
        ui_say(j->ui, _("%lld gatherings written to %s; %lld without a day left out."),
               (long long)counts.events, path, (long long)counts.undated);
    else if (j->how == CONTACTS)
        ui_say(j->ui, _("%lld people written to %s, as vCard."), (long long)rows, path);
    else
        ui_say(j->ui, _("%lld rows written to %s."), (long long)rows, path);
    return ST_OK;
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
                                  : j->q.listing->name,
             ending);
    prompt_open(j->ui, _("Write the list to file"), name.s, true, to_file, j, job_free);
    buf_free(&name);
}

/* ---- the clipboard --------------------------------------------------------------------------- */

static enum status make_cells(struct ui *ui, const struct listing_query *q, char **text,
                              size_t *len, int64_t *rows, struct error *err)
{
    FILE *f = open_memstream(text, len);
    if (!f)
        return error_set(err, ST_REFUSED, NULL, NULL, "%s", strerror(errno));
    enum status st = export_listing(ui->session, q, EXPORT_CELLS, 0, f, rows, err);
    if (fclose(f) != 0 && st == ST_OK)
        st = error_set(err, ST_REFUSED, NULL, NULL, "%s", strerror(errno));
    return st;
}

void copy_start(struct ui *ui, const struct listing_query *q)
{
    struct error err = {0};
    struct buf sequence = {0};
    char *text = NULL;
    size_t len = 0;
    int64_t rows = 0;
    const char *tmux = getenv("TMUX");
    enum status st = make_cells(ui, q, &text, &len, &rows, &err);
    if (st == ST_OK)
        st = clipboard_sequence(&sequence, text, len, tmux && *tmux, &err);
    if (st == ST_OK) {
        term_send(sequence.s, sequence.len);
        ui_say(ui,
               _("%lld rows copied. If nothing can be pasted, your terminal does not allow it."),
               (long long)rows);
    } else {
        ui_complain(ui, &err);
    }
    free(text);
    buf_free(&sequence);
}

/* ---- asking ---------------------------------------------------------------------------------- */

static void columns_chosen(void *arg, const bool *taken)
{
    struct job *j = job_copy(arg);
    const struct listing *l = j->q.listing;
    size_t at = 0;
    for (size_t i = 0; i < l->ncolumns; i++)
        if (!l->columns[i].screen && taken[at++])
            j->options.column[j->options.ncolumns++] = i;
    ask_file(j);
}

static void choose_columns(struct job *j)
{
    const struct listing *l = j->q.listing;
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
    const char *const all[HOWS] = {
        [FOR_EXCEL] = _("For Excel"),
        [SOME_COLUMNS] = _("For Excel, some columns"),
        [PLAIN] = _("Plain CSV, for other programs"),
        [CALENDAR] = _("Calendar, for Outlook and phones"),
        [CONTACTS] = _("Contacts, for Outlook and phones"),
        [CLIPBOARD] = _("To the clipboard"),
    };
    const char *labels[HOWS];
    size_t n = 0;
    struct job *j = job_new(ui, q);
    for (enum how h = FOR_EXCEL; h < HOWS; h++)
        if (is_offered(j, h))
            labels[n++] = all[h];
    choose_open(ui, _("Export the list"), labels, n, 0, how_chosen, j, job_free);
}
