/* The database that the bench measures, and the lists that it imports:
 *
 *     build_db database PEOPLE FILE     a whole county; refuses a file that is there
 *     build_db people PEOPLE FILE       the same people as a list, ';' and UTF-8, to import
 *     build_db roster PEOPLE N ROWS FILE   a roster for cohort TOM/N: four in five rows are people
 * of the database, as their kindergarten would write them; the rest are new
 *
 * Rows go in by SQL in one transaction, indices are built at the end. Derived columns come from the
 * functions that the program itself uses, and a sample of them is computed anew the way `samling
 * check` does. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "samling/buf.h"
#include "samling/db.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/record.h"
#include "samling/session.h"
#include "samling/text.h"

#include "core/store.h"

#include "crowd.h"

enum {
    WRITTEN_AT = 1767225600, /* 2026-01-01, for all rows */
    BATCH_ROWS = 1000,
    GATHERINGS = 5,
    SHEET_PEOPLE = 1000, /* of STOR/1 */
    EMPTY_COHORTS = 40,  /* of TOM */
    TODAY = 20711,       /* 2026-09-15: run.sh sets SAMLING_TODAY so */
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void fail(const struct error *err)
{
    char text[900];
    error_text(err, text, sizeof text);
    fprintf(stderr, "build_db: %s\n", text);
    exit(1);
}

static struct error err;

static void must(enum status st)
{
    if (st != ST_OK)
        fail(&err);
}

static void done(struct stmt *st)
{
    if (stmt_step(st, &err) != STEP_DONE)
        fail(&err);
}

static void told(const char *what, long n, double *since)
{
    double t = now();
    printf("  %-28s %10ld  %6.1f s\n", what, n, t - *since);
    fflush(stdout);
    *since = t;
}

/* ---- derived columns ------------------------------------------------------------------------ */

static struct record *blank(enum type_id type)
{
    static struct record *kept[T_COUNT];
    if (!kept[type])
        kept[type] = record_new(type_by_id(type));
    return kept[type];
}

static void put(struct record *r, const char *field, const char *value)
{
    record_put(r, type_field(r->type, field), value);
}

/* ---- indices -------------------------------------------------------------------------------- */

#define FILLED                                                                                     \
    "('organisation', 'person', 'position', 'offering', 'gathering', 'enrolment', 'attendance')"

struct indices {
    char **sql;
    size_t n, cap;
};

static struct indices drop_indices(struct db *db)
{
    struct indices out = {0};
    struct buf drop = {0};
    enum step step;
    struct stmt *st =
        db_query(db, &err,
                 "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND"
                 " tbl_name IN " FILLED " ORDER BY rowid",
                 NULL);
    while ((step = stmt_step(st, &err)) == STEP_ROW) {
        out.sql = mem_grow(out.sql, &out.cap, out.n + 1, sizeof *out.sql);
        out.sql[out.n++] = mem_strdup(stmt_str(st, 1));
        buf_addf(&drop, "DROP INDEX %s;", stmt_str(st, 0));
    }
    if (step == STEP_ERROR)
        fail(&err);
    must(db_script(db, drop.s, &err));
    buf_free(&drop);
    return out;
}

static void build_indices(struct db *db, struct indices *in)
{
    static const char *const searched[] = {"organisation", "person", "offering", "gathering"};
    struct buf sql = {0};
    for (size_t i = 0; i < in->n; i++) {
        must(db_run(db, &err, in->sql[i], NULL));
        free(in->sql[i]);
    }
    free(in->sql);
    for (size_t i = 0; i < sizeof searched / sizeof *searched; i++) {
        buf_clear(&sql);
        buf_addf(&sql, "INSERT INTO %s_search (%s_search) VALUES ('rebuild')", searched[i],
                 searched[i]);
        must(db_run(db, &err, sql.s, NULL));
    }
    buf_free(&sql);
}

/* ---- organisations -------------------------------------------------------------------------- */

