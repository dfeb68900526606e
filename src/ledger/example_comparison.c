/* SPDX-License-Identifier: Apache-2.0 */
/* Compares the answer of a worked example, of whatever kind it is, with each thing that the example expects,
 * and reports each difference at the place of the expectation. */
#include "ledger/example_comparison.h"

#include "ledger/budget.h"
#include "rules/scorecard.h"
#include "tally/tally.h"

struct example_comparison {
    const struct tuoyu_answer *answer;
    struct arena scratch;
    bool passed;
    tuoyu_diagnostics *diagnostics;
};

/* Reports one difference at its place; the comparison is then not passed. */
static void differ(struct example_comparison *comparison, struct location where, struct text what,
                   struct text expected, struct text got)
{
    comparison->passed = false;
    report(comparison->diagnostics, TUOYU_ERROR_EVALUATION, where, TEXT(""), "%.*s: expected %.*s, got %.*s",
           TEXT_ARGUMENTS(what), TEXT_ARGUMENTS(expected), TEXT_ARGUMENTS(got));
}

/* Reports a difference unless `got` is the text that is expected; `what` is its name in the message. */
static void compare_text(struct example_comparison *comparison, const struct pack_expectation *expected,
                         const char *what, const char *got)
{
    struct text found = text_of(got, TUOYU_NUL_TERMINATED);
    if (!text_equals(expected->text, found))
        differ(comparison, expected->where, text_of(what, TUOYU_NUL_TERMINATED), expected->text, found);
}

/* Reports a difference unless the number is the expected one. Expected `null` stands for none. */
static void compare_number(struct example_comparison *comparison, const struct pack_expectation *expected,
                           const char *what, const struct answer_number *got)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    bool is_none = text_equals(expected->text, TEXT("null"));
    if (is_none ? !got->is_given
                : got->is_given && expected->is_number && decimal_compare(expected->number, got->number) == 0)
        return;
    struct text found = TEXT("none");
    if (got->is_given)
        found = (struct text){.bytes = digits, .length = decimal_format(got->number, digits)};
    differ(comparison, expected->where, text_of(what, TUOYU_NUL_TERMINATED), expected->text, found);
}

/* True if a name as an example writes it is the full name `pack:name`, or the part after the colon. */
static bool is_named(struct text full_name, struct text name)
{
    if (text_equals(full_name, name))
        return true;
    if (name.length + 1 >= full_name.length)
        return false;
    struct text end = text_slice(full_name, full_name.length - name.length - 1, full_name.length);
    return end.bytes[0] == ':' && text_equals(text_slice(end, 1, end.length), name);
}

/* Everything that the answer says is missing as `[a, b]`, for a message. The text is in the scratch arena. */
static struct text join_missing(struct example_comparison *comparison)
{
    struct text_builder builder;
    text_builder_init_arena(&builder, &comparison->scratch);
    text_append_byte(&builder, '[');
    for (size_t i = 0; i < comparison->answer->missing_count; i++) {
        if (i)
            text_append(&builder, TEXT(", "));
        text_append(&builder, comparison->answer->missing[i].name);
    }
    text_append_byte(&builder, ']');
    return text_builder_text(&builder);
}

/* Compares what is missing, in any order: all that is expected and nothing else. */
static void compare_missing(struct example_comparison *comparison, const struct pack_expectation *expected)
{
    const struct tuoyu_answer *answer = comparison->answer;
    for (size_t i = 0; i < expected->item_count; i++) {
        const struct expected_item *item = &expected->items[i];
        bool is_there = false;
        for (size_t j = 0; j < answer->missing_count; j++)
            is_there |= is_named(answer->missing[j].name, item->id);
        if (!is_there)
            differ(comparison, item->where, TEXT("missing"), item->id, join_missing(comparison));
    }
    for (size_t j = 0; j < answer->missing_count; j++) {
        bool is_expected = false;
        for (size_t i = 0; i < expected->item_count; i++)
            is_expected |= is_named(answer->missing[j].name, expected->items[i].id);
        if (!is_expected)
            differ(comparison, expected->where, TEXT("missing"), TEXT("no more"), answer->missing[j].name);
    }
}

