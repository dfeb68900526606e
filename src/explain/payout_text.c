/* SPDX-License-Identifier: Apache-2.0 */
/* A payout in lines: its sums, what it follows on, what is open, and the claims. */
#include "base/plain_text.h"
#include "explain/headline_parts.h"

/* How many records came under the id of a claim; of those that differ none is paid. */
static void write_duplicates(const struct display *display, const struct payout_claim *claim)
{
    if (claim->duplicates == 0)
        return;
    bool is_contested = claim->code == TUOYU_ERROR_DUPLICATE;
    display_words(display, "（同一编号共 ", " (");
    text_append_format(display->builder, "%zu", claim->duplicates + 1);
    if (is_contested)
        display_words(display, " 条记录，内容不一）", " records that differ have this id)");
    else
        display_words(display, " 条相同的记录，只算一次）",
                      " records that are the same have this id, it counts once)");
}

/* Writes what the claim was paid in earlier payouts, if anything. */
static void write_paid_before(const struct display *display, const struct payout_claim *claim,
                              struct text unit)
{
    if (!claim->paid_before.is_given)
        return;
    display_words(display, "（前次已发 ", " (paid before: ");
    write_number(display, &claim->paid_before, unit);
    if (claim->claimed.is_given) {
        display_words(display, "，应发合计 ", "; due in all: ");
        write_number(display, &claim->claimed, unit);
    }
    display_words(display, "）", ")");
}

/* Writes a line for a claim: its id, its state, and the amounts that the state is about. */
static void write_claim(struct explanation *explanation, const struct tuoyu_payout *payout, size_t index)
{
    static const char *const ZH[] = {[TUOYU_CLAIM_OPEN] = "：暂不能确定，信息不全",
                                     [TUOYU_CLAIM_PAID] = "：",
                                     [TUOYU_CLAIM_IN_PART] = "：预算不足，部分发放 ",
                                     [TUOYU_CLAIM_UNPAID] = "：预算不足，未发放，应发 ",
                                     [TUOYU_CLAIM_NOT_DUE] = "：无应发金额",
                                     [TUOYU_CLAIM_ERROR] = "：有错误，未计入",
                                     [TUOYU_CLAIM_PAID_BEFORE] = "：前次已发放，本次不再发放",
                                     [TUOYU_CLAIM_CLAW_BACK] = "：多发，应追回 "};
    static const char *const EN[] = {[TUOYU_CLAIM_OPEN] = ": not decided yet, facts are missing",
                                     [TUOYU_CLAIM_PAID] = ": ",
                                     [TUOYU_CLAIM_IN_PART] = ": in part, the budget ran out: ",
                                     [TUOYU_CLAIM_UNPAID] = ": unpaid, the budget does not suffice; due: ",
                                     [TUOYU_CLAIM_NOT_DUE] = ": nothing is due",
                                     [TUOYU_CLAIM_ERROR] = ": in error, left out",
                                     [TUOYU_CLAIM_PAID_BEFORE] = ": paid before, nothing more is due",
                                     [TUOYU_CLAIM_CLAW_BACK] = ": paid too much, to be clawed back: "};
    const struct payout_claim *claim = &payout->claims[index];
    const struct display *display = &explanation->display;
    struct text unit = payout->answer.rule->unit;
    begin_line(explanation, 1);
    if (claim->id.length)
        text_append_escaped(display->builder, claim->id);
    else
        display_words(display, "〔无编号〕", "[without an id]");
    display_words(display, ZH[claim->state], EN[claim->state]);
    if (claim->state == TUOYU_CLAIM_PAID || claim->state == TUOYU_CLAIM_IN_PART)
        write_number(display, &claim->paid, unit);
    if (claim->state == TUOYU_CLAIM_CLAW_BACK)
        write_number(display, &claim->claw_back, unit);
    const struct answer_number *due = claim->due.is_given ? &claim->due : &claim->claimed;
    if (claim->state == TUOYU_CLAIM_UNPAID)
        write_number(display, due, unit);
    if (claim->state == TUOYU_CLAIM_IN_PART) {
        display_words(display, "（应发 ", " (due: ");
        write_number(display, due, unit);
        display_words(display, "）", ")");
    }
    write_paid_before(display, claim, unit);
    write_duplicates(display, claim);
    end_line(explanation);
}

/* Claims that are not decided take nothing now; the others hang on them unless all of their lines are
 * final. */
static void write_open_claims(struct explanation *explanation, const struct tuoyu_payout *payout)
{
    const struct display *display = &explanation->display;
    size_t not_final = 0;
    for (size_t i = 0; i < payout->claim_count; i++)
        not_final += payout->claims[i].paid.is_given && !payout->claims[i].is_final;
    if (payout->open_count == 0)
        return;
    begin_line(explanation, 0);
    display_words(display, "未定：", "Not decided: ");
    text_append_format(display->builder, "%zu", payout->open_count);
    display_words(display, " 项；", " claims; ");
    if (not_final == 0) {
        display_words(display, "其他各项不因此改变", "nothing else hangs on them");
    } else {
        display_words(display, "其结果可能改变另外 ", "how they turn out may change ");
        text_append_format(display->builder, "%zu", not_final);
        display_words(display, " 项的发放", " others");
    }
    end_line(explanation);
}

