/* Examples, loaded through the record types like anything that people type. */
#include "config.h"

#include "samling/example.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/buf.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/path.h"
#include "samling/reader.h"
#include "samling/record.h"

/* ---- folders --------------------------------------------------------------------------------- */

struct names {
    char **name;
    size_t n, cap;
};

static void names_free(struct names *names)
{
    for (size_t i = 0; i < names->n; i++)
        free(names->name[i]);
    free(names->name);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder that `wanted` takes, in order. False (errno) when it cannot be read. */
static bool read_folder(const char *path, bool (*wanted)(const char *), struct names *out)
{
    DIR *dir = opendir(path);
    if (!dir)
        return false;
    for (struct dirent *e; (e = readdir(dir));) {
        if (e->d_name[0] == '.' || !wanted(e->d_name))
            continue;
        out->name = mem_grow(out->name, &out->cap, out->n + 1, sizeof *out->name);
        out->name[out->n++] = mem_strdup(e->d_name);
    }
    closedir(dir);
    if (out->n)
        qsort(out->name, out->n, sizeof *out->name, by_bytes);
    return true;
}

/* `40-offering.csv`: the type's name, in `type`. */
static const struct record_type *type_of_file(const char *file)
{
    size_t digits = strspn(file, "0123456789"), n = strlen(file);
    if (!digits || file[digits] != '-' || n < digits + 6 || strcmp(file + n - 4, ".csv") != 0)
        return NULL;
    char *name = mem_strndup(file + digits + 1, n - digits - 5);
    const struct record_type *t = NULL;
    for (int i = T_NONE + 1; i < T_COUNT && !t; i++)
        if (strcmp(type_by_id((enum type_id)i)->name, name) == 0)
            t = type_by_id((enum type_id)i);
    free(name);
    return t;
}

static bool is_part(const char *file)
{
    return type_of_file(file) != NULL;
}

static bool is_any(const char *name)
{
    (void)name;
    return true;
}

/* Of the folders beside one another, those that are examples. */
static void read_examples(const char *top, struct names *out)
{
    struct names all = {0};
    read_folder(top, is_any, &all);
    for (size_t i = 0; i < all.n; i++) {
        struct buf path = {0};
        struct names parts = {0};
        buf_addf(&path, "%s/%s", top, all.name[i]);
        if (read_folder(path.s, is_part, &parts) && parts.n) {
            out->name = mem_grow(out->name, &out->cap, out->n + 1, sizeof *out->name);
            out->name[out->n++] = mem_strdup(all.name[i]);
        }
        names_free(&parts);
        buf_free(&path);
    }
    names_free(&all);
}

/* ---- one file -------------------------------------------------------------------------------- */

struct part {
    struct session *session;
    const char *file; /* "asker/40-offering.csv" */
    const struct record_type *type;
    int field[READER_COLUMNS_MAX]; /* of each column */
    size_t ncolumns;
};

static enum status at_line(const struct part *p, long line, const struct error *mine,
                           struct error *err)
{
    struct buf what = {0};
    buf_addf(&what, "%s:%ld", p->file, line);
    error_set(err, mine->code == ST_DATABASE ? ST_DATABASE : ST_REFUSED, what.s, mine->todo,
              "%s%s%s", mine->what, mine->what[0] ? ": " : "", mine->why);
    buf_free(&what);
    return mine->code == ST_DATABASE ? ST_DATABASE : ST_REFUSED;
}

static enum status read_head(struct part *p, const struct row *row, struct error *err)
{
    for (size_t i = 0; i < row->n; i++) {
        p->field[i] = type_field(p->type, row->field[i]);
        if (p->field[i] < 0)
            return error_set(err, ST_REFUSED, row->field[i], NULL, _("%s has no such field"),
                             lang_tr(p->type->label));
    }
    p->ncolumns = row->n;
    return ST_OK;
}

static enum status insert_row(const struct part *p, const struct row *row, struct error *err)
{
    enum status st = ST_OK;
    if (row->n != p->ncolumns || row->flags)
        return error_set(err, ST_REFUSED, NULL, NULL,
                         _("the row has %zu fields, the first one %zu"), row->n, p->ncolumns);
    struct record *r = record_new(p->type);
    for (size_t i = 0; st == ST_OK && i < row->n; i++) {
        char *stored = NULL;
        st = field_parse(p->session, &p->type->fields[p->field[i]], row->field[i], &stored, err);
        if (st == ST_OK)
            record_put(r, p->field[i], stored);
        free(stored);
    }
    if (st == ST_OK)
        st = record_insert(p->session, r, err);
    record_free(r);
    return st;
}

static enum status load_rows(struct part *p, struct reader *r, struct error *err)
{
    struct row row = {0};
    struct error mine = {0};
    enum status st = ST_OK;
    int got;
    while (st == ST_OK && (got = reader_next(r, &row, &mine)) > 0)
        st = p->ncolumns ? insert_row(p, &row, &mine) : read_head(p, &row, &mine);
    if (st == ST_OK && got == 0)
        return ST_OK;
    return at_line(p, row.line, &mine, err);
}

static enum status load_file(struct session *s, const char *path, const char *file,
                             const struct record_type *t, struct error *err)
{
    struct part part = {.session = s, .file = file, .type = t};
    struct reader_options options = {.encoding = "UTF-8", .delimiter = ','};
    struct reader *r;
    enum status st = reader_open(&r, path, &options, err);
    if (st != ST_OK)
        return st;
    st = load_rows(&part, r, err);
    reader_close(r);
    return st;
}

/* ---- one example, all examples --------------------------------------------------------------- */

static enum status load_example(struct session *s, const char *top, const char *name,
                                void (*progress)(const char *), struct error *err)
{
    struct buf folder = {0}, path = {0}, file = {0};
    struct names parts = {0};
    enum status st = ST_OK;
    buf_addf(&folder, "%s/%s", top, name);
    if (!read_folder(folder.s, is_part, &parts))
        st = error_set(err, ST_REFUSED, folder.s, NULL, "%s", strerror(errno));
    for (size_t i = 0; st == ST_OK && i < parts.n; i++) {
        buf_clear(&path);
        buf_clear(&file);
        buf_addf(&path, "%s/%s", folder.s, parts.name[i]);
        buf_addf(&file, "%s/%s", name, parts.name[i]);
        if (progress)
            progress(file.s);
        st = load_file(s, path.s, file.s, type_of_file(parts.name[i]), err);
    }
    names_free(&parts);
    buf_free(&folder);
    buf_free(&path);
    buf_free(&file);
    return st;
}

static enum status none_such(const char *top, const char *name, const struct names *there,
                             struct error *err)
{
    struct buf todo = {0};
    if (!there->n)
        return error_set(err, ST_REFUSED, top, _("have samling installed again"), "%s",
                         _("the examples are not where they were installed"));
    for (size_t i = 0; i < there->n; i++)
        buf_addf(&todo, "%s%s", i ? ", " : "", there->name[i]);
    struct buf words = {0};
    buf_addf(&words, _("those there are: all, none, %s"), todo.s);
    error_set(err, ST_REFUSED, name, words.s, "%s", _("there is no example of this name"));
    buf_free(&todo);
    buf_free(&words);
    return ST_REFUSED;
}

static enum status load_wanted(struct session *s, const char *top, const struct names *there,
                               const char *name, void (*progress)(const char *), struct error *err)
{
    bool all = strcmp(name, "all") == 0, some = false;
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < there->n; i++) {
        if (!all && strcmp(there->name[i], name) != 0)
            continue;
        some = true;
        st = load_example(s, top, there->name[i], progress, err);
    }
    return st == ST_OK && !some ? none_such(top, name, there, err) : st;
}

enum status example_load(struct session *s, const char *name, void (*progress)(const char *file),
                         struct error *err)
{
    struct buf top = {0};
    struct names there = {0};
    path_data("examples", &top);
    read_examples(top.s, &there);
    enum status st = session_begin(s, ACT_EXAMPLE, err);
    if (st == ST_OK) {
        st = load_wanted(s, top.s, &there, name, progress, err);
        if (st == ST_OK)
            st = session_commit(s, err);
        else
            session_rollback(s);
    }
    names_free(&there);
    buf_free(&top);
    return st;
}
