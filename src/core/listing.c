/* The engine of listings: from a definition and a query to SQL, pages by key, counts. */
#include "config.h"

#include "samling/listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "samling/date.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

/* ---- reading a query ------------------------------------------------------------------------- */

static enum status no_column(const struct listing *l, const char *name, struct error *err)
{
    struct buf todo = {0}, all = {0};
    for (size_t i = 0; i < l->ncolumns; i++)
        buf_addf(&all, "%s%s", i ? ", " : "", l->columns[i].name);
    buf_addf(&todo, _("choose one of: %s"), all.s);
    enum status st =
        error_set(err, ST_REFUSED, name, todo.s, _("the list %s has no such column"), l->name);
    buf_free(&todo);
    buf_free(&all);
    return st;
}

static enum status find_column(const struct listing *l, const char *name, size_t n, int *out,
                               struct error *err)
{
    char *column = mem_strndup(name, n);
    *out = listing_column(l, column);
    enum status st = *out >= 0 ? ST_OK : no_column(l, column, err);
    free(column);
    return st;
}

enum status listing_filter(struct listing_query *q, const char *where, struct error *err)
{
    size_t n = strcspn(where, "=!<>");
    char op = where[n];
    if (!op)
        return error_set(err, ST_USAGE, where, _("write it as FIELD=VALUE"), "%s",
                         _("this is no filter"));
    const char *value = where + n + 1;
    if (op == '!' || op == '<' || op == '>') {
        bool equals = *value == '=';
        if (op == '!' && !equals)
            return error_set(err, ST_USAGE, where, _("write it as FIELD!=VALUE"), "%s",
                             _("this is no filter"));
        if (equals)
            value++;
        if (equals && op != '!')
            op = op == '<' ? 'l' : 'g';
    }
    if (q->nfilters == LISTING_FILTERS_MAX)
        return error_set(err, ST_USAGE, where, _("leave one out"),
                         _("there can be %d filters at most"), LISTING_FILTERS_MAX);
    int column;
    enum status st = find_column(q->listing, where, n, &column, err);
    if (st != ST_OK)
        return st;
    q->filter[q->nfilters].column = column;
    q->filter[q->nfilters].op = op;
    q->filter[q->nfilters++].value = value;
    return ST_OK;
}

enum status listing_sort(struct listing_query *q, const char *sort, struct error *err)
{
    int n = 0;
    for (const char *p = sort; *p;) {
        bool down = *p == '-';
        p += down;
        size_t len = strcspn(p, ",");
        int column;
        enum status st = find_column(q->listing, p, len, &column, err);
        if (st != ST_OK)
            return st;
        if (n == 3)
            return error_set(err, ST_USAGE, sort, _("leave one out"), "%s",
                             _("a list is sorted by three columns at most"));
        q->sort[n++] = down ? -(column + 1) : column + 1;
        p += len + (p[len] == ',');
    }
    q->sort[n] = 0;
    return ST_OK;
}

/* ---- building SQL ---------------------------------------------------------------------------- */

enum { KEYS_MAX = LISTING_SORT_MAX + LISTING_TAIL_MAX, PARAMS_MAX = 48, WORDS_MAX = 8 };

/* How a search may find its rows: as seems best; or not by a walk, having tried one; or so that it
 * can be stopped at any time. */
enum road { ROAD_ANY, ROAD_AROUND, ROAD_PLAIN };

struct param {
    char kind; /* i, t, b as in db_query */
    int64_t i;
    char *p;
    size_t n;
};

struct key {
    struct buf sql;
    bool down;
};

struct build {
    const struct listing_query *q;
    struct buf where;
    struct param param[PARAMS_MAX];
    int nparams; /* the first four are scope, its type, today, the user */
    struct key key[KEYS_MAX];
    int nkeys;
    char today[DATE_SIZE];
    bool spread; /* rows are found by other means than the order's index */
    bool joined; /* what narrows or orders needs the listing's joins */
    bool walks;  /* a search looks at the rows in their order until enough are found */
    bool led;    /* the search index stands first in FROM */
    int matched; /* the parameter with the index's words, where these alone are the search; else 0
                  */
    bool impossible; /* a filter that nothing can meet */
};

static int add_param(struct build *b, char kind, int64_t i, char *p, size_t n)
{
    b->param[b->nparams] = (struct param){kind, i, p, n};
    return ++b->nparams;
}

static int add_text(struct build *b, const char *s)
{
    return add_param(b, 't', 0, mem_strdup(s), 0);
}

static void build_free(struct build *b)
{
    for (int i = 0; i < b->nparams; i++)
        free(b->param[i].p);
    for (int i = 0; i < b->nkeys; i++)
        buf_free(&b->key[i].sql);
    buf_free(&b->where);
}

