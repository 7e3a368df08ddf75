/* The table of everything_test.c: each action, where it is done, and what it leads to. */
#ifndef TESTS_EVERYTHING_H
#define TESTS_EVERYTHING_H

#include <stdbool.h>

#include "ui/action.h"

enum { STEPS_MAX = 20, WANTS_MAX = 5 };

/* What is wanted of the screen is a letter and a text: = it stands somewhere, - it stands nowhere,
 * > the selected row has it, ^ the line below the bar, ! the line of messages, ? the line of hints;
 * # it was sent since the action began. */
struct row {
    enum action_id id;
    const char *where;
    const char *at[STEPS_MAX];    /* from the desk: keys, what to wait for, in turn; keys with $
                                     before them are a command that somebody else runs */
    const char *then[WANTS_MAX];  /* what is there after it; not all of it was before */
    const char *leave[STEPS_MAX]; /* back to the desk, as `at` */
    const char *keys;             /* those of its keys that do this here; NULL: all */
    bool writes, copies;          /* into the database, to the clipboard */
    bool typing;                  /* letters are text here */
    bool no_row_menu;             /* for the menu of the row is not about this */
    bool wide;
};

#define DO(action, place) .id = ACTION_##action, .where = place
#define AT(...)           .at = {__VA_ARGS__}
#define THEN(...)         .then = {__VA_ARGS__}
#define LEAVE(...)        .leave = {__VA_ARGS__}

/* A way to a place is as many steps as it takes: pairs. */
#define DESK       "", ">AMBULERENDE"
#define BIM        "sbim<Enter>", ">BIM"
#define PULJE      "sbim<Enter><Down>", ">/1"
#define AGENDA     "2", ">BIM/1/3"
#define MONTH      AGENDA, "5", "^February 2022"
#define PEOPLE     "3", ">Askeland, Britt"
#define PLACES     PEOPLE, "o", ">Akebakken"
#define NOW        "4", "^>4 Today"
#define TWO        PEOPLE, "vv", ">Bergset, Rannveig"
#define MARKED     PEOPLE, "vv", "=2 of 165 selected"
#define SHEET      AGENDA, "r", ">Bjørå, Sølvi"
#define COURSE     PULJE, "r", ">Bjørå, Sølvi"
#define PERSON     PEOPLE, "<Enter>", "=Britt Askeland"
#define WHOLE      PULJE, "<Enter>", "=Gatherings"
#define COHORT     WHOLE, "<Tab>", ">2021-09-21"
#define GATHERING  AGENDA, "<Enter>", "=BIM/1/3"
#define FORM       PEOPLE, "e", "^Change: Britt Askeland"
#define READING    "<F1>", "^Help"
#define REHEARSAL  "3i", "=1  People", "1folk.csv<Enter>", "=2 new"
#define IMPORTS    REHEARSAL, "<F8>", "!Import 1", "I", "^Imports"
#define OTHERS_SET "$set person 155 phone=49322222", "=493 22 222"
#define CONFLICT                                                                                   \
    FORM, "<Down><Down><Down>49311111<Down>Bri<Down>", "=Bri",                                     \
        "$set person 155 phone=49322222 alias=Britta", "=both versions are shown", "<F8>",         \
        "^Changed by somebody else too"

