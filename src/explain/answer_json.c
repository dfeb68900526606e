/* SPDX-License-Identifier: Apache-2.0 */
/* An answer as JSON: keys in a fixed order, decimals as strings in canonical text, absent where not
 * determined. */
#include "explain/verdict_parts.h"
#include "rules/answer.h"
#include "rules/json_writer.h"
#include "rules/promise.h"

/* ---- The kinds ---- */

/* Adds the bounds of an amount and `binding`, the one that decided it; nothing if the rule has no bounds. */
static void add_bounds(struct text_builder *json, const struct bound *bounds,
                       const struct bound_reading *readings, size_t count, struct text binding)
{
    if (count == 0)
        return;
    if (binding.bytes)
        json_text(json, "binding", binding);
    json_begin_object(json, "bounds");
    for (size_t i = 0; i < count; i++) {
        json_begin_member(json, bounds[i].id);
        json_number(json, bounds[i].is_upper ? "at_most" : "at_least", &readings[i].limit);
        json_number(json, "laid_down", &readings[i].laid_down);
        json_number(json, "used", &readings[i].used);
        text_append_byte(json, '}');
    }
    text_append_byte(json, '}');
}

/* Adds the members of a quote. */
static void add_quote(struct text_builder *json, const struct tuoyu_answer *answer)
{
    const struct tuoyu_quote *quote = quote_of(answer);
    const struct rule *rule = quote->answer.rule;
    const struct tuoyu_pricing *pricing = pricing_of(rule);
    json_text(json, "unit", rule->unit);
    json_number(json, "amount", &quote->amount);
    add_bounds(json, pricing->bounds, quote->bounds, pricing->bound_count, quote->binding);
    json_begin_object(json, "steps");
    for (size_t i = 0; i < rule->step_count; i++) {
        json_begin_member(json, rule->steps[i].id);
        if (quote->steps[i].value.length)
            json_text(json, "value", quote->steps[i].value);
        if (rule->steps[i].unit.length)
            json_text(json, "unit", rule->steps[i].unit);
        text_append_byte(json, '}');
    }
    text_append_byte(json, '}');
    json_number(json, "charged", &quote->charged);
    if (quote->complies >= 0)
        json_boolean(json, "complies", quote->complies == 1);
    json_number(json, "excess", &quote->excess);
    if (pricing->bound_count == 0)
        return;
    json_number(json, "shortfall", &quote->shortfall);
    if (quote->breaks.bytes)
        json_text(json, "breaks", quote->breaks);
}

/* Adds the instalments and what is to be paid or clawed back; nothing if the rule has none. */
static void add_instalments(struct text_builder *json, const struct tuoyu_split *split)
{
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    if (rule->instalment_count == 0)
        return;
    json_begin_object(json, "instalments");
    for (size_t i = 0; i < rule->instalment_count; i++) {
        const struct split_instalment *instalment = &split->instalments[i];
        char date[11];
        json_begin_member(json, rule->instalments[i].id);
        json_number(json, "amount", &instalment->amount);
        if (instalment->has_due) {
            date_format(instalment->due, date);
            json_literal(json, "due", date);
        }
        json_literal(json, "state", instalment_state_name(instalment->state));
        text_append_byte(json, '}');
    }
    text_append_byte(json, '}');
    json_number(json, "entitled", &split->entitled);
    json_number(json, "paid", &split->paid);
    json_number(json, "claw_back", &split->claw_back);
    json_number(json, "payable", &split->payable);
}

/* Adds each subsidy: what was claimed, what is paid, and the combination rule that changed it; nothing if the
 * rule has none. */
static void add_subsidies(struct text_builder *json, const struct tuoyu_split *split)
{
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    if (rule->subsidy_count == 0)
        return;
    json_begin_object(json, "subsidies");
    for (size_t i = 0; i < rule->subsidy_count; i++) {
        const struct split_subsidy *subsidy = &split->subsidies[i];
        json_begin_member(json, rule->subsidies[i].id);
        json_number(json, "claimed", &subsidy->claimed);
        json_number(json, "amount", &subsidy->amount);
        json_literal(json, "state", subsidy_state_name(subsidy->state));
        if (subsidy->by)
            json_text(json, "by", subsidy->by->id);
        if (subsidy->by && subsidy->instead != SIZE_MAX)
            json_text(json, "instead", rule->subsidies[subsidy->instead].id);
        text_append_byte(json, '}');
    }
    text_append_byte(json, '}');
}

