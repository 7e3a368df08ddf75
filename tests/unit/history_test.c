#include "config.h"

#include "desk.h"

#include "samling/history.h"
#include "samling/lang.h"
#include "samling/merge.h"
#include "samling/roster.h"

static struct session *s;
static struct programme p;
static struct buf kept;

static int open_session(void **state)
{
    (void)state;
    lang_init("en");
    if (desk_make_folder(state) != 0)
        return -1;
    s = desk_open(in_folder("history.db"), "anna");
    p = desk_programme(s, 3);
    return 0;
}

static int close_session(void **state)
{
    (void)state;
    desk_sound(s);
    session_close(s);
    buf_free(&kept);
    return desk_remove_folder(state);
}

static enum status try_undo(struct session *by, bool redo, struct undo_report *report,
                            struct error *why)
{
    int64_t set;
    *report = (struct undo_report){.kept_line = desk_line, .arg = &kept};
    buf_clear(&kept);
    OK(undo_next(by, redo, &set, err));
    if (!set)
        return error_set(why, ST_USAGE, "undo", NULL, "%s", "nothing");
    return undo_set(by, set, redo, report, why);
}

/* Undoes (or redoes) the next and wants this many records put back and left. */
static void undo(struct session *by, long done, long left)
{
    struct undo_report r;
    OK(try_undo(by, false, &r, err));
    if (r.done != done || r.kept != left)
        fail_msg("undo put back %ld and kept %ld, not %ld and %ld: %s", r.done, r.kept, done, left,
                 buf_str(&kept));
}

static void redo(struct session *by, long done)
{
    struct undo_report r;
    OK(try_undo(by, true, &r, err));
    if (r.done != done || r.kept)
        fail_msg("redo put back %ld and kept %ld, not %ld: %s", r.done, r.kept, done,
                 buf_str(&kept));
}

static void nothing(struct session *by, bool again)
{
    int64_t set = 5;
    OK(undo_next(by, again, &set, err));
    assert_int_equal(set, 0);
}

/* ---- reading ---- */

struct seen {
    int n, stop_at;
    char text[20][200];
};

static bool see(void *arg, const struct change *c)
{
    struct seen *seen = arg;
    struct buf b = {0};
    change_text(s, c, &b);
    /* Without the day, the hour and the name. */
    const char *rest = strstr(buf_str(&b), "anna  ");
    assert_non_null(rest);
    snprintf(seen->text[seen->n++], sizeof seen->text[0], "%s", rest + 6);
    buf_free(&b);
    return seen->n != seen->stop_at;
}

static void test_history(void **state)
{
    (void)state;
    struct seen seen = {0};
    int64_t id = desk_add(s, T_PERSON, "given_name", "Nina", NULL);
    desk_set(s, T_PERSON, id, "email", "nina@asker.no");
    desk_set(s, T_PERSON, id, "email", NULL);
    undo(s, 1, 0);
    desk_remove(s, T_PERSON, id);
    OK(history_each(s, type_of(T_PERSON), id, see, &seen, err));
    assert_int_equal(seen.n, 5);
    assert_string_equal(seen.text[0], "removed");
    assert_string_equal(seen.text[1], "E-mail: – → nina@asker.no (undo)");
    assert_string_equal(seen.text[2], "E-mail: nina@asker.no → –");
    assert_string_equal(seen.text[3], "E-mail: – → nina@asker.no");
    assert_string_equal(seen.text[4], "added");
    seen = (struct seen){.stop_at = 2};
    OK(history_each(s, type_of(T_PERSON), id, see, &seen, err));
    assert_int_equal(seen.n, 2);
    seen = (struct seen){0};
    OK(history_each(s, type_of(T_PERSON), 98765, see, &seen, err));
    assert_int_equal(seen.n, 0);
}

static void test_history_is_clean(void **state)
{
    (void)state;
    struct seen seen = {0};
    int64_t o = desk_add(s, T_ORGANISATION, "name", "Ny", NULL);
    desk_set(s, T_ORGANISATION, o, "note", "a\x1b[2J\nb");
    desk_set(s, T_PERSON, p.person[0], "family_name", "Øy");
    OK(history_each(s, type_of(T_ORGANISATION), o, see, &seen, err));
    assert_null(strpbrk(seen.text[0], "\x1b\n"));
}

/* ---- one's own ---- */