struct place {
    char *name, *municipality;
};

static void insert_organisation(struct db *db, const char *name, const char *kind,
                                const char *ownership, const char *orgno, int64_t parent,
                                const char *municipality, const char *email, const char *phone)
{
    unsigned char key[KEY_SIZE];
    struct buf match = {0}, words = {0}, search = {0};
    struct record *r = blank(T_ORGANISATION);
    put(r, "name", name);
    record_match_name(r, &match);
    size_t n = record_sort_key(r, key);
    buf_addf(&words, "%s %s %s %s", name, municipality, orgno ? orgno : "", email ? email : "");
    text_fold_search(&search, words.s);
    done(db_query(db, &err,
                  "INSERT INTO organisation (created_at, created_by, changed_at, changed_by, "
                  "batch_id, sort_key,"
                  " match_name, search_text, name, kind, ownership, orgno, parent_id, "
                  "municipality, email, phone)"
                  " VALUES (?1, 1, ?1, 1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                  "ibttttttIttt", (int64_t)WRITTEN_AT, (const void *)key, n, buf_str(&match),
                  buf_str(&search), name, kind, ownership, orgno, parent, municipality, email,
                  phone));
    buf_free(&match);
    buf_free(&words);
    buf_free(&search);
}

/* Municipalities get the ids from 1, kindergartens those after. */
static void insert_organisations(struct db *db, const struct crowd *c)
{
    struct municipality m;
    struct kindergarten k;
    char name[80], email[96];
    for (long i = 0; i < c->municipalities; i++) {
        municipality_make(i, &m);
        snprintf(name, sizeof name, "%s kommune", m.name);
        snprintf(email, sizeof email, "post@%s", m.domain);
        insert_organisation(db, name, "municipality", "municipal", NULL, 0, m.name, email, NULL);
    }
    for (long i = 0; i < c->kindergartens; i++) {
        kindergarten_make(c, i, &k);
        municipality_make(k.municipality, &m);
        insert_organisation(db, k.name, "kindergarten", k.municipal ? "municipal" : "private",
                            *k.orgno ? k.orgno : NULL, k.municipal ? k.municipality + 1 : 0, m.name,
                            k.email, k.phone);
    }
}

/* Where a person works, by number: asked two million times. */
static int32_t *workplace;

/* ---- people --------------------------------------------------------------------------------- */

/* The words that types.c names for a person, as its SQL puts them together. */
static void person_words(const struct crowd *c, const struct human *h, struct buf *out)
{
    struct kindergarten k;
    struct municipality m;
    buf_clear(out);
    buf_addf(out, "%s %s %s %s ", h->given, h->family, h->email, h->phone);
    for (const char *p = h->phone; *p; p++)
        if (*p != ' ')
            buf_addc(out, *p);
    for (int i = 0; i < h->posts; i++) {
        kindergarten_make(c, h->post[i].kindergarten, &k);
        municipality_make(k.municipality, &m);
        buf_addf(out, " %s %s", k.name, m.name);
    }
}

static const char *or_null(const char *s)
{
    return *s ? s : NULL;
}

static int64_t batch_of(long number)
{
    return 2 + number / BATCH_ROWS;
}

static void insert_person(struct db *db, const struct crowd *c, long number, const struct human *h,
                          struct buf *words, struct buf *search, struct buf *match)
{
    unsigned char key[KEY_SIZE];
    struct record *r = blank(T_PERSON);
    put(r, "given_name", h->given);
    put(r, "family_name", h->family);
    buf_clear(match);
    buf_clear(search);
    record_match_name(r, match);
    size_t n = record_sort_key(r, key);
    person_words(c, h, words);
    text_fold_search(search, words->s);
    done(db_query(db, &err,
                  "INSERT INTO person (created_at, created_by, changed_at, changed_by, batch_id, "
                  "sort_key, match_name,"
                  " search_text, given_name, family_name, email, phone)"
                  " VALUES (?1, 1, ?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                  "iibtttttt", (int64_t)WRITTEN_AT, batch_of(number), (const void *)key, n,
                  buf_str(match), buf_str(search), h->given, h->family, or_null(h->email),
                  or_null(h->phone)));
}

