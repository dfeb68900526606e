/* SPDX-License-Identifier: Apache-2.0 */
/** @file budgets.h
 *  A budget that may run out: claims by a cost-sharing rule that has a `budget`, paid in the order that the pack lays down.
 *  Since 0.1.
 *
 *  Claims are added one by one, each a case with an id; then it is asked who is paid. The payments never exceed the budget,
 *  to the fen; what is not paid is listed with its reason. The order in which claims are added changes nothing. */
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

/** Opens the budget of a rule. facts: of the budget itself, for its `of` and `used`; they are copied; NULL: none.
 *  as_of: the day that everything is asked for, in days since 1970-01-01. Any thread.
 *  TUOYU_OK, TUOYU_ERROR_NOT_FOUND (the rule has no budget), a status under "Evaluation" (the rule is not in force, the budget
 *  cannot be computed), TUOYU_ERROR_DATE, _NO_MEMORY, _INVALID_ARGUMENT. A budget that facts are missing for is opened: its
 *  payouts are then undetermined and say so. */
TUOYU_API tuoyu_status tuoyu_cost_sharing_budget(const tuoyu_cost_sharing *cost_sharing, const tuoyu_case *facts,
                                                 int32_t as_of, tuoyu_budget **out, tuoyu_diagnostics *diagnostics);
TUOYU_API void tuoyu_budget_free(tuoyu_budget *budget);
/** Adds a claim. id: UTF-8 without control characters, not empty once the white space around it is cut;
 *  claim: its facts, not kept. One with an error is reported, and listed as TUOYU_CLAIM_ERROR; the budget goes
 *  on. TUOYU_OK, the claim's error, TUOYU_ERROR_DUPLICATE (there is one of that id: this one is not added),
 *  TUOYU_ERROR_ENCODING, _INVALID_ARGUMENT, _NO_MEMORY (not added). */
TUOYU_API tuoyu_status tuoyu_budget_add(tuoyu_budget *budget, const char *id, size_t id_length, const tuoyu_case *claim,
                                        tuoyu_diagnostics *diagnostics);
/** Who is paid of the claims so far; more may be added afterwards. Claims that wait for facts, or are in error, take nothing;
 *  but they might come before others once they are known, so that the outcome is TUOYU_UNDETERMINED while there are any.
 *  TUOYU_OK, TUOYU_ERROR_NO_MEMORY, _OVERFLOW, _INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_budget_pay(tuoyu_budget *budget, tuoyu_payout **out, tuoyu_diagnostics *diagnostics);
TUOYU_API void tuoyu_payout_free(tuoyu_payout *payout);
/** Borrowed: lives as long as the payout. Its receipt has the sum of the claims in place of their facts. */
TUOYU_API const tuoyu_answer *tuoyu_payout_answer(const tuoyu_payout *payout);
TUOYU_API const char *tuoyu_payout_unit(const tuoyu_payout *payout);
/** What there was to pay from; what is paid; what is left; what was claimed and is not paid. In the unit of
 *  tuoyu_payout_unit. TUOYU_ERROR_NOT_FOUND where the budget is not known. */
TUOYU_API tuoyu_status tuoyu_payout_budget(const tuoyu_payout *payout, tuoyu_decimal *out);
TUOYU_API tuoyu_status tuoyu_payout_paid(const tuoyu_payout *payout, tuoyu_decimal *out);
TUOYU_API tuoyu_status tuoyu_payout_left(const tuoyu_payout *payout, tuoyu_decimal *out);
TUOYU_API tuoyu_status tuoyu_payout_unpaid(const tuoyu_payout *payout, tuoyu_decimal *out);

/** Of a claim. */
enum {
    TUOYU_CLAIM_OPEN = 0,       /**< facts are missing, for its amount, its place in the order, or for the budget */
    TUOYU_CLAIM_PAID = 1,       /**< in full */
    TUOYU_CLAIM_IN_PART = 2,    /**< the budget ran out */
    TUOYU_CLAIM_UNPAID = 3,     /**< the budget had run out, or did not suffice */
    TUOYU_CLAIM_NOT_DUE = 4,    /**< nothing is due, or the rule does not apply */
    TUOYU_CLAIM_ERROR = 5       /**< see tuoyu_payout_claim_code */
};

/** All claims: first those that something is due to, in the order in which they are paid; then the others as they were added. */
TUOYU_API size_t tuoyu_payout_claim_count(const tuoyu_payout *payout);
TUOYU_API const char *tuoyu_payout_claim_id(const tuoyu_payout *payout, size_t index);
/** What is due from this budget. TUOYU_ERROR_NOT_FOUND where it is not determined. */
TUOYU_API tuoyu_status tuoyu_payout_claim_claimed(const tuoyu_payout *payout, size_t index, tuoyu_decimal *out);
/** What is paid of it. TUOYU_ERROR_NOT_FOUND where it is open or in error. */
TUOYU_API tuoyu_status tuoyu_payout_claim_paid(const tuoyu_payout *payout, size_t index, tuoyu_decimal *out);
/** TUOYU_CLAIM_… */
TUOYU_API int32_t tuoyu_payout_claim_state(const tuoyu_payout *payout, size_t index);
/** The status of a claim in error, else TUOYU_OK. */
TUOYU_API tuoyu_status tuoyu_payout_claim_code(const tuoyu_payout *payout, size_t index);
/** The name of a fact or parameter that an open claim waits for; NULL at the end. */
TUOYU_API const char *tuoyu_payout_claim_missing(const tuoyu_payout *payout, size_t index, size_t missing);

#ifdef __cplusplus
}
#endif
#endif
