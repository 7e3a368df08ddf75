#include "config.h"

#include "layout.h"

#include "samling/date.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WALK_INS = 6, WALK_INS_MAX = 500 };
enum { COL_NUMBER, COL_NAME, COL_ORGANISATION, COL_ROLE, COL_SIGN, NCOLS };
enum { CELLS = 3 }; /* name, organisation, role */

struct column {
    double x, width;
    const char *label;
};

struct cells {
    char *text[CELLS];
};

struct maker {
    const struct sheet *sheet;
    const struct medium *m;
    struct layout *out;
    struct column col[NCOLS];
    struct cells *cells; /* of the sheet's rows, tidy */
    char *title, *code;
    double y;      /* where the next thing goes */
    double bottom; /* where the table must end */
    double box;    /* where the signature box began; negative: there is none open */
    int walk_ins, last_number;
};

/* ---- Putting things down --------------------------------------------------------------------- */

static struct item *add_item(struct maker *k)
{
    struct page *page = &k->out->page[k->out->n - 1];
    page->item = mem_grow(page->item, &page->cap, page->n + 1, sizeof *page->item);
    return &page->item[page->n++];
}

static double snap(const struct maker *k, double v)
{
    return k->m->whole ? floor(v) : v;
}

static double lead(const struct maker *k, enum style style)
{
    return k->m->style[style].lead;
}

static double width_of(const struct maker *k, enum style style, const char *s)
{
    return s ? k->m->width_of(k->m->ctx, style, s, strlen(s)) : 0;
}

/* Takes over `text`. */
static void put_owned(struct maker *k, enum style style, double x, double y, char *text)
{
    *add_item(k) = (struct item){.kind = ITEM_TEXT,
                                 .style = style,
                                 .x = snap(k, x),
                                 .y = snap(k, y) + k->m->style[style].ascent,
                                 .text = text};
}

/* Up to `max` lines from y down; returns the height they take. */
static double put(struct maker *k, enum style style, double x, double y, const char *s,
                  double width, int max)
{
    struct wrap w = wrap_evenly(k->m, style, s, width, max);
    for (int i = 0; i < w.n; i++)
        put_owned(k, style, x, y + i * lead(k, style), w.line[i]);
    return w.n * lead(k, style);
}

/* One line that ends at `right`; returns its width. */
static double put_right(struct maker *k, enum style style, double right, double y, const char *s)
{
    struct wrap w = wrap_text(k->m, style, s, k->m->width / 2, 1);
    if (!w.n)
        return 0;
    double width = width_of(k, style, w.line[0]);
    put_owned(k, style, right - width, y, w.line[0]);
    return width;
}

static void rule(struct maker *k, enum stroke stroke)
{
    *add_item(k) = (struct item){
        .kind = ITEM_ACROSS, .stroke = stroke, .x = 0, .y = k->y, .length = k->m->width};
    k->y += k->m->rule;
}

static void box_open(struct maker *k)
{
    k->box = k->y;
}

static void box_close(struct maker *k)
{
    if (k->box < 0)
        return;
    const struct column *sign = &k->col[COL_SIGN];
    double edge[2] = {sign->x, sign->x + sign->width - k->m->stroke};
    for (int i = 0; i < 2; i++)
        *add_item(k) = (struct item){.kind = ITEM_DOWN,
                                     .stroke = STROKE_BOX,
                                     .x = edge[i],
                                     .y = k->box,
                                     .length = k->y - k->box};
    k->box = -1;
}

/* ---- The heading ----------------------------------------------------------------------------- */

static char *joined(const char *const *part, size_t n)
{
    struct buf b = {0};
    for (size_t i = 0; i < n; i++) {
        if (!part[i] || !*part[i])
            continue;
        if (b.len)
            buf_add(&b, " · ");
        buf_add(&b, part[i]);
    }
    return buf_take(&b);
}

/* "Pulje 1, samling 3"; the number is left out where the title says it already. */
static char *cohort_line(const struct maker *k)
{
    const struct sheet *s = k->sheet;
    char *cohort = text_tidy(s->cohort, false);
    struct buf b = {0}, numbered = {0};
    if (s->number > 0)
        buf_addf(&numbered, _("Gathering %d"), s->number);
    bool said = !numbered.len || text_same(k->title, buf_str(&numbered));
    if (said)
        buf_add(&b, cohort);
    else if (cohort)
        buf_addf(&b, _("%s, gathering %d"), cohort, s->number);
    else
        buf_add(&b, buf_str(&numbered));
    buf_free(&numbered);
    free(cohort);
    return buf_take(&b);
}

static char *title_of(const struct sheet *s)
{
    char *title = text_tidy(s->title, false);
    if (title)
        return title;
    struct buf b = {0};
    if (s->number > 0)
        buf_addf(&b, _("Gathering %d"), s->number);
    else
        buf_add(&b, _("Sign-in sheet"));
    return buf_take(&b);
}

