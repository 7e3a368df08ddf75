#include "config.h"

#include "ui/frame.h"

#include <string.h>

#include "samling/path.h"
#include "samling/text.h"

#include "ui/ui_internal.h"

/* ---- the bar ----------------------------------------------------------------------------------
 */

static const char program[] = " samling  ";

static bool has_menu(unsigned context, enum menu m)
{
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const struct action *a = action_at((enum action_id)i);
        if (a->menu == m && (a->contexts & context))
            return true;
    }
    return false;
}

/* Names from column `x` on, none wider than `most`, with `gap` columns after each. */
static void put_names(struct bar *bar, int x, int gap, int most)
{
    for (size_t i = 0; i < bar->n; i++) {
        int w = text_width(menu_label(bar->name[i].menu));
        bar->name[i].x = x;
        bar->name[i].width = w < most ? w : most;
        x += bar->name[i].width + gap;
    }
    bar->end = x;
}

void bar_lay_out(struct bar *bar, unsigned context, int width)
{
    int most = 1;
    *bar = (struct bar){.titled = true};
    for (enum menu m = MENU_NONE + 1; m < MENU_COUNT; m++) {
        if (!has_menu(context, m))
            continue;
        int w = text_width(menu_label(m));
        most = w > most ? w : most;
        bar->name[bar->n++].menu = m;
    }
    put_names(bar, text_width(program), 2, most);
    if (bar->end <= width)
        return;
    bar->titled = false;
    put_names(bar, 1, 2, most);
    if (bar->end > width)
        put_names(bar, 1, 1, most);
    while (bar->end > width && most > 1)
        put_names(bar, 1, 1, --most);
}

enum menu bar_menu_at(const struct bar *bar, int x)
{
    for (size_t i = 0; i < bar->n; i++)
        if (x >= bar->name[i].x - 1 && x <= bar->name[i].x + bar->name[i].width)
            return bar->name[i].menu;
    return MENU_NONE;
}

/* The menus' names on the left, whose database and who on the right. */
static void draw_bar(struct ui *ui, unsigned context)
{
    struct bar bar;
    struct buf right = {0};
    int width = term_width();
    const char *base = path_base(db_path(ui->session->db));
    bar_lay_out(&bar, context, width);
    draw_text(0, 0, width, LOOK_BAR, bar.titled ? program : "");
    for (size_t i = 0; i < bar.n; i++)
        draw_text(0, bar.name[i].x, bar.name[i].width, LOOK_BAR, menu_label(bar.name[i].menu));
    buf_addf(&right, "%.*s · %s ", (int)strcspn(base, "."), base, ui->session->user_name);
    int w = text_width(right.s);
    if (bar.end + w < width)
        draw_right(0, width - w, w, LOOK_BAR, right.s);
    buf_free(&right);
}

/* ---- hints ------------------------------------------------------------------------------------
 */

struct hint {
    enum action_id id;
    int x, width;
    struct buf text;
};

struct hints {
    struct hint hint[ACTION_COUNT];
    size_t n;
};

static void free_hints(struct hints *h)
{
    for (size_t i = 0; i < h->n; i++)
        buf_free(&h->hint[i].text);
    h->n = 0;
}

/* `typing`: letters are text on this screen, and so no keys. */
static int add_hint(struct hints *h, enum action_id id, bool typing)
{
    struct hint *one = &h->hint[h->n++];
    *one = (struct hint){.id = id};
    if (typing)
        action_key_typing(id, &one->text);
    else
        action_key_text(id, &one->text);
    buf_addf(&one->text, " %s", lang_tr(action_at(id)->label));
    one->width = text_width(one->text.s);
    return one->width;
}

static bool is_last(enum action_id id)
{
    return id == ACTION_BACK || id == ACTION_KEEP || id == ACTION_MENU || id == ACTION_HELP;
}

