#include "config.h"

#include "desk.h"

#include "samling/date.h"
#include "samling/lang.h"
#include "samling/listing.h"
#include "samling/text.h"

/* ---- chance, the same each time; $SAMLING_SEED gives another ---- */

static uint64_t seed, chance;

static uint32_t draw(uint32_t below)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return (uint32_t)((chance >> 16) % below);
}

static void begin_chance(void)
{
    const char *given = getenv("SAMLING_SEED");
    seed = given ? strtoull(given, NULL, 10) : 20261121;
    chance = seed * 0x9e3779b97f4a7c15u + 1;
}

/* ---- a database to list ---- */

static struct session *s, *crowd; /* some hundred people; some thousand */

static const char *const given_names[] = {
    "Kari",    "Åse",     "Aase",       "A\xcc\x8ase", "Ola",    "Øystein", "Bjørn",
    "Michael", "Čálliid", "Nguyễn Thị", "李",          "O'Hara", "Mæve",    "Jean-Luc"};
static const char *const family_names[] = {"Nordmann", "Aas",    "Ås",     "Ødegård", "Oedegaard",
                                           "Lie",      "Øy",     "Wójcik", "Ærlig",   "van Dijk",
                                           "Hansen",   "hansen", "Å"};
static const char *const municipalities[] = {"Asker", "Bærum", "Ås", "Lødingen"};
static const char *const statuses[] = {"registered", "confirmed",  "registered", "withdrawn",
                                       "registered", "waitlisted", "invited"};
static const char *const roles[] = {"styrer", "teacher", "pedagogical_leader", "other"};

#define PICK(a) (a)[draw(sizeof(a) / sizeof(*(a)))]

static int64_t a_place(struct session *by, int64_t parent)
{
    char name[60];
    snprintf(name, sizeof name, "%s barnehage %u", PICK(family_names), draw(40));
    return desk_add(by, T_ORGANISATION, "name", name, "municipality",
                    draw(4) ? PICK(municipalities) : NULL, "ownership",
                    draw(3) ? "private" : "municipal", "parent",
                    parent && draw(2) ? num(parent) : NULL, NULL);
}

static void a_gathering(struct session *by, int64_t cohort)
{
    char day[20];
    snprintf(day, sizeof day, draw(2) ? "20%02u-%02u-%02u" : "20%02u-%02u-%02uT09:00", 25 + draw(3),
             1 + draw(12), 1 + draw(28));
    desk_add(by, T_GATHERING, "cohort", num(cohort), "starts", draw(5) ? day : NULL, "place",
             draw(2) ? PICK(municipalities) : NULL, NULL);
}

static void people(struct session *by, int n, const int64_t *place, int places,
                   const int64_t *cohort, int cohorts)
{
    for (int i = 0; i < n; i++) {
        char email[40];
        snprintf(email, sizeof email, "p%d@x.no", i / 2);
        int64_t id = desk_add(by, T_PERSON, "given_name", draw(20) ? PICK(given_names) : NULL,
                              "family_name", PICK(family_names), "email", draw(3) ? NULL : email,
                              "phone", draw(4) ? NULL : "912 34 567", NULL);
        for (uint32_t k = draw(3); k > 0; k--)
            desk_add(by, T_POSITION, "person", num(id), "organisation",
                     num(place[draw((uint32_t)places)]), "role", PICK(roles), "ends",
                     draw(3) ? NULL : "2026-06-30", NULL);
        for (int k = 0; k < cohorts; k++)
            if (draw(4) == 0)
                desk_add(by, T_ENROLMENT, "cohort", num(cohort[k]), "person", num(id), "status",
                         PICK(statuses), "organisation",
                         draw(3) ? num(place[draw((uint32_t)places)]) : NULL, NULL);
    }
}

/* Two plans, an offering that stands twice in one of them, deadlines, drafts. */
static void what_is_planned(struct session *by, const int64_t *cohort)
{
    static const char *const areas[] = {"Felles", "Barnehage", NULL};
    int64_t plan[2];
    for (int i = 0; i < 2; i++)
        plan[i] = desk_add(by, T_PLAN, "title", i ? "Årsplan 2027" : "Kompetanseplan 2026/27",
                           "starts", i ? "2027-01-01" : NULL, NULL);
    for (int i = 0; i < 3; i++)
        desk_add(by, T_PLACEMENT, "offering", i < 2 ? "2" : "1", "plan", num(plan[i / 2]), "area",
                 areas[i], NULL);
    for (int i = 0; i < 6; i++) {
        char code[16];
        snprintf(code, sizeof code, "N%d", i);
        int64_t o =
            desk_add(by, T_OFFERING, "code", code, "title", "Nettverk", "area",
                     draw(2) ? PICK(areas) : NULL, "starts", i % 2 ? "2026-10-01" : NULL, NULL);
        if (i % 2)
            desk_add(by, T_COHORT, "offering", num(o), "deadline", "2026-12-01", NULL);
    }
    for (int i = 0; i < 4; i++)
        desk_set(by, T_COHORT, cohort[i], "deadline", i % 2 ? "2026-11-15" : NULL);
    OK(db_script(by->db,
                 "INSERT INTO draft (user_id, type, record_id, version, at, fields)"
                 " SELECT u.id, v.column1, v.column2, 1, 1795215600, '{}' FROM user u JOIN"
                 " (VALUES (2, 1), (4, 1), (5, 2), (6, 1), (2, 0), (2, 99999)) v",
                 err));
}

