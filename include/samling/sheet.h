/* The sign-in sheet of a gathering, as data: what print draws, and what `attendance` reads the row
 * numbers of. A sheet that was printed is remembered with its code and its rows, so that marks
 * typed later mean the people on the paper, whatever happened to the roster since. */
#ifndef SAMLING_SHEET_H
#define SAMLING_SHEET_H

#include <stddef.h>
#include <stdint.h>

#include "samling/session.h"

struct sheet_row {
    int64_t enrolment;
    int number; /* 1… */
    char *name; /* "Åse Ødegård" */
    char *organisation;
    char *role; /* translated; the strings are never NULL */
};

struct sheet {
    int64_t gathering;
    char *reference; /* "BIM/1/3" */
    char *title;     /* "Samling 3" */
    char *offering;  /* "Barnehagens innsatsteam mot mobbing" */
    char *cohort;    /* "Pulje 1" */
    int number;      /* of the gathering in its cohort */
    char *place;
    char *starts, *ends; /* stored moments; "" when not set */
    char *organiser;
    char code[8];    /* "K7Q2-5"; "" until sheet_register */
    struct sheet_row *row;
    size_t nrows;
};

/* Free with sheet_free. */
enum status sheet_load(struct session *s, int64_t gathering, struct sheet *out, struct error *err);
/* Gives it its code: the one it had if the same rows were printed before, else a new one, which is
 * stored (a write of its own). */
enum status sheet_register(struct session *s, struct sheet *sheet, struct error *err);
void sheet_free(struct sheet *sheet);

#endif
