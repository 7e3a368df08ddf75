#include "config.h"

#include "samling/buf.h"
#include "samling/charset.h"
#include "samling/mem.h"
#include "samling/reader.h"
#include "samling/text.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- Help ---- */

/* A row as "LINE FLAGS a|b|c\n". Flags: S short, L long, B too big, Q swallowed, U letters, J
 * joined, R reread. LF in a cell shows as "\n" spelled out. */
static void draw_row(struct buf *out, const struct row *row)
{
    static const char letters[] = "SLBQUJR";
    buf_addf(out, "%ld ", row->line);
    for (int i = 0; i < 7; i++)
        if (row->flags & 1u << i)
            buf_addc(out, letters[i]);
    buf_addc(out, ' ');
    for (size_t i = 0; i < row->n; i++) {
        if (i > 0)
            buf_addc(out, '|');
        for (const char *p = row->field[i]; *p; p++)
            if (*p == '\n')
                buf_add(out, "\\n");
            else
                buf_addc(out, *p);
    }
    buf_addc(out, '\n');
}

static void draw(struct buf *out, struct reader *r)
{
    struct row row;
    struct error err;
    int rc;
    buf_clear(out);
    buf_add(out, "");
    while ((rc = reader_next(r, &row, &err)) > 0)
        draw_row(out, &row);
    assert_int_equal(rc, 0);
}

static struct reader *open_or_fail(const char *data, size_t len,
                                   const struct reader_options *options)
{
    struct reader *r;
    struct error err;
    if (reader_open_memory(&r, "list.csv", data, len, options, &err) != ST_OK)
        fail_msg("refused: %s", err.why);
    return r;
}

static char *temp_file(const char *data, size_t len)
{
    char *path = mem_strdup("/tmp/reader_test-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    for (size_t done = 0; done < len;) {
        ssize_t n = write(fd, data + done, len - done);
        assert_true(n > 0);
        done += (size_t)n;
    }
    close(fd);
    return path;
}

/* The same numbers in each run. */
static uint32_t seed;

static uint32_t any(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)(seed >> 4) * below) >> 28);
}

/* ---- Tables ---- */

struct sample {
    const char *title;
    const char *data;
    size_t len;
    const char *rows;
    const char *encoding;
    char delimiter;
    size_t columns;
    struct reader_options options;
};

#define DATA(s) s, sizeof(s) - 1

