/* The rehearsal of an import: what the file was understood as, and what every row would do, before
 * anything is written. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/import.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/screens.h"
#include "ui/ui_internal.h"

enum { ROWS_KEPT = 50000, COLUMNS_SHOWN = 8 };

struct line {
    long line;
    enum verdict verdict;
    char *name, *organisation, *reason;
};

struct rehearsal {
    struct screen screen;
    struct import *import;
    char *file, *target;
    struct line *line;
    size_t n, cap;
    size_t *view; /* indices of the rows shown */
    size_t nview;
    int filter; /* a verdict, or -1: all */
    size_t top, selected, seen;
    struct import_result result;
    bool counted;
};

/* ---- gathering the rows
 * --------------------------------------------------------------------------- */

static void keep_row(void *arg, const struct import_row *row)
{
    struct rehearsal *r = arg;
    /* Of a very long file the ordinary rows are only counted. */
    if (r->n >= ROWS_KEPT && row->verdict != VERDICT_UNCLEAR && row->verdict != VERDICT_REJECTED)
        return;
    r->line = mem_grow(r->line, &r->cap, r->n + 1, sizeof *r->line);
    r->line[r->n++] = (struct line){row->line, row->verdict, mem_strdup(row->name),
                                    mem_strdup(row->organisation), mem_strdup(row->reason)};
}

static void forget_rows(struct rehearsal *r)
{
    for (size_t i = 0; i < r->n; i++) {
        free(r->line[i].name);
        free(r->line[i].organisation);
        free(r->line[i].reason);
    }
    r->n = 0;
}

static void filter_rows(struct rehearsal *r)
{
    free(r->view);
    r->view = mem_alloc((r->n + 1) * sizeof *r->view);
    r->nview = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->filter < 0 || (int)r->line[i].verdict == r->filter)
            r->view[r->nview++] = i;
    r->top = r->selected = 0;
}

/* Progress on the message line; any of Esc, Ctrl-C, Ctrl-G stops. */
static bool show_progress(void *arg, double done, long rows)
{
    struct rehearsal *r = arg;
    struct buf b = {0};
    buf_addf(&b, _("%ld rows, %d %%; Ctrl-G stops, and nothing is written"), rows,
             (int)(done * 100));
    draw_text(term_height() - 1, 1, term_width() - 2, LOOK_PLAIN, b.s);
    buf_free(&b);
    term_show();
    (void)r;
    while (term_key_waiting()) {
        int key = term_key(0);
        if (key == KEY_ESCAPE || key == CTRL_('G') || key == CTRL_('C') || key == KEY_GONE)
            return false;
        if (key == KEY_IDLE)
            break;
    }
    return true;
}

static enum status rehearse(struct rehearsal *r, struct error *err)
{
    struct import_watch watch = {.row = keep_row, .progress = show_progress, .arg = r};
    forget_rows(r);
    enum status st = import_run(r->import, false, &watch, &r->result, err);
    r->counted = st == ST_OK;
    filter_rows(r);
    return st;
}

/* ---- drawing
 * ---------------------------------------------------------------------------------------- */

static const char *delimiter_words(char d)
{
    switch (d) {
    case ';': return _("semicolon");
    case ',': return _("comma");
    case '\t': return _("tab");
    default: return "?";
    }
}

static void draw_title(struct rehearsal *r)
{
    const struct import_head *h = import_head(r->import);
    struct buf b = {0};
    buf_addf(&b, "%s · %s", _("Import"), r->file);
    if (*r->target)
        buf_addf(&b, " → %s", r->target);
    buf_addf(&b, " · %s, %s", h->info.encoding, delimiter_words(h->info.delimiter));
    if (h->header_line)
        buf_addf(&b, ", %s %ld", _("heading on line"), h->header_line);
    draw_text(1, 1, term_width() - 2, LOOK_STRONG, b.s);
    draw_rule(2, 0, term_width());
    buf_free(&b);
}

