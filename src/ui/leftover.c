#include "config.h"

#include "ui/leftover.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "ui/output.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

struct leftover {
    struct ui *ui;
    FILE *kept; /* NULL: it could not be made, and nothing is offered */
    long rows;
};

struct leftover *leftover_new(struct ui *ui, const struct import_head *head)
{
    struct leftover *l = mem_alloc(sizeof *l);
    l->ui = ui;
    l->kept = tmpfile();
    if (l->kept)
        rejects_begin(head, l->kept);
    return l;
}

void leftover_add(struct leftover *l, const struct import_row *row)
{
    if (!l->kept || (row->verdict != VERDICT_UNCLEAR && row->verdict != VERDICT_REJECTED))
        return;
    rejects_add(row, l->kept);
    l->rows++;
}

void leftover_free(void *arg)
{
    struct leftover *l = arg;
    if (l->kept)
        fclose(l->kept);
    free(l);
}

static enum status write_rows(void *arg, const char *path, FILE *out, struct error *err)
{
    struct leftover *l = arg;
    char part[4096];
    size_t n;
    rewind(l->kept);
    while ((n = fread(part, 1, sizeof part, l->kept)) > 0 && fwrite(part, 1, n, out) == n)
        ;
    if (n > 0 || ferror(l->kept))
        return error_set(err, ST_REFUSED, path, _("make room, or write it elsewhere"), "%s",
                         _("not all could be written"));
    ui_say(l->ui, _("%ld rows written to %s: correct them there, and import that file."), l->rows,
           path);
    return ST_OK;
}

static void write_file(void *arg, const char *path)
{
    struct leftover *l = arg, *taken = mem_alloc(sizeof *taken);
    *taken = *l;
    l->kept = NULL;
    output_write(l->ui, path, write_rows, taken, leftover_free);
}

void leftover_offer(struct leftover *l, const char *name)
{
    struct buf path = {0};
    if (!l->rows) {
        leftover_free(l);
        return;
    }
    size_t stem = strcspn(name, ".");
    buf_add(&path, l->ui->folder ? l->ui->folder : "");
    buf_addn(&path, name, stem ? stem : strlen(name));
    buf_addf(&path, "-%s.csv", _("rejects"));
    prompt_open(l->ui, _("Write the rows that were left out to file"), path.s, true, write_file, l,
                leftover_free);
    buf_free(&path);
}