/* Reports an expectation about something that the rule does not have; the comparison is then not passed.
 * `what` says what kind of thing it is. */
static void report_unknown_id(struct example_comparison *comparison, const struct expected_item *item,
                              const char *what)
{
    comparison->passed = false;
    report(comparison->diagnostics, TUOYU_ERROR_UNKNOWN_NAME, item->where, TEXT(""),
           "the rule has no %s `%.*s`", what, TEXT_ARGUMENTS(item->id));
}

/* Compares the steps of a quote that are expected by id; other steps may have any value. Numbers are equal by
 * value, whatever their digits. */
static void compare_steps(struct example_comparison *comparison, const struct pack_expectation *expected)
{
    const struct tuoyu_quote *quote = quote_of(comparison->answer);
    const struct rule *rule = comparison->answer->rule;
    for (size_t i = 0; i < expected->item_count; i++) {
        const struct expected_item *item = &expected->items[i];
        size_t step = 0;
        while (step < rule->step_count && !text_equals(rule->steps[step].id, item->id))
            step++;
        if (step == rule->step_count) {
            report_unknown_id(comparison, item, "step");
            continue;
        }
        struct text got = quote->steps[step].value.length ? quote->steps[step].value : TEXT("null");
        tuoyu_decimal number;
        bool is_equal = item->is_number && decimal_parse(got, &number) == TUOYU_OK
                            ? decimal_compare(item->number, number) == 0
                            : text_equals(item->text, got);
        if (!is_equal)
            differ(comparison, item->where, item->id, item->text, got);
    }
}

/* The expectation for the thing with this id; NULL if nothing is expected of it. */
static const struct expected_item *item_called(const struct pack_expectation *expected, struct text id)
{
    for (size_t i = 0; i < expected->item_count; i++)
        if (text_equals(expected->items[i].id, id))
            return &expected->items[i];
    return NULL;
}

/* The claim with this id in a payout, or NULL. */
static const struct payout_claim *claim_called(const struct tuoyu_answer *answer, struct text id)
{
    const struct tuoyu_payout *payout = payout_of(answer);
    for (size_t i = 0; i < payout->claim_count; i++)
        if (text_equals(payout->claims[i].id, id))
            return &payout->claims[i];
    return NULL;
}

/* A list in a split that is compared line by line: every line is expected by its id, and no other. */
struct expected_lines {
    size_t count;
    struct text (*id_of)(const struct tuoyu_cost_sharing *rule, size_t index);
    struct answer_number (*number_of)(const struct tuoyu_split *split, size_t index);
    const char *what, *one, *every;
};

/* For expected_lines: the id of a payer. */
static struct text payer_id(const struct tuoyu_cost_sharing *rule, size_t index)
{
    return rule->payers[index].id;
}

/* For expected_lines: the id of an instalment. */
static struct text instalment_id(const struct tuoyu_cost_sharing *rule, size_t index)
{
    return rule->instalments[index].id;
}

/* For expected_lines: the share of a payer. */
static struct answer_number line_number(const struct tuoyu_split *split, size_t index)
{
    return split->lines[index];
}

/* For expected_lines: the id of a subsidy. */
static struct text subsidy_id(const struct tuoyu_cost_sharing *rule, size_t index)
{
    return rule->subsidies[index].id;
}

/* For expected_lines: what is paid of a subsidy. */
static struct answer_number subsidy_number(const struct tuoyu_split *split, size_t index)
{
    return split->subsidies[index].amount;
}

/* For expected_lines: the amount of an instalment. */
static struct answer_number instalment_number(const struct tuoyu_split *split, size_t index)
{
    return split->instalments[index].amount;
}

/* Compares a list of a split with the expected items, by id: each line must be expected, and each item must
 * be a line. */
