/* The one layout of a sign-in sheet: what stands where, on which page. It knows nothing of text
 * files or PDF: a `struct medium` tells it the size of the paper and how wide a text is, and the
 * drawer of that medium puts down the items it returns.
 *
 * Places are counted from the upper left corner of the area that may be written on, in the medium's
 * own units: columns and lines for text, points for PDF. */
#ifndef SAMLING_PRINT_LAYOUT_H
#define SAMLING_PRINT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "samling/print.h"
#include "samling/sheet.h"

enum style {
    STYLE_OFFERING,
    STYLE_TITLE,
    STYLE_TITLE_SMALL, /* for a title that needs more room */
    STYLE_COHORT,
    STYLE_LABEL,
    STYLE_VALUE,
    STYLE_CODE,
    STYLE_REFERENCE,
    STYLE_RUNNING, /* the short heading of later pages */
    STYLE_COLUMN,  /* column headings */
    STYLE_NUMBER,
    STYLE_NUMBER_FIFTH,
    STYLE_NAME,
    STYLE_NAME_SMALL,
    STYLE_CELL,
    STYLE_CELL_SMALL,
    STYLE_NOTE,
    STYLE_FOOT,
    NSTYLES
};

enum stroke { STROKE_HEAD, STROKE_ROW, STROKE_FIFTH, STROKE_BOX };

enum item_kind { ITEM_TEXT, ITEM_ACROSS, ITEM_DOWN };

struct item {
    enum item_kind kind;
    enum style style;   /* of a text */
    enum stroke stroke; /* of a rule */
    double x, y;        /* of a text: its start, and its baseline (the line it stands on) */
    double length;      /* of a rule, from x, y */
    char *text;
};

struct page {
    struct item *item;
    size_t n, cap;
};

struct layout {
    struct page *page;
    size_t n, cap;
    char *heading; /* the short heading, for a file's title; not cut */
};

struct medium {
    double width, height;
    double row;        /* least height of a row */
    double pad;        /* least air in a row, above and below its lines together */
    double rule;       /* height that a rule takes of its own */
    double stroke;     /* width that an upright rule takes of its own */
    double gap;        /* between columns */
    double space;      /* between parts */
    double sign;       /* least width of the signature box */
    double sign_ample; /* wider than this it does not grow while the names can use the room */
    bool whole;        /* places are whole units */
    struct {
        double lead, ascent; /* from line to line; from a line's top to where its text stands */
    } style[NSTYLES];
    /* The width of the `n` bytes at `s` (whole letters). */
    double (*width_of)(void *ctx, enum style style, const char *s, size_t n);
    /* A copy of `s` as it can be drawn, letters that cannot be replaced and noted. Caller frees. */
    char *(*drawable)(void *ctx, enum style style, const char *s);
    void *ctx;
};

/* Free with layout_free. `walk_ins` and `made` are those of struct print_options. */
struct layout *layout_make(const struct sheet *sheet, const struct medium *medium, int walk_ins,
                           const char *made);
void layout_free(struct layout *layout);

/* A text broken into lines that each fit in a width. */
enum { WRAP_MAX = 3 };

struct wrap {
    char *line[WRAP_MAX];
    int n;
    bool split; /* a word is broken, which none of its own hyphens allowed */
    bool cut;   /* the end did not fit and is an ellipsis */
};

/* Breaks at spaces, and after - and /; a word that is too long for a line is split. `max` lines at
 * most. No lines for NULL and "". Free with wrap_free. */
struct wrap wrap_text(const struct medium *medium, enum style style, const char *s, double width,
                      int max);
/* The same, with lines of about the same length where there are several: no last word alone. */
struct wrap wrap_evenly(const struct medium *medium, enum style style, const char *s, double width,
                        int max);
void wrap_free(struct wrap *wrap);

/* The drawers. */
enum status draw_as_text(const struct sheet *sheet, const struct print_options *options, FILE *out,
                      struct error *err);
enum status draw_as_pdf(const struct sheet *sheet, const struct print_options *options, FILE *out,
                     struct buf *missing, struct error *err);
/* Words for a write to `out` that did not succeed; `code` is its errno. */
enum status print_not_written(int code, struct error *err);

#endif
