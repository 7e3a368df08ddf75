/* The mouse: what a terminal reports, as clicks. */
#include "config.h"

#include "ui/term_parts.h"

enum { DOUBLE_MS = 400 };
/* The bits of a report. */
enum { BUTTONS = 3, BUTTON_LEFT = 0, BUTTON_RIGHT = 2, MOVED = 32, WHEEL = 64, EXTRA = 128 };

static struct click last;
static long pressed_at;

void term_take_click(struct click *out)
{
    *out = last;
}

static bool press_left(int y, int x, long now)
{
    bool twice = last.kind == CLICK_ONCE && pressed_at && now - pressed_at <= DOUBLE_MS &&
                 last.y == y && last.x == x;
    last = (struct click){y, x, twice ? CLICK_TWICE : CLICK_ONCE};
    pressed_at = now;
    return true;
}

bool mouse_report(int button, int y, int x, bool released, long now)
{
    if (!term_display()->mouse || released || (button & (MOVED | EXTRA)) || y < 0 || x < 0 ||
        y >= term_height() || x >= term_width())
        return false;
    int which = button & BUTTONS;
    if (button & WHEEL) {
        if (which > 1) /* sideways */
            return false;
        last = (struct click){y, x, which ? CLICK_WHEEL_DOWN : CLICK_WHEEL_UP};
        return true;
    }
    if (which == BUTTON_LEFT)
        return press_left(y, x, now);
    if (which != BUTTON_RIGHT)
        return false;
    last = (struct click){y, x, CLICK_RIGHT};
    return true;
}
