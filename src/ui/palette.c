/* The palette: every command by part of its name. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/command.h"
#include "ui/edit.h"
#include "ui/float.h"
#include "ui/fuzzy.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

/* A command with its words in search form, and how well it matches what was typed. */
struct found {
    struct command command;
    struct fuzzy label, english;
    char *help; /* with a space before each word */
    int score;  /* more is better; 0: no match */
    bool *hit;  /* the letters of the label that were typed */
};

enum { WIDEST = 110, MOST_ROWS = 16, HELP_LEAST = 20, GAP = 2 };

struct palette {
    struct screen screen;
    struct edit edit;
    struct found all[ACTION_COUNT];
    size_t nall;
    size_t shown[ACTION_COUNT]; /* indices of `all`, best first */
    struct float_list list;
    int top, left, inner; /* the first row and how wide they are, as drawn last */
    int label_width, menu_width, key_width;
};

/* ---- matching ---------------------------------------------------------------------------------
 */

/* What is found in the name comes before what only the English name or the help has; last come
 * letters that are strewn about in the name. What cannot be done now comes after what can, where
 * both are found alike. */
enum { IN_NAME = 6000, IN_ENGLISH = 4000, IN_HELP = 2000, STREWN = 1000, NOT_NOW = 900 };

static int better(int a, int b)
{
    return a > b ? a : b;
}

/* A sentence holds most letters in most orders: here each word that was typed must begin one. */
static bool in_help(const struct found *f, const char *typed)
{
    bool in = true;
    while (in && *typed) {
        size_t n = strcspn(typed, " ");
        char *word = mem_alloc(n + 2);
        word[0] = ' ';
        memcpy(word + 1, typed, n);
        in = strstr(f->help, word) != NULL;
        free(word);
        typed += n;
        typed += strspn(typed, " ");
    }
    return in;
}

static int score(struct found *f, const char *typed)
{
    int best = 0, s = fuzzy_score(&f->label, typed, true, f->hit);
    if (s > 0) {
        best = IN_NAME + s;
    } else {
        memset(f->hit, 0, f->label.n * sizeof *f->hit); /* some of its words may have been there */
        s = fuzzy_score(&f->label, typed, false, f->hit);
        best = s > 0 ? STREWN + s : 0;
    }
    s = fuzzy_score(&f->english, typed, true, NULL);
    best = better(best, s > 0 ? IN_ENGLISH + s : 0);
    best = better(best, in_help(f, typed) ? IN_HELP : 0);
    if (best > 0 && f->command.why)
        best = better(1, best - NOT_NOW);
    return best;
}

/* Nothing was typed: what was used last comes first. */
static int usual(const struct palette *p, const struct found *f)
{
    const struct ui *ui = p->screen.ui;
    int n = (int)(sizeof ui->used / sizeof *ui->used);
    if (f->command.why)
        return 1;
    for (int i = 0; i < n; i++)
        if (ui->used[i] == f->command.id)
            return 2 + n - i;
    return 2;
}

static const struct found *sorting;

static int by_score(const void *pa, const void *pb)
{
    size_t a = *(const size_t *)pa, b = *(const size_t *)pb;
    const struct found *fa = &sorting[a], *fb = &sorting[b];
    if (fa->score != fb->score)
        return fa->score > fb->score ? -1 : 1;
    return a < b ? -1 : a > b;
}

static void match(struct palette *p)
{
    struct buf typed = {0};
    text_fold_search(&typed, buf_str(&p->edit.text));
    p->list = (struct float_list){0};
    for (size_t i = 0; i < p->nall; i++) {
        struct found *f = &p->all[i];
        memset(f->hit, 0, f->label.n * sizeof *f->hit);
        f->score = typed.len > 0 ? score(f, typed.s) : usual(p, f);
        if (f->score > 0)
            p->shown[p->list.n++] = i;
    }
    sorting = p->all;
    qsort(p->shown, p->list.n, sizeof *p->shown, by_score);
    buf_free(&typed);
}

static char *with_space(const char *words)
{
    struct buf folded = {0}, out = {0};
    text_fold_search(&folded, words);
    buf_addf(&out, " %s", buf_str(&folded));
    buf_free(&folded);
    return buf_take(&out);
}

/* Once it lies on the stack, for what can be done depends on the screen below. */
static void collect(struct palette *p)
{
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const struct action *a = action_at((enum action_id)i);
        if (a->id == ACTION_PALETTE)
            continue;
        struct found *f = &p->all[p->nall++];
        f->command = command_make(float_below(&p->screen), a->id);
        fuzzy_make(&f->label, f->command.label);
        fuzzy_make(&f->english, a->label);
        f->help = with_space(lang_tr(a->help));
        f->hit = mem_alloc((f->label.n + 1) * sizeof *f->hit);
    }
    match(p);
}

/* ---- drawing ----------------------------------------------------------------------------------
 */

/* A box that stays where it is while one types. */
static size_t rows_seen(void)
{
    int room = term_height() - 7;
    return (size_t)(room < MOST_ROWS ? room : MOST_ROWS);
}

static int wider(int w, const char *s)
{
    int own = text_width(s);
    return own > w ? own : w;
}

/* The columns: name, key, menu; what is left is for the help. */
static void measure(struct palette *p)
{
    p->label_width = p->menu_width = p->key_width = 0;
    for (size_t i = 0; i < p->nall; i++) {
        const struct command *c = &p->all[i].command;
        p->label_width = wider(p->label_width, lang_tr(action_at(c->id)->label));
        p->key_width = wider(p->key_width, c->key);
    }
    for (enum menu m = MENU_NONE + 1; m < MENU_COUNT; m++)
        p->menu_width = wider(p->menu_width, menu_label(m));
    int room = p->inner - p->key_width - p->menu_width - 2 * GAP - 3;
    if (p->label_width > room)
        p->label_width = room;
}

