/* The language of the words: English source strings, bokmål, nynorsk. Works with no locale
 * installed: the character type comes from C.UTF-8, the language from LANGUAGE. */
#ifndef SAMLING_LANG_H
#define SAMLING_LANG_H

#include <libintl.h>
#include <stdbool.h>

#define _(s)  gettext(s)
#define N_(s) (s)

enum lang { LANG_EN, LANG_NB, LANG_NN };

/* Chooses the language: `name` ("en", "nb", "nn", also "no" and "nb_NO.UTF-8"), or NULL for the
 * first we have in $LANGUAGE, else $LC_ALL, $LC_MESSAGES or $LANG; English when none. False when
 * `name` is none of them; the environment's language is then in force. Call once, first. Sets
 * characters and messages only: numbers and order stay as in C. */
bool lang_init(const char *name);
enum lang lang_now(void);
const char *lang_code(void); /* "en", "nb", "nn" */

/* gettext of a table's string; "" stays "" (gettext would return the catalogue's header). */
const char *lang_tr(const char *s);

#endif
