/* SPDX-License-Identifier: Apache-2.0 */
/* Writes an answer for a parent: what was asked, the answer, why, what is missing, what can be done, and the
 * law. Each of these is one line, so that the whole stays short however large the rule is. */
#include "explain/parent_text.h"

#include "base/plain_text.h"
#include "explain/decisive_criteria.h"
#include "explain/explanation.h"
#include "explain/parent_lines.h"
#include "rules/lowering.h"
#include "rules/scorecard.h"

enum { MOST_CRITERIA = 3, MOST_MISSING = 5, MOST_SOURCES = 2, MOST_NUMBERS = 8 };

/* ---- A price ---- */

/* What a fee is compared with, by how well founded that is. Only what is in force can be broken. */
static void say_standard(struct parent_text *parent)
{
    if (parent->answer->standing == TUOYU_ASSUMED)
        say(parent, "假定的标准", "the assumed standard");
    else
        say(parent, "草案的标准", "the standard of the draft");
}

/* Writes how a fee stands to a standard that is in force: it complies, or breaks it by so much. */
static void say_whether_complies(struct parent_text *parent, const struct tuoyu_quote *quote)
{
    if (quote->complies) {
        say(parent, "，符合规定", ", and it complies");
        return;
    }
    bool is_too_high = decimal_sign(quote->excess.number) > 0;
    say(parent, is_too_high ? "，不符合规定，高出 " : "，不符合规定，低了 ",
        is_too_high ? ", and it does not comply: it is too high by "
                    : ", and it does not comply: it is too low by ");
    say_number(parent, is_too_high ? quote->excess.number : quote->shortfall.number);
}

/* Writes how a fee stands to a standard that is not in force, which it cannot break. */
static void say_how_far(struct parent_text *parent, const struct tuoyu_quote *quote)
{
    if (quote->complies) {
        say(parent, "，没有超出", ", which is within ");
        say_standard(parent);
        return;
    }
    bool is_too_high = decimal_sign(quote->excess.number) > 0;
    say(parent, is_too_high ? "，高于" : "，低于", is_too_high ? ", above " : ", below ");
    say_standard(parent);
    say(parent, " ", " by ");
    say_number(parent, is_too_high ? quote->excess.number : quote->shortfall.number);
}

/* Writes the fee that was charged and how it stands to the standard; nothing if it is not known. */
static void say_compliance(struct parent_text *parent, const struct tuoyu_quote *quote)
{
    say_given(parent, "实际收费 ", "The fee charged is ", &quote->charged);
    if (quote->complies < 0) {
        if (quote->charged.is_given)
            say(parent, "，还不能确定是否符合规定。", ", and whether it complies cannot be decided yet.");
        finish_line(parent);
        return;
    }
    if (parent->answer->standing < TUOYU_DRAFT)
        say_whether_complies(parent, quote);
    else
        say_how_far(parent, quote);
    say(parent, "。", ".");
    finish_line(parent);
}

/* Adds the name and the value of a step to a list. */
static void list_step(struct parent_text *parent, struct listing *numbers, const struct rule_step *step,
                      struct text value)
{
    tuoyu_decimal number;
    if (!has_words(&step->label) || decimal_parse(value, &number) != TUOYU_OK || !list_next(parent, numbers))
        return;
    say_label(parent, &step->label);
    say(parent, " ", " ");
    display_number(&parent->display, number, step->unit);
}

/* Adds what an entry of the trace was computed from. What an explanation passes over is replaced by what that
 * reads; there is no circle, since an entry reads earlier ones only. */
static void list_reads(struct parent_text *parent, struct listing *numbers, const struct trace_entry *entry)
{
    for (uint32_t i = 0; i < entry->read_count; i++) {
        const struct trace_entry *read = &parent->answer->trace[entry->reads[i]];
        const struct slot *slot = answer_slot(parent->answer, read->slot);
        if (is_passed_over(slot)) {
            list_reads(parent, numbers, read);
            continue;
        }
        if (read->value.kind == VALUE_NULL || !has_words(&slot->label) || !list_next(parent, numbers))
            continue;
        say_label(parent, &slot->label);
        say(parent, " ", " ");
        display_value(&parent->display, read->value, slot);
    }
}

