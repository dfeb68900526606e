/* SPDX-License-Identifier: Apache-2.0 */
/* Says what the limit of a fee was made of, and how the fee stands to it. */
#include "explain/quote_words.h"

#include "explain/explanation.h"
#include "feel/builtin.h"

/* ---- The limit ---- */

/* The value of a slot in the trace of an answer; a null if the answer does not rest on it. */
static struct value traced_value(const struct tuoyu_answer *answer, uint32_t slot)
{
    uint32_t entry = answer_entry_of(answer, slot);
    return entry == UINT32_MAX ? VALUE_NOTHING : answer->trace[entry].value;
}

/* The slot that is read as P in the factor `1 + P`; SLOT_NONE for any other factor. */
static uint32_t rate_of_factor(const struct node *factor)
{
    if (factor->kind != NODE_ADD)
        return SLOT_NONE;
    const struct node *one = factor->children[0], *rate = factor->children[1];
    bool is_one = one->kind == NODE_LITERAL && one->value.kind == VALUE_NUMBER &&
                  decimal_compare(one->value.as.number, decimal_from_integer(1)) == 0;
    return is_one && rate->kind == NODE_SYMBOL ? rate->slot : SLOT_NONE;
}

/* The slot that is read as P in a limit of the form `X × (1 + P)`, rounded or not; SLOT_NONE for any other.
 */
static uint32_t rate_slot(const struct slot *limit)
{
    const struct node *root = limit->formula.root;
    while (root && root->kind == NODE_CALL_BUILTIN && root->builtin->id == FEEL_ROUND_TO)
        root = root->children[0];
    if (!root || root->kind != NODE_MULTIPLY)
        return SLOT_NONE;
    uint32_t slot = rate_of_factor(root->children[1]);
    return slot == SLOT_NONE ? rate_of_factor(root->children[0]) : slot;
}

/* Whether the amount raised by the rate, as hundredths, is exactly the limit. */
static bool makes_limit(const struct tuoyu_quote *quote, tuoyu_decimal rate)
{
    tuoyu_decimal factor, raised;
    return decimal_add(decimal_from_integer(1), rate, &factor) == TUOYU_OK &&
           decimal_multiply(quote->amount.number, factor, &raised) == TUOYU_OK &&
           decimal_compare(raised, quote->at_most.number) == 0;
}

/* Finds the rate by which the limit lies above the amount, if the rule says it by a rate. */
static bool find_rate(const struct tuoyu_quote *quote, tuoyu_decimal *rate)
{
    const struct tuoyu_pricing *rule = pricing_of(quote->answer.rule);
    for (size_t i = 0; i <= rule->bound_count; i++) {
        uint32_t limit = i < rule->bound_count ? rule->bounds[i].limit : rule->at_most;
        uint32_t slot = limit == SLOT_NONE ? SLOT_NONE : rate_slot(answer_slot(&quote->answer, limit));
        struct value value = slot == SLOT_NONE ? VALUE_NOTHING : traced_value(&quote->answer, slot);
        if (value.kind != VALUE_NUMBER || !makes_limit(quote, value.as.number))
            continue;
        *rate = value.as.number;
        return true;
    }
    return false;
}

void display_base(const struct display *display, const struct tuoyu_quote *quote)
{
    tuoyu_decimal rate;
    struct text unit = quote->answer.rule->unit;
    bool is_same = quote->amount.is_given && quote->at_most.is_given &&
                   decimal_compare(quote->amount.number, quote->at_most.number) == 0;
    if (!quote->amount.is_given || !quote->at_most.is_given || is_same)
        return;
    bool is_by_rate = find_rate(quote, &rate) && decimal_scale(rate, 2, &rate) == TUOYU_OK;
    if (is_by_rate)
        display_words(display, "（基准 ", " (the base is ");
    else
        display_words(display, "（算得 ", " (the formula gives ");
    display_number(display, quote->amount.number, unit);
    if (is_by_rate) {
        display_words(display, "，可上浮 ", ", to which may be added ");
        display_number(display, rate, TEXT("percent"));
    }
    display_words(display, "）", ")");
}

/* ---- The fee ---- */

bool is_one_fee_allowed(const struct tuoyu_quote *quote)
{
    return quote->at_most.is_given && quote->at_least.is_given &&
           decimal_compare(quote->at_most.number, quote->at_least.number) == 0;
}

bool is_assumed_by_method(const struct tuoyu_answer *answer)
{
    if (answer->standing != TUOYU_ASSUMED || answer->rule->citation.standing != TUOYU_ASSUMED)
        return false;
    for (size_t i = 0; i < answer->citation_count; i++)
        if (answer->citations[i].has_value && answer->citations[i].citation.standing == TUOYU_ASSUMED)
            return false;
    return true;
}

/* Writes what a limit that is not in force rests on. */
static void write_foundation(const struct display *display, const struct tuoyu_answer *answer)
{
    if (answer->standing == TUOYU_PROPOSED)
        display_words(display, "按拟议数值算得的", " computed from proposed numbers");
    else if (answer->standing == TUOYU_DRAFT)
        display_words(display, "按草案算得的", " computed from a draft");
    else if (is_assumed_by_method(answer))
        display_words(display, "按假定算法算得的", " computed by an assumed method");
    else
        display_words(display, "按假定数值算得的", " computed from assumed numbers");
}

/* Writes the words for a limit, with what it rests on before it in Chinese and behind it in English. */
static void write_limit(const struct display *display, const struct tuoyu_answer *answer, const char *zh,
                        const char *en)
{
    if (display->is_english)
        display_words(display, "", en);
    write_foundation(display, answer);
    if (!display->is_english)
        display_words(display, zh, "");
}

/* Writes by how much the fee is above or below its limit. */
static void write_difference(const struct display *display, const struct tuoyu_quote *quote)
{
    bool is_too_high = decimal_sign(quote->excess.number) > 0;
    display_words(display, is_too_high ? "，高出 " : "，低了 ", ", by ");
    display_number(display, is_too_high ? quote->excess.number : quote->shortfall.number,
                   quote->answer.rule->unit);
}

/* Writes how a fee stands to limits that are not in force. */
static void write_distance_to(const struct display *display, const struct tuoyu_quote *quote)
{
    bool is_too_high = decimal_sign(quote->excess.number) > 0;
    if (quote->complies) {
        display_words(display, "没有超出", "it is within ");
        write_limit(display, &quote->answer, "限额", "the limits");
        return;
    }
    display_words(display, is_too_high ? "高于" : "低于", is_too_high ? "it is above " : "it is below ");
    write_limit(display, &quote->answer, is_too_high ? "上限" : "下限",
                is_too_high ? "the upper limit" : "the lower limit");
    write_difference(display, quote);
}

void display_compliance(const struct display *display, const struct tuoyu_quote *quote)
{
    if (quote->answer.standing >= TUOYU_DRAFT) {
        write_distance_to(display, quote);
    } else if (quote->complies) {
        display_words(display, "符合规定", "it complies");
    } else {
        bool is_too_high = decimal_sign(quote->excess.number) > 0;
        display_words(display, "不符合规定，", "it does not comply: ");
        display_words(display, is_too_high ? "高出 " : "低了 ",
                      is_too_high ? "it is too high by " : "it is too low by ");
        display_number(display, is_too_high ? quote->excess.number : quote->shortfall.number,
                       quote->answer.rule->unit);
    }
}
