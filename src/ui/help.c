#include "config.h"

#include "ui/help.h"

#include <ctype.h>
#include <string.h>

#include "samling/text.h"

#include "ui/flow.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

/* What the screens are called, and what each is for. */
static const struct {
    unsigned context;
    const char *label, *purpose;
} places[] = {
    {IN_OFFERINGS, N_("Offerings"),
     N_("What is offered: plans, courses, networks and projects, each with its cohorts below it. "
        "The one that you choose with {CHOOSE} narrows the calendar and the contacts.")},
    {IN_CALENDAR, N_("Calendar"),
     N_("When people gather, and which deadlines there are: as a list, a week, a month or a year. "
        "A gathering is opened, moved and copied from here.")},
    {IN_CONTACTS, N_("Contacts"),
     N_("People and organisations: how to reach them, where they work, and what they took part "
        "in. {KIND} goes from one to the other.")},
    {IN_TODAY, N_("Today"),
     N_("What is next, what waits for an answer, and what is late. Each line opens what it is "
        "about.")},
    {IN_ROSTER, N_("Roster"),
     N_("The people of a cohort or a gathering. Attendance is marked by one key for each person, "
        "and {UNDO} takes it back.")},
    {IN_RECORD, N_("Record"),
     N_("One record with all that belongs to it: its fields first, then the lists of what lies "
        "below it.")},
    {IN_REHEARSAL, N_("Import"),
     N_("What an import would do, row by row. Nothing is written before {WRITE}: rows can be "
        "mended, left out, or said to be somebody who is known.")},
    {IN_FORM, N_("Form"),
     N_("The fields of one record. What is wrong is said beside its field. What you type is kept "
        "as a draft at every pause, also when the line is cut.")},
    {IN_CONFLICT, N_("Two versions"),
     N_("Two versions beside each other: somebody else saved the record while you wrote, or you "
        "make one of two. Where they differ, choose field by field which one holds, then save.")},
    {IN_READING, N_("Text to read"),
     N_("A text to read. {SEARCH} finds words in it as you type them.")},
    {IN_BATCHES, N_("Imports"),
     N_("The imports that were made, the last one first. One can be taken back as a whole; what "
        "was edited since stays.")},
};
enum { PLACES = sizeof places / sizeof *places };

/* Keys that the table does not have, for they belong to the line that is typed in. */
static const struct {
    const char *keys, *help;
} line_keys[] = {
    {"Left Right", N_("One letter to the left or right.")},
    {"Ctrl-Left Ctrl-Right", N_("One word to the left or right.")},
    {"Home Ctrl-A", N_("To the beginning of the line.")},
    {"End Ctrl-E", N_("To the end of the line.")},
    {"F6", N_("Begins to select: the keys above then select what they pass. F6 again ends it. "
              "Where the keyboard sends it, Shift with the same keys selects too.")},
    {"Backspace", N_("Takes away the letter before the cursor, or what is selected.")},
    {"Delete", N_("Takes away the letter at the cursor, or what is selected.")},
    {"Ctrl-W", N_("Takes away the word before the cursor.")},
    {"Ctrl-U", N_("Takes away all before the cursor.")},
    {"Ctrl-K", N_("Takes away all from the cursor on.")},
    {"Ctrl-C Ctrl-X", N_("Copies what is selected, or cuts it out; also to your terminal's "
                         "clipboard, where the terminal allows it.")},
    {"Ctrl-V", N_("Puts in what was copied last.")},
    {"Ctrl-Z Ctrl-Y", N_("Takes back what was typed last, or does it again.")},
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
    for (size_t i = 0; i < PLACES; i++) {
        if (!(places[i].context & contexts))
            continue;
        buf_addf(out, "%s%s", between, lang_tr(places[i].label));
        between = ", ";
    }
}

/* "F9, F10, Ctrl-O". `typing`: letters are text there, and no keys. */
static void add_keys(struct buf *out, const char *keys, bool typing)
{
    const char *between = "";
    for (size_t n; *keys; keys += n + strspn(keys + n, " ")) {
        n = strcspn(keys, " ");
        int key = key_by_name(keys, n);
        if (typing && key >= ' ' && key < 0x7F)
            continue;
        buf_add(out, between);
        key_label(keys, n, out);
        between = ", ";
    }
}

/* ---- F1 ---------------------------------------------------------------------------------------
 */

static void add_head(struct buf *out, const char *words)
{
    buf_addf(out, "\n%s%s\n\n", FLOW_HEAD, words);
}

static void add_filled(struct buf *out, const char *words)
{
    action_fill(words, out);
    buf_add(out, "\n");
}

static void add_ways(struct buf *out)
{
    add_filled(out, _("{MENU}\topens the menus: all commands are in them, with their keys."));
    add_filled(out, _("{CONTEXT_MENU}\topens a menu of what can be done with the row in hand."));
    add_filled(out, _("{PALETTE}\tfinds a command by part of its name."));
    add_filled(out,
               _("{SEARCH}\tsearches a list as you type, and finds words in a text like this."));
    add_filled(out, _("{UNDO}\ttakes back your last change, whatever it was."));
    add_filled(out, _("{BACK}\tgoes back."));
    buf_add(out, "\n");
}

