#include "config.h"

#include "ui/complete.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "samling/mem.h"
#include "samling/text.h"

enum { MOST = 5000 };

void complete_home(const char *path, struct buf *out)
{
    const char *home = getenv("HOME");
    if (home && *home == '/' && path[0] == '~' && (path[1] == '/' || path[1] == '\0')) {
        buf_add(out, home);
        path++;
    }
    buf_add(out, path);
}

bool complete_is_folder(const char *path)
{
    struct buf real = {0};
    struct stat st;
    complete_home(path, &real);
    bool is = stat(buf_str(&real), &st) == 0 && S_ISDIR(st.st_mode);
    buf_free(&real);
    return is;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

void complete_folder(const char *path, struct buf *out)
{
    buf_addn(out, path, (size_t)(last_part(path) - path));
}

static DIR *open_folder(const char *path)
{
    struct buf folder = {0}, real = {0};
    complete_folder(path, &folder);
    complete_home(folder.len > 0 ? folder.s : "./", &real);
    DIR *dir = opendir(buf_str(&real));
    buf_free(&folder);
    buf_free(&real);
    return dir;
}

static bool goes_on(const char *name, const char *from, bool folded)
{
    if (name[0] == '.' && from[0] != '.')
        return false;
    if (!folded)
        return strncmp(name, from, strlen(from)) == 0;
    struct buf a = {0}, b = {0};
    text_fold_search(&a, name);
    text_fold_search(&b, from);
    bool does = b.len > 0 && strncmp(buf_str(&a), b.s, b.len) == 0;
    buf_free(&a);
    buf_free(&b);
    return does;
}

static void add_name(struct file_names *out, const char *name, bool folder)
{
    struct buf b = {0};
    buf_addf(&b, "%s%s", name, folder ? "/" : "");
    out->names = mem_grow(out->names, &out->cap, out->n + 1, sizeof *out->names);
    struct file_name *f = &out->names[out->n++];
    text_sort_key(name, f->key, sizeof f->key);
    f->name = buf_take(&b);
}

static void read_folder(DIR *dir, const char *from, bool folded, struct file_names *out)
{
    const struct dirent *entry;
    while (out->n < MOST && (entry = readdir(dir)) != NULL) {
        const char *name = entry->d_name;
        struct stat st;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || !goes_on(name, from, folded))
            continue;
        bool folder = fstatat(dirfd(dir), name, &st, 0) == 0 && S_ISDIR(st.st_mode);
        add_name(out, name, folder);
    }
}

static int in_order(const void *a, const void *b)
{
    const struct file_name *fa = a, *fb = b;
    int d = strcmp((const char *)fa->key, (const char *)fb->key);
    return d ? d : strcmp(fa->name, fb->name);
}

void complete_free(struct file_names *names)
{
    for (size_t i = 0; i < names->n; i++)
        free(names->names[i].name);
    free(names->names);
    *names = (struct file_names){0};
}

bool complete_find(const char *path, struct file_names *out)
{
    complete_free(out);
    DIR *dir = open_folder(path);
    if (!dir)
        return false;
    read_folder(dir, last_part(path), false, out);
    if (out->n == 0) {
        rewinddir(dir);
        read_folder(dir, last_part(path), true, out);
    }
    closedir(dir);
    if (out->n > 1)
        qsort(out->names, out->n, sizeof *out->names, in_order);
    return true;
}

void complete_common(const char *path, const struct file_names *names, struct buf *out)
{
    const char *typed = last_part(path);
    size_t n = names->n > 0 ? strlen(names->names[0].name) : 0;
    for (size_t i = 1; i < names->n; i++) {
        size_t same = 0;
        while (same < n && names->names[i].name[same] == names->names[0].name[same])
            same++;
        n = same;
    }
    /* Not in the middle of a letter. */
    while (n > 0 && ((unsigned char)names->names[0].name[n] & 0xC0) == 0x80)
        n--;
    complete_folder(path, out);
    if (names->n == 1 || n >= strlen(typed))
        buf_addn(out, names->n > 0 ? names->names[0].name : typed, n);
    else
        buf_add(out, typed);
}
