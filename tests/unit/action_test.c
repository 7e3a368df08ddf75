#include "config.h"

#include "ui/action.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "samling/text.h"

#include "ui/help.h"
#include "ui/keys.h"
#include "ui/ui_internal.h"

static const unsigned all_contexts[] = {
    IN_OFFERINGS, IN_CALENDAR, IN_CONTACTS, IN_TODAY,    IN_ROSTER,  IN_RECORD,
    IN_REHEARSAL, IN_FORM,     IN_DIALOG,   IN_CONFLICT, IN_READING,
};

#define FOR_EACH_ACTION(a)                                                                         \
    for (const struct action *a = action_at(ACTION_NONE + 1); a; a = action_at(a->id + 1))

/* The next key's name at *keys, its length in *n; NULL after the last. */
static const char *next_key(const char **keys, size_t *n)
{
    const char *name = *keys + strspn(*keys, " ");
    *n = strcspn(name, " ");
    *keys = name + *n;
    return *n > 0 ? name : NULL;
}

static bool has_key(const struct action *a, int key)
{
    size_t n;
    for (const char *keys = a->keys, *k; (k = next_key(&keys, &n)) != NULL;)
        if (key_by_name(k, n) == key)
            return true;
    return false;
}

static void every_row_is_whole(void **state)
{
    (void)state;
    int count = 0;
    FOR_EACH_ACTION(a)
    {
        count++;
        assert_true(*a->name && *a->label && *a->help && *a->keys);
        assert_int_not_equal(a->contexts, 0);
        assert_int_equal(a->contexts & IN_DIALOG, 0); /* dialogs have keys of their own */
        assert_int_equal(a->contexts >> 11, 0);
        assert_true(a->hint >= 0 && a->hint <= 9);
        assert_true(a->menu >= MENU_NONE && a->menu < MENU_COUNT);
        if (!strchr(".!?", a->help[strlen(a->help) - 1]))
            fail_msg("%s: its help is no sentence: %s", a->name, a->help);
    }
    assert_int_equal(count, ACTION_COUNT - 1);
    assert_null(action_at(ACTION_NONE));
    assert_null(action_at(ACTION_COUNT));
}

static void every_key_is_known(void **state)
{
    (void)state;
    FOR_EACH_ACTION(a)
    {
        size_t n;
        int keys_of_it = 0;
        for (const char *keys = a->keys, *k; (k = next_key(&keys, &n)) != NULL; keys_of_it++)
            if (key_by_name(k, n) == KEY_NONE)
                fail_msg("%s: no such key: %.*s", a->name, (int)n, k);
        assert_true(keys_of_it > 0);
    }
    assert_int_equal(key_by_name("Entre", 5), KEY_NONE);
    assert_int_equal(key_by_name("Ctrl-", 5), KEY_NONE);
    assert_int_equal(key_by_name("Ctrl-P", 6), 16);
}

static void no_two_share_a_key(void **state)
{
    (void)state;
    FOR_EACH_ACTION(a)
    {
        FOR_EACH_ACTION(b)
        {
            if (a->id >= b->id || !(a->contexts & b->contexts))
                continue;
            size_t n;
            for (const char *keys = a->keys, *k; (k = next_key(&keys, &n)) != NULL;)
                if (has_key(b, key_by_name(k, n)))
                    fail_msg("%s and %s share %.*s", a->name, b->name, (int)n, k);
        }
    }
}

static void keys_find_their_action(void **state)
{
    (void)state;
    FOR_EACH_ACTION(a)
    {
        for (size_t c = 0; c < sizeof all_contexts / sizeof *all_contexts; c++) {
            size_t n;
            if (!(a->contexts & all_contexts[c]))
                continue;
            for (const char *keys = a->keys, *k; (k = next_key(&keys, &n)) != NULL;) {
                int key = key_by_name(k, n);
                bool letter = key >= ' ' && key < 0x110000;
                assert_int_equal(action_by_key(all_contexts[c], key, false), a->id);
                assert_int_equal(action_by_key(all_contexts[c], key, true),
                                 letter ? ACTION_NONE : a->id);
            }
        }
    }
    assert_int_equal(action_by_key(IN_DIALOG, 'q', false), ACTION_NONE);
    assert_int_equal(action_by_key(IN_OFFERINGS, KEY_NONE, false), ACTION_NONE);
}

