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
