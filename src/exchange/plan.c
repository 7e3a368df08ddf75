#include "config.h"

#include "plan.h"

#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"
#include "samling/text.h"

#include "spreadsheet.h"

/* ---- what the file says ---------------------------------------------------------------------- */

enum { SAMPLE_ROWS = 150 };

static void count_cell(struct content *c, const char *cell)
{
    const char *inside;
    size_t len;
    if (!spreadsheet_forced(cell, &inside, &len)) {
        content_add(c, cell);
        return;
    }
    char *text = mem_strndup(inside, len);
    content_add(c, text);
    free(text);
}

enum status plan_look(struct view *v, struct reader *reader, struct error *err)
{
    struct row row;
    int rc = 1;
    for (int i = 0; i < SAMPLE_ROWS && (rc = reader_next(reader, &row, err)) > 0;) {
        if (row.line <= v->m->header_line)
            continue;
        for (size_t c = 0; c < row.n && c < v->m->ncolumns; c++)
            count_cell(&v->content[c], row.field[c]);
        i++;
    }
    v->whole = rc == 0;
    reader_rewind(reader);
    return rc < 0 ? ST_REFUSED : ST_OK;
}

static void plan(struct view *v, size_t column, int target, enum column_use use,
                 enum column_why why)
{
    v->m->found[column] = (struct column_plan){target, use, why};
}

static bool is_taken(const struct view *v, int target)
{
    for (size_t i = 0; i < v->m->ncolumns; i++)
        if (v->m->found[i].target == target)
            return true;
    return false;
}

/* A question's key word is not enough: "Vil du ha stoff på e-post?" is answered by yes and no. */
static bool is_answered(const struct view *v, size_t column)
{
    const struct content *c = &v->content[column];
    int target = v->heading[column].target;
    const struct field *f = v->t->target[target].field;
    if (!c->filled)
        return true;
    /* Most have no allergy. */
    if (content_mostly(c, LOOKS_ANSWER, f->kind == FIELD_NOTE ? 100 : 50))
        return false;
    if (f->kind == FIELD_EMAIL)
        return content_mostly(c, LOOKS_EMAIL, 50);
    if (f->kind == FIELD_PHONE)
        return content_mostly(c, LOOKS_PHONE, 50);
    if (f->kind != FIELD_NOTE && target != v->t->municipality &&
        content_mostly(c, LOOKS_NUMBER, 60))
        return false;
    if (v->t->of_people && target <= TO_NAME)
        return content_mostly(c, LOOKS_NAME, 50);
    return true;
}

static void plan_by_heading(struct view *v)
{
    for (size_t i = 0; i < v->m->ncolumns; i++) {
        const struct heading *h = &v->heading[i];
        plan(v, i, -1, COLUMN_UNKNOWN, BY_HEADING);
        if (content_kind(&v->content[i]) == CONTENT_IDENTITY)
            plan(v, i, -1, COLUMN_IDENTITY, BY_CONTENT);
        else if (h->kind == HEADING_IDENTITY)
            plan(v, i, -1, COLUMN_IDENTITY, BY_HEADING);
        else if (h->kind == HEADING_FORM)
            plan(v, i, -1, COLUMN_OF_FORM, BY_HEADING);
        else if (h->kind == HEADING_FIELD || (h->kind == HEADING_QUESTION && is_answered(v, i)))
            plan(v, i, h->target, COLUMN_TAKEN, BY_HEADING);
        /* "Navn" can be the kindergarten's. */
        if (v->t->of_people && v->m->found[i].target == TO_NAME && v->content[i].filled >= 3 &&
            content_mostly(&v->content[i], LOOKS_WORKPLACE, 60))
            plan(v, i, TO_ORGANISATION, COLUMN_TAKEN, BY_CONTENT);
    }
}