static void and_where(struct build *b, const char *sql)
{
    buf_addf(&b->where, "%s(%s)", b->where.len ? " AND " : " WHERE ", sql);
}

static void add_scope(struct build *b)
{
    const struct listing *l = b->q->listing;
    if (l->where) {
        and_where(b, l->where);
        b->spread = true;
    }
    for (const struct scope *s = l->scopes; s && s->type && b->q->scope_type; s++) {
        if (s->type == b->q->scope_type) {
            and_where(b, s->where);
            b->spread = true;
        }
    }
}

const struct choice *listing_choices(const struct column *c)
{
    if (c->kind != COLUMN_CHOICE)
        return NULL;
    if (c->choices)
        return c->choices;
    const struct record_type *t = type_by_id(c->type);
    return t->fields[type_field(t, c->field)].choices;
}

/* People filter by the words they read; key words are compared as they are stored. */
static const char *choice_key(const struct column *c, const char *typed)
{
    for (const struct choice *k = listing_choices(c); k && k->key; k++)
        if (strcmp(k->key, typed) == 0 || text_same(lang_tr(k->label), typed) ||
            text_same(k->label, typed))
            return k->key;
    return typed;
}

/* The numbers are put together anew: nothing but digits reaches the SQL. */
static void add_numbers(const char *of, bool one_of, const char *numbers, struct buf *sql)
{
    const char *between = "";
    if (one_of)
        buf_addf(sql, "(%s) IN (", of);
    else
        buf_addf(sql, "(%s) IS NULL OR (%s) NOT IN (", of, of);
    for (const char *p = numbers; *p; p += strcspn(p, ","), p += *p == ',') {
        buf_addf(sql, "%s%lld", between, atoll(p));
        between = ", ";
    }
    buf_add(sql, ")");
}

static const char *operator_sql(char op)
{
    switch (op) {
    case '<': return "<";
    case '>': return ">";
    case 'l': return "<=";
    case 'g': return ">=";
    case '!': return "IS NOT";
    default: return "=";
    }
}

/* A day typed means the whole day: only so much of the column is compared. */
static void add_when(struct build *b, const char *of, bool time, const char *op, const char *value,
                     struct buf *sql)
{
    char when[MOMENT_SIZE];
    struct day today;
    date_split(b->today, &today);
    bool ok = moment_parse(value, today, when);
    buf_addf(sql, "substr(%s%s%s, 1, %zu) %s ?%d", time ? "strftime('%Y-%m-%dT%H:%M', " : "", of,
             time ? ", 'unixepoch', 'localtime')" : "", ok ? strlen(when) : 20, op,
             add_text(b, ok ? when : value));
}

static void add_choice(struct build *b, const struct column *c, const char *of, const char *op,
                       const char *value, struct buf *sql)
{
    int key = add_text(b, choice_key(c, value));
    buf_addf(sql, "(%s) %s ?%d", of, op, key);
    if (c->among && strcmp(op, "=") == 0)
        buf_addf(sql, " OR ?%d IN (%s)", key, c->among);
}

/* The i-th filter's condition, of its column or of what stands for it. */
static void filter_sql(struct build *b, size_t i, const char *of, struct buf *sql)
{
    const struct column *c = &b->q->listing->columns[b->q->filter[i].column];
    const char *value = b->q->filter[i].value;
    char sign = b->q->filter[i].op;
    const char *op = operator_sql(sign);
    if (sign == 'n' || sign == 'o')
        add_numbers(of, sign == 'o', value, sql);
    else if (!*value)
        buf_addf(sql, "(%s) IS %sNULL", of, sign == '!' ? "NOT " : "");
    else if (c->kind == COLUMN_NUMBER)
        buf_addf(sql, "(%s) %s ?%d", of, op, add_param(b, 'i', atoll(value), NULL, 0));
    else if (c->kind == COLUMN_DAY || c->kind == COLUMN_MOMENT || c->kind == COLUMN_TIME)
        add_when(b, of, c->kind == COLUMN_TIME, op, value, sql);
    else if (c->kind == COLUMN_CHOICE)
        add_choice(b, c, of, op, value, sql);
    else
        buf_addf(sql, "fold(%s) %s fold(?%d)", of, op, add_text(b, value));
}

static void add_filter(struct build *b, size_t i)
{
    const struct column *c = &b->q->listing->columns[b->q->filter[i].column];
    struct buf sql = {0};
    b->joined = b->joined || c->joined;
    filter_sql(b, i, c->sql, &sql);
    and_where(b, sql.s);
    buf_free(&sql);
}

