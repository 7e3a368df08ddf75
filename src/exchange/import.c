#include "config.h"

#include "samling/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/bulk.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/nin.h"
#include "samling/path.h"

#include "apply.h"
#include "decisions.h"
#include "furniture.h"
#include "hash.h"
#include "intake.h"
#include "mapping.h"

struct import {
    struct session *s;
    const struct targets *targets;
    int64_t cohort;    /* of a roster, of gatherings, and that of the gathering; 0: none */
    int64_t gathering; /* of attendance */
    char *cohort_ref, *gathering_ref;
    bool replace, keep_unmapped;
    enum on_unclear on_unclear;
    struct decisions decisions;
    struct reader *reader;
    struct mapping mapping;
    struct import_head head;
    struct import_column column[READER_COLUMNS_MAX];
};

/* ---- words ----------------------------------------------------------------------------------- */

const char *verdict_name(enum verdict v)
{
    static const char *const names[VERDICT_COUNT] = {"new",     "matched",  "changed",
                                                     "unclear", "rejected", "skipped"};
    return v < VERDICT_COUNT ? names[v] : "";
}

const char *verdict_label(enum verdict v)
{
    static const char *const labels[VERDICT_COUNT] = {N_("new"),     N_("matched"),  N_("changed"),
                                                      N_("unclear"), N_("rejected"), N_("skipped")};
    return v < VERDICT_COUNT ? lang_tr(labels[v]) : "";
}

const char *import_field_label(const char *type, const char *field)
{
    const struct targets *t = targets_of(type);
    for (size_t i = 0; t && i < t->n; i++)
        if (t->target[i].name && strcmp(t->target[i].name, field) == 0)
            return lang_tr(t->target[i].label);
    return NULL;
}

/* ---- opening --------------------------------------------------------------------------------- */

enum { SAMPLE_ROWS = 100, SAMPLES = 3 };

static void take_sample(struct import *imp, const struct row *row)
{
    for (size_t c = 0; c < row->n && c < imp->mapping.ncolumns; c++) {
        size_t k = 0;
        while (k < SAMPLES && imp->column[c].sample[k])
            k++;
        if (k < SAMPLES && *row->field[c])
            imp->column[c].sample[k] = mem_strdup(row->field[c]);
    }
}

/* The first values of each column, for the one who looks whether it was understood. */
static enum status take_samples(struct import *imp, struct error *err)
{
    struct intake intake = {.mapping = &imp->mapping};
    struct row row;
    int rc = 1;
    for (int i = 0; i < SAMPLE_ROWS && (rc = reader_next(imp->reader, &row, err)) > 0; i++)
        if (row.line > imp->mapping.header_line)
            take_sample(imp, intake_take(&intake, &row));
    intake_free(&intake);
    reader_rewind(imp->reader);
    return rc < 0 ? ST_REFUSED : ST_OK;
}

static void fill_head(struct import *imp)
{
    struct mapping *m = &imp->mapping;
    imp->head = (struct import_head){*reader_info(imp->reader), m->header_line, imp->column,
                                     m->ncolumns, m->remembered};
    for (size_t i = 0; i < m->ncolumns; i++) {
        const struct target *t = m->target[i] < 0 ? NULL : &imp->targets->target[m->target[i]];
        nin_scrub(m->heading[i]);
        imp->column[i].heading = m->heading[i];
        imp->column[i].field = t ? t->name : NULL;
        imp->column[i].label = t ? lang_tr(t->label) : NULL;
        imp->column[i].use = m->use[i];
        imp->column[i].why = m->why[i];
    }
}

/* ---- into what ------------------------------------------------------------------------------- */

static enum status find_cohort(struct import *imp, int64_t id, struct error *err)
{
    struct record *r;
    struct buf ref = {0};
    const struct record_type *t = type_by_id(T_COHORT);
    enum status st = record_load(imp->s, t, id, &r, err);
    if (st != ST_OK)
        return st;
    record_free(r);
    record_reference(imp->s, t, id, &ref);
    imp->cohort = id;
    imp->cohort_ref = buf_take(&ref);
    return ST_OK;
}

