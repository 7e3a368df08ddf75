#include "config.h"

#include "entry.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/choice.h"
#include "samling/contact.h"
#include "samling/date.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "hash.h"
#include "spreadsheet.h"

static void clear(struct entry *e)
{
    for (size_t i = 0; i < TARGETS_MAX; i++) {
        free(e->value[i]);
        e->value[i] = NULL;
    }
    free(e->position_word);
    free(e->role_word);
    free(e->lost);
    e->position_word = e->role_word = e->lost = NULL;
    buf_clear(&e->name);
    buf_clear(&e->match);
    buf_clear(&e->remark);
}

void entry_accept(struct entry *e)
{
    free(e->lost);
    e->lost = NULL;
}

void entry_free(struct entry *e)
{
    clear(e);
    buf_free(&e->name);
    buf_free(&e->match);
    buf_free(&e->remark);
}

static void forget_bad(struct entry_reader *rd)
{
    for (size_t i = 0; i < rd->nbad; i++)
        free(rd->bad[i].words);
    rd->nbad = 0;
}

void entry_reader_free(struct entry_reader *rd)
{
    for (size_t i = 0; i < TARGETS_MAX; i++) {
        for (size_t j = 0; j < sizeof rd->word[i] / sizeof *rd->word[i]; j++) {
            free(rd->word[i][j].typed);
            free(rd->word[i][j].key);
            free(rd->word[i][j].rest);
        }
    }
    forget_bad(rd);
    buf_free(&rd->given);
    buf_free(&rd->family);
    buf_free(&rd->rest);
    buf_free(&rd->note);
    buf_free(&rd->scratch);
}

void entry_tell(const struct entry_reader *rd, struct entry *e, const char *format, ...)
{
    char text[600];
    va_list ap;
    if (!rd->tell)
        return;
    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    if (e->remark.len)
        buf_add(&e->remark, "; ");
    buf_add(&e->remark, text);
}

static const struct field *field_of(const struct entry_reader *rd, int target)
{
    return rd->targets->target[target].field;
}

static const char *label_of(const struct entry_reader *rd, int target)
{
    return lang_tr(rd->targets->target[target].label);
}

/* ---- one cell -------------------------------------------------------------------------------- */

/* With its words. */
static enum status no_choice(const struct entry_reader *rd, int target, const char *typed,
                             struct error *err)
{
    char *stored = NULL;
    enum status st = field_parse(rd->s, field_of(rd, target), typed, &stored, err);
    free(stored);
    return st == ST_OK ? error_set(err, ST_REFUSED, label_of(rd, target), NULL,
                                   _("\"%s\" is not a choice here"), typed)
                       : st;
}

/* A word of a choice, or several in one cell; *rest: what was left out of them, or NULL.
 * ST_REFUSED: it is none of the choices. */
static enum status parse_word(struct entry_reader *rd, int target, const char *typed,
                              const char **key, const char **rest, struct error *err)
{
    size_t n = sizeof rd->word[target] / sizeof *rd->word[target];
    struct known_word *w = &rd->word[target][hash_text(0, typed) % n];
    if (!w->typed || strcmp(w->typed, typed) != 0) {
        const char *parsed;
        bool known =
            choice_parse_several(field_of(rd, target), typed, &parsed, &rd->scratch) == ST_OK;
        free(w->typed);
        free(w->key);
        free(w->rest);
        w->typed = mem_strdup(typed);
        w->key = known ? mem_strdup(parsed) : NULL;
        w->rest = known && rd->scratch.len ? mem_strdup(rd->scratch.s) : NULL;
    }
    if (!w->key)
        return err ? no_choice(rd, target, typed, err) : ST_REFUSED;
    *key = w->key;
    if (rest)
        *rest = w->rest;
    return ST_OK;
}

/* What a cell said besides what was taken from it: told, and kept in the note where that is asked
 * for. */
static void put_rest(struct entry_reader *rd, struct entry *e, int target, const char *rest)
{
    if (!rest)
        return;
    entry_tell(rd, e, _("%s: only the first was taken, not: %s"), label_of(rd, target), rest);
    if (!rd->keep_unmapped || rd->targets->note < 0)
        return;
    if (rd->note.len)
        buf_addc(&rd->note, '\n');
    buf_addf(&rd->note, "%s: %s", label_of(rd, target), rest);
}

/* Most cells hold one number or address, and are not looked at twice. */
static void put_others(struct entry_reader *rd, struct entry *e, int target, const char *typed)
{
    enum { ONE_PHONE = 14 };
    size_t n = strspn(typed, "+0123456789 .-()");
    struct buf first = {0};
    bool phone = field_of(rd, target)->kind == FIELD_PHONE;
    if (phone ? !typed[n] && n <= ONE_PHONE : !strpbrk(typed, " ;,/|\n"))
        return;
    buf_clear(&rd->rest);
    if (phone)
        phone_first(typed, &first, &rd->rest);
    else
        email_first(typed, &first, &rd->rest);
    buf_free(&first);
    put_rest(rd, e, target, rd->rest.len ? rd->rest.s : NULL);
}

