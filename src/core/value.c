/* Values of fields: from what people type to what is stored, and back to what they read. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "samling/date.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/record.h"
#include "samling/text.h"

static bool ascii_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* ---- addresses and numbers ------------------------------------------------------------------- */

static bool local_part_ok(const char *s, size_t n)
{
    if (n == 0 || n > 64 || s[0] == '.' || s[n - 1] == '.')
        return false;
    for (size_t i = 0; i < n; i++)
        if (ascii_space(s[i]) || strchr("\"(),:;<>@[\\]", s[i]))
            return false;
    return true;
}

static bool domain_ok(const char *s)
{
    size_t n = strlen(s);
    const char *dot = strrchr(s, '.');
    if (n < 4 || n > 253 || !dot || s[0] == '.' || strlen(dot + 1) < 2 || s[0] == '-')
        return false;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (!(isalnum(c) || c == '-' || c == '.' || c >= 0x80) || (c == '.' && s[i + 1] == '.'))
            return false;
    }
    for (const char *p = dot + 1; *p; p++)
        if (isdigit((unsigned char)*p))
            return false;
    return true;
}

bool email_tidy(const char *typed, struct buf *out)
{
    const char *open = strchr(typed, '<'), *close = open ? strchr(open, '>') : NULL;
    const char *s = close ? open + 1 : typed, *end = close ? close : typed + strlen(typed);
    while (s < end && ascii_space(*s))
        s++;
    if (end - s > 7 && strncasecmp(s, "mailto:", 7) == 0)
        s += 7;
    while (end > s && (ascii_space(end[-1]) || strchr(".,;", end[-1])))
        end--;
    char *a = mem_strndup(s, (size_t)(end - s));
    for (char *p = a; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    char *at = strchr(a, '@');
    bool ok = at && !strchr(at + 1, '@') && local_part_ok(a, (size_t)(at - a)) && domain_ok(at + 1);
    if (ok)
        buf_add(out, a);
    free(a);
    return ok;
}

/* Country codes of one and of two digits; all others have three. (ITU-T E.164 list.) */
static size_t country_code_length(const char *digits)
{
    static const char two[] =
        "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 "
        "60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
    if (digits[0] == '1' || digits[0] == '7')
        return 1;
    for (const char *p = two; *p; p += 3)
        if (strncmp(p, digits, 2) == 0)
            return 2;
    return 3;
}

bool phone_tidy(const char *typed, struct buf *out)
{
    char d[32];
    size_t n = 0;
    bool foreign = false;
    for (const char *p = typed; *p; p++) {
        if (n > 0 && strncmp(p, "(0)", 3) == 0) {
            p += 2; /* +44 (0)20 …: left out by who calls from abroad */
        } else if (*p == '+' && n == 0 && !foreign) {
            foreign = true;
        } else if (isdigit((unsigned char)*p)) {
            if (n == sizeof d - 1)
                return false;
            d[n++] = *p;
        } else if (*p == '\xc2' && p[1] == '\xa0') {
            p++;
        } else if (!strchr(" .-/()", *p)) {
            return false;
        }
    }
    d[n] = '\0';
    const char *s = d;
    if (!foreign && n > 2 && s[0] == '0' && s[1] == '0') {
        foreign = true;
        s += 2;
    }
    if (!foreign && strlen(s) == 10 && strncmp(s, "47", 2) == 0)
        foreign = true; /* 4791234567: a spreadsheet ate the plus */
    if (foreign && strncmp(s, "47", 2) == 0 && strlen(s) == 10) {
        s += 2;
        foreign = false;
    }
    n = strlen(s);
    if (!foreign) {
        if (n == 8)
            buf_addf(out, "%.3s %.2s %s", s, s + 3, s + 5);
        else if (n == 5)
            buf_add(out, s);
        return n == 8 || n == 5;
    }
    if (n < 7 || n > 15 || s[0] == '0')
        return false;
    size_t cc = country_code_length(s);
    buf_addf(out, "00%.*s %s", (int)cc, s, s + cc);
    return true;
}

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

static bool one_of(const char *typed, const char *words)
{
    bool same = false;
    for (const char *w = words; w && *w && !same;) {
        size_t n = strcspn(w, "|");
        char *word = mem_strndup(w, n);
        same = text_same(typed, word);
        free(word);
        w += n + (w[n] == '|');
    }
    return same;
}

static enum status parse_choice(const struct field *f, const char *t, char **out, struct error *err)
{
    struct buf all = {0};
    const struct choice *found = NULL;
    for (const struct choice *c = f->choices; c->key; c++) {
        if (strcmp(c->key, t) == 0 || text_same(t, c->label) || text_same(t, lang_tr(c->label)))
            found = found ? found : c;
        buf_addf(&all, "%s%s", all.len ? ", " : "", lang_tr(c->label));
    }
    /* One's own word goes before another's synonym. */
    for (const struct choice *c = f->choices; !found && c->key; c++)
        if (one_of(t, c->synonyms))
            found = c;
    if (found) {
        *out = mem_strdup(found->key);
        buf_free(&all);
        return ST_OK;
    }
    struct buf todo = {0};
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

static enum status parse_flag(const struct field *f, const char *t, char **out, struct error *err)
{
    static const char yes[] = "1|yes|ja|x|true|y|j", no[] = "0|no|nei|false|n";
    if (one_of(t, yes) || text_same(t, _("yes")))
        *out = mem_strdup("1");
    else if (!one_of(t, no) && !text_same(t, _("no")) && strcmp(t, "-") != 0)
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
            st = bad(f, err, _("write eight digits, or a foreign number as +46 …"),
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
