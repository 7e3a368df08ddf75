/* An invented county: people, kindergartens and municipalities, each a function of its number
 * alone, so that the database, the lists to import and any check of them agree without asking each
 * other. Names are put together from parts; nobody is meant. */
#ifndef TESTS_BENCH_CROWD_H
#define TESTS_BENCH_CROWD_H

#include <stdint.h>

struct crowd {
    long people, municipalities, kindergartens;
};

/* About 167 people a kindergarten and 17 kindergartens a municipality, whatever the size. */
struct crowd crowd_of(long people);

struct municipality {
    char name[48];
    char domain[64]; /* of its addresses: "solvik.kommune.example" */
};

struct kindergarten {
    char name[80];
    long municipality;
    int municipal;  /* else private */
    char orgno[12]; /* "" for one in eleven: a number without a valid check digit */
    char email[96];
    char phone[12];
};

enum { POSITIONS_MAX = 2 };

struct post {
    long kindergarten;
    const char *role;  /* as stored */
    const char *words; /* as a list has it: "Pedagogisk leder" */
    char starts[12];
    char ends[12]; /* "" when it still lasts */
};

struct human {
    char given[40], family[48];
    char email[128]; /* "" for about one in seven */
    char phone[12];  /* "" for about one in five */
    struct post post[POSITIONS_MAX];
    int posts;
};

/* Numbers count from 0. */
void municipality_make(long number, struct municipality *out);
void kindergarten_make(const struct crowd *c, long number, struct kindergarten *out);
void human_make(const struct crowd *c, long number, struct human *out);

/* The same number for the same two, on every machine. */
uint64_t crowd_dice(uint64_t kind, uint64_t number);
/* Days since 1970-01-01 as "2026-11-21". */
void crowd_day(long days, char out[12]);

#endif
