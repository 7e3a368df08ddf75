/* What saved filters and the export of selected rows need of core: settings by the start of their
 * name, rows that come from elsewhere. */
#include "config.h"

#include "desk.h"

#include "samling/export.h"
#include "samling/listing.h"

static struct session *s;

static int open_session(void **state)
{
    (void)state;
    setenv("SAMLING_TODAY", "2026-11-21", 1);
    s = desk_open(":memory:", "anna");
    return 0;
}

static int close_session(void **state)
{
    (void)state;
    session_close(s);
    return 0;
}

/* ---- settings ---------------------------------------------------------------------------------
 */

static bool add_setting(void *arg, const char *name, const char *value)
{
    struct buf *b = arg;
    buf_addf(b, "%s=%s;", name, value);
    return strcmp(value, "stop") != 0;
}

static void settings_are(bool all, const char *prefix, const char *want)
{
    struct buf b = {0};
    OK(settings_each(s, all, prefix, add_setting, &b, err));
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

static void settings_by_the_start_of_their_name(void **state)
{
    (void)state;
    settings_are(false, "filter.", "");
    OK(setting_set(s, false, "filter.people.Å", "1", err));
    OK(setting_set(s, false, "filter.people.a%", "2", err));
    OK(setting_set(s, false, "filter.peoplex", "3", err));
    OK(setting_set(s, false, "pane", "4", err));
    OK(setting_set(s, true, "filter.people.all", "5", err));
    settings_are(false, "filter.people.", "filter.people.a%=2;filter.people.Å=1;");
    settings_are(true, "filter.people.", "filter.people.all=5;");
    /* Nothing in a prefix is a sign for something else. */
    settings_are(false, "filter.people.%", "");
    settings_are(false, "filter_", "");
    OK(setting_set(s, false, "filter.people.a%", "stop", err));
    settings_are(false, "filter.people.", "filter.people.a%=stop;");
    OK(setting_set(s, false, "filter.people.a%", NULL, err));
    settings_are(false, "filter.people.", "filter.people.Å=1;");
}

/* ---- rows -------------------------------------------------------------------------------------
 */

static char *one[] = {"1", "=a"}, *two[] = {"2", "b;c"}, *three[] = {"3", NULL};
static char **const cells[] = {one, two, three};
static const struct column columns[] = {
    {.name = "id", .label = "No.", .kind = COLUMN_NUMBER},
    {.name = "name", .label = "Name"},
};
static const struct listing list = {
    .name = "some", .label = "Some", .type = T_PERSON, .columns = columns, .ncolumns = 2};

/* Each as often as it is said. */
static enum status give(void *rows_arg, bool (*fn)(void *, const struct listing_row *), void *arg,
                        struct error *err)
{
    const char *which = rows_arg;
    for (; *which; which++) {
        if (*which == '!')
            return error_set(err, ST_REFUSED, "rows", NULL, "%s", "no more");
        struct listing_row row = {
            .type = T_PERSON, .id = *which - '0', .cell = cells[*which - '1'], .ncells = 2};
        if (!fn(arg, &row))
            break;
    }
    return ST_OK;
}

static enum status written(const char *which, const struct export_options *o, char **text,
                           int64_t *rows, struct error *err)
{
    size_t size;
    char order[16];
    snprintf(order, sizeof order, "%s", which);
    struct listing_query q = {.listing = &list, .rows = give, .rows_arg = order};
    FILE *f = open_memstream(text, &size);
    assert_non_null(f);
    enum status st = export_write(s, &q, o, f, rows, err);
    fclose(f);
    return st;
}

static void writes(const char *which, const struct export_options *o, const char *want,
                   int64_t want_rows)
{
    char *text = NULL;
    int64_t rows = 0;
    OK(written(which, o, &text, &rows, err));
    assert_string_equal(text, want);
    assert_int_equal(rows, want_rows);
    free(text);
}

static void rows_from_elsewhere(void **state)
{
    (void)state;
    char *text = NULL;
    struct export_options o = {.form = EXPORT_PLAIN};
    writes("31", &o, "id,name\n3,\n1,=a\n", 2);
    writes("", &o, "id,name\n", 0);
    o.limit = 2;
    writes("1231", &o, "id,name\n1,=a\n2,b;c\n", 2);
    o.limit = 0;
    FAILS(ST_REFUSED, written("1!", &o, &text, NULL, err));
    free(text);
}

static void rows_without_a_heading(void **state)
{
    (void)state;
    /* A cell that a spreadsheet would run is made harmless here too. */
    writes("12", &(struct export_options){.form = EXPORT_CELLS, .no_heading = true},
           "1\t'=a\n2\tb;c\n", 2);
    writes("12", &(struct export_options){.form = EXPORT_EXCEL, .no_heading = true},
           "\xef\xbb\xbf"
           "1;'=a\r\n2;\"b;c\"\r\n",
           2);
    writes("2", &(struct export_options){.form = EXPORT_PLAIN, .no_heading = true}, "2,b;c\n", 1);
    writes("2", &(struct export_options){.form = EXPORT_TSV, .no_heading = true}, "2\tb;c\n", 1);
    writes("2", &(struct export_options){.form = EXPORT_TEXT, .no_heading = true}, "  2  b;c\n", 1);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_session, close_session)
    const struct CMUnitTest tests[] = {
        TEST(settings_by_the_start_of_their_name),
        TEST(rows_from_elsewhere),
        TEST(rows_without_a_heading),
    };
    return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
