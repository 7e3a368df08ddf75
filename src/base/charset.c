#include "config.h"

#include "samling/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/utf16.h>

#include <stddef.h>

enum { NOTHING = 0xFFFD };

static uint32_t decode_byte(UConverter *cnv, char byte)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar units[4];
    UChar *to = units;
    const char *from = &byte;
    ucnv_resetToUnicode(cnv);
    ucnv_toUnicode(cnv, &to, units + 4, &from, from + 1, NULL, true, &e);
    if (U_FAILURE(e) || to == units)
        return NOTHING;
    int32_t i = 0;
    UChar32 cp;
    U16_NEXT(units, i, to - units, cp);
    /* A byte that stands for several code points does not fit a table. */
    return i == to - units ? (uint32_t)cp : NOTHING;
}

bool charset_table(const char *name, uint32_t table[256])
{
    UErrorCode e = U_ZERO_ERROR;
    /* An empty name would mean the converter of the locale. */
    if (!name || !*name)
        return false;
    UConverter *cnv = ucnv_open(name, &e);
    if (U_FAILURE(e))
        return false;
    bool single = ucnv_getMaxCharSize(cnv) == 1 && ucnv_getMinCharSize(cnv) == 1;
    ucnv_setToUCallBack(cnv, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &e);
    for (int i = 0; single && i < 256; i++)
        table[i] = decode_byte(cnv, (char)(unsigned char)i);
    ucnv_close(cnv);
    return single && U_SUCCESS(e);
}

const char *charset_name(const char *name)
{
    static const char *const standards[] = {"MIME", "IANA"};
    UErrorCode e = U_ZERO_ERROR;
    if (!name || !*name)
        return NULL;
    for (size_t i = 0; i < 2; i++) {
        e = U_ZERO_ERROR;
        const char *usual = ucnv_getStandardName(name, standards[i], &e);
        if (U_SUCCESS(e) && usual)
            return usual;
    }
    e = U_ZERO_ERROR;
    const char *own = ucnv_getAlias(name, 0, &e);
    return U_SUCCESS(e) ? own : NULL;
}
