/* What comes from the terminal: keys, letters, texts that are pasted, the mouse, answers. Read by
 * ourselves, with curses' table of sequences: on a slow link what belongs together comes in pieces,
 * and no piece may be taken for a key. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "samling/text.h"

#include "ui/term_parts.h"
#include "ui/theme.h"

enum {
    ESC = 27,
    LETTER_MS = 300,   /* between the bytes of a letter */
    SEQUENCE_MS = 500, /* after ESC [, which nobody types */
    LATE_MS = 1000,    /* after an Esc that was taken for the key */
    ANSWER_MS = 5000,  /* for the rest of an answer that has begun */
    ASKED_MS = 2000,   /* for an answer that has not */
    SLOW_ESC_MS = 300, /* what Esc waits meanwhile */
    LAST_ANSWER_MS = 200,
    PASTE_MS = 3000,
    SEQUENCE_MOST = 64,
    CONTROL_MOST = 256,
};

static struct {
    unsigned char bytes[4096];
    size_t from, to;
    long came; /* the last of them */
    long
        until; /* the first of them are no key yet; then they are what they are. 0: nothing waits */
    bool ended;
} in;
static int esc_ms;
static long asked_at;   /* 0: not, or it is answered */
static long escaped_at; /* the key before was Esc */
static struct buf pasted;
static bool paste_too_long;

static long now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void input_start(int ms)
{
    esc_ms = ms;
}

void input_asked(void)
{
    asked_at = now_ms();
}

static bool expects_answer(void)
{
    return asked_at && now_ms() - asked_at < ASKED_MS;
}

/* Waits at most `ms` for bytes. False when none came. */
static bool fill(long ms)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    if (in.from > 0) {
        memmove(in.bytes, in.bytes + in.from, in.to - in.from);
        in.to -= in.from;
        in.from = 0;
    }
    if (in.to == sizeof in.bytes || poll(&p, 1, ms > 0 ? (int)ms : 0) <= 0)
        return false;
    ssize_t n = read(STDIN_FILENO, in.bytes + in.to, sizeof in.bytes - in.to);
    if (n > 0) {
        in.to += (size_t)n;
        in.came = now_ms();
        return true;
    }
    in.ended = n == 0 || (errno != EINTR && errno != EAGAIN);
    return false;
}

void input_stop(void)
{
    if (!expects_answer() || in.ended)
        return;
    fill(LAST_ANSWER_MS);
    tcflush(STDIN_FILENO, TCIFLUSH);
}

bool term_key_waiting(void)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    if (signals_pending(NEWS_GONE) || poll(&p, 1, 0) > 0)
        return true;
    return in.from < in.to && (!in.until || now_ms() >= in.until);
}

/* ---- texts that are pasted --------------------------------------------------------------------
 */

static bool wait_for_paste(void)
{
    long end = now_ms() + PASTE_MS, now;
    while ((now = now_ms()) < end && !in.ended && !signals_pending(NEWS_GONE))
        if (fill(end - now))
            return true;
    return false;
}

/* All up to the end mark, or to a pause that says that none will come. */
static void read_paste(void)
{
    static const char mark[] = "\033[201~";
    const size_t n = sizeof mark - 1;
    size_t matched = 0;
    buf_clear(&pasted);
    paste_too_long = false;
    while (matched < n && (in.from < in.to || wait_for_paste())) {
        char c = (char)in.bytes[in.from++];
        matched = c == mark[matched] ? matched + 1 : c == mark[0];
        if (pasted.len < PASTE_MAX)
            buf_addc(&pasted, c);
        else
            paste_too_long = true;
    }
    if (matched == n && !paste_too_long)
        pasted.len -= n;
}

char *term_take_paste(size_t *len)
{
    struct buf text = {0};
    letters_read(&text, pasted.s, pasted.len);
    buf_free(&pasted);
    *len = text.len;
    buf_addc(&text, '\0'); /* never NULL, though nothing came */
    if (!paste_too_long)
        return buf_take(&text);
    buf_free(&text);
    return NULL;
}

/* ---- what the bytes mean ------------------------------------------------------------------------
 * Each of these looks at the n bytes at p, the first that were not taken yet. KEY_NONE: they may be
 * the beginning of something, whose rest is waited for `*hold` ms; never when `all` is there that
 * will come. KEY_IDLE: what was taken means nothing. */

static int took(size_t n, int key)
{
    in.from += n;
    return key;
}

/* A letter whose bytes come apart is whole again; what is no UTF-8 is passed over. */
static int read_utf8(const unsigned char *p, size_t n, bool all, int *hold)
{
    size_t need = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return took(1, KEY_IDLE);
    for (size_t i = 1; i < need; i++) {
        if (i == n) {
            *hold = LETTER_MS;
            return all ? took(n, KEY_IDLE) : KEY_NONE;
        }
        if (p[i] < 0x80 || p[i] > 0xBF)
            return took(i, KEY_IDLE);
    }
    char bytes[5] = "";
    memcpy(bytes, p, need);
    const char *s = bytes;
    uint32_t letter = text_next(&s);
    return took(need, s == bytes + need && letter >= 0xA0 ? (int)letter : KEY_IDLE);
}

