/* SPDX-License-Identifier: Apache-2.0 */
/* Chooses the packs that belong together, and loads them. */
#include "cli/pack_choice.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/pack_search.h"
#include "cli/tell.h"

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