static void compare_lines(struct example_comparison *comparison, const struct pack_expectation *expected,
                          const struct expected_lines *lines)
{
    const struct tuoyu_split *split = split_of(comparison->answer);
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(comparison->answer->rule);
    for (size_t i = 0; i < lines->count; i++) {
        struct text id = lines->id_of(rule, i);
        const struct expected_item *item = item_called(expected, id);
        struct answer_number line = lines->number_of(split, i);
        if (!item) {
            differ(comparison, expected->where, text_of(lines->what, TUOYU_NUL_TERMINATED),
                   text_of(lines->every, TUOYU_NUL_TERMINATED), id);
            continue;
        }
        struct pack_expectation share = {
            .text = item->text, .is_number = item->is_number, .number = item->number, .where = item->where};
        compare_number(comparison, &share, id.bytes, &line);
    }
    for (size_t i = 0; i < expected->item_count; i++) {
        bool is_line = false;
        for (size_t j = 0; j < lines->count; j++)
            is_line |= text_equals(lines->id_of(rule, j), expected->items[i].id);
        if (!is_line)
            report_unknown_id(comparison, &expected->items[i], lines->one);
    }
}

/* The state of the claim (in a payout), or of the instalment or subsidy with this id; NULL if there is
 * none. */
static const char *state_of(const struct tuoyu_answer *answer, struct text id)
{
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(answer->rule);
    if (answer->kind == ANSWER_PAYOUT) {
        const struct payout_claim *claim = claim_called(answer, id);
        return claim ? claim_state_name(claim->state) : NULL;
    }
    const struct tuoyu_split *split = split_of(answer);
    for (size_t i = 0; i < rule->instalment_count; i++)
        if (text_equals(rule->instalments[i].id, id))
            return instalment_state_name(split->instalments[i].state);
    for (size_t i = 0; i < rule->subsidy_count; i++)
        if (text_equals(rule->subsidies[i].id, id))
            return subsidy_state_name(split->subsidies[i].state);
    return NULL;
}

/* Compares the states that are expected by id; others may be any. */
static void compare_states(struct example_comparison *comparison, const struct pack_expectation *expected)
{
    bool is_payout = comparison->answer->kind == ANSWER_PAYOUT;
    for (size_t i = 0; i < expected->item_count; i++) {
        const struct expected_item *item = &expected->items[i];
        const char *state = state_of(comparison->answer, item->id);
        struct text got = text_of(state, TUOYU_NUL_TERMINATED);
        if (!state)
            report_unknown_id(comparison, item, is_payout ? "claim" : "instalment or subsidy");
        else if (!text_equals(got, item->text))
            differ(comparison, item->where, item->id, item->text, got);
    }
}

/* Compares what claims are paid, by id. A claim that is paid something known must be expected. */
static void compare_payments(struct example_comparison *comparison, const struct pack_expectation *expected)
{
    const struct tuoyu_payout *payout = payout_of(comparison->answer);
    for (size_t i = 0; i < expected->item_count; i++) {
        const struct expected_item *item = &expected->items[i];
        const struct payout_claim *claim = claim_called(comparison->answer, item->id);
        struct pack_expectation payment = {
            .text = item->text, .is_number = item->is_number, .number = item->number, .where = item->where};
        if (claim)
            compare_number(comparison, &payment, claim->id.bytes, &claim->paid);
        else
            report_unknown_id(comparison, item, "claim");
    }
    for (size_t i = 0; i < payout->claim_count; i++)
        if (payout->claims[i].paid.is_given && !item_called(expected, payout->claims[i].id))
            differ(comparison, expected->where, TEXT("payments"), TEXT("every claim"), payout->claims[i].id);
}

