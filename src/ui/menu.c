/* The menus that are pulled down from the bar. */
#include "config.h"

#include <stdlib.h>

#include <curses.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/float.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

struct menu_screen {
    struct screen screen;
    enum menu which;
    unsigned context; /* of the screen below */
    enum action_id items[ACTION_COUNT];
    size_t n, selected, top;
};

/* Commands of the lists are shown everywhere, so that one learns where they are; those of a form,
 * say, only there. */
static bool belongs(const struct menu_screen *m, const struct action *a)
{
    return a->menu == m->which && (a->contexts & (m->context | IN_DESK | IN_ROSTER | IN_RECORD));
}

static void show_menu(struct menu_screen *m, enum menu which)
{
    m->which = which;
    m->n = m->selected = m->top = 0;
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
        if (belongs(m, action_at((enum action_id)i)))
            m->items[m->n++] = (enum action_id)i;
}

/* ---- drawing ----------------------------------------------------------------------------------
 */

/* Where the name of the menu stands in the bar: as draw_bar puts it. */
static int name_column(enum menu which)
{
    int x = text_width(" samling  ");
    for (enum menu m = MENU_NONE + 1; m < which; m++)
        x += text_width(menu_label(m)) + 2;
    return x;
}

static void measure(const struct menu_screen *m, int *label, int *key)
{
    struct buf b = {0};
    *label = *key = 0;
    for (size_t i = 0; i < m->n; i++) {
        int w = text_width(lang_tr(action_at(m->items[i])->label));
        if (w > *label)
            *label = w;
        buf_clear(&b);
        action_key_text(m->items[i], &b);
        w = text_width(buf_str(&b));
        if (w > *key)
            *key = w;
    }
    buf_free(&b);
}

static void draw_item(struct menu_screen *m, size_t i, int y, int x, int width, int key_width)
{
    struct buf key = {0};
    enum action_id id = m->items[i];
    enum look look = float_allows(&m->screen, id, NULL) ? LOOK_PLAIN : LOOK_DIM;
    action_key_text(id, &key);
    draw_text(y, x, width, look, "");
    draw_text(y, x + 1, width - key_width - 3, look, lang_tr(action_at(id)->label));
    draw_right(y, x + width - key_width - 1, key_width, LOOK_DIM, buf_str(&key));
    if (i == m->selected)
        draw_look(y, x, width, LOOK_SELECTED);
    buf_free(&key);
}

/* What the selected one does, or why it can't be done here. */
static void draw_foot(struct menu_screen *m, bool hints)
{
    struct buf words = {0};
    enum action_id id = m->items[m->selected];
    if (float_allows(&m->screen, id, &words))
        buf_add(&words, lang_tr(action_at(id)->help));
    float_foot(m->screen.ui, hints ? _("Enter does it   ← → other menus   Esc closes") : NULL,
               buf_str(&words));
    buf_free(&words);
}

static void menu_draw(struct screen *s)
{
    struct menu_screen *m = (struct menu_screen *)s;
    int label_width, key_width, name = name_column(m->which);
    measure(m, &label_width, &key_width);
    int width = label_width + key_width + 7, x = name - 2;
    if (width > term_width())
        width = term_width();
    if (x + width > term_width())
        x = term_width() - width;
    /* The bar, the message, and the box's own two lines; the hints may be covered. */
    size_t room = (size_t)(term_height() - 4), seen = m->n < room ? m->n : room;
    if (m->selected < m->top)
        m->top = m->selected;
    if (m->selected >= m->top + seen)
        m->top = m->selected - seen + 1;
    draw_foot(m, (int)seen + 2 < term_height() - 2);
    draw_text(0, name - 1, 1, LOOK_PLAIN, "");
    draw_text(0, name, text_width(menu_label(m->which)) + 1, LOOK_STRONG, menu_label(m->which));
    draw_box(1, x, (int)seen + 2, width, NULL);
    for (size_t i = 0; i < seen; i++)
        draw_item(m, m->top + i, 2 + (int)i, x + 1, width - 2, key_width);
    float_place((int)seen + 2, x, width, m->top, seen, m->n);
    draw_cursor(2 + (int)(m->selected - m->top), x + 2);
}

/* ---- keys -------------------------------------------------------------------------------------
 */

static void step_menu(struct menu_screen *m, int by)
{
    int count = MENU_COUNT - 1, at = (int)m->which - 1;
    show_menu(m, (enum menu)(1 + (at + by + count) % count));
}

static void step_item(struct menu_screen *m, size_t by)
{
    m->selected = (m->selected + by) % m->n;
}

static bool jump(struct menu_screen *m, int key)
{
    for (size_t i = 1; i <= m->n; i++) {
        size_t at = (m->selected + i) % m->n;
        if (float_begins_with(lang_tr(action_at(m->items[at])->label), key)) {
            m->selected = at;
            return true;
        }
    }
    return false;
}

static enum handled menu_key(struct screen *s, int key)
{
    struct menu_screen *m = (struct menu_screen *)s;
    if (float_key(key))
        return HANDLED;
    switch (key) {
    case KEY(KEY_LEFT):
    case KEY(KEY_BTAB): step_menu(m, -1); break;
    case KEY(KEY_RIGHT):
    case KEY_TABULATOR: step_menu(m, 1); break;
    case KEY(KEY_DOWN): step_item(m, 1); break;
    case KEY(KEY_UP): step_item(m, m->n - 1); break;
    case KEY(KEY_HOME):
    case KEY(KEY_PPAGE): m->selected = 0; break;
    case KEY(KEY_END):
    case KEY(KEY_NPAGE): m->selected = m->n - 1; break;
    case KEY_RETURN: float_perform(s, m->items[m->selected]); break;
    case KEY(KEY_F(1)): float_perform(s, ACTION_HELP); break;
    case KEY_ESCAPE:
    case KEY(KEY_F(9)):
    case KEY(KEY_F(10)):
    case CTRL_('O'):
    case CTRL_('G'):
    case 'q': screen_pop(s->ui, s); break;
    default:
        /* Where no name begins with j or k, they move as in the lists. */
        if (!jump(m, key) && (key == 'j' || key == 'k'))
            step_item(m, key == 'j' ? 1 : m->n - 1);
    }
    return HANDLED;
}

static void menu_free(struct screen *s)
{
    free(s);
}

static const struct screen_class menu_class = {
    .name = "menu",
    .context = IN_DIALOG,
    .floats = true,
    .draw = menu_draw,
    .key = menu_key,
    .free = menu_free,
};

void menu_open(struct ui *ui)
{
    struct menu_screen *m = mem_alloc(sizeof *m);
    m->screen.class = &menu_class;
    m->context = screen_context(ui);
    show_menu(m, MENU_NONE + 1);
    screen_push(ui, &m->screen);
}
