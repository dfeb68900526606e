/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/answer_columns.h"

#include <stdlib.h>
#include <string.h>

static const char *const COMMON[] = {"outcome", "missing", "provenance"};
enum { COMMON_COUNT = sizeof COMMON / sizeof COMMON[0] };

static void add_name(struct answer_columns *columns, const struct case_rule *rule, const char *part)
{
    word_list_add(&columns->names, must_format("%s.%s", rule->name, part));
}

static void add_payers(struct answer_columns *columns, const struct case_rule *rule, const tuoyu_case *probe, int32_t as_of)
{
    struct case_answer answer;
    if (case_rule_answer(rule, probe, as_of, &answer, NULL) == TUOYU_OK) {
        for (size_t i = 0; i < tuoyu_split_line_count(answer.split); i++) {
            const char *payer = tuoyu_split_line_payer(answer.split, i);
            word_list_add(&columns->payers, must_copy(payer, strlen(payer)));
            add_name(columns, rule, payer);
        }
    }
    case_answer_free(&answer);
}

void answer_columns_make(struct answer_columns *columns, const struct case_rule *rule, const tuoyu_case *probe, int32_t as_of)
{
    *columns = (struct answer_columns){.names = {.items = NULL}};
    if (rule->kind == TUOYU_RULE_PRICING) {
        add_name(columns, rule, "amount");
        add_name(columns, rule, "complies");
    } else if (rule->kind == TUOYU_RULE_COST_SHARING) {
        add_name(columns, rule, "whole");
        add_payers(columns, rule, probe, as_of);
    } else {
        add_name(columns, rule, "decision");
    }
    for (size_t i = 0; i < COMMON_COUNT; i++) add_name(columns, rule, COMMON[i]);
}

void answer_columns_free(struct answer_columns *columns)
{
    word_list_free_words(&columns->names);
    word_list_free_words(&columns->payers);
}

/* ---- Values ---- */

static char *copy_of(const char *text)
{
    return must_copy(text, strlen(text));
}

/* The number where there is one (status TUOYU_OK), else "". */
static char *number_text(tuoyu_status status, const tuoyu_decimal *number)
{
    char text[TUOYU_DECIMAL_TEXT_SIZE] = "";
    if (status == TUOYU_OK) tuoyu_decimal_to_text(number, text);
    return copy_of(text);
}

static size_t fill_quote(const tuoyu_quote *quote, char **texts)
{
    static const char *const COMPLIES[] = {"", "false", "true"}; /* by -1, 0, 1 */
    tuoyu_decimal amount;
    texts[0] = number_text(tuoyu_quote_amount(quote, &amount), &amount);
    texts[1] = copy_of(COMPLIES[tuoyu_quote_complies(quote) + 1]);
    return 2;
}

static size_t fill_split(const struct answer_columns *columns, const tuoyu_split *split, char **texts)
{
    tuoyu_decimal amount;
    texts[0] = number_text(tuoyu_split_whole(split, &amount), &amount);
    for (size_t i = 0; i < columns->payers.count; i++) texts[1 + i] = NULL;
    for (size_t line = 0; line < tuoyu_split_line_count(split); line++)
        for (size_t i = 0; i < columns->payers.count; i++)
            if (strcmp(columns->payers.items[i], tuoyu_split_line_payer(split, line)) == 0 && !texts[1 + i])
                texts[1 + i] = number_text(tuoyu_split_line_amount(split, line, &amount), &amount);
    for (size_t i = 0; i < columns->payers.count; i++)
        if (!texts[1 + i]) texts[1 + i] = copy_of("");
    return 1 + columns->payers.count;
}

/* Names of missing facts and parameters, a space between them: names hold none. */
static char *missing_text(const tuoyu_answer *answer)
{
    char *text = copy_of("");
    for (size_t i = 0; i < tuoyu_answer_missing_count(answer); i++) {
        char *longer = must_format("%s%s%s", text, i ? " " : "", tuoyu_answer_missing_name(answer, i));
        free(text);
        text = longer;
    }
    return text;
}

void answer_columns_fill(const struct answer_columns *columns, const struct case_rule *rule, const struct case_answer *answer,
                         char **texts)
{
    if (!answer) {
        for (size_t i = 0; i < columns->names.count; i++) texts[i] = copy_of("");
        return;
    }
    size_t at = 0;
    if (rule->kind == TUOYU_RULE_PRICING) at = fill_quote(answer->quote, texts);
    else if (rule->kind == TUOYU_RULE_COST_SHARING) at = fill_split(columns, answer->split, texts);
    else texts[at++] = copy_of(decision_word(tuoyu_verdict_decision(answer->verdict)));
    texts[at++] = copy_of(outcome_word(tuoyu_answer_outcome(answer->answer)));
    texts[at++] = missing_text(answer->answer);
    texts[at] = copy_of(provenance_word(tuoyu_answer_provenance(answer->answer)));
}
