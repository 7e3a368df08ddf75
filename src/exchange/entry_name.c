/* What a row is called. */
#include "config.h"

#include "entry.h"

#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include "lost.h"
#include "names.h"

static void put_name(char **value, const struct buf *part)
{
    free(*value);
    *value = part->len ? mem_strdup(part->s) : NULL;
}

/* All in small letters? Then adds the same in capitals to `loud`. */
static bool whispers(const char *name, struct buf *loud)
{
    for (const char *p = name; *p;) {
        wint_t c = (wint_t)text_next(&p);
        if ((wint_t)towlower(c) != c)
            return false;
        text_put(loud, (uint32_t)towupper(c));
    }
    return true;
}

/* KARI NORDMANN is how some systems write, and kari nordmann how people do in a hurry. */
static void calm(struct entry_reader *rd, char **value)
{
    struct buf loud = {0};
    bool small = whispers(*value, &loud);
    buf_clear(&rd->scratch);
    name_calm(small ? buf_str(&loud) : *value, &rd->scratch);
    put_name(value, &rd->scratch);
    buf_free(&loud);
}

/* A single word may be so for good reasons. */
static bool is_careless(const char *full)
{
    struct buf loud = {0};
    bool is = name_shouts(full) || (strchr(full, ' ') && whispers(full, &loud));
    buf_free(&loud);
    return is;
}

static void split_name(struct entry_reader *rd, struct entry *e)
{
    char **full = &e->value[TO_NAME];
    if (is_careless(*full))
        calm(rd, full);
    name_split(*full ? *full : "", &rd->given, &rd->family, &rd->rest);
    put_name(&e->value[TO_GIVEN_NAME], &rd->given);
    put_name(&e->value[TO_FAMILY_NAME], &rd->family);
    if (rd->rest.len)
        entry_tell(rd, e, _("left out of the name: %s"), rd->rest.s);
}

/* Of a name in two cells, one alone may be in capitals for good reasons: BO, A.M. */
static void calm_both(struct entry_reader *rd, struct entry *e)
{
    const char *given = e->value[TO_GIVEN_NAME], *family = e->value[TO_FAMILY_NAME];
    if (!given || !family)
        return;
    buf_clear(&rd->scratch);
    buf_addf(&rd->scratch, "%s %s", given, family);
    if (!is_careless(rd->scratch.s))
        return;
    calm(rd, &e->value[TO_GIVEN_NAME]);
    calm(rd, &e->value[TO_FAMILY_NAME]);
}

