/* SPDX-License-Identifier: Apache-2.0 */
/* Lets a budget follow on an earlier payout: its receipt must be of this rule and this budget, of no later
 * day, and what it says of the budget must be what this policy computes from its facts. */
#include "ledger/previous_payout.h"

#include <string.h>

#include "pack/fact_value.h"
#include "rules/slot_reads.h"

static const struct location NOWHERE = {.source = NULL};

/* One receipt while it is held against the budget. */
struct following {
    struct tuoyu_budget *budget;
    struct previous_receipt receipt;
    struct previous_payout *previous;
    struct tuoyu_case *recorded; /* the facts that the receipt gives */
    struct tuoyu_case *facts; /* those of the budget, and of the receipt what else says how much there is */
    struct slot_reads reads;  /* of how much there is */
    tuoyu_diagnostics *diagnostics;
};

/* Reports why the receipt is refused. */
static tuoyu_status refuse_receipt(const struct following *following, tuoyu_status code, const char *why)
{
    return report(following->diagnostics, code, NOWHERE, TEXT(""), "the receipt of the previous payout: %s",
                  why);
}

/* ---- Its head ---- */

/* Whether the packs of the policy are those of the receipt; notes in previous->changed_packs which are
 * others. Returns TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status compare_packs(struct following *following)
{
    const struct tuoyu_policy *policy = following->budget->policy;
    struct previous_payout *previous = following->previous;
    const struct previous_receipt *receipt = &following->receipt;
    uint32_t count = policy->layering->pack_count;
    previous->changed_packs =
        ARENA_ARRAY(&following->budget->arena, struct text, count + receipt->pack_count);
    if (!previous->changed_packs)
        return TUOYU_ERROR_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        struct text id = policy->layering->packs[i].model->id;
        bool is_same = false;
        for (size_t k = 0; k < receipt->pack_count; k++)
            is_same |= text_equals(receipt->packs[k].id, id) &&
                       text_is(receipt->packs[k].sum, policy->digests[i].hex);
        if (!is_same)
            previous->changed_packs[previous->changed_count++] = id;
    }
    for (size_t k = 0; k < receipt->pack_count; k++) {
        bool is_there = false;
        for (uint32_t i = 0; i < count; i++)
            is_there |= text_equals(policy->layering->packs[i].model->id, receipt->packs[k].id);
        if (!is_there)
            previous->changed_packs[previous->changed_count++] = receipt->packs[k].id;
    }
    return TUOYU_OK;
}

/* Tells of each pack that is another version now. */
static void tell_changed_packs(const struct following *following)
{
    const struct previous_payout *previous = following->previous;
    for (size_t i = 0; i < previous->changed_count; i++)
        report_warning(following->diagnostics, TUOYU_ERROR_PACK, NOWHERE,
                       TEXT("repeat the previous payout with its own packs by `tuoyu replay`"),
                       "the previous payout was made with another version of the pack %.*s: what it left of "
                       "the budget is taken from its receipt, and not computed again",
                       TEXT_ARGUMENTS(previous->changed_packs[i]));
}

/* Holds the rule, the unit and the day against those of the budget. */
static tuoyu_status check_head(const struct following *following)
{
    const struct previous_receipt *receipt = &following->receipt;
    const struct rule *rule = &following->budget->rule->rule;
    if (!text_equals(receipt->rule, rule->full_name))
        return report(following->diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE,
                      TEXT("give the receipt of the last payout by this rule"),
                      "the receipt of the previous payout is of another rule: `%.*s`, not `%.*s`",
                      TEXT_ARGUMENTS(receipt->rule), TEXT_ARGUMENTS(rule->full_name));
    if (receipt->has_changes && !rule->policy->change_count)
        return refuse_receipt(following, TUOYU_ERROR_INVALID_ARGUMENT,
                              "it is of a simulation with changed numbers, which paid nothing");
    if (!text_equals(receipt->unit, rule->unit))
        return refuse_receipt(following, TUOYU_ERROR_INVALID_ARGUMENT, "its amounts are in another unit");
    if (receipt->as_of <= following->budget->as_of)
        return TUOYU_OK;
    char then[11], now[11];
    date_format(receipt->as_of, then);
    date_format(following->budget->as_of, now);
    return report(following->diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE,
                  TEXT("give the receipt of the last payout before this day"),
                  "the receipt of the previous payout is of a later day: %s, and this payout is of %s", then,
                  now);
}

