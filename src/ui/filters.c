#include "config.h"

#include "ui/filters.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/screens.h"
#include "ui/ui_internal.h"

enum { KEY_MAX_BYTES = 200, NAME_COLUMNS = 40 };

struct saved {
    char *name, *value;
    unsigned char key[KEY_MAX_BYTES]; /* in what order it stands */
};

/* One question, with what was saved when it was asked. */
struct filters {
    struct ui *ui;
    struct list *list;
    struct saved *saved;
    size_t n, cap;
    char *name; /* to be written or removed */
};

/* ---- what is saved ----------------------------------------------------------------------------
 */

static void add_setting_name(const struct list *l, const char *name, struct buf *out)
{
    buf_addf(out, "filter.%s.%s", l->q.listing->name, name);
}

static bool add_saved(void *arg, const char *name, const char *value)
{
    struct filters *f = arg;
    struct buf prefix = {0};
    add_setting_name(f->list, "", &prefix);
    f->saved = mem_grow(f->saved, &f->cap, f->n + 1, sizeof *f->saved);
    struct saved *s = &f->saved[f->n++];
    s->name = mem_strdup(name + prefix.len);
    s->value = mem_strdup(value);
    text_sort_key(s->name, s->key, sizeof s->key);
    buf_free(&prefix);
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp((const char *)((const struct saved *)a)->key,
                  (const char *)((const struct saved *)b)->key);
}

static void filters_free(void *arg)
{
    struct filters *f = arg;
    for (size_t i = 0; i < f->n; i++) {
        free(f->saved[i].name);
        free(f->saved[i].value);
    }
    free(f->saved);
    free(f->name);
    free(f);
}

/* With what is saved now; NULL when that cannot be read, which was told. */
static struct filters *filters_read(struct ui *ui, struct list *l)
{
    struct filters *f = mem_alloc(sizeof *f);
    struct buf prefix = {0};
    struct error err = {0};
    f->ui = ui;
    f->list = l;
    add_setting_name(l, "", &prefix);
    enum status st = settings_each(ui->session, false, prefix.s, add_saved, f, &err);
    buf_free(&prefix);
    if (st != ST_OK) {
        ui_complain(ui, &err);
        filters_free(f);
        return NULL;
    }
    if (f->n)
        qsort(f->saved, f->n, sizeof *f->saved, by_name);
    return f;
}

/* NULL removes it. */
static bool write_setting(const struct filters *f, const char *name, const char *value)
{
    struct buf setting = {0};
    struct error err = {0};
    add_setting_name(f->list, name, &setting);
    enum status st = setting_set(f->ui->session, false, setting.s, value, &err);
    buf_free(&setting);
    if (st != ST_OK)
        ui_complain(f->ui, &err);
    f->ui->data_version = db_data_version(f->ui->session->db);
    return st == ST_OK;
}

/* ---- saving -----------------------------------------------------------------------------------
 */

/* The same name written otherwise is the same name; the way it is written now stays. */
static const struct saved *find(const struct filters *f, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (text_same(f->saved[i].name, name))
            return &f->saved[i];
    return NULL;
}

static void save(void *arg)
{
    const struct filters *f = arg;
    const struct saved *old = find(f, f->name);
    struct buf value = {0};
    list_describe(f->list, &value);
    bool ok = !old || strcmp(old->name, f->name) == 0 || write_setting(f, old->name, NULL);
    if (ok && write_setting(f, f->name, buf_str(&value)))
        ui_say(f->ui, _("Saved as “%s”."), f->name);
    buf_free(&value);
}

static void name_typed(void *arg, const char *typed)
{
    const struct filters *asked = arg;
    struct filters *f = filters_read(asked->ui, asked->list);
    struct buf question = {0};
    if (!f)
        return;
    f->name = text_tidy(typed, false);
    if (!f->name || text_width(f->name) > NAME_COLUMNS) {
        ui_say(f->ui, _("A name has %d letters at most."), NAME_COLUMNS);
        filters_free(f);
        return;
    }
    const struct saved *old = find(f, f->name);
    if (!old) {
        save(f);
        filters_free(f);
        return;
    }
    buf_addf(&question, _("Replace the saved filter “%s”?"), old->name);
    ask_open(f->ui, question.s, _("y")[0], _("y: yes, replace it; any other key: no"), save, f,
             filters_free);
    buf_free(&question);
}

static void ask_name(struct ui *ui, struct list *l)
{
    struct filters *f = filters_read(ui, l);
    if (f)
        prompt_open(ui, _("Save filter, search, order and columns as"), "", false, name_typed, f,
                    filters_free);
}

/* ---- removing ---------------------------------------------------------------------------------
 */

static void remove_saved(void *arg)
{
    const struct filters *f = arg;
    if (write_setting(f, f->name, NULL))
        ui_say(f->ui, _("Removed the saved filter “%s”."), f->name);
}

static void removed_chosen(void *arg, size_t index)
{
    const struct filters *asked = arg;
    struct filters *f = filters_read(asked->ui, asked->list);
    struct buf question = {0};
    if (!f)
        return;
    f->name = mem_strdup(asked->saved[index].name);
    buf_addf(&question, _("Remove the saved filter “%s”?"), f->name);
    ask_open(f->ui, question.s, _("y")[0], _("y: yes, remove it; any other key: no"), remove_saved,
             f, filters_free);
    buf_free(&question);
}

static void ask_removed(struct ui *ui, struct list *l)
{
    struct filters *f = filters_read(ui, l);
    if (!f)
        return;
    const char **label = mem_alloc((f->n + 1) * sizeof *label);
    for (size_t i = 0; i < f->n; i++)
        label[i] = f->saved[i].name;
    choose_open(ui, _("Remove which filter?"), label, f->n, 0, removed_chosen, f, filters_free);
    free(label);
}

/* ---- choosing ---------------------------------------------------------------------------------
 */

static void show_all(struct list *l)
{
    list_filter_clear(l);
    list_search(l, NULL);
}

static void chosen(void *arg, size_t index)
{
    const struct filters *f = arg;
    if (index < f->n) {
        list_adopt(f->list, f->saved[index].value);
        list_act(f->list, ACTION_FIRST); /* not where one stood when it was saved */
        ui_say(f->ui, _("Shows “%s”."), f->saved[index].name);
        return;
    }
    index -= f->n;
    if (f->n == 0 && index > 0) /* nothing to remove was offered */
        index++;
    switch (index) {
    case 0: ask_name(f->ui, f->list); break;
    case 1: ask_removed(f->ui, f->list); break;
    default: show_all(f->list); ui_say(f->ui, "%s", _("The list shows everything again."));
    }
}

void filters_open(struct ui *ui, struct list *l)
{
    struct filters *f = filters_read(ui, l);
    size_t n = 0;
    if (!f)
        return;
    const char **label = mem_alloc((f->n + 3) * sizeof *label);
    for (; n < f->n; n++)
        label[n] = f->saved[n].name;
    label[n++] = _("Save this as …");
    if (f->n)
        label[n++] = _("Remove a saved filter …");
    label[n++] = _("Show all again");
    choose_open(ui, _("Saved filters"), label, n, 0, chosen, f, filters_free);
    free(label);
}
