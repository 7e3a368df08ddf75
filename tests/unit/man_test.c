/* The key section of the man page, and the keys in README, are what the action table says.
 * SAMLING_UPDATE=1 writes them anew. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "samling/buf.h"
#include "samling/text.h"

#include "ui/action.h"
#include "ui/help.h"

static const char begin[] =
    ".\\\" KEYS BEGIN: made from the action table; tests/unit/man_test.c keeps it true\n";
static const char end[] = ".\\\" KEYS END\n";

enum { README_WIDTH = 96 };

/* Of a file named from the folder of data. */
static void page_path(struct buf *out, const char *name)
{
    const char *dir = getenv("SAMLING_DATADIR");
    buf_addf(out, "%s/%s", dir ? dir : "share", name);
}

static void read_all(const char *path, struct buf *out)
{
    char chunk[4096];
    size_t n;
    FILE *f = fopen(path, "r");
    if (!f)
        fail_msg("%s cannot be read", path);
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_addn(out, chunk, n);
    fclose(f);
}

static void keys_now(struct buf *out)
{
    char *text = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&text, &size);
    assert_non_null(f);
    fputs(".Bl -tag -width Ds\n", f);
    help_keys_man(f);
    fputs(".El\n", f);
    fclose(f);
    buf_add(out, text);
    free(text);
}

/* What stands between `from` and `to` in the file becomes `now`, or must be it. */
static void keep_true(const char *path, const char *begin_mark, const char *end_mark,
                      const char *now)
{
    struct buf page = {0};
    read_all(path, &page);
    char *from = strstr(page.s, begin_mark), *to;
    assert_non_null(from);
    from += strlen(begin_mark);
    to = strstr(from, end_mark);
    assert_non_null(to);
    if (getenv("SAMLING_UPDATE")) {
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fwrite(page.s, 1, (size_t)(from - page.s), f);
        fputs(now, f);
        fputs(to, f);
        assert_int_equal(fclose(f), 0);
    } else {
        *to = '\0';
        assert_string_equal(from, now);
    }
    buf_free(&page);
}

static void the_man_page_has_the_keys(void **state)
{
    struct buf path = {0}, now = {0};
    (void)state;
    page_path(&path, "man/samling.1");
    keys_now(&now);
    keep_true(path.s, begin, end, now.s);
    buf_free(&path);
    buf_free(&now);
}

static void the_readme_has_those_used_most(void **state)
{
    struct buf path = {0};
    char *now = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&now, &size);
    (void)state;
    assert_non_null(f);
    help_keys_readme(f, README_WIDTH);
    fputc('\n', f);
    assert_int_equal(fclose(f), 0);
    page_path(&path, "../README");
    keep_true(path.s, "Keys\n----\n", "How it looks\n", now);
    for (enum action_id id = ACTION_NONE + 1; id < ACTION_COUNT; id++) {
        struct buf words = {0};
        action_key_text(id, &words);
        buf_addf(&words, " %s", action_at(id)->label);
        if (action_at(id)->hint > 0 && !strstr(now, words.s))
            fail_msg("not in README: %s", words.s);
        buf_free(&words);
    }
    for (char *save, *line = strtok_r(now, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
        assert_true(text_width(line) <= README_WIDTH);
    buf_free(&path);
    free(now);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_man_page_has_the_keys),
        cmocka_unit_test(the_readme_has_those_used_most),
    };
    return cmocka_run_group_tests_name("man", tests, NULL, NULL);
}
