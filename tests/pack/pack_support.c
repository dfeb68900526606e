/* SPDX-License-Identifier: Apache-2.0 */
#include "pack_support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void source_path(char path[1024], const char *relative)
{
    const char *root = getenv("TUOYU_SOURCE");
    assert_non_null(root);
    assert_true(snprintf(path, 1024, "%s/%s", root, relative) < 1024);
}

char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("no file %s", path);
    size_t capacity = 1 << 16;
    char *bytes = malloc(capacity + 1);
    *length = 0;
    for (size_t got; (got = fread(bytes + *length, 1, capacity - *length, file)) > 0;) {
        *length += got;
        if (*length == capacity)
            bytes = realloc(bytes, (capacity *= 2) + 1);
    }
    fclose(file);
    bytes[*length] = '\0';
    return bytes;
}

void reading_begin(struct reading *reading)
{
    *reading = (struct reading){.status = TUOYU_OK};
    arena_init(&reading->arena, NULL);
    assert_int_equal(tuoyu_diagnostics_new(NULL, &reading->diagnostics), TUOYU_OK);
}

void reading_end(struct reading *reading)
{
    tuoyu_diagnostics_free(reading->diagnostics);
    arena_free(&reading->arena);
}

char *findings(const struct reading *reading)
{
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    text_append(&builder, TEXT(""));
    for (size_t i = 0; i < tuoyu_diagnostics_count(reading->diagnostics); i++) {
        tuoyu_diagnostic item;
        assert_int_equal(tuoyu_diagnostics_get(reading->diagnostics, i, &item), TUOYU_OK);
        if (item.severity == TUOYU_SEVERITY_NOTE)
            text_append_format(&builder, "note %u:%u %s", item.line, item.column, item.message);
        else
            text_append_format(&builder, "%s %u:%u+%u %s",
                               tuoyu_status_name(item.code) + strlen("TUOYU_ERROR_"), item.line, item.column,
                               item.span, item.message);
        if (item.hint[0])
            text_append_format(&builder, " (%s)", item.hint);
        text_append_byte(&builder, '\n');
    }
    assert_false(builder.failed);
    char *copy = malloc(builder.length + 1);
    memcpy(copy, builder.bytes, builder.length);
    copy[builder.length] = '\0';
    text_builder_free(&builder);
    return copy;
}

void read_tree(struct reading *reading, const char *text)
{
    reading_begin(reading);
    reading->status = pack_node_read(&reading->arena, TEXT("t"), text_of(text, TUOYU_NUL_TERMINATED), NULL,
                                     &reading->root, reading->diagnostics);
}

void read_pack(struct reading *reading, const char *text)
{
    reading_begin(reading);
    reading->status = pack_read(&reading->arena, TEXT("p"), text_of(text, TUOYU_NUL_TERMINATED), NULL,
                                &reading->model, reading->diagnostics);
}

void assert_text_equal(struct text actual, const char *expected, const char *file, int line)
{
    if (text_equals(actual, text_of(expected, TUOYU_NUL_TERMINATED)))
        return;
    print_error("got '%.*s', want '%s'\n", TEXT_ARGUMENTS(actual), expected);
    _fail(file, line);
}

/* ---- Findings that are kept ---- */

enum { MOST_FILES = 500, MOST_NAME = 128 };

static int by_name(const void *left, const void *right)
{
    return strcmp(left, right);
}

/* The names of the packs, without their ending, sorted. */
static size_t list_packs(const char *folder, char names[MOST_FILES][MOST_NAME])
{
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(directory));) {
        size_t length = strlen(entry->d_name);
        if (length < 6 || length >= MOST_NAME || strcmp(entry->d_name + length - 5, ".yaml") != 0)
            continue;
        assert_true(count < MOST_FILES);
        memcpy(names[count], entry->d_name, length - 5);
        names[count++][length - 5] = '\0';
    }
    closedir(directory);
    qsort(names, count, sizeof *names, by_name);
    return count;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

size_t compare_findings(const char *relative, char *(*findings_of)(const char *path))
{
    static char names[MOST_FILES][MOST_NAME];
    char folder[1024], path[1300];
    source_path(folder, relative);
    size_t count = list_packs(folder, names), wrong = 0;
    for (size_t i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s.yaml", folder, names[i]);
        char *found = findings_of(path);
        snprintf(path, sizeof path, "%s/%s.expected", folder, names[i]);
        if (getenv("TUOYU_UPDATE"))
            write_file(path, found);
        size_t length;
        char *expected = read_file(path, &length);
        if (strcmp(found, expected) != 0) {
            print_error("%s: got\n%swant\n%s", names[i], found, expected);
            wrong++;
        }
        free(expected);
        free(found);
    }
    assert_int_equal(wrong, 0);
    return count;
}
