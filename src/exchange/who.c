/* People: who a row means. */
#include "config.h"

#include "match.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "names.h"
#include "seek.h"

void reason_add(const struct matcher *m, struct buf *reason, const char *format, ...)
{
    char text[1024];
    va_list ap;
    if (!m->tell)
        return;
    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    if (reason->len)
        buf_add(reason, "; ");
    buf_add(reason, text);
}

void remark_add(struct matcher *m, struct buf *reason, const char *format, ...)
{
    char text[1024];
    va_list ap;
    m->remark = true;
    if (!m->tell)
        return;
    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    reason_add(m, reason, "%s", text);
}

void matcher_free(struct matcher *m)
{
    for (size_t i = 0; i < PLACE_SETS; i++) {
        for (size_t j = 0; j < PLACE_WAYS; j++) {
            free(m->place[i][j].name);
            free(m->place[i][j].municipality);
            free(m->place[i][j].called);
            free(m->place[i][j].lies_in);
        }
    }
    buf_free(&m->match);
    buf_free(&m->core);
    buf_free(&m->called);
    buf_free(&m->lies_in);
    buf_free(&m->name);
    buf_free(&m->other);
}

/* ---- people and their positions -------------------------------------------------------------- */

void person_match_name(const struct record *person, struct buf *out)
{
    buf_clear(out);
    text_fold_match(out, record_get(person, "given_name"));
    text_fold_match(out, record_get(person, "family_name"));
}

static int by_start(const void *a, const void *b)
{
    const struct record *x = *(struct record *const *)a, *y = *(struct record *const *)b;
    const char *from = record_get(x, "starts"), *to = record_get(y, "starts");
    int order = strcmp(from ? from : "", to ? to : "");
    if (order)
        return order;
    /* Those that a rehearsal made are younger than those that are there. */
    if ((x->id < 0) != (y->id < 0))
        return x->id < 0 ? 1 : -1;
    return x->id < 0 ? (x->id < y->id) - (x->id > y->id) : (x->id > y->id) - (x->id < y->id);
}

enum status positions_load(struct matcher *m, int64_t person, struct record ***out, size_t *n,
                           struct error *err)
{
    struct found f = {0};
    struct record **r = mem_alloc(LOOKUP_MAX * sizeof(struct record *));
    enum status st = world_positions(m->w, person, &f, err);
    *n = 0;
    for (size_t i = 0; st == ST_OK && i < f.n; i++) {
        st = world_load(m->w, type_by_id(T_POSITION), f.id[i], &r[*n], err);
        if (st != ST_OK)
            break;
        if (record_get_id(r[*n], "person") == person)
            (*n)++;
        else
            record_free(r[*n]);
    }
    if (st != ST_OK) {
        positions_free(r, *n);
        return st;
    }
    qsort(r, *n, sizeof *r, by_start);
    *out = r;
    return ST_OK;
}

void positions_free(struct record **r, size_t n)
{
    for (size_t i = 0; i < n; i++)
        record_free(r[i]);
    free(r);
}

static void add_name(const struct record *person, struct buf *out)
{
    const char *given = record_get(person, "given_name"),
               *family = record_get(person, "family_name");
    buf_addf(out, "%s%s%s", given ? given : "", given && family ? " " : "", family ? family : "");
}

static enum status workplace(struct matcher *m, int64_t person, struct buf *out, struct error *err)
{
    struct record **position, *r = NULL;
    size_t n;
    enum status st = positions_load(m, person, &position, &n, err);
    if (st != ST_OK)
        return st;
    if (n) {
        st = world_load(m->w, type_by_id(T_ORGANISATION),
                        record_get_id(position[n - 1], "organisation"), &r, err);
        if (st == ST_OK)
            buf_add(out, record_get(r, "name"));
        record_free(r);
    }
    positions_free(position, n);
    return st;
}

enum { LISTED = 4 };

