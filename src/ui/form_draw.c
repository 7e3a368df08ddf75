/* How a form looks: labels at the right of their column, values below each other, what is wrong
 * below the value. */
#include "config.h"

#include <string.h>

#include "samling/text.h"

#include "ui/form_parts.h"

/* The margin: what has the focus, a sign, the label. */
enum {
    SIGN = 1,
    LABEL = 2,
    LABEL_ENDS = 21,
    VALUE = 22,
    VALUE_WIDTH = 56,
    VALUE_WIDEST = 90,
    NOTE_LEAST = 3,
    NOTE_MOST = 8,
    ERROR_ROWS = 3,
    NOTICE_ROWS = 2
};

/* ---- measures ---------------------------------------------------------------------------------
 */

static void add_label(const struct form *f, int i, struct buf *out)
{
    const struct field *field = &f->type->fields[i];
    buf_addf(out, "%s%s", lang_tr(field->label), field->flags & F_REQUIRED ? " *" : "");
    if (term_is_plain())
        buf_add(out, ": ");
}

static int value_column(const struct form *f, int i)
{
    if (!term_is_plain())
        return VALUE;
    struct buf label = {0};
    add_label(f, i, &label);
    int column = LABEL + text_width(label.s);
    buf_free(&label);
    return column;
}

static int value_width(const struct form *f, int i)
{
    int room = term_width() - value_column(f, i) - 2;
    int most = term_width() >= WIDTH_WIDE ? VALUE_WIDEST : VALUE_WIDTH;
    if (f->type->fields[i].kind == FIELD_NOTE && term_width() < WIDTH_WIDE)
        return room;
    return room < most ? room : most;
}

/* Below the value; where that is narrow, from further left. */
static int error_column(void)
{
    return term_is_plain() ? LABEL : term_width() < 80 ? VALUE / 2 : VALUE;
}

static int error_width(void)
{
    return term_width() - error_column() - 1;
}

/* Their words are then in f->words. */
static int error_rows(struct form *f, int i)
{
    if (!f->line[i].error[0])
        return 0;
    flow_text(&f->words, f->line[i].error, error_width());
    return f->words.n < ERROR_ROWS ? (int)f->words.n : ERROR_ROWS;
}

/* Notes share what the other fields leave; what is wrong somewhere does not change that. */
static int note_rows(const struct form *f, int room)
{
    int notes = 0;
    for (int i = 0; i < (int)f->type->nfields; i++) {
        bool note = f->type->fields[i].kind == FIELD_NOTE;
        notes += form_shows(f, i) && note;
        room -= form_shows(f, i) && !note;
    }
    int rows = notes ? room / notes : 0;
    return rows < NOTE_LEAST ? NOTE_LEAST : rows > NOTE_MOST ? NOTE_MOST : rows;
}

static int field_rows(const struct form *f, int i, int room)
{
    return f->type->fields[i].kind == FIELD_NOTE ? note_rows(f, room) : 1;
}

static void scroll_to_focus(struct form *f, int room)
{
    if (f->focus < f->top)
        f->top = f->focus;
    for (;;) {
        int lines = 0;
        for (int i = f->top; i <= f->focus; i++)
            lines += form_shows(f, i) ? field_rows(f, i, room) + error_rows(f, i) : 0;
        if (lines <= room || f->top == f->focus)
            return;
        f->top++;
    }
}

/* ---- one field --------------------------------------------------------------------------------
 */

/* What is known of the value, in one sign; the notices above say what they mean. */
static const char *sign(const struct line *l)
{
    if (l->error[0])
        return "!";
    if (l->clash)
        return "#";
    return l->origin == FROM_DRAFT ? "+" : l->origin == FROM_OTHERS ? "=" : "";
}

static void draw_label(const struct form *f, int i, int y)
{
    bool focus = i == f->focus;
    struct buf label = {0};
    add_label(f, i, &label);
    if (!term_is_plain())
        draw_text(y, 0, 1, LOOK_ACCENT, focus ? ">" : " ");
    draw_text(y, SIGN, 1, f->line[i].error[0] ? LOOK_BAD : LOOK_ACCENT, sign(&f->line[i]));
    if (term_is_plain())
        draw_text(y, LABEL, text_width(label.s), LOOK_PLAIN, label.s);
    else
        draw_right(y, LABEL, LABEL_ENDS - LABEL, focus ? LOOK_STRONG : LOOK_DIM, label.s);
    buf_free(&label);
}

/* The weekday behind a date; what could be typed where nothing stands. */
static void draw_beside(const struct form *f, int i)
{
    const struct line *l = &f->line[i];
    const char *words = l->beside;
    if (!words && i == f->focus && !*line_text(l))
        words = line_hint(&f->type->fields[i]);
    int used = text_width(line_text(l)), room = term_width() - l->x - used - 4;
    if (words && *words && f->type->fields[i].kind != FIELD_NOTE && room > 3)
        draw_text(l->y, l->x + used + 3, room, LOOK_DIM, words);
}

static void draw_value(struct form *f, int i)
{
    struct line *l = &f->line[i];
    bool focus = i == f->focus;
    if (f->type->fields[i].kind == FIELD_NOTE) {
        notes_draw(&l->notes, l->y, l->x, l->rows, l->width, focus);
        if (focus && !term_is_plain())
            for (int row = 0; row < l->rows; row++)
                draw_text(l->y + row, l->x - 1, 1, LOOK_ACCENT, "|");
        return;
    }
    struct edit *e = line_edit(l);
    edit_draw(e, l->y, l->x, l->width, focus);
    draw_beside(f, i);
    if (focus && !edit_selected(e, NULL, NULL)) {
        int used = text_width(line_text(l));
        draw_look(l->y, l->x, used < l->width ? (used ? used : 1) : l->width, LOOK_UNDER);
    }
}

