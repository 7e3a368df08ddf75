#include "config.h"

#include "ui/row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/listing.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/float.h"
#include "ui/flow.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

/* A line that can be chosen: a cell, or an answer to who it is. */
enum kind { A_CELL, AS_FOUND, RIGHT_AS_IT_IS, SOMEBODY_NEW, A_CANDIDATE, LEFT_OUT };

struct item {
    enum kind kind;
    size_t number; /* of the column, or the candidate */
    char *label, *text;
};

struct row_screen {
    struct screen screen;
    struct import *import;
    const struct kept_row *row;
    struct item *item;
    size_t cap;
    struct float_list list; /* of the items */
    size_t seen;
    int y;
    struct flow reason;
    void (*changed)(void *arg, bool again);
    void *arg;
    bool people; /* a row can always be about somebody new */
};

static void add_item(struct row_screen *w, enum kind kind, size_t number, const char *label,
                     const char *text)
{
    w->item = mem_grow(w->item, &w->cap, w->list.n + 1, sizeof *w->item);
    w->item[w->list.n++] = (struct item){kind, number, mem_strdup(label), mem_strdup(text)};
}

/* What tells two people of one name apart: where they work, and how they are reached. */
static void candidate_words(struct ui *ui, enum type_id type, int64_t id, struct buf *out)
{
    static const char *const person[] = {"organisation", "municipality", "email", "phone", NULL},
                             *const organisation[] = {"municipality", "parent", "orgno", NULL};
    struct listing_query q = {.listing =
                                  listing_by_name(type == T_PERSON ? "people" : "organisations")};
    struct listing_page page;
    char where[40];
    const char *const *name = type == T_PERSON ? person : organisation;
    record_title(ui->session, type_by_id(type), id, out);
    snprintf(where, sizeof where, "id=%lld", (long long)id);
    if (listing_filter(&q, where, NULL) != ST_OK ||
        listing_fetch(ui->session, &q, PAGE_FIRST, NULL, 1, &page, NULL) != ST_OK)
        return;
    for (; page.n && *name; name++) {
        int column = listing_column(q.listing, *name);
        const char *cell = column < 0 ? NULL : page.row[0].cell[column];
        if (cell && *cell)
            buf_addf(out, " · %s", cell);
    }
    listing_page_free(&page);
}

static void add_candidates(struct row_screen *w)
{
    struct buf b = {0};
    for (size_t i = 0; i < w->row->ncandidates; i++) {
        buf_clear(&b);
        candidate_words(w->screen.ui, w->row->candidate_type, w->row->candidate[i], &b);
        add_item(w, A_CANDIDATE, i, "", buf_str(&b));
    }
    buf_free(&b);
}

static bool is_about_place(const struct row_screen *w)
{
    return w->row->ncandidates && w->row->candidate_type == T_ORGANISATION;
}

/* Not about who it is, but whether the row is what it seems. */
static bool is_doubtful(const struct row_screen *w)
{
    return import_decision(w->import, w->row->line).accept ||
           (w->row->verdict == VERDICT_UNCLEAR && !w->row->ncandidates);
}

static void fill(struct row_screen *w)
{
    const struct import_head *h = import_head(w->import);
    size_t order[READER_COLUMNS_MAX];
    kept_columns(h, order);
    for (size_t at = 0; at < h->ncolumns; at++) {
        char number[24];
        size_t i = order[at];
        snprintf(number, sizeof number, "%zu", i + 1);
        add_item(w, A_CELL, i, *h->column[i].heading ? h->column[i].heading : number,
                 i < w->row->ncells ? w->row->cell[i] : "");
    }
    add_item(w, AS_FOUND, 0, "", _("as found"));
    if (is_doubtful(w))
        add_item(w, RIGHT_AS_IT_IS, 0, "", _("it is right as it is"));
    if (w->people || w->row->ncandidates)
        add_item(w, SOMEBODY_NEW, 0, "",
                 is_about_place(w) ? _("a new organisation") : _("somebody new"));
    add_candidates(w);
    add_item(w, LEFT_OUT, 0, "", _("leave the row out"));
}

/* ---- drawing --------------------------------------------------------------------------------- */

static bool is_decided(const struct row_screen *w, const struct item *item)
{
    struct import_decision d = import_decision(w->import, w->row->line);
    int64_t who = is_about_place(w) ? d.organisation : d.person;
    switch (item->kind) {
    case AS_FOUND: return !d.skip && !d.accept && who == IMPORT_ASK;
    case RIGHT_AS_IT_IS: return !d.skip && d.accept;
    case SOMEBODY_NEW: return !d.skip && who == IMPORT_NEW;
    case A_CANDIDATE: return !d.skip && who > 0 && who == w->row->candidate[item->number];
    case LEFT_OUT: return d.skip;
    case A_CELL: break;
    }
    return false;
}

static void draw_item(const struct row_screen *w, size_t i, int y, int x, int width)
{
    const struct item *item = &w->item[i];
    int label = width / 3 < 24 ? width / 3 : 24;
    if (item->kind == A_CELL) {
        draw_text(y, x, label - 1, LOOK_DIM, item->label);
        draw_text(y, x + label, width - label, LOOK_PLAIN, item->text);
    } else {
        draw_text(y, x, 4, LOOK_PLAIN, is_decided(w, item) ? "(x) " : "( ) ");
        draw_text(y, x + 4, width - 4, LOOK_PLAIN, item->text);
    }
    if (i == w->list.selected)
        draw_look(y, x - 1, width + 2, LOOK_SELECTED);
}

