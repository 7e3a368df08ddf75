#include "config.h"

#include "ui/display.h"

#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/float.h"
#include "ui/ui_internal.h"

/* ---- words ------------------------------------------------------------------------------------
 */

static const struct {
    const char *word;
    enum theme theme;
} themes[] = {
    {"auto", THEME_AUTO},
    {"dark", THEME_DARK},
    {"light", THEME_LIGHT},
    {"mono", THEME_MONO},
};
enum { THEMES = sizeof themes / sizeof *themes };

static bool is(const char *word, size_t n, const char *name)
{
    return strlen(name) == n && strncmp(word, name, n) == 0;
}

static bool read_word(struct display *d, const char *word, size_t n)
{
    if (is(word, n, "plain"))
        return d->plain = true;
    if (is(word, n, "mouse"))
        return d->mouse = true;
    for (size_t i = 0; i < THEMES; i++) {
        if (is(word, n, themes[i].word)) {
            d->theme = themes[i].theme;
            return true;
        }
    }
    return false;
}

bool display_read(struct display *d, const char *words)
{
    struct display read = {.background = d->background};
    for (const char *p = words + strspn(words, ", "); *p; p += strspn(p, ", ")) {
        size_t n = strcspn(p, ", ");
        if (!read_word(&read, p, n))
            return false;
        p += n;
    }
    *d = read;
    return true;
}

void display_write(const struct display *d, struct buf *out)
{
    for (size_t i = 0; i < THEMES; i++)
        if (themes[i].theme == d->theme)
            buf_add(out, themes[i].word);
    if (d->plain)
        buf_add(out, ",plain");
    if (d->mouse)
        buf_add(out, ",mouse");
}

/* ---- kept -------------------------------------------------------------------------------------
 */

/* What stands in a setting of this user; false when there is none, or it is not understood. */
static bool read_setting(struct session *s, const char *name, struct display *out)
{
    char *value = NULL;
    struct error err = {0};
    bool read =
        setting_get(s, false, name, &value, &err) == ST_OK && value && display_read(out, value);
    free(value);
    return read;
}

void display_load(struct session *s, struct display *out)
{
    struct display background = {0};
    *out = (struct display){0};
    read_setting(s, "display", out);
    if (read_setting(s, "background", &background))
        out->background = background.theme;
}

enum status display_keep(struct session *s, const struct display *d, struct error *err)
{
    struct buf words = {0};
    display_write(d, &words);
    enum status st = setting_set(s, false, "display", words.s, err);
    buf_free(&words);
    return st;
}

void display_keep_background(struct session *s, enum theme background)
{
    struct display was = {0}, now = {.theme = background};
    struct error err = {0};
    if (background == THEME_AUTO)
        return;
    if (read_setting(s, "background", &was) && was.theme == background)
        return;
    struct buf word = {0};
    display_write(&now, &word);
    /* When it fails the next start asks again: nothing is lost. */
    setting_set(s, false, "background", word.s, &err);
    buf_free(&word);
}

/* ---- chosen -----------------------------------------------------------------------------------
 */

enum { ROW_PLAIN = THEMES, ROW_MOUSE, ROWS };

struct chooser {
    struct screen screen;
    struct display was;
    int selected;
    int y, x, width; /* where the first row was drawn last */
};

static const char *row_label(int row)
{
    switch (row) {
    case THEME_AUTO: return _("Colours as the terminal's background asks for");
    case THEME_DARK: return _("Colours for a dark background");
    case THEME_LIGHT: return _("Colours for a light background");
    case THEME_MONO: return _("No colours");
    case ROW_PLAIN: return _("Plain screens, for screen readers: no boxes and lines");
    default: return _("The mouse: then Shift and the mouse selects text to copy");
    }
}

static bool row_taken(int row)
{
    const struct display *d = term_display();
    return row == ROW_PLAIN ? d->plain : row == ROW_MOUSE ? d->mouse : (int)d->theme == row;
}

static void take_row(int row)
{
    struct display d = *term_display();
    if (row == ROW_PLAIN)
        d.plain = !d.plain;
    else if (row == ROW_MOUSE)
        d.mouse = !d.mouse;
    else
        d.theme = (enum theme)row;
    term_set_display(&d);
}

