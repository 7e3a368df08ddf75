/* The database as it will be: the one door through which an import reads and writes records.
 *
 * Writing goes to the database. A rehearsal goes to a shelf instead, and what it reads comes from
 * there first: so both see the same after each row. In a rehearsal records that would be made have
 * ids below 0. */
#ifndef SAMLING_EXCHANGE_WORLD_H
#define SAMLING_EXCHANGE_WORLD_H

#include "ledger.h"

struct world {
    struct session *s;
    bool write;
    int64_t last[T_COUNT]; /* highest ids before the import */
    struct ledger *ledger;
    struct shelf *shelf;
    struct record *place[1024]; /* organisations of late, as they are in the database */
    long line;                  /* of the row in hand */
    long written;               /* records made or changed */
    struct buf scratch;
};

enum status world_open(struct world *w, struct session *s, bool write, struct error *err);
void world_close(struct world *w);

/* Did everything that was noted down stay known? Ask before believing what was not found; loading
 * and writing tell it too. */
enum status world_status(const struct world *w, struct error *err);
enum status world_load(struct world *w, const struct record_type *t, int64_t id,
                       struct record **out, struct error *err);
/* Sets r->id. */
enum status world_insert(struct world *w, struct record *r, struct error *err);
enum status world_update(struct world *w, struct record *r, struct error *err);

/* The row in hand speaks of this record. Returns its entry in the ledger. */
uint32_t world_touch(struct world *w, enum type_id type, int64_t id);
/* The line of an earlier row that spoke of it; 0 when there is none. */
long world_line(const struct world *w, enum type_id type, int64_t id);
/* Lets later rows find the record by a key. */
void world_know(struct world *w, enum type_id type, int64_t id, uint32_t key);

/* Adds what the ledger knows under `key`, and puts what is found in the order in which it was made.
 */
void world_find(const struct world *w, uint32_t key, enum type_id type, struct found *out);
enum status world_positions(struct world *w, int64_t person, struct found *out, struct error *err);
enum status world_enrolment(struct world *w, int64_t cohort, int64_t person, int64_t *id,
                            struct error *err);

#endif