/* ---- The facts of the budget ---- */

/* Reads a fact of the receipt as a value of its declaration. Returns TUOYU_OK or the status of an error. */
static tuoyu_status read_fact(const struct recorded_fact *given, const struct pack_fact *fact,
                              struct value *value, tuoyu_diagnostics *diagnostics)
{
    if (given->first == 'n')
        return fact_value_from_none(fact, NOWHERE, value, diagnostics);
    if (given->first != '"')
        return fact_value_from_boolean(fact, given->first == 't', NOWHERE, value, diagnostics);
    return fact_value_from_text(NULL, fact, given->text, NOWHERE, value, diagnostics);
}

/* Sets all facts of the receipt in following->recorded, and in following->facts those that say how much there
 * is and were not given again. Returns TUOYU_OK or the status of an error. */
static tuoyu_status set_fact(const struct following *following, const struct recorded_fact *given)
{
    const struct program *program = &following->budget->policy->layering->program;
    uint32_t index = 0;
    struct value value;
    const struct pack_fact *fact =
        case_find_fact(following->budget->policy, given->name, NOWHERE, &index, following->diagnostics);
    if (!fact)
        return TUOYU_ERROR_FACT_UNKNOWN;
    tuoyu_status status = read_fact(given, fact, &value, following->diagnostics);
    if (status == TUOYU_OK)
        status = case_set(following->recorded, fact, index, value, following->diagnostics);
    bool is_taken =
        following->reads.is_read[program->fact_slots[index]] && !case_value(following->facts, index);
    return status == TUOYU_OK && is_taken
               ? case_set(following->facts, fact, index, value, following->diagnostics)
               : status;
}

/* Makes the two cases: the facts recorded, and those that count from now on. */
static tuoyu_status make_cases(struct following *following)
{
    struct tuoyu_budget *budget = following->budget;
    tuoyu_status status = case_make(budget->policy, &following->recorded);
    if (status == TUOYU_OK)
        status = case_copy(budget->facts, &following->facts);
    if (status != TUOYU_OK ||
        !slot_reads_init(&following->reads, &budget->arena, &budget->policy->layering->program))
        return report_no_memory(following->diagnostics);
    slot_reads_mark(&following->reads, budget->rule->budget->laid_down);
    for (size_t i = 0; i < following->receipt.fact_count && status == TUOYU_OK; i++)
        status = set_fact(following, &following->receipt.facts[i]);
    return status;
}

/* ---- What there was ---- */

/* An amount of the budget, by its slot, for a case on a day. Not given where facts are missing, or where the
 * budget has no such slot. Returns TUOYU_OK or the status of an error, reported. */
static tuoyu_status amount_of(const struct following *following, const struct tuoyu_case *facts, int32_t day,
                              uint32_t slot, struct answer_number *out)
{
    struct roots roots = {.slots = NULL};
    struct value value;
    *out = (struct answer_number){.is_given = false};
    if (slot == SLOT_NONE)
        return TUOYU_OK;
    struct evaluation *evaluation = case_begin(facts, day);
    if (!evaluation)
        return report_no_memory(following->diagnostics);
    tuoyu_status status = rule_ask(evaluation, &roots, slot, &value, following->diagnostics);
    if (status == TUOYU_OK)
        status = answer_number_of(value, following->budget->rule->rule.unit, out);
    case_end(facts, evaluation);
    return status;
}

/* What of the budget was used before the payout of the receipt: as that one was told, or by its facts. */
static tuoyu_status used_then(const struct following *following, int32_t day, struct answer_number *out)
{
    const struct budget *rule = following->budget->rule->budget;
    *out = following->receipt.used;
    if (following->receipt.has_previous)
        return TUOYU_OK;
    tuoyu_status status = amount_of(following, following->recorded, day, rule->used, out);
    if (rule->used == SLOT_NONE)
        *out = (struct answer_number){.is_given = true, .number = decimal_from_integer(0)};
    return status;
}