/* A list of thousands is for a table, not for a page. */
enum { MOST_CLAIMS_SHOWN = 200 };

/* Writes what the payout follows on. */
static void write_previous(struct explanation *explanation, const struct tuoyu_payout *payout)
{
    const struct followed_payout *previous = payout->previous;
    const struct display *display = &explanation->display;
    if (!previous)
        return;
    begin_line(explanation, 0);
    display_words(display, "接续前次发放：", "Follows on the payout of ");
    display_date(display, previous->as_of);
    end_line(explanation);
    for (size_t i = 0; i < previous->changed_count; i++) {
        begin_line(explanation, 1);
        display_words(display, "前次所用政策包版本不同：",
                      "That one was made with another version of the pack ");
        text_append(display->builder, previous->changed_packs[i]);
        end_line(explanation);
    }
    number_line(explanation, 0, "此前已用预算", "Used before", &payout->used, payout->answer.rule->unit);
}

/* Writes the shares of all claims together, by payer. */
static void write_shares(struct explanation *explanation, const struct tuoyu_payout *payout)
{
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(payout->answer.rule);
    struct answer_number whole = {.is_given = true, .number = payout->whole};
    number_line(explanation, 0, "分担合计", "Shared in all", &whole, rule->rule.unit);
    for (size_t i = 0; i < rule->payer_count; i++) {
        begin_line(explanation, 1);
        write_name(&explanation->display, &rule->payers[i].label, rule->payers[i].id);
        display_words(&explanation->display, "：", ": ");
        display_number(&explanation->display, payout->shares[i], rule->rule.unit);
        end_line(explanation);
    }
}

/* Writes how many claims have which state and what they are paid, for the states that there are. */
static void write_states(struct explanation *explanation, const struct tuoyu_payout *payout)
{
    static const char *const ZH[] = {"待定",       "已发放", "部分发放",   "预算不足未发放",
                                     "无应发金额", "有错误", "前次已发放", "应追回"};
    static const char *const EN[] = {"open",        "paid",     "paid in part", "unpaid",
                                     "nothing due", "in error", "paid before",  "to be clawed back"};
    const struct display *display = &explanation->display;
    for (size_t i = 0; i < CLAIM_STATE_COUNT; i++) {
        const struct claim_totals *totals = &payout->states[i];
        if (!totals->count)
            continue;
        begin_line(explanation, 1);
        display_words(display, ZH[i], EN[i]);
        display_words(display, "：", ": ");
        text_append_format(display->builder, "%zu", totals->count);
        display_words(display, " 项", totals->count == 1 ? " claim" : " claims");
        if (decimal_sign(totals->paid)) {
            display_words(display, "，计 ", ", ");
            display_number(display, totals->paid, payout->answer.rule->unit);
        }
        end_line(explanation);
    }
}

/* Writes the sums of a payout and the first MOST_CLAIMS_SHOWN of its claims. */
void write_payout(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_payout *payout = payout_of(answer);
    const struct display *display = &explanation->display;
    struct text unit = payout->answer.rule->unit;
    write_previous(explanation, payout);
    number_line(explanation, 0, "可用预算", "Budget", &payout->budget, unit);
    if (is_overspent(payout))
        number_line(explanation, 0, "预算已超支", "The budget is overspent by", &payout->overspent, unit);
    number_line(explanation, 0, "发放", "Paid", &payout->paid, unit);
    number_line(explanation, 0, "结余", "Left", &payout->left, unit);
    number_line(explanation, 0, "未发放", "Unpaid", &payout->unpaid, unit);
    if (payout->claw_back.is_given && decimal_sign(payout->claw_back.number) > 0)
        number_line(explanation, 0, "应追回", "To be clawed back", &payout->claw_back, unit);
    write_states(explanation, payout);
    write_shares(explanation, payout);
    write_open_claims(explanation, payout);
    begin_line(explanation, 0);
    display_words(display, "逐项：", "Claims:");
    end_line(explanation);
    for (size_t i = 0; i < payout->claim_count && i < MOST_CLAIMS_SHOWN; i++)
        write_claim(explanation, payout, i);
    if (payout->claim_count <= MOST_CLAIMS_SHOWN)
        return;
    begin_line(explanation, 1);
    display_words(display, "另有 ", "and ");
    text_append_format(display->builder, "%zu", payout->claim_count - MOST_CLAIMS_SHOWN);
    display_words(display, " 项", " more");
    end_line(explanation);
}
