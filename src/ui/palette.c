/* The palette: every command by part of its name. */
#include "config.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/edit.h"
#include "ui/float.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

/* A name, its words in search form, and how well it matches what was typed. */
struct found {
    enum action_id id;
    char *label, *help;
    bool allowed;
    int score; /* less is better; NO_MATCH */
};

enum { NO_MATCH = INT_MAX, WIDEST = 100, MOST_ROWS = 16, HELP_LEAST = 20 };

struct palette {
    struct screen screen;
    struct edit edit;
    struct found all[ACTION_COUNT];
    size_t nall;
    size_t shown[ACTION_COUNT]; /* indices of `all`, best first */
    size_t n, selected, top;
};

/* ---- matching ---------------------------------------------------------------------------------
 */

/* Where `typed` begins a word of `words`, -1 when nowhere. */
static int at_word(const char *words, const char *typed)
{
    size_t n = strlen(typed);
    for (const char *p = words; *p;) {
        if (strncmp(p, typed, n) == 0)
            return (int)(p - words);
        p += strcspn(p, " ");
        p += *p == ' ';
    }
    return -1;
}

/* All letters of `typed` in order: how many are passed over in between, -1 when they are not there.
 * `strict`: each goes on from the one before, or begins a word. */
static int in_order(const char *words, const char *typed, bool strict)
{
    int passed = 0;
    bool next = true; /* may stand here although it begins no word */
    const char *p = words;
    for (; *typed; typed++) {
        if (*typed == ' ') {
            next = false;
            continue;
        }
        while (*p && (*p != *typed || (strict && !next && p > words && p[-1] != ' '))) {
            p++;
            passed++;
            next = false;
        }
        if (!*p)
            return -1;
        p++;
        next = true;
    }
    return passed;
}

/* `typed` is folded and not empty. Word starts come first, then names, then what the help says. */
static int score(const struct found *f, const char *typed)
{
    int at = at_word(f->label, typed);
    if (at >= 0)
        return at == 0 ? 0 : 100 + at;
    const char *inside = strstr(f->label, typed);
    if (inside)
        return 200 + (int)(inside - f->label);
    int passed = in_order(f->label, typed, false);
    if (passed >= 0)
        return 300 + passed;
    at = at_word(f->help, typed);
    if (at >= 0)
        return 1000 + at;
    /* A sentence holds most letters in most orders: only those at the beginnings of words count. */
    passed = in_order(f->help, typed, true);
    return passed >= 0 ? 2000 + passed : NO_MATCH;
}

static const struct found *sorting;

static int by_score(const void *pa, const void *pb)
{
    size_t a = *(const size_t *)pa, b = *(const size_t *)pb;
    const struct found *fa = &sorting[a], *fb = &sorting[b];
    if (fa->allowed != fb->allowed)
        return fa->allowed ? -1 : 1;
    if (fa->score != fb->score)
        return fa->score < fb->score ? -1 : 1;
    return a < b ? -1 : a > b;
}

static void match(struct palette *p)
{
    struct buf typed = {0};
    text_fold_search(&typed, buf_str(&p->edit.text));
    p->n = p->selected = p->top = 0;
    for (size_t i = 0; i < p->nall; i++) {
        p->all[i].score = typed.len > 0 ? score(&p->all[i], typed.s) : 0;
        if (p->all[i].score != NO_MATCH)
            p->shown[p->n++] = i;
    }
    sorting = p->all;
    qsort(p->shown, p->n, sizeof *p->shown, by_score);
    buf_free(&typed);
}

static char *folded(const char *s)
{
    struct buf out = {0};
    text_fold_search(&out, s);
    return buf_take(&out);
}

/* Once it lies on the stack, for what is allowed depends on the screen below. */
static void collect(struct palette *p)
{
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const struct action *a = action_at((enum action_id)i);
        if (a->id == ACTION_PALETTE)
            continue;
        p->all[p->nall++] = (struct found){.id = a->id,
                                           .label = folded(lang_tr(a->label)),
                                           .help = folded(lang_tr(a->help)),
                                           .allowed = float_allows(&p->screen, a->id, NULL)};
    }
    match(p);
}

/* ---- drawing ----------------------------------------------------------------------------------
 */

/* A box that stays where it is while one types. */
static int rows_seen(void)
{
    int room = term_height() - 7;
    return room < MOST_ROWS ? room : MOST_ROWS;
}

