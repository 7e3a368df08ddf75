/* Lists without a terminal: paging between headings, marks, what is described and adopted. */
#include "config.h"

#include "desk.h"

#include "samling/lang.h"
#include "samling/listing.h"
#include "samling/text.h"

#include "ui/list.h"
#include "ui/list_parts.h"
#include "ui/ui_internal.h"

static struct session *s;
static struct ui ui;
static unsigned chance = 20261121;

static unsigned draw(unsigned below)
{
    chance = chance * 1103515245 + 12345;
    return (chance >> 8) % below;
}

/* ---- what is listed -----------------------------------------------------------------------------
 */

enum { PEOPLE = 97 };

static int64_t person[PEOPLE];

static int open_all(void **state)
{
    (void)state;
    static const char *const towns[] = {"Asker", "Bærum", "Lier", NULL};
    int line[2];
    /* Lists give way to keys that wait: let there be none. */
    if (pipe(line) != 0 || dup2(line[0], STDIN_FILENO) < 0)
        return -1;
    lang_init("en");
    s = desk_open(":memory:", "anna");
    ui.session = s;
    int64_t place[12];
    for (int i = 0; i < 12; i++) {
        char name[40];
        snprintf(name, sizeof name, "Barnehage %c", 'A' + i);
        place[i] = desk_add(s, T_ORGANISATION, "name", name, "ownership",
                            i % 2 ? "private" : "municipal", "municipality", towns[i % 4], NULL);
    }
    OK(session_begin(s, ACT_ADD, err));
    for (int i = 0; i < PEOPLE; i++) {
        char family[40];
        snprintf(family, sizeof family, "Berg %02d", i);
        person[i] = desk_add(s, T_PERSON, "given_name", i % 3 ? "Kari" : "Aase", "family_name",
                             family, NULL);
        if (i % 7)
            desk_add(s, T_POSITION, "person", num(person[i]), "organisation", num(place[draw(12)]),
                     NULL);
    }
    OK(session_commit(s, err));
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    session_close(s);
    return 0;
}

/* Everybody stands in it twice, as an offering may in two areas. */
static const struct column twice_columns[] = {
    {.name = "id", .label = "No.", .sql = "t.id", .kind = COLUMN_NUMBER, .sort = "t.id"},
    {.name = "name", .label = "Name", .sql = "t.family_name", .sort = "t.sort_key", .width = 10},
    {.name = "side", .label = "Side", .sql = "t.side", .sort = "t.side", .width = 10},
};

static const struct listing twice = {
    .name = "twice",
    .label = "Twice",
    .type = T_PERSON,
    .type_sql = "2",
    .id = "t.id",
    .from = "(SELECT p.id, p.family_name, p.sort_key, w.side FROM person p"
            " CROSS JOIN (SELECT 'north' AS side UNION ALL SELECT 'south') w) t",
    .columns = twice_columns,
    .ncolumns = sizeof twice_columns / sizeof *twice_columns,
    .order = "name",
    .tail = {"t.id", "t.side"},
};
_Static_assert(T_PERSON == 2, "as in type_sql");

static struct list new_list(const struct listing *g, int height)
{
    struct list l;
    list_init(&l, &ui, g, "name,organisation,phone");
    l.height = height;
    list_settle(&l);
    return l;
}

static struct list people(int height)
{
    return new_list(listing_by_name("people"), height);
}

/* ---- the whole list, to compare with ------------------------------------------------------------
 */

struct whole {
    struct {
        int64_t id;
        char *group[LIST_GROUPS_MAX];
    } row[2 * PEOPLE];
    size_t n;
    const struct list *l;
};

static bool keep(void *arg, const struct listing_row *r)
{
    struct whole *w = arg;
    w->row[w->n].id = r->id;
    for (int g = 0; g < LIST_GROUPS_MAX; g++)
        w->row[w->n].group[g] = mem_strdup(
            w->l->group[g] < 0 || !r->cell[w->l->group[g]] ? "" : r->cell[w->l->group[g]]);
    w->n++;
    return true;
}

static struct whole *read_whole(const struct list *l)
{
    struct whole *w = mem_alloc(sizeof *w);
    w->l = l;
    OK(listing_each(s, &l->q, 0, keep, w, err));
    return w;
}

