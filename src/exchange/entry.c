#include "config.h"

#include "entry.h"

#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "hash.h"
#include "names.h"

static void clear(struct entry *e)
{
    for (size_t i = 0; i < TARGETS_MAX; i++) {
        free(e->value[i]);
        e->value[i] = NULL;
    }
    free(e->position_word);
    free(e->role_word);
    e->position_word = e->role_word = NULL;
    buf_clear(&e->name);
    buf_clear(&e->match);
}

void entry_free(struct entry *e)
{
    clear(e);
    buf_free(&e->name);
    buf_free(&e->match);
}

void entry_reader_free(struct entry_reader *rd)
{
    for (size_t i = 0; i < TARGETS_MAX; i++) {
        for (size_t j = 0; j < sizeof rd->word[i] / sizeof *rd->word[i]; j++) {
            free(rd->word[i][j].typed);
            free(rd->word[i][j].key);
        }
    }
    buf_free(&rd->given);
    buf_free(&rd->family);
}

/* ---- one cell -------------------------------------------------------------------------------- */

/* An export puts a ' before what a spreadsheet would run. */
static const char *cell_text(const char *cell)
{
    return cell[0] == '\'' && cell[1] && strchr("=+-@", cell[1]) ? cell + 1 : cell;
}

/* NULL in *key: the word is none of the choices, or (ST_REFUSED) anything else is wrong. */
static enum status parse_word(struct entry_reader *rd, int target, const char *typed,
                              const char **key, struct error *err)
{
    const struct field *f = rd->targets->target[target].field;
    size_t n = sizeof rd->word[target] / sizeof *rd->word[target];
    struct known_word *w = &rd->word[target][hash_text(0, typed) % n];
    if (!w->typed || strcmp(w->typed, typed) != 0) {
        char *parsed;
        enum status st = field_parse(rd->s, f, typed, &parsed, err);
        if (st != ST_OK)
            return st;
        free(w->typed);
        free(w->key);
        w->typed = mem_strdup(typed);
        w->key = parsed;
    }
    *key = w->key;
    return ST_OK;
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

static enum status parse_cell(struct entry_reader *rd, int target, const char *typed, char **out,
                              struct error *err)
{
    const struct field *f = rd->targets->target[target].field;
    const char *key = NULL;
    if (f->kind == FIELD_REF || (rd->targets->kind != IMPORT_ORGANISATIONS && target == TO_NAME))
        return parse_name(rd, f, typed, out, err);
    if (f->kind != FIELD_CHOICE)
        return field_parse(rd->s, f, typed, out, err);
    enum status st = parse_word(rd, target, typed, &key, err);
    if (st == ST_OK)
        *out = mem_strdup(key);
    return st;
}

/* ---- roles ----------------------------------------------------------------------------------- */

/* A role that is no word of ours becomes "other", and the word itself is kept. */
static void take_position(struct entry_reader *rd, struct entry *e, const char *typed)
{
    const char *key;
    if (parse_word(rd, TO_POSITION, typed, &key, NULL) == ST_OK) {
        e->value[TO_POSITION] = mem_strdup(key);
        return;
    }
    e->value[TO_POSITION] = mem_strdup("other");
    e->position_word = text_tidy(typed, false);
}

/* In a roster "Rolle" can be the role there, or the one at work. */
static void take_role(struct entry_reader *rd, struct entry *e, const char *typed)
{
    const char *key;
    if (parse_word(rd, TO_ROLE, typed, &key, NULL) == ST_OK) {
        e->value[TO_ROLE] = mem_strdup(key);
    } else if (parse_word(rd, TO_POSITION, typed, &key, NULL) == ST_OK) {
        if (!e->value[TO_POSITION])
            e->value[TO_POSITION] = mem_strdup(key);
    } else {
        e->value[TO_ROLE] = mem_strdup("other");
        e->role_word = text_tidy(typed, false);
    }
}

static bool is_role(const struct entry_reader *rd, int target)
{
    return rd->targets->kind != IMPORT_ORGANISATIONS &&
           (target == TO_POSITION || target == TO_ROLE);
}

static const char *first_cell(const struct entry_reader *rd, const struct row *row, int target)
{
    for (size_t i = 0; i < rd->mapping->nused; i++) {
        size_t c = rd->mapping->used[i];
        if (rd->mapping->target[c] == target && c < row->n && *row->field[c])
            return cell_text(row->field[c]);
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

/* ---- names ----------------------------------------------------------------------------------- */

static void put_name(char **value, const struct buf *part)
{
    free(*value);
    *value = part->len ? mem_strdup(part->s) : NULL;
}

static void read_names(struct entry_reader *rd, struct entry *e)
{
    if (rd->targets->kind == IMPORT_ORGANISATIONS) {
        buf_add(&e->name, e->value[0]);
        text_fold_match(&e->match, e->value[0]);
        return;
    }
    if (e->value[TO_NAME] && !e->value[TO_GIVEN_NAME] && !e->value[TO_FAMILY_NAME]) {
        name_split(e->value[TO_NAME], &rd->given, &rd->family);
        put_name(&e->value[TO_GIVEN_NAME], &rd->given);
        put_name(&e->value[TO_FAMILY_NAME], &rd->family);
    }
    for (int i = TO_GIVEN_NAME; i <= TO_FAMILY_NAME; i++) {
        if (!e->value[i])
            continue;
        if (e->name.len)
            buf_addc(&e->name, ' ');
        buf_add(&e->name, e->value[i]);
        text_fold_match(&e->match, e->value[i]);
    }
}

static void tidy_municipality(char **value)
{
    char *tidy;
    if (!*value)
        return;
    tidy = municipality_tidy(*value);
    free(*value);
    *value = tidy;
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
    if ((row->flags & ROW_SHORT) && lacks_columns(rd, row))
        complain(reason, _("the row is too short: cells are missing at its end"));
    if ((row->flags & ROW_LETTERS) && has_lost_letters(rd, row))
        complain(reason, _("letters could not be read: say how the file is encoded"));
}

static void check_length(const struct entry_reader *rd, const struct entry *e, int target,
                         struct buf *reason)
{
    const struct field *f = rd->targets->target[target].field;
    if (e->value[target] && strlen(e->value[target]) > (size_t)f->max && !reason->len)
        buf_addf(reason, _("%s: it is too long: there is room for %d letters"), lang_tr(f->label),
                 f->max);
}

bool entry_read(struct entry_reader *rd, const struct row *row, struct entry *e, struct buf *reason)
{
    clear(e);
    buf_clear(reason);
    check_shape(rd, row, reason);
    for (size_t i = 0; i < rd->mapping->nused; i++) {
        size_t c = rd->mapping->used[i];
        int target = rd->mapping->target[c];
        struct error why = {0};
        if (c >= row->n || !*row->field[c] || e->value[target] || is_role(rd, target))
            continue;
        const char *typed = cell_text(row->field[c]);
        if (parse_cell(rd, target, typed, &e->value[target], &why) != ST_OK && !reason->len)
            buf_addf(reason, "%s: %s: %s", why.what, typed, why.why);
    }
    if (rd->targets->kind != IMPORT_ORGANISATIONS)
        read_roles(rd, row, e);
    read_names(rd, e);
    tidy_municipality(&e->value[rd->targets->municipality]);
    if (rd->targets->kind != IMPORT_ORGANISATIONS) {
        check_length(rd, e, TO_GIVEN_NAME, reason);
        check_length(rd, e, TO_FAMILY_NAME, reason);
    }
    return reason->len == 0;
}
