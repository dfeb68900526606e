/* SPDX-License-Identifier: Apache-2.0 */
/** @file budgets.h
 * A budget that may run out: claims by a cost-sharing rule that has a `budget`, paid in the order that the
 * pack lays down.
 * Since 0.1.
 *
 * Claims are added one by one, each a case with an id; then it is asked who is paid. The payments never
 * exceed the budget, to the fen, and none is below zero; what is not paid is listed with its reason. The
 * order in which claims are added changes nothing about who is paid what.
 *
 * Two records under one id are one claim if they have the same facts: it is paid once. If they differ, or
 * one of them could not be read, none of them is paid, since it is not for this library to choose: the claim
 * is TUOYU_CLAIM_ERROR with the code TUOYU_ERROR_DUPLICATE. Ids are compared byte by byte. */
#ifndef TUOYU_BUDGETS_H
#define TUOYU_BUDGETS_H

#include <tuoyu/rules.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Claims that grow one by one. Owned by one thread at a time; holds a reference to its policy. */
typedef struct tuoyu_budget tuoyu_budget;
/** Who is paid. Immutable; any number of threads may read it. */
typedef struct tuoyu_payout tuoyu_payout;

/** Opens the budget of a rule. facts: of the budget itself, for its `of` and `used`; they are copied; NULL:
 * none. as_of: the day that everything is asked for, in days since 1970-01-01. Any thread. TUOYU_OK,
 * TUOYU_ERROR_NOT_FOUND (the rule has no budget), a status under "Evaluation" (the rule is not in force, the
 * budget cannot be computed), TUOYU_ERROR_DATE, _NO_MEMORY, _INVALID_ARGUMENT. A budget that facts are
 * missing for is opened: its payouts are then undetermined and say so. */
TUOYU_API tuoyu_status tuoyu_cost_sharing_budget(const tuoyu_cost_sharing *cost_sharing,
                                                 const tuoyu_case *facts, int32_t as_of, tuoyu_budget **out,
                                                 tuoyu_diagnostics *diagnostics);
TUOYU_API void tuoyu_budget_free(tuoyu_budget *budget);
/** Lets a budget follow on an earlier payout from it, before claims are added. receipt: the bytes that
 * tuoyu_answer_to_receipt() gave for that payout, with their length or TUOYU_NUL_TERMINATED; not kept.
 *
 * What was paid under an id is not paid again: of a claim only what is due beyond it is in line, and where it
 * is more than is due, the claim is TUOYU_CLAIM_CLAW_BACK. What was used of the budget is what that payout
 * left, unless the facts given to the budget say that more was; facts of the budget that were not given are
 * those of the receipt. Where the rule itself asks what was paid before (`paid`), that fact says it, and it
 * is an error of the claim if it says less than the receipts.
 *
 * A receipt is not signed. It is refused if its own sums do not agree, or if its budget is not the one that
 * the policy computes from its facts; what it says of single claims is proven only by repeating that payout
 * with its claims. Where the receipt's packs are another version, a warning says which, and its budget is not
 * computed again. Since 0.2. TUOYU_OK; TUOYU_ERROR_SYNTAX (no receipt of a payout, or its sums do not agree),
 * _INVALID_ARGUMENT (of another rule or budget, or of a later day; the facts say that less was used; claims
 * were added already), a status under "Facts of a case" or "Evaluation", _NO_MEMORY: the budget is as it was.
 */
TUOYU_API tuoyu_status tuoyu_budget_follow(tuoyu_budget *budget, const char *receipt, size_t receipt_length,
                                           tuoyu_diagnostics *diagnostics);
/** Adds a claim. id: UTF-8 without control characters, not empty once the white space around it is cut, with
 * its length or TUOYU_NUL_TERMINATED; claim: its facts, not kept. One with an error is reported, and listed
 * as TUOYU_CLAIM_ERROR; the budget goes on. TUOYU_OK, the claim's error, TUOYU_ERROR_DUPLICATE (there is one
 * of that id: the diagnostics say whether with the same facts; it is counted, see above),
 * TUOYU_ERROR_ENCODING, _INVALID_ARGUMENT, _NO_MEMORY or _CANCELLED (not added). */