static void whole_free(struct whole *w)
{
    for (size_t i = 0; i < w->n; i++)
        for (int g = 0; g < LIST_GROUPS_MAX; g++)
            free(w->row[i].group[g]);
    free(w);
}

/* The lines that rows `from` to before `to` take when `from` is the first. */
static int lines_of(const struct whole *w, size_t from, size_t to)
{
    int lines = 0, groups = list_groups(w->l);
    for (size_t i = from; i < to; i++) {
        int differs = groups;
        for (int g = 0; g < groups && differs == groups; g++)
            if (i == from || strcmp(w->row[i].group[g], w->row[i - 1].group[g]) != 0)
                differs = g;
        int headings = groups - differs;
        /* The row itself is seen, however low the list. */
        lines += 1 + (i == from && headings >= w->l->height ? w->l->height - 1 : headings);
    }
    return lines;
}

/* Where the first row that is seen stands in the whole. What is seen must be a part of it that
 * fills the screen, with the row in hand. */
static size_t check_view(const struct list *l, const struct whole *w)
{
    size_t at = 0;
    if (!w->n) {
        assert_int_equal(l->page.n, 0);
        return 0;
    }
    assert_true(l->seen > 0);
    assert_true(l->selected >= l->skip && l->selected < l->skip + l->seen);
    assert_true(l->skip + l->seen <= l->page.n);
    for (; at + l->page.n <= w->n; at++) {
        size_t i = 0;
        while (i < l->page.n && l->page.row[i].id == w->row[at + i].id)
            i++;
        if (i == l->page.n)
            break;
    }
    assert_true(at + l->page.n <= w->n);
    at += l->skip;
    int lines = lines_of(w, at, at + l->seen);
    assert_true(lines <= l->height);
    /* No line is left over that a row could have. */
    if (at + l->seen < w->n)
        assert_true(lines_of(w, at, at + l->seen + 1) > l->height);
    else if (at > 0)
        assert_true(lines_of(w, at - 1, w->n) > l->height);
    return at;
}

/* ---- headings -----------------------------------------------------------------------------------
 */

static void headings_are_where_values_change(void **state)
{
    (void)state;
    struct list l = people(12);
    list_group(&l, "municipality", "organisation");
    list_settle(&l);
    assert_int_equal(list_groups(&l), 2);
    struct whole *w = read_whole(&l);
    assert_int_equal(w->n, PEOPLE);
    for (size_t i = 1; i < w->n; i++) /* one group after the other */
        assert_true(strcmp(w->row[i].group[0], w->row[i - 1].group[0]) >= 0);
    list_act(&l, ACTION_FIRST);
    assert_int_equal(list_headings(&l, l.skip, l.skip), 2);
    /* Each line is one of a row, or of the headings above it. */
    int line = 0;
    for (size_t i = l.skip; i < l.skip + l.seen; i++) {
        for (int end = line + list_headings(&l, i, l.skip); line <= end; line++)
            assert_int_equal(list_row_at_line(&l, line), i);
    }
    assert_int_equal(list_row_at_line(&l, line), l.page.n);
    whole_free(w);
    list_free(&l);
}

static void pages_leave_no_row_out(void **state)
{
    (void)state;
    static const char *const group[][2] = {{NULL, NULL},
                                           {"municipality", NULL},
                                           {"municipality", "organisation"},
                                           {"given_name", NULL}};
    for (int height = 1; height < 40; height += 3) {
        for (size_t g = 0; g < 4; g++) {
            struct list l = people(height);
            list_group(&l, group[g][0], group[g][1]);
            list_settle(&l);
            list_act(&l, ACTION_FIRST);
            struct whole *w = read_whole(&l);
            size_t next = 0;
            for (;;) {
                size_t at = check_view(&l, w);
                assert_true(at <= next);
                next = at + l.seen;
                if (next == w->n)
                    break;
                list_act(&l, ACTION_PAGE_DOWN);
            }
            list_act(&l, ACTION_PAGE_DOWN);
            assert_int_equal(list_row(&l)->id, w->row[w->n - 1].id);
            size_t first = check_view(&l, w);
            while (first > 0) {
                list_act(&l, ACTION_PAGE_UP);
                size_t at = check_view(&l, w);
                assert_true(at < first && at + l.seen >= first);
                first = at;
            }
            list_act(&l, ACTION_PAGE_UP);
            assert_int_equal(list_row(&l)->id, w->row[0].id);
            whole_free(w);
            list_free(&l);
        }
    }
}

