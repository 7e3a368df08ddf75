/* The menus: those that are pulled down from the bar, and the one of what can be done with a row.
 *
 * At first letters choose among the names in the bar, until one was chosen or the arrows went down;
 * then they choose among the commands, and do them. Which of both is seen by what is underlined. */
#include "config.h"

#include <stdlib.h>

#include <curses.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/command.h"
#include "ui/float.h"
#include "ui/frame.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

/* These move and close in every menu, so no command has them for its letter. */
static const char reserved[] = "gjkq", closing[] = "q";

/* What would be undone can be long: it is cut here, and stands in the foot as a whole. */
enum { WIDEST_LABEL = 44 };

struct menu_screen {
    struct screen screen;
    enum menu which; /* MENU_NONE: of a row, which is at (y, x) */
    int y, x;
    bool in_bar; /* letters choose among the names in the bar */
    struct command items[ACTION_COUNT];
    struct float_list list; /* of the items */
    int top, left, width;   /* the first item that is seen, and how wide all are */
    size_t seen;
};

static unsigned context_below(struct menu_screen *m)
{
    return screen_context_of(float_below(&m->screen));
}

/* ---- what stands in it ------------------------------------------------------------------------
 */

/* Of a row: what one opens and changes comes first, the ways out of the program last. */
static const enum menu row_order[] = {MENU_EDIT, MENU_ROSTER, MENU_CALENDAR, MENU_IMPORT,
                                      MENU_VIEW, MENU_SELECT, MENU_FILE};

static void add_item(struct menu_screen *m, enum action_id id)
{
    m->items[m->list.n++] = command_make(float_below(&m->screen), id);
}

/* All of a menu, so that one learns where everything is; of a row only what is for such a row. */
static void add_items(struct menu_screen *m, enum menu which, bool of_row)
{
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const struct action *a = action_at((enum action_id)i);
        if (a->menu == which && (!of_row || (a->on_row && (a->contexts & context_below(m)))))
            add_item(m, a->id);
    }
}

static void free_items(struct menu_screen *m)
{
    for (size_t i = 0; i < m->list.n; i++)
        command_free(&m->items[i]);
    m->list = (struct float_list){0};
}

static void choose_letters(struct menu_screen *m)
{
    const char *labels[ACTION_COUNT];
    struct letter letters[ACTION_COUNT];
    for (size_t i = 0; i < m->list.n; i++)
        labels[i] = m->items[i].label;
    letters_choose(labels, m->list.n, reserved, letters);
    for (size_t i = 0; i < m->list.n; i++)
        m->items[i].letter = letters[i];
}

/* The first that can be done is in hand. */
static void fill(struct menu_screen *m)
{
    free_items(m);
    if (m->which != MENU_NONE)
        add_items(m, m->which, false);
    else
        for (size_t i = 0; i < sizeof row_order / sizeof *row_order; i++)
            add_items(m, row_order[i], true);
    choose_letters(m);
    for (size_t i = m->list.n; i-- > 0;)
        if (!m->items[i].why)
            m->list.selected = i;
}

static void show_menu(struct menu_screen *m, enum menu which)
{
    m->which = which;
    fill(m);
}

/* ---- the bar ----------------------------------------------------------------------------------
 */

static void lay_out(struct menu_screen *m, struct bar *bar, struct letter *letters)
{
    const char *labels[MENU_COUNT];
    bar_lay_out(bar, context_below(m), term_width());
    for (size_t i = 0; i < bar->n; i++)
        labels[i] = menu_label(bar->name[i].menu);
    letters_choose(labels, bar->n, closing, letters);
}

/* Which of the names in the bar is open. */
static size_t open_name(const struct menu_screen *m, const struct bar *bar)
{
    size_t i = 0;
    while (i + 1 < bar->n && bar->name[i].menu != m->which)
        i++;
    return i;
}

static void step_menu(struct menu_screen *m, size_t by)
{
    struct bar bar;
    bar_lay_out(&bar, context_below(m), term_width());
    show_menu(m, bar.name[(open_name(m, &bar) + by + bar.n) % bar.n].menu);
}