void who_list(struct matcher *m, const struct found *f, struct buf *out)
{
    for (size_t i = 0; i < f->n && i < LISTED; i++) {
        struct record *r;
        struct buf at = {0};
        if (world_load(m->w, type_by_id(T_PERSON), f->id[i], &r, NULL) != ST_OK)
            continue;
        buf_add(out, i ? "; " : "");
        add_name(r, out);
        if (workplace(m, r->id, &at, NULL) == ST_OK && at.len)
            buf_addf(out, " (%s)", at.s);
        buf_free(&at);
        record_free(r);
    }
    if (f->n > LISTED)
        buf_add(out, "; …");
}

/* ---- deciding -------------------------------------------------------------------------------- */

/* One way of finding that has come to an end. Reasons are translated only when somebody wants them.
 */
static void be_known(struct matcher *m, struct who *out, struct record *person, struct buf *reason,
                     const char *why)
{
    out->is = IS_KNOWN;
    out->person = person;
    long line = world_line(m->w, T_PERSON, person->id);
    if (line)
        reason_add(m, reason, _("same as line %ld"), line);
    else if (m->tell)
        reason_add(m, reason, "%s", lang_tr(why));
}

static void be_unclear(struct matcher *m, struct who *out, const struct found *f,
                       struct buf *reason, const char *why)
{
    struct buf list = {0};
    out->is = IS_UNCLEAR;
    out->candidate_type = T_PERSON;
    out->candidates = *f;
    if (m->tell) {
        who_list(m, f, &list);
        reason_add(m, reason, "%s: %s", lang_tr(why), buf_str(&list));
    }
    buf_free(&list);
}

/* The row has a name that is not the person's own. */
static void tell_other_name(struct matcher *m, const struct record *person, enum likeness like,
                            struct buf *reason)
{
    struct buf name = {0};
    if (!m->tell || like != LIKE_ALSO)
        return;
    add_name(person, &name);
    reason_add(m, reason, _("also called that: %s"), buf_str(&name));
    buf_free(&name);
}

/* A number of our own is worth something only with what else the row says: the list may come from
 * another database. */
static enum status by_id(struct matcher *m, const struct entry *e, struct who *out,
                         struct buf *reason, struct error *err)
{
    struct record *r;
    int64_t id = atoll(e->value[TO_ID]);
    if (id <= 0 || id > m->w->last[T_PERSON])
        return ST_OK;
    enum status st = world_load(m->w, type_by_id(T_PERSON), id, &r, err);
    if (st == ST_REFUSED)
        return ST_OK; /* removed since */
    if (st != ST_OK)
        return st;
    const char *email = record_get(r, "email");
    if ((e->match.len && person_likeness(m, r, e->match.s) != UNLIKE) ||
        (email && e->value[TO_EMAIL] && strcmp(email, e->value[TO_EMAIL]) == 0))
        be_known(m, out, r, reason, N_("same id"));
    else
        record_free(r);
    return ST_OK;
}

/* Another name under an address that only one has: how far is it theirs? */
enum kin { KIN_SURE, KIN_FAMILY, KIN_NOT };

static bool first_alike(struct matcher *m, const struct record *r, const char *name)
{
    person_match_name(r, &m->name);
    bool alike = name_first_alike(buf_str(&m->name), name);
    for (size_t i = 0; !alike && record_also(r, i, &m->other); i++)
        alike = name_first_alike(m->other.s, name);
    return alike;
}

/* One of them may have more family names, or none that is known. */
static bool same_family(struct matcher *m, const struct record *r, const struct entry *e)
{
    buf_clear(&m->name);
    buf_clear(&m->other);
    text_fold_match(&m->name, record_get(r, "family_name"));
    text_fold_match(&m->other, e->value[TO_FAMILY_NAME]);
    return words_contained(buf_str(&m->name), buf_str(&m->other));
}

