#include "config.h"

#include "aside.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "samling/lang.h"

static enum status failed(struct error *err)
{
    return error_set(err, ST_REFUSED, _("temporary file"),
                     _("make room for temporary files and try again"), "%s", strerror(errno));
}

enum status aside_open(FILE **file, struct error *err)
{
    if (!*file)
        *file = tmpfile();
    return *file ? ST_OK : failed(err);
}

enum status aside_write(FILE *file, const void *data, size_t n, long long at, struct error *err)
{
    for (size_t done = 0; done < n;) {
        ssize_t w = pwrite(fileno(file), (const char *)data + done, n - done, at + (long long)done);
        if (w < 0 && errno != EINTR)
            return failed(err);
        done += w > 0 ? (size_t)w : 0;
    }
    return ST_OK;
}

enum status aside_read(FILE *file, void *data, size_t n, long long at, struct error *err)
{
    for (size_t done = 0; done < n;) {
        ssize_t r = pread(fileno(file), (char *)data + done, n - done, at + (long long)done);
        if (r == 0)
            errno = EIO;
        if (r == 0 || (r < 0 && errno != EINTR))
            return failed(err);
        done += r > 0 ? (size_t)r : 0;
    }
    return ST_OK;
}
