/* SPDX-License-Identifier: Apache-2.0 */
/* The table of members by kind of rule, and how each is read from an answer. */
#include "table/answer_member.h"

#include "explain/decisive_criteria.h"
#include "explain/explanation.h"
#include "rules/rule_kind.h"
#include "rules/scorecard.h"

/* ---- Values ---- */

static struct member_value number_value(const struct answer_number *number)
{
    return (struct member_value){.is_given = number->is_given, .number = number->number};
}

/* A text with bytes NULL is not given. */
static struct member_value text_value(struct text text)
{
    return (struct member_value){.is_given = text.bytes != NULL, .text = text};
}

/* A text that is given also where it is empty. */
static struct member_value text_or_empty(struct text text)
{
    return text_value(text.length ? text : TEXT(""));
}

static struct member_value word_value(const char *word)
{
    return text_value(text_of(word, TUOYU_NUL_TERMINATED));
}

static struct member_value date_value(bool is_given, int32_t date)
{
    return (struct member_value){.is_given = is_given, .date = date};
}

static const struct member_value NOT_GIVEN = {.is_given = false};

/* The nearest day on which a rule is in force that is not in force now, where it lies on the asked side. */
static struct member_value nearest_day(const struct tuoyu_answer *answer, bool is_on_side)
{
    bool is_given = is_on_side && answer->outcome == TUOYU_NOT_IN_FORCE;
    return date_value(is_given, is_given ? rule_nearest_day(answer->rule, answer->as_of) : 0);
}

/* ---- All kinds ---- */

/* Writes the sentence of a criterion or, where it has none, its id. */
static void write_criterion(const struct display *display, const struct criterion *criterion)
{
    if (criterion->because.zh.bytes || criterion->because.en.bytes)
        display_localised(display, &criterion->because);
    else
        text_append(display->builder, criterion->id);
}

/* Begins a clause of the sentence about why a verdict is not eligible. */
static void begin_unmet(const struct display *display)
{
    bool is_first = display->builder->length == 0;
    display_words(display, is_first ? "不符合：" : "；不符合：", is_first ? "not met: " : "; not met: ");
}

/* Writes a criterion that is not met. */
static void write_unmet(void *context, const struct criterion *criterion, bool must_not_hold)
{
    const struct display *display = context;
    begin_unmet(display);
    write_criterion(display, criterion);
    if (must_not_hold)
        display_words(display, "（不得有，现有）", " (must not be so, but is)");
}

/* Writes the exception that makes a verdict ineligible. */
static void write_exception(const struct display *display, const struct criterion *exception)
{
    display_words(display, "例外：", "by an exception: ");
    write_criterion(display, exception);
}

/* Writes why a verdict is not eligible: the exception that decided, or what is not met. */
static void write_refusal(struct display *display, const struct tuoyu_verdict *verdict)
{
    if (verdict->decision != TUOYU_INELIGIBLE)
        return;
    if (verdict->exception)
        write_exception(display, verdict->exception);
    else
        decisive_criteria(verdict, TUOYU_INELIGIBLE, write_unmet, display);
}

/* What is missing, by labels. */
static void write_missing(const struct display *display, const struct tuoyu_answer *answer)
{
    display_words(display, "缺少：", "missing: ");
    for (size_t i = 0; i < answer->missing_count; i++) {
        if (i)
            display_words(display, "、", ", ");
        display_missing_name(display, answer, i);
    }
}

/* One sentence of why the answer is as it is; null where there is nothing to say. */
static struct member_value reasons_in(const struct tuoyu_answer *answer, bool is_english,
                                      struct text_builder *builder)
{
    struct display display = {.builder = builder, .policy = answer->rule->policy, .is_english = is_english};
    builder->length = 0;
    if (answer->outcome == TUOYU_NOT_APPLICABLE)
        display_words(&display, "不适用", "does not apply");
    else if (answer->outcome == TUOYU_NOT_IN_FORCE)
        display_not_in_force(&display, answer);
    else if (answer->outcome == TUOYU_UNDETERMINED)
        write_missing(&display, answer);
    else if (answer->kind == TUOYU_RULE_ELIGIBILITY)
        write_refusal(&display, verdict_of(answer));
    return builder->length ? text_value(text_builder_text(builder)) : NOT_GIVEN;
}

