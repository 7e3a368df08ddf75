#include "config.h"

#include "samling/import.h"

#include <string.h>

#include "spreadsheet.h"

static void put_cell(FILE *out, const char *text, bool last)
{
    struct buf cell = {0};
    const char *s = spreadsheet_cell(text, &cell);
    if (!s[strcspn(s, ";\"\r\n")]) {
        fputs(s, out);
    } else {
        putc('"', out);
        for (; *s; s++) {
            if (*s == '"')
                putc('"', out);
            putc(*s, out);
        }
        putc('"', out);
    }
    fputs(last ? "\r\n" : ";", out);
    buf_free(&cell);
}

/* A column without a heading is known again by its field. */
static void put_heading(FILE *out, const struct import_head *head, size_t i)
{
    const struct import_column *c = &head->column[i];
    char number[24];
    snprintf(number, sizeof number, "%zu", i + 1);
    const char *name = c->field ? c->field : number;
    put_cell(out, c->heading && *c->heading ? c->heading : name, i + 1 == head->ncolumns);
}

/* Line and reason come first: a row that is too long keeps its cells in their columns that way. */
void rejects_begin(const struct import_head *head, FILE *out)
{
    fputs("\xef\xbb\xbf", out);
    put_cell(out, "line", false);
    put_cell(out, "reason", head->ncolumns == 0);
    for (size_t i = 0; i < head->ncolumns; i++)
        put_heading(out, head, i);
}

void rejects_add(const struct import_row *row, FILE *out)
{
    char number[24];
    size_t n = row->row->n;
    snprintf(number, sizeof number, "%ld", row->line);
    put_cell(out, number, false);
    put_cell(out, row->reason, n == 0);
    for (size_t i = 0; i < n; i++)
        put_cell(out, row->row->field[i], i + 1 == n);
}