static void test_set(void **state)
{
    (void)state;
    desk_set(s, T_PERSON, p.person[0], "email", "a@asker.no");
    desk_set(s, T_PERSON, p.person[0], "email", "b@asker.no");
    undo(s, 1, 0);
    desk_is(s, T_PERSON, p.person[0], "email", "a@asker.no");
    undo(s, 1, 0);
    desk_is(s, T_PERSON, p.person[0], "email", NULL);
    redo(s, 1);
    desk_is(s, T_PERSON, p.person[0], "email", "a@asker.no");
    redo(s, 1);
    desk_is(s, T_PERSON, p.person[0], "email", "b@asker.no");
    nothing(s, true);
    undo(s, 1, 0);
    undo(s, 1, 0);
    desk_is(s, T_PERSON, p.person[0], "email", NULL);
    redo(s, 1);
    desk_set(s, T_PERSON, p.person[1], "email",
             "c@asker.no"); /* something new closes the way back */
    nothing(s, true);
    undo(s, 1, 0);
    desk_is(s, T_PERSON, p.person[1], "email", NULL);
    redo(s, 1);
    nothing(s, true); /* what was closed stays closed */
    desk_is(s, T_PERSON, p.person[0], "email", "a@asker.no");
}

static void test_add(void **state)
{
    (void)state;
    int64_t id = desk_add(s, T_PERSON, "given_name", "Per", "email", "per@asker.no", NULL);
    undo(s, 1, 0);
    assert_false(desk_there(s, T_PERSON, id));
    redo(s, 1);
    desk_is(s, T_PERSON, id, "given_name", "Per");
    desk_is(s, T_PERSON, id, "email", "per@asker.no");
    undo(s, 1, 0);
    assert_false(desk_there(s, T_PERSON, id));
    redo(s, 1);
    desk_set(s, T_PERSON, id, "given_name", "Pål");
    undo(s, 1, 0);
    undo(s, 1, 0);
    assert_false(desk_there(s, T_PERSON, id));
    redo(s, 1);
    redo(s, 1);
    desk_is(s, T_PERSON, id, "given_name", "Pål");
}

static void test_remove(void **state)
{
    (void)state;
    desk_set(s, T_OFFERING, p.offering, "contact", num(p.person[2]));
    desk_remove(s, T_ENROLMENT, p.enrolment[2]);
    desk_set(s, T_PERSON, p.person[2], "email", "d@asker.no");
    desk_remove(s, T_PERSON, p.person[2]);
    desk_is(s, T_OFFERING, p.offering, "contact", NULL);
    undo(s, 3, 0); /* the person, the position, the contact */
    desk_is(s, T_PERSON, p.person[2], "email", "d@asker.no");
    desk_is(s, T_OFFERING, p.offering, "contact", num(p.person[2]));
    assert_int_equal(desk_count(s, "SELECT count(*) FROM position"), 3);
    redo(s, 3);
    assert_false(desk_there(s, T_PERSON, p.person[2]));
    undo(s, 3, 0);
    undo(s, 1, 0); /* the e-mail */
    undo(s, 1, 0); /* the enrolment */
    assert_true(desk_there(s, T_ENROLMENT, p.enrolment[2]));
    desk_sound(s);
}

static void test_several_in_one_act(void **state)
{
    (void)state;
    OK(session_begin(s, ACT_ADD, err));
    int64_t id = desk_add(s, T_PERSON, "given_name", "Siv", NULL);
    desk_add(s, T_POSITION, "person", num(id), "organisation", num(p.organisation), NULL);
    desk_set(s, T_PERSON, id, "email", "siv@asker.no");
    desk_set(s, T_PERSON, p.person[0], "phone", "912 34 567");
    OK(session_commit(s, err));
    undo(s, 3, 0);
    assert_false(desk_there(s, T_PERSON, id));
    desk_is(s, T_PERSON, p.person[0], "phone", NULL);
    redo(s, 3);
    desk_is(s, T_PERSON, id, "email", "siv@asker.no");
    assert_int_equal(desk_count(s, "SELECT count(*) FROM position"), 4);
}