static struct session *make(int n, int places)
{
    int64_t place[60], cohort[4];
    struct session *by = desk_open(":memory:", "anna");
    OK(session_begin(by, ACT_ADD, err));
    for (int i = 0; i < places; i++)
        place[i] = a_place(by, i ? place[draw((uint32_t)i)] : 0);
    for (int i = 0; i < 2; i++) {
        int64_t o = desk_add(by, T_OFFERING, "code", i ? "BIM" : "ÅRS", "title",
                             i ? "Mot mobbing" : "Årshjul", "starts", i ? "2026-01-01" : NULL,
                             "organiser", num(place[i]), NULL);
        for (int k = 0; k < 2; k++) {
            cohort[2 * i + k] = desk_add(by, T_COHORT, "offering", num(o), NULL);
            for (int g = 0; g < 4; g++)
                a_gathering(by, cohort[2 * i + k]);
        }
    }
    people(by, n, place, places, cohort, 4);
    what_is_planned(by, cohort);
    desk_add(by, T_USER, "name", "bo", NULL);
    for (int i = 0; i < 3; i++)
        desk_add(by, T_BATCH, "type", "people", "file", i ? "a.csv" : "b.csv", "rows", num(i),
                 "new", "0", "matched", "0", "changed", "0", "unclear", "0", "rejected", "0", NULL);
    OK(session_commit(by, err));
    OK(session_begin(by, ACT_ATTENDANCE, err));
    OK(db_script(
        by->db,
        "INSERT INTO attendance (created_at, changed_at, enrolment_id, gathering_id, mark)"
        " SELECT 0, 0, e.id, g.id, CASE e.id % 3 WHEN 0 THEN 'absent' ELSE 'present' END"
        " FROM enrolment e JOIN gathering g ON g.cohort_id = e.cohort_id WHERE (e.id + g.id) % 2",
        err));
    OK(session_commit(by, err));
    return by;
}

static int make_both(void **state)
{
    (void)state;
    setenv("SAMLING_TODAY", "2026-11-21", 1);
    setenv("TZ", "Europe/Oslo", 1);
    lang_init("en");
    begin_chance();
    s = make(250, 30);
    crowd = make(3000, 60);
    return 0;
}

static int close_both(void **state)
{
    (void)state;
    desk_sound(s);
    session_close(s);
    session_close(crowd);
    return 0;
}

/* ---- all rows of a query ---- */

struct row {
    enum type_id type;
    int64_t id;
    char *cell[LISTING_COLUMNS_MAX];
};

struct rows {
    struct row *row;
    size_t n, cap;
};

static bool keep_row(void *arg, const struct listing_row *r)
{
    struct rows *all = arg;
    all->row = mem_grow(all->row, &all->cap, all->n + 1, sizeof *all->row);
    struct row *mine = &all->row[all->n++];
    mine->type = r->type;
    mine->id = r->id;
    for (size_t i = 0; i < r->ncells; i++)
        mine->cell[i] = mem_strdup(r->cell[i]);
    return true;
}

static void rows_free(struct rows *all)
{
    for (size_t i = 0; i < all->n; i++)
        for (size_t j = 0; j < LISTING_COLUMNS_MAX; j++)
            free(all->row[i].cell[j]);
    free(all->row);
    *all = (struct rows){0};
}

static struct rows all_rows(struct session *by, const struct listing_query *q)
{
    struct rows all = {0};
    OK(listing_each(by, q, 0, keep_row, &all, err));
    return all;
}

/* What went wrong, with what it takes to see it again. */
static void wrong(const struct listing_query *q, const char *what, size_t at)
{
    struct buf b = {0};
    for (size_t i = 0; i < q->nfilters; i++)
        buf_addf(&b, " %s%c\"%s\"", q->listing->columns[q->filter[i].column].name, q->filter[i].op,
                 q->filter[i].value);
    for (int i = 0; q->sort[i]; i++)
        buf_addf(&b, " sort %s%s", q->sort[i] < 0 ? "-" : "",
                 q->listing->columns[abs(q->sort[i]) - 1].name);
    fail_msg("SAMLING_SEED=%llu: %s, row %zu: %s scope %d %lld search \"%s\"%s",
             (unsigned long long)seed, what, at, q->listing->name, (int)q->scope_type,
             (long long)q->scope, q->search ? q->search : "", buf_str(&b));
}

