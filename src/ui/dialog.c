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
#define NONE_CHOSEN ((size_t)-1)

struct prompt {
    struct screen screen;
    char *title;
    struct edit edit;
    bool files;
    bool value;              /* an empty line is an answer too */
    struct file_names names; /* shown below the line, after Tab */
    size_t chosen, top;
    void (*done)(void *arg, const char *text);
    void *arg;
    void (*drop)(void *arg);
};

static void forget_names(struct prompt *p)
{
    complete_free(&p->names);
    p->chosen = NONE_CHOSEN;
    p->top = 0;
}

static void draw_names(struct prompt *p, int y, int x, int width)
{
    size_t seen = p->names.n < CANDIDATES ? p->names.n : CANDIDATES;
    if (p->chosen != NONE_CHOSEN && p->chosen < p->top)
        p->top = p->chosen;
    if (p->chosen != NONE_CHOSEN && p->chosen >= p->top + seen)
        p->top = p->chosen - seen + 1;
    draw_rule(y, x, width);
    float_place(y + (int)seen + 1, x - 1, width + 2, p->top, seen, p->names.n);
    for (size_t i = 0; i < seen; i++) {
        draw_text(y + 1 + (int)i, x + 1, width - 2, LOOK_PLAIN, p->names.names[p->top + i].name);
        if (p->top + i == p->chosen)
            draw_look(y + 1 + (int)i, x, width, LOOK_SELECTED);
    }
}

static void prompt_draw(struct screen *s)
{
    struct prompt *p = (struct prompt *)s;
    int width = term_width() - 4 < WIDEST_LINE ? term_width() - 4 : WIDEST_LINE;
    int x = (term_width() - width) / 2;
    int names = (int)(p->names.n < CANDIDATES ? p->names.n : CANDIDATES);
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
    if (p->chosen != NONE_CHOSEN)
        draw_cursor(y + 3 + (int)(p->chosen - p->top), x + 2);
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
    buf_add(&path, p->names.names[p->chosen].name);
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
    } else if (p->chosen == NONE_CHOSEN) {
        p->chosen = by > 0 ? 0 : NONE_CHOSEN;
    } else if (by < 0) {
        p->chosen = p->chosen > 0 ? p->chosen - 1 : NONE_CHOSEN;
    } else if (p->chosen + 1 < p->names.n) {
        p->chosen++;
    }
}

