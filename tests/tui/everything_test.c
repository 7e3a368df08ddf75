/* Every action of the table, performed by each of its keys, by the menu, by the menu of the row and
 * by the palette: all ways lead to the same screen, put the same on the clipboard and write the
 * same. What cannot be done now is grey, and says why by key and in the menu.
 *
 * With names of actions as arguments (EXPORT COPY_ROW …) only these are tried. */
#include "config.h"

#include "stage.h"

#include <time.h>

#include "samling/buf.h"
#include "samling/db.h"

#include "ui/action.h"
#include "ui/keys.h"

#include "everything.h"

/* Bytes that are to be quiet for so long are no longer coming: the strip is written at the first
 * pause, after 200 ms. */
enum { QUIET_MS = 320, SIDE_BY_SIDE = 24, WAYS_MAX = 8 };

enum way { BY_KEY, BY_MENU, BY_ROW_MENU, BY_PALETTE };

/* An action on a terminal of its own. */
struct run {
    const struct row *row;
    enum way way;
    char key[12]; /* as term_keys wants it */
    struct term *t;
    char folder[20], database[40]; /* all databases are called the same: their names are seen */
    char *before, *after;          /* what was written */
    char *draft;
    char words[200]; /* of what this is, for failures */
};

/* ---- steps ------------------------------------------------------------------------------------
 */

static bool is_line(struct term *t, int row, const char *text)
{
    return strstr(term_row(t, row), text) != NULL;
}

static bool holds(struct term *t, const void *arg)
{
    const char *want = arg, *text = want + 1;
    switch (*want) {
    case '=': return term_find(t, text, NULL, NULL);
    case '-': return !term_find(t, text, NULL, NULL);
    case '>': return is_selected(t, &(struct selection){-1, text});
    case '^': return is_line(t, 1, text);
    case '!': return is_line(t, MESSAGE, text);
    case '?': return is_line(t, HINTS, text);
    case '#': return strstr(term_bytes(t), text) != NULL;
    default: fail_msg("a wish that nobody understands: %s", want); return false;
    }
}

static void wait_for(struct run *r, const char *want)
{
    char what[500];
    if (!*want)
        return;
    snprintf(what, sizeof what, "%s (%s)", want, r->words);
    term_wait(r->t, holds, want, what);
}

/* "$set person 28 phone=49322222": what somebody else does meanwhile. */
static void by_command(struct run *r, const char *line)
{
    char words[300];
    const char *argv[10] = {NULL};
    size_t n = 0;
    snprintf(words, sizeof words, "%s", line + 1);
    for (char *p = strtok(words, " "); p && n < 9; p = strtok(NULL, " "))
        argv[n++] = p;
    RUN("-d", r->database, argv[0], argv[1], argv[2], argv[3], argv[4], argv[5], argv[6]);
}

/* Keys, and what they must lead to, in turn. */
static void go(struct run *r, const char *const *steps)
{
    for (size_t i = 0; i < STEPS_MAX && steps[i]; i++) {
        if (i % 2 == 1)
            wait_for(r, steps[i]);
        else if (steps[i][0] == '$')
            by_command(r, steps[i]);
        else
            term_keys(r->t, steps[i]);
    }
}

/* ---- what is written --------------------------------------------------------------------------
 */

static int64_t newest_change; /* of the example */

static void add_rows(struct db *db, const char *sql, struct buf *out)
{
    struct error err = {0};
    struct stmt *st = db_query(db, &err, sql, "i", newest_change);
    while (stmt_step(st, &err) == STEP_ROW) {
        for (int i = 0; i < stmt_columns(st); i++)
            buf_addf(out, "%s ", stmt_is_null(st, i) ? "-" : stmt_str(st, i));
        buf_addc(out, '\n');
    }
    assert_int_equal(err.code, ST_OK);
}

/* What these give, all columns of all rows. */
static char *dump(const char *path, const char *sql, const char *more)
{
    struct db *db;
    struct error err = {0};
    struct buf out = {0};
    assert_int_equal(db_open(&db, path, 0, &err), ST_OK);
    add_rows(db, sql, &out);
    if (more)
        add_rows(db, more, &out);
    db_close(db);
    char *text = strdup(buf_str(&out));
    buf_free(&out);
    return text;
}

