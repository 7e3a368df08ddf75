/* The tour: six screens that say what samling is, each with a small picture of the real one. */
#include "config.h"

#include <stdlib.h>

#include <curses.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/float.h"
#include "ui/flow.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

enum { WIDEST = 60, TOP = 2, PICTURE = 5 };

struct tour {
    struct screen screen;
    size_t page;
    struct flow flow;
};

/* ---- pictures ---------------------------------------------------------------------------------
 */

/* The words in a row, each in its own look after a gap; returns the column behind. */
static int put(int y, int x, enum look look, const char *words)
{
    int w = text_width(words);
    draw_text(y, x, w, look, words);
    return x + w;
}

static int put_hint(int y, int x, enum action_id id)
{
    struct buf b = {0};
    action_key_text(id, &b);
    buf_addf(&b, " %s", lang_tr(action_at(id)->label));
    x = put(y, x, LOOK_DIM, b.s) + 2;
    buf_free(&b);
    return x;
}

/* From an offering to its people. */
static void picture_chain(int y, int x, int width)
{
    static const enum type_id chain[] = {T_OFFERING, T_COHORT, T_GATHERING, T_ENROLMENT};
    static const char *const below[] = {"BIM", "BIM/1", "BIM/1/3", "48"};
    int step = width / 4;
    for (size_t i = 0; i < 4; i++) {
        int at = x + (int)i * step;
        draw_text(y + 1, at, step - 3, LOOK_STRONG, lang_tr(type_by_id(chain[i])->label));
        draw_text(y + 2, at, step - 3, LOOK_PLAIN, below[i]);
        if (i > 0)
            draw_text(y + 1, at - 2, 1, LOOK_DIM, "›");
    }
    draw_rule(y, x, width);
    draw_rule(y + 3, x, width);
}

static void picture_tabs(int y, int x, int width)
{
    static const enum action_id panes[] = {ACTION_OFFERINGS, ACTION_CALENDAR, ACTION_CONTACTS,
                                           ACTION_TODAY};
    int at = x + 1;
    for (size_t i = 0; i < 4; i++) {
        struct buf b = {0};
        buf_addf(&b, "%zu %s", i + 1, lang_tr(action_at(panes[i])->label));
        at = put(y, at, i == 0 ? LOOK_STRONG : LOOK_DIM, b.s) + 3;
        buf_free(&b);
    }
    draw_text(y, x, 1, LOOK_STRONG, ">");
    draw_rule(y + 1, x, width);
    draw_text(y + 2, x, width, LOOK_SELECTED,
              _(" BIM     Anti-bullying team       cohorts   2021/22"));
    draw_text(y + 3, x, width, LOOK_PLAIN, _("   /1    Cohort 1   53            Sep–May"));
    draw_text(y + 4, x, width, LOOK_PLAIN, _("   /2    Cohort 2   47            Jan–Dec"));
}

static void picture_menu(int y, int x, int width)
{
    static const enum action_id items[] = {ACTION_OPEN, ACTION_EDIT};
    int at = x, left = x, inner = 30;
    draw_text(y, x, width, LOOK_BAR, "");
    for (enum menu m = MENU_FILE; m <= MENU_VIEW; m++) {
        if (m == MENU_EDIT)
            left = at + 1;
        at = put(y, at + 2, m == MENU_EDIT ? LOOK_STRONG : LOOK_BAR, menu_label(m));
    }
    draw_box(y + 1, left, 4, inner + 2, NULL);
    for (size_t i = 0; i < 2; i++) {
        struct buf key = {0};
        action_key_text(items[i], &key);
        draw_text(y + 2 + (int)i, left + 2, inner - 12, LOOK_PLAIN,
                  lang_tr(action_at(items[i])->label));
        draw_right(y + 2 + (int)i, left + inner - 10, 10, LOOK_DIM, buf_str(&key));
        if (i == 0)
            draw_look(y + 2, left + 1, inner, LOOK_SELECTED);
        buf_free(&key);
    }
}

