/* Ctrl and Shift with the keys that move the cursor: each kind of terminal sends them its way, and
 * few entries name them. */
#include "config.h"

#include "ui/keys.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <curses.h>

_Static_assert(KEY_MAX == 511, "the keys of our own lie past those of curses");

/* ESC [ and a letter, where the terminal's entry says that the arrows send ESC O and a letter.
 * Terminals that stay with it whatever they are asked mean the arrow; PuTTY, which sends the other
 * for the arrow alone, means Ctrl and the arrow. */
enum { BRACKET_LEFT = 1040, BRACKET_RIGHT };

static int code(int key)
{
    return key & ~0x200000;
}

/* Does the terminal's entry say that this key sends that? */
static bool entry_has(const char *capability, const char *sequence)
{
    const char *s = tigetstr(capability);
    return s && s != (char *)-1 && strcmp(s, sequence) == 0;
}

void keys_define(void)
{
    static const struct {
        const char *sequence;
        int key;
    } sent[] = {
        /* xterm, Windows Terminal, tmux; Alt for those whose Ctrl is the window manager's */
        {"\033[1;5D", KEY_WORD_LEFT},
        {"\033[1;5C", KEY_WORD_RIGHT},
        {"\033[1;3D", KEY_WORD_LEFT},
        {"\033[1;3C", KEY_WORD_RIGHT},
        {"\033[1;5H", KEY_TEXT_HOME},
        {"\033[1;5F", KEY_TEXT_END},
        {"\033[1;2D", KEY_SELECT_LEFT},
        {"\033[1;2C", KEY_SELECT_RIGHT},
        {"\033[1;2A", KEY_SELECT_UP},
        {"\033[1;2B", KEY_SELECT_DOWN},
        {"\033[1;2H", KEY_SELECT_HOME},
        {"\033[1;2F", KEY_SELECT_END},
        {"\033[1;6D", KEY_SELECT_WORD_LEFT},
        {"\033[1;6C", KEY_SELECT_WORD_RIGHT},
        {"\033[1;4D", KEY_SELECT_WORD_LEFT},
        {"\033[1;4C", KEY_SELECT_WORD_RIGHT},
        {"\033[1;6H", KEY_SELECT_TEXT_HOME},
        {"\033[1;6F", KEY_SELECT_TEXT_END},
        /* rxvt */
        {"\033Od", KEY_WORD_LEFT},
        {"\033Oc", KEY_WORD_RIGHT},
        {"\033[7^", KEY_TEXT_HOME},
        {"\033[8^", KEY_TEXT_END},
        {"\033[d", KEY_SELECT_LEFT},
        {"\033[c", KEY_SELECT_RIGHT},
        {"\033[a", KEY_SELECT_UP},
        {"\033[b", KEY_SELECT_DOWN},
        {"\033[7$", KEY_SELECT_HOME},
        {"\033[8$", KEY_SELECT_END},
        {"\033[7@", KEY_SELECT_TEXT_HOME},
        {"\033[8@", KEY_SELECT_TEXT_END},
        /* older ones */
        {"\033[5D", KEY_WORD_LEFT},
        {"\033[5C", KEY_WORD_RIGHT},
    };
    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++)
        define_key(sent[i].sequence, code(sent[i].key));
    if (!entry_has("kcub1", "\033[D"))
        define_key("\033[D", BRACKET_LEFT);
    if (!entry_has("kcuf1", "\033[C"))
        define_key("\033[C", BRACKET_RIGHT);
}

int keys_meant(int given)
{
    static bool arrows_seen; /* as the entry has them */
    switch (given) {
    case KEY_LEFT:
    case KEY_RIGHT: arrows_seen = true; return given;
    case BRACKET_LEFT: return arrows_seen ? code(KEY_WORD_LEFT) : KEY_LEFT;
    case BRACKET_RIGHT: return arrows_seen ? code(KEY_WORD_RIGHT) : KEY_RIGHT;
    case KEY_SLEFT: return code(KEY_SELECT_LEFT);
    case KEY_SRIGHT: return code(KEY_SELECT_RIGHT);
    case KEY_SR: return code(KEY_SELECT_UP);
    case KEY_SF: return code(KEY_SELECT_DOWN);
    case KEY_SHOME: return code(KEY_SELECT_HOME);
    case KEY_SEND: return code(KEY_SELECT_END);
    default: return given;
    }
}

int keys_without_shift(int key)
{
    switch (key) {
    case KEY_SELECT_LEFT: return KEY(KEY_LEFT);
    case KEY_SELECT_RIGHT: return KEY(KEY_RIGHT);
    case KEY_SELECT_UP: return KEY(KEY_UP);
    case KEY_SELECT_DOWN: return KEY(KEY_DOWN);
    case KEY_SELECT_HOME: return KEY(KEY_HOME);
    case KEY_SELECT_END: return KEY(KEY_END);
    case KEY_SELECT_WORD_LEFT: return KEY_WORD_LEFT;
    case KEY_SELECT_WORD_RIGHT: return KEY_WORD_RIGHT;
    case KEY_SELECT_TEXT_HOME: return KEY_TEXT_HOME;
    case KEY_SELECT_TEXT_END: return KEY_TEXT_END;
    default: return key;
    }
}

int keys_without_ctrl(int key)
{
    switch (key) {
    case KEY_WORD_LEFT: return KEY(KEY_LEFT);
    case KEY_WORD_RIGHT: return KEY(KEY_RIGHT);
    case KEY_TEXT_HOME: return KEY(KEY_HOME);
    case KEY_TEXT_END: return KEY(KEY_END);
    default: return key;
    }
}
