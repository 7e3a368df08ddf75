/* Lists travel between advisers of different languages: every choice is read back from its label in bokmål, nynorsk
 * and English, whatever language is in force. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/record.h"

static const char *const languages[] = {"en", "nb", "nn"};

struct label {
    const struct field *field;
    const char *key;
    char *text;
};

static struct label *labels_in(const char *language, size_t *n)
{
    struct label *all = NULL;
    size_t cap = 0;
    *n = 0;
    assert_true(lang_init(language));
    for (int t = T_NONE + 1; t < T_COUNT; t++) {
        const struct record_type *type = type_by_id((enum type_id)t);
        for (size_t f = 0; f < type->nfields; f++) {
            for (const struct choice *c = type->fields[f].choices; c && c->key; c++) {
                all = mem_grow(all, &cap, *n + 1, sizeof *all);
                all[(*n)++] = (struct label){&type->fields[f], c->key, mem_strdup(lang_tr(c->label))};
            }
        }
    }
    return all;
}

static void test_any_language(void **state)
{
    struct session *s;
    int differ = 0, bad = 0;
    (void)state;
    assert_int_equal(session_open(&s, ":memory:", DB_CREATE, "anna", NULL), ST_OK);
    for (size_t from = 0; from < 3; from++) {
        size_t n;
        struct label *all = labels_in(languages[from], &n);
        for (size_t in = 0; in < 3; in++) {
            assert_true(lang_init(languages[in]));
            for (size_t i = 0; i < n; i++) {
                char *value = NULL;
                if (field_parse(s, all[i].field, all[i].text, &value, NULL) != ST_OK || !value ||
                    strcmp(value, all[i].key) != 0) {
                    print_error("%s \"%s\" read in %s gives %s, not %s\n", languages[from], all[i].text, languages[in],
                                value ? value : "nothing", all[i].key);
                    bad++;
                }
                differ += strcmp(all[i].text, all[i].key) != 0;
                free(value);
            }
        }
        for (size_t i = 0; i < n; i++)
            free(all[i].text);
        free(all);
    }
    session_close(s);
    assert_true(differ > 100); /* the translations were there */
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_any_language)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
