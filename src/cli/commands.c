/* The table of commands, and what runs and explains them. */
#include "config.h"

#include "samling/cli.h"

#include "cli/commands.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "samling/lang.h"
#include "samling/path.h"
#include "samling/text.h"

/* ---- options --------------------------------------------------------------------------------- */

#define NARROWING                                                                                  \
    {"search", N_("TEXT"), N_("only rows with these words")},                                      \
        {"where", N_("FIELD=VALUE"),                                                               \
         N_("only rows where it is so; also != < <= > >=; may be repeated")},                      \
        {"sort", N_("FIELD,-FIELD"), N_("in this order; - for descending")},                       \
    {                                                                                              \
        "limit", N_("N"), N_("at most so many rows")                                               \
    }

#define COLUMNS                                                                                    \
    {                                                                                              \
        "columns", N_("NAME,NAME"), N_("only these columns, in this order")                        \
    }

static const struct cli_option list_options[] = {
    NARROWING,
    COLUMNS,
    {"format", N_("FORMAT"), N_("text (the default), csv, tsv or json")},
    {NULL, NULL, NULL},
};

static const struct cli_option format_options[] = {
    {"format", N_("FORMAT"), N_("text (the default), csv, tsv or json")},
    {NULL, NULL, NULL},
};

static const struct cli_option export_options[] = {
    NARROWING,
    COLUMNS,
    {"to", N_("FILE"),
     N_("into this file; - is standard output (the default), clipboard that of your terminal")},
    {"for", N_("FOR"), N_("excel (the default) or plain")},
    {NULL, NULL, NULL},
};

static const struct cli_option import_options[] = {
    {"into", N_("REF"),
     N_("the cohort of a roster, as BIM/1; the gathering of attendance, as BIM/1/3")},
    {"rehearse", NULL, N_("show what would be done; write nothing")},
    {"on-change", N_("WHAT"), N_("a value that differs: keep (the default) or replace it")},
    {"on-unclear", N_("WHAT"), N_("what is unclear: reject it (the default), new or skip")},
    {"unmapped", N_("WHAT"), N_("columns that are no field: drop them (the default), or note")},
    {"map-anew", NULL, N_("not as the columns were taken for the last such file")},
    {"map", N_("COLUMN=FIELD"), N_("what a column holds; FIELD - leaves it out; may be repeated")},
    {"rejects", N_("FILE"),
     N_("rows that were not written, with the reasons, to be corrected and imported again")},
    {"encoding", N_("NAME"), N_("the file's encoding, as windows-1252, UTF-8, macintosh")},
    {"delimiter", N_("C"), N_("a character, or semicolon, comma, tab")},
    {NULL, NULL, NULL},
};

static const struct cli_option print_options[] = {
    {"as", N_("FORM"), N_("text (the default) or pdf")},
    {"to", N_("WHERE"), N_("a file, - for standard output, or printer[:NAME]")},
    {"columns", N_("N"), N_("of text: 80 (the default) or 132")},
    {NULL, NULL, NULL},
};

static const struct cli_option attendance_options[] = {
    {"sheet", N_("CODE"), N_("the numbers are those of this printed sheet")},
    {NULL, NULL, NULL},
};

static const struct cli_option init_options[] = {
    {"example", N_("NAME"), N_("all, a name, or none (the default)")},
    {NULL, NULL, NULL},
};

/* ---- the table ------------------------------------------------------------------------------- */

#define ANY SIZE_MAX

