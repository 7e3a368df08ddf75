#include "config.h"

#include "ui/action.h"

#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"

#include "ui/keys.h"

static const struct action actions[ACTION_COUNT] = {
#define X(id, label, help, contexts, menu, role, hint, keys)                                       \
    [ACTION_##id] = {ACTION_##id, #id, label, help, contexts, menu, role, hint, keys},
    ACTIONS(X)
#undef X
};

static const char *const menu_labels[MENU_COUNT] = {
    [MENU_FILE] = N_("File"),     [MENU_EDIT] = N_("Edit"), [MENU_VIEW] = N_("View"),
    [MENU_ROSTER] = N_("Roster"), [MENU_HELP] = N_("Help"),
};

const struct action *action_at(enum action_id id)
{
    return id > ACTION_NONE && id < ACTION_COUNT ? &actions[id] : NULL;
}

const char *menu_label(enum menu m)
{
    return lang_tr(menu_labels[m] ? menu_labels[m] : "");
}

enum action_id action_by_key(unsigned contexts, int key, bool typing)
{
    /* Characters are what is typed; Tab and Enter are not characters of a text. */
    bool is_text = typing && key >= ' ' && key < 0x110000 && key != 0x7f;
    for (int i = 1; i < ACTION_COUNT && !is_text; i++) {
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

void action_key_text(enum action_id id, struct buf *out)
{
    const struct action *a = action_at(id);
    size_t n = strcspn(a->keys, " ");
    static const struct {
        const char *name, *label;
    } words[] = {
        {"Enter", N_("Enter")}, {"Space", N_("Space")}, {"PgDn", N_("PgDn")},
        {"PgUp", N_("PgUp")},   {"Home", N_("Home")},   {"End", N_("End")},
        {"Down", N_("Down")},   {"Up", N_("Up")},       {"Shift-Tab", N_("Shift-Tab")},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i].name) == n && strncmp(words[i].name, a->keys, n) == 0) {
            buf_add(out, lang_tr(words[i].label));
            return;
        }
    }
    buf_addn(out, a->keys, n);
}
