#include "config.h"

#include "samling/path.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "samling/lang.h"
#include "samling/mem.h"
#include "samling/text.h"

const char *path_base(const char *path)
{
    const char *base = path;
    for (const char *p = path; *p; p++)
        if (p[0] == '/' && p[1] != '\0' && p[1] != '/')
            base = p + 1;
    return base;
}

/* Why a path could not be written or made, and what to do about it. */
static enum status refuse(struct error *err, const char *path, int number)
{
    switch (number) {
    case ENOENT:
        return error_set(err, ST_REFUSED, path, _("make the folder first, or choose another"), "%s",
                         _("the folder does not exist"));
    case ENOTDIR:
        return error_set(err, ST_REFUSED, path, _("check the path"), "%s",
                         _("a part of the path is a file and not a folder"));
    case EISDIR:
        return error_set(err, ST_REFUSED, path, _("give the name of a file in it"), "%s",
                         _("this is a folder"));
    case EACCES:
    case EPERM:
        return error_set(err, ST_REFUSED, path,
                         _("choose another place, or ask whoever runs the host for access"), "%s",
                         _("you are not allowed to write there"));
    case EROFS:
        return error_set(err, ST_REFUSED, path, _("choose another place"), "%s",
                         _("the disk can only be read"));
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return error_set(err, ST_REFUSED, path, _("make room, or choose another place"), "%s",
                         _("there is no room left on the disk"));
    case ENAMETOOLONG:
        return error_set(err, ST_REFUSED, path, _("choose a shorter name"), "%s",
                         _("the name is too long"));
    default:
        return error_set(err, ST_REFUSED, path, _("try again, or choose another place"),
                         _("it could not be written (%s)"), strerror(number));
    }
}

/* ---- Where things lie ------------------------------------------------------------------------ */

static const char *home(void)
{
    const char *dir = getenv("HOME");
    if (dir && *dir == '/')
        return dir;
    /* A forced SSH command may come without an environment. */
    const struct passwd *user = getpwuid(getuid());
    return user && user->pw_dir && *user->pw_dir == '/' ? user->pw_dir : NULL;
}

/* Adds the folder that an XDG variable names, or the usual one below the home folder. */
static bool add_xdg(struct buf *out, const char *variable, const char *below_home)
{
    const char *dir = getenv(variable);
    /* The standard has relative paths ignored. */
    if (dir && *dir == '/') {
        buf_add(out, dir);
        return true;
    }
    dir = home();
    if (!dir)
        return false;
    buf_addf(out, "%s/%s", dir, below_home);
    return true;
}

/* The value when `line` is "key = value", trimmed at both ends in place; otherwise NULL. */
static char *value_of(char *line, const char *key)
{
    static const char white[] = " \t\r\n";
    size_t n = strlen(key);
    line += strspn(line, white);
    if (strncmp(line, key, n) != 0)
        return NULL;
    line += n;
    line += strspn(line, white);
    if (*line != '=')
        return NULL;
    line++;
    line += strspn(line, white);
    for (size_t len = strlen(line); len > 0 && strchr(white, line[len - 1]); len--)
        line[len - 1] = '\0';
    return *line ? line : NULL;
}

bool path_config(const char *key, struct buf *out)
{
    struct buf path = {0};
    char *line = NULL;
    size_t cap = 0;
    bool found = false;
    FILE *f = NULL;
    if (add_xdg(&path, "XDG_CONFIG_HOME", ".config")) {
        buf_add(&path, "/samling/config");
        f = fopen(path.s, "re");
    }
    while (f && !found && getline(&line, &cap, f) >= 0) {
        const char *value = value_of(line, key);
        found = value != NULL;
        buf_add(out, value);
    }
    if (f)
        fclose(f);
    free(line);
    buf_free(&path);
    return found;
}