/* A place that the filters do not let through is none to have stood at before. */
static void add_once(struct build *b)
{
    const struct listing *l = b->q->listing;
    struct buf sql = {0};
    if (!b->q->once || !l->again)
        return;
    buf_addf(&sql, "NOT EXISTS (%s", l->again);
    for (const int *at = b->q->apart; *at; at++) {
        const struct column *c = &l->columns[*at - 1];
        b->joined = b->joined || c->joined;
        buf_addf(&sql, " AND (%s) IS (%s)", c->elsewhere, c->sql);
    }
    for (size_t i = 0; i < b->q->nfilters; i++) {
        const struct column *c = &l->columns[b->q->filter[i].column];
        if (!c->elsewhere)
            continue;
        buf_add(&sql, " AND (");
        filter_sql(b, i, c->elsewhere, &sql);
        buf_addc(&sql, ')');
    }
    buf_addc(&sql, ')');
    and_where(b, sql.s);
    buf_free(&sql);
}

/* ---- search ---------------------------------------------------------------------------------- */

struct words {
    char *folded; /* "kari han" */
    char *word[WORDS_MAX];
    int n;
};

static struct words split_words(const char *search)
{
    struct words w = {0};
    struct buf b = {0};
    text_fold_search(&b, search);
    w.folded = buf_take(&b);
    for (char *p = w.folded, *save = NULL; w.n < WORDS_MAX; p = NULL) {
        char *word = strtok_r(p, " ", &save);
        if (!word)
            break;
        w.word[w.n++] = word;
    }
    return w;
}

static int64_t count_hits(struct session *s, const struct listing *l, const char *match,
                          int64_t limit)
{
    const char *table = type_by_id(l->search)->table;
    struct buf sql = {0};
    int64_t hits = 0;
    buf_addf(&sql,
             "SELECT count(*) FROM (SELECT 1 FROM %s_search WHERE %s_search MATCH ?1 LIMIT ?2)",
             table, table);
    db_get_int(s->db, &hits, NULL, NULL, sql.s, "ti", match, limit);
    buf_free(&sql);
    return hits;
}

static void add_match(struct buf *match, const char *word, size_t n)
{
    buf_addf(match, "%s\"%.*s\"*", match->len ? " " : "", (int)n, word);
}

/* Starts of words up to this length are in the index as such (the schema's `prefix`). What a longer
 * one means is put together from all words that begin with it, at once and not to be stopped: 0.3 s
 * where a million have it. */
enum { INDEXED = 3 };

/* The bytes of the word's first letters. */
static size_t indexed_part(const char *word)
{
    const char *p = word;
    for (int i = 0; i < INDEXED && *p; i++)
        text_next(&p);
    return (size_t)(p - word);
}

static int64_t count_rows(struct session *s, const struct listing *l)
{
    struct buf sql = {0};
    int64_t rows = 0;
    buf_addf(&sql, "SELECT coalesce(max(id), 0) FROM %s", type_by_id(l->search)->table);
    db_get_int(s->db, &rows, NULL, NULL, sql.s, NULL);
    buf_free(&sql);
    return rows;
}

/* Do so many have a word with these first letters that asking the index for them is slow, and tells
 * little? Asked of a few thousand in the middle. */
static bool is_everywhere(struct session *s, const struct listing *l, const char *part,
                          int64_t rows)
{
    enum { MANY_ROWS = 100000, SAMPLE = 4000 };
    const char *table = type_by_id(l->search)->table;
    struct buf sql = {0};
    int64_t hits = 0;
    if (rows < MANY_ROWS)
        return false;
    buf_addf(&sql,
             "SELECT count(*) FROM %s_search WHERE %s_search MATCH ?1 AND rowid BETWEEN ?2 AND ?3",
             table, table);
    db_get_int(s->db, &hits, NULL, NULL, sql.s, "tii", part, rows / 2, rows / 2 + SAMPLE);
    buf_free(&sql);
    return hits > SAMPLE / 5;
}

/* The index's words for the search, without those that are everywhere; when all are, these cut to
 * what is indexed. *exact says whether the hits are those of the search already. */
static char *match_text(struct session *s, const struct listing *l, const struct words *w,
                        int64_t rows, bool *exact)
{
    struct buf match = {0}, cut = {0}, part = {0};
    bool shortened = false;
    int left_out = 0;
    for (int i = 0; i < w->n; i++) {
        size_t n = strlen(w->word[i]), start = indexed_part(w->word[i]);
        buf_clear(&part);
        add_match(&part, w->word[i], start);
        if (l->search_text && is_everywhere(s, l, part.s, rows)) {
            left_out++;
            shortened = shortened || start < n;
            add_match(&cut, w->word[i], start);
        } else {
            add_match(&match, w->word[i], n);
        }
    }
    *exact = left_out == 0 || (left_out == w->n && !shortened);
    buf_free(&part);
    if (left_out < w->n)
        buf_clear(&cut);
    buf_add(&match, buf_str(&cut));
    buf_free(&cut);
    return buf_take(&match);
}

