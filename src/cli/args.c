/* The arguments of a command, read by its row in the table. */
#include "config.h"

#include "cli/commands.h"

#include <ctype.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

/* ---- near words ------------------------------------------------------------------------------ */

enum { WORD_MAX = 24 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Letters to insert, leave out, exchange or swap with their neighbour, to get from one to the
 * other. */
static int distance(const char *a, const char *b)
{
    int d[WORD_MAX + 1][WORD_MAX + 1];
    int na = (int)strlen(a), nb = (int)strlen(b);
    if (na > WORD_MAX || nb > WORD_MAX)
        return WORD_MAX;
    for (int i = 0; i <= na; i++)
        d[i][0] = i;
    for (int j = 0; j <= nb; j++)
        d[0][j] = j;
    for (int i = 1; i <= na; i++) {
        for (int j = 1; j <= nb; j++) {
            bool same = tolower((unsigned char)a[i - 1]) == tolower((unsigned char)b[j - 1]);
            d[i][j] = least(least(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + !same);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[na][nb];
}

const char *near_word(const char *typed, const char *const *words)
{
    size_t n = strlen(typed);
    const char *best = NULL;
    int nearest = n < 4 ? 2 : 3; /* this far is too far */
    for (; *words; words++) {
        int d = distance(typed, *words);
        if (n >= 2 && strncmp(*words, typed, n) == 0)
            d = 1;
        if (d < nearest) {
            nearest = d;
            best = *words;
        }
    }
    return best;
}

enum { FIRST_OPTION = 256 }; /* codes of a command's own options */
#define ORDERED "-:h"

/* ---- mistakes -------------------------------------------------------------------------------- */

enum status usage_error(const struct cli *cli, const char *what, const char *why, struct error *err)
{
    struct buf todo = {0};
    buf_addf(&todo, _("see: samling %s --help"), cli->command->name);
    enum status st = error_set(err, ST_USAGE, what, todo.s, "%s", why);
    buf_free(&todo);
    return st;
}

static enum status unknown_option(const struct command *c, const char *typed, struct error *err)
{
    const char *names[OPTIONS_MAX + 2] = {"help"};
    size_t n = 1;
    for (const struct cli_option *o = c->options; o && o->name; o++)
        names[n++] = o->name;
    struct cli cli = {.command = c};
    size_t len = strcspn(typed, "=");
    char *name = mem_strndup(typed, len);
    const char *bare = name + strspn(name, "-"), *near = near_word(bare, names);
    struct buf todo = {0};
    enum status st;
    if (strcmp(bare, "database") == 0 || strcmp(bare, "language") == 0 ||
        strcmp(bare, "display") == 0 || strcmp(name, "-d") == 0 || strcmp(name, "-l") == 0) {
        st = error_set(err, ST_USAGE, name, _("write it before the command"), "%s",
                       _("this option belongs to the program, not to the command"));
    } else if (near && strlen(bare) > 1) {
        buf_addf(&todo, _("did you mean --%s?"), near);
        st = error_set(err, ST_USAGE, name, todo.s, _("%s has no such option"), c->name);
    } else {
        buf_addf(&todo, _("%s has no such option"), c->name);
        st = usage_error(&cli, name, todo.s, err);
    }
    buf_free(&todo);
    free(name);
    return st;
}

static enum status wrong_option(const struct command *c, int code, const char *typed,
                                struct error *err)
{
    struct cli cli = {.command = c};
    if (code == ':')
        return usage_error(&cli, typed, _("this option needs a value"), err);
    if (optopt >= FIRST_OPTION)
        return usage_error(&cli, typed, _("this option takes no value"), err);
    return unknown_option(c, typed, err);
}

static enum status count_words(const struct args *a, const struct command *c, struct error *err)
{
    struct cli cli = {.command = c};
    struct buf why = {0};
    enum status st = ST_OK;
    if (a->n < c->least) {
        buf_addf(&why, _("something is missing: samling %s %s"), c->name, lang_tr(c->arguments));
        st = usage_error(&cli, c->name, why.s, err);
    } else if (a->n > c->most) {
        st = usage_error(&cli, a->word[c->most],
                         c->most ? _("this is one word too many")
                                 : _("this command takes no words after it"),
                         err);
    }
    buf_free(&why);
    return st;
}

/* ---- reading --------------------------------------------------------------------------------- */

static void add_word(struct args *a, const char *word)
{
    a->word[a->n++] = word;
}

/* `-21` is no option but marks (row 21: none); numbers never are options here. */
static bool is_number_word(const char *s)
{
    return s && s[0] == '-' && isdigit((unsigned char)s[1]);
}

static enum status read_all(struct args *a, const struct command *c, int argc, char **argv,
                            bool *help, struct error *err)
{
    struct option table[OPTIONS_MAX + 2] = {{"help", no_argument, NULL, 'h'}};
    size_t n = 1;
    for (const struct cli_option *o = c->options; o && o->name; o++, n++)
        table[n] = (struct option){o->name, o->argument ? required_argument : no_argument, NULL,
                                   FIRST_OPTION - 1 + (int)n};
    opterr = 0;
    /* Anew, after main has read the program's own options: getopt learns the order of words from
     * this. */
    optind = 0;
    getopt_long(1, argv, ORDERED, table, NULL);
    optind = 1;
    for (;;) {
        if (is_number_word(optind < argc ? argv[optind] : NULL)) {
            add_word(a, argv[optind++]);
            continue;
        }
        int at = optind, code = getopt_long(argc, argv, ORDERED, table, NULL);
        if (code == -1)
            break;
        if (code == 'h') {
            *help = true;
            return ST_OK;
        }
        if (code == 1)
            add_word(a, optarg);
        else if (code >= FIRST_OPTION)
            a->given[a->ngiven++] = (struct given){&c->options[code - FIRST_OPTION], optarg};
        else
            return wrong_option(c, code, argv[at], err);
    }
    while (optind < argc)
        add_word(a, argv[optind++]);
    return count_words(a, c, err);
}

enum status args_read(struct args *out, const struct command *c, int argc, char **argv, bool *help,
                      struct error *err)
{
    *out = (struct args){0};
    *help = false;
    out->word = mem_alloc(((size_t)argc + 1) * sizeof *out->word);
    out->given = mem_alloc(((size_t)argc + 1) * sizeof *out->given);
    return read_all(out, c, argc, argv, help, err);
}

void args_free(struct args *a)
{
    free(a->word);
    free(a->given);
    *a = (struct args){0};
}

/* ---- asking ---------------------------------------------------------------------------------- */

bool args_has(const struct args *a, const char *option)
{
    for (size_t i = 0; i < a->ngiven; i++)
        if (strcmp(a->given[i].option->name, option) == 0)
            return true;
    return false;
}

const char *args_next(const struct args *a, const char *option, size_t *at)
{
    while (*at < a->ngiven) {
        const struct given *g = &a->given[(*at)++];
        if (strcmp(g->option->name, option) == 0)
            return g->value;
    }
    return NULL;
}

const char *args_value(const struct args *a, const char *option)
{
    const char *value = NULL, *next;
    for (size_t at = 0; (next = args_next(a, option, &at));)
        value = next;
    return value;
}

enum status args_number(const struct args *a, const char *option, long most, long *out,
                        struct error *err)
{
    const char *typed = args_value(a, option);
    if (!typed)
        return ST_OK;
    char *end;
    size_t digits = strspn(typed, "0123456789");
    long v = digits > 0 && digits < 10 ? strtol(typed, &end, 10) : 0;
    if (v < 1 || v > most || typed[digits])
        return error_set(err, ST_USAGE, typed, NULL, _("--%s wants a number from 1 to %ld"), option,
                         most);
    *out = v;
    return ST_OK;
}
