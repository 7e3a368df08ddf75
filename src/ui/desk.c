/* The desk: offerings, calendar, contacts and today. Side by side where the terminal is wide, one
 * at a time with tabs where it is not. The offering that is chosen narrows the calendar and the
 * contacts. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/edit.h"
#include "ui/list.h"
#include "ui/screens.h"
#include "ui/strip.h"
#include "ui/ui_internal.h"

enum { OFFERINGS, CALENDAR, CONTACTS, TODAY, PANES };

struct pane {
    struct list list;
    struct edit search;
    bool searched; /* something was looked for: the words stay in sight */
};

struct desk {
    struct screen screen;
    struct pane pane[PANES];
    int focus;
    bool typing;        /* in the search of the pane in focus */
    bool organisations; /* contacts show them */
    enum type_id chosen_type;
    int64_t chosen;
    struct buf chosen_text;
    struct buf strip[2];
    enum type_id strip_type;
    int64_t strip_id; /* the row that the strip is about */
    bool strip_stale;
};

static const unsigned contexts[PANES] = {IN_OFFERINGS, IN_CALENDAR, IN_CONTACTS, IN_TODAY};
static const char *const titles[PANES] = {N_("Offerings"), N_("Calendar"), N_("Contacts"),
                                          N_("Today")};

static struct pane *focused(struct desk *d)
{
    return &d->pane[d->focus];
}

/* ---- choosing ------------------------------------------------------------------------------- */

static void start_calendar(struct desk *d)
{
    char today[DATE_SIZE];
    date_join(d->screen.ui->session->today, today);
    list_start_at(&d->pane[CALENDAR].list, today);
}

static void narrow(struct desk *d, enum type_id type, int64_t id)
{
    d->chosen_type = type;
    d->chosen = id;
    buf_clear(&d->chosen_text);
    if (type)
        record_reference(d->screen.ui->session, type_by_id(type), id, &d->chosen_text);
    list_scope(&d->pane[CALENDAR].list, type, id);
    list_scope(&d->pane[CONTACTS].list, type, id);
    start_calendar(d);
}

static void choose(struct desk *d)
{
    const struct listing_row *r = list_row(&d->pane[OFFERINGS].list);
    if (!r)
        return;
    if (d->chosen_type == r->type && d->chosen == r->id) {
        narrow(d, T_NONE, 0);
        ui_say(d->screen.ui, _("Calendar and contacts show everything again."));
        return;
    }
    narrow(d, r->type, r->id);
    ui_say(d->screen.ui, _("Calendar and contacts show %s only; Space again lets go."),
           buf_str(&d->chosen_text));
}

static void clear_search(struct pane *p)
{
    edit_set(&p->search, "");
    p->searched = false;
    list_search(&p->list, NULL);
}

static void show_contacts(struct desk *d)
{
    struct pane *p = &d->pane[CONTACTS];
    list_free(&p->list);
    if (d->organisations)
        list_init(&p->list, d->screen.ui, listing_by_name("organisations"),
                  "name,municipality,ownership,kind,email");
    else
        list_init(&p->list, d->screen.ui, listing_by_name("people"),
                  "name,organisation,phone,email,position,municipality");
    edit_set(&p->search, "");
    p->searched = false;
    list_scope(&p->list, d->chosen_type, d->chosen);
}

static void let_go(struct desk *d)
{
    narrow(d, T_NONE, 0);
    for (int i = 0; i < PANES; i++)
        clear_search(&d->pane[i]);
    start_calendar(d);
}

/* ---- drawing -------------------------------------------------------------------------------- */

