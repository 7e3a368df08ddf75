/* Who is it, and where. Each import here is rehearsed first, and must come to the same when it is
 * written. */
#include "config.h"

#include "samling/bulk.h"
#include "samling/history.h"
#include "samling/import.h"
#include "samling/lookup.h"
#include "samling/text.h"

#include "desk.h"

#include "core/also.h"
#include "exchange/match.h"

/* ---- help ------------------------------------------------------------------------------------ */

struct room {
    struct session *s;
    struct import_options options;
    struct import_decision decision[8]; /* of line i + 2 */
    bool decided;
    struct buf seen;             /* "LINE VERDICT NAME|ORGANISATION|REASON\n" */
    enum type_id candidate_type; /* of the last row */
    int64_t candidate[8];
    size_t ncandidates;
    struct import_result result;
};

static void room_open(struct room *r, const char *type)
{
    *r = (struct room){.s = desk_open(":memory:", "anna"), .options.type = type};
    for (size_t i = 0; i < 8; i++)
        r->decision[i] = (struct import_decision){.person = IMPORT_ASK, .organisation = IMPORT_ASK};
}

static void room_close(struct room *r)
{
    desk_sound(r->s);
    session_close(r->s);
    buf_free(&r->seen);
}

static void on_row(void *arg, const struct import_row *row)
{
    struct room *r = arg;
    buf_addf(&r->seen, "%ld %s %s|%s|%s\n", row->line, verdict_name(row->verdict), row->name,
             row->organisation, row->reason);
    r->candidate_type = row->candidate_type;
    r->ncandidates = row->ncandidates;
    for (size_t i = 0; i < row->ncandidates && i < 8; i++)
        r->candidate[i] = row->candidate[i];
}

static void run(struct room *r, struct import *imp, bool write)
{
    struct import_watch watch = {.row = on_row, .arg = r};
    buf_clear(&r->seen);
    OK(import_run(imp, write, &watch, &r->result, err));
}

static void go(struct room *r, const char *csv)
{
    struct import *imp = NULL;
    OK(import_open_memory(&imp, r->s, &r->options, "list.csv", csv, strlen(csv), err));
    for (long i = 0; i < 8 && r->decided; i++)
        import_decide(imp, i + 2, r->decision[i]);
    run(r, imp, false);
    char *rehearsed = mem_strdup(buf_str(&r->seen));
    run(r, imp, true);
    assert_string_equal(buf_str(&r->seen), rehearsed);
    free(rehearsed);
    import_close(imp);
}

static void expect(struct room *r, const char *csv, const char *seen)
{
    go(r, csv);
    assert_string_equal(buf_str(&r->seen), seen);
}

static void decide(struct room *r, long line, int64_t person, int64_t organisation)
{
    r->decided = true;
    r->decision[line - 2] =
        (struct import_decision){.person = person, .organisation = organisation};
}

static void is_unclear(const struct room *r, enum type_id type, int64_t first, int64_t second)
{
    assert_int_equal(r->candidate_type, type);
    assert_int_equal(r->ncandidates, second ? 2 : 1);
    assert_int_equal(r->candidate[0], first);
    if (second)
        assert_int_equal(r->candidate[1], second);
}

static int64_t place(struct session *s, const char *name, const char *municipality)
{
    return desk_add(s, T_ORGANISATION, "name", name, "kind", "kindergarten", "municipality",
                    municipality, NULL);
}

static int64_t works(struct session *s, int64_t person, int64_t organisation, const char *ends)
{
    return desk_add(s, T_POSITION, "person", num(person), "organisation", num(organisation), "role",
                    "styrer", "ends", ends, NULL);
}

static int64_t human(struct session *s, const char *given, const char *family, const char *alias)
{
    return desk_add(s, T_PERSON, "given_name", given, "family_name", family, "alias", alias, NULL);
}

/* ---- other names ----------------------------------------------------------------------------- */

static void also_are(struct session *s, enum type_id type, int64_t id, const char *want)
{
    char *have = NULL;
    OK(db_get_text(s->db, &have, err,
                   "SELECT group_concat(match_name, ', ') FROM (SELECT match_name FROM also_name"
                   " WHERE type = ?1 AND record_id = ?2 ORDER BY match_name)",
                   "ii", (int64_t)type, id));
    assert_string_equal(have ? have : "", want);
    free(have);
    desk_sound(s);
}

static void take_back(struct session *s, bool redo)
{
    struct undo_report report = {0};
    int64_t set;
    OK(undo_next(s, redo, &set, err));
    assert_int_not_equal(set, 0);
    OK(undo_set(s, set, redo, &report, err));
}

