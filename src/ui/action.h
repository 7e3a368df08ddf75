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
    IN_BATCHES = 2048,
};
#define IN_DESK  (IN_OFFERINGS | IN_CALENDAR | IN_CONTACTS | IN_TODAY)
#define IN_LISTS (IN_DESK | IN_ROSTER | IN_RECORD | IN_REHEARSAL | IN_BATCHES)
#define IN_MOST  (IN_LISTS | IN_READING | IN_FORM | IN_CONFLICT)

/* The menus, as they stand in the bar. One of which nothing applies to the screen is not shown. */
enum menu {
    MENU_NONE,
    MENU_FILE,
    MENU_EDIT,
    MENU_VIEW,
    MENU_SELECT,
    MENU_CALENDAR,
    MENU_ROSTER,
    MENU_IMPORT,
    MENU_FORM,
    MENU_GO,
    MENU_HELP,
    MENU_COUNT,
    ON_ROW = 32 /* added to a menu: it is about the row in hand, and stands in its own menu too */
};

/* X(id, label, help, contexts, menu, role, hint, keys)
 * `hint` 1–9: shown in the hints line, in this order; 0: not. `keys`: as key_by_name reads them,
 * the first is the one shown. */
/* clang-format off */
#define ACTIONS(X) \
    X(IMPORT, N_("Import"),                                                                         \
      N_("Reads a list of participants, people or organisations from a file; shows first what it would do."), \
      IN_DESK | IN_ROSTER, MENU_FILE, ROLE_ADVISER, 5, "i")                                         \
    X(PASTE, N_("Paste a list"),                                                                    \
      N_("Reads cells that were copied in a spreadsheet; shows first what they would do."),         \
      IN_DESK | IN_ROSTER, MENU_FILE, ROLE_ADVISER, 0, "Ctrl-V")                                    \
    X(EXPORT, N_("Export"),                                                                         \
      N_("Writes the list on the screen, or the selected rows, to a file for a spreadsheet."),      \
      IN_DESK | IN_ROSTER, MENU_FILE, ROLE_READER, 0, "w")                                          \
    X(COPY, N_("Copy list"),                                                                        \
      N_("Copies the list, or the selected rows, to your terminal's clipboard, as cells for a spreadsheet."), \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_FILE, ROLE_READER, 0, "Y")                              \
    X(COPY_ROW, N_("Copy row"),                                                                     \
      N_("Copies the row to your terminal's clipboard, as cells for a spreadsheet."),               \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_FILE | ON_ROW, ROLE_READER, 0, "y")                     \
    X(PRINT, N_("Print"),                                                                           \
      N_("Makes the sign-in sheet of the gathering, as PDF or text."),                              \
      IN_OFFERINGS | IN_CALENDAR | IN_TODAY | IN_ROSTER | IN_RECORD, MENU_FILE | ON_ROW, ROLE_READER, 6, "p") \
    X(BATCHES, N_("Imports"),                                                                       \
      N_("Shows the imports that were made; one of them can be taken back as a whole."),            \
      IN_DESK, MENU_FILE, ROLE_READER, 0, "I")                                                      \
    X(QUIT, N_("Leave"),                                                                            \
      N_("Leaves samling. Nothing is lost: forms are kept as drafts."),                             \
      IN_DESK, MENU_FILE, ROLE_READER, 0, "q Ctrl-Q")                                               \
    X(OPEN, N_("Open"),                                                                             \
      N_("Opens the selected row: a record with all that belongs to it."),                          \
      IN_DESK | IN_RECORD | IN_ROSTER | IN_BATCHES, MENU_EDIT | ON_ROW, ROLE_READER, 1, "Enter")    \
    X(EDIT, N_("Change"),                                                                           \
      N_("Opens the form of the selected record."),                                                 \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_EDIT | ON_ROW, ROLE_ADVISER, 4, "e")                    \
    X(NEW, N_("New"),                                                                               \
      N_("Makes a new record of the kind that the list shows."),                                    \
      IN_DESK, MENU_EDIT, ROLE_ADVISER, 3, "n")                                                     \
    X(NEW_COHORT, N_("New cohort"),                                                                 \
      N_("Makes a new cohort of the selected offering."),                                           \
      IN_OFFERINGS, MENU_EDIT | ON_ROW, ROLE_ADVISER, 0, "c")                                       \
    X(NEW_GATHERING, N_("New gathering"),                                                           \
      N_("Makes a new gathering of the selected cohort."),                                          \
      IN_OFFERINGS, MENU_EDIT | ON_ROW, ROLE_ADVISER, 0, "g")                                       \
    X(NEW_PERSON, N_("New person"),                                                                 \
      N_("Makes a new person, also from another list."),                                            \
      IN_DESK, MENU_EDIT, ROLE_ADVISER, 0, "P")                                                     \
    X(NEW_ORGANISATION, N_("New organisation"),                                                     \
      N_("Makes a new organisation."),                                                              \
      IN_DESK, MENU_EDIT, ROLE_ADVISER, 0, "O")                                                     \
    X(NEW_PART, N_("New below"),                                                                    \
      N_("Makes what belongs below this record: a position, a cohort, a gathering."),               \
      IN_RECORD, MENU_EDIT | ON_ROW, ROLE_ADVISER, 3, "n")                                          \
    X(REMOVE, N_("Remove"),                                                                         \
      N_("Removes the selected record, after asking. It can be undone."),                           \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_EDIT | ON_ROW, ROLE_ADVISER, 0, "d Delete")             \
    X(MERGE, N_("Make one of two"),                                                                 \
      N_("Makes one of two people or organisations that are the same."),                            \
      IN_CONTACTS, MENU_EDIT | ON_ROW, ROLE_ADVISER, 0, "J")                                        \
    X(HISTORY, N_("History"),                                                                       \
      N_("Shows who changed the selected record, and what."),                                       \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_EDIT | ON_ROW, ROLE_READER, 0, "h")                     \
    X(UNDO, N_("Undo"),                                                                             \
      N_("Takes back your last change, or a whole import."),                                        \
      IN_LISTS | IN_FORM, MENU_EDIT, ROLE_ADVISER, 8, "u Ctrl-Z")                                   \
    X(REDO, N_("Redo"),                                                                             \
      N_("Does again what undo took back."),                                                        \
      IN_LISTS | IN_FORM, MENU_EDIT, ROLE_ADVISER, 0, "U Ctrl-Y")                                   \
    X(CHANGES, N_("Your changes"),                                                                  \
      N_("Shows your last changes in words; any of them can be taken back."),                       \
      IN_LISTS, MENU_EDIT, ROLE_ADVISER, 0, "H")                                                    \
    X(SEARCH, N_("Search"),                                                                         \
      N_("Narrows the list while you type. Enter keeps it, an empty search shows all. In a text, finds words."), \
      IN_DESK | IN_ROSTER | IN_READING, MENU_VIEW, ROLE_READER, 7, "s / Ctrl-F")                    \
    X(NEXT_FOUND, N_("Next found"),                                                                 \
      N_("Goes to the next place where the words were found."),                                     \
      IN_READING, MENU_VIEW, ROLE_READER, 2, "n")                                                   \
    X(FILTER, N_("Filter"),                                                                         \
      N_("Shows only the rows with a certain value in one of their fields."),                       \
      IN_DESK | IN_ROSTER, MENU_VIEW, ROLE_READER, 9, "f")                                          \
    X(FILTERS, N_("Saved filters"),                                                                 \
      N_("Takes a filter that was saved under a name, or saves the one in force."),                 \
      IN_DESK | IN_ROSTER, MENU_VIEW, ROLE_READER, 0, "F")                                          \
    X(SORT, N_("Sort"),                                                                             \
      N_("Sorts the list by one of its columns; once more turns it around."),                       \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_VIEW, ROLE_READER, 0, "S")                              \
    X(COLUMNS, N_("Columns"),                                                                       \
      N_("Chooses which columns the list shows."),                                                  \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_VIEW, ROLE_READER, 0, "C")                              \
    X(GROUP, N_("Group"),                                                                           \
      N_("Groups the offerings by plan and area, by status, by kind, or not at all."),              \
      IN_OFFERINGS, MENU_VIEW, ROLE_READER, 0, "b")                                                 \
    X(FOLD, N_("Fold"),                                                                             \
      N_("Folds away the cohorts of the offering, or unfolds them."),                               \
      IN_OFFERINGS, MENU_VIEW | ON_ROW, ROLE_READER, 0, "z")                                        \
    X(FOLD_ALL, N_("Fold all"),                                                                     \
      N_("Folds away the cohorts of all offerings, or unfolds them."),                              \
      IN_OFFERINGS, MENU_VIEW, ROLE_READER, 0, "Z")                                                 \
    X(MINE, N_("Mine"),                                                                             \
      N_("Shows only the offerings that you made or are the contact of, or all again."),            \
      IN_OFFERINGS, MENU_VIEW, ROLE_READER, 0, "m")                                                 \
    X(KIND, N_("People or organisations"),                                                          \
      N_("Contacts show people, or organisations."),                                                \
      IN_CONTACTS, MENU_VIEW, ROLE_READER, 2, "o")                                                  \
    X(CHOOSE, N_("Choose offering"),                                                                \
      N_("Narrows calendar and contacts to the selected offering or cohort; again lets go."),       \
      IN_OFFERINGS, MENU_VIEW | ON_ROW, ROLE_READER, 6, "Space")                                    \
    X(LET_GO, N_("Show all"),                                                                       \
      N_("Lets go of what narrows the lists: the chosen offering, search and filters."),    \
      IN_DESK, MENU_VIEW, ROLE_READER, 0, "a Esc")                                      \
    X(WIDER, N_("Wider"),                                                                           \
      N_("Makes the pane wider, where panes stand side by side."),                                  \
      IN_DESK, MENU_VIEW, ROLE_READER, 0, "+")                                                      \
    X(NARROWER, N_("Narrower"),                                                                     \
      N_("Makes the pane narrower, where panes stand side by side."),                               \
      IN_DESK, MENU_VIEW, ROLE_READER, 0, "-")                                                      \
    X(MARK, N_("Select row"),                                                                       \
      N_("Selects the row, or lets go of it, and goes on to the next."),                            \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_SELECT | ON_ROW, ROLE_READER, 9, "v Insert")            \
    X(MARK_RANGE, N_("Select to here"),                                                             \
      N_("Selects all rows from the one selected last to this one."),                               \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_SELECT, ROLE_READER, 0, "V")                            \
    X(MARK_ALL, N_("Select all"),                                                                   \
      N_("Selects all rows of the list, also those that are not seen."),                            \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_SELECT, ROLE_READER, 0, "A")                            \
    X(MARK_OTHERS, N_("Select the others"),                                                         \
      N_("Selects the rows that are not selected, and lets go of those that are."),                 \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_SELECT, ROLE_READER, 0, "*")                            \
    X(MARK_NONE, N_("Select none"),                                                                 \
      N_("Lets go of the selected rows."),                                                          \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_SELECT, ROLE_READER, 0, "N")                            \
    X(ENROL_SELECTED, N_("Enrol in a cohort"),                                                      \
      N_("Puts the selected people on the roster of a cohort."),                                    \
      IN_CONTACTS | IN_ROSTER, MENU_SELECT, ROLE_ADVISER, 0, "E")                                   \
    X(MESSAGE, N_("Message list"),                                                                  \
      N_("Copies the e-mail addresses of the selected people to your terminal's clipboard, to write to them all."), \
      IN_OFFERINGS | IN_CALENDAR | IN_CONTACTS | IN_ROSTER, MENU_SELECT, ROLE_READER, 0, "M")       \
    X(SET_FIELD, N_("Set a field"),                                                                 \
      N_("Gives one field of all selected records the same value."),                                \
      IN_DESK | IN_ROSTER | IN_RECORD, MENU_SELECT, ROLE_ADVISER, 0, "=")                           \
    X(MONTH, N_("Month"),                                                                           \
      N_("Shows the calendar by months."),                                                          \
      IN_CALENDAR, MENU_CALENDAR, ROLE_READER, 0, "5")                                              \
    X(WEEK, N_("Week"),                                                                             \
      N_("Shows the calendar by weeks."),                                                           \
      IN_CALENDAR, MENU_CALENDAR, ROLE_READER, 0, "6")                                              \
    X(AGENDA, N_("Agenda"),                                                                         \
      N_("Shows the calendar as a list."),                                                          \
      IN_CALENDAR, MENU_CALENDAR, ROLE_READER, 0, "7")                                              \
    X(YEAR, N_("Year"),                                                                             \
      N_("Shows the calendar by years."),                                                           \
      IN_CALENDAR, MENU_CALENDAR, ROLE_READER, 0, "8")                                              \
    X(EARLIER, N_("Earlier"),                                                                       \
      N_("Goes a month, a week or a year back."),                                                   \
      IN_CALENDAR, MENU_CALENDAR, ROLE_READER, 0, "<")                                              \
    X(LATER, N_("Later"),                                                                           \
      N_("Goes a month, a week or a year on."),                                                     \
      IN_CALENDAR, MENU_CALENDAR, ROLE_READER, 0, ">")                                              \
    X(GO_DATE, N_("Go to a date"),                                                                  \
      N_("Goes to a date that you type: 21.11., +7, fri."),                                         \
      IN_CALENDAR, MENU_CALENDAR, ROLE_READER, 0, "t")                                              \
    X(GO_TODAY, N_("Go to today"),                                                                  \
      N_("Goes to today."),                                                                         \
      IN_CALENDAR, MENU_CALENDAR, ROLE_READER, 0, ".")                                              \
    X(MOVE, N_("Move"),                                                                             \
      N_("Picks the gathering up, to be put down on another day with Enter."),                      \
      IN_CALENDAR, MENU_CALENDAR | ON_ROW, ROLE_ADVISER, 3, "x")                                    \
    X(DUPLICATE, N_("Copy gathering"),                                                              \
      N_("Picks up a copy of the gathering, to be put down on another day with Enter."),            \
      IN_CALENDAR, MENU_CALENDAR | ON_ROW, ROLE_ADVISER, 0, "D")                                    \
    X(ROSTER, N_("Roster"),                                                                         \
      N_("Opens the roster of the selected cohort or gathering, to mark attendance."),              \
      IN_OFFERINGS | IN_CALENDAR | IN_TODAY | IN_RECORD, MENU_ROSTER | ON_ROW, ROLE_READER, 2, "r") \
    X(PRESENT, N_("Present"),                                                                       \
      N_("Marks the person as present and goes on to the next."),                                   \
      IN_ROSTER, MENU_ROSTER | ON_ROW, ROLE_ADVISER, 1, "t")                                        \
    X(ABSENT, N_("Absent"),                                                                         \
      N_("Marks the person as absent and goes on to the next."),                                    \
      IN_ROSTER, MENU_ROSTER | ON_ROW, ROLE_ADVISER, 2, "x")                                        \
    X(EXCUSED, N_("Excused"),                                                                       \
      N_("Marks the person as excused and goes on to the next."),                                   \
      IN_ROSTER, MENU_ROSTER | ON_ROW, ROLE_ADVISER, 3, "m")                                        \
    X(UNMARK, N_("No mark"),                                                                        \
      N_("Takes the person's mark away."),                                                          \
      IN_ROSTER, MENU_ROSTER | ON_ROW, ROLE_ADVISER, 4, "Space .")                                  \
    X(ENROL, N_("Enrol a person"),                                                                  \
      N_("Puts a person on the roster: somebody known, or somebody new."),                          \
      IN_ROSTER, MENU_ROSTER, ROLE_ADVISER, 5, "+ n")                                               \
    X(WRITE, N_("Write"),                                                                           \
      N_("Writes what the rehearsal shows. It can be undone as a whole."),                          \
      IN_REHEARSAL, MENU_IMPORT, ROLE_ADVISER, 1, "F8 Ctrl-S")                                      \
    X(LOOK_INTO, N_("Look into"),                                                                   \
      N_("Opens the selected row, to mend a cell or say who is meant; of a column, chooses what it becomes."), \
      IN_REHEARSAL, MENU_IMPORT | ON_ROW, ROLE_READER, 2, "Enter")                                  \
    X(VERDICTS, N_("Which rows"),                                                                   \
      N_("Shows all rows, or only those with one verdict."),                                        \
      IN_REHEARSAL, MENU_IMPORT, ROLE_READER, 3, "v")                                               \
    X(LEAVE_OUT, N_("Leave out"),                                                                   \
      N_("Leaves the selected row out, or takes it in again."),                                     \
      IN_REHEARSAL, MENU_IMPORT | ON_ROW, ROLE_READER, 4, "x Space")                                \
    X(LETTERS, N_("Letters"),                                                                       \
      N_("Shows the file's names in each encoding, to choose the one where they are right."),       \
      IN_REHEARSAL, MENU_IMPORT, ROLE_READER, 5, "e")                                               \
    X(REPLACE, N_("Keep or replace"),                                                               \
      N_("Keeps the values that differ from the file's, or replaces them by the file's."),          \
      IN_REHEARSAL, MENU_IMPORT, ROLE_READER, 6, "r")                                               \
    X(UNCLEAR, N_("Unclear rows"),                                                                  \
      N_("What becomes of unclear rows: left out and told, made new, or skipped."),                 \
      IN_REHEARSAL, MENU_IMPORT, ROLE_READER, 7, "o")                                               \
    X(TAKE_BACK, N_("Take back import"),                                                            \
      N_("Takes the selected import back as a whole; what was edited since stays."),                \
      IN_BATCHES, MENU_IMPORT | ON_ROW, ROLE_ADVISER, 2, "t")                                       \
    X(SAVE, N_("Save"),                                                                             \
      N_("Saves the form."),                                                                        \
      IN_FORM | IN_CONFLICT, MENU_FORM, ROLE_ADVISER, 1, "F8 Ctrl-S")                               \
    X(CHOICES, N_("Choices"),                                                                       \
      N_("Shows what can be chosen in this field: words, records, or a calendar."),                 \
      IN_FORM, MENU_FORM, ROLE_READER, 2, "Enter F4")                                               \
    X(OTHER_SIDE, N_("Other value"),                                                                \
      N_("Chooses the next value for this field."),                                                 \
      IN_CONFLICT, MENU_FORM, ROLE_READER, 2, "Space Left Right Enter")                             \
    X(KEEP, N_("Back"),                                                                             \
      N_("Leaves the form; asks first what becomes of what was typed."),                            \
      IN_FORM, MENU_FORM, ROLE_READER, 3, "Esc Ctrl-G")                                             \
    X(DISCARD, N_("Throw away"),                                                                    \
      N_("Leaves the form without saving; what was typed is gone."),                                \
      IN_FORM, MENU_FORM, ROLE_READER, 0, "Ctrl-R")                                                 \
    X(TODAY, N_("Today"),                                                                           \
      N_("Goes to what needs doing."),                                                              \
      IN_LISTS | IN_READING, MENU_GO, ROLE_READER, 0, "F5 4")                                       \
    X(OFFERINGS, N_("Offerings"),                                                                   \
      N_("Goes to the offerings."),                                                                 \
      IN_LISTS | IN_READING, MENU_GO, ROLE_READER, 0, "F2 1")                                       \
    X(CALENDAR, N_("Calendar"),                                                                     \
      N_("Goes to the calendar."),                                                                  \
      IN_LISTS | IN_READING, MENU_GO, ROLE_READER, 0, "F3 2")                                       \
    X(CONTACTS, N_("Contacts"),                                                                     \
      N_("Goes to the contacts."),                                                                  \
      IN_LISTS | IN_READING, MENU_GO, ROLE_READER, 0, "F4 3")                                       \
    X(NEXT_PART, N_("Next part"),                                                                   \
      N_("Goes to the next pane, or the next list of the record."),                                 \
      IN_DESK | IN_RECORD | IN_REHEARSAL, MENU_GO, ROLE_READER, 0, "Tab Right")                     \
    X(PREVIOUS_PART, N_("Previous part"),                                                           \
      N_("Goes to the pane or list before."),                                                       \
      IN_DESK | IN_RECORD | IN_REHEARSAL, MENU_GO, ROLE_READER, 0, "Shift-Tab Left")                \
    X(DOWN, N_("Down"),                                                                             \
      N_("One row down."),                                                                          \
      IN_LISTS | IN_READING | IN_CONFLICT, MENU_GO, ROLE_READER, 0, "Down j")                       \
    X(UP, N_("Up"),                                                                                 \
      N_("One row up."),                                                                            \
      IN_LISTS | IN_READING | IN_CONFLICT, MENU_GO, ROLE_READER, 0, "Up k")                         \
    X(PAGE_DOWN, N_("Page down"),                                                                   \
      N_("A screen further down."),                                                                 \
      IN_LISTS | IN_READING, MENU_GO, ROLE_READER, 0, "PgDn Ctrl-D")                                \
    X(PAGE_UP, N_("Page up"),                                                                       \
      N_("A screen further up."),                                                                   \
      IN_LISTS | IN_READING, MENU_GO, ROLE_READER, 0, "PgUp Ctrl-U")                                \
    X(FIRST, N_("First row"),                                                                       \
      N_("To the first row."),                                                                      \
      IN_LISTS | IN_READING, MENU_GO, ROLE_READER, 0, "Home")                                       \
    X(LAST, N_("Last row"),                                                                         \
      N_("To the last row."),                                                                       \
      IN_LISTS | IN_READING, MENU_GO, ROLE_READER, 0, "End G")                                      \
    X(BACK, N_("Back"),                                                                             \
      N_("Closes this screen and goes back."),                                                      \
      IN_ROSTER | IN_RECORD | IN_REHEARSAL | IN_BATCHES | IN_READING | IN_CONFLICT, MENU_GO, ROLE_READER, 9, "q Esc Backspace Ctrl-G") \
    X(HELP, N_("Help"),                                                                             \
      N_("Shows what can be done here."),                                                           \
      IN_MOST, MENU_HELP, ROLE_READER, 0, "F1 ?")                                                   \
    X(TOUR, N_("Tour"),                                                                             \
      N_("Shows samling in six pictures."),                                                         \
      IN_DESK, MENU_HELP, ROLE_READER, 0, "Ctrl-W")                                                 \
    X(PALETTE, N_("Commands"),                                                                      \
      N_("Finds a command by part of its name."),                                                   \
      IN_MOST, MENU_HELP, ROLE_READER, 0, "Ctrl-P")                                                 \
    X(MENU, N_("Menu"),                                                                             \
      N_("Opens the menus."),                                                                       \
      IN_MOST, MENU_HELP, ROLE_READER, 0, "F9 F10 Ctrl-O")                                          \
    X(CONTEXT_MENU, N_("What can be done with this"),                                               \
      N_("Opens a menu of what can be done with the selected row."),                                \
      IN_LISTS, MENU_HELP, ROLE_READER, 0, ", F7")                                                  \
    X(DISPLAY, N_("Display"),                                                                       \
      N_("Chooses colours, plain screens for screen readers, and the mouse."),                      \
      IN_DESK, MENU_HELP, ROLE_READER, 0, "T")                                                      \
    X(REDRAW, N_("Redraw"),                                                                         \
      N_("Draws the whole screen anew."),                                                           \
      IN_MOST, MENU_HELP, ROLE_READER, 0, "Ctrl-L")                                                 \
    X(SUSPEND, N_("Pause"),                                                                         \
      N_("Puts samling aside for the shell, where there is one; fg brings it back."),               \
      IN_LISTS, MENU_HELP, ROLE_READER, 0, "Ctrl-T")
/* clang-format on */

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
    enum menu menu; /* without ON_ROW */
    bool on_row;
    enum role role;
    int hint;
    const char *keys;
};

const struct action *action_at(enum action_id id);
/* The action of a key in these contexts; ACTION_NONE. `typing`: characters are text. */
enum action_id action_by_key(unsigned contexts, int key, bool typing);
/* The key that is shown for it: "F8", "Ctrl-P", "n"; in the words of the language in force. */
void action_key_text(enum action_id id, struct buf *out);
/* The same where letters are text, as in a form: the first of its keys that is none. */
void action_key_typing(enum action_id id, struct buf *out);
/* One key by its name in the table, in the words of the language in force. */
void key_label(const char *name, size_t len, struct buf *out);
/* One key by its name in the table: "Enter", "F8", "Ctrl-P", "n"; KEY_NONE. */
int key_by_name(const char *name, size_t len);
const char *menu_label(enum menu m);
/* The one with this name ("OPEN"), of `len` bytes; ACTION_NONE. */
enum action_id action_by_name(const char *name, size_t len);
/* Adds words in which "{OPEN}" stands for the key of that action, so that no text says a key that
 * the table does not. */
void action_fill(const char *words, struct buf *out);

#endif
