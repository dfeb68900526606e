/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a file whole or not at all. */
#include "cli/output_file.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/allocation.h"
#include "cli/tell.h"

bool is_same_file(FILE *stream, const char *path)
{
    struct stat read, written;
    if (fstat(fileno(stream), &read) != 0 || stat(path, &written) != 0)
        return false;
    return read.st_dev == written.st_dev && read.st_ino == written.st_ino && S_ISREG(read.st_mode);
}

bool are_same_files(const char *path, const char *other)
{
    struct stat left, right;
    if (stat(path, &left) != 0 || stat(other, &right) != 0)
        return false;
    return left.st_dev == right.st_dev && left.st_ino == right.st_ino && S_ISREG(left.st_mode);
}

/* ---- When the command is interrupted ---- */

/* The temporary file that is there, if any: a command writes one at a time. */
static _Atomic(char *) unfinished;

/* Called for a signal that ends the command: takes the file away, then lets the signal end it after all. */
static void take_away(int signal_number)
{
    char *path = atomic_load(&unfinished);
    if (path)
        unlink(path);
    raise(signal_number); /* it is held back until this returns, and then does what it always does */
}

/* When the command ends by itself, as it does where memory runs out. */
static void take_away_at_exit(void)
{
    char *path = atomic_load(&unfinished);
    if (path)
        unlink(path);
}

/* A signal that whoever started the command has it ignore stays ignored. */
static void expect_signals(sigset_t *expected)
{
    static const int ENDING[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXCPU, SIGXFSZ};
    sigemptyset(expected);
    for (size_t i = 0; i < sizeof ENDING / sizeof *ENDING; i++) {
        struct sigaction action;
        if (sigaction(ENDING[i], NULL, &action) != 0 || action.sa_handler == SIG_IGN)
            continue;
        action = (struct sigaction){.sa_handler = take_away, .sa_flags = (int)SA_RESETHAND};
        sigemptyset(&action.sa_mask);
        sigaction(ENDING[i], &action, NULL);
        sigaddset(expected, ENDING[i]);
    }
}

/* As mkstemp; no signal comes between the making of the file and the note that it is there. */
static int make_temporary(char *path)
{
    static bool is_registered;
    sigset_t expected, before;
    if (!is_registered)
        is_registered = atexit(take_away_at_exit) == 0;
    expect_signals(&expected);
    sigprocmask(SIG_BLOCK, &expected, &before);
    int descriptor = mkstemp(path);
    if (descriptor >= 0)
        atomic_store(&unfinished, path);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return descriptor;
}

/* ---- Writing ---- */

static bool cannot_write(const char *path, int problem)
{
    tell("tuoyu: %s: cannot be written: %s", path, strerror(problem));
    return false;
}

enum { PERMISSIONS = 0777, PERMISSIONS_OF_NEW_FILES = 0666 };

/* mkstemp makes it private; so it stays until it has the rights of the file that it replaces, or those of a
 * new one. A group or an owner that may not be given leaves those who run the command. */
static bool give_rights(int descriptor, const struct stat *before)
{
    if (!before) {
        mode_t mask = umask(0);
        umask(mask);
        return fchmod(descriptor, PERMISSIONS_OF_NEW_FILES & ~mask) == 0;
    }
    bool is_theirs = fchown(descriptor, before->st_uid, before->st_gid) == 0 ||
                     fchown(descriptor, (uid_t)-1, before->st_gid) == 0;
    (void)is_theirs;
    return fchmod(descriptor, before->st_mode & PERMISSIONS) == 0;
}

/* before: the file that is there, or NULL. */
static FILE *open_beside(struct output_file *file, const struct stat *before)
{
    file->temporary = must_format("%s.XXXXXX", file->target);
    int descriptor = make_temporary(file->temporary);
    if (descriptor < 0)
        return NULL;
    FILE *stream = give_rights(descriptor, before) ? fdopen(descriptor, "wb") : NULL;
    if (stream)
        return stream;
    int problem = errno;
    close(descriptor);
    unlink(file->temporary);
    errno = problem;
    return NULL;
}

/* What a link is to, which must be there; path itself where it is none. NULL with errno. */
static char *target_of(const char *path)
{
    struct stat about;
    bool is_link = lstat(path, &about) == 0 && S_ISLNK(about.st_mode);
    return is_link ? realpath(path, NULL) : must_copy(path, strlen(path));
}

static FILE *open_target(struct output_file *file)
{
    struct stat about;
    file->target = target_of(file->path);
    if (!file->target)
        return NULL;
    bool is_there = stat(file->target, &about) == 0;
    if (is_there && !S_ISREG(about.st_mode))
        return fopen(file->target, "wb");
    return open_beside(file, is_there ? &about : NULL);
}

static void forget(struct output_file *file)
{
    atomic_store(&unfinished, NULL);
    free(file->temporary);
    free(file->target);
}

bool output_file_open(struct output_file *file, const char *path)
{
    *file = (struct output_file){.path = path};
    file->stream = strcmp(path, "-") == 0 ? stdout : open_target(file);
    if (file->stream)
        return true;
    cannot_write(path, errno);
    forget(file);
    return false;
}

bool output_file_write(struct output_file *file, const char *bytes, size_t length)
{
    if (fwrite(bytes, 1, length, file->stream) == length)
        return true;
    if (!file->problem)
        file->problem = errno;
    return false;
}

bool output_file_close(struct output_file *file, bool keep)
{
    bool good = fflush(file->stream) == 0 && !ferror(file->stream);
    if (file->stream != stdout && fclose(file->stream) != 0)
        good = false;
    if (file->temporary && good && keep)
        good = rename(file->temporary, file->target) == 0;
    if (!good)
        cannot_write(file->path, file->problem ? file->problem : errno);
    if (file->temporary && !(good && keep))
        unlink(file->temporary);
    forget(file);
    return good;
}