static enum status find_gathering(struct import *imp, int64_t id, struct error *err)
{
    struct record *r;
    struct buf ref = {0};
    const struct record_type *t = type_by_id(T_GATHERING);
    enum status st = record_load(imp->s, t, id, &r, err);
    if (st != ST_OK)
        return st;
    int64_t cohort = record_get_id(r, "cohort");
    record_free(r);
    record_reference(imp->s, t, id, &ref);
    imp->gathering = id;
    imp->gathering_ref = buf_take(&ref);
    return find_cohort(imp, cohort, err);
}

static enum status find_target(struct import *imp, const struct import_options *o,
                               struct error *err)
{
    switch (imp->targets->kind) {
    case IMPORT_ROSTER:
        if (!o->cohort)
            return error_set(err, ST_USAGE, "roster", _("name the cohort, as --into BIM/1"), "%s",
                             _("a roster is imported into a cohort"));
        return find_cohort(imp, o->cohort, err);
    case IMPORT_GATHERINGS: return o->cohort ? find_cohort(imp, o->cohort, err) : ST_OK;
    case IMPORT_ATTENDANCE:
        if (!o->gathering)
            return error_set(err, ST_USAGE, "attendance",
                             _("name the gathering, as --into BIM/1/3"), "%s",
                             _("attendance is imported into a gathering"));
        return find_gathering(imp, o->gathering, err);
    default: return ST_OK;
    }
}

static enum status prepare(struct import *imp, const struct import_options *o, struct error *err)
{
    imp->targets = targets_of(o->type);
    imp->replace = o->replace;
    imp->keep_unmapped = o->keep_unmapped;
    imp->on_unclear = o->on_unclear;
    if (!imp->targets)
        return error_set(err, ST_USAGE, o->type,
                         _("choose people, organisations, roster, offerings, cohorts, gatherings "
                           "or attendance"),
                         "%s", _("this cannot be imported"));
    return find_target(imp, o, err);
}

static enum status finish_open(struct import **out, struct import *imp,
                               const struct import_options *o, enum status st, struct error *err)
{
    if (st == ST_OK)
        st = mapping_find(&imp->mapping, imp->targets, o, imp->s, imp->reader, err);
    if (st == ST_OK)
        st = take_samples(imp, err);
    if (st != ST_OK) {
        import_close(imp);
        return st;
    }
    fill_head(imp);
    *out = imp;
    return ST_OK;
}

static struct import *import_new(struct import **out, struct session *s)
{
    struct import *imp = mem_alloc(sizeof *imp);
    imp->s = s;
    *out = NULL;
    return imp;
}

enum status import_open(struct import **out, struct session *s,
                        const struct import_options *options, const char *path, struct error *err)
{
    struct import *imp = import_new(out, s);
    enum status st = prepare(imp, options, err);
    if (st == ST_OK)
        st = reader_open(&imp->reader, path, &options->reader, err);
    return finish_open(out, imp, options, st, err);
}

enum status import_open_memory(struct import **out, struct session *s,
                               const struct import_options *options, const char *name,
                               const char *data, size_t len, struct error *err)
{
    struct import *imp = import_new(out, s);
    enum status st = prepare(imp, options, err);
    if (st == ST_OK)
        st = reader_open_memory(&imp->reader, name, data, len, &options->reader, err);
    return finish_open(out, imp, options, st, err);
}

const struct import_head *import_head(const struct import *imp)
{
    return &imp->head;
}

struct reader *import_reader(struct import *imp)
{
    return imp->reader;
}

/* ---- what somebody decides ------------------------------------------------------------------- */

enum status import_remap(struct import *imp, size_t column, const char *field, struct error *err)
{
    enum status st = mapping_change(&imp->mapping, imp->targets, column, field, err);
    if (st == ST_OK)
        fill_head(imp);
    return st;
}

void import_set_replace(struct import *imp, bool replace)
{
    imp->replace = replace;
}

void import_set_unclear(struct import *imp, enum on_unclear how)
{
    imp->on_unclear = how;
}