static bool is_wide(const struct desk *d)
{
    return term_width() >= WIDTH_WIDE && d->focus != TODAY;
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

/* What is narrowed stands beside the title of what it narrows. */
static void pane_state(struct desk *d, int i, struct buf *out)
{
    if ((i == CALENDAR || i == CONTACTS) && d->chosen_type)
        buf_addf(out, "%s  ", buf_str(&d->chosen_text));
    list_count_text(&d->pane[i].list, out);
}

static void draw_head_line(struct desk *d, int i, int y, int x, int width, bool focus)
{
    struct pane *p = &d->pane[i];
    struct buf title = {0}, state = {0};
    pane_title(d, i, &title);
    int w = text_width(title.s);
    draw_text(y, x, w, focus ? LOOK_STRONG : LOOK_DIM, title.s);
    if (p->searched || (focus && d->typing)) {
        draw_search(d, p, y, x + w + 2, width - w - 3, focus);
    } else {
        pane_state(d, i, &state);
        int sw = text_width(buf_str(&state));
        if (w + sw + 3 <= width)
            draw_right(y, x + width - sw - 1, sw, LOOK_DIM, buf_str(&state));
    }
    buf_free(&title);
    buf_free(&state);
}

static void draw_tabs(struct desk *d)
{
    int x = 1, width = term_width();
    struct buf b = {0};
    for (int i = 0; i < PANES; i++) {
        buf_clear(&b);
        buf_addf(&b, "%d %s", i + 1, lang_tr(titles[i]));
        int w = text_width(b.s);
        draw_text(1, x, w, i == d->focus ? LOOK_STRONG : LOOK_DIM, b.s);
        if (i == d->focus) /* not by boldness alone */
            draw_text(1, x - 1, 1, LOOK_STRONG, ">");
        x += w + 3;
    }
    struct pane *p = focused(d);
    buf_clear(&b);
    if (p->searched || d->typing) {
        draw_search(d, p, 1, x, width - x - 1, true);
    } else {
        pane_state(d, d->focus, &b);
        int w = text_width(buf_str(&b));
        if (x + w < width)
            draw_right(1, width - w - 1, w, LOOK_DIM, buf_str(&b));
    }
    buf_free(&b);
}

static void draw_wide(struct desk *d, int top, int height)
{
    int width = term_width();
    int w[3] = {width * 33 / 100, width * 33 / 100, 0};
    struct buf today = {0};
    w[2] = width - w[0] - w[1] - 2;
    int order[3] = {0, 1, 2};
    /* The pane in focus is drawn last: the cursor rests in it. */
    for (int k = 0; k < 3; k++)
        if (order[k] == d->focus) {
            order[k] = order[2];
            order[2] = d->focus;
        }
    int at[3] = {0, w[0] + 1, w[0] + w[1] + 2};
    /* The fourth list has no pane here, but is to be found. */
    pane_title(d, TODAY, &today);
    int tab = text_width(today.s) + 2;
    draw_right(top, width - tab, tab - 1, LOOK_DIM, today.s);
    draw_upright(top, w[0], height + 1);
    draw_upright(top, w[0] + w[1] + 1, height + 1);
    for (int k = 0; k < 3; k++) {
        int i = order[k];
        bool focus = i == d->focus;
        list_draw(&d->pane[i].list, top + 1, at[i], height, w[i], focus);
        draw_head_line(d, i, top, at[i] + 1, w[i] - 1 - (i == CONTACTS ? tab : 0), focus);
    }
    buf_free(&today);
}

static unsigned desk_context(struct screen *s)
{
    return contexts[((struct desk *)s)->focus];
}

static void desk_draw(struct screen *s)
{
    struct desk *d = (struct desk *)s;
    int height = term_height(), width = term_width();
    int body = height - 3 - 5; /* bar, title, rule; rule, strip, hints, message */
    draw_frame(s->ui, desk_context(s), NULL);
    draw_rule(height - 5, 0, width);
    draw_text(height - 4, 1, width - 2, LOOK_PLAIN, buf_str(&d->strip[0]));
    draw_text(height - 3, 1, width - 2, LOOK_DIM, buf_str(&d->strip[1]));
    if (is_wide(d)) {
        draw_wide(d, 1, body + 1);
        return;
    }
    draw_rule(2, 0, width);
    list_draw(&focused(d)->list, 3, 0, body, width, true);
    draw_tabs(d);
}

/* ---- keys ----------------------------------------------------------------------------------- */

static enum handled search_key(struct desk *d, int key)
{
    struct pane *p = focused(d);
    bool changed = false;
    if (key == KEY_ESCAPE || key == CTRL_('G')) {
        clear_search(p);
        if (p == &d->pane[CALENDAR])
            start_calendar(d);
        d->typing = false;
        return HANDLED;
    }
    if (key == KEY_RETURN || action_by_key(contexts[d->focus], key, true) == ACTION_DOWN) {
        d->typing = false;
        p->searched = !text_is_blank(buf_str(&p->search.text));
        return HANDLED;
    }
    if (edit_key(&p->search, key, &changed)) {
        if (changed)
            list_search(&p->list, buf_str(&p->search.text));
        return HANDLED;
    }
    if (action_by_key(contexts[d->focus], key, true) == ACTION_NONE)
        return HANDLED; /* a key that means nothing ends nothing */
    d->typing = false;
    p->searched = !text_is_blank(buf_str(&p->search.text));
    return NOT_HANDLED;
}

static enum handled desk_key(struct screen *s, int key)
{
    struct desk *d = (struct desk *)s;
    return d->typing ? search_key(d, key) : NOT_HANDLED;
}

static bool desk_paste(struct screen *s, const char *text)
{
    struct desk *d = (struct desk *)s;
    struct pane *p = focused(d);
    if (!d->typing)
        return false;
    edit_paste(&p->search, text);
    list_search(&p->list, buf_str(&p->search.text));
    return true;
}

static void need_row(struct desk *d, const char *words)
{
    ui_say(d->screen.ui, "%s", words);
}

static void open_roster(struct desk *d, const struct listing_row *r)
{
    if (r && (r->type == T_COHORT || r->type == T_GATHERING))
        roster_open(d->screen.ui, r->type, r->id);
    else
        need_row(d, _("Choose a cohort or a gathering first."));
}

/* What the calendar would show next of a cohort: the sheet that is wanted most often. */
static int64_t next_gathering_of(struct desk *d, enum type_id type, int64_t id)
{
    char today[DATE_SIZE];
    const struct listing *g = listing_by_name("gatherings");
    struct listing_query q = {.listing = g, .scope_type = type, .scope = id};
    struct listing_page page;
    int64_t found = 0;
    date_join(d->screen.ui->session->today, today);
    q.filter[0].column = listing_column(g, "starts");
    q.filter[0].op = 'g';
    q.filter[0].value = today;
    q.nfilters = 1;
    if (listing_fetch(d->screen.ui->session, &q, PAGE_FIRST, NULL, 1, &page, NULL) == ST_OK &&
        page.n)
        found = page.row[0].id;
    listing_page_free(&page);
    return found;
}

static void print_selected(struct desk *d, const struct listing_row *r)
{
    int64_t gathering = 0;
    if (r && r->type == T_GATHERING)
        gathering = r->id;
    else if (r && (r->type == T_COHORT || r->type == T_OFFERING))
        gathering = next_gathering_of(d, r->type, r->id);
    if (gathering)
        print_start(d->screen.ui, gathering);
    else
        need_row(d, _("Choose a gathering in the calendar first."));
}

static void put_id(struct record *r, const char *field, int64_t id)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)id);
    record_put(r, type_field(r->type, field), text);
}