/* All that was written since the example, but not when. */
static char *written(const char *path)
{
    return dump(path,
                "SELECT set_id, type, record_id, operation, version, field, old, new FROM change "
                "WHERE id > ?1 ORDER BY id",
                "SELECT id, act, batch_id, undoes, undone FROM change_set s WHERE NOT EXISTS "
                "(SELECT 1 FROM change WHERE id <= ?1 AND set_id = s.id) ORDER BY id");
}

static char *drafts(const char *path)
{
    return dump(path, "SELECT type, record_id, fields FROM draft WHERE ?1 ORDER BY id", NULL);
}

/* ---- by key -----------------------------------------------------------------------------------
 */

/* A key's name in the table as term_keys wants it. */
static void key_to_press(const char *name, size_t n, char *out, size_t size)
{
    static const char *const other[][2] = {
        {"Shift-Tab", "<S-Tab>"}, {"Backspace", "<BS>"}, {"Delete", "<Del>"},
        {"Insert", "<Ins>"},      {"<", "<lt>"},
    };
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        if (strlen(other[i][0]) == n && strncmp(other[i][0], name, n) == 0) {
            snprintf(out, size, "%s", other[i][1]);
            return;
        }
    }
    if (n == 1)
        snprintf(out, size, "%.1s", name);
    else if (n == 6 && strncmp(name, "Ctrl-", 5) == 0)
        snprintf(out, size, "<C-%c>", name[5] | 0x20);
    else
        snprintf(out, size, "<%.*s>", (int)n, name);
}

static bool is_character(const char *name, size_t n)
{
    return n == 1 || (n == 5 && strncmp(name, "Space", n) == 0);
}

/* ---- by menu ----------------------------------------------------------------------------------
 */

/* Where in the bar the name of the menu begins that is pulled down; −1: none is. It stands out, and
 * is not underlined as the letters of the others are. */
static int open_menu(struct term *t)
{
    int high, wide;
    term_size(t, &high, &wide);
    for (int col = 0; col < wide; col++) {
        struct term_cell cell = term_attr(t, 0, col);
        if (!cell.reverse && !cell.underline)
            return col + 1;
    }
    return -1;
}

static bool is_another_open(struct term *t, const void *arg)
{
    int at = open_menu(t);
    return at >= 0 && at != *(const int *)arg;
}

static bool is_menu(struct term *t, const char *label)
{
    struct buf name = {0};
    int at = open_menu(t);
    for (size_t i = 0; i < strlen(label); i++)
        buf_add(&name, term_attr(t, 0, at + (int)i).text);
    bool is = strcmp(buf_str(&name), label) == 0;
    buf_free(&name);
    return is;
}

/* Pulls down the menu with this name. */
static void pull_down(struct run *r, const char *label)
{
    int last = -1;
    char what[300];
    snprintf(what, sizeof what, "the menu %s (%s)", label, r->words);
    term_keys(r->t, "<F9>");
    term_wait(r->t, is_another_open, &last, what);
    for (int i = 0; i < MENU_COUNT && !is_menu(r->t, label); i++) {
        last = open_menu(r->t);
        term_keys(r->t, "<Right>");
        term_wait(r->t, is_another_open, &last, what);
    }
    if (!is_menu(r->t, label))
        term_fail_at(r->t, what, __FILE__, __LINE__);
}

/* The item's beginning in its box: the edge, and a dot when it is grey. Undo and redo say what. */
static void item_words(enum action_id id, const char *mark, char *out, size_t size)
{
    bool told = (id == ACTION_UNDO || id == ACTION_REDO) && *mark == ' ';
    snprintf(out, size, "│%s %s%s", mark, action_at(id)->label, told ? "" : "  ");
}

static bool is_there(struct term *t, const void *arg)
{
    return term_find(t, arg, NULL, NULL);
}