/* A name of something else than the record itself: its text, to be matched later. */
static enum status parse_name(struct entry_reader *rd, const struct field *f, const char *typed,
                              char **out, struct error *err)
{
    struct field text = *f;
    text.kind = FIELD_TEXT;
    text.max = 200;
    return field_parse(rd->s, &text, typed, out, err);
}

static char *parse_id(const char *typed)
{
    size_t n = strspn(typed, "0123456789");
    return n > 0 && n < 18 && !typed[n] ? mem_strdup(typed) : NULL;
}

static bool is_reference(const struct entry_reader *rd, int target)
{
    return target == rd->targets->id_target || target == rd->targets->ref_target;
}

/* A day with a time behind it, as forms and calendars write it: the day is what is asked for. */
static bool parse_moment(struct entry_reader *rd, struct entry *e, int target, const char *typed,
                         char **out)
{
    char when[MOMENT_SIZE];
    if (field_of(rd, target)->kind != FIELD_DAY || !moment_parse(typed, rd->s->today, when))
        return false;
    *out = mem_strndup(when, DATE_SIZE - 1);
    entry_tell(rd, e, _("%s: only the day was taken, not the time: %s"), label_of(rd, target),
               typed);
    return true;
}

static enum status parse_cell(struct entry_reader *rd, struct entry *e, int target,
                              const char *typed, char **out, struct error *err)
{
    const struct field *f = field_of(rd, target);
    const char *key = NULL, *rest = NULL;
    if (target == rd->targets->id_target) {
        *out = parse_id(typed); /* else it is no number of ours, and nothing is lost */
        return ST_OK;
    }
    if (target == rd->targets->ref_target || f->kind == FIELD_REF ||
        (rd->targets->of_people && target == TO_NAME))
        return parse_name(rd, f, typed, out, err);
    enum status st = f->kind == FIELD_CHOICE ? parse_word(rd, target, typed, &key, &rest, err)
                                             : field_parse(rd->s, f, typed, out, err);
    if (st == ST_OK && (f->kind == FIELD_EMAIL || f->kind == FIELD_PHONE))
        put_others(rd, e, target, typed);
    if (st == ST_REFUSED && parse_moment(rd, e, target, typed, out))
        return ST_OK;
    if (st != ST_OK || f->kind != FIELD_CHOICE)
        return st;
    *out = mem_strdup(key);
    put_rest(rd, e, target, rest);
    return ST_OK;
}

/* ---- several columns for one field ----------------------------------------------------------- */

/* Kept until the row is read: another column may have the same field, and be better. */
static void keep_bad(struct entry_reader *rd, int target, const struct error *why,
                     const char *typed)
{
    if (rd->nbad == TARGETS_MAX)
        return;
    buf_clear(&rd->scratch);
    buf_addf(&rd->scratch, "%s: %s: %s", why->what, typed, why->why);
    rd->bad[rd->nbad++] = (struct bad_cell){target, mem_strdup(rd->scratch.s)};
}

static void settle_bad(struct entry_reader *rd, struct entry *e, struct buf *reason)
{
    for (size_t i = 0; i < rd->nbad; i++) {
        if (e->value[rd->bad[i].target])
            entry_tell(rd, e, "%s", rd->bad[i].words);
        else if (!reason->len)
            buf_add(reason, rd->bad[i].words);
    }
    forget_bad(rd);
}

/* Takes `other`. */
static void tell_other(const struct entry_reader *rd, struct entry *e, int target, char *other)
{
    bool told = other && strcmp(other, e->value[target]) != 0 && !is_reference(rd, target);
    if (told && target == rd->targets->municipality)
        told = !entry_town_agree(e, target, &other);
    const char *taken = e->value[target];
    if (told)
        entry_tell(rd, e, _("%s: there are two; %s was taken, not %s"), label_of(rd, target), taken,
                   other);
    free(other);
}

/* "-" and its like, where somebody would not leave a cell empty. */
static bool is_nothing(const struct entry_reader *rd, int target, const char *typed)
{
    enum field_kind kind = field_of(rd, target)->kind;
    bool text = (kind == FIELD_TEXT || kind == FIELD_NOTE) && target != rd->targets->municipality;
    if (!strchr("-./_\xe2", *typed) || (text && !rd->targets->of_people))
        return false;
    for (const char *p = typed; *p;) {
        uint32_t cp = text_next(&p);
        if (cp >= 0x80 ? cp < 0x2010 || cp > 0x2015 : !strchr("-./_ ", (int)cp))
            return false;
    }
    return true;
}

