/* Values of fields: from what people type to what is stored, and back to what they read. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "samling/choice.h"
#include "samling/contact.h"
#include "samling/date.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/record.h"
#include "samling/text.h"

#include "core/span.h"

/* Mod 11 with the weights of Brønnøysundregistrene. */
static bool orgno_ok(const char *d)
{
    static const int weight[] = {3, 2, 7, 6, 5, 4, 3, 2};
    int sum = 0;
    for (int i = 0; i < 8; i++)
        sum += (d[i] - '0') * weight[i];
    int check = (11 - sum % 11) % 11;
    return check != 10 && check == d[8] - '0';
}

/* ---- parsing --------------------------------------------------------------------------------- */

static enum status bad(const struct field *f, struct error *err, const char *todo, const char *why)
{
    return error_set(err, ST_REFUSED, lang_tr(f->label), todo, "%s", why);
}

static enum status parse_digits(const struct field *f, const char *t, char **out, struct error *err)
{
    struct buf b = {0};
    enum status st = ST_OK;
    for (const char *p = t; *p && st == ST_OK; p++) {
        if (isdigit((unsigned char)*p))
            buf_addc(&b, *p);
        else if (f->kind != FIELD_ORGNO || !strchr(" .", *p))
            st = ST_REFUSED;
    }
    if (f->kind == FIELD_ORGNO) {
        if (st != ST_OK || b.len != 9 || !orgno_ok(b.s))
            st = bad(f, err, _("an organisation number has nine digits; check them"),
                     _("this is no organisation number"));
    } else if (st != ST_OK || b.len == 0 || b.len > 9) {
        st = bad(f, err, _("write digits only"), _("this is no number"));
    }
    if (st == ST_OK && f->kind == FIELD_NUMBER) { /* without leading zeros */
        long v = strtol(b.s, NULL, 10);
        buf_clear(&b);
        buf_addf(&b, "%ld", v);
    }
    if (st == ST_OK)
        *out = buf_take(&b);
    buf_free(&b);
    return st;
}

static enum status parse_choice(const struct field *f, const char *t, char **out, struct error *err)
{
    const struct choice *found = choice_called(f, t);
    if (found) {
        *out = mem_strdup(found->key);
        return ST_OK;
    }
    struct buf all = {0}, todo = {0};
    for (const struct choice *c = f->choices; c->key; c++)
        buf_addf(&all, "%s%s", all.len ? ", " : "", lang_tr(c->label));
    buf_addf(&todo, _("choose one of: %s"), buf_str(&all));
    enum status st =
        error_set(err, ST_REFUSED, lang_tr(f->label), todo.s, _("\"%s\" is not a choice here"), t);
    buf_free(&todo);
    buf_free(&all);
    return st;
}

static enum status parse_code(const struct field *f, const char *t, char **out, struct error *err)
{
    bool letter = false;
    for (const char *p = t; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (isalpha(c) || c >= 0x80)
            letter = true;
        else if (!isdigit(c) && c != '-' && c != '_')
            return bad(f, err, _("use letters, digits, - and _, without spaces"),
                       _("this is no code"));
    }
    if (!letter)
        return bad(f, err, _("put a letter in it: a number alone means a record"),
                   _("this is no code"));
    *out = mem_strdup(t);
    return ST_OK;
}

static bool is_word(const char *typed, const char *list)
{
    return span_is_word_of((struct span){typed, strlen(typed)}, list);
}

static enum status parse_flag(const struct field *f, const char *t, char **out, struct error *err)
{
    static const char yes[] = " 1 yes ja x true y j ", no[] = " 0 no nei false n ";
    if (is_word(t, yes) || text_same(t, _("yes")))
        *out = mem_strdup("1");
    else if (!is_word(t, no) && !text_same(t, _("no")) && strcmp(t, "-") != 0)
        return bad(f, err, _("write yes or no"), _("this is neither yes nor no"));
    return ST_OK;
}

