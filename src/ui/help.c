#include "config.h"

#include "ui/help.h"

#include <ctype.h>
#include <string.h>

#include "ui/flow.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

static const struct {
    unsigned context;
    const char *label;
} places[] = {
    {IN_OFFERINGS, N_("Offerings")},   {IN_CALENDAR, N_("Calendar")},
    {IN_CONTACTS, N_("Contacts")},     {IN_TODAY, N_("Today")},
    {IN_ROSTER, N_("Roster")},         {IN_RECORD, N_("Record")},
    {IN_REHEARSAL, N_("Import")},      {IN_FORM, N_("Form")},
    {IN_CONFLICT, N_("Two versions")}, {IN_READING, N_("Text to read")},
};

/* Keys whose names are words; the others are called the same in every language. */
static const char *const key_words[] = {
    N_("Enter"), N_("Space"),     N_("PgDn"),   N_("PgUp"), N_("Home"),
    N_("End"),   N_("Down"),      N_("Up"),     N_("Left"), N_("Right"),
    N_("Tab"),   N_("Shift-Tab"), N_("Delete"), N_("Esc"),  N_("Backspace"),
};

/* Keys that the table does not have, for they belong to the line that is typed in. */
static const struct {
    const char *keys, *help;
} line_keys[] = {
    {"Left Right", N_("One letter to the left or right.")},
    {"Home Ctrl-A", N_("To the beginning of the line.")},
    {"End Ctrl-E", N_("To the end of the line.")},
    {"Backspace", N_("Takes away the letter before the cursor.")},
    {"Delete", N_("Takes away the letter at the cursor.")},
    {"Ctrl-W", N_("Takes away the word before the cursor.")},
    {"Ctrl-U", N_("Takes away all before the cursor.")},
    {"Ctrl-K", N_("Takes away all from the cursor on.")},
    {"Tab", N_("Completes the name of a file, or shows those that there are.")},
    {"Esc Ctrl-G", N_("Closes the question; nothing is done.")},
};

void help_places(unsigned contexts, struct buf *out)
{
    const char *between = "";
    if ((contexts & IN_LISTS) == IN_LISTS) {
        buf_add(out, _("all lists"));
        between = ", ";
        contexts &= ~(unsigned)IN_LISTS;
    }
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (!(places[i].context & contexts))
            continue;
        buf_addf(out, "%s%s", between, lang_tr(places[i].label));
        between = ", ";
    }
}

static void add_key(struct buf *out, const char *name, size_t n)
{
    for (size_t i = 0; i < sizeof key_words / sizeof *key_words; i++) {
        if (strlen(key_words[i]) == n && strncmp(key_words[i], name, n) == 0) {
            buf_add(out, lang_tr(key_words[i]));
            return;
        }
    }
    buf_addn(out, name, n);
}

/* "F9, F10, Ctrl-O" */
static void add_keys(struct buf *out, const char *keys)
{
    while (*keys) {
        size_t n = strcspn(keys, " ");
        add_key(out, keys, n);
        keys += n;
        keys += strspn(keys, " ");
        if (*keys)
            buf_add(out, ", ");
    }
}

/* ---- F1 ---------------------------------------------------------------------------------------
 */

static void add_head(struct buf *out, const char *words)
{
    buf_addf(out, "\n%s%s\n\n", FLOW_HEAD, words);
}

/* The keys of an action, in `b`. */
static const char *keys_in(struct buf *b, enum action_id id)
{
    buf_clear(b);
    add_keys(b, action_at(id)->keys);
    return buf_str(b);
}

static void add_ways(struct buf *out)
{
    struct buf b = {0};
    buf_addf(out, _("All commands are in the menus, with their keys: %s."),
             keys_in(&b, ACTION_MENU));
    buf_add(out, "\n");
    buf_addf(out, _("A command is found by part of its name: %s."), keys_in(&b, ACTION_PALETTE));
    buf_add(out, "\n");
    buf_addf(out, _("A list is searched by typing: %s."), keys_in(&b, ACTION_SEARCH));
    buf_add(out, "\n");
    buf_addf(out, _("One goes back with: %s."), keys_in(&b, ACTION_BACK));
    buf_add(out, "\n");
    buf_addf(out, _("Every change can be taken back: %s."), keys_in(&b, ACTION_UNDO));
    buf_add(out, "\n");
    buf_addf(out, _("What can be done on a screen, by key: %s."), keys_in(&b, ACTION_HELP));
    buf_add(out, "\n\n");
    buf_free(&b);
}