static void measure(int inner, int *label, int *key)
{
    struct buf b = {0};
    *label = *key = 0;
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        int w = text_width(lang_tr(action_at((enum action_id)i)->label));
        if (w > *label)
            *label = w;
        buf_clear(&b);
        action_key_text((enum action_id)i, &b);
        w = text_width(buf_str(&b));
        if (w > *key)
            *key = w;
    }
    if (*label > inner - *key - 4)
        *label = inner - *key - 4;
    buf_free(&b);
}

static void draw_row(const struct palette *p, size_t i, int y, int x, int inner)
{
    const struct found *f = &p->all[p->shown[i]];
    const struct action *a = action_at(f->id);
    enum look look = f->allowed ? LOOK_PLAIN : LOOK_DIM;
    struct buf key = {0};
    int label_width, key_width, help_x, help_width;
    measure(inner, &label_width, &key_width);
    help_x = 1 + label_width + 2 + key_width + 2;
    help_width = inner - help_x - 1;
    action_key_text(f->id, &key);
    draw_text(y, x + 1, label_width, look, lang_tr(a->label));
    draw_text(y, x + 1 + label_width + 2, key_width, look, buf_str(&key));
    if (help_width >= HELP_LEAST)
        draw_text(y, x + help_x, help_width, LOOK_DIM, lang_tr(a->help));
    if (i == p->selected)
        draw_look(y, x, inner, LOOK_SELECTED);
    buf_free(&key);
}

static void draw_foot(struct palette *p)
{
    struct buf words = {0};
    if (p->n > 0) {
        enum action_id id = p->all[p->shown[p->selected]].id;
        if (float_allows(&p->screen, id, &words))
            buf_add(&words, lang_tr(action_at(id)->help));
    }
    float_foot(p->screen.ui, _("↑ ↓ choose   Enter does it   Esc closes"), buf_str(&words));
    buf_free(&words);
}

static void palette_draw(struct screen *s)
{
    struct palette *p = (struct palette *)s;
    int width = term_width() - 4 < WIDEST ? term_width() - 4 : WIDEST, inner = width - 2;
    int x = (term_width() - width) / 2, seen = rows_seen();
    if (p->selected < p->top)
        p->top = p->selected;
    if (p->selected >= p->top + (size_t)seen)
        p->top = p->selected - (size_t)seen + 1;
    draw_foot(p);
    draw_box(1, x, seen + 4, width, _("Commands"));
    draw_rule(3, x + 1, inner);
    for (int i = 0; i < seen && p->top + (size_t)i < p->n; i++)
        draw_row(p, p->top + (size_t)i, 4 + i, x + 1, inner);
    if (p->n == 0)
        draw_text(4, x + 2, inner - 2, LOOK_DIM, _("No command has these letters."));
    edit_draw(&p->edit, 2, x + 2, inner - 2, true);
    if (p->edit.text.len == 0) {
        draw_text(2, x + 2, inner - 2, LOOK_DIM, _("part of a command's name"));
        draw_cursor(2, x + 2);
    }
}

/* ---- keys -------------------------------------------------------------------------------------
 */

static void select_by(struct palette *p, long by)
{
    long to = (long)p->selected + by, last = p->n > 0 ? (long)p->n - 1 : 0;
    p->selected = to < 0 ? 0 : to > last ? (size_t)last : (size_t)to;
}

static enum handled palette_key(struct screen *s, int key)
{
    struct palette *p = (struct palette *)s;
    bool changed = false;
    if (float_key(key))
        return HANDLED;
    switch (key) {
    case KEY(KEY_DOWN): select_by(p, 1); break;
    case KEY(KEY_UP): select_by(p, -1); break;
    case KEY(KEY_NPAGE): select_by(p, rows_seen()); break;
    case KEY(KEY_PPAGE): select_by(p, -rows_seen()); break;
    case KEY_RETURN:
        if (p->n > 0)
            float_perform(s, p->all[p->shown[p->selected]].id);
        break;
    case KEY_ESCAPE:
    case CTRL_('G'):
    case CTRL_('P'): screen_pop(s->ui, s); break;
    default:
        if (edit_key(&p->edit, key, &changed) && changed)
            match(p);
    }
    return HANDLED;
}

static void palette_free(struct screen *s)
{
    struct palette *p = (struct palette *)s;
    for (size_t i = 0; i < p->nall; i++) {
        free(p->all[i].label);
        free(p->all[i].help);
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
    .free = palette_free,
};

void palette_open(struct ui *ui)
{
    struct palette *p = mem_alloc(sizeof *p);
    p->screen.class = &palette_class;
    screen_push(ui, &p->screen);
    collect(p);
}
