/* SPDX-License-Identifier: Apache-2.0 */
/* A program of somebody else: compiled against the installed headers with what pkg-config says, and nothing of ours. It
 * prints the quote of the README's rule. */
#include <stdio.h>
#include <tuoyu/tuoyu.h>

static const char PACK[] =
    "tuoyu: 1\n"
    "id: city.ceiling\n"
    "title: {zh: 全日托上限, en: Full-day ceiling}\n"
    "in_force: 2024-01-01..2025-12-31\n"
    "sources:\n"
    "  notice: {title: {zh: 通知, en: Notice}}\n"
    "facts:\n"
    "  city:\n"
    "    urban_income: {type: money, unit: CNY/year, range: '[0..1000000]', label: {zh: 收入, en: Income}}\n"
    "parameters:\n"
    "  income_share: {unit: percent, values: {2024-01-01: {value: 80, cite: notice 第二条, status: cited}}}\n"
    "  fee_limit: {unit: CNY/month, values: {2024-01-01: {value: 4000, cite: notice 第二条, status: cited}}}\n"
    "pricing:\n"
    "  full_day:\n"
    "    title: {zh: 全日托最高收费, en: Full-day fee ceiling}\n"
    "    cite: notice 第二条\n"
    "    unit: CNY/month\n"
    "    steps:\n"
    "      - {id: by_income, formula: city.urban_income * income_share / 12, unit: CNY/month, label: {zh: 按收入, en: By income}}\n"
    "      - {id: ceiling, formula: 'min(by_income, fee_limit)', unit: CNY/month, label: {zh: 上限, en: Ceiling}}\n";

static int fail(const char *what, tuoyu_status status, const tuoyu_diagnostics *diagnostics)
{
    tuoyu_text *text = NULL;
    fprintf(stderr, "%s: %s\n", what, tuoyu_status_name(status));
    if (tuoyu_diagnostics_to_text(diagnostics, &text) == TUOYU_OK) fputs(tuoyu_text_bytes(text), stderr);
    tuoyu_text_free(text);
    return 1;
}

int main(void)
{
    tuoyu_pack_text pack = {.name = "city.yaml", .name_length = TUOYU_NUL_TERMINATED, .text = PACK, .text_length = TUOYU_NUL_TERMINATED};
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_policy *policy = NULL;
    tuoyu_pricing *pricing = NULL;
    tuoyu_case *facts = NULL;
    tuoyu_quote *quote = NULL;
    int32_t as_of = 0;
    tuoyu_decimal amount;
    char text[TUOYU_DECIMAL_TEXT_SIZE];

    tuoyu_status status = tuoyu_diagnostics_new(NULL, &diagnostics);
    if (status == TUOYU_OK) status = tuoyu_policy_load(&pack, 1, NULL, &policy, diagnostics);
    if (status == TUOYU_OK) status = tuoyu_policy_pricing(policy, "full_day", TUOYU_NUL_TERMINATED, &pricing, diagnostics);
    if (status == TUOYU_OK) status = tuoyu_case_new(policy, &facts);
    if (status == TUOYU_OK)
        status = tuoyu_case_set_text(facts, "city.urban_income", TUOYU_NUL_TERMINATED, "59999", TUOYU_NUL_TERMINATED, diagnostics);
    if (status == TUOYU_OK) status = tuoyu_date_from_ymd(2025, 1, 1, &as_of);
    if (status == TUOYU_OK) status = tuoyu_pricing_quote(pricing, facts, as_of, &quote, diagnostics);
    if (status == TUOYU_OK) status = tuoyu_quote_amount(quote, &amount);
    if (status != TUOYU_OK) return fail("quote", status, diagnostics);
    tuoyu_decimal_to_text(&amount, text);
    printf("%s %s %s\n", tuoyu_version(), text, tuoyu_quote_unit(quote));
    tuoyu_quote_free(quote);
    tuoyu_case_free(facts);
    tuoyu_pricing_unref(pricing);
    tuoyu_policy_unref(policy);
    tuoyu_diagnostics_free(diagnostics);
    return 0;
}