static bool same_row(const struct listing *l, const struct listing_row *a, const struct row *b)
{
    if (a->id != b->id || a->type != b->type || a->ncells != l->ncolumns)
        return false;
    for (size_t i = 0; i < l->ncolumns; i++)
        if (a->cell[i] ? !b->cell[i] || strcmp(a->cell[i], b->cell[i]) != 0 : b->cell[i] != NULL)
            return false;
    return true;
}

static void page_is(const struct listing_query *q, const struct listing_page *p,
                    const struct rows *all, size_t from, const char *what)
{
    for (size_t i = 0; i < p->n; i++)
        if (from + i >= all->n || !same_row(q->listing, &p->row[i], &all->row[from + i]))
            wrong(q, what, from + i);
}

/* Any way of paging gives the rows of listing_each. */
static void check_pages(struct session *by, const struct listing_query *q, const struct rows *all,
                        uint32_t largest)
{
    struct listing_page p;
    char *place = NULL;
    size_t at = 0;
    bool more = true;
    for (enum page_from from = PAGE_FIRST; more; from = PAGE_AFTER) {
        size_t limit = 1 + draw(largest);
        OK(listing_fetch(by, q, from, place, limit, &p, err));
        page_is(q, &p, all, at, "forward");
        if (p.n > limit || p.more != (at + p.n < all->n) || (p.more && p.n != limit))
            wrong(q, "forward, its size", at);
        at += p.n;
        more = p.more;
        if (p.n) {
            free(place);
            place = mem_strdup(p.row[p.n - 1].place);
            if (draw(4) == 0) { /* the same page by another way */
                struct listing_page again;
                size_t i = draw((uint32_t)p.n);
                OK(listing_fetch(by, q, PAGE_AT, p.row[i].place, p.n, &again, err));
                page_is(q, &again, all, at - p.n + i, "at");
                if (!again.n)
                    wrong(q, "at, empty", at);
                listing_page_free(&again);
            }
        }
        listing_page_free(&p);
    }
    if (at != all->n)
        wrong(q, "forward, the end", at);
    if (place) {
        OK(listing_fetch(by, q, PAGE_AFTER, place, 5, &p, err));
        if (p.n || p.more)
            wrong(q, "after the last", at);
        listing_page_free(&p);
    }
    free(place);
    place = NULL;
    at = all->n;
    more = true;
    for (enum page_from from = PAGE_LAST; more; from = PAGE_BEFORE) {
        size_t limit = 1 + draw(largest);
        OK(listing_fetch(by, q, from, place, limit, &p, err));
        if (p.n > limit || p.n > at || p.more != (p.n < at) || (p.more && p.n != limit))
            wrong(q, "backward, its size", at);
        at -= p.n;
        page_is(q, &p, all, at, "backward");
        more = p.more;
        if (p.n) {
            free(place);
            place = mem_strdup(p.row[0].place);
        }
        listing_page_free(&p);
    }
    if (at != 0)
        wrong(q, "backward, the start", at);
    free(place);
    int64_t count;
    OK(listing_count(by, q, &count, err));
    if (count != (int64_t)all->n)
        wrong(q, "count", (size_t)count);
}

/* ---- the same by hand ---- */

static int compare(const char *a, const char *b, char op)
{
    int c = strcmp(a, b);
    switch (op) {
    case '<': return c < 0;
    case '>': return c > 0;
    case 'l': return c <= 0;
    case 'g': return c >= 0;
    case '!': return c != 0;
    default: return c == 0;
    }
}

static bool meets(const struct column *c, const char *cell, char op, const char *value)
{
    struct buf a = {0}, b = {0};
    char when[MOMENT_SIZE];
    bool yes;
    if (!*value)
        return op == '!' ? cell != NULL : cell == NULL;
    if (!cell)
        return op == '!';
    switch (c->kind) {
    case COLUMN_NUMBER: {
        long long x = atoll(cell), y = atoll(value);
        buf_addf(&a, "%020lld", x);
        buf_addf(&b, "%020lld", y);
        break;
    }
    case COLUMN_DAY:
    case COLUMN_MOMENT:
        assert_true(moment_parse(value, date_today(), when));
        buf_addn(&a, cell, strlen(when) < strlen(cell) ? strlen(when) : strlen(cell));
        buf_add(&b, when);
        break;
    case COLUMN_CHOICE:
        buf_add(&a, cell);
        buf_add(&b, value);
        break;
    default:
        text_fold_match(&a, cell);
        text_fold_match(&b, value);
        break;
    }
    yes = compare(buf_str(&a), buf_str(&b), op);
    buf_free(&a);
    buf_free(&b);
    return yes;
}

/* Leaves those that meet every filter. */
static void sift(struct rows *all, const struct listing_query *q)
{
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        bool yes = true;
        for (size_t f = 0; f < q->nfilters; f++)
            yes = yes &&
                  meets(&q->listing->columns[q->filter[f].column],
                        all->row[i].cell[q->filter[f].column], q->filter[f].op, q->filter[f].value);
        if (yes) {
            all->row[n++] = all->row[i];
        } else {
            for (size_t j = 0; j < LISTING_COLUMNS_MAX; j++)
                free(all->row[i].cell[j]);
        }
    }
    all->n = n;
}