static void random_moves_show_the_list_as_it_is(void **state)
{
    (void)state;
    static const enum action_id moves[] = {ACTION_DOWN,      ACTION_DOWN,    ACTION_UP,
                                           ACTION_PAGE_DOWN, ACTION_PAGE_UP, ACTION_FIRST,
                                           ACTION_LAST};
    static const struct {
        const char *sort, *group[2];
    } orders[] = {{NULL, {NULL, NULL}},
                  {"-given_name", {NULL, NULL}},
                  {NULL, {"municipality", NULL}},
                  {"-municipality,-family_name", {"municipality", "given_name"}},
                  {"given_name", {"organisation", "municipality"}}};
    for (size_t o = 0; o < sizeof orders / sizeof *orders; o++) {
        struct list l = people(9);
        assert_true(list_sort(&l, orders[o].sort));
        list_group(&l, orders[o].group[0], orders[o].group[1]);
        list_settle(&l);
        struct whole *w = read_whole(&l);
        size_t at = check_view(&l, w) + l.selected - l.skip;
        for (int step = 0; step < 1500; step++) {
            unsigned what = draw(10);
            if (what < 7) {
                list_act(&l, moves[what]);
            } else if (what == 7) {
                list_ensure(&l, 2 + (int)draw(20));
            } else {
                list_refresh(&l);
            }
            size_t now = check_view(&l, w) + l.selected - l.skip;
            if (what < 2)
                assert_int_equal(now, at + (at + 1 < w->n));
            else if (what == 2)
                assert_int_equal(now, at - (at > 0));
            else if (what >= 7)
                assert_int_equal(now, at);
            at = now;
        }
        whole_free(w);
        list_free(&l);
    }
}

static void one_that_stands_twice_stays_the_one_it_was(void **state)
{
    (void)state;
    struct list l = new_list(&twice, 2 * PEOPLE + 10);
    list_group(&l, "side", NULL);
    list_settle(&l);
    assert_int_equal(l.page.n, 2 * PEOPLE);
    for (size_t i = 0; i < l.page.n; i += 13) {
        l.selected = i;
        char *place = mem_strdup(list_row(&l)->place);
        list_refresh(&l);
        assert_string_equal(list_row(&l)->place, place);
        assert_int_equal(l.selected, i);
        free(place);
    }
    list_ensure(&l, 8); /* now the other one is far away */
    for (size_t i = 0; i < 2 * PEOPLE; i++) {
        char *place = mem_strdup(list_row(&l)->place);
        list_refresh(&l);
        assert_string_equal(list_row(&l)->place, place);
        free(place);
        list_act(&l, ACTION_UP);
    }
    assert_true(list_idle(&l));
    assert_int_equal(l.count, 2 * PEOPLE); /* it is rows */
    list_free(&l);
}

static void the_row_in_hand_stays_when_it_is_grouped(void **state)
{
    (void)state;
    struct list l = people(10);
    assert_true(list_find(&l, T_PERSON, person[60]));
    list_group(&l, "municipality", NULL);
    list_settle(&l);
    assert_int_equal(list_row(&l)->id, person[60]);
    list_group(&l, NULL, NULL);
    list_settle(&l);
    assert_int_equal(list_row(&l)->id, person[60]);
    assert_int_equal(l.q.sort[0], 0); /* as if nothing had been */
    list_free(&l);
}

/* ---- order and filters --------------------------------------------------------------------------
 */

static void sorts_by_any_column(void **state)
{
    (void)state;
    struct list l = people(20);
    assert_false(list_sort(&l, "shoe_size"));
    assert_null(l.sort);
    assert_true(list_sort(&l, "-family_name"));
    assert_string_equal(l.sort, "-family_name");
    list_settle(&l);
    assert_string_equal(list_cell(&l, "family_name"), "Berg 96");
    assert_true(list_sort(&l, "family_name")); /* the listing's own order costs what it did */
    assert_null(l.sort);
    assert_int_equal(l.q.sort[0], 0);
    list_settle(&l);
    assert_string_equal(list_cell(&l, "family_name"), "Berg 00");
    list_free(&l);
}

