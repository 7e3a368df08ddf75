#include "config.h"

#include "samling/reader.h"

#include "samling/lang.h"
#include "samling/mem.h"

#include "cells.h"
#include "dialect.h"
#include "encoding.h"
#include "lines.h"
#include "sniff.h"
#include "source.h"

#include <csv.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    /* A quoted field that goes on for longer was opened by a stray quote. */
    SPAN_LINES = 100,
    SPAN_BYTES = READER_FIELD_MAX,
    CSV_BLOCK = 4096,
};

struct reader {
    char *name;
    struct source src;
    struct encoding enc;
    struct lines lines;
    struct reader_info info;
    long long start; /* of the first row: after a mark and `sep=` */
    long start_line;
    struct csv_parser csv;
    struct csv_parser strict; /* follows rows of many lines, to see stray quotes */
    struct cells cells;
    bool row_done;
    struct buf letters; /* a decoded line */
    struct buf field;
};

/* ---- One row --------------------------------------------------------------------------------- */

/* A row on its way through its lines. */
struct span {
    long long at; /* of its first line */
    long number;
    long lines;
    size_t first; /* columns of its first line, were it a row by itself */
    bool alone;   /* it and the next line would each be a row like the others */
    bool stray;   /* a quote stands within a quoted field */
};

static void on_cell(const char *s, size_t len, void *data)
{
    struct reader *r = data;
    cells_add(&r->cells, s, len);
}

static void on_field(void *s, size_t len, void *data)
{
    on_cell(s ? s : "", len, data);
}

static void on_row(int c, void *data)
{
    struct reader *r = data;
    (void)c;
    r->row_done = true;
}

struct counter {
    size_t n, used;
};

static void on_counted(const char *s, size_t len, void *data)
{
    struct counter *c = data;
    c->n++;
    cells_trim(&s, &len);
    if (len > 0)
        c->used = c->n;
}

/* Columns of one line in which stray quotes are letters. */
static size_t columns_alone(struct reader *r, const struct decoded *text)
{
    struct counter c = {0};
    dialect_split(text->s, text->n, r->info.delimiter, &r->field, on_counted, &c);
    return cells_count(c.n, c.used, r->info.columns);
}

/* libcsv allocates by mem_realloc and is lax: it always takes all. */
static void feed(struct reader *r, const struct span *span, const struct decoded *text)
{
    r->cells.high |= text->high;
    if (text->letters)
        r->cells.flags |= ROW_LETTERS;
    /* A line without quotes is a row, and found three times as fast without libcsv. */
    if (span->lines == 1 && !memchr(text->s, '"', text->n)) {
        dialect_split(text->s, text->n, r->info.delimiter, &r->field, on_cell, r);
        r->row_done = true;
        return;
    }
    csv_parse(&r->csv, text->s, text->n, on_field, on_row, r);
    csv_parse(&r->csv, "\n", 1, on_field, on_row, r);
}

static void feed_strict(struct reader *r, struct span *span, const struct decoded *text)
{
    for (size_t i = 0; i < text->n && !span->stray; i++) {
        i += csv_parse(&r->strict, text->s + i, text->n - i, NULL, NULL, NULL);
        /* It stops at inch marks, too (5" x), which harm nobody and are passed over. */
        span->stray = i < text->n && r->strict.quoted;
    }
    if (!span->stray)
        span->stray = csv_parse(&r->strict, "\n", 1, NULL, NULL, NULL) != 1;
}

static void weigh_line(struct reader *r, struct span *span, const struct decoded *text)
{
    size_t columns = r->info.columns;
    if (span->lines == 1)
        span->first = columns_alone(r, text);
    else if (span->lines == 2 && (columns == 0 || span->first == columns))
        span->alone = columns_alone(r, text) == span->first;
    feed_strict(r, span, text);
}

static void reset(struct csv_parser *csv)
{
    csv_fini(csv, NULL, NULL, NULL);
}

/* Reads the row's first line again, with its stray quote as a letter. What follows it is read
 * as rows of their own. */
