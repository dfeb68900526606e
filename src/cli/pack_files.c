/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the packs of a call, chooses those that belong together, and loads them. */
#include "cli/pack_files.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/pack_search.h"
#include "cli/tell.h"

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
        if (pack_files_add(files, paths->items[i], PACK_FILE_LARGEST))
            continue;
        good = false;
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

/* Whether two files are one pack, because their texts are the same. */
static bool is_same_pack(const struct pack_file *left, const struct pack_file *right)
{
    return left->id && right->id && left->text.length == right->text.length &&
           memcmp(left->text.bytes, right->text.bytes, left->text.length) == 0;
}

/* Whether the choice has the file, or another one of the same pack. */
static bool choice_has(const struct pack_choice *choice, const struct pack_files *files, size_t index)
{
    for (size_t i = 0; i < choice->count; i++)
        if (choice->indexes[i] == index ||
            is_same_pack(&files->items[choice->indexes[i]], &files->items[index]))
            return true;
    return false;
}

/* Adds a file to the choice unless its pack is there. */
static void choice_append(struct pack_choice *choice, const struct pack_files *files, size_t index)
{
    assert(index < files->count);
    if (choice_has(choice, files, index))
        return;
    if (choice->count == choice->capacity) {
        choice->capacity = choice->capacity ? 2 * choice->capacity : 8;
        choice->indexes = must_resize(choice->indexes, choice->capacity, sizeof *choice->indexes);
    }
    choice->indexes[choice->count++] = index;
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

void pack_choice_add_versions(struct pack_choice *choice, const struct pack_files *files, size_t index,
                              size_t search)
{
    const struct pack_file *found = &files->items[index];
    choice_append(choice, files, index);
    for (size_t i = 0; search == 0 && i < files->named; i++)
        if (are_versions(&files->items[i], found))
            choice_append(choice, files, i);
    for (size_t i = 0; search > 0 && i < files->hit_count; i++)
        if (files->hits[i].search == search && are_versions(&files->items[files->hits[i].index], found))
            choice_append(choice, files, files->hits[i].index);
}

bool pack_choice_add(struct pack_choice *choice, struct pack_files *files, size_t index)
{
    size_t first = choice->count;
    choice_append(choice, files, index);
    for (size_t i = first; i < choice->count; i++) {
        size_t user = choice->indexes[i];
        for (size_t k = 0; k < files->items[user].uses.count; k++) {
            size_t found = 0, search = 0;
            enum pack_found result =
                pack_search(files, user, files->items[user].uses.items[k], &found, &search);
            if (result == PACK_AMBIGUOUS)
                return false;
            if (result == PACK_FOUND)
                pack_choice_add_versions(choice, files, found, search);
        }
    }
    return true;
}

/* Frees the choice and makes it empty. */
void pack_choice_free(struct pack_choice *choice)
{
    free(choice->indexes);
    *choice = (struct pack_choice){.indexes = NULL};
}

tuoyu_status pack_choice_load(const struct pack_choice *choice, const struct pack_files *files,
                              const tuoyu_load_options *options, tuoyu_policy **policy,
                              tuoyu_diagnostics *diagnostics)
{
    tuoyu_pack_text *texts = must_resize(NULL, choice->count, sizeof *texts);
    for (size_t i = 0; i < choice->count; i++) {
        const struct pack_file *file = &files->items[choice->indexes[i]];
        texts[i] = (tuoyu_pack_text){.name = file->path,
                                     .name_length = strlen(file->path),
                                     .text = file->text.bytes,
                                     .text_length = file->text.length};
    }
    tuoyu_status status = tuoyu_policy_load(texts, choice->count, options, policy, diagnostics);
    free(texts);
    return must_have_memory(status);
}

void print_searched_folders(const struct pack_files *files, const tuoyu_diagnostics *diagnostics)
{
    bool is_pack_missing = false;
    for (size_t i = 0; i < tuoyu_diagnostics_count(diagnostics); i++) {
        tuoyu_diagnostic item;
        if (tuoyu_diagnostics_get(diagnostics, i, &item) == TUOYU_OK && item.code == TUOYU_ERROR_PACK_MISSING)
            is_pack_missing = true;
    }
    if (!is_pack_missing)
        return;
    char *searched = must_copy("", 0);
    for (size_t i = 0; i < files->searched.count; i++) {
        char *folder = shown_folder(files->searched.items[i]);
        char *longer = must_format("%s%s %s", searched, i ? "," : "", folder);
        free(searched);
        free(folder);
        searched = longer;
    }
    tell("note: packs were looked for in%s; name others by --packs DIR", *searched ? searched : " no folder");
    free(searched);
}
