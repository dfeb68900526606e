/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a file whole or not at all: into a temporary file beside it, which is renamed in the end and removed
 * if the command ends before. */
#include "cli/output_file.h"

#include <assert.h>
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

/* The paths of the temporary files that are there, or NULL: an output, and the list of what was changed. */
enum { UNFINISHED_MOST = 2 };
static _Atomic(char *) unfinished[UNFINISHED_MOST];

/* Removes the temporary files that are there. A handler of signals may call it. */
static void remove_unfinished(void)
{
    for (int i = 0; i < UNFINISHED_MOST; i++) {
        char *path = atomic_load(&unfinished[i]);
        if (path)
            unlink(path);
    }
}

/* Puts a path in the place of another, NULL for a free place; false where there is none. */
static bool replace_unfinished(char *path, char *by)
{
    for (int i = 0; i < UNFINISHED_MOST; i++) {
        if (atomic_load(&unfinished[i]) != path)
            continue;
        atomic_store(&unfinished[i], by);
        return true;
    }
    return false;
}

/* Called for a signal that ends the command: removes the temporary files, then lets the signal end the
 * command after all. */
static void remove_at_signal(int signal_number)
{
    remove_unfinished();
    raise(signal_number); /* the signal is blocked until this returns, and then has its default effect */
}

/* Removes the temporary files when the command ends by itself, as it does where memory runs out. */
static void remove_at_exit(void)
{
    remove_unfinished();
}

/* Sets the handler for the signals that end a command, and lists them in *expected. A signal that was ignored
 * when the command started stays ignored. */
static void expect_signals(sigset_t *expected)
{
    static const int ENDING[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXCPU, SIGXFSZ};
    sigemptyset(expected);
    for (size_t i = 0; i < sizeof ENDING / sizeof *ENDING; i++) {
        struct sigaction action;
        if (sigaction(ENDING[i], NULL, &action) != 0 || action.sa_handler == SIG_IGN)
            continue;
        action = (struct sigaction){.sa_handler = remove_at_signal, .sa_flags = (int)SA_RESETHAND};
        sigemptyset(&action.sa_mask);
        sigaction(ENDING[i], &action, NULL);
        sigaddset(expected, ENDING[i]);
    }
}

/* Like mkstemp(). The signals are blocked meanwhile, so that none comes between making the file and noting
 * that it is there. */
static int make_temporary(char *path)
{
    static bool is_registered;
    sigset_t expected, before;
    if (!is_registered)
        is_registered = atexit(remove_at_exit) == 0;
    expect_signals(&expected);
    sigprocmask(SIG_BLOCK, &expected, &before);
    int descriptor = mkstemp(path);
    bool is_noted = descriptor < 0 || replace_unfinished(NULL, path);
    assert(is_noted); /* no command has more files open at once */
    (void)is_noted;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return descriptor;
}

/* ---- Writing ---- */

/* Says that a file cannot be written; returns false. */
static bool cannot_write(const char *path, int problem)
{
    tell("tuoyu: %s: cannot be written: %s", path, strerror(problem));
    return false;
}

enum { PERMISSIONS = 0777, PERMISSIONS_OF_NEW_FILES = 0666 };

/* Gives the temporary file the rights of the file that it replaces, or those of a new one where before is
 * NULL; until then it is private, as mkstemp() made it. An owner or group that may not be set stays that of
 * whoever runs the command. Returns false with errno. */
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

/* Opens a temporary file beside the target. before: the file that is there, or NULL. Returns NULL with
 * errno. */
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

/* The path that a link leads to, which must exist, or the path itself where it is no link; the caller frees
 * it. NULL with errno. */
static char *target_of(const char *path)
{
    struct stat about;
    bool is_link = lstat(path, &about) == 0 && S_ISLNK(about.st_mode);
    return is_link ? realpath(path, NULL) : must_copy(path, strlen(path));
}

/* Opens a temporary file, or the target itself where it is no regular file. Returns NULL with errno. */
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

/* Frees the paths of a file that is done with. */
static void forget(struct output_file *file)
{
    if (file->temporary)
        replace_unfinished(file->temporary, NULL);
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
    assert(file->stream);
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
