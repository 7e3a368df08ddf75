/* Other names: what people and organisations go by besides their own name. The field `alias` holds
 * them, separated by `;`; the table also_name, kept by these functions alone, finds them. */
#ifndef SAMLING_CORE_ALSO_H
#define SAMLING_CORE_ALSO_H

#include "samling/record.h"

/* SQL on a match name: the expression of the index person_match, word for word as in the schema
 * but for the column. */
#define MATCH_ORDER(m)                                                                             \
    "CASE WHEN instr(substr(" m ", instr(" m ", ' ') + 1), ' ') = 0 THEN " m " ELSE substr(" m     \
    ", 1, instr(" m ", ' '))"                                                                      \
    " || substr(" m ", length(rtrim(" m ", replace(" m ", ' ', ''))) + 1)"                         \
    " || rtrim(substr(rtrim(" m ", replace(" m ", ' ', '')), instr(" m ", ' '))) END"

/* After `r` was written; `was` as it was before, NULL for a new one. */
enum status also_write(struct session *s, const struct record *was, const struct record *r,
                       struct error *err);
/* Before a record goes. */
enum status also_forget(struct session *s, const struct record_type *t, int64_t id,
                        struct error *err);
/* Reports each record whose other names are not found, or found wrongly; *n grows by their number.
 */
enum status also_verify(struct session *s, void (*report)(void *, const char *), void *arg, int *n,
                        struct error *err);

#endif