static long insert_people(struct db *db, const struct crowd *c)
{
    struct buf words = {0}, search = {0}, match = {0};
    struct human h;
    long posts = 0;
    for (long i = 0; i < c->people; i++) {
        human_make(c, i, &h);
        workplace[i] = (int32_t)h.post[0].kindergarten;
        insert_person(db, c, i, &h, &words, &search, &match);
        for (int j = 0; j < h.posts; j++, posts++) {
            const struct post *p = &h.post[j];
            done(db_query(db, &err,
                          "INSERT INTO position (created_at, created_by, changed_at, changed_by, "
                          "batch_id, person_id,"
                          " organisation_id, role, starts, ends) VALUES (?1, 1, ?1, 1, ?2, ?3, ?4, "
                          "?5, ?6, ?7)",
                          "iiiittt", (int64_t)WRITTEN_AT, batch_of(i), (int64_t)i + 1,
                          (int64_t)(c->municipalities + p->kindergarten + 1), p->role, p->starts,
                          or_null(p->ends)));
        }
    }
    buf_free(&words);
    buf_free(&search);
    buf_free(&match);
    return posts;
}

/* An import of a thousand rows each, as they would have come. */
static void insert_batches(struct db *db, const struct crowd *c)
{
    for (int64_t i = 1; i <= batch_of(c->people - 1); i++)
        must(db_run(db, &err,
                    "INSERT INTO batch (created_at, created_by, changed_at, changed_by, type, "
                    "file, rows, new)"
                    " VALUES (?1, 1, ?1, 1, ?2, ?3, ?4, ?4)",
                    "ittt", (int64_t)WRITTEN_AT, i == 1 ? "organisations" : "people", "liste.csv",
                    "1000"));
}

/* ---- offerings, cohorts, gatherings ------------------------------------------------------------
 */

struct counts {
    long offerings, cohorts, gatherings, enrolments, attendances;
};

enum { DICE_COHORT = 64 };

static void insert_offering(struct db *db, const struct crowd *c, const char *code,
                            const char *title, long starts, long ends)
{
    static const char *const areas[] = {"Felles", "Barnehage", "Barn, familie og inkludering",
                                        "Skole og SFO"};
    unsigned char key[KEY_SIZE];
    struct buf words = {0}, search = {0};
    struct human h;
    char from[12], to[12];
    int64_t contact =
        (int64_t)(crowd_dice(DICE_COHORT + 1, (uint64_t)starts) % (uint64_t)c->people);
    const char *area = areas[(starts + ends) % 4];
    struct record *r = blank(T_OFFERING);
    put(r, "code", code);
    size_t n = record_sort_key(r, key);
    human_make(c, (long)contact, &h);
    buf_addf(&words, "%s %s %s %s %s", code, title, area, h.given, h.family);
    text_fold_search(&search, words.s);
    crowd_day(starts, from);
    crowd_day(ends, to);
    done(db_query(db, &err,
                  "INSERT INTO offering (created_at, created_by, changed_at, changed_by, sort_key, "
                  "search_text, code,"
                  " title, kind, area, status, starts, ends, contact_id, organiser_id)"
                  " VALUES (?1, 1, ?1, 1, ?2, ?3, ?4, ?5, 'cohorts', ?6, ?7, ?8, ?9, ?10, 1)",
                  "ibttttttti", (int64_t)WRITTEN_AT, (const void *)key, n, buf_str(&search), code,
                  title, area, ends < TODAY ? "completed" : "running", from, to, contact + 1));
    buf_free(&words);
    buf_free(&search);
}

/* Plans get the ids from 1: one for each school year, whose number is that of its first August. */
enum { FIRST_YEAR = 2014, YEARS = 13 };

