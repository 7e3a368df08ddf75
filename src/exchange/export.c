/* Listings written for other programs, and as text for people. */
#include "config.h"

#include "samling/export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "samling/date.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "spreadsheet.h"

/* ---- a buffer before the stream -------------------------------------------------------------- */

enum { BLOCK = 64 * 1024 };

/* A million rows are eight million cells: each costs a copy into this, and no call into stdio. */
struct writer {
    FILE *out;
    size_t n;
    bool failed;
    int number; /* errno of the failure */
    char block[BLOCK];
};

static void flush(struct writer *w)
{
    errno = 0;
    if (!w->failed && w->n && fwrite(w->block, 1, w->n, w->out) != w->n) {
        w->failed = true;
        w->number = errno;
    }
    w->n = 0;
}

static void put(struct writer *w, const char *s, size_t n)
{
    while (n > BLOCK - w->n) {
        size_t part = BLOCK - w->n;
        memcpy(w->block + w->n, s, part);
        w->n += part;
        s += part;
        n -= part;
        flush(w);
    }
    memcpy(w->block + w->n, s, n);
    w->n += n;
}

static void put_text(struct writer *w, const char *s)
{
    put(w, s, strlen(s));
}

static void put_char(struct writer *w, char c)
{
    if (w->n == BLOCK)
        flush(w);
    w->block[w->n++] = c;
}

static void put_spaces(struct writer *w, int n)
{
    for (; n > 0; n--)
        put_char(w, ' ');
}

static enum status written(const struct writer *w, struct error *err)
{
    if (!w->failed)
        return ST_OK;
    return error_set(err, ST_REFUSED, _("export"), _("make room, or write it elsewhere"),
                     _("not all could be written (%s)"), strerror(w->number ? w->number : EIO));
}

/* ---- one export ------------------------------------------------------------------------------ */

enum { MEASURED = 1000 }; /* rows that decide the widths of text */

struct export
{
    const struct listing *listing;
    size_t column[LISTING_COLUMNS_MAX]; /* those of the listing that are not for the screen only */
    size_t ncolumns;
    enum export_form form;
    struct writer w;
    bool no_heading;
    bool special[256]; /* bytes for which a cell must be quoted (CSV) or changed (TSV) */
    struct buf cell;   /* one at a time */
    struct buf shown;  /* the same, before a spreadsheet is thought of */
    int64_t rows;
    /* Of text: the first rows' cells, each ended by a NUL, until their widths are known. */
    struct buf kept;
    bool flowing; /* they are, and rows go straight out */
    int width[LISTING_COLUMNS_MAX];
};

/* Unix seconds as a moment of the wall clock; empty when there is none. */
static void add_time(const char *seconds, struct buf *out)
{
    char iso[MOMENT_SIZE];
    moment_of_seconds(atoll(seconds), iso);
    buf_add(out, iso);
}

/* ---- CSV and TSV ----------------------------------------------------------------------------- */

static bool is_plain(const struct export *x, const char *s, size_t *n)
{
    const unsigned char *p = (const unsigned char *)s;
    while (*p && !x->special[*p])
        p++;
    *n = (size_t)(p - (const unsigned char *)s);
    return *p == '\0';
}

static void put_quoted(struct writer *w, const char *s)
{
    put_char(w, '"');
    for (; *s; s++) {
        if (*s == '"')
            put_char(w, '"');
        put_char(w, *s);
    }
    put_char(w, '"');
}

static void put_csv(struct export *x, const char *s)
{
    size_t n;
    if (is_plain(x, s, &n))
        put(&x->w, s, n);
    else
        put_quoted(&x->w, s);
}

static void put_tsv(struct export *x, const char *s)
{
    for (; *s; s++)
        put_char(&x->w, x->special[(unsigned char)*s] ? ' ' : *s);
}

/* A cell in its stored form; *out is the cell itself, or in x->cell. */
static const char *stored_form(struct export *x, size_t column, const char *cell)
{
    if (!cell)
        return "";
    if (x->listing->columns[column].kind != COLUMN_TIME)
        return cell;
    buf_clear(&x->cell);
    add_time(cell, &x->cell);
    return buf_str(&x->cell);
}

