/* init, undo, redo, user, backup, check: the database as a whole. */
#include "config.h"

#include "cli/commands.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "samling/example.h"
#include "samling/history.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/path.h"

/* ---- init ------------------------------------------------------------------------------------ */

static void see_example(const char *file)
{
    fprintf(stderr, "%s\n", file);
}

static void remove_database(const char *path)
{
    static const char *const parts[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct buf b = {0};
        buf_addf(&b, "%s%s", path, parts[i]);
        unlink(b.s);
        buf_free(&b);
    }
}

/* Makes the file so that nobody else can be making it too, and opens it. *made: there was none
 * before. */
static enum status make_database(const char *path, struct session **s, bool *made,
                                 struct error *err)
{
    /* It will hold what concerns people: nothing for all the others on the host. */
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0660);
    *made = fd >= 0;
    if (fd >= 0)
        close(fd);
    /* When it cannot be made, the words for that are those of opening a new one. */
    return session_open(s, path, *made ? DB_CREATE : DB_CREATE | DB_NEW, NULL, err);
}

static enum status init_at(const char *path, const char *example, struct error *err)
{
    struct session *s = NULL;
    bool made;
    enum status st = make_database(path, &s, &made, err);
    if (st == ST_OK && strcmp(example, "none") != 0)
        st = example_load(s, example, say_progress_wanted() ? see_example : NULL, err);
    session_close(s);
    if (st != ST_OK && made)
        remove_database(path);
    return st;
}

enum status run_init(struct cli *cli, const struct args *args, struct error *err)
{
    struct buf path = {0}, line = {0};
    const char *example = args_value(args, "example");
    enum status st = path_database(cli->database, &path, err);
    if (st == ST_OK)
        st = init_at(path.s, example ? example : "none", err);
    if (st == ST_OK) {
        buf_addf(&line, _("Made %s"), path.s);
        say_clean(line.s, false);
    }
    buf_free(&path);
    buf_free(&line);
    return st;
}

/* ---- undo, redo ------------------------------------------------------------------------------ */

static void keep_line(void *arg, const char *words)
{
    buf_addf(arg, _("Kept: %s"), words);
    buf_addc(arg, '\n');
}

static void tell_lines(const char *lines)
{
    for (const char *p = lines; *p;) {
        size_t n = strcspn(p, "\n");
        struct buf line = {0};
        buf_addn(&line, p, n);
        say_clean(line.s, false);
        buf_free(&line);
        p += n + (p[n] == '\n');
    }
}

/* What was kept is told too; then it was done in part. */
static enum status tell_undone(const char *words, bool redo, const struct undo_report *report,
                               const struct buf *kept, struct error *err)
{
    struct buf line = {0};
    buf_addf(&line, redo ? _("Done again: %s") : _("Taken back: %s"), words);
    say_clean(line.s, false);
    buf_free(&line);
    tell_lines(buf_str(kept));
    return report->kept ? error_set(err, ST_PARTIAL, NULL, NULL, "%s", "") : ST_OK;
}

static enum status undo_last(struct session *s, bool redo, struct error *err)
{
    int64_t set;
    struct buf words = {0}, kept = {0};
    struct undo_report report = {.kept_line = keep_line, .arg = &kept};
    enum status st = undo_next(s, redo, &set, err);
    if (st == ST_OK && !set)
        st = error_set(err, ST_REFUSED, redo ? "redo" : "undo", NULL, "%s",
                       redo ? _("there is nothing to do again")
                            : _("you have changed nothing that could be taken back"));
    if (st == ST_OK) {
        undo_words(s, set, &words);
        st = undo_set(s, set, redo, &report, err);
    }
    if (st == ST_OK)
        st = tell_undone(buf_str(&words), redo, &report, &kept, err);
    else
        tell_lines(buf_str(&kept));
    buf_free(&words);
    buf_free(&kept);
    return st;
}

