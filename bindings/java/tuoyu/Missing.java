// SPDX-License-Identifier: Apache-2.0
package tuoyu;

/**
 * A fact or parameter that would help to decide.
 *
 * @param name in full, such as {@code child.birth_date}
 * @param status TUOYU_ERROR_FACT_MISSING or TUOYU_ERROR_PARAMETER_UNSET
 * @param label in Chinese, for a person
 * @param heldBy who has it, in Chinese; empty where no pack says so
 */
public record Missing(String name, String status, String label, String heldBy) {}