static void add_introduction(struct buf *out)
{
    buf_add(out, _("samling is the advisers' desk: what is offered, when people gather, who they "
                   "are, and who takes part."));
    buf_add(out, "\n");
    add_head(out, _("Finding your way"));
    buf_add(out, _("There are four lists: offerings, calendar, contacts, and today with what needs "
                   "doing. The keys 1 to 4 go to them. What is chosen among the offerings narrows "
                   "the calendar and the contacts."));
    buf_add(out, "\n\n");
    buf_add(out, _("The arrow keys choose a row, Enter opens it. What else can be done stands in "
                   "the last line but one; the last line says what was done."));
    buf_add(out, "\n\n");
    add_ways(out);
    buf_add(out, _("What is typed into a form is kept as a draft, also when the line is cut."));
    buf_add(out, "\n");
}

static void add_action(struct buf *out, enum action_id id, bool with_places)
{
    const struct action *a = action_at(id);
    add_keys(out, a->keys);
    buf_addf(out, "\t%s – %s", lang_tr(a->label), lang_tr(a->help));
    if (with_places && (a->contexts & IN_LISTS) != IN_LISTS) {
        buf_add(out, " (");
        help_places(a->contexts, out);
        buf_add(out, ")");
    }
    buf_add(out, "\n");
}

static void add_here(struct buf *out, unsigned context)
{
    add_head(out, _("Keys on this screen"));
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
        if (action_at((enum action_id)i)->contexts & context)
            add_action(out, (enum action_id)i, false);
}

/* What can be done elsewhere, of one menu (MENU_NONE: of none). */
static void add_elsewhere(struct buf *out, unsigned context, enum menu menu, const char *title)
{
    bool any = false;
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const struct action *a = action_at((enum action_id)i);
        if (a->menu != menu || (a->contexts & context))
            continue;
        if (!any)
            add_head(out, title);
        any = true;
        add_action(out, a->id, true);
    }
}

static void add_line_keys(struct buf *out)
{
    add_head(out, _("While typing"));
    for (size_t i = 0; i < sizeof line_keys / sizeof *line_keys; i++) {
        add_keys(out, line_keys[i].keys);
        buf_addf(out, "\t%s\n", lang_tr(line_keys[i].help));
    }
}

void help_open(struct ui *ui)
{
    struct buf out = {0};
    unsigned context = screen_context(ui);
    add_introduction(&out);
    add_here(&out, context);
    for (enum menu m = MENU_NONE + 1; m < MENU_COUNT; m++) {
        struct buf title = {0};
        buf_addf(&title, _("In other places: %s"), menu_label(m));
        add_elsewhere(&out, context, m, buf_str(&title));
        buf_free(&title);
    }
    add_elsewhere(&out, context, MENU_NONE, _("In other places, in no menu"));
    add_line_keys(&out);
    reading_open(ui, _("Help"), buf_take(&out));
}

/* ---- the man page -----------------------------------------------------------------------------
 */

static void man_letter(FILE *out, char c)
{
    fputs(c == '\\' ? "\\e" : c == '"' ? "\\(dq" : (const char[]){c, '\0'}, out);
}

/* One argument of an mdoc macro; neither a delimiter (a key may be one) nor another macro (as the
 * word No is). */
static void man_argument(FILE *out, const char *s)
{
    fputs(" \"\\&", out);
    for (; *s; s++)
        man_letter(out, *s);
    fputc('"', out);
}

/* Each sentence on its own line, none of which may look like a request. */
static void man_text(FILE *out, const char *s)
{
    while (*s) {
        const char *end = strstr(s, ". ");
        size_t n = end ? (size_t)(end - s) + 1 : strlen(s);
        if (*s == '.' || *s == '\'')
            fputs("\\&", out);
        for (size_t i = 0; i < n; i++)
            man_letter(out, s[i]);
        fputc('\n', out);
        s += n;
        s += strspn(s, " ");
    }
}

static void man_item(FILE *out, const struct action *a)
{
    fputs(".It", out);
    for (const char *k = a->keys; *k;) {
        struct buf key = {0};
        size_t n = strcspn(k, " ");
        add_key(&key, k, n);
        fputs(" Ic", out);
        man_argument(out, buf_str(&key));
        buf_free(&key);
        k += n;
        k += strspn(k, " ");
        if (*k)
            fputs(" ,", out);
    }
    fputc('\n', out);
}

void help_keys_man(FILE *out)
{
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const struct action *a = action_at((enum action_id)i);
        struct buf where = {0};
        help_places(a->contexts, &where);
        man_item(out, a);
        fputs(".Em", out);
        man_argument(out, lang_tr(a->label));
        fputs("\n.Pq", out);
        man_argument(out, buf_str(&where));
        fputs("\n.br\n", out);
        man_text(out, lang_tr(a->help));
        buf_free(&where);
    }
}
