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

#include "ui/command.h"
#include "ui/float.h"
#include "ui/frame.h"
#include "ui/fuzzy.h"
#include "ui/help.h"
#include "ui/keys.h"
#include "ui/ui_internal.h"

static const unsigned all_contexts[] = {
    IN_OFFERINGS, IN_CALENDAR, IN_CONTACTS, IN_TODAY,    IN_ROSTER,  IN_RECORD,
    IN_REHEARSAL, IN_FORM,     IN_DIALOG,   IN_CONFLICT, IN_READING, IN_BATCHES,
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
        assert_int_equal(a->contexts >> 12, 0);
        assert_true(a->hint >= 0 && a->hint <= 9);
        assert_true(a->menu > MENU_NONE && a->menu < MENU_COUNT);
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

/* The bar shows every menu that applies, whatever the screen; what is cut can still be told apart.
 * That each menu can be scrolled to its end is for a terminal (menu_test). */
static void the_bar_fits_the_smallest_window(void **state)
{
    (void)state;
    static const int widths[] = {WIDTH_MIN, 80, 160};
    for (size_t c = 0; c < sizeof all_contexts / sizeof *all_contexts; c++) {
        for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
            struct bar bar;
            int x = 0;
            bar_lay_out(&bar, all_contexts[c], widths[w]);
            assert_true(bar.end <= widths[w]);
            assert_true(bar.n > 0 || all_contexts[c] == IN_DIALOG);
            for (size_t i = 0; i < bar.n; i++) {
                assert_true(bar.name[i].x > x && bar.name[i].width >= 2);
                assert_int_equal(bar_menu_at(&bar, bar.name[i].x), bar.name[i].menu);
                x = bar.name[i].x + bar.name[i].width;
            }
        }
    }
}

/* Each action stands in one menu, whose items all have a letter of their own and fit in width. */
static void every_action_is_in_one_menu(void **state)
{
    (void)state;
    int all = 0;
    for (enum menu m = MENU_NONE + 1; m < MENU_COUNT; m++) {
        const char *labels[ACTION_COUNT];
        struct letter letters[ACTION_COUNT];
        size_t n = 0;
        int label = 0, widest_key = 0;
        FOR_EACH_ACTION(a)
        {
            struct buf key = {0};
            if (a->menu != m)
                continue;
            labels[n++] = a->label;
            action_key_text(a->id, &key);
            assert_true(key.len > 0);
            label = text_width(a->label) > label ? text_width(a->label) : label;
            widest_key = text_width(key.s) > widest_key ? text_width(key.s) : widest_key;
            buf_free(&key);
        }
        all += (int)n;
        assert_true(*menu_label(m) != '\0');
        assert_true(n > 0 && n <= 20);
        assert_true(label + widest_key + 8 <= WIDTH_MIN);
        letters_choose(labels, n, "gjkq", letters);
        for (size_t i = 0; i < n; i++) {
            assert_true(letters[i].letter && !strchr("gjkq", letters[i].letter));
            for (size_t j = 0; j < i; j++)
                assert_int_not_equal(letters[i].letter, letters[j].letter);
        }
    }
    assert_int_equal(all, ACTION_COUNT - 1);
}

static void letters_are_the_first_free_ones(void **state)
{
    (void)state;
    static const char *const labels[] = {"Open", "Over", "Åpne", "Alt om", "–", "O o"};
    struct letter l[6];
    letters_choose(labels, 6, "v", l);
    assert_int_equal(l[0].letter, 'o');
    assert_int_equal(l[0].at, 0);
    assert_int_equal(l[1].letter, 'e'); /* v is taken */
    assert_int_equal(l[1].at, 2);
    assert_int_equal(l[2].letter, 'a'); /* å is written a where there is no å */
    assert_int_equal(l[2].at, 0);
    assert_int_equal(l[3].letter, 'l'); /* o begins a word, but is taken */
    assert_int_equal(l[4].letter, 0);
    assert_int_equal(l[5].letter, 0);
    assert_true(letter_is(&l[2], 0xC5) && letter_is(&l[2], 'a') && letter_is(&l[2], 'A'));
    assert_false(letter_is(&l[2], 'p') || letter_is(&l[4], 0) || letter_is(&l[2], KEY_RETURN));
}

static int found(const char *text, const char *typed, bool strict)
{
    struct fuzzy f;
    bool hit[100] = {false};
    fuzzy_make(&f, text);
    int score = fuzzy_score(&f, typed, strict, hit);
    size_t letters = 0, hits = 0;
    for (const char *p = typed; *p; p++)
        letters += *p != ' ';
    for (size_t i = 0; i < f.n; i++)
        hits += hit[i];
    if (score > 0)
        assert_true(hits > 0 && hits <= letters);
    fuzzy_free(&f);
    return score;
}

static void what_is_typed_finds_names(void **state)
{
    (void)state;
    /* A whole word, the beginning of the name, of a word, inside a word, strewn about. */
    assert_true(found("Sort", "sort", false) > found("Sorted", "sort", false));
    assert_true(found("Sort", "so", false) > found("Also sort", "so", false));
    assert_true(found("New sort", "so", false) > found("Reason", "so", false));
    assert_true(found("Reason", "so", false) > found("Select others", "so", false) - 100);
    assert_true(found("Go to today", "gtt", false) > found("Get it there", "gtt", false));
    assert_int_equal(found("Sort", "tros", false), 0);
    assert_int_equal(found("", "a", false), 0);
    /* Strictly: each letter goes on, or begins a word. */
    assert_true(found("New organisation", "neworg", true) > 0);
    assert_int_equal(found("New organisation", "nwrg", true), 0);
    assert_true(found("New organisation", "nwrg", false) > 0);
    /* In any order of words; å, ø, æ as they are typed elsewhere. */
    assert_true(found("Go to today", "today go", true) > 0);
    assert_true(found("Oppmøte på nytt", "oppmote pa", true) > 0);
}