static int read_letter(const unsigned char *p, size_t n, bool all, int *hold)
{
    if (letters_are_utf8())
        return read_utf8(p, n, all, hold);
    int letter = 0;
    for (size_t i = 1; i <= n && letter == 0; i++)
        if ((letter = letters_key((const char *)p, i)) > 0)
            return took(i, letter);
    *hold = LETTER_MS;
    return letter < 0 || all ? took(1, KEY_IDLE) : KEY_NONE;
}

static int code_of(const unsigned char *p, size_t n)
{
    char sequence[SEQUENCE_MOST + 1];
    if (n > SEQUENCE_MOST)
        return 0;
    memcpy(sequence, p, n);
    sequence[n] = '\0';
    return key_defined(sequence);
}

static int key_of_code(int code)
{
    switch (code) {
    case KEY_SNEXT: return KEY(KEY_NPAGE);
    case KEY_SPREVIOUS: return KEY(KEY_PPAGE);
    case KEY_SDC: return KEY(KEY_DC);
    case KEY_SIC: return KEY(KEY_IC);
    case PASTE_BEGINS: read_paste(); return KEY_PASTED;
    case PASTE_ENDS: return KEY_IDLE;
    case KEY_ENTER: return KEY_RETURN;
    default: return code >= KEY_MIN ? KEY(keys_meant(code)) : code;
    }
}

/* Has the code a meaning here? Those that curses gives to a terminal's extra keys have none. */
static bool is_ours(int code)
{
    return code > 0 && (code <= KEY_MAX || code >= KEYS_OF_CURSES);
}

/* ESC [ 1 ; 5 A is ESC [ A with Ctrl, ESC [ 5 ; 2 ~ is ESC [ 5 ~ with Shift: where the key with it
 * means nothing of its own, it is the key without. */
static int code_without_modifier(const unsigned char *p, size_t n)
{
    unsigned char plain[SEQUENCE_MOST];
    const unsigned char *semicolon = memchr(p, ';', n);
    if (!semicolon || n > SEQUENCE_MOST)
        return 0;
    size_t head = (size_t)(semicolon - p);
    if (head == 3 && p[2] == '1')
        head = 2;
    memcpy(plain, p, head);
    plain[head] = p[n - 1];
    return code_of(plain, head + 1);
}

/* ESC [ < button ; column ; row M, and m when it is let go. */
static int read_click(const unsigned char *p, size_t n)
{
    char text[SEQUENCE_MOST + 1];
    long value[3] = {0};
    char *at = text;
    if (n > SEQUENCE_MOST)
        return KEY_IDLE;
    memcpy(text, p + 3, n - 3);
    text[n - 3] = '\0';
    for (int i = 0; i < 3; i++) {
        value[i] = strtol(at, &at, 10);
        if (value[i] < 0 || value[i] > 10000 || *at++ != (i < 2 ? ';' : (char)p[n - 1]))
            return KEY_IDLE;
    }
    return mouse_report((int)value[0], (int)value[2] - 1, (int)value[1] - 1, p[n - 1] == 'm',
                        in.came)
               ? KEY_CLICKED
               : KEY_IDLE;
}

/* ESC [ M and three bytes, of terminals that know no other. */
static int read_old_click(const unsigned char *p)
{
    int button = p[3] - 32;
    bool released = !(button & 64) && (button & 3) == 3;
    return mouse_report(button, p[5] - 33, p[4] - 33, released, in.came) ? KEY_CLICKED : KEY_IDLE;
}

/* Bytes of a control sequence; 0: it is not whole. One that is broken ends before what cannot
 * belong to it. */
static size_t control_length(const unsigned char *p, size_t n)
{
    if (n > 2 && p[2] == '[') /* the Linux console's F1 to F5 */
        return n > 3 ? 4 : 0;
    if (n > 2 && p[2] == 'M')
        return n > 5 ? 6 : 0;
    for (size_t i = 2; i < n; i++) {
        if (p[i] < 0x20 || p[i] > 0x7E || i >= CONTROL_MOST)
            return i;
        if (p[i] >= 0x40 || (p[i] == '$' && code_of(p, i + 1) > 0)) /* $: Shift in rxvt */
            return i + 1;
    }
    return 0;
}

static int read_control(const unsigned char *p, size_t n, bool all, int *hold)
{
    size_t len = control_length(p, n);
    *hold = SEQUENCE_MS;
    if (len == 0 && !all)
        return KEY_NONE;
    if (len == 0) /* Esc and [ after all, or a sequence that was cut off */
        return n == 2 ? took(1, KEY_ESCAPE) : took(n, KEY_IDLE);
    in.from += len;
    if (p[2] == '<')
        return read_click(p, len);
    if (p[2] == 'M')
        return read_old_click(p);
    int code = code_of(p, len);
    if (!is_ours(code))
        code = code_without_modifier(p, len);
    return is_ours(code) ? key_of_code(code) : KEY_IDLE;
}

static bool answers(unsigned char c)
{
    return c && strchr("0123456789abcdefABCDEF/:;rg", c);
}

