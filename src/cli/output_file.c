/* SPDX-License-Identifier: Apache-2.0 */
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
    if (fstat(fileno(stream), &read) != 0 || stat(path, &written) != 0) return false;
    return read.st_dev == written.st_dev && read.st_ino == written.st_ino && S_ISREG(read.st_mode);
}

bool are_same_files(const char *path, const char *other)
{
    struct stat left, right;
    if (stat(path, &left) != 0 || stat(other, &right) != 0) return false;
    return left.st_dev == right.st_dev && left.st_ino == right.st_ino && S_ISREG(left.st_mode);
}

/* ---- When the command is interrupted ---- */

/* The temporary file that is there, if any: a command writes one at a time. */
static _Atomic(char *) unfinished;

/* Called for a signal that ends the command: takes the file away, then lets the signal end it after all. */
static void take_away(int signal_number)
{
    char *path = atomic_load(&unfinished);
    if (path) unlink(path);
    raise(signal_number); /* it is held back until this returns, and then does what it always does */
}

/* A signal that whoever started the command has it ignore stays ignored. */
static void expect_signals(sigset_t *expected)
{
    static const int ENDING[] = {SIGHUP, SIGINT, SIGTERM};
    sigemptyset(expected);
    for (size_t i = 0; i < sizeof ENDING / sizeof *ENDING; i++) {
        struct sigaction action;
        if (sigaction(ENDING[i], NULL, &action) != 0 || action.sa_handler == SIG_IGN) continue;
        action = (struct sigaction){.sa_handler = take_away, .sa_flags = (int)SA_RESETHAND};
        sigemptyset(&action.sa_mask);
        sigaction(ENDING[i], &action, NULL);
        sigaddset(expected, ENDING[i]);
    }
}

/* As mkstemp; no signal comes between the making of the file and the note that it is there. */
static int make_temporary(char *path)
{
    sigset_t expected, before;
    expect_signals(&expected);
    sigprocmask(SIG_BLOCK, &expected, &before);
    int descriptor = mkstemp(path);
    if (descriptor >= 0) atomic_store(&unfinished, path);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return descriptor;
}

/* ---- Writing ---- */

static bool cannot_write(const char *path, int problem)
{
    tell("tuoyu: %s: cannot be written: %s", path, strerror(problem));
    return false;
}

static FILE *open_beside(struct output_file *file)
{
    file->temporary = must_format("%s.XXXXXX", file->path);
    int descriptor = make_temporary(file->temporary);
    if (descriptor < 0) return NULL;
    mode_t mask = umask(0);
    umask(mask);
    fchmod(descriptor, 0666 & ~mask); /* mkstemp makes it private */
    return fdopen(descriptor, "wb");
}

bool output_file_open(struct output_file *file, const char *path)
{
    *file = (struct output_file){.path = path};
    struct stat about;
    bool is_special = stat(path, &about) == 0 && !S_ISREG(about.st_mode);
    if (strcmp(path, "-") == 0) file->stream = stdout;
    else file->stream = is_special ? fopen(path, "wb") : open_beside(file);
    if (file->stream) return true;
    cannot_write(path, errno);
    atomic_store(&unfinished, NULL);
    free(file->temporary);
    return false;
}

bool output_file_write(struct output_file *file, const char *bytes, size_t length)
{
    if (fwrite(bytes, 1, length, file->stream) == length) return true;
    if (!file->problem) file->problem = errno;
    return false;
}

bool output_file_close(struct output_file *file, bool keep)
{
    bool good = fflush(file->stream) == 0 && !ferror(file->stream);
    if (file->stream != stdout && fclose(file->stream) != 0) good = false;
    if (file->temporary && good && keep) good = rename(file->temporary, file->path) == 0;
    if (!good) cannot_write(file->path, file->problem ? file->problem : errno);
    if (file->temporary && !(good && keep)) unlink(file->temporary);
    atomic_store(&unfinished, NULL);
    free(file->temporary);
    return good;
}