static void test_added_and_removed_in_one_act(void **state)
{
    (void)state;
    OK(session_begin(s, ACT_ADD, err));
    int64_t id = desk_add(s, T_PERSON, "given_name", "Siv", NULL);
    OK(record_remove(s, type_of(T_PERSON), id, 0, err));
    OK(session_commit(s, err));
    undo(s, 1, 0); /* there and gone again: as before */
    assert_false(desk_there(s, T_PERSON, id));
}

static void test_attendance(void **state)
{
    (void)state;
    struct attendance_result r;
    OK(attendance_record(s, p.gathering[0], "1-2 !3", NULL, &r, err));
    OK(attendance_record(s, p.gathering[0], "?1 -2", NULL, &r, err));
    undo(s, 2, 0);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM attendance WHERE mark = 'present'"), 2);
    undo(s, 3, 0);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM attendance"), 0);
    redo(s, 3);
    redo(s, 2);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM attendance WHERE mark = 'excused'"), 1);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM attendance"), 2);
}

/* ---- what others did since ---- */

static struct session *other(void)
{
    return desk_open(db_path(s->db), "bo");
}

static void test_field_edited_since(void **state)
{
    (void)state;
    struct session *bo = other();
    desk_set(s, T_PERSON, p.person[0], "email", "a@asker.no");
    desk_set(bo, T_PERSON, p.person[0], "phone", "912 34 567"); /* another field: no matter */
    undo(s, 1, 0);
    desk_is(s, T_PERSON, p.person[0], "email", NULL);
    desk_is(s, T_PERSON, p.person[0], "phone", "912 34 567");
    redo(s, 1);
    desk_set(bo, T_PERSON, p.person[0], "email", "b@asker.no");
    struct undo_report r;
    FAILS(ST_REFUSED, try_undo(s, false, &r, err));
    assert_int_equal(r.kept, 1);
    assert_string_equal(buf_str(&kept), "person Kari Aas: edited since, kept");
    desk_is(s, T_PERSON, p.person[0], "email", "b@asker.no");
    assert_false(db_in_transaction(s->db));
    undo(bo, 1, 0);
    undo(s, 1, 0); /* bo's is out of the way */
    desk_is(s, T_PERSON, p.person[0], "email", NULL);
    session_close(bo);
}

static void test_some_fields_edited_since(void **state)
{
    (void)state;
    struct session *bo = other();
    struct record *r;
    OK(record_load(s, type_of(T_PERSON), p.person[1], &r, err));
    record_put(r, type_field(r->type, "email"), "x@asker.no");
    record_put(r, type_field(r->type, "phone"), "912 34 567");
    record_put(r, type_field(r->type, "note"), "vegetar");
    OK(desk_write(s, ACT_SET, r, record_update, err));
    record_free(r);
    desk_set(bo, T_PERSON, p.person[1], "phone", "922 34 567");
    desk_set(bo, T_PERSON, p.person[1], "note", "allergi");
    undo(s, 1, 1); /* one record, one line, though two fields stay */
    desk_is(s, T_PERSON, p.person[1], "email", NULL);
    desk_is(s, T_PERSON, p.person[1], "phone", "922 34 567");
    desk_is(s, T_PERSON, p.person[1], "note", "allergi");
    session_close(bo);
}

static void test_added_and_edited_by_another(void **state)
{
    (void)state;
    struct session *bo = other();
    struct undo_report r;
    int64_t id = desk_add(s, T_PERSON, "given_name", "Lise", NULL);
    desk_set(bo, T_PERSON, id, "family_name", "Lie");
    FAILS(ST_REFUSED, try_undo(s, false, &r, err));
    assert_string_equal(buf_str(&kept), "person Lise Lie: edited since, kept");
    assert_true(desk_there(s, T_PERSON, id));
    undo(bo, 1, 0);
    undo(s, 1, 0);
    assert_false(desk_there(s, T_PERSON, id));
    session_close(bo);
}

static void test_added_and_used_by_another(void **state)
{
    (void)state;
    struct session *bo = other();
    struct undo_report r;
    int64_t id = desk_add(s, T_PERSON, "given_name", "Tor", NULL);
    int64_t position =
        desk_add(bo, T_POSITION, "person", num(id), "organisation", num(p.organisation), NULL);
    FAILS(ST_REFUSED, try_undo(s, false, &r, err)); /* bo's position would go with it */
    assert_string_equal(buf_str(&kept), "person Tor: used since, kept");
    assert_true(desk_there(s, T_POSITION, position));
    desk_remove(bo, T_POSITION, position);
    int64_t enrolment = desk_add(bo, T_ENROLMENT, "cohort", num(p.cohort), "person", num(id), NULL);
    FAILS(ST_REFUSED, try_undo(s, false, &r, err));
    assert_true(desk_there(s, T_ENROLMENT, enrolment));
    assert_int_equal(r.kept, 1);
    desk_remove(bo, T_ENROLMENT, enrolment);
    undo(s, 1, 0);
    session_close(bo);
}

