#include "config.h"

#include "roll.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "samling/mem.h"

#include "aside.h"

/* Page n can only lie in frame n % nframes: to find it is a division, and an array that is written
 * at its end and read not far from there seldom drives out what is wanted. */
struct frame {
    char *bytes; /* NULL: never used */
    size_t page;
    bool changed;
};

struct roll {
    size_t size, each; /* of an element; elements of a page */
    size_t nframes;
    struct frame *frame;
    FILE *file;
    size_t filed; /* pages of the file */
};

struct roll *roll_new(size_t size, size_t pages)
{
    struct roll *r = mem_alloc(sizeof *r);
    r->size = size;
    r->each = ROLL_PAGE / size;
    r->nframes = pages;
    r->frame = mem_alloc(pages * sizeof *r->frame);
    return r;
}

void roll_free(struct roll *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->nframes; i++)
        free(r->frame[i].bytes);
    free(r->frame);
    if (r->file)
        fclose(r->file);
    free(r);
}

static enum status put_away(struct roll *r, const struct frame *f, struct error *err)
{
    static const char none[ROLL_PAGE];
    enum status st = aside_open(&r->file, err);
    /* Pages between were never written to: without them the file would end before this one. */
    for (; st == ST_OK && r->filed < f->page; r->filed++)
        st = aside_write(r->file, none, ROLL_PAGE, (long long)r->filed * ROLL_PAGE, err);
    if (st == ST_OK)
        st = aside_write(r->file, f->bytes, ROLL_PAGE, (long long)f->page * ROLL_PAGE, err);
    if (st == ST_OK && f->page == r->filed)
        r->filed++;
    return st;
}

static enum status bring(struct roll *r, struct frame *f, size_t page, struct error *err)
{
    enum status st = ST_OK;
    if (f->bytes && f->changed)
        st = put_away(r, f, err);
    if (st != ST_OK)
        return st;
    if (!f->bytes)
        f->bytes = mem_alloc(ROLL_PAGE);
    f->page = SIZE_MAX; /* should the reading fail */
    f->changed = false;
    if (page < r->filed)
        st = aside_read(r->file, f->bytes, ROLL_PAGE, (long long)page * ROLL_PAGE, err);
    else
        memset(f->bytes, 0, ROLL_PAGE);
    if (st == ST_OK)
        f->page = page;
    return st;
}

void *roll_at(struct roll *r, size_t i, bool change, struct error *err)
{
    size_t page = i / r->each;
    struct frame *f = &r->frame[page % r->nframes];
    if ((!f->bytes || f->page != page) && bring(r, f, page, err) != ST_OK)
        return NULL;
    f->changed |= change;
    return f->bytes + (i % r->each) * r->size;
}