/* One thing a line. */
/* clang-format off */
static const struct command commands[] = {
    {.name = "init",
     .arguments = "[--example all|NAME|none]",
     .options = init_options,
     .alone = true,
     .run = run_init,
     .summary = N_("makes a new database"),
     .help = N_("Makes the database, empty or with an example to try things on. A file that is "
                "there is never touched."),
     .example = "samling -d trial.db init --example asker"},

    {.name = "today",
     .arguments = "[--format FORMAT]",
     .options = format_options,
     .run = run_today,
     .summary = N_("prints what needs doing"),
     .help = N_("Gatherings of the next eight weeks, and those whose attendance is not recorded."),
     .example = "samling today"},

    {.name = "list",
     .arguments = N_("LISTING [REF] [OPTIONS]"),
     .options = list_options,
     .least = 1,
     .most = 2,
     .run = run_list,
     .lists = LISTS_LISTINGS,
     .summary = N_("prints a list"),
     .help = N_("REF narrows it: BIM an offering, BIM/1 its cohort 1, BIM/1/3 that cohort's "
                "gathering 3; people and "
                "organisations by name, or by number as person:12."),
     .example = "samling list people BIM/1 --search nordmann --format csv"},

    {.name = "show",
     .arguments = N_("TYPE REF"),
     .least = 2,
     .most = 2,
     .run = run_show,
     .lists = LISTS_TYPES,
     .summary = N_("prints one record with all that belongs to it"),
     .example = "samling show gathering BIM/1/3"},

    {.name = "history",
     .arguments = N_("TYPE REF"),
     .least = 2,
     .most = 2,
     .run = run_history,
     .lists = LISTS_TYPES,
     .summary = N_("prints who changed what in a record, and when"),
     .example = "samling history person kari.nordmann@example.no"},

    {.name = "add",
     .arguments = N_("TYPE FIELD=VALUE…"),
     .least = 2,
     .most = ANY,
     .run = run_add,
     .lists = LISTS_TYPES,
     .summary = N_("adds a record"),
     .help = N_("Prints the new record's number, and its reference where it has one."),
     .example = "samling add person given_name=Kari family_name=Nordmann email=kari@example.no"},

    {.name = "set",
     .arguments = N_("TYPE REF FIELD=VALUE…"),
     .least = 3,
     .most = ANY,
     .run = run_set,
     .lists = LISTS_TYPES,
     .summary = N_("changes a record"),
     .help = N_("FIELD= with nothing after it empties the field."),
     .example = "samling set gathering BIM/1/3 starts='8.2.2022 10:00'"},

    {.name = "remove",
     .arguments = N_("TYPE REF"),
     .least = 2,
     .most = 2,
     .run = run_remove,
     .lists = LISTS_TYPES,
     .summary = N_("removes a record"),
     .help = N_("Refused while others refer to it. It can be taken back with undo."),
     .example = "samling remove person 12"},

    {.name = "import",
     .arguments = N_("TYPE FILE|- [OPTIONS]"),
     .options = import_options,
     .least = 2,
     .most = 2,
     .run = run_import,
     .summary = N_("takes in people, rosters, offerings and more from a CSV file"),
     .help = N_("TYPE is people, organisations, roster, offerings, cohorts, gatherings or "
                "attendance. Each row is new, matched, changed, unclear, rejected or skipped; what "
                "is unclear or rejected is not written, "
                "and is told with its line and the reason. All is written, or nothing; undo takes "
                "it back as a whole."),
     .example = "samling import roster list.csv --into BIM/1 --rehearse"},

    {.name = "export",
     .arguments = N_("LISTING|calendar|contacts [REF] [OPTIONS]"),
     .options = export_options,
     .least = 1,
     .most = 2,
     .run = run_export,
     .lists = LISTS_LISTINGS,
     .summary = N_("writes a list for a spreadsheet or another program"),
     .help = N_("For excel: UTF-8 with BOM, semicolons, the headings and words of your language. "
                "Plain: as list "
                "--format csv. Import reads both back. calendar writes gatherings as iCalendar: "
                "all, those of REF, or those where the person REF takes part; contacts writes "
                "people as vCard."),
     .example = "samling export calendar BIM/1 --to bim-1.ics"},

    {.name = "print",
     .arguments = N_("roster REF [OPTIONS]"),
     .options = print_options,
     .least = 2,
     .most = 2,
     .run = run_print,
     .summary = N_("prints the sign-in sheet of a gathering"),
     .help = N_("A file whose name ends in .pdf becomes a PDF."),
     .example = "samling print roster BIM/1/3 --to bim-1-3.pdf"},

    {.name = "attendance",
     .arguments = N_("REF MARKS [--sheet CODE]"),
     .options = attendance_options,
     .least = 2,
     .most = ANY,
     .run = run_attendance,
     .summary = N_("records who came"),
     .help = N_("MARKS are row numbers of the sign-in sheet: 1-14 and 17 present, !19 absent, ?20 "
                "excused, -21 no "
                "mark. All are recorded, or none."),
     .example = "samling attendance BIM/1/3 '1-14 17 !19 ?20' --sheet K7Q2-5"},

    {.name = "undo",
     .arguments = N_("[BATCH]"),
     .most = 1,
     .run = run_undo,
     .summary = N_("takes back your last change, or a whole import"),
     .help = N_("What somebody edited since stays, and is told. BATCH is an import's number, see "
                "batches."),
     .example = "samling undo 3"},

    {.name = "redo",
     .arguments = "",
     .run = run_redo,
     .summary = N_("does again what you took back last"),
     .example = "samling redo"},

    {.name = "batches",
     .arguments = "[--format FORMAT]",
     .options = format_options,
     .run = run_batches,
     .summary = N_("prints the imports"),
     .example = "samling batches"},

    {.name = "user",
     .arguments = N_("list | add NAME [ROLE] | set NAME FIELD=VALUE…"),
     .least = 1,
     .most = ANY,
     .run = run_user,
     .summary = N_("prints, adds and changes users"),
     .help = N_("ROLE is reader, adviser (the default) or administrator. FIELD is role, active or "
                "full_name. Only an "
                "administrator may change users; one who left is switched off with active=no."),
     .example = "samling user add kari adviser"},

    {.name = "backup",
     .arguments = N_("FILE"),
     .least = 1,
     .most = 1,
     .run = run_backup,
     .summary = N_("writes a copy of the whole database"),
     .help = N_("The copy is complete, also while others are working. An older copy of that name "
                "is replaced."),
     .example = "samling backup /srv/backup/samling.db"},

    {.name = "check",
     .arguments = "",
     .run = run_check,
     .summary = N_("looks for damage in the database"),
     .example = "samling check"},

    {.name = "help",
     .arguments = N_("[COMMAND]"),
     .most = 1,
     .alone = true,
     .run = run_help,
     .summary = N_("explains a command"),
     .example = "samling help import"},
};
/* clang-format on */

