#include "config.h"

#include "face.h"

#include "samling/buf.h"
#include "samling/lang.h"
#include "samling/mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 64 << 20, PARTS_MAX = 64, DEPTH_MAX = 4 };

/* A stretch of the file; what lies outside it reads as 0. */
struct span {
    const unsigned char *p;
    size_t n;
};

static unsigned u16(struct span s, size_t at)
{
    if (s.n < 2 || at > s.n - 2)
        return 0;
    return (unsigned)s.p[at] << 8 | s.p[at + 1];
}

static uint32_t u32(struct span s, size_t at)
{
    return (uint32_t)u16(s, at) << 16 | u16(s, at + 2);
}

static struct span part(struct span s, size_t at, size_t n)
{
    if (at > s.n)
        return (struct span){NULL, 0};
    if (n > s.n - at)
        n = s.n - at;
    return (struct span){s.p + at, n};
}

static struct span table(struct span file, const char *tag)
{
    unsigned count = u16(file, 4);
    for (unsigned i = 0; i < count; i++) {
        struct span entry = part(file, 12 + 16 * (size_t)i, 16);
        if (entry.n == 16 && memcmp(entry.p, tag, 4) == 0)
            return part(file, u32(entry, 8), u32(entry, 12));
    }
    return (struct span){NULL, 0};
}

/* The Windows Unicode table of format 4: the one that libharu uses too. */
static struct span unicode_map(struct span cmap)
{
    unsigned count = u16(cmap, 2);
    for (unsigned i = 0; i < count; i++) {
        struct span entry = part(cmap, 4 + 8 * (size_t)i, 8);
        struct span map = part(cmap, u32(entry, 4), cmap.n);
        if (u16(entry, 0) == 3 && u16(entry, 2) == 1 && u16(map, 0) == 4)
            return map;
    }
    return (struct span){NULL, 0};
}

static unsigned glyph_of(struct span map, size_t segments, size_t i, unsigned letter)
{
    size_t delta_at = 16 + 4 * segments + 2 * i, range_at = 16 + 6 * segments + 2 * i;
    unsigned delta = u16(map, delta_at), range = u16(map, range_at);
    unsigned start = u16(map, 16 + 2 * segments + 2 * i);
    if (range == 0)
        return (letter + delta) & 0xFFFF;
    unsigned glyph = u16(map, range_at + range + 2 * (size_t)(letter - start));
    return glyph ? (glyph + delta) & 0xFFFF : 0;
}

static size_t read_glyphs(struct face *face, struct span map)
{
    size_t found = 0, segments = u16(map, 6) / 2;
    for (size_t i = 0; i < segments; i++) {
        unsigned end = u16(map, 14 + 2 * i), start = u16(map, 16 + 2 * segments + 2 * i);
        for (unsigned letter = start; letter <= end && letter < 0xFFFF; letter++) {
            unsigned glyph = glyph_of(map, segments, i, letter);
            face->glyph[letter] = (uint16_t)glyph;
            found += glyph != 0;
        }
    }
    return found;
}

static bool read_advances(struct face *face, struct span file)
{
    struct span hmtx = table(file, "hmtx");
    unsigned em = u16(table(file, "head"), 18), metrics = u16(table(file, "hhea"), 34);
    if (!em || !metrics || hmtx.n < 4 * (size_t)metrics)
        return false;
    for (unsigned letter = 0; letter < FACE_LETTERS; letter++) {
        unsigned glyph = face->glyph[letter];
        if (glyph >= metrics)
            glyph = metrics - 1;
        face->advance[letter] = (float)u16(hmtx, 4 * (size_t)glyph) / (float)em;
    }
    return true;
}

/* ---- Glyphs made of glyphs ------------------------------------------------------------------- */

static struct span all_of(const struct face *face)
{
    return (struct span){(const unsigned char *)buf_str(&face->bytes), face->bytes.len};
}

static struct span outline(const struct face *face, unsigned glyph)
{
    struct span file = all_of(face), loca = table(file, "loca");
    bool wide = u16(table(file, "head"), 50) != 0;
    size_t from = wide ? u32(loca, 4 * (size_t)glyph) : 2 * (size_t)u16(loca, 2 * (size_t)glyph);
    size_t to =
        wide ? u32(loca, 4 * (size_t)glyph + 4) : 2 * (size_t)u16(loca, 2 * (size_t)glyph + 2);
    return to > from ? part(table(file, "glyf"), from, to - from) : (struct span){NULL, 0};
}