static int64_t counted(struct list *l)
{
    list_settle(l);
    list_idle(l);
    return l->count;
}

static void filters_narrow_and_let_go(void **state)
{
    (void)state;
    struct list l = people(20);
    struct error refused = {0};
    struct buf b = {0};
    assert_int_equal(counted(&l), PEOPLE);
    OK(list_filter(&l, "given_name=Åse", err));
    assert_int_equal(counted(&l), 33);
    list_state_text(&l, &b);
    assert_string_equal(b.s, "33 rows · Given name: Åse");
    OK(list_filter(&l, "given_name=Kari", err)); /* in place of the first */
    assert_int_equal(l.nfilters, 1);
    assert_int_equal(counted(&l), 64);
    OK(list_filter(&l, "id>10", err));
    OK(list_filter(&l, "id<=20", err)); /* the other end of the span */
    assert_int_equal(l.nfilters, 3);
    assert_true(counted(&l) <= 10);
    OK(list_filter(&l, "id<=30", err));
    assert_int_equal(l.nfilters, 3);
    buf_clear(&b);
    list_filter_text(&l, 2, &b);
    assert_string_equal(b.s, "No. <= 30");
    buf_clear(&b);
    counted(&l);
    list_state_text(&l, &b);
    assert_non_null(strstr(b.s, " rows · 3 filters"));
    assert_int_equal(list_filter(&l, "shoe_size=43", &refused), ST_REFUSED);
    assert_int_equal(list_filter(&l, "nothing", &refused), ST_USAGE);
    assert_int_equal(l.nfilters, 3);
    list_filter_remove(&l, 0);
    assert_string_equal(l.filter[0], "id>10");
    list_filter_clear(&l);
    assert_int_equal(counted(&l), PEOPLE);
    OK(list_filter(&l, "organisation=", err));
    assert_int_equal(counted(&l), 14);
    buf_clear(&b);
    list_state_text(&l, &b);
    assert_string_equal(b.s, "14 rows · Organisation: empty");
    buf_free(&b);
    list_free(&l);
}

static void too_many_filters_are_refused(void **state)
{
    (void)state;
    struct list l = people(20);
    struct error refused = {0};
    static const char *const where[] = {"given_name!=A", "family_name!=A",  "email!=A",
                                        "phone!=A",      "organisation!=A", "municipality!=A",
                                        "id>0",          "id<1000000"};
    for (size_t i = 0; i < LISTING_FILTERS_MAX; i++)
        OK(list_filter(&l, where[i], err));
    assert_int_equal(counted(&l), PEOPLE);
    assert_int_equal(list_filter(&l, "position=x", &refused), ST_USAGE);
    assert_int_equal(l.nfilters, LISTING_FILTERS_MAX);
    assert_true(list_find(&l, T_PERSON, person[50])); /* also with no room for one more */
    list_free(&l);
}

static void columns_that_are_not_there_are_passed_over(void **state)
{
    (void)state;
    struct list l = people(20);
    list_columns(&l, "phone,shoe_size,municipality:20");
    assert_string_equal(list_columns_now(&l), "phone,municipality:20");
    list_columns(&l, "shoe_size");
    assert_string_equal(list_columns_now(&l), "name,organisation,phone");
    list_free(&l);
}

/* ---- marks --------------------------------------------------------------------------------------
 */

struct gathered {
    int64_t id[2 * PEOPLE];
    size_t n;
};

static bool gather(void *arg, const struct listing_row *r)
{
    struct gathered *g = arg;
    g->id[g->n++] = r->id;
    return true;
}

static size_t gathered(struct list *l)
{
    struct gathered g = {0};
    OK(list_each_marked(l, gather, &g, err));
    return g.n;
}

static void select_row(struct list *l, int64_t id)
{
    assert_true(list_find(l, T_PERSON, id));
    list_act(l, ACTION_MARK);
}

