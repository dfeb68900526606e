/* SPDX-License-Identifier: Apache-2.0 */
/* Decides who is paid from a budget: claims in order until it runs out. Claims, budget and steps are whole
 * fen of at most MONEY_DIGITS digits, so that all sums and products here are exact. */
#include "ledger/budget.h"

#include <stdlib.h>
#include <string.h>

#include "base/merge_sort.h"
#include "ledger/previous_payout.h"

/* One payout while it is made. */
struct payout_run {
    struct tuoyu_budget *budget;
    const struct budget *rule;
    struct tuoyu_payout *payout;
    struct evaluation *evaluation; /* evaluation of the budget's own facts */
    struct roots roots;
    struct arena scratch;
    struct claim **line; /* claims to which something is due, in order */
    size_t line_count;
    tuoyu_decimal *paid; /* by place in the line */
    tuoyu_decimal left;
    size_t payments; /* made so far */
    bool has_stopped;
    bool is_final; /* true if no open claim can change what those in line are paid */
    tuoyu_diagnostics *diagnostics;
};

/* ---- The order ---- */

/* Orders two values of a key: below 0 if `left` comes first. A null comes last in either direction; values
 * of different kinds are ordered by their kinds. */
static int compare_key(struct value left, struct value right, bool highest_first)
{
    int order = 0;
    if (left.kind == VALUE_NULL || right.kind == VALUE_NULL)
        return (left.kind == VALUE_NULL) - (right.kind == VALUE_NULL);
    if (left.kind != right.kind)
        return left.kind < right.kind ? -1 : 1;
    if (left.kind == VALUE_BOOLEAN)
        order = (int)left.boolean - (int)right.boolean;
    else if (left.kind == VALUE_STRING)
        order = text_compare(left.as.string, right.as.string);
    else
        value_compare(left, right, &order);
    return highest_first ? -order : order;
}

/* Orders two claims by their keys: below 0 if `left` comes first, 0 if they tie. */
static int compare_keys(const struct budget *rule, const struct claim *left, const struct claim *right)
{
    int order = 0;
    for (size_t i = 0; i < rule->key_count && order == 0; i++)
        order = compare_key(left->keys[i], right->keys[i], rule->keys[i].highest_first);
    return order;
}

/* The order of the line, for merge_sort(): by the keys, and where these tie by id. */
static int compare_claims(const void *context, const void *left_claim, const void *right_claim)
{
    const struct claim *left = left_claim, *right = right_claim;
    int order = compare_keys(context, left, right);
    return order ? order : text_compare(left->id, right->id);
}

/* True if the claim is in line to be paid. */
static bool is_in_line(const struct claim *claim)
{
    return claim->is_in_line && !claim->is_contested;
}

/* Sorts the claims in line. Ids differ, so there is only one order. TUOYU_OK, TUOYU_ERROR_CANCELLED or
 * TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status put_in_order(struct payout_run *run)
{
    const struct tuoyu_budget *budget = run->budget;
    size_t count = 0;
    void **scratch = ARENA_ARRAY(&run->scratch, void *, budget->claim_count);
    run->line = ARENA_ARRAY(&run->scratch, struct claim *, budget->claim_count);
    if (!scratch || !run->line)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < budget->claim_count; i++)
        if (is_in_line(budget->claims[i]))
            run->line[count++] = budget->claims[i];
    tuoyu_status status =
        policy_sort(run->budget->policy, run->line, count, scratch, compare_claims, run->rule);
    run->line_count = count;
    run->paid = ARENA_ARRAY(&run->scratch, tuoyu_decimal, count);
    for (size_t i = 0; run->paid && i < count; i++)
        run->paid[i] = decimal_from_integer(0);
    return run->paid ? status : TUOYU_ERROR_NO_MEMORY;
}

/* ---- Paying ---- */

/* Pays an amount to the claim at this place of the line. TUOYU_OK, TUOYU_ERROR_OVERFLOW or
 * TUOYU_ERROR_CANCELLED. */
