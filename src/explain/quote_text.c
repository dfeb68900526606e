/* SPDX-License-Identifier: Apache-2.0 */
/* A quote in lines: what may be charged, what is charged, and how the two stand. */
#include "explain/headline_parts.h"
#include "explain/quote_words.h"

/* Writes the most that may be charged or, where no fee is compared, the amount. */
static void write_most(struct explanation *explanation, const struct tuoyu_quote *quote)
{
    const struct display *display = &explanation->display;
    struct text unit = quote->answer.rule->unit;
    if (!quote->at_most.is_given) {
        number_line(explanation, 0, "结果", "Amount", &quote->amount, unit);
    } else if (is_one_fee_allowed(quote)) {
        number_line(explanation, 0, "应收", "To be charged", &quote->at_most, unit);
    } else {
        begin_line(explanation, 0);
        display_words(display, "最高可收：", "The most that may be charged: ");
        display_number(display, quote->at_most.number, unit);
        display_base(display, quote);
        end_line(explanation);
    }
}

/* Writes the fee that was charged and how it stands to its limits; nothing if that is not known. */
static void write_fee(struct explanation *explanation, const struct tuoyu_quote *quote)
{
    const struct tuoyu_pricing *rule = pricing_of(quote->answer.rule);
    const struct display *display = &explanation->display;
    number_line(explanation, 0, "实际收费", "Fee charged", &quote->charged, quote->answer.rule->unit);
    if (quote->complies < 0)
        return;
    begin_line(explanation, 0);
    display_words(display, "结论：", "Result: ");
    display_compliance(display, quote);
    write_bound_label(explanation, rule->bounds, rule->bound_count, quote->breaks);
    end_line(explanation);
}

void write_quote(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_quote *quote = quote_of(answer);
    const struct tuoyu_pricing *rule = pricing_of(answer->rule);
    write_most(explanation, quote);
    write_binding(explanation, rule->bounds, rule->bound_count, quote->binding);
    if (!is_one_fee_allowed(quote))
        number_line(explanation, 0, "最低应收", "The least that has to be charged", &quote->at_least,
                    answer->rule->unit);
    write_fee(explanation, quote);
}
