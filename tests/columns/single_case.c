/* SPDX-License-Identifier: Apache-2.0 */
#include "single_case.h"

#include <stdio.h>
#include <string.h>

void single_open(struct single *single, tuoyu_policy *policy, const char *name, int32_t kind)
{
    tuoyu_status status;
    *single = (struct single){.kind = kind};
    if (kind == TUOYU_RULE_PRICING)
        status = tuoyu_policy_pricing(policy, name, TUOYU_NUL_TERMINATED, &single->pricing, NULL);
    else if (kind == TUOYU_RULE_COST_SHARING)
        status = tuoyu_policy_cost_sharing(policy, name, TUOYU_NUL_TERMINATED, &single->sharing, NULL);
    else
        status = tuoyu_policy_eligibility(policy, name, TUOYU_NUL_TERMINATED, &single->eligibility, NULL);
    if (status != TUOYU_OK)
        give_up("a rule is not found", NULL);
}

static void single_forget(struct single *single)
{
    if (single->quote)
        tuoyu_quote_free(single->quote);
    if (single->split)
        tuoyu_split_free(single->split);
    if (single->verdict)
        tuoyu_verdict_free(single->verdict);
    single->quote = NULL;
    single->split = NULL;
    single->verdict = NULL;
    single->answer = NULL;
    single->overflows = false;
}

void single_close(struct single *single)
{
    single_forget(single);
    if (single->pricing)
        tuoyu_pricing_unref(single->pricing);
    if (single->sharing)
        tuoyu_cost_sharing_unref(single->sharing);
    if (single->eligibility)
        tuoyu_eligibility_unref(single->eligibility);
}

void single_ask(struct single *single, tuoyu_status given, const tuoyu_case *facts, int32_t as_of,
                tuoyu_diagnostics *diagnostics)
{
    single_forget(single);
    single->status = TUOYU_OK;
    if (given != TUOYU_OK)
        diagnostics = NULL; /* what is wrong with the row is told already */
    if (single->kind == TUOYU_RULE_PRICING)
        single->status = tuoyu_pricing_quote(single->pricing, facts, as_of, &single->quote, diagnostics);
    else if (single->kind == TUOYU_RULE_COST_SHARING)
        single->status = tuoyu_cost_sharing_split(single->sharing, facts, as_of, &single->split, diagnostics);
    else
        single->status =
            tuoyu_eligibility_verdict(single->eligibility, facts, as_of, &single->verdict, diagnostics);
    if (single->status != TUOYU_OK)
        return;
    single->answer = single->quote   ? tuoyu_quote_answer(single->quote)
                     : single->split ? tuoyu_split_answer(single->split)
                                     : tuoyu_verdict_answer(single->verdict);
    if (given == TUOYU_OK || tuoyu_answer_outcome(single->answer) == TUOYU_NOT_IN_FORCE)
        return; /* of a rule that is not in force nothing is asked, so that no fact can be wrong for it */
    single_forget(single);
    single->status = given;
}

static bool holds(const struct number_form *form, const tuoyu_decimal *number, const char *text)
{
    const char *point = strchr(text, '.');
    size_t decimals = point ? strlen(point + 1) : 0,
           whole = strlen(text) - (*text == '-') - (point ? decimals + 1 : 0);
    int64_t integer;
    if (form->kind == NUMBER_TEXT)
        return true;
    if (form->kind == NUMBER_INTEGER)
        return tuoyu_decimal_to_int64(number, form->decimals, &integer) == TUOYU_OK;
    return !strchr(text, 'E') && (int32_t)decimals <= form->decimals && (int32_t)whole + form->decimals <= 38;
}

/* A number in the column; one that it cannot hold is null, and an error of the row. */
static void put_number(struct single *single, tuoyu_status status, const tuoyu_decimal *number,
                       const struct number_form *form, char text[TEXT_SIZE])
{
    *text = 0;
    if (status != TUOYU_OK)
        return;
    tuoyu_decimal_to_text(number, text);
    if (holds(form, number, text))
        return;
    single->overflows = true;
    *text = 0;
}

static void put_missing(const tuoyu_answer *answer, char text[TEXT_SIZE])
{
    size_t length = 0;
    *text = 0;
    for (size_t i = 0; i < tuoyu_answer_missing_count(answer) && length < TEXT_SIZE; i++)
        length += (size_t)snprintf(text + length, TEXT_SIZE - length, "%s%s", i ? " " : "",
                                   tuoyu_answer_missing_name(answer, i));
}

static void put_outcome(const struct single *single, char text[TEXT_SIZE])
{
    static const char *const OUTCOMES[] = {"",      "determined",  "undetermined", "not_applicable",
                                           "error", "not_in_force"};
    strcpy(text,
           !single->answer || single->overflows ? "error" : OUTCOMES[tuoyu_answer_outcome(single->answer)]);
}

static void put_share(struct single *single, const char *payer, const struct number_form *form,
                      char text[TEXT_SIZE])
{
    tuoyu_decimal amount;
    for (size_t i = 0; i < tuoyu_split_line_count(single->split); i++) {
        if (strcmp(tuoyu_split_line_payer(single->split, i), payer) != 0)
            continue;
        tuoyu_status status = tuoyu_split_line_amount(single->split, i, &amount);
        put_number(single, status, &amount, form, text);
        return;
    }
    *text = 0; /* there are no lines */
}

void single_expect(struct single *single, const char *part, const struct number_form *form,
                   char text[TEXT_SIZE])
{
    static const char *const STANDINGS[] = {"", "cited", "derived", "draft", "assumed"};
    static const char *const DECISIONS[] = {"", "eligible", "ineligible", "undetermined", "not_applicable"};
    static const char *const COMPLIES[] = {"", "false", "true"};
    tuoyu_decimal number;
    *text = 0;
    if (strcmp(part, "outcome") == 0) {
        put_outcome(single, text);
        return;
    }
    if (!single->answer)
        return;
    if (strcmp(part, "standing") == 0)
        strcpy(text, STANDINGS[tuoyu_answer_standing(single->answer)]);
    else if (strcmp(part, "missing") == 0)
        put_missing(single->answer, text);
    else if (single->verdict)
        strcpy(text, DECISIONS[tuoyu_verdict_decision(single->verdict)]);
    else if (single->quote && strcmp(part, "complies") == 0)
        strcpy(text, COMPLIES[tuoyu_quote_complies(single->quote) + 1]);
    else if (single->quote)
        put_number(single, tuoyu_quote_amount(single->quote, &number), &number, form, text);
    else if (strcmp(part, "whole") == 0)
        put_number(single, tuoyu_split_whole(single->split, &number), &number, form, text);
    else
        put_share(single, part + strlen("payers."), form, text);
}

void findings_expect(const tuoyu_diagnostics *diagnostics, tuoyu_status first, char text[TEXT_SIZE])
{
    size_t length = 0;
    tuoyu_diagnostic item;
    *text = 0;
    if (first != TUOYU_OK && tuoyu_diagnostics_count(diagnostics) == 0)
        snprintf(text, TEXT_SIZE, "%s", tuoyu_status_name(first));
    for (size_t i = 0; i < tuoyu_diagnostics_count(diagnostics) && length < TEXT_SIZE; i++) {
        if (tuoyu_diagnostics_get(diagnostics, i, &item) != TUOYU_OK)
            continue;
        length += (size_t)snprintf(text + length, TEXT_SIZE - length, *item.hint ? "%s%s (%s)" : "%s%s",
                                   i ? "; " : "", item.message, item.hint);
    }
}
