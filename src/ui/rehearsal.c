/* The rehearsal of an import: what the file was understood as, and what every row would do, before
 * anything is written. Two parts: the columns, to say what they become; the rows, to mend, decide
 * and leave out. Each change rehearses anew. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "samling/mem.h"
#include "samling/path.h"
#include "samling/text.h"

#include "ui/float.h"
#include "ui/flow.h"
#include "ui/kept.h"
#include "ui/leftover.h"
#include "ui/row.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

enum part { COLUMNS, ROWS };

/* A column that somebody mapped: done again when the file is read in another encoding. */
struct remap {
    size_t column;
    const char *field;
};

struct rehearsal {
    struct screen screen;
    struct import_options options;
    char *path, *data; /* one of them; `data` of `len` bytes */
    size_t len;
    char *name, *target; /* for the title */
    struct import *import;
    struct remap remap[READER_COLUMNS_MAX];
    size_t nremaps;
    struct kept kept;
    enum part part;
    struct float_list columns; /* places in the order of kept_columns */
    struct float_list rows;
    size_t columns_seen, rows_seen; /* lines that they had last */
    int columns_y, rows_y;
    struct import_result result;
    struct leftover *leftover; /* while it is written */
    struct timespec began;
    bool stale; /* somebody wrote while a question was open */
};

/* ---- rehearsing ------------------------------------------------------------------------------ */

static void keep_row(void *arg, const struct import_row *row)
{
    kept_add(&((struct rehearsal *)arg)->kept, row);
}

static double seconds_since(const struct timespec *from)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - from->tv_sec) + (double)(now.tv_nsec - from->tv_nsec) / 1e9;
}

/* Progress on the message line; any of Esc, Ctrl-C, Ctrl-G stops. */
static bool show_progress(void *arg, double done, long rows)
{
    const struct rehearsal *r = arg;
    struct buf b = {0};
    double gone = seconds_since(&r->began);
    if (done > 0.02 && gone > 1)
        buf_addf(&b, _("%ld rows, %d %%, %d s left; Ctrl-G stops, and nothing is written"), rows,
                 (int)(done * 100), (int)(gone / done * (1 - done)) + 1);
    else
        buf_addf(&b, _("%ld rows, %d %%; Ctrl-G stops, and nothing is written"), rows,
                 (int)(done * 100));
    draw_text(term_height() - 1, 1, term_width() - 2, LOOK_PLAIN, b.s);
    buf_free(&b);
    term_show();
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
    kept_clear(&r->kept);
    clock_gettime(CLOCK_MONOTONIC, &r->began);
    enum status st = import_run(r->import, false, &watch, &r->result, err);
    kept_filter(&r->kept, r->kept.filter);
    r->rows.n = r->kept.nview;
    /* In other letters the same bytes can be fewer columns. */
    r->columns.n = import_head(r->import)->ncolumns;
    float_step(&r->columns, 0);
    r->stale = false;
    return st;
}

/* After a change: the row that was selected stays so, by its line. */
static void rehearse_again(struct rehearsal *r)
{
    const struct kept_row *row = kept_at(&r->kept, r->rows.selected);
    long line = row ? row->line : 0;
    struct error err = {0};
    if (rehearse(r, &err) != ST_OK) {
        if (err.code == ST_STOPPED)
            ui_say(r->screen.ui, "%s", _("Stopped: not all rows were looked at."));
        else
            ui_complain(r->screen.ui, &err);
    }
    if (r->kept.nview == 0 && r->kept.filter >= 0)
        kept_filter(&r->kept, -1);
    r->rows.n = r->kept.nview;
    r->rows.selected = kept_find(&r->kept, line);
}

