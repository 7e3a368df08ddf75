#include "config.h"

#include "ui/find.h"

#include <stdlib.h>
#include <string.h>

#include "samling/buf.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/ui_internal.h"

static char *folded(const char *text, size_t n)
{
    struct buf out = {0};
    char *part = mem_strndup(text, n);
    text_fold_search(&out, part);
    free(part);
    return buf_take(&out);
}

bool find_has(const char *text, size_t n, const char *wanted)
{
    char *in = folded(text, n);
    bool has = *wanted && strstr(in, wanted) != NULL;
    free(in);
    return has;
}

static bool begins(const char *text, size_t n, const char *wanted)
{
    char *in = folded(text, n);
    bool does = strncmp(in, wanted, strlen(wanted)) == 0;
    free(in);
    return does;
}

/* The bytes of the shortest start of `text` that is `wanted`; 0 when it does not begin so. */
static size_t begins_with(const char *text, const char *wanted)
{
    if (!begins(text, strlen(text), wanted))
        return 0;
    for (const char *p = text; *p;) {
        text_next(&p);
        if (begins(text, (size_t)(p - text), wanted))
            return (size_t)(p - text);
    }
    return 0;
}

/* A fold passes over it: it begins nothing. */
static bool is_no_letter(const char *text)
{
    const char *end = text;
    text_next(&end);
    char *in = folded(text, (size_t)(end - text));
    bool none = *in == '\0';
    free(in);
    return none;
}

static int width_of(const char *text, size_t n)
{
    char *part = mem_strndup(text, n);
    int w = text_width(part);
    free(part);
    return w;
}

bool find_draw(const char *text, const char *wanted, int y, int x, int width)
{
    if (!find_has(text, strlen(text), wanted))
        return false;
    for (const char *p = text; *p;) {
        size_t n = is_no_letter(p) ? 0 : begins_with(p, wanted);
        int from = width_of(text, (size_t)(p - text)), w = n > 0 ? width_of(p, n) : 0;
        if (from >= width)
            break;
        if (n > 0)
            draw_look(y, x + from, w < width - from ? w : width - from, LOOK_FOUND);
        if (n > 0)
            p += n;
        else
            text_next(&p);
    }
    return true;
}

void find_draw_words(const char *text, const char *wanted, int y, int x, int width)
{
    while (*wanted) {
        size_t n = strcspn(wanted, " ");
        char *word = mem_strndup(wanted, n);
        find_draw(text, word, y, x, width);
        free(word);
        wanted += n;
        wanted += strspn(wanted, " ");
    }
}
