/* show, history, add, set, remove: one record. */
#include "config.h"

#include "cli/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/history.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

/* ---- types, records, fields ------------------------------------------------------------------ */

enum status cli_type(const struct cli *cli, const char *name, bool by_hand,
                     const struct record_type **out, struct error *err)
{
    const struct record_type *t = type_by_name(name);
    *out = t;
    /* What has no bookkeeping is the program's own: drafts, settings, the history's rows. */
    if (t && !t->plain && (t->by_hand || !by_hand))
        return ST_OK;
    if (t && !t->plain)
        return error_set(err, ST_REFUSED, name, NULL, "%s",
                         _("the program keeps these itself; they are not changed by hand"));
    const char *names[T_COUNT] = {NULL};
    size_t n = 0;
    for (int i = T_NONE + 1; i < T_COUNT; i++)
        if (type_by_id((enum type_id)i)->by_hand)
            names[n++] = type_by_id((enum type_id)i)->name;
    const char *near = near_word(name, names);
    if (!near)
        return usage_error(cli, name, _("there is no such type of record"), err);
    struct buf todo = {0};
    buf_addf(&todo, _("did you mean %s?"), near);
    error_set(err, ST_USAGE, name, todo.s, "%s", _("there is no such type of record"));
    buf_free(&todo);
    return ST_USAGE;
}

/* By name, or by the label in English or in the language in force. */
static int find_field(const struct record_type *t, const char *name)
{
    int i = type_field(t, name);
    for (size_t f = 0; i < 0 && f < t->nfields; f++)
        if (text_same(name, t->fields[f].label) || text_same(name, lang_tr(t->fields[f].label)))
            i = (int)f;
    return i;
}

static enum status no_field(const struct record_type *t, const char *name, struct error *err)
{
    struct buf all = {0}, todo = {0};
    for (size_t i = 0; i < t->nfields; i++)
        if (!(t->fields[i].flags & F_READ_ONLY))
            buf_addf(&all, "%s%s", all.len ? ", " : "", t->fields[i].name);
    buf_addf(&todo, _("choose one of: %s"), buf_str(&all));
    enum status st =
        error_set(err, ST_USAGE, name, todo.s, _("%s has no such field"), lang_tr(t->label));
    buf_free(&all);
    buf_free(&todo);
    return st;
}

/* One FIELD=VALUE. */
static enum status put_field(const struct cli *cli, struct record *r, const char *word, bool *given,
                             struct error *err)
{
    const char *equals = strchr(word, '=');
    if (!equals || equals == word)
        return error_set(err, ST_USAGE, word, _("write it as FIELD=VALUE"), "%s",
                         _("this gives no field a value"));
    char *name = mem_strndup(word, (size_t)(equals - word)), *stored = NULL;
    int field = find_field(r->type, name);
    enum status st = ST_OK;
    if (field < 0)
        st = no_field(r->type, name, err);
    else if (r->type->fields[field].flags & F_READ_ONLY)
        st = error_set(err, ST_REFUSED, name, NULL, "%s", _("this field is kept by the program"));
    else if (given[field])
        st = error_set(err, ST_USAGE, name, _("leave one out"), "%s",
                       _("this field is given twice"));
    if (st == ST_OK)
        st = field_parse(cli->session, &r->type->fields[field], equals + 1, &stored, err);
    if (st == ST_OK) {
        record_put(r, field, stored);
        given[field] = true;
    }
    free(stored);
    free(name);
    return st;
}

enum status cli_fields(const struct cli *cli, struct record *r, const char *const *word,
                       struct error *err)
{
    bool *given = mem_alloc(r->type->nfields * sizeof *given);
    enum status st = ST_OK;
    for (; st == ST_OK && *word; word++)
        st = put_field(cli, r, *word, given, err);
    free(given);
    return st;
}

/* ---- show ------------------------------------------------------------------------------------ */

static void print_head(struct session *s, const struct record *r)
{
    struct buf head = {0};
    buf_addf(&head, "%s ", lang_tr(r->type->label));
    record_reference(s, r->type, r->id, &head);
    buf_add(&head, ": ");
    record_title(s, r->type, r->id, &head);
    say_clean(head.s, false);
    buf_free(&head);
}

static void print_fields(struct session *s, const struct record *r)
{
    struct say_pair *pair = mem_alloc((r->type->nfields + 1) * sizeof *pair);
    size_t n = 0;
    struct buf value = {0};
    buf_addf(&value, "%lld", (long long)r->id);
    pair[n++] = (struct say_pair){_("Record number"), buf_take(&value)};
    for (size_t i = 0; i < r->type->nfields; i++) {
        if (!r->value[i])
            continue;
        field_show(s, &r->type->fields[i], r->value[i], &value);
        pair[n++] = (struct say_pair){lang_tr(r->type->fields[i].label), buf_take(&value)};
    }
    say_pairs(pair, n);
    for (size_t i = 0; i < n; i++)
        free(pair[i].value);
    free(pair);
}

static enum status print_related(struct session *s, const struct record *r, struct error *err)
{
    enum status st = ST_OK;
    const struct listing *l;
    for (size_t i = 0; st == ST_OK && (l = listing_related(r->type->id, i)); i++) {
        struct listing_query q = {.listing = l, .scope_type = r->type->id, .scope = r->id};
        int64_t rows;
        st = listing_count(s, &q, &rows, err);
        if (st != ST_OK || rows == 0)
            continue;
        printf("\n%s (%lld)\n\n", lang_tr(l->label), (long long)rows);
        st = export_listing(s, &q, EXPORT_TEXT, 0, stdout, NULL, err);
    }
    return st;
}