static enum status undo_import(struct session *s, const char *typed, struct error *err)
{
    const struct record_type *t = type_by_id(T_BATCH);
    struct buf words = {0}, kept = {0};
    struct undo_report report = {.kept_line = keep_line, .arg = &kept};
    int64_t id;
    enum status st = record_find(s, t, typed, &id, err);
    if (st == ST_REFUSED)
        st = error_set(err, st, typed, _("see: samling batches"), "%s",
                       _("there is no such import"));
    if (st != ST_OK)
        return st;
    buf_addf(&words, "%s %lld, ", lang_tr(t->label), (long long)id);
    record_title(s, t, id, &words);
    st = undo_batch(s, id, &report, err);
    if (st == ST_OK)
        st = tell_undone(buf_str(&words), false, &report, &kept, err);
    else
        tell_lines(buf_str(&kept));
    buf_free(&words);
    buf_free(&kept);
    return st;
}

enum status run_undo(struct cli *cli, const struct args *args, struct error *err)
{
    return args->n ? undo_import(cli->session, args->word[0], err)
                   : undo_last(cli->session, false, err);
}

enum status run_redo(struct cli *cli, const struct args *args, struct error *err)
{
    (void)args;
    return undo_last(cli->session, true, err);
}

/* ---- user ------------------------------------------------------------------------------------ */

/* `user add NAME …` and `user set NAME …` are `add user` and `set user`, with the name and the role
 * written without their fields. Hands `run` the words that those expect. */
static enum status as_record(struct cli *cli, const struct args *args, bool add,
                             enum status (*run)(struct cli *, const struct args *, struct error *),
                             struct error *err)
{
    struct buf name = {0}, role = {0};
    struct args given = {.word = mem_alloc((args->n + 1) * sizeof *given.word)};
    given.word[given.n++] = "user";
    buf_addf(&name, "%s%s", add ? "name=" : "", args->word[1]);
    given.word[given.n++] = name.s;
    for (size_t i = 2; i < args->n; i++) {
        const char *word = args->word[i];
        if (i == 2 && !strchr(word, '=')) {
            buf_addf(&role, "role=%s", word);
            word = role.s;
        }
        given.word[given.n++] = word;
    }
    enum status st = run(cli, &given, err);
    args_free(&given);
    buf_free(&name);
    buf_free(&role);
    return st;
}

enum status run_user(struct cli *cli, const struct args *args, struct error *err)
{
    const char *verb = args->word[0];
    struct listing_query q = {.listing = listing_by_name("users")};
    if (strcmp(verb, "list") == 0 && args->n == 1)
        return export_listing(cli->session, &q, EXPORT_TEXT, 0, stdout, NULL, err);
    if (strcmp(verb, "add") == 0 && args->n >= 2)
        return as_record(cli, args, true, run_add, err);
    if (strcmp(verb, "set") == 0 && args->n >= 3)
        return as_record(cli, args, false, run_set, err);
    return usage_error(
        cli, verb, _("write: user list, user add NAME [ROLE], or user set NAME FIELD=VALUE"), err);
}

/* ---- backup, check --------------------------------------------------------------------------- */

enum status run_backup(struct cli *cli, const struct args *args, struct error *err)
{
    struct buf line = {0};
    enum status st = db_backup(cli->session->db, args->word[0], err);
    if (st == ST_OK) {
        buf_addf(&line, _("Copied to %s"), args->word[0]);
        say_clean(line.s, false);
    }
    buf_free(&line);
    return st;
}

static void tell_finding(void *arg, const char *line)
{
    (void)arg;
    say_clean(line, false);
}

enum status run_check(struct cli *cli, const struct args *args, struct error *err)
{
    (void)args;
    enum status st = db_check(cli->session->db, tell_finding, NULL, err);
    if (st == ST_OK)
        st = record_verify(cli->session, tell_finding, NULL, err);
    if (st == ST_OK)
        printf("%s\n", _("No damage was found."));
    return st;
}
