/* The people who could be meant, for one way of finding, and how alike their names are. */
#ifndef SAMLING_EXCHANGE_SEEK_H
#define SAMLING_EXCHANGE_SEEK_H

#include "match.h"

enum likeness {
    UNLIKE,
    LIKE_NEAR, /* but for middle names */
    LIKE_ALSO, /* another name of theirs */
    LIKE_SAME,
};

/* Of a person and a match name. */
enum likeness person_likeness(struct matcher *m, const struct record *person, const char *name);
/* Has the name a word in common with the person's, or with another name of theirs? `lost`: letters
 * of it are, so that its beginning is enough. */
bool person_akin(struct matcher *m, const struct record *person, const char *name, bool lost);

/* What a row is compared with. */
struct quest {
    enum ledger_by by;
    const char *text;           /* match name, or e-mail */
    const char *phone;          /* BY_NAME_PHONE */
    const struct found *places; /* BY_NAME_AT: at one of these */
    int64_t cohort;             /* BY_NAME_IN */
};

struct hits {
    enum likeness like; /* of all that were found: nobody is more like */
    struct found found;
    struct record *only; /* when it is one; the caller frees it */
};

/* BY_NAME finds nobody whose name is only near; BY_EMAIL all who have the address. */
enum status seek(struct matcher *m, const struct quest *q, struct hits *out, struct error *err);
/* Of these people those whose name is most like; none when all are unlike. */
enum status seek_among(struct matcher *m, const struct found *all, const char *name,
                       struct hits *out, struct error *err);

/* At which of the places the person has, or had, a position. *ended (or NULL): all of these are
 * over. */
enum status works_at(struct matcher *m, int64_t person, const struct found *places,
                     struct found *where, bool *ended, struct error *err);

#endif