/* The person and the position were made together; the person is kept, so the position is. */
static void test_kept_with_its_parts(void **state)
{
    (void)state;
    struct session *bo = other();
    OK(session_begin(s, ACT_ADD, err));
    int64_t id = desk_add(s, T_PERSON, "given_name", "Mona", NULL);
    int64_t position =
        desk_add(s, T_POSITION, "person", num(id), "organisation", num(p.organisation), NULL);
    int64_t another = desk_add(s, T_PERSON, "given_name", "Nora", NULL);
    OK(session_commit(s, err));
    desk_set(bo, T_PERSON, id, "email", "mona@asker.no");
    undo(s, 1, 1);
    assert_true(desk_there(s, T_PERSON, id));
    assert_true(desk_there(s, T_POSITION, position));
    assert_false(desk_there(s, T_PERSON, another));
    session_close(bo);
}

static void test_removed_since(void **state)
{
    (void)state;
    struct session *bo = other();
    struct undo_report r;
    int64_t id = desk_add(s, T_PERSON, "given_name", "Ida", NULL);
    desk_set(s, T_PERSON, id, "email", "ida@asker.no");
    desk_remove(bo, T_PERSON, id);
    FAILS(ST_REFUSED, try_undo(s, false, &r, err));
    assert_non_null(strstr(buf_str(&kept), "removed since"));
    undo(bo, 1, 0);
    undo(s, 1, 0);
    undo(s, 1, 0);
    assert_false(desk_there(s, T_PERSON, id));
    session_close(bo);
}

static void test_what_it_belonged_to_is_gone(void **state)
{
    (void)state;
    struct session *bo = other();
    struct undo_report r;
    int64_t o = desk_add(s, T_ORGANISATION, "name", "Kort tid", NULL);
    int64_t id = desk_add(s, T_PERSON, "given_name", "Eli", NULL);
    int64_t position = desk_add(s, T_POSITION, "person", num(id), "organisation", num(o), NULL);
    int64_t offering =
        desk_add(s, T_OFFERING, "code", "TMP", "title", "Kort", "organiser", num(o), NULL);
    desk_remove(s, T_POSITION, position);
    desk_remove(bo, T_ORGANISATION, o); /* empties the offering's organiser */
    FAILS(ST_REFUSED, try_undo(s, false, &r, err));
    assert_non_null(strstr(buf_str(&kept), "what it belongs to is gone"));
    undo(bo, 2, 0);
    undo(s, 1, 0);
    assert_true(desk_there(s, T_POSITION, position));
    desk_is(s, T_OFFERING, offering, "organiser", num(o));

    /* A reference that may be empty comes back empty. */
    desk_remove(s, T_OFFERING, offering);
    desk_remove(bo, T_POSITION, position);
    desk_remove(bo, T_ORGANISATION, o);
    undo(s, 1, 0);
    desk_is(s, T_OFFERING, offering, "organiser", NULL);
    session_close(bo);
}

static void test_taken_since(void **state)
{
    (void)state;
    struct session *bo = other();
    struct undo_report r;
    int64_t id = desk_add(s, T_OFFERING, "code", "TATT", "title", "En", NULL);
    desk_set(s, T_OFFERING, id, "code", "LEDIG");
    int64_t theirs = desk_add(bo, T_OFFERING, "code", "tatt", "title", "To", NULL);
    FAILS(ST_REFUSED, try_undo(s, false, &r, err));
    assert_non_null(strstr(buf_str(&kept), "taken by To"));
    desk_is(s, T_OFFERING, id, "code", "LEDIG");
    desk_remove(s, T_OFFERING, id);
    desk_set(bo, T_OFFERING, theirs, "code", "ledig");
    FAILS(ST_REFUSED, try_undo(s, false, &r, err));
    assert_false(desk_there(s, T_OFFERING, id));
    session_close(bo);
}

