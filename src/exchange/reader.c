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
    /* So many lines that would each be a row are no text in a cell of a table of three columns, of
     * two columns. */
    SPAN_ROWS = 3,
    SPAN_PAIRS = 8,
    CSV_BLOCK = 4096,
};

struct reader {
    char *name;
    struct source src;
    struct source original; /* of a file that is read from a copy */
    struct encoding enc;
    struct encoding as_found; /* enc, before a copy was made */
    struct lines lines;
    struct hints hints;
    long doubt; /* lines up to this one were taken into a cell, and then were not */
    struct reader_info info;
    long long start; /* of the first row: after a mark and `sep=` */
    long start_line;
    struct csv_parser csv;
    struct csv_parser strict; /* follows rows of many lines, to see stray quotes */
    struct cells cells;
    bool row_done;
    struct buf letters; /* a decoded line */
    struct buf field;
    bool wrapped; /* whole lines are in quotes */
    struct buf inside;
};

/* ---- One row --------------------------------------------------------------------------------- */

/* A row on its way through its lines. */
struct span {
    long long at; /* of its first line */
    long number;
    long lines;
    size_t target;    /* columns of a line that could be a row by itself; 0: none could */
    bool first, last; /* could these? */
    bool second;
    long fits;         /* how many could */
    enum beside opens; /* what its quote touches in the first line, and in the last */
    enum beside closes;
    bool stray; /* a quote stands within a quoted field */
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

static struct counter count_alone(struct reader *r, const struct decoded *text, bool ditto)
{
    struct counter c = {0};
    dialect_split(text->s, text->n, r->info.delimiter, ditto, &r->field, on_counted, &c);
    c.n = cells_count(c.n, c.used, r->info.columns);
    return c;
}

/* As next_line, but for lines that are in quotes as a whole. */
static int decode_line(struct reader *r, struct line *line, struct decoded *text, struct error *err)
{
    int rc = lines_next(&r->lines, line, err);
    if (rc <= 0 || encoding_line(&r->enc, line->s, line->n, &r->letters, text))
        return rc;
    struct line again = *line;
    if (encoding_find_single(&r->enc, &r->src, again.at, err) != ST_OK)
        return -1;
    r->info.mixed = r->enc.mixed;
    lines_seek(&r->lines, again.at, again.number);
    rc = lines_next(&r->lines, line, err);
    if (rc > 0)
        encoding_line(&r->enc, line->s, line->n, &r->letters, text);
    return rc;
}

/* The next line, decoded. As lines_next. */
static int next_line(struct reader *r, struct line *line, struct decoded *text, struct error *err)
{
    int rc = decode_line(r, line, text, err);
    if (rc > 0 && r->wrapped && dialect_unwrap(text->s, text->n, &r->inside)) {
        text->s = buf_str(&r->inside);
        text->n = r->inside.len;
    }
    return rc;
}

/* libcsv allocates by mem_realloc and is lax: it always takes all. */
static void feed(struct reader *r, const struct span *span, const struct decoded *text)
{
    r->cells.high |= text->high;
    if (text->letters)
        r->cells.flags |= ROW_LETTERS;
    /* Most lines are rows, and found three times as fast without libcsv. */
    if (span->lines == 1 && cells_add_line(&r->cells, text->s, text->n, r->info.delimiter)) {
        r->row_done = true;
        return;
    }
    if (span->lines == 1 && !memchr(text->s, '"', text->n)) {
        dialect_split(text->s, text->n, r->info.delimiter, false, &r->field, on_cell, r);
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
    struct counter c = count_alone(r, text, r->hints.ditto > 0);
    if (span->lines == 1) {
        span->target = r->info.columns ? r->info.columns : c.n;
        span->opens = dialect_opening(text->s, text->n, r->info.delimiter);
    }
    span->last = c.n == span->target && c.used > 0;
    span->fits += span->last;
    if (span->lines == 1)
        span->first = span->last;
    if (span->lines == 2)
        span->second = span->last;
    span->closes = dialect_closing(text->s, text->n, r->info.delimiter);
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
    if (r->doubt < r->lines.number - 1)
        r->doubt = r->lines.number - 1;
    reset(&r->csv);
    reset(&r->strict);
    cells_clear(&r->cells);
    lines_seek(&r->lines, span->at, span->number);
    int rc = next_line(r, &line, &text, err);
    if (rc <= 0)
        return rc;
    r->cells.high = text.high;
    r->cells.flags =
        ROW_SWALLOWED | (text.letters ? ROW_LETTERS : 0) | (line.cut ? ROW_TOO_BIG : 0);
    dialect_split(text.s, text.n, r->info.delimiter, r->hints.ditto > 0, &r->field, on_cell, r);
    return 1;
}

/* Ditto marks and other lone quotes come in pairs that look like a cell of several lines; but one
 * that begins and ends like that nobody writes. */
static bool is_pair_of_lone_quotes(const struct reader *r, const struct span *span)
{
    if (span->opens == BESIDE_TEXT || span->closes == BESIDE_TEXT)
        return false;
    return r->hints.ditto > 0 || (span->opens == BESIDE_END && span->closes == BESIDE_DELIMITER) ||
           (span->opens == BESIDE_DELIMITER && span->closes == BESIDE_END);
}

/* Did a stray quote make one row of several lines? The columns tell: a row that is right has as
 * many as most, and its lines alone, which end and begin within a field, have not. */
static bool is_swallowed(const struct reader *r, const struct span *span)
{
    size_t columns = r->info.columns;
    bool alone = span->first && span->last;
    bool fits = columns == 0 || cells_count(r->cells.n, r->cells.used, columns) == columns;
    if (span->stray)
        return alone || !fits;
    /* In one column any line fits; and lines that divide a row have fewer columns than it. */
    if (!alone || span->target < 2 || (columns == 0 && r->cells.n > span->target))
        return false;
    return !fits || is_pair_of_lone_quotes(r, span) ||
           (span->fits == span->lines &&
            span->lines >= (span->target > 2 ? SPAN_ROWS : SPAN_PAIRS));
}

static void divide_again(struct reader *r, const struct decoded *text, bool ditto)
{
    unsigned flags = r->cells.flags;
    cells_clear(&r->cells);
    r->cells.high = text->high;
    r->cells.flags = flags | ROW_SWALLOWED;
    dialect_split(text->s, text->n, r->info.delimiter, ditto, &r->field, on_cell, r);
}

/* A stray quote that took in delimiters of its own line. */
static void mend_line(struct reader *r, const struct decoded *text)
{
    size_t columns = r->info.columns;
    if (columns == 0 || cells_count(r->cells.n, r->cells.used, columns) == columns ||
        !memchr(text->s, '"', text->n))
        return;
    for (int ditto = 0; ditto < 2; ditto++)
        if (count_alone(r, text, ditto).n == columns) {
            divide_again(r, text, ditto);
            return;
        }
}

/* One row of one line. */
static void finish_line(struct reader *r, const struct span *span, const struct decoded *text)
{
    mend_line(r, text);
    /* The other end of a stray quote is one, too. */
    if (span->number <= r->doubt && dialect_odd(text->s, text->n))
        r->cells.flags |= ROW_SWALLOWED;
}

/* The row is what was kept of its one line. */
static void end_cut_line(struct reader *r)
{
    if (!r->row_done)
        csv_fini(&r->csv, on_field, on_row, r);
    r->cells.flags |= ROW_TOO_BIG;
}

/* One row of several lines, or what came of it. */
static int finish_span(struct reader *r, const struct span *span, struct error *err)
{
    reset(&r->strict);
    if (is_swallowed(r, span))
        return read_alone(r, span, err);
    if (span->target > 1 && span->first && span->fits > 1)
        r->cells.flags |= ROW_JOINED;
    return 1;
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
        int rc = next_line(r, &line, &text, err);
        if (rc < 0)
            return rc;
        if (rc == 0)
            return span->lines == 0 ? 0 : read_alone(r, span, err);
        if (span->lines++ == 0) {
            span->at = line.at;
            span->number = line.number;
        }
        feed(r, span, &text);
        if (span->lines == 1 && line.cut) {
            end_cut_line(r);
            return 1;
        }
        if (span->lines == 1 && r->row_done) {
            finish_line(r, span, &text);
            return 1;
        }
        if (line.cut || span->lines > SPAN_LINES || r->lines.at - span->at > SPAN_BYTES)
            return read_alone(r, span, err);
        weigh_line(r, span, &text);
        if (r->row_done)
            return finish_span(r, span, err);
        /* No end can make it right: the lines need not be read to see that. */
        if (span->stray && span->first && span->second)
            return read_alone(r, span, err);
    }
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
            if (span.number <= r->doubt && !(r->cells.flags & ROW_SWALLOWED))
                r->cells.flags |= ROW_REREAD;
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
    r->doubt = 0;
    lines_seek(&r->lines, r->start, r->start_line);
}

/* ---- Opening --------------------------------------------------------------------------------- */

/* The first bytes, while they are looked at. */
struct sample {
    const char *s;
    size_t n;
    char *own;
};

static enum status take_sample(struct reader *r, struct sample *sample, struct error *err)
{
    return source_sample(&r->src, &sample->s, &sample->n, &sample->own, err);
}

static enum status survey(struct reader *r, const struct sample *sample, char delimiter,
                          struct survey *s, struct error *err)
{
    long line;
    int rc = 1;
    *s = (struct survey){0};
    r->info.delimiter = delimiter;
    r->info.columns = 0;
    size_t skip = r->start < (long long)sample->n ? (size_t)r->start : sample->n;
    dialect_hints(sample->s + skip, sample->n - skip, delimiter, &r->hints);
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
static enum status find_delimiter(struct reader *r, const struct sample *sample, char *delimiter,
                                  struct error *err)
{
    double best = 0, whole = -1;
    for (size_t i = 0; i < sizeof dialect_delimiters; i++) {
        struct survey s;
        char c = dialect_delimiters[i];
        enum status st = survey(r, sample, c, &s, err);
        if (st != ST_OK)
            return st;
        double score = survey_score(&s, c, &r->hints), undivided = survey_undivided(&s);
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

/* Whoever saved the file again may have left the line in it and divided the rows otherwise. */
static enum status doubt_sep(struct reader *r, const struct sample *sample, char *delimiter,
                             struct error *err)
{
    struct survey s;
    enum status st = survey(r, sample, *delimiter, &s, err);
    if (st != ST_OK || survey_undivided(&s) < 1 || s.rows == 0)
        return st;
    return find_delimiter(r, sample, delimiter, err);
}

/* The first lines, with one delimiter, when those that are in quotes as a whole are without. */
struct wrapping {
    struct survey survey;
    size_t headings; /* known words in the line that has most of them */
    bool doubled;    /* a doubled quote touches the delimiter */
};

static void weigh_wrapped(struct reader *r, struct wrapping *w, char delimiter,
                          const struct decoded *text)
{
    struct counter c = {0};
    size_t headings = dialect_headings(text->s, text->n, delimiter);
    dialect_split(text->s, text->n, delimiter, false, &r->field, on_counted, &c);
    w->survey.count[w->survey.rows] = c.n;
    w->survey.used[w->survey.rows++] = c.used;
    if (headings > w->headings)
        w->headings = headings;
    for (size_t i = 0; i + 1 < text->n; i++)
        w->doubled |= (text->s[i] == '"' && text->s[i + 1] == delimiter) ||
                      (text->s[i] == delimiter && text->s[i + 1] == '"');
}

/* A spreadsheet that took each line for one cell puts it into quotes: "Navn,""E-post"",Mobil".
 * Lines that need none have none. */
static enum status find_wrapping(struct reader *r, struct error *err)
{
    struct wrapping *all = mem_alloc(sizeof *all * sizeof dialect_delimiters), *w;
    struct line line;
    struct decoded text;
    size_t lines = 0, wrapped = 0;
    bool other = false;
    int rc = 1;
    lines_seek(&r->lines, r->start, r->start_line);
    while (!other && lines < SURVEY_ROWS && (rc = decode_line(r, &line, &text, err)) > 0) {
        if (text.n == 0)
            continue;
        bool is = dialect_unwrap(text.s, text.n, &r->inside);
        other = line.cut || (!is && memchr(text.s, '"', text.n));
        if (is)
            text = (struct decoded){.s = buf_str(&r->inside), .n = r->inside.len};
        for (size_t i = 0; i < sizeof dialect_delimiters; i++)
            weigh_wrapped(r, &all[i], dialect_delimiters[i], &text);
        wrapped += is;
        lines++;
    }
    for (size_t i = 0; wrapped && !other && i < sizeof dialect_delimiters; i++) {
        w = &all[i];
        /* A list of "Hansen, Kari" in quotes has neither. */
        bool told = w->doubled || (wrapped == lines && w->headings > 1);
        r->wrapped |= told && survey_columns(&w->survey) > 1 && survey_undivided(&w->survey) < 0.5;
    }
    free(all);
    reader_rewind(r);
    return rc < 0 ? ST_REFUSED : ST_OK;
}

static enum status learn_dialect(struct reader *r, const struct sample *sample, char wanted,
                                 struct error *err)
{
    struct survey s;
    char delimiter = 0;
    if (wanted && !dialect_may_delimit(wanted))
        return error_set(err, ST_REFUSED, r->name, _("use a semicolon, a comma or a tab"),
                         _("this character cannot divide columns"));
    r->wrapped = false;
    enum status st = pass_sep(r, &delimiter, err);
    if (st == ST_OK)
        st = find_wrapping(r, err);
    if (st == ST_OK && wanted)
        delimiter = wanted;
    else if (st == ST_OK && delimiter)
        st = doubt_sep(r, sample, &delimiter, err);
    else if (st == ST_OK)
        st = find_delimiter(r, sample, &delimiter, err);
    if (st == ST_OK)
        st = survey(r, sample, delimiter, &s, err);
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
        r->original = r->src;
        r->src = copy;
    }
    return st;
}

/* Old systems mark the end of a text with Ctrl-Z, or fill up a block after it with NUL. */
static enum status drop_end_marks(struct reader *r, struct error *err)
{
    enum { STEP = 4096 };
    while (r->src.size > 0) {
        const char *s;
        size_t n, left;
        long long at = r->src.size > STEP ? r->src.size - STEP : 0;
        enum status st = source_look(&r->src, at, STEP, &s, &n, err);
        if (st != ST_OK)
            return st;
        if ((long long)n > r->src.size - at)
            n = (size_t)(r->src.size - at);
        left = n;
        while (left > 0 && (s[left - 1] == 0x1A || s[left - 1] == 0))
            left--;
        r->src.size -= (long long)(n - left);
        if (left > 0 || n == 0)
            break;
    }
    return ST_OK;
}

static enum status learn_encoding(struct reader *r, const char *wanted, struct error *err)
{
    struct sample sample = {0};
    enum status st = take_sample(r, &sample, err);
    if (st != ST_OK)
        return st;
    st = sniff_format(r->name, sample.s, sample.n, err);
    if (st == ST_OK)
        st = encoding_choose(&r->enc, wanted, &r->src, sample.s, sample.n, err);
    free(sample.own);
    r->as_found = r->enc;
    if (st == ST_OK && r->enc.form != FORM_LINES)
        st = copy_source(r, err);
    r->info.encoding = r->enc.name;
    r->info.rival = r->enc.rival;
    r->info.mixed = r->enc.mixed;
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
    r->src.fd = r->original.fd = -1;
    r->lines.src = &r->src;
    /* Blank lines are reported, so that each line that is over shows. */
    init_parser(&r->csv, CSV_REPALL_NL);
    init_parser(&r->strict, CSV_STRICT);
    return r;
}

static enum status look_at_table(struct reader *r, char wanted, struct error *err)
{
    struct sample sample = {0};
    enum status st = take_sample(r, &sample, err);
    if (st != ST_OK)
        return st;
    st = sniff_binary(r->name, sample.s, sample.n, err);
    if (st == ST_OK)
        st = learn_dialect(r, &sample, wanted, err);
    free(sample.own);
    return st;
}

enum status reader_delimit(struct reader *r, char delimiter, struct error *err)
{
    r->start = (long long)r->enc.skip;
    return look_at_table(r, delimiter, err);
}

static enum status look(struct reader *r, const struct reader_options *options, struct error *err)
{
    static const struct reader_options none = {0};
    if (!options)
        options = &none;
    r->info.bytes = r->src.size;
    enum status st = learn_encoding(r, options->encoding, err);
    if (st == ST_OK)
        st = drop_end_marks(r, err);
    if (st == ST_OK)
        st = look_at_table(r, options->delimiter, err);
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
    source_close(&r->original);
    csv_free(&r->csv);
    csv_free(&r->strict);
    cells_free(&r->cells);
    buf_free(&r->letters);
    buf_free(&r->field);
    buf_free(&r->inside);
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

/* ---- The letters, read otherwise ------------------------------------------------------------- */

const char *const *reader_encodings(void)
{
    return encoding_names();
}

size_t reader_words(struct reader *r, const char *encoding, char **word, size_t max)
{
    bool copied = r->original.name != NULL;
    bool own = !encoding || strcmp(encoding, r->info.encoding) == 0;
    struct encoding e = own ? r->enc : r->as_found;
    if (!own) {
        enum status st =
            encoding_choose(&e, encoding, copied ? &r->original : &r->src, NULL, 0, NULL);
        if (st != ST_OK)
            return 0;
        /* A mark has no letters in any encoding. */
        e.skip = r->as_found.skip;
    }
    return encoding_words(&e, copied && !own ? &r->original : &r->src, word, max);
}
