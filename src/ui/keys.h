/* Names of keys, as the action table has them. */
#ifndef SAMLING_UI_KEYS_H
#define SAMLING_UI_KEYS_H

#define KEY(k)   ((k) | 0x200000) /* a curses function key, beside code points */
#define CTRL_(c) ((c)&0x1f)
enum { KEY_NONE = -1, KEY_GONE = -2, KEY_IDLE = -3, KEY_NEW_SIZE = -4, KEY_PASTED = -5 };
enum { KEY_RETURN = '\n', KEY_ESCAPE = 27, KEY_TABULATOR = '\t' };

#endif