/* Adds what a slot was computed from; nothing if the answer does not rest on it. */
static void list_reads_of(struct parent_text *parent, struct listing *numbers, uint32_t slot)
{
    uint32_t entry = answer_entry_of(parent->answer, slot);
    if (entry != UINT32_MAX)
        list_reads(parent, numbers, &parent->answer->trace[entry]);
}

/* Writes the steps with their numbers or, where no step has a name, the numbers that were put in. */
static void say_steps(struct parent_text *parent, const struct tuoyu_quote *quote)
{
    const struct rule *rule = quote->answer.rule;
    struct listing numbers = {.zh = "怎么算的：", .en = "How: ", .most = MOST_NUMBERS};
    for (size_t i = 0; i < rule->step_count; i++)
        list_step(parent, &numbers, &rule->steps[i], quote->steps[i].value);
    if (numbers.shown == 0)
        list_reads_of(parent, &numbers, pricing_of(rule)->formula);
    list_end(parent, &numbers);
}

/* Writes the bound that decided an amount; nothing if none did. */
static void say_bound(struct parent_text *parent, const struct bound *bounds, size_t count,
                      struct text binding)
{
    for (size_t i = 0; binding.bytes && i < count; i++) {
        if (!text_equals(bounds[i].id, binding))
            continue;
        say(parent, "（由限额决定", " (decided by a limit");
        if (has_words(&bounds[i].label)) {
            say(parent, "：", ": ");
            say_label(parent, &bounds[i].label);
        }
        say(parent, "）", ")");
    }
}

static void say_quote(struct parent_text *parent)
{
    const struct tuoyu_quote *quote = quote_of(parent->answer);
    const struct tuoyu_pricing *rule = pricing_of(parent->answer->rule);
    if (quote->amount.is_given) {
        say_given(parent, "答：", "Answer: ", &quote->amount);
        say_bound(parent, rule->bounds, rule->bound_count, quote->binding);
        say(parent, "。", ".");
    } else {
        say_undecided(parent);
    }
    finish_line(parent);
    say_compliance(parent, quote);
    say_steps(parent, quote);
}

/* ---- A split ---- */

/* Adds up the shares. Returns true if all are given and make up the whole, so that they can be shown as a
 * sum. */
static bool shares_make_whole(const struct tuoyu_split *split)
{
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    tuoyu_decimal sum = decimal_from_integer(0);
    for (size_t i = 0; i < rule->payer_count; i++)
        if (!split->lines[i].is_given || decimal_add(sum, split->lines[i].number, &sum) != TUOYU_OK)
            return false;
    return split->whole.is_given && decimal_compare(sum, split->whole.number) == 0;
}

/* Writes the shares above zero, joined by the words, and returns their number. */
static size_t say_shares(struct parent_text *parent, const struct tuoyu_split *split, const char *zh,
                         const char *en)
{
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    size_t count = 0;
    for (size_t i = 0; i < rule->payer_count; i++) {
        if (!split->lines[i].is_given || decimal_sign(split->lines[i].number) == 0)
            continue;
        if (count++)
            say(parent, zh, en);
        say_label(parent, &rule->payers[i].label);
        say(parent, " ", " ");
        say_number(parent, split->lines[i].number);
    }
    return count;
}

/* Writes who pays nothing; nothing if there is no such payer. */
static void say_free(struct parent_text *parent, const struct tuoyu_split *split)
{
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    size_t count = 0;
    for (size_t i = 0; i < rule->payer_count; i++) {
        if (!split->lines[i].is_given || decimal_sign(split->lines[i].number) != 0)
            continue;
        say(parent, count ? "、" : "；", count ? ", " : "; nothing is paid by: ");
        say_label(parent, &rule->payers[i].label);
        count++;
    }
    if (count)
        say(parent, "不用付", "");
}

/* Writes who pays how much in one line. */
static void say_split_line(struct parent_text *parent, const struct tuoyu_split *split)
{
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    bool is_sum = shares_make_whole(split);
    if (!split->whole.is_given) {
        say_undecided(parent);
        return;
    }
    say(parent, "答：", "Answer: ");
    if (!is_sum)
        say_given(parent, "总额 ", "the whole is ", &split->whole);
    else if (decimal_sign(split->whole.number) == 0)
        say_given(parent, "没有要付的钱，总额 ", "nothing is to be paid, the whole is ", &split->whole);
    else if (say_shares(parent, split, " + ", " + ") > 1)
        say_given(parent, " = ", " = ", &split->whole);
    say_bound(parent, rule->bounds, rule->bound_count, split->binding);
    if (is_sum && decimal_sign(split->whole.number) != 0)
        say_free(parent, split);
    if (!is_sum) {
        say(parent, "，各方分担还不能全部确定：", ", and not all shares can be decided yet: ");
        if (say_shares(parent, split, "，", ", ") == 0)
            say(parent, "暂无", "none");
    }
    say(parent, "。", ".");
}