static void new_record(struct desk *d, enum type_id type, const char *parent, int64_t id)
{
    struct record *r = record_new(type_by_id(type));
    if (parent && id)
        put_id(r, parent, id);
    form_open(d->screen.ui, r, NULL, NULL, NULL);
}

static void new_gathering(struct desk *d, const struct listing_row *r)
{
    if (r && r->type == T_COHORT)
        new_record(d, T_GATHERING, "cohort", r->id);
    else if (d->chosen_type == T_COHORT)
        new_record(d, T_GATHERING, "cohort", d->chosen);
    else
        new_record(d, T_GATHERING, NULL, 0);
}

static void new_cohort(struct desk *d, const struct listing_row *r)
{
    if (r && r->type == T_OFFERING)
        new_record(d, T_COHORT, "offering", r->id);
    else if (r && r->type == T_COHORT) { /* a sister of the selected one */
        struct record *c;
        if (record_load(d->screen.ui->session, type_by_id(T_COHORT), r->id, &c, NULL) == ST_OK) {
            new_record(d, T_COHORT, "offering", record_get_id(c, "offering"));
            record_free(c);
        }
    } else
        new_record(d, T_COHORT, NULL, 0);
}

static void new_here(struct desk *d, const struct listing_row *r)
{
    switch (d->focus) {
    case OFFERINGS: new_record(d, T_OFFERING, NULL, 0); break;
    case CONTACTS: new_record(d, d->organisations ? T_ORGANISATION : T_PERSON, NULL, 0); break;
    default: new_gathering(d, r); break;
    }
}

