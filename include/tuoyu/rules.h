/* SPDX-License-Identifier: Apache-2.0 */
/** @file rules.h
 * The four kinds of rule and their answers. Since 0.1.
 *
 * A rule handle is taken by name from a policy, is immutable, holds a reference to its policy, and may be
 * shared by threads. Answers are immutable and own all they show. An evaluation needs an as-of date: the
 * library has no clock.
 *
 * An evaluation returns TUOYU_OK and an answer also when facts are missing: the answer's outcome is then
 * TUOYU_UNDETERMINED and it names what to ask for. A wrong fact, a number not in force, a division by zero
 * and the like are an error status without an answer, reported in the diagnostics.
 *
 * Whatever evaluates may also end with TUOYU_ERROR_CANCELLED, where the interrupt that the policy was loaded
 * with says so (see tuoyu_load_options). Nothing is added then that was being added, and what was asked may
 * be asked again; only a tally that was cancelled within a row is of no more use. */
#ifndef TUOYU_RULES_H
#define TUOYU_RULES_H

#include <tuoyu/arrow_abi.h>
#include <tuoyu/policy.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- What all answers have ---- */

typedef struct tuoyu_answer tuoyu_answer;

enum {
    TUOYU_DETERMINED = 1,
    TUOYU_UNDETERMINED = 2,   /**< facts are missing or a parameter is unset: see tuoyu_answer_missing_* */
    TUOYU_NOT_APPLICABLE = 3, /**< the rule's `when` is false for this case */
    TUOYU_OUTCOME_ERROR = 4,  /**< of rows of a table only: see the column `error` */
    /** The rule is not in force on the day, so nothing was asked. A number that is not in force on the day of
     * a rule that is, is TUOYU_ERROR_NOT_IN_FORCE. Since 0.2. */
    TUOYU_NOT_IN_FORCE = 5
};

/** How well founded a number is; a higher one marks the whole answer. TUOYU_PROPOSED, since 0.2, is a number
 * that somebody proposes in place of the one that holds: it marks an answer above all else, so that no
 * simulation passes for a decision. */
enum { TUOYU_CITED = 1, TUOYU_DERIVED = 2, TUOYU_DRAFT = 3, TUOYU_ASSUMED = 4, TUOYU_PROPOSED = 5 };

/** TUOYU_DETERMINED, TUOYU_UNDETERMINED, TUOYU_NOT_APPLICABLE or TUOYU_NOT_IN_FORCE. */
TUOYU_API int32_t tuoyu_answer_outcome(const tuoyu_answer *answer);
/** The weakest standing of all that the answer rests on: TUOYU_CITED … TUOYU_PROPOSED. In 0.1 it was
 * tuoyu_answer_provenance. Since 0.2. */
TUOYU_API int32_t tuoyu_answer_standing(const tuoyu_answer *answer);

TUOYU_API size_t tuoyu_answer_missing_count(const tuoyu_answer *answer);
/** The full name of a fact or parameter that would help to decide; NULL if there is none at index. */
TUOYU_API const char *tuoyu_answer_missing_name(const tuoyu_answer *answer, size_t index);
/** TUOYU_ERROR_FACT_MISSING or TUOYU_ERROR_PARAMETER_UNSET. */
TUOYU_API tuoyu_status tuoyu_answer_missing_code(const tuoyu_answer *answer, size_t index);
TUOYU_API const char *tuoyu_answer_missing_label(const tuoyu_answer *answer, size_t index,
                                                 const char *language);
/** Who has the missing fact, as packs say it (`held_by`), in "zh" or "en" (the other where one is missing);
 * "" where no pack says so, NULL if there is none at index. It lives as long as the answer, for any thread.
 * Since 0.2. */
TUOYU_API const char *tuoyu_answer_missing_held_by(const tuoyu_answer *answer, size_t index,
                                                   const char *language);
/** Where and until when one can object, as the rule or its pack says it (`objection`), in "zh" or "en" (the
 * other where one is missing); "" where neither does, NULL for NULL. It lives as long as the answer. Any
 * thread. Since 0.2. */
TUOYU_API const char *tuoyu_answer_objection(const tuoyu_answer *answer, const char *language);

/** The law and the numbers the answer rests on: parameters, tables and clauses that were used, in order of
 * use. */
TUOYU_API size_t tuoyu_answer_citation_count(const tuoyu_answer *answer);
/** Of what: the name of a parameter, table, definition or rule. */
TUOYU_API const char *tuoyu_answer_citation_name(const tuoyu_answer *answer, size_t index);
/** The document and the clause, such as "托育机构设置标准（试行） 第20条"; "" where nothing is cited. */
TUOYU_API const char *tuoyu_answer_citation_text(const tuoyu_answer *answer, size_t index);
/** The same by the document's title in a language: "en" gives the English one where the pack has it, all else
 * as above. */
TUOYU_API const char *tuoyu_answer_citation_text_in(const tuoyu_answer *answer, size_t index,
                                                    const char *language);
/** TUOYU_CITED … TUOYU_PROPOSED. In 0.1 it was tuoyu_answer_citation_status. Since 0.2. */
TUOYU_API int32_t tuoyu_answer_citation_standing(const tuoyu_answer *answer, size_t index);

/** The answer as one JSON object; the same for every language and interface. TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
TUOYU_API tuoyu_status tuoyu_answer_to_json(const tuoyu_answer *answer, tuoyu_text **out);
/** For a person: the answer and, with explain, every step with its numbers and the clause behind it.
 * language: "zh" or "en". TUOYU_OK, TUOYU_ERROR_NO_MEMORY or TUOYU_ERROR_INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_answer_to_text(const tuoyu_answer *answer, const char *language, bool explain,
                                            tuoyu_text **out);

/** Who an explanation is for. Since 0.2. */
enum {
    TUOYU_READER_PARENT = 1,   /**< a parent: at most 12 lines, without a name that only the pack knows */
    TUOYU_READER_OFFICIAL = 2, /**< an official: tuoyu_answer_to_text() without the steps */
    TUOYU_READER_ENGINEER = 3  /**< whoever checks the pack: tuoyu_answer_to_text() with every step */
};