static const struct sample samples[] = {
    /* Line ends and lines. */
    {"LF", DATA("a;b\n1;2\n"), "1  a|b\n2  1|2\n", "UTF-8", ';', 2, {0}},
    {"CRLF", DATA("a;b\r\n1;2\r\n"), "1  a|b\n2  1|2\n", "UTF-8", ';', 2, {0}},
    {"CR", DATA("a;b\r1;2\r"), "1  a|b\n2  1|2\n", "UTF-8", ';', 2, {0}},
    {"mixed ends",
     DATA("a;b\r1;2\r\n3;4\n\r5;6"),
     "1  a|b\n2  1|2\n3  3|4\n5  5|6\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"no end", DATA("a;b\n1;2"), "1  a|b\n2  1|2\n", "UTF-8", ';', 2, {0}},
    {"blank lines",
     DATA("\n\na;b\n \t\n;\n\"\";\" \"\n1;2\n\n"),
     "3  a|b\n7  1|2\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"end mark of old systems",
     DATA("a;b\r\n1;2\r\n\x1A"),
     "1  a|b\n2  1|2\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"one cell", DATA("Kari"), "1  Kari\n", "UTF-8", ';', 1, {0}},
    {"one row",
     DATA("2022/06/22 11:07:29 AM AST,kari@x.no,\"Kari\",\"a;b;c\""),
     "1  2022/06/22 11:07:29 AM AST|kari@x.no|Kari|a;b;c\n",
     "UTF-8",
     ',',
     4,
     {0}},

    /* Space. */
    {"space",
     DATA(" a ;\tb\n\" 1 \";\xC2\xA0"
          "2 \xC2\xA0\n"),
     "1  a|b\n2  1|2\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"empty cells at a tab",
     DATA("a\tb\tc\n\t\t3\n1\t\t\n"),
     "1  a|b|c\n2  ||3\n3  1||\n",
     "UTF-8",
     '\t',
     3,
     {0}},

    /* Quotes. */
    {"quoted", DATA("a;b\n\"1;\"\"x\"\"\";2\n"), "1  a|b\n2  1;\"x\"|2\n", "UTF-8", ';', 2, {0}},
    {"lines in a cell",
     DATA("a;b\r\n\"1\r\n2\";3\r\n4;5\r\n"),
     "1  a|b\n2  1\\n2|3\n4  4|5\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"lines in the last cell",
     DATA("a;b\n1;\"2\n3\"\n4;5\n"),
     "1  a|b\n2  1|2\\n3\n4  4|5\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"quotes and lines in a cell",
     DATA("a;b;c\n1;2;\"he said \"hi\" and\nleft\"\n4;5;6\n"),
     "1  a|b|c\n2  1|2|he said \"hi\" and\\nleft\n4  4|5|6\n",
     "UTF-8",
     ';',
     3,
     {0}},
    {"inches before lines in a cell",
     DATA("a;b;c\n5\" x;b;\"c\nd\"\n4;5;6\n"),
     "1  a|b|c\n2  5\" x|b|c\\nd\n4  4|5|6\n",
     "UTF-8",
     ';',
     3,
     {0}},
    {"title of two lines",
     DATA("\"List\nof 2026\"\na;b\n1;2\n3;4\n"),
     "1 S List\\nof 2026\n3  a|b\n4  1|2\n5  3|4\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"stray quotes that harm nobody",
     DATA("a;b\n5\" x;2\n\"Bhg \"Sol\" SA\";3\n"),
     "1  a|b\n2  5\" x|2\n3  Bhg \"Sol\" SA|3\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"stray quote takes in a line",
     DATA("a;b;c\n\"x\"y;2;3\n4;5;6\n\"7\";8;9\n"),
     "1  a|b|c\n2 Q \"x\"y|2|3\n3 R 4|5|6\n4  7|8|9\n",
     "UTF-8",
     ';',
     3,
     {0}},
    {"stray quote, columns right by chance",
     DATA("a;b;c\n\"x\"y;2;3\n\"4\";5;6\n7;8;9\n"),
     "1  a|b|c\n2 Q \"x\"y|2|3\n3 R 4|5|6\n4  7|8|9\n",
     "UTF-8",
     ';',
     3,
     {0}},
    {"stray quote, clean to look at",
     DATA("a;b;c\n\"x;2;3\n4;5;6\"\n7;8;9\n"),
     "1  a|b|c\n2 Q \"x|2|3\n3 Q 4|5|6\"\n4  7|8|9\n",
     "UTF-8",
     ';',
     3,
     {0}},
    {"stray quote takes in its line",
     DATA("a;b;c\n\"x\"y;2;\"3\"\n4;5;6\n"),
     "1  a|b|c\n2 Q \"x\"y|2|3\n3  4|5|6\n",
     "UTF-8",
     ';',
     3,
     {0}},
    {"unterminated",
     DATA("a;b\n1;\"2\n3;4\n5;6\n"),
     "1  a|b\n2 Q 1|\"2\n3 R 3|4\n4 R 5|6\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"unterminated in the last line",
     DATA("a;b\n1;2\n3;\"4"),
     "1  a|b\n2  1|2\n3 Q 3|\"4\n",
     "UTF-8",
     ';',
     2,
     {0}},

    {"unterminated, and a row that is short",
     DATA("a;b\n1;\"2\n3\n5;\"6\"\n7;8\n"),
     "1  a|b\n2 Q 1|\"2\n3 SR 3\n4 R 5|6\n5  7|8\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"unterminated, and rows that are not short",
     DATA("a;b\n1;\"2\n3;x;y\n5;6\n7;\"8\"\n"),
     "1  a|b\n2 Q 1|\"2\n3 LR 3|x|y\n4 R 5|6\n5 R 7|8\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"unterminated among quoted cells",
     DATA("\"a\";\"b\";\"c\"\n\"1\";\"2\";\"3\n\"4\";\"5\";\"6\"\n\"7\";\"8;\"9\"\n"),
     "1  a|b|c\n2 Q 1|2|\"3\n3 R 4|5|6\n4 Q 7|\"8|9\n",
     "UTF-8",
     ';',
     3,
     {0}},
    {"a quote alone at the end of each line",
     DATA("a;b\nx;\"\ny;\"\nz;\"\nw;1\n"),
     "1  a|b\n2 Q x|\"\n3 Q y|\"\n4 Q z|\"\n5 R w|1\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"a quote alone at the beginning of two lines",
     DATA("a;b\n\";x\n\";y\n1;2\n"),
     "1  a|b\n2 Q \"|x\n3 Q \"|y\n4 R 1|2\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"ditto marks",
     DATA("Navn;Barnehage;Rolle\nKari;Solstua;styrer\nPer;\";leder\nOla;\";leder\nLiv;\";\"\n"),
     "1  Navn|Barnehage|Rolle\n2  Kari|Solstua|styrer\n3 Q Per|\"|leder\n4 Q Ola|\"|leder\n"
     "5 Q Liv|\"|\"\n",
     "UTF-8",
     ';',
     3,
     {0}},
    {"lines in a cell that could be rows",
     DATA("a;b\n1;\"2\n3; y\"\n4;5\n"),
     "1  a|b\n2 J 1|2\\n3; y\n4  4|5\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"lines in a cell that are rows",
     DATA("a;b;c\n1;2;\"3\n4;5;6\n7;8;9\n10;11;12\"\n"),
     "1  a|b|c\n2 Q 1|2|\"3\n3 R 4|5|6\n4 R 7|8|9\n5 Q 10|11|12\"\n",
     "UTF-8",
     ';',
     3,
     {0}},

    /* NUL. */
    {"NUL in a word and around",
     DATA("navn;by\nJan Erik;Trondheim\nKari\0;Oslo\nBj\0rn;\0B\xF8\n"),
     "1  navn|by\n2  Jan Erik|Trondheim\n3  Kari|Oslo\n4 U Bj\xEF\xBF\xBDrn|Bø\n",
     "windows-1252",
     ';',
     2,
     {0}},
    {"NUL at the end",
     DATA("a;b\n1;2\n\x1A\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
     "1  a|b\n2  1|2\n",
     "UTF-8",
     ';',
     2,
     {0}},

    /* Columns. */
    {"short and long",
     DATA("a;b;c\n1;2\n1;2;3;4\n1;2;3\n1;2;3;;\n"),
     "1  a|b|c\n2 S 1|2\n3 L 1|2|3|4\n4  1|2|3\n5  1|2|3\n",
     "UTF-8",
     ';',
     3,
     {0}},
    {"delimiter after each row",
     DATA("a;b;\n1;2;\n3;;\n"),
     "1  a|b\n2  1|2\n3  3|\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"titles above",
     DATA("Liste\n\nfor 2026\nNavn;Epost;Tlf\nA;B;C\n"),
     "1 S Liste\n3 S for 2026\n4  Navn|Epost|Tlf\n5  A|B|C\n",
     "UTF-8",
     ';',
     3,
     {0}},

    /* Delimiters. */
    {"commas in cells",
     DATA("Navn;Beløp\nHansen, Kari;12,5\nOlsen, Per;13,5\n"),
     "1  Navn|Beløp\n2  Hansen, Kari|12,5\n3  Olsen, Per|13,5\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"one column with commas",
     DATA("Navn\nHansen, Kari\nOlsen, Per\n"),
     "1  Navn\n2  Hansen, Kari\n3  Olsen, Per\n",
     "UTF-8",
     ';',
     1,
     {0}},
    {"one column with semicolons and none",
     DATA("Svar\nja, takk; gjerne\nnei\nvet ikke\n"
          "kanskje\na\nb\nc\nd\ne\n"),
     "1  Svar\n2  ja, takk; gjerne\n3  nei\n4  vet ikke\n5  kanskje\n6  a\n7  b\n8  c\n9  d\n10  "
     "e\n",
     "UTF-8",
     '\t',
     1,
     {0}},
    {"forms",
     DATA("Tid,Navn,Valg\n1,Kari,x;y\n2,Per,x;y;z\n3,Ola,\"x;\ny\"\n"),
     "1  Tid|Navn|Valg\n2  1|Kari|x;y\n3  2|Per|x;y;z\n4  3|Ola|x;\\ny\n",
     "UTF-8",
     ',',
     3,
     {0}},
    {"written by hand",
     DATA("Navn, Epost\nKari, k@x.no\n"),
     "1  Navn|Epost\n2  Kari|k@x.no\n",
     "UTF-8",
     ',',
     2,
     {0}},
    {"bars",
     DATA("a|b|c\nx;y|Hansen, Kari|3\n"),
     "1  a|b|c\n2  x;y|Hansen, Kari|3\n",
     "UTF-8",
     '|',
     3,
     {0}},
    {"bars among semicolons",
     DATA("a;b\nx|y;1\nx|y|z;2\n"),
     "1  a|b\n2  x|y|1\n3  x|y|z|2\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"names without a heading",
     DATA("Hansen, Kari\nOlsen, Per\nØdegård, Anne-Lise\n"),
     "1  Hansen, Kari\n2  Olsen, Per\n3  Ødegård, Anne-Lise\n",
     "UTF-8",
     ';',
     1,
     {0}},
    {"one name", DATA("Hansen, Kari"), "1  Hansen, Kari\n", "UTF-8", ';', 1, {0}},
    {"names, one of which is one word",
     DATA("Hansen, Kari\nOlsen, Per\nMadonna\nBakken, Liv\nLie, Jo\n"),
     "1  Hansen, Kari\n2  Olsen, Per\n3  Madonna\n4  Bakken, Liv\n5  Lie, Jo\n",
     "UTF-8",
     ';',
     1,
     {0}},
    {"names under a heading for both",
     DATA("Deltakere\nEtternavn, Fornavn\nHansen, Kari\nOlsen, Per\n"),
     "1 S Deltakere\n2  Etternavn|Fornavn\n3  Hansen|Kari\n4  Olsen|Per\n",
     "UTF-8",
     ',',
     2,
     {0}},
    {"headings and names after a mark",
     DATA("\xEF\xBB\xBFNavn, Avdeling\nKari, Sol\nPer, Regn\n"),
     "1  Navn|Avdeling\n2  Kari|Sol\n3  Per|Regn\n",
     "UTF-8",
     ',',
     2,
     {0}},
    {"names and more by commas and spaces",
     DATA("Hansen, Kari, Solstua\nOlsen, Per, Fjellbekk\n"),
     "1  Hansen|Kari|Solstua\n2  Olsen|Per|Fjellbekk\n",
     "UTF-8",
     ',',
     3,
     {0}},
    {"names and addresses by commas and spaces",
     DATA("Kari, kari@x.no\nPer, per@x.no\n"),
     "1  Kari|kari@x.no\n2  Per|per@x.no\n",
     "UTF-8",
     ',',
     2,
     {0}},
    {"names by commas alone",
     DATA("Hansen,Kari\nOlsen,Per\n"),
     "1  Hansen|Kari\n2  Olsen|Per\n",
     "UTF-8",
     ',',
     2,
     {0}},
    {"quoted names",
     DATA("\"Hansen, Kari\"\n\"Olsen, Per\"\n"),
     "1  Hansen, Kari\n2  Olsen, Per\n",
     "UTF-8",
     ';',
     1,
     {0}},
    {"decimal commas",
     DATA("Andel;Sum\n12,5;13,5\n14,5;15,5\n16,5;17,5\n18,5;19,5\n20,5;1,5\n2,5;3,5\n"),
     "1  Andel|Sum\n2  12,5|13,5\n3  14,5|15,5\n4  16,5|17,5\n5  18,5|19,5\n6  20,5|1,5\n7  "
     "2,5|3,5\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"choices in each row",
     DATA("Tid,Dager\n1,man;tir;ons\n2,man;tir;ons\n3,tir;ons;fre\n4,man;ons;fre\n5,man;tir;fre\n"
          "6,man;tir;fre\n7,man;tir;fre\n8,man;tir;fre\n9,man;tir;fre\n10,man;tir;fre\n"),
     "1  Tid|Dager\n2  1|man;tir;ons\n3  2|man;tir;ons\n4  3|tir;ons;fre\n5  4|man;ons;fre\n"
     "6  5|man;tir;fre\n7  6|man;tir;fre\n8  7|man;tir;fre\n9  8|man;tir;fre\n10  9|man;tir;fre\n"
     "11  10|man;tir;fre\n",
     "UTF-8",
     ',',
     2,
     {0}},
    {"a title above two columns by commas",
     DATA("Deltakere 2026\nNavn,Epost\nKari,k@x.no\nPer,p@x.no\n"),
     "1 S Deltakere 2026\n2  Navn|Epost\n3  Kari|k@x.no\n4  Per|p@x.no\n",
     "UTF-8",
     ',',
     2,
     {0}},
    {"sep that is not so", DATA("sep=;\na,b\n1,2\n"), "2  a|b\n3  1|2\n", "UTF-8", ',', 2, {0}},
    {"sep, and one column",
     DATA("sep=;\nNavn\nKari\n"),
     "2  Navn\n3  Kari\n",
     "UTF-8",
     ';',
     1,
     {0}},
    {"sep", DATA("sep=|\r\na|b;c\r\n1|2\r\n"), "2  a|b;c\n3  1|2\n", "UTF-8", '|', 2, {0}},
    {"sep quoted", DATA("\"sep=,\"\na,b;c\n1,2\n"), "2  a|b;c\n3  1|2\n", "UTF-8", ',', 2, {0}},
    {"sep saved again", DATA("SEP=;;;\na;b;\n1;2;\n"), "2  a|b\n3  1|2\n", "UTF-8", ';', 2, {0}},
    {"sep tab after a mark", DATA("\xEF\xBB\xBFsep=\t\na\tb\n"), "2  a|b\n", "UTF-8", '\t', 2, {0}},
    {"delimiter as told",
     DATA("sep=;\na:b;c\n1:2\n"),
     "2  a|b;c\n3  1|2\n",
     "UTF-8",
     ':',
     2,
     {.delimiter = ':'}},

    /* Encodings. */
    {"mark",
     DATA("\xEF\xBB\xBFnavn;by\nBjørn;Å\n"),
     "1  navn|by\n2  Bjørn|Å\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"mark before a quote",
     DATA("\xEF\xBB\xBF\"navn\";by\n1;2\n"),
     "1  navn|by\n2  1|2\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"mark in the middle",
     DATA("a;b\nå;2\n\xEF\xBB\xBF\"a\";b\n"),
     "1  a|b\n2  å|2\n3  a|b\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"Windows-1252",
     DATA("navn;by\nBj\xF8rn;\x80\x96\xC5\n"),
     "1  navn|by\n2  Bjørn|€–Å\n",
     "windows-1252",
     ';',
     2,
     {0}},
    {"Windows-1252 without such a letter",
     DATA("navn;by\nBj\xF8rn;x\x81\n"),
     "1  navn|by\n2 U Bjørn|x\xEF\xBF\xBD\n",
     "windows-1252",
     ';',
     2,
     {0}},
    {"both, line by line",
     DATA("navn;by\nBjørn;Tromsø\nBj\xF8rn;Troms\xF8\nÅse;Bø\n"),
     "1  navn|by\n2  Bjørn|Tromsø\n3  Bjørn|Tromsø\n4  Åse|Bø\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"half a letter",
     DATA("navn;by\nBjørn;Bod\xC3\nÅse;Bø\n"),
     "1  navn|by\n2 U Bjørn|Bod\xEF\xBF\xBD\n3  Åse|Bø\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"letters taken apart",
     DATA("navn;by\nA\xCC\x8Ase;Bo\xCC\x88\n"),
     "1  navn|by\n2  Åse|Bö\n",
     "UTF-8",
     ';',
     2,
     {0}},
    {"UTF-16LE with mark",
     DATA("\xFF\xFE"
          "a\0;\0\xE5\0\r\0\n\0"
          "1\0;\0\x3D\xD8\x00\xDE\n\0"),
     "1  a|å\n2  1|\xF0\x9F\x98\x80\n",
     "UTF-16LE",
     ';',
     2,
     {0}},
    {"UTF-16BE with mark",
     DATA("\xFE\xFF"
          "\0a\0;\0\xE5\0\n\0"
          "1\0;\x20\xAC"),
     "1  a|å\n2  1|€\n",
     "UTF-16BE",
     ';',
     2,
     {0}},
    {"UTF-16LE without",
     DATA("a\0\t\0b\0\n\0"
          "1\0\t\0"
          "2\0"),
     "1  a|b\n2  1|2\n",
     "UTF-16LE",
     '\t',
     2,
     {0}},
    {"UTF-16BE without",
     DATA("\0a\0\t\0b\0\n\0"
          "1\0\t\0"
          "2"),
     "1  a|b\n2  1|2\n",
     "UTF-16BE",
     '\t',
     2,
     {0}},
    {"UTF-16 with halves",
     DATA("\xFF\xFE"
          "a\0;\0\x3D\xD8\n\0\x00\xDE;\0"
          "2\0"
          "x"),
     "1 U a|\xEF\xBF\xBD\n2 U \xEF\xBF\xBD|2\xEF\xBF\xBD\n",
     "UTF-16LE",
     ';',
     2,
     {0}},
    {"as told, MacRoman",
     DATA("navn;by\nBj\xBFrn;\x81\n"),
     "1  navn|by\n2  Bjørn|Å\n",
     "macintosh",
     ';',
     2,
     {.encoding = "macintosh"}},
    {"as told, cp850",
     DATA("navn;by\nBj\x9Brn;\x8F\n"),
     "1  navn|by\n2  Bjørn|Å\n",
     "IBM850",
     ';',
     2,
     {.encoding = "IBM850"}},
    {"as told, UTF-8",
     DATA("navn;by\nBj\xF8rn;x\nÅ;y\n"),
     "1  navn|by\n2 U Bj\xEF\xBF\xBDrn|x\n3  Å|y\n",
     "UTF-8",
     ';',
     2,
     {.encoding = "utf-8"}},
    {"as told, though it is UTF-8",
     DATA("navn;by\nBjørn;x\n"),
     "1  navn|by\n2  BjÃ¸rn|x\n",
     "windows-1252",
     ';',
     2,
     {.encoding = "windows-1252"}},
    {"as told, EBCDIC",
     DATA("\x81\x5E\x82\x25\xF1\x5E\xF2\x15\xF3\x5E\xF4"),
     "1  a|b\n2  1|2\n3  3|4\n",
     "IBM037",
     ';',
     2,
     {.encoding = "ibm-37"}},
};

static void test_samples(void **state)
{
    struct buf out = {0};
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const struct sample *s = &samples[i];
        struct reader *r = open_or_fail(s->data, s->len, &s->options);
        const struct reader_info *info = reader_info(r);
        for (int again = 0; again < 2; again++) {
            draw(&out, r);
            if (strcmp(buf_str(&out), s->rows) != 0)
                fail_msg("%s (%d):\n%s-- expected:\n%s", s->title, again, buf_str(&out), s->rows);
            assert_true(reader_progress(r) == 1);
            reader_rewind(r);
        }
        if (strcmp(info->encoding, s->encoding) != 0 || info->delimiter != s->delimiter ||
            info->columns != s->columns || info->bytes != (long long)s->len)
            fail_msg("%s: %s '%c' %zu columns %lld bytes", s->title, info->encoding,
                     info->delimiter, info->columns, info->bytes);
        reader_close(r);
    }
    buf_free(&out);
}

static void test_mark_is_told(void **state)
{
    (void)state;
    struct reader *r = open_or_fail("\xEF\xBB\xBF"
                                    "a;b",
                                    6, NULL);
    assert_true(reader_info(r)->bom);
    assert_string_equal(reader_name(r), "list.csv");
    assert_true(reader_progress(r) < 1);
    reader_close(r);
    r = open_or_fail("a;b", 3, NULL);
    assert_false(reader_info(r)->bom);
    reader_close(r);
}

/* ---- Refusals ---- */

static const struct {
    const char *data;
    size_t len;
    const char *why;
    struct reader_options options;
} refused[] = {
    {DATA(""), "it is empty", {0}},
    {DATA("\xEF\xBB\xBF"), "it is empty", {0}},
    {DATA("\xFF\xFE"), "it is empty", {0}},
    {DATA(" \r\n;;\n\n"), "it is empty", {0}},
    {DATA("sep=;\n"), "it is empty", {0}},
    {DATA(",,\n,,\n"), "it is empty", {0}},
    {DATA("PK\3\4......xl/workbook.xml"), "it is an Excel workbook, not a list in text", {0}},
    {DATA("PK\3\4......word/document.xml"), "it is a Word document, not a list in text", {0}},
    {DATA("PK\3\4mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
     "it is a LibreOffice spreadsheet, not a list in text",
     {0}},
    {DATA("PK\3\4......list.csv"), "it is a zip archive, not a list in text", {0}},
    {DATA("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"),
     "it is an old Excel workbook, not a list in text",
     {0}},
    {DATA("%PDF-1.4\n"), "it is a PDF, not a list in text", {0}},
    {DATA("\n<HTML><table>"), "it is a web page or XML, not a list in text", {0}},
    {DATA("a;b\n1;\0002\n\0\0x"), "it holds something other than text", {0}},
    {DATA("a;b\n1;\0\0\0002\n"),
     "it holds something other than text",
     {.encoding = "windows-1252"}},
    {DATA("a\0;\0b\0\n\0c\0"), "it holds something other than text", {.encoding = "windows-1252"}},
    {DATA("\1\2\3\4\5\6"), "it holds something other than text", {0}},
    {DATA("a;b"), "samling cannot read the encoding “klingon”", {.encoding = "klingon"}},
    {DATA("a;b"), "samling cannot read the encoding “Shift_JIS”", {.encoding = "Shift_JIS"}},
    {DATA("a;b"), "this character cannot divide columns", {.delimiter = '"'}},
    {DATA("a;b"), "this character cannot divide columns", {.delimiter = '\n'}},
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct reader *r;
        struct error err;
        if (reader_open_memory(&r, "list.csv", refused[i].data, refused[i].len, &refused[i].options,
                               &err) != ST_REFUSED)
            fail_msg("opened, though %s", refused[i].why);
        assert_null(r);
        assert_string_equal(err.what, "list.csv");
        assert_string_equal(err.why, refused[i].why);
        assert_true(err.todo[0] != '\0');
    }
}

static void refuse_path(const char *path, const char *why)
{
    struct reader *r;
    struct error err;
    assert_int_equal(reader_open(&r, path, NULL, &err), ST_REFUSED);
    assert_string_equal(err.what, path);
    assert_string_equal(err.why, why);
}

static void test_refused_paths(void **state)
{
    (void)state;
    refuse_path("/tmp/there/is/no/list.csv", "there is no such file");
    refuse_path("/tmp", "it is a folder");
    refuse_path("/dev/null", "it is empty");
    char *path = temp_file("", 0);
    refuse_path(path, "it is empty");
    unlink(path);
    free(path);
}

/* ---- Caps ---- */

static void fill(struct buf *b, char c, size_t n)
{
    char *s = mem_alloc(n);
    memset(s, c, n);
    buf_addn(b, s, n);
    free(s);
}

static void test_big_field(void **state)
{
    struct buf b = {0};
    struct row row;
    (void)state;
    buf_add(&b, "a;b\n");
    fill(&b, 'x', READER_FIELD_MAX);
    buf_add(&b, ";1\n\"");
    fill(&b, 'x', READER_FIELD_MAX - 1);
    buf_add(&b, "å\";2\n3;4\n");
    struct reader *r = open_or_fail(b.s, b.len, NULL);
    assert_int_equal(reader_next(r, &row, NULL), 1);
    assert_int_equal(reader_next(r, &row, NULL), 1);
    assert_int_equal(row.flags, 0);
    assert_int_equal(strlen(row.field[0]), READER_FIELD_MAX);
    assert_string_equal(row.field[1], "1");
    assert_int_equal(reader_next(r, &row, NULL), 1);
    assert_int_equal(row.flags, ROW_TOO_BIG);
    assert_int_equal(strlen(row.field[0]), READER_FIELD_MAX - 1);
    assert_string_equal(row.field[1], "2");
    assert_int_equal(reader_next(r, &row, NULL), 1);
    assert_int_equal(row.flags, 0);
    assert_int_equal(row.line, 4);
    assert_int_equal(reader_next(r, &row, NULL), 0);
    reader_close(r);
    buf_free(&b);
}

/* A line of megabytes, with and without a quote before it, is cut; the next one is whole. */
static void test_big_line(void **state)
{
    (void)state;
    for (int round = 0; round < 4; round++) {
        struct buf b = {0};
        struct row row;
        struct reader *r;
        buf_add(&b, "a;b\n1;2\n3;4\n");
        buf_add(&b, round & 1 ? "\"" : "");
        fill(&b, 'x', 3 * 1024 * 1024 + 1);
        buf_add(&b, round & 1 ? "\";2\r\n" : ";2\r\n");
        buf_add(&b, "5;6\r\n");
        char *path = temp_file(b.s, b.len);
        if (round & 2)
            assert_int_equal(reader_open(&r, path, NULL, NULL), ST_OK);
        else
            r = open_or_fail(b.s, b.len, NULL);
        for (int i = 0; i < 4; i++)
            assert_int_equal(reader_next(r, &row, NULL), 1);
        assert_int_equal(row.line, 4);
        assert_int_equal(row.flags, ROW_TOO_BIG | ROW_SHORT);
        assert_int_equal(strlen(row.field[0]), READER_FIELD_MAX);
        assert_int_equal(reader_next(r, &row, NULL), 1);
        assert_int_equal(row.line, 5);
        assert_int_equal(row.flags, 0);
        assert_string_equal(row.field[0], "5");
        assert_int_equal(reader_next(r, &row, NULL), 0);
        reader_close(r);
        unlink(path);
        free(path);
        buf_free(&b);
    }
}

static void test_many_columns(void **state)
{
    struct buf b = {0};
    struct row row;
    (void)state;
    buf_add(&b, "x");
    fill(&b, ';', READER_COLUMNS_MAX - 1);
    buf_add(&b, "y\nx");
    fill(&b, ';', READER_COLUMNS_MAX + 5);
    buf_add(&b, "y\n");
    struct reader *r = open_or_fail(b.s, b.len, NULL);
    assert_int_equal(reader_next(r, &row, NULL), 1);
    assert_int_equal(row.n, READER_COLUMNS_MAX);
    assert_int_equal(row.flags, 0);
    assert_string_equal(row.field[READER_COLUMNS_MAX - 1], "y");
    assert_int_equal(reader_next(r, &row, NULL), 1);
    assert_int_equal(row.n, READER_COLUMNS_MAX);
    assert_int_equal(row.flags, ROW_TOO_BIG);
    reader_close(r);
    buf_free(&b);
}

/* A stray quote far from any other must not take more than its line. */
static void test_long_span(void **state)
{
    struct buf b = {0};
    struct row row;
    long rows = 0;
    (void)state;
    buf_add(&b, "a;b\n1;\"2\n");
    for (int i = 0; i < 5000; i++)
        buf_addf(&b, "%d;x\n", i);
    buf_add(&b, "3\";4\n");
    struct reader *r = open_or_fail(b.s, b.len, NULL);
    while (reader_next(r, &row, NULL) > 0) {
        rows++;
        assert_int_equal(row.line, rows);
        assert_int_equal(row.n, 2);
        assert_int_equal(row.flags, rows == 2                 ? ROW_SWALLOWED
                                    : rows > 2 && rows <= 102 ? ROW_REREAD
                                                              : 0);
    }
    assert_int_equal(rows, 5003);
    reader_close(r);
    buf_free(&b);
}

/* NUL far into a file, where nobody looked for it. */
static void test_late_nul(void **state)
{
    struct buf b = {0};
    struct row row;
    unsigned flags = 0;
    (void)state;
    while (b.len < 2 * 1024 * 1024)
        buf_add(&b, "kari;hansen\n");
    buf_addn(&b, "ka\0ri;hansen\n", 13);
    struct reader *r = open_or_fail(b.s, b.len, NULL);
    while (reader_next(r, &row, NULL) > 0)
        flags = row.flags;
    assert_int_equal(flags, ROW_LETTERS);
    reader_close(r);
    buf_free(&b);
}

/* Letters that are not UTF-8 come only after what was looked at. */
static void test_late_letters(void **state)
{
    struct buf b = {0};
    struct row row;
    char last[16] = "";
    (void)state;
    while (b.len < 2 * 1024 * 1024)
        buf_add(&b, "kari;hansen\n");
    buf_add(&b, "Bj\xF8rn;hansen\n");
    struct reader *r = open_or_fail(b.s, b.len, NULL);
    while (reader_next(r, &row, NULL) > 0) {
        assert_int_equal(row.flags, 0);
        snprintf(last, sizeof last, "%s", row.field[0]);
    }
    assert_string_equal(last, "Bjørn");
    reader_close(r);
    buf_free(&b);
}

/* ---- Sources ---- */

static void test_standard_input(void **state)
{
    struct buf out = {0};
    struct reader *r;
    int old = dup(STDIN_FILENO), ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "navn;by\nBj\xF8rn;B\xF8\n", 17), 17);
    close(ends[1]);
    assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
    close(ends[0]);
    assert_int_equal(reader_open(&r, "-", NULL, NULL), ST_OK);
    dup2(old, STDIN_FILENO);
    close(old);
    draw(&out, r);
    assert_string_equal(buf_str(&out), "1  navn|by\n2  Bjørn|Bø\n");
    assert_string_equal(reader_name(r), "standard input");
    reader_close(r);
    buf_free(&out);
}