static void draw_hits(const struct found *f, int y, int x, int width, enum look look)
{
    for (size_t i = 0; i < f->label.n; i++)
        if (f->hit[i] && f->label.column[i] < width)
            draw_look(y, x + f->label.column[i], 1, look);
}

/* What cannot be done now has a dot before it; its key is shown all the same, to be learnt. */
static void draw_row(const struct palette *p, size_t i, int y)
{
    const struct found *f = &p->all[p->shown[i]];
    const struct action *a = action_at(f->command.id);
    int x = p->left + 2;
    draw_text(y, p->left, p->inner, LOOK_PLAIN, "");
    if (f->command.why)
        draw_text(y, p->left, 1, LOOK_DIM, "·");
    draw_text(y, x, p->label_width, f->command.why ? LOOK_DIM : LOOK_PLAIN, f->command.label);
    if (i == p->list.selected)
        draw_look(y, p->left, p->inner, LOOK_SELECTED);
    draw_hits(f, y, x, p->label_width, i == p->list.selected ? LOOK_FOUND_SELECTED : LOOK_FOUND);
    enum look look = i == p->list.selected ? LOOK_SELECTED : LOOK_DIM;
    draw_text(y, x += p->label_width + GAP, p->key_width, look, f->command.key);
    draw_text(y, x += p->key_width + GAP, p->menu_width, look, menu_label(a->menu));
    x += p->menu_width + GAP;
    int room = p->left + p->inner - x - 1;
    if (room >= HELP_LEAST)
        draw_text(y, x, room, look, lang_tr(a->help));
}

static void draw_foot(struct palette *p)
{
    const char *words = NULL;
    if (p->list.n > 0) {
        const struct command *c = &p->all[p->shown[p->list.selected]].command;
        words = c->why ? c->why : lang_tr(action_at(c->id)->help);
    }
    float_foot(p->screen.ui, _("↑ ↓ choose   Enter does it   Esc closes"), words);
}

static void palette_draw(struct screen *s)
{
    struct palette *p = (struct palette *)s;
    int width = term_width() - 4 < WIDEST ? term_width() - 4 : WIDEST;
    int x = (term_width() - width) / 2;
    size_t seen = rows_seen();
    p->top = 4;
    p->left = x + 1;
    p->inner = width - 2;
    float_scroll(&p->list, seen);
    measure(p);
    draw_foot(p);
    draw_box(1, x, (int)seen + 4, width, _("Commands"));
    draw_rule(3, x + 1, p->inner);
    for (size_t i = 0; i < seen && p->list.top + i < p->list.n; i++)
        draw_row(p, p->list.top + i, p->top + (int)i);
    float_place(p->top + (int)seen, x, width, p->list.top, seen, p->list.n);
    if (p->list.n == 0)
        draw_text(4, x + 2, p->inner - 2, LOOK_DIM, _("No command has these letters."));
    edit_draw(&p->edit, 2, x + 2, p->inner - 2, true);
    if (p->edit.text.len == 0) {
        draw_text(2, x + 2, p->inner - 2, LOOK_DIM, _("part of a command's name"));
        draw_cursor(2, x + 2);
    }
}

/* ---- keys -------------------------------------------------------------------------------------
 */

static void take(struct palette *p)
{
    if (p->list.n == 0)
        return;
    const struct command *c = &p->all[p->shown[p->list.selected]].command;
    if (c->why)
        ui_say(p->screen.ui, "%s", c->why);
    else
        float_perform(&p->screen, c->id);
}

static enum handled palette_key(struct screen *s, int key)
{
    struct palette *p = (struct palette *)s;
    bool changed = false, of_line = key == KEY(KEY_HOME) || key == KEY(KEY_END);
    if (float_key(key) || (!of_line && float_move(&p->list, key, rows_seen())))
        return HANDLED;
    switch (key) {
    case KEY_RETURN: take(p); break;
    case KEY_ESCAPE:
    case CTRL_('G'):
    case CTRL_('P'): screen_pop(s->ui, s); break;
    default:
        if (edit_key(&p->edit, key, &changed) && changed)
            match(p);
    }
    return HANDLED;
}

static enum handled palette_click(struct screen *s, const struct click *c)
{
    struct palette *p = (struct palette *)s;
    if (c->kind == CLICK_WHEEL_UP || c->kind == CLICK_WHEEL_DOWN)
        return NOT_HANDLED;
    if (float_click(&p->list, c, p->top, p->left, p->inner, rows_seen()))
        take(p);
    return HANDLED;
}

static bool palette_paste(struct screen *s, const char *text)
{
    struct palette *p = (struct palette *)s;
    edit_paste(&p->edit, text);
    match(p);
    return true;
}

static void palette_free(struct screen *s)
{
    struct palette *p = (struct palette *)s;
    for (size_t i = 0; i < p->nall; i++) {
        command_free(&p->all[i].command);
        fuzzy_free(&p->all[i].label);
        fuzzy_free(&p->all[i].english);
        free(p->all[i].help);
        free(p->all[i].hit);
    }
    edit_free(&p->edit);
    free(p);
}

static const struct screen_class palette_class = {
    .name = "palette",
    .context = IN_DIALOG,
    .floats = true,
    .types = true,
    .draw = palette_draw,
    .key = palette_key,
    .paste = palette_paste,
    .click = palette_click,
    .free = palette_free,
};

void palette_open(struct ui *ui)
{
    struct palette *p = mem_alloc(sizeof *p);
    p->screen.class = &palette_class;
    screen_push(ui, &p->screen);
    collect(p);
}