static void test_not_another_ones(void **state)
{
    (void)state;
    struct session *bo = other();
    nothing(bo, false); /* somebody who never wrote */
    desk_set(s, T_PERSON, p.person[0], "note", "x");
    desk_set(bo, T_PERSON, p.person[1], "note", "y");
    undo(s, 1, 0);
    desk_is(s, T_PERSON, p.person[1], "note", "y");
    undo(bo, 1, 0);
    nothing(bo, false);
    redo(bo, 1);
    session_close(bo);
}

static void test_twice(void **state)
{
    (void)state;
    int64_t set;
    struct undo_report r = {0};
    desk_set(s, T_PERSON, p.person[0], "note", "z");
    OK(undo_next(s, false, &set, err));
    OK(undo_set(s, set, false, &r, err));
    r = (struct undo_report){0};
    FAILS(ST_REFUSED, undo_set(s, set, false, &r, err));
    FAILS(ST_REFUSED, undo_set(s, 987654, false, &r, err));
    FAILS(ST_REFUSED, undo_batch(s, 987654, &r, err));
    assert_false(db_in_transaction(s->db));
}

static void test_a_reader_undoes_nothing(void **state)
{
    (void)state;
    int64_t set;
    struct undo_report r = {0};
    desk_set(s, T_PERSON, p.person[0], "note", "reader");
    OK(undo_next(s, false, &set, err));
    desk_add(s, T_USER, "name", "bo", "role", "reader", NULL);
    struct session *bo = other();
    FAILS(ST_REFUSED, undo_set(bo, set, false, &r, err));
    desk_is(s, T_PERSON, p.person[0], "note", "reader");
    session_close(bo);
}

/* ---- words ---- */