static void test_also_is_kept(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    int64_t kari = human(s, "Kari Anne", "Nordmann", "Hansen; Kaia;Berg, Kari Lise;;kaia");
    static const char first[] = "hansen nordmann, kaia nordmann, kari berg, kari hansen, kari kaia";
    static const char second[] = "hansen lie, kaia lie, kari berg, kari hansen, kari kaia";
    also_are(s, T_PERSON, kari, first);
    desk_set(s, T_PERSON, kari, "family_name", "Lie");
    also_are(s, T_PERSON, kari, second);
    take_back(s, false);
    also_are(s, T_PERSON, kari, first);
    take_back(s, true);
    also_are(s, T_PERSON, kari, second);
    desk_set(s, T_PERSON, kari, "alias", NULL);
    also_are(s, T_PERSON, kari, "");
    take_back(s, false);
    desk_remove(s, T_PERSON, kari);
    also_are(s, T_PERSON, kari, "");
    take_back(s, false);
    also_are(s, T_PERSON, kari, second);
    int64_t sol = desk_add(s, T_ORGANISATION, "name", "Solsikken barnehage", "kind", "kindergarten",
                           "alias", "Sola; Solsikka AS", NULL);
    also_are(s, T_ORGANISATION, sol, "sola, solsikka as");
    assert_int_equal(desk_count(s, "SELECT count(*) FROM person_search WHERE person_search MATCH"
                                   " '\"hansen\"'"),
                     1);
    assert_int_equal(desk_count(s, "SELECT count(*) FROM organisation_search WHERE"
                                   " organisation_search MATCH '\"solsikka\"'"),
                     1);
    session_close(s);
}

static void verify_finds(const char *damage, const char *words)
{
    struct session *s = desk_open(":memory:", "anna");
    struct buf lines = {0};
    human(s, "Kari", "Nordmann", "Hansen");
    OK(db_script(s->db, damage, err));
    FAILS(ST_DATABASE, record_verify(s, desk_line, &lines, err));
    if (!strstr(buf_str(&lines), words))
        fail_msg("%s: found \"%s\"", damage, buf_str(&lines));
    buf_free(&lines);
    session_close(s);
}

static void test_verify_finds_damage(void **state)
{
    (void)state;
    verify_finds("DELETE FROM also_name WHERE match_name = 'kari hansen'", "other names");
    verify_finds("INSERT INTO also_name VALUES ('ola berg', 2, 1)", "other names");
    verify_finds("INSERT INTO also_name VALUES ('ola berg', 2, 7)", "person 7");
    verify_finds("INSERT INTO also_name VALUES ('solsikken', 1, 7)", "organisation 7");
    verify_finds("UPDATE person SET alias = NULL", "other names");
}

/* While tables are filled the search text is put together elsewhere, and the indices are away. */
static void test_bulk(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    bool possible;
    OK(session_begin(s, ACT_IMPORT, err));
    OK(bulk_possible(s, &possible, err));
    assert_true(possible);
    OK(bulk_begin(s, err));
    int64_t kari = human(s, "Kari", "Nordmann", "Hansen");
    OK(bulk_end(s, NULL, NULL, err));
    OK(session_commit(s, err));
    also_are(s, T_PERSON, kari, "hansen nordmann, kari hansen");
    assert_int_equal(desk_count(s, "SELECT count(*) FROM sqlite_schema WHERE name = 'person_match'"
                                   " AND sql LIKE '%rtrim%'"),
                     1);
    session_close(s);
}

/* ---- by index -------------------------------------------------------------------------------- */

static void plan_uses(struct session *s, const char *sql, const char *index)
{
    struct buf plan = {0}, all = {0};
    buf_addf(&all, "EXPLAIN QUERY PLAN %s", sql);
    struct stmt *st = db_query(s->db, NULL, all.s, NULL);
    while (stmt_step(st, NULL) == STEP_ROW)
        buf_addf(&plan, "%s; ", stmt_str(st, 3));
    if (!strstr(buf_str(&plan), index))
        fail_msg("%s: %s", sql, buf_str(&plan));
    assert_null(strstr(plan.s, "SCAN"));
    buf_free(&plan);
    buf_free(&all);
}

static void finds(const struct found *f, int64_t first, int64_t second)
{
    assert_int_equal(f->n, (first != 0) + (second != 0));
    if (first)
        assert_int_equal(f->id[0], first);
    if (second)
        assert_int_equal(f->id[1], second);
}

