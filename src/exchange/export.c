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
    bool special[256]; /* bytes for which a cell must be quoted (CSV) or changed (TSV) */
    struct buf cell;   /* one at a time */
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
static void add_norwegian(const char *iso, struct buf *out)
{
    struct day d;
    if (!date_split(iso, &d)) {
        buf_add(out, iso);
        return;
    }
    buf_addf(out, "%02d.%02d.%d", d.day, d.month, d.year);
    if (iso[DATE_SIZE - 1] == 'T')
        buf_addf(out, " %s", iso + DATE_SIZE);
}

/* "2/3" (two gatherings of three) would become the second of March. */
static bool is_share(const char *s)
{
    size_t first = strspn(s, "0123456789");
    if (!first || s[first] != '/')
        return false;
    size_t second = strspn(s + first + 1, "0123456789");
    return second && s[first + 1 + second] == '\0';
}

static const char *excel_form(struct export *x, size_t column, const char *cell)
{
    struct buf iso = {0};
    if (!cell)
        return "";
    buf_clear(&x->cell);
    switch (x->listing->columns[column].kind) {
    case COLUMN_NUMBER: return cell;
    case COLUMN_DAY:
    case COLUMN_MOMENT: add_norwegian(cell, &x->cell); break;
    case COLUMN_TIME:
        add_time(cell, &iso);
        add_norwegian(buf_str(&iso), &x->cell);
        buf_free(&iso);
        break;
    case COLUMN_CHOICE:
        if (!is_share(cell)) {
            listing_show(x->listing, column, cell, &x->cell);
            break;
        }
        /* fall through */
    case COLUMN_TEXT:
        if (is_share(cell)) {
            size_t n = strcspn(cell, "/");
            char *had = mem_strndup(cell, n);
            buf_addf(&x->cell, _("%s of %s"), had, cell + n + 1);
            free(had);
            break;
        }
        /* Import takes the apostrophe off again, but only before one of these. */
        if (!strchr("=+-@\t\r\n", *cell))
            return cell;
        buf_addf(&x->cell, "'%s", cell);
        break;
    case COLUMN_SPAN: listing_show(x->listing, column, cell, &x->cell); break;
    }
    return buf_str(&x->cell);
}

static void excel_row(struct export *x, char *const *cell)
{
    for (size_t i = 0; i < x->ncolumns; i++) {
        if (i)
            put_char(&x->w, ';');
        put_csv(x, excel_form(x, x->column[i], cell[x->column[i]]));
    }
    put_text(&x->w, "\r\n");
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
    for (size_t i = 0; i < x->ncolumns; i++) {
        const struct column *c = &x->listing->columns[x->column[i]];
        if (i)
            put_char(&x->w, delimiter);
        put_csv(x, labels ? lang_tr(c->label) : c->name);
    }
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
    case EXPORT_EXCEL: excel_row(x, row->cell); break;
    }
    x->rows++;
    return !x->w.failed;
}

enum status export_listing(struct session *s, const struct listing_query *q, enum export_form form,
                           size_t limit, FILE *out, int64_t *rows, struct error *err)
{
    struct export *x = mem_alloc(sizeof *x);
    x->listing = q->listing;
    for (size_t i = 0; i < q->listing->ncolumns; i++)
        if (!q->listing->columns[i].screen)
            x->column[x->ncolumns++] = i;
    x->form = form;
    x->w.out = out;
    start(x);
    enum status st = listing_each(s, q, limit, add_row, x, err);
    if (st == ST_OK) {
        finish(x);
        st = written(&x->w, err);
    }
    if (rows)
        *rows = x->rows;
    buf_free(&x->cell);
    buf_free(&x->kept);
    free(x);
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
