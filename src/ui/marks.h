/* Which rows of a list are selected: some of them, or all but some. No listing is needed to keep
 * it, so that all of a million rows cost nothing. */
#ifndef SAMLING_UI_MARKS_H
#define SAMLING_UI_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "samling/record.h"

struct mark {
    enum type_id type;
    int64_t id;
};

/* Zero-initialised: none. */
struct marks {
    bool all;          /* all but those named */
    size_t n;          /* how many are named */
    struct mark *slot; /* those named, hashed; type T_NONE: a free slot */
    size_t cap;
    struct mark last; /* selected last: where a range begins; type T_NONE: none */
};

void marks_clear(struct marks *m); /* none again; frees */
void marks_all(struct marks *m);
void marks_others(struct marks *m); /* what was is not, what was not is */
bool marks_has(const struct marks *m, enum type_id type, int64_t id);
/* Is it one of the n: selected, or (`all`) excepted? */
bool marks_names(const struct marks *m, enum type_id type, int64_t id);
void marks_set(struct marks *m, enum type_id type, int64_t id, bool on);
/* Is anything selected, as far as is known without counting? */
bool marks_any(const struct marks *m);

#endif
