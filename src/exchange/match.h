/* Who is it, and where: a row's person and organisation among those that are there. What is
 * doubtful is said to be unclear; nothing is guessed. What somebody decided about the row comes
 * before all that. */
#ifndef SAMLING_EXCHANGE_MATCH_H
#define SAMLING_EXCHANGE_MATCH_H

#include "entry.h"
#include "world.h"

enum is { IS_NONE, IS_NEW, IS_KNOWN, IS_UNCLEAR };

/* How an organisation was found. */
enum place_by {
    PLACE_BY_NAME, /* its name, or its number */
    PLACE_BY_ALIAS,
    PLACE_BY_CORE,   /* its name but for "barnehage", AS, its owner in front */
    PLACE_OF_PERSON, /* of several, the one where the person works */
    PLACE_CHOSEN,    /* somebody said so */
    PLACE_GONE,      /* the one that somebody chose is not there any more */
};

/* Places that were found, so that the next row that says the same needs no look at the database. A
 * place stands in one of PLACE_WAYS slots, the one used last first. */
enum { PLACE_SETS = 4096, PLACE_WAYS = 4 };

struct known_place {
    char *name, *municipality; /* as in the file */
    int64_t id;
    enum place_by by;
    char *called;  /* its own name */
    char *lies_in; /* its municipality, or NULL */
    long made;     /* as below, when this was remembered */
};

struct matcher {
    struct world *w;
    int64_t cohort; /* of a roster, else 0 */
    bool tell;      /* reasons are wanted */
    enum on_unclear on_unclear;
    const struct import_decision *decision; /* about the row in hand; NULL: none */
    bool remark; /* the row in hand has something that somebody should look at */
    struct known_place place[PLACE_SETS][PLACE_WAYS];
    long made;         /* organisations with a municipality: a bare name may mean another one now */
    bool also;         /* the ledger knows somebody by another name */
    const char *orgno; /* of the row in hand: those with another number are others */
    struct buf match, core, called, lies_in; /* of the place in hand */
    struct buf name, other;
};

/* An organisation that a row names. */
struct place {
    enum is is; /* IS_NONE: the row names none */
    enum place_by by;
    int64_t id;
    const char
        *name; /* as it is called there, else as in the row; valid until the next place_find */
    const char *municipality; /* likewise */
    const char *typed;        /* as in the row, where it was looked for by name */
    struct found candidates;  /* when unclear */
};

/* `name` as written (NULL: none). Obeys the decision. */
enum status place_find(struct matcher *m, const char *name, const char *municipality,
                       struct place *out, struct error *err);
/* The organisation that a row is about: by number, else by name; nothing is remembered of it. Obeys
 * the decision. */
enum status organisation_find(struct matcher *m, const char *orgno, const char *name,
                              const char *municipality, struct place *out, struct error *err);
/* Of several it is this one, where the person works. */
enum status place_settle(struct matcher *m, struct place *p, int64_t id, struct error *err);
/* What there is to say about how it was found: "taken for Solbakken barnehage". who_is does it for
 * the place of a person. */
void place_tell(struct matcher *m, const struct place *p, struct buf *reason);
/* The same of one that is unclear: "several organisations have this name: …". */
void place_tell_unclear(struct matcher *m, const struct place *p, struct buf *reason);
/* "Blåklokka barnehage, Asker; Blåklokka barnehage, Bærum" */
void place_list(struct matcher *m, const struct found *f, struct buf *out);

struct who {
    enum is is;
    struct record *person;       /* when known; free it */
    enum type_id candidate_type; /* when unclear: T_PERSON or T_ORGANISATION … */
    struct found candidates;     /* … of which these could be meant */
};

/* `where` is decided on the way when it was unclear, and the person works at one of them. `reason`
 * gets why. */
enum status who_is(struct matcher *m, const struct entry *e, struct place *where, struct who *out,
                   struct buf *reason, struct error *err);
/* "Kari Nordmann (Blåklokka barnehage); Kari Nordmann (Nattfiolen barnehage)" */
void who_list(struct matcher *m, const struct found *f, struct buf *out);

/* Of the person, as it is compared. */
void person_match_name(const struct record *person, struct buf *out);

/* Lets later rows find what this row made or changed. `name`: the person's match name. */
void match_know_person(struct matcher *m, const struct record *person, const char *name);
void match_know_position(struct matcher *m, int64_t person, const char *name, int64_t organisation);
void match_know_enrolment(struct matcher *m, int64_t person, const char *name);
void match_know_place(struct matcher *m, const struct record *organisation);

/* Adds one more part of a reason. */
void reason_add(const struct matcher *m, struct buf *reason, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same of what was kept instead of the file's, left out, doubted or replaced. */
void remark_add(struct matcher *m, struct buf *reason, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void matcher_free(struct matcher *m);

/* All positions of a person, the oldest first. */
enum status positions_load(struct matcher *m, int64_t person, struct record ***out, size_t *n,
                           struct error *err);
void positions_free(struct record **r, size_t n);

#endif
