#include "config.h"

#include "ui/action.h"

#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"

#include "ui/keys.h"

static const struct action actions[ACTION_COUNT] = {
#define X(which, words, sentence, places, menu_and, need, rank, names)                             \
    [ACTION_##which] = {.id = ACTION_##which,                                                      \
                        .name = #which,                                                            \
                        .label = words,                                                            \
                        .help = sentence,                                                          \
                        .contexts = places,                                                        \
                        .menu = (enum menu)((menu_and) & ~ON_ROW),                                 \
                        .on_row = ((menu_and)&ON_ROW) != 0,                                        \
                        .role = need,                                                              \
                        .hint = rank,                                                              \
                        .keys = names},
    ACTIONS(X)
#undef X
};

static const char *const menu_labels[MENU_COUNT] = {
    [MENU_FILE] = N_("File"),     [MENU_EDIT] = N_("Edit"),         [MENU_VIEW] = N_("View"),
    [MENU_SELECT] = N_("Select"), [MENU_CALENDAR] = N_("Calendar"), [MENU_ROSTER] = N_("Roster"),
    [MENU_IMPORT] = N_("Import"), [MENU_FORM] = N_("Form"),         [MENU_GO] = N_("Go"),
    [MENU_HELP] = N_("Help"),
};

const struct action *action_at(enum action_id id)
{
    return id > ACTION_NONE && id < ACTION_COUNT ? &actions[id] : NULL;
}

const char *menu_label(enum menu m)
{
    return lang_tr(menu_labels[m] ? menu_labels[m] : "");
}

/* Characters are what is typed; Tab and Enter are not characters of a text. */
static bool is_text(int key)
{
    return key >= ' ' && key < 0x110000 && key != 0x7f;
}

enum action_id action_by_key(unsigned contexts, int key, bool typing)
{
    key = keys_without_ctrl(key);
    if (typing && is_text(key))
        return ACTION_NONE;
    for (int i = 1; i < ACTION_COUNT; i++) {
        if (!(actions[i].contexts & contexts))
            continue;
        for (const char *k = actions[i].keys; *k;) {
            size_t n = strcspn(k, " ");
            if (key_by_name(k, n) == key)
                return (enum action_id)i;
            k += n + (k[n] == ' ');
        }
    }
    return ACTION_NONE;
}

/* Keys whose names are words; the others are called the same in every language. */
static const char *const key_words[] = {
    N_("Enter"),  N_("Space"),  N_("PgDn"), N_("PgUp"),      N_("Home"), N_("End"),
    N_("Down"),   N_("Up"),     N_("Left"), N_("Right"),     N_("Tab"),  N_("Shift-Tab"),
    N_("Delete"), N_("Insert"), N_("Esc"),  N_("Backspace"),
};

void key_label(const char *name, size_t len, struct buf *out)
{
    for (size_t i = 0; i < sizeof key_words / sizeof *key_words; i++) {
        if (strlen(key_words[i]) == len && strncmp(key_words[i], name, len) == 0) {
            buf_add(out, lang_tr(key_words[i]));
            return;
        }
    }
    buf_addn(out, name, len);
}

void action_key_text(enum action_id id, struct buf *out)
{
    const char *keys = action_at(id)->keys;
    key_label(keys, strcspn(keys, " "), out);
}

void action_key_typing(enum action_id id, struct buf *out)
{
    for (const char *k = action_at(id)->keys; *k;) {
        size_t n = strcspn(k, " ");
        if (!is_text(key_by_name(k, n))) {
            key_label(k, n, out);
            return;
        }
        k += n + (k[n] == ' ');
    }
    action_key_text(id, out);
}

enum action_id action_by_name(const char *name, size_t len)
{
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
        if (strlen(actions[i].name) == len && strncmp(actions[i].name, name, len) == 0)
            return (enum action_id)i;
    return ACTION_NONE;
}

void action_fill(const char *words, struct buf *out)
{
    while (*words) {
        size_t n = strcspn(words, "{"), inside;
        buf_addn(out, words, n);
        words += n;
        if (!*words)
            return;
        inside = strcspn(++words, "}");
        enum action_id id = action_by_name(words, inside);
        if (id != ACTION_NONE)
            action_key_text(id, out);
        words += inside + (words[inside] == '}');
    }
}
