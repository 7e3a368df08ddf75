/* Which records are meant by the beginning of a name. */
#include "config.h"

#include "samling/suggest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/listing.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "core/also.h"
#include "core/store.h"

/* Above all that is written: the last letter on every level of the order (CLDR), and the last code
 * point. */
#define LAST_LETTER "\xef\xbf\xbf"
#define LAST_CODE   "\xf4\x8f\xbf\xbf"
/* Stands between the parts of a sort key (record_sort_key). */
#define PART "\xef\xbf\xbe"

enum { WORDS = 6 };

struct search {
    struct session *s;
    enum type_id type;
    const char *typed;
    char *folded; /* as names are matched; the words are its parts */
    char *word[WORDS];
    int n;
    size_t max;
    int64_t id[SUGGEST_MAX];
    size_t found;
};

/* ---- collecting -------------------------------------------------------------------------------
 */

static void keep(struct search *f, int64_t id)
{
    for (size_t i = 0; i < f->found; i++)
        if (f->id[i] == id)
            return;
    if (f->found < f->max)
        f->id[f->found++] = id;
}

/* Keeps the ids that a statement gives. */
static enum status keep_all(struct search *f, struct stmt *st, struct error *err)
{
    enum step step = STEP_ERROR;
    while (st && (step = stmt_step(st, err)) == STEP_ROW)
        keep(f, stmt_int(st, 0));
    return step == STEP_DONE ? ST_OK : err->code;
}

/* ---- what begins so, in Norwegian order -------------------------------------------------------
 */

struct range {
    unsigned char low[KEY_SIZE], high[KEY_SIZE];
    size_t nlow, nhigh;
};

/* The sort keys of all that begins with `text`. */
static void range_of(const char *text, struct range *r)
{
    struct buf b = {0};
    r->nlow = text_sort_key(text, r->low, sizeof r->low);
    /* Behind the letters themselves, which a byte 1 ends, stands how they are written: "han" begins
     * HANSEN too. */
    const unsigned char *end = memchr(r->low, 1, r->nlow);
    if (end)
        r->nlow = (size_t)(end - r->low);
    buf_addf(&b, "%s" LAST_LETTER, text);
    r->nhigh = text_sort_key(b.s, r->high, sizeof r->high);
    buf_free(&b);
}

/* By the sort key of the type's table. */
static enum status by_sort_key(struct search *f, const char *text, struct error *err)
{
    struct range r;
    struct buf sql = {0};
    range_of(text, &r);
    buf_addf(&sql,
             "SELECT id FROM %s WHERE sort_key >= ?1 AND sort_key < ?2 ORDER BY sort_key, id"
             " LIMIT ?3",
             type_by_id(f->type)->table);
    enum status st = keep_all(f,
                              db_query(f->s->db, err, sql.s, "bbi", (const void *)r.low, r.nlow,
                                       (const void *)r.high, r.nhigh, (int64_t)f->max),
                              err);
    buf_free(&sql);
    return st;
}

/* ---- people -----------------------------------------------------------------------------------
 */

/* "nordmann, kari" and "nordmann kari": the family name, then the given one. */
static enum status by_family_name(struct search *f, struct error *err)
{
    struct buf text = {0};
    const char *comma = strchr(f->typed, ',');
    char *typed = text_tidy(f->typed, false);
    enum status st = ST_OK;
    if (!comma)
        st = by_sort_key(f, typed ? typed : "", err); /* also a family name of several words */
    const char *space = typed ? strpbrk(typed, comma ? "," : " ") : NULL;
    if (st == ST_OK && space) {
        buf_addn(&text, typed, (size_t)(space - typed));
        buf_addf(&text, PART "%s", space + strspn(space, ", "));
        st = by_sort_key(f, text.s, err);
    }
    buf_free(&text);
    free(typed);
    return st;
}

/* "kari nor", "kari anne nor": the first word of the given name, and the family name. The index has
 * å as aa, at the beginning, though it is the last letter: with `late` false those whose other
 * names begin so are left for later. */
static enum status by_match_name(struct search *f, bool late, struct error *err)
{
    enum { LOOKED_AT = 400 }; /* to be put in order */
    struct buf from = {0}, to = {0}, sql = {0};
    const char *last = f->n > 1 ? f->word[f->n - 1] : NULL;
    buf_addf(&from, "%s%s%s", f->word[0], last ? " " : "", last ? last : "");
    buf_addf(&to, "%s" LAST_CODE, from.s);
    buf_add(&sql, "SELECT id FROM (SELECT id, sort_key FROM person WHERE " MATCH_ORDER(
                      "match_name") " >= ?1 AND " MATCH_ORDER("match_name") " < ?2");
    for (int i = 1; i < f->n - 1; i++)
        buf_addf(&sql, " AND instr(' ' || match_name, ' ' || ?%d) > 0", i + 3);
    buf_addf(&sql, "%s ORDER BY " MATCH_ORDER("match_name") " LIMIT %d) ORDER BY sort_key LIMIT ?3",
             late ? "" : " AND instr(match_name, ' aa') = 0", LOOKED_AT);
    struct stmt *st = db_query(f->s->db, err, sql.s, "tti", from.s, to.s, (int64_t)f->max);
    for (int i = 1; st && i < f->n - 1; i++)
        stmt_bind_text(st, i + 3, f->word[i]);
    enum status result = keep_all(f, st, err);
    buf_free(&from);
    buf_free(&to);
    buf_free(&sql);
    return result;
}

