/* The municipalities of Norway since 2016: what municipality.c knows, as tables. When they change
 * again, a row of today becomes a former one, and the counts in municipality_test.c change.
 *
 * Source: Statistics Norway (SSB), Klass 131 «Kommuneinndeling» with its list of changes, as of
 * 1 January 2026 (357, unchanged since 2024 but for the names of Oslo, Steinkjer and Lyngen); the
 * division of 2016 (428) to 2019 (422) and of 2020 to 2023 (356). Checked number by number against
 * @highcharts/map-collection 2.3.3 (npm; maps of Kartverket and OpenStreetMap for 2019, 2023 and
 * today), and what became of those of 2016 against the crosswalk in the R package regtools. Sámi
 * and Kven names: SSB's «Flerspråklige fylkes- og kommunenavn» and Klass 131; a genitive is what
 * stands before suohkan, gielda, tjïelte and komuuni.
 *
 * Where a border was only moved, what became of the municipality is where most of it went:
 * Forsand is in Sandnes, Verran in Steinkjer, though Strand and Indre Fosen got a part. */
#ifndef SAMLING_BASE_MUNICIPALITY_DATA_H
#define SAMLING_BASE_MUNICIPALITY_DATA_H

#include <stddef.h>

struct municipality_row {
    char number[5];
    const char *name;     /* the Norwegian one */
    const char *official; /* all languages, " – " between; NULL when it is the name */
    const char *also;     /* other forms, ";" between; or NULL */
};

struct municipality_former {
    char number[5];
    const char *name;  /* and other names, ";" between */
    char became[3][5]; /* the numbers of today; "" when fewer than three */
};

/* By the first two digits of a number, now or formerly. */
struct municipality_county {
    char digits[3];
    const char *name;
};

/* All in order of number. */
extern const struct municipality_row municipality_rows[];
extern const size_t municipality_row_count;
extern const struct municipality_former municipality_formers[];
extern const size_t municipality_former_count;
extern const struct municipality_county municipality_counties[];
extern const size_t municipality_county_count;

#endif
