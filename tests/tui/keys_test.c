/* The keys of a line as terminals send them, in the search of a list: words, selecting, the
 * clipboard, undo. */
#include "config.h"

#include "stage.h"

enum { LINE = 59 }; /* the column where the line begins */

static void send(struct term *t, const char *bytes)
{
    term_send(t, bytes, strlen(bytes));
}

/* "en to tre", and what comes of x after those bytes. */
static void types_at(struct term *t, const char *bytes, const char *want)
{
    term_keys(t, "<C-e><C-u>en to tre");
    term_wait_row(t, 1, "Search: en to tre");
    send(t, bytes);
    term_keys(t, "x");
    term_wait_row(t, 1, want);
}

static void every_terminal_has_word_keys(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *want;
    } xterm[] =
        {
            {"\033[1;5D", "Search: en to xtre"},
            {"\033[1;5D\033[1;5D", "Search: en xto tre"},
            {"\033[1;3D\033[1;5H\033[1;5C", "Search: en xto tre"},
            {"\033[1;2D", "Search: en to trx"},
            {"\033[1;6D", "Search: en to x"},
            {"\033[1;5D\033[1;2H", "Search: xtre"},
            {"\033[1;5H\033[1;2F", "Search: x"},
        },
      rxvt[] = {
          {"\033Od", "Search: en to xtre"},
          {"\033Od\033Od\033Oc", "Search: en to xtre"},
          {"\033[d\033[d", "Search: en to tx"},
          {"\033[7^\033[c", "Search: xn to tre"},
          {"\033[7$", "Search: x"},
      };
    struct term *t = start();
    term_keys(t, "s");
    for (size_t i = 0; i < sizeof xterm / sizeof *xterm; i++)
        types_at(t, xterm[i].bytes, xterm[i].want);
    for (size_t i = 0; i < sizeof rxvt / sizeof *rxvt; i++)
        types_at(t, rxvt[i].bytes, rxvt[i].want);
    term_keys(t, "<Esc>");
    term_wait_row(t, 1, "45 rows");
    leave(t);
}

/* PuTTY sends ESC O D for the arrow, and for Ctrl with it what others send for the arrow. */
static void putty_says_ctrl_its_own_way(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "s");
    types_at(t, "\033[D", "Search: en to trxe");
    types_at(t, "\033OD\033OC\033[D\033[D", "Search: en xto tre");
    types_at(t, "\033[D", "Search: en to xtre");
    types_at(t, "\033[D\033[D\033[C", "Search: en to xtre");
    /* Where there are no words it is the arrow. */
    term_keys(t, "<Esc>");
    term_wait_row(t, 1, "45 rows");
    send(t, "\033[C");
    term_wait_row(t, 1, ">2 Calendar");
    send(t, "\033[D");
    term_wait_row(t, 1, ">1 Offerings");
    leave(t);
}

static bool is_reversed(struct term *t, const void *arg)
{
    const char *text = arg;
    int row, col;
    if (!term_find(t, text, &row, &col) || row != 1)
        return false;
    return term_attr(t, 1, col).reverse && !term_attr(t, 1, col - 1).reverse &&
           !term_attr(t, 1, col + (int)strlen(text)).reverse;
}

static void what_is_selected_is_seen_and_copied(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sen to");
    term_wait_row(t, 1, "Search: en to");
    send(t, "\033[17~"); /* F6 */
    send(t, "\033[1;5D");
    term_wait(t, is_reversed, "to", "only the last word is reversed");
    term_mark(t);
    term_keys(t, "<C-c>");
    term_keys(t, "<End>");
    term_wait_cursor(t, 1, LINE + 5);
    term_assert(t, strstr(term_bytes(t), "\033]52;c;dG8=") != NULL);
    term_keys(t, " <C-v>");
    term_wait_row(t, 1, "Search: en to to");
    term_keys(t, "<C-z><C-z>");
    term_wait_row(t, 1, "Search: en to");
    term_keys(t, "<Esc>");
    term_wait_row(t, 1, "45 rows");
    leave(t);
}

/* Whole letters go, whatever they are made of; what stays is drawn in its place. */
static void letters_of_many_parts_are_one(void **state)
{
    (void)state;
    struct term *t = start();
    term_keys(t, "sa日本e\u0301\u0323z");
    term_wait_cursor(t, 1, LINE + 7);
    term_keys(t, "<Left><BS>");
    term_wait_row(t, 1, "a日本z");
    term_wait_cursor(t, 1, LINE + 5);
    term_keys(t, "<BS><BS>");
    term_wait_row(t, 1, "Search: az");
    term_wait_cursor(t, 1, LINE + 1);
    term_keys(t, "<Esc>");
    term_wait_row(t, 1, "45 rows");
    leave(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_terminal_has_word_keys),
        cmocka_unit_test(putty_says_ctrl_its_own_way),
        cmocka_unit_test(what_is_selected_is_seen_and_copied),
        cmocka_unit_test(letters_of_many_parts_are_one),
    };
    return cmocka_run_group_tests_name("keys", tests, stage_open, stage_close);
}