static struct member_value read_reasons_zh(const struct tuoyu_answer *answer, size_t index,
                                           struct text_builder *builder)
{
    (void)index;
    return reasons_in(answer, false, builder);
}

static struct member_value read_reasons_en(const struct tuoyu_answer *answer, size_t index,
                                           struct text_builder *builder)
{
    (void)index;
    return reasons_in(answer, true, builder);
}

/* Whether the rule's `when` holds; null where that is not known, or cannot be told from what else is missing.
 */
static struct member_value read_applies(const struct tuoyu_answer *answer, size_t index,
                                        struct text_builder *builder)
{
    (void)index, (void)builder;
    bool always = answer->rule->when == SLOT_NONE;
    return (struct member_value){.is_given = always || answer->outcome != TUOYU_UNDETERMINED,
                                 .boolean = !answer_is_silent(answer)};
}

/* Defines the function that reads a member as the expression says, from the answer as its kind (quote, split
 * or verdict) and the index of the part. */
#define READ(name, kind, expression)                                                        \
    static struct member_value read_##name(const struct tuoyu_answer *answer, size_t index, \
                                           struct text_builder *builder)                    \
    {                                                                                       \
        const struct tuoyu_##kind *kind = kind##_of(answer);                                \
        (void)index, (void)builder;                                                         \
        return expression;                                                                  \
    }

/* The word for the kind of an answer. */
static const char *kind_word(const struct tuoyu_answer *answer)
{
    static const char *const WORDS[RULE_KIND_COUNT] = {[TUOYU_RULE_PRICING] = "quote",
                                                       [TUOYU_RULE_COST_SHARING] = "split",
                                                       [TUOYU_RULE_ELIGIBILITY] = "verdict"};
    return WORDS[answer->kind];
}

/* Defines the function that reads a member of every kind of answer as the expression says. */
#define READ_ANY(name, expression)                                                          \
    static struct member_value read_##name(const struct tuoyu_answer *answer, size_t index, \
                                           struct text_builder *builder)                    \
    {                                                                                       \
        (void)index, (void)builder;                                                         \
        return expression;                                                                  \
    }

/* A text that is not given where it is empty. */
static struct member_value filled_value(struct text text)
{
    return text.length ? text_value(text) : NOT_GIVEN;
}

READ_ANY(kind, word_value(kind_word(answer)))
READ_ANY(rule, text_value(answer->rule->full_name))
READ_ANY(in_force_from, nearest_day(answer, answer->as_of < answer->rule->first_day))
READ_ANY(in_force_until, nearest_day(answer, answer->as_of > answer->rule->last_day))
READ_ANY(as_of, date_value(true, answer->as_of))
READ_ANY(outcome, word_value(outcome_name(answer->outcome)))
READ_ANY(standing, word_value(standing_name(answer->standing)))
READ_ANY(unit, text_value(answer->rule->unit))

/* ---- Pricing ---- */

READ(amount, quote, number_value(&quote->amount))

/* Whether the fee complies; null where there is none, or where it cannot be told. */
static struct member_value read_complies(const struct tuoyu_answer *answer, size_t index,
                                         struct text_builder *builder)
{
    int32_t complies = quote_of(answer)->complies;
    (void)index, (void)builder;
    return (struct member_value){.is_given = complies >= 0, .boolean = complies == 1};
}

/* The limit of a bound that is an upper one, or else null; and the other way round below. */
static struct member_value limit_value(const struct bound *bound, const struct bound_reading *reading,
                                       bool is_upper)
{
    return bound->is_upper == is_upper ? number_value(&reading->limit) : NOT_GIVEN;
}

/* The bounds that the rule of an answer has. */
static const struct bound *bounds_of(const struct tuoyu_answer *answer)
{
    return answer->kind == TUOYU_RULE_PRICING ? pricing_of(answer->rule)->bounds
                                              : cost_sharing_of(answer->rule)->bounds;
}