TUOYU_API tuoyu_status tuoyu_budget_add(tuoyu_budget *budget, const char *id, size_t id_length,
                                        const tuoyu_case *claim, tuoyu_diagnostics *diagnostics);
/** Lists a record that could not be made a claim, so that it does not vanish: as TUOYU_CLAIM_ERROR with that
 * code, which is an error such as TUOYU_ERROR_FACT_TYPE. While there is one, the payout is
 * TUOYU_UNDETERMINED.
 * id: as above; NULL or empty where the record has none. Since 0.2.
 * TUOYU_OK, TUOYU_ERROR_DUPLICATE (there is a claim of that id, which is not paid then), _ENCODING,
 * _INVALID_ARGUMENT, _NO_MEMORY (not added). */
TUOYU_API tuoyu_status tuoyu_budget_add_unreadable(tuoyu_budget *budget, const char *id, size_t id_length,
                                                   tuoyu_status code, tuoyu_diagnostics *diagnostics);
/** Who is paid of the claims so far; more may be added afterwards. Claims that wait for facts, or are in
 * error, take nothing; but they might come before others once they are known, so that the outcome is
 * TUOYU_UNDETERMINED while there are any. TUOYU_OK, TUOYU_ERROR_CANCELLED, _NO_MEMORY, _OVERFLOW,
 * _INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_budget_pay(tuoyu_budget *budget, tuoyu_payout **out,
                                        tuoyu_diagnostics *diagnostics);
TUOYU_API void tuoyu_payout_free(tuoyu_payout *payout);
/** Borrowed: lives as long as the payout. Its receipt has the sum of the claims in place of their facts. */
TUOYU_API const tuoyu_answer *tuoyu_payout_answer(const tuoyu_payout *payout);
TUOYU_API const char *tuoyu_payout_unit(const tuoyu_payout *payout);
/** What there was to pay from, 0 at the least; what is paid; what is left; what was claimed and is not paid.
 * In the unit of tuoyu_payout_unit. TUOYU_ERROR_NOT_FOUND where the budget is not known. */
TUOYU_API tuoyu_status tuoyu_payout_budget(const tuoyu_payout *payout, tuoyu_decimal *out);
TUOYU_API tuoyu_status tuoyu_payout_paid(const tuoyu_payout *payout, tuoyu_decimal *out);
TUOYU_API tuoyu_status tuoyu_payout_left(const tuoyu_payout *payout, tuoyu_decimal *out);
TUOYU_API tuoyu_status tuoyu_payout_unpaid(const tuoyu_payout *payout, tuoyu_decimal *out);
/** By how much more was used of the budget than there is, `used` less `of`: nothing is paid while it is above
 * 0. Else 0. Unit and status as above. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_payout_overspent(const tuoyu_payout *payout, tuoyu_decimal *out);
/** What was used of the budget before this payout. Unit and status as above. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_payout_used(const tuoyu_payout *payout, tuoyu_decimal *out);
/** What was paid too much, of all claims together. Unit as above. TUOYU_OK. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_payout_claw_back(const tuoyu_payout *payout, tuoyu_decimal *out);
/** What the claims split, of all together whose split is determined; the shares of the payers sum to it. Unit
 * as above. TUOYU_OK, TUOYU_ERROR_INVALID_ARGUMENT. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_payout_whole(const tuoyu_payout *payout, tuoyu_decimal *out);
/** How many payers the rule has. Since 0.2. */
TUOYU_API size_t tuoyu_payout_payer_count(const tuoyu_payout *payout);
/** The id of a payer; NULL if there is none at index. Since 0.2. */
TUOYU_API const char *tuoyu_payout_payer_id(const tuoyu_payout *payout, size_t index);
/** Its share in tuoyu_payout_whole(). TUOYU_OK, TUOYU_ERROR_INVALID_ARGUMENT. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_payout_payer_share(const tuoyu_payout *payout, size_t index, tuoyu_decimal *out);

/** Of a claim. */
enum {
    TUOYU_CLAIM_OPEN = 0, /**< facts are missing, for its amount, its place in the order, or for the budget */
    TUOYU_CLAIM_PAID = 1, /**< in full */
    TUOYU_CLAIM_IN_PART = 2,     /**< the budget ran out */
    TUOYU_CLAIM_UNPAID = 3,      /**< the budget had run out, or did not suffice */
    TUOYU_CLAIM_NOT_DUE = 4,     /**< nothing is due, or the rule does not apply */
    TUOYU_CLAIM_ERROR = 5,       /**< see tuoyu_payout_claim_code */
    TUOYU_CLAIM_PAID_BEFORE = 6, /**< all that is due was paid before: nothing more is. Since 0.2 */
    TUOYU_CLAIM_CLAW_BACK = 7    /**< more was paid before than is due: see tuoyu_payout_claim_claw_back.
                                      Since 0.2 */
};