struct import_decision import_decision(const struct import *imp, long line)
{
    const struct decided *d = decisions_find(&imp->decisions, line);
    return d ? d->decision : decision_none;
}

void import_decide(struct import *imp, long line, struct import_decision d)
{
    decisions_put(&imp->decisions, line, d);
}

size_t import_decided(const struct import *imp)
{
    return imp->decisions.n;
}

void import_copy_decisions(struct import *to, const struct import *from)
{
    decisions_copy(&to->decisions, &from->decisions);
}

void import_mend(struct import *imp, long line, size_t column, const char *text)
{
    decisions_mend(&imp->decisions, line, column, text);
}

/* ---- closing --------------------------------------------------------------------------------- */

void import_close(struct import *imp)
{
    if (!imp)
        return;
    for (size_t i = 0; i < READER_COLUMNS_MAX; i++)
        for (size_t k = 0; k < SAMPLES; k++)
            free((char *)imp->column[i].sample[k]);
    mapping_free(&imp->mapping);
    reader_close(imp->reader);
    decisions_free(&imp->decisions);
    free(imp->cohort_ref);
    free(imp->gathering_ref);
    free(imp);
}

/* ---- one pass -------------------------------------------------------------------------------- */

struct run {
    struct import *imp;
    const struct import_watch *watch; /* or NULL */
    struct import_result *result;
    struct intake intake;
    struct world world;
    struct matcher *matcher;
    struct entry_reader reader;
    struct entry entry;
    struct outcome outcome;
    struct applier applier;
    uint64_t hash; /* of all cells, as they were read */
    double share;  /* of the whole that the rows are: the rest is building indices */
};

static const char *name_to_show(const struct run *r)
{
    if (r->entry.name.len)
        return r->entry.name.s;
    if (r->imp->targets->of_people && r->entry.value[TO_EMAIL])
        return r->entry.value[TO_EMAIL];
    return "";
}

static void show_row(struct run *r, const struct row *row)
{
    const struct outcome *o = &r->outcome;
    int64_t candidate[LOOKUP_MAX];
    struct import_row shown = {
        .line = row->line,
        .verdict = o->verdict,
        .name = name_to_show(r),
        .organisation = o->organisation ? o->organisation : "",
        .reason = buf_str(&o->reason),
        .id = o->id,
        .candidate_type = o->candidates.n ? o->candidate_type : T_NONE,
        .candidate = candidate,
        .remark = r->matcher->remark,
        .decided = r->intake.decided != NULL,
        .identities = r->intake.identities,
        .row = row,
        .head = &r->imp->head,
    };
    for (size_t i = 0; i < o->candidates.n; i++)
        if (o->candidates.id[i] > 0)
            candidate[shown.ncandidates++] = o->candidates.id[i];
    r->watch->row(r->watch->arg, &shown);
}

static enum status apply(struct run *r, struct error *err)
{
    const struct targets *t = r->imp->targets;
    switch (t->kind) {
    case IMPORT_PEOPLE:
    case IMPORT_ROSTER: return apply_person(&r->applier, &r->entry, &r->outcome, err);
    case IMPORT_ATTENDANCE: return apply_attendance(&r->applier, &r->entry, &r->outcome, err);
    case IMPORT_ORGANISATIONS: return apply_organisation(&r->applier, &r->entry, &r->outcome, err);
    default: return apply_record(&r->applier, t, &r->entry, &r->outcome, err);
    }
}

static void add_reason(struct run *r, const char *words)
{
    struct buf *reason = &r->outcome.reason;
    if (!*words || !r->matcher->tell)
        return;
    if (reason->len)
        buf_add(reason, "; ");
    buf_add(reason, words);
}

static bool is_accepted(const struct run *r)
{
    return r->intake.decided && r->intake.decided->decision.accept;
}

