/* The parts of a form, shared by the files it is made of. */
#ifndef SAMLING_UI_FORM_PARTS_H
#define SAMLING_UI_FORM_PARTS_H

#include "samling/draft.h"
#include "samling/suggest.h"

#include "ui/float.h"
#include "ui/flow.h"
#include "ui/notes.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

/* Where the value of a field comes from; the first three have a sign in the margin. */
enum origin { FROM_HERE, FROM_DRAFT, FROM_OTHERS };

struct line {
    struct notes notes; /* of one line, but for a note */
    char *was;          /* the text of what the record has */
    int64_t chosen;     /* of a reference: which record is meant … */
    char *chosen_text;  /* … as long as this is the text; NULL: none */
    char *beside;       /* said behind the value: a weekday, where somebody works; NULL: nothing */
    enum origin origin;
    bool clash;    /* changed here and by somebody else */
    bool proposed; /* what the record began with in this field was derived (form_propose) */
    char error[700];
    int y, x, rows, width; /* of the value, as it was last drawn; rows 0: not */
};

struct form {
    struct screen screen;
    const struct record_type *type;
    struct record *record; /* what will be saved, as far as it was understood */
    struct record *base;   /* what the database had, as far as it is known here */
    struct record *theirs; /* what a conflict is being settled with; else NULL */
    int64_t seen;          /* the newest version that was looked at */
    struct line *line;     /* one a field */
    int focus;
    int top;    /* the first field shown */
    bool dirty; /* typed since the draft was kept */
    bool resumes; /* opened for its draft */
    bool over;  /* saved or thrown away: no draft is kept any more */
    struct {    /* of the reference in focus */
        struct suggestions found;
        int selected; /* -1: none; found.n: the offer to make a new one */
        int y, rows;  /* as it was last drawn */
        bool open;
        bool make; /* a new one is offered too */
        bool due;  /* something was typed since */
    } offer;
    struct float_typed letters; /* one after the other, in a choice */
    struct buf restored;        /* what came back from a draft, in words; or "" */
    struct buf news;            /* what somebody else did to the record, in words; or "" */
    struct buf others;          /* who else has it open */
    int64_t present_at;         /* when we last said so; 0: never */
    struct draft draft;         /* found, and asked about */
    struct flow words;          /* of an error or a notice, as it is drawn */
    void (*saved)(void *arg, int64_t id);
    void *arg;
    void (*drop)(void *arg);
};

static inline struct session *form_session(const struct form *f)
{
    return f->screen.ui->session;
}

static inline struct edit *line_edit(struct line *l)
{
    return &l->notes.edit;
}

/* ---- form.c ---- */
bool form_shows(const struct form *f, int field);
void form_focus(struct form *f, int field); /* leaves the one that had it */
void form_next(struct form *f, int step);   /* the next one in that direction, around */
void form_typed(struct form *f);            /* the text in focus is another */
void form_close(struct form *f);            /* no draft is kept */

/* ---- form_line.c: one field ---- */
const char *line_text(const struct line *l);
/* The text of the value that the record was opened with: nothing can be undone. */
void line_begin(struct form *f, int field);
/* The text of this stored value, and what is said beside it; a change like any other. */
void line_put(struct form *f, int field, const char *stored);
/* The text as it was typed. */
void line_type(struct form *f, int field, const char *text);
/* Nothing is said beside it any more. */
void line_alone(struct line *l);
/* Text that field_parse reads as the same again, whatever was chosen; adds to `out`. */
void line_unambiguous(struct form *f, int field, struct buf *out);
/* The stored value of what stands there; caller frees *out. */
enum status line_value(struct form *f, int field, char **out, struct error *err);
bool line_changed(const struct form *f, int field);
bool form_changed(const struct form *f);
/* Into the record; or the error is shown beside it, and false. */
bool line_check(struct form *f, int field);
/* The same as one leaves the field: what was understood takes the place of what was typed. */
void line_leave(struct form *f, int field);
void line_error(struct line *l, const struct error *err);
void line_free(struct line *l);
/* What can be typed here, for a field that is empty; "" where it is plain. */
const char *line_hint(const struct field *field);
/* A key of a field of choices, or of yes and nothing; false when it is none. */
bool line_pick_key(struct form *f, int key);

/* ---- form_offer.c: what can be chosen ---- */
void offer_close(struct form *f);
void offer_search(struct form *f, bool all); /* all: though nothing is typed */
int offer_count(const struct form *f);
void offer_row(const struct form *f, int i, struct buf *out);
void offer_take(struct form *f, int i);
enum handled offer_key(struct form *f, int key);
/* Can something be chosen in this field? */
bool form_has_choices(const struct form *f, int field);
void form_choose(struct form *f); /* in the field in focus */

/* ---- form_propose.c ---- */
/* Puts into the fields of a new record that nobody touched what can be derived of the others, as
 * saving would: they count as not touched then. */
void form_propose(struct form *f);

/* ---- form_save.c ---- */
void form_save(struct form *f);
void form_ask_leave(struct form *f);
void form_ask_discard(struct form *f);

/* ---- form_draft.c ---- */
void form_keep_draft(struct form *f);
void form_drop_draft(struct form *f);
void form_restore_draft(struct form *f);

/* ---- form_news.c: others at the same record ---- */
void form_enter(struct form *f);
void form_depart(struct form *f);
/* Says again that it is open, when that is due; true when others are other ones. */
bool form_stay(struct form *f);
bool form_ask_others(struct form *f);
/* Takes over what somebody else saved in fields that were not touched here, and says so; fields
 * that both touched clash, and the record keeps the version they began with. */
void form_take_news(struct form *f);

/* ---- form_draw.c ---- */
void form_draw(struct screen *s);

#endif
