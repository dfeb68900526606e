/* SPDX-License-Identifier: Apache-2.0 */
/* Searches folders for packs by their id, within limits. */
#include "cli/pack_search.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/tell.h"

/* Notes a file as a hit of the search at hand. The named files are looked at before any search, so they are
 * no hits. */
static void add_hit(struct pack_files *files, size_t index)
{
    if (index < files->named)
        return;
    if (files->hit_count == files->hit_capacity) {
        files->hit_capacity = files->hit_capacity ? 2 * files->hit_capacity : 32;
        files->hits = must_resize(files->hits, files->hit_capacity, sizeof *files->hits);
    }
    files->hits[files->hit_count++] = (struct pack_hit){.search = files->searched.count, .index = index};
}

/* ---- Folders ---- */

/* Whether a file's name is that of a pack: it ends with .yaml and is not hidden. */
static bool is_yaml_name(const char *name)
{
    size_t length = strlen(name);
    return length > 5 && name[0] != '.' && strcmp(name + length - 5, ".yaml") == 0;
}

/* Whether the path is a folder, and no link to one. */
static bool is_folder(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* For scandir(): whether the entry is not hidden. */
static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Lists the paths in a folder in the order of their names, without hidden ones; none where it cannot be read.
 * The caller frees each path and the array. */
static size_t list_folder(const char *folder, char ***paths)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, visible, alphasort);
    if (count < 0)
        count = 0;
    *paths = must_resize(NULL, (size_t)count + 1, sizeof **paths);
    for (int i = 0; i < count; i++) {
        (*paths)[i] = strcmp(folder, ".") == 0 ? must_copy(entries[i]->d_name, strlen(entries[i]->d_name))
                                               : must_format("%s/%s", folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return (size_t)count;
}

/* The number of the search of a folder, or 0 where it was not searched yet; *real_path is then its real path
 * (NULL where there is none), which the caller frees. */
static size_t search_of(const struct pack_files *files, const char *folder, char **real_path)
{
    *real_path = realpath(folder, NULL);
    for (size_t i = 0; *real_path && i < files->searched.count; i++) {
        if (strcmp(files->searched.items[i], *real_path) != 0)
            continue;
        free(*real_path);
        *real_path = NULL;
        return i + 1;
    }
    return 0;
}

/* Adds a file as a hit if it is a readable regular file of a moderate size. */
static void add_candidate(struct pack_files *files, const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size > SEARCH_FILE_LARGEST)
        return;
    if (access(path, R_OK) != 0)
        return;
    char *real_path = pack_real_path(path);
    size_t known = pack_files_find(files, real_path);
    if (known != SIZE_MAX)
        free(real_path);
    else if (!pack_files_add(files, path, real_path, SEARCH_FILE_LARGEST))
        return;
    add_hit(files, known != SIZE_MAX ? known : files->count - 1);
}

/* Adds the packs in a folder and, to the depth, in its sub-folders. Links to folders are not followed. */
static void search_folder(struct pack_files *files, const char *folder, int depth)
{
    char **paths;
    size_t count = list_folder(folder, &paths);
    for (size_t i = 0; i < count; i++) {
        if (files->entries_seen < SEARCH_ENTRIES) {
            files->entries_seen++;
            if (is_yaml_name(strrchr(paths[i], '/') ? strrchr(paths[i], '/') + 1 : paths[i]))
                add_candidate(files, paths[i]);
            else if (depth > 0 && is_folder(paths[i]))
                search_folder(files, paths[i], depth - 1);
        }
        free(paths[i]);
    }
    free(paths);
}

/* Whether the folder holds a YAML file, itself or to the depth below. If not, looking further up makes no
 * sense. */
static bool holds_yaml(const char *folder, int depth)
{
    char **paths;
    size_t count = list_folder(folder, &paths);
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        if (!found) {
            const char *slash = strrchr(paths[i], '/');
            found =
                is_yaml_name(slash ? slash + 1 : paths[i]) ||
                (depth > 0 && i < SEARCH_ENTRIES && is_folder(paths[i]) && holds_yaml(paths[i], depth - 1));
        }
        free(paths[i]);
    }
    free(paths);
    return found;
}

/* ---- Search by id ---- */

/* A look-up of an id among files. */
struct lookup {
    const struct pack_files *files;
    const char *id;
    size_t index;      /* of the first file that has it, or SIZE_MAX */
    bool is_ambiguous; /* another file has it, and is no version of the first */
};