/* Only one word on either side, which may be a given or a family name. */
static bool is_half(const struct record *r, const struct entry *e)
{
    return !record_get(r, "given_name") || !record_get(r, "family_name") ||
           !e->value[TO_GIVEN_NAME] || !e->value[TO_FAMILY_NAME];
}

/* Who marries keeps the given name and the address. An address that several read, or one that the
 * list itself has for two of different names, says nothing of that. */
static enum kin kin_of(struct matcher *m, const struct record *r, const struct entry *e)
{
    const char *name = buf_str(&e->match);
    if (!*name || person_likeness(m, r, name) != UNLIKE)
        return KIN_SURE;
    if (e->lost || is_half(r, e))
        return person_akin(m, r, name, e->lost != NULL) ? KIN_SURE : KIN_NOT;
    if (!first_alike(m, r, name))
        return KIN_NOT;
    if (email_is_shared(e->value[TO_EMAIL], e->value[TO_ORGANISATION]) ||
        (!same_family(m, r, e) && world_line(m->w, T_PERSON, r->id)))
        return KIN_FAMILY;
    return KIN_SURE;
}

static enum status by_email(struct matcher *m, const struct entry *e, struct who *out,
                            struct buf *reason, struct error *err)
{
    struct quest q = {.by = BY_EMAIL, .text = e->value[TO_EMAIL]};
    struct hits all, named = {0};
    enum status st = seek(m, &q, &all, err);
    if (st != ST_OK || all.found.n == 0)
        return st;
    enum kin kin = all.only ? kin_of(m, all.only, e) : KIN_NOT;
    if (all.only && kin == KIN_SURE) {
        be_known(m, out, all.only, reason, N_("same e-mail address"));
        return ST_OK;
    }
    record_free(all.only);
    if (all.only) {
        be_unclear(m, out, &all.found, reason,
                   kin == KIN_FAMILY
                       ? N_("several may use the e-mail address, and somebody of another family "
                            "name has it")
                       : N_("the e-mail address belongs to somebody of another name"));
        return ST_OK;
    }
    /* Several share the address: the name tells which. */
    if (e->match.len)
        st = seek_among(m, &all.found, e->match.s, &named, err);
    if (st == ST_OK && named.only) {
        be_known(m, out, named.only, reason, N_("same e-mail address and name"));
        tell_other_name(m, named.only, named.like, reason);
    } else if (st == ST_OK) {
        be_unclear(m, out, &all.found, reason, N_("several people have this e-mail address"));
    }
    return st;
}

static bool contradicts(const struct record *r, const char *field, const char *value)
{
    const char *there = record_get(r, field);
    return there && value && strcmp(there, value) != 0;
}

/* Two of one name at one workplace may be two: when phone and address differ, or when one and the
 * same file has an address or a phone for each. An address alone may just be a new one; not where
 * the name is only near. And one file does not write one name in two ways without a reason. NULL:
 * it is one. */
static const char *may_be_two(const struct matcher *m, const struct entry *e, const struct hits *h)
{
    bool near = h->like == LIKE_NEAR, email = contradicts(h->only, "email", e->value[TO_EMAIL]);
    bool phone = contradicts(h->only, "phone", e->value[TO_PHONE]);
    bool twice = world_line(m->w, T_PERSON, h->only->id) != 0;
    if (email && near)
        return N_("somebody has this name there but for middle names, and another e-mail address");
    if (email && (phone || twice))
        return N_("somebody has this name there, but another e-mail address");
    if (twice && near)
        return N_("another row has this name there but for middle names");
    return twice && phone ? N_("somebody has this name there, but another phone") : NULL;
}

