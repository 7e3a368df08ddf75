/* History and undo. What one act wrote is one change set; taking it back is a change set too, so
 * that it can be taken back in turn (redo). What somebody edited since stays, and is reported. */
#ifndef SAMLING_HISTORY_H
#define SAMLING_HISTORY_H

#include "samling/record.h"

struct change {
    int64_t at; /* Unix seconds */
    const char *by;
    enum act act;
    const char *operation; /* "add", "set", "remove" */
    const struct record_type *type;
    int64_t id;
    const char *field; /* NULL for the record as a whole */
    const char *old, *new_value; /* stored forms */
};

/* Changes of one record, newest first; the strings are valid during the call. `fn` returns false to stop. */
enum status history_each(struct session *s, const struct record_type *t, int64_t id,
                         bool (*fn)(void *, const struct change *), void *arg, struct error *err);
/* "21.11.2026 09:05  anna  E-mail: a@b.no → c@d.no", in the language in force, cleaned. */
void change_text(struct session *s, const struct change *c, struct buf *out);

/* The change set that undo (or redo) would take next, for this user; 0 when there is none. */
enum status undo_next(struct session *s, bool redo, int64_t *set, struct error *err);
/* What kind of act it was; of an undo or a redo, what they are about. */
enum act undo_act(struct session *s, int64_t set);
/* What it did, in words: "change: Kari Nordmann (E-mail)", "import: list.csv". */
void undo_words(struct session *s, int64_t set, struct buf *out);

/* This user's last change sets that could be taken back, newest first, at most `limit`: `at` is in
 * Unix seconds, `words` those of undo_words, valid during the call. `fn` returns false to stop. */
enum status undo_each(struct session *s, size_t limit,
                      bool (*fn)(void *, int64_t set, int64_t at, const char *words), void *arg,
                      struct error *err);

struct undo_report {
    long done; /* records put back */
    long kept; /* records left as they are, because they were edited or used since */
    void (*kept_line)(void *, const char *words); /* NULL: not told */
    void *arg;
};

/* Each is one transaction. ST_REFUSED when nothing could be taken back, or it was already. */
enum status undo_set(struct session *s, int64_t set, bool redo, struct undo_report *report, struct error *err);
enum status undo_batch(struct session *s, int64_t batch, struct undo_report *report, struct error *err);

#endif