/* Adds a subsidy with its amount, or why it is not paid. */
static void list_subsidy(struct parent_text *parent, struct listing *listing, const struct tuoyu_split *split,
                         size_t index)
{
    const struct split_subsidy *subsidy = &split->subsidies[index];
    if (!list_next(parent, listing))
        return;
    say_label(parent, &cost_sharing_of(split->answer.rule)->subsidies[index].label);
    switch (subsidy->state) {
    case TUOYU_SUBSIDY_PAID: say_given(parent, " ", " ", &subsidy->amount); break;
    case TUOYU_SUBSIDY_CUT: say_given(parent, " 减为 ", " cut to ", &subsidy->amount); break;
    case TUOYU_SUBSIDY_NOT_DUE: say(parent, "不符合发放条件", " is not due"); break;
    case TUOYU_SUBSIDY_EXCLUDED: say(parent, "不发", " is not paid"); break;
    default: say(parent, "还不能确定", " cannot be decided yet"); break;
    }
    if (!subsidy->by || !has_words(&subsidy->by->because))
        return;
    say(parent, "（", " (");
    say_label(parent, &subsidy->by->because);
    say(parent, "）", ")");
}

static void say_split(struct parent_text *parent)
{
    const struct tuoyu_split *split = split_of(parent->answer);
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(parent->answer->rule);
    struct listing subsidies = {.zh = "补贴：", .en = "Subsidies: ", .most = MOST_NUMBERS};
    struct listing numbers = {.zh = "怎么算的：", .en = "How: ", .most = MOST_NUMBERS};
    say_split_line(parent, split);
    finish_line(parent);
    for (size_t i = 0; i < rule->subsidy_count; i++)
        list_subsidy(parent, &subsidies, split, i);
    list_end(parent, &subsidies);
    if (rule->subsidy_count == 0)
        list_reads_of(parent, &numbers, rule->formula);
    list_end(parent, &numbers);
    if (rule->instalment_count && split->payable.is_given) {
        say_given(parent, "分期付，现在应付 ", "It is paid in instalments; payable now: ", &split->payable);
        say(parent, "。", ".");
        finish_line(parent);
    }
}

/* ---- A verdict ---- */

/* A line of criteria that a decision comes from. */
struct criteria_line {
    struct parent_text *parent;
    int32_t decision;
    struct listing listing;
};

/* Adds the reason of a criterion to the line. */
static void list_criterion(void *context, const struct criterion *criterion, bool must_not_hold)
{
    struct criteria_line *line = context;
    struct parent_text *parent = line->parent;
    if (!list_next(parent, &line->listing))
        return;
    say_label(parent, &criterion->because);
    if (must_not_hold && line->decision == TUOYU_INELIGIBLE)
        say(parent, "（不得有，现有）", " (must not be so, but is)");
    if (must_not_hold && line->decision == TUOYU_ELIGIBLE)
        say(parent, "（没有这种情况）", " (is not so)");
}

/* Writes a line with the criteria of a decision; nothing if there are none. */
static void say_criteria(struct parent_text *parent, int32_t decision, const char *zh, const char *en)
{
    struct criteria_line line = {
        .parent = parent, .decision = decision, .listing = {.zh = zh, .en = en, .most = MOST_CRITERIA}};
    decisive_criteria(verdict_of(parent->answer), decision, list_criterion, &line);
    list_end(parent, &line.listing);
}

/* Writes which criteria would have to be met: the smallest set. */
static void say_remedy(struct parent_text *parent, const struct tuoyu_verdict *verdict)
{
    const struct tuoyu_eligibility *rule = eligibility_of(verdict->answer.rule);
    struct listing remedy = {
        .zh = "要达到条件，还须满足：", .en = "What would have to be met: ", .most = MOST_MISSING};
    if (verdict->to_become_eligible.count == 0)
        return;
    uint64_t set = verdict->to_become_eligible.sets[0];
    for (size_t i = 0; i < MOST_SET_MEMBERS && i < rule->criterion_count; i++) {
        if (!(set >> i & 1) || !list_next(parent, &remedy))
            continue;
        say_label(parent, &rule->criteria[i].because);
        if (verdict->reasons[i] == TUOYU_ELIGIBLE)
            say(parent, "（须不再成立）", " (must no longer be so)");
    }
    list_end(parent, &remedy);
}