/* Somebody of this name, with something more in common. */
static enum status by_name_and(struct matcher *m, const struct entry *e, const struct quest *q,
                               struct who *out, struct buf *reason, const char *const why[2],
                               struct error *err)
{
    struct hits h;
    enum status st = seek(m, q, &h, err);
    if (st != ST_OK || h.found.n == 0)
        return st;
    const char *two = h.only && q->by == BY_NAME_AT ? may_be_two(m, e, &h) : NULL;
    if (two) {
        record_free(h.only);
        be_unclear(m, out, &h.found, reason, two);
    } else if (h.only) {
        be_known(m, out, h.only, reason, why[h.like == LIKE_NEAR]);
        tell_other_name(m, h.only, h.like, reason);
    } else {
        be_unclear(m, out, &h.found, reason,
                   h.like == LIKE_NEAR ? N_("several people have this name but for middle names")
                                       : N_("several people have this name"));
    }
    return ST_OK;
}

static enum status by_phone(struct matcher *m, const struct entry *e, struct who *out,
                            struct buf *reason, struct error *err)
{
    static const char *const why[] = {N_("same name and phone"),
                                      N_("same name but for middle names, and phone")};
    struct quest q = {.by = BY_NAME_PHONE, .text = buf_str(&e->match), .phone = e->value[TO_PHONE]};
    return by_name_and(m, e, &q, out, reason, why, err);
}

/* The row says which organisations it can be: one, or a few. */
static enum status by_place(struct matcher *m, const struct entry *e, const struct place *where,
                            struct who *out, struct buf *reason, struct error *err)
{
    static const char *const why[] = {N_("same name and organisation"),
                                      N_("same name but for middle names, and organisation")};
    struct found one = {.id = {where->id}, .n = 1}, at;
    struct quest q = {.by = BY_NAME_AT,
                      .text = buf_str(&e->match),
                      .places = where->is == IS_KNOWN ? &one : &where->candidates};
    bool ended = false;
    enum status st = by_name_and(m, e, &q, out, reason, why, err);
    if (st != ST_OK || out->is != IS_KNOWN || !m->tell)
        return st;
    st = works_at(m, out->person->id, q.places, &at, &ended, err);
    if (ended)
        reason_add(m, reason, "%s", _("the position there had ended"));
    return st;
}

/* The only one of this name in the cohort. */
static enum status by_cohort(struct matcher *m, const struct entry *e, struct who *out,
                             struct buf *reason, struct error *err)
{
    struct quest q = {.by = BY_NAME_IN, .text = buf_str(&e->match), .cohort = m->cohort};
    struct hits h;
    enum status st = seek(m, &q, &h, err);
    if (st != ST_OK || h.found.n == 0)
        return st;
    if (h.like == LIKE_NEAR) {
        record_free(h.only);
        be_unclear(m, out, &h.found, reason,
                   N_("only the name is given, and somebody in the cohort has it but for middle "
                      "names"));
    } else if (h.only) {
        be_known(m, out, h.only, reason, N_("the only one of this name in the cohort"));
        tell_other_name(m, h.only, h.like, reason);
    }
    return ST_OK;
}

static enum status by_name_alone(struct matcher *m, const struct entry *e, struct who *out,
                                 struct buf *reason, struct error *err)
{
    struct quest q = {.by = BY_NAME, .text = buf_str(&e->match)};
    struct hits h;
    enum status st = seek(m, &q, &h, err);
    if (st != ST_OK || h.found.n == 0)
        return st;
    struct record **position = NULL;
    size_t n = 0;
    if (h.only)
        st = positions_load(m, h.only->id, &position, &n, err);
    positions_free(position, n);
    if (st == ST_OK && h.only && n == 0 && !record_get(h.only, "email")) {
        be_known(m, out, h.only, reason, N_("same name, and nothing else is known"));
        tell_other_name(m, h.only, h.like, reason);
        return ST_OK;
    }
    record_free(h.only);
    if (st == ST_OK)
        be_unclear(m, out, &h.found, reason,
                   N_("only the name is given, and somebody has it already"));
    return st;
}

