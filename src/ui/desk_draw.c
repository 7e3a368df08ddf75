/* The desk's layout: three panes side by side where it is wide, two where it is less, else one at a
 * time with tabs. */
#include "config.h"

#include <stdlib.h>

#include "samling/text.h"

#include "ui/desk_parts.h"
#include "ui/frame.h"

static const char *const titles[PANES] = {N_("Offerings"), N_("Calendar"), N_("Contacts"),
                                          N_("Today")};

int desk_beside(const struct desk *d)
{
    if (d->focus == TODAY || term_is_plain() || term_width() < WIDTH_MIDDLE)
        return 1;
    return term_width() < WIDTH_WIDE ? 2 : 3;
}

/* Of two panes the second is the one in focus, beside the offerings, which narrow it. */
static int second_pane(const struct desk *d)
{
    return d->focus == CONTACTS ? CONTACTS : CALENDAR;
}

bool desk_seen(const struct desk *d, int pane)
{
    switch (desk_beside(d)) {
    case 1: return pane == d->focus;
    case 2: return pane == OFFERINGS || pane == second_pane(d);
    default: return pane != TODAY;
    }
}

static void pane_title(struct desk *d, int i, struct buf *out)
{
    buf_addf(out, "%d %s", i + 1, lang_tr(titles[i]));
    if (i == CONTACTS && d->organisations)
        buf_addf(out, ": %s", _("organisations"));
}

static void draw_search(struct desk *d, struct pane *p, int y, int x, int width, bool focus)
{
    struct buf b = {0};
    buf_addf(&b, "%s: ", _("Search"));
    int w = text_width(b.s);
    draw_text(y, x, w, LOOK_DIM, b.s);
    edit_draw(&p->search, y, x + w, width - w, focus && d->typing);
    buf_free(&b);
}

static void filters_text(const struct list *l, struct buf *out)
{
    if (l->nfilters == 1)
        list_filter_text(l, 0, out);
    else if (l->nfilters)
        buf_addf(out, _("%zu filters"), l->nfilters);
}

/* What is narrowed stands beside the title of what it narrows, and of what it was chosen. */
static void pane_state(struct desk *d, int i, struct buf *out)
{
    if (i != TODAY && d->chosen_type)
        buf_addf(out, i == OFFERINGS ? "[%s]  " : "%s  ", buf_str(&d->chosen_text));
    const struct list *l = &d->pane[i].list;
    if (i == CALENDAR && desk_in_grid(d)) {
        filters_text(l, out);
        buf_add(out, l->nfilters ? "  " : "");
        calendar_title(d->calendar, out);
    } else {
        list_state_text(l, out);
    }
}

/* From `x` to `end`, right of the title: what is searched, and what is shown. */
static void draw_state(struct desk *d, int i, int y, int x, int end, bool focus)
{
    enum { SEARCH_LEAST = 12 };
    struct pane *p = &d->pane[i];
    struct buf state = {0};
    bool search = p->searched || (focus && d->typing);
    int room = search ? end - x - SEARCH_LEAST - 2 : end - x;
    pane_state(d, i, &state);
    /* What hides rows is said before how many there are. */
    if (search && text_width(buf_str(&state)) > room) {
        buf_clear(&state);
        filters_text(&p->list, &state);
    }
    int w = text_width(buf_str(&state));
    if (w > room)
        w = room > 0 ? room : 0;
    draw_text(y, end - w, w, LOOK_DIM, buf_str(&state));
    /* Last: the cursor rests in it. */
    if (search)
        draw_search(d, p, y, x, end - w - (w ? 2 : 0) - x, focus);
    buf_free(&state);
}

static void draw_body(struct desk *d, int i, int y, int x, int height, int width, bool focus)
{
    if (i == CALENDAR && desk_in_grid(d))
        calendar_draw(d->calendar, y, x, height, width, focus);
    else
        list_draw(&d->pane[i].list, y, x, height, width, focus);
}

