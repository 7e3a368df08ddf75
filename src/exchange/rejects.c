#include "config.h"

#include "samling/import.h"

#include <string.h>

#include "spreadsheet.h"

static const char *const own[] = {"line", "reason"};

static void put_cell(FILE *out, const char *text, bool last)
{
    struct buf cell = {0};
    /* What was guarded when it was rejected before is not guarded once more. */
    const char *s = spreadsheet_cell(spreadsheet_text(text), &cell);
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

static bool is_ours(const struct import_head *head, size_t column, const char *heading)
{
    const struct import_column *c = &head->column[column];
    return !c->field && c->heading && strcmp(c->heading, heading) == 0;
}

/* How many of the first columns are line and reason of rejects that were imported again. */
static size_t own_columns(const struct import_head *head)
{
    bool ours = head && head->ncolumns >= 2 && is_ours(head, 0, own[0]) && is_ours(head, 1, own[1]);
    return ours ? 2 : 0;
}

/* Line and reason come first: a row that is too long keeps its cells in their columns that way. */
void rejects_begin(const struct import_head *head, FILE *out)
{
    fputs("\xef\xbb\xbf", out);
    size_t first = own_columns(head);
    put_cell(out, own[0], false);
    put_cell(out, own[1], head->ncolumns == first);
    for (size_t i = first; i < head->ncolumns; i++)
        put_heading(out, head, i);
}

void rejects_add(const struct import_row *row, FILE *out)
{
    char number[24];
    size_t n = row->row->n;
    snprintf(number, sizeof number, "%ld", row->line);
    put_cell(out, number, false);
    size_t first = own_columns(row->head);
    put_cell(out, row->reason, n <= first);
    for (size_t i = first; i < n; i++)
        put_cell(out, row->row->field[i], i + 1 == n);
}
