#include "config.h"

#include "ui/output.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "samling/mem.h"
#include "samling/path.h"

#include "ui/screens.h"
#include "ui/ui_internal.h"

struct output {
    struct ui *ui;
    char *path;
    enum status (*write)(void *arg, const char *path, FILE *out, struct error *err);
    void *arg;
    void (*drop)(void *arg);
};

void output_remember(struct ui *ui, const char *path)
{
    free(ui->folder);
    ui->folder = mem_strndup(path, (size_t)(path_base(path) - path));
}

static void output_free(void *arg)
{
    struct output *o = arg;
    o->drop(o->arg);
    free(o->path);
    free(o);
}

static void write_now(void *arg)
{
    struct output *o = arg;
    struct outfile *f;
    struct error err = {0}, closing = {0};
    output_remember(o->ui, o->path);
    enum status st = outfile_open(&f, o->path, &err);
    if (st == ST_OK) {
        st = o->write(o->arg, o->path, outfile_stream(f), &err);
        enum status closed = outfile_close(f, st == ST_OK, &closing);
        if (st == ST_OK && closed != ST_OK) {
            st = closed;
            err = closing;
        }
    }
    if (st != ST_OK)
        ui_complain(o->ui, &err);
}

void output_write(struct ui *ui, const char *path,
                  enum status (*write)(void *arg, const char *path, FILE *out, struct error *err),
                  void *arg, void (*drop)(void *arg))
{
    struct output *o = mem_alloc(sizeof *o);
    struct stat st;
    *o = (struct output){ui, mem_strdup(path), write, arg, drop};
    if (stat(path, &st) == 0 && S_ISREG(st.st_mode)) {
        struct buf question = {0};
        buf_addf(&question, _("%s is there already. Replace it?"), path);
        ask_open(ui, question.s, _("y")[0], _("y: yes, replace it; any other key: no"), write_now,
                 o, output_free);
        buf_free(&question);
        return;
    }
    write_now(o);
    output_free(o);
}