/* A row that is written, or could be. */
static enum status judge(struct run *r, const struct row *row, struct error *err)
{
    struct outcome *o = &r->outcome;
    r->matcher->decision = r->intake.decided ? &r->intake.decided->decision : NULL;
    if (!entry_read(&r->reader, row, &r->entry, &o->reason)) {
        o->organisation =
            r->imp->targets->of_people ? r->entry.value[TO_ORGANISATION] : o->organisation;
        return ST_OK;
    }
    enum status st = ST_OK;
    if (is_accepted(r))
        entry_accept(&r->entry);
    r->matcher->remark = r->entry.remark.len > 0;
    if ((row->flags & ROW_JOINED) && !is_accepted(r)) {
        o->verdict = VERDICT_UNCLEAR;
        o->organisation =
            r->imp->targets->of_people ? r->entry.value[TO_ORGANISATION] : o->organisation;
    } else {
        st = apply(r, err);
    }
    if (st != ST_OK)
        return st;
    add_reason(r, buf_str(&r->entry.remark));
    if (o->verdict == VERDICT_UNCLEAR && r->imp->on_unclear == UNCLEAR_SKIP)
        o->verdict = VERDICT_SKIPPED;
    return ST_OK;
}

/* It is read for its name only. */
static void skip(struct run *r, const struct row *row, const char *why)
{
    entry_read(&r->reader, row, &r->entry, &r->outcome.reason);
    buf_clear(&r->outcome.reason);
    add_reason(r, why);
    r->outcome.verdict = VERDICT_SKIPPED;
}

static const char *furniture_words(const struct run *r, enum furniture what)
{
    bool people = r->imp->targets->of_people;
    if (what == ROW_TOTAL)
        return people ? _("a total, not a person") : _("a total, not a row of the list");
    if (what == ROW_PLACEHOLDER)
        return _("a placeholder, not a person");
    return people ? _("a note, not a person") : _("a note, not a row of the list");
}

static void count_row(struct run *r, const struct row *row)
{
    struct import_result *result = r->result;
    int numbers = r->intake.identities;
    result->rows++;
    result->count[r->outcome.verdict]++;
    result->identities += numbers;
    for (size_t i = 0; numbers && i < IMPORT_LINES; i++) {
        if (!result->identity_line[i]) {
            result->identity_line[i] = row->line;
            break;
        }
    }
    if (r->intake.in_cells) {
        add_reason(r, _("a national identity number was left out"));
        r->matcher->remark = true;
    }
}

static enum status do_row(struct run *r, const struct row *row, enum furniture what,
                          struct error *err)
{
    struct outcome *o = &r->outcome;
    const struct decided *d = r->intake.decided;
    enum status st = ST_OK;
    r->world.line = row->line;
    o->verdict = VERDICT_REJECTED;
    o->id = 0;
    o->organisation = NULL;
    o->candidates.n = 0;
    o->candidate_type = T_NONE;
    buf_clear(&o->reason);
    r->matcher->remark = false;
    if (d && d->decision.skip)
        skip(r, row, _("left out by choice"));
    else if (what != ROW_OF_TABLE)
        skip(r, row, furniture_words(r, what));
    else
        st = judge(r, row, err);
    if (st != ST_OK)
        return st;
    count_row(r, row);
    if (r->watch && r->watch->row)
        show_row(r, row);
    return ST_OK;
}

static enum status stopped(const struct import *imp, struct error *err)
{
    return error_set(err, ST_STOPPED, reader_name(imp->reader), NULL, "%s",
                     _("stopped; nothing was written"));
}

static void add_hash(struct run *r, const struct row *row)
{
    for (size_t i = 0; i < row->n; i++)
        r->hash = hash_text(r->hash, row->field[i]);
    r->hash = hash_number(r->hash, (int64_t)row->n);
}

/* A row that somebody decided about is one, whatever it looks like. */
static enum furniture what_is(const struct run *r, const struct row *row)
{
    const struct import *imp = r->imp;
    enum furniture what = row->line <= imp->mapping.header_line
                              ? ROW_HEADER_AGAIN
                              : furniture_of(&imp->mapping, imp->targets, row);
    return r->intake.decided && what != ROW_HEADER_AGAIN ? ROW_OF_TABLE : what;
}

