/* Selected rows, beside a model that keeps a flag for each row there could be. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ui/marks.h"

enum { IDS = 300, TYPES = 2 };

static const enum type_id types[TYPES] = {T_PERSON, T_COHORT};

/* Numbers that lie close together and far apart. */
static int64_t id_at(size_t i)
{
    return i % 3 == 0 ? (int64_t)i : i % 3 == 1 ? (int64_t)i << 32 : INT64_MAX - (int64_t)i;
}

struct model {
    bool on[TYPES][IDS], all;
};

static void is_like(const struct marks *m, const struct model *model)
{
    size_t named = 0;
    for (size_t t = 0; t < TYPES; t++) {
        for (size_t i = 0; i < IDS; i++) {
            bool on = model->on[t][i];
            assert_int_equal(marks_has(m, types[t], id_at(i)), on);
            assert_int_equal(marks_names(m, types[t], id_at(i)), on != model->all);
            named += on != model->all;
        }
    }
    assert_int_equal(m->n, named);
    assert_int_equal(m->all, model->all);
    assert_int_equal(marks_any(m), model->all || named > 0);
}

static void model_fill(struct model *model, bool on)
{
    for (size_t t = 0; t < TYPES; t++)
        for (size_t i = 0; i < IDS; i++)
            model->on[t][i] = on;
    model->all = on;
}

static void model_turn(struct model *model)
{
    for (size_t t = 0; t < TYPES; t++)
        for (size_t i = 0; i < IDS; i++)
            model->on[t][i] = !model->on[t][i];
    model->all = !model->all;
}

static void random_marks_are_those_of_the_model(void **state)
{
    (void)state;
    static struct model model;
    struct marks m = {0};
    unsigned chance = 20261121;
    for (int step = 0; step < 20000; step++) {
        chance = chance * 1103515245 + 12345;
        unsigned draw = chance >> 8;
        size_t t = draw % TYPES, i = draw / TYPES % IDS;
        switch (draw / 1000 % 500) {
        case 0: marks_clear(&m), model_fill(&model, false); break;
        case 1: marks_all(&m), model_fill(&model, true); break;
        case 2:
        case 3: marks_others(&m), model_turn(&model); break;
        default:
            model.on[t][i] = draw / 600 % 3 != 0;
            marks_set(&m, types[t], id_at(i), model.on[t][i]);
        }
        if (step % 50 == 0)
            is_like(&m, &model);
    }
    is_like(&m, &model);
    marks_clear(&m);
}

static void the_last_one_is_where_a_range_begins(void **state)
{
    (void)state;
    struct marks m = {0};
    assert_int_equal(m.last.type, T_NONE);
    marks_set(&m, T_PERSON, 7, true);
    marks_set(&m, T_COHORT, 9, true);
    assert_int_equal(m.last.type, T_COHORT);
    assert_int_equal(m.last.id, 9);
    marks_set(&m, T_PERSON, 7, false); /* another one: the range still begins there */
    assert_int_equal(m.last.id, 9);
    marks_set(&m, T_COHORT, 9, false);
    assert_int_equal(m.last.type, T_NONE);
    marks_set(&m, T_COHORT, 9, true);
    marks_all(&m);
    assert_int_equal(m.last.type, T_NONE);
    marks_clear(&m);
}

static void all_but_some(void **state)
{
    (void)state;
    struct marks m = {0};
    assert_false(marks_any(&m));
    marks_all(&m);
    assert_true(marks_has(&m, T_PERSON, 123456789));
    assert_int_equal(m.n, 0);
    assert_null(m.slot); /* all of a million cost nothing */
    marks_set(&m, T_PERSON, 5, false);
    assert_false(marks_has(&m, T_PERSON, 5));
    assert_true(marks_has(&m, T_COHORT, 5));
    marks_others(&m);
    assert_true(marks_has(&m, T_PERSON, 5));
    assert_false(marks_has(&m, T_PERSON, 6));
    assert_int_equal(m.n, 1);
    marks_clear(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_marks_are_those_of_the_model),
        cmocka_unit_test(the_last_one_is_where_a_range_begins),
        cmocka_unit_test(all_but_some),
    };
    return cmocka_run_group_tests_name("marks", tests, NULL, NULL);
}