/* Columns that are ordered as they are read stand in that order; numbers before what is empty. */
static void check_order(const struct listing_query *q, const struct rows *all)
{
    const struct column *c = &q->listing->columns[abs(q->sort[0]) - 1];
    if (c->sort)
        return;
    for (size_t i = 1; i < all->n; i++) {
        const char *a = all->row[i - 1].cell[abs(q->sort[0]) - 1],
                   *b = all->row[i].cell[abs(q->sort[0]) - 1];
        long long cmp;
        if (c->kind == COLUMN_NUMBER)
            cmp = a && b ? atoll(a) - atoll(b) : a ? -1 : b ? 1 : 0;
        else
            cmp = strcmp(a ? a : "", b ? b : "");
        if (q->sort[0] < 0 ? cmp < 0 : cmp > 0)
            wrong(q, "order", i);
    }
}

static struct listing_query random_query(struct session *by, const struct listing *l,
                                         char value[3][80])
{
    struct listing_query q = {.listing = l};
    size_t scopes = 0;
    while (l->scopes && l->scopes[scopes].type)
        scopes++;
    if (l->needs_scope || (scopes && draw(2))) {
        char sql[80];
        q.scope_type = l->scopes[draw((uint32_t)scopes)].type;
        const char *table = type_of(q.scope_type)->table;
        snprintf(sql, sizeof sql, "SELECT id FROM %s ORDER BY id LIMIT 1 OFFSET %u", table,
                 draw(4));
        OK(db_get_int(by->db, &q.scope, NULL, err, sql, NULL));
    }
    if (draw(3) == 0)
        return q;
    for (uint32_t i = 0, n = draw(4); i < n; i++)
        q.sort[i] = (int)(1 + draw((uint32_t)l->ncolumns)) * (draw(2) ? 1 : -1);
    (void)value;
    return q;
}

/* A value that some row has, or one beside it. */
static void random_filters(struct listing_query *q, const struct rows *all, char value[3][80])
{
    static const char ops[] = "=!<>lg";
    for (uint32_t i = 0, n = draw(3); i < n && all->n; i++) {
        int column = (int)draw((uint32_t)q->listing->ncolumns);
        if (q->listing->columns[column].kind == COLUMN_TIME)
            continue;
        const char *cell = all->row[draw((uint32_t)all->n)].cell[column];
        snprintf(value[i], sizeof value[i], "%s", cell ? cell : "");
        q->filter[q->nfilters].column = column;
        q->filter[q->nfilters].op = ops[draw(6)];
        q->filter[q->nfilters++].value = value[i];
    }
}

static void test_paging(void **state)
{
    (void)state;
    for (int round = 0; round < 60; round++) {
        const struct listing *l;
        for (size_t i = 0; (l = listing_at(i)); i++) {
            char value[3][80] = {{0}};
            struct listing_query q = random_query(s, l, value);
            struct rows all = all_rows(s, &q);
            if (q.sort[0])
                check_order(&q, &all);
            random_filters(&q, &all, value);
            sift(&all, &q);
            struct rows filtered = all_rows(s, &q);
            if (filtered.n != all.n)
                wrong(&q, "filtered, how many", filtered.n);
            check_pages(s, &q, &all, all.n > 50 && draw(2) ? 120 : 30);
            rows_free(&filtered);
            rows_free(&all);
        }
    }
}

/* ---- search ---- */

static bool has_word(const char *text, const char *start, size_t n)
{
    for (const char *p = text; *p;) {
        if (strncmp(p, start, n) == 0)
            return true;
        p += strcspn(p, " ");
        p += *p == ' ';
    }
    return false;
}

static bool found_by_hand(const char *search_text, const char *typed)
{
    struct buf b = {0};
    bool yes = true;
    text_fold_search(&b, typed);
    for (const char *p = buf_str(&b); yes && *p;) {
        size_t n = strcspn(p, " ");
        yes = has_word(search_text, p, n);
        p += n + (p[n] == ' ');
    }
    yes = yes && b.len;
    buf_free(&b);
    return yes;
}

/* Leaves those whose search text has all the words. */
static void sift_by_text(struct session *by, struct rows *all, const char *table, const char *typed)
{
    struct buf sql = {0};
    size_t n = 0;
    buf_addf(&sql, "SELECT search_text FROM %s WHERE id = ?1", table);
    for (size_t i = 0; i < all->n; i++) {
        char *text;
        OK(db_get_text(by->db, &text, err, sql.s, "i", all->row[i].id));
        if (found_by_hand(text, typed)) {
            all->row[n++] = all->row[i];
        } else {
            for (size_t j = 0; j < LISTING_COLUMNS_MAX; j++)
                free(all->row[i].cell[j]);
        }
        free(text);
    }
    all->n = n;
    buf_free(&sql);
}

