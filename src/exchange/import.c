#include "config.h"

#include "samling/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samling/bulk.h"
#include "samling/lang.h"
#include "samling/mem.h"

#include "apply.h"
#include "hash.h"
#include "mapping.h"

struct import {
    struct session *s;
    const struct targets *targets;
    int64_t cohort;
    char *cohort_ref;
    bool replace;
    struct reader *reader;
    struct mapping mapping;
    struct import_head head;
    struct import_column column[READER_COLUMNS_MAX];
};

/* ---- words ----------------------------------------------------------------------------------- */

const char *verdict_name(enum verdict v)
{
    static const char *const names[VERDICT_COUNT] = {"new", "matched", "changed", "unclear",
                                                     "rejected"};
    return v < VERDICT_COUNT ? names[v] : "";
}

const char *verdict_label(enum verdict v)
{
    static const char *const labels[VERDICT_COUNT] = {N_("new"), N_("matched"), N_("changed"),
                                                      N_("unclear"), N_("rejected")};
    return v < VERDICT_COUNT ? lang_tr(labels[v]) : "";
}

/* ---- opening --------------------------------------------------------------------------------- */

enum { SAMPLE_ROWS = 100, SAMPLES = 3 };

/* The first values of each column, for the one who looks whether it was understood. */
static enum status take_samples(struct import *imp, struct error *err)
{
    struct row row;
    int rc = 1;
    for (int i = 0; i < SAMPLE_ROWS && (rc = reader_next(imp->reader, &row, err)) > 0; i++) {
        if (row.line <= imp->mapping.header_line)
            continue;
        for (size_t c = 0; c < row.n && c < imp->mapping.ncolumns; c++) {
            size_t k = 0;
            while (k < SAMPLES && imp->column[c].sample[k])
                k++;
            if (k < SAMPLES && *row.field[c])
                imp->column[c].sample[k] = mem_strdup(row.field[c]);
        }
    }
    reader_rewind(imp->reader);
    return rc < 0 ? ST_REFUSED : ST_OK;
}

static void fill_head(struct import *imp)
{
    const struct mapping *m = &imp->mapping;
    imp->head =
        (struct import_head){*reader_info(imp->reader), m->header_line, imp->column, m->ncolumns};
    for (size_t i = 0; i < m->ncolumns; i++) {
        const struct target *t = m->target[i] < 0 ? NULL : &imp->targets->target[m->target[i]];
        imp->column[i].heading = m->heading[i];
        imp->column[i].field = t ? t->name : NULL;
        imp->column[i].label = t ? lang_tr(t->label) : NULL;
    }
}

static enum status find_cohort(struct import *imp, int64_t id, struct error *err)
{
    struct record *r;
    struct buf ref = {0};
    const struct record_type *t = type_by_id(T_COHORT);
    if (!id)
        return error_set(err, ST_USAGE, "roster", _("name the cohort, as --into BIM/1"), "%s",
                         _("a roster is imported into a cohort"));
    enum status st = record_load(imp->s, t, id, &r, err);
    if (st != ST_OK)
        return st;
    record_free(r);
    record_reference(imp->s, t, id, &ref);
    imp->cohort = id;
    imp->cohort_ref = buf_take(&ref);
    return ST_OK;
}

static enum status prepare(struct import *imp, const struct import_options *o, struct error *err)
{
    imp->targets = targets_of(o->type);
    imp->replace = o->replace;
    if (!imp->targets)
        return error_set(err, ST_USAGE, o->type, _("choose people, organisations or roster"), "%s",
                         _("this cannot be imported"));
    return imp->targets->kind == IMPORT_ROSTER ? find_cohort(imp, o->cohort, err) : ST_OK;
}

