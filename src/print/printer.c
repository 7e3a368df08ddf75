/* Printers, by CUPS. Its library is loaded when somebody prints: linked in, it would triple the
 * time that the program takes to start. */
#include "config.h"

#include "samling/print.h"

#include <dlfcn.h>
#include <string.h>

#include "samling/lang.h"

/* What we call of libcups 2, whose headers need not be there. A NULL connection is the usual
 * server. */
struct cups {
    const char *(*get_default)(void);
    int (*create_job)(void *http, const char *name, const char *title, int n, void *options);
    int (*start_document)(void *http, const char *name, int job, const char *document,
                          const char *format, int last);
    int (*write_data)(void *http, const char *data, size_t size);
    int (*finish_document)(void *http, const char *name);
    int (*cancel_job)(const char *name, int job);
    const char *(*last_error)(void);
};

enum { HTTP_CONTINUE = 100, IPP_SUCCESS_LAST = 7 };

/* POSIX has the address of a function come as a pointer to void. */
static bool find(void *library, const char *name, void *function)
{
    void *p = dlsym(library, name);
    memcpy(function, &p, sizeof p);
    return p != NULL;
}

static bool load(struct cups *c)
{
    void *library = dlopen("libcups.so.2", RTLD_NOW | RTLD_LOCAL);
    return library && find(library, "cupsGetDefault", &c->get_default) &&
           find(library, "cupsCreateJob", &c->create_job) &&
           find(library, "cupsStartDocument", &c->start_document) &&
           find(library, "cupsWriteRequestData", &c->write_data) &&
           find(library, "cupsFinishDocument", &c->finish_document) &&
           find(library, "cupsCancelJob", &c->cancel_job) &&
           find(library, "cupsLastErrorString", &c->last_error);
}

static enum status refused(const struct cups *c, const char *printer, struct error *err)
{
    const char *why = c->last_error();
    return error_set(err, ST_REFUSED, printer, _("see the printers with: lpstat -a"),
                     _("the printer did not take the sheet (%s)"), why && *why ? why : "?");
}

static bool send_document(const struct cups *c, const char *printer, int job, const char *title,
                          const char *data, size_t size)
{
    const char *format =
        size > 4 && memcmp(data, "%PDF", 4) == 0 ? "application/pdf" : "text/plain";
    return c->start_document(NULL, printer, job, title, format, 1) == HTTP_CONTINUE &&
           c->write_data(NULL, data, size) == HTTP_CONTINUE &&
           c->finish_document(NULL, printer) <= IPP_SUCCESS_LAST;
}

enum status printer_send(const char *printer, const char *title, const char *data, size_t size,
                         struct error *err)
{
    struct cups c = {0};
    if (!load(&c))
        return error_set(err, ST_REFUSED, _("printer"),
                         _("print to a file with --to, or have the package libcups2 installed"),
                         "%s", _("the print system's library is not on this host"));
    if (!printer || !*printer)
        printer = c.get_default();
    if (!printer)
        return error_set(err, ST_REFUSED, _("printer"),
                         _("name one, as printer:office, or print to a file with --to"), "%s",
                         _("no usual printer is chosen on this host"));
    int job = c.create_job(NULL, printer, title, 0, NULL);
    if (job == 0)
        return refused(&c, printer, err);
    if (send_document(&c, printer, job, title, data, size))
        return ST_OK;
    enum status st = refused(&c, printer, err);
    c.cancel_job(printer, job);
    return st;
}
