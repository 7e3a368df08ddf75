/* Plans, places in them, and the tree that the first pane shows: plan, area, offering, cohort. */
#include "config.h"

#include "desk.h"

#include "samling/history.h"
#include "samling/lang.h"
#include "samling/listing.h"
#include "samling/mem.h"

static struct session *s;
static int64_t plan, next, bim, sim, stray, loose;

/* BIM with two cohorts stands under Barnehage (its own area) and Felles; SIM only in next year's
 * plan; two offerings in no plan, one of them without an area. */
static int make(void **state)
{
    (void)state;
    s = desk_open(":memory:", "anna");
    plan = desk_add(s, T_PLAN, "title", "Kompetanseplan 2021/22", "starts", "2021-08-01", NULL);
    next = desk_add(s, T_PLAN, "title", "Kompetanseplan 2022/23", NULL);
    bim = desk_add(s, T_OFFERING, "code", "BIM", "title", "Mot mobbing", "area", "Barnehage",
                   "kind", "cohorts", "status", "running", "starts", "2021-09-01", NULL);
    sim = desk_add(s, T_OFFERING, "code", "SIM", "title", "Skolens", "area", "Skole", NULL);
    stray = desk_add(s, T_OFFERING, "code", "ÅRS", "title", "Årshjul", "area", "Felles", NULL);
    loose = desk_add(s, T_OFFERING, "code", "KURS", "title", "Kurs", NULL);
    for (int i = 0; i < 2; i++)
        desk_add(s, T_COHORT, "offering", num(bim), "status", i ? "open" : "running", NULL);
    desk_add(s, T_PLACEMENT, "offering", num(bim), "plan", num(plan), NULL);
    desk_add(s, T_PLACEMENT, "offering", num(bim), "plan", num(plan), "area", "Felles", NULL);
    desk_add(s, T_PLACEMENT, "offering", num(sim), "plan", num(next), NULL);
    return 0;
}

static int close_it(void **state)
{
    (void)state;
    desk_sound(s);
    session_close(s);
    return 0;
}

static const char *cell(const struct listing_row *r, const struct listing *l, const char *column)
{
    const char *c = r->cell[listing_column(l, column)];
    return c ? c : "-";
}

struct telling {
    const struct listing *listing;
    const char *columns[6];
    struct buf out;
};

static bool tell(void *arg, const struct listing_row *r)
{
    struct telling *t = arg;
    for (size_t i = 0; t->columns[i]; i++)
        buf_addf(&t->out, "%s%s",
                 i            ? "|"
                 : t->out.len ? "\n"
                              : "",
                 cell(r, t->listing, t->columns[i]));
    return true;
}

static void gives(struct listing_query *q, const char *const *columns, const char *want)
{
    struct telling t = {.listing = q->listing};
    for (size_t i = 0; columns[i]; i++)
        t.columns[i] = columns[i];
    OK(listing_each(s, q, 0, tell, &t, err));
    assert_string_equal(buf_str(&t.out), want);
    buf_free(&t.out);
}

static struct listing_query programme(void)
{
    return (struct listing_query){.listing = listing_by_name("programme")};
}

static const char *const tree[] = {"plan", "area", "code", NULL};

static void test_the_tree(void **state)
{
    (void)state;
    struct listing_query q = programme();
    gives(&q, tree,
          "Kompetanseplan 2021/22|Barnehage|BIM\n"
          "Kompetanseplan 2021/22|Barnehage|  /1\n"
          "Kompetanseplan 2021/22|Barnehage|  /2\n"
          "Kompetanseplan 2021/22|Felles|BIM\n"
          "Kompetanseplan 2021/22|Felles|  /1\n"
          "Kompetanseplan 2021/22|Felles|  /2\n"
          "Kompetanseplan 2022/23|Skole|SIM\n"
          "-|Felles|ÅRS\n"
          "-|-|KURS");
}