static enum status be_new(struct matcher *m, const struct entry *e, struct who *out,
                          struct buf *reason, struct error *err)
{
    struct quest q = {.by = BY_NAME, .text = buf_str(&e->match)};
    struct hits h;
    struct buf at = {0};
    out->is = IS_NEW;
    if (e->value[TO_EMAIL] || !m->tell)
        return ST_OK;
    enum status st = seek(m, &q, &h, err);
    record_free(h.only);
    if (st == ST_OK && h.found.n)
        st = workplace(m, h.found.id[0], &at, err);
    if (st == ST_OK && at.len)
        remark_add(m, reason, _("another of this name works at %s"), at.s);
    else if (st == ST_OK && h.found.n)
        remark_add(m, reason, "%s", _("another of this name is known"));
    buf_free(&at);
    return st;
}

/* By what the row says, in the order of what says most. */
static enum status by_row(struct matcher *m, const struct entry *e, const struct place *where,
                          struct who *out, struct buf *reason, struct error *err)
{
    enum status st = ST_OK;
    bool anywhere = where->is == IS_NONE && !e->value[TO_EMAIL];
    if (e->value[TO_ID])
        st = by_id(m, e, out, reason, err);
    if (st == ST_OK && out->is == IS_NONE && e->value[TO_EMAIL])
        st = by_email(m, e, out, reason, err);
    if (st == ST_OK && out->is == IS_NONE && !e->match.len)
        return ST_OK; /* an address that nobody has, and no name */
    if (st == ST_OK && out->is == IS_NONE && e->value[TO_PHONE])
        st = by_phone(m, e, out, reason, err);
    if (st == ST_OK && out->is == IS_NONE && (where->is == IS_KNOWN || where->candidates.n))
        st = by_place(m, e, where, out, reason, err);
    if (st == ST_OK && out->is == IS_NONE && anywhere && m->cohort)
        st = by_cohort(m, e, out, reason, err);
    if (st == ST_OK && out->is == IS_NONE && anywhere)
        st = by_name_alone(m, e, out, reason, err);
    if (st == ST_OK && out->is == IS_NONE)
        st = be_new(m, e, out, reason, err);
    return st;
}

/* ---- what somebody decided ------------------------------------------------------------------- */

/* "chosen: Kari Hansen, Blåklokka barnehage" */
static enum status tell_chosen(struct matcher *m, const struct record *person, struct buf *reason,
                               struct error *err)
{
    struct buf who = {0}, at = {0};
    if (!m->tell)
        return ST_OK;
    enum status st = workplace(m, person->id, &at, err);
    add_name(person, &who);
    if (at.len)
        buf_addf(&who, "%s%s", who.len ? ", " : "", at.s);
    reason_add(m, reason, _("chosen: %s"), buf_str(&who));
    buf_free(&who);
    buf_free(&at);
    return st;
}

/* *gone: the one who was chosen is not there any more. */
static enum status by_choice(struct matcher *m, const struct entry *e, struct who *out, bool *gone,
                             struct buf *reason, struct error *err)
{
    int64_t id = m->decision ? m->decision->person : IMPORT_ASK;
    struct record *r;
    if (id == IMPORT_NEW && e->match.len) {
        out->is = IS_NEW;
        reason_add(m, reason, "%s", _("chosen: somebody new"));
    }
    if (id <= 0)
        return ST_OK;
    enum status st = world_load(m->w, type_by_id(T_PERSON), id, &r, err);
    if (st == ST_OK) {
        out->is = IS_KNOWN;
        out->person = r;
        st = tell_chosen(m, r, reason, err);
    }
    *gone = st == ST_REFUSED;
    return *gone ? ST_OK : st;
}

/* Asks again: a choice that came to nothing must not become a guess. */
static void ask_again(struct matcher *m, struct who *out, struct buf *reason)
{
    struct found f = {0};
    if (out->is == IS_UNCLEAR)
        f = out->candidates;
    else if (out->person)
        found_add(&f, out->person->id);
    record_free(out->person);
    *out = (struct who){.is = IS_UNCLEAR, .candidate_type = T_PERSON, .candidates = f};
    buf_clear(reason);
    reason_add(m, reason, "%s", _("the person who was chosen is not there any more"));
}

