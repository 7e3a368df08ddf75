/* Import and print: each asks for what it needs, one question at a time. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/import.h"
#include "samling/mem.h"
#include "samling/path.h"
#include "samling/print.h"
#include "samling/sheet.h"

#include "ui/output.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

enum { COHORTS_MOST = 9 };

struct job {
    struct ui *ui;
    const char *type;              /* of an import */
    int64_t cohort, gathering;     /* that it goes into */
    int64_t cohorts[COHORTS_MOST]; /* that it could go into */
    size_t ncohorts;
    char *pasted; /* instead of a file */
    size_t pasted_len;
    enum print_form form;
};

static void job_free(void *arg)
{
    struct job *j = arg;
    free(j->pasted);
    free(j);
}

static struct job *job_new(struct ui *ui)
{
    struct job *j = mem_alloc(sizeof *j);
    j->ui = ui;
    return j;
}

static struct job *job_copy(const struct job *j)
{
    struct job *c = job_new(j->ui);
    *c = *j;
    c->pasted = NULL; /* it is taken once */
    return c;
}

/* ---- import --------------------------------------------------------------------------------- */

static void import_file(void *arg, const char *path);

static void ask_import_file(struct job *j, const char *path)
{
    prompt_open(j->ui, _("Import from file (Tab completes)"), path, true, import_file, j, job_free);
}

static enum status rehearse(struct job *j, const char *path, struct error *err)
{
    struct import_options options = {
        .type = j->type, .cohort = j->cohort, .gathering = j->gathering};
    struct buf target = {0};
    if (j->cohort || j->gathering)
        record_reference(j->ui->session, type_by_id(j->cohort ? T_COHORT : T_GATHERING),
                         j->cohort ? j->cohort : j->gathering, &target);
    char *data = j->pasted;
    j->pasted = NULL;
    enum status st =
        rehearsal_open(j->ui, &options, path, data, j->pasted_len, buf_str(&target), err);
    buf_free(&target);
    if (st == ST_STOPPED)
        ui_say(j->ui, "%s", _("Stopped; nothing was written."));
    return st;
}

static void import_file(void *arg, const char *path)
{
    struct job *j = arg;
    struct error err = {0};
    enum status st = rehearse(j, path, &err);
    if (st == ST_OK) {
        output_remember(j->ui, path);
    } else if (st != ST_STOPPED) {
        ui_complain(j->ui, &err);
        /* Most often the name has a slip: it is there to be mended. */
        ask_import_file(job_copy(j), path);
    }
}

/* What can be in a file, and what it goes into. */
struct import_choice {
    const char *type;
    int64_t cohort, gathering;
};

enum { IMPORT_CHOICES = COHORTS_MOST + 6 };

static const struct {
    const char *type, *label;
} of_no_cohort[] = {
    {"people", N_("People")},         {"organisations", N_("Organisations")},
    {"offerings", N_("Offerings")},   {"cohorts", N_("Cohorts")},
    {"gatherings", N_("Gatherings")},
};

/* The participants of each cohort that is meant, then attendance, then what goes into none. */
static size_t import_choices(const struct job *j, struct import_choice out[IMPORT_CHOICES])
{
    size_t n = 0;
    for (size_t i = 0; i < j->ncohorts; i++)
        out[n++] = (struct import_choice){.type = "roster", .cohort = j->cohorts[i]};
    if (j->gathering)
        out[n++] = (struct import_choice){.type = "attendance", .gathering = j->gathering};
    for (size_t i = 0; i < sizeof of_no_cohort / sizeof *of_no_cohort; i++)
        out[n++] = (struct import_choice){.type = of_no_cohort[i].type};
    return n;
}

static void import_kind(void *arg, size_t index)
{
    struct job *asked = arg, *j = job_copy(asked);
    struct import_choice choices[IMPORT_CHOICES];
    struct error err = {0};
    import_choices(asked, choices);
    j->type = choices[index].type;
    j->cohort = choices[index].cohort;
    j->gathering = choices[index].gathering;
    j->pasted = asked->pasted;
    asked->pasted = NULL;
    if (!j->pasted) {
        ask_import_file(j, j->ui->folder ? j->ui->folder : "");
        return;
    }
    enum status st = rehearse(j, NULL, &err);
    if (st != ST_OK && st != ST_STOPPED)
        ui_complain(j->ui, &err);
    job_free(j);
}

static void find_cohorts(struct job *j, int64_t offering)
{
    struct listing_query q = {
        .listing = listing_by_name("cohorts"), .scope_type = T_OFFERING, .scope = offering};
    struct listing_page page;
    if (listing_fetch(j->ui->session, &q, PAGE_FIRST, NULL, COHORTS_MOST, &page, NULL) != ST_OK)
        return;
    for (size_t i = 0; i < page.n; i++)
        j->cohorts[j->ncohorts++] = page.row[i].id;
    listing_page_free(&page);
}

