/* One's own last changes, in words; any of them can be taken back. */
#include "config.h"

#include <stdlib.h>

#include "samling/date.h"
#include "samling/history.h"
#include "samling/mem.h"

#include "ui/screens.h"
#include "ui/ui_internal.h"

enum { MOST = 30 };

struct changes {
    struct ui *ui;
    int64_t set[MOST];
    char *label[MOST];
    size_t n;
};

static void changes_free(void *arg)
{
    struct changes *c = arg;
    for (size_t i = 0; i < c->n; i++)
        free(c->label[i]);
    free(c);
}

static bool add(void *arg, int64_t set, int64_t at, const char *words)
{
    struct changes *c = arg;
    struct buf label = {0};
    char when[MOMENT_SIZE];
    moment_of_seconds(at, when);
    moment_short(&label, when);
    buf_addf(&label, "  %s", words);
    c->set[c->n] = set;
    c->label[c->n++] = buf_take(&label);
    return true;
}

static void chosen(void *arg, size_t i)
{
    struct changes *c = arg;
    undo_ask(c->ui, c->set[i]);
}

void changes_open(struct ui *ui)
{
    struct changes *c = mem_alloc(sizeof *c);
    struct error err = {0};
    c->ui = ui;
    if (undo_each(ui->session, MOST, add, c, &err) != ST_OK)
        ui_complain(ui, &err);
    else if (!c->n)
        ui_say(ui, "%s", _("You have changed nothing that could be taken back."));
    if (!c->n) {
        changes_free(c);
        return;
    }
    choose_open(ui, _("Your last changes: Enter takes one back"), (const char *const *)c->label,
                c->n, 0, chosen, c, changes_free);
}
