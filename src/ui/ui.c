#include "config.h"

#include "samling/ui.h"

#include "samling/draft.h"
#include "samling/lang.h"

#include "ui/screens.h"
#include "ui/ui_internal.h"

enum status ui_check(const char *words, struct error *err)
{
    struct display d = {0};
    if (display_read(&d, words))
        return ST_OK;
    return error_set(err, ST_USAGE, words, _("the words are auto, dark, light, mono, plain, mouse"),
                     "%s", _("the screens cannot be shown like this"));
}

/* Who lost the line finds what was typed. That it cannot be asked is no reason not to begin. */
static void tell_of_drafts(struct ui *ui)
{
    int64_t n;
    struct buf key = {0};
    if (draft_count(ui->session, &n, NULL) != ST_OK || n == 0)
        return;
    action_key_text(ACTION_TODAY, &key);
    if (n == 1)
        ui_say(ui, _("1 draft of yours waits: %s shows it."), buf_str(&key));
    else
        ui_say(ui, _("%lld drafts of yours wait: %s shows them."), (long long)n, buf_str(&key));
    buf_free(&key);
}

enum status ui_run(struct session *s, const char *words, struct error *err)
{
    struct ui ui = {.session = s};
    struct display display;
    enum status st = words ? ui_check(words, err) : ST_OK;
    if (st != ST_OK)
        return st;
    display_load(s, &display);
    if (words)
        display_read(&display, words);
    st = term_open(&display, err);
    if (st != ST_OK)
        return st;
    screen_push(&ui, desk_new(&ui));
    tell_of_drafts(&ui);
    tour_once(&ui);
    screen_loop(&ui);
    enum theme background = term_display()->background;
    term_close();
    display_keep_background(s, background);
    return ST_OK;
}