/** The answer in the words of its reader. reader: TUOYU_READER_PARENT, TUOYU_READER_OFFICIAL or
 * TUOYU_READER_ENGINEER. language: "zh" or "en". *out is the caller's, to be freed by tuoyu_text_free(), and
 * NULL unless TUOYU_OK is returned. For a parent each of these is one line: what was asked and the day; the
 * answer; why; what is missing; what can be done; a note where it rests on an assumption, a draft or a
 * derived number; the law. Where the standard that a fee is compared with is assumed or a draft, the fee is
 * said to be above or below it, never to break a rule. TUOYU_OK, TUOYU_ERROR_NO_MEMORY or
 * TUOYU_ERROR_INVALID_ARGUMENT. Any thread. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_answer_explain_for(const tuoyu_answer *answer, int32_t reader,
                                                const char *language, tuoyu_text **out);

/** How it came about, as one JSON object: a tree with the rule on top, and below each node what it was
 * computed from. Keys of a node, in this order, each left out where there is nothing to say: `kind` (rule,
 * step, definition, table, parameter, fact, input; of an eligibility criterion, all, any, none, at_least; of
 * an indicator count, sum, mean, min, max, distinct, where), `name`, `label` and `formula` ({zh, en}),
 * `outcome`, `decision`, `value` (canonical text) and `unit`, `citation` (and `citation_en`, by the source's
 * English title) or `note`, `status`, `children`. What stands in full above is `repeated` without its
 * children. Depth (32 below the rule) and length (about 1 MiB) are bounded: `cut` ("depth" or "length") marks
 * a node some of whose children are left out, `shortened` one with a text of more than 4 KiB. TUOYU_OK,
 * TUOYU_ERROR_NO_MEMORY, TUOYU_ERROR_INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_answer_explain_json(const tuoyu_answer *answer, tuoyu_text **out);

/** A receipt: all that is needed to repeat the decision, as one line of JSON without a space. The same packs,
 * case and date give the same bytes. Keys in this order: `receipt` 1, the format; `engine` tuoyu_version();
 * `rule` its full name; `as_of`; `packs` all of the policy in the order they were loaded, each `id` and
 * `sha256` of its text; `inputs` the facts that the case was given, by name in the order of bytes: true and
 * false, null for a fact known not to exist, else text (numbers canonical, in their declared unit), so that
 * tuoyu_case_read() reads them again (but for a text with characters that YAML refuses: set that by itself);
 * `outputs` what tuoyu_answer_to_json() gives. A measure has `rows` in place of `inputs`: `counts` of the
 * rows that were added, by entity that the indicator looks at, and `sha256`: the sum modulo 2^256 of the
 * SHA-256 of these rows, each as a line `entity {facts as in inputs}` with its line feed. So the order they
 * were added in is nothing. It is null where rows were added without their digests. A payout has both,
 * `inputs` of the budget and `claims`: their `count`, and the `sha256` of each as a line
 * `"id" {facts as in inputs}`, in the order they were added in.
 * It is a record, no signature: whoever may change it can make another. TUOYU_OK, TUOYU_ERROR_NO_MEMORY or
 * TUOYU_ERROR_INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_answer_to_receipt(const tuoyu_answer *answer, tuoyu_text **out);

/* ---- Pricing: what may be charged? ---- */

typedef struct tuoyu_pricing tuoyu_pricing;
typedef struct tuoyu_quote tuoyu_quote;

/** TUOYU_OK, TUOYU_ERROR_NOT_FOUND, TUOYU_ERROR_AMBIGUOUS, TUOYU_ERROR_NO_MEMORY,
 * TUOYU_ERROR_INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_policy_pricing(tuoyu_policy *policy, const char *name, size_t length,
                                            tuoyu_pricing **out, tuoyu_diagnostics *diagnostics);
TUOYU_API tuoyu_pricing *tuoyu_pricing_ref(tuoyu_pricing *pricing);
TUOYU_API void tuoyu_pricing_unref(tuoyu_pricing *pricing);
/** as_of in days since 1970-01-01. TUOYU_OK or a status under "Evaluation" in status.h,
 * TUOYU_ERROR_NO_MEMORY, _LIMIT. */
TUOYU_API tuoyu_status tuoyu_pricing_quote(const tuoyu_pricing *pricing, const tuoyu_case *facts,
                                           int32_t as_of, tuoyu_quote **out, tuoyu_diagnostics *diagnostics);
TUOYU_API void tuoyu_quote_free(tuoyu_quote *quote);
/** Borrowed: lives as long as the quote. */
TUOYU_API const tuoyu_answer *tuoyu_quote_answer(const tuoyu_quote *quote);
/** The amount, in the unit of tuoyu_quote_unit. TUOYU_ERROR_NOT_FOUND unless the outcome is TUOYU_DETERMINED.
 */
TUOYU_API tuoyu_status tuoyu_quote_amount(const tuoyu_quote *quote, tuoyu_decimal *out);
TUOYU_API const char *tuoyu_quote_unit(const tuoyu_quote *quote);
TUOYU_API size_t tuoyu_quote_step_count(const tuoyu_quote *quote);
TUOYU_API const char *tuoyu_quote_step_id(const tuoyu_quote *quote, size_t index);
TUOYU_API const char *tuoyu_quote_step_label(const tuoyu_quote *quote, size_t index, const char *language);
/** The step's value as text in its unit, "" where it is not determined. */
TUOYU_API const char *tuoyu_quote_step_value(const tuoyu_quote *quote, size_t index);
/** 1 the fee complies, 0 it does not, -1 no fee was given or the rule compares none. */
TUOYU_API int32_t tuoyu_quote_complies(const tuoyu_quote *quote);
/** By how much the fee charged exceeds what may be charged (zero or more). TUOYU_ERROR_NOT_FOUND where
 * complies is -1. */