static void find_target(struct job *j, enum type_id scope, int64_t id)
{
    struct record *r;
    if (scope == T_OFFERING)
        find_cohorts(j, id);
    if (scope == T_COHORT)
        j->cohorts[j->ncohorts++] = id;
    if (scope != T_GATHERING ||
        record_load(j->ui->session, type_by_id(T_GATHERING), id, &r, NULL) != ST_OK)
        return;
    j->gathering = id;
    j->cohorts[j->ncohorts++] = record_get_id(r, "cohort");
    record_free(r);
}

static char *choice_label(const struct job *j, const struct import_choice *c)
{
    struct buf ref = {0}, label = {0};
    enum type_id into = c->cohort ? T_COHORT : T_GATHERING;
    if (c->cohort || c->gathering)
        record_reference(j->ui->session, type_by_id(into), c->cohort ? c->cohort : c->gathering,
                         &ref);
    if (c->cohort)
        buf_addf(&label, _("Participants of %s"), buf_str(&ref));
    else if (c->gathering)
        buf_addf(&label, _("Attendance of %s"), buf_str(&ref));
    for (size_t i = 0; !ref.len && i < sizeof of_no_cohort / sizeof *of_no_cohort; i++)
        if (strcmp(of_no_cohort[i].type, c->type) == 0)
            buf_add(&label, lang_tr(of_no_cohort[i].label));
    buf_free(&ref);
    return buf_take(&label);
}

static void ask_import_kind(struct job *j)
{
    struct import_choice choices[IMPORT_CHOICES];
    char *labels[IMPORT_CHOICES];
    size_t n = import_choices(j, choices);
    for (size_t i = 0; i < n; i++)
        labels[i] = choice_label(j, &choices[i]);
    choose_open(j->ui, j->pasted ? _("What are these cells?") : _("What is in the file?"),
                (const char *const *)labels, n, 0, import_kind, j, job_free);
    for (size_t i = 0; i < n; i++)
        free(labels[i]);
}

void import_start(struct ui *ui, enum type_id scope, int64_t id)
{
    import_pasted(ui, scope, id, NULL, 0);
}

void import_pasted(struct ui *ui, enum type_id scope, int64_t id, char *text, size_t len)
{
    struct job *j = job_new(ui);
    j->pasted = text;
    j->pasted_len = len;
    find_target(j, scope, id);
    ask_import_kind(j);
}

/* ---- print ------------------------------------------------------------------------------------
 */

static enum status draw_sheet(struct job *j, FILE *out, struct buf *missing, struct error *err)
{
    struct sheet sheet;
    struct buf made = {0}, when = {0};
    struct print_options options = {.form = j->form, .columns = 80, .walk_ins = -1};
    char iso[MOMENT_SIZE];
    enum status st = sheet_load(j->ui->session, j->gathering, &sheet, err);
    if (st != ST_OK)
        return st;
    moment_of_seconds(date_now(), iso);
    moment_short(&when, iso);
    buf_addf(&made, _("printed %s"), buf_str(&when));
    options.made = made.s;
    st = sheet_register(j->ui->session, &sheet, err);
    if (st == ST_OK)
        st = print_sheet(&sheet, &options, out, missing, err);
    sheet_free(&sheet);
    buf_free(&made);
    buf_free(&when);
    return st;
}

static enum status write_sheet(void *arg, const char *path, FILE *out, struct error *err)
{
    struct job *j = arg;
    struct buf missing = {0};
    enum status st = draw_sheet(j, out, &missing, err);
    if (st == ST_OK)
        ui_say(j->ui, _("The sign-in sheet is in %s."), path);
    if (st == ST_OK && missing.len)
        reading_open(j->ui, _("Letters that the font lacks, drawn as a box"),
                     mem_strdup(missing.s));
    j->ui->data_version = db_data_version(j->ui->session->db);
    buf_free(&missing);
    return st;
}

static void print_file(void *arg, const char *path)
{
    struct job *j = arg;
    output_write(j->ui, path, write_sheet, job_copy(j), job_free);
}

static void print_form(void *arg, size_t index)
{
    struct job *j = job_copy(arg);
    struct buf name = {0};
    j->form = index == 0 ? PRINT_PDF : PRINT_TEXT;
    if (j->ui->folder)
        buf_add(&name, j->ui->folder);
    size_t folder = name.len;
    record_reference(j->ui->session, type_by_id(T_GATHERING), j->gathering, &name);
    for (char *p = name.s + folder; *p; p++)
        if (*p == '/')
            *p = '-';
    buf_add(&name, j->form == PRINT_PDF ? ".pdf" : ".txt");
    prompt_open(j->ui, _("Write the sign-in sheet to file"), name.s, true, print_file, j, job_free);
    buf_free(&name);
}

void print_start(struct ui *ui, int64_t gathering)
{
    const char *labels[] = {_("PDF, for printing"), _("Text")};
    struct job *j = job_new(ui);
    struct buf title = {0};
    j->gathering = gathering;
    buf_addf(&title, "%s ", _("Sign-in sheet"));
    record_reference(ui->session, type_by_id(T_GATHERING), gathering, &title);
    choose_open(ui, title.s, labels, 2, 0, print_form, j, job_free);
    buf_free(&title);
}