/* Looks at one file; a second one of the id that is no version of the first is said. */
static void look_at(struct lookup *lookup, size_t index)
{
    const struct pack_file *file = &lookup->files->items[index];
    if (lookup->is_ambiguous || !file->id || strcmp(file->id, lookup->id) != 0)
        return;
    if (lookup->index == SIZE_MAX) {
        lookup->index = index;
        return;
    }
    const struct pack_file *first = &lookup->files->items[lookup->index];
    if (strcmp(first->real_path, file->real_path) == 0 || are_versions(first, file))
        return;
    tell("tuoyu: %s and %s both say that they are %s; name the one that is meant", first->path, file->path,
         lookup->id);
    lookup->is_ambiguous = true;
}

/* What came of the look-up; sets *index where a file was found. */
static enum pack_found result_of(const struct lookup *lookup, size_t *index)
{
    if (lookup->is_ambiguous)
        return PACK_AMBIGUOUS;
    if (lookup->index == SIZE_MAX)
        return PACK_NOT_FOUND;
    *index = lookup->index;
    return PACK_FOUND;
}

/* Looks an id up among the named files. */
static enum pack_found find_named(const struct pack_files *files, const char *id, size_t *index)
{
    struct lookup lookup = {.files = files, .id = id, .index = SIZE_MAX};
    for (size_t i = 0; i < files->named; i++)
        look_at(&lookup, i);
    return result_of(&lookup, index);
}

/* Looks an id up among the files that a search met. */
static enum pack_found find_hit(const struct pack_files *files, size_t search, const char *id, size_t *index)
{
    struct lookup lookup = {.files = files, .id = id, .index = SIZE_MAX};
    for (size_t i = 0; i < files->hit_count; i++)
        if (files->hits[i].search == search)
            look_at(&lookup, files->hits[i].index);
    return result_of(&lookup, index);
}

char *shown_folder(const char *real_path)
{
    char *here = realpath(".", NULL);
    size_t length = here ? strlen(here) : 0;
    const char *shown = real_path;
    if (length > 1 && strncmp(real_path, here, length) == 0 && real_path[length] == '/')
        shown = real_path + length + 1;
    else if (length && strcmp(real_path, here) == 0)
        shown = ".";
    char *copy = must_copy(shown, strlen(shown));
    free(here);
    return copy;
}

/* Searches a folder, unless it was searched before, and looks the id up among its files. */
static enum pack_found search_one(struct pack_files *files, const char *folder, const char *id, size_t *index,
                                  size_t *search)
{
    char *real_path;
    *search = search_of(files, folder, &real_path);
    if (*search == 0 && real_path) {
        word_list_add(&files->searched, real_path);
        *search = files->searched.count;
        search_folder(files, folder, SEARCH_DEPTH);
    }
    return find_hit(files, *search, id, index);
}

/* Whether the folder is the root of a Git repository, above which no search goes. */
static bool is_repository_root(const char *folder)
{
    char *path = must_format("%s/.git", folder);
    bool found = access(path, F_OK) == 0;
    free(path);
    return found;
}

/* Searches the folder of a file, then those above it, until the pack is found or there is nothing more to
 * look for. */
static enum pack_found climb(struct pack_files *files, const char *from, const char *id, size_t *index,
                             size_t *search)
{
    char *folder = must_copy(from, strlen(from));
    enum pack_found result = PACK_NOT_FOUND;
    for (int above = 0; above <= SEARCH_CLIMB && result == PACK_NOT_FOUND; above++) {
        char *slash = strrchr(folder, '/');
        if (!slash || slash == folder)
            break;
        *slash = '\0';
        if (above && !holds_yaml(folder, 1))
            break;
        char *shown = shown_folder(folder);
        result = search_one(files, shown, id, index, search);
        free(shown);
        if (is_repository_root(folder))
            break;
    }
    free(folder);
    return result;
}

enum pack_found pack_search(struct pack_files *files, size_t from, const char *id, size_t *index,
                            size_t *search)
{
    assert(from < files->count || files->folders->count > 0);
    *search = 0;
    enum pack_found result = find_named(files, id, index);
    for (size_t i = 0; i < files->folders->count && result == PACK_NOT_FOUND; i++)
        result = search_one(files, files->folders->items[i], id, index, search);
    if (result != PACK_NOT_FOUND || files->folders->count)
        return result;
    return climb(files, files->items[from].real_path, id, index, search);
}