static void picture_form(int y, int x, int width)
{
    static const struct {
        const char *field, *value;
    } rows[] = {{"given_name", "Kari"}, {"family_name", "Nordmann"}, {"email", "kari.nordmann@"}};
    const struct record_type *t = type_by_id(T_PERSON);
    for (size_t i = 0; i < 3; i++) {
        int f = type_field(t, rows[i].field);
        draw_right(y + (int)i, x, 16, LOOK_DIM, f >= 0 ? lang_tr(t->fields[f].label) : "");
        draw_text(y + (int)i, x + 18, 20, LOOK_UNDER, rows[i].value);
    }
    draw_text(y + 2, x + 40, width - 40, LOOK_BAD, _("not a whole address"));
    put_hint(y + 4, put_hint(y + 4, x, ACTION_SAVE), ACTION_CHOICES);
}

static void picture_roster(int y, int x, int width)
{
    draw_text(y, x, width, LOOK_STRONG, "BIM/1/3");
    draw_text(y + 1, x, width, LOOK_PLAIN, _(" 1  Aas, Anne-Grethe      Solkroken     present"));
    draw_text(y + 2, x, width, LOOK_SELECTED, _(" 2  Bråthen Lie, Jørn     Fjellro       absent"));
    draw_text(y + 3, x, width, LOOK_PLAIN, _(" 3  Ærlig, Sølvi          Trollskogen   ·"));
    x = put_hint(y + 4, x, ACTION_PRESENT);
    x = put_hint(y + 4, x, ACTION_ABSENT);
    put_hint(y + 4, x, ACTION_PRINT);
}

static void picture_foot(int y, int x, int width)
{
    int at = x;
    draw_rule(y, x, width);
    at = put_hint(y + 1, at, ACTION_OPEN);
    at = put_hint(y + 1, at, ACTION_EDIT);
    at = put_hint(y + 1, at, ACTION_UNDO);
    at = put_hint(y + 1, at, ACTION_MENU);
    put_hint(y + 1, at, ACTION_HELP);
    draw_text(y + 2, x, width, LOOK_PLAIN, _("Taken back: change: Kari Nordmann (E-mail)"));
}

static const struct {
    const char *title, *words;
    void (*picture)(int y, int x, int width);
} pages[] = {
    {N_("What samling is"),
     N_("Here is everything about competence development in kindergartens in one place: what is "
        "offered, when people gather, who they are, and who takes part. Several advisers work in "
        "it at once."),
     picture_chain},
    {N_("Three panes, and today"),
     N_("Offerings, calendar and contacts stand side by side where the window is wide, else one "
        "at a time. The keys 1, 2 and 3 go to them, and 4 to what needs doing today. An offering "
        "that you choose narrows the other two."),
     picture_tabs},
    {N_("Finding things"),
     N_("Every command is in the menus ({MENU}), with its key. The palette ({PALETTE}) finds one "
        "by part of its name, searching ({SEARCH}) finds rows as you type, and help ({HELP}) "
        "tells about the screen that you are on."),
     picture_menu},
    {N_("Typing"),
     N_("A form ({EDIT}) has lists to choose from ({CHOICES}), and is saved with {SAVE}. What you "
        "type is kept as a draft, also when the line is cut. Undo ({UNDO}) takes back your last "
        "change, then the one before."),
     picture_form},
    {N_("Rosters and paper"),
     N_("An import ({IMPORT}) reads a list from Excel, and shows first what each row would do. "
        "Printing ({PRINT}) makes the sign-in sheet; afterwards one key marks each person on the "
        "roster ({ROSTER})."),
     picture_roster},
    {N_("Together, and leaving"),
     N_("What others change appears by itself. If two of you save the same record, you see both "
        "and choose field by field. The last lines say what can be done, and what was done. You "
        "may leave at any time ({QUIT}): nothing is lost."),
     picture_foot},
};
enum { PAGES = sizeof pages / sizeof *pages };

/* ---- the screen -------------------------------------------------------------------------------
 */