static char *whole_words(const struct words *w)
{
    struct buf match = {0};
    for (int i = 0; i < w->n; i++)
        add_match(&match, w->word[i], strlen(w->word[i]));
    return buf_take(&match);
}

/* A walk along the order's index looks at rows until it has met enough hits, the other road at all
 * hits; a look costs about the same in both, 2 µs. Where one row in a hundred is a hit, a screenful
 * needs 2,000 looks. */
static bool is_dense(struct session *s, const struct listing *l, const char *match, int64_t rows)
{
    int64_t cap = rows / 100 + 1;
    return count_hits(s, l, match, cap) >= cap;
}

static void and_words(struct build *b, const struct words *w)
{
    for (int i = 0; i < w->n; i++) {
        struct buf word = {0}, sql = {0};
        buf_addf(&word, " %s", w->word[i]);
        buf_addf(&sql, "instr(' ' || %s, ?%d) > 0", b->q->listing->search_text,
                 add_text(b, word.s));
        and_where(b, sql.s);
        buf_free(&word);
        buf_free(&sql);
    }
}

/* The hits lead where nothing else narrows the rows: that saves writing down their ids first. */
static int and_match(struct build *b, const char *match)
{
    const struct listing *l = b->q->listing;
    const char *table = type_by_id(l->search)->table;
    struct buf sql = {0};
    int at = add_text(b, match);
    b->led = !b->spread && !l->walked && l->search_text;
    if (b->led)
        buf_addf(&sql, "%s = %s_search.rowid AND %s_search MATCH ?%d", l->search_id, table, table,
                 at);
    else
        buf_addf(&sql, "%s IN (SELECT rowid FROM %s_search WHERE %s_search MATCH ?%d)",
                 l->search_id, table, table, at);
    and_where(b, sql.s);
    buf_free(&sql);
    b->spread = b->spread || !l->walked;
    return at;
}

static void add_search(struct session *s, struct build *b, enum road road)
{
    enum { TOO_MANY = 50000 }; /* to look at each */
    const struct listing *l = b->q->listing;
    if (!b->q->search || text_is_blank(b->q->search) || (!l->search_id && !l->search_text))
        return;
    struct words w = split_words(b->q->search);
    if (!l->search_id) {
        b->impossible = w.n == 0;
        b->joined = b->spread = true;
        and_words(b, &w);
        free(w.folded);
        return;
    }
    bool exact = true;
    int64_t rows = l->search_text ? count_rows(s, l) : 0;
    char *match = match_text(s, l, &w, rows, &exact);
    if (w.n == 0) {
        b->impossible = true;
    } else if (road == ROAD_ANY && l->search_text && !b->spread && is_dense(s, l, match, rows)) {
        and_words(b, &w);
        b->walks = true;
    } else if (exact) {
        b->matched = and_match(b, match);
    } else if (road == ROAD_AROUND && count_hits(s, l, match, TOO_MANY) >= TOO_MANY) {
        free(match);
        match = whole_words(&w);
        and_match(b, match);
    } else {
        and_match(b, match);
        and_words(b, &w);
    }
    free(match);
    free(w.folded);
}

/* ---- order ----------------------------------------------------------------------------------- */

static void add_key(struct build *b, const char *sql, bool down, bool as_is)
{
    struct key *k = &b->key[b->nkeys++];
    /* A + keeps SQLite from walking the order's index where few rows are wanted. */
    buf_addf(&k->sql, as_is ? "%s%s" : "%scoalesce(%s, '')", b->spread && as_is ? "+" : "", sql);
    k->down = down;
}

static bool has_key(const struct build *b, const char *sql)
{
    for (int i = 0; i < b->nkeys; i++) {
        const char *key = buf_str(&b->key[i].sql);
        if (strcmp(key + (*key == '+'), sql) == 0)
            return true;
    }
    return false;
}

/* What tells rows apart that are sorted alike. */
static void add_tail(struct build *b, bool down)
{
    const struct listing *l = b->q->listing;
    if (l->tail[0]) {
        for (const char *const *sql = l->tail; *sql; sql++)
            if (!has_key(b, *sql))
                add_key(b, *sql, false, true);
        return;
    }
    if (l->type_sql)
        add_key(b, l->type_sql, down, true);
    add_key(b, l->id, down, true);
}

static void add_order(struct build *b)
{
    struct listing_query order = {.listing = b->q->listing};
    const int *sort = b->q->sort;
    if (!sort[0] && listing_sort(&order, b->q->listing->order, NULL) == ST_OK)
        sort = order.sort;
    bool down = false;
    for (int i = 0; i < LISTING_SORT_MAX && sort[i]; i++) {
        const struct column *c = &b->q->listing->columns[abs(sort[i]) - 1];
        down = sort[i] < 0;
        b->joined = b->joined || c->joined;
        add_key(b, c->sort ? c->sort : c->sql, down, c->sort != NULL);
    }
    add_tail(b, down);
}

