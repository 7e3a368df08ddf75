#include "config.h"

#include "layout.h"

#include "face.h"
#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

#include <hpdf.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef FONT_FILE
#define FONT_FILE "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
#endif

enum { WHITE_BOX = 0x25A1, LETTERS = 0x110000 };
enum { TITLE_WIDTH = 1500 }; /* what a window's title can use, in points */

/* A4 in points. The left margin leaves room for a binder's holes. */
static const double PAPER_WIDTH = 595.28, PAPER_HEIGHT = 841.89;
static const double LEFT = 52, RIGHT = 40, TOP = 42, BOTTOM = 36;

static const struct look {
    double size, lead, gray;
    bool bold;
} looks[NSTYLES] = {
    [STYLE_OFFERING] = {10, 14, 0.30, false}, [STYLE_TITLE] = {21, 28, 0, true},
    [STYLE_TITLE_SMALL] = {14, 19, 0, true},  [STYLE_COHORT] = {10, 14, 0.15, false},
    [STYLE_LABEL] = {8, 15, 0.40, false},     [STYLE_VALUE] = {10, 15, 0, false},
    [STYLE_CODE] = {12, 16, 0, true},         [STYLE_REFERENCE] = {9, 13, 0.40, false},
    [STYLE_RUNNING] = {9, 13, 0.30, false},   [STYLE_COLUMN] = {8, 14, 0.40, false},
    [STYLE_NUMBER] = {11, 13, 0.10, false},   [STYLE_NUMBER_FIFTH] = {11, 13, 0, true},
    [STYLE_NAME] = {10, 12.5, 0, false},      [STYLE_NAME_SMALL] = {8.5, 11, 0, false},
    [STYLE_CELL] = {9, 11.5, 0.20, false},    [STYLE_CELL_SMALL] = {7.5, 10, 0.20, false},
    [STYLE_NOTE] = {8, 14, 0.40, false},      [STYLE_FOOT] = {8, 10, 0.40, false},
};

static const struct {
    double width, gray;
} strokes[] = {
    [STROKE_HEAD] = {0.8, 0.25},
    [STROKE_ROW] = {0.35, 0.75},
    [STROKE_FIFTH] = {0.6, 0.45},
    [STROKE_BOX] = {0.35, 0.75},
};

struct pen {
    HPDF_Doc pdf;
    HPDF_Page page;
    HPDF_STATUS failed, detail;              /* of the first call that failed */
    HPDF_Font font[2];                       /* plain, bold */
    struct face *face[2];                    /* the same one twice when there is no bold */
    unsigned char *seen;                     /* letters that were reported, a bit each */
    unsigned char used[2][FACE_LETTERS / 8]; /* letters that were embedded whole, plain and bold */
    struct buf *missing;
};

/* ---- Letters --------------------------------------------------------------------------------- */

static const struct face *face_of(const struct pen *pen, enum style style)
{
    return pen->face[looks[style].bold];
}

static double width(void *ctx, enum style style, const char *s, size_t n)
{
    const struct face *face = face_of(ctx, style);
    double ems = 0;
    for (const char *p = s; p < s + n;)
        ems += face_advance(face, text_next(&p));
    return ems * looks[style].size;
}

static void report(struct pen *pen, const char *s, uint32_t letter)
{
    if (!pen->missing || letter >= LETTERS)
        return;
    if (!pen->seen)
        pen->seen = mem_alloc(LETTERS / 8);
    unsigned char bit = (unsigned char)(1u << (letter & 7));
    if (pen->seen[letter >> 3] & bit)
        return;
    pen->seen[letter >> 3] |= bit;
    buf_addf(pen->missing, "%s: U+%04X\n", s, (unsigned)letter);
}

static char *drawable(void *ctx, enum style style, const char *s)
{
    struct pen *pen = ctx;
    const struct face *face = face_of(pen, style);
    uint32_t box = face_has(face, WHITE_BOX) ? WHITE_BOX : '?';
    struct buf b = {0};
    for (const char *p = s; *p;) {
        const char *from = p;
        uint32_t letter = text_next(&p);
        if (face_has(face, letter)) {
            buf_addn(&b, from, (size_t)(p - from));
        } else if (letter == 0x2026) {
            buf_add(&b, "...");
        } else {
            report(pen, s, letter);
            text_put(&b, box);
        }
    }
    return buf_take(&b);
}