static const struct row rows[] = {
    /* ---- File ---- */
    {DO(IMPORT, "in offerings"), AT(DESK), THEN("=What is in the file?"), LEAVE("<C-g>")},
    {DO(IMPORT, "in contacts"), AT(PEOPLE), THEN("=What is in the file?"), LEAVE("<C-g>")},
    {DO(IMPORT, "in a roster"), AT(SHEET), THEN("=What is in the file?"),
     LEAVE("<C-g>", "-What is", "q")},
    {DO(PASTE, "in contacts"), AT(PEOPLE), THEN("=0 lines so far"), LEAVE("<C-g>")},
    {DO(PASTE, "in a roster"), AT(SHEET), THEN("=0 lines so far"),
     LEAVE("<C-g>", "-lines so far", "q")},
    {DO(EXPORT, "in offerings"), AT(DESK), THEN("=Export the list"), LEAVE("<C-g>")},
    {DO(EXPORT, "in a month"), AT(MONTH), THEN("=Export the list"), LEAVE("<C-g>")},
    {DO(EXPORT, "of two people"), AT(TWO), THEN("=Export the selected rows"), LEAVE("<C-g>")},
    {DO(EXPORT, "in a roster"), AT(SHEET), THEN("=Export the list"),
     LEAVE("<C-g>", "-Export", "q")},
    {DO(COPY, "in contacts"), AT(PEOPLE), THEN("!165 rows copied."), .copies = true},
    {DO(COPY, "of two people"), AT(TWO), THEN("!2 rows copied."), .copies = true},
    {DO(COPY, "in a roster"), AT(SHEET), THEN("!55 rows copied."), LEAVE("q"), .copies = true},
    {DO(COPY, "in a record"), AT(COHORT), THEN("!5 rows copied."), LEAVE("q"), .copies = true},
    {DO(COPY_ROW, "in offerings"), AT(DESK), THEN("!1 row copied."), .copies = true},
    {DO(COPY_ROW, "in the agenda"), AT(AGENDA), THEN("!1 row copied."), .copies = true},
    {DO(COPY_ROW, "in a month"), AT(MONTH), THEN("!1 row copied."), .copies = true},
    {DO(COPY_ROW, "of two people"), AT(TWO), THEN("!2 rows copied."), .copies = true},
    {DO(COPY_ROW, "in a roster"), AT(SHEET), THEN("!1 row copied."), LEAVE("q"), .copies = true},
    {DO(COPY_ROW, "in a record"), AT(COHORT), THEN("!1 row copied."), LEAVE("q"), .copies = true},
    {DO(PRINT, "of a cohort"), AT(PULJE), THEN("=Sign-in sheet BIM/1/3"), LEAVE("<C-g>")},
    {DO(PRINT, "in the agenda"), AT(AGENDA), THEN("=Sign-in sheet BIM/1/3"), LEAVE("<C-g>")},
    {DO(PRINT, "in a month"), AT(MONTH), THEN("=Sign-in sheet BIM/1/3"), LEAVE("<C-g>")},
    {DO(PRINT, "in a roster"), AT(SHEET), THEN("=Sign-in sheet BIM/1/3"),
     LEAVE("<C-g>", "-Sign-in", "q")},
    {DO(PRINT, "in a record"), AT(GATHERING), THEN("=Sign-in sheet BIM/1/3"),
     LEAVE("<C-g>", "-Sign-in", "q")},
    {DO(BATCHES, "in offerings"), AT(DESK), THEN("^Imports"), LEAVE("q")},

    /* ---- Edit ---- */
    {DO(OPEN, "in offerings"), AT(DESK), THEN("^AMBULERENDE"), LEAVE("q")},
    {DO(OPEN, "in the agenda"), AT(AGENDA), THEN("^BIM/1/3"), LEAVE("q")},
    {DO(OPEN, "in a month"), AT(MONTH), THEN("^BIM/1/3"), LEAVE("q")},
    {DO(OPEN, "in a year"), AT(MONTH, "<Right>8", "=January     1 gathering"),
     THEN("^February 2022")},
    {DO(OPEN, "in contacts"), AT(PEOPLE), THEN("^Britt Askeland"), LEAVE("q")},
    {DO(OPEN, "in today"), AT(NOW), THEN("?q Back"), LEAVE("q")},
    {DO(OPEN, "in a roster"), AT(SHEET), THEN("^Sølvi Bjørå"), LEAVE("q", "^BIM/1/3", "q")},
    {DO(OPEN, "in a record"), AT(COHORT), THEN("^BIM/1/1"), LEAVE("q", "^cohort BIM/1 ", "q")},
    {DO(OPEN, "of a record"), AT(WHOLE), THEN("^Change: Pulje 1"),
     LEAVE("<C-r>", "^cohort BIM/1 ", "q")},
    {DO(OPEN, "in imports"), AT(IMPORTS), THEN("-Imports"), LEAVE("q", "^Imports", "q")},
    {DO(EDIT, "in offerings"), AT(DESK), THEN("^Change:"), LEAVE("<C-r>")},
    {DO(EDIT, "in contacts"), AT(PEOPLE), THEN("^Change: Britt Askeland"), LEAVE("<C-r>")},
    {DO(EDIT, "in a month"), AT(MONTH), THEN("^Change:"), LEAVE("<C-r>")},
    {DO(EDIT, "in a roster"), AT(SHEET), THEN("^Change:"), LEAVE("<C-r>", "^BIM/1/3", "q")},
    {DO(EDIT, "in a record"), AT(PERSON), THEN("^Change: Britt Askeland"),
     LEAVE("<C-r>", "-Change:", "q")},
    {DO(NEW, "in offerings"), AT(DESK), THEN("^New: offering"), LEAVE("<C-r>")},
    {DO(NEW, "in a month"), AT(MONTH), THEN("^New: gathering"), LEAVE("<C-r>")},
    {DO(NEW, "in people"), AT(PEOPLE), THEN("^New: person"), LEAVE("<C-r>")},
    {DO(NEW, "in organisations"), AT(PLACES), THEN("^New: organisation"), LEAVE("<C-r>")},
    {DO(NEW_COHORT, "of an offering"), AT(BIM), THEN("^New: cohort"), LEAVE("<C-r>")},
    {DO(NEW_GATHERING, "of a cohort"), AT(PULJE), THEN("^New: gathering"), LEAVE("<C-r>")},
    {DO(NEW_PERSON, "in offerings"), AT(DESK), THEN("^New: person"), LEAVE("<C-r>")},
    {DO(NEW_ORGANISATION, "in offerings"), AT(DESK), THEN("^New: organisation"), LEAVE("<C-r>")},
    {DO(NEW_PART, "of a person"), AT(PERSON), THEN("^New: position"),
     LEAVE("<C-r>", "-New: position", "q")},
    {DO(NEW_PART, "of a cohort"), AT(COHORT), THEN("^New: gathering"),
     LEAVE("<C-r>", "-New: gath", "q")},
    {DO(REMOVE, "in contacts"), AT(PEOPLE), THEN("=Remove Britt Askeland"), LEAVE("<C-g>")},
    {DO(REMOVE, "of two people"), AT(TWO), THEN("=Remove the 2 selected"), LEAVE("<C-g>")},
    {DO(REMOVE, "in a month"), AT(MONTH), THEN("=Remove "), LEAVE("<C-g>")},
    {DO(REMOVE, "in a roster"), AT(SHEET), THEN("=Remove "), LEAVE("<C-g>", "!Nothing", "q")},
    {DO(REMOVE, "in a record"), AT(PERSON), THEN("=Remove Britt"), LEAVE("<C-g>", "!Nothing", "q")},
    {DO(MERGE, "of one"), AT(PEOPLE), THEN("!No other one has the same")},
    {DO(MERGE, "of two"), AT(TWO), THEN("^Make one of two"), LEAVE("q")},
    {DO(HISTORY, "in offerings"), AT(DESK), THEN("^History:"), LEAVE("q")},
    {DO(HISTORY, "in contacts"), AT(PEOPLE), THEN("^History: Britt Askeland"), LEAVE("q")},
    {DO(HISTORY, "in a month"), AT(MONTH), THEN("^History:"), LEAVE("q")},
    {DO(HISTORY, "in a roster"), AT(SHEET), THEN("^History:"), LEAVE("q", "^BIM/1/3", "q")},
    {DO(HISTORY, "in a record"), AT(PERSON), THEN("^History: Britt Askeland"),
     LEAVE("q", "-History:", "q")},
    {DO(UNDO, "in contacts"), AT(PEOPLE, OTHERS_SET),
     THEN("!Taken back: change: Britt Askeland", "-493 22 222"), .writes = true},
    {DO(UNDO, "in a month"), AT(MONTH, "$set person 155 phone=49322222", "="),
     THEN("!Taken back: change: Britt Askeland"), .writes = true},
    {DO(UNDO, "in a roster"), AT(SHEET, "t", ">Brekke"), THEN("!Taken back:", ">Brekke"),
     LEAVE("q"), .writes = true},
    {DO(UNDO, "in a record"), AT(PERSON, OTHERS_SET), THEN("!Taken back:", "-493 22 222"),
     LEAVE("q"), .writes = true},
    {DO(UNDO, "in imports"), AT(IMPORTS), THEN("=Take back all of this?"),
     LEAVE("<C-g>", "!Nothing", "q")},
    {DO(UNDO, "in a form"), AT(FORM, "Kari", "=Given name Kari"), THEN("=Given name Britt"),
     LEAVE("<C-r>"), .typing = true},
    {DO(REDO, "in contacts"), AT(PEOPLE, OTHERS_SET, "u", "!Taken back"),
     THEN("!Done again: change: Britt", "=493 22 222"), .writes = true},
    {DO(REDO, "in a roster"), AT(SHEET, "t", ">Brekke", "u", "!Taken back"),
     THEN("!Done again:", "=present"), LEAVE("q"), .writes = true},
    {DO(REDO, "in a form"), AT(FORM, "Kari", "=Given name Kari", "<C-z>", "=Given name Britt"),
     THEN("=Given name Kari"), LEAVE("<C-r>", "=y:", "y"), .typing = true},
    {DO(CHANGES, "in contacts"), AT(PEOPLE, OTHERS_SET), THEN("=Your last changes"),
     LEAVE("<C-g>")},
    {DO(CHANGES, "in a roster"), AT(SHEET, "t", ">Brekke"), THEN("=Your last changes"),
     LEAVE("<C-g>", "-Your last", "q")},
    {DO(CHANGES, "in imports"), AT(IMPORTS), THEN("=Your last changes"),
     LEAVE("<C-g>", "-Your last", "q")},

    /* ---- View ---- */
    {DO(SEARCH, "in contacts"), AT(PEOPLE), THEN("^Search:"), LEAVE("<Enter>")},
    {DO(SEARCH, "in a roster"), AT(SHEET), THEN("=Search:"), LEAVE("<Enter>", "-Search:", "q")},
    {DO(SEARCH, "in a text"), AT(READING), THEN("!Search:"), LEAVE("<Enter>", "-Search:", "q")},
    {DO(NEXT_FOUND, "in a text"), AT(READING, "sundo<Enter>", "^found 1 /"), THEN("^found 2 /"),
     LEAVE("q")},
    {DO(FILTER, "in contacts"), AT(PEOPLE), THEN("=Filter by"), LEAVE("<C-g>")},
    {DO(FILTER, "in a month"), AT(MONTH), THEN("=Filter by"), LEAVE("<C-g>")},
    {DO(FILTER, "in a roster"), AT(SHEET), THEN("=Filter by"), LEAVE("<C-g>", "-Filter by", "q")},
    {DO(FILTERS, "in contacts"), AT(PEOPLE), THEN("=aved filter"), LEAVE("<C-g>")},
    {DO(FILTERS, "in a roster"), AT(SHEET), THEN("=aved filter"), LEAVE("<C-g>", "", "q")},
    {DO(SORT, "in contacts"), AT(PEOPLE), THEN("=Sort by"), LEAVE("<C-g>")},
    {DO(SORT, "in a roster"), AT(SHEET), THEN("=Sort by"), LEAVE("<C-g>", "-Sort by", "q")},
    {DO(SORT, "in a record"), AT(COHORT), THEN("=Sort by"), LEAVE("<C-g>", "-Sort by", "q")},
    {DO(COLUMNS, "in contacts"), AT(PEOPLE), THEN("=Which columns are shown"), LEAVE("<C-g>")},
    {DO(COLUMNS, "in a roster"), AT(SHEET), THEN("=Which columns"), LEAVE("<C-g>", "-Which", "q")},
    {DO(COLUMNS, "in a record"), AT(COHORT), THEN("=Which columns"), LEAVE("<C-g>", "-Which", "q")},
    {DO(GROUP, "in offerings"), AT(DESK), THEN("=Group the offerings by"), LEAVE("<C-g>")},
    {DO(FOLD, "at an offering"), AT(BIM), THEN("-/1 ", ">BIM")},
    {DO(FOLD, "at a cohort"), AT(PULJE), THEN("-/1 ", ">BIM")},
    {DO(FOLD_ALL, "in offerings"), AT(BIM), THEN("-/1 ", ">BIM")},
    {DO(MINE, "in offerings"), AT(DESK), THEN("!Only your own offerings are shown")},
    {DO(KIND, "in contacts"), AT(PEOPLE), THEN(">Akebakken")},
    {DO(CHOOSE, "at a cohort"), AT(PULJE), THEN("!Calendar and contacts show BIM/1 only")},
    {DO(LET_GO, "of a search"), AT(PEOPLE, "sbergset<Enter>", ">Bergset"), THEN(">Askeland")},
    {DO(LET_GO, "of a chosen cohort"), AT(PULJE, " ", "!show BIM/1 only"),
     THEN("-Search: bim", "-show BIM/1 only")},
    {DO(WIDER, "in offerings"), AT(DESK),
     THEN("^>1 Offerings                                     45 rows │ 2 Calendar"), .wide = true},
    {DO(NARROWER, "in offerings"), AT(DESK),
     THEN("^>1 Offerings                            45 rows │ 2 Calendar"), .wide = true},

    /* ---- Select ---- */
    {DO(MARK, "in contacts"), AT(PEOPLE), THEN("=1 of 165 selected")},
    {DO(MARK, "in a roster"), AT(SHEET), THEN("=1 of 55 selected"), LEAVE("q")},
    {DO(MARK, "in a record"), AT(COHORT), THEN("=1 of 5 selected"), LEAVE("q")},
    {DO(MARK_RANGE, "in contacts"), AT(PEOPLE, "v<Down><Down>", ">Birkeland"),
     THEN("=4 of 165 selected")},
    {DO(MARK_RANGE, "in a roster"), AT(SHEET, "v<Down>", ">Bråthen"), THEN("=3 of 55 selected"),
     LEAVE("q")},
    {DO(MARK_ALL, "in contacts"), AT(PEOPLE), THEN("=165 of 165 selected")},
    {DO(MARK_ALL, "in a record"), AT(COHORT), THEN("=5 of 5 selected"), LEAVE("q")},
    {DO(MARK_OTHERS, "in contacts"), AT(TWO), THEN("=163 of 165 selected")},
    {DO(MARK_OTHERS, "in a roster"), AT(SHEET, "v", "=1 of 55 selected"),
     THEN("=54 of 55 selected"), LEAVE("q")},
    {DO(MARK_NONE, "in contacts"), AT(MARKED), THEN("-selected")},
    {DO(MARK_NONE, "in a record"), AT(COHORT, "v", "=1 of 5 selected"), THEN("-selected"),
     LEAVE("q")},
    {DO(ENROL_SELECTED, "of one"), AT(PEOPLE), THEN("=Enrol in which cohort?"), LEAVE("<C-g>")},
    {DO(ENROL_SELECTED, "of two"), AT(TWO), THEN("=Enrol 2 people in which cohort?"),
     LEAVE("<C-g>")},
    {DO(ENROL_SELECTED, "in a roster"), AT(SHEET), THEN("=Enrol in which cohort?"),
     LEAVE("<C-g>", "-Enrol in", "q")},
    {DO(MESSAGE, "to a cohort"), AT(PULJE), THEN("^Message list", "!51 addresses copied."),
     LEAVE("q"), .copies = true},
    {DO(MESSAGE, "to a gathering"), AT(AGENDA), THEN("^Message list"), LEAVE("q"), .copies = true},
    {DO(MESSAGE, "to a gathering of a month"), AT(MONTH), THEN("^Message list"), LEAVE("q"),
     .copies = true},
    {DO(MESSAGE, "to another one of a month"), AT(MONTH, "<Down><Right>", "=Wednesday 16 February"),
     THEN("^Message list", "!47 addresses copied."), LEAVE("q"), .copies = true},
    {DO(MESSAGE, "to two people"), AT(TWO), THEN("^Message list", "!2 addresses copied."),
     LEAVE("q"), .copies = true},
    {DO(MESSAGE, "to a roster"), AT(SHEET), THEN("^Message list", "!51 addresses copied."),
     LEAVE("q", "^BIM/1/3", "q"), .copies = true},
    {DO(SET_FIELD, "of two people"), AT(TWO), THEN("=Set which field of 2 records?"),
     LEAVE("<C-g>")},
    {DO(SET_FIELD, "in today"), AT(NOW), THEN("=Set which field?"), LEAVE("<C-g>")},
    {DO(SET_FIELD, "in a month"), AT(MONTH), THEN("=Set which field?"), LEAVE("<C-g>")},
    {DO(SET_FIELD, "in a roster"), AT(SHEET), THEN("=Set which field?"),
     LEAVE("<C-g>", "-Set which", "q")},
    {DO(SET_FIELD, "in a record"), AT(COHORT), THEN("=Set which field?"),
     LEAVE("<C-g>", "-Set which", "q")},

    /* ---- Calendar ---- */
    {DO(MONTH, "in the agenda"), AT(AGENDA), THEN("^February 2022")},
    {DO(WEEK, "in the agenda"), AT(AGENDA), THEN("^Week 6")},
    {DO(WEEK, "in a month"), AT(MONTH), THEN("^Week 6")},
    {DO(AGENDA, "in a month"), AT(MONTH), THEN("^10 rows")},
    {DO(YEAR, "in a month"), AT(MONTH), THEN("=January")},
    {DO(EARLIER, "in a month"), AT(MONTH), THEN("^January 2022")},
    {DO(LATER, "in a month"), AT(MONTH), THEN("^March 2022")},
    {DO(GO_DATE, "in the agenda"), AT(AGENDA), THEN("=Go to which day?"), LEAVE("<C-g>")},
    {DO(GO_DATE, "in a month"), AT(MONTH), THEN("=Go to which day?"), LEAVE("<C-g>")},
    {DO(GO_TODAY, "in the agenda"), AT(AGENDA, "<Home>", ">2021"), THEN(">BIM/1/3")},
    {DO(GO_TODAY, "in a month"), AT(MONTH, "<PgDn>", "^March 2022"), THEN("^February 2022")},
    {DO(MOVE, "in the agenda"), AT(AGENDA), THEN("=Move BIM/1/3"), LEAVE("<C-g>")},
    {DO(MOVE, "in a month"), AT(MONTH), THEN("!BIM/1/3"), LEAVE("<C-g>")},
    {DO(DUPLICATE, "in the agenda"), AT(AGENDA), THEN("=Copy BIM/1/3"), LEAVE("<C-g>")},
    {DO(DUPLICATE, "in a month"), AT(MONTH), THEN("!BIM/1/3"), LEAVE("<C-g>")},

    /* ---- Roster ---- */
    {DO(ROSTER, "of a cohort"), AT(PULJE), THEN("^BIM/1 ", ">Bjørå, Sølvi"), LEAVE("q")},
    {DO(ROSTER, "in the agenda"), AT(AGENDA), THEN("^BIM/1/3", ">Bjørå, Sølvi"), LEAVE("q")},
    {DO(ROSTER, "in a month"), AT(MONTH), THEN("^BIM/1/3", ">Bjørå, Sølvi"), LEAVE("q")},
    {DO(ROSTER, "in a record"), AT(GATHERING), THEN(">Bjørå, Sølvi"), LEAVE("q", "", "q")},
    {DO(PRESENT, "in a roster"), AT(SHEET), THEN("=present", ">Brekke"), LEAVE("q"),
     .writes = true},
    {DO(ABSENT, "in a roster"), AT(SHEET), THEN("=absent", ">Brekke"), LEAVE("q"), .writes = true},
    {DO(EXCUSED, "in a roster"), AT(SHEET), THEN("=excused", ">Brekke"), LEAVE("q"),
     .writes = true},
    {DO(UNMARK, "in a roster"), AT(SHEET, "t<Up>", ">Bjørå"), THEN("-present", ">Brekke"),
     LEAVE("q"), .writes = true},
    {DO(ENROL, "in a roster"), AT(SHEET), THEN("=2  Somebody new"),
     LEAVE("<C-g>", "-Somebody new", "q")},

    /* ---- Import ---- */
    {DO(WRITE, "in a rehearsal"), AT(REHEARSAL), THEN("!Import 1: 2 new"), .writes = true},
    {DO(LOOK_INTO, "at a row"), AT(REHEARSAL), THEN("=Line 2: new"),
     LEAVE("<C-g>", "-Line 2: new", "q")},
    {DO(LOOK_INTO, "at a column"), AT(REHEARSAL, "<Tab>", ">Navn"), THEN("=as the file says"),
     LEAVE("<C-g>", "-as the file", "q")},
    {DO(VERDICTS, "in a rehearsal"), AT(REHEARSAL), THEN("=showing: new"), LEAVE("q")},
    {DO(LEAVE_OUT, "in a rehearsal"), AT(REHEARSAL), THEN("=1 skipped"),
     LEAVE("q", "=Leave without", "y")},
    {DO(LETTERS, "in a rehearsal"), AT(REHEARSAL), THEN("=Which names are right?"),
     LEAVE("<C-g>", "-Which names", "q")},
    {DO(REPLACE, "in a rehearsal"), AT(REHEARSAL), THEN("-differing values are kept"), LEAVE("q")},
    {DO(UNCLEAR, "in a rehearsal"), AT(REHEARSAL), THEN("-unclear rows are left out"), LEAVE("q")},
    {DO(TAKE_BACK, "in imports"), AT(IMPORTS), THEN("=Take back all of import 1 (folk.csv)?"),
     LEAVE("<C-g>", "!Nothing", "q")},

    /* ---- Form ---- */
    {DO(SAVE, "in a form"), AT(FORM, "Brita", "=Given name Brita"), THEN("!Saved: Brita Askeland"),
     .writes = true, .typing = true},
    {DO(SAVE, "between two"), AT(CONFLICT), THEN("!Saved: Britt Askeland"), .writes = true},
    {DO(CHOICES, "of words"), AT(PLACES, "e", "^Change:", "<Down>", "=>              Kind"),
     THEN("=national centre"), LEAVE("<C-g>", "-national", "<C-r>"), .typing = true},
    {DO(CHOICES, "of days"),
     AT(AGENDA, "e", "^Change:", "<Down><Down><Down>", "=>              Starts"),
     THEN("=< February 2022 >"), LEAVE("<C-g>", "-< February", "<C-r>"), .typing = true},
    {DO(OTHER_SIDE, "between two"), AT(CONFLICT), THEN("=* 493 22 222"),
     LEAVE("q", "^Change", "<C-r>", "=y:", "y"), .keys = "Space Right Enter"},
    {DO(KEEP, "in a form"), AT(FORM, "Brita", "=Given name Brita"), THEN("=This was not saved yet"),
     LEAVE("<C-g>", "-This was not", "<C-r>", "=y:", "y"), .typing = true},
    {DO(DISCARD, "in a form"), AT(FORM), THEN(">Askeland, Britt"), .typing = true},

    /* ---- Go ---- */
    {DO(TODAY, "in offerings"), AT(DESK), THEN("^>4 Today")},
    {DO(TODAY, "in a text"), AT(READING), THEN("^>4 Today")},
    {DO(OFFERINGS, "in contacts"), AT(PEOPLE), THEN("^>1 Offerings")},
    {DO(OFFERINGS, "in a record"), AT(PERSON), THEN("^>1 Offerings")},
    {DO(CALENDAR, "in offerings"), AT(DESK), THEN("^>2 Calendar")},
    {DO(CALENDAR, "in a roster"), AT(COURSE), THEN("^>2 Calendar")},
    {DO(CONTACTS, "in a month"), AT(MONTH), THEN("^>3 Contacts")},
    {DO(CONTACTS, "in a rehearsal"), AT(REHEARSAL), THEN("^>3 Contacts")},
    {DO(NEXT_PART, "in offerings"), AT(DESK), THEN("^>2 Calendar")},
    {DO(NEXT_PART, "in a month"), AT(MONTH), THEN("^>3 Contacts"), .keys = "Tab"},
    {DO(NEXT_PART, "in a record"), AT(COHORT), THEN("=>Roster"), LEAVE("q")},
    {DO(NEXT_PART, "in a rehearsal"), AT(REHEARSAL), THEN(">Navn"), LEAVE("q")},
    {DO(PREVIOUS_PART, "in offerings"), AT(DESK), THEN("^>4 Today")},
    {DO(PREVIOUS_PART, "in a record"), AT(WHOLE), THEN("=>Roster"), LEAVE("q")},
    {DO(PREVIOUS_PART, "in a rehearsal"), AT(REHEARSAL), THEN(">Navn"), LEAVE("q")},
    {DO(DOWN, "in contacts"), AT(PEOPLE), THEN(">Bergset, Emil")},
    {DO(DOWN, "in a month"), AT(MONTH), THEN("=Tuesday 15 February")},
    {DO(DOWN, "in a text"), AT(READING), THEN("^2–"), LEAVE("q")},
    {DO(DOWN, "in a rehearsal"), AT(REHEARSAL), THEN(">Ola Dal"), LEAVE("q")},
    {DO(DOWN, "between two"), AT(CONFLICT), THEN("=>       Also called"),
     LEAVE("q", "^Change", "<C-r>", "=y:", "y")},
    {DO(UP, "in contacts"), AT(PEOPLE, "<Down>", ">Bergset, Emil"), THEN(">Askeland")},
    {DO(UP, "in a month"), AT(MONTH), THEN("=Tuesday 1 February")},
    {DO(UP, "in a text"), AT(READING, "j", "^2–"), THEN("^1–"), LEAVE("q")},
    {DO(UP, "between two"), AT(CONFLICT, "j", "=>       Also called"), THEN("=>             Phone"),
     LEAVE("q", "^Change", "<C-r>", "=y:", "y")},
    {DO(PAGE_DOWN, "in contacts"), AT(PEOPLE), THEN("-Askeland, Britt")},
    {DO(PAGE_DOWN, "in a month"), AT(MONTH), THEN("^March 2022")},
    {DO(PAGE_DOWN, "in a text"), AT(READING), THEN("-1–"), LEAVE("q")},
    {DO(PAGE_UP, "in contacts"), AT(PEOPLE, "<PgDn>", "-Askeland, Britt"), THEN(">Askeland")},
    {DO(PAGE_UP, "in a month"), AT(MONTH), THEN("^January 2022")},
    {DO(PAGE_UP, "in a text"), AT(READING, "<PgDn>", "^18–"), THEN("^1–"), LEAVE("q")},
    {DO(FIRST, "in contacts"), AT(PEOPLE, "<End>", ">Ås"), THEN(">Askeland")},
    {DO(FIRST, "in a text"), AT(READING, "<End>", "-1–"), THEN("^1–"), LEAVE("q")},
    {DO(LAST, "in contacts"), AT(PEOPLE), THEN(">Ås")},
    {DO(LAST, "in a roster"), AT(SHEET), THEN(">Ås, Fride"), LEAVE("q")},
    {DO(LAST, "in a text"), AT(READING), THEN("-1–"), LEAVE("q")},
    {DO(BACK, "from a roster"), AT(SHEET), THEN("^>2 Calendar")},
    {DO(BACK, "from a record"), AT(PERSON), THEN("^>3 Contacts")},
    {DO(BACK, "from a rehearsal"), AT(REHEARSAL), THEN("!Nothing was written.")},
    {DO(BACK, "from the imports"), AT(IMPORTS), THEN("^>3 Contacts")},
    {DO(BACK, "from a text"), AT(READING), THEN("^>1 Offerings")},
    {DO(BACK, "from two"), AT(CONFLICT), THEN("^Change: Britt Askeland"),
     LEAVE("<C-r>", "=y:", "y")},

    /* ---- Help ---- */
    {DO(HELP, "in offerings"), AT(DESK), THEN("^Help"), LEAVE("q")},
    {DO(HELP, "in a roster"), AT(SHEET), THEN("^Help"), LEAVE("q", "^BIM/1/3", "q")},
    {DO(HELP, "in a form"), AT(FORM), THEN("^Help"), LEAVE("q", "^Change:", "<C-r>"),
     .typing = true},
    {DO(TOUR, "in offerings"), AT(DESK), THEN("=1 of 6"), LEAVE("<C-g>")},
    {DO(PALETTE, "in offerings"), AT(DESK), THEN("=Commands", "=part of a command's name"),
     LEAVE("<C-g>")},
    {DO(PALETTE, "in a form"), AT(FORM), THEN("=Commands"), LEAVE("<C-g>", "-Commands", "<C-r>"),
     .typing = true},
    {DO(MENU, "in offerings"), AT(DESK), THEN("=Paste a list"), LEAVE("<C-g>")},
    {DO(MENU, "in a form"), AT(FORM), THEN("=Throw away"), LEAVE("<C-g>", "-Throw away", "<C-r>"),
     .typing = true},
    {DO(CONTEXT_MENU, "in contacts"), AT(PEOPLE), THEN("=Make one of two"), LEAVE("<C-g>")},
    {DO(CONTEXT_MENU, "in a roster"), AT(SHEET), THEN("=No mark"), LEAVE("<C-g>", "-No mark", "q")},
    {DO(CONTEXT_MENU, "in a month"), AT(MONTH), THEN("=Copy gathering"), LEAVE("<C-g>")},
    {DO(DISPLAY, "in offerings"), AT(DESK), THEN("=Display"), LEAVE("<C-g>")},
    {DO(REDRAW, "in offerings"), AT(DESK), THEN("#\033[H\033[2J")},
    {DO(REDRAW, "in a form"), AT(FORM), THEN("#\033[H\033[2J"), LEAVE("<C-r>"), .typing = true},
    {DO(SUSPEND, "without a shell"), AT(DESK), THEN("#\033[H\033[2J")},
    {.id = ACTION_NONE},
};

