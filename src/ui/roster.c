/* The roster of a cohort or a gathering; at a gathering each person's attendance is one key. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/roster.h"
#include "samling/text.h"

#include "ui/arrange.h"
#include "ui/bulk_act.h"
#include "ui/edit.h"
#include "ui/frame.h"
#include "ui/list.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

struct roster {
    struct screen screen;
    enum type_id type; /* T_COHORT or T_GATHERING */
    int64_t id, cohort;
    struct buf title, counts, strip;
    int64_t strip_id;
    struct list list;
    struct edit search;
    bool typing, stale;
};

/* ---- what stands around the list
 * ------------------------------------------------------------------ */

static void add_to_title(struct roster *r, const char *s)
{
    if (s && *s)
        buf_addf(&r->title, "  ·  %s", s);
}

static void load_title(struct roster *r)
{
    struct session *s = r->screen.ui->session;
    struct record *rec;
    struct buf part = {0};
    buf_clear(&r->title);
    record_reference(s, type_by_id(r->type), r->id, &r->title);
    if (record_load(s, type_by_id(r->type), r->id, &rec, NULL) != ST_OK)
        return;
    r->cohort = r->type == T_COHORT ? r->id : record_get_id(rec, "cohort");
    if (r->type == T_GATHERING) {
        span_long(&part, record_get(rec, "starts"), record_get(rec, "ends"));
        add_to_title(r, buf_str(&part));
        add_to_title(r, record_get(rec, "place"));
    }
    /* Last, for it may be long. */
    buf_clear(&part);
    record_title(s, type_by_id(r->type), r->id, &part);
    add_to_title(r, buf_str(&part));
    record_free(rec);
    buf_free(&part);
}

/* "50 rows  3 present  1 absent" */
static void load_counts(struct roster *r)
{
    const struct record_type *t = type_by_id(T_ATTENDANCE);
    const struct field *f = &t->fields[type_field(t, "mark")];
    struct listing_query q = r->list.q;
    buf_clear(&r->counts);
    list_state_text(&r->list, &r->counts);
    for (const struct choice *c = f->choices; r->type == T_GATHERING && c->key; c++) {
        int64_t n;
        q.nfilters = 1;
        q.filter[0].column = listing_column(q.listing, "attendance");
        q.filter[0].op = '=';
        q.filter[0].value = c->key;
        if (listing_count(r->screen.ui->session, &q, &n, NULL) == ST_OK && n)
            buf_addf(&r->counts, "  ·  %lld %s", (long long)n, lang_tr(c->label));
    }
}

static void load_strip(struct roster *r)
{
    static const char *const columns[] = {"given_name", "family_name",  "email",
                                          "phone",      "organisation", "municipality"};
    buf_clear(&r->strip);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *v = list_cell(&r->list, columns[i]);
        if (!v)
            continue;
        if (r->strip.len)
            buf_add(&r->strip, i == 1 ? " " : "  ·  ");
        text_clean(&r->strip, v, false);
    }
}

static void roster_draw(struct screen *s)
{
    struct roster *r = (struct roster *)s;
    int width = term_width(), height = term_height();
    if (r->typing)
        frame_hints(_("Enter keeps what was found   Esc ends the search"));
    draw_text(1, 1, width - 2, LOOK_STRONG, buf_str(&r->title));
    draw_rule(2, 0, width);
    draw_rule(height - 4, 0, width);
    draw_text(height - 3, 1, width - 2, LOOK_PLAIN, buf_str(&r->strip));
    list_draw(&r->list, 4, 0, height - 8, width, true);
    draw_frame(s->ui, IN_ROSTER, NULL); /* whose hints depend on the row in hand */
    if (r->typing || r->list.search) {
        struct buf b = {0};
        buf_addf(&b, "%s: ", _("Search"));
        draw_text(3, 1, text_width(b.s), LOOK_DIM, b.s);
        edit_draw(&r->search, 3, 1 + text_width(b.s), width - 2 - text_width(b.s), r->typing);
        buf_free(&b);
    } else {
        draw_text(3, 1, width - 2, LOOK_DIM, buf_str(&r->counts));
    }
}

/* ---- marks
 * ------------------------------------------------------------------------------------------ */