/* Reports each criterion in the expectation's list that is not decided as `decision`. */
static void compare_criteria(struct example_comparison *comparison, const struct pack_expectation *expected,
                             int32_t decision)
{
    const struct tuoyu_verdict *verdict = verdict_of(comparison->answer);
    const struct tuoyu_eligibility *rule = eligibility_of(comparison->answer->rule);
    for (size_t i = 0; i < expected->item_count; i++) {
        const struct expected_item *item = &expected->items[i];
        size_t index = 0;
        while (index < rule->criterion_count && !text_equals(rule->criteria[index].id, item->id))
            index++;
        if (index == rule->criterion_count)
            report_unknown_id(comparison, item, "criterion");
        else if (verdict->reasons[index] != decision)
            differ(comparison, item->where, item->id, text_of(decision_name(decision), TUOYU_NUL_TERMINATED),
                   text_of(decision_name(verdict->reasons[index]), TUOYU_NUL_TERMINATED));
    }
}

/* ---- What a verdict has beside its decision ---- */

/* The scorecard of the verdict's rule; it has no grades if the rule does not score. */
static const struct scorecard *scorecard_of(const struct tuoyu_verdict *verdict)
{
    return &eligibility_of(verdict->answer.rule)->scorecard;
}

/* The id of the grade; "none" if it is open. */
static const char *only_grade(const struct tuoyu_verdict *verdict)
{
    const struct scorecard *scorecard = scorecard_of(verdict);
    size_t first = scorecard_possible(scorecard, &verdict->score, 0);
    bool is_open = first == SIZE_MAX || scorecard_possible(scorecard, &verdict->score, 1) != SIZE_MAX;
    return is_open ? "none" : scorecard->grades[first].id.bytes;
}

/* Compares the grades that are possible: all of them and no others, the best first. */
static void compare_grades(struct example_comparison *comparison, const struct pack_expectation *expected,
                           const struct tuoyu_verdict *verdict)
{
    const struct scorecard *scorecard = scorecard_of(verdict);
    for (size_t i = 0; i <= expected->item_count; i++) {
        size_t grade = scorecard_possible(scorecard, &verdict->score, i);
        struct text got = grade == SIZE_MAX ? TEXT("none") : scorecard->grades[grade].id;
        struct text want = i < expected->item_count ? expected->items[i].id : TEXT("none");
        if (!text_equals(got, want))
            differ(comparison, expected->where, TEXT("grades"), want, got);
    }
}

/* Compares the last day of a verdict; expected `none` stands for a verdict without one. */
static void compare_valid_until(struct example_comparison *comparison,
                                const struct pack_expectation *expected, const struct tuoyu_verdict *verdict)
{
    char date[11] = "none";
    if (verdict->has_valid_until)
        date_format(verdict->valid_until, date);
    compare_text(comparison, expected, "valid_until", date);
}

/* Compares the states of the items of a checklist that are expected by id; others may be any. */
static void compare_checklist(struct example_comparison *comparison, const struct pack_expectation *expected,
                              const struct tuoyu_verdict *verdict)
{
    const struct tuoyu_eligibility *rule = eligibility_of(verdict->answer.rule);
    for (size_t i = 0; i < expected->item_count; i++) {
        const struct expected_item *item = &expected->items[i];
        size_t index = 0;
        while (index < rule->checklist_count && !text_equals(rule->checklist[index].id, item->id))
            index++;
        if (index == rule->checklist_count) {
            report_unknown_id(comparison, item, "item");
            continue;
        }
        int32_t state = verdict->checklist ? verdict->checklist[index].state : TUOYU_CHECKLIST_OPEN;
        struct text got = text_of(checklist_state_name(state), TUOYU_NUL_TERMINATED);
        if (!text_equals(got, item->text))
            differ(comparison, item->where, item->id, item->text, got);
    }
}

/* ---- By kind ---- */

/* The text as a C string; "none" if its bytes are NULL. */
static const char *bytes_or_none(struct text text)
{
    return text.bytes ? text.bytes : "none";
}