enum { PROGRESS_ROWS = 500 };

static enum status do_rows(struct run *r, struct error *err)
{
    struct import *imp = r->imp;
    struct row raw;
    enum status st = ST_OK;
    int rc = 1;
    reader_rewind(imp->reader);
    for (long n = 1; st == ST_OK && (rc = reader_next(imp->reader, &raw, err)) > 0; n++) {
        const struct row *row = intake_take(&r->intake, &raw);
        enum furniture what = what_is(r, row);
        if (r->world.write)
            add_hash(r, row);
        if (what != ROW_HEADER_AGAIN)
            st = do_row(r, row, what, err);
        if (n % PROGRESS_ROWS == 0 && r->watch && r->watch->progress &&
            !r->watch->progress(r->watch->arg, r->share * reader_progress(imp->reader),
                                r->result->rows))
            return stopped(imp, err);
    }
    if (rc < 0)
        return ST_REFUSED;
    return st == ST_OK ? world_status(&r->world, err) : st;
}

static enum status run_open(struct run *r, struct import *imp, bool write,
                            const struct import_watch *watch, struct import_result *result,
                            struct error *err)
{
    *result = (struct import_result){0};
    r->imp = imp;
    r->watch = watch;
    r->result = result;
    r->share = 1;
    r->matcher = mem_alloc(sizeof *r->matcher);
    r->matcher->w = &r->world;
    r->matcher->cohort = imp->targets->of_people ? imp->cohort : 0;
    r->matcher->on_unclear = imp->on_unclear;
    r->matcher->tell = watch && watch->row;
    r->intake.mapping = &imp->mapping;
    r->intake.decisions = &imp->decisions;
    r->reader.s = imp->s;
    r->reader.targets = imp->targets;
    r->reader.mapping = &imp->mapping;
    r->reader.tell = r->matcher->tell;
    r->reader.keep_unmapped = imp->keep_unmapped;
    r->applier = (struct applier){.m = r->matcher,
                                  .replace = imp->replace,
                                  .cohort = imp->cohort,
                                  .cohort_ref = imp->cohort_ref,
                                  .gathering = imp->gathering,
                                  .gathering_ref = imp->gathering_ref,
                                  .result = result,
                                  .watch = watch};
    return world_open(&r->world, imp->s, write, err);
}

static void run_close(struct run *r)
{
    if (r->matcher)
        matcher_free(r->matcher);
    free(r->matcher);
    intake_free(&r->intake);
    entry_reader_free(&r->reader);
    entry_free(&r->entry);
    applier_free(&r->applier);
    buf_free(&r->outcome.reason);
    world_close(&r->world);
}

/* ---- writing --------------------------------------------------------------------------------- */

static void put_number(struct record *r, const char *field, long n)
{
    char text[24];
    snprintf(text, sizeof text, "%ld", n);
    record_put(r, type_field(r->type, field), text);
}

static void put_counts(struct record *batch, const struct run *r)
{
    char hash[24];
    const struct import_result *result = r->result;
    snprintf(hash, sizeof hash, "h64:%016llx", (unsigned long long)r->hash);
    record_put(batch, type_field(batch->type, "hash"), hash);
    put_number(batch, "rows", result->rows);
    put_number(batch, "new", result->count[VERDICT_NEW]);
    put_number(batch, "matched", result->count[VERDICT_MATCHED]);
    put_number(batch, "changed", result->count[VERDICT_CHANGED]);
    put_number(batch, "unclear", result->count[VERDICT_UNCLEAR]);
    put_number(batch, "rejected", result->count[VERDICT_REJECTED]);
    put_number(batch, "skipped", result->count[VERDICT_SKIPPED]);
}

/* The file's name without its folder. */
static void put_file(struct record *batch, const char *path)
{
    char *name = mem_strdup(path_base(path));
    nin_scrub(name);
    record_put(batch, type_field(batch->type, "file"), *name ? name : "-");
    free(name);
}