/* Writes what of the checklist is still to be done, with the last days. */
static void say_to_do(struct parent_text *parent, const struct tuoyu_verdict *verdict)
{
    const struct tuoyu_eligibility *rule = eligibility_of(verdict->answer.rule);
    struct listing to_do = {.zh = "还要办：", .en = "Still to be done: ", .most = MOST_CRITERIA};
    for (size_t i = 0; verdict->checklist && i < rule->checklist_count; i++) {
        const struct checklist_entry *entry = &verdict->checklist[i];
        bool is_overdue = entry->state == TUOYU_CHECKLIST_OVERDUE;
        if ((entry->state != TUOYU_CHECKLIST_DUE && !is_overdue) || !list_next(parent, &to_do))
            continue;
        say_label(parent, &rule->checklist[i].because);
        if (!entry->has_due)
            continue;
        say(parent, is_overdue ? "（已过期限 " : "（最迟 ", is_overdue ? " (was due by " : " (by ");
        display_date(&parent->display, entry->due);
        say(parent, "）", ")");
    }
    list_end(parent, &to_do);
}

/* Writes the score and the grade, if both are decided. */
static void say_score(struct parent_text *parent, const struct tuoyu_verdict *verdict)
{
    const struct scorecard *scorecard = &eligibility_of(verdict->answer.rule)->scorecard;
    const struct verdict_score *score = &verdict->score;
    if (!score->points || !score->score.is_given)
        return;
    say(parent, "得分 ", " The score is ");
    display_number(&parent->display, score->score.number, TEXT(""));
    size_t grade = scorecard_possible(scorecard, score, 0);
    if (grade != SIZE_MAX && has_words(&scorecard->grades[grade].label)) {
        say(parent, "，等级：", ", the grade: ");
        say_label(parent, &scorecard->grades[grade].label);
    }
    say(parent, "。", ".");
}

/* Writes 可以, 不可以 or 还不能确定, and the exception that decided. */
static void say_decision(struct parent_text *parent, const struct tuoyu_verdict *verdict)
{
    if (verdict->answer.outcome != TUOYU_DETERMINED) {
        say_undecided(parent);
    } else {
        bool is_eligible = verdict->decision == TUOYU_ELIGIBLE;
        say(parent, is_eligible ? "答：可以" : "答：不可以", is_eligible ? "Answer: yes" : "Answer: no");
        if (verdict->exception) {
            say(parent, "，因为有例外：", ", by an exception: ");
            say_label(parent, &verdict->exception->because);
        }
        say(parent, "。", ".");
    }
    say_score(parent, verdict);
    if (verdict->has_valid_until) {
        say(parent, "有效期至 ", " Valid until ");
        display_date(&parent->display, verdict->valid_until);
        say(parent, "。", ".");
    }
    finish_line(parent);
}

static void say_verdict(struct parent_text *parent)
{
    const struct tuoyu_verdict *verdict = verdict_of(parent->answer);
    say_decision(parent, verdict);
    if (verdict->exception)
        return;
    if (verdict->decision == TUOYU_ELIGIBLE) {
        say_criteria(parent, TUOYU_ELIGIBLE, "已经达到：", "What is met: ");
        return;
    }
    say_criteria(parent, TUOYU_INELIGIBLE, "没有达到：", "What is not met: ");
    say_criteria(parent, TUOYU_DECISION_UNDETERMINED, "情况没有填全，还判断不了：",
                 "Not known, as facts were not given: ");
}

/* What can be done about a verdict. */
static void say_what_to_do(struct parent_text *parent)
{
    const struct tuoyu_verdict *verdict = verdict_of(parent->answer);
    say_remedy(parent, verdict);
    say_to_do(parent, verdict);
}

/* ---- A measure and a payout ---- */

