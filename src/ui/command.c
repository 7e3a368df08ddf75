#include "config.h"

#include "ui/command.h"

#include <stdlib.h>
#include <string.h>

#include "samling/history.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/ui_internal.h"

/* ---- what can be done -------------------------------------------------------------------------
 */

/* What would be taken back, in words; false when there is nothing. */
static bool undo_label(struct session *s, bool redo, struct buf *label)
{
    int64_t set = 0;
    struct buf words = {0};
    if (undo_next(s, redo, &set, NULL) != ST_OK || set == 0)
        return false;
    undo_words(s, set, &words);
    buf_clear(label);
    buf_addf(label, redo ? _("Redo: %s") : _("Undo: %s"), buf_str(&words));
    buf_free(&words);
    return true;
}

struct command command_make(struct screen *s, enum action_id id)
{
    struct buf label = {0}, key = {0}, why = {0};
    struct command c = {.id = id};
    bool may = screen_may(s, id, &why);
    buf_add(&label, lang_tr(action_at(id)->label));
    /* A form takes back what was typed in it: that is no change yet. */
    bool of_database =
        (id == ACTION_UNDO || id == ACTION_REDO) && (screen_context_of(s) & IN_LISTS);
    if (may && of_database && !undo_label(s->ui->session, id == ACTION_REDO, &label)) {
        may = false;
        buf_add(&why, id == ACTION_REDO ? _("There is nothing to do again.")
                                        : _("There is nothing to take back."));
    }
    if (s->class->types)
        action_key_typing(id, &key);
    else
        action_key_text(id, &key);
    c.label = buf_take(&label);
    c.key = buf_take(&key);
    c.why = may ? NULL : buf_take(&why);
    buf_free(&why);
    return c;
}

void command_free(struct command *c)
{
    free(c->label);
    free(c->key);
    free(c->why);
    *c = (struct command){0};
}

/* ---- letters ----------------------------------------------------------------------------------
 */

/* The letter at *s in search form, 0 when it is none; *s goes past it. */
static char letter_at(const char **s)
{
    struct buf one = {0}, folded = {0};
    text_put(&one, text_next(s));
    text_fold_search(&folded, buf_str(&one));
    char c = buf_str(&folded)[0];
    buf_free(&one);
    buf_free(&folded);
    return c >= 'a' && c <= 'z' ? c : '\0';
}

/* The first free letter of the label: of those that begin a word, or of all. */
static struct letter free_letter(const char *label, const bool *used, bool beginnings)
{
    bool begins = true;
    for (const char *p = label; *p;) {
        size_t at = (size_t)(p - label);
        char c = letter_at(&p);
        if (c && !used[(unsigned char)c] && (begins || !beginnings))
            return (struct letter){c, at};
        begins = !c;
    }
    return (struct letter){0};
}

void letters_choose(const char *const *labels, size_t n, const char *taken, struct letter *out)
{
    bool used[128] = {false};
    for (; *taken; taken++)
        used[(unsigned char)*taken & 127] = true;
    for (size_t i = 0; i < n; i++) {
        out[i] = free_letter(labels[i], used, true);
        if (!out[i].letter)
            out[i] = free_letter(labels[i], used, false);
        if (out[i].letter)
            used[(unsigned char)out[i].letter] = true;
    }
}

bool letter_is(const struct letter *l, int key)
{
    struct buf typed = {0};
    if (!l->letter || key <= ' ' || key >= 0x110000)
        return false;
    text_put(&typed, (uint32_t)key);
    const char *p = typed.s;
    bool is = letter_at(&p) == l->letter;
    buf_free(&typed);
    return is;
}

void letter_draw(const struct letter *l, const char *label, int y, int x, int width, bool reversed)
{
    if (!l->letter)
        return;
    char *before = mem_strndup(label, l->at);
    int column = text_width(before);
    free(before);
    if (column < width)
        draw_look(y, x + column, 1, reversed ? LOOK_FOUND_SELECTED : LOOK_UNDER);
}
