/* vCard. */
#include "config.h"

#include "samling/vcard.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "samling/feed.h"
#include "samling/lang.h"

#include "fold.h"

struct cards {
    const char *home; /* of the UIDs: the database's own */
    FILE *out;
    struct buf text; /* one card */
    int64_t n;
    enum status status;
    struct error *err;
};

bool vcard_phone(const char *stored, struct buf *out)
{
    struct buf digits = {0};
    for (const char *p = stored; *p; p++)
        if (isdigit((unsigned char)*p))
            buf_addc(&digits, *p);
    const char *d = buf_str(&digits);
    bool mobile = digits.len == 8 && (d[0] == '4' || d[0] == '9');
    if (digits.len == 8)
        buf_addf(out, "+47%s", d);
    else if (strncmp(d, "00", 2) == 0)
        buf_addf(out, "+%s", d + 2);
    else
        buf_add(out, d);
    buf_free(&digits);
    return mobile;
}

/* Parts of a structured value, separated by `;`. NULL is an empty one. */
static void add_parts(struct buf *out, const char *name, const char *const *part, size_t n)
{
    struct buf value = {0};
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_addc(&value, ';');
        fold_escape(&value, part[i]);
    }
    fold_value(out, name, buf_str(&value));
    buf_free(&value);
}

static void add_names(struct cards *c, char *const *cell)
{
    const char *given = cell[CONTACT_GIVEN_NAME], *family = cell[CONTACT_FAMILY_NAME];
    struct buf full = {0};
    add_parts(&c->text, "N", (const char *const[]){family, given, NULL, NULL, NULL}, 5);
    buf_add(&full, given);
    if (given && family)
        buf_addc(&full, ' ');
    buf_add(&full, family);
    fold_text(&c->text, "FN", buf_str(&full));
    buf_free(&full);
}

static void add_work(struct cards *c, char *const *cell)
{
    struct buf title = {0};
    fold_text(&c->text, "ORG", cell[CONTACT_ORGANISATION]);
    listing_show(feed_contacts(), CONTACT_POSITION, cell[CONTACT_POSITION], &title);
    fold_text(&c->text, "TITLE", buf_str(&title));
    if (cell[CONTACT_ADDRESS] || cell[CONTACT_MUNICIPALITY])
        add_parts(&c->text, "ADR;TYPE=WORK",
                  (const char *const[]){NULL, NULL, cell[CONTACT_ADDRESS],
                                        cell[CONTACT_MUNICIPALITY], NULL, NULL, NULL},
                  7);
    buf_free(&title);
}

static void add_card(struct cards *c, int64_t id, char *const *cell)
{
    struct buf uid = {0}, phone = {0};
    char stamp[STAMP_SIZE];
    fold_line(&c->text, "BEGIN:VCARD");
    fold_line(&c->text, "VERSION:3.0");
    fold_line(&c->text, "PRODID:-//samling//samling " PACKAGE_VERSION "//EN");
    buf_addf(&uid, "person-%lld@%s", (long long)id, c->home);
    fold_value(&c->text, "UID", uid.s);
    add_names(c, cell);
    add_work(c, cell);
    fold_text(&c->text, "EMAIL;TYPE=INTERNET,WORK", cell[CONTACT_EMAIL]);
    if (cell[CONTACT_PHONE]) {
        bool mobile = vcard_phone(cell[CONTACT_PHONE], &phone);
        fold_value(&c->text, mobile ? "TEL;TYPE=CELL,VOICE" : "TEL;TYPE=WORK,VOICE",
                   buf_str(&phone));
    }
    fold_stamp(atoll(cell[CONTACT_CHANGED]), stamp);
    fold_value(&c->text, "REV", stamp);
    fold_line(&c->text, "END:VCARD");
    buf_free(&uid);
    buf_free(&phone);
}

static bool add_row(void *arg, const struct listing_row *row)
{
    struct cards *c = arg;
    add_card(c, row->id, row->cell);
    c->n++;
    c->status = fold_write(&c->text, c->out, c->err);
    return c->status == ST_OK;
}

enum status vcard_export(struct session *s, const struct listing_query *q, size_t limit, FILE *out,
                         int64_t *cards, struct error *err)
{
    struct cards c = {.out = out, .err = err};
    char *home = NULL;
    enum status st = setting_get(s, true, "uid", &home, err);
    if (st != ST_OK)
        return st;
    c.home = home ? home : "samling";
    st = listing_each(s, q, limit, add_row, &c, err);
    if (st == ST_OK)
        st = c.status;
    if (cards)
        *cards = c.n;
    buf_free(&c.text);
    free(home);
    return st;
}