static int find_item(struct run *r, const char *mark)
{
    char item[100], what[400];
    int row = 0;
    item_words(r->row->id, mark, item, sizeof item);
    snprintf(what, sizeof what, "%s (%s)", item, r->words);
    if (!term_find(r->t, item, &row, NULL))
        term_fail_at(r->t, what, __FILE__, __LINE__);
    return row;
}

/* From where the menu's cursor is, down or up to this row. */
static void move_to(struct run *r, int row)
{
    int now = 0;
    term_cursor(r->t, &now, NULL);
    for (; now < row; now++)
        term_keys(r->t, "<Down>");
    for (; now > row; now--)
        term_keys(r->t, "<Up>");
}

static bool is_on_row(struct term *t, const void *arg)
{
    int row;
    return term_cursor(t, &row, NULL) && row == *(const int *)arg;
}

static void wait_on_row(struct run *r, int row)
{
    char what[300];
    snprintf(what, sizeof what, "the cursor in row %d (%s)", row, r->words);
    term_wait(r->t, is_on_row, &row, what);
}

/* In a form the keys are shown that are no letters. */
static void key_shown(const struct run *r, struct buf *out)
{
    if (r->row->typing)
        action_key_typing(r->row->id, out);
    else
        action_key_text(r->row->id, out);
}

static void check_key(struct run *r, int row)
{
    struct buf key = {0};
    char words[200];
    key_shown(r, &key);
    snprintf(words, sizeof words, " %s │", buf_str(&key));
    if (!strstr(term_row(r->t, row), words))
        term_fail_at(r->t, r->words, __FILE__, __LINE__);
    buf_free(&key);
}

static void by_menu(struct run *r)
{
    pull_down(r, menu_label(action_at(r->row->id)->menu));
    int row = find_item(r, " ");
    check_key(r, row);
    move_to(r, row);
    wait_on_row(r, row);
    term_keys(r->t, "<Enter>");
}

/* By its letter, which is underlined. */
static void by_row_menu(struct run *r)
{
    char item[100];
    int col = 0;
    item_words(r->row->id, " ", item, sizeof item);
    term_keys(r->t, ",");
    term_wait(r->t, is_there, item, r->words);
    int row = find_item(r, " ");
    check_key(r, row);
    term_assert(r->t, term_find(r->t, item, NULL, &col));
    for (int end = col + (int)strlen(item); col < end; col++) {
        struct term_cell cell = term_attr(r->t, row, col);
        if (cell.underline) {
            term_keys(r->t, cell.text);
            return;
        }
    }
    term_fail_at(r->t, r->words, __FILE__, __LINE__);
}

/* ---- by palette -------------------------------------------------------------------------------
 */

enum { TYPED = 2, FIRST_HIT = 4 };

static bool is_typed(struct term *t, const void *arg)
{
    return is_line(t, TYPED, arg);
}

static void by_palette(struct run *r)
{
    const struct action *a = action_at(r->row->id);
    struct buf key = {0};
    char item[100];
    term_keys(r->t, "<C-p>");
    wait_for(r, "=part of a command's name");
    term_keys(r->t, a->label);
    term_wait(r->t, is_typed, a->label, r->words);
    item_words(a->id, " ", item, sizeof item);
    key_shown(r, &key);
    const char *hit = term_row(r->t, FIRST_HIT);
    if (!strstr(hit, item) || !strstr(hit, buf_str(&key)) || !strstr(hit, menu_label(a->menu)))
        term_fail_at(r->t, r->words, __FILE__, __LINE__);
    buf_free(&key);
    term_keys(r->t, "<Enter>");
}

/* ---- one row, in all ways ---------------------------------------------------------------------
 */

static void name_run(struct run *r)
{
    static const char *const ways[] = {"by key", "by menu", "by the row's menu", "by palette"};
    snprintf(r->words, sizeof r->words, "%s %s, %s%s%s", action_at(r->row->id)->name, r->row->where,
             ways[r->way], *r->key ? " " : "", r->key);
}

static void add_run(const struct row *row, enum way way, const char *key, size_t n,
                    struct run *runs, size_t *nruns)
{
    struct run *r = &runs[(*nruns)++];
    *r = (struct run){.row = row, .way = way};
    key_to_press(key, n, r->key, sizeof r->key);
    if (!n)
        r->key[0] = '\0';
    name_run(r);
}