static int read_alone(struct reader *r, const struct span *span, struct error *err)
{
    struct line line;
    struct decoded text;
    reset(&r->csv);
    reset(&r->strict);
    cells_clear(&r->cells);
    lines_seek(&r->lines, span->at, span->number);
    int rc = lines_next(&r->lines, &line, err);
    if (rc <= 0)
        return rc;
    encoding_line(&r->enc, line.s, line.n, &r->letters, &text);
    r->cells.high = text.high;
    r->cells.flags =
        ROW_SWALLOWED | (text.letters ? ROW_LETTERS : 0) | (line.cut ? ROW_TOO_BIG : 0);
    dialect_split(text.s, text.n, r->info.delimiter, &r->field, on_cell, r);
    return 1;
}

/* Did a stray quote make one row of several lines? The columns tell: a row that is right has as
 * many as most, and its lines alone, which end and begin within a field, have not. */
static bool is_swallowed(const struct reader *r, const struct span *span)
{
    size_t columns = r->info.columns;
    if (columns == 0 || cells_count(r->cells.n, r->cells.used, columns) == columns)
        return span->stray && span->alone;
    return span->stray || span->alone;
}

/* A stray quote that took in delimiters of its own line. */
static void mend_line(struct reader *r, const struct decoded *text)
{
    size_t columns = r->info.columns;
    if (columns == 0 || cells_count(r->cells.n, r->cells.used, columns) == columns ||
        !memchr(text->s, '"', text->n) || columns_alone(r, text) != columns)
        return;
    unsigned flags = r->cells.flags;
    cells_clear(&r->cells);
    r->cells.high = text->high;
    r->cells.flags = flags | ROW_SWALLOWED;
    dialect_split(text->s, text->n, r->info.delimiter, &r->field, on_cell, r);
}

/* The row is what was kept of its one line. */
static void end_cut_line(struct reader *r)
{
    if (!r->row_done)
        csv_fini(&r->csv, on_field, on_row, r);
    r->cells.flags |= ROW_TOO_BIG;
}

/* 1: r->cells is a row, maybe an empty one; 0: no more; -1: *err. */
static int read_row(struct reader *r, struct span *span, struct error *err)
{
    *span = (struct span){0};
    cells_clear(&r->cells);
    r->row_done = false;
    for (;;) {
        struct line line;
        struct decoded text;
        int rc = lines_next(&r->lines, &line, err);
        if (rc < 0)
            return rc;
        if (rc == 0)
            return span->lines == 0 ? 0 : read_alone(r, span, err);
        if (span->lines++ == 0) {
            span->at = line.at;
            span->number = line.number;
        }
        encoding_line(&r->enc, line.s, line.n, &r->letters, &text);
        feed(r, span, &text);
        if (span->lines == 1 && line.cut) {
            end_cut_line(r);
            return 1;
        }
        if (span->lines == 1 && r->row_done) {
            mend_line(r, &text);
            return 1;
        }
        if (line.cut || span->lines > SPAN_LINES || r->lines.at - span->at > SPAN_BYTES)
            return read_alone(r, span, err);
        weigh_line(r, span, &text);
        if (r->row_done)
            break;
        /* No end can make it right: the lines need not be read to see that. */
        if (span->stray && span->alone)
            return read_alone(r, span, err);
    }
    reset(&r->strict);
    return is_swallowed(r, span) ? read_alone(r, span, err) : 1;
}

static void put_place(struct reader *r, struct error *err)
{
    if (err)
        snprintf(err->what, sizeof err->what, "%.140s:%ld", r->name, r->lines.number);
}

/* Reads on to a row that is not blank; its first line's number is *line. */
static int read_filled(struct reader *r, long *line, struct error *err)
{
    struct span span;
    for (;;) {
        int rc = read_row(r, &span, err);
        if (rc < 0)
            put_place(r, err);
        if (rc <= 0)
            return rc;
        if (r->cells.used > 0 || r->cells.flags) {
            *line = span.number;
            return 1;
        }
    }
}