READ(quote_at_most, quote, limit_value(&bounds_of(answer)[index], &quote->bounds[index], true))
READ(quote_at_least, quote, limit_value(&bounds_of(answer)[index], &quote->bounds[index], false))
READ(quote_laid_down, quote, number_value(&quote->bounds[index].laid_down))
READ(quote_used, quote, number_value(&quote->bounds[index].used))

READ(charged, quote, number_value(&quote->charged))
READ(excess, quote, number_value(&quote->excess))
READ(shortfall, quote, number_value(&quote->shortfall))
READ(at_most, quote, number_value(&quote->at_most))
READ(at_least, quote, number_value(&quote->at_least))
READ(quote_binding, quote, text_value(quote->binding))
READ(breaks, quote, text_value(quote->breaks))
READ(quote_bound, quote, number_value(&quote->bounds[index].limit))
READ(step, quote, filled_value(quote->steps[index].value))
READ(step_unit, quote, ((void)quote, filled_value(answer->rule->steps[index].unit)))

static size_t step_count(const struct rule *rule)
{
    return rule->step_count;
}

static struct text step_id(const struct rule *rule, size_t index)
{
    return rule->steps[index].id;
}

static size_t quote_bound_count(const struct rule *rule)
{
    return pricing_of(rule)->bound_count;
}

static struct text quote_bound_id(const struct rule *rule, size_t index)
{
    return pricing_of(rule)->bounds[index].id;
}

/* ---- Cost-sharing ---- */

READ(whole, split, number_value(&split->whole))
READ(payer, split, number_value(&split->lines[index]))
READ(split_at_most, split, limit_value(&bounds_of(answer)[index], &split->bounds[index], true))
READ(split_at_least, split, limit_value(&bounds_of(answer)[index], &split->bounds[index], false))
READ(split_laid_down, split, number_value(&split->bounds[index].laid_down))
READ(split_used, split, number_value(&split->bounds[index].used))
READ(before_bounds, split, number_value(&split->before_bounds))
READ(entitled, split, number_value(&split->entitled))
READ(paid, split, number_value(&split->paid))
READ(claw_back, split, number_value(&split->claw_back))
READ(payable, split, number_value(&split->payable))
READ(split_binding, split, text_value(split->binding))
READ(split_bound, split, number_value(&split->bounds[index].limit))
READ(instalment, split, number_value(&split->instalments[index].amount))
READ(instalment_due, split, date_value(split->instalments[index].has_due, split->instalments[index].due))
READ(instalment_state, split, word_value(instalment_state_name(split->instalments[index].state)))
READ(subsidy, split, number_value(&split->subsidies[index].amount))
READ(subsidy_claimed, split, number_value(&split->subsidies[index].claimed))
READ(subsidy_state, split, word_value(subsidy_state_name(split->subsidies[index].state)))

READ(subsidy_by, split, split->subsidies[index].by ? text_value(split->subsidies[index].by->id) : NOT_GIVEN)

/* The subsidy that is paid in the place of this one. */
static struct member_value read_subsidy_instead(const struct tuoyu_answer *answer, size_t index,
                                                struct text_builder *builder)
{
    const struct split_subsidy *subsidy = &split_of(answer)->subsidies[index];
    (void)builder;
    if (!subsidy->by || subsidy->instead == SIZE_MAX)
        return NOT_GIVEN;
    return text_value(cost_sharing_of(answer->rule)->subsidies[subsidy->instead].id);
}

static size_t payer_count(const struct rule *rule)
{
    return cost_sharing_of(rule)->payer_count;
}

static struct text payer_id(const struct rule *rule, size_t index)
{
    return cost_sharing_of(rule)->payers[index].id;
}

static size_t split_bound_count(const struct rule *rule)
{
    return cost_sharing_of(rule)->bound_count;
}

static struct text split_bound_id(const struct rule *rule, size_t index)
{
    return cost_sharing_of(rule)->bounds[index].id;
}

static size_t instalment_count(const struct rule *rule)
{
    return cost_sharing_of(rule)->instalment_count;
}

