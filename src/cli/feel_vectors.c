/* SPDX-License-Identifier: Apache-2.0 */
/* Runs conformance cases of FEEL and compares each result with the expected value. */
#include "cli/feel_vectors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/allocation.h"
#include "cli/exit_status.h"
#include "cli/item_definitions.h"
#include "cli/time_zones.h"
#include "cli/typed_value.h"
#include "cli/value_reader.h"

/* Expected numbers with at least so many decimals are compared to eight decimals, because the kit's
 * irrational results are right to eight; with fewer decimals a number is meant exactly. */
enum { APPROXIMATE_PLACES = 7 };

/* How many cases passed; non_null counts those that expect a value. */
struct tally {
    size_t passed, failed, non_null, non_null_passed;
};

/* One case while it runs. Everything but the names is owned by it. */
struct vector_case {
    tuoyu_value *record;
    struct item_definitions definitions;
    size_t input_count;
    const char **names;
    size_t *name_lengths;
    tuoyu_value **values;
    tuoyu_value *expected, *result;
    tuoyu_diagnostics *diagnostics;
};

/* ---- Inputs ---- */

/* The value converted to a type, or the value itself where it cannot be; the caller unrefs it. */
static tuoyu_value *converted(struct vector_case *vector, tuoyu_value *value, const char *type)
{
    tuoyu_expression_options options = item_definitions_options(&vector->definitions);
    char *text = item_definitions_type_text(&vector->definitions, type);
    tuoyu_value *out = NULL;
    tuoyu_status status =
        tuoyu_value_convert(value, text, TUOYU_NUL_TERMINATED, &options, &out, vector->diagnostics);
    must_have_memory(status);
    free(text);
    return status == TUOYU_OK ? out : tuoyu_value_ref(value);
}

/* Reads the inputs with their types. */
static void read_inputs(struct vector_case *vector)
{
    tuoyu_value *inputs = entry_of(vector->record, "inputs"),
                *types = entry_of(vector->record, "input_types");
    vector->input_count = tuoyu_value_count(inputs);
    vector->names = must_resize(NULL, vector->input_count, sizeof *vector->names);
    vector->name_lengths = must_resize(NULL, vector->input_count, sizeof *vector->name_lengths);
    vector->values = must_resize(NULL, vector->input_count, sizeof *vector->values);
    for (size_t i = 0; i < vector->input_count; i++) {
        tuoyu_value *given = NULL;
        tuoyu_value_entry_name(inputs, i, &vector->names[i], &vector->name_lengths[i]);
        must_have_memory(tuoyu_value_item(inputs, i, &given));
        tuoyu_value *value = typed_value(given);
        char *type = text_entry(types, vector->names[i], vector->name_lengths[i]);
        vector->values[i] = type ? converted(vector, value, type) : tuoyu_value_ref(value);
        free(type);
        tuoyu_value_unref(value);
        tuoyu_value_unref(given);
    }
    tuoyu_value_unref(types);
    tuoyu_value_unref(inputs);
}

/* ---- Evaluating ---- */

/* Evaluates the case's expression; NULL where it cannot be parsed. The caller unrefs the value. */
static tuoyu_value *evaluate(struct vector_case *vector)
{
    tuoyu_expression_options options = item_definitions_options(&vector->definitions);
    tuoyu_evaluation_options evaluation = {.size = sizeof evaluation, .zone_offset = system_zone_offset};
    tuoyu_expression *expression = NULL;
    tuoyu_value *result = NULL;
    char *text = text_entry(vector->record, "expr", TUOYU_NUL_TERMINATED);
    tuoyu_status status =
        tuoyu_expression_parse(text ? text : "", TUOYU_NUL_TERMINATED, vector->names, vector->name_lengths,
                               vector->input_count, &options, &expression, vector->diagnostics);
    if (must_have_memory(status) == TUOYU_OK)
        must_have_memory(tuoyu_expression_evaluate(expression, vector->values, vector->input_count,
                                                   &evaluation, &result, vector->diagnostics));
    tuoyu_expression_unref(expression);
    free(text);
    return result;
}

/* How many decimals a number is written with. */
static size_t places_of(const char *text)
{
    const char *dot = strchr(text, '.');
    return dot ? strspn(dot + 1, "0123456789") : 0;
}

/* Whether a result that is not equal is still near enough: within 0.00000001 of an expected number that is
 * written with at least APPROXIMATE_PLACES decimals, since the kit was made with binary arithmetic. False for
 * fewer decimals. */
