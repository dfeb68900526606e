/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target once over each file of the folders that are named: what was found once stays found. */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST = 1 << 20, PATH_SIZE = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path, uint8_t *buffer)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return fprintf(stderr, "%s cannot be read\n", path), 0;
    size_t size = fread(buffer, 1, LARGEST, file);
    fclose(file);
    /* A copy of just this size, so that a sanitizer sees the byte behind it. */
    uint8_t *data = malloc(size ? size : 1);
    if (!data)
        return 0;
    memcpy(data, buffer, size);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 1;
}

static long run_folder(const char *folder, uint8_t *buffer)
{
    DIR *entries = opendir(folder);
    long count = 0;
    if (!entries)
        return 0;
    for (struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        char path[PATH_SIZE];
        if (entry->d_name[0] == '.')
            continue;
        if (snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) < (int)sizeof path)
            count += run_file(path, buffer);
    }
    closedir(entries);
    return count;
}

int main(int argc, char **argv)
{
    uint8_t *buffer = malloc(LARGEST);
    long count = 0;
    for (int i = 1; buffer && i < argc; i++)
        count += run_folder(argv[i], buffer);
    free(buffer);
    printf("%ld inputs run\n", count);
    return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