static struct text instalment_id(const struct rule *rule, size_t index)
{
    return cost_sharing_of(rule)->instalments[index].id;
}

static size_t subsidy_count(const struct rule *rule)
{
    return cost_sharing_of(rule)->subsidy_count;
}

static struct text subsidy_id(const struct rule *rule, size_t index)
{
    return cost_sharing_of(rule)->subsidies[index].id;
}

/* ---- Eligibility ---- */

/* Null where the decision is neither. */
static struct member_value read_eligible(const struct tuoyu_answer *answer, size_t index,
                                         struct text_builder *builder)
{
    (void)index, (void)builder;
    int32_t decision = verdict_of(answer)->decision;
    return (struct member_value){.is_given = decision == TUOYU_ELIGIBLE || decision == TUOYU_INELIGIBLE,
                                 .boolean = decision == TUOYU_ELIGIBLE};
}

/* Adds the id of a criterion, with a space before it unless it is the first. */
static void add_unmet_id(void *context, const struct criterion *criterion, bool must_not_hold)
{
    struct text_builder *builder = context;
    (void)must_not_hold;
    if (builder->length)
        text_append_byte(builder, ' ');
    text_append(builder, criterion->id);
}

/* The ids of the criteria that an ineligible verdict comes from, a space between; empty for other verdicts,
 * and where an exception decided. */
static struct member_value read_unmet(const struct tuoyu_answer *answer, size_t index,
                                      struct text_builder *builder)
{
    const struct tuoyu_verdict *verdict = verdict_of(answer);
    (void)index;
    builder->length = 0;
    if (verdict->decision == TUOYU_INELIGIBLE && !verdict->exception)
        decisive_criteria(verdict, TUOYU_INELIGIBLE, add_unmet_id, builder);
    text_append(builder, TEXT(""));
    return text_value(text_builder_text(builder));
}

/* The grade, where only one is possible. */
static struct member_value read_grade(const struct tuoyu_answer *answer, size_t index,
                                      struct text_builder *builder)
{
    const struct verdict_score *score = &verdict_of(answer)->score;
    const struct scorecard *scorecard = &eligibility_of(answer->rule)->scorecard;
    (void)index, (void)builder;
    if (!score->points || scorecard->grade_count == 0)
        return NOT_GIVEN;
    size_t best = scorecard_possible(scorecard, score, 0);
    bool is_only = best != SIZE_MAX && scorecard_possible(scorecard, score, 1) == SIZE_MAX;
    return is_only ? text_value(scorecard->grades[best].id) : NOT_GIVEN;
}

/* A word where the criterion overrides the decision; else null. */
static struct member_value overrides_value(const struct criterion *criterion)
{
    return criterion->overrides ? word_value(decision_name(criterion->overrides)) : NOT_GIVEN;
}

/* The criterion of the rule of a verdict with this index. */
static const struct criterion *criterion_of(const struct tuoyu_verdict *verdict, size_t index)
{
    return &eligibility_of(verdict->answer.rule)->criteria[index];
}