/* The bold face lies beside the plain one, as in the DejaVu fonts. */
static char *bold_name(const char *plain)
{
    size_t n = strlen(plain);
    if (n < 4 || strcmp(plain + n - 4, ".ttf") != 0)
        return NULL;
    struct buf b = {0};
    buf_addn(&b, plain, n - 4);
    buf_add(&b, "-Bold.ttf");
    if (access(buf_str(&b), R_OK) != 0)
        buf_free(&b);
    return b.s;
}

static enum status open_faces(struct pen *pen, struct error *err)
{
    const char *set = getenv("SAMLING_FONT");
    const char *plain = set && *set ? set : FONT_FILE;
    enum status st = face_open(plain, &pen->face[0], err);
    if (st != ST_OK)
        return st;
    char *bold = bold_name(plain);
    if (!bold || face_open(bold, &pen->face[1], NULL) != ST_OK)
        pen->face[1] = pen->face[0];
    free(bold);
    return ST_OK;
}

static void close_faces(struct pen *pen)
{
    if (pen->face[1] != pen->face[0])
        face_free(pen->face[1]);
    face_free(pen->face[0]);
}

/* ---- libharu --------------------------------------------------------------------------------- */

static void on_failure(HPDF_STATUS number, HPDF_STATUS detail, void *ctx)
{
    struct pen *pen = ctx;
    if (pen->failed)
        return;
    pen->failed = number;
    pen->detail = detail;
}

static enum status failure(const struct pen *pen, struct error *err)
{
    if (!pen->failed)
        return ST_OK;
    return error_set(err, ST_REFUSED, NULL,
                     _("print the sheet as text, or set SAMLING_FONT to another TrueType font"),
                     _("the PDF could not be made (libharu error %04lX, %lu)"),
                     (unsigned long)pen->failed, (unsigned long)pen->detail);
}

