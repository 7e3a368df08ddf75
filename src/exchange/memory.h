/* What somebody chose for a set of headings, kept for everyone's next file that has the same.
 *
 * A setting "mapping:TYPE:HASH" of lines "heading=field", or "heading=-" for a column that was left
 * out; headings are folded, so that case and order of the columns do not matter. What is stored is
 * not trusted: unknown headings and fields count for nothing. */
#ifndef SAMLING_EXCHANGE_MEMORY_H
#define SAMLING_EXCHANGE_MEMORY_H

#include "mapping.h"

/* Maps as it was chosen before, and sets `remembered` if there is anything. */
enum status memory_recall(struct session *s, const struct targets *t, struct mapping *m,
                          struct error *err);
/* Stores the columns about which somebody said something; forgets when there is none. */
enum status memory_keep(struct session *s, const struct targets *t, const struct mapping *m,
                        struct error *err);

#endif
