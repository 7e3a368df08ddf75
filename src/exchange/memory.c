#include "config.h"

#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "hash.h"

/* ---- the headings' names --------------------------------------------------------------------- */

/* The folded heading; of those that are the same, the second is "telefon#2". Without words there is
 * only the number: "#1". Neither = nor a line end can be in it. */
static char *key_of(const struct mapping *m, size_t column)
{
    struct buf key = {0}, other = {0};
    size_t same = 1;
    text_fold_match(&key, m->heading[column]);
    for (size_t i = 0; i < column; i++) {
        buf_clear(&other);
        text_fold_match(&other, m->heading[i]);
        same += strcmp(buf_str(&other), buf_str(&key)) == 0;
    }
    if (same > 1 || !key.len)
        buf_addf(&key, "#%zu", same);
    buf_free(&other);
    return buf_take(&key);
}

struct keys {
    char *of[READER_COLUMNS_MAX]; /* of each column */
    char name[80];                /* of the setting; "" when no heading has words */
};

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static struct keys *keys_new(const struct targets *t, const struct mapping *m)
{
    struct keys *k = mem_alloc(sizeof *k);
    char *sorted[READER_COLUMNS_MAX];
    size_t n = 0;
    uint64_t hash = 0;
    for (size_t i = 0; i < m->ncolumns; i++) {
        k->of[i] = key_of(m, i);
        if (*k->of[i] != '#')
            sorted[n++] = k->of[i];
    }
    if (n == 0)
        return k;
    qsort(sorted, n, sizeof *sorted, compare);
    for (size_t i = 0; i < n; i++)
        hash = hash_text(hash, sorted[i]);
    snprintf(k->name, sizeof k->name, "mapping:%s:%016llx", t->name, (unsigned long long)hash);
    return k;
}

static void keys_free(struct keys *k)
{
    for (size_t i = 0; i < READER_COLUMNS_MAX; i++)
        free(k->of[i]);
    free(k);
}

/* ---- lines ----------------------------------------------------------------------------------- */

static void obey_line(const struct targets *t, struct mapping *m, const struct keys *k,
                      const char *heading, const char *field)
{
    int target = -1;
    if (strcmp(field, "-") != 0) {
        for (size_t i = 0; i < t->n; i++)
            if (t->target[i].name && strcmp(t->target[i].name, field) == 0)
                target = (int)i;
        /* A number of ours is believed for one file, when somebody says so. */
        if (target < 0 || target == t->id_target)
            return;
    }
    for (size_t i = 0; i < m->ncolumns; i++) {
        if (strcmp(k->of[i], heading) == 0 && m->found[i].use != COLUMN_IDENTITY) {
            mapping_choose(m, i, target, BY_MEMORY);
            m->remembered = true;
        }
    }
}

static void obey_lines(const struct targets *t, struct mapping *m, const struct keys *k,
                       char *lines)
{
    for (char *line = lines, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        char *equals = strchr(line, '=');
        if (!equals)
            continue;
        *equals = '\0';
        obey_line(t, m, k, line, equals + 1);
    }
}

enum status memory_recall(struct session *s, const struct targets *t, struct mapping *m,
                          struct error *err)
{
    struct keys *k = keys_new(t, m);
    char *lines = NULL;
    enum status st = *k->name ? setting_get(s, true, k->name, &lines, err) : ST_OK;
    if (st == ST_OK && lines)
        obey_lines(t, m, k, lines);
    free(lines);
    keys_free(k);
    return st;
}

enum { LONGEST_KEY = 200, LONGEST_VALUE = 8000 }; /* bytes: what is longer is not remembered */

enum status memory_keep(struct session *s, const struct targets *t, const struct mapping *m,
                        struct error *err)
{
    struct keys *k = keys_new(t, m);
    struct buf lines = {0};
    for (size_t i = 0; i < m->ncolumns; i++)
        if (m->pinned[i] && strlen(k->of[i]) <= LONGEST_KEY && lines.len < LONGEST_VALUE &&
            (m->target[i] < 0 || m->target[i] != t->id_target))
            buf_addf(&lines, "%s=%s\n", k->of[i],
                     m->target[i] < 0 ? "-" : t->target[m->target[i]].name);
    enum status st =
        *k->name ? setting_set(s, true, k->name, lines.len ? lines.s : NULL, err) : ST_OK;
    buf_free(&lines);
    keys_free(k);
    return st;
}