static void words_are(const char *want)
{
    int64_t set;
    struct buf b = {0};
    OK(undo_next(s, false, &set, err));
    undo_words(s, set, &b);
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

static void test_words(void **state)
{
    (void)state;
    int64_t id = desk_add(s, T_PERSON, "given_name", "Rut", "family_name", "Ås", NULL);
    words_are("new: Rut Ås");
    desk_set(s, T_PERSON, id, "email", "rut@asker.no");
    words_are("change: Rut Ås (E-mail)");
    OK(session_begin(s, ACT_REMOVE, err));
    OK(session_commit(s, err)); /* nothing was written: nothing to undo */
    words_are("change: Rut Ås (E-mail)");
    desk_add(s, T_POSITION, "person", num(id), "organisation", num(p.organisation), NULL);
    words_are("new: Rut Ås, Solsikken barnehage");
    desk_remove(s, T_PERSON, id); /* its position goes first, but is not what was meant */
    words_are("removal: Rut Ås and 1 more");
    struct buf b = {0};
    undo(s, 2, 0);
    int64_t set;
    OK(undo_next(s, true, &set, err));
    undo_words(s, set, &b);
    assert_string_equal(buf_str(&b), "removal: Rut Ås and 1 more");
    buf_clear(&b);
    undo_words(s, 987654, &b); /* none: no words, no harm */
    buf_free(&b);
}

static void redo_words_are(const char *want)
{
    int64_t set;
    struct buf b = {0};
    OK(undo_next(s, true, &set, err));
    undo_words(s, set, &b);
    assert_string_equal(buf_str(&b), want);
    buf_free(&b);
}

/* What is undone is called what it is called when it is done again. */
static void words_both_ways(const char *want, long records)
{
    words_are(want);
    undo(s, records, 0);
    redo_words_are(want);
    redo(s, records);
    words_are(want);
}

static void test_words_of_what_is_gone(void **state)
{
    (void)state;
    desk_set(s, T_PERSON, p.person[0], "family_name", "Nordmann");
    desk_remove(s, T_ENROLMENT, p.enrolment[0]);
    words_both_ways("removal: Kari Nordmann, BIM/1", 1);
    int64_t kurs = desk_add(s, T_OFFERING, "code", "KURS", "title", "Kurs i lek", NULL);
    words_both_ways("new: Kurs i lek", 1);
    int64_t pulje = desk_add(s, T_COHORT, "offering", num(kurs), "name", "Pulje 1", NULL);
    int64_t e = desk_add(s, T_ENROLMENT, "cohort", num(pulje), "person", num(p.person[0]), NULL);
    desk_remove(s, T_ENROLMENT, e);
    int64_t set;
    OK(undo_next(s, false, &set, err));
    desk_remove(s, T_COHORT, pulje);
    desk_remove(s, T_OFFERING, kurs);
    words_are("removal: Kurs i lek");
    struct buf b = {0};
    undo_words(s, set, &b); /* the cohort is gone since */
    assert_string_equal(buf_str(&b), "removal: Pulje 1, Kari Nordmann");
    buf_free(&b);
}

/* Of two that became one: the one that went. */
static void test_words_of_a_merge(void **state)
{
    (void)state;
    struct record *stays;
    int64_t goes = desk_add(s, T_PERSON, "given_name", "Britt", "family_name", "Askeland", NULL);
    OK(record_load(s, type_of(T_PERSON), p.person[0], &stays, err));
    record_put(stays, type_field(stays->type, "alias"), "Britta");
    OK(merge_records(s, stays, goes, 1, err));
    record_free(stays);
    words_both_ways("made one of two: Britt Askeland and 1 more", 2);
}

/* ---- an import ---- */

static int64_t begin_batch(void)
{
    struct record *r = record_new(type_of(T_BATCH));
    OK(session_begin(s, ACT_IMPORT, err));
    record_put(r, type_field(r->type, "type"), "roster");
    record_put(r, type_field(r->type, "file"), "list.csv");
    static const char *const counts[] = {"rows",    "new",     "matched",
                                         "changed", "unclear", "rejected"};
    for (size_t i = 0; i < 6; i++)
        record_put(r, type_field(r->type, counts[i]), "0");
    OK(record_insert(s, r, err));
    int64_t id = s->batch = r->id;
    OK(session_change_set(s, NULL, err));
    record_free(r);
    return id;
}

static void end_batch(void)
{
    s->batch = 0;
    OK(session_commit(s, err));
}

struct imported {
    int64_t batch, organisation, person[3], position[3], enrolment[3];
};

static struct imported import(void)
{
    struct imported i = {.batch = begin_batch()};
    i.organisation = desk_add(s, T_ORGANISATION, "name", "Fra lista", NULL);
    for (int n = 0; n < 3; n++) {
        i.person[n] = desk_add(s, T_PERSON, "given_name", "Ny", "family_name", num(n), NULL);
        i.position[n] = desk_add(s, T_POSITION, "person", num(i.person[n]), "organisation",
                                 num(i.organisation), NULL);
        i.enrolment[n] =
            desk_add(s, T_ENROLMENT, "cohort", num(p.cohort), "person", num(i.person[n]), NULL);
    }
    desk_set(s, T_PERSON, p.person[0], "phone", "933 33 333");
    end_batch();
    return i;
}

static void undo_whole(int64_t batch, long done, long left)
{
    struct undo_report r = {.kept_line = desk_line, .arg = &kept};
    buf_clear(&kept);
    OK(undo_batch(s, batch, &r, err));
    if (r.done != done || r.kept != left)
        fail_msg("put back %ld and kept %ld, not %ld and %ld: %s", r.done, r.kept, done, left,
                 buf_str(&kept));
}

static void test_import(void **state)
{
    (void)state;
    desk_set(s, T_PERSON, p.person[0], "phone", "911 11 111");
    struct imported i = import();
    words_are("import: list.csv");
    undo(s, 11, 0); /* by the way of the last change */
    assert_false(desk_there(s, T_PERSON, i.person[0]) ||
                 desk_there(s, T_ORGANISATION, i.organisation));
    desk_is(s, T_PERSON, p.person[0], "phone", "911 11 111");
    struct undo_report r = {0};
    FAILS(ST_REFUSED, undo_batch(s, i.batch, &r, err));
    desk_sound(s);

    redo(s, 11);
    desk_is(s, T_PERSON, p.person[0], "phone", "933 33 333");
    desk_is(s, T_PERSON, i.person[2], "family_name", "2");
    assert_true(desk_there(s, T_POSITION, i.position[1]));
    assert_int_equal(desk_count(s, "SELECT count(*) FROM batch WHERE undone_at IS NOT NULL"), 0);
    undo_whole(i.batch, 11, 0); /* as a whole again */
    assert_false(desk_there(s, T_PERSON, i.person[0]));
    desk_is(s, T_PERSON, p.person[0], "phone", "911 11 111");
    redo(s, 11);
    undo(s, 11, 0);
    assert_false(desk_there(s, T_PERSON, i.person[0]));
    desk_sound(s);
}

static void test_import_that_only_made(void **state)
{
    (void)state;
    int64_t batch = begin_batch(),
            a = desk_add(s, T_PERSON, "given_name", "Bare", "family_name", "Ny", NULL);
    end_batch();
    undo_whole(batch, 1, 0);
    assert_false(desk_there(s, T_PERSON, a));
    redo(s, 1);
    assert_true(desk_there(s, T_PERSON, a));
    undo(s, 1, 0);
    assert_false(desk_there(s, T_PERSON, a));
}

static void test_import_edited_since(void **state)
{
    (void)state;
    struct imported i = import();
    struct session *bo = other();
    desk_set(bo, T_PERSON, i.person[0], "email",
             "ny@asker.no"); /* edited: stays, with the position */
    OK(attendance_mark(bo, p.gathering[0], i.enrolment[1], "present",
                       err));                                   /* used: stays, with the person */
    desk_set(bo, T_PERSON, p.person[0], "phone", "955 55 555"); /* edited after the import: stays */
    undo_whole(i.batch, 4, 5);
    assert_true(desk_there(s, T_PERSON, i.person[0]));
    assert_true(desk_there(s, T_POSITION, i.position[0]));
    assert_false(desk_there(s, T_ENROLMENT, i.enrolment[0]));
    assert_true(desk_there(s, T_PERSON, i.person[1]));
    assert_true(desk_there(s, T_POSITION, i.position[1]));
    assert_true(desk_there(s, T_ENROLMENT, i.enrolment[1]));
    assert_false(desk_there(s, T_PERSON, i.person[2]));
    assert_true(desk_there(s, T_ORGANISATION, i.organisation));
    desk_is(s, T_PERSON, p.person[0], "phone", "955 55 555");
    assert_int_equal(desk_count(s, "SELECT count(*) FROM attendance"), 1);
    session_close(bo);
    desk_sound(s);
}

static void test_import_of_positions_only(void **state)
{
    (void)state;
    int64_t batch = begin_batch();
    int64_t position = desk_add(s, T_POSITION, "person", num(p.person[0]), "organisation",
                                num(p.organisation), "role", "adviser", NULL);
    end_batch();
    undo_whole(batch, 1, 0); /* its person was there before: only the position goes */
    assert_false(desk_there(s, T_POSITION, position));
    assert_true(desk_there(s, T_PERSON, p.person[0]));
}

static void test_import_with_everything_used(void **state)
{
    (void)state;
    int64_t batch = begin_batch(),
            a = desk_add(s, T_PERSON, "given_name", "I", "family_name", "Bruk", NULL);
    end_batch();
    desk_set(s, T_PERSON, a, "note", "x");
    struct undo_report r = {0};
    FAILS(ST_REFUSED, undo_batch(s, batch, &r, err));
    assert_int_equal(r.kept, 1);
    assert_false(db_in_transaction(s->db));
    undo(s, 1, 0);
    undo_whole(batch, 1, 0);
}

int main(void)
{
#define EACH(fn) cmocka_unit_test_setup_teardown(fn, open_session, close_session)
    const struct CMUnitTest all[] = {
        EACH(test_history),
        EACH(test_history_is_clean),
        EACH(test_set),
        EACH(test_add),
        EACH(test_remove),
        EACH(test_several_in_one_act),
        EACH(test_added_and_removed_in_one_act),
        EACH(test_attendance),
        EACH(test_field_edited_since),
        EACH(test_some_fields_edited_since),
        EACH(test_added_and_edited_by_another),
        EACH(test_added_and_used_by_another),
        EACH(test_kept_with_its_parts),
        EACH(test_removed_since),
        EACH(test_what_it_belonged_to_is_gone),
        EACH(test_taken_since),
        EACH(test_not_another_ones),
        EACH(test_twice),
        EACH(test_a_reader_undoes_nothing),
        EACH(test_words),
        EACH(test_words_of_what_is_gone),
        EACH(test_words_of_a_merge),
        EACH(test_import),
        EACH(test_import_that_only_made),
        EACH(test_import_edited_since),
        EACH(test_import_of_positions_only),
        EACH(test_import_with_everything_used),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
