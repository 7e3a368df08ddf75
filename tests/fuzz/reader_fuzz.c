#include "config.h"

#include "samling/reader.h"
#include "samling/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What comes out when the reader is asked twice must be the same. */
struct sum {
    long rows;
    uint64_t bytes;
};

static void check(int holds)
{
    if (!holds)
        abort();
}

static void add_row(struct sum *sum, const struct row *row, const struct reader_info *info)
{
    sum->rows++;
    check(row->n > 0 && row->n <= READER_COLUMNS_MAX);
    check(!(row->flags & ROW_LONG) == (row->n <= info->columns));
    check(!(row->flags & ROW_SHORT) == (row->n >= info->columns));
    for (size_t i = 0; i < row->n; i++) {
        size_t len = strlen(row->field[i]);
        check(len <= READER_FIELD_MAX && text_is_utf8(row->field[i], len));
        for (size_t j = 0; j < len; j++)
            sum->bytes = sum->bytes * 31 + (unsigned char)row->field[i][j];
    }
}

static struct sum read_all(struct reader *r)
{
    struct sum sum = {0};
    struct row row;
    long line = 0;
    int rc;
    while ((rc = reader_next(r, &row, NULL)) > 0) {
        check(row.line > line);
        line = row.line;
        add_row(&sum, &row, reader_info(r));
    }
    check(rc == 0);
    return sum;
}

/* Lines that hold more than may count as blank in some encoding. */
static long filled_lines(const uint8_t *s, size_t size)
{
    long n = 0;
    int filled = 0;
    for (size_t i = 0; i < size; i++) {
        if (s[i] == '\n' || s[i] == '\r')
            filled = 0;
        else if (!filled && s[i] < 0x80 && !strchr(" \t;,|", (int)s[i])) {
            filled = 1;
            n++;
        }
    }
    return n;
}

/* The first byte chooses the options. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const encodings[] = {NULL,           NULL,       NULL,       "UTF-8",
                                            "windows-1252", "UTF-16LE", "UTF-16BE", "ibm-37"};
    static const char delimiters[] = {0, 0, ';', ','};
    struct reader *r;
    if (size == 0)
        return 0;
    struct reader_options options = {.encoding = encodings[data[0] & 7],
                                     .delimiter = delimiters[data[0] >> 3 & 3]};
    if (reader_open_memory(&r, "fuzz", (const char *)data + 1, size - 1, &options, NULL) != ST_OK)
        return 0;
    struct sum once = read_all(r);
    reader_rewind(r);
    struct sum again = read_all(r);
    check(once.rows > 0 && once.rows == again.rows && once.bytes == again.bytes);
    if (strncmp(reader_info(r)->encoding, "UTF-16", 6) != 0 && (data[0] & 7) != 7 &&
        !memchr(data + 1, '"', size - 1) && !memmem(data + 1, size - 1, "=", 1))
        check(once.rows >= filled_lines(data + 1, size - 1) - 1);
    reader_close(r);
    return 0;
}
