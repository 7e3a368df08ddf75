#include "config.h"

#include "ui/complete.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/complete-XXXXXX";
static const char *const files[] = {"Åse.csv",   "ark-1.pdf", "ark-2.pdf", ".skjult",
                                    "liste.csv", "tåre.txt",  "tære.txt",  "under/inni.csv"};

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder) || chdir(folder) != 0 || mkdir("under", 0700) != 0)
        return -1;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        FILE *f = fopen(files[i], "w");
        if (!f || fclose(f) != 0)
            return -1;
    }
    return setenv("HOME", folder, 1);
}

static int remove_folder(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(files[i]);
    return rmdir("under") || chdir("/") || rmdir(folder) ? -1 : 0;
}

static void finds(const char *typed, const char *names, const char *longer)
{
    struct file_names found = {0};
    struct buf list = {0}, common = {0};
    assert_true(complete_find(typed, &found));
    for (size_t i = 0; i < found.n; i++)
        buf_addf(&list, "%s ", found.names[i].name);
    assert_string_equal(buf_str(&list), names);
    complete_common(typed, &found, &common);
    assert_string_equal(buf_str(&common), longer);
    complete_free(&found);
    buf_free(&list);
    buf_free(&common);
}

static void names_are_completed(void **state)
{
    (void)state;
    finds("", "ark-1.pdf ark-2.pdf liste.csv tære.txt tåre.txt under/ Åse.csv ", "");
    finds("ar", "ark-1.pdf ark-2.pdf ", "ark-");
    finds("ark-2", "ark-2.pdf ", "ark-2.pdf");
    finds("un", "under/ ", "under/");
    finds("under/", "inni.csv ", "under/inni.csv");
    finds("~/und", "under/ ", "~/under/");
    finds(".s", ".skjult ", ".skjult");
    finds("nei", "", "nei");
}

static void letters_stay_whole(void **state)
{
    (void)state;
    /* æ and å begin with the same byte. */
    finds("t", "tære.txt tåre.txt ", "t");
}

static void spelling_is_forgiven(void **state)
{
    (void)state;
    finds("LIST", "liste.csv ", "liste.csv");
    finds("ase", "Åse.csv ", "Åse.csv");
    finds("ARK", "ark-1.pdf ark-2.pdf ", "ark-");
}

static void home_is_known(void **state)
{
    (void)state;
    struct buf b = {0};
    complete_home("~/x", &b);
    assert_memory_equal(b.s, folder, strlen(folder));
    assert_string_equal(b.s + strlen(folder), "/x");
    buf_clear(&b);
    complete_home("~x", &b);
    assert_string_equal(b.s, "~x");
    buf_clear(&b);
    complete_home("a/~/x", &b);
    assert_string_equal(b.s, "a/~/x");
    buf_free(&b);
    assert_true(complete_is_folder("~"));
    assert_true(complete_is_folder("under"));
    assert_false(complete_is_folder("liste.csv"));
    assert_false(complete_is_folder(""));
}

static void no_folder_is_told(void **state)
{
    (void)state;
    struct file_names found = {0};
    assert_false(complete_find("nowhere/x", &found));
    assert_int_equal(found.n, 0);
    complete_free(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_completed),  cmocka_unit_test(letters_stay_whole),
        cmocka_unit_test(spelling_is_forgiven), cmocka_unit_test(home_is_known),
        cmocka_unit_test(no_folder_is_told),
    };
    return cmocka_run_group_tests_name("complete", tests, make_folder, remove_folder);
}