static void marks_go_on_and_are_gone_through_in_order(void **state)
{
    (void)state;
    struct list l = people(10);
    struct gathered g = {0};
    struct buf b = {0};
    OK(list_each_marked(&l, gather, &g, err)); /* none: the row in hand */
    assert_int_equal(g.n, 1);
    assert_int_equal(g.id[0], person[0]);
    assert_int_equal(list_marked(&l), 0);
    select_row(&l, person[70]);
    assert_int_equal(list_row(&l)->id, person[71]);
    select_row(&l, person[3]);
    select_row(&l, person[40]);
    assert_int_equal(list_marked(&l), 3);
    g.n = 0;
    OK(list_each_marked(&l, gather, &g, err));
    assert_int_equal(g.n, 3);
    assert_int_equal(g.id[0], person[3]);
    assert_int_equal(g.id[1], person[40]);
    assert_int_equal(g.id[2], person[70]);
    counted(&l);
    list_state_text(&l, &b);
    assert_string_equal(b.s, "3 of 97 selected");
    select_row(&l, person[40]); /* again: let go */
    assert_int_equal(list_marked(&l), 2);
    assert_true(list_act(&l, ACTION_MARK_NONE));
    assert_int_equal(list_marked(&l), 0);
    assert_false(list_act(&l, ACTION_OPEN));
    buf_free(&b);
    list_free(&l);
}

static void a_range_goes_either_way_over_pages(void **state)
{
    (void)state;
    struct list l = people(10);
    select_row(&l, person[20]);
    assert_true(list_find(&l, T_PERSON, person[80]));
    list_act(&l, ACTION_MARK_RANGE);
    assert_int_equal(list_marked(&l), 61);
    assert_true(list_find(&l, T_PERSON, person[10])); /* from 80, where the last range ended */
    list_act(&l, ACTION_MARK_RANGE);
    assert_int_equal(list_marked(&l), 71);
    list_act(&l, ACTION_MARK_NONE);
    list_act(&l, ACTION_MARK_RANGE); /* from nowhere: this row */
    assert_int_equal(list_marked(&l), 1);
    /* In the order of now. */
    assert_true(list_sort(&l, "given_name"));
    list_act(&l, ACTION_FIRST);
    list_act(&l, ACTION_MARK_NONE);
    list_act(&l, ACTION_MARK);
    list_act(&l, ACTION_LAST);
    list_act(&l, ACTION_MARK_RANGE);
    assert_int_equal(list_marked(&l), PEOPLE);
    list_act(&l, ACTION_MARK_NONE);
    assert_true(list_find(&l, T_PERSON, person[3])); /* 0, 3 … 96 are Aase, in this order */
    list_act(&l, ACTION_MARK);
    assert_true(list_find(&l, T_PERSON, person[0]));
    list_act(&l, ACTION_MARK_RANGE);
    assert_int_equal(list_marked(&l), 2);
    /* One that is not in the list is no end of a range. */
    assert_true(list_sort(&l, NULL));
    list_act(&l, ACTION_MARK_NONE);
    select_row(&l, person[1]);
    list_search(&l, "aase");
    list_settle(&l);
    list_act(&l, ACTION_MARK_RANGE);
    assert_int_equal(list_marked(&l), 1);
    assert_non_null(strstr(ui.message, "not in this list"));
    list_free(&l);
}

static void marks_outlive_searches(void **state)
{
    (void)state;
    struct list l = people(10);
    struct buf b = {0};
    select_row(&l, person[1]); /* a Kari */
    list_search(&l, "aase");
    list_settle(&l);
    list_act(&l, ACTION_MARK);
    list_act(&l, ACTION_MARK);
    assert_int_equal(list_marked(&l), 3);
    assert_int_equal(gathered(&l), 3); /* also the one that is hidden */
    counted(&l);
    list_state_text(&l, &b);
    assert_string_equal(b.s, "3 selected");
    list_act(&l, ACTION_MARK_OTHERS); /* of those that are found */
    assert_int_equal(list_marked(&l), 31);
    assert_int_equal(gathered(&l), 31);
    list_search(&l, NULL);
    list_settle(&l);
    assert_false(l.marks.all);
    assert_int_equal(list_marked(&l), 31);
    assert_int_equal(gathered(&l), 31);
    list_act(&l, ACTION_MARK_ALL);
    assert_int_equal(counted(&l), PEOPLE);
    assert_int_equal(list_marked(&l), PEOPLE);
    OK(list_filter(&l, "given_name=Kari", err));
    assert_int_equal(counted(&l), 64); /* “all” was said of all */
    assert_int_equal(gathered(&l), PEOPLE);
    list_act(&l, ACTION_MARK_ALL);
    assert_int_equal(gathered(&l), 64);
    list_scope(&l, T_ORGANISATION, 1);
    assert_int_equal(list_marked(&l), 0);
    buf_free(&b);
    list_free(&l);
}

