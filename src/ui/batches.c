/* The imports that were made; one can be taken back as a whole. */
#include "config.h"

#include <stdlib.h>

#include "samling/history.h"
#include "samling/mem.h"

#include "ui/list.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

struct batches {
    struct screen screen;
    struct list list;
};

static void batches_draw(struct screen *s)
{
    struct batches *b = (struct batches *)s;
    struct buf state = {0};
    int width = term_width(), height = term_height();
    draw_text(1, 1, width - 2, LOOK_STRONG, _("Imports"));
    list_state_text(&b->list, &state);
    draw_right(1, width / 2, width - width / 2 - 1, LOOK_DIM, buf_str(&state));
    draw_rule(2, 0, width);
    draw_rule(height - 3, 0, width);
    list_draw(&b->list, 3, 0, height - 6, width, true);
    draw_frame(s->ui, IN_BATCHES, NULL); /* whose hints depend on the row in hand */
    buf_free(&state);
}

/* ---- taking back ------------------------------------------------------------------------------
 */

struct target {
    struct ui *ui;
    int64_t batch;
};

static void count_kept(void *arg, const char *words)
{
    buf_addf(arg, "%s\n", words);
}

static void take_back(void *arg)
{
    struct target *t = arg;
    struct error err = {0};
    struct buf kept = {0};
    struct undo_report report = {.kept_line = count_kept, .arg = &kept};
    enum status st = undo_batch(t->ui->session, t->batch, &report, &err);
    screen_refresh_all(t->ui);
    if (st != ST_OK)
        ui_complain(t->ui, &err);
    else
        ui_say(t->ui, _("Import %lld is taken back: %ld records; %ld were edited since and stay."),
               (long long)t->batch, report.done, report.kept);
    if (st == ST_OK && kept.len)
        reading_open(t->ui, _("Kept, because it was edited or used since"), buf_take(&kept));
    buf_free(&kept);
}

static void ask_take_back(struct batches *b)
{
    const struct listing_row *r = list_row(&b->list);
    const char *file = list_cell(&b->list, "file");
    struct buf question = {0};
    struct target *t = mem_alloc(sizeof *t);
    *t = (struct target){b->screen.ui, r->id};
    buf_addf(&question, _("Take back all of import %lld (%s)?"), (long long)r->id,
             file ? file : "");
    ask_open(b->screen.ui, question.s, _("y")[0], _("y: yes, take it back; any other key: no"),
             take_back, t, free);
    buf_free(&question);
}

/* ---- keys -------------------------------------------------------------------------------------
 */

static enum handled batches_act(struct screen *s, enum action_id id)
{
    struct batches *b = (struct batches *)s;
    if (list_act(&b->list, id))
        return HANDLED;
    switch (id) {
    case ACTION_OPEN: record_open(s->ui, T_BATCH, list_row(&b->list)->id); return HANDLED;
    case ACTION_TAKE_BACK: ask_take_back(b); return HANDLED;
    default: return NOT_HANDLED;
    }
}

static void batches_settle(struct screen *s, enum action_id id)
{
    (void)id;
    list_settle(&((struct batches *)s)->list);
}

static bool batches_may(struct screen *s, enum action_id id, struct buf *why)
{
    struct batches *b = (struct batches *)s;
    bool on_row = id == ACTION_OPEN || id == ACTION_TAKE_BACK;
    if (!on_row || list_row(&b->list))
        return true;
    if (why)
        buf_add(why, _("Nothing was imported yet."));
    return false;
}

static enum handled batches_click(struct screen *s, const struct click *c)
{
    bool open = false;
    if (!list_click(&((struct batches *)s)->list, c, &open))
        return NOT_HANDLED;
    if (open)
        screen_act(s->ui, ACTION_OPEN);
    return HANDLED;
}

static void batches_refresh(struct screen *s)
{
    list_refresh(&((struct batches *)s)->list);
}

static bool batches_idle(struct screen *s)
{
    return list_idle(&((struct batches *)s)->list);
}

static void batches_free(struct screen *s)
{
    list_free(&((struct batches *)s)->list);
    free(s);
}

static const struct screen_class batches_class = {
    .name = "batches",
    .context = IN_BATCHES,
    .draw = batches_draw,
    .act = batches_act,
    .settle = batches_settle,
    .may = batches_may,
    .click = batches_click,
    .refresh = batches_refresh,
    .idle = batches_idle,
    .free = batches_free,
};

void batches_open(struct ui *ui)
{
    struct batches *b = mem_alloc(sizeof *b);
    b->screen.class = &batches_class;
    list_init(&b->list, ui, listing_by_name("batches"),
              "at,file,into,new,changed,by,type,matched,rejected,unclear,undone");
    screen_push(ui, &b->screen);
}