static void test_index(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    plan_uses(s, "SELECT p.id FROM person p WHERE " MATCH_ORDER("p.match_name") " = ?1",
              "person_match (<expr>=?)");
    plan_uses(s,
              "SELECT p.id FROM person p WHERE " MATCH_ORDER(
                  "p.match_name") " >= ?1 AND " MATCH_ORDER("p.match_name") " < ?2",
              "person_match (<expr>>? AND <expr><?)");
    plan_uses(s, "SELECT record_id FROM also_name WHERE match_name = ?1 AND type = 2",
              "PRIMARY KEY");
    plan_uses(s, "DELETE FROM also_name WHERE type = 1 AND record_id = 2", "also_name_record");
    OK(session_begin(s, ACT_ADD, err));
    for (int i = 0; i < 3000; i++)
        human(s, "Ola", num(i), NULL);
    int64_t anne = human(s, "Kari Anne", "Nordmann", NULL),
            kari = human(s, "Kari", "Nordmann", NULL);
    int64_t only = human(s, "Kari", NULL, NULL), berg = human(s, "Ida", "Berg", "Nordmann; Kari");
    OK(session_commit(s, err));
    OK(session_begin(s, ACT_ADD, err));
    int64_t at = place(s, "Solsikken barnehage", NULL);
    int64_t in = desk_add(s, T_OFFERING, "code", "BIM", "title", "BIM", NULL);
    in = desk_add(s, T_COHORT, "offering", num(in), "name", "Pulje 1", NULL);
    works(s, anne, at, NULL);
    works(s, kari, at, NULL);
    desk_add(s, T_ENROLMENT, "cohort", num(in), "person", num(anne), NULL);
    desk_set(s, T_PERSON, anne, "phone", "912 34 567");
    OK(session_commit(s, err));
    db_budget(s->db, 1000); /* a walk through all of them takes thirty times that */
    struct found f = {0};
    struct lookup_more more = {.organisation = at};
    OK(lookup_people_by_name(s, "kari anne nordmann", 9999, &f, err));
    finds(&f, anne, 0);
    f.n = 0;
    OK(lookup_people_by_name(s, "kari", 9999, &f, err));
    finds(&f, only, 0);
    f.n = 0;
    OK(lookup_people_at(s, "kari nordmann", at, 9999, &f, err));
    finds(&f, kari, 0);
    f.n = 0;
    OK(lookup_people_in(s, "kari anne nordmann", in, 9999, &f, err));
    finds(&f, anne, 0);
    f.n = 0;
    OK(lookup_people_by_phone(s, "kari anne nordmann", "912 34 567", 9999, &f, err));
    finds(&f, anne, 0);
    f.n = 0;
    OK(lookup_people_near(s, "kari lise nordmann", &more, 9999, &f, err));
    finds(&f, kari, anne);
    f.n = 0;
    OK(lookup_people_near(s, "kari lise nordmann", &more, anne, &f, err));
    finds(&f, anne, 0);
    more = (struct lookup_more){.cohort = in};
    f.n = 0;
    OK(lookup_people_near(s, "kari nordmann", &more, 9999, &f, err));
    finds(&f, anne, 0);
    more = (struct lookup_more){.phone = "912 34 567"};
    f.n = 0;
    OK(lookup_people_near(s, "kari nordmann", &more, 9999, &f, err));
    finds(&f, anne, 0);
    f.n = 0;
    OK(lookup_people_near(s, "kari", &more, 9999, &f, err));
    finds(&f, 0, 0);
    OK(lookup_people_also(s, "ida nordmann", 9999, &f, err));
    finds(&f, berg, 0);
    /* Names typed after `set`, too. */
    char *stored = NULL;
    const struct record_type *t = type_of(T_POSITION);
    OK(field_parse(s, &t->fields[type_field(t, "person")], "Nordmann, Kari Anne", &stored, err));
    assert_string_equal(stored, num(anne));
    free(stored);
    db_budget(s->db, 0);
    session_close(s);
}

/* ---- people ---------------------------------------------------------------------------------- */

static void test_middle_names(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "people");
    int64_t sol = place(r.s, "Solsikken barnehage", NULL),
            blom = place(r.s, "Blomst barnehage", NULL);
    int64_t anne = human(r.s, "Kari Anne", "Nordmann", NULL), ola = human(r.s, "Ola", "Berg", NULL);
    desk_set(r.s, T_PERSON, anne, "phone", "912 34 567");
    works(r.s, anne, sol, NULL);
    works(r.s, ola, blom, NULL);
    expect(&r,
           "Navn;Barnehage;Tlf\nKari Nordmann;Solsikken barnehage;\n"
           "Ola Per Berg;Blomst barnehage;\nKari Nordmann;;91234567\n"
           "Kari Lise Nordmann;Solsikken barnehage;\n",
           "2 matched Kari Nordmann|Solsikken barnehage|same name but for middle names, and"
           " organisation; Given name kept: Kari Anne, not Kari\n"
           "3 matched Ola Per Berg|Blomst barnehage|same name but for middle names, and"
           " organisation; Given name kept: Ola, not Ola Per\n"
           "4 matched Kari Nordmann||same as line 2; Given name kept: Kari Anne, not Kari\n"
           "5 new Kari Lise Nordmann|Solsikken barnehage|\n");
    room_close(&r);
}

static void test_middle_names_alone(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "people");
    int64_t sol = place(r.s, "Solsikken barnehage", NULL),
            kari = human(r.s, "Kari Anne", "Nordmann", NULL);
    works(r.s, kari, sol, NULL);
    expect(&r, "Navn;Barnehage\nKari Nordmann;\nOla Berg;Solsikken barnehage\n",
           "2 new Kari Nordmann||\n3 new Ola Berg|Solsikken barnehage|\n");
    room_close(&r);
}