/* Adds the members of a split. */
static void add_split(struct text_builder *json, const struct tuoyu_answer *answer)
{
    const struct tuoyu_split *split = split_of(answer);
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    json_text(json, "unit", rule->rule.unit);
    if (rule->bound_count)
        json_number(json, "before_bounds", &split->before_bounds);
    json_number(json, "whole", &split->whole);
    add_bounds(json, rule->bounds, split->bounds, rule->bound_count, split->binding);
    add_subsidies(json, split);
    json_begin_object(json, "payers");
    for (size_t i = 0; i < rule->payer_count; i++)
        json_number_member(json, rule->payers[i].id, &split->lines[i]);
    text_append_byte(json, '}');
    add_instalments(json, split);
}

/* Adds the members of a claim. `final` is written only if it is false. */
static void add_claim(struct text_builder *json, const struct payout_claim *claim)
{
    json_text(json, "id", claim->id);
    json_number(json, "claimed", &claim->claimed);
    json_number(json, "paid_before", &claim->paid_before);
    json_number(json, "due", &claim->due);
    json_number(json, "paid", &claim->paid);
    json_number(json, "claw_back", &claim->claw_back);
    json_literal(json, "state", claim_state_name(claim->state));
    if (claim->paid.is_given && !claim->is_final)
        json_boolean(json, "final", false);
    if (claim->duplicates) {
        json_key(json, "duplicates");
        text_append_format(json, "%zu", claim->duplicates);
    }
    if (claim->code != TUOYU_OK)
        json_literal(json, "code", tuoyu_status_name(claim->code));
    if (claim->missing_count == 0)
        return;
    json_begin_array(json, "missing");
    for (size_t i = 0; i < claim->missing_count; i++) {
        if (i)
            text_append_byte(json, ',');
        text_append_json(json, claim->missing[i]);
    }
    text_append_byte(json, ']');
}

/* Adds the payout that this one follows on: what was used of the budget by then, and what each claim was
 * paid. */
static void add_previous(struct text_builder *json, const struct tuoyu_payout *payout)
{
    const struct followed_payout *previous = payout->previous;
    char date[11];
    if (!previous)
        return;
    json_begin_object(json, "previous");
    date_format(previous->as_of, date);
    json_literal(json, "as_of", date);
    json_literal(json, "sha256", previous->sum);
    json_number(json, "used", &payout->used);
    json_begin_object(json, "paid");
    for (size_t i = 0; i < previous->paid_count; i++)
        json_number_member(json, previous->paid[i].id,
                           &(struct answer_number){.is_given = true, .number = previous->paid[i].amount});
    text_append_byte(json, '}');
    if (previous->changed_count) {
        json_begin_array(json, "other_packs");
        for (size_t i = 0; i < previous->changed_count; i++) {
            if (i)
                text_append_byte(json, ',');
            text_append_json(json, previous->changed_packs[i]);
        }
        text_append_byte(json, ']');
    }
    text_append_byte(json, '}');
}