static void check_search(struct session *by, struct listing_query *q, const char *typed,
                         uint32_t largest, size_t *found)
{
    q->search = NULL;
    struct rows all = all_rows(by, q);
    sift_by_text(by, &all, type_of(q->listing->type)->table, typed);
    q->search = typed;
    struct rows hits = all_rows(by, q);
    if (hits.n != all.n)
        wrong(q, "search, how many", hits.n);
    check_pages(by, q, &all, largest);
    *found = all.n;
    rows_free(&hits);
    rows_free(&all);
}

/* Is a search found by the walk along the order's index (its rule stands in listing.c)? */
static bool is_much(size_t hits)
{
    int64_t rows = desk_count(crowd, "SELECT max(id) FROM person");
    return (int64_t)(hits * hits) > 20 * rows + 300 * (int64_t)hits;
}

static void test_search_people(void **state)
{
    (void)state;
    static const char *const typed[] = {
        "a",           "kari",   "Åse",  "aase",    "ase nord",   "o'hara",  "barnehage asker",
        "ÅS",          "øde",    "ode",  "oede",    "han barn 1", "李",      "nguyen",
        "91234567",    "912 34", "p7@x", "p7@x.no", "micha",      "michael", "mæ ær",
        "hansen kari", "x",      "zzz",  "barn",    "bærum bar",  "k",       "jean luc",
        "luc"};
    size_t dense = 0, sparse = 0, found;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        struct listing_query q = {.listing = listing_by_name("people")};
        check_search(crowd, &q, typed[i], 900, &found);
        if (is_much(found))
            dense++;
        else if (found)
            sparse++;
        if (draw(2)) {
            q.sort[0] = (int)(1 + draw((uint32_t)q.listing->ncolumns)) * (draw(2) ? 1 : -1);
            check_search(crowd, &q, typed[i], 900, &found);
        }
        struct listing_query scoped = {.listing = q.listing, .scope_type = T_COHORT, .scope = 1};
        check_search(crowd, &scoped, typed[i], 200, &found);
    }
    assert_true(dense >= 3 && sparse >= 3); /* both roads were gone */
}

static void test_search_every_listing(void **state)
{
    (void)state;
    static const char *const typed[] = {"mob",   "års",  "asker",    "barnehage 1",
                                        "bim 1", "kari", "lodingen", "-"};
    const struct listing *l;
    for (size_t i = 0; (l = listing_at(i)); i++) {
        for (size_t k = 0; k < sizeof typed / sizeof *typed; k++) {
            struct listing_query q = {.listing = l};
            size_t found;
            if (l->needs_scope)
                q.scope_type = T_COHORT, q.scope = 1;
            if (l->search == l->type && l->search_id && !l->type_sql) {
                check_search(s, &q, typed[k], 20, &found);
            } else { /* found by another's text, or not searched: as many by any road */
                q.search = typed[k];
                struct rows all = all_rows(s, &q);
                check_pages(s, &q, &all, 20);
                rows_free(&all);
            }
        }
    }
}

static void test_blank_searches(void **state)
{
    (void)state;
    static const char *const blank[] = {NULL, "", "  ", "\xc2\xa0"}, *const empty[] = {"-", "...",
                                                                                       "'", "\"",
                                                                                       "*", "( )"};
    struct listing_query q = {.listing = listing_by_name("people")};
    int64_t all, n;
    OK(listing_count(s, &q, &all, err));
    for (size_t i = 0; i < 4; i++) {
        q.search = blank[i];
        OK(listing_count(s, &q, &n, err));
        assert_int_equal(n, all);
    }
    for (size_t i = 0; i < 6; i++) { /* nothing in it that could be found */
        q.search = empty[i];
        struct rows none = all_rows(s, &q);
        assert_int_equal(none.n, 0);
        check_pages(s, &q, &none, 5);
        rows_free(&none);
    }
    /* What means something to FTS5 means nothing here. */
    static const char *const syntax[] = {"kari OR ola",      "kari AND", "NEAR(kari)",
                                         "search_text:kari", "kari*",    "^kari",
                                         "\"kari",           "kari\"\"", "a b c d e f g h i j k"};
    for (size_t i = 0; i < sizeof syntax / sizeof *syntax; i++) {
        q.search = syntax[i];
        OK(listing_count(s, &q, &n, err));
        assert_true(n <= all);
    }
}

/* Hits that all stand at the end of the alphabet: the walk is given up, and the other road taken.
 */