static void on_alarm(int sig)
{
    (void)sig;
}

/* Nobody writes to standard input, and the person has had enough. */
static void test_stopped(void **state)
{
    static const struct itimerval soon = {{0, 10000}, {0, 10000}}, never;
    struct sigaction act = {.sa_handler = on_alarm}, was;
    struct reader *r;
    struct error err;
    int old = dup(STDIN_FILENO), ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
    sigaction(SIGALRM, &act, &was);
    setitimer(ITIMER_REAL, &soon, NULL);
    assert_int_equal(reader_open(&r, "-", NULL, &err), ST_STOPPED);
    setitimer(ITIMER_REAL, &never, NULL);
    sigaction(SIGALRM, &was, NULL);
    dup2(old, STDIN_FILENO);
    close(old);
    close(ends[0]);
    close(ends[1]);
    assert_string_equal(err.what, "standard input");
}

static void test_no_room_for_copy(void **state)
{
    struct reader *r;
    struct error err;
    (void)state;
    setenv("TMPDIR", "/tmp/there/is/no/folder", 1);
    assert_int_equal(reader_open_memory(&r, "list.csv",
                                        "\xFF\xFE"
                                        "a\0",
                                        4, NULL, &err),
                     ST_REFUSED);
    unsetenv("TMPDIR");
    assert_string_equal(err.what, "list.csv");
    assert_non_null(strstr(err.why, "a temporary copy could not be written"));
}