static enum status open_batch(struct run *r, struct record **out, struct error *err)
{
    struct import *imp = r->imp;
    struct session *s = imp->s;
    struct record *b = *out = record_new(type_by_id(T_BATCH));
    record_put(b, type_field(b->type, "type"), imp->targets->name);
    record_put(b, type_field(b->type, "target"),
               imp->gathering_ref ? imp->gathering_ref : imp->cohort_ref);
    put_file(b, reader_name(imp->reader));
    put_counts(b, r);
    enum status st = record_insert(s, b, err);
    if (st == ST_OK) {
        s->batch = b->id;
        st = session_change_set(
            s, NULL, err); /* so that undo finds it, though rows that are made are not in it */
    }
    return st;
}

enum { BULK_BYTES = 1 << 20 }; /* a smaller file is in before the indices are dropped */

static enum status begin_bulk(struct run *r, struct error *err)
{
    bool possible;
    enum import_kind kind = r->imp->targets->kind;
    if ((kind != IMPORT_PEOPLE && kind != IMPORT_ROSTER) || r->imp->head.info.bytes < BULK_BYTES)
        return ST_OK;
    enum status st = bulk_possible(r->imp->s, &possible, err);
    if (st != ST_OK || !possible)
        return st;
    r->share = 0.4;
    return bulk_begin(r->imp->s, err);
}

static bool building(void *arg, double done)
{
    struct run *r = arg;
    return r->watch->progress(r->watch->arg, r->share + (1 - r->share) * done, r->result->rows);
}

static enum status end_bulk(struct run *r, struct error *err)
{
    bool watched = r->watch && r->watch->progress;
    if (!r->imp->s->bulk)
        return ST_OK;
    enum status st = bulk_end(r->imp->s, watched ? building : NULL, r, err);
    return st == ST_STOPPED ? stopped(r->imp, err) : st;
}

/* Inside the transaction: all that is written. */
static enum status write_all(struct run *r, struct import *imp, const struct import_watch *watch,
                             struct import_result *result, struct error *err)
{
    struct record *batch = NULL;
    enum status st = run_open(r, imp, true, watch, result, err);
    if (st == ST_OK)
        st = open_batch(r, &batch, err);
    if (st == ST_OK)
        st = begin_bulk(r, err);
    if (st == ST_OK)
        st = do_rows(r, err);
    if (st == ST_OK && r->world.written)
        st = end_bulk(r, err);
    if (st == ST_OK && r->world.written) {
        put_counts(batch, r);
        st = record_update(imp->s, batch, err);
        result->batch = batch->id;
    }
    record_free(batch);
    return st;
}

static enum status run_write(struct import *imp, const struct import_watch *watch,
                             struct import_result *result, struct error *err)
{
    struct run r = {0};
    struct session *s = imp->s;
    enum status st = session_begin(s, ACT_IMPORT, err);
    if (st != ST_OK)
        return st;
    s->batch = 0;
    st = write_all(&r, imp, watch, result, err);
    if (st == ST_OK && r.world.written)
        st = session_commit(s, err);
    else
        session_rollback(s);
    bulk_drop(s);
    s->batch = 0;
    if (st != ST_OK)
        *result = (struct import_result){0};
    else /* A comfort for the next file: the rows are in, whether it can be kept or not. */
        mapping_remember(s, imp->targets, &imp->mapping, NULL);
    run_close(&r);
    return st;
}

/* One view of the database, whatever others write meanwhile. */
static enum status run_rehearsal(struct import *imp, const struct import_watch *watch,
                                 struct import_result *result, struct error *err)
{
    struct run r = {0};
    enum status st = db_begin_read(imp->s->db, err);
    if (st != ST_OK)
        return st;
    st = run_open(&r, imp, false, watch, result, err);
    if (st == ST_OK)
        st = do_rows(&r, err);
    db_end_read(imp->s->db);
    run_close(&r);
    return st;
}

enum status import_run(struct import *imp, bool write, const struct import_watch *watch,
                       struct import_result *result, struct error *err)
{
    return write ? run_write(imp, watch, result, err) : run_rehearsal(imp, watch, result, err);
}