TUOYU_API tuoyu_status tuoyu_quote_excess(const tuoyu_quote *quote, tuoyu_decimal *out);
/** By how much it falls short of what must be charged at least, likewise. */
TUOYU_API tuoyu_status tuoyu_quote_shortfall(const tuoyu_quote *quote, tuoyu_decimal *out);
/** The id of the bound that decided the amount; NULL where the formula's amount stands. */
TUOYU_API const char *tuoyu_quote_binding(const tuoyu_quote *quote);
/** The tightest limit that the fee breaks: the id of a bound, or "amount", "at_most", "at_least"; NULL where
 * it breaks none. */
TUOYU_API const char *tuoyu_quote_breaks(const tuoyu_quote *quote);

/* ---- Cost-sharing: who pays what? ---- */

typedef struct tuoyu_cost_sharing tuoyu_cost_sharing;
typedef struct tuoyu_split tuoyu_split;

TUOYU_API tuoyu_status tuoyu_policy_cost_sharing(tuoyu_policy *policy, const char *name, size_t length,
                                                 tuoyu_cost_sharing **out, tuoyu_diagnostics *diagnostics);
TUOYU_API tuoyu_cost_sharing *tuoyu_cost_sharing_ref(tuoyu_cost_sharing *cost_sharing);
TUOYU_API void tuoyu_cost_sharing_unref(tuoyu_cost_sharing *cost_sharing);
/** As tuoyu_pricing_quote; also TUOYU_ERROR_SHARES. */
TUOYU_API tuoyu_status tuoyu_cost_sharing_split(const tuoyu_cost_sharing *cost_sharing,
                                                const tuoyu_case *facts, int32_t as_of, tuoyu_split **out,
                                                tuoyu_diagnostics *diagnostics);
TUOYU_API void tuoyu_split_free(tuoyu_split *split);
TUOYU_API const tuoyu_answer *tuoyu_split_answer(const tuoyu_split *split);
/** What is shared, in the unit of tuoyu_split_unit; the sum of the lines, to the fen. TUOYU_ERROR_NOT_FOUND
 * unless determined. */
TUOYU_API tuoyu_status tuoyu_split_whole(const tuoyu_split *split, tuoyu_decimal *out);
TUOYU_API const char *tuoyu_split_unit(const tuoyu_split *split);
/** The id of the bound (cap or floor) that decided the whole; NULL where its formula did. Borrowed. */
TUOYU_API const char *tuoyu_split_binding(const tuoyu_split *split);
/** What the whole would be without bounds; the whole itself where the rule has none. TUOYU_ERROR_NOT_FOUND
 * where it is not determined. */
TUOYU_API tuoyu_status tuoyu_split_before_bounds(const tuoyu_split *split, tuoyu_decimal *out);
TUOYU_API size_t tuoyu_split_line_count(const tuoyu_split *split);
TUOYU_API const char *tuoyu_split_line_payer(const tuoyu_split *split, size_t index);
TUOYU_API const char *tuoyu_split_line_label(const tuoyu_split *split, size_t index, const char *language);
TUOYU_API tuoyu_status tuoyu_split_line_amount(const tuoyu_split *split, size_t index, tuoyu_decimal *out);

/** Of a subsidy, where the whole is made up of several. */
enum {
    TUOYU_SUBSIDY_OPEN = 0,     /**< a fact that would say is missing */
    TUOYU_SUBSIDY_PAID = 1,     /**< in full */
    TUOYU_SUBSIDY_NOT_DUE = 2,  /**< nothing is due by itself */
    TUOYU_SUBSIDY_EXCLUDED = 3, /**< another one is paid instead */
    TUOYU_SUBSIDY_CUT = 4       /**< paid in part or not at all: together they reach a limit */
};

/** The subsidies that make up the whole, in the order written; 0 where the rule has none. */
TUOYU_API size_t tuoyu_split_subsidy_count(const tuoyu_split *split);
TUOYU_API const char *tuoyu_split_subsidy_id(const tuoyu_split *split, size_t index);
TUOYU_API const char *tuoyu_split_subsidy_label(const tuoyu_split *split, size_t index, const char *language);
/** What is due by itself, and what is paid of it. TUOYU_ERROR_NOT_FOUND where it is not determined. */
TUOYU_API tuoyu_status tuoyu_split_subsidy_claimed(const tuoyu_split *split, size_t index,
                                                   tuoyu_decimal *out);
TUOYU_API tuoyu_status tuoyu_split_subsidy_amount(const tuoyu_split *split, size_t index, tuoyu_decimal *out);
/** TUOYU_SUBSIDY_… */
TUOYU_API int32_t tuoyu_split_subsidy_state(const tuoyu_split *split, size_t index);
/** The id of the combination that excluded or cut it, or NULL; its clause as a sentence, or "". */
TUOYU_API const char *tuoyu_split_subsidy_combination(const tuoyu_split *split, size_t index);
TUOYU_API const char *tuoyu_split_subsidy_because(const tuoyu_split *split, size_t index,
                                                  const char *language);
/** The id of the subsidy that is paid instead, or NULL. */
TUOYU_API const char *tuoyu_split_subsidy_instead(const tuoyu_split *split, size_t index);

/** Of an instalment. */
enum {
    TUOYU_INSTALMENT_OPEN = 0, /**< a fact that would say is missing */
    TUOYU_INSTALMENT_DUE = 1,  /**< payable by now */
    TUOYU_INSTALMENT_LATER = 2,
    TUOYU_INSTALMENT_FORFEITED = 3 /**< not paid */
};

/** The parts in which the whole is paid; they sum to it, to the fen. */
TUOYU_API size_t tuoyu_split_instalment_count(const tuoyu_split *split);
TUOYU_API const char *tuoyu_split_instalment_id(const tuoyu_split *split, size_t index);
TUOYU_API const char *tuoyu_split_instalment_label(const tuoyu_split *split, size_t index,
                                                   const char *language);
TUOYU_API tuoyu_status tuoyu_split_instalment_amount(const tuoyu_split *split, size_t index,
                                                     tuoyu_decimal *out);