static void test_middle_names_unclear(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "people");
    int64_t sol = place(r.s, "Solsikken barnehage", NULL);
    int64_t anne = human(r.s, "Kari Anne", "Nordmann", NULL),
            lise = human(r.s, "Kari Lise", "Nordmann", NULL);
    works(r.s, anne, sol, NULL);
    works(r.s, lise, sol, NULL);
    expect(
        &r, "Navn;Barnehage\nKari Nordmann;Solsikken barnehage\n",
        "2 unclear Kari Nordmann|Solsikken barnehage|several people have this name but for middle"
        " names: Kari Anne Nordmann (Solsikken barnehage); Kari Lise Nordmann (Solsikken"
        " barnehage)\n");
    is_unclear(&r, T_PERSON, anne, lise);
    /* The name itself goes before a name that is only near. */
    expect(&r, "Navn;Barnehage\nKari Lise Nordmann;Solsikken barnehage\n",
           "2 matched Kari Lise Nordmann|Solsikken barnehage|same name and organisation\n");
    desk_set(r.s, T_PERSON, anne, "email", "anne@a.no");
    desk_remove(r.s, T_PERSON, lise);
    expect(&r, "Navn;Barnehage;E-post\nKari Nordmann;Solsikken barnehage;kari@a.no\n",
           "2 unclear Kari Nordmann|Solsikken barnehage|somebody has this name there but for middle"
           " names, and another e-mail address: Kari Anne Nordmann (Solsikken barnehage)\n");
    room_close(&r);
}

static void test_alias(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "people");
    int64_t sol = place(r.s, "Solsikken barnehage", NULL);
    int64_t kari = human(r.s, "Kari", "Nordmann", "Hansen; Kaia"),
            ida = human(r.s, "Ida", "Lie", "Ida Moe");
    works(r.s, kari, sol, NULL);
    desk_set(r.s, T_PERSON, kari, "phone", "912 34 567");
    expect(&r, "Fornavn;Etternavn;Barnehage;Tlf\nKari;Hansen;Solsikken barnehage;\n",
           "2 matched Kari Hansen|Solsikken barnehage|same name and organisation; also called that:"
           " Kari Nordmann; Family name kept: Nordmann, not Hansen\n");
    expect(
        &r, "Fornavn;Etternavn;Barnehage;Tlf\nKaia;Nordmann;;91234567\n",
        "2 matched Kaia Nordmann||same name and phone; also called that: Kari Nordmann; Given name"
        " kept: Kari, not Kaia\n");
    expect(&r, "Navn\nIda Moe\n",
           "2 matched Ida Moe||same name, and nothing else is known; also called that: Ida Lie;"
           " Family name kept: Lie, not Moe\n");
    /* A name of one's own goes before another's other name. */
    int64_t moe = human(r.s, "Kari", "Hansen", NULL);
    works(r.s, moe, sol, NULL);
    expect(&r, "Navn;Barnehage\nKari Hansen;Solsikken barnehage\n",
           "2 matched Kari Hansen|Solsikken barnehage|same name and organisation\n");
    desk_set(r.s, T_PERSON, ida, "alias", NULL);
    expect(&r, "Navn;Barnehage\nIda Moe;Solsikken barnehage\n",
           "2 new Ida Moe|Solsikken barnehage|\n");
    room_close(&r);
}

static void test_email(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "people");
    int64_t kari = human(r.s, "Kari", "Nordmann", "Hansen"),
            ola = human(r.s, "Ola Per", "Berg", NULL);
    desk_set(r.s, T_PERSON, kari, "email", "post@a.no");
    expect(&r, "Navn;E-post\nOla Hansen;post@a.no\nPer Lie;post@a.no\n",
           "2 unclear Ola Hansen||the e-mail address belongs to somebody of another name: Kari "
           "Nordmann\n"
           "3 unclear Per Lie||the e-mail address belongs to somebody of another name: Kari "
           "Nordmann\n");
    is_unclear(&r, T_PERSON, kari, 0);
    desk_set(r.s, T_PERSON, ola, "email", "post@a.no");
    expect(&r, "Navn;E-post\nKari Hansen;post@a.no\nOla Berg;post@a.no\n",
           "2 matched Kari Hansen||same e-mail address and name; also called that: Kari Nordmann;"
           " Family name kept: Nordmann, not Hansen\n"
           "3 matched Ola Berg||same e-mail address and name; Given name kept: Ola Per, not Ola\n");
    expect(&r, "Navn;E-post\nIda Lie;post@a.no\n",
           "2 unclear Ida Lie||several people have this e-mail address: Kari Nordmann; Ola Per"
           " Berg\n");
    is_unclear(&r, T_PERSON, kari, ola);
    room_close(&r);
}

