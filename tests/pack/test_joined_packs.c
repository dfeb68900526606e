/* SPDX-License-Identifier: Apache-2.0 */
/* Packs that are each well-formed but do not go together: every file in bad/joined/ holds several, with a
 * line `---` between them, and must be refused with exactly the findings beside it in .expected: pack, code,
 * line, column, message, hint. With TUOYU_UPDATE in the environment the findings are written there instead,
 * to be read by a person before they are kept. */
#include "pack_support.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_PACKS = 8 };

/* Cuts the text at lines `---`; the packs are called 1, 2, 3. */
static size_t cut(char *text, tuoyu_pack_text packs[MOST_PACKS])
{
    static const char *const NAMES[MOST_PACKS] = {"1", "2", "3", "4", "5", "6", "7", "8"};
    size_t count = 0;
    for (char *next = text; next; count++) {
        char *end = strstr(next, "\n---\n");
        assert_true(count < MOST_PACKS);
        if (end)
            end[1] = '\0';
        packs[count] = (tuoyu_pack_text){NAMES[count], 1, next, strlen(next)};
        next = end ? end + strlen("\n---\n") : NULL;
    }
    return count;
}

static void append(struct text_builder *builder, const tuoyu_diagnostic *item)
{
    if (item->severity == TUOYU_SEVERITY_NOTE)
        text_append_format(builder, "note %s %u:%u %s", item->source, item->line, item->column,
                           item->message);
    else
        text_append_format(builder, "%s%s %s %u:%u+%u %s",
                           item->severity == TUOYU_SEVERITY_WARNING ? "warning " : "",
                           tuoyu_status_name(item->code) + strlen("TUOYU_ERROR_"), item->source, item->line,
                           item->column, item->span, item->message);
    if (item->hint[0])
        text_append_format(builder, " (%s)", item->hint);
    text_append_byte(builder, '\n');
}

static char *findings_of(const char *path)
{
    size_t length;
    char *text = read_file(path, &length);
    tuoyu_pack_text packs[MOST_PACKS];
    size_t count = cut(text, packs);
    assert_true(count > 1);
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_policy *policy = NULL;
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    text_append(&builder, TEXT(""));
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    tuoyu_status status = tuoyu_policy_load(packs, count, NULL, &policy, diagnostics);
    if (status == TUOYU_OK)
        fail_msg("%s is not refused", path);
    assert_null(policy);
    for (size_t i = 0; i < tuoyu_diagnostics_count(diagnostics); i++) {
        tuoyu_diagnostic item;
        assert_int_equal(tuoyu_diagnostics_get(diagnostics, i, &item), TUOYU_OK);
        append(&builder, &item);
    }
    assert_false(builder.failed);
    char *copy = malloc(builder.length + 1);
    memcpy(copy, builder.bytes, builder.length + 1);
    text_builder_free(&builder);
    tuoyu_diagnostics_free(diagnostics);
    free(text);
    return copy;
}

static void packs_that_do_not_go_together(void **state)
{
    (void)state;
    assert_true(compare_findings("tests/pack/bad/joined", findings_of) >= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(packs_that_do_not_go_together)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
