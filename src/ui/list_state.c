/* What a list shows: order, groups, filters, columns; told, and remembered as a line of text. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/date.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/list_parts.h"
#include "ui/ui_internal.h"

/* ---- setting, without reading -------------------------------------------------------------------
 */

static bool is_in_order(const struct listing_query *q, int n, int column)
{
    for (int i = 0; i < n; i++)
        if (abs(q->sort[i]) == column)
            return true;
    return false;
}

/* Groups first, then the sort in force. One that sorts by a group's column turns the groups. */
static void set_order(struct list *l)
{
    struct listing_query told = {.listing = l->q.listing};
    int n = 0, groups = list_groups(l);
    memset(l->q.sort, 0, sizeof l->q.sort);
    if (!l->sort && !groups)
        return;
    if (listing_sort(&told, l->sort ? l->sort : l->q.listing->order, NULL) != ST_OK)
        return;
    for (int g = 0; g < groups; g++) {
        int column = l->group[g] + 1, sign = 1;
        for (int i = 0; i < LISTING_SORT_MAX && told.sort[i]; i++)
            if (told.sort[i] == -column)
                sign = -1;
        l->q.sort[n++] = sign * column;
    }
    for (int i = 0; told.sort[i] && n < LISTING_SORT_MAX; i++)
        if (!is_in_order(&l->q, n, abs(told.sort[i])))
            l->q.sort[n++] = told.sort[i];
}

static bool is_own_order(const struct listing *g, const struct listing_query *told)
{
    struct listing_query own = {.listing = g};
    return listing_sort(&own, g->order, NULL) == ST_OK &&
           memcmp(own.sort, told->sort, sizeof own.sort) == 0;
}

static bool set_sort(struct list *l, const char *columns)
{
    struct listing_query told = {.listing = l->q.listing};
    if (columns && *columns && listing_sort(&told, columns, NULL) != ST_OK)
        return false;
    bool plain = !told.sort[0] || is_own_order(l->q.listing, &told);
    char *copy = plain ? NULL : mem_strdup(columns);
    free(l->sort);
    l->sort = copy;
    set_order(l);
    return true;
}

void list_set_once(struct list *l)
{
    const struct listing *g = l->q.listing;
    bool apart_all = true; /* each place is its own below such headings */
    int n = 0;
    for (int c = 0; c < (int)g->ncolumns; c++) {
        bool heading = l->group[0] == c || l->group[1] == c;
        if (!g->columns[c].elsewhere)
            continue;
        if (heading && n < LISTING_APART_MAX)
            l->q.apart[n++] = c + 1;
        apart_all = apart_all && heading;
    }
    l->q.apart[n] = 0;
    l->q.once = g->again && !apart_all;
}

/* Names separated by commas; true when there was a column for each. */
static bool set_groups(struct list *l, const char *names)
{
    int n = 0;
    bool all = true;
    for (const char *p = names; *p;) {
        size_t len = strcspn(p, ",");
        char *name = mem_strndup(p, len);
        int column = listing_column(l->q.listing, name);
        free(name);
        if (column >= 0 && n < LIST_GROUPS_MAX && !(n && l->group[0] == column))
            l->group[n++] = column;
        else
            all = false;
        p += len + (p[len] == ',');
    }
    while (n < LIST_GROUPS_MAX)
        l->group[n++] = -1;
    list_set_once(l);
    set_order(l);
    return all;
}

static void set_search(struct list *l, const char *text)
{
    char *copy = text_is_blank(text) ? NULL : mem_strdup(text);
    free(l->search);
    l->search = copy;
    l->q.search = copy;
}

static void set_columns(struct list *l, const char *columns)
{
    struct buf known = {0};
    for (const char *p = columns ? columns : ""; *p;) {
        size_t len = strcspn(p, ","), name_len = strcspn(p, ":,");
        char *name = mem_strndup(p, name_len);
        if (listing_column(l->q.listing, name) >= 0) {
            buf_add(&known, known.len ? "," : "");
            buf_addn(&known, p, len);
        }
        free(name);
        p += len + (p[len] == ',');
    }
    free(l->chosen);
    l->chosen = known.len ? buf_take(&known) : NULL;
    buf_free(&known);
}

