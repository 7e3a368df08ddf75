#include "config.h"

#include "samling/ui.h"

#include "ui/screens.h"
#include "ui/ui_internal.h"

enum status ui_run(struct session *s, struct error *err)
{
    struct ui ui = {.session = s};
    enum status st = term_open(err);
    if (st != ST_OK)
        return st;
    screen_push(&ui, desk_new(&ui));
    screen_loop(&ui);
    term_close();
    return ST_OK;
}
