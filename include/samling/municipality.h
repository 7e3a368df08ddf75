/* The municipalities of Norway, and what people call them: by number or name, of today or of
 * before 2018, 2020 and 2024, in Norwegian, Sámi and Kven. Nothing is ever guessed.
 *
 * Source: Statistics Norway (SSB), Klass 131 «Kommuneinndeling» as of 1 January 2026, and the
 * divisions since 2016 (municipality_data.h says more). */
#ifndef SAMLING_MUNICIPALITY_H
#define SAMLING_MUNICIPALITY_H

#include <stdbool.h>
#include <stddef.h>

/* A municipality of today. All strings last as long as the program. */
struct municipality {
    const char *number;    /* "5612", always four digits */
    const char *name;      /* the official name: "Guovdageaidnu – Kautokeino" */
    const char *norwegian; /* "Kautokeino" */
    const char *county;    /* "Finnmark" */
    const char *label;     /* the Norwegian name, with the county where it alone would not do:
                              "Kautokeino", "Herøy (Nordland)"; finds this one and no other */
};

/* All of them, in order of number; *count gets how many. */
const struct municipality *municipality_all(size_t *count);

/* Those of today that `typed` means, in order of number. Writes at most `max` of them to `out` and
 * returns how many there are: 0 none or unknown (NULL too), 1 it is known, more it could be any.
 *
 *   0301  301  301,0           a number, of today or since 2016; with its zero lost, or as a
 *                              spreadsheet writes it
 *   0220  3025  0628           an old number: what it became, all of it when it was divided (1850:
 *                              Narvik and Hamarøy)
 *   Asker  ASKER KOMMUNE       a name, folded as names are matched, with or without «kommune»,
 *   Kárášjoga gielda           «kommuna», «herad», «suohkan» and their like
 *   Røyken  Skedsmo  Tysfjord  a name since 2016 of what is no more: as with numbers
 *   Herøy  Bø  Os  Nes         a name that several have or had: each of them
 *   Herøy (Nordland)           a name and a county, of today or then, in any order: in brackets,
 *   Våler i Østfold            after a comma or «i»
 *   0301 Oslo                  a number and a name that agree; a post code is no number
 *   Gáivuotna – Kåfjord        several names of the same */
size_t municipality_find(const char *typed, const struct municipality **out, size_t max);

/* Do both mean one and the same municipality of today, and no other? */
bool municipality_means_same(const char *a, const char *b);

#endif