static bool is_lower(char op)
{
    return op == '>' || op == 'g';
}

static bool is_upper(char op)
{
    return op == '<' || op == 'l';
}

/* The filters are few: q is made anew of their texts. */
static void read_filters(struct list *l)
{
    l->q.nfilters = 0;
    for (size_t i = 0; i < l->nfilters; i++)
        listing_filter(&l->q, l->filter[i], NULL);
    if (!l->hidden || l->q.nfilters == LISTING_FILTERS_MAX)
        return;
    l->q.filter[l->q.nfilters].column = l->hidden_column;
    l->q.filter[l->q.nfilters].op = 'n';
    l->q.filter[l->q.nfilters++].value = l->hidden;
}

struct listing_query list_query(const struct list *l)
{
    struct listing_query q = l->q;
    if (q.nfilters && q.filter[q.nfilters - 1].value == l->hidden)
        q.nfilters--;
    return q;
}

static enum status set_filter(struct list *l, const char *where, struct error *err)
{
    struct listing_query told = {.listing = l->q.listing};
    enum status st = listing_filter(&told, where, err);
    size_t at = 0;
    if (st != ST_OK)
        return st;
    char op = told.filter[0].op;
    for (; at < l->nfilters; at++) {
        char other = l->q.filter[at].op;
        bool span = (is_lower(op) && is_upper(other)) || (is_upper(op) && is_lower(other));
        if (l->q.filter[at].column == told.filter[0].column && !span)
            break;
    }
    if (at == LISTING_FILTERS_MAX) /* refused with its words */
        return listing_filter(&l->q, where, err);
    if (at == l->nfilters)
        l->nfilters++;
    else
        free(l->filter[at]);
    l->filter[at] = mem_strdup(where);
    read_filters(l);
    return ST_OK;
}

static void drop_filters(struct list *l)
{
    for (size_t i = 0; i < l->nfilters; i++)
        free(l->filter[i]);
    l->nfilters = 0;
    read_filters(l);
}

/* ---- what is called -----------------------------------------------------------------------------
 */

void list_scope(struct list *l, enum type_id type, int64_t id)
{
    if (type != l->q.scope_type || id != l->q.scope)
        marks_clear(&l->marks);
    l->q.scope_type = type;
    l->q.scope = id;
    list_begin(l);
}

void list_search(struct list *l, const char *text)
{
    const char *now = l->search ? l->search : "";
    if (strcmp(now, text_is_blank(text) ? "" : text) != 0)
        list_marks_hold(l);
    set_search(l, text);
    list_begin(l);
}

bool list_sort(struct list *l, const char *columns)
{
    if (!set_sort(l, columns))
        return false;
    list_begin(l);
    return true;
}

void list_group(struct list *l, const char *first, const char *second)
{
    const struct listing_row *row = list_row(l);
    enum type_id type = row ? row->type : T_NONE;
    int64_t id = row ? row->id : 0;
    size_t above = l->selected - l->skip;
    struct buf names = {0};
    if (first && *first)
        buf_addf(&names, "%s%s%s", first, second && *second ? "," : "", second ? second : "");
    set_groups(l, buf_str(&names));
    buf_free(&names);
    list_want(l, type, id, NULL, above);
    list_restart(l);
}

enum status list_filter(struct list *l, const char *where, struct error *err)
{
    struct listing_query told = {.listing = l->q.listing};
    enum status st = listing_filter(&told, where, err);
    if (st != ST_OK)
        return st;
    list_marks_hold(l);
    st = set_filter(l, where, err);
    if (st == ST_OK)
        list_begin(l);
    return st;
}

void list_hide(struct list *l, const char *column, const char *numbers)
{
    int c = listing_column(l->q.listing, column);
    char *copy = c >= 0 ? mem_strdup(numbers) : NULL;
    free(l->hidden);
    l->hidden = copy;
    l->hidden_column = c;
    read_filters(l);
    list_restart(l);
}

void list_filter_remove(struct list *l, size_t i)
{
    if (i >= l->nfilters)
        return;
    list_marks_hold(l);
    free(l->filter[i]);
    memmove(l->filter + i, l->filter + i + 1, (l->nfilters - i - 1) * sizeof *l->filter);
    l->nfilters--;
    read_filters(l);
    list_begin(l);
}