/* Somebody shortens the file while it is read: what is left comes out, and nothing breaks. */
static void test_shortened_meanwhile(void **state)
{
    struct buf b = {0};
    struct reader *r;
    struct row row;
    long rows = 0;
    (void)state;
    while (b.len < 1024 * 1024)
        buf_add(&b, "kari;hansen\n");
    char *path = temp_file(b.s, b.len);
    assert_int_equal(reader_open(&r, path, NULL, NULL), ST_OK);
    assert_int_equal(reader_next(r, &row, NULL), 1);
    assert_int_equal(truncate(path, 600 * 1024), 0);
    while (reader_next(r, &row, NULL) > 0)
        rows++;
    assert_in_range(rows, 600 * 1024 / 12 - 1, 600 * 1024 / 12 + 1);
    reader_close(r);
    unlink(path);
    free(path);
    buf_free(&b);
}

/* Through the window of a file comes what comes from memory: ends, quotes and letters lie across
 * its edges. */
static void test_file_as_memory(void **state)
{
    static const char *const parts[] = {"kari",
                                        "Åse",
                                        ";",
                                        ";",
                                        ";",
                                        "\n",
                                        "\r\n",
                                        "\"",
                                        "\xF8",
                                        "\"x;y\"",
                                        "; \"a\nb\";",
                                        "€",
                                        "xxxxxxxxxxxxxxxxxxxxxxxx"};
    (void)state;
    for (seed = 1; seed < 6; seed++) {
        uint32_t was = seed;
        struct buf b = {0}, memory = {0}, file = {0};
        struct reader *r;
        while (b.len < 1500 * 1000)
            buf_add(&b, parts[any(any(900) ? 11 + any(2) : sizeof parts / sizeof *parts)]);
        for (size_t i = 40; i + 2 < b.len; i += 30 + any(was * 300)) {
            b.s[i] = ';';
            b.s[i + 1] = was % 2 ? '\r' : '\n';
            b.s[i + 2] = '\n';
        }
        char *path = temp_file(b.s, b.len);
        r = open_or_fail(b.s, b.len, NULL);
        draw(&memory, r);
        reader_close(r);
        assert_int_equal(reader_open(&r, path, NULL, NULL), ST_OK);
        draw(&file, r);
        reader_close(r);
        assert_true(memory.len > 1000 * 1000);
        assert_true(memory.len == file.len && memcmp(memory.s, file.s, file.len) == 0);
        unlink(path);
        free(path);
        buf_free(&b);
        buf_free(&memory);
        buf_free(&file);
        seed = was;
    }
}

