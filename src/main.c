/* samling: options and wiring. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "samling/cli.h"
#include "samling/lang.h"
#include "samling/session.h"
#include "samling/ui.h"

struct choices {
    const char *database, *language, *display;
    bool help, version;
    const char *wrong; /* the option that cannot be understood */
    bool wants_value;
};

static void read_options(int argc, char **argv, struct choices *out)
{
    static const struct option table[] = {
        {"database", required_argument, NULL, 'd'}, {"language", required_argument, NULL, 'l'},
        {"display", required_argument, NULL, 'D'},  {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'V'},        {NULL, 0, NULL, 0},
    };
    int code;
    opterr = 0;
    for (int at = 1; (code = getopt_long(argc, argv, "+:d:l:hV", table, NULL)) != -1; at = optind) {
        switch (code) {
        case 'd': out->database = optarg; break;
        case 'l': out->language = optarg; break;
        case 'D': out->display = optarg; break;
        case 'h': out->help = true; break;
        case 'V': out->version = true; break;
        default:
            if (!out->wrong)
                out->wrong = argv[at];
            out->wants_value = code == ':';
            break;
        }
    }
}

static int refuse_usage(const char *what, const char *why)
{
    struct error err = {0};
    error_set(&err, ST_USAGE, what, _("see: samling --help"), "%s", why);
    return cli_fail(&err);
}

/* The option comes before the variable, which is of no interest to commands. */
static int run_ui(const char *database, const char *display)
{
    struct session *s = NULL;
    struct error err = {0};
    const char *words = display ? display : getenv("SAMLING_DISPLAY");
    enum status st = words ? ui_check(words, &err) : ST_OK;
    if (st == ST_OK)
        st = cli_open(database, &s, &err);
    if (st == ST_OK)
        st = ui_run(s, words, &err);
    session_close(s);
    return st == ST_OK ? 0 : cli_fail(&err);
}

/* A stream that the caller closed would otherwise be the next file that is opened. */
static void hold_streams(void)
{
    for (int fd = 0; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
            open("/dev/null", fd ? O_RDONLY : O_WRONLY) < 0)
            return;
}

int main(int argc, char **argv)
{
    struct choices c = {0};
    hold_streams();
    signal(SIGPIPE, SIG_IGN);
    read_options(argc, argv, &c);
    bool known = lang_init(c.language);
    if (c.wrong)
        return refuse_usage(c.wrong, c.wants_value ? _("this option needs a value")
                                                   : _("there is no such option"));
    if (!known)
        return refuse_usage(c.language, _("the languages are en, nb and nn"));
    if (c.version)
        return cli_version();
    if (c.help)
        return cli_help(argv[optind]);
    struct error err = {0};
    if (c.display && ui_check(c.display, &err) != ST_OK)
        return cli_fail(&err);
    if (optind < argc)
        return cli_run(c.database, argc - optind, argv + optind);
    return run_ui(c.database, c.display);
}