/* Compares one thing that a quote has. Returns false if quotes have nothing with that key. */
static bool compare_quote(struct example_comparison *comparison, const struct pack_expectation *expected)
{
    const struct tuoyu_quote *quote = quote_of(comparison->answer);
    static const char *const COMPLIES[] = {"null", "false", "true"};
    switch (expected->key) {
    case EXPECT_AMOUNT: compare_number(comparison, expected, "amount", &quote->amount); return true;
    case EXPECT_EXCESS: compare_number(comparison, expected, "excess", &quote->excess); return true;
    case EXPECT_SHORTFALL: compare_number(comparison, expected, "shortfall", &quote->shortfall); return true;
    case EXPECT_BINDING:
        compare_text(comparison, expected, "binding", bytes_or_none(quote->binding));
        return true;
    case EXPECT_BREAKS:
        compare_text(comparison, expected, "breaks", bytes_or_none(quote->breaks));
        return true;
    case EXPECT_COMPLIES:
        compare_text(comparison, expected, "complies", COMPLIES[quote->complies + 1]);
        return true;
    case EXPECT_STEPS: compare_steps(comparison, expected); return true;
    default: return false;
    }
}

/* Compares one thing that a split has. Returns false if splits have nothing with that key. */
static bool compare_split(struct example_comparison *comparison, const struct pack_expectation *expected)
{
    const struct tuoyu_split *split = split_of(comparison->answer);
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(comparison->answer->rule);
    switch (expected->key) {
    case EXPECT_WHOLE: compare_number(comparison, expected, "whole", &split->whole); return true;
    case EXPECT_BINDING:
        compare_text(comparison, expected, "binding", bytes_or_none(split->binding));
        return true;
    case EXPECT_SHARES:
        compare_lines(comparison, expected,
                      &(struct expected_lines){rule->payer_count, payer_id, line_number, "shares", "payer",
                                               "every payer"});
        return true;
    case EXPECT_SUBSIDIES:
        compare_lines(comparison, expected,
                      &(struct expected_lines){rule->subsidy_count, subsidy_id, subsidy_number, "subsidies",
                                               "subsidy", "every subsidy"});
        return true;
    case EXPECT_INSTALMENTS:
        compare_lines(comparison, expected,
                      &(struct expected_lines){rule->instalment_count, instalment_id, instalment_number,
                                               "instalments", "instalment", "every instalment"});
        return true;
    case EXPECT_STATES: compare_states(comparison, expected); return true;
    case EXPECT_ENTITLED: compare_number(comparison, expected, "entitled", &split->entitled); return true;
    case EXPECT_CLAW_BACK: compare_number(comparison, expected, "claw_back", &split->claw_back); return true;
    case EXPECT_PAYABLE: compare_number(comparison, expected, "payable", &split->payable); return true;
    default: return false;
    }
}

/* Compares one thing that a payout has. Returns false if payouts have nothing with that key. */
static bool compare_payout(struct example_comparison *comparison, const struct pack_expectation *expected)
{
    const struct tuoyu_payout *payout = payout_of(comparison->answer);
    switch (expected->key) {
    case EXPECT_PAYMENTS: compare_payments(comparison, expected); return true;
    case EXPECT_STATES: compare_states(comparison, expected); return true;
    case EXPECT_LEFT: compare_number(comparison, expected, "left", &payout->left); return true;
    case EXPECT_UNPAID: compare_number(comparison, expected, "unpaid", &payout->unpaid); return true;
    case EXPECT_OVERSPENT: compare_number(comparison, expected, "overspent", &payout->overspent); return true;
    default: return false;
    }
}

/* The names of a set's members, joined by commas, in the scratch arena. Bit i of `set` stands for member
 * i. */
static struct text join_set(struct example_comparison *comparison, uint64_t set,
                            struct text (*name_of)(const struct tuoyu_verdict *, size_t))
{
    struct text_builder builder;
    text_builder_init_arena(&builder, &comparison->scratch);
    text_append(&builder, TEXT(""));
    for (size_t i = 0; i < MOST_SET_MEMBERS; i++) {
        if (!(set >> i & 1))
            continue;
        if (builder.length)
            text_append(&builder, TEXT(", "));
        text_append(&builder, name_of(verdict_of(comparison->answer), i));
    }
    return text_builder_text(&builder);
}

