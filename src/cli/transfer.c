/* import: lists that somebody sent. */
#include "config.h"

#include "cli/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "samling/import.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/path.h"
#include "samling/text.h"

enum { TOLD_MAX = 20 }; /* rows told one by one, unless they are asked for */

struct transfer {
    const char *file; /* as on the command line */
    bool rehearse;
    FILE *rejects;   /* NULL: not wanted */
    struct buf told; /* lines for standard error, after the work */
    long ntold, untold;
    struct buf remarks; /* likewise, of rows that were written */
    long nremarks, unremarked;
    struct buf organisations; /* names, a line each */
    double started, shown;    /* seconds: of the work, of the last progress */
    bool progress_shown;
    bool ran; /* to its end: the rows are written, or rehearsed */
};

/* ---- options --------------------------------------------------------------------------------- */

static enum status read_delimiter(const struct cli *cli, const struct args *args, char *out,
                                  struct error *err)
{
    static const struct {
        const char *name;
        char c;
    } named[] = {{"tab", '\t'}, {"semicolon", ';'}, {"comma", ','}};
    const char *typed = args_value(args, "delimiter");
    if (!typed)
        return ST_OK;
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        if (strcmp(typed, named[i].name) == 0)
            *out = named[i].c;
    if (strlen(typed) == 1 && ((unsigned char)*typed > ' ' || *typed == '\t') && *typed != '"' &&
        *typed != '\x7f')
        *out = *typed;
    if (*out)
        return ST_OK;
    return usage_error(cli, typed, _("a delimiter is one character, or semicolon, comma or tab"),
                       err);
}

static enum status read_unclear(const struct cli *cli, const struct args *args,
                                enum on_unclear *how, struct error *err)
{
    static const char *const names[] = {
        [UNCLEAR_REJECT] = "reject", [UNCLEAR_NEW] = "new", [UNCLEAR_SKIP] = "skip"};
    const char *typed = args_value(args, "on-unclear");
    if (!typed)
        return ST_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(typed, names[i]) == 0) {
            *how = (enum on_unclear)i;
            return ST_OK;
        }
    }
    return usage_error(cli, typed,
                       _("what is unclear is rejected, new or skipped: reject, new or skip"), err);
}

static enum status read_unmapped(const struct cli *cli, const struct args *args, bool *keep,
                                 struct error *err)
{
    const char *typed = args_value(args, "unmapped");
    *keep = typed && strcmp(typed, "note") == 0;
    if (!typed || *keep || strcmp(typed, "drop") == 0)
        return ST_OK;
    return usage_error(
        cli, typed, _("columns that are no field are left out, or kept in the note: drop or note"),
        err);
}

static enum status read_change(const struct cli *cli, const struct args *args, bool *replace,
                               struct error *err)
{
    const char *typed = args_value(args, "on-change");
    *replace = typed && strcmp(typed, "replace") == 0;
    if (!typed || *replace || strcmp(typed, "keep") == 0)
        return ST_OK;
    return usage_error(cli, typed, _("a value that differs is kept, or replaced: keep or replace"),
                       err);
}

/* The columns are copies in `columns`, which the caller frees. */
static enum status read_maps(const struct cli *cli, const struct args *args,
                             struct import_options *o, char **columns, struct error *err)
{
    const char *typed;
    for (size_t at = 0; (typed = args_next(args, "map", &at));) {
        /* A heading may hold an equals sign, a field never. */
        const char *equals = strrchr(typed, '=');
        if (!equals || equals == typed || !equals[1])
            return usage_error(cli, typed, _("a map is written COLUMN=FIELD"), err);
        if (o->nmaps == IMPORT_MAPS_MAX)
            return error_set(err, ST_USAGE, typed, _("leave one out"),
                             _("there can be %d maps at most"), IMPORT_MAPS_MAX);
        columns[o->nmaps] = mem_strndup(typed, (size_t)(equals - typed));
        o->map[o->nmaps] = (struct import_map){columns[o->nmaps], equals + 1};
        o->nmaps++;
    }
    return ST_OK;
}

static enum status read_type(const struct cli *cli, const char *typed, const char **type,
                             struct error *err)
{
    const struct listing *l = listing_by_name(typed);
    *type = l ? l->name : typed;
    const char *const *fields = import_fields(*type);
    if (fields && fields[0])
        return ST_OK;
    return usage_error(cli, typed,
                       _("people, organisations, roster, offerings, cohorts, gatherings and "
                         "attendance can be imported"),
                       err);
}