/* ---- What is written is read ---- */

enum { ROWS = 12, COLUMNS = 5 };

struct table {
    size_t rows, columns;
    char *cell[ROWS][COLUMNS];
};

static char *any_cell(void)
{
    static const char *const parts[] = {"a",  "B",  "ø", "Å",  "é",    "\"", "\"\"", ";", ",",
                                        "\t", "\n", " ", "12", "kari", "=",  "'",    "|", "\n\n"};
    struct buf b = {0};
    for (uint32_t n = any(6); n > 0; n--)
        buf_add(&b, parts[any(sizeof parts / sizeof *parts)]);
    /* Space around a cell is not part of it. */
    char *s = buf_take(&b);
    size_t len = strlen(s), from = strspn(s, " \t\n");
    while (len > from && strchr(" \t\n", s[len - 1]))
        len--;
    char *cell = mem_strndup(s + from, len - from);
    free(s);
    return cell;
}

static void any_table(struct table *t)
{
    t->rows = 1 + any(ROWS);
    t->columns = 2 + any(COLUMNS - 1);
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = 0; j < t->columns; j++) {
            t->cell[i][j] = any_cell();
            /* A heading in each column, and no row that is blank. */
            if ((i == 0 || j == 0) && !t->cell[i][j][0]) {
                free(t->cell[i][j]);
                t->cell[i][j] = mem_strdup("x");
            }
        }
}