static enum status by_given_name(struct search *f, struct error *err)
{
    enum status st = by_match_name(f, f->n > 1, err);
    if (st == ST_OK && f->n == 1 && f->found < f->max)
        st = by_match_name(f, true, err);
    return st;
}

/* Half of the room for each, when there is more than enough of both: "jon" is Jonassen as well as
 * Jon. */
static enum status people(struct search *f, struct error *err)
{
    struct search given = *f;
    enum status st = by_family_name(f, err);
    if (st != ST_OK || !f->n)
        return st;
    given.found = 0;
    st = by_given_name(&given, err);
    size_t half = f->max - f->max / 2;
    if (f->found > half && f->found + given.found > f->max)
        f->found = given.found < f->max - half ? f->max - given.found : half;
    for (size_t i = 0; i < given.found; i++)
        keep(f, given.id[i]);
    return st;
}

/* ---- references: BIM, BIM/1, BIM/1/3 ----------------------------------------------------------
 */

/* The parts of what was typed, as a reference has them; numbers that are not there yet are -1. */
struct parts {
    char *code;
    int64_t cohort, gathering;
    bool whole; /* there was nothing else */
};

static struct parts parts_of(const char *typed)
{
    struct parts p = {.cohort = -1, .gathering = -1};
    char *tidy = text_tidy(typed, false);
    size_t n = tidy ? strcspn(tidy, "/ ") : 0;
    p.code = mem_strndup(tidy ? tidy : "", n);
    char *at = tidy ? tidy + n : NULL;
    if (at && *at && isdigit((unsigned char)at[1]))
        p.cohort = strtoll(at + 1, &at, 10);
    if (at && *at == '/' && isdigit((unsigned char)at[1]))
        p.gathering = strtoll(at + 1, &at, 10);
    p.whole = !at || at[strspn(at, "/ ")] == '\0';
    free(tidy);
    return p;
}

/* Cohorts, or gatherings, of the offerings whose code begins so. A number that is typed last may be
 * the beginning of a longer one. */
static enum status by_reference(struct search *f, struct error *err)
{
    static const char cohorts[] =
        "SELECT c.id FROM offering o CROSS JOIN cohort c ON c.offering_id = o.id"
        " WHERE o.sort_key >= ?1 AND o.sort_key < ?2 AND ?4 < 0"
        " AND (?3 < 0 OR c.number || '' LIKE ?3 || '%')"
        " ORDER BY o.sort_key, c.number LIMIT ?5";
    static const char gatherings[] =
        "SELECT g.id FROM offering o CROSS JOIN cohort c ON c.offering_id = o.id"
        " CROSS JOIN gathering g ON g.cohort_id = c.id"
        " WHERE o.sort_key >= ?1 AND o.sort_key < ?2 AND (?3 < 0 OR c.number = ?3 OR"
        " (?4 < 0 AND c.number || '' LIKE ?3 || '%'))"
        " AND (?4 < 0 OR g.number || '' LIKE ?4 || '%')"
        " ORDER BY o.sort_key, c.number, g.number LIMIT ?5";
    struct parts p = parts_of(f->typed);
    struct range r;
    enum status st = ST_OK;
    range_of(p.code, &r);
    if (p.whole)
        st = keep_all(f,
                      db_query(f->s->db, err, f->type == T_COHORT ? cohorts : gatherings, "bbiii",
                               (const void *)r.low, r.nlow, (const void *)r.high, r.nhigh, p.cohort,
                               p.gathering, (int64_t)f->max),
                      err);
    free(p.code);
    return st;
}

/* Cohorts by any words of theirs and their offering's; those of all offerings are looked at, in
 * order, until there are enough. */