/* Makes a folder and those above it that are missing, for this user only. */
static int make_folders(const char *path)
{
    char *part = mem_strdup(path);
    int number = 0;
    for (char *p = part + 1; number == 0; p++) {
        if (*p != '/' && *p != '\0')
            continue;
        char end = *p;
        *p = '\0';
        /* Systems differ in what they say of a folder that is there and read-only. */
        struct stat st;
        if (mkdir(part, 0700) != 0) {
            number = errno;
            if (stat(part, &st) == 0)
                number = S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
        }
        *p = end;
        if (end == '\0')
            break;
    }
    free(part);
    return number;
}

static enum status default_database(struct buf *out, struct error *err)
{
    struct buf dir = {0};
    enum status st = ST_OK;
    if (!add_xdg(&dir, "XDG_DATA_HOME", ".local/share")) {
        st = error_set(err, ST_REFUSED, NULL, _("name the database with --database FILE"), "%s",
                       _("this user has no home folder to keep a database in"));
    } else {
        buf_add(&dir, "/samling");
        int number = make_folders(dir.s);
        if (number)
            st = refuse(err, dir.s, number);
        else
            buf_addf(out, "%s/samling.db", dir.s);
    }
    buf_free(&dir);
    return st;
}

enum status path_database(const char *option, struct buf *out, struct error *err)
{
    struct buf value = {0};
    enum status st = ST_OK;
    const char *env = getenv("SAMLING_DATABASE");
    if (option && !*option)
        st = error_set(err, ST_USAGE, "--database", _("give the path of a file"), "%s",
                       _("the name of the database is empty"));
    else if (option)
        buf_add(out, option);
    else if (env && *env)
        buf_add(out, env);
    else if (!path_config("database", &value))
        st = default_database(out, err);
    else if (strncmp(value.s, "~/", 2) == 0 && home())
        buf_addf(out, "%s%s", home(), value.s + 1);
    else
        buf_add(out, value.s);
    buf_free(&value);
    return st;
}

void path_data(const char *name, struct buf *out)
{
    const char *dir = getenv("SAMLING_DATADIR");
    buf_addf(out, "%s/%s", dir && *dir ? dir : DATADIR, name);
}

/* ---- Whole files ----------------------------------------------------------------------------- */

struct outfile {
    FILE *stream;
    char *path; /* where it will be, links resolved; for messages too */
    char *temp; /* where it is now; NULL when written in place */
};

static void outfile_free(struct outfile *f)
{
    free(f->path);
    free(f->temp);
    free(f);
}

/* The folder that `path` lies in, for opening. Caller frees. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return mem_strdup(".");
    return slash == path ? mem_strdup("/") : mem_strndup(path, (size_t)(slash - path));
}

/* Devices and pipes are written as they are; also what stands for one of our own streams, which
 * may itself be a file that somebody else has open. */
static bool is_in_place(const char *path, const struct stat *st)
{
    return !S_ISREG(st->st_mode) || strncmp(path, "/dev/", 5) == 0 ||
           strncmp(path, "/proc/", 6) == 0;
}

/* A new file beside f->path. Nobody but the user may read it before it has its final mode. */
static int open_temp(struct outfile *f, const struct stat *old)
{
    char *dir = folder_of(f->path);
    struct buf name = {0};
    int fd = -1;
    for (unsigned i = 0; i < 1000; i++) {
        buf_clear(&name);
        buf_addf(&name, "%s/.samling-%ld-%u.tmp", dir, (long)getpid(), i);
        fd = open(name.s, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, old ? 0600 : 0666);
        if (fd >= 0 || errno != EEXIST)
            break;
    }
    int number = errno;
    free(dir);
    if (fd < 0) {
        buf_free(&name);
        errno = number;
        return -1;
    }
    f->temp = buf_take(&name);
    /* Keeping the owner takes rights that few have; its absence is no reason to refuse. Another
     * group than before must not get what the old one had. */
    if (old) {
        mode_t mode = old->st_mode & 0777;
        if (fchown(fd, old->st_uid, old->st_gid) != 0 && fchown(fd, (uid_t)-1, old->st_gid) != 0 &&
            old->st_gid != getegid())
            mode &= ~(mode_t)070;
        if (fchmod(fd, mode) != 0) {
            number = errno;
            close(fd);
            unlink(f->temp);
            errno = number;
            return -1;
        }
    }
    return fd;
}

