/* A row of the file as values of the fields, tidied and checked. */
#ifndef SAMLING_EXCHANGE_ENTRY_H
#define SAMLING_EXCHANGE_ENTRY_H

#include "mapping.h"

struct entry {
    char *value[TARGETS_MAX];        /* stored form; NULL: not in the row, or empty */
    char *position_word, *role_word; /* as written, when it is no role we know */
    char *lost;        /* the name that lost a letter before the file came here: "Kj?rsti" */
    struct buf name;   /* to show: "Kari Nordmann"; also of a row that is rejected */
    struct buf match;  /* folded: given name, family name; or the organisation's name */
    struct buf remark; /* what is worth telling of a row that can be used; only if `tell` */
};

/* Remembers what the words of a choice mean: there are few, and they come again and again. */
struct entry_reader {
    struct session *s;
    const struct targets *targets;
    const struct mapping *mapping;
    bool tell;          /* remarks are wanted */
    bool keep_unmapped; /* what else a cell says goes into the note */
    struct known_word {
        char *typed;
        char *key;            /* NULL: it is none of the choices */
        char *rest;           /* what else was in the cell, "school, other"; NULL: nothing */
    } word[TARGETS_MAX][512]; /* a county has a few hundred of anything */
    /* Of the row in hand: fields whose cell could not be read, and what was said of it. */
    struct bad_cell {
        int target;
        char *words;
    } bad[TARGETS_MAX];
    size_t nbad;
    struct buf given, family, rest, note, scratch;
};

/* Fills *e (cleared first). False when the row cannot be used; `reason` then says why. */
bool entry_read(struct entry_reader *rd, const struct row *row, struct entry *e,
                struct buf *reason);
/* Somebody said that it is right as it is: no letter of it is lost. */
void entry_accept(struct entry *e);
void entry_free(struct entry *e);
void entry_reader_free(struct entry_reader *rd);

/* ---- shared by entry.c, entry_name.c and entry_town.c ---------------------------------------- */
/* Adds one more remark, when they are wanted. */
void entry_tell(const struct entry_reader *rd, struct entry *e, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* From the cells of a name to given and family name, and to what the row is called; of people, and
 * of the other kinds. */
void entry_name_person(struct entry_reader *rd, struct entry *e);
void entry_name_record(struct entry_reader *rd, struct entry *e);
/* "Kommune" and "Kommunenr" beside each other: the one that says more becomes the value, and *other
 * the other. False when they do not agree. */
bool entry_town_agree(struct entry *e, int target, char **other);
/* A number, or a name of before, becomes what the municipality is called now. */
void entry_town_tidy(struct entry_reader *rd, struct entry *e);

#endif
