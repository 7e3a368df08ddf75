#include "config.h"

#include "samling/print.h"

#include "layout.h"
#include "samling/lang.h"

#include <string.h>

enum status print_not_written(int code, struct error *err)
{
    return error_set(err, ST_REFUSED, NULL,
                     _("make room on the disk, or choose another file, and print again"),
                     _("the sheet could not be written: %s"), strerror(code));
}

enum status print_sheet(const struct sheet *sheet, const struct print_options *options, FILE *out,
                        struct buf *missing, struct error *err)
{
    if (options->form == PRINT_PDF)
        return draw_as_pdf(sheet, options, out, missing, err);
    return draw_as_text(sheet, options, out, err);
}
