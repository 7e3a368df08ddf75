/* Reading a table from a file that somebody sent: encoding, dialect, rows. No database, no
 * meaning: fields are text, and every line of the file is in exactly one row that comes out.
 *
 * Encodings: UTF-8 with and without BOM, UTF-16 either way (BOM or the parity of NULs),
 * Windows-1252, and files that mix it with UTF-8 (each line is decided by itself); others by name.
 * Dialects: `;`, `,` or tab, by which gives consistent rows; a first line `sep=;`, which is no row.
 * Lines end in LF, CRLF or CR, in cells always in LF. A quoted field may go on for 100 lines and
 * READER_FIELD_MAX bytes; a quote that takes in more, or other rows, is read as a letter. */
#ifndef SAMLING_READER_H
#define SAMLING_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "samling/status.h"

enum {
    READER_FIELD_MAX = 64 * 1024, /* bytes of a field; longer: the row is ROW_TOO_BIG */
    READER_COLUMNS_MAX = 256,
};

struct reader_options {
    /* UTF-8, UTF-16, UTF-16LE, UTF-16BE, or any single-byte set that ICU knows ("windows-1252",
     * "macintosh", "cp850"); then no line is taken for another. NULL: find out. */
    const char *encoding;
    char delimiter; /* any ASCII character that is no quote and no line end; 0: find out */
};

enum row_flags {
    ROW_SHORT = 1,     /* fewer fields than most rows; the missing ones are not there */
    ROW_LONG = 2,      /* more, and what is more is not empty; without it n <= columns */
    ROW_TOO_BIG = 4,   /* a field or the row went over a cap and was cut */
    ROW_SWALLOWED = 8, /* re-read by itself, with a stray quote as a letter */
    ROW_LETTERS = 16,  /* bytes that the encoding does not have (and NUL) became U+FFFD */
};

struct row {
    long line; /* of its first byte in the file, from 1 */
    unsigned flags;
    size_t n;
    char **field; /* UTF-8, NFC, without surrounding space (no-break space too); never NULL */
};

struct reader_info {
    const char *encoding; /* "UTF-8", "UTF-16LE", "windows-1252" … */
    bool bom;
    char delimiter;
    size_t columns;  /* of most of the first 100 rows, without columns that are empty in all */
    long long bytes; /* of the file */
};

struct reader;

/* Opens `path` ("-": standard input, read to its end) and looks at it. ST_REFUSED with words:
 * missing, unreadable, a folder, empty, binary (NULs that are not UTF-16, or a known format: a
 * workbook, PDF, zip …), an unknown encoding. ST_STOPPED: a signal came while waiting for standard
 * input. What is not a plain file, and what is not like ASCII (UTF-16), is read from a nameless
 * copy in $TMPDIR or /tmp. */
enum status reader_open(struct reader **out, const char *path, const struct reader_options *options,
                        struct error *err);
/* The same from memory, which must outlive it; `name` is for messages. */
enum status reader_open_memory(struct reader **out, const char *name, const char *data, size_t len,
                               const struct reader_options *options, struct error *err);
const struct reader_info *reader_info(const struct reader *r);
const char *reader_name(const struct reader *r);
/* 1: *row is the next row, valid until the next call; 0: no more. Blank lines, and rows whose
 * fields are all empty, do not come out. Memory does not grow with the file. -1: *err (reading
 * failed; what: "list.csv:12"). */
int reader_next(struct reader *r, struct row *row, struct error *err);
void reader_rewind(struct reader *r);
double reader_progress(const struct reader *r); /* 0 … 1 */
void reader_close(struct reader *r);            /* NULL is allowed */

#endif
