/* What is written of a list that shows records as no other program reads them (listing.h's
 * `written_as`): the same records, as the listings that other programs, and import, know. */
#ifndef SAMLING_UI_WRITTEN_H
#define SAMLING_UI_WRITTEN_H

#include "samling/listing.h"

#include "ui/marks.h"

struct session;

/* The listings that hold the list's records, the main one first. */
struct written {
    const struct listing *as[LISTING_WRITTEN_MAX];
    size_t n; /* at least one */
};

/* Looks through the rows for those that any record belongs to; a list that is written as it is is
 * its own. */
enum status written_find(struct session *s, const struct listing_query *list, struct written *out,
                         struct error *err);

/* How the rows of one of them are read. */
struct written_rows {
    struct session *s;
    const struct listing_query *list;
    struct listing_query one; /* … the record in hand */
    struct marks seen;        /* it can stand in the list twice */
    bool (*fn)(void *, const struct listing_row *);
    void *arg;
    bool go_on;
    enum status status;
    struct error *err;
};

/* The list's records that are in `as`, in the list's order and with all that `as` says of them,
 * each once. `list` and `rows` must outlive the query. */
struct listing_query written_query(struct session *s, const struct listing_query *list,
                                   const struct listing *as, struct written_rows *rows);

#endif
