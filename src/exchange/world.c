#include "config.h"

#include "world.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "shelf.h"

/* Pages that an import writes to are written to again: what it adds to one index lies all over. */
enum { ROOM = 8 << 20 };

enum { PLACES = sizeof((struct world *)0)->place / sizeof(struct record *) };

enum status world_open(struct world *w, struct session *s, bool write, struct error *err)
{
    enum status st = ST_OK;
    *w = (struct world){.s = s, .write = write};
    static const enum type_id types[] = {T_PERSON, T_ORGANISATION, T_POSITION, T_ENROLMENT};
    for (size_t i = 0; st == ST_OK && i < sizeof types / sizeof *types; i++)
        st = lookup_last(s, type_by_id(types[i]), &w->last[types[i]], err);
    w->ledger = ledger_new(w->last);
    w->shelf = shelf_new();
    if (write) {
        if (!s->bulk)
            db_room(s->db, ROOM);
        db_commit_is_large(s->db);
    }
    return st;
}

enum status world_status(const struct world *w, struct error *err)
{
    return ledger_status(w->ledger, err);
}

void world_close(struct world *w)
{
    if (w->write && w->s)
        db_room(w->s->db, 0);
    for (size_t i = 0; i < PLACES; i++)
        record_free(w->place[i]);
    ledger_free(w->ledger);
    shelf_free(w->shelf);
    buf_free(&w->scratch);
    *w = (struct world){0};
}

/* ---- records put aside ----------------------------------------------------------------------- */

/* Each value with a byte before it that tells an empty field from a text. */
static enum status put_aside(struct world *w, uint32_t entry, const struct record *r,
                             struct error *err)
{
    long long place;
    buf_clear(&w->scratch);
    buf_addn(&w->scratch, (const char *)&r->version, sizeof r->version);
    for (size_t i = 0; i < r->type->nfields; i++) {
        buf_addc(&w->scratch, r->value[i] ? 't' : '-');
        if (r->value[i])
            buf_addn(&w->scratch, r->value[i], strlen(r->value[i]) + 1);
    }
    enum status st = shelf_put(w->shelf, &w->scratch, &place, err);
    if (st == ST_OK)
        ledger_place(w->ledger, entry, place);
    return st;
}

static enum status take_up(struct world *w, const struct record_type *t, int64_t id,
                           long long place, struct record **out, struct error *err)
{
    enum status st = shelf_get(w->shelf, place, &w->scratch, err);
    if (st != ST_OK)
        return st;
    struct record *r = record_new(t);
    const char *p = w->scratch.s;
    memcpy(&r->version, p, sizeof r->version);
    p += sizeof r->version;
    r->id = id;
    for (size_t i = 0; i < t->nfields; i++) {
        if (*p++ == 't') {
            r->value[i] = mem_strdup(p);
            p += strlen(p) + 1;
        }
    }
    *out = r;
    return ST_OK;
}

/* Rows of one list name the same organisations again and again, and those of one name are looked at
 * together. Nobody else changes them: a transaction is open, be it only for reading. */
static enum status load_place(struct world *w, int64_t id, struct record **out, struct error *err)
{
    struct record **kept = &w->place[(size_t)id % PLACES];
    enum status st = ST_OK;
    if (!*kept || (*kept)->id != id) {
        record_free(*kept);
        st = record_load(w->s, type_by_id(T_ORGANISATION), id, kept, err);
    }
    if (st == ST_OK)
        *out = record_copy(*kept);
    return st;
}

static void forget_place(struct world *w, const struct record *r)
{
    struct record **kept = &w->place[(size_t)r->id % PLACES];
    if (r->type->id != T_ORGANISATION || !*kept || (*kept)->id != r->id)
        return;
    record_free(*kept);
    *kept = NULL;
}

enum status world_load(struct world *w, const struct record_type *t, int64_t id,
                       struct record **out, struct error *err)
{
    int64_t entry = w->write ? -1 : ledger_entry(w->ledger, t->id, id);
    long long place = entry < 0 ? -1 : ledger_placed(w->ledger, (uint32_t)entry);
    enum status st = world_status(w, err);
    *out = NULL;
    if (st != ST_OK)
        return st;
    if (place >= 0)
        return take_up(w, t, id, place, out, err);
    return t->id == T_ORGANISATION ? load_place(w, id, out, err)
                                   : record_load(w->s, t, id, out, err);
}