static enum status cohorts_by_words(struct search *f, struct error *err)
{
    struct buf sql = {0};
    struct buf folded[WORDS] = {{0}};
    buf_add(&sql,
            "SELECT c.id FROM offering o CROSS JOIN cohort c ON c.offering_id = o.id WHERE 1");
    for (int i = 0; i < f->n; i++)
        buf_addf(&sql,
                 " AND (instr(' ' || o.search_text || ' ' || c.number, ' ' || ?%d) > 0"
                 " OR instr(' ' || fold(c.name), ' ' || ?%d) > 0)",
                 2 * i + 2, 2 * i + 3);
    buf_add(&sql, " ORDER BY o.sort_key, o.id, c.number LIMIT ?1");
    struct stmt *st = db_query(f->s->db, err, sql.s, "i", (int64_t)(f->max + f->found));
    for (int i = 0; st && i < f->n; i++) {
        text_fold_search(&folded[i], f->word[i]);
        stmt_bind_text(st, 2 * i + 2, buf_str(&folded[i]));
        stmt_bind_text(st, 2 * i + 3, f->word[i]);
    }
    enum status result = keep_all(f, st, err);
    for (int i = 0; i < WORDS; i++)
        buf_free(&folded[i]);
    buf_free(&sql);
    return result;
}

static enum status plans_by_words(struct search *f, struct error *err)
{
    struct buf sql = {0};
    buf_add(&sql, "SELECT id FROM plan WHERE 1");
    for (int i = 0; i < f->n; i++)
        buf_addf(&sql, " AND instr(' ' || fold(title), ' ' || ?%d) > 0", i + 2);
    buf_add(&sql, " ORDER BY sort_key, id LIMIT ?1");
    struct stmt *st = db_query(f->s->db, err, sql.s, "i", (int64_t)(f->max + f->found));
    for (int i = 0; st && i < f->n; i++)
        stmt_bind_text(st, i + 2, f->word[i]);
    enum status result = keep_all(f, st, err);
    buf_free(&sql);
    return result;
}

/* ---- all that a search finds ------------------------------------------------------------------
 */

/* Do all words begin words of what it is called? */
static bool is_called(struct search *f, const struct listing *l, const struct listing_row *row)
{
    static const char *const called[] = {"ref", "code", "name", "title"};
    struct buf name = {0};
    bool all = true;
    buf_addc(&name, ' ');
    for (size_t i = 0; i < sizeof called / sizeof *called; i++) {
        int c = listing_column(l, called[i]);
        if (c >= 0)
            text_fold_match(&name, row->cell[c]);
    }
    for (int i = 0; i < f->n && all; i++) {
        struct buf word = {0};
        buf_addf(&word, " %s", f->word[i]);
        all = strstr(name.s, word.s) != NULL;
        buf_free(&word);
    }
    buf_free(&name);
    return all;
}

static enum status by_search(struct search *f, const char *listing, struct error *err)
{
    struct listing_query q = {.listing = listing_by_name(listing), .search = f->typed};
    struct listing_page page;
    enum status st = listing_fetch(f->s, &q, PAGE_FIRST, NULL, f->max + f->found, &page, err);
    if (st != ST_OK)
        return st;
    for (int called = 1; called >= 0; called--)
        for (size_t i = 0; i < page.n; i++)
            if (is_called(f, q.listing, &page.row[i]) == (called == 1))
                keep(f, page.row[i].id);
    listing_page_free(&page);
    return ST_OK;
}

static enum status others(struct search *f, struct error *err)
{
    switch (f->type) {
    case T_PERSON: return by_search(f, "people", err);
    case T_ORGANISATION: return by_search(f, "organisations", err);
    case T_OFFERING: return by_search(f, "offerings", err);
    case T_GATHERING: return by_search(f, "gatherings", err);
    case T_COHORT: return cohorts_by_words(f, err);
    case T_PLAN: return plans_by_words(f, err);
    default: return ST_OK;
    }
}

static enum status first_ones(struct search *f, struct error *err)
{
    switch (f->type) {
    case T_PERSON: return people(f, err);
    case T_COHORT:
    case T_GATHERING: return by_reference(f, err);
    case T_ORGANISATION:
    case T_OFFERING:
    case T_PLAN: return by_sort_key(f, f->typed, err);
    default: return ST_OK;
    }
}

/* ---- words ------------------------------------------------------------------------------------
 */

/* What tells one from another, in columns; those that are NULL are left out. Of people ?2 is today.
 */
static const char *more_sql(enum type_id type)
{
    switch (type) {
    case T_PERSON:
        return "SELECT o.name, o.municipality FROM position q"
               " JOIN organisation o ON o.id = q.organisation_id WHERE q.id = (SELECT c.id"
               " FROM position c WHERE c.person_id = ?1 AND (c.ends IS NULL OR c.ends >= ?2)"
               " ORDER BY coalesce(c.starts, '') DESC, c.id DESC LIMIT 1)";
    case T_ORGANISATION:
        return "SELECT o.municipality, up.name, CASE WHEN o.municipality IS NULL"
               " THEN o.orgno END FROM organisation o"
               " LEFT JOIN organisation up ON up.id = o.parent_id WHERE o.id = ?1";
    case T_OFFERING: return "SELECT title, area FROM offering WHERE id = ?1";
    case T_COHORT:
        return "SELECT c.name, o.title FROM cohort c JOIN offering o ON o.id = c.offering_id"
               " WHERE c.id = ?1";
    case T_GATHERING: return "SELECT g.title, g.starts, g.place FROM gathering g WHERE g.id = ?1";
    case T_PLAN: return "SELECT starts, ends FROM plan WHERE id = ?1";
    default: return NULL;
    }
}