/* Returns how many ways there are. */
static size_t add_ways(const struct row *row, struct run *runs)
{
    const struct action *a = action_at(row->id);
    size_t n = 0, len;
    for (const char *k = row->keys ? row->keys : a->keys; *k; k += len + (k[len] == ' ')) {
        len = strcspn(k, " ");
        if (!row->typing || !is_character(k, len))
            add_run(row, BY_KEY, k, len, runs, &n);
    }
    add_run(row, BY_MENU, "", 0, runs, &n);
    if (a->on_row && !row->no_row_menu)
        add_run(row, BY_ROW_MENU, "", 0, runs, &n);
    if (a->id != ACTION_PALETTE) /* which does not name itself */
        add_run(row, BY_PALETTE, "", 0, runs, &n);
    assert_true(n <= WAYS_MAX);
    return n;
}

static void open_run(struct run *r)
{
    static int number;
    snprintf(r->folder, sizeof r->folder, "run-%d", ++number);
    snprintf(r->database, sizeof r->database, "%s/work.db", r->folder);
    assert_int_equal(mkdir(r->folder, 0700), 0);
    copy_file("base.db", r->database);
    r->t =
        term_start(24, r->row->wide ? 160 : 80,
                   (const char *const[]){stage_program, "-d", r->database, "-l", "en", NULL}, NULL);
}

/* All that all of them have sent. */
static size_t bytes_so_far(struct run *runs, size_t n)
{
    size_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        term_take(runs[i].t);
        sum += term_since(runs[i].t);
    }
    return sum;
}

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

/* What comes by itself has come: the strip, the count. */
static void wait_calm(struct run *runs, size_t n)
{
    long since = now_ms(), deadline = since + 20000;
    size_t last = bytes_so_far(runs, n);
    while (now_ms() - since < QUIET_MS) {
        term_wait_idle(runs[0].t, 10);
        size_t sum = bytes_so_far(runs, n);
        if (sum != last)
            since = now_ms();
        last = sum;
        if (now_ms() > deadline)
            term_fail_at(runs[0].t, "it never becomes quiet", __FILE__, __LINE__);
    }
}

static void perform(struct run *r)
{
    switch (r->way) {
    case BY_KEY: term_keys(r->t, r->key); break;
    case BY_MENU: by_menu(r); break;
    case BY_ROW_MENU: by_row_menu(r); break;
    case BY_PALETTE: by_palette(r); break;
    }
}

/* Nothing of what is to come is there already. */
static void check_news(struct run *r)
{
    bool all = true;
    for (size_t i = 0; i < WANTS_MAX && r->row->then[i]; i++)
        all = all && holds(r->t, r->row->then[i]);
    if (all && r->row->then[0])
        term_fail_at(r->t, r->words, __FILE__, __LINE__);
}

static void begin_run(struct run *r)
{
    go(r, r->row->at);
    r->before = written(r->database);
    term_mark(r->t);
    check_news(r);
    perform(r);
}

/* What was sent to the clipboard since the mark, as it was sent. */
static const char *clipboard(struct term *t)
{
    const char *p = strstr(term_bytes(t), "\033]52;c;");
    return p ? p : "";
}

static size_t clipboard_size(struct term *t)
{
    return strcspn(clipboard(t), "\a");
}

static void differ(const struct run *a, const struct run *b, const char *what)
{
    fprintf(stderr, "%s differ:\n--- %s\n", what, a->words);
    term_dump(a->t);
    fprintf(stderr, "--- %s\n", b->words);
    term_dump(b->t);
    fprintf(stderr, "written:\n%s---\n%s", a->after, b->after);
    fail_msg("%s: %s differ", b->words, what);
}

/* The minute at which something was done, "09:05", may be the next one on the next terminal. */
static void mask_minutes(char *text)
{
    static const char digits[] = "0123456789";
    for (char *p = strchr(text, ':'); p; p = strchr(p + 1, ':'))
        if (p - text >= 2 && strspn(p + 1, digits) == 2 && strchr(digits, p[-1]))
            memcpy(p - 2, "hh:mm", 5);
}

