/* The municipality of a row. */
#include "config.h"

#include "entry.h"

#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/municipality.h"

#include "hash.h"
#include "names.h"

enum { TOWNS = 8 }; /* as many as share a name, and to spare */

bool entry_town_agree(struct entry *e, int target, char **other)
{
    const struct municipality *taken[TOWNS], *beside[TOWNS];
    size_t n = municipality_find(e->value[target], taken, TOWNS);
    size_t m = municipality_find(*other, beside, TOWNS);
    bool same = false;
    for (size_t i = 0; i < n && i < TOWNS; i++)
        for (size_t j = 0; j < m && j < TOWNS; j++)
            same |= taken[i] == beside[j];
    if (n > 1 && m > 1 && !municipality_same(e->value[target], *other))
        return false;
    /* (A number that is known goes before a name that is not.) */
    if (m == 1 && (n == 0 || (same && n > 1))) {
        char *less = e->value[target];
        e->value[target] = *other;
        *other = less;
    }
    return same;
}

enum { NAMED = 4 };

/* What the municipality is called now; NULL: nothing to store. Adds to `remark` what is to be told.
 */
static char *present_name(const char *typed, struct buf *remark)
{
    const struct municipality *m[NAMED];
    struct buf list = {0};
    size_t n = municipality_find(typed, m, NAMED);
    if (n == 1)
        return mem_strdup(m[0]->label);
    char *name = municipality_tidy(typed); /* NULL for a number */
    if (n == 0)
        buf_addf(remark, _("no municipality of Norway: %s"), typed);
    for (size_t i = 0; i < n && i < NAMED; i++)
        buf_addf(&list, "%s%s", i ? ", " : "", m[i]->label);
    if (n && !name)
        buf_addf(remark, _("several municipalities can be meant by %s: %s"), typed, list.s);
    buf_free(&list);
    return name;
}

void entry_town_tidy(struct entry_reader *rd, struct entry *e)
{
    int target = rd->targets->municipality;
    char *typed = target < 0 ? NULL : e->value[target];
    if (!typed)
        return;
    size_t n = sizeof rd->word[target] / sizeof *rd->word[target];
    struct known_word *w = &rd->word[target][hash_text(0, typed) % n];
    if (!w->typed || strcmp(w->typed, typed) != 0) {
        free(w->typed);
        free(w->key);
        free(w->rest);
        buf_clear(&rd->scratch);
        w->typed = mem_strdup(typed);
        w->key = present_name(typed, &rd->scratch);
        w->rest = rd->scratch.len ? mem_strdup(rd->scratch.s) : NULL;
    }
    free(e->value[target]);
    e->value[target] = mem_strdup(w->key);
    if (w->rest)
        entry_tell(rd, e, "%s", w->rest);
}