/** How many claims have a state (TUOYU_CLAIM_…); 0 for a state that is none. Since 0.2. */
TUOYU_API size_t tuoyu_payout_state_count(const tuoyu_payout *payout, int32_t state);
/** What they claim together; what is not determined counts as 0. TUOYU_OK, TUOYU_ERROR_INVALID_ARGUMENT.
 * Since 0.2. */
TUOYU_API tuoyu_status tuoyu_payout_state_claimed(const tuoyu_payout *payout, int32_t state,
                                                  tuoyu_decimal *out);
/** What they are paid together; all states together are paid tuoyu_payout_paid(). As above. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_payout_state_paid(const tuoyu_payout *payout, int32_t state, tuoyu_decimal *out);

/** All claims, one an id: first those that something is due to, in the order in which they are paid; then the
 * others as they were added. A record without an id is listed by itself, with an empty one. */
TUOYU_API size_t tuoyu_payout_claim_count(const tuoyu_payout *payout);
TUOYU_API const char *tuoyu_payout_claim_id(const tuoyu_payout *payout, size_t index);
/** What is due from this budget. TUOYU_ERROR_NOT_FOUND where it is not determined. */
TUOYU_API tuoyu_status tuoyu_payout_claim_claimed(const tuoyu_payout *payout, size_t index,
                                                  tuoyu_decimal *out);
/** What is paid of it. TUOYU_ERROR_NOT_FOUND where it is open or in error. */
TUOYU_API tuoyu_status tuoyu_payout_claim_paid(const tuoyu_payout *payout, size_t index, tuoyu_decimal *out);
/** TUOYU_CLAIM_… */
TUOYU_API int32_t tuoyu_payout_claim_state(const tuoyu_payout *payout, size_t index);
/** How many further records were added under the id of a claim; 0 if there is none at index. Since 0.2. */
TUOYU_API size_t tuoyu_payout_claim_duplicates(const tuoyu_payout *payout, size_t index);
/** Whether what is paid of a claim stays the same, however the claims turn out that are open or in error.
 * False for those themselves. Since 0.2. */
TUOYU_API bool tuoyu_payout_claim_is_final(const tuoyu_payout *payout, size_t index);
/** What was paid under the claim's id in the payouts that the budget follows on (tuoyu_budget_follow).
 * TUOYU_ERROR_NOT_FOUND where nothing was. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_payout_claim_paid_before(const tuoyu_payout *payout, size_t index,
                                                      tuoyu_decimal *out);
/** By how much more was paid before than is due, as its split says, or as the payouts before show.
 * TUOYU_ERROR_NOT_FOUND where it is not. It is no part of what is left of the budget. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_payout_claim_claw_back(const tuoyu_payout *payout, size_t index,
                                                    tuoyu_decimal *out);
/** The status of a claim in error, else TUOYU_OK. */
TUOYU_API tuoyu_status tuoyu_payout_claim_code(const tuoyu_payout *payout, size_t index);
/** The name of a fact or parameter that an open claim waits for; NULL at the end. */
TUOYU_API const char *tuoyu_payout_claim_missing(const tuoyu_payout *payout, size_t index, size_t missing);

#ifdef __cplusplus
}
#endif
#endif