static void plain_row(struct export *x, char *const *cell)
{
    for (size_t i = 0; i < x->ncolumns; i++) {
        if (i)
            put_char(&x->w, ',');
        put_csv(x, stored_form(x, x->column[i], cell[x->column[i]]));
    }
    put_char(&x->w, '\n');
}

static void tsv_row(struct export *x, char *const *cell)
{
    for (size_t i = 0; i < x->ncolumns; i++) {
        if (i)
            put_char(&x->w, '\t');
        put_tsv(x, stored_form(x, x->column[i], cell[x->column[i]]));
    }
    put_char(&x->w, '\n');
}

/* ---- for a spreadsheet ----------------------------------------------------------------------- */

/* Norwegian Excel knows 21.11.2026, whatever language we speak. */
static const char *norwegian_form(struct export *x, const char *iso)
{
    struct day d;
    if (!date_split(iso, &d))
        return spreadsheet_cell(iso, &x->cell);
    buf_clear(&x->shown);
    buf_addf(&x->shown, "%02d.%02d.%d", d.day, d.month, d.year);
    if (iso[DATE_SIZE - 1] == 'T')
        buf_addf(&x->shown, " %s", iso + DATE_SIZE);
    return buf_str(&x->shown);
}

static const char *excel_form(struct export *x, size_t column, const char *cell)
{
    if (!cell)
        return "";
    switch (x->listing->columns[column].kind) {
    case COLUMN_NUMBER: return cell;
    case COLUMN_TEXT: break;
    case COLUMN_DAY:
    case COLUMN_MOMENT:
    case COLUMN_TIME: return norwegian_form(x, stored_form(x, column, cell));
    case COLUMN_CHOICE:
    case COLUMN_SPAN:
        buf_clear(&x->shown);
        listing_show(x->listing, column, cell, &x->shown);
        cell = buf_str(&x->shown);
        break;
    }
    return spreadsheet_cell(cell, &x->cell);
}

static void sheet_row(struct export *x, char *const *cell, char delimiter, const char *end)
{
    for (size_t i = 0; i < x->ncolumns; i++) {
        if (i)
            put_char(&x->w, delimiter);
        put_csv(x, excel_form(x, x->column[i], cell[x->column[i]]));
    }
    put_text(&x->w, end);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void put_json(struct writer *w, const char *s)
{
    static const char hex[] = "0123456789abcdef";
    put_char(w, '"');
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\') {
            put_char(w, '\\');
            put_char(w, *s);
        } else if (c == '\n') {
            put_text(w, "\\n");
        } else if (c < 0x20) {
            put_text(w, "\\u00");
            put_char(w, hex[c >> 4]);
            put_char(w, hex[c & 15]);
        } else {
            put_char(w, *s);
        }
    }
    put_char(w, '"');
}

static void json_row(struct export *x, char *const *cell)
{
    put_text(&x->w, x->rows ? ",\n{" : "\n{");
    for (size_t i = 0; i < x->ncolumns; i++) {
        size_t at = x->column[i];
        const struct column *c = &x->listing->columns[at];
        if (i)
            put_text(&x->w, ", ");
        put_json(&x->w, c->name);
        put_text(&x->w, ": ");
        if (!cell[at])
            put_text(&x->w, "null");
        else if (c->kind == COLUMN_NUMBER)
            put_text(&x->w, cell[at]);
        else
            put_json(&x->w, stored_form(x, at, cell[at]));
    }
    put_char(&x->w, '}');
}

/* ---- text ------------------------------------------------------------------------------------ */

static bool is_right(const struct export *x, size_t column)
{
    return x->listing->columns[x->column[column]].kind == COLUMN_NUMBER;
}

/* *gap: spaces owed before the next letter; at the end of a line nobody pays them. */
static void put_column(struct export *x, size_t i, const char *s, int *gap)
{
    int used = text_width(s), rest = x->width[i] > used ? x->width[i] - used : 0;
    if (is_right(x, i))
        *gap += rest;
    if (*s) {
        put_spaces(&x->w, *gap);
        *gap = 0;
        put_text(&x->w, s);
    } else {
        *gap += used;
    }
    if (!is_right(x, i))
        *gap += rest;
    *gap += 2;
}

