/* SPDX-License-Identifier: Apache-2.0 */
#include "../cmocka_all.h"
#include "error_count.h"

#include <string.h>

#include "base/diagnostics.h"

static struct location place(const struct source *source, const char *word)
{
    const char *found = strstr(source->content.bytes, word);
    assert_non_null(found);
    return (struct location){.source = source,
                             .offset = (uint32_t)(found - source->content.bytes),
                             .length = (uint32_t)strlen(word)};
}

static void assert_rendered(const char *content, const char *word, const char *expected)
{
    struct arena arena;
    arena_init(&arena, NULL);
    struct source source;
    assert_true(source_init(&source, &arena, TEXT("p.yaml"), text_of(content, TUOYU_NUL_TERMINATED)));
    tuoyu_diagnostics *diagnostics;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    assert_int_equal(report(diagnostics, TUOYU_ERROR_PACK, place(&source, word), TEXT("h"), "m %d", 1),
                     TUOYU_ERROR_PACK);
    tuoyu_text *text;
    assert_int_equal(tuoyu_diagnostics_to_text(diagnostics, &text), TUOYU_OK);
    assert_string_equal(tuoyu_text_bytes(text), expected);
    assert_int_equal(tuoyu_text_length(text), strlen(expected));
    tuoyu_text_free(text);
    tuoyu_diagnostics_free(diagnostics);
    arena_free(&arena);
}

static void the_caret_stands_under_the_place(void **state)
{
    (void)state;
    assert_rendered("a: 1\nbb: xyz\n", "xyz", "p.yaml:2:5: error: m 1 (h)\n    bb: xyz\n        ^^^\n");
    assert_rendered("托位: 数\r\nc: 1", "数", "p.yaml:1:5: error: m 1 (h)\n    托位: 数\n          ^^\n");
    assert_rendered("\tx: 𠮷y", "y", "p.yaml:1:6: error: m 1 (h)\n    \tx: 𠮷y\n    \t     ^\n");
}

static void a_place_at_the_end_of_the_text_is_shown(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL);
    struct source source;
    assert_true(source_init(&source, &arena, TEXT("p"), TEXT("ab\n")));
    struct position end = source_position((struct location){.source = &source, .offset = 99, .length = 5});
    assert_int_equal(end.line, 2);
    assert_int_equal(end.column, 1);
    assert_int_equal(end.span, 1);
    struct position newline = source_position((struct location){.source = &source, .offset = 2, .length = 1});
    assert_int_equal(newline.line, 1);
    assert_int_equal(newline.column, 3);
    assert_int_equal(source_position((struct location){.source = NULL}).line, 0);
    arena_free(&arena);
}

static void nothing_is_lost_beyond_the_limit_but_counted(void **state)
{
    (void)state;
    tuoyu_diagnostics *diagnostics;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    diagnostics_set_limit(diagnostics, 3);
    struct location nowhere = {.source = NULL};
    report_warning(diagnostics, TUOYU_ERROR_TYPE, nowhere, TEXT(""), "first a warning");
    for (int i = 0; i < 10; i++)
        report(diagnostics, i ? TUOYU_ERROR_PACK : TUOYU_ERROR_CYCLE, nowhere, TEXT(""), "%d", i);
    assert_int_equal(tuoyu_diagnostics_count(diagnostics), 3);
    assert_int_equal(tuoyu_diagnostics_dropped(diagnostics), 8);
    assert_int_equal(error_count(diagnostics), 2); /* of those that are kept */
    assert_int_equal(first_error(diagnostics), TUOYU_ERROR_CYCLE);
    tuoyu_diagnostic item;
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, 3, &item), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &item), TUOYU_OK);
    assert_int_equal(item.severity, TUOYU_SEVERITY_WARNING);
    tuoyu_diagnostics_clear(diagnostics);
    assert_int_equal(tuoyu_diagnostics_count(diagnostics), 0);
    assert_int_equal(error_count(diagnostics), 0);
    tuoyu_diagnostics_free(diagnostics);
}

static void a_list_may_be_absent(void **state)
{
    (void)state;
    struct location nowhere = {.source = NULL};
    assert_int_equal(report(NULL, TUOYU_ERROR_PACK, nowhere, TEXT(""), "x"), TUOYU_ERROR_PACK);
    report_note(NULL, nowhere, "x");
    assert_int_equal(report_no_memory(NULL), TUOYU_ERROR_NO_MEMORY);
    tuoyu_diagnostics_free(NULL);
    tuoyu_diagnostics_clear(NULL);
    tuoyu_text_free(NULL);
    assert_int_equal(tuoyu_diagnostics_count(NULL), 0);
    assert_int_equal(tuoyu_diagnostics_new(NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
}

static void a_long_message_is_cut_between_characters(void **state)
{
    (void)state;
    char message[4001];
    for (size_t i = 0; i < 4000; i++)
        message[i] = "托"[i % 3];
    message[4000] = '\0';
    tuoyu_diagnostics *diagnostics;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    report(diagnostics, TUOYU_ERROR_PACK, (struct location){.source = NULL}, TEXT(""), "%s", message);
    tuoyu_diagnostic item;
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &item), TUOYU_OK);
    assert_true(strlen(item.message) > 900);
    assert_int_equal(utf8_validate(text_of(item.message, TUOYU_NUL_TERMINATED)), strlen(item.message));
    tuoyu_diagnostics_free(diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_caret_stands_under_the_place),
        cmocka_unit_test(a_place_at_the_end_of_the_text_is_shown),
        cmocka_unit_test(nothing_is_lost_beyond_the_limit_but_counted),
        cmocka_unit_test(a_list_may_be_absent),
        cmocka_unit_test(a_long_message_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
