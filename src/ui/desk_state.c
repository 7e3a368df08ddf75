/* What the desk looks like is there again at the next log-in, for each user: settings of theirs. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "ui/desk_parts.h"

/* "pane=3;organisations=1;shares=33,33,45;folded=all;chosen=4:17", then a line for each list and
 * for the calendar: one setting, so that leaving is one write. */
static void describe(struct desk *d, struct buf *out)
{
    struct buf folded = {0};
    desk_folded(d, &folded);
    buf_addf(out, "pane=%d;organisations=%d;shares=%d,%d,%d;chosen=%d:%lld;folded=%s", d->focus,
             d->organisations, d->share[0], d->share[1], d->share[2], d->chosen_type,
             (long long)d->chosen, d->folded.all ? "all" : buf_str(&folded));
    buf_free(&folded);
    for (int i = 0; i < PANES; i++) {
        buf_addc(out, '\n');
        list_describe(&d->pane[i].list, out);
    }
    buf_addc(out, '\n');
    calendar_describe(d->calendar, out);
    buf_addf(out, "\n%s", d->other ? d->other : "");
}

/* The text after `name=` up to the next ';'; NULL. */
static const char *value(const char *line, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = line; p && *p; p = strchr(p, ';') ? strchr(p, ';') + 1 : NULL)
        if (strncmp(p, name, n) == 0 && p[n] == '=')
            return p + n + 1;
    return NULL;
}

static int number(const char *line, const char *name, int least, int most, int otherwise)
{
    const char *s = value(line, name);
    int n = s ? atoi(s) : otherwise;
    return n < least || n > most ? otherwise : n;
}

static void adopt_folded(struct desk *d, const char *line)
{
    const char *s = value(line, "folded");
    if (!s)
        return;
    if (strncmp(s, "all", 3) == 0)
        marks_all(&d->folded);
    while (*s >= '0' && *s <= '9') {
        char *end;
        int64_t id = strtoll(s, &end, 10);
        marks_set(&d->folded, T_OFFERING, id, true);
        s = end + (*end == ',');
    }
}

static void adopt_desk(struct desk *d, const char *line)
{
    const char *shares = value(line, "shares"), *chosen = value(line, "chosen");
    int a, share[SHARES];
    long long id;
    d->focus = number(line, "pane", 0, PANES - 1, TODAY);
    d->organisations = number(line, "organisations", 0, 1, 0) == 1;
    if (shares && sscanf(shares, "%d,%d,%d", &share[0], &share[1], &share[2]) == SHARES &&
        desk_shares_fit(share))
        memcpy(d->share, share, sizeof share);
    adopt_folded(d, line);
    desk_show_contacts(d);
    /* One that is gone since narrows nothing. */
    if (chosen && sscanf(chosen, "%d:%lld", &a, &id) == 2 && (a == T_OFFERING || a == T_COHORT)) {
        struct buf there = {0};
        record_title(d->screen.ui->session, type_by_id((enum type_id)a), id, &there);
        if (there.len)
            desk_narrow(d, (enum type_id)a, id);
        buf_free(&there);
    }
}

static void adopt_list(struct pane *p, const char *line)
{
    list_adopt(&p->list, line);
    edit_set(&p->search, p->list.search);
    p->searched = p->list.search != NULL;
}

void desk_restore(struct desk *d)
{
    char *text = NULL, *save = NULL;
    int i = 0;
    if (setting_get(d->screen.ui->session, false, "desk", &text, NULL) != ST_OK || !text)
        return;
    buf_add(&d->remembered, text);
    /* strtok would pass over empty lines. */
    for (char *line = text; line; line = save, i++) {
        save = strchr(line, '\n');
        if (save)
            *save++ = '\0';
        if (i == 0)
            adopt_desk(d, line);
        else if (i <= PANES)
            adopt_list(&d->pane[i - 1], line);
        else if (i == PANES + 1)
            calendar_adopt(d->calendar, line);
        else if (i == PANES + 2 && *line)
            d->other = mem_strdup(line);
    }
    desk_fold(d);
    free(text);
}

void desk_remember(struct desk *d)
{
    struct buf now = {0};
    describe(d, &now);
    if (strcmp(buf_str(&now), buf_str(&d->remembered)) != 0)
        setting_set(d->screen.ui->session, false, "desk", now.s, NULL);
    buf_free(&now);
}
