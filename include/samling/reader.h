/* Reading a table from a file that somebody sent: encoding, dialect, rows. No database, no
 * meaning: fields are text, and every line of the file is in exactly one row that comes out.
 *
 * Encodings are found out: UTF-8 with and without BOM, UTF-16 either way (BOM or the parity of
 * NULs), Windows-1252, MacRoman, cp850 and ISO-8859-15 by which makes the likeliest letters of the
 * bytes, ISO-8859-1 (which is read as Windows-1252: the letters are the same), and files that mix
 * UTF-8 with one of these (each line is decided by itself). Others by name. The first 1 MiB is
 * looked at, and when it is all ASCII the first letters after it, however far they are.
 * Dialects: `;`, tab, `,` or `|`, by which gives consistent rows; a first line `sep=;`, which is no
 * row (and is not believed when it divides nothing). A list of `Hansen, Kari` is one column, unless
 * its first line is headings of two. Lines end in LF, CRLF or CR, in cells always in LF. NUL
 * within a word is a letter that got lost, elsewhere it is space.
 * Where a spreadsheet put whole lines into quotes ("Navn,""E-post"",Mobil") the inside is the line.
 * A quoted field may go on for 100 lines and READER_FIELD_MAX bytes; a quote that takes in more, or
 * other rows, or never ends, is read as a letter in its line alone, and what it took in is read
 * again line by line. */
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
    /* One of reader_encodings(), its aliases ("latin1", "cp1252", "ansi", "mac", "macroman",
     * "cp850", "dos", "utf8" …), "UTF-16" (by its mark), or any other single-byte set that ICU
     * knows; then no line is taken for another. NULL: find out. */
    const char *encoding;
    char delimiter; /* any ASCII character that is no quote and no line end; 0: find out */
};

enum row_flags {
    ROW_SHORT = 1,   /* fewer fields than most rows; the missing ones are not there */
    ROW_LONG = 2,    /* more, and what is more is not empty; without it n <= columns */
    ROW_TOO_BIG = 4, /* a field or the row went over a cap and was cut */
    /* A quote in it is read as a letter, because it is no end of a field: it was never closed, or
     * took in other rows or other fields of its row. Also the row that has the quote at the far
     * end of such a field. */
    ROW_SWALLOWED = 8,
    ROW_LETTERS = 16, /* bytes that the encoding does not have, or NUL in a word, became U+FFFD */
    /* It is one row of several lines, rightly quoted, but its first line and another could each be
     * a row: perhaps a quote was not meant, and this is more than one row. */
    ROW_JOINED = 32,
    /* A quote in a row above had taken it in, and it was read again by itself; the quote there was
     * read as a letter. Not together with ROW_SWALLOWED. */
    ROW_REREAD = 64,
};

struct row {
    long line; /* of its first byte in the file, from 1 */
    unsigned flags;
    size_t n;
    char **field; /* UTF-8, NFC, without surrounding space (no-break space too); never NULL */
};

struct reader_info {
    const char *encoding; /* "UTF-8", "UTF-16LE", "windows-1252" … */
    /* The encoding that explains the letters nearly as well, and otherwise: worth showing names
     * in both (reader_words). NULL: the choice is plain, or was made by `encoding`. */
    const char *rival;
    /* Some lines are not in `encoding`, but in this one; NULL: none so far (one that comes after
     * what was looked at shows when it has been read). */
    const char *mixed;
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
/* Learns the dialect anew, with this delimiter (0: find out), and rewinds. */
enum status reader_delimit(struct reader *r, char delimiter, struct error *err);
const struct reader_info *reader_info(const struct reader *r);
const char *reader_name(const struct reader *r);
/* 1: *row is the next row, valid until the next call; 0: no more. Blank lines, and rows whose
 * fields are all empty, do not come out. Memory does not grow with the file. -1: *err (reading
 * failed; what: "list.csv:12"). */
int reader_next(struct reader *r, struct row *row, struct error *err);
void reader_rewind(struct reader *r);
/* The first distinct words of the file that hold letters beyond ASCII (beside letters of ASCII), at
 * most `max`, decoded by `encoding` (NULL: as the file is read), in NFC; the caller frees each of
 * them. Of encodings that are like ASCII each gives the same words in the same order, so that
 * word[3] of one is word[3] of the other. Looks as far as the first such word, and a few MiB on.
 * Returns how many; 0 too when there is no such encoding. Does not disturb reader_next. */
size_t reader_words(struct reader *r, const char *encoding, char **word, size_t max);
/* The encodings to offer when one is to be chosen, by the names that `encoding` takes and
 * reader_info() gives; ends in NULL. */
const char *const *reader_encodings(void);
double reader_progress(const struct reader *r); /* 0 … 1 */
void reader_close(struct reader *r);            /* NULL is allowed */

#endif