static bool same_text(const char *one, const char *other)
{
    char *a = strdup(one), *b = strdup(other);
    mask_minutes(a);
    mask_minutes(b);
    bool same = strcmp(a, b) == 0;
    free(a);
    free(b);
    return same;
}

static void compare(const struct run *a, const struct run *b)
{
    int row[2], col[2];
    bool seen[2] = {term_cursor(a->t, &row[0], &col[0]), term_cursor(b->t, &row[1], &col[1])};
    if (!same_text(term_screen(a->t), term_screen(b->t)))
        differ(a, b, "the screens");
    if (seen[0] != seen[1] || row[0] != row[1] || col[0] != col[1])
        differ(a, b, "the cursors");
    if (strcmp(a->after, b->after) != 0)
        differ(a, b, "what was written");
    if (strcmp(a->draft, b->draft) != 0)
        differ(a, b, "the drafts");
    if (clipboard_size(a->t) != clipboard_size(b->t) ||
        strncmp(clipboard(a->t), clipboard(b->t), clipboard_size(a->t)) != 0)
        differ(a, b, "the clipboards");
}

/* Is it as the row says? */
static void check_run(struct run *r)
{
    r->after = written(r->database);
    r->draft = drafts(r->database);
    bool wrote = strcmp(r->before, r->after) != 0, copied = clipboard_size(r->t) > 0;
    for (size_t i = 0; i < WANTS_MAX && r->row->then[i]; i++)
        wait_for(r, r->row->then[i]);
    if (wrote != r->row->writes)
        differ(r, r, "what was to be written and what was");
    if (copied != r->row->copies)
        differ(r, r, "what was to be copied and what was");
}

static bool is_desk(struct term *t, const void *arg)
{
    (void)arg;
    const char *tabs = term_row(t, 1);
    return strstr(term_row(t, 0), "samling") && !term_attr(t, 0, 79).text[1] &&
           (strstr(tabs, ">1 O") || strstr(tabs, ">2 C") || strstr(tabs, ">3 C") ||
            strstr(tabs, ">4 T"));
}

static void leave_run(struct run *r)
{
    go(r, r->row->leave);
    term_wait(r->t, is_desk, NULL, r->words);
    term_keys(r->t, "q");
}

static void end_run(struct run *r)
{
    int status = term_wait_exit(r->t);
    if (status != 0)
        term_fail_at(r->t, r->words, __FILE__, __LINE__);
    term_end(r->t);
    free(r->before);
    free(r->after);
    free(r->draft);
    unlink(r->database);
    assert_int_equal(rmdir(r->folder), 0);
}

static void end_runs(struct run *runs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        leave_run(&runs[i]);
    for (size_t i = 0; i < n; i++)
        end_run(&runs[i]);
}

/* Rows side by side: what is waited for most is that nothing more comes. */
static void run_rows(struct run *runs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        open_run(&runs[i]);
    for (size_t i = 0; i < n; i++)
        begin_run(&runs[i]);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < WANTS_MAX && runs[i].row->then[k]; k++)
            wait_for(&runs[i], runs[i].row->then[k]);
    wait_calm(runs, n);
    for (size_t i = 0; i < n; i++)
        check_run(&runs[i]);
    for (size_t i = 1; i < n; i++)
        if (runs[i].row == runs[i - 1].row)
            compare(&runs[i - 1], &runs[i]);
    end_runs(runs, n);
}

/* ---- what cannot be done ------------------------------------------------------------------------
 */

static void wait_why(struct run *r, const char *why)
{
    char want[200];
    snprintf(want, sizeof want, "!%s", why);
    wait_for(r, want);
}

static void try_by_key(struct run *r, const struct refusal *f)
{
    const char *keys = f->key ? f->key : action_at(f->id)->keys;
    key_to_press(keys, strcspn(keys, " "), r->key, sizeof r->key);
    term_keys(r->t, r->key);
    wait_why(r, f->why);
}