static void test_own_id(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "people");
    int64_t first = human(r.s, "Kari", "Nordmann", "Hansen"),
            second = human(r.s, "Kari", "Nordmann", NULL);
    desk_set(r.s, T_PERSON, first, "email", "kari@a.no");
    struct buf csv = {0};
    buf_addf(&csv,
             "id,given_name,family_name,email\n%lld,Kari,Nordmann,\n%lld,Kari,Hansen,\n"
             "%lld,Lise,Moe,kari@a.no\n%lld,Ida,Lie,\n999,Per,Moe,\n",
             (long long)second, (long long)first, (long long)first, (long long)second);
    expect(&r, csv.s,
           "2 matched Kari Nordmann||same id\n"
           "3 matched Kari Hansen||same id; Family name kept: Nordmann, not Hansen\n"
           "4 matched Lise Moe||same as line 3; Given name kept: Kari, not Lise; Family name kept:"
           " Nordmann, not Moe\n"
           "5 new Ida Lie||\n6 new Per Moe||\n");
    buf_free(&csv);
    room_close(&r);
}

static void test_ended_position(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "people");
    int64_t sol = place(r.s, "Solsikken barnehage", NULL),
            kari = human(r.s, "Kari", "Nordmann", NULL);
    works(r.s, kari, sol, "2020-06-30");
    expect(&r, "Navn;Barnehage\nKari Nordmann;Solsikken barnehage\n",
           "2 changed Kari Nordmann|Solsikken barnehage|same name and organisation; the position"
           " there had ended; new position at Solsikken barnehage\n");
    expect(&r, "Navn;Barnehage\nKari Nordmann;Solsikken barnehage\n",
           "2 matched Kari Nordmann|Solsikken barnehage|same name and organisation\n");
    room_close(&r);
}

static void test_twice_in_one_file(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "people");
    expect(&r,
           "Navn;Barnehage;Tlf\nKari Nordmann;Solsikken barnehage;91234567\n"
           "Kari Anne Nordmann;Solsikken barnehage;\nKari A. Nordmann;;91234567\n"
           "Kari Anne Nordmann;Blomst barnehage;\n",
           "2 new Kari Nordmann|Solsikken barnehage|new organisation: Solsikken barnehage\n"
           "3 unclear Kari Anne Nordmann|Solsikken barnehage|another row has this name there but "
           "for middle names: Kari Nordmann (Solsikken barnehage)\n"
           "4 matched Kari A. Nordmann||same as line 2; Given name kept: Kari, not Kari A.\n"
           "5 new Kari Anne Nordmann|Blomst barnehage|new organisation: Blomst barnehage\n");
    expect(&r, "Navn;Barnehage\nIda Marie Lie;Solsikken barnehage\nIda Lie;Solsikken barnehage\n",
           "2 new Ida Marie Lie|Solsikken barnehage|\n"
           "3 unclear Ida Lie|Solsikken barnehage|another row has this name there but for middle "
           "names: Ida Marie Lie (Solsikken barnehage)\n");
    room_close(&r);
}

/* What an import made itself is found by its other names, in a rehearsal too. */
static void test_alias_of_one_just_made(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    struct world w;
    struct matcher *m = mem_alloc(sizeof *m);
    struct record *kari = record_new(type_of(T_PERSON)), *at = record_new(type_of(T_POSITION));
    int64_t sol = place(s, "Solsikken barnehage", NULL);
    OK(world_open(&w, s, false, err));
    m->w = &w;
    w.line = 2;
    record_put(kari, type_field(kari->type, "given_name"), "Kari Anne");
    record_put(kari, type_field(kari->type, "family_name"), "Nordmann");
    record_put(kari, type_field(kari->type, "alias"), "Hansen");
    OK(world_insert(&w, kari, err));
    match_know_person(m, kari, "kari anne nordmann");
    record_put(at, type_field(at->type, "person"), num(kari->id));
    record_put(at, type_field(at->type, "organisation"), num(sol));
    OK(world_insert(&w, at, err));
    match_know_position(m, kari->id, "kari anne nordmann", sol);
    w.line = 3;
    struct entry e = {0};
    struct buf reason = {0};
    struct who who;
    struct place where;
    buf_add(&e.match, "kari anne hansen");
    OK(place_find(m, "Solsikken", NULL, &where, err));
    OK(who_is(m, &e, &where, &who, &reason, err));
    assert_int_equal(who.is, IS_KNOWN);
    assert_int_equal(who.person->id, kari->id);
    record_free(who.person);
    record_free(kari);
    record_free(at);
    buf_free(&e.match);
    buf_free(&reason);
    matcher_free(m);
    free(m);
    world_close(&w);
    session_close(s);
}

