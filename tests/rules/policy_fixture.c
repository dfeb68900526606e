/* SPDX-License-Identifier: Apache-2.0 */
#include "policy_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PACKS = 8 };

static const char HEAD[] = "tuoyu: 1\n"
                           "id: cn.test\n"
                           "title: {zh: 测试, en: Test}\n"
                           "authority: 测试\n"
                           "in_force: 2024-01-01..2025-12-31\n"
                           "sources: {s: {title: {zh: 文件, en: Document}}}\n";
enum { HEAD_LINES = 6 };

char *source_file(const char *path)
{
    char full[4096];
    const char *root = getenv("TUOYU_SOURCE");
    snprintf(full, sizeof full, "%s/%s", root ? root : ".", path);
    FILE *file = fopen(full, "rb");
    if (!file)
        fail_msg("%s cannot be read", full);
    fseek(file, 0, SEEK_END);
    long length = ftell(file);
    rewind(file);
    char *text = calloc((size_t)length + 1, 1);
    assert_int_equal(fread(text, 1, (size_t)length, file), length);
    fclose(file);
    return text;
}

static void print_findings(const tuoyu_diagnostics *diagnostics)
{
    tuoyu_text *text = NULL;
    if (tuoyu_diagnostics_to_text(diagnostics, &text) == TUOYU_OK)
        fputs(tuoyu_text_bytes(text), stderr);
    tuoyu_text_free(text);
}

static tuoyu_policy *load(const tuoyu_pack_text *packs, size_t count)
{
    tuoyu_policy *policy = NULL;
    tuoyu_diagnostics *diagnostics = NULL;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    tuoyu_status status = tuoyu_policy_load(packs, count, NULL, &policy, diagnostics);
    if (status != TUOYU_OK)
        print_findings(diagnostics);
    assert_int_equal(status, TUOYU_OK);
    tuoyu_diagnostics_free(diagnostics);
    return policy;
}

tuoyu_policy *load_packs(const char *first, ...)
{
    tuoyu_pack_text packs[MOST_PACKS];
    size_t count = 0;
    va_list rest;
    va_start(rest, first);
    for (const char *text = first; text; text = va_arg(rest, const char *)) {
        assert_true(count < MOST_PACKS);
        packs[count++] = (tuoyu_pack_text){.name = "pack.yaml",
                                           .name_length = TUOYU_NUL_TERMINATED,
                                           .text = text,
                                           .text_length = TUOYU_NUL_TERMINATED};
    }
    va_end(rest);
    return load(packs, count);
}

tuoyu_policy *load_file(const char *path)
{
    char *text = source_file(path);
    tuoyu_policy *policy = load_packs(text, NULL);
    free(text);
    return policy;
}

char *pack_of(const char *sections)
{
    size_t size = sizeof HEAD + strlen(sections);
    char *text = malloc(size);
    assert_non_null(text);
    snprintf(text, size, "%s%s", HEAD, sections);
    return text;
}

tuoyu_policy *load_sections(const char *sections)
{
    char *text = pack_of(sections);
    tuoyu_policy *policy = load_packs(text, NULL);
    free(text);
    return policy;
}

tuoyu_status load_failing(const char *text, tuoyu_diagnostics **diagnostics, tuoyu_diagnostic *finding)
{
    tuoyu_pack_text pack = {.name = "pack.yaml",
                            .name_length = TUOYU_NUL_TERMINATED,
                            .text = text,
                            .text_length = TUOYU_NUL_TERMINATED};
    tuoyu_policy *policy = NULL;
    assert_int_equal(tuoyu_diagnostics_new(NULL, diagnostics), TUOYU_OK);
    tuoyu_status status = tuoyu_policy_load(&pack, 1, NULL, &policy, *diagnostics);
    assert_int_not_equal(status, TUOYU_OK);
    assert_null(policy);
    assert_int_equal(tuoyu_diagnostics_get(*diagnostics, 0, finding), TUOYU_OK);
    return status;
}

void assert_refused(const char *sections, tuoyu_status code, uint32_t line, const char *says)
{
    tuoyu_diagnostics *diagnostics;
    tuoyu_diagnostic finding;
    char *text = pack_of(sections);
    tuoyu_status status = load_failing(text, &diagnostics, &finding);
    if (status != code || finding.line != HEAD_LINES + line || !strstr(finding.message, says)) {
        print_findings(diagnostics);
        fail_msg("expected %s at line %u: %s", tuoyu_status_name(code), HEAD_LINES + line, says);
    }
    tuoyu_diagnostics_free(diagnostics);
    free(text);
}

