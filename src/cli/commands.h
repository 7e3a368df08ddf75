/* What the families of commands share: the table, the arguments, and a few words. */
#ifndef SAMLING_CLI_COMMANDS_H
#define SAMLING_CLI_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "samling/buf.h"
#include "samling/export.h"
#include "samling/listing.h"
#include "samling/record.h"
#include "samling/session.h"
#include "samling/status.h"

struct cli_option {
    const char *name;     /* "search" */
    const char *argument; /* N_("TEXT"); NULL: it takes none */
    const char *help;     /* N_("only rows with these words") */
};

enum { OPTIONS_MAX = 12 };

struct given {
    const struct cli_option *option;
    const char *value; /* NULL when it takes none */
};

/* What stands after a command. The strings are argv's. */
struct args {
    const char **word; /* all but the options; ends with NULL */
    size_t n;
    struct given *given;
    size_t ngiven;
};

struct command;

struct cli {
    const char *database; /* NULL: the usual one */
    const struct command *command;
    struct session *session; /* NULL for a command that runs alone */
};

/* What the help of a command names, besides its options. */
enum lists { LISTS_NOTHING, LISTS_LISTINGS, LISTS_TYPES };

/* One row of the command table. `run` writes results to standard output; an error without words is
 * a status only. */
struct command {
    const char *name;
    const char *arguments; /* N_("LISTING [REF]"); "": none */
    const char *summary;   /* N_("prints a list"): a line of the overview */
    const char *help;      /* N_: more sentences; NULL: the summary says it all */
    const char *example;   /* a line to imitate */
    enum lists lists;
    const struct cli_option *options; /* ends with a NULL name; NULL: none */
    size_t least, most;               /* words that it takes */
    bool alone;                       /* runs without a session: opens its own, or needs none */
    enum status (*run)(struct cli *cli, const struct args *args, struct error *err);
};

/* commands.c */
const struct command *command_at(size_t i); /* NULL past the end */
const struct command *command_by_name(const char *name);

/* args.c: reads the arguments; *help is set, and nothing else, where help is asked for. ST_USAGE
 * with words else. Free with args_free, also after a failure. */
enum status args_read(struct args *out, const struct command *c, int argc, char **argv, bool *help,
                      struct error *err);
void args_free(struct args *a);
bool args_has(const struct args *a, const char *option);
const char *args_value(const struct args *a, const char *option); /* the last one; NULL */
/* The next value of an option that may be repeated, from *at (0 first) on; NULL when there is no
 * more. */
const char *args_next(const struct args *a, const char *option, size_t *at);
/* A whole number from 1 to `most`; ST_USAGE with words when it is none. *out stays when the option
 * is not given. */
enum status args_number(const struct args *a, const char *option, long most, long *out,
                        struct error *err);
/* Makes a wrong use of `option` or word `what`; adds where to read more. */
enum status usage_error(const struct cli *cli, const char *what, const char *why,
                        struct error *err);
/* The one of `words` (ends with NULL) that `typed` may have meant; NULL. */
const char *near_word(const char *typed, const char *const *words);

/* say.c */
void say_what(struct error *err, const char *what);  /* the error is about this */
void say_warning(const char *what, const char *why); /* to standard error; `what` may be NULL */
bool say_progress_wanted(void);                      /* standard error is a terminal */
void say_clean(const char *text, bool to_stderr);    /* a line, cleaned */
/* "label: value" lines below one another. */
struct say_pair {
    const char *label;
    char *value;
};
void say_pairs(const struct say_pair *pair, size_t n);

/* stop.c: between the two, SIGINT, SIGTERM and SIGHUP end a running statement with ST_STOPPED, and
 * the work cleans up behind itself. */
void stop_watch(struct session *s);
void stop_unwatch(struct session *s);
bool stop_asked(void);

/* records.c: the type of this name. ST_USAGE with words; ST_REFUSED where `by_hand` and it cannot
 * be. */
enum status cli_type(const struct cli *cli, const char *name, bool by_hand,
                     const struct record_type **out, struct error *err);

/* Fields as FIELD=VALUE words into a record, the field by name or label. */
enum status cli_fields(const struct cli *cli, struct record *r, const char *const *word,
                       struct error *err);

/* The families. */
enum status run_list(struct cli *cli, const struct args *args, struct error *err);
enum status run_today(struct cli *cli, const struct args *args, struct error *err);
enum status run_batches(struct cli *cli, const struct args *args, struct error *err);
enum status run_export(struct cli *cli, const struct args *args, struct error *err);
enum status run_show(struct cli *cli, const struct args *args, struct error *err);
enum status run_history(struct cli *cli, const struct args *args, struct error *err);
enum status run_add(struct cli *cli, const struct args *args, struct error *err);
enum status run_set(struct cli *cli, const struct args *args, struct error *err);
enum status run_remove(struct cli *cli, const struct args *args, struct error *err);
enum status run_import(struct cli *cli, const struct args *args, struct error *err);
enum status run_print(struct cli *cli, const struct args *args, struct error *err);
enum status run_attendance(struct cli *cli, const struct args *args, struct error *err);
enum status run_init(struct cli *cli, const struct args *args, struct error *err);
enum status run_undo(struct cli *cli, const struct args *args, struct error *err);
enum status run_redo(struct cli *cli, const struct args *args, struct error *err);
enum status run_user(struct cli *cli, const struct args *args, struct error *err);
enum status run_backup(struct cli *cli, const struct args *args, struct error *err);
enum status run_check(struct cli *cli, const struct args *args, struct error *err);
enum status run_help(struct cli *cli, const struct args *args, struct error *err);

#endif