/* Both are folded. */
static bool has_words(const char *text, const char *words)
{
    size_t n = strlen(words);
    for (const char *p = text; (p = strstr(p, words)) != NULL; p++)
        if ((p == text || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
            return true;
    return false;
}

/* A middle name that the others do not have already goes with the given one. */
static void add_middle(struct entry_reader *rd, struct entry *e)
{
    const char *given = e->value[TO_GIVEN_NAME], *family = e->value[TO_FAMILY_NAME];
    const char *middle = e->value[TO_MIDDLE_NAME];
    if (!middle || (!given && !family))
        return;
    struct buf all = {0}, word = {0};
    text_fold_match(&all, given);
    text_fold_match(&all, family);
    text_fold_match(&word, middle);
    if (!word.len || !has_words(buf_str(&all), word.s)) {
        buf_clear(&rd->scratch);
        buf_addf(&rd->scratch, "%s%s%s", given ? given : "", given ? " " : "", middle);
        put_name(&e->value[TO_GIVEN_NAME], &rd->scratch);
    }
    buf_free(&all);
    buf_free(&word);
}

/* Where a part of the name stands at its beginning or end: 0 when it does not, else where the rest
 * begins or ends. Both are spelled as in the file. */
static size_t begins_with(const char *full, const char *folded_part)
{
    struct buf head = {0};
    size_t at = 0;
    for (const char *p = full; !at && *p; p++) {
        if (p[1] && p[1] != ' ')
            continue;
        char *text = mem_strndup(full, (size_t)(p + 1 - full));
        buf_clear(&head);
        text_fold_match(&head, text);
        free(text);
        if (strcmp(buf_str(&head), folded_part) == 0)
            at = (size_t)(p + 1 - full);
    }
    buf_free(&head);
    return at;
}

static size_t ends_with(const char *full, const char *folded_part)
{
    struct buf tail = {0};
    size_t at = 0;
    for (const char *p = full; (p = strchr(p, ' ')) != NULL && !at; p++) {
        buf_clear(&tail);
        text_fold_match(&tail, p + 1);
        if (strcmp(buf_str(&tail), folded_part) == 0)
            at = (size_t)(p - full);
    }
    buf_free(&tail);
    return at;
}

/* "Navn" beside one of "Fornavn" and "Etternavn": what of it the other column does not say is the
 * other half; "Kari Lie" beside "Kari", or only "Lie". */
static void add_half(struct entry_reader *rd, struct entry *e, const char *full)
{
    bool has_given = e->value[TO_GIVEN_NAME] != NULL;
    char **half = &e->value[has_given ? TO_FAMILY_NAME : TO_GIVEN_NAME];
    struct buf part = {0};
    text_fold_match(&part, e->value[has_given ? TO_GIVEN_NAME : TO_FAMILY_NAME]);
    size_t head = begins_with(full, buf_str(&part)), tail = ends_with(full, buf_str(&part));
    if (head && (has_given || !tail)) {
        while (full[head] == ' ')
            head++;
        *half = full[head] ? mem_strdup(full + head) : NULL;
    } else if (tail) {
        *half = mem_strndup(full, tail);
    } else {
        *half = mem_strdup(full);
        if (strchr(full, ' '))
            entry_tell(rd, e, _("the name was put together from two columns: %s and %s"), full,
                       e->value[has_given ? TO_GIVEN_NAME : TO_FAMILY_NAME]);
    }
    buf_free(&part);
}

static void tell_other_whole(struct entry_reader *rd, struct entry *e, const char *full)
{
    struct buf is = {0}, other = {0}, taken = {0};
    text_fold_match(&is, e->value[TO_GIVEN_NAME]);
    text_fold_match(&is, e->value[TO_FAMILY_NAME]);
    text_fold_match(&other, full);
    buf_addf(&taken, "%s %s", e->value[TO_GIVEN_NAME], e->value[TO_FAMILY_NAME]);
    if (!words_contained(buf_str(&is), buf_str(&other)))
        entry_tell(rd, e, _("%s: there are two; %s was taken, not %s"),
                   lang_tr(rd->targets->target[TO_NAME].label), taken.s, full);
    buf_free(&is);
    buf_free(&other);
    buf_free(&taken);
}

/* The whole name, and the part with it when it is written likewise. */
static void calm_whole(struct entry_reader *rd, struct entry *e)
{
    char **part = &e->value[e->value[TO_GIVEN_NAME] ? TO_GIVEN_NAME : TO_FAMILY_NAME];
    struct buf all = {0};
    buf_addf(&all, "%s %s", e->value[TO_NAME], *part);
    if (is_careless(all.s))
        calm(rd, part);
    if (is_careless(all.s) || is_careless(e->value[TO_NAME]))
        calm(rd, &e->value[TO_NAME]);
    buf_free(&all);
}

/* A whole name beside its parts. */
static void settle_whole(struct entry_reader *rd, struct entry *e)
{
    struct buf full = {0};
    bool both = e->value[TO_GIVEN_NAME] && e->value[TO_FAMILY_NAME];
    if (!both)
        calm_whole(rd, e);
    name_split(e->value[TO_NAME] ? e->value[TO_NAME] : "", &rd->given, &rd->family, &rd->rest);
    buf_addf(&full, "%s%s%s", buf_str(&rd->given), rd->given.len && rd->family.len ? " " : "",
             buf_str(&rd->family));
    if (!both && rd->rest.len)
        entry_tell(rd, e, _("left out of the name: %s"), rd->rest.s);
    if (both)
        tell_other_whole(rd, e, buf_str(&full));
    else if (full.len)
        add_half(rd, e, full.s);
    buf_free(&full);
}

static void note_lost(struct entry *e, const char *name)
{
    if (name && !e->lost && text_lost_letter(name))
        e->lost = mem_strdup(name);
}

void entry_name_person(struct entry_reader *rd, struct entry *e)
{
    bool whole = e->value[TO_NAME] && !e->value[TO_GIVEN_NAME] && !e->value[TO_FAMILY_NAME];
    if (whole)
        split_name(rd, e);
    else if (e->value[TO_NAME])
        settle_whole(rd, e);
    add_middle(rd, e);
    if (!whole)
        calm_both(rd, e);
    for (int i = TO_GIVEN_NAME; i <= TO_FAMILY_NAME; i++) {
        if (!e->value[i])
            continue;
        if (e->name.len)
            buf_addc(&e->name, ' ');
        buf_add(&e->name, e->value[i]);
        text_fold_match(&e->match, e->value[i]);
    }
    note_lost(e, e->value[TO_GIVEN_NAME]);
    note_lost(e, e->value[TO_FAMILY_NAME]);
}

void entry_name_record(struct entry_reader *rd, struct entry *e)
{
    static const char *const names[] = {"name", "title", "code"};
    const char *name = NULL;
    for (size_t i = 0; !name && i < sizeof names / sizeof *names; i++) {
        int target = type_field(rd->targets->type, names[i]);
        name = target < 0 ? NULL : e->value[target];
    }
    if (!name && rd->targets->ref_target >= 0)
        name = e->value[rd->targets->ref_target];
    buf_add(&e->name, name);
    text_fold_match(&e->match, name);
    if (rd->targets->kind == IMPORT_ORGANISATIONS)
        note_lost(e, name);
}
