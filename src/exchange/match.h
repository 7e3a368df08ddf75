/* Who is it, and where: a row's person and organisation among those that are there. What is
 * doubtful is said to be unclear; nothing is guessed. */
#ifndef SAMLING_EXCHANGE_MATCH_H
#define SAMLING_EXCHANGE_MATCH_H

#include "entry.h"
#include "world.h"

enum is { IS_NONE, IS_NEW, IS_KNOWN, IS_UNCLEAR };

struct matcher {
    struct world *w;
    int64_t cohort; /* of a roster, else 0 */
    bool tell;      /* reasons are wanted */
    struct known_place {
        char *name, *municipality; /* as in the file */
        int64_t id;
        char *called;  /* its own name */
        char *lies_in; /* its municipality, or NULL */
        long made;     /* as below, when this was remembered */
    } place[16384];
    long made;         /* organisations with a municipality: a bare name may mean another one now */
    const char *orgno; /* of the row in hand: those with another number are others */
    struct buf match, core, called, lies_in; /* of the place in hand */
    struct buf name;
};

/* An organisation that a row names. */
struct place {
    enum is is; /* IS_NONE: the row names none */
    int64_t id;
    const char
        *name; /* as it is called there, else as in the row; valid until the next place_find */
    const char *municipality;
    struct found candidates; /* when unclear */
};

/* `name` as written (NULL: none). */
enum status place_find(struct matcher *m, const char *name, const char *municipality,
                       struct place *out, struct error *err);
/* By number, else by name; nothing is remembered of it. */
enum status organisation_find(struct matcher *m, const char *orgno, const char *name,
                              const char *municipality, struct place *out, struct error *err);
/* "Blåklokka barnehage, Asker; Blåklokka barnehage, Bærum" */
void place_list(struct matcher *m, const struct found *f, struct buf *out);

struct who {
    enum is is;
    struct record *person;   /* when known; free it */
    struct found candidates; /* when unclear */
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
void matcher_free(struct matcher *m);

/* All positions of a person, the oldest first. */
enum status positions_load(struct matcher *m, int64_t person, struct record ***out, size_t *n,
                           struct error *err);
void positions_free(struct record **r, size_t n);

#endif