/* Compares sets, in any order; name_of gives the names of their members. */
static void compare_sets(struct example_comparison *comparison, const struct pack_expectation *expected,
                         const struct verdict_sets *sets, const char *what,
                         struct text (*name_of)(const struct tuoyu_verdict *, size_t))
{
    struct text label = text_of(what, TUOYU_NUL_TERMINATED);
    for (size_t i = 0; i < sets->count; i++) {
        struct text got = join_set(comparison, sets->sets[i], name_of);
        if (!item_called(expected, got))
            differ(comparison, expected->where, label, TEXT("no more"), got);
    }
    for (size_t i = 0; i < expected->item_count; i++) {
        bool is_there = false;
        for (size_t j = 0; j < sets->count; j++)
            is_there |= text_equals(join_set(comparison, sets->sets[j], name_of), expected->items[i].id);
        if (!is_there)
            differ(comparison, expected->items[i].where, label, expected->items[i].id, TEXT("other sets"));
    }
}

/* Compares one thing that a verdict has. Returns false if verdicts have nothing with that key. */
static bool compare_verdict(struct example_comparison *comparison, const struct pack_expectation *expected)
{
    const struct tuoyu_verdict *verdict = verdict_of(comparison->answer);
    switch (expected->key) {
    case EXPECT_DECISION:
        compare_text(comparison, expected, "decision", decision_name(verdict->decision));
        return true;
    case EXPECT_EXCEPTION:
        compare_text(comparison, expected, "exception",
                     verdict->exception ? verdict->exception->id.bytes : "none");
        return true;
    case EXPECT_DECIDING:
        compare_sets(comparison, expected, &verdict->deciding, "deciding", verdict_fact_name);
        return true;
    case EXPECT_TO_BECOME_ELIGIBLE:
        compare_sets(comparison, expected, &verdict->to_become_eligible, "to_become_eligible",
                     verdict_criterion_id);
        return true;
    case EXPECT_SCORE: compare_number(comparison, expected, "score", &verdict->score.score); return true;
    case EXPECT_LOWER: compare_number(comparison, expected, "lower", &verdict->score.lower); return true;
    case EXPECT_UPPER: compare_number(comparison, expected, "upper", &verdict->score.upper); return true;
    case EXPECT_GRADE: compare_text(comparison, expected, "grade", only_grade(verdict)); return true;
    case EXPECT_GRADES: compare_grades(comparison, expected, verdict); return true;
    case EXPECT_VALID_UNTIL: compare_valid_until(comparison, expected, verdict); return true;
    case EXPECT_STATES: compare_checklist(comparison, expected, verdict); return true;
    case EXPECT_CRITERIA_MET: compare_criteria(comparison, expected, TUOYU_ELIGIBLE); return true;
    case EXPECT_CRITERIA_UNMET: compare_criteria(comparison, expected, TUOYU_INELIGIBLE); return true;
    case EXPECT_CRITERIA_UNKNOWN:
        compare_criteria(comparison, expected, TUOYU_DECISION_UNDETERMINED);
        return true;
    default: return false;
    }
}

/* Compares one thing that a measure has. Returns false if measures have nothing with that key. */
static bool compare_measure(struct example_comparison *comparison, const struct pack_expectation *expected)
{
    const struct tuoyu_measure *measure = measure_of(comparison->answer);
    static const char *const MET[] = {"unknown", "false", "true"};
    struct answer_number unknown = {.is_given = true, .number = decimal_from_integer(measure->unknown)};
    switch (expected->key) {
    case EXPECT_VALUE: compare_number(comparison, expected, "value", &measure->value); return true;
    case EXPECT_TARGET: compare_number(comparison, expected, "target", &measure->target); return true;
    case EXPECT_TARGET_MET: compare_text(comparison, expected, "met", MET[measure->met + 1]); return true;
    case EXPECT_DISTANCE: compare_number(comparison, expected, "distance", &measure->distance); return true;
    case EXPECT_NUMERATOR:
        compare_number(comparison, expected, "numerator", &measure->numerator);
        return true;
    case EXPECT_DENOMINATOR:
        compare_number(comparison, expected, "denominator", &measure->denominator);
        return true;
    case EXPECT_LOWER: compare_number(comparison, expected, "lower", &measure->lower); return true;
    case EXPECT_UPPER: compare_number(comparison, expected, "upper", &measure->upper); return true;
    case EXPECT_UNKNOWN_ROWS: compare_number(comparison, expected, "unknown", &unknown); return true;
    default: return false;
    }
}