static void focus_pane(struct desk *d, int pane)
{
    d->focus = pane;
    d->typing = false;
    d->strip_stale = true;
}

void desk_go(struct screen *desk, enum action_id pane)
{
    switch (pane) {
    case ACTION_OFFERINGS: focus_pane((struct desk *)desk, OFFERINGS); break;
    case ACTION_CALENDAR: focus_pane((struct desk *)desk, CALENDAR); break;
    case ACTION_CONTACTS: focus_pane((struct desk *)desk, CONTACTS); break;
    case ACTION_TODAY: focus_pane((struct desk *)desk, TODAY); break;
    default: break;
    }
}

static enum handled on_row(struct desk *d, enum action_id id, const struct listing_row *r)
{
    struct ui *ui = d->screen.ui;
    if (!r) {
        need_row(d, _("There is no row to do this with."));
        return HANDLED;
    }
    switch (id) {
    case ACTION_OPEN: record_open(ui, r->type, r->id); return HANDLED;
    case ACTION_EDIT: form_edit(ui, r->type, r->id); return HANDLED;
    case ACTION_REMOVE: record_ask_remove(ui, r->type, r->id); return HANDLED;
    case ACTION_HISTORY: history_open(ui, r->type, r->id); return HANDLED;
    default: return NOT_HANDLED;
    }
}

/* Into the selected cohort or gathering, else into what was chosen. */
static void import_here(struct desk *d, const struct listing_row *r,
                        void (*start)(struct ui *ui, enum type_id scope, int64_t id))
{
    if (r && (r->type == T_COHORT || r->type == T_GATHERING))
        start(d->screen.ui, r->type, r->id);
    else
        start(d->screen.ui, d->chosen_type, d->chosen);
}

/* These need not wait until the list is read. */
static bool works_without_rows(enum action_id id)
{
    return id == ACTION_SEARCH || id == ACTION_LET_GO || id == ACTION_NEXT_PART ||
           id == ACTION_PREVIOUS_PART || id == ACTION_OFFERINGS || id == ACTION_CALENDAR ||
           id == ACTION_CONTACTS || id == ACTION_TODAY;
}

