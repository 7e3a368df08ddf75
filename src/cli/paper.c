/* print, attendance: the sheet on the table, and what comes back from it. */
#include "config.h"

#include "cli/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "samling/lang.h"
#include "samling/path.h"
#include "samling/print.h"
#include "samling/roster.h"
#include "samling/sheet.h"

/* ---- print ----------------------------------------------------------------------------------- */

struct job {
    struct print_options options;
    const char *to; /* NULL: standard output */
};

static bool ends_in_pdf(const char *path)
{
    size_t n = path ? strlen(path) : 0;
    return n > 4 && strcasecmp(path + n - 4, ".pdf") == 0;
}

static bool names_printer(const char *to)
{
    return to && strncmp(to, "printer", 7) == 0 && (!to[7] || to[7] == ':');
}

static enum status read_form(const struct cli *cli, const struct args *args, struct job *job,
                             struct error *err)
{
    const char *as = args_value(args, "as");
    if (as && strcmp(as, "pdf") != 0 && strcmp(as, "text") != 0)
        return usage_error(cli, as, _("a sheet is printed as text, or as pdf"), err);
    bool pdf = as ? strcmp(as, "pdf") == 0 : ends_in_pdf(job->to) || names_printer(job->to);
    job->options.form = pdf ? PRINT_PDF : PRINT_TEXT;
    if (pdf && !job->to && isatty(STDOUT_FILENO))
        return usage_error(cli, "pdf", _("a PDF is not for the terminal: name a file with --to"),
                           err);
    return ST_OK;
}

static enum status read_job(const struct cli *cli, const struct args *args, struct job *job,
                            struct error *err)
{
    long columns = 0;
    job->options.walk_ins = -1;
    if (strcmp(args->word[0], "roster") != 0)
        return usage_error(cli, args->word[0], _("what can be printed is: roster"), err);
    job->to = args_value(args, "to");
    if (job->to && strcmp(job->to, "-") == 0)
        job->to = NULL;
    if (job->to && strcmp(job->to, "terminal") == 0)
        return error_set(err, ST_REFUSED, "terminal",
                         _("print to a file, to standard output, or to printer[:NAME]"), "%s",
                         _("a printer at the terminal cannot be used yet"));
    enum status st = args_number(args, "columns", 240, &columns, err);
    if (st == ST_OK && columns && columns != 80 && columns != 132)
        st =
            usage_error(cli, args_value(args, "columns"), _("text is 80 or 132 columns wide"), err);
    job->options.columns = (int)columns;
    return st == ST_OK ? read_form(cli, args, job, err) : st;
}

static void tell_missing(const struct buf *missing)
{
    for (const char *p = buf_str(missing); *p;) {
        size_t n = strcspn(p, "\n");
        struct buf line = {0};
        buf_addn(&line, p, n);
        say_warning(line.s, _("the font lacks this letter; a box is printed instead"));
        buf_free(&line);
        p += n + (p[n] == '\n');
    }
}

static enum status draw_to_file(const struct sheet *sheet, const struct job *job,
                                struct buf *missing, struct error *err)
{
    struct outfile *f;
    enum status st = outfile_open(&f, job->to, err);
    if (st != ST_OK)
        return st;
    st = print_sheet(sheet, &job->options, outfile_stream(f), missing, err);
    if (st == ST_REFUSED && ferror(outfile_stream(f)))
        say_what(err, job->to);
    enum status closed = outfile_close(f, st == ST_OK, st == ST_OK ? err : NULL);
    return st == ST_OK ? closed : st;
}

static enum status draw_to_printer(const struct sheet *sheet, const struct job *job,
                                   struct buf *missing, struct error *err)
{
    char *text = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&text, &size);
    enum status st = f ? print_sheet(sheet, &job->options, f, missing, err)
                       : error_set(err, ST_REFUSED, sheet->reference, NULL, "%s",
                                   _("there is no memory for the sheet"));
    if (f)
        fclose(f);
    if (st == ST_OK)
        st = printer_send(job->to[7] ? job->to + 8 : NULL, sheet->reference, text, size, err);
    free(text);
    return st;
}

static enum status draw(const struct sheet *sheet, const struct job *job, struct buf *missing,
                        struct error *err)
{
    if (!job->to)
        return print_sheet(sheet, &job->options, stdout, missing, err);
    if (names_printer(job->to))
        return draw_to_printer(sheet, job, missing, err);
    return draw_to_file(sheet, job, missing, err);
}

/* "printed 21.11.2026 14:05" */
static void add_made(struct buf *out)
{
    char iso[MOMENT_SIZE];
    struct buf when = {0};
    moment_of_seconds(date_now(), iso);
    if (!iso[0])
        return;
    moment_short(&when, iso);
    buf_addf(out, _("printed %s"), when.s);
    buf_free(&when);
}

enum status run_print(struct cli *cli, const struct args *args, struct error *err)
{
    struct job job = {0};
    struct sheet sheet;
    struct buf missing = {0}, made = {0};
    int64_t gathering;
    enum status st = read_job(cli, args, &job, err);
    if (st == ST_OK)
        st = reference_parse(cli->session, T_GATHERING, args->word[1], NULL, &gathering, err);
    if (st == ST_OK)
        st = sheet_load(cli->session, gathering, &sheet, err);
    if (st != ST_OK)
        return st;
    st = sheet_register(cli->session, &sheet, err);
    add_made(&made);
    job.options.made = made.s;
    if (st == ST_OK)
        st = draw(&sheet, &job, &missing, err);
    tell_missing(&missing);
    sheet_free(&sheet);
    buf_free(&missing);
    buf_free(&made);
    return st;
}

/* ---- attendance ------------------------------------------------------------------------------ */

static void tell_recorded(const struct attendance_result *r, const char *reference)
{
    printf("%s: ", reference);
    printf(_("present %ld, absent %ld, excused %ld, no mark %ld"), r->present, r->absent,
           r->excused, r->cleared);
    putchar('\n');
}

enum status run_attendance(struct cli *cli, const struct args *args, struct error *err)
{
    struct attendance_result result;
    struct buf marks = {0}, reference = {0};
    int64_t gathering;
    enum status st =
        reference_parse(cli->session, T_GATHERING, args->word[0], NULL, &gathering, err);
    if (st != ST_OK)
        return st;
    /* With or without quotes: 1-14 17 '!19' comes as several words. */
    for (size_t i = 1; i < args->n; i++)
        buf_addf(&marks, "%s%s", i > 1 ? " " : "", args->word[i]);
    st = attendance_record(cli->session, gathering, buf_str(&marks), args_value(args, "sheet"),
                           &result, err);
    if (st == ST_OK) {
        record_reference(cli->session, type_by_id(T_GATHERING), gathering, &reference);
        tell_recorded(&result, buf_str(&reference));
    }
    if (st == ST_OK && result.roster_changed)
        say_warning(buf_str(&reference), _("the roster has changed since this sheet was printed; "
                                           "the numbers were read as on the sheet"));
    buf_free(&marks);
    buf_free(&reference);
    return st;
}