static bool letter_in_bar(struct menu_screen *m, int key)
{
    struct bar bar;
    struct letter letters[MENU_COUNT];
    lay_out(m, &bar, letters);
    for (size_t i = 0; i < bar.n; i++) {
        if (letter_is(&letters[i], key)) {
            m->in_bar = false;
            show_menu(m, bar.name[i].menu);
            return true;
        }
    }
    return false;
}

static void draw_names(struct menu_screen *m, const struct bar *bar, const struct letter *letters)
{
    const struct bar_name *open = &bar->name[open_name(m, bar)];
    for (size_t i = 0; m->in_bar && i < bar->n; i++)
        if (&bar->name[i] != open)
            letter_draw(&letters[i], menu_label(bar->name[i].menu), 0, bar->name[i].x,
                        bar->name[i].width, true);
    draw_text(0, open->x - 1, 1, LOOK_PLAIN, "");
    draw_text(0, open->x, open->width, LOOK_STRONG, menu_label(open->menu));
    if (open->x + open->width < term_width())
        draw_text(0, open->x + open->width, 1, LOOK_PLAIN, "");
}

/* ---- drawing ----------------------------------------------------------------------------------
 */

static void measure(const struct menu_screen *m, int *label, int *key)
{
    *label = *key = 0;
    for (size_t i = 0; i < m->list.n; i++) {
        int w = text_width(m->items[i].label);
        if (w > *label)
            *label = w < WIDEST_LABEL ? w : WIDEST_LABEL;
        w = text_width(m->items[i].key);
        if (w > *key)
            *key = w;
    }
}

/* What cannot be done has no key, and a dot before it. */
static void draw_item(struct menu_screen *m, size_t i, int y, int key_width)
{
    const struct command *c = &m->items[i];
    int x = m->left, label_width = m->width - key_width - 4;
    bool selected = i == m->list.selected;
    draw_text(y, x, m->width, LOOK_PLAIN, "");
    draw_text(y, x + 2, label_width, c->why ? LOOK_DIM : LOOK_PLAIN, c->label);
    if (c->why)
        draw_text(y, x, 1, LOOK_DIM, "·");
    else
        draw_right(y, x + m->width - key_width - 1, key_width, LOOK_DIM, c->key);
    if (selected)
        draw_look(y, x, m->width, LOOK_SELECTED);
    if (!c->why && !m->in_bar)
        letter_draw(&c->letter, c->label, y, x + 2, label_width, selected);
}

/* For a screen reader: the words alone, one thing after the other. */
static void draw_plain_item(struct menu_screen *m, size_t i, int y)
{
    const struct command *c = &m->items[i];
    struct buf line = {0};
    if (c->why)
        buf_addf(&line, _("%s (not now)"), c->label);
    else
        buf_addf(&line, "%s  %s", c->label, c->key);
    draw_text(y, 0, term_width(), LOOK_PLAIN, line.s);
    if (i == m->list.selected)
        draw_look(y, 0, term_width(), LOOK_SELECTED);
    if (!c->why && !m->in_bar)
        letter_draw(&c->letter, c->label, y, 0, term_width(), i == m->list.selected);
    buf_free(&line);
}

/* What the one in hand does, or why it cannot be done here. */
static void draw_foot(struct menu_screen *m, bool hints)
{
    const struct command *c = &m->items[m->list.selected];
    const char *words =
        m->which == MENU_NONE ? _("Enter or its letter does it   Esc closes")
        : m->in_bar ? _("A letter opens a menu   Enter does it   ← → other menus   Esc closes")
                    : _("Enter or its letter does it   ← → other menus   Esc closes");
    float_foot(m->screen.ui, hints ? words : NULL,
               c->why                                ? c->why
               : text_width(c->label) > WIDEST_LABEL ? c->label
                                                     : lang_tr(action_at(c->id)->help));
}