static void who_is_gone_is_not_selected(void **state)
{
    (void)state;
    struct list l = people(10);
    int64_t extra[3];
    for (int i = 0; i < 3; i++)
        extra[i] = desk_add(s, T_PERSON, "given_name", "Siri", "family_name", "Å", NULL);
    list_refresh(&l);
    for (int i = 0; i < 3; i++)
        select_row(&l, extra[i]);
    desk_remove(s, T_PERSON, extra[0]);
    list_refresh(&l);
    list_idle(&l);
    assert_int_equal(list_marked(&l), 2);
    assert_int_equal(gathered(&l), 2);
    list_act(&l, ACTION_MARK_OTHERS); /* all but two */
    assert_int_equal(list_marked(&l), PEOPLE);
    desk_remove(s, T_PERSON, extra[1]);
    list_refresh(&l);
    list_idle(&l);
    assert_int_equal(list_marked(&l), PEOPLE);
    assert_int_equal(gathered(&l), PEOPLE);
    desk_remove(s, T_PERSON, extra[2]);
    list_free(&l);
}

static void a_record_that_stands_twice_is_told_once(void **state)
{
    (void)state;
    struct list l = new_list(&twice, 10);
    list_group(&l, "side", NULL);
    list_settle(&l);
    list_act(&l, ACTION_MARK);
    assert_int_equal(list_marked(&l), 1);
    assert_int_equal(gathered(&l), 1);
    for (int i = 0; i < 20; i++)
        list_act(&l, ACTION_DOWN);
    list_act(&l, ACTION_MARK_RANGE); /* rows, not the way to the other one */
    assert_int_equal(list_marked(&l), 22);
    list_act(&l, ACTION_MARK_ALL);
    assert_int_equal(gathered(&l), PEOPLE);
    /* What is said counts records too, where it is of both. */
    struct buf b = {0};
    counted(&l);
    list_state_text(&l, &b);
    assert_string_equal(b.s, "97 of 97 selected");
    select_row(&l, person[5]);
    buf_clear(&b);
    list_state_text(&l, &b);
    assert_string_equal(b.s, "96 of 97 selected");
    list_act(&l, ACTION_MARK_NONE);
    buf_clear(&b);
    list_state_text(&l, &b);
    assert_string_equal(b.s, "194 rows");
    list_group(&l, NULL, NULL); /* still twice: nothing says how not to */
    list_settle(&l);
    list_act(&l, ACTION_MARK_ALL);
    assert_int_equal(gathered(&l), PEOPLE);
    buf_free(&b);
    list_free(&l);
}

/* ---- what is remembered -------------------------------------------------------------------------
 */

static void same_view(const struct list *a, const struct list *b)
{
    assert_int_equal(a->seen, b->seen);
    assert_int_equal(a->selected - a->skip, b->selected - b->skip);
    for (size_t i = 0; i < a->seen; i++)
        assert_int_equal(a->page.row[a->skip + i].id, b->page.row[b->skip + i].id);
}

static void what_is_described_is_adopted(void **state)
{
    (void)state;
    struct list a = people(11), b = people(11);
    struct buf text = {0}, again = {0};
    list_columns(&a, "phone,name:30");
    assert_true(list_sort(&a, "-given_name"));
    list_group(&a, "municipality", "organisation");
    OK(list_filter(&a, "family_name!=a;b%3B\n=c", err));
    OK(list_filter(&a, "id>3", err));
    list_search(&a, "berg å;%");
    list_search(&a, "berg");
    list_settle(&a);
    for (int i = 0; i < 37; i++)
        list_act(&a, ACTION_DOWN);
    list_act(&a, ACTION_UP);
    list_describe(&a, &text);
    assert_null(strchr(text.s, '\n'));
    list_adopt(&b, text.s);
    list_settle(&b);
    list_describe(&b, &again);
    assert_string_equal(text.s, again.s);
    assert_string_equal(b.filter[0], "family_name!=a;b%3B\n=c");
    assert_string_equal(b.search, "berg");
    same_view(&a, &b);
    list_adopt(&b, "group="); /* back to the plain list */
    list_settle(&b);
    buf_clear(&again);
    list_describe(&b, &again);
    assert_memory_equal(again.s, "group=;row=", 11);
    buf_free(&text);
    buf_free(&again);
    list_free(&a);
    list_free(&b);
}

