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
/* The same of the record with this id. */
void form_edit(struct ui *ui, enum type_id type, int64_t id);
/* conflict.c: mine and theirs, field by field. Takes `mine`; `base` is what both began with. `done`
 * is called with the record to save, at the new version; it owns it. */
void conflict_open(struct ui *ui, struct record *mine, const struct record *base,
                   struct record *theirs, void (*done)(void *arg, struct record *), void *arg);

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
                       void (*done)(void *arg, const char *), void *arg);
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

/* menu.c, palette.c, help.c */
void menu_open(struct ui *ui);
void palette_open(struct ui *ui);
void help_open(struct ui *ui);

/* files.c: import and print, each asking what it needs. */
void import_start(struct ui *ui, enum type_id scope, int64_t id);
/* The same of `len` bytes of `text`, which it takes. */
void import_pasted(struct ui *ui, enum type_id scope, int64_t id, char *text, size_t len);
void print_start(struct ui *ui, int64_t gathering);
/* export.c */
void export_start(struct ui *ui, const struct listing_query *q);
/* The list to the terminal's clipboard. */
void copy_start(struct ui *ui, const struct listing_query *q);

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

#endif
