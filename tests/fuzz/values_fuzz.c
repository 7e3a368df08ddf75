/* Whatever is typed: what is accepted is accepted again as it was stored, and no identity number
 * is left after they are taken out. The first byte chooses. */
#include "config.h"

#include "samling/choice.h"
#include "samling/contact.h"
#include "samling/date.h"
#include "samling/mem.h"
#include "samling/municipality.h"
#include "samling/nin.h"
#include "samling/record.h"
#include "samling/text.h"

#include "exchange/lost.h"
#include "exchange/names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int holds)
{
    if (!holds)
        abort();
}

static void tidy_twice(const char *typed, bool (*tidy)(const char *, struct buf *))
{
    struct buf once = {0}, again = {0};
    if (tidy(typed, &once)) {
        check(tidy(buf_str(&once), &again));
        check(strcmp(buf_str(&once), buf_str(&again)) == 0);
    }
    buf_free(&once);
    buf_free(&again);
}

static void dates(const char *typed)
{
    const struct day today = {2026, 11, 21};
    char a[MOMENT_SIZE], b[MOMENT_SIZE];
    if (date_parse(typed, today, a))
        check(date_parse(a, today, b) && strcmp(a, b) == 0);
    if (moment_parse(typed, today, a))
        check(moment_parse(a, today, b) && strcmp(a, b) == 0);
}

static void names(const char *typed)
{
    struct buf given = {0}, family = {0}, rest = {0}, core = {0}, fold = {0};
    name_split(typed, &given, &family, &rest);
    check(text_is_utf8(buf_str(&given), given.len) && text_is_utf8(buf_str(&family), family.len));
    organisation_core(typed, &core);
    text_fold_match(&fold, typed);
    check((core.len > 0) == (fold.len > 0));
    check(name_near(buf_str(&fold), buf_str(&fold)) || !fold.len);
    text_lost_letter(typed);
    buf_free(&given);
    buf_free(&family);
    buf_free(&rest);
    buf_free(&core);
    buf_free(&fold);
}

static void identities(const char *typed)
{
    char *copy = mem_strdup(typed);
    size_t at, len, n = nin_scrub(copy);
    check(!nin_find(copy, &at, &len) && (n > 0 || strcmp(copy, typed) == 0));
    check(strlen(copy) <= strlen(typed));
    free(copy);
}

static void places(const char *typed)
{
    const struct municipality *found[8];
    size_t n = municipality_find(typed, found, 8);
    for (size_t i = 0; i < n && i < 8; i++) {
        const struct municipality *again[8];
        check(municipality_find(found[i]->number, again, 8) == 1 && again[0] == found[i]);
    }
}

static void choices(const char *typed)
{
    const struct record_type *t = type_by_id(T_POSITION);
    const char *key;
    struct buf others = {0};
    if (choice_parse_several(&t->fields[type_field(t, "role")], typed, &key, &others) == ST_OK)
        check(choice_by_key(&t->fields[type_field(t, "role")], key) != NULL);
    buf_free(&others);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    char *raw = mem_strndup((const char *)data + 1, size - 1), *typed = text_nfc(raw, strlen(raw));
    switch (data[0] & 7) {
    case 0: tidy_twice(typed, email_tidy); break;
    case 1: tidy_twice(typed, phone_tidy); break;
    case 2: dates(typed); break;
    case 3: names(typed); break;
    case 4: identities(typed); break;
    case 5: places(typed); break;
    default: choices(typed); break;
    }
    free(raw);
    free(typed);
    return 0;
}