static enum status parse_when(struct session *s, const struct field *f, const char *t, char **out,
                              struct error *err)
{
    char when[MOMENT_SIZE];
    bool ok =
        f->kind == FIELD_DAY ? date_parse(t, s->today, when) : moment_parse(t, s->today, when);
    if (!ok)
        return bad(f, err,
                   f->kind == FIELD_DAY ? _("write a day as 21.11.2026")
                                        : _("write a day and time as 21.11.2026 09:00"),
                   _("there is no such day or time"));
    *out = mem_strdup(when);
    return ST_OK;
}

static enum status parse_tidied(struct session *s, const struct field *f, char *t, char **out,
                                struct error *err)
{
    struct buf b = {0};
    int64_t id;
    enum status st = ST_OK;
    switch (f->kind) {
    case FIELD_TEXT:
    case FIELD_NOTE: *out = mem_strdup(t); return ST_OK;
    case FIELD_NUMBER:
    case FIELD_ORGNO: return parse_digits(f, t, out, err);
    case FIELD_DAY:
    case FIELD_MOMENT: return parse_when(s, f, t, out, err);
    case FIELD_CODE: return parse_code(f, t, out, err);
    case FIELD_CHOICE: return parse_choice(f, t, out, err);
    case FIELD_FLAG: return parse_flag(f, t, out, err);
    case FIELD_EMAIL:
        if (!email_tidy(t, &b))
            st = bad(f, err, _("write it as name@example.no"), _("this is no e-mail address"));
        break;
    case FIELD_PHONE:
        if (!phone_tidy(t, &b))
            st = number_is_ruined(t)
                     ? bad(f, err, _("look the number up and write it as text"),
                           _("a spreadsheet has shortened this number, and its digits are lost"))
                     : bad(f, err, _("write eight digits, or a foreign number as +46 …"),
                           _("this is no phone number"));
        break;
    case FIELD_REF:
        st = record_find(s, type_by_id(f->ref), t, &id, err);
        if (st == ST_OK)
            buf_addf(&b, "%lld", (long long)id);
        break;
    }
    if (st == ST_OK)
        *out = buf_take(&b);
    buf_free(&b);
    return st;
}

enum status field_parse(struct session *s, const struct field *f, const char *typed, char **out,
                        struct error *err)
{
    *out = NULL;
    char *t = text_tidy(typed, f->kind == FIELD_NOTE);
    if (!t)
        return ST_OK;
    int max = f->max ? f->max : f->kind == FIELD_NOTE ? 4000 : 200;
    enum status st;
    if (strlen(t) > (size_t)max)
        st = error_set(err, ST_REFUSED, lang_tr(f->label), _("shorten it"),
                       _("it is too long: there is room for %d letters"), max);
    else
        st = parse_tidied(s, f, t, out, err);
    free(t);
    return st;
}

/* ---- showing --------------------------------------------------------------------------------- */

void field_show(struct session *s, const struct field *f, const char *stored, struct buf *out)
{
    if (!stored)
        return;
    const struct choice *c;
    switch (f->kind) {
    case FIELD_CHOICE:
        c = choice_by_key(f, stored);
        buf_add(out, c ? lang_tr(c->label) : stored);
        break;
    case FIELD_DAY: date_short(out, stored); break;
    case FIELD_MOMENT: moment_short(out, stored); break;
    case FIELD_FLAG: buf_add(out, _("yes")); break;
    case FIELD_REF: record_title(s, type_by_id(f->ref), atoll(stored), out); break;
    default: text_clean(out, stored, f->kind == FIELD_NOTE); break;
    }
}

void field_edit(struct session *s, const struct field *f, const char *stored, struct buf *out)
{
    if (!stored || f->kind != FIELD_REF) {
        field_show(s, f, stored, out);
        return;
    }
    const struct record_type *t = type_by_id(f->ref);
    int64_t id = atoll(stored), found;
    size_t before = out->len;
    if (t->reference) {
        record_reference(s, t, id, out);
        return;
    }
    record_title(s, t, id, out);
    if (record_find(s, t, buf_str(out) + before, &found, NULL) == ST_OK && found == id)
        return;
    /* Another has the same name: the number is what tells them apart. */
    out->len = before;
    buf_addf(out, "%lld", (long long)id);
}