/* A list that samling exported: it only counts in some columns, and its numbers are ours. */
static void plan_of_ours(struct view *v)
{
    int of[READER_COLUMNS_MAX];
    enum ours ours = headings_are_ours(v->t, v->m->heading, v->m->ncolumns, of);
    for (size_t i = 0; ours != NOT_OURS && i < v->m->ncolumns; i++) {
        bool number = of[i] >= 0 && of[i] == v->t->id_target;
        /* "Personnr." is our own number there, if it has no other's. */
        bool identity = v->m->found[i].use == COLUMN_IDENTITY &&
                        (!number || ours != OURS || v->m->found[i].why == BY_CONTENT);
        if (!*v->m->heading[i] || identity)
            continue;
        if (of[i] >= 0 && (!number || ours == OURS))
            plan(v, i, of[i], COLUMN_TAKEN, BY_HEADING);
        else if (ours == OURS || v->m->found[i].target < 0)
            plan(v, i, -1, COLUMN_OF_FORM, BY_HEADING);
    }
}

/* The form's own "Name" and "Email" are of the account that answered; what was asked for is of whom
 * the answer is about. */
static void plan_of_form(struct view *v)
{
    enum form form = headings_form(v->m->heading, v->m->ncolumns);
    for (size_t i = 0; i < v->m->ncolumns; i++) {
        int target = v->m->found[i].target;
        if (content_mostly(&v->content[i], LOOKS_NOBODY, 80))
            plan(v, i, -1, COLUMN_OF_FORM, BY_CONTENT);
        if (form == FORM_SURVEYXACT && strcasecmp(v->m->heading[i], "organization") == 0)
            plan(v, i, -1, COLUMN_OF_FORM, BY_HEADING);
        if (form != FORM_MICROSOFT || !v->t->of_people || (target != TO_NAME && target != TO_EMAIL))
            continue;
        struct buf folded = {0};
        text_fold_match(&folded, v->m->heading[i]);
        const char *f = buf_str(&folded);
        bool own = strcmp(f, "name") == 0 || strcmp(f, "navn") == 0 || strcmp(f, "namn") == 0 ||
                   strcmp(f, "email") == 0 || strcmp(f, "e post") == 0;
        buf_free(&folded);
        bool asked = false;
        for (size_t j = i + 1; own && j < v->m->ncolumns; j++) {
            int other = v->m->found[j].target;
            asked |= other == target ||
                     (target == TO_NAME && (other == TO_GIVEN_NAME || other == TO_FAMILY_NAME));
        }
        if (own && asked)
            plan(v, i, -1, COLUMN_OF_FORM, BY_HEADING);
    }
}

/* ---- what the columns contain ---------------------------------------------------------------- */

static int target_of_content(const struct targets *t, enum content_kind kind)
{
    switch (kind) {
    case CONTENT_EMAIL: return t->of_people ? TO_EMAIL : targets_find(t, "email");
    case CONTENT_PHONE: return t->of_people ? TO_PHONE : targets_find(t, "phone");
    case CONTENT_PLACE: return t->municipality;
    case CONTENT_WORKPLACE:
        return t->of_people                      ? TO_ORGANISATION
               : t->kind == IMPORT_ORGANISATIONS ? targets_find(t, "name")
                                                 : -1;
    case CONTENT_POSITION: return t->of_people ? TO_POSITION : -1;
    case CONTENT_GIVEN_NAME: return t->of_people ? TO_GIVEN_NAME : -1;
    case CONTENT_FAMILY_NAME: return t->of_people ? TO_FAMILY_NAME : -1;
    case CONTENT_FULL_NAME: return t->of_people ? TO_NAME : -1;
    default: return -1;
    }
}

/* A family name is one beside a given name; alone it is a word. */
static bool is_beside_given(const struct view *v, size_t column)
{
    bool before = column > 0 && v->m->found[column - 1].target == TO_GIVEN_NAME;
    bool after = column + 1 < v->m->ncolumns && v->m->found[column + 1].target == TO_GIVEN_NAME;
    return before || after;
}