static void draw_plain(struct menu_screen *m)
{
    const char *name = m->which == MENU_NONE ? lang_tr(action_at(ACTION_CONTEXT_MENU)->label)
                                             : menu_label(m->which);
    size_t room = (size_t)(term_height() - 4);
    m->seen = m->list.n < room ? m->list.n : room;
    float_scroll(&m->list, m->seen);
    m->top = 2;
    m->left = 0;
    m->width = term_width();
    draw_blank(1, 0, term_height() - 3, term_width());
    draw_text(1, 0, term_width(), LOOK_STRONG, name);
    for (size_t i = 0; i < m->seen; i++)
        draw_plain_item(m, m->list.top + i, m->top + (int)i);
    float_place(term_height() - 2, 0, term_width(), m->list.top, m->seen, m->list.n);
}

/* Where the box begins, and of how many rows it shows which. */
static void place(struct menu_screen *m, const struct bar *bar, int label, int key)
{
    int most = term_width() - 2, height = term_height();
    m->width = label + key + 6 < most ? label + key + 6 : most;
    /* The bar, the message, and the box's own two lines; the hints may be covered. */
    size_t room = (size_t)(height - 4);
    m->seen = m->list.n < room ? m->list.n : room;
    float_scroll(&m->list, m->seen);
    m->left = m->which == MENU_NONE ? m->x + 3 : bar->name[open_name(m, bar)].x - 1;
    if (m->left + m->width + 1 > term_width())
        m->left = term_width() - m->width - 1;
    if (m->left < 1)
        m->left = 1;
    m->top = 2;
    if (m->which != MENU_NONE)
        return;
    /* Below the row, else above it, else where there is room. */
    int rows = (int)m->seen;
    if (m->y + 1 + rows + 1 < height - 2)
        m->top = m->y + 2;
    else if (m->y - rows - 1 >= 1)
        m->top = m->y - rows - 1;
    else
        m->top = height - 2 - rows;
}

static void draw_boxed(struct menu_screen *m, const struct bar *bar)
{
    int label, key;
    measure(m, &label, &key);
    place(m, bar, label, key);
    int edge = m->top + (int)m->seen;
    draw_foot(m, edge < term_height() - 2);
    draw_box(m->top - 1, m->left - 1, (int)m->seen + 2, m->width + 2, NULL);
    for (size_t i = 0; i < m->seen; i++)
        draw_item(m, m->list.top + i, m->top + (int)i, key);
    float_place(edge, m->left - 1, m->width + 2, m->list.top, m->seen, m->list.n);
}

static void menu_draw(struct screen *s)
{
    struct menu_screen *m = (struct menu_screen *)s;
    struct bar bar;
    struct letter letters[MENU_COUNT];
    lay_out(m, &bar, letters);
    if (m->which != MENU_NONE)
        draw_names(m, &bar, letters);
    if (term_is_plain()) {
        draw_foot(m, true);
        draw_plain(m);
    } else {
        draw_boxed(m, &bar);
    }
    draw_cursor(m->top + (int)(m->list.selected - m->list.top),
                m->left + (term_is_plain() ? 0 : 2));
}

/* ---- keys -------------------------------------------------------------------------------------
 */

/* Down from the last goes to the first: a menu is short, and both ends are near. */
static bool move_item(struct menu_screen *m, int key)
{
    struct float_list *l = &m->list;
    size_t last = l->n - 1;
    if (key == 'j' || key == 'k')
        key = KEY(key == 'j' ? KEY_DOWN : KEY_UP);
    else if (key == 'g' || key == 'G')
        key = KEY(key == 'g' ? KEY_HOME : KEY_END);
    if (key == KEY(KEY_DOWN) && l->selected == last)
        l->selected = 0;
    else if (key == KEY(KEY_UP) && l->selected == 0)
        l->selected = last;
    else if (!float_move(l, key, m->seen))
        return false;
    m->in_bar = false;
    return true;
}

static void letter(struct menu_screen *m, int key)
{
    for (size_t i = 0; i < m->list.n; i++) {
        if (letter_is(&m->items[i].letter, key)) {
            m->list.selected = i;
            if (!m->items[i].why)
                float_perform(&m->screen, m->items[i].id);
            return;
        }
    }
}

