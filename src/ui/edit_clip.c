/* What was copied in a line, for all lines, and for the terminal's own clipboard. */
#include "config.h"

#include <stdlib.h>

#include "samling/clipboard.h"

#include "ui/edit.h"
#include "ui/ui_internal.h"

static struct buf copied;
static bool unsent;

const char *edit_copied(void)
{
    return buf_str(&copied);
}

void edit_copy(const char *s, size_t len)
{
    buf_clear(&copied);
    buf_addn(&copied, s, len);
    unsent = true;
}

void edit_copied_send(void)
{
    struct buf sequence = {0};
    const char *tmux = getenv("TMUX");
    if (!unsent || copied.len == 0)
        return;
    unsent = false;
    /* What is too long for the terminal is still there for Ctrl-V. */
    if (clipboard_sequence(&sequence, buf_str(&copied), copied.len, tmux && *tmux, NULL) == ST_OK)
        term_send(sequence.s, sequence.len);
    buf_free(&sequence);
}
