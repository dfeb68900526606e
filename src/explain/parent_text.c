/* SPDX-License-Identifier: Apache-2.0 */
/* Writes an answer for a parent: what was asked, the answer, why, what is missing, what can be done, and the
 * law. Each of these is one line, so that the whole stays short however large the rule is. */
#include "explain/parent_text.h"

#include "base/plain_text.h"
#include "explain/explanation.h"
#include "explain/parent_lines.h"
#include "explain/quote_words.h"
#include "explain/shown_digits.h"
#include "rules/lowering.h"

enum { MOST_SOURCES = 2, MOST_NUMBERS = 8 };

/* ---- A price ---- */

/* Writes the fee that was charged and how it stands to its limits; nothing if it is not known. */
static void say_compliance(struct parent_text *parent, const struct tuoyu_quote *quote)
{
    if (!quote->charged.is_given)
        return;
    say_given(parent, "实际收费 ", "The fee charged is ", &quote->charged);
    if (quote->complies < 0) {
        say(parent, "，还不能确定是否符合规定。", "; whether it complies cannot be decided yet.");
    } else {
        say(parent, "，", "; ");
        display_compliance(&parent->display, quote);
        say(parent, "。", ".");
    }
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
    if (quote->at_most.is_given) {
        if (is_one_fee_allowed(quote))
            say_given(parent, "答：应收 ", "Answer: this is to be charged: ", &quote->at_most);
        else
            say_given(parent, "答：最高可收 ", "Answer: at most this may be charged: ", &quote->at_most);
        display_base(&parent->display, quote);
        say_bound(parent, rule->bounds, rule->bound_count, quote->binding);
        say(parent, "。", ".");
    } else if (quote->amount.is_given) {
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

/* Writes who has a fact; nothing where no pack says so. */
static void say_holder(struct parent_text *parent, const struct slot *slot)
{
    if (!has_words(&slot->held_by))
        return;
    say(parent, "（", " (");
    say_label(parent, &slot->held_by);
    say(parent, "有）", " has it)");
}

/* Writes the labels of what is missing for the reason `code`, and who has the facts. */
static void say_missing(struct parent_text *parent, tuoyu_status code, const char *zh, const char *en)
{
    static const struct localised NO_LABEL;
    const struct tuoyu_answer *answer = parent->answer;
    struct listing missing = {.zh = zh, .en = en, .most = MOST_MISSING};
    for (size_t i = 0; i < answer->missing_count; i++) {
        uint32_t slot = answer->missing[i].slot;
        if (answer->missing[i].code != code || !list_next(parent, &missing))
            continue;
        say_label(parent, slot == SLOT_NONE ? &NO_LABEL : &answer_slot(answer, slot)->label);
        if (slot != SLOT_NONE)
            say_holder(parent, answer_slot(answer, slot));
    }
    list_end(parent, &missing);
}

/* Writes where one can object; nothing where no pack says so. */
static void say_objection(struct parent_text *parent)
{
    const struct localised *objection = &parent->answer->rule->objection;
    if (!has_words(objection))
        return;
    say(parent, "不服怎么办：", "Objection: ");
    say_label(parent, objection);
    say_full_stop(parent);
    finish_line(parent);
}

/* Writes a note where the answer rests on something weaker than the text of a law; nothing else. */
static void say_standing(struct parent_text *parent)
{
    switch (parent->answer->standing) {
    case TUOYU_PROPOSED:
        say(parent, "注意：这是用拟议的数字所做的模拟，不是决定。",
            "Note: this is a simulation with proposed numbers, not a decision.");
        break;
    case TUOYU_ASSUMED:
        if (is_assumed_by_method(parent->answer))
            say(parent, "注意：这个结果的算法是假定的，只供参考，不能据此作出任何决定。",
                "Note: the method is assumed; no decision can rest on it.");
        else
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

/* Writes all lines. An undetermined verdict has the most: question, decision, four of criteria, two of what
 * is missing, one of what to do, objection, standing and sources. An ineligible one has one more of what to
 * do, and none of what is missing. */
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
    say_objection(parent);
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
    parent.display.decimals = decimals_of_answer(answer);
    struct arena scratch;
    struct criterion_states states;
    arena_init(&scratch, &answer->arena.allocator);
    bool has_memory = true;
    if (answer->kind == TUOYU_RULE_ELIGIBILITY) {
        has_memory = criterion_states_read(verdict_of(answer), &scratch, &states);
        parent.states = &states;
    }
    whole.failed |= !has_memory;
    if (has_memory)
        say_all(&parent);
    text_builder_free(&parent.line);
    arena_free(&scratch);
    return text_builder_to_handle(&whole, out);
}
