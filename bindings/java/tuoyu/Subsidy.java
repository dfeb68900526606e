// SPDX-License-Identifier: Apache-2.0
package tuoyu;

import java.math.BigDecimal;

/**
 * One of the subsidies that make up a split's whole.
 *
 * @param id the subsidy
 * @param label in Chinese
 * @param claimed what is due by itself; null where it is not determined
 * @param amount what is paid of it; null likewise
 * @param state what became of it
 * @param combination the id of the one that excluded or cut it, or null
 * @param because its clause as a sentence in Chinese, or ""
 * @param instead the id of the subsidy that is paid in its place, or null
 */
public record Subsidy(String id, String label, BigDecimal claimed, BigDecimal amount, State state, String combination,
                      String because, String instead) {
    /** OPEN: a fact that would say is missing. */
    public enum State { OPEN, PAID, NOT_DUE, EXCLUDED, CUT }
}
