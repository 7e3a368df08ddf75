/* What several screens do with a record. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "samling/history.h"
#include "samling/mem.h"

#include "ui/screens.h"
#include "ui/ui_internal.h"

struct target {
    struct ui *ui;
    enum type_id type;
    int64_t id;
    bool redo; /* of undo */
};

static struct target *target_new(struct ui *ui, enum type_id type, int64_t id)
{
    struct target *t = mem_alloc(sizeof *t);
    *t = (struct target){.ui = ui, .type = type, .id = id};
    return t;
}

static void remove_confirmed(void *arg)
{
    struct target *t = arg;
    struct session *s = t->ui->session;
    struct buf title = {0};
    struct error err = {0};
    record_title(s, type_by_id(t->type), t->id, &title);
    enum status st = session_begin(s, ACT_REMOVE, &err);
    if (st == ST_OK) {
        st = record_remove(s, type_by_id(t->type), t->id, 0, &err);
        if (st == ST_OK)
            st = session_commit(s, &err);
        else
            session_rollback(s);
    }
    if (st == ST_OK)
        ui_say_name(t->ui, buf_str(&title), _("Removed %s; u brings it back."), buf_str(&title));
    else
        ui_complain(t->ui, &err);
    buf_free(&title);
    screen_refresh_all(t->ui);
}

void record_ask_remove(struct ui *ui, enum type_id type, int64_t id)
{
    const struct record_type *t = type_by_id(type);
    struct buf title = {0}, question = {0};
    if (!t->by_hand) {
        ui_say(ui, "%s", _("This is written by the program and cannot be removed."));
        return;
    }
    record_title(ui->session, t, id, &title);
    buf_addf(&question, _("Remove %s?"), buf_str(&title));
    ask_open(ui, question.s, _("y")[0], _("y: yes, remove it; any other key: no"), remove_confirmed,
             target_new(ui, type, id), free);
    buf_free(&title);
    buf_free(&question);
}

/* ---- history ----------------------------------------------------------------------------------
 */

struct lines {
    struct session *session;
    struct buf text;
};

static bool add_change(void *arg, const struct change *c)
{
    struct lines *l = arg;
    change_text(l->session, c, &l->text);
    buf_addc(&l->text, '\n');
    return true;
}

void history_open(struct ui *ui, enum type_id type, int64_t id)
{
    struct lines l = {.session = ui->session};
    struct error err = {0};
    struct buf title = {0};
    if (history_each(ui->session, type_by_id(type), id, add_change, &l, &err) != ST_OK) {
        buf_free(&l.text);
        ui_complain(ui, &err);
        return;
    }
    if (!l.text.len)
        buf_add(&l.text, _("Nothing was changed since it was imported or made.\n"));
    buf_addf(&title, "%s: ", _("History"));
    record_title(ui->session, type_by_id(type), id, &title);
    reading_open(ui, title.s, buf_take(&l.text));
    buf_free(&title);
}

/* ---- undo ---------------------------------------------------------------------------------------
 */

static void count_kept(void *arg, const char *words)
{
    struct buf *b = arg;
    buf_addf(b, "%s\n", words);
}

static void take_back(struct ui *ui, int64_t set, bool redo)
{
    struct error err = {0};
    struct buf words = {0}, kept = {0};
    struct undo_report report = {.kept_line = count_kept, .arg = &kept};
    undo_words(ui->session, set, &words);
    enum status st = undo_set(ui->session, set, redo, &report, &err);
    screen_refresh_all(ui);
    if (st != ST_OK)
        ui_complain(ui, &err);
    else if (redo)
        ui_say(ui, _("Done again: %s"), buf_str(&words));
    else
        ui_say(ui, _("Taken back: %s"), buf_str(&words));
    if (st == ST_OK && report.kept)
        reading_open(ui, _("Kept, because it was edited or used since"), buf_take(&kept));
    buf_free(&words);
    buf_free(&kept);
}

static void take_back_confirmed(void *arg)
{
    struct target *t = arg;
    take_back(t->ui, t->id, t->redo);
}

static void ask_first(struct ui *ui, int64_t set, bool redo)
{
    struct buf words = {0}, question = {0};
    struct target *t = target_new(ui, T_NONE, set);
    t->redo = redo;
    undo_words(ui->session, set, &words);
    if (redo)
        buf_addf(&question, _("Do all of this again? %s"), buf_str(&words));
    else
        buf_addf(&question, _("Take back all of this? %s"), buf_str(&words));
    ask_open(ui, question.s, _("y")[0],
             redo ? _("y: yes, do it again; any other key: no")
                  : _("y: yes, take it back; any other key: no"),
             take_back_confirmed, t, free);
    buf_free(&words);
    buf_free(&question);
}

void undo_ask(struct ui *ui, int64_t set)
{
    ask_first(ui, set, false);
}

void undo_last(struct ui *ui, bool redo)
{
    int64_t set;
    struct error err = {0};
    if (undo_next(ui->session, redo, &set, &err) != ST_OK) {
        ui_complain(ui, &err);
        return;
    }
    if (!set) {
        ui_say(ui, "%s",
               redo ? _("There is nothing to do again.") : _("There is nothing to take back."));
        return;
    }
    /* One u too many must not empty the house. */
    if (undo_act(ui->session, set) == ACT_IMPORT)
        ask_first(ui, set, redo);
    else
        take_back(ui, set, redo);
}