static enum handled desk_act(struct screen *s, enum action_id id)
{
    struct desk *d = (struct desk *)s;
    struct pane *p = focused(d);
    int step = 1;
    if (!works_without_rows(id))
        list_settle(&p->list);
    const struct listing_row *r = list_row(&p->list);
    if (list_act(&p->list, id)) {
        d->strip_stale = true;
        return HANDLED;
    }
    switch (id) {
    case ACTION_ROSTER: open_roster(d, r); return HANDLED;
    case ACTION_NEW: new_here(d, r); return HANDLED;
    case ACTION_NEW_COHORT: new_cohort(d, r); return HANDLED;
    case ACTION_NEW_GATHERING: new_gathering(d, r); return HANDLED;
    case ACTION_NEW_PERSON: new_record(d, T_PERSON, NULL, 0); return HANDLED;
    case ACTION_NEW_ORGANISATION: new_record(d, T_ORGANISATION, NULL, 0); return HANDLED;
    case ACTION_IMPORT: import_here(d, r, import_start); return HANDLED;
    case ACTION_PASTE: import_here(d, r, paste_open); return HANDLED;
    case ACTION_COPY: copy_start(s->ui, &p->list.q); return HANDLED;
    case ACTION_EXPORT: export_start(s->ui, &p->list.q); return HANDLED;
    case ACTION_PRINT: print_selected(d, r); return HANDLED;
    case ACTION_SEARCH:
        d->typing = true;
        p->search.fresh = p->search.text.len > 0;
        return HANDLED;
    case ACTION_CHOOSE: choose(d); return HANDLED;
    case ACTION_LET_GO: let_go(d); return HANDLED;
    case ACTION_KIND:
        d->organisations = !d->organisations;
        show_contacts(d);
        d->strip_stale = true;
        return HANDLED;
    case ACTION_PREVIOUS_PART: step = PANES - 1; /* fall through */
    case ACTION_NEXT_PART: focus_pane(d, (d->focus + step) % PANES); return HANDLED;
    case ACTION_OPEN:
    case ACTION_EDIT:
    case ACTION_REMOVE:
    case ACTION_HISTORY: return on_row(d, id, r);
    default: return NOT_HANDLED;
    }
}

/* ---- the rest ------------------------------------------------------------------------------- */

static void desk_refresh(struct screen *s)
{
    struct desk *d = (struct desk *)s;
    for (int i = 0; i < PANES; i++)
        list_refresh(&d->pane[i].list);
    d->strip_stale = true;
}

static void desk_reveal(struct screen *s, enum type_id type, int64_t id)
{
    struct desk *d = (struct desk *)s;
    if (!list_find(&focused(d)->list, type, id) && is_wide(d))
        for (int i = OFFERINGS; i <= CONTACTS; i++)
            list_find(&d->pane[i].list, type, id);
    d->strip_stale = true;
}

static bool desk_idle(struct screen *s)
{
    struct desk *d = (struct desk *)s;
    struct list *l = &focused(d)->list;
    const struct listing_row *r = list_row(l);
    bool news = false;
    if (d->strip_stale || (r ? r->id : 0) != d->strip_id ||
        (r ? r->type : T_NONE) != d->strip_type) {
        strip_text(s->ui, l, &d->strip[0], &d->strip[1]);
        d->strip_id = r ? r->id : 0;
        d->strip_type = r ? r->type : T_NONE;
        d->strip_stale = false;
        news = true;
    }
    for (int i = 0; i < PANES; i++)
        if (i == d->focus || is_wide(d))
            news = list_idle(&d->pane[i].list) || news;
    return news;
}

static void desk_free(struct screen *s)
{
    struct desk *d = (struct desk *)s;
    for (int i = 0; i < PANES; i++) {
        list_free(&d->pane[i].list);
        edit_free(&d->pane[i].search);
    }
    buf_free(&d->chosen_text);
    buf_free(&d->strip[0]);
    buf_free(&d->strip[1]);
    free(d);
}

static const struct screen_class desk_class = {
    .name = "desk",
    .context_now = desk_context,
    .draw = desk_draw,
    .act = desk_act,
    .key = desk_key,
    .paste = desk_paste,
    .refresh = desk_refresh,
    .reveal = desk_reveal,
    .idle = desk_idle,
    .free = desk_free,
};

struct screen *desk_new(struct ui *ui)
{
    struct desk *d = mem_alloc(sizeof *d);
    d->screen.class = &desk_class;
    d->screen.ui = ui;
    d->strip_stale = true;
    list_init(&d->pane[OFFERINGS].list, ui, listing_by_name("programme"),
              "code,title,status,starts,kind");
    list_init(&d->pane[CALENDAR].list, ui, listing_by_name("gatherings"),
              "when,ref,title,place,people,present");
    list_init(&d->pane[TODAY].list, ui, listing_by_name("today"),
              "when,ref,what,title,people,place");
    show_contacts(d);
    start_calendar(d);
    return &d->screen;
}
