#include "config.h"

#include "ui/message.h"

#include <stdlib.h>
#include <string.h>

#include "samling/addressee.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "ui/chosen.h"
#include "ui/flow.h"
#include "ui/screens.h"
#include "ui/ui_internal.h"

struct letter {
    struct address {
        char *email;
        size_t nth; /* in the order in which they came */
    } * address;
    size_t n, cap;
    struct marks seen;  /* people and organisations, each once */
    struct buf without; /* names, a line each */
    long nwithout;
};

static bool add(void *arg, const struct addressee *a)
{
    struct letter *m = arg;
    if (marks_has(&m->seen, a->type, a->id))
        return true;
    marks_set(&m->seen, a->type, a->id, true);
    if (text_is_blank(a->email)) {
        text_clean(&m->without, a->name, false);
        buf_addc(&m->without, '\n');
        m->nwithout++;
        return true;
    }
    m->address = mem_grow(m->address, &m->cap, m->n + 1, sizeof *m->address);
    m->address[m->n] = (struct address){mem_strdup(a->email), m->n};
    m->n++;
    return true;
}

static int by_email(const void *a, const void *b)
{
    const struct address *x = a, *y = b;
    int order = strcmp(x->email, y->email);
    return order ? order : (x->nth > y->nth) - (x->nth < y->nth);
}

static int by_place(const void *a, const void *b)
{
    const struct address *x = a, *y = b;
    return (x->nth > y->nth) - (x->nth < y->nth);
}

/* Two people who share an address get one letter. */
static void drop_repeated(struct letter *m)
{
    size_t kept = 0;
    if (m->n == 0)
        return;
    qsort(m->address, m->n, sizeof *m->address, by_email);
    for (size_t i = 0; i < m->n; i++) {
        if (kept && strcmp(m->address[kept - 1].email, m->address[i].email) == 0)
            free(m->address[i].email);
        else
            m->address[kept++] = m->address[i];
    }
    m->n = kept;
    qsort(m->address, m->n, sizeof *m->address, by_place);
}

static enum status collect(struct ui *ui, struct list *l, struct letter *m, struct error *err)
{
    struct chosen c;
    if (l->q.listing == listing_by_name("roster") && list_marked(l) == 0)
        return addressee_each(ui->session, l->q.scope_type, l->q.scope, add, m, err);
    enum status st = chosen_take(ui, l, &c, err);
    for (size_t i = 0; st == ST_OK && i < c.n; i++)
        st = addressee_each(ui->session, c.row[i].type, c.row[i].id, add, m, err);
    chosen_free(&c);
    return st;
}

/* As Outlook wants them. */
static void write_addresses(const struct letter *m, struct buf *out)
{
    for (size_t i = 0; i < m->n; i++) {
        buf_add(out, i ? "; " : "");
        text_clean(out, m->address[i].email, false);
    }
}

static void show(struct ui *ui, const struct letter *m)
{
    struct buf addresses = {0}, text = {0};
    struct error err = {0};
    write_addresses(m, &addresses);
    bool copied = m->n && copy_text(addresses.s, addresses.len, &err) == ST_OK;
    if (m->n) {
        buf_addf(&text, FLOW_HEAD "%s\n\n%s\n\n", _("Addresses"), addresses.s);
        if (copied)
            buf_addf(&text, "%s\n\n",
                     _("They are on your terminal’s clipboard: paste them where the message’s "
                       "receivers stand, best as blind copies. If nothing can be pasted, your "
                       "terminal does not allow it."));
    }
    if (m->nwithout)
        buf_addf(&text, FLOW_HEAD "%s\n\n%s", _("Without an e-mail address"), buf_str(&m->without));
    if (text.len)
        reading_open(ui, _("Message list"), buf_take(&text));
    if (m->n && !copied)
        ui_complain(ui, &err);
    else if (m->n && m->nwithout)
        ui_say(ui, _("%zu addresses copied; %ld have none."), m->n, m->nwithout);
    else if (m->n == 1)
        ui_say(ui, "%s", _("1 address copied."));
    else if (m->n)
        ui_say(ui, _("%zu addresses copied."), m->n);
    else if (m->nwithout)
        ui_say(ui, "%s", _("None of these has an e-mail address."));
    else
        ui_say(ui, "%s", _("There is nobody to write to."));
    buf_free(&addresses);
    buf_free(&text);
}

void message_open(struct ui *ui, struct list *l)
{
    struct letter m = {0};
    struct error err = {0};
    if (collect(ui, l, &m, &err) == ST_OK) {
        drop_repeated(&m);
        show(ui, &m);
    } else {
        ui_complain(ui, &err);
    }
    for (size_t i = 0; i < m.n; i++)
        free(m.address[i].email);
    free(m.address);
    buf_free(&m.without);
    marks_clear(&m.seen);
}
