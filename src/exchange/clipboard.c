/* OSC 52. */
#include "config.h"

#include "samling/clipboard.h"

#include <stdint.h>

#include "samling/lang.h"

static void add_base64(struct buf *out, const unsigned char *p, size_t n)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        size_t have = n - i < 3 ? n - i : 3;
        uint32_t bits = (uint32_t)p[i] << 16;
        if (have > 1)
            bits |= (uint32_t)p[i + 1] << 8;
        if (have > 2)
            bits |= p[i + 2];
        buf_addc(out, digit[bits >> 18]);
        buf_addc(out, digit[bits >> 12 & 63]);
        buf_addc(out, have > 1 ? digit[bits >> 6 & 63] : '=');
        buf_addc(out, have > 2 ? digit[bits & 63] : '=');
    }
}

enum status clipboard_sequence(struct buf *out, const char *text, size_t len, bool tmux,
                               struct error *err)
{
    if (len > CLIPBOARD_MAX)
        return error_set(err, ST_REFUSED, _("clipboard"),
                         _("choose fewer rows or columns, or write it to a file"),
                         _("this is too much for a terminal's clipboard, which takes %d bytes"),
                         CLIPBOARD_MAX);
    /* Ended by BEL: every terminal knows it, and tmux's own wrapping is ended by the other, ESC \.
     */
    buf_add(out, tmux ? "\033Ptmux;\033\033]52;c;" : "\033]52;c;");
    add_base64(out, (const unsigned char *)text, len);
    buf_add(out, tmux ? "\a\033\\" : "\a");
    return ST_OK;
}