tuoyu_case *make_case(const tuoyu_policy *policy, const char *facts)
{
    tuoyu_case *made = NULL;
    assert_int_equal(tuoyu_case_new(policy, &made), TUOYU_OK);
    tuoyu_diagnostics *diagnostics = NULL;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    tuoyu_status status =
        tuoyu_case_read(made, "facts", TUOYU_NUL_TERMINATED, facts, TUOYU_NUL_TERMINATED, diagnostics);
    if (status != TUOYU_OK)
        print_findings(diagnostics);
    assert_int_equal(status, TUOYU_OK);
    tuoyu_diagnostics_free(diagnostics);
    return made;
}

int32_t day(const char *date)
{
    int32_t result = 0;
    assert_int_equal(tuoyu_date_from_text(date, TUOYU_NUL_TERMINATED, &result), TUOYU_OK);
    return result;
}

tuoyu_quote *ask_quote(tuoyu_policy *policy, const char *rule, const char *facts, const char *date,
                       tuoyu_status *status)
{
    tuoyu_pricing *pricing = NULL;
    tuoyu_quote *quote = NULL;
    assert_int_equal(tuoyu_policy_pricing(policy, rule, TUOYU_NUL_TERMINATED, &pricing, NULL), TUOYU_OK);
    tuoyu_case *made = make_case(policy, facts);
    *status = tuoyu_pricing_quote(pricing, made, day(date), &quote, NULL);
    assert_int_equal(*status == TUOYU_OK, quote != NULL);
    tuoyu_case_free(made);
    tuoyu_pricing_unref(pricing);
    return quote;
}

tuoyu_split *ask_split(tuoyu_policy *policy, const char *rule, const char *facts, const char *date,
                       tuoyu_status *status)
{
    tuoyu_cost_sharing *cost_sharing = NULL;
    tuoyu_split *split = NULL;
    assert_int_equal(tuoyu_policy_cost_sharing(policy, rule, TUOYU_NUL_TERMINATED, &cost_sharing, NULL),
                     TUOYU_OK);
    tuoyu_case *made = make_case(policy, facts);
    *status = tuoyu_cost_sharing_split(cost_sharing, made, day(date), &split, NULL);
    assert_int_equal(*status == TUOYU_OK, split != NULL);
    tuoyu_case_free(made);
    tuoyu_cost_sharing_unref(cost_sharing);
    return split;
}

tuoyu_verdict *ask_verdict(tuoyu_policy *policy, const char *rule, const char *facts, const char *date,
                           tuoyu_status *status)
{
    tuoyu_eligibility *eligibility = NULL;
    tuoyu_verdict *verdict = NULL;
    assert_int_equal(tuoyu_policy_eligibility(policy, rule, TUOYU_NUL_TERMINATED, &eligibility, NULL),
                     TUOYU_OK);
    tuoyu_case *made = make_case(policy, facts);
    *status = tuoyu_eligibility_verdict(eligibility, made, day(date), &verdict, NULL);
    assert_int_equal(*status == TUOYU_OK, verdict != NULL);
    tuoyu_case_free(made);
    tuoyu_eligibility_unref(eligibility);
    return verdict;
}

const char *digits(tuoyu_status status, const tuoyu_decimal *number)
{
    static char buffers[8][TUOYU_DECIMAL_TEXT_SIZE];
    static size_t next;
    if (status != TUOYU_OK)
        return "none";
    char *buffer = buffers[next++ % 8];
    tuoyu_decimal_to_text(number, buffer);
    return buffer;
}

static void check_piece(tuoyu_text *text, const char *piece, bool is_wanted)
{
    bool is_there = strstr(tuoyu_text_bytes(text), piece) != NULL;
    if (is_there != is_wanted)
        fail_msg("%s `%s` in: %s", is_wanted ? "there is no" : "there is", piece, tuoyu_text_bytes(text));
    tuoyu_text_free(text);
}

void assert_json(const tuoyu_answer *answer, const char *piece)
{
    tuoyu_text *text = NULL;
    assert_int_equal(tuoyu_answer_to_json(answer, &text), TUOYU_OK);
    check_piece(text, piece, true);
}

static tuoyu_text *explained(const tuoyu_answer *answer, const char *language)
{
    tuoyu_text *text = NULL;
    assert_int_equal(tuoyu_answer_to_text(answer, language, true, &text), TUOYU_OK);
    return text;
}

void assert_text(const tuoyu_answer *answer, const char *language, const char *piece)
{
    check_piece(explained(answer, language), piece, true);
}

void assert_no_text(const tuoyu_answer *answer, const char *language, const char *piece)
{
    check_piece(explained(answer, language), piece, false);
}
