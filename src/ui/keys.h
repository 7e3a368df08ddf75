/* Names of keys, as the action table has them. */
#ifndef SAMLING_UI_KEYS_H
#define SAMLING_UI_KEYS_H

#define KEY(k)   ((k) | 0x200000) /* a curses function key, beside code points */
#define CTRL_(c) ((c)&0x1f)
enum {
    KEY_NONE = -1,
    KEY_GONE = -2,
    KEY_IDLE = -3,
    KEY_NEW_SIZE = -4,
    KEY_PASTED = -5,
    KEY_CLICKED = -6,
    KEY_RECOLOURED = -7
};
enum { KEY_RETURN = '\n', KEY_ESCAPE = 27, KEY_TABULATOR = '\t' };

/* Ctrl and Shift with the keys that move the cursor. Numbers of our own, past those that curses
 * has and those that it gives to a terminal's extra keys. */
enum {
    KEY_WORD_LEFT = KEY(1011), /* Ctrl-Left */
    KEY_WORD_RIGHT,
    KEY_TEXT_HOME, /* Ctrl-Home */
    KEY_TEXT_END,
    KEY_SELECT_LEFT, /* Shift-Left */
    KEY_SELECT_RIGHT,
    KEY_SELECT_UP,
    KEY_SELECT_DOWN,
    KEY_SELECT_HOME,
    KEY_SELECT_END,
    KEY_SELECT_WORD_LEFT, /* Ctrl-Shift-Left */
    KEY_SELECT_WORD_RIGHT,
    KEY_SELECT_TEXT_HOME,
    KEY_SELECT_TEXT_END,
};

/* Tells curses how terminals send them; once, after keypad(). */
void keys_define(void);
/* What a key that curses names (without KEY) means: another of its codes, or the same. */
int keys_meant(int code);
/* The key without Shift: KEY_WORD_LEFT for KEY_SELECT_WORD_LEFT, KEY(KEY_UP) for KEY_SELECT_UP;
 * others are what they are. */
int keys_without_shift(int key);
/* The key without Ctrl: KEY(KEY_LEFT) for KEY_WORD_LEFT, KEY(KEY_HOME) for KEY_TEXT_HOME; others
 * are what they are. Where there are no words, Ctrl-Left does as Left. */
int keys_without_ctrl(int key);

#endif
