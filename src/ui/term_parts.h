/* What the files of the terminal share: term.c, input.c, mouse.c, draw.c, letters.c, crash.c. */
#ifndef SAMLING_UI_TERM_PARTS_H
#define SAMLING_UI_TERM_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

#include <curses.h>

#include "samling/buf.h"

#include "ui/display.h"
#include "ui/ui_internal.h"

/* ---- term.c */
/* The theme in force: dark, light or mono. */
enum theme term_theme(void);
/* The terminal said what it is. True when that changes the colours. */
bool term_answered(enum theme background);
/* Takes the size that the window has; true when it is another. */
bool term_adopt_size(void);
/* Modes and screen again, after another program had the terminal. */
void term_resume(void);
/* Codes beside those of curses, past those that it gives to a terminal's extra keys. */
enum { KEYS_OF_CURSES = KEY_MAX + 400, PASTE_BEGINS = KEYS_OF_CURSES, PASTE_ENDS };

/* ---- input.c */
/* Takes keys from now on. `esc_ms`: how long after Esc the rest of a sequence may come. */
void input_start(int esc_ms);
/* The question for the background was sent just now. */
void input_asked(void);
/* Waits a moment for an answer that is still under way, so that no shell gets it; then what was not
 * read is dropped. */
void input_stop(void);

/* ---- mouse.c */
#define MOUSE_ON  "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"
/* A report: `button` as the terminal codes it, cells from 0, `now` in milliseconds. True when it
 * means something; term_take_click gives it. */
bool mouse_report(int button, int y, int x, bool released, long now);

/* ---- draw.c */
void draw_start_colours(void); /* after initscr */
bool draw_has_colours(void);
void draw_finish(void); /* the last thing before it is shown */

/* ---- letters.c: terminals that are not UTF-8 */
/* Finds the character set of the locale. The program's own stays UTF-8: only what is between enter
 * and leave is in the terminal's, so that nothing else meets its letters. */
void letters_start(void);
bool letters_are_utf8(void);
void letters_enter(void);
void letters_leave(void);
/* `s` with what the terminal cannot show replaced by what is near, column for column; the caller
 * frees it. */
wchar_t *letters_near(const char *s);
/* Adds `len` bytes that came from the terminal, as UTF-8. */
void letters_read(struct buf *out, const char *bytes, size_t len);
/* The letter that `len` bytes from the terminal are: its code point; 0: more bytes are needed; -1:
 * none. Not for UTF-8. */
int letters_key(const char *bytes, size_t len);
/* Adds `s` in the terminal's own bytes. */
void letters_write(struct buf *out, const char *s);

/* ---- crash.c */
enum news { NEWS_GONE, NEWS_SIZE, NEWS_STOP, NEWS_CONTINUED, NEWS_COUNT };
void signals_start(void);
void signals_stop(void);
bool signals_pending(enum news n);
bool signals_take(enum news n); /* the same, and it is seen to */
/* Stops as Ctrl-Z does, until somebody continues it. */
void signals_suspend(void);
/* What a crash does to leave the terminal usable: writes `restore`, sets the terminal's modes to
 * what they are when this is called, and writes `words`. Both are kept. Before curses starts. */
void crash_modes(void);
void crash_prepare(const char *restore, size_t len, const char *words);

#endif