static int open_target(struct outfile *f)
{
    struct stat st;
    bool there = stat(f->path, &st) == 0;
    if (!there && errno != ENOENT)
        return -1;
    if (there && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return -1;
    }
    if (!there)
        return open_temp(f, NULL);
    if (is_in_place(f->path, &st))
        return open(f->path, O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC);
    /* Renaming asks only the folder: a write-protected file is to stay so. */
    if (access(f->path, W_OK) != 0)
        return -1;
    char *real = realpath(f->path, NULL);
    if (!real)
        return -1;
    free(f->path);
    f->path = real;
    return open_temp(f, &st);
}

/* ---- files that are in use ------------------------------------------------------------------- */

static char **in_use;
static size_t in_use_count, in_use_cap;

void path_protect(const char *path)
{
    for (size_t i = 0; i < in_use_count; i++)
        if (strcmp(in_use[i], path) == 0)
            return;
    in_use = mem_grow(in_use, &in_use_cap, in_use_count + 1, sizeof *in_use);
    in_use[in_use_count++] = mem_strdup(path);
}

/* The same file, or the same name where there is none yet (a -wal between two writes). */
static bool is_protected(const char *path)
{
    struct stat a, b;
    bool there = stat(path, &a) == 0;
    for (size_t i = 0; i < in_use_count; i++) {
        if (strcmp(in_use[i], path) == 0)
            return true;
        if (there && stat(in_use[i], &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino)
            return true;
    }
    return false;
}

enum status outfile_open(struct outfile **out, const char *path, struct error *err)
{
    *out = NULL;
    if (text_is_blank(path))
        return error_set(err, ST_REFUSED, NULL, _("give the name of a file"), "%s",
                         _("the name of the file is empty"));
    if (path[strlen(path) - 1] == '/')
        return refuse(err, path, EISDIR);
    if (is_protected(path))
        return error_set(err, ST_REFUSED, path, _("name another file"), "%s",
                         _("it is in use: the database, or the file that is read"));
    struct outfile *f = mem_alloc(sizeof *f);
    f->path = mem_strdup(path);
    int fd = open_target(f);
    if (fd >= 0)
        f->stream = fdopen(fd, "w");
    if (!f->stream) {
        enum status st = refuse(err, path, errno);
        if (fd >= 0) {
            close(fd);
            if (f->temp)
                unlink(f->temp);
        }
        outfile_free(f);
        return st;
    }
    *out = f;
    return ST_OK;
}

FILE *outfile_stream(struct outfile *f)
{
    return f->stream;
}

/* The name is safe only when the folder is; file systems that cannot do this need not. */
static void sync_folder(const char *path)
{
    char *dir = folder_of(path);
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(dir);
}

/* Ends the writing; returns an errno, 0 when all of it is on the disk. */
static int finish(struct outfile *f, bool keep)
{
    int number = 0;
    if (keep && fflush(f->stream) != 0)
        number = errno;
    else if (ferror(f->stream)) /* a write failed earlier, and its reason is forgotten */
        number = EIO;
    if (keep && number == 0 && f->temp && fsync(fileno(f->stream)) != 0)
        number = errno;
    if (fclose(f->stream) != 0 && keep && number == 0)
        number = errno;
    return number;
}

enum status outfile_close(struct outfile *f, bool keep, struct error *err)
{
    enum status st = ST_OK;
    if (!f)
        return ST_OK;
    int number = finish(f, keep);
    if (keep && number == 0 && f->temp && rename(f->temp, f->path) != 0)
        number = errno;
    if (f->temp && (!keep || number != 0))
        unlink(f->temp);
    else if (f->temp)
        sync_folder(f->path);
    if (keep && number != 0)
        st = refuse(err, f->path, number);
    outfile_free(f);
    return st;
}