/** TUOYU_INSTALMENT_… */
TUOYU_API int32_t tuoyu_split_instalment_state(const tuoyu_split *split, size_t index);
/** The day from which it is payable, in days since 1970-01-01; TUOYU_ERROR_NOT_FOUND where none is known. */
TUOYU_API tuoyu_status tuoyu_split_instalment_due(const tuoyu_split *split, size_t index, int32_t *out);
/** The instalments that are not forfeited; what is to be paid now, after what was paid already; what was paid
 * beyond the entitlement. TUOYU_ERROR_NOT_FOUND where the rule has none of it, or it is not determined. */
TUOYU_API tuoyu_status tuoyu_split_entitled(const tuoyu_split *split, tuoyu_decimal *out);
TUOYU_API tuoyu_status tuoyu_split_payable(const tuoyu_split *split, tuoyu_decimal *out);
TUOYU_API tuoyu_status tuoyu_split_claw_back(const tuoyu_split *split, tuoyu_decimal *out);

/* ---- Eligibility: may it, is it entitled? ---- */

typedef struct tuoyu_eligibility tuoyu_eligibility;
typedef struct tuoyu_verdict tuoyu_verdict;

/** Of a verdict, and of each criterion (there: met, not met, unknown, does not apply). */
enum {
    TUOYU_ELIGIBLE = 1,
    TUOYU_INELIGIBLE = 2,
    TUOYU_DECISION_UNDETERMINED = 3,
    TUOYU_DECISION_NOT_APPLICABLE = 4
};

TUOYU_API tuoyu_status tuoyu_policy_eligibility(tuoyu_policy *policy, const char *name, size_t length,
                                                tuoyu_eligibility **out, tuoyu_diagnostics *diagnostics);
TUOYU_API tuoyu_eligibility *tuoyu_eligibility_ref(tuoyu_eligibility *eligibility);
TUOYU_API void tuoyu_eligibility_unref(tuoyu_eligibility *eligibility);
/** As tuoyu_pricing_quote. */
TUOYU_API tuoyu_status tuoyu_eligibility_verdict(const tuoyu_eligibility *eligibility,
                                                 const tuoyu_case *facts, int32_t as_of, tuoyu_verdict **out,
                                                 tuoyu_diagnostics *diagnostics);
TUOYU_API void tuoyu_verdict_free(tuoyu_verdict *verdict);
TUOYU_API const tuoyu_answer *tuoyu_verdict_answer(const tuoyu_verdict *verdict);
/** TUOYU_ELIGIBLE … TUOYU_DECISION_NOT_APPLICABLE, which is also that of a rule not in force on the day. */
TUOYU_API int32_t tuoyu_verdict_decision(const tuoyu_verdict *verdict);
/** The criteria (leaves and groups) in the order written. */
TUOYU_API size_t tuoyu_verdict_reason_count(const tuoyu_verdict *verdict);
TUOYU_API const char *tuoyu_verdict_reason_id(const tuoyu_verdict *verdict, size_t index);
/** TUOYU_ELIGIBLE: met; TUOYU_INELIGIBLE: not met; … */
TUOYU_API int32_t tuoyu_verdict_reason_decision(const tuoyu_verdict *verdict, size_t index);
TUOYU_API const char *tuoyu_verdict_reason_text(const tuoyu_verdict *verdict, size_t index,
                                                const char *language);
/** The clause, or "". */
TUOYU_API const char *tuoyu_verdict_reason_citation(const tuoyu_verdict *verdict, size_t index);
/** Of an exception, which stands after the criteria: TUOYU_ELIGIBLE or TUOYU_INELIGIBLE, what it decides
 * where it is met; 0 of a criterion. */
TUOYU_API int32_t tuoyu_verdict_reason_overrides(const tuoyu_verdict *verdict, size_t index);
/** The id of the exception that decided; NULL where the criteria did. */
TUOYU_API const char *tuoyu_verdict_exception(const tuoyu_verdict *verdict);
/** Where facts are missing: the smallest sets of them whose knowledge could decide, smallest first. A
 * criterion counts as one thing that may turn out either way once all facts it waits for are known. At most
 * 32 sets over the first 64 missing facts; the search ends after 20000 sets, so that of a very large rule
 * some may be left out. */
TUOYU_API size_t tuoyu_verdict_deciding_count(const tuoyu_verdict *verdict);
/** The name of a fact of the set; NULL at its end. */
TUOYU_API const char *tuoyu_verdict_deciding_fact(const tuoyu_verdict *verdict, size_t set, size_t index);
/** Where the case is ineligible: the smallest sets of criteria (and exceptions) whose change would make it
 * eligible, within the same bounds. A criterion that is not met, or not known, would have to be met; one that
 * is held against the case (under `none`, an exception that shuts out) would have to cease. */
TUOYU_API size_t tuoyu_verdict_change_count(const tuoyu_verdict *verdict);
/** The id of a criterion of the set; NULL at its end. */
TUOYU_API const char *tuoyu_verdict_change_criterion(const tuoyu_verdict *verdict, size_t set, size_t index);

/** The last day on which the verdict holds, in days since 1970-01-01; TUOYU_ERROR_NOT_FOUND where the rule
 * gives none, or it is not known. After it the criterion `valid_until` is not met. */
TUOYU_API tuoyu_status tuoyu_verdict_valid_until(const tuoyu_verdict *verdict, int32_t *out);

/** Of a rule with a scorecard: the sum of the points; TUOYU_ERROR_NOT_FOUND where facts are missing or there
 * is none. */
TUOYU_API tuoyu_status tuoyu_verdict_score(const tuoyu_verdict *verdict, tuoyu_decimal *out);
/** The least and the most that the score can be, whatever the missing facts are: equal to the score where it
 * is known; TUOYU_ERROR_NOT_FOUND where there is no bound. */
