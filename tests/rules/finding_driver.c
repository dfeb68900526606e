/* SPDX-License-Identifier: Apache-2.0 */
/* Loads the packs that are named, in the language that the first argument names, and prints each finding on a
 * line, with tabs between: code, line, column, span, severity, id, message, hint. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tuoyu/tuoyu.h>

enum { MOST_PACKS = 16 };

static char *read_whole(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 22);
    if (!file || !bytes)
        exit(2);
    *length = fread(bytes, 1, 1 << 22, file);
    fclose(file);
    return bytes;
}

int main(int count, char **arguments)
{
    tuoyu_pack_text packs[MOST_PACKS];
    tuoyu_diagnostics *found;
    tuoyu_policy *policy;
    if (count < 3 || count - 2 > MOST_PACKS || tuoyu_diagnostics_new(NULL, &found) != TUOYU_OK)
        return 2;
    if (tuoyu_diagnostics_set_language(found, arguments[1]) != TUOYU_OK) {
        tuoyu_diagnostics_free(found);
        return 2;
    }
    for (int i = 2; i < count; i++) {
        packs[i - 2] = (tuoyu_pack_text){.name = "pack", .name_length = 4};
        packs[i - 2].text = read_whole(arguments[i], &packs[i - 2].text_length);
    }
    tuoyu_load_options options = {.size = sizeof options, .is_analysed = 1};
    tuoyu_policy_load(packs, (size_t)count - 2, &options, &policy, found);
    for (size_t i = 0; i < tuoyu_diagnostics_count(found); i++) {
        tuoyu_diagnostic item;
        tuoyu_diagnostics_get(found, i, &item);
        printf("%d\t%u\t%u\t%u\t%d\t%s\t%s\t%s\n", (int)item.code, item.line, item.column, item.span,
               (int)item.severity, tuoyu_diagnostics_id(found, i), item.message, item.hint);
    }
    tuoyu_policy_unref(policy);
    tuoyu_diagnostics_free(found);
    for (int i = 2; i < count; i++)
        free((void *)(uintptr_t)packs[i - 2].text);
    return 0;
}
