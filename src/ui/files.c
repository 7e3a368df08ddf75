/* Import, export and print: each asks for what it needs, one question at a time. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "samling/export.h"
#include "samling/import.h"
#include "samling/mem.h"
#include "samling/path.h"
#include "samling/print.h"
#include "samling/sheet.h"

#include "ui/screens.h"
#include "ui/ui_internal.h"

struct job {
    struct ui *ui;
    const char *type; /* of an import */
    int64_t cohort;
    struct listing_query q;
    char *search;
    int64_t gathering;
    enum print_form form;
};

static void job_free(void *arg)
{
    struct job *j = arg;
    free(j->search);
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
    c->search = mem_strdup(j->search);
    c->q.search = c->search;
    return c;
}

/* ---- file names -------------------------------------------------------------------------------
 */

/* The next question for a file begins in the folder of this one. */
static void remember_folder(struct ui *ui, const char *path)
{
    free(ui->folder);
    ui->folder = mem_strndup(path, (size_t)(path_base(path) - path));
}

static void add_folder(const struct ui *ui, struct buf *out)
{
    if (ui->folder)
        buf_add(out, ui->folder);
}

/* A file that is to be written, and what writes it. */
struct output {
    struct job *job;
    char *path;
    void (*write)(struct job *j, const char *path);
};

static void output_free(void *arg)
{
    struct output *o = arg;
    job_free(o->job);
    free(o->path);
    free(o);
}

static void write_confirmed(void *arg)
{
    struct output *o = arg;
    remember_folder(o->job->ui, o->path);
    o->write(o->job, o->path);
}

/* Writes, after asking where a file would be replaced. */
static void write_file(struct job *j, const char *path,
                       void (*write)(struct job *j, const char *path))
{
    struct output *o = mem_alloc(sizeof *o);
    struct stat st;
    *o = (struct output){job_copy(j), mem_strdup(path), write};
    if (stat(path, &st) == 0 && S_ISREG(st.st_mode)) {
        struct buf question = {0};
        buf_addf(&question, _("%s is there already. Replace it?"), path);
        ask_open(j->ui, question.s, _("y")[0], _("y: yes, replace it; any other key: no"),
                 write_confirmed, o, output_free);
        buf_free(&question);
        return;
    }
    write_confirmed(o);
    output_free(o);
}

/* ---- import --------------------------------------------------------------------------------- */

static void import_file(void *arg, const char *path);

static void ask_import_file(struct job *j, const char *path)
{
    prompt_open(j->ui, _("Import from file (Tab completes)"), path, true, import_file, j, job_free);
}

static void import_file(void *arg, const char *path)
{
    struct job *j = arg;
    struct import_options options = {.type = j->type, .cohort = j->cohort};
    struct import *imp;
    struct error err = {0};
    struct buf target = {0};
    if (import_open(&imp, j->ui->session, &options, path, &err) != ST_OK) {
        ui_complain(j->ui, &err);
        /* Most often the name has a slip: it is there to be mended. */
        ask_import_file(job_copy(j), path);
        return;
    }
    remember_folder(j->ui, path);
    if (j->cohort)
        record_reference(j->ui->session, type_by_id(T_COHORT), j->cohort, &target);
    rehearsal_open(j->ui, imp, path_base(path), buf_str(&target));
    buf_free(&target);
}

static void import_kind(void *arg, size_t index)
{
    static const char *const types[] = {"roster", "people", "organisations"};
    struct job *j = job_copy(arg);
    j->type = types[index + (j->cohort ? 0 : 1)];
    if (index || !j->cohort)
        j->cohort = 0;
    ask_import_file(j, j->ui->folder ? j->ui->folder : "");
}

void import_start(struct ui *ui, enum type_id scope, int64_t id)
{
    const char *labels[3];
    size_t n = 0;
    struct buf into = {0}, ref = {0};
    struct job *j = job_new(ui);
    struct record *r;
    if (scope == T_COHORT)
        j->cohort = id;
    if (scope == T_GATHERING &&
        record_load(ui->session, type_by_id(T_GATHERING), id, &r, NULL) == ST_OK) {
        j->cohort = record_get_id(r, "cohort");
        record_free(r);
    }
    if (j->cohort) {
        record_reference(ui->session, type_by_id(T_COHORT), j->cohort, &ref);
        buf_addf(&into, _("Participants of %s"), buf_str(&ref));
        labels[n++] = into.s;
    }
    labels[n++] = _("People");
    labels[n++] = _("Organisations");
    choose_open(ui, _("What is in the file?"), labels, n, 0, import_kind, j, job_free);
    buf_free(&into);
    buf_free(&ref);
}

/* ---- export -----------------------------------------------------------------------------------
 */

static void write_export(struct job *j, const char *path)
{
    struct outfile *f;
    struct error err = {0};
    int64_t rows = 0;
    enum status st = outfile_open(&f, path, &err);
    if (st == ST_OK) {
        struct error closing = {0};
        st = export_listing(j->ui->session, &j->q, EXPORT_EXCEL, 0, outfile_stream(f), &rows, &err);
        enum status closed = outfile_close(f, st == ST_OK, &closing);
        if (st == ST_OK && closed != ST_OK) {
            st = closed;
            err = closing;
        }
    }
    if (st != ST_OK)
        ui_complain(j->ui, &err);
    else
        ui_say(j->ui, _("%lld rows written to %s, for Excel."), (long long)rows, path);
}

static void export_file(void *arg, const char *path)
{
    write_file(arg, path, write_export);
}

void export_start(struct ui *ui, const struct listing_query *q)
{
    struct job *j = job_new(ui);
    struct buf name = {0};
    j->q = *q;
    j->search = mem_strdup(q->search);
    j->q.search = j->search;
    add_folder(ui, &name);
    buf_addf(&name, "%s.csv", q->listing->name);
    prompt_open(ui, _("Write the list to file"), name.s, true, export_file, j, job_free);
    buf_free(&name);
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
    moment_of_seconds(time(NULL), iso);
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

static void write_sheet(struct job *j, const char *path)
{
    struct outfile *f;
    struct error err = {0};
    struct buf missing = {0};
    enum status st = outfile_open(&f, path, &err);
    if (st == ST_OK) {
        struct error closing = {0};
        st = draw_sheet(j, outfile_stream(f), &missing, &err);
        enum status closed = outfile_close(f, st == ST_OK, &closing);
        if (st == ST_OK && closed != ST_OK) {
            st = closed;
            err = closing;
        }
    }
    if (st != ST_OK)
        ui_complain(j->ui, &err);
    else
        ui_say(j->ui, _("The sign-in sheet is in %s."), path);
    if (st == ST_OK && missing.len)
        reading_open(j->ui, _("Letters that the font lacks, drawn as a box"),
                     mem_strdup(missing.s));
    j->ui->data_version = db_data_version(j->ui->session->db);
    buf_free(&missing);
}

static void print_file(void *arg, const char *path)
{
    write_file(arg, path, write_sheet);
}

static void print_form(void *arg, size_t index)
{
    struct job *j = job_copy(arg);
    struct buf name = {0};
    j->form = index == 0 ? PRINT_PDF : PRINT_TEXT;
    add_folder(j->ui, &name);
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