static char *code_of(const struct sheet *s)
{
    char *code = text_tidy(s->code, false);
    struct buf b = {0};
    if (code)
        buf_addf(&b, _("Sheet %s"), code);
    free(code);
    return buf_take(&b);
}

static char *time_of(const struct sheet *s)
{
    struct buf b = {0};
    if (s->starts && *s->starts)
        span_long(&b, s->starts, s->ends);
    char *tidy = text_tidy(buf_str(&b), false);
    buf_free(&b);
    return tidy;
}

static char *heading_of(const struct maker *k)
{
    char *tidy[4] = {text_tidy(k->sheet->reference, false), mem_strdup(k->title),
                     text_tidy(k->sheet->offering, false), text_tidy(k->sheet->cohort, false)};
    char *heading = joined((const char *const *)tidy, 4);
    for (int i = 0; i < 4; i++)
        free(tidy[i]);
    return heading;
}

/* Time, place and organiser: the label before, the value in a column of its own. */
static void put_facts(struct maker *k)
{
    const char *label[3] = {_("Time"), _("Place"), _("Organiser")};
    char *value[3] = {time_of(k->sheet), text_tidy(k->sheet->place, false),
                      text_tidy(k->sheet->organiser, false)};
    double indent = 0;
    for (int i = 0; i < 3; i++)
        indent = fmax(indent, width_of(k, STYLE_LABEL, label[i]));
    indent = fmin(indent + 2 * k->m->gap, k->m->width / 3);
    double offset = k->m->style[STYLE_VALUE].ascent - k->m->style[STYLE_LABEL].ascent;
    if (value[0] || value[1] || value[2])
        k->y += k->m->space;
    for (int i = 0; i < 3; i++) {
        if (value[i]) {
            put(k, STYLE_LABEL, 0, k->y + offset, label[i], indent - k->m->gap, 1);
            k->y += put(k, STYLE_VALUE, indent, k->y, value[i], k->m->width - indent, WRAP_MAX);
        }
        free(value[i]);
    }
}

static void put_title(struct maker *k, double width)
{
    struct wrap big = wrap_text(k->m, STYLE_TITLE, k->title, width, 1);
    enum style style = big.cut || big.split ? STYLE_TITLE_SMALL : STYLE_TITLE;
    wrap_free(&big);
    k->y += put(k, style, 0, k->y, k->title, width, WRAP_MAX);
}

static void put_full_heading(struct maker *k)
{
    const struct medium *m = k->m;
    char *offering = text_tidy(k->sheet->offering, false), *cohort = cohort_line(k);
    char *reference = text_tidy(k->sheet->reference, false);
    double right = put_right(k, STYLE_CODE, m->width, 0, k->code);
    double code = right > 0 ? lead(k, STYLE_CODE) : 0;
    right = fmax(right, put_right(k, STYLE_REFERENCE, m->width, code, reference));
    double width = m->width - (right > 0 ? right + 2 * m->gap : 0);
    k->y += put(k, STYLE_OFFERING, 0, k->y, offering, width, 2);
    put_title(k, width);
    k->y += put(k, STYLE_COHORT, 0, k->y, cohort, width, 2);
    free(offering);
    free(cohort);
    free(reference);
    put_facts(k);
}

static void put_short_heading(struct maker *k)
{
    const struct medium *m = k->m;
    double lower = m->style[STYLE_CODE].ascent - m->style[STYLE_RUNNING].ascent;
    double right = put_right(k, STYLE_CODE, m->width, 0, k->code);
    put(k, STYLE_RUNNING, 0, lower, k->out->heading, m->width - right - 2 * m->gap, 1);
    k->y += lead(k, STYLE_CODE);
}

static void put_column_labels(struct maker *k)
{
    for (int i = 0; i < NCOLS; i++) {
        const struct column *c = &k->col[i];
        double inset = i == COL_SIGN ? k->m->stroke + k->m->gap / 2 : 0;
        if (i == COL_NUMBER)
            put_right(k, STYLE_COLUMN, c->x + c->width, k->y, c->label);
        else
            put(k, STYLE_COLUMN, c->x + inset, k->y, c->label, c->width - inset, 1);
    }
    k->y += lead(k, STYLE_COLUMN);
    rule(k, STROKE_HEAD);
    box_open(k);
}

static void page_end(struct maker *k)
{
    box_close(k);
}

static void page_begin(struct maker *k)
{
    struct layout *out = k->out;
    out->page = mem_grow(out->page, &out->cap, out->n + 1, sizeof *out->page);
    out->n++;
    k->y = 0;
    k->box = -1;
    if (out->n == 1)
        put_full_heading(k);
    else
        put_short_heading(k);
    k->y += k->m->space;
    put_column_labels(k);
}