/* What cannot be done now, and why. */
struct refusal {
    enum action_id id;
    const char *where;
    const char *at[STEPS_MAX];
    const char *why; /* the beginning of the sentence */
    const char *leave[STEPS_MAX];
    bool typing;
    const char *key; /* NULL: the first */
};

#define NO_ROW  "There is no row to do this with."
#define NOBODY  "3szzzz<Enter>", "=Nothing found."
#define NOTHING "2szzzz<Enter>", "=Nothing found."
#define DRAFT                                                                                      \
    NOW, FORM, "Kari", "=Given name Kari", "<C-g>", "=Keep as a draft", "2", "^>3 Contacts", "4",  \
        "=Britt Askeland", "<End>", ">Britt"
#define LONG     "seventeen-letter-words-are-what-it-takes-to-make-a-note-of-one-word-so-long-as-this"
#define NOTE     PERSON, "$set person 155 note=" LONG, "=Note", "<S-Tab>", "=>Note"
#define NO_SHEET "Choose a gathering in the calendar first."

#define UNSAVED                                                                                    \
    "3n", "^New: person", "Zoe", "=Given name Zoe", "<C-g>", "=Keep as a draft", "2",              \
        "^>3 Contacts", "4", "=Zoe", "<End>", ">Zoe"
#define NOT_SAVED "This is not saved yet: open it first."