static enum status read_target(const struct cli *cli, const struct args *args,
                               struct import_options *o, struct error *err)
{
    const char *into = args_value(args, "into");
    bool attendance = strcmp(o->type, "attendance") == 0, roster = strcmp(o->type, "roster") == 0;
    if (roster && !into)
        return usage_error(cli, "roster", _("say into which cohort, as --into BIM/1"), err);
    if (attendance && !into)
        return usage_error(cli, "attendance", _("say of which gathering, as --into BIM/1/3"), err);
    if (!into)
        return ST_OK;
    if (attendance)
        return reference_parse(cli->session, T_GATHERING, into, NULL, &o->gathering, err);
    if (!roster && strcmp(o->type, "gatherings") != 0)
        return usage_error(cli, into, _("only a roster or gatherings go into a cohort"), err);
    return reference_parse(cli->session, T_COHORT, into, NULL, &o->cohort, err);
}

static enum status read_options(const struct cli *cli, const struct args *args,
                                struct import_options *o, char **columns, struct error *err)
{
    enum status st = read_type(cli, args->word[0], &o->type, err);
    if (st == ST_OK)
        st = read_delimiter(cli, args, &o->reader.delimiter, err);
    if (st == ST_OK)
        st = read_change(cli, args, &o->replace, err);
    if (st == ST_OK)
        st = read_unclear(cli, args, &o->on_unclear, err);
    if (st == ST_OK)
        st = read_unmapped(cli, args, &o->keep_unmapped, err);
    if (st == ST_OK)
        st = read_maps(cli, args, o, columns, err);
    if (st == ST_OK)
        st = read_target(cli, args, o, err);
    o->reader.encoding = args_value(args, "encoding");
    o->map_anew = args_has(args, "map-anew");
    return st;
}

/* ---- while it runs --------------------------------------------------------------------------- */

static void row_words(const struct transfer *t, const struct import_row *row, struct buf *out)
{
    buf_addf(out, "%s:%ld: %s", t->file, row->line, verdict_label(row->verdict));
    if (*row->name)
        buf_addf(out, ": %s", row->name);
    if (*row->organisation)
        buf_addf(out, "%s%s", *row->name ? ", " : ": ", row->organisation);
    if (*row->reason)
        buf_addf(out, ": %s", row->reason);
}

/* Not now: the transaction is open, and a terminal may be stopped. */
static void keep_line(struct buf *lines, long *n, long *more, const char *line)
{
    if (*n == TOLD_MAX) {
        ++*more;
        return;
    }
    text_clean(lines, line, false);
    buf_addc(lines, '\n');
    ++*n;
}

static void see_row(void *arg, const struct import_row *row)
{
    struct transfer *t = arg;
    struct buf line = {0};
    bool bad = row->verdict == VERDICT_UNCLEAR || row->verdict == VERDICT_REJECTED;
    if (bad && t->rejects)
        rejects_add(row, t->rejects);
    /* What is plainly new, without a remark, is only counted; of the writing likewise what went as
     * it should. */
    if (!bad && (t->rehearse ? row->verdict == VERDICT_NEW && !*row->reason : !row->remark))
        return;
    long *more = bad ? &t->untold : &t->unremarked;
    if (!t->rehearse && (bad ? t->ntold : t->nremarks) >= TOLD_MAX) {
        ++*more; /* the words of a million rows would cost more than the rows */
        return;
    }
    row_words(t, row, &line);
    if (t->rehearse)
        say_clean(line.s, false);
    else if (bad)
        keep_line(&t->told, &t->ntold, &t->untold, line.s);
    else
        keep_line(&t->remarks, &t->nremarks, &t->unremarked, line.s);
    buf_free(&line);
}

static void see_organisation(void *arg, const char *name)
{
    struct transfer *t = arg;
    buf_add(&t->organisations, "  ");
    text_clean(&t->organisations, name, false);
    buf_addc(&t->organisations, '\n');
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* 430 000 */
static void add_grouped(struct buf *out, long n)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%ld", n);
    for (size_t i = 0, len = strlen(digits); i < len; i++) {
        if (i && (len - i) % 3 == 0)
            buf_addc(out, ' ');
        buf_addc(out, digits[i]);
    }
}