/* Computes again what there was to pay from, and refuses a receipt that says something else. It is left aside
 * where packs are another version. */
static tuoyu_status check_budget(const struct following *following)
{
    const struct previous_receipt *receipt = &following->receipt;
    struct answer_number whole, used;
    tuoyu_decimal left = decimal_from_integer(0), over = left;
    if (following->previous->changed_count)
        return TUOYU_OK;
    tuoyu_status status = used_then(following, receipt->as_of, &used);
    if (status == TUOYU_OK)
        status = amount_of(following, following->recorded, receipt->as_of,
                           following->budget->rule->budget->laid_down, &whole);
    if (status != TUOYU_OK)
        return status;
    bool is_known = whole.is_given && used.is_given;
    if (is_known && budget_left(whole.number, used.number, &left, &over) != TUOYU_OK)
        return refuse_receipt(following, TUOYU_ERROR_OVERFLOW, "its budget is too large");
    tuoyu_decimal overspent =
        receipt->overspent.is_given ? receipt->overspent.number : decimal_from_integer(0);
    bool is_same = is_known == receipt->budget.is_given &&
                   (!is_known || (decimal_compare(left, receipt->budget.number) == 0 &&
                                  decimal_compare(over, overspent) == 0));
    return is_same ? TUOYU_OK
                   : refuse_receipt(following, TUOYU_ERROR_INVALID_ARGUMENT,
                                    "its budget is not the one that these packs compute from its facts");
}

/* Refuses facts that make it another budget: those that say how much there is must be the ones recorded. */
static tuoyu_status check_same_budget(const struct following *following)
{
    const struct tuoyu_case *recorded = following->recorded;
    const struct program *program = &following->budget->policy->layering->program;
    for (uint32_t i = 0; i < recorded->count; i++) {
        const struct kept_fact *then = &recorded->facts[i];
        const struct value *now = case_value(following->facts, then->fact);
        uint32_t slot = program->fact_slots[then->fact];
        if (!following->reads.is_read[slot] || (now && value_is_same(*now, then->value)))
            continue;
        return report(following->diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE,
                      TEXT("give the receipt of the last payout from this budget"),
                      "the receipt of the previous payout is of another budget: it says otherwise of `%.*s`",
                      TEXT_ARGUMENTS(program_slot(program, slot)->name));
    }
    return TUOYU_OK;
}

/* ---- What it leaves ---- */

/* Decides what of the budget is used by now. What the facts of today say counts if it is no less than what
 * the receipt leaves. */
static tuoyu_status decide_used(struct following *following)
{
    struct tuoyu_budget *budget = following->budget;
    struct answer_number then, now;
    tuoyu_decimal *used = &following->previous->used;
    tuoyu_status status = used_then(following, budget->as_of, &then);
    if (status == TUOYU_OK)
        status = amount_of(following, budget->facts, budget->as_of, budget->rule->budget->used, &now);
    if (status != TUOYU_OK)
        return status;
    if (!then.is_given)
        return refuse_receipt(following, TUOYU_ERROR_INVALID_ARGUMENT,
                              "it does not say what of the budget was used");
    *used = then.number;
    if (following->receipt.paid.is_given)
        status = decimal_add(then.number, following->receipt.paid.number, used);
    if (status != TUOYU_OK)
        return refuse_receipt(following, status, "its amounts are too large");
    if (!now.is_given || decimal_compare(now.number, *used) == 0)
        return TUOYU_OK;
    char given[TUOYU_DECIMAL_TEXT_SIZE], left[TUOYU_DECIMAL_TEXT_SIZE];
    decimal_format(now.number, given);
    decimal_format(*used, left);
    if (decimal_compare(now.number, *used) < 0)
        return report(following->diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE,
                      TEXT("say what was used with that payout in it, or leave it to the receipt"),
                      "the facts say that %s of the budget was used, but with the previous payout it is %s",
                      given, left);
    *used = now.number;
    return TUOYU_OK;
}

/* Adds what a claim was paid to what it was paid before. Returns false when memory is refused or the amounts
 * are too large. */
