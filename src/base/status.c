#include "config.h"

#include "samling/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum status error_set(struct error *err, enum status code, const char *what, const char *todo,
                      const char *why, ...)
{
    if (!err)
        return code;
    /* `what` may point into *err itself when a caller adds words to an error it was given. */
    struct error e = {.code = code};
    snprintf(e.what, sizeof e.what, "%s", what ? what : "");
    snprintf(e.todo, sizeof e.todo, "%s", todo ? todo : "");
    va_list ap;
    va_start(ap, why);
    vsnprintf(e.why, sizeof e.why, why, ap);
    va_end(ap);
    *err = e;
    return code;
}

void error_text(const struct error *err, char *out, unsigned long size)
{
    snprintf(out, size, "%s%s%s%s%s", err->what, err->what[0] ? ": " : "", err->why,
             err->todo[0] ? "; " : "", err->todo);
    for (char *p = out; *p; p++)
        if (*p == '\n' || *p == '\r')
            *p = ' ';
}

int status_exit(enum status st)
{
    return st <= ST_DATABASE ? (int)st : ST_REFUSED;
}