static void what_is_strange_is_passed_over(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        ";;;",
                                        "=",
                                        "x",
                                        "columns=shoe_size;sort=-shoe_size;filter=shoe_size=3",
                                        "filter=;filter=%;search=%FF;group=a,b,c",
                                        "row=0:0;place=zz",
                                        "row=2:99999999999;place=q|i3|tzz",
                                        "row=2:5;above=99999;place=|||||",
                                        "row=999:5;above=-1",
                                        "future=1;group=municipality;new=%ZZ%4"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct list l = people(10);
        list_adopt(&l, texts[i]);
        list_settle(&l);
        assert_true(l.loaded);
        assert_int_equal(counted(&l), PEOPLE);
        struct whole *w = read_whole(&l);
        check_view(&l, w);
        whole_free(w);
        list_free(&l);
    }
}

static void a_row_that_moved_is_found_again(void **state)
{
    (void)state;
    struct list a = people(10), b = people(10);
    struct buf text = {0};
    assert_true(list_find(&a, T_PERSON, person[30]));
    list_describe(&a, &text);
    desk_set(s, T_PERSON, person[30], "family_name", "Østby");
    list_adopt(&b, text.s);
    list_settle(&b);
    assert_int_equal(list_row(&b)->id, person[30]);
    desk_set(s, T_PERSON, person[30], "family_name", "Berg 30");
    buf_free(&text);
    list_free(&a);
    list_free(&b);
}

/* ---- the mouse ----------------------------------------------------------------------------------
 */

static void clicks_select_rows_between_headings(void **state)
{
    (void)state;
    struct list l = people(12);
    bool open;
    list_group(&l, "municipality", "organisation");
    list_settle(&l);
    list_act(&l, ACTION_FIRST);
    l.y = 4;
    l.x = 10;
    l.lines = 12;
    l.width = 40;
    assert_false(list_click(&l, &(struct click){3, 12, CLICK_ONCE}, &open));
    assert_false(list_click(&l, &(struct click){5, 50, CLICK_ONCE}, &open));
    for (int line = 0; line < 12; line++) {
        size_t row = list_row_at_line(&l, line);
        assert_true(list_click(&l, &(struct click){4 + line, 12, CLICK_ONCE}, &open));
        assert_false(open);
        if (row < l.page.n)
            assert_int_equal(l.selected, row);
    }
    assert_true(list_click(&l, &(struct click){6, 12, CLICK_TWICE}, &open));
    assert_true(open);
    int64_t before = list_row(&l)->id;
    assert_true(list_click(&l, &(struct click){6, 12, CLICK_WHEEL_DOWN}, &open));
    assert_int_not_equal(list_row(&l)->id, before);
    assert_true(list_click(&l, &(struct click){6, 12, CLICK_WHEEL_UP}, &open));
    assert_int_equal(list_row(&l)->id, before);
    list_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_are_where_values_change),
        cmocka_unit_test(pages_leave_no_row_out),
        cmocka_unit_test(random_moves_show_the_list_as_it_is),
        cmocka_unit_test(one_that_stands_twice_stays_the_one_it_was),
        cmocka_unit_test(the_row_in_hand_stays_when_it_is_grouped),
        cmocka_unit_test(sorts_by_any_column),
        cmocka_unit_test(filters_narrow_and_let_go),
        cmocka_unit_test(too_many_filters_are_refused),
        cmocka_unit_test(columns_that_are_not_there_are_passed_over),
        cmocka_unit_test(marks_go_on_and_are_gone_through_in_order),
        cmocka_unit_test(a_range_goes_either_way_over_pages),
        cmocka_unit_test(marks_outlive_searches),
        cmocka_unit_test(who_is_gone_is_not_selected),
        cmocka_unit_test(a_record_that_stands_twice_is_told_once),
        cmocka_unit_test(what_is_described_is_adopted),
        cmocka_unit_test(what_is_strange_is_passed_over),
        cmocka_unit_test(a_row_that_moved_is_found_again),
        cmocka_unit_test(clicks_select_rows_between_headings),
    };
    return cmocka_run_group_tests_name("list", tests, open_all, close_all);
}