/* Whatever it is sorted by, cohorts stand below their offering, in order. */
static void test_sorted(void **state)
{
    (void)state;
    static const char *const sorts[] = {"title",         "-title", "of_status", "-starts",
                                        "contact,-kind", "-plan",  "mine,code"};
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        struct listing_query q = programme();
        struct listing_page p;
        OK(listing_sort(&q, sorts[i], err));
        OK(listing_fetch(s, &q, PAGE_FIRST, NULL, 50, &p, err));
        assert_int_equal(p.n, 9);
        for (size_t r = 0; r < p.n; r++) {
            if (p.row[r].type != T_OFFERING || p.row[r].id != bim)
                continue;
            assert_string_equal(cell(&p.row[r + 1], q.listing, "code"), "  /1");
            assert_string_equal(cell(&p.row[r + 2], q.listing, "code"), "  /2");
        }
        listing_page_free(&p);
    }
    struct listing_query q = programme();
    static const char *const columns[] = {"of_status", "code", NULL};
    OK(listing_sort(&q, "of_status,code", err));
    gives(&q, columns,
          "draft|KURS\ndraft|SIM\ndraft|ÅRS\n"
          "running|BIM\nrunning|  /1\nrunning|  /2\nrunning|BIM\nrunning|  /1\nrunning|  /2");
}

/* The same record twice has two places. */
static void test_places(void **state)
{
    (void)state;
    struct listing_query q = programme();
    struct listing_page p;
    OK(listing_fetch(s, &q, PAGE_FIRST, NULL, 50, &p, err));
    for (size_t i = 0; i < p.n; i++) {
        struct listing_page one;
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(p.row[i].place, p.row[j].place);
        OK(listing_fetch(s, &q, PAGE_AT, p.row[i].place, 1, &one, err));
        assert_string_equal(one.row[0].place, p.row[i].place);
        assert_int_equal(one.row[0].id, p.row[i].id);
        listing_page_free(&one);
    }
    assert_int_equal(p.row[0].id, p.row[3].id);
    listing_page_free(&p);
}

static void test_folded(void **state)
{
    (void)state;
    struct listing_query q = programme();
    OK(listing_filter(&q, "level=0", err));
    gives(&q, tree,
          "Kompetanseplan 2021/22|Barnehage|BIM\n"
          "Kompetanseplan 2021/22|Felles|BIM\n"
          "Kompetanseplan 2022/23|Skole|SIM\n"
          "-|Felles|ÅRS\n"
          "-|-|KURS");
    struct listing_query one = programme();
    one.filter[0].column = listing_column(one.listing, "parent");
    one.filter[0].op = 'n';
    one.filter[0].value = num(bim);
    one.nfilters = 1;
    int64_t rows;
    OK(listing_count(s, &one, &rows, err));
    assert_int_equal(rows, 5);
    one.filter[0].value = num(sim);
    OK(listing_count(s, &one, &rows, err));
    assert_int_equal(rows, 9);
}

static void test_columns_of_cohorts(void **state)
{
    (void)state;
    static const char *const columns[] = {"code", "status", "of_status", "kind", "of_kind", NULL};
    struct listing_query q = programme();
    OK(listing_filter(&q, "area=barnehage", err));
    gives(&q, columns,
          "BIM|running|running|cohorts|cohorts\n"
          "  /1|running|running|-|cohorts\n"
          "  /2|open|running|-|cohorts");
    /* Found by what the offering is, with all its cohorts; or by what one of these is, with it. */
    static const char *const what[] = {"code", "status", NULL};
    OK(listing_filter(&q, "of_status=running", err));
    gives(&q, what, "BIM|running\n  /1|running\n  /2|open");
    q = programme();
    OK(listing_filter(&q, "area=barnehage", err));
    OK(listing_filter(&q, "of_status=open", err));
    gives(&q, what, "BIM|running\n  /2|open");
}