TUOYU_API tuoyu_status tuoyu_verdict_score_lower(const tuoyu_verdict *verdict, tuoyu_decimal *out);
TUOYU_API tuoyu_status tuoyu_verdict_score_upper(const tuoyu_verdict *verdict, tuoyu_decimal *out);
TUOYU_API size_t tuoyu_verdict_score_item_count(const tuoyu_verdict *verdict);
TUOYU_API const char *tuoyu_verdict_score_item_id(const tuoyu_verdict *verdict, size_t index);
TUOYU_API const char *tuoyu_verdict_score_item_text(const tuoyu_verdict *verdict, size_t index,
                                                    const char *language);
/** TUOYU_ERROR_NOT_FOUND where facts are missing. */
TUOYU_API tuoyu_status tuoyu_verdict_score_item_points(const tuoyu_verdict *verdict, size_t index,
                                                       tuoyu_decimal *out);
/** The grades that are possible within the bounds of the score, the best first; one where the grade is
 * decided. */
TUOYU_API size_t tuoyu_verdict_grade_count(const tuoyu_verdict *verdict);
TUOYU_API const char *tuoyu_verdict_grade_id(const tuoyu_verdict *verdict, size_t index);
TUOYU_API const char *tuoyu_verdict_grade_label(const tuoyu_verdict *verdict, size_t index,
                                                const char *language);
/** What follows from the grade, or "". */
TUOYU_API const char *tuoyu_verdict_grade_consequence(const tuoyu_verdict *verdict, size_t index,
                                                      const char *language);

/** Of an item of a checklist. */
enum {
    TUOYU_CHECKLIST_OPEN = 0, /**< a fact that would say is missing */
    TUOYU_CHECKLIST_DONE = 1,
    TUOYU_CHECKLIST_DUE = 2,     /**< to be done now */
    TUOYU_CHECKLIST_OVERDUE = 3, /**< its last day has passed */
    TUOYU_CHECKLIST_NOT_YET = 4, /**< its first day has not come */
    TUOYU_CHECKLIST_NOT_APPLICABLE = 5
};

/** The items of a rule's checklist in the order written; none where the rule does not apply. */
TUOYU_API size_t tuoyu_verdict_checklist_count(const tuoyu_verdict *verdict);
TUOYU_API const char *tuoyu_verdict_checklist_id(const tuoyu_verdict *verdict, size_t index);
TUOYU_API const char *tuoyu_verdict_checklist_text(const tuoyu_verdict *verdict, size_t index,
                                                   const char *language);
/** TUOYU_CHECKLIST_… */
TUOYU_API int32_t tuoyu_verdict_checklist_state(const tuoyu_verdict *verdict, size_t index);
/** The day it was done, the first and the last day on which it is to be done, in days since 1970-01-01;
 * TUOYU_ERROR_NOT_FOUND where there is none or it is not known. */
TUOYU_API tuoyu_status tuoyu_verdict_checklist_done(const tuoyu_verdict *verdict, size_t index, int32_t *out);
TUOYU_API tuoyu_status tuoyu_verdict_checklist_from(const tuoyu_verdict *verdict, size_t index, int32_t *out);
TUOYU_API tuoyu_status tuoyu_verdict_checklist_due(const tuoyu_verdict *verdict, size_t index, int32_t *out);

/* ---- Waiting lists: who is admitted where places are few? ---- */

/** Cases asked of an eligibility rule that has `admission`. Those who are eligible stand in the order of its
 * keys: by the first, where two are equal there by the next, and so on; who has none (null) of what a key
 * orders by comes after all who have it. Where all keys are equal the ids decide, byte by byte. So the order
 * is a total one that depends on the cases alone, never on the order in which they were added. As many as
 * there are places are admitted, the others wait. After them come, each group by id, those for whom facts are
 * missing (they have no place until these are known), those who are not eligible, and those with an error.
 * Owned by one thread at a time. */
typedef struct tuoyu_waiting_list tuoyu_waiting_list;

enum {
    TUOYU_WAITING_ADMITTED = 1,
    TUOYU_WAITING_QUEUED = 2,  /**< eligible, but the places are taken */
    TUOYU_WAITING_PENDING = 3, /**< facts are missing */
    TUOYU_WAITING_REFUSED = 4, /**< not eligible, or the rule does not apply */
    TUOYU_WAITING_ERROR = 5    /**< the case has an error */
};

/** Whether an entry is admitted, in view of those that are open: in every way in which these could turn out,
 * in some of them, in none. */
enum { TUOYU_ADMISSION_CERTAIN = 1, TUOYU_ADMISSION_POSSIBLE = 2, TUOYU_ADMISSION_NONE = 3 };

/** places: how many can be admitted, 0 or more. TUOYU_OK, TUOYU_ERROR_NOT_FOUND (the rule has no
 * `admission`), _NOT_IN_FORCE, _DATE, _NO_MEMORY, _INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_eligibility_waiting_list(const tuoyu_eligibility *eligibility, int32_t as_of,
                                                      int64_t places, tuoyu_waiting_list **out,
                                                      tuoyu_diagnostics *diagnostics);
TUOYU_API void tuoyu_waiting_list_free(tuoyu_waiting_list *list);
/** Adds a case; id: the caller's, each once, without control characters and not empty once the white space
 * around it is cut. A case with an error is reported and kept as one, and the list goes on. TUOYU_OK, the
 * case's error, TUOYU_ERROR_DUPLICATE (nothing is added), _ENCODING, _NO_MEMORY, _INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_waiting_list_add(tuoyu_waiting_list *list, const char *id, size_t length,
                                              const tuoyu_case *facts, tuoyu_diagnostics *diagnostics);
/** Adds a record that cannot be asked, such as a line of a file that is no row, or whose facts were refused,
 * as an entry in error: it does not vanish, and while it is there the list is not final. line: where it
 * stands in its source, from 1, or 0. id: what there is of one, which may be nothing, or that of another
 * entry; it is shown with its controls escaped. code: TUOYU_ERROR_SYNTAX for a record that cannot be read,
 * else what is wrong. reason: in words. TUOYU_OK, TUOYU_ERROR_INVALID_ARGUMENT (no reason, a line below 0,
 * TUOYU_OK as code), _NO_MEMORY. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_waiting_list_add_error(tuoyu_waiting_list *list, int64_t line, const char *id,
                                                    size_t id_length, tuoyu_status code, const char *reason,
                                                    size_t reason_length, tuoyu_diagnostics *diagnostics);
/** What became of the entries; which: TUOYU_RECORDS_… -1 where there is no such count. Since 0.2. */
TUOYU_API int64_t tuoyu_waiting_list_records(const tuoyu_waiting_list *list, int32_t which);
/** Whether no entry is open: one that lacks facts, has an error or cannot be read may come before others once
 * it is settled. Since 0.2. */