static void free_table(struct table *t)
{
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = 0; j < t->columns; j++)
            free(t->cell[i][j]);
}

static void write_cell(struct buf *out, const char *s, char delimiter, const char *end)
{
    char special[] = {delimiter, '"', '\n', '\0'};
    if (!strpbrk(s, special) && any(2)) {
        buf_add(out, s);
        return;
    }
    buf_addc(out, '"');
    for (; *s; s++) {
        if (*s == '"')
            buf_addc(out, '"');
        if (*s == '\n')
            buf_add(out, end);
        else
            buf_addc(out, *s);
    }
    buf_addc(out, '"');
}

static void write_table(struct buf *out, const struct table *t, char delimiter, const char *end)
{
    for (size_t i = 0; i < t->rows; i++) {
        for (size_t j = 0; j < t->columns; j++) {
            if (j > 0)
                buf_addc(out, delimiter);
            write_cell(out, t->cell[i][j], delimiter, end);
        }
        buf_add(out, end);
    }
}

enum writing {
    PLAIN_UTF8,
    MARKED_UTF8,
    WIDE_LE,
    WIDE_BE,
    WIDE_LE_PLAIN,
    WINDOWS,
    MAC,
    DOS,
    WRITINGS
};

/* What is needed to read it again: such tables are no text that any set could be guessed by. */
static const char *const sets[WRITINGS] = {[WIDE_LE_PLAIN] = "UTF-16LE",
                                           [WINDOWS] = "windows-1252",
                                           [MAC] = "macintosh",
                                           [DOS] = "IBM850"};

