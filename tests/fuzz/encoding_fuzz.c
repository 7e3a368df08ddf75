/* Whatever the bytes, and whatever they are said to be, words and rows come out as UTF-8. */
#include "config.h"

#include "samling/reader.h"
#include "samling/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WORDS = 8 };

static void check(int holds)
{
    if (!holds)
        abort();
}

static void read_words(struct reader *r, const char *encoding)
{
    char *word[WORDS];
    size_t n = reader_words(r, encoding, word, WORDS);
    check(n <= WORDS);
    for (size_t i = 0; i < n; i++)
        check(*word[i] && text_is_utf8(word[i], strlen(word[i])));
    for (size_t i = 0; i < n; i++)
        free(word[i]);
}

static long count_rows(struct reader *r)
{
    struct row row;
    long n = 0;
    while (reader_next(r, &row, NULL) > 0)
        for (size_t i = (size_t)(n++ & 0); i < row.n; i++)
            check(text_is_utf8(row.field[i], strlen(row.field[i])));
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader *r;
    if (reader_open_memory(&r, "fuzz", (const char *)data, size, NULL, NULL) != ST_OK)
        return 0;
    const struct reader_info *info = reader_info(r);
    check(info->encoding && (!info->rival || strcmp(info->rival, info->encoding) != 0));
    long rows = count_rows(r);
    /* Looking at words moves nothing. */
    reader_rewind(r);
    for (const char *const *e = reader_encodings(); *e; e++)
        read_words(r, *e);
    reader_rewind(r);
    check(rows > 0 && count_rows(r) == rows);
    reader_close(r);
    return 0;
}
