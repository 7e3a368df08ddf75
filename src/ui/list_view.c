/* Which rows of the page are seen: headings take lines, so that of the rows that were read not all
 * have room. */
#include "config.h"

#include "ui/list_parts.h"

#include <string.h>

int list_groups(const struct list *l)
{
    int n = 0;
    while (n < LIST_GROUPS_MAX && l->group[n] >= 0)
        n++;
    return n;
}

static bool same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

int list_headings(const struct list *l, size_t i, size_t first)
{
    int groups = list_groups(l);
    if (i == first) /* one always sees where one is, and the row itself */
        return groups < l->height ? groups : l->height - 1;
    for (int g = 0; g < groups; g++)
        if (!same(l->page.row[i].cell[l->group[g]], l->page.row[i - 1].cell[l->group[g]]))
            return groups - g;
    return 0;
}

/* How many rows have room when row `first` is the first one. */
static size_t fits(const struct list *l, size_t first)
{
    int left = l->height;
    size_t i = first;
    for (; i < l->page.n; i++) {
        left -= list_headings(l, i, first) + 1;
        if (left < 0)
            break;
    }
    return i - first;
}

bool list_view_whole(const struct list *l)
{
    return fits(l, 0) == l->page.n;
}

void list_view(struct list *l)
{
    size_t n = l->page.n;
    if (l->selected < l->skip || l->skip >= n)
        l->skip = l->selected;
    while (l->skip < l->selected && l->selected >= l->skip + fits(l, l->skip))
        l->skip++;
    /* Lines below the last row are better used above the first. */
    while (l->skip > 0 && l->skip - 1 + fits(l, l->skip - 1) == n)
        l->skip--;
    l->seen = n ? fits(l, l->skip) : 0;
}

void list_view_end(struct list *l)
{
    l->skip = l->page.n ? l->page.n - 1 : 0;
    while (l->skip > 0 && l->skip - 1 + fits(l, l->skip - 1) == l->page.n)
        l->skip--;
    l->seen = l->page.n - l->skip;
}

int list_view_left(const struct list *l)
{
    int left = l->height;
    for (size_t i = l->skip; i < l->skip + l->seen; i++)
        left -= list_headings(l, i, l->skip) + 1;
    return left;
}

size_t list_row_at_line(const struct list *l, int line)
{
    int below = 0;
    for (size_t i = l->skip; i < l->skip + l->seen; i++) {
        below += list_headings(l, i, l->skip) + 1;
        if (line < below)
            return i;
    }
    return l->page.n;
}