static void take(struct menu_screen *m)
{
    const struct command *c = &m->items[m->list.selected];
    if (c->why)
        ui_say(m->screen.ui, "%s", c->why);
    else
        float_perform(&m->screen, c->id);
}

static enum handled menu_key(struct screen *s, int key)
{
    struct menu_screen *m = (struct menu_screen *)s;
    bool of_bar = m->which != MENU_NONE;
    if (float_key(key) || (m->in_bar && letter_in_bar(m, key)) || move_item(m, key))
        return HANDLED;
    switch (key) {
    case KEY(KEY_LEFT):
    case KEY(KEY_BTAB):
        if (of_bar)
            step_menu(m, (size_t)-1);
        break;
    case KEY(KEY_RIGHT):
    case KEY_TABULATOR:
        if (of_bar)
            step_menu(m, 1);
        break;
    case KEY_RETURN: take(m); break;
    case KEY(KEY_F(1)): float_perform(s, ACTION_HELP); break;
    case KEY_ESCAPE:
    case KEY(KEY_F(7)):
    case KEY(KEY_F(9)):
    case KEY(KEY_F(10)):
    case KEY(KEY_BACKSPACE):
    case CTRL_('O'):
    case CTRL_('G'):
    case ',':
    case 'q': screen_pop(s->ui, s); break;
    default:
        if (!m->in_bar)
            letter(m, key);
    }
    return HANDLED;
}

/* Beside the menu it closes, as everybody expects of one. */
static enum handled menu_click(struct screen *s, const struct click *c)
{
    struct menu_screen *m = (struct menu_screen *)s;
    struct bar bar;
    if (c->kind == CLICK_WHEEL_UP || c->kind == CLICK_WHEEL_DOWN)
        return NOT_HANDLED;
    bar_lay_out(&bar, context_below(m), term_width());
    enum menu other = c->y == 0 ? bar_menu_at(&bar, c->x) : MENU_NONE;
    if (other != MENU_NONE) {
        m->in_bar = false;
        show_menu(m, other);
    } else if (float_click(&m->list, c, m->top, m->left, m->width, m->seen)) {
        take(m);
    } else {
        screen_pop(s->ui, s);
    }
    return HANDLED;
}

static void menu_free(struct screen *s)
{
    free_items((struct menu_screen *)s);
    free(s);
}

static const struct screen_class menu_class = {
    .name = "menu",
    .context = IN_DIALOG,
    .floats = true,
    .draw = menu_draw,
    .key = menu_key,
    .click = menu_click,
    .free = menu_free,
};

/* It fills itself once it lies on the stack: what can be done depends on the screen below. */
static struct menu_screen *push_menu(struct ui *ui)
{
    struct menu_screen *m = mem_alloc(sizeof *m);
    m->screen.class = &menu_class;
    screen_push(ui, &m->screen);
    return m;
}

/* Is at least half of it for this kind of screen? */
static bool is_for(enum menu which, unsigned context)
{
    int all = 0, here = 0;
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const struct action *a = action_at((enum action_id)i);
        all += a->menu == which;
        here += a->menu == which && (a->contexts & context);
    }
    return 2 * here >= all;
}

/* The first that is for this screen: in a form that is its own, not one with all in it grey. */
void menu_open(struct ui *ui)
{
    struct bar bar;
    unsigned context = screen_context(ui);
    size_t at = 0;
    bar_lay_out(&bar, context, term_width());
    while (at + 1 < bar.n && !is_for(bar.name[at].menu, context))
        at++;
    struct menu_screen *m = push_menu(ui);
    m->in_bar = true;
    show_menu(m, bar.name[at].menu);
}

void menu_open_at(struct ui *ui, enum menu which)
{
    show_menu(push_menu(ui), which);
}

void context_menu_open(struct ui *ui, int y, int x)
{
    struct menu_screen *m = push_menu(ui);
    m->y = y;
    m->x = x;
    show_menu(m, MENU_NONE);
    if (m->list.n == 0) {
        screen_pop(ui, &m->screen);
        ui_say(ui, "%s", _("Here is no row to do something with."));
    }
}