static enum status begin_document(struct pen *pen, const char *title, struct error *err)
{
    pen->pdf = HPDF_New(on_failure, pen);
    if (!pen->pdf) {
        if (!pen->failed)
            pen->failed = HPDF_FAILD_TO_ALLOC_MEM;
        return failure(pen, err);
    }
    HPDF_SetCompressionMode(pen->pdf, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(pen->pdf);
    HPDF_SetCurrentEncoder(pen->pdf, "UTF-8");
    HPDF_SetInfoAttr(pen->pdf, HPDF_INFO_TITLE, title);
    HPDF_SetInfoAttr(pen->pdf, HPDF_INFO_CREATOR, "samling");
    for (int i = 0; i < 2 && !pen->failed; i++) {
        if (i && pen->face[1] == pen->face[0]) {
            pen->font[1] = pen->font[0];
            break;
        }
        const char *name = HPDF_LoadTTFontFromFile(pen->pdf, pen->face[i]->file, HPDF_TRUE);
        if (name)
            pen->font[i] = HPDF_GetFont(pen->pdf, name, "UTF-8");
    }
    return failure(pen, err);
}

static HPDF_REAL across(double x)
{
    return (HPDF_REAL)(LEFT + x);
}

static HPDF_REAL up(double y)
{
    return (HPDF_REAL)(PAPER_HEIGHT - TOP - y);
}

static void draw_rule(struct pen *pen, const struct item *item)
{
    double x = item->x, y = item->y;
    HPDF_Page_SetLineWidth(pen->page, (HPDF_REAL)strokes[item->stroke].width);
    HPDF_Page_SetGrayStroke(pen->page, (HPDF_REAL)strokes[item->stroke].gray);
    HPDF_Page_MoveTo(pen->page, across(x), up(y));
    if (item->kind == ITEM_ACROSS)
        x += item->length;
    else
        y += item->length;
    HPDF_Page_LineTo(pen->page, across(x), up(y));
    HPDF_Page_Stroke(pen->page);
}

/* Asking for a letter's width is what makes libharu embed it. */
static void embed(void *ctx, uint32_t letter)
{
    HPDF_Font_GetUnicodeWidth(ctx, (HPDF_UNICODE)letter);
}

static void embed_words(struct pen *pen, enum style style, const char *s)
{
    bool bold = looks[style].bold;
    for (uint32_t letter; (letter = text_next(&s)) != 0;) {
        unsigned char bit = (unsigned char)(1u << (letter & 7));
        if (letter >= FACE_LETTERS || pen->used[bold][letter >> 3] & bit)
            continue;
        pen->used[bold][letter >> 3] |= bit;
        face_companions(pen->face[bold], letter, embed, pen->font[bold]);
    }
}

static void draw_words(struct pen *pen, const struct item *item)
{
    const struct look *look = &looks[item->style];
    embed_words(pen, item->style, item->text);
    HPDF_Page_SetFontAndSize(pen->page, pen->font[look->bold], (HPDF_REAL)look->size);
    HPDF_Page_SetGrayFill(pen->page, (HPDF_REAL)look->gray);
    HPDF_Page_BeginText(pen->page);
    HPDF_Page_TextOut(pen->page, across(item->x), up(item->y), item->text);
    HPDF_Page_EndText(pen->page);
}

/* Rules first and the strongest last, so that a light one never cuts a dark one. */
static enum status draw_page(struct pen *pen, const struct page *page, struct error *err)
{
    static const enum stroke order[] = {STROKE_BOX, STROKE_ROW, STROKE_FIFTH, STROKE_HEAD};
    pen->page = HPDF_AddPage(pen->pdf);
    HPDF_Page_SetWidth(pen->page, (HPDF_REAL)PAPER_WIDTH);
    HPDF_Page_SetHeight(pen->page, (HPDF_REAL)PAPER_HEIGHT);
    for (size_t o = 0; o < sizeof order / sizeof *order; o++)
        for (size_t i = 0; i < page->n; i++)
            if (page->item[i].kind != ITEM_TEXT && page->item[i].stroke == order[o])
                draw_rule(pen, &page->item[i]);
    for (size_t i = 0; i < page->n; i++)
        if (page->item[i].kind == ITEM_TEXT)
            draw_words(pen, &page->item[i]);
    return failure(pen, err);
}

static enum status write_document(struct pen *pen, FILE *out, struct error *err)
{
    HPDF_SaveToStream(pen->pdf);
    HPDF_ResetStream(pen->pdf);
    HPDF_UINT32 left = pen->failed ? 0 : HPDF_GetStreamSize(pen->pdf);
    while (left && !pen->failed) {
        HPDF_BYTE chunk[8192];
        HPDF_UINT32 n = left < sizeof chunk ? left : (HPDF_UINT32)sizeof chunk;
        HPDF_ReadFromStream(pen->pdf, chunk, &n);
        if (!n)
            break;
        errno = 0;
        if (fwrite(chunk, 1, n, out) != n)
            return print_not_written(errno ? errno : EIO, err);
        left -= n;
    }
    if (left && !pen->failed)
        pen->failed = HPDF_FILE_IO_ERROR;
    if (pen->failed)
        return failure(pen, err);
    errno = 0;
    if (fflush(out) != 0)
        return print_not_written(errno ? errno : EIO, err);
    return ST_OK;
}

/* ---- The medium ------------------------------------------------------------------------------ */

static struct medium pdf_medium(struct pen *pen)
{
    struct medium m = {.width = PAPER_WIDTH - LEFT - RIGHT,
                       .height = PAPER_HEIGHT - TOP - BOTTOM,
                       .row = 27, /* 9.5 mm */
                       .pad = 2,
                       .gap = 9,
                       .space = 12,
                       .sign = 136, /* 48 mm */
                       .sign_ample = 185,
                       .width_of = width,
                       .drawable = drawable,
                       .ctx = pen};
    for (int i = 0; i < NSTYLES; i++) {
        m.style[i].lead = looks[i].lead;
        /* Capitals, 0.73 em high in DejaVu, in the middle of their line. */
        m.style[i].ascent = (looks[i].lead + 0.73 * looks[i].size) / 2;
    }
    return m;
}

enum status draw_as_pdf(const struct sheet *sheet, const struct print_options *options, FILE *out,
                        struct buf *missing, struct error *err)
{
    struct pen pen = {.missing = missing};
    struct layout *layout = NULL;
    enum status st = open_faces(&pen, err);
    if (st != ST_OK)
        goto done;
    struct medium medium = pdf_medium(&pen);
    layout = layout_make(sheet, &medium, options->walk_ins, options->made);
    struct wrap title = wrap_text(&medium, STYLE_RUNNING, layout->heading, TITLE_WIDTH, 1);
    st = begin_document(&pen, title.n ? title.line[0] : "", err);
    wrap_free(&title);
    for (size_t i = 0; st == ST_OK && i < layout->n; i++)
        st = draw_page(&pen, &layout->page[i], err);
    if (st == ST_OK)
        st = write_document(&pen, out, err);
done:
    if (pen.pdf)
        HPDF_Free(pen.pdf);
    layout_free(layout);
    close_faces(&pen);
    free(pen.seen);
    return st;
}