static void insert_plans(struct db *db)
{
    unsigned char key[KEY_SIZE];
    char title[40], from[12], to[12];
    struct record *r = blank(T_PLAN);
    for (int year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++) {
        snprintf(title, sizeof title, "Kompetanseplan %d/%02d", year, (year + 1) % 100);
        snprintf(from, sizeof from, "%d-08-01", year);
        snprintf(to, sizeof to, "%d-07-31", year + 1);
        put(r, "title", title);
        size_t n = record_sort_key(r, key);
        done(db_query(db, &err,
                      "INSERT INTO plan (created_at, created_by, changed_at, changed_by, sort_key, "
                      "title, starts, ends) VALUES (?1, 1, ?1, 1, ?2, ?3, ?4, ?5)",
                      "ibttt", (int64_t)WRITTEN_AT, (const void *)key, n, title, from, to));
    }
}

/* In the plan of the school year in which it starts; one in five in the next year's too. */
static void insert_placements(struct db *db)
{
    must(db_run(db, &err,
                "INSERT INTO placement (created_at, created_by, changed_at, changed_by, "
                "offering_id, plan_id) SELECT ?1, 1, ?1, 1, o.id, p.id FROM offering o JOIN plan p "
                "ON o.starts BETWEEN p.starts AND p.ends OR o.id % 5 = 0 AND date(o.starts, "
                "'+1 year') BETWEEN p.starts AND p.ends ORDER BY o.id, p.id",
                "i", (int64_t)WRITTEN_AT));
}

static void insert_gathering(struct db *db, int64_t cohort, const char *code, const char *title,
                             int cohort_number, int number, long day)
{
    static const char *const rooms[] = {"Kulturhuset",  "Kommunestyresalen", "Biblioteket",
                                        "Møterom Ørn",  "Rådhuset",          "Folkets hus",
                                        "Kurssenteret", "Samfunnshuset"};
    struct buf words = {0}, search = {0};
    char date[12], name[32], starts[20], ends[20];
    const char *room = rooms[(cohort + number) % 8];
    crowd_day(day, date);
    snprintf(name, sizeof name, "Samling %d", number);
    snprintf(starts, sizeof starts, "%.10sT09:00", date);
    snprintf(ends, sizeof ends, "%.10sT15:00", date);
    buf_addf(&words, "%s %d %d %s %s %s Pulje %d", code, cohort_number, number, name, room, title,
             cohort_number);
    text_fold_search(&search, words.s);
    done(db_query(db, &err,
                  "INSERT INTO gathering (created_at, created_by, changed_at, changed_by, "
                  "search_text, cohort_id,"
                  " number, title, level, starts, ends, place, status)"
                  " VALUES (?1, 1, ?1, 1, ?2, ?3, ?4, ?5, 'local', ?6, ?7, ?8, ?9)",
                  "itiittttt", (int64_t)WRITTEN_AT, buf_str(&search), cohort, (int64_t)number, name,
                  starts, ends, room, day < TODAY ? "held" : "planned"));
    buf_free(&words);
    buf_free(&search);
}

static void insert_enrolment(struct db *db, const struct crowd *c, int64_t cohort, int64_t person,
                             bool sure)
{
    uint64_t dice = crowd_dice(DICE_COHORT + 2, (uint64_t)(cohort * 1000003 + person)) % 100;
    const char *status = sure || dice < 60 ? "confirmed"
                         : dice < 92       ? "registered"
                         : dice < 96       ? "withdrawn"
                                           : "waitlisted";
    done(db_query(db, &err,
                  "INSERT INTO enrolment (created_at, created_by, changed_at, changed_by, "
                  "batch_id, cohort_id,"
                  " person_id, organisation_id, role, status) VALUES (?1, 1, ?1, 1, ?2, ?3, ?4, "
                  "?5, 'participant', ?6)",
                  "iiiiit", (int64_t)WRITTEN_AT, batch_of((long)person), cohort, person + 1,
                  (int64_t)(c->municipalities + workplace[person] + 1), status));
}