static void test_mine(void **state)
{
    (void)state;
    static const char *const columns[] = {"code", "level", "parent", NULL};
    struct session *was = s;
    struct session *own = desk_open(":memory:", "anna");
    int64_t kari = desk_add(own, T_PERSON, "given_name", "Åse", "family_name", "Aas", NULL);
    desk_add(own, T_OFFERING, "code", "A", "title", "A", NULL);
    int64_t b = desk_add(own, T_OFFERING, "code", "B", "title", "B", "contact", num(kari), NULL);
    desk_add(own, T_COHORT, "offering", num(b), NULL);
    OK(db_run(own->db, err, "UPDATE offering SET created_by = NULL", NULL));
    struct listing_query q = programme();
    OK(listing_filter(&q, "mine=1", err));
    s = own;
    gives(&q, columns, "");
    desk_set(own, T_USER, own->user, "full_name", "Aase Ås");
    gives(&q, columns, "B|0|-\n  /1|1|2");
    desk_add(own, T_OFFERING, "code", "C", "title", "C", NULL);
    gives(&q, columns, "B|0|-\n  /1|1|2\nC|0|-");
    s = was;
    session_close(own);
}

static void test_searched(void **state)
{
    (void)state;
    struct listing_query q = programme();
    q.search = "mobb";
    int64_t rows;
    OK(listing_count(s, &q, &rows, err));
    assert_int_equal(rows, 6);
}

/* ---- each once ---- */

static const char *const placed[] = {"area", "code", NULL};

static int64_t records(const struct listing_query *q)
{
    int64_t n;
    OK(listing_count_records(s, q, &n, err));
    return n;
}

static void test_once(void **state)
{
    (void)state;
    struct listing_query q = programme();
    int64_t rows;
    assert_int_equal(records(&q), 6);
    q.once = true;
    OK(listing_count(s, &q, &rows, err));
    assert_int_equal(rows, 6);
    OK(listing_sort(&q, "of_status,-code", err));
    gives(&q, placed,
          "Felles|ÅRS\nSkole|SIM\n-|KURS\nBarnehage|BIM\nBarnehage|  /1\nBarnehage|  /2");
}

/* Where the first place is filtered away it stands at the next one. */
static void test_once_of_what_is_let_through(void **state)
{
    (void)state;
    static const char *const wheres[] = {"area=felles", "area!=Barnehage", "area>Barnehage"};
    for (size_t i = 0; i < sizeof wheres / sizeof *wheres; i++) {
        struct listing_query q = programme();
        q.once = true;
        OK(listing_filter(&q, wheres[i], err));
        OK(listing_filter(&q, "of_status=running", err));
        gives(&q, placed, "Felles|BIM\nFelles|  /1\nFelles|  /2");
    }
    int64_t later = desk_add(s, T_PLACEMENT, "offering", num(bim), "plan", num(next), NULL);
    struct listing_query q = programme();
    q.once = true;
    OK(listing_filter(&q, "plan=kompetanseplan 2022/23", err));
    OK(listing_filter(&q, "level=0", err));
    gives(&q, tree, "Kompetanseplan 2022/23|Barnehage|BIM\nKompetanseplan 2022/23|Skole|SIM");
    desk_remove(s, T_PLACEMENT, later);
}

/* Two years' plans: once in each area. */
static void test_once_in_each_area(void **state)
{
    (void)state;
    int64_t later = desk_add(s, T_PLACEMENT, "offering", num(bim), "plan", num(next), NULL);
    struct listing_query q = programme();
    OK(listing_filter(&q, "level=1", err));
    OK(listing_sort(&q, "area", err));
    gives(
        &q, placed,
        "Barnehage|  /1\nBarnehage|  /2\nBarnehage|  /1\nBarnehage|  /2\nFelles|  /1\nFelles|  /2");
    q.once = true;
    q.apart[0] = listing_column(q.listing, "area") + 1;
    gives(&q, placed, "Barnehage|  /1\nBarnehage|  /2\nFelles|  /1\nFelles|  /2");
    assert_int_equal(records(&q), 2);
    q.apart[1] = listing_column(q.listing, "plan") + 1;
    int64_t rows;
    OK(listing_count(s, &q, &rows, err));
    assert_int_equal(rows, 6);
    desk_remove(s, T_PLACEMENT, later);
}