int reader_next(struct reader *r, struct row *row, struct error *err)
{
    long line;
    int rc = read_filled(r, &line, err);
    if (rc <= 0)
        return rc;
    cells_end(&r->cells, r->info.columns);
    row->line = line;
    row->flags = r->cells.flags;
    row->n = r->cells.n;
    row->field = r->cells.field;
    return 1;
}

void reader_rewind(struct reader *r)
{
    reset(&r->csv);
    reset(&r->strict);
    lines_seek(&r->lines, r->start, r->start_line);
}

/* ---- Opening --------------------------------------------------------------------------------- */

static enum status survey(struct reader *r, char delimiter, struct survey *s, struct error *err)
{
    long line;
    int rc = 1;
    *s = (struct survey){0};
    r->info.delimiter = delimiter;
    r->info.columns = 0;
    csv_set_delim(&r->csv, (unsigned char)delimiter);
    csv_set_delim(&r->strict, (unsigned char)delimiter);
    reader_rewind(r);
    while (s->rows < SURVEY_ROWS && r->lines.at - r->start < SOURCE_SAMPLE) {
        rc = read_filled(r, &line, err);
        if (rc <= 0)
            break;
        s->count[s->rows] = r->cells.n;
        s->used[s->rows++] = r->cells.used;
    }
    reader_rewind(r);
    return rc < 0 ? ST_REFUSED : ST_OK;
}

/* The delimiter that explains the first rows best; if none does, the one that leaves them whole. */
static enum status find_delimiter(struct reader *r, bool prose, char *delimiter, struct error *err)
{
    double best = 0, whole = -1;
    for (size_t i = 0; i < sizeof dialect_delimiters; i++) {
        struct survey s;
        char c = dialect_delimiters[i];
        enum status st = survey(r, c, &s, err);
        if (st != ST_OK)
            return st;
        double score = survey_score(&s, c, prose), undivided = survey_undivided(&s);
        if (score > best || (best <= 0 && undivided > whole))
            *delimiter = c;
        if (score > best)
            best = score;
        if (undivided > whole)
            whole = undivided;
    }
    return ST_OK;
}

/* Excel's own first line says the delimiter and is no row. */
static enum status pass_sep(struct reader *r, char *delimiter, struct error *err)
{
    struct line line;
    lines_seek(&r->lines, r->start, 1);
    int rc = lines_next(&r->lines, &line, err);
    if (rc < 0)
        return ST_REFUSED;
    r->start_line = 1;
    if (rc > 0 && !line.cut && dialect_sep(line.s, line.n, delimiter)) {
        r->start = r->lines.at;
        r->start_line = r->lines.number;
    }
    return ST_OK;
}

static enum status learn_dialect(struct reader *r, char wanted, bool prose, struct error *err)
{
    struct survey s;
    char delimiter = 0;
    if (wanted && !dialect_may_delimit(wanted))
        return error_set(err, ST_REFUSED, r->name, _("use a semicolon, a comma or a tab"),
                         _("this character cannot divide columns"));
    enum status st = pass_sep(r, &delimiter, err);
    if (st == ST_OK && wanted)
        delimiter = wanted;
    if (st == ST_OK && !delimiter)
        st = find_delimiter(r, prose, &delimiter, err);
    if (st == ST_OK)
        st = survey(r, delimiter, &s, err);
    if (st != ST_OK)
        return st;
    if (s.rows == 0)
        return error_set(err, ST_REFUSED, r->name, _("check that it is the right file"),
                         _("it is empty"));
    r->info.columns = survey_columns(&s);
    return ST_OK;
}

/* A file in an encoding unlike ASCII is read from a copy in UTF-8. */
static enum status copy_source(struct reader *r, struct error *err)
{
    struct source copy = {.fd = -1};
    enum status st = encoding_copy(&r->enc, &r->src, &copy, err);
    if (st == ST_OK) {
        source_close(&r->src);
        r->src = copy;
    }
    return st;
}