/* ---- writing, and as if ---------------------------------------------------------------------- */

static void put_fallbacks(struct record *r)
{
    for (size_t i = 0; i < r->type->nfields; i++)
        if (!r->value[i] && r->type->fields[i].fallback)
            record_put(r, (int)i, r->type->fields[i].fallback);
}

enum status world_insert(struct world *w, struct record *r, struct error *err)
{
    enum status st = world_status(w, err);
    if (st != ST_OK)
        return st;
    w->written++;
    if (w->write) {
        st = record_insert(w->s, r, err);
        /* Positions and enrolments are found by the database itself. */
        if (st == ST_OK && (r->type->id == T_PERSON || r->type->id == T_ORGANISATION))
            ledger_enter(w->ledger, r->type->id, r->id, w->line);
        return st;
    }
    put_fallbacks(r);
    r->id = ledger_next(w->ledger);
    r->version = 1;
    uint32_t entry = ledger_enter(w->ledger, r->type->id, r->id, w->line);
    st = put_aside(w, entry, r, err);
    if (r->type->id == T_POSITION)
        ledger_add(w->ledger, ledger_key(BY_POSITION_OF, NULL, NULL, record_get_id(r, "person")),
                   entry);
    if (r->type->id == T_ENROLMENT)
        ledger_add(w->ledger, ledger_key(BY_ENROLMENT_OF, NULL, NULL, record_get_id(r, "person")),
                   entry);
    return st;
}

enum status world_update(struct world *w, struct record *r, struct error *err)
{
    enum status st = world_status(w, err);
    if (st != ST_OK)
        return st;
    if (w->write) {
        st = record_update(w->s, r, err);
        w->written += st == ST_OK;
        forget_place(w, r);
        return st;
    }
    st = r->id > 0 ? record_check(w->s, r, NULL, err) : ST_OK;
    if (st == ST_OK)
        st = put_aside(w, world_touch(w, r->type->id, r->id), r, err);
    w->written += st == ST_OK;
    return st;
}

/* ---- finding
 * ------------------------------------------------------------------------------------- */

uint32_t world_touch(struct world *w, enum type_id type, int64_t id)
{
    int64_t entry = ledger_entry(w->ledger, type, id);
    return entry >= 0 ? (uint32_t)entry : ledger_enter(w->ledger, type, id, w->line);
}

long world_line(const struct world *w, enum type_id type, int64_t id)
{
    int64_t entry = ledger_entry(w->ledger, type, id);
    long line = entry < 0 ? 0 : ledger_line(w->ledger, (uint32_t)entry);
    return line == w->line ? 0 : line;
}

void world_know(struct world *w, enum type_id type, int64_t id, uint32_t key)
{
    ledger_add(w->ledger, key, world_touch(w, type, id));
}

/* Those that a rehearsal would make come after those that are, first made first. */
static int in_order(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    if ((x < 0) != (y < 0))
        return x < 0 ? 1 : -1;
    return x < 0 ? (x < y) - (x > y) : (x > y) - (x < y);
}

void world_find(const struct world *w, uint32_t key, enum type_id type, struct found *out)
{
    ledger_find(w->ledger, key, type, out);
    qsort(out->id, out->n, sizeof *out->id, in_order);
}

enum status world_positions(struct world *w, int64_t person, struct found *out, struct error *err)
{
    enum status st = person > 0 ? lookup_positions(w->s, person, out, err) : ST_OK;
    if (!w->write)
        world_find(w, ledger_key(BY_POSITION_OF, NULL, NULL, person), T_POSITION, out);
    return st;
}

enum status world_enrolment(struct world *w, int64_t cohort, int64_t person, int64_t *id,
                            struct error *err)
{
    struct found f = {0};
    enum status st = ST_OK;
    *id = 0;
    if (person > 0)
        st = lookup_enrolment(w->s, cohort, person, id, err);
    if (st != ST_OK || *id || w->write)
        return st;
    world_find(w, ledger_key(BY_ENROLMENT_OF, NULL, NULL, person), T_ENROLMENT, &f);
    for (size_t i = 0; st == ST_OK && !*id && i < f.n; i++) {
        struct record *r;
        st = world_load(w, type_by_id(T_ENROLMENT), f.id[i], &r, err);
        if (st == ST_OK && record_get_id(r, "person") == person)
            *id = r->id;
        record_free(r);
    }
    return st;
}