/* Adds the members of a payout. */
static void add_payout(struct text_builder *json, const struct tuoyu_answer *answer)
{
    const struct tuoyu_payout *payout = payout_of(answer);
    json_text(json, "unit", payout->answer.rule->unit);
    json_number(json, "budget", &payout->budget);
    if (is_overspent(payout))
        json_number(json, "overspent", &payout->overspent);
    json_number(json, "paid", &payout->paid);
    json_number(json, "left", &payout->left);
    json_number(json, "unpaid", &payout->unpaid);
    if (payout->claw_back.is_given && decimal_sign(payout->claw_back.number) > 0)
        json_number(json, "claw_back", &payout->claw_back);
    add_previous(json, payout);
    json_begin_array(json, "claims");
    for (size_t i = 0; i < payout->claim_count; i++) {
        json_begin_item(json, i);
        add_claim(json, &payout->claims[i]);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
}

/* Adds an array of sets, each an array of the names of its members, which name_of gives by their index. */
static void add_sets(struct text_builder *json, const char *key, const struct tuoyu_verdict *verdict,
                     const struct verdict_sets *sets,
                     struct text (*name_of)(const struct tuoyu_verdict *, size_t))
{
    json_begin_array(json, key);
    for (size_t i = 0; i < sets->count; i++) {
        text_append_literal(json, i ? ",[" : "[");
        bool is_first = true;
        for (size_t member = 0; member < MOST_SET_MEMBERS; member++) {
            if (!(sets->sets[i] >> member & 1))
                continue;
            if (!is_first)
                text_append_byte(json, ',');
            text_append_json(json, name_of(verdict, member));
            is_first = false;
        }
        text_append_byte(json, ']');
    }
    text_append_byte(json, ']');
}

struct text verdict_fact_name(const struct tuoyu_verdict *verdict, size_t index)
{
    return verdict->answer.missing[index].name;
}

/* The id of criterion number `index` of the verdict's rule, groups and exceptions included. */
struct text verdict_criterion_id(const struct tuoyu_verdict *verdict, size_t index)
{
    return eligibility_of(verdict->answer.rule)->criteria[index].id;
}

/* Adds the members of a verdict. */
static void add_verdict(struct text_builder *json, const struct tuoyu_answer *answer)
{
    const struct tuoyu_verdict *verdict = verdict_of(answer);
    json_literal(json, "decision", decision_name(verdict->decision));
    if (verdict->exception)
        json_text(json, "exception", verdict->exception->id);
    verdict_parts_to_json(json, verdict);
    verdict_criteria_to_json(json, verdict);
    if (verdict->answer.outcome == TUOYU_UNDETERMINED)
        add_sets(json, "deciding", verdict, &verdict->deciding, verdict_fact_name);
    if (verdict->decision == TUOYU_INELIGIBLE)
        add_sets(json, "to_become_eligible", verdict, &verdict->to_become_eligible, verdict_criterion_id);
}

/* Adds the promises that its records are held to, and how many break them; nothing where there are none. */
static void add_promises(struct text_builder *json, const struct tuoyu_measure *measure)
{
    if (measure->promise_count == 0)
        return;
    json_begin_object(json, "promises");
    for (size_t i = 0; i < measure->promise_count; i++) {
        const struct promise_count *held = &measure->promises[i];
        json_begin_member(json, held->promise->name);
        json_key(json, "broken");
        text_append_format(json, "%lld", (long long)held->broken);
        json_key(json, "unknown");
        text_append_format(json, "%lld", (long long)held->unknown);
        json_text(json, "expression", held->promise->expression);
        json_text(json, "because",
                  text_of(localised_in(&held->promise->because, "zh"), TUOYU_NUL_TERMINATED));
        json_text(json, "citation", held->promise->citation.text);
        text_append_byte(json, '}');
    }
    text_append_byte(json, '}');
}

/* Adds the members of a measure; without `region` it is about the whole. */
static void add_measure(struct text_builder *json, const struct tuoyu_answer *answer)
{
    const struct tuoyu_measure *measure = measure_of(answer);
    json_text(json, "unit", measure->answer.rule->unit);
    if (measure->region_kind.bytes) {
        json_key(json, "region");
        text_append_byte(json, '{');
        json_text(json, "kind", measure->region_kind);
        json_text(json, "id", measure->region_id);
        text_append_byte(json, '}');
    }
    json_number(json, "value", &measure->value);
    json_number(json, "numerator", &measure->numerator);
    json_number(json, "denominator", &measure->denominator);
    json_key(json, "unknown");
    text_append_format(json, "%lld", (long long)measure->unknown);
    if (measure->unreadable) {
        json_key(json, "unreadable");
        text_append_format(json, "%lld", (long long)measure->unreadable);
    }
    json_number(json, "lower", &measure->lower);
    json_number(json, "upper", &measure->upper);
    json_number(json, "target", &measure->target);
    json_key(json, "met");
    text_append_literal(json, measure->met < 0 ? "null" : measure->met ? "true" : "false");
    add_promises(json, measure);
    json_number(json, "distance", &measure->distance);
    struct text distance_unit = indicator_of(measure->answer.rule)->distance_unit;
    if (measure->distance.is_given && distance_unit.length)
        json_text(json, "distance_unit", distance_unit);
}

/* ---- The kinds ---- */

static const struct {
    const char *word; /* of the member `kind` */
    void (*add_members)(struct text_builder *json,
                        const struct tuoyu_answer *answer); /* beside those of all */
} KINDS[] = {
    [TUOYU_RULE_PRICING] = {"quote", add_quote},
    [TUOYU_RULE_COST_SHARING] = {"split", add_split},
    [TUOYU_RULE_ELIGIBILITY] = {"verdict", add_verdict},
    [TUOYU_RULE_INDICATOR] = {"measure", add_measure},
    [ANSWER_PAYOUT] = {"payout", add_payout},
};
static_assert(sizeof KINDS / sizeof *KINDS == ANSWER_KIND_COUNT, "each kind of answer has members");

/* ---- What all have ---- */

/* Adds what every answer begins with: kind, rule, day, outcome, standing. */
static void add_head(struct text_builder *json, const struct tuoyu_answer *answer)
{
    char date[11];
    date_format(answer->as_of, date);
    json_literal(json, "kind", KINDS[answer->kind].word);
    json_text(json, "rule", answer->rule->full_name);
    json_literal(json, "as_of", date);
    json_literal(json, "outcome", outcome_name(answer->outcome));
    if (answer->outcome == TUOYU_NOT_IN_FORCE) {
        date_format(rule_nearest_day(answer->rule, answer->as_of), date);
        json_literal(json, answer->as_of < answer->rule->first_day ? "in_force_from" : "in_force_until",
                     date);
    }
    json_literal(json, "standing", standing_name(answer->standing));
}

/* Adds the facts and parameters that are missing, with the reason as a status name and who has them. */
static void add_missing(struct text_builder *json, const struct tuoyu_answer *answer)
{
    json_begin_array(json, "missing");
    for (size_t i = 0; i < answer->missing_count; i++) {
        json_begin_item(json, i);
        json_text(json, "name", answer->missing[i].name);
        json_literal(json, "code", tuoyu_status_name(answer->missing[i].code));
        if (answer->missing[i].slot != SLOT_NONE)
            json_localised(json, "held_by", &answer_slot(answer, answer->missing[i].slot)->held_by);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
}

/* Adds all that the answer cites, with the values of parameters. */
static void add_citations(struct text_builder *json, const struct tuoyu_answer *answer)
{
    json_begin_array(json, "citations");
    for (size_t i = 0; i < answer->citation_count; i++) {
        const struct answer_citation *citation = &answer->citations[i];
        json_begin_item(json, i);
        json_text(json, "name", citation->name);
        json_text(json, "text", citation->citation.text);
        json_literal(json, "standing", standing_name(citation->citation.standing));
        if (citation->has_value)
            json_text(json, "value", citation->value);
        if (citation->has_value && citation->unit.length)
            json_text(json, "unit", citation->unit);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
}

void answer_write_json(struct text_builder *json, const struct tuoyu_answer *answer)
{
    text_append_byte(json, '{');
    add_head(json, answer);
    KINDS[answer->kind].add_members(json, answer);
    add_missing(json, answer);
    add_citations(json, answer);
    json_localised(json, "objection", &answer->rule->objection);
    text_append_byte(json, '}');
}

tuoyu_status answer_to_json(const struct tuoyu_answer *answer, tuoyu_text **out)
{
    struct text_builder json;
    text_builder_init(&json, &answer->arena.allocator);
    answer_write_json(&json, answer);
    return text_builder_to_handle(&json, out);
}