/* A place that was found once is not looked up again; nor are more kept than there is room for. */
static void test_places_are_remembered(void **state)
{
    (void)state;
    struct session *s = desk_open(":memory:", "anna");
    struct world w;
    struct matcher *m = mem_alloc(sizeof *m);
    struct place where;
    char name[40];
    OK(session_begin(s, ACT_ADD, err));
    for (int i = 0; i < 500; i++) {
        snprintf(name, sizeof name, "Hage %d barnehage", i);
        place(s, name, "Asker");
    }
    OK(session_commit(s, err));
    OK(world_open(&w, s, false, err));
    m->w = &w;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 500; i++) {
            snprintf(name, sizeof name, "Hage %d", i);
            OK(place_find(m, name, "Asker", &where, err));
            assert_int_equal(where.is, IS_KNOWN);
            assert_int_equal(where.id, i + 1);
            assert_int_equal(where.by, PLACE_BY_CORE);
            assert_string_equal(where.municipality, "Asker");
            assert_int_equal(strncmp(where.name, name, strlen(name)), 0);
        }
        /* Behind its back: who asks the database again finds nothing. */
        if (round == 0)
            OK(db_script(s->db, "DELETE FROM organisation", err));
    }
    matcher_free(m);
    free(m);
    world_close(&w);
    session_close(s);
}

static void test_cohort(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "roster");
    struct programme p = desk_programme(r.s, 2);
    r.options.cohort = p.cohort;
    desk_set(r.s, T_PERSON, p.person[0], "alias", "Lunde");
    desk_set(r.s, T_PERSON, p.person[1], "given_name", "Kari Lise");
    expect(
        &r, "Navn\nKari Lunde\nKari Berg\n",
        "2 matched Kari Lunde||the only one of this name in the cohort; also called that: Kari Aas;"
        " Family name kept: Aas, not Lunde; already in BIM/1\n"
        "3 unclear Kari Berg||only the name is given, and somebody in the cohort has it but for"
        " middle names: Kari Lise Berg (Solsikken barnehage)\n");
    is_unclear(&r, T_PERSON, p.person[1], 0);
    room_close(&r);
}

/* ---- organisations --------------------------------------------------------------------------- */

static void test_places(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "people");
    int64_t sol = place(r.s, "Solbakken barnehage", "Asker"),
            blom = place(r.s, "Blomst barnehage AS", "Herøy (Nordland)");
    desk_set(r.s, T_ORGANISATION, sol, "alias", "Lyngen barnehage; Gamle Solbakken");
    expect(&r,
           "Navn;Barnehage;Kommune\nA Aa;SOLBAKKEN BARNEHAGE;Røyken\nB Aa;Solbakken FUS;Asker "
           "kommune\n"
           "C Aa;Asker kommune Solbakken bhg.;0220\nD Aa;Lyngen barnehage;\nE Aa;Lyngen;Asker\n"
           "F Aa;Solbakken;Bærum\nG Aa;Blomst;Herøy\nH Aa;Blomst;Herøy i Møre og Romsdal\n",
           "2 new A Aa|Solbakken barnehage|\n"
           "3 new B Aa|Solbakken barnehage|taken for Solbakken barnehage\n"
           "4 new C Aa|Solbakken barnehage|taken for Solbakken barnehage\n"
           "5 new D Aa|Solbakken barnehage|taken for Solbakken barnehage\n"
           "6 new E Aa|Solbakken barnehage|taken for Solbakken barnehage\n"
           "7 new F Aa|Solbakken|new organisation: Solbakken\n"
           "8 new G Aa|Blomst barnehage AS|\n"
           "9 new H Aa|Blomst|new organisation: Blomst\n");
    assert_int_equal(desk_count(r.s, "SELECT count(*) FROM organisation"), 4);
    assert_int_equal(desk_count(r.s, "SELECT count(*) FROM organisation WHERE municipality IN"
                                     " ('Bærum', 'Herøy (Møre og Romsdal)')"),
                     2);
    (void)blom;
    room_close(&r);
}

static void test_todays_name(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "people");
    expect(&r,
           "Navn;Barnehage;Kommune\nA Aa;En;Røyken\nB Aa;To;301\nC Aa;Tre;Herøy\nD Aa;Fire;Lillevik"
           " kommune\nE Aa;Tre;Herøy (Nordland)\nF Aa;Fire;Lillevik\n",
           "2 new A Aa|En|new organisation: En\n"
           "3 new B Aa|To|new organisation: To\n"
           "4 new C Aa|Tre|new organisation: Tre\n"
           "5 new D Aa|Fire|new organisation: Fire; no municipality of Norway: Lillevik kommune\n"
           "6 new E Aa|Tre|\n"
           "7 new F Aa|Fire|no municipality of Norway: Lillevik\n");
    char *towns = NULL;
    OK(db_get_text(r.s->db, &towns, err,
                   "SELECT group_concat(name || ' ' || municipality, ', ') FROM organisation",
                   NULL));
    assert_string_equal(towns, "En Asker, To Oslo, Tre Herøy, Fire Lillevik");
    free(towns);
    room_close(&r);
}