static void test_walk_given_up(void **state)
{
    (void)state;
    struct session *far = desk_open(":memory:", "anna");
    OK(db_script(
        far->db,
        "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 90000)"
        " INSERT INTO person (id, created_at, changed_at, sort_key, match_name, search_text, "
        "family_name)"
        " SELECT i, 0, 0, CAST(printf('%08d', i) AS BLOB), '', CASE WHEN i > 85000 THEN 'zz' ELSE "
        "'aa' END || ' ' || i,"
        " 'Z' || i FROM n; INSERT INTO person_search (person_search) VALUES ('rebuild')",
        err));
    struct listing_query q = {.listing = listing_by_name("people"), .search = "zz"};
    struct listing_page p;
    OK(listing_fetch(far, &q, PAGE_FIRST, NULL, 20, &p, err));
    assert_int_equal(p.n, 20);
    assert_true(p.more);
    for (int i = 0; i < 20; i++)
        assert_int_equal(p.row[i].id, 85001 + i);
    struct listing_page next;
    OK(listing_fetch(far, &q, PAGE_AFTER, p.row[19].place, 20, &next, err));
    assert_int_equal(next.row[0].id, 85021);
    listing_page_free(&next);
    listing_page_free(&p);
    OK(listing_fetch(far, &q, PAGE_LAST, NULL, 20, &p, err));
    assert_int_equal(p.row[19].id, 90000);
    listing_page_free(&p);
    int64_t n;
    OK(listing_count(far, &q, &n, err)); /* the limit of steps is lifted again */
    assert_int_equal(n, 5000);
    session_close(far);
}

/* ---- the order of names ---- */

static void test_people_by_name(void **state)
{
    (void)state;
    struct listing_query q = {.listing = listing_by_name("people")};
    struct rows all = all_rows(crowd, &q);
    unsigned char a[1024], b[1024];
    for (size_t i = 0; i < all.n; i++) {
        struct buf name = {0};
        buf_add(&name, all.row[i].cell[2]);
        buf_add(&name, "\xef\xbf\xbe");
        buf_add(&name, all.row[i].cell[1]);
        size_t n = text_sort_key(name.s, b, sizeof b);
        if (i && memcmp(a, b, n) > 0)
            fail_msg("%s stands after %s", all.row[i - 1].cell[2], all.row[i].cell[2]);
        memcpy(a, b, sizeof a);
        buf_free(&name);
    }
    /* Å and Aa are one letter, the last. */
    assert_string_equal(all.row[0].cell[2], "hansen");
    rows_free(&all);
}

/* ---- one query at a time ---- */

static void test_places_of_text(void **state)
{
    (void)state;
    struct listing_query q = {.listing = listing_by_name("gatherings")};
    struct rows all = all_rows(s, &q);
    int column = listing_column(q.listing, "starts");
    /* From each day that there is, and from some between. */
    for (size_t i = 0; i < all.n + 3; i++) {
        const char *text = i < all.n        ? all.row[i].cell[column]
                           : i == all.n     ? "2026-07"
                           : i == all.n + 1 ? "2000"
                                            : "2099";
        char *place = listing_place(text ? text : "");
        size_t first = 0;
        struct listing_page p;
        while (first < all.n &&
               strcmp(all.row[first].cell[column] ? all.row[first].cell[column] : "",
                      text ? text : "") < 0)
            first++;
        for (enum page_from from = PAGE_AFTER; from <= PAGE_AT; from++) {
            if (from != PAGE_AFTER && from != PAGE_AT)
                continue;
            OK(listing_fetch(s, &q, from, place, 100, &p, err));
            page_is(&q, &p, &all, first, "place of a text");
            assert_int_equal(p.n, all.n - first);
            listing_page_free(&p);
        }
        OK(listing_fetch(s, &q, PAGE_BEFORE, place, 100, &p, err));
        page_is(&q, &p, &all, 0, "before a text");
        assert_int_equal(p.n, first);
        listing_page_free(&p);
        free(place);
    }
    rows_free(&all);
}

static void test_place_of_a_row_that_went(void **state)
{
    (void)state;
    struct session *own = desk_open(":memory:", "anna");
    static const char *const names[] = {"A", "B", "C", "D", "E"};
    int64_t id[5];
    for (int i = 0; i < 5; i++)
        id[i] = desk_add(own, T_PERSON, "family_name", names[i], NULL);
    struct listing_query q = {.listing = listing_by_name("people")};
    struct listing_page p, next;
    OK(listing_fetch(own, &q, PAGE_FIRST, NULL, 3, &p, err));
    desk_remove(own, T_PERSON, id[2]);
    OK(listing_fetch(own, &q, PAGE_AFTER, p.row[2].place, 3, &next, err));
    assert_int_equal(next.row[0].id, id[3]);
    listing_page_free(&next);
    OK(listing_fetch(own, &q, PAGE_AT, p.row[2].place, 3, &next, err));
    assert_int_equal(next.row[0].id, id[3]);
    listing_page_free(&next);
    OK(listing_fetch(own, &q, PAGE_BEFORE, p.row[2].place, 3, &next, err));
    assert_int_equal(next.n, 2);
    listing_page_free(&next);
    listing_page_free(&p);
    session_close(own);
}

