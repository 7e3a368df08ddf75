/* Small questions: yes or no, a line to type, one of several. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/complete.h"
#include "ui/edit.h"
#include "ui/float.h"
#include "ui/flow.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

/* ---- a question with a key that confirms -------------------------------------------------------
 */

enum { WIDEST_QUESTION = 66, WIDEST_LINE = 76 };

struct ask {
    struct screen screen;
    char *question, *key_words;
    int key;
    struct flow flow, keys;
    void (*done)(void *arg);
    void *arg;
    void (*drop)(void *arg);
};

static int widest_row(const struct flow *f)
{
    int widest = 0;
    for (size_t i = 0; i < f->n; i++) {
        int w = text_width(f->rows[i].text);
        if (w > widest)
            widest = w;
    }
    return widest;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static void ask_draw(struct screen *s)
{
    struct ask *a = (struct ask *)s;
    int most = term_width() - 10 < WIDEST_QUESTION ? term_width() - 10 : WIDEST_QUESTION;
    flow_text(&a->flow, a->question, most);
    flow_text(&a->keys, a->key_words, most);
    int inner = larger(widest_row(&a->flow), widest_row(&a->keys));
    /* Of what is too long the question is cut: the keys must be seen. */
    int keys = (int)a->keys.n, room = larger(1, term_height() - 6 - keys);
    int rows = (int)a->flow.n < room ? (int)a->flow.n : room;
    int width = inner + 6, height = rows + keys + 3, x = (term_width() - width) / 2;
    int y = larger(1, (term_height() - height) / 3);
    float_foot(s->ui, NULL, NULL);
    draw_box(y, x, height, width, NULL);
    for (int i = 0; i < rows; i++)
        draw_text(y + 1 + i, x + 3, inner, LOOK_PLAIN, a->flow.rows[i].text);
    y += rows + 2;
    for (int i = 0; i < keys; i++)
        draw_text(y + i, x + 3, inner, LOOK_STRONG, a->keys.rows[i].text);
    draw_cursor(y, x + 3);
}

static enum handled ask_key(struct screen *s, int key)
{
    struct ask *a = (struct ask *)s;
    if (float_key(key))
        return HANDLED;
    screen_pop(s->ui, s);
    if (key > 0 && key < 0x80 && tolower(key) == a->key)
        a->done(a->arg);
    else
        ui_say(s->ui, "%s", _("Nothing was done."));
    return HANDLED;
}

/* Every way out ends here, so this is where the argument goes. */
static void ask_free(struct screen *s)
{
    struct ask *a = (struct ask *)s;
    if (a->drop)
        a->drop(a->arg);
    flow_free(&a->flow);
    flow_free(&a->keys);
    free(a->question);
    free(a->key_words);
    free(a);
}

static const struct screen_class ask_class = {
    .name = "ask",
    .context = IN_DIALOG,
    .floats = true,
    .types = true,
    .draw = ask_draw,
    .key = ask_key,
    .free = ask_free,
};

void ask_open(struct ui *ui, const char *question, char key, const char *key_words,
              void (*done)(void *arg), void *arg, void (*drop)(void *arg))
{
    struct ask *a = mem_alloc(sizeof *a);
    a->screen.class = &ask_class;
    a->question = mem_strdup(question);
    a->key_words = mem_strdup(key_words ? key_words : "");
    a->key = tolower((unsigned char)key);
    a->done = done;
    a->arg = arg;
    a->drop = drop;
    screen_push(ui, &a->screen);
}

/* ---- a line to type ----------------------------------------------------------------------------
 */

enum { CANDIDATES = 8 };

struct prompt {
    struct screen screen;
    char *title;
    struct edit edit;
    bool files;
    bool value;                 /* an empty line is an answer too */
    struct file_names names;    /* shown below the line, after Tab */
    struct float_list list;     /* of them */
    bool chosen;                /* one of them is in hand, not the line */
    int names_top, left, width; /* as they were drawn last */
    void (*done)(void *arg, const char *text);
    void *arg;
    void (*drop)(void *arg);
};

static void forget_names(struct prompt *p)
{
    complete_free(&p->names);
    p->list = (struct float_list){0};
    p->chosen = false;
}

static size_t names_seen(const struct prompt *p)
{
    return p->names.n < CANDIDATES ? p->names.n : CANDIDATES;
}

static void draw_names(struct prompt *p, int y, int x, int width)
{
    size_t seen = names_seen(p);
    p->list.n = p->names.n;
    p->names_top = y + 1;
    p->left = x;
    p->width = width;
    float_scroll(&p->list, seen);
    draw_rule(y, x, width);
    float_place(y + (int)seen + 1, x - 1, width + 2, p->list.top, seen, p->names.n);
    for (size_t i = 0; i < seen; i++) {
        size_t at = p->list.top + i;
        draw_text(y + 1 + (int)i, x + 1, width - 2, LOOK_PLAIN, p->names.names[at].name);
        if (p->chosen && at == p->list.selected)
            draw_look(y + 1 + (int)i, x, width, LOOK_SELECTED);
    }
}

static void prompt_draw(struct screen *s)
{
    struct prompt *p = (struct prompt *)s;
    int width = term_width() - 4 < WIDEST_LINE ? term_width() - 4 : WIDEST_LINE;
    int x = (term_width() - width) / 2;
    int names = (int)names_seen(p);
    int height = 3 + (names > 0 ? names + 1 : 0);
    int room = term_height() - 2 - (p->files ? CANDIDATES + 4 : 3);
    int y = term_height() / 4 < room ? term_height() / 4 : room;
    y = y > 1 ? y : 1;
    float_foot(s->ui,
               p->files ? _("Enter accepts   Tab or ↓ shows files   Esc closes")
                        : _("Enter accepts   Esc closes"),
               NULL);
    draw_box(y, x, height, width, p->title);
    if (names > 0)
        draw_names(p, y + 2, x + 1, width - 2);
    edit_draw(&p->edit, y + 1, x + 2, width - 4, true);
    if (p->chosen)
        draw_cursor(y + 3 + (int)(p->list.selected - p->list.top), x + 2);
}

static void complete(struct prompt *p)
{
    struct buf longer = {0};
    const char *typed = buf_str(&p->edit.text);
    if (strcmp(typed, "~") == 0 || (complete_is_folder(typed) && typed[strlen(typed) - 1] != '/'))
        edit_key(&p->edit, '/', NULL);
    forget_names(p);
    if (!complete_find(buf_str(&p->edit.text), &p->names)) {
        ui_say(p->screen.ui, "%s", _("This folder cannot be read."));
        return;
    }
    if (p->names.n == 0) {
        ui_say(p->screen.ui, "%s", _("No file begins like this."));
        return;
    }
    complete_common(buf_str(&p->edit.text), &p->names, &longer);
    edit_set(&p->edit, buf_str(&longer));
    buf_free(&longer);
    if (p->names.n == 1)
        forget_names(p);
}

static void take_name(struct prompt *p)
{
    struct buf path = {0};
    complete_folder(buf_str(&p->edit.text), &path);
    buf_add(&path, p->names.names[p->list.selected].name);
    edit_set(&p->edit, buf_str(&path));
    bool folder = path.s[path.len - 1] == '/';
    forget_names(p);
    if (folder)
        complete(p);
    buf_free(&path);
}

static void choose_name(struct prompt *p, int by)
{
    if (p->names.n == 0) {
        if (by > 0)
            complete(p);
        return;
    }
    p->list.n = p->names.n;
    if (by < 0 && p->list.selected == 0) {
        p->chosen = false;
    } else if (p->chosen) {
        float_step(&p->list, by);
    } else if (by > 0) {
        p->chosen = true;
        p->list.selected = 0;
    }
}

static void accept(struct prompt *p)
{
    struct ui *ui = p->screen.ui;
    struct buf path = {0};
    const char *text = buf_str(&p->edit.text);
    if (p->chosen) {
        take_name(p);
        return;
    }
    /* A folder is on the way to a file. */
    if (p->files && !text_is_blank(text) && complete_is_folder(text)) {
        p->edit.fresh = false;
        complete(p);
        return;
    }
    screen_pop(ui, &p->screen);
    if (text_is_blank(text) && !p->value) {
        ui_say(ui, "%s", _("Nothing was done."));
        return;
    }
    if (p->files)
        complete_home(text, &path);
    else
        buf_add(&path, text);
    p->done(p->arg, buf_str(&path));
    buf_free(&path);
}

static enum handled prompt_key(struct screen *s, int key)
{
    struct prompt *p = (struct prompt *)s;
    bool changed = false;
    if (float_key(key))
        return HANDLED;
    switch (key) {
    case KEY_RETURN: accept(p); break;
    case KEY_ESCAPE:
    case CTRL_('G'): screen_pop(s->ui, s); break;
    case KEY_TABULATOR:
        if (p->files) {
            p->edit.fresh = false;
            complete(p);
        }
        break;
    case KEY(KEY_DOWN):
    case KEY(KEY_UP):
        if (p->files) {
            p->edit.fresh = false;
            choose_name(p, key == KEY(KEY_DOWN) ? 1 : -1);
        }
        break;
    default:
        if (edit_key(&p->edit, key, &changed) && changed)
            forget_names(p);
    }
    return HANDLED;
}

/* A click on a name takes it into the line. */
static enum handled prompt_click(struct screen *s, const struct click *c)
{
    struct prompt *p = (struct prompt *)s;
    if (c->kind == CLICK_WHEEL_UP || c->kind == CLICK_WHEEL_DOWN)
        return NOT_HANDLED;
    if (p->names.n > 0 && float_click(&p->list, c, p->names_top, p->left, p->width, names_seen(p)))
        take_name(p);
    return HANDLED;
}

static bool prompt_paste(struct screen *s, const char *text)
{
    struct prompt *p = (struct prompt *)s;
    edit_paste(&p->edit, text);
    forget_names(p);
    return true;
}

static void prompt_free(struct screen *s)
{
    struct prompt *p = (struct prompt *)s;
    if (p->drop)
        p->drop(p->arg);
    complete_free(&p->names);
    edit_free(&p->edit);
    free(p->title);
    free(p);
}

static const struct screen_class prompt_class = {
    .name = "prompt",
    .context = IN_DIALOG,
    .floats = true,
    .types = true,
    .draw = prompt_draw,
    .key = prompt_key,
    .click = prompt_click,
    .paste = prompt_paste,
    .free = prompt_free,
};

static struct prompt *prompt_new(struct ui *ui, const char *title, const char *text,
                                 void (*done)(void *arg, const char *), void *arg)
{
    struct prompt *p = mem_alloc(sizeof *p);
    p->screen.class = &prompt_class;
    p->title = mem_strdup(title);
    p->done = done;
    p->arg = arg;
    edit_set(&p->edit, text);
    p->edit.fresh = p->edit.text.len > 0;
    screen_push(ui, &p->screen);
    return p;
}

void prompt_open(struct ui *ui, const char *title, const char *text, bool files,
                 void (*done)(void *arg, const char *), void *arg, void (*drop)(void *arg))
{
    struct prompt *p = prompt_new(ui, title, text, done, arg);
    p->files = files;
    p->drop = drop;
}

void prompt_value_open(struct ui *ui, const char *title, const char *text,
                       void (*done)(void *arg, const char *), void *arg, void (*drop)(void *arg))
{
    struct prompt *p = prompt_new(ui, title, text, done, arg);
    p->value = true;
    p->drop = drop;
}

/* ---- one of several ----------------------------------------------------------------------------
 */

/* So many have a digit that takes them. */
enum { NUMBERED = 9 };

struct chooser {
    struct screen screen;
    char *title;
    char **labels;
    struct float_list list;
    struct float_typed typed;
    int top, left, width; /* of the rows, as they were drawn last */
    void (*done)(void *arg, size_t index);
    void *arg;
    void (*drop)(void *arg);
};

static size_t choices_seen(const struct chooser *c)
{
    size_t room = (size_t)(term_height() - 5);
    return c->list.n < room ? c->list.n : room;
}

static void place_choices(struct chooser *c, int in)
{
    size_t seen = choices_seen(c);
    int inner = text_width(c->title) + 2;
    for (size_t i = 0; i < c->list.n; i++)
        inner = larger(inner, text_width(c->labels[i]) + in);
    if (seen < c->list.n) /* there is room to say which of them are seen */
        inner = larger(inner, 20);
    inner = inner < term_width() - 8 ? inner : term_width() - 8;
    c->width = inner + 2;
    c->left = (term_width() - c->width) / 2;
    c->top = larger(1, (term_height() - 3 - (int)seen) / 3) + 1;
    float_scroll(&c->list, seen);
}

static void chooser_draw(struct screen *s)
{
    struct chooser *c = (struct chooser *)s;
    int in = c->list.n <= NUMBERED ? 3 : 0;
    size_t seen = choices_seen(c), top;
    place_choices(c, in);
    top = c->list.top;
    float_foot(s->ui, _("↑ ↓ or letters choose   Enter takes it   Esc closes"), NULL);
    draw_box(c->top - 1, c->left - 1, (int)seen + 2, c->width + 2, c->title);
    for (size_t i = 0; i < seen; i++) {
        char number[2] = {(char)('1' + top + i), '\0'};
        int y = c->top + (int)i;
        if (in)
            draw_text(y, c->left + 1, 1, LOOK_DIM, number);
        draw_text(y, c->left + 1 + in, c->width - 2 - in, LOOK_PLAIN, c->labels[top + i]);
        if (top + i == c->list.selected)
            draw_look(y, c->left, c->width, LOOK_SELECTED);
    }
    float_place(c->top + (int)seen, c->left - 1, c->width + 2, top, seen, c->list.n);
    draw_cursor(c->top + (int)(c->list.selected - top), c->left + 1);
}

static void take_choice(struct chooser *c)
{
    screen_pop(c->screen.ui, &c->screen);
    c->done(c->arg, c->list.selected);
}

static void chooser_letter(struct chooser *c, int key)
{
    if (key >= '1' && key <= '9' && c->list.n <= NUMBERED) {
        if ((size_t)(key - '1') < c->list.n) {
            c->list.selected = (size_t)(key - '1');
            take_choice(c);
        }
        return;
    }
    if (float_type(&c->typed, key, &c->list, c->labels))
        return;
    /* Where no label begins with these, they do as in the lists. */
    if (key == 'j' || key == 'k')
        float_step(&c->list, key == 'j' ? 1 : -1);
    else if (key == 'q')
        screen_pop(c->screen.ui, &c->screen);
}

static enum handled chooser_key(struct screen *s, int key)
{
    struct chooser *c = (struct chooser *)s;
    if (float_key(key) || float_move(&c->list, key, choices_seen(c)))
        return HANDLED;
    switch (key) {
    case KEY_RETURN: take_choice(c); break;
    case KEY_ESCAPE:
    case CTRL_('G'): screen_pop(s->ui, s); break;
    default: chooser_letter(c, key);
    }
    return HANDLED;
}

/* A click chooses, a second one takes. */
static enum handled chooser_click(struct screen *s, const struct click *click)
{
    struct chooser *c = (struct chooser *)s;
    if (click->kind == CLICK_WHEEL_UP || click->kind == CLICK_WHEEL_DOWN)
        return NOT_HANDLED;
    if (float_click(&c->list, click, c->top, c->left, c->width, choices_seen(c)) &&
        click->kind == CLICK_TWICE)
        take_choice(c);
    return HANDLED;
}

static void chooser_free(struct screen *s)
{
    struct chooser *c = (struct chooser *)s;
    if (c->drop)
        c->drop(c->arg);
    for (size_t i = 0; i < c->list.n; i++)
        free(c->labels[i]);
    free(c->labels);
    free(c->title);
    free(c);
}

static const struct screen_class chooser_class = {
    .name = "choose",
    .context = IN_DIALOG,
    .floats = true,
    .types = true,
    .draw = chooser_draw,
    .key = chooser_key,
    .click = chooser_click,
    .free = chooser_free,
};

void choose_open(struct ui *ui, const char *title, const char *const *labels, size_t n,
                 size_t selected, void (*done)(void *arg, size_t index), void *arg,
                 void (*drop)(void *arg))
{
    if (n == 0) {
        if (drop)
            drop(arg);
        return;
    }
    struct chooser *c = mem_alloc(sizeof *c);
    c->screen.class = &chooser_class;
    c->title = mem_strdup(title);
    c->labels = mem_alloc(n * sizeof *c->labels);
    for (size_t i = 0; i < n; i++)
        c->labels[i] = mem_strdup(labels[i]);
    c->list.n = n;
    c->list.selected = selected < n ? selected : n - 1;
    c->done = done;
    c->arg = arg;
    c->drop = drop;
    screen_push(ui, &c->screen);
}
