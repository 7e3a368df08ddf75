#include "config.h"

#include "samling/path.h"

#include <dirent.h>
#include <fcntl.h>
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

#include "samling/charset.h"

static char folder[] = "/tmp/samling-path-XXXXXX";
static char name[sizeof folder + 60];

/* A path in the test's folder; good until the next call. */
static const char *in_folder(const char *s)
{
    snprintf(name, sizeof name, "%s/%s", folder, s);
    return name;
}

static int make_folder(void **state)
{
    (void)state;
    umask(022);
    return mkdtemp(folder) ? 0 : -1;
}

static void remove_all(const char *path)
{
    DIR *dir = opendir(path);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        char inner[512];
        struct stat st;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(inner, sizeof inner, "%s/%s", path, e->d_name);
        if (lstat(inner, &st) == 0 && S_ISDIR(st.st_mode))
            remove_all(inner);
        else
            unlink(inner);
    }
    if (dir)
        closedir(dir);
    rmdir(path);
}

static int remove_folder(void **state)
{
    (void)state;
    remove_all(folder);
    return access(folder, F_OK) != 0 ? 0 : -1;
}

static void write_file(const char *path, const char *s)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(s, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void file_is(const char *path, const char *want)
{
    char got[200];
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    size_t n = fread(got, 1, sizeof got - 1, f);
    got[n] = '\0';
    fclose(f);
    assert_string_equal(got, want);
}

static int files_in(const char *path)
{
    int n = 0;
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir));)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(dir);
    return n;
}

static mode_t mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 0777;
}

static void names_the_last_part(void **state)
{
    (void)state;
    assert_string_equal(path_base("/a/b/list.csv"), "list.csv");
    assert_string_equal(path_base("list.csv"), "list.csv");
    assert_string_equal(path_base("/a/b/"), "b/");
    assert_string_equal(path_base("/"), "/");
    assert_string_equal(path_base(""), "");
}

