/* list, today, batches, export: listings on standard output, in files, and on the clipboard. */
#include "config.h"

#include "cli/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "samling/clipboard.h"
#include "samling/feed.h"
#include "samling/ical.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/path.h"
#include "samling/text.h"
#include "samling/vcard.h"

/* ---- which listing --------------------------------------------------------------------------- */

static enum status find_listing(const struct cli *cli, const char *name, const struct listing **out,
                                struct error *err)
{
    const char *names[64] = {NULL};
    struct buf todo = {0};
    size_t n = 0;
    *out = listing_by_name(name);
    if (*out)
        return ST_OK;
    for (; n < 61 && listing_at(n); n++)
        names[n] = listing_at(n)->name;
    if (cli->command->run == run_export) {
        names[n++] = feed_calendar()->name;
        names[n++] = feed_contacts()->name;
    }
    const char *near = near_word(name, names);
    enum status st;
    if (near) {
        buf_addf(&todo, _("did you mean %s?"), near);
        st = error_set(err, ST_USAGE, name, todo.s, "%s", _("there is no such list"));
    } else {
        st = usage_error(cli, name, _("there is no such list"), err);
    }
    buf_free(&todo);
    return st;
}

/* ---- of what --------------------------------------------------------------------------------- */

static bool has_scope(const struct listing *l, enum type_id type)
{
    for (const struct scope *s = l->scopes; s && s->type; s++)
        if (s->type == type)
            return true;
    return false;
}

static bool is_number(const char *s)
{
    return *s && s[strspn(s, "0123456789")] == '\0';
}

/* `person:12`, `organisation:Solbakken`: says itself what it is. */
static enum status explicit_scope(struct session *s, const char *ref, struct listing_query *q,
                                  bool *is, struct error *err)
{
    const char *colon = strchr(ref, ':');
    char *name = colon ? mem_strndup(ref, (size_t)(colon - ref)) : NULL;
    const struct record_type *t = name ? type_by_name(name) : NULL;
    free(name);
    *is = t != NULL;
    if (!t)
        return ST_OK;
    q->scope_type = t->id;
    return record_find(s, t, colon + 1, &q->scope, err);
}

static enum status number_scope(struct session *s, const char *ref, struct listing_query *q,
                                struct error *err)
{
    const struct scope *scope = q->listing->scopes;
    if (scope[1].type)
        return error_set(err, ST_REFUSED, ref, _("write a reference as BIM/1/3, or as person:12"),
                         "%s", _("a number alone does not say what it is"));
    q->scope_type = scope->type;
    return record_find(s, type_by_id(scope->type), ref, &q->scope, err);
}

/* A reference of the programme first; where people, organisations or plans can be meant, their
 * names. */
static enum status named_scope(struct session *s, const char *ref, struct listing_query *q,
                               struct error *err)
{
    static const enum type_id by_name[] = {T_PERSON, T_ORGANISATION, T_PLAN};
    bool programme = has_scope(q->listing, T_OFFERING) || has_scope(q->listing, T_COHORT) ||
                     has_scope(q->listing, T_GATHERING);
    struct error mine = {0};
    enum status st = ST_REFUSED;
    if (programme)
        st = reference_parse(s, T_NONE, ref, &q->scope_type, &q->scope, &mine);
    for (size_t i = 0; st == ST_REFUSED && i < sizeof by_name / sizeof *by_name; i++) {
        /* BIM/9 is no name; "Kompetanseplan 2021/22" is one. */
        if (!has_scope(q->listing, by_name[i]) || (strchr(ref, '/') && by_name[i] != T_PLAN))
            continue;
        q->scope_type = by_name[i];
        st = record_find(s, type_by_id(by_name[i]), ref, &q->scope, &mine);
    }
    if (st != ST_OK && err)
        *err = mine;
    return st;
}

static enum status find_scope(struct session *s, const char *ref, struct listing_query *q,
                              struct error *err)
{
    bool is;
    if (!q->listing->scopes)
        return error_set(err, ST_USAGE, q->listing->name, _("leave the reference out"), "%s",
                         _("this list cannot be narrowed to something"));
    enum status st = explicit_scope(s, ref, q, &is, err);
    if (st != ST_OK || is)
        return st;
    return is_number(ref) ? number_scope(s, ref, q, err) : named_scope(s, ref, q, err);
}

/* ---- the query ------------------------------------------------------------------------------- */

/* Into a query whose listing is set already, or is named by the first word. */
static enum status read_query(const struct cli *cli, const struct args *args,
                              struct listing_query *q, long *limit, struct error *err)
{
    enum status st = q->listing ? ST_OK : find_listing(cli, args->word[0], &q->listing, err);
    q->search = args_value(args, "search");
    const char *value;
    for (size_t at = 0; st == ST_OK && (value = args_next(args, "where", &at));)
        st = listing_filter(q, value, err);
    value = args_value(args, "sort");
    if (st == ST_OK && value)
        st = listing_sort(q, value, err);
    if (st == ST_OK)
        st = args_number(args, "limit", 999999999, limit, err);
    if (st == ST_OK && q->search && !text_is_blank(q->search) && !q->listing->search_id &&
        !q->listing->search_text)
        st = error_set(err, ST_USAGE, q->listing->name, _("use --where FIELD=VALUE"), "%s",
                       _("this list cannot be searched"));
    if (st == ST_OK && args->word[1])
        st = find_scope(cli->session, args->word[1], q, err);
    return st;
}