/* How each kind of answer is compared, beside what all kinds have. */
static const struct {
    const char *words; /* the words that messages use for such an answer */
    /* returns false if the kind of answer has nothing with that key */
    bool (*compare)(struct example_comparison *comparison, const struct pack_expectation *expected);
} COMPARED[] = {
    [TUOYU_RULE_PRICING] = {"a quote", compare_quote},
    [TUOYU_RULE_COST_SHARING] = {"a split", compare_split},
    [TUOYU_RULE_ELIGIBILITY] = {"a verdict", compare_verdict},
    [TUOYU_RULE_INDICATOR] = {"a measure", compare_measure},
    [ANSWER_PAYOUT] = {"a payout", compare_payout},
};
static_assert(sizeof COMPARED / sizeof *COMPARED == ANSWER_KIND_COUNT, "each kind of answer is compared");

/* Compares one expectation, of whatever key. A key that this kind of answer does not have is reported and not
 * passed. */
static void compare_expected(struct example_comparison *comparison, const struct pack_expectation *expected)
{
    const struct tuoyu_answer *answer = comparison->answer;
    switch (expected->key) {
    case EXPECT_OUTCOME: compare_text(comparison, expected, "outcome", outcome_name(answer->outcome)); return;
    case EXPECT_MISSING: compare_missing(comparison, expected); return;
    case EXPECT_STANDING:
        compare_text(comparison, expected, "standing", standing_name(answer->standing));
        return;
    case EXPECT_ERROR:
        /* Packs of 0.1 say so of a rule that is not in force, which was an error then. */
        if (expected->error == TUOYU_ERROR_NOT_IN_FORCE && answer->outcome == TUOYU_NOT_IN_FORCE)
            return;
        differ(comparison, expected->where, TEXT("error"), expected->text, TEXT("an answer"));
        return;
    default: break;
    }
    if (COMPARED[answer->kind].compare(comparison, expected))
        return;
    comparison->passed = false;
    report(comparison->diagnostics, TUOYU_ERROR_PACK, expected->where, TEXT(""),
           "%s has nothing of that name", COMPARED[answer->kind].words);
}

/* ---- The whole ---- */

bool example_compare_error(const struct pack_example *example, tuoyu_status status,
                           const tuoyu_diagnostics *found, tuoyu_diagnostics *diagnostics)
{
    bool passed = true;
    for (size_t i = 0; i < example->expect_count; i++) {
        const struct pack_expectation *expected = &example->expect[i];
        if (expected->key == EXPECT_ERROR && expected->error == status)
            continue;
        passed = false;
        report(diagnostics, status, expected->where, TEXT(""), "expected %.*s, got the error %s",
               TEXT_ARGUMENTS(expected->text.length ? expected->text : TEXT("an answer")),
               tuoyu_status_name(status));
    }
    if (!passed)
        diagnostics_append(diagnostics, found);
    return passed;
}

bool example_compare_answer(const struct pack_example *example, const struct tuoyu_answer *answer,
                            tuoyu_diagnostics *diagnostics)
{
    struct example_comparison comparison = {.answer = answer, .passed = true, .diagnostics = diagnostics};
    arena_init(&comparison.scratch, &answer->arena.allocator);
    for (size_t i = 0; i < example->expect_count; i++)
        compare_expected(&comparison, &example->expect[i]);
    arena_free(&comparison.scratch);
    return comparison.passed;
}