static void test_unclear_place(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "people");
    int64_t asker = place(r.s, "Solsikken barnehage", "Asker"),
            baerum = place(r.s, "Solsikken barnehage", "Bærum");
    int64_t kari = human(r.s, "Kari", "Nordmann", NULL);
    static const char csv[] = "Navn;Barnehage\nOla Berg;Solsikken barnehage\n";
    static const char unclear[] =
        "2 unclear Ola Berg|Solsikken barnehage|several organisations have this"
        " name: Solsikken barnehage, Asker; Solsikken barnehage, Bærum\n";
    works(r.s, kari, baerum, NULL);
    expect(&r, csv, unclear);
    is_unclear(&r, T_ORGANISATION, asker, baerum);
    r.options.on_unclear = UNCLEAR_NEW; /* not of organisations */
    expect(&r, csv, unclear);
    decide(&r, 2, IMPORT_NEW, IMPORT_ASK);
    expect(&r, csv, unclear);
    r.options.on_unclear = UNCLEAR_REJECT;
    expect(&r, "Navn;Barnehage\nKari Nordmann;Solsikken barnehage\n",
           "2 unclear Kari Nordmann|Solsikken barnehage|several organisations have this"
           " name: Solsikken barnehage, Asker; Solsikken barnehage, Bærum\n");
    decide(&r, 2, IMPORT_ASK, IMPORT_ASK);
    expect(
        &r, "Navn;Barnehage\nKari Nordmann;Solsikken barnehage\n",
        "2 matched Kari Nordmann|Solsikken barnehage|same name and organisation; of several of this"
        " name the one where the person works: Bærum\n");
    /* Two of one name, one at each: neither is guessed. */
    int64_t other = human(r.s, "Kari", "Nordmann", NULL);
    works(r.s, other, asker, NULL);
    expect(
        &r, "Navn;Barnehage\nKari Nordmann;Solsikken barnehage\n",
        "2 unclear Kari Nordmann|Solsikken barnehage|several people have this name: Kari Nordmann"
        " (Solsikken barnehage); Kari Nordmann (Solsikken barnehage)\n");
    is_unclear(&r, T_PERSON, kari, other);
    decide(&r, 2, kari, IMPORT_ASK);
    expect(&r, "Navn;Barnehage\nKari Nordmann;Solsikken barnehage\n",
           "2 matched Kari Nordmann|Solsikken barnehage|chosen: Kari Nordmann, Solsikken "
           "barnehage; of several of this name the one where the person works: Bærum\n");
    decide(&r, 2, IMPORT_ASK, asker);
    expect(
        &r, "Navn;Barnehage\nKari Nordmann;Solsikken barnehage\n",
        "2 matched Kari Nordmann|Solsikken barnehage|same name and organisation; chosen: Solsikken"
        " barnehage\n");
    room_close(&r);
}

/* ---- what somebody decided ------------------------------------------------------------------- */

static void test_chosen_person(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "people");
    int64_t kari = human(r.s, "Kari", "Nordmann", NULL), ida = human(r.s, "Ida", "Lie", NULL);
    static const char csv[] = "Navn;E-post\nPer Moe;post@a.no\n";
    static const char unclear[] =
        "2 unclear Per Moe||the e-mail address belongs to somebody of another"
        " name: Kari Nordmann\n";
    desk_set(r.s, T_PERSON, kari, "email", "post@a.no");
    expect(&r, csv, unclear);
    decide(&r, 2, ida, IMPORT_ASK);
    expect(&r, csv,
           "2 changed Per Moe||chosen: Ida Lie; Given name kept: Ida, not Per; Family name kept: "
           "Lie, not Moe; E-mail filled in\n");
    desk_remove(r.s, T_PERSON, ida);
    expect(&r, csv, "2 unclear Per Moe||the person who was chosen is not there any more\n");
    is_unclear(&r, T_PERSON, kari, 0);
    r.options.on_unclear = UNCLEAR_NEW; /* what was chosen was not somebody new */
    expect(&r, csv, "2 unclear Per Moe||the person who was chosen is not there any more\n");
    r.options.on_unclear = UNCLEAR_REJECT;
    decide(&r, 2, IMPORT_NEW, IMPORT_ASK);
    expect(&r, csv, "2 new Per Moe||chosen: somebody new\n");
    room_close(&r);
}

static void test_on_unclear(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "people");
    desk_set(r.s, T_PERSON, human(r.s, "Kari", "Nordmann", NULL), "email", "post@a.no");
    desk_set(r.s, T_PERSON, human(r.s, "Ola", "Berg", NULL), "email", "post@a.no");
    r.options.on_unclear = UNCLEAR_NEW;
    expect(
        &r, "Navn;E-post\nPer Moe;post@a.no\n;post@a.no\n",
        "2 new Per Moe||taken for somebody new; several people have this e-mail address: Kari "
        "Nordmann;"
        " Ola Berg\n"
        "3 unclear post@a.no||several people have this e-mail address: Kari Nordmann; Ola Berg; Per"
        " Moe\n");
    room_close(&r);
}