/* Without the mark of a list: "• Kari Dal", "- Ola Dal". In a cell with the whole name that can be
 * a number. */
static const char *after_mark(int target, const char *name)
{
    const char *p = name;
    size_t n = target == TO_NAME ? strspn(p, "0123456789") : 0;
    if (n && n < 5 && (p[n] == '.' || p[n] == ')') && p[n + 1] == ' ')
        return p + n + 2;
    uint32_t cp = text_next(&p);
    bool mark = cp == '-' || cp == '*' || cp == 0xB7 || (cp >= 0x2010 && cp <= 0x2015) ||
                cp == 0x2022 || cp == 0x2023 || (cp >= 0x25A0 && cp <= 0x25FF);
    while (mark && *p == ' ')
        p++;
    /* "-Kari" may be half of something. */
    bool dash = cp == '-' || (cp >= 0x2010 && cp <= 0x2015);
    return mark && *p && (!dash || p[-1] == ' ') ? p : name;
}

static bool is_name(const struct entry_reader *rd, int target)
{
    return rd->targets->of_people && target <= TO_NAME;
}

static void read_cell(struct entry_reader *rd, struct entry *e, int target, const char *cell)
{
    const char *typed = spreadsheet_text(cell);
    if (is_name(rd, target))
        typed = after_mark(target, typed);
    if (is_nothing(rd, target, typed))
        return;
    struct error why = {0};
    char *value = NULL;
    bool first = !e->value[target];
    if (!first && !rd->tell && target != rd->targets->municipality)
        return;
    enum status st = first || field_of(rd, target)->kind != FIELD_CHOICE
                         ? parse_cell(rd, e, target, typed, &value, &why)
                         : ST_OK;
    if (st != ST_OK)
        keep_bad(rd, target, &why, typed);
    else if (first)
        e->value[target] = value;
    else
        tell_other(rd, e, target, value);
}

/* ---- notes ----------------------------------------------------------------------------------- */

static void add_note(struct entry_reader *rd, const char *heading, const char *cell)
{
    if (rd->note.len)
        buf_addc(&rd->note, '\n');
    if (*heading)
        buf_addf(&rd->note, "%s: %s", heading, cell);
    else
        buf_add(&rd->note, cell);
}

/* One column that is headed as a note is the note as it is. Of several, or of one that somebody
 * made a note, each cell says what it is. */
static bool is_bare_note(const struct entry_reader *rd)
{
    const struct mapping *m = rd->mapping;
    size_t columns = 0;
    bool chosen = false;
    for (size_t i = 0; i < m->nused; i++) {
        if (m->target[m->used[i]] != rd->targets->note)
            continue;
        columns++;
        chosen |= m->why[m->used[i]] == BY_CHOICE || m->why[m->used[i]] == BY_MEMORY;
    }
    return columns == 1 && !chosen;
}

/* In the order of the columns in the file. */
static void read_note(struct entry_reader *rd, const struct row *row, struct entry *e)
{
    const struct mapping *m = rd->mapping;
    struct error why = {0};
    int note = rd->targets->note;
    if (note < 0)
        return;
    bool bare = is_bare_note(rd);
    for (size_t i = 0; i < m->ncolumns && i < row->n; i++)
        if (m->target[i] == note && *row->field[i])
            add_note(rd, bare ? "" : m->heading[i], spreadsheet_text(row->field[i]));
    if (rd->note.len &&
        field_parse(rd->s, field_of(rd, note), rd->note.s, &e->value[note], &why) != ST_OK)
        keep_bad(rd, note, &why, "…");
}

/* ---- roles ----------------------------------------------------------------------------------- */

/* A role that is no word of ours becomes "other", and the word itself is kept. */
static void take_position(struct entry_reader *rd, struct entry *e, const char *typed)
{
    const char *key, *rest;
    if (parse_word(rd, TO_POSITION, typed, &key, &rest, NULL) == ST_OK) {
        e->value[TO_POSITION] = mem_strdup(key);
        put_rest(rd, e, TO_POSITION, rest);
        return;
    }
    e->value[TO_POSITION] = mem_strdup("other");
    e->position_word = text_tidy(typed, false);
}

/* In a roster "Rolle" can be the role there, or the one at work. */
static void take_role(struct entry_reader *rd, struct entry *e, const char *typed)
{
    const char *key, *rest;
    if (parse_word(rd, TO_ROLE, typed, &key, &rest, NULL) == ST_OK) {
        e->value[TO_ROLE] = mem_strdup(key);
        put_rest(rd, e, TO_ROLE, rest);
    } else if (parse_word(rd, TO_POSITION, typed, &key, &rest, NULL) == ST_OK) {
        if (!e->value[TO_POSITION])
            e->value[TO_POSITION] = mem_strdup(key);
        put_rest(rd, e, TO_POSITION, rest);
    } else {
        e->value[TO_ROLE] = mem_strdup("other");
        e->role_word = text_tidy(typed, false);
    }
}