/* Returns the rows that it took. */
static int draw_field(struct form *f, int i, int y, int room, int foot)
{
    struct line *l = &f->line[i];
    int rows = field_rows(f, i, room), errors = error_rows(f, i);
    l->y = y;
    l->x = value_column(f, i);
    l->width = value_width(f, i);
    l->rows = rows < foot - y ? rows : foot - y;
    draw_label(f, i, y);
    draw_value(f, i);
    errors = error_rows(f, i);
    for (int row = 0; row < errors && y + rows + row < foot; row++)
        draw_text(y + rows + row, error_column(), error_width(), LOOK_BAD, f->words.rows[row].text);
    return rows + errors;
}

/* ---- the offer --------------------------------------------------------------------------------
 */

static void draw_offer(struct form *f, int head, int foot)
{
    const struct line *l = &f->line[f->focus];
    int n = offer_count(f), below = foot - l->y - 1, above = l->y - head;
    bool up = below < n && above > below;
    int rows = n < (up ? above : below) ? n : up ? above : below;
    int from = f->offer.selected >= rows ? f->offer.selected - rows + 1 : 0;
    f->offer.y = up ? l->y - rows : l->y + 1;
    f->offer.rows = rows;
    for (int i = 0; i < rows; i++) {
        struct buf b = {0};
        bool selected = from + i == f->offer.selected;
        int y = f->offer.y + i;
        buf_addc(&b, ' ');
        offer_row(f, from + i, &b);
        draw_text(y, 0, l->x - 1, LOOK_PLAIN, "");
        if (!term_is_plain())
            draw_upright(y, l->x - 1, 1);
        draw_text(y, l->x, term_width() - l->x - 1, selected ? LOOK_SELECTED : LOOK_ACCENT, b.s);
        if (selected)
            draw_cursor(y, l->x);
        buf_free(&b);
    }
}

/* ---- the whole --------------------------------------------------------------------------------
 */

static void draw_title(const struct form *f)
{
    struct buf title = {0}, others = {0};
    int room = term_width() - 2, w = 0;
    if (f->record->id) {
        struct buf name = {0};
        record_title(form_session(f), f->type, f->record->id, &name);
        buf_addf(&title, _("Change: %s"), name.len ? name.s : lang_tr(f->type->label));
        buf_free(&name);
    } else {
        buf_addf(&title, _("New: %s"), lang_tr(f->type->label));
    }
    if (f->others.len) {
        buf_addf(&others, _("Also open: %s"), f->others.s);
        w = text_width(others.s);
        w = w < room / 2 ? w : room / 2;
        draw_right(1, term_width() - 1 - w, w, LOOK_WARN, others.s);
        room -= w + 2;
    }
    draw_text(1, 1, room, LOOK_STRONG, title.s);
    buf_free(&title);
    buf_free(&others);
}

static int draw_notice(struct form *f, const char *words, int y)
{
    if (!*words)
        return y;
    flow_text(&f->words, words, term_width() - 2);
    int rows = f->words.n < NOTICE_ROWS ? (int)f->words.n : NOTICE_ROWS;
    for (int i = 0; i < rows; i++)
        draw_text(y + i, 1, term_width() - 2, LOOK_WARN, f->words.rows[i].text);
    return y + rows;
}

/* A notice stands where else the rule does, so that nothing moves when one appears. Returns the
 * first row of the fields. */
static int draw_head(struct form *f)
{
    draw_title(f);
    int y = draw_notice(f, buf_str(&f->restored), 2);
    y = draw_notice(f, buf_str(&f->news), y);
    if (y == 2 && !term_is_plain())
        draw_rule(y, 0, term_width());
    return y == 2 ? 3 : y;
}

static bool has_required(const struct form *f)
{
    for (int i = 0; i < (int)f->type->nfields; i++)
        if (form_shows(f, i) && (f->type->fields[i].flags & F_REQUIRED))
            return true;
    return false;
}

/* There are fields above or below those that are seen. */
static void draw_more(const struct form *f, int head, int foot)
{
    bool above = false, below = false;
    for (int i = 0; i < (int)f->type->nfields; i++) {
        bool hidden = form_shows(f, i) && !f->line[i].rows;
        above = above || (hidden && i < f->top);
        below = below || (hidden && i > f->top);
    }
    if (above)
        draw_text(head - 1, term_width() - 4, 3, LOOK_DIM, " ↑ ");
    if (below)
        draw_text(foot, term_width() - 4, 3, LOOK_DIM, " ↓ ");
}

void form_draw(struct screen *s)
{
    struct form *f = (struct form *)s;
    if (f->offer.due)
        offer_search(f, false);
    draw_frame(s->ui, IN_FORM, has_required(f) ? _("* must be filled in") : NULL);
    int head = draw_head(f), foot = term_height() - 3, y = head;
    if (term_is_plain())
        foot++;
    scroll_to_focus(f, foot - head);
    for (int i = 0; i < (int)f->type->nfields; i++) {
        f->line[i].rows = 0;
        if (i >= f->top && form_shows(f, i) && y < foot)
            y += draw_field(f, i, y, foot - head, foot);
    }
    if (!term_is_plain())
        draw_rule(foot, 0, term_width());
    draw_more(f, head, foot);
    /* Once more, for the cursor: the last one that was drawn has it. */
    const struct line *l = &f->line[f->focus];
    bool note = f->type->fields[f->focus].kind == FIELD_NOTE;
    draw_cursor(l->y + (note ? l->notes.y : 0),
                l->x + (note ? l->notes.column : l->notes.edit.column));
    if (f->offer.open)
        draw_offer(f, head, foot);
}