void list_filter_clear(struct list *l)
{
    if (!l->nfilters)
        return;
    list_marks_hold(l);
    drop_filters(l);
    list_begin(l);
}

void list_columns(struct list *l, const char *columns)
{
    set_columns(l, columns);
}

const char *list_columns_now(const struct list *l)
{
    return l->chosen ? l->chosen : l->columns;
}

bool list_is_narrowed(const struct list *l)
{
    return l->search || l->nfilters;
}

/* ---- in words ----------------------------------------------------------------------------------
 */

/* Days as they are read, choices by their words, the rest as it was typed. */
static void show_value(const struct list *l, size_t i, struct buf *out)
{
    const struct column *c = &l->q.listing->columns[l->q.filter[i].column];
    const char *value = l->q.filter[i].value;
    char when[MOMENT_SIZE];
    bool day = c->kind == COLUMN_DAY || c->kind == COLUMN_MOMENT || c->kind == COLUMN_TIME;
    if (day && moment_parse(value, l->ui->session->today, when) && strlen(when) >= DATE_SIZE - 1)
        moment_short(out, when);
    else if (day)
        text_clean(out, value, false);
    else
        listing_show(l->q.listing, (size_t)l->q.filter[i].column, value, out);
}

void list_filter_text(const struct list *l, size_t i, struct buf *out)
{
    const char *label = lang_tr(l->q.listing->columns[l->q.filter[i].column].label);
    struct buf value = {0};
    bool empty = !*l->q.filter[i].value;
    show_value(l, i, &value);
    const char *v = buf_str(&value);
    char op = l->q.filter[i].op;
    if (empty) {
        buf_addf(out, op == '!' ? _("%s: not empty") : _("%s: empty"), label);
        buf_free(&value);
        return;
    }
    switch (op) {
    /* TRANSLATORS: a column's label and a value, as “Status: not running”. */
    case '!': buf_addf(out, _("%s: not %s"), label, v); break;
    case '<': buf_addf(out, "%s < %s", label, v); break;
    case '>': buf_addf(out, "%s > %s", label, v); break;
    case 'l': buf_addf(out, "%s <= %s", label, v); break;
    case 'g': buf_addf(out, "%s >= %s", label, v); break;
    default: buf_addf(out, "%s: %s", label, v); break;
    }
    buf_free(&value);
}

/* True when it has said how many rows there are too. */
static bool marked_text(const struct list *l, struct buf *out)
{
    int64_t marked = list_marked(l), records = list_records(l);
    if (!marks_any(&l->marks) || marked == 0)
        return false;
    if (marked < 0 && !l->marks.all)
        marked = (int64_t)l->marks.n;
    if (marked < 0)
        buf_add(out, _("all selected"));
    else if (records >= 0 && !(list_is_narrowed(l) && !l->marks.all))
        buf_addf(out, _("%lld of %lld selected"), (long long)marked, (long long)records);
    else
        buf_addf(out, _("%lld selected"), (long long)marked);
    return true;
}

void list_state_text(const struct list *l, struct buf *out)
{
    size_t was = out->len;
    if (marked_text(l, out))
        ;
    else if (l->count == 1)
        buf_add(out, _("1 row"));
    else if (l->count >= 0)
        buf_addf(out, _("%lld rows"), (long long)l->count);
    if (l->nfilters && out->len > was)
        buf_add(out, " · ");
    if (l->nfilters == 1)
        list_filter_text(l, 0, out);
    else if (l->nfilters)
        buf_addf(out, _("%zu filters"), l->nfilters);
}

/* ---- remembered --------------------------------------------------------------------------------
 */

static void put(struct buf *out, const char *key, const char *value)
{
    buf_addf(out, "%s%s=", out->len ? ";" : "", key);
    for (; *value; value++) {
        unsigned char c = (unsigned char)*value;
        if (c < ' ' || c == ';' || c == '%' || c == 0x7F)
            buf_addf(out, "%%%02X", c);
        else
            buf_addc(out, (char)c);
    }
}

