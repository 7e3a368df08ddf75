/* The key section of the man page is what the action table says. SAMLING_UPDATE=1 writes it anew. */
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
#include "ui/help.h"

static const char begin[] = ".\\\" KEYS BEGIN: made from the action table; tests/unit/man_test.c keeps it true\n";
static const char end[] = ".\\\" KEYS END\n";

static void page_path(struct buf *out)
{
    const char *dir = getenv("SAMLING_DATADIR");
    buf_addf(out, "%s/man/samling.1", dir ? dir : "share");
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

static void test_keys(void **state)
{
    struct buf path = {0}, page = {0}, now = {0};
    (void)state;
    page_path(&path);
    read_all(path.s, &page);
    keys_now(&now);
    char *from = strstr(page.s, begin), *to = strstr(page.s, end);
    assert_non_null(from);
    assert_non_null(to);
    from += sizeof begin - 1;
    if (getenv("SAMLING_UPDATE")) {
        FILE *f = fopen(path.s, "w");
        assert_non_null(f);
        fwrite(page.s, 1, (size_t)(from - page.s), f);
        fputs(now.s, f);
        fputs(to, f);
        assert_int_equal(fclose(f), 0);
    } else {
        *to = '\0';
        assert_string_equal(from, now.s);
    }
    buf_free(&path);
    buf_free(&page);
    buf_free(&now);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_keys)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
