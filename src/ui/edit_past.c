#include "config.h"

#include "ui/edit_past.h"

#include <stdlib.h>
#include <string.h>

#include "samling/buf.h"
#include "samling/mem.h"

/* The oldest steps go when there are more, of either; the last one always stays. */
enum { STEPS = 200, BYTES = 64 * 1024 };
/* A word that begins after so many typed bytes begins a step: of a long text not all goes at once.
 */
enum { RUN = 60 };

struct kept {
    enum change kind;
    size_t at, cursor;
    struct buf out, in;
};

struct edit_past {
    struct kept *step;
    size_t n, cap, done; /* the steps from `done` on are undone */
    size_t bytes;
    bool joins; /* the next change may belong to the last step */
};

static size_t size_of(const struct kept *k)
{
    return k->out.len + k->in.len;
}

static void forget(struct edit_past *p, size_t from, size_t to)
{
    if (from == to)
        return;
    for (size_t i = from; i < to; i++) {
        p->bytes -= size_of(&p->step[i]);
        buf_free(&p->step[i].out);
        buf_free(&p->step[i].in);
    }
    memmove(p->step + from, p->step + to, (p->n - to) * sizeof *p->step);
    p->n -= to - from;
}

/* Typed right after what was typed before, in the same line. */
static bool continues_typing(const struct kept *k, const struct edit_step *s)
{
    const char last = k->in.len ? k->in.s[k->in.len - 1] : '\n';
    if (s->nout > 0 || s->at != k->at + k->in.len || last == '\n' || *s->in == '\n')
        return false;
    return k->in.len < RUN || last != ' ' || *s->in == ' ';
}

/* Erased right before what was erased before (Backspace), or at the same place (Delete). */
static bool continues_erasing(const struct kept *k, const struct edit_step *s)
{
    return s->at + s->nout == k->at || s->at == k->at;
}

static bool continues(const struct edit_past *p, enum change kind, const struct edit_step *s)
{
    const struct kept *last = p->n > 0 ? &p->step[p->n - 1] : NULL;
    if (!p->joins || !last || last->kind != kind)
        return false;
    return kind == CHANGE_TYPED ? continues_typing(last, s) : continues_erasing(last, s);
}

static void join(struct kept *k, const struct edit_step *s)
{
    if (k->kind == CHANGE_TYPED) {
        buf_addn(&k->in, s->in, s->nin);
    } else if (s->at == k->at) {
        buf_addn(&k->out, s->out, s->nout);
    } else {
        size_t before = k->out.len;
        buf_addn(&k->out, s->out, s->nout);
        memmove(k->out.s + s->nout, k->out.s, before);
        memcpy(k->out.s, s->out, s->nout);
        k->at = s->at;
    }
}

void edit_past_add(struct edit_past **past, enum change kind, const struct edit_step *s)
{
    if (!*past)
        *past = mem_alloc(sizeof **past);
    struct edit_past *p = *past;
    forget(p, p->done, p->n);
    if (continues(p, kind, s)) {
        join(&p->step[p->n - 1], s);
    } else {
        if (p->n == STEPS)
            forget(p, 0, 1);
        p->step = mem_grow(p->step, &p->cap, p->n + 1, sizeof *p->step);
        struct kept *k = &p->step[p->n++];
        *k = (struct kept){.kind = kind, .at = s->at, .cursor = s->cursor};
        buf_addn(&k->out, s->out, s->nout);
        buf_addn(&k->in, s->in, s->nin);
    }
    p->bytes += s->nout + s->nin;
    while (p->bytes > BYTES && p->n > 1)
        forget(p, 0, 1);
    p->done = p->n;
    p->joins = kind != CHANGE_OTHER;
}

void edit_past_rest(struct edit_past *p)
{
    if (p)
        p->joins = false;
}

static void give(const struct kept *k, struct edit_step *out)
{
    *out = (struct edit_step){.at = k->at,
                              .out = buf_str(&k->out),
                              .in = buf_str(&k->in),
                              .nout = k->out.len,
                              .nin = k->in.len,
                              .cursor = k->cursor};
}

bool edit_past_back(struct edit_past *p, struct edit_step *out)
{
    if (!p || p->done == 0)
        return false;
    give(&p->step[--p->done], out);
    p->joins = false;
    return true;
}

bool edit_past_forth(struct edit_past *p, struct edit_step *out)
{
    if (!p || p->done == p->n)
        return false;
    give(&p->step[p->done++], out);
    p->joins = false;
    return true;
}

void edit_past_free(struct edit_past *p)
{
    if (!p)
        return;
    forget(p, 0, p->n);
    free(p->step);
    free(p);
}
