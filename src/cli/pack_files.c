/* SPDX-License-Identifier: Apache-2.0 */
/* Reads pack files with their heads, each once, and says which of them are versions of one pack. */
#include "cli/pack_files.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/tell.h"

/* ---- One file ---- */

/* Reads the head of a file: the pack's own id with its time in force, then a line for each pack that it uses.
 * A file without a readable head has no id. */
static void read_head(struct pack_file *file)
{
    tuoyu_pack_text pack = {.name = file->path,
                            .name_length = strlen(file->path),
                            .text = file->text.bytes,
                            .text_length = file->text.length};
    tuoyu_text *head = NULL;
    if (must_have_memory(tuoyu_pack_head(&pack, &head, NULL)) != TUOYU_OK)
        return;
    file->head = must_copy(tuoyu_text_bytes(head), tuoyu_text_length(head));
    tuoyu_text_free(head);
    char *rest = file->head;
    for (char *id = strtok_r(rest, "\n", &rest); id; id = strtok_r(NULL, "\n", &rest)) {
        if (!file->id)
            file->id = id;
        else
            word_list_add(&file->uses, id);
    }
    char *space = file->head ? strchr(file->head, ' ') : NULL;
    if (!space)
        return;
    *space = '\0';
    file->in_force = space + 1;
}

size_t pack_files_find(const struct pack_files *files, const char *real_path)
{
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->items[i].real_path, real_path) == 0)
            return i;
    return SIZE_MAX;
}

char *pack_real_path(const char *path)
{
    char *real_path = realpath(path, NULL);
    return real_path ? real_path : must_copy(path, strlen(path));
}

bool pack_files_add(struct pack_files *files, const char *path, char *real_path, size_t limit)
{
    struct pack_file file = {.real_path = real_path};
    if (!text_file_read(path, limit, &file.text)) {
        free(real_path);
        return false;
    }
    file.path = must_copy(path, strlen(path));
    read_head(&file);
    if (files->count == files->capacity) {
        files->capacity = files->capacity ? 2 * files->capacity : 8;
        files->items = must_resize(files->items, files->capacity, sizeof *files->items);
    }
    files->items[files->count++] = file;
    return true;
}

/* ---- All files ---- */

bool pack_files_read(struct pack_files *files, const struct word_list *paths, const struct word_list *folders)
{
    *files = (struct pack_files){.folders = folders};
    bool good = true;
    for (size_t i = 0; i < folders->count; i++) {
        struct stat about;
        if (stat(folders->items[i], &about) == 0 && S_ISDIR(about.st_mode))
            continue;
        tell("tuoyu: --packs %s: is no folder", folders->items[i]);
        good = false;
    }
    for (size_t i = 0; i < paths->count; i++) {
        const char *path = paths->items[i];
        good = pack_files_add(files, path, pack_real_path(path), PACK_FILE_LARGEST) && good;
    }
    files->named = files->count;
    return good;
}

/* Frees all files and makes the list empty. */
void pack_files_free(struct pack_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        struct pack_file *file = &files->items[i];
        free(file->path);
        free(file->real_path);
        free(file->head);
        text_file_free(&file->text);
        word_list_free(&file->uses);
    }
    free(files->items);
    free(files->hits);
    word_list_free_words(&files->searched);
    *files = (struct pack_files){.items = NULL};
}

/* Whether the first period ends before the second begins. Days are compared as texts, because all are written
 * alike. */
static bool ends_before(const char *left, const char *right)
{
    enum { DAY = 10 /* characters */ };
    const char *end = left + DAY + 2;
    return *end && strncmp(end, right, DAY) < 0;
}

bool are_versions(const struct pack_file *left, const struct pack_file *right)
{
    bool is_one =
        left->id && right->id && strcmp(left->id, right->id) == 0 && left->in_force && right->in_force;
    return is_one &&
           (ends_before(left->in_force, right->in_force) || ends_before(right->in_force, left->in_force));
}
