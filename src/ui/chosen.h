/* The rows that are meant by what is done with many: the selected ones, else the one in hand. They
 * are kept, because questions stand between the choice and the deed. */
#ifndef SAMLING_UI_CHOSEN_H
#define SAMLING_UI_CHOSEN_H

#include "ui/list.h"

/* What is done in one transaction must not keep the others waiting for long. */
enum { CHOSEN_MAX = 5000 };

struct chosen {
    struct ui *ui;
    struct list *list;
    struct chosen_row {
        enum type_id type;
        int64_t id;
        int64_t version; /* as asked about; 0: not asked yet */
    } * row;
    size_t n, cap;
};

/* In the list's order. ST_REFUSED, with words, when there are none, or more than CHOSEN_MAX; *out
 * is then empty. */
enum status chosen_take(struct ui *ui, struct list *l, struct chosen *out, struct error *err);
/* The type of all of them; T_NONE when they differ. */
enum type_id chosen_type(const struct chosen *c);
/* Notes the records' versions, so that a change made meanwhile is noticed. One that is gone keeps
 * 0. */
void chosen_note_versions(struct chosen *c);
void chosen_free(struct chosen *c);

#endif