enum { COMMANDS = sizeof commands / sizeof commands[0] };

const struct command *command_at(size_t i)
{
    return i < COMMANDS ? &commands[i] : NULL;
}

const struct command *command_by_name(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* ---- help ------------------------------------------------------------------------------------ */

enum { LINE_WIDTH = 79 };

/* Prints `text` in lines that fit, each after `indent` spaces; the cursor stands at `column` at
 * first. */
static void print_wrapped(const char *text, int indent, int column)
{
    bool first = true;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " ");
        struct buf word = {0};
        buf_addn(&word, p, n);
        int w = text_width(word.s);
        if (!first && column + 1 + w > LINE_WIDTH) {
            printf("\n%*s", indent, "");
            column = indent;
            first = true;
        }
        printf("%s%s", first ? "" : " ", word.s);
        column += w + !first;
        first = false;
        buf_free(&word);
        p += n + strspn(p + n, " ");
    }
    putchar('\n');
}

/* A term and what it means, the meanings below one another. */
static void print_row(const char *term, const char *meaning, int at)
{
    int used = 2 + text_width(term);
    if (used + 2 > at) {
        printf("  %s\n%*s", term, at, "");
    } else {
        printf("  %s%*s", term, at - used, "");
    }
    print_wrapped(meaning, at, at);
}

static void program_help(void)
{
    printf(_("Usage: samling [OPTIONS] [COMMAND [ARGUMENTS]]\n"));
    putchar('\n');
    print_wrapped(_("Offerings, gatherings, people, and who takes part. Without a command it opens "
                    "the terminal "
                    "interface."),
                  0, 0);
    printf("\n%s\n", _("Options:"));
    print_row(_("-d, --database FILE"), _("work in this database"), 28);
    print_row("-l, --language en|nb|nn", _("speak this language"), 28);
    print_row("    --display WORDS", _("auto, dark, light or mono; plain, mouse"), 28);
    print_row("-h, --help", _("this help; also after a command"), 28);
    print_row("-V, --version", _("the version"), 28);
    printf("\n%s\n", _("Commands:"));
    for (size_t i = 0; i < COMMANDS; i++)
        print_row(commands[i].name, lang_tr(commands[i].summary), 14);
    printf("\n%s\n", _("Exit status:"));
    print_row("0", _("done"), 14);
    print_row("1", _("refused: nothing was written"), 14);
    print_row("2", _("wrong usage"), 14);
    print_row("3", _("done in part, as an import with rejected rows"), 14);
    print_row("4", _("the database is busy, unreadable, damaged, or from a newer version"), 14);
    printf("\n%s\n", _("More about a command: samling COMMAND --help"));
}

/* What may stand for LISTING, or for TYPE. */
static void print_names(enum lists lists)
{
    struct buf b = {0};
    const struct listing *l;
    for (size_t i = 0; lists == LISTS_LISTINGS && (l = listing_at(i)); i++)
        buf_addf(&b, "%s%s", i ? ", " : _("LISTING is one of: "), l->name);
    for (int i = T_NONE + 1; lists == LISTS_TYPES && i < T_COUNT; i++)
        if (type_by_id((enum type_id)i)->by_hand)
            buf_addf(&b, "%s%s", b.len ? ", " : _("TYPE is one of: "),
                     type_by_id((enum type_id)i)->name);
    if (b.len) {
        putchar('\n');
        print_wrapped(b.s, 0, 0);
    }
    buf_free(&b);
}