/* Is the heading open to what the cells say? */
static bool is_open(const struct view *v, size_t column, bool nameless)
{
    const struct heading *h = &v->heading[column];
    enum content_kind kind = content_kind(&v->content[column]);
    if (v->m->found[column].use != COLUMN_UNKNOWN)
        return false;
    if (h->kind == HEADING_NOTHING)
        return true;
    /* Words that we do not know can stand over an address, or, where nothing else is, over names.
     */
    return h->kind == HEADING_UNKNOWN &&
           (kind == CONTENT_EMAIL || (nameless && kind == CONTENT_FULL_NAME));
}

static bool has_names(const struct view *v)
{
    return is_taken(v, TO_NAME) || is_taken(v, TO_GIVEN_NAME) || is_taken(v, TO_FAMILY_NAME);
}

static void plan_by_content(struct view *v)
{
    bool named = v->t->of_people && has_names(v);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < v->m->ncolumns; i++) {
            enum content_kind kind = content_kind(&v->content[i]);
            int target = target_of_content(v->t, kind);
            if (target < 0 || is_taken(v, target) || !is_open(v, i, v->t->of_people && !named))
                continue;
            /* One whole name, or two halves of it. */
            if (named && v->t->of_people && target <= TO_NAME)
                continue;
            if (kind == CONTENT_FULL_NAME && is_taken(v, TO_GIVEN_NAME))
                continue;
            if ((kind == CONTENT_FAMILY_NAME) != (pass == 1) ||
                (pass == 1 && !is_beside_given(v, i)))
                continue;
            plan(v, i, target, COLUMN_TAKEN, BY_CONTENT);
        }
    }
    /* What stands beside given names, and is names, are the family names, if nobody's list has
     * them. */
    for (size_t i = 0; v->t->of_people && !named && i < v->m->ncolumns; i++)
        if (is_taken(v, TO_GIVEN_NAME) && !is_taken(v, TO_FAMILY_NAME) && is_open(v, i, false) &&
            is_beside_given(v, i) && content_kind(&v->content[i]) == CONTENT_UNKNOWN &&
            v->content[i].filled >= 3 && content_mostly(&v->content[i], LOOKS_NAME, 90) &&
            !content_mostly(&v->content[i], LOOKS_FULL, 20))
            plan(v, i, TO_FAMILY_NAME, COLUMN_TAKEN, BY_CONTENT);
}

/* Of "Barnehage" and "Avdeling" the second is no place of work. */
static void drop_only_alone(struct view *v)
{
    for (size_t i = 0; i < v->m->ncolumns; i++) {
        bool other = false;
        int target = v->m->found[i].target;
        for (size_t j = 0; target >= 0 && v->heading[i].only_alone && j < v->m->ncolumns; j++)
            other |= j != i && v->m->found[j].target == target && !v->heading[j].only_alone;
        if (other)
            plan(v, i, -1, COLUMN_UNKNOWN, BY_HEADING);
    }
}

static void plan_what_is_left(struct view *v, const struct import_options *o)
{
    for (size_t i = 0; i < v->m->ncolumns; i++) {
        if (v->m->found[i].use != COLUMN_UNKNOWN)
            continue;
        if (!v->content[i].filled && v->whole)
            plan(v, i, -1, COLUMN_EMPTY, BY_CONTENT);
        else if (o->keep_unmapped && v->t->note >= 0 && v->heading[i].kind != HEADING_BIRTH)
            plan(v, i, v->t->note, COLUMN_TAKEN, BY_CHOICE);
    }
}

void plan_find(struct view *v, const struct import_options *o)
{
    for (size_t i = 0; i < v->m->ncolumns; i++)
        v->heading[i] = heading_read(v->t, v->m->heading[i]);
    plan_by_heading(v);
    plan_of_ours(v);
    plan_of_form(v);
    plan_by_content(v);
    drop_only_alone(v);
    plan_what_is_left(v, o);
    for (size_t i = 0; i < v->m->ncolumns; i++)
        v->m->rank[i] = v->heading[i].rank;
}
