#include "config.h"

#include "fold.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "samling/lang.h"
#include "samling/text.h"

void fold_line(struct buf *out, const char *line)
{
    size_t room = FOLD_OCTETS;
    while (strlen(line) > room) {
        size_t n = room;
        while (n > 0 && ((unsigned char)line[n] & 0xC0) == 0x80)
            n--;
        if (n == 0)
            n = room; /* no UTF-8; then anywhere */
        buf_addn(out, line, n);
        buf_add(out, "\r\n ");
        line += n;
        room = FOLD_OCTETS - 1;
    }
    buf_add(out, line);
    buf_add(out, "\r\n");
}

void fold_value(struct buf *out, const char *name, const char *value)
{
    struct buf line = {0};
    if (!value || !*value)
        return;
    buf_addf(&line, "%s:", name);
    buf_add(&line, value);
    fold_line(out, line.s);
    buf_free(&line);
}

void fold_text(struct buf *out, const char *name, const char *text)
{
    struct buf value = {0};
    fold_escape(&value, text);
    fold_value(out, name, buf_str(&value));
    buf_free(&value);
}

void fold_escape(struct buf *out, const char *text)
{
    struct buf clean = {0};
    text_clean(&clean, text, true);
    for (const char *p = buf_str(&clean); *p; p++) {
        if (*p == '\n') {
            buf_add(out, "\\n");
            continue;
        }
        if (strchr("\\;,", *p))
            buf_addc(out, '\\');
        buf_addc(out, *p);
    }
    buf_free(&clean);
}

void fold_stamp(int64_t seconds, char out[STAMP_SIZE])
{
    time_t t = (time_t)seconds;
    struct tm tm = {0};
    gmtime_r(&t, &tm);
    if (strftime(out, STAMP_SIZE, "%Y%m%dT%H%M%SZ", &tm) != STAMP_SIZE - 1)
        strcpy(out, "19700101T000000Z");
}

enum status fold_write(struct buf *gathered, FILE *out, struct error *err)
{
    errno = 0;
    size_t n = gathered->len, done = n ? fwrite(gathered->s, 1, n, out) : 0;
    int number = errno;
    buf_clear(gathered);
    if (done == n)
        return ST_OK;
    return error_set(err, ST_REFUSED, _("export"), _("make room, or write it elsewhere"),
                     _("not all could be written (%s)"), strerror(number ? number : EIO));
}
