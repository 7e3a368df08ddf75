/* What the files of the screen of a record share. */
#ifndef SAMLING_UI_RECORD_PARTS_H
#define SAMLING_UI_RECORD_PARTS_H

#include "ui/flow.h"
#include "ui/list.h"
#include "ui/ui_internal.h"

enum { PARTS_MAX = 6 };

struct view {
    struct screen screen;
    const struct record_type *type;
    int64_t id;
    struct record *record;               /* NULL: it was removed */
    struct buf title, reference, others; /* others: who has it open to change it */
    struct list part[PARTS_MAX];
    int nparts;
    bool whole;       /* the record itself is in hand, not a row of what belongs to it */
    int focus;        /* the part that is shown; nparts: the note */
    const char *note; /* one that does not fit beside its label; NULL: none */
    struct flow flow;
    int flow_width;
    size_t flow_top, flow_seen;
};

/* The lists that belong to it, and its note where that is long. */
int view_parts(const struct view *v);
/* The list that is shown; NULL: the note is, or there is nothing. */
struct list *view_list(struct view *v);

/* ---- record_act.c */
enum handled view_act(struct screen *s, enum action_id id);
void view_settle(struct screen *s, enum action_id id);
bool view_may(struct screen *s, enum action_id id, struct buf *why);

#endif
