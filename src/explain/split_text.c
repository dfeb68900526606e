/* SPDX-License-Identifier: Apache-2.0 */
/* A split in lines: subsidies, the whole, the shares, and instalments. */
#include "explain/headline_parts.h"

/* Writes a line for an instalment: amount, day, state. Its amount must be given. */
static void write_instalment(struct explanation *explanation, const struct tuoyu_split *split, size_t index)
{
    static const char *const ZH[] = {[TUOYU_INSTALMENT_OPEN] = "，暂不能确定是否应付",
                                     [TUOYU_INSTALMENT_DUE] = "，应付",
                                     [TUOYU_INSTALMENT_LATER] = "，未到期",
                                     [TUOYU_INSTALMENT_FORFEITED] = "，不再拨付"};
    static const char *const EN[] = {[TUOYU_INSTALMENT_OPEN] = ", not decided yet",
                                     [TUOYU_INSTALMENT_DUE] = ", payable",
                                     [TUOYU_INSTALMENT_LATER] = ", later",
                                     [TUOYU_INSTALMENT_FORFEITED] = ", forfeited"};
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    const struct split_instalment *instalment = &split->instalments[index];
    const struct display *display = &explanation->display;
    begin_line(explanation, 1);
    write_name(display, &rule->instalments[index].label, rule->instalments[index].id);
    display_words(display, "：", ": ");
    display_number(display, instalment->amount.number, rule->rule.unit);
    if (instalment->has_due) {
        display_words(display, "，", ", ");
        display_date(display, instalment->due);
    }
    display_words(display, ZH[instalment->state], EN[instalment->state]);
    end_line(explanation);
}

/* Writes the instalments whose amounts are known, and what is to be paid or clawed back; nothing if the rule
 * has none. */
static void write_instalments(struct explanation *explanation, const struct tuoyu_split *split)
{
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    if (rule->instalment_count == 0)
        return;
    begin_line(explanation, 0);
    display_words(&explanation->display, "分期：", "Instalments:");
    end_line(explanation);
    for (size_t i = 0; i < rule->instalment_count; i++)
        if (split->instalments[i].amount.is_given)
            write_instalment(explanation, split, i);
    number_line(explanation, 0, "应享金额", "Entitled to", &split->entitled, rule->rule.unit);
    number_line(explanation, 0, "已付金额", "Paid already", &split->paid, rule->rule.unit);
    number_line(explanation, 0, "应追回金额", "To be clawed back", &split->claw_back, rule->rule.unit);
    number_line(explanation, 0, "现应付金额", "Payable now", &split->payable, rule->rule.unit);
}

/* Writes a line for a subsidy: amount, state, and the combination rule that cut or excluded it. */
static void write_subsidy(struct explanation *explanation, const struct tuoyu_split *split, size_t index)
{
    static const char *const ZH[] = {[TUOYU_SUBSIDY_OPEN] = "，暂不能确定是否发放",
                                     [TUOYU_SUBSIDY_PAID] = "",
                                     [TUOYU_SUBSIDY_NOT_DUE] = "，不符合发放条件",
                                     [TUOYU_SUBSIDY_EXCLUDED] = "，不发",
                                     [TUOYU_SUBSIDY_CUT] = "，超出合计限额的不发"};
    static const char *const EN[] = {[TUOYU_SUBSIDY_OPEN] = ", not decided yet",
                                     [TUOYU_SUBSIDY_PAID] = "",
                                     [TUOYU_SUBSIDY_NOT_DUE] = ", not due",
                                     [TUOYU_SUBSIDY_EXCLUDED] = ", not paid",
                                     [TUOYU_SUBSIDY_CUT] = ", cut to the limit"};
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    const struct split_subsidy *subsidy = &split->subsidies[index];
    const struct display *display = &explanation->display;
    begin_line(explanation, 1);
    write_name(display, &rule->subsidies[index].label, rule->subsidies[index].id);
    display_words(display, "：", ": ");
    write_number(display, &subsidy->amount, rule->rule.unit);
    display_words(display, ZH[subsidy->state], EN[subsidy->state]);
    if (subsidy->by) {
        display_words(display, "（", " (");
        write_name(display, &subsidy->by->because, subsidy->by->id);
        if (subsidy->instead != SIZE_MAX) {
            display_words(display, "；发放：", "; paid instead: ");
            write_name(display, &rule->subsidies[subsidy->instead].label,
                       rule->subsidies[subsidy->instead].id);
        }
        display_words(display, "）", ")");
    }
    end_line(explanation);
}

/* Writes all subsidies of the rule; nothing if it has none. */
static void write_subsidies(struct explanation *explanation, const struct tuoyu_split *split)
{
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    if (rule->subsidy_count == 0)
        return;
    begin_line(explanation, 0);
    display_words(&explanation->display, "补贴：", "Subsidies:");
    end_line(explanation);
    for (size_t i = 0; i < rule->subsidy_count; i++)
        write_subsidy(explanation, split, i);
}

/* Writes subsidies, whole, the shares that are known, and instalments. */
void write_split(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_split *split = split_of(answer);
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    const struct display *display = &explanation->display;
    write_subsidies(explanation, split);
    number_line(explanation, 0, "总额", "Whole", &split->whole, rule->rule.unit);
    write_binding(explanation, rule->bounds, rule->bound_count, split->binding);
    for (size_t i = 0; i < rule->payer_count; i++) {
        if (!split->lines[i].is_given)
            continue;
        begin_line(explanation, 1);
        write_name(display, &rule->payers[i].label, rule->payers[i].id);
        display_words(display, "：", ": ");
        display_number(display, split->lines[i].number, rule->rule.unit);
        end_line(explanation);
    }
    write_instalments(explanation, split);
}
