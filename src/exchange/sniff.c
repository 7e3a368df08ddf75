#include "config.h"

#include "sniff.h"

#include "samling/lang.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define SAVE_AS_CSV N_("open it in Excel, save it as “CSV UTF-8”, and read that file")
#define SAVE_TABLE  N_("copy the table into a spreadsheet, and save it as CSV")
#define UNPACK      N_("unpack it, and read the list that is in it")

struct format {
    const char *start;
    size_t n;
    const char *inside; /* and this somewhere in the sample; NULL: nothing more */
    const char *why, *todo;
};

#define START(s) s, sizeof(s) - 1
#define ZIP      START("PK\3\4")

/* The first that fits counts. */
static const struct format formats[] = {
    {ZIP, "opendocument.spreadsheet", N_("it is a LibreOffice spreadsheet, not a list in text"),
     N_("open it, save it as “Text CSV”, and read that file")},
    {ZIP, "word/", N_("it is a Word document, not a list in text"), SAVE_TABLE},
    {ZIP, "xl/", N_("it is an Excel workbook, not a list in text"), SAVE_AS_CSV},
    {ZIP, "[Content_Types].xml", N_("it is an Excel workbook, not a list in text"), SAVE_AS_CSV},
    {ZIP, NULL, N_("it is a zip archive, not a list in text"), UNPACK},
    {START("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), NULL,
     N_("it is an old Excel workbook, not a list in text"), SAVE_AS_CSV},
    {START("%PDF-"), NULL, N_("it is a PDF, not a list in text"), SAVE_TABLE},
    {START("{\\rtf"), NULL, N_("it is a document from a word processor, not a list in text"),
     SAVE_TABLE},
    {START("\x1F\x8B"), NULL, N_("it is a packed file, not a list in text"), UNPACK},
    {START("7z\xBC\xAF\x27\x1C"), NULL, N_("it is a packed file, not a list in text"), UNPACK},
    {START("Rar!\x1A\x07"), NULL, N_("it is a packed file, not a list in text"), UNPACK},
};

static bool holds(const char *s, size_t n, const char *what)
{
    return memmem(s, n, what, strlen(what)) != NULL;
}

/* Old systems call a web page or XML a workbook, and Excel opens it. */
static bool is_markup(const char *s, size_t n)
{
    static const char *const starts[] = {"<!doctype", "<html", "<?xml", "<table", "<head", "<meta"};
    if (n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) {
        s += 3;
        n -= 3;
    }
    for (; n > 0 && strchr(" \t\r\n", *s) && *s; n--)
        s++;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (n >= strlen(starts[i]) && strncasecmp(s, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

enum status sniff_format(const char *name, const char *s, size_t n, struct error *err)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        const struct format *f = &formats[i];
        if (n >= f->n && memcmp(s, f->start, f->n) == 0 && (!f->inside || holds(s, n, f->inside)))
            return error_set(err, ST_REFUSED, name, lang_tr(f->todo), "%s", lang_tr(f->why));
    }
    if (is_markup(s, n))
        return error_set(err, ST_REFUSED, name, lang_tr(SAVE_AS_CSV),
                         _("it is a web page or XML, not a list in text"));
    return ST_OK;
}

/* Tabs, line ends, page breaks and the end mark of old systems stand in text. */
static bool is_odd(unsigned char c)
{
    return (c < 0x20 && (c < '\t' || c > '\r') && c != 0x1A) || c == 0x7F;
}

enum status sniff_binary(const char *name, const char *s, size_t n, struct error *err)
{
    size_t odd = 0;
    for (size_t i = 0; i < n; i++)
        odd += is_odd((unsigned char)s[i]);
    /* A few got into many a text. */
    if (odd > 2 + n / 32)
        return error_set(err, ST_REFUSED, name, _("save the list as CSV, and read that file"),
                         _("it holds something other than text"));
    return ST_OK;
}
