/* What this import has made or touched so far, found again by what identifies it.
 *
 * The same for a rehearsal, which makes nothing, and for the writing: that is why both come to the
 * same verdicts. Of bounded memory: what does not fit lies in temporary files. A key may find what
 * it was not given for: look at the record itself before believing it.
 *
 * When a temporary file fails the ledger forgets; ledger_status tells. */
#ifndef SAMLING_EXCHANGE_LEDGER_H
#define SAMLING_EXCHANGE_LEDGER_H

#include <stddef.h>
#include <stdint.h>

#include "samling/lookup.h"

enum ledger_by {
    BY_ID = 1,     /* for itself */
    BY_EMAIL,      /* text: e-mail */
    BY_NAME,       /* text: match name */
    BY_NAME_AT,    /* text: ends of the name (name_ends); number: organisation */
    BY_NAME_PHONE, /* text: ends of the name, phone */
    BY_NAME_IN,    /* text: ends of the name: people with a place in the cohort; number: it */
    BY_PLACE_NAME, /* text: match name of an organisation */
    BY_PLACE_CORE, /* text: its core */
    BY_ORGNO,
    BY_POSITION_OF,  /* number: person */
    BY_ENROLMENT_OF, /* number: person */
    BY_ALSO,         /* text: ends of another name of a person */
};

struct ledger;

/* `last`: the highest id of each type before the import. */
struct ledger *ledger_new(const int64_t last[T_COUNT]);
/* The same with another bound on its memory than the usual one, in bytes; for tests. */
struct ledger *ledger_new_within(const int64_t last[T_COUNT], size_t memory);
void ledger_free(struct ledger *l); /* NULL is allowed */
/* Did all that was put into it stay in it? */
enum status ledger_status(const struct ledger *l, struct error *err);

uint32_t ledger_key(enum ledger_by by, const char *text, const char *more, int64_t number);
/* Writes down a record; its number here is returned. `line`: where the file first spoke of it. What
 * a rehearsal would make has the id that ledger_next gives. */
int64_t ledger_next(const struct ledger *l);
uint32_t ledger_enter(struct ledger *l, enum type_id type, int64_t id, long line);
/* Lets `key` find it, for the first LOOKUP_MAX records of the key. */
void ledger_add(struct ledger *l, uint32_t key, uint32_t entry);
/* Adds to *out the ids of records of `type` that `key` may mean. */
void ledger_find(struct ledger *l, uint32_t key, enum type_id type, struct found *out);

/* The entry of a record; -1 when it was not entered. */
int64_t ledger_entry(struct ledger *l, enum type_id type, int64_t id);
long ledger_line(struct ledger *l, uint32_t entry);
/* A place in a shelf for the record as it would be; -1 when it is as in the database. */
void ledger_place(struct ledger *l, uint32_t entry, long long place);
long long ledger_placed(struct ledger *l, uint32_t entry);

#endif