static int widest_row(void)
{
    int widest = 0;
    for (int row = 0; row < ROWS; row++) {
        int w = text_width(row_label(row));
        widest = w > widest ? w : widest;
    }
    return widest;
}

static void chooser_draw(struct screen *s)
{
    struct chooser *c = (struct chooser *)s;
    int mark = 7, inner = widest_row() + mark, most = term_width() - 6, height = ROWS + 3;
    inner = inner < most ? inner : most;
    c->width = inner + 4;
    c->x = (term_width() - c->width) / 2;
    c->y = (term_height() - 1 - height) / 3 + 1;
    float_foot(s->ui, _("Space takes it   Enter keeps it   Esc puts it back"), NULL);
    draw_box(c->y - 1, c->x, height, c->width, _("Display"));
    draw_rule(c->y + THEMES, c->x + 1, c->width - 2);
    for (int row = 0; row < ROWS; row++) {
        int y = c->y + row + (row >= THEMES);
        const char *sign =
            row < THEMES ? (row_taken(row) ? "(x)" : "( )") : (row_taken(row) ? "[x]" : "[ ]");
        char number[2] = {(char)('1' + row), '\0'};
        draw_text(y, c->x + 2, 1, LOOK_DIM, number);
        draw_text(y, c->x + 4, 3, LOOK_PLAIN, sign);
        draw_text(y, c->x + 2 + mark - 1, inner - mark + 1, LOOK_PLAIN, row_label(row));
        if (row == c->selected)
            draw_look(y, c->x + 1, c->width - 2, LOOK_SELECTED);
    }
    draw_cursor(c->y + c->selected + (c->selected >= THEMES), c->x + 2);
}

static void keep_and_close(struct chooser *c)
{
    struct ui *ui = c->screen.ui;
    struct error err = {0};
    screen_pop(ui, &c->screen);
    if (display_keep(ui->session, term_display(), &err) != ST_OK)
        ui_complain(ui, &err);
    else
        ui_say(ui, "%s", _("It is shown like this from now on."));
}

static void put_back(struct chooser *c)
{
    term_set_display(&c->was);
    screen_pop(c->screen.ui, &c->screen);
}

static void move_to(struct chooser *c, int row)
{
    c->selected = row < 0 ? 0 : row >= ROWS ? ROWS - 1 : row;
}

static enum handled chooser_key(struct screen *s, int key)
{
    struct chooser *c = (struct chooser *)s;
    if (float_key(key))
        return HANDLED;
    switch (key) {
    case KEY(KEY_DOWN):
    case KEY_TABULATOR:
    case 'j': move_to(c, c->selected + 1); break;
    case KEY(KEY_UP):
    case KEY(KEY_BTAB):
    case 'k': move_to(c, c->selected - 1); break;
    case KEY(KEY_HOME): move_to(c, 0); break;
    case KEY(KEY_END): move_to(c, ROWS - 1); break;
    case 'x':
    case ' ': take_row(c->selected); break;
    case KEY_RETURN: keep_and_close(c); break;
    case KEY_ESCAPE:
    case CTRL_('G'):
    case 'q': put_back(c); break;
    default:
        if (key >= '1' && key < '1' + ROWS) {
            move_to(c, key - '1');
            take_row(c->selected);
        }
    }
    return HANDLED;
}

static enum handled chooser_click(struct screen *s, const struct click *click)
{
    struct chooser *c = (struct chooser *)s;
    int row = click->y - c->y;
    bool inside = click->x > c->x && click->x < c->x + c->width - 1 && row != THEMES;
    row -= row > THEMES;
    if (click->kind != CLICK_ONCE)
        return click->kind == CLICK_TWICE ? HANDLED : NOT_HANDLED;
    if (inside && row >= 0 && row < ROWS) {
        move_to(c, row);
        take_row(row);
    }
    return HANDLED;
}

static void chooser_free(struct screen *s)
{
    free(s);
}

static const struct screen_class chooser_class = {
    .name = "display",
    .context = IN_DIALOG,
    .floats = true,
    .types = true,
    .draw = chooser_draw,
    .key = chooser_key,
    .click = chooser_click,
    .free = chooser_free,
};

void display_open(struct ui *ui)
{
    struct chooser *c = mem_alloc(sizeof *c);
    c->screen.class = &chooser_class;
    c->was = *term_display();
    c->selected = (int)c->was.theme;
    screen_push(ui, &c->screen);
}