static enum status open_import(struct rehearsal *r, struct error *err)
{
    struct session *s = r->screen.ui->session;
    struct import *imp;
    enum status st = r->path
                         ? import_open(&imp, s, &r->options, r->path, err)
                         : import_open_memory(&imp, s, &r->options, r->name, r->data, r->len, err);
    if (st != ST_OK)
        return st;
    for (size_t i = 0; st == ST_OK && i < r->nremaps; i++)
        st = import_remap(imp, r->remap[i].column, r->remap[i].field, err);
    if (st != ST_OK) {
        import_close(imp);
        return st;
    }
    if (r->import)
        import_copy_decisions(imp, r->import);
    import_close(r->import);
    r->import = imp;
    return ST_OK;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static const char *delimiter_words(char d)
{
    switch (d) {
    case ';': return _("semicolon");
    case ',': return _("comma");
    case '\t': return _("tab");
    case '|': return _("upright line");
    default: return "?";
    }
}

static void draw_title(struct rehearsal *r)
{
    const struct import_head *h = import_head(r->import);
    struct buf b = {0};
    buf_addf(&b, "%s · %s", _("Import"), r->name);
    if (*r->target)
        buf_addf(&b, " → %s", r->target);
    buf_addf(&b, " · %s, %s", h->info.encoding, delimiter_words(h->info.delimiter));
    if (h->header_line > 1)
        buf_addf(&b, ", %s %ld", _("heading on line"), h->header_line);
    else if (!h->header_line)
        buf_addf(&b, ", %s", _("no heading"));
    if (h->remembered)
        buf_addf(&b, ", %s", _("columns as chosen before"));
    draw_text(1, 1, term_width() - 2, LOOK_STRONG, b.s);
    draw_rule(2, 0, term_width());
    buf_free(&b);
}

static void column_words(const struct import_column *c, struct buf *out)
{
    static const char *const left[] = {
        [COLUMN_UNKNOWN] = N_("(left out: not known)"),
        [COLUMN_LEFT_OUT] = N_("(left out)"),
        [COLUMN_OF_FORM] = N_("(left out: not needed)"),
        [COLUMN_IDENTITY] = N_("(left out: identity numbers)"),
        [COLUMN_EMPTY] = N_("(left out: empty)"),
    };
    if (c->field && c->why == BY_CONTENT)
        buf_addf(out, _("%s (by content)"), c->label);
    else
        buf_add(out, c->field ? c->label : left[c->use] ? lang_tr(left[c->use]) : "");
}

/* Each column of the file, what it becomes, and the first values. Returns the lines taken. */
static int draw_columns(struct rehearsal *r, int y, int room)
{
    const struct import_head *h = import_head(r->import);
    int width = term_width(), becomes_x = width / 4, sample_x = becomes_x + width / 3;
    int lines = (int)h->ncolumns < room ? (int)h->ncolumns : room;
    size_t order[READER_COLUMNS_MAX];
    kept_columns(h, order);
    r->columns_y = y;
    r->columns_seen = (size_t)lines;
    float_scroll(&r->columns, r->columns_seen);
    for (int i = 0; i < lines; i++) {
        const struct import_column *c = &h->column[order[r->columns.top + (size_t)i]];
        struct buf b = {0}, becomes = {0};
        for (int k = 0; k < 3; k++)
            if (c->sample[k])
                buf_addf(&b, "%s%s", k ? "  " : "", c->sample[k]);
        column_words(c, &becomes);
        draw_text(y + i, 1, becomes_x - 2, LOOK_PLAIN, c->heading);
        draw_text(y + i, becomes_x, sample_x - becomes_x - 1, c->field ? LOOK_PLAIN : LOOK_DIM,
                  buf_str(&becomes));
        draw_text(y + i, sample_x, width - sample_x - 1, LOOK_DIM, buf_str(&b));
        if (r->part == COLUMNS && r->columns.selected == r->columns.top + (size_t)i) {
            draw_look(y + i, 0, width, LOOK_SELECTED);
            draw_cursor(y + i, 0);
        }
        buf_free(&b);
        buf_free(&becomes);
    }
    return lines;
}

static void draw_counts(struct rehearsal *r, int y)
{
    struct buf b = {0}, v = {0};
    for (int i = 0; i < VERDICT_COUNT; i++)
        if (i != VERDICT_SKIPPED || r->result.count[i])
            buf_addf(&b, "%s%ld %s", i ? "  " : "", r->result.count[i],
                     verdict_label((enum verdict)i));
    buf_addf(&v, "%s: %s", _("showing"),
             r->kept.filter >= 0 ? verdict_label((enum verdict)r->kept.filter) : _("all"));
    int w = text_width(v.s);
    draw_text(y, 1, term_width() - w - 4, LOOK_STRONG, b.s);
    draw_right(y, term_width() - w - 1, w, LOOK_DIM, v.s);
    buf_free(&b);
    buf_free(&v);
}

/* What holds for the whole import, and identity numbers, which nobody shall overlook. */
static void draw_settings(struct rehearsal *r, int y)
{
    static const char *const unclear[] = {[UNCLEAR_REJECT] = N_("unclear rows are left out"),
                                          [UNCLEAR_NEW] = N_("unclear people are made new"),
                                          [UNCLEAR_SKIP] = N_("unclear rows are skipped")};
    const struct import_result *res = &r->result;
    struct buf b = {0};
    if (res->identities)
        buf_addf(&b, _("%ld identity numbers left out (first on line %ld) · "), res->identities,
                 res->identity_line[0]);
    if (res->organisations_made)
        buf_addf(&b, _("new organisations: %ld · "), res->organisations_made);
    buf_addf(&b, "%s · %s",
             r->options.replace ? _("differing values are replaced")
                                : _("differing values are kept"),
             lang_tr(unclear[r->options.on_unclear]));
    draw_text(y, 1, term_width() - 2, res->identities ? LOOK_WARN : LOOK_DIM, b.s);
    buf_free(&b);
}

static enum look verdict_look(enum verdict v)
{
    switch (v) {
    case VERDICT_REJECTED: return LOOK_BAD;
    case VERDICT_UNCLEAR: return LOOK_WARN;
    case VERDICT_NEW: return LOOK_GOOD;
    case VERDICT_SKIPPED: return LOOK_DIM;
    default: return LOOK_PLAIN;
    }
}

static void draw_row(const struct kept_row *l, int y, bool selected)
{
    char number[24];
    int width = term_width(), name = width / 4, place = width >= 100 ? width / 5 : 0, x = 22;
    enum look look = selected ? LOOK_SELECTED : LOOK_PLAIN;
    draw_text(y, 0, width, look, "");
    snprintf(number, sizeof number, "%ld", l->line);
    draw_right(y, 1, 7, selected ? look : LOOK_DIM, number);
    draw_text(y, 9, 1, look, l->decided ? "*" : "");
    draw_text(y, 10, 11, selected ? look : verdict_look(l->verdict), verdict_label(l->verdict));
    draw_text(y, x, name, look, l->name);
    x += name + 1;
    if (place) {
        draw_text(y, x, place, look, l->organisation);
        x += place + 1;
    }
    draw_text(y, x, width - x - 1, selected ? look : LOOK_DIM, l->reason);
}

enum { STRIP = 3 };

/* The reason of the selected row in full: in the list its end is cut. */
static void draw_strip(struct rehearsal *r, int y)
{
    const struct kept_row *row = kept_at(&r->kept, r->rows.selected);
    struct flow flow = {0};
    struct buf b = {0};
    draw_rule(y, 0, term_width());
    if (row)
        buf_addf(&b, "%s%s%s%s%s", row->name, *row->organisation ? ", " : "", row->organisation,
                 *row->name && *row->reason ? ": " : "", row->reason);
    flow_text(&flow, buf_str(&b), term_width() - 2);
    for (size_t i = 0; i + 1 < STRIP && i < flow.n; i++)
        draw_text(y + 1 + (int)i, 1, term_width() - 2, LOOK_PLAIN, flow.rows[i].text);
    flow_free(&flow);
    buf_free(&b);
}

static void rehearsal_draw(struct screen *s)
{
    struct rehearsal *r = (struct rehearsal *)s;
    int foot = term_height() - 3, y = 3, strip = term_height() >= 20 ? STRIP : 0;
    draw_frame(s->ui, IN_REHEARSAL, NULL);
    draw_title(r);
    y += draw_columns(r, y, (foot - strip - y) / (r->part == COLUMNS ? 2 : 3));
    draw_rule(y, 0, term_width());
    float_place(y, 0, term_width(), r->columns.top, (size_t)(y - 3),
                import_head(r->import)->ncolumns);
    y++;
    draw_counts(r, y++);
    draw_settings(r, y++);
    size_t rows = foot - strip > y ? (size_t)(foot - strip - y) : 0;
    r->rows_y = y;
    r->rows_seen = rows;
    float_scroll(&r->rows, rows);
    for (size_t i = 0; i < rows && r->rows.top + i < r->kept.nview; i++)
        draw_row(kept_at(&r->kept, r->rows.top + i), y + (int)i,
                 r->part == ROWS && r->rows.top + i == r->rows.selected);
    if (!r->kept.nview)
        draw_text(y, 1, term_width() - 2, LOOK_DIM, _("No rows of this kind."));
    if (strip)
        draw_strip(r, foot - strip);
    draw_rule(foot, 0, term_width());
    if (r->part == ROWS)
        draw_cursor(y + (int)(r->rows.selected - r->rows.top), 0);
}

/* ---- the columns ----------------------------------------------------------------------------- */

static void remember_remap(struct rehearsal *r, size_t column, const char *field)
{
    size_t i = 0;
    while (i < r->nremaps && r->remap[i].column != column)
        i++;
    r->remap[i] = (struct remap){column, field};
    r->nremaps += i == r->nremaps;
}

static size_t column_in_hand(const struct rehearsal *r)
{
    size_t order[READER_COLUMNS_MAX];
    kept_columns(import_head(r->import), order);
    return order[r->columns.selected];
}

/* The column may stand elsewhere now: the bar goes with it. */
static void select_column(struct rehearsal *r, size_t column)
{
    size_t order[READER_COLUMNS_MAX];
    kept_columns(import_head(r->import), order);
    for (r->columns.selected = 0; order[r->columns.selected] != column;)
        r->columns.selected++;
}

/* 0: left out, 1: as the file says, then the fields. */
static void field_chosen(void *arg, size_t index)
{
    struct rehearsal *r = arg;
    struct error err = {0};
    const char *field = index == 0   ? "-"
                        : index == 1 ? NULL
                                     : import_fields(r->options.type)[index - 2];
    size_t column = column_in_hand(r);
    if (import_remap(r->import, column, field, &err) != ST_OK) {
        ui_complain(r->screen.ui, &err);
        return;
    }
    remember_remap(r, column, field);
    select_column(r, column);
    rehearse_again(r);
}

static void choose_field(struct rehearsal *r)
{
    const struct import_column *c = &import_head(r->import)->column[column_in_hand(r)];
    const char *const *fields = import_fields(r->options.type);
    const char *labels[64] = {_("(left out)"), _("as the file says")};
    size_t n = 2, selected = 0;
    for (; *fields && n < 64; fields++) {
        if (c->field && strcmp(c->field, *fields) == 0)
            selected = n;
        labels[n++] = import_field_label(r->options.type, *fields);
    }
    choose_open(r->screen.ui, *c->heading ? c->heading : _("What is in this column?"), labels, n,
                selected, field_chosen, r, NULL);
}

/* ---- the letters ----------------------------------------------------------------------------- */

static void encoding_chosen(void *arg, size_t index)
{
    struct rehearsal *r = arg;
    struct error err = {0};
    const char *was = r->options.reader.encoding;
    r->options.reader.encoding = reader_encodings()[index];
    if (open_import(r, &err) != ST_OK) {
        r->options.reader.encoding = was;
        ui_complain(r->screen.ui, &err);
        return;
    }
    rehearse_again(r);
}

enum { WORDS_SHOWN = 5, ENCODINGS_MAX = 16 };

static char *encoding_words(struct rehearsal *r, const char *encoding)
{
    char *word[WORDS_SHOWN];
    struct buf b = {0};
    size_t n = reader_words(import_reader(r->import), encoding, word, WORDS_SHOWN);
    text_pad(&b, encoding, 14, ALIGN_LEFT);
    for (size_t i = 0; i < n; i++) {
        buf_addf(&b, "%s%s", i ? ", " : "", word[i]);
        free(word[i]);
    }
    return buf_take(&b);
}

/* The names of the file in each encoding: a person sees at once which is right. */
static void choose_encoding(struct rehearsal *r, const char *title)
{
    const char *const *names = reader_encodings();
    const char *now = import_head(r->import)->info.encoding;
    char *labels[ENCODINGS_MAX];
    size_t n = 0, selected = 0;
    for (; names[n] && n < ENCODINGS_MAX; n++) {
        if (strcmp(names[n], now) == 0)
            selected = n;
        labels[n] = encoding_words(r, names[n]);
    }
    choose_open(r->screen.ui, title, (const char *const *)labels, n, selected, encoding_chosen, r,
                NULL);
    for (size_t i = 0; i < n; i++)
        free(labels[i]);
}

/* ---- the rows -------------------------------------------------------------------------------- */

static void look_into(struct rehearsal *r);

static void decided(void *arg, bool again)
{
    struct rehearsal *r = arg;
    const struct kept_row *row = kept_at(&r->kept, r->rows.selected);
    long line = row ? row->line : 0;
    rehearse_again(r);
    row = kept_at(&r->kept, r->rows.selected);
    /* What is still not right is asked about again. */
    if (again && row && row->line == line &&
        (row->verdict == VERDICT_REJECTED || row->verdict == VERDICT_UNCLEAR))
        look_into(r);
}

static bool is_about_people(const struct rehearsal *r)
{
    return strcmp(r->options.type, "people") == 0 || strcmp(r->options.type, "roster") == 0;
}

static void look_into(struct rehearsal *r)
{
    const struct kept_row *row = kept_at(&r->kept, r->rows.selected);
    if (r->part == COLUMNS)
        choose_field(r);
    else if (row)
        row_open(r->screen.ui, r->import, row, is_about_people(r), decided, r);
}

static void skip_row(struct rehearsal *r)
{
    const struct kept_row *row = kept_at(&r->kept, r->rows.selected);
    struct import_decision d = import_decision(r->import, row->line);
    d.skip = !d.skip;
    import_decide(r->import, row->line, d);
    rehearse_again(r);
}

static void next_filter(struct rehearsal *r)
{
    int filter = r->kept.filter;
    do {
        if (++filter == VERDICT_COUNT)
            filter = -1;
    } while (filter >= 0 && !r->result.count[filter]);
    kept_filter(&r->kept, filter);
    r->rows = (struct float_list){.n = r->kept.nview};
}

static void next_unclear(struct rehearsal *r)
{
    r->options.on_unclear = (r->options.on_unclear + 1) % (UNCLEAR_SKIP + 1);
    import_set_unclear(r->import, r->options.on_unclear);
    rehearse_again(r);
}

static void swap_replace(struct rehearsal *r)
{
    r->options.replace = !r->options.replace;
    import_set_replace(r->import, r->options.replace);
    rehearse_again(r);
}

/* ---- writing --------------------------------------------------------------------------------- */

static void keep_reject(void *arg, const struct import_row *row)
{
    leftover_add(((struct rehearsal *)arg)->leftover, row);
}

static enum status write_rows(struct rehearsal *r, struct import_result *result, struct error *err)
{
    struct import_watch watch = {.row = keep_reject, .progress = show_progress, .arg = r};
    r->leftover = leftover_new(r->screen.ui, import_head(r->import));
    clock_gettime(CLOCK_MONOTONIC, &r->began);
    enum status st = import_run(r->import, true, &watch, result, err);
    if (st != ST_OK)
        leftover_free(r->leftover);
    return st;
}

static void write_all(struct rehearsal *r)
{
    struct ui *ui = r->screen.ui;
    struct import_result result;
    struct error err = {0};
    enum status st = write_rows(r, &result, &err);
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
    leftover_offer(r->leftover, r->name);
}

/* ---- acting ---------------------------------------------------------------------------------- */

static void move_to(struct rehearsal *r, enum action_id id)
{
    struct float_list *l = r->part == COLUMNS ? &r->columns : &r->rows;
    size_t seen = r->part == COLUMNS ? r->columns_seen : r->rows_seen;
    long page = seen > 1 ? (long)seen - 1 : 1, all = (long)l->n;
    switch (id) {
    case ACTION_DOWN: float_step(l, 1); break;
    case ACTION_UP: float_step(l, -1); break;
    case ACTION_PAGE_DOWN: float_step(l, page); break;
    case ACTION_PAGE_UP: float_step(l, -page); break;
    case ACTION_FIRST: float_step(l, -all); break;
    default: float_step(l, all); break;
    }
}

static void leave_now(void *arg)
{
    struct rehearsal *r = arg;
    struct ui *ui = r->screen.ui;
    screen_pop(ui, &r->screen);
    ui_say(ui, "%s", _("Nothing was written."));
}

/* An hour's mending shall not go by one Esc too many. */
static void leave(struct rehearsal *r)
{
    size_t rows = import_decided(r->import);
    if (!rows && !r->nremaps) {
        leave_now(r);
        return;
    }
    struct buf question = {0};
    buf_addf(&question,
             _("Leave without writing? What you mended and decided is thrown away: "
               "rows: %zu, columns: %zu."),
             rows, r->nremaps);
    ask_open(r->screen.ui, question.s, _("y")[0], _("y: yes, throw it away; any other key: no"),
             leave_now, r, NULL);
    buf_free(&question);
}

static enum handled rehearsal_act(struct screen *s, enum action_id id)
{
    struct rehearsal *r = (struct rehearsal *)s;
    switch (id) {
    case ACTION_DOWN:
    case ACTION_UP:
    case ACTION_PAGE_DOWN:
    case ACTION_PAGE_UP:
    case ACTION_FIRST:
    case ACTION_LAST: move_to(r, id); return HANDLED;
    case ACTION_NEXT_PART:
    case ACTION_PREVIOUS_PART: r->part = r->part == ROWS ? COLUMNS : ROWS; return HANDLED;
    case ACTION_LOOK_INTO: look_into(r); return HANDLED;
    case ACTION_LEAVE_OUT: skip_row(r); return HANDLED;
    case ACTION_LETTERS: choose_encoding(r, _("Which names are right?")); return HANDLED;
    case ACTION_REPLACE: swap_replace(r); return HANDLED;
    case ACTION_UNCLEAR: next_unclear(r); return HANDLED;
    case ACTION_VERDICTS: next_filter(r); return HANDLED;
    case ACTION_WRITE: write_all(r); return HANDLED;
    case ACTION_BACK: leave(r); return HANDLED;
    default: return NOT_HANDLED;
    }
}

static bool rehearsal_may(struct screen *s, enum action_id id, struct buf *why)
{
    const struct rehearsal *r = (struct rehearsal *)s;
    const char *words = NULL;
    bool on_row = id == ACTION_LEAVE_OUT || (id == ACTION_LOOK_INTO && r->part == ROWS);
    if (id == ACTION_LEAVE_OUT && r->part == COLUMNS)
        words = _("Columns are in hand; Tab goes to the rows.");
    else if (on_row && !r->kept.nview)
        words = _("There is no row to do this with.");
    if (words && why)
        buf_add(why, words);
    return !words;
}

static enum handled rehearsal_click(struct screen *s, const struct click *c)
{
    struct rehearsal *r = (struct rehearsal *)s;
    if (float_click(&r->columns, c, r->columns_y, 0, term_width(), r->columns_seen))
        r->part = COLUMNS;
    else if (float_click(&r->rows, c, r->rows_y, 0, term_width(), r->rows_seen))
        r->part = ROWS;
    else
        return NOT_HANDLED;
    if (c->kind == CLICK_TWICE)
        screen_act(s->ui, ACTION_LOOK_INTO);
    return HANDLED;
}

/* Somebody wrote: what the rows would do may have changed. Not while a question about one of them
 * is open, which looks at it. */
static void rehearsal_refresh(struct screen *s)
{
    struct rehearsal *r = (struct rehearsal *)s;
    if (screen_top(s->ui) == s)
        rehearse_again(r);
    else
        r->stale = true;
}

static bool rehearsal_idle(struct screen *s)
{
    struct rehearsal *r = (struct rehearsal *)s;
    if (!r->stale || screen_top(s->ui) != s)
        return false;
    rehearse_again(r);
    return true;
}

static void rehearsal_free(struct screen *s)
{
    struct rehearsal *r = (struct rehearsal *)s;
    import_close(r->import);
    kept_free(&r->kept);
    free(r->path);
    free(r->data);
    free(r->name);
    free(r->target);
    free(r);
}

static const struct screen_class rehearsal_class = {
    .name = "rehearsal",
    .context = IN_REHEARSAL,
    .draw = rehearsal_draw,
    .act = rehearsal_act,
    .may = rehearsal_may,
    .click = rehearsal_click,
    .refresh = rehearsal_refresh,
    .idle = rehearsal_idle,
    .free = rehearsal_free,
};

/* No column says who the rows are about. */
static bool nobody_named(const struct rehearsal *r)
{
    for (size_t i = 0; i < r->kept.n; i++)
        if (*r->kept.row[i].name)
            return false;
    return r->kept.n > 0;
}

enum status rehearsal_open(struct ui *ui, const struct import_options *options, const char *path,
                           char *data, size_t len, const char *target, struct error *err)
{
    struct rehearsal *r = mem_alloc(sizeof *r);
    r->screen.class = &rehearsal_class;
    r->screen.ui = ui;
    r->options = *options;
    r->path = path ? mem_strdup(path) : NULL;
    r->data = data;
    r->len = len;
    r->name = mem_strdup(path ? path_base(path) : _("pasted cells"));
    r->target = mem_strdup(target);
    r->part = ROWS;
    r->kept.filter = -1;
    /* What is not understood can be said here, column by column. */
    r->options.lenient = true;
    enum status st = open_import(r, err);
    if (st == ST_OK)
        st = rehearse(r, err);
    if (st != ST_OK) {
        rehearsal_free(&r->screen);
        return st;
    }
    screen_push(ui, &r->screen);
    if (nobody_named(r)) {
        r->part = COLUMNS;
        ui_say(ui, "%s", _("No row can be used yet: Enter says what a column is."));
    }
    if (import_head(r->import)->info.rival)
        choose_encoding(r, _("Two readings are possible. Which names are right?"));
    return ST_OK;
}