static void the_place_of_what_was_found(void **state)
{
    (void)state;
    struct fuzzy f;
    bool hit[20] = {false};
    fuzzy_make(&f, "– Åpne rad");
    assert_true(fuzzy_score(&f, "rad", true, hit) > 0);
    for (size_t i = 0; i < f.n; i++)
        assert_int_equal(hit[i], f.column[i] >= 7);
    fuzzy_free(&f);
}

static void words_name_keys_by_their_action(void **state)
{
    (void)state;
    struct buf out = {0};
    action_fill("Go back ({BACK}), or {PALETTE}; {NOTHING}{", &out);
    assert_string_equal(buf_str(&out), "Go back (q), or Ctrl-P; ");
    buf_clear(&out);
    action_key_typing(ACTION_UNDO, &out);
    assert_string_equal(buf_str(&out), "Ctrl-Z"); /* u is text in a form */
    buf_free(&out);
    assert_int_equal(action_by_name("BACK", 4), ACTION_BACK);
    assert_int_equal(action_by_name("BAC", 3), ACTION_NONE);
}

/* Rows of which one is in hand: the ends hold, and what is selected is seen. */
static void lists_scroll_as_little_as_they_can(void **state)
{
    (void)state;
    struct float_list l = {.n = 10};
    float_step(&l, -3);
    assert_int_equal(l.selected, 0);
    float_step(&l, 4);
    float_scroll(&l, 4);
    assert_int_equal(l.selected, 4);
    assert_int_equal(l.top, 1);
    float_step(&l, 100);
    float_scroll(&l, 4);
    assert_int_equal(l.selected, 9);
    assert_int_equal(l.top, 6);
    float_scroll(&l, 20); /* a larger window shows all */
    assert_int_equal(l.top, 0);
    float_scroll(&l, 4);
    float_step(&l, -2);
    float_scroll(&l, 4);
    assert_int_equal(l.top, 6);
    l = (struct float_list){0};
    float_step(&l, 1);
    float_scroll(&l, 4);
    assert_int_equal(l.selected, 0);
    assert_int_equal(l.top, 0);
    /* A click on a row that is seen. */
    l = (struct float_list){.n = 3, .top = 1};
    assert_true(float_click(&l, &(struct click){6, 11, CLICK_ONCE}, 5, 10, 20, 2));
    assert_int_equal(l.selected, 2);
    assert_false(float_click(&l, &(struct click){7, 11, CLICK_ONCE}, 5, 10, 20, 2));
    assert_false(float_click(&l, &(struct click){6, 30, CLICK_ONCE}, 5, 10, 20, 2));
    assert_false(float_click(&l, &(struct click){4, 11, CLICK_ONCE}, 5, 10, 20, 2));
    assert_false(float_click(&l, &(struct click){6, 11, CLICK_WHEEL_UP}, 5, 10, 20, 2));
}

static void letters_typed_together_are_one_word(void **state)
{
    (void)state;
    static char *const labels[] = {"Asker", "Bærum", "Bamble", "Nord-Asker", "Åsnes"};
    struct float_list l = {.n = 5};
    struct float_typed t = {.n = 0};
    assert_true(float_type(&t, 'b', &l, labels));
    assert_int_equal(l.selected, 1);
    assert_true(float_type(&t, 'a', &l, labels));
    assert_int_equal(l.selected, 1); /* æ is found by a */
    assert_true(float_type(&t, 'm', &l, labels));
    assert_int_equal(l.selected, 2);
    assert_false(float_type(&t, 'x', &l, labels));
    assert_int_equal(l.selected, 2);
    t.at -= 1001; /* a second later */
    assert_true(float_type(&t, 'a', &l, labels));
    assert_int_equal(l.selected, 4);
    t.at -= 1001;
    assert_true(float_type(&t, 'n', &l, labels));
    t = (struct float_typed){.n = 0};
    l.selected = 1;
    assert_true(float_type(&t, 'b', &l, labels));
    assert_int_equal(l.selected, 2); /* goes on */
    assert_true(float_type(&t, 'b', &l, labels));
    assert_int_equal(l.selected, 1);
    assert_false(float_type(&t, KEY_RETURN, &l, labels));
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
        cmocka_unit_test(the_bar_fits_the_smallest_window),
        cmocka_unit_test(every_action_is_in_one_menu),
        cmocka_unit_test(letters_are_the_first_free_ones),
        cmocka_unit_test(what_is_typed_finds_names),
        cmocka_unit_test(the_place_of_what_was_found),
        cmocka_unit_test(words_name_keys_by_their_action),
        cmocka_unit_test(lists_scroll_as_little_as_they_can),
        cmocka_unit_test(letters_typed_together_are_one_word),
        cmocka_unit_test(every_place_has_hints),
        cmocka_unit_test(every_place_has_a_name),
        cmocka_unit_test(the_man_page_has_every_action),
    };
    return cmocka_run_group_tests_name("action", tests, NULL, NULL);
}