/* Writes whether a measure meets its target; nothing if it has none. */
static void say_target(struct parent_text *parent, const struct tuoyu_measure *measure)
{
    static const char *const ZH[] = {[TARGET_NONE] = "",
                                     [TARGET_AT_LEAST] = "；目标是不低于 ",
                                     [TARGET_AT_MOST] = "；目标是不高于 ",
                                     [TARGET_EXACTLY] = "；目标是 "};
    static const char *const EN[] = {[TARGET_NONE] = "",
                                     [TARGET_AT_LEAST] = "; the target is at least ",
                                     [TARGET_AT_MOST] = "; the target is at most ",
                                     [TARGET_EXACTLY] = "; the target is "};
    enum target_kind kind = indicator_of(measure->answer.rule)->target_kind;
    if (!measure->target.is_given)
        return;
    say_given(parent, ZH[kind], EN[kind], &measure->target);
    if (measure->met == 1)
        say(parent, "，已达到", ", which is met");
    else if (measure->met == 0)
        say(parent, "，还没有达到", ", which is not met");
    else
        say(parent, "，还不能确定是否达到", ", and whether it is met cannot be decided yet");
}

static void say_measure(struct parent_text *parent)
{
    const struct tuoyu_measure *measure = measure_of(parent->answer);
    say(parent, "答：", "Answer: ");
    if (measure->region_id.bytes) {
        text_append_escaped(&parent->line, measure->region_id);
        say(parent, "：", ": ");
    }
    if (measure->value.is_given)
        say_number(parent, measure->value.number);
    else
        say(parent, "没有数值", "there is no value");
    say_target(parent, measure);
    say(parent, "。", ".");
    finish_line(parent);
    if (measure->unknown == 0)
        return;
    say(parent, "信息不全、没有计入的记录：", "Records left out, as facts are missing: ");
    text_append_format(&parent->line, "%lld", (long long)measure->unknown);
    say(parent, "。", ".");
    finish_line(parent);
}

static void say_payout(struct parent_text *parent)
{
    const struct tuoyu_payout *payout = payout_of(parent->answer);
    if (payout->paid.is_given) {
        say_given(parent, "答：发放 ", "Answer: paid ", &payout->paid);
        say_given(parent, "，结余 ", ", left ", &payout->left);
        say_given(parent, "，因预算不足未发放 ", ", unpaid for want of budget ", &payout->unpaid);
        say(parent, "。", ".");
    } else {
        say_undecided(parent);
    }
    finish_line(parent);
    if (payout->open_count == 0)
        return;
    say(parent, "还不能确定的申请：", "Claims that cannot be decided yet: ");
    text_append_format(&parent->line, "%zu", payout->open_count);
    say(parent, "。", ".");
    finish_line(parent);
}

/* ---- What all have ---- */

/* Writes what was asked, and the day. */
static void say_question(struct parent_text *parent)
{
    say(parent, "问：", "Question: ");
    say_label(parent, &parent->answer->rule->title);
    say(parent, "（", " (");
    display_date(&parent->display, parent->answer->as_of);
    say(parent, "）", ")");
    finish_line(parent);
}

/* Writes that the rule is not in force, and the nearest day on which it is. */
static void say_not_in_force(struct parent_text *parent)
{
    say(parent, "答：", "Answer: ");
    display_not_in_force(&parent->display, parent->answer);
    say(parent, "。", ".");
    finish_line(parent);
}

/* Writes that the rule does not apply, and the facts that say so. */
static void say_not_applicable(struct parent_text *parent)
{
    struct listing numbers = {.zh = "因为：", .en = "Because: ", .most = MOST_CRITERIA};
    say(parent, "答：这条规定不适用于所填的情况。", "Answer: the rule does not apply to this case.");
    finish_line(parent);
    list_reads_of(parent, &numbers, parent->answer->rule->when);
    list_end(parent, &numbers);
}

/* Writes the labels of what is missing for the reason `code`. */
static void say_missing(struct parent_text *parent, tuoyu_status code, const char *zh, const char *en)
{
    const struct tuoyu_answer *answer = parent->answer;
    struct listing missing = {.zh = zh, .en = en, .most = MOST_MISSING};
    for (size_t i = 0; i < answer->missing_count; i++) {
        static const struct localised NO_LABEL;
        uint32_t slot = answer->missing[i].slot;
        if (answer->missing[i].code == code && list_next(parent, &missing))
            say_label(parent, slot == SLOT_NONE ? &NO_LABEL : &answer_slot(answer, slot)->label);
    }
    list_end(parent, &missing);
}