static void command_help(const struct command *c)
{
    printf(_("Usage: samling %s %s\n"), c->name, lang_tr(c->arguments));
    putchar('\n');
    struct buf text = {0};
    /* Summaries begin small, as in the overview; here one is a sentence. */
    buf_addf(&text, "samling %s %s.", c->name, lang_tr(c->summary));
    if (c->help)
        buf_addf(&text, " %s", lang_tr(c->help));
    print_wrapped(text.s, 0, 0);
    if (c->options) {
        printf("\n%s\n", _("Options:"));
        for (const struct cli_option *o = c->options; o->name; o++) {
            buf_clear(&text);
            buf_addf(&text, "--%s", o->name);
            if (o->argument)
                buf_addf(&text, " %s", lang_tr(o->argument));
            print_row(text.s, lang_tr(o->help), 28);
        }
    }
    print_names(c->lists);
    printf("\n%s\n  %s\n", _("Example:"), c->example);
    buf_free(&text);
}

static enum status unknown_command(const char *name, struct error *err)
{
    const char *names[COMMANDS + 1] = {NULL};
    for (size_t i = 0; i < COMMANDS; i++)
        names[i] = commands[i].name;
    const char *near = near_word(name, names);
    struct buf todo = {0};
    if (near)
        buf_addf(&todo, _("did you mean %s?"), near);
    else
        buf_add(&todo, _("see: samling --help"));
    error_set(err, ST_USAGE, name, todo.s, "%s", _("there is no such command"));
    buf_free(&todo);
    return ST_USAGE;
}

static enum status help_for(const char *command, struct error *err)
{
    const struct command *c = command ? command_by_name(command) : NULL;
    if (command && !c)
        return unknown_command(command, err);
    if (c)
        command_help(c);
    else
        program_help();
    return ST_OK;
}

enum status run_help(struct cli *cli, const struct args *args, struct error *err)
{
    (void)cli;
    return help_for(args->word[0], err);
}

/* ---- standard output ------------------------------------------------------------------------- */

/* Whoever read our output has gone: `samling list people | head` is no failure to speak of. */
static bool reader_has_gone(void)
{
    struct pollfd p = {.fd = STDOUT_FILENO};
    return poll(&p, 1, 0) == 1 && (p.revents & POLLERR);
}

/* Ends the output; the exit status. */
static int finish(enum status st, const struct error *err)
{
    int number = fflush(stdout) == 0 ? 0 : errno;
    bool failed = number != 0 || ferror(stdout);
    if (failed && reader_has_gone())
        return status_exit(ST_REFUSED);
    if (st != ST_OK && err->code == st)
        cli_fail(err);
    if (!failed || (st != ST_OK && st != ST_PARTIAL))
        return status_exit(st);
    struct error mine;
    if (number)
        error_set(&mine, ST_REFUSED, _("standard output"), _("make room, or send it elsewhere"),
                  _("not all could be written (%s)"), strerror(number));
    else
        error_set(&mine, ST_REFUSED, _("standard output"), _("make room, or send it elsewhere"),
                  "%s", _("not all could be written"));
    return cli_fail(&mine);
}

int cli_help(const char *command)
{
    struct error err = {0};
    return finish(help_for(command, &err), &err);
}

int cli_version(void)
{
    struct error none = {0};
    printf("samling %s\n", PACKAGE_VERSION);
    return finish(ST_OK, &none);
}

/* ---- running --------------------------------------------------------------------------------- */

/* Only the database that nobody named may come into being by itself. */
static bool is_usual(const char *database)
{
    const char *env = getenv("SAMLING_DATABASE");
    struct buf configured = {0};
    bool usual = !database && !(env && *env) && !path_config("database", &configured);
    buf_free(&configured);
    return usual;
}

enum status cli_open(const char *database, struct session **out, struct error *err)
{
    struct buf path = {0};
    *out = NULL;
    enum status st = path_database(database, &path, err);
    if (st == ST_OK)
        st = session_open(out, path.s, is_usual(database) ? DB_CREATE : 0, NULL, err);
    buf_free(&path);
    return st;
}

static enum status run(const char *database, const struct command *c, int argc, char **argv,
                       struct error *err)
{
    struct cli cli = {.database = database, .command = c};
    struct args args;
    bool help;
    enum status st = args_read(&args, c, argc, argv, &help, err);
    if (st == ST_OK && help)
        command_help(c);
    if (st == ST_OK && !help && !c->alone)
        st = cli_open(database, &cli.session, err);
    if (st == ST_OK && !help)
        st = c->run(&cli, &args, err);
    session_close(cli.session);
    args_free(&args);
    return st;
}

int cli_run(const char *database, int argc, char **argv)
{
    struct error err = {0};
    const struct command *c = command_by_name(argv[0]);
    enum status st = c ? run(database, c, argc, argv, &err) : unknown_command(argv[0], &err);
    return finish(st, &err);
}
