#include "config.h"

#include "ui/float.h"

#include <string.h>
#include <time.h>

#include <curses.h>

#include "samling/text.h"

#include "ui/flow.h"
#include "ui/frame.h"
#include "ui/ui_internal.h"

struct screen *float_below(struct screen *s)
{
    struct ui *ui = s->ui;
    for (int i = 1; i < ui->depth; i++)
        if (ui->stack[i] == s)
            return ui->stack[i - 1];
    return s;
}

bool float_allows(struct screen *s, enum action_id id, struct buf *why)
{
    return screen_may(float_below(s), id, why);
}

void float_perform(struct screen *s, enum action_id id)
{
    struct ui *ui = s->ui;
    struct buf why = {0};
    if (float_allows(s, id, &why)) {
        screen_pop(ui, s);
        ui_used(ui, id);
        if (screen_act(ui, id) == NOT_HANDLED)
            ui_say(ui, _("%s: not here"), lang_tr(action_at(id)->label));
    } else {
        ui_say(ui, "%s", buf_str(&why));
    }
    buf_free(&why);
}

/* Words that are too long for one line take that of the hints too. */
static void draw_words(const char *hints, const char *words)
{
    struct flow f = {0};
    int y = term_height() - 1, width = term_width() - 2;
    flow_text(&f, words, width);
    bool two = hints && f.n > 1;
    if (two)
        draw_text(y - 1, 1, width, LOOK_PLAIN, f.rows[0].text);
    draw_text(y, 1, width, LOOK_PLAIN, two ? f.rows[1].text : words);
    flow_free(&f);
}

void float_foot(struct ui *ui, const char *hints, const char *words)
{
    int y = term_height() - 1, width = term_width();
    frame_hints(hints);
    draw_text(y, 0, width, LOOK_PLAIN, "");
    if (ui->message[0])
        draw_text(y, 1, width - 2, ui->message_look, ui->message);
    else if (words)
        draw_words(hints, words);
}

void float_place(int y, int x, int width, size_t top, size_t seen, size_t n)
{
    struct buf b = {0};
    if (seen < n) {
        buf_addf(&b, " %zu–%zu / %zu ", top + 1, top + seen, n);
        int w = text_width(buf_str(&b));
        if (w <= width - 4)
            draw_text(y, x + width - w - 2, w, LOOK_DIM, buf_str(&b));
    }
    buf_free(&b);
}

bool float_key(int key)
{
    if (key == CTRL_('L'))
        term_redraw();
    return key == CTRL_('L');
}

/* ---- rows of which one is in hand -------------------------------------------------------------
 */

void float_step(struct float_list *l, long by)
{
    long to = (long)l->selected + by, last = l->n > 0 ? (long)l->n - 1 : 0;
    l->selected = to < 0 ? 0 : to > last ? (size_t)last : (size_t)to;
}

void float_scroll(struct float_list *l, size_t seen)
{
    if (seen > l->n)
        seen = l->n;
    if (l->selected < l->top)
        l->top = l->selected;
    if (l->selected >= l->top + seen)
        l->top = seen > 0 ? l->selected - seen + 1 : 0;
    if (l->top + seen > l->n)
        l->top = l->n - seen;
}

bool float_move(struct float_list *l, int key, size_t seen)
{
    long page = seen > 1 ? (long)seen - 1 : 1;
    switch (key) {
    case KEY(KEY_DOWN): float_step(l, 1); return true;
    case KEY(KEY_UP): float_step(l, -1); return true;
    case KEY(KEY_NPAGE): float_step(l, page); return true;
    case KEY(KEY_PPAGE): float_step(l, -page); return true;
    case KEY(KEY_HOME): l->selected = 0; return true;
    case KEY(KEY_END): float_step(l, (long)l->n); return true;
    default: return false;
    }
}

bool float_click(struct float_list *l, const struct click *c, int y, int x, int width, size_t seen)
{
    size_t row = (size_t)(c->y - y);
    if (c->kind == CLICK_WHEEL_UP || c->kind == CLICK_WHEEL_DOWN)
        return false;
    if (c->y < y || row >= seen || c->x < x || c->x >= x + width || l->top + row >= l->n)
        return false;
    l->selected = l->top + row;
    return true;
}

enum { TYPED_TOGETHER_MS = 1000 };

static long long now_ms(void)
{
    struct timespec t;
    return clock_gettime(CLOCK_MONOTONIC, &t) == 0 ? t.tv_sec * 1000LL + t.tv_nsec / 1000000 : 0;
}

/* Does the label, or (`inside`) one of its later words, begin so? */
static bool begins(const char *label, const char *letters, bool inside)
{
    struct buf folded = {0};
    size_t n = strlen(letters);
    bool does = false;
    text_fold_search(&folded, label);
    const char *p = buf_str(&folded);
    if (!inside)
        does = strncmp(p, letters, n) == 0;
    while (inside && !does && (p = strchr(p, ' ')) != NULL)
        does = strncmp(++p, letters, n) == 0;
    buf_free(&folded);
    return does;
}

/* From the row `from` on, around the end. */
static bool find_label(struct float_list *l, char *const *labels, size_t from, const char *letters)
{
    for (int inside = 0; inside < 2; inside++) {
        for (size_t i = 0; i < l->n; i++) {
            size_t at = (from + i) % l->n;
            if (begins(labels[at], letters, inside)) {
                l->selected = at;
                return true;
            }
        }
    }
    return false;
}

bool float_type(struct float_typed *t, int key, struct float_list *l, char *const *labels)
{
    struct buf typed = {0}, folded = {0};
    long long now = now_ms();
    bool together = t->n > 0 && now - t->at < TYPED_TOGETHER_MS, done = false;
    if (l->n == 0 || key < ' ' || key >= 0x110000 || (key == ' ' && !together))
        return false;
    buf_add(&typed, together ? t->letters : "");
    text_put(&typed, (uint32_t)key);
    text_fold_search(&folded, typed.s);
    if (key == ' ') /* which a fold leaves out at the end */
        buf_addc(&folded, ' ');
    /* One letter goes on to the next label; more than one may be of the label in hand. */
    if (folded.len > 0 && folded.len < sizeof t->letters)
        done = find_label(l, labels, l->selected + !together, folded.s);
    /* The same letter again, where no label begins so, goes on among those that begin with it. */
    if (!done && t->n == 1 && folded.len == 2 && folded.s[0] == folded.s[1]) {
        folded.s[--folded.len] = '\0';
        done = find_label(l, labels, l->selected + 1, folded.s);
    }
    if (done || together) {
        t->at = now;
        t->n = done ? folded.len : t->n;
        memcpy(t->letters, done ? folded.s : t->letters, t->n);
        t->letters[t->n] = '\0';
    }
    buf_free(&typed);
    buf_free(&folded);
    return done;
}