/* Writes a note where the answer rests on something weaker than the text of a law; nothing else. */
static void say_standing(struct parent_text *parent)
{
    switch (parent->answer->standing) {
    case TUOYU_ASSUMED:
        say(parent, "注意：这个结果用到了假定的数字，只供参考，不能据此作出任何决定。",
            "Note: this rests on an assumed number; no decision can rest on it.");
        break;
    case TUOYU_DRAFT:
        say(parent, "注意：这个结果用到了草案，以正式文件为准。",
            "Note: this rests on a draft; what counts is the text in force.");
        break;
    case TUOYU_DERIVED:
        say(parent, "注：这个结果用到了推算的数字。", "Note: this rests on a derived number.");
        break;
    default: break;
    }
    finish_line(parent);
}

/* True if a citation before this one has the same text. */
static bool is_cited_before(const struct tuoyu_answer *answer, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (text_equals(answer->citations[i].citation.text, answer->citations[index].citation.text))
            return true;
    return false;
}

/* Writes the documents and clauses that the answer rests on, each once. */
static void say_sources(struct parent_text *parent)
{
    const struct tuoyu_answer *answer = parent->answer;
    struct listing sources = {.zh = "依据：", .en = "Source: ", .most = MOST_SOURCES};
    for (size_t i = 0; i < answer->citation_count; i++) {
        const struct citation *citation = &answer->citations[i].citation;
        if (citation->text.length && !is_cited_before(answer, i) && list_next(parent, &sources))
            text_append(&parent->line, citation_in(citation, parent->display.is_english));
    }
    if (sources.shown == 0)
        say(parent, "依据：没有可引用的文件。", "Source: no document is cited.");
    list_end(parent, &sources);
}

/* How the result is told, by kind of answer. */
static const struct {
    void (*say_result)(struct parent_text *parent);
    void (*say_what_to_do)(struct parent_text *parent); /* or NULL */
    bool is_of_rows; /* where it does not apply, its result says so by itself */
} RESULTS[] = {
    [TUOYU_RULE_PRICING] = {say_quote, NULL, false},
    [TUOYU_RULE_COST_SHARING] = {say_split, NULL, false},
    [TUOYU_RULE_ELIGIBILITY] = {say_verdict, say_what_to_do, false},
    [TUOYU_RULE_INDICATOR] = {say_measure, NULL, true},
    [ANSWER_PAYOUT] = {say_payout, NULL, false},
};
static_assert(sizeof RESULTS / sizeof *RESULTS == ANSWER_KIND_COUNT, "each kind of answer is told");

/* Writes all lines. A verdict has the most: question, decision, two of criteria, two of what is missing, two
 * of what to do, standing and sources. */
static void say_all(struct parent_text *parent)
{
    const struct tuoyu_answer *answer = parent->answer;
    bool applies = !answer_is_silent(answer) ||
                   (answer->outcome == TUOYU_NOT_APPLICABLE && RESULTS[answer->kind].is_of_rows);
    say_question(parent);
    if (answer->outcome == TUOYU_NOT_IN_FORCE)
        say_not_in_force(parent);
    else if (applies)
        RESULTS[answer->kind].say_result(parent);
    else
        say_not_applicable(parent);
    say_missing(parent, TUOYU_ERROR_FACT_MISSING, "还要知道：", "Still needed: ");
    say_missing(parent, TUOYU_ERROR_PARAMETER_UNSET, "还没有公布的标准：", "Not laid down yet: ");
    if (applies && RESULTS[answer->kind].say_what_to_do)
        RESULTS[answer->kind].say_what_to_do(parent);
    say_standing(parent);
    say_sources(parent);
}

tuoyu_status answer_to_parent_text(const struct tuoyu_answer *answer, const char *language, tuoyu_text **out)
{
    struct text_builder whole;
    struct parent_text parent = {.answer = answer, .whole = &whole};
    text_builder_init(&whole, &answer->arena.allocator);
    text_builder_init(&parent.line, &answer->arena.allocator);
    parent.display = (struct display){
        .builder = &parent.line, .policy = answer->policy, .is_english = language_is_english(language)};
    say_all(&parent);
    text_builder_free(&parent.line);
    return text_builder_to_handle(&whole, out);
}