/* But say it again: seen once all is drawn anew. */
static void enter_does_nothing(struct run *r, const struct refusal *f)
{
    term_mark(r->t);
    term_keys(r->t, "<Enter><C-l>");
    wait_for(r, "#\033[H\033[2J");
    wait_why(r, f->why);
}

/* It is grey; what it would do makes place for why not; Enter leaves it as it is. */
static void try_by_menu(struct run *r, const struct refusal *f)
{
    pull_down(r, menu_label(action_at(f->id)->menu));
    int row = find_item(r, "·");
    move_to(r, row);
    wait_on_row(r, row);
    wait_why(r, f->why);
    enter_does_nothing(r, f);
    find_item(r, "·");
    term_keys(r->t, "<C-g>");
    wait_for(r, "-│·");
}

static bool is_hit(struct term *t, const void *arg)
{
    return term_find(t, arg, NULL, NULL);
}

static void try_by_palette(struct run *r, const struct refusal *f)
{
    char item[100];
    int row = 0;
    const char *label = action_at(f->id)->label;
    term_keys(r->t, "<C-p>");
    wait_for(r, "=part of a command's name");
    term_keys(r->t, label);
    term_wait(r->t, is_typed, label, r->words);
    snprintf(item, sizeof item, "│· %s ", label);
    term_wait(r->t, is_hit, item, r->words);
    term_assert(r->t, term_find(r->t, item, &row, NULL));
    for (; row > FIRST_HIT; row--)
        term_keys(r->t, "<Down>");
    wait_why(r, f->why);
    enter_does_nothing(r, f);
    term_keys(r->t, "<C-g>");
    wait_for(r, "-┌─ Commands");
}

static void try_all(struct run *r, const struct refusal *f)
{
    go(r, f->at);
    r->before = written(r->database);
    try_by_key(r, f);
    try_by_menu(r, f);
    try_by_palette(r, f);
    r->after = written(r->database);
    assert_string_equal(r->before, r->after);
}

static void open_refusal(const struct refusal *f, struct row *row, struct run *r)
{
    *row = (struct row){.id = f->id, .where = f->where, .typing = f->typing};
    memcpy(row->leave, f->leave, sizeof row->leave);
    *r = (struct run){.row = row};
    name_run(r);
    open_run(r);
}

/* ---- the table --------------------------------------------------------------------------------
 */

static char **only; /* names of actions; NULL: all */

static bool is_asked_for(enum action_id id)
{
    for (char **p = only; p && *p; p++)
        if (strcmp(*p, action_at(id)->name) == 0)
            return true;
    return !only;
}

static void the_menu(void **state)
{
    enum menu menu = *(const enum menu *)*state;
    static struct run runs[SIDE_BY_SIDE + WAYS_MAX];
    size_t n = 0;
    for (const struct row *row = rows; row->id; row++) {
        if (action_at(row->id)->menu != menu || !is_asked_for(row->id))
            continue;
        n += add_ways(row, runs + n);
        if (n >= SIDE_BY_SIDE) {
            run_rows(runs, n);
            n = 0;
        }
    }
    if (n)
        run_rows(runs, n);
}

/* Two people to import, and what the example has written already. */
static int open_stage(void **state)
{
    struct db *db;
    struct error err = {0};
    int rc = stage_open(state);
    FILE *f = fopen("folk.csv", "w");
    if (rc != 0 || !f ||
        fputs("Navn;E-post\nKlara Fjeld;k@a.example\nOla Dal;o@a.example\n", f) < 0)
        return -1;
    fclose(f);
    if (db_open(&db, "base.db", 0, &err) != ST_OK)
        return -1;
    struct stmt *st = db_query(db, &err, "SELECT coalesce(max(id), 0) FROM change", "");
    if (stmt_step(st, &err) == STEP_ROW)
        newest_change = stmt_int(st, 0);
    stmt_reset(st);
    db_close(db);
    return 0;
}

