/* SPDX-License-Identifier: Apache-2.0 */
/* A payout in lines: its sums, what is open, and the claims. */
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

/* Writes a line for a claim: its id, its state, and the amounts that the state is about. */
static void write_claim(struct explanation *explanation, const struct tuoyu_payout *payout, size_t index)
{
    static const char *const ZH[] = {
        [TUOYU_CLAIM_OPEN] = "：暂不能确定，信息不全",   [TUOYU_CLAIM_PAID] = "：",
        [TUOYU_CLAIM_IN_PART] = "：预算不足，部分发放 ", [TUOYU_CLAIM_UNPAID] = "：预算不足，未发放，应发 ",
        [TUOYU_CLAIM_NOT_DUE] = "：无应发金额",          [TUOYU_CLAIM_ERROR] = "：有错误，未计入"};
    static const char *const EN[] = {[TUOYU_CLAIM_OPEN] = ": not decided yet, facts are missing",
                                     [TUOYU_CLAIM_PAID] = ": ",
                                     [TUOYU_CLAIM_IN_PART] = ": in part, the budget ran out: ",
                                     [TUOYU_CLAIM_UNPAID] = ": unpaid, the budget does not suffice; due: ",
                                     [TUOYU_CLAIM_NOT_DUE] = ": nothing is due",
                                     [TUOYU_CLAIM_ERROR] = ": in error, left out"};
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
    if (claim->state == TUOYU_CLAIM_UNPAID)
        write_number(display, &claim->claimed, unit);
    if (claim->state == TUOYU_CLAIM_IN_PART) {
        display_words(display, "（应发 ", " (due: ");
        write_number(display, &claim->claimed, unit);
        display_words(display, "）", ")");
    }
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

/* Writes the sums of a payout and the first MOST_CLAIMS_SHOWN of its claims. */
void write_payout(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_payout *payout = payout_of(answer);
    const struct display *display = &explanation->display;
    struct text unit = payout->answer.rule->unit;
    number_line(explanation, 0, "可用预算", "Budget", &payout->budget, unit);
    if (is_overspent(payout))
        number_line(explanation, 0, "预算已超支", "The budget is overspent by", &payout->overspent, unit);
    number_line(explanation, 0, "发放", "Paid", &payout->paid, unit);
    number_line(explanation, 0, "结余", "Left", &payout->left, unit);
    number_line(explanation, 0, "未发放", "Unpaid", &payout->unpaid, unit);
    write_open_claims(explanation, payout);
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