static tuoyu_status pay(struct payout_run *run, size_t place, tuoyu_decimal amount)
{
    if (policy_is_interrupted(run->budget->policy, run->payments++))
        return TUOYU_ERROR_CANCELLED;
    tuoyu_status status = decimal_add(run->paid[place], amount, &run->paid[place]);
    return status == TUOYU_OK ? decimal_subtract(run->left, amount, &run->left) : status;
}

/* Deals with a claim that the budget does not suffice for: it is skipped, or ends the paying, or is paid in
 * part. A part is rounded down to the rule's step. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
static tuoyu_status pay_short(struct payout_run *run, size_t place)
{
    tuoyu_decimal part;
    if (run->rule->when_short == BUDGET_SKIPS)
        return TUOYU_OK;
    run->has_stopped = true;
    if (run->rule->when_short == BUDGET_STOPS)
        return TUOYU_OK;
    tuoyu_status status = decimal_round_to(run->left, run->rule->step, DECIMAL_FLOOR, &part);
    return status == TUOYU_OK ? pay(run, place, part) : status;
}

/* What is due to the claims from start to end of the line together. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
static tuoyu_status sum_of(const struct payout_run *run, size_t start, size_t end, tuoyu_decimal *sum)
{
    tuoyu_status status = TUOYU_OK;
    *sum = decimal_from_integer(0);
    for (size_t i = start; i < end && status == TUOYU_OK; i++)
        status = decimal_add(*sum, run->line[i]->due.number, sum);
    return status;
}

/* The largest multiple of the step that is no more than claimed × left ÷ total. TUOYU_OK or
 * TUOYU_ERROR_OVERFLOW. */
static tuoyu_status share_of(const struct payout_run *run, tuoyu_decimal claimed, tuoyu_decimal left,
                             tuoyu_decimal total, tuoyu_decimal *out)
{
    tuoyu_decimal product, quotient, back;
    tuoyu_status status = decimal_multiply(claimed, left, &product);
    if (status == TUOYU_OK)
        status = decimal_divide(product, total, &quotient);
    if (status == TUOYU_OK)
        status = decimal_round_to(quotient, run->rule->step, DECIMAL_FLOOR, out);
    /* The quotient has 34 digits, so it may have been rounded up to a multiple that it does not reach. */
    if (status == TUOYU_OK)
        status = decimal_multiply(*out, total, &back);
    if (status == TUOYU_OK && decimal_compare(back, product) > 0)
        status = decimal_subtract(*out, run->rule->step, out);
    return status;
}

/* What rounding took from a claim's share, times the total, so that it is exact. */
struct remainder {
    size_t place;
    tuoyu_decimal rest;
};