/* Pages of it leave nothing out. */
static void test_once_by_pages(void **state)
{
    (void)state;
    struct listing_query q = programme();
    struct listing_page one;
    char *place = NULL;
    q.once = true;
    OK(listing_sort(&q, "-of_status", err));
    for (int i = 0; i < 6; i++) {
        OK(listing_fetch(s, &q, place ? PAGE_AFTER : PAGE_FIRST, place, 1, &one, err));
        assert_int_equal(one.n, 1);
        assert_true(one.more == (i < 5));
        free(place);
        place = mem_strdup(one.row[0].place);
        listing_page_free(&one);
    }
    free(place);
}

/* ---- what moves it ---- */

static void order_is(const char *want)
{
    struct listing_query q = programme();
    OK(listing_filter(&q, "level=0", err));
    gives(&q, tree, want);
    desk_sound(s);
}

static void take_back(void)
{
    struct undo_report report = {0};
    int64_t set;
    OK(undo_next(s, false, &set, err));
    OK(undo_set(s, set, false, &report, err));
    desk_sound(s);
}

static const char as_it_was[] = "Kompetanseplan 2021/22|Barnehage|BIM\n"
                                "Kompetanseplan 2021/22|Felles|BIM\n"
                                "Kompetanseplan 2022/23|Skole|SIM\n"
                                "-|Felles|ÅRS\n"
                                "-|-|KURS";

static void test_moved(void **state)
{
    (void)state;
    desk_set(s, T_PLAN, plan, "title", "Åpen plan");
    order_is("Kompetanseplan 2022/23|Skole|SIM\n"
             "Åpen plan|Barnehage|BIM\n"
             "Åpen plan|Felles|BIM\n"
             "-|Felles|ÅRS\n"
             "-|-|KURS");
    take_back();
    order_is(as_it_was);
    desk_set(s, T_OFFERING, bim, "area", "Oppvekst"); /* where the place says none, its own holds */
    order_is("Kompetanseplan 2021/22|Felles|BIM\n"
             "Kompetanseplan 2021/22|Oppvekst|BIM\n"
             "Kompetanseplan 2022/23|Skole|SIM\n"
             "-|Felles|ÅRS\n"
             "-|-|KURS");
    take_back();
    desk_set(s, T_OFFERING, loose, "code", "ANNET");
    order_is("Kompetanseplan 2021/22|Barnehage|BIM\n"
             "Kompetanseplan 2021/22|Felles|BIM\n"
             "Kompetanseplan 2022/23|Skole|SIM\n"
             "-|Felles|ÅRS\n"
             "-|-|ANNET");
    take_back();
    int64_t place = desk_add(s, T_PLACEMENT, "offering", num(stray), "plan", num(next), NULL);
    desk_set(s, T_PLACEMENT, place, "offering", num(loose));
    order_is("Kompetanseplan 2021/22|Barnehage|BIM\n"
             "Kompetanseplan 2021/22|Felles|BIM\n"
             "Kompetanseplan 2022/23|Skole|SIM\n"
             "Kompetanseplan 2022/23|-|KURS\n"
             "-|Felles|ÅRS");
    take_back();
    take_back();
    order_is(as_it_was);
}

/* A plan takes its places with it, and brings them back. */
static void test_removed_and_back(void **state)
{
    (void)state;
    desk_remove(s, T_PLAN, plan);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM placement"), 1);
    order_is("Kompetanseplan 2022/23|Skole|SIM\n"
             "-|Barnehage|BIM\n"
             "-|Felles|ÅRS\n"
             "-|-|KURS");
    take_back();
    order_is(as_it_was);
    desk_remove(s, T_OFFERING, sim);
    take_back();
    order_is(as_it_was);
}

/* ---- the records ---- */