static void filter_gives(const char *listing, const char *where, const char *sql)
{
    struct listing_query q = {.listing = listing_by_name(listing)};
    int64_t n;
    OK(listing_filter(&q, where, err));
    OK(listing_count(s, &q, &n, err));
    if (n != desk_count(s, sql))
        fail_msg("%s %s: %lld, not %lld", listing, where, (long long)n,
                 (long long)desk_count(s, sql));
}

static void test_filters(void **state)
{
    (void)state;
    filter_gives("people", "family_name=ås",
                 "SELECT count(*) FROM person WHERE family_name IN ('Ås', 'Aas')");
    filter_gives("people", "family_name=AAS",
                 "SELECT count(*) FROM person WHERE family_name IN ('Ås', 'Aas')");
    filter_gives("people", "family_name!=Lie",
                 "SELECT count(*) FROM person WHERE family_name <> 'Lie'");
    filter_gives("people", "email=", "SELECT count(*) FROM person WHERE email IS NULL");
    filter_gives("people", "email!=", "SELECT count(*) FROM person WHERE email IS NOT NULL");
    filter_gives("people", "id<=10", "SELECT count(*) FROM person WHERE id <= 10");
    filter_gives("people", "id<10", "SELECT count(*) FROM person WHERE id < 10");
    filter_gives("people", "id>=10", "SELECT count(*) FROM person WHERE id >= 10");
    filter_gives("people", "id>10", "SELECT count(*) FROM person WHERE id > 10");
    filter_gives("organisations", "ownership=private",
                 "SELECT count(*) FROM organisation WHERE ownership = 'private'");
    filter_gives("organisations", "ownership=Private",
                 "SELECT count(*) FROM organisation WHERE ownership = 'private'");
    filter_gives("gatherings", "starts>=1.1.2026",
                 "SELECT count(*) FROM gathering WHERE starts >= '2026-01-01'");
    filter_gives("gatherings", "starts<2026-06-01",
                 "SELECT count(*) FROM gathering WHERE starts < '2026-06-01'");
    struct listing_query q = {.listing = listing_by_name("people")};
    FAILS(ST_USAGE, listing_filter(&q, "email", err));
    FAILS(ST_USAGE, listing_filter(&q, "", err));
    FAILS(ST_USAGE, listing_filter(&q, "email!x", err));
    FAILS(ST_REFUSED, listing_filter(&q, "shoe_size=42", err));
    FAILS(ST_REFUSED, listing_filter(&q, "=42", err));
    assert_int_equal(q.nfilters, 0);
    for (int i = 0; i < LISTING_FILTERS_MAX; i++)
        OK(listing_filter(&q, "id>0", err));
    FAILS(ST_USAGE, listing_filter(&q, "id>0", err));
    q.search = "a b c d e f g h i j"; /* as full as a query can be */
    q.sort[0] = 2, q.sort[1] = -3, q.sort[2] = 4;
    struct rows all = all_rows(s, &q);
    check_pages(s, &q, &all, 10);
    rows_free(&all);
}

static void test_filter_by_time(void **state)
{
    (void)state;
    /* 21 November 2026 in Oslo begins at 23:00 of the 20th in Greenwich. */
    OK(db_script(s->db,
                 "UPDATE batch SET created_at = CAST(strftime('%s', '2026-11-20T23:30:00') AS "
                 "INTEGER) WHERE id = 1;"
                 "UPDATE batch SET created_at = CAST(strftime('%s', '2026-11-20T22:30:00') AS "
                 "INTEGER) WHERE id = 2;"
                 "UPDATE batch SET created_at = CAST(strftime('%s', '2026-11-21T12:00:00') AS "
                 "INTEGER) WHERE id = 3;",
                 err));
    filter_gives("batches", "at=2026-11-21", "SELECT 2");
    filter_gives("batches", "at=21.11.2026", "SELECT 2");
    filter_gives("batches", "at<2026-11-21", "SELECT 1");
    filter_gives("batches", "at>=21.11.26 13:00", "SELECT 1");
    filter_gives("batches", "undone=", "SELECT 3");
}

static void test_sorts(void **state)
{
    (void)state;
    struct listing_query q = {.listing = listing_by_name("people")};
    OK(listing_sort(&q, "organisation,-id", err));
    assert_int_equal(q.sort[0], listing_column(q.listing, "organisation") + 1);
    assert_int_equal(q.sort[1], -1);
    assert_int_equal(q.sort[2], 0);
    OK(listing_sort(&q, "", err));
    assert_int_equal(q.sort[0], 0);
    FAILS(ST_REFUSED, listing_sort(&q, "shoe_size", err));
    FAILS(ST_REFUSED, listing_sort(&q, "id,,email", err));
    FAILS(ST_USAGE, listing_sort(&q, "id,email,phone,given_name", err));
}