static enum status read_format(const struct cli *cli, const struct args *args,
                               enum export_form *form, struct error *err)
{
    const char *name = args_value(args, "format");
    *form = EXPORT_TEXT;
    if (!name || export_form_by_name(name, form))
        return ST_OK;
    return usage_error(cli, name, _("the format is text, csv, tsv or json"), err);
}

/* ---- the commands ---------------------------------------------------------------------------- */

static enum status read_columns(const struct args *args, const struct listing *l,
                                struct export_options *o, struct error *err)
{
    const char *names = args_value(args, "columns");
    return names ? export_columns(o, l, names, err) : ST_OK;
}

enum status run_list(struct cli *cli, const struct args *args, struct error *err)
{
    struct listing_query q = {0};
    struct export_options o = {0};
    long limit = 0;
    enum status st = read_format(cli, args, &o.form, err);
    if (st == ST_OK)
        st = read_query(cli, args, &q, &limit, err);
    if (st == ST_OK)
        st = read_columns(args, q.listing, &o, err);
    o.limit = (size_t)limit;
    if (st == ST_OK)
        st = export_write(cli->session, &q, &o, stdout, NULL, err);
    return st;
}

/* A listing as it is; `empty` instead of a heading without rows, for people. */
static enum status print_whole(struct cli *cli, const struct args *args, const char *name,
                               const char *empty, struct error *err)
{
    struct listing_query q = {.listing = listing_by_name(name)};
    enum export_form form;
    int64_t rows = 1;
    enum status st = read_format(cli, args, &form, err);
    if (st == ST_OK && form == EXPORT_TEXT)
        st = listing_count(cli->session, &q, &rows, err);
    if (st == ST_OK && rows == 0)
        printf("%s\n", empty);
    else if (st == ST_OK)
        st = export_listing(cli->session, &q, form, 0, stdout, NULL, err);
    return st;
}

enum status run_today(struct cli *cli, const struct args *args, struct error *err)
{
    return print_whole(cli, args, "today", _("Nothing is waiting, and no gathering is near."), err);
}

enum status run_batches(struct cli *cli, const struct args *args, struct error *err)
{
    return print_whole(cli, args, "batches", _("Nothing was imported yet."), err);
}

/* ---- export ---------------------------------------------------------------------------------- */

/* What is to be written, as a listing, a calendar or cards. */
struct export_job {
    struct session *s;
    struct listing_query q;
    struct export_options o;
    int64_t rows;
    enum status (*write)(struct export_job *j, FILE *out, struct error *err);
};

static enum status write_rows(struct export_job *j, FILE *out, struct error *err)
{
    return export_write(j->s, &j->q, &j->o, out, &j->rows, err);
}

static enum status write_calendar(struct export_job *j, FILE *out, struct error *err)
{
    struct calendar_counts counts = {0};
    struct buf b = {0};
    enum status st = ical_export(j->s, &j->q, j->o.limit, out, &counts, err);
    if (st == ST_OK && counts.undated) {
        buf_addf(&b, _("left out, because they have no day yet: %lld"), (long long)counts.undated);
        say_warning(_("gatherings"), b.s);
    }
    buf_free(&b);
    return st;
}

static enum status write_contacts(struct export_job *j, FILE *out, struct error *err)
{
    return vcard_export(j->s, &j->q, j->o.limit, out, &j->rows, err);
}

static enum status write_to_file(struct export_job *j, const char *path, struct error *err)
{
    struct outfile *f;
    enum status st = outfile_open(&f, path, err);
    if (st != ST_OK)
        return st;
    stop_watch(j->s);
    st = j->write(j, outfile_stream(f), err);
    stop_unwatch(j->s);
    if (st == ST_REFUSED && ferror(outfile_stream(f)))
        say_what(err, path);
    enum status closed = outfile_close(f, st == ST_OK, st == ST_OK ? err : NULL);
    return st == ST_OK ? closed : st;
}

static enum status write_to(struct export_job *j, const char *to, struct error *err)
{
    if (!to || strcmp(to, "-") == 0)
        return j->write(j, stdout, err);
    return write_to_file(j, to, err);
}

/* ---- to the clipboard ------------------------------------------------------------------------ */

static enum status send_all(int fd, const char *p, size_t n, struct error *err)
{
    while (n > 0) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno == EINTR && !stop_asked())
            continue;
        if (done <= 0)
            return error_set(err, ST_REFUSED, _("clipboard"), NULL,
                             _("the terminal did not take it (%s)"),
                             strerror(done < 0 ? errno : EIO));
        p += done;
        n -= (size_t)done;
    }
    return ST_OK;
}

