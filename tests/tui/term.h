/* A terminal for tests: a program on a pseudo-terminal, its screen kept by libvterm.
 *
 * Bytes go in as a keyboard would send them; text, attributes and cursor come out. Nothing sleeps:
 * every wait polls until its condition holds or the deadline has passed (10 seconds, 30 under
 * AddressSanitizer, else $TERM_DEADLINE seconds for each wait). A wait that fails prints the screen
 * to standard error, kills the program and fails the running cmocka test at the caller's line.
 * What the screen says changes only inside term_wait_…, term_keys, term_send and term_resize, so
 * several questions in a row see the same screen. A screen may arrive in parts: wait for what is
 * painted last, or for each thing asked about. Rows and columns count from 0.
 *
 * Needs cmocka.h (and what that needs) to be included by the test. */
#ifndef TESTS_TERM_H
#define TESTS_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct term;

/* One cell. Colours: TERM_DEFAULT, 0–255 of the palette (0–7 are the ANSI colours), or TERM_RGB. */
enum { TERM_DEFAULT = -1, TERM_RGB = -2 };
struct term_cell {
    char text[32]; /* UTF-8, with combining marks; "" for the second half of a wide letter */
    int width;     /* 1, or 2 for a wide letter; 0 for its second half */
    bool bold, underline, blink, reverse;
    int fg, bg;
};

/* Starts argv[0] (searched in PATH) on a terminal of that size, with TERM=xterm-256color and LINES
 * and COLUMNS unset. `env` (may be NULL) ends with NULL: "NAME=VALUE" sets, "NAME" unsets.
 * If the program cannot be run the screen says why, and it exits with 127. */
struct term *term_start(int rows, int cols, const char *const argv[], const char *const env[]);
/* Shows what comes as ISO 8859-1 from now on; keys are sent as they are. */
void term_latin1(struct term *t);
/* Kills the program if it still runs, and frees. NULL is allowed. Every terminal left over is ended
 * when the test program exits. */
void term_end(struct term *t);

/* Sends bytes as they are. */
#define term_send(t, bytes, n) term_send_at(t, bytes, n, __FILE__, __LINE__)
/* Types text, with keys by name in it: "Åse<Enter>", "<Down><Down><C-p>". The names: Enter Tab
 * S-Tab Esc Space BS Del Ins Up Down Left Right Home End PgUp PgDn F1–F12, C- and a letter, M- and
 * a letter, lt for "<". Keys are sent as the mode that the program chose wants them. A key right
 * after <Esc> may be taken for Alt and that key: wait for what Esc does first. */
#define term_keys(t, keys) term_keys_at(t, keys, __FILE__, __LINE__)
/* The same, but false instead of a failed test when nobody reads it: the program is ending. */
bool term_try_keys(struct term *t, const char *keys);
bool term_try_send(struct term *t, const char *bytes, size_t n);

/* Waits until a row contains `text`, or until none does. */
#define term_wait_text(t, text) term_wait_text_at(t, text, __FILE__, __LINE__)
#define term_wait_gone(t, text) term_wait_gone_at(t, text, __FILE__, __LINE__)
/* Waits until that row contains `text`; "" waits for an empty row. */
#define term_wait_row(t, row, text)   term_wait_row_at(t, row, text, __FILE__, __LINE__)
#define term_wait_cursor(t, row, col) term_wait_cursor_at(t, row, col, __FILE__, __LINE__)
/* Waits until `test` is true of the screen; `what` says in a failure what was waited for. */
#define term_wait(t, test, arg, what) term_wait_at(t, test, arg, what, __FILE__, __LINE__)
/* Takes in what has come, without waiting for more. */
void term_take(struct term *t);
/* Waits until nothing has come for `ms` milliseconds, or the program has ended. */
#define term_wait_idle(t, ms) term_wait_idle_at(t, ms, __FILE__, __LINE__)
/* Waits until the program ends: its exit status, or 128 + the signal that killed it. What it wrote
 * last is then on the screen. May be asked again. */
#define term_wait_exit(t) term_wait_exit_at(t, __FILE__, __LINE__)

/* Fails the test with the screen printed unless `condition` holds; for what is no wait. */
#define term_assert(t, condition)                                                                  \
    ((condition) ? (void)0 : term_fail_at(t, "expected: " #condition, __FILE__, __LINE__))

/* A row's text, cut at the last letter; good until the next call for the same row. */
const char *term_row(struct term *t, int row);
/* All rows, each ended by a newline; good until the next call. */
const char *term_screen(struct term *t);
/* Where `text` stands first; row and col (a cell, not a byte) may be NULL. */
bool term_find(struct term *t, const char *text, int *row, int *col);
struct term_cell term_attr(struct term *t, int row, int col);
/* Where the cursor is; false when it is hidden. row and col may be NULL. */
bool term_cursor(struct term *t, int *row, int *col);
void term_size(struct term *t, int *rows, int *cols);
bool term_altscreen(struct term *t); /* a full-screen program is in charge */
bool term_mouse(struct term *t);     /* the program asked for the mouse */
int term_bells(struct term *t);      /* so far */
pid_t term_pid(struct term *t);
bool term_ended(
    struct term *t); /* the program has ended; its last words may still be on their way */

/* Bytes that the program sent since the last mark (the start is one). */
void term_mark(struct term *t);
size_t term_since(struct term *t);
const char *term_bytes(struct term *t); /* those bytes, NUL-terminated; good until the next wait */

/* Changes the size as a window does: the program gets SIGWINCH. */
#define term_resize(t, rows, cols) term_resize_at(t, rows, cols, __FILE__, __LINE__)
/* Closes the line: the program gets SIGHUP, and end of input. The screen stays as it was. */
void term_hangup(struct term *t);

/* Prints the screen in a frame, with cursor, reversed parts and state, to standard error. */
void term_dump(struct term *t);

void term_send_at(struct term *t, const char *bytes, size_t n, const char *file, int line);
void term_keys_at(struct term *t, const char *keys, const char *file, int line);
void term_wait_text_at(struct term *t, const char *text, const char *file, int line);
void term_wait_gone_at(struct term *t, const char *text, const char *file, int line);
void term_wait_row_at(struct term *t, int row, const char *text, const char *file, int line);
void term_wait_cursor_at(struct term *t, int row, int col, const char *file, int line);
void term_wait_at(struct term *t, bool (*test)(struct term *t, const void *arg), const void *arg,
                  const char *what, const char *file, int line);
void term_wait_idle_at(struct term *t, int ms, const char *file, int line);
int term_wait_exit_at(struct term *t, const char *file, int line);
void term_resize_at(struct term *t, int rows, int cols, const char *file, int line);
void term_fail_at(struct term *t, const char *why, const char *file, int line);

#endif