static bool same_direction(const struct build *b)
{
    for (int i = 1; i < b->nkeys; i++)
        if (b->key[i].down != b->key[0].down)
            return false;
    return true;
}

static void add_order_by(const struct build *b, bool backwards, struct buf *sql)
{
    for (int i = 0; i < b->nkeys; i++)
        buf_addf(sql, "%s%s%s", i ? ", " : " ORDER BY ", b->key[i].sql.s,
                 b->key[i].down != backwards ? " DESC" : "");
}

/* ---- places: the keys of a row as text
 * ------------------------------------------------------------ */

static char *place_make(struct stmt *st, int first, int n)
{
    struct buf b = {0};
    for (int i = 0; i < n; i++) {
        size_t size = 0;
        const unsigned char *p;
        char kind = stmt_kind(st, first + i);
        buf_addf(&b, "%s%c", i ? "|" : "", kind);
        if (kind == 'i') {
            buf_addf(&b, "%lld", (long long)stmt_int(st, first + i));
            continue;
        }
        p = kind == 'b' ? stmt_blob(st, first + i, &size)
                        : (const unsigned char *)stmt_str(st, first + i);
        if (kind == 't')
            size = strlen((const char *)p);
        for (size_t j = 0; j < size; j++) {
            static const char hex[] = "0123456789abcdef";
            buf_addc(&b, hex[p[j] >> 4]);
            buf_addc(&b, hex[p[j] & 15]);
        }
    }
    return buf_take(&b);
}

char *listing_place(const char *text)
{
    struct buf b = {0};
    buf_addc(&b, 't');
    for (const unsigned char *p = (const unsigned char *)text; *p; p++)
        buf_addf(&b, "%02x", *p);
    buf_add(&b, "|i-9223372036854775808"); /* before whatever has the same text */
    return buf_take(&b);
}

