/* The calendar of a pane: month, week and year; the agenda is an ordinary list (list.h). */
#ifndef SAMLING_UI_CALENDAR_H
#define SAMLING_UI_CALENDAR_H

#include <stdbool.h>

#include "samling/buf.h"
#include "samling/listing.h"

#include "ui/action.h"

struct ui;
struct click;
struct calendar;

enum calendar_view { VIEW_MONTH, VIEW_WEEK, VIEW_AGENDA, VIEW_YEAR };

/* Shows what `agenda`, the pane's list of gatherings, would list (its scope, search and filters),
 * and the deadlines that belong there. The query must outlive it. Begins today, in VIEW_AGENDA. */
struct calendar *calendar_new(struct ui *ui, const struct listing_query *agenda);
void calendar_free(struct calendar *c);

enum calendar_view calendar_view(const struct calendar *c);
void calendar_show(struct calendar *c, enum calendar_view view);
/* Reads again at the next drawing: somebody wrote, or the query has changed. */
void calendar_refresh(struct calendar *c);
/* The day in hand, the entry chosen on it, the view: a line of text, and back. */
void calendar_describe(const struct calendar *c, struct buf *out);
void calendar_adopt(struct calendar *c, const char *text);

/* Moves, views, and the picking up and putting down of gatherings (MOVE, DUPLICATE, then OPEN);
 * false for what it does not do: the pane does that with calendar_row. OPEN on a day with several
 * goes into the day's list first, and in the year to the month. In VIEW_AGENDA only the views are
 * its own: the pane does GO_TODAY and GO_DATE in its list, and MOVE and DUPLICATE with
 * calendar_ask_move. */
bool calendar_act(struct calendar *c, enum action_id id);
/* Left and Right go by days in the grids, Esc (or Ctrl-G) lays down what was picked up and leaves
 * the day's list; false for others. */
bool calendar_key(struct calendar *c, int key);
bool calendar_click(struct calendar *c, const struct click *click, bool *open);
/* Is a gathering picked up, and not yet put down? */
bool calendar_carries(const struct calendar *c);
/* As `may` of a screen, for the actions of its own. */
bool calendar_may(struct calendar *c, enum action_id id, struct buf *why);
/* What is chosen on the day in hand; false when there is nothing. */
bool calendar_row(struct calendar *c, enum type_id *type, int64_t *id);
/* Goes to a gathering's (or a deadline's) day and chooses it there; false when it is not shown. */
bool calendar_find(struct calendar *c, enum type_id type, int64_t id);
/* The day in hand, as it is stored. */
struct day calendar_day(const struct calendar *c);

/* Asks for a day, and moves the gathering, or a copy of it, there. */
void calendar_ask_move(struct ui *ui, int64_t gathering, bool copy);

/* "February 2022", "Week 6, 7–13 February 2022", "2022"; nothing in VIEW_AGENDA. */
void calendar_title(const struct calendar *c, struct buf *out);
void calendar_draw(struct calendar *c, int y, int x, int height, int width, bool focus);
/* Two lines about the day in hand: its holiday, what is chosen, its clashes. */
void calendar_strip(struct calendar *c, struct buf *first, struct buf *second);
/* Looks for clashes when there is time; true when there is something new to draw. */
bool calendar_idle(struct calendar *c);

#endif