static void row_draw(struct screen *s)
{
    struct row_screen *w = (struct row_screen *)s;
    int width = term_width() - 6 < 90 ? term_width() - 6 : 90, x = (term_width() - width) / 2;
    struct buf title = {0};
    buf_addf(&title, _("Line %ld: %s"), w->row->line, verdict_label(w->row->verdict));
    flow_text(&w->reason, w->row->reason, width - 4);
    int reason = (int)w->reason.n < 3 ? (int)w->reason.n : 3;
    int room = term_height() - 6 - reason;
    size_t seen = w->list.n < (size_t)room ? w->list.n : (size_t)room;
    float_scroll(&w->list, seen);
    w->seen = seen;
    int height = (int)seen + reason + 3, y = (term_height() - 1 - height) / 3;
    y = y > 1 ? y : 1;
    w->y = y + 2 + reason;
    float_foot(s->ui, _("↑ ↓ choose   Enter mends the cell, or takes the answer   Esc closes"),
               NULL);
    draw_box(y, x, height, width, title.s);
    for (int i = 0; i < reason; i++)
        draw_text(y + 1 + i, x + 2, width - 4, LOOK_STRONG, w->reason.rows[i].text);
    draw_rule(y + 1 + reason, x + 1, width - 2);
    for (size_t i = 0; i < seen; i++)
        draw_item(w, w->list.top + i, y + 2 + reason + (int)i, x + 2, width - 4);
    float_place(y + height - 1, x, width, w->list.top, seen, w->list.n);
    draw_cursor(y + 2 + reason + (int)(w->list.selected - w->list.top), x + 1);
    buf_free(&title);
}

/* ---- acting ---------------------------------------------------------------------------------- */

/* `again`: one mended cell may not be all that was wrong. */
static void close_changed(struct row_screen *w, bool again)
{
    screen_pop(w->screen.ui, &w->screen);
    w->changed(w->arg, again);
}

static void decide(struct row_screen *w, const struct item *item)
{
    struct import_decision d = import_decision(w->import, w->row->line);
    int64_t who = item->kind == SOMEBODY_NEW  ? IMPORT_NEW
                  : item->kind == A_CANDIDATE ? w->row->candidate[item->number]
                                              : IMPORT_ASK;
    d.skip = item->kind == LEFT_OUT;
    d.accept = item->kind == RIGHT_AS_IT_IS;
    if (is_about_place(w))
        d.organisation = who;
    else
        d.person = who;
    if (item->kind == AS_FOUND)
        d = (struct import_decision){.person = IMPORT_ASK, .organisation = IMPORT_ASK};
    import_decide(w->import, w->row->line, d);
    close_changed(w, false);
}

static void mend(void *arg, const char *text)
{
    struct row_screen *w = arg;
    import_mend(w->import, w->row->line, w->item[w->list.selected].number, text);
    close_changed(w, true);
}

static void take(struct row_screen *w)
{
    const struct item *item = &w->item[w->list.selected];
    if (item->kind == A_CELL)
        prompt_value_open(w->screen.ui, item->label, item->text, mend, w, NULL);
    else
        decide(w, item);
}

static enum handled row_key(struct screen *s, int key)
{
    struct row_screen *w = (struct row_screen *)s;
    if (float_key(key) || float_move(&w->list, key, w->seen))
        return HANDLED;
    switch (key) {
    case KEY_TABULATOR:
    case 'j': float_step(&w->list, 1); break;
    case KEY(KEY_BTAB):
    case 'k': float_step(&w->list, -1); break;
    case KEY_RETURN:
    case ' ': take(w); break;
    case KEY_ESCAPE:
    case CTRL_('G'):
    case KEY(KEY_BACKSPACE):
    case 'q': screen_pop(s->ui, s); break;
    default: break;
    }
    return HANDLED;
}

static enum handled row_click(struct screen *s, const struct click *c)
{
    struct row_screen *w = (struct row_screen *)s;
    if (!float_click(&w->list, c, w->y, 0, term_width(), w->seen))
        return NOT_HANDLED;
    if (c->kind == CLICK_TWICE)
        take(w);
    return HANDLED;
}

static void row_free(struct screen *s)
{
    struct row_screen *w = (struct row_screen *)s;
    for (size_t i = 0; i < w->list.n; i++) {
        free(w->item[i].label);
        free(w->item[i].text);
    }
    flow_free(&w->reason);
    free(w->item);
    free(w);
}

static const struct screen_class row_class = {
    .name = "row",
    .context = IN_DIALOG,
    .floats = true,
    .types = true,
    .draw = row_draw,
    .key = row_key,
    .click = row_click,
    .free = row_free,
};

/* What the row is refused for begins with the field's label: that cell is looked at first. */
static bool is_refused(const struct row_screen *w, const struct item *item)
{
    const struct import_column *c = &import_head(w->import)->column[item->number];
    size_t n = c->label ? strlen(c->label) : 0;
    return item->kind == A_CELL && n && strncmp(w->row->reason, c->label, n) == 0 &&
           w->row->reason[n] == ':';
}

static void select_first(struct row_screen *w)
{
    for (size_t i = 0; i < w->list.n; i++) {
        bool wanted = w->row->ncandidates                   ? is_decided(w, &w->item[i])
                      : w->row->verdict == VERDICT_REJECTED ? is_refused(w, &w->item[i])
                                                            : false;
        if (wanted) {
            w->list.selected = i;
            return;
        }
    }
}

void row_open(struct ui *ui, struct import *imp, const struct kept_row *row, bool people,
              void (*changed)(void *arg, bool again), void *arg)
{
    struct row_screen *w = mem_alloc(sizeof *w);
    w->screen.class = &row_class;
    w->screen.ui = ui;
    w->import = imp;
    w->row = row;
    w->changed = changed;
    w->arg = arg;
    w->people = people;
    fill(w);
    select_first(w);
    screen_push(ui, &w->screen);
}
