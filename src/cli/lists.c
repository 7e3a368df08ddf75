/* list, today, batches, export: listings on standard output and in files. */
#include "config.h"

#include "cli/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/path.h"
#include "samling/text.h"

/* ---- which listing --------------------------------------------------------------------------- */

static enum status find_listing(const struct cli *cli, const char *name, const struct listing **out,
                                struct error *err)
{
    const char *names[64] = {NULL};
    struct buf todo = {0};
    *out = listing_by_name(name);
    if (*out)
        return ST_OK;
    for (size_t i = 0; i < 63 && listing_at(i); i++)
        names[i] = listing_at(i)->name;
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

/* A reference of the programme first; where people or organisations can be meant, their names. */
static enum status named_scope(struct session *s, const char *ref, struct listing_query *q,
                               struct error *err)
{
    static const enum type_id by_name[] = {T_PERSON, T_ORGANISATION};
    bool programme = has_scope(q->listing, T_OFFERING) || has_scope(q->listing, T_COHORT) ||
                     has_scope(q->listing, T_GATHERING);
    struct error mine = {0};
    enum status st = ST_REFUSED;
    if (programme)
        st = reference_parse(s, T_NONE, ref, &q->scope_type, &q->scope, &mine);
    for (size_t i = 0; st == ST_REFUSED && !strchr(ref, '/') && i < 2; i++) {
        if (!has_scope(q->listing, by_name[i]))
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

static enum status read_query(const struct cli *cli, const struct args *args,
                              struct listing_query *q, long *limit, struct error *err)
{
    enum status st = find_listing(cli, args->word[0], &q->listing, err);
    q->search = args_value(args, "search");
    const char *value;
    for (size_t at = 0; st == ST_OK && (value = args_next(args, "where", &at));)
        st = listing_filter(q, value, err);
    value = args_value(args, "sort");
    if (st == ST_OK && value)
        st = listing_sort(q, value, err);
    if (st == ST_OK)
        st = args_number(args, "limit", 999999999, limit, err);
    if (st == ST_OK && q->search && !text_is_blank(q->search) && !q->listing->search_id)
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

enum status run_list(struct cli *cli, const struct args *args, struct error *err)
{
    struct listing_query q = {0};
    enum export_form form;
    long limit = 0;
    enum status st = read_format(cli, args, &form, err);
    if (st == ST_OK)
        st = read_query(cli, args, &q, &limit, err);
    if (st == ST_OK)
        st = export_listing(cli->session, &q, form, (size_t)limit, stdout, NULL, err);
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

static enum status export_to_file(struct session *s, const struct listing_query *q,
                                  enum export_form form, size_t limit, const char *path,
                                  struct error *err)
{
    struct outfile *f;
    enum status st = outfile_open(&f, path, err);
    if (st != ST_OK)
        return st;
    stop_watch(s);
    st = export_listing(s, q, form, limit, outfile_stream(f), NULL, err);
    stop_unwatch(s);
    if (st == ST_REFUSED && ferror(outfile_stream(f)))
        say_what(err, path);
    enum status closed = outfile_close(f, st == ST_OK, st == ST_OK ? err : NULL);
    return st == ST_OK ? closed : st;
}

enum status run_export(struct cli *cli, const struct args *args, struct error *err)
{
    struct listing_query q = {0};
    const char *kind = args_value(args, "for"), *to = args_value(args, "to");
    enum export_form form = EXPORT_EXCEL;
    long limit = 0;
    if (kind && strcmp(kind, "plain") == 0)
        form = EXPORT_PLAIN;
    else if (kind && strcmp(kind, "excel") != 0)
        return usage_error(cli, kind, _("an export is for excel, or plain"), err);
    enum status st = read_query(cli, args, &q, &limit, err);
    if (st != ST_OK)
        return st;
    if (!to || strcmp(to, "-") == 0)
        return export_listing(cli->session, &q, form, (size_t)limit, stdout, NULL, err);
    return export_to_file(cli->session, &q, form, (size_t)limit, to, err);
}