static void encode_single(struct buf *out, const char *s, const char *set)
{
    uint32_t table[256];
    assert_true(charset_table(set, table));
    for (uint32_t cp; (cp = text_next(&s)) != 0;) {
        unsigned b = 0;
        while (b < 256 && table[b] != cp)
            b++;
        assert_true(b < 256);
        buf_addc(out, (char)b);
    }
}

static void encode(struct buf *out, const struct buf *utf8, enum writing how)
{
    const char *s = buf_str(utf8);
    if (how == MARKED_UTF8)
        buf_add(out, "\xEF\xBB\xBF");
    if (how == PLAIN_UTF8 || how == MARKED_UTF8) {
        buf_add(out, s);
        return;
    }
    if (how >= WINDOWS) {
        encode_single(out, s, sets[how]);
        return;
    }
    if (how != WIDE_LE_PLAIN)
        buf_add(out, how == WIDE_LE ? "\xFF\xFE" : "\xFE\xFF");
    for (uint32_t cp; (cp = text_next(&s)) != 0;) {
        if (how == WIDE_BE)
            buf_addc(out, '\0');
        buf_addc(out, (char)cp);
        if (how != WIDE_BE)
            buf_addc(out, '\0');
    }
}

static void check_table(struct reader *r, const struct table *t, const char *text)
{
    struct row row;
    assert_int_equal(reader_info(r)->columns, t->columns);
    for (size_t i = 0; i < t->rows; i++) {
        assert_int_equal(reader_next(r, &row, NULL), 1);
        /* Of some cells one can only say that their lines may be rows. */
        if (row.n != t->columns || (row.flags & ~(unsigned)ROW_JOINED) != 0)
            fail_msg("row %zu, line %ld, has %zu of %zu cells, flags %x, in\n%s", i, row.line,
                     row.n, t->columns, row.flags, text);
        for (size_t j = 0; j < t->columns; j++)
            if (strcmp(row.field[j], t->cell[i][j]) != 0)
                fail_msg("cell %zu,%zu is “%s” and not “%s” in\n%s", i, j, row.field[j],
                         t->cell[i][j], text);
    }
    assert_int_equal(reader_next(r, &row, NULL), 0);
}

static void test_written_is_read(void **state)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    (void)state;
    for (uint32_t round = 1; round <= 8000; round++) {
        struct table t;
        struct buf text = {0}, bytes = {0};
        seed = round * 7919;
        any_table(&t);
        enum writing how = (enum writing)(round % WRITINGS);
        struct reader_options options = {.encoding = sets[how], .delimiter = ";,\t|"[any(4)]};
        write_table(&text, &t, options.delimiter, ends[any(3)]);
        encode(&bytes, &text, how);
        struct reader *r = open_or_fail(bytes.s, bytes.len, &options);
        check_table(r, &t, text.s);
        reader_close(r);
        free_table(&t);
        buf_free(&text);
        buf_free(&bytes);
    }
}

/* ---- Forms ---- */

static const char *const questions[] = {"Hva heter du?",
                                        "E-postadresse",
                                        "Hvilken barnehage arbeider du i?",
                                        "Mobil, eller telefon",
                                        "Hvilke dager passer?",
                                        "Er det noe vi bør vite, for eksempel om mat?",
                                        "Stilling",
                                        "Kommune"};
static const char *const answers[] = {"Kari Hansen",
                                      "kari@x.no",
                                      "Solstua barnehage, Asker",
                                      "912 34 567",
                                      "Mandag;Tirsdag;Onsdag",
                                      "Nei",
                                      "Ja; gjerne\nmen ikke nøtter",
                                      "\"Sol\" barnehage",
                                      "Pedagogisk leder",
                                      "a;b;c;d;e;f;g;h",
                                      "Bærum",
                                      ""};

static void add_answer(struct buf *b, const char *s)
{
    if (strpbrk(s, ",\"\n")) {
        buf_addc(b, '"');
        for (; *s; s++) {
            if (*s == '"')
                buf_addc(b, '"');
            buf_addc(b, *s);
        }
        buf_addc(b, '"');
    } else {
        buf_add(b, s);
    }
}

/* Google Forms with a heading and one row, which is what others guess wrong. */
static void test_forms_of_one_row(void **state)
{
    (void)state;
    for (uint32_t round = 1; round <= 2000; round++) {
        struct buf b = {0};
        struct row row;
        const char *answer[8];
        seed = round * 6007;
        size_t n = 1 + any(7);
        buf_add(&b, "Tidsmerke");
        for (size_t i = 0; i < n; i++) {
            buf_addc(&b, ',');
            add_answer(&b, questions[(round + i) % 8]);
        }
        buf_add(&b, "\n2022/06/22 11:07:29 AM AST");
        for (size_t i = 0; i < n; i++) {
            buf_addc(&b, ',');
            add_answer(&b, answer[i] = answers[any(sizeof answers / sizeof *answers)]);
        }
        struct reader *r = open_or_fail(b.s, b.len, NULL);
        if (reader_info(r)->delimiter != ',' || reader_info(r)->columns != n + 1)
            fail_msg("“%c” and %zu columns in\n%s", reader_info(r)->delimiter,
                     reader_info(r)->columns, b.s);
        assert_int_equal(reader_next(r, &row, NULL), 1);
        assert_int_equal(reader_next(r, &row, NULL), 1);
        for (size_t i = 0; i < n; i++)
            assert_string_equal(row.field[i + 1], answer[i]);
        assert_int_equal(reader_next(r, &row, NULL), 0);
        reader_close(r);
        buf_free(&b);
    }
}

/* ---- Nothing is told ---- */

static const char *const headings[] = {"Navn", "E-post", "Arbeidssted", "Fødselsår", "Merknad"};
static const char *const values[][4] = {
    {"Bjørn Ødegård", "Hansen, Kari", "Åse Næss", "Per \"Pelle\" Sørli"},
    {"bjorn@example.no", "kari@example.no", "", "per@example.no"},
    {"Solstua barnehage, Bærum", "Blåklokka barnehage SA", "Tømmerås; avdeling Sjø", "Måltrosten"},
    {"1981", "1979,5", "", "1990"},
    {"", "Allergi: nøtter;\negg, melk", "Kommer på møtet\nog går før lunsj", "a|b\tc"}};

static void sensible_table(struct table *t)
{
    t->rows = 2 + any(ROWS - 1);
    t->columns = 2 + any(COLUMNS - 1);
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = 0; j < t->columns; j++)
            t->cell[i][j] = mem_strdup(i == 0             ? headings[j]
                                       : i == 1 && j == 0 ? values[0][0]
                                                          : values[j][any(4)]);
}