TUOYU_API bool tuoyu_waiting_list_is_final(const tuoyu_waiting_list *list);
TUOYU_API size_t tuoyu_waiting_list_count(const tuoyu_waiting_list *list);
/** Puts the list in order; needed after an add, before anything below. TUOYU_OK, _CANCELLED (it may be asked
 * again), _NO_MEMORY, _INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_waiting_list_order(tuoyu_waiting_list *list);
/** The id and the state of the entry at index, in order; NULL and 0 where there is none, or the list is not
 * in order. The entries that are admitted or wait stand first: their place is index + 1. */
TUOYU_API const char *tuoyu_waiting_list_id(const tuoyu_waiting_list *list, size_t index);
TUOYU_API int32_t tuoyu_waiting_list_state(const tuoyu_waiting_list *list, size_t index);
/** Who is admitted while some entries are open: TUOYU_ADMISSION_… of the entry at index; 0 as for the state.
 * Certain and none hold in every way that the open entries could turn out. Any thread that owns the list.
 * Since 0.2. */
TUOYU_API int32_t tuoyu_waiting_list_admission(const tuoyu_waiting_list *list, size_t index);
/** How many open entries may come before the one at index and cost it its place: 0 unless its state is
 * TUOYU_WAITING_ADMITTED and its admission is not certain. Since 0.2. */
TUOYU_API size_t tuoyu_waiting_list_hangs_on_count(const tuoyu_waiting_list *list, size_t index);
/** The index, in the list, of one of these open entries; SIZE_MAX where there is none at `open`. Since 0.2.
 */
TUOYU_API size_t tuoyu_waiting_list_hangs_on(const tuoyu_waiting_list *list, size_t index, size_t open);
/** Why it stands where it stands, for a person: the key that puts it behind the one before it, with both
 * values and the clause; or what is missing. language: "zh" or "en". TUOYU_OK, _NO_MEMORY, _INVALID_ARGUMENT.
 */
TUOYU_API tuoyu_status tuoyu_waiting_list_reason(const tuoyu_waiting_list *list, size_t index,
                                                 const char *language, tuoyu_text **out);
/** The whole list in order as one JSON object, and for a person. Likewise. */
TUOYU_API tuoyu_status tuoyu_waiting_list_to_json(const tuoyu_waiting_list *list, tuoyu_text **out);
TUOYU_API tuoyu_status tuoyu_waiting_list_to_text(const tuoyu_waiting_list *list, const char *language,
                                                  tuoyu_text **out);

/* ---- Indicators: are we there? ---- */

typedef struct tuoyu_indicator tuoyu_indicator;
typedef struct tuoyu_tally tuoyu_tally;
typedef struct tuoyu_measure tuoyu_measure;

TUOYU_API tuoyu_status tuoyu_policy_indicator(tuoyu_policy *policy, const char *name, size_t length,
                                              tuoyu_indicator **out, tuoyu_diagnostics *diagnostics);
TUOYU_API tuoyu_indicator *tuoyu_indicator_ref(tuoyu_indicator *indicator);
TUOYU_API void tuoyu_indicator_unref(tuoyu_indicator *indicator);

/** The entities whose rows it counts, such as "staff"; NULL if there is none at index. The regions it can be
 * broken down by, such as "subdistrict", likewise; their rows are needed too, so that an empty region counts
 * as zero. */
TUOYU_API const char *tuoyu_indicator_entity(const tuoyu_indicator *indicator, size_t index);
TUOYU_API const char *tuoyu_indicator_region(const tuoyu_indicator *indicator, size_t index);

/** Sums that grow row by row. Owned by one thread at a time. TUOYU_OK, TUOYU_ERROR_NOT_IN_FORCE, _NO_MEMORY,
 * _INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_indicator_tally(const tuoyu_indicator *indicator, int32_t as_of,
                                             tuoyu_tally **out, tuoyu_diagnostics *diagnostics);
TUOYU_API void tuoyu_tally_free(tuoyu_tally *tally);
/** Adds one row of an entity; rows of entities that the indicator does not count are ignored. A row with an
 * error is reported and counted as an error, the tally goes on. TUOYU_OK or the row's error;
 * TUOYU_ERROR_NO_MEMORY, _CANCELLED, or _LIMIT where it would keep more than limits.tally_items: the tally
 * then holds a part of the row and is of no more use, and every later call but tuoyu_tally_free says so. */
TUOYU_API tuoyu_status tuoyu_tally_add(tuoyu_tally *tally, const char *entity, size_t entity_length,
                                       const tuoyu_case *row, tuoyu_diagnostics *diagnostics);
/** Counts records of an entity that cannot be read: a line that is too short, has a stray quote, is not
 * UTF-8. Nothing is known of such a record, not even that it is a row, so it counts as unknown: the bounds
 * of the whole and, since it may be of any region, of every region hold it, in every aggregate of its entity
 * or in none. Records of an entity that the indicator does not look at are passed over. count: how many, 0 or
 * more. One thread at a time, as all of a tally. TUOYU_OK, TUOYU_ERROR_INVALID_ARGUMENT, _OVERFLOW (more
 * than 2^62 records; nothing is added), and _NO_MEMORY, _LIMIT as tuoyu_tally_add. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_tally_add_unreadable(tuoyu_tally *tally, const char *entity,
                                                  size_t entity_length, int64_t count,
                                                  tuoyu_diagnostics *diagnostics);
/** A row of a table with something wrong; findings are its own, and go when this returns. Not 0 stops the
 * run. */