static void test_chosen_place(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "people");
    int64_t sol = place(r.s, "Solsikken barnehage", "Asker"),
            blom = place(r.s, "Blomst barnehage", NULL);
    static const char csv[] = "Navn;Barnehage\nOla Berg;Sola\nPer Lie;Sola\n";
    decide(&r, 2, IMPORT_ASK, sol);
    expect(&r, csv,
           "2 new Ola Berg|Solsikken barnehage|chosen: Solsikken barnehage\n"
           "3 new Per Lie|Sola|new organisation: Sola\n");
    desk_remove(r.s, T_PERSON, desk_count(r.s, "SELECT max(id) FROM person"));
    decide(&r, 2, IMPORT_ASK, IMPORT_NEW);
    expect(&r, "Navn;Barnehage\nOla Berg;Solsikken barnehage\n",
           "2 new Ola Berg|Solsikken barnehage|another of this name works at Solsikken barnehage; "
           "chosen: a"
           " new organisation\n");
    decide(&r, 2, IMPORT_ASK, blom);
    desk_remove(r.s, T_ORGANISATION, blom);
    expect(&r, "Navn;Barnehage\nIda Moe;Solsikken barnehage i Asker\n",
           "2 unclear Ida Moe|Solsikken barnehage i Asker|the organisation that was chosen is not "
           "there any"
           " more\n");
    room_close(&r);
}

static void test_organisations(void **state)
{
    (void)state;
    struct room r;
    room_open(&r, "organisations");
    int64_t asker = place(r.s, "Solsikken barnehage", "Asker"),
            baerum = place(r.s, "Solsikken barnehage", "Bærum");
    expect(&r, "Navn;Kommune;Telefon\nSolsikken;;91234567\n",
           "2 unclear Solsikken||several organisations have this name: Solsikken barnehage, Asker;"
           " Solsikken barnehage, Bærum\n");
    is_unclear(&r, T_ORGANISATION, asker, baerum);
    decide(&r, 2, IMPORT_ASK, baerum);
    go(&r, "Navn;Kommune;Telefon\nSolsikken;;91234567\n");
    assert_int_equal(r.result.count[VERDICT_CHANGED], 1);
    desk_is(r.s, T_ORGANISATION, baerum, "phone", "912 34 567");
    decide(&r, 2, IMPORT_ASK, IMPORT_NEW);
    go(&r, "Navn;Kommune;Telefon\nSolsikken barnehage;Asker;\n");
    assert_int_equal(r.result.count[VERDICT_NEW], 1);
    assert_int_equal(
        desk_count(r.s, "SELECT count(*) FROM organisation WHERE municipality = 'Asker'"), 2);
    decide(&r, 2, IMPORT_ASK, 77);
    go(&r, "Navn;Kommune;Telefon\nSolsikken;Bærum;98765432\n");
    assert_int_equal(r.result.count[VERDICT_UNCLEAR], 1);
    is_unclear(&r, T_ORGANISATION, baerum, 0);
    decide(&r, 2, IMPORT_ASK, IMPORT_ASK);
    desk_set(r.s, T_ORGANISATION, baerum, "alias", "Vesle Sol");
    go(&r, "Navn;Telefon\nVesle Sol;91234567\nVesle Sol barnehage AS;91234567\n");
    assert_int_equal(r.result.count[VERDICT_MATCHED], 2);
    /* Other names that the file brings are found further down. */
    go(&r, "Navn;Også kalt\nNyhuset barnehage;\"Gamlehuset; Eldhuset\"\nGamlehuset "
           "barnehage;\nNyhuset AS;\n");
    assert_int_equal(r.result.count[VERDICT_NEW], 1);
    assert_int_equal(r.result.count[VERDICT_MATCHED], 2);
    room_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_also_is_kept),
        cmocka_unit_test(test_verify_finds_damage),
        cmocka_unit_test(test_bulk),
        cmocka_unit_test(test_index),
        cmocka_unit_test(test_middle_names),
        cmocka_unit_test(test_middle_names_alone),
        cmocka_unit_test(test_middle_names_unclear),
        cmocka_unit_test(test_alias),
        cmocka_unit_test(test_email),
        cmocka_unit_test(test_own_id),
        cmocka_unit_test(test_ended_position),
        cmocka_unit_test(test_twice_in_one_file),
        cmocka_unit_test(test_alias_of_one_just_made),
        cmocka_unit_test(test_places_are_remembered),
        cmocka_unit_test(test_cohort),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_todays_name),
        cmocka_unit_test(test_unclear_place),
        cmocka_unit_test(test_chosen_person),
        cmocka_unit_test(test_on_unclear),
        cmocka_unit_test(test_chosen_place),
        cmocka_unit_test(test_organisations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
