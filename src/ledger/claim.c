/* SPDX-License-Identifier: Apache-2.0 */
/* Adds a claim to a budget: what is due, its place in the order, and what is missing for either. */
#include "ledger/budget.h"

#include <string.h>

#include "base/plain_text.h"
#include "ledger/previous_payout.h"

/* ---- What is kept of it ---- */

/* Enters what is missing into the budget, once, and gives the name that is kept. Returns false when memory
 * is refused. */
static bool keep_missing_name(struct tuoyu_budget *budget, const struct answer_missing *missing,
                              struct text *name)
{
    const struct text *known = map_get(&budget->missing_names, missing->name);
    if (known) {
        *name = *known;
        return true;
    }
    struct text *kept = ARENA_NEW(&budget->arena, struct text);
    struct answer_missing *grown = arena_grow(&budget->arena, budget->missing, budget->missing_count,
                                              &budget->missing_capacity, sizeof *grown);
    if (!kept || !grown)
        return false;
    budget->missing = grown;
    *kept = text_copy(&budget->arena, missing->name);
    if (!kept->bytes || !map_put(&budget->missing_names, *kept, kept))
        return false;
    grown[budget->missing_count] = *missing;
    grown[budget->missing_count++].name = *kept;
    *name = *kept;
    return true;
}

/* Adds names that the claim waits for, each once. Returns false when memory is refused. */
static bool add_missing(struct tuoyu_budget *budget, struct claim *claim,
                        const struct answer_missing *missing, size_t count)
{
    struct text *all = ARENA_ARRAY(&budget->arena, struct text, claim->missing_count + count);
    if (!all)
        return false;
    for (size_t i = 0; i < claim->missing_count; i++)
        all[i] = claim->missing[i];
    claim->missing = all;
    for (size_t i = 0; i < count; i++) {
        struct text name;
        bool is_there = false;
        if (!keep_missing_name(budget, &missing[i], &name))
            return false;
        for (size_t j = 0; j < claim->missing_count; j++)
            is_there |= text_equals(all[j], name);
        if (!is_there)
            all[claim->missing_count++] = name;
    }
    return true;
}

/* Keeps the citations of a claim's split in the budget, each once. Only the value must be copied, since
 * all else lives in the policy. Returns false when memory is refused. */
static bool keep_citations(struct tuoyu_budget *budget, const struct tuoyu_answer *answer)
{
    for (size_t i = 0; i < answer->citation_count; i++) {
        const struct answer_citation *citation = &answer->citations[i];
        size_t at = 0;
        while (at < budget->citation_count && !citations_equal(&budget->citations[at], citation))
            at++;
        if (at < budget->citation_count)
            continue;
        struct answer_citation *grown = arena_grow(&budget->arena, budget->citations, budget->citation_count,
                                                   &budget->citation_capacity, sizeof *grown);
        if (!grown)
            return false;
        budget->citations = grown;
        grown[at] = *citation;
        if (citation->has_value)
            grown[at].value = text_copy(&budget->arena, citation->value);
        if (citation->has_value && !grown[at].value.bytes)
            return false;
        budget->citation_count++;
    }
    return true;
}

/* ---- Its place in the order ---- */

/* Cites what the keys of the order rest on, too. Returns false when memory is refused. */
static bool cite_keys(struct tuoyu_answer *answer, struct evaluation *evaluation, const uint32_t *slots,
                      size_t count)
{
    size_t traced = 0;
    const uint32_t *trace = evaluation_trace(evaluation, slots, count, &traced);
    struct answer_citation citation;
    if (!trace)
        return false;
    for (size_t i = 0; i < traced; i++)
        for (uint32_t j = 0, at; slot_citation(answer, evaluation, trace[i], j, &citation); j++)
            if (!answer_cite(answer, &citation, &at))
                return false;
    return true;
}