/* Each column of the file, what it becomes, and the first values. Returns the lines taken. */
static int draw_columns(struct rehearsal *r, int y, int room)
{
    const struct import_head *h = import_head(r->import);
    int lines = 0, width = term_width(), third = width / 4;
    for (size_t i = 0; i < h->ncolumns && lines < room; i++) {
        const struct import_column *c = &h->column[i];
        struct buf b = {0};
        for (int k = 0; k < 3; k++)
            if (c->sample[k])
                buf_addf(&b, "%s%s", k ? "  " : "", c->sample[k]);
        draw_text(y + lines, 1, third - 2, LOOK_PLAIN, c->heading);
        draw_text(y + lines, third, third - 2, c->field ? LOOK_PLAIN : LOOK_DIM,
                  c->field ? c->label : _("(left out)"));
        draw_text(y + lines, 2 * third, width - 2 * third - 1, LOOK_DIM, buf_str(&b));
        buf_free(&b);
        lines++;
    }
    return lines;
}

static void draw_counts(struct rehearsal *r, int y)
{
    struct buf b = {0}, v = {0};
    for (int i = 0; i < VERDICT_COUNT; i++)
        buf_addf(&b, "%s%ld %s", i ? "   " : "", r->result.count[i],
                 verdict_label((enum verdict)i));
    draw_text(y, 1, term_width() - 2, LOOK_STRONG, b.s);
    if (r->filter >= 0)
        buf_addf(&v, "%s: %s", _("showing"), verdict_label((enum verdict)r->filter));
    else
        buf_addf(&v, "%s: %s", _("showing"), _("all"));
    if (text_width(b.s) + text_width(v.s) + 4 < term_width())
        draw_right(y, term_width() - text_width(v.s) - 1, text_width(v.s), LOOK_DIM, v.s);
    buf_free(&b);
    buf_free(&v);
}

static void draw_line(const struct rehearsal *r, const struct line *l, int y, bool selected)
{
    char number[24];
    int width = term_width(), name = width / 4, place = width >= 100 ? width / 5 : 0;
    int x = 22;
    enum look look = selected ? LOOK_SELECTED : LOOK_PLAIN;
    (void)r;
    draw_text(y, 0, width, look, "");
    snprintf(number, sizeof number, "%ld", l->line);
    draw_right(y, 1, 7, selected ? look : LOOK_DIM, number);
    enum look verdict = l->verdict == VERDICT_REJECTED  ? LOOK_BAD
                        : l->verdict == VERDICT_UNCLEAR ? LOOK_WARN
                        : l->verdict == VERDICT_NEW     ? LOOK_GOOD
                                                        : LOOK_PLAIN;
    draw_text(y, 10, 11, selected ? look : verdict, verdict_label(l->verdict));
    draw_text(y, x, name, look, l->name);
    x += name + 1;
    if (place) {
        draw_text(y, x, place, look, l->organisation);
        x += place + 1;
    }
    draw_text(y, x, width - x - 1, selected ? look : LOOK_DIM, l->reason);
}

static void rehearsal_draw(struct screen *s)
{
    struct rehearsal *r = (struct rehearsal *)s;
    int foot = term_height() - 3, y = 3;
    draw_frame(s->ui, IN_REHEARSAL, NULL);
    draw_title(r);
    y += draw_columns(r, y, (foot - y) / 3);
    draw_rule(y++, 0, term_width());
    draw_counts(r, y++);
    size_t rows = (size_t)(foot - y);
    r->seen = rows;
    if (r->selected < r->top)
        r->top = r->selected;
    if (r->selected >= r->top + rows)
        r->top = r->selected - rows + 1;
    for (size_t i = 0; i < rows && r->top + i < r->nview; i++)
        draw_line(r, &r->line[r->view[r->top + i]], y + (int)i, r->top + i == r->selected);
    if (!r->nview)
        draw_text(y, 1, term_width() - 2, LOOK_DIM, _("No rows of this kind."));
    draw_rule(foot, 0, term_width());
    draw_cursor(y + (int)(r->selected - r->top), 0);
}

/* ---- acting
 * ------------------------------------------------------------------------------------------- */

