/* SPDX-License-Identifier: Apache-2.0 */
/* Every pack in bad/ must be refused with exactly the findings that stand beside it in .expected: code, line, column,
 * span, message, hint. With TUOYU_UPDATE in the environment the findings are written there instead, to be read by a
 * person before they are kept. */
#include "pack_support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FILES = 500 };

static int by_name(const void *left, const void *right)
{
    return strcmp(left, right);
}

/* The names of the packs, without their ending, sorted. */
static size_t list_packs(const char *folder, char names[MOST_FILES][128])
{
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(directory));) {
        size_t length = strlen(entry->d_name);
        if (length < 6 || length >= 128 || strcmp(entry->d_name + length - 5, ".yaml") != 0) continue;
        assert_true(count < MOST_FILES);
        memcpy(names[count], entry->d_name, length - 5);
        names[count++][length - 5] = '\0';
    }
    closedir(directory);
    qsort(names, count, sizeof *names, by_name);
    return count;
}

static char *findings_of(const char *path)
{
    size_t length;
    char *text = read_file(path, &length);
    struct reading reading;
    reading_begin(&reading);
    struct pack_model *model = (struct pack_model *)&reading;
    tuoyu_status status =
        pack_read(&reading.arena, TEXT("p"), (struct text){text, length}, NULL, &model, reading.diagnostics);
    assert_int_not_equal(status, TUOYU_OK);
    assert_int_equal(status, diagnostics_first_error(reading.diagnostics));
    assert_null(model);
    char *found = findings(&reading);
    reading_end(&reading);
    free(text);
    return found;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void each_bad_pack_is_refused_for_what_is_wrong_with_it(void **state)
{
    (void)state;
    static char names[MOST_FILES][128];
    char folder[1024], path[1300];
    source_path(folder, "tests/pack/bad");
    size_t count = list_packs(folder, names), wrong = 0;
    assert_true(count >= 90);
    for (size_t i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s.yaml", folder, names[i]);
        char *found = findings_of(path);
        snprintf(path, sizeof path, "%s/%s.expected", folder, names[i]);
        if (getenv("TUOYU_UPDATE")) write_file(path, found);
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
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_bad_pack_is_refused_for_what_is_wrong_with_it)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