typedef int32_t (*tuoyu_tally_bad_row)(void *context, int64_t row, const tuoyu_diagnostics *findings);

/** Cells of facts that nothing asks for. Since 0.2. */
enum {
    TUOYU_VALIDATE_NEEDED = 0, /**< only what is read is looked at */
    TUOYU_VALIDATE_ALL = 1     /**< the others are looked at, too, and reported if wrong */
};

/** How a table is added, and how it went. Zero it, set size, set what you need. */
typedef struct tuoyu_tally_table_options {
    size_t size;             /**< sizeof(tuoyu_tally_table_options) */
    int32_t unknown_columns; /**< TUOYU_UNKNOWN_COLUMNS_… (batches.h), as of a batch; so are the next two */
    int32_t floats;          /**< TUOYU_FLOATS_… */
    int32_t nulls;           /**< TUOYU_NULLS_… */
    int32_t digests_rows; /**< not 0: a receipt shall hold the digest of the rows, which costs several times
                             the rest */
    int32_t validate;     /**< TUOYU_VALIDATE_…: which cells are held against their facts */
    int32_t reserved;     /**< 0 */
    tuoyu_tally_bad_row bad_row; /**< NULL: findings go to the diagnostics of the call, with their row */
    int32_t (*progress)(void *context, int64_t rows); /**< called between blocks, and after each row that is
                                    added as a case, with the rows of the blocks so far; not 0 stops the run;
                                    NULL: none */
    void *context;                                    /**< handed to both */
    int64_t rows;       /**< in and out: rows added, those in error too, are added to it; so the next two */
    int64_t error_rows; /**< of these with something wrong */
    int64_t fallback_rows; /**< of these as cases, by the interpreter */
} tuoyu_tally_table_options;

/** Adds the rows first … first + count - 1 of a table (a struct array, a child for each column); count -1:
 * all from first on. It comes to the same as tuoyu_tally_add of each row: a cell that is wrong is reported,
 * and its fact is missing; a row with an error is counted as one. Cells of facts that the indicator does not
 * read are looked at with digests_rows or TUOYU_VALIDATE_ALL only. Columns are named as facts, the entity
 * left out or not; what is read, and how, is as for tuoyu_batch_run. Tables of texts will do. Schema and
 * array stay the caller's. options may be NULL. One thread at a time; several have a tally each, for a range
 * of rows each, and merge them. Returns TUOYU_OK also where rows are wrong; before any row is added,
 * TUOYU_ERROR_FACT_UNKNOWN, _FACT_TYPE, _DUPLICATE, _INVALID_ARGUMENT (ill-formed), _OPTION_SIZE,
 * _OPTION_OLD, _OPTION_UNKNOWN; TUOYU_ERROR_CANCELLED with options->rows added; and TUOYU_ERROR_NO_MEMORY,
 * _LIMIT as tuoyu_tally_add. */
TUOYU_API tuoyu_status tuoyu_tally_add_table(tuoyu_tally *tally, const char *entity, size_t entity_length,
                                             const struct ArrowSchema *schema, const struct ArrowArray *array,
                                             int64_t first, int64_t count, tuoyu_tally_table_options *options,
                                             tuoyu_diagnostics *diagnostics);
/** Adds all that another tally has come to, which stays as it is: of the same indicator, of a policy of the
 * same packs (by their SHA-256, in the same order), and of the same day. In whatever order and parts rows
 * were added and tallies merged, the same rows give the same measures and the same bytes; so each thread, or
 * machine, has a tally for its part of the rows. TUOYU_OK; TUOYU_ERROR_INVALID_ARGUMENT for one that does not
 * match, or is the same tally, and TUOYU_ERROR_OVERFLOW for more than 2^62 rows, which leave the tally as it
 * was; TUOYU_ERROR_NO_MEMORY and _LIMIT as tuoyu_tally_add. */
TUOYU_API tuoyu_status tuoyu_tally_merge(tuoyu_tally *tally, const tuoyu_tally *other,
                                         tuoyu_diagnostics *diagnostics);
/** All that it has come to, to be kept or sent: bytes that may hold NUL, the same for the same rows in any
 * order. They are of one format and byte order on every machine, and hold a format version, the indicator,
 * the packs by id and SHA-256, the day, and a SHA-256 of it all against damage. They are no secret and no
 * signature: region ids, distinct values and rows of regions stand in them. TUOYU_OK, TUOYU_ERROR_NO_MEMORY,
 * _LIMIT, _INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_tally_to_bytes(const tuoyu_tally *tally, tuoyu_text **out,
                                            tuoyu_diagnostics *diagnostics);
/** A new tally from such bytes; its day is theirs. Nothing in them is trusted. TUOYU_OK; TUOYU_ERROR_SYNTAX
 * for what is no tally, is damaged, or of another format version; TUOYU_ERROR_INVALID_ARGUMENT for the tally
 * of another indicator or of other packs; TUOYU_ERROR_NOT_IN_FORCE, _LIMIT, _NO_MEMORY. */
TUOYU_API tuoyu_status tuoyu_tally_from_bytes(const tuoyu_indicator *indicator, const void *bytes,
                                              size_t length, tuoyu_tally **out,
                                              tuoyu_diagnostics *diagnostics);
/** The day that it was begun with, in days since 1970-01-01. */
TUOYU_API int32_t tuoyu_tally_as_of(const tuoyu_tally *tally);
/** Region ids that were seen, sorted by bytes, of one kind of region; NULL at the end, and without memory.
 * They live as long as the tally; which one is at index, until the next add. */
TUOYU_API const char *tuoyu_tally_region_id(tuoyu_tally *tally, const char *region, size_t region_length,
                                            size_t index);
/** The measure of all rows (region NULL), or of one region by its kind and id. A sum that has more than 34
 * digits is rounded there, half to even, as every number of FEEL; nothing else is. It cites all that its
 * formulas can read, whether or not a row came to it. TUOYU_OK, TUOYU_ERROR_NOT_FOUND, a status under
 * "Evaluation", TUOYU_ERROR_LIMIT, _NO_MEMORY. */