/* Bytes of the text that begins at p and ends with BEL or ESC \; 0: its end is not there, or it is
 * no text. */
static size_t string_length(const unsigned char *p, size_t n)
{
    for (size_t i = 2; i < n; i++) {
        if (p[i] == '\a')
            return i + 1;
        if (p[i] == ESC)
            return i + 1 < n && p[i + 1] == '\\' ? i + 2 : 0;
        if (p[i] < 0x20)
            return 0;
    }
    return 0;
}

/* ESC ] 11 ; colour, ended by BEL or ESC \. Nothing of it may become a key, however it comes. */
static int read_answer(const unsigned char *p, size_t n, bool all, int *hold)
{
    size_t i = 2, len = string_length(p, n);
    *hold = n > 2 ? ANSWER_MS : expects_answer() ? SLOW_ESC_MS : esc_ms;
    if ((n > 2 && (p[2] < '0' || p[2] > '9')) || (all && n == 2))
        return took(1, KEY_ESCAPE);
    while (i < n && answers(p[i]) && i < SEQUENCE_MOST)
        i++;
    if (len == 0 && !all && (i == n || (p[i] == ESC && i + 1 == n)))
        return KEY_NONE;
    in.from += len ? len : i;
    if (len < 6 || memcmp(p + 2, "11;", 3) != 0)
        return KEY_IDLE;
    asked_at = 0;
    enum theme background = theme_of_answer((const char *)p + 5, i - 5);
    return term_answered(background) ? KEY_RECOLOURED : KEY_IDLE;
}

static int escape_key(void)
{
    escaped_at = now_ms();
    return took(1, KEY_ESCAPE);
}

static int read_escape(const unsigned char *p, size_t n, bool all, int *hold)
{
    if (n > 1 && p[1] == '[')
        return read_control(p, n, all, hold);
    if (n > 1 && p[1] == ']')
        return read_answer(p, n, all, hold);
    for (size_t i = 2; i <= n && p[i - 1]; i++) {
        int code = code_of(p, i);
        if (code > 0)
            return took(i, key_of_code(code));
        if (code == 0)
            return escape_key();
    }
    *hold = n == 1 && expects_answer() ? SLOW_ESC_MS : esc_ms;
    return all || (n > 1 && !p[n - 1]) ? escape_key() : KEY_NONE;
}

/* The rest of a sequence that came so late that its Esc was taken for the key: it is put together
 * again, since as letters it would be commands. */
static void mend_escape(void)
{
    unsigned char first = in.bytes[in.from];
    size_t n = in.to - in.from;
    bool late = escaped_at && in.came - escaped_at < LATE_MS && in.to < sizeof in.bytes;
    escaped_at = 0;
    if (!late || !((first == '[' && n > 1) || (first == ']' && asked_at)))
        return;
    memmove(in.bytes + 1, in.bytes + in.from, n);
    in.bytes[0] = ESC;
    in.from = 0;
    in.to = n + 1;
    if (first == '[' && control_length(in.bytes, n + 1) == 0)
        in.from = 1; /* somebody types */
}

static int decode(bool all, int *hold)
{
    if (in.from == in.to)
        return KEY_NONE;
    mend_escape();
    const unsigned char *p = in.bytes + in.from;
    size_t n = in.to - in.from;
    switch (p[0]) {
    case ESC: return read_escape(p, n, all, hold);
    case '\r':
    case '\n': return took(1, KEY_RETURN);
    case 8: /* whichever the terminal's entry does not name */
    case 127: return took(1, KEY(KEY_BACKSPACE));
    default: return p[0] < 0x80 ? took(1, p[0]) : read_letter(p, n, all, hold);
    }
}

static int next_key(void)
{
    int key, hold = 0;
    do {
        key = decode(in.ended || (in.until && now_ms() >= in.until), &hold);
        in.until = 0;
    } while (key == KEY_IDLE && in.from < in.to);
    if (key == KEY_IDLE)
        return KEY_NONE;
    if (key == KEY_NONE && in.from < in.to)
        in.until = in.came + hold;
    return key;
}

static int read_news(void)
{
    if (signals_pending(NEWS_GONE))
        return KEY_GONE;
    if (signals_take(NEWS_STOP)) {
        term_suspend();
        return KEY_NEW_SIZE;
    }
    if (signals_take(NEWS_CONTINUED)) {
        term_resume();
        return KEY_NEW_SIZE;
    }
    if (!signals_take(NEWS_SIZE))
        return KEY_NONE;
    term_adopt_size();
    return KEY_NEW_SIZE;
}

int term_key(int ms)
{
    long end = now_ms() + ms;
    for (;;) {
        int key = read_news();
        if (key == KEY_NONE)
            key = next_key();
        if (key != KEY_NONE)
            return key;
        if (in.ended)
            return KEY_GONE;
        long now = now_ms(), until = in.until && in.until < end ? in.until : end;
        if (!fill(until - now) && !in.ended && now_ms() >= end)
            return signals_pending(NEWS_GONE) ? KEY_GONE : KEY_IDLE;
    }
}