static void add_introduction(struct buf *out)
{
    add_head(out, _("Finding your way"));
    buf_add(out, _("samling is the advisers' desk: what is offered, when people gather, who they "
                   "are, and who takes part."));
    buf_add(out, " ");
    add_filled(out, _("There are four lists: offerings ({OFFERINGS}), calendar ({CALENDAR}), "
                      "contacts ({CONTACTS}), and today ({TODAY}) with what needs doing. The "
                      "digits 1 to 4 go to them too."));
    buf_add(out, "\n");
    add_filled(out, _("The arrow keys choose a row, {OPEN} opens it. What else can be done stands "
                      "in the last line but one; the last line says what was done."));
    buf_add(out, "\n");
    add_ways(out);
    add_filled(out, _("What is typed into a form is kept as a draft, also when the line is cut. "
                      "The tour ({TOUR}) shows all this in six pictures."));
}

static void add_action(struct buf *out, enum action_id id, bool with_places, bool typing)
{
    const struct action *a = action_at(id);
    add_keys(out, a->keys, typing);
    buf_addf(out, "\t%s – %s", lang_tr(a->label), lang_tr(a->help));
    if (with_places && (a->contexts & IN_LISTS) != IN_LISTS) {
        buf_add(out, " (");
        help_places(a->contexts, out);
        buf_add(out, ")");
    }
    buf_add(out, "\n");
}

static bool is_here(const struct action *a, enum menu menu, unsigned context)
{
    return a->menu == menu && (a->contexts & context);
}

/* What this screen is for, then its keys, by the menus that have them. */
static void add_here(struct buf *out, unsigned context)
{
    for (size_t i = 0; i < PLACES; i++) {
        if (!(places[i].context & context))
            continue;
        buf_addf(out, "%s%s\n\n", FLOW_HEAD, lang_tr(places[i].label));
        add_filled(out, lang_tr(places[i].purpose));
    }
    for (enum menu m = MENU_NONE; m < MENU_COUNT; m++) {
        bool any = false;
        for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
            if (!is_here(action_at((enum action_id)i), m, context))
                continue;
            if (!any)
                add_head(out, m == MENU_NONE ? _("In no menu") : menu_label(m));
            any = true;
            add_action(out, (enum action_id)i, false, context == IN_FORM);
        }
    }
}

/* What can be done elsewhere, of one menu (MENU_NONE: of none). */
static void add_elsewhere(struct buf *out, unsigned context, enum menu menu, const char *title)
{
    bool any = false;
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const struct action *a = action_at((enum action_id)i);
        if (a->menu != menu || (a->contexts & context)) /* those stand above */
            continue;
        if (!any)
            add_head(out, title);
        any = true;
        add_action(out, a->id, true, false);
    }
}

static void add_line_keys(struct buf *out)
{
    add_head(out, _("While typing"));
    for (size_t i = 0; i < sizeof line_keys / sizeof *line_keys; i++) {
        add_keys(out, line_keys[i].keys, false);
        buf_addf(out, "\t%s\n", lang_tr(line_keys[i].help));
    }
}

void help_open(struct ui *ui)
{
    struct buf out = {0};
    unsigned context = screen_context(ui);
    add_here(&out, context);
    add_introduction(&out);
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
        key_label(k, n, &key);
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

/* ---- README -----------------------------------------------------------------------------------
 */

/* Those of the hints, and those that are the same in all lists. */
static bool is_used_most(const struct action *a)
{
    /* That the arrow down goes down needs no word. */
    bool says_itself = strncmp(a->keys, a->label, strlen(a->label)) == 0;
    return a->hint > 0 || ((a->contexts & IN_LISTS) == IN_LISTS && !says_itself);
}

/* "Enter Open", in columns from `*x` on; in a new line where there is no room. */
static void readme_key(FILE *out, const struct action *a, int indent, int width, int *x)
{
    struct buf b = {0};
    action_key_text(a->id, &b);
    buf_addf(&b, " %s", lang_tr(a->label));
    int w = text_width(b.s);
    if (*x > indent && *x + 3 + w > width) {
        fprintf(out, "\n%*s", indent, "");
        *x = indent;
    } else if (*x > indent) {
        fputs("   ", out);
        *x += 3;
    }
    fputs(b.s, out);
    *x += w;
    buf_free(&b);
}

void help_keys_readme(FILE *out, int width)
{
    int name = 0;
    for (enum menu m = MENU_NONE + 1; m < MENU_COUNT; m++)
        name = text_width(menu_label(m)) > name ? text_width(menu_label(m)) : name;
    int indent = 4 + name + 2;
    struct buf lead = {0};
    action_fill(
        _("The keys used most, by their menus; {MENU} shows them all, {HELP} says what each "
          "does."),
        &lead);
    fprintf(out, "%s\n\n", buf_str(&lead));
    buf_free(&lead);
    for (enum menu m = MENU_NONE + 1; m < MENU_COUNT; m++) {
        struct buf label = {0};
        int x = indent;
        text_pad(&label, menu_label(m), name + 2, ALIGN_LEFT);
        fprintf(out, "    %s", label.s);
        buf_free(&label);
        for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
            const struct action *a = action_at((enum action_id)i);
            if (a->menu == m && is_used_most(a))
                readme_key(out, a, indent, width, &x);
        }
        fputc('\n', out);
    }
}