static void insert_marks(struct db *db, int64_t gathering, int64_t first, int64_t last)
{
    for (int64_t e = first; e <= last; e++) {
        uint64_t dice = crowd_dice(DICE_COHORT + 3, (uint64_t)(gathering * 4099 + e)) % 100;
        const char *mark = dice < 84   ? "present"
                           : dice < 92 ? "absent"
                           : dice < 99 ? "excused"
                                       : "caught_up";
        done(db_query(db, &err,
                      "INSERT INTO attendance (created_at, created_by, changed_at, changed_by, "
                      "batch_id, enrolment_id,"
                      " gathering_id, mark) VALUES (?1, 1, ?1, 1, ?2, ?3, ?4, ?5)",
                      "iiiit", (int64_t)WRITTEN_AT, batch_of(0), e, gathering, mark));
    }
}

/* One cohort with all that hangs on it. `people` of them, taken from all over the county. */
static void insert_cohort(struct db *db, const struct crowd *c, int64_t offering, const char *code,
                          const char *title, int number, long first_day, long people, bool sure,
                          struct counts *n)
{
    char name[32], from[12], to[12], by[12];
    snprintf(name, sizeof name, "Pulje %d", number);
    crowd_day(first_day - 28, by);
    crowd_day(first_day - 14, from);
    crowd_day(first_day + 200, to);
    done(db_query(
        db, &err,
        "INSERT INTO cohort (created_at, created_by, changed_at, changed_by, "
        "offering_id, number, name,"
        " status, starts, ends, deadline) VALUES (?1, 1, ?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        "iiittttt", (int64_t)WRITTEN_AT, offering, (int64_t)number, name,
        first_day + 200 < TODAY ? "completed" : "running", from, to, by));
    int64_t cohort = db_last_id(db), first = n->enrolments + 1;
    uint64_t dice = crowd_dice(DICE_COHORT, (uint64_t)cohort);
    long stride = people ? 1 + (long)(dice % (uint64_t)(c->people / people)) : 1;
    long person = (long)(dice >> 20) % c->people;
    for (long i = 0; i < people; i++, n->enrolments++)
        insert_enrolment(db, c, cohort, (person + i * stride) % c->people, sure);
    for (int g = 1; g <= GATHERINGS; g++) {
        long day = first_day + (g - 1) * 35;
        insert_gathering(db, cohort, code, title, number, g, day);
        n->gatherings++;
        if (day < TODAY) {
            insert_marks(db, n->gatherings, first, n->enrolments);
            n->attendances += people;
        }
    }
    n->cohorts++;
}

/* Eight cohorts an offering, about a hundred people a cohort, over twelve years; besides STOR/1 of
 * a thousand people, whose last gathering is ahead, and the empty cohorts of TOM. */
static struct counts insert_programme(struct db *db, const struct crowd *c)
{
    static const char *const themes[] = {"Livsmestring",
                                         "Medvirkning",
                                         "Voksenrollen",
                                         "Digital praksis",
                                         "Språk og lek",
                                         "Inkludering",
                                         "Overganger",
                                         "Pedagogisk dokumentasjon",
                                         "Natur og miljø",
                                         "Ledelse i barnehagen",
                                         "Rammeplanen i praksis",
                                         "Psykososialt miljø"};
    struct counts n = {0};
    char code[32], title[80];
    long offerings = c->people / 400;
    insert_plans(db);
    for (long i = 0; i < offerings; i++) {
        long start = 16420 + i * 4200 / offerings; /* 2014-12 to 2026-06 */
        snprintf(code, sizeof code, "T%04ld", i + 1);
        snprintf(title, sizeof title, "%s %ld", themes[i % 12], i / 12 + 1);
        insert_offering(db, c, code, title, start, start + 500);
        n.offerings++;
        for (int k = 1; k <= 8; k++) {
            long people = 40 + (long)(crowd_dice(DICE_COHORT + 4, (uint64_t)(i * 8 + k)) % 131);
            insert_cohort(db, c, n.offerings, code, title, k, start + 14 + (k - 1) * 12, people,
                          false, &n);
        }
    }
    insert_offering(db, c, "STOR", "Stor samling", TODAY - 160, TODAY + 200);
    insert_cohort(db, c, ++n.offerings, "STOR", "Stor samling", 1, TODAY - 130,
                  c->people < SHEET_PEOPLE ? c->people : SHEET_PEOPLE, true, &n);
    insert_offering(db, c, "TOM", "Tomme puljer", TODAY, TODAY + 200);
    n.offerings++;
    for (int k = 1; k <= EMPTY_COHORTS; k++)
        insert_cohort(db, c, n.offerings, "TOM", "Tomme puljer", k, TODAY + 20, 0, true, &n);
    insert_placements(db);
    return n;
}