static void draw_head(struct tour *t)
{
    struct buf place = {0};
    int width = term_width();
    buf_addf(&place, _("%zu of %d"), t->page + 1, (int)PAGES);
    int w = text_width(place.s);
    draw_text(0, 0, width, LOOK_BAR, " samling");
    draw_right(0, width - w - 1, w, LOOK_BAR, place.s);
    buf_free(&place);
}

/* The picture goes where the window has no room for it, or the screen is read aloud. */
static void tour_draw(struct screen *s)
{
    struct tour *t = (struct tour *)s;
    struct buf words = {0};
    int width = term_width() - 4 < WIDEST ? term_width() - 4 : WIDEST;
    int x = (term_width() - width) / 2, height = term_height(), y = TOP;
    action_fill(lang_tr(pages[t->page].words), &words);
    flow_text(&t->flow, buf_str(&words), width);
    int lines = 1 + (int)t->flow.n + 1 + PICTURE, room = height - 2 - 1;
    if (lines + 1 < room - TOP)
        y += (room - TOP - lines) / 3;
    draw_head(t);
    float_foot(s->ui, _("Enter goes on   ← goes back   Esc ends the tour"), NULL);
    draw_text(y, x, width, LOOK_STRONG, lang_tr(pages[t->page].title));
    draw_cursor(y, x);
    for (size_t i = 0; i < t->flow.n && y + 1 + (int)i < height - 2; i++)
        draw_text(y + 1 + (int)i, x, width, LOOK_PLAIN, t->flow.rows[i].text);
    y += 1 + (int)t->flow.n + 1;
    if (!term_is_plain() && y + PICTURE <= height - 2)
        pages[t->page].picture(y, x, width);
    buf_free(&words);
}

static void turn(struct tour *t, bool on)
{
    if (!on)
        t->page -= t->page > 0;
    else if (t->page + 1 < PAGES)
        t->page++;
    else
        screen_pop(t->screen.ui, &t->screen);
}

static enum handled tour_key(struct screen *s, int key)
{
    struct tour *t = (struct tour *)s;
    if (float_key(key))
        return HANDLED;
    switch (key) {
    case KEY_RETURN:
    case KEY_TABULATOR:
    case ' ':
    case 'j':
    case KEY(KEY_DOWN):
    case KEY(KEY_RIGHT):
    case KEY(KEY_NPAGE): turn(t, true); break;
    case 'k':
    case KEY(KEY_UP):
    case KEY(KEY_LEFT):
    case KEY(KEY_BTAB):
    case KEY(KEY_BACKSPACE):
    case KEY(KEY_PPAGE): turn(t, false); break;
    case KEY(KEY_HOME): t->page = 0; break;
    case KEY(KEY_END): t->page = PAGES - 1; break;
    case KEY_ESCAPE:
    case CTRL_('G'):
    case 'q': screen_pop(s->ui, s); break;
    default: break;
    }
    return HANDLED;
}

static enum handled tour_click(struct screen *s, const struct click *c)
{
    if (c->kind == CLICK_ONCE)
        turn((struct tour *)s, true);
    return c->kind == CLICK_WHEEL_UP || c->kind == CLICK_WHEEL_DOWN ? NOT_HANDLED : HANDLED;
}

static void tour_free(struct screen *s)
{
    flow_free(&((struct tour *)s)->flow);
    free(s);
}

static const struct screen_class tour_class = {
    .name = "tour",
    .context = IN_DIALOG,
    .draw = tour_draw,
    .key = tour_key,
    .click = tour_click,
    .free = tour_free,
};

void tour_open(struct ui *ui)
{
    struct tour *t = mem_alloc(sizeof *t);
    t->screen.class = &tour_class;
    screen_push(ui, &t->screen);
}

/* Where it cannot be remembered it would come again each time: it is then left to the menu. */
void tour_once(struct ui *ui)
{
    char *shown = NULL;
    if (setting_get(ui->session, false, "tour", &shown, NULL) == ST_OK && !shown &&
        setting_set(ui->session, false, "tour", "shown", NULL) == ST_OK)
        tour_open(ui);
    free(shown);
}