/* The way back, menu and help, at the right; returns the first column of theirs. */
static int put_last(struct hints *h, unsigned context, bool typing)
{
    static const enum action_id last[] = {ACTION_BACK, ACTION_KEEP, ACTION_MENU, ACTION_HELP};
    int x = term_width() - 1;
    for (size_t i = 0; i < sizeof last / sizeof *last; i++)
        if (action_at(last[i])->contexts & context)
            add_hint(h, last[i], typing);
    for (size_t i = h->n; i-- > 0; x -= 2)
        h->hint[i].x = x -= h->hint[i].width;
    return x;
}

/* What can be done on this screen just now, the most wanted first, as many as fit. */
static void lay_out_hints(struct hints *h, struct screen *s, unsigned context)
{
    int end = put_last(h, context, s->class->types), x = 1;
    for (int rank = 1; rank < 10; rank++) {
        for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
            const struct action *a = action_at((enum action_id)i);
            if (a->hint != rank || is_last(a->id) || !(a->contexts & context) ||
                !screen_may(s, a->id, NULL))
                continue;
            int w = add_hint(h, a->id, s->class->types);
            h->hint[h->n - 1].x = x;
            if (x + w <= end)
                x += w + 2;
            else
                buf_free(&h->hint[--h->n].text);
        }
    }
}

static void draw_hints(struct ui *ui, unsigned context)
{
    struct hints h = {.n = 0};
    int y = term_height() - 2;
    lay_out_hints(&h, screen_base(ui), context);
    draw_text(y, 0, term_width(), LOOK_PLAIN, "");
    for (size_t i = 0; i < h.n; i++)
        draw_text(y, h.hint[i].x, h.hint[i].width, LOOK_DIM, h.hint[i].text.s);
    free_hints(&h);
}

void frame_hints(const char *words)
{
    int y = term_height() - 2, width = term_width();
    draw_text(y, 0, width, LOOK_PLAIN, "");
    draw_text(y, 1, width - 2, LOOK_DIM, words);
}

enum action_id frame_hint_at(struct ui *ui, int x)
{
    struct hints h = {.n = 0};
    struct screen *s = screen_base(ui);
    enum action_id found = ACTION_NONE;
    lay_out_hints(&h, s, screen_context_of(s));
    for (size_t i = 0; i < h.n; i++)
        if (x >= h.hint[i].x && x < h.hint[i].x + h.hint[i].width)
            found = h.hint[i].id;
    free_hints(&h);
    return found;
}

/* The message in `width` columns: what gives way is the name in it. */
static void add_message(const struct ui *ui, int width, struct buf *out)
{
    enum { NAME_LEAST = 6 };
    const char *rest = ui->message + ui->name_at + ui->name_len;
    int over = text_width(ui->message) - width;
    if (!ui->name_len || !*ui->message || over <= 0) {
        buf_add(out, ui->message);
        return;
    }
    struct buf name = {0};
    buf_addn(&name, ui->message + ui->name_at, ui->name_len);
    int whole = text_width(name.s), least = whole < NAME_LEAST ? whole : NAME_LEAST;
    int room = whole - over > least ? whole - over : least;
    buf_addn(out, ui->message, ui->name_at);
    text_pad(out, name.s, room, ALIGN_LEFT);
    buf_add(out, rest);
    buf_free(&name);
}

static void draw_message(struct ui *ui, int y, int width)
{
    struct buf b = {0};
    add_message(ui, width - 2, &b);
    draw_text(y, 1, width - 2, ui->message_look, buf_str(&b));
    buf_free(&b);
}

void draw_frame(struct ui *ui, unsigned context, const char *right)
{
    int y = term_height() - 1, width = term_width();
    draw_bar(ui, context);
    draw_hints(ui, context);
    draw_message(ui, y, width);
    if (right && *right) {
        int w = text_width(right);
        if (text_width(ui->message) + w + 3 < width)
            draw_right(y, width - w - 1, w, LOOK_DIM, right);
    }
}