/* ---- the check ----------------------------------------------------------------------------------
 */

static bool agrees(struct session *s, const struct record_type *t, struct stmt *st)
{
    unsigned char key[KEY_SIZE];
    struct buf text = {0};
    struct record *r;
    size_t have;
    must(record_load(s, t, stmt_int(st, 0), &r, &err));
    text_fold_search(&text, stmt_str(st, 2));
    bool good = strcmp(buf_str(&text), stmt_str(st, 1)) == 0;
    if (t->sort[0]) {
        const void *stored = stmt_blob(st, 3, &have);
        size_t n = record_sort_key(r, key);
        good = good && have == n && memcmp(stored, key, n) == 0;
    }
    if (t->match[0]) {
        buf_clear(&text);
        record_match_name(r, &text);
        good = good && strcmp(buf_str(&text), stmt_str(st, 4)) == 0;
    }
    record_free(r);
    buf_free(&text);
    return good;
}

/* About two thousand records of each type, computed anew as record_verify does. */
static long verify_sample(struct session *s)
{
    long looked = 0;
    for (int i = T_NONE + 1; i < T_COUNT; i++) {
        const struct record_type *t = type_by_id((enum type_id)i);
        if (!t->search)
            continue;
        struct buf sql = {0};
        int64_t last = 0;
        enum step step;
        buf_addf(&sql, "SELECT max(id) FROM %s", t->table);
        must(db_get_int(s->db, &last, NULL, &err, sql.s, NULL));
        buf_clear(&sql);
        buf_addf(&sql, "SELECT r.id, r.search_text, %s, %s, %s FROM %s r WHERE r.id %% ?1 = 0",
                 t->search, t->sort[0] ? "r.sort_key" : "NULL",
                 t->match[0] ? "r.match_name" : "NULL", t->table);
        struct stmt *st = db_query(s->db, &err, sql.s, "i", last / 2000 + 1);
        while ((step = stmt_step(st, &err)) == STEP_ROW) {
            looked++;
            if (!agrees(s, t, st)) {
                fprintf(stderr, "build_db: %s %lld is not as the program would have written it\n",
                        t->name, (long long)stmt_int(st, 0));
                exit(1);
            }
        }
        if (step == STEP_ERROR)
            fail(&err);
        buf_free(&sql);
    }
    return looked;
}

/* ---- the three jobs
 * -------------------------------------------------------------------------------- */

