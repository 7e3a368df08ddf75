#include "config.h"

#include "ui/arrange.h"

#include <stdlib.h>
#include <string.h>

#include "samling/date.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/filters.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

/* What a question is about; each question has its own. */
struct asked {
    struct ui *ui;
    struct list *list;
    size_t column[LISTING_COLUMNS_MAX]; /* those that are offered */
    size_t ncolumns;
    size_t chosen;     /* the column to filter by */
    const char *op;    /* how */
    const char *title; /* of the prompt */
};

static struct asked *asked_new(struct ui *ui, struct list *l)
{
    struct asked *a = mem_alloc(sizeof *a);
    a->ui = ui;
    a->list = l;
    return a;
}

static struct asked *asked_copy(const struct asked *from)
{
    struct asked *a = mem_alloc(sizeof *a);
    *a = *from;
    return a;
}

static const struct column *column_at(const struct asked *a, size_t i)
{
    return &a->list->q.listing->columns[a->column[i]];
}

/* ---- which columns ----------------------------------------------------------------------------
 */

/* Does "code,title:20,status" name it? */
static bool names(const char *columns, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = columns; p && *p; p += strcspn(p, ","), p += *p == ',')
        if (strncmp(p, name, n) == 0 && strchr(",:", p[n])) /* or the end */
            return true;
    return false;
}

/* Two columns that are called the same are the same to who reads them: one is offered, that which
 * is shown. */
static bool has_better_twin(const struct list *l, size_t column)
{
    const struct listing *g = l->q.listing;
    const char *shown = list_columns_now(l);
    bool mine = names(shown, g->columns[column].name);
    for (size_t i = 0; i < g->ncolumns; i++) {
        if (i == column || g->columns[i].width == 0 ||
            strcmp(g->columns[i].label, g->columns[column].label) != 0)
            continue;
        bool its = names(shown, g->columns[i].name);
        if (its != mine ? its : i < column)
            return true;
    }
    return false;
}

/* All that can be shown, those of the program's proposal first and in its order. */
static void offer_shown(struct asked *a)
{
    const struct listing *g = a->list->q.listing;
    bool taken[LISTING_COLUMNS_MAX] = {false};
    for (const char *p = a->list->columns; p && *p; p += strcspn(p, ","), p += *p == ',') {
        char *name = mem_strndup(p, strcspn(p, ",:"));
        int c = listing_column(g, name);
        free(name);
        if (c < 0 || taken[c] || has_better_twin(a->list, (size_t)c))
            continue;
        taken[c] = true;
        a->column[a->ncolumns++] = (size_t)c;
    }
    for (size_t i = 0; i < g->ncolumns; i++)
        if (!taken[i] && g->columns[i].width > 0 && !has_better_twin(a->list, i))
            a->column[a->ncolumns++] = i;
}

/* ---- sorting ----------------------------------------------------------------------------------
 */

static bool is_heading(const struct list *l, const char *order)
{
    char *name = mem_strndup(order, strcspn(order, ","));
    int column = listing_column(l->q.listing, name);
    free(name);
    for (int i = 0; i < LIST_GROUPS_MAX; i++)
        if (column >= 0 && l->group[i] == column)
            return true;
    return false;
}

/* The listing's own order, but for columns that stand as headings. */
static const char *own_order(const struct list *l)
{
    const char *order = l->q.listing->order;
    while (strchr(order, ',') && is_heading(l, order))
        order = strchr(order, ',') + 1;
    return order;
}

/* What the list is sorted by, below its headings. */
static const char *order_now(const struct list *l)
{
    return l->sort ? l->sort : own_order(l);
}

/* Does an order "-starts,person" begin with this column, or with one that sorts the same? */
static bool leads(const struct listing *g, const char *order, const struct column *c)
{
    order += *order == '-';
    char *name = mem_strndup(order, strcspn(order, ","));
    int first = listing_column(g, name);
    free(name);
    if (first < 0 || &g->columns[first] == c)
        return first >= 0;
    const char *sort = g->columns[first].sort;
    return sort && c->sort && strcmp(sort, c->sort) == 0;
}

/* Rows that are the same in a column stand in the list's own order, as far as that is no more work.
 */
static void add_ties(const struct listing *g, const struct column *c, struct buf *by)
{
    if (!c->sort || c->joined) {
        buf_addc(by, ',');
        buf_addn(by, g->order, strcspn(g->order, ","));
    }
}

