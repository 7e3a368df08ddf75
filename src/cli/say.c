/* Words to the person: errors, warnings, pairs of label and value. */
#include "config.h"

#include "cli/commands.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "samling/cli.h"
#include "samling/lang.h"
#include "samling/text.h"

void say_clean(const char *text, bool to_stderr)
{
    struct buf b = {0};
    text_clean(&b, text, false);
    fprintf(to_stderr ? stderr : stdout, "%s\n", buf_str(&b));
    buf_free(&b);
}

int cli_fail(const struct error *err)
{
    char text[1200] = "samling: ";
    size_t n = strlen(text);
    if (err->why[0]) {
        error_text(err, text + n, sizeof text - n);
        fflush(stdout); /* in the order in which they came about */
        say_clean(text, true);
    }
    return status_exit(err->code);
}

void say_what(struct error *err, const char *what)
{
    struct error e = *err;
    error_set(err, e.code, what, e.todo, "%s", e.why);
}

void say_warning(const char *what, const char *why)
{
    struct buf b = {0};
    buf_addf(&b, _("samling: warning: %s"), what ? what : why);
    if (what)
        buf_addf(&b, ": %s", why);
    say_clean(b.s, true);
    buf_free(&b);
}

bool say_progress_wanted(void)
{
    return isatty(STDERR_FILENO);
}

/* Lines of a note stand below one another. */
static void say_lines(const char *value, int indent)
{
    struct buf b = {0};
    text_clean(&b, value, true);
    for (const char *p = buf_str(&b); *p; p++) {
        putchar(*p);
        if (*p == '\n')
            printf("%*s", indent, "");
    }
    putchar('\n');
    buf_free(&b);
}

void say_pairs(const struct say_pair *pair, size_t n)
{
    int widest = 0;
    for (size_t i = 0; i < n; i++)
        if (text_width(pair[i].label) > widest)
            widest = text_width(pair[i].label);
    for (size_t i = 0; i < n; i++) {
        struct buf b = {0};
        buf_addf(&b, "%s:", pair[i].label);
        int used = text_width(b.s);
        printf("%s%*s", b.s, widest + 3 - used, "");
        say_lines(pair[i].value, widest + 3);
        buf_free(&b);
    }
}
