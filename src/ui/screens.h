/* The screens that there are, and how others open them. Each pushes itself on the stack. */
#ifndef SAMLING_UI_SCREENS_H
#define SAMLING_UI_SCREENS_H

#include "samling/import.h"
#include "samling/listing.h"
#include "samling/record.h"

#include "ui/action.h"

struct ui;
struct screen;

/* desk.c: the three panes and today. */
struct screen *desk_new(struct ui *ui);
void desk_go(struct screen *desk, enum action_id pane);

/* record.c: one record with all that belongs to it. */
void record_open(struct ui *ui, enum type_id type, int64_t id);
/* roster.c */
void roster_open(struct ui *ui, enum type_id scope, int64_t id);

/* form.c: a record to fill in. `r` (owned by the form) is new or loaded; fields that are set in a
 * new one stay as they are proposed. `saved` (may be NULL) is called with the id, after the form
 * has closed; `drop` (may be NULL) frees arg, saved or not. */
void form_open(struct ui *ui, struct record *r, void (*saved)(void *arg, int64_t id), void *arg,
               void (*drop)(void *arg));
/* The same of a new record, gone on with where this user's draft of one ends. */
void form_resume(struct ui *ui, enum type_id type);
/* The same of the record with this id. */
void form_edit(struct ui *ui, enum type_id type, int64_t id);
/* conflict.c: two versions of a record beside each other, field by field: mine, theirs or both.
 * Only fields that both changed are asked about; of the others the changed value holds. */
struct conflict_words {
    const char *title;         /* "Changed by somebody else too" */
    const char *mine, *theirs; /* what the two are called */
    bool saved; /* theirs was saved by somebody: says who and when, and what was before */
    void (*drop)(void *arg); /* frees arg when nothing was settled; may be NULL */
};
/* Takes `mine` and `theirs`; `base` is what both began with. `words` NULL: those of two who saved.
 * `done` is called with the record to save, at the version of theirs; it owns it. */
void conflict_open(struct ui *ui, const struct conflict_words *words, struct record *mine,
                   const struct record *base, struct record *theirs,
                   void (*done)(void *arg, struct record *), void *arg);

/* dialog.c */
/* "Remove Kari Nordmann?": `done` when it is confirmed by `key`. */
void ask_open(struct ui *ui, const char *question, char key, const char *key_words,
              void (*done)(void *arg), void *arg, void (*drop)(void *arg));
/* A line to type; `done` gets it. Completes file names when `files`. `drop` frees arg, may be NULL.
 */
void prompt_open(struct ui *ui, const char *title, const char *text, bool files,
                 void (*done)(void *arg, const char *), void *arg, void (*drop)(void *arg));
/* The same, where an empty line is an answer too. */
void prompt_value_open(struct ui *ui, const char *title, const char *text,
                       void (*done)(void *arg, const char *), void *arg, void (*drop)(void *arg));
/* Choices, each with its own label; `done` gets the index. Labels are copied. */
void choose_open(struct ui *ui, const char *title, const char *const *labels, size_t n,
                 size_t selected, void (*done)(void *arg, size_t index), void *arg,
                 void (*drop)(void *arg));
/* check.c: several of several; `done` gets which are taken, at least one. Labels are copied. */
void check_open(struct ui *ui, const char *title, const char *const *labels, const bool *taken,
                size_t n, void (*done)(void *arg, const bool *taken), void *arg,
                void (*drop)(void *arg));
/* Text to read, with its own title; takes the text. */
void reading_open(struct ui *ui, const char *title, char *text);

/* menu.c, palette.c, help.c, tour.c */
void menu_open(struct ui *ui);
/* This one, pulled down. */
void menu_open_at(struct ui *ui, enum menu which);
/* What can be done with the row in hand, beside it: at (y, x). */
void context_menu_open(struct ui *ui, int y, int x);
void palette_open(struct ui *ui);
void help_open(struct ui *ui);
void tour_open(struct ui *ui);
/* At the first log-in of this user; remembers that it was shown. */
void tour_once(struct ui *ui);

/* picker.c: a small calendar; `done` gets the day in stored form. `day` "": today. */
void picker_open(struct ui *ui, const char *title, const char *day,
                 void (*done)(void *arg, const char *day), void *arg, void (*drop)(void *arg));

/* unite.c: two people or organisations that are one: what becomes of the fields, then merge.h. */
void unite_open(struct ui *ui, enum type_id type, int64_t one, int64_t other);
/* Asks which other one is meant first. */
void unite_ask(struct ui *ui, enum type_id type, int64_t one);

/* batches.c: the imports. changes.c: one's own changes, to be taken back. */
void batches_open(struct ui *ui);
void changes_open(struct ui *ui);

/* files.c: import and print, each asking what it needs. */
void import_start(struct ui *ui, enum type_id scope, int64_t id);
/* The same of `len` bytes of `text`, which it takes. */
void import_pasted(struct ui *ui, enum type_id scope, int64_t id, char *text, size_t len);
void print_start(struct ui *ui, int64_t gathering);
/* export.c */
void export_start(struct ui *ui, const struct listing_query *q);
/* The list to the terminal's clipboard. */
void copy_start(struct ui *ui, const struct listing_query *q);
/* A text to the terminal's clipboard; refused with words when it is too long for one. */
enum status copy_text(const char *text, size_t len, struct error *err);
/* As copy_start, without a heading. */
void copy_rows(struct ui *ui, const struct listing_query *q);

/* rehearsal.c: of the file `path`, or (NULL) of `len` bytes of `data`, which it takes. Nothing is
 * opened when the file cannot be read or understood. */
enum status rehearsal_open(struct ui *ui, const struct import_options *options, const char *path,
                           char *data, size_t len, const char *target, struct error *err);

/* paste.c: cells that were copied in a spreadsheet. */
void paste_open(struct ui *ui, enum type_id scope, int64_t id);

/* common.c: what several screens do with a record. */
void record_ask_remove(struct ui *ui, enum type_id type, int64_t id);
void history_open(struct ui *ui, enum type_id type, int64_t id);
/* Takes back this adviser's last change (or does again what that took back); asks before it is a
 * whole import. */
void undo_last(struct ui *ui, bool redo);
/* Asks, and takes back this change set. */
void undo_ask(struct ui *ui, int64_t set);

#endif