static void sort_chosen(void *arg, size_t index)
{
    const struct asked *a = arg;
    struct list *l = a->list;
    struct buf by = {0};
    if (index == 0) {
        list_sort(l, NULL);
        ui_say(a->ui, "%s", _("The list is sorted as proposed."));
        return;
    }
    const struct column *c = column_at(a, index - 1);
    const char *now = order_now(l);
    if (leads(l->q.listing, now, c)) {
        buf_addf(&by, "%s%s", *now == '-' ? "" : "-", now + (*now == '-'));
    } else if (leads(l->q.listing, own_order(l), c)) {
        buf_add(&by, own_order(l));
    } else {
        buf_add(&by, c->name);
        add_ties(l->q.listing, c, &by);
    }
    list_sort(l, by.s);
    ui_say(a->ui, *by.s == '-' ? _("Sorted by %s, the last first.") : _("Sorted by %s."),
           lang_tr(c->label));
    buf_free(&by);
}

static void ask_sort(struct ui *ui, struct list *l)
{
    struct asked *a = asked_new(ui, l);
    char *label[LISTING_COLUMNS_MAX + 1];
    const char *now = order_now(l);
    size_t selected = 0;
    offer_shown(a);
    label[0] = mem_strdup(_("as proposed"));
    for (size_t i = 0; i < a->ncolumns; i++) {
        struct buf b = {0};
        const char *name = lang_tr(column_at(a, i)->label);
        bool mine = leads(l->q.listing, now, column_at(a, i));
        if (!mine)
            buf_add(&b, name);
        else if (*now != '-')
            buf_addf(&b, _("%s ↑ (once more turns it around)"), name);
        else
            buf_addf(&b, _("%s ↓ (once more turns it around)"), name);
        if (mine && !selected)
            selected = i + 1;
        label[i + 1] = buf_take(&b);
    }
    choose_open(ui, _("Sort by"), (const char *const *)label, a->ncolumns + 1, selected,
                sort_chosen, a, free);
    for (size_t i = 0; i <= a->ncolumns; i++)
        free(label[i]);
}

/* ---- columns ----------------------------------------------------------------------------------
 */

/* The proposal's own words for a column, "organisation:24"; else its name. */
static void add_name(const struct list *l, const char *name, struct buf *out)
{
    size_t n = strlen(name);
    const char *found = NULL;
    for (const char *p = l->columns; p && *p; p += strcspn(p, ","), p += *p == ',')
        if (strncmp(p, name, n) == 0 && strchr(",:", p[n]))
            found = p;
    if (out->len)
        buf_addc(out, ',');
    if (found)
        buf_addn(out, found, strcspn(found, ","));
    else
        buf_add(out, name);
}

static void columns_chosen(void *arg, const bool *taken)
{
    const struct asked *a = arg;
    struct buf chosen = {0};
    for (size_t i = 0; i < a->ncolumns; i++)
        if (taken[i])
            add_name(a->list, column_at(a, i)->name, &chosen);
    bool as_proposed = strcmp(chosen.s, a->list->columns) == 0;
    list_columns(a->list, as_proposed ? NULL : chosen.s);
    buf_free(&chosen);
}

static void ask_columns(struct ui *ui, struct list *l)
{
    struct asked *a = asked_new(ui, l);
    const char *label[LISTING_COLUMNS_MAX];
    bool taken[LISTING_COLUMNS_MAX];
    offer_shown(a);
    for (size_t i = 0; i < a->ncolumns; i++) {
        label[i] = lang_tr(column_at(a, i)->label);
        taken[i] = names(list_columns_now(l), column_at(a, i)->name);
    }
    check_open(ui, _("Which columns are shown, where there is room?"), label, taken, a->ncolumns,
               columns_chosen, a, free);
}

/* ---- filtering --------------------------------------------------------------------------------
 */

/* How a value can be compared, by what a column holds. A value is typed where `op` has one. */
struct way {
    const char *label;
    const char *op; /* as in `list --where` */
    bool typed;
};