/* A new page when `height` more does not fit on this one. */
static void need(struct maker *k, double height)
{
    if (k->y + height <= k->bottom)
        return;
    page_end(k);
    page_begin(k);
}

/* ---- The table ------------------------------------------------------------------------------- */

/* The full size on one line or on two, then the small size on three, at last an ellipsis. */
static struct wrap wrap_cell(const struct medium *m, enum style *style, enum style small,
                             const char *s, double width)
{
    struct wrap w = wrap_evenly(m, *style, s, width, 2);
    if (w.cut || w.split) {
        wrap_free(&w);
        *style = small;
        w = wrap_evenly(m, small, s, width, 3);
    }
    return w;
}

static void put_number(struct maker *k, int number, double height)
{
    const struct column *c = &k->col[COL_NUMBER];
    enum style style = number % 5 ? STYLE_NUMBER : STYLE_NUMBER_FIFTH;
    char digits[16];
    snprintf(digits, sizeof digits, "%d", number);
    put_right(k, style, c->x + c->width, k->y + (height - lead(k, style)) / 2, digits);
}

/* One row, whole on its page; `text` is NULL for a line to write on. */
static void put_row(struct maker *k, int number, char *const *text)
{
    struct wrap cell[CELLS] = {0};
    enum style style[CELLS] = {STYLE_NAME, STYLE_CELL, STYLE_CELL};
    double height = k->m->row;
    for (int i = 0; text && i < CELLS; i++) {
        cell[i] = wrap_cell(k->m, &style[i], i ? STYLE_CELL_SMALL : STYLE_NAME_SMALL, text[i],
                            k->col[COL_NAME + i].width);
        height = fmax(height, cell[i].n * lead(k, style[i]) + k->m->pad);
    }
    need(k, height + k->m->rule);
    put_number(k, number, k->m->whole ? 1 : height);
    for (int i = 0; i < CELLS; i++) {
        double used = k->m->whole ? height : cell[i].n * lead(k, style[i]);
        for (int j = 0; j < cell[i].n; j++)
            put_owned(k, style[i], k->col[COL_NAME + i].x,
                      k->y + (height - used) / 2 + j * lead(k, style[i]), cell[i].line[j]);
    }
    k->y += height;
    rule(k, number % 5 ? STROKE_ROW : STROKE_FIFTH);
}

/* `rows` lines to write on follow, and stay with the note if that is not too many. */
static void put_note(struct maker *k, const char *note, int rows)
{
    double row = k->m->row + k->m->rule;
    double together = rows * row <= k->m->height / 3 ? rows * row : row;
    need(k, k->m->space + lead(k, STYLE_NOTE) + k->m->rule + together);
    box_close(k);
    k->y += k->m->space;
    put(k, STYLE_NOTE, 0, k->y, note, k->m->width, 1);
    k->y += lead(k, STYLE_NOTE);
}

static void put_walk_ins(struct maker *k)
{
    if (k->walk_ins <= 0)
        return;
    if (k->sheet->nrows) {
        put_note(k, _("Not on the list? Please write your name here."), k->walk_ins);
        rule(k, STROKE_ROW);
        box_open(k);
    }
    for (int i = 1; i <= k->walk_ins; i++)
        put_row(k, k->last_number + i, NULL);
}

static void put_table(struct maker *k)
{
    for (size_t i = 0; i < k->sheet->nrows; i++)
        put_row(k, k->sheet->row[i].number, k->cells[i].text);
    if (!k->sheet->nrows && k->walk_ins <= 0)
        put_note(k, _("There is nobody on the list."), 0);
    put_walk_ins(k);
}

/* ---- The columns ----------------------------------------------------------------------------- */

static void measure_cells(struct maker *k, double wish[CELLS])
{
    const struct sheet *s = k->sheet;
    k->cells = mem_alloc((s->nrows + 1) * sizeof *k->cells);
    for (size_t r = 0; r < s->nrows; r++) {
        const char *raw[CELLS] = {s->row[r].name, s->row[r].organisation, s->row[r].role};
        for (int i = 0; i < CELLS; i++) {
            k->cells[r].text[i] = text_tidy(raw[i], false);
            wish[i] = fmax(wish[i], width_of(k, i ? STYLE_CELL : STYLE_NAME, k->cells[r].text[i]));
        }
    }
}

static double bounded(double v, double least, double most)
{
    return fmin(fmax(v, least), most);
}

/* Shares out the room between number and signature: the role gets little, the name and the
 * organisation what they wish as long as the other keeps its half. People write by hand in them
 * too, so none gets very narrow. */
