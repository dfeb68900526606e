// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;

/**
 * One step of a quote.
 *
 * @param id its name in the rule
 * @param label in Chinese
 * @param value null where it is not determined
 */
public record Step(String id, String label, BigDecimal value) {}