/* 0:27, 1:02:05 */
static void add_duration(struct buf *out, long seconds)
{
    if (seconds >= 3600)
        buf_addf(out, "%ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    else
        buf_addf(out, "%ld:%02ld", seconds / 60, seconds % 60);
}

enum { PROGRESS_WIDTH = 70 };

static void show_progress(const struct transfer *t, double done, long rows)
{
    struct buf number = {0}, rate = {0}, left = {0}, line = {0};
    double passed = t->shown - t->started;
    add_grouped(&number, rows);
    add_grouped(&rate, (long)((double)rows / passed));
    add_duration(&left, (long)(passed * (1 - done) / done + 0.5));
    buf_addf(&line, _("%3d %%  %s rows  %s a second  %s left"), (int)(done * 100), number.s, rate.s,
             left.s);
    fprintf(stderr, "\r%s%*s", line.s, PROGRESS_WIDTH - text_width(line.s), "");
    buf_free(&number);
    buf_free(&rate);
    buf_free(&left);
    buf_free(&line);
}

/* A few times a second; not before there is something to reckon with. */
static bool see_progress(void *arg, double done, long rows)
{
    struct transfer *t = arg;
    double now = seconds_now();
    if (say_progress_wanted() && now - t->shown >= 0.2 && now - t->started >= 0.5 && done > 0) {
        t->shown = now;
        show_progress(t, done, rows);
        t->progress_shown = true;
    }
    return !stop_asked();
}

/* ---- what is told ---------------------------------------------------------------------------- */

static const char *why_left_out(enum column_use use)
{
    switch (use) {
    case COLUMN_OF_FORM: return _("not needed");
    case COLUMN_IDENTITY: return _("national identity numbers");
    case COLUMN_LEFT_OUT: return _("by choice");
    default: return NULL;
    }
}

static void add_column(struct buf *out, const struct import_column *c, size_t number)
{
    if (out->len)
        buf_add(out, ", ");
    if (c->heading && *c->heading)
        buf_add(out, c->heading);
    else
        buf_addf(out, _("column %zu"), number);
    if (why_left_out(c->use))
        buf_addf(out, " (%s)", why_left_out(c->use));
}

/* A column that is no field, and goes into the note by choice. */
static bool is_kept(const struct import_column *c)
{
    return c->use == COLUMN_TAKEN && c->why != BY_HEADING && c->field &&
           strcmp(c->field, "note") == 0;
}

/* "1: Full name": nobody said so, and the one who imports should see it. */
static void add_guessed(struct buf *out, const struct import_column *c, size_t number)
{
    if (out->len)
        buf_add(out, ", ");
    if (c->heading && *c->heading)
        buf_addf(out, "%s: %s", c->heading, c->label);
    else
        buf_addf(out, "%zu: %s", number, c->label);
}

/* In the writing too: what was not taken is never silently gone. */
static void tell_left_out(const struct import_head *head)
{
    struct buf out = {0}, noted = {0}, guessed = {0}, line = {0};
    for (size_t i = 0; i < head->ncolumns; i++) {
        const struct import_column *c = &head->column[i];
        if (c->use == COLUMN_TAKEN && c->why == BY_CONTENT)
            add_guessed(&guessed, c, i + 1);
        if (is_kept(c))
            add_column(&noted, c, i + 1);
        else if (c->use != COLUMN_TAKEN && c->use != COLUMN_EMPTY)
            add_column(&out, c, i + 1);
    }
    if (guessed.len) {
        buf_addf(&line, _("Known by their contents: %s"), guessed.s);
        say_clean(line.s, false);
    }
    buf_clear(&line);
    if (noted.len) {
        buf_addf(&line, _("Into the note: %s"), noted.s);
        say_clean(line.s, false);
    }
    buf_clear(&line);
    if (out.len) {
        buf_addf(&line, _("Left out: %s"), out.s);
        say_clean(line.s, false);
    }
    if (head->remembered)
        printf(
            "%s\n",
            _("The columns are taken as for the last such file; --map-anew looks at them anew."));
    buf_free(&out);
    buf_free(&noted);
    buf_free(&guessed);
    buf_free(&line);
}

static void tell_identities(const struct import_result *r)
{
    struct buf lines = {0};
    size_t n = 0;
    long told = r->identities;
    while (n < IMPORT_LINES && r->identity_line[n])
        buf_addf(&lines, n ? ", %ld" : "%ld", r->identity_line[n]), n++;
    if (n == IMPORT_LINES)
        buf_add(&lines, " …");
    if (told)
        printf(_("National identity numbers left out: %ld, on the lines %s\n"), told,
               lines.s);
    buf_free(&lines);
}

static void tell_columns(const struct import_head *head)
{
    struct buf b = {0};
    buf_addf(&b, _("Encoding %s, delimiter "), head->info.encoding);
    if (head->info.delimiter == '\t')
        buf_add(&b, _("tab"));
    else
        buf_addc(&b, head->info.delimiter);
    say_clean(b.s, false);
    for (size_t i = 0; i < head->ncolumns; i++) {
        const struct import_column *c = &head->column[i];
        buf_clear(&b);
        buf_addf(&b, "  %s → %s", c->heading && *c->heading ? c->heading : "-",
                 c->label ? c->label : _("left out"));
        if (why_left_out(c->use))
            buf_addf(&b, " (%s)", why_left_out(c->use));
        for (size_t j = 0; j < 3 && c->sample[j]; j++)
            buf_addf(&b, "%s%s", j ? ", " : "  (", c->sample[j]);
        if (c->sample[0])
            buf_addc(&b, ')');
        say_clean(b.s, false);
    }
    putchar('\n');
    buf_free(&b);
}

static void tell_count(const char *label, long long n)
{
    struct buf b = {0};
    text_pad(&b, label, 22, ALIGN_LEFT);
    printf("%s %8lld\n", b.s, n);
    buf_free(&b);
}

static void tell_result(const struct transfer *t, const struct import_options *o,
                        const struct import_head *head, const struct import_result *r)
{
    tell_count(_("rows"), r->rows);
    for (int v = 0; v < VERDICT_COUNT; v++)
        tell_count(verdict_label((enum verdict)v), r->count[v]);
    if (strcmp(o->type, "roster") == 0)
        tell_count(_("enrolled"), r->enrolled);
    tell_count(_("new organisations"), r->organisations_made);
    if (r->batch)
        tell_count(_("batch"), r->batch);
    fputs(buf_str(&t->organisations), stdout);
    tell_left_out(head);
    tell_identities(r);
    if (t->rehearse)
        printf("%s\n", _("Nothing was written: this was a rehearsal."));
}

static void tell_bad_rows(const struct transfer *t)
{
    fflush(stdout);
    fputs(buf_str(&t->told), stderr);
    if (t->untold)
        fprintf(stderr, _("… and %ld more; --rejects FILE writes them all\n"), t->untold);
    fputs(buf_str(&t->remarks), stderr);
    if (t->unremarked)
        fprintf(stderr, _("… and %ld more; --rehearse shows all\n"), t->unremarked);
}

static enum status outcome(const struct transfer *t, const struct import_result *r,
                           struct error *err)
{
    long bad = r->count[VERDICT_UNCLEAR] + r->count[VERDICT_REJECTED];
    if (bad == 0)
        return ST_OK;
    if (bad + r->count[VERDICT_SKIPPED] < r->rows)
        return error_set(err, ST_PARTIAL, NULL, NULL, "%s", "");
    return error_set(err, ST_REFUSED, t->file,
                     _("correct them, or map the columns with --map, and import again"), "%s",
                     _("none of the rows can be used; nothing was written"));
}

/* ---- the command ----------------------------------------------------------------------------- */

static enum status go(struct transfer *t, struct import *imp, const struct import_options *o,
                      struct error *err)
{
    struct import_result result = {0};
    struct import_watch watch = {
        .row = see_row, .organisation = see_organisation, .progress = see_progress, .arg = t};
    if (t->rejects)
        rejects_begin(import_head(imp), t->rejects);
    if (t->rehearse)
        tell_columns(import_head(imp));
    t->started = seconds_now();
    enum status st = import_run(imp, !t->rehearse, &watch, &result, err);
    if (t->progress_shown)
        fprintf(stderr, "\r%*s\r", PROGRESS_WIDTH, "");
    if (st != ST_OK)
        return st;
    tell_result(t, o, import_head(imp), &result);
    tell_bad_rows(t);
    t->ran = true;
    return outcome(t, &result, err);
}

/* The rows are in the database by now: that the rejects could not be kept does not undo them. */
static enum status keep_rejects(struct outfile *f, bool ran, enum status st, struct error *err)
{
    struct error mine = {0};
    if (outfile_close(f, ran, &mine) == ST_OK)
        return st;
    return error_set(err, st == ST_REFUSED ? st : ST_PARTIAL, mine.what, mine.todo,
                     _("the import is done, but the file of rejects could not be written: %s"),
                     mine.why);
}

static enum status transfer(struct cli *cli, const struct args *args,
                            const struct import_options *o, struct error *err)
{
    struct transfer t = {.file = args->word[1], .rehearse = args_has(args, "rehearse")};
    const char *rejects = args_value(args, "rejects");
    struct outfile *out = NULL;
    struct import *imp;
    /* Else --rejects could take the place of the list that it is about. */
    if (strcmp(t.file, "-") != 0)
        path_protect(t.file);
    enum status st = import_open(&imp, cli->session, o, t.file, err);
    if (st != ST_OK)
        return st;
    if (rejects)
        st = outfile_open(&out, rejects, err);
    if (st == ST_OK) {
        t.rejects = out ? outfile_stream(out) : NULL;
        stop_watch(cli->session);
        st = go(&t, imp, o, err);
        stop_unwatch(cli->session);
    }
    if (out)
        st = keep_rejects(out, t.ran, st, err);
    import_close(imp);
    buf_free(&t.told);
    buf_free(&t.remarks);
    buf_free(&t.organisations);
    return st;
}

enum status run_import(struct cli *cli, const struct args *args, struct error *err)
{
    struct import_options options = {0};
    char *columns[IMPORT_MAPS_MAX] = {NULL};
    enum status st = read_options(cli, args, &options, columns, err);
    if (st == ST_OK)
        st = transfer(cli, args, &options, err);
    for (size_t i = 0; i < IMPORT_MAPS_MAX; i++)
        free(columns[i]);
    return st;
}