static void put_labels(struct export *x)
{
    int gap = 0;
    if (x->no_heading)
        return;
    for (size_t i = 0; i < x->ncolumns; i++)
        put_column(x, i, lang_tr(x->listing->columns[x->column[i]].label), &gap);
    put_char(&x->w, '\n');
    for (size_t i = 0; i < x->ncolumns; i++) {
        put_text(&x->w, i ? "  " : "");
        for (int j = 0; j < x->width[i]; j++)
            put_char(&x->w, '-');
    }
    put_char(&x->w, '\n');
}

static void measure(struct export *x, size_t column, const char *s)
{
    int w = text_width(s);
    if (w > x->width[column])
        x->width[column] = w;
}

/* The heading, and the rows that were kept back for it. */
static void start_flowing(struct export *x)
{
    const char *p = buf_str(&x->kept);
    x->flowing = true;
    put_labels(x);
    for (int64_t r = 0; r < x->rows; r++) {
        int gap = 0;
        for (size_t i = 0; i < x->ncolumns; i++) {
            put_column(x, i, p, &gap);
            p += strlen(p) + 1;
        }
        put_char(&x->w, '\n');
    }
    buf_free(&x->kept);
}

static void text_row(struct export *x, char *const *cell)
{
    int gap = 0;
    if (!x->flowing && x->rows == MEASURED)
        start_flowing(x);
    for (size_t i = 0; i < x->ncolumns; i++) {
        buf_clear(&x->cell);
        listing_show(x->listing, x->column[i], cell[x->column[i]], &x->cell);
        if (x->flowing) {
            put_column(x, i, buf_str(&x->cell), &gap);
        } else {
            measure(x, i, buf_str(&x->cell));
            buf_addn(&x->kept, buf_str(&x->cell), x->cell.len + 1);
        }
    }
    if (x->flowing)
        put_char(&x->w, '\n');
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void set_special(struct export *x, const char *bytes)
{
    for (; *bytes; bytes++)
        x->special[(unsigned char)*bytes] = true;
}

static void put_heads(struct export *x, bool labels, char delimiter, const char *end)
{
    for (size_t i = 0; !x->no_heading && i < x->ncolumns; i++) {
        const struct column *c = &x->listing->columns[x->column[i]];
        if (i)
            put_char(&x->w, delimiter);
        put_csv(x, labels ? lang_tr(c->label) : c->name);
    }
    if (!x->no_heading)
        put_text(&x->w, end);
}

static void start(struct export *x)
{
    switch (x->form) {
    case EXPORT_TEXT:
        for (size_t i = 0; i < x->ncolumns; i++)
            measure(x, i, lang_tr(x->listing->columns[x->column[i]].label));
        break;
    case EXPORT_PLAIN:
        set_special(x, ",\"\r\n");
        put_heads(x, false, ',', "\n");
        break;
    case EXPORT_TSV:
        set_special(x, "\t\r\n");
        put_heads(x, false, '\t', "\n");
        break;
    case EXPORT_JSON: put_char(&x->w, '['); break;
    case EXPORT_EXCEL:
        set_special(x, ";\"\r\n");
        put_text(&x->w, "\xef\xbb\xbf");
        put_heads(x, true, ';', "\r\n");
        break;
    case EXPORT_CELLS:
        set_special(x, "\t\"\r\n");
        put_heads(x, true, '\t', "\n");
        break;
    }
}

static void finish(struct export *x)
{
    if (x->form == EXPORT_TEXT && !x->flowing)
        start_flowing(x);
    if (x->form == EXPORT_JSON)
        put_text(&x->w, "\n]\n");
    flush(&x->w);
}

static bool add_row(void *arg, const struct listing_row *row)
{
    struct export *x = arg;
    switch (x->form) {
    case EXPORT_TEXT: text_row(x, row->cell); break;
    case EXPORT_PLAIN: plain_row(x, row->cell); break;
    case EXPORT_TSV: tsv_row(x, row->cell); break;
    case EXPORT_JSON: json_row(x, row->cell); break;
    case EXPORT_EXCEL: sheet_row(x, row->cell, ';', "\r\n"); break;
    case EXPORT_CELLS: sheet_row(x, row->cell, '\t', "\n"); break;
    }
    x->rows++;
    return !x->w.failed;
}

/* The chosen columns, or all that are not for panes only. */
static void choose(struct export *x, const struct export_options *o)
{
    for (size_t i = 0; i < o->ncolumns; i++)
        x->column[x->ncolumns++] = o->column[i];
    for (size_t i = 0; !o->ncolumns && i < x->listing->ncolumns; i++)
        if (!x->listing->columns[i].screen)
            x->column[x->ncolumns++] = i;
}

enum status export_write(struct session *s, const struct listing_query *q,
                         const struct export_options *o, FILE *out, int64_t *rows,
                         struct error *err)
{
    struct export *x = mem_alloc(sizeof *x);
    x->listing = q->listing;
    choose(x, o);
    x->form = o->form;
    x->no_heading = o->no_heading;
    x->w.out = out;
    start(x);
    enum status st = listing_each(s, q, o->limit, add_row, x, err);
    if (st == ST_OK) {
        finish(x);
        st = written(&x->w, err);
    }
    if (rows)
        *rows = x->rows;
    buf_free(&x->cell);
    buf_free(&x->shown);
    buf_free(&x->kept);
    free(x);
    return st;
}

enum status export_listing(struct session *s, const struct listing_query *q, enum export_form form,
                           size_t limit, FILE *out, int64_t *rows, struct error *err)
{
    const struct export_options o = {.form = form, .limit = limit};
    return export_write(s, q, &o, out, rows, err);
}

/* ---- options --------------------------------------------------------------------------------- */

static enum status no_column(const struct listing *l, const char *name, struct error *err)
{
    struct buf todo = {0}, all = {0};
    for (size_t i = 0; i < l->ncolumns; i++)
        if (!l->columns[i].screen)
            buf_addf(&all, "%s%s", all.len ? ", " : "", l->columns[i].name);
    buf_addf(&todo, _("choose one of: %s"), buf_str(&all));
    error_set(err, ST_REFUSED, name, todo.s, _("the list %s has no such column"), l->name);
    buf_free(&todo);
    buf_free(&all);
    return ST_REFUSED;
}

/* By name, else by its label; -1. */
static int find_column(const struct listing *l, const char *name)
{
    int at = listing_column(l, name);
    for (size_t i = 0; at < 0 && i < l->ncolumns; i++)
        if (!l->columns[i].screen && text_same(lang_tr(l->columns[i].label), name))
            at = (int)i;
    return at >= 0 && !l->columns[at].screen ? at : -1;
}

static enum status add_column(struct export_options *o, const struct listing *l, const char *name,
                              struct error *err)
{
    int at = find_column(l, name);
    if (at < 0)
        return no_column(l, name, err);
    for (size_t i = 0; i < o->ncolumns; i++)
        if (o->column[i] == (size_t)at)
            return error_set(err, ST_REFUSED, name, _("name each column once"), "%s",
                             _("this column is named twice"));
    o->column[o->ncolumns++] = (size_t)at;
    return ST_OK;
}

enum status export_columns(struct export_options *o, const struct listing *l, const char *names,
                           struct error *err)
{
    enum status st = ST_OK;
    o->ncolumns = 0;
    for (const char *p = names; st == ST_OK; p++) {
        size_t n = strcspn(p, ",");
        char *part = mem_strndup(p, n), *name = text_tidy(part, false);
        st = add_column(o, l, name ? name : "", err);
        free(name);
        free(part);
        p += n;
        if (!*p)
            break;
    }
    return st;
}

bool export_form_by_name(const char *name, enum export_form *form)
{
    static const struct {
        const char *name;
        enum export_form form;
    } forms[] = {
        {"text", EXPORT_TEXT}, {"csv", EXPORT_PLAIN}, {"tsv", EXPORT_TSV}, {"json", EXPORT_JSON}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (strcmp(name, forms[i].name) == 0) {
            *form = forms[i].form;
            return true;
        }
    }
    return false;
}