static enum status finish_open(struct import **out, struct import *imp,
                               const struct import_options *o, enum status st, struct error *err)
{
    if (st == ST_OK)
        st = mapping_find(&imp->mapping, imp->targets, o, imp->reader, err);
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

void import_close(struct import *imp)
{
    if (!imp)
        return;
    for (size_t i = 0; i < READER_COLUMNS_MAX; i++)
        for (size_t k = 0; k < SAMPLES; k++)
            free((char *)imp->column[i].sample[k]);
    mapping_free(&imp->mapping);
    reader_close(imp->reader);
    free(imp->cohort_ref);
    free(imp);
}

/* ---- one pass -------------------------------------------------------------------------------- */

struct run {
    struct import *imp;
    const struct import_watch *watch; /* or NULL */
    struct import_result *result;
    struct world world;
    struct matcher *matcher;
    struct entry_reader reader;
    struct entry entry;
    struct outcome outcome;
    struct applier applier;
    uint64_t hash; /* of all cells, as they were read */
    double share;  /* of the whole that the rows are: the rest is building indices */
};

static void show_row(struct run *r, const struct row *row)
{
    const struct outcome *o = &r->outcome;
    int64_t candidate[LOOKUP_MAX];
    struct import_row shown = {
        .line = row->line,
        .verdict = o->verdict,
        .name = r->entry.name.len          ? buf_str(&r->entry.name)
                : r->entry.value[TO_EMAIL] ? r->entry.value[TO_EMAIL]
                                           : "",
        .organisation = o->organisation ? o->organisation : "",
        .reason = buf_str(&o->reason),
        .id = o->id,
        .candidate = candidate,
        .row = row,
    };
    for (size_t i = 0; i < o->candidates.n; i++)
        if (o->candidates.id[i] > 0)
            candidate[shown.ncandidates++] = o->candidates.id[i];
    r->watch->row(r->watch->arg, &shown);
}

static enum status do_row(struct run *r, const struct row *row, struct error *err)
{
    struct outcome *o = &r->outcome;
    enum status st = ST_OK;
    r->world.line = row->line;
    o->verdict = VERDICT_REJECTED;
    o->id = 0;
    o->organisation = NULL;
    o->candidates.n = 0;
    if (!entry_read(&r->reader, row, &r->entry, &o->reason))
        o->organisation =
            r->imp->targets->kind == IMPORT_ORGANISATIONS ? NULL : r->entry.value[TO_ORGANISATION];
    else if (r->imp->targets->kind == IMPORT_ORGANISATIONS)
        st = apply_organisation(&r->applier, &r->entry, o, err);
    else
        st = apply_person(&r->applier, &r->entry, o, err);
    if (st != ST_OK)
        return st;
    r->result->rows++;
    r->result->count[o->verdict]++;
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

enum { PROGRESS_ROWS = 500 };

static enum status do_rows(struct run *r, struct error *err)
{
    struct import *imp = r->imp;
    struct row row;
    enum status st = ST_OK;
    int rc = 1;
    reader_rewind(imp->reader);
    for (long n = 1; st == ST_OK && (rc = reader_next(imp->reader, &row, err)) > 0; n++) {
        if (r->world.write)
            add_hash(r, &row);
        if (row.line > imp->mapping.header_line && !mapping_repeats(&imp->mapping, &row))
            st = do_row(r, &row, err);
        if (n % PROGRESS_ROWS == 0 && r->watch && r->watch->progress &&
            !r->watch->progress(r->watch->arg, r->share * reader_progress(imp->reader),
                                r->result->rows))
            return stopped(imp, err);
    }
    return rc < 0 ? ST_REFUSED : st;
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
    r->matcher->cohort = imp->cohort;
    r->matcher->tell = watch && watch->row;
    r->reader.s = imp->s;
    r->reader.targets = imp->targets;
    r->reader.mapping = &imp->mapping;
    r->applier =
        (struct applier){r->matcher, imp->replace, imp->cohort, imp->cohort_ref, result, watch};
    return world_open(&r->world, imp->s, write, err);
}

static void run_close(struct run *r)
{
    if (r->matcher)
        matcher_free(r->matcher);
    free(r->matcher);
    entry_reader_free(&r->reader);
    entry_free(&r->entry);
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
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static enum status open_batch(struct run *r, const char *type, struct record **out,
                              struct error *err)
{
    struct session *s = r->imp->s;
    struct record *b = *out = record_new(type_by_id(T_BATCH));
    record_put(b, type_field(b->type, "type"), type);
    record_put(b, type_field(b->type, "target"), r->imp->cohort_ref);
    record_put(b, type_field(b->type, "file"), base_name(reader_name(r->imp->reader)));
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
    if (r->imp->targets->kind == IMPORT_ORGANISATIONS || r->imp->head.info.bytes < BULK_BYTES)
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

static const char *const type_names[] = {[IMPORT_PEOPLE] = "people",
                                         [IMPORT_ROSTER] = "roster",
                                         [IMPORT_ORGANISATIONS] = "organisations"};

/* Inside the transaction: all that is written. */
static enum status write_all(struct run *r, struct import *imp, const struct import_watch *watch,
                             struct import_result *result, struct error *err)
{
    struct record *batch = NULL;
    enum status st = run_open(r, imp, true, watch, result, err);
    if (st == ST_OK)
        st = open_batch(r, type_names[imp->targets->kind], &batch, err);
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