/* Delimiter, line ends and encoding are found out. */
static void test_found_is_read(void **state)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    (void)state;
    for (uint32_t round = 1; round <= 8000; round++) {
        struct table t;
        struct buf text = {0}, bytes = {0};
        seed = round * 7907;
        sensible_table(&t);
        char delimiter = ";,\t|"[any(4)];
        write_table(&text, &t, delimiter, ends[any(3)]);
        encode(&bytes, &text, (enum writing)(round % WRITINGS));
        struct reader *r = open_or_fail(bytes.s, bytes.len, NULL);
        if (reader_info(r)->delimiter != delimiter)
            fail_msg("“%c” instead of “%c” in\n%s", reader_info(r)->delimiter, delimiter, text.s);
        check_table(r, &t, text.s);
        reader_close(r);
        free_table(&t);
        buf_free(&text);
        buf_free(&bytes);
    }
}

/* ---- No line is lost ---- */

static bool is_blank_line(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strchr(" \t;,\xC2\xA0", s[i]))
            return false;
    return true;
}

/* The numbers of the lines that are not blank, up to `max` of them. */
static size_t filled_lines(const char *s, size_t len, long *number, size_t max)
{
    size_t n = 0;
    long line = 1;
    for (size_t at = 0; at < len; line++) {
        size_t end = at;
        while (end < len && s[end] != '\n' && s[end] != '\r')
            end++;
        if (n < max && !is_blank_line(s + at, end - at))
            number[n++] = line;
        at = end + (end + 1 < len && s[end] == '\r' && s[end + 1] == '\n' ? 2 : 1);
    }
    return n;
}

static void test_no_line_is_lost(void **state)
{
    static const char letters[] = "ab1 ;;,\t\n\n\r\xC3\xB8\xF8\xE2\x82\xAC=\xA0";
    (void)state;
    for (uint32_t round = 1; round <= 5000; round++) {
        struct buf b = {0};
        struct row row;
        struct reader *r;
        long number[256];
        seed = round * 104729;
        for (uint32_t n = any(200); n > 0; n--)
            buf_addc(&b, letters[any(sizeof letters - 1)]);
        size_t lines = filled_lines(buf_str(&b), b.len, number, 256), seen = 0;
        if (reader_open_memory(&r, "list", buf_str(&b), b.len, NULL, NULL) != ST_OK) {
            assert_int_equal(lines, 0);
        } else {
            while (reader_next(r, &row, NULL) > 0)
                if (seen < lines && row.line == number[seen])
                    seen++;
                else /* what looks blank may not be, to another encoding */
                    assert_true(seen == lines || row.line < number[seen]);
            assert_int_equal(seen, lines);
            reader_close(r);
        }
        buf_free(&b);
    }
}

/* The marks that lines were given, in the order in which they come out; each must, once. */
static void check_marks(struct reader *r, long lines, const char *text)
{
    struct row row;
    long next = 1;
    while (reader_next(r, &row, NULL) > 0)
        for (size_t i = 0; i < row.n; i++)
            for (const char *p = row.field[i]; (p = strchr(p, '#')) != NULL; next++)
                if (strtol(++p, NULL, 10) != next)
                    fail_msg("“%s”: line %ld is not where it should be in\n%s", row.field[i], next,
                             text);
    if (next != lines + 1)
        fail_msg("%ld of %ld lines in\n%s", next - 1, lines, text);
}

/* Whatever is done with quotes: each line's text is in exactly one row. */
static void test_no_text_is_lost(void **state)
{
    static const char *const parts[] = {"\"",  "\"",  "\"\"", ";",    ";",  ",",
                                        "a",   "b c", " ",    "|",    "\t", "\";\"",
                                        ";\"", "\";", "ø",    "\xF8", "=",  "5\" x"};
    (void)state;
    for (uint32_t round = 1; round <= 20000; round++) {
        struct buf b = {0};
        struct reader *r;
        seed = round * 48271;
        long lines = 1 + (long)any(14);
        uint32_t kinds = 2 + any(sizeof parts / sizeof *parts - 1), usual = any(3);
        const char *end = usual == 2 ? "\r" : usual == 1 ? "\r\n" : "\n";
        for (long i = 1; i <= lines; i++) {
            for (uint32_t n = any(5); n > 0; n--)
                buf_add(&b, parts[any(kinds)]);
            buf_addf(&b, "#%ld.", i);
            for (uint32_t n = any(5); n > 0; n--)
                buf_add(&b, parts[any(kinds)]);
            if (usual == 0 && any(3) == 0)
                buf_add(&b, ";x;y");
            buf_add(&b, i < lines || any(2) ? end : "");
        }
        r = open_or_fail(b.s, b.len, NULL);
        check_marks(r, lines, b.s);
        reader_rewind(r);
        check_marks(r, lines, b.s);
        reader_close(r);
        buf_free(&b);
    }
}

static void test_random_bytes(void **state)
{
    (void)state;
    for (uint32_t round = 1; round <= 3000; round++) {
        struct buf b = {0}, once = {0}, again = {0};
        struct reader *r;
        seed = round * 15485863;
        uint32_t kinds = 2 + any(255);
        for (uint32_t n = 1 + any(300); n > 0; n--)
            buf_addc(&b, any(3) ? (char)any(kinds) : "\";\n\r,\t"[any(6)]);
        if (reader_open_memory(&r, "list", b.s, b.len, NULL, NULL) == ST_OK) {
            draw(&once, r);
            reader_rewind(r);
            draw(&again, r);
            assert_true(once.len > 0);
            assert_string_equal(buf_str(&once), buf_str(&again));
            assert_true(text_is_utf8(once.s, once.len));
            reader_close(r);
        }
        buf_free(&b);
        buf_free(&once);
        buf_free(&again);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples),          cmocka_unit_test(test_mark_is_told),
        cmocka_unit_test(test_refused),          cmocka_unit_test(test_refused_paths),
        cmocka_unit_test(test_big_field),        cmocka_unit_test(test_big_line),
        cmocka_unit_test(test_many_columns),     cmocka_unit_test(test_long_span),
        cmocka_unit_test(test_late_nul),         cmocka_unit_test(test_late_letters),
        cmocka_unit_test(test_standard_input),   cmocka_unit_test(test_stopped),
        cmocka_unit_test(test_no_room_for_copy), cmocka_unit_test(test_shortened_meanwhile),
        cmocka_unit_test(test_file_as_memory),   cmocka_unit_test(test_written_is_read),
        cmocka_unit_test(test_no_line_is_lost),  cmocka_unit_test(test_random_bytes),
        cmocka_unit_test(test_no_text_is_lost),  cmocka_unit_test(test_forms_of_one_row),
        cmocka_unit_test(test_found_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
