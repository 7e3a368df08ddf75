/* What the files of the calendar share: calendar.c (state, keys), calendar_move.c (gatherings that
 * are moved), calendar_words.c, and a file for each way it is drawn. */
#ifndef SAMLING_UI_CALENDAR_VIEW_H
#define SAMLING_UI_CALENDAR_VIEW_H

#include "samling/calendar.h"

#include "ui/calendar.h"
#include "ui/ui_internal.h"

/* A rectangle of the screen that means a day, or one of the entries on it. */
struct spot {
    int y, x, height, width;
    long day;
    size_t entry; /* NO_ENTRY: the day as such */
};
#define NO_ENTRY ((size_t)-1)

/* A gathering that was picked up. */
struct carry {
    struct record *record; /* as it was then; NULL: nothing is picked up */
    bool copy;
    char *ref;
    long first, last; /* the days that it has */
};

struct calendar {
    struct ui *ui;
    const struct listing_query *agenda;
    enum calendar_view view;
    long day; /* in hand, as date_number counts */
    enum type_id chosen_type;
    int64_t chosen_id; /* on that day; 0: the first one */
    enum entry_kind chosen_kind;
    bool in_list; /* up and down choose among the entries of the day */
    struct calendar_entries entries;
    long from, to; /* the days that were read */
    size_t top;    /* of days as lines: the first row seen, */
    long top_from; /* in the period that begins here */
    bool loaded, clashes_known;
    struct carry carry;
    bool has_list; /* there was room for the day's entries, one a line */
    struct spot *spot;
    size_t nspots, spot_cap;
};

/* ---- calendar.c ------------------------------------------------------------------------------ */
/* The days of the month, week or year (1 January to 31 December) in hand. */
void calendar_period(const struct calendar *c, long *from, long *to);
/* The days that are read: those, and the days of other months in its weeks. */
void calendar_span(const struct calendar *c, long *from, long *to);
/* Reads what is to be shown, if that is due. */
void calendar_ensure(struct calendar *c);
/* The next entry that touches the day, after `at` (NO_ENTRY: from the start); NO_ENTRY: none. */
size_t calendar_next_on(const struct calendar *c, long day, size_t at);
size_t calendar_count_on(const struct calendar *c, long day);
/* The chosen entry on the day in hand; NO_ENTRY: there is nothing. */
size_t calendar_chosen(const struct calendar *c);
void calendar_choose(struct calendar *c, size_t entry);
void calendar_go(struct calendar *c, long day);
void calendar_spot(struct calendar *c, int y, int x, int height, int width, long day, size_t entry);
/* Is something picked up that would be there on this day? */
bool calendar_carries_to(const struct calendar *c, long day);

/* ---- calendar_move.c ------------------------------------------------------------------------- */
void calendar_pick_up(struct calendar *c, bool copy);
void calendar_put_down(struct calendar *c);
void calendar_lay_down(struct calendar *c); /* nothing is picked up then */
/* Says what is picked up, and what to do. */
void calendar_say_carry(struct calendar *c);

/* ---- calendar_words.c ------------------------------------------------------------------------ */
/* "09–15", "09:30–15", "12–" on the first of several days, "–12" on the last; nothing for whole
 * days. */
void entry_times(const struct calendar_entry *e, long day, struct buf *out);
/* The times and, of several days, which of them: "12– 1/2"; "due" of a deadline. */
void entry_when(const struct calendar_entry *e, long day, struct buf *out);
/* What fits in `room` columns of a cell: sign, time, reference, title. "!!" is a clash, "!" a
 * deadline where the word has no room, what stands in parentheses is cancelled. */
void entry_label(const struct calendar_entry *e, long day, int room, struct buf *out);
/* "Samling 3 · Kulturhuset · 48 expected". */
void entry_about(struct calendar *c, struct calendar_entry *e, struct buf *out);
enum look entry_look(const struct calendar_entry *e);
/* "Tue  8", "ti.  8."; "Tue 8 February"; "Tuesday 8 February 2022"; "February 2022". */
void day_words(long day, struct buf *out);
void day_month(long day, struct buf *out);
void day_long(long day, struct buf *out);
void month_words(struct day d, bool year, struct buf *out);
char day_sign(long day); /* '*' holiday, '\'' eve, ' ' */
bool day_is_today(const struct calendar *c, long day);

/* ---- drawing --------------------------------------------------------------------------------- */
struct place {
    int y, x, height, width;
    bool focus;
};
void calendar_draw_month(struct calendar *c, struct place p);
void calendar_draw_week(struct calendar *c, struct place p);
void calendar_draw_year(struct calendar *c, struct place p);
/* The days as lines: the week where it is narrow, and all of it for screen readers. */
void calendar_draw_rows(struct calendar *c, struct place p);
/* Is it drawn as rows, which up and down go through? */
bool calendar_is_rows(const struct calendar *c);
bool calendar_has_row(const struct calendar *c, long day); /* among them */
/* The day's entries, one a line; `p` has room for them. */
void calendar_draw_list(struct calendar *c, struct place p);

#endif
