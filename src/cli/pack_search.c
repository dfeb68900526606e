/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/pack_search.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/tell.h"

/* ---- One file ---- */

/* Splits the head: the pack's own id with its time in force, then a line for each that it uses. */
static void read_head(struct pack_file *file)
{
    tuoyu_pack_text pack = {.name = file->path, .name_length = strlen(file->path),
                            .text = file->text.bytes, .text_length = file->text.length};
    tuoyu_text *head = NULL;
    if (must_have_memory(tuoyu_pack_head(&pack, &head, NULL)) != TUOYU_OK) return;
    file->head = must_copy(tuoyu_text_bytes(head), tuoyu_text_length(head));
    tuoyu_text_free(head);
    char *rest = file->head;
    for (char *id = strtok_r(rest, "\n", &rest); id; id = strtok_r(NULL, "\n", &rest)) {
        if (!file->id) file->id = id;
        else word_list_add(&file->uses, id);
    }
    char *space = file->head ? strchr(file->head, ' ') : NULL;
    if (!space) return;
    *space = '\0';
    file->in_force = space + 1;
}

static bool is_known(const struct pack_files *files, const char *real_path)
{
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->items[i].real_path, real_path) == 0) return true;
    return false;
}

struct pack_file *pack_files_add(struct pack_files *files, const char *path, size_t limit, bool is_named)
{
    char *real_path = realpath(path, NULL);
    if (!real_path) real_path = must_copy(path, strlen(path));
    if (!is_named && is_known(files, real_path)) {
        free(real_path);
        return NULL;
    }
    struct pack_file file = {.real_path = real_path, .search = is_named ? 0 : files->searches};
    if (!text_file_read(path, limit, &file.text)) {
        free(real_path);
        return NULL;
    }
    file.path = must_copy(path, strlen(path));
    read_head(&file);
    if (files->count == files->capacity) {
        files->capacity = files->capacity ? 2 * files->capacity : 8;
        files->items = must_resize(files->items, files->capacity, sizeof *files->items);
    }
    files->items[files->count] = file;
    return &files->items[files->count++];
}

/* ---- Folders ---- */

static bool is_yaml_name(const char *name)
{
    size_t length = strlen(name);
    return length > 5 && name[0] != '.' && strcmp(name + length - 5, ".yaml") == 0;
}

static bool is_folder(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* The paths in a folder in the order of their names, hidden ones left out; the caller frees each and the array. */
static size_t list_folder(const char *folder, char ***paths)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, visible, alphasort);
    if (count < 0) count = 0;
    *paths = must_resize(NULL, (size_t)count + 1, sizeof **paths);
    for (int i = 0; i < count; i++) {
        (*paths)[i] = strcmp(folder, ".") == 0 ? must_copy(entries[i]->d_name, strlen(entries[i]->d_name))
                                               : must_format("%s/%s", folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return (size_t)count;
}

static bool was_searched(struct pack_files *files, const char *folder)
{
    char *real_path = realpath(folder, NULL);
    if (!real_path) return true;
    for (size_t i = 0; i < files->searched.count; i++) {
        if (strcmp(files->searched.items[i], real_path) != 0) continue;
        free(real_path);
        return true;
    }
    word_list_add(&files->searched, real_path);
    return false;
}

static void add_candidate(struct pack_files *files, const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size > SEARCH_FILE_LARGEST) return;
    if (access(path, R_OK) == 0) pack_files_add(files, path, SEARCH_FILE_LARGEST, false);
}

/* Adds the packs in a folder and, to the depth, in its sub-folders; symbolic links to folders are not followed. */
static void search_folder(struct pack_files *files, const char *folder, int depth)
{
    char **paths;
    size_t count = list_folder(folder, &paths);
    for (size_t i = 0; i < count; i++) {
        if (files->entries_seen < SEARCH_ENTRIES) {
            files->entries_seen++;
            if (is_yaml_name(strrchr(paths[i], '/') ? strrchr(paths[i], '/') + 1 : paths[i])) add_candidate(files, paths[i]);
            else if (depth > 0 && is_folder(paths[i])) search_folder(files, paths[i], depth - 1);
        }
        free(paths[i]);
    }
    free(paths);
}

/* Whether the folder or one directly below it holds a YAML file: if not, looking further up makes no sense. */
static bool holds_yaml(const char *folder, int depth)
{
    char **paths;
    size_t count = list_folder(folder, &paths);
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        if (!found) {
            const char *slash = strrchr(paths[i], '/');
            found = is_yaml_name(slash ? slash + 1 : paths[i]) ||
                    (depth > 0 && i < SEARCH_ENTRIES && is_folder(paths[i]) && holds_yaml(paths[i], depth - 1));
        }
        free(paths[i]);
    }
    free(paths);
    return found;
}

/* ---- Search by id ---- */

/* A pack of that id that was named, else one that the last search found. */
static enum pack_found find_known(const struct pack_files *files, const char *id, size_t *index)
{
    const struct pack_file *first = NULL;
    for (size_t i = 0; i < files->count; i++) {
        const struct pack_file *file = &files->items[i];
        if (!file->id || strcmp(file->id, id) != 0) continue;
        if (!first) {
            first = file;
            *index = i;
        } else if (first->search == file->search && strcmp(first->real_path, file->real_path) != 0 && !are_versions(first, file)) {
            tell("tuoyu: %s and %s both say that they are %s; name the one that is meant", first->path,
                 file->path, id);
            return PACK_AMBIGUOUS;
        }
    }
    return first ? PACK_FOUND : PACK_NOT_FOUND;
}

char *shown_folder(const char *real_path)
{
    char *here = realpath(".", NULL);
    size_t length = here ? strlen(here) : 0;
    const char *shown = real_path;
    if (length > 1 && strncmp(real_path, here, length) == 0 && real_path[length] == '/') shown = real_path + length + 1;
    else if (length && strcmp(real_path, here) == 0) shown = ".";
    char *copy = must_copy(shown, strlen(shown));
    free(here);
    return copy;
}

static enum pack_found search_one(struct pack_files *files, const char *folder, const char *id, size_t *index)
{
    if (!was_searched(files, folder)) {
        files->searches++;
        search_folder(files, folder, SEARCH_DEPTH);
    }
    return find_known(files, id, index);
}

static bool is_repository_root(const char *folder)
{
    char *path = must_format("%s/.git", folder);
    bool found = access(path, F_OK) == 0;
    free(path);
    return found;
}

/* Searches the folder of a pack, then those above it, until the pack is found or there is nothing more to look for. */
static enum pack_found climb(struct pack_files *files, const char *from, const char *id, size_t *index)
{
    char *folder = must_copy(from, strlen(from));
    enum pack_found result = PACK_NOT_FOUND;
    for (int above = 0; above <= SEARCH_CLIMB && result == PACK_NOT_FOUND; above++) {
        char *slash = strrchr(folder, '/');
        if (!slash || slash == folder) break;
        *slash = '\0';
        if (above && !holds_yaml(folder, 1)) break;
        char *shown = shown_folder(folder);
        result = search_one(files, shown, id, index);
        free(shown);
        if (is_repository_root(folder)) break;
    }
    free(folder);
    return result;
}

enum pack_found pack_search(struct pack_files *files, size_t from, const char *id, size_t *index)
{
    enum pack_found result = find_known(files, id, index);
    for (size_t i = 0; i < files->folders->count && result == PACK_NOT_FOUND; i++)
        result = search_one(files, files->folders->items[i], id, index);
    if (result != PACK_NOT_FOUND || files->folders->count) return result;
    return climb(files, files->items[from].real_path, id, index);
}