TUOYU_API tuoyu_status tuoyu_tally_measure(tuoyu_tally *tally, const char *region, size_t region_length,
                                           const char *region_id, size_t region_id_length,
                                           tuoyu_measure **out, tuoyu_diagnostics *diagnostics);
TUOYU_API void tuoyu_measure_free(tuoyu_measure *measure);
TUOYU_API const tuoyu_answer *tuoyu_measure_answer(const tuoyu_measure *measure);
/** In the unit of tuoyu_measure_unit (80 with unit "percent" is eighty percent). TUOYU_ERROR_NOT_FOUND where
 * there is none: no rows at all, or nothing known. Rows whose facts are missing are left out of it and
 * counted by _unknown. */
TUOYU_API tuoyu_status tuoyu_measure_value(const tuoyu_measure *measure, tuoyu_decimal *out);
/** What the value would be were all unknown rows to count against it, and for it. */
TUOYU_API tuoyu_status tuoyu_measure_lower(const tuoyu_measure *measure, tuoyu_decimal *out);
TUOYU_API tuoyu_status tuoyu_measure_upper(const tuoyu_measure *measure, tuoyu_decimal *out);
TUOYU_API const char *tuoyu_measure_unit(const tuoyu_measure *measure);
TUOYU_API tuoyu_status tuoyu_measure_numerator(const tuoyu_measure *measure, tuoyu_decimal *out);
TUOYU_API tuoyu_status tuoyu_measure_denominator(const tuoyu_measure *measure, tuoyu_decimal *out);
/** The target in the same unit; TUOYU_ERROR_NOT_FOUND if there is none. */
TUOYU_API tuoyu_status tuoyu_measure_target(const tuoyu_measure *measure, tuoyu_decimal *out);
/** 1 met, 0 not met, -1 there is no target or the unknown rows would decide. */
TUOYU_API int32_t tuoyu_measure_met(const tuoyu_measure *measure);
/** How much more of the numerator reaches the target, in whole units of what is counted where it is a count
 * (3 more certified staff); zero if it is met; TUOYU_ERROR_NOT_FOUND if there is no target. */
TUOYU_API tuoyu_status tuoyu_measure_distance(const tuoyu_measure *measure, tuoyu_decimal *out);
/** The least and the most that is missing to the target, over all ways in which the unknown rows and records
 * can turn out; both are tuoyu_measure_distance where nothing is unknown. TUOYU_ERROR_NOT_FOUND if there is
 * no distance, or nothing bounds the most. Any thread. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_measure_distance_least(const tuoyu_measure *measure, tuoyu_decimal *out);
/** See tuoyu_measure_distance_least. Any thread. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_measure_distance_most(const tuoyu_measure *measure, tuoyu_decimal *out);
/** The unit of tuoyu_measure_distance: of a ratio that of its numerator, "place" of a share of places, or the
 * entity that it counts; otherwise tuoyu_measure_unit. "" where it is not known. Owned by the measure. Any
 * thread. Since 0.2. */
TUOYU_API const char *tuoyu_measure_distance_unit(const tuoyu_measure *measure);
/** Rows left out because something about them is not known, and records that cannot be read. */
TUOYU_API int64_t tuoyu_measure_unknown(const tuoyu_measure *measure);
/** Of these the records that cannot be read; of a region all of them, since each may be in it. Since 0.2. */
TUOYU_API int64_t tuoyu_measure_unreadable(const tuoyu_measure *measure);
/** A promise of an entity (`require` of a pack) that the records of a measure are held to, such as
 * "institution.places_hold", by index; NULL after the last one, and for a measure of a region. A record that
 * breaks a promise is in error and unknown to the measure. Any thread. Since 0.2. */
TUOYU_API const char *tuoyu_measure_promise_name(const tuoyu_measure *measure, size_t index);
/** What the promise says, in words ("" where its pack has none; language: "zh" or "en"), as an expression,
 * and the clause that lays it down ("" where none is cited); NULL as above. Any thread. Since 0.2. */
TUOYU_API const char *tuoyu_measure_promise_because(const tuoyu_measure *measure, size_t index,
                                                    const char *language);
/** The same as its pack writes it; NULL as above. Any thread. Since 0.2. */
TUOYU_API const char *tuoyu_measure_promise_expression(const tuoyu_measure *measure, size_t index);
/** The clause that lays it down, "" where none is cited; NULL as above. Any thread. Since 0.2. */
TUOYU_API const char *tuoyu_measure_promise_citation(const tuoyu_measure *measure, size_t index);
/** How many records break the promise; -1 where there is no such promise. Any thread. Since 0.2. */
TUOYU_API int64_t tuoyu_measure_promise_broken(const tuoyu_measure *measure, size_t index);
/** Of how many records that cannot be told, because facts are missing; -1 as above. Any thread. Since 0.2. */
TUOYU_API int64_t tuoyu_measure_promise_unknown(const tuoyu_measure *measure, size_t index);
/** What became of the records of the entities that the indicator counts; which: TUOYU_RECORDS_… A row with a
 * cell that was refused (see tuoyu_tally_add_table()) is in error where that leaves it unknown. -1 for a
 * measure of one region, to which records are not told, and where there is no measure. Since 0.2. */
TUOYU_API int64_t tuoyu_measure_records(const tuoyu_measure *measure, int32_t which);
/** Why the measure has no value, or what leaves it open, in one line for a person: a denominator of zero,
 * records that cannot be read, facts and parameters that are missing; empty where there is nothing to say.
 * language: "zh" or "en". The text is the caller's. Any thread. TUOYU_OK, TUOYU_ERROR_NO_MEMORY,
 * _INVALID_ARGUMENT. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_measure_reason(const tuoyu_measure *measure, const char *language,
                                            tuoyu_text **out);

#ifdef __cplusplus
}
#endif
#endif