static void put_row(const struct list *l, struct buf *out)
{
    const struct listing_row *r = list_row(l);
    char text[48];
    if (!r || !l->loaded)
        return;
    snprintf(text, sizeof text, "%d:%lld", (int)r->type, (long long)r->id);
    put(out, "row", text);
    snprintf(text, sizeof text, "%zu", l->selected - l->skip);
    put(out, "above", text);
    put(out, "place", r->place);
    put(out, "top", l->at_start && l->skip == 0 ? "" : l->page.row[l->skip].place);
}

void list_describe(const struct list *l, struct buf *out)
{
    struct buf groups = {0}, line = {0};
    for (int i = 0; i < list_groups(l); i++)
        buf_addf(&groups, "%s%s", i ? "," : "", l->q.listing->columns[l->group[i]].name);
    put(&line, "group", buf_str(&groups));
    if (l->chosen)
        put(&line, "columns", l->chosen);
    if (l->sort)
        put(&line, "sort", l->sort);
    for (size_t i = 0; i < l->nfilters; i++)
        put(&line, "filter", l->filter[i]);
    if (l->search)
        put(&line, "search", l->search);
    put_row(l, &line);
    buf_add(out, line.s);
    buf_free(&groups);
    buf_free(&line);
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static char *unescape(const char *s, size_t n)
{
    struct buf b = {0};
    for (size_t i = 0; i < n; i++) {
        bool code = s[i] == '%' && i + 2 < n && hex(s[i + 1]) >= 0 && hex(s[i + 2]) >= 0;
        int c = code ? hex(s[i + 1]) << 4 | hex(s[i + 2]) : (unsigned char)s[i];
        if (c)
            buf_addc(&b, (char)c);
        i += code ? 2 : 0;
    }
    return buf_take(&b);
}

/* One KEY=VALUE; false when it changes what the order is, and could not be done. */
static bool adopt_one(struct list *l, const char *key, const char *value)
{
    if (strcmp(key, "columns") == 0)
        set_columns(l, value);
    else if (strcmp(key, "sort") == 0)
        return set_sort(l, value);
    else if (strcmp(key, "group") == 0)
        return set_groups(l, value);
    else if (strcmp(key, "filter") == 0)
        set_filter(l, value, NULL);
    else if (strcmp(key, "search") == 0 && text_is_utf8(value, strlen(value)))
        set_search(l, value);
    return true;
}

struct row_part {
    int type;
    long long id;
    int above;
    char *place, *top;
};

/* The parts that say which row was in hand. */
static void row_part(struct row_part *r, const char *key, const char *value)
{
    if (strcmp(key, "row") == 0 && sscanf(value, "%d:%lld", &r->type, &r->id) != 2)
        r->id = 0;
    else if (strcmp(key, "above") == 0)
        r->above = atoi(value);
    else if (strcmp(key, "place") == 0 && *value && !r->place)
        r->place = mem_strdup(value);
    else if (strcmp(key, "top") == 0 && !r->top)
        r->top = mem_strdup(value);
}

/* Does what the text says, but for the row; false when its order could not be had. */
static bool adopt_parts(struct list *l, const char *text, struct row_part *row)
{
    bool all = true;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, ";"), name = strcspn(p, "=;");
        if (name < n) {
            char *key = mem_strndup(p, name), *value = unescape(p + name + 1, n - name - 1);
            all = adopt_one(l, key, value) && all;
            row_part(row, key, value);
            free(key);
            free(value);
        }
        p += n + (p[n] == ';');
    }
    return all;
}

void list_adopt(struct list *l, const char *text)
{
    enum { ABOVE_MAX = 1000 };
    struct row_part row = {0};
    marks_clear(&l->marks);
    set_columns(l, NULL);
    set_sort(l, NULL);
    set_search(l, NULL);
    drop_filters(l);
    bool same_order = adopt_parts(l, text, &row);
    if (row.type > T_NONE && row.type < T_COUNT && row.id > 0) {
        size_t above = row.above > 0 && row.above < ABOVE_MAX ? (size_t)row.above : 0;
        /* In another order the place means nothing. */
        list_want(l, (enum type_id)row.type, row.id, same_order ? row.place : NULL, above);
        l->wanted.top = row.top;
        row.top = NULL;
    }
    free(row.place);
    free(row.top);
    list_restart(l);
}