static bool is_approximately(tuoyu_value *result, tuoyu_value *expected)
{
    tuoyu_text *text = NULL;
    must_have_memory(tuoyu_value_to_text(expected, &text));
    size_t places = places_of(tuoyu_text_bytes(text));
    tuoyu_text_free(text);
    if (places < APPROXIMATE_PLACES)
        return false;
    tuoyu_value *same = NULL;
    static const char *const NAMES[] = {"result", "expected"};
    tuoyu_expression *expression = NULL;
    bool is_same = false;
    must_have_memory(tuoyu_expression_parse("abs(result - expected) < 0.00000001", TUOYU_NUL_TERMINATED,
                                            NAMES, NULL, 2, NULL, &expression, NULL));
    must_have_memory(
        tuoyu_expression_evaluate(expression, (tuoyu_value *[]){result, expected}, 2, NULL, &same, NULL));
    tuoyu_value_get_boolean(same, &is_same);
    tuoyu_value_unref(same);
    tuoyu_expression_unref(expression);
    return is_same;
}

/* Whether the result is of the expected kind and equals the expected value. */
static bool is_as_expected(tuoyu_value *result, tuoyu_value *expected)
{
    if (tuoyu_value_kind(result) != tuoyu_value_kind(expected))
        return false;
    if (tuoyu_value_equals(result, expected) == 1)
        return true;
    return tuoyu_value_kind(expected) == TUOYU_VALUE_NUMBER && is_approximately(result, expected);
}

/* ---- Telling ---- */

/* Prints a case that failed, with the first finding. */
static void print_failure(const struct vector_case *vector)
{
    char *group = text_entry(vector->record, "group", TUOYU_NUL_TERMINATED);
    char *id = text_entry(vector->record, "id", TUOYU_NUL_TERMINATED);
    tuoyu_text *got = NULL, *want = NULL;
    must_have_memory(tuoyu_value_to_literal(vector->result, &got));
    must_have_memory(tuoyu_value_to_literal(vector->expected, &want));
    printf("%s %s: got %s want %s", group ? group : "?", id ? id : "?", tuoyu_text_bytes(got),
           tuoyu_text_bytes(want));
    tuoyu_diagnostic first;
    if (tuoyu_diagnostics_get(vector->diagnostics, 0, &first) == TUOYU_OK)
        printf(" (%s)", first.message);
    putchar('\n');
    tuoyu_text_free(got);
    tuoyu_text_free(want);
    free(group);
    free(id);
}

/* Runs a case, and counts it as passed or failed. */
static void run_case(struct vector_case *vector, struct tally *tally)
{
    tuoyu_value *expected = entry_of(vector->record, "expected");
    vector->expected = typed_value(expected);
    tuoyu_value_unref(expected);
    tuoyu_value *types = entry_of(vector->record, "types");
    item_definitions_read(&vector->definitions, types);
    tuoyu_value_unref(types);
    read_inputs(vector);
    vector->result = evaluate(vector);
    char *type = text_entry(vector->record, "result_type", TUOYU_NUL_TERMINATED);
    if (type && vector->result) {
        tuoyu_value *result = vector->result;
        vector->result = converted(vector, result, type);
        tuoyu_value_unref(result);
    }
    free(type);
    bool has_passed = is_as_expected(vector->result, vector->expected);
    bool is_non_null = tuoyu_value_kind(vector->expected) != TUOYU_VALUE_NULL;
    tally->passed += has_passed;
    tally->failed += !has_passed;
    tally->non_null += is_non_null;
    tally->non_null_passed += is_non_null && has_passed;
    if (!has_passed)
        print_failure(vector);
}

/* Frees what the case owns. */
static void free_case(struct vector_case *vector)
{
    for (size_t i = 0; i < vector->input_count; i++)
        tuoyu_value_unref(vector->values[i]);
    free(vector->names);
    free(vector->name_lengths);
    free(vector->values);
    item_definitions_free(&vector->definitions);
    tuoyu_value_unref(vector->expected);
    tuoyu_value_unref(vector->result);
    tuoyu_value_unref(vector->record);
    tuoyu_diagnostics_free(vector->diagnostics);
}

int run_vectors(const char *path, char *text, size_t length)
{
    struct tally tally = {0};
    size_t line_number = 0;
    for (char *line = text; line < text + length; line_number++) {
        char *end = memchr(line, '\n', (size_t)(text + length - line));
        if (!end)
            end = text + length;
        char problem[200];
        struct vector_case vector = {0};
        bool is_blank = (size_t)(end - line) == strspn(line, " \t\r") || end == line;
        if (!is_blank)
            vector.record = value_read(line, (size_t)(end - line), problem);
        if (!is_blank && !vector.record) {
            printf("%s:%zu: %s\n", path, line_number + 1, problem);
            tally.failed++;
        } else if (!is_blank) {
            vector.diagnostics = must_have_diagnostics();
            run_case(&vector, &tally);
            free_case(&vector);
        }
        line = end + 1;
    }
    printf("non-null: %zu of %zu\n%zu passed, %zu failed\n", tally.non_null_passed, tally.non_null,
           tally.passed, tally.failed);
    return tally.failed ? EXIT_FINDINGS : EXIT_CLEAN;
}