/* The title may take `head` columns of the pane's `width`. */
static void draw_pane(struct desk *d, int i, int y, int x, int height, int width, int head)
{
    bool focus = i == d->focus;
    struct buf title = {0};
    pane_title(d, i, &title);
    int w = text_width(title.s);
    draw_body(d, i, y + 1, x, height - 1, width, focus);
    draw_text(y, x + 1, w, focus ? LOOK_STRONG : LOOK_DIM, title.s);
    if (focus) /* not by boldness alone */
        draw_text(y, x, 1, LOOK_STRONG, ">");
    draw_state(d, i, y, x + w + 3, x + head - 1, focus);
    buf_free(&title);
}

/* Lists that have no pane here are to be found all the same. Returns the width of their tabs. */
static int draw_other_tabs(struct desk *d, int y)
{
    struct buf tabs = {0};
    for (int i = 0; i < PANES; i++) {
        if (desk_seen(d, i))
            continue;
        buf_addf(&tabs, "%s", tabs.len ? "  " : "");
        pane_title(d, i, &tabs);
    }
    int w = text_width(buf_str(&tabs)) + 2;
    draw_right(y, term_width() - w, w - 1, LOOK_DIM, buf_str(&tabs));
    buf_free(&tabs);
    return w;
}

static void draw_side_by_side(struct desk *d, int y, int height)
{
    int n = desk_beside(d), tab = draw_other_tabs(d, y), focus = 0;
    int shown[3] = {OFFERINGS, n == 2 ? second_pane(d) : CALENDAR, CONTACTS};
    int x[4] = {0};
    for (int k = 1; k < n; k++)
        x[k] = x[k - 1] + term_width() * d->share[n == 2 ? FIRST_OF_TWO : k - 1] / 100 + 1;
    x[n] = term_width() + 1;
    for (int k = 0; k <= n; k++) {
        /* The pane in focus is drawn last: the cursor rests in it. */
        int now = k < n ? k : focus, width = x[now + 1] - x[now] - 1;
        if (k < n && shown[k] == d->focus)
            focus = k;
        if (k < n && k > 0)
            draw_upright(y, x[k] - 1, height);
        if (k == n || shown[k] != d->focus)
            draw_pane(d, shown[now], y, x[now], height, width, now == n - 1 ? width - tab : width);
    }
}

static int tabs_width(bool names)
{
    int width = 1;
    for (int i = 0; i < PANES; i++)
        width += 4 + (names ? text_width(lang_tr(titles[i])) + 1 : 0);
    return width;
}

/* Where there is no room the others are their numbers: what is shown needs it. */
static void draw_tabs(struct desk *d)
{
    struct buf b = {0};
    pane_state(d, d->focus, &b);
    bool names = tabs_width(true) + text_width(buf_str(&b)) < term_width();
    int x = 1;
    for (int i = 0; i < PANES; i++) {
        buf_clear(&b);
        buf_addf(&b, "%d", i + 1);
        if (i == d->focus || names)
            buf_addf(&b, " %s", lang_tr(titles[i]));
        int w = text_width(b.s);
        draw_text(1, x, w, i == d->focus ? LOOK_STRONG : LOOK_DIM, b.s);
        if (i == d->focus)
            draw_text(1, x - 1, 1, LOOK_STRONG, ">");
        x += w + 3;
    }
    draw_state(d, d->focus, 1, x, term_width() - 1, true);
    buf_free(&b);
}

void desk_draw(struct screen *s)
{
    struct desk *d = (struct desk *)s;
    int height = term_height(), width = term_width();
    draw_rule(height - 5, 0, width);
    draw_text(height - 4, 1, width - 2, LOOK_PLAIN, buf_str(&d->strip[0]));
    draw_text(height - 3, 1, width - 2, LOOK_DIM, buf_str(&d->strip[1]));
    if (desk_beside(d) > 1) {
        draw_side_by_side(d, 1, height - 6);
    } else {
        draw_rule(2, 0, width);
        draw_body(d, d->focus, 3, 0, height - 8, width, true);
        draw_tabs(d);
    }
    /* The hints depend on the row in hand, and drawing is what reads the rows. */
    draw_frame(s->ui, screen_context_of(s), NULL);
    if (d->typing)
        frame_hints(_("Enter keeps what was found   Esc ends the search"));
    else if (d->focus == CALENDAR && calendar_carries(d->calendar))
        frame_hints(_("Arrows, < > and t go to a day   Enter puts it down   Esc gives up"));
}