static void take_for_new(struct matcher *m, struct who *out, struct buf *reason)
{
    char *why = mem_strdup(buf_str(reason));
    *out = (struct who){.is = IS_NEW};
    buf_clear(reason);
    remark_add(m, reason, "%s", _("taken for somebody new"));
    reason_add(m, reason, "%s", why);
    free(why);
}

/* A name that several organisations have: the one where the person works, else unclear. */
static enum status settle_place(struct matcher *m, struct place *where, struct who *out,
                                struct buf *reason, struct error *err)
{
    struct found at = {0};
    if (where->is != IS_UNCLEAR || out->is == IS_UNCLEAR || out->is == IS_NONE)
        return ST_OK;
    enum status st = ST_OK;
    if (out->person)
        st = works_at(m, out->person->id, &where->candidates, &at, NULL, err);
    if (st != ST_OK)
        return st;
    if (at.n == 1)
        return place_settle(m, where, at.id[0], err);
    record_free(out->person);
    *out = (struct who){
        .is = IS_UNCLEAR, .candidate_type = T_ORGANISATION, .candidates = where->candidates};
    buf_clear(reason);
    place_tell_unclear(m, where, reason);
    return ST_OK;
}

enum status who_is(struct matcher *m, const struct entry *e, struct place *where, struct who *out,
                   struct buf *reason, struct error *err)
{
    bool gone = false;
    *out = (struct who){0};
    enum status st = by_choice(m, e, out, &gone, reason, err);
    if (st == ST_OK && out->is == IS_NONE)
        st = by_row(m, e, where, out, reason, err);
    if (st == ST_OK && gone && out->is != IS_NONE)
        ask_again(m, out, reason);
    else if (st == ST_OK && out->is == IS_UNCLEAR && m->on_unclear == UNCLEAR_NEW && e->match.len)
        take_for_new(m, out, reason);
    if (st == ST_OK)
        st = settle_place(m, where, out, reason, err);
    if (st == ST_OK && (out->is == IS_NEW || out->is == IS_KNOWN))
        place_tell(m, where, reason);
    if (st != ST_OK) {
        record_free(out->person);
        out->person = NULL;
    }
    return st;
}

/* ---- what later rows can find ---------------------------------------------------------------- */

/* (Short names: one key for each serves a name with and without its middle names.) */
static const char *ends_of(struct matcher *m, const char *name)
{
    buf_clear(&m->other);
    name_ends(name, &m->other);
    return buf_str(&m->other);
}

void match_know_person(struct matcher *m, const struct record *person, const char *name)
{
    const char *email = record_get(person, "email"), *phone = record_get(person, "phone");
    if (email)
        world_know(m->w, T_PERSON, person->id, ledger_key(BY_EMAIL, email, NULL, 0));
    world_know(m->w, T_PERSON, person->id, ledger_key(BY_NAME, name, NULL, 0));
    if (phone)
        world_know(m->w, T_PERSON, person->id,
                   ledger_key(BY_NAME_PHONE, ends_of(m, name), phone, 0));
    for (size_t i = 0; record_also(person, i, &m->name); i++) {
        m->also = true;
        world_know(m->w, T_PERSON, person->id, ledger_key(BY_NAME, m->name.s, NULL, 0));
        world_know(m->w, T_PERSON, person->id, ledger_key(BY_ALSO, ends_of(m, m->name.s), NULL, 0));
    }
}

void match_know_position(struct matcher *m, int64_t person, const char *name, int64_t organisation)
{
    world_know(m->w, T_PERSON, person,
               ledger_key(BY_NAME_AT, ends_of(m, name), NULL, organisation));
}

void match_know_enrolment(struct matcher *m, int64_t person, const char *name)
{
    world_know(m->w, T_PERSON, person, ledger_key(BY_NAME_IN, ends_of(m, name), NULL, m->cohort));
}