static enum handled mark(struct roster *r, const char *key)
{
    struct ui *ui = r->screen.ui;
    const struct listing_row *row = list_row(&r->list);
    struct error err = {0};
    if (attendance_mark(ui->session, r->id, row->id, key, &err) != ST_OK) {
        ui_complain(ui, &err);
        return HANDLED;
    }
    ui->data_version = db_data_version(ui->session->db);
    list_refresh(&r->list);
    r->stale = true;
    list_act(&r->list, ACTION_DOWN);
    return HANDLED;
}

/* ---- enrolling
 * ---------------------------------------------------------------------------------------- */

struct enrol {
    struct ui *ui;
    int64_t cohort;
};

static void enrol_person(struct ui *ui, int64_t cohort, int64_t person)
{
    char id[24];
    struct record *e = record_new(type_by_id(T_ENROLMENT));
    snprintf(id, sizeof id, "%lld", (long long)cohort);
    record_put(e, type_field(e->type, "cohort"), id);
    if (person) {
        snprintf(id, sizeof id, "%lld", (long long)person);
        record_put(e, type_field(e->type, "person"), id);
    }
    form_open(ui, e, NULL, NULL, NULL);
}

static void new_person_saved(void *arg, int64_t id)
{
    struct enrol *e = arg;
    enrol_person(e->ui, e->cohort, id);
}

static void enrol_chosen(void *arg, size_t index)
{
    struct enrol *e = arg;
    if (index == 0) {
        enrol_person(e->ui, e->cohort, 0);
        return;
    }
    struct enrol *kept = mem_alloc(sizeof *kept);
    *kept = *e;
    form_open(e->ui, record_new(type_by_id(T_PERSON)), new_person_saved, kept, free);
}

static void enrol(struct roster *r)
{
    const char *labels[] = {_("Somebody known"), _("Somebody new")};
    struct enrol *e = mem_alloc(sizeof *e);
    *e = (struct enrol){r->screen.ui, r->cohort};
    choose_open(r->screen.ui, _("Enrol a person"), labels, 2, 0, enrol_chosen, e, free);
}

/* ---- keys
 * --------------------------------------------------------------------------------------------- */

static void show_everybody(struct roster *r)
{
    edit_set(&r->search, "");
    list_search(&r->list, NULL);
    r->typing = false;
    r->stale = true;
}

static enum handled roster_key(struct screen *s, int key)
{
    struct roster *r = (struct roster *)s;
    bool changed = false;
    if (!r->typing && key == KEY_ESCAPE && r->list.search) {
        show_everybody(r);
        return HANDLED;
    }
    if (!r->typing)
        return NOT_HANDLED;
    if (key == KEY_ESCAPE || key == CTRL_('G')) {
        show_everybody(r);
        return HANDLED;
    }
    if (key == KEY_RETURN || action_by_key(IN_ROSTER, key, true) == ACTION_DOWN) {
        r->typing = false;
        return HANDLED;
    }
    if (edit_key(&r->search, key, &changed)) {
        if (changed)
            list_search(&r->list, buf_str(&r->search.text));
        return HANDLED;
    }
    if (action_by_key(IN_ROSTER, key, true) == ACTION_NONE)
        return HANDLED;
    r->typing = false;
    return NOT_HANDLED;
}

static bool roster_paste(struct screen *s, const char *text)
{
    struct roster *r = (struct roster *)s;
    if (!r->typing)
        return false;
    edit_paste(&r->search, text);
    list_search(&r->list, buf_str(&r->search.text));
    return true;
}

static void open_person(struct roster *r)
{
    const char *id = list_cell(&r->list, "person");
    if (id)
        record_open(r->screen.ui, T_PERSON, atoll(id));
}

static enum handled roster_act(struct screen *s, enum action_id id)
{
    struct roster *r = (struct roster *)s;
    const struct listing_row *row = list_row(&r->list);
    if (list_act(&r->list, id) || arrange_act(s->ui, &r->list, id) ||
        bulk_act(s->ui, &r->list, id)) {
        r->stale = true;
        return HANDLED;
    }
    switch (id) {
    case ACTION_PRESENT: return mark(r, "present");
    case ACTION_ABSENT: return mark(r, "absent");
    case ACTION_EXCUSED: return mark(r, "excused");
    case ACTION_UNMARK: return mark(r, NULL);
    case ACTION_ENROL: enrol(r); return HANDLED;
    case ACTION_OPEN: open_person(r); return HANDLED;
    case ACTION_IMPORT: import_start(s->ui, r->type, r->id); return HANDLED;
    case ACTION_PASTE: paste_open(s->ui, r->type, r->id); return HANDLED;
    case ACTION_SEARCH:
        r->typing = true;
        r->search.fresh = r->search.text.len > 0;
        return HANDLED;
    case ACTION_PRINT: print_start(s->ui, r->id); return HANDLED;
    case ACTION_EDIT:
    case ACTION_REMOVE:
    case ACTION_HISTORY:
        if (id == ACTION_EDIT)
            form_edit(s->ui, T_ENROLMENT, row->id);
        else if (id == ACTION_REMOVE)
            record_ask_remove(s->ui, T_ENROLMENT, row->id);
        else
            history_open(s->ui, T_ENROLMENT, row->id);
        return HANDLED;
    default: return NOT_HANDLED;
    }
}

