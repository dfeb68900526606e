/* SPDX-License-Identifier: Apache-2.0 */
/* The first part of an answer's text: what came out, by kind of answer, and what is missing. */
#include "explain/headline_parts.h"
#include "explain/quote_words.h"

/* ---- What all have ---- */

/* Writes the title of the rule and the day. */
static void write_head(struct explanation *explanation)
{
    const struct tuoyu_answer *answer = explanation->answer;
    const struct display *display = &explanation->display;
    begin_line(explanation, 0);
    display_localised(display, &answer->rule->title);
    end_line(explanation);
    begin_line(explanation, 0);
    display_words(display, "基准日：", "As of ");
    display_date(display, answer->as_of);
    end_line(explanation);
}

/* Writes a note on the weakest standing of what the answer rests on; nothing if all is cited. */
static void write_standing(struct explanation *explanation)
{
    static const char *const ZH[] = {[TUOYU_DERIVED] = "注：含推算数据",
                                     [TUOYU_DRAFT] = "注意：含草案数据，以正式文件为准",
                                     [TUOYU_ASSUMED] = "注意：含假定数据，仅供参考，不作为依据",
                                     [TUOYU_PROPOSED] = "注意：这是模拟，含拟议的数据，不是决定"};
    static const char *const EN[] = {
        [TUOYU_DERIVED] = "Note: contains derived numbers",
        [TUOYU_DRAFT] = "Note: contains draft numbers",
        [TUOYU_ASSUMED] = "Note: contains assumed numbers; not a basis for decisions",
        [TUOYU_PROPOSED] = "Note: a simulation with proposed numbers; not a decision"};
    static_assert(TUOYU_CITED < TUOYU_DERIVED && TUOYU_DERIVED < TUOYU_DRAFT && TUOYU_DRAFT < TUOYU_ASSUMED &&
                      TUOYU_ASSUMED < TUOYU_PROPOSED,
                  "the greater, the weaker");
    int32_t standing = explanation->answer->standing;
    if (standing <= TUOYU_CITED || standing > TUOYU_PROPOSED)
        return;
    begin_line(explanation, 0);
    if (is_assumed_by_method(explanation->answer))
        display_words(&explanation->display, "注意：算法为假定，仅供参考，不作为依据",
                      "Note: the method is assumed; not a basis for decisions");
    else
        display_words(&explanation->display, ZH[standing], EN[standing]);
    end_line(explanation);
}

void headline_missing(struct explanation *explanation)
{
    const struct tuoyu_answer *answer = explanation->answer;
    const struct display *display = &explanation->display;
    if (answer->missing_count == 0)
        return;
    begin_line(explanation, 0);
    display_words(display, "结论：暂不能确定，还需要：", "Result: not decided yet; still needed:");
    end_line(explanation);
    for (size_t i = 0; i < answer->missing_count; i++) {
        const struct answer_missing *missing = &answer->missing[i];
        const struct program *program = &answer->policy->layering->program;
        const struct slot *slot = missing->slot == SLOT_NONE ? NULL : program_slot(program, missing->slot);
        begin_line(explanation, 1);
        if (slot)
            display_slot_name(display, slot);
        display_words(display, slot ? "（" : "", slot ? " (" : "");
        text_append(display->builder, missing->name);
        display_words(display, slot ? "）" : "", slot ? ")" : "");
        if (slot && (slot->held_by.zh.bytes || slot->held_by.en.bytes)) {
            display_words(display, "，可查：", ", held by: ");
            display_localised(display, &slot->held_by);
        }
        if (missing->code == TUOYU_ERROR_PARAMETER_UNSET) {
            if (slot && slot->is_delegated)
                display_words(display, "：尚未设定。", ": not set yet. ");
            else
                display_words(display, "：尚无依据，未设定。", ": no source gives it yet. ");
            if (slot)
                display_localised(display, &slot->unset);
        }
        end_line(explanation);
    }
}

/* How the result of an answer is told, by kind of answer. */
struct headline_of_kind {
    void (*write)(struct explanation *explanation, const struct tuoyu_answer *answer);
    /* what follows the missing facts, or NULL */
    void (*write_after_missing)(struct explanation *explanation, const struct tuoyu_answer *answer);
    bool is_of_rows; /* where it does not apply, the counts of its rows are shown all the same */
};

static const struct headline_of_kind HEADLINES[] = {
    [TUOYU_RULE_PRICING] = {write_quote, NULL, false},
    [TUOYU_RULE_COST_SHARING] = {write_split, NULL, false},
    [TUOYU_RULE_ELIGIBILITY] = {write_verdict, write_deciding, false},
    [TUOYU_RULE_INDICATOR] = {write_measure, NULL, true},
    [ANSWER_PAYOUT] = {write_payout, NULL, false},
};
static_assert(sizeof HEADLINES / sizeof *HEADLINES == ANSWER_KIND_COUNT,
              "each kind of answer has a headline");

void headline(struct explanation *explanation)
{
    const struct tuoyu_answer *answer = explanation->answer;
    const struct headline_of_kind *kind = &HEADLINES[answer->kind];
    write_head(explanation);
    if (answer->outcome == TUOYU_NOT_IN_FORCE) {
        begin_line(explanation, 0);
        display_words(&explanation->display, "结论：", "Result: ");
        display_not_in_force(&explanation->display, answer);
        end_line(explanation);
    } else if (answer->outcome == TUOYU_NOT_APPLICABLE && !kind->is_of_rows) {
        begin_line(explanation, 0);
        display_words(&explanation->display, "结论：本规则不适用于此情形",
                      "Result: the rule does not apply to this case");
        end_line(explanation);
    } else {
        kind->write(explanation, answer);
    }
    headline_missing(explanation);
    if (kind->write_after_missing)
        kind->write_after_missing(explanation, answer);
    write_standing(explanation);
}