static void test_scopes(void **state)
{
    (void)state;
    struct listing_query q = {.listing = listing_by_name("roster")};
    struct listing_page p = {0};
    int64_t n;
    FAILS(ST_USAGE, listing_count(s, &q, &n, err));
    FAILS(ST_USAGE, listing_fetch(s, &q, PAGE_FIRST, NULL, 5, &p, err));
    assert_null(p.row);
    FAILS(ST_USAGE, listing_each(s, &q, 0, keep_row, NULL, err));
    q.scope_type = T_ORGANISATION;
    FAILS(ST_USAGE, listing_count(s, &q, &n, err));
    q = (struct listing_query){
        .listing = listing_by_name("users"), .scope_type = T_COHORT, .scope = 1};
    FAILS(ST_USAGE, listing_count(s, &q, &n, err));
    q = (struct listing_query){
        .listing = listing_by_name("people"), .scope_type = T_COHORT, .scope = 1};
    OK(listing_count(s, &q, &n, err));
    assert_int_equal(
        n, desk_count(s, "SELECT count(DISTINCT person_id) FROM enrolment WHERE cohort_id = 1"));
    q.scope_type = T_ORGANISATION;
    OK(listing_count(s, &q, &n, err));
    assert_int_equal(
        n,
        desk_count(s, "SELECT count(DISTINCT person_id) FROM position WHERE organisation_id = 1"));
    q.scope = 987654;
    OK(listing_count(s, &q, &n, err));
    assert_int_equal(n, 0);
    q = (struct listing_query){
        .listing = listing_by_name("roster"), .scope_type = T_GATHERING, .scope = 1};
    OK(listing_count(s, &q, &n, err));
    assert_int_equal(n, desk_count(s, "SELECT count(*) FROM enrolment WHERE cohort_id = 1"));
}

static bool three(void *arg, const struct listing_row *r)
{
    (void)r;
    return ++*(int *)arg < 3;
}

static void test_each_can_be_stopped(void **state)
{
    (void)state;
    int n = 0;
    struct listing_query q = {.listing = listing_by_name("people")};
    OK(listing_each(s, &q, 0, three, &n, err));
    assert_int_equal(n, 3);
    struct rows some = {0};
    OK(listing_each(s, &q, 7, keep_row, &some, err));
    assert_int_equal(some.n, 7);
    rows_free(&some);
    OK(session_begin(s, ACT_SET, err)); /* nothing is left open that would stand in the way */
    session_rollback(s);
}

static void test_names(void **state)
{
    (void)state;
    const struct listing *l;
    for (size_t i = 0; (l = listing_at(i)); i++) {
        assert_ptr_equal(listing_by_name(l->name), l);
        assert_true(l->ncolumns <= LISTING_COLUMNS_MAX);
        struct listing_query q = {.listing = l};
        OK(listing_sort(&q, l->order, err));
        for (size_t c = 0; c < l->ncolumns; c++)
            assert_int_equal(listing_column(l, l->columns[c].name), (int)c);
    }
    assert_null(listing_by_name("unicorns"));
    assert_int_equal(listing_column(listing_at(0), "unicorn"), -1);
    assert_string_equal(listing_related(T_PERSON, 0)->name, "positions");
    assert_string_equal(listing_related(T_PLAN, 0)->name, "offerings");
    assert_string_equal(listing_related(T_PLAN, 1)->name, "placements");
    assert_string_equal(listing_related(T_OFFERING, 2)->name, "placements");
    assert_null(listing_related(T_PERSON, 9));
    assert_null(listing_related(T_USER, 0));
}

static void shows(const char *listing, const char *column, const char *cell, const char *want)
{
    const struct listing *l = listing_by_name(listing);
    struct buf b = {0};
    listing_show(l, (size_t)listing_column(l, column), cell, &b);
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

static void test_show(void **state)
{
    (void)state;
    shows("people", "position", "styrer", "head of kindergarten");
    shows("people", "position", "astronaut", "astronaut");
    shows("people", "given_name", NULL, "");
    shows("people", "given_name", "Ka\x1b[2Jri\n", "Ka [2Jri ");
    shows("gatherings", "starts", "2026-11-21T09:00", "2026-11-21 09:00");
    shows("batches", "at", "1795215600", "2026-11-21 00:00");
    shows("today", "what", "drafts", "not saved");
    shows("today", "why", "attendance", "attendance not recorded");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_paging),
        cmocka_unit_test(test_search_people),
        cmocka_unit_test(test_search_every_listing),
        cmocka_unit_test(test_blank_searches),
        cmocka_unit_test(test_walk_given_up),
        cmocka_unit_test(test_people_by_name),
        cmocka_unit_test(test_places_of_text),
        cmocka_unit_test(test_place_of_a_row_that_went),
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_filter_by_time),
        cmocka_unit_test(test_sorts),
        cmocka_unit_test(test_scopes),
        cmocka_unit_test(test_each_can_be_stopped),
        cmocka_unit_test(test_show),
    };
    return cmocka_run_group_tests(tests, make_both, close_both);
}