static int build_database(long people, const char *path)
{
    struct session *s;
    struct crowd c = crowd_of(people);
    double start = now(), since = start;
    must(session_open(&s, path, DB_CREATE | DB_NEW, "bench", &err));
    struct db *db = s->db;
    /* Not a file to lose sleep over: a build that is cut off is thrown away. */
    must(db_script(db,
                   "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;"
                   " PRAGMA cache_size=-400000; PRAGMA threads=2",
                   &err));
    must(session_begin(s, ACT_ADD, &err));
    struct indices indices = drop_indices(db);
    insert_batches(db, &c);
    insert_organisations(db, &c);
    told("organisations", c.municipalities + c.kindergartens, &since);
    workplace = mem_alloc((size_t)people * sizeof *workplace);
    long posts = insert_people(db, &c);
    told("people", people, &since);
    printf("  %-28s %10ld\n", "positions", posts);
    struct counts n = insert_programme(db, &c);
    printf("  %-28s %10ld\n", "offerings", n.offerings);
    printf("  %-28s %10ld\n", "cohorts", n.cohorts);
    printf("  %-28s %10ld\n", "gatherings", n.gatherings);
    printf("  %-28s %10ld\n", "enrolments", n.enrolments);
    told("attendances", n.attendances, &since);
    build_indices(db, &indices);
    must(session_commit(s, &err));
    told("indices, search", 0, &since);
    told("sample checked", verify_sample(s), &since);
    must(db_script(db, "PRAGMA journal_mode=WAL", &err));
    session_close(s);
    free(workplace);
    printf("  built in %.1f s\n", now() - start);
    return 0;
}

static FILE *create(const char *path)
{
    FILE *f = fopen(path, "w");
    if (!f) {
        perror(path);
        exit(1);
    }
    return f;
}

static int finish(FILE *f, const char *path)
{
    if (fclose(f) == 0)
        return 0;
    perror(path);
    return 1;
}

static int write_people(long people, const char *path)
{
    struct crowd c = crowd_of(people);
    struct human h;
    struct kindergarten k;
    struct municipality m;
    FILE *f = create(path);
    fputs("Fornavn;Etternavn;E-post;Mobil;Barnehage;Kommune;Stilling\n", f);
    for (long i = 0; i < people; i++) {
        human_make(&c, i, &h);
        kindergarten_make(&c, h.post[0].kindergarten, &k);
        municipality_make(k.municipality, &m);
        fprintf(f, "%s;%s;%s;%s;%s;%s;%s\n", h.given, h.family, h.email, h.phone, k.name, m.name,
                h.post[0].words);
    }
    return finish(f, path);
}

/* Five rows: two by e-mail, two by name and kindergarten without it, one who is not known. */
static int write_roster(long people, long number, long rows, const char *path)
{
    struct crowd c = crowd_of(people);
    struct human h;
    struct kindergarten k;
    struct municipality m;
    FILE *f = create(path);
    fputs("Etternavn;Fornavn;E-post;Mobil;Barnehage;Kommune;Stilling\n", f);
    for (long i = 0; i < rows; i++) {
        bool known = i % 5 != 4;
        uint64_t dice = crowd_dice(DICE_COHORT + 8, (uint64_t)(number * 100003 + i));
        human_make(&c, known ? (long)(dice % (uint64_t)people) : people + number * rows + i, &h);
        kindergarten_make(&c, h.post[0].kindergarten, &k);
        municipality_make(k.municipality, &m);
        fprintf(f, "%s;%s;%s;%s;%s;%s;%s\n", h.family, h.given, i % 5 < 2 || !known ? h.email : "",
                i % 5 < 2 ? "" : h.phone, k.name, m.name, h.post[0].words);
    }
    return finish(f, path);
}

int main(int argc, char **argv)
{
    lang_init("en");
    const char *job = argc > 1 ? argv[1] : "";
    long people = argc > 2 ? atol(argv[2]) : 0;
    if (people >= 1000 && argc == 4 && strcmp(job, "database") == 0)
        return build_database(people, argv[3]);
    if (people >= 1000 && argc == 4 && strcmp(job, "people") == 0)
        return write_people(people, argv[3]);
    if (people >= 1000 && argc == 6 && strcmp(job, "roster") == 0)
        return write_roster(people, atol(argv[3]), atol(argv[4]), argv[5]);
    fprintf(stderr, "usage: build_db database PEOPLE FILE\n"
                    "       build_db people PEOPLE FILE\n"
                    "       build_db roster PEOPLE NUMBER ROWS FILE\n"
                    "PEOPLE is 1000 at least.\n");
    return 2;
}
