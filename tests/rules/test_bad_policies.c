/* SPDX-License-Identifier: Apache-2.0 */
/* Every pack in bad/ can be read, but is wrong together with those above it: what stands beside it in
 * .expected must be found, errors or at least warnings, exactly as a person is shown them. Its first line
 * names the packs that it is loaded with. With TUOYU_UPDATE in the environment the findings are written there
 * instead, to be read by a person before they are kept. */
#include "policy_fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FILES = 500, NAME_SIZE = 128, MOST_PACKS = 8 };
#define FOLDER "tests/rules/bad/"

static int by_name(const void *left, const void *right)
{
    return strcmp(left, right);
}

/* The names of the packs that are to be refused, without their ending, sorted. */
static size_t list_packs(char names[MOST_FILES][NAME_SIZE])
{
    char folder[1024];
    const char *root = getenv("TUOYU_SOURCE");
    snprintf(folder, sizeof folder, "%s/%s", root ? root : ".", FOLDER);
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(directory));) {
        size_t length = strlen(entry->d_name);
        bool is_pack = length > 5 && length < NAME_SIZE && strcmp(entry->d_name + length - 5, ".yaml") == 0;
        if (!is_pack || strncmp(entry->d_name, "above_", 6) == 0)
            continue;
        assert_true(count < MOST_FILES);
        memcpy(names[count], entry->d_name, length - 5);
        names[count++][length - 5] = '\0';
    }
    closedir(directory);
    qsort(names, count, sizeof *names, by_name);
    return count;
}

/* The pack, and those of its first line: `# Beside above_nation, above_city.` Their texts are freed by the
 * caller. */
static size_t gather(const char *name, char names[MOST_PACKS][NAME_SIZE], char *texts[MOST_PACKS])
{
    static const char BEGIN[] = "# Beside ";
    char path[300];
    size_t count = 1;
    snprintf(names[0], NAME_SIZE, "%s", name);
    for (size_t i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s%s.yaml", FOLDER, names[i]);
        texts[i] = source_file(path);
        if (i > 0)
            continue;
        assert_int_equal(strncmp(texts[0], BEGIN, sizeof BEGIN - 1), 0);
        for (const char *at = texts[0] + sizeof BEGIN - 1; *at != '\n'; at += strspn(at, "., ")) {
            size_t length = strcspn(at, ".,");
            assert_true(count < MOST_PACKS && length < NAME_SIZE);
            snprintf(names[count++], NAME_SIZE, "%.*s", (int)length, at);
            at += length;
        }
    }
    return count;
}

/* The first error, or TUOYU_OK where there are warnings only; fails where there is nothing. */
static tuoyu_status diagnostics_status(const tuoyu_diagnostics *diagnostics)
{
    tuoyu_diagnostic finding;
    assert_true(tuoyu_diagnostics_count(diagnostics) > 0);
    for (size_t i = 0; tuoyu_diagnostics_get(diagnostics, i, &finding) == TUOYU_OK; i++)
        if (finding.severity == TUOYU_SEVERITY_ERROR)
            return finding.code;
    return TUOYU_OK;
}

/* What a person is shown. Freed by the caller. */
static tuoyu_text *findings_of(const char *name)
{
    static char names[MOST_PACKS][NAME_SIZE];
    char *texts[MOST_PACKS] = {NULL};
    tuoyu_pack_text packs[MOST_PACKS];
    tuoyu_policy *policy = (tuoyu_policy *)texts;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_text *shown = NULL;
    size_t count = gather(name, names, texts);
    for (size_t i = 0; i < count; i++)
        packs[i] = (tuoyu_pack_text){names[i], TUOYU_NUL_TERMINATED, texts[i], TUOYU_NUL_TERMINATED};
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    const tuoyu_load_options options = {.size = sizeof options,
                                        .is_analysed = 1}; /* as `tuoyu check` loads */
    tuoyu_status status = tuoyu_policy_load(packs, count, &options, &policy, diagnostics);
    if (status != TUOYU_OK)
        assert_null(policy);
    assert_int_equal(tuoyu_diagnostics_to_text(diagnostics, &shown), TUOYU_OK);
    assert_int_equal(status, diagnostics_status(diagnostics));
    tuoyu_policy_unref(policy);
    tuoyu_diagnostics_free(diagnostics);
    for (size_t i = 0; i < count; i++)
        free(texts[i]);
    return shown;
}

static void update(const char *path, const char *text)
{
    char full[1400];
    snprintf(full, sizeof full, "%s/%s", getenv("TUOYU_SOURCE"), path);
    FILE *file = fopen(full, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void each_policy_is_refused_for_what_is_wrong_with_it(void **state)
{
    (void)state;
    static char names[MOST_FILES][NAME_SIZE];
    size_t count = list_packs(names), wrong = 0;
    assert_true(count >= 60);
    for (size_t i = 0; i < count; i++) {
        char path[300];
        snprintf(path, sizeof path, "%s%s.expected", FOLDER, names[i]);
        tuoyu_text *shown = findings_of(names[i]);
        if (getenv("TUOYU_UPDATE"))
            update(path, tuoyu_text_bytes(shown));
        char *expected = source_file(path);
        if (strcmp(tuoyu_text_bytes(shown), expected) != 0) {
            print_error("%s: got\n%swant\n%s", names[i], tuoyu_text_bytes(shown), expected);
            wrong++;
        }
        free(expected);
        tuoyu_text_free(shown);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_policy_is_refused_for_what_is_wrong_with_it)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