/* Old systems mark the end of a text with Ctrl-Z. */
static enum status drop_end_mark(struct reader *r, struct error *err)
{
    const char *s;
    size_t n;
    if (r->src.size == 0)
        return ST_OK;
    enum status st = source_look(&r->src, r->src.size - 1, 1, &s, &n, err);
    if (st == ST_OK && n > 0 && *s == 0x1A)
        r->src.size--;
    return st;
}

static enum status look_at_text(struct reader *r, bool *prose, struct error *err)
{
    const char *s;
    size_t n;
    char *own;
    enum status st = source_sample(&r->src, &s, &n, &own, err);
    if (st != ST_OK)
        return st;
    st = sniff_binary(r->name, s, n, err);
    *prose = dialect_prose(s, n);
    free(own);
    return st;
}

static enum status learn_encoding(struct reader *r, const char *wanted, struct error *err)
{
    const char *s;
    size_t n;
    char *own;
    enum status st = source_sample(&r->src, &s, &n, &own, err);
    if (st != ST_OK)
        return st;
    st = sniff_format(r->name, s, n, err);
    if (st == ST_OK)
        st = encoding_choose(&r->enc, wanted, s, n, (long long)n == r->src.size, r->name, err);
    free(own);
    if (st == ST_OK && r->enc.form != FORM_LINES)
        st = copy_source(r, err);
    r->info.encoding = r->enc.name;
    r->info.bom = r->enc.bom;
    r->start = (long long)r->enc.skip;
    return st;
}

static void init_parser(struct csv_parser *csv, unsigned char options)
{
    csv_init(csv, options);
    csv_set_realloc_func(csv, mem_realloc);
    csv_set_blk_size(csv, CSV_BLOCK);
}

static struct reader *reader_new(const char *name)
{
    struct reader *r = mem_alloc(sizeof *r);
    r->name = mem_strdup(name);
    r->src.fd = -1;
    r->lines.src = &r->src;
    /* Blank lines are reported, so that each line that is over shows. */
    init_parser(&r->csv, CSV_REPALL_NL);
    init_parser(&r->strict, CSV_STRICT);
    return r;
}

static enum status look(struct reader *r, const struct reader_options *options, struct error *err)
{
    static const struct reader_options none = {0};
    bool prose = false;
    if (!options)
        options = &none;
    r->info.bytes = r->src.size;
    enum status st = learn_encoding(r, options->encoding, err);
    if (st == ST_OK)
        st = look_at_text(r, &prose, err);
    if (st == ST_OK)
        st = drop_end_mark(r, err);
    if (st == ST_OK)
        st = learn_dialect(r, options->delimiter, prose, err);
    return st;
}

static enum status finish(struct reader **out, struct reader *r, enum status st)
{
    *out = st == ST_OK ? r : NULL;
    if (st != ST_OK)
        reader_close(r);
    return st;
}

enum status reader_open(struct reader **out, const char *path, const struct reader_options *options,
                        struct error *err)
{
    struct reader *r = reader_new(strcmp(path, "-") == 0 ? _("standard input") : path);
    enum status st = source_open(&r->src, path, r->name, err);
    if (st == ST_OK)
        st = look(r, options, err);
    return finish(out, r, st);
}

enum status reader_open_memory(struct reader **out, const char *name, const char *data, size_t len,
                               const struct reader_options *options, struct error *err)
{
    struct reader *r = reader_new(name);
    source_memory(&r->src, r->name, len ? data : "", len);
    return finish(out, r, look(r, options, err));
}

void reader_close(struct reader *r)
{
    if (!r)
        return;
    source_close(&r->src);
    csv_free(&r->csv);
    csv_free(&r->strict);
    cells_free(&r->cells);
    buf_free(&r->letters);
    buf_free(&r->field);
    free(r->name);
    free(r);
}

const struct reader_info *reader_info(const struct reader *r)
{
    return &r->info;
}

const char *reader_name(const struct reader *r)
{
    return r->name;
}

double reader_progress(const struct reader *r)
{
    return r->src.size > 0 ? (double)r->lines.at / (double)r->src.size : 1;
}