static const struct refusal refusals[] = {
    {DO(OPEN, "where nothing is found"), AT(NOBODY), .why = NO_ROW},
    {DO(EDIT, "where nothing is found"), AT(NOBODY), .why = NO_ROW},
    {DO(REMOVE, "where nothing is found"), AT(NOBODY), .why = NO_ROW},
    {DO(HISTORY, "where nothing is found"), AT(NOBODY), .why = NO_ROW},
    {DO(MERGE, "where nothing is found"), AT(NOBODY), .why = NO_ROW},
    {DO(COPY_ROW, "where nothing is found"), AT(NOBODY), .why = NO_ROW},
    {DO(ENROL_SELECTED, "where nothing is found"), AT(NOBODY), .why = NO_ROW},
    {DO(MESSAGE, "where nothing is found"), AT(NOBODY), .why = NO_ROW},
    {DO(SET_FIELD, "where nothing is found"), AT(NOBODY), .why = NO_ROW},
    {DO(CHOOSE, "where nothing is found"), AT("szzzz<Enter>", "=Nothing found."), .why = NO_ROW},
    {DO(FOLD, "where nothing is found"), AT("szzzz<Enter>", "=Nothing found."), .why = NO_ROW},
    {DO(EDIT, "of a new record's draft"), AT(UNSAVED), .why = NOT_SAVED},
    {DO(REMOVE, "of a new record's draft"), AT(UNSAVED), .why = NOT_SAVED},
    {DO(HISTORY, "of a new record's draft"), AT(UNSAVED), .why = NOT_SAVED},
    {DO(SET_FIELD, "of a new record's draft"), AT(UNSAVED), .why = NOT_SAVED},
    {DO(PRINT, "of a draft"), AT(DRAFT), .why = NO_SHEET},
    {DO(ROSTER, "of an offering"), AT(DESK), .why = "Choose a cohort or a gathering first."},
    {DO(WIDER, "where it is narrow"), AT(DESK),
     .why = "Only one list is shown: the window is narrow."},
    {DO(NARROWER, "where it is narrow"), AT(DESK),
     .why = "Only one list is shown: the window is narrow."},
    {DO(SORT, "in a month"), AT(MONTH), .why = "This is done in the agenda: 7 shows it."},
    {DO(COLUMNS, "in a month"), AT(MONTH), .why = "This is done in the agenda: 7 shows it."},
    {DO(MARK, "in a month"), AT(MONTH), .why = "This is done in the agenda: 7 shows it."},
    {DO(EARLIER, "in the agenda"), AT(AGENDA), .why = "The agenda is one long list"},
    {DO(LATER, "in the agenda"), AT(AGENDA), .why = "The agenda is one long list"},
    {DO(MOVE, "in an empty agenda"), AT(NOTHING), .why = NO_ROW},
    {DO(DUPLICATE, "in an empty agenda"), AT(NOTHING), .why = NO_ROW},
    {DO(MOVE, "on an empty day"), AT(MONTH, "<Right>", "=Nothing on this day."),
     .why = "There is no gathering on this day."},
    {DO(OPEN, "on an empty day"), AT(MONTH, "<Right>", "=Nothing on this day."),
     .why = "There is nothing on this day."},
    {DO(COPY_ROW, "on an empty day"), AT(MONTH, "<Right>", "=Nothing on this day."),
     .why = "There is no gathering on this day."},
    {DO(SET_FIELD, "on an empty day"), AT(MONTH, "<Right>", "=Nothing on this day."),
     .why = "There is no gathering on this day."},
    {DO(MARK, "where nothing is found"), AT(NOBODY), .why = NO_ROW},
    {DO(ENROL_SELECTED, "of organisations"), AT(PLACES),
     .why = "Only people can be enrolled: select some first."},
    {DO(ROSTER, "of a person"), AT(PERSON), .why = "Choose a cohort or a gathering first.",
     LEAVE("q")},
    {DO(PRINT, "of a person"), AT(PERSON), .why = NO_SHEET, LEAVE("q")},
    {DO(COPY_ROW, "of a record"), AT(WHOLE), .why = NO_ROW, LEAVE("q")},
    {DO(SET_FIELD, "of a record"), AT(WHOLE), .why = NO_ROW, LEAVE("q")},
    {DO(COPY, "of a note"), AT(NOTE), .why = "There is no list here to copy.", LEAVE("q")},
    {DO(COPY_ROW, "of a note"), AT(NOTE), .why = "There is no list here.", LEAVE("q")},
    {DO(SORT, "of a note"), AT(NOTE), .why = "There is no list here.", LEAVE("q")},
    {DO(MARK, "of a note"), AT(NOTE), .why = "There is no list here.", LEAVE("q")},
    {DO(SET_FIELD, "of a note"), AT(NOTE), .why = "There is no list here.", LEAVE("q")},
    {DO(NEW_PART, "of a gathering"), AT(GATHERING), .why = "Nothing new belongs below this record.",
     LEAVE("q")},
    {DO(EDIT, "of an import"), AT(IMPORTS, "<Enter>", "-Imports  "),
     .why = "This is written by the program and cannot be changed.", LEAVE("q", "^Imports", "q")},
    {DO(PRESENT, "in the roster of a cohort"), AT(COURSE),
     .why = "Open the roster of a gathering to mark who came.", LEAVE("q")},
    {DO(PRINT, "in the roster of a cohort"), AT(COURSE), .why = NO_SHEET, LEAVE("q")},
    {DO(ABSENT, "of nobody"), AT(SHEET, "szzzz<Enter>", "=Nothing found."), .why = NO_ROW,
     LEAVE("q")},
    {DO(OPEN, "of nobody"), AT(SHEET, "szzzz<Enter>", "=Nothing found."), .why = NO_ROW,
     LEAVE("q")},
    {DO(CHOICES, "in a text"), AT(FORM),
     .why = "Nothing can be chosen in this field: type its value.", LEAVE("<C-r>"), .typing = true,
     .key = "F4"},
    {DO(NEXT_FOUND, "before a search"), AT(READING),
     .why = "Nothing was looked for yet: s searches.", LEAVE("q")},
    {DO(OPEN, "without imports"), AT("I", "^Imports"), .why = "Nothing was imported yet.",
     LEAVE("q")},
    {DO(TAKE_BACK, "without imports"), AT("I", "^Imports"), .why = "Nothing was imported yet.",
     LEAVE("q")},
    {DO(UNDO, "where nothing was changed"), AT(PEOPLE), .why = "There is nothing to take back."},
    {DO(REDO, "where nothing was changed"), AT(PEOPLE), .why = "There is nothing to do again."},
    {.id = ACTION_NONE},
};

#endif
