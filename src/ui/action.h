/* Actions: the third of the tables that drive the program. From it come key bindings, menus, hints,
 * palette, help, and the man page's list of keys. To add one: a row here, and its case in the
 * `act` of the screens where it applies. A key that two actions share in one context fails a test.
 */
#ifndef SAMLING_UI_ACTION_H
#define SAMLING_UI_ACTION_H

#include <stdbool.h>

#include "samling/buf.h"
#include "samling/session.h"

enum context {
    IN_OFFERINGS = 1,
    IN_CALENDAR = 2,
    IN_CONTACTS = 4,
    IN_TODAY = 8,
    IN_ROSTER = 16,
    IN_RECORD = 32,
    IN_REHEARSAL = 64,
    IN_FORM = 128,
    IN_DIALOG = 256, /* menus, palette, questions */
    IN_CONFLICT = 512,
    IN_READING = 1024, /* help, history: text to read */
};
#define IN_DESK  (IN_OFFERINGS | IN_CALENDAR | IN_CONTACTS | IN_TODAY)
#define IN_LISTS (IN_DESK | IN_ROSTER | IN_RECORD | IN_REHEARSAL)
#define IN_MOST  (IN_LISTS | IN_READING | IN_FORM | IN_CONFLICT)

enum menu { MENU_NONE, MENU_FILE, MENU_EDIT, MENU_VIEW, MENU_ROSTER, MENU_HELP, MENU_COUNT };

/* X(id, label, help, contexts, menu, role, hint, keys)
 * `hint` 1–9: shown in the hints line, in this order; 0: not. `keys`: as key_by_name reads them,
 * the first is the one shown. */