static int hex_value(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* Binds the keys of a place as parameters; their numbers go to `at`. Returns how many it has: all,
 * or (listing_place) only the first. */
static int place_params(struct build *b, const char *place, int *at)
{
    const char *p = place;
    for (int i = 0; i < b->nkeys; i++) {
        size_t n = strcspn(p, "|");
        if (n == 0)
            return i;
        if (*p == 'i') {
            at[i] = add_param(b, 'i', atoll(p + 1), NULL, 0);
        } else {
            char *bytes = mem_alloc(n / 2 + 1);
            for (size_t j = 0; j < (n - 1) / 2; j++)
                bytes[j] = (char)(hex_value(p[1 + 2 * j]) << 4 | hex_value(p[2 + 2 * j]));
            at[i] = add_param(b, *p == 'b' ? 'b' : 't', 0, bytes, (n - 1) / 2);
        }
        p += n + (p[n] == '|');
    }
    return b->nkeys;
}

/* Rows after (or, `backwards`, before) the place; with `inclusive` the place itself too. */
static void add_place(struct build *b, const char *place, bool backwards, bool inclusive)
{
    int at[KEYS_MAX];
    struct buf sql = {0};
    int n = place ? place_params(b, place, at) : 0;
    if (!n)
        return;
    /* SQLite (3.40) seeks by the first of several only where it is a column, not an expression;
     * said by itself it is sought in any case. */
    buf_addf(&sql, "%s %s= ?%d AND (", b->key[0].sql.s, b->key[0].down != backwards ? "<" : ">",
             at[0]);
    if (same_direction(b)) {
        buf_addc(&sql, '(');
        for (int i = 0; i < n; i++)
            buf_addf(&sql, "%s%s", i ? ", " : "", b->key[i].sql.s);
        buf_addf(&sql, ") %s%s (", b->key[0].down != backwards ? "<" : ">", inclusive ? "=" : "");
        for (int i = 0; i < n; i++)
            buf_addf(&sql, "%s?%d", i ? ", " : "", at[i]);
        buf_addc(&sql, ')');
    } else {
        for (int i = 0; i < n; i++) {
            buf_add(&sql, i ? " OR (" : "(");
            for (int j = 0; j < i; j++)
                buf_addf(&sql, "%s = ?%d AND ", b->key[j].sql.s, at[j]);
            bool last = i == n - 1;
            buf_addf(&sql, "%s %s%s ?%d)", b->key[i].sql.s, b->key[i].down != backwards ? "<" : ">",
                     last && inclusive ? "=" : "", at[i]);
        }
    }
    buf_addc(&sql, ')');
    and_where(b, sql.s);
    buf_free(&sql);
}

/* ---- running
 * -------------------------------------------------------------------------------------- */

static enum status check_scope(const struct listing_query *q, struct error *err)
{
    const struct listing *l = q->listing;
    if (!q->scope_type && !l->needs_scope)
        return ST_OK;
    for (const struct scope *s = l->scopes; s && s->type; s++)
        if (s->type == q->scope_type)
            return ST_OK;
    if (!q->scope_type)
        return error_set(err, ST_USAGE, l->name,
                         _("name a cohort or gathering, as BIM/1 or BIM/1/3"), "%s",
                         _("this list needs to know of what"));
    return error_set(err, ST_USAGE, l->name, _("leave the reference out, or name something else"),
                     _("this list cannot be narrowed to one %s"),
                     lang_tr(type_by_id(q->scope_type)->label));
}

/* `whole`: all rows are wanted, and then looking each up along the order's index is three times the
 * work of reading them as they lie and sorting. */
static void build_start(struct session *s, struct build *b, const struct listing_query *q,
                        enum road road, bool whole)
{
    *b = (struct build){.q = q, .spread = whole};
    date_join(s->today, b->today);
    add_param(b, 'i', q->scope, NULL, 0);
    add_param(b, 'i', q->scope_type, NULL, 0);
    add_text(b, b->today);
    add_param(b, 'i', s->user, NULL, 0);
    add_scope(b);
    for (size_t i = 0; i < q->nfilters; i++)
        add_filter(b, i);
    add_once(b);
    add_search(s, b, road);
    add_order(b);
}

static struct stmt *build_query(struct session *s, const struct build *b, const char *sql,
                                struct error *err)
{
    struct stmt *st = db_query(s->db, err, sql, NULL);
    for (int i = 0; st && i < b->nparams; i++) {
        const struct param *p = &b->param[i];
        switch (p->kind) {
        case 'i': stmt_bind_int(st, i + 1, p->i); break;
        case 'b': stmt_bind_blob(st, i + 1, p->p, p->n); break;
        default: stmt_bind_text(st, i + 1, p->p); break;
        }
    }
    return st;
}

static void add_select(const struct listing *l, struct buf *sql)
{
    buf_addf(sql, "SELECT %s, %s", l->type_sql ? l->type_sql : "0", l->id);
    for (size_t i = 0; i < l->ncolumns; i++)
        buf_addf(sql, ", %s", l->columns[i].sql);
}

static const char *joins(const struct listing *l)
{
    return l->joins ? l->joins : "";
}

/* FROM and WHERE of the rows that are meant. */
static void add_from(const struct build *b, bool all_joins, struct buf *sql)
{
    const struct listing *l = b->q->listing;
    buf_add(sql, " FROM ");
    if (b->led)
        buf_addf(sql, "%s_search CROSS JOIN ", type_by_id(l->search)->table);
    buf_addf(sql, "%s%s%s", l->from, all_joins || b->joined ? joins(l) : "", buf_str(&b->where));
}

/* FROM to LIMIT (0: none). Where many rows are sorted for the sake of few, their ids are first, and
 * the columns are then computed for the few alone. */
static void add_rest(struct build *b, bool backwards, size_t limit, struct buf *sql)
{
    const struct listing *l = b->q->listing;
    int at = limit ? add_param(b, 'i', (int64_t)limit, NULL, 0) : 0;
    if (limit && l->type_sql) {
        buf_add(sql, " FROM (SELECT t.*");
        add_from(b, false, sql);
        add_order_by(b, backwards, sql);
        buf_addf(sql, " LIMIT ?%d) t%s", at, joins(l));
        add_order_by(b, backwards, sql);
        return;
    }
    if (limit && (b->spread || b->q->sort[0])) {
        buf_addf(sql, " FROM %s%s WHERE %s IN (SELECT %s", l->from, joins(l), l->id, l->id);
        add_from(b, false, sql);
        add_order_by(b, backwards, sql);
        buf_addf(sql, " LIMIT ?%d)", at);
        add_order_by(b, backwards, sql);
        return;
    }
    add_from(b, true, sql);
    add_order_by(b, backwards, sql);
    if (limit)
        buf_addf(sql, " LIMIT ?%d", at);
}

static void read_row(struct stmt *st, const struct build *b, struct listing_row *row)
{
    const struct listing *l = b->q->listing;
    row->type = l->type_sql ? (enum type_id)stmt_int(st, 0) : l->type;
    row->id = stmt_int(st, 1);
    row->ncells = l->ncolumns;
    row->cell = mem_alloc(l->ncolumns * sizeof *row->cell);
    for (size_t i = 0; i < l->ncolumns; i++)
        row->cell[i] = mem_strdup(stmt_text(st, (int)i + 2));
    row->place = place_make(st, (int)l->ncolumns + 2, b->nkeys);
}

static void reverse(struct listing_page *p)
{
    for (size_t i = 0; i < p->n / 2; i++) {
        struct listing_row r = p->row[i];
        p->row[i] = p->row[p->n - 1 - i];
        p->row[p->n - 1 - i] = r;
    }
}

/* What a walk along the index may cost before the other road is taken: hits that all stand at the
 * end of the alphabet are far away. About 8 ms, 3,000 people. */
enum { WALK_STEPS = 36000 };

/* Of a union in steps: only those up to the one after the place's, or all. The same SQL says both.
 * Returns whether only some are read. */
static bool add_steps(struct build *b, const char *place, bool some)
{
    const char *steps = b->q->listing->steps;
    if (!steps || b->key[0].down || strcmp(b->key[0].sql.s, steps) != 0)
        return false;
    int64_t from = place && *place == 'i' ? atoll(place + 1) : 0;
    struct buf sql = {0};
    buf_addf(&sql, "%s <= ?%d", steps, add_param(b, 'i', some ? from + 1 : INT64_MAX, NULL, 0));
    and_where(b, sql.s);
    buf_free(&sql);
    return some;
}

/* How a page is looked for. */
struct attempt {
    enum road road;
    bool some;   /* in the first steps alone; false afterwards where all were read */
    bool walked; /* afterwards: a walk was tried, and ST_STOPPED is no last word */
};

static enum status fetch(struct session *s, const struct listing_query *q, enum page_from from,
                         const char *place, size_t limit, struct attempt *how,
                         struct listing_page *out, struct error *err)
{
    struct build b;
    struct buf sql = {0};
    struct error mine = {0};
    bool backwards = from == PAGE_BEFORE || from == PAGE_LAST;
    build_start(s, &b, q, how->road, false);
    bool placed = from == PAGE_AFTER || from == PAGE_BEFORE || from == PAGE_AT;
    if (placed)
        add_place(&b, place, backwards, from == PAGE_AT);
    how->some = !backwards && add_steps(&b, placed ? place : NULL, how->some);
    add_select(q->listing, &sql);
    for (int i = 0; i < b.nkeys; i++)
        buf_addf(&sql, ", %s", b.key[i].sql.s);
    add_rest(&b, backwards, limit + 1, &sql);

    struct stmt *st = b.impossible ? NULL : build_query(s, &b, sql.s, &mine);
    enum step step = b.impossible ? STEP_DONE : STEP_ERROR;
    out->row = mem_alloc((limit + 1) * sizeof *out->row);
    if (b.walks)
        db_budget(s->db, WALK_STEPS);
    while (st && (step = stmt_step(st, &mine)) == STEP_ROW) {
        if (out->n == limit) {
            out->more = true;
            stmt_reset(st);
            step = STEP_DONE;
            break;
        }
        read_row(st, &b, &out->row[out->n++]);
    }
    if (b.walks)
        db_budget(s->db, 0);
    how->walked = b.walks;
    build_free(&b);
    buf_free(&sql);
    if (step == STEP_ERROR) {
        listing_page_free(out);
        if (err)
            *err = mine;
        return mine.code;
    }
    if (backwards)
        reverse(out);
    return ST_OK;
}

enum status listing_fetch(struct session *s, const struct listing_query *q, enum page_from from,
                          const char *place, size_t limit, struct listing_page *out,
                          struct error *err)
{
    struct attempt how = {.road = ROAD_ANY, .some = true};
    *out = (struct listing_page){0};
    enum status st = check_scope(q, err);
    if (st == ST_OK)
        st = fetch(s, q, from, place, limit, &how, out, err);
    if (st == ST_STOPPED && how.walked) {
        how = (struct attempt){.road = ROAD_AROUND};
        st = fetch(s, q, from, place, limit, &how, out, err);
    }
    if (st != ST_OK || !how.some || out->more)
        return st;
    listing_page_free(out);
    how.some = false;
    return fetch(s, q, from, place, limit, &how, out, err);
}

void listing_page_free(struct listing_page *p)
{
    for (size_t i = 0; i < p->n; i++) {
        for (size_t j = 0; j < p->row[i].ncells; j++)
            free(p->row[i].cell[j]);
        free(p->row[i].cell);
        free(p->row[i].place);
    }
    free(p->row);
    *p = (struct listing_page){0};
}

/* What the index alone can answer needs no look at the rows. */
static bool is_in_index(const struct build *b)
{
    const struct listing *l = b->q->listing;
    return b->matched && !b->q->scope_type && !b->q->nfilters && !l->where &&
           strcmp(l->search_id, l->id) == 0;
}

static void count_sql(const struct build *b, bool records, struct buf *sql)
{
    const struct listing *l = b->q->listing;
    if (is_in_index(b)) {
        const char *table = type_by_id(l->search)->table;
        buf_addf(sql, "SELECT count(*) FROM %s_search WHERE %s_search MATCH ?%d", table, table,
                 b->matched);
        return;
    }
    buf_add(sql, "SELECT count(*)");
    if (records)
        buf_addf(sql, " FROM (SELECT DISTINCT %s, %s", l->type_sql ? l->type_sql : "0", l->id);
    add_from(b, false, sql);
    if (records)
        buf_addc(sql, ')');
}

static enum status count(struct session *s, const struct listing_query *q, bool records,
                         int64_t *out, struct error *err)
{
    struct build b;
    struct buf sql = {0};
    struct error mine = {0};
    *out = 0;
    enum status result = check_scope(q, err);
    if (result != ST_OK)
        return result;
    build_start(s, &b, q, ROAD_PLAIN, false);
    if (!b.impossible) {
        count_sql(&b, records, &sql);
        struct stmt *st = build_query(s, &b, sql.s, &mine);
        if (stmt_step(st, &mine) == STEP_ROW) {
            *out = stmt_int(st, 0);
            stmt_reset(st);
        } else {
            result = mine.code;
            if (err)
                *err = mine;
        }
    }
    build_free(&b);
    buf_free(&sql);
    return result;
}

enum status listing_count(struct session *s, const struct listing_query *q, int64_t *out,
                          struct error *err)
{
    return count(s, q, false, out, err);
}

enum status listing_count_records(struct session *s, const struct listing_query *q, int64_t *out,
                                  struct error *err)
{
    return count(s, q, listing_repeats(q->listing), out, err);
}

/* Rows from elsewhere, up to a limit. */
struct tap {
    size_t left;
    bool (*fn)(void *, const struct listing_row *);
    void *arg;
};

static bool through_tap(void *arg, const struct listing_row *row)
{
    struct tap *t = arg;
    return t->fn(t->arg, row) && --t->left > 0;
}

enum status listing_each(struct session *s, const struct listing_query *q, size_t limit,
                         bool (*fn)(void *, const struct listing_row *), void *arg,
                         struct error *err)
{
    struct build b;
    struct buf sql = {0};
    struct error mine = {0};
    char *cell[LISTING_COLUMNS_MAX];
    const struct listing *l = q->listing;
    if (q->rows) {
        struct tap t = {limit ? limit : SIZE_MAX, fn, arg};
        return q->rows(q->rows_arg, through_tap, &t, err);
    }
    enum status result = check_scope(q, err);
    if (result != ST_OK)
        return result;
    build_start(s, &b, q, ROAD_AROUND, limit == 0);
    add_select(l, &sql);
    add_rest(&b, false, limit, &sql);
    struct stmt *st = b.impossible ? NULL : build_query(s, &b, sql.s, &mine);
    enum step step = b.impossible ? STEP_DONE : STEP_ERROR;
    while (st && (step = stmt_step(st, &mine)) == STEP_ROW) {
        struct listing_row row = {.type = l->type_sql ? (enum type_id)stmt_int(st, 0) : l->type,
                                  .id = stmt_int(st, 1),
                                  .cell = cell,
                                  .ncells = l->ncolumns};
        for (size_t i = 0; i < l->ncolumns; i++)
            cell[i] = (char *)(uintptr_t)stmt_text(st, (int)i + 2);
        if (!fn(arg, &row)) {
            stmt_reset(st);
            step = STEP_DONE;
            break;
        }
    }
    build_free(&b);
    buf_free(&sql);
    if (step != STEP_ERROR)
        return ST_OK;
    if (err)
        *err = mine;
    return mine.code;
}

/* ---- showing
 * -------------------------------------------------------------------------------------- */

static void show_span(const char *cell, struct buf *out)
{
    char *start = mem_strndup(cell, strcspn(cell, "|"));
    const char *bar = strchr(cell, '|');
    span_short(out, start, bar ? bar + 1 : NULL);
    free(start);
}

void listing_show(const struct listing *l, size_t column, const char *cell, struct buf *out)
{
    const struct column *c = &l->columns[column];
    char iso[MOMENT_SIZE];
    if (!cell)
        return;
    switch (c->kind) {
    case COLUMN_DAY: date_short(out, cell); return;
    case COLUMN_MOMENT: moment_short(out, cell); return;
    case COLUMN_TIME:
        moment_of_seconds(atoll(cell), iso);
        moment_short(out, iso);
        return;
    case COLUMN_SPAN: show_span(cell, out); return;
    case COLUMN_CHOICE:
        for (const struct choice *k = listing_choices(c); k && k->key; k++) {
            if (strcmp(k->key, cell) == 0) {
                buf_add(out, lang_tr(k->label));
                return;
            }
        }
        break;
    default: break;
    }
    text_clean(out, cell, false);
}