/* Notes what the keys of the order wait for. Returns false when memory is refused. */
static bool keep_missing_of_keys(struct tuoyu_budget *budget, struct claim *claim,
                                 struct evaluation *evaluation, const struct value *keys, size_t count)
{
    const struct cause **causes = NULL;
    size_t cause_count = 0;
    if (!evaluation_missing(evaluation, keys, count, &causes, &cause_count))
        return false;
    for (size_t i = 0; i < cause_count; i++) {
        struct answer_missing missing = {.name = causes[i]->name,
                                         .code = causes[i]->code,
                                         .slot = evaluation_missing_slot(evaluation, causes[i])};
        if (!add_missing(budget, claim, &missing, 1))
            return false;
    }
    return true;
}

/* True for a value of a kind that claims can be ordered by. */
static bool is_orderable(struct value value)
{
    return value.kind == VALUE_NULL || value.kind == VALUE_BOOLEAN || value.kind == VALUE_NUMBER ||
           value.kind == VALUE_STRING || value.kind == VALUE_DATE;
}

/* Computes a key and copies its text into the arena. An error, or a value that orders nothing, is
 * reported. */
static tuoyu_status read_key(struct evaluation *evaluation, uint32_t slot, struct arena *arena,
                             struct value *out, tuoyu_diagnostics *diagnostics)
{
    *out = evaluation_value(evaluation, slot);
    tuoyu_status status = evaluation_status(evaluation, *out, diagnostics);
    if (status == TUOYU_OK && !is_orderable(*out)) {
        struct text kind = value_kind_name((enum value_kind)out->kind);
        struct value error = evaluation_error(
            evaluation, TUOYU_ERROR_EVALUATION, program_slot(evaluation->program, slot)->where,
            "claims cannot be put in order by a %.*s", TEXT_ARGUMENTS(kind));
        status = evaluation_status(evaluation, error, diagnostics);
    }
    if (status != TUOYU_OK || out->kind != VALUE_STRING)
        return status;
    out->as.string = text_copy(arena, out->as.string);
    return out->as.string.bytes ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

/* Reads the keys of the order from the evaluation of the split, which has just been made. The claim is in
 * line if all are known. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status read_keys(struct tuoyu_budget *budget, struct claim *claim, struct tuoyu_split *split,
                              struct evaluation *evaluation, tuoyu_diagnostics *diagnostics)
{
    const struct budget *rule = budget->rule->budget;
    uint32_t *slots = ARENA_ARRAY(&evaluation->arena, uint32_t, rule->key_count);
    claim->keys = ARENA_ARRAY(&budget->arena, struct value, rule->key_count);
    if (!slots || !claim->keys)
        return TUOYU_ERROR_NO_MEMORY;
    claim->is_in_line = true;
    for (size_t i = 0; i < rule->key_count; i++) {
        slots[i] = rule->keys[i].slot;
        tuoyu_status status = read_key(evaluation, slots[i], &budget->arena, &claim->keys[i], diagnostics);
        if (status != TUOYU_OK)
            return status;
        if (value_cause(claim->keys[i]))
            claim->is_in_line = false;
    }
    bool is_kept =
        cite_keys(&split->answer, evaluation, slots, rule->key_count) &&
        (claim->is_in_line || keep_missing_of_keys(budget, claim, evaluation, claim->keys, rule->key_count));
    return is_kept ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

/* ---- What is due ---- */

/* What is due to the claim: the payer's share, what is payable by now, or the whole. */
static struct answer_number claimed_of(const struct tuoyu_cost_sharing *rule, const struct tuoyu_split *split)
{
    if (rule->budget->payer != SIZE_MAX)
        return split->lines[rule->budget->payer];
    return rule->instalment_count ? split->payable : split->whole;
}

/* Decides what of the amount is due beyond what was paid before, and what was paid too much. Where the rule
 * asks what was paid (`paid`), its split says so, and what the payouts before paid must be in it. Returns
 * TUOYU_OK or the status of the first error. */
static tuoyu_status deduct_paid(struct tuoyu_budget *budget, struct claim *claim,
                                const struct tuoyu_split *split, struct evaluation *evaluation,
                                tuoyu_diagnostics *diagnostics)
{
    const struct answer_number *before = &claim->paid_before;
    bool is_asked = budget->rule->paid != SLOT_NONE;
    bool is_out = split->answer.outcome == TUOYU_NOT_APPLICABLE;
    tuoyu_decimal beyond;
    claim->due = claim->claimed;
    bool is_determined = split->answer.outcome == TUOYU_DETERMINED;
    if (is_determined && split->claw_back.is_given && decimal_sign(split->claw_back.number) > 0)
        claim->claw_back = split->claw_back;
    if (!before->is_given || (!claim->claimed.is_given && !is_out))
        return TUOYU_OK;
    if (is_asked && !is_out && decimal_compare(split->paid.number, before->number) >= 0)
        return TUOYU_OK;
    if (is_asked && !is_out) {
        char given[TUOYU_DECIMAL_TEXT_SIZE], paid[TUOYU_DECIMAL_TEXT_SIZE];
        decimal_format(split->paid.number, given);
        decimal_format(before->number, paid);
        struct value error = evaluation_error(
            evaluation, TUOYU_ERROR_SHARES, budget->rule->rule.where,
            "the facts say that %s was paid before, but the previous payouts paid %s", given, paid);
        return evaluation_status(evaluation, error, diagnostics);
    }
    tuoyu_decimal claimed = is_out ? decimal_from_integer(0) : claim->claimed.number;
    tuoyu_status status = decimal_subtract(claimed, before->number, &beyond);
    bool is_too_much = decimal_sign(beyond) < 0;
    claim->due =
        (struct answer_number){.is_given = true, .number = is_too_much ? decimal_from_integer(0) : beyond};
    if (is_too_much)
        claim->claw_back = (struct answer_number){.is_given = true, .number = decimal_negate(beyond)};
    return status;
}

/* The state of a claim to which nothing is due. */
static int32_t settled_state(const struct claim *claim)
{
    if (claim->claw_back.is_given)
        return TUOYU_CLAIM_CLAW_BACK;
    return claim->paid_before.is_given ? TUOYU_CLAIM_PAID_BEFORE : TUOYU_CLAIM_NOT_DUE;
}

/* Keeps the whole and the shares of a split, for the sums by payer. Returns false when memory is refused. */
static bool keep_shares(struct tuoyu_budget *budget, struct claim *claim, const struct tuoyu_split *split)
{
    size_t count = budget->rule->payer_count;
    claim->whole = split->whole;
    claim->shares = ARENA_ARRAY(&budget->arena, tuoyu_decimal, count);
    for (size_t i = 0; claim->shares && i < count; i++)
        claim->shares[i] = split->lines[i].number;
    return claim->shares;
}

/* Notes state, amount, keys and what is missing from the claim's split. Returns TUOYU_OK or the status of the
 * first error. */
static tuoyu_status read_split(struct tuoyu_budget *budget, struct claim *claim, struct tuoyu_split *split,
                               struct evaluation *evaluation, tuoyu_diagnostics *diagnostics)
{
    struct tuoyu_answer *answer = &split->answer;
    tuoyu_status status = TUOYU_OK;
    claim->state = TUOYU_CLAIM_OPEN;
    if (answer->outcome == TUOYU_DETERMINED) {
        claim->claimed = claimed_of(budget->rule, split);
        if (!keep_shares(budget, claim, split))
            return TUOYU_ERROR_NO_MEMORY;
    }
    claim->paid_before = paid_before_of(budget, claim->id);
    status = deduct_paid(budget, claim, split, evaluation, diagnostics);
    if (status != TUOYU_OK)
        return status;
    bool is_due = claim->due.is_given && decimal_sign(claim->due.number) > 0;
    if (answer->outcome == TUOYU_NOT_APPLICABLE || (claim->due.is_given && !is_due))
        claim->state = settled_state(claim);
    if (answer->outcome == TUOYU_UNDETERMINED &&
        !add_missing(budget, claim, answer->missing, answer->missing_count))
        return TUOYU_ERROR_NO_MEMORY;
    if (is_due)
        status = read_keys(budget, claim, split, evaluation, diagnostics);
    if (status == TUOYU_OK && !keep_citations(budget, answer))
        status = TUOYU_ERROR_NO_MEMORY;
    return status;
}

/* Splits the claim's case. After an error that is the claim's own, the claim is in error, and the error is
 * returned. */
static tuoyu_status split_claim(struct tuoyu_budget *budget, struct claim *claim,
                                struct evaluation *evaluation, tuoyu_diagnostics *diagnostics)
{
    struct tuoyu_split *split = NULL;
    tuoyu_status status = cost_sharing_split_in(budget->rule, evaluation, &split, diagnostics);
    if (status == TUOYU_OK)
        status = read_split(budget, claim, split, evaluation, diagnostics);
    if (split)
        answer_free(&split->answer);
    if (status == TUOYU_OK || work_has_ended(status))
        return status;
    claim->state = TUOYU_CLAIM_ERROR;
    claim->code = status;
    claim->claimed = claim->due = claim->claw_back = claim->whole = (struct answer_number){.is_given = false};
    claim->is_in_line = false;
    claim->missing_count = 0;
    return status;
}

/* ---- Records ---- */

/* Writes the record as a line for the receipt into budget->row: `"A-1" {"child.id":"7"}`, or `"A-1"
 * TUOYU_ERROR_FACT_TYPE` for one that could not be made a claim. Returns false when memory is refused. */
static bool write_row(struct tuoyu_budget *budget, struct text id, const struct evaluation *evaluation,
                      tuoyu_status code)
{
    struct text_builder *row = &budget->row;
    row->length = 0;
    text_append_json(row, id);
    text_append_byte(row, ' ');
    if (evaluation)
        facts_write(row, budget->policy, evaluation->facts);
    else
        text_append_literal(row, tuoyu_status_name(code));
    text_append_byte(row, '\n');
    bool is_written = !row->failed;
    if (!is_written)
        text_builder_free(row); /* so that the next record may find memory again */
    return is_written;
}

/* Counts a record and adds its line to the digest, once nothing can fail any more. */
static void count_record(struct tuoyu_budget *budget)
{
    digest_add(&budget->digest, text_builder_text(&budget->row));
    budget->record_count++;
}

/* Makes a claim for the line in budget->row, which is not in the budget yet. NULL when memory is refused. */
static struct claim *new_claim(struct tuoyu_budget *budget, struct text id)
{
    struct claim *claim = ARENA_NEW(&budget->arena, struct claim);
    if (!claim)
        return NULL;
    *claim = (struct claim){.id = text_copy(&budget->arena, id)};
    digest_sum_add(&claim->facts, text_builder_text(&budget->row));
    return claim->id.bytes ? claim : NULL;
}

/* Puts a new claim into the budget. TUOYU_OK or TUOYU_ERROR_NO_MEMORY, reported. */
static tuoyu_status put_claim(struct tuoyu_budget *budget, struct claim *claim,
                              tuoyu_diagnostics *diagnostics)
{
    struct claim **grown = arena_grow(&budget->arena, budget->claims, budget->claim_count,
                                      &budget->claim_capacity, sizeof *grown);
    if (grown)
        budget->claims = grown;
    if (!grown || (claim->id.length && !map_put(&budget->ids, claim->id, claim)))
        return report_no_memory(diagnostics);
    budget->claims[budget->claim_count++] = claim;
    count_record(budget);
    return TUOYU_OK;
}

/* ---- Adding ---- */

/* Reports an id that is no plain text. Every way of adding calls this; an empty id passes. */
static tuoyu_status check_id(struct text id, tuoyu_diagnostics *diagnostics)
{
    const struct location nowhere = {.source = NULL};
    if (text_is_plain(id))
        return TUOYU_OK;
    return report(diagnostics, TUOYU_ERROR_ENCODING, nowhere, TEXT(""),
                  "the id of a claim is not UTF-8, or holds a control character");
}

/* Adds a record with an id that another one has. If both say the same, they are one claim; else neither is
 * paid, whichever came first. Always returns an error, reported: TUOYU_ERROR_DUPLICATE, _NO_MEMORY or
 * _CANCELLED. */
static tuoyu_status add_again(struct tuoyu_budget *budget, struct claim *first, struct evaluation *evaluation,
                              tuoyu_diagnostics *diagnostics)
{
    const struct location nowhere = {.source = NULL};
    struct digest_sum row = {.bytes = {0}};
    digest_sum_add(&row, text_builder_text(&budget->row));
    bool is_same = evaluation && !first->is_unreadable && memcmp(&row, &first->facts, sizeof row) == 0;
    /* The payout cites what all records rest on, whichever came first. */
    struct claim other = {.id = first->id};
    tuoyu_status status =
        evaluation && !is_same ? split_claim(budget, &other, evaluation, diagnostics) : TUOYU_OK;
    if (work_has_ended(status))
        return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
    first->duplicates++;
    first->is_contested |= !is_same;
    count_record(budget);
    if (is_same)
        return report(diagnostics, TUOYU_ERROR_DUPLICATE, nowhere, TEXT("leave it out: it is paid once"),
                      "there is a claim `%.*s` already, with the same facts", TEXT_ARGUMENTS(first->id));
    return report(diagnostics, TUOYU_ERROR_DUPLICATE, nowhere,
                  TEXT("give each claim an id of its own, or keep the one that is right"),
                  "there is a claim `%.*s` already, with other facts: neither is paid",
                  TEXT_ARGUMENTS(first->id));
}

/* Adds the case in the evaluation as a claim, or as a record of one that has its id already. Returns TUOYU_OK
 * or the status of the first error. */
static tuoyu_status add_claim(struct tuoyu_budget *budget, struct text id, struct evaluation *evaluation,
                              tuoyu_diagnostics *diagnostics)
{
    if (!write_row(budget, id, evaluation, TUOYU_OK))
        return report_no_memory(diagnostics);
    struct claim *first = map_get(&budget->ids, id);
    if (first)
        return add_again(budget, first, evaluation, diagnostics);
    struct claim *claim = new_claim(budget, id);
    if (!claim)
        return report_no_memory(diagnostics);
    tuoyu_status status = split_claim(budget, claim, evaluation, diagnostics);
    if (work_has_ended(status))
        return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
    tuoyu_status put = put_claim(budget, claim, diagnostics);
    return put == TUOYU_OK ? status : put;
}

tuoyu_status budget_add(struct tuoyu_budget *budget, struct text id, const struct tuoyu_case *facts,
                        tuoyu_diagnostics *diagnostics)
{
    tuoyu_status status = check_id(id, diagnostics);
    if (status != TUOYU_OK)
        return status;
    if (id.length == 0)
        return report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, (struct location){.source = NULL}, TEXT(""),
                      "a claim needs an id");
    struct evaluation *evaluation = case_begin(facts, budget->as_of);
    if (!evaluation)
        return report_no_memory(diagnostics);
    status = add_claim(budget, id, evaluation, diagnostics);
    case_end(facts, evaluation);
    return status;
}

tuoyu_status budget_add_unreadable(struct tuoyu_budget *budget, struct text id, tuoyu_status code,
                                   tuoyu_diagnostics *diagnostics)
{
    tuoyu_status status = check_id(id, diagnostics);
    if (status != TUOYU_OK)
        return status;
    if (!write_row(budget, id, NULL, code))
        return report_no_memory(diagnostics);
    struct claim *first = id.length ? map_get(&budget->ids, id) : NULL;
    if (first)
        return add_again(budget, first, NULL, diagnostics);
    struct claim *claim = new_claim(budget, id);
    if (!claim)
        return report_no_memory(diagnostics);
    claim->is_unreadable = true;
    claim->state = TUOYU_CLAIM_ERROR;
    claim->code = code;
    return put_claim(budget, claim, diagnostics);
}