static void accept(struct prompt *p)
{
    struct ui *ui = p->screen.ui;
    struct buf path = {0};
    const char *text = buf_str(&p->edit.text);
    if (p->chosen != NONE_CHOSEN) {
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
    .paste = prompt_paste,
    .free = prompt_free,
};

static struct prompt *prompt_new(struct ui *ui, const char *title, const char *text,
                                 void (*done)(void *arg, const char *), void *arg)
{
    struct prompt *p = mem_alloc(sizeof *p);
    p->screen.class = &prompt_class;
    p->title = mem_strdup(title);
    p->chosen = NONE_CHOSEN;
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
                       void (*done)(void *arg, const char *), void *arg)
{
    prompt_new(ui, title, text, done, arg)->value = true;
}

/* ---- one of several ----------------------------------------------------------------------------
 */

/* So many have a digit that takes them. */
enum { NUMBERED = 9 };

struct chooser {
    struct screen screen;
    char *title;
    char **labels;
    size_t n, selected, top;
    void (*done)(void *arg, size_t index);
    void *arg;
    void (*drop)(void *arg);
};

static size_t choices_seen(const struct chooser *c)
{
    size_t room = (size_t)(term_height() - 5);
    return c->n < room ? c->n : room;
}

static void chooser_draw(struct screen *s)
{
    struct chooser *c = (struct chooser *)s;
    int inner = text_width(c->title) + 2, in = c->n <= NUMBERED ? 3 : 0;
    for (size_t i = 0; i < c->n; i++)
        inner = larger(inner, text_width(c->labels[i]) + in);
    size_t seen = choices_seen(c);
    if (seen < c->n) /* there is room to say which of them are seen */
        inner = larger(inner, 20);
    inner = inner < term_width() - 8 ? inner : term_width() - 8;
    if (c->selected < c->top)
        c->top = c->selected;
    if (c->selected >= c->top + seen)
        c->top = c->selected - seen + 1;
    if (c->top + seen > c->n)
        c->top = c->n - seen;
    int width = inner + 4, height = (int)seen + 2, x = (term_width() - width) / 2;
    int y = larger(1, (term_height() - 1 - height) / 3);
    float_foot(s->ui, _("↑ ↓ choose   Enter takes it   Esc closes"), NULL);
    draw_box(y, x, height, width, c->title);
    for (size_t i = 0; i < seen; i++) {
        size_t at = c->top + i;
        char number[2] = {(char)('1' + at), '\0'};
        int row = y + 1 + (int)i;
        if (in)
            draw_text(row, x + 2, 1, LOOK_DIM, number);
        draw_text(row, x + 2 + in, inner - in, LOOK_PLAIN, c->labels[at]);
        if (at == c->selected)
            draw_look(row, x + 1, width - 2, LOOK_SELECTED);
    }
    float_place(y + height - 1, x, width, c->top, seen, c->n);
    draw_cursor(y + 1 + (int)(c->selected - c->top), x + 2);
}

static bool choice_by_letter(struct chooser *c, int key)
{
    for (size_t i = 1; i <= c->n; i++) {
        size_t at = (c->selected + i) % c->n;
        if (float_begins_with(c->labels[at], key)) {
            c->selected = at;
            return true;
        }
    }
    return false;
}

static void move_choice(struct chooser *c, long by)
{
    long to = (long)c->selected + by, last = (long)c->n - 1;
    c->selected = to < 0 ? 0 : to > last ? (size_t)last : (size_t)to;
}

static void take_choice(struct chooser *c)
{
    screen_pop(c->screen.ui, &c->screen);
    c->done(c->arg, c->selected);
}

static void chooser_letter(struct chooser *c, int key)
{
    if (key >= '1' && key <= '9' && c->n <= NUMBERED) {
        if ((size_t)(key - '1') < c->n) {
            c->selected = (size_t)(key - '1');
            take_choice(c);
        }
        return;
    }
    if (choice_by_letter(c, key))
        return;
    /* Where no label begins with these, they do as in the lists. */
    if (key == 'j' || key == 'k')
        move_choice(c, key == 'j' ? 1 : -1);
    else if (key == 'q')
        screen_pop(c->screen.ui, &c->screen);
}

static enum handled chooser_key(struct screen *s, int key)
{
    struct chooser *c = (struct chooser *)s;
    if (float_key(key))
        return HANDLED;
    switch (key) {
    case KEY(KEY_DOWN): move_choice(c, 1); break;
    case KEY(KEY_UP): move_choice(c, -1); break;
    case KEY(KEY_NPAGE): move_choice(c, (long)choices_seen(c)); break;
    case KEY(KEY_PPAGE): move_choice(c, -(long)choices_seen(c)); break;
    case KEY(KEY_HOME): c->selected = 0; break;
    case KEY(KEY_END): c->selected = c->n - 1; break;
    case KEY_RETURN: take_choice(c); break;
    case KEY_ESCAPE:
    case CTRL_('G'): screen_pop(s->ui, s); break;
    default: chooser_letter(c, key);
    }
    return HANDLED;
}

static void chooser_free(struct screen *s)
{
    struct chooser *c = (struct chooser *)s;
    if (c->drop)
        c->drop(c->arg);
    for (size_t i = 0; i < c->n; i++)
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
    c->n = n;
    c->selected = selected < n ? selected : n - 1;
    c->done = done;
    c->arg = arg;
    c->drop = drop;
    screen_push(ui, &c->screen);
}