static bool is_role(const struct entry_reader *rd, int target)
{
    return rd->targets->of_people && (target == TO_POSITION || target == TO_ROLE);
}

static const char *first_cell(const struct entry_reader *rd, const struct row *row, int target)
{
    for (size_t i = 0; i < rd->mapping->nused; i++) {
        size_t c = rd->mapping->used[i];
        if (rd->mapping->target[c] != target || c >= row->n || !*row->field[c])
            continue;
        const char *typed = spreadsheet_text(row->field[c]);
        if (!is_nothing(rd, target, typed))
            return typed;
    }
    return NULL;
}

static void read_roles(struct entry_reader *rd, const struct row *row, struct entry *e)
{
    const char *position = first_cell(rd, row, TO_POSITION);
    const char *role = rd->targets->kind == IMPORT_ROSTER ? first_cell(rd, row, TO_ROLE) : NULL;
    if (position)
        take_position(rd, e, position);
    if (role)
        take_role(rd, e, role);
}

/* ---- a row ----------------------------------------------------------------------------------- */

static bool has_lost_letters(const struct entry_reader *rd, const struct row *row)
{
    for (size_t i = 0; i < rd->mapping->nused; i++) {
        size_t c = rd->mapping->used[i];
        if (c < row->n && strstr(row->field[c], "\xef\xbf\xbd"))
            return true;
    }
    return false;
}

static bool lacks_columns(const struct entry_reader *rd, const struct row *row)
{
    for (size_t i = 0; i < rd->mapping->nused; i++)
        if (rd->mapping->used[i] >= row->n)
            return true;
    return false;
}

static void complain(struct buf *reason, const char *words)
{
    if (!reason->len)
        buf_add(reason, words);
}

static void check_shape(const struct entry_reader *rd, const struct row *row, struct buf *reason)
{
    if (row->flags & ROW_TOO_BIG)
        complain(reason, _("the row is too big"));
    if (row->flags & ROW_LONG)
        complain(reason, _("the row has more cells than there are columns"));
    if ((row->flags & ROW_LETTERS) && has_lost_letters(rd, row))
        complain(reason, _("letters could not be read: say how the file is encoded"));
}

/* Where quotation marks went wrong, cells may have slipped: whoever reads the reason looks there.
 */
static void tell_shape(const struct entry_reader *rd, const struct row *row, struct entry *e,
                       struct buf *reason)
{
    const char *words = row->flags & ROW_SWALLOWED ? _("a quotation mark has no other half")
                        : row->flags & ROW_REREAD
                            ? _("a quotation mark above had taken this row in; it was read again")
                        : row->flags & ROW_JOINED ? _("it has several lines that could be rows")
                                                  : NULL;
    /* (Some programs leave the delimiters out where the last cells are empty.) */
    if ((row->flags & ROW_SHORT) && lacks_columns(rd, row) && !reason->len)
        entry_tell(rd, e, "%s", _("cells are missing at its end; they count as empty"));
    if (words && reason->len)
        buf_addf(reason, "; %s", words);
    else if (words)
        entry_tell(rd, e, "%s", words);
}

static void check_length(const struct entry_reader *rd, const struct entry *e, int target,
                         struct buf *reason)
{
    const struct field *f = field_of(rd, target);
    if (e->value[target] && strlen(e->value[target]) > (size_t)f->max && !reason->len)
        buf_addf(reason, _("%s: it is too long: there is room for %d letters"), lang_tr(f->label),
                 f->max);
}

static void read_cells(struct entry_reader *rd, const struct row *row, struct entry *e)
{
    for (size_t i = 0; i < rd->mapping->nused; i++) {
        size_t c = rd->mapping->used[i];
        int target = rd->mapping->target[c];
        if (c < row->n && *row->field[c] && target != rd->targets->note && !is_role(rd, target))
            read_cell(rd, e, target, row->field[c]);
    }
}

bool entry_read(struct entry_reader *rd, const struct row *row, struct entry *e, struct buf *reason)
{
    clear(e);
    buf_clear(reason);
    buf_clear(&rd->note);
    check_shape(rd, row, reason);
    read_cells(rd, row, e);
    if (rd->targets->of_people)
        read_roles(rd, row, e);
    read_note(rd, row, e);
    settle_bad(rd, e, reason);
    if (rd->targets->of_people)
        entry_name_person(rd, e);
    else
        entry_name_record(rd, e);
    entry_town_tidy(rd, e);
    if (rd->targets->of_people) {
        check_length(rd, e, TO_GIVEN_NAME, reason);
        check_length(rd, e, TO_FAMILY_NAME, reason);
    }
    tell_shape(rd, row, e, reason);
    return reason->len == 0;
}