/* F-keys are stolen, Esc is slow: where text is typed, another key must do. */
static void nothing_needs_an_f_key_or_escape(void **state)
{
    (void)state;
    FOR_EACH_ACTION(a)
    {
        size_t n;
        bool other_way = false;
        for (const char *keys = a->keys, *k; (k = next_key(&keys, &n)) != NULL;) {
            bool f_key = k[0] == 'F' && n > 1 && isdigit((unsigned char)k[1]);
            bool escape = n == 3 && strncmp(k, "Esc", 3) == 0;
            int key = key_by_name(k, n);
            bool letter = key >= ' ' && key < 0x110000;
            if (!f_key && !escape && !(letter && a->contexts == IN_FORM))
                other_way = true;
        }
        if (!other_way)
            fail_msg("%s: only %s", a->name, a->keys);
    }
}

static void menus_fit_the_smallest_window(void **state)
{
    (void)state;
    int bar = text_width(" samling  ");
    for (enum menu m = MENU_NONE + 1; m < MENU_COUNT; m++) {
        int count = 0, label = 0, widest_key = 0;
        struct buf key = {0};
        FOR_EACH_ACTION(a)
        {
            if (a->menu != m)
                continue;
            count++;
            buf_clear(&key);
            action_key_text(a->id, &key);
            assert_true(key.len > 0);
            label = text_width(lang_tr(a->label)) > label ? text_width(lang_tr(a->label)) : label;
            widest_key = text_width(key.s) > widest_key ? text_width(key.s) : widest_key;
        }
        assert_true(*menu_label(m) != '\0');
        bar += text_width(menu_label(m)) + 2;
        assert_true(count > 0);
        assert_true(count <= HEIGHT_MIN - 4); /* bar, message, and the box */
        assert_true(label + widest_key + 7 <= WIDTH_MIN);
        buf_free(&key);
    }
    assert_true(bar <= WIDTH_MIN);
}

static void every_place_has_hints(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof all_contexts / sizeof *all_contexts; c++) {
        int hints = 0;
        bool menu = false, help = false;
        if (all_contexts[c] == IN_DIALOG)
            continue;
        FOR_EACH_ACTION(a)
        {
            if (!(a->contexts & all_contexts[c]))
                continue;
            hints += a->hint > 0;
            menu = menu || a->id == ACTION_MENU;
            help = help || a->id == ACTION_HELP;
        }
        if (hints == 0 || !menu || !help)
            fail_msg("context %u: %d hints, menu %d, help %d", all_contexts[c], hints, menu, help);
    }
}

static void every_place_has_a_name(void **state)
{
    (void)state;
    struct buf b = {0};
    for (size_t c = 0; c < sizeof all_contexts / sizeof *all_contexts; c++) {
        buf_clear(&b);
        help_places(all_contexts[c], &b);
        assert_int_equal(b.len > 0, all_contexts[c] != IN_DIALOG);
    }
    buf_clear(&b);
    help_places(IN_OFFERINGS | IN_ROSTER, &b);
    assert_string_equal(b.s, "Offerings, Roster");
    buf_free(&b);
}

static void the_man_page_has_every_action(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size = 0;
    int items = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    help_keys_man(out);
    assert_int_equal(fclose(out), 0);
    FOR_EACH_ACTION(a)
    assert_non_null(strstr(text, a->label));
    for (char *save, *line = strtok_r(text, "\n", &save); line;
         line = strtok_r(NULL, "\n", &save)) {
        items += strncmp(line, ".It Ic ", 7) == 0;
        /* Requests are only those that were meant. */
        if (*line == '.' || *line == '\'')
            assert_true(strncmp(line, ".It ", 4) == 0 || strncmp(line, ".Em ", 4) == 0 ||
                        strncmp(line, ".Pq ", 4) == 0 || strcmp(line, ".br") == 0);
        /* Neither a key that is a mark of punctuation nor a word that is a macro goes bare. */
        for (const char *p = line; strncmp(line, ".It", 3) == 0 && (p = strstr(p, " Ic ")); p += 4)
            assert_memory_equal(p + 4, "\"\\&", 3);
    }
    assert_int_equal(items, ACTION_COUNT - 1);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_whole),
        cmocka_unit_test(every_key_is_known),
        cmocka_unit_test(no_two_share_a_key),
        cmocka_unit_test(keys_find_their_action),
        cmocka_unit_test(nothing_needs_an_f_key_or_escape),
        cmocka_unit_test(menus_fit_the_smallest_window),
        cmocka_unit_test(every_place_has_hints),
        cmocka_unit_test(every_place_has_a_name),
        cmocka_unit_test(the_man_page_has_every_action),
    };
    return cmocka_run_group_tests_name("action", tests, NULL, NULL);
}
