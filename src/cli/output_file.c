/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/output_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/allocation.h"

bool is_same_file(FILE *stream, const char *path)
{
    struct stat read, written;
    if (fstat(fileno(stream), &read) != 0 || stat(path, &written) != 0) return false;
    return read.st_dev == written.st_dev && read.st_ino == written.st_ino && S_ISREG(read.st_mode);
}

static bool cannot_write(const char *path)
{
    fprintf(stderr, "tuoyu: %s: cannot be written: %s\n", path, strerror(errno));
    return false;
}

static FILE *open_beside(struct output_file *file)
{
    file->temporary = must_format("%s.XXXXXX", file->path);
    int descriptor = mkstemp(file->temporary);
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
    cannot_write(path);
    free(file->temporary);
    return false;
}

bool output_file_close(struct output_file *file, bool keep)
{
    bool good = fflush(file->stream) == 0 && !ferror(file->stream);
    if (file->stream != stdout && fclose(file->stream) != 0) good = false;
    if (file->temporary && good && keep) good = rename(file->temporary, file->path) == 0;
    if (!good) cannot_write(file->path);
    if (file->temporary && !(good && keep)) unlink(file->temporary);
    free(file->temporary);
    return good;
}