static void next_filter(struct rehearsal *r)
{
    do {
        if (++r->filter == VERDICT_COUNT)
            r->filter = -1;
    } while (r->filter >= 0 && !r->result.count[r->filter]);
    filter_rows(r);
}

static void write_all(struct rehearsal *r)
{
    struct ui *ui = r->screen.ui;
    struct import_watch watch = {.progress = show_progress, .arg = r};
    struct import_result result;
    struct error err = {0};
    enum status st = import_run(r->import, true, &watch, &result, &err);
    if (st == ST_STOPPED) {
        ui_say(ui, "%s", _("Stopped; nothing was written."));
        return;
    }
    if (st != ST_OK) {
        ui_complain(ui, &err);
        return;
    }
    screen_pop(ui, &r->screen);
    screen_refresh_all(ui);
    if (!result.batch)
        ui_say(ui, "%s", _("There was nothing to write."));
    else
        ui_say(ui,
               _("Import %lld: %ld new, %ld known, %ld changed, %ld left out; u takes it back."),
               (long long)result.batch, result.count[VERDICT_NEW], result.count[VERDICT_MATCHED],
               result.count[VERDICT_CHANGED],
               result.count[VERDICT_UNCLEAR] + result.count[VERDICT_REJECTED]);
}

static enum handled rehearsal_act(struct screen *s, enum action_id id)
{
    struct rehearsal *r = (struct rehearsal *)s;
    size_t page = r->seen > 1 ? r->seen - 1 : 1, last = r->nview ? r->nview - 1 : 0;
    switch (id) {
    case ACTION_DOWN: r->selected += r->selected < last; return HANDLED;
    case ACTION_UP: r->selected -= r->selected > 0; return HANDLED;
    case ACTION_PAGE_DOWN:
        r->selected = r->selected + page < last ? r->selected + page : last;
        return HANDLED;
    case ACTION_PAGE_UP: r->selected = r->selected > page ? r->selected - page : 0; return HANDLED;
    case ACTION_FIRST: r->selected = 0; return HANDLED;
    case ACTION_LAST: r->selected = last; return HANDLED;
    case ACTION_VERDICTS: next_filter(r); return HANDLED;
    case ACTION_WRITE: write_all(r); return HANDLED;
    case ACTION_BACK:
        screen_pop(s->ui, s);
        ui_say(s->ui, "%s", _("Nothing was written."));
        return HANDLED;
    default: return NOT_HANDLED;
    }
}

/* Somebody wrote: what the rows would do may have changed. */
static void rehearsal_refresh(struct screen *s)
{
    struct rehearsal *r = (struct rehearsal *)s;
    struct error err = {0};
    int filter = r->filter;
    size_t selected = r->selected;
    if (rehearse(r, &err) != ST_OK)
        ui_complain(s->ui, &err);
    r->filter = filter;
    filter_rows(r);
    r->selected = selected < r->nview ? selected : 0;
}

static void rehearsal_free(struct screen *s)
{
    struct rehearsal *r = (struct rehearsal *)s;
    forget_rows(r);
    import_close(r->import);
    free(r->line);
    free(r->view);
    free(r->file);
    free(r->target);
    free(r);
}

static const struct screen_class rehearsal_class = {
    .name = "rehearsal",
    .context = IN_REHEARSAL,
    .draw = rehearsal_draw,
    .act = rehearsal_act,
    .refresh = rehearsal_refresh,
    .free = rehearsal_free,
};

void rehearsal_open(struct ui *ui, struct import *imp, const char *file, const char *target)
{
    struct rehearsal *r = mem_alloc(sizeof *r);
    struct error err = {0};
    r->screen.class = &rehearsal_class;
    r->screen.ui = ui;
    r->import = imp;
    r->file = mem_strdup(file);
    r->target = mem_strdup(target);
    r->filter = -1;
    if (rehearse(r, &err) != ST_OK) {
        if (err.code == ST_STOPPED)
            ui_say(ui, "%s", _("Stopped; nothing was written."));
        else
            ui_complain(ui, &err);
        rehearsal_free(&r->screen);
        return;
    }
    screen_push(ui, &r->screen);
}