static const struct way text_ways[] = {
    {N_("Is …"), "=", true},          {N_("Is not …"), "!=", true}, {N_("(empty)"), "=", false},
    {N_("(not empty)"), "!=", false}, {NULL, NULL, false},
};
static const struct way number_ways[] = {
    {N_("Is …"), "=", true},     {N_("At least …"), ">=", true},   {N_("At most …"), "<=", true},
    {N_("(empty)"), "=", false}, {N_("(not empty)"), "!=", false}, {NULL, NULL, false},
};
static const struct way day_ways[] = {
    {N_("From …"), ">=", true},  {N_("Until …"), "<=", true},      {N_("On …"), "=", true},
    {N_("(empty)"), "=", false}, {N_("(not empty)"), "!=", false}, {NULL, NULL, false},
};
/* After the words of a choice. */
static const struct way choice_ways[] = {
    {N_("(empty)"), "=", false},
    {N_("(not empty)"), "!=", false},
    {NULL, NULL, false},
};

static bool is_day(const struct column *c)
{
    return c->kind == COLUMN_DAY || c->kind == COLUMN_MOMENT || c->kind == COLUMN_TIME;
}

static const struct way *ways_of(const struct column *c)
{
    if (is_day(c))
        return day_ways;
    if (c->kind == COLUMN_NUMBER)
        return number_ways;
    return listing_choices(c) ? choice_ways : text_ways;
}

static bool is_on(const struct list *l, size_t filter, size_t column)
{
    return l->q.filter[filter].column == (int)column;
}

/* The filters on a column in words: "From >= 1.8.2021, From <= 31.12.2021"; nothing when there are
 * none. */
static void add_filter_words(const struct list *l, size_t column, struct buf *out)
{
    for (size_t i = 0; i < l->nfilters; i++) {
        if (!is_on(l, i, column))
            continue;
        if (out->len)
            buf_add(out, ", ");
        list_filter_text(l, i, out);
    }
}

static void put_filter(const struct asked *a, const char *op, const char *value)
{
    struct buf where = {0};
    struct error err = {0};
    const struct column *c = &a->list->q.listing->columns[a->chosen];
    buf_addf(&where, "%s%s%s", c->name, op, value);
    if (list_filter(a->list, where.s, &err) != ST_OK)
        ui_complain(a->ui, &err);
    buf_free(&where);
}

/* The stored form of what was typed; NULL with words when it is none. */
static char *read_value(const struct asked *a, const char *typed, struct error *err)
{
    const struct column *c = &a->list->q.listing->columns[a->chosen];
    char *value = text_tidy(typed, false), day[DATE_SIZE];
    size_t digits = strspn(value ? value : "", "0123456789");
    if (value && is_day(c)) {
        bool ok = date_parse(value, a->ui->session->today, day);
        if (!ok)
            error_set(err, ST_REFUSED, value, _("write a day as 21.11.2026"), "%s",
                      _("there is no such day"));
        free(value);
        return ok ? mem_strdup(day) : NULL;
    }
    if (value && c->kind == COLUMN_NUMBER && (value[digits] || digits > 9)) {
        error_set(err, ST_REFUSED, value, _("write digits only"), "%s", _("this is no number"));
        free(value);
        return NULL;
    }
    return value;
}

static void ask_value(struct asked *a, const char *text);

static void value_typed(void *arg, const char *typed)
{
    const struct asked *a = arg;
    struct error err = {0};
    char *value = read_value(a, typed, &err);
    if (value) {
        put_filter(a, a->op, value);
    } else {
        ask_value(asked_copy(a), typed);
        ui_complain(a->ui, &err);
    }
    free(value);
}

static void ask_value(struct asked *a, const char *text)
{
    struct buf title = {0};
    buf_addf(&title, "%s: %s", lang_tr(a->list->q.listing->columns[a->chosen].label),
             lang_tr(a->title));
    prompt_open(a->ui, title.s, text, false, value_typed, a, free);
    buf_free(&title);
}

/* What stands in the row in hand is what is most often looked for. */
static void propose_value(const struct asked *a, struct buf *out)
{
    const struct listing *g = a->list->q.listing;
    const char *cell = list_cell(a->list, g->columns[a->chosen].name);
    struct buf shown = {0};
    if (!cell)
        return;
    listing_show(g, a->chosen, cell, &shown);
    text_clean(out, buf_str(&shown), false);
    if (is_day(&g->columns[a->chosen]) && out->len > strcspn(out->s, " ")) {
        size_t day = strcspn(out->s, " ");
        char *only = mem_strndup(out->s, day);
        buf_clear(out);
        buf_add(out, only);
        free(only);
    }
    buf_free(&shown);
}