/* Past standard output, which may lead elsewhere, to the terminal itself. */
static enum status send_to_terminal(const struct buf *sequence, struct error *err)
{
    int tty = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC);
    bool own = tty >= 0;
    if (!own && isatty(STDOUT_FILENO))
        tty = STDOUT_FILENO;
    if (tty < 0)
        return error_set(err, ST_REFUSED, _("clipboard"), _("write it to a file: --to FILE"), "%s",
                         _("there is no terminal here whose clipboard it could be"));
    enum status st = send_all(tty, sequence->s, sequence->len, err);
    if (own)
        close(tty);
    return st;
}

static enum status rows_as_text(struct export_job *j, char **text, size_t *len, struct error *err)
{
    FILE *f = open_memstream(text, len);
    if (!f)
        return error_set(err, ST_REFUSED, _("clipboard"), NULL, "%s", strerror(errno));
    /* A row has a byte at least, so that more than these cannot go in, whatever they hold. */
    if (!j->o.limit || j->o.limit > CLIPBOARD_MAX)
        j->o.limit = CLIPBOARD_MAX + 1;
    enum status st = export_write(j->s, &j->q, &j->o, f, &j->rows, err);
    if (fclose(f) != 0 && st == ST_OK)
        st = error_set(err, ST_REFUSED, _("clipboard"), NULL, "%s", strerror(errno));
    return st;
}

static enum status write_to_clipboard(struct export_job *j, struct error *err)
{
    char *text = NULL;
    size_t len = 0;
    struct buf sequence = {0};
    const char *tmux = getenv("TMUX");
    if (j->o.form == EXPORT_EXCEL)
        j->o.form = EXPORT_CELLS;
    else
        j->o.form = EXPORT_TSV;
    enum status st = rows_as_text(j, &text, &len, err);
    if (st == ST_OK)
        st = clipboard_sequence(&sequence, text, len, tmux && *tmux, err);
    if (st == ST_OK)
        st = send_to_terminal(&sequence, err);
    if (st == ST_OK)
        fprintf(stderr,
                _("Rows sent to your terminal's clipboard: %lld. If nothing can be pasted, your "
                  "terminal does not take it: write a file with --to FILE.\n"),
                (long long)j->rows);
    if (st == ST_OK && tmux && *tmux)
        fputs(_("Inside tmux it goes on only after: tmux set -g allow-passthrough on\n"), stderr);
    buf_free(&sequence);
    free(text);
    return st;
}

/* ---- the command ----------------------------------------------------------------------------- */

/* A calendar, or contacts: with the options that have a meaning there. */
static enum status export_feed(struct cli *cli, const struct args *args, const struct listing *feed,
                               struct error *err)
{
    struct export_job j = {.s = cli->session, .q = {.listing = feed}};
    const char *to = args_value(args, "to");
    long limit = 0;
    bool calendar = feed == feed_calendar();
    j.write = calendar ? write_calendar : write_contacts;
    if (args_has(args, "for") || args_has(args, "columns"))
        return error_set(err, ST_USAGE, args->word[0],
                         calendar ? _("for a spreadsheet: samling export gatherings")
                                  : _("for a spreadsheet: samling export people"),
                         "%s", _("this always has the form of its kind (iCalendar, vCard)"));
    if (to && strcmp(to, "clipboard") == 0)
        return error_set(err, ST_USAGE, args->word[0], _("write it to a file: --to FILE"), "%s",
                         _("only lists can go to the clipboard"));
    enum status st = read_query(cli, args, &j.q, &limit, err);
    j.o.limit = (size_t)limit;
    return st == ST_OK ? write_to(&j, to, err) : st;
}

static enum status export_list(struct cli *cli, const struct args *args, struct error *err)
{
    struct export_job j = {.s = cli->session, .o = {.form = EXPORT_EXCEL}, .write = write_rows};
    const char *kind = args_value(args, "for"), *to = args_value(args, "to");
    long limit = 0;
    if (kind && strcmp(kind, "plain") == 0)
        j.o.form = EXPORT_PLAIN;
    else if (kind && strcmp(kind, "excel") != 0)
        return usage_error(cli, kind, _("an export is for excel, or plain"), err);
    enum status st = read_query(cli, args, &j.q, &limit, err);
    if (st == ST_OK)
        st = read_columns(args, j.q.listing, &j.o, err);
    if (st != ST_OK)
        return st;
    j.o.limit = (size_t)limit;
    return to && strcmp(to, "clipboard") == 0 ? write_to_clipboard(&j, err) : write_to(&j, to, err);
}

enum status run_export(struct cli *cli, const struct args *args, struct error *err)
{
    const struct listing *feed = feed_by_name(args->word[0]);
    return feed ? export_feed(cli, args, feed, err) : export_list(cli, args, err);
}
