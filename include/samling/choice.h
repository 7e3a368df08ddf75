/* Which choice of a field is meant by what somebody wrote. */
#ifndef SAMLING_CHOICE_H
#define SAMLING_CHOICE_H

#include <stdbool.h>

#include "samling/buf.h"
#include "samling/record.h"

/* The choice of this name: its key, its label in English or the language in force, or a word that
 * it is known by; NULL when there is none. */
const struct choice *choice_called(const struct field *f, const char *typed);

/* The choice that `typed` means. When the whole is none, the first part that is one: parts are
 * separated by line ends, ; | , / + & "og", "eller", "and" and "or". Numbers before a part
 * ("1. Styrer"), shares ("80 %", "50 % stilling") and brackets are no part of a choice; words in
 * brackets are told, and so is a number behind ("Venteliste nr. 3"). The same choice once more, in
 * other words, is not. *key belongs to the field. ST_REFUSED when no part is a choice: *key is then
 * NULL and `others` empty.
 *
 * `others` may be NULL. It is cleared first, and holds what else the cell says, as it was typed, in
 * order, joined by ", "; it is empty when there is nothing else. */
enum status choice_parse_several(const struct field *f, const char *typed, const char **key,
                                 struct buf *others);

#endif