static bool add_paid(struct following *following, struct text id, tuoyu_decimal amount)
{
    struct previous_payout *previous = following->previous;
    struct arena *arena = &following->budget->arena;
    struct paid_before *known = map_get(&previous->by_id, id);
    if (known)
        return decimal_add(known->amount, amount, &known->amount) == TUOYU_OK;
    known = ARENA_NEW(arena, struct paid_before);
    struct paid_before **grown =
        arena_grow(arena, previous->paid, previous->paid_count, &previous->paid_capacity, sizeof *grown);
    if (!known || !grown)
        return false;
    *known = (struct paid_before){.id = id, .amount = amount};
    previous->paid = grown;
    grown[previous->paid_count++] = known;
    return map_put(&previous->by_id, id, known);
}

/* Takes over what each claim was paid, before that payout and in it. */
static tuoyu_status take_payments(struct following *following)
{
    const struct previous_receipt *receipt = &following->receipt;
    struct map seen;
    bool is_taken = true;
    map_init(&seen, &following->budget->arena);
    map_init(&following->previous->by_id, &following->budget->arena);
    for (size_t i = 0; i < receipt->before_count && is_taken; i++)
        is_taken = add_paid(following, receipt->before[i].id, receipt->before[i].amount);
    for (size_t i = 0; i < receipt->claim_count && is_taken; i++) {
        const struct recorded_claim *claim = &receipt->claims[i];
        if (claim->id.length && map_get(&seen, claim->id))
            return refuse_receipt(following, TUOYU_ERROR_SYNTAX, "it lists two claims under one id");
        is_taken = !claim->id.length || map_put(&seen, claim->id, following->previous);
        if (is_taken && claim->paid.is_given && decimal_sign(claim->paid.number) > 0)
            is_taken = add_paid(following, claim->id, claim->paid.number);
    }
    return is_taken ? TUOYU_OK : report_no_memory(following->diagnostics);
}

/* ---- All of it ---- */

/* Holds the receipt that was read against the budget, and takes over what it leaves. */
static tuoyu_status follow(struct following *following)
{
    const char *wrong = previous_receipt_check(&following->receipt);
    tuoyu_status status =
        wrong ? refuse_receipt(following, TUOYU_ERROR_SYNTAX, wrong) : check_head(following);
    if (status == TUOYU_OK)
        status = compare_packs(following);
    if (status == TUOYU_OK)
        status = make_cases(following);
    if (status == TUOYU_OK)
        status = check_budget(following);
    if (status == TUOYU_OK)
        status = check_same_budget(following);
    if (status == TUOYU_OK)
        status = decide_used(following);
    return status == TUOYU_OK ? take_payments(following) : status;
}

tuoyu_status budget_follow(struct tuoyu_budget *budget, struct text text, tuoyu_diagnostics *diagnostics)
{
    struct following following = {.budget = budget, .diagnostics = diagnostics};
    if (budget->record_count || budget->previous)
        return report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE, TEXT(""),
                      "a budget follows on a previous payout once, before claims are added");
    following.previous = ARENA_NEW(&budget->arena, struct previous_payout);
    if (!following.previous)
        return report_no_memory(diagnostics);
    /* The receipt ends with a line feed where a file has it; its sum is that of the receipt alone. */
    while (text.length && text.bytes[text.length - 1] == '\n')
        text.length--;
    const char *wrong = previous_receipt_read(text, &budget->arena, &following.receipt);
    tuoyu_status status = wrong ? refuse_receipt(&following, TUOYU_ERROR_SYNTAX, wrong) : follow(&following);
    if (budget->arena.failed)
        status = report_no_memory(diagnostics);
    if (status == TUOYU_OK) {
        digest_of(text, following.previous->sum);
        following.previous->as_of = following.receipt.as_of;
        tell_changed_packs(&following);
        case_free(budget->facts);
        budget->facts = following.facts;
        following.facts = NULL;
        budget->previous = following.previous;
    }
    case_free(following.facts);
    case_free(following.recorded);
    return status;
}

struct answer_number paid_before_of(const struct tuoyu_budget *budget, struct text id)
{
    const struct paid_before *paid = budget->previous ? map_get(&budget->previous->by_id, id) : NULL;
    struct answer_number none = {.is_given = false};
    return paid && id.length ? (struct answer_number){.is_given = true, .number = paid->amount} : none;
}