static void test_records(void **state)
{
    (void)state;
    int64_t id;
    struct buf b = {0};
    FAILS(ST_REFUSED, desk_try_add(s, err, T_PLAN, NULL));
    FAILS(ST_REFUSED, desk_try_add(s, err, T_PLAN, "title", "Kompetanseplan 2021/22", NULL));
    FAILS(ST_REFUSED, desk_try_add(s, err, T_PLAN, "title", "P", "starts", "2022-01-02", "ends",
                                   "2022-01-01", NULL));
    FAILS(ST_REFUSED,
          desk_try_add(s, err, T_PLACEMENT, "offering", num(bim), "plan", num(plan), NULL));
    FAILS(ST_REFUSED, desk_try_add(s, err, T_PLACEMENT, "offering", num(bim), "plan", num(plan),
                                   "area", "Felles", NULL));
    FAILS(ST_REFUSED, desk_try_set(s, err, T_PLACEMENT, 1, "area", "Felles"));
    FAILS(ST_REFUSED, desk_try_add(s, err, T_PLACEMENT, "offering", num(bim), NULL));
    OK(record_find(s, type_of(T_PLAN), "kompetanseplan 2021/22", &id, err));
    assert_int_equal(id, plan);
    FAILS(ST_REFUSED, record_find(s, type_of(T_PLAN), "Kompetanseplan", &id, err));
    record_title(s, type_of(T_PLACEMENT), 2, &b);
    assert_string_equal(buf_str(&b), "BIM, Kompetanseplan 2021/22, Felles");
    buf_clear(&b);
    field_edit(s, &type_of(T_PLACEMENT)->fields[1], num(plan), &b);
    assert_string_equal(buf_str(&b), "Kompetanseplan 2021/22"); /* what the form reads back */
    buf_free(&b);
}

static void test_lists(void **state)
{
    (void)state;
    static const char *const plans[] = {"title", "starts", "offerings", NULL};
    static const char *const places[] = {"code", "plan", "area", NULL};
    static const char *const offerings[] = {"code", "plan", NULL};
    struct listing_query q = {.listing = listing_by_name("plans")};
    gives(&q, plans, "Kompetanseplan 2021/22|2021-08-01|1\nKompetanseplan 2022/23|-|1");
    q.search = "2022 23";
    gives(&q, plans, "Kompetanseplan 2022/23|-|1");
    q.search = "-";
    gives(&q, plans, "");
    struct listing_query p = {.listing = listing_by_name("placements")};
    gives(&p, places,
          "BIM|Kompetanseplan 2021/22|Barnehage\nBIM|Kompetanseplan 2021/22|Felles\n"
          "SIM|Kompetanseplan 2022/23|Skole");
    p.scope_type = T_OFFERING;
    p.scope = sim;
    gives(&p, places, "SIM|Kompetanseplan 2022/23|Skole");
    struct listing_query o = {
        .listing = listing_by_name("offerings"), .scope_type = T_PLAN, .scope = plan};
    gives(&o, offerings, "BIM|Kompetanseplan 2021/22");
    o.scope = next;
    gives(&o, offerings, "SIM|Kompetanseplan 2022/23");
}

/* The counts that triggers keep are compared with the records. */
static void test_verified(void **state)
{
    (void)state;
    static const char *const harm[] = {
        "DELETE FROM programme_place WHERE offering_id = 1",
        "UPDATE programme_place SET area = 'X' WHERE offering_id = 1",
        "UPDATE cohort SET invited = 3 WHERE id = 1", "UPDATE gathering SET marks = 1"};
    desk_add(s, T_GATHERING, "cohort", "1", NULL);
    for (size_t i = 0; i < sizeof harm / sizeof *harm; i++) {
        struct buf lines = {0};
        struct error e = {0};
        OK(db_begin(s->db, err));
        OK(db_script(s->db, harm[i], err));
        assert_int_equal(record_verify(s, desk_line, &lines, &e), ST_DATABASE);
        assert_true(lines.len > 0);
        buf_free(&lines);
        db_rollback(s->db);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_tree),
        cmocka_unit_test(test_sorted),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_folded),
        cmocka_unit_test(test_columns_of_cohorts),
        cmocka_unit_test(test_mine),
        cmocka_unit_test(test_searched),
        cmocka_unit_test(test_once),
        cmocka_unit_test(test_once_of_what_is_let_through),
        cmocka_unit_test(test_once_in_each_area),
        cmocka_unit_test(test_once_by_pages),
        cmocka_unit_test(test_moved),
        cmocka_unit_test(test_removed_and_back),
        cmocka_unit_test(test_records),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_verified),
    };
    lang_init("en");
    return cmocka_run_group_tests(tests, make, close_it);
}
