#include "config.h"

#include "span.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/text.h"

bool char_in(char c, const char *set)
{
    return c && strchr(set, c);
}

struct span span_trim(struct span t, const char *before, const char *after)
{
    while (t.n && char_in(t.s[0], before))
        t.s++, t.n--;
    while (t.n && char_in(t.s[t.n - 1], after))
        t.n--;
    return t;
}

bool span_has(struct span t, char c)
{
    return t.n && memchr(t.s, c, t.n);
}

bool char_is_letter(char c)
{
    return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

bool span_has_letter(struct span t)
{
    for (size_t i = 0; i < t.n; i++)
        if (char_is_letter(t.s[i]))
            return true;
    return false;
}

bool span_is_word_of(struct span t, const char *list)
{
    char *copy = mem_strndup(t.s, t.n);
    struct buf folded = {0}, word = {0};
    text_fold_match(&folded, copy);
    buf_addc(&word, ' ');
    for (const char *p = buf_str(&folded); *p; p++)
        if (*p != ' ')
            buf_addc(&word, *p);
    buf_addc(&word, ' ');
    bool is = word.len > 2 && strstr(list, word.s);
    free(copy);
    buf_free(&folded);
    buf_free(&word);
    return is;
}

size_t span_joint(const char *p, const char *end, const char *marks)
{
    static const char joining[] = " og eller and or ";
    if (char_in(*p, marks))
        return 1;
    if (*p != ' ')
        return 0;
    size_t n = 1;
    while (p + n < end && p[n] != ' ')
        n++;
    struct span word = {p + 1, n - 1};
    return p + n < end && word.n && word.n < 6 && span_is_word_of(word, joining) ? n + 1 : 0;
}

void others_tell(struct buf *others, struct span t)
{
    t = span_trim(t, " .,;:|/&-()[]{}", " ,;:|/&+-([{");
    if (t.n && t.s[t.n - 1] == ')' && !span_has(t, '('))
        t.n--;
    if (!others || !t.n)
        return;
    if (others->len)
        buf_add(others, ", ");
    buf_addn(others, t.s, t.n);
}