static void database_is(const char *option, const char *want)
{
    struct buf b = {0};
    struct error err;
    assert_int_equal(path_database(option, &b, &err), ST_OK);
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

static void finds_the_database(void **state)
{
    (void)state;
    char want[sizeof folder + 60];
    setenv("HOME", folder, 1);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_DATA_HOME");
    unsetenv("SAMLING_DATABASE");
    snprintf(want, sizeof want, "%s/.local/share/samling/samling.db", folder);
    database_is(NULL, want);
    assert_int_equal(mode_of(in_folder(".local/share/samling")), 0700);
    database_is(NULL, want); /* the folder is there now */
    setenv("XDG_DATA_HOME", in_folder("data"), 1);
    snprintf(want, sizeof want, "%s/data/samling/samling.db", folder);
    database_is(NULL, want);
    setenv("XDG_DATA_HOME", "relative", 1);
    snprintf(want, sizeof want, "%s/.local/share/samling/samling.db", folder);
    database_is(NULL, want);
    setenv("SAMLING_DATABASE", "/srv/samling/felles.db", 1);
    database_is(NULL, "/srv/samling/felles.db");
    database_is("min.db", "min.db");
    unsetenv("SAMLING_DATABASE");
    unsetenv("XDG_DATA_HOME");
    struct buf b = {0};
    struct error err;
    assert_int_equal(path_database("", &b, &err), ST_USAGE);
    assert_string_equal(buf_str(&b), "");
}

static void refuses_a_folder_that_cannot_be(void **state)
{
    (void)state;
    struct buf b = {0};
    struct error err;
    write_file(in_folder("file"), "x");
    unsetenv("SAMLING_DATABASE");
    setenv("XDG_CONFIG_HOME", "/nowhere", 1);
    setenv("XDG_DATA_HOME", in_folder("file"), 1);
    assert_int_equal(path_database(NULL, &b, &err), ST_REFUSED);
    assert_non_null(strstr(err.why, "file and not a folder"));
    assert_string_equal(buf_str(&b), "");
    unsetenv("XDG_DATA_HOME");
    unsetenv("XDG_CONFIG_HOME");
    unlink(in_folder("file"));
    buf_free(&b);
}

static void reads_the_configuration(void **state)
{
    (void)state;
    struct buf b = {0};
    char want[sizeof folder + 60];
    setenv("XDG_CONFIG_HOME", in_folder("conf"), 1);
    assert_false(path_config("database", &b));
    assert_int_equal(mkdir(in_folder("conf"), 0700), 0);
    assert_int_equal(mkdir(in_folder("conf/samling"), 0700), 0);
    write_file(in_folder("conf/samling/config"), "# database = /no\n"
                                                 "database_old = /old\n"
                                                 "empty =\n"
                                                 "  database\t=  /srv/felles base.db \r\n"
                                                 "mouse=on");
    assert_true(path_config("database", &b));
    assert_string_equal(b.s, "/srv/felles base.db");
    buf_clear(&b);
    assert_true(path_config("mouse", &b));
    assert_string_equal(b.s, "on");
    buf_clear(&b);
    assert_false(path_config("empty", &b));
    assert_false(path_config("data", &b));
    assert_string_equal(b.s, "");
    database_is(NULL, "/srv/felles base.db");
    write_file(in_folder("conf/samling/config"), "database = ~/felles.db\n");
    setenv("HOME", folder, 1);
    snprintf(want, sizeof want, "%s/felles.db", folder);
    database_is(NULL, want);
    unsetenv("XDG_CONFIG_HOME");
    buf_free(&b);
}

static void finds_installed_files(void **state)
{
    (void)state;
    struct buf b = {0};
    setenv("SAMLING_DATADIR", "/opt/share", 1);
    path_data("examples/asker", &b);
    assert_string_equal(b.s, "/opt/share/examples/asker");
    unsetenv("SAMLING_DATADIR");
    buf_clear(&b);
    path_data("examples/asker", &b);
    assert_string_equal(b.s, DATADIR "/examples/asker");
    buf_free(&b);
}

static void put(const char *path, const char *s, bool keep)
{
    struct outfile *f;
    struct error err;
    assert_int_equal(outfile_open(&f, path, &err), ST_OK);
    assert_true(fputs(s, outfile_stream(f)) >= 0);
    assert_int_equal(outfile_close(f, keep, &err), ST_OK);
}

static void writes_whole_files(void **state)
{
    (void)state;
    char dir[sizeof folder + 60], file[sizeof folder + 60];
    snprintf(dir, sizeof dir, "%s", in_folder("out"));
    snprintf(file, sizeof file, "%s", in_folder("out/list.csv"));
    assert_int_equal(mkdir(dir, 0700), 0);
    put(file, "one", false);
    assert_int_equal(files_in(dir), 0);
    put(file, "one", true);
    file_is(file, "one");
    assert_int_equal(mode_of(file), 0644);
    assert_int_equal(chmod(file, 0660), 0);
    put(file, "two", false);
    file_is(file, "one");
    put(file, "three", true);
    file_is(file, "three");
    assert_int_equal(mode_of(file), 0660);
    assert_int_equal(files_in(dir), 1);
}

static void shows_nothing_before_the_end(void **state)
{
    (void)state;
    struct outfile *f;
    struct error err;
    write_file(in_folder("half"), "old");
    assert_int_equal(outfile_open(&f, name, &err), ST_OK);
    fputs("new", outfile_stream(f));
    fflush(outfile_stream(f));
    file_is(name, "old");
    assert_int_equal(outfile_close(f, true, &err), ST_OK);
    file_is(name, "new");
    assert_int_equal(outfile_close(NULL, true, &err), ST_OK);
}

static void keeps_links(void **state)
{
    (void)state;
    char link[sizeof folder + 60];
    struct stat st;
    snprintf(link, sizeof link, "%s", in_folder("link"));
    write_file(in_folder("target"), "old");
    assert_int_equal(symlink("target", link), 0);
    put(link, "new", true);
    file_is(in_folder("target"), "new");
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
}

static void refused(const char *path, const char *why)
{
    struct outfile *f = (struct outfile *)&name;
    struct error err = {.code = ST_OK};
    assert_int_equal(outfile_open(&f, path, &err), ST_REFUSED);
    assert_null(f);
    assert_int_equal(err.code, ST_REFUSED);
    assert_non_null(strstr(err.why, why));
    assert_true(err.todo[0] != '\0');
    assert_int_equal(outfile_open(&f, path, NULL), ST_REFUSED);
}

static void refuses_what_is_no_file(void **state)
{
    (void)state;
    refused(folder, "this is a folder");
    refused(in_folder("new/"), "this is a folder");
    refused(in_folder("no/list.csv"), "folder does not exist");
    write_file(in_folder("plain"), "");
    refused(in_folder("plain/list.csv"), "file and not a folder");
    refused("", "empty");
    char path[400];
    memset(path, 'x', sizeof path);
    memcpy(path, "/tmp/", 5);
    path[sizeof path - 1] = '\0';
    refused(path, "too long");
    if (geteuid() != 0) { /* the superuser may write anywhere */
        write_file(in_folder("locked"), "");
        assert_int_equal(chmod(name, 0444), 0);
        refused(name, "not allowed");
    }
}

static void writes_pipes_in_place(void **state)
{
    (void)state;
    char fifo[sizeof folder + 60], got[10] = "";
    struct stat st;
    snprintf(fifo, sizeof fifo, "%s", in_folder("fifo"));
    assert_int_equal(mkfifo(fifo, 0600), 0);
    int fd = open(fifo, O_RDONLY | O_NONBLOCK);
    assert_true(fd >= 0);
    put(fifo, "hei", true);
    assert_int_equal(read(fd, got, sizeof got), 3);
    assert_string_equal(got, "hei");
    close(fd);
    assert_int_equal(stat(fifo, &st), 0);
    assert_true(S_ISFIFO(st.st_mode));
}

static void tells_of_a_full_disk(void **state)
{
    (void)state;
    struct outfile *f;
    struct error err;
    assert_int_equal(outfile_open(&f, "/dev/full", &err), ST_OK);
    fputs("x", outfile_stream(f));
    assert_int_equal(outfile_close(f, true, &err), ST_REFUSED);
    assert_non_null(strstr(err.why, "no room"));
    assert_int_equal(outfile_open(&f, "/dev/full", &err), ST_OK);
    fputs("x", outfile_stream(f));
    fflush(outfile_stream(f));
    assert_int_equal(outfile_close(f, true, &err), ST_REFUSED);
}

static void knows_character_sets(void **state)
{
    (void)state;
    uint32_t t[256];
    assert_true(charset_table("windows-1252", t));
    assert_int_equal(t[0xE6], 0xE6);
    assert_int_equal(t[0x80], 0x20AC);
    assert_true(charset_table("macintosh", t));
    assert_int_equal(t[0xBE], 0xE6);
    assert_true(charset_table("cp850", t));
    assert_int_equal(t[0x9B], 0xF8);
    assert_int_equal(t['a'], 'a');
    assert_true(charset_table("ISO-8859-7", t));
    assert_int_equal(t[0xFF], 0xFFFD);
    assert_false(charset_table("UTF-8", t));
    assert_false(charset_table("Shift_JIS", t));
    assert_false(charset_table("UTF-16LE", t));
    assert_false(charset_table("nonsense", t));
    assert_false(charset_table("", t));
    assert_false(charset_table(NULL, t));
    assert_string_equal(charset_name("cp1252"), "windows-1252");
    assert_string_equal(charset_name("MacRoman"), "macintosh");
    assert_string_equal(charset_name("cp850"), "IBM850");
    assert_string_equal(charset_name("utf8"), "UTF-8");
    assert_string_equal(charset_name("utf-16le"), "UTF-16LE");
    assert_null(charset_name("nonsense"));
    assert_null(charset_name(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_last_part),
        cmocka_unit_test(finds_the_database),
        cmocka_unit_test(refuses_a_folder_that_cannot_be),
        cmocka_unit_test(reads_the_configuration),
        cmocka_unit_test(finds_installed_files),
        cmocka_unit_test(writes_whole_files),
        cmocka_unit_test(shows_nothing_before_the_end),
        cmocka_unit_test(keeps_links),
        cmocka_unit_test(refuses_what_is_no_file),
        cmocka_unit_test(writes_pipes_in_place),
        cmocka_unit_test(tells_of_a_full_disk),
        cmocka_unit_test(knows_character_sets),
    };
    return cmocka_run_group_tests_name("path", tests, make_folder, remove_folder);
}