static void share_out(struct maker *k, const double wish[CELLS], double room)
{
    const struct medium *m = k->m;
    double role = bounded(wish[2], m->width * 0.11, m->width * 0.18);
    double rest = room - role - 2 * m->gap, half = snap(k, rest / 2);
    double name = fmax(wish[0], m->width * 0.20), org = fmax(wish[1], m->width * 0.20);
    if (name + org > rest) {
        if (name <= half)
            org = rest - name;
        else if (org <= half)
            name = rest - org;
        else
            name = half, org = rest - half;
    }
    k->col[COL_NAME].width = snap(k, name);
    k->col[COL_ORGANISATION].width = snap(k, org);
    k->col[COL_ROLE].width = snap(k, role);
}

static void plan_columns(struct maker *k)
{
    const struct medium *m = k->m;
    const char *label[NCOLS] = {_("No."), _("Name"), _("Organisation"), _("Role"), _("Signature")};
    double wish[CELLS] = {0};
    char digits[16];
    for (int i = 0; i < NCOLS; i++)
        k->col[i].label = label[i];
    for (int i = 0; i < CELLS; i++)
        wish[i] = width_of(k, STYLE_COLUMN, label[COL_NAME + i]);
    measure_cells(k, wish);
    for (int i = 0; i < CELLS; i++)
        wish[i] = ceil(wish[i]);

    snprintf(digits, sizeof digits, "%d", k->last_number + k->walk_ins);
    k->col[COL_NUMBER].width = ceil(fmax(width_of(k, STYLE_NUMBER_FIFTH, digits),
                                         width_of(k, STYLE_COLUMN, label[COL_NUMBER])));
    double room = m->width - k->col[COL_NUMBER].width - 2 * m->gap;
    share_out(k, wish, room - m->sign);

    /* What the names do not need is the signature's, up to a point. */
    double used = k->col[COL_NAME].width + k->col[COL_ORGANISATION].width + k->col[COL_ROLE].width +
                  2 * m->gap;
    double over = fmax(room - used - m->sign_ample, 0);
    k->col[COL_NAME].width += snap(k, over / 2);
    k->col[COL_ORGANISATION].width += snap(k, over / 2);
    double x = 0;
    for (int i = 0; i < COL_SIGN; i++) {
        k->col[i].x = x;
        x += k->col[i].width + m->gap;
    }
    k->col[COL_SIGN].x = x;
    k->col[COL_SIGN].width = m->width - x;
}

/* ---- The whole ------------------------------------------------------------------------------- */

/* Known only when the last page is. */
static void put_feet(struct maker *k, const char *made)
{
    char *tidy = text_tidy(made, false);
    size_t pages = k->out->n;
    double y = k->m->height - lead(k, STYLE_FOOT);
    for (k->out->n = 1; k->out->n <= pages; k->out->n++) {
        struct buf b = {0};
        buf_addf(&b, _("Page %d of %d"), (int)k->out->n, (int)pages);
        double right = put_right(k, STYLE_FOOT, k->m->width, y, buf_str(&b));
        put(k, STYLE_FOOT, 0, y, tidy, k->m->width - right - 2 * k->m->gap, 1);
        buf_free(&b);
    }
    k->out->n = pages;
    free(tidy);
}

static int last_number(const struct sheet *s)
{
    int last = 0;
    for (size_t i = 0; i < s->nrows; i++)
        if (s->row[i].number > last)
            last = s->row[i].number;
    return last;
}

struct layout *layout_make(const struct sheet *sheet, const struct medium *medium, int walk_ins,
                           const char *made)
{
    struct maker k = {.sheet = sheet, .m = medium, .box = -1};
    k.out = mem_alloc(sizeof *k.out);
    k.walk_ins = walk_ins < 0 ? WALK_INS : walk_ins > WALK_INS_MAX ? WALK_INS_MAX : walk_ins;
    k.last_number = last_number(sheet);
    k.title = title_of(sheet);
    k.code = code_of(sheet);
    k.out->heading = heading_of(&k);
    k.bottom = medium->height - lead(&k, STYLE_FOOT) - medium->space;
    plan_columns(&k);
    page_begin(&k);
    put_table(&k);
    page_end(&k);
    put_feet(&k, made);
    for (size_t r = 0; r < sheet->nrows; r++)
        for (int i = 0; i < CELLS; i++)
            free(k.cells[r].text[i]);
    free(k.cells);
    free(k.title);
    free(k.code);
    return k.out;
}

void layout_free(struct layout *layout)
{
    if (!layout)
        return;
    for (size_t p = 0; p < layout->n; p++) {
        for (size_t i = 0; i < layout->page[p].n; i++)
            free(layout->page[p].item[i].text);
        free(layout->page[p].item);
    }
    free(layout->page);
    free(layout->heading);
    free(layout);
}
