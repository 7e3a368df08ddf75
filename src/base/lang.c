#include "config.h"

#include "samling/lang.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static enum lang current = LANG_EN;

/* Reads "nb", "nb_NO.UTF-8", "nn@x", "no" …; what follows the language is of no interest here. */
static bool lang_read(const char *s, enum lang *out)
{
    static const struct {
        const char *name;
        enum lang lang;
    } names[] = {{"en", LANG_EN}, {"nb", LANG_NB}, {"nn", LANG_NN}, {"no", LANG_NB}};
    size_t n = strcspn(s, "_.@:-");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (n == 2 && strncasecmp(s, names[i].name, 2) == 0) {
            *out = names[i].lang;
            return true;
        }
    }
    return false;
}

/* The first of the variables that is set decides, also when it names a language that we lack. */
static const char *locale_name(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        const char *value = getenv(variables[i]);
        if (value && *value)
            return value;
    }
    return "";
}

static enum lang lang_of_environment(void)
{
    enum lang lang;
    const char *locale = locale_name();
    /* Whoever asks for the C locale asks for no translation, as everywhere with gettext. */
    if (strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
        return LANG_EN;
    const char *list = getenv("LANGUAGE");
    while (list && *list) {
        if (lang_read(list, &lang))
            return lang;
        list += strcspn(list, ":");
        list += *list == ':';
    }
    return lang_read(locale, &lang) ? lang : LANG_EN;
}

/* Only characters and messages follow a locale; numbers and order stay as in C. */
static void set_locale(void)
{
    static const char *const fallbacks[] = {"C.UTF-8", "C.utf8", "nb_NO.UTF-8", "en_US.UTF-8",
                                            "UTF-8"};
    const size_t n = sizeof fallbacks / sizeof fallbacks[0];
    bool utf8 = setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    for (size_t i = 0; i < n && !utf8; i++)
        utf8 = setlocale(LC_CTYPE, fallbacks[i]) != NULL;
    /* In the locale C gettext would not look at LANGUAGE at all. */
    const char *messages = setlocale(LC_MESSAGES, "");
    bool translated = messages && strcmp(messages, "C") != 0 && strcmp(messages, "POSIX") != 0;
    for (size_t i = 0; i < n && !translated; i++)
        translated = setlocale(LC_MESSAGES, fallbacks[i]) != NULL;
}

bool lang_init(const char *name)
{
    /* A catalogue that lacks a sentence hands over to the next: bokmål before English. */
    static const char *const chains[] = {
        [LANG_EN] = "en", [LANG_NB] = "nb:nn", [LANG_NN] = "nn:nb"};
    bool known = !name || (strpbrk(name, ":") == NULL && lang_read(name, &current));
    if (!name || !known)
        current = lang_of_environment();
    set_locale();
    setenv("LANGUAGE", chains[current], 1);
    const char *dir = getenv("SAMLING_LOCALEDIR");
    bindtextdomain("samling", dir && *dir ? dir : LOCALEDIR);
    bind_textdomain_codeset("samling", "UTF-8");
    textdomain("samling");
    return known;
}

enum lang lang_now(void)
{
    return current;
}

const char *lang_code(void)
{
    return current == LANG_NB ? "nb" : current == LANG_NN ? "nn" : "en";
}

const char *lang_tr(const char *s)
{
    return *s ? gettext(s) : s;
}