/* Larger remainders first; where they are equal, the place in the line decides, and so the id. */
static int compare_remainders(const void *context, const void *left, const void *right)
{
    (void)context;
    const struct remainder *a = left, *b = right;
    int order = decimal_compare(b->rest, a->rest);
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

/* The remainders of the claims from start to end of the line, in the order in which what is left over goes to
 * them, in scratch memory. TUOYU_OK,
 * TUOYU_ERROR_OVERFLOW or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status sort_remainders(struct payout_run *run, size_t start, size_t end, tuoyu_decimal left,
                                    tuoyu_decimal total, struct remainder ***out)
{
    struct remainder *remainders = ARENA_ARRAY(&run->scratch, struct remainder, end - start);
    struct remainder **sorted = ARENA_ARRAY(&run->scratch, struct remainder *, end - start);
    void **scratch = ARENA_ARRAY(&run->scratch, void *, end - start);
    tuoyu_status status = remainders && sorted && scratch ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
    for (size_t i = start; i < end && status == TUOYU_OK; i++) {
        tuoyu_decimal exact, rounded;
        status = decimal_multiply(run->line[i]->due.number, left, &exact);
        if (status == TUOYU_OK)
            status = decimal_multiply(run->paid[i], total, &rounded);
        remainders[i - start].place = i;
        sorted[i - start] = &remainders[i - start];
        if (status == TUOYU_OK)
            status = decimal_subtract(exact, rounded, &remainders[i - start].rest);
    }
    if (status == TUOYU_OK && run->rule->leftover == LEFTOVER_BY_REMAINDER)
        status = policy_sort(run->budget->policy, sorted, end - start, scratch, compare_remainders, NULL);
    *out = sorted;
    return status;
}

/* Pays what rounding left over: one step to each claim, those from which rounding took most first (or as the
 * rule says), as far as they claim more. TUOYU_OK, TUOYU_ERROR_OVERFLOW or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status pay_remainder(struct payout_run *run, size_t start, size_t end, tuoyu_decimal left,
                                  tuoyu_decimal total)
{
    struct remainder **remainders;
    tuoyu_status status = sort_remainders(run, start, end, left, total, &remainders);
    for (size_t i = 0; i < end - start && status == TUOYU_OK; i++) {
        size_t place = remainders[i]->place;
        tuoyu_decimal open;
        if (decimal_compare(run->left, run->rule->step) < 0)
            break;
        status = decimal_subtract(run->line[place]->due.number, run->paid[place], &open);
        if (status == TUOYU_OK && decimal_compare(open, run->rule->step) >= 0)
            status = pay(run, place, run->rule->step);
    }
    return status;
}

/* Pays claims that tie in proportion, when the budget does not suffice for all of them. TUOYU_OK,
 * TUOYU_ERROR_OVERFLOW or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status pay_pro_rata(struct payout_run *run, size_t start, size_t end, tuoyu_decimal total)
{
    tuoyu_decimal left = run->left, share;
    tuoyu_status status = TUOYU_OK;
    run->has_stopped = true;
    for (size_t i = start; i < end && status == TUOYU_OK; i++) {
        status = share_of(run, run->line[i]->due.number, left, total, &share);
        if (status == TUOYU_OK)
            status = pay(run, i, share);
    }
    return status == TUOYU_OK ? pay_remainder(run, start, end, left, total) : status;
}

/* The end of the claims that are paid together from `start` on: those that tie, if ties are paid pro rata,
 * else one. */
static size_t end_of_ties(const struct payout_run *run, size_t start)
{
    size_t end = start + 1;
    if (run->rule->ties != TIES_PRO_RATA)
        return end;
    while (end < run->line_count && compare_keys(run->rule, run->line[start], run->line[end]) == 0)
        end++;
    return end;
}

/* Pays the claims from start to end of the line in full. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
static tuoyu_status pay_in_full(struct payout_run *run, size_t start, size_t end)
{
    tuoyu_status status = TUOYU_OK;
    for (size_t i = start; i < end && status == TUOYU_OK; i++)
        status = pay(run, i, run->line[i]->due.number);
    return status;
}

/* Pays the line in order until the budget runs out. TUOYU_OK, TUOYU_ERROR_OVERFLOW or TUOYU_ERROR_NO_MEMORY.
 */
static tuoyu_status pay_line(struct payout_run *run)
{
    tuoyu_status status = TUOYU_OK;
    for (size_t start = 0, end; start < run->line_count && status == TUOYU_OK && !run->has_stopped;
         start = end) {
        tuoyu_decimal total;
        end = end_of_ties(run, start);
        status = sum_of(run, start, end, &total);
        if (status != TUOYU_OK)
            break;
        if (decimal_compare(total, run->left) <= 0)
            status = pay_in_full(run, start, end);
        else if (end == start + 1)
            status = pay_short(run, start);
        else
            status = pay_pro_rata(run, start, end, total);
    }
    return status;
}

/* ---- The answer ---- */

/* Copies what the claim waits for. Returns false when memory is refused. */
static bool copy_missing(struct arena *arena, const struct claim *claim, struct payout_claim *out)
{
    out->missing = ARENA_ARRAY(arena, struct text, claim->missing_count);
    if (!out->missing)
        return false;
    for (size_t i = 0; i < claim->missing_count; i++) {
        out->missing[i] = text_copy(arena, claim->missing[i]);
        if (!out->missing[i].bytes)
            return false;
    }
    out->missing_count = claim->missing_count;
    return true;
}

/* Notes what the claim at this place of the line is paid, if the budget is known. */
static void note_payment(const struct payout_run *run, const struct claim *claim, size_t place,
                         struct payout_claim *out)
{
    if (!run->payout->budget.is_given)
        return;
    bool is_all = decimal_compare(run->paid[place], claim->due.number) == 0;
    out->paid = (struct answer_number){.is_given = true, .number = run->paid[place]};
    out->state = decimal_sign(run->paid[place]) ? TUOYU_CLAIM_IN_PART : TUOYU_CLAIM_UNPAID;
    if (is_all)
        out->state = TUOYU_CLAIM_PAID;
}

/* Notes claims of one id that say different things as an error, since the library does not choose between
 * them. */
static void note_contest(struct payout_claim *out)
{
    out->state = TUOYU_CLAIM_ERROR;
    out->code = TUOYU_ERROR_DUPLICATE;
    out->claimed = out->paid = out->due = out->claw_back = (struct answer_number){.is_given = false};
}

/* True if it is known that nothing is to be paid to the claim. */
static bool is_settled(const struct claim *claim)
{
    return claim->state == TUOYU_CLAIM_NOT_DUE || claim->state == TUOYU_CLAIM_PAID_BEFORE ||
           claim->state == TUOYU_CLAIM_CLAW_BACK;
}

/* Lists a claim in the answer. `place` is its place in the line, SIZE_MAX if it is not in line. Returns
 * false when memory is refused. */
static bool list_claim(struct payout_run *run, const struct claim *claim, size_t place)
{
    struct tuoyu_payout *payout = run->payout;
    struct payout_claim *out = &payout->claims[payout->claim_count++];
    *out = (struct payout_claim){.id = text_copy(&payout->answer.arena, claim->id),
                                 .claimed = claim->claimed,
                                 .paid_before = claim->paid_before,
                                 .claw_back = claim->claw_back,
                                 .state = claim->state,
                                 .code = claim->code,
                                 .duplicates = claim->duplicates};
    if (claim->paid_before.is_given)
        out->due = claim->due;
    if (is_settled(claim))
        out->paid = (struct answer_number){.is_given = true, .number = decimal_from_integer(0)};
    if (place != SIZE_MAX)
        note_payment(run, claim, place, out);
    if (claim->is_contested)
        note_contest(out);
    bool is_open = out->state == TUOYU_CLAIM_OPEN || out->state == TUOYU_CLAIM_ERROR;
    if (is_open)
        payout->answer.outcome = TUOYU_UNDETERMINED;
    payout->open_count += is_open;
    out->is_final = !is_open && (place == SIZE_MAX || run->is_final);
    return out->id.bytes && (claim->is_contested || copy_missing(&payout->answer.arena, claim, out));
}

/* Lists the claims in line and then all others. Returns false when memory is refused. */
static bool list_claims(struct payout_run *run)
{
    const struct tuoyu_budget *budget = run->budget;
    struct tuoyu_payout *payout = run->payout;
    payout->claims = ARENA_ARRAY(&payout->answer.arena, struct payout_claim, budget->claim_count);
    if (!payout->claims)
        return false;
    payout->record_count = budget->record_count;
    for (size_t i = 0; i < run->line_count; i++)
        if (!list_claim(run, run->line[i], i))
            return false;
    for (size_t i = 0; i < budget->claim_count; i++)
        if (!is_in_line(budget->claims[i]) && !list_claim(run, budget->claims[i], SIZE_MAX))
            return false;
    digest_to_text(&budget->digest, payout->claims_digest);
    return true;
}

/* ---- What can still change ---- */

/* Adds the most that a claim which is not in line may take. Returns false if that is not known. */
static bool add_what_is_open(const struct claim *claim, tuoyu_decimal *sum, tuoyu_status *status)
{
    if (is_in_line(claim) || (is_settled(claim) && !claim->is_contested))
        return true;
    if (claim->is_contested || claim->state != TUOYU_CLAIM_OPEN || !claim->due.is_given)
        return false;
    *status = decimal_add(*sum, claim->due.number, sum);
    return true;
}

/* Decides whether the claims in line are paid the same however the open ones turn out: no claim is open,
 * there is nothing to pay from, or the budget suffices for all of them in any order. TUOYU_OK or
 * TUOYU_ERROR_OVERFLOW. */
static tuoyu_status decide_final(struct payout_run *run)
{
    const struct tuoyu_budget *budget = run->budget;
    tuoyu_decimal sum;
    bool is_known = true;
    size_t open = 0;
    tuoyu_status status = sum_of(run, 0, run->line_count, &sum);
    for (size_t i = 0; i < budget->claim_count && status == TUOYU_OK; i++) {
        const struct claim *claim = budget->claims[i];
        open += !is_in_line(claim) && (claim->is_contested || !is_settled(claim));
        is_known &= add_what_is_open(claim, &sum, &status);
    }
    if (status != TUOYU_OK || !run->payout->budget.is_given)
        return status;
    tuoyu_decimal there_is = run->payout->budget.number;
    run->is_final =
        open == 0 || decimal_sign(there_is) == 0 || (is_known && decimal_compare(sum, there_is) <= 0);
    return TUOYU_OK;
}

/* ---- What it rests on ---- */

/* Cites what the claims rest on. Returns false when memory is refused. */
static bool cite_claims(struct payout_run *run)
{
    struct tuoyu_answer *answer = &run->payout->answer;
    for (size_t i = 0; i < run->budget->citation_count; i++) {
        struct answer_citation citation = run->budget->citations[i];
        uint32_t at;
        if (citation.has_value)
            citation.value = text_copy(&answer->arena, citation.value);
        if ((citation.has_value && !citation.value.bytes) || !answer_cite(answer, &citation, &at))
            return false;
    }
    return true;
}

/* Marks, by index in budget->missing, what claims that are not contested wait for. NULL when memory is
 * refused. */
static bool *find_missing(struct payout_run *run)
{
    const struct tuoyu_budget *budget = run->budget;
    bool *is_missing = ARENA_ARRAY(&run->scratch, bool, budget->missing_count);
    for (size_t i = 0; is_missing && i < budget->claim_count; i++) {
        const struct claim *claim = budget->claims[i];
        for (size_t j = 0; !claim->is_contested && j < claim->missing_count; j++)
            for (size_t k = 0; k < budget->missing_count; k++)
                is_missing[k] |= text_equals(budget->missing[k].name, claim->missing[j]);
    }
    return is_missing;
}

/* Lists what claims wait for after what the budget itself waits for. Returns false when memory is refused. */
static bool list_missing_of_claims(struct payout_run *run)
{
    struct tuoyu_answer *answer = &run->payout->answer;
    const struct tuoyu_budget *budget = run->budget;
    const bool *is_missing = find_missing(run);
    struct answer_missing *all =
        ARENA_ARRAY(&answer->arena, struct answer_missing, answer->missing_count + budget->missing_count);
    if (!is_missing || !all)
        return false;
    size_t own = answer->missing_count, count = own;
    for (size_t i = 0; i < own; i++)
        all[i] = answer->missing[i];
    for (size_t i = 0; i < budget->missing_count; i++) {
        bool is_passed_over = !is_missing[i];
        for (size_t j = 0; j < own; j++)
            is_passed_over |= text_equals(all[j].name, budget->missing[i].name);
        if (is_passed_over)
            continue;
        all[count] = budget->missing[i];
        all[count].name = text_copy(&answer->arena, budget->missing[i].name);
        if (!all[count++].name.bytes)
            return false;
    }
    answer->missing = all;
    answer->missing_count = count;
    return true;
}

/* Fills in what is left, paid and unpaid, if the budget is known. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
static tuoyu_status sum_up(struct payout_run *run)
{
    struct tuoyu_payout *payout = run->payout;
    tuoyu_decimal claimed;
    if (!payout->budget.is_given)
        return TUOYU_OK;
    payout->left = (struct answer_number){.is_given = true, .number = run->left};
    payout->paid = payout->unpaid = payout->left;
    tuoyu_status status = decimal_subtract(payout->budget.number, run->left, &payout->paid.number);
    if (status == TUOYU_OK)
        status = sum_of(run, 0, run->line_count, &claimed);
    return status == TUOYU_OK ? decimal_subtract(claimed, payout->paid.number, &payout->unpaid.number)
                              : status;
}

/* An amount of the budget, by its slot, or 0 where there is none. */
static tuoyu_status amount_of_budget(struct payout_run *run, uint32_t slot, struct answer_number *out)
{
    if (slot != SLOT_NONE)
        return answer_number_of(evaluation_value(run->evaluation, slot), run->budget->rule->rule.unit, out);
    *out = (struct answer_number){.is_given = true, .number = decimal_from_integer(0)};
    return TUOYU_OK;
}

/* Reads what there is to pay from and what was used, as the facts of the budget say. */
static tuoyu_status read_budget(struct payout_run *run)
{
    struct tuoyu_payout *payout = run->payout;
    struct value left;
    tuoyu_status status = rule_need(run->evaluation, &run->roots, run->rule->left, &left, run->diagnostics);
    if (status == TUOYU_OK)
        status = answer_number_of(left, run->budget->rule->rule.unit, &payout->budget);
    if (status == TUOYU_OK)
        status = amount_of_budget(run, run->rule->overspent, &payout->overspent);
    return status == TUOYU_OK ? amount_of_budget(run, run->rule->used, &payout->used) : status;
}

/* TUOYU_OK if the budget has no more digits than sums are exact with, as what is left of it without a payout
 * before is checked, too. */
static tuoyu_status check_digits(struct payout_run *run, tuoyu_decimal budget)
{
    tuoyu_decimal most;
    tuoyu_status status = decimal_scale(decimal_from_integer(1), MONEY_DIGITS, &most);
    if (status != TUOYU_OK || decimal_compare(budget, most) < 0)
        return status;
    return report(run->diagnostics, TUOYU_ERROR_SHARES, run->budget->rule->rule.where, TEXT(""),
                  "the budget has more than %d digits", MONEY_DIGITS);
}

tuoyu_status budget_left(tuoyu_decimal whole, tuoyu_decimal used, tuoyu_decimal *left,
                         tuoyu_decimal *overspent)
{
    tuoyu_status status = decimal_subtract(whole, used, left);
    *overspent = decimal_from_integer(0);
    if (status != TUOYU_OK)
        return status;
    if (decimal_sign(*left) > 0)
        return decimal_round(*left, 2, DECIMAL_FLOOR, left);
    if (decimal_sign(*left) < 0)
        *overspent = decimal_negate(*left);
    *left = decimal_from_integer(0);
    return TUOYU_OK;
}

/* Sets what there is to pay from to the budget less what the payouts before used of it. */
static tuoyu_status deduct_used(struct payout_run *run)
{
    struct tuoyu_payout *payout = run->payout;
    struct answer_number whole;
    struct value laid_down;
    payout->used = (struct answer_number){.is_given = true, .number = run->budget->previous->used};
    tuoyu_status status =
        rule_need(run->evaluation, &run->roots, run->rule->laid_down, &laid_down, run->diagnostics);
    if (status == TUOYU_OK)
        status = answer_number_of(laid_down, run->budget->rule->rule.unit, &whole);
    if (status != TUOYU_OK || !whole.is_given)
        return status;
    payout->budget.is_given = payout->overspent.is_given = true;
    status =
        budget_left(whole.number, payout->used.number, &payout->budget.number, &payout->overspent.number);
    return status == TUOYU_OK ? check_digits(run, payout->budget.number) : status;
}

/* Copies into the answer what it follows on. Returns false when memory is refused. */
static bool show_previous(struct payout_run *run)
{
    const struct previous_payout *previous = run->budget->previous;
    struct arena *arena = &run->payout->answer.arena;
    if (!previous)
        return true;
    struct followed_payout *shown = ARENA_NEW(arena, struct followed_payout);
    if (!shown)
        return false;
    run->payout->previous = shown;
    memcpy(shown->sum, previous->sum, sizeof shown->sum);
    shown->as_of = previous->as_of;
    shown->paid = ARENA_ARRAY(arena, struct earlier_payment, previous->paid_count);
    shown->changed_packs = ARENA_ARRAY(arena, struct text, previous->changed_count);
    if (!shown->paid || !shown->changed_packs)
        return false;
    for (size_t i = 0; i < previous->paid_count; i++) {
        struct text id = text_copy(arena, previous->paid[i]->id);
        shown->paid[shown->paid_count++] = (struct earlier_payment){id, previous->paid[i]->amount};
    }
    for (size_t i = 0; i < previous->changed_count; i++)
        shown->changed_packs[shown->changed_count++] = text_copy(arena, previous->changed_packs[i]);
    return !arena->failed;
}

/* Pays the claims and fills in the answer. TUOYU_OK, TUOYU_ERROR_OVERFLOW or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status run_payout(struct payout_run *run)
{
    struct tuoyu_payout *payout = run->payout;
    tuoyu_status status = run->budget->previous ? deduct_used(run) : read_budget(run);
    if (status != TUOYU_OK)
        return status;
    payout->answer.outcome = payout->budget.is_given ? TUOYU_DETERMINED : TUOYU_UNDETERMINED;
    run->left = payout->budget.number;
    status = put_in_order(run);
    if (status == TUOYU_OK && payout->budget.is_given)
        status = pay_line(run);
    if (status == TUOYU_OK)
        status = sum_up(run);
    if (status == TUOYU_OK)
        status = decide_final(run);
    if (status == TUOYU_ERROR_CANCELLED)
        report_cancelled(run->diagnostics);
    if (status == TUOYU_ERROR_OVERFLOW)
        report(run->diagnostics, status, run->budget->rule->rule.where, TEXT(""),
               "the claims are too large to be added up");
    if (status != TUOYU_OK)
        return status;
    bool is_shown = list_claims(run) && show_previous(run) &&
                    answer_rest_on(&payout->answer, run->evaluation, &run->roots) && cite_claims(run);
    if (is_shown && payout->answer.outcome == TUOYU_UNDETERMINED)
        is_shown =
            answer_list_missing(&payout->answer, run->evaluation, &run->roots) && list_missing_of_claims(run);
    return is_shown ? payout_sum_totals(run->budget, payout) : TUOYU_ERROR_NO_MEMORY;
}

tuoyu_status budget_pay(struct tuoyu_budget *budget, struct tuoyu_payout **out,
                        tuoyu_diagnostics *diagnostics)
{
    struct payout_run run = {.budget = budget, .rule = budget->rule->budget, .diagnostics = diagnostics};
    *out = NULL;
    run.payout = answer_new(sizeof *run.payout, &budget->rule->rule, budget->as_of);
    if (!run.payout)
        return report_no_memory(diagnostics);
    run.payout->answer.kind = ANSWER_PAYOUT;
    arena_init(&run.scratch, &budget->policy->arena.allocator);
    run.evaluation = case_begin(budget->facts, budget->as_of);
    tuoyu_status status = run.evaluation ? run_payout(&run) : TUOYU_ERROR_NO_MEMORY;
    case_end(budget->facts, run.evaluation);
    arena_free(&run.scratch);
    return answer_finish(&run.payout->answer, status, out, diagnostics);
}
