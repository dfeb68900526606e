// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/**
 * One criterion of a verdict.
 *
 * @param id its name in the rule
 * @param decision ELIGIBLE: met, INELIGIBLE: not met, UNDETERMINED: unknown, NOT_APPLICABLE
 * @param text the requirement as a sentence
 * @param citation the clause, or empty
 */
public record Reason(String id, Decision decision, String text, String citation) {}