static void way_chosen(void *arg, size_t index)
{
    const struct asked *a = arg;
    const struct column *c = &a->list->q.listing->columns[a->chosen];
    const struct choice *choice = listing_choices(c);
    for (; choice && choice->key; choice++) {
        if (index-- == 0) {
            put_filter(a, "=", choice->key);
            return;
        }
    }
    const struct way *way = &ways_of(c)[index];
    if (!way->typed) {
        put_filter(a, way->op, "");
        return;
    }
    struct asked *next = asked_copy(a);
    struct buf text = {0};
    next->op = way->op;
    next->title = way->label;
    propose_value(next, &text);
    ask_value(next, buf_str(&text));
    buf_free(&text);
}

static void ask_way(struct asked *a)
{
    enum { WORDS_MAX = 64 };
    const char *label[WORDS_MAX];
    size_t n = 0;
    const struct column *c = &a->list->q.listing->columns[a->chosen];
    for (const struct choice *k = listing_choices(c); k && k->key && n < WORDS_MAX - 8; k++)
        label[n++] = lang_tr(k->label);
    for (const struct way *w = ways_of(c); w->label; w++)
        label[n++] = lang_tr(w->label);
    choose_open(a->ui, lang_tr(c->label), label, n, 0, way_chosen, a, free);
}

static void filtered_chosen(void *arg, size_t index)
{
    const struct asked *a = arg;
    if (index == 1) {
        ask_way(asked_copy(a));
        return;
    }
    for (size_t i = a->list->nfilters; i-- > 0;)
        if (is_on(a->list, i, a->chosen))
            list_filter_remove(a->list, i);
}

static void filter_column_chosen(void *arg, size_t index)
{
    const struct asked *a = arg;
    if (index == a->ncolumns) {
        list_filter_clear(a->list);
        return;
    }
    struct asked *next = asked_copy(a);
    struct buf words = {0};
    const char *const labels[] = {_("Remove this filter"), _("Filter by something else")};
    next->chosen = a->column[index];
    add_filter_words(a->list, next->chosen, &words);
    if (words.len)
        choose_open(a->ui, words.s, labels, 2, 0, filtered_chosen, next, free);
    else
        ask_way(next);
    buf_free(&words);
}

/* In a tree, of_status is that of the offering that a row belongs to: filtered by it the rows below
 * stay with theirs. */
static bool is_said_above(const struct list *l, const struct column *c)
{
    struct buf above = {0};
    buf_addf(&above, "of_%s", c->name);
    int of = listing_column(l->q.listing, above.s);
    buf_free(&above);
    return of >= 0 && strcmp(l->q.listing->columns[of].label, c->label) == 0;
}

/* A span is filtered by its start, which has a column too; the numbers of records help nobody. */
static bool can_filter(const struct list *l, size_t column)
{
    const struct column *c = &l->q.listing->columns[column];
    if (is_said_above(l, c) && c->kind == COLUMN_CHOICE)
        return false;
    if (c->kind == COLUMN_SPAN || (c->screen && c->kind != COLUMN_CHOICE))
        return false;
    return c->width > 0 || (c->kind != COLUMN_NUMBER && strcmp(c->name, "hash") != 0);
}

static void ask_filter(struct ui *ui, struct list *l)
{
    struct asked *a = asked_new(ui, l);
    char *label[LISTING_COLUMNS_MAX + 1];
    size_t n = 0;
    for (size_t i = 0; i < l->q.listing->ncolumns; i++) {
        if (!can_filter(l, i))
            continue;
        struct buf b = {0};
        a->column[a->ncolumns++] = i;
        add_filter_words(l, i, &b);
        if (!b.len)
            buf_add(&b, lang_tr(l->q.listing->columns[i].label));
        label[n++] = buf_take(&b);
    }
    if (l->nfilters)
        label[n++] = mem_strdup(_("Remove all filters"));
    choose_open(ui, _("Filter by"), (const char *const *)label, n, 0, filter_column_chosen, a,
                free);
    while (n > 0)
        free(label[--n]);
}

bool arrange_act(struct ui *ui, struct list *l, enum action_id id)
{
    switch (id) {
    case ACTION_SORT: ask_sort(ui, l); return true;
    case ACTION_COLUMNS: ask_columns(ui, l); return true;
    case ACTION_FILTER: ask_filter(ui, l); return true;
    case ACTION_FILTERS: filters_open(ui, l); return true;
    default: return false;
    }
}