static void what_cannot_be_done_says_why(void **state)
{
    (void)state;
    const struct refusal *f = refusals;
    while (f->id) {
        const struct refusal *tried[SIDE_BY_SIDE];
        struct row row[SIDE_BY_SIDE];
        struct run runs[SIDE_BY_SIDE];
        size_t n = 0;
        for (; f->id && n < SIDE_BY_SIDE; f++) {
            if (!is_asked_for(f->id))
                continue;
            tried[n] = f;
            open_refusal(f, &row[n], &runs[n]);
            n++;
        }
        for (size_t i = 0; i < n; i++)
            try_all(&runs[i], tried[i]);
        end_runs(runs, n);
    }
}

static bool has_row(enum action_id id)
{
    for (const struct row *row = rows; row->id; row++)
        if (row->id == id)
            return true;
    return id == ACTION_QUIT; /* which is tried by itself */
}

static void every_action_has_a_row(void **state)
{
    (void)state;
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
        if (!has_row((enum action_id)i))
            fail_msg("%s has no row in everything.h", action_at((enum action_id)i)->name);
}

/* ---- those that leave ---------------------------------------------------------------------------
 */

static void leaving(void **state)
{
    (void)state;
    static const struct row row = {ACTION_QUIT, .where = "from the desk", .at = {DESK}};
    struct run runs[WAYS_MAX];
    size_t n = add_ways(&row, runs);
    for (size_t i = 0; i < n; i++) {
        open_run(&runs[i]);
        go(&runs[i], row.at);
        perform(&runs[i]);
        assert_int_equal(term_wait_exit(runs[i].t), 0);
        term_assert(runs[i].t, !term_altscreen(runs[i].t));
        term_assert(runs[i].t, term_cursor(runs[i].t, NULL, NULL));
        term_end(runs[i].t);
        unlink(runs[i].database);
        rmdir(runs[i].folder);
    }
}

/* Below a shell it is put aside, and comes back as it was. */
static void pausing(void **state)
{
    (void)state;
    static const struct row row = {ACTION_SUSPEND, .where = "below a shell", .at = {DESK}};
    struct run runs[WAYS_MAX];
    size_t n = add_ways(&row, runs);
    for (size_t i = 0; i < n; i++) {
        struct run *r = &runs[i];
        current = fresh_database();
        r->t = term_start(24, 80,
                          (const char *const[]){"sh", "-m", "-c",
                                                "\"$0\" -d \"$1\" -l en; echo put aside; read key; "
                                                "fg >/dev/null; echo at the end",
                                                stage_program, current, NULL},
                          NULL);
        go(r, row.at);
        perform(r);
        wait_for(r, "=put aside");
        term_assert(r->t, !term_altscreen(r->t));
        term_keys(r->t, "<Enter>");
        wait_for(r, ">AMBULERENDE");
        term_assert(r->t, term_altscreen(r->t));
        term_keys(r->t, "q");
        wait_for(r, "=at the end");
        assert_int_equal(term_wait_exit(r->t), 0);
        term_end(r->t);
    }
}

#define OF_MENU(name, which)                                                                       \
    {                                                                                              \
        name, the_menu, NULL, NULL, (void *)(uintptr_t)&menus[which]                               \
    }

int main(int argc, char **argv)
{
    static enum menu menus[MENU_COUNT];
    for (int i = 0; i < MENU_COUNT; i++)
        menus[i] = (enum menu)i;
    const struct CMUnitTest tests[] = {
        OF_MENU("file", MENU_FILE),
        OF_MENU("edit", MENU_EDIT),
        OF_MENU("view", MENU_VIEW),
        OF_MENU("select", MENU_SELECT),
        OF_MENU("calendar", MENU_CALENDAR),
        OF_MENU("roster", MENU_ROSTER),
        OF_MENU("import", MENU_IMPORT),
        OF_MENU("form", MENU_FORM),
        OF_MENU("go", MENU_GO),
        OF_MENU("help", MENU_HELP),
        cmocka_unit_test(what_cannot_be_done_says_why),
        cmocka_unit_test(every_action_has_a_row),
        cmocka_unit_test(leaving),
        cmocka_unit_test(pausing),
    };
    only = argc > 1 ? argv + 1 : NULL;
    return cmocka_run_group_tests_name("everything", tests, open_stage, stage_close);
}