/* The addresses of two that are called alike at the same place. */
static const char *apart_sql(enum type_id type)
{
    switch (type) {
    case T_PERSON: return "SELECT email, phone FROM person WHERE id = ?1";
    case T_ORGANISATION: return "SELECT orgno, address FROM organisation WHERE id = ?1";
    default: return NULL;
    }
}

static void add_columns(struct stmt *st, struct buf *out)
{
    if (stmt_step(st, NULL) != STEP_ROW)
        return;
    for (int i = 0; i < stmt_columns(st); i++) {
        const char *cell = stmt_text(st, i);
        if (!cell)
            continue;
        buf_add(out, out->len ? "  ·  " : "");
        struct day day;
        if (date_split(cell, &day))
            moment_short(out, cell);
        else
            text_clean(out, cell, false);
    }
    stmt_reset(st);
}

void suggest_more(struct session *s, enum type_id type, int64_t id, struct buf *out)
{
    char today[DATE_SIZE];
    const char *sql = more_sql(type);
    date_join(s->today, today);
    struct stmt *st = sql ? db_query(s->db, NULL, sql, "i", id) : NULL;
    if (st && type == T_PERSON)
        stmt_bind_text(st, 2, today);
    add_columns(st, out);
}

static bool same(const struct suggestion *a, const struct suggestion *b)
{
    return strcmp(a->name, b->name) == 0 && strcmp(a->more, b->more) == 0;
}

static void tell_apart(struct session *s, enum type_id type, struct suggestions *out)
{
    bool twin[SUGGEST_MAX] = {false};
    for (size_t i = 0; i < out->n; i++)
        for (size_t j = 0; j < i; j++)
            if (same(&out->item[i], &out->item[j]))
                twin[i] = twin[j] = true;
    for (size_t i = 0; i < out->n; i++) {
        const char *sql = twin[i] ? apart_sql(type) : NULL;
        if (!sql)
            continue;
        struct buf b = {0};
        buf_add(&b, out->item[i].more);
        add_columns(db_query(s->db, NULL, sql, "i", out->item[i].id), &b);
        free(out->item[i].more);
        out->item[i].more = mem_strdup(buf_str(&b));
        buf_free(&b);
    }
}

static void put_words(const struct search *f, struct suggestions *out)
{
    const struct record_type *t = type_by_id(f->type);
    for (size_t i = 0; i < f->found; i++) {
        struct buf name = {0}, more = {0};
        if (t->reference)
            record_reference(f->s, t, f->id[i], &name);
        else
            record_title(f->s, t, f->id[i], &name);
        suggest_more(f->s, f->type, f->id[i], &more);
        out->item[out->n++] =
            (struct suggestion){f->id[i], mem_strdup(buf_str(&name)), mem_strdup(buf_str(&more))};
        buf_free(&name);
        buf_free(&more);
    }
    tell_apart(f->s, f->type, out);
}

/* ---- the whole --------------------------------------------------------------------------------
 */

static void split_words(struct search *f)
{
    struct buf b = {0};
    text_fold_match(&b, f->typed);
    f->folded = mem_strdup(buf_str(&b));
    buf_free(&b);
    for (char *p = f->folded, *save = NULL; f->n < WORDS; p = NULL) {
        char *word = strtok_r(p, " ", &save);
        if (!word)
            return;
        f->word[f->n++] = word;
    }
}

bool suggest_knows(enum type_id type)
{
    return more_sql(type) != NULL;
}

enum status suggest(struct session *s, enum type_id type, const char *typed, size_t max,
                    struct suggestions *out, struct error *err)
{
    struct error mine = {0};
    struct search f = {.s = s, .type = type, .typed = typed ? typed : "", .max = max};
    enum status st = ST_OK;
    *out = (struct suggestions){.n = 0};
    if (f.max > SUGGEST_MAX)
        f.max = SUGGEST_MAX;
    split_words(&f);
    /* Signs alone are no part of a name. */
    if (f.n || text_is_blank(f.typed))
        st = first_ones(&f, &mine);
    if (st == ST_OK && f.found < f.max && f.n)
        st = others(&f, &mine);
    if (st == ST_OK)
        put_words(&f, out);
    else if (err)
        *err = mine;
    free(f.folded);
    return st;
}

void suggestions_free(struct suggestions *s)
{
    for (size_t i = 0; i < s->n; i++) {
        free(s->item[i].name);
        free(s->item[i].more);
    }
    s->n = 0;
}