#define ACTIONS(X)                                                                                 \
    X(OPEN, N_("Open"), N_("Opens the selected row: a record with all that belongs to it."),       \
      IN_DESK | IN_RECORD | IN_ROSTER, MENU_EDIT, ROLE_READER, 1, "Enter")                         \
    X(ROSTER, N_("Roster"),                                                                        \
      N_("Opens the roster of the selected cohort or gathering, to mark attendance."),             \
      IN_OFFERINGS | IN_CALENDAR | IN_TODAY | IN_RECORD, MENU_ROSTER, ROLE_READER, 2, "r")         \
    X(PRESENT, N_("Present"), N_("Marks the person as present and goes on to the next."),          \
      IN_ROSTER, MENU_ROSTER, ROLE_ADVISER, 1, "t")                                                \
    X(ABSENT, N_("Absent"), N_("Marks the person as absent and goes on to the next."), IN_ROSTER,  \
      MENU_ROSTER, ROLE_ADVISER, 2, "x")                                                           \
    X(EXCUSED, N_("Excused"), N_("Marks the person as excused and goes on to the next."),          \
      IN_ROSTER, MENU_ROSTER, ROLE_ADVISER, 3, "m")                                                \
    X(UNMARK, N_("No mark"), N_("Takes the person's mark away."), IN_ROSTER, MENU_ROSTER,          \
      ROLE_ADVISER, 4, "Space .")                                                                  \
    X(ENROL, N_("Enrol a person"),                                                                 \
      N_("Puts a person on the roster: somebody known, or somebody new."), IN_ROSTER, MENU_ROSTER, \
      ROLE_ADVISER, 5, "+ n")                                                                      \
    X(NEW, N_("New"), N_("Makes a new record of the kind that the list shows."), IN_DESK,          \
      MENU_EDIT, ROLE_ADVISER, 3, "n")                                                             \
    X(NEW_COHORT, N_("New cohort"), N_("Makes a new cohort of the selected offering."),            \
      IN_OFFERINGS, MENU_EDIT, ROLE_ADVISER, 0, "c")                                               \
    X(NEW_GATHERING, N_("New gathering"), N_("Makes a new gathering of the selected cohort."),     \
      IN_OFFERINGS, MENU_EDIT, ROLE_ADVISER, 0, "g")                                               \
    X(NEW_PERSON, N_("New person"), N_("Makes a new person, also from another list."), IN_DESK,    \
      MENU_EDIT, ROLE_ADVISER, 0, "P")                                                             \
    X(NEW_ORGANISATION, N_("New organisation"), N_("Makes a new organisation."), IN_DESK,          \
      MENU_EDIT, ROLE_ADVISER, 0, "O")                                                             \
    X(NEW_PART, N_("New below"),                                                                   \
      N_("Makes what belongs below this record: a position, a cohort, a gathering."), IN_RECORD,   \
      MENU_EDIT, ROLE_ADVISER, 3, "n")                                                             \
    X(EDIT, N_("Change"), N_("Opens the form of the selected record."),                            \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_EDIT, ROLE_ADVISER, 4, "e")                            \
    X(REMOVE, N_("Remove"), N_("Removes the selected record, after asking. It can be undone."),    \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_EDIT, ROLE_ADVISER, 0, "d Delete")                     \
    X(HISTORY, N_("History"), N_("Shows who changed the selected record, and what."),              \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_EDIT, ROLE_READER, 0, "h")                             \
    X(UNDO, N_("Undo"), N_("Takes back your last change, or a whole import."), IN_LISTS,           \
      MENU_EDIT, ROLE_ADVISER, 8, "u Ctrl-Z")                                                      \
    X(REDO, N_("Redo"), N_("Does again what undo took back."), IN_LISTS, MENU_EDIT, ROLE_ADVISER,  \
      0, "U Ctrl-Y")                                                                               \
    X(IMPORT, N_("Import"),                                                                        \
      N_("Reads a list of participants, people or organisations from a file; shows first "         \
         "what it would do."),                                                                     \
      IN_DESK | IN_ROSTER, MENU_FILE, ROLE_ADVISER, 5, "i")                                        \
    X(PASTE, N_("Paste a list"),                                                                   \
      N_("Reads cells that were copied in a spreadsheet; shows first what they would do."),        \
      IN_DESK | IN_ROSTER, MENU_FILE, ROLE_ADVISER, 0, "Ctrl-V")                                   \
    X(COPY, N_("Copy list"),                                                                       \
      N_("Copies the list to your terminal's clipboard, as cells for a spreadsheet."),             \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_FILE, ROLE_READER, 0, "Y")                             \
    X(EXPORT, N_("Export"), N_("Writes the list on the screen to a file for a spreadsheet."),      \
      IN_DESK | IN_ROSTER, MENU_FILE, ROLE_READER, 0, "w")                                         \
    X(PRINT, N_("Print"), N_("Makes the sign-in sheet of the gathering, as PDF or text."),         \
      IN_OFFERINGS | IN_CALENDAR | IN_TODAY | IN_ROSTER | IN_RECORD, MENU_FILE, ROLE_READER, 6,    \
      "p")                                                                                         \
    X(QUIT, N_("Leave"), N_("Leaves samling. Nothing is lost: forms are kept as drafts."),         \
      IN_DESK, MENU_FILE, ROLE_READER, 0, "q Ctrl-Q")                                              \
    X(SEARCH, N_("Search"),                                                                        \
      N_("Narrows the list while you type. Enter keeps it, an empty search shows all."),           \
      IN_DESK | IN_ROSTER, MENU_VIEW, ROLE_READER, 7, "s / Ctrl-F")                                \
    X(CHOOSE, N_("Choose offering"),                                                               \
      N_("Narrows calendar and contacts to the selected offering or cohort; again "                \
         "lets go."),                                                                              \
      IN_OFFERINGS, MENU_VIEW, ROLE_READER, 6, "Space")                                            \
    X(LET_GO, N_("Show all"),                                                                      \
      N_("Lets go of the chosen offering and of the search: all is shown again."), IN_DESK,        \
      MENU_VIEW, ROLE_READER, 0, "a Esc")                                                          \
    X(KIND, N_("People or organisations"), N_("Contacts show people, or organisations."),          \
      IN_CONTACTS, MENU_VIEW, ROLE_READER, 2, "o")                                                 \
    X(VERDICTS, N_("Which rows"), N_("Shows all rows, or only those with one verdict."),           \
      IN_REHEARSAL, MENU_VIEW, ROLE_READER, 3, "v")                                                \
    X(LOOK_INTO, N_("Look into"),                                                                  \
      N_("Opens the selected row, to mend a cell or say who is meant; of a column, chooses what "  \
         "it becomes."),                                                                           \
      IN_REHEARSAL, MENU_ROSTER, ROLE_READER, 2, "Enter")                                            \
    X(LEAVE_OUT, N_("Leave out"), N_("Leaves the selected row out, or takes it in again."),        \
      IN_REHEARSAL, MENU_ROSTER, ROLE_READER, 4, "x Space")                                          \
    X(LETTERS, N_("Letters"),                                                                      \
      N_("Shows the file's names in each encoding, to choose the one where they are right."),      \
      IN_REHEARSAL, MENU_ROSTER, ROLE_READER, 5, "e")                                                \
    X(REPLACE, N_("Keep or replace"),                                                              \
      N_("Keeps the values that differ from the file's, or replaces them by the file's."),         \
      IN_REHEARSAL, MENU_ROSTER, ROLE_READER, 6, "r")                                                \
    X(UNCLEAR, N_("Unclear rows"),                                                                 \
      N_("What becomes of unclear rows: left out and told, made new, or skipped."), IN_REHEARSAL,  \
      MENU_ROSTER, ROLE_READER, 7, "o")                                                              \
    X(WRITE, N_("Write"), N_("Writes what the rehearsal shows. It can be undone as a whole."),     \
      IN_REHEARSAL, MENU_FILE, ROLE_ADVISER, 1, "F8 Ctrl-S")                                            \
    X(SAVE, N_("Save"), N_("Saves the form."), IN_FORM | IN_CONFLICT, MENU_FILE, ROLE_ADVISER, 1,  \
      "F8 Ctrl-S")                                                                                 \
    X(CHOICES, N_("Choices"), N_("Shows what can be chosen in this field."), IN_FORM, MENU_FILE,   \
      ROLE_READER, 2, "Enter F4")                                                                  \
    X(DISCARD, N_("Throw away"), N_("Leaves the form without saving; what was typed is gone."),    \
      IN_FORM, MENU_FILE, ROLE_READER, 4, "Ctrl-X")                                                \
    X(OTHER_SIDE, N_("Mine or theirs"), N_("Chooses the other value for this field."),             \
      IN_CONFLICT, MENU_FILE, ROLE_READER, 2, "Space Left Right Enter")                            \
    X(NEXT_PART, N_("Next part"), N_("Goes to the next pane, or the next list of the record."),    \
      IN_DESK | IN_RECORD | IN_REHEARSAL, MENU_VIEW, ROLE_READER, 0, "Tab Right")                                 \
    X(PREVIOUS_PART, N_("Previous part"), N_("Goes to the pane or list before."),                  \
      IN_DESK | IN_RECORD | IN_REHEARSAL, MENU_VIEW, ROLE_READER, 0, "Shift-Tab Left")                            \
    X(OFFERINGS, N_("Offerings"), N_("Goes to the offerings."), IN_LISTS | IN_READING, MENU_VIEW,  \
      ROLE_READER, 0, "F2 1")                                                                      \
    X(CALENDAR, N_("Calendar"), N_("Goes to the calendar."), IN_LISTS | IN_READING, MENU_VIEW,     \
      ROLE_READER, 0, "F3 2")                                                                      \
    X(CONTACTS, N_("Contacts"), N_("Goes to the contacts."), IN_LISTS | IN_READING, MENU_VIEW,     \
      ROLE_READER, 0, "F4 3")                                                                      \
    X(TODAY, N_("Today"), N_("Goes to what needs doing."), IN_LISTS | IN_READING, MENU_VIEW,       \
      ROLE_READER, 0, "F5 4")                                                                      \
    X(DOWN, N_("Down"), N_("One row down."), IN_LISTS | IN_READING | IN_CONFLICT, MENU_NONE,       \
      ROLE_READER, 0, "Down j")                                                                    \
    X(UP, N_("Up"), N_("One row up."), IN_LISTS | IN_READING | IN_CONFLICT, MENU_NONE,             \
      ROLE_READER, 0, "Up k")                                                                      \
    X(PAGE_DOWN, N_("Page down"), N_("A screen further down."), IN_LISTS | IN_READING, MENU_NONE,  \
      ROLE_READER, 0, "PgDn Ctrl-D")                                                               \
    X(PAGE_UP, N_("Page up"), N_("A screen further up."), IN_LISTS | IN_READING, MENU_NONE,        \
      ROLE_READER, 0, "PgUp Ctrl-U")                                                               \
    X(FIRST, N_("First row"), N_("To the first row."), IN_LISTS | IN_READING, MENU_NONE,           \
      ROLE_READER, 0, "Home")                                                                      \
    X(LAST, N_("Last row"), N_("To the last row."), IN_LISTS | IN_READING, MENU_NONE, ROLE_READER, \
      0, "End G")                                                                                  \
    X(BACK, N_("Back"), N_("Closes this screen and goes back."),                                   \
      IN_ROSTER | IN_RECORD | IN_REHEARSAL | IN_READING | IN_CONFLICT, MENU_VIEW, ROLE_READER, 9,  \
      "q Esc Backspace")                                                                           \
    X(KEEP, N_("Back"), N_("Leaves the form; what was typed is kept as a draft."), IN_FORM,        \
      MENU_FILE, ROLE_READER, 3, "Esc Ctrl-G")                                                     \
    X(MENU, N_("Menu"), N_("Opens the menus."), IN_MOST, MENU_NONE, ROLE_READER, 0,                \
      "F9 F10 Ctrl-O")                                                                             \
    X(PALETTE, N_("Commands"), N_("Finds a command by part of its name."), IN_MOST, MENU_HELP,     \
      ROLE_READER, 0, "Ctrl-P")                                                                    \
    X(HELP, N_("Help"), N_("Shows what can be done here."), IN_MOST, MENU_HELP, ROLE_READER, 0,    \
      "F1 ?")                                                                                      \
    X(REDRAW, N_("Redraw"), N_("Draws the whole screen anew."), IN_MOST, MENU_HELP, ROLE_READER,   \
      0, "Ctrl-L")                                                                                 \
    X(SUSPEND, N_("Pause"),                                                                        \
      N_("Puts samling aside for the shell, where there is one; fg brings it back."), IN_LISTS,    \
      MENU_HELP, ROLE_READER, 0, "Ctrl-T")

enum action_id {
    ACTION_NONE,
#define X(id, ...) ACTION_##id,
    ACTIONS(X)
#undef X
        ACTION_COUNT
};

struct action {
    enum action_id id;
    const char *name; /* "OPEN" */
    const char *label;
    const char *help;
    unsigned contexts;
    enum menu menu;
    enum role role;
    int hint;
    const char *keys;
};

const struct action *action_at(enum action_id id);
/* The action of a key in these contexts; ACTION_NONE. `typing`: characters are text. */
enum action_id action_by_key(unsigned contexts, int key, bool typing);
/* The key that is shown for it: "F8", "Ctrl-P", "n"; in the words of the language in force. */
void action_key_text(enum action_id id, struct buf *out);
/* One key by its name in the table: "Enter", "F8", "Ctrl-P", "n"; KEY_NONE. */
int key_by_name(const char *name, size_t len);
const char *menu_label(enum menu m);

#endif