enum status run_show(struct cli *cli, const struct args *args, struct error *err)
{
    const struct record_type *t;
    struct record *r = NULL;
    int64_t id;
    enum status st = cli_type(cli, args->word[0], false, &t, err);
    if (st == ST_OK)
        st = record_find(cli->session, t, args->word[1], &id, err);
    if (st == ST_OK)
        st = record_load(cli->session, t, id, &r, err);
    if (st != ST_OK)
        return st;
    print_head(cli->session, r);
    print_fields(cli->session, r);
    st = print_related(cli->session, r, err);
    record_free(r);
    return st;
}

/* ---- history --------------------------------------------------------------------------------- */

struct telling {
    struct session *session;
    long told;
};

static bool tell_change(void *arg, const struct change *c)
{
    struct telling *t = arg;
    struct buf b = {0};
    change_text(t->session, c, &b);
    say_clean(buf_str(&b), false);
    buf_free(&b);
    t->told++;
    return !ferror(stdout);
}

enum status run_history(struct cli *cli, const struct args *args, struct error *err)
{
    const struct record_type *t;
    struct telling telling = {.session = cli->session};
    struct error mine = {0};
    const char *ref = args->word[1];
    int64_t id = 0;
    enum status st = cli_type(cli, args->word[0], false, &t, err);
    if (st != ST_OK)
        return st;
    enum status found = record_find(cli->session, t, ref, &id, &mine);
    /* A removed record's history is still there, and its number is all that is left to ask by. */
    if (found == ST_REFUSED && strspn(ref, "0123456789") == strlen(ref))
        id = atoll(ref);
    if (id)
        st = history_each(cli->session, t, id, tell_change, &telling, err);
    if (st != ST_OK || telling.told)
        return st;
    if (found != ST_OK) {
        *err = mine;
        return found;
    }
    printf("%s\n", _("Nothing was changed since it was imported."));
    return ST_OK;
}

/* ---- add, set, remove ------------------------------------------------------------------------ */

/* Ends the change that `st` tells the outcome of. */
static enum status end_change(struct session *s, enum status st, struct error *err)
{
    if (st == ST_OK)
        return session_commit(s, err);
    session_rollback(s);
    return st;
}

/* "170", or "11 BIM/1/6". */
static void print_id(struct session *s, const struct record *r)
{
    struct buf b = {0};
    buf_addf(&b, "%lld", (long long)r->id);
    if (r->type->reference) {
        buf_addc(&b, ' ');
        record_reference(s, r->type, r->id, &b);
    }
    say_clean(b.s, false);
    buf_free(&b);
}

enum status run_add(struct cli *cli, const struct args *args, struct error *err)
{
    const struct record_type *t;
    enum status st = cli_type(cli, args->word[0], true, &t, err);
    if (st == ST_OK)
        st = session_begin(cli->session, ACT_ADD, err);
    if (st != ST_OK)
        return st;
    struct record *r = record_new(t);
    st = cli_fields(cli, r, args->word + 1, err);
    if (st == ST_OK)
        st = record_insert(cli->session, r, err);
    st = end_change(cli->session, st, err);
    if (st == ST_OK)
        print_id(cli->session, r);
    record_free(r);
    return st;
}

static void tell_saved(struct session *s, const struct record *r, bool changed)
{
    struct buf b = {0}, title = {0};
    record_title(s, r->type, r->id, &title);
    buf_addf(&b, changed ? _("Saved: %s") : _("It was so already: %s"), buf_str(&title));
    say_clean(b.s, false);
    buf_free(&title);
    buf_free(&b);
}

enum status run_set(struct cli *cli, const struct args *args, struct error *err)
{
    const struct record_type *t;
    struct record *r = NULL;
    int64_t id, version = 0;
    enum status st = cli_type(cli, args->word[0], true, &t, err);
    if (st == ST_OK)
        st = session_begin(cli->session, ACT_SET, err);
    if (st != ST_OK)
        return st;
    /* Read with the lock held: what is written is based on what is there. */
    st = record_find(cli->session, t, args->word[1], &id, err);
    if (st == ST_OK)
        st = record_load(cli->session, t, id, &r, err);
    if (st == ST_OK) {
        version = r->version;
        st = cli_fields(cli, r, args->word + 2, err);
    }
    if (st == ST_OK)
        st = record_update(cli->session, r, err);
    st = end_change(cli->session, st, err);
    if (st == ST_OK)
        tell_saved(cli->session, r, r->version != version);
    record_free(r);
    return st;
}

enum status run_remove(struct cli *cli, const struct args *args, struct error *err)
{
    const struct record_type *t;
    struct buf title = {0}, line = {0};
    int64_t id;
    enum status st = cli_type(cli, args->word[0], true, &t, err);
    if (st == ST_OK)
        st = session_begin(cli->session, ACT_REMOVE, err);
    if (st != ST_OK)
        return st;
    st = record_find(cli->session, t, args->word[1], &id, err);
    if (st == ST_OK) {
        record_title(cli->session, t, id, &title);
        st = record_remove(cli->session, t, id, 0, err);
    }
    st = end_change(cli->session, st, err);
    if (st == ST_OK) {
        buf_addf(&line, _("Removed: %s"), buf_str(&title));
        say_clean(line.s, false);
    }
    buf_free(&title);
    buf_free(&line);
    return st;
}
