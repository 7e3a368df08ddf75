/* Two people or organisations that are one: which values hold, what moves, and then it is done. */
#include "config.h"

#include <stdlib.h>

#include "samling/mem.h"
#include "samling/merge.h"

#include "ui/screens.h"
#include "ui/ui_internal.h"

enum { CANDIDATES = 12 };

struct unite {
    struct ui *ui;
    const struct record_type *type;
    int64_t goes, goes_version, stays_version;
    struct record *merged; /* NULL until it is known */
    int64_t candidate[CANDIDATES];
    int64_t one;
};

static void unite_free(void *arg)
{
    struct unite *u = arg;
    record_free(u->merged);
    free(u);
}

/* ---- doing it ---------------------------------------------------------------------------------
 */

static void confirmed(void *arg)
{
    struct unite *u = arg;
    struct buf title = {0};
    struct error err = {0};
    enum status st = merge_records(u->ui->session, u->merged, u->goes, u->goes_version, &err);
    screen_refresh_all(u->ui);
    if (st == ST_OK) {
        record_title(u->ui->session, u->type, u->merged->id, &title);
        screen_reveal(u->ui, u->type->id, u->merged->id);
        ui_say_name(u->ui, buf_str(&title), _("The two are one now: %s. u makes them two again."),
                    buf_str(&title));
    } else {
        ui_complain(u->ui, &err);
    }
    buf_free(&title);
}

/* The values are chosen: says what will move, and asks. Takes `u` and `merged`. */
static void ask(struct unite *u, struct record *merged)
{
    struct session *s = u->ui->session;
    struct buf question = {0}, gone = {0}, kept = {0}, moved = {0};
    struct error err = {0};
    u->merged = merged;
    merged->version = u->stays_version;
    record_title(s, u->type, u->goes, &gone);
    record_title(s, u->type, merged->id, &kept);
    enum status st = merge_words(s, u->type, merged->id, u->goes, &moved, &err);
    buf_addf(&question,
             moved.len
                 ? _("Make one of %s (no. %lld) and %s (no. %lld)? The first one stays. To it "
                     "go from the other:")
                 : _("Make one of %s (no. %lld) and %s (no. %lld)? The first one stays. "
                     "Nothing belongs to the other."),
             buf_str(&kept), (long long)merged->id, buf_str(&gone), (long long)u->goes);
    if (moved.len)
        buf_addf(&question, "\n%s", moved.s);
    if (st != ST_OK) {
        ui_complain(u->ui, &err);
        unite_free(u);
    } else {
        ask_open(u->ui, question.s, _("y")[0], _("y: yes, make one of them; any other key: no"),
                 confirmed, u, unite_free);
    }
    buf_free(&question);
    buf_free(&moved);
    buf_free(&gone);
    buf_free(&kept);
}

static void chosen(void *arg, struct record *merged)
{
    ask(arg, merged);
}

/* Takes `u`. */
static void compare(struct unite *u, int64_t one, int64_t other)
{
    struct session *s = u->ui->session;
    struct record *mine = NULL, *theirs = NULL;
    struct error err = {0};
    if (record_load(s, u->type, one, &mine, &err) != ST_OK ||
        record_load(s, u->type, other, &theirs, &err) != ST_OK) {
        ui_complain(u->ui, &err);
        record_free(mine);
        unite_free(u);
        return;
    }
    u->goes = other;
    u->goes_version = theirs->version;
    u->stays_version = mine->version;
    struct record *neither = record_new(u->type);
    const struct conflict_words words = {
        .title = _("Make one of two"), .mine = _("stays"), .theirs = _("goes"), .drop = unite_free};
    conflict_open(u->ui, &words, mine, neither, theirs, chosen, u);
    record_free(neither);
}

static struct unite *unite_new(struct ui *ui, enum type_id type)
{
    struct unite *u = mem_alloc(sizeof *u);
    u->ui = ui;
    u->type = type_by_id(type);
    return u;
}

void unite_open(struct ui *ui, enum type_id type, int64_t one, int64_t other)
{
    compare(unite_new(ui, type), one, other);
}

/* ---- which other one --------------------------------------------------------------------------
 */

static void other_chosen(void *arg, size_t i)
{
    struct unite *asked = arg, *u = unite_new(asked->ui, asked->type->id);
    compare(u, asked->one, asked->candidate[i]);
}

/* "Kari Nordmann · kari@a.no · 912 34 567": what tells namesakes apart. */
static char *label(struct session *s, const struct record_type *t, int64_t id)
{
    static const char *const fields[] = {"email", "phone", "orgno", "municipality"};
    struct record *r;
    struct buf b = {0};
    record_title(s, t, id, &b);
    if (record_load(s, t, id, &r, NULL) == ST_OK) {
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            if (type_field(t, fields[i]) >= 0 && record_get(r, fields[i]))
                buf_addf(&b, "  ·  %s", record_get(r, fields[i]));
        record_free(r);
    }
    return buf_take(&b);
}

void unite_ask(struct ui *ui, enum type_id type, int64_t one)
{
    struct unite *u = unite_new(ui, type);
    char *labels[CANDIDATES];
    size_t n = merge_candidates(ui->session, u->type, one, u->candidate, CANDIDATES);
    u->one = one;
    if (!n) {
        ui_say(ui, "%s",
               _("No other one has the same name or address: select both with v, and come again."));
        unite_free(u);
        return;
    }
    for (size_t i = 0; i < n; i++)
        labels[i] = label(ui->session, u->type, u->candidate[i]);
    choose_open(ui, _("Which of these is the same?"), (const char *const *)labels, n, 0,
                other_chosen, u, unite_free);
    for (size_t i = 0; i < n; i++)
        free(labels[i]);
}
