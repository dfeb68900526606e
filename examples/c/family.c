/* SPDX-License-Identifier: Apache-2.0 */
/* One family: what it may be charged, who pays it, whether it gets a place.
 *
 *     family 2025-09-30 examples/beilun/family.yaml ANSWERS.json PACK.yaml…
 *
 * Prints three lines, and writes the three answers as JSON, one a line: byte for byte those of the command
 * `tuoyu eval`, and of the programs in Python and Java beside this one. */
#include "read_packs.h"

/* What one run holds; each member is NULL until it is made. */
struct family {
    tuoyu_diagnostics *diagnostics;
    tuoyu_policy *policy;
    tuoyu_case *facts;
    tuoyu_pricing *pricing;
    tuoyu_cost_sharing *sharing;
    tuoyu_eligibility *eligibility;
    tuoyu_quote *quote;
    tuoyu_split *split;
    tuoyu_verdict *verdict;
};

static void give_back(struct family *family)
{
    tuoyu_verdict_free(family->verdict);
    tuoyu_split_free(family->split);
    tuoyu_quote_free(family->quote);
    tuoyu_eligibility_unref(family->eligibility);
    tuoyu_cost_sharing_unref(family->sharing);
    tuoyu_pricing_unref(family->pricing);
    tuoyu_case_free(family->facts);
    tuoyu_policy_unref(family->policy);
    tuoyu_diagnostics_free(family->diagnostics);
}

static tuoyu_status read_case(struct family *family, const char *path)
{
    char *text = read_file(path);
    tuoyu_status status = text ? tuoyu_case_new(family->policy, &family->facts) : TUOYU_ERROR_NOT_FOUND;
    if (status == TUOYU_OK)
        status = tuoyu_case_read(family->facts, path, TUOYU_NUL_TERMINATED, text, TUOYU_NUL_TERMINATED,
                                 family->diagnostics);
    free(text);
    return status;
}

static tuoyu_status find_rules(struct family *family)
{
    tuoyu_diagnostics *diagnostics = family->diagnostics;
    tuoyu_status status = tuoyu_policy_pricing(family->policy, "monthly_fee", TUOYU_NUL_TERMINATED,
                                               &family->pricing, diagnostics);
    if (status == TUOYU_OK)
        status = tuoyu_policy_cost_sharing(family->policy, "monthly_care_cost", TUOYU_NUL_TERMINATED,
                                           &family->sharing, diagnostics);
    if (status == TUOYU_OK)
        status = tuoyu_policy_eligibility(family->policy, "inclusive_place", TUOYU_NUL_TERMINATED,
                                          &family->eligibility, diagnostics);
    return status;
}

static tuoyu_status ask(struct family *family, int32_t as_of)
{
    tuoyu_diagnostics *diagnostics = family->diagnostics;
    tuoyu_status status =
        tuoyu_pricing_quote(family->pricing, family->facts, as_of, &family->quote, diagnostics);
    if (status == TUOYU_OK)
        status = tuoyu_cost_sharing_split(family->sharing, family->facts, as_of, &family->split, diagnostics);
    if (status == TUOYU_OK)
        status = tuoyu_eligibility_verdict(family->eligibility, family->facts, as_of, &family->verdict,
                                           diagnostics);
    return status;
}

/* The text of an amount, or "none" where the answer has no such amount: that is no zero. */
static const char *amount_text(tuoyu_status status, const tuoyu_decimal *amount,
                               char text[TUOYU_DECIMAL_TEXT_SIZE])
{
    if (status == TUOYU_OK)
        tuoyu_decimal_to_text(amount, text);
    return status == TUOYU_OK ? text : "none";
}

static void print_answers(const struct family *family)
{
    static const char *const DECISIONS[] = {"?", "eligible", "ineligible", "undetermined", "not applicable"};
    char text[TUOYU_DECIMAL_TEXT_SIZE], over[TUOYU_DECIMAL_TEXT_SIZE];
    tuoyu_decimal amount, excess;
    tuoyu_status has_amount = tuoyu_quote_amount(family->quote, &amount),
                 has_excess = tuoyu_quote_excess(family->quote, &excess);
    printf("quote    %s %s, over by %s\n", amount_text(has_amount, &amount, text),
           tuoyu_quote_unit(family->quote), amount_text(has_excess, &excess, over));
    printf("split   ");
    for (size_t i = 0; i < tuoyu_split_line_count(family->split); i++) {
        tuoyu_status has_share = tuoyu_split_line_amount(family->split, i, &amount);
        printf("%s %s %s", i ? "," : "", tuoyu_split_line_payer(family->split, i),
               amount_text(has_share, &amount, text));
    }
    printf("\nverdict  %s\n", DECISIONS[tuoyu_verdict_decision(family->verdict)]);
}

static tuoyu_status write_answers(const struct family *family, const char *path)
{
    const tuoyu_answer *answers[] = {tuoyu_quote_answer(family->quote), tuoyu_split_answer(family->split),
                                     tuoyu_verdict_answer(family->verdict)};
    FILE *file = fopen(path, "wb");
    tuoyu_status status = file ? TUOYU_OK : TUOYU_ERROR_NOT_FOUND;
    for (size_t i = 0; i < 3 && status == TUOYU_OK; i++) {
        tuoyu_text *json = NULL;
        status = tuoyu_answer_to_json(answers[i], &json);
        if (status == TUOYU_OK)
            fprintf(file, "%s\n", tuoyu_text_bytes(json));
        tuoyu_text_free(json);
    }
    if (file && fclose(file) != 0)
        status = TUOYU_ERROR_NOT_FOUND;
    return status;
}

int main(int argc, char **argv)
{
    struct family family;
    int32_t as_of = 0;
    if (argc < 5) {
        fprintf(stderr, "usage: %s DATE CASE.yaml ANSWERS.json PACK.yaml...\n", argv[0]);
        return 2;
    }
    memset(&family, 0, sizeof family);
    tuoyu_status status = tuoyu_diagnostics_new(NULL, &family.diagnostics);
    if (status == TUOYU_OK)
        status = tuoyu_date_from_text(argv[1], TUOYU_NUL_TERMINATED, &as_of);
    if (status == TUOYU_OK)
        status = load_packs(argv + 4, (size_t)argc - 4, &family.policy, family.diagnostics);
    if (status == TUOYU_OK)
        status = read_case(&family, argv[2]);
    if (status == TUOYU_OK)
        status = find_rules(&family);
    if (status == TUOYU_OK)
        status = ask(&family, as_of);
    if (status == TUOYU_OK)
        status = write_answers(&family, argv[3]);
    if (status == TUOYU_OK)
        print_answers(&family);
    int code = status == TUOYU_OK ? 0 : fail("family", status, family.diagnostics);
    give_back(&family);
    return code;
}