/* The direct parts of a composite glyph; none for a simple one. */
static size_t parts_of(const struct face *face, unsigned glyph, uint16_t part_glyph[PARTS_MAX])
{
    struct span s = outline(face, glyph);
    if (!(u16(s, 0) & 0x8000))
        return 0;
    size_t n = 0, at = 10;
    unsigned flags;
    do {
        flags = u16(s, at);
        part_glyph[n++] = (uint16_t)u16(s, at + 2);
        at += flags & 0x01 ? 8 : 6;
        at += flags & 0x08 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0;
    } while (flags & 0x20 && n < PARTS_MAX);
    return n;
}

/* False when a part below the first level comes with no letter: then the glyph cannot be whole. */
static bool each_companion(const struct face *face, unsigned glyph, int depth,
                           void (*fn)(void *ctx, uint32_t companion), void *ctx)
{
    uint16_t parts[PARTS_MAX];
    size_t n = parts_of(face, glyph, parts);
    if (n == PARTS_MAX || depth > DEPTH_MAX)
        return false;
    for (size_t i = 0; i < n; i++) {
        uint16_t carrier = face->carrier[parts[i]];
        if (depth > 0 && !carrier)
            return false;
        if (depth > 0 && fn)
            fn(ctx, carrier);
        if (!each_companion(face, parts[i], depth + 1, fn, ctx))
            return false;
    }
    return true;
}

static void read_carriers(struct face *face)
{
    for (unsigned letter = 1; letter < FACE_LETTERS; letter++)
        face->carrier[face->glyph[letter]] = (uint16_t)letter;
    for (unsigned letter = 1; letter < FACE_LETTERS; letter++) {
        uint16_t parts[PARTS_MAX];
        size_t n = face->glyph[letter] ? parts_of(face, face->glyph[letter], parts) : 0;
        for (size_t i = 0; i < n; i++)
            if (!face->carrier[parts[i]])
                face->carrier[parts[i]] = (uint16_t)letter;
    }
}

static void drop_broken(struct face *face)
{
    for (unsigned letter = 0; letter < FACE_LETTERS; letter++)
        if (face->glyph[letter] && !each_companion(face, face->glyph[letter], 0, NULL, NULL))
            face->glyph[letter] = 0;
}

void face_companions(const struct face *face, uint32_t letter,
                     void (*fn)(void *ctx, uint32_t companion), void *ctx)
{
    if (face_has(face, letter))
        each_companion(face, face->glyph[letter], 0, fn, ctx);
}

/* ---- The file -------------------------------------------------------------------------------- */

static enum status read_whole(const char *name, struct buf *bytes, struct error *err)
{
    const char *todo = _("install the DejaVu fonts (fonts-dejavu-core), or set SAMLING_FONT to "
                         "the path of a TrueType font");
    FILE *f = fopen(name, "rb");
    if (!f)
        return error_set(err, ST_REFUSED, name, todo, _("the font for PDF cannot be read: %s"),
                         strerror(errno));
    char chunk[16384];
    size_t n;
    while (bytes->len < FILE_MAX && (n = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_addn(bytes, chunk, n);
    int failed = ferror(f) ? errno : 0;
    fclose(f);
    if (failed)
        return error_set(err, ST_REFUSED, name, todo, _("the font for PDF cannot be read: %s"),
                         strerror(failed));
    return ST_OK;
}

static bool read_font(struct face *face)
{
    struct span file = all_of(face);
    bool outlines = u32(file, 0) == 0x00010000 || u32(file, 0) == 0x74727565; /* "true" */
    if (!outlines || !table(file, "glyf").n || !read_glyphs(face, unicode_map(table(file, "cmap"))))
        return false;
    read_carriers(face);
    drop_broken(face);
    return read_advances(face, file);
}

enum status face_open(const char *name, struct face **out, struct error *err)
{
    struct face *face = mem_alloc(sizeof *face);
    face->file = mem_strdup(name);
    enum status st = read_whole(name, &face->bytes, err);
    if (st == ST_OK && !read_font(face))
        st = error_set(err, ST_REFUSED, name,
                       _("set SAMLING_FONT to the path of a TrueType font (.ttf)"),
                       _("this is not a TrueType font with Unicode letters"));
    if (st != ST_OK) {
        face_free(face);
        face = NULL;
    }
    *out = face;
    return st;
}

void face_free(struct face *face)
{
    if (!face)
        return;
    buf_free(&face->bytes);
    free(face->file);
    free(face);
}

bool face_has(const struct face *face, uint32_t letter)
{
    return letter < FACE_LETTERS && face->glyph[letter];
}

double face_advance(const struct face *face, uint32_t letter)
{
    return (double)face->advance[letter < FACE_LETTERS ? letter : 0];
}