static void roster_settle(struct screen *s, enum action_id id)
{
    (void)id;
    list_settle(&((struct roster *)s)->list);
}

static bool roster_may(struct screen *s, enum action_id id, struct buf *why)
{
    struct roster *r = (struct roster *)s;
    const char *words = NULL;
    switch (id) {
    case ACTION_PRESENT:
    case ACTION_ABSENT:
    case ACTION_EXCUSED:
    case ACTION_UNMARK:
        if (r->type != T_GATHERING)
            words = _("Open the roster of a gathering to mark who came.");
        else if (!list_row(&r->list))
            words = _("There is no row to do this with.");
        break;
    case ACTION_PRINT:
        if (r->type != T_GATHERING)
            words = _("Choose a gathering in the calendar first.");
        break;
    case ACTION_OPEN:
    case ACTION_EDIT:
    case ACTION_REMOVE:
    case ACTION_HISTORY:
        if (!list_row(&r->list))
            words = _("There is no row to do this with.");
        break;
    default: return bulk_may(s->ui, &r->list, id, why);
    }
    if (words && why)
        buf_add(why, words);
    return !words;
}

static enum handled roster_click(struct screen *s, const struct click *c)
{
    struct roster *r = (struct roster *)s;
    bool open = false;
    if (!list_click(&r->list, c, &open))
        return NOT_HANDLED;
    r->stale = true;
    if (open)
        screen_act(s->ui, ACTION_OPEN);
    return c->kind == CLICK_RIGHT ? NOT_HANDLED : HANDLED; /* its menu follows */
}

static void roster_refresh(struct screen *s)
{
    struct roster *r = (struct roster *)s;
    load_title(r);
    list_refresh(&r->list);
    r->stale = true;
}

static void roster_reveal(struct screen *s, enum type_id type, int64_t id)
{
    struct roster *r = (struct roster *)s;
    list_find(&r->list, type, id);
    r->stale = true;
}

static bool roster_idle(struct screen *s)
{
    struct roster *r = (struct roster *)s;
    const struct listing_row *row = list_row(&r->list);
    bool counted = list_idle(&r->list);
    if (!counted && !r->stale && (row ? row->id : 0) == r->strip_id)
        return false;
    if (counted || r->stale)
        load_counts(r);
    load_strip(r);
    r->strip_id = row ? row->id : 0;
    r->stale = false;
    return true;
}

static void roster_free(struct screen *s)
{
    struct roster *r = (struct roster *)s;
    list_free(&r->list);
    edit_free(&r->search);
    buf_free(&r->title);
    buf_free(&r->counts);
    buf_free(&r->strip);
    free(r);
}

static const struct screen_class roster_class = {
    .name = "roster",
    .context = IN_ROSTER,
    .draw = roster_draw,
    .act = roster_act,
    .settle = roster_settle,
    .may = roster_may,
    .click = roster_click,
    .key = roster_key,
    .paste = roster_paste,
    .refresh = roster_refresh,
    .reveal = roster_reveal,
    .idle = roster_idle,
    .free = roster_free,
};

void roster_open(struct ui *ui, enum type_id scope, int64_t id)
{
    struct roster *r = mem_alloc(sizeof *r);
    r->screen.class = &roster_class;
    r->screen.ui = ui;
    r->type = scope;
    r->id = id;
    r->stale = true;
    load_title(r);
    list_init(&r->list, ui, listing_by_name("roster"),
              scope == T_GATHERING ? "number,name,attendance,organisation:24,attended,role,status"
                                   : "number,name,organisation:24,attended,status,role");
    list_scope(&r->list, scope, id);
    screen_push(ui, &r->screen);
}