/* A day of an item of the checklist; null where the rule does not apply. */
#define READ_CHECKLIST(name)                                                                    \
    READ(checklist_##name, verdict,                                                             \
         verdict->checklist                                                                     \
             ? date_value(verdict->checklist[index].has_##name, verdict->checklist[index].name) \
             : NOT_GIVEN)
READ_CHECKLIST(done)
READ_CHECKLIST(from)
READ_CHECKLIST(due)
READ(checklist_state, verdict,
     verdict->checklist ? word_value(checklist_state_name(verdict->checklist[index].state)) : NOT_GIVEN)
READ(decision, verdict, word_value(decision_name(verdict->decision)))
READ(exception, verdict, verdict->exception ? text_value(verdict->exception->id) : NOT_GIVEN)
READ(score_lower, verdict, number_value(&verdict->score.lower))
READ(score_upper, verdict, number_value(&verdict->score.upper))
READ(criterion_citation, verdict, text_or_empty(criterion_of(verdict, index)->citation.text))
READ(criterion_overrides, verdict, overrides_value(criterion_of(verdict, index)))
READ(because_zh, verdict, text_value(criterion_of(verdict, index)->because.zh))
READ(because_en, verdict, text_value(criterion_of(verdict, index)->because.en))
READ(criterion, verdict, word_value(decision_name(verdict->reasons[index])))
READ(score, verdict, number_value(&verdict->score.score))
READ(points, verdict, verdict->score.points ? number_value(&verdict->score.points[index]) : NOT_GIVEN)
READ(valid_until, verdict, date_value(verdict->has_valid_until, verdict->valid_until))

static size_t criterion_count(const struct rule *rule)
{
    return eligibility_of(rule)->criterion_count;
}

static struct text criterion_id(const struct rule *rule, size_t index)
{
    return eligibility_of(rule)->criteria[index].id;
}

static size_t checklist_count(const struct rule *rule)
{
    return eligibility_of(rule)->checklist_count;
}

static struct text checklist_id(const struct rule *rule, size_t index)
{
    return eligibility_of(rule)->checklist[index].id;
}

static size_t item_count(const struct rule *rule)
{
    return eligibility_of(rule)->scorecard.item_count;
}

static struct text item_id(const struct rule *rule, size_t index)
{
    return eligibility_of(rule)->scorecard.items[index].id;
}

/* ---- The table ---- */

/* Names of members: `head` alone, or head.ID or head.ID.tail for each part with an id. */
struct member_row {
    const char *head, *tail; /* tail NULL: none */
    enum member_type type;
    struct member_value (*read)(const struct tuoyu_answer *answer, size_t index,
                                struct text_builder *builder);
    size_t (*count)(const struct rule *rule); /* NULL: the member has no parts */
    struct text (*id)(const struct rule *rule, size_t index);
};

static const struct member_row ALL_KINDS[] = {
    {"kind", NULL, MEMBER_TEXT, read_kind, NULL, NULL},
    {"rule", NULL, MEMBER_TEXT, read_rule, NULL, NULL},
    {"as_of", NULL, MEMBER_DATE, read_as_of, NULL, NULL},
    {"outcome", NULL, MEMBER_TEXT, read_outcome, NULL, NULL},
    {"in_force_from", NULL, MEMBER_DATE, read_in_force_from, NULL, NULL},
    {"in_force_until", NULL, MEMBER_DATE, read_in_force_until, NULL, NULL},
    {"standing", NULL, MEMBER_TEXT, read_standing, NULL, NULL},
    {"applies", NULL, MEMBER_BOOLEAN, read_applies, NULL, NULL},
    {"reasons.zh", NULL, MEMBER_TEXT, read_reasons_zh, NULL, NULL},
    {"reasons.en", NULL, MEMBER_TEXT, read_reasons_en, NULL, NULL},
    {NULL, NULL, MEMBER_TEXT, NULL, NULL, NULL},
};
static const struct member_row OF_PRICING[] = {
    {"unit", NULL, MEMBER_TEXT, read_unit, NULL, NULL},
    {"amount", NULL, MEMBER_NUMBER, read_amount, NULL, NULL},
    {"complies", NULL, MEMBER_BOOLEAN, read_complies, NULL, NULL},
    {"charged", NULL, MEMBER_NUMBER, read_charged, NULL, NULL},
    {"excess", NULL, MEMBER_NUMBER, read_excess, NULL, NULL},
    {"shortfall", NULL, MEMBER_NUMBER, read_shortfall, NULL, NULL},
    {"at_most", NULL, MEMBER_NUMBER, read_at_most, NULL, NULL},
    {"at_least", NULL, MEMBER_NUMBER, read_at_least, NULL, NULL},
    {"binding", NULL, MEMBER_TEXT, read_quote_binding, NULL, NULL},
    {"breaks", NULL, MEMBER_TEXT, read_breaks, NULL, NULL},
    {"bounds", NULL, MEMBER_NUMBER, read_quote_bound, quote_bound_count, quote_bound_id},
    {"steps", NULL, MEMBER_TEXT, read_step, step_count, step_id},
    {"bounds", "at_most", MEMBER_NUMBER, read_quote_at_most, quote_bound_count, quote_bound_id},
    {"bounds", "at_least", MEMBER_NUMBER, read_quote_at_least, quote_bound_count, quote_bound_id},
    {"bounds", "laid_down", MEMBER_NUMBER, read_quote_laid_down, quote_bound_count, quote_bound_id},
    {"bounds", "used", MEMBER_NUMBER, read_quote_used, quote_bound_count, quote_bound_id},
    {"steps", "value", MEMBER_TEXT, read_step, step_count, step_id},
    {"steps", "unit", MEMBER_TEXT, read_step_unit, step_count, step_id},
    {NULL, NULL, MEMBER_TEXT, NULL, NULL, NULL},
};
static const struct member_row OF_COST_SHARING[] = {
    {"unit", NULL, MEMBER_TEXT, read_unit, NULL, NULL},
    {"whole", NULL, MEMBER_AMOUNT, read_whole, NULL, NULL},
    {"payers", NULL, MEMBER_AMOUNT, read_payer, payer_count, payer_id},
    {"before_bounds", NULL, MEMBER_NUMBER, read_before_bounds, NULL, NULL},
    {"binding", NULL, MEMBER_TEXT, read_split_binding, NULL, NULL},
    {"bounds", NULL, MEMBER_NUMBER, read_split_bound, split_bound_count, split_bound_id},
    {"entitled", NULL, MEMBER_AMOUNT, read_entitled, NULL, NULL},
    {"paid", NULL, MEMBER_AMOUNT, read_paid, NULL, NULL},
    {"claw_back", NULL, MEMBER_AMOUNT, read_claw_back, NULL, NULL},
    {"payable", NULL, MEMBER_AMOUNT, read_payable, NULL, NULL},
    {"instalments", NULL, MEMBER_AMOUNT, read_instalment, instalment_count, instalment_id},
    {"instalments", "due", MEMBER_DATE, read_instalment_due, instalment_count, instalment_id},
    {"instalments", "state", MEMBER_TEXT, read_instalment_state, instalment_count, instalment_id},
    {"subsidies", NULL, MEMBER_AMOUNT, read_subsidy, subsidy_count, subsidy_id},
    {"subsidies", "claimed", MEMBER_AMOUNT, read_subsidy_claimed, subsidy_count, subsidy_id},
    {"subsidies", "state", MEMBER_TEXT, read_subsidy_state, subsidy_count, subsidy_id},
    {"subsidies", "amount", MEMBER_AMOUNT, read_subsidy, subsidy_count, subsidy_id},
    {"subsidies", "by", MEMBER_TEXT, read_subsidy_by, subsidy_count, subsidy_id},
    {"subsidies", "instead", MEMBER_TEXT, read_subsidy_instead, subsidy_count, subsidy_id},
    {"instalments", "amount", MEMBER_AMOUNT, read_instalment, instalment_count, instalment_id},
    {"bounds", "at_most", MEMBER_NUMBER, read_split_at_most, split_bound_count, split_bound_id},
    {"bounds", "at_least", MEMBER_NUMBER, read_split_at_least, split_bound_count, split_bound_id},
    {"bounds", "laid_down", MEMBER_NUMBER, read_split_laid_down, split_bound_count, split_bound_id},
    {"bounds", "used", MEMBER_NUMBER, read_split_used, split_bound_count, split_bound_id},
    {NULL, NULL, MEMBER_TEXT, NULL, NULL, NULL},
};
static const struct member_row OF_ELIGIBILITY[] = {
    {"decision", NULL, MEMBER_TEXT, read_decision, NULL, NULL},
    {"exception", NULL, MEMBER_TEXT, read_exception, NULL, NULL},
    {"score_lower", NULL, MEMBER_NUMBER, read_score_lower, NULL, NULL},
    {"score_upper", NULL, MEMBER_NUMBER, read_score_upper, NULL, NULL},
    {"eligible", NULL, MEMBER_BOOLEAN, read_eligible, NULL, NULL},
    {"unmet", NULL, MEMBER_TEXT, read_unmet, NULL, NULL},
    {"score", NULL, MEMBER_NUMBER, read_score, NULL, NULL},
    {"grade", NULL, MEMBER_TEXT, read_grade, NULL, NULL},
    {"valid_until", NULL, MEMBER_DATE, read_valid_until, NULL, NULL},
    {"criteria", NULL, MEMBER_TEXT, read_criterion, criterion_count, criterion_id},
    {"criteria", "decision", MEMBER_TEXT, read_criterion, criterion_count, criterion_id},
    {"criteria", "citation", MEMBER_TEXT, read_criterion_citation, criterion_count, criterion_id},
    {"criteria", "because.zh", MEMBER_TEXT, read_because_zh, criterion_count, criterion_id},
    {"criteria", "because.en", MEMBER_TEXT, read_because_en, criterion_count, criterion_id},
    {"criteria", "overrides", MEMBER_TEXT, read_criterion_overrides, criterion_count, criterion_id},
    {"checklist", "state", MEMBER_TEXT, read_checklist_state, checklist_count, checklist_id},
    {"checklist", "done", MEMBER_DATE, read_checklist_done, checklist_count, checklist_id},
    {"checklist", "from", MEMBER_DATE, read_checklist_from, checklist_count, checklist_id},
    {"checklist", "due", MEMBER_DATE, read_checklist_due, checklist_count, checklist_id},
    {"points", NULL, MEMBER_NUMBER, read_points, item_count, item_id},
    {NULL, NULL, MEMBER_TEXT, NULL, NULL, NULL},
};

/* By kind of rule; NULL: the kind has none of its own. */
static const struct member_row *const MEMBERS[RULE_KIND_COUNT] = {
    [TUOYU_RULE_PRICING] = OF_PRICING,
    [TUOYU_RULE_COST_SHARING] = OF_COST_SHARING,
    [TUOYU_RULE_ELIGIBILITY] = OF_ELIGIBILITY,
};

/* ---- Finding ---- */

/* The name of a row of the table for the part at this index; without memory an empty text. */
static struct text name_of_part(const struct member_row *row, const struct rule *rule, size_t index,
                                struct arena *arena)
{
    if (!row->count)
        return text_of(row->head, TUOYU_NUL_TERMINATED);
    struct text id = row->id(rule, index);
    struct text name = text_format(arena, "%s.%.*s%s%s", row->head, TEXT_ARGUMENTS(id), row->tail ? "." : "",
                                   row->tail ? row->tail : "");
    return name.bytes ? name : TEXT("");
}

/* Looks for a member among those of a table, or, if nearest is not NULL, for the one most like it. */
static bool find_in(const struct member_row *rows, const struct rule *rule, struct text name,
                    struct arena *arena, struct answer_member *out, struct text *nearest)
{
    size_t distance = SIZE_MAX;
    for (const struct member_row *row = rows; row->head; row++) {
        size_t count = row->count ? row->count(rule) : 1;
        for (size_t i = 0; i < count; i++) {
            struct text candidate = name_of_part(row, rule, i, arena);
            if (nearest)
                text_nearest(name, candidate, nearest, &distance);
            if (!text_equals(name, candidate))
                continue;
            *out =
                (struct answer_member){.name = candidate, .type = row->type, .index = i, .read = row->read};
            return true;
        }
    }
    return false;
}

bool answer_member_find(const struct rule *rule, struct text name, struct arena *arena,
                        struct answer_member *out, struct text *nearest)
{
    static const struct member_row NONE[] = {{NULL, NULL, MEMBER_TEXT, NULL, NULL, NULL}};
    const struct member_row *of_kind = MEMBERS[rule->kind] ? MEMBERS[rule->kind] : NONE;
    if (find_in(of_kind, rule, name, arena, out, NULL) || find_in(ALL_KINDS, rule, name, arena, out, NULL))
        return true;
    *nearest = TEXT("");
    find_in(of_kind, rule, name, arena, out, nearest);
    if (!nearest->length)
        find_in(ALL_KINDS, rule, name, arena, out, nearest);
    return false;
}
